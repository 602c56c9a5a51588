/* What a flow asks of the world: data actions, tables, schedules. The answer is in postflow.json or
 * the scenario's world (stubs: in order, the last one repeats), else it is asked for. */
#include "engine/call/world.h"

#include <string.h>
#include "engine/call/machine.h"

enum { SETTINGS_ROOT = 1 };

static struct str text_at(const struct doc *doc, node_id node)
{
    return node && !doc_is_container(doc, node) ? doc_text(doc, node) : STR_NONE;
}

struct str world_text(const struct settings *settings, const char *section, struct str name,
                      const char *key)
{
    node_id entry = name.len ? settings_entry(settings, section, name) : 0;
    if (!entry || doc_kind(settings->doc, entry) != NODE_OBJECT)
        return STR_NONE;
    return text_at(settings->doc, doc_member_named(settings->doc, entry, str_of(key)));
}

struct str world_word(const struct settings *settings, const char *key)
{
    if (!settings->doc || doc_kind(settings->doc, SETTINGS_ROOT) != NODE_OBJECT)
        return STR_NONE;
    return text_at(settings->doc,
                   doc_member_named(settings->doc, SETTINGS_ROOT, str_of(key)));
}

struct str world_extension(const struct settings *settings, struct str digits)
{
    struct str name;
    for (size_t i = 0; settings_name(settings, "users", i, &name); i++) {
        if (str_eq(world_text(settings, "users", name, "extension"), digits))
            return name;
    }
    return STR_NONE;
}

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

/* How many answers this action has had, and one more. */
static uint32_t next_stub(struct call *call, uint32_t name, uint32_t last)
{
    struct meter *meter = &call->now.meter;
    uint32_t count = 0, given = 0;
    const uint32_t *old = meter->stubs ? pool_get_words(call->pool, meter->stubs, &count) : NULL;
    uint32_t *words = mem_alloc(call->env, (count + 2) * sizeof *words);
    if (count)
        memcpy(words, old, count * sizeof *words);
    uint32_t i = 0;
    while (i < count && words[i] != name)
        i += 2;
    if (i == count) {
        words[i] = name;
        words[i + 1] = 0;
        count += 2;
    }
    given = words[i + 1];
    if (given < last) /* the last one repeats: no need to count on */
        words[i + 1]++;
    meter->stubs = pool_words(call->pool, words, count);
    mem_free(call->env, words);
    return given;
}

static bool answer_by_stub(struct call *call, const struct op *op)
{
    const struct settings *settings = call_settings(call);
    struct str name = pool_get_text(call->pool, op->name);
    node_id list = settings_entry(settings, "dataActions", name);
    if (!list || doc_kind(settings->doc, list) != NODE_LIST || !doc_first(settings->doc, list))
        return false;
    size_t count = doc_count_children(settings->doc, list);
    uint32_t index = next_stub(call, op->name, (uint32_t) count - 1);
    node_id stub = doc_item(settings->doc, list, index);
    if (doc_kind(settings->doc, stub) != NODE_OBJECT || !doc_first(settings->doc, stub))
        return false;
    node_id answer = doc_first(settings->doc, stub);
    unsigned output = output_index(call, op, doc_key(settings->doc, answer));
    struct value data = json_of_node(call, settings->doc, answer);
    if (output)
        result_answer(call, op, output, data);
    else /* an output that the action has not written is an empty one */
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
    if (!operand_eval(call, op, TABLE_KEY, &key))
        return;
    node_id table = settings_entry(settings, "dataTables", pool_get_text(call->pool, op->name));
    if (!table || doc_kind(settings->doc, table) != NODE_OBJECT) {
        ask(call, op, ASKING_RESULT, INT64_MAX);
        return;
    }
    node_id row = 0;
    if (value_is_set(key))
        row = doc_member_named(settings->doc, table, value_text(call->pool, key));
    unsigned output = output_index(call, op, row ? STR("found") : STR("notFound"));
    struct value data = json_of_node(call, settings->doc, row);
    if (output)
        result_answer(call, op, output, data);
}
