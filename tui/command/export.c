/* export: the accepted hub, to where the call or the settings say. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "base/mem.h"
#include "command/command.h"
#include "command/json.h"
#include "command/publish.h"
#include "settings/publication.h"

/* What the words of a call ask for. */
struct wanted {
	const char *name;   /* of the app; NULL: not named */
	const char *format; /* NULL: as the settings say */
	bool delta;
	const char *dir, *zip;
	bool deliver; /* by SFTP, to where the settings say */
};

static int take_words(struct args *args, struct wanted *wanted, struct err *err)
{
	wanted->delta = args_flag(args, "--delta");
	wanted->deliver = args_flag(args, "--deliver");
	if (args_option(args, "--format", &wanted->format, err) < 0 ||
		args_option(args, "--to", &wanted->dir, err) < 0 ||
		args_option(args, "--zip", &wanted->zip, err) < 0)
		return -1;
	if (args->count && args->word[0][0] != '-' &&
		args_word(args, "NAME", &wanted->name, err))
		return -1;
	return args_end(args, err);
}

static int find_format(
	const char *name, const struct format **format, struct args *args, struct err *err)
{
	enum export_format f;

	for (f = EXPORT_ONEROSTER; f <= EXPORT_BASIC; f++) {
		*format = format_of(f);
		if (!strcasecmp(name, (*format)->name))
			return 0;
	}
	return args_fault(args, err,
		"--format: \"%.40s\" is none. There is: oneroster, oneroster12, basic.", name);
}

/* By hand and of no app: what any of them keeps back is kept back. */
static char *all_exclusions(const struct settings *settings)
{
	struct buf all;
	size_t i;

	buf_init(&all);
	for (i = 0; i < settings->count; i++)
		if (settings->apps[i]->publication.exclude)
			buf_addf(&all, "%s%s", all.used ? ", " : "",
				settings->apps[i]->publication.exclude);
	return all.used ? buf_detach(&all) : NULL;
}

static int apply(const struct wanted *wanted, struct publisher *publisher, struct args *args,
	struct err *err)
{
	if (wanted->format && find_format(wanted->format, &publisher->format, args, err))
		return -1;
	if (wanted->delta && !publisher->format->has_delta)
		return args_fault(args, err,
			"--delta: %s has active records only, so it cannot tell what changed.",
			publisher->format->title);
	publisher->delta = (publisher->delta || wanted->delta) && publisher->format->has_delta;
	return 0;
}

/* To the places that the call names. */
static int export_there(struct context *context, const struct app *app,
	const struct wanted *wanted, struct publish_telling *telling, struct args *args,
	struct err *err)
{
	struct publisher publisher = {.state = context->state, .format = &oneroster_11};
	char *exclude = app ? NULL : all_exclusions(&context->settings);
	int result = -1;

	if (app)
		publisher_init(&publisher, context->state, app);
	else
		publisher.exclude = exclude;
	publisher.told = publish_tell;
	publisher.arg = telling;
	if (!apply(wanted, &publisher, args, err) &&
		(!wanted->dir || !publish_to(&publisher, DELIVERY_FOLDER, wanted->dir, err)) &&
		(!wanted->zip || !publish_to(&publisher, DELIVERY_ZIP, wanted->zip, err)))
		result = 0;
	free(exclude);
	return result;
}

/* To all places that the settings name, of one app or of all; or by SFTP only. */
static int export_configured(struct context *context, const struct app *only,
	const struct wanted *wanted, struct publish_telling *telling, struct args *args,
	struct err *err)
{
	size_t i, done = 0;

	for (i = 0; i < context->settings.count; i++) {
		const struct app *app = context->settings.apps[i];
		struct publisher publisher;

		if ((only && only != app) || !publication_is_set(&app->publication) ||
			(wanted->deliver && !app->publication.host))
			continue;
		publisher_init(&publisher, context->state, app);
		publisher.told = publish_tell;
		publisher.progress = publish_progress;
		publisher.cancel = context->cancel;
		publisher.arg = telling;
		if (apply(wanted, &publisher, args, err) ||
			(wanted->deliver ? publish_to(&publisher, DELIVERY_SFTP, NULL, err)
					 : publish_all(&publisher, err)))
			return -1;
		done++;
	}
	if (!done)
		return err_set(err, ERR_USAGE,
			"No %s is configured%s%s. Say where: lumenport export --to DIR or "
			"--zip FILE, or set %s of an app.",
			wanted->deliver ? "delivery" : "export", only ? " for " : "",
			only ? only->name : "",
			wanted->deliver ? "deliver.host" : "export.dir");
	return 0;
}

int command_export(struct context *context, struct args *args, struct err *err)
{
	struct wanted wanted = {NULL, NULL, false, NULL, NULL, false};
	struct publish_telling telling = {.json = NULL};
	const struct app *app = NULL;
	int result;

	if (take_words(args, &wanted, err))
		return -1;
	if (wanted.deliver && (wanted.dir || wanted.zip))
		return args_fault(args, err,
			"--deliver goes to the SFTP server of the settings: name no other place "
			"with it.");
	if (wanted.name && !(app = settings_need_app(&context->settings, wanted.name, err)))
		return -1;
	telling.json = context->json ? json_new() : NULL;
	result = (wanted.dir || wanted.zip ? export_there : export_configured)(
		context, app, &wanted, &telling, args, err);
	if (!result && telling.json) {
		json_print(telling.json);
		telling.json = NULL;
	}
	cJSON_Delete(telling.json);
	return result;
}
