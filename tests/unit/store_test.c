/* Opening the hub: what it makes, whom it refuses, and one moment for readers. */
#include "store/store.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "base/file.h"
#include "hub.h"

static const char *hub_path(const char *state)
{
	static char path[500];

	snprintf(path, sizeof(path), "%s/hub.db", temp_path(state));
	return path;
}

static void sql(const char *state, const char *text)
{
	sqlite3 *db;

	if (sqlite3_open(hub_path(state), &db) || sqlite3_exec(db, text, NULL, NULL, NULL))
		ok(false, "%s: %s", text, sqlite3_errmsg(db));
	sqlite3_close(db);
}

static void write_at(const char *path, off_t offset, const char *text, int flags)
{
	int fd = open(path, O_WRONLY | flags, 0600);

	if (fd < 0 || pwrite(fd, text, strlen(text), offset) != (ssize_t)strlen(text))
		ok(false, "the test writes %s", path);
	close(fd);
}

static void refuses(const char *state, const char *word, const char *what)
{
	struct store *store;

	hub_err = (struct err){0};
	store = store_open(temp_path(state), &hub_err);
	ok(!store && hub_err.code != ERR_NONE, "%s: refused", what);
	ok(strstr(hub_err.text, word) != NULL, "says why: %s", hub_err.text);
	store_close(store);
}

static void test_open(void)
{
	struct store *store = hub_open("hub"), *again;
	uint8_t secret[RECORD_SECRET];
	struct stat st;
	int i, other = 0;

	ok(!stat(temp_path("hub"), &st) && (st.st_mode & 07777) == 0700,
		"the directory is private");
	ok(!stat(hub_path("hub"), &st) && (st.st_mode & 07777) == 0600, "the file is private");
	memcpy(secret, store_secret(store), sizeof(secret));
	for (i = 1; i < RECORD_SECRET; i++)
		other += secret[i] != secret[0];
	ok(other > RECORD_SECRET / 2, "the secret is random");
	store_close(store);
	store_close(NULL);
	store = hub_open("hub");
	ok(!memcmp(secret, store_secret(store), sizeof(secret)), "and stays with the hub");
	again = hub_open("second");
	ok(memcmp(secret, store_secret(again), sizeof(secret)) != 0, "each hub has its own");
	store_close(again);
	again = hub_open("hub");
	ok(again != NULL, "a hub may be open twice");
	store_close(again);
	is_str(hub_list(store, ENTITY_STUDENT), "", "an empty hub holds nothing");
	is_int(hub_total(store, NULL, ENTITY_STUDENT), 0, "and counts nothing");
	store_close(store);
}

static void test_refusals(void)
{
	struct store *store = hub_open("newer");
	char *deep;
	int i;

	store_close(store);
	sql("newer", "PRAGMA user_version = 999");
	refuses("newer", "newer lumenport", "a store of a newer version");
	ok(strstr(hub_err.text, "999") != NULL, "with its version");

	file_make_dir(temp_path("text"), &hub_err);
	write_at(hub_path("text"), 0, "This is no database, but a text of some length.\n",
		O_CREAT);
	refuses("text", "damaged", "a file that is none of SQLite's");

	store = hub_open("torn");
	for (i = 0; i < 3; i++)
		hub_begin(store, "main");
	store_close(store);
	for (i = 1; i < 12; i++) /* each page's head but the first's */
		write_at(hub_path("torn"), i * 8192, "torn torn torn", 0);
	refuses("torn", "damaged", "a hub whose pages are torn");

	file_make_dir(temp_path("foreign"), &hub_err);
	sql("foreign", "CREATE TABLE meta (key, value); PRAGMA user_version = 1");
	refuses("foreign", "no hub of lumenport", "somebody else's database");

	file_make_dir(temp_path("dir"), &hub_err);
	file_make_dir(hub_path("dir"), &hub_err);
	refuses("dir", "hub.db", "a directory in its place");

	write_at(temp_path("file"), 0, "x", O_CREAT);
	refuses("file", "file", "a file in the directory's place");

	file_make_dir(temp_path("link"), &hub_err);
	if (symlink("/dev/null", hub_path("link")))
		ok(false, "the test links");
	refuses("link", "hub.db", "a link in its place");

	deep = mem_printf("%s/%0300d", tempdir(), 1);
	ok(!store_open(deep, &hub_err), "a name too long: %s", hub_err.text);
	free(deep);
}

/* As an ordinary user, for nothing is forbidden to root. */
static void test_read_only(void)
{
	struct store *store = hub_open("fixed");
	pid_t child;
	int status = -1;

	store_close(store);
	fflush(stdout);
	child = fork();
	if (!child) {
		if (!getuid() &&
			(chmod(tempdir(), 0755) || chown(temp_path("fixed"), 65534, 0) ||
				chown(hub_path("fixed"), 65534, 0) || setgid(65534) ||
				setuid(65534)))
			_exit(90);
		if (chmod(hub_path("fixed"), 0400) || chmod(temp_path("fixed"), 0500))
			_exit(91);
		hub_err = (struct err){0};
		store = store_open(temp_path("fixed"), &hub_err);
		printf("# %s\n", hub_err.text);
		fflush(stdout);
		_exit(store ? 92 : strstr(hub_err.text, "cannot be written") ? 0 : 93);
	}
	waitpid(child, &status, 0);
	is_int(WEXITSTATUS(status), 0, "a read-only directory: refused, and says so");
	chmod(temp_path("fixed"), 0700);
}

static void put_one(struct store *store, const char *id)
{
	int64_t number = hub_begin(store, "main");
	struct stage *stage = hub_stage(store, "main", number);

	hub_put(stage, ENTITY_CLASS, stage_first_row(stage, ENTITY_CLASS), 0, id, "x");
	hub_accept(store, stage, "main", number, ENTITY_CLASS, (struct counts){{1, 0, 0}, 0});
}

static void test_freeze(void)
{
	struct store *writer = hub_open("frozen"), *reader = hub_open("frozen");

	put_one(writer, "a");
	must(store_freeze(reader, &hub_err), "freeze");
	is_str(hub_list(reader, ENTITY_CLASS), "main/a=x ", "what is there");
	put_one(writer, "b");
	is_str(hub_list(reader, ENTITY_CLASS), "main/a=x ", "stays while frozen");
	is_int(hub_total(reader, "main", ENTITY_CLASS), 1, "counts too");
	store_thaw(reader);
	is_str(hub_list(reader, ENTITY_CLASS), "main/a=x main/b=x ", "thawed: as it is");
	store_thaw(reader);
	must(store_freeze(reader, &hub_err), "freeze again");
	is_str(hub_list(reader, ENTITY_CLASS), "main/a=x main/b=x ", "of a later moment");
	store_close(reader);
	store_close(writer);
}

static int stop_at_once(
	void *arg, const struct record *record, const char *app, struct err *err)
{
	int *calls = arg;

	(void)record;
	(void)app;
	++*calls;
	return err_set(err, ERR_CANCELLED, "enough");
}

static void test_each(void)
{
	struct store *store = hub_open("each");
	int calls = 0;

	put_one(store, "a");
	put_one(store, "b");
	ok(store_each(store, ENTITY_CLASS, stop_at_once, &calls, &hub_err) == -1 &&
			calls == 1 && hub_err.code == ERR_CANCELLED,
		"whoever looks may stop");
	sql("each", "UPDATE record SET body = x'05'");
	ok(store_each(store, ENTITY_CLASS, stop_at_once, &calls, &hub_err) == -1 &&
			calls == 1 && strstr(hub_err.text, "damaged"),
		"a damaged record is an error: %s", hub_err.text);
	store_close(store);
}

static void test_transactions(void)
{
	struct store *store = hub_open("each");

	must(store_begin(store, &hub_err), "begin");
	ok(store_begin(store, &hub_err) == -1, "not within another: %s", hub_err.text);
	store_rollback(store);
	store_rollback(store);
	must(store_begin(store, &hub_err), "begin anew");
	must(store_commit(store, &hub_err), "commit");
	ok(store_commit(store, &hub_err) == -1, "nothing to commit");
	store_close(store);
}

int main(void)
{
	test_open();
	test_refusals();
	test_read_only();
	test_freeze();
	test_each();
	test_transactions();
	hub_body(NULL);
	return done_testing();
}
