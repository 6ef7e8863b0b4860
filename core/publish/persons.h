/*
 * People who are in the hub as more than one type (a teacher who is also a parent): one user
 * in OneRoster. The few of them are kept here until all types have been read, then merged.
 */
#ifndef PUBLISH_PERSONS_H
#define PUBLISH_PERSONS_H

#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"
#include "roster/record.h"

struct held_person;

struct persons {
	struct held_person *held; /* owned; the records lie packed in `arena` */
	size_t count;
	size_t room;
	struct arena arena;
};

void persons_init(struct persons *persons);
void persons_clear(struct persons *persons); /* frees; as after persons_init */

/* Keeps a copy. */
void persons_hold(struct persons *persons, const struct record *record);

/*
 * Calls `each` once a person, in order of id. The record is of the first type the person has,
 * in the order student, teacher, admin, contact; what that leaves empty is filled from the
 * next; schools and agents are united.
 */
typedef int persons_fn(void *arg, const struct record *record, struct err *err);
int persons_each(struct persons *persons, persons_fn *each, void *arg, struct err *err);

#endif
