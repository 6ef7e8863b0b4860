/*
 * Attributes Mapping: the state of the screen, the data that it reads (attributes_read.c), and
 * what can be done with a mapping (attributes_act.c). For these and attributes.c.
 */
#ifndef SCREEN_ATTRIBUTES_H
#define SCREEN_ATTRIBUTES_H

#include <time.h>

#include "base/date.h"
#include "rules/attributes.h"
#include "screen/entities.h"
#include "screen/map_editor.h"
#include "screen/source_picker.h"
#include "settings/map_check.h"
#include "shell.h"
#include "work.h"

enum { TRANSFORMS_MOST = 16, LABEL = 76 };

/* What the thread works on: nothing of it is the draft's. */
struct reading {
	struct work work;
	char *state; /* owned */
	char today[DATE_SIZE];
	struct settings settings; /* a copy of the app */
	enum entity entity;
	time_t when; /* of the pull */
	struct offers offers;
};

struct attributes {
	struct entities entities;
	struct shell *shell;
	struct wizard *wizard;
	struct reading reading;
	struct offers offers[ENTITY_COUNT];
	time_t read[ENTITY_COUNT];        /* of the pull that they are of; 0: of none */
	char error[800];                  /* of the last reading */
	struct tried tried[MAPPING_ROWS]; /* of the entity type that is shown, by row */
	struct map_editor editor;
	struct source_picker picker;
	const char *labels[TRANSFORMS_MOST]; /* of the menu of transformations */
	char label[TRANSFORMS_MOST][LABEL];
	char about[1200];
};

struct rules *attributes_rules(const struct attributes *attributes); /* of the draft */

/* ---- data ---- */

void attributes_read_clear(struct attributes *attributes);

/* Begins to read the last pull when what is shown is of another, or of none. */
void attributes_read_on(struct attributes *attributes);
void attributes_read_tick(struct attributes *attributes);

/* Tries the mappings of the entity type that is shown on the data, for its rows. */
void attributes_try(struct attributes *attributes);
const struct tried *attributes_tried(
	const struct attributes *attributes, const struct attribute *hub);

/* ---- what can be done ---- */

/* Whether anything may be changed; says why not. */
bool attributes_may_change(const struct attributes *attributes);

void attributes_edit(struct attributes *attributes, const struct attribute *hub);
void attributes_pick(struct attributes *attributes); /* a source, for the open editor */
void attributes_restore(struct attributes *attributes, const struct attribute *hub);
void attributes_restore_all(struct attributes *attributes); /* asks first */
void attributes_undo(struct attributes *attributes);

/* A key for what is open: the picker or the editor. False: nothing is. */
bool attributes_popup_key(struct attributes *attributes, const struct key *key);

#endif
