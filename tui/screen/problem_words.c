#include "screen/problem_words.h"

/* What to do about each class: for who reads this twice a year. */
static const char *const advice[PROBLEM_KINDS] = {
	[PROBLEM_UNUSABLE] =
		"These were left out. Give them an id and a proper form in the SIS.",
	[PROBLEM_DUPLICATE_ID] = "Two records of the source share an id; the last one was "
				 "taken. Correct it in the "
				 "SIS.",
	[PROBLEM_MISSING_VALUE] =
		"The records came in without it. Fill the value in in the SIS.",
	[PROBLEM_BAD_VALUE] =
		"The value was left out, the record came in. Correct it in the SIS.",
	[PROBLEM_UNKNOWN_ROLE] = "People with a role that is not known here were not taken. "
				 "Ask the vendor what it "
				 "means, or correct the role in the SIS.",
	[PROBLEM_UNKNOWN_STATUS] = "Taken as active. Ask the vendor what the word means.",
	[PROBLEM_DANGLING] = "They name a record that did not come: often of a school that is "
			     "not mapped. Map "
			     "it, or correct the reference in the SIS.",
	[PROBLEM_DATES_REVERSED] = "They end before they begin. Correct the dates in the SIS.",
	[PROBLEM_REPAIRED_TEXT] = "Broken characters were replaced by a mark. Tell the vendor; "
				  "names may look odd.",
	[PROBLEM_MISSING_COLLECTION] = "The source does not give it: ask the vendor to permit "
				       "it for this client, if it "
				       "is wanted.",
	[PROBLEM_TOTAL_WRONG] = "The source counts wrongly. Everything that came was taken; "
				"tell the vendor if it "
				"stays.",
	[PROBLEM_CASCADED] =
		"Nothing to do: when a person or class leaves, its enrollments go with it.",
	[PROBLEM_SKIPPED] =
		"Left out as Data Requirements say, with their enrollments. Fill the value in "
		"in the SIS, or change the rule.",
	[PROBLEM_PARTIAL] = "What is not in them stays as it is. See that the source gives all "
			    "from time to time, and that its manifest.csv says so.",
	[PROBLEM_CONFLICT] =
		"Apps say different things of the same person or record. Choose in "
		"Master Fields whose value counts.",
	[PROBLEM_DUPLICATE] = "Two records of one source may be one. Look at them in the tab "
			      "Duplicates.",
	[PROBLEM_KEPT] = "Nothing to do: they are deleted by the first import after the "
			 "rollover, unless they are back by then.",
	[PROBLEM_FORMULA] = "They came in as they are. Correct them in the SIS; an export is "
			    "opened in a spreadsheet as text only.",
};

const char *problem_advice(enum problem problem)
{
	return advice[problem] ? advice[problem] : "";
}

const char *problem_kind(enum problem problem)
{
	switch (problem) {
	case PROBLEM_MISSING_VALUE: return "Error";
	case PROBLEM_SKIPPED: return "Skipped";
	case PROBLEM_PARTIAL:
	case PROBLEM_CASCADED: return "Noted";
	default: return "Flagged";
	}
}
