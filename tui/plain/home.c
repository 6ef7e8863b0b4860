/* The first question in lines: run, decide, look, set up. Each is a command. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "command/print.h"
#include "plain/ask.h"
#include "plain/plain.h"
#include "settings/settings_file.h"
#include "store/history.h"

enum { WORDS = 5 };

/* Runs a command as if it had been typed; an error is told. */
static int call(struct context *context, command_fn *run, const char *name,
	const char *const *words, int count)
{
	char *own[WORDS], *word[WORDS]; /* the command takes words out of the second */
	struct args args = {.word = word, .count = count, .command = name, .usage = ""};
	struct err err = {0};
	int i, result;

	for (i = 0; i < count; i++)
		own[i] = word[i] = mem_strdup(words[i]);
	result = run(context, &args, &err);
	for (i = 0; i < count; i++)
		free(own[i]);
	if (result < 0)
		print_line("%s", err.text);
	fflush(stdout);
	return result;
}

static int reread(struct context *context, struct err *err)
{
	settings_clear(&context->settings);
	return settings_file_read(context->config, &context->settings, err);
}

/* One of the apps by number; NULL: no more answers. */
static const char *ask_app(const struct context *context)
{
	const char **names = mem_zero(context->settings.count, sizeof(*names));
	const char *chosen = NULL;
	size_t i;
	int at = 0;

	for (i = 0; i < context->settings.count; i++)
		names[i] = context->settings.apps[i]->name;
	if (i > 1)
		at = ask_choice("Which app?", names, i, 0);
	if (at >= 0)
		chosen = names[at];
	free(names);
	return chosen;
}

/* ---- a held sync ---- */

static int find_held(void *arg, const struct sync *sync, struct err *err)
{
	struct sync *held = arg;

	(void)err;
	if (sync->state == SYNC_HELD && !held->number) {
		held->number = sync->number;
		memcpy(held->fingerprint, sync->fingerprint, sizeof(held->fingerprint));
	}
	return 0;
}

static void reject(struct context *context, const char *number)
{
	char *reason = ask_text("Reason", NULL);
	const char *const words[] = {number, "--reason", reason ? reason : ""};

	if (reason && *reason)
		call(context, command_reject, "reject", words, 3);
	else
		print_line("Without a reason it is not rejected. Nothing was changed.");
	free(reason);
}

static void approve(
	struct context *context, const char *number, const char *fingerprint, bool deletions)
{
	const char *const words[] = {number, "--fingerprint", fingerprint, "--no-deletions"};
	char *typed, *prompt = mem_printf("Type %s to approve", number);

	typed = ask_text(prompt, NULL);
	if (typed && !strcmp(typed, number))
		call(context, command_approve, "approve", words, deletions ? 3 : 4);
	else
		print_line("Not approved. Nothing was changed.");
	free(typed);
	free(prompt);
}

static void decide(struct context *context)
{
	static const char *const choices[] = {"Leave it waiting", "List every change",
		"Approve", "Approve without deletions", "Reject"};
	struct sync held = {0};
	struct err err = {0};
	int result, choice = 1;
	struct store *store = store_open_there(context, &result, &err);
	char number[24];
	const char *const words[] = {number, "--changes"};

	if (store)
		result = history_each(store, NULL, 1000, find_held, &held, &err);
	store_close(store);
	if (result || !held.number) {
		print_line("%s", result ? err.text : "No sync is held.");
		return;
	}
	snprintf(number, sizeof(number), "%lld", (long long)held.number);
	call(context, command_show, "show", words, 1);
	while (choice == 1) {
		choice = ask_choice("Decision", choices, 5, 0);
		if (choice == 1)
			call(context, command_show, "show", words, 2);
	}
	if (choice == 2 || choice == 3)
		approve(context, number, held.fingerprint, choice == 2);
	else if (choice == 4)
		reject(context, number);
}

/* ---- the menu ---- */

static void run_import(struct context *context)
{
	const char *name = ask_app(context);

	if (!name)
		return;
	print_line("Run Import of %s ...", name);
	fflush(stdout);
	if (call(context, command_run, "run", &name, 1) == EXIT_HELD)
		print_line("Choose \"Decide on a held sync\" to look at it.");
}

static void edit(struct context *context)
{
	const char *name = ask_app(context);
	char *copy = mem_strdup(name);
	struct err err;

	if (copy && setup_run(context, copy, NULL, &err))
		print_line("%s", err.text);
	free(copy);
}

int plain_run(struct context *context, const char *prefilled, struct err *err)
{
	static const char *const choices[] = {"Run Import", "Decide on a held sync", "Status",
		"History", "Settings, step by step", "Set up another app", "Quit"};
	enum { QUIT = 6 };
	int choice = 2;

	ask_begin(context->cancel);
	print_line(
		"lumenport in lines. Enter a number; Enter alone takes what stands in brackets.");
	if (!context->settings.count &&
		(setup_run(context, NULL, prefilled, err) || reread(context, err)))
		return -1;
	while (context->settings.count && !ask_ended() && choice != QUIT) {
		switch (choice) {
		case 0: run_import(context); break;
		case 1: decide(context); break;
		case 2: call(context, command_status, "status", NULL, 0); break;
		case 3: call(context, command_history, "history", NULL, 0); break;
		case 4: edit(context); break;
		default:
			if (setup_run(context, NULL, prefilled, err))
				print_line("%s", err->text);
		}
		if (reread(context, err))
			return -1;
		if (!ask_ended()) {
			print_line("%s", "");
			choice = ask_choice("What next?", choices, QUIT + 1, QUIT);
		}
	}
	if (ask_ended())
		return err_set(err, ERR_CANCELLED,
			"No more answers came. A draft, if there is one, waits.");
	return EXIT_OK;
}
