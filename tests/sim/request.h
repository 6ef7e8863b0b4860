/* One HTTP request and the reply to it, between libmicrohttpd and those who answer. */
#ifndef SIM_REQUEST_H
#define SIM_REQUEST_H

#include "query.h"
#include "sim.h"

#include <microhttpd.h>

enum { REPLY_HEADERS = 16, REPLY_SLICES = 6 };

struct request {
	struct sim *sim; /* borrowed */
	struct MHD_Connection *connection;
	char *target;           /* owned: path and query as sent */
	char *path;             /* owned: as sent, without the query */
	const char *query_text; /* within target */
	char method[12];
	struct query query;
	struct buf body;
	struct settings settings; /* as they were when the request came */
	struct fault_hits faults; /* that strike this request */
	bool begun, counted, page;
};

struct reply {
	unsigned status;
	const char *type; /* media type; NULL for JSON */
	struct {
		const char *name;
		char *value; /* owned */
	} headers[REPLY_HEADERS];
	int header_count;
	struct {
		const char *data;
		size_t len;
	} slices[REPLY_SLICES]; /* borrowed from `hold` or `own` */
	int slice_count;
	struct snapshot *hold; /* owned reference, or NULL */
	struct buf own[2];     /* prefix and suffix, or the whole body */
	const char *cache;     /* name of the page for the cache of compressed ones, or NULL */
	bool raw;              /* the faults of travel leave it alone */
};

void reply_header(struct reply *r, const char *name, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
void reply_slice(struct reply *r, const char *data, size_t len);
/* Takes over everything in the reply. */
enum MHD_Result reply_send(struct request *rq, struct reply *r);
/* The body as one text, and so on: replies in one call. */
enum MHD_Result reply_text(struct request *rq, unsigned status, const char *type,
	const char *format, ...) __attribute__((format(printf, 4, 5)));
enum MHD_Result reply_html(struct request *rq, struct reply *r, const char *title);
/* A OneRoster error in the shape asked for by the error-... faults; r may carry headers. */
enum MHD_Result reply_error(struct request *rq, struct reply *r, unsigned status,
	const char *minor, const char *description);

/* body.c: the response with the faults of travel. Adds headers to the reply. */
struct MHD_Response *body_response(struct request *rq, struct reply *r, size_t *sent);

enum MHD_Result token_serve(struct request *rq);
enum MHD_Result page_serve(struct request *rq, const char *collection, bool slash);
enum MHD_Result single_serve(struct request *rq, const char *collection, const char *id);
enum MHD_Result control_serve(struct request *rq);

#endif
