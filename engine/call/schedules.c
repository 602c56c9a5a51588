/* Schedules, schedule groups and emergency groups against the virtual clock; what the world does
 * not state is asked for. */
#include "engine/call/machine.h"

enum { AT_TIME, AT_SCHEDULE, AT_EMERGENCY, AT_IN_SERVICE };

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
    const struct settings *settings = call_settings(call);
    int64_t now;
    struct str schedule, emergency;
    if (!evaluation_time(call, op, &now) || !name_of(call, op, AT_SCHEDULE, &schedule) ||
        !name_of(call, op, AT_EMERGENCY, &emergency))
        return;
    enum schedule_state state = schedule.len ? settings_schedule(settings, schedule, now)
                                             : settings_emergency(settings, emergency);
    if (state == SCHEDULE_NOT_STATED)
        ask(call, op, ASKING_RESULT, INT64_MAX);
    else
        output_named(call, op, state == SCHEDULE_ACTIVE ? "active" : "inactive");
}

/* The names of the active schedules, where a variable takes them. */
static bool in_service(struct call *call, const struct op *op, struct str group, int64_t now)
{
    enum { MOST = 100 };
    struct value names[MOST];
    struct str name;
    uint32_t count = 0;
    while (count < MOST && settings_in_service(call_settings(call), group, now, count, &name))
        names[count++] = value_string(call->pool, name);
    return variable_write(call, op, operand_of(call, op, AT_IN_SERVICE),
                          value_list(call->pool, TYPE_STRING, names, count));
}

void run_schedule_group(struct call *call, const struct op *op)
{
    int64_t now;
    struct str group, emergency;
    if (!evaluation_time(call, op, &now) || !name_of(call, op, AT_SCHEDULE, &group) ||
        !name_of(call, op, AT_EMERGENCY, &emergency))
        return;
    enum group_state state = settings_schedule_group(call_settings(call), group, emergency, now);
    if (state == GROUP_NOT_STATED)
        ask(call, op, ASKING_RESULT, INT64_MAX);
    else if (in_service(call, op, group, now))
        output_named(call, op, group_state_id(state));
}
