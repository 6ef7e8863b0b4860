/* audit verify, show. */
#include "store/audit.h"

#include "command/command.h"
#include "command/json.h"
#include "command/print.h"

int command_audit_verify(struct context *context, struct args *args, struct err *err)
{
	struct store *store;
	cJSON *json;
	int result;

	if (args_end(args, err))
		return -1;
	store = store_open_there(context, &result, err);
	if (store)
		result = audit_verify(store, err);
	store_close(store);
	if (result)
		return -1;
	if (context->json) {
		json = json_new();
		json_bool(json, "ok", true);
		json_print(json);
	} else {
		print_line("The audit is whole: no row was changed or removed.");
	}
	return EXIT_OK;
}

static int show_row(void *arg, const struct audit_row *row, struct err *err)
{
	const struct context *context = arg;
	char when[40];
	cJSON *json;

	(void)err;
	if (context->json) {
		json = json_new();
		json_number(json, "row", (double)row->id);
		json_time(json, "when", row->at);
		json_text(json, "who", row->who);
		json_text(json, "action", row->action);
		json_text(json, "subject", row->subject);
		json_text(json, "detail", row->detail);
		json_print(json);
		return 0;
	}
	time_text(row->at, when, sizeof(when));
	print_line(
		"%s  %s  %s  %s  (%s)", when, row->action, row->subject, row->detail, row->who);
	return 0;
}

int command_audit_show(struct context *context, struct args *args, struct err *err)
{
	struct store *store;
	int result;

	if (args_end(args, err))
		return -1;
	store = store_open_there(context, &result, err);
	if (store)
		result = audit_each(store, show_row, context, err);
	store_close(store);
	return result;
}
