#include "settings/settings_scan.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

#include "base/text.h"

enum { DIGITS_MOST = 9 }; /* of a number that surely fits an int */

struct scan {
	const char *at;
	unsigned line;
	bool fresh; /* nothing but blanks on this line yet */
};

static void step(struct scan *scan)
{
	if (*scan->at == '\n') {
		scan->line++;
		scan->fresh = true;
	}
	scan->at++;
}

/* Goes to the first byte after `end`, or to the end of the text. */
static void skip_past(struct scan *scan, const char *end)
{
	while (*scan->at && strncmp(scan->at, end, strlen(end)))
		step(scan);
	if (*scan->at) {
		for (; *end; end++)
			step(scan);
	}
}

static void skip_string(struct scan *scan)
{
	for (step(scan); *scan->at && *scan->at != '"'; step(scan)) {
		if (*scan->at == '\\' && scan->at[1])
			step(scan);
	}
	if (*scan->at)
		step(scan);
}

/* A word or a number; false when it is a number that libconfig would cut. */
static bool skip_word(struct scan *scan)
{
	size_t digits = strspn(scan->at, "0123456789");
	bool is_number = digits > 0;

	while (isalnum((unsigned char)*scan->at) || *scan->at == '_')
		scan->at++;
	return !is_number || digits <= DIGITS_MOST;
}

static const char *scan_one(struct scan *scan)
{
	bool fresh = scan->fresh;

	if (!strchr(" \t\r\n", *scan->at))
		scan->fresh = false;
	if (*scan->at == '"')
		skip_string(scan);
	else if (*scan->at == '#' || !strncmp(scan->at, "//", 2))
		skip_past(scan, "\n");
	else if (!strncmp(scan->at, "/*", 2))
		skip_past(scan, "*/");
	else if (fresh && !strncmp(scan->at, "@include", strlen("@include")))
		return "@include is not allowed: put all settings into this file.";
	else if (isalnum((unsigned char)*scan->at))
		return skip_word(scan) ? NULL : "This number is too large for any setting.";
	else
		step(scan);
	return NULL;
}

const char *settings_scan(const char *text, size_t length, unsigned *line)
{
	struct scan scan = {text, 1, true};
	const char *why = NULL;

	while (*scan.at && !why)
		why = scan_one(&scan);
	if (!why && scan.at != text + length)
		why = "There is a NUL byte: this is no text file.";
	*line = scan.line;
	if (!why && !text_is_utf8(text, length)) {
		why = "This file is not valid UTF-8.";
		*line = 1;
	}
	return why;
}
