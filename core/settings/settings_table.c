/*
 * The table of keys. A new setting is a field in settings.h and a row here; the settings file,
 * `app set`, `app show` and the wizard follow.
 */
#include "settings/settings.h"

#include <string.h>

static const char *const auth_words[] = {
	[AUTH_AUTO] = "auto", [AUTH_OAUTH2] = "oauth2", [AUTH_OAUTH1] = "oauth1", NULL};
static const char *const mode_words[] = {[SCHEDULE_OFF] = "off",
	[SCHEDULE_DAILY] = "daily",
	[SCHEDULE_WEEKLY] = "weekly",
	[SCHEDULE_MONTHLY] = "monthly",
	NULL};
static const char *const format_words[] = {[EXPORT_ONEROSTER] = "oneroster",
	[EXPORT_ONEROSTER_12] = "oneroster12",
	[EXPORT_BASIC] = "basic",
	NULL};

static const char limit_example[] =
	"Enter off, a percentage such as 10%, or a count such as 250.";

#define TEXT(key, field, help, example)                                                 \
	{                                                                               \
		key, SETTING_TEXT, offsetof(struct app, field), 0, 0, "", help, example \
	}
#define SWITCH(key, field, fallback, help)                                            \
	{                                                                             \
		key, SETTING_BOOL, offsetof(struct app, field), 0, 0, fallback, help, \
			"Enter on or off."                                            \
	}
#define NUMBER(key, field, least, most, fallback, help, example)                            \
	{                                                                                   \
		key, SETTING_INT, offsetof(struct app, field), least, most, fallback, help, \
			example                                                             \
	}
#define LIMIT(key, field, fallback, help)                                              \
	{                                                                              \
		key, SETTING_LIMIT, offsetof(struct app, field), 0, 0, fallback, help, \
			limit_example                                                  \
	}
#define LIMITS_OF(name, number)                                                         \
	LIMIT("hold." name ".created", hold.entity[number][CHANGE_CREATED], "",         \
		"Hold when more " name " records are created; default: hold.created."), \
		LIMIT("hold." name ".updated", hold.entity[number][CHANGE_UPDATED], "", \
			"Hold when more " name                                          \
			" records are updated; default: hold.updated."),                \
		LIMIT("hold." name ".deleted", hold.entity[number][CHANGE_DELETED], "", \
			"Hold when more " name " records are deleted; default: hold.deleted.")

#define DATE(key, field, help)                                                  \
	{                                                                       \
		key, SETTING_DATE, offsetof(struct app, field), 0, 0, "", help, \
			"Enter a date such as 2027-06-15."                      \
	}

static const struct setting table_of_keys[] = {
	TEXT("path", path, "Folder or zip file of a OneRoster CSV.",
		"Enter a full path such as /srv/roster/east.zip."),
	TEXT("url", url, "Service URL of the source, as the vendor gives it.",
		"Enter an address such as https://sis.example.org/api."),
	TEXT("client_id", client_id, "OAuth Client ID (OAuth 1.0a: consumer key).",
		"Enter it as the vendor gives it."),
	TEXT("token_url", token_url,
		"OAuth 2 token address; default: found from the Service URL.",
		"Enter an address such as https://sis.example.org/oauth/token."),
	{"auth", SETTING_CHOICE, offsetof(struct app, auth), 0, 0, "auto",
		"How to authorise; auto tries OAuth 2, then OAuth 1.0a.",
		"Enter auto, oauth2 or oauth1.", auth_words},
	TEXT("ca_bundle", ca_bundle,
		"File of trusted certificates; default: those of the system.",
		"Enter a full path such as /etc/ssl/district-ca.pem."),
	NUMBER("page_size", page_size, 1, 50000, "10000", "Records asked for in one request.",
		"Enter a number such as 10000."),
	NUMBER("parallel", parallel, 1, 16, "4", "Requests under way at a time.",
		"Enter a number such as 4."),
	TEXT("sis_id_prefix", sis_id_prefix,
		"Put before every SIS id of this app, so that equal ids of two sources stay "
		"apart.",
		"Enter up to 32 characters without blanks, such as east-."),
	SWITCH("bulk_upload", bulk_upload, "on",
		"Bulk Upload Mode: what is no longer in the source is deleted."),
	SWITCH("multiple_sources", multiple_sources, "off",
		"Data will be uploaded from multiple data sources."),
	SWITCH("uniqueness", uniqueness, "on",
		"Compare records accordingly to the Domains of Uniqueness."),
	SWITCH("preview", preview, "off",
		"Preview of data upload: every sync waits for approval."),
	LIMIT("hold.created", hold.any[CHANGE_CREATED], "off",
		"Hold when more records of an entity type are created."),
	LIMIT("hold.updated", hold.any[CHANGE_UPDATED], "75%",
		"Hold when more records of an entity type are updated."),
	LIMIT("hold.deleted", hold.any[CHANGE_DELETED], "10%",
		"Hold when more records of an entity type are deleted."),
	LIMIT("hold.per_school.created", hold.school[CHANGE_CREATED], "off",
		"The same within one school: created."),
	LIMIT("hold.per_school.updated", hold.school[CHANGE_UPDATED], "75%",
		"The same within one school: updated."),
	LIMIT("hold.per_school.deleted", hold.school[CHANGE_DELETED], "10%",
		"The same within one school: deleted."),
	LIMITS_OF("school", ENTITY_SCHOOL),
	LIMITS_OF("calendar", ENTITY_CALENDAR),
	LIMITS_OF("student", ENTITY_STUDENT),
	LIMITS_OF("teacher", ENTITY_TEACHER),
	LIMITS_OF("admin", ENTITY_ADMIN),
	LIMITS_OF("contact", ENTITY_CONTACT),
	LIMITS_OF("course", ENTITY_COURSE),
	LIMITS_OF("class", ENTITY_CLASS),
	LIMITS_OF("enrollment", ENTITY_ENROLLMENT),
	NUMBER("hold.floor", hold.floor, 0, 1000000000, "20",
		"Percentages do not judge a type with fewer records than this.",
		"Enter a number such as 20."),
	SWITCH("hold.deletions_only", hold.deletions_only, "off",
		"Hold deletions only: additions and updates go through, deletions wait."),
	{"schedule.mode", SETTING_CHOICE, offsetof(struct app, schedule.mode), 0, 0, "off",
		"How often imports run by themselves.", "Enter off, daily, weekly or monthly.",
		mode_words},
	{"schedule.days", SETTING_DAYS, offsetof(struct app, schedule.days), 0, 0,
		"mon,tue,wed,thu,fri", "Days of the week, when it is weekly.",
		"Enter days such as mon,wed,fri."},
	NUMBER("schedule.day", schedule.day, 1, 31, "1",
		"Day of the month, when it is monthly; in a shorter month, its last day.",
		"Enter a number such as 15."),
	{"schedule.time", SETTING_TIME, offsetof(struct app, schedule.time), 0, 0, "03:30",
		"Time of the day, of 24 hours.", "Enter a time such as 03:30."},
	TEXT("schedule.zone", schedule.zone,
		"Time zone in which days begin and the schedule is read; default: this "
		"machine's.",
		"Enter a name such as America/Los_Angeles."),
	DATE("schedule.until", schedule.until,
		"Last day on which it runs by itself; default: no end."),
	DATE("rollover.suspend.from", rollover.suspend.from,
		"Suspend imports: nothing runs by itself from this day on .."),
	DATE("rollover.suspend.until", rollover.suspend.until, ".. to this day, included."),
	DATE("rollover.keep.from", rollover.keep.from,
		"Disable deletions: what would be deleted stays, from this day on .."),
	DATE("rollover.keep.until", rollover.keep.until, ".. to this day, included."),
	DATE("rollover.limits.from", rollover.limits.from,
		"Other limits: those below replace all others of their kind, from this day "
		"on .."),
	DATE("rollover.limits.until", rollover.limits.until, ".. to this day, included."),
	LIMIT("rollover.limits.created", rollover.limit[CHANGE_CREATED], "",
		"Between these dates: hold when more of an entity type, in the district or in "
		"a school, are created; default: as otherwise."),
	LIMIT("rollover.limits.updated", rollover.limit[CHANGE_UPDATED], "",
		"The same for updated."),
	LIMIT("rollover.limits.deleted", rollover.limit[CHANGE_DELETED], "",
		"The same for deleted."),
	{"export.format", SETTING_CHOICE, offsetof(struct app, publication.format), 0, 0,
		"oneroster",
		"What is published: OneRoster 1.1 CSV, OneRoster 1.2 CSV, or Basic Roster.",
		"Enter oneroster, oneroster12 or basic.", format_words},
	SWITCH("export.delta", publication.delta, "off",
		"Publish only what changed since the last time; for a receiver that takes every "
		"one."),
	TEXT("export.exclude", publication.exclude,
		"Attributes that are never published, whatever the format.",
		"Enter names such as student.birthDate, phone, metadata.lunch."),
	TEXT("export.dir", publication.dir, "Folder for the export after every accept.",
		"Enter a full path such as /srv/roster/csv."),
	TEXT("export.zip", publication.zip, "Zip file for the export after every accept.",
		"Enter a full path such as /srv/roster/roster.zip."),
	TEXT("deliver.host", publication.host,
		"SFTP server that gets a zip after every accept.",
		"Enter a name such as sftp.example.org."),
	NUMBER("deliver.port", publication.port, 1, 65535, "22", "Port of the SFTP server.",
		"Enter a number such as 22."),
	TEXT("deliver.user", publication.user, "User at the SFTP server.",
		"Enter it as the receiver gives it."),
	TEXT("deliver.path", publication.path,
		"The zip at the SFTP server; one not beginning with / lies where the user "
		"arrives.",
		"Enter a path such as /incoming/roster.zip."),
	TEXT("deliver.key_file", publication.key_file,
		"Private key for the SFTP server; without one the password is used.",
		"Enter a full path such as /etc/lumenport/sftp_ed25519."),
	TEXT("deliver.host_key", publication.host_key,
		"Fingerprint of the SFTP server's host key; another one is refused.",
		"Enter it as the receiver gives it, such as SHA256:jYk... (43 characters)."),
};

const struct setting *settings_table(size_t *count)
{
	*count = sizeof(table_of_keys) / sizeof(*table_of_keys);
	return table_of_keys;
}

const struct setting *setting_by_key(const char *key)
{
	const struct setting *table;
	size_t count, i;

	table = settings_table(&count);
	for (i = 0; i < count; i++) {
		if (!strcmp(table[i].key, key))
			return &table[i];
	}
	return NULL;
}
