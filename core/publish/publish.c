#include "publish/publish.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "publish/deliver.h"
#include "publish/set.h"
#include "publish/sftp.h"
#include "settings/publication.h"

void publisher_init(struct publisher *publisher, const char *state, const struct app *app)
{
	memset(publisher, 0, sizeof(*publisher));
	publisher->state = state;
	publisher->app = app;
	publisher->format = format_of(app->publication.format);
	publisher->delta = app->publication.delta && publisher->format->has_delta;
	publisher->exclude = app->publication.exclude;
}

static int make_here(struct publisher *publisher, struct store *store, const char *path,
	struct delivery *delivery, struct err *err)
{
	struct moment moment;
	int result;

	if (set_make(publisher, store, path, delivery, &moment, err)) {
		set_record_failure(store, publisher, delivery, err);
		return -1;
	}
	result = set_record(store, publisher, delivery, &moment, err);
	moment_clear(&moment);
	return result;
}

int publish_to(
	struct publisher *publisher, enum delivery_kind kind, const char *path, struct err *err)
{
	struct delivery delivery;
	struct store *store;
	int result;

	if (kind == DELIVERY_SFTP)
		return deliver(publisher, err);
	set_begin(publisher, kind, path, &delivery);
	store = store_open(publisher->state, err);
	result = store ? make_here(publisher, store, path, &delivery, err) : -1;
	if (publisher->told)
		publisher->told(publisher->arg, &delivery, result ? err : NULL);
	delivery_clear(&delivery);
	store_close(store);
	return result;
}

/* ---- all that settings say ---- */

/* A place in the settings. */
struct place {
	enum delivery_kind kind;
	char *target; /* owned; NULL: not there */
};

enum { PLACES = 3 };

static void places_of(const struct app *app, struct place places[PLACES])
{
	const struct publication *publication = &app->publication;
	struct err ignored;

	places[0] = (struct place){DELIVERY_FOLDER, mem_strdup(publication->dir)};
	places[1] = (struct place){DELIVERY_ZIP, mem_strdup(publication->zip)};
	places[2] = (struct place){DELIVERY_SFTP, NULL};
	if (publication->host)
		places[2].target = sftp_settings(publication, &ignored)
					   ? mem_strdup(publication->host)
					   : sftp_target(publication);
}

static void places_free(struct place places[PLACES])
{
	size_t i;

	for (i = 0; i < PLACES; i++)
		free(places[i].target);
}

/* Whether the place has not got what it should have. That it cannot be asked is told later. */
static bool is_owed(const char *state, const struct app *app, const struct place *place)
{
	const struct publication *publication = &app->publication;
	char *scope = set_scope(format_of(publication->format), publication->exclude);
	struct err ignored;
	struct store *store = store_open(state, &ignored);
	bool owed = true;

	if (store && delivery_is_owed(store, place->target, scope, &owed, &ignored))
		owed = true;
	store_close(store);
	free(scope);
	return owed;
}

enum which { WHICH_ALL, WHICH_OWED };

static int publish_which(struct publisher *publisher, enum which which, struct err *err)
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
	places_free(places);
	return result;
}

int publish_all(struct publisher *publisher, struct err *err)
{
	return publish_which(publisher, WHICH_ALL, err);
}

int publish_owed(struct publisher *publisher, struct err *err)
{
	return publish_which(publisher, WHICH_OWED, err);
}

void publish_places(const struct app *app, struct buf *out)
{
	struct place places[PLACES];
	size_t i, left = 0;

	places_of(app, places);
	for (i = 0; i < PLACES; i++)
		left += places[i].target != NULL;
	for (i = 0; i < PLACES; i++) {
		if (!places[i].target)
			continue;
		left--;
		buf_addf(out, "%s%s", places[i].target, left > 1 ? ", " : left ? " and " : "");
	}
	places_free(places);
}
