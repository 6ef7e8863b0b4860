/* A page of a collection, or a single record, once the request has been let in. */
#include "page.h"

#include <stdio.h>
#include <stdlib.h>

/* The lock is held: lets the request in, or says with which status it is refused. */
static unsigned admit(struct request *rq, const char *collection, const char **why)
{
	struct sim *sim = rq->sim;
	faults_standing(&sim->faults, collection, &rq->faults);
	unsigned status = auth_check(&sim->auth, rq, collection, why);
	stats_auth(&sim->stats, status != 401);
	return status;
}

static enum MHD_Result refuse(struct request *rq, unsigned status, const char *why)
{
	struct reply r = {0};
	if (status == 401)
		reply_header(&r, "WWW-Authenticate", "%s",
			rq->settings.auth == AUTH_OAUTH1 ? "OAuth realm=\"lumen\""
							 : "Bearer realm=\"lumen\"");
	if (rq->faults.on[F_COOKIE])
		reply_header(&r, "Set-Cookie", "LUMENSESSION=s3ss10n; Path=/; HttpOnly");
	return reply_error(
		rq, &r, status, status == 401 ? "unauthorisedrequest" : "forbidden", why);
}

/* A number of the query, or what stands for its absence; -1 where it is none. */
static long number_param(const struct request *rq, const char *name, long missing)
{
	const char *text = query_get(&rq->query, name);
	if (!text)
		return missing;
	char *end;
	long n = strtol(text, &end, 10);
	return end == text || *end || n < 0 || n > 2000000000 ? -1 : n;
}

/* Rows at the front that are gone by now, or have not come yet. */
static long rows_away(struct request *rq, const struct page *p)
{
	long struck, step = 0, times = 0;
	pthread_mutex_lock(&rq->sim->lock);
	struck = faults_struck(&rq->sim->faults, F_SHIFT, p->collection);
	for (size_t i = 0; i < rq->sim->faults.count; i++) {
		const struct fault_rule *rule = &rq->sim->faults.rules[i];
		if (rule->id != F_SHIFT)
			continue;
		step = strtol(rule->value, NULL, 10);
		times = rule->times ? rule->times : 50;
	}
	pthread_mutex_unlock(&rq->sim->lock);
	if (struck < 0)
		return 0;
	long away = step < 0 ? -step * (times - struck) : step * struck;
	return away < 0 ? 0 : away < p->total ? away : p->total;
}

static void page_window(struct request *rq, struct page *p)
{
	const struct fault_hits *f = &rq->faults;
	long limit = p->limit;
	if (limit > rq->settings.limit_cap)
		limit = rq->settings.limit_cap;
	if (f->on[F_LIMIT_CLAMP] && limit > fault_number(f, F_LIMIT_CLAMP))
		limit = fault_number(f, F_LIMIT_CLAMP);
	if (f->on[F_HUGE_PAGE])
		limit = p->total;
	p->limit = limit;
	long away = rows_away(rq, p);
	p->from = away + (f->on[F_SAME_PAGE] ? 0 : p->offset);
	if (f->on[F_NO_PERMISSION] || f->on[F_EMPTY_TYPE])
		p->total = away;
	p->count = p->total - p->from;
	p->total -= away;
	p->count = p->count < 0 ? 0 : p->count < limit ? p->count : limit;
}

static void envelope_put(struct request *rq, struct page *p, struct reply *r)
{
	const struct fault_hits *f = &rq->faults;
	const char *how = f->on[F_ENVELOPE] ? f->value[F_ENVELOPE] : p->key;
	bool extra = !strcmp(how, "extra");
	if (!strcmp(how, "bare")) {
		buf_char(&r->own[0], '[');
		buf_char(&r->own[1], ']');
		return;
	}
	buf_char(&r->own[0], '{');
	if (extra)
		buf_printf(&r->own[0],
			"\"totalCount\":%ld,\"warnings\":{\"list\":[]},\"page\":1,", p->total);
	if (f->on[F_STATUS_INFO_200])
		buf_str(&r->own[0],
			"\"statusInfoSet\":[{\"imsx_codeMajor\":\"success\",\"imsx_severity\":"
			"\"status\",\"imsx_description\":\"ok\"}],");
	buf_printf(&r->own[0], "\"%s\":[", extra ? p->key : how);
	buf_str(&r->own[1], extra ? "],\"hasMore\":\"unknown\"}" : "]}");
}

/* Rows that do not stand together are copied together. */
static void picked_put(
	const struct view *v, const struct page *p, bool every_other, struct buf *out)
{
	for (long i = p->from; i < p->from + p->count; i++) {
		if (every_other && i % 2)
			continue;
		size_t row = v->picked ? v->picked[i] : (size_t)i;
		buf_put(out, v->rows->text.data + v->rows->at[row],
			v->rows->at[row + 1] - v->rows->at[row]);
	}
	if (out->data[out->len - 1] == ',')
		out->len--;
}

static void rows_put(struct request *rq, const struct view *v, struct page *p, struct reply *r)
{
	const size_t *at = v->rows->at;
	bool halved = rq->faults.on[F_DELTA_PARTIAL] && strstr(p->filter, "dateLastModified");
	if (!p->count)
		reply_slice(r, r->own[0].data, r->own[0].len);
	else if (v->picked || halved) {
		picked_put(v, p, halved, &r->own[0]);
		reply_slice(r, r->own[0].data, r->own[0].len);
	} else {
		reply_slice(r, r->own[0].data, r->own[0].len);
		reply_slice(r, v->rows->text.data + at[p->from],
			at[p->from + p->count] - 1 - at[p->from]);
	}
	reply_slice(r, r->own[1].data, r->own[1].len);
}

static enum MHD_Result page_reply(struct request *rq, struct page *p)
{
	bool bad;
	struct reply r = {.status = 200, .hold = sim_snapshot(rq->sim)};
	const struct view *v = snapshot_view(r.hold, p->collection, p->filter, &bad);
	if (!v) {
		snapshot_unref(r.hold);
		return reply_error(rq, &(struct reply){0}, 400, "invalid_filter_field",
			"The filter is invalid");
	}
	p->total = (long)v->count;
	page_window(rq, p);
	envelope_put(rq, p, &r);
	rows_put(rq, v, p, &r);
	page_headers(rq, p, &r);
	char cache[1024];
	snprintf(cache, sizeof(cache), "%s %ld %ld %d %s", p->collection, p->from, p->count,
		rq->faults.on[F_ENVELOPE] + 2 * rq->faults.on[F_STATUS_INFO_200], p->filter);
	if (!rq->faults.on[F_DELTA_PARTIAL])
		r.cache = cache;
	sim_sleep(rq->sim, rq->settings.think);
	return reply_send(rq, &r);
}

enum MHD_Result page_serve(struct request *rq, const char *collection, bool slash)
{
	struct sim *sim = rq->sim;
	struct page p = {.collection = collection};
	const char *why = NULL;
	pthread_mutex_lock(&sim->lock);
	unsigned status = admit(rq, collection, &why);
	if (!status) {
		faults_strike(&sim->faults, FAULT_PAGE, collection, &rq->faults);
		if (rq->faults.on[F_TOKEN_EXPIRE])
			auth_expire_all(&sim->auth);
	}
	pthread_mutex_unlock(&sim->lock);
	if (status)
		return refuse(rq, status, why);
	if (rq->faults.on[F_TRAILING_SLASH] && !slash)
		return reply_error(
			rq, &(struct reply){0}, 404, "unknownobject", "No such path");
	collection_find(collection, &p.key, NULL);
	p.filter = query_get(&rq->query, "filter");
	p.filter = p.filter ? p.filter : "";
	p.limit = number_param(rq, "limit", 100);
	p.offset = number_param(rq, "offset", 0);
	enum MHD_Result result;
	if (page_spoilt(rq, &p, &result))
		return result;
	if (p.limit < 1 || p.offset < 0)
		return reply_error(rq, &(struct reply){0}, 400, "invaliddata",
			"limit and offset must be numbers");
	return page_reply(rq, &p);
}

enum MHD_Result single_serve(struct request *rq, const char *collection, const char *id)
{
	const char *why = NULL, *single = NULL, *row;
	size_t len;
	pthread_mutex_lock(&rq->sim->lock);
	unsigned status = admit(rq, collection, &why);
	pthread_mutex_unlock(&rq->sim->lock);
	if (status)
		return refuse(rq, status, why);
	struct snapshot *s = sim_snapshot(rq->sim);
	if (!snapshot_find(s, collection, id, strlen(id), &row, &len)) {
		snapshot_unref(s);
		return reply_error(
			rq, &(struct reply){0}, 404, "unknownobject", "No such record");
	}
	collection_find(collection, NULL, &single);
	struct reply r = {.status = 200, .hold = s, .raw = true};
	buf_printf(&r.own[0], "{\"%s\":", single);
	buf_char(&r.own[1], '}');
	reply_slice(&r, r.own[0].data, r.own[0].len);
	reply_slice(&r, row, len);
	reply_slice(&r, r.own[1].data, 1);
	return reply_send(rq, &r);
}
