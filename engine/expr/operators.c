/* Operators (domain.md section 5.5). */
#include <string.h>
#include "engine/expr/ast.h"
#include "engine/expr/decimal.h"
#include "engine/expr/functions.h"

bool put_integer(struct eval *e, const struct expr *at, int64_t number, struct value *out)
{
    if (number > MOST_INTEGER || number < -MOST_INTEGER)
        return eval_fail(e, at, DIAG_EXPR_RANGE, STR("Integer"));
    *out = value_integer(number);
    return true;
}

bool put_decimal(struct eval *e, const struct expr *at, enum decimal_result result,
                 const char *text, struct value *out)
{
    if (result == DECIMAL_ZERO_DIVISION)
        return eval_fail(e, at, DIAG_EXPR_ZERO, STR_NONE);
    if (result != DECIMAL_FINE)
        return eval_fail(e, at, DIAG_EXPR_RANGE, STR("Decimal"));
    *out = value_named(e->run->pool, TYPE_DECIMAL, str_of(text));
    return true;
}

bool put_text(struct eval *e, const struct expr *at, enum value_type type, struct str text,
              struct value *out)
{
    if (text.len > MOST_TEXT)
        return eval_fail(e, at, DIAG_EXPR_RANGE, str_of(value_type_name(type)));
    *out = value_named(e->run->pool, type, text);
    return true;
}

bool put_built(struct eval *e, const struct expr *at, struct value built, struct value *out)
{
    if (value_weight(e->run->pool, built) > MOST_WEIGHT ||
        value_depth(e->run->pool, built) > MOST_NESTING)
        return eval_fail(e, at, DIAG_EXPR_RANGE,
                         built.flags & VALUE_LIST ? STR("a list")
                                                  : str_of(value_type_name(built.type)));
    *out = built;
    return true;
}

bool put_duration(struct eval *e, const struct expr *at, int64_t ms, struct value *out)
{
    if (ms > MOST_INTEGER || ms < -MOST_INTEGER)
        return eval_fail(e, at, DIAG_EXPR_RANGE, STR("Duration"));
    *out = value_duration(ms);
    return true;
}

bool put_datetime(struct eval *e, const struct expr *at, int64_t seconds, struct value *out)
{
    if (!datetime_in_range(seconds))
        return eval_fail(e, at, DIAG_EXPR_RANGE, STR("DateTime"));
    *out = (struct value){ .type = TYPE_DATETIME, .flags = VALUE_SET, .number = seconds };
    return true;
}

struct str number_operand(const struct pool *pool, struct value v, char text[static INT_TEXT])
{
    if (v.type == TYPE_CURRENCY)
        return currency_amount(pool, v);
    if (v.id || !value_is_set(v))
        return value_text(pool, v);
    return int_text(v.number, text);
}

bool run_decimal(struct eval *e, const struct expr *at, const struct value *args, unsigned count,
                 struct value *out)
{
    char a[INT_TEXT], b[INT_TEXT], text[DECIMAL_TEXT];
    struct str left = count > 1 ? number_operand(e->run->pool, args[0], a) : STR("0");
    struct str right = number_operand(e->run->pool, args[count - 1], b);
    enum decimal_result result = decimal_compute(at->name.ptr[0], left, right, text);
    const struct expr *where = result == DECIMAL_ZERO_DIVISION ? at->args[count - 1] : at;
    return put_decimal(e, where, result, text, out);
}

bool run_duration(struct eval *e, const struct expr *at, const struct value *args, unsigned count,
                  struct value *out)
{
    bool moment = args[0].type == TYPE_DATETIME || (count > 1 && args[1].type == TYPE_DATETIME);
    int64_t a = args[0].number, b = count > 1 ? args[1].number : 0;
    bool minus = at->name.ptr[0] == '-';
    if (moment) {
        int64_t second = args[0].type == TYPE_DATETIME ? a : b;
        int64_t ms = args[0].type == TYPE_DATETIME ? b : a;
        return put_datetime(e, at, second + (minus ? -(ms / 1000) : ms / 1000), out);
    }
    if (count == 1)
        return put_duration(e, at, -a, out);
    return put_duration(e, at, minus ? a - b : a + b, out);
}

int compare_values(const struct pool *pool, struct value a, struct value b)
{
    char x[INT_TEXT], y[INT_TEXT];
    if (a.type == TYPE_DECIMAL || b.type == TYPE_DECIMAL || a.type == TYPE_CURRENCY)
        return decimal_compare(number_operand(pool, a, x), number_operand(pool, b, y));
    if (a.id || b.id)
        return str_compare(value_text(pool, a), value_text(pool, b));
    return a.number < b.number ? -1 : a.number > b.number;
}

bool run_order(struct eval *e, const struct expr *at, const struct value *args, unsigned count,
               struct value *out)
{
    (void) count;
    if (args[0].type == TYPE_CURRENCY && !currency_pair(e, at, args))
        return false;
    int order = args[0].type == TYPE_STRING ? compare_texts(value_text(e->run->pool, args[0]),
                                                            value_text(e->run->pool, args[1]))
                                            : compare_values(e->run->pool, args[0], args[1]);
    bool equal = at->name.len == 2;
    bool result = at->name.ptr[0] == '<' ? order < 0 : order > 0;
    *out = value_boolean(result || (equal && order == 0));
    return true;
}

bool equal_values(const struct pool *pool, struct value a, struct value b)
{
    if (!value_is_set(a) || !value_is_set(b))
        return value_is_set(a) == value_is_set(b);
    if (a.flags & VALUE_LIST && a.type != b.type) {
        uint32_t n, m;
        const struct value *x = pool_get_list(pool, a.id, &n), *y = pool_get_list(pool, b.id, &m);
        for (uint32_t i = 0; i < n && n == m; i++) {
            if (!equal_values(pool, x[i], y[i]))
                return false;
        }
        return n == m;
    }
    if (a.type == TYPE_PHONE && b.type == TYPE_PHONE && !(a.flags & VALUE_LIST))
        return same_phone(pool, a, b);
    bool mixed = (a.type == TYPE_INTEGER && b.type == TYPE_DECIMAL) ||
                 (a.type == TYPE_DECIMAL && b.type == TYPE_INTEGER);
    return mixed ? compare_values(pool, a, b) == 0 : value_same(a, b);
}

bool run_equal(struct eval *e, const struct expr *at, const struct value *args, unsigned count,
               struct value *out)
{
    (void) count;
    bool same = equal_values(e->run->pool, args[0], args[1]);
    *out = value_boolean(same == (at->name.ptr[0] == '='));
    return true;
}

bool run_not(struct eval *e, const struct expr *at, const struct value *args, unsigned count,
             struct value *out)
{
    (void) e, (void) at, (void) count;
    *out = value_boolean(!args[0].number);
    return true;
}
