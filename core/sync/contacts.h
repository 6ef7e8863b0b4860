/*
 * Whose contact somebody is: a student's record may be the only one that says it. Known when
 * all users have come.
 */
#ifndef SYNC_CONTACTS_H
#define SYNC_CONTACTS_H

#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "roster/record.h"

struct link {
	uint64_t contact; /* key of its id */
	uint32_t student; /* offset of the student's id in `ids` */
};

struct contacts {
	struct buf ids;
	size_t last_id;     /* offset of the last one in it */
	struct link *links; /* owned */
	size_t link_count, link_room;
};

void contacts_init(struct contacts *contacts);
void contacts_clear(struct contacts *contacts);

/* Notes that a student who is in names a contact by its hub id. */
void contacts_link(struct contacts *contacts, uint64_t contact, const char *student);

/* All links are there. */
void contacts_sort(struct contacts *contacts);

/* The ids of the students who name this contact, `own` added: a sorted list, or NULL. */
const char *contacts_students(const struct contacts *contacts, uint64_t contact,
	const char *own, struct arena *arena);

#endif
