#include "sync/spool.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"

/* What stands before each record. */
struct head {
	uint32_t entity;
	uint32_t name, body; /* bytes */
};

void spool_init(struct spool *spool)
{
	spool->file = NULL;
	buf_init(&spool->body);
	buf_init(&spool->name);
}

void spool_clear(struct spool *spool)
{
	if (spool->file)
		fclose(spool->file);
	buf_clear(&spool->body);
	buf_clear(&spool->name);
	spool_init(spool);
}

static FILE *open_nameless(const char *state, struct err *err)
{
	char *path = mem_printf("%s/waiting.XXXXXX", state);
	int fd = mkostemp(path, O_CLOEXEC);
	FILE *file = NULL;

	if (fd < 0 || unlink(path) || !(file = fdopen(fd, "w+"))) {
		file_error(err, "create", path);
		if (fd >= 0)
			close(fd);
	}
	free(path);
	return file;
}

int spool_put(
	struct spool *spool, const char *state, const struct record *record, struct err *err)
{
	struct head head = {.entity = record->entity};

	if (!spool->file && !(spool->file = open_nameless(state, err)))
		return -1;
	record_pack(record, &spool->body);
	head.name = (uint32_t)strlen(record->sis_id) + 1;
	head.body = (uint32_t)spool->body.used;
	if (fwrite(&head, sizeof(head), 1, spool->file) != 1 ||
		fwrite(record->sis_id, head.name, 1, spool->file) != 1 ||
		(head.body && fwrite(spool->body.data, head.body, 1, spool->file) != 1))
		return file_error(err, "write a temporary file in", state);
	return 0;
}

int spool_rewind(struct spool *spool, struct err *err)
{
	if (spool->file && (fflush(spool->file) || fseek(spool->file, 0, SEEK_SET)))
		return file_error(err, "write", "a temporary file of the import");
	return 0;
}

static int read_part(struct spool *spool, struct buf *buf, uint32_t length)
{
	buf_reset(buf);
	buf_reserve(buf, length);
	if (length && fread(buf->data, length, 1, spool->file) != 1)
		return -1;
	buf->used = length;
	return 0;
}

int spool_next(struct spool *spool, struct record *record, struct arena *arena, struct err *err)
{
	struct head head;

	if (!spool->file || fread(&head, sizeof(head), 1, spool->file) != 1)
		return spool->file && ferror(spool->file)
			       ? file_error(err, "read", "a temporary file of the import")
			       : 0;
	if (read_part(spool, &spool->name, head.name) ||
		read_part(spool, &spool->body, head.body) ||
		record_unpack(record, (enum entity)head.entity, spool->name.data,
			spool->body.data, spool->body.used, arena))
		return file_error(err, "read", "a temporary file of the import");
	return 1;
}
