#include "engine/expr/json_shape.h"

#include "engine/expr/ast.h"

/* --- what an expression makes --- */

static struct json_shape of_kind(enum json_kind kind)
{
    return (struct json_shape){ .kind = kind };
}

const struct json_shape *json_shape_member(const struct json_shape *shape, struct str key)
{
    for (const struct json_member *at = shape->members; at; at = at->next) {
        if (str_eq(at->key, key))
            return &at->shape;
    }
    return NULL;
}

/* The last one of a name counts, as when it is made. */
static void add_member(struct arena *arena, struct json_shape *object, struct str key,
                       struct json_shape shape)
{
    struct json_member *member = arena_zalloc(arena, sizeof *member);
    *member = (struct json_member){ key, shape, object->members };
    object->members = member;
}

static struct json_shape shape_of_value(struct arena *arena, const struct pool *pool,
                                        struct value value, unsigned depth)
{
    static const enum json_kind kinds[] = { JSON_NOTHING, JSON_BOOLEAN, JSON_NUMBER,
                                            JSON_TEXT,    JSON_LIST,    JSON_OBJECT };
    if (!value_is_set(value))
        return of_kind(JSON_NOTHING);
    if (value.type != TYPE_JSON || value.flags & VALUE_LIST)
        return of_kind(value.flags & VALUE_LIST ? JSON_LIST : JSON_UNKNOWN);
    struct json_shape shape = of_kind(kinds[value.json]);
    uint32_t count;
    if (shape.kind == JSON_TEXT) {
        shape.literal = true;
        shape.text = value_text(pool, value);
    }
    if (shape.kind != JSON_OBJECT)
        return shape;
    const struct pool_member *members = pool_get_object(pool, value.id, &count);
    shape.open = count > JSON_SHAPE_MEMBERS;
    for (uint32_t i = 0; i < count && i < JSON_SHAPE_MEMBERS; i++) {
        struct json_shape inside = depth < JSON_SHAPE_DEPTH
                                       ? shape_of_value(arena, pool, members[i].value, depth + 1)
                                       : of_kind(JSON_UNKNOWN);
        add_member(arena, &shape, pool_get_text(pool, members[i].key), inside);
    }
    return shape;
}

struct json_shape json_shape_of_value(struct arena *arena, const struct pool *pool,
                                      struct value value)
{
    return shape_of_value(arena, pool, value, 0);
}

struct maker {
    struct arena *arena;
    struct pool *pool;
    unsigned depth;
};

static struct json_shape make_shape(struct maker *maker, const struct expr *expr);

/* A value of this type, made JSON. */
static struct json_shape of_type(struct expr_type type)
{
    if (type.list)
        return of_kind(JSON_LIST);
    switch ((enum value_type) type.type) {
    case TYPE_BOOLEAN:
        return of_kind(JSON_BOOLEAN);
    case TYPE_INTEGER:
    case TYPE_DECIMAL:
        return of_kind(JSON_NUMBER);
    case TYPE_NONE:
    case TYPE_JSON:
    case TYPE_OBJECT:
        return of_kind(JSON_UNKNOWN);
    default:
        return of_kind(JSON_TEXT);
    }
}

static bool is_text(const struct maker *maker, const struct expr *expr, struct str *text)
{
    bool literal = expr->op == OP_LITERAL && expr->type.type == TYPE_STRING && !expr->type.list;
    *text = literal ? value_text(maker->pool, expr->literal) : STR_NONE;
    return literal;
}

static void make_member(struct maker *maker, struct json_shape *object, const struct expr *key,
                        const struct expr *value)
{
    struct str name;
    if (is_text(maker, key, &name))
        add_member(maker->arena, object, name, make_shape(maker, value));
    else
        object->open = true;
}

/* MakeJsonObject(key, value, ...) */
static struct json_shape make_object(struct maker *maker, const struct expr *call)
{
    struct json_shape object = of_kind(JSON_OBJECT);
    object.open = call->argc > 2 * JSON_SHAPE_MEMBERS;
    for (unsigned i = 0; i + 1 < call->argc && !object.open; i += 2)
        make_member(maker, &object, call->args[i], call->args[i + 1]);
    return object;
}

/* SetJsonObjectProperty(object, key, value) fails for anything but an object. */
static struct json_shape make_changed(struct maker *maker, const struct expr *call)
{
    struct json_shape object = make_shape(maker, call->args[0]);
    if (object.kind != JSON_OBJECT)
        object = (struct json_shape){ .kind = JSON_OBJECT, .open = true };
    make_member(maker, &object, call->args[1], call->args[2]);
    return object;
}

static struct json_shape make_parsed(struct maker *maker, const struct expr *call)
{
    struct str text;
    struct value value;
    struct diags ignored;
    struct json_shape shape = of_kind(JSON_UNKNOWN);
    if (!is_text(maker, call->args[0], &text))
        return shape;
    diags_init(&ignored, pool_env(maker->pool));
    if (value_json_parse(maker->pool, text, &value, &ignored))
        shape = json_shape_of_value(maker->arena, maker->pool, value);
    diags_release(&ignored);
    return shape;
}

static struct json_shape make_call(struct maker *maker, const struct expr *call)
{
    if (str_eq_nocase(call->name, STR("MakeJsonObject")))
        return make_object(maker, call);
    if (str_eq_nocase(call->name, STR("SetJsonObjectProperty")) && call->argc == 3)
        return make_changed(maker, call);
    if (str_eq_nocase(call->name, STR("JsonParse")) && call->argc == 1)
        return make_parsed(maker, call);
    if (str_eq_nocase(call->name, STR("ToJson")) && call->argc == 1)
        return make_shape(maker, call->args[0]);
    return of_type(call->type);
}

static struct json_shape make_shape(struct maker *maker, const struct expr *expr)
{
    struct json_shape shape = of_type(expr->type);
    if (maker->depth == JSON_SHAPE_DEPTH)
        return shape;
    maker->depth++;
    if (expr->op == OP_NOT_SET) {
        shape = of_kind(JSON_NOTHING);
    } else if (expr->op == OP_LITERAL && expr->type.type == TYPE_JSON) {
        shape = json_shape_of_value(maker->arena, maker->pool, expr->literal);
    } else if (is_text(maker, expr, &shape.text)) {
        shape.literal = true;
    } else if (expr->op == OP_CALL) {
        shape = make_call(maker, expr);
    }
    maker->depth--;
    return shape;
}

struct json_shape json_shape_of(struct arena *arena, struct pool *pool, const struct expr *expr)
{
    struct maker maker = { arena, pool, 0 };
    return make_shape(&maker, expr);
}

bool json_shape_of_text(struct arena *arena, struct pool *pool, struct str text,
                        struct json_shape *out)
{
    struct parser parser = { .arena = arena, .pool = pool, .text = text };
    struct expr *node = expr_parse(&parser);
    if (node)
        *out = json_shape_of(arena, pool, node);
    return node != NULL;
}

/* --- what an expression reads --- */

struct reading {
    struct str variable;
    void (*found)(void *context, const struct json_read *read);
    void *context;
};

static bool is_call(const struct expr *node, const char *name, unsigned argc)
{
    return node->op == OP_CALL && node->argc == argc && str_eq_nocase(node->name, str_of(name));
}

static bool is_text_literal(const struct expr *node)
{
    return node->op == OP_LITERAL && node->type.type == TYPE_STRING;
}

/* The part that a node takes out of its first argument; false: it takes none by a known name. */
static bool step_of(const struct expr *node, struct str *name)
{
    if (node->op == OP_PROPERTY) {
        *name = node->name;
        return true;
    }
    bool by_text = (node->op == OP_INDEX || is_call(node, "GetJsonObjectProperty", 2)) &&
                   is_text_literal(node->args[1]);
    if (by_text)
        *name = node->args[1]->name;
    return by_text;
}

/* Whether the node is a part of the variable, and which. The parser limits the depth. */
static bool find_part(const struct reading *reading, const struct expr *node, struct json_read *out)
{
    struct str name;
    if (node->op == OP_VARIABLE) {
        *out = (struct json_read){ .at = node->at, .len = (uint32_t) node->name.len };
        return str_eq_nocase(node->name, reading->variable);
    }
    if (!step_of(node, &name) || !find_part(reading, node->args[0], out))
        return false;
    if (out->count < JSON_READ_STEPS)
        out->steps[out->count++] = name;
    else
        out->wanted = JSON_OBJECT;
    return true;
}

static enum json_kind wanted_by(const struct expr *parent)
{
    static const struct {
        const char *function;
        enum json_kind kind;
    } functions[] = { { "ToInt", JSON_NUMBER },
                      { "ToDecimal", JSON_NUMBER },
                      { "ToBool", JSON_BOOLEAN },
                      { "ToJsonCollection", JSON_LIST },
                      { "ReplaceJsonArrayItem", JSON_LIST },
                      { "GetJsonObjectPropertyNames", JSON_OBJECT },
                      { "GetJsonObjectProperty", JSON_OBJECT },
                      { "SetJsonObjectProperty", JSON_OBJECT } };
    if (parent->op == OP_INDEX) /* by a text it would be a part */
        return JSON_LIST;
    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++) {
        if (parent->op == OP_CALL && str_eq_nocase(parent->name, str_of(functions[i].function)))
            return functions[i].kind;
    }
    return JSON_UNKNOWN;
}

/* It says only whether there is something. */
static bool asks(const struct expr *parent)
{
    bool compares = is_call(parent, "==", 2) || is_call(parent, "!=", 2);
    return is_call(parent, "IsSet", 1) || is_call(parent, "IsNotSetOrEmpty", 1) ||
           is_call(parent, "IsJsonObject", 1) || is_call(parent, "IsJsonArray", 1) ||
           (compares && (parent->args[0]->op == OP_NOT_SET || parent->args[1]->op == OP_NOT_SET));
}

static void read_part(const struct reading *reading, const struct expr *parent, unsigned argument,
                      struct json_read *read)
{
    if (parent && argument == 0 && read->wanted == JSON_UNKNOWN)
        read->wanted = wanted_by(parent);
    read->asked = parent && asks(parent);
    bool contains = parent && argument == 0 && is_call(parent, "ContainsJsonObjectProperty", 2);
    if (contains && is_text_literal(parent->args[1]) && read->count < JSON_READ_STEPS) {
        read->steps[read->count++] = parent->args[1]->name;
        read->asked = true;
    }
    reading->found(reading->context, read);
}

static void read_node(const struct reading *reading, const struct expr *node,
                      const struct expr *parent, unsigned argument)
{
    struct json_read read;
    if (find_part(reading, node, &read)) {
        read_part(reading, parent, argument, &read);
        return;
    }
    for (unsigned i = 0; i < node->argc; i++)
        read_node(reading, node->args[i], node, i);
}

bool expr_json_reads(struct env *env, struct str text, struct str variable,
                     void (*found)(void *context, const struct json_read *read), void *context)
{
    struct arena arena;
    struct reading reading = { variable, found, context };
    arena_init(&arena, env);
    struct parser parser = { .arena = &arena, .text = text };
    struct expr *node = expr_parse(&parser);
    if (node)
        read_node(&reading, node, NULL, 0);
    arena_release(&arena);
    return node != NULL;
}
