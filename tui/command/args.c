/*
 * The words of a call. Options may stand anywhere; each command asks for its own by name.
 */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/nearest.h"
#include "command/command.h"

static void take(struct args *args, int at)
{
	args->count--;
	memmove(&args->word[at], &args->word[at + 1],
		(size_t)(args->count - at) * sizeof(*args->word));
}

static void note_asked(struct args *args, const char *name)
{
	size_t i;

	for (i = 0; i < args->asked_count; i++) {
		if (!strcmp(args->asked[i], name))
			return;
	}
	if (args->asked_count < ARGS_OPTIONS)
		args->asked[args->asked_count++] = name;
}

int args_fault(const struct args *args, struct err *err, const char *fmt, ...)
{
	char text[400];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	return err_set(
		err, ERR_USAGE, "%s Usage: lumenport %s %s", text, args->command, args->usage);
}

bool args_flag(struct args *args, const char *name)
{
	bool found = false;
	int i;

	note_asked(args, name);
	for (i = 0; i < args->count;) {
		if (strcmp(args->word[i], name)) {
			i++;
			continue;
		}
		found = true;
		take(args, i);
	}
	return found;
}

int args_option(struct args *args, const char *name, const char **value, struct err *err)
{
	size_t length = strlen(name);
	int i;

	note_asked(args, name);
	for (i = 0; i < args->count; i++) {
		if (strncmp(args->word[i], name, length))
			continue;
		if (args->word[i][length] == '=') {
			*value = args->word[i] + length + 1;
			take(args, i);
			return 1;
		}
		if (args->word[i][length])
			continue;
		if (i + 1 == args->count || !strncmp(args->word[i + 1], "--", 2))
			return args_fault(args, err, "%s needs a value.", name);
		*value = args->word[i + 1];
		take(args, i);
		take(args, i);
		return 1;
	}
	return 0;
}

static int parse_number(const struct args *args, const char *what, const char *text,
	int64_t least, int64_t *number, struct err *err)
{
	char *end;

	errno = 0;
	*number = strtoll(text, &end, 10);
	if (end == text || *end || errno || *number < least)
		return args_fault(args, err,
			"%s must be a whole number from %lld on, not \"%s\".", what,
			(long long)least, text);
	return 0;
}

int args_number_option(
	struct args *args, const char *name, int64_t least, int64_t *value, struct err *err)
{
	const char *text;
	int there = args_option(args, name, &text, err);

	if (there > 0 && parse_number(args, name, text, least, value, err))
		return -1;
	return there;
}

int args_word(struct args *args, const char *what, const char **word, struct err *err)
{
	int i;

	for (i = 0; i < args->count; i++) {
		if (args->word[i][0] == '-' && args->word[i][1])
			continue;
		*word = args->word[i];
		take(args, i);
		return 0;
	}
	/* A mistyped option is the likelier reason than a forgotten word. */
	return args->count ? args_end(args, err)
			   : args_fault(args, err, "%s is missing.", what);
}

int args_number(struct args *args, const char *what, int64_t *number, struct err *err)
{
	const char *word;

	if (args_word(args, what, &word, err))
		return -1;
	return parse_number(args, what, *word == '#' ? word + 1 : word, 1, number, err);
}

int args_end(struct args *args, struct err *err)
{
	static const char *const global[] = {
		"--config", "--state", "--json", "--help", "--version"};
	const char *word, *meant;
	size_t i;

	if (!args->count)
		return 0;
	word = args->word[0];
	if (word[0] != '-')
		return args_fault(args, err, "\"%s\" is one word too many.", word);
	for (i = 0; i < sizeof(global) / sizeof(*global); i++)
		note_asked(args, global[i]);
	meant = nearest_word(word, args->asked, args->asked_count, sizeof(*args->asked));
	if (meant)
		return err_set(err, ERR_USAGE,
			"Unknown option %s of lumenport%s%s. Did you mean %s?", word,
			*args->command ? " " : "", args->command, meant);
	return args_fault(args, err, "Unknown option %s.", word);
}
