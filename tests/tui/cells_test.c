/*
 * What the screen shows, without a screen: cells, line breaks, words, time left, and the
 * view behind a list.
 */
#include <locale.h>
#include <stdlib.h>
#include <string.h>

#include "../unit/tap.h"
#include "term/cells.h"
#include "widget/progress.h"
#include "widget/view.h"
#include "widget/words.h"

static void test_widths(void)
{
	int used;

	is_int(cells_width("Zoe\xcc\x88"), 3, "a mark takes no cell");
	is_int(cells_width("李小龍"), 6, "wide characters take two");
	is_int(cells_width("\xff"), 1, "a malformed byte takes one");
	is_int((long long)cells_fit("李小龍", 5, &used), 6,
		"half a wide character does not fit");
	is_int(used, 4, "and leaves a cell");
	is_int((long long)cells_fit("ae\xcc\x81x", 2, NULL), 4, "a mark stays with its letter");
	is_int((long long)cells_previous("ae\xcc\x81", 4), 1, "back over letter and mark");
	is_int((long long)cells_next("", NULL), 0, "the end is the end");
}

static void is_wrapped(const char *text, int width, const char *want)
{
	char got[200] = "";
	size_t length;
	const char *at = text;

	while (at) {
		const char *next = cells_wrap(at, width, &length);

		strncat(got, at, length);
		strcat(got, "|");
		at = next;
	}
	is_str(got, want, "broken to %d cells: %s", width, want);
}

static void test_wrapping(void)
{
	is_wrapped("one two three", 7, "one two|three|");
	is_wrapped("one two", 7, "one two|");
	is_wrapped("one  two", 4, "one |two|");
	is_wrapped("abcdefgh ij", 3, "abc|def|gh|ij|");
	is_wrapped("a\n\nb", 5, "a||b|");
	is_wrapped("李小龍", 3, "李|小|龍|");
	is_wrapped("李", 1, "李|");
	is_wrapped("", 5, "|");
	is_int(cells_lines("one two three", 7), 2, "lines are counted as they are broken");
}

static void test_words(void)
{
	char text[WORDS_SIZE];

	is_str(words_number(0, text), "0", "nothing");
	is_str(words_number(999, text), "999", "hundreds");
	is_str(words_number(1031, text), "1,031", "thousands");
	is_str(words_number(1000000, text), "1,000,000", "a million");
	is_str(words_number(UINT64_MAX, text), "18,446,744,073,709,551,615", "the most");
	is_str(words_duration(40, text), "40 s", "seconds");
	is_str(words_duration(100, text), "2 min", "minutes");
	is_str(words_duration(11100, text), "3 h 5 min", "hours and minutes");
	is_str(words_duration(7200, text), "2 h", "hours");
	is_str(words_short_number(987, text), "987", "short");
	is_str(words_short_number(9876, text), "9.8k", "short thousands");
	is_str(words_short_number(123456, text), "123k", "short hundred thousands");
	is_str(words_short_number(1200000, text), "1.2M", "short millions");
}

static void test_progress(void)
{
	struct progress p = {0};
	char text[200];

	progress_update(&p, "Students", 0, 9800, 1000);
	is_str(progress_text(&p, text, sizeof(text)), "Students 0 of 9,800, 0 %",
		"no rate yet");
	progress_update(&p, "Students", 1204, 9800, 18000);
	is_str(progress_text(&p, text, sizeof(text)),
		"Students 1,204 of 9,800, 12 %, about 2 min", "a rate");
	progress_update(&p, "Classes", 500, 0, 19000);
	is_str(progress_text(&p, text, sizeof(text)), "Classes 500", "no total, no percentage");
	progress_update(&p, "Classes", 500, 400, 30000);
	is_str(progress_text(&p, text, sizeof(text)), "Classes 500", "a total that is wrong");
	progress_update(&p, "Connecting", 0, 0, 31000);
	is_str(progress_text(&p, text, sizeof(text)), "Connecting", "nothing counted");
}

static const char *const names[] = {"Zoë Müller", "Anna Müller", "Émile Zola", "Mueller"};

static size_t count_names(void *data)
{
	(void)data;
	return 4;
}

static const char *name_of(void *data, size_t row)
{
	(void)data;
	return names[row];
}

static int by_name(const void *a, const void *b, void *data)
{
	(void)data;
	return strcmp(names[*(const size_t *)a], names[*(const size_t *)b]);
}

static void test_view(void)
{
	struct view_source source = {.count = count_names, .text = name_of};
	struct view view;

	view_init(&view, &source, NULL);
	is_int((long long)view.count, 4, "all without a search");
	view_search(&view, "MULLER");
	is_int((long long)view.count, 2, "case and accents do not count");
	view_search(&view, "mull zoe");
	is_int((long long)view.count, 1, "every word must occur");
	is_int((long long)view.rows[0], 0, "in any order");
	is_int((long long)view_find(&view, 2), 1, "a row that is not shown");
	view_search(&view, "");
	source.compare = by_name;
	view_update(&view);
	is_int((long long)view.rows[0], 1, "sorted");
	is_int((long long)view_find(&view, 1), 0, "and found again");
	view_clear(&view);
}

int main(void)
{
	setlocale(LC_CTYPE, "C.UTF-8");
	test_widths();
	test_wrapping();
	test_words();
	test_progress();
	test_view();
	return done_testing();
}
