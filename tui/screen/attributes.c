/*
 * Step 3, Attributes Mapping: a row for each attribute of the hub, what feeds it, and what that
 * makes of the data of the last pull, which a worker reads.
 */
#include "screen/attributes.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "fetch.h"

/* ---- rows ---- */

static void cell(
	void *screen, const struct attribute *hub, size_t column, struct list_cell *cell)
{
	const struct attributes *attributes = screen;
	const struct tried *tried = attributes_tried(attributes, hub);
	bool changed = map_is_changed(attributes_rules(attributes), hub);

	cell->role = changed && column != 3 ? DRAW_NORMAL : DRAW_DIM;
	if (column == 0) {
		snprintf(cell->text, sizeof(cell->text), "%s", changed ? "*" : "");
		cell->role = DRAW_OK;
	} else if (column == 1) {
		snprintf(cell->text, sizeof(cell->text), "%s", hub->name);
		cell->role = DRAW_NORMAL;
	} else if (column == 2) {
		snprintf(cell->text, sizeof(cell->text), "<- %s",
			map_of(attributes_rules(attributes), hub));
	} else {
		snprintf(
			cell->text, sizeof(cell->text), "%s", tried->count ? tried->to[0] : "");
	}
}

static void search(void *screen, const struct attribute *hub, struct buf *text)
{
	buf_addf(text, "%s %s", map_of(attributes_rules(screen), hub),
		map_is_changed(attributes_rules(screen), hub) ? "* changed" : "");
}

static const struct entities_source source = {.cell = cell, .search = search};
static const struct list_column columns[] = {{"", 1, 0, 0, LIST_LEFT},
	{"Hub attribute", 20, 0, 1, LIST_LEFT}, {"Source attribute", 22, 0, 2, LIST_LEFT},
	{"For example", 16, 1, 2, LIST_LEFT}};

/* ---- the screen ---- */

static void *attributes_open(struct shell *shell, void *wizard)
{
	struct attributes *attributes = mem_zero(1, sizeof(*attributes));
	enum entity e;

	attributes->shell = shell;
	attributes->wizard = wizard;
	for (e = 0; e < ENTITY_COUNT; e++) {
		offers_init(&attributes->offers[e]);
		offers_of_standard(&attributes->offers[e], e);
	}
	offers_init(&attributes->reading.offers);
	settings_init(&attributes->reading.settings);
	entities_init(&attributes->entities, wizard, &source, attributes, columns, 4);
	attributes_read_on(attributes);
	return attributes;
}

static void attributes_close(void *state)
{
	struct attributes *attributes = state;

	source_picker_close(&attributes->picker);
	map_editor_close(&attributes->editor);
	attributes_read_clear(attributes);
	entities_clear(&attributes->entities);
	free(attributes);
}

/* What is below the list: the whole text of the row where it may be cut, and its values. */
static enum draw_role write_about(struct attributes *attributes)
{
	const struct attribute *hub = entities_current(&attributes->entities);
	char *at = attributes->about;
	size_t room = sizeof(attributes->about), i;
	const struct tried *tried;

	*at = '\0';
	if (*attributes->error) {
		snprintf(at, room, "%s", attributes->error);
		return DRAW_ERROR;
	}
	if (work_running(&attributes->reading.work)) {
		snprintf(at, room, "Reading the data ...");
		return DRAW_DIM;
	}
	if (!hub)
		return DRAW_DIM;
	tried = attributes_tried(attributes, hub);
	if (!tried->of && !map_is_changed(attributes_rules(attributes), hub))
		return DRAW_DIM;
	snprintf(at, room, "%s <- %s", hub->name, map_of(attributes_rules(attributes), hub));
	for (i = 0; i < tried->count; i++)
		snprintf(at + strlen(at), room - strlen(at), "%s%s", i ? ", " : ": ",
			tried->to[i]);
	if (tried->of && !tried->count)
		snprintf(at + strlen(at), room - strlen(at), ": in no record");
	return DRAW_DIM;
}

static void attributes_draw(void *state, struct rect area)
{
	struct attributes *attributes = state;
	enum draw_role role = write_about(attributes);

	entities_draw(&attributes->entities, area, role, attributes->about);
	if (attributes->editor.open)
		map_editor_draw(&attributes->editor);
	if (attributes->picker.open)
		source_picker_draw(&attributes->picker);
}

/* Letters of the list. */
static enum screen_answer own_key(struct attributes *attributes, const struct key *key)
{
	const struct attribute *hub = entities_current(&attributes->entities);
	bool restores = key_typed(key, "d") || key->code == K_DELETE;
	bool edits = key_typed(key, "e") || key_typed(key, "s");

	if (!restores && !edits && !key_typed(key, "D") && !key_typed(key, "u"))
		return SCREEN_IGNORED;
	if (!attributes_may_change(attributes) || !hub)
		return SCREEN_TAKEN;
	if (restores)
		attributes_restore(attributes, hub);
	else if (edits)
		attributes_edit(attributes, hub);
	else if (key_typed(key, "D"))
		attributes_restore_all(attributes);
	else
		attributes_undo(attributes);
	if (key_typed(key, "s"))
		attributes_pick(attributes);
	return SCREEN_TAKEN;
}

static enum screen_answer attributes_key(void *state, const struct key *key)
{
	struct attributes *attributes = state;
	const struct attribute *hub;

	if (attributes_popup_key(attributes, key))
		return SCREEN_TAKEN;
	switch (entities_key(&attributes->entities, key)) {
	case ENTITIES_TAKEN: return SCREEN_TAKEN;
	case ENTITIES_TURNED:
		*attributes->error = '\0';
		attributes_try(attributes);
		attributes_read_on(attributes);
		return SCREEN_TAKEN;
	case ENTITIES_CHOSEN:
		hub = entities_current(&attributes->entities);
		if (hub && attributes_may_change(attributes))
			attributes_edit(attributes, hub);
		return SCREEN_TAKEN;
	case ENTITIES_IGNORED: break;
	}
	return own_key(attributes, key);
}

static void attributes_tick(void *state, int64_t now)
{
	struct attributes *attributes = state;

	edit_tick(&attributes->entities.list.filter, now);
	attributes_read_tick(attributes);
}

static const char *attributes_message(void *state, enum draw_role *role)
{
	const struct attributes *attributes = state;

	*role = DRAW_NORMAL;
	if (attributes->wizard->read_only)
		return "";
	if (attributes->picker.open || attributes->editor.open)
		return "Nothing is saved before Save. Esc closes.";
	return "Enter changes what feeds the attribute. * is other than the default.";
}

static size_t attributes_hints(void *state, struct hint *hints)
{
	const struct attributes *attributes = state;

	if (attributes->editor.open || attributes->picker.open)
		return 0;
	hints[0] = (struct hint){"Enter", "Change"};
	hints[1] = (struct hint){"d", "Default"};
	hints[2] = (struct hint){"u", "Undo"};
	hints[3] = (struct hint){"/", "Search"};
	hints[4] = (struct hint){"r", "Fetch data"};
	return 5;
}

static void attributes_help(void *state, struct buf *text)
{
	size_t count, i;
	const struct transform *table = transform_table(&count);

	(void)state;
	buf_adds(text,
		"Attributes Mapping\n"
		"Which attribute of the source feeds which attribute of the hub, for every "
		"entity type: Left and Right turn the tabs. A source attribute may feed "
		"several; a * marks what is not the default. The SIS id, the status and what "
		"the source keeps as metadata come along with every record.\n\n"
		"Enter opens a mapping: its text, and at once what it makes of the data. "
		"Source there (or s in the list) lists what the source has: the names of "
		"OneRoster, and all that was seen in the data, with values. Enter takes one, "
		"Space adds it as another: of first(a, b) the first that is there counts. A "
		"constant stands in quotes: 'true'. none feeds nothing.\n\n"
		"d or Delete gives an attribute its default back, D all of the tab, u takes "
		"the last change back. / searches names, mappings and \"changed\". r fetches "
		"the data, in a dry run.\n\n"
		"A changed mapping changes nothing by itself: the next import shows what it "
		"does, counts it, and holds it like any other change.\n\n"
		"Transformations, behind a | each:\n");
	for (i = 0; i < count; i++)
		buf_addf(text, "%s: %s.\n", table[i].example, table[i].help);
}

const struct screen attributes_screen = {
	.name = "attributes",
	.title = "Attributes Mapping",
	.open = attributes_open,
	.close = attributes_close,
	.draw = attributes_draw,
	.key = attributes_key,
	.tick = attributes_tick,
	.message = attributes_message,
	.hints = attributes_hints,
	.help = attributes_help,
};
