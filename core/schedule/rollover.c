#include "schedule/rollover.h"

const char *rollover_name(enum rollover_kind kind)
{
	static const char *const names[] = {[ROLLOVER_SUSPEND] = "suspend",
		[ROLLOVER_KEEP] = "keep",
		[ROLLOVER_LIMITS] = "limits"};

	return names[kind];
}

const struct window *rollover_window(const struct rollover *rollover, enum rollover_kind kind)
{
	switch (kind) {
	case ROLLOVER_SUSPEND: return &rollover->suspend;
	case ROLLOVER_KEEP: return &rollover->keep;
	default: return &rollover->limits;
	}
}

bool rollover_is_on(const struct rollover *rollover, enum rollover_kind kind, const char *date)
{
	return window_has(rollover_window(rollover, kind), date);
}

void rollover_hold(const struct app *app, const char *date, struct hold_settings *out)
{
	enum entity e;
	enum change c;

	*out = app->hold;
	if (!rollover_is_on(&app->rollover, ROLLOVER_LIMITS, date))
		return;
	for (c = 0; c < CHANGE_KINDS; c++) {
		const struct limit *limit = &app->rollover.limit[c];

		if (limit->unit == LIMIT_DEFAULT)
			continue;
		out->any[c] = out->school[c] = *limit;
		for (e = 0; e < ENTITY_COUNT; e++)
			out->entity[e][c].unit = LIMIT_DEFAULT;
	}
}

static void add_limits(const struct rollover *rollover, struct buf *out)
{
	const char *comma = ": ";
	enum change c;

	for (c = 0; c < CHANGE_KINDS; c++) {
		if (rollover->limit[c].unit == LIMIT_DEFAULT)
			continue;
		buf_addf(out, "%s%s ", comma, change_name(c));
		limit_write(&rollover->limit[c], out);
		comma = ", ";
	}
}

void rollover_describe(const struct rollover *rollover, enum rollover_kind kind,
	const char *date, struct buf *out)
{
	static const char *const now[] = {[ROLLOVER_SUSPEND] = "Imports are suspended",
		[ROLLOVER_KEEP] = "Deletions are disabled",
		[ROLLOVER_LIMITS] = "Other limits hold"};
	static const char *const later[] = {[ROLLOVER_SUSPEND] = "Imports will be suspended",
		[ROLLOVER_KEEP] = "Deletions will be disabled",
		[ROLLOVER_LIMITS] = "Other limits will hold"};
	const struct window *window = rollover_window(rollover, kind);

	if (window_has(window, date))
		buf_addf(out, "%s until %s", now[kind], window->until);
	else
		buf_addf(out, "%s from %s to %s", later[kind], window->from, window->until);
	if (kind == ROLLOVER_LIMITS)
		add_limits(rollover, out);
	buf_addc(out, '.');
}
