/*
 * Judging one pass over a collection: when it has ended, and whether what came is proven to be
 * all of it. Pure: numbers in, verdict out.
 */
#ifndef SOURCE_PASS_H
#define SOURCE_PASS_H

#include <stdbool.h>
#include <stdint.h>

#include "source/answer.h"

/* What came in the pages so far. */
struct pass {
	int pages;        /* that held records */
	int64_t received; /* records */
	int64_t fresh;    /* of them, new to the taker */
	int64_t again; /* of them, there before; without those that came with an earlier pass */
	int64_t largest;    /* records of the largest page */
	int64_t last;       /* records of the last page */
	bool last_full;     /* it held as many as were asked for */
	uint64_t last_hash; /* of its body */
	bool denied;        /* ended by a status such as 404, not by an empty page */
	bool total_named;   /* a total was given */
	bool total_changed;
	int64_t total; /* the last one; -1: none that is a number */
};

/* One page, as it is counted. */
struct pass_page {
	int64_t count;
	int64_t fresh;
	int64_t again;
	int64_t limit; /* asked for */
	uint64_t hash;
};

enum pass_next {
	PASS_MORE,
	PASS_END,
	PASS_STUCK, /* the same page came again, and nothing says that it is all */
};

/* Counts a page. `repeat`: the taker knows the records from an earlier pass. */
enum pass_next pass_add(struct pass *pass, const struct pass_page *page,
	const struct answer *answer, bool repeat);

enum pass_verdict {
	PASS_PROVEN,
	PASS_REPEAT,   /* pull the collection once more */
	PASS_DOUBTFUL, /* complete as far as can be told, but the total is wrong */
	PASS_BROKEN,   /* not known to be complete */
};

/* `repeat`: this was the second pass. */
enum pass_verdict pass_judge(const struct pass *pass, bool repeat);

#endif
