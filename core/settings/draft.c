#include "settings/draft.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "settings/publication.h"
#include "settings/settings_file.h"

/* A draft is a settings file behind this line, which that takes for a comment. */
#define FIRST_LINE "# draft 1 step=%d visited=%u process=%ld base=%64s\n"
static const char no_base[] =
	"----------------------------------------------------------------";

enum { DRAFT_MOST = 32 << 20 }; /* bytes */

static char *path_of(const char *state, const char *app)
{
	return mem_printf("%s/drafts/%s", state, app);
}

void draft_init(struct draft *draft)
{
	memset(draft, 0, sizeof(*draft));
	settings_init(&draft->settings);
}

void draft_clear(struct draft *draft)
{
	settings_clear(&draft->settings);
	draft_init(draft);
}

int draft_new(struct draft *draft, const struct settings *settings, enum app_kind kind,
	const char *name, struct err *err)
{
	if (settings_app(settings, name))
		return err_set(err, ERR_SETTINGS,
			"There is an app \"%s\" already. Choose another name.", name);
	draft_clear(draft);
	rules_copy(&draft->settings.rules, &settings->rules);
	return settings_add_app(&draft->settings, kind, name, err) ? 0 : -1;
}

void draft_edit(struct draft *draft, const struct settings *settings, const struct app *app)
{
	struct err ignored; /* the name was good once */

	draft_clear(draft);
	app_copy(settings_add_app(&draft->settings, app->kind, app->name, &ignored), app);
	rules_copy(&draft->settings.rules, &settings->rules);
	app_settings_hash(&settings->rules, app, draft->base);
}

struct app *draft_app(const struct draft *draft)
{
	return draft->settings.count ? draft->settings.apps[0] : NULL;
}

bool draft_changes(const struct draft *draft, const struct settings *settings)
{
	const struct app *app = draft_app(draft), *there;
	char mine[65], theirs[65];

	there = app ? settings_app(settings, app->name) : NULL;
	if (!there)
		return app != NULL;
	app_settings_hash(&draft->settings.rules, app, mine);
	app_settings_hash(&settings->rules, there, theirs);
	/* Where exports go and when it runs is not in the hash, but is a setting. */
	return strcmp(mine, theirs) != 0 || !app_same_keys(app, there);
}

bool draft_outdated(const struct draft *draft, const struct settings *settings)
{
	const struct app *app = draft_app(draft), *there;
	char now[65] = "";

	there = app ? settings_app(settings, app->name) : NULL;
	if (there)
		app_settings_hash(&settings->rules, there, now);
	return strcmp(now, draft->base) != 0;
}

int draft_save(const char *state, struct draft *draft, struct err *err)
{
	const struct app *app = draft_app(draft);
	char *path, *dir;
	struct buf text;
	int result = -1;

	if (!app)
		return 0;
	path = path_of(state, app->name);
	dir = file_dir_of(path);
	buf_init(&text);
	buf_addf(&text, FIRST_LINE, draft->step, draft->visited, (long)getpid(),
		*draft->base ? draft->base : no_base);
	if (!settings_file_text(&draft->settings, &text, err) && !file_make_dir(dir, err) &&
		!file_write(path, text.data, text.used, err)) {
		draft->saved = time(NULL);
		draft->process = (long)getpid();
		result = 0;
	}
	buf_clear(&text);
	free(dir);
	free(path);
	return result;
}

static int damaged(const char *path, struct err *err)
{
	return err_set(err, ERR_SETTINGS,
		"The draft %s cannot be read: it is damaged. Remove that file to begin anew.",
		path);
}

static int read_first_line(const char *path, struct draft *draft, struct err *err)
{
	struct buf text;
	struct stat st;
	int result = -1;

	buf_init(&text);
	if (file_read(path, DRAFT_MOST, &text, err))
		goto out;
	if (sscanf(text.data, FIRST_LINE, &draft->step, &draft->visited, &draft->process,
		    draft->base) != 4 ||
		stat(path, &st)) {
		damaged(path, err);
		goto out;
	}
	if (!strcmp(draft->base, no_base))
		*draft->base = '\0';
	draft->saved = st.st_mtime;
	result = 0;
out:
	buf_clear(&text);
	return result;
}

int draft_load(const char *state, const char *app, struct draft *draft, struct err *err)
{
	char *path = path_of(state, app);
	int result = -1;

	draft_init(draft);
	if (!read_first_line(path, draft, err) &&
		!settings_file_read(path, &draft->settings, err)) {
		result = 0;
		if (draft->settings.count != 1 || strcmp(draft->settings.apps[0]->name, app))
			result = damaged(path, err);
	}
	if (result)
		draft_clear(draft);
	free(path);
	return result;
}

char *draft_find(const char *state)
{
	char *dir = mem_printf("%s/drafts", state), *newest = NULL;
	DIR *stream = opendir(dir);
	struct timespec best = {0, 0};
	const struct dirent *entry;
	struct stat st;

	while (stream && (entry = readdir(stream))) {
		/* Names of apps hold no dot; what is written and not yet in place does. */
		if (strchr(entry->d_name, '.') ||
			fstatat(dirfd(stream), entry->d_name, &st, 0) || !S_ISREG(st.st_mode))
			continue;
		if (newest && (st.st_mtim.tv_sec < best.tv_sec ||
				      (st.st_mtim.tv_sec == best.tv_sec &&
					      st.st_mtim.tv_nsec <= best.tv_nsec)))
			continue;
		best = st.st_mtim;
		mem_replace(&newest, entry->d_name);
	}
	if (stream)
		closedir(stream);
	free(dir);
	return newest;
}

int draft_remove(const char *state, const char *app, struct err *err)
{
	char *path = path_of(state, app);
	int result = file_remove_all(path, err);

	free(path);
	return result;
}

int draft_apply(const struct draft *draft, struct settings *settings, struct err *err)
{
	const struct app *app = draft_app(draft);
	struct app *there = settings_app(settings, app->name);

	if (there && !*draft->base)
		return err_set(err, ERR_SETTINGS,
			"An app \"%s\" was added meanwhile. Start over, and give this one "
			"another name.",
			app->name);
	if (there && there->kind != app->kind)
		return err_set(err, ERR_SETTINGS,
			"The app \"%s\" is of another kind now. Start over.", app->name);
	if (!there)
		there = settings_add_app(settings, app->kind, app->name, err);
	if (!there)
		return -1;
	app_copy(there, app);
	rules_copy(&settings->rules, &draft->settings.rules);
	return 0;
}
