/*
 * How far something long has come: phase, counts, a bar where the total is known, and the
 * time left once it can be told. Never a guessed percentage.
 */
#ifndef WIDGET_PROGRESS_H
#define WIDGET_PROGRESS_H

#include <stddef.h>
#include <stdint.h>

#include "term/draw.h"

struct progress {
	char phase[80]; /* "Students" */
	uint64_t done;
	uint64_t total; /* 0: not known */
	int64_t began;  /* term_now time at which this phase began, and `done` then */
	uint64_t done_then;
	int64_t now; /* of the last update */
};

/* A new phase text begins the clock anew. */
void progress_update(struct progress *progress, const char *phase, uint64_t done,
	uint64_t total, int64_t now);

/* "Students 1,204 of 9,800, 12 %, about 2 min" */
char *progress_text(const struct progress *progress, char *out, size_t size);

/* Two lines: the text, the bar. */
void progress_draw(const struct progress *progress, int y, int x, int width);

#endif
