/*
 * What source.c knows of a kind of source: a service (rest.h), files on disk (csv.h). For the
 * modules of source/ only.
 */
#ifndef SOURCE_KIND_H
#define SOURCE_KIND_H

#include "source/source.h"

/* The first member of each kind's own struct. */
struct source {
	const struct source_kind *kind;
	const struct app *app;     /* borrowed */
	const atomic_bool *cancel; /* borrowed; may be NULL */
	struct learned learned;    /* owned texts */
};

/* The functions of source.h for one kind. `close` need not care for struct source. */
struct source_kind {
	struct source *(*open)(const struct app *app, const struct secret *secret,
		const atomic_bool *cancel, struct err *err);
	void (*close)(struct source *source);
	int (*connect)(struct source *source, struct err *err);
	int (*pull)(struct source *source, const enum collection *order, size_t count,
		const struct taker *taker, struct err *err);
	int (*check)(struct source *source, check_fn *step, void *arg, struct err *err);
};

extern const struct source_kind rest_kind, csv_kind;

#endif
