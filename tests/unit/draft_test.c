/* The draft: kept private and whole, found again, told apart, applied. */
#include "settings/draft.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/mem.h"
#include "tap.h"

static char state[] = "/tmp/lumenport-draft-XXXXXX";
static struct err err;
static struct settings settings;

static void forget_error(void)
{
	memset(&err, 0, sizeof(err));
}

static void test_new(void)
{
	struct draft draft, again;
	char *found, *path = mem_printf("%s/drafts/main", state);
	struct stat st;

	draft_init(&draft);
	ok(!draft_app(&draft), "no app at first");
	ok(!draft_save(state, &draft, &err), "saving nothing is fine");
	is_str(draft_find(state), NULL, "and leaves nothing");
	ok(draft_new(&draft, &settings, APP_LUMEN_TOUCH, "a b", &err), "a bad name is refused");
	forget_error();
	ok(!draft_new(&draft, &settings, APP_LUMEN_TOUCH, "main", &err), "begun");
	app_set(draft_app(&draft), "url", "https://sis.example.org", &err);
	app_set(draft_app(&draft), "hold.deleted", "5%", &err);
	app_need_school(draft_app(&draft), "S-1")->on = true;
	app_need_school(draft_app(&draft), "S-1")->name = mem_strdup("Élan \"1\"");
	draft.step = 3;
	draft.visited = 7;
	ok(!draft_save(state, &draft, &err), "saved %s", err.text);
	ok(draft.saved != 0, "and when");
	ok(!stat(path, &st) && (st.st_mode & 0777) == 0600, "for its owner only");
	found = draft_find(state);
	is_str(found, "main", "found");
	ok(!draft_load(state, "main", &again, &err), "read %s", err.text);
	is_int(again.step, 3, "the step");
	is_int((long long)again.visited, 7, "what was visited");
	is_str(again.base, "", "of a new app");
	is_str(draft_app(&again)->url, "https://sis.example.org", "its address");
	is_str(app_school(draft_app(&again), "S-1")->name, "Élan \"1\"", "its schools");
	ok(draft_changes(&again, &settings), "a new app is a change");
	ok(!draft_outdated(&again, &settings), "nobody else made it");
	ok(!draft_apply(&again, &settings, &err), "applied %s", err.text);
	ok(settings_app(&settings, "main") != NULL, "it is there");
	ok(!draft_changes(&again, &settings), "nothing is left to change");
	ok(draft_outdated(&again, &settings), "somebody made it meanwhile");
	ok(draft_apply(&again, &settings, &err), "which is not overwritten");
	forget_error();
	ok(draft_new(&draft, &settings, APP_LUMEN_TOUCH, "main", &err), "nor made twice");
	forget_error();
	draft_clear(&draft);
	draft_clear(&again);
	free(found);
	free(path);
}

static void test_edit(void)
{
	struct app *app = settings_app(&settings, "main");
	struct draft draft;
	struct buf value;

	app->learned.root = mem_strdup("https://sis.example.org/ims");
	draft_init(&draft);
	draft_edit(&draft, &settings, app);
	ok(!draft_changes(&draft, &settings), "begins as it is");
	is_str(draft_app(&draft)->learned.root, app->learned.root, "with what was learned");
	app_set(draft_app(&draft), "export.dir", "/srv/x", &err);
	ok(draft_changes(&draft, &settings), "where exports go is a change");
	app_set(draft_app(&draft), "export.dir", "", &err);
	app_set(draft_app(&draft), "schedule.time", "04:00", &err);
	ok(draft_changes(&draft, &settings), "when it runs is one");
	app_set(draft_app(&draft), "schedule.time", "", &err);
	ok(!draft_changes(&draft, &settings), "and back");
	app_set(draft_app(&draft), "preview", "on", &err);
	ok(draft_changes(&draft, &settings), "so is a switch");
	ok(!draft_outdated(&draft, &settings), "not outdated");
	ok(!draft_apply(&draft, &settings, &err), "applied");
	buf_init(&value);
	app_get(settings_app(&settings, "main"), setting_by_key("preview"), &value);
	is_str(value.data, "on", "in place");
	is_int((long long)settings.count, 1, "not beside");
	app_set(settings_app(&settings, "main"), "preview", "off", &err);
	app_set(settings_app(&settings, "main"), "page_size", "5", &err);
	ok(draft_outdated(&draft, &settings), "changed by somebody else");
	buf_clear(&value);
	draft_clear(&draft);
}

static void test_damaged(void)
{
	char *path = mem_printf("%s/drafts/main", state), *other, *found;
	struct draft draft;

	ok(!file_write(path, "rubbish", 7, &err), "a damaged one");
	ok(draft_load(state, "main", &draft, &err), "is refused");
	ok(strstr(err.text, path) != NULL, "by name");
	forget_error();
	ok(!draft_app(&draft), "and nothing is read");
	other = mem_printf("%s/drafts/.half.tmp", state);
	ok(!file_write(other, "x", 1, &err), "a leftover");
	ok(!draft_remove(state, "main", &err), "removed");
	ok(!draft_remove(state, "main", &err), "twice is fine");
	found = draft_find(state);
	is_str(found, NULL, "a leftover is no draft");
	free(found);
	free(other);
	free(path);
}

int main(void)
{
	if (!mkdtemp(state))
		return 1;
	settings_init(&settings);
	test_new();
	test_edit();
	test_damaged();
	settings_clear(&settings);
	file_remove_all(state, &err);
	return done_testing();
}
