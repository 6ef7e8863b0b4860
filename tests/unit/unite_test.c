/* The hub out of its layers: whatever order the apps sync in, the hub is the same. */
#include "sync/unite.h"

#include <stdlib.h>

#include "hub.h"
#include "store/audit.h"
#include "store/layers.h"

/* A record of an app: students have a username and an email, enrollments a user. */
struct line {
	enum entity entity;
	const char *id, *username, *email, *phone;
};

struct source {
	const char *app;
	struct line line[6];
};

static struct settings settings;
static struct store *store;

static void start(const char *name)
{
	const char *const apps[] = {"east", "west", "north"};
	struct app *app;
	size_t i;

	settings_clear(&settings);
	for (i = 0; i < 3; i++) {
		app = settings_add_app(&settings, APP_LUMEN_TOUCH, apps[i], &hub_err);
		app->multiple_sources = true;
	}
	store_close(store);
	store = hub_open(name);
}

static struct record record_of(const struct line *line)
{
	struct record record;

	record_init(&record, line->entity, line->id);
	if (line->entity == ENTITY_ENROLLMENT) {
		record.value[ATTR_USER_ID] = line->username;
		record.value[ATTR_ROLE] = "student";
	} else {
		record.value[ATTR_USERNAME] = line->username;
		record.value[ATTR_EMAIL] = line->email;
		record.value[ATTR_PHONE] = line->phone;
	}
	return record;
}

static void delete_absent(struct compare *compare)
{
	enum entity e;

	for (e = 0; e < ENTITY_COUNT; e++) {
		struct prints_walk walk = {0};
		struct print *print;

		while ((print = prints_next(&compare->prints[e], &walk))) {
			struct record record;

			record_init(&record, e, "?");
			if (print_mark(print) == MARK_NONE)
				must(compare_delete(compare, print, &record, &hub_err), "end");
		}
	}
}

/* One sync of a source, accepted: what it does to the hub is left in `counts`. */
static struct counts counts[ENTITY_COUNT];
static struct problems problems;

static void sync_source(const struct source *source)
{
	int64_t number = hub_begin(store, source->app);
	struct stage *layer = stage_open(store, source->app, number, STAGE_LAYER, &hub_err),
		     *stage;
	struct sync sync = {.number = number, .app = (char *)source->app};
	const struct unite_question question = {store, &settings, source->app, number, NULL};
	struct compare compare, hub;
	size_t i;

	problems_clear(&problems);
	problems_init(&problems);
	compare_init(&compare, source->app, ABSENCE_LEAVES, store, layer);
	must(compare_load(&compare, &hub_err), "load");
	for (i = 0; i < 6 && source->line[i].id; i++) {
		struct record record = record_of(&source->line[i]);

		must(compare_keep(&compare, &record, &hub_err), "keep");
	}
	must(stage_settle(layer, &hub_err), "settle");
	delete_absent(&compare);
	stage = stage_open_hub(store, number, &hub_err);
	compare_init(&hub, STORE_HUB, ABSENCE_LEAVES, store, stage);
	must(compare_load(&hub, &hub_err), "load the hub");
	must(unite(&question, &hub, &problems, &hub_err), "unite");
	memcpy(counts, hub.tally.counts, sizeof(counts));
	memcpy(sync.counts, counts, sizeof(counts));
	must(compare_save(&compare, number, &hub_err) || compare_save(&hub, number, &hub_err),
		"save");
	sync.state = SYNC_ACCEPTED;
	must(history_write(store, &sync, NULL, 0, NULL, &hub_err), "history");
	must(verdict_accept(store, &sync, &hub_err), "accept");
	compare_clear(&compare);
	compare_clear(&hub);
	stage_close_hub(stage);
	must(stage_commit(layer, &hub_err), "commit");
}

static int by_text(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

struct lines {
	char *line[40];
	size_t count;
};

static const char *or_dash(const char *text)
{
	return text ? text : "-";
}

static int add_line(void *arg, const struct record *record, const char *app, struct err *err)
{
	struct lines *lines = arg;

	(void)app;
	(void)err;
	lines->line[lines->count++] = mem_printf("%s %s %s %s", record->sis_id,
		or_dash(record->value[record->entity == ENTITY_ENROLLMENT ? ATTR_USER_ID
									  : ATTR_USERNAME]),
		or_dash(record->value[ATTR_EMAIL]), or_dash(record->value[ATTR_PHONE]));
	return 0;
}

/* The students, or the enrollments, of the hub: sorted lines, joined by ", ". */
static const char *hub(enum entity entity)
{
	static char text[2000];
	struct lines lines = {{NULL}, 0};
	size_t i, used = 0;

	must(store_each(store, entity, add_line, &lines, &hub_err), "each");
	qsort(lines.line, lines.count, sizeof(char *), by_text);
	*text = '\0';
	for (i = 0; i < lines.count; i++) {
		used += (size_t)snprintf(
			text + used, sizeof(text) - used, "%s%s", i ? ", " : "", lines.line[i]);
		free(lines.line[i]);
	}
	return text;
}

static const struct source east = {
	"east", {{ENTITY_STUDENT, "e1", "Zoé", "zoe@e", NULL},
			{ENTITY_STUDENT, "e2", "bob", NULL, NULL},
			{ENTITY_ENROLLMENT, "en1", "e1", NULL, NULL}}};
static const struct source west = {"west",
	{{ENTITY_STUDENT, "w9", "ZOE", "zoe@w", "7"}, {ENTITY_STUDENT, "w8", "cy", NULL, NULL},
		{ENTITY_ENROLLMENT, "wn1", "w9", NULL, NULL}}};
static const struct source north = {
	"north", {{ENTITY_STUDENT, "n5", "x", "ZOE@w", "8"},
			 {ENTITY_STUDENT, "e2", "bobby", "b@n", NULL}}};

/* e1 and w9 by their username, n5 and w9 by their email, e2 by its id. */
static const char united_students[] = "e1 Zoé zoe@e 7, e2 bob b@n -, w8 cy - -";

static void test_orders(void)
{
	static const struct source *const orders[][3] = {{&east, &west, &north},
		{&east, &north, &west}, {&west, &east, &north}, {&west, &north, &east},
		{&north, &east, &west}, {&north, &west, &east}};
	char name[20];
	size_t i, j;

	for (i = 0; i < 6; i++) {
		snprintf(name, sizeof(name), "order%zu", i);
		start(name);
		for (j = 0; j < 3; j++)
			sync_source(orders[i][j]);
		is_str(hub(ENTITY_STUDENT), united_students, "the same hub in order %zu", i);
		is_str(hub(ENTITY_ENROLLMENT), "en1 e1 - -, wn1 e1 - -",
			"references lead to the one record");
		sync_source(orders[i][0]);
		ok(!counts[ENTITY_STUDENT].changed[CHANGE_CREATED] &&
				!counts[ENTITY_STUDENT].changed[CHANGE_UPDATED] &&
				!counts[ENTITY_STUDENT].changed[CHANGE_DELETED] &&
				!counts[ENTITY_ENROLLMENT].changed[CHANGE_UPDATED],
			"again changes nothing");
	}
}

static void test_separation(void)
{
	struct stage *stage;
	struct record record = record_of(&east.line[0]);
	struct sync sync = {.app = (char *)"east", .state = SYNC_ACCEPTED};
	struct compare compare;

	start("separation");
	sync.number = hub_begin(store, "east");
	stage = hub_stage(store, "east", sync.number);
	compare_init(&compare, "east", ABSENCE_LEAVES, store, stage);
	must(compare_keep(&compare, &record, &hub_err), "keep");
	must(stage_settle(stage, &hub_err), "settle");
	must(compare_save(&compare, sync.number, &hub_err), "save");
	memcpy(sync.counts, compare.tally.counts, sizeof(sync.counts));
	must(history_write(store, &sync, NULL, 0, NULL, &hub_err), "history");
	must(verdict_accept(store, &sync, &hub_err), "accept");
	must(stage_commit(stage, &hub_err), "commit");
	compare_clear(&compare);
	is_str(hub(ENTITY_STUDENT), "e1 Zoé zoe@e -", "one app: its rows are the hub's");
	sync_source(&west);
	is_str(hub(ENTITY_STUDENT), "e1 Zoé zoe@e 7, w8 cy - -", "two apps: one record");
	is_int(counts[ENTITY_STUDENT].changed[CHANGE_UPDATED], 1, "counted as updated");
	is_int(counts[ENTITY_STUDENT].changed[CHANGE_CREATED], 1, "the other as created");
	is_int(hub_total(store, NULL, ENTITY_STUDENT), 2, "two in the hub");
	is_int(hub_total(store, "west", ENTITY_STUDENT), 2, "two of the new app");
	is_int(hub_total(store, "east", ENTITY_STUDENT), 1, "one of the first");
	ok(problems.count[PROBLEM_CONFLICT] == 1 && strstr(problems.kept[0].detail, "email"),
		"what they say differently is reported");
}

static void test_masters(void)
{
	static const struct source empty = {"west", {{ENTITY_STUDENT, "w8", "cy", NULL, NULL}}};

	start("masters");
	sync_source(&east);
	sync_source(&west);
	rules_set(&settings.rules, RULE_MASTER, ENTITY_STUDENT, "email", "west: master");
	rules_set(&settings.rules, RULE_MASTER, ENTITY_STUDENT, "sisId", "west: master");
	is_str(hub(ENTITY_STUDENT), "e1 Zoé zoe@e 7, e2 bob - -, w8 cy - -",
		"a rule changes nothing by itself");
	sync_source(&east);
	is_str(hub(ENTITY_STUDENT), "e2 bob - -, w8 cy - -, w9 Zoé zoe@w 7",
		"the next sync shows it, whichever app's");
	is_str(hub(ENTITY_ENROLLMENT), "en1 w9 - -, wn1 w9 - -", "references follow the id");
	ok(problems.count[PROBLEM_CONFLICT] == 1 && !strstr(problems.kept[0].detail, "email"),
		"what a master decides is no conflict");
	sync_source(&empty);
	is_str(hub(ENTITY_STUDENT), "e1 Zoé zoe@e -, e2 bob - -, w8 cy - -",
		"without the master's record the other's values are back");
	is_str(hub(ENTITY_ENROLLMENT), "en1 e1 - -", "and nothing else is left of it");
}

static void test_gives_in(void)
{
	start("gives in");
	rules_set(
		&settings.rules, RULE_MASTER, ENTITY_STUDENT, "email", "east: do not override");
	sync_source(&east);
	is_str(hub(ENTITY_STUDENT), "e1 Zoé zoe@e -, e2 bob - -", "where no other value is");
	sync_source(&west);
	is_str(hub(ENTITY_STUDENT), "e1 Zoé zoe@w 7, e2 bob - -, w8 cy - -",
		"does not override a value that is there");
}

static void test_resolutions(void)
{
	static const struct source twins = {
		"east", {{ENTITY_STUDENT, "e1", "zoe", NULL, "1"},
				{ENTITY_STUDENT, "e3", "ZOE", "z@e", "2"},
				{ENTITY_ENROLLMENT, "en3", "e3", NULL, NULL}}};

	start("resolutions");
	sync_source(&twins);
	is_str(hub(ENTITY_STUDENT), "e1 zoe - 1, e3 ZOE z@e 2",
		"two of one source are never merged silently");
	sync_source(&west);
	is_str(hub(ENTITY_STUDENT), "e1 zoe - 1, e3 ZOE z@e 2, w8 cy - -, w9 ZOE zoe@w 7",
		"nor is a third record joined with one of them by chance");
	rules_add(&settings.rules, RULE_DUPLICATE, ENTITY_STUDENT, "e3", "merge e1");
	sync_source(&twins);
	is_str(hub(ENTITY_STUDENT), "e1 zoe z@e 1, w8 cy - -", "merged as resolved");
	is_str(hub(ENTITY_ENROLLMENT), "en3 e1 - -, wn1 e1 - -", "references follow");
	rules_clear(&settings.rules);
	rules_add(&settings.rules, RULE_DUPLICATE, ENTITY_STUDENT, "w9", "keep e1");
	rules_add(&settings.rules, RULE_DUPLICATE, ENTITY_STUDENT, "e3", "keep w9");
	sync_source(&east);
	is_str(hub(ENTITY_STUDENT), "e1 Zoé zoe@e -, e2 bob - -, w8 cy - -, w9 ZOE zoe@w 7",
		"kept apart as resolved");
}

int main(void)
{
	problems_init(&problems);
	settings_init(&settings);
	test_orders();
	test_separation();
	test_masters();
	test_gives_in();
	test_resolutions();
	store_close(store);
	settings_clear(&settings);
	problems_clear(&problems);
	return done_testing();
}
