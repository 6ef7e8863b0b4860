#include "command/command.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "settings/settings_file.h"
#include "store/audit.h"
#include "sync/import.h"

static const struct {
	enum exit_code code;
	const char *name;
} exits[] = {
	[ERR_NONE] = {EXIT_FAILED, "failed"},
	[ERR_FAILED] = {EXIT_FAILED, "failed"},
	[ERR_USAGE] = {EXIT_USAGE, "usage"},
	[ERR_SETTINGS] = {EXIT_SETTINGS, "settings"},
	[ERR_LOCKED] = {EXIT_LOCKED, "locked"},
	[ERR_AUTH] = {EXIT_AUTH, "auth"},
	[ERR_NETWORK] = {EXIT_NETWORK, "network"},
	[ERR_SOURCE] = {EXIT_SOURCE, "source"},
	[ERR_AGAIN] = {EXIT_SOURCE, "source"},
	[ERR_CANCELLED] = {EXIT_CANCELLED, "cancelled"},
};

int exit_of(const struct err *err)
{
	if (err->code == ERR_CANCELLED && signal_got)
		return 128 + signal_got;
	return exits[err->code].code;
}

const char *exit_name(const struct err *err)
{
	return exits[err->code].name;
}

int edit_begin(struct edit *edit, const struct context *context, struct err *err)
{
	memset(edit, 0, sizeof(*edit));
	edit->lock.fd = -1;
	if (settings_file_lock(&edit->lock, context->config, err))
		return -1;
	/* Opened now: a change that could not be audited must not begin. */
	edit->store = store_open(context->state, err);
	return edit->store ? settings_file_read(context->config, &edit->settings, err) : -1;
}

int edit_commit(struct edit *edit, const struct context *context, const char *action,
	const char *subject, const char *detail, struct err *err)
{
	/* The audit first, in a transaction: while an import holds the store nothing changes.
	 */
	if (store_begin(edit->store, err))
		return -1;
	if (audit_add(edit->store, action, subject, detail, err) ||
		settings_file_write(context->config, &edit->settings, err)) {
		store_rollback(edit->store);
		return -1;
	}
	if (store_commit(edit->store, err))
		return err_context(
			err, "The settings were changed, but the audit was not written");
	return 0;
}

void edit_end(struct edit *edit)
{
	settings_clear(&edit->settings);
	store_close(edit->store);
	lock_release(&edit->lock);
}

struct store *audit_before(
	const struct context *context, const char *action, const char *subject, struct err *err)
{
	struct store *store = store_open(context->state, err);

	if (store && !store_begin(store, err) && !audit_add(store, action, subject, "", err))
		return store;
	if (store)
		store_rollback(store);
	store_close(store);
	return NULL;
}

int audit_after(struct store *store, int result, struct err *err)
{
	if (result)
		store_rollback(store);
	else
		result = store_commit(store, err);
	store_close(store);
	return result;
}

struct store *store_open_there(const struct context *context, int *result, struct err *err)
{
	char *path = mem_printf("%s/hub.db", context->state);
	struct store *store = NULL;

	*result = 0;
	if (file_exists(path)) {
		store = store_open(context->state, err);
		*result = store ? 0 : -1;
	}
	if (store)
		import_settle(context->state, store);
	free(path);
	return store;
}
