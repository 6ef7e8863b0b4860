/* Pages: which rows, which total and links, and the faults that concern them. */
#ifndef SIM_PAGE_H
#define SIM_PAGE_H

#include "request.h"

struct page {
	const char *collection;
	const char *key;
	const char *filter;
	long limit, offset; /* as asked for */
	long total;         /* rows there are */
	long from, count;   /* rows on this page */
};

/* page_fault.c: what is answered instead of a page; true where it was. */
bool page_spoilt(struct request *rq, struct page *p, enum MHD_Result *result);
/* page_head.c: X-Total-Count, Link and the like. */
void page_headers(struct request *rq, struct page *p, struct reply *r);

#endif
