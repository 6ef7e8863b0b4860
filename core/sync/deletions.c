#include "sync/deletions.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "store/verdict.h"
#include "sync/fingerprint.h"
#include "sync/hold.h"

static void split_counts(struct counts all[ENTITY_COUNT], struct counts held[ENTITY_COUNT])
{
	enum entity e;

	for (e = 0; e < ENTITY_COUNT; e++) {
		held[e] = (struct counts){.unchanged = counts_total(&all[e])};
		held[e].changed[CHANGE_DELETED] = all[e].changed[CHANGE_DELETED];
		all[e].unchanged += all[e].changed[CHANGE_DELETED];
		all[e].changed[CHANGE_DELETED] = 0;
	}
}

/* The sync in which the deletions of `sync` wait; the rules that fired go with them. */
static void make_rest(struct sync *rest, struct sync *sync)
{
	sync_init(rest);
	rest->app = mem_strdup(sync->app);
	rest->source = mem_strdup(sync->source);
	rest->prefix = mem_strdup(sync->prefix);
	rest->state = SYNC_HELD;
	rest->started = sync->started;
	rest->finished = sync->finished;
	rest->seconds = sync->seconds;
	rest->base = sync->number;
	rest->revision = sync->revision + 1;
	memcpy(rest->settings_hash, sync->settings_hash, sizeof(rest->settings_hash));
	split_counts(sync->counts, rest->counts);
	rest->hits = sync->hits;
	rest->hit_count = sync->hit_count;
	sync->hits = NULL;
	sync->hit_count = 0;
	sync->state = SYNC_ACCEPTED;
}

int deletions_split(
	struct store *store, struct sync *sync, const struct tally *tally, struct err *err)
{
	size_t count = tally->by_school.count, i;
	struct school_counts *held = mem_zero(count, sizeof(*held));
	struct staged_sum sum;
	struct sync rest;
	int result = -1;

	make_rest(&rest, sync);
	for (i = 0; i < count; i++) {
		held[i].school = mem_strdup(tally->schools[i].school);
		held[i].name = mem_strdup(tally->schools[i].name);
		split_counts(tally->schools[i].counts, held[i].counts);
	}
	if (history_reserve(store, &rest, err) ||
		verdict_split_deletions(store, sync->number, rest.number, err) ||
		verdict_staged_sum(store, rest.number, &sum, err))
		goto out;
	sync_fingerprint(&rest, &sum);
	/* What is accepted now is no longer all that was staged. */
	if (verdict_staged_sum(store, sync->number, &sum, err))
		goto out;
	sync_fingerprint(sync, &sum);
	result = history_write(store, &rest, held, count, NULL, err);
	sync->waiting = rest.number;
out:
	school_counts_free(held, count);
	sync_clear(&rest);
	return result;
}

bool deletions_can_wait(const struct sync *sync)
{
	int64_t others = 0;
	enum entity e;

	for (e = 0; e < ENTITY_COUNT; e++)
		others += sync->counts[e].changed[CHANGE_CREATED] +
			  sync->counts[e].changed[CHANGE_UPDATED];
	return sync->state == SYNC_HELD && others > 0 &&
	       hold_is_of_deletions(sync->hits, sync->hit_count);
}
