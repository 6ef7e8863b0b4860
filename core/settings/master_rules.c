#include "settings/master_rules.h"

#include "base/buf.h"
#include "settings/rule.h"

void master_rules_of(const struct rules *of_hub, enum entity entity, const char *attribute,
	struct master_text *out)
{
	const struct rule *rule = rules_find(of_hub, RULE_MASTER, entity, attribute);
	struct err ignored;

	if (!rule || master_parse(rule->text, out, &ignored))
		*out = (struct master_text){.count = 0};
}

void master_rules_set(struct rules *of_hub, enum entity entity, const char *attribute,
	const char *app, enum master_mode mode)
{
	struct master_text text;
	struct buf written;

	master_rules_of(of_hub, entity, attribute, &text);
	master_set(&text, app, mode);
	buf_init(&written);
	master_write(&text, &written);
	rules_set(of_hub, RULE_MASTER, entity, attribute, text.count ? written.data : NULL);
	buf_clear(&written);
}

bool master_rules_take(const struct attribute *attribute)
{
	return attribute->attr != ATTR_LAST_MODIFIED;
}

void master_rules_generate(struct rules *of_hub, enum entity entity, const char *app)
{
	size_t count, i;
	const struct attribute *rows = schema_of(entity, &count);

	for (i = 0; i < count; i++)
		if (master_rules_take(&rows[i]))
			master_rules_set(of_hub, entity, rows[i].name, app, MASTER_WINS);
}

int master_rules_check(
	const struct settings *settings, const struct rules *before, struct err *err)
{
	const struct rule *rule;
	struct master_text text, old;
	size_t at = 0, i;

	while ((rule = rules_next(&settings->rules, RULE_MASTER, ENTITY_NONE, &at))) {
		if (master_parse(rule->text, &text, err))
			return -1;
		master_rules_of(before, rule->entity, rule->name, &old);
		for (i = 0; i < text.count; i++)
			if (master_of(&old, text.item[i].app) == MASTER_NONE &&
				!settings_need_app(settings, text.item[i].app, err))
				return err_context(
					err, "%s.%s", entity_name(rule->entity), rule->name);
	}
	return 0;
}
