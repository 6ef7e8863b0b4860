/*
 * What the tabs of the dashboard share: the app that is looked at, what a worker last read of
 * settings and store, and the import that runs. Read anew when another process wrote.
 */
#ifndef SCREEN_DASH_H
#define SCREEN_DASH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "schedule/outlook.h"
#include "settings/settings.h"
#include "screen/decide.h"
#include "shell.h"
#include "store/browse.h"
#include "store/history.h"
#include "watch.h"
#include "widget/widget.h"
#include "work.h"

enum { DASH_SYNCS = 1000, DASH_WHEN = 24 };

/* Of one moment. */
struct dash_facts {
	struct settings settings;
	struct sync *syncs; /* owned; of the app, newest first, DASH_SYNCS at most */
	size_t sync_count;
	int64_t totals[ENTITY_COUNT]; /* in the hub, of the app */
	bool secret_missing;          /* which the app needs */
	struct outlook outlook;       /* of its schedule */
	struct err err;               /* why something could not be read; ERR_NONE: it could */
};

/* When what is read was written last. */
struct dash_stamp {
	int64_t settings, hub, log; /* nanoseconds; 0: not there */
	int64_t log_size;
};

enum dash_state {
	DASH_UNKNOWN,    /* not read yet */
	DASH_UNREADABLE, /* now.err says why */
	DASH_INCOMPLETE,
	DASH_READY,
	DASH_RUNNING,
	DASH_HELD,
	DASH_SUSPENDED,
	DASH_FAILED
};

struct dash {
	struct shell *shell;   /* borrowed */
	const char *config;    /* borrowed */
	const char *state;     /* borrowed: the state directory */
	char *app;             /* owned; NULL: there is none */
	struct watch watch;    /* of the import that runs */
	struct dash_facts now; /* as read last */
	unsigned version;      /* counts the readings; 0: none yet */

	struct work work;        /* that reads */
	struct dash_facts fresh; /* what it reads */
	char *asked;             /* owned: the app it reads of; NULL: the first */
	struct store *keeper;    /* its; kept open, else each reading would write to the disk */
	struct dash_stamp stamp; /* when it began */
	int64_t looked;          /* term_now */
	bool stale;              /* to be read anew */

	struct decision decision; /* the one that is asked for or being written */

	void *opening; /* owned: what a step of the wizard is opened with */

	enum widget_focus focus; /* of the tab: WIDGET_BLURRED while a head has it */
	bool on_top;             /* no other screen lies over the dashboard */
};

struct dash *dash_new(struct shell *shell, const char *app);
void dash_free(struct dash *dash);

/* Looks after worker and import. True when something was read anew. */
bool dash_tick(struct dash *dash, int64_t now);
int dash_wait(const struct dash *dash, int64_t now);
void dash_reload(struct dash *dash); /* something was changed here */
void dash_choose(struct dash *dash, const char *app);

const struct app *dash_app(const struct dash *dash); /* NULL: not in the settings */
enum dash_state dash_state(const struct dash *dash);
const char *dash_state_word(enum dash_state state); /* "held" */
enum draw_role dash_state_role(enum dash_state state);

/* What keeps an import from running, "a, b"; "" for nothing. */
void dash_missing(const struct dash *dash, char *out, size_t size);

const struct sync *dash_sync(const struct dash *dash, int64_t number); /* NULL: not there */
const struct sync *dash_held(const struct dash *dash);                 /* the newest; NULL */
const struct sync *dash_newest(const struct dash *dash);               /* that ended; NULL */

/* Run Import, as asked for by a key or button: says what hinders it. */
void dash_run(struct dash *dash);
void dash_ask_cancel(struct dash *dash);

/* Sums over the entity types. */
struct counts dash_sum(const struct counts counts[ENTITY_COUNT]);

/* Words. */
char *dash_when(int64_t when, char out[DASH_WHEN]); /* "2026-11-23 03:31"; "" for 0 */
const char *dash_title(enum entity entity);         /* "Students" */
enum draw_role dash_sync_role(enum sync_state state);

/* ---- the tabs: their open is given the struct dash ---- */

extern const struct screen overview_screen, history_screen, changes_screen, data_screen,
	quality_screen, duplicates_screen, steps_screen;

/* ---- what opens over the dashboard; `dash` lives longer. shell_push copies nothing: these
 * keep their arg until open has been called. ---- */

void dash_open_sync(struct dash *dash, int64_t number);

/* The records of one entity type that a sync changes. */
void dash_open_changes(struct dash *dash, int64_t sync, enum entity entity, enum change change);

/* All attributes of a record, or its old and new values. */
void dash_open_record(struct dash *dash, enum entity entity, struct browse_row row);
void dash_open_change(struct dash *dash, enum entity entity, struct browse_row row);

/* A step of the wizard, WIZARD_DELIVERY and on; without an app, the gallery. */
void dash_open_step(struct dash *dash, int step);
void dash_open_gallery(struct dash *dash);

/* The problems of one class that a sync found. */
void dash_open_problems(struct dash *dash, int64_t sync, enum problem problem);

#endif
