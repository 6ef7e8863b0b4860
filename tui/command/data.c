/* data: the accepted records of the hub. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/text.h"
#include "command/command.h"
#include "command/json.h"
#include "command/print.h"
#include "store/store.h"
#include "sync/origins.h"
#include "sync/owners.h"

enum { DATA_MOST = 100 }; /* records, when no limit is named and people read it */

struct listing {
	bool json;
	char *search; /* folded; NULL: all */
	struct owners owners;
	int64_t most;
	int64_t shown;
	bool more; /* there are more than were asked for */
};

static bool text_matches(const char *value, const char *folded)
{
	char *text = text_fold(value);
	bool found = strstr(text, folded) != NULL;

	free(text);
	return found;
}

static bool matches(const struct record *record, const char *folded)
{
	size_t i;

	if (!folded || text_matches(record->sis_id, folded))
		return true;
	for (i = 0; i < ATTR_COUNT; i++) {
		if (record->value[i] && text_matches(record->value[i], folded))
			return true;
	}
	for (i = 0; i < record->extras; i++) {
		if (text_matches(record->extra[i].value, folded))
			return true;
	}
	return false;
}

/* What an app contributed; the hub's own rows are of no app of their own. */
static void json_origins(cJSON *json, const struct record *record)
{
	cJSON *origins = NULL, *one, *names;
	struct origin origin;
	size_t i;

	for (i = 0; i < record->extras; i++) {
		char *id, *copy, *rest, *name;

		if (!origin_read(&record->extra[i], record->entity, &origin))
			continue;
		if (!origins)
			origins = cJSON_AddArrayToObject(json, "origins");
		one = cJSON_CreateObject();
		cJSON_AddItemToArray(origins, one);
		id = mem_strndup(origin.id, origin.id_length);
		json_text(one, "app", origin.app);
		json_text(one, "sisId", id);
		names = cJSON_AddArrayToObject(one, "attributes");
		copy = rest = mem_strdup(origin.attributes);
		while ((name = strsep(&rest, ",")))
			if (*text_trim(name))
				cJSON_AddItemToArray(
					names, cJSON_CreateString(text_trim(name)));
		free(copy);
		free(id);
	}
}

static void json_record(const struct record *record, const char *app)
{
	cJSON *json = json_new();
	const struct attribute *row;
	struct origin origin;
	size_t count, i;

	json_text(json, "entity", entity_name(record->entity));
	json_text(json, "app", app);
	json_text(json, "sisId", record->sis_id);
	row = schema_of(record->entity, &count);
	for (i = 0; i < count; i++) {
		if (record->value[row[i].attr])
			cJSON_AddItemToObject(json, row[i].name,
				json_value(row[i].type, record->value[row[i].attr]));
	}
	for (i = 0; i < record->extras; i++)
		if (!origin_read(&record->extra[i], record->entity, &origin))
			json_text(json, record->extra[i].name, record->extra[i].value);
	json_origins(json, record);
	json_print(json);
}

static void print_origins(const struct record *record)
{
	struct origin origin;
	size_t i;

	for (i = 0; i < record->extras; i++)
		if (origin_read(&record->extra[i], record->entity, &origin))
			print_line("    from %s (%.*s)%s%s", origin.app, (int)origin.id_length,
				origin.id, *origin.attributes ? ": " : "", origin.attributes);
}

static void print_record(const struct record *record, const char *app)
{
	const struct attribute *row;
	struct origin origin;
	char value[600];
	size_t count, i;

	print_line("%s %s (%s)", entity_name(record->entity), record->sis_id, app);
	row = schema_of(record->entity, &count);
	for (i = 0; i < count; i++) {
		if (!record->value[row[i].attr])
			continue;
		print_value(record->value[row[i].attr], value, sizeof(value));
		print_line("    %s: %s", row[i].name, value);
	}
	for (i = 0; i < record->extras; i++)
		if (!origin_read(&record->extra[i], record->entity, &origin))
			print_line("    %s: %s", record->extra[i].name, record->extra[i].value);
	print_origins(record);
}

static int list_record(void *arg, const struct record *record, const char *app, struct err *err)
{
	struct listing *listing = arg;
	const char *owner;
	struct buf apps;

	if (!matches(record, listing->search))
		return 0;
	if (listing->shown == listing->most) {
		listing->more = true;
		return err_set(
			err, ERR_CANCELLED, "Enough."); /* seen by nobody: it ends the walk */
	}
	listing->shown++;
	buf_init(&apps);
	if (strcmp(app, STORE_HUB) != 0)
		buf_adds(&apps, app);
	else
		origins_write_apps(record, &apps);
	owner = apps.used ? NULL : owners_find(&listing->owners, record->sis_id);
	if (owner)
		buf_adds(&apps, owner);
	if (listing->json)
		json_record(record, apps.used ? apps.data : NULL);
	else
		print_record(record, apps.used ? apps.data : "one of several apps");
	buf_clear(&apps);
	return 0;
}

static int read_args(
	struct args *args, struct listing *listing, enum entity *entity, struct err *err)
{
	const char *search = NULL, *name;

	if (args_option(args, "--search", &search, err) < 0 ||
		args_number_option(args, "--limit", 0, &listing->most, err) < 0 ||
		args_word(args, "ENTITY", &name, err) || args_end(args, err))
		return -1;
	*entity = entity_by_name(name);
	if (*entity == ENTITY_NONE)
		return args_fault(args, err,
			"\"%s\" is no entity type. There is: school, calendar, student, "
			"teacher, admin, "
			"contact, course, class, enrollment.",
			name);
	listing->search = search ? text_fold(search) : NULL;
	return 0;
}

int command_data(struct context *context, struct args *args, struct err *err)
{
	struct listing listing = {
		.json = context->json, .most = context->json ? INT64_MAX : DATA_MOST};
	struct store *store;
	enum entity entity;
	int result;

	if (read_args(args, &listing, &entity, err))
		return -1;
	store = store_open_there(context, &result, err);
	if (store)
		result = owners_load(&listing.owners, store, entity, err);
	if (store && !result)
		result = store_each(store, entity, list_record, &listing, err);
	if (listing.more)
		result = 0;
	if (!result && !context->json)
		print_talk("%lld %s%s.", (long long)listing.shown,
			listing.shown == 1 ? entity_name(entity) : entity_plural(entity),
			listing.more ? " shown, there are more (--limit N)" : "");
	owners_clear(&listing.owners);
	store_close(store);
	free(listing.search);
	return result;
}
