#include "source/csv_manifest.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/text.h"
#include "source/csv_parse.h"

static const char file_name[] = "manifest.csv";

static const char *const modes[] = {
	[CSV_UNSAID] = "", [CSV_ABSENT] = "absent", [CSV_BULK] = "bulk", [CSV_DELTA] = "delta"};

const char *csv_mode_name(enum csv_mode mode)
{
	return modes[mode];
}

/* The number of a file by the manifest's name of it, "users"; -1: none that is read. */
static int file_by_name(const char *name)
{
	size_t length = strlen(name);
	int file;

	for (file = 0; file < CSV_FILES; file++)
		if (!strncasecmp(csv_file_name(file), name, length) &&
			!strcmp(csv_file_name(file) + length, ".csv"))
			return file;
	return -1;
}

static int take_mode(struct csv_manifest *manifest, const struct csv_parser *row,
	const char *name, const char *word, struct err *err)
{
	int file = file_by_name(name);
	enum csv_mode mode;

	for (mode = CSV_ABSENT; file >= 0 && mode <= CSV_DELTA; mode++) {
		if (strcasecmp(word, modes[mode]) != 0)
			continue;
		manifest->mode[file] = mode;
		return 0;
	}
	if (file < 0)
		return 0; /* of what is not read */
	return err_set(err, ERR_SOURCE,
		"%s line %lld: file.%s is \"%.40s\"; it must be absent, bulk or delta",
		file_name, (long long)row->line, name, word);
}

static int take_row(
	struct csv_manifest *manifest, const struct csv_parser *row, struct err *err)
{
	const char *name = csv_cell(row, 0), *value = row->cells > 1 ? csv_cell(row, 1) : "";

	if (!strncasecmp(name, "file.", 5))
		return take_mode(manifest, row, name + 5, value, err);
	if (!strcasecmp(name, "oneroster.version"))
		text_clean(value, manifest->version, sizeof(manifest->version));
	/* The code tells systems apart; the name may be a company's. */
	else if (*value &&
		 (!strcasecmp(name, "source.systemCode") ||
			 (!strcasecmp(name, "source.systemName") && !*manifest->system)))
		text_clean(value, manifest->system, sizeof(manifest->system));
	return 0;
}

static int read_rows(struct csv_manifest *manifest, struct csv_parser *parser, struct err *err)
{
	enum csv_got got;

	while ((got = csv_next(parser, err)) == CSV_ROW)
		if (take_row(manifest, parser, err))
			return -1;
	if (got == CSV_TOO_LONG)
		return err_set(err, ERR_SOURCE, "%s line %lld is too long to be a line of it",
			file_name, (long long)parser->line);
	return got == CSV_END ? 0 : -1;
}

int csv_manifest_read(struct csv_manifest *manifest, struct csv_set *set, struct err *err)
{
	struct csv_parser parser;
	int result;

	memset(manifest, 0, sizeof(*manifest));
	manifest->there = csv_set_has(set, file_name);
	if (!manifest->there)
		return 0;
	if (csv_set_begin(set, file_name, err))
		return -1;
	csv_parser_init(&parser, file_name, csv_set_read, set);
	result = read_rows(manifest, &parser, err);
	csv_parser_clear(&parser);
	csv_set_end(set);
	return result;
}
