#include "settings/rule_file.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"

/* How the rules of a kind are written. */
static const struct form {
	bool is_list;         /* ( { entity = ..; <name> = ..; <text> = ..; }, .. ) */
	bool is_by_attribute; /* { student: { email = ".."; }; }; else { student = ".."; } */
	const char *name, *text;
} forms[RULE_KINDS] = {
	[RULE_MAP] = {.is_by_attribute = true},
	[RULE_REQUIRE] = {.is_by_attribute = true},
	[RULE_FILTER] = {.is_list = true, .name = "name", .text = "where"},
	[RULE_DOMAIN] = {.is_list = true, .name = "name", .text = "attributes"},
	[RULE_MASTER] = {.is_by_attribute = true},
	[RULE_DUPLICATE] = {.is_list = true, .name = "id", .text = "is"},
};

struct reader {
	struct rules *rules;
	enum rule_kind kind;
	const config_setting_t **where;
};

bool rule_file_is(const char *name, enum rule_kind *kind)
{
	for (*kind = 0; *kind < RULE_KINDS; (*kind)++)
		if (!strcmp(name, rule_kind_name(*kind)))
			return true;
	return false;
}

static int fault(const struct reader *reader, const config_setting_t *at, const char *why,
	struct err *err)
{
	const char *name = config_setting_name(at);

	*reader->where = at;
	return err_set(err, ERR_SETTINGS, "%s%s%s", name ? name : "", name ? " " : "", why);
}

static int read_entity(const struct reader *reader, const config_setting_t *at,
	const char *word, enum entity *entity, struct err *err)
{
	*entity = entity_by_name(word);
	if (*entity != ENTITY_NONE)
		return 0;
	*reader->where = at;
	return err_set(err, ERR_SETTINGS,
		"\"%.60s\" is no entity type. Write school, student, teacher, admin, contact, "
		"course, class, calendar or enrollment.",
		word);
}

static int add(const struct reader *reader, const config_setting_t *at, enum entity entity,
	const char *name, const char *text, struct err *err)
{
	*reader->where = at;
	rules_add(reader->rules, reader->kind, entity, name, text);
	return rule_check(&reader->rules->list[reader->rules->count - 1], err);
}

/* ---- groups by entity type ---- */

static int read_text(const struct reader *reader, const config_setting_t *at,
	enum entity entity, const char *name, struct err *err)
{
	if (config_setting_type(at) != CONFIG_TYPE_STRING)
		return fault(reader, at, "must be a text in quotes.", err);
	return add(reader, at, entity, name, config_setting_get_string(at), err);
}

static int read_of_entity(
	const struct reader *reader, const config_setting_t *at, struct err *err)
{
	enum entity entity;
	int i, result;

	result = read_entity(reader, at, config_setting_name(at), &entity, err);
	if (result || !forms[reader->kind].is_by_attribute)
		return result ? result : read_text(reader, at, entity, "", err);
	if (!config_setting_is_group(at))
		return fault(reader, at, "must be a group in braces { }.", err);
	for (i = 0; !result && i < config_setting_length(at); i++) {
		const config_setting_t *text = config_setting_get_elem(at, (unsigned)i);

		result = read_text(reader, text, entity, config_setting_name(text), err);
	}
	return result;
}

/* ---- lists ---- */

/* A text, or an array of texts, which becomes one text of as many lines. */
static int read_lines(const struct reader *reader, const config_setting_t *at, struct buf *out,
	struct err *err)
{
	int i;

	if (config_setting_type(at) == CONFIG_TYPE_STRING) {
		buf_adds(out, config_setting_get_string(at));
		return 0;
	}
	if (!config_setting_is_array(at) && !config_setting_is_list(at))
		return fault(reader, at, "must be a text in quotes, or several in [ ].", err);
	for (i = 0; i < config_setting_length(at); i++) {
		const config_setting_t *line = config_setting_get_elem(at, (unsigned)i);

		if (config_setting_type(line) != CONFIG_TYPE_STRING)
			return fault(reader, at, "must hold texts in quotes.", err);
		buf_addf(out, "%s%s", i ? "\n" : "", config_setting_get_string(line));
	}
	return 0;
}

/* What a rule of a list says, by the names of its form. */
struct item {
	enum entity entity;
	const char *name;
	struct buf text;
};

static int read_member(const struct reader *reader, const config_setting_t *at,
	struct item *item, struct err *err)
{
	const struct form *form = &forms[reader->kind];
	const char *member = config_setting_name(at);
	const char *word = config_setting_get_string(at);

	if (!strcmp(member, form->text))
		return read_lines(reader, at, &item->text, err);
	if (strcmp(member, "entity") != 0 && strcmp(member, form->name) != 0)
		return fault(reader, at, "is not known here.", err);
	if (!word)
		return fault(reader, at, "must be a text in quotes.", err);
	if (!strcmp(member, "entity"))
		return read_entity(reader, at, word, &item->entity, err);
	item->name = word;
	return 0;
}

static int read_item(const struct reader *reader, const config_setting_t *at, struct err *err)
{
	struct item item = {ENTITY_NONE, NULL, {0}};
	int i, result = 0;

	if (!config_setting_is_group(at))
		return fault(reader, at, "A rule must be a group in braces { }.", err);
	buf_init(&item.text);
	for (i = 0; !result && i < config_setting_length(at); i++)
		result = read_member(
			reader, config_setting_get_elem(at, (unsigned)i), &item, err);
	if (!result && (item.entity == ENTITY_NONE || !item.name || !item.text.used)) {
		*reader->where = at;
		result = err_set(err, ERR_SETTINGS, "A rule here needs entity, %s and %s.",
			forms[reader->kind].name, forms[reader->kind].text);
	}
	if (!result)
		result = add(reader, at, item.entity, item.name, item.text.data, err);
	buf_clear(&item.text);
	return result;
}

int rule_file_read(const config_setting_t *at, enum rule_kind kind, struct rules *rules,
	const config_setting_t **where, struct err *err)
{
	const struct reader reader = {rules, kind, where};
	bool is_list = forms[kind].is_list;
	int i, result = 0;

	if (is_list ? !config_setting_is_list(at) && config_setting_length(at) != 0
		    : !config_setting_is_group(at))
		return fault(&reader, at,
			is_list ? "must be a list in parentheses ( )."
				: "must be a group in braces { }.",
			err);
	for (i = 0; !result && i < config_setting_length(at); i++) {
		const config_setting_t *elem = config_setting_get_elem(at, (unsigned)i);

		result = is_list ? read_item(&reader, elem, err)
				 : read_of_entity(&reader, elem, err);
	}
	return result;
}

/* ---- writing ---- */

static config_setting_t *member(config_setting_t *group, const char *name, int type)
{
	config_setting_t *there = config_setting_get_member(group, name);

	return there ? there : config_setting_add(group, name, type);
}

static void write_text(config_setting_t *group, const char *name, const char *text)
{
	config_setting_set_string(member(group, name, CONFIG_TYPE_STRING), text);
}

/* One line as a text, several as an array of texts. */
static void write_lines(config_setting_t *group, const char *name, const char *text)
{
	config_setting_t *array;
	const char *end;

	if (!strchr(text, '\n')) {
		write_text(group, name, text);
		return;
	}
	array = config_setting_add(group, name, CONFIG_TYPE_ARRAY);
	for (; *text; text = *end ? end + 1 : end) {
		char *line;

		end = strchrnul(text, '\n');
		line = mem_strndup(text, (size_t)(end - text));
		config_setting_set_string_elem(array, -1, line);
		free(line);
	}
}

static void write_rule(config_setting_t *top, const struct rule *rule)
{
	const struct form *form = &forms[rule->kind];
	const char *kind = rule_kind_name(rule->kind), *entity = entity_name(rule->entity);
	config_setting_t *group;

	if (form->is_list) {
		group = config_setting_add(
			member(top, kind, CONFIG_TYPE_LIST), NULL, CONFIG_TYPE_GROUP);
		write_text(group, "entity", entity);
		write_text(group, form->name, rule->name);
		write_lines(group, form->text, rule->text);
		return;
	}
	group = member(top, kind, CONFIG_TYPE_GROUP);
	if (form->is_by_attribute)
		write_text(member(group, entity, CONFIG_TYPE_GROUP), rule->name, rule->text);
	else
		write_text(group, entity, rule->text);
}

void rule_file_write(config_setting_t *group, const struct rules *rules)
{
	size_t i;

	for (i = 0; i < rules->count; i++)
		write_rule(group, &rules->list[i]);
}
