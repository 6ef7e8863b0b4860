#include "rules/filter_templates.h"

#include <strings.h>

static const struct filter_template templates[] = {
	{"active-students", ENTITY_STUDENT, "Active students", "enabled is true"},
	{"elementary-students", ENTITY_STUDENT, "Elementary school (PK-5)",
		"gradeLevel is one of PR, PK, TK, KG, K, 1, 2, 3, 4, 5, 01, 02, 03, 04, 05"},
	{"middle-students", ENTITY_STUDENT, "Middle school (6-8)",
		"gradeLevel is one of 6, 7, 8, 06, 07, 08"},
	{"high-students", ENTITY_STUDENT, "High school (9-12)",
		"gradeLevel is one of 9, 10, 11, 12, 09"},
	{"students-with-email", ENTITY_STUDENT, "Students with e-mail", "email is not empty"},
	{"contacts-with-email", ENTITY_CONTACT, "Contacts with e-mail", "email is not empty"},
	{"contacts-with-phone", ENTITY_CONTACT, "Contacts with a phone", "phone is not empty"},
	{"contacts-with-sms", ENTITY_CONTACT, "Contacts with a mobile phone",
		"sms is not empty"},
	{"active-teachers", ENTITY_TEACHER, "Active teachers", "enabled is true"},
	{"teachers-with-email", ENTITY_TEACHER, "Teachers with e-mail", "email is not empty"},
	{"teachers-only", ENTITY_TEACHER, "Teachers, no aides or proctors",
		"staffRole equals teacher"},
	{"courses-with-code", ENTITY_COURSE, "Courses with a code", "courseCode is not empty"},
	{"scheduled-classes", ENTITY_CLASS, "Scheduled classes, no homerooms",
		"classType equals scheduled"},
	{"classes-with-term", ENTITY_CLASS, "Classes with a term", "calendarIds is not empty"},
	{"current-calendars", ENTITY_CALENDAR, "Terms that have not ended",
		"endDate is future"},
	{"running-calendars", ENTITY_CALENDAR, "Terms that have begun and not ended",
		"startDate within the last 400 days\nendDate is future"},
	{"active-admins", ENTITY_ADMIN, "Active admins", "enabled is true"},
	{"admins-with-email", ENTITY_ADMIN, "Admins with e-mail", "email is not empty"},
};

const struct filter_template *filter_templates(size_t *count)
{
	*count = sizeof(templates) / sizeof(*templates);
	return templates;
}

const struct filter_template *filter_template_by_name(const char *name)
{
	size_t i;

	for (i = 0; i < sizeof(templates) / sizeof(*templates); i++)
		if (!strcasecmp(templates[i].name, name))
			return &templates[i];
	return NULL;
}
