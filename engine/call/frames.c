/* What is entered and left: containers, flows, common modules, called tasks. Nothing is inlined: a
 * module or called task is a frame of the interned stack that says where to go on. */
#include <string.h>
#include "engine/call/machine.h"

void enter_container(struct call *call, struct program_flow *flow, uint32_t container)
{
    const struct container *in = &flow->containers[container];
    registers_set(call, FRAME_TASK, in->initial);
    call->now.state.asking = ASKING_NOTHING;
    call->now.state.pc = in->entry;
}

/* The language is kept where the flow supports it, else the flow's own (simulation.md 3). */
static void keep_language(struct call *call, const struct program_flow *flow)
{
    struct str language = value_text(call->pool, builtin_get(call, BUILTIN_CALL_LANGUAGE));
    if (flow->default_language && !program_language(flow, language)) {
        struct value own = value_string(call->pool,
                                        pool_get_text(call->pool, flow->default_language));
        builtin_set(call, BUILTIN_CALL_LANGUAGE, own);
        builtin_set(call, BUILTIN_INTERACTION_LANGUAGE, own);
    }
}

/* What the flow can read of how it was entered, and of itself. */
static void flow_builtins(struct call *call, const struct program_flow *flow,
                          const struct invocation *invocation)
{
    struct value json = value_not_set(TYPE_JSON), text = value_not_set(TYPE_STRING);
    if (invocation && invocation->invoked_by)
        json = invocation->data;
    else if (invocation && value_is_set(invocation->data))
        text = invocation->data;
    builtin_set(call, BUILTIN_CALL_INVOCATION_DATA, json);
    builtin_set(call, BUILTIN_FLOW_INVOCATION_DATA, text);
    builtin_set(call, BUILTIN_FLOW_START_DATE_TIME_UTC,
                (struct value){ .type = TYPE_DATETIME, .flags = VALUE_SET,
                                .number = call_settings(call)->now +
                                          call->now.meter.clock / 1000 });
    struct value music = value_not_set(TYPE_PROMPT);
    if (flow->flow.type == FLOW_INQUEUE_CALL)
        music = value_named(call->pool, TYPE_PROMPT,
                            pool_get_text(call->pool, flow->hold_prompt));
    builtin_set(call, BUILTIN_FLOW_HOLD_PROMPT, music);
    keep_language(call, flow);
}

/* Initial greeting of flows that have one (domain.md 3.3). */
static void greet(struct call *call, const struct program_flow *flow, uint8_t party)
{
    struct value greeting;
    if (!(flow_type_info(flow->flow.type)->flags & FLOW_HAS_GREETING) ||
        !operand_eval_at(call, NULL, &flow->operands[flow->greeting], &greeting) ||
        !value_is_set(greeting))
        return;
    struct event *event = event_party(call, EVENT_PROMPT, party);
    event->flow = flow->index;
    event->node = flow->flow.body;
    event->value = greeting;
}

void enter_flow(struct call *call, struct program_flow *flow, uint8_t party,
                const struct invocation *invocation)
{
    struct call_state *state = &call->now.state;
    state->flow = flow->index;
    state->in_flow = party;
    state->stack = state->menu = state->previous_menu = state->keys = 0;
    state->handling_error = state->asking = 0;
    state->no_inputs = state->no_matches = 0;
    state->secure = invocation ? invocation->secure : SECURE_NONE;
    state->invoked_by = invocation ? invocation->invoked_by : 0;
    call->now.meter.budget = LIMIT_ACTIONS;
    call->now.meter.busy = 0;
    registers_set(call, FRAME_FLOW, flow->initial);
    flow_builtins(call, flow, invocation);
    struct event *event = event_party(call, EVENT_FLOW_ENTERED, party);
    event->flow = flow->index;
    event->node = flow->flow.body;
    event->flow_type = (uint8_t) flow->flow.type;
    event->text = flow->name;
    if (invocation && invocation->invoked_by) {
        event = event_party(call, EVENT_VARIABLE, party);
        event->flow = flow->index;
        event->text = pool_text(call->pool, STR("Call.InvocationData"));
        event->value = invocation->data;
    }
    if (!flow->start) {
        error_raise(call, NULL, STR("The flow has no start."));
        return;
    }
    enter_container(call, flow, flow->start - 1);
    greet(call, flow, party);
}

void leave_flow(struct call *call)
{
    struct call_state *state = &call->now.state;
    state->flow = NO_FLOW;
    state->pc = state->stack = state->menu = state->previous_menu = state->keys = 0;
    state->asking = state->secure = state->invoked_by = state->handling_error = 0;
    state->no_inputs = state->no_matches = 0;
    call->now.meter.deadline = INT64_MAX;
    call->now.meter.busy = 0;
    registers_set(call, FRAME_FLOW, 0);
    registers_set(call, FRAME_TASK, 0);
}

/* --- the stack */

static bool push(struct call *call, const struct op *op, unsigned kind)
{
    struct call_state *state = &call->now.state;
    uint32_t count = 0;
    const uint32_t *old = NULL;
    registers_store(call);
    if (state->stack)
        old = pool_get_words(call->pool, state->stack, &count);
    if (count / STACK_WORDS >= LIMIT_CALL_DEPTH) {
        error_raise(call, op, STR("More modules and tasks call each other than is allowed."));
        return false;
    }
    uint32_t words[(LIMIT_CALL_DEPTH + 1) * STACK_WORDS];
    if (count)
        memcpy(words, old, count * sizeof *words);
    uint32_t *top = words + count;
    top[STACK_KIND] = kind;
    top[STACK_FLOW] = state->flow;
    top[STACK_OP] = (uint32_t) (op - call_program(call)->ops);
    top[STACK_FLOW_FRAME] = state->frames[FRAME_FLOW];
    top[STACK_TASK_FRAME] = state->frames[FRAME_TASK];
    state->stack = pool_words(call->pool, words, count + STACK_WORDS);
    return true;
}

/* The op that called, after its variables are back. */
static const struct op *pop(struct call *call)
{
    struct call_state *state = &call->now.state;
    uint32_t count, top[STACK_WORDS], words[(LIMIT_CALL_DEPTH + 1) * STACK_WORDS];
    const uint32_t *stack = pool_get_words(call->pool, state->stack, &count);
    memcpy(words, stack, count * sizeof *words);
    count -= STACK_WORDS;
    memcpy(top, words + count, sizeof top);
    state->stack = count ? pool_words(call->pool, words, count) : 0;
    state->flow = (uint16_t) top[STACK_FLOW];
    if (top[STACK_KIND] == STACK_MODULE)
        registers_set(call, FRAME_FLOW, top[STACK_FLOW_FRAME]);
    registers_set(call, FRAME_TASK, top[STACK_TASK_FRAME]);
    state->pc = top[STACK_OP];
    return call_op(call);
}

/* An input or output is named in full or without its scope. */
static bool find_named(const struct call *call, const struct program_flow *flow,
                       uint32_t container, struct str name, uint8_t *frame, uint32_t *index)
{
    const struct variable *found;
    if (program_variable(&call->program, flow, container, name, frame, index, &found))
        return true;
    static const char *const scopes[] = { "Common.", "Task.", "Flow." };
    for (size_t i = 0; i < sizeof scopes / sizeof *scopes; i++) {
        struct buf full;
        buf_init(&full, call->env);
        buf_add_text(&full, scopes[i]);
        buf_add(&full, name);
        bool ok = program_variable(&call->program, flow, container, buf_str(&full), frame, index,
                                   &found);
        buf_release(&full);
        if (ok)
            return true;
    }
    return false;
}

/* Rows up to the separator are inputs, those behind it results. */
static unsigned rows_end(const struct call *call, const struct op *op, unsigned from)
{
    while (from < op->operand_count && operand_of(call, op, from)->name)
        from++;
    return from;
}

struct inputs {
    struct value *values;
    unsigned first, end;
};

static bool inputs_eval(struct call *call, const struct op *op, struct inputs *inputs)
{
    inputs->first = op->fixed_count;
    inputs->end = rows_end(call, op, inputs->first);
    inputs->values = mem_alloc(call->env, (inputs->end + 1) * sizeof *inputs->values);
    for (unsigned i = inputs->first; i < inputs->end; i++) {
        if (!operand_eval(call, op, i, &inputs->values[i])) {
            mem_free(call->env, inputs->values);
            return false;
        }
    }
    return true;
}

/* Into the frames of what was entered; `caller` is the flow the op belongs to. */
static void inputs_write(struct call *call, const struct program_flow *caller, const struct op *op,
                         uint32_t container, struct inputs *inputs)
{
    const struct program_flow *flow = call_program(call);
    for (unsigned i = inputs->first; i < inputs->end; i++) {
        const struct operand *row = &caller->operands[op->operands + i];
        struct operand where = { .form = OPERAND_VARIABLE };
        if (row->form == OPERAND_NONE ||
            !find_named(call, flow, container, pool_get_text(call->pool, row->name), &where.frame,
                        &where.index))
            continue;
        const struct variable *variable = &flow->variables[where.index];
        if (where.frame == FRAME_TASK)
            variable += flow->containers[container].first_variable;
        where.type = variable->type;
        where.list = variable->list;
        where.variable = variable->name;
        if (!variable_write(call, NULL, &where, inputs->values[i]))
            break;
    }
    mem_free(call->env, inputs->values);
}

/* Copies the results out of the frames that end, then goes back. */
static const struct op *return_results(struct call *call, uint32_t container)
{
    struct call_state *state = &call->now.state;
    uint32_t count;
    const uint32_t *words = pool_get_words(call->pool, state->stack, &count);
    const struct program_flow *caller =
        call->program.flows[words[count - STACK_WORDS + STACK_FLOW]];
    const struct op *op = &caller->ops[words[count - STACK_WORDS + STACK_OP]];
    unsigned first = op->fixed_count;
    while (first < op->operand_count && caller->operands[op->operands + first].name)
        first++;
    first++;
    unsigned rows = op->operand_count > first ? op->operand_count - first : 0;
    struct value *values = mem_zalloc(call->env, (rows + 1) * sizeof *values);
    const struct program_flow *flow = call_program(call);
    for (unsigned i = 0; i < rows; i++) {
        uint8_t frame;
        uint32_t index;
        struct str name =
            pool_get_text(call->pool, caller->operands[op->operands + first + i].name);
        values[i] = value_not_set(TYPE_NONE);
        if (find_named(call, flow, container, name, &frame, &index))
            values[i] = call->registers[frame].values[index];
    }
    op = pop(call);
    for (unsigned i = 0; i < rows; i++) {
        if (values[i].type != TYPE_NONE &&
            !variable_write(call, op, operand_of(call, op, first + i), values[i])) {
            op = NULL; /* the error event has gone elsewhere */
            break;
        }
    }
    mem_free(call->env, values);
    return op;
}

void run_call_module(struct call *call, const struct op *op)
{
    struct str name = op->name ? pool_get_text(call->pool, op->name) : STR_NONE;
    struct program_flow *module = program_find(&call->program, FLOW_COMMON_MODULE, name);
    const struct program_flow *caller = call_program(call);
    struct inputs inputs;
    if (!module || !module->start) {
        error_raise(call, op, STR("The common module does not exist."));
        return;
    }
    if (!inputs_eval(call, op, &inputs))
        return;
    if (!push(call, op, STACK_MODULE)) {
        mem_free(call->env, inputs.values);
        return;
    }
    call->now.state.flow = module->index;
    registers_set(call, FRAME_FLOW, module->initial);
    struct event *event = event_party(call, EVENT_FLOW_ENTERED, call->now.state.in_flow);
    event->flow = module->index;
    event->node = module->flow.body;
    event->flow_type = FLOW_COMMON_MODULE;
    event->text = module->name;
    enter_container(call, module, module->start - 1);
    inputs_write(call, caller, op, module->start - 1, &inputs);
}

void run_call_task(struct call *call, const struct op *op)
{
    struct program_flow *flow = call_program(call);
    struct inputs inputs;
    if (!op->target) {
        error_raise(call, op, STR("The task that is called does not exist."));
        return;
    }
    if (!inputs_eval(call, op, &inputs))
        return;
    if (!push(call, op, STACK_TASK)) {
        mem_free(call->env, inputs.values);
        return;
    }
    enter_container(call, flow, op->target - 1);
    inputs_write(call, flow, op, op->target - 1, &inputs);
}

void task_return(struct call *call, struct str path)
{
    struct call_state *state = &call->now.state;
    uint32_t count;
    const uint32_t *words = pool_get_words(call->pool, state->stack, &count);
    bool task = words[count - STACK_WORDS + STACK_KIND] == STACK_TASK;
    const struct op *from = call_op(call);
    const struct op *op = return_results(call, from ? from->container : 0);
    if (!op)
        return;
    unsigned number = task && path.len ? output_index(call, op, path) : 0;
    if (number)
        output_take(call, op, number);
    else if (task)
        output_named(call, op, "default");
    else
        state->pc = op->next;
}

bool end_reached(struct call *call, const struct op *op)
{
    (void) op;
    struct call_state *state = &call->now.state;
    if (state->stack) {
        task_return(call, STR_NONE);
        return true;
    }
    struct program_flow *flow = call_program(call);
    if (!(flow_type_info(flow->flow.type)->flags & FLOW_TASK_LOOPS))
        return false;
    const struct container *start = &flow->containers[flow->start - 1];
    if (flow->ops[start->entry].kind == OP_END)
        return false;
    call->now.meter.idle = call->now.meter.started == call->now.meter.clock;
    call->now.meter.started = call->now.meter.clock;
    enter_container(call, flow, flow->start - 1);
    return true;
}

/* Behind End Task the op is still the one before its next: pc has moved, so it is set back. */
void run_end_task(struct call *call, const struct op *op)
{
    struct program_flow *flow = call_program(call);
    call->now.state.pc = (uint32_t) (op - flow->ops);
    if (call->now.state.stack) {
        task_return(call, op->name ? pool_get_text(call->pool, op->name) : STR_NONE);
        return;
    }
    for (size_t i = 0; i < flow->op_count; i++) { /* the end of the container it is in */
        if (flow->ops[i].kind == OP_END && flow->ops[i].container == op->container)
            call->now.state.pc = (uint32_t) i;
    }
}

void run_end_state(struct call *call, const struct op *op)
{
    system_disconnect(call, op, ENDING_DISCONNECT);
}

void run_jump(struct call *call, const struct op *op)
{
    if (op->target)
        enter_container(call, call_program(call), op->target - 1);
    else
        error_raise(call, op, STR("The place to go to does not exist."));
}
