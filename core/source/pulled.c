#include "source/pulled.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/mem.h"

/*
 * The file: a head, then records, each its length and the bytes of source_pack. The head is
 * written last: a file that was not finished has none.
 */
enum { FORM = 2, RECORD_MOST = 64 << 20, BUFFER = 1 << 18 };

struct head {
	char mark[8]; /* "lumenpul" */
	uint32_t form;
	uint32_t attrs; /* SOURCE_ATTRS: another number means another form of records */
	int64_t begin[COLLECTION_COUNT], end[COLLECTION_COUNT]; /* offsets */
};

static const char mark[8] = "lumenpul";

struct pulled {
	char *path, *fresh; /* owned: where it will be, where it is written */
	FILE *file;
	struct head head;
	struct buf body;
	int64_t at;
};

static char *path_of(const char *state, const char *app)
{
	return mem_printf("%s/pulled/%s", state, app);
}

struct pulled *pulled_new(const char *state, const char *app, struct err *err)
{
	struct pulled *pulled = mem_zero(1, sizeof(*pulled));
	char *dir;

	pulled->path = path_of(state, app);
	pulled->fresh = mem_printf("%s.new", pulled->path);
	buf_init(&pulled->body);
	memcpy(pulled->head.mark, mark, sizeof(mark));
	pulled->head.form = FORM;
	pulled->head.attrs = SOURCE_ATTRS;
	pulled->at = sizeof(pulled->head);
	dir = file_dir_of(pulled->path);
	if (!file_make_dir(dir, err)) {
		pulled->file = fopen(pulled->fresh, "we");
		if (!pulled->file || fseek(pulled->file, pulled->at, SEEK_SET))
			file_error(err, "write", pulled->fresh);
		else
			setvbuf(pulled->file, NULL, _IOFBF, BUFFER);
	}
	free(dir);
	if (pulled->file)
		return pulled;
	pulled_abandon(pulled);
	return NULL;
}

int pulled_put_packed(struct pulled *pulled, enum collection collection, const void *packed,
	size_t length, struct err *err)
{
	struct head *head = &pulled->head;
	uint32_t size = (uint32_t)length;

	if (fwrite(&size, sizeof(size), 1, pulled->file) != 1 ||
		fwrite(packed, length, 1, pulled->file) != 1)
		return file_error(err, "write", pulled->fresh);
	if (!head->begin[collection])
		head->begin[collection] = pulled->at;
	pulled->at += (int64_t)(sizeof(size) + length);
	head->end[collection] = pulled->at;
	return 0;
}

int pulled_put(struct pulled *pulled, const struct source_record *record, struct err *err)
{
	buf_reset(&pulled->body);
	source_pack(record, &pulled->body);
	return pulled_put_packed(
		pulled, record->collection, pulled->body.data, pulled->body.used, err);
}

static void pulled_free(struct pulled *pulled)
{
	buf_clear(&pulled->body);
	free(pulled->path);
	free(pulled->fresh);
	free(pulled);
}

int pulled_commit(struct pulled *pulled, struct err *err)
{
	int result = fflush(pulled->file) || fseek(pulled->file, 0, SEEK_SET) ||
		     fwrite(&pulled->head, sizeof(pulled->head), 1, pulled->file) != 1;

	result = fclose(pulled->file) || result;
	pulled->file = NULL;
	if (result || rename(pulled->fresh, pulled->path)) {
		file_error(err, "write", pulled->fresh);
		pulled_abandon(pulled);
		return -1;
	}
	pulled_free(pulled);
	return 0;
}

void pulled_abandon(struct pulled *pulled)
{
	if (!pulled)
		return;
	if (pulled->file)
		fclose(pulled->file);
	unlink(pulled->fresh);
	pulled_free(pulled);
}

/* Opens an app's file and reads its head; NULL when there is none of this form. */
static FILE *open_file(const char *state, const char *app, struct head *head)
{
	char *path = path_of(state, app);
	FILE *file = fopen(path, "re");

	free(path);
	if (!file)
		return NULL;
	if (fread(head, sizeof(*head), 1, file) == 1 &&
		!memcmp(head->mark, mark, sizeof(mark)) && head->form == FORM &&
		head->attrs == SOURCE_ATTRS)
		return file;
	fclose(file);
	return NULL;
}

bool pulled_when(const char *state, const char *app, time_t *when)
{
	struct head head;
	FILE *file = open_file(state, app, &head);
	struct stat st;
	bool there = file && !fstat(fileno(file), &st);

	if (there)
		*when = st.st_mtime;
	if (file)
		fclose(file);
	return there;
}

/* The next record's bytes. 1: read, 0: no more before `end`, -1: damaged. */
static int next_body(FILE *file, int64_t *at, int64_t end, struct buf *body)
{
	uint32_t length;

	if (*at >= end)
		return 0;
	if (fread(&length, sizeof(length), 1, file) != 1 || !length || length > RECORD_MOST)
		return -1;
	buf_reset(body);
	buf_reserve(body, length);
	if (fread(body->data, length, 1, file) != 1)
		return -1;
	*at += (int64_t)sizeof(length) + length;
	return 1;
}

static int each_of(FILE *file, const struct head *head, enum collection collection,
	pulled_fn *each, void *arg, struct err *err)
{
	int64_t at = head->begin[collection], end = head->end[collection];
	struct source_record record;
	struct buf body;
	int result;

	buf_init(&body);
	result = fseek(file, at, SEEK_SET) ? -1 : 1;
	while (result > 0 && (result = next_body(file, &at, end, &body)) > 0) {
		source_unpack(body.data, &record);
		record.reduced = true;
		if (each(arg, &record, err))
			break;
	}
	if (result < 0)
		err_set(err, ERR_FAILED,
			"What is kept of the last pull is damaged. Run the import, or a dry "
			"run, to have it anew.");
	buf_clear(&body);
	return result ? -1 : 0;
}

int pulled_each(const char *state, const char *app, enum collection collection, pulled_fn *each,
	void *arg, struct err *err)
{
	struct head head;
	FILE *file = open_file(state, app, &head);
	int result = 0;

	if (!file)
		return err_set(err, ERR_SETTINGS,
			"Nothing was pulled from %s yet. Fetch its data with: lumenport run %s "
			"--dry-run",
			app, app);
	if (head.begin[collection])
		result = each_of(file, &head, collection, each, arg, err);
	fclose(file);
	return result;
}

int pulled_remove(const char *state, const char *app, struct err *err)
{
	char *path = path_of(state, app);
	int result = file_remove_all(path, err);

	free(path);
	return result;
}
