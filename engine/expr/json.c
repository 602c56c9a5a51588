/* Functions of JSON values. */
#include "engine/expr/functions.h"

/* The items of an array; false and an error where it is none. */
static bool array_of(struct eval *e, const struct expr *at, struct value array,
                     struct splice *splice)
{
    splice->items = items_of(e->run->pool, array, &splice->count);
    return array.json == VALUE_JSON_LIST ||
           eval_fail(e, at, DIAG_EXPR_CONVERSION, STR("JSON array"));
}

static bool object_of(struct eval *e, const struct expr *at, struct value object,
                      const struct pool_member **members, uint32_t *count)
{
    *count = 0;
    if (object.json != VALUE_JSON_OBJECT)
        return eval_fail(e, at, DIAG_EXPR_CONVERSION, STR("JSON object"));
    *members = pool_get_object(e->run->pool, object.id, count);
    return true;
}

/* What is put into an object or array: NOT_SET becomes null. */
static struct value inner(struct pool *pool, struct value v)
{
    return value_is_set(v) ? json_of(pool, v) : value_json_null();
}

RUN(is_json)
{
    (void) e, (void) count;
    bool object = str_eq_nocase(at->name, STR("IsJsonObject"));
    *out = value_boolean(value_is_set(args[0]) &&
                         args[0].json == (object ? VALUE_JSON_OBJECT : VALUE_JSON_LIST));
    return true;
}

/* --- objects */

RUN(set_property)
{
    uint32_t n;
    struct pool *pool = e->run->pool;
    const struct pool_member *old;
    (void) count;
    if (!object_of(e, at->args[0], args[0], &old, &n))
        return false;
    struct pool_member *members = mem_zalloc(pool_env(pool), (n + 1) * sizeof *members);
    for (uint32_t i = 0; i < n; i++)
        members[i] = old[i];
    members[n].key = pool_text(pool, value_text(pool, args[1]));
    members[n].value = inner(pool, args[2]);
    struct value built = args[0];
    built.id = pool_object(pool, members, n + 1);
    mem_free(pool_env(pool), members);
    return put_built(e, at, built, out);
}

RUN(remove_property)
{
    uint32_t n, kept = 0;
    struct pool *pool = e->run->pool;
    const struct pool_member *old;
    (void) count;
    if (!object_of(e, at->args[0], args[0], &old, &n))
        return false;
    struct pool_member *members = mem_zalloc(pool_env(pool), (n + 1) * sizeof *members);
    for (uint32_t i = 0; i < n; i++) {
        if (!str_eq(pool_get_text(pool, old[i].key), value_text(pool, args[1])))
            members[kept++] = old[i];
    }
    struct value built = args[0];
    built.id = pool_object(pool, members, kept);
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

RUN(has_property)
{
    run_get_property(e, at, args, count, out);
    *out = value_boolean(value_is_set(*out));
    return true;
}

RUN(property_names)
{
    uint32_t n;
    struct pool *pool = e->run->pool;
    const struct pool_member *members;
    (void) count;
    if (!object_of(e, at->args[0], args[0], &members, &n))
        return false;
    struct value *names = mem_alloc(pool_env(pool), (n + 1) * sizeof *names);
    for (uint32_t i = 0; i < n; i++)
        names[i] = value_string(pool, pool_get_text(pool, members[i].key));
    *out = value_list(pool, TYPE_STRING, names, n);
    mem_free(pool_env(pool), names);
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
        struct value key = args[i];
        fine = key.type == TYPE_STRING && key.flags == VALUE_SET;
        if (fine)
            members[i / 2] = (struct pool_member){ key.id, inner(pool, args[i + 1]) };
        else
            eval_fail(e, at->args[i], DIAG_EXPR_CONVERSION, STR("String"));
    }
    if (fine)
        object.id = pool_object(pool, members, count / 2);
    mem_free(pool_env(pool), members);
    return fine && put_built(e, at, object, out);
}

/* --- arrays */

static bool put_array(struct eval *e, const struct expr *at, struct splice splice,
                      struct value *out)
{
    struct value array = { .type = TYPE_JSON, .flags = VALUE_SET, .json = VALUE_JSON_LIST };
    array.id = list_spliced(e->run->pool, splice);
    return put_built(e, at, array, out);
}

RUN(make_array)
{
    struct pool *pool = e->run->pool;
    struct value *items = mem_alloc(pool_env(pool), (count + 1) * sizeof *items);
    for (unsigned i = 0; i < count; i++)
        items[i] = inner(pool, args[i]);
    struct splice splice = { .added = items, .added_count = count };
    bool fine = put_array(e, at, splice, out);
    mem_free(pool_env(pool), items);
    return fine;
}

RUN(get_item)
{
    struct splice splice = { .drop = 0 };
    (void) count;
    if (!array_of(e, at->args[0], args[0], &splice) ||
        !is_index(e, at->args[1], args[1], splice.count))
        return false;
    *out = splice.items[args[1].number];
    return true;
}

RUN(push_item)
{
    struct value item = inner(e->run->pool, args[1]);
    struct splice splice = { .added = &item, .added_count = 1 };
    (void) count;
    if (!array_of(e, at->args[0], args[0], &splice))
        return false;
    splice.from = splice.count;
    return put_array(e, at, splice, out);
}

RUN(replace_item)
{
    struct splice splice = { .drop = 0 };
    (void) count;
    if (!array_of(e, at->args[0], args[0], &splice) ||
        !is_index(e, at->args[1], args[1], splice.count))
        return false;
    struct value built = args[0];
    built.id = pool_list_with(e->run->pool, args[0].id, (uint32_t) args[1].number,
                              inner(e->run->pool, args[2]));
    return put_built(e, at, built, out);
}

RUN(drop_item)
{
    struct splice splice = { .drop = 1 };
    (void) count;
    if (!array_of(e, at->args[0], args[0], &splice) ||
        !is_index(e, at->args[1], args[1], splice.count))
        return false;
    splice.from = (uint32_t) args[1].number;
    return put_array(e, at, splice, out);
}

/* Of an array, or of a list of anything. */
RUN(json_list)
{
    struct pool *pool = e->run->pool;
    struct splice splice = { .drop = 0 };
    bool array = !(args[0].flags & VALUE_LIST);
    (void) count;
    splice.items = items_of(pool, args[0], &splice.count);
    if (array && !array_of(e, at->args[0], args[0], &splice))
        return false;
    struct value *items = mem_alloc(pool_env(pool), (splice.count + 1) * sizeof *items);
    for (uint32_t i = 0; i < splice.count; i++)
        items[i] = array ? splice.items[i] : json_of(pool, splice.items[i]);
    struct value list = value_list(pool, TYPE_JSON, items, splice.count);
    mem_free(pool_env(pool), items);
    return put_built(e, at, list, out);
}
