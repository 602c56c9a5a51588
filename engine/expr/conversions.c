/* Conversions and questions about NOT_SET. */
#include <string.h>
#include "engine/expr/functions.h"

static bool bad(struct eval *e, const struct expr *at, const char *what)
{
    return eval_fail(e, at->argc ? at->args[0] : at, DIAG_EXPR_CONVERSION, str_of(what));
}

RUN(to_string)
{
    struct buf text;
    if (!value_is_set(args[0])) {
        *out = value_not_set(TYPE_STRING);
        return true;
    }
    buf_init(&text, pool_env(e->run->pool));
    if (count > 1 && args[0].flags & VALUE_LIST) {
        uint32_t n;
        const struct value *items = pool_get_list(e->run->pool, args[0].id, &n);
        for (uint32_t i = 0; i < n; i++) {
            if (i > 0)
                buf_add(&text, value_text(e->run->pool, args[1]));
            value_to_string(e->run->pool, items[i], &text);
        }
    } else if (count > 1) {
        char rounded[DECIMAL_TEXT];
        int places = (int) args[1].number;
        if (args[1].number < 1 || args[1].number > 28) {
            buf_release(&text);
            return eval_fail(e, at->args[1], DIAG_EXPR_RANGE, STR("places"));
        }
        decimal_round(value_text(e->run->pool, args[0]), places, 'r', rounded);
        buf_add_text(&text, rounded);
        ptrdiff_t dot = str_find_char(buf_str(&text), '.');
        int have = dot < 0 ? 0 : (int) (text.len - (size_t) dot - 1);
        if (dot < 0)
            buf_add_char(&text, '.');
        buf_add_repeat(&text, '0', (size_t) (places - have));
    } else {
        value_to_string(e->run->pool, args[0], &text);
    }
    *out = value_string(e->run->pool, buf_str(&text));
    buf_release(&text);
    return true;
}

/* The text of a number: of a String, or of a JSON number or text. */
static struct str number_text(struct eval *e, struct value v)
{
    return str_trim(value_text(e->run->pool, v));
}

RUN(to_int)
{
    struct value v = args[0];
    char whole[DECIMAL_TEXT];
    int64_t number;
    (void) count;
    *out = value_not_set(TYPE_INTEGER);
    if (!value_is_set(v))
        return true;
    if (v.type == TYPE_BOOLEAN || v.type == TYPE_DURATION || v.type == TYPE_INTEGER ||
        (v.type == TYPE_JSON && v.json == VALUE_JSON_BOOLEAN))
        return put_integer(e, at, v.number, out);
    struct str text = number_text(e, v);
    if (v.type == TYPE_STRING && text.len == 0)
        return true;
    bool decimal = v.type == TYPE_DECIMAL || (v.type == TYPE_JSON && v.json == VALUE_JSON_NUMBER);
    if (decimal && decimal_round(text, 0, 't', whole) == DECIMAL_FINE)
        text = str_of(whole);
    if (text.len > 0 && text.ptr[0] == '+')
        text = str_slice(text, 1, text.len);
    if (!str_to_int(text, &number))
        return bad(e, at, "Integer");
    return put_integer(e, at, number, out);
}

RUN(to_decimal)
{
    char text[DECIMAL_TEXT];
    struct value v = args[0];
    (void) count;
    *out = value_not_set(TYPE_DECIMAL);
    if (!value_is_set(v))
        return true;
    if (v.type == TYPE_INTEGER || v.type == TYPE_BOOLEAN || v.type == TYPE_DURATION) {
        struct buf digits;
        buf_init(&digits, pool_env(e->run->pool));
        buf_add_int(&digits, v.number);
        *out = value_named(e->run->pool, TYPE_DECIMAL, buf_str(&digits));
        buf_release(&digits);
        return true;
    }
    struct str digits = number_text(e, v);
    if (digits.len == 0 && v.type == TYPE_STRING)
        return true;
    enum decimal_result result = decimal_read(digits, text);
    if (result == DECIMAL_NONE)
        return bad(e, at, "Decimal");
    return put_decimal(e, at, result, text, out);
}

RUN(to_bool)
{
    struct value v = args[0];
    (void) at, (void) count;
    *out = value_not_set(TYPE_BOOLEAN);
    if (!value_is_set(v))
        return true;
    if (v.type == TYPE_BOOLEAN || v.type == TYPE_INTEGER ||
        (v.type == TYPE_JSON && v.json == VALUE_JSON_BOOLEAN)) {
        *out = value_boolean(v.number != 0);
        return true;
    }
    struct str text = number_text(e, v);
    if (v.type == TYPE_DECIMAL || (v.type == TYPE_JSON && v.json == VALUE_JSON_NUMBER))
        *out = value_boolean(!str_is(text, "0"));
    else if (str_eq_nocase(text, STR("true")) || str_is(text, "1") || str_eq_nocase(text, STR("t")))
        *out = value_boolean(true);
    else if (str_eq_nocase(text, STR("false")) || str_is(text, "0") ||
             str_eq_nocase(text, STR("f")))
        *out = value_boolean(false);
    return true;
}

RUN(to_json)
{
    struct value v = args[0];
    (void) at, (void) count;
    *out = v;
    out->type = TYPE_JSON;
    if (!value_is_set(v) || v.type == TYPE_JSON) {
        if (!value_is_set(v))
            *out = value_not_set(TYPE_JSON);
        return true;
    }
    *out = (struct value){ .type = TYPE_JSON, .flags = VALUE_SET };
    struct buf text;
    buf_init(&text, pool_env(e->run->pool));
    if (v.flags & VALUE_LIST) {
        struct diags none;
        diags_init(&none, pool_env(e->run->pool));
        value_to_json(e->run->pool, v, &text);
        value_json_parse(e->run->pool, buf_str(&text), out, &none);
        diags_release(&none);
    } else if (v.type == TYPE_BOOLEAN) {
        out->json = VALUE_JSON_BOOLEAN;
        out->number = v.number;
    } else {
        bool number = v.type == TYPE_INTEGER || v.type == TYPE_DECIMAL;
        if (v.type == TYPE_DECIMAL)
            buf_add(&text, value_text(e->run->pool, v));
        else
            value_to_string(e->run->pool, v, &text);
        out->json = number ? VALUE_JSON_NUMBER : VALUE_JSON_TEXT;
        out->id = pool_text(e->run->pool, buf_str(&text));
    }
    buf_release(&text);
    return true;
}

RUN(json_parse)
{
    struct diags wrong;
    (void) count;
    diags_init(&wrong, pool_env(e->run->pool));
    bool fine = value_json_parse(e->run->pool, value_text(e->run->pool, args[0]), out, &wrong);
    diags_release(&wrong);
    return fine || eval_fail(e, at->args[0], DIAG_EXPR_JSON, STR_NONE);
}

RUN(json_stringify)
{
    struct buf text;
    (void) at, (void) count;
    buf_init(&text, pool_env(e->run->pool));
    value_to_json(e->run->pool, args[0], &text);
    *out = value_string(e->run->pool, buf_str(&text));
    buf_release(&text);
    return true;
}

RUN(to_named)
{
    (void) count;
    *out = value_is_set(args[0]) ? value_named(e->run->pool, (enum value_type) at->type.type,
                                               value_text(e->run->pool, args[0]))
                                 : value_not_set((enum value_type) at->type.type);
    return true;
}

RUN(to_duration)
{
    (void) count;
    *out = value_not_set(TYPE_DURATION);
    if (!value_is_set(args[0]))
        return true;
    int64_t ms = args[0].number;
    struct str text = number_text(e, args[0]);
    if (args[0].type == TYPE_STRING && text.len == 0)
        return true;
    if (args[0].type == TYPE_STRING && !duration_parse(text, &ms))
        return bad(e, at, "Duration");
    *out = value_duration(ms);
    return true;
}

RUN(to_datetime)
{
    (void) count;
    *out = value_not_set(TYPE_DATETIME);
    if (!value_is_set(args[0]))
        return true;
    int64_t seconds = args[0].number;
    struct str text = number_text(e, args[0]);
    if (args[0].type == TYPE_STRING && text.len == 0)
        return true;
    if (args[0].type == TYPE_STRING && !datetime_parse(text, &seconds))
        return bad(e, at, "DateTime");
    *out = (struct value){ .type = TYPE_DATETIME, .flags = VALUE_SET, .number = seconds };
    return true;
}

RUN(is_set)
{
    (void) e, (void) at, (void) count;
    *out = value_boolean(value_is_set(args[0]));
    return true;
}

RUN(is_not_set_or_empty)
{
    uint32_t n = 1;
    (void) at, (void) count;
    if (value_is_set(args[0]) && args[0].flags & VALUE_LIST)
        pool_get_list(e->run->pool, args[0].id, &n);
    bool text = args[0].type == TYPE_STRING && !(args[0].flags & VALUE_LIST);
    *out = value_boolean(!value_is_set(args[0]) || n == 0 ||
                         (text && value_text(e->run->pool, args[0]).len == 0));
    return true;
}
