#include "fetch.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "settings/secret.h"
#include "shell.h"
#include "source/pulled.h"
#include "sync/import.h"
#include "term/term.h"
#include "watch.h"
#include "widget/progress.h"
#include "wizard.h"
#include "work.h"

enum { TELL_MS = 100, LOW = 9 }; /* between two pictures; lines below which one must do */

struct fetch {
	struct wizard *wizard; /* borrowed */
	time_t when;           /* the last pull ended; 0: none */
	bool looked;
	char error[800]; /* of the last fetch; "" when it went well */
	struct progress bar;

	/* The thread's, until its end was taken. */
	struct work work;
	char *state; /* owned */
	char *doing; /* owned */
	int64_t told;
	struct settings settings; /* the draft's, copied */
	struct secret secret;
	struct import_progress progress; /* both sides', under the lock */
};

struct fetch *fetch_new(struct wizard *wizard)
{
	struct fetch *fetch = mem_zero(1, sizeof(*fetch));

	fetch->wizard = wizard;
	settings_init(&fetch->settings);
	return fetch;
}

static void clear(struct fetch *fetch)
{
	work_stop(&fetch->work);
	settings_clear(&fetch->settings);
	secret_wipe(&fetch->secret);
	mem_replace(&fetch->state, NULL);
	mem_replace(&fetch->doing, NULL);
	memset(&fetch->bar, 0, sizeof(fetch->bar));
}

void fetch_free(struct fetch *fetch)
{
	if (!fetch)
		return;
	clear(fetch);
	free(fetch);
}

/* ---- in the thread ---- */

static void take_progress(void *arg, const struct import_progress *progress)
{
	struct fetch *fetch = arg;
	int64_t now = term_now();

	if (fetch->told && now - fetch->told < TELL_MS)
		return;
	fetch->told = now;
	work_lock(&fetch->work);
	fetch->progress = *progress;
	work_unlock(&fetch->work);
	work_changed(&fetch->work);
}

static int run(struct work *work, void *arg, struct err *err)
{
	struct fetch *fetch = arg;
	const struct import_options options = {.mode = IMPORT_DRY_RUN,
		.doing = fetch->doing,
		.cancel = &work->cancel,
		.progress = take_progress,
		.arg = fetch};
	struct sync sync;
	int result = import_run(fetch->state, &fetch->settings, fetch->settings.apps[0],
		&fetch->secret, &options, &sync, err);

	sync_clear(&sync);
	return result;
}

/* ---- beginning and ending ---- */

/* What must be there first; NULL: all is. */
static const char *what_lacks(const struct app *app)
{
	size_t i;

	if (!app->terms.version)
		return "The terms are not accepted yet. F6 goes back to Delivery Config.";
	for (i = 0; i < app->school_count; i++)
		if (app->schools[i].on)
			return NULL;
	return "No school is switched on yet. F6 goes back to Schools Mapping.";
}

static void begin(struct fetch *fetch)
{
	struct wizard *wizard = fetch->wizard;
	const struct app *app = wizard_app(wizard);
	const char *state = shell_options(wizard->shell)->state, *lacks = what_lacks(app);
	struct err err;

	if (wizard->read_only) {
		shell_say(wizard->shell, DRAW_ERROR, "Read-only. %s", wizard->why);
		return;
	}
	clear(fetch);
	if (lacks || secret_need(state, app, &fetch->secret, &err)) {
		shell_say(wizard->shell, DRAW_ERROR, "%s", lacks ? lacks : err.text);
		return;
	}
	*fetch->error = '\0';
	fetch->told = 0;
	fetch->state = mem_strdup(state);
	fetch->doing = mem_printf("a look at the data of %s", app->name);
	memset(&fetch->progress, 0, sizeof(fetch->progress));
	app_copy(settings_add_app(&fetch->settings, app->kind, app->name, &err), app);
	rules_copy(&fetch->settings.rules, wizard_rules(wizard, RULE_OF_HUB));
	work_begin(&fetch->work, shell_wake(wizard->shell), run, fetch);
}

static void took(struct fetch *fetch, int result, const struct err *err)
{
	struct wizard *wizard = fetch->wizard;

	if (!result) {
		learned_copy(&wizard_app(wizard)->learned, &fetch->settings.apps[0]->learned);
		fetch->looked = false;
	} else if (err->code == ERR_CANCELLED) {
		shell_say(wizard->shell, DRAW_NORMAL,
			"Cancelled. Nothing was changed; what was fetched before is kept.");
	} else {
		snprintf(fetch->error, sizeof(fetch->error), "%s", err->text);
	}
	clear(fetch);
}

void fetch_tick(struct fetch *fetch, int64_t now)
{
	struct import_progress progress;
	char phase[80];
	struct err err;
	int result;

	if (work_take(&fetch->work, &result, &err)) {
		took(fetch, result, &err);
		return;
	}
	if (!work_running(&fetch->work))
		return;
	work_lock(&fetch->work);
	progress = fetch->progress;
	work_unlock(&fetch->work);
	watch_phase_of(&progress, phase, sizeof(phase));
	if (progress.phase != PHASE_PULL)
		memset(&progress.pull, 0, sizeof(progress.pull));
	progress_update(&fetch->bar, phase, (uint64_t)progress.pull.received,
		progress.pull.total > 0 ? (uint64_t)progress.pull.total : 0, now);
}

void fetch_forget(struct fetch *fetch)
{
	clear(fetch);
	fetch->looked = false;
	*fetch->error = '\0';
}

/* ---- for the steps ---- */

time_t fetch_when(struct wizard *wizard)
{
	struct fetch *fetch = wizard->fetch;

	if (!fetch->looked && !pulled_when(shell_options(wizard->shell)->state,
				      wizard_app(wizard)->name, &fetch->when))
		fetch->when = 0;
	fetch->looked = true;
	return fetch->when;
}

bool fetch_key(struct wizard *wizard, const struct key *key)
{
	struct fetch *fetch = wizard->fetch;
	bool running = work_running(&fetch->work);

	if (key->code == K_ESC && running)
		work_cancel(&fetch->work);
	else if (key->code != K_RUN && !key_typed(key, "r"))
		return false;
	else if (!running)
		begin(fetch);
	return true;
}

static void draw_running(const struct fetch *fetch, struct rect area)
{
	char text[200];

	if (area.height > 1) {
		progress_draw(&fetch->bar, area.y, area.x, area.width);
		draw_right(area.y, area.x, area.width, DRAW_DIM, "Esc cancels");
	} else {
		draw_textf(area.y, area.x, area.width, DRAW_NORMAL, "%s. Esc cancels.",
			progress_text(&fetch->bar, text, sizeof(text)));
	}
}

struct rect fetch_draw(struct wizard *wizard, struct rect area)
{
	struct fetch *fetch = wizard->fetch;
	time_t when = fetch_when(wizard);
	struct rect own = area;
	char at[40];
	struct tm tm;

	if (area.height < LOW && when && !*fetch->error && !work_running(&fetch->work))
		return area; /* the help says it, too */
	own.height = area.height < LOW || (when && !*fetch->error) ? 1 : 2;
	if (work_running(&fetch->work) && area.height >= LOW)
		own.height = 2;
	own.y += area.height - own.height;
	area.height -= own.height;
	if (work_running(&fetch->work)) {
		draw_running(fetch, own);
	} else if (*fetch->error) {
		draw_wrapped(own, 0, DRAW_ERROR, fetch->error);
	} else if (when) {
		strftime(at, sizeof(at), "%Y-%m-%d %H:%M", localtime_r(&when, &tm));
		draw_textf(own.y, own.x, own.width, DRAW_DIM,
			"Data as fetched %s; r fetches it anew.", at);
	} else {
		draw_wrapped(own, 0, DRAW_NORMAL,
			"r fetches the data, to show real values here: a dry run, which "
			"changes nothing in the hub.");
	}
	return area;
}
