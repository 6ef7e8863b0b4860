/* What the simulator has seen, for tests to ask about. The caller holds the lock. */
#ifndef SIM_STATS_H
#define SIM_STATS_H

#include "buf.h"

#include <stdbool.h>

enum { STATS_LOG = 2000, STATS_PATHS = 256 };

struct stats_request {
	char *path; /* owned, as the query */
	char *query;
	unsigned status;
};

struct stats {
	struct {
		char *path; /* owned */
		unsigned long requests;
	} paths[STATS_PATHS];
	int path_count;
	struct stats_request log[STATS_LOG]; /* a ring */
	unsigned long requests;
	unsigned long long bytes;
	unsigned long tokens_issued;
	unsigned long auth_failures;
	unsigned long failures_in_a_row, failures_in_a_row_max;
	int running, running_max; /* all requests, the hooks excepted */
	int pages_running, pages_running_max;
};

void stats_log(
	struct stats *s, const char *path, const char *query, unsigned status, size_t bytes);
void stats_auth(struct stats *s, bool passed);
/* What is running goes on being counted. */
void stats_reset(struct stats *s);
void stats_clear(struct stats *s);
void stats_json(const struct stats *s, struct buf *out);

#endif
