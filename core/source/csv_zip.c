#include "source/csv_zip.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zip.h>

#include "base/file.h"
#include "base/mem.h"

enum {
	ENTRIES_MOST = 10000,
	RATIO_MOST = 250, /* CSV shrinks to a tenth, in the extreme to a fortieth */
	RATIO_FROM = 64 * 1024 * 1024, /* bytes of an entry before that is looked at */
};

struct csv_zip {
	zip_t *archive;     /* owned */
	zip_file_t *file;   /* owned; of the entry being read */
	const char *path;   /* borrowed */
	const char *name;   /* of that entry */
	uint64_t packed;    /* its size in the zip */
	uint64_t given_out; /* bytes read of it */
};

/* A zip begins with an entry; one that does and has no directory at its end was cut off. */
static bool begins_as_zip(int fd)
{
	char start[4];

	return pread(fd, start, sizeof(start), 0) == (ssize_t)sizeof(start) &&
	       !memcmp(start, "PK\3\4", sizeof(start));
}

static int cannot_open(int fd, const char *path, int code, struct err *err)
{
	zip_error_t why;

	if (code == ZIP_ER_NOZIP && !begins_as_zip(fd))
		return err_set(err, ERR_SOURCE,
			"%s is neither a folder nor a zip file. Give the folder in which the "
			"CSV files lie, or a zip of them",
			path);
	if (code == ZIP_ER_NOZIP || code == ZIP_ER_EOF || code == ZIP_ER_INCONS)
		return err_set(err, ERR_SOURCE,
			"%s is cut off or damaged: the end of the zip is not as it should be. "
			"Copy it again, and let an import run when the copy is complete",
			path);
	zip_error_init_with_code(&why, code);
	err_set(err, ERR_SOURCE, "%s cannot be read: %s. Copy it again", path,
		zip_error_strerror(&why));
	zip_error_fini(&why);
	return -1;
}

struct csv_zip *csv_zip_open(int fd, const char *path, struct err *err)
{
	int own = fcntl(fd, F_DUPFD_CLOEXEC, 0), code = 0;
	struct csv_zip *zip;
	zip_t *archive;

	if (own < 0 || lseek(own, 0, SEEK_SET) < 0) {
		file_error(err, "read", path);
		return NULL;
	}
	archive = zip_fdopen(own, 0, &code);
	if (!archive) {
		close(own);
		cannot_open(fd, path, code, err);
		return NULL;
	}
	zip = mem_zero(1, sizeof(*zip));
	zip->archive = archive;
	zip->path = path;
	if (csv_zip_count(zip) <= ENTRIES_MOST)
		return zip;
	err_set(err, ERR_SOURCE, "%s holds more than %d files. Is it the right one?", path,
		ENTRIES_MOST);
	csv_zip_close(zip);
	return NULL;
}

void csv_zip_close(struct csv_zip *zip)
{
	if (!zip)
		return;
	csv_zip_end(zip);
	zip_discard(zip->archive);
	free(zip);
}

int64_t csv_zip_count(const struct csv_zip *zip)
{
	return zip_get_num_entries(zip->archive, 0);
}

const char *csv_zip_name(const struct csv_zip *zip, int64_t entry)
{
	const char *name = zip_get_name(zip->archive, (zip_uint64_t)entry, ZIP_FL_ENC_RAW);

	return name ? name : "";
}

static int broken(const struct csv_zip *zip, const char *why, struct err *err)
{
	return err_set(err, ERR_SOURCE, "%s in %s cannot be read: %s. Have the zip made anew",
		zip->name, zip->path, why);
}

int csv_zip_begin(struct csv_zip *zip, int64_t entry, struct err *err)
{
	zip_stat_t st;

	zip->name = csv_zip_name(zip, entry);
	zip_stat_init(&st);
	if (zip_stat_index(zip->archive, (zip_uint64_t)entry, 0, &st))
		return broken(zip, zip_strerror(zip->archive), err);
	if (st.encryption_method != ZIP_EM_NONE)
		return err_set(err, ERR_SOURCE,
			"%s in %s is encrypted with a password. Have the zip made without one",
			zip->name, zip->path);
	if (st.comp_method != ZIP_CM_STORE && st.comp_method != ZIP_CM_DEFLATE)
		return broken(zip, "it is packed in an unusual way (not deflated)", err);
	zip->file = zip_fopen_index(zip->archive, (zip_uint64_t)entry, 0);
	if (!zip->file)
		return broken(zip, zip_strerror(zip->archive), err);
	zip->packed = st.comp_size;
	zip->given_out = 0;
	return 0;
}

long csv_zip_read(struct csv_zip *zip, char *out, size_t size, struct err *err)
{
	zip_int64_t got = zip_fread(zip->file, out, size);

	if (got < 0)
		return broken(zip, zip_error_strerror(zip_file_get_error(zip->file)), err);
	zip->given_out += (uint64_t)got;
	if (zip->given_out > RATIO_FROM && zip->given_out / RATIO_MOST > zip->packed)
		return broken(zip, "it unfolds to more than any roster does", err);
	return (long)got;
}

void csv_zip_end(struct csv_zip *zip)
{
	if (zip->file)
		zip_fclose(zip->file);
	zip->file = NULL;
}
