#include "settings/duplicate_text.h"

#include <string.h>

static const char *const words[] = {
	[DUPLICATE_MERGE] = "merge", [DUPLICATE_KEEP] = "keep", [DUPLICATE_SKIP] = "skip"};

const char *duplicate_word(enum duplicate_choice choice)
{
	return words[choice];
}

int duplicate_parse(
	const char *text, enum duplicate_choice *choice, const char **other, struct err *err)
{
	size_t i;

	for (i = 0; i < sizeof(words) / sizeof(*words); i++) {
		size_t length = strlen(words[i]);

		if (strncmp(text, words[i], length) != 0)
			continue;
		*choice = (enum duplicate_choice)i;
		*other = NULL;
		if (i == DUPLICATE_SKIP && !text[length])
			return 0;
		if (i != DUPLICATE_SKIP && text[length] == ' ' && text[length + 1]) {
			*other = text + length + 1;
			return 0;
		}
	}
	return err_set(err, ERR_SETTINGS,
		"\"%.80s\" resolves no duplicate. Write merge ID, keep ID or skip, ID being the "
		"SIS id of the other record.",
		text);
}
