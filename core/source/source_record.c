#include "source/source_record.h"

#include <string.h>

enum { END_OF_VALUES = 0xff };

static void pack_text(struct buf *out, const char *text)
{
	buf_add(out, text, strlen(text) + 1);
}

static const char *unpack_text(const char **at)
{
	const char *text = *at;

	*at += strlen(text) + 1;
	return text;
}

void source_pack(const struct source_record *record, struct buf *out)
{
	const char head[] = {(char)record->collection, (char)record->status,
		(char)record->roles, (char)record->extras, (char)record->extensions};
	size_t i;

	buf_add(out, head, sizeof(head));
	pack_text(out, record->id);
	for (i = 0; i < SOURCE_ATTRS; i++) {
		if (!record->value[i])
			continue;
		buf_addc(out, (char)i);
		pack_text(out, record->value[i]);
	}
	buf_addc(out, (char)END_OF_VALUES);
	for (i = 0; i < record->roles; i++) {
		buf_addc(out, (char)record->role[i].primary);
		pack_text(out, record->role[i].role);
		pack_text(out, record->role[i].org ? record->role[i].org : "");
	}
	for (i = 0; i < record->extras; i++) {
		pack_text(out, record->extra[i].name);
		pack_text(out, record->extra[i].value);
	}
}

static const char *unpack_role(const char *at, struct source_role *role)
{
	role->primary = *at++;
	role->role = unpack_text(&at);
	role->org = unpack_text(&at);
	if (!*role->org)
		role->org = NULL;
	return at;
}

const char *source_unpack(const char *at, struct source_record *record)
{
	size_t i;

	memset(record, 0, offsetof(struct source_record, role));
	record->collection = (enum collection)at[0];
	record->status = (enum source_status)at[1];
	record->roles = (unsigned char)at[2];
	record->extras = (unsigned char)at[3];
	record->extensions = (unsigned char)at[4];
	at += 5;
	record->id = unpack_text(&at);
	while ((unsigned char)*at != END_OF_VALUES) {
		unsigned char attr = (unsigned char)*at++;

		record->value[attr] = unpack_text(&at);
	}
	at++;
	for (i = 0; i < record->roles; i++)
		at = unpack_role(at, &record->role[i]);
	for (i = 0; i < record->extras; i++) {
		record->extra[i].name = unpack_text(&at);
		record->extra[i].value = unpack_text(&at);
	}
	return at;
}
