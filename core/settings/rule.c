#include "settings/rule.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/nearest.h"
#include "settings/domain_text.h"
#include "settings/duplicate_text.h"
#include "settings/filter_text.h"
#include "settings/linked.h"
#include "settings/map_check.h"
#include "settings/master_text.h"
#include "settings/require_text.h"

void rules_init(struct rules *rules)
{
	memset(rules, 0, sizeof(*rules));
}

static void rule_clear(struct rule *rule)
{
	free(rule->name);
	free(rule->text);
}

void rules_clear(struct rules *rules)
{
	size_t i;

	for (i = 0; i < rules->count; i++)
		rule_clear(&rules->list[i]);
	free(rules->list);
	rules_init(rules);
}

void rules_copy(struct rules *to, const struct rules *from)
{
	size_t i;

	rules_clear(to);
	for (i = 0; i < from->count; i++)
		rules_add(to, from->list[i].kind, from->list[i].entity, from->list[i].name,
			from->list[i].text);
}

bool rules_same(const struct rules *a, const struct rules *b)
{
	size_t i;

	if (a->count != b->count)
		return false;
	for (i = 0; i < a->count; i++) {
		const struct rule *x = &a->list[i], *y = &b->list[i];

		if (x->kind != y->kind || x->entity != y->entity || strcmp(x->name, y->name) ||
			strcmp(x->text, y->text))
			return false;
	}
	return true;
}

static bool is_of(const struct rule *rule, enum rule_kind kind, enum entity entity)
{
	return rule->kind == kind && (entity == ENTITY_NONE || rule->entity == entity);
}

const struct rule *rules_next(
	const struct rules *rules, enum rule_kind kind, enum entity entity, size_t *at)
{
	while (*at < rules->count)
		if (is_of(&rules->list[(*at)++], kind, entity))
			return &rules->list[*at - 1];
	return NULL;
}

const struct rule *rules_find(
	const struct rules *rules, enum rule_kind kind, enum entity entity, const char *name)
{
	const struct rule *rule;
	size_t at = 0;

	while ((rule = rules_next(rules, kind, entity, &at)))
		if (!strcmp(rule->name, name))
			return rule;
	return NULL;
}

void rules_add(struct rules *rules, enum rule_kind kind, enum entity entity, const char *name,
	const char *text)
{
	rules->list = mem_grow(rules->list, rules->count + 1, sizeof(*rules->list));
	rules->list[rules->count++] =
		(struct rule){kind, entity, mem_strdup(name), mem_strdup(text)};
}

void rule_set(struct rule *rule, const char *name, const char *text)
{
	mem_replace(&rule->name, name);
	mem_replace(&rule->text, text);
}

void rules_remove(struct rules *rules, size_t number)
{
	rule_clear(&rules->list[number]);
	rules->count--;
	memmove(&rules->list[number], &rules->list[number + 1],
		(rules->count - number) * sizeof(*rules->list));
}

void rules_set(struct rules *rules, enum rule_kind kind, enum entity entity, const char *name,
	const char *text)
{
	const struct rule *rule = rules_find(rules, kind, entity, name);

	if (rule && text)
		mem_replace(&rules->list[rule - rules->list].text, text);
	else if (rule)
		rules_remove(rules, (size_t)(rule - rules->list));
	else if (text)
		rules_add(rules, kind, entity, name, text);
}

void rules_move(struct rules *rules, size_t number, enum rule_direction direction)
{
	struct rule moved = rules->list[number];
	size_t other = number;

	do {
		if (direction == RULE_UP ? other == 0 : other + 1 == rules->count)
			return;
		other += direction == RULE_UP ? (size_t)-1 : 1;
	} while (!is_of(&rules->list[other], moved.kind, moved.entity));
	rules->list[number] = rules->list[other];
	rules->list[other] = moved;
}

/* ---- checking ---- */

static const char *const kind_names[RULE_KINDS] = {
	[RULE_MAP] = "map",
	[RULE_REQUIRE] = "require",
	[RULE_FILTER] = "filters",
	[RULE_LINKED] = "linked",
	[RULE_DOMAIN] = "domains",
	[RULE_MASTER] = "masters",
	[RULE_DUPLICATE] = "duplicates",
};

const char *rule_kind_name(enum rule_kind kind)
{
	return kind_names[kind];
}

/* The attribute of its entity type that a rule is about; NULL with the error. */
static const struct attribute *need_attribute(const struct rule *rule, struct err *err)
{
	const struct attribute *found = schema_by_name(rule->entity, rule->name), *rows;
	const char *meant;
	size_t count;

	if (found)
		return found;
	rows = schema_of(rule->entity, &count);
	meant = nearest_word(rule->name, &rows->name, count, sizeof(*rows));
	err_set(err, ERR_SETTINGS, "A %s has no attribute \"%.60s\".%s%s%s",
		entity_name(rule->entity), rule->name, meant ? " Did you mean " : "",
		meant ? meant : "", meant ? "?" : "");
	return NULL;
}

static int check_attribute(const struct rule *rule, struct err *err)
{
	return need_attribute(rule, err) ? 0 : -1;
}

static int check_map(const struct rule *rule, struct err *err)
{
	const struct attribute *attribute = need_attribute(rule, err);
	struct buf settled;
	int result;

	if (!attribute)
		return -1;
	buf_init(&settled);
	result = map_settle(attribute, rule->text, &settled, err);
	buf_clear(&settled);
	return result;
}

static int check_require(const struct rule *rule, struct err *err)
{
	const struct attribute *attribute = need_attribute(rule, err);
	struct requirement ignored;

	return attribute ? require_text_read(attribute, rule->text, &ignored, err) : -1;
}

static int check_master(const struct rule *rule, struct err *err)
{
	struct master_text text;

	if (strcmp(rule->name, "sisId") != 0 && check_attribute(rule, err))
		return -1;
	return master_parse(rule->text, &text, err);
}

static int check_domain(const struct rule *rule, struct err *err)
{
	struct domain_text text;

	return domain_parse(rule->entity, rule->text, &text, err);
}

static int check_duplicate(const struct rule *rule, struct err *err)
{
	enum duplicate_choice choice;
	const char *other;

	return duplicate_parse(rule->text, &choice, &other, err);
}

static int check_filter(const struct rule *rule, struct err *err)
{
	return filter_text_check(rule->entity, rule->name, rule->text, err);
}

static int check_linked(const struct rule *rule, struct err *err)
{
	bool on[LINKED_COUNT];

	return linked_read(rule->entity, rule->text, on, err);
}

static int (*const checks[RULE_KINDS])(const struct rule *rule, struct err *err) = {
	[RULE_MAP] = check_map,
	[RULE_REQUIRE] = check_require,
	[RULE_FILTER] = check_filter,
	[RULE_LINKED] = check_linked,
	[RULE_DOMAIN] = check_domain,
	[RULE_MASTER] = check_master,
	[RULE_DUPLICATE] = check_duplicate,
};

int rule_check(const struct rule *rule, struct err *err)
{
	return checks[rule->kind] ? checks[rule->kind](rule, err) : 0;
}
