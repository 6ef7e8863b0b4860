#include "command/rule_edit.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

int rule_edit_name(const struct args *args, const char *word, enum entity *entity,
	const char **name, struct err *err)
{
	const char *dot = strchr(word, '.');
	char *first = dot ? mem_strndup(word, (size_t)(dot - word)) : NULL;

	*entity = first ? entity_by_name(first) : ENTITY_NONE;
	*name = dot ? dot + 1 : NULL;
	free(first);
	if (*entity != ENTITY_NONE)
		return 0;
	return args_fault(args, err,
		"\"%.60s\" names no attribute. Write entity type and attribute, as in "
		"student.email.",
		word);
}

/* "student.email=text": the text is trimmed; an empty one is the default. */
static int set(const struct args *args, enum rule_kind kind, const char *word,
	struct rules *rules, struct err *err)
{
	const char *equals = strchr(word, '='), *text, *attribute;
	char *left;
	struct rule rule = {kind, ENTITY_NONE, NULL, NULL};
	int result = -1;

	if (!equals)
		return args_fault(args, err,
			"\"%.60s\" sets nothing. Write ENTITY.ATTRIBUTE=TEXT.", word);
	left = mem_strndup(word, (size_t)(equals - word));
	text = equals + 1 + strspn(equals + 1, " ");
	if (rule_edit_name(args, left, &rule.entity, &attribute, err))
		goto out;
	rule.name = mem_strdup(attribute);
	rule.text = mem_strdup(text);
	result = *text ? rule_check(&rule, err) : 0;
	if (!result)
		rules_set(rules, kind, rule.entity, rule.name, *text ? text : NULL);
out:
	free(rule.name);
	free(rule.text);
	free(left);
	return result;
}

int rule_edit_words(struct args *args, enum rule_kind kind, struct rules *rules,
	struct buf *said, struct err *err)
{
	int count = 0;
	const char *word;

	while (args->count) {
		if (args_word(args, "ENTITY.ATTRIBUTE=TEXT", &word, err) ||
			set(args, kind, word, rules, err))
			return -1;
		buf_addf(said, "%s%s", count++ ? ", " : "", word);
	}
	return count;
}
