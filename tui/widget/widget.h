/*
 * What all widgets have in common. A widget is a struct of its state with x_draw and x_key;
 * it is bound to what it edits by a pointer and knows no product word.
 */
#ifndef WIDGET_WIDGET_H
#define WIDGET_WIDGET_H

enum widget_focus { WIDGET_BLURRED, WIDGET_FOCUSED };

/* What became of a key. */
enum widget_answer {
	WIDGET_IGNORED,  /* not mine */
	WIDGET_TAKEN,    /* the picture may have changed */
	WIDGET_CHANGED,  /* a value changed */
	WIDGET_DONE,     /* pressed: a button, a row */
	WIDGET_NEXT,     /* the focus wants to leave behind the last field */
	WIDGET_PREVIOUS, /* .. or before the first */
};

#endif
