/* Dates, times and durations as ISO 8601 (domain.md section 5.6). All in UTC, no leap seconds. */
#include "engine/expr/calendar.h"
#include "engine/expr/value.h"

/* Days since 1970-01-01 of a date of the Gregorian calendar. */
int64_t days_from_date(int64_t year, int64_t month, int64_t day)
{
    year -= month <= 2;
    int64_t era = (year >= 0 ? year : year - 399) / 400;
    int64_t of_era = year - era * 400;
    int64_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

void date_from_days(int64_t days, int64_t *year, int64_t *month, int64_t *day)
{
    days += 719468;
    int64_t era = (days >= 0 ? days : days - 146096) / 146097;
    int64_t of_era = days - era * 146097;
    int64_t year_of_era = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int64_t of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int64_t shifted = (5 * of_year + 2) / 153;
    *day = of_year - (153 * shifted + 2) / 5 + 1;
    *month = shifted + (shifted < 10 ? 3 : -9);
    *year = year_of_era + era * 400 + (*month <= 2);
}

/* Takes exactly `count` digits (or, 0: at least one). */
static bool digits(struct str *text, size_t count, int64_t *out)
{
    size_t n = 0;
    *out = 0;
    while (n < text->len && (count == 0 || n < count) && text->ptr[n] >= '0' &&
           text->ptr[n] <= '9' && n < 18)
        *out = *out * 10 + (text->ptr[n++] - '0');
    *text = str_slice(*text, n, text->len);
    return n > 0 && (count == 0 || n == count);
}

static bool take(struct str *text, char c)
{
    if (text->len == 0 || text->ptr[0] != c)
        return false;
    *text = str_slice(*text, 1, text->len);
    return true;
}

int64_t days_in_month(int64_t year, int64_t month)
{
    static const int64_t lengths[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month == 2 && leap ? 29 : lengths[month - 1];
}

static bool offset(struct str *text, int64_t *seconds)
{
    int64_t hours, minutes = 0;
    *seconds = 0;
    if (text->len == 0 || take(text, 'Z'))
        return true;
    bool minus = take(text, '-');
    if (!minus && !take(text, '+'))
        return false;
    if (!digits(text, 2, &hours))
        return false;
    take(text, ':');
    if (text->len > 0 && !digits(text, 2, &minutes))
        return false;
    *seconds = (hours * 3600 + minutes * 60) * (minus ? -1 : 1);
    return hours < 24 && minutes < 60;
}

bool datetime_in_range(int64_t seconds)
{
    return seconds >= -5364662400 && seconds <= 7289654399;
}

bool datetime_parse(struct str text, int64_t *seconds)
{
    int64_t year, month, day, hour = 0, minute = 0, second = 0, shift, fraction;
    text = str_trim(text);
    if (!digits(&text, 4, &year) || !take(&text, '-') || !digits(&text, 2, &month) ||
        !take(&text, '-') || !digits(&text, 2, &day))
        return false;
    if (take(&text, 'T') || take(&text, ' ')) {
        if (!digits(&text, 2, &hour) || !take(&text, ':') || !digits(&text, 2, &minute))
            return false;
        if (take(&text, ':') && !digits(&text, 2, &second))
            return false;
        if (take(&text, '.') && !digits(&text, 0, &fraction))
            return false;
    }
    if (!offset(&text, &shift) || text.len > 0)
        return false;
    if (month < 1 || month > 12 || day < 1 ||
        day > days_in_month(year, month) || hour > 23 || minute > 59 || second > 59)
        return false;
    *seconds = days_from_date(year, month, day) * 86400 + hour * 3600 + minute * 60 + second -
               shift;
    return datetime_in_range(*seconds);
}

void datetime_show(int64_t seconds, struct buf *out)
{
    int64_t days = seconds / 86400, rest = seconds % 86400, year, month, day;
    if (rest < 0) {
        rest += 86400;
        days--;
    }
    date_from_days(days, &year, &month, &day);
    buf_addf(out, "%04lld-%02lld-%02lldT%02lld:%02lld:%02lldZ", (long long) year, (long long) month,
             (long long) day, (long long) (rest / 3600), (long long) (rest / 60 % 60),
             (long long) (rest % 60));
}

static const struct {
    char letter;
    bool time;
    int64_t ms;
} units[] = { { 'W', false, 604800000 },
              { 'D', false, 86400000 },
              { 'H', true, 3600000 },
              { 'M', true, 60000 },
              { 'S', true, 1000 } };

bool duration_parse(struct str text, int64_t *ms)
{
    int64_t sum = 0;
    bool time = false, any = false;
    text = str_trim(text);
    bool minus = take(&text, '-');
    if (!take(&text, 'P'))
        return false;
    while (text.len > 0) {
        int64_t number, part, fraction = 0;
        if (!time && take(&text, 'T')) {
            time = true;
            continue;
        }
        if (!digits(&text, 0, &number))
            return false;
        if (take(&text, '.')) {
            int64_t scale = 100;
            for (; text.len > 0 && text.ptr[0] >= '0' && text.ptr[0] <= '9'; scale /= 10) {
                fraction += (text.ptr[0] - '0') * scale;
                text = str_slice(text, 1, text.len);
            }
            if (text.len == 0 || text.ptr[0] != 'S')
                return false;
        }
        size_t i = 0;
        while (i < 5 && !(text.len > 0 && text.ptr[0] == units[i].letter && units[i].time == time))
            i++;
        if (i == 5 || __builtin_mul_overflow(number, units[i].ms, &part) ||
            __builtin_add_overflow(sum, part, &sum) || __builtin_add_overflow(sum, fraction, &sum))
            return false;
        text = str_slice(text, 1, text.len);
        any = true;
    }
    *ms = minus ? -sum : sum;
    return any && sum <= 999999999999999;
}

void duration_show(int64_t ms, struct buf *out)
{
    if (ms < 0) {
        buf_add_char(out, '-');
        ms = -ms;
    }
    buf_add_char(out, 'P');
    int64_t days = ms / 86400000, rest = ms % 86400000;
    if (days > 0)
        buf_addf(out, "%lldD", (long long) days);
    int64_t hours = rest / 3600000, minutes = rest / 60000 % 60, seconds = rest / 1000 % 60;
    int64_t part = rest % 1000;
    if (rest == 0 && days > 0)
        return;
    buf_add_char(out, 'T');
    if (hours > 0)
        buf_addf(out, "%lldH", (long long) hours);
    if (minutes > 0)
        buf_addf(out, "%lldM", (long long) minutes);
    if (part > 0) {
        int places = 3;
        while (part % 10 == 0) {
            part /= 10;
            places--;
        }
        buf_addf(out, "%lld.%0*lldS", (long long) seconds, places, (long long) part);
    } else if (seconds > 0 || (hours == 0 && minutes == 0)) {
        buf_addf(out, "%lldS", (long long) seconds);
    }
}
