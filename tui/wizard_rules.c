/* The rules of the draft, and taking the last edit of them back. */
#include "wizard.h"

struct rules *wizard_rules(const struct wizard *wizard, enum rule_kind kind)
{
	const struct draft *draft = &wizard->draft;

	return kind < RULE_OF_HUB ? &draft_app(draft)->rules
				  : (struct rules *)&draft->settings.rules;
}

void wizard_remember(struct wizard *wizard)
{
	rules_copy(&wizard->undo_app, wizard_rules(wizard, RULE_MAP));
	rules_copy(&wizard->undo_hub, wizard_rules(wizard, RULE_OF_HUB));
	wizard->may_undo = true;
}

static void swap(struct rules *a, struct rules *b)
{
	struct rules kept = *a;

	*a = *b;
	*b = kept;
}

bool wizard_undo(struct wizard *wizard)
{
	if (!wizard->may_undo)
		return false;
	swap(&wizard->undo_app, wizard_rules(wizard, RULE_MAP));
	swap(&wizard->undo_hub, wizard_rules(wizard, RULE_OF_HUB));
	wizard_changed(wizard);
	return true;
}
