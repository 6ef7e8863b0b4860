#include "settings/require_text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "base/nearest.h"
#include "base/text.h"

static const char *const missing_words[MISSING_KINDS] = {"optional", "report", "skip"};
static const char *const mask_words[MASK_KINDS] = {"", "fixed", "initials", "hash", "year"};

enum word {
	WORD_INCLUDE,
	WORD_EXCLUDE,
	WORD_OPTIONAL,
	WORD_REPORT,
	WORD_SKIP,
	WORD_MASK,
	WORDS
};
static const char *const words[WORDS] = {
	"include", "exclude", "optional", "report", "skip", "mask"};

/* What a text said, word by word. */
struct reading {
	const struct attribute *attribute;
	bool said[WORDS];
	enum mask mask;
};

/* Words that cannot stand together, and what to write. */
static const struct {
	enum word one, other;
	const char *advice;
} contradictions[] = {
	{WORD_INCLUDE, WORD_EXCLUDE, "Write one of them."},
	{WORD_EXCLUDE, WORD_REPORT,
		"What is not taken is never missing: write \"exclude\" or \"report\"."},
	{WORD_EXCLUDE, WORD_SKIP,
		"What is not taken is never missing: write \"exclude\" or \"skip\"."},
	{WORD_EXCLUDE, WORD_MASK,
		"What is not taken needs no mask: write \"exclude\", or only the mask."},
	{WORD_OPTIONAL, WORD_REPORT, "Write one of them."},
	{WORD_OPTIONAL, WORD_SKIP, "Write one of them."},
	{WORD_REPORT, WORD_SKIP,
		"A record that is left out is listed as Skipped anyway: write \"skip\", or "
		"\"report\" to let it in."},
};

void requirement_default(const struct attribute *attribute, struct requirement *out)
{
	*out = (struct requirement){
		true, attribute->required ? MISSING_REPORTED : MISSING_TAKEN, MASK_NONE};
}

bool requirement_same(const struct requirement *a, const struct requirement *b)
{
	return a->include == b->include && a->missing == b->missing && a->mask == b->mask;
}

static int fault(const struct attribute *attribute, struct err *err, const char *what,
	const char *advice)
{
	return err_set(err, ERR_SETTINGS, "%s.%s %s. %s", entity_name(attribute->entity),
		attribute->name, what, advice);
}

/* ---- what fits ---- */

/* What a record is nothing without: its class, its person, its school. */
static bool holds_together(const struct attribute *attribute)
{
	switch (attribute->attr) {
	case ATTR_CLASS_ID:
	case ATTR_USER_ID:
	case ATTR_COURSE_ID: return true;
	case ATTR_SCHOOL_ID:
		return attribute->entity == ENTITY_CLASS || entity_is_person(attribute->entity);
	case ATTR_NAME: return attribute->entity == ENTITY_SCHOOL;
	default: return false;
	}
}

/* Texts that are more than text to whoever reads them: moments, years, names of schools. */
static bool is_plain_text(const struct attribute *attribute)
{
	return attribute->entity != ENTITY_SCHOOL && attribute->attr != ATTR_LAST_MODIFIED &&
	       attribute->attr != ATTR_SCHOOL_YEAR;
}

bool requirement_fits(const struct attribute *attribute, enum mask mask)
{
	if (mask == MASK_NONE)
		return true;
	switch (attribute->type) {
	case TYPE_TEXT: return mask != MASK_YEAR && is_plain_text(attribute);
	case TYPE_LIST: return mask != MASK_YEAR && attribute->attr == ATTR_USER_IDS;
	case TYPE_DATE: return mask == MASK_YEAR;
	case TYPE_BOOL:
	case TYPE_ENUM:
	case TYPE_REFERENCE:
	case TYPE_REFERENCES: break;
	}
	return false;
}

static int misfit(const struct attribute *attribute, enum mask mask, struct err *err)
{
	if (mask == MASK_YEAR && requirement_fits(attribute, MASK_FIXED))
		return fault(attribute, err, "is no date: \"mask year\" does not fit",
			"Write mask fixed, mask initials or mask hash.");
	if (requirement_fits(attribute, MASK_YEAR))
		return fault(attribute, err, "is a date: only its year can be kept",
			"Write mask year, or exclude to leave it out.");
	return fault(attribute, err,
		attribute->type == TYPE_REFERENCE || attribute->type == TYPE_REFERENCES
			? "is a reference and cannot be masked"
			: "is no text of a person or class and cannot be masked",
		holds_together(attribute) ? "Leave it as it is."
					  : "Write exclude to leave it out.");
}

int requirement_check(const struct attribute *attribute, const struct requirement *requirement,
	struct err *err)
{
	if (!requirement->include && holds_together(attribute))
		return fault(attribute, err,
			attribute->entity == ENTITY_SCHOOL
				? "is what a school is known by and cannot be left out"
				: "holds the roster together and cannot be left out",
			"Write report or skip.");
	if (requirement->missing == MISSING_SKIPPED && attribute->entity == ENTITY_SCHOOL)
		return fault(attribute, err, "cannot leave a school out",
			"Which schools come in is said in Schools Mapping: write report.");
	if (!requirement_fits(attribute, requirement->mask))
		return misfit(attribute, requirement->mask, err);
	return 0;
}

/* ---- reading ---- */

static int unknown(const struct reading *reading, const char *word, struct err *err)
{
	const char *meant = nearest_word(word, words, WORDS, sizeof(*words));
	char what[120];

	snprintf(what, sizeof(what), "cannot be \"%.40s\"%s%s", word,
		meant ? ": did you mean " : "", meant ? meant : "");
	return fault(reading->attribute, err, what,
		"Write include, exclude, optional, report, skip, or a mask, with commas between "
		"them, as in: skip, mask initials.");
}

static int read_mask(struct reading *reading, const char *name, struct err *err)
{
	enum mask mask = MASK_FIXED;

	while (mask < MASK_KINDS && strcasecmp(name, mask_words[mask]) != 0)
		mask++;
	if (mask == MASK_KINDS)
		return fault(reading->attribute, err, "needs to be told a mask that is known",
			"Write mask fixed, mask initials, mask hash or mask year.");
	if (reading->mask != MASK_NONE && reading->mask != mask)
		return fault(reading->attribute, err, "has two masks", "Write one of them.");
	reading->mask = mask;
	return 0;
}

/* One word of a text; behind "mask" stands which. */
static int read_word(struct reading *reading, char *text, struct err *err)
{
	char *rest = text + strcspn(text, " \t");
	enum word word;

	if (*rest)
		*rest++ = '\0';
	rest = text_trim(rest);
	for (word = 0; word < WORDS; word++)
		if (!strcasecmp(text, words[word]))
			break;
	if (word == WORDS)
		return unknown(reading, text, err);
	reading->said[word] = true;
	if (word == WORD_MASK)
		return read_mask(reading, rest, err);
	return *rest ? unknown(reading, rest, err) : 0;
}

static int read_words(struct reading *reading, const char *text, struct err *err)
{
	char *copy = mem_strdup(text), *rest = copy, *word;
	int result = 0;

	while (!result && (word = strsep(&rest, ","))) {
		word = text_trim(word);
		if (*word)
			result = read_word(reading, word, err);
	}
	free(copy);
	return result;
}

static int contradiction(const struct reading *reading, struct err *err)
{
	char what[80];
	size_t i;

	for (i = 0; i < sizeof(contradictions) / sizeof(*contradictions); i++) {
		if (!reading->said[contradictions[i].one] ||
			!reading->said[contradictions[i].other])
			continue;
		snprintf(what, sizeof(what), "cannot be both \"%s\" and \"%s\"",
			words[contradictions[i].one], words[contradictions[i].other]);
		return fault(reading->attribute, err, what, contradictions[i].advice);
	}
	return 0;
}

int require_text_read(const struct attribute *attribute, const char *text,
	struct requirement *out, struct err *err)
{
	struct reading reading = {.attribute = attribute};
	struct requirement requirement;

	requirement_default(attribute, &requirement);
	if (read_words(&reading, text, err) || contradiction(&reading, err))
		return -1;
	requirement.mask = reading.mask;
	if (reading.said[WORD_EXCLUDE])
		requirement = (struct requirement){false, MISSING_TAKEN, MASK_NONE};
	else if (reading.said[WORD_OPTIONAL])
		requirement.missing = MISSING_TAKEN;
	else if (reading.said[WORD_REPORT])
		requirement.missing = MISSING_REPORTED;
	else if (reading.said[WORD_SKIP])
		requirement.missing = MISSING_SKIPPED;
	if (requirement_check(attribute, &requirement, err))
		return -1;
	*out = requirement;
	return 0;
}

void require_text_write(const struct attribute *attribute,
	const struct requirement *requirement, struct buf *out)
{
	struct requirement usual;

	buf_reset(out);
	requirement_default(attribute, &usual);
	if (!requirement->include) {
		buf_adds(out, words[WORD_EXCLUDE]);
		return;
	}
	if (requirement->missing != usual.missing)
		buf_adds(out, missing_words[requirement->missing]);
	if (requirement->mask != MASK_NONE)
		buf_addf(
			out, "%smask %s", out->used ? ", " : "", mask_words[requirement->mask]);
}

void require_text_tell(const struct requirement *requirement, struct buf *out)
{
	buf_reset(out);
	buf_adds(out, requirement->include ? missing_words[requirement->missing]
					   : words[WORD_EXCLUDE]);
	if (requirement->mask != MASK_NONE)
		buf_addf(out, ", mask %s", mask_words[requirement->mask]);
}

const char *missing_name(enum missing missing)
{
	return missing_words[missing];
}

const char *mask_name(enum mask mask)
{
	return mask_words[mask];
}
