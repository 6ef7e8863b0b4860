#include "settings/master_text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"

static const char *const words[] = {
	[MASTER_NONE] = "", [MASTER_WINS] = "master", [MASTER_GIVES_IN] = "do not override"};

static const char example[] = "Write east: master, or east: master, west: do not override.";

enum master_mode master_of(const struct master_text *text, const char *app)
{
	size_t i;

	for (i = 0; i < text->count; i++)
		if (!strcmp(text->item[i].app, app))
			return text->item[i].mode;
	return MASTER_NONE;
}

static void drop(struct master_text *text, size_t i)
{
	text->count--;
	memmove(&text->item[i], &text->item[i + 1], (text->count - i) * sizeof(text->item[0]));
}

void master_set(struct master_text *text, const char *app, enum master_mode mode)
{
	size_t i;

	for (i = text->count; i-- > 0;)
		if (!strcmp(text->item[i].app, app) ||
			(mode == MASTER_WINS && text->item[i].mode == MASTER_WINS))
			drop(text, i);
	if (mode == MASTER_NONE || text->count == MASTER_APPS)
		return;
	snprintf(text->item[text->count].app, MASTER_NAME, "%s", app);
	text->item[text->count++].mode = mode;
}

static int read_item(char *word, struct master_text *out, struct err *err)
{
	char *colon = strchr(word, ':'), *app;
	enum master_mode mode = MASTER_NONE;

	if (colon) {
		*colon = '\0';
		mode = text_same_word(colon + 1, words[MASTER_WINS])       ? MASTER_WINS
		       : text_same_word(colon + 1, words[MASTER_GIVES_IN]) ? MASTER_GIVES_IN
									   : MASTER_NONE;
	}
	app = text_trim(word);
	if (mode == MASTER_NONE || !*app || strlen(app) >= MASTER_NAME)
		return err_set(
			err, ERR_SETTINGS, "\"%.60s\" is no app and mode. %s", word, example);
	if (master_of(out, app) != MASTER_NONE)
		return err_set(
			err, ERR_SETTINGS, "The app %s is there twice. %s", app, example);
	if (out->count == MASTER_APPS)
		return err_set(
			err, ERR_SETTINGS, "More than %d apps. %s", MASTER_APPS, example);
	if (mode == MASTER_WINS) {
		size_t i;

		for (i = 0; i < out->count; i++)
			if (out->item[i].mode == MASTER_WINS)
				return err_set(err, ERR_SETTINGS,
					"Only one app can be master, not both %s and %s.",
					out->item[i].app, app);
	}
	master_set(out, app, mode);
	return 0;
}

int master_parse(const char *text, struct master_text *out, struct err *err)
{
	char *copy = mem_strdup(text), *save = NULL, *word;
	struct master_text read = {.count = 0};
	int result = 0;

	for (word = strtok_r(copy, ",", &save); word && !result;
		word = strtok_r(NULL, ",", &save))
		result = read_item(word, &read, err);
	if (!result && !read.count)
		result = err_set(err, ERR_SETTINGS, "No app is named. %s", example);
	if (!result)
		*out = read;
	free(copy);
	return result;
}

void master_write(const struct master_text *text, struct buf *out)
{
	size_t i;

	for (i = 0; i < text->count; i++)
		buf_addf(out, "%s%s: %s", i ? ", " : "", text->item[i].app,
			words[text->item[i].mode]);
}

const char *master_mode_title(enum master_mode mode)
{
	static const char *const titles[] = {[MASTER_NONE] = "",
		[MASTER_WINS] = "Master",
		[MASTER_GIVES_IN] = "Do not override"};

	return titles[mode];
}
