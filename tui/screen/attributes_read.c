#include "screen/attributes.h"

#include <stdio.h>

#include "base/mem.h"
#include "fetch.h"

struct rules *attributes_rules(const struct attributes *attributes)
{
	return wizard_rules(attributes->wizard, RULE_MAP);
}

static int run(struct work *work, void *arg, struct err *err)
{
	struct reading *reading = arg;

	return offers_load(&reading->offers, reading->state, reading->settings.apps[0],
		reading->entity, reading->today, &work->cancel, err);
}

static void reading_clear(struct reading *reading)
{
	work_stop(&reading->work);
	settings_clear(&reading->settings);
	offers_clear(&reading->offers);
	mem_replace(&reading->state, NULL);
}

void attributes_read_on(struct attributes *attributes)
{
	struct reading *reading = &attributes->reading;
	enum entity entity = entities_entity(&attributes->entities);
	const struct app *app = wizard_app(attributes->wizard);
	time_t when = fetch_when(attributes->wizard);
	struct err err;

	if (!when || attributes->read[entity] == when ||
		(work_running(&reading->work) && reading->entity == entity))
		return;
	reading_clear(reading);
	reading->state = mem_strdup(shell_options(attributes->shell)->state);
	reading->entity = entity;
	reading->when = when;
	date_of_day(time(NULL), reading->today);
	app_copy(settings_add_app(&reading->settings, app->kind, app->name, &err), app);
	work_begin(&reading->work, shell_wake(attributes->shell), run, reading);
}

void attributes_try(struct attributes *attributes)
{
	enum entity entity = entities_entity(&attributes->entities);
	size_t count, i;
	const struct attribute *hub = schema_of(entity, &count);
	struct err ignored;

	for (i = 0; i < count && i < MAPPING_ROWS; i++)
		offers_try(&attributes->offers[entity], &hub[i],
			map_of(attributes_rules(attributes), &hub[i]), &attributes->tried[i],
			&ignored);
	entities_refresh(&attributes->entities);
}

static void took(struct attributes *attributes, int result, const struct err *err)
{
	struct reading *reading = &attributes->reading;
	struct offers *offers = &attributes->offers[reading->entity];

	attributes->read[reading->entity] = reading->when;
	*attributes->error = '\0';
	if (result && err->code != ERR_CANCELLED)
		snprintf(attributes->error, sizeof(attributes->error), "%s", err->text);
	if (!result) {
		source_picker_close(&attributes->picker); /* it shows what is freed now */
		offers_clear(offers);
		*offers = reading->offers;
		offers_init(&reading->offers);
		attributes_try(attributes);
		map_editor_check(&attributes->editor);
	}
	reading_clear(reading);
}

void attributes_read_clear(struct attributes *attributes)
{
	enum entity e;

	reading_clear(&attributes->reading);
	for (e = 0; e < ENTITY_COUNT; e++)
		offers_clear(&attributes->offers[e]);
}

void attributes_read_tick(struct attributes *attributes)
{
	struct err err;
	int result;

	if (work_take(&attributes->reading.work, &result, &err))
		took(attributes, result, &err);
	attributes_read_on(attributes);
}

const struct tried *attributes_tried(
	const struct attributes *attributes, const struct attribute *hub)
{
	size_t count;

	return &attributes->tried[hub - schema_of(hub->entity, &count)];
}
