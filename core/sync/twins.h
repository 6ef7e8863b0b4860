/*
 * Looks for records of one pull that a domain of uniqueness takes for the same one: notes what
 * each says on its way (12 bytes a domain), and compares at the end. What was resolved is not
 * found again.
 */
#ifndef SYNC_TWINS_H
#define SYNC_TWINS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/idset.h"
#include "roster/problem.h"
#include "rules/uniqueness.h"
#include "settings/settings.h"
#include "sync/compare.h"

/* What a record says in a domain, and where it is. */
struct twin {
	uint64_t key;
	uint32_t row;
} __attribute__((packed));

struct twin_list {
	struct twin *list; /* owned */
	size_t count, room;
};

struct twins {
	bool on; /* Compare records accordingly to the Domains of Uniqueness */
	struct domains domains[ENTITY_COUNT];
	struct twin_list said[ENTITY_COUNT][DOMAINS_MOST];
	struct idset skipped[ENTITY_COUNT]; /* ids that a resolution leaves out */
	struct idset settled;               /* pairs that were resolved, or are told already */
	struct buf scratch;
};

/*
 * Makes it ready for the app's pull under the hub's rules, which are borrowed. `compare` gives
 * the keys of ids. twins_clear in any case.
 */
int twins_init(struct twins *twins, const struct app *app, const struct rules *of_hub,
	const struct compare *compare, struct err *err);
void twins_clear(struct twins *twins);

/* Whether a resolution leaves out the record of this id. */
bool twins_skips(const struct twins *twins, enum entity entity, uint64_t id);

/* Notes a record that compare_keep just took. */
void twins_add(struct twins *twins, const struct compare *compare, const struct record *record);

/*
 * Finds the duplicates, after the stage is settled: each pair once, in its first domain; to the
 * store (duplicates.h) and to `problems`.
 */
int twins_find(struct twins *twins, struct compare *compare, struct problems *problems,
	struct err *err);

#endif
