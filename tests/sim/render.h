/*
 * The district as OneRoster JSON: each collection goes into one buffer, a row behind the other
 * with commas between, so that a page is a slice of it. Faults of the record kind show here.
 */
#ifndef SIM_RENDER_H
#define SIM_RENDER_H

#include "buf.h"
#include "district.h"
#include "fault.h"

enum base {
	BASE_ORGS,
	BASE_SESSIONS,
	BASE_COURSES,
	BASE_CLASSES,
	BASE_USERS,
	BASE_ENROLLMENTS,
	BASE_DEMOGRAPHICS,
	BASES,
};

/* Row i is text[at[i]] up to text[at[i + 1] - 1], where its comma stands. */
struct rows {
	struct buf text;
	size_t *at; /* owned */
	size_t count;
	size_t cap;
};

struct render {
	const struct district *district;
	const struct fault_hits *faults;
	bool v12;       /* path, hence hrefs */
	bool v12_users; /* shape of user records */
	bool left;      /* the next row is of somebody who is no longer here */
	struct rows *out;
};

void render_collection(struct render *r, enum base base);

void rows_clear(struct rows *rows);
/* Takes the text behind the last row as one more row. */
void rows_end(struct rows *rows);
void rows_add(struct rows *rows, const char *text, size_t len);

/* The following are for the render_*.c files. */
enum thing {
	THING_ORG,
	THING_SESSION,
	THING_COURSE,
	THING_CLASS,
	THING_USER,
	THING_ENROLLMENT
};

struct id {
	char text[96];
	size_t len;
	bool number;
};

struct id id_user(const struct render *r, uint32_t person);
struct id id_class(const struct render *r, uint32_t class);
struct id id_school(const struct render *r, unsigned school); /* SCHOOL_NONE: the district */
struct id id_enrollment(const struct render *r, uint64_t key);
struct id id_text(const char *format, ...) __attribute__((format(printf, 1, 2)));
uint64_t user_key(const struct render *r, uint32_t person);

/* "{" and the members all records have; the row is then open for more. */
void row_begin(struct render *r, struct id id, int changed, uint64_t hash);
void row_end(struct render *r);
void put_key(struct render *r, const char *key);
void put_text(struct render *r, const char *key, const char *value);
void put_bool(struct render *r, const char *key, bool value);
void put_date(struct render *r, const char *key, int year, int month, int day);
void put_ref(struct render *r, const char *key, enum thing thing, struct id id);
void put_refs_begin(struct render *r, const char *key);
void put_ref_item(struct render *r, enum thing thing, struct id id);
void put_refs_end(struct render *r);
void put_grades(struct render *r, const int *grades, int count, uint64_t hash);
/* Whether the fault is on and this one of so many is its turn. */
bool odd(const struct render *r, enum fault fault, uint64_t hash, unsigned one_of);

/* Whether the person is listed; those who left only as tombstones. */
bool person_shown(const struct render *r, uint32_t person);

void render_orgs(struct render *r);
void render_sessions(struct render *r);
void render_courses(struct render *r);
void render_classes(struct render *r);
void render_users(struct render *r);
void render_demographics(struct render *r);
void render_enrollments(struct render *r);
/* People in the order of their ids: *count of them, the caller's. */
uint32_t *people_sorted(const struct render *r, bool students_only, size_t *count);

#endif
