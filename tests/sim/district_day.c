/*
 * A day in the life of the district: names and addresses change, some come, some go, a class
 * ends; a school opens and another closes; the summer rolls everything over. Work is in
 * proportion to what changes, so a hundred days cost little.
 */
#include "district.h"
#include "rnd.h"

enum { OPENING_DAY = 30, CLOSING_DAY = 60 };

enum {
	DAY_NAME = 201,
	DAY_MAIL,
	DAY_PHONE,
	DAY_GRADE,
	DAY_HOME,
	DAY_SEAT,
	DAY_GUARDIAN,
	DAY_STAFF,
	DAY_MOVE,
	DAY_LEAVE,
	DAY_JOIN,
	DAY_CLASS,
	DAY_OPEN,
	DAY_CLOSE,
	DAY_ROLL,
};

static uint64_t dice(const struct district *d, int what, int day, uint64_t which)
{
	return rnd(d->seed + (uint64_t)day * 1000003, (uint64_t)what, which);
}

/* So many of 100,000 students, at least one. */
static uint32_t share(const struct district *d, uint32_t of_100000)
{
	uint64_t n = (uint64_t)d->wanted * of_100000 / 100000;
	return n ? (uint32_t)n : 1;
}

/* Somebody who is still here; NULL in an empty district. */
static struct person *student_pick(const struct district *d, int what, int day, uint64_t which)
{
	if (!d->students_count)
		return NULL;
	size_t at = dice(d, what, day, which) % d->students_count;
	for (size_t i = 0; i < d->students_count; i++, at = (at + 1) % d->students_count) {
		if (!d->people[d->students[at]].gone)
			return &d->people[d->students[at]];
	}
	return NULL;
}

static void guardians_touch(struct district *d, const struct person *student, int day)
{
	struct person *g = &d->people[student->kin];
	g->phone_rev++;
	g->changed = (uint16_t)day;
}

static void student_change(struct district *d, struct person *p, int what, int day)
{
	switch (what) {
	case DAY_NAME: p->name_rev++; break;
	case DAY_MAIL: p->mail_rev++; break;
	case DAY_PHONE: p->phone_rev++; break;
	case DAY_GRADE:
		/* Held back or moved up within the school, into other classes. */
		if (p->grade == GRADE_LAST ||
			district_level(p->grade + 1) != district_level(p->grade))
			return;
		p->grade++;
		p->seat_changed = (uint16_t)day;
		break;
	case DAY_HOME:
		p->home_rev++;
		p->home_changed = (uint16_t)day;
		return;
	case DAY_SEAT:
		p->seat_rev++;
		p->seat_changed = (uint16_t)day;
		return;
	case DAY_GUARDIAN: guardians_touch(d, p, day); return;
	default: return;
	}
	p->changed = (uint16_t)day;
}

static void student_move(struct person *p, unsigned school, int day)
{
	if (school == SCHOOL_NONE)
		return;
	p->school = (uint16_t)school;
	p->changed = p->seat_changed = (uint16_t)day;
}

static void people_change(struct district *d, int day)
{
	static const struct {
		int what;
		uint32_t of_100000;
	} kinds[] = {{DAY_NAME, 150}, {DAY_MAIL, 350}, {DAY_PHONE, 350}, {DAY_GRADE, 20},
		{DAY_HOME, 800}, {DAY_SEAT, 750}, {DAY_GUARDIAN, 800}};
	for (size_t k = 0; k < sizeof(kinds) / sizeof(kinds[0]); k++) {
		for (uint32_t i = 0; i < share(d, kinds[k].of_100000); i++) {
			struct person *p = student_pick(d, kinds[k].what, day, i);
			if (p)
				student_change(d, p, kinds[k].what, day);
		}
	}
	/* Staff come right behind the students of day 0. */
	uint32_t staff = d->wanted / 16 + 1;
	for (uint32_t i = 0; i < staff / 200 + 1; i++) {
		struct person *p = &d->people[d->wanted + dice(d, DAY_STAFF, day, i) % staff];
		if (p->kind == PERSON_TEACHER && !p->gone) {
			p->phone_rev++;
			p->changed = (uint16_t)day;
		}
	}
}

static void people_come_and_go(struct district *d, int day)
{
	for (uint32_t i = 0; i < share(d, 50); i++) {
		struct person *p = student_pick(d, DAY_MOVE, day, i);
		if (p)
			student_move(p,
				district_pick_school(d, d->schools[p->school].level,
					dice(d, DAY_MOVE, day, i + 1000000), p->school),
				day);
	}
	for (uint32_t i = 0; i < share(d, 50); i++) {
		struct person *p = student_pick(d, DAY_LEAVE, day, i);
		if (p)
			district_leave(d, (uint32_t)(p - d->people), day);
	}
	for (uint32_t i = 0; i < share(d, 50); i++) {
		uint64_t hash = dice(d, DAY_JOIN, day, i);
		district_join(d, hash, GRADE_KG + (int)(hash % 13), day);
	}
}

static void classes_end(struct district *d, int day)
{
	/* Every fourth day one class in 2,000, at least one. */
	if (day % 4 || !d->class_count)
		return;
	for (uint32_t i = 0; i < d->class_count / 2000 + 1; i++) {
		struct class *c = &d->classes[dice(d, DAY_CLASS, day, i) % d->class_count];
		if (c->subject)
			c->ended = true;
	}
}

/* A new elementary school takes every fifth pupil of the oldest one. */
static void school_open(struct district *d, int day)
{
	unsigned donor = district_pick_school(d, LEVEL_ELEMENTARY, 0, SCHOOL_NONE);
	unsigned school = (unsigned)d->school_count++;
	d->schools[school].level = LEVEL_ELEMENTARY;
	d->schools[school].changed = d->orgs_changed = (uint16_t)day;
	for (int i = 0; i < 6; i++)
		district_hire(d, PERSON_TEACHER, school, day);
	district_hire(d, PERSON_ADMINISTRATOR, school, day);
	for (size_t i = 0; i < d->students_count; i++) {
		struct person *p = &d->people[d->students[i]];
		if (!p->gone && p->school == donor && dice(d, DAY_OPEN, day, i) % 5 == 0)
			student_move(p, school, day);
	}
	district_plan_classes(d, school, school + 1, day);
}

/* The elementary school opened last, but not the brand-new one, gives its people away. */
static void school_close(struct district *d, int day)
{
	unsigned school = (unsigned)d->school_count - 1;
	while (school-- > 0 && d->schools[school].level != LEVEL_ELEMENTARY)
		;
	d->schools[school].closed = true;
	d->orgs_changed = (uint16_t)day;
	for (size_t i = 0; i < d->class_count; i++) {
		if (d->classes[i].school == school)
			d->classes[i].ended = true;
	}
	for (size_t i = 0; i < d->people_count; i++) {
		struct person *p = &d->people[i];
		if (p->school2 == school) {
			p->school2 = SCHOOL_NONE;
			p->changed = (uint16_t)day;
		}
		if (p->gone || p->school != school)
			continue;
		student_move(p,
			district_pick_school(
				d, LEVEL_ELEMENTARY, dice(d, DAY_CLOSE, day, i), school),
			day);
	}
}

static void student_promote(struct district *d, uint32_t student, int day)
{
	struct person *p = &d->people[student];
	if (p->grade >= GRADE_LAST) {
		district_leave(d, student, day);
		return;
	}
	p->grade++;
	p->changed = p->seat_changed = (uint16_t)day;
	enum level level = district_level(p->grade);
	if (level != d->schools[p->school].level)
		student_move(p,
			district_pick_school(
				d, level, dice(d, DAY_ROLL, day, student), SCHOOL_NONE),
			day);
}

/* Summer: a year older, the seniors gone, new little ones, and all classes anew. */
static void year_roll(struct district *d, int day)
{
	size_t before = d->students_count;
	for (size_t i = 0; i < before; i++) {
		if (!d->people[d->students[i]].gone)
			student_promote(d, d->students[i], day);
	}
	for (uint32_t i = 0; i < d->wanted / 13 + 1; i++)
		district_join(
			d, dice(d, DAY_ROLL, day, i + ((uint64_t)1 << 32)), GRADE_KG, day);
	d->year++;
	d->year_since = (uint16_t)day;
	d->class_count = 0;
	district_plan_classes(d, 0, (unsigned)d->school_count, day);
}

void district_live(struct district *d, int day)
{
	if (day % YEAR_DAYS == ROLLOVER_DAY) {
		year_roll(d, day);
		return;
	}
	people_change(d, day);
	people_come_and_go(d, day);
	classes_end(d, day);
	if (day == OPENING_DAY)
		school_open(d, day);
	if (day == CLOSING_DAY)
		school_close(d, day);
}
