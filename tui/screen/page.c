#include "screen/page.h"

#include <stdlib.h>

#include "base/mem.h"
#include "shell.h"

static const char next_label[] = "Next", finish_label[] = "To Finish";

struct page *page_new(struct shell *shell, void *wizard)
{
	struct page *page = mem_zero(1, sizeof(*page));

	page->shell = shell;
	page->wizard = wizard;
	return page;
}

struct field *page_add(struct page *page, struct field field)
{
	if (page->count == PAGE_FIELDS)
		abort(); /* a mistake of the screen */
	page->fields[page->count] = field;
	return &page->fields[page->count++];
}

void page_note(struct page *page, const char *text)
{
	page_add(page, (struct field){.kind = FIELD_NOTE, .label = text});
}

void page_note_of(
	struct page *page, void (*get)(void *data, const struct field *field, struct buf *out))
{
	page_add(page, (struct field){.kind = FIELD_NOTE, .get = get});
}

void page_begin(struct page *page)
{
	page_note(page, " ");
	page_add(page,
		(struct field){
			.kind = FIELD_BUTTON, .label = next_label, .help = "The next step."});
	page_add(page,
		(struct field){.kind = FIELD_BUTTON,
			.label = finish_label,
			.help = "Leaves the rest as it is, on to the summary and Finish."});
	form_init(&page->form, page->fields, page->count, page);
	page->form.access = wizard_access(page->wizard);
}

void page_close(void *state)
{
	struct page *page = state;

	form_clear(&page->form);
	free(page);
}

void page_draw(void *state, struct rect area)
{
	struct page *page = state;

	form_draw(&page->form, area, WIDGET_FOCUSED);
}

static void take_changes(struct page *page)
{
	if (page->form.changed)
		wizard_changed(page->wizard);
	page->form.changed = false;
}

enum screen_answer page_key(void *state, const struct key *key)
{
	struct page *page = state;
	size_t before = page->form.focus;
	enum widget_answer answer = form_key(&page->form, key, term_now());

	if (before != page->form.focus && page->form.states[before].err.code)
		shell_say(page->shell, DRAW_ERROR, "%s", page->form.states[before].err.text);
	take_changes(page);
	if (answer == WIDGET_DONE && page->fields[page->form.focus].label == next_label)
		wizard_next(page->wizard);
	else if (answer == WIDGET_DONE)
		wizard_go(page->wizard, WIZARD_DONE);
	else if (answer == WIDGET_NEXT)
		form_enter_first(&page->form);
	else if (answer == WIDGET_PREVIOUS)
		form_enter_last(&page->form);
	return answer == WIDGET_IGNORED ? SCREEN_IGNORED : SCREEN_TAKEN;
}

void page_tick(void *state, int64_t now)
{
	form_tick(&((struct page *)state)->form, now);
}

int page_wait(void *state, int64_t now)
{
	return form_wait(&((struct page *)state)->form, now);
}

const char *page_message(void *state, enum draw_role *role)
{
	return form_message(&((struct page *)state)->form, role);
}

size_t page_hints(void *state, struct hint *hints)
{
	(void)state;
	hints[0] = (struct hint){"Tab", "Next field"};
	return 1;
}

int page_leave(void *state, enum screen_leave how, struct err *err)
{
	struct page *page = state;
	int result = form_check(&page->form, err);

	(void)how;
	take_changes(page);
	return result;
}
