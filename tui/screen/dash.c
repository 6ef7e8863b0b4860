#include "screen/dash.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "base/file.h"
#include "base/mem.h"
#include "settings/secret.h"
#include "settings/settings_file.h"
#include "summary.h"
#include "sync/import.h"

enum { LOOK_MS = 1000 };

/* ---- reading, in a worker ---------------------------------------------------------------- */

static void facts_clear(struct dash_facts *facts)
{
	size_t i;

	for (i = 0; i < facts->sync_count; i++)
		sync_clear(&facts->syncs[i]);
	free(facts->syncs);
	settings_clear(&facts->settings);
	memset(facts, 0, sizeof(*facts));
}

/* Takes over all that a sync owns: its texts and hits live on in the copy. */
static int keep_sync(void *arg, const struct sync *sync, struct err *err)
{
	struct dash_facts *facts = arg;
	struct sync *kept;
	size_t i;

	(void)err;
	facts->syncs = mem_grow(facts->syncs, facts->sync_count + 1, sizeof(*facts->syncs));
	kept = &facts->syncs[facts->sync_count++];
	*kept = *sync;
	kept->app = mem_strdup(sync->app);
	kept->source = mem_strdup(sync->source);
	kept->error = mem_strdup(sync->error);
	kept->decided_by = mem_strdup(sync->decided_by);
	kept->reason = mem_strdup(sync->reason);
	kept->hits = mem_zero(sync->hit_count, sizeof(*kept->hits));
	for (i = 0; i < sync->hit_count; i++) {
		kept->hits[i] = sync->hits[i];
		kept->hits[i].school = mem_strdup(sync->hits[i].school);
		kept->hits[i].school_name = mem_strdup(sync->hits[i].school_name);
	}
	return 0;
}

/* A store that is not there yet is empty: reading makes none. */
static int open_keeper(struct dash *dash, struct err *err)
{
	char *path = mem_printf("%s/hub.db", dash->state);
	bool there = file_exists(path);

	free(path);
	if (!dash->keeper && there)
		dash->keeper = store_open(dash->state, err);
	return there && !dash->keeper ? -1 : 0;
}

static int read_store(struct dash *dash, const char *app, struct err *err)
{
	struct dash_facts *facts = &dash->fresh;
	int result;

	if (open_keeper(dash, err))
		return -1;
	if (!dash->keeper)
		return 0;
	import_settle(dash->state, dash->keeper); /* of a killed import it is said so */
	if (store_freeze(dash->keeper, err))
		return -1;
	result = history_each(dash->keeper, app, DASH_SYNCS, keep_sync, facts, err) ||
				 store_totals(dash->keeper, app, facts->totals, err)
			 ? -1
			 : 0;
	store_thaw(dash->keeper);
	return result;
}

static int read_facts(struct work *work, void *arg, struct err *err)
{
	struct dash *dash = arg;
	const struct app *app;

	(void)work;
	if (settings_file_read(dash->config, &dash->fresh.settings, err)) {
		settings_init(&dash->fresh.settings);
		return -1;
	}
	if (!dash->asked && dash->fresh.settings.count)
		dash->asked = mem_strdup(dash->fresh.settings.apps[0]->name);
	if (!dash->asked)
		return 0;
	app = settings_app(&dash->fresh.settings, dash->asked);
	dash->fresh.secret_missing = app && secret_is_missing(dash->state, app);
	if (app)
		outlook_take(app, time(NULL), &dash->fresh.outlook);
	return read_store(dash, dash->asked, err);
}

/* ---- when to read -------------------------------------------------------------------------
 */

static int64_t stamp_of(const char *dir, const char *name, int64_t *size)
{
	char *path = mem_printf("%s%s", dir, name);
	struct stat st;
	int64_t when = 0;

	if (!stat(path, &st)) {
		when = (int64_t)st.st_mtim.tv_sec * 1000000000 + st.st_mtim.tv_nsec;
		if (size)
			*size = st.st_size;
	}
	free(path);
	return when;
}

static struct dash_stamp take_stamp(const struct dash *dash)
{
	struct dash_stamp stamp;

	memset(&stamp, 0, sizeof(stamp)); /* compared whole */
	stamp.settings = stamp_of(dash->config, "", NULL);
	stamp.hub = stamp_of(dash->state, "/hub.db", NULL);
	stamp.log = stamp_of(dash->state, "/hub.db-wal", &stamp.log_size);
	return stamp;
}

static void begin_reading(struct dash *dash)
{
	dash->stale = false;
	dash->stamp = take_stamp(dash);
	free(dash->asked);
	dash->asked = mem_strdup(dash->app);
	facts_clear(&dash->fresh);
	settings_init(&dash->fresh.settings);
	work_begin(&dash->work, shell_wake(dash->shell), read_facts, dash);
}

/* True when a worker has brought something. */
static bool take_reading(struct dash *dash)
{
	struct err err = {0};
	int result;

	if (!work_take(&dash->work, &result, &err))
		return false;
	/* Another app was chosen meanwhile: not of interest any more. */
	if (dash->app && dash->asked && strcmp(dash->app, dash->asked) != 0)
		return false;
	if (result && dash->version) { /* what was known is better than nothing */
		dash->now.err = err;
		return false;
	}
	facts_clear(&dash->now);
	dash->now = dash->fresh;
	memset(&dash->fresh, 0, sizeof(dash->fresh));
	dash->now.err = err;
	mem_replace(&dash->app, dash->asked);
	if (result)
		return true;
	dash->version++;
	return true;
}

struct dash *dash_new(struct shell *shell, const char *app)
{
	struct dash *dash = mem_zero(1, sizeof(*dash));

	dash->shell = shell;
	dash->config = shell_options(shell)->config;
	dash->state = shell_options(shell)->state;
	dash->app = mem_strdup(app);
	dash->on_top = true;
	decision_init(&dash->decision, dash);
	watch_init(&dash->watch, dash->config, dash->state);
	begin_reading(dash);
	return dash;
}

void dash_free(struct dash *dash)
{
	decision_clear(&dash->decision);
	work_stop(&dash->work);
	store_close(dash->keeper);
	facts_clear(&dash->now);
	facts_clear(&dash->fresh);
	watch_clear(&dash->watch);
	free(dash->opening);
	free(dash->asked);
	free(dash->app);
	free(dash);
}

/* An import that ended without a sync of its own said why not: its last words. */
static void tell_last_words(struct dash *dash)
{
	const struct sync *newest = dash_newest(dash);
	bool known = newest && newest->error && newest->started >= dash->watch.started_at;

	if (*dash->watch.said && !known)
		shell_say(dash->shell, DRAW_ERROR, "%s", dash->watch.said);
	dash->watch.said[0] = '\0';
}

bool dash_tick(struct dash *dash, int64_t now)
{
	bool fresh = take_reading(dash);
	struct dash_stamp stamp;

	if (watch_tick(&dash->watch, now) == WATCH_ENDED)
		dash->stale = true;
	else if (fresh && !dash->stale)
		tell_last_words(dash);
	if (decision_tick(&dash->decision))
		dash->stale = true;
	if (now - dash->looked >= LOOK_MS) {
		dash->looked = now;
		stamp = take_stamp(dash);
		if (memcmp(&stamp, &dash->stamp, sizeof(stamp)) != 0)
			dash->stale = true;
	}
	if (dash->stale && !work_running(&dash->work))
		begin_reading(dash);
	return fresh;
}

int dash_wait(const struct dash *dash, int64_t now)
{
	int watch = watch_wait(&dash->watch, now);
	int64_t look = dash->looked + LOOK_MS - now;

	if (look < 0)
		look = 0;
	return watch < look ? watch : (int)look;
}

void dash_reload(struct dash *dash)
{
	dash->stale = true;
	if (!work_running(&dash->work))
		begin_reading(dash);
}

void dash_choose(struct dash *dash, const char *app)
{
	mem_replace(&dash->app, app);
	facts_clear(&dash->now);
	settings_init(&dash->now.settings);
	dash->version = 0;
	dash_reload(dash);
}

/* ---- what it means ------------------------------------------------------------------------
 */

const struct app *dash_app(const struct dash *dash)
{
	return dash->app ? settings_app(&dash->now.settings, dash->app) : NULL;
}

const struct sync *dash_sync(const struct dash *dash, int64_t number)
{
	size_t i;

	for (i = 0; i < dash->now.sync_count; i++)
		if (dash->now.syncs[i].number == number)
			return &dash->now.syncs[i];
	return NULL;
}

const struct sync *dash_held(const struct dash *dash)
{
	size_t i;

	for (i = 0; i < dash->now.sync_count; i++)
		if (dash->now.syncs[i].state == SYNC_HELD)
			return &dash->now.syncs[i];
	return NULL;
}

const struct sync *dash_newest(const struct dash *dash)
{
	size_t i;

	for (i = 0; i < dash->now.sync_count; i++)
		if (dash->now.syncs[i].state != SYNC_RUNNING)
			return &dash->now.syncs[i];
	return NULL;
}

void dash_missing(const struct dash *dash, char *out, size_t size)
{
	const struct app *app = dash_app(dash);
	struct buf text;

	*out = '\0';
	if (!app)
		return;
	buf_init(&text);
	summary_missing(&text, app, dash->now.secret_missing);
	snprintf(out, size, "%s", text.data);
	buf_clear(&text);
}

enum dash_state dash_state(const struct dash *dash)
{
	const struct sync *newest = dash_newest(dash);
	char missing[200];

	if (dash->app && watch_is_running(&dash->watch, dash->app))
		return DASH_RUNNING;
	if (!dash->version)
		return dash->now.err.code ? DASH_UNREADABLE : DASH_UNKNOWN;
	if (dash_held(dash))
		return DASH_HELD;
	dash_missing(dash, missing, sizeof(missing));
	if (!dash_app(dash) || *missing)
		return DASH_INCOMPLETE;
	if (dash->now.outlook.rollover[ROLLOVER_SUSPEND])
		return DASH_SUSPENDED;
	return newest && newest->state == SYNC_FAILED ? DASH_FAILED : DASH_READY;
}

const char *dash_state_word(enum dash_state state)
{
	static const char *const words[] = {[DASH_UNKNOWN] = "reading",
		[DASH_UNREADABLE] = "cannot be read",
		[DASH_INCOMPLETE] = "not configured",
		[DASH_READY] = "ready",
		[DASH_RUNNING] = "running",
		[DASH_HELD] = "held",
		[DASH_SUSPENDED] = "suspended",
		[DASH_FAILED] = "failed"};

	return words[state];
}

enum draw_role dash_state_role(enum dash_state state)
{
	static const enum draw_role roles[] = {[DASH_UNKNOWN] = DRAW_DIM,
		[DASH_UNREADABLE] = DRAW_ERROR,
		[DASH_INCOMPLETE] = DRAW_WARNING,
		[DASH_READY] = DRAW_OK,
		[DASH_RUNNING] = DRAW_LINK,
		[DASH_HELD] = DRAW_HELD,
		[DASH_SUSPENDED] = DRAW_WARNING,
		[DASH_FAILED] = DRAW_ERROR};

	return roles[state];
}

enum draw_role dash_sync_role(enum sync_state state)
{
	static const enum draw_role roles[] = {[SYNC_RUNNING] = DRAW_LINK,
		[SYNC_ACCEPTED] = DRAW_OK,
		[SYNC_HELD] = DRAW_HELD,
		[SYNC_REJECTED] = DRAW_WARNING,
		[SYNC_FAILED] = DRAW_ERROR,
		[SYNC_UNCHANGED] = DRAW_NORMAL};

	return roles[state];
}

struct counts dash_sum(const struct counts counts[ENTITY_COUNT])
{
	struct counts sum = {.unchanged = 0};
	enum entity e;
	enum change c;

	for (e = 0; e < ENTITY_COUNT; e++) {
		for (c = 0; c < CHANGE_KINDS; c++)
			sum.changed[c] += counts[e].changed[c];
		sum.unchanged += counts[e].unchanged;
	}
	return sum;
}

char *dash_when(int64_t when, char out[DASH_WHEN])
{
	time_t t = (time_t)when;
	struct tm tm;

	if (!when || !localtime_r(&t, &tm) || !strftime(out, DASH_WHEN, "%Y-%m-%d %H:%M", &tm))
		*out = '\0';
	return out;
}

const char *dash_title(enum entity entity)
{
	static const char *const titles[ENTITY_COUNT] = {[ENTITY_SCHOOL] = "Schools",
		[ENTITY_CALENDAR] = "Calendars",
		[ENTITY_STUDENT] = "Students",
		[ENTITY_TEACHER] = "Teachers",
		[ENTITY_ADMIN] = "Admins",
		[ENTITY_CONTACT] = "Contacts",
		[ENTITY_COURSE] = "Courses",
		[ENTITY_CLASS] = "Classes",
		[ENTITY_ENROLLMENT] = "Enrollments"};

	return entity < ENTITY_COUNT ? titles[entity] : "All";
}

/* ---- Run Import ---------------------------------------------------------------------------
 */

static void start(struct dash *dash)
{
	struct err err = {0};

	if (watch_start(&dash->watch, dash->app, &err))
		shell_say(dash->shell, DRAW_ERROR, "%s", err.text);
}

static void answer_run(void *arg, struct dialog *dialog, int answer)
{
	(void)dialog;
	if (answer == 0)
		start(arg);
}

/* What is held is dropped by the next import, and a suspension has its reason. */
static void ask_run(struct dash *dash, const struct sync *held)
{
	static const char *const labels[] = {"Run Import", "Cancel"};
	struct dialog dialog;
	char *text =
		held ? mem_printf("Sync %lld waits for a decision. A new import takes its "
				  "place: if it succeeds, sync %lld is dropped undecided.",
			       (long long)held->number, (long long)held->number)
		     : mem_printf("Imports are suspended until %s: nothing runs by itself. "
				  "You can run one all the same.",
			       dash_app(dash)->rollover.suspend.until);

	dialog_confirm(&dialog, "Run Import", text, labels, 2, 1);
	shell_ask(dash->shell, &dialog, answer_run, dash);
	free(text);
}

void dash_run(struct dash *dash)
{
	const struct sync *held = dash_held(dash);
	char missing[200];

	dash_missing(dash, missing, sizeof(missing));
	if (!dash->version && dash->now.err.code)
		shell_say(dash->shell, DRAW_ERROR, "%s", dash->now.err.text);
	else if (!dash->version)
		shell_say(dash->shell, DRAW_NORMAL, "One moment: still reading.");
	else if (!dash_app(dash))
		shell_say(dash->shell, DRAW_ERROR, "There is no app to import from.");
	else if (watch_is_running(&dash->watch, dash->app))
		shell_say(dash->shell, DRAW_NORMAL, "The import runs already.");
	else if (*missing)
		shell_say(dash->shell, DRAW_ERROR,
			"It cannot run yet. Missing: %s. See the tab Settings.", missing);
	else if (held || dash->now.outlook.rollover[ROLLOVER_SUSPEND])
		ask_run(dash, held);
	else
		start(dash);
}

static void answer_cancel(void *arg, struct dialog *dialog, int answer)
{
	struct dash *dash = arg;
	struct err err = {0};

	(void)dialog;
	if (answer != 0)
		return;
	if (watch_cancel(&dash->watch, &err))
		shell_say(dash->shell, DRAW_ERROR, "%s", err.text);
	else
		shell_say(dash->shell, DRAW_NORMAL, "The import was asked to stop.");
}

void dash_ask_cancel(struct dash *dash)
{
	static const char *const labels[] = {"Cancel the import", "Let it run"};
	struct dialog dialog;

	dialog_confirm(&dialog, "Cancel the import",
		"What it has read so far is dropped. The hub stays as it is; nothing is lost "
		"but the time.",
		labels, 2, 1);
	shell_ask(dash->shell, &dialog, answer_cancel, dash);
}
