#include "settings/map_text.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "base/nearest.h"

const char map_text_example[] = "first(email, metadata.mail) | lower | before(@)";

/* Signs that end a name; one that has them stands in brackets. */
static const char signs[] = "|,()[]='\"\\";

/* ---- reading ---- */

static void add_item(struct map_text *map, char *text, bool constant)
{
	map->items = mem_grow(map->items, map->count + 1, sizeof(*map->items));
	map->items[map->count++] = (struct map_item){constant, text};
}

static void clear_items(struct map_text *map)
{
	while (map->count)
		free(map->items[--map->count].text);
}

struct reader {
	const char *text, *at;
	struct map_text *map;
	struct err *err;
};

static void skip_blanks(struct reader *reader)
{
	while (isspace((unsigned char)*reader->at))
		reader->at++;
}

/* The character at which `at` stands, from 1 on, as people count. */
static int position(const struct reader *reader, const char *at)
{
	const char *c;
	int count = 1;

	for (c = reader->text; c < at; c++)
		count += ((unsigned char)*c & 0xc0) != 0x80;
	return count;
}

/* Says what is wrong at `at`. Always -1. */
static int fault(const struct reader *reader, const char *at, const char *what)
{
	return err_set(reader->err, ERR_SETTINGS, "character %d: %s. For example: %s",
		position(reader, at), what, map_text_example);
}

static int fault_about(
	const struct reader *reader, const char *at, const char *what, const char *about)
{
	char *text = mem_printf("%s \"%.60s\"", what, about);
	int result = fault(reader, at, text);

	free(text);
	return result;
}

/* Whether `sign` comes next, which is then passed. */
static bool take(struct reader *reader, char sign)
{
	skip_blanks(reader);
	if (*reader->at != sign)
		return false;
	reader->at++;
	return true;
}

/* What stands between two quotes, or in brackets: to be freed; NULL: it has no end. */
static char *read_quoted(struct reader *reader, char end)
{
	const char *begin = reader->at;
	struct buf out;

	buf_init(&out);
	for (reader->at++; *reader->at && *reader->at != end; reader->at++) {
		if (*reader->at == '\\' && reader->at[1])
			reader->at++;
		buf_addc(&out, *reader->at);
	}
	if (*reader->at) {
		reader->at++;
		return buf_detach(&out);
	}
	buf_clear(&out);
	fault(reader, begin,
		end == ']' ? "the bracket is not closed" : "the quotes are not closed");
	return NULL;
}

static size_t name_length(const char *at)
{
	size_t length = 0;

	while (at[length] && !isspace((unsigned char)at[length]) && !strchr(signs, at[length]))
		length++;
	return length;
}

static int read_item(struct reader *reader)
{
	const char *begin;
	char *text;
	size_t length;

	skip_blanks(reader);
	begin = reader->at;
	if (*begin == '\'' || *begin == '"' || *begin == '[') {
		text = read_quoted(reader, *begin == '[' ? ']' : *begin);
		if (!text)
			return -1;
		if (*text) {
			add_item(reader->map, text, *begin != '[');
			return 0;
		}
		free(text);
		return fault(reader, begin,
			"there is nothing in it; an attribute that nothing feeds is: none");
	}
	length = name_length(begin);
	if (!length)
		return fault(reader, begin,
			"a source attribute or a constant in quotes is missing here");
	reader->at += length;
	add_item(reader->map, mem_strndup(begin, length), false);
	return 0;
}

static int read_first(struct reader *reader)
{
	do {
		if (read_item(reader))
			return -1;
	} while (take(reader, ','));
	if (!take(reader, ')'))
		return fault(reader, reader->at, "a comma or ) is missing here");
	return 0;
}

/* A text in parentheses: in quotes, or up to one of `ends`. To be freed; NULL: fault. */
static char *read_arg(struct reader *reader, const char *ends)
{
	size_t length;
	char *text;

	skip_blanks(reader);
	if (*reader->at == '\'' || *reader->at == '"') {
		text = read_quoted(reader, *reader->at);
		skip_blanks(reader);
		return text;
	}
	length = strcspn(reader->at, ends);
	text = mem_strndup(reader->at, length);
	reader->at += length;
	while (length && isspace((unsigned char)text[length - 1]))
		text[--length] = '\0';
	return text;
}

static int read_one_arg(struct reader *reader, struct map_step *step)
{
	const struct transform *transform = step->transform;
	bool pair = transform->form == TRANSFORM_PAIRS;
	const char *begin = reader->at, *why;
	struct transform_arg *arg;

	step->args = mem_grow(step->args, step->count + 1, sizeof(*step->args));
	arg = &step->args[step->count++];
	*arg = (struct transform_arg){NULL, NULL};
	arg->text = read_arg(reader, pair ? "=,)" : ")");
	if (!arg->text)
		return -1;
	why = transform->fault ? transform->fault(arg->text) : NULL;
	if (why)
		return fault_about(reader, begin, why, arg->text);
	if (!pair)
		return 0;
	if (!*arg->text || !take(reader, '='))
		return fault(
			reader, reader->at, "here pairs are written, as in M=male, F=female");
	arg->to = read_arg(reader, ",)");
	return arg->to ? 0 : -1;
}

static int read_args(struct reader *reader, struct map_step *step)
{
	const struct transform *transform = step->transform;

	if (transform->form == TRANSFORM_ALONE)
		return 0;
	if (!take(reader, '('))
		return fault_about(reader, reader->at, "in parentheses it needs more, as in",
			transform->example);
	do {
		if (read_one_arg(reader, step))
			return -1;
	} while (transform->form == TRANSFORM_PAIRS && take(reader, ','));
	if (!take(reader, ')'))
		return fault(reader, reader->at, ") is missing here");
	return 0;
}

static int unknown_transform(const struct reader *reader, const char *at, const char *name)
{
	size_t count, i;
	const struct transform *table = transform_table(&count);
	const char *meant = nearest_word(name, &table->name, count, sizeof(*table));
	struct buf known;
	int result;

	buf_init(&known);
	for (i = 0; i < count; i++)
		buf_addf(&known, "%s%s", i ? ", " : "", table[i].name);
	result = err_set(reader->err, ERR_SETTINGS,
		"character %d: there is no transformation \"%.60s\".%s%s%s There are %s.",
		position(reader, at), name, meant ? " Did you mean " : "", meant ? meant : "",
		meant ? "?" : "", known.data);
	buf_clear(&known);
	return result;
}

static int read_step(struct reader *reader)
{
	struct map_text *map = reader->map;
	const struct transform *transform;
	struct map_step *step;
	const char *begin;
	char *name;
	int result = 0;

	skip_blanks(reader);
	begin = reader->at;
	name = mem_strndup(begin, name_length(begin));
	transform = transform_find(name);
	if (!*name)
		result = fault(reader, begin, "a transformation is missing behind |");
	else if (!transform)
		result = unknown_transform(reader, begin, name);
	reader->at += strlen(name);
	free(name);
	if (result || !transform)
		return -1;
	map->steps = mem_grow(map->steps, map->step_count + 1, sizeof(*map->steps));
	step = &map->steps[map->step_count++];
	*step = (struct map_step){transform, NULL, 0};
	return read_args(reader, step);
}

/* The value: "first(" is no name of a source, for no name has parentheses. */
static int read_value(struct reader *reader)
{
	size_t length;

	skip_blanks(reader);
	length = name_length(reader->at);
	if (length == strlen("first") && !strncasecmp(reader->at, "first", length)) {
		const char *before = reader->at;

		reader->at += length;
		if (take(reader, '('))
			return read_first(reader);
		reader->at = before;
	}
	return read_item(reader);
}

static bool is_none(struct reader *reader)
{
	skip_blanks(reader);
	if (strncasecmp(reader->at, "none", 4) != 0 || name_length(reader->at) != 4)
		return false;
	reader->at += 4;
	return true;
}

/* What stands where nothing more may. */
static int too_much(const struct reader *reader)
{
	size_t length = name_length(reader->at);
	char *name = mem_strndup(reader->at, length);
	int result;

	if (*reader->at == '(')
		result = fault(reader, reader->at,
			"what is in parentheses is missing its name: first before a |, or a "
			"transformation behind one");
	else if (length && transform_find(name))
		result = fault_about(reader, reader->at, "put a | before", name);
	else if (*reader->at == ',')
		result = fault(reader, reader->at, "several are written as first(one, other)");
	else
		result = fault_about(reader, reader->at,
			"a name with blanks or signs is written in brackets, as in "
			"[metadata.School mail]; here stands",
			length ? name : reader->at);
	free(name);
	return result;
}

int map_text_parse(struct map_text *map, const char *text, struct err *err)
{
	struct reader reader = {text, text, map, err};
	int result = 0;

	memset(map, 0, sizeof(*map));
	if (!is_none(&reader)) {
		result = read_value(&reader);
		while (!result && take(&reader, '|'))
			result = read_step(&reader);
	}
	skip_blanks(&reader);
	if (!result && *reader.at)
		result = too_much(&reader);
	if (result)
		map_text_clear(map);
	return result;
}

void map_text_take(struct map_text *map, const char *name, enum map_place place)
{
	if (place == MAP_INSTEAD)
		clear_items(map);
	add_item(map, mem_strdup(name), false);
}

void map_text_clear(struct map_text *map)
{
	size_t i, j;

	clear_items(map);
	for (i = 0; i < map->step_count; i++) {
		for (j = 0; j < map->steps[i].count; j++) {
			free(map->steps[i].args[j].text);
			free(map->steps[i].args[j].to);
		}
		free(map->steps[i].args);
	}
	free(map->items);
	free(map->steps);
	memset(map, 0, sizeof(*map));
}

/* ---- writing ---- */

static void write_between(char begin, const char *text, char end, struct buf *out)
{
	buf_addc(out, begin);
	for (; *text; text++) {
		if (*text == end || *text == '\\')
			buf_addc(out, '\\');
		buf_addc(out, *text);
	}
	buf_addc(out, end);
}

static void write_quoted(const char *text, struct buf *out)
{
	char quote = strchr(text, '\'') && !strchr(text, '"') ? '"' : '\'';

	write_between(quote, text, quote, out);
}

void map_text_write_name(const char *name, struct buf *out)
{
	if (name_length(name) == strlen(name) && strcasecmp(name, "none") != 0)
		buf_adds(out, name);
	else
		write_between('[', name, ']', out);
}

static void write_item(const struct map_item *item, struct buf *out)
{
	if (item->constant)
		write_quoted(item->text, out);
	else
		map_text_write_name(item->text, out);
}

static void write_arg(const char *text, struct buf *out)
{
	size_t length = strlen(text);

	if (!length || isspace((unsigned char)*text) ||
		isspace((unsigned char)text[length - 1]) || strpbrk(text, ",()='\"\\|"))
		write_quoted(text, out);
	else
		buf_adds(out, text);
}

static void write_step(const struct map_step *step, struct buf *out)
{
	size_t i;

	buf_addf(out, " | %s", step->transform->name);
	for (i = 0; i < step->count; i++) {
		buf_adds(out, i ? ", " : "(");
		write_arg(step->args[i].text, out);
		if (!step->args[i].to)
			continue;
		buf_addc(out, '=');
		if (*step->args[i].to)
			write_arg(step->args[i].to, out);
	}
	if (step->count)
		buf_addc(out, ')');
}

void map_text_write(const struct map_text *map, struct buf *out)
{
	size_t i;

	if (!map->count)
		buf_adds(out, "none");
	if (map->count > 1)
		buf_adds(out, "first(");
	for (i = 0; i < map->count; i++) {
		buf_adds(out, i ? ", " : "");
		write_item(&map->items[i], out);
	}
	if (map->count > 1)
		buf_addc(out, ')');
	for (i = 0; i < map->step_count; i++)
		write_step(&map->steps[i], out);
}
