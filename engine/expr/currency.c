/* Currencies: in the pool as AMOUNT|CODE, the amount being a canonical decimal; either part may be
 * missing. */
#include <string.h>
#include "engine/expr/constants.h"
#include "engine/expr/functions.h"

struct str currency_amount(const struct pool *pool, struct value v)
{
    struct str text = value_text(pool, v);
    ptrdiff_t bar = str_find_char(text, '|');
    return bar < 0 ? text : str_slice(text, 0, (size_t) bar);
}

struct str currency_code(const struct pool *pool, struct value v)
{
    struct str text = value_text(pool, v);
    ptrdiff_t bar = str_find_char(text, '|');
    return bar < 0 ? STR("") : str_slice(text, (size_t) bar + 1, text.len);
}

void put_currency(struct eval *e, struct str amount, struct str code, struct value *out)
{
    struct buf text;
    buf_init(&text, pool_env(e->run->pool));
    buf_add(&text, amount);
    buf_add_char(&text, '|');
    buf_add(&text, code);
    *out = value_named(e->run->pool, TYPE_CURRENCY, buf_str(&text));
    buf_release(&text);
}

bool currency_pair(struct eval *e, const struct expr *at, const struct value *pair)
{
    const struct pool *pool = e->run->pool;
    for (unsigned i = 0; i < 2; i++) {
        if (currency_amount(pool, pair[i]).len == 0)
            return eval_fail(e, at->args[i], DIAG_EXPR_NOT_SET, at->name);
    }
    if (!str_eq(currency_code(pool, pair[0]), currency_code(pool, pair[1])))
        return eval_fail(e, at->args[1], DIAG_EXPR_CURRENCY, STR_NONE);
    return true;
}

/* + - with two currencies, * / % with a number, - with one. */
RUN(currency)
{
    const struct pool *pool = e->run->pool;
    char op = at->name.ptr[0], a[INT_TEXT], b[INT_TEXT], text[DECIMAL_TEXT];
    if (count > 1 && args[0].type == args[1].type && !currency_pair(e, at, args))
        return false;
    struct str left = count > 1 ? number_operand(pool, args[0], a) : STR("0");
    struct str right = number_operand(pool, args[count - 1], b);
    if (left.len == 0 || right.len == 0)
        return eval_fail(e, at->args[left.len == 0 ? 0 : count - 1], DIAG_EXPR_NOT_SET, at->name);
    enum decimal_result result = decimal_compute(op, left, right, text);
    if (result != DECIMAL_FINE)
        return put_decimal(e, result == DECIMAL_ZERO_DIVISION ? at->args[1] : at, result, text,
                           out);
    struct value money = args[0].type == TYPE_CURRENCY ? args[0] : args[1];
    put_currency(e, str_of(text), currency_code(pool, money), out);
    return true;
}

/* Three letters, in upper case; a NOT_SET code is none. */
static bool read_code(struct str text, char code[static 4])
{
    code[0] = 0;
    if (text.len != 0 && text.len != 3)
        return false;
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        code[i] = (char) (c >= 'a' && c <= 'z' ? c - 32 : c);
        if (code[i] < 'A' || code[i] > 'Z')
            return false;
    }
    code[text.len] = 0;
    return true;
}

RUN(make_currency)
{
    char code[4], digits[INT_TEXT];
    (void) count;
    if (!read_code(value_text(e->run->pool, args[1]), code))
        return eval_fail(e, at->args[1], DIAG_EXPR_CONVERSION, STR("Currency"));
    put_currency(e, number_operand(e->run->pool, args[0], digits), str_of(code), out);
    return true;
}

RUN(make_currencies)
{
    struct pool *pool = e->run->pool;
    uint32_t n, codes = 1;
    const struct value *amounts = items_of(pool, args[0], &n), *code = &args[1];
    char letters[4];
    (void) count;
    if (args[1].flags & VALUE_LIST)
        code = items_of(pool, args[1], &codes);
    if (codes != 1 && codes != n)
        return eval_fail(e, at->args[1], DIAG_EXPR_INDEX, STR_NONE);
    struct value *made = mem_alloc(pool_env(pool), (n + 1) * sizeof *made);
    bool fine = true;
    for (uint32_t i = 0; i < n && fine; i++) {
        fine = read_code(value_text(pool, code[codes == 1 ? 0 : i]), letters);
        if (fine)
            put_currency(e, value_text(pool, amounts[i]), str_of(letters), &made[i]);
    }
    struct value list = fine ? value_list(pool, TYPE_CURRENCY, made, n) : args[0];
    mem_free(pool_env(pool), made);
    return fine ? put_built(e, at, list, out)
                : eval_fail(e, at->args[1], DIAG_EXPR_CONVERSION, STR("Currency"));
}

/* Of "5.00|USD", of a number (which has no code), of a currency. */
RUN(to_currency)
{
    struct pool *pool = e->run->pool;
    char amount[DECIMAL_TEXT] = "", code[4] = "", digits[INT_TEXT];
    (void) count;
    *out = args[0].type == TYPE_CURRENCY ? args[0] : value_not_set(TYPE_CURRENCY);
    if (!value_is_set(args[0]) || args[0].type == TYPE_CURRENCY)
        return true;
    struct str text = str_trim(number_operand(pool, args[0], digits));
    if (text.len == 0)
        return true;
    ptrdiff_t bar = str_find_char(text, '|');
    struct str number = bar < 0 ? text : str_slice(text, 0, (size_t) bar);
    struct str letters = bar < 0 ? STR("") : str_slice(text, (size_t) bar + 1, text.len);
    enum decimal_result result = number.len > 0 ? decimal_read(number, amount) : DECIMAL_FINE;
    if (result != DECIMAL_FINE || !read_code(letters, code))
        return eval_fail(e, at->args[0], DIAG_EXPR_CONVERSION, STR("Currency"));
    put_currency(e, str_of(amount), str_of(code), out);
    return true;
}

/* Of a code or a currency; what has none is said by its code. */
RUN(currency_symbol)
{
    const struct pool *pool = e->run->pool;
    (void) count;
    *out = value_not_set(TYPE_STRING);
    if (!value_is_set(args[0]))
        return true;
    struct str code = args[0].type == TYPE_CURRENCY ? currency_code(pool, args[0])
                                                    : value_text(pool, args[0]);
    const char *symbol = currency_symbol_of(code);
    return put_text(e, at, TYPE_STRING, symbol ? str_of(symbol) : code, out);
}

/* The amount in another currency by the rate that postflow.json states, for either of the two. */
static bool convert(struct eval *e, const struct expr *at, struct str amount, struct str from,
                    struct str to, char text[static DECIMAL_TEXT])
{
    const struct expr_world *world = e->run->world;
    char factor[DECIMAL_TEXT];
    struct str rate;
    bool times = world && world->rate(world->context, from, to, &rate);
    if (!times && (!world || !world->rate(world->context, to, from, &rate))) {
        struct buf pair;
        buf_init(&pair, pool_env(e->run->pool));
        buf_addf(&pair, "%.*s to %.*s", STR_ARG(from), STR_ARG(to));
        eval_fail(e, at, DIAG_EXPR_RATE, buf_str(&pair));
        buf_release(&pair);
        return false;
    }
    struct value unused;
    enum decimal_result result = decimal_read(rate, factor);
    if (result == DECIMAL_FINE)
        result = decimal_compute(times ? '*' : '/', amount, str_of(factor), text);
    return result == DECIMAL_FINE || put_decimal(e, at, result, text, &unused);
}

/* (currency, code [, how much of the currency one of the other is]) */
RUN(convert_currency)
{
    const struct pool *pool = e->run->pool;
    char code[4], text[DECIMAL_TEXT];
    struct value unused;
    *out = value_not_set(TYPE_CURRENCY);
    struct str amount = currency_amount(pool, args[0]), from = currency_code(pool, args[0]);
    if (!read_code(value_text(pool, args[1]), code))
        return eval_fail(e, at->args[1], DIAG_EXPR_CONVERSION, STR("Currency"));
    if (amount.len == 0 || code[0] == 0)
        return true;
    if (count > 2) {
        enum decimal_result result = decimal_compute('/', amount, value_text(pool, args[2]), text);
        if (result != DECIMAL_FINE)
            return put_decimal(e, at->args[2], result, text, &unused);
        amount = str_of(text);
    } else if (!str_is(from, code)) {
        if (!convert(e, at->args[0], amount, from, str_of(code), text))
            return false;
        amount = str_of(text);
    }
    put_currency(e, amount, str_of(code), out);
    return true;
}
