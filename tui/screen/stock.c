#include "screen/stock.h"

#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "widget/chart.h"
#include "widget/words.h"

enum {
	CHARTED = 60,      /* syncs at most */
	COUNTS_WIDTH = 24, /* cells of the table of counts */
	SIDE_FROM = 60,    /* width from which counts and charts stand side by side */
	CHART_LEAST = 6,   /* lines */
	CHART_MOST = 11,
	RECENT_LEAST = 4,
	RECENT_MOST = 12
};

void pen_write(struct pen *pen, enum draw_role role, const char *text)
{
	const struct rect area = {pen->y, pen->x, 1000, pen->width};

	if (*text)
		pen->y += draw_wrapped(area, 0, role, text);
}

void stock_describe_changes(const struct sync *sync, char *out, size_t size)
{
	const struct counts sum = dash_sum(sync->counts);
	char created[WORDS_SIZE], updated[WORDS_SIZE], deleted[WORDS_SIZE];

	snprintf(out, size, "%s created, %s updated, %s deleted",
		words_number((uint64_t)sum.changed[CHANGE_CREATED], created),
		words_number((uint64_t)sum.changed[CHANGE_UPDATED], updated),
		words_number((uint64_t)sum.changed[CHANGE_DELETED], deleted));
}

static void write_totals(const struct dash *dash, struct pen *pen)
{
	char number[WORDS_SIZE];
	enum entity e;

	draw_text(pen->y++, pen->x, COUNTS_WIDTH, DRAW_TITLE, "In the hub");
	for (e = 0; e < ENTITY_COUNT; e++, pen->y++) {
		draw_text(pen->y, pen->x, 12, DRAW_NORMAL, dash_title(e));
		draw_right(pen->y, pen->x + 12, COUNTS_WIDTH - 12, DRAW_NORMAL,
			words_number((uint64_t)dash->now.totals[e], number));
	}
}

static void write_totals_short(const struct dash *dash, struct pen *pen)
{
	char number[WORDS_SIZE];
	struct buf text;
	enum entity e;

	buf_init(&text);
	for (e = 0; e < ENTITY_COUNT; e++) {
		int64_t total = dash->now.totals[e];

		buf_addf(&text, "%s%s %s",
			e ? ", " : "In the hub: ", words_number((uint64_t)total, number),
			total == 1 ? entity_name(e) : entity_plural(e));
	}
	buf_addc(&text, '.');
	pen_write(pen, DRAW_NORMAL, text.data);
	buf_clear(&text);
}

/* What the charts show: the syncs that made the hub what it is. */
struct series {
	uint64_t records[CHARTED], changes[CHARTED];
	size_t count;
	size_t first_change; /* the import that filled the hub would dwarf all others */
	char first[DASH_WHEN], last[DASH_WHEN];
};

static void collect(const struct dash *dash, struct series *series)
{
	size_t i, used[CHARTED] = {0};

	memset(series, 0, sizeof(*series));
	for (i = 0; i < dash->now.sync_count && series->count < CHARTED; i++) {
		enum sync_state state = dash->now.syncs[i].state;

		if (state == SYNC_ACCEPTED || state == SYNC_UNCHANGED)
			used[series->count++] = i;
	}
	for (i = 0; i < series->count; i++) { /* they come newest first */
		const struct sync *sync = &dash->now.syncs[used[series->count - 1 - i]];
		const struct counts sum = dash_sum(sync->counts);

		series->records[i] = (uint64_t)counts_total(&sum);
		series->changes[i] =
			(uint64_t)(sum.changed[CHANGE_CREATED] + sum.changed[CHANGE_UPDATED] +
				   sum.changed[CHANGE_DELETED]);
		if (!sync->base && series->count > 1)
			series->first_change = i + 1;
		dash_when(sync->started, i ? series->last : series->first);
	}
	/* A day is enough below a chart. */
	series->first[strcspn(series->first, " ")] = '\0';
	series->last[strcspn(series->last, " ")] = '\0';
}

static void draw_charts(const struct dash *dash, struct rect area)
{
	int half = (area.width - 3) / 2;
	struct series series;
	struct chart chart;

	if (area.height < CHART_LEAST || half < 16)
		return;
	collect(dash, &series);
	if (!series.count)
		return;
	chart = (struct chart){.title = "Records after each sync",
		.values = series.records,
		.count = series.count,
		.first_label = half < 32 ? NULL : series.first,
		.last_label = half < 32 ? NULL : series.last,
		.role = DRAW_LINK};
	chart_draw(&chart, (struct rect){area.y, area.x, area.height, half});
	chart.title = series.first_change ? "Changes since the first" : "Changes by each sync";
	chart.values = series.changes + series.first_change;
	chart.count = series.count - series.first_change;
	chart.first_label = NULL;
	chart.role = DRAW_WARNING;
	chart_draw(&chart,
		(struct rect){area.y, area.x + half + 3, area.height, area.width - half - 3});
}

static void write_hub(const struct dash *dash, struct pen *pen, int end)
{
	int top = pen->y, left = end - top;

	if (pen->width < SIDE_FROM || left < STOCK_LINES) {
		write_totals_short(dash, pen);
		return;
	}
	write_totals(dash, pen);
	draw_charts(dash,
		(struct rect){top, pen->x + COUNTS_WIDTH + 3,
			left < CHART_MOST ? left : CHART_MOST, pen->width - COUNTS_WIDTH - 3});
	if (left >= CHART_MOST) /* the labels stand below the last count */
		pen->y = top + CHART_MOST;
}

/* On a high terminal: the last syncs, a line each. */
static void write_recent(const struct dash *dash, struct pen *pen, int end)
{
	char changes[200], when[DASH_WHEN];
	size_t i;

	if (end - pen->y < RECENT_LEAST + 2 || !dash->now.sync_count)
		return;
	pen->y++;
	draw_text(pen->y++, pen->x, pen->width, DRAW_TITLE, "Last syncs");
	for (i = 0; i < dash->now.sync_count && i < RECENT_MOST && pen->y < end;
		i++, pen->y++) {
		const struct sync *sync = &dash->now.syncs[i];

		stock_describe_changes(sync, changes, sizeof(changes));
		draw_textf(pen->y, pen->x, 24, DRAW_NORMAL, "%5lld  %s",
			(long long)sync->number, dash_when(sync->started, when));
		draw_text(pen->y, pen->x + 25, 10, dash_sync_role(sync->state),
			sync_state_name(sync->state));
		draw_text(pen->y, pen->x + 36, pen->width - 36, DRAW_NORMAL,
			sync->error                     ? sync->error
			: sync->state == SYNC_UNCHANGED ? ""
							: changes);
	}
}

void stock_write(const struct dash *dash, struct pen *pen, int end)
{
	write_hub(dash, pen, end);
	write_recent(dash, pen, end);
}
