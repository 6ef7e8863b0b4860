/*
 * Delivery Config: the state of the screen, and its fields, which are made from the table of
 * settings and bound to the app of the draft. For delivery.c and delivery_fields.c.
 */
#ifndef SCREEN_DELIVERY_H
#define SCREEN_DELIVERY_H

#include "screen/check.h"
#include "wizard.h"

enum { FIELDS_MOST = 120 };

struct delivery {
	struct shell *shell;
	struct wizard *wizard;
	struct form form;
	struct field fields[FIELDS_MOST];
	size_t count;
	size_t secret, terms; /* where these fields are */
	int auth;
	char secret_note[80];
	bool secret_stored; /* just now: the field is to be emptied */
	struct check check;
};

/* Labels of the buttons: which one was pressed is told by its label. */
extern const char delivery_test[], delivery_terms[], delivery_next[];

void delivery_make_fields(struct delivery *delivery);
void delivery_note_secret(struct delivery *delivery); /* "(set, 3 days ago)" */

/* What a field shows; simple and opened-up limits must follow each other. */
void delivery_get_setting(void *data, const struct field *field, struct buf *out);
void delivery_get_threshold(void *data, const struct field *field, struct buf *out);

#endif
