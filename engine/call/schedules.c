/* Schedules, schedule groups and emergency groups against the virtual clock. In postflow.json:
 *
 *   schedules       true, false, { "active": true }, or { "days": "Mon-Fri,Sun", "from": "09:00",
 *                   "to": "17:00" } (UTC), or { "from": "2026-12-24", "to": "2026-12-26" } as dates
 *                   or moments; or a list of such, of which one must hold
 *   emergencyGroups true, false, { "active": true }
 *   scheduleGroups  "open", or { "open": [schedules], "closed": [...], "holiday": [...] }
 *
 * What is not stated is asked for. */
#include <string.h>
#include "engine/call/machine.h"

enum { DAY = 86400 };

static struct str word_at(const struct doc *doc, node_id object, const char *key)
{
    node_id node = doc_member_named(doc, object, str_of(key));
    return node && !doc_is_container(doc, node) ? doc_text(doc, node) : STR_NONE;
}

static int weekday_of(struct str word)
{
    static const char *const days[] = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };
    for (int i = 0; i < 7; i++) {
        if (word.len >= 3 && str_eq_nocase(str_slice(word, 0, 3), str_of(days[i])))
            return i;
    }
    return -1;
}

/* "Mon-Fri,Sun": whether the weekday (0 Monday) is in it; an empty text has every day. */
static bool day_matches(struct str days, int weekday)
{
    if (!days.len)
        return true;
    while (days.len) {
        ptrdiff_t comma = str_find_char(days, ',');
        struct str part = str_trim(comma < 0 ? days : str_slice(days, 0, (size_t) comma));
        ptrdiff_t dash = str_find_char(part, '-');
        int from = weekday_of(dash < 0 ? part : str_trim(str_slice(part, 0, (size_t) dash)));
        int to = dash < 0 ? from : weekday_of(str_trim(str_slice(part, (size_t) dash + 1,
                                                                 part.len)));
        if (from >= 0 && to >= 0 &&
            (from <= to ? weekday >= from && weekday <= to : weekday >= from || weekday <= to))
            return true;
        days = comma < 0 ? STR_NONE : str_slice(days, (size_t) comma + 1, days.len);
    }
    return false;
}

/* "09:30" in seconds; false when it is no time of day. */
static bool time_of_day(struct str text, int64_t *seconds)
{
    int64_t hours, minutes;
    ptrdiff_t colon = str_find_char(text, ':');
    if (colon < 1 || text.len > 5 || !str_to_int(str_slice(text, 0, (size_t) colon), &hours) ||
        !str_to_int(str_slice(text, (size_t) colon + 1, text.len), &minutes) || hours < 0 ||
        hours > 24 || minutes < 0 || minutes > 59)
        return false;
    *seconds = hours * 3600 + minutes * 60;
    return true;
}

/* A moment, or a day: its start, or with `end` its end. */
static bool moment(struct str text, bool end, int64_t *seconds)
{
    char full[32];
    if (datetime_parse(text, seconds))
        return true;
    if (text.len != 10)
        return false;
    memcpy(full, text.ptr, 10);
    memcpy(full + 10, "T00:00:00Z", 11);
    if (!datetime_parse(str_of(full), seconds))
        return false;
    *seconds += end ? DAY : 0;
    return true;
}

static bool object_is_active(const struct doc *doc, node_id node, int64_t now)
{
    node_id active = doc_member_named(doc, node, STR("active"));
    if (active)
        return doc_kind(doc, active) == NODE_TRUE;
    int64_t days = now / DAY - (now % DAY < 0), second = now - days * DAY, from = 0, to = DAY;
    int weekday = (int) (((days + 3) % 7 + 7) % 7); /* 1970-01-01 was a Thursday */
    struct str from_text = word_at(doc, node, "from"), to_text = word_at(doc, node, "to");
    bool from_time = time_of_day(from_text, &from), to_time = time_of_day(to_text, &to);
    if (from_time || to_time || (!from_text.len && !to_text.len))
        return day_matches(word_at(doc, node, "days"), weekday) &&
               (from <= to ? second >= from && second < to : second >= from || second < to);
    from = INT64_MIN;
    to = INT64_MAX;
    moment(from_text, false, &from);
    moment(to_text, true, &to);
    return now >= from && now < to && day_matches(word_at(doc, node, "days"), weekday);
}

static bool node_is_active(const struct doc *doc, node_id node, int64_t now)
{
    if (doc_kind(doc, node) == NODE_OBJECT)
        return object_is_active(doc, node, now);
    if (doc_kind(doc, node) != NODE_LIST)
        return doc_kind(doc, node) == NODE_TRUE || str_is(doc_text(doc, node), "active");
    for (node_id item = doc_first(doc, node); item; item = doc_next(doc, item)) {
        if (doc_kind(doc, item) == NODE_OBJECT && object_is_active(doc, item, now))
            return true;
    }
    return false;
}

/* False: nothing is stated about it. */
static bool is_active(const struct call *call, const char *section, struct str name, int64_t now,
                      bool *active)
{
    const struct settings *settings = call_settings(call);
    node_id node = name.len ? settings_entry(settings, section, name) : 0;
    *active = node && node_is_active(settings->doc, node, now);
    return node != 0;
}

enum { AT_TIME, AT_SCHEDULE, AT_EMERGENCY };

/* A moment that is written and NOT_SET raises the error event (domain.md 4.7). */
static bool evaluation_time(struct call *call, const struct op *op, int64_t *seconds)
{
    struct value value;
    *seconds = call_settings(call)->now + call->now.meter.clock / 1000;
    if (operand_of(call, op, AT_TIME)->form == OPERAND_NONE)
        return true;
    if (!operand_eval(call, op, AT_TIME, &value))
        return false;
    if (!value_is_set(value)) {
        error_raise(call, op, STR("The time to evaluate is NOT_SET."));
        return false;
    }
    *seconds = value.number;
    return true;
}

static bool name_of(struct call *call, const struct op *op, unsigned operand, struct str *name)
{
    struct value value;
    if (!operand_eval(call, op, operand, &value))
        return false;
    *name = value_is_set(value) ? value_text(call->pool, value) : STR_NONE;
    return true;
}

void run_schedule(struct call *call, const struct op *op)
{
    int64_t now;
    struct str schedule, emergency;
    bool active;
    if (!evaluation_time(call, op, &now) || !name_of(call, op, AT_SCHEDULE, &schedule) ||
        !name_of(call, op, AT_EMERGENCY, &emergency))
        return;
    if (is_active(call, "schedules", schedule, now, &active) ||
        is_active(call, "emergencyGroups", emergency, now, &active))
        output_named(call, op, active ? "active" : "inactive");
    else
        ask(call, op, ASKING_RESULT, INT64_MAX);
}

/* Whether one of the schedules that the group lists under `key` is active. */
static bool group_has(const struct call *call, node_id group, const char *key, int64_t now)
{
    const struct doc *doc = call_settings(call)->doc;
    node_id list = doc_member_named(doc, group, str_of(key));
    bool active = false;
    if (list && doc_kind(doc, list) == NODE_TEXT)
        return is_active(call, "schedules", doc_text(doc, list), now, &active) && active;
    for (node_id item = list ? doc_first(doc, list) : 0; item && !active;
         item = doc_next(doc, item))
        is_active(call, "schedules", doc_text(doc, item), now, &active);
    return active;
}

/* domain.md 4.7: emergency, holiday, closed, open; nothing that matches is closed. */
void run_schedule_group(struct call *call, const struct op *op)
{
    const struct settings *settings = call_settings(call);
    int64_t now;
    struct str name, emergency;
    bool active;
    if (!evaluation_time(call, op, &now) || !name_of(call, op, AT_SCHEDULE, &name) ||
        !name_of(call, op, AT_EMERGENCY, &emergency))
        return;
    if (is_active(call, "emergencyGroups", emergency, now, &active) && active) {
        output_named(call, op, "emergency");
        return;
    }
    node_id group = name.len ? settings_entry(settings, "scheduleGroups", name) : 0;
    if (!group) {
        ask(call, op, ASKING_RESULT, INT64_MAX);
        return;
    }
    if (doc_kind(settings->doc, group) == NODE_OBJECT) {
        static const char *const order[] = { "holiday", "closed", "open" };
        for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
            if (group_has(call, group, order[i], now)) {
                output_named(call, op, order[i]);
                return;
            }
        }
        output_named(call, op, "closed");
        return;
    }
    unsigned output = output_index(call, op, doc_text(settings->doc, group));
    if (output)
        output_take(call, op, output);
    else
        output_named(call, op, "closed");
}
