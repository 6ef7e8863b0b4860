/*
 * lumenport: the options that every command knows, the table of commands, signals, exit codes.
 */
#include <errno.h>
#include <langinfo.h>
#include <locale.h>
#include <malloc.h>
#include <pwd.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/nearest.h"
#include "command/command.h"
#include "command/json.h"
#include "command/print.h"
#include "command/scheduled.h"
#include "settings/settings_file.h"

struct command {
	const char *name;
	const char *usage;
	const char *help;
	command_fn *run;
};

static const struct command commands[] = {
	{"app add",
		"KIND --name NAME --url URL --client-id ID [--token-url URL] "
		"[--auth auto|oauth2|oauth1] [--set KEY=VALUE]...",
		"Activate a source: lumen-touch or oneroster-api", command_app_add},
	{"app list", "", "List the apps", command_app_list},
	{"app show", "NAME", "Show every setting of an app", command_app_show},
	{"app set", "NAME KEY=VALUE...", "Change settings, all or none", command_app_set},
	{"app withdraw", "NAME",
		"Take all records of an app out of the hub (waits for approval)",
		command_app_withdraw},
	{"app remove", "NAME", "Remove an app's settings and secret", command_app_remove},
	{"secret set", "NAME [client|delivery]", "Read a secret from stdin or the terminal",
		command_secret_set},
	{"secret clear", "NAME [client|delivery]", "Forget a secret", command_secret_clear},
	{"secret status", "NAME [client|delivery]", "Say whether a secret is set",
		command_secret_status},
	{"terms show", "NAME", "Show the terms and whether they are accepted",
		command_terms_show},
	{"terms accept", "NAME", "Accept the terms", command_terms_accept},
	{"test", "NAME", "Test Connection, step by step; changes nothing", command_test},
	{"schools",
		"NAME [--auto] [--on ID]... [--off ID]... [--map ID=HUBID]... [--rename "
		"ID=NAME]... "
		"[--delete ID]... [--all|--existing|--missing|--missing-data] [--search TEXT]",
		"List and map the schools of a source", command_schools},
	{"map", "NAME [ENTITY] [--changed|--sources|--restore] [ENTITY.ATTRIBUTE=TEXT]...",
		"Attributes Mapping: what feeds the hub's attributes", command_map},
	{"require", "NAME [ENTITY.ATTRIBUTE=TEXT]...",
		"List and change Data Requirements: report, skip, exclude, masks",
		command_require},
	{"filter",
		"NAME [--add ENTITY TITLE --where CONDITION...] [--remove ENTITY TITLE] "
		"[--template NAME]... [--linked ENTITY=PLURALS]... | NAME --try ENTITY [--where "
		"CONDITION]... | --templates",
		"Filter Rules: which records come in", command_filter},
	{"unique",
		"[NAME] | --add ENTITY TITLE --by ATTRIBUTES | --remove|--up|--down ENTITY "
		"TITLE | --restore [ENTITY] | --none ENTITY",
		"List and change the Domains of Uniqueness of the hub", command_unique},
	{"master",
		"[ENTITY.ATTRIBUTE=\"APP: master, APP: do not override\"]... | --generate APP "
		"[ENTITY] | --conflicts",
		"List and change Master Fields: whose value counts", command_master},
	{"duplicates",
		"[NAME] | --merge ENTITY ID INTO | --keep ENTITY ID OTHER | --skip ENTITY ID | "
		"--forget ENTITY ID [OTHER]",
		"List duplicates inside one source, and resolve them", command_duplicates},
	{"quality", "NAME [--sync N] [--class C] [--csv FILE]",
		"List what an import found wrong in the data", command_quality},
	{"run", "NAME [--dry-run | --scheduled | --anyway]", "Run Import", command_run},
	{"status", "", "Show the state of every app and the hub", command_status},
	{"history", "[NAME] [--limit N]", "Data Sync History", command_history},
	{"show", "SYNC [--changes [ENTITY] | --problems]", "Show one sync", command_show},
	{"approve", "SYNC --fingerprint F [--no-deletions]", "Accept a held sync",
		command_approve},
	{"reject", "SYNC --reason TEXT", "Drop a held sync", command_reject},
	{"data", "ENTITY [--search TEXT] [--limit N]", "List accepted records of the hub",
		command_data},
	{"export",
		"[NAME] [--format oneroster|oneroster12|basic] [--delta] [--to DIR] [--zip FILE] "
		"[--deliver]",
		"Publish the hub as OneRoster or Basic Roster CSV", command_export},
	{"schedule show", "NAME", "Show when an app runs by itself", command_schedule_show},
	{"schedule next", "NAME [--count N] [--from DATE]", "List its next runs",
		command_schedule_next},
	{"schedule install", "NAME [--systemd | --user | --cron] [--root DIR] [--yes]",
		"Install what asks for its runs", command_schedule_install},
	{"schedule remove", "NAME [--root DIR]", "Remove that again", command_schedule_remove},
	{"deliver test", "NAME", "Test the delivery by SFTP, step by step",
		command_deliver_test},
	{"deliver history", "[NAME] [--limit N]", "List what was published",
		command_deliver_history},
	{"audit verify", "", "Check that no row of the audit was changed",
		command_audit_verify},
	{"audit show", "", "Show the audit", command_audit_show},
};

enum { COMMANDS = sizeof(commands) / sizeof(*commands) };

static atomic_bool cancel;
volatile sig_atomic_t signal_got;

static void on_signal(int number)
{
	if (signal_got)
		_exit(128 + number); /* asked twice: at once */
	signal_got = number;
	atomic_store(&cancel, true);
}

static void catch_signals(void)
{
	struct sigaction action = {.sa_handler = on_signal};

	sigaction(SIGINT, &action, NULL);
	sigaction(SIGTERM, &action, NULL);
	signal(SIGPIPE, SIG_IGN);
	signal(SIGXFSZ, SIG_IGN); /* a file-size limit is a full disk: an error, no death */
}

/* Student data and a secret are in memory: none of it may get into a core file. */
static void protect(void)
{
	const struct rlimit none = {0, 0};

	umask(077);
	setrlimit(RLIMIT_CORE, &none);
	prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
}

/*
 * Large blocks go back to the system when they are freed. By itself glibc takes the threshold
 * up with the first large block that is freed, and an import of a million records holds 40 MB
 * more.
 */
static void keep_small(void)
{
	mallopt(M_MMAP_THRESHOLD, 1024 * 1024);
}

static void choose_locale(void)
{
	if (!setlocale(LC_CTYPE, "") || strcmp(nl_langinfo(CODESET), "UTF-8") != 0)
		setlocale(LC_CTYPE, "C.UTF-8");
}

/* A path below an XDG directory, or below the home where that is not set. */
static char *user_path(const char *variable, const char *below_home, const char *name)
{
	const char *dir = getenv(variable), *home = getenv("HOME");
	const struct passwd *user;

	if (dir && *dir == '/')
		return mem_printf("%s/lumenport%s", dir, name);
	user = home && *home ? NULL : getpwuid(getuid());
	if (user)
		home = user->pw_dir;
	return mem_printf("%s/%s/lumenport%s", home && *home ? home : "", below_home, name);
}

static char *default_config(void)
{
	return getuid() == 0 ? mem_strdup("/etc/lumenport/lumenport.conf")
			     : user_path("XDG_CONFIG_HOME", ".config", "/lumenport.conf");
}

static char *default_state(void)
{
	return getuid() == 0 ? mem_strdup("/var/lib/lumenport")
			     : user_path("XDG_STATE_HOME", ".local/state", "");
}

/* Takes --config and --state, wherever they stand; of several the last counts. */
static int take_paths(struct context *context, struct args *args, struct err *err)
{
	int config, state;

	do {
		config = args_option(args, "--config", &context->config, err);
		state = config < 0 ? -1 : args_option(args, "--state", &context->state, err);
		context->paths_given |= config > 0 || state > 0;
	} while (config > 0 || state > 0);
	return config < 0 || state < 0 ? -1 : 0;
}

static void print_help(void)
{
	size_t i;

	print_line("usage: lumenport [--config FILE] [--state DIR] [--json] COMMAND ...");
	print_line(
		"       lumenport [--config FILE] [--state DIR] [--plain] [--ascii] [--mouse]");
	print_line("                 [--color auto|always|never]");
	print_line("%s", "");
	print_line("Without a command it opens the wizard or the dashboard; --plain asks the "
		   "same");
	print_line("in numbered lines, for screen readers.");
	print_line("%s", "");
	for (i = 0; i < COMMANDS; i++)
		print_line("  %-14s %s", commands[i].name, commands[i].help);
	print_line("%s", "");
	print_line("lumenport COMMAND --help tells the words of a command. Manual: man "
		   "lumenport.");
}

/* The command of the first word or two; takes them. */
static const struct command *find_command(struct args *args)
{
	char two[100];
	size_t i;

	if (!args->count)
		return NULL;
	snprintf(
		two, sizeof(two), "%s %s", args->word[0], args->count > 1 ? args->word[1] : "");
	for (i = 0; i < COMMANDS; i++) {
		int words = strchr(commands[i].name, ' ') ? 2 : 1;

		if (strcmp(commands[i].name, words == 2 ? two : args->word[0]) != 0)
			continue;
		args->word += words;
		args->count -= words;
		return &commands[i];
	}
	return NULL;
}

/* Says what was probably meant: another command, or the second word of a family. */
static int unknown_command(struct args *args, struct err *err)
{
	char two[100], family[300] = "";
	const char *first = args->word[0], *second = args->count > 1 ? args->word[1] : "",
		   *meant;
	size_t i, length = strlen(first);

	if (*first == '-')
		return args_end(args, err);
	for (i = 0; i < COMMANDS; i++) {
		if (!strncmp(commands[i].name, first, length) &&
			commands[i].name[length] == ' ')
			snprintf(family + strlen(family), sizeof(family) - strlen(family),
				"%s%s", *family ? ", " : "", commands[i].name + length + 1);
	}
	if (*family && !*second)
		return err_set(
			err, ERR_USAGE, "lumenport %s: say what to do: %s.", first, family);
	if (*family)
		return err_set(err, ERR_USAGE,
			"lumenport %s: unknown command \"%s\". There is: %s.", first, second,
			family);
	snprintf(two, sizeof(two), "%s %s", first, second);
	meant = nearest_word(first, &commands[0].name, COMMANDS, sizeof(*commands));
	if (!meant)
		meant = nearest_word(two, &commands[0].name, COMMANDS, sizeof(*commands));
	if (meant)
		return err_set(err, ERR_USAGE, "Unknown command \"%s\". Did you mean \"%s\"?",
			first, meant);
	return err_set(err, ERR_USAGE, "Unknown command \"%s\". See: lumenport --help", first);
}

/* Whether there are options only: then the screen opens. */
static bool no_command(const struct args *args)
{
	int i;

	for (i = 0; i < args->count; i++) {
		if (args->word[i][0] != '-' &&
			(i == 0 || (strcmp(args->word[i - 1], "--color") != 0 &&
					   strcmp(args->word[i - 1], "--prefill") != 0)))
			return false;
	}
	return true;
}

static int call(struct context *context, struct args *args, bool help, struct err *err)
{
	static const struct command screen = {"",
		"[--plain] [--ascii] [--mouse] [--color WHEN]",
		"Open the wizard or the dashboard", command_screen};
	const struct command *command = no_command(args) ? &screen : find_command(args);
	int result;

	if (help && (!command || command == &screen)) {
		print_help();
		return EXIT_OK;
	}
	if (!command)
		return unknown_command(args, err);
	if (help) {
		print_line("usage: lumenport %s%s%s", command->name, *command->usage ? " " : "",
			command->usage);
		print_line("%s.", command->help);
		return EXIT_OK;
	}
	args->command = command->name;
	args->usage = command->usage;
	if (settings_file_read(context->config, &context->settings, err))
		return -1;
	result = command->run(context, args, err);
	settings_clear(&context->settings);
	return result;
}

/* The exit code, after what went wrong was told. */
static int finish(const struct context *context, int result, struct err *err)
{
	cJSON *json;

	if (result < 0) {
		if (context->json && !context->error_shown) {
			json = json_new();
			json_error(json, err);
			json_print(json);
		}
		print_talk("lumenport: %s", err->text);
		result = exit_of(err);
	}
	if (fflush(stdout) || ferror(stdout)) {
		if (errno != EPIPE) /* a reader such as head(1) that has enough */
			print_talk("lumenport: Cannot write the output: %s.", strerror(errno));
		return result == EXIT_OK ? EXIT_FAILED : result;
	}
	return result;
}

int main(int argc, char **argv)
{
	char *config = default_config(), *state = default_state();
	char **words = mem_zero((size_t)argc + 1, sizeof(*words));
	struct context context = {.config = config, .state = state, .cancel = &cancel};
	struct args args = {
		.word = words, .count = argc - 1, .command = "", .usage = "COMMAND ..."};
	struct err err = {0};
	bool help;
	int result = -1;

	memcpy(words, argv + 1, (size_t)(argc - 1) * sizeof(*words));
	protect();
	keep_small();
	choose_locale();
	catch_signals();
	context.json = args_flag(&args, "--json");
	help = args_flag(&args, "--help");
	if (args_flag(&args, "--version")) {
		print_line("lumenport %s", LUMENPORT_VERSION);
		result = EXIT_OK;
	} else if (!take_paths(&context, &args, &err)) {
		result = call(&context, &args, help, &err);
	}
	result = finish(&context, result, &err);
	free(words);
	free(config);
	free(state);
	return result;
}
