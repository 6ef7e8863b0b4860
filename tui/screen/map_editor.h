/*
 * A pop-up in which one mapping is written: its text, and at once what it makes of the data or
 * what is wrong with it.
 */
#ifndef SCREEN_MAP_EDITOR_H
#define SCREEN_MAP_EDITOR_H

#include "settings/map_text.h"
#include "sync/offer.h"
#include "widget/buttons.h"
#include "widget/edit.h"

struct map_editor {
	bool open;
	const struct attribute *hub; /* borrowed, as offers */
	const struct offers *offers;
	struct edit edit;
	struct buttons buttons;
	bool on_buttons;
	bool good;           /* the text may be saved: */
	struct buf settled;  /* .. in this form; "" is the default */
	const char *warning; /* NULL */
	struct err err;      /* .. or what is wrong with it */
	struct tried tried;
};

void map_editor_open(struct map_editor *editor, const struct attribute *hub,
	const struct offers *offers, const char *text);
void map_editor_close(struct map_editor *editor); /* not open is fine */
void map_editor_draw(struct map_editor *editor);

/* After `offers` changed. */
void map_editor_check(struct map_editor *editor);

/* The text draws from a source attribute instead of what it did, or also; "" is nothing. */
void map_editor_take(struct map_editor *editor, const char *name, enum map_place place);

/* Adds a transformation at the end, by its example. */
void map_editor_add(struct map_editor *editor, const struct transform *transform);

/* What was asked for. */
enum map_wish { MAP_NOTHING, MAP_SAVE, MAP_SOURCE, MAP_TRANSFORM, MAP_DEFAULT, MAP_CANCEL };
enum map_wish map_editor_key(struct map_editor *editor, const struct key *key);

#endif
