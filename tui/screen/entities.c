#include "screen/entities.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "fetch.h"
#include "term/term.h"
#include "widget/tabs.h"

/* Lines below which the source's name is left out, and what is said of the row. */
enum { LOW = 14, ABOUT = 2 };

/* What the records of an entity type are in OneRoster. */
static const char *const source_names[ENTITY_COUNT] = {
	[ENTITY_SCHOOL] = "orgs",
	[ENTITY_CALENDAR] = "academicSessions",
	[ENTITY_STUDENT] = "users with the role student, and their demographics",
	[ENTITY_TEACHER] = "users with the role teacher, aide or proctor",
	[ENTITY_ADMIN] = "users with a role of the administration",
	[ENTITY_CONTACT] = "users with the role parent, guardian or relative",
	[ENTITY_COURSE] = "courses",
	[ENTITY_CLASS] = "classes",
	[ENTITY_ENROLLMENT] = "enrollments",
};

/* ---- rows ---- */

static const struct attribute *attribute_at(const struct entities *entities, size_t row)
{
	size_t count;

	return &schema_of(entities_entity(entities), &count)[row];
}

static size_t all_rows(void *data)
{
	size_t count;

	schema_of(entities_entity(data), &count);
	return count;
}

static const char *row_text(void *data, size_t row)
{
	struct entities *entities = data;
	const struct attribute *attribute = attribute_at(entities, row);

	buf_reset(&entities->found);
	buf_addf(&entities->found, "%s ", attribute->name);
	if (entities->source->search)
		entities->source->search(entities->screen, attribute, &entities->found);
	return entities->found.data;
}

static const struct attribute *shown(const struct entities *entities, size_t row)
{
	return attribute_at(entities, entities->view.rows[row]);
}

static size_t shown_rows(void *data)
{
	return ((struct entities *)data)->view.count;
}

static uint64_t row_id(void *data, size_t row)
{
	return (uint64_t)shown(data, row)->attr;
}

static void row_cell(void *data, size_t row, size_t column, struct list_cell *cell)
{
	const struct entities *entities = data;

	entities->source->cell(entities->screen, shown(entities, row), column, cell);
}

static void row_filter(void *data, const char *text)
{
	view_search(&((struct entities *)data)->view, text);
}

static const struct view_source view_source = {.count = all_rows, .text = row_text};
static const struct list_source list_source = {.count = shown_rows,
	.total = all_rows,
	.id = row_id,
	.cell = row_cell,
	.filter = row_filter};

/* ---- for the screens ---- */

void entities_init(struct entities *entities, struct wizard *wizard,
	const struct entities_source *source, void *screen, const struct list_column *columns,
	size_t column_count)
{
	memset(entities, 0, sizeof(*entities));
	entities->wizard = wizard;
	entities->source = source;
	entities->screen = screen;
	entities->tab = ENTITY_STUDENT;
	buf_init(&entities->found);
	view_init(&entities->view, &view_source, entities);
	list_init(&entities->list, &list_source, entities, columns, column_count);
}

void entities_clear(struct entities *entities)
{
	view_clear(&entities->view);
	list_clear(&entities->list);
	buf_clear(&entities->found);
}

enum entity entities_entity(const struct entities *entities)
{
	return (enum entity)entities->tab;
}

const struct attribute *entities_current(const struct entities *entities)
{
	return entities->view.count ? shown(entities, entities->list.row) : NULL;
}

void entities_refresh(struct entities *entities)
{
	view_reload(&entities->view);
	list_refresh(&entities->list);
}

static void draw_tabs(const struct entities *entities, struct rect area)
{
	char titles[ENTITY_COUNT][24];
	const char *tabs[ENTITY_COUNT];
	int i;

	for (i = 0; i < ENTITY_COUNT; i++) {
		snprintf(titles[i], sizeof(titles[i]), "%s", entity_name((enum entity)i));
		titles[i][0] = (char)toupper((unsigned char)titles[i][0]);
		tabs[i] = titles[i];
	}
	tabs_draw(
		area.y, area.x, area.width, tabs, ENTITY_COUNT, entities->tab, WIDGET_BLURRED);
}

/* What is said of the row, at the foot of `area`; returns the room above. */
static struct rect draw_about(struct rect area, enum draw_role role, const char *about)
{
	struct rect own = area;

	own.height = ABOUT; /* always, so that the list stands still */
	own.y += area.height - own.height;
	draw_wrapped(own, 0, role, about);
	area.height -= own.height;
	return area;
}

void entities_draw(
	struct entities *entities, struct rect area, enum draw_role role, const char *about)
{
	bool low = area.height < LOW;

	draw_tabs(entities, area);
	area.y++;
	area.height--;
	if (!low) {
		draw_textf(area.y, area.x + 1, area.width - 1, DRAW_DIM, "%s %s",
			draw_glyph(GLYPH_LEFT), source_names[entities->tab]);
		area.y++;
		area.height--;
	}
	area = fetch_draw(entities->wizard, area);
	if (!low)
		area = draw_about(area, role, about);
	list_draw(&entities->list, area, WIDGET_FOCUSED);
}

static void turn(struct entities *entities, size_t tab)
{
	entities->tab = tab;
	entities->list.row = entities->list.top = 0;
	entities_refresh(entities);
	if (entities->view.count)
		list_select(&entities->list, row_id(entities, 0));
}

static bool turn_key(struct entities *entities, const struct key *key)
{
	size_t tab = entities->tab;

	if (key->code == K_TAB)
		tab = (tab + 1) % ENTITY_COUNT;
	else if (key->code == K_BACKTAB)
		tab = (tab + ENTITY_COUNT - 1) % ENTITY_COUNT;
	else if (key->code == K_LEFT || key->code == K_RIGHT)
		tabs_key(&tab, ENTITY_COUNT, key);
	else
		return false;
	if (tab != entities->tab)
		turn(entities, tab);
	return true;
}

bool entities_is_typing(const struct entities *entities)
{
	return entities->list.filtering;
}

enum entities_answer entities_key(struct entities *entities, const struct key *key)
{
	enum widget_answer answer;

	if (!entities_is_typing(entities)) {
		if (fetch_key(entities->wizard, key))
			return ENTITIES_TAKEN;
		if (turn_key(entities, key))
			return ENTITIES_TURNED;
	}
	answer = list_key(&entities->list, key, term_now());
	if (answer == WIDGET_DONE)
		return ENTITIES_CHOSEN;
	return answer == WIDGET_IGNORED ? ENTITIES_IGNORED : ENTITIES_TAKEN;
}
