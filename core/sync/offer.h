/*
 * What the source has that attributes of an entity type may be fed from: the names of the
 * standard, and all that were seen in the last pull; in how many records, with which values;
 * and some of the records, to try mappings on. It is personal data: to be shown to who sets
 * the mapping, never to be logged.
 */
#ifndef SYNC_OFFER_H
#define SYNC_OFFER_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"
#include "roster/schema.h"
#include "settings/settings.h"

enum { OFFER_SAMPLES = 3, OFFER_TEXT = 80 };

/* One source attribute. */
struct offer {
	char *name;                  /* owned: "metadata.mail" */
	size_t used;                 /* records that have it */
	char *sample[OFFER_SAMPLES]; /* owned: its first different values, as text */
	size_t samples;
};

struct offers {
	enum entity entity;
	struct offer *list; /* owned: the standard's in its order, then the others by name */
	size_t count;
	size_t standard; /* how many of them are the standard's */
	size_t records;  /* of the entity type, in the last pull */
	struct buf kept; /* source records that show what there is */
	size_t kept_count;
};

void offers_init(struct offers *offers);
void offers_clear(struct offers *offers);

/* The names of the standard alone: before there is a pull. `offers` is cleared first. */
void offers_of_standard(struct offers *offers, enum entity entity);

/*
 * Reads the last pull of `app`; `offers` is cleared first. ERR_SETTINGS when there is none yet,
 * ERR_CANCELLED. `today` as for ruleset_new.
 */
int offers_load(struct offers *offers, const char *state, const struct app *app,
	enum entity entity, const char *today, const atomic_bool *cancel, struct err *err);

/* What a mapping makes of the records that were kept. */
struct tried {
	char from[OFFER_SAMPLES][OFFER_TEXT]; /* the source's, "" where there is none */
	char to[OFFER_SAMPLES][OFFER_TEXT];   /* the hub's */
	size_t count;                         /* different ones, the first few */
	size_t filled, unreadable, of;        /* records */
};

/* ERR_SETTINGS when the text is no mapping for `hub`. */
int offers_try(const struct offers *offers, const struct attribute *hub, const char *text,
	struct tried *tried, struct err *err);

#endif
