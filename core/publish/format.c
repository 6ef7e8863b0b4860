#include "publish/format.h"

static const struct format *const formats[] = {
	[EXPORT_ONEROSTER] = &oneroster_11,
	[EXPORT_ONEROSTER_12] = &oneroster_12,
	[EXPORT_BASIC] = &basic_roster,
};

/* Of all formats: what a 1.1 set may hold a 1.2 one may, too. */
static const char *const all_names[] = {"manifest.csv", "academicSessions.csv",
	"categories.csv", "classes.csv", "classResources.csv", "courses.csv",
	"courseResources.csv", "demographics.csv", "enrollments.csv",
	"lineItemLearningObjectiveIds.csv", "lineItems.csv", "lineItemScoreScales.csv",
	"orgs.csv", "resources.csv", "resultLearningObjectiveIds.csv", "results.csv",
	"resultScoreScales.csv", "roles.csv", "scoreScales.csv", "userProfiles.csv",
	"userResources.csv", "users.csv", "schools.csv", "students.csv", "teachers.csv",
	"sections.csv", "staff.csv", NULL};

const struct format *format_of(enum export_format format)
{
	return formats[format];
}

const char *const *format_all_names(void)
{
	return all_names;
}
