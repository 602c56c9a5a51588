/* What a flow asks of the world: data actions, tables, find actions, bots and all others that it
 * answers. The answer is in postflow.json or the scenario's world (stubs: in order, the last one
 * repeats), else it is asked for. */
#include "engine/call/machine.h"

#include <string.h>

/* --- results */

static bool is_failure(struct str id)
{
    return str_is(id, "failure") || str_is(id, "timeout");
}

/* What was looked up is what was found, where nothing else is said. */
static bool find_itself(struct call *call, const struct op *op, struct value *out)
{
    for (unsigned i = 0; i < op->operand_count; i++) {
        const struct operand *operand = operand_of(call, op, i);
        if (operand->bind == BIND_FIND)
            return operand_eval_at(call, op, operand, out) && value_is_set(*out);
    }
    return false;
}

/* One result. What was not found is NOT_SET (assumed); the kind of a failure is never empty. */
static bool bind_one(struct call *call, const struct op *op, const struct operand *where,
                     struct str id, struct value data)
{
    struct str name = pool_get_text(call->pool, where->name);
    struct value value;
    if (json_member(call, data, name, &value))
        return variable_write(call, op, where, value);
    if (op->kind != OP_OTHER)
        return true;
    if (where->bind == BIND_FAILURE && str_is(name, "errorType"))
        return variable_write(call, op, where, text_value(call, "Failure"));
    if (where->bind == BIND_FAILURE)
        return true;
    if (str_is(id, "notFound"))
        return variable_write(call, op, where, value_not_set(TYPE_STRING));
    bool found = str_is(id, "found") || str_is(id, "success");
    bool is_find = str_is(name, "findResult") || str_is(name, "externalResult");
    if (found && is_find && !where->list && find_itself(call, op, &value))
        return variable_write(call, op, where, value);
    return true;
}

static bool bind_results(struct call *call, const struct op *op, struct str id, struct value data)
{
    enum operand_bind wanted = is_failure(id) ? BIND_FAILURE : BIND_RESULT;
    for (unsigned i = 0; i < op->operand_count; i++) {
        const struct operand *operand = operand_of(call, op, i);
        struct value audio;
        if (operand->bind == wanted && !bind_one(call, op, operand, id, data))
            return false;
        if (operand->bind != BIND_AFTER || is_failure(id))
            continue;
        if (!operand_eval_at(call, op, operand, &audio))
            return false;
        prompt(call, op, audio);
    }
    return true;
}

void result_answer(struct call *call, const struct op *op, unsigned output, struct value data)
{
    const struct program_flow *flow = call_program(call);
    const struct output *taken = &flow->outputs[op->outputs + output - 1];
    call->now.state.asking = ASKING_NOTHING;
    call->now.state.pc = op->next;
    if (bind_results(call, op, pool_get_text(call->pool, taken->id), data) && taken->output)
        output_take(call, op, output);
}

/* --- stubs */

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

static bool answer_by_stub(struct call *call, const struct op *op, const char *section,
                           uint32_t key)
{
    const struct settings *settings = call_settings(call);
    struct str name = pool_get_text(call->pool, key), id;
    if (!settings_result(settings, section, name, 0, &id))
        return false;
    node_id answer = settings_result(settings, section, name, count_answer(call, key), &id);
    unsigned output = output_index(call, op, id);
    if (output)
        result_answer(call, op, output, json_of_node(call, settings->doc, answer));
    else /* an output that the action does not have */
        call->now.state.pc = op->next;
    return true;
}

/* --- data actions */

enum { DATA_TIMEOUT, DATA_PROMPT };

void run_call_data(struct call *call, const struct op *op)
{
    struct value timeout, audio, value;
    if (!operand_eval(call, op, DATA_TIMEOUT, &timeout) ||
        !operand_eval(call, op, DATA_PROMPT, &audio))
        return;
    for (unsigned i = op->fixed_count; i < op->operand_count; i++) {
        if (!operand_of(call, op, i)->bind && !operand_eval(call, op, i, &value))
            return;
    }
    prompt(call, op, audio);
    if (!answer_by_stub(call, op, "dataActions", op->name))
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

/* --- everything else that the world answers */

/* Find actions find what postflow.json names. */
static bool answer_by_name(struct call *call, const struct op *op)
{
    static const struct {
        const char *key, *section;
    } known[] = {
        { "findQueue", "queues" },
        { "findUser", "users" },
        { "findGroup", "groups" },
        { "findSkill", "skills" },
        { "findUserPrompt", "prompts" },
        { "findSchedule", "schedules" },
        { "findScheduleGroup", "scheduleGroups" },
        { "findEmergencyGroup", "emergencyGroups" },
    };
    struct str key = doc_key(call_program(call)->flow.doc, op->node);
    struct value name;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (!str_is(key, known[i].key) || !find_itself(call, op, &name) ||
            !settings_entry(call_settings(call), known[i].section, value_text(call->pool, name)))
            continue;
        unsigned output = output_index(call, op, STR("found"));
        result_answer(call, op, output, value_not_set(TYPE_JSON));
        return true;
    }
    return false;
}

/* Evaluates what it is given; *timeout: how long its answer is awaited. */
static bool evaluate_all(struct call *call, const struct op *op, int64_t *timeout)
{
    struct value value;
    *timeout = INT64_MAX;
    for (unsigned i = 0; i < op->operand_count; i++) {
        const struct operand *operand = operand_of(call, op, i);
        if (operand->bind == BIND_RESULT || operand->bind == BIND_FAILURE ||
            operand->bind == BIND_AFTER)
            continue;
        if (!operand_eval_at(call, op, operand, &value))
            return false;
        if (operand->bind == BIND_BEFORE)
            prompt(call, op, value);
        if (operand->bind == BIND_TIMEOUT && value_is_set(value))
            *timeout = value.number;
    }
    return true;
}

/* An action nobody knows is asked about when it has outputs. */
void run_world(struct call *call, const struct op *op)
{
    const struct flow *flow = &call_program(call)->flow;
    const struct action_info *info = flow_action(flow, op->node);
    bool asks = info ? info->asks == ASKS_RESULT : op->output_count > 0;
    int64_t timeout;
    if (!evaluate_all(call, op, &timeout) || !asks)
        return;
    uint32_t kind = pool_text(call->pool, doc_key(flow->doc, op->node));
    if ((op->name && answer_by_stub(call, op, "results", op->name)) ||
        answer_by_stub(call, op, "results", kind) || answer_by_name(call, op))
        return;
    ask(call, op, ASKING_RESULT, timeout);
}
