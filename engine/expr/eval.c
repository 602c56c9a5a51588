#include "engine/expr/ast.h"

enum { SMALL_ARGS = 8, DEFAULT_STEPS = 1000000, WEIGHT_OF_A_STEP = 64 };

bool eval_fail(struct eval *eval, const struct expr *at, enum diag_code code, struct str argument)
{
    eval->error->code = code;
    eval->error->line = at->line;
    eval->error->column = at->column;
    buf_clear(&eval->error->text);
    buf_add(&eval->error->text, argument);
    return false;
}

static bool eval(struct eval *e, const struct expr *node, struct value *out);

static bool is_true(struct value v)
{
    return value_is_set(v) && v.number != 0;
}

/* A NOT_SET argument is an error where the overload does not accept it. */
static bool check_args(struct eval *e, const struct expr *call, const struct value *args)
{
    for (unsigned i = 0; i < call->argc; i++) {
        if (!value_is_set(args[i]) && !call->args[i]->accepts_not_set)
            return eval_fail(e, call->args[i], DIAG_EXPR_NOT_SET, call->name);
    }
    return true;
}

/* Long texts and lists take longer. */
static bool pay(struct eval *e, const struct expr *call, const struct value *args)
{
    uint64_t weight = 0;
    for (unsigned i = 0; i < call->argc; i++)
        weight += value_weight(e->run->pool, args[i]);
    uint64_t price = weight / WEIGHT_OF_A_STEP;
    if (price > e->steps)
        return eval_fail(e, call, DIAG_EXPR_STEPS, STR_NONE);
    e->steps -= (uint32_t) price;
    return true;
}

static bool eval_call(struct eval *e, const struct expr *call, struct value *out)
{
    struct value small[SMALL_ARGS], *args = small;
    if (call->argc > SMALL_ARGS)
        args = mem_alloc(pool_env(e->run->pool), call->argc * sizeof *args);
    bool fine = true;
    for (unsigned i = 0; i < call->argc && fine; i++)
        fine = eval(e, call->args[i], &args[i]);
    fine = fine && check_args(e, call, args) && pay(e, call, args) &&
           call->function->run(e, call, args, call->argc, out);
    if (args != small)
        mem_free(pool_env(e->run->pool), args);
    return fine;
}

static struct value object_member(const struct pool *pool, struct value object, struct str name)
{
    uint32_t count;
    const struct pool_member *members = pool_get_object(pool, object.id, &count);
    for (uint32_t i = 0; i < count; i++) {
        if (str_eq(pool_get_text(pool, members[i].key), name))
            return members[i].value;
    }
    return value_not_set(TYPE_JSON);
}

static bool eval_property(struct eval *e, const struct expr *node, struct value *out)
{
    struct value of;
    if (!eval(e, node->args[0], &of))
        return false;
    if (node->property)
        return property_get(e, node->property, of, out);
    *out = value_is_set(of) && of.json == VALUE_JSON_OBJECT
               ? object_member(e->run->pool, of, node->name)
               : value_not_set(TYPE_JSON);
    return true;
}

static bool eval_index(struct eval *e, const struct expr *node, struct value *out)
{
    struct value of, by;
    uint32_t count = 0;
    struct pool *pool = e->run->pool;
    if (!eval(e, node->args[0], &of) || !eval(e, node->args[1], &by))
        return false;
    if (of.type == TYPE_JSON && !(of.flags & VALUE_LIST) && by.type == TYPE_STRING) {
        *out = value_is_set(of) && of.json == VALUE_JSON_OBJECT
                   ? object_member(pool, of, value_text(pool, by))
                   : value_not_set(TYPE_JSON);
        return true;
    }
    bool list = value_is_set(of) && (of.flags & VALUE_LIST || of.json == VALUE_JSON_LIST);
    if (!list || !value_is_set(by))
        return eval_fail(e, node->args[list ? 1 : 0], DIAG_EXPR_NOT_SET, STR("[]"));
    const struct value *items = of.id ? pool_get_list(pool, of.id, &count) : NULL;
    if (by.number < 0 || by.number >= (int64_t) count)
        return eval_fail(e, node->args[1], DIAG_EXPR_INDEX, STR_NONE);
    *out = items[by.number];
    return true;
}

/* Stops at the first that decides. */
static bool eval_row(struct eval *e, const struct expr *node, struct value *out)
{
    bool deciding = node->op == OP_OR;
    for (unsigned i = 0; i < node->argc; i++) {
        if (!eval(e, node->args[i], out))
            return false;
        if (is_true(*out) == deciding) {
            *out = value_boolean(deciding);
            return true;
        }
    }
    *out = value_boolean(!deciding);
    return true;
}

static bool eval(struct eval *e, const struct expr *node, struct value *out)
{
    if (e->steps == 0)
        return eval_fail(e, node, DIAG_EXPR_STEPS, STR_NONE);
    e->steps--;
    switch ((enum node_op) node->op) {
    case OP_LITERAL:
        *out = node->literal;
        return true;
    case OP_NOT_SET:
        *out = value_not_set((enum value_type) node->type.type);
        if (node->type.list)
            out->flags = VALUE_LIST;
        return true;
    case OP_VARIABLE:
        *out = e->run->frames[node->var.frame][node->var.index];
        return true;
    case OP_CALL:
        return eval_call(e, node, out);
    case OP_IF:
        return eval(e, node->args[0], out) && eval(e, node->args[is_true(*out) ? 1 : 2], out);
    case OP_AND:
    case OP_OR:
        return eval_row(e, node, out);
    case OP_PROPERTY:
        return eval_property(e, node, out);
    case OP_INDEX:
        return eval_index(e, node, out);
    }
    return false;
}

bool expr_eval(const struct expr *expr, struct expr_run *run, struct value *out,
               struct expr_error *error)
{
    uint32_t given = run->steps_left;
    struct eval e = { run, error, given ? given : DEFAULT_STEPS };
    bool fine = eval(&e, expr, out);
    if (given)
        run->steps_left = e.steps ? e.steps : 1;
    return fine;
}
