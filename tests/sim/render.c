/* What all rendered records share: rows, ids, references, and how values are written. */
#include "render.h"
#include "calendar.h"
#include "rnd.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

/* Fixed, so that the bytes do not depend on the port. */
#define HOST "https://lt.example/ims/oneroster/"

enum { HASH_USER_ID = 301, HASH_SECOND_HALF, HASH_ENROLLMENT_ID, HASH_REKEY, HASH_ODD };

void rows_clear(struct rows *rows)
{
	buf_clear(&rows->text);
	free(rows->at);
	*rows = (struct rows){0};
}

void rows_end(struct rows *rows)
{
	buf_char(&rows->text, ',');
	if (rows->count + 2 > rows->cap) {
		rows->cap = rows->cap ? rows->cap * 2 : 64;
		rows->at = sim_realloc(rows->at, rows->cap * sizeof(*rows->at));
		rows->at[0] = 0;
	}
	rows->at[++rows->count] = rows->text.len;
}

void rows_add(struct rows *rows, const char *text, size_t len)
{
	buf_put(&rows->text, text, len);
	rows_end(rows);
}

bool odd(const struct render *r, enum fault fault, uint64_t hash, unsigned one_of)
{
	return r->faults->on[fault] && rnd(fault, HASH_ODD, hash) % one_of == 0;
}

struct id id_text(const char *format, ...)
{
	struct id id = {0};
	va_list args;
	va_start(args, format);
	id.len = (size_t)vsnprintf(id.text, sizeof(id.text), format, args);
	va_end(args);
	return id;
}

static struct id id_hex(uint64_t key, uint64_t tail)
{
	static const char digits[] = "0123456789abcdef";
	static const char shape[] = "........-....-4...-8...-............";
	struct id id = {.len = sizeof(shape) - 1};
	for (size_t i = 0; i < sizeof(shape) - 1; i++) {
		id.text[i] = shape[i];
		if (shape[i] != '.')
			continue;
		id.text[i] = digits[key >> 60];
		key = key << 4 | tail >> 60;
		tail <<= 4;
	}
	return id;
}

static struct id id_number(uint64_t n)
{
	struct id id = id_text("%llu", (unsigned long long)n);
	id.number = true;
	return id;
}

/* Ids as some sources have them: never to be trimmed, folded or decoded. */
static void id_spoil(struct id *id, uint64_t hash)
{
	static const char *const tails[] = {" x", "/1", "+1", "%41", "#a", "?b=c&d", "ä", "'q"};
	const char *tail = tails[hash % 8];
	memcpy(id->text + id->len, tail, strlen(tail));
	id->len += strlen(tail);
}

uint64_t user_key(const struct render *r, uint32_t person)
{
	uint64_t seed = r->district->seed;
	if (r->faults->on[F_REKEY] &&
		(long)(rnd(seed, HASH_REKEY, person) % 100) < fault_number(r->faults, F_REKEY))
		seed++;
	return rnd(seed, HASH_USER_ID, person);
}

struct id id_user(const struct render *r, uint32_t person)
{
	uint64_t key = user_key(r, person);
	if (r->faults->on[F_BIG_IDS])
		return id_number(9007199254740993u + person);
	if (r->faults->on[F_NUMERIC_IDS])
		return id_number(key >> 14);
	/* Two in a row that differ in case only, now and then. */
	bool pair = r->faults->on[F_ODD_IDS] && person / 2 % 40 == 7;
	struct id id = id_hex(pair && person % 2 ? user_key(r, person - 1) : key,
		rnd(key & ~(uint64_t)0, HASH_SECOND_HALF, 0));
	if (pair) {
		memcpy(id.text + 24, "aaaaaaaaaaaa", 12);
		if (person % 2)
			memcpy(id.text + 24, "AAAAAAAAAAAA", 12);
		memcpy(id.text + 14, "4000-8000", 9);
	} else if (odd(r, F_ODD_IDS, key, 25)) {
		id_spoil(&id, key >> 8);
	}
	return id;
}

struct id id_class(const struct render *r, uint32_t class)
{
	uint64_t number = (uint64_t)r->district->year * 1000000 + class;
	if (r->faults->on[F_BIG_IDS])
		return id_number(9007199254740993u + number);
	if (r->faults->on[F_NUMERIC_IDS])
		return id_number(number);
	struct id id = {.text = "C0000-000000", .len = 12};
	for (size_t at = 11; number; number /= 10) {
		id.text[at--] += (char)(number % 10);
		at -= at == 5;
	}
	if (odd(r, F_ODD_IDS, class, 25))
		id_spoil(&id, class);
	return id;
}

struct id id_school(const struct render *r, unsigned school)
{
	const char *sep = r->faults->on[F_REKEY_SCHOOLS] ? "-new" : "";
	if (school == SCHOOL_NONE)
		return id_text("D%s-0001", sep);
	return id_text("S%s-%04u", sep, school + 1);
}

struct id id_enrollment(const struct render *r, uint64_t key)
{
	struct id id = id_hex(key, rnd(key, HASH_ENROLLMENT_ID, 0));
	if (odd(r, F_ODD_IDS, key, 50))
		id_spoil(&id, key);
	return id;
}

static void put_id(struct render *r, const struct id *id)
{
	struct buf *b = &r->out->text;
	if (!id->number)
		buf_char(b, '"');
	buf_put(b, id->text, id->len);
	if (!id->number)
		buf_char(b, '"');
}

void put_key(struct render *r, const char *key)
{
	struct buf *b = &r->out->text;
	size_t start = r->out->count ? r->out->at[r->out->count] : 0;
	if (b->len > start + 1)
		buf_char(b, ',');
	buf_char(b, '"');
	buf_str(b, key);
	buf_put(b, "\":", 2);
}

void put_text(struct render *r, const char *key, const char *value)
{
	put_key(r, key);
	buf_json(&r->out->text, value, strlen(value));
}

void put_bool(struct render *r, const char *key, bool value)
{
	put_key(r, key);
	const char *how = r->faults->on[F_BOOLS] ? r->faults->value[F_BOOLS] : "";
	const char *text = value ? "\"true\"" : "\"false\"";
	if (!strcmp(how, "TRUE"))
		text = value ? "\"TRUE\"" : "\"FALSE\"";
	else if (!strcmp(how, "T"))
		text = value ? "\"T\"" : "\"F\"";
	else if (!strcmp(how, "1"))
		text = value ? "1" : "0";
	else if (!strcmp(how, "true"))
		text = value ? "true" : "false";
	buf_str(&r->out->text, text);
}

void put_date(struct render *r, const char *key, int year, int month, int day)
{
	struct buf *b = &r->out->text;
	put_key(r, key);
	buf_char(b, '"');
	if (r->faults->on[F_DATES_US]) {
		buf_printf(b, "%d/%d/%04d", month, day, year);
	} else {
		buf_number(b, (uint64_t)year, 4);
		buf_char(b, '-');
		buf_number(b, (uint64_t)month, 2);
		buf_char(b, '-');
		buf_number(b, (uint64_t)day, 2);
	}
	if (r->faults->on[F_DATES_TIME])
		buf_str(b, day % 2 ? " 12:55:52" : "T00:00:00.000Z");
	buf_char(b, '"');
}

static void href_put(struct buf *b, const struct id *id)
{
	for (size_t i = 0; i < id->len; i++) {
		unsigned char c = (unsigned char)id->text[i];
		if ((c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z') || c == '-')
			buf_char(b, (char)c);
		else
			buf_printf(b, "%%%02X", c);
	}
}

void put_ref_item(struct render *r, enum thing thing, struct id id)
{
	static const struct {
		const char *path, *type;
	} things[] = {{"/orgs/", "org"}, {"/academicSessions/", "academicSession"},
		{"/courses/", "course"}, {"/classes/", "class"}, {"/users/", "user"},
		{"/enrollments/", "enrollment"}};
	struct buf *b = &r->out->text;
	if (b->data[b->len - 1] == '}')
		buf_char(b, ',');
	buf_str(b, "{\"href\":\"" HOST);
	buf_str(b, r->v12 ? "rostering/v1p2" : "v1p1");
	buf_str(b, things[thing].path);
	if (r->faults->on[F_ODD_IDS])
		href_put(b, &id);
	else
		buf_put(b, id.text, id.len);
	buf_str(b, "\",\"sourcedId\":");
	put_id(r, &id);
	buf_str(b, ",\"type\":\"");
	buf_str(b, things[thing].type);
	buf_str(b, "\"}");
}

void put_ref(struct render *r, const char *key, enum thing thing, struct id id)
{
	put_key(r, key);
	put_ref_item(r, thing, id);
}

void put_refs_begin(struct render *r, const char *key)
{
	put_key(r, key);
	buf_char(&r->out->text, '[');
}

void put_refs_end(struct render *r)
{
	buf_char(&r->out->text, ']');
}

void put_grades(struct render *r, const int *grades, int count, uint64_t hash)
{
	static const char names[GRADES + 1][3] = {"PK", "KG", "01", "02", "03", "04", "05",
		"06", "07", "08", "09", "10", "11", "12"};
	struct buf *b = &r->out->text;
	bool string = r->faults->on[F_GRADES_STRING];
	put_key(r, "grades");
	if (odd(r, F_GRADES_UNKNOWN, hash, 5)) {
		buf_str(b, hash % 2 ? "[\"13A\"]" : "[\"Ungraded\"]");
		return;
	}
	buf_char(b, string ? '"' : '[');
	for (int i = 0; i < count; i++) {
		if (i)
			buf_char(b, ',');
		if (!string)
			buf_char(b, '"');
		buf_str(b, names[grades[i]]);
		if (!string)
			buf_char(b, '"');
	}
	buf_char(b, string ? '"' : ']');
}

static const char *status_pick(const struct render *r, uint64_t hash)
{
	static const char *const variants[] = {
		"ToBeDeleted", "to-be-deleted", "inactive", "Active", "ACTIVE", "tobedeleted"};
	if (r->left)
		return "tobedeleted";
	if (odd(r, F_STATUS_VARIANTS, hash, 12))
		return variants[(hash >> 9) % 6];
	return odd(r, F_STATUS_UNKNOWN, hash, 20) ? "ext:paused" : "active";
}

static void deep_put(struct render *r)
{
	struct buf *b = &r->out->text;
	long depth = fault_number(r->faults, F_DEEP_NESTING);
	put_key(r, "metadata");
	buf_str(b, "{\"deep\":");
	for (long i = 0; i < depth; i++)
		buf_char(b, '[');
	for (long i = 0; i < depth; i++)
		buf_char(b, ']');
	buf_char(b, '}');
}

void row_begin(struct render *r, struct id id, int changed, uint64_t hash)
{
	struct buf *b = &r->out->text;
	buf_char(b, '{');
	if (!odd(r, F_MISSING_IDS, hash, 30)) {
		put_key(r, "sourcedId");
		put_id(r, &id);
	}
	put_text(r, "status", status_pick(r, hash));
	r->left = false;
	put_key(r, "dateLastModified");
	buf_char(b, '"');
	calendar_stamp(b, changed, rnd(hash, HASH_ODD, (uint64_t)changed));
	buf_char(b, '"');
	if (r->faults->on[F_DEEP_NESTING] && !r->out->count)
		deep_put(r);
}

void row_end(struct render *r)
{
	static const char *const junk[] = {"null", "17", "\"row\"", "[]", "{}"};
	buf_char(&r->out->text, '}');
	rows_end(r->out);
	size_t row = r->out->count - 1;
	if (r->faults->on[F_DUPLICATES] && row % 25 == 3) {
		size_t from = r->out->at[row], len = r->out->at[row + 1] - 1 - from;
		buf_grow(&r->out->text, len);
		rows_add(r->out, r->out->text.data + from, len);
	}
	if (r->faults->on[F_JUNK_RECORD] && row % 40 == 2)
		rows_add(r->out, junk[row / 40 % 5], strlen(junk[row / 40 % 5]));
}

void render_collection(struct render *r, enum base base)
{
	static void (*const all[BASES])(struct render *) = {render_orgs, render_sessions,
		render_courses, render_classes, render_users, render_enrollments,
		render_demographics};
	all[base](r);
}
