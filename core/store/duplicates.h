/*
 * Duplicates: records of one source that a domain of uniqueness takes for the same one, as an
 * app's last import found them. They are never merged by themselves.
 */
#ifndef STORE_DUPLICATES_H
#define STORE_DUPLICATES_H

#include <stdint.h>

#include "base/err.h"
#include "roster/schema.h"
#include "store/store.h"

enum { DUPLICATES_KEPT = 10000 }; /* of an app */

/* A pair, by the SIS ids of the hub. */
struct duplicate {
	enum entity entity;
	const char *domain; /* its name */
	const char *sis_id; /* the one that came to it: the greater id */
	const char *other;
};

/* Forgets those of an app's earlier imports; inside the stage's transaction, as adding. */
int duplicates_begin(struct store *store, const char *app, struct err *err);
int duplicates_add(struct store *store, const char *app, const struct duplicate *duplicate,
	struct err *err);

/* Those of one app or (NULL) all, by entity type and id. Strings live until the next one. */
typedef int duplicate_fn(
	void *arg, const char *app, const struct duplicate *duplicate, struct err *err);
int duplicates_each(
	struct store *store, const char *app, duplicate_fn *each, void *arg, struct err *err);

#endif
