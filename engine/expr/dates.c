/* Functions of dates, times and durations; all in UTC. */
#include <string.h>
#include "engine/expr/calendar.h"
#include "engine/expr/functions.h"

enum { DAY = 86400 };

RUN(make_duration)
{
    static const int64_t units[] = { 86400000, 3600000, 60000, 1000, 1 };
    int64_t sum = 0, part;
    for (unsigned i = 0; i < count; i++) {
        if (__builtin_mul_overflow(args[i].number, units[i], &part) ||
            __builtin_add_overflow(sum, part, &sum))
            return eval_fail(e, at, DIAG_EXPR_RANGE, STR("Duration"));
    }
    return put_duration(e, at, sum, out);
}

RUN(difference)
{
    (void) count;
    return put_duration(e, at, (args[0].number - args[1].number) * 1000, out);
}

RUN(now)
{
    (void) args, (void) count;
    return put_datetime(e, at, e->run->now, out);
}

/* AddDays, AddHours, AddMinutes, AddSeconds; variant: seconds of the unit. */
RUN(add_time)
{
    int64_t result;
    (void) count;
    if (__builtin_mul_overflow(args[1].number, at->function->variant, &result) ||
        __builtin_add_overflow(result, args[0].number, &result))
        result = INT64_MAX;
    return put_datetime(e, at, result, out);
}

struct moment {
    int64_t days; /* since 1970 */
    int64_t year, month, day, hour, minute, second;
};

static struct moment moment_of(int64_t seconds)
{
    struct moment m;
    int64_t rest = seconds % DAY;
    rest += rest < 0 ? DAY : 0;
    m.days = (seconds - rest) / DAY;
    date_from_days(m.days, &m.year, &m.month, &m.day);
    m.hour = rest / 3600;
    m.minute = rest / 60 % 60;
    m.second = rest % 60;
    return m;
}

/* AddMonths, AddYears (variant: months of the unit): a day that the month does not have is its
 * last. */
RUN(add_months)
{
    struct moment m = moment_of(args[0].number);
    int64_t months;
    (void) count;
    if (__builtin_mul_overflow(args[1].number, at->function->variant, &months) ||
        months > 12 * 10000 || months < -12 * 10000)
        return put_datetime(e, at, INT64_MAX, out);
    months += m.year * 12 + m.month - 1;
    int64_t year = months / 12, month = months % 12 + 1;
    if (year < 1)
        return put_datetime(e, at, INT64_MAX, out);
    int64_t last = days_in_month(year, month);
    int64_t days = days_from_date(year, month, m.day < last ? m.day : last);
    return put_datetime(e, at, args[0].number + (days - m.days) * DAY, out);
}

static bool is_time(const struct value *clock, unsigned count)
{
    static const int64_t most[] = { 23, 59, 59 };
    for (unsigned i = 0; i < count; i++) {
        if (clock[i].number < 0 || clock[i].number > most[i])
            return false;
    }
    return true;
}

static int64_t seconds_of(const struct value *clock, unsigned count)
{
    int64_t seconds = 0;
    for (unsigned i = 0; i < 3; i++)
        seconds = seconds * 60 + (i < count ? clock[i].number : 0);
    return seconds;
}

/* Year, month, day, then hour, minute, second as far as they are given. */
RUN(make_datetime)
{
    int64_t year = args[0].number, month = args[1].number, day = args[2].number;
    bool fine = year >= 1800 && year <= 2200 && month >= 1 && month <= 12 && day >= 1 &&
                day <= days_in_month(year, month) && is_time(args + 3, count - 3);
    if (!fine)
        return eval_fail(e, at, DIAG_EXPR_RANGE, STR("DateTime"));
    return put_datetime(e, at,
                        days_from_date(year, month, day) * DAY + seconds_of(args + 3, count - 3),
                        out);
}

/* 0 for Sunday. */
static int64_t day_of_week(int64_t days)
{
    return ((days + 4) % 7 + 7) % 7;
}

/* variant: which part */
RUN(part_of_datetime)
{
    struct moment m = moment_of(args[0].number);
    int64_t new_year = days_from_date(m.year, 1, 1), part = m.second;
    (void) count;
    switch (at->function->variant) {
    case 'Y':
        part = m.year;
        break;
    case 'M':
        part = m.month;
        break;
    case 'D':
        part = m.day;
        break;
    case 'h':
        part = m.hour;
        break;
    case 'm':
        part = m.minute;
        break;
    case 'd':
        part = day_of_week(m.days) + 1;
        break;
    case 'w': /* January 1st is in week 1; weeks begin on Sundays */
        part = (m.days - new_year + day_of_week(new_year)) / 7 + 1;
        break;
    }
    return put_integer(e, at, part, out);
}

/* GetDayOfWeekOccurrence(weekday, n, year [, month] [, hour, minute, second]): the n-th in the year
 * or month, counted from its end where n is negative. */
RUN(occurrence)
{
    int64_t weekday = args[0].number - 1, n = args[1].number, year = args[2].number;
    bool in_month = count == 4 || count == 7;
    unsigned clock = in_month ? 4 : 3;
    int64_t month = in_month ? args[3].number : 0;
    if (weekday < 0 || weekday > 6 || year < 1800 || year > 2200 || month > 12 ||
        (in_month && month < 1) || !is_time(args + clock, count - clock))
        return eval_fail(e, at, DIAG_EXPR_RANGE, STR("DateTime"));
    int64_t first = days_from_date(year, in_month ? month : 1, 1);
    int64_t last = in_month ? first + days_in_month(year, month) - 1 : days_from_date(year, 12, 31);
    *out = value_not_set(TYPE_DATETIME);
    if (n == 0 || n > 53 || n < -53)
        return true;
    int64_t day = n > 0 ? first + (weekday - day_of_week(first) + 7) % 7 + (n - 1) * 7
                        : last - (day_of_week(last) - weekday + 7) % 7 + (n + 1) * 7;
    if (day < first || day > last)
        return true;
    return put_datetime(e, at, day * DAY + seconds_of(args + clock, count - clock), out);
}

/* Up to a multiple of the interval (five minutes), or to the next of a list where it has one that
 * is long enough. ASSUMED for the list: domain.md section 5.6 names it only. */
RUN(round_up)
{
    int64_t interval = count > 1 ? args[1].number : 300000, ms = args[0].number, best = INT64_MAX;
    uint32_t n = 0;
    const struct value *list = count > 2 ? items_of(e->run->pool, args[2], &n) : NULL;
    if (interval <= 0)
        return eval_fail(e, at->args[1], DIAG_EXPR_RANGE, STR("RoundUp"));
    for (uint32_t i = 0; i < n; i++) {
        if (value_is_set(list[i]) && list[i].number >= ms && list[i].number < best)
            best = list[i].number;
    }
    int64_t rest = ms % interval;
    if (best == INT64_MAX)
        best = ms - rest + (rest > 0 ? interval : 0);
    return put_duration(e, at, best, out);
}

RUN(range)
{
    struct value ends[2];
    (void) count;
    return put_duration(e, at, args[0].number - args[1].number, &ends[0]) &&
           put_duration(e, at, args[0].number + args[1].number, &ends[1]) &&
           put_built(e, at, value_list(e->run->pool, TYPE_DURATION, ends, 2), out);
}
