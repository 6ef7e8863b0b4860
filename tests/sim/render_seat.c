/* Enrollments and demographics as OneRoster JSON. */
#include "calendar.h"
#include "names.h"
#include "render.h"
#include "rnd.h"

#include <stdlib.h>

enum { HASH_SEAT_ID = 601, HASH_BIRTH, HASH_HOME };

struct seat {
	uint64_t key;
	uint32_t person;
	uint32_t class;
};

struct seats {
	struct seat *all; /* owned */
	size_t count, cap;
};

static void seat_add(struct seats *s, const struct district *d, uint32_t person, uint32_t class)
{
	if (s->count == s->cap) {
		s->cap = s->cap ? s->cap * 2 : 1024;
		s->all = sim_realloc(s->all, s->cap * sizeof(*s->all));
	}
	uint64_t key =
		rnd(d->seed + (uint64_t)d->year, HASH_SEAT_ID, (uint64_t)person << 32 | class);
	s->all[s->count++] = (struct seat){key, person, class};
}

static int seat_compare(const void *a, const void *b)
{
	const struct seat *x = a, *y = b;
	return (x->key > y->key) - (x->key < y->key);
}

static struct seats seats_all(const struct render *r)
{
	const struct district *d = r->district;
	struct seats s = {0};
	for (size_t i = 0; i < d->students_count; i++) {
		uint32_t student = d->students[i];
		const struct person *p = &d->people[student];
		int subjects = district_subjects(district_level(p->grade));
		/* Who left in another year, or with the school, has no seat to be shown. */
		bool seated = person_shown(r, student) &&
			      (!p->gone || (p->changed >= d->year_since + (d->year_since > 0) &&
						   !d->schools[p->school].closed));
		for (int subject = 0; seated && subject < subjects; subject++) {
			uint32_t class = district_seat(d, student, subject);
			if (!d->classes[class].ended)
				seat_add(&s, d, student, class);
		}
	}
	for (uint32_t class = 0; class < d->class_count; class ++) {
		if (!d->classes[class].ended)
			seat_add(&s, d, d->classes[class].teacher, class);
	}
	qsort(s.all, s.count, sizeof(*s.all), seat_compare);
	return s;
}

static void seat_dates_put(struct render *r, const struct person *p, uint64_t key)
{
	const struct district *d = r->district;
	int year = d->year, month = 8, day = 24;
	if (p->seat_rev)
		calendar_civil(calendar_days(year, 8, 24) + p->seat_rev, &year, &month, &day);
	bool back = odd(r, F_DATES_REVERSED, key, 10);
	if (r->faults->on[F_NULLS] && key % 2) {
		put_key(r, "beginDate");
		buf_str(&r->out->text, "null,\"endDate\":\"\"");
		return;
	}
	put_date(r, back ? "endDate" : "beginDate", year, month, day);
	put_date(r, back ? "beginDate" : "endDate", d->year + 1, 6, 12);
}

static void seat_put(struct render *r, const struct seat *s)
{
	const struct person *p = &r->district->people[s->person];
	const struct class *c = &r->district->classes[s->class];
	bool student = p->kind == PERSON_STUDENT;
	int changed = p->seat_changed > c->since ? p->seat_changed : c->since;
	if (p->gone)
		changed = p->changed;
	r->left = p->gone;
	row_begin(r, id_enrollment(r, s->key), changed, s->key);
	if (odd(r, F_WRONG_TYPES, s->key, 20))
		put_key(r, "role"), buf_str(&r->out->text, "[\"student\"]");
	else
		put_text(r, "role",
			odd(r, F_ROLE_UNKNOWN, s->key, 50) ? "observer"
			: student                          ? "student"
							   : "teacher");
	put_bool(r, "primary", !student);
	put_ref(r, "user", THING_USER,
		odd(r, F_DANGLING, s->key, 30) ? id_text("nobody-%u", s->person)
					       : id_user(r, s->person));
	put_ref(r, "class", THING_CLASS,
		odd(r, F_DANGLING, s->key + 1, 30) ? id_text("C-none") : id_class(r, s->class));
	put_ref(r, "school", THING_ORG, id_school(r, c->school));
	seat_dates_put(r, p, s->key);
	row_end(r);
}

void render_enrollments(struct render *r)
{
	struct seats s = seats_all(r);
	for (size_t i = 0; i < s.count; i++)
		seat_put(r, &s.all[i]);
	free(s.all);
}

static void races_put(struct render *r, uint64_t hash)
{
	static const char *const races[] = {"americanIndianOrAlaskaNative", "asian",
		"blackOrAfricanAmerican", "nativeHawaiianOrOtherPacificIslander", "white",
		"demographicRaceTwoOrMoreRaces", "hispanicOrLatinoEthnicity"};
	for (unsigned i = 0; i < sizeof(races) / sizeof(races[0]); i++)
		put_bool(r, races[i], (hash >> (3 * i) & 7) == 0);
}

static void home_put(struct render *r, uint32_t n)
{
	const struct district *d = r->district;
	const struct person *p = &d->people[n];
	uint64_t hash = rnd(d->seed, HASH_BIRTH, n);
	r->left = p->gone;
	row_begin(r, id_user(r, n), p->gone ? p->changed : p->home_changed, hash);
	int year, month, day;
	calendar_civil(calendar_days(p->born, 9, 1) - (long)(hash % 365), &year, &month, &day);
	put_date(r, "birthDate", year, month, day);
	put_text(r, "sex",
		r->v12 && hash % 50 == 0 ? "other"
		: hash & 1024            ? "male"
					 : "female");
	races_put(r, hash >> 12);
	put_text(r, "countryOfBirthCode", hash >> 40 & 7 ? "US" : "MX");
	put_text(r, "stateOfBirthAbbreviation", hash >> 41 & 3 ? "KS" : "TX");
	if (r->faults->on[F_NULLS])
		put_key(r, "cityOfBirth"), buf_str(&r->out->text, "null");
	else
		put_text(r, "cityOfBirth",
			names_city(rnd(d->seed, HASH_HOME, n) % 1024 + p->home_rev));
	put_text(r, "publicSchoolResidenceStatus", hash >> 44 & 15 ? "01652" : "01653");
	row_end(r);
}

void render_demographics(struct render *r)
{
	size_t count;
	uint32_t *sorted = people_sorted(r, true, &count);
	for (size_t i = 0; i < count; i++)
		home_put(r, sorted[i]);
	free(sorted);
}
