/* Replies: headers, texts, and the error payloads that sources have been seen to send. */
#include "request.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

void reply_header(struct reply *r, const char *name, const char *format, ...)
{
	if (r->header_count == REPLY_HEADERS)
		return;
	va_list args;
	va_start(args, format);
	char *value = NULL;
	if (vasprintf(&value, format, args) < 0)
		abort();
	va_end(args);
	r->headers[r->header_count].name = name;
	r->headers[r->header_count++].value = value;
}

void reply_slice(struct reply *r, const char *data, size_t len)
{
	r->slices[r->slice_count].data = data;
	r->slices[r->slice_count++].len = len;
}

static void headers_set(struct request *rq, struct reply *r, struct MHD_Response *response)
{
	char date[64];
	time_t now = time(NULL) + fault_number(&rq->faults, F_SKEW);
	struct tm tm;
	strftime(date, sizeof(date), "%a, %d %b %Y %H:%M:%S GMT", gmtime_r(&now, &tm));
	reply_header(r, "Date", "%s", date);
	if (!r->type || *r->type)
		reply_header(r, "Content-Type", "%s", r->type ? r->type : "application/json");
	for (int i = 0; i < r->header_count; i++) {
		char name[64];
		snprintf(name, sizeof(name), "%s", r->headers[i].name);
		for (char *c = name; rq->faults.on[F_LOWER_HEADERS] && *c; c++)
			*c = (char)tolower((unsigned char)*c);
		MHD_add_response_header(response, name, r->headers[i].value);
		free(r->headers[i].value);
	}
}

enum MHD_Result reply_send(struct request *rq, struct reply *r)
{
	size_t sent = 0;
	struct MHD_Response *response = body_response(rq, r, &sent);
	if (!response)
		return MHD_NO;
	headers_set(rq, r, response);
	if (rq->counted) {
		pthread_mutex_lock(&rq->sim->lock);
		stats_log(&rq->sim->stats, rq->path, rq->query_text, r->status, sent);
		pthread_mutex_unlock(&rq->sim->lock);
	}
	enum MHD_Result result = MHD_queue_response(rq->connection, r->status, response);
	MHD_destroy_response(response);
	return result;
}

static enum MHD_Result own_send(struct request *rq, struct reply *r, unsigned status)
{
	r->status = status;
	r->raw = true;
	r->slice_count = 0;
	reply_slice(r, r->own[0].data, r->own[0].len);
	return reply_send(rq, r);
}

enum MHD_Result reply_text(
	struct request *rq, unsigned status, const char *type, const char *format, ...)
{
	struct reply r = {.type = type};
	char *text = NULL;
	va_list args;
	va_start(args, format);
	if (vasprintf(&text, format, args) < 0)
		abort();
	va_end(args);
	buf_str(&r.own[0], text);
	free(text);
	return own_send(rq, &r, status);
}

enum MHD_Result reply_html(struct request *rq, struct reply *r, const char *title)
{
	r->type = "text/html; charset=utf-8";
	buf_printf(&r->own[0],
		"<!DOCTYPE html>\n<html><head><title>%s</title></head>\n"
		"<body><h1>%s</h1><p>Lumen gateway</p></body></html>\n",
		title, title);
	return own_send(rq, r, r->status);
}

static void imsx_put(struct buf *b, const char *minor, const char *text, bool success)
{
	buf_printf(b,
		"\"imsx_codeMajor\":\"%s\",\"imsx_severity\":\"%s\",\"imsx_description\":\"%"
		"s\","
		"\"imsx_codeMinor\":{\"imsx_codeMinorField\":[{\"imsx_codeMinorFieldName\":"
		"\"TargetEndSystem\",\"imsx_codeMinorFieldValue\":\"%s\"}]}",
		success ? "success" : "failure", success ? "status" : "error", text, minor);
}

static void imsx_all_put(
	struct buf *b, const struct fault_hits *f, const char *minor, const char *text)
{
	if (f->on[F_ERROR_NESTED]) {
		buf_str(b, "{\"imsx_StatusInfo\":{");
		imsx_put(b, minor, text, false);
		buf_str(b, "}}");
	} else if (f->on[F_ERROR_SET] || f->on[F_ERROR_SET_200]) {
		buf_str(b, "{\"statusInfoSet\":[{");
		imsx_put(b, minor, text, false);
		buf_str(b, "}]}");
	} else if (f->on[F_ERROR_STRING]) {
		buf_printf(b,
			"{\"imsx_codeMajor\":\"failure\",\"imsx_severity\":\"error\","
			"\"imsx_description\":\"%s\",\"imsx_codeMinor\":\"%s\"}",
			text, minor);
	} else {
		buf_char(b, '{');
		imsx_put(b, minor, text, false);
		buf_char(b, '}');
	}
}

enum MHD_Result reply_error(struct request *rq, struct reply *r, unsigned status,
	const char *minor, const char *description)
{
	const struct fault_hits *f = &rq->faults;
	struct buf *b = &r->own[0];
	r->status = status;
	if (f->on[F_ERROR_HTML])
		return reply_html(rq, r, description);
	if (f->on[F_ERROR_TEXT]) {
		r->type = "text/plain";
		buf_printf(b, "%s\n", description);
	} else if (f->on[F_ERROR_PROBLEM]) {
		r->type = "application/problem+json";
		buf_printf(b,
			"{\"type\":\"about:blank\",\"title\":\"%s\",\"status\":%u,\"detail\":"
			"\"%s\"}",
			minor, status, description);
	} else if (f->on[F_ERROR_OAUTH]) {
		buf_printf(b, "{\"error\":\"%s\",\"error_description\":\"%s\"}", minor,
			description);
	} else if (f->on[F_ERROR_CODEMAJOR]) {
		buf_printf(b,
			"{\"CodeMajor\":\"failure\",\"Severity\":\"error\",\"CodeMinor\":\"%"
			"s\","
			"\"Description\":\"%s\"}",
			minor, description);
	} else {
		imsx_all_put(b, f, minor, description);
	}
	return own_send(rq, r, status);
}
