/* The audit trail: what is written down, and that tampering shows. */
#include "store/audit.h"

#include <sqlite3.h>

#include "hub.h"

static struct store *store;

/* Another program at the file. */
static void tamper(const char *sql)
{
	char path[500];
	sqlite3 *db;

	snprintf(path, sizeof(path), "%s/hub.db", temp_path("hub"));
	if (sqlite3_open(path, &db) || sqlite3_exec(db, sql, NULL, NULL, NULL))
		ok(false, "%s: %s", sql, sqlite3_errmsg(db));
	sqlite3_close(db);
}

static int count_row(void *arg, const struct audit_row *row, struct err *err)
{
	int *count = arg;

	(void)err;
	++*count;
	return row->id == *count && row->at > 1700000000 && row->who && row->action &&
			       row->subject && row->detail
		       ? 0
		       : -1;
}

static int check_row(void *arg, const struct audit_row *row, struct err *err)
{
	(void)arg;
	(void)err;
	if (row->id != 2)
		return 0;
	is_str(row->action, "sync.approve", "action");
	is_str(row->subject, "main #41", "subject");
	is_str(row->detail, "reason: naïve 決定\nline 2", "detail, exactly");
	ok(*row->who != '\0', "by %s", row->who);
	return 0;
}

static void add(const char *action, const char *subject, const char *detail)
{
	must(audit_add(store, action, subject, detail, &hub_err), "audit_add");
}

static void test_rows(void)
{
	int count = 0;

	ok(!audit_verify(store, &hub_err), "an empty trail fits");
	add("sync.run", "main #40", "");
	add("sync.approve", "main #41", "reason: naïve 決定\nline 2");
	must(store_begin(store, &hub_err), "begin");
	add("sync.reject", "main #42", "inside a transaction");
	store_rollback(store);
	must(store_begin(store, &hub_err), "begin");
	add("sync.reject", "main #42", "inside a transaction");
	must(store_commit(store, &hub_err), "commit");
	add("export", "main", "to a folder");
	ok(!audit_each(store, count_row, &count, &hub_err), "every row");
	is_int(count, 4, "once, oldest first, but not what was rolled back");
	audit_each(store, check_row, NULL, &hub_err);
	ok(!audit_verify(store, &hub_err), "the chain fits");
}

static void test_tampering(void)
{
	static const struct {
		const char *what, *sql, *named;
	} cases[] = {
		{"a changed detail", "UPDATE audit SET detail = 'x' WHERE id = 2", "row 2"},
		{"a changed name", "UPDATE audit SET who = 'x' WHERE id = 1", "row 1"},
		{"a changed action", "UPDATE audit SET action = 'x' WHERE id = 4", "row 4"},
		{"a changed subject", "UPDATE audit SET subject = 'x' WHERE id = 3", "row 3"},
		{"a changed time", "UPDATE audit SET at = at + 1 WHERE id = 3", "row 3"},
		{"a changed hash", "UPDATE audit SET hash = 'x' WHERE id = 4", "row 4"},
		{"no hash", "UPDATE audit SET hash = NULL WHERE id = 2", "row 2"},
		{"no detail", "UPDATE audit SET detail = NULL WHERE id = 2", "row 2"},
		{"no name", "UPDATE audit SET who = NULL WHERE id = 1", "row 1"},
		{"a removed row", "DELETE FROM audit WHERE id = 2", "row 3"},
		{"the first removed", "DELETE FROM audit WHERE id = 1", "row 2"},
		{"the last removed", "DELETE FROM audit WHERE id = 4", ""},
		{"all removed", "DELETE FROM audit", ""},
		{"a moved border",
			"UPDATE audit SET subject = subject || 'x', detail = substr(detail, 2)"
			" WHERE id = 2",
			"row 2"},
		{"two rows swapped",
			"UPDATE audit SET id = 99 WHERE id = 2; UPDATE audit SET id = 2 WHERE "
			"id "
			"= 3; UPDATE audit SET id = 3 WHERE id = 99",
			"row 2"}};
	size_t i;
	int count;

	tamper("CREATE TABLE copy AS SELECT * FROM audit");
	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		tamper(cases[i].sql);
		hub_err.text[0] = '\0';
		ok(audit_verify(store, &hub_err) && strstr(hub_err.text, cases[i].named),
			"%s is found: %s", cases[i].what, hub_err.text);
		count = 0;
		audit_each(store, count_row, &count, &hub_err);
		tamper("DELETE FROM audit; INSERT INTO audit SELECT * FROM copy");
		ok(!audit_verify(store, &hub_err), "put back it fits again");
	}
}

int main(void)
{
	char user[100];

	store = hub_open("hub");
	test_rows();
	test_tampering();
	audit_user(user, sizeof(user));
	ok(*user != '\0', "decisions are signed by %s", user);
	audit_user(user, 3);
	ok(strlen(user) <= 2, "cut where there is no room");
	store_close(store);
	return done_testing();
}
