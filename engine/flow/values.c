/* Values as they are written: lit, exp, var, noValue, tts, prompt, or bare (archy.md section 3). */
#include "engine/flow/flow.h"

#include "engine/base/mem.h"
#include "engine/doc/write.h"
#include "engine/expr/value.h"
#include "engine/flow/tags.h"

node_id flow_field_node(const struct flow *flow, node_id owner, const char *path)
{
    const struct doc *doc = flow->doc;
    struct str rest = str_of(path);
    node_id at = owner;
    while (at && rest.len > 0) {
        ptrdiff_t slash = str_find_char(rest, '/');
        struct str step = slash < 0 ? rest : str_slice(rest, 0, (size_t) slash);
        rest = slash < 0 ? STR_NONE : str_slice(rest, (size_t) slash + 1, rest.len);
        if (doc_kind(doc, at) != NODE_OBJECT)
            return 0;
        at = str_is(step, "*") ? doc_first(doc, at) : doc_member_named(doc, at, step);
    }
    return at;
}

/* The text of what stands under lit: a scalar, or the name of a named object. */
static struct form_value literal(const struct flow *flow, enum form form, node_id node)
{
    struct form_value value = { .form = form, .node = node };
    if (!doc_is_container(flow->doc, node)) {
        value.text = doc_text(flow->doc, node);
        return value;
    }
    node_id name = doc_member(flow->doc, node, ATOM_name);
    if (name)
        value.text = doc_text(flow->doc, name);
    return value;
}

static const struct {
    atom_id key;
    enum form form;
} forms[] = { { ATOM_lit, FORM_LITERAL },       { ATOM_exp, FORM_EXPRESSION },
              { ATOM_noValue, FORM_NO_VALUE },  { ATOM_var, FORM_VARIABLE },
              { ATOM_tts, FORM_TTS },           { ATOM_prompt, FORM_PROMPT },
              { ATOM_alternateSequences, FORM_LANGUAGES },
              { ATOM_none, FORM_NO_VALUE } };

struct form_value flow_value_of(const struct flow *flow, node_id node)
{
    const struct doc *doc = flow->doc;
    if (!node)
        return (struct form_value){ .form = FORM_ABSENT };
    if (doc_is_null(doc, node))
        return (struct form_value){ .form = FORM_NO_VALUE, .node = node };
    if (doc_kind(doc, node) != NODE_OBJECT)
        return literal(flow, FORM_BARE, node);
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        node_id inner = doc_member(doc, node, forms[i].key);
        if (inner)
            return literal(flow, forms[i].form, inner);
    }
    /* {name: X} without lit: hand-written named objects. */
    if (doc_member(doc, node, ATOM_name))
        return literal(flow, FORM_BARE, node);
    return (struct form_value){ .form = doc_first(doc, node) ? FORM_WRONG : FORM_ABSENT,
                                .node = node };
}

/* A flow by name: {name: X}, bare text, or {X: {...}} (archy.md section 5). */
static struct form_value flow_named(const struct flow *flow, node_id node)
{
    struct form_value value = flow_value_of(flow, node);
    if (value.form != FORM_WRONG)
        return value;
    node_id member = doc_first(flow->doc, node);
    return (struct form_value){ FORM_BARE, member, doc_key(flow->doc, member) };
}

struct form_value flow_value(const struct flow *flow, node_id owner, const struct field *field)
{
    const struct doc *doc = flow->doc;
    node_id node = flow_field_node(flow, owner, field->path);
    if (!node)
        return (struct form_value){ .form = FORM_ABSENT };
    if (field->kind == FIELD_KEY || field->kind == FIELD_VARIANT) {
        node_id member = doc_kind(doc, node) == NODE_OBJECT ? doc_first(doc, node) : 0;
        if (!member)
            return (struct form_value){ .form = FORM_ABSENT };
        return (struct form_value){ FORM_BARE, member, doc_key(doc, member) };
    }
    return field->kind == FIELD_FLOW ? flow_named(flow, node) : flow_value_of(flow, node);
}

/* The type that a key names: "integer", "stringCollection", "booleanVariable". */
static enum value_type type_of_key(struct str key, bool *list)
{
    struct str ending = STR("Variable");
    enum value_type type;
    if (str_ends(key, ending))
        key = str_slice(key, 0, key.len - ending.len);
    if (value_type_find(key, &type, list))
        return type;
    *list = false;
    return TYPE_NONE;
}

enum value_type flow_key_type(const struct flow *flow, node_id node, bool *list)
{
    return type_of_key(doc_key(flow->doc, node), list);
}

/* A case is true or false, or of the type that its switch compares. */
static enum value_type case_type(const struct flow *flow, node_id output, bool *list)
{
    node_id body = output;
    while (body && place_of(flow, body) != PLACE_SWITCH)
        body = doc_parent(flow->doc, body);
    node_id around = body ? doc_parent(flow->doc, body) : 0;
    if (around && place_of(flow, around) == PLACE_MATCH)
        return type_of_key(doc_key(flow->doc, body), list);
    return body ? TYPE_BOOLEAN : TYPE_NONE;
}

enum value_type flow_field_type(const struct flow *flow, node_id owner, const struct field *field,
                                bool *list)
{
    const struct doc *doc = flow->doc;
    struct str path = str_of(field->path);
    *list = field->flags & FIELD_COLLECTION;
    if (field->type != TYPE_NONE)
        return field->type;
    if (flow_role(flow, owner) == ROLE_OUTPUT)
        return case_type(flow, owner, list);
    if (str_is(path, "evaluate/firstMatch/*/value")) {
        node_id body = flow_field_node(flow, owner, "evaluate/firstMatch/*");
        return body ? type_of_key(doc_key(doc, body), list) : TYPE_NONE;
    }
    if (str_is(path, "value") || str_is(path, "initialValue"))
        return type_of_key(doc_key(doc, owner), list);
    return TYPE_NONE;
}

bool flow_is_number(struct str text)
{
    size_t i = text.len > 0 && text.ptr[0] == '-', digits = i;
    while (i < text.len && text.ptr[i] >= '0' && text.ptr[i] <= '9')
        i++;
    if (i == digits || (text.ptr[digits] == '0' && i > digits + 1))
        return false;
    if (i == text.len)
        return true;
    if (text.ptr[i++] != '.' || i == text.len)
        return false;
    while (i < text.len && text.ptr[i] >= '0' && text.ptr[i] <= '9')
        i++;
    return i == text.len;
}

bool flow_duration(const struct flow *flow, node_id node, int64_t *ms)
{
    static const struct {
        const char *key;
        int64_t ms;
    } parts[] = { { "days", 86400000 }, { "hours", 3600000 }, { "minutes", 60000 },
                  { "seconds", 1000 },  { "ms", 1 } };
    const struct doc *doc = flow->doc;
    int64_t sum = 0;
    if (doc_is_text(doc, node))
        return duration_parse(doc_text(doc, node), ms);
    if (doc_kind(doc, node) != NODE_OBJECT)
        return false;
    for (node_id at = doc_first(doc, node); at; at = doc_next(doc, at)) {
        int64_t number, product;
        size_t i = 0;
        while (i < 5 && !str_is(doc_key(doc, at), parts[i].key))
            i++;
        if (i == 5 || !str_to_int(doc_text(doc, at), &number) ||
            __builtin_mul_overflow(number, parts[i].ms, &product) ||
            __builtin_add_overflow(sum, product, &sum))
            return false;
    }
    *ms = sum;
    return true;
}

static bool json_literal(const struct flow *flow, node_id node, struct pool *pool,
                         struct value *out)
{
    struct buf text;
    struct diags ignored;
    buf_init(&text, flow->doc->env);
    diags_init(&ignored, flow->doc->env);
    doc_write_compact(flow->doc, node, &text);
    bool fine = value_json_parse(pool, buf_str(&text), out, &ignored);
    diags_release(&ignored);
    buf_release(&text);
    return fine;
}

static bool list_literal(const struct flow *flow, node_id node, enum value_type type,
                         struct pool *pool, struct value *out)
{
    struct env *env = flow->doc->env;
    struct value *items = NULL;
    size_t capacity = 0;
    uint32_t count = 0;
    bool fine = doc_kind(flow->doc, node) == NODE_LIST;
    for (node_id at = fine ? doc_first(flow->doc, node) : 0; at && fine;
         at = doc_next(flow->doc, at)) {
        node_id literal_node = flow_value_of(flow, at).node;
        items = mem_grow(env, items, &capacity, (size_t) count + 1, sizeof *items);
        fine = literal_node && flow_literal(flow, literal_node, type, false, pool, &items[count++]);
    }
    if (fine)
        *out = value_list(pool, type, items, count);
    mem_free(env, items);
    return fine;
}

bool flow_literal(const struct flow *flow, node_id node, enum value_type type, bool list,
                  struct pool *pool, struct value *out)
{
    const struct doc *doc = flow->doc;
    enum node_kind kind = doc_core_kind(doc, node);
    struct str text = literal(flow, FORM_LITERAL, node).text;
    int64_t number;
    if (list)
        return list_literal(flow, node, type, pool, out);
    switch (type) {
    case TYPE_JSON:
        return json_literal(flow, node, pool, out);
    case TYPE_BOOLEAN:
        *out = value_boolean(kind == NODE_TRUE || str_is(text, "true"));
        return kind == NODE_TRUE || kind == NODE_FALSE || str_is(text, "true") ||
               str_is(text, "false");
    case TYPE_INTEGER:
        if (!str_to_int(text, &number))
            return false;
        *out = value_integer(number);
        return true;
    case TYPE_DECIMAL:
        return value_decimal(pool, text, out);
    case TYPE_DURATION:
        if (!flow_duration(flow, node, &number))
            return false;
        *out = value_duration(number);
        return true;
    case TYPE_DATETIME:
        *out = (struct value){ .type = TYPE_DATETIME, .flags = VALUE_SET };
        return datetime_parse(text, &out->number);
    case TYPE_STRING:
        *out = value_string(pool, text);
        return !doc_is_container(doc, node);
    case TYPE_NONE:
        if (kind == NODE_TRUE || kind == NODE_FALSE)
            return flow_literal(flow, node, TYPE_BOOLEAN, false, pool, out);
        if (kind == NODE_NUMBER)
            return flow_literal(flow, node, str_to_int(text, &number) ? TYPE_INTEGER : TYPE_DECIMAL,
                                false, pool, out);
        *out = value_string(pool, text);
        return true;
    default:
        *out = value_named(pool, type, text);
        return text.len > 0;
    }
}
