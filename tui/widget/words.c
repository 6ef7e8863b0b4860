#include "widget/words.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

char *words_number(uint64_t n, char out[WORDS_SIZE])
{
	char digits[WORDS_SIZE];
	size_t length = (size_t)snprintf(digits, sizeof(digits), "%" PRIu64, n), i;
	char *to = out;

	for (i = 0; i < length; i++) {
		if (i && (length - i) % 3 == 0)
			*to++ = ',';
		*to++ = digits[i];
	}
	*to = '\0';
	return out;
}

char *words_duration(int64_t seconds, char out[WORDS_SIZE])
{
	int64_t minutes = (seconds + 30) / 60;

	if (seconds < 60)
		snprintf(out, WORDS_SIZE, "%" PRId64 " s", seconds);
	else if (minutes < 60 || minutes % 60 == 0)
		snprintf(out, WORDS_SIZE, "%" PRId64 " %s",
			minutes < 60 ? minutes : minutes / 60, minutes < 60 ? "min" : "h");
	else
		snprintf(out, WORDS_SIZE, "%" PRId64 " h %" PRId64 " min", minutes / 60,
			minutes % 60);
	return out;
}

char *words_short_number(uint64_t n, char out[WORDS_SIZE])
{
	static const char units[] = "kMGTPE";
	uint64_t unit = 1000;
	size_t i = 0;

	if (n < 1000) {
		snprintf(out, WORDS_SIZE, "%" PRIu64, n);
		return out;
	}
	while (n / unit >= 1000 && i + 2 < sizeof(units)) {
		unit *= 1000;
		i++;
	}
	if (n / unit >= 100)
		snprintf(out, WORDS_SIZE, "%" PRIu64 "%c", n / unit, units[i]);
	else
		snprintf(out, WORDS_SIZE, "%" PRIu64 ".%" PRIu64 "%c", n / unit,
			n % unit * 10 / unit, units[i]);
	return out;
}
