#include "command/print.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include <wchar.h>

#include "base/mem.h"
#include "base/text.h"
#include "filtered.h"
#include "roster/problem.h"

static void put_clean(FILE *to, const char *fmt, va_list ap)
{
	char *text = NULL, *clean;
	size_t size;

	if (vasprintf(&text, fmt, ap) < 0)
		abort();
	size = 3 * strlen(text) + 1; /* each malformed byte may become three */
	clean = mem_alloc(size);
	fprintf(to, "%s\n", text_clean(text, clean, size));
	free(clean);
	free(text);
}

void print_line(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	put_clean(stdout, fmt, ap);
	va_end(ap);
}

void print_talk(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	put_clean(stderr, fmt, ap);
	va_end(ap);
}

void table_init(struct table *table, const char *const *heading, size_t columns)
{
	*table = (struct table){.columns = columns, .heading = heading};
}

void table_clear(struct table *table)
{
	while (table->count)
		free(table->cell[--table->count]);
	free(table->cell);
	table->cell = NULL;
}

void table_add(struct table *table, const char *text)
{
	size_t size = 3 * strlen(text ? text : "-") + 1;
	char *clean = mem_alloc(size);

	table->cell = mem_grow(table->cell, table->count + 1, sizeof(*table->cell));
	table->cell[table->count++] = text_clean(text && *text ? text : "-", clean, size);
}

void table_addf(struct table *table, const char *fmt, ...)
{
	char text[512];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	table_add(table, text);
}

/* Columns of a terminal that a text takes. */
static int width_of(const char *text)
{
	wchar_t wide[1024];
	size_t n = mbstowcs(wide, text, 1023);
	int width;

	if (n == (size_t)-1)
		return (int)strlen(text);
	wide[n < 1023 ? n : 1023] = L'\0';
	width = wcswidth(wide, n);
	return width < 0 ? (int)n : width;
}

static int column_width(const struct table *table, size_t column)
{
	int width = width_of(table->heading[column] + (*table->heading[column] == '>'));
	size_t i;

	for (i = column; i < table->count; i += table->columns) {
		int w = width_of(table->cell[i]);

		width = w > width ? w : width;
	}
	return width;
}

static void put_cell(const struct table *table, size_t column, const char *text, int width)
{
	int pad = width - width_of(text);

	if (*table->heading[column] == '>')
		printf("%*s%s", pad, "", text);
	else if (column + 1 < table->columns)
		printf("%s%*s", text, pad, "");
	else
		printf("%s", text);
	printf(column + 1 < table->columns ? "  " : "\n");
}

void table_print(const struct table *table)
{
	int *width = mem_zero(table->columns, sizeof(*width));
	size_t i;

	for (i = 0; i < table->columns; i++)
		width[i] = column_width(table, i);
	for (i = 0; i < table->columns; i++)
		put_cell(table, i, table->heading[i] + (*table->heading[i] == '>'), width[i]);
	for (i = 0; i < table->count; i++)
		put_cell(table, i % table->columns, table->cell[i], width[i % table->columns]);
	free(width);
}

void time_text(int64_t when, char *out, size_t size)
{
	time_t t = (time_t)when;
	struct tm tm;

	if (!when || !localtime_r(&t, &tm) || !strftime(out, size, "%Y-%m-%d %H:%M:%S", &tm))
		snprintf(out, size, "-");
}

void print_value(const char *value, char *out, size_t size)
{
	size_t used = 0;

	if (!value)
		value = "(none)";
	for (; *value && used + 3 < size; value++) {
		out[used++] = *value == RECORD_LIST ? ',' : *value;
		if (*value == RECORD_LIST)
			out[used++] = ' ';
	}
	out[used] = '\0';
}

static void put_counts(const struct counts counts[ENTITY_COUNT])
{
	static const char *const heading[] = {
		"", ">created", ">updated", ">deleted", ">unchanged", ">total"};
	struct table table;
	int e, c;

	table_init(&table, heading, 6);
	for (e = 0; e < ENTITY_COUNT; e++) {
		table_add(&table, entity_plural((enum entity)e));
		for (c = 0; c < CHANGE_KINDS; c++)
			table_addf(&table, "%lld", (long long)counts[e].changed[c]);
		table_addf(&table, "%lld", (long long)counts[e].unchanged);
		table_addf(&table, "%lld", (long long)counts_total(&counts[e]));
	}
	table_print(&table);
	table_clear(&table);
}

static void print_hit(const struct hold_hit *hit)
{
	const char *where = hit->school ? hit->school_name ? hit->school_name : hit->school
					: "the district";

	switch (hit->kind) {
	case HOLD_LIMIT:
		print_line("  Held: %lld of %lld %s of %s %s (%.1f%%), the limit is %s.",
			(long long)hit->changed, (long long)hit->base,
			entity_plural(hit->entity), where, change_name(hit->change),
			hit->percent, hit->limit);
		return;
	case HOLD_EMPTIED:
		print_line("  Held: all %lld %s of %s would be deleted.", (long long)hit->base,
			entity_plural(hit->entity), where);
		return;
	case HOLD_UNREADABLE:
		print_line(
			"  Held: %lld of %lld %s of %s would be deleted because they did not "
			"come, but they may be among the records that could not be read.",
			(long long)hit->changed, (long long)hit->base,
			entity_plural(hit->entity), where);
		return;
	case HOLD_PREVIEW: print_line("  Held: preview is on, every sync waits."); return;
	case HOLD_SOURCE:
		print_line(
			"  Held: the Service URL, its version or the SIS ID prefix is another "
			"than before: ids may have changed.");
		return;
	case HOLD_DELETIONS:
		print_line("  Held: these deletions wait (hold.deletions_only).");
		return;
	}
}

static void print_decision(const struct sync *sync)
{
	char when[40];

	if (!sync->decided_by)
		return;
	time_text(sync->decided, when, sizeof(when));
	print_line("Decided by %s, %s%s%s%s", sync->decided_by, when,
		sync->without_deletions ? ", without deletions" : "", sync->reason ? ": " : "",
		sync->reason ? sync->reason : "");
}

static void print_filtered(const struct sync *sync)
{
	struct buf text;

	buf_init(&text);
	filtered_add(sync, "  ", &text);
	if (text.used)
		print_line("%s", text.data);
	buf_clear(&text);
}

void print_sync(const struct sync *sync)
{
	size_t i;
	int p;

	if (sync->number)
		print_line("Sync %lld of %s: %s (%.1f s)", (long long)sync->number, sync->app,
			sync_state_name(sync->state), sync->seconds);
	else
		print_line(
			"Dry run of %s: it would have been %s (%.1f s). Nothing was changed.",
			sync->app, sync_state_name(sync->state), sync->seconds);
	if (sync->error)
		print_line("  %s", sync->error);
	put_counts(sync->counts);
	print_filtered(sync);
	for (i = 0; i < sync->hit_count; i++)
		print_hit(&sync->hits[i]);
	for (p = 0; p < PROBLEM_KINDS; p++) {
		if (sync->problems[p])
			print_line("  %s: %lld", problem_title((enum problem)p),
				(long long)sync->problems[p]);
	}
	print_decision(sync);
	if (*sync->fingerprint)
		print_line("Fingerprint: %s", sync->fingerprint);
}

static void describe_wait(const struct pull_progress *pull, char *out, size_t size)
{
	static const char *const why[] = {[WAIT_RETRY] = "retry",
		[WAIT_RATE_LIMIT] = "rate limit",
		[WAIT_RESTART] = "restart"};

	*out = '\0';
	if (pull->wait != WAIT_NONE)
		snprintf(out, size, ", %s in %d s", why[pull->wait], pull->wait_seconds);
}

/* Whether a terminal looks on, and it is time to tell it anew. */
static bool is_due(struct timespec *last)
{
	struct timespec now;

	if (!isatty(STDERR_FILENO))
		return false;
	clock_gettime(CLOCK_MONOTONIC, &now);
	if ((now.tv_sec - last->tv_sec) * 1000 + (now.tv_nsec - last->tv_nsec) / 1000000 < 100)
		return false;
	*last = now;
	return true;
}

void print_upload(struct timespec *last, int64_t done, int64_t total)
{
	if (is_due(last))
		fprintf(stderr, "\rUploading %.1f of %.1f MB\x1b[K", (double)done / 1e6,
			(double)total / 1e6);
}

void print_progress(void *arg, const struct import_progress *progress)
{
	static const char *const phase[] = {[PHASE_CONNECT] = "Connecting",
		[PHASE_PULL] = "Pulling",
		[PHASE_COMPARE] = "Comparing",
		[PHASE_STORE] = "Storing"};
	char wait[60];

	if (!is_due(arg))
		return;
	describe_wait(&progress->pull, wait, sizeof(wait));
	if (progress->phase == PHASE_PULL && progress->pull.total > 0)
		fprintf(stderr, "\r%s %s: %lld of %lld%s\x1b[K", phase[progress->phase],
			collection_name(progress->pull.collection),
			(long long)progress->pull.received, (long long)progress->pull.total,
			wait);
	else
		fprintf(stderr, "\r%s, %lld records%s\x1b[K", phase[progress->phase],
			(long long)progress->pull.received_in_all, wait);
}

void print_progress_end(void)
{
	if (isatty(STDERR_FILENO))
		fprintf(stderr, "\r\x1b[K");
}
