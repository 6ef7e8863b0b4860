/*
 * Dates in a form that somebody describes: "DD.MM.YYYY". YYYY or YY (00-49 are 2000-2049, 50-99
 * are 1950-1999), MMM (Jan, january), MM or M, DD or D; what else stands there must stand in
 * the text, too. One digit will do for M and D, and for MM and DD where something stands
 * between.
 */
#ifndef BASE_DATE_FORMAT_H
#define BASE_DATE_FORMAT_H

#include <stdbool.h>

#include "base/date.h"

/* Why it describes no date; NULL: it does. A constant. */
const char *date_format_fault(const char *format);

/*
 * Reads `text` and writes the date as ISO 8601. A time of day behind it is passed over. False
 * when it is not of that form, or not in the calendar.
 */
bool date_format_read(const char *format, const char *text, char out[DATE_SIZE]);

#endif
