#include "publish/deliver.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/lock.h"
#include "base/mem.h"
#include "publish/checksum.h"
#include "publish/set.h"
#include "publish/sftp.h"
#include "settings/secret.h"

enum { TRIES = 3, FIRST_WAIT_S = 1, WAIT_GROWS = 4, LOOK_MS = 100 };

/* A delivery under way. */
struct errand {
	struct publisher *publisher; /* borrowed */
	struct store *store;         /* owned */
	struct secret secret;
	char *zip; /* owned; path of what is to arrive */
	struct delivery delivery;
};

int deliver_secret(
	const char *state, const struct app *app, struct secret *secret, struct err *err)
{
	char *name = secret_name(app->name, SECRET_DELIVERY);
	struct secret_status status;
	int result = 0;

	secret_wipe(secret);
	secret_status(state, name, &status);
	if (status.set || !app->publication.key_file)
		result = secret_load(state, name, secret, err);
	free(name);
	return result;
}

static bool is_cancelled(const struct publisher *publisher)
{
	return publisher->cancel && atomic_load(publisher->cancel);
}

/* ---- the zip that goes ---- */

/* Whether what waits is what would be made now, and still as it was made. */
static bool is_good(const struct errand *errand, const struct delivery *waiting)
{
	char sum[CHECKSUM_SIZE];
	struct moment now;
	struct err ignored;
	bool good = false;

	if (strcmp(waiting->scope, errand->delivery.scope) != 0 ||
		moment_now(errand->store, &now, &ignored))
		return false;
	good = waiting->revision == now.revision &&
	       !checksum_file(errand->zip, sum, &ignored) && !strcmp(sum, waiting->sha256);
	moment_clear(&now);
	return good;
}

/* Takes over a set that waits, or drops it. 1: taken, 0: there is none, -1: failed. */
static int take_waiting(struct errand *errand, struct err *err)
{
	struct delivery waiting;
	int found = delivery_newest(
		errand->store, errand->delivery.target, DELIVERY_WAITING, &waiting, err);

	if (found <= 0)
		return found;
	if (is_good(errand, &waiting)) {
		delivery_clear(&errand->delivery);
		errand->delivery = waiting;
		return 1;
	}
	waiting.state = DELIVERY_DROPPED;
	found = set_record(errand->store, errand->publisher, &waiting, NULL, err);
	delivery_clear(&waiting);
	return found;
}

static int make(struct errand *errand, struct err *err)
{
	struct moment moment;
	char *dir = file_dir_of(errand->zip);
	int result = file_make_dir(dir, err);

	free(dir);
	if (!result)
		result = set_make(errand->publisher, errand->store, errand->zip,
			&errand->delivery, &moment, err);
	if (result) {
		set_record_failure(errand->store, errand->publisher, &errand->delivery, err);
		return -1;
	}
	errand->delivery.state = DELIVERY_WAITING;
	errand->delivery.tries = 0;
	result = set_record(errand->store, errand->publisher, &errand->delivery, &moment, err);
	moment_clear(&moment);
	return result;
}

/* ---- its way ---- */

/* Waits before another try. False: it is to stop. */
static bool wait_for(const struct publisher *publisher, int seconds)
{
	const struct timespec instant = {0, LOOK_MS * 1000 * 1000};
	int looks = seconds * 1000 / LOOK_MS;

	while (looks-- > 0 && !is_cancelled(publisher))
		nanosleep(&instant, NULL);
	return !is_cancelled(publisher);
}

/* Why it did not arrive stands in the history before anything else is tried. */
static void note_try(struct errand *errand, const struct err *failure)
{
	struct err ignored;

	mem_replace(&errand->delivery.error, failure ? failure->text : NULL);
	set_record(errand->store, errand->publisher, &errand->delivery, NULL, &ignored);
}

static int send(struct errand *errand, struct err *err)
{
	const struct publisher *publisher = errand->publisher;
	const struct sftp_watch watch = {
		publisher->cancel, publisher->progress, publisher->arg};
	int wait = FIRST_WAIT_S, tries = 0;

	for (;;) {
		errand->delivery.tries++;
		if (!sftp_upload(&publisher->app->publication, &errand->secret, errand->zip,
			    &watch, err))
			return 0;
		note_try(errand, err);
		if (err->code != ERR_NETWORK || ++tries == TRIES || !wait_for(publisher, wait))
			return -1;
		wait *= WAIT_GROWS;
	}
}

static int arrive(struct errand *errand, struct err *err)
{
	errand->delivery.state = DELIVERY_DONE;
	mem_replace(&errand->delivery.error, NULL);
	if (set_record(errand->store, errand->publisher, &errand->delivery, NULL, err))
		return -1;
	unlink(errand->zip); /* it is there now, and it is personal */
	return 0;
}

static int run(struct errand *errand, struct err *err)
{
	struct publisher *publisher = errand->publisher;
	const struct app *app = publisher->app;
	struct lock lock = {-1};
	int result = -1, taken;

	if (set_turn(publisher->state, "deliver.lock", "delivery", &lock, err))
		return -1;
	taken = take_waiting(errand, err);
	if (taken < 0 || (!taken && make(errand, err)))
		goto out;
	if (!deliver_secret(publisher->state, app, &errand->secret, err))
		result = send(errand, err);
	else
		note_try(errand, err);
	if (!result)
		result = arrive(errand, err);
out:
	lock_release(&lock);
	return result;
}

int deliver(struct publisher *publisher, struct err *err)
{
	const struct publication *publication = &publisher->app->publication;
	struct errand errand = {.publisher = publisher};
	struct err opening; /* what the settings lack comes first */
	char *target = NULL;
	int result = sftp_settings(publication, err);

	target = result ? mem_printf("sftp://%s", publication->host) : sftp_target(publication);
	set_begin(publisher, DELIVERY_SFTP, target, &errand.delivery);
	errand.zip = mem_printf("%s/outbox/%s.zip", publisher->state, publisher->app->name);
	errand.store = store_open(publisher->state, result ? &opening : err);
	if (result && errand.store)
		set_record_failure(errand.store, publisher, &errand.delivery, err);
	else if (!result)
		result = errand.store ? run(&errand, err) : -1;
	if (publisher->told)
		publisher->told(publisher->arg, &errand.delivery, result ? err : NULL);
	secret_wipe(&errand.secret);
	delivery_clear(&errand.delivery);
	store_close(errand.store);
	free(errand.zip);
	free(target);
	return result;
}
