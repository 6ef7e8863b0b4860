#include "publish/csv_row.h"

#include "tap.h"

static void is_cell(const char *in, const char *want, const char *what)
{
	struct buf out;

	buf_init(&out);
	csv_cell(&out, in);
	is_str(out.data, want, "cell: %s", what);
	buf_clear(&out);
}

static void is_list(const char *in, const char *want, const char *what)
{
	struct buf out;

	buf_init(&out);
	csv_list(&out, in);
	is_str(out.data, want, "list: %s", what);
	buf_clear(&out);
}

int main(void)
{
	is_cell(NULL, "", "nothing");
	is_cell("", "", "empty");
	is_cell("plain text", "plain text", "plain");
	is_cell(" kept ", " kept ", "blanks at the ends");
	is_cell("Doe, Jane", "\"Doe, Jane\"", "a comma");
	is_cell("\"", "\"\"\"\"", "a quote alone");
	is_cell("say \"hi\"", "\"say \"\"hi\"\"\"", "quotes");
	is_cell("two\nlines", "\"two\nlines\"", "a line feed");
	is_cell("two\r\nlines", "\"two\r\nlines\"", "a line end");
	is_cell("=1+1", "=1+1", "what a spreadsheet would run: values are exact");
	is_cell("Zoë 李 🎓", "Zoë 李 🎓", "UTF-8");
	is_cell("Zo\xcc\x88\x65", "Zo\xcc\x88\x65", "not composed");
	is_list(NULL, "", "nothing");
	is_list("", "", "empty");
	is_list("09", "09", "one item");
	is_list("09\x1f"
		"10",
		"\"09,10\"", "two items are one quoted cell");
	is_list("Math, pure\x1f"
		"Art",
		"\"\"\"Math, pure\"\",Art\"", "a comma in an item");
	is_list("Math, pure", "\"\"\"Math, pure\"\"\"", "a comma in the only item");
	is_list("6\" pipe\x1f"
		"b",
		"\"\"\"6\"\"\"\" pipe\"\",b\"", "a quote in an item");
	return done_testing();
}
