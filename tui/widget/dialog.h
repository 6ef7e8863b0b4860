/*
 * A box over what is below: a message, a question with buttons, a question that wants a word
 * typed, a line of text, a menu, or a long text to read. The text scrolls when it is higher
 * than the screen leaves room for. Esc and quit keys answer DIALOG_CANCELLED, which must be
 * harmless.
 */
#ifndef WIDGET_DIALOG_H
#define WIDGET_DIALOG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "term/draw.h"
#include "term/keys.h"
#include "widget/edit.h"

enum { DIALOG_OPEN = -2, DIALOG_CANCELLED = -1 }; /* else the index of the button pressed */
enum { DIALOG_BUTTONS_MAX = 4 };

struct dialog {
	char *title;         /* owned */
	char *text;          /* owned */
	const char **labels; /* owned array of borrowed texts: buttons, or rows of a menu */
	size_t count;
	size_t focus; /* button, or `count` for the edit */
	bool menu;    /* the labels stand below each other and scroll */
	bool has_edit;
	struct edit edit;
	char *expect;            /* owned; NULL or what must be typed for button 0 */
	char error[160];         /* shown above the buttons; the caller may set it */
	int scroll, scroll_most; /* lines of the text */
	int page;                /* lines of the text seen */
	struct rect *spots;      /* owned: where the labels were drawn, for the mouse */
};

/* All of them copy title and text; labels are borrowed. Free with dialog_clear. */
void dialog_message(struct dialog *dialog, const char *title, const char *text);

/* `harmless` is the button that has the focus at first. */
void dialog_confirm(struct dialog *dialog, const char *title, const char *text,
	const char *const *labels, size_t count, size_t harmless);

/* Button 0 (`doing`) works only when `expect`, which is shown, was typed. Button 1 is Cancel.
 */
void dialog_typed(struct dialog *dialog, const char *title, const char *text,
	const char *expect, const char *doing);

/* Button 0 (`doing`), button 1 Cancel. The text typed is edit_text(&dialog->edit). */
void dialog_input(struct dialog *dialog, const char *title, const char *text,
	const char *initial, size_t limit, const char *doing);

/* The same around an edit, for a secret: dialog->edit masks. */
void dialog_secret(struct dialog *dialog, const char *title, const char *text, size_t limit,
	const char *doing);

void dialog_menu(struct dialog *dialog, const char *title, const char *text,
	const char *const *labels, size_t count, size_t at);

/* A long text with buttons below: terms (Accept / Decline), help (Close). */
void dialog_text(struct dialog *dialog, const char *title, const char *text,
	const char *const *labels, size_t count);

void dialog_clear(struct dialog *dialog);

void dialog_draw(struct dialog *dialog);
int dialog_key(struct dialog *dialog, const struct key *key, int64_t now);

#endif
