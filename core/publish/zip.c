#include "publish/zip.h"

#include <isa-l/crc.h>
#include <isa-l/igzip_lib.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/relay.h"

enum {
	ZIP_OUT = 256 * 1024,   /* compressed bytes written at once */
	ZIP_IN = 128 * 1024,    /* plain bytes handed over at once */
	ZIP_VERSION = 20,       /* needed to read: deflate */
	ZIP_VERSION_64 = 45,    /* needed to read: zip64 */
	ZIP_UTF8 = 0x0800,      /* flag: the name is UTF-8 */
	ZIP_DEFLATE = 8,        /* method */
	ZIP_DATE = 0x0021,      /* 1980-01-01, the first there is */
	ZIP_UNIX = 3 << 8,      /* made by: external attributes hold a Unix mode */
	ZIP_EXTRA_64 = 0x0001,  /* extra field: sizes beyond 32 bits */
	ZIP_EXTRA_PAD = 0xd935, /* extra field: padding, which readers skip */
	ZIP_LOCAL_EXTRA = 20,   /* bytes kept free in a local header for ZIP_EXTRA_64 */
};

static const uint32_t MAX32 = 0xffffffffu; /* "see the zip64 field" */
static const uint32_t FILE_MODE = 0100600u << 16;

struct zip_entry {
	char *name;      /* owned */
	uint64_t offset; /* of its local header */
	uint64_t size;   /* plain */
	uint64_t packed; /* deflated */
	uint32_t crc;
};

struct zip {
	int fd;                     /* the caller's */
	const char *path;           /* borrowed */
	struct zip_entry *entry;    /* owned */
	size_t count;               /* entries */
	size_t room;                /* entries allocated */
	struct relay *relay;        /* owned: plain bytes of the open entry, on their way to the
				       thread that packs them; it owns what follows meanwhile */
	uint64_t offset;            /* bytes in the file, what is in `out` not counted */
	struct isal_zstream stream; /* of the open entry */
	uint8_t *level;             /* owned; the compressor's tables */
	uint8_t *out;               /* owned; ZIP_OUT bytes */
};

static void put16(struct buf *buf, uint32_t n)
{
	buf_addc(buf, (char)(n & 0xff));
	buf_addc(buf, (char)(n >> 8 & 0xff));
}

static void put32(struct buf *buf, uint32_t n)
{
	put16(buf, n & 0xffff);
	put16(buf, n >> 16);
}

static void put64(struct buf *buf, uint64_t n)
{
	put32(buf, (uint32_t)n);
	put32(buf, (uint32_t)(n >> 32));
}

static uint32_t at_most_32(uint64_t n)
{
	return n < MAX32 ? (uint32_t)n : MAX32;
}

static int append(struct zip *zip, const void *data, size_t length, struct err *err)
{
	if (file_write_fd(zip->fd, data, length))
		return file_error(err, "write", zip->path);
	zip->offset += length;
	return 0;
}

/* Sizes are not known before the data: room for the zip64 field is kept in any case. */
static void build_local_header(const struct zip_entry *entry, struct buf *header)
{
	bool wide = entry->size >= MAX32 || entry->packed >= MAX32;

	put32(header, 0x04034b50);
	put16(header, wide ? ZIP_VERSION_64 : ZIP_VERSION);
	put16(header, ZIP_UTF8);
	put16(header, ZIP_DEFLATE);
	put16(header, 0);
	put16(header, ZIP_DATE);
	put32(header, entry->crc);
	put32(header, wide ? MAX32 : (uint32_t)entry->packed);
	put32(header, wide ? MAX32 : (uint32_t)entry->size);
	put16(header, (uint32_t)strlen(entry->name));
	put16(header, ZIP_LOCAL_EXTRA);
	buf_adds(header, entry->name);
	put16(header, wide ? ZIP_EXTRA_64 : ZIP_EXTRA_PAD);
	put16(header, ZIP_LOCAL_EXTRA - 4);
	put64(header, wide ? entry->size : 0);
	put64(header, wide ? entry->packed : 0);
}

/* The zip64 field of the directory holds only what does not fit, in this order. */
static void build_directory_entry(const struct zip_entry *entry, struct buf *directory)
{
	bool size = entry->size >= MAX32, packed = entry->packed >= MAX32;
	bool offset = entry->offset >= MAX32, wide = size || packed || offset;
	uint32_t field = (uint32_t)(size + packed + offset) * 8;

	put32(directory, 0x02014b50);
	put16(directory, ZIP_UNIX | ZIP_VERSION_64);
	put16(directory, wide ? ZIP_VERSION_64 : ZIP_VERSION);
	put16(directory, ZIP_UTF8);
	put16(directory, ZIP_DEFLATE);
	put16(directory, 0);
	put16(directory, ZIP_DATE);
	put32(directory, entry->crc);
	put32(directory, at_most_32(entry->packed));
	put32(directory, at_most_32(entry->size));
	put16(directory, (uint32_t)strlen(entry->name));
	put16(directory, wide ? 4 + field : 0);
	put16(directory, 0); /* comment */
	put16(directory, 0); /* disk */
	put16(directory, 0); /* internal attributes */
	put32(directory, FILE_MODE);
	put32(directory, at_most_32(entry->offset));
	buf_adds(directory, entry->name);
	if (!wide)
		return;
	put16(directory, ZIP_EXTRA_64);
	put16(directory, field);
	if (size)
		put64(directory, entry->size);
	if (packed)
		put64(directory, entry->packed);
	if (offset)
		put64(directory, entry->offset);
}

static void build_end(const struct zip *zip, uint64_t length, struct buf *end)
{
	uint64_t end_64 = zip->offset + length;

	if (zip->count >= 0xffff || zip->offset >= MAX32 || length >= MAX32) {
		put32(end, 0x06064b50);
		put64(end, 44); /* bytes that follow in this record */
		put16(end, ZIP_UNIX | ZIP_VERSION_64);
		put16(end, ZIP_VERSION_64);
		put32(end, 0);
		put32(end, 0);
		put64(end, zip->count);
		put64(end, zip->count);
		put64(end, length);
		put64(end, zip->offset);
		put32(end, 0x07064b50); /* the locator of the record above */
		put32(end, 0);
		put64(end, end_64);
		put32(end, 1);
	}
	put32(end, 0x06054b50);
	put32(end, 0);
	put16(end, zip->count < 0xffff ? (uint32_t)zip->count : 0xffff);
	put16(end, zip->count < 0xffff ? (uint32_t)zip->count : 0xffff);
	put32(end, at_most_32(length));
	put32(end, at_most_32(zip->offset));
	put16(end, 0); /* comment */
}

static void reset_stream(struct zip *zip)
{
	isal_deflate_init(&zip->stream);
	zip->stream.level = 1;
	zip->stream.level_buf = zip->level;
	zip->stream.level_buf_size = ISAL_DEF_LVL1_DEFAULT;
	zip->stream.next_out = zip->out;
	zip->stream.avail_out = ZIP_OUT;
}

static int drain(struct zip *zip, struct err *err)
{
	size_t length = ZIP_OUT - zip->stream.avail_out;

	zip->stream.next_out = zip->out;
	zip->stream.avail_out = ZIP_OUT;
	zip->entry[zip->count - 1].packed += length;
	return append(zip, zip->out, length, err);
}

/* Packs what the stream was given; at the end of an entry all that it holds back, too. */
static int deflate_input(struct zip *zip, struct err *err)
{
	struct isal_zstream *stream = &zip->stream;

	do {
		if (!stream->avail_out && drain(zip, err))
			return -1;
		if (isal_deflate(stream) != COMP_OK)
			return err_set(err, ERR_FAILED, "Cannot compress %s.", zip->path);
	} while (stream->avail_in || !stream->avail_out ||
		 (stream->end_of_stream && stream->internal_state.state != ZSTATE_END));
	return 0;
}

/* In the relay's thread: packs while the caller makes the next rows. */
static int pack(void *arg, const struct buf *batch, struct err *err)
{
	struct zip *zip = arg;
	struct zip_entry *entry = &zip->entry[zip->count - 1];

	entry->size += batch->used;
	entry->crc = crc32_gzip_refl(entry->crc, (const uint8_t *)batch->data, batch->used);
	zip->stream.next_in = (uint8_t *)batch->data;
	zip->stream.avail_in = (uint32_t)batch->used;
	return deflate_input(zip, err);
}

static int end_entry(struct zip *zip, struct err *err)
{
	struct relay *relay = zip->relay;
	struct zip_entry *entry;
	struct buf header;
	int result;

	if (!relay)
		return 0;
	zip->relay = NULL;
	if (relay_finish(relay, err))
		return -1;
	entry = &zip->entry[zip->count - 1];
	zip->stream.next_in = NULL;
	zip->stream.avail_in = 0;
	zip->stream.end_of_stream = 1;
	if (deflate_input(zip, err) || drain(zip, err))
		return -1;
	buf_init(&header);
	build_local_header(entry, &header);
	result = pwrite(zip->fd, header.data, header.used, (off_t)entry->offset) ==
				 (ssize_t)header.used
			 ? 0
			 : file_error(err, "write", zip->path);
	buf_clear(&header);
	return result;
}

struct zip *zip_new(int fd, const char *path)
{
	struct zip *zip = mem_zero(1, sizeof(*zip));

	zip->fd = fd;
	zip->path = path;
	zip->level = mem_alloc(ISAL_DEF_LVL1_DEFAULT);
	zip->out = mem_alloc(ZIP_OUT);
	return zip;
}

void zip_free(struct zip *zip)
{
	size_t i;

	if (!zip)
		return;
	relay_abandon(zip->relay);
	for (i = 0; i < zip->count; i++)
		free(zip->entry[i].name);
	free(zip->entry);
	free(zip->level);
	free(zip->out);
	free(zip);
}

int zip_begin(struct zip *zip, const char *name, struct err *err)
{
	struct zip_entry *entry;
	struct buf header;
	int result;

	if (end_entry(zip, err))
		return -1;
	if (zip->count == zip->room) {
		zip->room = zip->room ? 2 * zip->room : 16;
		zip->entry = mem_grow(zip->entry, zip->room, sizeof(*zip->entry));
	}
	entry = &zip->entry[zip->count++];
	*entry = (struct zip_entry){.name = mem_strdup(name), .offset = zip->offset};
	buf_init(&header);
	build_local_header(entry, &header);
	result = append(zip, header.data, header.used, err);
	buf_clear(&header);
	reset_stream(zip);
	if (!result)
		zip->relay = relay_start(pack, zip, err);
	return result || !zip->relay ? -1 : 0;
}

int zip_write(struct zip *zip, const void *data, size_t length, struct err *err)
{
	const char *at = data;

	while (length) {
		size_t some = length < ZIP_IN ? length : ZIP_IN;

		buf_add(relay_batch(zip->relay), at, some);
		if (relay_added(zip->relay, err))
			return -1;
		at += some;
		length -= some;
	}
	return 0;
}

int zip_restart(struct zip *zip, struct err *err)
{
	struct zip_entry *entry = &zip->entry[zip->count - 1];
	uint64_t start;

	relay_abandon(zip->relay);
	zip->relay = NULL;
	start = zip->offset - entry->packed;
	if (ftruncate(zip->fd, (off_t)start) || lseek(zip->fd, (off_t)start, SEEK_SET) < 0)
		return file_error(err, "rewrite", zip->path);
	zip->offset = start;
	entry->size = entry->packed = 0;
	entry->crc = 0;
	reset_stream(zip);
	zip->relay = relay_start(pack, zip, err);
	return zip->relay ? 0 : -1;
}

int zip_finish(struct zip *zip, int64_t *bytes, struct err *err)
{
	struct buf directory, end;
	int result = -1;
	size_t i;

	buf_init(&directory);
	buf_init(&end);
	if (end_entry(zip, err))
		goto out;
	for (i = 0; i < zip->count; i++)
		build_directory_entry(&zip->entry[i], &directory);
	build_end(zip, directory.used, &end);
	if (append(zip, directory.data, directory.used, err) ||
		append(zip, end.data, end.used, err))
		goto out;
	*bytes = (int64_t)zip->offset;
	result = 0;
out:
	buf_clear(&directory);
	buf_clear(&end);
	return result;
}
