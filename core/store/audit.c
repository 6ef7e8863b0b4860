#include "store/audit.h"

#include <openssl/evp.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/text.h"
#include "store/db.h"

enum { HASH_HEX = 65 };

static void user_name(uid_t uid, char *out, size_t size)
{
	const struct passwd *user = getpwuid(uid);

	if (user)
		snprintf(out, size, "%s", user->pw_name);
	else
		snprintf(out, size, "uid %u", (unsigned)uid);
}

/* Who logged in: set by PAM, kept through su and sudo. False where the kernel does not say. */
static bool login_uid(uid_t *uid)
{
	FILE *file = fopen("/proc/self/loginuid", "re");
	unsigned value = (unsigned)-1;
	bool known = file && fscanf(file, "%u", &value) == 1 && value != (unsigned)-1;

	if (file)
		fclose(file);
	*uid = value;
	return known;
}

void audit_user(char *out, size_t size)
{
	const char *sudo = getenv("SUDO_USER");
	char now[64], real[64];
	uid_t uid;

	user_name(getuid(), now, sizeof(now));
	if (login_uid(&uid))
		user_name(uid, real, sizeof(real));
	else
		snprintf(real, sizeof(real), "%s", sudo && getuid() == 0 ? sudo : now);
	if (strcmp(real, now) != 0)
		snprintf(out, size, "%s (as %s)", real, now);
	else
		snprintf(out, size, "%s", now);
}

/* The signature, and from where: terminal and SSH connection. */
static char *whole_identity(void)
{
	const char *ssh = getenv("SSH_CONNECTION");
	const char *tty = ttyname(STDIN_FILENO);
	char user[160], clean[512];
	char *line, *result;

	audit_user(user, sizeof(user));
	line = mem_printf("%s, %s%s%s", user, tty ? tty : "no terminal", ssh ? ", ssh " : "",
		ssh ? ssh : "");
	result = mem_strdup(text_clean(line, clean, sizeof(clean)));
	free(line);
	return result;
}

static void chain_hash(const char *before, int64_t at, const char *who, const char *action,
	const char *subject, const char *detail, char out[HASH_HEX])
{
	unsigned char digest[EVP_MAX_MD_SIZE];
	unsigned length = 0, i;
	struct buf text;

	buf_init(&text);
	/* Each part with its length, so that no two rows read the same. */
	buf_addf(&text, "%s\n%lld\n", before, (long long)at);
	buf_addf(&text, "%zu:%s\n%zu:%s\n", strlen(who), who, strlen(action), action);
	buf_addf(&text, "%zu:%s\n%zu:%s\n", strlen(subject), subject, strlen(detail), detail);
	EVP_Digest(text.data, text.used, digest, &length, EVP_sha256(), NULL);
	for (i = 0; i < length; i++)
		snprintf(out + 2 * i, 3, "%02x", digest[i]);
	buf_clear(&text);
}

static int last_hash(struct store *store, char out[HASH_HEX], struct err *err)
{
	sqlite3_stmt *statement =
		db_prepare(store, "SELECT hash FROM audit ORDER BY id DESC LIMIT 1", err);
	int result;

	if (!statement)
		return -1;
	result = db_step(store, statement, err);
	snprintf(out, HASH_HEX, "%s",
		result > 0 ? (const char *)sqlite3_column_text(statement, 0) : "");
	sqlite3_finalize(statement);
	return result < 0 ? -1 : 0;
}

/* Kept apart from the rows, so that rows removed from the end show as well. */
static int remember_end(struct store *store, const char *hash, struct err *err)
{
	sqlite3_stmt *statement =
		db_prepare(store, "INSERT OR REPLACE INTO meta VALUES ('audit', ?1)", err);

	if (statement)
		db_bind_text(statement, 1, hash);
	return db_run(store, statement, err);
}

int audit_add(struct store *store, const char *action, const char *subject, const char *detail,
	struct err *err)
{
	char before[HASH_HEX], hash[HASH_HEX];
	bool own = sqlite3_get_autocommit(store->db);
	int64_t now = time(NULL);
	char *who = whole_identity();
	sqlite3_stmt *statement;
	int result = -1;

	if (own && store_begin(store, err))
		goto out;
	if (last_hash(store, before, err))
		goto out;
	chain_hash(before, now, who, action, subject, detail, hash);
	statement = db_prepare_ints(store, err,
		"INSERT INTO audit (at, who, action, subject, detail, hash)"
		" VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
		1, now);
	if (statement) {
		db_bind_text(statement, 2, who);
		db_bind_text(statement, 3, action);
		db_bind_text(statement, 4, subject);
		db_bind_text(statement, 5, detail);
		db_bind_text(statement, 6, hash);
	}
	result = db_run(store, statement, err);
	if (!result)
		result = remember_end(store, hash, err);
	if (!result && own)
		result = store_commit(store, err);
out:
	if (result && own)
		store_rollback(store);
	free(who);
	return result;
}

/* A text of a row; "" where somebody took it out. */
static const char *part(sqlite3_stmt *statement, int column)
{
	const char *text = (const char *)sqlite3_column_text(statement, column);

	return text ? text : "";
}

static struct audit_row take_row(sqlite3_stmt *statement)
{
	return (struct audit_row){sqlite3_column_int64(statement, 0),
		sqlite3_column_int64(statement, 1), part(statement, 2), part(statement, 3),
		part(statement, 4), part(statement, 5)};
}

int audit_each(struct store *store, audit_fn *each, void *arg, struct err *err)
{
	sqlite3_stmt *statement = db_prepare(store,
		"SELECT id, at, who, action, subject, detail FROM audit ORDER BY id", err);
	int result;

	if (!statement)
		return -1;
	while ((result = db_step(store, statement, err)) > 0) {
		struct audit_row row = take_row(statement);

		if (each(arg, &row, err)) {
			result = -1;
			break;
		}
	}
	sqlite3_finalize(statement);
	return result;
}

/* Whether `hash` is that of the row added last. */
static int check_end(struct store *store, const char *hash, struct err *err)
{
	sqlite3_stmt *statement =
		db_prepare(store, "SELECT value FROM meta WHERE key = 'audit'", err);
	int result;

	if (!statement)
		return -1;
	result = db_step(store, statement, err);
	if (result >= 0 && strcmp(result ? part(statement, 0) : "", hash) != 0)
		result = err_set(err, ERR_FAILED,
			"The audit trail does not fit at its end: rows were removed there. "
			"Compare with a backup of %s.",
			store->path);
	sqlite3_finalize(statement);
	return result < 0 ? -1 : 0;
}

int audit_verify(struct store *store, struct err *err)
{
	/* An empty text and none hash the same. */
	sqlite3_stmt *statement = db_prepare(store,
		"SELECT id, at, who, action, subject, detail, hash,"
		" who || action || subject || detail IS NULL FROM audit ORDER BY id",
		err);
	char before[HASH_HEX] = "", hash[HASH_HEX];
	int64_t expected = 1;
	int result;

	if (!statement)
		return -1;
	while ((result = db_step(store, statement, err)) > 0) {
		struct audit_row row = take_row(statement);

		chain_hash(before, row.at, row.who, row.action, row.subject, row.detail, hash);
		if (row.id != expected++ || strcmp(part(statement, 6), hash) != 0 ||
			sqlite3_column_int(statement, 7)) {
			result = err_set(err, ERR_FAILED,
				"The audit trail does not fit at row %lld: it was changed, or "
				"rows before it were removed. Compare with a backup of %s.",
				(long long)row.id, store->path);
			break;
		}
		snprintf(before, sizeof(before), "%s", hash);
	}
	sqlite3_finalize(statement);
	return result ? result : check_end(store, before, err);
}
