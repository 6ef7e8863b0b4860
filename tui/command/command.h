/*
 * The commands of the program without a screen: their common shape and what they share.
 * Data goes to stdout, talk to stderr.
 */
#ifndef COMMAND_COMMAND_H
#define COMMAND_COMMAND_H

#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/lock.h"
#include "settings/settings.h"
#include "store/store.h"

/* A contract with scripts. */
enum exit_code {
	EXIT_OK = 0,
	EXIT_FAILED = 1,
	EXIT_USAGE = 2,
	EXIT_PARTIAL = 3, /* accepted, but the configured export failed */
	EXIT_SETTINGS = 10,
	EXIT_LOCKED = 11,
	EXIT_AUTH = 12,
	EXIT_NETWORK = 13,
	EXIT_SOURCE = 14,
	EXIT_HELD = 20,
	EXIT_CANCELLED = 130, /* or 128 and the signal that asked for the end */
};
extern volatile sig_atomic_t signal_got; /* 0: none; main.c's */
int exit_of(const struct err *err);
const char *exit_name(const struct err *err); /* "network" */

/* What every command gets. */
struct context {
	const char *config; /* path of the settings file */
	const char *state;  /* the state directory */
	bool paths_given;   /* by --config or --state */
	bool json;
	bool error_shown;          /* the command's own object tells the error already */
	const atomic_bool *cancel; /* true once the administrator wants it to stop */
	struct settings settings;  /* as read before the command, unless it wants none */
};

/* The words after a command; options are taken out by name, what is left is in order. */
enum { ARGS_OPTIONS = 16 };
struct args {
	char **word; /* borrowed from argv; the array is ours */
	int count;
	const char *command;             /* "app add" */
	const char *usage;               /* "KIND --name NAME" */
	const char *asked[ARGS_OPTIONS]; /* names of the options it knows */
	size_t asked_count;
};

bool args_flag(struct args *args, const char *name); /* takes all of that name */

/*
 * Takes the first `--name VALUE` or `--name=VALUE`. 1 and `value` set; 0: not there; -1: there
 * without a value. For an option that may be repeated, call until 0.
 */
int args_option(struct args *args, const char *name, const char **value, struct err *err);

/* As args_option for a whole number from `least` on. */
int args_number_option(
	struct args *args, const char *name, int64_t least, int64_t *value, struct err *err);

/* Takes the next word that is no option; a missing one is ERR_USAGE naming `what`. */
int args_word(struct args *args, const char *what, const char **word, struct err *err);
int args_number(struct args *args, const char *what, int64_t *number, struct err *err);

/* Nothing may be left: an unknown option or a word too many is ERR_USAGE. Call it before
 * acting. */
int args_end(struct args *args, struct err *err);

/* Any other fault in the words, with the usage. Always -1. */
int args_fault(const struct args *args, struct err *err, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/* A command: -1 with the error, or its exit code. */
typedef int command_fn(struct context *context, struct args *args, struct err *err);

command_fn command_app_add, command_app_list, command_app_show, command_app_set,
	command_app_remove, command_secret_set, command_secret_clear, command_secret_status,
	command_terms_show, command_terms_accept, command_test, command_schools, command_map,
	command_run, command_status, command_history, command_show, command_approve,
	command_reject, command_data, command_require, command_quality, command_export,
	command_audit_verify, command_audit_show, command_screen; /* when there is no command */
command_fn command_app_withdraw, command_filter, command_unique, command_master,
	command_duplicates, command_deliver_test, command_deliver_history;

/* A change of the settings: locked, read anew, changed by the caller, written, audited. */
struct edit {
	struct lock lock;
	struct settings settings;
	struct store *store; /* for the audit */
};
int edit_begin(struct edit *edit, const struct context *context, struct err *err);
int edit_commit(struct edit *edit, const struct context *context, const char *action,
	const char *subject, const char *detail, struct err *err);
void edit_end(struct edit *edit); /* in any case */

/*
 * A change outside the store, audited: the row is written before it (NULL: it must not begin),
 * and committed after it when `result` is 0. audit_after closes the store in any case.
 */
struct store *audit_before(const struct context *context, const char *action,
	const char *subject, struct err *err);
int audit_after(struct store *store, int result, struct err *err);

/* Opens the store for reading; NULL without an error when there is none yet. */
struct store *store_open_there(const struct context *context, int *result, struct err *err);

#endif
