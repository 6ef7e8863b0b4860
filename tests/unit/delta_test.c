/*
 * A set of changes: status and date on every row, and, laid over the bulk set before, the bulk
 * set of now, whatever changed.
 */
#include <stdlib.h>

#include "list_hub.h"

#define AT "2027-01-01T00:00:00Z"

static const char *const orgs = "sourcedId,status,dateLastModified,name,type,identifier,"
				"parentSourcedId";
static const char *const users =
	"sourcedId,status,dateLastModified,enabledUser,orgSourcedIds,role,username,userIds,"
	"givenName,familyName,middleName,identifier,email,sms,phone,agentSourcedIds,grades,"
	"password";
static const char *const enrollments =
	"sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,userSourcedId,role,"
	"primary,beginDate,endDate";

static const struct moment then = {.revision = 1};

/* What the hub before makes in bulk is the base; then what changed since. */
static void export_changes(const struct format *format)
{
	struct export_base base = {&then, 0};
	struct hub now[HUB_MOST];
	size_t count = hub_count;

	memcpy(now, hub, sizeof(hub));
	memcpy(hub, former, sizeof(hub));
	hub_count = former_count;
	export_with(format, &nothing, NULL);
	base.sum = report.sum;
	memcpy(hub, now, sizeof(hub));
	hub_count = count;
	export_with(format, &nothing, &base);
}

static void test_changes(void)
{
	empty_hub();
	put_school("s1");
	put_school("s2");
	put_school("s,3");
	hub_moves_on();
	empty_hub();
	put_school("s1");
	put(ENTITY_SCHOOL, "s2", ATTR_NAME, "new, name", ATTR_TYPE, "school", ATTR_NONE);
	put_school("s4");
	export_changes(&oneroster_11);
	is_file("orgs.csv", orgs,
		"s2,active," AT ",\"new, name\",school,,\ns4,active," AT ",s4,school,,\n"
		"\"s,3\",tobedeleted," AT ",\"s,3\",school,,\n",
		"changed, created, deleted; what stays is not told");
	ok(report.changes, "it is a set of changes");
	is_int(report.rows, 3, "of three rows");
	is_int(report.deleted, 1, "one of them deleted");
}

static void test_nothing_changed(void)
{
	empty_hub();
	put_school("s1");
	hub_moves_on();
	export_changes(&oneroster_11);
	is_int(report.rows, 0, "nothing changed, nothing is told");
	is_file("manifest.csv", "propertyName,value",
		"manifest.version,1.0\noneroster.version,1.1\nfile.academicSessions,absent\n"
		"file.categories,absent\nfile.classes,absent\nfile.classResources,absent\n"
		"file.courses,absent\nfile.courseResources,absent\nfile.demographics,absent\n"
		"file.enrollments,absent\nfile.lineItems,absent\nfile.orgs,absent\n"
		"file.resources,absent\nfile.results,absent\nfile.users,absent\n"
		"source.systemName,lumenport\nsource.systemCode,lumenport\n",
		"no file is there");
}

/* A row changes with what it refers to, though its record does not. */
static void test_cascade(void)
{
	empty_hub();
	put_school("s");
	put(ENTITY_CLASS, "k", ATTR_SCHOOL_ID, "s", ATTR_NONE);
	put(ENTITY_STUDENT, "u", ATTR_CONTACT_IDS, "c", ATTR_NONE);
	put(ENTITY_STUDENT, "v", ATTR_NONE);
	put(ENTITY_CONTACT, "c", ATTR_NONE);
	put(ENTITY_ENROLLMENT, "e", ATTR_CLASS_ID, "k", ATTR_USER_ID, "u", ATTR_ROLE, "student",
		ATTR_NONE);
	hub_moves_on();
	empty_hub();
	put_school("s");
	put(ENTITY_STUDENT, "u", ATTR_CONTACT_IDS, "c", ATTR_NONE);
	put(ENTITY_STUDENT, "v", ATTR_LAST_MODIFIED, "2026-12-31T00:00:00Z", ATTR_NONE);
	put(ENTITY_ENROLLMENT, "e", ATTR_CLASS_ID, "k", ATTR_USER_ID, "u", ATTR_ROLE, "student",
		ATTR_NONE);
	export_changes(&oneroster_11);
	is_file("users.csv", users,
		"u,active," AT ",true,,student,,,,,,,,,,,,\nc,tobedeleted," AT
		",true,,guardian,,,,,,,,,,,,\n",
		"who loses an agent; not who only has another date");
	is_file("enrollments.csv", enrollments, "e,tobedeleted," AT ",k,s,u,student,,,\n",
		"a seat whose class is gone is deleted, as it was");
}

static void test_metadata(void)
{
	empty_hub();
	put_school("s1");
	put_school("s2");
	put_extra("metadata.old", "1");
	put_school("s3");
	hub_moves_on();
	hub_count = 0;
	put_school("s1");
	put_extra("metadata.new", "x");
	put_school("s2");
	put_extra("metadata.old", "1");
	export_changes(&oneroster_11);
	is_file("orgs.csv",
		"sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId,"
		"metadata.new",
		"s1,active," AT ",s1,school,,,x\ns3,tobedeleted," AT ",s3,school,,,\n",
		"a row changes with its metadata, not with the columns");
}

/* What was told cannot be made again: it is bulk, and says so. */
static void test_base_is_gone(void)
{
	struct export_base base = {&then, 4711};

	empty_hub();
	put_school("s1");
	hub_moves_on();
	put_school("s2");
	export_with(&oneroster_11, &nothing, &base);
	ok(!report.changes, "it is bulk");
	is_file("orgs.csv", orgs, "s1,,,s1,school,,\ns2,,,s2,school,,\n", "all of it");
}

static void test_roles(void)
{
	empty_hub();
	put_school("s");
	put_school("s2");
	put(ENTITY_TEACHER, "t", ATTR_SCHOOL_ID, "s", ATTR_NONE);
	hub_moves_on();
	hub_count = 2;
	put(ENTITY_TEACHER, "t", ATTR_SCHOOL_ID, "s2", ATTR_OTHER_SCHOOL_IDS, "s", ATTR_NONE);
	export_changes(&oneroster_12);
	is_file("roles.csv",
		"sourcedId,status,dateLastModified,userSourcedId,roleType,role,beginDate,endDate,"
		"orgSourcedId,userProfileSourcedId",
		"t:teacher:s2,active," AT ",t,primary,teacher,,,s2,\n"
		"t:teacher:s,active," AT ",t,secondary,teacher,,,s,\n",
		"roles of 1.2 change, too");
}

/* ---- any hub after any other ---- */

struct line {
	char *id;   /* the first cell */
	char *rest; /* from the fourth on */
	char status[16];
};

struct lines {
	struct line *all;
	size_t count;
};

static void lines_clear(struct lines *lines)
{
	while (lines->count) {
		free(lines->all[--lines->count].id);
		free(lines->all[lines->count].rest);
	}
	free(lines->all);
	lines->all = NULL;
}

static void lines_add(struct lines *lines, const char *text)
{
	const char *status = strchr(text, ',') + 1, *date = strchr(status, ',') + 1;
	struct line *line;

	lines->all = realloc(lines->all, (lines->count + 1) * sizeof(*line));
	line = &lines->all[lines->count++];
	line->id = strndup(text, (size_t)(status - text - 1));
	line->rest = strdup(strchr(date, ',') + 1);
	snprintf(line->status, sizeof(line->status), "%.*s", (int)(date - status - 1), status);
}

/* The rows of a file; none when it is not there. No cell of the random hubs needs quotes. */
static void lines_read(struct lines *lines, const char *name)
{
	char path[60], *save = NULL, *line;
	struct buf text;

	*lines = (struct lines){NULL, 0};
	buf_init(&text);
	snprintf(path, sizeof(path), "out/%s.csv", name);
	if (file_exists(temp_path(path)) && !file_read(temp_path(path), 1 << 20, &text, &err)) {
		line = strtok_r(text.data, "\r\n", &save);
		while ((line = strtok_r(NULL, "\r\n", &save)))
			lines_add(lines, line);
	}
	buf_clear(&text);
}

static struct line *lines_find(struct lines *lines, const char *id)
{
	size_t i;

	for (i = 0; i < lines->count; i++)
		if (!strcmp(lines->all[i].id, id))
			return &lines->all[i];
	return NULL;
}

/* Lays changes over `lines`. False when they delete what is not there. */
static bool lines_apply(struct lines *lines, struct lines *changes)
{
	size_t i;

	for (i = 0; i < changes->count; i++) {
		struct line *change = &changes->all[i], *old = lines_find(lines, change->id);

		if (!strcmp(change->status, "tobedeleted")) {
			if (!old)
				return false;
			free(old->id);
			free(old->rest);
			*old = lines->all[--lines->count];
			continue;
		}
		if (!old) {
			lines->all =
				realloc(lines->all, (lines->count + 1) * sizeof(*lines->all));
			old = &lines->all[lines->count++];
		} else {
			free(old->id);
			free(old->rest);
		}
		*old = (struct line){strdup(change->id), strdup(change->rest), ""};
	}
	return true;
}

static bool lines_same(struct lines *a, struct lines *b)
{
	size_t i;

	for (i = 0; i < a->count; i++) {
		const struct line *other = lines_find(b, a->all[i].id);

		if (!other || strcmp(other->rest, a->all[i].rest) != 0)
			return false;
	}
	return a->count == b->count;
}

static unsigned seed;

static unsigned below(unsigned n)
{
	seed = seed * 1103515245 + 12345;
	return seed >> 16 & 0x7fff ? (seed >> 16 & 0x7fff) % n : 0;
}

static const char *some(const char *letter)
{
	return arena_printf(&hub_arena, "%s%u", letter, below(6));
}

/* Few ids, so that most of them come again, as something else. */
static void put_random(void)
{
	static const enum entity persons[] = {
		ENTITY_STUDENT, ENTITY_TEACHER, ENTITY_ADMIN, ENTITY_CONTACT};
	unsigned i, j;

	for (i = 0; i < 6; i++)
		if (below(4))
			put(ENTITY_SCHOOL, arena_printf(&hub_arena, "s%u", i), ATTR_NAME,
				some("n"), ATTR_PARENT_ID, some("s"), ATTR_NONE);
	for (j = 0; j < 4; j++)
		for (i = 0; i < 6; i++)
			if (below(2))
				put(persons[j], arena_printf(&hub_arena, "p%u", i),
					ATTR_FIRST_NAME, some("f"), ATTR_SCHOOL_ID, some("s"),
					ATTR_OTHER_SCHOOL_IDS, some("s"), ATTR_CONTACT_IDS,
					some("p"), below(2) ? ATTR_NONE : ATTR_GENDER, "male",
					ATTR_NONE);
	for (i = 0; i < 6; i++)
		if (below(4))
			put(ENTITY_CLASS, arena_printf(&hub_arena, "k%u", i), ATTR_SCHOOL_ID,
				some("s"), ATTR_TITLE, some("t"), ATTR_NONE);
	for (i = 0; i < 6; i++)
		if (below(4))
			put(ENTITY_ENROLLMENT, arena_printf(&hub_arena, "e%u", i),
				ATTR_CLASS_ID, some("k"), ATTR_USER_ID, some("p"), ATTR_ROLE,
				below(2) ? "student" : "teacher", ATTR_NONE);
}

/* One pair of hubs: all files of the format. */
static bool holds_of_pair(const struct format *format)
{
	struct lines before[8], changes[8], after;
	struct export_base base = {&then, 0};
	bool holds = true;
	size_t i;

	empty_hub();
	put_random();
	export_with(format, &nothing, NULL);
	base.sum = report.sum;
	for (i = 0; i < format->files; i++)
		lines_read(&before[i], format->file[i]->name);
	hub_moves_on();
	hub_count = 0;
	put_random();
	export_with(format, &nothing, &base);
	holds = report.changes;
	for (i = 0; i < format->files; i++)
		lines_read(&changes[i], format->file[i]->name);
	export_with(format, &nothing, NULL);
	for (i = 0; i < format->files; i++) {
		lines_read(&after, format->file[i]->name);
		holds = holds && lines_apply(&before[i], &changes[i]) &&
			lines_same(&before[i], &after);
		lines_clear(&before[i]);
		lines_clear(&changes[i]);
		lines_clear(&after);
	}
	return holds;
}

static void test_property(void)
{
	enum { PAIRS = 60 };
	unsigned held = 0, i;

	for (i = 0; i < PAIRS; i++) {
		seed = i + 1;
		if (holds_of_pair(i % 2 ? &oneroster_12 : &oneroster_11))
			held++;
		else
			ok(false, "seed %u: changes over the former set are the present one",
				i + 1);
	}
	is_int(held, PAIRS, "changes laid over the former set give the present one");
}

int main(void)
{
	arena_init(&hub_arena);
	exclusion_init(&nothing);
	test_changes();
	test_nothing_changed();
	test_cascade();
	test_metadata();
	test_base_is_gone();
	test_roles();
	test_property();
	is_int(frozen, 0, "the hub is let go again");
	is_int(unfrozen, 0, "all is read of one moment");
	arena_clear(&hub_arena);
	return done_testing();
}
