/*
 * What an HTTP answer says beside its body, read line by line as the headers come. Pure.
 */
#ifndef SOURCE_ANSWER_H
#define SOURCE_ANSWER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

struct answer {
	long status;        /* 0: none came */
	int64_t total;      /* X-Total-Count; -1: none, or no number */
	bool total_named;   /* the header was there, whatever it held */
	bool has_next;      /* a Link says that there is more */
	int retry_after;    /* seconds; -1: not said */
	time_t date;        /* the server's clock; 0: not said */
	char revision[128]; /* x-perm-rev; "": none */
	char location[512]; /* of a redirect */
};

void answer_init(struct answer *answer);

/*
 * Takes one header line (with or without its line end). A status line begins the answer anew,
 * so that what a 100 Continue or a proxy said before is forgotten. `now` turns a Retry-After
 * date into seconds.
 */
void answer_header(struct answer *answer, const char *line, size_t length, time_t now);

#endif
