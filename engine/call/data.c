/* Actions that only compute: data, decisions, loops, audio, language. */
#include "engine/call/machine.h"

enum { FIRST_OPERAND };

void run_play_audio(struct call *call, const struct op *op)
{
    struct value audio;
    if (operand_eval(call, op, FIRST_OPERAND, &audio))
        prompt(call, op, audio);
}

/* domain.md 4.2: true is yes, anything else, NOT_SET too, is no. */
void run_decision(struct call *call, const struct op *op)
{
    struct value value;
    if (operand_eval(call, op, FIRST_OPERAND, &value))
        output_named(call, op, value_is_set(value) && value.number ? "yes" : "no");
}

/* The rows: what is matched (not written: the first case that is true), then one value for each
 * output; the default's is not written. */
void run_switch(struct call *call, const struct op *op)
{
    const struct operand *match = operand_of(call, op, FIRST_OPERAND);
    bool first_true = match->form == OPERAND_NONE;
    struct value wanted = value_boolean(true), value;
    if (!first_true && !operand_eval_at(call, op, match, &wanted))
        return;
    for (unsigned i = 1; i <= op->output_count; i++) {
        const struct operand *operand = operand_of(call, op, i);
        if (operand->form == OPERAND_NONE)
            continue;
        if (!operand_eval_at(call, op, operand, &value))
            return;
        if (first_true ? value_is_set(value) && value.number : value_same(value, wanted)) {
            output_take(call, op, i);
            return;
        }
    }
    output_named(call, op, "default");
}

void run_update_data(struct call *call, const struct op *op)
{
    struct value value;
    for (unsigned i = 0; i + 1 < op->operand_count; i += 2) {
        if (!operand_eval(call, op, i + 1, &value) ||
            !variable_write(call, op, operand_of(call, op, i), value))
            return;
    }
}

enum { LOOP_COUNT, LOOP_INDEX };

/* domain.md 4.3: a count below 1 or NOT_SET skips the loop; the index counts from 0. */
void run_loop(struct call *call, const struct op *op)
{
    struct value count;
    if (!operand_eval(call, op, LOOP_COUNT, &count))
        return;
    if (operand_of(call, op, LOOP_COUNT)->form == OPERAND_NONE)
        count = value_integer(1);
    if (!value_is_set(count) || count.number < 1 || !op->output_count)
        return;
    struct registers *task = &call->registers[FRAME_TASK];
    task->values[op->slot] = value_integer(0);
    task->values[op->slot + 1] = value_integer(count.number - 1);
    task->dirty = true;
    if (variable_write(call, op, operand_of(call, op, LOOP_INDEX), value_integer(0)))
        output_take(call, op, 1);
}

/* Anything else? is asked after each pass, so the first is not asked for. */
void run_loop_else(struct call *call, const struct op *op)
{
    struct registers *task = &call->registers[FRAME_TASK];
    task->values[op->slot] = value_integer(0);
    task->values[op->slot + 1] = value_integer(0);
    task->dirty = true;
    if (op->output_count && variable_write(call, op, operand_at_path(call, op, "currentIndex"),
                                           value_integer(0)))
        output_take(call, op, 1);
}

void run_loop_next(struct call *call, const struct op *op)
{
    if (op->target == NO_OP)
        error_raise(call, op, STR("Next Loop stands in no loop."));
    else
        call->now.state.pc = op->target;
}

void run_loop_exit(struct call *call, const struct op *op)
{
    if (op->target == NO_OP) {
        error_raise(call, op, STR("Exit Loop stands in no loop."));
        return;
    }
    const struct program_flow *flow = call_program(call);
    const struct op *pass = &flow->ops[op->target];
    const struct op *loop = &flow->ops[pass->target];
    struct registers *task = &call->registers[FRAME_TASK];
    task->values[loop->slot] = task->values[loop->slot + 1] = value_not_set(TYPE_INTEGER);
    task->dirty = true;
    call->now.state.pc = pass->next;
}

/* --- time, and what is said of users */

void run_wait(struct call *call, const struct op *op)
{
    struct value duration;
    if (!operand_eval(call, op, FIRST_OPERAND, &duration))
        return;
    if (value_is_set(duration) && duration.number > 0)
        call->now.meter.busy = call->now.meter.clock + duration.number;
}

/* --- participant data: names keep their letter case; it survives transfers (domain.md 4.7) */

static bool attribute_name(struct call *call, const struct op *op, unsigned row, uint32_t *name)
{
    struct value value;
    if (!operand_eval(call, op, row, &value))
        return false;
    struct str text = value_is_set(value) ? value_text(call->pool, value) : STR_NONE;
    if (!str_trim(text).len) {
        error_raise(call, op, STR("The attribute has no name."));
        return false;
    }
    *name = value.id;
    return true;
}

void run_set_participant(struct call *call, const struct op *op)
{
    for (unsigned i = 0; i + 1 < op->operand_count; i += 2) {
        uint32_t name;
        struct value value;
        if (!attribute_name(call, op, i, &name) || !operand_eval(call, op, i + 1, &value))
            return;
        if (!value_is_set(value))
            value = value_not_set(TYPE_STRING);
        call->now.state.data = object_with(call, call->now.state.data, name, value);
        struct event *event = event_at_op(call, EVENT_VARIABLE, op);
        event->text = name;
        event->detail = 1;
        event->value = value;
    }
}

static struct value participant_value(struct call *call, uint32_t name)
{
    uint32_t count = 0;
    const struct pool_member *members = NULL;
    if (call->now.state.data)
        members = pool_get_object(call->pool, call->now.state.data, &count);
    for (uint32_t i = 0; i < count; i++) {
        if (members[i].key == name)
            return members[i].value;
    }
    return value_not_set(TYPE_STRING);
}

void run_get_participant(struct call *call, const struct op *op)
{
    for (unsigned i = 0; i + 1 < op->operand_count; i += 2) {
        uint32_t name;
        if (!attribute_name(call, op, i, &name) ||
            !variable_write(call, op, operand_of(call, op, i + 1), participant_value(call, name)))
            return;
    }
}

/* --- what callers hear in a queue, language, callbacks */

enum { HOLD_PROMPT, HOLD_BARGE_IN, HOLD_DURATION };
enum { HOLD_WHOLE = 60000 }; /* how long an entire prompt plays (assumed) */

void run_hold_music(struct call *call, const struct op *op)
{
    struct value audio, barge_in, duration;
    if (!operand_eval(call, op, HOLD_PROMPT, &audio) ||
        !operand_eval(call, op, HOLD_BARGE_IN, &barge_in) ||
        !operand_eval(call, op, HOLD_DURATION, &duration))
        return;
    prompt(call, op, audio);
    int64_t ms = value_is_set(duration) ? duration.number : HOLD_WHOLE;
    call->now.meter.busy = call->now.meter.clock + (ms > 0 ? ms : 0);
}

static void play_value(struct call *call, const struct op *op)
{
    struct value value;
    if (!operand_eval(call, op, FIRST_OPERAND, &value) || !value_is_set(value))
        return; /* NOT_SET plays nothing */
    struct buf text;
    buf_init(&text, call->env);
    value_to_string(call->pool, value, &text);
    prompt(call, op, value_named(call->pool, TYPE_AUDIO, buf_str(&text)));
    buf_release(&text);
}

void run_play_user(struct call *call, const struct op *op)
{
    play_value(call, op);
}

void run_play_wait_time(struct call *call, const struct op *op)
{
    play_value(call, op);
}

void run_play_position(struct call *call, const struct op *op)
{
    play_value(call, op);
}

void run_set_language(struct call *call, const struct op *op)
{
    struct value language;
    if (!operand_eval(call, op, FIRST_OPERAND, &language))
        return;
    if (!value_is_set(language) && op->name)
        language = (struct value){ .type = TYPE_STRING, .flags = VALUE_SET, .id = op->name };
    if (!value_is_set(language) || !value_text(call->pool, language).len) {
        error_raise(call, op, STR("No language is given."));
        return;
    }
    builtin_set(call, BUILTIN_CALL_LANGUAGE, language);
    builtin_set(call, BUILTIN_INTERACTION_LANGUAGE, language);
    struct event *event = event_at_op(call, EVENT_VARIABLE, op);
    event->text = pool_text(call->pool, STR("Call.Language"));
    event->value = language;
}

enum { CALLBACK_NUMBER, CALLBACK_NAME, CALLBACK_QUEUE };

void run_create_callback(struct call *call, const struct op *op)
{
    struct value value, number = value_not_set(TYPE_PHONE), queue = value_not_set(TYPE_QUEUE);
    for (unsigned i = 0; i < op->operand_count; i++) {
        if (!operand_eval(call, op, i, &value))
            return;
        if (i == CALLBACK_NUMBER)
            number = value;
        if (i == CALLBACK_QUEUE)
            queue = value;
    }
    struct event *event = event_at_op(call, EVENT_CALLBACK, op);
    event->detail = 0;
    event->value = number;
    event->text = value_is_set(queue) ? pool_text(call->pool, value_text(call->pool, queue))
                                      : call->now.state.queue;
}
