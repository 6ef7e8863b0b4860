/*
 * Basic Roster: the set that School Passport takes beside OneRoster. Active records only, so
 * there is no status and no delta; dates are MM/DD/YYYY; what the hub does not have stays
 * empty.
 */
#include <string.h>

#include "base/date.h"
#include "publish/csv_row.h"
#include "publish/format.h"
#include "publish/oneroster.h"
#include "publish/persons.h"

enum { TEACHERS = 10 }; /* of a section */

/* ---- cells ---- */

/* The first item of a list. */
static void cell_first(struct row *row, const struct cell *cell)
{
	const char *list = row_value(row, cell), *item;
	size_t length;

	if ((item = list_next(&list, &length)))
		csv_cell(row->out, arena_strndup(row->scratch, item, length));
}

/* The first item of a class's list, or of its course's. */
static void cell_first_or_course(struct row *row, const struct cell *cell)
{
	struct cell course = *cell;

	course.of = OF_COURSE;
	cell_first(row, row_value(row, cell) ? cell : &course);
}

static void cell_date(struct row *row, const struct cell *cell)
{
	const char *date = row_value(row, cell);

	if (date && date_is_iso(date))
		buf_addf(row->out, "%.2s/%.2s/%.4s", date + 5, date + 8, date);
}

static void cell_gender(struct row *row, const struct cell *cell)
{
	static const struct {
		const char *word;
		const char *letter;
	} letters[] = {{"male", "M"}, {"female", "F"}, {"other", "X"}};
	const char *word = row_value(row, cell);
	size_t i;

	for (i = 0; word && i < sizeof(letters) / sizeof(letters[0]); i++)
		if (!strcmp(word, letters[i].word))
			csv_cell(row->out, letters[i].letter);
}

static void cell_yes_no(struct row *row, const struct cell *cell)
{
	const char *value = row_value(row, cell);

	if (value)
		csv_cell(row->out, strcmp(value, "true") ? "N" : "Y");
}

static bool is_true(const struct record *record, enum attr attr)
{
	return record->value[attr] && !strcmp(record->value[attr], "true");
}

static void cell_race(struct row *row, const struct cell *cell)
{
	static const struct {
		enum attr attr;
		const char *word;
	} races[] = {{ATTR_AMERICAN_INDIAN, "American Indian or Alaska Native"},
		{ATTR_ASIAN, "Asian"}, {ATTR_BLACK, "Black or African American"},
		{ATTR_PACIFIC_ISLANDER, "Native Hawaiian or Other Pacific Islander"},
		{ATTR_WHITE, "White"}};
	const struct record *record = row->of[OF_RECORD];
	const char *word = NULL;
	size_t i, count = 0;

	(void)cell;
	for (i = 0; i < sizeof(races) / sizeof(races[0]); i++) {
		if (!is_true(record, races[i].attr))
			continue;
		word = races[i].word;
		count++;
	}
	if (count > 1 || is_true(record, ATTR_TWO_OR_MORE_RACES))
		word = "Two or More Races";
	csv_cell(row->out, word);
}

static void cell_contact_name(struct row *row, const struct cell *cell)
{
	static const enum attr parts[] = {ATTR_FIRST_NAME, ATTR_MIDDLE_NAME, ATTR_LAST_NAME};
	const struct record *contact = row->of[cell->of];
	struct buf name;
	size_t i;

	if (!contact)
		return;
	buf_init(&name);
	for (i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
		if (contact->value[parts[i]])
			buf_addf(&name, "%s%s", name.used ? " " : "", contact->value[parts[i]]);
	csv_cell(row->out, name.data);
	buf_clear(&name);
}

static void cell_contact_type(struct row *row, const struct cell *cell)
{
	const char *relationship = row_value(row, cell);

	if (row->of[cell->of])
		csv_cell(row->out, relationship && !strcmp(relationship, "relative")
					   ? "family"
					   : "guardian");
}

/* A number for calls, or else the one for messages, which is said then. */
static void cell_contact_phone(struct row *row, const struct cell *cell)
{
	const struct record *contact = row->of[cell->of];

	if (contact)
		csv_cell(row->out, contact->value[ATTR_PHONE] ? contact->value[ATTR_PHONE]
							      : contact->value[ATTR_SMS]);
}

static void cell_contact_phone_type(struct row *row, const struct cell *cell)
{
	const struct record *contact = row->of[cell->of];

	if (contact && !contact->value[ATTR_PHONE] && contact->value[ATTR_SMS])
		csv_cell(row->out, "Cell");
}

/* The teacher of that number, each counted once; `count` is then how many there are. */
static const char *teacher_of(
	const struct exported *exported, const char *class, int number, int *count)
{
	size_t all, i, j;
	const struct lookup_item *items =
		lookup_find(&exported->class_teachers, exported_key_of(exported, class), &all);
	const char *found = NULL;

	*count = 0;
	for (i = 0; i < all; i++) {
		for (j = 0; j < i && strcmp(items[j].text, items[i].text) != 0; j++)
			;
		if (j == i && ++*count == number)
			found = items[i].text;
	}
	return found;
}

/* Those who teach primarily come first. There is no column for an eleventh. */
static void cell_teacher(struct row *row, const struct cell *cell)
{
	int count;
	const char *id =
		teacher_of(row->exported, row->of[OF_RECORD]->sis_id, cell->number, &count);

	csv_cell(row->out, id);
	if (cell->number == TEACHERS && count > TEACHERS)
		row->dropped += count - TEACHERS;
}

static void cell_class_school(struct row *row, const struct cell *cell)
{
	csv_cell(row->out, exported_class_school(row->exported, row_value(row, cell)));
}

/* ---- which records ---- */

/* Without an account there is nobody to roster. */
static bool is_active(const struct record *record)
{
	return !record->value[ATTR_ENABLED] || !strcmp(record->value[ATTR_ENABLED], "true");
}

/* A district or a department is no school. */
static enum row_fate school_fate(const struct row_plan *plan, const struct record *record,
	const struct exported *exported)
{
	const char *type = record->value[ATTR_TYPE];

	(void)plan;
	(void)exported;
	return !type || !strcmp(type, "school") ? ROW_WANTED : ROW_ELSEWHERE;
}

static enum row_fate person_fate(const struct row_plan *plan, const struct record *record,
	const struct exported *exported)
{
	(void)plan;
	(void)exported;
	return is_active(record) ? ROW_WANTED : ROW_LEFT_OUT;
}

static enum row_fate enrollment_fate(const struct row_plan *plan, const struct record *record,
	const struct exported *exported)
{
	const char *role = oneroster_enrollment_role(record, exported);

	(void)plan;
	if (role && strcmp(role, "student") != 0)
		return ROW_ELSEWHERE;
	return exported_has_id(exported, ENTITY_CLASS, record->value[ATTR_CLASS_ID]) &&
			       exported_is(
				       exported, ENTITY_STUDENT, record->value[ATTR_USER_ID])
		       ? ROW_WANTED
		       : ROW_LEFT_OUT;
}

/* ---- what rows need of other records ---- */

static void note_teacher(struct exported *exported, const struct record *enrollment)
{
	const char *class = enrollment->value[ATTR_CLASS_ID],
		   *user = enrollment->value[ATTR_USER_ID];
	const char *role = oneroster_enrollment_role(enrollment, exported);

	if (class && role && !strcmp(role, "teacher") &&
		exported_is(exported, ENTITY_TEACHER, user))
		lookup_add(&exported->class_teachers, exported_key_of(exported, class),
			!is_true(enrollment, ATTR_PRIMARY), user);
}

static void note_contact(struct exported *exported, const struct record *contact)
{
	static const enum attr attrs[] = {ATTR_RELATIONSHIP, ATTR_FIRST_NAME, ATTR_MIDDLE_NAME,
		ATTR_LAST_NAME, ATTR_PHONE, ATTR_SMS, ATTR_EMAIL, ATTR_NONE};
	const char *students = contact->value[ATTR_STUDENT_IDS], *id;
	size_t length;

	while ((id = list_next(&students, &length)))
		lookup_add_record(&exported->contacts, exported_key(exported, id, length),
			contact, attrs);
}

static void note(struct exported *exported, const struct record *record)
{
	static const enum attr of_course[] = {
		ATTR_TITLE, ATTR_COURSE_CODE, ATTR_GRADES, ATTR_SUBJECTS, ATTR_NONE};
	static const enum attr of_term[] = {
		ATTR_TITLE, ATTR_START_DATE, ATTR_END_DATE, ATTR_NONE};
	uint64_t key;

	switch (record->entity) {
	case ENTITY_ENROLLMENT: note_teacher(exported, record); return;
	case ENTITY_CONTACT: note_contact(exported, record); return;
	case ENTITY_COURSE:
		key = exported_key_of(exported, record->sis_id);
		lookup_add_record(&exported->courses, key, record, of_course);
		return;
	case ENTITY_CALENDAR:
		key = exported_key_of(exported, record->sis_id);
		lookup_add_record(&exported->terms, key, record, of_term);
		return;
	default: return;
	}
}

/* Widens `span` by a term: all names, the first day, the last day. */
static void add_term(struct record *span, const struct record *term, struct arena *arena)
{
	const char *start = term->value[ATTR_START_DATE], *end = term->value[ATTR_END_DATE];
	const char *title = term->value[ATTR_TITLE];

	if (title)
		span->value[ATTR_TITLE] =
			span->value[ATTR_TITLE]
				? arena_printf(arena, "%s, %s", span->value[ATTR_TITLE], title)
				: title;
	if (start && (!span->value[ATTR_START_DATE] ||
			     strcmp(start, span->value[ATTR_START_DATE]) < 0))
		span->value[ATTR_START_DATE] = start;
	if (end && (!span->value[ATTR_END_DATE] || strcmp(end, span->value[ATTR_END_DATE]) > 0))
		span->value[ATTR_END_DATE] = end;
}

/* A section has one course, and one span of time, however many terms that is. */
static void gather(struct row *row, struct record *others, struct arena *arena)
{
	const struct record *class = row->of[OF_RECORD];
	const char *course = class->value[ATTR_COURSE_ID], *terms, *id;
	const struct lookup_item *found;
	struct record term;
	size_t count, length;

	if (class->entity != ENTITY_CLASS)
		return;
	if (course) {
		found = lookup_find(&row->exported->courses,
			exported_key_of(row->exported, course), &count);
		if (count && lookup_record(found, ENTITY_COURSE, &others[OF_COURSE], arena))
			row->of[OF_COURSE] = &others[OF_COURSE];
	}
	record_init(&others[OF_TERM], ENTITY_CALENDAR, "");
	row->of[OF_TERM] = &others[OF_TERM];
	terms = class->value[ATTR_CALENDAR_IDS];
	while ((id = list_next(&terms, &length))) {
		found = lookup_find(
			&row->exported->terms, exported_key(row->exported, id, length), &count);
		if (count && lookup_record(found, ENTITY_CALENDAR, &term, arena))
			add_term(&others[OF_TERM], &term, arena);
	}
}

/* ---- files and columns ---- */

static const struct format_file schools = {
	.name = "schools",
	.columns =
		"School_id,School_name,School_number,State_id,Low_grade,High_grade,Principal,"
		"Principal_email,School_address,School_city,School_state,School_zip,"
		"School_phone",
	.entity = {ENTITY_SCHOOL, ENTITY_NONE},
	.fate = school_fate,
};

static const struct format_file students = {
	.name = "students",
	.columns = "School_id,Student_id,Student_number,State_id,Last_name,Middle_name,"
		   "First_name,Grade,Gender,Graduation_year,DOB,Race,Hispanic_Latino,"
		   "Home_language,Ell_status,Frl_status,IEP_status,Student_street,Student_city,"
		   "Student_state,Student_zip,Student_email,Contact_relationship,Contact_type,"
		   "Contact_name,Contact_phone,Contact_phone_type,Contact_email,Contact_sis_id,"
		   "Username,Password",
	.entity = {ENTITY_STUDENT, ENTITY_NONE},
	.fate = person_fate,
	.each = ROW_PER_CONTACT,
};

static const struct format_file teachers = {
	.name = "teachers",
	.columns = "School_id,Teacher_id,Teacher_number,State_teacher_id,Teacher_email,"
		   "First_name,Middle_name,Last_name,Title,Username,Password",
	.entity = {ENTITY_TEACHER, ENTITY_NONE},
	.fate = person_fate,
	.each = ROW_PER_SCHOOL,
};

static const struct format_file staff = {
	.name = "staff",
	.columns = "School_id,Staff_id,Staff_email,First_name,Last_name,Department,Title,"
		   "Username,Password,Role",
	.entity = {ENTITY_ADMIN, ENTITY_NONE},
	.fate = person_fate,
	.each = ROW_PER_SCHOOL,
};

static const struct format_file sections = {
	.name = "sections",
	.columns = "School_id,Section_id,Teacher_id,Teacher_2_id,Teacher_3_id,Teacher_4_id,"
		   "Teacher_5_id,Teacher_6_id,Teacher_7_id,Teacher_8_id,Teacher_9_id,"
		   "Teacher_10_id,Name,Section_number,Grade,Course_name,Course_number,"
		   "Course_description,Period,Subject,Term_name,Term_start,Term_end",
	.entity = {ENTITY_CLASS, ENTITY_NONE},
	.fate = oneroster_class_fate,
};

static const struct format_file enrollments = {
	.name = "enrollments",
	.columns = "School_id,Section_id,Student_id",
	.entity = {ENTITY_ENROLLMENT, ENTITY_NONE},
	.fate = enrollment_fate,
	.distinct = true,
};

#define PERSON(file, id, number, state_id, email)                                    \
	{file, "School_id", cell_school, ATTR_NONE}, {file, id, cell_id, ATTR_NONE}, \
		{file, number, cell_text, ATTR_NUMBER},                              \
		{file, state_id, cell_text, ATTR_STATE_ID},                          \
		{file, email, cell_text, ATTR_EMAIL},                                \
		{file, "First_name", cell_text, ATTR_FIRST_NAME},                    \
		{file, "Middle_name", cell_text, ATTR_MIDDLE_NAME},                  \
		{file, "Last_name", cell_text, ATTR_LAST_NAME},                      \
		{file, "Title", cell_text, ATTR_STAFF_ROLE},                         \
		{file, "Role", cell_text, ATTR_STAFF_ROLE},                          \
	{                                                                            \
		file, "Username", cell_text, ATTR_USERNAME                           \
	}

static const struct column_rule rules[] = {
	{"schools", "School_id", cell_id, ATTR_NONE},
	{"schools", "School_name", cell_text, ATTR_NAME},
	{"schools", "School_number", cell_text, ATTR_NUMBER},
	PERSON("students", "Student_id", "Student_number", "State_id", "Student_email"),
	{"students", "Grade", cell_first, ATTR_GRADES},
	{"students", "Gender", cell_gender, ATTR_GENDER},
	{"students", "DOB", cell_date, ATTR_BIRTH_DATE},
	{"students", "Race", cell_race, ATTR_NONE},
	{"students", "Hispanic_Latino", cell_yes_no, ATTR_HISPANIC},
	{"students", "Contact_relationship", cell_text, ATTR_RELATIONSHIP, NULL, OF_CONTACT},
	{"students", "Contact_type", cell_contact_type, ATTR_RELATIONSHIP, NULL, OF_CONTACT},
	{"students", "Contact_name", cell_contact_name, ATTR_NONE, NULL, OF_CONTACT},
	{"students", "Contact_phone", cell_contact_phone, ATTR_NONE, NULL, OF_CONTACT},
	{"students", "Contact_phone_type", cell_contact_phone_type, ATTR_NONE, NULL,
		OF_CONTACT},
	{"students", "Contact_email", cell_text, ATTR_EMAIL, NULL, OF_CONTACT},
	{"students", "Contact_sis_id", cell_id, ATTR_NONE, NULL, OF_CONTACT},
	PERSON("teachers", "Teacher_id", "Teacher_number", "State_teacher_id", "Teacher_email"),
	PERSON("staff", "Staff_id", "", "", "Staff_email"),
	{"sections", "School_id", cell_text, ATTR_SCHOOL_ID},
	{"sections", "Section_id", cell_id, ATTR_NONE},
	{"sections", "Teacher_id", cell_teacher, ATTR_NONE, NULL, OF_RECORD, 1},
	{"sections", "Teacher_2_id", cell_teacher, ATTR_NONE, NULL, OF_RECORD, 2},
	{"sections", "Teacher_3_id", cell_teacher, ATTR_NONE, NULL, OF_RECORD, 3},
	{"sections", "Teacher_4_id", cell_teacher, ATTR_NONE, NULL, OF_RECORD, 4},
	{"sections", "Teacher_5_id", cell_teacher, ATTR_NONE, NULL, OF_RECORD, 5},
	{"sections", "Teacher_6_id", cell_teacher, ATTR_NONE, NULL, OF_RECORD, 6},
	{"sections", "Teacher_7_id", cell_teacher, ATTR_NONE, NULL, OF_RECORD, 7},
	{"sections", "Teacher_8_id", cell_teacher, ATTR_NONE, NULL, OF_RECORD, 8},
	{"sections", "Teacher_9_id", cell_teacher, ATTR_NONE, NULL, OF_RECORD, 9},
	{"sections", "Teacher_10_id", cell_teacher, ATTR_NONE, NULL, OF_RECORD, 10},
	{"sections", "Name", cell_text, ATTR_TITLE},
	{"sections", "Section_number", cell_text, ATTR_CLASS_CODE},
	{"sections", "Grade", cell_first_or_course, ATTR_GRADES},
	{"sections", "Course_name", cell_text, ATTR_TITLE, NULL, OF_COURSE},
	{"sections", "Course_number", cell_text, ATTR_COURSE_CODE, NULL, OF_COURSE},
	{"sections", "Period", cell_list, ATTR_PERIODS},
	{"sections", "Subject", cell_first_or_course, ATTR_SUBJECTS},
	{"sections", "Term_name", cell_text, ATTR_TITLE, NULL, OF_TERM},
	{"sections", "Term_start", cell_date, ATTR_START_DATE, NULL, OF_TERM},
	{"sections", "Term_end", cell_date, ATTR_END_DATE, NULL, OF_TERM},
	{"enrollments", "School_id", cell_class_school, ATTR_CLASS_ID},
	{"enrollments", "Section_id", cell_text, ATTR_CLASS_ID},
	{"enrollments", "Student_id", cell_text, ATTR_USER_ID},
};

static const struct format_file *const files[] = {
	&schools, &students, &teachers, &staff, &sections, &enrollments};

static const char *const names[] = {"schools.csv", "students.csv", "teachers.csv",
	"sections.csv", "enrollments.csv", "staff.csv", NULL};

static const enum entity known[] = {ENTITY_SCHOOL, ENTITY_CALENDAR, ENTITY_COURSE,
	ENTITY_STUDENT, ENTITY_TEACHER, ENTITY_ADMIN, ENTITY_CONTACT, ENTITY_ENROLLMENT,
	ENTITY_NONE};

const struct format basic_roster = {
	.name = "basic",
	.title = "Basic Roster CSV",
	.file = files,
	.files = sizeof(files) / sizeof(files[0]),
	.names = names,
	.rules = rules,
	.rule_count = sizeof(rules) / sizeof(rules[0]),
	.known = known,
	.note = note,
	.gather = gather,
};
