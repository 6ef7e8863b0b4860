#include "plain/ask.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/text.h"
#include "command/print.h"

enum { LINE_MOST = 4096 };

/* One terminal, one conversation. */
static const atomic_bool *cancelled;
static bool ended;

void ask_begin(const atomic_bool *cancel)
{
	cancelled = cancel;
	ended = false;
}

bool ask_ended(void)
{
	return ended || atomic_load(cancelled);
}

/* Byte by byte, so that nothing after the line is taken: the next may be for secret_read. */
static char *read_line(void)
{
	struct buf line;
	ssize_t n;
	char c;

	buf_init(&line);
	for (;;) {
		n = read(STDIN_FILENO, &c, 1);
		if (n < 0 && errno == EINTR && !atomic_load(cancelled))
			continue;
		if (n <= 0 || c == '\n')
			break;
		if (line.used < LINE_MOST)
			buf_addc(&line, c);
	}
	if (n <= 0 && (n < 0 || !line.used)) {
		ended = true;
		buf_clear(&line);
		return NULL;
	}
	return buf_detach(&line);
}

char *ask_text(const char *prompt, const char *initial)
{
	char shown[LINE_MOST], *line, *text;

	if (ask_ended())
		return NULL;
	text_clean(initial ? initial : "", shown, sizeof(shown));
	printf(*shown ? "%s [%s]: " : "%s: ", prompt, shown);
	fflush(stdout);
	line = read_line();
	if (!isatty(STDIN_FILENO))
		printf("\n"); /* nobody's Enter did it */
	if (!line)
		return NULL;
	text = text_trim(line);
	text = mem_strdup(*text ? text : initial ? initial : "");
	free(line);
	return text;
}

int ask_choice(const char *prompt, const char *const *choices, size_t count, size_t initial)
{
	char number[24], *answer, *end;
	unsigned long chosen;
	size_t i;

	for (;;) {
		for (i = 0; i < count; i++)
			print_line("  %zu. %s", i + 1, choices[i]);
		snprintf(number, sizeof(number), "%zu", initial + 1);
		answer = ask_text(prompt, number);
		if (!answer)
			return -1;
		chosen = strtoul(answer, &end, 10);
		if (!*end && chosen >= 1 && chosen <= count) {
			free(answer);
			return (int)chosen - 1;
		}
		print_line(
			"\"%s\" is none of them. Enter a number from 1 to %zu.", answer, count);
		free(answer);
	}
}

enum ask_yes ask_yes(const char *prompt, enum ask_yes initial)
{
	char *question = mem_printf("%s (yes or no)", prompt), *answer;
	enum ask_yes result = ASK_ENDED;

	while ((answer = ask_text(question, initial == ASK_YES ? "yes" : "no"))) {
		bool yes = !strcasecmp(answer, "yes") || !strcasecmp(answer, "y");
		bool no = !strcasecmp(answer, "no") || !strcasecmp(answer, "n");

		if (!yes && !no)
			print_line("\"%s\" is neither. Enter yes or no.", answer);
		free(answer);
		if (yes || no) {
			result = yes ? ASK_YES : ASK_NO;
			break;
		}
	}
	free(question);
	return result;
}
