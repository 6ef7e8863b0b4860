#include "labels.h"

#include <stdio.h>
#include <string.h>

#include "settings/publication.h"

static const struct {
	const char *key;
	const char *label;
	enum label_group group;
} table[] = {
	{"path", "Folder or zip", GROUP_BASIC},
	{"url", "Service URL", GROUP_BASIC},
	{"client_id", "Client ID", GROUP_BASIC},
	{"sis_id_prefix", "SIS ID prefix", GROUP_ADVANCED},
	{"bulk_upload", "Bulk Upload Mode", GROUP_ADVANCED},
	{"multiple_sources", "Data will be uploaded from multiple data sources",
		GROUP_ADVANCED},
	{"uniqueness", "Compare records accordingly to the Domains of Uniqueness",
		GROUP_ADVANCED},
	{"preview", "Preview of data upload", GROUP_ADVANCED},
	{"hold.created", "Created, any type", GROUP_HOLD},
	{"hold.updated", "Updated, any type", GROUP_HOLD},
	{"hold.deleted", "Deleted, any type", GROUP_HOLD},
	{"hold.per_school.created", "Created, one school", GROUP_HOLD},
	{"hold.per_school.updated", "Updated, one school", GROUP_HOLD},
	{"hold.per_school.deleted", "Deleted, one school", GROUP_HOLD},
	{"hold.school.created", "School: created", GROUP_HOLD},
	{"hold.school.updated", "School: updated", GROUP_HOLD},
	{"hold.school.deleted", "School: deleted", GROUP_HOLD},
	{"hold.calendar.created", "Calendar: created", GROUP_HOLD},
	{"hold.calendar.updated", "Calendar: updated", GROUP_HOLD},
	{"hold.calendar.deleted", "Calendar: deleted", GROUP_HOLD},
	{"hold.student.created", "Student: created", GROUP_HOLD},
	{"hold.student.updated", "Student: updated", GROUP_HOLD},
	{"hold.student.deleted", "Student: deleted", GROUP_HOLD},
	{"hold.teacher.created", "Teacher: created", GROUP_HOLD},
	{"hold.teacher.updated", "Teacher: updated", GROUP_HOLD},
	{"hold.teacher.deleted", "Teacher: deleted", GROUP_HOLD},
	{"hold.admin.created", "Admin: created", GROUP_HOLD},
	{"hold.admin.updated", "Admin: updated", GROUP_HOLD},
	{"hold.admin.deleted", "Admin: deleted", GROUP_HOLD},
	{"hold.contact.created", "Contact: created", GROUP_HOLD},
	{"hold.contact.updated", "Contact: updated", GROUP_HOLD},
	{"hold.contact.deleted", "Contact: deleted", GROUP_HOLD},
	{"hold.course.created", "Course: created", GROUP_HOLD},
	{"hold.course.updated", "Course: updated", GROUP_HOLD},
	{"hold.course.deleted", "Course: deleted", GROUP_HOLD},
	{"hold.class.created", "Class: created", GROUP_HOLD},
	{"hold.class.updated", "Class: updated", GROUP_HOLD},
	{"hold.class.deleted", "Class: deleted", GROUP_HOLD},
	{"hold.enrollment.created", "Enrollment: created", GROUP_HOLD},
	{"hold.enrollment.updated", "Enrollment: updated", GROUP_HOLD},
	{"hold.enrollment.deleted", "Enrollment: deleted", GROUP_HOLD},
	{"hold.floor", "Floor (records)", GROUP_HOLD},
	{"hold.deletions_only", "Hold deletions only", GROUP_HOLD},
	{"auth", "Authorisation", GROUP_CONNECTION},
	{"token_url", "Token URL", GROUP_CONNECTION},
	{"ca_bundle", "CA bundle", GROUP_CONNECTION},
	{"page_size", "Page size", GROUP_CONNECTION},
	{"parallel", "Parallel requests", GROUP_CONNECTION},
	{"schedule.mode", "Imports run", GROUP_SCHEDULE},
	{"schedule.days", "Days", GROUP_SCHEDULE},
	{"schedule.day", "Day of the month", GROUP_SCHEDULE},
	{"schedule.time", "Time", GROUP_SCHEDULE},
	{"schedule.zone", "Time zone", GROUP_SCHEDULE},
	{"schedule.until", "Last day", GROUP_SCHEDULE},
	{"rollover.suspend.from", "Suspend imports from", GROUP_SCHEDULE},
	{"rollover.suspend.until", "Suspend imports until", GROUP_SCHEDULE},
	{"rollover.keep.from", "Disable deletions from", GROUP_SCHEDULE},
	{"rollover.keep.until", "Disable deletions until", GROUP_SCHEDULE},
	{"rollover.limits.from", "Other limits from", GROUP_SCHEDULE},
	{"rollover.limits.until", "Other limits until", GROUP_SCHEDULE},
	{"rollover.limits.created", "Other limit: created", GROUP_SCHEDULE},
	{"rollover.limits.updated", "Other limit: updated", GROUP_SCHEDULE},
	{"rollover.limits.deleted", "Other limit: deleted", GROUP_SCHEDULE},
	{"export.format", "Format", GROUP_PUBLICATION},
	{"export.delta", "Only what changed", GROUP_PUBLICATION},
	{"export.exclude", "Never published", GROUP_PUBLICATION},
	{"deliver.host", "SFTP server", GROUP_PUBLICATION},
	{"deliver.port", "Port", GROUP_PUBLICATION},
	{"deliver.user", "User", GROUP_PUBLICATION},
	{"deliver.path", "Zip at the server", GROUP_PUBLICATION},
	{"deliver.key_file", "Private key", GROUP_PUBLICATION},
	{"deliver.host_key", "Host key", GROUP_PUBLICATION},
	{"export.dir", "Export folder", GROUP_EXPORT},
	{"export.zip", "Export zip file", GROUP_EXPORT},
};

enum { ROWS = sizeof(table) / sizeof(*table) };

static size_t row_of(const struct setting *setting)
{
	size_t i;

	for (i = 0; i < ROWS && strcmp(table[i].key, setting->key) != 0; i++)
		;
	return i;
}

const char *setting_label(const struct setting *setting)
{
	size_t row = row_of(setting);

	return row < ROWS ? table[row].label : setting->key;
}

enum label_group setting_group(const struct setting *setting)
{
	size_t row = row_of(setting);

	if (row < ROWS)
		return table[row].group;
	if (!strncmp(setting->key, "hold.", 5))
		return GROUP_HOLD;
	return publication_has(setting) ? GROUP_PUBLICATION : GROUP_OTHER;
}

void setting_label_error(const struct setting *setting, struct err *err)
{
	size_t length = strlen(setting->key);
	char rest[sizeof(err->text)];

	if (!strncmp(err->text, "the ", 4))
		*err->text = 'T';
	if (strncmp(err->text, setting->key, length) != 0 || err->text[length] != ':')
		return;
	snprintf(rest, sizeof(rest), "%s", err->text + length);
	snprintf(err->text, sizeof(err->text), "%s%.700s", setting_label(setting), rest);
}
