/* Step 8, Schedule. */
#include <limits.h>
#include <stdlib.h>
#include <unistd.h>

#include "screen/page.h"
#include "shell.h"

/* The command that a timer has to run, with the paths of this very session. */
static void add_command(const struct page *page, struct buf *out)
{
	const struct shell_options *options = shell_options(page->shell);
	char self[PATH_MAX], config[PATH_MAX], state[PATH_MAX];
	ssize_t n = readlink("/proc/self/exe", self, sizeof(self) - 1);

	self[n > 0 ? n : 0] = '\0';
	buf_adds(out, access(self, X_OK) ? "lumenport" : self);
	if (options->paths_given)
		buf_addf(out, " --config %s --state %s",
			realpath(options->config, config) ? config : options->config,
			realpath(options->state, state) ? state : options->state);
	buf_addf(out, " run %s", wizard_app(page->wizard)->name);
}

static void say_cron(void *data, const struct field *field, struct buf *out)
{
	(void)field;
	buf_adds(out, "In a crontab (crontab -e), every night at 2:30:\n  30 2 * * * ");
	add_command(data, out);
}

static void say_systemd(void *data, const struct field *field, struct buf *out)
{
	(void)field;
	buf_adds(out, "Or with systemd, until the next restart of the machine:\n"
		      "  systemd-run --on-calendar='*-*-* 02:30' ");
	add_command(data, out);
}

static void *schedule_open(struct shell *shell, void *wizard)
{
	struct page *page = page_new(shell, wizard);

	page_note(page,
		"There is no timer in this version: imports run when you press Run Import, "
		"or when something runs this command.");
	page_note(page, " ");
	page_note_of(page, say_cron);
	page_note(page, " ");
	page_note_of(page, say_systemd);
	page_note(page, " ");
	page_note(page,
		"Exit code 0: accepted or nothing changed. 20: held, somebody has to look. "
		"Others: it failed and nothing was changed.");
	page_begin(page);
	return page;
}

static void schedule_help(void *state, struct buf *text)
{
	(void)state;
	buf_adds(text,
		"Schedule\n"
		"Imports without anybody at the keyboard. This version does not install a "
		"timer itself; the lines shown are complete, with the paths of this session. "
		"Run them as the same user. Two imports never run at once: the second says "
		"so and ends (exit code 11).");
}

const struct screen schedule_screen = {
	.name = "schedule",
	.title = "Schedule",
	.open = schedule_open,
	.close = page_close,
	.draw = page_draw,
	.key = page_key,
	.message = page_message,
	.hints = page_hints,
	.help = schedule_help,
};
