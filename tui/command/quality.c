/* quality: what an import found wrong in the data, to be read or taken into a spreadsheet. */
#include <stdio.h>
#include <string.h>

#include "command/command.h"
#include "command/json.h"
#include "command/print.h"
#include "publish/quality_csv.h"
#include "store/history.h"
#include "store/quality.h"
#include "widget/words.h"

struct request {
	const char *name; /* of the app */
	int64_t sync;     /* 0: the newest that read everything */
	enum problem of;  /* PROBLEM_KINDS: all */
	const char *csv;  /* NULL: listed */
};

struct listing {
	const struct context *context;
	const struct sync *sync;
	struct table table;
	int64_t listed[PROBLEM_KINDS];
};

static int read_class(
	const struct args *args, const char *word, enum problem *of, struct err *err)
{
	char names[400] = "";
	enum problem p;

	*of = problem_by_name(word);
	if (*of != PROBLEM_KINDS)
		return 0;
	for (p = 0; p < PROBLEM_KINDS; p++)
		snprintf(names + strlen(names), sizeof(names) - strlen(names), "%s%s",
			p ? ", " : "", problem_name(p));
	return args_fault(args, err, "\"%.40s\" is no class. There is: %s.", word, names);
}

static int read_request(struct args *args, struct request *request, struct err *err)
{
	const char *word;
	int there;

	request->of = PROBLEM_KINDS;
	there = args_option(args, "--class", &word, err);
	if (there < 0 || (there && read_class(args, word, &request->of, err)) ||
		args_number_option(args, "--sync", 1, &request->sync, err) < 0 ||
		args_option(args, "--csv", &request->csv, err) < 0 ||
		args_word(args, "NAME", &request->name, err))
		return -1;
	return args_end(args, err);
}

/* The sync asked for, or the newest that read the source to its end. */
static int take_newest(void *arg, const struct sync *sync, struct err *err)
{
	int64_t *number = arg;

	(void)err;
	if (!*number && sync->state != SYNC_RUNNING && sync->state != SYNC_FAILED)
		*number = sync->number;
	return 0;
}

static int find_sync(
	struct store *store, const struct request *request, struct sync *sync, struct err *err)
{
	int64_t number = request->sync;

	if (!number && history_each(store, request->name, 1000, take_newest, &number, err))
		return -1;
	if (!number)
		return err_set(err, ERR_USAGE,
			"No import of %s has read its source to the end yet. Start with: "
			"lumenport run %s",
			request->name, request->name);
	if (history_get(store, number, sync, err))
		return -1;
	if (strcmp(sync->app, request->name) != 0)
		return err_set(err, ERR_USAGE,
			"Sync %lld is of %s, not of %s. See: lumenport history %s",
			(long long)number, sync->app, request->name, request->name);
	return 0;
}

static void json_row(const struct listing *listing, enum problem problem, enum entity entity,
	const char *sis_id, const char *detail)
{
	cJSON *json = json_new();

	json_number(json, "sync", (double)listing->sync->number);
	json_text(json, "app", listing->sync->app);
	json_text(json, "class", problem_name(problem));
	json_text(json, "entity", entity < ENTITY_COUNT ? entity_name(entity) : NULL);
	json_text(json, "sisId", *sis_id ? sis_id : NULL);
	json_text(json, "attribute", problem_attribute(entity, detail));
	json_text(json, "reason", detail);
	json_print(json);
}

static int list_row(void *arg, enum problem problem, enum entity entity, const char *sis_id,
	const char *detail, struct err *err)
{
	struct listing *listing = arg;

	(void)err;
	if (problem >= PROBLEM_KINDS) /* of a newer version */
		return 0;
	listing->listed[problem]++;
	if (listing->context->json) {
		json_row(listing, problem, entity, sis_id, detail);
		return 0;
	}
	table_add(&listing->table, problem_name(problem));
	table_add(&listing->table, entity < ENTITY_COUNT ? entity_name(entity) : NULL);
	table_add(&listing->table, *sis_id ? sis_id : NULL);
	table_add(&listing->table, problem_attribute(entity, detail));
	table_add(&listing->table, detail);
	return 0;
}

/* How many there were of each class, and where not all of them are kept. */
static void tell_counts(const struct sync *sync, enum problem of, const int64_t *listed)
{
	char all[WORDS_SIZE], some[WORDS_SIZE];
	int64_t told = 0;
	enum problem p;

	for (p = 0; p < PROBLEM_KINDS; p++) {
		int64_t count = of == PROBLEM_KINDS || of == p ? sync->problems[p] : 0;

		if (!count)
			continue;
		told++;
		words_number((uint64_t)count, all);
		if (listed[p] < count)
			print_talk("%s: %s; the first %s of them are listed.", problem_title(p),
				all, words_number((uint64_t)listed[p], some));
		else
			print_talk("%s: %s.", problem_title(p), all);
	}
	if (!told)
		print_talk("Sync %lld found nothing wrong%s in the data.",
			(long long)sync->number, of == PROBLEM_KINDS ? "" : " of that class");
}

static int list(const struct context *context, struct store *store, const struct sync *sync,
	enum problem of, struct err *err)
{
	static const char *const heading[] = {"CLASS", "ENTITY", "ID", "ATTRIBUTE", "REASON"};
	struct listing listing = {.context = context, .sync = sync};
	int result;

	table_init(&listing.table, heading, 5);
	result = quality_each(store, sync->number, of, list_row, &listing, err);
	if (!result && listing.table.count)
		table_print(&listing.table);
	table_clear(&listing.table);
	if (!result)
		tell_counts(sync, of, listing.listed);
	return result;
}

static int write_csv(const struct context *context, struct store *store,
	const struct sync *sync, const struct request *request, struct err *err)
{
	int64_t rows[PROBLEM_KINDS], total = 0;
	char number[WORDS_SIZE];
	enum problem p;
	cJSON *json;

	if (quality_csv_write(store, sync, request->of, request->csv, rows, err))
		return -1;
	for (p = 0; p < PROBLEM_KINDS; p++)
		total += rows[p];
	if (context->json) {
		json = json_new();
		json_number(json, "sync", (double)sync->number);
		json_text(json, "csv", request->csv);
		json_number(json, "rows", (double)total);
		json_print(json);
	} else {
		print_talk("%s rows written to %s.", words_number((uint64_t)total, number),
			request->csv);
	}
	tell_counts(sync, request->of, rows);
	return 0;
}

int command_quality(struct context *context, struct args *args, struct err *err)
{
	struct request request = {0};
	struct store *store = NULL;
	struct sync sync;
	int result = -1;

	sync_init(&sync);
	if (read_request(args, &request, err) ||
		!settings_need_app(&context->settings, request.name, err))
		goto out;
	store = store_open_there(context, &result, err);
	if (!store) {
		result = result ? result
				: err_set(err, ERR_USAGE,
					  "Nothing was imported yet. Start with: lumenport run "
					  "%s",
					  request.name);
		goto out;
	}
	result = find_sync(store, &request, &sync, err);
	if (!result)
		result = request.csv ? write_csv(context, store, &sync, &request, err)
				     : list(context, store, &sync, request.of, err);
out:
	sync_clear(&sync);
	store_close(store);
	return result;
}
