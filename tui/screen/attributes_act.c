#include "screen/attributes.h"

#include <stdio.h>
#include <string.h>

#include "fetch.h"

bool attributes_may_change(const struct attributes *attributes)
{
	if (attributes->wizard->read_only)
		shell_say(attributes->shell, DRAW_ERROR, "Read-only. %s",
			attributes->wizard->why);
	return !attributes->wizard->read_only;
}

static void changed(struct attributes *attributes)
{
	attributes_try(attributes);
	wizard_changed(attributes->wizard);
}

void attributes_restore(struct attributes *attributes, const struct attribute *hub)
{
	if (!map_is_changed(attributes_rules(attributes), hub)) {
		shell_say(attributes->shell, DRAW_NORMAL, "%s is fed by its default already.",
			hub->name);
		return;
	}
	wizard_remember(attributes->wizard);
	map_set(attributes_rules(attributes), hub, NULL);
	changed(attributes);
	shell_say(attributes->shell, DRAW_OK, "%s is fed by %s again. u takes it back.",
		hub->name, hub->source);
}

static void save(struct attributes *attributes)
{
	struct map_editor *editor = &attributes->editor;
	const struct attribute *hub = editor->hub;

	wizard_remember(attributes->wizard);
	map_set(attributes_rules(attributes), hub, editor->settled.data);
	changed(attributes);
	if (editor->warning)
		shell_say(attributes->shell, DRAW_WARNING, "%s", editor->warning);
	else
		shell_say(attributes->shell, DRAW_OK, "%s is changed; u takes it back.",
			hub->name);
	map_editor_close(editor);
}

static void answer_restore_all(void *arg, struct dialog *dialog, int answer)
{
	struct attributes *attributes = arg;

	(void)dialog;
	if (answer != 0)
		return;
	wizard_remember(attributes->wizard);
	map_restore(attributes_rules(attributes), entities_entity(&attributes->entities));
	changed(attributes);
	shell_say(attributes->shell, DRAW_OK, "The defaults are restored. u takes it back.");
}

void attributes_restore_all(struct attributes *attributes)
{
	static const char *const labels[] = {"Restore", "Stay"};
	enum entity entity = entities_entity(&attributes->entities);
	const struct rules *rules = attributes_rules(attributes);
	size_t at = 0, count = 0;
	struct dialog dialog;
	char text[200];

	while (rules_next(rules, RULE_MAP, entity, &at))
		count++;
	if (!count) {
		shell_say(attributes->shell, DRAW_NORMAL, "All %s are fed by the defaults.",
			entity_plural(entity));
		return;
	}
	snprintf(text, sizeof(text), "%zu mapping%s of %s %s the default again.", count,
		count == 1 ? "" : "s", entity_plural(entity),
		count == 1 ? "becomes" : "become");
	dialog_confirm(&dialog, "Restore defaults", text, labels, 2, 1);
	shell_ask(attributes->shell, &dialog, answer_restore_all, attributes);
}

void attributes_undo(struct attributes *attributes)
{
	if (!wizard_undo(attributes->wizard)) {
		shell_say(attributes->shell, DRAW_NORMAL, "Nothing was changed yet.");
		return;
	}
	attributes_try(attributes);
	shell_say(attributes->shell, DRAW_OK, "Taken back; u once more brings it again.");
}

/* ---- the editor and what it opens ---- */

void attributes_edit(struct attributes *attributes, const struct attribute *hub)
{
	map_editor_open(&attributes->editor, hub, &attributes->offers[hub->entity],
		map_of(attributes_rules(attributes), hub));
}

void attributes_pick(struct attributes *attributes)
{
	const struct map_editor *editor = &attributes->editor;
	struct map_text map;
	struct err ignored;

	map_text_parse(&map, edit_text(&editor->edit), &ignored);
	source_picker_open(&attributes->picker, editor->offers, attributes_rules(attributes),
		map.count ? map.items[0].text : "");
	map_text_clear(&map);
}

static void answer_transform(void *arg, struct dialog *dialog, int answer)
{
	struct attributes *attributes = arg;
	size_t count;
	const struct transform *table = transform_table(&count);

	(void)dialog;
	if (answer >= 0 && attributes->editor.open)
		map_editor_add(&attributes->editor, &table[answer]);
}

static void ask_transform(struct attributes *attributes)
{
	size_t count, i;
	const struct transform *table = transform_table(&count);
	struct dialog dialog;

	for (i = 0; i < count && i < TRANSFORMS_MOST; i++) {
		snprintf(attributes->label[i], LABEL, "%-8s %.*s", table[i].name,
			(int)strcspn(table[i].help, ";"), table[i].help);
		attributes->labels[i] = attributes->label[i];
	}
	dialog_menu(&dialog, "Transformation", "What is done to the value before it is stored",
		attributes->labels, i, 0);
	shell_ask(attributes->shell, &dialog, answer_transform, attributes);
}

static void editor_took(struct attributes *attributes, const struct key *key)
{
	switch (map_editor_key(&attributes->editor, key)) {
	case MAP_SAVE: save(attributes); break;
	case MAP_SOURCE: attributes_pick(attributes); break;
	case MAP_TRANSFORM: ask_transform(attributes); break;
	case MAP_CANCEL: map_editor_close(&attributes->editor); break;
	default: break;
	}
}

static void picker_took(struct attributes *attributes, const struct key *key)
{
	const char *name;
	enum pick pick = source_picker_key(&attributes->picker, key, &name);

	if (pick == PICK_NOTHING)
		return;
	map_editor_take(
		&attributes->editor, name, pick == PICK_BEHIND ? MAP_BEHIND : MAP_INSTEAD);
	source_picker_close(&attributes->picker);
}

bool attributes_popup_key(struct attributes *attributes, const struct key *key)
{
	if (attributes->picker.open)
		picker_took(attributes, key);
	else if (attributes->editor.open)
		editor_took(attributes, key);
	else
		return false;
	return true;
}
