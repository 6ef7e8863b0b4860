#include "screen/save_csv.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "publish/quality_csv.h"
#include "widget/words.h"

enum { PATH_MOST = 1000 };

void save_csv_init(struct save_csv *save, struct dash *dash)
{
	memset(save, 0, sizeof(*save));
	save->dash = dash;
}

void save_csv_clear(struct save_csv *save)
{
	work_stop(&save->work);
	free(save->path);
}

static int run(struct work *work, void *arg, struct err *err)
{
	struct save_csv *save = arg;
	struct store *store = store_open(save->dash->state, err);
	struct sync sync;
	int result = -1;

	(void)work;
	sync_init(&sync);
	if (store && !history_get(store, save->sync, &sync, err))
		result = quality_csv_write(store, &sync, save->of, save->path, save->rows, err);
	sync_clear(&sync);
	store_close(store);
	return result;
}

static void begin(struct save_csv *save)
{
	work_begin(&save->work, shell_wake(save->dash->shell), run, save);
}

static void answer_replace(void *arg, struct dialog *dialog, int answer)
{
	(void)dialog;
	if (answer == 0)
		begin(arg);
}

static void ask_replace(struct save_csv *save)
{
	static const char *const labels[] = {"Replace", "Cancel"};
	char *text = mem_printf("%s is there already.", save->path);
	struct dialog dialog;

	dialog_confirm(&dialog, "Write as CSV", text, labels, 2, 1);
	shell_ask(save->dash->shell, &dialog, answer_replace, save);
	free(text);
}

static const char *home(void)
{
	const char *dir = getenv("HOME");

	return dir && *dir == '/' ? dir : "";
}

static void answer_path(void *arg, struct dialog *dialog, int answer)
{
	struct save_csv *save = arg;
	const char *path = edit_text(&dialog->edit);

	if (answer != 0)
		return;
	free(save->path);
	save->path = !strncmp(path, "~/", 2) ? mem_printf("%s%s", home(), path + 1)
					     : mem_strdup(path);
	if (!*save->path)
		shell_say(save->dash->shell, DRAW_NORMAL, "Without a path nothing is written.");
	else if (file_exists(save->path))
		ask_replace(save);
	else
		begin(save);
}

void save_csv_ask(struct save_csv *save, int64_t sync, enum problem of)
{
	const struct sync *facts = dash_sync(save->dash, sync);
	struct dialog dialog;
	char *path;

	if (!facts || work_running(&save->work))
		return;
	save->sync = sync;
	save->of = of;
	path = mem_printf("%s/quality-%s-%lld%s%s.csv", home(), facts->app, (long long)sync,
		of == PROBLEM_KINDS ? "" : "-", of == PROBLEM_KINDS ? "" : problem_name(of));
	dialog_input(&dialog, "Write as CSV",
		"For a spreadsheet: class, entity, id, attribute and reason, no names. The file "
		"is readable by you only.",
		path, PATH_MOST, "Write");
	shell_ask(save->dash->shell, &dialog, answer_path, save);
	free(path);
}

void save_csv_tick(struct save_csv *save)
{
	char number[WORDS_SIZE];
	int64_t total = 0;
	struct err err;
	enum problem p;
	int result;

	if (!work_take(&save->work, &result, &err))
		return;
	for (p = 0; p < PROBLEM_KINDS; p++)
		total += save->rows[p];
	if (result)
		shell_tell(save->dash->shell, "Nothing was written", err.text);
	else
		shell_say(save->dash->shell, DRAW_OK, "%s rows written to %s.",
			words_number((uint64_t)total, number), save->path);
}
