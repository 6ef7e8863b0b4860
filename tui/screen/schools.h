/*
 * Schools Mapping: the state of the screen, its rows (schools_rows.c), and what can be done
 * with a school (schools_act.c). For these and schools.c.
 */
#ifndef SCREEN_SCHOOLS_H
#define SCREEN_SCHOOLS_H

#include "screen/school_picker.h"
#include "settings/secret.h"
#include "shell.h"
#include "widget/view.h"
#include "wizard.h"
#include "work.h"

enum place { PLACE_LIST, PLACE_AUTO, PLACE_FILTER, PLACES };
enum { FILTERS = 4, SCHOOLS_COLUMNS = 5 };

/* What the thread works on: nothing of it is the draft's. */
struct school_fetch {
	struct work work;
	char *state;              /* owned */
	struct settings settings; /* a copy of the app */
	struct secret secret;
	struct school_lists lists;
};

struct schools {
	struct shell *shell;
	struct wizard *wizard;
	struct school_fetch fetch;
	char error[800];         /* of the last fetch; "" when it went well */
	struct school_row *rows; /* owned */
	size_t count;
	char **texts; /* owned, one a row: what search looks at */
	char **order; /* owned: folded names */
	size_t filter;
	struct view view;
	struct list list;
	enum place place;
	struct school_picker picker;
	char chosen[300]; /* id of the school a dialog is about */
};

struct app *schools_app(const struct schools *schools); /* of the draft */

/* ---- rows ---- */

extern const struct view_source schools_view_source;
extern const struct list_source schools_list_source;
extern const struct list_column schools_columns[SCHOOLS_COLUMNS];

void schools_make_rows(struct schools *schools); /* anew, from the draft and the lists */
void schools_free_rows(struct schools *schools);
void schools_refilter(struct schools *schools);
const struct school_row *schools_row(const struct schools *schools, size_t row); /* as shown */
bool schools_is_no_school(const struct school_row *row);                         /* an office */
bool schools_set(void *data, size_t at, enum list_set how);

/* The draft changed: shows and saves it. */
void schools_changed(struct schools *schools);

/* ---- what can be done ---- */

const struct school_row *schools_current(struct schools *schools); /* NULL: none */

/* Whether it (NULL: anything) may be changed; says why not. */
bool schools_may_change(struct schools *schools, const struct school_row *row);

void schools_auto_map(struct schools *schools);
void schools_act(struct schools *schools, char what); /* s m n d, on the current one */
void schools_menu(struct schools *schools);

/* Takes the choice of the picker, unless it leads in a circle or nowhere. */
void schools_map_onto(struct schools *schools, const struct school_option *option);

#endif
