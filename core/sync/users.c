#include "sync/users.h"

#include <string.h>

/* Notes whose contact somebody is. Who is named but never came is found at the end of users. */
static void link_contacts(struct intake *intake, const struct record *student)
{
	const char *list = student->value[ATTR_CONTACT_IDS], *item;
	size_t length;

	while ((item = list_next(&list, &length)))
		contacts_link(&intake->contacts, compare_key(&intake->compare, item, length),
			student->sis_id);
}

int users_keep(struct intake *intake, struct record *record, struct err *err)
{
	if (!intake_judge(intake, record, COLLECTION_USERS))
		return 0;
	if (record->entity == ENTITY_STUDENT)
		link_contacts(intake, record);
	return intake_keep(intake, record, err);
}

/* One side of a user. *kept: it is out only if the rules say so. */
static int take_person(
	struct intake *intake, uint64_t key, struct made *made, bool *kept, struct err *err)
{
	struct record *record = &made->record;

	if (record->entity == ENTITY_CONTACT) {
		*kept = true;
		return spool_put(&intake->waiting[ENTITY_CONTACT], intake->state, record, err);
	}
	if (record->entity == ENTITY_STUDENT && !demographics_has(&intake->demographics, key))
		demographics_join(&intake->known, key, record->value);
	if (!made->in)
		return 0;
	*kept = true;
	return intake->links.waits[record->entity]
		       ? intake_wait(intake, record, COLLECTION_USERS, err)
		       : users_keep(intake, record, err);
}

int users_take(
	struct intake *intake, uint64_t key, struct made *made, size_t count, struct err *err)
{
	bool kept = false;
	size_t i;

	intake->users++;
	for (i = 0; i < count; i++)
		if (take_person(intake, key, &made[i], &kept, err))
			return -1;
	if (!kept)
		idset_add(&intake->out[COLLECTION_USERS], key);
	return 0;
}

/* Only those of the contact's own agents who are students and in. */
static const char *own_students(struct intake *intake, const struct record *contact)
{
	const char *list = contact->value[ATTR_STUDENT_IDS], *item;
	char *out, *at;
	size_t length;

	if (!list)
		return NULL;
	out = at = arena_alloc(&intake->arena, strlen(list) + 1);
	while ((item = list_next(&list, &length))) {
		uint64_t key = compare_key(&intake->compare, item, length);

		if (!compare_is_in(&intake->compare, ENTITY_STUDENT, key))
			continue;
		if (at > out)
			*at++ = RECORD_LIST;
		at = mempcpy(at, item, length);
	}
	*at = '\0';
	return at > out ? out : NULL;
}

/* A contact comes in with a school that is in, or with a student. */
static int take_contact(struct intake *intake, struct record *contact, struct err *err)
{
	uint64_t key = intake_key(intake, contact->sis_id);
	const char *students = contacts_students(
		&intake->contacts, key, own_students(intake, contact), &intake->arena);

	if (!students && links_contact_goes(&intake->links, contact)) {
		intake_leave_out(intake, contact, COLLECTION_USERS);
		return 0;
	}
	contact->value[ATTR_STUDENT_IDS] = students;
	if (students || contact->value[ATTR_SCHOOL_ID])
		return intake_judge(intake, contact, COLLECTION_USERS)
			       ? intake_keep(intake, contact, err)
			       : 0;
	idset_add(&intake->out[COLLECTION_USERS], key);
	return 0;
}

/* Students may name people as contacts who never came. */
static void check_links(struct intake *intake)
{
	const struct contacts *contacts = &intake->contacts;
	size_t i;

	for (i = 0; i < contacts->link_count; i++)
		if (!compare_is_person_in(&intake->compare, contacts->links[i].contact) &&
			!idset_has(&intake->out[COLLECTION_USERS], contacts->links[i].contact))
			intake_dangling(intake, ENTITY_STUDENT,
				contacts->ids.data + contacts->links[i].student, "contactIds");
}

static int link_kept(void *arg, const struct record *student, const char *app, struct err *err)
{
	struct intake *intake = arg;
	const struct print *print = prints_find(
		&intake->compare.prints[ENTITY_STUDENT], intake_key(intake, student->sis_id));

	(void)err;
	if (!strcmp(app, intake->app->name) && print && print_mark(print) == MARK_NONE)
		link_contacts(intake, student);
	return 0;
}

/* Students who did not come but stay are named by contacts who came. */
static int link_all_kept(struct intake *intake, struct err *err)
{
	struct store *store;
	int result;

	if (intake->compare.absence[ENTITY_STUDENT] == ABSENCE_LEAVES)
		return 0;
	store = store_open(intake->state, err); /* the other one is busy with the stage */
	result = store ? store_each_of_apps(store, ENTITY_STUDENT, link_kept, intake, err) : -1;
	store_close(store);
	return result;
}

int users_end(struct intake *intake, struct err *err)
{
	struct spool *waiting = &intake->waiting[ENTITY_CONTACT];
	struct record contact;
	int result;

	if (link_all_kept(intake, err))
		return -1;
	contacts_sort(&intake->contacts);
	if (spool_rewind(waiting, err))
		return -1;
	arena_reset(&intake->arena);
	while ((result = spool_next(waiting, &contact, &intake->arena, err)) > 0) {
		if (take_contact(intake, &contact, err))
			return -1;
		arena_reset(&intake->arena);
	}
	check_links(intake);
	spool_clear(waiting);
	contacts_clear(&intake->contacts);
	demographics_clear(&intake->demographics);
	demographics_clear(&intake->known);
	return result;
}

static int keep_known(void *arg, const struct record *record, const char *app, struct err *err)
{
	struct intake *intake = arg;
	const struct mapping *mapping = &intake->rules->mapping[ENTITY_STUDENT];
	const char *value[ATTR_COUNT] = {0};
	size_t i;

	(void)err;
	if (strcmp(app, intake->app->name) != 0)
		return 0;
	for (i = 0; i < mapping->rows; i++)
		if (mapping->row[i].demographic)
			value[mapping->row[i].hub->attr] =
				record->value[mapping->row[i].hub->attr];
	demographics_keep(
		&intake->known, intake_key(intake, record->sis_id), value, 0, ATTR_COUNT);
	return 0;
}

int users_know(struct intake *intake, struct err *err)
{
	/* The other one is busy with the stage. */
	struct store *store = store_open(intake->state, err);
	int result =
		store ? store_each_of_apps(store, ENTITY_STUDENT, keep_known, intake, err) : -1;

	store_close(store);
	return result;
}
