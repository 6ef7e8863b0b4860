#include "rules/uniqueness.h"

#include <stdlib.h>
#include <string.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

#include "base/text.h"
#include "rules/mask.h"

static const struct {
	const char *name;
	enum attr attr;
} defaults[] = {
	{"Username", ATTR_USERNAME},
	{"Email", ATTR_EMAIL},
	{"State id", ATTR_STATE_ID},
};

static void add_defaults(struct domains *domains, enum entity entity)
{
	size_t i;

	for (i = 0; i < sizeof(defaults) / sizeof(*defaults); i++)
		if (entity != ENTITY_CONTACT || defaults[i].attr != ATTR_EMAIL)
			domains->list[domains->count++] =
				(struct domain){defaults[i].name, {{defaults[i].attr}, 1}};
}

int domains_compile(struct domains *domains, enum entity entity, const struct rules *of_hub,
	struct err *err)
{
	const struct rule *rule;
	size_t at = 0, rules = 0;

	memset(domains, 0, sizeof(*domains));
	while ((rule = rules_next(of_hub, RULE_DOMAIN, entity, &at))) {
		struct domain domain = {.name = rule->name};

		rules++;
		if (domain_parse(entity, rule->text, &domain.by, err))
			return -1;
		if (!domain.by.count)
			continue;
		if (domains->count == DOMAINS_MOST)
			return err_set(err, ERR_SETTINGS,
				"A %s has more than %d domains of uniqueness. Remove one.",
				entity_name(entity), DOMAINS_MOST);
		domains->list[domains->count++] = domain;
	}
	if (!rules && entity_is_person(entity))
		add_defaults(domains, entity);
	return 0;
}

/* Most values are ASCII and have no blanks to fold. */
static bool add_plain(struct buf *out, const char *text)
{
	size_t length = strlen(text), i;

	buf_reserve(out, length);
	for (i = 0; i < length; i++) {
		unsigned char c = (unsigned char)text[i];

		if (c >= 0x80 || c < ' ' || (c == ' ' && (!i || text[i + 1] <= ' ')))
			return false;
		out->data[out->used + i] = (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
	}
	out->used += length;
	return true;
}

static void add_folded(struct buf *out, const char *text)
{
	char *folded;

	if (add_plain(out, text))
		return;
	folded = text_fold(text);
	buf_adds(out, folded);
	free(folded);
}

bool domain_value(const struct domain *domain, const struct record *record, struct buf *out)
{
	size_t i;

	buf_reset(out);
	for (i = 0; i < domain->by.count; i++) {
		const char *text = record->value[domain->by.attr[i]];
		size_t before = out->used;

		if (!text || mask_is_vague(text))
			return false;
		if (attr_is_exact(domain->by.attr[i]))
			buf_adds(out, text);
		else
			add_folded(out, text);
		if (out->used == before)
			return false;
		buf_addc(out, '\n');
	}
	return true;
}

uint64_t domain_key(
	const struct domain *domain, const struct record *record, struct buf *scratch)
{
	uint64_t key;

	if (!domain_value(domain, record, scratch))
		return 0;
	key = XXH3_64bits(scratch->data, scratch->used);
	return key ? key : 1;
}
