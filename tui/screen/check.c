#include "screen/check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/mem.h"
#include "source/source.h"
#include "term/cells.h"

enum { WIDTH = 72, HEIGHT = 16 };

static const struct {
	const char *word;
	enum draw_role role;
} states[] = {[CHECK_OK] = {"ok", DRAW_OK},
	[CHECK_WARNING] = {"warning", DRAW_WARNING},
	[CHECK_FAILED] = {"FAILED", DRAW_ERROR},
	[CHECK_SKIPPED] = {"skipped", DRAW_DIM}};

void check_init(struct check *check, struct shell *shell)
{
	memset(check, 0, sizeof(*check));
	check->shell = shell;
}

static void forget(struct check *check)
{
	while (check->count)
		free(check->lines[--check->count].text);
	free(check->lines);
	check->lines = NULL;
	learned_clear(&check->learned);
	secret_wipe(&check->secret);
}

void check_clear(struct check *check)
{
	work_stop(&check->work);
	forget(check);
}

/* Under the lock. Takes `text`. */
static void add_line(struct check *check, enum draw_role role, char *text)
{
	check->lines = mem_grow(check->lines, check->count + 1, sizeof(*check->lines));
	check->lines[check->count++] = (struct check_line){text, role};
}

static void take_step(void *arg, const struct check_step *step)
{
	struct check *check = arg;
	char took[32] = "";

	if (step->milliseconds >= 0)
		snprintf(took, sizeof(took), " (%d ms)", step->milliseconds);
	work_lock(&check->work);
	add_line(check, states[step->state].role,
		mem_printf("%-8s %s%s%s%s", states[step->state].word, step->name,
			*step->detail ? ": " : "", step->detail, took));
	if (*step->advice)
		add_line(check, DRAW_NORMAL, mem_printf("         %s", step->advice));
	work_unlock(&check->work);
	work_changed(&check->work);
}

static int run(struct work *work, void *arg, struct err *err)
{
	struct check *check = arg;
	struct source *source = source_open(check->app, &check->secret, &work->cancel, err);
	int result = -1;

	if (source)
		result = source_check(source, take_step, check, err);
	if (!result)
		learned_copy(&check->learned, source_learned(source));
	source_close(source);
	return result;
}

int check_begin(struct check *check, const struct app *app, struct err *err)
{
	check_clear(check);
	if (app_lacks(app))
		return err_set(err, ERR_SETTINGS, "Test Connection: enter the %s first.",
			app_kind_has_secret(app->kind) ? "Service URL and the Client ID"
						       : "folder or zip");
	if (secret_need(shell_options(check->shell)->state, app, &check->secret, err))
		return err_set(
			err, ERR_SETTINGS, "Test Connection: enter the Client Secret first.");
	check->app = app;
	check->open = true;
	check->follow = true;
	check->scroll = 0;
	work_begin(&check->work, shell_wake(check->shell), run, check);
	return 0;
}

static void tell_end(struct check *check, int result, const struct err *err)
{
	char at[16];
	time_t now = time(NULL);
	struct tm tm;

	strftime(at, sizeof(at), "%H:%M", localtime_r(&now, &tm));
	if (!result)
		snprintf(
			check->told, sizeof(check->told), "Test Connection: passed at %s.", at);
	else if (err->code == ERR_CANCELLED)
		snprintf(check->told, sizeof(check->told),
			"Test Connection: cancelled at %s; nothing was changed.", at);
	else
		snprintf(check->told, sizeof(check->told),
			"Test Connection: failed at %s. Press it again to see why.", at);
	add_line(check, !result ? DRAW_OK : DRAW_ERROR,
		!result                      ? mem_strdup("All that must work works.")
		: err->code == ERR_CANCELLED ? mem_strdup("Cancelled. Nothing was changed.")
		: check->count
			? mem_strdup("It does not work yet. What FAILED above comes first.")
			: mem_strdup(err->text));
}

bool check_tick(struct check *check)
{
	struct err err;
	int result;

	if (!work_take(&check->work, &result, &err))
		return false;
	check->passed = result == 0;
	tell_end(check, result, &err);
	secret_wipe(&check->secret);
	return true;
}

static const char *bottom(const struct check *check)
{
	if (!work_running(&check->work))
		return "Enter closes. Up and Down scroll.";
	return atomic_load(&check->work.cancel)
		       ? "Cancelling: waiting for the source to let go."
		       : "Under way. Esc cancels.";
}

static void draw_lines(struct check *check, struct rect area)
{
	struct rect before = draw_clip(area);
	int all = 0, y;
	size_t i;

	for (i = 0; i < check->count; i++)
		all += cells_lines(check->lines[i].text, area.width);
	check->scroll_most = all > area.height ? all - area.height : 0;
	if (check->follow || check->scroll > check->scroll_most)
		check->scroll = check->scroll_most;
	y = area.y - check->scroll;
	for (i = 0; i < check->count; i++) {
		int lines = cells_lines(check->lines[i].text, area.width);

		draw_wrapped((struct rect){y, area.x, lines, area.width}, 0,
			check->lines[i].role, check->lines[i].text);
		y += lines;
	}
	draw_unclip(before);
}

void check_draw(struct check *check)
{
	struct rect inner = draw_popup(HEIGHT, WIDTH, "Test Connection"), lines = inner;

	lines.height--;
	work_lock(&check->work);
	draw_lines(check, lines);
	work_unlock(&check->work);
	draw_text(inner.y + inner.height - 1, inner.x, inner.width, DRAW_LINK, bottom(check));
	draw_cursor(inner.y + inner.height - 1, inner.x);
}

static void scroll_by(struct check *check, int by)
{
	check->scroll += by;
	if (check->scroll < 0)
		check->scroll = 0;
	if (check->scroll > check->scroll_most)
		check->scroll = check->scroll_most;
	check->follow = check->scroll == check->scroll_most;
}

void check_key(struct check *check, const struct key *key)
{
	bool running = work_running(&check->work);

	switch (key->code) {
	case K_ESC:
		if (running)
			work_cancel(&check->work);
		else
			check->open = false;
		break;
	case K_ENTER: check->open = running; break;
	case K_UP:
	case K_WHEEL_UP: scroll_by(check, -1); break;
	case K_DOWN:
	case K_WHEEL_DOWN: scroll_by(check, 1); break;
	case K_PAGE_UP: scroll_by(check, -8); break;
	case K_PAGE_DOWN: scroll_by(check, 8); break;
	default:
		if (key_typed(key, " ") || key_typed(key, "q"))
			check->open = running;
	}
}
