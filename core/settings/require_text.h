/*
 * The language of Data Requirements: words with commas between them, "skip, mask initials".
 *
 *   include | exclude                     take the attribute at all; include is the default
 *   optional | report | skip              what becomes of a record without it
 *   mask fixed | initials | hash | year   replace the value before it is stored
 *
 * Knows what fits which attribute; what a requirement does is said by core/rules.
 */
#ifndef SETTINGS_REQUIRE_TEXT_H
#define SETTINGS_REQUIRE_TEXT_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"
#include "roster/schema.h"

enum missing {
	MISSING_TAKEN,    /* optional: the record comes in */
	MISSING_REPORTED, /* it comes in and is listed as an Error */
	MISSING_SKIPPED,  /* it is left out and listed as Skipped */
	MISSING_KINDS,
};

enum mask { MASK_NONE, MASK_FIXED, MASK_INITIALS, MASK_HASH, MASK_YEAR, MASK_KINDS };

struct requirement {
	bool include;
	enum missing missing;
	enum mask mask;
};

/* What holds without a rule: reported when the schema says so. */
void requirement_default(const struct attribute *attribute, struct requirement *out);
bool requirement_same(const struct requirement *a, const struct requirement *b);

/*
 * Reads a text; what it does not say is as by default, "" is all of it. ERR_SETTINGS naming the
 * attribute, what is wrong, and what to write instead; nothing is written to `out` then.
 */
int require_text_read(const struct attribute *attribute, const char *text,
	struct requirement *out, struct err *err);

/* Writes the shortest text that means it; "" for the default. */
void require_text_write(const struct attribute *attribute,
	const struct requirement *requirement, struct buf *out);

/* Writes all of it, defaults too, for readers: "report", "skip, mask initials", "exclude". */
void require_text_tell(const struct requirement *requirement, struct buf *out);

/*
 * Whether the attribute may have this requirement: references that hold a roster together are
 * neither left out nor masked, no school is skipped, a mask must fit the type.
 */
int requirement_check(const struct attribute *attribute, const struct requirement *requirement,
	struct err *err);

/* Whether a mask (MASK_NONE: always) fits the attribute. */
bool requirement_fits(const struct attribute *attribute, enum mask mask);

const char *missing_name(enum missing missing); /* "report" */
const char *mask_name(enum mask mask);          /* "initials"; "" for none */

#endif
