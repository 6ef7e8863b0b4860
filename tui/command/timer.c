/* schedule install, remove: what asks for the runs of a schedule, shown before it is written.
 */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"
#include "command/command.h"
#include "command/json.h"
#include "command/print.h"
#include "command/scheduled.h"
#include "schedule/outlook.h"
#include "schedule/timer.h"

/* What a plan borrows. */
struct here {
	char program[PATH_MAX], config[PATH_MAX], state[PATH_MAX];
	struct outlook outlook;
	struct timer_plan plan;
	struct timer_files files;
};

/* The full path of what is there, or as it was given. */
static void full_path(const char *path, char out[PATH_MAX])
{
	char *real = realpath(path, NULL);

	snprintf(out, PATH_MAX, "%s", real ? real : path);
	free(real);
}

/* At which minute of the hour the next run is, by the clock that cron goes by. */
static int cron_minute(const struct app *app, const struct outlook *outlook)
{
	char system[ZONE_NAME];
	struct zone_time local;
	struct zone *zone;
	struct err ignored;

	zone_system(system);
	zone = outlook->has_next ? zone_open(system, &ignored) : NULL;
	if (!zone)
		return app->schedule.time % 60;
	zone_at(zone, outlook->next.when, &local);
	zone_free(zone);
	return local.minute;
}

static int plan_here(const struct context *context, const struct app *app, const char *root,
	enum timer_kind kind, struct here *here, struct err *err)
{
	if (app->schedule.mode == SCHEDULE_OFF)
		return err_set(err, ERR_SETTINGS,
			"The schedule of %s is off: there is nothing to install. Set one with: "
			"lumenport app set %s schedule.mode=daily",
			app->name, app->name);
	outlook_take(app, time(NULL), &here->outlook);
	if (here->outlook.err.code) {
		*err = here->outlook.err;
		return -1;
	}
	full_path("/proc/self/exe", here->program);
	full_path(context->config, here->config);
	full_path(context->state, here->state);
	here->plan = (struct timer_plan){.app = app,
		.kind = kind,
		.program = here->program,
		.config = here->config,
		.state = here->state,
		.root = root,
		.zone = here->outlook.zone,
		.minute = cron_minute(app, &here->outlook)};
	timer_make(&here->plan, &here->files);
	return 0;
}

/* ---- words ---- */

static void show_files(const struct timer_files *files)
{
	size_t i;

	for (i = 0; i < files->count; i++) {
		char *copy = mem_strdup(files->file[i].text), *rest = copy, *line;

		print_line("%s:", files->file[i].path);
		while ((line = strsep(&rest, "\n")))
			if (rest)
				print_line("    %s", line);
		free(copy);
	}
}

/* What is left to do by hand. */
static void advise(const struct here *here, struct buf *out)
{
	const char *name = here->plan.app->name;
	bool systemd = !access("/run/systemd/system", F_OK) && !*here->plan.root;

	switch (here->plan.kind) {
	case TIMER_SYSTEM:
		if (!systemd)
			buf_addf(out,
				"systemd does not run here. Where it does: systemctl daemon-reload; "
				"systemctl enable --now lumenport-%s.timer",
				name);
		break;
	case TIMER_USER:
		if (!systemd)
			buf_addf(out,
				"systemd does not run here. Where it does: systemctl --user "
				"daemon-reload; systemctl --user enable --now "
				"lumenport-%s.timer. ",
				name);
		buf_adds(out,
			"So that it runs while you are not logged in: loginctl enable-linger");
		break;
	case TIMER_CRON: buf_adds(out, "cron takes the file up by itself."); break;
	case TIMER_LINE:
		buf_adds(out, "Add this line with: crontab -e\n");
		timer_cron_line(&here->plan, NULL, out);
	}
}

static void tell_installed(const struct context *context, const struct here *here)
{
	struct buf advice;
	cJSON *json, *list;
	size_t i;

	buf_init(&advice);
	advise(here, &advice);
	if (context->json) {
		json = json_new();
		json_text(json, "app", here->plan.app->name);
		list = cJSON_AddArrayToObject(json, "files");
		for (i = 0; i < here->files.count; i++)
			cJSON_AddItemToArray(
				list, cJSON_CreateString(here->files.file[i].path));
		json_text(json, "advice", advice.used ? advice.data : NULL);
		json_print(json);
	} else {
		for (i = 0; i < here->files.count; i++)
			print_line("Written: %s", here->files.file[i].path);
		if (advice.used && here->plan.kind == TIMER_LINE)
			fputs(advice.data, stdout); /* a line that is to be copied as it is */
		else if (advice.used)
			print_line("%s", advice.data);
	}
	buf_clear(&advice);
}

/* On a terminal by an answer, else by --yes. */
static int confirm(const struct args *args, bool yes, struct err *err)
{
	char answer[20] = "";

	if (yes)
		return 0;
	if (!isatty(STDIN_FILENO))
		return args_fault(
			args, err, "Nothing was written. With --yes these files are.");
	printf("Write this? Type yes: ");
	fflush(stdout);
	if (!fgets(answer, sizeof(answer), stdin) || strcmp(answer, "yes\n") != 0)
		return err_set(err, ERR_CANCELLED, "Nothing was written.");
	return 0;
}

static int install(const struct context *context, const struct here *here, struct err *err)
{
	struct store *audit;
	int result = 0;

	if (here->plan.kind != TIMER_LINE) {
		audit = audit_before(context, "schedule.install", here->plan.app->name, err);
		if (!audit)
			return -1;
		result = audit_after(audit, timer_install(&here->plan, &here->files, err), err);
	}
	if (result)
		return -1;
	tell_installed(context, here);
	return EXIT_OK;
}

static int read_kind(struct args *args, enum timer_kind *kind, struct err *err)
{
	bool systemd = args_flag(args, "--systemd"), user = args_flag(args, "--user"),
	     cron = args_flag(args, "--cron");

	if (systemd + user + cron > 1)
		return args_fault(args, err, "Only one of --systemd, --user, --cron.");
	*kind = systemd ? TIMER_SYSTEM
		: user  ? TIMER_USER
		: cron  ? (getuid() ? TIMER_LINE : TIMER_CRON)
			: timer_kind_here();
	return 0;
}

int command_schedule_install(struct context *context, struct args *args, struct err *err)
{
	bool yes = args_flag(args, "--yes");
	struct here *here = mem_zero(1, sizeof(*here));
	const char *name, *root = "";
	const struct app *app;
	enum timer_kind kind = TIMER_LINE;
	int result = -1;

	if (args_option(args, "--root", &root, err) < 0 || read_kind(args, &kind, err) ||
		args_word(args, "NAME", &name, err) || args_end(args, err))
		goto out;
	app = settings_need_app(&context->settings, name, err);
	if (!app || plan_here(context, app, root, kind, here, err))
		goto out;
	if (!context->json)
		show_files(&here->files);
	if (kind != TIMER_LINE && confirm(args, yes, err))
		goto out;
	result = install(context, here, err);
out:
	timer_files_clear(&here->files);
	free(here);
	return result;
}

int command_schedule_remove(struct context *context, struct args *args, struct err *err)
{
	const char *name, *root = "";
	struct store *audit;
	size_t count = 0;
	cJSON *json;

	if (args_option(args, "--root", &root, err) < 0 ||
		args_word(args, "NAME", &name, err) || args_end(args, err))
		return -1;
	if (strchr(name, '/')) /* it becomes part of a path, set up or not */
		return args_fault(args, err, "\"%s\" is no name of an app.", name);
	audit = audit_before(context, "schedule.remove", name, err);
	if (!audit || audit_after(audit, timer_remove(name, root, &count, err), err))
		return -1;
	if (context->json) {
		json = json_new();
		json_text(json, "app", name);
		json_number(json, "removed", (double)count);
		json_print(json);
	} else if (count) {
		print_line(
			"Removed the timer of %s. Its schedule stays in the settings.", name);
	} else {
		print_line("There was no timer of %s.", name);
	}
	return EXIT_OK;
}
