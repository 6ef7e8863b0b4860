/*
 * What a value may be put through on its way from the source to the hub: lower case, a part of
 * it, another form of date ... Functions of one text, with one table of them that the language
 * of mappings (settings/map_text.h), the help, the screens and the manual follow.
 */
#ifndef ROSTER_TRANSFORM_H
#define ROSTER_TRANSFORM_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

/* What stands in the parentheses. */
enum transform_form {
	TRANSFORM_ALONE, /* nothing, and no parentheses */
	TRANSFORM_TEXT,  /* one text */
	TRANSFORM_PAIRS, /* one or more of FROM=TO */
};

struct transform_arg {
	char *text;
	char *to; /* of a pair; else NULL */
};

struct transform {
	const char *name;
	enum transform_form form;
	const char *args;    /* "TEXT", "FROM=TO, ..."; "" */
	const char *example; /* "before(@)" */
	const char *help;    /* one sentence */

	/* Why a text cannot stand in the parentheses; NULL: it can. NULL: any can. */
	const char *(*fault)(const char *text);

	/*
	 * The text, or another in `arena`; NULL when nothing is left of it. *unreadable becomes
	 * true when it is not of the kind that is expected: then the result is NULL, too.
	 */
	const char *(*apply)(const struct transform_arg *args, size_t count, const char *text,
		struct arena *arena, bool *unreadable);
};

const struct transform *transform_table(size_t *count);
const struct transform *transform_find(const char *name); /* NULL: there is none */

#endif
