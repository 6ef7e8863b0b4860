/*
 * OneRoster 1.1 and 1.2 (1EdTech OneRoster CSV Tables): columns in exactly this order.
 */
#include "publish/oneroster.h"

#include <string.h>
#include <strings.h>

#include "base/text.h"
#include "publish/csv_row.h"
#include "publish/persons.h"

/* ---- words ---- */

const char *oneroster_word(const char *word, const char *const *words)
{
	for (; word && *words; words++)
		if (text_same_word(word, *words))
			return *words;
	return NULL;
}

/* A contact's; the other types have theirs in the versions' own vocabularies. */
static const char *family_role(const struct record *record)
{
	static const char *const words[] = {"parent", "guardian", "relative", NULL};
	const char *role = oneroster_word(record->value[ATTR_RELATIONSHIP], words);

	return role ? role : "guardian";
}

static const char *teaching_role(const struct record *record)
{
	static const char *const words[] = {"teacher", "aide", "proctor", NULL};
	const char *role = oneroster_word(record->value[ATTR_STAFF_ROLE], words);

	return role ? role : "teacher";
}

static void cell_user_role(struct row *row, const struct cell *cell)
{
	const struct record *record = row->of[OF_RECORD];

	(void)cell;
	switch (record->entity) {
	case ENTITY_STUDENT: csv_cell(row->out, "student"); break;
	case ENTITY_ADMIN: csv_cell(row->out, "administrator"); break;
	case ENTITY_CONTACT: csv_cell(row->out, family_role(record)); break;
	default: csv_cell(row->out, teaching_role(record)); break;
	}
}

/* 1.2 has no plain administrator: of the two that it may be, the one with less to say. */
static const char *role_12(const struct record *record)
{
	static const char *const words[] = {"principal", "counselor", "siteAdministrator",
		"districtAdministrator", "systemAdministrator", NULL};
	const char *role;

	switch (record->entity) {
	case ENTITY_STUDENT: return "student";
	case ENTITY_CONTACT: return family_role(record);
	case ENTITY_ADMIN:
		role = oneroster_word(record->value[ATTR_STAFF_ROLE], words);
		return role ? role : "siteAdministrator";
	default: return teaching_role(record);
	}
}

const char *oneroster_enrollment_role(
	const struct record *enrollment, const struct exported *exported)
{
	static const char *const words[] = {
		"student", "teacher", "administrator", "proctor", NULL};
	const char *own = enrollment->value[ATTR_ROLE];
	const char *role = oneroster_word(own, words);

	if (role || !enrollment->value[ATTR_USER_ID])
		return role;
	if (exported_is(exported, ENTITY_STUDENT, enrollment->value[ATTR_USER_ID]))
		return "student";
	return own && strcasestr(own, "admin") ? "administrator" : "teacher";
}

static void cell_enrollment_role(struct row *row, const struct cell *cell)
{
	(void)cell;
	csv_cell(row->out, oneroster_enrollment_role(row->of[OF_RECORD], row->exported));
}

/* ---- cells of several attributes ---- */

static void cell_orgs(struct row *row, const struct cell *cell)
{
	const struct record *record = row->of[OF_RECORD];

	(void)cell;
	row_add_references(row, ENTITY_SCHOOL,
		list_unite(record->value[ATTR_SCHOOL_ID], record->value[ATTR_OTHER_SCHOOL_IDS],
			row->scratch));
}

/* A student's contacts, a contact's students. */
static void cell_agents(struct row *row, const struct cell *cell)
{
	const struct record *record = row->of[OF_RECORD];

	(void)cell;
	row_add_references(row, ENTITY_NONE,
		list_unite(record->value[ATTR_CONTACT_IDS], record->value[ATTR_STUDENT_IDS],
			row->scratch));
}

/* The items are "type:identifier". */
static void cell_user_ids(struct row *row, const struct cell *cell)
{
	const char *list = row_value(row, cell), *item;
	struct buf text;
	size_t length;

	if (!list)
		return;
	buf_init(&text);
	while ((item = list_next(&list, &length))) {
		buf_adds(&text, text.used ? ",{" : "{");
		buf_add(&text, item, length);
		buf_addc(&text, '}');
	}
	csv_cell(row->out, text.data);
	buf_clear(&text);
}

/* Required: where the enrollment's own leads nowhere it is its class's, which is there. */
static void cell_enrollment_school(struct row *row, const struct cell *cell)
{
	const struct record *record = row->of[OF_RECORD];
	const char *school = record->value[ATTR_SCHOOL_ID];

	(void)cell;
	if (!exported_has_id(row->exported, ENTITY_SCHOOL, school))
		school = exported_class_school(row->exported, record->value[ATTR_CLASS_ID]);
	csv_cell(row->out, school);
}

/* Rows of roles have no id at the source: who, what and where make one that stays. */
static void cell_role_id(struct row *row, const struct cell *cell)
{
	const struct record *record = row->of[OF_RECORD];

	(void)cell;
	csv_cell(row->out,
		arena_printf(row->scratch, "%s:%s%s%s", record->sis_id, role_12(record),
			row->school ? ":" : "", row->school ? row->school : ""));
}

static void cell_role_type(struct row *row, const struct cell *cell)
{
	(void)cell;
	csv_cell(row->out, row->primary ? "primary" : "secondary");
}

static void cell_role(struct row *row, const struct cell *cell)
{
	(void)cell;
	csv_cell(row->out, role_12(row->of[OF_RECORD]));
}

/* ---- which records ---- */

enum row_fate oneroster_class_fate(const struct row_plan *plan, const struct record *record,
	const struct exported *exported)
{
	(void)plan;
	return exported_has_id(exported, ENTITY_SCHOOL, record->value[ATTR_SCHOOL_ID])
		       ? ROW_WANTED
		       : ROW_LEFT_OUT;
}

enum row_fate oneroster_enrollment_fate(const struct row_plan *plan,
	const struct record *record, const struct exported *exported)
{
	(void)plan;
	return exported_has_id(exported, ENTITY_CLASS, record->value[ATTR_CLASS_ID]) &&
			       exported_has_id(
				       exported, ENTITY_NONE, record->value[ATTR_USER_ID])
		       ? ROW_WANTED
		       : ROW_LEFT_OUT;
}

static enum row_fate demographics_fate(const struct row_plan *plan, const struct record *record,
	const struct exported *exported)
{
	(void)exported;
	return row_has_values(plan, record) ? ROW_WANTED : ROW_ELSEWHERE;
}

/* ---- files and columns ---- */

static const struct format_file orgs = {
	.name = "orgs",
	.columns = "sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId",
	.entity = {ENTITY_SCHOOL, ENTITY_NONE},
	.metadata = true,
};

static const struct format_file sessions = {
	.name = "academicSessions",
	.columns = "sourcedId,status,dateLastModified,title,type,startDate,endDate,"
		   "parentSourcedId,schoolYear",
	.entity = {ENTITY_CALENDAR, ENTITY_NONE},
	.metadata = true,
};

static const struct format_file courses = {
	.name = "courses",
	.columns = "sourcedId,status,dateLastModified,schoolYearSourcedId,title,courseCode,"
		   "grades,orgSourcedId,subjects,subjectCodes",
	.entity = {ENTITY_COURSE, ENTITY_NONE},
	.metadata = true,
};

static const struct format_file classes = {
	.name = "classes",
	.columns = "sourcedId,status,dateLastModified,title,grades,courseSourcedId,classCode,"
		   "classType,location,schoolSourcedId,termSourcedIds,subjects,subjectCodes,"
		   "periods",
	.entity = {ENTITY_CLASS, ENTITY_NONE},
	.fate = oneroster_class_fate,
	.metadata = true,
};

static const struct format_file users_11 = {
	.name = "users",
	.columns = "sourcedId,status,dateLastModified,enabledUser,orgSourcedIds,role,username,"
		   "userIds,givenName,familyName,middleName,identifier,email,sms,phone,"
		   "agentSourcedIds,grades,password",
	.entity = {ENTITY_STUDENT, ENTITY_TEACHER, ENTITY_ADMIN, ENTITY_CONTACT, ENTITY_NONE},
	.one_person = true,
	.metadata = true,
};

static const struct format_file users_12 = {
	.name = "users",
	.columns = "sourcedId,status,dateLastModified,enabledUser,username,userIds,givenName,"
		   "familyName,middleName,identifier,email,sms,phone,agentSourcedIds,grades,"
		   "password,userMasterIdentifier,preferredGivenName,preferredMiddleName,"
		   "preferredFamilyName,primaryOrgSourcedId,pronouns",
	.entity = {ENTITY_STUDENT, ENTITY_TEACHER, ENTITY_ADMIN, ENTITY_CONTACT, ENTITY_NONE},
	.one_person = true,
	.metadata = true,
};

static const struct format_file roles = {
	.name = "roles",
	.columns = "sourcedId,status,dateLastModified,userSourcedId,roleType,role,beginDate,"
		   "endDate,orgSourcedId,userProfileSourcedId",
	.entity = {ENTITY_STUDENT, ENTITY_TEACHER, ENTITY_ADMIN, ENTITY_CONTACT, ENTITY_NONE},
	.each = ROW_PER_ROLE,
};

static const struct format_file enrollments = {
	.name = "enrollments",
	.columns = "sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,"
		   "userSourcedId,role,primary,beginDate,endDate",
	.entity = {ENTITY_ENROLLMENT, ENTITY_NONE},
	.fate = oneroster_enrollment_fate,
	.metadata = true,
};

/* From the students' records, whose metadata are the users'. */
static const struct format_file demographics = {
	.name = "demographics",
	.columns = "sourcedId,status,dateLastModified,birthDate,sex,"
		   "americanIndianOrAlaskaNative,asian,blackOrAfricanAmerican,"
		   "nativeHawaiianOrOtherPacificIslander,white,demographicRaceTwoOrMoreRaces,"
		   "hispanicOrLatinoEthnicity,countryOfBirthCode,stateOfBirthAbbreviation,"
		   "cityOfBirth,publicSchoolResidenceStatus",
	.entity = {ENTITY_STUDENT, ENTITY_NONE},
	.fate = demographics_fate,
};

/* What the schema's rows do not say: columns of several attributes, and words that must be. */
static const struct column_rule rules[] = {
	{"roles", "sourcedId", cell_role_id, ATTR_NONE},
	{"roles", "userSourcedId", cell_id, ATTR_NONE},
	{"roles", "roleType", cell_role_type, ATTR_NONE},
	{"roles", "role", cell_role, ATTR_NONE},
	{"roles", "orgSourcedId", cell_school, ATTR_NONE},
	{NULL, "sourcedId", cell_id, ATTR_NONE},
	{NULL, "status", cell_empty, ATTR_NONE},
	{NULL, "dateLastModified", cell_empty, ATTR_NONE},
	{"orgs", "type", cell_text, ATTR_NONE, "school"},
	{"classes", "classType", cell_text, ATTR_NONE, "scheduled"},
	{"users", "enabledUser", cell_text, ATTR_NONE, "true"},
	{"users", "orgSourcedIds", cell_orgs, ATTR_NONE},
	{"users", "role", cell_user_role, ATTR_NONE},
	{"users", "userIds", cell_user_ids, ATTR_NONE},
	{"users", "agentSourcedIds", cell_agents, ATTR_NONE},
	{"users", "password", cell_empty, ATTR_NONE},
	{"users", "preferredGivenName", cell_text, ATTR_PREFERRED_FIRST_NAME},
	{"users", "preferredMiddleName", cell_text, ATTR_PREFERRED_MIDDLE_NAME},
	{"users", "preferredFamilyName", cell_text, ATTR_PREFERRED_LAST_NAME},
	{"users", "primaryOrgSourcedId", cell_reference, ATTR_SCHOOL_ID},
	{"users", "pronouns", cell_text, ATTR_PRONOUNS},
	{"enrollments", "role", cell_enrollment_role, ATTR_NONE},
	{"enrollments", "schoolSourcedId", cell_enrollment_school, ATTR_NONE},
};

enum { RULES = sizeof(rules) / sizeof(rules[0]) };

/* Classes before enrollments: whose class is not there is left out. */
static const struct format_file *const files_11[] = {
	&orgs, &sessions, &courses, &classes, &users_11, &enrollments, &demographics};
static const struct format_file *const files_12[] = {
	&orgs, &sessions, &courses, &classes, &users_12, &roles, &enrollments, &demographics};

static const char *const names_11[] = {"manifest.csv", "academicSessions.csv", "categories.csv",
	"classes.csv", "classResources.csv", "courses.csv", "courseResources.csv",
	"demographics.csv", "enrollments.csv", "lineItems.csv", "orgs.csv", "resources.csv",
	"results.csv", "users.csv", NULL};
static const char *const names_12[] = {"manifest.csv", "academicSessions.csv", "categories.csv",
	"classes.csv", "classResources.csv", "courses.csv", "courseResources.csv",
	"demographics.csv", "enrollments.csv", "lineItemLearningObjectiveIds.csv",
	"lineItems.csv", "lineItemScoreScales.csv", "orgs.csv", "resources.csv",
	"resultLearningObjectiveIds.csv", "results.csv", "resultScoreScales.csv", "roles.csv",
	"scoreScales.csv", "userProfiles.csv", "userResources.csv", "users.csv", NULL};

static const enum entity known[] = {ENTITY_SCHOOL, ENTITY_CALENDAR, ENTITY_STUDENT,
	ENTITY_TEACHER, ENTITY_ADMIN, ENTITY_CONTACT, ENTITY_NONE};

const struct format oneroster_11 = {
	.name = "oneroster",
	.title = "OneRoster 1.1 CSV",
	.version = "1.1",
	.file = files_11,
	.files = sizeof(files_11) / sizeof(files_11[0]),
	.names = names_11,
	.rules = rules,
	.rule_count = RULES,
	.by_schema = true,
	.has_delta = true,
	.known = known,
};

const struct format oneroster_12 = {
	.name = "oneroster12",
	.title = "OneRoster 1.2 CSV",
	.version = "1.2",
	.file = files_12,
	.files = sizeof(files_12) / sizeof(files_12[0]),
	.names = names_12,
	.rules = rules,
	.rule_count = RULES,
	.by_schema = true,
	.has_delta = true,
	.known = known,
};
