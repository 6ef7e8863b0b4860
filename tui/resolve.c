#include "resolve.h"

#include "base/buf.h"
#include "command/command.h"
#include "settings/duplicate_rules.h"

static int apply(const struct resolution *resolution, struct rules *of_hub, struct err *err)
{
	if (resolution->doing == RESOLVE_FORGET)
		return duplicate_rules_forget(
			of_hub, resolution->entity, resolution->id, resolution->other, err);
	return duplicate_rules_set(of_hub, resolution->entity, resolution->choice,
		resolution->id, resolution->other, err);
}

int resolve(const char *config, const char *state, const struct resolution *resolution,
	struct err *err)
{
	const struct context context = {.config = config, .state = state};
	struct edit edit = {.lock.fd = -1};
	struct buf said;
	int result;

	buf_init(&said);
	buf_addf(&said, "%s %s %s%s%s",
		resolution->doing == RESOLVE_FORGET ? "forget"
						    : duplicate_word(resolution->choice),
		entity_name(resolution->entity), resolution->id, resolution->other ? " " : "",
		resolution->other ? resolution->other : "");
	result = edit_begin(&edit, &context, err) ||
				 apply(resolution, &edit.settings.rules, err) ||
				 edit_commit(&edit, &context, "rules.duplicates", "hub",
					 said.data, err)
			 ? -1
			 : 0;
	edit_end(&edit);
	buf_clear(&said);
	return result;
}
