/* Step 7, Master Fields. */
#include "base/mem.h"
#include "screen/page.h"
#include "settings/settings.h"

static void say_apps(void *data, const struct field *field, struct buf *out)
{
	const struct page *page = data;
	const struct settings *base = &page->wizard->base;
	size_t i;

	(void)field;
	if (base->count < 2 &&
		(!base->count || settings_app(base, wizard_app(page->wizard)->name))) {
		buf_adds(out,
			"There is one app, so every value comes from it: there is nothing to "
			"decide here.");
		return;
	}
	buf_adds(out, "Apps that are set up:");
	for (i = 0; i < base->count; i++)
		buf_addf(out, "%s %s", i ? "," : "", base->apps[i]->name);
	buf_adds(out,
		". Their records stay apart in this version: none overrides another's. Give "
		"each app its own SIS ID prefix in Delivery Config.");
}

static void *masters_open(struct shell *shell, void *wizard)
{
	struct page *page = page_new(shell, wizard);

	page_note(page,
		"Where two apps know the same person, Master Fields say whose value wins. "
		"They need more than one app.");
	page_note(page, " ");
	page_note_of(page, say_apps);
	page_begin(page);
	return page;
}

static void masters_help(void *state, struct buf *text)
{
	(void)state;
	buf_adds(text,
		"Master Fields\n"
		"With two sources, one may be right about names and the other about email "
		"addresses. This step will say which. This version keeps the records of two "
		"apps apart, so there is nothing to set.");
}

const struct screen masters_screen = {
	.name = "masters",
	.title = "Master Fields",
	.open = masters_open,
	.close = page_close,
	.draw = page_draw,
	.key = page_key,
	.message = page_message,
	.hints = page_hints,
	.help = masters_help,
};
