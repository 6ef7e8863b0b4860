#include "base/date_format.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

static const char *const months[] = {"january", "february", "march", "april", "may", "june",
	"july", "august", "september", "october", "november", "december"};

enum { PIVOT = 50 }; /* the first year of two digits that is one of the last century */

struct reading {
	const char *at;
	int year, month, day; /* 0: not read yet */
};

/* The letter of the item that begins here, and its length; '\0': none does. */
static char item_of(const char *format, size_t *length)
{
	char letter = (char)toupper((unsigned char)*format);

	*length = 1;
	if (!letter || !strchr("DMY", letter))
		return '\0';
	while (toupper((unsigned char)format[*length]) == letter)
		++*length;
	return letter;
}

const char *date_format_fault(const char *format)
{
	int days = 0, ms = 0, years = 0;
	size_t length;

	for (; *format; format += length) {
		char letter = item_of(format, &length);

		if (!letter && isalpha((unsigned char)*format))
			return "only D, M and Y mean something in a date";
		if ((letter == 'D' && length > 2) || (letter == 'M' && length > 3) ||
			(letter == 'Y' && length != 2 && length != 4))
			return "write DD or D, MM, M or MMM, YYYY or YY";
		days += letter == 'D';
		ms += letter == 'M';
		years += letter == 'Y';
	}
	if (days != 1 || ms != 1 || years != 1)
		return "day, month and year must stand in it, each once";
	return NULL;
}

/* At least `least` digits, at most `most`. */
static bool read_number(struct reading *reading, int least, int most, int *number)
{
	int count = 0;

	for (*number = 0; count < most && isdigit((unsigned char)*reading->at); count++)
		*number = *number * 10 + *reading->at++ - '0';
	return count >= least;
}

/* "Mar", "march": three letters at least, and no others. */
static bool read_month_name(struct reading *reading)
{
	size_t length = 0, i;

	while (isalpha((unsigned char)reading->at[length]))
		length++;
	for (i = 0; length >= 3 && i < 12; i++) {
		if (strncasecmp(reading->at, months[i], length) != 0)
			continue;
		reading->month = (int)i + 1;
		reading->at += length;
		reading->at += *reading->at == '.';
		return true;
	}
	return false;
}

static bool read_item(struct reading *reading, char letter, size_t length, bool is_last)
{
	int least = length == 2 && !is_last ? 2 : 1;

	if (letter == 'D')
		return read_number(reading, least, 2, &reading->day);
	if (letter == 'M')
		return length == 3 ? read_month_name(reading)
				   : read_number(reading, least, 2, &reading->month);
	if (!read_number(reading, (int)length, (int)length, &reading->year))
		return false;
	if (length == 2)
		reading->year += reading->year < PIVOT ? 2000 : 1900;
	return true;
}

static const char *pass_blanks(const char *at)
{
	return at + strspn(at, " \t\r\n");
}

/* Whether what follows a date may: nothing, or a time behind 'T' or a blank. */
static bool ends_date(const char *rest)
{
	return !*pass_blanks(rest) ||
	       ((*rest == 'T' || *rest == ' ') && isdigit((unsigned char)rest[1]));
}

bool date_format_read(const char *format, const char *text, char out[DATE_SIZE])
{
	struct reading reading = {pass_blanks(text), 0, 0, 0};
	char date[40];
	size_t length;

	for (; *format; format += length) {
		char letter = item_of(format, &length);

		if (letter) {
			char next = format[length];

			/* Without anything between, only whole numbers can be told apart. */
			if (!read_item(&reading, letter, length,
				    !next || !isalpha((unsigned char)next)))
				return false;
		} else if (*format == ' ') {
			reading.at = pass_blanks(reading.at);
		} else if (*reading.at++ != *format) {
			return false;
		}
	}
	if (!ends_date(reading.at))
		return false;
	snprintf(
		date, sizeof(date), "%04d-%02d-%02d", reading.year, reading.month, reading.day);
	if (!date_is_iso(date))
		return false;
	memcpy(out, date, DATE_SIZE);
	return true;
}
