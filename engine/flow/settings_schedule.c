/* Schedules, schedule groups and emergency groups at a moment. */
#include <string.h>
#include "engine/expr/value.h"
#include "engine/flow/settings_parts.h"

enum { DAY = 86400, EVERY_DAY = 127 };

/* "Mon", "Tuesday": 0 to 6; -1: no day. */
static int day_number(struct str word)
{
    static const char *const days[] = { "Monday", "Tuesday",  "Wednesday", "Thursday",
                                        "Friday", "Saturday", "Sunday" };
    for (int i = 0; i < 7; i++) {
        struct str day = str_of(days[i]);
        if (str_eq_nocase(word, day) || str_eq_nocase(word, str_slice(day, 0, 3)))
            return i;
    }
    return -1;
}

/* Takes what is in front of a separator off the text; false: there is none, and it was the rest. */
static bool take_until(struct str *text, char separator, struct str *part)
{
    ptrdiff_t at = str_find_char(*text, separator);
    *part = str_trim(at < 0 ? *text : str_slice(*text, 0, (size_t) at));
    *text = at < 0 ? STR_NONE : str_slice(*text, (size_t) at + 1, text->len);
    return at >= 0;
}

/* "Mon-Fri,Sun"; a range may go over the end of the week. */
static bool read_days(struct str text, unsigned *days)
{
    bool more;
    *days = 0;
    do {
        struct str part, first;
        more = take_until(&text, ',', &part);
        bool range = take_until(&part, '-', &first);
        int from = day_number(first), to = range ? day_number(str_trim(part)) : from;
        if (from < 0 || to < 0)
            return false;
        *days |= 1u << to;
        for (int day = from; day != to; day = (day + 1) % 7)
            *days |= 1u << day;
    } while (more);
    return true;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* "09:30" in seconds of the day; 24:00 is its end. */
static bool read_time(struct str text, int64_t *seconds)
{
    const char *p = text.ptr;
    if (text.len != 5 || !is_digit(p[0]) || !is_digit(p[1]) || p[2] != ':' || !is_digit(p[3]) ||
        !is_digit(p[4]))
        return false;
    int hours = (p[0] - '0') * 10 + p[1] - '0', minutes = (p[3] - '0') * 10 + p[4] - '0';
    *seconds = hours * 3600 + minutes * 60;
    return minutes < 60 && *seconds <= DAY;
}

/* A moment, or a day: its begin, or its end. */
static bool read_moment(struct str text, bool end, int64_t *seconds)
{
    char full[] = "YYYY-MM-DDT00:00:00Z";
    if (text.len != 10)
        return datetime_parse(text, seconds);
    memcpy(full, text.ptr, 10);
    if (!datetime_parse(str_of(full), seconds))
        return false;
    *seconds += end ? DAY : 0;
    return true;
}

static bool fault(struct period_fault *out, node_id node, const char *part, const char *wanted)
{
    *out = (struct period_fault){ node, part, wanted };
    return false;
}

/* The text of a part; false: it is there and no text. */
static bool part_text(const struct doc *doc, node_id object, const char *key, node_id *node,
                      struct str *text)
{
    *node = doc_member_named(doc, object, str_of(key));
    *text = *node ? doc_text(doc, *node) : STR_NONE;
    return !*node || doc_is_text(doc, *node);
}

static bool read_range(const struct doc *doc, node_id object, struct period *out,
                       struct period_fault *wrong)
{
    static const char wanted[] = "09:00, 2026-12-24 or 2026-12-24T09:00:00Z, both of one kind";
    node_id from, to;
    struct str from_text, to_text;
    int64_t ignored;
    if (!part_text(doc, object, "from", &from, &from_text))
        return fault(wrong, from, "from", wanted);
    if (!part_text(doc, object, "to", &to, &to_text))
        return fault(wrong, to, "to", wanted);
    out->daily = (!from || read_time(from_text, &ignored)) && (!to || read_time(to_text, &ignored));
    out->from = out->daily ? 0 : INT64_MIN;
    out->to = out->daily ? DAY : INT64_MAX;
    if (from && !(out->daily ? read_time(from_text, &out->from)
                             : read_moment(from_text, false, &out->from)))
        return fault(wrong, from, "from", wanted);
    if (to && !(out->daily ? read_time(to_text, &out->to) : read_moment(to_text, true, &out->to)))
        return fault(wrong, to, "to", wanted);
    return true;
}

bool period_read(const struct doc *doc, node_id node, struct period *out,
                 struct period_fault *wrong)
{
    node_id days;
    struct str days_text;
    *out = (struct period){ .days = EVERY_DAY };
    node_id active = doc_member_named(doc, node, STR("active"));
    enum node_kind kind = doc_core_kind(doc, active ? active : node);
    if (kind == NODE_TRUE || kind == NODE_FALSE) {
        out->fixed = true;
        out->active = kind == NODE_TRUE;
        return true;
    }
    if (active)
        return fault(wrong, active, "active", "true or false");
    if (kind != NODE_OBJECT || !doc_first(doc, node))
        return fault(wrong, node, "period", "{\"active\": true} or days, from and to");
    if (!part_text(doc, node, "days", &days, &days_text) ||
        (days && !read_days(days_text, &out->days)))
        return fault(wrong, days, "days", "Mon-Fri or Sat,Sun");
    return read_range(doc, node, out, wrong);
}

/* Days since 1970-01-01, a Thursday, rounded down. */
static int64_t day_of(int64_t at)
{
    return at / DAY - (at % DAY < 0);
}

static bool has_day(const struct period *period, int64_t day)
{
    int64_t weekday = ((day + 3) % 7 + 7) % 7;
    return period->days & 1u << weekday;
}

static bool period_holds(const struct period *period, int64_t at)
{
    int64_t day = day_of(at), second = at - day * DAY;
    if (period->fixed)
        return period->active;
    if (!period->daily)
        return at >= period->from && at < period->to && has_day(period, day);
    if (period->from < period->to)
        return second >= period->from && second < period->to && has_day(period, day);
    /* Over midnight: the late part of a day, and the early part of the day after it. */
    return (second >= period->from && has_day(period, day)) ||
           (second < period->to && has_day(period, day - 1));
}

static bool node_holds(const struct doc *doc, node_id node, int64_t at)
{
    struct period period;
    struct period_fault ignored;
    return period_read(doc, node, &period, &ignored) && period_holds(&period, at);
}

enum schedule_state settings_schedule(const struct settings *settings, struct str name, int64_t at)
{
    const struct doc *doc = settings->doc;
    node_id node = settings_entry(settings, "schedules", name);
    if (!node)
        return SCHEDULE_NOT_STATED;
    bool active = false;
    if (doc_kind(doc, node) == NODE_LIST) {
        for (node_id item = doc_first(doc, node); item; item = doc_next(doc, item))
            active |= node_holds(doc, item, at);
    } else {
        active = node_holds(doc, node, at);
    }
    return active ? SCHEDULE_ACTIVE : SCHEDULE_INACTIVE;
}

enum schedule_state settings_emergency(const struct settings *settings, struct str name)
{
    node_id node = name.len ? settings_entry(settings, "emergencyGroups", name) : 0;
    if (!node)
        return SCHEDULE_NOT_STATED;
    node_id active = doc_member_named(settings->doc, node, STR("active"));
    return doc_core_kind(settings->doc, active ? active : node) == NODE_TRUE ? SCHEDULE_ACTIVE
                                                                        : SCHEDULE_INACTIVE;
}

/* The n-th schedule among those that a group lists under `key` which is active; counts n down by
 * those that come before it. */
static bool active_of(const struct settings *settings, node_id group, const char *key, int64_t at,
                      size_t *n, struct str *name)
{
    const struct doc *doc = settings->doc;
    node_id list = doc_member_named(doc, group, str_of(key));
    for (node_id item = list ? doc_first(doc, list) : 0; item; item = doc_next(doc, item)) {
        struct str text = doc_text(doc, item);
        if (!doc_is_text(doc, item) ||
            settings_schedule(settings, text, at) != SCHEDULE_ACTIVE)
            continue;
        if (*n == 0) {
            *name = text;
            return true;
        }
        --*n;
    }
    return false;
}

enum group_state settings_schedule_group(const struct settings *settings, struct str group,
                                         struct str emergency, int64_t at)
{
    if (settings_emergency(settings, emergency) == SCHEDULE_ACTIVE)
        return GROUP_EMERGENCY;
    node_id node = settings_entry(settings, "scheduleGroups", group);
    if (!node)
        return GROUP_NOT_STATED;
    int fixed = settings_word(settings->doc, node, group_words);
    if (fixed >= 0)
        return (enum group_state)(GROUP_EMERGENCY + fixed);
    for (int state = GROUP_HOLIDAY; state <= GROUP_OPEN; state++) {
        struct str name;
        size_t n = 0;
        if (active_of(settings, node, group_words[state - GROUP_EMERGENCY], at, &n, &name))
            return (enum group_state) state;
    }
    return GROUP_CLOSED;
}

const char *group_state_id(enum group_state state)
{
    return state == GROUP_NOT_STATED ? "" : group_words[state - GROUP_EMERGENCY];
}

bool settings_in_service(const struct settings *settings, struct str group, int64_t at, size_t n,
                         struct str *name)
{
    node_id node = settings_entry(settings, "scheduleGroups", group);
    for (int i = GROUP_HOLIDAY; node && i <= GROUP_OPEN; i++) {
        if (active_of(settings, node, group_words[i - GROUP_EMERGENCY], at, &n, name))
            return true;
    }
    return false;
}
