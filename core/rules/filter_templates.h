/*
 * Ready-made filter rules, to begin with.
 */
#ifndef RULES_FILTER_TEMPLATES_H
#define RULES_FILTER_TEMPLATES_H

#include <stddef.h>

#include "roster/schema.h"

struct filter_template {
	const char *name; /* "active-students" */
	enum entity entity;
	const char *title; /* "Active students" */
	const char *text;  /* conditions, one a line */
};
const struct filter_template *filter_templates(size_t *count);

/* NULL when there is none of that name. */
const struct filter_template *filter_template_by_name(const char *name);

#endif
