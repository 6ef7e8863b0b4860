/*
 * Domains of Uniqueness: by which attributes two records are taken for the same one. Pure.
 */
#ifndef RULES_UNIQUENESS_H
#define RULES_UNIQUENESS_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "roster/record.h"
#include "settings/domain_text.h"
#include "settings/rule.h"

enum { DOMAINS_MOST = 8 };

struct domain {
	const char *name; /* borrowed from the rules, or a literal */
	struct domain_text by;
};

/* Those of one entity type, the most telling first. */
struct domains {
	struct domain list[DOMAINS_MOST];
	size_t count;
};

/*
 * The domains that the hub's rules name for an entity type; where they name none, the defaults:
 * of people username, email and stateId, but of contacts not the email, which parents share.
 * `of_hub` is borrowed.
 */
int domains_compile(struct domains *domains, enum entity entity, const struct rules *of_hub,
	struct err *err);

/*
 * Writes what is compared: case, accents and blanks do not count in names and addresses, ids
 * and codes are as they are. False when one of the attributes is empty, or masked so that many
 * have the same: the domain says nothing.
 */
bool domain_value(const struct domain *domain, const struct record *record, struct buf *out);

/* A hash of that, never 0; 0 when the domain says nothing. `scratch` is overwritten. */
uint64_t domain_key(
	const struct domain *domain, const struct record *record, struct buf *scratch);

#endif
