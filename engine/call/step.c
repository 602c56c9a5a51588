#include "engine/call/machine.h"

typedef void executor(struct call *call, const struct op *op);

static void run_menu(struct call *call, const struct op *op)
{
    menu_enter(call, op, false);
}

static void run_choice_task(struct call *call, const struct op *op)
{
    if (op->target)
        enter_container(call, call_program(call), op->target - 1);
}

static executor *const executors[OP_KIND_COUNT] = {
    [OP_MENU] = run_menu,
    [OP_CHOICE_TASK] = run_choice_task,
    [OP_OTHER] = run_world,
#define X(name, key, run) [OP_##name] = run_##run,
    EXECUTORS(X)
#undef X
};

bool step_budget(struct call *call, const struct op *op)
{
    if (call->now.meter.budget-- > 0)
        return true;
    call->now.meter.budget = 0;
    error_budget(call, op);
    return false;
}

void ask(struct call *call, const struct op *op, enum asking what, int64_t timeout)
{
    struct call_state *state = &call->now.state;
    state->pc = (uint32_t) (op - call_program(call)->ops);
    state->asking = (uint8_t) what;
    call->now.meter.deadline =
        timeout < INT64_MAX - call->now.meter.clock ? call->now.meter.clock + timeout : INT64_MAX;
    struct event *event = event_at_op(call, EVENT_ASKED, op);
    event->detail = (uint8_t) what;
    event->party = state->in_flow;
}

void prompt(struct call *call, const struct op *op, struct value audio)
{
    if (!value_is_set(audio))
        return;
    struct event *event = event_at_op(call, EVENT_PROMPT, op);
    event->value = audio;
    event->party = call->now.state.in_flow;
}

void output_take(struct call *call, const struct op *op, unsigned number)
{
    BUG_ON(!number || number > op->output_count);
    const struct output *output = &call_program(call)->outputs[op->outputs + number - 1];
    struct call_state *state = &call->now.state;
    state->asking = ASKING_NOTHING;
    state->pc = output->target;
    struct event *event = event_at_op(call, EVENT_OUTPUT, op);
    event->output = output->output;
    event->text = output->id;
}

unsigned output_index(const struct call *call, const struct op *op, struct str id)
{
    const struct program_flow *flow = call_program(call);
    for (unsigned i = 0; i < op->output_count; i++) {
        if (str_eq_nocase(pool_get_text(call->pool, flow->outputs[op->outputs + i].id), id))
            return i + 1;
    }
    return 0;
}

bool output_named(struct call *call, const struct op *op, const char *id)
{
    unsigned number = output_index(call, op, str_of(id));
    if (number) {
        output_take(call, op, number);
        return true;
    }
    call->now.state.asking = ASKING_NOTHING;
    call->now.state.pc = op->next;
    return false;
}

void loop_again(struct call *call, const struct op *loop)
{
    const struct program_flow *flow = call_program(call);
    struct registers *task = &call->registers[FRAME_TASK];
    struct value *index = &task->values[loop->slot];
    *index = value_integer(index->number + 1);
    task->dirty = true;
    call->now.state.asking = ASKING_NOTHING;
    call->now.state.pc = flow->outputs[loop->outputs].target;
    variable_write(call, loop, operand_at_path(call, loop, "currentIndex"), *index);
}

/* The first case of a Loop Until that is true goes on with its output. True: the loop has been
 * left, by a case or by an error. */
static bool until_case(struct call *call, const struct op *loop)
{
    struct value value;
    for (unsigned i = loop->fixed_count; i < loop->operand_count; i++) {
        const struct operand *row = operand_of(call, loop, i);
        if (!operand_eval_at(call, loop, row, &value))
            return true;
        if (!value_is_set(value) || !value.number)
            continue;
        unsigned output = output_index(call, loop, pool_get_text(call->pool, row->name));
        call->now.state.pc = loop->next;
        if (output > 1)
            output_take(call, loop, output);
        return true;
    }
    return false;
}

/* The body of a loop has ended: the next pass, or on behind the loop. Each pass counts as an
 * action, so that a loop with nothing in it ends (assumed). False: the budget was overrun. */
static bool loop_pass(struct call *call, const struct op *pass)
{
    const struct op *loop = &call_program(call)->ops[pass->target];
    struct registers *task = &call->registers[FRAME_TASK];
    struct value *index = &task->values[loop->slot], *left = &task->values[loop->slot + 1];
    if (loop->kind == OP_LOOP_ELSE) {
        if (!step_budget(call, loop))
            return false;
        loop_else_asks(call, loop);
        return true;
    }
    task->dirty = true;
    if (loop->kind == OP_LOOP_UNTIL && until_case(call, loop)) {
        *left = *index = value_not_set(TYPE_INTEGER);
        return true;
    }
    if (left->number > 0) {
        if (!step_budget(call, loop))
            return false;
        *left = value_integer(left->number - 1);
        loop_again(call, loop);
        return true;
    }
    *left = *index = value_not_set(TYPE_INTEGER);
    call->now.state.pc = pass->next;
    return true;
}

void step_settle(struct call *call)
{
    struct call_state *state = &call->now.state;
    while (!state->ended && !state->asking) {
        const struct op *op = call_op(call);
        if (!op)
            return;
        if (op->kind == OP_PASS) {
            if (!loop_pass(call, op))
                continue;
        } else if (op->kind != OP_END || !end_reached(call, op)) {
            return;
        }
    }
}

bool step_once(struct call *call)
{
    struct call_state *state = &call->now.state;
    const struct op *op = call_op(call);
    if (state->ended || state->asking || !op)
        return false;
    if (call->now.meter.clock < call->now.meter.busy)
        call->now.meter.clock = call->now.meter.busy;
    if (op->kind == OP_END) {
        if (state->queued)
            return false; /* an in-queue flow with nothing in it */
        error_raise(call, op, STR("The end of the list was reached without an action that ends."));
    } else if (step_budget(call, op)) {
        if (state->queued)
            state->came_from = 0; /* the queue has been entered for good */
        event_at_op(call, EVENT_ACTION, op);
        state->pc = op->next;
        executors[op->kind](call, op);
    }
    step_settle(call);
    return true;
}

void step_run(struct call *call)
{
    while (!call->now.state.queued && step_once(call))
        ;
}
