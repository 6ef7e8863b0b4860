/*
 * Bodies on their way: plain slices without a copy where nothing is wrong, and otherwise the
 * faults of travel (compressed, in chunks, slow, cut off, padded).
 */
#include "request.h"

#include <stdlib.h>
#include <zlib.h>

static void hold_free(void *cls)
{
	struct reply *r = cls;
	snapshot_unref(r->hold);
	buf_clear(&r->own[0]);
	buf_clear(&r->own[1]);
	free(r);
}

/* libmicrohttpd sends the slices from where they lie. */
static struct MHD_Response *plain_response(struct reply *r)
{
	struct MHD_IoVec iov[REPLY_SLICES];
	unsigned count = 0;
	struct reply *kept = sim_alloc(sizeof(*kept));
	*kept = *r;
	for (int i = 0; i < r->slice_count; i++) {
		if (r->slices[i].len)
			iov[count++] = (struct MHD_IoVec){r->slices[i].data, r->slices[i].len};
	}
	if (!count) {
		hold_free(kept);
		return MHD_create_response_from_buffer(0, NULL, MHD_RESPMEM_PERSISTENT);
	}
	return MHD_create_response_from_iovec(iov, count, hold_free, kept);
}

static char *gzip(const struct reply *r, size_t *len)
{
	z_stream z = {0};
	size_t total = 0;
	for (int i = 0; i < r->slice_count; i++)
		total += r->slices[i].len;
	if (deflateInit2(&z, 1, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK)
		abort();
	size_t cap = deflateBound(&z, total) + 64;
	char *out = sim_alloc(cap);
	z.next_out = (Bytef *)out;
	z.avail_out = (uInt)cap;
	for (int i = 0; i < r->slice_count; i++) {
		z.next_in = (Bytef *)(uintptr_t)r->slices[i].data;
		z.avail_in = (uInt)r->slices[i].len;
		deflate(&z, i == r->slice_count - 1 ? Z_FINISH : Z_NO_FLUSH);
	}
	*len = cap - z.avail_out;
	deflateEnd(&z);
	return sim_realloc(out, *len);
}

/* The slices give way to one compressed one. */
static void compress_reply(struct reply *r)
{
	size_t len = 0;
	if (!r->cache || !r->hold) {
		char *bytes = gzip(r, &len);
		buf_clear(&r->own[0]);
		r->own[0] = (struct buf){bytes, len, len};
		r->slice_count = 0;
		reply_slice(r, bytes, len);
	} else {
		const char *bytes = snapshot_kept(r->hold, r->cache, &len);
		if (!bytes) {
			char *made = gzip(r, &len);
			bytes = snapshot_keep(r->hold, r->cache, made, &len);
		}
		r->slice_count = 0;
		reply_slice(r, bytes, len);
	}
	reply_header(r, "Content-Encoding", "gzip");
}

struct stream {
	struct sim *sim;
	char *data; /* owned */
	size_t len;
	long slow;
	bool stall, cut;
};

static ssize_t stream_read(void *cls, uint64_t pos, char *out, size_t max)
{
	struct stream *s = cls;
	size_t part = s->slow ? s->len / 16 + 1 : 65536;
	size_t end = s->stall || s->cut ? s->len / 2 : s->len;
	if (pos >= end) {
		if (s->stall)
			sim_sleep(s->sim, 3600 * 1000);
		return s->stall || s->cut ? MHD_CONTENT_READER_END_WITH_ERROR
					  : MHD_CONTENT_READER_END_OF_STREAM;
	}
	if (s->slow && pos && pos % part == 0)
		sim_sleep(s->sim, s->slow);
	size_t n = part - pos % part;
	n = n < max ? n : max;
	n = n < end - pos ? n : end - pos;
	memcpy(out, s->data + pos, n);
	return (ssize_t)n;
}

static void stream_free(void *cls)
{
	struct stream *s = cls;
	free(s->data);
	free(s);
}

/* All slices, and what faults add to them, as one block. */
static struct stream *flatten(struct request *rq, struct reply *r)
{
	const struct fault_hits *f = &rq->faults;
	struct buf b = {0};
	if (f->on[F_BOM] && !f->on[F_GZIP_UNASKED])
		buf_str(&b, "\xef\xbb\xbf");
	for (int i = 0; i < r->slice_count; i++)
		buf_put(&b, r->slices[i].data, r->slices[i].len);
	if (f->on[F_BIG_BODY]) {
		size_t pad = (size_t)fault_number(f, F_BIG_BODY) << 20;
		buf_grow(&b, pad);
		memset(b.data + b.len, ' ', pad);
		b.len += pad;
	}
	if (f->on[F_JUNK_AFTER])
		buf_str(&b, "\n<!-- end of report -->]}");
	struct stream *s = sim_alloc(sizeof(*s));
	*s = (struct stream){.sim = rq->sim,
		.slow = fault_number(f, F_SLOW),
		.stall = f->on[F_STALL],
		.cut = f->on[F_CUT]};
	s->data = buf_take(&b, &s->len);
	if (f->on[F_TRUNCATE])
		s->len -= s->len / 3;
	snapshot_unref(r->hold);
	buf_clear(&r->own[0]);
	buf_clear(&r->own[1]);
	return s;
}

static struct MHD_Response *spoilt_response(struct request *rq, struct reply *r, size_t *sent)
{
	struct stream *s = flatten(rq, r);
	*sent = s->len;
	uint64_t size = rq->faults.on[F_CHUNKED] ? MHD_SIZE_UNKNOWN : s->len;
	return MHD_create_response_from_callback(size, 65536, stream_read, s, stream_free);
}

static bool gzip_wanted(struct request *rq)
{
	if (rq->faults.on[F_GZIP_UNASKED])
		return true;
	const char *accept =
		MHD_lookup_connection_value(rq->connection, MHD_HEADER_KIND, "Accept-Encoding");
	return rq->settings.gzip && accept && strstr(accept, "gzip");
}

struct MHD_Response *body_response(struct request *rq, struct reply *r, size_t *sent)
{
	static const enum fault travel[] = {
		F_CHUNKED, F_BOM, F_SLOW, F_STALL, F_TRUNCATE, F_CUT, F_BIG_BODY, F_JUNK_AFTER};
	bool spoilt = false;
	for (size_t i = 0; i < sizeof(travel) / sizeof(travel[0]); i++)
		spoilt = spoilt || (!r->raw && rq->faults.on[travel[i]]);
	if (!r->raw && gzip_wanted(rq))
		compress_reply(r);
	for (int i = 0; i < r->slice_count; i++)
		*sent += r->slices[i].len;
	return spoilt ? spoilt_response(rq, r, sent) : plain_response(r);
}
