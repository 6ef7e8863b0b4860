#include "widget/view.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"

static void forget_folded(struct view *view)
{
	size_t i;

	for (i = 0; view->folded && i < view->total; i++)
		free(view->folded[i]);
	free(view->folded);
	view->folded = NULL;
}

static bool matches(struct view *view, size_t row)
{
	const char *word = view->needle, *end;
	char one[256];

	if (!*word)
		return true;
	if (!view->folded[row])
		view->folded[row] = text_fold(view->source->text(view->data, row));
	for (; *word; word = *end ? end + 1 : end) {
		size_t length;

		end = strchrnul(word, ' ');
		length = (size_t)(end - word);
		if (length >= sizeof(one))
			length = sizeof(one) - 1;
		memcpy(one, word, length);
		one[length] = '\0';
		if (!strstr(view->folded[row], one))
			return false;
	}
	return true;
}

void view_init(struct view *view, const struct view_source *source, void *data)
{
	memset(view, 0, sizeof(*view));
	view->source = source;
	view->data = data;
	view->needle = mem_strdup("");
	view_reload(view);
}

void view_clear(struct view *view)
{
	forget_folded(view);
	free(view->rows);
	free(view->needle);
	memset(view, 0, sizeof(*view));
}

void view_reload(struct view *view)
{
	forget_folded(view);
	view->total = view->source->count(view->data);
	view->rows = mem_grow(view->rows, view->total, sizeof(*view->rows));
	view_update(view);
}

void view_update(struct view *view)
{
	const struct view_source *source = view->source;
	size_t row;

	if (*view->needle && !view->folded)
		view->folded = mem_zero(view->total, sizeof(*view->folded));
	view->count = 0;
	for (row = 0; row < view->total; row++) {
		if ((!source->keep || source->keep(view->data, row)) && matches(view, row))
			view->rows[view->count++] = row;
	}
	if (source->compare)
		qsort_r(view->rows, view->count, sizeof(*view->rows), source->compare,
			view->data);
}

void view_search(struct view *view, const char *text)
{
	free(view->needle);
	view->needle = text_fold(text);
	view_update(view);
}

size_t view_find(const struct view *view, size_t source_row)
{
	size_t i;

	for (i = 0; i < view->count && view->rows[i] != source_row; i++)
		;
	return i;
}
