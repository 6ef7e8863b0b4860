#include "base/letters.h"

#include <stdbool.h>
#include <string.h>
#include <utf8proc.h>

typedef utf8proc_int32_t change_fn(utf8proc_int32_t letter);

/* The letter at `at` and its bytes; a malformed byte is a letter by itself, below 0. */
static size_t next_letter(const char *at, utf8proc_int32_t *letter)
{
	utf8proc_ssize_t n;

	if ((unsigned char)*at < 0x80) {
		*letter = *at;
		return 1;
	}
	n = utf8proc_iterate((const utf8proc_uint8_t *)at, -1, letter);
	return n > 0 ? (size_t)n : 1;
}

/* Most letters are ASCII. */
static utf8proc_int32_t lower_of(utf8proc_int32_t letter)
{
	if (letter >= 0x80)
		return utf8proc_tolower(letter);
	return letter >= 'A' && letter <= 'Z' ? letter + 'a' - 'A' : letter;
}

static utf8proc_int32_t upper_of(utf8proc_int32_t letter)
{
	if (letter >= 0x80)
		return utf8proc_toupper(letter);
	return letter >= 'a' && letter <= 'z' ? letter + 'A' - 'a' : letter;
}

static const char *change(const char *text, change_fn *fn, struct arena *arena)
{
	utf8proc_int32_t letter;
	const char *from;
	char *out, *to;
	size_t n;

	for (from = text; *from; from += n) {
		n = next_letter(from, &letter);
		if (letter >= 0 && fn(letter) != letter)
			break;
	}
	if (!*from)
		return text;
	/* No letter's other case has more than one byte more, and the shortest such has two. */
	out = arena_alloc(arena, 2 * strlen(text) + 1);
	to = mempcpy(out, text, (size_t)(from - text));
	for (; *from; from += n) {
		n = next_letter(from, &letter);
		if (letter < 0x80) /* malformed, too */
			*to++ = letter < 0 ? *from : (char)fn(letter);
		else
			to += utf8proc_encode_char(fn(letter), (utf8proc_uint8_t *)to);
	}
	*to = '\0';
	return out;
}

const char *letters_lower(const char *text, struct arena *arena)
{
	return change(text, lower_of, arena);
}

const char *letters_upper(const char *text, struct arena *arena)
{
	return change(text, upper_of, arena);
}

static bool is_blank(utf8proc_int32_t letter)
{
	if (letter < 0x80)
		return letter >= 0 && (letter <= ' ' || letter == 0x7f);
	switch (utf8proc_category(letter)) {
	case UTF8PROC_CATEGORY_ZS:
	case UTF8PROC_CATEGORY_ZL:
	case UTF8PROC_CATEGORY_ZP:
	case UTF8PROC_CATEGORY_CC: return true;
	default: return letter == 0x200b || letter == 0xfeff;
	}
}

const char *letters_trim(const char *text, struct arena *arena)
{
	const char *begin = NULL, *end = text, *at;
	utf8proc_int32_t letter;
	size_t n;

	for (at = text; *at; at += n) {
		n = next_letter(at, &letter);
		if (is_blank(letter))
			continue;
		begin = begin ? begin : at;
		end = at + n;
	}
	if (!begin)
		return NULL;
	return *end ? arena_strndup(arena, begin, (size_t)(end - begin)) : begin;
}
