/* The district on day 0, and what its parts are: see district.h. */
#include "district.h"
#include "buf.h"
#include "rnd.h"

#include <stdlib.h>

enum {
	SCHOOL_SIZE = 550,
	SECTION_SIZE = 25,
	STUDENTS_PER_TEACHER = 16,
};

/* What a hash is for; part of its input. */
enum { HASH_STUDENT = 101, HASH_SEAT, HASH_FAMILY, HASH_TEACHER, HASH_LOSE };

enum level district_level(int grade)
{
	if (grade <= 6)
		return LEVEL_ELEMENTARY;
	return grade <= 9 ? LEVEL_MIDDLE : LEVEL_HIGH;
}

int district_subjects(enum level level)
{
	return level == LEVEL_ELEMENTARY ? SUBJECTS - 1 : SUBJECTS;
}

uint32_t district_seat(const struct district *d, uint32_t student, int subject)
{
	const struct person *p = &d->people[student];
	const struct school *s = &d->schools[p->school];
	/* Small children stay together; older ones meet others in every subject. */
	uint64_t what = s->level == LEVEL_ELEMENTARY ? 0 : (uint64_t)subject;
	uint64_t hash = rnd(d->seed + p->school + ((uint64_t)d->year << 20),
		HASH_SEAT + (what << 32), student);
	uint32_t section = (uint32_t)(hash % s->sections[p->grade]);
	return s->class_first[p->grade] + section * (uint32_t)district_subjects(s->level) +
	       (uint32_t)subject;
}

static struct person *person_add(struct district *d, enum person_kind kind, unsigned school)
{
	if (d->people_count == d->people_cap) {
		d->people_cap = d->people_cap ? d->people_cap * 2 : 1024;
		d->people = sim_realloc(d->people, d->people_cap * sizeof(*d->people));
	}
	struct person *p = &d->people[d->people_count++];
	*p = (struct person){.kind = (uint8_t)kind,
		.role2 = (uint8_t)kind,
		.school = (uint16_t)school,
		.school2 = SCHOOL_NONE};
	return p;
}

unsigned district_pick_school(
	const struct district *d, enum level level, uint64_t hash, unsigned not )
{
	size_t n = d->school_count;
	for (size_t i = 0, at = hash % n; i < n; i++, at = (at + 1) % n) {
		if (at != not &&!d->schools[at].closed && d->schools[at].level == level)
			return (unsigned)at;
	}
	return SCHOOL_NONE;
}

/* One or two guardians for the student, who is their only child so far. */
static void family_add(struct district *d, uint32_t student, int day)
{
	uint64_t hash = rnd(d->seed, HASH_FAMILY, student);
	int count = hash % 100 < 41 ? 2 : 1;
	d->people[student].kin = (uint32_t)d->people_count;
	d->people[student].kin_count = (uint8_t)count;
	for (int i = 0; i < count; i++) {
		unsigned dice = hash >> (16 + 8 * i) & 63;
		struct person *p = person_add(d,
			dice < 48   ? PERSON_PARENT
			: dice < 58 ? PERSON_GUARDIAN
				    : PERSON_RELATIVE,
			d->people[student].school);
		p->kin = student;
		p->kin_count = 1;
		p->changed = (uint16_t)day;
	}
}

static uint32_t student_add(struct district *d, uint64_t hash, int grade)
{
	unsigned school =
		district_pick_school(d, district_level(grade), hash >> 20, SCHOOL_NONE);
	struct person *p = person_add(d, PERSON_STUDENT, school);
	p->grade = (uint8_t)grade;
	p->born = (uint16_t)(d->year - 4 - grade);
	if (d->students_count == d->students_cap) {
		d->students_cap = d->students_cap ? d->students_cap * 2 : 1024;
		d->students = sim_realloc(d->students, d->students_cap * sizeof(*d->students));
	}
	uint32_t number = (uint32_t)(d->people_count - 1);
	d->students[d->students_count++] = number;
	return number;
}

uint32_t district_join(struct district *d, uint64_t hash, int grade, int day)
{
	uint32_t number = student_add(d, hash, grade);
	struct person *p = &d->people[number];
	p->changed = p->home_changed = p->seat_changed = (uint16_t)day;
	family_add(d, number, day);
	return number;
}

void district_leave(struct district *d, uint32_t student, int day)
{
	struct person *p = &d->people[student];
	p->gone = true;
	p->changed = (uint16_t)day;
	for (uint32_t g = p->kin; g < p->kin + p->kin_count; g++) {
		struct person *guardian = &d->people[g];
		bool alone = true;
		for (uint32_t c = guardian->kin; c < guardian->kin + guardian->kin_count; c++)
			alone = alone && d->people[c].gone;
		guardian->gone = alone;
		guardian->changed = (uint16_t)day;
	}
}

uint32_t district_hire(struct district *d, enum person_kind kind, unsigned school, int day)
{
	uint32_t number = (uint32_t)d->people_count;
	person_add(d, kind, school)->changed = (uint16_t)day;
	if (kind == PERSON_TEACHER) {
		struct school *s = &d->schools[school];
		s->teachers =
			sim_realloc(s->teachers, (s->teacher_count + 1) * sizeof(*s->teachers));
		s->teachers[s->teacher_count++] = number;
	}
	return number;
}

/* Classes of one grade in one school, all subjects of a section together. */
static void grade_plan(struct district *d, unsigned school, int grade, uint32_t heads, int day)
{
	struct school *s = &d->schools[school];
	unsigned subjects = (unsigned)district_subjects((enum level)s->level);
	uint32_t sections = (heads + SECTION_SIZE / 2) / SECTION_SIZE;
	s->sections[grade] = (uint16_t)(sections ? sections : 1);
	s->class_first[grade] = (uint32_t)d->class_count;
	for (unsigned at = 0; at < s->sections[grade] * subjects; at++) {
		if (d->class_count == d->class_cap) {
			d->class_cap = d->class_cap ? d->class_cap * 2 : 256;
			d->classes =
				sim_realloc(d->classes, d->class_cap * sizeof(*d->classes));
		}
		uint64_t hash = rnd(d->seed, HASH_TEACHER, d->class_count);
		d->classes[d->class_count++] = (struct class){.school = (uint16_t)school,
			.grade = (uint8_t)grade,
			.subject = (uint8_t)(at % subjects),
			.section = (uint16_t)(at / subjects),
			.since = (uint16_t)day,
			.teacher = s->teachers[hash % s->teacher_count]};
	}
}

void district_plan_classes(struct district *d, unsigned first, unsigned end, int day)
{
	/* One pass over the students, however many schools there are. */
	uint32_t(*heads)[GRADES] = calloc(d->school_count, sizeof(*heads));
	if (!heads)
		abort();
	for (size_t i = 0; i < d->students_count; i++) {
		const struct person *p = &d->people[d->students[i]];
		if (!p->gone)
			heads[p->school][p->grade]++;
	}
	for (unsigned school = first; school < end; school++) {
		for (int grade = 0; grade < GRADES; grade++) {
			if (!d->schools[school].closed &&
				district_level(grade) == (enum level)d->schools[school].level)
				grade_plan(d, school, grade, heads[school][grade], day);
		}
	}
	free(heads);
}

static void schools_found(struct district *d)
{
	/* Thirteen grades' worth of pupils in schools of one size. */
	static const char pattern[] = "emhehemeehemeh";
	size_t count = d->wanted / SCHOOL_SIZE;
	d->school_count = count < LEVELS ? LEVELS : count;
	/* One more is opened later. */
	d->schools = calloc(d->school_count + 1, sizeof(*d->schools));
	if (!d->schools)
		abort();
	for (size_t i = 0; i < d->school_count; i++) {
		char c = pattern[i % (sizeof(pattern) - 1)];
		d->schools[i].level = c == 'e'   ? LEVEL_ELEMENTARY
				      : c == 'm' ? LEVEL_MIDDLE
						 : LEVEL_HIGH;
	}
}

static void staff_hire(struct district *d)
{
	uint32_t schools = (uint32_t)d->school_count;
	uint32_t teachers = d->wanted / STUDENTS_PER_TEACHER;
	if (teachers < 4 * schools)
		teachers = 4 * schools;
	for (uint32_t i = 0; i < teachers; i++) {
		uint32_t number = district_hire(d, PERSON_TEACHER, i % schools, 0);
		struct person *p = &d->people[number];
		if (i % 10 == 5)
			p->school2 = (uint16_t)((i + 2) % schools);
		if (i % 12 == 7)
			p->role2 = i % 24 == 7 ? PERSON_AIDE : PERSON_PROCTOR;
		if (i % 150 == 2) {
			/* Who runs the school and teaches: two accounts in 1.1, two roles
			 * in 1.2. */
			p->role2 = PERSON_ADMINISTRATOR;
			uint32_t twin = district_hire(d, PERSON_ADMINISTRATOR, i % schools, 0);
			d->people[twin].twin = true;
			d->people[twin].kin = number;
		}
	}
	for (uint32_t i = 0; i < 2 * schools; i++)
		district_hire(d, PERSON_ADMINISTRATOR, i % schools, 0);
	for (uint32_t i = 0; i < 3; i++)
		district_hire(d, PERSON_ADMINISTRATOR, SCHOOL_NONE, 0);
	for (uint32_t i = 0; i < d->wanted / 400 + 1; i++)
		district_hire(d, PERSON_AIDE, i % schools, 0);
	for (uint32_t i = 0; i < d->wanted / 2000 + 1; i++)
		district_hire(d, PERSON_PROCTOR, i % schools, 0);
}

/* Every seventh student or so is the next sibling of the one before. */
static void families_found(struct district *d)
{
	for (uint32_t i = 0; i < d->wanted; i++) {
		struct person *p = &d->people[i];
		bool sibling = i && rnd(d->seed, HASH_FAMILY + 7, i) % 100 < 15 &&
			       d->people[d->people[i - 1].kin].kin_count < 4;
		if (!sibling) {
			family_add(d, i, 0);
			continue;
		}
		p->kin = d->people[i - 1].kin;
		p->kin_count = d->people[i - 1].kin_count;
		for (uint32_t g = p->kin; g < p->kin + p->kin_count; g++)
			d->people[g].kin_count++;
	}
}

struct district *district_new(uint64_t seed, uint32_t students, int day)
{
	struct district *d = sim_alloc(sizeof(*d));
	*d = (struct district){.seed = rnd_mix(seed), .wanted = students, .year = FIRST_YEAR};
	schools_found(d);
	for (uint32_t i = 0; i < students; i++) {
		uint64_t hash = rnd(d->seed, HASH_STUDENT, i);
		int grade = hash % 100 < 2 ? GRADE_PK : GRADE_KG + (int)(hash / 100 % 13);
		student_add(d, hash, grade);
	}
	staff_hire(d);
	families_found(d);
	district_plan_classes(d, 0, (unsigned)d->school_count, 0);
	for (int i = 1; i <= day; i++)
		district_live(d, i);
	d->day = day;
	return d;
}

void district_free(struct district *d)
{
	if (!d)
		return;
	for (size_t i = 0; i < d->school_count; i++)
		free(d->schools[i].teachers);
	free(d->schools);
	free(d->students);
	free(d->people);
	free(d->classes);
	free(d);
}

void district_lose(struct district *d, unsigned percent)
{
	for (size_t i = 0; i < d->students_count; i++) {
		uint32_t student = d->students[i];
		if (!d->people[student].gone &&
			rnd(d->seed, HASH_LOSE, student) % 100 < percent)
			district_leave(d, student, d->day);
	}
}
