/* Data masking: what is stored instead, that twice is once, and that a hash tells nothing. */
#include "rules/mask.h"

#include <stdlib.h>

#include "base/text.h"
#include "tap.h"

static struct arena arena;
static struct mask_key *key;
static const uint8_t secret[192] = {7, 1, 9};

static const struct attribute *attribute(const char *name)
{
	return schema_by_name(ENTITY_STUDENT, name);
}

static const char *masked(enum mask mask, const char *name, const char *value)
{
	return mask_value(mask, attribute(name), value, key, &arena);
}

static const struct {
	enum mask mask;
	const char *name, *value, *want;
} table[] = {
	{MASK_FIXED, "lastName", "Müller", "***"},
	{MASK_FIXED, "lastName", "***", "***"},
	{MASK_FIXED, "userIds", "stateId:12\x1fplain\x1flocal:a:b",
		"stateId:***\x1f***\x1flocal:***"},
	{MASK_INITIALS, "firstName", "Ana", "A."},
	{MASK_INITIALS, "firstName", "Ana María", "A. M."},
	{MASK_INITIALS, "firstName", "  de \t la\u00a0Cruz  ", "d. l. C."},
	{MASK_INITIALS, "firstName", "Östen", "Ö."},
	{MASK_INITIALS, "firstName", "O\u0308sten", "O\u0308."},
	{MASK_INITIALS, "firstName", "李 小龙", "李. 小."},
	{MASK_INITIALS, "firstName", "\U0001f600 x", "\U0001f600. x."},
	{MASK_INITIALS, "firstName", "A.", "A."},
	{MASK_INITIALS, "firstName", "A. M.", "A. M."},
	{MASK_INITIALS, "firstName", ".", ".."},
	{MASK_INITIALS, "firstName", "..", ".."},
	{MASK_INITIALS, "firstName", "\u00a0", "***"},
	{MASK_INITIALS, "firstName", "Smith-Jones", "S."},
	{MASK_INITIALS, "email", "ana@example.org", "a."},
	{MASK_INITIALS, "userIds", "stateId:12\x1fx", "stateId:1.\x1fx."},
	{MASK_YEAR, "birthDate", "2012-02-29", "2012-01-01"},
	{MASK_YEAR, "birthDate", "2012-01-01", "2012-01-01"},
	{MASK_YEAR, "birthDate", "1999-12-31", "1999-01-01"},
	{MASK_YEAR, "birthDate", "1901-06-01", "1901-01-01"},
	{MASK_YEAR, "birthDate", "soon", "***"},
	{MASK_HASH, "lastName", "***", "***"},
	{MASK_NONE, "lastName", "Müller", "Müller"},
};

static void test_table(void)
{
	size_t i;

	for (i = 0; i < sizeof(table) / sizeof(*table); i++)
		is_str(masked(table[i].mask, table[i].name, table[i].value), table[i].want,
			"%s of \"%s\"", mask_name(table[i].mask), table[i].value);
}

static void test_hash(void)
{
	static const char *const one[][2] = {{"email", "ana@example.org"},
		{"email", "ANA@Example.org"}, {"email", " ana@example.org "}};
	const char *hash = masked(MASK_HASH, "username", "ana"), *mail, *again;
	struct mask_key *other = mask_key_new(secret + 1, sizeof(secret) - 1);
	struct mask_key *same = mask_key_new(secret, sizeof(secret));
	size_t i;

	is_int((long)strlen(hash), 17, "17 letters and digits");
	ok(strspn(hash, "abcdefghijklmnopqrstuvwxyz23456789") == 17, "nothing else: %s", hash);
	is_str(masked(MASK_HASH, "username", "ana"), hash, "the same every time");
	is_str(mask_value(MASK_HASH, attribute("username"), "ana", same, &arena), hash,
		"and for who has the same secret");
	ok(strcmp(mask_value(MASK_HASH, attribute("username"), "ana", other, &arena), hash),
		"not for who has another");
	is_str(masked(MASK_HASH, "username", "ANA"), hash,
		"as they are compared: without case");
	ok(strcmp(masked(MASK_HASH, "stateId", "Ana"), masked(MASK_HASH, "stateId", "ana")),
		"ids are told apart by case");
	mail = masked(MASK_HASH, one[0][0], one[0][1]);
	ok(strstr(mail, "@masked.invalid"), "an address stays one, and reaches nobody: %s",
		mail);
	for (i = 1; i < sizeof(one) / sizeof(*one); i++)
		is_str(masked(MASK_HASH, one[i][0], one[i][1]), mail, "\"%s\" is the same one",
			one[i][1]);
	is_str(masked(MASK_HASH, "lastName", "MÜLLER"), masked(MASK_HASH, "lastName", "Muller"),
		"names without case and accents");
	again = masked(MASK_HASH, "userIds",
		"stateId:987\x1f"
		"987");
	is_str(again,
		arena_printf(&arena, "stateId:%s\x1f%s", masked(MASK_HASH, "stateId", "987"),
			masked(MASK_HASH, "stateId", "987")),
		"an id of a list is hashed as it would be alone");
	ok(strcmp(masked(MASK_HASH, "lastName", "\u0301"), "") != 0, "a lone mark is hashed");
	mask_key_free(other);
	mask_key_free(same);
}

/* Values of all sorts, the same in every run. */
static const char *some_value(unsigned *seed)
{
	static const char *const parts[] = {"a", "Z", " ", ".", "@", "x", "é", "\u0301",
		"\u00a0", "李", "\U0001f469\u200d\U0001f467", "\xff", "-", "1", "***", ":",
		"x234", "\u0600"};
	char *value = arena_alloc(&arena, 200);
	int count = 1 + rand_r(seed) % 12;

	*value = '\0';
	while (count--)
		strcat(value, parts[(size_t)rand_r(seed) % (sizeof(parts) / sizeof(*parts))]);
	return value;
}

static void test_twice(void)
{
	static const char *const names[] = {"lastName", "email", "username", "userIds"};
	int differ[MASK_KINDS] = {0}, empty = 0, round;
	unsigned seed = 1;
	enum mask mask;

	for (round = 0; round < 20000; round++) {
		const char *name = names[round % 4], *value = some_value(&seed), *once;

		for (mask = MASK_FIXED; mask <= MASK_HASH; mask++) {
			once = masked(mask, name, value);
			empty += !*once;
			differ[mask] += strcmp(masked(mask, name, once), once) != 0;
		}
		arena_reset(&arena);
	}
	for (mask = MASK_FIXED; mask <= MASK_HASH; mask++)
		is_int(differ[mask], 0, "%s twice is once", mask_name(mask));
	is_int(empty, 0, "never nothing: a value that is there stays there");
}

static void test_vague(void)
{
	static const char *const vague[] = {
		"***", "A.", "A. M.", "\xc3\x96.", "O\u0308. x.", ".."};
	static const char *const telling[] = {"", ".", "A", "A.M.", "Ana M.", "A. Mo.",
		"Dr. Who", "A. ", "x234", "a@b.", "\xff", "\xff.", "A\xff.", ". ."};
	unsigned seed = 7;
	size_t i;
	int wrong = 0, round;

	for (i = 0; i < sizeof(vague) / sizeof(*vague); i++)
		ok(mask_is_vague(vague[i]), "\"%s\" may stand for many", vague[i]);
	for (i = 0; i < sizeof(telling) / sizeof(*telling); i++)
		ok(!mask_is_vague(telling[i]), "\"%s\" does not", telling[i]);
	for (round = 0; round < 20000; round++) {
		const char *value = some_value(&seed);

		wrong += !mask_is_vague(masked(MASK_INITIALS, "lastName", value));
		wrong += mask_is_vague(masked(MASK_HASH, "lastName", value)) &&
			 strcmp(value, "***") != 0;
		arena_reset(&arena);
	}
	is_int(wrong, 0, "all initials are, no hash is");
}

static void test_distinct(void)
{
	enum { MANY = 20000 };
	const char **seen = calloc(MANY, sizeof(*seen));
	int i, same = 0;

	for (i = 0; i < MANY; i++)
		seen[i] = masked(MASK_HASH, "username", arena_printf(&arena, "s%d", i));
	qsort(seen, MANY, sizeof(*seen), (int (*)(const void *, const void *))strcmp);
	for (i = 1; i < MANY; i++)
		same += !strcmp(seen[i - 1], seen[i]);
	is_int(same, 0, "different ids have different hashes");
	free(seen);
}

int main(void)
{
	arena_init(&arena);
	key = mask_key_new(secret, sizeof(secret));
	test_table();
	test_hash();
	test_twice();
	test_vague();
	test_distinct();
	mask_key_free(key);
	arena_clear(&arena);
	return done_testing();
}
