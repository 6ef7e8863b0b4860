#include "source/scan.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

char *scan_space(char *at, char *end)
{
	while (at < end && (*at == ' ' || *at == '\n' || *at == '\r' || *at == '\t'))
		at++;
	return at;
}

enum scan_result scan_string(char **at, char *end)
{
	char *p = *at + 1, *slash;

	for (;;) {
		char *quote = memchr(p, '"', (size_t)(end - p));

		if (!quote)
			return SCAN_CUT;
		/* An odd run of backslashes before it: it is escaped. */
		for (slash = quote; slash > p && slash[-1] == '\\'; slash--)
			;
		p = quote + 1;
		if ((quote - slash) % 2 == 0)
			break;
	}
	*at = p;
	return SCAN_OK;
}

/* A number, true, false, null, or what stands in their place. */
static enum scan_result scan_word(char **at, char *end)
{
	char *p = *at;

	while (p < end && !strchr(",]}[{\": \t\r\n", *p))
		p++;
	if (p == end)
		return SCAN_CUT;
	if (p == *at)
		return SCAN_BAD;
	*at = p;
	return SCAN_OK;
}

enum scan_result scan_value(char **at, char *end, int depth)
{
	char *p = scan_space(*at, end);
	enum scan_result result;
	int open = 0;

	if (p == end)
		return SCAN_CUT;
	if (*p != '{' && *p != '[') {
		result = *p == '"' ? scan_string(&p, end) : scan_word(&p, end);
		*at = p;
		return result;
	}
	while (p < end) {
		switch (*p) {
		case '"':
			result = scan_string(&p, end);
			if (result != SCAN_OK)
				return result;
			continue;
		case '{':
		case '[':
			if (++open > depth)
				return SCAN_DEEP;
			break;
		case '}':
		case ']':
			if (--open == 0) {
				*at = p + 1;
				return SCAN_OK;
			}
			break;
		default: break;
		}
		p++;
	}
	return SCAN_CUT;
}

/* The four hex digits of \uXXXX at `p`; -1 when there are none. */
static int code_unit(const char *p, const char *end)
{
	int value = 0, i;

	if (end - p < 6 || p[0] != '\\' || p[1] != 'u')
		return -1;
	for (i = 2; i < 6; i++) {
		if (!isxdigit((unsigned char)p[i]))
			return -1;
		value = value * 16 +
			(isdigit((unsigned char)p[i]) ? p[i] - '0' : (p[i] | 0x20) - 'a' + 10);
	}
	return value;
}

/* Whether the escape at `p` must be replaced; else *next is behind it. */
static bool must_mend(const char *p, const char *end, size_t *next)
{
	int unit = code_unit(p, end), second;

	*next = unit < 0 ? 2 : 6;
	if (unit == 0 || (unit >= 0xdc00 && unit <= 0xdfff))
		return true;
	if (unit < 0xd800 || unit > 0xdbff)
		return false;
	second = code_unit(p + 6, end);
	if (second < 0xdc00 || second > 0xdfff)
		return true;
	*next = 12;
	return false;
}

int64_t scan_mend(char *text, size_t length)
{
	char *p = text, *end = text + length;
	int64_t mended = 0;
	size_t next;

	while ((p = memchr(p, '\0', (size_t)(end - p))) != NULL) {
		*p++ = ' ';
		mended++;
	}
	for (p = text; p < end && (p = memchr(p, '\\', (size_t)(end - p))) != NULL;) {
		if (must_mend(p, end, &next)) {
			memcpy(p, "\\ufffd", 6);
			mended++;
		}
		p += next < (size_t)(end - p) ? next : (size_t)(end - p);
	}
	return mended;
}
