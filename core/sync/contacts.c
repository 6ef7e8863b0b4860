#include "sync/contacts.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

void contacts_init(struct contacts *contacts)
{
	memset(contacts, 0, sizeof(*contacts));
	buf_init(&contacts->ids);
}

void contacts_clear(struct contacts *contacts)
{
	buf_clear(&contacts->ids);
	free(contacts->links);
	contacts_init(contacts);
}

void contacts_link(struct contacts *contacts, uint64_t contact, const char *student)
{
	struct link *link;

	if (contacts->link_count == contacts->link_room) {
		contacts->link_room = contacts->link_room ? contacts->link_room * 3 / 2 : 1024;
		contacts->links = mem_grow(
			contacts->links, contacts->link_room, sizeof(*contacts->links));
	}
	link = &contacts->links[contacts->link_count++];
	link->contact = contact;
	/* A student's contacts come together: the id is kept once. */
	if (!contacts->ids.used ||
		strcmp(contacts->ids.data + contacts->last_id, student) != 0) {
		contacts->last_id = contacts->ids.used;
		buf_add(&contacts->ids, student, strlen(student) + 1);
	}
	link->student = (uint32_t)contacts->last_id;
}

static int by_contact(const void *a, const void *b)
{
	const struct link *x = a, *y = b;

	if (x->contact != y->contact)
		return x->contact < y->contact ? -1 : 1;
	return x->student < y->student ? -1 : x->student > y->student;
}

void contacts_sort(struct contacts *contacts)
{
	if (contacts->link_count)
		qsort(contacts->links, contacts->link_count, sizeof(*contacts->links),
			by_contact);
}

/* The first link of a contact. */
static size_t first_link(const struct contacts *contacts, uint64_t contact)
{
	size_t low = 0, high = contacts->link_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (contacts->links[middle].contact < contact)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

const char *contacts_students(
	const struct contacts *contacts, uint64_t contact, const char *own, struct arena *arena)
{
	size_t first = first_link(contacts, contact), end, i, room = own ? strlen(own) + 1 : 0;
	char *list, *at;

	for (end = first; end < contacts->link_count && contacts->links[end].contact == contact;
		end++)
		room += strlen(contacts->ids.data + contacts->links[end].student) + 1;
	if (!room)
		return NULL;
	list = at = arena_alloc(arena, room + 1);
	for (i = first; i < end; i++) {
		at = stpcpy(at, contacts->ids.data + contacts->links[i].student);
		*at++ = RECORD_LIST;
	}
	if (own)
		at = stpcpy(at, own);
	else
		at--;
	*at = '\0';
	return list_sort(list, arena);
}
