/*
 * Whole imports and decisions in random order against a model of the hub: a source in memory
 * stands in for the network, and from import_run on all is real. After every step the hub is
 * what the model says, and its fingerprints are those of its rows.
 *
 * SEED=n and STEPS=n take another walk, or a longer one.
 */
#include <signal.h>
#include <sys/resource.h>

#include "hub.h"
#include "random_model.h"
#include "random_source.h"
#include "settings/settings.h"
#include "store/db.h"
#include "store/print.h"
#include "sync/decide.h"
#include "sync/import.h"
#include "sync/prints.h"

/* ---- what is checked ---- */

static struct settings settings;
static struct app *app;
static const char *state;
static struct model hub;
static bool imported; /* the hub has its school */

/* What waits for a decision. */
static struct {
	int64_t number; /* 0: nothing */
	char fingerprint[65];
	char settings_hash[65];
	struct model target;
	bool spoilt; /* the hub changed since */
} held;

static int step;
static int wrong;
static int outcomes[SYNC_UNCHANGED + 1], splits, approvals,
	refusals; /* so that none is missed */

__attribute__((format(printf, 1, 2))) static void complain(const char *fmt, ...)
{
	va_list ap;

	if (wrong++ > 20)
		return;
	printf("# step %d: ", step);
	va_start(ap, fmt);
	vprintf(fmt, ap);
	va_end(ap);
	putchar('\n');
}

static int take_hub(void *arg, const struct record *record, const char *of, struct err *err)
{
	struct model *have = arg;
	int kind = kind_of(record->entity), i;

	(void)err;
	for (i = 0; i < sizes[kind]; i++)
		if (!strcmp(record->sis_id, id_of("uuce"[kind], i)))
			break;
	if (i == sizes[kind] || strcmp(of, "main"))
		complain("%s is of nobody", record->sis_id);
	else if (have->of[kind][i])
		complain("%s is there twice", record->sis_id);
	else
		have->of[kind][i] = version_of(record);
	return 0;
}

static void take_print(void *arg, enum entity entity, enum print_kind kind,
	const struct print *list, size_t count)
{
	struct prints *prints = (struct prints *)arg + entity;
	size_t i;

	for (i = 0; i < count; i++) {
		if (kind == PRINT_REMOVED)
			prints_remove(prints, list[i].key);
		else
			*prints_add(prints, list[i].key) = list[i];
	}
}

/* Every accepted row has its print, with its content and number, and there are no others. */
static void check_prints(struct store *store)
{
	struct prints prints[ENTITY_COUNT];
	sqlite3_stmt *rows = db_prepare(store,
		"SELECT record.id, sis_id, body FROM record JOIN app ON app.id = record.app"
		" WHERE since <= accepted AND (until IS NULL OR until > accepted)",
		&hub_err);
	struct print *print;
	int e;

	for (e = 0; e < ENTITY_COUNT; e++)
		prints_init(&prints[e]);
	must(print_load(store, "main", take_print, prints, &hub_err), "print_load");
	while (db_step(store, rows, &hub_err) > 0) {
		int64_t id = sqlite3_column_int64(rows, 0);
		const char *sis_id = (const char *)sqlite3_column_text(rows, 1);
		const char *body = sqlite3_column_blob(rows, 2);
		size_t length = (size_t)sqlite3_column_bytes(rows, 2);
		uint64_t key =
			record_fingerprint(sis_id, strlen(sis_id), store_secret(store)).low;

		print = prints_find(&prints[id >> 32], key);
		if (!print)
			complain("%s has no print", sis_id);
		else if (print->row != (uint32_t)id)
			complain("the print of %s is of row %u, not %u", sis_id, print->row,
				(unsigned)id);
		else if (print->content != record_fingerprint(body,
						   record_content(body, length),
						   store_secret(store))
						   .low)
			complain("the print of %s is of other content", sis_id);
		prints_remove(&prints[id >> 32], key);
	}
	sqlite3_finalize(rows);
	for (e = 0; e < ENTITY_COUNT; e++) {
		struct prints_walk walk = {0};

		while ((print = prints_next(&prints[e], &walk)))
			complain("a print of row %u, which is not there", print->row);
		prints_clear(&prints[e]);
	}
}

/* What no accepted or held sync knows is not in the store. */
static void check_rubbish(struct store *store)
{
	int64_t n = 0;

	must(db_int(store, &hub_err, &n, 0,
		     "SELECT (SELECT count(*) FROM record WHERE since NOT IN"
		     "  (SELECT number FROM sync WHERE state IN (1, 2)))"
		     " + (SELECT count(*) FROM record WHERE until IS NOT NULL AND until NOT IN"
		     "  (SELECT number FROM sync WHERE state IN (1, 2)))"
		     " + (SELECT count(*) FROM print WHERE sync NOT IN"
		     "  (SELECT number FROM sync WHERE state IN (1, 2)))"
		     " + (SELECT max(0, count(*) - 1) FROM sync WHERE state = 2)",
		     0),
		"rubbish");
	if (n)
		complain("%d rows are of no sync", (int)n);
}

static void check_hub(void)
{
	struct store *store = hub_open("state");
	struct model have;
	int64_t totals[ENTITY_COUNT];
	int k, i;

	memset(&have, 0, sizeof(have));
	must(store_totals(store, NULL, totals, &hub_err), "store_totals");
	for (k = 0; k < KINDS; k++) {
		int64_t there = 0;

		must(store_each(store, kinds[k], take_hub, &have, &hub_err), "store_each");
		for (i = 0; i < sizes[k]; i++) {
			there += hub.of[k][i] != 0;
			if (have.of[k][i] != hub.of[k][i])
				complain("%s %d has version %d, not %d", entity_name(kinds[k]),
					i, have.of[k][i], hub.of[k][i]);
		}
		if (there != totals[kinds[k]])
			complain("%d %s, but %d are counted", (int)there,
				entity_plural(kinds[k]), (int)totals[kinds[k]]);
	}
	check_prints(store);
	check_rubbish(store);
	store_close(store);
}

static void check_counts(const struct sync *sync, const struct model *target)
{
	int k, c;

	for (k = 0; k < KINDS; k++) {
		struct counts want = count_of(&hub, target, k);
		const struct counts *got = &sync->counts[kinds[k]];

		for (c = 0; c < CHANGE_KINDS; c++)
			if (want.changed[c] != got->changed[c])
				complain("%d %s %s, not %d", (int)got->changed[c],
					entity_plural(kinds[k]), change_name((enum change)c),
					(int)want.changed[c]);
		if (want.unchanged != got->unchanged)
			complain("%d %s unchanged, not %d", (int)got->unchanged,
				entity_plural(kinds[k]), (int)want.unchanged);
	}
}

/* ---- what is done ---- */

static void hold(int64_t number, const struct model *target)
{
	struct store *store = hub_open("state");
	struct sync sync;

	must(history_get(store, number, &sync, &hub_err), "history_get");
	if (sync.state != SYNC_HELD)
		complain("sync %d is %s", (int)number, sync_state_name(sync.state));
	held.number = number;
	memcpy(held.fingerprint, sync.fingerprint, sizeof(held.fingerprint));
	memcpy(held.settings_hash, sync.settings_hash, sizeof(held.settings_hash));
	held.target = *target;
	held.spoilt = false;
	sync_clear(&sync);
	store_close(store);
}

/* An import that came to its end: the model follows. */
static void follow(const struct sync *sync, const struct model *target)
{
	struct model part = undeleted(&hub, *target);

	held.number = 0;
	outcomes[sync->state]++;
	splits += sync->waiting != 0;
	switch (sync->state) {
	case SYNC_UNCHANGED:
		if (!same_model(&hub, target))
			complain("unchanged, but it is not");
		return;
	case SYNC_HELD:
		check_counts(sync, target);
		hold(sync->number, target);
		return;
	case SYNC_ACCEPTED:
		if (imported && same_model(&hub, target))
			complain("accepted, but nothing changed");
		check_counts(sync, sync->waiting ? &part : target);
		hub = sync->waiting ? part : *target;
		imported = true;
		if (sync->waiting)
			hold(sync->waiting, target);
		return;
	default: complain("an import is %s", sync_state_name(sync->state));
	}
}

static bool import(enum import_mode mode, struct sync *sync)
{
	const struct import_options options = {.mode = mode};
	struct secret secret = {"secret"};

	return !import_run(state, &settings, app, &secret, &options, sync, &hub_err);
}

/* A disk that takes no more than some bytes of any file. */
static void limit_disk(rlim_t bytes)
{
	struct rlimit limit;

	getrlimit(RLIMIT_FSIZE, &limit);
	limit.rlim_cur = bytes;
	setrlimit(RLIMIT_FSIZE, &limit);
}

static void run_failing(void)
{
	struct model target = target_of(&hub, app->bulk_upload);
	bool full = percent(40);
	struct sync sync;

	fault = full ? FAULT_NONE : FAULT_NETWORK + under(4);
	fault_at = (int)under(60);
	if (full)
		limit_disk(4096 + under(120000));
	if (import(IMPORT_REAL, &sync)) {
		limit_disk(RLIM_INFINITY);
		follow(&sync, &target);
	} else {
		outcomes[SYNC_FAILED]++;
		if (sync.state != SYNC_FAILED)
			complain("a failed import is %s", sync_state_name(sync.state));
	}
	limit_disk(RLIM_INFINITY);
	fault = FAULT_NONE;
	sync_clear(&sync);
}

static void run_dry(void)
{
	struct sync sync;

	if (!import(IMPORT_DRY_RUN, &sync))
		complain("a dry run failed: %s", hub_err.text);
	sync_clear(&sync);
}

static void run_twice(void)
{
	struct model target = target_of(&hub, app->bulk_upload);
	struct sync sync, again;

	if (!import(IMPORT_REAL, &sync)) {
		complain("the import failed: %s", hub_err.text);
	} else {
		follow(&sync, &target);
		check_hub();
		target = target_of(&hub, app->bulk_upload);
		if (!import(IMPORT_REAL, &again)) {
			complain("the second import failed: %s", hub_err.text);
		} else if (sync.state == SYNC_HELD) {
			if (strcmp(sync.fingerprint, again.fingerprint) != 0)
				complain("held again, with another fingerprint");
		} else if (again.state != (sync.waiting ? SYNC_HELD : SYNC_UNCHANGED)) {
			complain("the second import is %s", sync_state_name(again.state));
		}
		follow(&again, &target);
		sync_clear(&again);
	}
	sync_clear(&sync);
}

static bool is_stale(void)
{
	char hash[65];

	app_settings_hash(&settings.rules, app, hash);
	return strcmp(hash, held.settings_hash) != 0 || held.spoilt;
}

static void decide_one(void)
{
	bool without = percent(40), stale = is_stale();
	struct sync sync;

	if (percent(10)) {
		if (!decide_approve(state, &settings, held.number, "0badc0de", DELETIONS_APPLY,
			    &sync, &hub_err))
			complain("a wrong fingerprint was taken");
		sync_clear(&sync);
		check_hub();
	}
	if (percent(30)) {
		if (decide_reject(state, held.number, "a reason", &sync, &hub_err))
			complain("rejecting failed: %s", hub_err.text);
		held.number = 0;
	} else if (decide_approve(state, &settings, held.number, held.fingerprint,
			   without ? DELETIONS_LEAVE_OUT : DELETIONS_APPLY, &sync, &hub_err)) {
		refusals++;
		if (!stale)
			complain("approving failed: %s", hub_err.text);
	} else {
		approvals++;
		if (stale)
			complain("what is stale was approved");
		if (without)
			held.target = undeleted(&hub, held.target);
		check_counts(&sync, &held.target);
		hub = held.target;
		imported = true;
		held.number = 0;
	}
	sync_clear(&sync);
}

static void set(const char *key, const char *value)
{
	must(app_set(app, key, value, &hub_err), key);
}

static void toggle(void)
{
	switch (under(4)) {
	case 0: set("preview", app->preview ? "off" : "on"); break;
	case 1: set("bulk_upload", app->bulk_upload ? "off" : "on"); break;
	case 2: set("hold.deletions_only", app->hold.deletions_only ? "off" : "on"); break;
	default: set("hold.deleted", percent(50) ? "3" : "off"); break;
	}
}

static void begin(void)
{
	int i;

	state = temp_path("state");
	app = settings_add_app(&settings, APP_LUMEN_TOUCH, "main", &hub_err);
	app_need_school(app, "s1")->on = true;
	app->terms.version = 1;
	set("hold.updated", "off");
	set("hold.per_school.updated", "off");
	set("hold.per_school.deleted", "off");
	for (i = 0; i < USERS; i++)
		users[i] = (struct thing){SHOWN, 1, i % 5 == 0, false};
	for (i = 0; i < CLASSES; i++)
		classes[i] = (struct thing){SHOWN, 1, false, false};
	for (i = 0; i < SEATS; i++)
		seats[i] = (struct thing){SHOWN, 1, false, false};
}

static void walk(int steps)
{
	for (step = 1; step <= steps && wrong < 20; step++) {
		unsigned what = under(100);

		edit_source();
		if (what < 10)
			toggle();
		else if (what < 40 && held.number)
			decide_one();
		else if (what < 55)
			run_failing();
		else if (what < 60)
			run_dry();
		else
			run_twice();
		check_hub();
	}
}

static int64_t chunks(void)
{
	struct store *store = hub_open("state");
	int64_t n = 0;

	must(db_int(store, &hub_err, &n, 0, "SELECT count(*) FROM print", 0), "count");
	store_close(store);
	return n;
}

/* So many syncs that the prints are written anew as one set. */
static void grow_old(void)
{
	struct store *store = hub_open("state");
	struct print print = {1, 1, 1};
	struct buf many;
	int64_t before, accepted = 0;
	int i;

	/* Prints that come and go, as of a thousand syncs. */
	buf_init(&many);
	for (i = 0; i < 60000; i++) {
		print.key = (uint64_t)i * 0x9e3779b97f4a7c15u + 1;
		buf_add(&many, &print, sizeof(print));
	}
	must(db_int(store, &hub_err, &accepted, 0, "SELECT accepted FROM app", 0), "accepted");
	must(store_begin(store, &hub_err), "begin");
	for (i = 0; i < 2; i++)
		must(print_add(store, "main", accepted, ENTITY_CALENDAR,
			     i ? PRINT_REMOVED : PRINT_PUT, (const struct print *)many.data,
			     60000, &hub_err),
			"print_add");
	must(store_commit(store, &hub_err), "commit");
	store_close(store);
	buf_clear(&many);
	check_hub();
	before = chunks();
	set("preview", "off");
	set("hold.deleted", "off");
	for (i = 0; i < 4; i++) {
		edit_thing(&users[1]);
		users[2].version += 10;
		users[2].presence = SHOWN;
		run_twice();
		check_hub();
	}
	printf("# %d chunks of prints became %d\n", (int)before, (int)chunks());
	ok(chunks() < 40, "prints are compacted");
}

int main(void)
{
	const char *seed = getenv("SEED"), *steps = getenv("STEPS");
	int walks, most = steps ? atoi(steps) : 120;

	chance = seed ? strtoull(seed, NULL, 10) : 1;
	printf("# SEED=%llu\n", (unsigned long long)chance);
	signal(SIGXFSZ, SIG_IGN);
	begin();
	walk(most);
	walks = step - 1;
	is_int(wrong, 0, "%d steps: the hub is what was accepted", walks);
	printf("# %d accepted (%d but for deletions), %d held, %d unchanged, %d failed; "
	       "%d approved, %d stale\n",
		outcomes[SYNC_ACCEPTED], splits, outcomes[SYNC_HELD], outcomes[SYNC_UNCHANGED],
		outcomes[SYNC_FAILED], approvals, refusals);
	ok(seed || (outcomes[SYNC_ACCEPTED] && splits && outcomes[SYNC_HELD] &&
			   outcomes[SYNC_UNCHANGED] && outcomes[SYNC_FAILED] && approvals &&
			   refusals),
		"all that can happen has");
	grow_old();
	walk(20);
	is_int(wrong, 0, "and so it is after compaction");
	settings_clear(&settings);
	return done_testing();
}
