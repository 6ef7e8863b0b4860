#include "schedule/timer.h"

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"

enum { SAID_MOST = 2000 }; /* bytes of what systemctl says that are told */

static bool systemd_runs(void)
{
	return file_exists("/run/systemd/system"); /* as sd_booted(3) */
}

enum timer_kind timer_kind_here(void)
{
	if (getuid() == 0)
		return systemd_runs() ? TIMER_SYSTEM : TIMER_CRON;
	return systemd_runs() ? TIMER_USER : TIMER_LINE;
}

/* ---- systemctl ---- */

/* What it says goes into `said`, cut. */
static void read_all(int fd, struct buf *said)
{
	char part[512];
	ssize_t n;

	while ((n = read(fd, part, sizeof(part))) > 0 || (n < 0 && errno == EINTR))
		if (n > 0 && said->used < SAID_MOST)
			buf_add(said, part, (size_t)n);
}

static int spawn(char *const *argv, int out, pid_t *child)
{
	posix_spawn_file_actions_t files;
	int error;

	posix_spawn_file_actions_init(&files);
	posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
	posix_spawn_file_actions_adddup2(&files, out, STDOUT_FILENO);
	posix_spawn_file_actions_adddup2(&files, out, STDERR_FILENO);
	error = posix_spawnp(child, argv[0], &files, NULL, argv, environ);
	posix_spawn_file_actions_destroy(&files);
	return error;
}

/* Runs systemctl with up to three words; its own words are in the error. */
static int systemctl(const char *scope, const char *verb, const char *option, const char *unit,
	struct err *err)
{
	const char *const words[] = {"systemctl", scope, verb, option, unit};
	char *argv[6] = {NULL};
	int ends[2], status = 0, error;
	size_t i, count = 0;
	struct buf said;
	pid_t child;

	for (i = 0; i < 5; i++)
		if (words[i])
			argv[count++] = (char *)(uintptr_t)words[i];
	if (pipe2(ends, O_CLOEXEC))
		return file_error(err, "open a pipe to", "systemctl");
	buf_init(&said);
	error = spawn(argv, ends[1], &child);
	close(ends[1]);
	if (!error) {
		read_all(ends[0], &said);
		while (waitpid(child, &status, 0) < 0 && errno == EINTR)
			;
	}
	close(ends[0]);
	if (error)
		err_set(err, ERR_FAILED, "systemctl cannot be run: %s.", strerror(error));
	else if (status)
		err_set(err, ERR_FAILED, "systemctl %s failed: %.500s", verb, said.data);
	buf_clear(&said);
	return error || status ? -1 : 0;
}

static const char *scope_of(enum timer_kind kind)
{
	return kind == TIMER_USER ? "--user" : NULL;
}

/* ---- installing ---- */

/* Units and lines for cron are read by others; they hold no secret. */
static int write_file(const struct timer_file *file, struct err *err)
{
	char *dir = file_dir_of(file->path);
	int result = file_exists(dir) ? 0 : file_make_dir(dir, err);

	if (!result)
		result = file_write(file->path, file->text, strlen(file->text), err);
	if (!result && chmod(file->path, 0644))
		result = file_error(err, "set the mode of", file->path);
	free(dir);
	return result;
}

static int take_up(const struct timer_plan *plan, struct err *err)
{
	const char *scope = scope_of(plan->kind);
	char *unit = mem_printf("lumenport-%s.timer", plan->app->name);
	/* enabled, and begun anew when it ran with other times */
	int result = systemctl(scope, "daemon-reload", NULL, NULL, err) ||
				     systemctl(scope, "enable", NULL, unit, err) ||
				     systemctl(scope, "restart", NULL, unit, err)
			     ? err_context(err,
				       "The files are written, but the timer was not started")
			     : 0;

	free(unit);
	return result;
}

int timer_install(
	const struct timer_plan *plan, const struct timer_files *files, struct err *err)
{
	bool units = plan->kind == TIMER_SYSTEM || plan->kind == TIMER_USER;
	size_t i;

	for (i = 0; i < files->count; i++)
		if (write_file(&files->file[i], err))
			return -1;
	return units && !*plan->root && systemd_runs() ? take_up(plan, err) : 0;
}

/* ---- those that are there ---- */

static const enum timer_kind kinds[] = {TIMER_SYSTEM, TIMER_USER, TIMER_CRON};
enum { KINDS = sizeof(kinds) / sizeof(*kinds) };

/* The files of an app and kind, by their paths alone. */
static void files_of(
	const char *app, const char *root, enum timer_kind kind, struct timer_files *files)
{
	struct app named = {.name = (char *)(uintptr_t)app};
	const struct timer_plan plan = {.app = &named,
		.kind = kind,
		.program = "",
		.config = "",
		.state = "",
		.root = root,
		.zone = ""};

	timer_make(&plan, files);
}

char *timer_find(const char *app, const char *root)
{
	struct timer_files files;
	char *found = NULL;
	size_t i;

	for (i = 0; i < KINDS && !found; i++) {
		files_of(app, root, kinds[i], &files);
		if (file_exists(files.file[files.count - 1].path))
			found = mem_strdup(files.file[files.count - 1].path);
		timer_files_clear(&files);
	}
	return found;
}

static int remove_kind(
	const char *app, const char *root, enum timer_kind kind, size_t *count, struct err *err)
{
	const char *scope = scope_of(kind);
	bool units = kind != TIMER_CRON && !*root && systemd_runs();
	char *unit = mem_printf("lumenport-%s.timer", app);
	struct timer_files files;
	size_t i, before = *count;
	struct err stopped;
	int result = 0;

	files_of(app, root, kind, &files);
	for (i = 0; i < files.count; i++)
		*count += file_exists(files.file[i].path);
	/* What does not run any more need not be stopped. */
	if (*count > before && units)
		(void)systemctl(scope, "disable", "--now", unit, &stopped);
	for (i = 0; i < files.count && !result; i++)
		result = file_remove_all(files.file[i].path, err);
	if (!result && *count > before && units)
		result = systemctl(scope, "daemon-reload", NULL, NULL, err);
	timer_files_clear(&files);
	free(unit);
	return result;
}

int timer_remove(const char *app, const char *root, size_t *count, struct err *err)
{
	size_t i;

	*count = 0;
	for (i = 0; i < KINDS; i++)
		if (remove_kind(app, root, kinds[i], count, err))
			return -1;
	return 0;
}
