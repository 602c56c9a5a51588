/* Functions of numbers of any kind: Integer, Decimal, Currency, Duration. */
#include <string.h>
#include "engine/expr/functions.h"

/* Floor, Ceiling, Round (variant: the mode of decimal_round) of decimals and currencies; whole
 * numbers stay what they are. */
RUN(floor)
{
    const struct pool *pool = e->run->pool;
    char text[DECIMAL_TEXT], digits[INT_TEXT];
    if (args[0].type == TYPE_INTEGER) {
        *out = args[0];
        return true;
    }
    if (count > 1 && (args[1].number < 0 || args[1].number > 28))
        return eval_fail(e, at->args[1], DIAG_EXPR_RANGE, STR("places"));
    struct str number = number_operand(pool, args[0], digits);
    if (number.len == 0)
        return eval_fail(e, at->args[0], DIAG_EXPR_NOT_SET, at->name);
    enum decimal_result result = decimal_round(number, count > 1 ? (int) args[1].number : 0,
                                               (char) at->function->variant, text);
    if (result != DECIMAL_FINE || args[0].type != TYPE_CURRENCY)
        return put_decimal(e, at, result, text, out);
    put_currency(e, str_of(text), currency_code(pool, args[0]), out);
    return true;
}

/* A number as the type of the result. */
static bool put_total(struct eval *e, const struct expr *at, enum decimal_result result,
                      const char *text, struct str code, struct value *out)
{
    char whole[DECIMAL_TEXT];
    int64_t number;
    if (result != DECIMAL_FINE || at->type.type == TYPE_DECIMAL)
        return put_decimal(e, at, result, text, out);
    if (at->type.type == TYPE_CURRENCY) {
        put_currency(e, str_of(text), code, out);
        return true;
    }
    decimal_round(str_of(text), 0, 't', whole);
    if (!str_to_int(str_of(whole), &number))
        number = INT64_MAX;
    return at->type.type == TYPE_DURATION ? put_duration(e, at, number, out)
                                          : put_integer(e, at, number, out);
}

/* Sum and Average (variant 'a') of arguments or of a list; what is NOT_SET does not count. */
RUN(sum)
{
    const struct pool *pool = e->run->pool;
    char total[DECIMAL_TEXT] = "0", digits[INT_TEXT];
    const struct value *items = args;
    struct str code = STR("");
    uint32_t n = count, used = 0;
    if (args[0].flags & VALUE_LIST)
        items = items_of(pool, args[0], &n);
    if (!one_currency(e, at, items, n))
        return false;
    enum decimal_result result = DECIMAL_FINE;
    for (uint32_t i = 0; i < n && result == DECIMAL_FINE; i++) {
        struct str number = number_operand(pool, items[i], digits);
        if (items[i].type == TYPE_CURRENCY && currency_code(pool, items[i]).len > 0)
            code = currency_code(pool, items[i]);
        if (number.len == 0)
            continue;
        result = decimal_compute('+', str_of(total), number, total);
        used++;
    }
    if (at->function->variant == 'a' && used > 0 && result == DECIMAL_FINE)
        result = decimal_compute('/', str_of(total),
                                 number_operand(pool, value_integer(used), digits), total);
    return put_total(e, at, result, total, code, out);
}

/* Min, Max (variant '<', '>') of arguments or of a list; what is NOT_SET does not count. */
RUN(extreme)
{
    const struct pool *pool = e->run->pool;
    const struct value *items = args;
    uint32_t n = count;
    int wanted = at->function->variant == '<' ? -1 : 1;
    if (args[0].flags & VALUE_LIST)
        items = items_of(pool, args[0], &n);
    if (!one_currency(e, at, items, n))
        return false;
    *out = value_not_set((enum value_type) at->type.type);
    for (uint32_t i = 0; i < n; i++) {
        bool counts = value_is_set(items[i]) &&
                      (items[i].type != TYPE_CURRENCY || currency_amount(pool, items[i]).len > 0);
        if (counts && (!value_is_set(*out) || compare_values(pool, items[i], *out) == wanted))
            *out = items[i];
    }
    return true;
}

RUN(abs)
{
    const struct pool *pool = e->run->pool;
    char digits[INT_TEXT];
    struct str number = number_operand(pool, args[0], digits);
    (void) count;
    if (number.len == 0)
        return eval_fail(e, at->args[0], DIAG_EXPR_NOT_SET, at->name);
    *out = args[0];
    if (number.ptr[0] != '-')
        return true;
    number = str_slice(number, 1, number.len);
    if (args[0].type == TYPE_CURRENCY)
        put_currency(e, number, currency_code(pool, args[0]), out);
    else if (args[0].type == TYPE_DECIMAL)
        *out = value_named(e->run->pool, TYPE_DECIMAL, number);
    else
        out->number = -args[0].number;
    return true;
}
