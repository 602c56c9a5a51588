/* Conversions and questions about NOT_SET. */
#include <string.h>
#include "engine/expr/functions.h"

static bool bad(struct eval *e, const struct expr *at, const char *what)
{
    return eval_fail(e, at->argc ? at->args[0] : at, DIAG_EXPR_CONVERSION, str_of(what));
}

static bool add_as_text(struct eval *e, const struct expr *at, struct value v,
                        const int64_t *places, struct buf *out)
{
    const struct pool *pool = e->run->pool;
    char fixed[DECIMAL_TEXT], digits[INT_TEXT];
    if (!places || !value_is_set(v)) {
        value_to_string(pool, v, out);
        return true;
    }
    if (*places < 1 || *places > 28)
        return eval_fail(e, at->args[at->argc - 1], DIAG_EXPR_RANGE, STR("places"));
    struct str amount = number_operand(pool, v, digits);
    if (amount.len > 0 && decimal_fixed(amount, (int) *places, fixed) != DECIMAL_FINE)
        return eval_fail(e, at, DIAG_EXPR_RANGE, STR("Decimal"));
    buf_add_text(out, amount.len > 0 ? fixed : "");
    if (v.type == TYPE_CURRENCY) {
        buf_add_char(out, '|');
        buf_add(out, currency_code(pool, v));
    }
    return true;
}

/* (value), (list [, between] [, places]), (number, places) */
RUN(to_string)
{
    struct str between = STR("\n");
    const int64_t *places = NULL;
    uint32_t n = 1;
    if (!value_is_set(args[0])) {
        *out = value_not_set(TYPE_STRING);
        return true;
    }
    if (args[0].type == TYPE_INTEGER && !args[0].id) {
        char digits[INT_TEXT];
        return put_text(e, at, TYPE_STRING, int_text(args[0].number, digits), out);
    }
    struct buf *text = pool_scratch(e->run->pool);
    for (unsigned i = 1; i < count; i++) {
        if (args[i].type == TYPE_INTEGER)
            places = &args[i].number;
        else if (value_is_set(args[i]))
            between = value_text(e->run->pool, args[i]);
    }
    const struct value *items = args;
    if (args[0].flags & VALUE_LIST)
        items = pool_get_list(e->run->pool, args[0].id, &n);
    bool fine = true;
    for (uint32_t i = 0; i < n && fine && text->len <= MOST_TEXT; i++) {
        if (i > 0)
            buf_add(text, between);
        fine = add_as_text(e, at, items[i], places, text);
    }
    return fine && put_text(e, at, TYPE_STRING, buf_str(text), out);
}

/* A JSON scalar as the value it stands for; null is NOT_SET. */
static struct value plain(struct value v)
{
    static const uint8_t types[] = { TYPE_NONE, TYPE_BOOLEAN, TYPE_DECIMAL, TYPE_STRING };
    if (v.type != TYPE_JSON || !value_is_set(v) || v.json >= VALUE_JSON_LIST)
        return v;
    v.flags = v.json == VALUE_JSON_NULL ? 0 : VALUE_SET;
    v.type = types[v.json];
    v.json = 0;
    return v;
}

static struct str trimmed(struct eval *e, struct value v)
{
    return str_trim(value_text(e->run->pool, v));
}

/* True when a conversion has its result already: NOT_SET of what is NOT_SET or a blank text. */
static bool nothing(struct eval *e, const struct expr *at, struct value v, struct value *out)
{
    *out = value_not_set((enum value_type) at->type.type);
    return !value_is_set(v) || (v.type == TYPE_STRING && trimmed(e, v).len == 0);
}

RUN(to_int)
{
    struct value v = plain(args[0]);
    char whole[DECIMAL_TEXT];
    int64_t number;
    (void) count;
    if (nothing(e, at, v, out))
        return true;
    if (v.type == TYPE_BOOLEAN || v.type == TYPE_DURATION || v.type == TYPE_INTEGER)
        return put_integer(e, at, v.number, out);
    struct str text = trimmed(e, v);
    if (v.type == TYPE_DECIMAL) {
        if (decimal_round(text, 0, 't', whole) != DECIMAL_FINE)
            return put_integer(e, at, INT64_MAX, out);
        text = str_of(whole);
    }
    if (text.len > 0 && text.ptr[0] == '+')
        text = str_slice(text, 1, text.len);
    if (!str_to_int(text, &number))
        return v.type == TYPE_DECIMAL ? put_integer(e, at, INT64_MAX, out) : bad(e, at, "Integer");
    return put_integer(e, at, number, out);
}

RUN(to_decimal)
{
    char text[DECIMAL_TEXT], digits[INT_TEXT];
    struct value v = plain(args[0]);
    (void) count;
    if (nothing(e, at, v, out))
        return true;
    struct str number = str_trim(number_operand(e->run->pool, v, digits));
    if (v.type == TYPE_CURRENCY && number.len == 0)
        return true;
    enum decimal_result result = decimal_read(number, text);
    if (result == DECIMAL_NONE)
        return bad(e, at, "Decimal");
    return put_decimal(e, at, result, text, out);
}

RUN(to_bool)
{
    static const struct {
        const char *text;
        bool value;
    } words[] = { { "true", true },   { "1", true },  { "t", true },
                  { "false", false }, { "0", false }, { "f", false } };
    struct value v = plain(args[0]);
    (void) count;
    if (nothing(e, at, v, out))
        return true;
    struct str text = trimmed(e, v);
    if (v.type == TYPE_BOOLEAN || v.type == TYPE_INTEGER)
        *out = value_boolean(v.number != 0);
    else if (v.type == TYPE_DECIMAL)
        *out = value_boolean(!str_is(text, "0"));
    for (size_t i = 0; v.type == TYPE_STRING && i < sizeof words / sizeof *words; i++) {
        if (str_eq_nocase(text, str_of(words[i].text)))
            *out = value_boolean(words[i].value);
    }
    return true;
}

struct value json_of(struct pool *pool, struct value v)
{
    struct value json = { .type = TYPE_JSON, .flags = VALUE_SET };
    struct buf text;
    if (!value_is_set(v))
        return value_not_set(TYPE_JSON);
    if (v.flags & VALUE_LIST) {
        uint32_t count;
        const struct value *old = pool_get_list(pool, v.id, &count);
        struct value *items = mem_alloc(pool_env(pool), (count + 1) * sizeof *items);
        for (uint32_t i = 0; i < count; i++)
            items[i] = value_is_set(old[i]) ? json_of(pool, old[i]) : value_json_null();
        json.json = VALUE_JSON_LIST;
        json.id = pool_list(pool, items, count);
        mem_free(pool_env(pool), items);
        return json;
    }
    switch ((enum value_type) v.type) {
    case TYPE_JSON:
        return v;
    case TYPE_BOOLEAN:
        json.json = VALUE_JSON_BOOLEAN;
        json.number = v.number;
        return json;
    case TYPE_DECIMAL:
        json.json = VALUE_JSON_NUMBER;
        json.id = v.id;
        return json;
    default:
        buf_init(&text, pool_env(pool));
        value_to_string(pool, v, &text);
        json.json = v.type == TYPE_INTEGER ? VALUE_JSON_NUMBER : VALUE_JSON_TEXT;
        json.id = pool_text(pool, buf_str(&text));
        buf_release(&text);
        return json;
    }
}

RUN(to_json)
{
    (void) count;
    return put_built(e, at, json_of(e->run->pool, args[0]), out);
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
    bool fits = put_text(e, at, TYPE_STRING, buf_str(&text), out);
    buf_release(&text);
    return fits;
}

/* A count of milliseconds or seconds: of a whole number, also of a JSON one. */
static bool whole(struct eval *e, struct value v, int64_t *out)
{
    *out = v.number;
    return v.type != TYPE_DECIMAL || str_to_int(value_text(e->run->pool, v), out);
}

RUN(to_duration)
{
    struct value v = plain(args[0]);
    int64_t ms;
    (void) count;
    if (nothing(e, at, v, out))
        return true;
    bool text = v.type == TYPE_STRING;
    if (v.type == TYPE_JSON || (text ? !duration_parse(trimmed(e, v), &ms) : !whole(e, v, &ms)))
        return bad(e, at, "Duration");
    return put_duration(e, at->args[0], ms, out);
}

RUN(to_datetime)
{
    struct value v = plain(args[0]);
    int64_t seconds;
    (void) count;
    if (nothing(e, at, v, out))
        return true;
    bool text = v.type == TYPE_STRING;
    if (v.type == TYPE_JSON ||
        (text ? !datetime_parse(trimmed(e, v), &seconds) : !whole(e, v, &seconds)))
        return bad(e, at, "DateTime");
    return put_datetime(e, at->args[0], seconds, out);
}

/* The text of a value that names a day or a time; empty: it is none. */
static struct str named_moment(struct eval *e, struct value v)
{
    return v.type == TYPE_STRING ? trimmed(e, v) : STR("");
}

RUN(to_date)
{
    struct value v = plain(args[0]);
    int64_t seconds = v.number;
    (void) count;
    if (v.type == TYPE_DATE) {
        *out = v;
        return true;
    }
    if (nothing(e, at, v, out))
        return true;
    if (v.type != TYPE_DATETIME && !datetime_parse(named_moment(e, v), &seconds))
        return bad(e, at, "Date");
    return put_date(e, at->args[0], (seconds - second_of_day(seconds)) / 86400, out);
}

/* Of "12:30:00", or the time of a moment. */
RUN(to_time)
{
    struct value v = plain(args[0]);
    int64_t seconds = v.number;
    struct buf moment;
    (void) count;
    if (v.type == TYPE_TIME) {
        *out = v;
        return true;
    }
    if (nothing(e, at, v, out))
        return true;
    struct str text = named_moment(e, v);
    buf_init(&moment, pool_env(e->run->pool));
    buf_add_text(&moment, str_find_char(text, '-') > 0 ? "" : "2000-01-01T");
    buf_add(&moment, text);
    bool fine = v.type == TYPE_DATETIME || datetime_parse(buf_str(&moment), &seconds);
    buf_release(&moment);
    if (!fine)
        return bad(e, at, "Time");
    *out = (struct value){ .type = TYPE_TIME,
                           .flags = VALUE_SET,
                           .number = second_of_day(seconds) };
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
    const struct pool *pool = e->run->pool;
    struct value v = args[0];
    uint32_t n = 1;
    (void) at, (void) count;
    bool empty = !value_is_set(v);
    if (!empty && v.flags & VALUE_LIST) {
        pool_get_list(pool, v.id, &n);
        empty = n == 0;
    } else if (v.type == TYPE_STRING) {
        empty = empty || value_text(pool, v).len == 0;
    } else if (v.type == TYPE_CURRENCY) {
        empty = empty || currency_amount(pool, v).len == 0;
    }
    *out = value_boolean(empty);
    return true;
}
