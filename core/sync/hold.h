/*
 * Sync hold: is a change significant enough to wait for approval? A pure function over counts.
 */
#ifndef SYNC_HOLD_H
#define SYNC_HOLD_H

#include <stdbool.h>
#include <stddef.h>

#include "settings/settings.h"
#include "store/history.h"

struct hold_question {
	const struct hold_settings *settings;
	bool preview;        /* every sync waits */
	bool first;          /* nothing was ever accepted: no limit applies */
	bool source_changed; /* another Service URL, version or SIS ID prefix than before */
	/* ENTITY_COUNT: deleted as absent, though they may be among the records that came but
	 * could not be read; NULL: none */
	const int64_t *unread;
	const struct counts *counts; /* ENTITY_COUNT, of the whole district */
	const struct school_counts *schools;
	size_t school_count;
};

/*
 * The rules that fire, as an array that the caller frees with the sync (sync_clear); *count 0:
 * none. A limit in percent is passed when more than that share of the records before changed,
 * and judges nothing below the floor; a limit in records when more than that many changed. A
 * type that had records and has none always holds, and so does a deletion that may be none. A
 * sync without changes is not held.
 */
struct hold_hit *hold_check(const struct hold_question *question, size_t *count);

/* Adds to the hits those of `more` that tell of something else; `more` is freed. */
void hold_add(struct hold_hit **hits, size_t *count, struct hold_hit *more, size_t more_count);

/* Whether every hit is about deletions, so that all else may go through. */
bool hold_is_of_deletions(const struct hold_hit *hits, size_t count);

/* One sentence about a hit: "students: 120 of 1000 deleted (12.0 %), limit 10%". */
void hold_describe(const struct hold_hit *hit, char *out, size_t size);

#endif
