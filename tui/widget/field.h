/*
 * One field of a form: reading, checking, storing, drawing. For form.c only.
 */
#ifndef WIDGET_FIELD_H
#define WIDGET_FIELD_H

#include "widget/form.h"

bool field_has_edit(const struct field *field);
bool field_takes_focus(const struct field *field);

void field_init(const struct field *field, struct field_state *state);
void field_clear(const struct field *field, struct field_state *state);
void field_load(const struct field *field, struct field_state *state, void *data);

/* Checks what was typed and stores it. -1: state->err says why not. `stored` is set on a store.
 */
int field_store(const struct field *field, struct field_state *state, void *data, bool *stored);

enum widget_answer field_key(const struct field *field, struct field_state *state,
	const struct key *key, int64_t now);

/* Asks for the text of a note, before height and draw. */
void field_ask(const struct field *field, struct field_state *state, void *data);

/* Lines that it takes in `width` cells when labels have `label` of them (0: lines of their
 * own). */
int field_height(
	const struct field *field, const struct field_state *state, int width, int label);
void field_draw(const struct field *field, struct field_state *state, struct rect area,
	int label, enum widget_focus focus);

#endif
