#include "settings/settings.h"

#include <openssl/evp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "settings/publication.h"

enum { NAME_MAX_BYTES = 64 };

static void school_clear(struct school_choice *school)
{
	free(school->id);
	free(school->name);
	free(school->hub_id);
}

void learned_clear(struct learned *learned)
{
	free(learned->root);
	free(learned->token_url);
	free(learned->auth);
	memset(learned, 0, sizeof(*learned));
}

void learned_copy(struct learned *to, const struct learned *from)
{
	mem_replace(&to->root, from->root);
	mem_replace(&to->token_url, from->token_url);
	mem_replace(&to->auth, from->auth);
	to->page_size = from->page_size;
}

static void schools_clear(struct app *app)
{
	while (app->school_count)
		school_clear(&app->schools[--app->school_count]);
	free(app->schools);
	app->schools = NULL;
}

static void app_free(struct app *app)
{
	const struct setting *table;
	size_t count, i;

	table = settings_table(&count);
	for (i = 0; i < count; i++) {
		if (table[i].type == SETTING_TEXT)
			free(*(char **)((char *)app + table[i].offset));
	}
	schools_clear(app);
	rules_clear(&app->rules);
	free(app->name);
	free(app->terms.when);
	free(app->terms.by);
	learned_clear(&app->learned);
	free(app);
}

void settings_init(struct settings *settings)
{
	memset(settings, 0, sizeof(*settings));
}

void settings_clear(struct settings *settings)
{
	size_t i;

	for (i = 0; i < settings->count; i++)
		app_free(settings->apps[i]);
	free(settings->apps);
	rules_clear(&settings->rules);
	settings_init(settings);
}

struct app *settings_app(const struct settings *settings, const char *name)
{
	size_t i;

	for (i = 0; i < settings->count; i++) {
		if (!strcmp(settings->apps[i]->name, name))
			return settings->apps[i];
	}
	return NULL;
}

struct app *settings_need_app(
	const struct settings *settings, const char *name, struct err *err)
{
	struct app *app = settings_app(settings, name);
	struct buf names;
	size_t i;

	if (app)
		return app;
	buf_init(&names);
	for (i = 0; i < settings->count; i++)
		buf_addf(&names, "%s%s", i ? ", " : "", settings->apps[i]->name);
	if (settings->count)
		err_set(err, ERR_SETTINGS, "There is no app \"%s\". There is: %s.", name,
			names.data);
	else
		err_set(err, ERR_SETTINGS,
			"There is no app \"%s\": none is set up yet. Add one with: lumenport "
			"app add lumen-touch --name %s --url URL --client-id ID",
			name, name);
	buf_clear(&names);
	return NULL;
}

static int name_check(const char *name, struct err *err)
{
	size_t good = strspn(
		name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_");

	if (!good || name[good] || good > NAME_MAX_BYTES || *name == '-')
		return err_set(err, ERR_SETTINGS,
			"\"%s\" cannot be the name of an app. Use letters, digits, - and _, at "
			"most %d, not beginning with -, as main.",
			name, NAME_MAX_BYTES);
	return 0;
}

static void set_defaults(struct app *app)
{
	const struct setting *table;
	struct err ignored;
	size_t count, i;

	table = settings_table(&count);
	for (i = 0; i < count; i++)
		app_set(app, table[i].key, "", &ignored);
}

static void copy_schools(struct app *to, const struct app *from)
{
	size_t i;

	schools_clear(to);
	to->schools = mem_zero(from->school_count + 1, sizeof(*to->schools));
	to->school_count = from->school_count;
	for (i = 0; i < from->school_count; i++) {
		to->schools[i].id = mem_strdup(from->schools[i].id);
		to->schools[i].on = from->schools[i].on;
		to->schools[i].name = mem_strdup(from->schools[i].name);
		to->schools[i].hub_id = mem_strdup(from->schools[i].hub_id);
	}
}

bool app_same_keys(const struct app *a, const struct app *b)
{
	const struct setting *table;
	struct buf one, other;
	size_t count, i;
	bool same = true;

	buf_init(&one);
	buf_init(&other);
	table = settings_table(&count);
	for (i = 0; same && i < count; i++) {
		app_get(a, &table[i], &one);
		app_get(b, &table[i], &other);
		same = !strcmp(one.data, other.data);
	}
	buf_clear(&one);
	buf_clear(&other);
	return same;
}

void app_copy(struct app *to, const struct app *from)
{
	const struct setting *table;
	struct err ignored; /* a value that was taken once is taken again */
	struct buf value;
	size_t count, i;

	buf_init(&value);
	table = settings_table(&count);
	for (i = 0; i < count; i++) {
		app_get(from, &table[i], &value);
		app_set(to, table[i].key, value.data, &ignored);
	}
	buf_clear(&value);
	to->terms.version = from->terms.version;
	mem_replace(&to->terms.when, from->terms.when);
	mem_replace(&to->terms.by, from->terms.by);
	copy_schools(to, from);
	rules_copy(&to->rules, &from->rules);
	learned_copy(&to->learned, &from->learned);
}

struct app *settings_add_app(
	struct settings *settings, enum app_kind kind, const char *name, struct err *err)
{
	struct app *app;

	if (name_check(name, err))
		return NULL;
	if (settings_app(settings, name)) {
		err_set(err, ERR_SETTINGS,
			"There is an app \"%s\" already. Choose another name, or remove that "
			"one first.",
			name);
		return NULL;
	}
	app = mem_zero(1, sizeof(*app));
	app->name = mem_strdup(name);
	app->kind = kind;
	set_defaults(app);
	settings->apps = mem_grow(settings->apps, settings->count + 1, sizeof(struct app *));
	settings->apps[settings->count++] = app;
	return app;
}

void settings_remove_app(struct settings *settings, const char *name)
{
	size_t i;

	for (i = 0; i < settings->count; i++) {
		if (strcmp(settings->apps[i]->name, name))
			continue;
		app_free(settings->apps[i]);
		settings->count--;
		memmove(&settings->apps[i], &settings->apps[i + 1],
			(settings->count - i) * sizeof(struct app *));
		return;
	}
}

/* Where the choice for `id` is, or where it would have to be inserted. */
static size_t school_place(const struct app *app, const char *id, bool *there)
{
	size_t low = 0, high = app->school_count;

	*there = false;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = strcmp(app->schools[middle].id, id);

		if (order < 0) {
			low = middle + 1;
		} else {
			*there = *there || order == 0;
			high = middle;
		}
	}
	return low;
}

struct school_choice *app_school(const struct app *app, const char *id)
{
	bool there;
	size_t place = school_place(app, id, &there);

	return there ? &app->schools[place] : NULL;
}

struct school_choice *app_need_school(struct app *app, const char *id)
{
	bool there;
	size_t place = school_place(app, id, &there);

	if (!there) {
		app->schools =
			mem_grow(app->schools, app->school_count + 1, sizeof(*app->schools));
		memmove(&app->schools[place + 1], &app->schools[place],
			(app->school_count - place) * sizeof(*app->schools));
		app->schools[place] = (struct school_choice){.id = mem_strdup(id)};
		app->school_count++;
	}
	return &app->schools[place];
}

void app_remove_school(struct app *app, const char *id)
{
	bool there;
	size_t place = school_place(app, id, &there);

	if (!there)
		return;
	school_clear(&app->schools[place]);
	app->school_count--;
	memmove(&app->schools[place], &app->schools[place + 1],
		(app->school_count - place) * sizeof(*app->schools));
}

/* One line of what is hashed; the length keeps two fields from being read as one. */
static void add_line(struct buf *text, const char *key, const char *value)
{
	buf_addf(text, "%s=%zu:%s\n", key, value ? strlen(value) : 0, value ? value : "");
}

static void describe_rules(const struct rules *rules, struct buf *text)
{
	size_t i;

	for (i = 0; i < rules->count; i++) {
		const struct rule *rule = &rules->list[i];

		add_line(text, rule_kind_name(rule->kind), entity_name(rule->entity));
		add_line(text, "name", rule->name);
		add_line(text, "text", rule->text);
	}
}

/* Whether a key is about when it runs, and not about what is taken in. */
static bool is_apart(const char *key)
{
	static const char *const groups[] = {"schedule.", "rollover.suspend."};
	size_t i;

	for (i = 0; i < sizeof(groups) / sizeof(*groups); i++) {
		if (!strncmp(key, groups[i], strlen(groups[i])))
			return true;
	}
	return false;
}

static void describe(const struct app *app, struct buf *text)
{
	const struct setting *table;
	struct buf value;
	size_t count, i;

	buf_init(&value);
	add_line(text, "name", app->name);
	add_line(text, "kind", app_kind_name(app->kind));
	buf_addf(text, "terms=%d\n", app->terms.version);
	table = settings_table(&count);
	for (i = 0; i < count; i++) {
		if (is_apart(table[i].key) || publication_has(&table[i]) ||
			!setting_is_of(&table[i], app->kind))
			continue;
		app_get(app, &table[i], &value);
		add_line(text, table[i].key, value.data);
	}
	for (i = 0; i < app->school_count; i++) {
		add_line(text, "school", app->schools[i].id);
		add_line(text, app->schools[i].on ? "on" : "off", app->schools[i].name);
		add_line(text, "onto", app->schools[i].hub_id);
	}
	describe_rules(&app->rules, text);
	buf_clear(&value);
}

void app_settings_hash(const struct rules *of_hub, const struct app *app, char out[65])
{
	unsigned char digest[EVP_MAX_MD_SIZE];
	unsigned int length = 0, i;
	struct buf text;

	buf_init(&text);
	describe(app, &text);
	describe_rules(of_hub, &text);
	if (!EVP_Digest(text.data, text.used, digest, &length, EVP_sha256(), NULL))
		abort(); /* only without memory */
	for (i = 0; i < 32; i++)
		snprintf(out + 2 * i, 3, "%02x", digest[i]);
	buf_clear(&text);
}
