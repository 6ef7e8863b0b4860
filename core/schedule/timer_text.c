/* The texts of units and of the line for cron. */
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "schedule/next_run.h"
#include "schedule/timer.h"

/* ---- when ---- */

static void add_calendar(
	const char *days, const struct schedule *schedule, const char *zone, struct buf *out)
{
	buf_addf(out, "OnCalendar=%s ", days);
	when_write_time(schedule->time, out);
	buf_addf(out, ":00 %s\n", zone);
}

/* A month that is too short has its run on its last day: ~01. */
static void add_month(const struct schedule *schedule, const char *zone, struct buf *out)
{
	char days[40];

	if (schedule->day == 31) {
		add_calendar("*-*~01", schedule, zone, out);
		return;
	}
	snprintf(days, sizeof(days), schedule->day > 28 ? "*-01,03..12-%02d" : "*-*-%02d",
		schedule->day);
	add_calendar(days, schedule, zone, out);
	if (schedule->day > 28)
		add_calendar("*-02~01", schedule, zone, out);
}

void timer_calendar(const struct schedule *schedule, const char *zone, struct buf *out)
{
	struct buf days;
	int day;

	switch (schedule->mode) {
	case SCHEDULE_OFF: return;
	case SCHEDULE_DAILY: add_calendar("*-*-*", schedule, zone, out); return;
	case SCHEDULE_MONTHLY: add_month(schedule, zone, out); return;
	case SCHEDULE_WEEKLY: break;
	}
	buf_init(&days);
	for (day = 0; day < WEEK_DAYS; day++)
		if (schedule->days & 1u << day)
			buf_addf(&days, "%s%.3s", days.used ? "," : "", when_day_name(day));
	buf_adds(&days, " *-*-*");
	add_calendar(days.data, schedule, zone, out);
	buf_clear(&days);
}

/* ---- words of a command ---- */

/* In double quotes, as systemd.service(5) reads them; % and $ are doubled. */
static void add_for_systemd(const char *word, struct buf *out)
{
	buf_addc(out, '"');
	for (; *word; word++) {
		if (*word == '"' || *word == '\\')
			buf_addc(out, '\\');
		else if (*word == '%' || *word == '$')
			buf_addc(out, *word);
		buf_addc(out, *word);
	}
	buf_addc(out, '"');
}

/* In single quotes for the shell; cron takes a bare % for the end of the line. */
static void add_for_cron(const char *word, struct buf *out)
{
	buf_addc(out, '\'');
	for (; *word; word++) {
		if (*word == '\'')
			buf_adds(out, "'\\'");
		else if (*word == '%')
			buf_addc(out, '\\');
		buf_addc(out, *word);
	}
	buf_addc(out, '\'');
}

static void add_command(const struct timer_plan *plan,
	void (*add)(const char *word, struct buf *out), struct buf *out)
{
	const char *const words[] = {
		"--config", plan->config, "--state", plan->state, "run", plan->app->name};
	size_t i;

	add(plan->program, out);
	for (i = 0; i < sizeof(words) / sizeof(*words); i++) {
		buf_addc(out, ' ');
		if (i % 2 && i < 4)
			add(words[i], out);
		else
			buf_adds(out, words[i]);
	}
	buf_adds(out, " --scheduled");
}

void timer_cron_line(const struct timer_plan *plan, const char *user, struct buf *out)
{
	buf_addf(out, "%d * * * * %s%s", plan->minute, user ? user : "", user ? " " : "");
	add_command(plan, add_for_cron, out);
	buf_adds(out, " >/dev/null\n");
}

static void add_head(const struct timer_plan *plan, const char *own, struct buf *out)
{
	buf_addf(out,
		"# Written by: lumenport schedule install %s\n"
		"# The next one replaces this file.%s\n",
		plan->app->name, own);
}

/* ---- the service ---- */

/*
 * What a roster import needs, and nothing else: the network, its own files, and none of root's
 * powers. A call of the kernel that is not allowed fails, and does not kill.
 */
static const char sandbox[] = "NoNewPrivileges=yes\n"
			      "AmbientCapabilities=\n"
			      "ProtectSystem=strict\n"
			      "PrivateDevices=yes\n"
			      "PrivateMounts=yes\n"
			      "ProtectClock=yes\n"
			      "ProtectHostname=yes\n"
			      "ProtectKernelLogs=yes\n"
			      "ProtectKernelModules=yes\n"
			      "ProtectKernelTunables=yes\n"
			      "ProtectControlGroups=yes\n"
			      "ProtectProc=invisible\n"
			      "ProcSubset=pid\n"
			      "RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX\n"
			      "RestrictNamespaces=yes\n"
			      "RestrictRealtime=yes\n"
			      "RestrictSUIDSGID=yes\n"
			      "LockPersonality=yes\n"
			      "MemoryDenyWriteExecute=yes\n"
			      "RemoveIPC=yes\n"
			      "SystemCallArchitectures=native\n"
			      "SystemCallFilter=@system-service\n"
			      "SystemCallFilter=~@privileged @resources\n"
			      "SystemCallErrorNumber=EPERM\n";

static bool is_below(const char *path, const char *dir)
{
	size_t length = strlen(dir);

	return path && !strncmp(path, dir, length) && (!path[length] || path[length] == '/');
}

/* Whether any path that a run needs lies below a directory. */
static bool needs(const struct timer_plan *plan, const char *dir)
{
	const struct app *app = plan->app;
	const struct setting *table;
	bool found = is_below(plan->program, dir) || is_below(plan->config, dir) ||
		     is_below(plan->state, dir);
	size_t count, i;

	table = settings_table(&count);
	for (i = 0; i < count; i++)
		if (table[i].type == SETTING_TEXT)
			found = found ||
				is_below(*(char *const *)(const void *)((const char *)app +
									table[i].offset),
					dir);
	return found;
}

static void add_writable(const char *path, struct buf *out)
{
	buf_adds(out, " ");
	add_for_systemd(path, out);
}

/* The folder that holds an export is rewritten, too; one that is not there yet is passed over.
 */
static void add_export(const char *path, struct buf *out)
{
	char *dir = path ? file_dir_of(path) : NULL, *optional;

	if (!dir)
		return;
	optional = mem_printf("-%s", dir);
	add_writable(optional, out);
	free(optional);
	free(dir);
}

/* Root without powers may write only what is root's own: exports may be somebody else's. */
static bool is_foreign(const char *path)
{
	char *dir = path ? file_dir_of(path) : NULL;
	struct stat st;
	bool foreign = dir && !stat(dir, &st) && st.st_uid != 0;

	free(dir);
	return foreign;
}

static void add_sandbox(const struct timer_plan *plan, struct buf *out)
{
	const struct publication *publication = &plan->app->publication;
	bool foreign = is_foreign(publication->dir) || is_foreign(publication->zip);
	bool homes = needs(plan, "/home") || needs(plan, "/root") || needs(plan, "/run/user");
	bool temporary = needs(plan, "/tmp") || needs(plan, "/var/tmp");
	char *config_dir = file_dir_of(plan->config);

	buf_adds(out, sandbox);
	buf_addf(out, "CapabilityBoundingSet=%s\n", foreign ? "CAP_DAC_OVERRIDE" : "");
	buf_addf(out, "ProtectHome=%s\n", homes ? "read-only" : "yes");
	buf_addf(out, "PrivateTmp=%s\n", temporary ? "no" : "yes");
	buf_adds(out, "ReadWritePaths=");
	add_for_systemd(plan->state, out);
	add_writable(config_dir, out);
	add_export(publication->dir, out);
	add_export(publication->zip, out);
	buf_addc(out, '\n');
	free(config_dir);
}

/* A user's own systemd may not make mounts: what needs none of them. */
static const char user_sandbox[] = "NoNewPrivileges=yes\n"
				   "LockPersonality=yes\n"
				   "MemoryDenyWriteExecute=yes\n"
				   "RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX\n"
				   "RestrictNamespaces=yes\n"
				   "RestrictRealtime=yes\n"
				   "SystemCallArchitectures=native\n"
				   "SystemCallFilter=@system-service\n"
				   "SystemCallErrorNumber=EPERM\n";

/* Whom the state belongs to, when that is not root. */
static const char *owner_of(const char *path)
{
	const struct passwd *user;
	struct stat st;

	if (stat(path, &st) || !st.st_uid)
		return NULL;
	user = getpwuid(st.st_uid);
	return user ? user->pw_name : NULL;
}

static char *service_text(const struct timer_plan *plan)
{
	const char *owner = plan->kind == TIMER_SYSTEM ? owner_of(plan->state) : NULL;
	struct buf out;

	buf_init(&out);
	add_head(plan, " Changes of your own: systemctl edit", &out);
	buf_addf(&out,
		"[Unit]\nDescription=lumenport: import of %s, if it is due\n"
		"Documentation=man:lumenport(1)\n",
		plan->app->name);
	if (plan->kind == TIMER_SYSTEM)
		buf_adds(&out, "Wants=network-online.target\nAfter=network-online.target\n");
	buf_adds(&out, "\n[Service]\nType=oneshot\nExecStart=");
	add_command(plan, add_for_systemd, &out);
	buf_adds(&out, "\n# Held is no failure: somebody has to look.\n"
		       "SuccessExitStatus=20\nUMask=0077\nLimitCORE=0\n");
	if (owner)
		buf_addf(&out, "User=%s\n", owner);
	if (plan->kind == TIMER_SYSTEM)
		add_sandbox(plan, &out);
	else
		buf_adds(&out, user_sandbox);
	return buf_detach(&out);
}

static char *timer_text(const struct timer_plan *plan)
{
	struct buf out;

	buf_init(&out);
	add_head(plan, "", &out);
	buf_addf(&out, "[Unit]\nDescription=lumenport: when %s is imported\n\n[Timer]\n",
		plan->app->name);
	timer_calendar(&plan->app->schedule, plan->zone, &out);
	buf_adds(&out, "# What was missed while the machine was off is made up once.\n"
		       "Persistent=true\nAccuracySec=1s\n\n[Install]\n"
		       "WantedBy=timers.target\n");
	return buf_detach(&out);
}

static char *cron_text(const struct timer_plan *plan)
{
	const char *owner = owner_of(plan->state);
	struct buf out;

	buf_init(&out);
	add_head(plan, "", &out);
	buf_adds(&out, "# Every hour it is asked whether a run is due; mostly none is.\n"
		       "SHELL=/bin/sh\n");
	timer_cron_line(plan, owner ? owner : "root", &out);
	return buf_detach(&out);
}

/* ---- the files ---- */

static void add_file(struct timer_files *files, char *path, char *text)
{
	files->file[files->count++] = (struct timer_file){path, text};
}

/* Where units of a kind lie. Caller frees. */
static char *unit_dir(const struct timer_plan *plan)
{
	const char *home = getenv("HOME"), *above = getenv("XDG_CONFIG_HOME");

	if (plan->kind == TIMER_SYSTEM)
		return mem_printf("%s/etc/systemd/system", plan->root);
	if (above && *above == '/')
		return mem_printf("%s/systemd/user", above);
	return mem_printf("%s/.config/systemd/user", home ? home : "");
}

void timer_make(const struct timer_plan *plan, struct timer_files *files)
{
	const char *name = plan->app->name;
	char *dir;

	files->count = 0;
	if (plan->kind == TIMER_LINE)
		return;
	if (plan->kind == TIMER_CRON) {
		add_file(files, mem_printf("%s/etc/cron.d/lumenport-%s", plan->root, name),
			cron_text(plan));
		return;
	}
	dir = unit_dir(plan);
	add_file(files, mem_printf("%s/lumenport-%s.service", dir, name), service_text(plan));
	add_file(files, mem_printf("%s/lumenport-%s.timer", dir, name), timer_text(plan));
	free(dir);
}

void timer_files_clear(struct timer_files *files)
{
	while (files->count) {
		free(files->file[--files->count].path);
		free(files->file[files->count].text);
	}
}
