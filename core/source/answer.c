#include "source/answer.h"

#include <ctype.h>
#include <curl/curl.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/text.h"

enum { HEADER_MAX = 4096 };

void answer_init(struct answer *answer)
{
	memset(answer, 0, sizeof(*answer));
	answer->total = -1;
	answer->retry_after = -1;
}

static void read_total(struct answer *answer, const char *value)
{
	char *end;
	long long total;

	errno = 0;
	total = strtoll(value, &end, 10);
	answer->total_named = true;
	answer->total = end == value || *end || errno || total < 0 ? -1 : total;
}

static void read_retry_after(struct answer *answer, const char *value, time_t now)
{
	time_t when;

	if (isdigit((unsigned char)*value)) {
		long seconds = strtol(value, NULL, 10);

		answer->retry_after = seconds > 86400 ? 86400 : (int)seconds;
		return;
	}
	when = curl_getdate(value, NULL);
	if (when != (time_t)-1)
		answer->retry_after = when <= now          ? 0
				      : when - now > 86400 ? 86400
							   : (int)(when - now);
}

/* RFC 8288: <url>; rel="next". Seen too: no quotes, no brackets, several relations. */
static bool says_next(const char *value)
{
	const char *rel = value, *p;
	size_t n;

	while ((rel = strcasestr(rel, "rel")) != NULL) {
		rel += 3;
		p = rel + strspn(rel, " \t");
		if (*p != '=')
			continue;
		p += 1 + strspn(p + 1, " \t\"'");
		while ((n = strcspn(p, " \t\"',;")) > 0) {
			if (n == 4 && strncasecmp(p, "next", 4) == 0)
				return true;
			p += n;
			p += strspn(p, " ");
		}
	}
	return false;
}

static void read_named(struct answer *answer, const char *name, const char *value, time_t now)
{
	if (strcasecmp(name, "X-Total-Count") == 0) {
		read_total(answer, value);
	} else if (strcasecmp(name, "Link") == 0) {
		answer->has_next = answer->has_next || says_next(value);
	} else if (strcasecmp(name, "Retry-After") == 0) {
		read_retry_after(answer, value, now);
	} else if (strcasecmp(name, "Date") == 0) {
		time_t date = curl_getdate(value, NULL);

		answer->date = date == (time_t)-1 ? 0 : date;
	} else if (strcasecmp(name, "x-perm-rev") == 0) {
		snprintf(answer->revision, sizeof(answer->revision), "%s", value);
	} else if (strcasecmp(name, "Location") == 0) {
		snprintf(answer->location, sizeof(answer->location), "%s", value);
	}
}

void answer_header(struct answer *answer, const char *line, size_t length, time_t now)
{
	char copy[HEADER_MAX], *colon;

	/* A longer one is cut: of those read here none is, save a Link that names no next. */
	if (length >= sizeof(copy))
		length = sizeof(copy) - 1;
	memcpy(copy, line, length);
	copy[length] = '\0';
	if (strncasecmp(copy, "HTTP/", 5) == 0) {
		answer_init(answer);
		answer->status = strtol(copy + strcspn(copy, " "), NULL, 10);
		return;
	}
	colon = strchr(copy, ':');
	if (!colon)
		return;
	*colon = '\0';
	read_named(answer, text_trim(copy), text_trim(colon + 1), now);
}
