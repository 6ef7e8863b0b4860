#include "base/text.h"

#include <ctype.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "base/buf.h"
#include "base/mem.h"

/*
 * One character of UTF-8: its length in bytes, or 0 when the bytes there are malformed.
 * RFC 3629 section 4.
 */
static size_t decode(const unsigned char *s, size_t left, uint32_t *c)
{
	static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
	size_t n, i;

	if (s[0] < 0x80) {
		*c = s[0];
		return 1;
	}
	n = s[0] >= 0xf0 ? 4 : s[0] >= 0xe0 ? 3 : 2;
	if (s[0] < 0xc2 || s[0] > 0xf4 || left < n)
		return 0;
	*c = s[0] & (0x7fu >> n);
	for (i = 1; i < n; i++) {
		if ((s[i] & 0xc0) != 0x80)
			return 0;
		*c = *c << 6 | (s[i] & 0x3f);
	}
	if (*c < least[n] || *c > 0x10ffff || (*c >= 0xd800 && *c <= 0xdfff))
		return 0;
	return n;
}

/* Characters that must not reach a terminal, a log or a mail. */
static bool is_unshowable(uint32_t c)
{
	return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0xad || c == 0x61c ||
	       (c >= 0x200b && c <= 0x200f) || (c >= 0x2028 && c <= 0x202e) ||
	       (c >= 0x2060 && c <= 0x206f) || c == 0xfeff || (c >= 0xfff0 && c <= 0xfffb) ||
	       (c >= 0xe0000 && c <= 0xe0fff);
}

char *text_clean(const char *in, char *out, size_t size)
{
	const unsigned char *s = (const unsigned char *)in;
	size_t left = strlen(in), used = 0, n;
	const char *add;
	uint32_t c;

	while (left) {
		size_t taken = n = decode(s, left, &c);

		add = (const char *)s;
		if (!n) {
			taken = 1;
			add = "\xef\xbf\xbd";
			n = 3;
		} else if (c == '\n' || c == '\t') {
			add = " ";
		} else if (is_unshowable(c)) {
			n = 0;
		}
		if (used + n + 1 > size)
			break;
		memcpy(out + used, add, n);
		used += n;
		s += taken;
		left -= taken;
	}
	if (size)
		out[used] = '\0';
	return out;
}

static void add_unit(struct buf *out, uint32_t unit)
{
	buf_addf(out, "\\u%04x", (unsigned)unit);
}

/* How many bytes of printable ASCII begin here. */
static size_t plain_run(const unsigned char *s)
{
	size_t n = 0;

	while (s[n] >= ' ' && s[n] < 0x7f)
		n++;
	return n;
}

char *text_escape_json(const char *json)
{
	const unsigned char *s = (const unsigned char *)json;
	size_t left = strlen(json), n;
	struct buf out;
	uint32_t c;

	buf_init(&out);
	for (; left; s += n, left -= n) {
		n = plain_run(s);
		if (n) {
			buf_add(&out, s, n);
			continue;
		}
		n = decode(s, left, &c);
		if (!n) {
			n = 1;
			add_unit(&out, 0xfffd);
		} else if (!is_unshowable(c)) {
			buf_add(&out, s, n);
		} else if (c < 0x10000) {
			add_unit(&out, c);
		} else {
			add_unit(&out, 0xd800 + ((c - 0x10000) >> 10));
			add_unit(&out, 0xdc00 + (c & 0x3ff));
		}
	}
	return buf_detach(&out);
}

bool text_is_utf8(const char *text, size_t length)
{
	const unsigned char *s = (const unsigned char *)text, *end = s + length;
	uint64_t eight[8];
	uint32_t c;
	size_t n;

	while (s < end) {
		while (end - s >= (ptrdiff_t)sizeof(eight)) {
			memcpy(eight, s, sizeof(eight));
			if ((eight[0] | eight[1] | eight[2] | eight[3] | eight[4] | eight[5] |
				    eight[6] | eight[7]) &
				0x8080808080808080u)
				break;
			s += sizeof(eight);
		}
		if (s == end)
			break;
		n = decode(s, (size_t)(end - s), &c);
		if (!n)
			return false;
		s += n;
	}
	return true;
}

size_t text_repair(const char *in, size_t length, char *out)
{
	const unsigned char *s = (const unsigned char *)in, *end = s + length;
	char *to = out;
	uint32_t c;
	size_t n;

	while (s < end) {
		n = decode(s, (size_t)(end - s), &c);
		memcpy(to, n ? (const char *)s : "\xef\xbf\xbd", n ? n : 3);
		to += n ? n : 3;
		s += n ? n : 1;
	}
	return (size_t)(to - out);
}

/* Collapses white space in place. */
static void squeeze(char *text)
{
	char *from, *to = text;

	for (from = text; *from; from++) {
		if (!isspace((unsigned char)*from))
			*to++ = *from;
		else if (to > text && to[-1] != ' ')
			*to++ = ' ';
	}
	if (to > text && to[-1] == ' ')
		to--;
	*to = '\0';
}

static bool is_ascii(const char *text, size_t length)
{
	unsigned char all = 0;
	size_t i;

	for (i = 0; i < length; i++)
		all |= (unsigned char)text[i];
	return all < 0x80;
}

static void fold_ascii(const char *text, size_t length, char *out)
{
	size_t i;

	for (i = 0; i < length; i++)
		out[i] = (char)(text[i] >= 'A' && text[i] <= 'Z' ? text[i] | 0x20 : text[i]);
	out[length] = '\0';
	squeeze(out);
}

static char *fold_unicode(const char *text, size_t length)
{
	char *valid = mem_alloc(3 * length + 1);
	utf8proc_uint8_t *folded = NULL;

	length = text_repair(text, length, valid);
	if (utf8proc_map((utf8proc_uint8_t *)valid, (utf8proc_ssize_t)length, &folded,
		    UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD |
			    UTF8PROC_STRIPMARK | UTF8PROC_IGNORE) < 0)
		abort(); /* the input is valid, so only memory can be missing */
	free(valid);
	squeeze((char *)folded);
	return (char *)folded;
}

char *text_fold(const char *text)
{
	size_t length = strlen(text);
	char *out;

	if (!is_ascii(text, length))
		return fold_unicode(text, length);
	out = mem_alloc(length + 1);
	fold_ascii(text, length, out);
	return out;
}

char *text_fold_in(const char *text, size_t length, struct arena *arena)
{
	char *folded, *out;

	if (is_ascii(text, length)) {
		out = arena_alloc(arena, length + 1);
		fold_ascii(text, length, out);
		return out;
	}
	folded = fold_unicode(text, length);
	out = arena_strdup(arena, folded);
	free(folded);
	return out;
}

bool text_same_folded(const char *a, const char *b)
{
	char *fa = text_fold(a), *fb = text_fold(b);
	bool same = strcmp(fa, fb) == 0;

	free(fa);
	free(fb);
	return same;
}

bool text_same_word(const char *a, const char *b)
{
	for (;; a++, b++) {
		while (*a && !isalnum((unsigned char)*a))
			a++;
		while (*b && !isalnum((unsigned char)*b))
			b++;
		if (tolower((unsigned char)*a) != tolower((unsigned char)*b))
			return false;
		if (!*a)
			return true;
	}
}

char *text_trim(char *text)
{
	size_t length;

	while (isspace((unsigned char)*text))
		text++;
	length = strlen(text);
	while (length && isspace((unsigned char)text[length - 1]))
		text[--length] = '\0';
	return text;
}
