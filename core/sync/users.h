/*
 * The intake's users: split by role, joined with demographics and with each other.
 */
#ifndef SYNC_USERS_H
#define SYNC_USERS_H

#include "sync/intake.h"

/*
 * Takes one user in (`key` is its id's), as every entity type that the roles make of them;
 * contacts wait.
 */
int users_take(
	struct intake *intake, uint64_t key, struct made *made, size_t count, struct err *err);

/* Takes a student, teacher or admin in who does not wait, or no longer. */
int users_keep(struct intake *intake, struct record *record, struct err *err);

/* Takes the contacts in, after all users have come: with a school, or with a student. */
int users_end(struct intake *intake, struct err *err);

/* Demographics are not given: loads those that the hub has, so that students keep theirs. */
int users_know(struct intake *intake, struct err *err);

#endif
