/*
 * Master Fields as text: which apps have a say in an attribute, "east: master" or
 * "east: master, west: do not override".
 */
#ifndef SETTINGS_MASTER_TEXT_H
#define SETTINGS_MASTER_TEXT_H

#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"

enum master_mode {
	MASTER_NONE,
	MASTER_WINS,    /* its value wins */
	MASTER_GIVES_IN /* it does not override a value that is there */
};

enum { MASTER_APPS = 16, MASTER_NAME = 65 };

struct master_text {
	struct {
		char app[MASTER_NAME];
		enum master_mode mode;
	} item[MASTER_APPS];
	size_t count;
};

/* Reads a text; at most one app is master. ERR_SETTINGS naming what is wrong, with an example.
 */
int master_parse(const char *text, struct master_text *out, struct err *err);

/* Gives an app a mode (MASTER_NONE: none); the app that was master is no longer when it is. */
void master_set(struct master_text *text, const char *app, enum master_mode mode);
enum master_mode master_of(const struct master_text *text, const char *app);

/* Writes it as master_parse would take it; nothing when no app has a mode. */
void master_write(const struct master_text *text, struct buf *out);

const char *master_mode_title(enum master_mode mode); /* "Master", "Do not override", "" */

#endif
