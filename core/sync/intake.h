/*
 * From the source's records to the stage: rules, compare with the hub's fingerprints. One
 * intake takes one pull; its taker functions are what source_pull calls.
 *
 *   record -> people, attributes, prefix, schools -> requirements, filters -> compare -> stage
 *             maker.c                                ruleset.c
 *
 * What a record refers to has come before it: organisations, sessions, demographics, users,
 * courses, classes, enrollments. Contacts wait for the end of users, and where links ask for
 * it (links.h) others for the end of enrollments (waiting.h).
 */
#ifndef SYNC_INTAKE_H
#define SYNC_INTAKE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/idset.h"
#include "base/relay.h"
#include "roster/problem.h"
#include "rules/ruleset.h"
#include "rules/school_plan.h"
#include "rules/schools.h"
#include "settings/settings.h"
#include "source/pulled.h"
#include "source/source.h"
#include "store/stage.h"
#include "sync/compare.h"
#include "sync/contacts.h"
#include "sync/demographics.h"
#include "sync/links.h"
#include "sync/maker.h"
#include "sync/spool.h"
#include "sync/twins.h"

/* A reference that can be judged only when its collection has ended. */
struct pending {
	enum entity entity, target;
	char *sis_id; /* owned */
	uint64_t key; /* of what it leads to */
};

struct intake {
	const struct app *app; /* borrowed, as all up to stage */
	const char *state;     /* directory for what must wait */
	struct stage *stage;
	struct compare compare;
	bool loaded;           /* what records are compared with is there */
	struct ruleset *rules; /* owned */
	struct maker maker;
	struct school_lists schools; /* owned */
	struct school_plan *plan;    /* owned; NULL until organisations have ended */
	struct demographics demographics;
	struct demographics known; /* the hub's, while the source gives none */
	struct contacts contacts;
	struct twins twins;
	struct links links;
	struct spool waiting[ENTITY_COUNT]; /* records whose fate is not known yet */
	struct idset out[COLLECTION_COUNT]; /* ids that came but stay out */
	struct idset skipped;    /* of them people and classes that lack what is required */
	struct pending *pending; /* owned */
	size_t pending_count;

	enum collection current;
	bool missing[COLLECTION_COUNT]; /* not given by the source: nothing of it is deleted */
	bool part[COLLECTION_COUNT];    /* completed from the last pull (completion.h) */
	struct idset came;              /* ids of the present one that need not be */
	int64_t users;                  /* that came, in or out */
	int64_t absent[ENTITY_COUNT];   /* deleted because they did not come */
	struct arena arena;             /* of one record */
	struct problems problems;

	struct relay *relay;   /* owned: records on their way from the thread that pulls */
	struct problems found; /* by that thread, as what follows */
	int64_t unread[COLLECTION_COUNT]; /* records that could not be read: whose is not known
					   */
	struct pulled *pulled;            /* owned: what is kept of the source's records */
	struct {
		const char *at; /* NULL: none */
		size_t length;
	} packed; /* the present record as it came from that thread */
};

/*
 * Makes an intake ready; what is accepted is loaded when the first records come. All
 * arguments but `today` (YYYY-MM-DD) are borrowed for its life. ERR_SETTINGS when a rule cannot
 * be read. intake_clear in any case.
 */
int intake_init(struct intake *intake, const struct app *app, const struct rules *of_hub,
	const char *state, const char *today, struct store *store, struct stage *stage,
	struct err *err);
void intake_clear(struct intake *intake);

/* The functions of a struct taker whose arg is the intake, and whose problems are `found`. */
int intake_record(
	void *intake, const struct source_record *record, enum seen seen, struct err *err);
void intake_note(
	void *intake, enum pull_note note, enum collection collection, const char *text);

/*
 * Ends a pull that is complete: what did not come is deleted (bulk upload) or what is marked
 * (otherwise), with the enrollments of those who leave; then all is written. ERR_SOURCE when
 * the pull shows no school or no user at all.
 */
int intake_finish(struct intake *intake, struct err *err);

/* Ends an intake to which nothing is to come: all that the app has in the hub is deleted. */
int intake_nothing(struct intake *intake, struct err *err);

/* Puts what is kept of the source's records in the place of the last pull's. */
int intake_keep_pulled(struct intake *intake, struct err *err);

/* For completion.c: takes a record as if it came; the key of a source id in the hub. */
int intake_take(
	struct intake *intake, struct source_record *source, uint64_t key, struct err *err);
uint64_t intake_source_key(struct intake *intake, const char *id);

/* Takes a record in: compares it with the hub, and notes what would make it a duplicate. */
int intake_keep(struct intake *intake, const struct record *record, struct err *err);

/*
 * After intake_finish: how many of an entity type are deleted as absent though they may be
 * among the records of their collection that came but could not be read.
 */
int64_t intake_unread(const struct intake *intake, enum entity entity);

/* For those who take records in. Whether the rules let one in; one that they do not is out. */
bool intake_judge(struct intake *intake, struct record *record, enum collection collection);

/* Puts a record off until waiting_end, unless its filters leave it out. */
int intake_wait(struct intake *intake, const struct record *record, enum collection collection,
	struct err *err);

/* A record that came does not come in, nor does it stay from before: for some reason, or by
 * filters and links. */
void intake_stay_out(
	struct intake *intake, const struct record *record, enum collection collection);
void intake_leave_out(
	struct intake *intake, const struct record *record, enum collection collection);

/* The key of a SIS id of the hub; reporting a reference to nothing. */
uint64_t intake_key(const struct intake *intake, const char *sis_id);
void intake_dangling(
	struct intake *intake, enum entity entity, const char *sis_id, const char *attribute);

#endif
