/* The settings file: round trips, and faults named by file and line. */
#include "settings/settings_file.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/mem.h"
#include "tap.h"

static char dir[] = "/tmp/lumenport-settings-XXXXXX";
static char *path;
static struct err err;

static const char nasty[] =
	"q\"b\\n\\x41 \t\n\r\f\x01\x1f\x7f é 学校 🏫 @include \"x\" # // /* ${x}";

static void write_settings(void)
{
	struct settings settings;
	struct app *app;

	settings_init(&settings);
	app = settings_add_app(&settings, APP_LUMEN_TOUCH, "main", &err);
	app_set(app, "url", "https://sis.example.org", &err);
	app_set(app, "client_id", "id \"quoted\" \\ é", &err);
	app_set(app, "preview", "on", &err);
	app_set(app, "page_size", "500", &err);
	app_set(app, "hold.deleted", "12.5%", &err);
	app_set(app, "hold.student.deleted", "40", &err);
	app_set(app, "hold.floor", "0", &err);
	app_set(app, "export.dir", "/srv/a", &err);
	app_need_school(app, nasty)->on = true;
	mem_replace(&app_need_school(app, nasty)->name, nasty);
	mem_replace(&app_need_school(app, "12345678901234567890")->hub_id, "h1");
	app->terms.version = 1;
	app->terms.when = mem_strdup("2026-11-23T15:04:05Z");
	app->terms.by = mem_strdup("alice");
	app->learned.root = mem_strdup("https://sis.example.org/ims/oneroster/v1p1");
	app->learned.page_size = 100;
	settings_add_app(&settings, APP_ONEROSTER_API, "west", &err);
	ok(!settings_file_write(path, &settings, &err), "written %s", err.text);
	settings_clear(&settings);
}

static void test_round_trip(void)
{
	struct settings settings;
	struct buf first, second, value;
	struct stat st;
	struct app *app;

	buf_init(&first);
	buf_init(&second);
	buf_init(&value);
	write_settings();
	ok(!stat(path, &st) && (st.st_mode & 0777) == 0600, "private");
	file_read(path, 1 << 20, &first, &err);
	ok(!settings_file_read(path, &settings, &err), "read %s", err.text);
	is_int((long)settings.count, 2, "two apps");
	app = settings_app(&settings, "main");
	is_str(app->client_id, "id \"quoted\" \\ é", "quotes and backslashes");
	ok(app_school(app, nasty) && app_school(app, nasty)->on, "any id");
	is_str(app_school(app, nasty)->name, nasty, "any name");
	is_str(app_school(app, "12345678901234567890")->hub_id, "h1",
		"long numbers stay texts");
	ok(app->preview && app->page_size == 500 && app->hold.floor == 0, "switch and numbers");
	app_get(app, setting_by_key("hold.deleted"), &value);
	is_str(value.data, "12.5%", "a limit");
	app_get(app, setting_by_key("hold.student.deleted"), &value);
	is_str(value.data, "40", "a limit of an entity type");
	is_int(app->terms.version, 1, "terms");
	is_str(app->learned.root, "https://sis.example.org/ims/oneroster/v1p1", "learned");
	ok(!settings_file_write(path, &settings, &err), "written again");
	file_read(path, 1 << 20, &second, &err);
	is_str(second.data, first.data, "the same file");
	ok(!strstr(first.data, "bulk_upload") && !strstr(first.data, "hold.") &&
			!strstr(first.data, "updated"),
		"defaults are not written");
	ok(first.data[0] == '#', "a comment says whose file it is");
	settings_clear(&settings);
	buf_clear(&first);
	buf_clear(&second);
	buf_clear(&value);
}

static void fails(const char *text, const char *place, const char *says)
{
	struct settings settings;
	char want[200];

	err.text[0] = '\0';
	file_write(path, text, strlen(text), &err);
	ok(settings_file_read(path, &settings, &err) && err.code == ERR_SETTINGS, "refused");
	snprintf(want, sizeof(want), "%s:%s: ", path, place);
	ok(!strncmp(err.text, want, strlen(want)) && strstr(err.text, says), "%s (%s)",
		err.text, says);
	is_int((long)settings.count, 0, "nothing was taken");
	settings_clear(&settings);
}

#define APP(body) \
	"version = 1;\napps = ( { name = \"main\"; kind = \"lumen-touch\";\n" body "\n} );\n"

static void test_faults(void)
{
	fails("\n@include \"/etc/passwd\"\n", "2", "@include");
	fails("version = 1;\n  @include \"x\"\n", "2", "@include");
	fails("version = 1;\napps = (\n", "3", "form");
	fails("version = 2;\n", "1", "version");
	fails("version = \"1\";\n", "1", "whole number");
	fails("verson = 1;\n", "1", "not known");
	fails("version = 1;\napps = 5;\n", "2", "list");
	fails("apps = ( 5 );", "1", "group");
	fails("apps = ( { name = \"x\"; } );", "1", "a name and a kind");
	fails("apps = ( { name = \"x\"; kind = \"powerschool\"; } );", "1", "no kind of app");
	fails("apps = ( { name = \"x/y\"; kind = \"lumen-touch\"; } );", "1",
		"cannot be the name");
	fails(APP("page_size = 70000;"), "3", "not between 1 and 50000");
	fails(APP("page_size = \"70\";"), "3", "whole number");
	fails(APP("page_size = 3000000000;"), "3", "too large");
	fails(APP("page_size = 4294967396;"), "3", "too large");
	fails(APP("page_size = 12L;"), "3", "whole number");
	fails(APP("preview = \"on\";"), "3", "true or false");
	fails(APP("url = 5;"), "3", "text in quotes");
	fails(APP("\nurls = \"x\";"), "4", "Did you mean url?");
	fails(APP("hold = { deleted = \"1000%\"; };"), "3", "above 100%");
	fails(APP("hold = { threshold = \"10%\"; };"), "3", "command line only");
	fails(APP("hold = {\n studnt = { deleted = \"5%\"; }; };"), "4",
		"Did you mean hold.student.deleted?");
	fails(APP("hold = \"10%\";"), "3", "There is no key \"hold\"");
	fails(APP("schools = ( { on = true; } );"), "3", "needs an id");
	fails(APP("schools = ( { id = 5; } );"), "3", "text in quotes");
	fails(APP("schools = ( { id = \"5\"; }, { id = \"5\"; } );"), "3", "twice");
	fails(APP("learned = { page_size = -1; };"), "3", "negative");
	fails(APP("terms = { versions = 1; };"), "3", "not known");
	fails(APP("url = \"x\"; url = \"y\";"), "3", "form");
	fails(APP("url = \"\xff\";"), "1", "UTF-8");
}

static void test_tolerated(void)
{
	static const char text[] =
		"/* a\n comment */ # @include\n // @include\n"
		"apps = ( { name = \"a\"; kind = \"lumen-touch\"; learned = { root = "
		"\"r\"; }; url = \"https://x#y//z\"; hold = { deleted = 30; }; } );";
	struct settings settings;

	file_write(path, text, strlen(text), &err);
	ok(!settings_file_read(path, &settings, &err), "comments in %s", err.text);
	is_str(settings.count ? settings.apps[0]->learned.root : "", "r",
		"learned survives a url that comes after it");
	settings_clear(&settings);
	file_write(path, "", 0, &err);
	ok(!settings_file_read(path, &settings, &err) && !settings.count, "an empty file");
	unlink(path);
	ok(!settings_file_read(path, &settings, &err) && !settings.count, "no file");
	ok(!settings_file_write(path, &settings, &err) &&
			!settings_file_read(path, &settings, &err),
		"no apps, written and read");
	file_write(path, "version = 1;\0", 13, &err);
	ok(settings_file_read(path, &settings, &err), "a NUL is refused");
}

static void test_lock(void)
{
	struct lock one, two;

	ok(!settings_file_lock(&one, path, &err), "lock taken");
	ok(settings_file_lock(&two, path, &err) && err.code == ERR_LOCKED, "not twice: %s",
		err.text);
	lock_release(&one);
	ok(!settings_file_lock(&two, path, &err), "after release");
	lock_release(&two);
}

int main(void)
{
	if (!mkdtemp(dir))
		return 1;
	path = mem_printf("%s/new/dir/lumenport.conf", dir);
	test_round_trip();
	test_faults();
	test_tolerated();
	test_lock();
	file_remove_all(dir, &err);
	free(path);
	return done_testing();
}
