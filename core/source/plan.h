/*
 * Which pages are asked for when: the steps of a pull, and the slots under way, kept in the
 * order in which they are taken. What is known of a total or a next link is used to ask ahead.
 */
#ifndef SOURCE_PLAN_H
#define SOURCE_PLAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "source/fetch.h"
#include "source/source.h"
#include "source/rest.h"

enum { PLAN_STEPS = COLLECTION_COUNT + 1, PLAN_MISFITS = 3 };

/* One path to pull. */
struct step {
	enum collection collection;
	const char *path; /* also the envelope's usual key, but for users and sessions */
	const char *key;
	int64_t next;    /* offset to ask for next */
	int64_t known;   /* pages that begin below this are known to be worth asking for */
	int64_t total;   /* as the first page says; -1: it does not, or is not there yet */
	int64_t largest; /* records of the largest page so far; 0: none yet */
	int misfits;     /* guesses of a page's offset that were wrong */
};

struct plan {
	struct rest *source; /* borrowed */
	struct fetch *fetch; /* borrowed */
	struct step steps[PLAN_STEPS];
	size_t count;
	size_t current;
	struct slot *order[FETCH_PARALLEL_MAX + FETCH_AHEAD]; /* by step and offset */
	size_t under_way;
	int limit;       /* records asked for */
	int64_t granted; /* records of a full page, as seen elsewhere; 0: not known */
};

void plan_init(struct plan *plan, struct rest *source, struct fetch *fetch,
	const enum collection *order, size_t count);

/* Asks for as much as slots and knowledge allow. */
void plan_ask(struct plan *plan);

/* The page to take next; NULL when it could not be asked for yet (no slot is free). */
struct slot *plan_head(const struct plan *plan);

/* The head was taken: its slot is free again. */
void plan_pass_head(struct plan *plan);

/* `received` records of the present step are there: its next page begins with that offset. */
void plan_go_on(struct plan *plan, int64_t received);

/* Begins the present step anew. */
void plan_repeat(struct plan *plan);

/* Ends the present step; what was asked for beyond its end is dropped. */
void plan_next_step(struct plan *plan);

/* Drops all that is under way and begins again where the present step stands. */
void plan_forget(struct plan *plan, int64_t received);

/* The present step, which is users, becomes students and teachers. */
void plan_split_users(struct plan *plan);

#endif
