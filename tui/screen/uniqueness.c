/* Step 6, Domains of Uniqueness. */
#include "screen/page.h"

static void *uniqueness_open(struct shell *shell, void *wizard)
{
	struct page *page = page_new(shell, wizard);

	page_note(page,
		"Two records of one entity type that have the same value in a domain of "
		"uniqueness are duplicates. The domains are, in this order: username; email; "
		"stateId.");
	page_note(page, " ");
	page_add(page,
		(struct field){.kind = FIELD_SLIDER,
			.label = "Compare records accordingly to the Domains of Uniqueness",
			.on = &wizard_app(wizard)->uniqueness,
			.help = "Left is off, Right is on. The same setting as in Delivery "
				"Config."});
	page_note(page, " ");
	page_note(page,
		"This version keeps the setting but does not search for duplicates yet, "
		"and the domains cannot be changed. Records are told apart by their SIS id.");
	page_begin(page);
	return page;
}

static void uniqueness_help(void *state, struct buf *text)
{
	(void)state;
	buf_adds(text,
		"Domains of Uniqueness\n"
		"What must be unique: if two students have the same email, one of them is "
		"probably there twice. The switch says whether records are compared that "
		"way. It is stored now and takes effect with the version that resolves "
		"duplicates; until then records are told apart by their SIS id alone.");
}

const struct screen uniqueness_screen = {
	.name = "uniqueness",
	.title = "Domains of Uniqueness",
	.open = uniqueness_open,
	.close = page_close,
	.draw = page_draw,
	.key = page_key,
	.message = page_message,
	.hints = page_hints,
	.help = uniqueness_help,
	.leave = page_leave,
};
