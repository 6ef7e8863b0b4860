#include "sync/hold.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

struct hits {
	struct hold_hit *list;
	size_t count;
};

static struct hold_hit *add_hit(struct hits *hits, enum hold_kind kind)
{
	struct hold_hit *hit;

	hits->list = mem_grow(hits->list, hits->count + 1, sizeof(*hit));
	hit = &hits->list[hits->count++];
	*hit = (struct hold_hit){.kind = kind, .entity = ENTITY_NONE, .change = CHANGE_NONE};
	return hit;
}

/* Records before the sync. */
static int64_t base_of(const struct counts *counts)
{
	return counts->changed[CHANGE_UPDATED] + counts->changed[CHANGE_DELETED] +
	       counts->unchanged;
}

static bool is_passed(const struct limit *limit, int floor, int64_t changed, int64_t base)
{
	switch (limit->unit) {
	case LIMIT_PERCENT:
		/* changed / base > amount / 10000, without rounding */
		return base >= floor && base > 0 && changed * 10000 > base * limit->amount;
	case LIMIT_COUNT: return changed > limit->amount;
	case LIMIT_DEFAULT:
	case LIMIT_OFF: break;
	}
	return false;
}

static void write_limit(const struct limit *limit, char *out, size_t size)
{
	if (limit->unit == LIMIT_COUNT)
		snprintf(out, size, "%d", limit->amount);
	else if (limit->amount % 100)
		snprintf(out, size, "%g%%", limit->amount / 100.0);
	else
		snprintf(out, size, "%d%%", limit->amount / 100);
}

static struct hold_hit *check(struct hits *hits, const struct hold_settings *settings,
	const struct limit *limit, const struct counts *counts, enum entity entity,
	enum change change)
{
	int64_t base = base_of(counts), changed = counts->changed[change];
	struct hold_hit *hit;

	if (!is_passed(limit, settings->floor, changed, base))
		return NULL;
	hit = add_hit(hits, HOLD_LIMIT);
	hit->entity = entity;
	hit->change = change;
	hit->changed = changed;
	hit->base = base;
	hit->percent = base ? 100.0 * (double)changed / (double)base : 100.0;
	write_limit(limit, hit->limit, sizeof(hit->limit));
	return hit;
}

/* A limit of this entity type, else the one of any. */
static const struct limit *limit_of(
	const struct hold_settings *settings, enum entity entity, enum change change)
{
	const struct limit *own = &settings->entity[entity][change];

	return own->unit == LIMIT_DEFAULT ? &settings->any[change] : own;
}

/* Whatever the limits. */
static void hit_deletion(struct hits *hits, enum hold_kind kind, enum entity entity,
	int64_t deleted, int64_t base)
{
	struct hold_hit *hit = add_hit(hits, kind);

	hit->entity = entity;
	hit->change = CHANGE_DELETED;
	hit->changed = deleted;
	hit->base = base;
	hit->percent = 100.0 * (double)deleted / (double)base;
}

static void check_district(struct hits *hits, const struct hold_question *q)
{
	enum entity e;
	enum change c;

	for (e = 0; e < ENTITY_COUNT; e++) {
		int64_t base = base_of(&q->counts[e]);

		if (base && !counts_total(&q->counts[e]))
			hit_deletion(hits, HOLD_EMPTIED, e, base, base);
		if (q->unread && q->unread[e])
			hit_deletion(hits, HOLD_UNREADABLE, e, q->unread[e], base);
		for (c = 0; c < CHANGE_KINDS; c++)
			check(hits, q->settings, limit_of(q->settings, e, c), &q->counts[e], e,
				c);
	}
}

static void check_schools(struct hits *hits, const struct hold_question *q)
{
	enum entity e;
	enum change c;
	size_t s;

	for (s = 0; s < q->school_count; s++) {
		for (e = 0; e < ENTITY_COUNT; e++) {
			for (c = 0; c < CHANGE_KINDS; c++) {
				struct hold_hit *hit =
					check(hits, q->settings, &q->settings->school[c],
						&q->schools[s].counts[e], e, c);

				if (hit) {
					hit->school = mem_strdup(q->schools[s].school);
					hit->school_name = mem_strdup(q->schools[s].name);
				}
			}
		}
	}
}

static bool changes_nothing(const struct counts *counts)
{
	enum entity e;
	enum change c;

	for (e = 0; e < ENTITY_COUNT; e++)
		for (c = 0; c < CHANGE_KINDS; c++)
			if (counts[e].changed[c])
				return false;
	return true;
}

struct hold_hit *hold_check(const struct hold_question *q, size_t *count)
{
	struct hits hits = {NULL, 0};

	if (!changes_nothing(q->counts)) {
		if (q->preview)
			add_hit(&hits, HOLD_PREVIEW);
		if (q->source_changed && !q->first)
			add_hit(&hits, HOLD_SOURCE);
		if (!q->first) {
			check_district(&hits, q);
			check_schools(&hits, q);
		}
	}
	*count = hits.count;
	return hits.list;
}

static bool is_same(const struct hold_hit *a, const struct hold_hit *b)
{
	return a->kind == b->kind && a->entity == b->entity && a->change == b->change &&
	       !strcmp(a->school ? a->school : "", b->school ? b->school : "");
}

void hold_add(struct hold_hit **hits, size_t *count, struct hold_hit *more, size_t more_count)
{
	size_t known = *count, i, j;

	for (i = 0; i < more_count; i++) {
		for (j = 0; j < known && !is_same(&(*hits)[j], &more[i]); j++)
			;
		if (j < known) {
			free(more[i].school);
			free(more[i].school_name);
			continue;
		}
		*hits = mem_grow(*hits, *count + 1, sizeof(**hits));
		(*hits)[(*count)++] = more[i];
	}
	free(more);
}

bool hold_is_of_deletions(const struct hold_hit *hits, size_t count)
{
	size_t i;

	for (i = 0; i < count; i++)
		if (hits[i].change != CHANGE_DELETED)
			return false;
	return count > 0;
}

void hold_describe(const struct hold_hit *hit, char *out, size_t size)
{
	const char *in = hit->school ? " in school " : "";
	const char *school = !hit->school       ? ""
			     : hit->school_name ? hit->school_name
						: hit->school;

	switch (hit->kind) {
	case HOLD_LIMIT:
		snprintf(out, size, "%s%s%s: %lld of %lld %s (%.1f %%), limit %s",
			entity_plural(hit->entity), in, school, (long long)hit->changed,
			(long long)hit->base, change_name(hit->change), hit->percent,
			hit->limit);
		break;
	case HOLD_EMPTIED:
		snprintf(out, size, "%s: all %lld would be deleted", entity_plural(hit->entity),
			(long long)hit->base);
		break;
	case HOLD_UNREADABLE:
		snprintf(out, size,
			"%s: %lld of %lld would be deleted because they did not come, but they may be among the records that could not be read",
			entity_plural(hit->entity), (long long)hit->changed,
			(long long)hit->base);
		break;
	case HOLD_PREVIEW:
		snprintf(out, size,
			"preview of data upload is on: every sync waits for approval");
		break;
	case HOLD_SOURCE:
		snprintf(out, size,
			"the source (its address, version or the system that wrote the files) or the SIS ID prefix changed since the last accepted sync");
		break;
	case HOLD_DELETIONS:
		snprintf(out, size, "the deletions of an accepted sync wait for approval");
		break;
	}
}
