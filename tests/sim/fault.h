/*
 * The ways in which real sources misbehave, by name, switched on one by one. A fault is written
 * NAME[xTIMES][=VALUE][:COLLECTION][@K]: from the K-th matching request, so many times ("*" is
 * for ever). Knows only when a fault strikes; what it does is up to whoever asks.
 */
#ifndef SIM_FAULT_H
#define SIM_FAULT_H

#include <stdbool.h>
#include <stddef.h>

enum fault_layer {
	FAULT_PAGE,   /* counted per page request */
	FAULT_TOKEN,  /* counted per token request */
	FAULT_RECORD, /* how records look: always on, for every row it suits */
};

enum fault {
	/* paging */
	F_NO_TOTAL,
	F_NO_LINK,
	F_LIMIT_CLAMP,
	F_LIMIT_400,
	F_NEXT_PAST_END,
	F_LINK_RELATIVE,
	F_LINK_BARE,
	F_LINK_OTHERHOST,
	F_LINK_OFFBYONE,
	F_LINK_NOFILTER,
	F_LINK_LOOP,
	F_TOTAL_WRONG,
	F_SHIFT,
	F_REV_CHANGE,
	F_SAME_PAGE,
	F_ENVELOPE,
	F_HUGE_PAGE,
	F_EMPTY_TYPE,
	F_NO_PERMISSION,
	F_DELTA_PARTIAL,
	/* instead of a page */
	F_EMPTY_200,
	F_NO_KEY,
	F_HTML,
	F_SSO_LOGIN,
	F_TRAILING_SLASH,
	F_429,
	F_429_DATE,
	F_500,
	F_502,
	F_503,
	F_504,
	F_TOKEN_EXPIRE,
	F_TOKEN_401,
	F_MISSING,
	F_FORBIDDEN,
	F_USERS_404,
	F_COOKIE,
	F_STRICT_400,
	F_CONCURRENCY,
	F_ERROR_SET_200,
	F_REDIRECT,
	/* how the page travels */
	F_GZIP_UNASKED,
	F_CHUNKED,
	F_LOWER_HEADERS,
	F_BOM,
	F_SLOW,
	F_STALL,
	F_TRUNCATE,
	F_CUT,
	F_BIG_BODY,
	F_JUNK_AFTER,
	F_STATUS_INFO_200,
	F_SKEW,
	/* error payloads */
	F_ERROR_FLAT,
	F_ERROR_NESTED,
	F_ERROR_SET,
	F_ERROR_STRING,
	F_ERROR_CODEMAJOR,
	F_ERROR_OAUTH,
	F_ERROR_PROBLEM,
	F_ERROR_HTML,
	F_ERROR_TEXT,
	/* the token endpoint */
	F_TOKEN_REDIRECT,
	F_SCOPE_REQUIRED,
	F_SCOPE_UNKNOWN,
	F_TOKEN_200_FAIL,
	F_TOKEN_STRING,
	F_TOKEN_TYPE,
	F_TOKEN_500,
	F_TOKEN_HTML,
	F_EXPIRES_STRING,
	F_NO_EXPIRES,
	F_BASIC_REFUSED,
	F_BODY_REFUSED,
	/* records */
	F_NULLS,
	F_BOOLS,
	F_NUMERIC_IDS,
	F_BIG_IDS,
	F_GRADES_STRING,
	F_GRADES_UNKNOWN,
	F_DATES_US,
	F_DATES_TIME,
	F_DATES_REVERSED,
	F_SCHOOLYEAR_RANGE,
	F_MULTI_ROLES,
	F_V12_RECORDS,
	F_V11_RECORDS,
	F_STATUS_VARIANTS,
	F_ROLE_UNKNOWN,
	F_STATUS_UNKNOWN,
	F_DANGLING,
	F_CONTROL_CHARS,
	F_ESCAPES,
	F_ODD_IDS,
	F_PASSWORD,
	F_LOSE,
	F_DUPLICATES,
	F_MISSING_IDS,
	F_WRONG_TYPES,
	F_NUL_ESCAPE,
	F_BAD_UTF8,
	F_DEEP_NESTING,
	F_JUNK_RECORD,
	F_TOMBSTONES,
	F_REKEY,
	F_REKEY_SCHOOLS,
	F_NO_STUDENTS,
	FAULT_COUNT
};

struct fault_kind {
	const char *name;
	enum fault_layer layer;
	const char *value; /* where none is given */
	int at;
	int times;
	const char *text;
};
extern const struct fault_kind fault_kinds[FAULT_COUNT]; /* fault_table.c */

/* What strikes one request; values are borrowed and live as long as the faults. */
struct fault_hits {
	bool on[FAULT_COUNT];
	const char *value[FAULT_COUNT]; /* never NULL where on */
};

struct fault_rule {
	enum fault id;
	const char *value;   /* borrowed from the pool */
	char collection[24]; /* "" for all */
	long at;
	long times; /* 0 for ever */
	long seen;
};

struct faults {
	struct fault_rule *rules; /* owned */
	size_t count;
	struct fault_text *pool; /* owned: values outlive their rule */
};

/* 0, or -1 where the text names no fault. */
int faults_add(struct faults *f, const char *text);
void faults_remove_all(struct faults *f);
void faults_clear(struct faults *f);
/* Counts one request of the layer; collection may be NULL. */
void faults_strike(struct faults *f, enum fault_layer layer, const char *collection,
	struct fault_hits *hits);
/* Those of the pages that are always on, without counting: for requests that are refused. */
void faults_standing(const struct faults *f, const char *collection, struct fault_hits *hits);
/* How often it has struck so far; -1 where there is no such rule. */
long faults_struck(const struct faults *f, enum fault id, const char *collection);
/* Whether such a rule is there at all. */
bool faults_known(const struct faults *f, enum fault id);
long fault_number(const struct fault_hits *hits, enum fault id);
void faults_list(void);

#endif
