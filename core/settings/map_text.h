/*
 * The language in which a rule of Attributes Mapping says what feeds an attribute of the hub:
 *
 *   text      = "none" | value { "|" step }
 *   value     = item | "first" "(" item { "," item } ")"
 *   item      = source | constant
 *   source    = a name of words.h: email, metadata.mail, userIds.staff, extension.homeRoom,
 *               in brackets when it has blanks or signs: [metadata.School mail]
 *   constant  = a text in quotes: 'true', "O'Brien"; \' and \\ within
 *   step      = a transformation of transform.h, with what its parentheses hold
 *
 * as in: first(email, metadata.mail) | lower | before(@)
 *
 * Of several items the first that is there, after the steps, is taken. Pure.
 */
#ifndef SETTINGS_MAP_TEXT_H
#define SETTINGS_MAP_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"
#include "roster/transform.h"

struct map_item {
	bool constant;
	char *text; /* owned: the name of a source attribute, or the constant */
};

struct map_step {
	const struct transform *transform;
	struct transform_arg *args; /* owned, with their texts */
	size_t count;
};

struct map_text {
	struct map_item *items; /* owned; none at all: nothing feeds the attribute */
	size_t count;
	struct map_step *steps; /* owned */
	size_t step_count;
};

/* An example for error texts, screens and help. */
extern const char map_text_example[];

/*
 * Reads a text. ERR_SETTINGS saying at which character, what is wrong, and an example; `map` is
 * then empty. map_text_clear in any case.
 */
int map_text_parse(struct map_text *map, const char *text, struct err *err);
void map_text_clear(struct map_text *map);

/* Draws from a source attribute in place of all that it drew from, or behind it. */
enum map_place { MAP_INSTEAD, MAP_BEHIND };
void map_text_take(struct map_text *map, const char *name, enum map_place place);

/* Adds it to `out` in the one form in which it is shown and stored. */
void map_text_write(const struct map_text *map, struct buf *out);

/* The same for the name of one source attribute: in brackets when it must be. */
void map_text_write_name(const char *name, struct buf *out);

#endif
