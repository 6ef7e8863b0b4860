#include "command/publish.h"

#include "command/json.h"
#include "command/print.h"

cJSON *json_delivery(const struct delivery *delivery)
{
	cJSON *json = cJSON_CreateObject();

	json_number(json, "delivery", (double)delivery->number);
	json_text(json, "app", delivery->app);
	json_text(json, "kind", delivery_kind_name(delivery->kind));
	json_text(json, "target", delivery->target);
	json_text(json, "format", delivery->format);
	json_bool(json, "delta", delivery->changes);
	json_text(json, "state", delivery_state_name(delivery->state));
	json_number(json, "rows", (double)delivery->rows);
	json_number(json, "deleted", (double)delivery->deleted);
	json_number(json, "left_out", (double)delivery->left_out);
	json_number(json, "blanked", (double)delivery->blanked);
	json_number(json, "bytes", (double)delivery->bytes);
	json_text(json, "sha256", *delivery->sha256 ? delivery->sha256 : NULL);
	json_number(json, "tries", delivery->tries);
	json_time(json, "begun", delivery->begun);
	json_time(json, "finished", delivery->finished);
	json_text(json, "reason", delivery->error);
	return json;
}

static void json_sum_up(cJSON *json, const struct delivery *delivery, const struct err *failure)
{
	cJSON *export = cJSON_GetObjectItemCaseSensitive(json, "export");

	if (!export)
		export = cJSON_AddObjectToObject(json, "export");
	if (delivery->kind != DELIVERY_SFTP) {
		const char *where = delivery->kind == DELIVERY_FOLDER ? "dir" : "zip";

		cJSON_DeleteItemFromObjectCaseSensitive(export, where);
		json_text(export, where, delivery->target);
	}
	cJSON_DeleteItemFromObjectCaseSensitive(export, "rows");
	cJSON_DeleteItemFromObjectCaseSensitive(export, "left_out");
	cJSON_DeleteItemFromObjectCaseSensitive(export, "blanked");
	json_number(export, "rows", (double)delivery->rows);
	json_number(export, "left_out", (double)delivery->left_out);
	json_number(export, "blanked", (double)delivery->blanked);
	if (failure && !cJSON_HasObjectItem(export, "error"))
		json_error(export, failure);
}

static void json_add(cJSON *json, const struct delivery *delivery, const struct err *failure)
{
	cJSON *list = cJSON_GetObjectItemCaseSensitive(json, "deliveries"), *one;

	if (!list)
		list = cJSON_AddArrayToObject(json, "deliveries");
	one = json_delivery(delivery);
	if (failure)
		json_error(one, failure);
	cJSON_AddItemToArray(list, one);
	json_sum_up(json, delivery, failure);
}

void publish_tell(void *arg, const struct delivery *delivery, const struct err *failure)
{
	struct publish_telling *telling = arg;

	print_progress_end();
	if (telling->json) {
		json_add(telling->json, delivery, failure);
		return;
	}
	if (failure)
		return; /* told by who called */
	if (delivery->changes)
		print_line("Exported %lld changes to %s (%lld of them deletions)",
			(long long)delivery->rows, delivery->target,
			(long long)delivery->deleted);
	else
		print_line(
			"Exported %lld rows to %s (%lld left out, %lld references left empty)",
			(long long)delivery->rows, delivery->target,
			(long long)delivery->left_out, (long long)delivery->blanked);
}

void publish_progress(void *arg, int64_t done, int64_t total)
{
	struct publish_telling *telling = arg;

	print_upload(&telling->last, done, total);
}

int publish_accepted(
	const struct context *context, const struct app *app, cJSON *json, struct err *err)
{
	struct publish_telling telling = {.json = json};
	struct publisher publisher;

	if (!app)
		return EXIT_OK;
	publisher_init(&publisher, context->state, app);
	publisher.told = publish_tell;
	publisher.progress = publish_progress;
	publisher.cancel = context->cancel;
	publisher.arg = &telling;
	if (!publish_owed(&publisher, err))
		return EXIT_OK;
	print_talk(
		"lumenport: What was accepted is in the hub, but its export failed: %s It is "
		"tried again by the next run, or with: lumenport export %s",
		err->text, app->name);
	return EXIT_PARTIAL;
}
