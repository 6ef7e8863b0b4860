#include "sync/contacts.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "rules/attributes.h"

void contacts_init(struct contacts *contacts)
{
	memset(contacts, 0, sizeof(*contacts));
	buf_init(&contacts->ids);
	buf_init(&contacts->body);
	buf_init(&contacts->name);
}

void contacts_clear(struct contacts *contacts)
{
	if (contacts->file)
		fclose(contacts->file);
	buf_clear(&contacts->ids);
	buf_clear(&contacts->body);
	buf_clear(&contacts->name);
	free(contacts->links);
	contacts_init(contacts);
}

/* A file that has no name, so that nothing of it stays whatever happens. */
static FILE *open_nameless(const char *state, struct err *err)
{
	char *path = mem_printf("%s/waiting.XXXXXX", state);
	int fd = mkostemp(path, O_CLOEXEC);
	FILE *file = NULL;

	if (fd < 0 || unlink(path) || !(file = fdopen(fd, "w+"))) {
		file_error(err, "create", path);
		if (fd >= 0)
			close(fd);
	}
	free(path);
	return file;
}

int contacts_wait(struct contacts *contacts, const char *state, const struct record *record,
	struct err *err)
{
	uint32_t lengths[2];

	if (!contacts->file && !(contacts->file = open_nameless(state, err)))
		return -1;
	record_pack(record, &contacts->body);
	lengths[0] = (uint32_t)strlen(record->sis_id) + 1;
	lengths[1] = (uint32_t)contacts->body.used;
	if (fwrite(lengths, sizeof(lengths), 1, contacts->file) != 1 ||
		fwrite(record->sis_id, lengths[0], 1, contacts->file) != 1 ||
		(lengths[1] && fwrite(contacts->body.data, lengths[1], 1, contacts->file) != 1))
		return file_error(err, "write a temporary file in", state);
	return 0;
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

int contacts_ready(struct contacts *contacts, struct err *err)
{
	if (contacts->link_count)
		qsort(contacts->links, contacts->link_count, sizeof(*contacts->links),
			by_contact);
	if (contacts->file && (fflush(contacts->file) || fseek(contacts->file, 0, SEEK_SET)))
		return file_error(err, "write", "a temporary file of the import");
	return 0;
}

static int read_part(struct contacts *contacts, struct buf *buf, uint32_t length)
{
	buf_reset(buf);
	buf_reserve(buf, length);
	if (length && fread(buf->data, length, 1, contacts->file) != 1)
		return -1;
	buf->used = length;
	return 0;
}

int contacts_next(
	struct contacts *contacts, struct record *record, struct arena *arena, struct err *err)
{
	uint32_t lengths[2];

	if (!contacts->file || fread(lengths, sizeof(lengths), 1, contacts->file) != 1)
		return contacts->file && ferror(contacts->file)
			       ? file_error(err, "read", "a temporary file of the import")
			       : 0;
	if (read_part(contacts, &contacts->name, lengths[0]) ||
		read_part(contacts, &contacts->body, lengths[1]) ||
		record_unpack(record, ENTITY_CONTACT, contacts->name.data, contacts->body.data,
			contacts->body.used, arena))
		return file_error(err, "read", "a temporary file of the import");
	return 1;
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
