/*
 * A source in memory, in place of the network: people, classes and seats that come, go, change
 * and come back by chance, and pulls that break off. It defines what core/source/source.h
 * declares, so that import_run is run as it is.
 */
#ifndef TESTS_UNIT_RANDOM_SOURCE_H
#define TESTS_UNIT_RANDOM_SOURCE_H

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "settings/settings.h"
#include "source/source_record.h"

/* ---- chance ---- */

static uint64_t chance;

static unsigned under(unsigned most)
{
	chance = chance * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)(chance >> 33) % most;
}

static bool percent(unsigned n)
{
	return under(100) < n;
}

/* ---- the source ---- */

enum { USERS = 40, CLASSES = 12, SEATS = 90, MOST = SEATS };
enum presence { ABSENT, SHOWN, MARKED }; /* marked: as deleted */

struct thing {
	enum presence presence;
	int version; /* from 1 */
	bool teacher;
	bool twice; /* comes once more before, with another value */
};

static struct thing users[USERS], classes[CLASSES], seats[SEATS];

static int seat_class(int seat)
{
	return seat % CLASSES;
}

static int seat_user(int seat)
{
	return seat * 7 % USERS;
}

/* Ids as the wild has them. */
static const char *id_of(char kind, int i)
{
	static char text[8][300];
	static int turn;
	char *out = text[turn = (turn + 1) % 8];

	switch (i % 6) {
	case 3: snprintf(out, 300, "%c'%d\" --;\n\t%%", kind, i); break;
	case 4: snprintf(out, 300, "%c \xf0\x9f\x98\x80/%d", kind, i); break;
	case 5: snprintf(out, 300, "%c%d%0250d", kind, i, 7); break;
	default: snprintf(out, 300, "%c%d", kind, i); break;
	}
	return out;
}

enum fault { FAULT_NONE, FAULT_NETWORK, FAULT_CANCELLED, FAULT_AGAIN, FAULT_AGAIN_AND_AGAIN };

struct source {
	struct learned learned;
};

static enum fault fault;
static int fault_at; /* records until it strikes */
static int pulls;    /* of this import */

const char *collection_name(enum collection collection)
{
	static const char *const names[] = {"orgs", "academicSessions", "demographics", "users",
		"courses", "classes", "enrollments"};

	return names[collection];
}

struct source *source_open(const struct app *app, const struct secret *secret,
	const atomic_bool *cancel, struct err *err)
{
	struct source *source = mem_zero(1, sizeof(*source));

	(void)app, (void)secret, (void)cancel, (void)err;
	source->learned.root = mem_strdup("https://sis.example.org/v1p1");
	pulls = 0;
	return source;
}

void source_close(struct source *source)
{
	if (source)
		learned_clear(&source->learned);
	free(source);
}

int source_connect(struct source *source, struct err *err)
{
	(void)source, (void)err;
	return 0;
}

const struct learned *source_learned(const struct source *source)
{
	return &source->learned;
}

static int strike(struct err *err)
{
	if (fault == FAULT_NONE || fault_at-- > 0)
		return 0;
	if (fault == FAULT_AGAIN && pulls > 1)
		return 0;
	if (fault == FAULT_NETWORK)
		return err_set(err, ERR_NETWORK, "the connection broke off");
	if (fault == FAULT_CANCELLED)
		return err_set(err, ERR_CANCELLED, "cancelled");
	return err_set(err, ERR_AGAIN, "another snapshot");
}

static int give(const struct taker *taker, struct source_record *record, enum seen seen,
	struct err *err)
{
	char modified[40];

	snprintf(modified, sizeof(modified), "2026-01-01T00:00:%02u.000Z", under(60));
	record->value[SOURCE_MODIFIED] = modified; /* alone it is no change */
	return strike(err) ? -1 : taker->record(taker->arg, record, seen, err);
}

static int give_user(
	const struct taker *taker, int i, int version, enum seen seen, struct err *err)
{
	struct source_record record = {.collection = COLLECTION_USERS, .id = id_of('u', i)};
	char email[30];

	snprintf(email, sizeof(email), "%d", version);
	record.value[SOURCE_EMAIL] = email;
	record.value[SOURCE_ORGS] = "s1";
	record.status = users[i].presence == MARKED ? STATUS_DELETED : STATUS_ACTIVE;
	record.role[record.roles++] =
		(struct source_role){users[i].teacher ? "teacher" : "student", NULL, true};
	return give(taker, &record, seen, err);
}

static int give_class(
	const struct taker *taker, int i, int version, enum seen seen, struct err *err)
{
	struct source_record record = {.collection = COLLECTION_CLASSES, .id = id_of('c', i)};
	char title[30];

	snprintf(title, sizeof(title), "%d", version);
	record.value[SOURCE_TITLE] = title;
	record.value[SOURCE_SCHOOL] = "s1";
	record.status = classes[i].presence == MARKED ? STATUS_DELETED : STATUS_ACTIVE;
	return give(taker, &record, seen, err);
}

static int give_seat(
	const struct taker *taker, int i, int version, enum seen seen, struct err *err)
{
	struct source_record record = {
		.collection = COLLECTION_ENROLLMENTS, .id = id_of('e', i)};
	char role[30];

	snprintf(role, sizeof(role), "%d", version);
	record.value[SOURCE_ROLE] = role;
	record.value[SOURCE_CLASS] = id_of('c', seat_class(i));
	record.value[SOURCE_USER] = id_of('u', seat_user(i));
	record.value[SOURCE_SCHOOL] = "s1";
	record.status = seats[i].presence == MARKED ? STATUS_DELETED : STATUS_ACTIVE;
	return give(taker, &record, seen, err);
}

typedef int give_fn(
	const struct taker *taker, int i, int version, enum seen seen, struct err *err);

static int give_all(const struct taker *taker, const struct thing *things, int count,
	give_fn *one, struct err *err)
{
	int i;

	for (i = 0; i < count; i++) {
		const struct thing *t = &things[i];

		if (t->presence == ABSENT)
			continue;
		if (t->twice && one(taker, i, t->version + 1000, SEEN_FIRST, err))
			return -1;
		if (one(taker, i, t->version, t->twice ? SEEN_AGAIN : SEEN_FIRST, err))
			return -1;
	}
	return 0;
}

int source_pull(struct source *source, const enum collection *order, size_t count,
	const struct taker *taker, struct err *err)
{
	struct source_record school = {.collection = COLLECTION_ORGS, .id = "s1"};

	(void)source, (void)order, (void)count;
	pulls++;
	school.value[SOURCE_NAME] = "School";
	school.value[SOURCE_TYPE] = "school";
	if (give(taker, &school, SEEN_FIRST, err) ||
		give_all(taker, users, USERS, give_user, err) ||
		give_all(taker, classes, CLASSES, give_class, err) ||
		give_all(taker, seats, SEATS, give_seat, err))
		return -1;
	return 0;
}

static void edit_thing(struct thing *thing)
{
	thing->twice = percent(5);
	switch (under(5)) {
	case 0: thing->presence = ABSENT; break;
	case 1: thing->presence = MARKED; break;
	case 2: thing->teacher = !thing->teacher; /* fall through */
	default:
		thing->presence = SHOWN;
		thing->version = 1 + (int)under(4); /* what was there before may come back */
		break;
	}
}

static void edit_source(void)
{
	unsigned edits = percent(10) ? 60 : under(6);

	for (; edits; edits--) {
		switch (under(3)) {
		case 0: edit_thing(&users[1 + under(USERS - 1)]); break;
		case 1: edit_thing(&classes[under(CLASSES)]); break;
		default: edit_thing(&seats[under(SEATS)]); break;
		}
	}
}

#endif
