/* The error event: settingsErrorHandling of the flow (domain.md section 4.5). Disconnect, a queue,
 * or a jump to a menu, task or state, which grants 1,000 actions more. An error inside error
 * handling disconnects (assumed); so does using up the extra actions, without audio. */
#include "engine/call/machine.h"

/* Modules and called tasks have no handling of their own: the flow that was entered handles. */
static struct program_flow *handling_flow(const struct call *call)
{
    uint32_t count = 0;
    const uint32_t *words = NULL;
    if (call->now.state.stack)
        words = pool_get_words(call->pool, call->now.state.stack, &count);
    uint16_t index = count ? (uint16_t) words[STACK_FLOW] : call->now.state.flow;
    return call->program.flows[index];
}

/* Back to the variables that flow had when it left for a module. */
static void unwind(struct call *call, struct program_flow *flow)
{
    struct call_state *state = &call->now.state;
    uint32_t count = 0;
    const uint32_t *words = NULL;
    if (state->stack)
        words = pool_get_words(call->pool, state->stack, &count);
    for (uint32_t i = 0; i < count; i += STACK_WORDS) {
        if (words[i + STACK_KIND] == STACK_MODULE) {
            registers_set(call, FRAME_FLOW, words[i + STACK_FLOW_FRAME]);
            break;
        }
    }
    state->stack = 0;
    state->flow = flow->index;
}

static void handle(struct call *call, const struct op *op, bool budget)
{
    struct call_state *state = &call->now.state;
    state->asking = ASKING_NOTHING;
    if (state->handling_error) {
        system_disconnect(call, op, ENDING_ERROR);
        return;
    }
    struct program_flow *flow = handling_flow(call);
    unwind(call, flow);
    state->handling_error = 1;
    struct value value;
    if (!operand_eval_at(call, op, &flow->operands[flow->handling_audio], &value))
        return; /* that error has disconnected */
    if (value_is_set(value)) {
        struct event *event = event_add(call, EVENT_PROMPT);
        event->flow = flow->index;
        event->node = flow->handling_node;
        event->value = value;
        event->party = state->in_flow;
    }
    if (flow->handling == HANDLING_QUEUE) {
        if (operand_eval_at(call, op, &flow->operands[flow->handling_queue], &value))
            queue_enter(call, op, value_text(call->pool, value), STR_NONE);
        return;
    }
    if (flow->handling == HANDLING_JUMP && flow->handling_target) {
        int32_t *left = &call->now.meter.budget;
        *left = budget ? LIMIT_ACTIONS_EXTRA : *left + LIMIT_ACTIONS_EXTRA;
        enter_container(call, flow, flow->handling_target - 1);
        return;
    }
    system_disconnect(call, op, ENDING_ERROR);
}

void error_raise(struct call *call, const struct op *op, struct str text)
{
    struct event *event = event_at_op(call, EVENT_ERROR, op);
    event->text = pool_text(call->pool, text);
    handle(call, op, false);
}

void error_budget(struct call *call, const struct op *op)
{
    struct event *event = event_at_op(call, EVENT_ERROR, op);
    event->text = pool_text(call->pool, STR("More actions than a flow may run."));
    event->detail = 1;
    handle(call, op, true);
}
