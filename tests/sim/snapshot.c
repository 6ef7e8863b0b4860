/* Rendered collections and views of them: see snapshot.h. */
#include "snapshot.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

struct kept {
	struct kept *next;
	char *name;
	char *bytes;
	size_t len;
};

struct snapshot {
	pthread_mutex_t lock;             /* references, views, kept */
	pthread_mutex_t made_lock[BASES]; /* rendering; users and enrollments may go at once */
	pthread_mutex_t district_lock;
	int references;
	struct settings settings;
	struct fault_hits faults;
	struct edits edits;
	struct district *district;
	struct rows rows[BASES];
	bool made[BASES];
	struct view *views;
	struct kept *kept;
};

static const struct collection {
	const char *name, *key, *single;
	enum base base;
	const char *filter;
} collections[] = {
	{"orgs", "orgs", "org", BASE_ORGS, ""},
	{"schools", "orgs", "org", BASE_ORGS, "type='school'"},
	{"academicSessions", "academicSessions", "academicSession", BASE_SESSIONS, ""},
	{"terms", "academicSessions", "academicSession", BASE_SESSIONS,
		"type='term' OR type='semester'"},
	{"gradingPeriods", "academicSessions", "academicSession", BASE_SESSIONS,
		"type='gradingPeriod'"},
	{"courses", "courses", "course", BASE_COURSES, ""},
	{"classes", "classes", "class", BASE_CLASSES, ""},
	{"users", "users", "user", BASE_USERS, ""},
	{"students", "users", "user", BASE_USERS, "role='student'"},
	{"teachers", "users", "user", BASE_USERS, "role='teacher'"},
	{"enrollments", "enrollments", "enrollment", BASE_ENROLLMENTS, ""},
	{"demographics", "demographics", "demographics", BASE_DEMOGRAPHICS, ""},
};
enum { COLLECTIONS = sizeof(collections) / sizeof(collections[0]) };

static const struct collection *collection_of(const char *name)
{
	for (int i = 0; i < COLLECTIONS; i++) {
		if (!strcmp(collections[i].name, name))
			return &collections[i];
	}
	return NULL;
}

int collection_find(const char *name, const char **key, const char **single)
{
	const struct collection *c = collection_of(name);
	if (!c)
		return -1;
	if (key)
		*key = c->key;
	if (single)
		*single = c->single;
	return (int)c->base;
}

struct snapshot *snapshot_new(
	const struct settings *s, const struct fault_hits *faults, const struct edits *edits)
{
	struct snapshot *n = sim_alloc(sizeof(*n));
	*n = (struct snapshot){.references = 1, .settings = *s, .faults = *faults};
	pthread_mutex_init(&n->lock, NULL);
	pthread_mutex_init(&n->district_lock, NULL);
	for (int i = 0; i < BASES; i++)
		pthread_mutex_init(&n->made_lock[i], NULL);
	for (size_t i = 0; i < edits->count; i++) {
		const struct edit *e = &edits->all[i];
		edits_add(&n->edits, e->base, e->kind, e->id, e->text, e->len);
	}
	return n;
}

struct snapshot *snapshot_ref(struct snapshot *s)
{
	pthread_mutex_lock(&s->lock);
	s->references++;
	pthread_mutex_unlock(&s->lock);
	return s;
}

static void snapshot_free(struct snapshot *s)
{
	while (s->views) {
		struct view *v = s->views;
		s->views = v->next;
		free(v->name);
		free(v->picked);
		free(v);
	}
	while (s->kept) {
		struct kept *k = s->kept;
		s->kept = k->next;
		free(k->name);
		free(k->bytes);
		free(k);
	}
	for (int i = 0; i < BASES; i++)
		rows_clear(&s->rows[i]);
	edits_clear(&s->edits);
	district_free(s->district);
	free(s);
}

void snapshot_unref(struct snapshot *s)
{
	if (!s)
		return;
	pthread_mutex_lock(&s->lock);
	int left = --s->references;
	pthread_mutex_unlock(&s->lock);
	if (!left)
		snapshot_free(s);
}

static const struct district *district_get(struct snapshot *s)
{
	pthread_mutex_lock(&s->district_lock);
	if (!s->district) {
		s->district =
			district_new(s->settings.seed, s->settings.students, s->settings.day);
		if (s->faults.on[F_LOSE])
			district_lose(s->district, (unsigned)fault_number(&s->faults, F_LOSE));
		if (s->faults.on[F_NO_STUDENTS])
			district_lose(s->district, 100);
	}
	pthread_mutex_unlock(&s->district_lock);
	return s->district;
}

static const struct rows *rows_get(struct snapshot *s, enum base base)
{
	pthread_mutex_lock(&s->made_lock[base]);
	if (!s->made[base]) {
		struct render r = {.district = district_get(s),
			.faults = &s->faults,
			.v12 = s->settings.v12,
			.out = &s->rows[base]};
		r.v12_users = (s->settings.v12 || s->faults.on[F_V12_RECORDS]) &&
			      !s->faults.on[F_V11_RECORDS];
		render_collection(&r, base);
		edits_apply(&s->edits, base, &s->rows[base]);
		s->made[base] = true;
	}
	pthread_mutex_unlock(&s->made_lock[base]);
	return &s->rows[base];
}

static struct view *view_new(const struct rows *rows, const char *name, const struct filter *a,
	const struct filter *b)
{
	struct view *v = sim_alloc(sizeof(*v));
	*v = (struct view){.name = sim_strdup(name), .rows = rows, .count = rows->count};
	if (!a->count && !b->count)
		return v;
	v->picked = sim_alloc(rows->count * sizeof(*v->picked));
	v->count = 0;
	for (size_t i = 0; i < rows->count; i++) {
		const char *row = rows->text.data + rows->at[i];
		size_t len = rows->at[i + 1] - 1 - rows->at[i];
		if (filter_match(a, row, len) && filter_match(b, row, len))
			v->picked[v->count++] = (uint32_t)i;
	}
	v->picked = sim_realloc(v->picked, v->count * sizeof(*v->picked));
	return v;
}

const struct view *snapshot_view(
	struct snapshot *s, const char *collection, const char *filter, bool *bad)
{
	const struct collection *c = collection_of(collection);
	struct filter own, asked;
	*bad = filter_parse(&asked, filter) != 0;
	if (!c || *bad)
		return NULL;
	filter_parse(&own, c->filter);
	const struct rows *rows = rows_get(s, c->base);
	char name[1024];
	snprintf(name, sizeof(name), "%s?%s", collection, filter);
	pthread_mutex_lock(&s->lock);
	struct view *v = s->views;
	while (v && strcmp(v->name, name) != 0)
		v = v->next;
	if (!v) {
		v = view_new(rows, name, &own, &asked);
		v->next = s->views;
		s->views = v;
	}
	pthread_mutex_unlock(&s->lock);
	return v;
}

bool snapshot_find(struct snapshot *s, const char *collection, const char *id, size_t idlen,
	const char **row, size_t *len)
{
	bool bad;
	const struct view *v = snapshot_view(s, collection, "", &bad);
	for (size_t i = 0; v && i < v->count; i++) {
		size_t at = v->picked ? v->picked[i] : i;
		const char *found = NULL;
		size_t found_len = 0;
		*row = v->rows->text.data + v->rows->at[at];
		*len = v->rows->at[at + 1] - 1 - v->rows->at[at];
		if (json_member(*row, *len, "sourcedId", &found, &found_len) &&
			found_len == idlen && !memcmp(found, id, idlen))
			return true;
	}
	return false;
}

static struct kept *kept_find(struct snapshot *s, const char *name)
{
	struct kept *k = s->kept;
	while (k && strcmp(k->name, name) != 0)
		k = k->next;
	return k;
}

const char *snapshot_kept(struct snapshot *s, const char *name, size_t *len)
{
	pthread_mutex_lock(&s->lock);
	const struct kept *k = kept_find(s, name);
	pthread_mutex_unlock(&s->lock);
	if (k)
		*len = k->len;
	return k ? k->bytes : NULL;
}

const char *snapshot_keep(struct snapshot *s, const char *name, char *bytes, size_t *len)
{
	pthread_mutex_lock(&s->lock);
	struct kept *k = kept_find(s, name);
	if (k) {
		free(bytes);
	} else {
		k = sim_alloc(sizeof(*k));
		*k = (struct kept){s->kept, sim_strdup(name), bytes, *len};
		s->kept = k;
	}
	pthread_mutex_unlock(&s->lock);
	*len = k->len;
	return k->bytes;
}
