#include "start.h"

#include "screen/screen.h"
#include "shell.h"

int start(const struct start_options *options, const struct settings *settings, struct err *err)
{
	const struct shell_options shell = {.config = options->config,
		.state = options->state,
		.term = options->term,
		.prefill = options->prefill};

	return shell_run(&shell, &dashboard_screen,
		settings->count ? settings->apps[0]->name : NULL, err);
}
