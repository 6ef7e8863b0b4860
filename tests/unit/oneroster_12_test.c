/* OneRoster 1.2 CSV: users without roles, roles, the manifest. */
#include "list_hub.h"

static const char *const users =
	"sourcedId,status,dateLastModified,enabledUser,username,userIds,givenName,familyName,"
	"middleName,identifier,email,sms,phone,agentSourcedIds,grades,password,"
	"userMasterIdentifier,preferredGivenName,preferredMiddleName,preferredFamilyName,"
	"primaryOrgSourcedId,pronouns";
static const char *const roles =
	"sourcedId,status,dateLastModified,userSourcedId,roleType,role,"
	"beginDate,endDate,orgSourcedId,userProfileSourcedId";

static void export(void)
{
	export_with(&oneroster_12, &nothing, NULL);
}

static void test_person(void)
{
	empty_hub();
	put_school("s");
	put_school("s2");
	put(ENTITY_STUDENT, "u", ATTR_USERNAME, "zoe", ATTR_FIRST_NAME, "Zoë", ATTR_LAST_NAME,
		"O'Hara, Jr", ATTR_PREFERRED_FIRST_NAME, "Zo", ATTR_PREFERRED_MIDDLE_NAME, "M",
		ATTR_PREFERRED_LAST_NAME, "H", ATTR_PRONOUNS, "they/them", ATTR_SCHOOL_ID, "s",
		ATTR_OTHER_SCHOOL_IDS, "s2\x1fgone", ATTR_GRADES, "09", ATTR_USER_IDS,
		"stateId:7", ATTR_NONE);
	export();
	is_file("users.csv", users,
		"u,,,true,zoe,{stateId:7},Zoë,\"O'Hara, Jr\",,,,,,,09,,,Zo,M,H,s,they/them\n",
		"a user says nothing of roles");
	is_file("roles.csv", roles,
		"u:student:s,,,u,primary,student,,,s,\nu:student:s2,,,u,secondary,student,,,s2,\n",
		"a role a school, the first is the primary one");
	is_int(report.rows, 5, "rows are counted");
	is_int(report.blanked, 0, "a school that is not there makes no role");
}

static void test_words(void)
{
	empty_hub();
	put_school("s");
	put(ENTITY_TEACHER, "t1", ATTR_SCHOOL_ID, "s", ATTR_NONE);
	put(ENTITY_TEACHER, "t2", ATTR_STAFF_ROLE, "Aide", ATTR_SCHOOL_ID, "s", ATTR_NONE);
	put(ENTITY_ADMIN, "a1", ATTR_STAFF_ROLE, "administrator", ATTR_SCHOOL_ID, "s",
		ATTR_NONE);
	put(ENTITY_ADMIN, "a2", ATTR_STAFF_ROLE, "districtAdministrator", ATTR_SCHOOL_ID, "s",
		ATTR_NONE);
	put(ENTITY_ADMIN, "a3", ATTR_STAFF_ROLE, "principal", ATTR_SCHOOL_ID, "s", ATTR_NONE);
	put(ENTITY_CONTACT, "c1", ATTR_RELATIONSHIP, "parent", ATTR_NONE);
	put(ENTITY_CONTACT, "c2", ATTR_NONE);
	export();
	is_file("roles.csv", roles,
		"t1:teacher:s,,,t1,primary,teacher,,,s,\n"
		"t2:aide:s,,,t2,primary,aide,,,s,\n"
		"a1:siteAdministrator:s,,,a1,primary,siteAdministrator,,,s,\n"
		"a2:districtAdministrator:s,,,a2,primary,districtAdministrator,,,s,\n"
		"a3:principal:s,,,a3,primary,principal,,,s,\n"
		"c1:parent,,,c1,primary,parent,,,,\n"
		"c2:guardian,,,c2,primary,guardian,,,,\n",
		"in 1.2's words; whoever has no school has a role all the same");
}

static void test_several_types(void)
{
	empty_hub();
	put_school("s");
	put(ENTITY_STUDENT, "kid", ATTR_SCHOOL_ID, "s", ATTR_NONE);
	put(ENTITY_TEACHER, "u", ATTR_FIRST_NAME, "Ann", ATTR_SCHOOL_ID, "s", ATTR_NONE);
	put(ENTITY_CONTACT, "u", ATTR_STUDENT_IDS, "kid", ATTR_NONE);
	export();
	is_file("users.csv", users,
		"kid,,,true,,,,,,,,,,,,,,,,,s,\nu,,,true,,,Ann,,,,,,,kid,,,,,,,s,\n",
		"one user");
	is_file("roles.csv", roles,
		"kid:student:s,,,kid,primary,student,,,s,\nu:teacher:s,,,u,primary,teacher,,,s,\n"
		"u:guardian,,,u,secondary,guardian,,,,\n",
		"a role of each type, one of them primary");
}

static void test_two_apps(void)
{
	empty_hub();
	put_school("s");
	put_of("a", ENTITY_TEACHER, "u", ATTR_SCHOOL_ID, "s", ATTR_NONE);
	put_of("b", ENTITY_TEACHER, "u", ATTR_SCHOOL_ID, "s", ATTR_NONE);
	put_of("b", ENTITY_ADMIN, "u", ATTR_SCHOOL_ID, "s", ATTR_NONE);
	export();
	is_file("roles.csv", roles,
		"u:teacher:s,,,u,primary,teacher,,,s,\n"
		"u:siteAdministrator:s,,,u,secondary,siteAdministrator,,,s,\n",
		"the same role of two apps is there once");
}

static void test_manifest(void)
{
	empty_hub();
	put_school("s");
	put(ENTITY_STUDENT, "u", ATTR_SCHOOL_ID, "s", ATTR_NONE);
	export();
	is_file("manifest.csv", "propertyName,value",
		"manifest.version,1.0\noneroster.version,1.2\nfile.academicSessions,absent\n"
		"file.categories,absent\nfile.classes,absent\nfile.classResources,absent\n"
		"file.courses,absent\nfile.courseResources,absent\nfile.demographics,absent\n"
		"file.enrollments,absent\nfile.lineItemLearningObjectiveIds,absent\n"
		"file.lineItems,absent\nfile.lineItemScoreScales,absent\nfile.orgs,bulk\n"
		"file.resources,absent\nfile.resultLearningObjectiveIds,absent\n"
		"file.results,absent\nfile.resultScoreScales,absent\nfile.roles,bulk\n"
		"file.scoreScales,absent\nfile.userProfiles,absent\nfile.userResources,absent\n"
		"file.users,bulk\nsource.systemName,lumenport\nsource.systemCode,lumenport\n",
		"every file of 1.2 is named");
}

/* A folder that held another format is replaced as one of ours. */
static void test_change_of_format(void)
{
	empty_hub();
	put_school("s");
	put(ENTITY_STUDENT, "u", ATTR_SCHOOL_ID, "s", ATTR_NONE);
	export();
	export_with(&basic_roster, &nothing, NULL);
	ok(file_exists(temp_path("out/schools.csv")) &&
			!file_exists(temp_path("out/roles.csv")),
		"1.2 makes room for Basic Roster");
	export();
	ok(file_exists(temp_path("out/roles.csv")) &&
			!file_exists(temp_path("out/schools.csv")),
		"and that for 1.2");
}

/* The names that a folder of ours may hold are written down by hand. */
static void test_names(void)
{
	enum export_format f;
	const char *const *name, *const *known;

	for (f = EXPORT_ONEROSTER; f <= EXPORT_BASIC; f++)
		for (name = format_of(f)->names; *name; name++) {
			for (known = format_all_names(); *known && strcmp(*known, *name);
				known++)
				;
			ok(*known != NULL, "%s: %s is a known name", format_of(f)->name, *name);
		}
}

int main(void)
{
	arena_init(&hub_arena);
	exclusion_init(&nothing);
	test_person();
	test_words();
	test_several_types();
	test_two_apps();
	test_manifest();
	test_change_of_format();
	test_names();
	is_int(frozen, 0, "the hub is let go again");
	is_int(unfrozen, 0, "all is read of one moment");
	arena_clear(&hub_arena);
	return done_testing();
}
