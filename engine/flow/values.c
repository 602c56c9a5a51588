/* Values as they are written: lit, exp, var, noValue, tts, prompt, or bare (archy.md section 3). */
#include "engine/flow/flow.h"

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
              { ATOM_alternateSequences, FORM_LANGUAGES } };

struct form_value flow_value_of(const struct flow *flow, node_id node)
{
    const struct doc *doc = flow->doc;
    if (!node)
        return (struct form_value){ .form = FORM_ABSENT };
    if (doc_kind(doc, node) == NODE_NULL)
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
    return flow_value_of(flow, node);
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
    if (doc_kind(doc, node) == NODE_TEXT)
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
    struct value items[256];
    uint32_t count = 0;
    if (doc_kind(flow->doc, node) != NODE_LIST)
        return false;
    for (node_id at = doc_first(flow->doc, node); at; at = doc_next(flow->doc, at)) {
        struct form_value value = flow_value_of(flow, at);
        if (count == 256 || !flow_literal(flow, value.node, type, false, pool, &items[count++]))
            return false;
    }
    *out = value_list(pool, type, items, count);
    return true;
}

bool flow_literal(const struct flow *flow, node_id node, enum value_type type, bool list,
                  struct pool *pool, struct value *out)
{
    const struct doc *doc = flow->doc;
    enum node_kind kind = doc_kind(doc, node);
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
