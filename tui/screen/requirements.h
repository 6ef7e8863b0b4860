/*
 * Data Requirements: the state of the screen, what the rules meet in the last pull
 * (requirements_count.c), and what can be done with a rule (requirements_act.c). For these and
 * requirements.c.
 */
#ifndef SCREEN_REQUIREMENTS_H
#define SCREEN_REQUIREMENTS_H

#include <time.h>

#include "base/date.h"
#include "rules/requirements.h"
#include "screen/entities.h"
#include "shell.h"
#include "sync/shortfall.h"
#include "work.h"

/* Columns of the table: what is toggled stands in the four in the middle. */
enum require_column {
	REQUIRE_MARK,
	REQUIRE_NAME,
	REQUIRE_INCLUDE,
	REQUIRE_REPORT,
	REQUIRE_SKIP,
	REQUIRE_MASK,
	REQUIRE_MISSING,
	REQUIRE_COLUMNS,
};

/* What the thread works on: nothing of it is the draft's. */
struct require_counting {
	struct work work;
	char *state; /* owned */
	char today[DATE_SIZE];
	struct settings settings; /* a copy of the app */
	struct shortfall found;
	bool again; /* the rules have changed since it began */
};

enum { REQUIRE_CHOICES = 10, REQUIRE_CHOICE_TEXT = 76 };

/* One thing that the menu of an attribute can make of it. */
struct require_choice {
	struct requirement is;
	char text[REQUIRE_CHOICE_TEXT];
};

struct requirements_screen {
	struct entities entities;
	struct shell *shell;
	struct wizard *wizard;
	struct require_counting counting;
	struct shortfall found; /* of found.when; counted with the rules as they are, or were */
	bool known;
	char error[800];                                /* of the last counting */
	struct require_choice choices[REQUIRE_CHOICES]; /* of the menu */
	const char *labels[REQUIRE_CHOICES];
	size_t choice_count;
	char about[1000], message[200];
};

struct rules *require_rules(const struct requirements_screen *screen); /* of the draft */

/* The requirement of an attribute as the draft has it. */
struct requirement require_of(
	const struct requirements_screen *screen, const struct attribute *attribute);
bool require_is_changed(
	const struct requirements_screen *screen, const struct attribute *attribute);

/* ---- counts ---- */

void require_count_clear(struct requirements_screen *screen);

/* Counts anew: the rules or the pull are others. */
void require_count(struct requirements_screen *screen);
void require_count_tick(struct requirements_screen *screen);

/* ---- what can be done ---- */

/* Space, a, x, i in the column of the cursor: on the row, or on all that are shown. */
void require_flip(struct requirements_screen *screen);
void require_set_all(struct requirements_screen *screen, enum list_set how);

void require_menu(struct requirements_screen *screen);        /* all that the row can be */
void require_mask_menu(struct requirements_screen *screen);   /* its masks */
void require_default(struct requirements_screen *screen);     /* of the row */
void require_default_all(struct requirements_screen *screen); /* of the tab; asks first */
void require_undo(struct requirements_screen *screen);

#endif
