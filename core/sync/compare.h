/*
 * Compares records with the fingerprints of what was accepted, and stages those that are new or
 * differ. Counts as it goes. Knows nothing of where records come from.
 */
#ifndef SYNC_COMPARE_H
#define SYNC_COMPARE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "roster/record.h"
#include "store/stage.h"
#include "store/verdict.h"
#include "sync/prints.h"
#include "sync/tally.h"

/* What becomes of a record of the hub that does not come. */
enum absence { ABSENCE_STAYS, ABSENCE_LEAVES };

/* Disabled: what is gone from the source stays in the hub all the same. */
enum leaving { LEAVING_ALLOWED, LEAVING_DISABLED };

/* A staged record that came once more in the same pull, and differently. */
struct correction {
	enum entity entity;
	uint64_t key;
};

struct compare {
	const char *app; /* borrowed, as store and stage */
	struct store *store;
	struct stage *stage;
	enum absence absence[ENTITY_COUNT]; /* leaves: bulk upload */
	enum leaving leaving;               /* the caller's to set before the first record */

	struct prints prints[ENTITY_COUNT]; /* the hub; then the hub as it will be */
	size_t stored_prints;               /* entries read to fill them */
	uint32_t next_row[ENTITY_COUNT];
	uint32_t kept_row; /* of the record that compare_keep took last */
	struct buf body;
	struct tally tally;
	struct staged_sum sum; /* of what is staged */
	bool corrected;        /* a staged row was changed: the sum must be taken anew */
	struct correction *corrections; /* owned: which, for compare_settled */
	size_t correction_count;
	bool someone_left; /* a person or class, by mark: enrollments may have to follow */
};

void compare_init(struct compare *compare, const char *app, enum absence absence,
	struct store *store, struct stage *stage);

/* Loads the fingerprints of what is accepted, before the first record. */
int compare_load(struct compare *compare, struct err *err);
void compare_clear(struct compare *compare);

/* The key of a SIS id of the hub. */
uint64_t compare_key(const struct compare *compare, const char *sis_id, size_t length);

/* Takes a record in: stages it when it is new or differs from what the hub has. */
int compare_keep(struct compare *compare, const struct record *record, struct err *err);

/*
 * After stage_settle: takes back what came several times and at last said what the hub has, so
 * that a source with two records of one id does not change the hub in every sync.
 */
int compare_settled(struct compare *compare, struct err *err);

/* The source says that a record is deleted. One that came as active in this pull stays. */
void compare_mark_removed(struct compare *compare, enum entity entity, uint64_t key);

/* Whether a record will be in the hub, as far as is known by now. */
bool compare_is_in(const struct compare *compare, enum entity entity, uint64_t key);

/* The same for a person of any type. */
bool compare_is_person_in(const struct compare *compare, uint64_t key);

/* Whether the source no longer has a record: by mark, or by absence where that counts. */
bool compare_is_gone(
	const struct compare *compare, enum entity entity, const struct print *print);

/* Whether it therefore leaves by itself, without looking at what it says. */
bool compare_is_leaving(
	const struct compare *compare, enum entity entity, const struct print *print);

/* Stages the end of a record that was read after stage_settle. */
int compare_delete(struct compare *compare, struct print *print, const struct record *record,
	struct err *err);

/* Keeps what is gone, as LEAVING_DISABLED demands. */
void compare_stay(struct compare *compare, enum entity entity, struct print *print);

/* Adds the fingerprints of what is staged to the store, under sync `number`. */
int compare_save(struct compare *compare, int64_t number, struct err *err);

/* Replaces the stored fingerprints by one whole set, when they have become many small ones. */
int compare_compact(struct compare *compare, int64_t number, struct err *err);

#endif
