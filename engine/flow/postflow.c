/* Set Post-Flow and the other actions that name flows. */
#include <string.h>
#include "engine/flow/flow.h"

static struct form_value member_value(const struct flow *flow, node_id action, atom_id key)
{
    return flow_value_of(flow, doc_member(flow->doc, action, key));
}

static enum flow_type type_of_word(struct str word)
{
    return str_is(word, "inboundCallFlow")   ? FLOW_INBOUND_CALL
           : str_is(word, "voiceSurveyFlow") ? FLOW_VOICE_SURVEY
                                             : FLOW_OTHER;
}

void flow_post_flow(const struct flow *flow, node_id action, struct post_flow_fields *out)
{
    static const struct field spellings[] = {
        { .path = "targetFlow", .kind = FIELD_FLOW },
        { .path = "inboundCallFlow", .kind = FIELD_FLOW },
        { .path = "voiceSurveyFlow", .kind = FIELD_FLOW },
    };
    *out = (struct post_flow_fields){ .flow = { .form = FORM_ABSENT } };
    if (doc_kind(flow->doc, action) != NODE_OBJECT)
        return;
    out->target = member_value(flow, action, ATOM_target);
    out->action_type = member_value(flow, action, ATOM_actionType);
    out->data = member_value(flow, action, ATOM_invocationData);
    for (size_t i = 0; i < sizeof spellings / sizeof *spellings; i++) {
        out->flow = flow_value(flow, action, &spellings[i]);
        if (out->flow.form == FORM_ABSENT)
            continue;
        if (out->action_type.form == FORM_ABSENT && i == 2)
            out->flow_type = FLOW_VOICE_SURVEY;
        break;
    }
    if (out->action_type.form == FORM_LITERAL || out->action_type.form == FORM_BARE)
        out->flow_type = type_of_word(out->action_type.text);
    else if (out->action_type.form == FORM_ABSENT && out->flow_type == FLOW_OTHER)
        out->flow_type = FLOW_INBOUND_CALL;
}

/* The only type in a mask; FLOW_OTHER when there are several. */
static enum flow_type single_type(unsigned mask)
{
    for (int type = 1; type < FLOW_TYPE_COUNT; type++) {
        if (mask == 1u << type)
            return (enum flow_type) type;
    }
    return FLOW_OTHER;
}

bool flow_target(const struct flow *flow, node_id action, enum flow_type *type, struct str *name)
{
    const struct action_info *info = flow_action(flow, action);
    if (!info)
        return false;
    if (!strcmp(info->key, "setPostFlow")) {
        struct post_flow_fields post;
        flow_post_flow(flow, action, &post);
        *type = post.flow_type;
        *name = post.flow.text;
        return post.flow.text.len > 0 && post.flow_type != FLOW_OTHER;
    }
    for (const struct field *field = info->fields; field->path; field++) {
        bool module = field->kind == FIELD_KEY && !strcmp(field->path, "commonModule");
        if (field->kind != FIELD_FLOW && !module)
            continue;
        struct form_value value = flow_value(flow, action, field);
        *type = module ? FLOW_COMMON_MODULE : single_type(field->flow_types);
        *name = value.text;
        if (value.text.len > 0 && *type != FLOW_OTHER)
            return true;
    }
    return false;
}

static node_id item_of(const struct flow *flow, node_id item)
{
    for (; item; item = doc_next(flow->doc, item)) {
        node_id body = doc_kind(flow->doc, item) == NODE_OBJECT ? doc_first(flow->doc, item) : 0;
        if (body && flow_role(flow, body) == ROLE_VARIABLE)
            return body;
    }
    return 0;
}

node_id flow_variable_next(const struct flow *flow, node_id owner, node_id variable)
{
    const struct doc *doc = flow->doc;
    node_id lists[] = { doc_member(doc, owner, ATOM_variables),
                        doc_member(doc, owner, ATOM_startUpTaskVariables) };
    size_t i = 0;
    if (variable) {
        node_id item = doc_parent(doc, variable);
        node_id next = item_of(flow, doc_next(doc, item));
        if (next)
            return next;
        i = doc_parent(doc, item) == lists[0] ? 1 : 2;
    }
    for (; i < 2; i++) {
        node_id next = lists[i] && doc_kind(doc, lists[i]) == NODE_LIST
                           ? item_of(flow, doc_first(doc, lists[i]))
                           : 0;
        if (next)
            return next;
    }
    return 0;
}

static bool is_true(const struct flow *flow, node_id owner, atom_id key)
{
    node_id node = doc_member(flow->doc, owner, key);
    return node && str_is(doc_text(flow->doc, node), "true");
}

bool flow_variable(const struct flow *flow, node_id variable, struct variable_info *out)
{
    const struct doc *doc = flow->doc;
    struct str key = doc_key(doc, variable);
    struct str ending = STR("Variable");
    node_id name = doc_member(doc, variable, ATOM_name);
    *out = (struct variable_info){ 0 };
    if (!name || !str_ends(key, ending) ||
        !value_type_find(str_slice(key, 0, key.len - ending.len), &out->type, &out->list))
        return false;
    out->full_name = doc_text(doc, name);
    out->input = is_true(flow, variable, ATOM_isInput);
    out->output = is_true(flow, variable, ATOM_isOutput);
    out->secure = is_true(flow, variable, ATOM_isSecure);
    out->initial = doc_member(doc, variable, ATOM_initialValue);
    return out->full_name.len > 0;
}
