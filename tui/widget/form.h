/*
 * A page of fields, listed as data and bound to what they edit by pointers (or by get/put).
 * Text is checked and stored when its field is left; toggles and choices at once. A bad value
 * is kept on the screen with its error and not stored. Scrolls when higher than its area;
 * sections fold.
 */
#ifndef WIDGET_FORM_H
#define WIDGET_FORM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "term/draw.h"
#include "term/keys.h"
#include "widget/choice.h"
#include "widget/edit.h"
#include "widget/widget.h"

enum field_kind {
	FIELD_TEXT,
	FIELD_SECRET,
	FIELD_NUMBER,
	FIELD_SLIDER,
	FIELD_CHECK,
	FIELD_CHOICE, /* drop-down */
	FIELD_RADIO,
	FIELD_BUTTON,
	FIELD_NOTE, /* text only: `label`, or what `get` gives anew for each frame; wrapped */
	FIELD_SECTION, /* heading that folds what follows, up to FIELD_END or the next one */
	FIELD_END,
};

enum field_fold { FIELD_UNFOLDED, FIELD_FOLDED };

struct field {
	enum field_kind kind;
	const char *label;
	const char *help;    /* one line, shown while the field has the focus */
	const char *more;    /* for F1: what it means, in sentences */
	const char *example; /* shown with the errors the form itself makes: "0-100" */

	/* What is edited; the one of its kind, or NULL where get and put do it. */
	char **text; /* an owned string; NULL when empty */
	int *number; /* within least..most */
	bool *on;
	int *choice;

	int least, most;
	size_t limit; /* bytes of a text; 0: EDIT_LIMIT */
	const char *placeholder;
	const struct choice_option *options;
	size_t option_count;
	enum field_fold fold; /* of a section, at first */
	enum draw_role role;  /* of a note */

	/* The text to show, where there is no pointer, and of a note. */
	void (*get)(void *data, const struct field *field, struct buf *out);
	/* Judges (and stores, where there is no pointer) a text. The error is shown. */
	int (*put)(void *data, const struct field *field, const char *text, struct err *err);
	bool (*shown)(void *data, const struct field *field); /* NULL: always */
	const void *tag;                                      /* the caller's: a key, a row */
};

struct field_state {
	struct edit edit; /* of texts, secrets, numbers */
	struct choice choice;
	struct err err; /* of the last check */
	bool folded;
	bool touched;     /* typed in since it was stored or read */
	struct buf note;  /* the text of a note that is asked for */
	struct rect spot; /* as last drawn */
};

enum form_access { FORM_EDIT, FORM_READ_ONLY };

struct form {
	const struct field *fields; /* borrowed */
	struct field_state *states; /* owned, one a field */
	size_t count;
	void *data;              /* handed to the callbacks */
	size_t focus;            /* a field that can have it; count when none can */
	int top;                 /* first line shown */
	int page;                /* lines that PgUp goes by */
	int lift;                /* lines gone up from there, to notes above the first field */
	enum form_access access; /* FORM_EDIT at first; read-only can be looked through */
	bool changed;            /* something was stored; the caller clears it */
};

void form_init(struct form *form, const struct field *fields, size_t count, void *data);
void form_clear(struct form *form);

/* Reads all bound values anew; what was typed and not stored is lost. */
void form_reload(struct form *form);

/* Draw it last on the page: an open drop-down lies over what is around the form. */
void form_draw(struct form *form, struct rect area, enum widget_focus focus);

/*
 * WIDGET_DONE: the button form->focus was pressed. WIDGET_CHANGED: a toggle or choice changed
 * (so did form->changed). WIDGET_NEXT, WIDGET_PREVIOUS: past the last or before the first
 * field; call form_enter_first or form_enter_last to go round.
 */
enum widget_answer form_key(struct form *form, const struct key *key, int64_t now);

void form_enter_first(struct form *form);
void form_enter_last(struct form *form);

/* Checks and stores the focused field: before leaving the form. -1 when it is bad. */
int form_leave(struct form *form);

/* Checks and stores every shown field. -1: the focus is on the first bad one, `err` is its. */
int form_check(struct form *form, struct err *err);

/* Error or help of the focused field, for the message line; "" for none. */
const char *form_message(const struct form *form, enum draw_role *role);

/* The text as typed, whether stored or not: for a field the screen looks at itself. */
const char *form_typed(const struct form *form, size_t field);

/* As edit_wait and edit_tick, for all fields. */
int form_wait(const struct form *form, int64_t now);
void form_tick(struct form *form, int64_t now);

#endif
