/* Step 9, Done: the summary of all choices, and Finish. */
#include <stdio.h>
#include <stdlib.h>

#include "apply.h"
#include "base/mem.h"
#include "shell.h"
#include "summary.h"
#include "term/cells.h"
#include "wizard.h"
#include "work.h"

static const char *const buttons[] = {"Finish", "Back"};
enum { BUTTONS = 2 };

struct done {
	struct shell *shell;
	struct wizard *wizard;
	struct buf text;
	size_t focus;
	int scroll, scroll_most, page;
	struct work work;
	char phase[80]; /* shared with the thread */
};

static void write_steps(struct done *done)
{
	int step;

	for (step = 0; step < WIZARD_DONE; step++) {
		enum step_state state = wizard_state(done->wizard, (enum wizard_step)step);

		if (step <= WIZARD_SCHOOLS && state != STEP_DONE)
			buf_addf(&done->text, "! Step %d, %s, is %s.\n", step + 1,
				wizard_title((enum wizard_step)step),
				state == STEP_ERROR ? "in error" : "incomplete");
	}
}

static void *done_open(struct shell *shell, void *wizard)
{
	struct done *done = mem_zero(1, sizeof(*done));

	done->shell = shell;
	done->wizard = wizard;
	buf_init(&done->text);
	write_steps(done);
	summary_write(&done->text, wizard_app(wizard), &done->wizard->base,
		shell_options(shell)->state,
		done->wizard->lists_known ? &done->wizard->lists : NULL);
	summary_write_hub(&done->text, wizard_rules(done->wizard, RULE_OF_HUB));
	return done;
}

static void done_close(void *state)
{
	struct done *done = state;

	work_stop(&done->work); /* it is short, and must not be cut in the middle */
	buf_clear(&done->text);
	free(done);
}

static void draw_buttons(const struct done *done, int y, struct rect area)
{
	int x = area.x;
	size_t i;

	for (i = 0; i < BUTTONS; i++) {
		enum draw_role role = i == done->focus ? DRAW_LINK | DRAW_FOCUS : DRAW_LINK;

		if (i == done->focus)
			draw_cursor(y, x + 2);
		x += draw_textf(y, x, area.x + area.width - x, role, "[ %s ]", buttons[i]) + 2;
	}
}

static void draw_work(struct done *done)
{
	struct rect inner = draw_popup(2, 50, "Finish");

	work_lock(&done->work);
	draw_text(inner.y, inner.x, inner.width, DRAW_NORMAL, done->phase);
	work_unlock(&done->work);
}

static void done_draw(void *state, struct rect area)
{
	struct done *done = state;
	int lines = cells_lines(done->text.data, area.width);
	struct rect text = area;

	text.height = lines < area.height - 2 ? lines : area.height - 2;
	done->page = text.height;
	done->scroll_most = lines > text.height ? lines - text.height : 0;
	if (done->scroll > done->scroll_most)
		done->scroll = done->scroll_most;
	draw_wrapped(text, done->scroll, DRAW_NORMAL, done->text.data);
	if (done->scroll > 0)
		draw_cut(text.y, text.x + text.width - 1, 1, DRAW_LINK,
			draw_glyph(GLYPH_MORE_ABOVE));
	if (done->scroll < done->scroll_most)
		draw_cut(text.y + text.height - 1, text.x + text.width - 1, 1, DRAW_LINK,
			draw_glyph(GLYPH_MORE_BELOW));
	draw_buttons(done, text.y + text.height + (area.height > text.height + 1), area);
	if (work_running(&done->work))
		draw_work(done);
}

/* ---- finishing ---- */

static void tell_phase(void *arg, const char *doing)
{
	struct done *done = arg;

	work_lock(&done->work);
	snprintf(done->phase, sizeof(done->phase), "%s ...", doing);
	work_unlock(&done->work);
	work_changed(&done->work);
}

static int run(struct work *work, void *arg, struct err *err)
{
	struct done *done = arg;
	const struct shell_options *options = shell_options(done->shell);

	(void)work;
	return apply_draft(
		options->config, options->state, &done->wizard->draft, tell_phase, done, err);
}

static void finish(struct done *done)
{
	snprintf(done->phase, sizeof(done->phase), "Beginning ...");
	work_begin(&done->work, shell_wake(done->shell), run, done);
}

static void answer_no_schools(void *arg, struct dialog *dialog, int answer)
{
	struct done *done = arg;

	(void)dialog;
	if (answer == 0)
		wizard_go(done->wizard, WIZARD_SCHOOLS);
	else if (answer == 1)
		finish(done);
}

static void ask_no_schools(struct done *done)
{
	static const char *const labels[] = {"Schools Mapping", "Finish anyway", "Stay"};
	struct dialog dialog;

	dialog_confirm(&dialog, "No schools",
		"No school is switched on, so an import would bring nothing and is refused. "
		"You "
		"can switch schools on now, or later from Settings.",
		labels, 3, 0);
	shell_ask(done->shell, &dialog, answer_no_schools, done);
}

static void press_finish(struct done *done)
{
	struct wizard *wizard = done->wizard;

	if (wizard->read_only) {
		shell_say(done->shell, DRAW_ERROR, "Read-only. %s", wizard->why);
	} else if (wizard_state(wizard, WIZARD_DELIVERY) != STEP_DONE) {
		shell_say(done->shell, DRAW_ERROR,
			"Delivery Config (step 1) is not complete: %s and terms are needed. F6 "
			"leads there.",
			app_kind_has_secret(wizard_app(wizard)->kind)
				? "address, client, secret"
				: "path");
	} else if (wizard_state(wizard, WIZARD_SCHOOLS) != STEP_DONE) {
		ask_no_schools(done);
	} else {
		finish(done);
	}
}

static void done_tick(void *state, int64_t now)
{
	struct done *done = state;
	struct err err;
	int result;

	(void)now;
	if (!work_take(&done->work, &result, &err))
		return;
	if (result)
		shell_tell(done->shell, "Finish failed", err.text);
	else
		wizard_over(done->wizard);
}

static void scroll_by(struct done *done, int by)
{
	done->scroll += by;
	done->scroll = done->scroll < 0                   ? 0
		       : done->scroll > done->scroll_most ? done->scroll_most
							  : done->scroll;
}

static enum screen_answer done_key(void *state, const struct key *key)
{
	struct done *done = state;
	bool pressed = key->code == K_ENTER || key_typed(key, " ");

	if (work_running(&done->work))
		return SCREEN_TAKEN;
	if (pressed && done->focus == 0) {
		press_finish(done);
		return SCREEN_TAKEN;
	}
	if (pressed) {
		wizard_go(done->wizard, WIZARD_SCHEDULE);
		return SCREEN_TAKEN;
	}
	switch (key->code) {
	case K_TAB:
	case K_BACKTAB:
	case K_LEFT:
	case K_RIGHT: done->focus = (done->focus + 1) % BUTTONS; break;
	case K_UP: scroll_by(done, -1); break;
	case K_DOWN: scroll_by(done, 1); break;
	case K_PAGE_UP: scroll_by(done, -done->page); break;
	case K_PAGE_DOWN: scroll_by(done, done->page); break;
	case K_HOME: done->scroll = 0; break;
	case K_END: done->scroll = done->scroll_most; break;
	default: return SCREEN_IGNORED;
	}
	return SCREEN_TAKEN;
}

static const char *done_message(void *state, enum draw_role *role)
{
	const struct done *done = state;

	*role = DRAW_NORMAL;
	if (done->wizard->read_only)
		return "";
	return done->focus == 0 ? "Enter applies all of this and opens the dashboard."
				: "Enter goes back one step. Nothing is lost.";
}

static size_t done_hints(void *state, struct hint *hints)
{
	(void)state;
	hints[0] = (struct hint){"Enter", "Finish"};
	hints[1] = (struct hint){"Up/Down", "Scroll"};
	return 2;
}

static void done_help(void *state, struct buf *text)
{
	(void)state;
	buf_adds(text,
		"Done\n"
		"All choices in one place. Finish writes them into the settings, notes it in "
		"the "
		"audit, and opens the dashboard of the app. It does not run an import: that is "
		"the "
		"next thing to do there, with Run Import. The first import shows what comes "
		"in; "
		"later ones are held when they would change more than the limits allow.");
}

const struct screen done_screen = {
	.name = "done",
	.title = "Done",
	.open = done_open,
	.close = done_close,
	.draw = done_draw,
	.key = done_key,
	.tick = done_tick,
	.message = done_message,
	.hints = done_hints,
	.help = done_help,
};
