/*
 * rest_check: Test Connection. Each step is told as it ends, with what to do when it failed.
 */
#include "source/rest.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "source/fault.h"
#include "source/fetch.h"
#include "source/page.h"
#include "source/url.h"

enum { CHECK_SKEW_S = 120 };

struct check {
	struct rest *source; /* borrowed */
	check_fn *step;
	void *arg;
	struct err first; /* the first failure */
	int64_t since;    /* monotonic ms, when the present step began */
};

/* Tells one step. `ms` < 0: since the step before. */
__attribute__((format(printf, 6, 7))) static void tell(struct check *check, const char *name,
	enum check_state state, int ms, const char *advice, const char *fmt, ...)
{
	char detail[800];
	struct check_step step = {.name = name,
		.state = state,
		.detail = detail,
		.advice = advice,
		.milliseconds = ms};
	int64_t now = fetch_now();
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(detail, sizeof(detail), fmt, ap);
	va_end(ap);
	rest_hide(check->source, detail);
	if (ms < 0)
		step.milliseconds = (int)(now - check->since);
	check->since = now;
	check->step(check->arg, &step);
}

static int failed(struct check *check, const char *name, const struct err *err)
{
	if (check->first.code == ERR_NONE)
		check->first = *err;
	tell(check, name, CHECK_FAILED, -1, "", "%s", err->text);
	return -1;
}

static int ms_of(CURL *easy, CURLINFO later, CURLINFO earlier)
{
	curl_off_t to = 0, from = 0;

	curl_easy_getinfo(easy, later, &to);
	if (earlier)
		curl_easy_getinfo(easy, earlier, &from);
	return to > from ? (int)((to - from) / 1000) : 0;
}

static void check_proxy(struct check *check)
{
	const char *const names[] = {"https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"};
	const char *proxy = NULL;
	char host[280];
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(names[0]) && !proxy; i++)
		proxy = getenv(names[i]);
	if (!proxy || !*proxy || url_is_plain(check->source->url))
		return;
	/* The host only: a proxy's address may hold a password. */
	url_host(proxy, host, sizeof(host));
	tell(check, "Proxy", CHECK_OK, 0, "", "%s (from the environment; no_proxy is honoured)",
		host[0] ? host : "one that cannot be read");
}

/* How far a request that failed came: 0 nowhere, 1 resolved, 2 connected. */
static int reach(const struct http_call *call)
{
	switch (call->result) {
	case CURLE_COULDNT_RESOLVE_HOST:
	case CURLE_COULDNT_RESOLVE_PROXY: return 0;
	case CURLE_COULDNT_CONNECT: return 1;
	default: break;
	}
	if (call->result == CURLE_OPERATION_TIMEDOUT &&
		!ms_of(call->easy, CURLINFO_CONNECT_TIME_T, 0))
		return 1;
	return 2;
}

/* One request without credentials: name, connection and TLS are read off it. */
static int check_line(struct check *check, struct err *err)
{
	static const char *const names[] = {"Name lookup", "TCP connection", "TLS"};
	struct rest *source = check->source;
	struct http_call *call = &source->call;
	char *address = NULL;
	int result, steps, i;

	buf_reset(&call->url);
	buf_adds(&call->url, source->url);
	http_call_prepare(call, &source->http, NULL);
	result = http_perform(&source->http, call, err);
	if (result < 0 && err->code == ERR_CANCELLED)
		return -1;
	steps = result == 0 || call->result == CURLE_WRITE_ERROR ? 3 : reach(call);
	curl_easy_getinfo(call->easy, CURLINFO_PRIMARY_IP, &address);
	for (i = 0; i < steps; i++) {
		int ms = i == 0   ? ms_of(call->easy, CURLINFO_NAMELOOKUP_TIME_T, 0)
			 : i == 1 ? ms_of(call->easy, CURLINFO_CONNECT_TIME_T,
					    CURLINFO_NAMELOOKUP_TIME_T)
				  : ms_of(call->easy, CURLINFO_APPCONNECT_TIME_T,
					    CURLINFO_CONNECT_TIME_T);

		if (i == 2 && call->plain)
			tell(check, names[i], CHECK_SKIPPED, 0, "",
				"plain http to this machine itself");
		else
			tell(check, names[i], CHECK_OK, ms, "", "%s",
				i == 2                ? "certificate trusted"
				: address && *address ? address
						      : "ok");
	}
	return steps == 3 ? 0 : failed(check, names[steps], err);
}

static int check_service(struct check *check, struct err *err)
{
	const struct learned *learned = &check->source->base.learned;
	bool oauth1;

	if (rest_connect(&check->source->base, err) < 0)
		return failed(check, err->code == ERR_AUTH ? "Authorisation" : "Service", err);
	oauth1 = oauth_style_is_1(check->source->login.style);
	tell(check, "Service", CHECK_OK, -1, "", "OneRoster %s at %s",
		url_is_v1p2(learned->root) ? "1.2" : "1.1", learned->root);
	tell(check, "Authorisation", CHECK_OK, 0, "", "%s%s%s", learned->auth,
		oauth1 ? "" : ", token from ", oauth1 ? "" : learned->token_url);
	return 0;
}

/* The records of the page in the source's call. */
static int64_t count_records(struct rest *source, const char *key, struct err *err)
{
	struct page_memory memory;
	struct page page;
	const struct cJSON *json;
	const char *text;
	size_t length;
	int64_t count = -1;
	enum page_got got;

	page_memory_init(&memory);
	got = page_open(
		&page, source->call.body.data, source->call.body.used, key, &memory, err);
	while (got == PAGE_RECORD || got == PAGE_UNREADABLE)
		got = page_next(&page, &json, &text, &length, err);
	if (got == PAGE_END)
		count = page.records;
	else if (got == PAGE_CUT)
		err_set(err, ERR_NETWORK, "the answer was cut off. Try again later");
	page_memory_clear(&memory);
	return count;
}

static int check_denied(struct check *check, const char *path, bool optional, struct err *err)
{
	const struct http_call *call = &check->source->call;
	long status = call->answer.status;
	char reason[FAULT_SIZE];

	if (optional && (status == 403 || status == 404)) {
		tell(check, path, CHECK_WARNING, -1,
			status == 403 ? "Ask the source's administrator for its scope, or "
					"import without it"
				      : "The source does not have it; imports go without",
			"not readable (status %ld)", status);
		return 0;
	}
	if (status == 401 || status == 403) {
		login_denied(&check->source->login, call, err);
	} else {
		fault_text(call->body.data, call->body.used, reason);
		err_set(err, status >= 500 || status == 429 ? ERR_NETWORK : ERR_SOURCE,
			"status %ld%s%s", status, reason[0] ? ": " : "", reason);
	}
	return failed(check, path, err);
}

/* One page of one record: readable, and how many there are if it is told. */
static int check_collection(
	struct check *check, const char *path, const char *key, bool optional, struct err *err)
{
	struct rest *source = check->source;
	const struct answer *answer = &source->call.answer;
	int64_t count;

	if (rest_probe(source, source->base.learned.root, path, false, err) < 0)
		return failed(check, path, err);
	if (answer->status == 404 && strcmp(path, "users") == 0) {
		tell(check, path, CHECK_WARNING, -1,
			"Administrators and contacts will be missing",
			"not there; students and teachers are");
		return check_collection(check, "students", key, false, err) |
		       check_collection(check, "teachers", key, false, err);
	}
	if (answer->status != 200)
		return check_denied(check, path, optional, err);
	count = count_records(source, key, err);
	if (count < 0)
		return failed(check, path, err);
	if (answer->total > 0)
		tell(check, path, CHECK_OK, -1, "", "readable, %lld records",
			(long long)answer->total);
	else if (count == 0 && !optional)
		tell(check, path, CHECK_WARNING, -1,
			"An import needs some. Ask the source's administrator what this client "
			"may see",
			"readable, but empty");
	else
		tell(check, path, CHECK_OK, -1, "", "readable");
	return 0;
}

static int check_schools(struct check *check, struct err *err)
{
	struct rest *source = check->source;
	int64_t total, count;

	if (rest_probe(source, source->base.learned.root, "schools", false, err) < 0)
		return failed(check, "Schools", err);
	total = source->call.answer.total;
	if (source->call.answer.status != 200) {
		tell(check, "Schools", CHECK_SKIPPED, -1, "",
			"no list of its own; they are among the orgs");
		return 0;
	}
	count = count_records(source, "orgs", err);
	if (count < 0)
		return failed(check, "Schools", err);
	if (count == 0) {
		err_set(err, ERR_SOURCE,
			"no school is visible to this client. Ask the source's administrator "
			"to share schools "
			"with it");
		return failed(check, "Schools", err);
	}
	if (total > 0)
		tell(check, "Schools", CHECK_OK, -1, "", "%lld visible", (long long)total);
	else
		tell(check, "Schools", CHECK_OK, -1, "", "visible");
	return 0;
}

static void check_clock(struct check *check)
{
	time_t date = check->source->call.answer.date;
	long skew = (long)(time(NULL) - date);

	if (!date)
		tell(check, "Clock", CHECK_SKIPPED, 0, "", "the source does not tell its time");
	else if (labs(skew) > CHECK_SKEW_S)
		tell(check, "Clock", CHECK_WARNING, 0,
			"Set the clock (timedatectl set-ntp true), or tell the source's "
			"operator",
			"this machine is %ld seconds %s the source", labs(skew),
			skew > 0 ? "ahead of" : "behind");
	else
		tell(check, "Clock", CHECK_OK, 0, "", "agrees with the source's (%+ld s)",
			skew);
}

int rest_check(struct source *base, check_fn *step, void *arg, struct err *err)
{
	struct rest *source = (struct rest *)base;
	struct check check = {.source = source, .step = step, .arg = arg, .since = fetch_now()};
	struct err why = {0};
	int i;

	check_proxy(&check);
	if (check_line(&check, &why) == 0 && check_service(&check, &why) == 0) {
		check_schools(&check, &why);
		for (i = 0; i < COLLECTION_COUNT && why.code != ERR_CANCELLED; i++) {
			const char *name = collection_name((enum collection)i);

			check_collection(&check, name, name,
				collection_is_optional((enum collection)i), &why);
		}
		check_clock(&check);
	}
	if (why.code == ERR_CANCELLED)
		check.first = why;
	if (check.first.code == ERR_NONE)
		return 0;
	*err = check.first;
	rest_hide(source, err->text);
	return -1;
}
