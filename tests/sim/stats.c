/* What the simulator has seen: see stats.h. */
#include "stats.h"

#include <stdlib.h>

static void path_count(struct stats *s, const char *path)
{
	for (int i = 0; i < s->path_count; i++) {
		if (!strcmp(s->paths[i].path, path)) {
			s->paths[i].requests++;
			return;
		}
	}
	if (s->path_count == STATS_PATHS)
		return;
	s->paths[s->path_count].path = sim_strdup(path);
	s->paths[s->path_count++].requests = 1;
}

void stats_log(
	struct stats *s, const char *path, const char *query, unsigned status, size_t bytes)
{
	struct stats_request *slot = &s->log[s->requests++ % STATS_LOG];
	free(slot->path);
	free(slot->query);
	*slot = (struct stats_request){sim_strdup(path), sim_strdup(query), status};
	s->bytes += bytes;
	path_count(s, path);
}

void stats_auth(struct stats *s, bool passed)
{
	if (passed) {
		s->failures_in_a_row = 0;
		return;
	}
	s->auth_failures++;
	if (++s->failures_in_a_row > s->failures_in_a_row_max)
		s->failures_in_a_row_max = s->failures_in_a_row;
}

void stats_clear(struct stats *s)
{
	for (int i = 0; i < s->path_count; i++)
		free(s->paths[i].path);
	for (int i = 0; i < STATS_LOG; i++) {
		free(s->log[i].path);
		free(s->log[i].query);
	}
	memset(s, 0, sizeof(*s));
}

void stats_reset(struct stats *s)
{
	int running = s->running, pages = s->pages_running;
	stats_clear(s);
	s->running = s->running_max = running;
	s->pages_running = s->pages_running_max = pages;
}

void stats_json(const struct stats *s, struct buf *out)
{
	buf_printf(out,
		"{\"requests\":%lu,\"bytes\":%llu,\"tokens_issued\":%lu,"
		"\"auth_failures\":%lu,\"auth_failures_in_a_row\":%lu,"
		"\"max_concurrent\":%d,\"max_concurrent_pages\":%d,\"paths\":{",
		s->requests, s->bytes, s->tokens_issued, s->auth_failures,
		s->failures_in_a_row_max, s->running_max, s->pages_running_max);
	for (int i = 0; i < s->path_count; i++) {
		buf_str(out, i ? "," : "");
		buf_json(out, s->paths[i].path, strlen(s->paths[i].path));
		buf_printf(out, ":%lu", s->paths[i].requests);
	}
	buf_str(out, "},\"log\":[");
	unsigned long from = s->requests > STATS_LOG ? s->requests - STATS_LOG : 0;
	for (unsigned long i = from; i < s->requests; i++) {
		const struct stats_request *r = &s->log[i % STATS_LOG];
		buf_str(out, i > from ? ",{\"path\":" : "{\"path\":");
		buf_json(out, r->path, strlen(r->path));
		buf_str(out, ",\"query\":");
		buf_json(out, r->query, strlen(r->query));
		buf_printf(out, ",\"status\":%u}", r->status);
	}
	buf_str(out, "]}\n");
}
