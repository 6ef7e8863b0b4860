/* What a source may answer instead of the page that was asked for. */
#include "page.h"

#include <stdio.h>
#include <time.h>

static enum MHD_Result too_many(struct request *rq)
{
	const struct fault_hits *f = &rq->faults;
	struct reply r = {.status = 429};
	char date[64];
	time_t then = time(NULL) + fault_number(f, F_SKEW) + fault_number(f, F_429_DATE);
	struct tm tm;
	strftime(date, sizeof(date), "%a, %d %b %Y %H:%M:%S GMT", gmtime_r(&then, &tm));
	if (f->on[F_429_DATE])
		reply_header(&r, "Retry-After", "%s", date);
	else
		reply_header(
			&r, "Retry-After", "%ld", f->on[F_429] ? fault_number(f, F_429) : 1);
	return reply_html(rq, &r, "429 Too Many Requests");
}

static bool gateway_spoilt(struct request *rq, enum MHD_Result *out)
{
	static const struct {
		enum fault fault;
		unsigned status;
		const char *title;
	} all[] = {{F_500, 500, "500 Internal Server Error"}, {F_502, 502, "502 Bad Gateway"},
		{F_503, 503, "503 Service Unavailable"}, {F_504, 504, "504 Gateway Time-out"}};
	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		if (!rq->faults.on[all[i].fault])
			continue;
		struct reply r = {.status = all[i].status};
		if (*rq->faults.value[all[i].fault])
			reply_header(&r, "Retry-After", "%s", rq->faults.value[all[i].fault]);
		*out = reply_html(rq, &r, all[i].title);
		return true;
	}
	return false;
}

static bool crowded(struct request *rq)
{
	struct sim *sim = rq->sim;
	pthread_mutex_lock(&sim->lock);
	int running = sim->stats.pages_running;
	pthread_mutex_unlock(&sim->lock);
	return rq->faults.on[F_CONCURRENCY] &&
	       running > fault_number(&rq->faults, F_CONCURRENCY);
}

static enum MHD_Result login_page(struct request *rq)
{
	struct reply r = {.status = 200, .type = "text/html"};
	if (!strcmp(rq->faults.value[F_SSO_LOGIN], "redirect")) {
		r.status = 302;
		reply_header(&r, "Location", "/sso/login?return=%s", rq->path);
	}
	return reply_html(rq, &r, "Sign in to Lumen");
}

static bool strange_success(struct request *rq, enum MHD_Result *out)
{
	const struct fault_hits *f = &rq->faults;
	if (f->on[F_EMPTY_200])
		*out = reply_text(rq, 200, NULL, "%s", "");
	else if (f->on[F_NO_KEY])
		*out = reply_text(rq, 200, NULL, "{}");
	else if (f->on[F_HTML])
		*out = reply_html(rq, &(struct reply){.status = 200}, "Welcome");
	else if (f->on[F_SSO_LOGIN])
		*out = login_page(rq);
	else if (f->on[F_ERROR_SET_200])
		*out = reply_error(rq, &(struct reply){0}, 200, "internal_server_error",
			"It did not work");
	else
		return false;
	return true;
}

static bool cookie_missing(struct request *rq)
{
	const char *cookie =
		MHD_lookup_connection_value(rq->connection, MHD_COOKIE_KIND, "LUMENSESSION");
	return rq->faults.on[F_COOKIE] && (!cookie || strcmp(cookie, "s3ss10n") != 0);
}

static bool refused(struct request *rq, const struct page *p, enum MHD_Result *out)
{
	const struct fault_hits *f = &rq->faults;
	struct reply r = {0};
	if (f->on[F_TOKEN_401] || f->on[F_TOKEN_EXPIRE] || cookie_missing(rq)) {
		reply_header(&r, "WWW-Authenticate", "Bearer error=\"invalid_token\"");
		if (f->on[F_COOKIE])
			reply_header(
				&r, "Set-Cookie", "LUMENSESSION=s3ss10n; Path=/; HttpOnly");
		*out = reply_error(
			rq, &r, 401, "unauthorisedrequest", "The access is not valid");
	} else if (f->on[F_MISSING] ||
		   (f->on[F_USERS_404] && !strcmp(p->collection, "users"))) {
		*out = reply_error(rq, &r, 404, "unknownobject", "No such collection");
	} else if (f->on[F_FORBIDDEN]) {
		*out = reply_error(rq, &r, 403, "forbidden", "Not allowed");
	} else {
		return false;
	}
	return true;
}

static bool bad_request(struct request *rq, const struct page *p, enum MHD_Result *out)
{
	const struct fault_hits *f = &rq->faults;
	long most = f->on[F_LIMIT_400] ? fault_number(f, F_LIMIT_400) : 0;
	most = most ? most : rq->settings.limit_cap;
	if (f->on[F_LIMIT_400] && p->limit > most) {
		*out = reply_error(
			rq, &(struct reply){0}, 400, "invaliddata", "limit is too large");
		return true;
	}
	for (int i = 0; f->on[F_STRICT_400] && i < rq->query.count; i++) {
		const char *name = rq->query.params[i].name;
		char list[256], word[80];
		snprintf(list, sizeof(list), ",%s,", f->value[F_STRICT_400]);
		snprintf(word, sizeof(word), ",%.70s,", name);
		if (!strstr(list, word))
			continue;
		*out = reply_error(rq, &(struct reply){0}, 400, "invalid_selection_field",
			"A parameter is not supported");
		return true;
	}
	return false;
}

bool page_spoilt(struct request *rq, struct page *p, enum MHD_Result *out)
{
	const struct fault_hits *f = &rq->faults;
	if (crowded(rq) || f->on[F_429] || f->on[F_429_DATE]) {
		*out = too_many(rq);
		return true;
	}
	if (f->on[F_REDIRECT]) {
		struct reply r = {.status = 302};
		reply_header(&r, "Location", "%s", f->value[F_REDIRECT]);
		*out = reply_html(rq, &r, "302 Found");
		return true;
	}
	return gateway_spoilt(rq, out) || refused(rq, p, out) || bad_request(rq, p, out) ||
	       strange_success(rq, out);
}
