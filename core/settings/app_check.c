/* What has to fit together among the keys of an app. */
#include <string.h>

#include "base/zone.h"
#include "settings/settings.h"

/* A window of the table, by its keys. */
static const struct {
	const char *name; /* "rollover.suspend": .from and .until follow */
	size_t offset;
} windows[] = {
	{"rollover.suspend", offsetof(struct app, rollover.suspend)},
	{"rollover.keep", offsetof(struct app, rollover.keep)},
	{"rollover.limits", offsetof(struct app, rollover.limits)},
};

static int check_window(const char *name, const struct window *window, struct err *err)
{
	if (!*window->from != !*window->until)
		return err_set(err, ERR_SETTINGS,
			"%s.%s is set, but %s.%s is not. Enter both dates, or neither.", name,
			*window->from ? "from" : "until", name,
			*window->from ? "until" : "from");
	if (strcmp(window->from, window->until) > 0)
		return err_set(err, ERR_SETTINGS,
			"%s.until: %s is before %s.from, %s. Enter the later date there.", name,
			window->until, name, window->from);
	return 0;
}

/* Limits without dates, or dates without limits, would do nothing, and nobody would notice. */
static int check_limits(const struct rollover *rollover, struct err *err)
{
	bool any = false;
	enum change c;

	for (c = 0; c < CHANGE_KINDS; c++)
		any = any || rollover->limit[c].unit != LIMIT_DEFAULT;
	if (any && !*rollover->limits.from)
		return err_set(err, ERR_SETTINGS,
			"rollover.limits.from is not set: enter the dates between which the "
			"limits of the rollover hold.");
	if (!any && *rollover->limits.from)
		return err_set(err, ERR_SETTINGS,
			"rollover.limits has dates, but no limit: set "
			"rollover.limits.created, updated or deleted to what is to hold "
			"between them.");
	return 0;
}

int app_check(const struct app *app, struct err *err)
{
	struct zone *zone = app->schedule.zone ? zone_open(app->schedule.zone, err) : NULL;
	size_t i;

	if (app->schedule.zone && !zone)
		return err_context(err, "schedule.zone");
	zone_free(zone);
	for (i = 0; i < sizeof(windows) / sizeof(*windows); i++)
		if (check_window(windows[i].name,
			    (const void *)((const char *)app + windows[i].offset), err))
			return -1;
	return check_limits(&app->rollover, err);
}
