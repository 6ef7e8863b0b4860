/* Step 5, Filter Rules. */
#include "screen/page.h"

static void *filters_open(struct shell *shell, void *wizard)
{
	struct page *page = page_new(shell, wizard);

	page_note(page, "All records of the switched-on schools come in.");
	page_note(page, " ");
	page_note(page, "There are no filter rules in this version: which schools come in is "
			"decided in Schools Mapping (step 2), and nothing else is left out.");
	page_begin(page);
	return page;
}

static void filters_help(void *state, struct buf *text)
{
	(void)state;
	buf_adds(text,
		"Filter Rules\n"
		"Which records come in. Today that is decided by school alone: every record "
		"that belongs to a switched-on school comes in, with the people, classes and "
		"enrollments that belong to it. There is nothing to set here.");
}

const struct screen filters_screen = {
	.name = "filters",
	.title = "Filter Rules",
	.open = filters_open,
	.close = page_close,
	.draw = page_draw,
	.key = page_key,
	.message = page_message,
	.hints = page_hints,
	.help = filters_help,
};
