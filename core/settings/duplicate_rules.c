#include "settings/duplicate_rules.h"

#include <stdbool.h>
#include <string.h>

#include "base/text.h"

/* What a rule decides; an unreadable one, which the file refuses, decides nothing. */
static bool read(const struct rule *rule, enum duplicate_choice *choice, const char **other)
{
	struct err ignored;

	return !duplicate_parse(rule->text, choice, other, &ignored);
}

/* Whether a rule resolves the pair. */
static bool resolves(const struct rule *rule, const char *id, const char *other)
{
	enum duplicate_choice choice;
	const char *target;

	if (!read(rule, &choice, &target))
		return false;
	if (choice == DUPLICATE_SKIP)
		return !strcmp(rule->name, id) || !strcmp(rule->name, other);
	return (!strcmp(rule->name, id) && !strcmp(target, other)) ||
	       (!strcmp(rule->name, other) && !strcmp(target, id));
}

/* Whether a rule says something of a record. */
static bool names(const struct rule *rule, const char *id)
{
	enum duplicate_choice choice;
	const char *target;

	return !strcmp(rule->name, id) ||
	       (read(rule, &choice, &target) && target && !strcmp(target, id));
}

const struct rule *duplicate_rules_find(
	const struct rules *of_hub, enum entity entity, const char *id, const char *other)
{
	const struct rule *rule;
	size_t at = 0;

	while ((rule = rules_next(of_hub, RULE_DUPLICATE, entity, &at)))
		if (resolves(rule, id, other))
			return rule;
	return NULL;
}

static int check_id(const char *id, struct err *err)
{
	char clean[256];

	text_clean(id, clean, sizeof(clean));
	return *id && !strcmp(clean, id)
		       ? 0
		       : err_set(err, ERR_SETTINGS, "\"%.60s\" is no SIS id.", id);
}

/* Whether a rule is replaced by another resolution. */
static bool is_replaced(const struct rule *rule, enum duplicate_choice choice, const char *id,
	const char *other)
{
	enum duplicate_choice old;
	const char *target;

	if (other && resolves(rule, id, other))
		return true;
	return choice != DUPLICATE_KEEP && !strcmp(rule->name, id) &&
	       read(rule, &old, &target) && old != DUPLICATE_KEEP;
}

int duplicate_rules_set(struct rules *of_hub, enum entity entity, enum duplicate_choice choice,
	const char *id, const char *other, struct err *err)
{
	const struct rule *rule;
	struct buf text;
	size_t at = 0;

	if (check_id(id, err) || (other && check_id(other, err)))
		return -1;
	if (other && !strcmp(id, other))
		return err_set(err, ERR_SETTINGS,
			"\"%.60s\" is there twice: a pair is two records.", id);
	while ((rule = rules_next(of_hub, RULE_DUPLICATE, entity, &at)))
		if (is_replaced(rule, choice, id, other))
			rules_remove(of_hub, --at);
	buf_init(&text);
	buf_adds(&text, duplicate_word(choice));
	if (choice != DUPLICATE_SKIP)
		buf_addf(&text, " %s", other);
	rules_add(of_hub, RULE_DUPLICATE, entity, id, text.data);
	buf_clear(&text);
	return 0;
}

int duplicate_rules_forget(struct rules *of_hub, enum entity entity, const char *id,
	const char *other, struct err *err)
{
	const struct rule *rule;
	size_t at = 0, forgotten = 0;

	while ((rule = rules_next(of_hub, RULE_DUPLICATE, entity, &at))) {
		if (other ? !resolves(rule, id, other) : !names(rule, id))
			continue;
		rules_remove(of_hub, --at);
		forgotten++;
	}
	return forgotten ? 0
			 : err_set(err, ERR_SETTINGS,
				   "Nothing was decided of the %s %.60s%s%.60s.",
				   entity_name(entity), id, other ? " and " : "",
				   other ? other : "");
}

void duplicate_rules_tell(const struct rule *rule, struct buf *out)
{
	enum duplicate_choice choice;
	const char *other;

	if (!read(rule, &choice, &other))
		return;
	switch (choice) {
	case DUPLICATE_MERGE: buf_addf(out, "%s merged into %s", rule->name, other); break;
	case DUPLICATE_KEEP: buf_addf(out, "%s and %s both kept", rule->name, other); break;
	case DUPLICATE_SKIP: buf_addf(out, "%s left out", rule->name); break;
	}
}
