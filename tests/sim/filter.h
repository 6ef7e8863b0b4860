/*
 * The filter parameter of OneRoster, judged on the bytes of a rendered row. Knows enough JSON
 * to find a member at the top level of an object.
 */
#ifndef SIM_FILTER_H
#define SIM_FILTER_H

#include <stdbool.h>
#include <stddef.h>

enum { FILTER_TERMS = 2 };

struct filter {
	struct {
		char field[64];
		char op[3];
		char value[256];
	} terms[FILTER_TERMS];
	int count;
	bool any; /* OR */
};

/* 0, or -1 where the text is no filter. The empty text lets all pass. */
int filter_parse(struct filter *f, const char *text);
bool filter_match(const struct filter *f, const char *row, size_t len);
/* The value of a member, strings without their quotes; false where there is none. */
bool json_member(
	const char *row, size_t len, const char *name, const char **value, size_t *vlen);

#endif
