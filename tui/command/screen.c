/* No command at all: the program with a screen. */
#include <stdlib.h>
#include <string.h>

#include "command/command.h"
#include "start.h"

static int read_color(
	const struct args *args, const char *word, enum term_color *color, struct err *err)
{
	static const char *const words[] = {[TERM_COLOR_AUTO] = "auto",
		[TERM_COLOR_ALWAYS] = "always",
		[TERM_COLOR_NEVER] = "never"};
	size_t i;

	for (i = 0; i < sizeof(words) / sizeof(*words); i++) {
		if (!strcmp(word, words[i])) {
			*color = (enum term_color)i;
			return 0;
		}
	}
	return args_fault(args, err, "--color is auto, always or never, not \"%s\".", word);
}

int command_screen(struct context *context, struct args *args, struct err *err)
{
	struct start_options options = {.config = context->config,
		.state = context->state,
		.paths_given = context->paths_given};
	const char *color = "auto", *accessible = getenv("ACCESSIBLE");

	options.term.ascii = args_flag(args, "--ascii");
	options.term.mouse = args_flag(args, "--mouse");
	options.plain = args_flag(args, "--plain") || (accessible && *accessible);
	if (args_option(args, "--color", &color, err) < 0 ||
		args_option(args, "--prefill", &options.prefill, err) < 0 ||
		read_color(args, color, &options.term.color, err) || args_end(args, err))
		return -1;
	if (context->json)
		return args_fault(args, err, "--json needs a command.");
	return start(&options, &context->settings, err);
}
