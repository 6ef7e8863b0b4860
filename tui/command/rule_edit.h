/*
 * Rules as words of a command: "student.email=metadata.mail" sets one, "student.email=" gives
 * the default back. For kinds that go by attribute: map, require, master.
 */
#ifndef COMMAND_RULE_EDIT_H
#define COMMAND_RULE_EDIT_H

#include "command/command.h"
#include "settings/rule.h"

/*
 * Takes all words that are left of the form ENTITY.ATTRIBUTE=TEXT and changes `rules`; `said`
 * gets them, ", " between them, for the audit. Returns how many, -1 when one is wrong: then
 * nothing of it may be kept.
 */
int rule_edit_words(struct args *args, enum rule_kind kind, struct rules *rules,
	struct buf *said, struct err *err);

/* Splits "student.email"; ERR_USAGE saying what it should look like. The name is borrowed. */
int rule_edit_name(const struct args *args, const char *word, enum entity *entity,
	const char **name, struct err *err);

#endif
