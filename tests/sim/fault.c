/* The table of faults and when they strike: see fault.h. */
#include "fault.h"
#include "buf.h"

#include <stdio.h>
#include <stdlib.h>

struct fault_text {
	struct fault_text *next;
	char text[];
};

enum { FOR_EVER, ONCE };

/* Name, layer, default value, default K, how often by default, meaning. */
static const struct {
	const char *name;
	enum fault_layer layer;
	const char *value;
	int at;
	int times;
	const char *text;
} table[FAULT_COUNT] = {
	[F_NO_TOTAL] = {"no-total", FAULT_PAGE, "", 1, FOR_EVER, "no X-Total-Count"},
	[F_NO_LINK] = {"no-link", FAULT_PAGE, "", 1, FOR_EVER, "no Link"},
	[F_LIMIT_CLAMP] = {"limit-clamp", FAULT_PAGE, "50", 1, FOR_EVER,
		"N: pages never exceed N rows"},
	[F_LIMIT_400] = {"limit-400", FAULT_PAGE, "", 1, FOR_EVER,
		"[N]: limit over N (else the cap) is a 400"},
	[F_NEXT_PAST_END] = {"next-past-end", FAULT_PAGE, "", 1, FOR_EVER,
		"next link on and past the last page"},
	[F_LINK_RELATIVE] = {"link-relative", FAULT_PAGE, "", 1, FOR_EVER,
		"links without scheme and host"},
	[F_LINK_BARE] = {"link-bare", FAULT_PAGE, "", 1, FOR_EVER,
		"links without angle brackets"},
	[F_LINK_OTHERHOST] = {"link-otherhost", FAULT_PAGE, "http://elsewhere.invalid", 1,
		FOR_EVER, "ORIGIN: links lead to another host"},
	[F_LINK_OFFBYONE] = {"link-offbyone", FAULT_PAGE, "", 1, FOR_EVER,
		"next link starts one row late"},
	[F_LINK_NOFILTER] = {"link-nofilter", FAULT_PAGE, "", 1, FOR_EVER,
		"links without filter, sort and fields"},
	[F_TOTAL_WRONG] = {"total-wrong", FAULT_PAGE, "perpage", 1, FOR_EVER,
		"N|perpage|zero|negative|changing|unfiltered"},
	[F_SHIFT] = {"shift", FAULT_PAGE, "1", 2, FOR_EVER,
		"N: a row is deleted (negative: added) before each page"},
	[F_REV_CHANGE] = {"rev-change", FAULT_PAGE, "", 2, ONCE,
		"x-perm-rev header, another value from then on"},
	[F_SAME_PAGE] = {"same-page", FAULT_PAGE, "", 1, FOR_EVER, "offset is ignored"},
	[F_ENVELOPE] = {"envelope", FAULT_PAGE, "extra", 1, FOR_EVER,
		"KEY|bare|extra: another key, no object, extra members"},
	[F_HUGE_PAGE] = {"huge-page", FAULT_PAGE, "", 1, FOR_EVER, "everything on one page"},
	[F_EMPTY_TYPE] = {"empty-type", FAULT_PAGE, "users", 1, FOR_EVER,
		"COLLECTION: has no rows"},
	[F_NO_PERMISSION] = {"no-permission", FAULT_PAGE, "", 1, FOR_EVER,
		"200 with an empty list everywhere"},
	[F_DELTA_PARTIAL] = {"delta-partial", FAULT_PAGE, "", 1, FOR_EVER,
		"a dateLastModified filter shows every other row only"},
	[F_EMPTY_200] = {"empty-200", FAULT_PAGE, "", 1, FOR_EVER, "200 with no body"},
	[F_NO_KEY] = {"no-key", FAULT_PAGE, "", 1, FOR_EVER, "200 with {}"},
	[F_HTML] = {"html", FAULT_PAGE, "", 1, FOR_EVER, "200 with an HTML page"},
	[F_SSO_LOGIN] = {"sso-login", FAULT_PAGE, "", 1, FOR_EVER,
		"[redirect]: a login page (behind a 302)"},
	[F_TRAILING_SLASH] = {"trailing-slash", FAULT_PAGE, "", 1, FOR_EVER,
		"404 without a slash at the end of the path"},
	[F_429] = {"429", FAULT_PAGE, "1", 1, ONCE, "SECONDS: with Retry-After and HTML"},
	[F_429_DATE] = {"429-date", FAULT_PAGE, "2", 1, ONCE, "SECONDS: Retry-After as a date"},
	[F_500] = {"500", FAULT_PAGE, "", 1, ONCE, "500 with HTML"},
	[F_502] = {"502", FAULT_PAGE, "", 1, ONCE, "502 with HTML"},
	[F_503] = {"503", FAULT_PAGE, "", 1, ONCE,
		"[SECONDS]: 503 with HTML (and Retry-After)"},
	[F_504] = {"504", FAULT_PAGE, "", 1, ONCE, "504 with HTML"},
	[F_TOKEN_EXPIRE] = {"token-expire", FAULT_PAGE, "", 2, ONCE, "all tokens end"},
	[F_TOKEN_401] = {"token-401", FAULT_PAGE, "", 1, FOR_EVER,
		"401 whatever the credentials"},
	[F_MISSING] = {"missing", FAULT_PAGE, "demographics", 1, FOR_EVER, "COLLECTION: 404"},
	[F_FORBIDDEN] = {"forbidden", FAULT_PAGE, "demographics", 1, FOR_EVER,
		"COLLECTION: 403"},
	[F_USERS_404] = {"users-404", FAULT_PAGE, "", 1, FOR_EVER,
		"only /students and /teachers"},
	[F_COOKIE] = {"cookie", FAULT_PAGE, "", 1, FOR_EVER, "401 without the session cookie"},
	[F_STRICT_400] = {"strict-400", FAULT_PAGE, "sort,orderBy,fields,filter", 1, FOR_EVER,
		"[NAMES]: these parameters are a 400"},
	[F_CONCURRENCY] = {"concurrency", FAULT_PAGE, "1", 1, FOR_EVER,
		"N: 429 when more requests run"},
	[F_ERROR_SET_200] = {"error-set-200", FAULT_PAGE, "", 1, FOR_EVER,
		"a failure as statusInfoSet under 200"},
	[F_REDIRECT] = {"redirect", FAULT_PAGE, "http://elsewhere.invalid/", 1, FOR_EVER,
		"URL: 302 to there"},
	[F_GZIP_UNASKED] = {"gzip-unasked", FAULT_PAGE, "", 1, FOR_EVER,
		"gzip though nobody asked"},
	[F_CHUNKED] = {"chunked", FAULT_PAGE, "", 1, FOR_EVER, "chunked transfer, no length"},
	[F_LOWER_HEADERS] = {"lower-headers", FAULT_PAGE, "", 1, FOR_EVER,
		"header names in lower case"},
	[F_BOM] = {"bom", FAULT_PAGE, "", 1, FOR_EVER, "a byte order mark before the JSON"},
	[F_SLOW] = {"slow", FAULT_PAGE, "20", 1, FOR_EVER,
		"MS: the body in 16 parts, so long apart"},
	[F_STALL] = {"stall", FAULT_PAGE, "", 1, ONCE, "sends half, then hangs"},
	[F_TRUNCATE] = {"truncate", FAULT_PAGE, "", 1, ONCE,
		"cuts the JSON, the length agrees"},
	[F_CUT] = {"cut", FAULT_PAGE, "", 1, ONCE, "closes the connection in mid-body"},
	[F_BIG_BODY] = {"big-body", FAULT_PAGE, "64", 1, FOR_EVER,
		"MB: the page is padded by so many"},
	[F_JUNK_AFTER] = {"junk-after", FAULT_PAGE, "", 1, FOR_EVER, "text behind the JSON"},
	[F_STATUS_INFO_200] = {"status-info-200", FAULT_PAGE, "", 1, FOR_EVER,
		"statusInfoSet beside the rows"},
	[F_SKEW] = {"skew", FAULT_PAGE, "900", 1, FOR_EVER,
		"SECONDS: the server's clock is off"},
	[F_ERROR_FLAT] = {"error-flat", FAULT_PAGE, "", 1, FOR_EVER,
		"error payload: imsx_ members (the default)"},
	[F_ERROR_NESTED] = {"error-nested", FAULT_PAGE, "", 1, FOR_EVER,
		"error payload: in imsx_StatusInfo"},
	[F_ERROR_SET] = {"error-set", FAULT_PAGE, "", 1, FOR_EVER,
		"error payload: statusInfoSet"},
	[F_ERROR_STRING] = {"error-string", FAULT_PAGE, "", 1, FOR_EVER,
		"error payload: imsx_codeMinor as a string"},
	[F_ERROR_CODEMAJOR] = {"error-codemajor", FAULT_PAGE, "", 1, FOR_EVER,
		"error payload: CodeMajor"},
	[F_ERROR_OAUTH] = {"error-oauth", FAULT_PAGE, "", 1, FOR_EVER,
		"error payload: error, error_description"},
	[F_ERROR_PROBLEM] = {"error-problem", FAULT_PAGE, "", 1, FOR_EVER,
		"error payload: problem+json"},
	[F_ERROR_HTML] = {"error-html", FAULT_PAGE, "", 1, FOR_EVER, "error payload: HTML"},
	[F_ERROR_TEXT] = {"error-text", FAULT_PAGE, "", 1, FOR_EVER,
		"error payload: plain text"},
	[F_TOKEN_REDIRECT] = {"token-redirect", FAULT_TOKEN, "http://elsewhere.invalid/token",
		1, FOR_EVER, "URL: 307 to there"},
	[F_SCOPE_REQUIRED] = {"scope-required", FAULT_TOKEN, "", 1, FOR_EVER,
		"400 without a scope"},
	[F_SCOPE_UNKNOWN] = {"scope-unknown", FAULT_TOKEN, "", 1, FOR_EVER,
		"asking for scopes grants nothing: 403 everywhere"},
	[F_TOKEN_200_FAIL] = {"token-200-fail", FAULT_TOKEN, "", 1, FOR_EVER,
		"200 without access_token"},
	[F_TOKEN_STRING] = {"token-string", FAULT_TOKEN, "", 1, FOR_EVER,
		"the body is the token as a JSON string"},
	[F_TOKEN_TYPE] = {"token-type", FAULT_TOKEN, "BEARER", 1, FOR_EVER, "TEXT: token_type"},
	[F_TOKEN_500] = {"token-500", FAULT_TOKEN, "", 1, ONCE, "500 with HTML"},
	[F_TOKEN_HTML] = {"token-html", FAULT_TOKEN, "", 1, FOR_EVER, "200 with HTML"},
	[F_EXPIRES_STRING] = {"expires-string", FAULT_TOKEN, "", 1, FOR_EVER,
		"expires_in as a string"},
	[F_NO_EXPIRES] = {"no-expires", FAULT_TOKEN, "", 1, FOR_EVER,
		"no expires_in, no scope"},
	[F_BASIC_REFUSED] = {"basic-refused", FAULT_TOKEN, "", 1, FOR_EVER,
		"the client must be in the body"},
	[F_BODY_REFUSED] = {"body-refused", FAULT_TOKEN, "", 1, FOR_EVER,
		"the client must be in the header"},
	[F_NULLS] = {"nulls", FAULT_RECORD, "", 1, FOR_EVER,
		"optional attributes null or empty"},
	[F_BOOLS] = {"bools", FAULT_RECORD, "TRUE", 1, FOR_EVER,
		"TRUE|T|1|true: how booleans are written"},
	[F_NUMERIC_IDS] = {"numeric-ids", FAULT_RECORD, "", 1, FOR_EVER,
		"ids of users and classes are numbers"},
	[F_BIG_IDS] = {"big-ids", FAULT_RECORD, "", 1, FOR_EVER, "numbers from 2^53 + 1"},
	[F_GRADES_STRING] = {"grades-string", FAULT_RECORD, "", 1, FOR_EVER,
		"grades as one string"},
	[F_GRADES_UNKNOWN] = {"grades-unknown", FAULT_RECORD, "", 1, FOR_EVER,
		"some grades of no vocabulary"},
	[F_DATES_US] = {"dates-us", FAULT_RECORD, "", 1, FOR_EVER, "dates as M/D/YYYY"},
	[F_DATES_TIME] = {"dates-time", FAULT_RECORD, "", 1, FOR_EVER, "dates with a time"},
	[F_DATES_REVERSED] = {"dates-reversed", FAULT_RECORD, "", 1, FOR_EVER,
		"some end before they begin"},
	[F_SCHOOLYEAR_RANGE] = {"schoolyear-range", FAULT_RECORD, "", 1, FOR_EVER,
		"schoolYear \"2026-2027\""},
	[F_MULTI_ROLES] = {"multi-roles", FAULT_RECORD, "", 1, FOR_EVER,
		"many people with two roles or schools"},
	[F_V12_RECORDS] = {"v12-records", FAULT_RECORD, "", 1, FOR_EVER,
		"1.2 records whatever the path"},
	[F_V11_RECORDS] = {"v11-records", FAULT_RECORD, "", 1, FOR_EVER,
		"1.1 records whatever the path"},
	[F_STATUS_VARIANTS] = {"status-variants", FAULT_RECORD, "", 1, FOR_EVER,
		"some ToBeDeleted, to-be-deleted, inactive, Active"},
	[F_ROLE_UNKNOWN] = {"role-unknown", FAULT_RECORD, "", 1, FOR_EVER,
		"some roles of no vocabulary"},
	[F_STATUS_UNKNOWN] = {"status-unknown", FAULT_RECORD, "", 1, FOR_EVER,
		"some ext:paused"},
	[F_DANGLING] = {"dangling", FAULT_RECORD, "", 1, FOR_EVER,
		"some references lead nowhere"},
	[F_CONTROL_CHARS] = {"control-chars", FAULT_RECORD, "", 1, FOR_EVER,
		"some names with control characters"},
	[F_ESCAPES] = {"escapes", FAULT_RECORD, "", 1, FOR_EVER,
		"some names with terminal escapes, bidi, zero width"},
	[F_ODD_IDS] = {"odd-ids", FAULT_RECORD, "", 1, FOR_EVER,
		"some ids with spaces, slashes, plus, other case"},
	[F_PASSWORD] = {"password", FAULT_RECORD, "CANARY-PASSWORD", 1, FOR_EVER,
		"TEXT: passwords in users"},
	[F_LOSE] = {"lose", FAULT_RECORD, "40", 1, FOR_EVER, "PERCENT fewer students"},
	[F_DUPLICATES] = {"duplicates", FAULT_RECORD, "", 1, FOR_EVER, "some rows twice"},
	[F_MISSING_IDS] = {"missing-ids", FAULT_RECORD, "", 1, FOR_EVER,
		"some rows without sourcedId"},
	[F_WRONG_TYPES] = {"wrong-types", FAULT_RECORD, "", 1, FOR_EVER,
		"some rows with objects for strings and so on"},
	[F_NUL_ESCAPE] = {"nul-escape", FAULT_RECORD, "", 1, FOR_EVER,
		"some names with \\u0000"},
	[F_BAD_UTF8] = {"bad-utf8", FAULT_RECORD, "", 1, FOR_EVER,
		"some names with invalid UTF-8"},
	[F_DEEP_NESTING] = {"deep-nesting", FAULT_RECORD, "20000", 1, FOR_EVER,
		"DEPTH: one row in each collection nested so deep"},
	[F_JUNK_RECORD] = {"junk-record", FAULT_RECORD, "", 1, FOR_EVER,
		"some rows are no objects"},
	[F_REKEY] = {"rekey", FAULT_RECORD, "10", 1, FOR_EVER,
		"PERCENT of the people have new ids"},
	[F_REKEY_SCHOOLS] = {"rekey-schools", FAULT_RECORD, "", 1, FOR_EVER,
		"all schools have new ids"},
	[F_NO_STUDENTS] = {"no-students", FAULT_RECORD, "", 1, FOR_EVER,
		"no students, nor what hangs on them"},
};

static const char *pool_add(struct faults *f, const char *text)
{
	size_t len = strlen(text) + 1;
	struct fault_text *t = sim_alloc(sizeof(*t) + len);
	t->next = f->pool;
	memcpy(t->text, text, len);
	f->pool = t;
	return t->text;
}

static int fault_find(const char *name)
{
	for (int i = 0; i < FAULT_COUNT; i++) {
		if (!strcmp(table[i].name, name))
			return i;
	}
	return -1;
}

/* Cuts "x3" or "x*" off the end of a name that is no fault's as it stands. */
static int name_times(char *name, long *times)
{
	char *x = strrchr(name, 'x');
	if (!x || x == name)
		return -1;
	if (!strcmp(x + 1, "*")) {
		*times = 0;
	} else {
		char *end;
		*times = strtol(x + 1, &end, 10);
		if (end == x + 1 || *end || *times < 1)
			return -1;
	}
	*x = 0;
	return fault_find(name);
}

int faults_add(struct faults *f, const char *text)
{
	char name[512];
	if (strlen(text) >= sizeof(name))
		return -1;
	strcpy(name, text);
	struct fault_rule rule = {0};
	char *at = strrchr(name, '@');
	if (at && strspn(at + 1, "0123456789") == strlen(at + 1)) {
		*at = 0;
		rule.at = atol(at + 1);
	}
	char *colon = strrchr(name, ':');
	/* A URL as value has colons of its own. */
	if (colon && strspn(colon + 1, "abcdefghijklmnopqrstuvwxyzS") == strlen(colon + 1)) {
		*colon = 0;
		strncpy(rule.collection, colon + 1, sizeof(rule.collection) - 1);
	}
	char *value = strchr(name, '=');
	if (value)
		*value++ = 0;
	rule.times = -1;
	int id = fault_find(name);
	if (id < 0)
		id = name_times(name, &rule.times);
	if (id < 0)
		return -1;
	rule.id = (enum fault)id;
	rule.at = rule.at ? rule.at : table[id].at;
	rule.times = rule.times >= 0 ? rule.times : table[id].times;
	rule.value = pool_add(f, value ? value : table[id].value);
	f->rules = sim_realloc(f->rules, (f->count + 1) * sizeof(*f->rules));
	f->rules[f->count++] = rule;
	return 0;
}

void faults_remove_all(struct faults *f)
{
	f->count = 0;
}

void faults_clear(struct faults *f)
{
	while (f->pool) {
		struct fault_text *next = f->pool->next;
		free(f->pool);
		f->pool = next;
	}
	free(f->rules);
	*f = (struct faults){0};
}

void faults_strike(struct faults *f, enum fault_layer layer, const char *collection,
	struct fault_hits *hits)
{
	for (size_t i = 0; i < f->count; i++) {
		struct fault_rule *r = &f->rules[i];
		if (table[r->id].layer != layer)
			continue;
		if (*r->collection && (!collection || strcmp(r->collection, collection) != 0))
			continue;
		if (layer != FAULT_RECORD) {
			r->seen++;
			if (r->seen < r->at || (r->times && r->seen >= r->at + r->times))
				continue;
		}
		hits->on[r->id] = true;
		hits->value[r->id] = r->value;
	}
}

bool faults_known(const struct faults *f, enum fault id)
{
	for (size_t i = 0; i < f->count; i++) {
		if (f->rules[i].id == id)
			return true;
	}
	return false;
}

void faults_standing(const struct faults *f, const char *collection, struct fault_hits *hits)
{
	for (size_t i = 0; i < f->count; i++) {
		const struct fault_rule *r = &f->rules[i];
		bool here =
			!*r->collection || (collection && !strcmp(r->collection, collection));
		if (!here || table[r->id].layer != FAULT_PAGE || r->times || r->at > 1)
			continue;
		hits->on[r->id] = true;
		hits->value[r->id] = r->value;
	}
}

long fault_number(const struct fault_hits *hits, enum fault id)
{
	return hits->on[id] ? strtol(hits->value[id], NULL, 10) : 0;
}

void faults_list(void)
{
	static const char *const layers[] = {"page", "token", "record"};
	puts("NAME[xTIMES|x*][=VALUE][:COLLECTION][@K]");
	for (int i = 0; i < FAULT_COUNT; i++)
		printf("%-16s %-6s %-6s %s\n", table[i].name, layers[table[i].layer],
			table[i].times ? "once" : "always", table[i].text);
}
