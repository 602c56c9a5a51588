/* Days and dates of the Gregorian calendar. */
#ifndef POSTFLOW_EXPR_CALENDAR_H
#define POSTFLOW_EXPR_CALENDAR_H

#include <stdint.h>

int64_t days_from_date(int64_t year, int64_t month, int64_t day); /* since 1970-01-01 */
int64_t days_in_month(int64_t year, int64_t month);
void date_from_days(int64_t days, int64_t *year, int64_t *month, int64_t *day);

#endif
