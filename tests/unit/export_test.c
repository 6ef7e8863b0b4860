/* OneRoster 1.1 CSV in bulk, and what goes for any format. */
#include <stdlib.h>

#include "list_hub.h"

static const char *const orgs = "sourcedId,status,dateLastModified,name,type,identifier,"
				"parentSourcedId";
static const char *const users =
	"sourcedId,status,dateLastModified,enabledUser,orgSourcedIds,role,username,userIds,"
	"givenName,familyName,middleName,identifier,email,sms,phone,agentSourcedIds,grades,"
	"password";
static const char *const enrollments =
	"sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,userSourcedId,role,"
	"primary,beginDate,endDate";

static void export(void)
{
	export_with(&oneroster_11, &nothing, NULL);
}

/* One of everything. */
static void put_district(void)
{
	empty_hub();
	put(ENTITY_SCHOOL, "d", ATTR_NAME, "District, the", ATTR_TYPE, "district", ATTR_NONE);
	put(ENTITY_SCHOOL, "s", ATTR_NAME, "North", ATTR_NUMBER, "017", ATTR_PARENT_ID, "d",
		ATTR_NONE);
	put(ENTITY_CALENDAR, "t", ATTR_TITLE, "Fall", ATTR_TYPE, "semester", ATTR_START_DATE,
		"2026-08-01", ATTR_END_DATE, "2027-01-01", ATTR_SCHOOL_YEAR, "2027", ATTR_NONE);
	put(ENTITY_COURSE, "c", ATTR_TITLE, "Maths", ATTR_COURSE_CODE, "M1", ATTR_SCHOOL_ID,
		"s", ATTR_SCHOOL_YEAR_ID, "t", ATTR_GRADES,
		"09\x1f"
		"10",
		ATTR_NONE);
	put(ENTITY_CLASS, "k", ATTR_TITLE, "Maths 1", ATTR_COURSE_ID, "c", ATTR_SCHOOL_ID, "s",
		ATTR_CALENDAR_IDS, "t", ATTR_PERIODS,
		"1\x1f"
		"2",
		ATTR_LOCATION, "\"A\"", ATTR_NONE);
	put(ENTITY_STUDENT, "u1", ATTR_FIRST_NAME, "Zoë", ATTR_LAST_NAME, "O'Hara",
		ATTR_USERNAME, "zoe", ATTR_ENABLED, "false", ATTR_SCHOOL_ID, "s", ATTR_USER_IDS,
		"stateId:7\x1f"
		"LDAP:zo,e",
		ATTR_GRADES, "09", ATTR_CONTACT_IDS, "u3", ATTR_BIRTH_DATE, "2010-02-28",
		ATTR_GENDER, "female", ATTR_LAST_MODIFIED, "2026-01-01T00:00:00Z", ATTR_NONE);
	put(ENTITY_TEACHER, "u2", ATTR_FIRST_NAME, "Al", ATTR_SCHOOL_ID, "s",
		ATTR_OTHER_SCHOOL_IDS, "d", ATTR_NONE);
	put(ENTITY_CONTACT, "u3", ATTR_FIRST_NAME, "Bo", ATTR_RELATIONSHIP, "Parent",
		ATTR_STUDENT_IDS, "u1", ATTR_NONE);
	put(ENTITY_ENROLLMENT, "e", ATTR_CLASS_ID, "k", ATTR_USER_ID, "u1", ATTR_SCHOOL_ID, "s",
		ATTR_ROLE, "student", ATTR_PRIMARY, "false", ATTR_BEGIN_DATE, "2026-08-01",
		ATTR_NONE);
}

static void test_district(void)
{
	put_district();
	export();
	is_file("orgs.csv", orgs, "d,,,\"District, the\",district,,\ns,,,North,school,017,d\n",
		"schools");
	is_file("academicSessions.csv",
		"sourcedId,status,dateLastModified,title,type,startDate,endDate,"
		"parentSourcedId,schoolYear",
		"t,,,Fall,semester,2026-08-01,2027-01-01,,2027\n", "calendars");
	is_file("courses.csv",
		"sourcedId,status,dateLastModified,schoolYearSourcedId,title,courseCode,grades,"
		"orgSourcedId,subjects,subjectCodes",
		"c,,,t,Maths,M1,\"09,10\",s,,\n", "courses");
	is_file("classes.csv",
		"sourcedId,status,dateLastModified,title,grades,courseSourcedId,classCode,"
		"classType,location,schoolSourcedId,termSourcedIds,subjects,subjectCodes,"
		"periods",
		"k,,,Maths 1,,c,,scheduled,\"\"\"A\"\"\",s,t,,,\"1,2\"\n", "classes");
	is_file("users.csv", users,
		"u1,,,false,s,student,zoe,\"{stateId:7},{LDAP:zo,e}\",Zoë,O'Hara,,,,,,u3,09,\n"
		"u2,,,true,\"s,d\",teacher,,,Al,,,,,,,,,\n"
		"u3,,,true,,parent,,,Bo,,,,,,,u1,,\n",
		"persons");
	is_file("enrollments.csv", enrollments, "e,,,k,s,u1,student,false,2026-08-01,\n",
		"enrollments");
	is_file("demographics.csv",
		"sourcedId,status,dateLastModified,birthDate,sex,americanIndianOrAlaskaNative,"
		"asian,blackOrAfricanAmerican,nativeHawaiianOrOtherPacificIslander,white,"
		"demographicRaceTwoOrMoreRaces,hispanicOrLatinoEthnicity,countryOfBirthCode,"
		"stateOfBirthAbbreviation,cityOfBirth,publicSchoolResidenceStatus",
		"u1,,,2010-02-28,female,,,,,,,,,,,\n", "only who has some");
	is_int(report.rows, 10, "ten rows are counted");
	is_int(report.left_out + report.blanked, 0, "all references lead somewhere");
	is_int((long long)reads[ENTITY_ENROLLMENT], 1, "enrollments are read once");
}

static void test_manifest(void)
{
	put_district();
	hub[5].record.value[ATTR_BIRTH_DATE] = hub[5].record.value[ATTR_GENDER] = NULL;
	export();
	is_file("manifest.csv", "propertyName,value",
		"manifest.version,1.0\noneroster.version,1.1\nfile.academicSessions,bulk\n"
		"file.categories,absent\nfile.classes,bulk\nfile.classResources,absent\n"
		"file.courses,bulk\nfile.courseResources,absent\nfile.demographics,absent\n"
		"file.enrollments,bulk\nfile.lineItems,absent\nfile.orgs,bulk\n"
		"file.resources,absent\nfile.results,absent\nfile.users,bulk\n"
		"source.systemName,lumenport\nsource.systemCode,lumenport\n",
		"every file is named");
	ok(!file_exists(temp_path("out/demographics.csv")), "a file without rows is not there");
}

static void test_dangling(void)
{
	empty_hub();
	put_school("s");
	put(ENTITY_SCHOOL, "s2", ATTR_NAME, "x", ATTR_PARENT_ID, "gone", ATTR_NONE);
	put(ENTITY_STUDENT, "u", ATTR_SCHOOL_ID, "gone", ATTR_OTHER_SCHOOL_IDS,
		"s\x1f"
		"gone2\x1f"
		"s2",
		ATTR_CONTACT_IDS, "nobody", ATTR_NONE);
	put(ENTITY_CLASS, "k1", ATTR_SCHOOL_ID, "gone", ATTR_NONE);
	put(ENTITY_CLASS, "k2", ATTR_SCHOOL_ID, "s", ATTR_COURSE_ID, "gone", ATTR_CALENDAR_IDS,
		"gone", ATTR_NONE);
	put(ENTITY_CLASS, "k3", ATTR_NONE);
	put(ENTITY_ENROLLMENT, "e1", ATTR_CLASS_ID, "k1", ATTR_USER_ID, "u", ATTR_NONE);
	put(ENTITY_ENROLLMENT, "e2", ATTR_CLASS_ID, "k2", ATTR_USER_ID, "gone", ATTR_NONE);
	put(ENTITY_ENROLLMENT, "e3", ATTR_CLASS_ID, "k2", ATTR_USER_ID, "u", ATTR_SCHOOL_ID,
		"gone", ATTR_ROLE, "student", ATTR_NONE);
	put(ENTITY_ENROLLMENT, "e4", ATTR_CLASS_ID, "k2", ATTR_NONE);
	export();
	is_file("orgs.csv", orgs, "s,,,s,school,,\ns2,,,x,school,,\n", "a parent is blanked");
	is_file("users.csv", users, "u,,,true,\"s,s2\",student,,,,,,,,,,,,\n",
		"schools and agents are dropped one by one");
	is_file("enrollments.csv", enrollments, "e3,,,k2,s,u,student,,,\n",
		"without class or user: left out; without school: the class's");
	is_int(report.left_out, 5, "rows left out are counted");
	is_int(report.blanked, 6, "references left out are counted");
	is_int(report.rows, 5, "rows are counted");
}

static void test_several_types(void)
{
	empty_hub();
	put_school("s");
	put_school("s2");
	put(ENTITY_STUDENT, "u2", ATTR_FIRST_NAME, "Kid", ATTR_CONTACT_IDS, "u1", ATTR_NONE);
	put(ENTITY_TEACHER, "u1", ATTR_FIRST_NAME, "Ann", ATTR_SCHOOL_ID, "s", ATTR_STAFF_ROLE,
		"aide", ATTR_NONE);
	put_extra("metadata.a", "teacher's");
	put(ENTITY_ADMIN, "u1", ATTR_FIRST_NAME, "Anna", ATTR_SCHOOL_ID, "s2",
		ATTR_OTHER_SCHOOL_IDS, "s", ATTR_EMAIL, "ann@x", ATTR_NONE);
	put_extra("metadata.a", "admin's");
	put_extra("metadata.b", "too");
	put(ENTITY_CONTACT, "u1", ATTR_PHONE, "1", ATTR_STUDENT_IDS, "u2", ATTR_NONE);
	put(ENTITY_CONTACT, "u3", ATTR_RELATIONSHIP, "neighbour", ATTR_NONE);
	put(ENTITY_ADMIN, "u4", ATTR_STAFF_ROLE, "principal", ATTR_NONE);
	put(ENTITY_TEACHER, "u5", ATTR_STAFF_ROLE, "counselor", ATTR_NONE);
	export();
	is_file("users.csv",
		"sourcedId,status,dateLastModified,enabledUser,orgSourcedIds,role,username,"
		"userIds,givenName,familyName,middleName,identifier,email,sms,phone,"
		"agentSourcedIds,grades,password,metadata.a,metadata.b",
		"u2,,,true,,student,,,Kid,,,,,,,u1,,,,\n"
		"u5,,,true,,teacher,,,,,,,,,,,,,,\n"
		"u4,,,true,,administrator,,,,,,,,,,,,,,\n"
		"u3,,,true,,guardian,,,,,,,,,,,,,,\n"
		"u1,,,true,\"s,s2\",aide,,,Ann,,,,ann@x,,1,u2,,,teacher's,too\n",
		"one row a person");
	is_int(report.left_out, 0, "nobody is left out");
}

static void test_roles(void)
{
	empty_hub();
	put_school("s");
	put(ENTITY_CLASS, "k", ATTR_SCHOOL_ID, "s", ATTR_NONE);
	put(ENTITY_STUDENT, "u", ATTR_NONE);
	put(ENTITY_TEACHER, "t", ATTR_NONE);
	put(ENTITY_ENROLLMENT, "1", ATTR_CLASS_ID, "k", ATTR_USER_ID, "t", ATTR_ROLE, "Teacher",
		ATTR_NONE);
	put(ENTITY_ENROLLMENT, "2", ATTR_CLASS_ID, "k", ATTR_USER_ID, "t", ATTR_ROLE,
		"ext:coTeacher", ATTR_NONE);
	put(ENTITY_ENROLLMENT, "3", ATTR_CLASS_ID, "k", ATTR_USER_ID, "u", ATTR_ROLE, "learner",
		ATTR_NONE);
	put(ENTITY_ENROLLMENT, "4", ATTR_CLASS_ID, "k", ATTR_USER_ID, "t", ATTR_ROLE,
		"siteAdministrator", ATTR_NONE);
	put(ENTITY_ENROLLMENT, "5", ATTR_CLASS_ID, "k", ATTR_USER_ID, "u", ATTR_NONE);
	put(ENTITY_ENROLLMENT, "6", ATTR_CLASS_ID, "k", ATTR_USER_ID, "t", ATTR_ROLE, "proctor",
		ATTR_NONE);
	export();
	is_file("enrollments.csv", enrollments,
		"1,,,k,s,t,teacher,,,\n2,,,k,s,t,teacher,,,\n3,,,k,s,u,student,,,\n"
		"4,,,k,s,t,administrator,,,\n5,,,k,s,u,student,,,\n6,,,k,s,t,proctor,,,\n",
		"roles are in OneRoster's words");
}

/* A column that shows up after the first row has been written. */
static void test_late_metadata(void)
{
	empty_hub();
	put_school("s1");
	put_extra("metadata.m", "1");
	put_extra("other", "not exported");
	put_school("s2");
	put_extra("metadata.z,", "2");
	put_school("s3");
	put_extra("metadata.b", "3");
	put_extra("metadata.m", "4");
	export();
	is_file("orgs.csv",
		"sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId,"
		"metadata.b,metadata.m,\"metadata.z,\"",
		"s1,,,s1,school,,,,1,\ns2,,,s2,school,,,,,2\ns3,,,s3,school,,,3,4,\n",
		"the union of the names, in their order");
	is_int(report.rows, 3, "rows written twice count once");
	is_int((long long)reads[ENTITY_SCHOOL], 3, "read once more");
}

/* Two apps without prefixes may give the same ids. */
static void test_two_apps(void)
{
	empty_hub();
	put_of("a", ENTITY_SCHOOL, "s", ATTR_NAME, "first", ATTR_NONE);
	put_of("b", ENTITY_SCHOOL, "s", ATTR_NAME, "second", ATTR_NONE);
	put_of("a", ENTITY_STUDENT, "u", ATTR_FIRST_NAME, "A", ATTR_NONE);
	put_of("b", ENTITY_STUDENT, "u", ATTR_FIRST_NAME, "B", ATTR_EMAIL, "b@x", ATTR_NONE);
	put_of("a", ENTITY_CLASS, "k", ATTR_SCHOOL_ID, "s", ATTR_NONE);
	put_of("a", ENTITY_ENROLLMENT, "e", ATTR_CLASS_ID, "k", ATTR_USER_ID, "u", ATTR_NONE);
	put_of("b", ENTITY_ENROLLMENT, "e", ATTR_CLASS_ID, "k", ATTR_USER_ID, "u", ATTR_NONE);
	export();
	is_file("orgs.csv", orgs, "s,,,first,school,,\n", "an id is there once");
	is_file("users.csv", users, "u,,,true,,student,,,A,,,,b@x,,,,,\n",
		"a person is merged");
	is_file("enrollments.csv", enrollments, "e,,,k,s,u,student,,,\n",
		"an id is there once");
	is_int(report.left_out, 2, "the others are counted");
}

static void test_empty(void)
{
	empty_hub();
	export();
	is_int(report.rows, 0, "an empty hub has no rows");
	ok(file_exists(temp_path("out/manifest.csv")) &&
			!file_exists(temp_path("out/orgs.csv")),
		"only a manifest");
}

static void test_zip(void)
{
	const struct export_order order = {
		&oneroster_11, BUNDLE_ZIP, temp_path("out.zip"), &nothing, NULL};
	char command[2000];
	struct export_report folder;

	put_district();
	export();
	folder = report;
	is_int(export_set(NULL, &order, &report, &err), 0, "exported as a zip");
	is_int(report.rows, folder.rows, "the same rows");
	snprintf(command, sizeof(command),
		"mkdir '%s' && unzip -qq '%s' -d '%s' && diff -r '%s' '%s'", temp_path("x"),
		temp_path("out.zip"), temp_path("x"), temp_path("x"), temp_path("out"));
	is_int(system(command), 0, "the same files");
}

int main(void)
{
	arena_init(&hub_arena);
	exclusion_init(&nothing);
	test_district();
	test_manifest();
	test_dangling();
	test_several_types();
	test_roles();
	test_late_metadata();
	test_two_apps();
	test_empty();
	test_zip();
	is_int(frozen, 0, "the hub is let go again");
	is_int(unfrozen, 0, "all is read of one moment");
	arena_clear(&hub_arena);
	return done_testing();
}
