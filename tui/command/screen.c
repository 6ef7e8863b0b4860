/* No command at all: the program with a screen, or in lines where there can be none. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "command/command.h"
#include "command/print.h"
#include "plain/plain.h"
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
	bool plain = args_flag(args, "--plain") || (accessible && *accessible);
	struct err why;

	options.term.ascii = args_flag(args, "--ascii");
	options.term.mouse = args_flag(args, "--mouse");
	if (args_option(args, "--color", &color, err) < 0 ||
		args_option(args, "--prefill", &options.prefill, err) < 0 ||
		read_color(args, color, &options.term.color, err) || args_end(args, err))
		return -1;
	if (context->json)
		return args_fault(args, err, "--json needs a command.");
	if (!plain && term_check(&why)) {
		if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
			return err_set(err, ERR_USAGE,
				"%s Name a command (lumenport --help), or use --plain.",
				why.text);
		print_talk("%s Numbered lines instead.", why.text);
		plain = true;
	}
	if (plain)
		return plain_run(context, options.prefill, err);
	return start(&options, &context->settings, err);
}
