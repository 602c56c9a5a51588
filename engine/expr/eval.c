#include "engine/expr/functions.h"

enum { FEW_ARGS = 3, DEFAULT_STEPS = 1000000, WEIGHT_OF_A_STEP = 64 };

bool eval_fail(struct eval *eval, const struct expr *at, enum diag_code code, struct str argument)
{
    eval->error->code = code;
    eval->error->line = at->line;
    eval->error->column = at->column;
    buf_clear(&eval->error->text);
    buf_add(&eval->error->text, argument);
    return false;
}

/* Values go from node to node in registers; a run-time error is one that no expression has. */
enum { VALUE_FAILED = 0x80 };
static const struct value no_value = { .flags = VALUE_FAILED };

static inline bool failed(struct value v)
{
    return v.flags & VALUE_FAILED;
}

static struct value fail(struct eval *e, const struct expr *at, enum diag_code code,
                         struct str argument)
{
    eval_fail(e, at, code, argument);
    return no_value;
}

static bool is_true(struct value v)
{
    return value_is_set(v) && v.number != 0;
}

/* One for each kind of node. */
typedef struct value evaluator(struct eval *e, const struct expr *node);
static evaluator eval_integer, eval_call, eval_if, eval_row, eval_property, eval_index,
    eval_not_set;

static evaluator *const evaluators[] = { [OP_NOT_SET] = eval_not_set,   [OP_CALL] = eval_call,
                                         [OP_INTEGER] = eval_integer,   [OP_IF] = eval_if,
                                         [OP_AND] = eval_row,           [OP_OR] = eval_row,
                                         [OP_PROPERTY] = eval_property, [OP_INDEX] = eval_index };

/* Leaves are taken in place. */
static inline struct value operand(struct eval *e, const struct expr *node)
{
    if (node->op == OP_VARIABLE)
        return e->run->frames[node->var.frame][node->var.index];
    return node->op == OP_LITERAL ? node->literal : evaluators[node->op](e, node);
}

static struct value not_set(struct eval *e, const struct expr *call, unsigned argument)
{
    return fail(e, call->args[argument], DIAG_EXPR_NOT_SET, call->name);
}

static struct value eval_integer(struct eval *e, const struct expr *node)
{
    struct value left = operand(e, node->args[0]), right = value_integer(0);
    if (failed(left))
        return left;
    if (node->argc > 1 && failed(right = operand(e, node->args[1])))
        return right;
    if (!value_is_set(left) || !value_is_set(right))
        return not_set(e, node, value_is_set(left));
    int64_t a = left.number, b = right.number, number;
    switch (node->function->variant) {
    case '<':
        return value_boolean(a < b);
    case '>':
        return value_boolean(a > b);
    case 'l':
        return value_boolean(a <= b);
    case 'g':
        return value_boolean(a >= b);
    case '+':
        number = a + b;
        break;
    case '-':
        number = a - b;
        break;
    case 'n':
        number = -a;
        break;
    case '*':
        if (__builtin_mul_overflow(a, b, &number))
            number = INT64_MAX;
        break;
    case '%':
        if (b == 0)
            return fail(e, node->args[1], DIAG_EXPR_ZERO, STR_NONE);
        number = a % b;
        break;
    case '&':
        number = a & b;
        break;
    case '|':
        number = a | b;
        break;
    default:
        number = ~a;
        break;
    }
    if (number > MOST_INTEGER || number < -MOST_INTEGER)
        return fail(e, node, DIAG_EXPR_RANGE, STR("Integer"));
    return value_integer(number);
}

/* A NOT_SET argument is an error where the overload does not accept it. A call is a step, more with
 * long texts and lists; the nodes need no count of their own, each is evaluated at most once. */
static inline __attribute__((always_inline)) struct value call_function(struct eval *e,
                                                                        const struct expr *call,
                                                                        struct value *args)
{
    uint64_t weight = 0;
    bool all_set = true;
    for (unsigned i = 0; i < call->argc; i++) {
        args[i] = operand(e, call->args[i]);
        if (failed(args[i]))
            return args[i];
        all_set &= value_is_set(args[i]);
        if (args[i].id)
            weight += pool_weight(e->run->pool, args[i].id);
    }
    for (unsigned i = 0; i < call->argc && !all_set; i++) {
        if (!value_is_set(args[i]) && !call->args[i]->accepts_not_set)
            return not_set(e, call, i);
    }
    uint64_t price = weight / WEIGHT_OF_A_STEP + 1;
    if (price > e->steps)
        return fail(e, call, DIAG_EXPR_STEPS, STR_NONE);
    e->steps -= (uint32_t) price;
    struct value out;
    if (!call->function->run(e, call, args, call->argc, &out))
        return no_value;
    /* It was just stored in parts: one load over two of them would wait for both to be written. */
    uint32_t id = out.id;
    __asm__("" : "+r"(id));
    return (struct value){ out.type, out.flags, out.json, 0, id, out.number };
}

static __attribute__((noinline)) struct value call_many(struct eval *e, const struct expr *call)
{
    struct value *args = mem_alloc(pool_env(e->run->pool), call->argc * sizeof *args);
    struct value out = call_function(e, call, args);
    mem_free(pool_env(e->run->pool), args);
    return out;
}

static struct value eval_call(struct eval *e, const struct expr *call)
{
    if (call->argc > FEW_ARGS)
        return call_many(e, call);
    struct value args[FEW_ARGS];
    return call_function(e, call, args);
}

static struct value object_member(const struct pool *pool, struct value object, struct str name)
{
    uint32_t count;
    if (!value_is_set(object) || object.json != VALUE_JSON_OBJECT)
        return value_not_set(TYPE_JSON);
    const struct pool_member *members = pool_get_object(pool, object.id, &count);
    for (uint32_t i = 0; i < count; i++) {
        if (str_eq(pool_get_text(pool, members[i].key), name))
            return members[i].value;
    }
    return value_not_set(TYPE_JSON);
}

static struct value eval_property(struct eval *e, const struct expr *node)
{
    struct value of = operand(e, node->args[0]), out;
    if (failed(of))
        return of;
    if (!node->property)
        return object_member(e->run->pool, of, node->name);
    return property_get(e, node->property, of, &out) ? out : no_value;
}

static struct value eval_index(struct eval *e, const struct expr *node)
{
    struct pool *pool = e->run->pool;
    uint32_t count = 0;
    struct value of = operand(e, node->args[0]), by;
    if (failed(of) || failed(by = operand(e, node->args[1])))
        return failed(of) ? of : by;
    if (of.type == TYPE_JSON && !(of.flags & VALUE_LIST) && by.type == TYPE_STRING)
        return object_member(pool, of, value_text(pool, by));
    bool list = value_is_set(of) && (of.flags & VALUE_LIST || of.json == VALUE_JSON_LIST);
    if (!list || !value_is_set(by))
        return fail(e, node->args[list ? 1 : 0], DIAG_EXPR_NOT_SET, STR("[]"));
    const struct value *items = of.id ? pool_get_list(pool, of.id, &count) : NULL;
    if (by.number < 0 || by.number >= (int64_t) count)
        return fail(e, node->args[1], DIAG_EXPR_INDEX, STR_NONE);
    return items[by.number];
}

/* Stops at the first that decides. */
static struct value eval_row(struct eval *e, const struct expr *node)
{
    bool deciding = node->op == OP_OR;
    for (unsigned i = 0; i < node->argc; i++) {
        struct value v = operand(e, node->args[i]);
        if (failed(v))
            return v;
        if (is_true(v) == deciding)
            return value_boolean(deciding);
    }
    return value_boolean(!deciding);
}

static struct value eval_if(struct eval *e, const struct expr *node)
{
    struct value condition = operand(e, node->args[0]);
    return failed(condition) ? condition : operand(e, node->args[is_true(condition) ? 1 : 2]);
}

static struct value eval_not_set(struct eval *e, const struct expr *node)
{
    (void) e;
    return (struct value){ .type = node->type.type, .flags = node->type.list ? VALUE_LIST : 0 };
}

bool expr_eval(const struct expr *expr, struct expr_run *run, struct value *out,
               struct expr_error *error)
{
    uint32_t given = run->steps_left;
    struct eval e = { run, error, given ? given : DEFAULT_STEPS };
    struct value result = operand(&e, expr);
    if (given)
        run->steps_left = e.steps ? e.steps : 1;
    if (failed(result))
        return false;
    *out = result;
    return true;
}
