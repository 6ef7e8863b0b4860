#include "source/plan.h"

#include <string.h>

static void step_begin(struct step *step)
{
	step->next = 0;
	step->known = 1;
	step->total = -1;
}

static void step_init(
	struct step *step, enum collection collection, const char *path, const char *key)
{
	memset(step, 0, sizeof(*step));
	step->collection = collection;
	step->path = path;
	step->key = key;
	step_begin(step);
}

void plan_init(struct plan *plan, struct rest *source, struct fetch *fetch,
	const enum collection *order, size_t count)
{
	int size = source->base.app->page_size > 0 ? source->base.app->page_size : 10000;
	size_t i;

	memset(plan, 0, sizeof(*plan));
	plan->source = source;
	plan->fetch = fetch;
	plan->limit = size;
	if (source->base.learned.page_size > 0 && source->base.learned.page_size < size)
		plan->limit = source->base.learned.page_size;
	if (source->limit_cap > 0 && source->limit_cap < plan->limit)
		plan->limit = source->limit_cap;
	for (i = 0; i < count && i < COLLECTION_COUNT; i++) {
		const char *name = collection_name(order[i]);

		step_init(&plan->steps[plan->count++], order[i], name, name);
	}
}

/* The best guess of how many records a full page of the step holds. */
static int64_t stride_of(const struct plan *plan, const struct step *step)
{
	if (step->largest)
		return step->largest;
	return plan->granted && plan->granted < plan->limit ? plan->granted : plan->limit;
}

/* Learns from the headers of pages that came but were not taken yet. */
static void look_ahead(struct plan *plan, size_t index)
{
	struct step *step = &plan->steps[index];
	int64_t stride = stride_of(plan, step), end;
	size_t i;

	for (i = 0; i < plan->under_way; i++) {
		struct slot *slot = plan->order[i];
		const struct answer *answer = &slot->call.answer;

		if (slot->step != index || !fetch_is_done(plan->fetch, slot, 0) ||
			slot->failed || answer->status != 200)
			continue;
		if (answer->total > 0 && step->total < 0) {
			step->total = answer->total;
			step->known = answer->total > step->known ? answer->total : step->known;
			if (step->next > answer->total)
				step->next = answer->total;
			/* All on one page: the total may be that page's count, so the next is
			 * asked too. */
			if (slot->offset == 0 && answer->total <= stride)
				step->known = answer->total + 1;
		}
		if (answer->has_next && step->misfits < PLAN_MISFITS) {
			end = slot->offset + stride;
			if (step->total > 0 && end > step->total)
				end = step->total;
			if (end + 1 > step->known && end >= step->next)
				step->known = end + 1;
		}
	}
}

static void insert(struct plan *plan, struct slot *slot)
{
	size_t i = plan->under_way++;

	while (i > 0 && plan->order[i - 1]->number > slot->number) {
		plan->order[i] = plan->order[i - 1];
		i--;
	}
	plan->order[i] = slot;
}

/* Asks for the step's next page. False: no slot is free. */
static bool ask(struct plan *plan, size_t index)
{
	struct step *step = &plan->steps[index];
	struct slot *slot = fetch_free_slot(plan->fetch);

	if (!slot)
		return false;
	slot->step = index;
	slot->offset = step->next;
	slot->limit = plan->limit;
	slot->number = ((int64_t)index << 48) + step->next;
	rest_page_url(plan->source, &slot->call.url, plan->source->base.learned.root,
		step->path, step->next, plan->limit);
	insert(plan, slot);
	fetch_queue(plan->fetch, slot);
	step->next += stride_of(plan, step);
	if (step->total > slot->offset && step->next > step->total)
		step->next = step->total;
	return true;
}

static size_t under_way_after(const struct plan *plan, size_t step)
{
	size_t i, count = 0;

	for (i = 0; i < plan->under_way; i++)
		count += plan->order[i]->step > step;
	return count;
}

static void drop(struct plan *plan, size_t i)
{
	fetch_drop(plan->fetch, plan->order[i]);
	plan->under_way--;
	memmove(&plan->order[i], &plan->order[i + 1],
		(plan->under_way - i) * sizeof(plan->order[0]));
}

/* The present step needs a slot, and pages of later steps hold them all. */
static void make_room(struct plan *plan)
{
	struct slot *last;

	if (plan->under_way < plan->fetch->count)
		return; /* one is about to become free */
	last = plan->order[plan->under_way - 1];
	if (plan->steps[last->step].next > last->offset)
		plan->steps[last->step].next = last->offset;
	if (last->offset == 0)
		step_begin(&plan->steps[last->step]);
	drop(plan, plan->under_way - 1);
}

void plan_ask(struct plan *plan)
{
	size_t unsure = plan->count, i;

	for (i = plan->current; i < plan->count; i++) {
		struct step *step = &plan->steps[i];

		look_ahead(plan, i);
		while (step->next < step->known) {
			/* Beyond a step of unknown length few slots are spent: it comes first.
			 */
			if (unsure < i && under_way_after(plan, unsure) >= FETCH_AHEAD)
				return;
			if (!ask(plan, i)) {
				if (i == plan->current &&
					(!plan->under_way || plan->order[0]->step != i))
					make_room(plan);
				return;
			}
		}
		if (step->total < 0 && unsure == plan->count)
			unsure = i;
	}
}

struct slot *plan_head(const struct plan *plan)
{
	return plan->under_way && plan->order[0]->step == plan->current ? plan->order[0] : NULL;
}

void plan_pass_head(struct plan *plan)
{
	drop(plan, 0);
}

static void drop_step(struct plan *plan, size_t step)
{
	size_t i = 0;

	while (i < plan->under_way) {
		if (plan->order[i]->step == step)
			drop(plan, i);
		else
			i++;
	}
}

void plan_go_on(struct plan *plan, int64_t received)
{
	struct step *step = &plan->steps[plan->current];
	struct slot *head = plan_head(plan);

	if (head ? head->offset == received : step->next == received) {
		if (step->known <= received)
			step->known = received + 1;
		return;
	}
	/* Fewer or more than guessed: what was asked for ahead begins at the wrong places. */
	if (head)
		step->misfits++;
	drop_step(plan, plan->current);
	step->next = received;
	step->known = received + 1;
	if (step->misfits < PLAN_MISFITS && step->total > received)
		step->known = step->total;
}

void plan_repeat(struct plan *plan)
{
	drop_step(plan, plan->current);
	step_begin(&plan->steps[plan->current]);
}

void plan_next_step(struct plan *plan)
{
	drop_step(plan, plan->current);
	plan->current++;
}

void plan_forget(struct plan *plan, int64_t received)
{
	size_t i;

	while (plan->under_way)
		drop(plan, plan->under_way - 1);
	for (i = plan->current; i < plan->count; i++) {
		step_begin(&plan->steps[i]);
		plan->steps[i].largest = 0;
	}
	plan->granted = 0;
	if (plan->current < plan->count) {
		plan->steps[plan->current].next = received;
		plan->steps[plan->current].known = received + 1;
	}
}

void plan_split_users(struct plan *plan)
{
	size_t at = plan->current;

	plan_forget(plan, 0);
	memmove(&plan->steps[at + 2], &plan->steps[at + 1],
		(plan->count - at - 1) * sizeof(plan->steps[0]));
	plan->count++;
	step_init(&plan->steps[at], COLLECTION_USERS, "students", "users");
	step_init(&plan->steps[at + 1], COLLECTION_USERS, "teachers", "users");
}
