/*
 * Rows of OneRoster CSV files as source records: columns by their header, values as decode.c
 * gives them, and what is said of rows and headers that are not as they should be.
 */
#include "source/csv_records.h"

#include <sys/stat.h>

#include "base/buf.h"
#include "source/csv_manifest.h"
#include "source/csv_roles.h"
#include "tap.h"
#include "tempdir.h"

static struct err err;
static struct problems problems;
static struct csv_set *set;
static struct csv_records records;
static struct source_record got;

/* A folder with this one file. */
static void put(const char *name, const char *text)
{
	char path[300];
	FILE *file;

	csv_set_close(set);
	set = NULL;
	file_remove_all(temp_path("set"), &err);
	mkdir(temp_path("set"), 0700);
	snprintf(path, sizeof(path), "%s/%s", temp_path("set"), name);
	file = fopen(path, "w");
	if (!file || fputs(text, file) < 0 || fclose(file)) {
		perror(path);
		exit(1);
	}
	set = csv_set_open(temp_path("set"), &err);
}

static void end(void)
{
	csv_records_end(&records);
	problems_clear(&problems);
}

/* Opens the file; "" or why not. */
static const char *begin(int file, const char *text)
{
	put(csv_file_name(file), text);
	return csv_records_begin(&records, set, file, false, &problems, &err) ? err.text : "";
}

/* The header's error, "" when it is good. */
static const char *header(int file, const char *text)
{
	static char why[900];

	snprintf(why, sizeof(why), "%s", begin(file, text));
	end();
	return why;
}

static enum csv_record next(void)
{
	return csv_records_next(&records, &got, &err);
}

/* A list value with its separators as '+'. */
static const char *list(enum source_attr attr)
{
	static char text[300];
	char *c;

	snprintf(text, sizeof(text), "%s", got.value[attr] ? got.value[attr] : "");
	for (c = text; *c; c++)
		*c = *c == RECORD_LIST ? '+' : *c;
	return text;
}

static const char *last_problem(void)
{
	return problems.kept_count ? problems.kept[problems.kept_count - 1].detail : NULL;
}

#define USERS                                                                                \
	"sourcedId,status,dateLastModified,enabledUser,orgSourcedIds,role,username,userIds," \
	"givenName,familyName,middleName,identifier,email,sms,phone,agentSourcedIds,grades," \
	"password"

static void test_user(void)
{
	is_str(begin(COLLECTION_USERS, USERS
		       ",metadata.b,metadata.a,metadata.Passwort,metadata.none\n"
		       "u1,active,2026-01-02T00:00:00Z,true,\"o1, o2\",student,zoe,"
		       "\"{LDAP:zz},{stateId:S9}\",Zo\xc3\xab,Ng,,77,z@x,1,2,\"p1,p2\",09,"
		       "hunter2,two,one,hunter2,\n"),
		"", "a 1.1 header");
	is_int(next(), CSV_RECORD, "a user");
	is_str(got.id, "u1", "id");
	is_int(got.status, STATUS_ACTIVE, "status");
	is_str(got.value[SOURCE_MODIFIED], "2026-01-02T00:00:00Z", "modified");
	is_str(got.value[SOURCE_ENABLED], "true", "enabled");
	is_str(list(SOURCE_ORGS), "o1+o2", "orgs");
	is_str(list(SOURCE_USER_IDS), "LDAP:zz+stateId:S9", "user ids");
	is_str(got.value[SOURCE_STATE_ID], "S9", "the state's among them");
	is_str(got.value[SOURCE_GIVEN_NAME], "Zo\xc3\xab", "given name");
	is_str(got.value[SOURCE_MIDDLE_NAME], NULL, "an empty cell is not there");
	is_str(got.value[SOURCE_IDENTIFIER], "77", "identifier");
	is_str(list(SOURCE_AGENTS), "p1+p2", "agents");
	is_str(list(SOURCE_GRADES), "09", "grades");
	is_int((long long)got.roles, 1, "one role");
	is_str(got.role[0].role, "student", "student");
	ok(got.role[0].primary && !got.role[0].org, "primary, without an org of its own");
	is_int((long long)got.extras, 2, "metadata that are there, but for a password");
	is_str(got.extra[0].name, "metadata.a", "in ascending order, whatever the file's");
	is_str(got.extra[1].value, "two", "with their values");
	is_int(next(), CSV_NO_MORE, "and no more");
	is_int((long long)problems.kept_count, 0, "nothing to report");
	end();
}

/* Whatever text is in the record: none of it may hold the secret. */
static void test_passwords(void)
{
	size_t i;
	bool found = false;

	begin(COLLECTION_USERS,
		USERS ",metadata.password,Password2,metadata.pwd\n"
		      "u1,,,true,o1,student,z,\"{password:hunter2},{a:b}\",A,B,,"
		      ",,,,,,hunter2,hunter2,hunter2,hunter2\n");
	is_int(next(), CSV_RECORD, "a user with passwords wherever they may be");
	for (i = 0; i < SOURCE_ATTRS; i++)
		found |= got.value[i] && strstr(got.value[i], "hunter2");
	for (i = 0; i < got.extras; i++)
		found |= strstr(got.extra[i].value, "hunter2") != NULL;
	ok(!found, "none of them is read");
	is_str(list(SOURCE_USER_IDS), "a:b", "other ids are");
	end();
}

static void test_tolerance(void)
{
	is_str(header(COLLECTION_ORGS, "\xef\xbb\xbfTYPE,Name,SOURCEDID,parent_sourced_id,x\n"),
		"", "other order, other case, other columns");
	begin(COLLECTION_ORGS, " Type , NAME,sourcedid,whatever,PARENTSOURCEDID\r\n"
			       "school,East,s1,?,d1\r\n,,,,\r\n\r\ndistrict,All,d1\r\n"
			       "school,West,s2,?,d1,,,\r\n");
	is_int((long long)records.columns.extensions, 1, "one column is of no standard");
	is_int(next(), CSV_RECORD, "a row");
	is_str(got.id, "s1", "its id");
	is_int((long long)got.extensions, 1, "which is kept");
	is_str(got.extra[0].name, "extension.whatever", "as an extension");
	is_str(got.value[SOURCE_TYPE], "school", "type");
	is_str(got.value[SOURCE_PARENT], "d1", "parent");
	is_int(next(), CSV_RECORD,
		"an empty row is none; a short one with all it needs is one");
	is_str(got.id, "d1", "its id");
	is_str(got.value[SOURCE_PARENT], NULL, "what is not in it is not there");
	is_str(last_problem(),
		"orgs.csv line 5 end: fewer cells than the header; the others are taken as "
		"empty",
		"which is reported");
	is_int(next(), CSV_RECORD, "a long one is one when what is too much is empty");
	is_int(next(), CSV_NO_MORE, "end");
	is_int(records.rows, 3, "three rows");
	end();
}

static void test_demographics(void)
{
	begin(COLLECTION_DEMOGRAPHICS,
		"sourcedId,birthDate,Sex,hispanicOrLatinoEthnicity,cityOfBirth\n"
		"u1,2010-01-02,female,true,X\n");
	is_int(next(), CSV_RECORD, "demographics");
	is_str(got.value[SOURCE_BIRTH_DATE], "2010-01-02", "birth date");
	is_str(got.value[SOURCE_SEX], "female", "sex");
	is_str(got.value[SOURCE_HISPANIC], "true", "a flag");
	is_str(got.value[SOURCE_CITY_OF_BIRTH], "X", "city");
	end();
}

static void test_lists(void)
{
	begin(COLLECTION_CLASSES,
		"sourcedId,title,courseSourcedId,classType,schoolSourcedId,termSourcedIds,"
		"subjects,periods,grades\n"
		"c1,T,k1,scheduled,s1,\"t1,t2\",\"\"\"Arts, Fine\"\",\"\"say \"\"\"\"a\"\"\"\"\"\","
		"Math\",\" 1 , 2 ,,\",\n");
	is_int(next(), CSV_RECORD, "a class");
	is_str(list(SOURCE_TERMS), "t1+t2", "references");
	is_str(list(SOURCE_SUBJECTS), "Arts, Fine+say \"a\"+Math",
		"items in quotes, as an export writes them");
	is_str(list(SOURCE_PERIODS), "1+2", "blanks and empty items go");
	is_str(got.value[SOURCE_GRADES], NULL, "an empty list is not there");
	end();
}

static void test_user_ids(void)
{
	static const struct {
		const char *cell, *list;
	} table[] = {
		{"{a:1}", "a:1"},
		{"{a:1},{b:2}", "a:1+b:2"},
		{"{a:1} , {b:2}", "a:1+b:2"},
		{"{a:1:2}", "a:1:2"},
		{"{a:x,y}", "a:x,y"},
		{"{a:x}y},{b:2}", "a:x}y+b:2"},
		{"{1}", "1"},
		{"1", "1"},
		{"a:1", "a:1"},
		{"{}", ""},
		{"{a:}", ""},
		{"{", ""},
		{"{a:1", "a:1"},
		{",,", ""},
	};
	char text[200];
	size_t i;

	for (i = 0; i < sizeof(table) / sizeof(*table); i++) {
		snprintf(text, sizeof(text),
			"sourcedId,enabledUser,orgSourcedIds,role,username,givenName,familyName,"
			"userIds\nu,1,o,student,u,A,B,\"%s\"\n",
			table[i].cell);
		begin(COLLECTION_USERS, text);
		next();
		is_str(list(SOURCE_USER_IDS), table[i].list, "user ids %s", table[i].cell);
		end();
	}
}

#define ORGS "sourcedId,status,name,type\n"

static void test_rows(void)
{
	char id[300], text[700];

	begin(COLLECTION_ORGS,
		ORGS "a,ToBeDeleted,A,school\nb,?,B,school\n,,C,school\n"
		     "d,,D,school,oops\ne,,E\nf,,\"F\"x,school\ng,,M\xfcller,school");
	is_int(next(), CSV_RECORD, "one that is deleted");
	is_int(got.status, STATUS_DELETED, "it is, whatever the case");
	is_int(next(), CSV_RECORD, "an unknown status");
	is_int(got.status, STATUS_ACTIVE, "deletes nothing");
	is_str(last_problem(), "orgs.csv line 3 status: not of the vocabulary, taken as active",
		"and is reported with its line");
	is_int(next(), CSV_UNUSABLE, "no id");
	is_str(last_problem(), "orgs.csv line 4 sourcedId: missing", "is reported");
	is_int(next(), CSV_UNUSABLE, "a cell too many");
	is_str(last_problem(),
		"orgs.csv line 5 has another number of cells than the header; left out",
		"is reported");
	is_int(next(), CSV_UNUSABLE, "a cell too few, and it is needed");
	is_int(next(), CSV_RECORD, "a quote where none may be");
	is_str(got.value[SOURCE_NAME], "Fx", "is taken as it is");
	is_str(last_problem(),
		"orgs.csv line 7 quotes: one stands where none may; taken as it is",
		"and reported");
	is_int(next(), CSV_RECORD, "no end of line at the end");
	is_str(got.value[SOURCE_NAME], "M\xef\xbf\xbdller",
		"malformed characters are replaced");
	is_int(records.first_mended, 8, "and counted with the first one's line");
	is_int(next(), CSV_NO_MORE, "end");
	ok(records.rows == 7 && records.unusable == 3 && records.mended == 1, "counts");
	end();

	memset(id, 'x', sizeof(id) - 1);
	id[sizeof(id) - 1] = '\0';
	snprintf(text, sizeof(text), ORGS "%s,,A,school\n", id);
	begin(COLLECTION_ORGS, text);
	is_int(next(), CSV_UNUSABLE, "an id longer than the standard has it");
	end();
}

static void test_cut(void)
{
	begin(COLLECTION_ORGS, ORGS "a,,A,school\nb,,B");
	is_int(next(), CSV_RECORD, "a whole row");
	is_int(next(), CSV_FAILED, "a file that ends in a row is cut off");
	is_str(err.text,
		"orgs.csv ends in the middle of line 3: it is cut off. Have it written again, "
		"whole",
		"as is said");
	end();
	begin(COLLECTION_ORGS, ORGS "a,,A,school\nb,,\"B,school\n");
	is_int(next(), CSV_RECORD, "a whole row");
	is_int(next(), CSV_FAILED, "a quote that never closes");
	end();
}

static void test_headers(void)
{
	is_str(header(COLLECTION_ORGS, "sourcedId,name\n1,2\n"),
		"orgs.csv: there is no column type. Its header (line 1) is: sourcedId,name.",
		"a column is missing");
	is_str(header(COLLECTION_USERS, "sourcedId,role\n"),
		"users.csv: there are no columns enabledUser, orgSourcedIds, username, "
		"givenName, familyName. Its header (line 1) is: sourcedId,role.",
		"several are");
	is_str(header(COLLECTION_ORGS, "\n\nsourcedId;name;type\n"),
		"orgs.csv: there are no columns sourcedId, name, type. Its header (line 3) is: "
		"sourcedId;name;type. Its cells are separated by semicolons; they must be by "
		"commas.",
		"semicolons");
	ok(strstr(header(COLLECTION_ORGS, "sourcedId\tname\ttype\n"), "separated by tabs"),
		"tabs");
	is_str(header(COLLECTION_ORGS, "sourcedId,name,type,Name\n"),
		"orgs.csv: there is twice the column Name. Its header (line 1) is: "
		"sourcedId,name,type,Name.",
		"one is there twice");
	is_str(header(COLLECTION_ORGS, "sourcedId,name,type,x,x,password,password\n"), "",
		"of what is not read that does not matter");
	is_str(header(COLLECTION_ORGS, ""),
		"orgs.csv is empty: not even a header is in it. Have it written again",
		"an empty file");
	is_str(header(COLLECTION_ORGS, "\n \n"),
		"orgs.csv is empty: not even a header is in it. Have it written again",
		"blank lines only");
	is_str(header(COLLECTION_ORGS, "sourcedId,name,type"), "",
		"a header and no end of line");
}

static void test_roles(void)
{
	struct source_record user = {.id = "u1"}, other = {.id = "u3"};
	struct csv_roles roles;

	put("users.csv",
		"sourcedId,enabledUser,givenName,familyName,preferredGivenName,"
		"preferredFamilyName,primaryOrgSourcedId,pronouns\nu1,true,A,B,AA,BB,o1,"
		"they\n");
	ok(!csv_records_begin(&records, set, COLLECTION_USERS, true, &problems, &err),
		"users of 1.2 need no role");
	is_int(next(), CSV_RECORD, "a user");
	is_str(got.value[SOURCE_PREFERRED_FIRST_NAME], "AA", "preferred first name");
	is_str(got.value[SOURCE_PREFERRED_LAST_NAME], "BB", "preferred last name");
	is_str(got.value[SOURCE_PRIMARY_ORG], "o1", "primary org");
	is_str(got.value[SOURCE_PRONOUNS], "they", "pronouns");
	is_int((long long)got.roles, 0, "its roles are elsewhere");
	end();

	csv_roles_init(&roles);
	is_str(begin(CSV_ROLES, "sourcedId,status,userSourcedId,roleType,role,orgSourcedId\n"
				"1,,u1,secondary,parent,o2\n2,,u2,primary,student,o1\n"
				"3,,u1,primary,teacher,o1\n4,tobedeleted,u1,secondary,aide,o3\n"
				",,u1,,proctor,\n"),
		"", "roles");
	while (next() == CSV_RECORD)
		csv_roles_add(&roles, &got);
	end();
	csv_roles_give(&roles, &user);
	is_int((long long)user.roles, 3, "all of a user that are not deleted");
	is_str(user.role[0].role, "parent", "in their order");
	is_str(user.role[0].org, "o2", "with their org");
	ok(!user.role[0].primary && user.role[1].primary, "and the primary one");
	is_str(user.role[2].org, NULL, "or without an org");
	other.role[0] = (struct source_role){"student", NULL, true};
	other.roles = 1;
	csv_roles_give(&roles, &other);
	is_int((long long)other.roles, 1, "who has none keeps the word of 1.1");
	is_int(csv_roles_left(&roles), 1, "one is left over");
	csv_roles_clear(&roles);
}

static void test_manifest(void)
{
	struct csv_manifest manifest;

	put("manifest.csv",
		"\xef\xbb\xbfpropertyName,value\r\nmanifest.version,1.0\r\n"
		"OneRoster.Version,1.2\r\nfile.orgs,Bulk\r\nfile.users,delta\r\n"
		"file.academicsessions,absent\r\nfile.lineItems,nonsense\r\n"
		"source.systemName,A \xe2\x80\xae SIS\r\nsource.systemCode,sis-1\r\n");
	ok(!csv_manifest_read(&manifest, set, &err) && manifest.there, "a manifest");
	is_str(manifest.version, "1.2", "version");
	is_str(manifest.system, "sis-1", "the code of the system");
	is_int(manifest.mode[COLLECTION_ORGS], CSV_BULK, "bulk");
	is_int(manifest.mode[COLLECTION_USERS], CSV_DELTA, "delta");
	is_int(manifest.mode[COLLECTION_SESSIONS], CSV_ABSENT, "absent");
	is_int(manifest.mode[CSV_ROLES], CSV_UNSAID, "not named");
	put("manifest.csv", "source.systemName,A \xe2\x80\xae SIS\n");
	ok(!csv_manifest_read(&manifest, set, &err), "another");
	is_str(manifest.system, "A  SIS", "else its name, cleaned");
	put("manifest.csv", "propertyName,value\nfile.users,some\n");
	ok(csv_manifest_read(&manifest, set, &err), "a word that is none");
	is_str(err.text,
		"manifest.csv line 2: file.users is \"some\"; it must be absent, bulk or delta",
		"is refused");
	put("orgs.csv", "");
	ok(!csv_manifest_read(&manifest, set, &err) && !manifest.there, "none there is fine");
}

int main(void)
{
	problems_init(&problems);
	test_user();
	test_passwords();
	test_tolerance();
	test_demographics();
	test_lists();
	test_user_ids();
	test_rows();
	test_cut();
	test_headers();
	test_roles();
	test_manifest();
	csv_set_close(set);
	return done_testing();
}
