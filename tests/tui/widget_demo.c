/*
 * Every widget on three pages, for tests/tui/widgets.bats and for the eye:
 *   widget_demo [--ascii] [--mouse] [--read-only] [--color=auto|always|never]
 * [form|list|pictures] F8 and F7 turn pages, F10 asks before it ends. At the end it prints what
 * was entered.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "term/draw.h"
#include "term/term.h"
#include "widget/chart.h"
#include "widget/dialog.h"
#include "widget/form.h"
#include "widget/hints.h"
#include "widget/list.h"
#include "widget/progress.h"
#include "widget/steps.h"
#include "widget/tabs.h"
#include "widget/toggle.h"
#include "widget/view.h"
#include "widget/words.h"

enum page { PAGE_FORM, PAGE_LIST, PAGE_PICTURES, PAGE_COUNT };
enum asking { ASK_NOTHING, ASK_QUIT, ASK_OTHER };
enum { ROWS = 100000, NAME_SIZE = 48 };

struct demo {
	int follow; /* -1: nothing */
	enum page page;
	enum asking asking;
	bool over;
	struct dialog dialog;
	struct form form;
	struct list list;
	struct view view;
	char (*names)[NAME_SIZE];
	bool *on;
	char message[400];
	char answer[200]; /* of the last dialog */
	size_t tab;
	size_t cells; /* asked for in the last frame */
};

static char *name, *url, *secret;
static int percent = 10, color = 2, mode = 1;
static bool slider = true, check;

static int check_url(void *data, const struct field *field, const char *text, struct err *err)
{
	(void)data;
	if (strncmp(text, "https://", 8) == 0)
		return 0;
	return err_set(err, ERR_SETTINGS,
		"%s: must begin with https://. Enter https://sis.example.org.", field->label);
}

static void say_name(void *data, const struct field *field, struct buf *out)
{
	(void)data;
	(void)field;
	buf_addf(out, "The name is %s.", name ? name : "not known yet");
}

static const struct choice_option colors[] = {
	{1, "Red"}, {2, "Green"}, {3, "A rather long shade of blue"}};
static const struct choice_option modes[] = {{0, "Automatic"}, {1, "By hand"}, {2, "Never"}};

static const struct field fields[] = {
	{.kind = FIELD_NOTE, .label = "Fields of every kind. Nothing here means anything."},
	{.kind = FIELD_TEXT, .label = "Name", .text = &name, .help = "Any name.", .limit = 60},
	{.kind = FIELD_TEXT,
		.label = "Service URL",
		.text = &url,
		.put = check_url,
		.help = "Where it is.",
		.placeholder = "(none)"},
	{.kind = FIELD_SECRET,
		.label = "Secret",
		.text = &secret,
		.help = "Ctrl-R shows it.",
		.placeholder = "(set, 3 days ago)",
		.limit = 100},
	{.kind = FIELD_SLIDER, .label = "Slide me", .on = &slider, .help = "Left is off."},
	{.kind = FIELD_CHOICE,
		.label = "Color",
		.choice = &color,
		.options = colors,
		.option_count = 3,
		.help = "Space opens."},
	{.kind = FIELD_SECTION,
		.label = "Advanced Settings",
		.fold = FIELD_FOLDED,
		.help = "Space unfolds."},
	{.kind = FIELD_NUMBER,
		.label = "Sync hold",
		.number = &percent,
		.least = 0,
		.most = 100,
		.help = "Percent."},
	{.kind = FIELD_CHECK, .label = "Check me", .on = &check, .help = "Space checks."},
	{.kind = FIELD_RADIO,
		.label = "Mode",
		.choice = &mode,
		.options = modes,
		.option_count = 3,
		.help = "Up and Down."},
	{.kind = FIELD_END},
	{.kind = FIELD_NOTE, .get = say_name, .role = DRAW_HELD},
	{.kind = FIELD_BUTTON, .label = "Next", .help = "Checks all fields."},
};

static const struct step steps[] = {
	{"Fields", STEP_DONE}, {"Rows", STEP_ERROR}, {"Pictures", STEP_INCOMPLETE}};

static size_t all_rows(void *data)
{
	(void)data;
	return ROWS;
}

static const char *row_text(void *data, size_t row)
{
	return ((struct demo *)data)->names[row];
}

static size_t shown_rows(void *data)
{
	return ((struct demo *)data)->view.count;
}

static uint64_t row_id(void *data, size_t row)
{
	return ((struct demo *)data)->view.rows[row];
}

static void row_cell(void *data, size_t row, size_t column, struct list_cell *cell)
{
	struct demo *demo = data;
	size_t at = demo->view.rows[row];

	demo->cells++;
	if (column == 0)
		snprintf(cell->text, sizeof(cell->text), "%s",
			toggle_text(TOGGLE_SLIDER, demo->on[at]));
	else if (column == 1)
		snprintf(cell->text, sizeof(cell->text), "%s", demo->names[at]);
	else
		words_number(at * (column - 1), cell->text);
	cell->role = column == 0 && demo->on[at] ? DRAW_OK : DRAW_NORMAL;
}

static bool row_set(void *data, size_t row, enum list_set how)
{
	struct demo *demo = data;
	bool *on = &demo->on[demo->view.rows[row]], before = *on;

	*on = how == LIST_FLIP ? !before : how == LIST_ON;
	return *on != before;
}

static void row_filter(void *data, const char *text)
{
	view_search(&((struct demo *)data)->view, text);
}

static const struct view_source view_rows = {.count = all_rows, .text = row_text};
static const struct list_source list_rows = {.count = shown_rows,
	.total = all_rows,
	.id = row_id,
	.cell = row_cell,
	.set = row_set,
	.filter = row_filter};
static const struct list_column columns[] = {{"Sync", 8, 0, 0, LIST_LEFT},
	{"Name", 16, 0, 1, LIST_LEFT}, {"Number", 8, 1, 0, LIST_RIGHT},
	{"Twice", 8, 2, 0, LIST_RIGHT}, {"Thrice, only if wide", 20, 3, 0, LIST_RIGHT}};

static void make_rows(struct demo *demo)
{
	static const char *const words[] = {"Zoë Müller", "李小龍 Academy", "Ångström",
		"Evil\x1b[31m\rName", "e\xcc\x81lan"};
	size_t i;

	demo->names = mem_zero(ROWS, sizeof(*demo->names));
	demo->on = mem_zero(ROWS, sizeof(*demo->on));
	for (i = 0; i < ROWS; i++)
		snprintf(demo->names[i], NAME_SIZE, "%s %zu", words[i % 5], i);
	view_init(&demo->view, &view_rows, demo);
	list_init(&demo->list, &list_rows, demo, columns, 5);
}

static const char *const tabs[] = {
	"Overview", "History", "Changes", "Data", "Data Quality", "Duplicates", "Settings"};
enum { TABS = sizeof(tabs) / sizeof(*tabs) };
static const struct hint hints[] = {{"F8", "Next"}, {"F7", "Back"}, {"F1", "Help"},
	{"F10", "Quit"}, {"Ctrl-L", "Draw again"}};

static void draw_pictures(const struct demo *demo, struct rect area)
{
	static const uint64_t values[] = {10, 400, 980, 1200, 30, 0, 640, 1, 1100, 870};
	struct chart chart = {.title = "Records a sync",
		.values = values,
		.count = 10,
		.first_label = "1 Nov",
		.last_label = "23 Nov",
		.role = DRAW_OK};
	struct progress progress = {
		.phase = "Students", .done = 1204, .total = 9800, .now = 17000};

	tabs_draw(area.y, area.x, area.width, tabs, TABS, demo->tab, WIDGET_FOCUSED);
	progress_draw(&progress, area.y + 1, area.x, area.width);
	chart_draw(&chart, (struct rect){area.y + 4, area.x, area.height - 6, area.width});
	draw_text(area.y + area.height - 1, area.x, area.width, DRAW_LINK,
		"m c t i s l u: dialogs   E exit   A abort   V segv");
}

static void draw(struct demo *demo)
{
	struct rect screen = draw_screen(), body = {2, 0, screen.height - 4, screen.width};
	bool wide = screen.width >= STEPS_LIST_FROM;
	enum draw_role role = DRAW_NORMAL;
	const char *message = demo->message;

	draw_begin();
	draw_textf(0, 0, screen.width, DRAW_TITLE, "Widget demo %dx%d", screen.width,
		screen.height);
	if (wide) {
		steps_draw_list((struct rect){2, 0, body.height, STEPS_LIST_WIDTH}, steps, 3,
			demo->page);
		body.x = STEPS_LIST_WIDTH + 2;
		body.width -= body.x;
	} else {
		steps_draw_bar(1, 0, screen.width, steps, 3, demo->page);
	}
	if (demo->page == PAGE_FORM && !*message)
		message = form_message(&demo->form, &role);
	draw_text(screen.height - 2, 0, screen.width, role, message);
	hints_draw((struct rect){screen.height - 1, 0, 1, screen.width}, hints, 5);
	demo->cells = 0;
	if (demo->page == PAGE_FORM)
		form_draw(&demo->form, body, WIDGET_FOCUSED);
	else if (demo->page == PAGE_LIST)
		list_draw(&demo->list, body, WIDGET_FOCUSED);
	else
		draw_pictures(demo, body);
	if (demo->page == PAGE_LIST)
		draw_textf(
			screen.height - 2, 40, 30, DRAW_DIM, "cells asked: %zu", demo->cells);
	if (demo->asking)
		dialog_draw(&demo->dialog);
	draw_end();
}

static void open_dialog(struct demo *demo, char which)
{
	static const char *const quit[] = {"Save draft", "Discard", "Stay"};
	static const char *const terms[] = {"Accept", "Decline"};
	static const char *const approve[] = {"Approve", "Approve without deletions", "Reject"};
	struct dialog *dialog = &demo->dialog;

	demo->asking = which == 'q' ? ASK_QUIT : ASK_OTHER;
	switch (which) {
	case 'q': dialog_confirm(dialog, "Quit", "Leave now?", quit, 3, 2); break;
	case 'm': dialog_message(dialog, "Note", "It is done."); break;
	case 'c': dialog_confirm(dialog, "Held", "1,204 deletions.", approve, 3, 2); break;
	case 't':
		dialog_typed(dialog, "Danger", "This deletes 1204.", "1204", "Approve");
		break;
	case 'i': dialog_input(dialog, "Rename", "New name:", "Zoë", 50, "Rename"); break;
	case 's': dialog_secret(dialog, "Secret", "New secret:", 50, "Set"); break;
	case 'u': dialog_menu(dialog, "Steps", "Go to:", approve, 3, 0); break;
	case 'l':
		dialog_text(dialog, "Terms",
			"First line of the terms.\n\nLong paragraphs follow, which do not fit "
			"into "
			"one line of this box and are broken between "
			"words.\n\n1\n2\n3\n4\n5\n6\n7\n"
			"8\n9\n10\n11\n12\n13\n14\n15\n16\n17\n18\nLast line of the terms.",
			terms, 2);
		break;
	default: demo->asking = ASK_NOTHING;
	}
}

static void dialog_took(struct demo *demo, int answer)
{
	if (answer == DIALOG_OPEN)
		return;
	demo->over = demo->asking == ASK_QUIT && (answer == 0 || answer == 1);
	snprintf(demo->answer, sizeof(demo->answer), "answer %d %s", answer,
		demo->dialog.has_edit ? edit_text(&demo->dialog.edit) : "");
	snprintf(demo->message, sizeof(demo->message), "%s", demo->answer);
	dialog_clear(&demo->dialog);
	demo->asking = ASK_NOTHING;
}

static void page_key(struct demo *demo, const struct key *key)
{
	enum widget_answer answer = WIDGET_IGNORED;
	struct err err = {ERR_NONE, ""};
	volatile int *nowhere = NULL;

	if (demo->page == PAGE_FORM) {
		answer = form_key(&demo->form, key, term_now());
		if (answer == WIDGET_NEXT)
			form_enter_first(&demo->form);
		if (answer == WIDGET_PREVIOUS)
			form_enter_last(&demo->form);
		if (answer == WIDGET_DONE && form_check(&demo->form, &err) == 0)
			demo->page = PAGE_LIST;
	} else if (demo->page == PAGE_LIST) {
		answer = list_key(&demo->list, key, term_now());
		if (answer == WIDGET_CHANGED)
			snprintf(demo->message, sizeof(demo->message), "%zu rows switched",
				demo->list.changed);
	} else if (tabs_key(&demo->tab, TABS, key) != WIDGET_IGNORED) {
		return;
	} else if (key_typed(key, "E")) {
		exit(3);
	} else if (key_typed(key, "A")) {
		abort();
	} else if (key_typed(key, "V")) {
		*nowhere = 1;
	} else if (key->code == K_CHAR && !key->pasted) {
		open_dialog(demo, key->text[0]);
	}
}

/* Which key that was, for the tests of key sequences. */
static const char *name_of(enum key_code code)
{
	static const char *const names[] = {[K_HELP] = "F1",
		[K_SAVE] = "F2",
		[K_F3] = "F3",
		[K_F4] = "F4",
		[K_RUN] = "F5",
		[K_STEPS] = "F6",
		[K_F9] = "F9",
		[K_F11] = "F11",
		[K_F12] = "F12",
		[K_INSERT] = "Insert"};
	size_t count = sizeof(names) / sizeof(*names);

	return (size_t)code < count && names[code] ? names[code] : "none";
}

static void take_key(struct demo *demo, const struct key *key)
{
	demo->message[0] = '\0';
	if (demo->asking) {
		dialog_took(demo, dialog_key(&demo->dialog, key, term_now()));
	} else if (key->code == K_QUIT) {
		open_dialog(demo, 'q');
	} else if (key->code == K_NEXT || key->code == K_PREVIOUS) {
		form_leave(&demo->form);
		demo->page =
			(demo->page + (key->code == K_NEXT ? 1 : PAGE_COUNT - 1)) % PAGE_COUNT;
	} else if (strcmp(name_of(key->code), "none") != 0) {
		snprintf(demo->message, sizeof(demo->message), "key %s", name_of(key->code));
	} else {
		page_key(demo, key);
	}
}

static void follow(struct demo *demo)
{
	ssize_t n = read(demo->follow, demo->message, sizeof(demo->message) - 1);

	demo->message[n > 0 ? n : 0] = '\0';
}

static const char *run(struct demo *demo)
{
	struct pollfd fd = {.fd = demo->follow, .events = POLLIN};
	struct key key;

	while (!demo->over) {
		if (!term_pending())
			draw(demo);
		switch (term_wait(&key, &fd, 1, form_wait(&demo->form, term_now()))) {
		case TERM_KEY: take_key(demo, &key); break;
		case TERM_TIMEOUT: form_tick(&demo->form, term_now()); break;
		case TERM_READY: follow(demo); break;
		case TERM_HANGUP: return "hung up";
		case TERM_TERMINATE: return "terminated";
		default: break;
		}
	}
	return "quit";
}

static int option(struct term_options *options, struct demo *demo, const char *arg)
{
	options->ascii |= strcmp(arg, "--ascii") == 0;
	if (strcmp(arg, "--read-only") == 0)
		demo->form.access = FORM_READ_ONLY;
	options->mouse |= strcmp(arg, "--mouse") == 0;
	if (strcmp(arg, "--color=always") == 0)
		options->color = TERM_COLOR_ALWAYS;
	if (strcmp(arg, "--color=never") == 0)
		options->color = TERM_COLOR_NEVER;
	if (*arg != '-')
		demo->page = *arg == 'l' ? PAGE_LIST : *arg == 'p' ? PAGE_PICTURES : PAGE_FORM;
	return 0;
}

int main(int argc, char **argv)
{
	struct term_options options = {0};
	struct err err = {ERR_NONE, ""};
	struct demo demo = {.follow = -1};
	enum form_access access;
	const char *end;
	int i;

	for (i = 1; i < argc; i++) {
		if (strcmp(argv[i], "--follow") == 0 && i + 1 < argc)
			demo.follow = open(argv[++i], O_RDWR | O_CLOEXEC | O_NONBLOCK);
		else
			option(&options, &demo, argv[i]);
	}
	if (term_open(&options, &err)) {
		fprintf(stderr, "line mode: %s\n", err.text);
		return 2;
	}
	make_rows(&demo);
	access = demo.form.access;
	form_init(&demo.form, fields, sizeof(fields) / sizeof(*fields), NULL);
	demo.form.access = access;
	end = run(&demo);
	form_leave(&demo.form);
	term_close();
	printf("%s: name=<%s> url=<%s> secret=<%s> slider=%d color=%d hold=%d check=%d "
	       "mode=%d\n",
		end, name ? name : "", url ? url : "", secret ? secret : "", slider, color,
		percent, check, mode);
	dialog_clear(&demo.dialog);
	form_clear(&demo.form);
	list_clear(&demo.list);
	view_clear(&demo.view);
	free(demo.names);
	free(demo.on);
	free(name);
	free(url);
	free(secret);
	return 0;
}
