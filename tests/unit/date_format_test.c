/* Dates in a form that somebody describes. */
#include "base/date_format.h"

#include "tap.h"

static void test_reading(void)
{
	static const struct {
		const char *format, *text, *want;
	} cases[] = {
		{"DD.MM.YYYY", "31.12.2010", "2010-12-31"},
		{"DD.MM.YYYY", "1.2.2010", "2010-02-01"},
		{"DD.MM.YYYY", " 01.02.2010 ", "2010-02-01"},
		{"DD.MM.YYYY", "01.02.2010 00:00:00", "2010-02-01"},
		{"DD.MM.YYYY", "01.02.2010T10:00", "2010-02-01"},
		{"DD.MM.YYYY", "01.02.2010x", NULL},
		{"DD.MM.YYYY", "01/02/2010", NULL},
		{"DD.MM.YYYY", "01.02.10", NULL},
		{"DD.MM.YYYY", "", NULL},
		{"DD.MM.YYYY", "soon", NULL},
		{"DD.MM.YYYY", "29.02.2024", "2024-02-29"},
		{"DD.MM.YYYY", "29.02.2023", NULL},
		{"DD.MM.YYYY", "29.02.2000", "2000-02-29"},
		{"DD.MM.YYYY", "29.02.1900", NULL},
		{"DD.MM.YYYY", "31.04.2020", NULL},
		{"DD.MM.YYYY", "00.01.2020", NULL},
		{"D/M/YY", "3/4/09", "2009-04-03"},
		{"D/M/YY", "3/4/49", "2049-04-03"},
		{"D/M/YY", "3/4/50", "1950-04-03"},
		{"D/M/YY", "3/4/2009", NULL},
		{"MM/DD/YYYY", "02/29/2024", "2024-02-29"},
		{"YYYYMMDD", "20240229", "2024-02-29"},
		{"YYYYMMDD", "2024229", NULL},
		{"DDMMYYYY", "01022010", "2010-02-01"},
		{"DDMMYYYY", "1022010", NULL},
		{"DDMMYY", "010210", "2010-02-01"},
		{"DD-MMM-YYYY", "05-Mar-2011", "2011-03-05"},
		{"DD-MMM-YYYY", "5-MARCH-2011", "2011-03-05"},
		{"DD-MMM-YYYY", "5-Ma-2011", NULL},
		{"DD-MMM-YYYY", "5-Marx-2011", NULL},
		{"MMM D, YYYY", "Sept. 5, 2011", "2011-09-05"},
		{"MMM D, YYYY", "May   5,2011", "2011-05-05"},
		{"dd.mm.yyyy", "31.12.2010", "2010-12-31"},
		{"YYYY年MM月DD日", "2011年3月5日", "2011-03-05"},
		{"DD.MM.YYYY", "٠١.٠٢.٢٠١٠", NULL},
	};
	char date[DATE_SIZE];
	size_t i;

	for (i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		bool read = date_format_read(cases[i].format, cases[i].text, date);

		is_str(read ? date : NULL, cases[i].want, "\"%s\" as %s", cases[i].text,
			cases[i].format);
	}
}

static void test_faults(void)
{
	static const char *const good[] = {
		"DD.MM.YYYY", "D/M/YY", "MMM D, YYYY", "YYYYMMDD", "yyyy-mm-dd"};
	static const char *const bad[] = {"", "DD.MM", "MM.YYYY", "DD.MM.YYY", "DD.MM.YYYYY",
		"DDD.MM.YYYY", "DD.MMMM.YYYY", "DD.MM.YYYY HH", "DD.MM.DD.YYYY", "date"};
	size_t i;

	for (i = 0; i < sizeof(good) / sizeof(*good); i++)
		ok(!date_format_fault(good[i]), "\"%s\" describes a date", good[i]);
	for (i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		ok(date_format_fault(bad[i]) != NULL, "\"%s\" does not", bad[i]);
}

int main(void)
{
	test_reading();
	test_faults();
	return done_testing();
}
