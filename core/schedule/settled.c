#include "schedule/settled.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/file.h"
#include "base/mem.h"
#include "schedule/next_run.h"

enum { FILE_MOST = 4096 };

static char *path_of(const char *state, const char *app)
{
	return mem_printf("%s/schedule/%s", state, app);
}

int64_t settled_read(const char *state, const char *app)
{
	char *path = path_of(state, app);
	struct err none;
	struct buf text;
	time_t when = 0;

	buf_init(&text);
	if (!file_read(path, FILE_MOST, &text, &none)) {
		text.data[strcspn(text.data, "\n")] = '\0';
		if (!date_parse_time(text.data, &when))
			when = 0; /* damaged: as if nothing were written down */
	}
	buf_clear(&text);
	free(path);
	return when;
}

int settled_write(const char *state, const char *app, int64_t when, struct err *err)
{
	char *path = path_of(state, app), *dir = file_dir_of(path);
	char moment[TIME_SIZE], line[TIME_SIZE + 1];
	int result = -1, length;

	date_of_time((time_t)when, moment);
	length = snprintf(line, sizeof(line), "%s\n", moment);
	if (!file_make_dir(dir, err))
		result = file_write(path, line, (size_t)length, err);
	free(dir);
	free(path);
	return result;
}

int settled_by_change(const char *state, const struct app *before, const struct app *after,
	int64_t now, struct err *err)
{
	if (before && !schedule_is_other(&before->schedule, &after->schedule))
		return 0;
	if (!before && after->schedule.mode == SCHEDULE_OFF)
		return 0;
	return settled_write(state, after->name, now, err);
}

int settled_remove(const char *state, const char *app, struct err *err)
{
	char *path = path_of(state, app);
	int result = file_remove_all(path, err);

	free(path);
	return result;
}
