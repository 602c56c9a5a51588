#include "engine/call/machine.h"

#include <limits.h>
#include <string.h>
#include "engine/call/compile.h"
#include "engine/flow/builtins.h"

const struct settings *call_settings(const struct call *call)
{
    return call->start.settings ? call->start.settings : call->ws->settings;
}

struct program_flow *call_program(const struct call *call)
{
    uint16_t index = call->now.state.flow;
    return index == NO_FLOW ? NULL : call->program.flows[index];
}

const struct op *call_op(const struct call *call)
{
    const struct program_flow *flow = call_program(call);
    uint32_t pc = call->now.state.pc;
    return flow && pc < flow->op_count ? &flow->ops[pc] : NULL;
}

struct event *event_add(struct call *call, enum event_kind kind)
{
    if (call->event_count == call->event_capacity)
        call->events = mem_grow(call->env, call->events, &call->event_capacity,
                                call->event_count + 1, sizeof *call->events);
    struct event *event = &call->events[call->event_count];
    call->event_count += !call->start.untraced; /* else each one writes over the one before */
    *event = (struct event){ .kind = (uint8_t) kind, .party = NO_PARTY, .flow = NO_FLOW,
                             .at = call->now.meter.clock };
    return event;
}

struct event *event_newest(struct call *call)
{
    return &call->events[call->event_count - !call->start.untraced];
}

struct event *event_at_op(struct call *call, enum event_kind kind, const struct op *op)
{
    struct event *event = event_add(call, kind);
    if (op) {
        event->flow = call->now.state.flow;
        event->node = op->node;
    }
    return event;
}

static void registers_load_frame(struct call *call, unsigned frame)
{
    struct registers *r = &call->registers[frame];
    uint32_t id = call->now.state.frames[frame];
    if (r->loaded == id)
        return;
    uint32_t count = 0;
    const struct value *values = id ? pool_get_list(call->pool, id, &count) : NULL;
    if (count > r->capacity)
        r->values = mem_grow(call->env, r->values, &r->capacity, count, sizeof *r->values);
    if (count)
        memcpy(r->values, values, count * sizeof *values);
    r->count = count;
    r->loaded = id;
    r->dirty = false;
}

void registers_load(struct call *call)
{
    for (unsigned i = 0; i < FRAME_COUNT; i++)
        registers_load_frame(call, i);
}

void registers_store(struct call *call)
{
    for (unsigned i = 0; i < FRAME_COUNT; i++) {
        struct registers *r = &call->registers[i];
        if (!r->dirty)
            continue;
        r->loaded = pool_list(call->pool, r->values, r->count);
        r->dirty = false;
        call->now.state.frames[i] = r->loaded;
    }
}

void registers_set(struct call *call, unsigned frame, uint32_t list)
{
    call->registers[frame].dirty = false;
    call->registers[frame].loaded = ~list; /* whatever is in them, it is not this */
    call->now.state.frames[frame] = list;
    registers_load_frame(call, frame);
}

struct value *registers_clear(struct call *call, unsigned frame, uint32_t count)
{
    struct registers *r = &call->registers[frame];
    if (count > r->capacity)
        r->values = mem_grow(call->env, r->values, &r->capacity, count, sizeof *r->values);
    r->count = count;
    r->loaded = call->now.state.frames[frame] = 0;
    r->dirty = true;
    return r->values;
}

static void register_write(struct call *call, unsigned frame, uint32_t index, struct value value)
{
    struct registers *r = &call->registers[frame];
    if (index >= r->count || value_same(r->values[index], value))
        return;
    r->values[index] = value;
    r->dirty = true;
}

void builtins_find(struct call *call)
{
    static const char *const names[] = {
#define X(name, text) text,
        MACHINE_BUILTINS(X)
#undef X
    };
    size_t count;
    const struct builtin *table = builtins(&count);
    for (unsigned i = 0; i < BUILTIN_USED; i++) {
        const struct builtin *found = builtin_find(str_of(names[i]));
        BUG_ON(!found);
        call->builtins[i] = (uint32_t) (found - table);
    }
}

void builtin_set(struct call *call, enum machine_builtin which, struct value value)
{
    register_write(call, FRAME_BUILTIN, call->builtins[which], value);
}

struct value builtin_get(const struct call *call, enum machine_builtin which)
{
    return call->registers[FRAME_BUILTIN].values[call->builtins[which]];
}

struct value text_value(struct call *call, const char *text)
{
    return value_string(call->pool, str_of(text));
}

bool variable_write(struct call *call, const struct op *op, const struct operand *where,
                    struct value value)
{
    if (where->form == OPERAND_NONE)
        return true;
    if (where->form == OPERAND_FAULT) {
        error_raise(call, op, value_text(call->pool, where->value));
        return false;
    }
    if (where->form != OPERAND_VARIABLE || where->frame == FRAME_BUILTIN) {
        error_raise(call, op, STR("A variable of the system cannot be written."));
        return false;
    }
    struct value as = value;
    if (value.type != where->type || ((value.flags & VALUE_LIST) != 0) != where->list) {
        if (!value_convert(call, value, (enum value_type) where->type, where->list, &as)) {
            error_raise(call, op, STR("The value does not fit the variable's type."));
            return false;
        }
    }
    register_write(call, where->frame, where->index, as);
    struct event *event = event_at_op(call, EVENT_VARIABLE, op);
    event->text = where->variable;
    event->value = as;
    return true;
}

static bool convert_text(struct call *call, struct str text, enum value_type type,
                         struct value *out)
{
    int64_t number;
    *out = value_not_set(type);
    switch (type) {
    case TYPE_INTEGER:
        if (!str_to_int(text, &number))
            return false;
        *out = value_integer(number);
        return true;
    case TYPE_BOOLEAN:
        if (!str_is(text, "true") && !str_is(text, "false"))
            return false;
        *out = value_boolean(str_is(text, "true"));
        return true;
    case TYPE_DECIMAL: return value_decimal(call->pool, text, out);
    case TYPE_DATETIME:
        if (!datetime_parse(text, &number))
            return false;
        *out = (struct value){ .type = TYPE_DATETIME, .flags = VALUE_SET, .number = number };
        return true;
    case TYPE_DURATION:
        if (!duration_parse(text, &number))
            return false;
        *out = value_duration(number);
        return true;
    case TYPE_DATE:
    case TYPE_TIME:
    case TYPE_CURRENCY:
    case TYPE_NONE: return false;
    default: *out = value_named(call->pool, type, text); return true;
    }
}

static bool convert_list(struct call *call, struct value from, enum value_type type,
                         struct value *out)
{
    if (from.type != TYPE_JSON || from.json != VALUE_JSON_LIST)
        return false;
    uint32_t count;
    pool_get_list(call->pool, from.id, &count);
    struct value *items = mem_alloc(call->env, (count + 1) * sizeof *items);
    bool ok = true;
    for (uint32_t i = 0; ok && i < count; i++) {
        uint32_t same;
        struct value item = pool_get_list(call->pool, from.id, &same)[i];
        ok = value_convert(call, item, type, false, &items[i]);
    }
    if (ok)
        *out = value_list(call->pool, type, items, count);
    mem_free(call->env, items);
    return ok;
}

bool value_convert(struct call *call, struct value from, enum value_type type, bool list,
                   struct value *out)
{
    if (from.type == type && ((from.flags & VALUE_LIST) != 0) == list) {
        *out = from;
        return true;
    }
    if (!value_is_set(from) || (from.type == TYPE_JSON && from.json == VALUE_JSON_NULL &&
                                !(from.flags & VALUE_LIST))) {
        *out = value_not_set(type);
        if (list)
            *out = value_list(call->pool, type, NULL, 0);
        return true;
    }
    if (list)
        return convert_list(call, from, type, out);
    if (from.type == TYPE_JSON && from.json == VALUE_JSON_OBJECT) {
        struct value name; /* objects of the product come as { "name": ... } */
        return type > TYPE_STRING && json_member(call, from, STR("name"), &name) &&
               value_convert(call, name, type, false, out);
    }
    struct buf text;
    buf_init(&text, call->env);
    bool ok;
    if (type == TYPE_JSON) {
        struct diags diags;
        diags_init(&diags, call->env);
        value_to_json(call->pool, from, &text);
        ok = value_json_parse(call->pool, buf_str(&text), out, &diags);
        diags_release(&diags);
    } else {
        value_to_string(call->pool, from, &text);
        ok = convert_text(call, buf_str(&text), type, out);
    }
    buf_release(&text);
    return ok;
}

struct value json_of_node(struct call *call, const struct doc *doc, node_id node)
{
    struct value value = value_not_set(TYPE_JSON);
    struct flow flow = { .doc = (struct doc *) (uintptr_t) doc };
    if (!node || !flow_literal(&flow, node, TYPE_JSON, false, call->pool, &value))
        return value_not_set(TYPE_JSON);
    return value;
}

bool json_member(const struct call *call, struct value object, struct str key, struct value *out)
{
    if (object.type != TYPE_JSON || !value_is_set(object) || object.json != VALUE_JSON_OBJECT)
        return false;
    uint32_t count;
    const struct pool_member *members = pool_get_object(call->pool, object.id, &count);
    for (uint32_t i = 0; i < count; i++) {
        if (str_eq(pool_get_text(call->pool, members[i].key), key)) {
            *out = members[i].value;
            return true;
        }
    }
    return false;
}

uint32_t object_with(struct call *call, uint32_t object, uint32_t key, struct value value)
{
    uint32_t count = 0;
    const struct pool_member *old = object ? pool_get_object(call->pool, object, &count) : NULL;
    struct pool_member *members = mem_alloc(call->env, (count + 1) * sizeof *members);
    if (count)
        memcpy(members, old, count * sizeof *members);
    members[count] = (struct pool_member){ .key = key, .value = value };
    uint32_t id = pool_object(call->pool, members, count + 1);
    mem_free(call->env, members);
    return id;
}

const struct operand *operand_of(const struct call *call, const struct op *op, unsigned index)
{
    const struct program_flow *flow = call_program(call);
    return &flow->operands[index < op->operand_count ? op->operands + index : flow->operand_none];
}

struct expr_run expression_run(struct call *call)
{
    struct registers *r = call->registers;
    return (struct expr_run){
        .pool = call->pool,
        .frames = { r[0].values, r[1].values, r[2].values },
        .now = call_settings(call)->now + call->now.meter.clock / 1000,
        .language = value_text(call->pool, builtin_get(call, BUILTIN_CALL_LANGUAGE)),
        .steps_left = 1000000,
    };
}

static bool eval_expression(struct call *call, const struct op *op, const struct operand *operand,
                            struct value *out)
{
    struct expr_run run = expression_run(call);
    struct expr_error error;
    error.text.len = 0;
    buf_init(&error.text, call->env);
    bool ok = expr_eval(operand->expr, &run, out, &error);
    if (!ok) {
        struct diag diag = { .code = error.code, .args = { buf_str(&error.text) } };
        struct buf text;
        buf_init(&text, call->env);
        diag_render(&text, &diag, NULL);
        error_raise(call, op, buf_str(&text));
        buf_release(&text);
    }
    buf_release(&error.text);
    return ok;
}

/* The sequence of the current language, else the first that is written. */
static struct value eval_languages(struct call *call, const struct operand *operand)
{
    const struct flow *flow = &call_program(call)->flow;
    struct str language =
        value_text(call->pool, builtin_get(call, BUILTIN_CALL_LANGUAGE));
    node_id chosen = 0;
    for (node_id node = doc_first(flow->doc, operand->node); node;
         node = doc_next(flow->doc, node)) {
        if (!chosen || str_eq_nocase(doc_key(flow->doc, node), language))
            chosen = node;
    }
    struct form_value form = { .text = STR_NONE };
    if (chosen)
        form = flow_value_of(flow, chosen);
    return value_named(call->pool, TYPE_AUDIO, form.text);
}

bool operand_eval_at(struct call *call, const struct op *op, const struct operand *operand,
                     struct value *out)
{
    switch ((enum operand_form) operand->form) {
    case OPERAND_NONE:
    case OPERAND_CONSTANT: *out = operand->value; return true;
    case OPERAND_VARIABLE:
        *out = call->registers[operand->frame].values[operand->index];
        return true;
    case OPERAND_LANGUAGES: *out = eval_languages(call, operand); return true;
    case OPERAND_EXPRESSION: return eval_expression(call, op, operand, out);
    case OPERAND_FAULT: break;
    }
    error_raise(call, op, value_text(call->pool, operand->value));
    return false;
}

const struct operand *operand_at_path(const struct call *call, const struct op *op,
                                      const char *path)
{
    const struct operand_spec *spec = operand_specs((enum op_kind) op->kind);
    unsigned index = 0;
    while (spec && spec[index].path && strcmp(spec[index].path, path))
        index++;
    return operand_of(call, op, spec && spec[index].path ? index : UINT_MAX);
}

bool operand_eval(struct call *call, const struct op *op, unsigned index, struct value *out)
{
    return operand_eval_at(call, op, operand_of(call, op, index), out);
}
