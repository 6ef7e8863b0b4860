/* The headers of a page: total, links, snapshot number, and how they may be wrong. */
#include "page.h"

#include <stdio.h>
#include <stdlib.h>

static void total_put(struct request *rq, const struct page *p, struct reply *r)
{
	const struct fault_hits *f = &rq->faults;
	long total = p->total;
	if (f->on[F_NO_TOTAL])
		return;
	if (f->on[F_TOTAL_WRONG]) {
		const char *how = f->value[F_TOTAL_WRONG];
		bool bad;
		if (!strcmp(how, "perpage"))
			total = p->count;
		else if (!strcmp(how, "zero"))
			total = 0;
		else if (!strcmp(how, "negative"))
			total = -1;
		else if (!strcmp(how, "changing"))
			total += 1 + p->offset / (p->limit ? p->limit : 1);
		else if (!strcmp(how, "unfiltered"))
			total = (long)snapshot_view(r->hold, p->collection, "", &bad)->count;
		else
			total = strtol(how, NULL, 10);
	}
	reply_header(r, "X-Total-Count", "%ld", total);
}

/* One link: the address of the request with another offset. */
static void link_put(
	struct request *rq, const struct page *p, struct buf *out, const char *rel, long offset)
{
	const struct fault_hits *f = &rq->faults;
	const char *host = MHD_lookup_connection_value(rq->connection, MHD_HEADER_KIND, "Host");
	buf_str(out, out->len ? ", " : "");
	buf_str(out, f->on[F_LINK_BARE] ? "" : "<");
	if (f->on[F_LINK_OTHERHOST])
		buf_str(out, f->value[F_LINK_OTHERHOST]);
	else if (!f->on[F_LINK_RELATIVE])
		buf_printf(out, "%s://%s", rq->settings.https ? "https" : "http",
			host ? host : "127.0.0.1");
	buf_printf(out, "%s?limit=%ld&offset=%ld", rq->path, p->limit, offset);
	for (int i = 0; i < rq->query.count && !f->on[F_LINK_NOFILTER]; i++) {
		const struct param *q = &rq->query.params[i];
		if (!strcmp(q->name, "limit") || !strcmp(q->name, "offset"))
			continue;
		buf_char(out, '&');
		percent_encode(out, q->name);
		buf_char(out, '=');
		percent_encode(out, q->value);
	}
	buf_printf(out, "%s; rel=\"%s\"", f->on[F_LINK_BARE] ? "" : ">", rel);
}

static void links_put(struct request *rq, const struct page *p, struct reply *r)
{
	const struct fault_hits *f = &rq->faults;
	struct buf out = {0};
	if (f->on[F_NO_LINK] || p->limit < 1)
		return;
	long last = p->total ? (p->total - 1) / p->limit * p->limit : 0;
	long next = f->on[F_LINK_LOOP] ? p->offset : p->offset + p->limit;
	link_put(rq, p, &out, "first", 0);
	if (p->offset > 0)
		link_put(rq, p, &out, "prev", p->offset > p->limit ? p->offset - p->limit : 0);
	if (next < p->total || f->on[F_NEXT_PAST_END] || f->on[F_SAME_PAGE])
		link_put(rq, p, &out, "next", next + f->on[F_LINK_OFFBYONE]);
	link_put(rq, p, &out, "last", last);
	char *text = buf_take(&out, NULL);
	reply_header(r, "Link", "%s", text);
	free(text);
}

/* The number of the snapshot, another one for each time the fault has struck. */
static void revision_put(struct request *rq, const struct page *p, struct reply *r)
{
	pthread_mutex_lock(&rq->sim->lock);
	long struck = faults_struck(&rq->sim->faults, F_REV_CHANGE, p->collection);
	pthread_mutex_unlock(&rq->sim->lock);
	if (struck >= 0)
		reply_header(r, "x-perm-rev", "%ld", 7000 + struck);
}

void page_headers(struct request *rq, struct page *p, struct reply *r)
{
	total_put(rq, p, r);
	links_put(rq, p, r);
	revision_put(rq, p, r);
}
