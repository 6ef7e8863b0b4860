/*
 * What was found wrong in the data of a sync: counted by class, the first of each class kept
 * with the record's id. Details hold no personal data: ids, attribute names, vocabulary words.
 */
#ifndef ROSTER_PROBLEM_H
#define ROSTER_PROBLEM_H

#include <stdint.h>

#include "base/arena.h"
#include "roster/schema.h"

/* The names of the classes are a contract (JSON); their numbers are stored. */
enum problem {
	PROBLEM_UNUSABLE,      /* a record without id, or of the wrong shape */
	PROBLEM_DUPLICATE_ID,  /* the same sourcedId twice in one collection: the last wins */
	PROBLEM_MISSING_VALUE, /* a required attribute is empty */
	PROBLEM_BAD_VALUE,     /* a value that could not be read as its type */
	PROBLEM_UNKNOWN_ROLE,
	PROBLEM_UNKNOWN_STATUS,
	PROBLEM_DANGLING, /* a reference that leads nowhere */
	PROBLEM_DATES_REVERSED,
	PROBLEM_REPAIRED_TEXT, /* malformed UTF-8 replaced */
	PROBLEM_MISSING_COLLECTION,
	PROBLEM_TOTAL_WRONG,
	PROBLEM_CASCADED,  /* enrollments taken along by who or what left */
	PROBLEM_SKIPPED,   /* left out: it lacks what Data Requirements ask for */
	PROBLEM_PARTIAL,   /* a collection of which not all is given, or may be */
	PROBLEM_CONFLICT,  /* apps say different things of one record, and no master decides */
	PROBLEM_DUPLICATE, /* two records of one source that a domain of uniqueness takes for
			      one */
	PROBLEM_KEPT,      /* would have been deleted, while deletions are disabled */
	PROBLEM_FORMULA,   /* a text that a spreadsheet takes for a formula */
	PROBLEM_KINDS,
};

enum { PROBLEMS_KEPT = 10000 }; /* of each class: an administrator works through a list */

struct found_problem {
	enum problem problem;
	enum entity entity; /* ENTITY_NONE: of no one record */
	const char *sis_id; /* "" when it has none */
	const char *detail;
};

struct problems {
	int64_t count[PROBLEM_KINDS];
	struct found_problem *kept; /* owned; the strings lie in `arena` */
	size_t kept_count, kept_room;
	struct arena arena;
};

void problems_init(struct problems *problems);
void problems_clear(struct problems *problems);

/*
 * Counts one; keeps it while its class has fewer than PROBLEMS_KEPT. `sis_id` may be NULL and
 * is kept exactly; the detail is made fit to be shown.
 */
void problems_add(struct problems *problems, enum problem problem, enum entity entity,
	const char *sis_id, const char *fmt, ...) __attribute__((format(printf, 5, 6)));

/* Adds all of `other` to `problems`. */
void problems_merge(struct problems *problems, const struct problems *other);

/* The attribute that a detail is about ("email is empty"); NULL when it begins with none. */
const char *problem_attribute(enum entity entity, const char *detail);

/* The class of a name; PROBLEM_KINDS when there is none. */
enum problem problem_by_name(const char *name);

const char *problem_name(enum problem problem);  /* "dangling_reference" */
const char *problem_title(enum problem problem); /* "References that lead nowhere" */

#endif
