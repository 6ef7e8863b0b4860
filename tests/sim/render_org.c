/* Orgs, academic sessions, courses and classes as OneRoster JSON. */
#include "names.h"
#include "render.h"
#include "rnd.h"

#include <stdio.h>

enum { HASH_ORG = 401, HASH_SESSION, HASH_COURSE, HASH_CLASS };

static const char *const subjects[LEVELS][SUBJECTS] = {
	{"Homeroom", "Reading", "Math", "Science", "Social Studies", "Art & Music"},
	{"Homeroom", "English", "Math", "Science", "Social Studies", "Physical Education",
		"Spanish"},
	{"Homeroom", "English", "Algebra", "Biology", "World History", "Physical Education",
		"Español AP"}};

static const char *const grade_words[GRADES + 1] = {"Pre-K", "Kindergarten", "Grade 1",
	"Grade 2", "Grade 3", "Grade 4", "Grade 5", "Grade 6", "Grade 7", "Grade 8", "Grade 9",
	"Grade 10", "Grade 11", "Grade 12"};

static void district_put(struct render *r)
{
	const struct district *d = r->district;
	row_begin(r, id_school(r, SCHOOL_NONE), d->orgs_changed, HASH_ORG);
	put_text(r, "name", "Lumen Valley Unified School District");
	put_text(r, "type", "district");
	put_text(r, "identifier", "LV-0000");
	put_refs_begin(r, "children");
	for (unsigned s = 0; s < d->school_count; s++) {
		if (!d->schools[s].closed)
			put_ref_item(r, THING_ORG, id_school(r, s));
	}
	put_refs_end(r);
	row_end(r);
}

void render_orgs(struct render *r)
{
	static const char *const kind[LEVELS] = {
		"Elementary School", "Middle School", "High School"};
	const struct district *d = r->district;
	district_put(r);
	for (unsigned s = 0; s < d->school_count; s++) {
		const struct school *school = &d->schools[s];
		if (school->closed)
			continue;
		char proper[48], name[96], number[16];
		snprintf(name, sizeof(name), "%s %s", names_school(s, proper),
			kind[school->level]);
		snprintf(number, sizeof(number), "LV-%04u", s + 1);
		row_begin(r, id_school(r, s), school->changed, rnd(d->seed, HASH_ORG, s));
		if (s % 3 == 0 && !r->faults->on[F_DEEP_NESTING]) {
			put_key(r, "metadata");
			buf_printf(&r->out->text, "{\"ncesId\":\"06%05u\",\"lowIncome\":%s}",
				s + 1200, s % 2 ? "true" : "false");
		}
		put_text(r, "name", name);
		put_text(r, "type", "school");
		put_text(r, "identifier", number);
		put_ref(r, "parent", THING_ORG,
			odd(r, F_DANGLING, s, 4) ? id_text("D-9999")
						 : id_school(r, SCHOOL_NONE));
		put_refs_begin(r, "children");
		put_refs_end(r);
		row_end(r);
	}
}

struct session {
	const char *prefix;
	const char *title;
	const char *type;
	int number;
	int parent;             /* -1 none, else the row of the parent */
	short begin[3], end[3]; /* years after the first, month, day */
};

static const struct session sessions[] = {
	{"AY", "School Year", "schoolYear", 0, -1, {0, 8, 24}, {1, 6, 12}},
	{"GP", "Quarter 1", "gradingPeriod", 1, 5, {0, 8, 24}, {0, 10, 31}},
	{"GP", "Quarter 2", "gradingPeriod", 2, 5, {0, 10, 31}, {1, 1, 16}},
	{"GP", "Quarter 3", "gradingPeriod", 3, 6, {1, 1, 16}, {1, 3, 27}},
	{"GP", "Quarter 4", "gradingPeriod", 4, 6, {1, 3, 27}, {1, 6, 12}},
	{"SEM", "Fall Semester", "semester", 1, 0, {0, 8, 24}, {1, 1, 16}},
	{"SEM", "Spring Semester", "semester", 2, 0, {1, 1, 16}, {1, 6, 12}},
	{"TRM", "Trimester 1", "term", 1, 0, {0, 8, 24}, {0, 11, 21}},
	{"TRM", "Trimester 2", "term", 2, 0, {0, 11, 21}, {1, 3, 6}},
	{"TRM", "Trimester 3", "term", 3, 0, {1, 3, 6}, {1, 6, 12}},
};
enum { SESSIONS = sizeof(sessions) / sizeof(sessions[0]), FIRST_SEMESTER = 5, FIRST_TERM = 7 };

static struct id id_session(const struct render *r, int row)
{
	return id_text(
		"%s-%d-%d", sessions[row].prefix, r->district->year + 1, sessions[row].number);
}

void render_sessions(struct render *r)
{
	const struct district *d = r->district;
	for (int i = 0; i < SESSIONS; i++) {
		const struct session *s = &sessions[i];
		char title[64];
		snprintf(title, sizeof(title), "%s %d-%d", s->title, d->year, d->year + 1);
		row_begin(r, id_session(r, i), d->year_since,
			rnd(d->seed, HASH_SESSION, (uint64_t)(i + 1)));
		put_text(r, "title", title);
		bool back = odd(r, F_DATES_REVERSED, (uint64_t)i, 4);
		const short *a = back ? s->end : s->begin, *z = back ? s->begin : s->end;
		put_date(r, "startDate", d->year + a[0], a[1], a[2]);
		put_date(r, "endDate", d->year + z[0], z[1], z[2]);
		put_text(r, "type", s->type);
		char year[16];
		if (r->faults->on[F_SCHOOLYEAR_RANGE])
			snprintf(year, sizeof(year), "%d-%d", d->year, d->year + 1);
		else
			snprintf(year, sizeof(year), "%d", d->year + 1);
		put_text(r, "schoolYear", year);
		if (s->parent >= 0)
			put_ref(r, "parent", THING_SESSION, id_session(r, s->parent));
		put_refs_begin(r, "children");
		for (int c = 0; c < SESSIONS; c++) {
			if (sessions[c].parent == i)
				put_ref_item(r, THING_SESSION, id_session(r, c));
		}
		put_refs_end(r);
		row_end(r);
	}
}

static struct id id_course(int grade, int subject)
{
	return id_text("CRS-%02d%d", grade, subject);
}

static void subjects_put(struct render *r, enum level level, int subject)
{
	put_key(r, "subjects");
	buf_char(&r->out->text, '[');
	const char *name = subjects[level][subject];
	buf_json(&r->out->text, name, strlen(name));
	buf_str(&r->out->text, "],\"subjectCodes\":[\"");
	buf_number(&r->out->text, (uint64_t)(1000 + 50 * subject), 5);
	buf_str(&r->out->text, "\"]");
}

void render_courses(struct render *r)
{
	const struct district *d = r->district;
	for (int grade = 0; grade <= GRADE_LAST; grade++) {
		enum level level = district_level(grade);
		for (int subject = 0; subject < district_subjects(level); subject++) {
			char title[64], code[16];
			snprintf(title, sizeof(title), "%s, %s", subjects[level][subject],
				grade_words[grade]);
			snprintf(code, sizeof(code), "%c%02d-%d", subjects[level][subject][0],
				grade, subject);
			row_begin(r, id_course(grade, subject), d->year_since,
				rnd(d->seed, HASH_COURSE, (uint64_t)(grade * 10 + subject)));
			put_text(r, "title", title);
			put_ref(r, "schoolYear", THING_SESSION, id_session(r, 0));
			put_text(r, "courseCode", code);
			put_grades(r, &grade, 1, (uint64_t)grade);
			subjects_put(r, level, subject);
			put_ref(r, "org", THING_ORG, id_school(r, SCHOOL_NONE));
			row_end(r);
		}
	}
}

static void class_title_put(struct render *r, const struct class *c, uint32_t number)
{
	enum level level = district_level(c->grade);
	char title[96];
	snprintf(title, sizeof(title), "%s, %s - %u", subjects[level][c->subject],
		grade_words[c->grade], c->section + 1u);
	if (odd(r, F_WRONG_TYPES, number, 10)) {
		put_key(r, "title");
		buf_str(&r->out->text, "7");
	} else {
		put_text(r, "title", title);
	}
	char code[32];
	snprintf(code, sizeof(code), "%04u-%02u%u-%u", c->school + 1u, c->grade + 0u,
		c->subject + 0u, c->section + 1u);
	put_text(r, "classCode", code);
}

static void class_put(struct render *r, uint32_t number)
{
	const struct district *d = r->district;
	const struct class *c = &d->classes[number];
	enum level level = district_level(c->grade);
	row_begin(r, id_class(r, number), c->since, rnd(d->seed, HASH_CLASS, number));
	class_title_put(r, c, number);
	put_text(r, "classType", c->subject ? "scheduled" : "homeroom");
	char room[16];
	snprintf(room, sizeof(room), "Room %u", 100 + number % 80);
	if (r->faults->on[F_NULLS])
		put_key(r, "location"), buf_str(&r->out->text, number % 2 ? "null" : "\"\"");
	else
		put_text(r, "location", room);
	int grade = c->grade;
	put_grades(r, &grade, 1, number);
	subjects_put(r, level, c->subject);
	put_ref(r, "course", THING_COURSE,
		odd(r, F_DANGLING, number, 20) ? id_text("CRS-none")
					       : id_course(grade, c->subject));
	put_ref(r, "school", THING_ORG, id_school(r, c->school));
	put_refs_begin(r, "terms");
	int first = level == LEVEL_ELEMENTARY ? FIRST_TERM : FIRST_SEMESTER;
	for (int t = first; t < (first == FIRST_TERM ? SESSIONS : FIRST_TERM); t++)
		put_ref_item(r, THING_SESSION, id_session(r, t));
	put_refs_end(r);
	put_key(r, "periods");
	buf_printf(&r->out->text, "[\"%u\"]", c->subject + 1u);
	row_end(r);
}

void render_classes(struct render *r)
{
	for (uint32_t i = 0; i < r->district->class_count; i++) {
		if (!r->district->classes[i].ended)
			class_put(r, i);
	}
}
