#include "start.h"

#include <stdlib.h>

#include "screen/screen.h"
#include "settings/draft.h"
#include "shell.h"
#include "wizard.h"

int start(const struct start_options *options, const struct settings *settings, struct err *err)
{
	const struct shell_options shell = {.config = options->config,
		.state = options->state,
		.paths_given = options->paths_given,
		.term = options->term,
		.prefill = options->prefill};
	char *draft = draft_find(options->state);
	int result;

	/* Something to look at comes first; a draft of a set-up that never ended, too. */
	if (settings->count && !(draft && !settings_app(settings, draft)))
		result = shell_run(&shell, &dashboard_screen, settings->apps[0]->name, err);
	else
		result = shell_run(&shell, &wizard_screen, NULL, err);
	free(draft);
	return result;
}
