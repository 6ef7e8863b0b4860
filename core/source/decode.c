#include "source/decode.h"

#include <cJSON.h>
#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "source/compose.h"

/* In which shapes a value may come, and how it becomes one text. */
enum form {
	FORM_TEXT,
	FORM_LIST,     /* array of texts, or one text with commas */
	FORM_REF,      /* {href, sourcedId, type}, or the bare id */
	FORM_REFS,     /* array of them */
	FORM_USER_IDS, /* array of {type, identifier} */
	FORM_ROLES,    /* 1.2: array of {roleType, role, org} */
	FORM_METADATA,
	FORM_ID, /* read before all others */
};

static const struct key {
	const char *key; /* in the JSON */
	enum form form;
	enum source_attr attr;
	const char *name; /* as the schema calls it; NULL: as the key */
} keys[] = {
	{"sourcedId", FORM_ID, SOURCE_ATTRS},
	{"status", FORM_TEXT, SOURCE_STATUS},
	{"dateLastModified", FORM_TEXT, SOURCE_MODIFIED},
	{"name", FORM_TEXT, SOURCE_NAME},
	{"identifier", FORM_TEXT, SOURCE_IDENTIFIER},
	{"type", FORM_TEXT, SOURCE_TYPE},
	{"parent", FORM_REF, SOURCE_PARENT, "parent.sourcedId"},
	{"title", FORM_TEXT, SOURCE_TITLE},
	{"startDate", FORM_TEXT, SOURCE_START_DATE},
	{"endDate", FORM_TEXT, SOURCE_END_DATE},
	{"schoolYear", FORM_REF, SOURCE_SCHOOL_YEAR_ID, "schoolYear.sourcedId"},
	{"courseCode", FORM_TEXT, SOURCE_COURSE_CODE},
	{"org", FORM_REF, SOURCE_ORG, "org.sourcedId"},
	{"grades", FORM_LIST, SOURCE_GRADES},
	{"subjects", FORM_LIST, SOURCE_SUBJECTS},
	{"subjectCodes", FORM_LIST, SOURCE_SUBJECT_CODES},
	{"classCode", FORM_TEXT, SOURCE_CLASS_CODE},
	{"classType", FORM_TEXT, SOURCE_CLASS_TYPE},
	{"location", FORM_TEXT, SOURCE_LOCATION},
	{"periods", FORM_LIST, SOURCE_PERIODS},
	{"course", FORM_REF, SOURCE_COURSE, "course.sourcedId"},
	{"school", FORM_REF, SOURCE_SCHOOL, "school.sourcedId"},
	{"terms", FORM_REFS, SOURCE_TERMS},
	{"class", FORM_REF, SOURCE_CLASS, "class.sourcedId"},
	{"user", FORM_REF, SOURCE_USER, "user.sourcedId"},
	{"role", FORM_TEXT, SOURCE_ROLE},
	{"roles", FORM_ROLES, SOURCE_ATTRS},
	{"primary", FORM_TEXT, SOURCE_PRIMARY},
	{"beginDate", FORM_TEXT, SOURCE_BEGIN_DATE},
	{"enabledUser", FORM_TEXT, SOURCE_ENABLED},
	{"username", FORM_TEXT, SOURCE_USERNAME},
	{"givenName", FORM_TEXT, SOURCE_GIVEN_NAME},
	{"middleName", FORM_TEXT, SOURCE_MIDDLE_NAME},
	{"familyName", FORM_TEXT, SOURCE_FAMILY_NAME},
	{"preferredFirstName", FORM_TEXT, SOURCE_PREFERRED_FIRST_NAME},
	{"preferredMiddleName", FORM_TEXT, SOURCE_PREFERRED_MIDDLE_NAME},
	{"preferredLastName", FORM_TEXT, SOURCE_PREFERRED_LAST_NAME},
	{"pronouns", FORM_TEXT, SOURCE_PRONOUNS},
	{"email", FORM_TEXT, SOURCE_EMAIL},
	{"sms", FORM_TEXT, SOURCE_SMS},
	{"phone", FORM_TEXT, SOURCE_PHONE},
	{"agents", FORM_REFS, SOURCE_AGENTS},
	{"orgs", FORM_REFS, SOURCE_ORGS},
	{"primaryOrg", FORM_REF, SOURCE_PRIMARY_ORG, "primaryOrg.sourcedId"},
	{"userIds", FORM_USER_IDS, SOURCE_USER_IDS},
	{"userMasterIdentifier", FORM_TEXT, SOURCE_MASTER_IDENTIFIER},
	{"metadata", FORM_METADATA, SOURCE_ATTRS},
	{"birthDate", FORM_TEXT, SOURCE_BIRTH_DATE, "demographics.birthDate"},
	{"sex", FORM_TEXT, SOURCE_SEX, "demographics.sex"},
	{"americanIndianOrAlaskaNative", FORM_TEXT, SOURCE_AMERICAN_INDIAN,
		"demographics.americanIndianOrAlaskaNative"},
	{"asian", FORM_TEXT, SOURCE_ASIAN, "demographics.asian"},
	{"blackOrAfricanAmerican", FORM_TEXT, SOURCE_BLACK,
		"demographics.blackOrAfricanAmerican"},
	{"nativeHawaiianOrOtherPacificIslander", FORM_TEXT, SOURCE_PACIFIC_ISLANDER,
		"demographics.nativeHawaiianOrOtherPacificIslander"},
	{"white", FORM_TEXT, SOURCE_WHITE, "demographics.white"},
	{"demographicRaceTwoOrMoreRaces", FORM_TEXT, SOURCE_TWO_OR_MORE_RACES,
		"demographics.demographicRaceTwoOrMoreRaces"},
	{"hispanicOrLatinoEthnicity", FORM_TEXT, SOURCE_HISPANIC,
		"demographics.hispanicOrLatinoEthnicity"},
	{"countryOfBirthCode", FORM_TEXT, SOURCE_COUNTRY_OF_BIRTH,
		"demographics.countryOfBirthCode"},
	{"stateOfBirthAbbreviation", FORM_TEXT, SOURCE_STATE_OF_BIRTH,
		"demographics.stateOfBirthAbbreviation"},
	{"cityOfBirth", FORM_TEXT, SOURCE_CITY_OF_BIRTH, "demographics.cityOfBirth"},
	{"publicSchoolResidenceStatus", FORM_TEXT, SOURCE_RESIDENCE_STATUS,
		"demographics.publicSchoolResidenceStatus"},
};

enum { KEYS = sizeof(keys) / sizeof(keys[0]) };

/* Attributes that share a key with another. */
static const struct {
	enum source_attr attr;
	const char *name;
} derived[] = {
	{SOURCE_SCHOOL_YEAR, "schoolYear"},   /* of a session; a course's is a reference */
	{SOURCE_STATE_ID, "userIds.stateId"}, /* one of the userIds */
};

enum { DERIVED = sizeof(derived) / sizeof(derived[0]) };

const char *source_attr_name(enum source_attr attr)
{
	size_t i;

	for (i = 0; i < KEYS; i++)
		if (keys[i].attr == attr)
			return keys[i].name ? keys[i].name : keys[i].key;
	for (i = 0; i < DERIVED; i++)
		if (derived[i].attr == attr)
			return derived[i].name;
	return "";
}

enum source_attr source_attr_by_name(const char *name)
{
	size_t i;

	for (i = 0; i < KEYS; i++)
		if (keys[i].attr != SOURCE_ATTRS &&
			!strcmp(name, keys[i].name ? keys[i].name : keys[i].key))
			return keys[i].attr;
	for (i = 0; i < DERIVED; i++)
		if (!strcmp(name, derived[i].name))
			return derived[i].attr;
	return SOURCE_ATTRS;
}

static void user_id(struct decoding *d, const cJSON *json, struct joiner *list)
{
	const cJSON *t = cJSON_GetObjectItemCaseSensitive(json, "type");
	const cJSON *i = cJSON_GetObjectItemCaseSensitive(json, "identifier");
	const char *type = t ? value_scalar(d, "userIds.type", t) : NULL;
	const char *id = i ? value_scalar(d, "userIds.identifier", i) : NULL;

	compose_user_id(d, list, type, id);
}

static void user_ids(struct decoding *d, const cJSON *json)
{
	struct joiner list = {d->arena};
	const cJSON *item;

	for (item = value_first(json); item; item = value_next(json, item)) {
		if (cJSON_IsObject(item))
			user_id(d, item, &list);
		else if (!cJSON_IsNull(item))
			value_report(
				d, PROBLEM_BAD_VALUE, "userIds", "not of type and identifier");
	}
	d->out->value[SOURCE_USER_IDS] = list.text;
}

static void roles(struct decoding *d, const cJSON *json)
{
	const cJSON *item;

	for (item = value_first(json); item; item = value_next(json, item)) {
		const cJSON *role, *org, *type;

		if (!cJSON_IsObject(item)) {
			compose_role(d, value_scalar(d, "roles", item), NULL, false);
			continue;
		}
		role = cJSON_GetObjectItemCaseSensitive(item, "role");
		org = cJSON_GetObjectItemCaseSensitive(item, "org");
		type = cJSON_GetObjectItemCaseSensitive(item, "roleType");
		compose_role(d, role ? value_scalar(d, "roles.role", role) : NULL,
			org ? value_reference(d, "roles.org", org) : NULL,
			cJSON_IsString(type) && text_same_word(type->valuestring, "primary"));
	}
}

/* A text, or several as a list; objects are reported. */
static const char *any_text(struct decoding *d, const char *key, const cJSON *json)
{
	if (cJSON_IsArray(json))
		return value_texts(d, key, json, COMMAS_KEEP);
	return value_scalar(d, key, json);
}

/* metadata.*: as found, but for what may be a password. */
static void metadata(struct decoding *d, const cJSON *json)
{
	const cJSON *item;

	if (!cJSON_IsObject(json)) {
		if (!cJSON_IsNull(json))
			value_report(d, PROBLEM_BAD_VALUE, "metadata", "not an object");
		return;
	}
	cJSON_ArrayForEach(item, json)
	{
		if (compose_is_secret(item->string) || cJSON_IsObject(item))
			continue;
		if (!compose_metadata(d, item->string, any_text(d, "metadata", item)))
			return;
	}
}

static bool is_scalar(const cJSON *json)
{
	return cJSON_IsString(json) || cJSON_IsNumber(json) || cJSON_IsBool(json);
}

/* What no standard names: a text, or several; anything deeper is not read. */
static void extension(struct decoding *d, const cJSON *json)
{
	const cJSON *item;

	if (compose_is_secret(json->string))
		return;
	for (item = value_first(json); item; item = value_next(json, item))
		if (!is_scalar(item))
			return;
	compose_extension(d, json->string, any_text(d, json->string, json));
}

static void take(struct decoding *d, const struct key *key, const cJSON *json)
{
	struct source_record *out = d->out;

	switch (key->form) {
	case FORM_TEXT: out->value[key->attr] = any_text(d, key->key, json); break;
	case FORM_REF:
		/* A session's schoolYear is a text, a course's a reference. */
		if (key->attr == SOURCE_SCHOOL_YEAR_ID && !cJSON_IsObject(json))
			out->value[SOURCE_SCHOOL_YEAR] = value_scalar(d, key->key, json);
		else
			out->value[key->attr] = value_reference(d, key->key, json);
		break;
	case FORM_LIST:
	case FORM_REFS:
		out->value[key->attr] = value_texts(
			d, key->key, json, key->form == FORM_LIST ? COMMAS_SPLIT : COMMAS_KEEP);
		break;
	case FORM_USER_IDS: user_ids(d, json); break;
	case FORM_ROLES: roles(d, json); break;
	case FORM_METADATA: metadata(d, json); break;
	case FORM_ID: break;
	}
}

void decoder_init(struct decoder *decoder)
{
	size_t i;

	memset(decoder, 0, sizeof(*decoder));
	map_init(&decoder->by_key);
	for (i = 0; i < KEYS; i++)
		if ((size_t)map_add(&decoder->by_key, keys[i].key) != i)
			abort(); /* a key that stands twice */
}

void decoder_clear(struct decoder *decoder)
{
	map_clear(&decoder->by_key);
}

static const struct key *find_key(
	struct decoder *decoder, enum collection collection, size_t position, const char *name)
{
	unsigned char *expected = decoder->expected[collection];
	size_t slot = position % sizeof(decoder->expected[0]);
	long i;

	if (!strcmp(keys[expected[slot]].key, name))
		return &keys[expected[slot]];
	i = map_find(&decoder->by_key, name);
	if (i == MAP_NONE)
		return NULL;
	expected[slot] = (unsigned char)i;
	return &keys[i];
}

static int take_id(struct decoding *d, const cJSON *json)
{
	const cJSON *id = json->child;

	if (!id || strcmp(id->string, "sourcedId") != 0)
		id = cJSON_GetObjectItemCaseSensitive(json, "sourcedId");
	return compose_id(d, id && !cJSON_IsBool(id) ? value_scalar(d, "sourcedId", id) : NULL);
}

int decode_record(struct decoder *decoder, enum collection collection, const struct cJSON *json,
	const char *text, size_t length, struct arena *arena, struct problems *problems,
	struct source_record *out)
{
	struct decoding d = {arena, problems, json, text, length, out};
	const cJSON *item;
	size_t position = 0;

	memset(out, 0, offsetof(struct source_record, role));
	out->roles = out->extras = out->extensions = 0;
	out->collection = collection;
	if (!cJSON_IsObject(json)) {
		value_report(&d, PROBLEM_UNUSABLE, "record", "not an object");
		return -1;
	}
	if (take_id(&d, json))
		return -1;
	cJSON_ArrayForEach(item, json)
	{
		const struct key *key = find_key(decoder, collection, position++, item->string);

		if (key)
			take(&d, key, item);
		else
			extension(&d, item);
	}
	compose_end(&d);
	return 0;
}
