#include "publish/csv_row.h"

#include <string.h>

#include "roster/record.h"

static void add_quoted(struct buf *out, const char *text)
{
	size_t length;

	buf_addc(out, '"');
	while (text[length = strcspn(text, "\"")]) {
		buf_add(out, text, length + 1);
		buf_addc(out, '"');
		text += length + 1;
	}
	buf_add(out, text, length);
	buf_addc(out, '"');
}

/* `special` are the bytes that make quotes necessary. */
static void add_cell(struct buf *out, const char *text, const char *special)
{
	size_t length = strcspn(text, special);

	if (text[length])
		add_quoted(out, text);
	else
		buf_add(out, text, length);
}

void csv_cell(struct buf *out, const char *text)
{
	if (text)
		add_cell(out, text, ",\"\r\n");
}

void csv_list(struct buf *out, const char *list)
{
	const char *item;
	size_t length;
	struct buf joined, one;

	/* Most lists have one plain item, or none. */
	if (!list || !strpbrk(list, ",\"\r\n\x1f")) {
		buf_adds(out, list ? list : "");
		return;
	}
	buf_init(&joined);
	buf_init(&one);
	while ((item = list_next(&list, &length))) {
		buf_reset(&one);
		buf_add(&one, item, length);
		if (joined.used)
			buf_addc(&joined, ',');
		add_cell(&joined, one.data, ",\"");
	}
	csv_cell(out, joined.data);
	buf_clear(&joined);
	buf_clear(&one);
}
