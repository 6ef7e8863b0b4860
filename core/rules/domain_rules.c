#include "rules/domain_rules.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "rules/uniqueness.h"

static const char none[] = "none"; /* title and text of "no domain" */

bool domain_rules_are_own(const struct rules *of_hub, enum entity entity)
{
	size_t at = 0;

	return rules_next(of_hub, RULE_DOMAIN, entity, &at) != NULL;
}

void domain_rules_restore(struct rules *of_hub, enum entity entity)
{
	size_t at = 0;

	while (rules_next(of_hub, RULE_DOMAIN, entity, &at))
		rules_remove(of_hub, --at);
}

void domain_rules_none(struct rules *of_hub, enum entity entity)
{
	domain_rules_restore(of_hub, entity);
	rules_add(of_hub, RULE_DOMAIN, entity, none, none);
}

/* Begins a change on a copy, in which the defaults are rules where they hold. */
static int begin(
	struct rules *copy, const struct rules *of_hub, enum entity entity, struct err *err)
{
	struct domains domains;
	struct buf text;
	size_t i;

	rules_init(copy);
	if (domains_compile(&domains, entity, of_hub, err))
		return -1;
	rules_copy(copy, of_hub);
	if (domain_rules_are_own(of_hub, entity))
		return 0;
	buf_init(&text);
	for (i = 0; i < domains.count; i++) {
		buf_reset(&text);
		domain_write(entity, &domains.list[i].by, &text);
		rules_add(copy, RULE_DOMAIN, entity, domains.list[i].name, text.data);
	}
	buf_clear(&text);
	return 0;
}

/* Takes the copy over when all went well. */
static int end(struct rules *copy, struct rules *of_hub, int result)
{
	if (!result)
		rules_copy(of_hub, copy);
	rules_clear(copy);
	return result;
}

/* The number of the rule of that title; -1 with the error. */
static long find(
	const struct rules *of_hub, enum entity entity, const char *title, struct err *err)
{
	const struct rule *rule;
	struct buf there;
	size_t at = 0;

	buf_init(&there);
	while ((rule = rules_next(of_hub, RULE_DOMAIN, entity, &at))) {
		if (text_same_folded(rule->name, title)) {
			buf_clear(&there);
			return (long)at - 1;
		}
		buf_addf(&there, "%s%s", there.used ? ", " : "", rule->name);
	}
	err_set(err, ERR_SETTINGS, "A %s has no domain of uniqueness \"%.60s\". There %s: %s.",
		entity_name(entity), title, strchr(there.data, ',') ? "are" : "is",
		there.used ? there.data : "none");
	buf_clear(&there);
	return -1;
}

static bool is_same_set(const struct domain_text *a, const struct domain_text *b)
{
	size_t i, j, same = 0;

	for (i = 0; i < a->count; i++)
		for (j = 0; j < b->count; j++)
			same += a->attr[i] == b->attr[j];
	return a->count == b->count && same == a->count;
}

static int check_title(const char *title, struct err *err)
{
	char clean[DOMAIN_TITLE + 1];

	text_clean(title, clean, sizeof(clean));
	if (!*title || strcmp(clean, title) != 0)
		return err_set(err, ERR_SETTINGS,
			"\"%.60s\" is no title of a domain. Write 1 to %d characters in one "
			"line, such as Name and birth date.",
			title, DOMAIN_TITLE);
	return 0;
}

/* That no other rule than number `own` (-1: none) has the title or the attributes. */
static int check_free(const struct rules *of_hub, enum entity entity, const char *title,
	const struct domain_text *by, long own, struct err *err)
{
	const struct rule *rule;
	struct domain_text other;
	size_t at = 0;

	while ((rule = rules_next(of_hub, RULE_DOMAIN, entity, &at))) {
		if ((long)at - 1 == own)
			continue;
		if (text_same_folded(rule->name, title))
			return err_set(err, ERR_SETTINGS,
				"A %s has a domain of uniqueness \"%s\" already (%s). Choose "
				"another title, or remove that one.",
				entity_name(entity), rule->name, rule->text);
		if (domain_parse(entity, rule->text, &other, err))
			return -1;
		if (is_same_set(&other, by))
			return err_set(err, ERR_SETTINGS,
				"The domain \"%s\" of a %s compares the same attributes "
				"already (%s).",
				rule->name, entity_name(entity), rule->text);
	}
	return 0;
}

/* Reads title and text of a domain that is to be; `number` as `own` of check_free. */
static int check(const struct rules *of_hub, enum entity entity, const char *title,
	const char *text, long own, struct buf *settled, struct err *err)
{
	struct domain_text by;

	if (check_title(title, err) || domain_parse(entity, text, &by, err))
		return -1;
	if (!by.count)
		return err_set(err, ERR_SETTINGS,
			"A domain needs attributes, such as username. To have no domain at all, "
			"remove those there are.");
	domain_write(entity, &by, settled);
	return check_free(of_hub, entity, title, &by, own, err);
}

/* Whether there is room for one more; "none" makes room. */
static int make_room(struct rules *rules, enum entity entity, struct err *err)
{
	struct domains domains;

	if (domains_compile(&domains, entity, rules, err))
		return -1;
	if (domains.count == DOMAINS_MOST)
		return err_set(err, ERR_SETTINGS,
			"A %s has %d domains of uniqueness, which is the most. Remove one "
			"first.",
			entity_name(entity), DOMAINS_MOST);
	if (!domains.count)
		domain_rules_restore(rules, entity);
	return 0;
}

int domain_rules_add(struct rules *of_hub, enum entity entity, const char *title,
	const char *text, struct err *err)
{
	struct rules copy;
	struct buf settled;
	int result = begin(&copy, of_hub, entity, err);

	buf_init(&settled);
	if (!result)
		result = make_room(&copy, entity, err) ||
					 check(&copy, entity, title, text, -1, &settled, err)
				 ? -1
				 : 0;
	if (!result)
		rules_add(&copy, RULE_DOMAIN, entity, title, settled.data);
	buf_clear(&settled);
	return end(&copy, of_hub, result);
}

int domain_rules_change(struct rules *of_hub, enum entity entity, const char *title,
	const char *new_title, const char *text, struct err *err)
{
	struct rules copy;
	struct buf settled;
	int result = begin(&copy, of_hub, entity, err);
	long number = result ? -1 : find(&copy, entity, title, err);

	buf_init(&settled);
	result = number < 0 || check(&copy, entity, new_title, text, number, &settled, err) ? -1
											    : 0;
	if (!result)
		rule_set(&copy.list[number], new_title, settled.data);
	buf_clear(&settled);
	return end(&copy, of_hub, result);
}

int domain_rules_move(struct rules *of_hub, enum entity entity, const char *title,
	enum rule_direction direction, struct err *err)
{
	struct rules copy;
	int result = begin(&copy, of_hub, entity, err);
	long number = result ? -1 : find(&copy, entity, title, err);

	if (number >= 0)
		rules_move(&copy, (size_t)number, direction);
	return end(&copy, of_hub, number < 0 ? -1 : 0);
}

int domain_rules_remove(
	struct rules *of_hub, enum entity entity, const char *title, struct err *err)
{
	struct rules copy;
	int result = begin(&copy, of_hub, entity, err);
	long number = result ? -1 : find(&copy, entity, title, err);

	if (number >= 0) {
		rules_remove(&copy, (size_t)number);
		if (!domain_rules_are_own(&copy, entity))
			domain_rules_none(&copy, entity);
	}
	return end(&copy, of_hub, number < 0 ? -1 : 0);
}
