/* Demographics wait for their students; the last of a user counts. */
#include "sync/demographics.h"

#include <string.h>

#include "tap.h"

static struct demographics demographics;
static struct source_record source, student;

static void keep(uint64_t user, const char *birth_date, const char *sex)
{
	memset(&source, 0, sizeof(source));
	source.value[SOURCE_GIVEN_NAME] = "not a demographic value";
	source.value[SOURCE_BIRTH_DATE] = birth_date;
	source.value[SOURCE_SEX] = sex;
	demographics_keep(&demographics, user, source.value, SOURCE_DEMOGRAPHICS, SOURCE_ATTRS);
}

static void join(uint64_t user)
{
	memset(&student, 0, sizeof(student));
	student.value[SOURCE_GIVEN_NAME] = "Zoë";
	demographics_join(&demographics, user, student.value);
}

static void check(const char *what, const char *birth_date, const char *sex)
{
	is_str(student.value[SOURCE_BIRTH_DATE], birth_date, "%s: birth date", what);
	is_str(student.value[SOURCE_SEX], sex, "%s: sex", what);
	is_str(student.value[SOURCE_GIVEN_NAME], "Zoë", "%s: the rest is untouched", what);
}

int main(void)
{
	char date[20];
	uint64_t i;
	size_t wrong = 0;

	demographics_init(&demographics);
	join(1);
	check("none kept", NULL, NULL);
	keep(5, "2010-01-01", "female");
	keep(0, NULL, "ext:é");
	keep(UINT64_MAX, NULL, NULL);
	keep(5, NULL, "other");
	join(5);
	check("the last one counts, as a whole", NULL, "other");
	join(0);
	check("lowest", NULL, "ext:é");
	join(UINT64_MAX);
	check("highest", NULL, NULL);
	join(4);
	check("another", NULL, NULL);
	for (i = 100; i < 20000; i++) {
		snprintf(date, sizeof(date), "%d", (int)i);
		keep(i * 0x9e3779b97f4a7c15u, date, NULL);
	}
	for (i = 100; i < 20000; i++) {
		snprintf(date, sizeof(date), "%d", (int)i);
		join(i * 0x9e3779b97f4a7c15u);
		wrong += !student.value[SOURCE_BIRTH_DATE] ||
			 strcmp(student.value[SOURCE_BIRTH_DATE], date) != 0;
	}
	is_int((long long)wrong, 0, "each of many finds its own");
	join(5);
	check("and those from before", NULL, "other");
	demographics_clear(&demographics);
	join(5);
	check("cleared", NULL, NULL);
	return done_testing();
}
