/* What the rules of the draft meet in the last pull, counted by a worker. */
#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "fetch.h"
#include "screen/requirements.h"

static int run(struct work *work, void *arg, struct err *err)
{
	struct require_counting *counting = arg;

	return shortfall_count(counting->state, counting->settings.apps[0], counting->today,
		&work->cancel, &counting->found, err);
}

void require_count_clear(struct requirements_screen *screen)
{
	struct require_counting *counting = &screen->counting;

	work_stop(&counting->work);
	settings_clear(&counting->settings);
	free(counting->state);
	counting->state = NULL;
	counting->again = false;
}

static void begin(struct requirements_screen *screen)
{
	struct require_counting *counting = &screen->counting;
	const struct app *app = wizard_app(screen->wizard);
	struct err ignored;

	require_count_clear(screen);
	*screen->error = '\0';
	counting->state = mem_strdup(shell_options(screen->shell)->state);
	date_of_day(time(NULL), counting->today);
	app_copy(settings_add_app(&counting->settings, app->kind, app->name, &ignored), app);
	work_begin(&counting->work, shell_wake(screen->shell), run, counting);
}

void require_count(struct requirements_screen *screen)
{
	if (!fetch_when(screen->wizard)) {
		screen->known = false;
	} else if (work_running(&screen->counting.work)) {
		screen->counting.again = true;
		work_cancel(&screen->counting.work);
	} else {
		begin(screen);
	}
}

void require_count_tick(struct requirements_screen *screen)
{
	struct require_counting *counting = &screen->counting;
	struct err err;
	int result;

	if (work_take(&counting->work, &result, &err)) {
		if (!result) {
			screen->found = counting->found;
			screen->known = true;
		} else if (err.code != ERR_CANCELLED) {
			snprintf(screen->error, sizeof(screen->error), "%s", err.text);
			screen->known = false;
		}
		if (counting->again)
			begin(screen);
	}
	if (!work_running(&counting->work) && !*screen->error &&
		fetch_when(screen->wizard) != (screen->known ? screen->found.when : 0))
		require_count(screen);
}
