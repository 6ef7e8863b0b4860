/* The rollover by date: what is on, which limits are in force, the words for it. */
#include "schedule/rollover.h"

#include "tap.h"

static struct settings settings;
static struct app *app;
static struct err err;

static void set(const char *key, const char *value)
{
	if (app_set(app, key, value, &err))
		ok(false, "%s", err.text);
}

static void describes(enum rollover_kind kind, const char *date, const char *want)
{
	struct buf text;

	buf_init(&text);
	rollover_describe(&app->rollover, kind, date, &text);
	is_str(text.data, want, "on %s: %s", date, want);
	buf_clear(&text);
}

static void test_days(void)
{
	const struct rollover *rollover = &app->rollover;

	set("rollover.keep.from", "2027-06-20");
	set("rollover.keep.until", "2027-08-08");
	ok(!rollover_is_on(rollover, ROLLOVER_KEEP, "2027-06-19"), "not the day before");
	ok(rollover_is_on(rollover, ROLLOVER_KEEP, "2027-06-20"), "the first day");
	ok(rollover_is_on(rollover, ROLLOVER_KEEP, "2027-08-08"), "the last day");
	ok(!rollover_is_on(rollover, ROLLOVER_KEEP, "2027-08-09"), "it ends by itself");
	ok(!rollover_is_on(rollover, ROLLOVER_SUSPEND, "2027-07-01"), "each has its own dates");
}

static void test_limits(void)
{
	struct hold_settings now;

	set("hold.student.deleted", "5%");
	set("hold.class.updated", "7");
	set("rollover.limits.from", "2027-08-09");
	set("rollover.limits.until", "2027-09-15");
	set("rollover.limits.deleted", "60%");
	rollover_hold(app, "2027-08-08", &now);
	ok(now.any[CHANGE_DELETED].amount == 1000 &&
			now.entity[ENTITY_STUDENT][CHANGE_DELETED].amount == 500,
		"before, the app's own hold");
	rollover_hold(app, "2027-08-09", &now);
	ok(now.any[CHANGE_DELETED].amount == 6000 && now.school[CHANGE_DELETED].amount == 6000,
		"then the others, in the district and in a school");
	ok(now.entity[ENTITY_STUDENT][CHANGE_DELETED].unit == LIMIT_DEFAULT,
		"and for single types");
	ok(now.any[CHANGE_UPDATED].amount == 7500 &&
			now.entity[ENTITY_CLASS][CHANGE_UPDATED].amount == 7 &&
			now.school[CHANGE_UPDATED].amount == 7500,
		"what has no other limit keeps its own");
	is_int(now.floor, app->hold.floor, "the floor too");
	is_int(app->hold.any[CHANGE_DELETED].amount, 1000, "the settings are not touched");
}

static void test_words(void)
{
	describes(ROLLOVER_KEEP, "2027-06-20", "Deletions are disabled until 2027-08-08.");
	describes(ROLLOVER_KEEP, "2027-06-19",
		"Deletions will be disabled from 2027-06-20 to 2027-08-08.");
	set("rollover.limits.created", "off");
	describes(ROLLOVER_LIMITS, "2027-09-15",
		"Other limits hold until 2027-09-15: created off, deleted 60%.");
	set("rollover.suspend.from", "2027-06-20");
	set("rollover.suspend.until", "2027-06-20");
	describes(ROLLOVER_SUSPEND, "2027-06-20", "Imports are suspended until 2027-06-20.");
}

int main(void)
{
	settings_init(&settings);
	app = settings_add_app(&settings, APP_LUMEN_TOUCH, "main", &err);
	test_days();
	test_limits();
	test_words();
	settings_clear(&settings);
	return done_testing();
}
