/* Expressions from outside, as the action where the call is sees them: to look, for conditions, and
 * for the intervention that sets a variable. */
#include "engine/call/machine.h"

enum { FRAME_DATA = FRAME_COUNT }; /* participant data, and NOT_SET for what it does not have */

struct sight {
    const struct call *call;
    const struct program_flow *flow;
    uint32_t container;
    const struct pool_member *data;
    uint32_t members;
};

/* Outside an expression of a flow participant data is data.NAME. */
static void find_data(const struct sight *sight, struct str name, struct expr_var *out)
{
    uint32_t i = 0;
    while (i < sight->members &&
           !str_eq(pool_get_text(sight->call->pool, sight->data[i].key), name))
        i++;
    out->frame = FRAME_DATA;
    out->index = i;
    out->type = (struct expr_type){
        .type = i < sight->members ? sight->data[i].value.type : TYPE_STRING };
}

static bool find_name(void *context, struct str scope, struct str name, struct expr_var *out)
{
    const struct sight *sight = context;
    if (program_name(&sight->call->program, sight->flow, sight->container, scope, name, out))
        return true;
    if (!str_eq_nocase(scope, STR("data")))
        return false;
    find_data(sight, name, out);
    return true;
}

static struct sight sight_of(const struct call *call)
{
    const struct op *op = call_op(call);
    struct sight sight = { .call = call, .flow = call_program(call),
                           .container = op ? op->container : UINT32_MAX };
    if (call->now.state.data)
        sight.data = pool_get_object(call->pool, call->now.state.data, &sight.members);
    return sight;
}

static const struct value *data_values(const struct sight *sight, struct arena *arena)
{
    struct value *values = arena_alloc(arena, (sight->members + 1) * sizeof *values);
    for (uint32_t i = 0; i < sight->members; i++)
        values[i] = sight->data[i].value;
    values[sight->members] = value_not_set(TYPE_STRING);
    return values;
}

static bool eval_as(struct call *call, struct str text, struct expr_type wanted, struct value *out,
                    struct diags *diags)
{
    struct sight sight = sight_of(call);
    struct expr_names names = { find_name, &sight };
    struct place place = { .line = 1, .column = 1 };
    struct expr_error error = { .text.len = 0 };
    struct arena arena;
    arena_init(&arena, call->env);
    buf_init(&error.text, call->env);
    const struct expr *expr = expr_compile(&arena, call->pool, text, &names, wanted, &place, diags);
    struct expr_run run = expression_run(call);
    run.frames[FRAME_DATA] = data_values(&sight, &arena);
    bool ok = expr && expr_eval(expr, &run, out, &error);
    if (expr && !ok) {
        place.line = error.line;
        place.column = error.column;
        diag_add1(diags, error.code, &place, buf_str(&error.text));
    }
    buf_release(&error.text);
    arena_release(&arena);
    return ok;
}

bool call_eval(struct call *call, struct str text, struct value *out, struct diags *diags)
{
    if (!call->started)
        return diag_add0(diags, DIAG_COMMAND_NO_CALL, NULL);
    registers_load(call);
    return eval_as(call, text, (struct expr_type){ .type = TYPE_NONE }, out, diags);
}

/* --- the intervention */

static bool is_data(struct str name)
{
    return name.len > 5 && str_eq_nocase(str_slice(name, 0, 5), STR("data."));
}

/* Where `name` is kept: a variable in sight, or (form NONE) participant data. */
static bool find_target(const struct call *call, struct str name, struct operand *out)
{
    struct sight sight = sight_of(call);
    const struct variable *variable;
    *out = (struct operand){ .form = OPERAND_NONE, .type = TYPE_STRING };
    if (call->now.state.ended || is_data(name))
        return !call->now.state.ended;
    if (!sight.flow || !program_variable(&call->program, sight.flow, sight.container, name,
                                         &out->frame, &out->index, &variable))
        return false;
    out->form = OPERAND_VARIABLE;
    out->type = variable->type;
    out->list = variable->list;
    out->variable = variable->name;
    return true;
}

static bool find_value(struct call *call, const struct stimulus *stimulus,
                       const struct operand *target, struct value *out, struct diags *diags)
{
    struct expr_type wanted = { .type = target->type, .list = target->list };
    return eval_as(call, value_text(call->pool, stimulus->data), wanted, out, diags);
}

bool intervention_check(struct call *call, const struct stimulus *stimulus, struct diags *diags)
{
    struct str name = pool_get_text(call->pool, stimulus->text);
    struct operand target;
    struct value value;
    if (find_target(call, name, &target))
        return find_value(call, stimulus, &target, &value, diags);
    struct place place = { 0 };
    return diag_add1(diags, DIAG_CALL_NO_VARIABLE, &place, name);
}

void intervention_do(struct call *call, const struct stimulus *stimulus)
{
    struct str name = pool_get_text(call->pool, stimulus->text);
    struct operand target;
    struct value value = { 0 };
    struct diags ignored;
    diags_init(&ignored, call->env);
    bool fine = find_target(call, name, &target) &&
                find_value(call, stimulus, &target, &value, &ignored);
    diags_release(&ignored);
    BUG_ON(!fine); /* it has been checked */
    if (target.form == OPERAND_VARIABLE) {
        variable_write(call, NULL, &target, value);
    } else {
        uint32_t key = pool_text(call->pool, str_slice(name, 5, name.len));
        call->now.state.data = object_with(call, call->now.state.data, key, value);
        struct event *event = event_add(call, EVENT_VARIABLE);
        event->detail = 1;
        event->text = key;
        event->value = value;
    }
    struct event *event = event_newest(call);
    event->flow = call->now.state.flow;
    event->output = 1;
}
