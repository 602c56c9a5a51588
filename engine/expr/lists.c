/* Functions of lists. */
#include <stdlib.h>
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

RUN(make_list)
{
    return put_built(e, at, value_list(e->run->pool, (enum value_type) at->type.type, args, count),
                     out);
}

uint32_t list_spliced(struct pool *pool, struct splice splice)
{
    uint32_t rest = splice.count - splice.from - splice.drop, made = 0;
    struct value *items = mem_alloc(pool_env(pool),
                                    (splice.count + splice.added_count + 1) * sizeof *items);
    for (uint32_t i = 0; i < splice.from; i++)
        items[made++] = splice.items[i];
    for (uint32_t i = 0; i < splice.added_count; i++)
        items[made++] = splice.added[i];
    for (uint32_t i = 0; i < rest; i++)
        items[made++] = splice.items[splice.from + splice.drop + i];
    uint32_t id = pool_list(pool, items, made);
    mem_free(pool_env(pool), items);
    return id;
}

/* Whole numbers become decimals in a list that holds decimals. */
static void fit_items(struct pool *pool, struct value *items, uint32_t count, uint8_t type)
{
    char digits[INT_TEXT];
    for (uint32_t i = 0; i < count; i++) {
        if (items[i].type != TYPE_INTEGER || type != TYPE_DECIMAL)
            continue;
        items[i] = value_is_set(items[i])
                       ? value_named(pool, TYPE_DECIMAL, number_operand(pool, items[i], digits))
                       : value_not_set(TYPE_DECIMAL);
    }
}

/* A list of the type of the result. */
static bool put_list(struct eval *e, const struct expr *at, const struct value *items,
                     uint32_t count, struct value *out)
{
    struct pool *pool = e->run->pool;
    struct value *fitting = mem_alloc(pool_env(pool), (count + 1) * sizeof *fitting);
    if (count)
        memcpy(fitting, items, count * sizeof *items);
    fit_items(pool, fitting, count, at->type.type);
    struct value list = value_list(pool, (enum value_type) at->type.type, fitting, count);
    mem_free(pool_env(pool), fitting);
    return put_built(e, at, list, out);
}

static bool put_spliced(struct eval *e, const struct expr *at, struct splice splice,
                        struct value *out)
{
    uint32_t n;
    struct value list = { .type = at->type.type, .flags = VALUE_SET | VALUE_LIST };
    list.id = list_spliced(e->run->pool, splice);
    const struct value *items = items_of(e->run->pool, list, &n);
    return put_list(e, at, items, n, out);
}

RUN(any)
{
    uint32_t n;
    const struct value *items = items_of(e->run->pool, args[0], &n);
    bool found = count == 1 && n > 0;
    (void) at;
    for (uint32_t i = 0; i < n && count > 1 && !found; i++)
        found = equal_values(e->run->pool, items[i], args[1]);
    *out = value_boolean(found);
    return true;
}

RUN(add_item)
{
    struct splice splice = { .added = &args[1], .added_count = 1 };
    (void) count;
    splice.items = items_of(e->run->pool, args[0], &splice.count);
    splice.from = splice.count;
    return put_spliced(e, at, splice, out);
}

bool is_index(struct eval *e, const struct expr *at, struct value index, uint32_t limit)
{
    return (index.number >= 0 && index.number < (int64_t) limit) ||
           eval_fail(e, at, DIAG_EXPR_INDEX, STR_NONE);
}

RUN(insert_item)
{
    struct splice splice = { .added = &args[2], .added_count = 1 };
    (void) count;
    splice.items = items_of(e->run->pool, args[0], &splice.count);
    if (!is_index(e, at->args[1], args[1], splice.count + 1))
        return false;
    splice.from = (uint32_t) args[1].number;
    return put_spliced(e, at, splice, out);
}

/* The first that is equal. */
RUN(remove_item)
{
    struct splice splice = { .drop = 0 };
    (void) count;
    splice.items = items_of(e->run->pool, args[0], &splice.count);
    while (splice.from < splice.count &&
           !equal_values(e->run->pool, splice.items[splice.from], args[1]))
        splice.from++;
    splice.drop = splice.from < splice.count;
    return put_spliced(e, at, splice, out);
}

RUN(remove_at)
{
    struct splice splice = { .drop = 1 };
    (void) count;
    splice.items = items_of(e->run->pool, args[0], &splice.count);
    if (!is_index(e, at->args[1], args[1], splice.count))
        return false;
    splice.from = (uint32_t) args[1].number;
    return put_spliced(e, at, splice, out);
}

/* As Substring does: what lies outside is left out. */
RUN(slice)
{
    uint32_t n;
    const struct value *items = items_of(e->run->pool, args[0], &n);
    int64_t from = args[1].number, most = count > 2 ? args[2].number : INT64_MAX;
    if (from < 0 || most < 0)
        return eval_fail(e, at->args[from < 0 ? 1 : 2], DIAG_EXPR_INDEX, STR_NONE);
    from = from < (int64_t) n ? from : (int64_t) n;
    int64_t length = most < (int64_t) n - from ? most : (int64_t) n - from;
    return put_list(e, at, items + from, (uint32_t) length, out);
}

RUN(concat)
{
    struct pool *pool = e->run->pool;
    struct value *all = NULL;
    size_t capacity = 0;
    uint32_t total = 0, n;
    for (unsigned i = 0; i < count; i++) {
        const struct value *items = items_of(pool, args[i], &n);
        all = mem_grow(pool_env(pool), all, &capacity, total + n + 1, sizeof *all);
        if (n)
            memcpy(all + total, items, n * sizeof *all);
        total += n;
    }
    bool fine = put_list(e, at, all, total, out);
    mem_free(pool_env(pool), all);
    return fine;
}

/* --- Distinct: equal items get equal keys, which are put in order */

struct keyed {
    struct value key;
    uint32_t index;
};

static struct value key_of(struct pool *pool, struct value item)
{
    struct buf key;
    if (item.type != TYPE_PHONE || !value_is_set(item))
        return item;
    buf_init(&key, pool_env(pool));
    phone_key(value_text(pool, item), &key);
    item.id = pool_text(pool, buf_str(&key));
    buf_release(&key);
    return item;
}

static int compare_keyed(const void *left, const void *right)
{
    const struct keyed *a = left, *b = right;
    int order = memcmp(&a->key, &b->key, sizeof a->key);
    return order ? order : a->index < b->index ? -1 : a->index > b->index;
}

/* The first of equal items stays. */
RUN(distinct)
{
    struct pool *pool = e->run->pool;
    uint32_t n, kept = 0;
    const struct value *items = items_of(pool, args[0], &n);
    struct keyed *keyed = mem_zalloc(pool_env(pool), (n + 1) * sizeof *keyed);
    struct value *left = mem_alloc(pool_env(pool), (n + 1) * sizeof *left);
    bool *again = mem_zalloc(pool_env(pool), n + 1);
    (void) count;
    for (uint32_t i = 0; i < n; i++)
        keyed[i] = (struct keyed){ key_of(pool, items[i]), i };
    qsort(keyed, n, sizeof *keyed, compare_keyed);
    for (uint32_t i = 1; i < n; i++)
        again[keyed[i].index] = value_same(keyed[i - 1].key, keyed[i].key);
    for (uint32_t i = 0; i < n; i++) {
        if (!again[i])
            left[kept++] = items[i];
    }
    bool fine = put_list(e, at, left, kept, out);
    mem_free(pool_env(pool), keyed);
    mem_free(pool_env(pool), left);
    mem_free(pool_env(pool), again);
    return fine;
}

/* --- Sort: what is NOT_SET comes first */

static int compare_items(const void *left, const void *right, void *context)
{
    const struct value *a = left, *b = right;
    const struct pool *pool = context;
    bool money = a->type == TYPE_CURRENCY;
    bool has_a = value_is_set(*a) && (!money || currency_amount(pool, *a).len > 0);
    bool has_b = value_is_set(*b) && (!money || currency_amount(pool, *b).len > 0);
    if (!has_a || !has_b)
        return (int) has_a - has_b;
    return a->type == TYPE_STRING ? compare_texts(value_text(pool, *a), value_text(pool, *b))
                                  : compare_values(pool, *a, *b);
}

bool one_currency(struct eval *e, const struct expr *at, const struct value *items, uint32_t count)
{
    const struct pool *pool = e->run->pool;
    struct str code = STR("");
    for (uint32_t i = 0; i < count; i++) {
        struct str its = currency_code(pool, items[i]);
        if (items[i].type != TYPE_CURRENCY || its.len == 0)
            continue;
        if (code.len > 0 && !str_eq(code, its))
            return eval_fail(e, at, DIAG_EXPR_CURRENCY, STR_NONE);
        code = its;
    }
    return true;
}

RUN(sort)
{
    struct pool *pool = e->run->pool;
    uint32_t n;
    const struct value *items = items_of(pool, args[0], &n);
    bool down = count > 1 && args[1].number;
    if (!one_currency(e, at->args[0], items, n))
        return false;
    struct value *sorted = mem_alloc(pool_env(pool), (n + 1) * sizeof *sorted);
    if (n)
        memcpy(sorted, items, n * sizeof *sorted);
    qsort_r(sorted, n, sizeof *sorted, compare_items, pool);
    for (uint32_t i = 0; down && i < n / 2; i++) {
        struct value item = sorted[i];
        sorted[i] = sorted[n - 1 - i];
        sorted[n - 1 - i] = item;
    }
    bool fine = put_list(e, at, sorted, n, out);
    mem_free(pool_env(pool), sorted);
    return fine;
}
