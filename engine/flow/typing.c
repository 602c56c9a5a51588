#include "engine/flow/typing.h"

#include "engine/flow/containers.h"
#include "engine/flow/tags.h"

static const struct field *fields_of(const struct flow *flow, node_id owner)
{
    enum role role = flow_role(flow, owner);
    const struct action_info *info = flow_action(flow, owner);
    if (role == ROLE_FLOW)
        return flow_type_info(flow->type)->settings;
    return info ? info->fields : container_fields(role);
}

/* The item of the list that the node is in. */
static node_id item_around(const struct doc *doc, node_id list, node_id node)
{
    while (node && doc_parent(doc, node) != list)
        node = doc_parent(doc, node);
    return node;
}

/* The field that `node` is the value of, below *holder or, in a row of a list there, below that. */
static const struct field *find_field(const struct flow *flow, const struct field *fields,
                                      node_id *holder, node_id node)
{
    const struct field *field = fields;
    while (field && field->path) {
        node_id at = flow_field_node(flow, *holder, field->path);
        if (at && at == node)
            return field;
        if (!at || field->kind != FIELD_ROWS || !doc_is_inside(flow->doc, node, at)) {
            field++;
            continue;
        }
        node_id item = item_around(flow->doc, at, node);
        bool wrapped = field->row_key || field->flags & FIELD_ROW_TYPED;
        node_id body = wrapped ? item_body(flow->doc, item) : item;
        if (!field->rows)
            return body == node ? field : NULL;
        *holder = body;
        field = body ? field->rows : NULL;
    }
    return NULL;
}

static bool is_text_type(enum value_type type)
{
    switch (type) {
    case TYPE_NONE:
    case TYPE_BOOLEAN:
    case TYPE_INTEGER:
    case TYPE_DECIMAL:
    case TYPE_DURATION:
    case TYPE_JSON:
    case TYPE_OBJECT:
        return false;
    default:
        return true;
    }
}

/* Whether the field has texts for literals. */
static bool is_text_field(const struct flow *flow, const struct field *field, node_id holder)
{
    bool list;
    switch (field->kind) {
    case FIELD_FLAG:
    case FIELD_NUMBER:
    case FIELD_VARIANT:
    case FIELD_INPUTS:
    case FIELD_RESULTS:
        return false;
    case FIELD_VALUE:
    case FIELD_ROWS:
        return is_text_type(flow_field_type(flow, holder, field, &list));
    default:
        return true;
    }
}

/* Keys whose scalars are texts wherever they stand in a flow. */
static bool is_text_key(atom_id key)
{
    static const atom_id keys[] = {
        ATOM_exp,      ATOM_var,   ATOM_tts,        ATOM_prompt,
        ATOM_name,     ATOM_refId, ATOM_variable,   ATOM_description,
        ATOM_division, ATOM_dtmf,  ATOM_startUpRef, ATOM_defaultLanguage
    };
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (keys[i] == key)
            return true;
    return false;
}

static bool is_text(const struct flow *flow, node_id scalar)
{
    node_id owner = 0, literal = 0;
    for (node_id at = scalar; at && !owner; at = doc_parent(flow->doc, at)) {
        enum role role = flow_role(flow, at);
        if (at != scalar && role != ROLE_NONE && role != ROLE_LIST)
            owner = at;
        else if (doc_node(flow->doc, at)->key == ATOM_lit)
            literal = at; /* the outermost: what is inside of JSON is no form */
    }
    if (!owner)
        return false;
    if (!literal && is_text_key(doc_node(flow->doc, scalar)->key))
        return true;
    node_id value = literal ? doc_parent(flow->doc, literal) : scalar;
    const struct field *field = find_field(flow, fields_of(flow, owner), &owner, value);
    return field && is_text_field(flow, field, owner);
}

enum node_kind typing_kind(const struct doc *doc, node_id plain)
{
    enum node_kind kind = doc_core_kind(doc, plain);
    struct flow flow = { .body = item_body(doc, 1) };
    if (kind == NODE_TEXT || !doc_text(doc, plain).len || !flow.body)
        return kind;
    flow.doc = (struct doc *) (uintptr_t) doc; /* it is only looked at */
    flow.type = flow_type_of_key(doc_key(doc, flow.body));
    return is_text(&flow, plain) ? NODE_TEXT : kind;
}
