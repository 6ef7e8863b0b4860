/*
 * The wizard: the gallery, then nine steps over one draft. It keeps their order and state, the
 * draft and the lock of the settings; each step is a screen of its own inside it.
 */
#ifndef WIZARD_H
#define WIZARD_H

#include <stdbool.h>

#include "base/lock.h"
#include "rules/schools.h"
#include "screen/screen.h"
#include "settings/draft.h"
#include "widget/form.h"
#include "widget/steps.h"

enum wizard_step {
	WIZARD_GALLERY = -1,
	WIZARD_DELIVERY,
	WIZARD_SCHOOLS,
	WIZARD_ATTRIBUTES,
	WIZARD_REQUIREMENTS,
	WIZARD_FILTERS,
	WIZARD_UNIQUENESS,
	WIZARD_MASTERS,
	WIZARD_SCHEDULE,
	WIZARD_DONE,
	WIZARD_STEPS
};

/* What shell_push(shell, &wizard_screen, ..) takes; NULL for a new app, or the draft that
 * waits. It must live until the next event. */
struct wizard_opening {
	const char *app; /* whose settings; copied */
	enum wizard_step step;
};

extern const struct screen wizard_screen;

struct wizard {
	struct shell *shell;
	struct settings base; /* as in the settings file when the wizard opened */
	struct draft draft;
	struct lock lock;
	bool read_only;
	char why[800]; /* .. and why */
	enum wizard_step at;
	enum wizard_step go; /* wanted; carried out between two keys */
	const struct screen *page;
	void *page_state;
	bool bad[WIZARD_STEPS]; /* a step shows a value that was not taken */
	bool asking;            /* the first question is not answered yet */
	char *opened_for;       /* owned; NULL: a new app */
	enum wizard_step opened_at;
	char labels[WIZARD_STEPS][80]; /* of the list of steps */
	struct school_lists lists;     /* of the source and the hub, once fetched */
	bool lists_known;
	struct fetch *fetch;             /* owned: the data that rules are tried on (fetch.h) */
	struct rules undo_app, undo_hub; /* the rules before the last edit */
	bool may_undo;
};

/* ---- for the steps: their open is given the struct wizard ---- */

struct app *wizard_app(const struct wizard *wizard); /* of the draft; NULL in the gallery */
enum form_access wizard_access(const struct wizard *wizard);

/* Something of the draft changed: it is saved. */
void wizard_changed(struct wizard *wizard);

/* The rules of the draft: the app's, or those of the hub, as the kind is. */
struct rules *wizard_rules(const struct wizard *wizard, enum rule_kind kind);

/* Before each edit of rules: what wizard_undo comes back to. */
void wizard_remember(struct wizard *wizard);

/* Takes the last edit of rules back, and saves; once more brings it again. False: none yet. */
bool wizard_undo(struct wizard *wizard);

/* The schools that are known are fetched anew; or all that is known, which may be another
 * source's now. */
void wizard_forget_schools(struct wizard *wizard);
void wizard_forget_source(struct wizard *wizard);

/* Begins the draft of a new app and goes to the first step. */
int wizard_activate(
	struct wizard *wizard, enum app_kind kind, const char *name, struct err *err);

void wizard_next(struct wizard *wizard); /* refused, with words, while the step has a fault */
void wizard_go(struct wizard *wizard, enum wizard_step step);

/* The draft has been applied and removed: on to the dashboard. */
void wizard_over(struct wizard *wizard);

const char *wizard_title(enum wizard_step step);
enum step_state wizard_state(const struct wizard *wizard, enum wizard_step step);

extern const struct screen gallery_screen, delivery_screen, schools_screen, attributes_screen,
	requirements_screen, filters_screen, uniqueness_screen, masters_screen, schedule_screen,
	done_screen;

#endif
