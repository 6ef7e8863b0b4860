/*
 * The whole run, in order:
 *
 *   1  may it start: terms accepted, schools switched on (ready.c), no other import running
 *   2  connect to the source
 *   3  open a stage, load the fingerprints of what was accepted
 *   4  pull every collection; each record goes through the rules and, if it is new or differs,
 *      to the stage (intake.c)
 *   5  what did not come is deleted; where several apps are one hub, that is made anew of what
 *      each of them says (unite.c)
 *   6  hold or accept: counts and limits decide (hold.c)
 *   7  history, fingerprints and verdict in the one transaction that was open since 3
 *
 * A failure anywhere before 7 leaves the store as it was.
 */
#include "sync/import.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/file.h"
#include "base/lock.h"
#include "base/mem.h"
#include "schedule/rollover.h"
#include "store/audit.h"
#include "store/layers.h"
#include "store/stage.h"
#include "store/verdict.h"
#include "sync/deletions.h"
#include "sync/fingerprint.h"
#include "sync/hold.h"
#include "sync/intake.h"
#include "sync/ready.h"
#include "sync/unite.h"

enum { ATTEMPTS = 3 }; /* when the source moves to another snapshot under the pull */

#define DRY_NUMBER (INT64_C(1) << 62) /* of a sync of which nothing will stay */

/* What one call of import_run carries about. */
struct run {
	const char *state;
	struct app *app;
	char today[DATE_SIZE];       /* in the zone of its schedule */
	struct hold_settings limits; /* that hold on that day */
	const struct import_options *options;
	struct store *store;
	struct source *source;
	struct baseline baseline;
	struct sync *sync;
	struct import_progress progress;
	const struct settings *settings;
	int64_t number;        /* under which it stages: the sync's, or any for a dry run */
	bool layered;          /* the app's records are a layer, the hub has rows of its own */
	struct intake *intake; /* of the present attempt, as what follows */
	struct stage *hub_stage;
	struct compare hub;
	struct compare *outcome;      /* what the hub is compared with what it will be */
	int64_t unread[ENTITY_COUNT]; /* intake_unread */
};

static bool is_withdrawal(const struct run *run)
{
	return run->options->mode == IMPORT_WITHDRAW;
}

static double now_exactly(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void tell(struct run *run, enum import_phase phase)
{
	run->progress.phase = phase;
	if (run->options->progress)
		run->options->progress(run->options->arg, &run->progress);
}

static void pull_progress(void *arg, const struct pull_progress *pull)
{
	struct run *run = arg;

	run->progress.pull = *pull;
	tell(run, PHASE_PULL);
}

static int take_record(
	void *arg, const struct source_record *record, enum seen seen, struct err *err)
{
	struct run *run = arg;

	return intake_record(run->intake, record, seen, err);
}

static void take_note(
	void *arg, enum pull_note note, enum collection collection, const char *text)
{
	struct run *run = arg;

	intake_note(run->intake, note, collection, text);
}

/* ---- 4, 5: one attempt at the pull --------------------------------------------------------
 */

static const enum collection pull_order[] = {
	COLLECTION_ORGS,
	COLLECTION_SESSIONS,
	COLLECTION_DEMOGRAPHICS,
	COLLECTION_USERS,
	COLLECTION_COURSES,
	COLLECTION_CLASSES,
	COLLECTION_ENROLLMENTS,
};

static int pull(struct run *run, struct err *err)
{
	const struct taker taker = {
		run, &run->intake->found, take_record, take_note, pull_progress};

	if (source_pull(run->source, pull_order, sizeof(pull_order) / sizeof(*pull_order),
		    &taker, err))
		return -1;
	tell(run, PHASE_COMPARE);
	return intake_finish(run->intake, err);
}

/* All records of the app leave, and other apps' take their place where they can. */
static int withdraw(struct run *run, struct err *err)
{
	tell(run, PHASE_COMPARE);
	run->intake->compare.leaving = LEAVING_ALLOWED; /* it was asked for by name */
	return intake_nothing(run->intake, err);
}

/* Whether records of several apps, or several records of one, are to become one. */
static int find_layered(struct run *run, struct err *err)
{
	bool others, merges = unite_is_asked(&run->settings->rules);

	if (layers_are(run->store, &run->layered, err) ||
		layers_others(run->store, run->app->name, &others, err))
		return -1;
	run->layered |= merges || (others && run->app->multiple_sources);
	return 0;
}

/* The hub out of its layers, of which one is this pull. */
static int unite_layers(struct run *run, struct err *err)
{
	const struct unite_question question = {.store = run->store,
		.settings = run->settings,
		.app = run->app->name,
		.number = run->number,
		.cancel = run->options->cancel};

	run->hub_stage = stage_open_hub(run->store, run->number, err);
	if (!run->hub_stage)
		return -1;
	compare_init(&run->hub, STORE_HUB, ABSENCE_LEAVES, run->store, run->hub_stage);
	run->outcome = &run->hub;
	return compare_load(&run->hub, err) ||
			       unite(&question, &run->hub, &run->intake->problems, err)
		       ? -1
		       : 0;
}

static void close_hub(struct run *run)
{
	if (run->hub_stage)
		compare_clear(&run->hub);
	stage_close_hub(run->hub_stage);
	run->hub_stage = NULL;
}

/* ---- 6: the verdict -----------------------------------------------------------------------
 */

/* The number that a decision names: over what is staged, and what it was compared with. */
static int write_fingerprint(struct run *run, struct err *err)
{
	struct staged_sum sum = run->intake->compare.sum;
	struct sync *sync = run->sync;

	/* A row that was staged twice is in the running sum with what it no longer says. */
	if ((run->intake->compare.corrected || run->layered) &&
		verdict_staged_sum(run->store, run->number, &sum, err))
		return -1;
	sync_fingerprint(sync, &sum);
	return 0;
}

static bool is_other(const char *before, const char *now)
{
	return strcmp(before ? before : "", now ? now : "") != 0;
}

static struct hold_question question_of(const struct run *run, const struct tally *tally)
{
	return (struct hold_question){
		.settings = &run->limits,
		.preview = run->app->preview,
		.first = run->baseline.accepted == 0,
		.source_changed = run->baseline.accepted &&
				  (is_other(run->baseline.source, run->sync->source) ||
					  is_other(run->baseline.prefix, run->sync->prefix)),
		.unread = tally == &run->intake->compare.tally ? run->unread : NULL,
		.counts = tally->counts,
		.schools = tally->schools,
		.school_count = tally->by_school.count,
	};
}

/* A layer is judged by itself, too: to a large hub all of a small app's records are few. */
static void check_layer(struct run *run)
{
	struct hold_question question = question_of(run, &run->intake->compare.tally);
	struct hold_hit *hits;
	size_t count;

	question.preview = question.source_changed = false;
	hits = hold_check(&question, &count);
	hold_add(&run->sync->hits, &run->sync->hit_count, hits, count);
}

static void decide(struct run *run)
{
	struct hold_question question = question_of(run, &run->outcome->tally);
	struct sync *sync = run->sync;
	enum entity e;

	for (e = 0; e < ENTITY_COUNT; e++)
		run->unread[e] = intake_unread(run->intake, e);
	question.first &= !run->layered; /* the hub had records, and loses or keeps them */
	sync->hits = hold_check(&question, &sync->hit_count);
	if (run->layered && !tally_is_unchanged(&run->outcome->tally))
		check_layer(run);
	if (sync->hit_count)
		sync->state = SYNC_HELD;
	else if (tally_is_unchanged(&run->outcome->tally) &&
		 tally_is_unchanged(&run->intake->compare.tally))
		sync->state = SYNC_UNCHANGED;
	else
		sync->state = SYNC_ACCEPTED;
}

/* ---- 7: writing it down -------------------------------------------------------------------
 */

static int write_history(struct run *run, struct sync *sync, struct err *err)
{
	const struct tally *tally = &run->outcome->tally;
	bool unchanged = sync->state == SYNC_UNCHANGED;

	return history_write(run->store, sync, unchanged ? NULL : tally->schools,
		unchanged ? 0 : tally->by_school.count, &run->intake->problems, err);
}

static int write_accepted(struct run *run, struct err *err)
{
	if (write_history(run, run->sync, err) || verdict_accept(run->store, run->sync, err))
		return -1;
	if (run->sync->waiting)
		return 0;
	if (run->layered && compare_compact(&run->hub, run->sync->number, err))
		return -1;
	return compare_compact(&run->intake->compare, run->sync->number, err);
}

static int write_down(struct run *run, struct err *err)
{
	struct sync *sync = run->sync;

	if (sync->state == SYNC_UNCHANGED)
		return write_history(run, sync, err) ||
				       verdict_remember_source(run->store, sync, err)
			       ? -1
			       : 0;
	if (compare_save(&run->intake->compare, sync->number, err) ||
		(run->layered && compare_save(&run->hub, sync->number, err)))
		return -1;
	if (run->app->hold.deletions_only && deletions_can_wait(sync) &&
		deletions_split(run->store, sync, &run->outcome->tally, err))
		return -1;
	return sync->state == SYNC_HELD ? write_history(run, sync, err)
					: write_accepted(run, err);
}

static int audit_verdict(struct run *run, struct err *err)
{
	struct sync *sync = run->sync;
	char *subject = mem_printf("%s #%lld", sync->app, (long long)sync->number);
	char *waiting = sync->waiting ? mem_printf(", its deletions wait as #%lld",
						(long long)sync->waiting)
				      : mem_strdup("");
	const struct rollover *rollover = &run->app->rollover;
	bool keep = rollover_is_on(rollover, ROLLOVER_KEEP, run->today);
	bool limits = rollover_is_on(rollover, ROLLOVER_LIMITS, run->today);
	char *detail = mem_printf("%s, fingerprint %s, %zu rules fired%s%s%s",
		sync_state_name(sync->state), sync->fingerprint, sync->hit_count, waiting,
		keep ? ", deletions disabled" : "", limits ? ", limits of the rollover" : "");
	int result = audit_add(run->store, "sync.run", subject, detail, err);

	free(subject);
	free(waiting);
	free(detail);
	return result;
}

/* Everything between opening the stage and ending its transaction. */
static int attempt(struct run *run, double began, struct err *err)
{
	struct sync *sync = run->sync;
	struct stage *stage = stage_open(run->store, run->app->name, run->number,
		run->layered ? STAGE_LAYER : STAGE_HUB, err);
	struct intake intake;
	int result = -1;

	if (!stage)
		return -1;
	run->intake = &intake;
	run->outcome = &intake.compare;
	if (intake_init(&intake, run->app, &run->settings->rules, run->state, run->today,
		    run->store, stage, err) ||
		(is_withdrawal(run) ? withdraw(run, err) : pull(run, err)) ||
		(run->layered && unite_layers(run, err)))
		goto out;
	memcpy(sync->counts, run->outcome->tally.counts, sizeof(sync->counts));
	memcpy(sync->problems, intake.problems.count, sizeof(sync->problems));
	memcpy(sync->filtered, intake.links.count, sizeof(sync->filtered));
	if (write_fingerprint(run, err))
		goto out;
	decide(run);
	tell(run, PHASE_STORE);
	sync->finished = time(NULL);
	sync->seconds = now_exactly() - began;
	if (!is_withdrawal(run) && intake_keep_pulled(&intake, err))
		goto out;
	result = 0;
	if (run->options->mode == IMPORT_DRY_RUN)
		goto out;
	result = write_down(run, err);
	if (!result && sync->state != SYNC_UNCHANGED)
		result = audit_verdict(run, err);
	if (!result) {
		result = stage_commit(stage, err);
		stage = NULL;
		sync->seconds = now_exactly() - began;
	}
out:
	close_hub(run);
	run->outcome = NULL;
	run->intake = NULL;
	intake_clear(&intake);
	stage_abandon(stage);
	return result;
}

static int work(struct run *run, const struct secret *secret, double began, struct err *err)
{
	int tries = 0, result;

	if (is_withdrawal(run)) {
		mem_replace(&run->sync->source, run->baseline.source);
		return attempt(run, began, err);
	}
	run->source = source_open(run->app, secret, run->options->cancel, err);
	if (!run->source)
		return -1;
	tell(run, PHASE_CONNECT);
	if (source_connect(run->source, err))
		return -1;
	mem_replace(&run->sync->source, source_learned(run->source)->root);
	do {
		result = attempt(run, began, err);
	} while (result && err->code == ERR_AGAIN && ++tries < ATTEMPTS);
	if (result && err->code == ERR_AGAIN)
		err_set(err, ERR_SOURCE,
			"The source changed its data under the pull %d times in a row. Try "
			"again when it is at rest.",
			ATTEMPTS);
	learned_copy(&run->app->learned, source_learned(run->source));
	return result;
}

int import_lock(struct lock *lock, const char *state, const char *doing, struct err *err)
{
	char *path = mem_printf("%s/import.lock", state);
	int result = file_make_dir(state, err) ? -1 : lock_take(lock, path, doing, err);

	free(path);
	return result;
}

void import_settle(const char *state, struct store *store)
{
	struct err ignored = {0};
	struct lock lock;

	/* Whoever may only read, or comes while an import runs, sees what is there. */
	if (!history_has_running(store) ||
		import_lock(&lock, state, "a look at the history", &ignored))
		return;
	history_interrupted(store, &ignored);
	lock_release(&lock);
}

static int start(struct run *run, struct err *err)
{
	struct sync *sync = run->sync;

	run->store = store_open(run->state, err);
	if (!run->store || verdict_baseline(run->store, run->app->name, &run->baseline, err))
		return -1;
	sync->base = run->baseline.accepted;
	sync->revision = run->baseline.revision;
	run->number = DRY_NUMBER;
	if (find_layered(run, err) || (run->options->mode != IMPORT_DRY_RUN &&
					      history_begin(run->store, run->app->name,
						      sync->started, &run->number, err)))
		return -1;
	if (run->options->mode != IMPORT_DRY_RUN)
		sync->number = run->number;
	return 0;
}

static void write_failure(struct run *run, const struct err *err)
{
	struct err ignored = {0};

	run->sync->state = SYNC_FAILED;
	mem_replace(&run->sync->error, err->text);
	run->sync->finished = time(NULL);
	/* When even this cannot be written, the next import finds the sync running and says so.
	 */
	if (run->store && run->sync->number)
		history_fail(run->store, run->sync->number, run->sync->finished, err->text,
			&ignored);
}

int import_run(const char *state, const struct settings *settings, struct app *app,
	const struct secret *secret, const struct import_options *options, struct sync *sync,
	struct err *err)
{
	struct run run = {.state = state,
		.settings = settings,
		.app = app,
		.options = options,
		.sync = sync};
	double began = now_exactly();
	struct lock lock = {-1};
	char doing[100];
	int result = -1;

	snprintf(doing, sizeof(doing), "import of %s", app->name);
	if (options->doing)
		snprintf(doing, sizeof(doing), "%s", options->doing);
	sync_init(sync);
	sync->app = mem_strdup(app->name);
	sync->state = SYNC_FAILED;
	sync->started = time(NULL);
	sync->prefix = mem_strdup(app->sis_id_prefix);
	app_settings_hash(&settings->rules, app, sync->settings_hash);
	if (ready_check(app, options->mode, err) ||
		ready_day(app, sync->started, run.today, &run.limits, err) ||
		import_lock(&lock, state, doing, err))
		return -1;
	if (!start(&run, err))
		result = work(&run, secret, began, err);
	if (result)
		write_failure(&run, err);
	source_close(run.source);
	store_close(run.store);
	baseline_clear(&run.baseline);
	lock_release(&lock);
	return result;
}
