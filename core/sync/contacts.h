/*
 * Contacts wait until all users have come, for a student's record may be the only one that says
 * whose contact somebody is. They wait in a private file without a name, links in memory.
 */
#ifndef SYNC_CONTACTS_H
#define SYNC_CONTACTS_H

#include <stdint.h>
#include <stdio.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "roster/record.h"

struct link {
	uint64_t contact; /* key of its id */
	uint32_t student; /* offset of the student's id in `ids` */
};

struct contacts {
	FILE *file; /* waiting records; NULL until the first */
	struct buf ids;
	size_t last_id;     /* offset of the last one in it */
	struct link *links; /* owned */
	size_t link_count, link_room;
	struct buf body; /* being written or read */
	struct buf name;
};

void contacts_init(struct contacts *contacts);
void contacts_clear(struct contacts *contacts);

/* Puts a contact off. `state` is the directory in which the file without a name is made. */
int contacts_wait(struct contacts *contacts, const char *state, const struct record *record,
	struct err *err);

/* Notes that a student who is in names a contact by its hub id. */
void contacts_link(struct contacts *contacts, uint64_t contact, const char *student);

/* Ends the waiting: links are sorted, the file is read from its start. */
int contacts_ready(struct contacts *contacts, struct err *err);

/* The next waiting record. 1: there is one, 0: no more, -1: failed. Strings live until the next
 * call. */
int contacts_next(
	struct contacts *contacts, struct record *record, struct arena *arena, struct err *err);

/* The ids of the students who name this contact, `own` added: a sorted list, or NULL. */
const char *contacts_students(const struct contacts *contacts, uint64_t contact,
	const char *own, struct arena *arena);

#endif
