#include "wizard_steps.h"

#include <stdio.h>

#include "settings/secret.h"
#include "shell.h"
#include "wizard_begin.h"

static const struct {
	const char *title;
	const struct screen *screen;
} table[WIZARD_STEPS] = {
	[WIZARD_DELIVERY] = {"Delivery Config", &delivery_screen},
	[WIZARD_SCHOOLS] = {"Schools Mapping", &schools_screen},
	[WIZARD_ATTRIBUTES] = {"Attributes Mapping", &attributes_screen},
	[WIZARD_REQUIREMENTS] = {"Data Requirements", &requirements_screen},
	[WIZARD_FILTERS] = {"Filter Rules", &filters_screen},
	[WIZARD_UNIQUENESS] = {"Domains of Uniqueness", &uniqueness_screen},
	[WIZARD_MASTERS] = {"Master Fields", &masters_screen},
	[WIZARD_SCHEDULE] = {"Schedule", &schedule_screen},
	[WIZARD_DONE] = {"Done", &done_screen},
};

const char *wizard_title(enum wizard_step step)
{
	return step == WIZARD_GALLERY ? "Application Gallery" : table[step].title;
}

const struct screen *wizard_screen_of(enum wizard_step step)
{
	return step == WIZARD_GALLERY ? &gallery_screen : table[step].screen;
}

static bool delivery_done(const struct wizard *wizard)
{
	const struct app *app = wizard_app(wizard);

	return !app_lacks(app) && !secret_is_missing(wizard_state_dir(wizard), app) &&
	       app->terms.version > 0;
}

static bool any_school(const struct app *app)
{
	size_t i;

	for (i = 0; i < app->school_count; i++) {
		if (app->schools[i].on)
			return true;
	}
	return false;
}

enum step_state wizard_state(const struct wizard *wizard, enum wizard_step step)
{
	bool done;

	if (wizard->bad[step])
		return STEP_ERROR;
	if (step == WIZARD_DELIVERY)
		done = delivery_done(wizard);
	else if (step == WIZARD_SCHOOLS)
		done = any_school(wizard_app(wizard));
	else if (step == WIZARD_DONE)
		done = false;
	else /* they have working defaults: seen is done */
		done = wizard->draft.visited & 1u << step;
	return done ? STEP_DONE : STEP_INCOMPLETE;
}

/* ---- the list of steps ---- */

static bool may_jump(const struct wizard *wizard, enum wizard_step step)
{
	return wizard->draft.visited & 1u << step ||
	       (step == WIZARD_DONE && wizard->draft.visited & 1u << WIZARD_ATTRIBUTES);
}

static void answer_steps(void *arg, struct dialog *dialog, int answer)
{
	struct wizard *wizard = arg;

	(void)dialog;
	if (answer < 0)
		return;
	if (!may_jump(wizard, (enum wizard_step)answer))
		shell_say(wizard->shell, DRAW_NORMAL,
			"%s has not been visited yet: F8 leads there step by step.",
			wizard_title((enum wizard_step)answer));
	else if (answer != (int)wizard->at && wizard_may_leave(wizard, LEAVE_ASIDE))
		wizard_go(wizard, (enum wizard_step)answer);
}

void wizard_show_steps(struct wizard *wizard)
{
	const char *labels[WIZARD_STEPS];
	struct dialog dialog;
	int i;

	if (!wizard_app(wizard)) {
		shell_say(wizard->shell, DRAW_NORMAL, "The steps come after the gallery.");
		return;
	}
	for (i = 0; i < WIZARD_STEPS; i++) {
		snprintf(wizard->labels[i], sizeof(wizard->labels[i]), "%d %s (%s)", i + 1,
			table[i].title,
			!may_jump(wizard, (enum wizard_step)i)
				? "not visited yet"
				: step_word(wizard_state(wizard, (enum wizard_step)i)));
		labels[i] = wizard->labels[i];
	}
	dialog_menu(&dialog, "Steps", "Go to:", labels, WIZARD_STEPS, (size_t)wizard->at);
	shell_ask(wizard->shell, &dialog, answer_steps, wizard);
}

struct rect wizard_draw_steps(const struct wizard *wizard, struct rect area)
{
	struct step steps[WIZARD_STEPS];
	int used = area.height > 12 ? 2 : 1, i;

	for (i = 0; i < WIZARD_STEPS; i++)
		steps[i] = (struct step){
			table[i].title, wizard_state(wizard, (enum wizard_step)i)};
	if (area.width >= STEPS_LIST_FROM) {
		struct rect list = {area.y + 1, area.x, area.height - 1, STEPS_LIST_WIDTH};

		steps_draw_list(list, steps, WIZARD_STEPS, (size_t)wizard->at);
		area.x += STEPS_LIST_WIDTH + 2;
		area.width -= STEPS_LIST_WIDTH + 2;
		draw_textf(area.y, area.x, area.width, DRAW_TITLE, "Step %d of %d: %s",
			wizard->at + 1, WIZARD_STEPS, wizard_title(wizard->at));
	} else {
		steps_draw_bar(
			area.y, area.x, area.width, steps, WIZARD_STEPS, (size_t)wizard->at);
	}
	area.y += used;
	area.height -= used;
	return area;
}
