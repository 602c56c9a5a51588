/* Functions of lists and JSON. */
#include <string.h>
#include "engine/expr/functions.h"

const struct value *items_of(const struct pool *pool, struct value v, uint32_t *count)
{
    *count = 0;
    bool list = v.flags & VALUE_LIST || (v.type == TYPE_JSON && v.json == VALUE_JSON_LIST);
    return list && value_is_set(v) && v.id ? pool_get_list(pool, v.id, count) : NULL;
}

RUN(count)
{
    uint32_t n;
    (void) count;
    items_of(e->run->pool, args[0], &n);
    return put_integer(e, at, n, out);
}

RUN(get_at)
{
    uint32_t n;
    const struct value *items = items_of(e->run->pool, args[0], &n);
    (void) count;
    if (args[1].number < 0 || args[1].number >= (int64_t) n)
        return eval_fail(e, at->args[1], DIAG_EXPR_INDEX, STR_NONE);
    *out = items[args[1].number];
    return true;
}

RUN(find_first)
{
    uint32_t n;
    const struct value *items = items_of(e->run->pool, args[0], &n);
    (void) count;
    for (uint32_t i = 0; i < n; i++) {
        if (equal_values(e->run->pool, items[i], args[1]))
            return put_integer(e, at, i, out);
    }
    return put_integer(e, at, -1, out);
}

/* Where an item is, all places of it. */
RUN(find)
{
    struct pool *pool = e->run->pool;
    uint32_t n, found = 0;
    const struct value *items = items_of(pool, args[0], &n);
    struct value *places = mem_alloc(pool_env(pool), (n + 1) * sizeof *places);
    (void) count;
    for (uint32_t i = 0; i < n; i++) {
        if (equal_values(pool, items[i], args[1]))
            places[found++] = value_integer(i);
    }
    struct value list = value_list(pool, TYPE_INTEGER, places, found);
    mem_free(pool_env(pool), places);
    return put_built(e, at, list, out);
}

/* Empty, of the type of its argument; of texts without one. */
RUN(make_empty_list)
{
    (void) args, (void) count;
    *out = value_list(e->run->pool, (enum value_type) at->type.type, NULL, 0);
    return true;
}

RUN(languages)
{
    (void) args, (void) count;
    struct value language = value_string(e->run->pool, e->run->language);
    *out = at->type.list ? value_list(e->run->pool, TYPE_STRING, &language, 1) : language;
    return true;
}

RUN(make_list)
{
    return put_built(e, at, value_list(e->run->pool, (enum value_type) at->type.type, args, count),
                     out);
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
    members[n].value = value_is_set(args[2]) ? json_of(pool, args[2]) : value_json_null();
    struct value built = args[0];
    built.id = pool_object(pool, members, n + 1);
    mem_free(pool_env(pool), members);
    return put_built(e, at, built, out);
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
    items_of(e->run->pool, args[0], &n);
    if (args[0].json != VALUE_JSON_LIST)
        return eval_fail(e, at->args[0], DIAG_EXPR_CONVERSION, STR("JSON array"));
    if (args[1].number < 0 || args[1].number >= (int64_t) n)
        return eval_fail(e, at->args[1], DIAG_EXPR_INDEX, STR_NONE);
    struct value built = args[0];
    built.id = pool_list_with(e->run->pool, args[0].id, (uint32_t) args[1].number,
                              value_is_set(args[2]) ? args[2] : value_json_null());
    return put_built(e, at, built, out);
}

RUN(json_list)
{
    uint32_t n;
    (void) count;
    const struct value *items = items_of(e->run->pool, args[0], &n);
    if (args[0].json != VALUE_JSON_LIST)
        return eval_fail(e, at->args[0], DIAG_EXPR_CONVERSION, STR("JSON array"));
    *out = value_list(e->run->pool, TYPE_JSON, items, n);
    return true;
}

/* MakeJsonObject(key, value, ...) */
RUN(make_object)
{
    struct pool *pool = e->run->pool;
    struct value object = { .type = TYPE_JSON, .flags = VALUE_SET, .json = VALUE_JSON_OBJECT };
    if (count % 2 != 0)
        return eval_fail(e, at, DIAG_EXPR_CONVERSION, STR("JSON object"));
    struct pool_member *members = mem_zalloc(pool_env(pool), (count / 2 + 1) * sizeof *members);
    bool fine = true;
    for (unsigned i = 0; i < count && fine; i += 2) {
        fine = args[i].type == TYPE_STRING && value_is_set(args[i]);
        if (!fine) {
            eval_fail(e, at->args[i], DIAG_EXPR_CONVERSION, STR("String"));
            break;
        }
        struct value member = value_is_set(args[i + 1]) ? json_of(pool, args[i + 1])
                                                        : value_json_null();
        members[i / 2] = (struct pool_member){ args[i].id, member };
    }
    if (fine)
        object.id = pool_object(pool, members, count / 2);
    mem_free(pool_env(pool), members);
    return fine && put_built(e, at, object, out);
}

RUN(has_property)
{
    run_get_property(e, at, args, count, out);
    *out = value_boolean(value_is_set(*out));
    return true;
}
