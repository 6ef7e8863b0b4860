#include "base/text.h"

#include <stdlib.h>

#include "tap.h"

static struct arena arena;

static void is_clean(const char *in, const char *want, const char *what)
{
	char out[100];

	is_str(text_clean(in, out, sizeof(out)), want, "clean: %s", what);
}

static void test_clean(void)
{
	char small[6];

	is_clean("Zoë 李小龍 🎓", "Zoë 李小龍 🎓", "letters of all kinds are kept");
	is_clean("a\nb\tc\rd", "a b cd", "line ends and tabs");
	is_clean("\x1b[31mred\x1b[0m\a\x7f", "[31mred[0m", "escape sequences are disarmed");
	is_clean("a\xc2\x9b"
		 "31mb",
		"a31mb", "C1 controls");
	is_clean("x\xe2\x80\xae"
		 "cod.exe\xe2\x81\xa9",
		"xcod.exe", "bidirectional controls");
	is_clean("a\xe2\x80\x8b\xe2\x80\x8d\xef\xbb\xbf"
		 "b",
		"ab", "zero width, joiner, BOM");
	is_clean("a\xf3\xa0\x81\x81"
		 "b",
		"ab", "tags");
	is_clean("a\xff\xc3", "a\xef\xbf\xbd\xef\xbf\xbd", "malformed bytes are shown");
	is_clean("", "", "nothing");
	is_str(text_clean("abcdefgh", small, sizeof(small)), "abcde", "cut to the room");
	is_str(text_clean("abcd\xc3\xab", small, sizeof(small)), "abcd",
		"never in a character");
	is_str(text_clean("abc\xff"
			  "d",
		       small, 1),
		"", "room for the NUL alone");
}

static void is_utf8(const char *text, size_t length, bool want, const char *what)
{
	ok(text_is_utf8(text, length) == want, "UTF-8: %s is %s", what, want ? "well" : "not");
}

static void test_utf8(void)
{
	is_utf8("", 0, true, "nothing");
	is_utf8("plain, over eight", 17, true, "ASCII");
	is_utf8("a\0b", 3, true, "a NUL");
	is_utf8("\xc2\x80\xdf\xbf", 4, true, "two bytes");
	is_utf8("\xe0\xa0\x80\xef\xbf\xbf", 6, true, "three bytes");
	is_utf8("\xf0\x90\x80\x80\xf4\x8f\xbf\xbf", 8, true, "four bytes");
	is_utf8("\xed\x9f\xbf\xee\x80\x80", 6, true, "what borders on surrogates");
	is_utf8("\xed\xa0\x80", 3, false, "a surrogate");
	is_utf8("\xed\xbf\xbf", 3, false, "the last surrogate");
	is_utf8("\xc0\x80", 2, false, "an overlong NUL");
	is_utf8("\xc1\xbf", 2, false, "overlong in two");
	is_utf8("\xe0\x9f\xbf", 3, false, "overlong in three");
	is_utf8("\xf0\x8f\xbf\xbf", 4, false, "overlong in four");
	is_utf8("\xf4\x90\x80\x80", 4, false, "beyond U+10FFFF");
	is_utf8("\xf5\x80\x80\x80", 4, false, "a byte that never is");
	is_utf8("\x80", 1, false, "a continuation alone");
	is_utf8("abcdefgh\xc3", 9, false, "a character cut off");
	is_utf8("abcdefg\xc3\xab", 9, true, "a character across eight bytes");
	is_utf8("\xe2\x82"
		"a",
		3, false, "a character broken off");
}

static void is_repaired(const char *in, const char *want, const char *what)
{
	char out[100];
	size_t length = text_repair(in, strlen(in), out);

	out[length] = '\0';
	is_str(out, want, "repair: %s", what);
	ok(text_is_utf8(out, length), "repair: %s: the result is well-formed", what);
}

static void is_folded(const char *in, const char *want, const char *what)
{
	char *folded = text_fold(in);

	is_str(folded, want, "fold: %s", what);
	is_str(text_fold_in(in, strlen(in), &arena), want, "the same in an arena");
	free(folded);
}

static void test_repair_and_fold(void)
{
	is_repaired("Zoë", "Zoë", "nothing to do");
	is_repaired("Zo\xeb", "Zo\xef\xbf\xbd", "Latin-1");
	is_repaired("\xff\xff", "\xef\xbf\xbd\xef\xbf\xbd", "worst case in size");
	is_repaired("\xe2\x82"
		    "a",
		"\xef\xbf\xbd\xef\xbf\xbd"
		"a",
		"broken off");
	is_folded("ZOË", "zoe", "accents and case");
	is_folded("Zo\x65\xcc\x88", "zoe", "not composed");
	is_folded("Straße", "strasse", "sharp s");
	is_folded("ΣΊΣΥΦΟΣ", "σισυφοσ", "Greek, final sigma");
	is_folded("ﬁne Ⅳ", "fine iv", "compatibility forms");
	is_folded("李小龍", "李小龍", "CJK");
	is_folded("Ｆｕｌｌ　width", "full width", "full width");
	is_folded("🎓", "🎓", "emoji");
	is_folded("  a \t\xc2\xa0 b\n", "a b", "white space");
	is_folded("a\xe2\x80\x8b\xc2\xad"
		  "b",
		"ab", "what is not seen");
	is_folded("", "", "nothing");
	is_folded("\v Plain\tASCII  [`{@Z ", "plain ascii [`{@z", "ASCII alone");
	is_folded("\xff", "\xef\xbf\xbd", "malformed");
	ok(text_same_folded("José  Núñez", "jose nunez"), "same folded");
	ok(!text_same_folded("Jose", "Josef"), "not same folded");
}

static void test_words(void)
{
	char padded[] = " \t two words \n", blank[] = "  ", none[] = "";

	ok(text_same_word("toBeDeleted", "TO-BE-DELETED"), "words: dashes and case");
	ok(text_same_word(" to be deleted", "tobedeleted "), "words: blanks");
	ok(!text_same_word("active", "inactive"), "words: others");
	ok(!text_same_word("act", "active"), "words: a beginning is not the word");
	ok(text_same_word("", "-"), "words: nothing");
	is_str(text_trim(padded), "two words", "trim: both ends");
	is_str(text_trim(blank), "", "trim: only blanks");
	is_str(text_trim(none), "", "trim: nothing");
}

static void escapes_to(const char *in, const char *want, const char *what)
{
	char *got = text_escape_json(in);

	is_str(got, want, "json: %s", what);
	free(got);
}

static void test_escape_json(void)
{
	escapes_to("{\"a\":\"Zo\xc3\xab \xf0\x9f\x98\x80\"}",
		"{\"a\":\"Zo\xc3\xab \xf0\x9f\x98\x80\"}", "what can be shown stays");
	escapes_to("\"\xc2\x9b"
		   "31m\x7f\"",
		"\"\\u009b31m\\u007f\"", "C1 and DEL");
	escapes_to("\"\xe2\x80\xae\xf3\xa0\x80\x81\"", "\"\\u202e\\udb40\\udc01\"",
		"bidi and tags");
	escapes_to("\"\xff\"", "\"\\ufffd\"", "malformed");
}

int main(void)
{
	arena_init(&arena);
	test_escape_json();
	test_clean();
	test_utf8();
	test_repair_and_fold();
	test_words();
	arena_clear(&arena);
	return done_testing();
}
