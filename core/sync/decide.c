#include "sync/decide.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#include "base/mem.h"
#include "store/audit.h"
#include "store/verdict.h"
#include "sync/fingerprint.h"
#include "sync/import.h"

static int refuse(struct err *err, const struct sync *sync, const char *why)
{
	return err_set(err, ERR_FAILED,
		"Sync %lld cannot be approved: %s. Nothing was changed. Run the import again: "
		"lumenport run %s",
		(long long)sync->number, why, sync->app);
}

static int check_held(const struct sync *sync, struct err *err)
{
	bool why = sync->reason && *sync->reason;

	if (sync->state == SYNC_HELD)
		return 0;
	return err_set(err, ERR_FAILED,
		"Sync %lld is not held but %s%s%s%s: there is nothing to decide.",
		(long long)sync->number, sync_state_name(sync->state), why ? " (" : "",
		why ? sync->reason : "", why ? ")" : "");
}

static int check_unchanged(struct store *store, const struct settings *settings,
	const struct sync *sync, struct err *err)
{
	const struct app *app = settings_app(settings, sync->app);
	struct baseline baseline;
	char hash[65];

	if (!app)
		return refuse(err, sync, "its app is no longer in the settings");
	app_settings_hash(&settings->rules, app, hash);
	if (strcmp(hash, sync->settings_hash) != 0)
		return refuse(err, sync, "the settings of its app changed since it ran");
	if (verdict_baseline(store, sync->app, &baseline, err))
		return -1;
	baseline_clear(&baseline);
	if (baseline.accepted != sync->base || baseline.revision != sync->revision)
		return refuse(err, sync, "the hub changed since it ran");
	return 0;
}

/* The fingerprint that was shown must be the sync's, and the sync's that of what is staged. */
static int check_fingerprint(
	struct store *store, const struct sync *sync, const char *fingerprint, struct err *err)
{
	struct sync staged = *sync;
	struct staged_sum sum;

	if (strcasecmp(fingerprint, sync->fingerprint) != 0)
		return err_set(err, ERR_FAILED,
			"That is not the fingerprint of sync %lld. Look at it again: lumenport "
			"show %lld",
			(long long)sync->number, (long long)sync->number);
	if (verdict_staged_sum(store, sync->number, &sum, err))
		return -1;
	sync_fingerprint(&staged, &sum);
	if (strcmp(staged.fingerprint, sync->fingerprint) != 0)
		return refuse(err, sync, "what is staged is not what was shown");
	return 0;
}

static void sign(struct sync *sync)
{
	char user[160];

	audit_user(user, sizeof(user));
	mem_replace(&sync->decided_by, user);
	sync->decided = time(NULL);
}

/* The counts are of what is applied: what would have been deleted stays. */
static int64_t leave_out_deletions(struct sync *sync)
{
	int64_t left_out = 0;
	enum entity e;

	for (e = 0; e < ENTITY_COUNT; e++) {
		struct counts *counts = &sync->counts[e];

		left_out += counts->changed[CHANGE_DELETED];
		counts->unchanged += counts->changed[CHANGE_DELETED];
		counts->changed[CHANGE_DELETED] = 0;
	}
	return left_out;
}

static int audit_decision(struct store *store, const struct sync *sync, const char *action,
	int64_t left_out, struct err *err)
{
	char *subject = mem_printf("%s #%lld", sync->app, (long long)sync->number);
	char *without = sync->without_deletions
				? mem_printf(", without %lld deletions", (long long)left_out)
				: mem_strdup("");
	char *detail = mem_printf("fingerprint %s%s%s%s", sync->fingerprint, without,
		sync->reason ? ", reason: " : "", sync->reason ? sync->reason : "");
	int result = audit_add(store, action, subject, detail, err);

	free(subject);
	free(without);
	free(detail);
	return result;
}

/* Opens store and lock, and reads the sync inside a transaction. */
static int begin(const char *state, int64_t number, const char *doing, struct lock *lock,
	struct store **store, struct sync *sync, struct err *err)
{
	sync_init(sync);
	lock->fd = -1;
	*store = NULL;
	if (import_lock(lock, state, doing, err))
		return -1;
	*store = store_open(state, err);
	if (!*store || store_begin(*store, err) || history_get(*store, number, sync, err))
		return -1;
	return check_held(sync, err);
}

static void end(struct lock *lock, struct store *store)
{
	if (store)
		store_rollback(store); /* of what was not committed */
	store_close(store);
	lock_release(lock);
}

int decide_approve(const char *state, const struct settings *settings, int64_t number,
	const char *fingerprint, enum deletions deletions, struct sync *sync, struct err *err)
{
	struct store *store;
	struct lock lock;
	int64_t left_out = 0;
	int result = -1;

	if (begin(state, number, "approval", &lock, &store, sync, err) ||
		check_unchanged(store, settings, sync, err) ||
		check_fingerprint(store, sync, fingerprint, err))
		goto out;
	sync->state = SYNC_ACCEPTED;
	sync->without_deletions = deletions == DELETIONS_LEAVE_OUT;
	if (sync->without_deletions)
		left_out = leave_out_deletions(sync);
	sign(sync);
	if (history_decide(store, sync, err) || verdict_accept(store, sync, err) ||
		audit_decision(store, sync, "sync.approve", left_out, err))
		goto out;
	result = store_commit(store, err);
out:
	end(&lock, store);
	return result;
}

int decide_reject(const char *state, int64_t number, const char *reason, struct sync *sync,
	struct err *err)
{
	const char *c = reason;
	struct store *store;
	struct lock lock;
	int result = -1;

	sync_init(sync);
	while (isspace((unsigned char)*c))
		c++;
	if (!*c)
		return err_set(err, ERR_USAGE,
			"A rejection needs a reason, for those who read the history later.");
	if (begin(state, number, "rejection", &lock, &store, sync, err))
		goto out;
	sync->state = SYNC_REJECTED;
	mem_replace(&sync->reason, reason);
	sign(sync);
	if (verdict_drop(store, number, err) || history_decide(store, sync, err) ||
		audit_decision(store, sync, "sync.reject", 0, err))
		goto out;
	result = store_commit(store, err);
out:
	end(&lock, store);
	return result;
}
