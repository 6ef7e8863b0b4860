/*
 * How duplicates of one record are resolved, as text: "merge ID" (into that one), "keep ID"
 * (both stay), "skip" (this one is left out). The ids are SIS ids of the hub.
 */
#ifndef SETTINGS_DUPLICATE_TEXT_H
#define SETTINGS_DUPLICATE_TEXT_H

#include "base/err.h"

enum duplicate_choice { DUPLICATE_MERGE, DUPLICATE_KEEP, DUPLICATE_SKIP };

/* `*other` is the id in `text`, borrowed; NULL for DUPLICATE_SKIP. */
int duplicate_parse(
	const char *text, enum duplicate_choice *choice, const char **other, struct err *err);

const char *duplicate_word(enum duplicate_choice choice); /* "merge" */

#endif
