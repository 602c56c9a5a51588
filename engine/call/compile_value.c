#include <string.h>
#include "engine/call/compile.h"
#include "engine/flow/builtins.h"

static uint32_t add_operand(struct compiler *c, struct operand operand)
{
    struct program_flow *out = c->out;
    out->operands = mem_grow(c->program->env, out->operands, &out->operand_capacity,
                             out->operand_count + 1, sizeof *out->operands);
    out->operands[out->operand_count] = operand;
    return (uint32_t) out->operand_count++;
}

uint32_t compile_fault(struct compiler *c, struct str sentence)
{
    struct value text = value_string(c->program->pool, sentence);
    return add_operand(c, (struct operand){ .form = OPERAND_FAULT, .value = text });
}

/* The first diagnostic's sentence becomes the error event's text. */
static uint32_t fault_of_diags(struct compiler *c)
{
    struct buf text;
    buf_init(&text, c->program->env);
    if (c->diags.count)
        diag_render(&text, &c->diags.items[0], NULL);
    uint32_t index = compile_fault(c, buf_str(&text));
    buf_release(&text);
    diags_clear(&c->diags);
    return index;
}

uint32_t compile_constant(struct compiler *c, struct value value)
{
    return add_operand(c, (struct operand){ .form = OPERAND_CONSTANT, .type = value.type,
                                            .list = (value.flags & VALUE_LIST) != 0,
                                            .value = value });
}

static uint32_t compile_variable(struct compiler *c, struct str name)
{
    uint8_t frame;
    uint32_t index;
    const struct variable *variable;
    if (program_variable(c->program, c->out, c->container, name, &frame, &index, &variable))
        return add_operand(c, (struct operand){
            .form = OPERAND_VARIABLE, .type = variable->type, .list = variable->list,
            .frame = frame, .index = index, .variable = variable->name });
    size_t count;
    const struct builtin *table = builtins(&count);
    const struct builtin *builtin = builtin_find(name);
    if (builtin)
        return add_operand(c, (struct operand){
            .form = OPERAND_VARIABLE, .type = (uint8_t) builtin->type, .frame = FRAME_BUILTIN,
            .index = (uint32_t) (builtin - table),
            .variable = pool_text(c->program->pool, str_of(builtin->name)) });
    struct buf text;
    buf_init(&text, c->program->env);
    buf_addf(&text, "There is no variable %.*s.", STR_ARG(name));
    uint32_t fault = compile_fault(c, buf_str(&text));
    buf_release(&text);
    return fault;
}

static uint32_t compile_expression(struct compiler *c, struct str text, enum value_type type,
                                   bool list)
{
    struct place place = { .line = 1, .column = 1 };
    struct expr_type wanted = { .type = (uint8_t) type, .list = list };
    const struct expr *expr = expr_compile(&c->out->arena, c->program->pool, text, &c->names,
                                           wanted, &place, &c->diags);
    if (!expr)
        return fault_of_diags(c);
    diags_clear(&c->diags);
    return add_operand(c, (struct operand){ .form = OPERAND_EXPRESSION, .type = (uint8_t) type,
                                            .list = list, .expr = expr });
}

static uint32_t compile_literal(struct compiler *c, const struct form_value *form,
                                enum value_type type, bool list)
{
    struct value value;
    if (!flow_literal(c->flow, form->node, type, list, c->program->pool, &value))
        return compile_fault(c, STR("The literal does not fit its field."));
    return compile_constant(c, value);
}

uint32_t compile_value(struct compiler *c, const struct form_value *form, enum value_type type,
                       bool list)
{
    struct operand none = { .form = OPERAND_NONE, .type = (uint8_t) type, .list = list };
    none.value = value_not_set(type);
    none.value.flags = list ? VALUE_LIST : 0;
    struct pool *pool = c->program->pool;
    switch (form->form) {
    case FORM_ABSENT:
    case FORM_NO_VALUE:
        return add_operand(c, none);
    case FORM_LITERAL:
    case FORM_BARE:
        return compile_literal(c, form, type, list);
    case FORM_EXPRESSION:
        return compile_expression(c, form->text, type, list);
    case FORM_VARIABLE:
        return compile_expression(c, form->text, type, list);
    case FORM_TTS:
        return compile_constant(c, value_named(pool, TYPE_AUDIO, form->text));
    case FORM_PROMPT:
        return compile_constant(c, value_named(pool, TYPE_PROMPT, form->text));
    case FORM_LANGUAGES:
        none.form = OPERAND_LANGUAGES;
        none.node = form->node;
        return add_operand(c, none);
    case FORM_WRONG:
        break;
    }
    return compile_fault(c, STR("The value is not written in a way that is understood."));
}

uint32_t compile_path(struct compiler *c, node_id owner, const char *path, enum value_type type,
                      bool list)
{
    node_id node = flow_field_node(c->flow, owner, path);
    struct form_value form = { .form = FORM_ABSENT };
    if (node)
        form = flow_value_of(c->flow, node);
    return compile_value(c, &form, type, list);
}

uint32_t compile_result(struct compiler *c, node_id node)
{
    if (node) {
        struct form_value form = flow_value_of(c->flow, node);
        if ((form.form == FORM_VARIABLE || form.form == FORM_BARE) && form.text.len)
            return compile_variable(c, form.text);
    }
    return add_operand(c, (struct operand){ .form = OPERAND_NONE });
}

static bool no_names(void *context, struct str scope, struct str name, struct expr_var *out)
{
    (void) context, (void) scope, (void) name, (void) out;
    return false;
}

/* An initial value is a literal, or an expression that needs no variable. */
static void initial_value(struct compiler *c, const struct variable_info *info, struct value *out)
{
    struct pool *pool = c->program->pool;
    struct form_value form = { .form = FORM_ABSENT };
    if (info->initial)
        form = flow_value_of(c->flow, info->initial);
    struct value value;
    if (form.form == FORM_LITERAL || form.form == FORM_BARE) {
        if (flow_literal(c->flow, form.node, info->type, info->list, pool, &value))
            *out = value;
    }
    if (form.form != FORM_EXPRESSION)
        return;
    struct place place = { .line = 1, .column = 1 };
    const struct expr *expr =
        expr_compile(&c->out->arena, pool, form.text, &(struct expr_names){ no_names, NULL },
                     (struct expr_type){ .type = (uint8_t) info->type, .list = info->list }, &place,
                     &c->diags);
    diags_clear(&c->diags);
    struct expr_run run = { .pool = pool, .steps_left = 1000 };
    struct expr_error error = { 0 };
    buf_init(&error.text, c->program->env);
    if (expr && expr_eval(expr, &run, &value, &error))
        *out = value;
    buf_release(&error.text);
}

static bool is_of_task(struct str full_name)
{
    return full_name.len > 5 && str_eq_nocase(str_slice(full_name, 0, 5), STR("Task."));
}

static void add_variable(struct compiler *c, const struct variable *variable)
{
    struct program_flow *out = c->out;
    out->variables = mem_grow(c->program->env, out->variables, &out->variable_capacity,
                              out->variable_count + 1, sizeof *out->variables);
    out->variables[out->variable_count++] = *variable;
}

void compile_variables(struct compiler *c, node_id owner, bool task)
{
    bool both = task && owner == c->flow->body;
    if (!owner)
        return;
    for (node_id node = flow_variable_next(c->flow, owner, 0); node;
         node = flow_variable_next(c->flow, owner, node)) {
        struct variable_info info;
        if (!flow_variable(c->flow, node, &info))
            continue;
        bool of_task = is_of_task(info.full_name);
        if (task ? both && !of_task : of_task)
            continue;
        struct variable variable = {
            .name = pool_text(c->program->pool, info.full_name), .type = (uint8_t) info.type,
            .list = info.list, .input = info.input, .output = info.output,
        };
        variable.initial = value_not_set(info.type);
        if (info.list) /* domain.md 5.1: a collection without initial value is empty */
            variable.initial = value_list(c->program->pool, info.type, NULL, 0);
        initial_value(c, &info, &variable.initial);
        add_variable(c, &variable);
    }
    for (size_t i = 0; i < c->implied.count; i++) {
        const struct implied_variable *implied = &c->implied.items[i];
        bool of_flow = implied->owner == c->flow->body && !is_of_task(implied->full_name);
        if (implied->owner != owner || (task ? of_flow : !of_flow))
            continue;
        struct variable variable = { .name = pool_text(c->program->pool, implied->full_name),
                                     .type = (uint8_t) implied->type, .list = implied->list };
        if (implied->type == TYPE_NONE)
            variable.type = TYPE_JSON;
        variable.initial = implied->list ? value_list(c->program->pool, implied->type, NULL, 0)
                                         : value_not_set((enum value_type) variable.type);
        add_variable(c, &variable);
    }
}

uint32_t compile_initial(struct compiler *c, uint32_t first, uint32_t count, uint32_t hidden)
{
    uint32_t total = count + hidden;
    struct value *values = mem_zalloc(c->program->env, (total + 1) * sizeof *values);
    for (uint32_t i = 0; i < count; i++)
        values[i] = c->out->variables[first + i].initial;
    for (uint32_t i = count; i < total; i++)
        values[i] = value_not_set(TYPE_INTEGER);
    uint32_t id = pool_list(c->program->pool, values, total);
    mem_free(c->program->env, values);
    return id;
}

struct str compile_text(const struct compiler *c, node_id owner, const char *path)
{
    node_id node = flow_field_node(c->flow, owner, path);
    return node && !doc_is_container(c->flow->doc, node) ? doc_text(c->flow->doc, node) : STR_NONE;
}

int64_t compile_duration(const struct compiler *c, node_id owner, const char *path,
                         int64_t otherwise)
{
    node_id node = flow_field_node(c->flow, owner, path);
    int64_t ms;
    if (!node)
        return otherwise;
    struct form_value form = flow_value_of(c->flow, node);
    if ((form.form == FORM_LITERAL || form.form == FORM_BARE) &&
        flow_duration(c->flow, form.node, &ms))
        return ms;
    return otherwise;
}

int64_t compile_integer(const struct compiler *c, node_id owner, const char *path,
                        int64_t otherwise)
{
    node_id node = flow_field_node(c->flow, owner, path);
    int64_t number;
    if (!node)
        return otherwise;
    struct form_value form = flow_value_of(c->flow, node);
    if ((form.form == FORM_LITERAL || form.form == FORM_BARE) &&
        str_to_int(doc_text(c->flow->doc, form.node), &number))
        return number;
    return otherwise;
}
