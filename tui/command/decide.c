/* approve, reject. */
#include "sync/decide.h"

#include "command/command.h"
#include "command/json.h"
#include "command/print.h"
#include "command/publish.h"

int command_approve(struct context *context, struct args *args, struct err *err)
{
	enum deletions deletions =
		args_flag(args, "--no-deletions") ? DELETIONS_LEAVE_OUT : DELETIONS_APPLY;
	const char *fingerprint = NULL;
	struct sync sync;
	cJSON *json;
	int64_t number;
	int result = -1;

	sync_init(&sync);
	if (args_option(args, "--fingerprint", &fingerprint, err) < 0 ||
		args_number(args, "SYNC", &number, err) || args_end(args, err))
		goto out;
	if (!fingerprint) {
		args_fault(args, err,
			"--fingerprint is missing: it names what was looked at (lumenport "
			"show %lld).",
			(long long)number);
		goto out;
	}
	if (decide_approve(context->state, &context->settings, number, fingerprint, deletions,
		    &sync, err))
		goto out;
	json = context->json ? json_sync(&sync) : NULL;
	if (!json)
		print_sync(&sync);
	result = publish_accepted(
		context, settings_app(&context->settings, sync.app), json, err);
	if (json)
		json_print(json);
out:
	sync_clear(&sync);
	return result;
}

int command_reject(struct context *context, struct args *args, struct err *err)
{
	const char *reason = NULL;
	struct sync sync;
	int64_t number;
	int result = -1;

	sync_init(&sync);
	if (args_option(args, "--reason", &reason, err) < 0 ||
		args_number(args, "SYNC", &number, err) || args_end(args, err))
		goto out;
	if (!reason) {
		args_fault(args, err, "--reason is missing: say why.");
		goto out;
	}
	if (decide_reject(context->state, number, reason, &sync, err))
		goto out;
	if (context->json)
		json_print(json_sync(&sync));
	else
		print_sync(&sync);
	result = EXIT_OK;
out:
	sync_clear(&sync);
	return result;
}
