/* Fields as text: what flow_set would take, and what people read. */
#include "engine/doc/write.h"
#include "engine/flow/edit_flow.h"
#include "engine/flow/field_text.h"

/* A task, menu, state or choice by its name; by its refId where the name is that of two. */
static void add_target(const struct flow *flow, node_id owner, const struct field *field,
                       struct str ref, struct buf *out)
{
    bool choice = field->kind == FIELD_MENU_CHOICE;
    node_id target = choice ? flow_default_choice(flow, owner) : flow_ref_target(flow, ref);
    if (!target) {
        buf_add(out, ref);
        return;
    }
    struct str name = flow_name(flow, target);
    node_id id = doc_member(flow->doc, target, ATOM_refId);
    bool twice = false;
    node_id at = choice ? flow_choice_first(flow, owner) : flow_container_next(flow, 0);
    for (; at; at = choice ? flow_action_next(flow, at) : flow_container_next(flow, at))
        twice |= at != target && flow_role(flow, at) == flow_role(flow, target) &&
                 str_eq(flow_name(flow, at), name);
    buf_add(out, twice && id ? doc_text(flow->doc, id) : name);
}

/* {"alternateSequences": ...}: text for each language. */
static void add_languages(const struct flow *flow, node_id node, struct buf *out)
{
    buf_add_text(out, "{\"alternateSequences\":");
    doc_write_compact(flow->doc, node, out);
    buf_add_char(out, '}');
}

static void add_literal(const struct flow *flow, const struct field *field, enum value_type type,
                        struct form_value value, struct buf *out)
{
    int64_t ms;
    enum node_kind kind = doc_value_kind(flow->doc, value.node);
    bool literal = value.form == FORM_LITERAL || value.form == FORM_BARE || value.form == FORM_TTS;
    bool is_value = field->kind == FIELD_VALUE || field->kind == FIELD_AUDIO;
    if (type == TYPE_DURATION && flow_duration(flow, value.node, &ms))
        duration_show(ms, out);
    else if (type == TYPE_JSON ||
             (value.text.len == 0 && value.node && doc_is_container(flow->doc, value.node)))
        doc_write_compact(flow->doc, value.node, out);
    else if (literal && is_value && needs_quotes(field, type, kind, value.text))
        json_add_text(out, value.text, false);
    else
        buf_add(out, value.text);
}

void flow_get(const struct flow *flow, node_id owner, const struct field *field, struct buf *out)
{
    struct form_value value = field->path[0] ? flow_value(flow, owner, field)
                                             : flow_value_of(flow, owner);
    const struct action_info *info = flow_action(flow, owner);
    bool list;
    if (info && str_is(str_of(info->key), "setPostFlow") &&
        str_is(str_of(field->path), "targetFlow")) {
        struct post_flow_fields post;
        flow_post_flow(flow, owner, &post);
        value = post.flow;
    }
    if (value.form == FORM_ABSENT || value.form == FORM_NO_VALUE || value.form == FORM_WRONG)
        return;
    if (value.form == FORM_EXPRESSION) {
        buf_add_char(out, '=');
        buf_add(out, value.text);
    } else if (field_is_ref(field)) {
        add_target(flow, owner, field, value.text, out);
    } else if (value.form == FORM_LANGUAGES) {
        add_languages(flow, value.node, out);
    } else {
        add_literal(flow, field, flow_field_type(flow, owner, field, &list), value, out);
    }
}

void flow_show(const struct flow *flow, node_id owner, const struct field *field, struct buf *out)
{
    if (field->kind == FIELD_ROWS || field->kind == FIELD_INPUTS || field->kind == FIELD_RESULTS) {
        unsigned rows = flow_row_count(flow, owner, field);
        buf_addf(out, "%u row%s", rows, rows == 1 ? "" : "s");
        return;
    }
    size_t before = out->len;
    flow_get(flow, owner, field, out);
    if (out->len == before)
        buf_add_text(out, "(none)");
}
