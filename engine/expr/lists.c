/* Functions of lists, JSON and time. */
#include <string.h>
#include "engine/expr/functions.h"

/* The items of a list or a JSON array; a list that is NOT_SET is empty. */
static const struct value *items_of(struct eval *e, struct value v, uint32_t *count)
{
    *count = 0;
    bool list = v.flags & VALUE_LIST || (v.type == TYPE_JSON && v.json == VALUE_JSON_LIST);
    return list && value_is_set(v) && v.id ? pool_get_list(e->run->pool, v.id, count) : NULL;
}

RUN(count)
{
    uint32_t n;
    (void) count;
    items_of(e, args[0], &n);
    return put_integer(e, at, n, out);
}

RUN(get_at)
{
    uint32_t n;
    const struct value *items = items_of(e, args[0], &n);
    (void) count;
    if (args[1].number < 0 || args[1].number >= (int64_t) n)
        return eval_fail(e, at->args[1], DIAG_EXPR_INDEX, STR_NONE);
    *out = items[args[1].number];
    return true;
}

RUN(find_first)
{
    uint32_t n;
    const struct value *items = items_of(e, args[0], &n);
    (void) count;
    for (uint32_t i = 0; i < n; i++) {
        if (value_same(items[i], args[1]))
            return put_integer(e, at, i, out);
    }
    return put_integer(e, at, -1, out);
}

RUN(make_list)
{
    *out = value_list(e->run->pool, (enum value_type) at->type.type, args, count);
    return true;
}

RUN(is_json)
{
    (void) e, (void) count;
    bool object = str_eq_nocase(at->name, STR("IsJsonObject"));
    *out = value_boolean(value_is_set(args[0]) &&
                         args[0].json == (object ? VALUE_JSON_OBJECT : VALUE_JSON_LIST));
    return true;
}

RUN(set_property)
{
    uint32_t n = 0;
    struct pool *pool = e->run->pool;
    (void) count;
    if (args[0].json != VALUE_JSON_OBJECT)
        return eval_fail(e, at->args[0], DIAG_EXPR_CONVERSION, STR("JSON object"));
    const struct pool_member *old = pool_get_object(pool, args[0].id, &n);
    struct pool_member *members = mem_zalloc(pool_env(pool), (n + 1) * sizeof *members);
    for (uint32_t i = 0; i < n; i++)
        members[i] = old[i];
    members[n].key = pool_text(pool, value_text(pool, args[1]));
    members[n].value = value_is_set(args[2]) ? args[2] : value_json_null();
    *out = args[0];
    out->id = pool_object(pool, members, n + 1);
    mem_free(pool_env(pool), members);
    return true;
}

RUN(get_property)
{
    uint32_t n = 0;
    struct pool *pool = e->run->pool;
    (void) at, (void) count;
    *out = value_not_set(TYPE_JSON);
    if (args[0].json != VALUE_JSON_OBJECT)
        return true;
    const struct pool_member *members = pool_get_object(pool, args[0].id, &n);
    for (uint32_t i = 0; i < n; i++) {
        if (str_eq(pool_get_text(pool, members[i].key), value_text(pool, args[1])))
            *out = members[i].value;
    }
    return true;
}

RUN(property_names)
{
    uint32_t n = 0;
    struct pool *pool = e->run->pool;
    (void) count;
    if (args[0].json != VALUE_JSON_OBJECT)
        return eval_fail(e, at->args[0], DIAG_EXPR_CONVERSION, STR("JSON object"));
    const struct pool_member *members = pool_get_object(pool, args[0].id, &n);
    struct value *names = mem_alloc(pool_env(pool), (n + 1) * sizeof *names);
    for (uint32_t i = 0; i < n; i++)
        names[i] = value_string(pool, pool_get_text(pool, members[i].key));
    *out = value_list(pool, TYPE_STRING, names, n);
    mem_free(pool_env(pool), names);
    return true;
}

RUN(replace_item)
{
    uint32_t n;
    (void) count;
    items_of(e, args[0], &n);
    if (args[0].json != VALUE_JSON_LIST)
        return eval_fail(e, at->args[0], DIAG_EXPR_CONVERSION, STR("JSON array"));
    if (args[1].number < 0 || args[1].number >= (int64_t) n)
        return eval_fail(e, at->args[1], DIAG_EXPR_INDEX, STR_NONE);
    *out = args[0];
    out->id = pool_list_with(e->run->pool, args[0].id, (uint32_t) args[1].number,
                             value_is_set(args[2]) ? args[2] : value_json_null());
    return true;
}

RUN(json_list)
{
    uint32_t n;
    (void) count;
    const struct value *items = items_of(e, args[0], &n);
    if (args[0].json != VALUE_JSON_LIST)
        return eval_fail(e, at->args[0], DIAG_EXPR_CONVERSION, STR("JSON array"));
    *out = value_list(e->run->pool, TYPE_JSON, items, n);
    return true;
}

RUN(make_duration)
{
    static const int64_t units[] = { 86400000, 3600000, 60000, 1000, 1 };
    int64_t sum = 0, part;
    for (unsigned i = 0; i < count; i++) {
        if (__builtin_mul_overflow(args[i].number, units[i], &part) ||
            __builtin_add_overflow(sum, part, &sum))
            return eval_fail(e, at, DIAG_EXPR_RANGE, STR("Duration"));
    }
    *out = value_duration(sum);
    return sum <= 999999999999999 && sum >= -999999999999999
               ? true
               : eval_fail(e, at, DIAG_EXPR_RANGE, STR("Duration"));
}

RUN(difference)
{
    (void) e, (void) at, (void) count;
    *out = value_duration((args[0].number - args[1].number) * 1000);
    return true;
}

RUN(now)
{
    (void) at, (void) args, (void) count;
    *out = (struct value){ .type = TYPE_DATETIME, .flags = VALUE_SET, .number = e->run->now };
    return true;
}

/* AddDays, AddHours, AddMinutes, AddSeconds: by the function's name. */
RUN(add_time)
{
    static const struct {
        const char *name;
        int64_t seconds;
    } units[] = {
        { "AddDays", 86400 }, { "AddHours", 3600 }, { "AddMinutes", 60 }, { "AddSeconds", 1 }
    };
    int64_t by = 1, result;
    (void) count;
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        if (str_eq_nocase(at->name, str_of(units[i].name)))
            by = units[i].seconds;
    }
    if (__builtin_mul_overflow(args[1].number, by, &result) ||
        __builtin_add_overflow(result, args[0].number, &result) || result < -5364662400 ||
        result > 7289654399)
        return eval_fail(e, at, DIAG_EXPR_RANGE, STR("DateTime"));
    *out = args[0];
    out->number = result;
    return true;
}

/* Floor, Ceiling, Round of decimals; whole numbers stay what they are. */
RUN(floor)
{
    char text[DECIMAL_TEXT];
    char mode = str_eq_nocase(at->name, STR("Floor"))     ? 'f'
                : str_eq_nocase(at->name, STR("Ceiling")) ? 'c'
                                                          : 'r';
    if (args[0].type == TYPE_INTEGER) {
        *out = args[0];
        return true;
    }
    int places = count > 1 ? (int) args[1].number : 0;
    if (count > 1 && (args[1].number < 0 || args[1].number > 28))
        return eval_fail(e, at->args[1], DIAG_EXPR_RANGE, STR("places"));
    enum decimal_result result = decimal_round(value_text(e->run->pool, args[0]), places, mode,
                                               text);
    return put_decimal(e, at, result, text, out);
}
