#include "publish/set.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"
#include "publish/checksum.h"
#include "roster/exclusion.h"
#include "store/audit.h"

enum { TURN_TRIES = 600, TURN_MS = 100 };

char *set_scope(const struct format *format, const char *exclude)
{
	return mem_printf("%s without %s", format->name, exclude ? exclude : "nothing");
}

int set_turn(const char *state, const char *name, const char *doing, struct lock *lock,
	struct err *err)
{
	const struct timespec instant = {0, TURN_MS * 1000 * 1000};
	char *path = mem_printf("%s/%s", state, name);
	int tries = TURN_TRIES, result;

	do {
		result = lock_take(lock, path, doing, err);
	} while (result && err->code == ERR_LOCKED && --tries && !nanosleep(&instant, NULL));
	free(path);
	return result;
}

/* The next set is told against the last one of the same place, from wherever it is named. */
static char *absolute(const char *path)
{
	char *here = *path == '/' ? NULL : getcwd(NULL, 0), *all;

	all = mem_printf("%s%s%s", here ? here : "", here ? "/" : "", path);
	free(here);
	return all;
}

void set_begin(const struct publisher *publisher, enum delivery_kind kind, const char *target,
	struct delivery *delivery)
{
	*delivery = (struct delivery){.kind = kind,
		.app = mem_strdup(publisher->app ? publisher->app->name : NULL),
		.target = kind == DELIVERY_SFTP ? mem_strdup(target) : absolute(target),
		.format = mem_strdup(publisher->format->name),
		.scope = set_scope(publisher->format, publisher->exclude),
		.state = DELIVERY_DONE,
		.begun = time(NULL),
		.tries = 1};
}

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

static int export(const struct publisher *publisher, struct store *store, const char *path,
	const struct delivery *delivery, struct export_report *report, struct err *err)
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
	result = export_set(store, &order, report, err);
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

int set_make(const struct publisher *publisher, struct store *store, const char *path,
	struct delivery *delivery, struct moment *moment, struct err *err)
{
	struct export_report report = {.rows = 0};
	struct lock lock = {-1};
	int result = -1;

	if (set_turn(publisher->state, "export.lock", "export", &lock, err))
		return -1;
	if (export(publisher, store, path, delivery, &report, err))
		goto out;
	take_report(delivery, &report);
	*moment = report.moment;
	result = delivery->kind == DELIVERY_FOLDER
			 ? checksum_folder(path, delivery->sha256, err)
			 : checksum_file(path, delivery->sha256, err);
	if (result)
		moment_clear(moment);
out:
	lock_release(&lock);
	return result;
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

int set_record(struct store *store, const struct publisher *publisher,
	struct delivery *delivery, const struct moment *moment, struct err *err)
{
	int result;

	delivery->finished = time(NULL);
	if (store_begin(store, err))
		return -1;
	result = delivery->number ? delivery_update(store, delivery, err)
				  : delivery_add(store, delivery, moment, err);
	if (!result && delivery->state == DELIVERY_DONE)
		result = audit(store, publisher, delivery, err);
	if (!result)
		return store_commit(store, err);
	store_rollback(store);
	return -1;
}

void set_record_failure(struct store *store, const struct publisher *publisher,
	struct delivery *delivery, const struct err *failure)
{
	struct err ignored;

	delivery->state = DELIVERY_FAILED;
	mem_replace(&delivery->error, failure->text);
	set_record(store, publisher, delivery, NULL, &ignored);
}
