/* Virtual time: what is asked times out, hold music ends, in-queue flows go round. */
#include "engine/call/machine.h"

void time_out(struct call *call)
{
    const struct op *op = call_op(call);
    bool data = op->kind == OP_CALL_DATA || op->kind == OP_CALL_DATA_SECURE;
    call->now.meter.deadline = INT64_MAX;
    if (call->now.state.asking == ASKING_KEYS) {
        input_none(call);
    } else if (data || op->kind == OP_OTHER) {
        unsigned output = output_index(call, op, STR("timeout"));
        if (output)
            result_answer(call, op, output, value_not_set(TYPE_JSON));
        else
            output_named(call, op, "timeout");
    } else {
        transfer_result(call, op, false, value_not_set(TYPE_JSON));
    }
    step_settle(call);
}

/* One thing that happens until `end`; false: nothing does, the time just passes. */
static bool happens(struct call *call, int64_t end)
{
    struct call_state *state = &call->now.state;
    struct meter *meter = &call->now.meter;
    if (state->ended)
        return false;
    if (state->asking) {
        if (meter->deadline > end)
            return false;
        meter->clock = meter->deadline;
        time_out(call);
        return true;
    }
    if (state->flow == NO_FLOW)
        return false;
    if (meter->busy > end)
        return false;
    if (meter->busy > meter->clock)
        meter->clock = meter->busy;
    if (meter->idle) { /* a pass without hold music would otherwise go round for ever */
        meter->idle = 0;
        return false;
    }
    return step_once(call);
}

void time_pass(struct call *call, int64_t ms)
{
    int64_t end = call->now.meter.clock + ms;
    while (happens(call, end))
        ;
    if (call->now.meter.clock < end)
        call->now.meter.clock = end;
}
