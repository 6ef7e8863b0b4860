/*
 * The steps whose rules lie further on: a page of true words, a form where there is something
 * to set, and the way on. Each of these screens says what holds now.
 */
#ifndef SCREEN_PAGE_H
#define SCREEN_PAGE_H

#include "widget/form.h"
#include "wizard.h"

enum { PAGE_FIELDS = 12 };

struct page {
	struct shell *shell;
	struct wizard *wizard;
	struct form form;
	struct field fields[PAGE_FIELDS]; /* filled in before page_begin */
	size_t count;
};

struct page *page_new(struct shell *shell, void *wizard);
void page_note(struct page *page, const char *text);
void page_note_of(
	struct page *page, void (*get)(void *data, const struct field *field, struct buf *out));
struct field *page_add(struct page *page, struct field field);
void page_begin(struct page *page); /* adds Next and Finish, makes the form */

/* For struct screen. */
void page_close(void *state);
void page_draw(void *state, struct rect area);
enum screen_answer page_key(void *state, const struct key *key);
void page_tick(void *state, int64_t now);
int page_wait(void *state, int64_t now);
const char *page_message(void *state, enum draw_role *role);
size_t page_hints(void *state, struct hint *hints);
int page_leave(void *state, enum screen_leave how, struct err *err);

#endif
