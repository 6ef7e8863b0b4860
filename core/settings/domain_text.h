/*
 * A domain of uniqueness as text: the attributes that together tell one record of an entity
 * type from another, "username" or "firstName, lastName, birthDate"; "none" for no domain.
 */
#ifndef SETTINGS_DOMAIN_TEXT_H
#define SETTINGS_DOMAIN_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"
#include "roster/schema.h"

enum { DOMAIN_ATTRS = 6 };

struct domain_text {
	enum attr attr[DOMAIN_ATTRS];
	size_t count; /* 0: none */
};

/* Reads a text; ERR_SETTINGS naming the word that is wrong, with an example. */
int domain_parse(
	enum entity entity, const char *text, struct domain_text *out, struct err *err);

/* Writes it as domain_parse would take it. */
void domain_write(enum entity entity, const struct domain_text *text, struct buf *out);

/* Whether an attribute can be part of a domain: one value that names somebody or something. */
bool domain_takes(const struct attribute *attribute);

#endif
