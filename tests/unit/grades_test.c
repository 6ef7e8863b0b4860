/* Grade levels by the names that sources give them. */
#include "roster/grades.h"

#include "tap.h"

int main(void)
{
	static const char *const cases[][3] = {
		{"KG", "KG", "K"},
		{"k", "KG", "K"},
		{"0", "KG", "K"},
		{"00", "KG", "K"},
		{"Kindergarten", "KG", "K"},
		{"PK", "PK", "PK"},
		{"Pre-K", "PK", "PK"},
		{"PreK", "PK", "PK"},
		{"Pre-Kindergarten", "PK", "PK"},
		{"TK", "TK", "TK"},
		{"1", "01", "1"},
		{"01", "01", "1"},
		{"001", "01", "1"},
		{"1st", "01", "1"},
		{"2nd Grade", "02", "2"},
		{"3RD", "03", "3"},
		{"Grade 9", "09", "9"},
		{"grade09", "09", "9"},
		{"Gr. 10", "10", "10"},
		{"twelfth", "12", "12"},
		{"Twelfth", "12", "12"},
		{"Freshman", "09", "9"},
		{"senior", "12", "12"},
		{"13", "13", "13"},
		{"UG", "UG", "UG"},
		{"Other", "Other", "Other"},
		{"infant/toddler", "IT", "IT"},
		{"PS", "PS", "PS"},
		{"14", NULL, NULL},
		{"-1", NULL, NULL},
		{"1x", NULL, NULL},
		{"", NULL, NULL},
		{"Grade", NULL, NULL},
		{"９", NULL, NULL},
		{"9th-12th", NULL, NULL},
		{"a name that is far too long to be the name of a grade level", NULL, NULL},
		{"99999999999999999999", NULL, NULL},
	};
	size_t i;

	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		is_str(grades_code(cases[i][0]), cases[i][1], "\"%s\" by its code",
			cases[i][0]);
		is_str(grades_plain(cases[i][0]), cases[i][2], "and in plain words");
	}
	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		if (!cases[i][1])
			continue;
		is_str(grades_code(cases[i][1]), cases[i][1], "the code stays");
		is_str(grades_code(cases[i][2]), cases[i][1], "and there is a way back");
	}
	return done_testing();
}
