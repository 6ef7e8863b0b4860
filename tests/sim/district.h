/*
 * The district: who goes to which school and sits in which class on a given day. A pure
 * function of (seed, students, day): it is made for day 0 and lived forward day by day. Knows
 * no JSON.
 */
#ifndef SIM_DISTRICT_H
#define SIM_DISTRICT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum person_kind {
	PERSON_STUDENT,
	PERSON_TEACHER,
	PERSON_ADMINISTRATOR,
	PERSON_AIDE,
	PERSON_PROCTOR,
	PERSON_PARENT,
	PERSON_GUARDIAN,
	PERSON_RELATIVE,
};

enum level { LEVEL_ELEMENTARY, LEVEL_MIDDLE, LEVEL_HIGH, LEVELS };

enum {
	GRADE_PK,
	GRADE_KG,
	GRADE_LAST = 13, /* twelfth grade; grade n is n + 1 */
	GRADES,
	SUBJECTS = 7,        /* the most a level teaches, the homeroom included */
	SCHOOL_NONE = 65535, /* the district itself, or no second school */
	ROLLOVER_DAY = 100,
	YEAR_DAYS = 365,
	FIRST_YEAR = 2026,
};

struct person {
	uint8_t kind;
	uint8_t grade;
	bool gone;
	bool twin; /* the second account of the person `kin` (1.1 only) */
	uint16_t school;
	uint16_t school2;
	uint8_t kin_count;
	uint8_t role2; /* a second role, or equal to kind */
	uint8_t name_rev;
	uint8_t mail_rev;
	uint8_t phone_rev;
	uint8_t home_rev; /* demographics */
	uint8_t seat_rev; /* enrollments */
	uint16_t changed; /* day of the last change of the user record, then of the others */
	uint16_t home_changed;
	uint16_t seat_changed;
	uint16_t born;
	uint32_t kin; /* first guardian of a student, first child of a guardian */
};

struct school {
	uint8_t level;
	bool closed;
	uint16_t changed;
	uint16_t sections[GRADES]; /* fixed for a school year, so that seats are stable */
	uint32_t class_first[GRADES];
	uint32_t *teachers; /* owned: person numbers */
	uint32_t teacher_count;
};

struct class
{
	uint16_t school;
	uint8_t grade;
	uint8_t subject;
	uint16_t section;
	uint16_t since;
	bool ended;
	uint32_t teacher;
};

struct district {
	uint64_t seed;
	uint32_t wanted; /* students asked for */
	int day;
	int year;            /* the year the school year begins in */
	uint16_t year_since; /* day the school year was set up */
	uint16_t orgs_changed;
	struct person *people; /* owned, as the following */
	size_t people_count, people_cap;
	uint32_t *students;
	size_t students_count, students_cap;
	struct school *schools;
	size_t school_count;
	struct class *classes;
	size_t class_count, class_cap;
};

struct district *district_new(uint64_t seed, uint32_t students, int day);
void district_free(struct district *d);
/* Takes percent of the students out, with whoever only belongs to them. */
void district_lose(struct district *d, unsigned percent);

enum level district_level(int grade);
int district_subjects(enum level level);
/* The number of the class in which a student has the subject. */
uint32_t district_seat(const struct district *d, uint32_t student, int subject);

/* For district_day.c. */
uint32_t district_join(struct district *d, uint64_t hash, int grade, int day);
uint32_t district_hire(struct district *d, enum person_kind kind, unsigned school, int day);
void district_leave(struct district *d, uint32_t student, int day);
/* An open school of that level other than `not`, or SCHOOL_NONE. */
unsigned district_pick_school(
	const struct district *d, enum level, uint64_t hash, unsigned not );
/* Sections and classes of the open schools from `first` up to `end`, for the students they
 * have. */
void district_plan_classes(struct district *d, unsigned first, unsigned end, int day);
void district_live(struct district *d, int day);

#endif
