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

int64_t second_of_day(int64_t seconds)
{
    return (seconds % DAY + DAY) % DAY;
}

bool put_date(struct eval *e, const struct expr *at, int64_t days, struct value *out)
{
    int64_t seconds;
    if (__builtin_mul_overflow(days, (int64_t) DAY, &seconds) || !datetime_in_range(seconds))
        return eval_fail(e, at, DIAG_EXPR_RANGE, STR("Date"));
    *out = (struct value){ .type = TYPE_DATE, .flags = VALUE_SET, .number = days };
    return true;
}

/* A moment, or the day it is on where that is what was changed. */
static bool put_moment(struct eval *e, const struct expr *at, int64_t seconds, struct value *out)
{
    return at->type.type == TYPE_DATE ? put_date(e, at, seconds / DAY, out)
                                      : put_datetime(e, at, seconds, out);
}

/* Of a DateTime, of a Date as its begin, of a Time as on the first day. */
static int64_t seconds_since_1970(struct value v)
{
    return v.type == TYPE_DATE ? v.number * DAY : v.number;
}

/* AddDays, AddHours, AddMinutes, AddSeconds; variant: seconds of the unit. */
RUN(add_time)
{
    int64_t result;
    (void) count;
    if (__builtin_mul_overflow(args[1].number, at->function->variant, &result) ||
        __builtin_add_overflow(result, seconds_since_1970(args[0]), &result))
        result = INT64_MAX;
    return put_moment(e, at, result, out);
}

struct moment {
    int64_t days; /* since 1970 */
    int64_t year, month, day, hour, minute, second;
};

static struct moment moment_of(int64_t seconds)
{
    struct moment m;
    int64_t rest = second_of_day(seconds);
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
    int64_t seconds = seconds_since_1970(args[0]), months;
    struct moment m = moment_of(seconds);
    (void) count;
    if (__builtin_mul_overflow(args[1].number, at->function->variant, &months) ||
        months > 12 * 10000 || months < -12 * 10000)
        return put_moment(e, at, INT64_MAX, out);
    months += m.year * 12 + m.month - 1;
    int64_t year = months / 12, month = months % 12 + 1;
    if (year < 1)
        return put_moment(e, at, INT64_MAX, out);
    int64_t last = days_in_month(year, month);
    int64_t days = days_from_date(year, month, m.day < last ? m.day : last);
    return put_moment(e, at, seconds + (days - m.days) * DAY, out);
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

static bool is_date(const struct value *date)
{
    int64_t year = date[0].number, month = date[1].number, day = date[2].number;
    return year >= 1800 && year <= 2200 && month >= 1 && month <= 12 && day >= 1 &&
           day <= days_in_month(year, month);
}

RUN(make_date)
{
    (void) count;
    if (!is_date(args))
        return eval_fail(e, at, DIAG_EXPR_RANGE, STR("Date"));
    return put_date(e, at, days_from_date(args[0].number, args[1].number, args[2].number), out);
}

RUN(make_time)
{
    if (!is_time(args, count))
        return eval_fail(e, at, DIAG_EXPR_RANGE, STR("Time"));
    *out = (struct value){ .type = TYPE_TIME,
                           .flags = VALUE_SET,
                           .number = seconds_of(args, count) };
    return true;
}

/* Of a Date and a Time. */
RUN(join_date)
{
    (void) count;
    return put_datetime(e, at, args[0].number * DAY + args[1].number, out);
}

/* Year, month, day, then hour, minute, second as far as they are given. */
RUN(make_datetime)
{
    if (!is_date(args) || !is_time(args + 3, count - 3))
        return eval_fail(e, at, DIAG_EXPR_RANGE, STR("DateTime"));
    int64_t days = days_from_date(args[0].number, args[1].number, args[2].number);
    return put_datetime(e, at, days * DAY + seconds_of(args + 3, count - 3), out);
}

/* 0 for Sunday. */
static int64_t day_of_week(int64_t days)
{
    return ((days + 4) % 7 + 7) % 7;
}

/* variant: which part */
RUN(part_of_datetime)
{
    struct moment m = moment_of(seconds_since_1970(args[0]));
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

/* --- FormatDateTime: ASSUMED, its patterns are those of .NET */

static const char *const month_names[] = { "January",   "February", "March",    "April",
                                           "May",       "June",     "July",     "August",
                                           "September", "October",  "November", "December" };
static const char *const day_names[] = { "Sunday",   "Monday", "Tuesday", "Wednesday",
                                         "Thursday", "Friday", "Saturday" };

/* One or two are digits, three a short name, four the whole one. */
static void add_named(struct buf *out, int64_t number, const char *name, unsigned width)
{
    if (width >= 3)
        buf_add(out, width == 3 ? str_slice(str_of(name), 0, 3) : str_of(name));
    else
        buf_addf(out, "%0*lld", (int) width, (long long) number);
}

/* `width` times one letter. */
static void add_part(struct buf *out, const struct moment *m, char letter, unsigned width)
{
    int64_t weekday = day_of_week(m->days), hour = m->hour % 12 ? m->hour % 12 : 12;
    switch (letter) {
    case 'y':
        buf_addf(out, "%0*lld", (int) width, (long long) (width <= 2 ? m->year % 100 : m->year));
        break;
    case 'M':
        add_named(out, m->month, month_names[m->month - 1], width);
        break;
    case 'd':
        add_named(out, m->day, day_names[weekday], width);
        break;
    case 'H':
        add_named(out, m->hour, "", width < 2 ? width : 2);
        break;
    case 'h':
        add_named(out, hour, "", width < 2 ? width : 2);
        break;
    case 'm':
        add_named(out, m->minute, "", width < 2 ? width : 2);
        break;
    case 's':
        add_named(out, m->second, "", width < 2 ? width : 2);
        break;
    default:
        buf_add(out, str_slice(m->hour < 12 ? STR("AM") : STR("PM"), 0, width));
        break;
    }
}

/* What stands between quotes, and what is no letter of the pattern, stays. */
RUN(format_datetime)
{
    struct moment m = moment_of(args[0].number);
    struct str pattern = value_text(e->run->pool, args[1]);
    struct buf text;
    bool quoted = false;
    (void) count;
    buf_init(&text, pool_env(e->run->pool));
    for (size_t i = 0; i < pattern.len && text.len <= MOST_TEXT; i++) {
        char c = pattern.ptr[i];
        size_t from = i;
        if (c == '\'')
            quoted = !quoted;
        else if (quoted || !c || !strchr("yMdHhmst", c))
            buf_add_char(&text, c);
        else {
            while (i + 1 < pattern.len && pattern.ptr[i + 1] == c && i - from < 3)
                i++;
            add_part(&text, &m, c, (unsigned) (i - from) + 1);
        }
    }
    bool fits = put_text(e, at, TYPE_STRING, buf_str(&text), out);
    buf_release(&text);
    return fits;
}
