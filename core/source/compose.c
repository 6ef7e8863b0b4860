#include "source/compose.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "base/text.h"
#include "roster/words.h"

enum { ID_MOST = 255 }; /* characters of a sourcedId */

/* Types of userIds under which providers give the state's number. */
static const char *const state_id_types[] = {
	"stateId", "stateStudentId", "stateStaffId", "stateIdentifier", "SSID", "SASID"};

/* What stands in a name of what must not be kept. */
static const char *const secret_words[] = {
	"passw", "passcode", "passphrase", "pwd", "credential"};

static const char *const deleted_words[] = {"tobedeleted", "inactive", "deleted"};

static bool is_one_of(const char *word, const char *const *words, size_t count)
{
	size_t i;

	for (i = 0; i < count; i++)
		if (text_same_word(word, words[i]))
			return true;
	return false;
}

/* Whether a word of a name may end between two letters: "a_b", "aB". */
static bool is_border(char before, char after)
{
	return !isalpha((unsigned char)before) || !isalpha((unsigned char)after) ||
	       (islower((unsigned char)before) && isupper((unsigned char)after));
}

/* A PIN, as in lunchPin, PIN, student_pin, pinCode; but no shipping. */
static bool has_pin(const char *name)
{
	const char *at = name;

	for (; (at = strcasestr(at, "pin")); at++)
		if ((at == name || is_border(at[-1], *at)) && is_border(at[2], at[3]))
			return true;
	return false;
}

bool compose_is_secret(const char *name)
{
	size_t i;

	if (has_pin(name))
		return true;
	for (i = 0; i < sizeof(secret_words) / sizeof(*secret_words); i++)
		if (strcasestr(name, secret_words[i]))
			return true;
	return false;
}

/* Whether an id has more characters than OneRoster allows (1.1 section 4.1, 255). */
static bool is_too_long(const char *id)
{
	size_t count = 0;

	if (strnlen(id, ID_MOST + 1) <= ID_MOST)
		return false;
	for (; *id && count <= ID_MOST; id++)
		count += ((unsigned char)*id & 0xc0) != 0x80;
	return count > ID_MOST;
}

int compose_id(struct decoding *d, const char *id)
{
	if (id && !is_too_long(id)) {
		d->out->id = id;
		return 0;
	}
	/* One that is too long is not repeated in the report. */
	value_report(d, PROBLEM_UNUSABLE, "sourcedId",
		id ? "longer than 255 characters" : "missing");
	return -1;
}

bool compose_is_state_id(const char *type)
{
	return is_one_of(type, state_id_types, sizeof(state_id_types) / sizeof(char *));
}

void compose_user_id(struct decoding *d, struct joiner *list, const char *type, const char *id)
{
	const char *both;

	if (!id || (type && compose_is_secret(type)))
		return;
	both = type ? arena_printf(d->arena, "%s:%s", type, id) : id;
	value_join(list, both, strlen(both));
	if (type && !d->out->value[SOURCE_STATE_ID] && compose_is_state_id(type))
		d->out->value[SOURCE_STATE_ID] = id;
}

void compose_role(struct decoding *d, const char *role, const char *org, bool primary)
{
	struct source_record *out = d->out;

	if (!role)
		return;
	if (out->roles == SOURCE_ROLES) {
		value_report(
			d, PROBLEM_BAD_VALUE, "roles", "more than 16; the rest is left out");
		return;
	}
	out->role[out->roles++] = (struct source_role){role, org, primary};
}

/* Kept in ascending order of their names. */
static void add_extra(
	struct decoding *d, const char *prefix, const char *name, const char *value)
{
	struct source_record *out = d->out;
	size_t i;

	name = arena_printf(d->arena, "%s%s", prefix, name);
	for (i = out->extras++; i && strcmp(out->extra[i - 1].name, name) > 0; i--)
		out->extra[i] = out->extra[i - 1];
	out->extra[i] = (struct extra){name, value};
}

bool compose_metadata(struct decoding *d, const char *name, const char *value)
{
	if (!value || compose_is_secret(name))
		return true;
	if (d->out->extras - d->out->extensions == SOURCE_EXTRAS) {
		value_report(d, PROBLEM_BAD_VALUE, "metadata",
			"more than 64 entries; the rest is left out");
		return false;
	}
	add_extra(d, WORDS_METADATA, name, value);
	return true;
}

bool compose_extension(struct decoding *d, const char *name, const char *value)
{
	if (!value || compose_is_secret(name))
		return true;
	if (d->out->extensions == SOURCE_EXTENSIONS)
		return false; /* of no use without a mapping, so nobody misses it */
	add_extra(d, WORDS_EXTENSION, name, value);
	d->out->extensions++;
	return true;
}

static enum source_status status_of(struct decoding *d)
{
	const char *word = d->out->value[SOURCE_STATUS];

	if (!word || !strcmp(word, "active") || text_same_word(word, "active"))
		return STATUS_ACTIVE;
	if (is_one_of(word, deleted_words, sizeof(deleted_words) / sizeof(char *)))
		return STATUS_DELETED;
	value_report(
		d, PROBLEM_UNKNOWN_STATUS, "status", "not of the vocabulary, taken as active");
	return STATUS_ACTIVE;
}

/* The role of 1.1, a text. Several in an array are taken one by one. */
static void only_role(struct decoding *d)
{
	const char *list = d->out->value[SOURCE_ROLE], *item;
	size_t length;

	while ((item = list_next(&list, &length)))
		compose_role(d, item[length] ? arena_strndup(d->arena, item, length) : item,
			NULL, true);
}

void compose_end(struct decoding *d)
{
	d->out->status = status_of(d);
	if (!d->out->roles && d->out->collection == COLLECTION_USERS)
		only_role(d);
}
