#include "filtered.h"

#include "widget/words.h"

void filtered_words(const int64_t filtered[ENTITY_COUNT], struct buf *out)
{
	size_t before = out->used;
	char number[WORDS_SIZE];
	enum entity e;

	for (e = 0; e < ENTITY_COUNT; e++)
		if (filtered[e])
			buf_addf(out, "%s%s %s", out->used > before ? ", " : "",
				words_number((uint64_t)filtered[e], number),
				filtered[e] == 1 ? entity_name(e) : entity_plural(e));
}

void filtered_add(const struct sync *sync, const char *before, struct buf *out)
{
	struct buf words;

	buf_init(&words);
	filtered_words(sync->filtered, &words);
	if (words.used)
		buf_addf(out, "%sLeft out by filters: %s.", before, words.data);
	buf_clear(&words);
}
