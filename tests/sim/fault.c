/* When faults strike: see fault.h. */
#include "fault.h"
#include "buf.h"

#include <stdio.h>
#include <stdlib.h>

struct fault_text {
	struct fault_text *next;
	char text[];
};

static const char *pool_add(struct faults *f, const char *text)
{
	size_t len = strlen(text) + 1;
	struct fault_text *t = sim_alloc(sizeof(*t) + len);
	t->next = f->pool;
	memcpy(t->text, text, len);
	f->pool = t;
	return t->text;
}

static int fault_find(const char *name)
{
	for (int i = 0; i < FAULT_COUNT; i++) {
		if (!strcmp(fault_kinds[i].name, name))
			return i;
	}
	return -1;
}

/* Cuts "x3" or "x*" off the end of a name that is no fault's as it stands. */
static int name_times(char *name, long *times)
{
	char *x = strrchr(name, 'x');
	if (!x || x == name)
		return -1;
	if (!strcmp(x + 1, "*")) {
		*times = 0;
	} else {
		char *end;
		*times = strtol(x + 1, &end, 10);
		if (end == x + 1 || *end || *times < 1)
			return -1;
	}
	*x = 0;
	return fault_find(name);
}

int faults_add(struct faults *f, const char *text)
{
	char name[512];
	if (strlen(text) >= sizeof(name))
		return -1;
	strcpy(name, text);
	struct fault_rule rule = {0};
	char *at = strrchr(name, '@');
	if (at && strspn(at + 1, "0123456789") == strlen(at + 1)) {
		*at = 0;
		rule.at = atol(at + 1);
	}
	char *colon = strrchr(name, ':');
	/* A URL as value has colons of its own. */
	if (colon && strspn(colon + 1, "abcdefghijklmnopqrstuvwxyzS") == strlen(colon + 1)) {
		*colon = 0;
		strncpy(rule.collection, colon + 1, sizeof(rule.collection) - 1);
	}
	char *value = strchr(name, '=');
	if (value)
		*value++ = 0;
	rule.times = -1;
	int id = fault_find(name);
	if (id < 0)
		id = name_times(name, &rule.times);
	if (id < 0)
		return -1;
	rule.id = (enum fault)id;
	rule.at = rule.at ? rule.at : fault_kinds[id].at;
	rule.times = rule.times >= 0 ? rule.times : fault_kinds[id].times;
	/* Rows of every collection that come and go would be no single event. */
	if (id == F_SHIFT && !*rule.collection)
		strcpy(rule.collection, "users");
	rule.value = pool_add(f, value ? value : fault_kinds[id].value);
	f->rules = sim_realloc(f->rules, (f->count + 1) * sizeof(*f->rules));
	f->rules[f->count++] = rule;
	return 0;
}

void faults_remove_all(struct faults *f)
{
	f->count = 0;
}

void faults_clear(struct faults *f)
{
	while (f->pool) {
		struct fault_text *next = f->pool->next;
		free(f->pool);
		f->pool = next;
	}
	free(f->rules);
	*f = (struct faults){0};
}

static bool rule_suits(const struct fault_rule *r, const char *collection)
{
	/* These name the collection in their value, and there may be several. */
	if (r->id == F_MISSING || r->id == F_FORBIDDEN || r->id == F_EMPTY_TYPE)
		return collection && !strcmp(r->value, collection);
	return !*r->collection || (collection && !strcmp(r->collection, collection));
}

void faults_strike(struct faults *f, enum fault_layer layer, const char *collection,
	struct fault_hits *hits)
{
	for (size_t i = 0; i < f->count; i++) {
		struct fault_rule *r = &f->rules[i];
		if (fault_kinds[r->id].layer != layer)
			continue;
		if (!rule_suits(r, collection))
			continue;
		if (layer != FAULT_RECORD) {
			r->seen++;
			if (r->seen < r->at || (r->times && r->seen >= r->at + r->times))
				continue;
		}
		hits->on[r->id] = true;
		hits->value[r->id] = r->value;
	}
}

bool faults_known(const struct faults *f, enum fault id)
{
	for (size_t i = 0; i < f->count; i++) {
		if (f->rules[i].id == id)
			return true;
	}
	return false;
}

void faults_standing(const struct faults *f, const char *collection, struct fault_hits *hits)
{
	for (size_t i = 0; i < f->count; i++) {
		const struct fault_rule *r = &f->rules[i];
		if (!rule_suits(r, collection) || fault_kinds[r->id].layer != FAULT_PAGE ||
			r->times || r->at > 1)
			continue;
		hits->on[r->id] = true;
		hits->value[r->id] = r->value;
	}
}

long faults_struck(const struct faults *f, enum fault id, const char *collection)
{
	long struck = -1;
	for (size_t i = 0; i < f->count; i++) {
		const struct fault_rule *r = &f->rules[i];
		if (r->id != id || (*r->collection && strcmp(r->collection, collection) != 0))
			continue;
		long times = r->seen - r->at + 1;
		if (r->times && times > r->times)
			times = r->times;
		struck = (struck < 0 ? 0 : struck) + (times > 0 ? times : 0);
	}
	return struck;
}

long fault_number(const struct fault_hits *hits, enum fault id)
{
	return hits->on[id] ? strtol(hits->value[id], NULL, 10) : 0;
}

void faults_list(void)
{
	static const char *const layers[] = {"page", "token", "record"};
	puts("NAME[xTIMES|x*][=VALUE][:COLLECTION][@K]");
	for (int i = 0; i < FAULT_COUNT; i++)
		printf("%-16s %-6s %-6s %s\n", fault_kinds[i].name,
			layers[fault_kinds[i].layer], fault_kinds[i].times ? "once" : "always",
			fault_kinds[i].text);
}
