/* Dates as text: see calendar.h. */
#include "calendar.h"

/* Civil calendar by eras of 400 years, the year beginning in March. */
void calendar_civil(long days, int *year, int *month, int *day)
{
	long z = days + 719468;
	long era = (z >= 0 ? z : z - 146096) / 146097;
	long doe = z - era * 146097;
	long yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	long doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	long mp = (5 * doy + 2) / 153;
	*day = (int)(doy - (153 * mp + 2) / 5 + 1);
	*month = (int)(mp < 10 ? mp + 3 : mp - 9);
	*year = (int)(yoe + era * 400 + (*month <= 2));
}

long calendar_days(int year, int month, int day)
{
	long y = year - (month <= 2);
	long era = (y >= 0 ? y : y - 399) / 400;
	long yoe = y - era * 400;
	long doy = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
	long doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
	return era * 146097 + doe - 719468;
}

void calendar_stamp(struct buf *b, int changed, uint64_t hash)
{
	enum { DAY_0 = 20697 }; /* 2026-09-01 */
	/* What never changed dates from the three weeks before. */
	long days = changed ? DAY_0 + changed : DAY_0 - 2 - (long)(hash >> 50) % 20;
	int year, month, day;
	calendar_civil(days, &year, &month, &day);
	uint32_t ms = (uint32_t)(hash % 86400000);
	uint32_t v[] = {(uint32_t)year, (uint32_t)month, (uint32_t)day, ms / 3600000,
		ms / 60000 % 60, ms / 1000 % 60, ms % 1000};
	static const char shape[] = "0000-00-00T00:00:00.000Z";
	char out[sizeof(shape)];
	memcpy(out, shape, sizeof(shape));
	static const int end[] = {3, 6, 9, 12, 15, 18, 22};
	for (int i = 0; i < 7; i++) {
		for (int at = end[i]; v[i]; v[i] /= 10)
			out[at--] += (char)(v[i] % 10);
	}
	buf_put(b, out, sizeof(out) - 1);
}
