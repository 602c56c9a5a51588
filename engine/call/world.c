/* What a flow asks of the world: data actions, tables, schedules. The answer is in postflow.json or
 * the scenario's world (stubs: in order, the last one repeats), else it is asked for. */
#include "engine/call/machine.h"

#include <string.h>

/* --- results */

/* Rows between the separators: 0 inputs, 1 results of success, 2 of failure; for a table without
 * inputs 0 found, 1 failure. */
static bool bind_group(struct call *call, const struct op *op, unsigned group, struct value data)
{
    unsigned i = op->fixed_count;
    for (; group && i < op->operand_count; i++) {
        if (!operand_of(call, op, i)->name)
            group--;
    }
    for (; i < op->operand_count; i++) {
        const struct operand *row = operand_of(call, op, i);
        struct value value;
        if (!row->name)
            break;
        if (json_member(call, data, pool_get_text(call->pool, row->name), &value)) {
            if (!variable_write(call, op, row, value))
                return false;
        }
    }
    return true;
}

void result_answer(struct call *call, const struct op *op, unsigned output, struct value data)
{
    const struct program_flow *flow = call_program(call);
    struct str id = pool_get_text(call->pool, flow->outputs[op->outputs + output - 1].id);
    unsigned group = UINT32_MAX;
    call->now.state.asking = ASKING_NOTHING;
    if (op->kind == OP_CALL_DATA)
        group = str_is(id, "success") ? 1 : 2;
    else if (op->kind == OP_TABLE_LOOKUP)
        group = str_is(id, "found") ? 0 : 1;
    if (group == UINT32_MAX || bind_group(call, op, group, data))
        output_take(call, op, output);
}

/* --- data actions */

/* How many answers this action has had before, counting this one. */
static uint32_t count_answer(struct call *call, uint32_t name)
{
    struct meter *meter = &call->now.meter;
    uint32_t count = 0, i = 0;
    const uint32_t *old = meter->stubs ? pool_get_words(call->pool, meter->stubs, &count) : NULL;
    uint32_t *words = mem_alloc(call->env, (count + 2) * sizeof *words);
    if (count)
        memcpy(words, old, count * sizeof *words);
    while (i < count && words[i] != name)
        i += 2;
    if (i == count) {
        words[count++] = name;
        words[count++] = 0;
    }
    uint32_t given = words[i + 1]++;
    meter->stubs = pool_words(call->pool, words, count);
    mem_free(call->env, words);
    return given;
}

static bool answer_by_stub(struct call *call, const struct op *op)
{
    const struct settings *settings = call_settings(call);
    struct str name = pool_get_text(call->pool, op->name), id;
    if (!settings_data_result(settings, name, 0, &id))
        return false;
    node_id answer = settings_data_result(settings, name, count_answer(call, op->name), &id);
    unsigned output = output_index(call, op, id);
    if (output)
        result_answer(call, op, output, json_of_node(call, settings->doc, answer));
    else /* an output that the action does not have */
        call->now.state.pc = op->next;
    return true;
}

enum { DATA_TIMEOUT, DATA_PROMPT };

void run_call_data(struct call *call, const struct op *op)
{
    struct value timeout, audio, value;
    if (!operand_eval(call, op, DATA_TIMEOUT, &timeout) ||
        !operand_eval(call, op, DATA_PROMPT, &audio))
        return;
    for (unsigned i = op->fixed_count; i < op->operand_count; i++) {
        if (!operand_of(call, op, i)->name)
            break;
        if (!operand_eval(call, op, i, &value))
            return;
    }
    prompt(call, op, audio);
    if (!answer_by_stub(call, op))
        ask(call, op, ASKING_RESULT, value_is_set(timeout) ? timeout.number : INT64_MAX);
}

/* --- data tables */

enum { TABLE_KEY };

void run_table_lookup(struct call *call, const struct op *op)
{
    const struct settings *settings = call_settings(call);
    struct value key;
    node_id row = 0;
    if (!operand_eval(call, op, TABLE_KEY, &key))
        return;
    enum row_state state =
        settings_table_row(settings, pool_get_text(call->pool, op->name),
                           value_is_set(key) ? value_text(call->pool, key) : STR_NONE, &row);
    if (state == ROW_NOT_STATED) {
        ask(call, op, ASKING_RESULT, INT64_MAX);
        return;
    }
    bool found = state == ROW_FOUND;
    unsigned output = output_index(call, op, found ? STR("found") : STR("notFound"));
    struct value data = json_of_node(call, settings->doc, found ? row : 0);
    if (output)
        result_answer(call, op, output, data);
}
