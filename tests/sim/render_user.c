/* Users, in the shape of 1.1 or of 1.2, as OneRoster JSON. */
#include "names.h"
#include "render.h"
#include "rnd.h"

#include <stdio.h>
#include <stdlib.h>

enum { HASH_GIVEN = 501, HASH_FAMILY, HASH_MIDDLE, HASH_PERSON, HASH_PHONE };

struct keyed {
	uint64_t key;
	uint32_t person;
};

static int keyed_compare(const void *a, const void *b)
{
	const struct keyed *x = a, *y = b;
	return (x->key > y->key) - (x->key < y->key);
}

bool person_shown(const struct render *r, uint32_t person)
{
	const struct person *p = &r->district->people[person];
	return (!p->gone || r->faults->on[F_TOMBSTONES]) && !(p->twin && r->v12_users);
}

uint32_t *people_sorted(const struct render *r, bool students_only, size_t *count)
{
	const struct district *d = r->district;
	struct keyed *all = sim_alloc(d->people_count * sizeof(*all));
	size_t n = 0;
	for (uint32_t i = 0; i < d->people_count; i++) {
		const struct person *p = &d->people[i];
		if (!person_shown(r, i) || (students_only && p->kind != PERSON_STUDENT))
			continue;
		all[n++] = (struct keyed){r->faults->on[F_BIG_IDS] ? i : user_key(r, i), i};
	}
	qsort(all, n, sizeof(*all), keyed_compare);
	uint32_t *sorted = sim_alloc(n * sizeof(*sorted));
	for (size_t i = 0; i < n; i++)
		sorted[i] = all[i].person;
	free(all);
	*count = n;
	return sorted;
}

/* The person whose name it is: a second account bears the first one's. */
static uint32_t namesake(const struct district *d, uint32_t n)
{
	return d->people[n].twin ? d->people[n].kin : n;
}

static const char *given_name(const struct render *r, uint32_t n)
{
	n = namesake(r->district, n);
	uint64_t what = HASH_GIVEN + ((uint64_t)r->district->people[n].name_rev << 32);
	uint64_t hash = rnd(r->district->seed, what, n);
	if (odd(r, F_ESCAPES, n, 8))
		return names_escape(hash);
	if (odd(r, F_CONTROL_CHARS, n, 8))
		return names_control(hash);
	return names_given(hash);
}

static const char *family_name(const struct render *r, uint32_t n)
{
	const struct district *d = r->district;
	n = namesake(d, n);
	const struct person *p = &d->people[n];
	/* A family has one name until somebody changes theirs. */
	uint32_t family = n;
	if (p->kind == PERSON_STUDENT)
		family = p->kin;
	else if (p->kind >= PERSON_PARENT)
		family = d->people[p->kin].kin;
	return names_family(
		rnd(d->seed, HASH_FAMILY + ((uint64_t)(p->name_rev / 2) << 32), family));
}

static void given_put(struct render *r, uint32_t n)
{
	struct buf *b = &r->out->text;
	put_key(r, "givenName");
	if (odd(r, F_WRONG_TYPES, n, 10))
		buf_str(b, "{\"first\":\"Ann\"}");
	else if (odd(r, F_NUL_ESCAPE, n, 10))
		buf_str(b, "\"Ann\\u0000a\"");
	else if (odd(r, F_BAD_UTF8, n, 10))
		buf_str(b, n % 2 ? "\"Bad\xc3\x28\"" : "\"Bad\xed\xa0\x80\xff\"");
	else
		buf_json(b, given_name(r, n), strlen(given_name(r, n)));
}

/* The ASCII letters of a name in lower case. */
static size_t letters(char *out, const char *name)
{
	size_t len = 0;
	for (; *name && len < 24; name++) {
		if ((*name | 32) >= 'a' && (*name | 32) <= 'z')
			out[len++] = (char)(*name | 32);
	}
	out[len] = 0;
	return len;
}

static void mail_put(struct render *r, uint32_t n)
{
	const struct person *p = &r->district->people[n];
	uint32_t who = namesake(r->district, n);
	char given[25], family[25], mail[128];
	letters(given, given_name(r, who));
	letters(family, family_name(r, who));
	const char *host = p->kind == PERSON_STUDENT  ? "students.lumenvalley.example"
			   : p->kind >= PERSON_PARENT ? "mail.example"
						      : "lumenvalley.example";
	char rev[8] = "";
	if (p->mail_rev)
		snprintf(rev, sizeof(rev), ".%u", p->mail_rev);
	snprintf(mail, sizeof(mail), "%s.%s%u%s@%s", *given ? given : "x",
		*family ? family : "x", who, rev, host);
	put_text(r, "email", mail);
}

static void phone_put(struct render *r, uint32_t n, const char *key)
{
	const struct person *p = &r->district->people[n];
	uint64_t hash = rnd(r->district->seed, HASH_PHONE + ((uint64_t)p->phone_rev << 32), n);
	char phone[32];
	snprintf(phone, sizeof(phone), "+1-555-%03u-%04u", (unsigned)(hash % 900 + 100),
		(unsigned)(hash >> 20) % 10000);
	put_text(r, key, phone);
}

static void ids_put(struct render *r, uint32_t n, uint64_t hash)
{
	struct buf *b = &r->out->text;
	const struct person *p = &r->district->people[n];
	char text[24];
	snprintf(text, sizeof(text), "%c%07u", "staaopgr"[p->kind], n + 1000000);
	put_text(r, "username", text);
	if (p->kind == PERSON_STUDENT || p->kind == PERSON_TEACHER) {
		put_key(r, "userIds");
		buf_str(b, "[{\"type\":\"stateId\",\"identifier\":\"");
		buf_number(b, 8000000000u + n * 7u, 10);
		buf_str(b, "\"}");
		if (hash % 16 == 0)
			buf_printf(b, ",{\"type\":\"lunchNumber\",\"identifier\":\"%05u\"}",
				n % 100000);
		buf_char(b, ']');
	}
	snprintf(text, sizeof(text), "%u", n + 100000);
	put_text(r, "identifier", text);
}

static void metadata_put(struct render *r, uint64_t hash)
{
	static const char *const languages[] = {"en", "es", "vi", "zh", "ar", "uk"};
	if (hash % 10 || (r->faults->on[F_DEEP_NESTING] && !r->out->count))
		return;
	put_key(r, "metadata");
	buf_printf(&r->out->text, "{\"homeLanguage\":\"%s\",\"locker\":\"B-%03u\",\"bus\":%u}",
		languages[(hash >> 8) % 6], (unsigned)(hash >> 16) % 1000,
		(unsigned)(hash >> 32) % 40);
}

static const char *role_11(enum person_kind kind)
{
	static const char *const roles[] = {"student", "teacher", "administrator", "aide",
		"proctor", "parent", "guardian", "relative"};
	return roles[kind];
}

static const char *role_12(const struct person *p, enum person_kind kind, uint64_t hash)
{
	static const char *const site[] = {"principal", "siteAdministrator", "counselor"};
	if (kind != PERSON_ADMINISTRATOR)
		return role_11(kind);
	if (p->school != SCHOOL_NONE)
		return site[hash % 3];
	return hash % 2 ? "districtAdministrator" : "systemAdministrator";
}

static void role_item(struct render *r, const char *type, const char *role, unsigned school,
	const char *comma)
{
	struct buf *b = &r->out->text;
	buf_printf(b, "%s{\"roleType\":\"%s\",\"role\":\"%s\",\"org\":", comma, type, role);
	put_ref_item(r, THING_ORG, id_school(r, school));
	buf_char(b, '}');
}

struct standing {
	enum person_kind role2;
	unsigned school2;
	const char *unknown; /* a role of no vocabulary, or NULL */
};

static struct standing standing_of(const struct render *r, uint32_t n)
{
	const struct person *p = &r->district->people[n];
	struct standing s = {(enum person_kind)p->role2, p->school2, NULL};
	if (odd(r, F_ROLE_UNKNOWN, n, 20))
		s.unknown = n % 2 ? "ext:mentor" : "coach";
	if (odd(r, F_MULTI_ROLES, n, 3) && p->kind != PERSON_STUDENT) {
		s.role2 = p->kind == PERSON_PARENT ? PERSON_AIDE : PERSON_PARENT;
		s.school2 = n % 2 ? SCHOOL_NONE : 0;
	}
	return s;
}

static void roles_put(struct render *r, uint32_t n, uint64_t hash)
{
	const struct person *p = &r->district->people[n];
	struct standing s = standing_of(r, n);
	put_key(r, "roles");
	buf_char(&r->out->text, '[');
	role_item(r, "primary",
		s.unknown ? s.unknown : role_12(p, (enum person_kind)p->kind, hash), p->school,
		"");
	if (s.role2 != p->kind)
		role_item(r, "secondary", role_12(p, s.role2, hash), p->school, ",");
	if (s.school2 != SCHOOL_NONE && s.school2 != p->school)
		role_item(r, "secondary", role_12(p, (enum person_kind)p->kind, hash),
			s.school2, ",");
	buf_char(&r->out->text, ']');
	put_ref(r, "primaryOrg", THING_ORG, id_school(r, p->school));
	char text[24];
	snprintf(text, sizeof(text), "UMI-%08u", n);
	put_text(r, "userMasterIdentifier", text);
	if (hash >> 8 & 15)
		return;
	put_text(r, "preferredFirstName", names_given(hash >> 3));
	put_text(r, "pronouns", hash & 4096 ? "they/them/theirs" : "she/her/hers");
}

static void orgs_put(struct render *r, uint32_t n)
{
	const struct person *p = &r->district->people[n];
	struct standing s = standing_of(r, n);
	put_text(r, "role", s.unknown ? s.unknown : role_11((enum person_kind)p->kind));
	put_refs_begin(r, "orgs");
	put_ref_item(r, THING_ORG,
		odd(r, F_DANGLING, n, 20) ? id_text("S-none") : id_school(r, p->school));
	if (s.school2 != SCHOOL_NONE && s.school2 != p->school)
		put_ref_item(r, THING_ORG, id_school(r, s.school2));
	put_refs_end(r);
}

static void agents_put(struct render *r, uint32_t n)
{
	const struct district *d = r->district;
	const struct person *p = &d->people[n];
	if (p->kind != PERSON_STUDENT && p->kind < PERSON_PARENT)
		return;
	put_refs_begin(r, "agents");
	for (uint32_t k = p->kin; k < p->kin + p->kin_count; k++) {
		if (!d->people[k].gone)
			put_ref_item(r, THING_USER, id_user(r, k));
	}
	if (odd(r, F_DANGLING, n, 20))
		put_ref_item(r, THING_USER, id_text("nobody-%u", n));
	put_refs_end(r);
}

static void password_put(struct render *r)
{
	if (!r->faults->on[F_PASSWORD])
		return;
	put_text(r, "password", r->faults->value[F_PASSWORD]);
	put_key(r, "credentials");
	buf_str(&r->out->text, "[{\"type\":\"sis\",\"username\":\"u\",\"password\":");
	buf_json(&r->out->text, r->faults->value[F_PASSWORD],
		strlen(r->faults->value[F_PASSWORD]));
	buf_str(&r->out->text, "}]");
}

static void optionals_put(struct render *r, uint32_t n, uint64_t hash)
{
	const struct person *p = &r->district->people[n];
	if (r->faults->on[F_NULLS] && hash % 2) {
		put_key(r, "middleName");
		buf_str(&r->out->text, "null,\"email\":\"\",\"sms\":null,\"phone\":\"\"");
		return;
	}
	if (hash >> 16 & 1)
		put_text(r, "middleName", names_middle(rnd(hash, HASH_MIDDLE, p->name_rev)));
	mail_put(r, n);
	if (p->kind != PERSON_STUDENT || p->phone_rev || hash >> 17 & 1)
		phone_put(r, n, "phone");
	if (p->kind >= PERSON_PARENT)
		phone_put(r, n, "sms");
}

static void user_put(struct render *r, uint32_t n)
{
	const struct person *p = &r->district->people[n];
	uint64_t hash = rnd(r->district->seed, HASH_PERSON, n);
	r->left = p->gone;
	row_begin(r, id_user(r, n), p->changed, hash);
	metadata_put(r, hash);
	ids_put(r, n, hash);
	put_bool(r, "enabledUser", hash >> 40 & 63);
	given_put(r, n);
	put_text(r, "familyName", family_name(r, n));
	optionals_put(r, n, hash);
	if (r->v12_users)
		roles_put(r, n, hash);
	else
		orgs_put(r, n);
	agents_put(r, n);
	int grade = p->grade;
	if (p->kind == PERSON_STUDENT)
		put_grades(r, &grade, 1, hash);
	password_put(r);
	row_end(r);
}

void render_users(struct render *r)
{
	size_t count;
	uint32_t *sorted = people_sorted(r, false, &count);
	for (size_t i = 0; i < count; i++)
		user_put(r, sorted[i]);
	free(sorted);
}
