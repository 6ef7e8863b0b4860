#include "source/csv_columns.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "base/text.h"
#include "source/compose.h"

static const char metadata_prefix[] = "metadata.";
static const char demographics_prefix[] = "demographics.";

enum { HEADER_SHOWN = 400 }; /* bytes of a header in an error */

/* What a file cannot do without: 1.1, and 1.2 where that asks for less. */
static const struct {
	const char *name;
	const char *required;
	const char *with_roles;
} files[CSV_FILES] = {
	[COLLECTION_ORGS] = {"orgs.csv", "sourcedId,name,type"},
	[COLLECTION_SESSIONS] = {"academicSessions.csv",
		"sourcedId,title,type,startDate,endDate,schoolYear"},
	[COLLECTION_DEMOGRAPHICS] = {"demographics.csv", "sourcedId"},
	[COLLECTION_USERS] = {"users.csv",
		"sourcedId,enabledUser,orgSourcedIds,role,username,givenName,familyName",
		"sourcedId,enabledUser,givenName,familyName"},
	[COLLECTION_COURSES] = {"courses.csv", "sourcedId,title,orgSourcedId"},
	[COLLECTION_CLASSES] = {"classes.csv",
		"sourcedId,title,courseSourcedId,classType,schoolSourcedId,termSourcedIds"},
	[COLLECTION_ENROLLMENTS] = {"enrollments.csv",
		"sourcedId,classSourcedId,schoolSourcedId,userSourcedId,role"},
	[CSV_ROLES] = {"roles.csv", "userSourcedId,role,orgSourcedId"},
};

/* Columns that are called otherwise than the source attribute, or are no plain text. */
static const struct {
	const char *name;
	enum csv_form form;
	enum source_attr attr;
} specials[] = {
	{"sourcedId", CSV_ID, SOURCE_ATTRS},
	{"parentSourcedId", CSV_TEXT, SOURCE_PARENT},
	{"schoolYearSourcedId", CSV_TEXT, SOURCE_SCHOOL_YEAR_ID},
	{"orgSourcedId", CSV_TEXT, SOURCE_ORG},
	{"orgSourcedIds", CSV_LIST, SOURCE_ORGS},
	{"primaryOrgSourcedId", CSV_TEXT, SOURCE_PRIMARY_ORG},
	{"schoolSourcedId", CSV_TEXT, SOURCE_SCHOOL},
	{"courseSourcedId", CSV_TEXT, SOURCE_COURSE},
	{"classSourcedId", CSV_TEXT, SOURCE_CLASS},
	{"userSourcedId", CSV_TEXT, SOURCE_USER},
	{"termSourcedIds", CSV_LIST, SOURCE_TERMS},
	{"agentSourcedIds", CSV_LIST, SOURCE_AGENTS},
	{"userIds", CSV_USER_IDS, SOURCE_USER_IDS},
	{"grades", CSV_LIST, SOURCE_GRADES},
	{"subjects", CSV_LIST, SOURCE_SUBJECTS},
	{"subjectCodes", CSV_LIST, SOURCE_SUBJECT_CODES},
	{"periods", CSV_LIST, SOURCE_PERIODS},
	{"role", CSV_LIST, SOURCE_ROLE},
	{"roleType", CSV_TEXT, SOURCE_TYPE},
	{"preferredGivenName", CSV_TEXT, SOURCE_PREFERRED_FIRST_NAME},
	{"preferredFamilyName", CSV_TEXT, SOURCE_PREFERRED_LAST_NAME},
};

enum { SPECIALS = sizeof(specials) / sizeof(*specials) };

const char *csv_file_name(int file)
{
	return files[file].name;
}

/* Lists have a column's name only: "orgs" is none. */
static bool is_list(enum source_attr attr)
{
	size_t i;

	for (i = 0; i < SPECIALS; i++)
		if (specials[i].attr == attr && specials[i].form != CSV_TEXT)
			return true;
	return false;
}

/* The column of a file's own name for a source attribute. */
static const char *column_name(enum source_attr attr)
{
	const char *name = source_attr_name(attr);
	size_t length = strlen(demographics_prefix);

	return strncmp(name, demographics_prefix, length) ? name : name + length;
}

static struct csv_column find_column(const char *name)
{
	size_t prefix = strlen(metadata_prefix), i;
	enum source_attr attr;

	if (!strncasecmp(name, metadata_prefix, prefix) && name[prefix])
		return (struct csv_column){
			CSV_METADATA, SOURCE_ATTRS, mem_strdup(name + prefix)};
	for (i = 0; i < SPECIALS; i++)
		if (text_same_word(name, specials[i].name))
			return (struct csv_column){specials[i].form, specials[i].attr};
	for (attr = 0; attr < SOURCE_ATTRS; attr++)
		if (!is_list(attr) && text_same_word(name, column_name(attr)))
			return (struct csv_column){CSV_TEXT, attr};
	if (!*name || compose_is_secret(name))
		return (struct csv_column){CSV_IGNORED, SOURCE_ATTRS};
	return (struct csv_column){CSV_EXTENSION, SOURCE_ATTRS, mem_strdup(name)};
}

/* The header as it stands, for an error. */
static char *show_header(const struct csv_parser *header)
{
	struct buf text;
	size_t i;

	buf_init(&text);
	for (i = 0; i < header->cells && text.used < HEADER_SHOWN; i++)
		buf_addf(&text, "%s%.80s", i ? "," : "", csv_cell(header, i));
	if (i < header->cells)
		buf_adds(&text, ",...");
	return buf_detach(&text);
}

static const char *hint(const struct csv_parser *header)
{
	const char *first = csv_cell(header, 0);

	if (header->cells == 1 && strchr(first, ';'))
		return " Its cells are separated by semicolons; they must be by commas.";
	if (header->cells == 1 && strchr(first, '\t'))
		return " Its cells are separated by tabs; they must be by commas.";
	return "";
}

static int wrong(int file, const char *what, const char *names, const struct csv_parser *header,
	struct err *err)
{
	char *shown = show_header(header);

	err_set(err, ERR_SOURCE, "%s: %s %s. Its header (line %lld) is: %s.%s",
		files[file].name, what, names, (long long)header->line, shown, hint(header));
	free(shown);
	return -1;
}

/* The column of that name, which came before `end`; NULL. */
static struct csv_column *same_column(
	struct csv_columns *columns, size_t end, const struct csv_column *column)
{
	size_t i;

	for (i = 0; i < end; i++) {
		struct csv_column *other = &columns->list[i];

		if (other->form == column->form && other->attr == column->attr &&
			(!column->name || !strcmp(column->name, other->name)))
			return other;
	}
	return NULL;
}

static int need_columns(struct csv_columns *columns, int file, bool roles,
	const struct csv_parser *header, struct err *err)
{
	const char *names =
		roles && files[file].with_roles ? files[file].with_roles : files[file].required;
	char *copy = mem_strdup(names), *rest = copy, *name;
	struct buf missing;
	int result = 0;

	buf_init(&missing);
	while ((name = strsep(&rest, ","))) {
		struct csv_column wanted = find_column(name);
		struct csv_column *column = same_column(columns, columns->count, &wanted);

		if (column)
			column->required = true;
		else
			buf_addf(&missing, "%s%s", missing.used ? ", " : "", name);
	}
	if (missing.used)
		result = wrong(file,
			strchr(missing.data, ',') ? "there are no columns"
						  : "there is no column",
			missing.data, header, err);
	buf_clear(&missing);
	free(copy);
	return result;
}

int csv_columns_read(struct csv_columns *columns, int file, bool roles,
	const struct csv_parser *header, struct err *err)
{
	size_t i;

	memset(columns, 0, sizeof(*columns));
	for (i = 0; i < header->cells; i++) {
		char *name = mem_strdup(csv_cell(header, i));
		struct csv_column *column = &columns->list[columns->count++];
		bool twice;

		*column = find_column(text_trim(name));
		free(name);
		twice = column->form != CSV_IGNORED && same_column(columns, i, column);
		if (twice && column->form != CSV_EXTENSION)
			return wrong(file, "there is twice the column", csv_cell(header, i),
				header, err);
		if (twice)
			column->form = CSV_IGNORED; /* the first one is taken */
		columns->extensions += column->form == CSV_EXTENSION;
	}
	return need_columns(columns, file, roles, header, err);
}

void csv_columns_clear(struct csv_columns *columns)
{
	size_t i;

	for (i = 0; i < columns->count; i++)
		free(columns->list[i].name);
	columns->count = 0;
}
