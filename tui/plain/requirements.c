/* Step 4 in lines: what is asked of attributes, a rule a line. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#include "base/date.h"
#include "base/text.h"
#include "command/print.h"
#include "plain/ask.h"
#include "plain/plain.h"
#include "rules/requirements.h"
#include "source/pulled.h"
#include "sync/shortfall.h"
#include "widget/words.h"

static const char help[] =
	"Write an entity type, such as student, to list its attributes by number; then a number "
	"and what is asked: 3 skip, mask initials. The words: report, skip, optional, exclude, "
	"include, mask fixed, mask initials, mask hash, mask year; default gives the default "
	"back. student.email = skip does the same by name. Other words: fetch gets data to "
	"count in, in a dry run; undo takes the last change back. Enter goes on, b goes back, q "
	"leaves and keeps the draft.";

struct sheet {
	struct setup *setup;
	struct app *app;     /* of the draft, borrowed */
	enum entity entity;  /* listed last; ENTITY_NONE */
	struct rules before; /* the rules before the last change */
	bool may_undo;
	struct shortfall found;
	bool known;
};

static struct rules *rules_of(const struct sheet *sheet)
{
	return &sheet->app->rules;
}

/* ---- lists ---- */

static void count(struct sheet *sheet)
{
	const struct context *context = sheet->setup->context;
	char today[DATE_SIZE];
	struct err err;
	time_t when;

	sheet->known = false;
	if (!pulled_when(context->state, sheet->app->name, &when))
		return;
	date_of_day(time(NULL), today);
	sheet->known = !shortfall_count(
		context->state, sheet->app, today, context->cancel, &sheet->found, &err);
	if (!sheet->known)
		print_line("%s", err.text);
}

static void tell_skipped(const struct sheet *sheet)
{
	char some[WORDS_SIZE], all[WORDS_SIZE];
	enum entity e;

	for (e = 0; sheet->known && e < ENTITY_COUNT; e++)
		if (sheet->found.skipped[e])
			print_line("Skip would leave out %s of %s %s.",
				words_number((uint64_t)sheet->found.skipped[e], some),
				words_number((uint64_t)sheet->found.records[e], all),
				entity_plural(e));
	if (sheet->known && sheet->found.enrollments)
		print_line("Enrollments that go along: %s.",
			words_number((uint64_t)sheet->found.enrollments, some));
}

static void print_row(
	const struct sheet *sheet, const struct attribute *attribute, size_t number)
{
	const int64_t *missing = sheet->found.missing[attribute->entity];
	char some[WORDS_SIZE], all[WORDS_SIZE], found[120] = "";
	struct requirement is, usual;
	struct buf text;
	struct err ignored;

	requirement_default(attribute, &usual);
	if (requirements_of(rules_of(sheet), attribute, &is, &ignored))
		is = usual;
	buf_init(&text);
	require_text_tell(&is, &text);
	if (sheet->known)
		snprintf(found, sizeof(found), ", missing in %s of %s",
			words_number((uint64_t)missing[attribute->attr], some),
			words_number((uint64_t)sheet->found.records[attribute->entity], all));
	print_line("  %zu. %s: %s%s%s", number, attribute->name, text.data,
		requirement_same(&is, &usual) ? "" : ", changed", found);
	buf_clear(&text);
}

static void list(struct sheet *sheet, enum entity entity)
{
	size_t rows, i;
	const struct attribute *row = schema_of(entity, &rows);

	sheet->entity = entity;
	for (i = 0; i < rows; i++)
		print_row(sheet, &row[i], i + 1);
	if (!sheet->known)
		print_line("There is no data to count in yet; fetch gets it.");
}

/* ---- changes ---- */

static const struct attribute *by_number(const struct sheet *sheet, const char *text)
{
	size_t rows;
	const struct attribute *row;
	unsigned long number = strtoul(text, NULL, 10);

	if (sheet->entity == ENTITY_NONE) {
		print_line("List an entity type first, such as student.");
		return NULL;
	}
	row = schema_of(sheet->entity, &rows);
	if (number >= 1 && number <= rows)
		return &row[number - 1];
	print_line("%s of %s is no number of an attribute: 1 to %zu.", text,
		entity_plural(sheet->entity), rows);
	return NULL;
}

static const struct attribute *by_name(char *left)
{
	char *name = strchr(left, '.');
	const struct attribute *found = NULL;
	enum entity entity;

	if (name) {
		*name++ = '\0';
		entity = entity_by_name(text_trim(left));
		if (entity != ENTITY_NONE)
			found = schema_by_name(entity, text_trim(name));
	}
	if (!found)
		print_line("There is no such attribute. Write entity type and attribute, as "
			   "in student.email.");
	return found;
}

static void changed(struct sheet *sheet)
{
	setup_save(sheet->setup);
	count(sheet);
	tell_skipped(sheet);
}

static void set(struct sheet *sheet, const struct attribute *attribute, const char *text)
{
	struct requirement is;
	size_t rows;
	struct err err;

	if (require_text_read(
		    attribute, strcasecmp(text, "default") != 0 ? text : "", &is, &err)) {
		print_line("%s", err.text);
		return;
	}
	rules_copy(&sheet->before, rules_of(sheet));
	sheet->may_undo = true;
	requirements_set(rules_of(sheet), attribute, &is);
	changed(sheet);
	print_row(sheet, attribute,
		(size_t)(attribute - schema_of(attribute->entity, &rows)) + 1);
}

static void undo(struct sheet *sheet)
{
	struct rules now;

	if (!sheet->may_undo) {
		print_line("Nothing was changed yet.");
		return;
	}
	now = *rules_of(sheet);
	*rules_of(sheet) = sheet->before;
	sheet->before = now;
	changed(sheet);
	print_line("Taken back; undo once more brings it again.");
}

/* ---- the step ---- */

static void take(struct sheet *sheet, char *line)
{
	const struct attribute *attribute = NULL;
	char *equals = strchr(line, '='), *text;
	enum entity entity = entity_by_name(line);

	if (entity != ENTITY_NONE) {
		list(sheet, entity);
	} else if (!strcasecmp(line, "fetch")) {
		setup_fetch(sheet->setup);
		count(sheet);
		tell_skipped(sheet);
	} else if (!strcasecmp(line, "undo")) {
		undo(sheet);
	} else if (equals || (*line >= '0' && *line <= '9')) {
		text = equals ? equals : line + strcspn(line, " ");
		if (*text)
			*text++ = '\0';
		text = text_trim(text);
		attribute = equals ? by_name(line) : by_number(sheet, line);
		if (attribute && !equals && !*text)
			print_row(sheet, attribute, strtoul(line, NULL, 10));
		else if (attribute)
			set(sheet, attribute, text);
	} else {
		print_line("\"%s\" is not known here. %s", line, help);
	}
}

enum setup_go setup_requirements(struct setup *setup)
{
	struct sheet sheet = {
		.setup = setup, .app = draft_app(&setup->draft), .entity = ENTITY_NONE};
	enum setup_go go = SETUP_LEAVE;
	char *line;

	rules_init(&sheet.before);
	print_line("%s", help);
	count(&sheet);
	tell_skipped(&sheet);
	while ((line = ask_text("A rule, a word, or Enter", NULL))) {
		bool over = !*line || !strcmp(line, "b") || !strcmp(line, "q");

		if (!over)
			take(&sheet, line);
		else
			go = !*line ? SETUP_NEXT : *line == 'b' ? SETUP_BACK : SETUP_LEAVE;
		free(line);
		if (over)
			break;
	}
	rules_clear(&sheet.before);
	return go;
}
