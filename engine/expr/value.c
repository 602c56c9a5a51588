#include "engine/expr/value.h"

#include <string.h>
#include "engine/base/limits.h"
#include "engine/base/mem.h"
#include "engine/doc/border.h"
#include "engine/doc/write.h"
#include "engine/expr/decimal.h"

static const struct {
    const char *name, *stem;
} types[] = {
#define X(id, label, stem) { label, stem },
    VALUE_TYPES(X)
#undef X
};

const char *value_type_name(enum value_type type)
{
    return types[type].name;
}

bool value_type_find(struct str stem, enum value_type *type, bool *is_list)
{
    struct str ending = STR("Collection");
    *is_list = stem.len > ending.len && str_ends(stem, ending);
    if (*is_list)
        stem = str_slice(stem, 0, stem.len - ending.len);
    for (int i = 0; i < TYPE_COUNT; i++) {
        if (types[i].stem[0] && str_is(stem, types[i].stem)) {
            *type = (enum value_type) i;
            return true;
        }
    }
    return false;
}

struct value value_string(struct pool *pool, struct str text)
{
    return value_named(pool, TYPE_STRING, text);
}

struct value value_list(struct pool *pool, enum value_type type, const struct value *items,
                        uint32_t count)
{
    return (struct value){ .type = (uint8_t) type,
                           .flags = VALUE_SET | VALUE_LIST,
                           .id = pool_list(pool, items, count) };
}

struct value value_json_null(void)
{
    return (struct value){ .type = TYPE_JSON, .flags = VALUE_SET, .json = VALUE_JSON_NULL };
}

bool value_decimal(struct pool *pool, struct str text, struct value *out)
{
    char canonical[DECIMAL_TEXT];
    if (decimal_read(text, canonical) != DECIMAL_FINE)
        return false;
    *out = value_named(pool, TYPE_DECIMAL, str_of(canonical));
    return true;
}

/* Building a JSON value from the events of the reader. */
struct builder {
    struct pool *pool;
    struct pool_member *members; /* a stack of what is being collected */
    size_t count, capacity;
    size_t opens[260]; /* where each open list or object begins on the stack */
    bool objects[260];
    uint32_t keys[260];
    unsigned depth;
};

static void push(struct builder *b, struct str key, struct value value)
{
    b->members = mem_grow(pool_env(b->pool), b->members, &b->capacity, b->count + 1,
                          sizeof *b->members);
    b->members[b->count++] = (struct pool_member){ key.ptr ? pool_text(b->pool, key) : 0, value };
}

static bool add_scalar(void *context, struct str key, enum json_kind kind, struct str text)
{
    struct builder *b = context;
    struct value value = { .type = TYPE_JSON, .flags = VALUE_SET };
    char canonical[DECIMAL_TEXT];
    switch (kind) {
    case JSON_TRUE:
    case JSON_FALSE:
        value.json = VALUE_JSON_BOOLEAN;
        value.number = kind == JSON_TRUE;
        break;
    case JSON_NUMBER:
        value.json = VALUE_JSON_NUMBER;
        /* What no decimal holds is kept as it is written. */
        value.id = decimal_read(text, canonical) == DECIMAL_FINE
                       ? pool_text(b->pool, str_of(canonical))
                       : pool_text(b->pool, text);
        break;
    case JSON_TEXT:
        value.json = VALUE_JSON_TEXT;
        value.id = pool_text(b->pool, text);
        break;
    default:
        value.json = VALUE_JSON_NULL;
        break;
    }
    push(b, key, value);
    return true;
}

static bool open_value(void *context, struct str key, enum json_kind kind)
{
    struct builder *b = context;
    if (b->depth == sizeof b->opens / sizeof *b->opens)
        return false;
    b->opens[b->depth] = b->count;
    b->objects[b->depth] = kind == JSON_OBJECT;
    b->keys[b->depth++] = key.ptr ? pool_text(b->pool, key) : 0;
    return true;
}

static bool close_value(void *context)
{
    struct builder *b = context;
    size_t from = b->opens[--b->depth];
    uint32_t count = (uint32_t) (b->count - from);
    struct value value = { .type = TYPE_JSON, .flags = VALUE_SET };
    if (b->objects[b->depth]) {
        value.json = VALUE_JSON_OBJECT;
        value.id = pool_object(b->pool, b->members + from, count);
    } else {
        struct value *items = mem_alloc(pool_env(b->pool), (count + 1) * sizeof *items);
        for (uint32_t i = 0; i < count; i++)
            items[i] = b->members[from + i].value;
        value.json = VALUE_JSON_LIST;
        value.id = pool_list(b->pool, items, count);
        mem_free(pool_env(b->pool), items);
    }
    b->count = from;
    push(b, STR_NONE, value);
    b->members[b->count - 1].key = b->keys[b->depth];
    return true;
}

bool value_json_parse(struct pool *pool, struct str text, struct value *out, struct diags *diags)
{
    struct builder builder = { .pool = pool };
    struct json_sink sink = { &builder, add_scalar, open_value, close_value };
    struct limits limits = LIMITS_DEFAULT;
    bool fine = json_parse(pool_env(pool), &limits, text, &sink, diags) && builder.count == 1;
    if (fine)
        *out = builder.members[0].value;
    mem_free(pool_env(pool), builder.members);
    return fine;
}

static void add_json_object(const struct pool *pool, struct value v, struct buf *out)
{
    uint32_t count = 0;
    const struct pool_member *members = pool_get_object(pool, v.id, &count);
    buf_add_char(out, '{');
    for (uint32_t i = 0; i < count; i++) {
        if (i > 0)
            buf_add_char(out, ',');
        json_add_text(out, pool_get_text(pool, members[i].key), true);
        buf_add_char(out, ':');
        value_to_json(pool, members[i].value, out);
    }
    buf_add_char(out, '}');
}

static void add_json_list(const struct pool *pool, struct value v, struct buf *out)
{
    uint32_t count = 0;
    const struct value *items = pool_get_list(pool, v.id, &count);
    buf_add_char(out, '[');
    for (uint32_t i = 0; i < count; i++) {
        if (i > 0)
            buf_add_char(out, ',');
        value_to_json(pool, items[i], out);
    }
    buf_add_char(out, ']');
}

static void json_of_json(const struct pool *pool, struct value v, struct buf *out)
{
    switch ((enum value_json) v.json) {
    case VALUE_JSON_NULL:
        buf_add_text(out, "null");
        break;
    case VALUE_JSON_BOOLEAN:
        buf_add_text(out, v.number ? "true" : "false");
        break;
    case VALUE_JSON_NUMBER:
        buf_add(out, value_text(pool, v));
        break;
    case VALUE_JSON_TEXT:
        json_add_text(out, value_text(pool, v), true);
        break;
    case VALUE_JSON_LIST:
        add_json_list(pool, v, out);
        break;
    case VALUE_JSON_OBJECT:
        add_json_object(pool, v, out);
        break;
    }
}

/* Decimals always have a fraction where they are shown as such. */
static void add_decimal(const struct pool *pool, struct value v, struct buf *out)
{
    struct str text = value_text(pool, v);
    buf_add(out, text);
    if (str_find_char(text, '.') < 0)
        buf_add_text(out, ".0");
}

/* Two decimals of the amount; what is NOT_SET is left out. */
static void add_currency(const struct pool *pool, struct value v, struct buf *out)
{
    char fixed[DECIMAL_TEXT];
    struct str amount = currency_amount(pool, v);
    if (amount.len > 0 && decimal_fixed(amount, 2, fixed) == DECIMAL_FINE)
        buf_add_text(out, fixed);
    buf_add_char(out, '|');
    buf_add(out, currency_code(pool, v));
}

/* "2.25 USD", "NOT_SET USD", "2.25" */
static void show_currency(const struct pool *pool, struct value v, struct buf *out)
{
    char fixed[DECIMAL_TEXT];
    struct str amount = currency_amount(pool, v), code = currency_code(pool, v);
    bool set = amount.len > 0 && decimal_fixed(amount, 2, fixed) == DECIMAL_FINE;
    buf_add_text(out, set ? fixed : "NOT_SET");
    buf_addf(out, code.len > 0 ? " %.*s" : "%.*s", STR_ARG(code));
}

static void add_date(int64_t days, struct buf *out)
{
    struct buf text;
    buf_init(&text, out->env);
    datetime_show(days * 86400, &text);
    buf_add(out, str_slice(buf_str(&text), 0, 10));
    buf_release(&text);
}

void value_to_string(const struct pool *pool, struct value v, struct buf *out)
{
    uint32_t count = 0;
    if (!value_is_set(v))
        return;
    if (v.flags & VALUE_LIST) {
        const struct value *items = pool_get_list(pool, v.id, &count);
        for (uint32_t i = 0; i < count; i++) {
            if (i > 0)
                buf_add_char(out, '\n');
            value_to_string(pool, items[i], out);
        }
        return;
    }
    switch ((enum value_type) v.type) {
    case TYPE_BOOLEAN:
        buf_add_text(out, v.number ? "true" : "false");
        break;
    case TYPE_INTEGER:
        buf_add_int(out, v.number);
        break;
    case TYPE_DECIMAL:
        add_decimal(pool, v, out);
        break;
    case TYPE_DATETIME:
        datetime_show(v.number, out);
        break;
    case TYPE_DATE:
        add_date(v.number, out);
        break;
    case TYPE_TIME:
        buf_addf(out, "%02lld:%02lld:%02lld", (long long) (v.number / 3600),
                 (long long) (v.number / 60 % 60), (long long) (v.number % 60));
        break;
    case TYPE_DURATION:
        duration_show(v.number, out);
        break;
    case TYPE_CURRENCY:
        add_currency(pool, v, out);
        break;
    case TYPE_JSON:
        if (v.json == VALUE_JSON_TEXT)
            buf_add(out, value_text(pool, v));
        else
            json_of_json(pool, v, out);
        break;
    default:
        buf_add(out, value_text(pool, v));
        break;
    }
}

void value_to_json(const struct pool *pool, struct value v, struct buf *out)
{
    struct buf text;
    if (!value_is_set(v)) {
        buf_add_text(out, "null");
        return;
    }
    if (v.flags & VALUE_LIST) {
        add_json_list(pool, v, out);
        return;
    }
    if (v.type == TYPE_JSON) {
        json_of_json(pool, v, out);
        return;
    }
    if (v.type == TYPE_BOOLEAN || v.type == TYPE_INTEGER) {
        value_to_string(pool, v, out);
        return;
    }
    if (v.type == TYPE_DECIMAL) {
        buf_add(out, value_text(pool, v));
        return;
    }
    buf_init(&text, out->env);
    value_to_string(pool, v, &text);
    json_add_text(out, buf_str(&text), true);
    buf_release(&text);
}

void value_show(const struct pool *pool, struct value v, struct buf *out)
{
    uint32_t count = 0;
    if (!value_is_set(v)) {
        buf_add_text(out, "NOT_SET");
        return;
    }
    if (v.flags & VALUE_LIST) {
        const struct value *items = pool_get_list(pool, v.id, &count);
        buf_add_char(out, '[');
        for (uint32_t i = 0; i < count; i++) {
            if (i > 0)
                buf_add_text(out, ", ");
            value_show(pool, items[i], out);
        }
        buf_add_char(out, ']');
        return;
    }
    switch ((enum value_type) v.type) {
    case TYPE_BOOLEAN:
    case TYPE_INTEGER:
    case TYPE_DECIMAL:
    case TYPE_DATETIME:
    case TYPE_DATE:
    case TYPE_TIME:
    case TYPE_DURATION:
        value_to_string(pool, v, out);
        break;
    case TYPE_JSON:
        json_of_json(pool, v, out);
        break;
    case TYPE_CURRENCY:
        show_currency(pool, v, out);
        break;
    default:
        json_add_text(out, value_text(pool, v), false);
        break;
    }
}
