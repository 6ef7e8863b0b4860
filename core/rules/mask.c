#include "rules/mask.h"

#include <openssl/evp.h>
#include <openssl/params.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>
#include <xxhash.h>

#include "base/date.h"
#include "base/mem.h"
#include "base/text.h"
#include "roster/record.h"

/*
 * A hash as text: a letter, 60 bits of the value's HMAC, 20 bits of a checksum over these, by
 * which a hash is known for one and left as it is.
 */
enum { BITS = 5, BODY = 12, CHECK = 4, HASH_LENGTH = 1 + BODY + CHECK };

static const char digits[] = "23456789abcdefghijkmnpqrstuvwxyz";
static const char nowhere[] = "@masked.invalid";

struct mask_key {
	EVP_MAC *mac;
	EVP_MAC_CTX *context; /* keyed */
};

struct mask_key *mask_key_new(const uint8_t *secret, size_t length)
{
	struct mask_key *key = mem_zero(1, sizeof(*key));
	char digest[] = "SHA256";
	const OSSL_PARAM params[] = {
		OSSL_PARAM_construct_utf8_string("digest", digest, 0), OSSL_PARAM_END};

	key->mac = EVP_MAC_fetch(NULL, "HMAC", NULL);
	key->context = key->mac ? EVP_MAC_CTX_new(key->mac) : NULL;
	if (!key->context || !EVP_MAC_init(key->context, secret, length, params))
		abort(); /* only without memory */
	return key;
}

void mask_key_free(struct mask_key *key)
{
	if (!key)
		return;
	EVP_MAC_CTX_free(key->context);
	EVP_MAC_free(key->mac);
	free(key);
}

/* ---- hash ---- */

static void write_digits(uint64_t bits, int count, char *out)
{
	while (count--) {
		out[count] = digits[bits & ((1u << BITS) - 1)];
		bits >>= BITS;
	}
}

static void write_check(char *hash)
{
	write_digits(XXH3_64bits(hash, 1 + BODY), CHECK, hash + 1 + BODY);
}

static bool is_hash(const char *text, size_t length)
{
	char again[HASH_LENGTH];

	if (length != HASH_LENGTH || *text != 'x')
		return false;
	memcpy(again, text, HASH_LENGTH);
	write_check(again);
	return !memcmp(again, text, HASH_LENGTH);
}

static void hash(const char *text, struct mask_key *key, char out[HASH_LENGTH])
{
	/* So that no other use of the secret gives the same. */
	static const unsigned char use[] = "lumenport mask";
	unsigned char mac[EVP_MAX_MD_SIZE];
	size_t length;
	uint64_t bits;

	if (!EVP_MAC_init(key->context, NULL, 0, NULL) ||
		!EVP_MAC_update(key->context, use, sizeof(use)) ||
		!EVP_MAC_update(key->context, (const unsigned char *)text, strlen(text)) ||
		!EVP_MAC_final(key->context, mac, &length, sizeof(mac)))
		abort(); /* only without memory */
	memcpy(&bits, mac, sizeof(bits));
	out[0] = 'x';
	write_digits(bits, BODY, out + 1);
	write_check(out);
}

static const char *mask_hash(const struct attribute *attribute, const char *value,
	struct mask_key *key, struct arena *arena)
{
	size_t length = strlen(value), tail = sizeof(nowhere) - 1;
	bool address = strchr(value, '@') != NULL;
	char *out, *folded = NULL;

	if (is_hash(value, length) ||
		(length == HASH_LENGTH + tail && !strcmp(value + HASH_LENGTH, nowhere) &&
			is_hash(value, HASH_LENGTH)))
		return value;
	if (!attr_is_exact(attribute->attr))
		folded = text_fold(value);
	out = arena_alloc(arena, HASH_LENGTH + tail + 1);
	hash(folded && *folded ? folded : value, key, out);
	strcpy(out + HASH_LENGTH, address ? nowhere : "");
	free(folded);
	return out;
}

/* ---- initials ---- */

static bool is_mark(utf8proc_int32_t c)
{
	utf8proc_category_t category = utf8proc_category(c);

	return category == UTF8PROC_CATEGORY_MN || category == UTF8PROC_CATEGORY_MC ||
	       category == UTF8PROC_CATEGORY_ME;
}

static bool is_blank(utf8proc_int32_t c)
{
	return c <= ' ' || utf8proc_category(c) == UTF8PROC_CATEGORY_ZS;
}

/* Of each word its first character with its marks, and a full stop. */
static const char *mask_initials(const char *value, struct arena *arena)
{
	const utf8proc_uint8_t *at = (const utf8proc_uint8_t *)value;
	char *out = arena_alloc(arena, 2 * strlen(value) + 2), *to = out;
	enum { BETWEEN, INITIAL, REST } where = BETWEEN;
	utf8proc_int32_t c;
	utf8proc_ssize_t n;

	for (; *at; at += n) {
		n = utf8proc_iterate(at, -1, &c);
		n = n > 0 ? n : 1;
		if (c < 0) /* malformed: of no use as an initial */
			continue;
		if (where == INITIAL && !is_mark(c))
			where = REST;
		if (is_blank(c) && where != BETWEEN) {
			to = stpcpy(to, ". ");
			where = BETWEEN;
		} else if (!is_blank(c) && where != REST) {
			to = mempcpy(to, at, (size_t)n);
			where = INITIAL;
		}
	}
	if (where != BETWEEN)
		*to++ = '.';
	else if (to > out)
		to--;
	*to = '\0';
	return to > out ? out : MASK_FIXED_TEXT;
}

/* Whether all words are a character, its marks and a full stop, with blanks between them. */
static bool is_initials(const char *value)
{
	const utf8proc_uint8_t *at = (const utf8proc_uint8_t *)value;
	utf8proc_ssize_t n;
	utf8proc_int32_t c;

	for (; *at; at += *at == ' ') {
		n = utf8proc_iterate(at, -1, &c);
		do
			at += n;
		while (n > 0 && (n = utf8proc_iterate(at, -1, &c)) > 0 && is_mark(c));
		if (n <= 0 || *at != '.' || (at[1] && at[1] != ' '))
			return false;
		at++;
	}
	return true;
}

bool mask_is_vague(const char *value)
{
	size_t length = strlen(value);

	if (!strcmp(value, MASK_FIXED_TEXT))
		return true;
	return length > 1 && value[length - 1] == '.' && is_initials(value);
}

/* ---- all ---- */

static const char *mask_year(const char *value, struct arena *arena)
{
	if (!date_is_iso(value))
		return MASK_FIXED_TEXT;
	return strcmp(value + 4, "-01-01") ? arena_printf(arena, "%.4s-01-01", value) : value;
}

static const char *mask_one(enum mask mask, const struct attribute *attribute,
	const char *value, struct mask_key *key, struct arena *arena)
{
	if (!strcmp(value, MASK_FIXED_TEXT))
		return value;
	switch (mask) {
	case MASK_FIXED: return MASK_FIXED_TEXT;
	case MASK_INITIALS: return mask_initials(value, arena);
	case MASK_HASH: return mask_hash(attribute, value, key, arena);
	case MASK_YEAR: return mask_year(value, arena);
	case MASK_NONE:
	case MASK_KINDS: break;
	}
	return value;
}

static const char *mask_list(enum mask mask, const struct attribute *attribute,
	const char *list, struct mask_key *key, struct arena *arena)
{
	const char *item, *out = NULL;
	size_t length;

	while ((item = list_next(&list, &length))) {
		const char *colon = memchr(item, ':', length), *id;
		int head = colon ? (int)(colon + 1 - item) : 0;

		id = arena_strndup(arena, item + head, length - (size_t)head);
		if (*id)
			id = mask_one(mask, attribute, id, key, arena);
		out = arena_printf(
			arena, "%s%s%.*s%s", out ? out : "", out ? "\x1f" : "", head, item, id);
	}
	return out;
}

const char *mask_value(enum mask mask, const struct attribute *attribute, const char *value,
	struct mask_key *key, struct arena *arena)
{
	return attribute->type == TYPE_LIST ? mask_list(mask, attribute, value, key, arena)
					    : mask_one(mask, attribute, value, key, arena);
}

/* ---- an id among the userIds ---- */

static bool is_id_of(const char *item, size_t length, const char *id)
{
	const char *colon = memchr(item, ':', length);
	size_t head = colon ? (size_t)(colon + 1 - item) : 0, size = strlen(id);

	return (length == size && !memcmp(item, id, size)) ||
	       (head && length - head == size && !memcmp(item + head, id, size));
}

const char *mask_id(const char *list, const char *id, const char *with, struct arena *arena)
{
	const char *rest = list, *item, *out = NULL;
	size_t length;

	if (!list || !strstr(list, id))
		return list;
	while ((item = list_next(&rest, &length))) {
		bool is_it = is_id_of(item, length, id);
		int head = (int)(is_it ? length - strlen(id) : length);

		if (!is_it || with)
			out = arena_printf(arena, "%s%s%.*s%s", out ? out : "",
				out ? "\x1f" : "", head, item, is_it ? with : "");
	}
	return out;
}
