/* Basic Roster: headers, dates, schools, teachers of a section, contacts, active records only.
 */
#include "list_hub.h"

static const char *const schools =
	"School_id,School_name,School_number,State_id,Low_grade,High_grade,Principal,"
	"Principal_email,School_address,School_city,School_state,School_zip,School_phone";
static const char *const students =
	"School_id,Student_id,Student_number,State_id,Last_name,Middle_name,First_name,Grade,"
	"Gender,Graduation_year,DOB,Race,Hispanic_Latino,Home_language,Ell_status,Frl_status,"
	"IEP_status,Student_street,Student_city,Student_state,Student_zip,Student_email,"
	"Contact_relationship,Contact_type,Contact_name,Contact_phone,Contact_phone_type,"
	"Contact_email,Contact_sis_id,Username,Password";
static const char *const teachers = "School_id,Teacher_id,Teacher_number,State_teacher_id,"
				    "Teacher_email,First_name,Middle_name,Last_name,Title,"
				    "Username,Password";
static const char *const sections =
	"School_id,Section_id,Teacher_id,Teacher_2_id,Teacher_3_id,Teacher_4_id,Teacher_5_id,"
	"Teacher_6_id,Teacher_7_id,Teacher_8_id,Teacher_9_id,Teacher_10_id,Name,Section_number,"
	"Grade,Course_name,Course_number,Course_description,Period,Subject,Term_name,Term_start,"
	"Term_end";
static const char *const enrollments = "School_id,Section_id,Student_id";
static const char *const staff = "School_id,Staff_id,Staff_email,First_name,Last_name,"
				 "Department,Title,Username,Password,Role";

static void export(void)
{
	export_with(&basic_roster, &nothing, NULL);
}

static void put_class(const char *id)
{
	put(ENTITY_CLASS, id, ATTR_SCHOOL_ID, "s", ATTR_COURSE_ID, "c", ATTR_TITLE, id,
		ATTR_NONE);
}

static void put_enrollment(
	const char *id, const char *class, const char *user, const char *role)
{
	put(ENTITY_ENROLLMENT, id, ATTR_CLASS_ID, class, ATTR_USER_ID, user, ATTR_ROLE, role,
		ATTR_NONE);
}

static void test_schools(void)
{
	empty_hub();
	put(ENTITY_SCHOOL, "d", ATTR_NAME, "District", ATTR_TYPE, "district", ATTR_NONE);
	put(ENTITY_SCHOOL, "s", ATTR_NAME, "North \"A\", the", ATTR_NUMBER, "017",
		ATTR_PARENT_ID, "d", ATTR_TYPE, "school", ATTR_NONE);
	put(ENTITY_SCHOOL, "s2", ATTR_NAME, "South", ATTR_NONE);
	export();
	is_file("schools.csv", schools,
		"s,\"North \"\"A\"\", the\",017,,,,,,,,,,\ns2,South,,,,,,,,,,,\n",
		"a district is no school");
	ok(!file_exists(temp_path("out/manifest.csv")), "there is no manifest");
	ok(!file_exists(temp_path("out/students.csv")), "nor a file without rows");
}

static void test_student(void)
{
	empty_hub();
	put_school("s");
	put(ENTITY_STUDENT, "u", ATTR_NUMBER, "12", ATTR_STATE_ID, "ST7", ATTR_LAST_NAME,
		"O'Hara", ATTR_MIDDLE_NAME, "M", ATTR_FIRST_NAME, "Zoë", ATTR_GRADES,
		"09\x1f"
		"10",
		ATTR_GENDER, "female", ATTR_BIRTH_DATE, "2010-02-28", ATTR_WHITE, "true",
		ATTR_ASIAN, "false", ATTR_HISPANIC, "true", ATTR_EMAIL, "z@x", ATTR_USERNAME,
		"zoe", ATTR_SCHOOL_ID, "s", ATTR_NONE);
	put(ENTITY_STUDENT, "v", ATTR_GENDER, "other", ATTR_BIRTH_DATE, "2010-1-2", ATTR_WHITE,
		"true", ATTR_ASIAN, "true", ATTR_HISPANIC, "false", ATTR_SCHOOL_ID, "s",
		ATTR_NONE);
	put(ENTITY_STUDENT, "w", ATTR_GENDER, "unspecified", ATTR_TWO_OR_MORE_RACES, "true",
		ATTR_SCHOOL_ID, "s", ATTR_NONE);
	export();
	is_file("students.csv", students,
		"s,u,12,ST7,O'Hara,M,Zoë,09,F,,02/28/2010,White,Y,,,,,,,,,z@x,,,,,,,,zoe,\n"
		"s,v,,,,,,,X,,,Two or More Races,N,,,,,,,,,,,,,,,,,,\n"
		"s,w,,,,,,,,,,Two or More Races,,,,,,,,,,,,,,,,,,,\n",
		"dates, letters and races as the format has them");
}

static void test_several_schools(void)
{
	empty_hub();
	put(ENTITY_SCHOOL, "d", ATTR_NAME, "District", ATTR_TYPE, "district", ATTR_NONE);
	put_school("s");
	put_school("s2");
	put(ENTITY_TEACHER, "t", ATTR_FIRST_NAME, "Al", ATTR_SCHOOL_ID, "s2",
		ATTR_OTHER_SCHOOL_IDS,
		"d\x1f"
		"s",
		ATTR_STAFF_ROLE, "teacher", ATTR_NONE);
	put(ENTITY_ADMIN, "a", ATTR_EMAIL, "a@x", ATTR_SCHOOL_ID, "s", ATTR_STAFF_ROLE,
		"principal", ATTR_NONE);
	put(ENTITY_ADMIN, "b", ATTR_SCHOOL_ID, "d", ATTR_NONE);
	export();
	is_file("teachers.csv", teachers, "s2,t,,,,Al,,,teacher,,\ns,t,,,,Al,,,teacher,,\n",
		"a row for each school, the primary one first");
	is_file("staff.csv", staff, "s,a,a@x,,,,principal,,,principal\n",
		"who is at no school has no row");
	is_int(report.left_out, 1, "and is counted");
}

static void test_teachers_of_a_section(void)
{
	static const char *const ids[] = {
		"t1", "t2", "t3", "t4", "t5", "t6", "t7", "t8", "t9", "t10", "t11", "t12"};
	char id[8];
	size_t i;

	empty_hub();
	put_school("s");
	put(ENTITY_CALENDAR, "f", ATTR_TITLE, "Fall", ATTR_START_DATE, "2026-08-01",
		ATTR_END_DATE, "2026-12-20", ATTR_NONE);
	put(ENTITY_CALENDAR, "g", ATTR_TITLE, "Spring", ATTR_START_DATE, "2027-01-07",
		ATTR_END_DATE, "2027-06-10", ATTR_NONE);
	put(ENTITY_COURSE, "c", ATTR_TITLE, "Maths", ATTR_COURSE_CODE, "M1", ATTR_GRADES, "09",
		ATTR_SUBJECTS, "Algebra\x1fNumbers", ATTR_NONE);
	for (i = 0; i < sizeof(ids) / sizeof(ids[0]); i++)
		put(ENTITY_TEACHER, ids[i], ATTR_SCHOOL_ID, "s", ATTR_NONE);
	put(ENTITY_ADMIN, "a", ATTR_SCHOOL_ID, "s", ATTR_NONE);
	put(ENTITY_STUDENT, "u", ATTR_SCHOOL_ID, "s", ATTR_NONE);
	put_class("k1");
	hub[hub_count - 1].record.value[ATTR_CALENDAR_IDS] = "g\x1f"
							     "f";
	hub[hub_count - 1].record.value[ATTR_PERIODS] = "1\x1f"
							"2";
	hub[hub_count - 1].record.value[ATTR_CLASS_CODE] = "M1-3";
	put_class("k2");
	hub[hub_count - 1].record.value[ATTR_GRADES] = "11";
	hub[hub_count - 1].record.value[ATTR_CALENDAR_IDS] = "gone";
	put_class("k3");
	put_enrollment("1", "k1", "t3", "teacher");
	put_enrollment("2", "k1", "t2", "primaryTeacher");
	put(ENTITY_ENROLLMENT, "3", ATTR_CLASS_ID, "k1", ATTR_USER_ID, "t1", ATTR_ROLE,
		"teacher", ATTR_PRIMARY, "true", ATTR_NONE);
	put_enrollment("4", "k1", "t3", "teacher");
	put_enrollment("5", "k1", "a", "administrator");
	put_enrollment("6", "k1", "u", "student");
	put_enrollment("7", "k1", "gone", "teacher");
	for (i = 0; i < sizeof(ids) / sizeof(ids[0]); i++) {
		snprintf(id, sizeof(id), "e%zu", i);
		put_enrollment(arena_strdup(&hub_arena, id), "k2", ids[i], "teacher");
	}
	export();
	is_file("sections.csv", sections,
		"s,k1,t1,t3,t2,,,,,,,,k1,M1-3,09,Maths,M1,,\"1,2\",Algebra,"
		"\"Spring, Fall\",08/01/2026,06/10/2027\n"
		"s,k2,t1,t2,t3,t4,t5,t6,t7,t8,t9,t10,k2,,11,Maths,M1,,,Algebra,,,\n"
		"s,k3,,,,,,,,,,,k3,,09,Maths,M1,,,Algebra,,,\n",
		"the primary one first, each once, ten at most");
	is_int(report.blanked, 2, "the two more of a section with twelve are counted");
	is_file("enrollments.csv", enrollments, "s,k1,u\n", "enrollments are the students'");
}

static void test_enrollments(void)
{
	empty_hub();
	put_school("s");
	put_school("s2");
	put(ENTITY_STUDENT, "u", ATTR_SCHOOL_ID, "s2", ATTR_NONE);
	put(ENTITY_STUDENT, "v", ATTR_SCHOOL_ID, "s", ATTR_ENABLED, "false", ATTR_NONE);
	put_class("k");
	put(ENTITY_CLASS, "gone", ATTR_SCHOOL_ID, "nowhere", ATTR_NONE);
	put_enrollment("1", "k", "u", "student");
	hub[hub_count - 1].record.value[ATTR_SCHOOL_ID] = "s2";
	put_enrollment("2", "k", "u", "student");
	put_enrollment("3", "k", "v", "student");
	put_enrollment("4", "gone", "u", "student");
	put_enrollment("5", "k", "nobody", "student");
	export();
	is_file("enrollments.csv", enrollments, "s,k,u\n",
		"once a section and student, at the section's school");
	is_int(report.left_out, 5,
		"an account that is off, its seat, a class without a school, its seat, and one of "
		"nobody");
}

static void test_contacts(void)
{
	empty_hub();
	put_school("s");
	put_school("s2");
	put(ENTITY_STUDENT, "u", ATTR_SCHOOL_ID, "s", ATTR_OTHER_SCHOOL_IDS, "s2", ATTR_NONE);
	put(ENTITY_CONTACT, "p", ATTR_RELATIONSHIP, "parent", ATTR_FIRST_NAME, "Bo",
		ATTR_LAST_NAME, "O'Hara", ATTR_PHONE, "1", ATTR_SMS, "2", ATTR_EMAIL, "b@x",
		ATTR_STUDENT_IDS,
		"other\x1f"
		"u",
		ATTR_NONE);
	put(ENTITY_CONTACT, "q", ATTR_RELATIONSHIP, "relative", ATTR_SMS, "3", ATTR_STUDENT_IDS,
		"u", ATTR_NONE);
	export();
	is_file("students.csv", students,
		"s,u,,,,,,,,,,,,,,,,,,,,,parent,guardian,Bo O'Hara,1,,b@x,p,,\n"
		"s,u,,,,,,,,,,,,,,,,,,,,,relative,family,,3,Cell,,q,,\n"
		"s2,u,,,,,,,,,,,,,,,,,,,,,parent,guardian,Bo O'Hara,1,,b@x,p,,\n"
		"s2,u,,,,,,,,,,,,,,,,,,,,,relative,family,,3,Cell,,q,,\n",
		"a row for each contact, at each school");
}

static void test_exclusion(void)
{
	struct exclusion some;

	exclusion_init(&some);
	is_int(exclusion_parse(&some, "student.birthDate, phone, sms stateId", &err), 0,
		"what is excluded is read");
	empty_hub();
	put_school("s");
	put(ENTITY_STUDENT, "u", ATTR_SCHOOL_ID, "s", ATTR_STATE_ID, "7", ATTR_BIRTH_DATE,
		"2010-02-28", ATTR_GENDER, "male", ATTR_NONE);
	put(ENTITY_CONTACT, "p", ATTR_PHONE, "1", ATTR_SMS, "2", ATTR_STUDENT_IDS, "u",
		ATTR_NONE);
	export_with(&basic_roster, &some, NULL);
	is_file("students.csv", students, "s,u,,,,,,,M,,,,,,,,,,,,,,,guardian,,,,,p,,\n",
		"and nowhere to be seen");
	exclusion_clear(&some);
}

int main(void)
{
	arena_init(&hub_arena);
	exclusion_init(&nothing);
	test_schools();
	test_student();
	test_several_schools();
	test_teachers_of_a_section();
	test_enrollments();
	test_contacts();
	test_exclusion();
	is_int(frozen, 0, "the hub is let go again");
	is_int(unfrozen, 0, "all is read of one moment");
	arena_clear(&hub_arena);
	return done_testing();
}
