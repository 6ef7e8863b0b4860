#include "widget/progress.h"

#include <stdio.h>
#include <string.h>

#include "widget/words.h"

/* Before this much was seen, a rate says nothing. */
enum { RATE_MS = 3000 };

void progress_update(struct progress *progress, const char *phase, uint64_t done,
	uint64_t total, int64_t now)
{
	if (strcmp(progress->phase, phase) != 0 || done < progress->done) {
		snprintf(progress->phase, sizeof(progress->phase), "%s", phase);
		progress->began = now;
		progress->done_then = done;
	}
	progress->done = done;
	progress->total = total;
	progress->now = now;
}

/* Seconds, -1 when it cannot be told. */
static int64_t time_left(const struct progress *progress)
{
	int64_t spent = progress->now - progress->began;
	uint64_t came = progress->done - progress->done_then;

	if (spent < RATE_MS || !came || progress->total <= progress->done)
		return -1;
	return (int64_t)((double)(progress->total - progress->done) * (double)spent /
			 (double)came / 1000);
}

char *progress_text(const struct progress *progress, char *out, size_t size)
{
	char done[WORDS_SIZE], total[WORDS_SIZE], left[WORDS_SIZE], time[WORDS_SIZE + 10] = "";
	int64_t seconds = time_left(progress);

	words_number(progress->done, done);
	if (seconds >= 0)
		snprintf(time, sizeof(time), ", about %s", words_duration(seconds, left));
	if (progress->total && progress->done <= progress->total)
		snprintf(out, size, "%s %s of %s, %d %%%s", progress->phase, done,
			words_number(progress->total, total),
			(int)(100.0 * (double)progress->done / (double)progress->total), time);
	else if (progress->done)
		snprintf(out, size, "%s %s", progress->phase, done);
	else
		snprintf(out, size, "%s", progress->phase);
	return out;
}

void progress_draw(const struct progress *progress, int y, int x, int width)
{
	char text[200];

	draw_text(y, x, width, DRAW_NORMAL, progress_text(progress, text, sizeof(text)));
	if (progress->total && progress->done <= progress->total)
		draw_bar(y + 1, x, width < 60 ? width : 60,
			(double)progress->done / (double)progress->total);
}
