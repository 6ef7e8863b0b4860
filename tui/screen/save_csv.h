/*
 * Writes what a sync found wrong as a CSV file: asks for the path, and before replacing a file
 * that is there; writes in a worker. For the screens of Data Quality, which hold one.
 */
#ifndef SCREEN_SAVE_CSV_H
#define SCREEN_SAVE_CSV_H

#include <stdint.h>

#include "roster/problem.h"
#include "screen/dash.h"
#include "work.h"

struct save_csv {
	struct dash *dash;
	int64_t sync;
	enum problem of; /* PROBLEM_KINDS: all */
	char *path;      /* owned */
	int64_t rows[PROBLEM_KINDS];
	struct work work;
};

void save_csv_init(struct save_csv *save, struct dash *dash);
void save_csv_clear(struct save_csv *save); /* waits for what is being written */

void save_csv_ask(struct save_csv *save, int64_t sync, enum problem of);

/* In the screen's tick: says how it went. */
void save_csv_tick(struct save_csv *save);

#endif
