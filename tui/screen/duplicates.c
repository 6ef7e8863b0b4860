/* The tab Duplicates: what there is of it, said plainly. */
#include <stdlib.h>

#include "screen/dash.h"

static void *duplicates_open(struct shell *shell, void *arg)
{
	(void)shell;
	return arg;
}

static void duplicates_close(void *state)
{
	(void)state; /* the dashboard's */
}

static void duplicates_draw(void *state, struct rect area)
{
	(void)state;
	draw_wrapped(area, 0, DRAW_NORMAL,
		"Finding duplicates (records that share a username, an email or a state id) is "
		"not part of this version yet. Nothing is merged, and nothing is left out "
		"because "
		"of it: every record of the source is a record of its own in the hub.\n\n"
		"What is found already: an id that comes twice in one import. Those are listed "
		"under Data Quality (5).");
	draw_cursor(area.y, area.x);
}

static void duplicates_help(void *state, struct buf *text)
{
	(void)state;
	buf_adds(text, "Duplicates\nNot part of this version yet; see the text of the tab.");
}

const struct screen duplicates_screen = {
	.name = "duplicates",
	.title = "Duplicates",
	.open = duplicates_open,
	.close = duplicates_close,
	.draw = duplicates_draw,
	.help = duplicates_help,
};
