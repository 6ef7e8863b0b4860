#include "publish/publish.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/lock.h"
#include "base/mem.h"
#include "publish/checksum.h"
#include "publish/export.h"
#include "roster/exclusion.h"
#include "settings/publication.h"
#include "store/audit.h"

enum { TURN_TRIES = 600, TURN_MS = 100 };

void publisher_init(struct publisher *publisher, const char *state, const struct app *app)
{
	memset(publisher, 0, sizeof(*publisher));
	publisher->state = state;
	publisher->app = app;
	publisher->format = format_of(app->publication.format);
	publisher->delta = app->publication.delta && publisher->format->has_delta;
	publisher->exclude = app->publication.exclude;
}

/* What shapes the rows: when it changes, so does what should be there. */
static char *scope_of(const struct format *format, const char *exclude)
{
	return mem_printf("%s without %s", format->name, exclude ? exclude : "nothing");
}

/*
 * One export at a time: else one that began before an accept could end after, and over, the one
 * that shows it.
 */
static int wait_for_turn(const char *state, struct lock *lock, struct err *err)
{
	const struct timespec instant = {0, TURN_MS * 1000 * 1000};
	char *path = mem_printf("%s/export.lock", state);
	int tries = TURN_TRIES, result;

	do {
		result = lock_take(lock, path, "export", err);
	} while (result && err->code == ERR_LOCKED && --tries && !nanosleep(&instant, NULL));
	free(path);
	return result;
}

/* ---- one set ---- */

/* The set that changes are told against: the last that arrived, if it was shaped alike. */
static int find_base(const struct publisher *publisher, struct store *store,
	const struct delivery *now, struct moment *moment, struct export_base *base,
	struct err *err)
{
	struct delivery last;
	int found = publisher->delta
			    ? delivery_newest(store, now->target, DELIVERY_DONE, &last, err)
			    : 0;

	if (found <= 0)
		return found;
	if (strcmp(last.scope, now->scope) != 0)
		found = 0;
	else if (delivery_moment(store, last.number, moment, err))
		found = -1;
	*base = (struct export_base){moment, last.sum};
	delivery_clear(&last);
	return found;
}

static int make_set(const struct publisher *publisher, struct store *store, const char *path,
	struct delivery *delivery, struct export_report *report, struct err *err)
{
	struct export_order order = {publisher->format,
		delivery->kind == DELIVERY_FOLDER ? BUNDLE_FOLDER : BUNDLE_ZIP, path, NULL,
		NULL};
	struct exclusion exclusion;
	struct export_base base;
	struct moment moment = {.count = 0};
	int result = -1, found;

	exclusion_init(&exclusion);
	order.exclusion = &exclusion;
	if (exclusion_parse(&exclusion, publisher->exclude, err))
		goto out;
	found = find_base(publisher, store, delivery, &moment, &base, err);
	if (found < 0)
		goto out;
	order.base = found ? &base : NULL;
	if (export_set(store, &order, report, err))
		goto out;
	result = order.form == BUNDLE_FOLDER ? checksum_folder(path, delivery->sha256, err)
					     : checksum_file(path, delivery->sha256, err);
out:
	moment_clear(&moment);
	exclusion_clear(&exclusion);
	return result;
}

static void take_report(struct delivery *delivery, const struct export_report *report)
{
	delivery->changes = report->changes;
	delivery->revision = report->moment.revision;
	delivery->rows = report->rows;
	delivery->deleted = report->deleted;
	delivery->left_out = report->left_out;
	delivery->blanked = report->blanked;
	delivery->bytes = report->bytes;
	delivery->sum = report->sum;
}

static int audit(struct store *store, const struct publisher *publisher,
	const struct delivery *delivery, struct err *err)
{
	char detail[300];

	snprintf(detail, sizeof(detail), "%s%s, %lld rows, %lld left out, sha256 %s",
		publisher->format->title, delivery->changes ? ", changes" : "",
		(long long)delivery->rows, (long long)delivery->left_out, delivery->sha256);
	return audit_add(store, "export", delivery->target, detail, err);
}

/* Into the history, and into the audit with it. */
static int record(struct store *store, const struct publisher *publisher,
	struct delivery *delivery, const struct moment *moment, struct err *err)
{
	delivery->finished = time(NULL);
	if (store_begin(store, err))
		return -1;
	if (delivery_add(store, delivery, moment, err) ||
		(delivery->state == DELIVERY_DONE && audit(store, publisher, delivery, err))) {
		store_rollback(store);
		return -1;
	}
	return store_commit(store, err);
}

/* A set that could not be made is told in the history, if that is possible. */
static void record_failure(struct store *store, const struct publisher *publisher,
	struct delivery *delivery, const struct err *failure)
{
	struct err ignored;

	delivery->state = DELIVERY_FAILED;
	mem_replace(&delivery->error, failure->text);
	record(store, publisher, delivery, NULL, &ignored);
}

/* The next set is told against the last one of the same place, from wherever it is named. */
static char *absolute(const char *path)
{
	char *here = *path == '/' ? NULL : getcwd(NULL, 0), *all;

	all = mem_printf("%s%s%s", here ? here : "", here ? "/" : "", path);
	free(here);
	return all;
}

static void begin_delivery(const struct publisher *publisher, enum delivery_kind kind,
	const char *target, struct delivery *delivery)
{
	*delivery = (struct delivery){.kind = kind,
		.app = mem_strdup(publisher->app ? publisher->app->name : NULL),
		.target = kind == DELIVERY_SFTP ? mem_strdup(target) : absolute(target),
		.format = mem_strdup(publisher->format->name),
		.scope = scope_of(publisher->format, publisher->exclude),
		.state = DELIVERY_DONE,
		.begun = time(NULL),
		.tries = 1};
}

int publish_to(
	struct publisher *publisher, enum delivery_kind kind, const char *path, struct err *err)
{
	struct store *store = store_open(publisher->state, err);
	struct export_report report = {.rows = 0};
	struct delivery delivery;
	struct lock lock = {-1};
	int result = -1;

	begin_delivery(publisher, kind, path, &delivery);
	if (store && !wait_for_turn(publisher->state, &lock, err)) {
		result = make_set(publisher, store, path, &delivery, &report, err);
		if (!result) {
			take_report(&delivery, &report);
			result = record(store, publisher, &delivery, &report.moment, err);
		} else {
			record_failure(store, publisher, &delivery, err);
		}
	}
	if (publisher->told)
		publisher->told(publisher->arg, &delivery, result ? err : NULL);
	export_report_clear(&report);
	delivery_clear(&delivery);
	lock_release(&lock);
	store_close(store);
	return result;
}

/* ---- all that settings say ---- */

/* A place in the settings. */
struct place {
	enum delivery_kind kind;
	const char *target; /* NULL: not there */
};

enum { PLACES = 2 };

static void places_of(const struct app *app, struct place places[PLACES])
{
	places[0] = (struct place){DELIVERY_FOLDER, app->publication.dir};
	places[1] = (struct place){DELIVERY_ZIP, app->publication.zip};
}

/* Whether the place has not got what it should have. That it cannot be asked is told later. */
static bool is_owed(const char *state, const struct app *app, const struct place *place)
{
	const struct publication *publication = &app->publication;
	struct store *store = store_open(state, &(struct err){0});
	char *scope = scope_of(format_of(publication->format), publication->exclude);
	struct err ignored;
	bool owed = true;

	if (store && delivery_is_owed(store, place->target, scope, &owed, &ignored))
		owed = true;
	store_close(store);
	free(scope);
	return owed;
}

enum which { WHICH_ALL, WHICH_OWED };

static int publish_places(struct publisher *publisher, enum which which, struct err *err)
{
	struct place places[PLACES];
	struct err failure;
	int result = 0;
	size_t i;

	places_of(publisher->app, places);
	for (i = 0; i < PLACES; i++) {
		if (!places[i].target ||
			(which == WHICH_OWED &&
				!is_owed(publisher->state, publisher->app, &places[i])))
			continue;
		if (publish_to(publisher, places[i].kind, places[i].target, &failure)) {
			if (!result)
				*err = failure;
			result = -1;
		}
	}
	return result;
}

int publish_all(struct publisher *publisher, struct err *err)
{
	return publish_places(publisher, WHICH_ALL, err);
}

int publish_owed(struct publisher *publisher, struct err *err)
{
	return publish_places(publisher, WHICH_OWED, err);
}

bool publish_is_owed(const char *state, const struct app *app)
{
	struct place places[PLACES];
	size_t i;

	places_of(app, places);
	for (i = 0; i < PLACES; i++)
		if (places[i].target && is_owed(state, app, &places[i]))
			return true;
	return false;
}
