/* Setting and reading fields. */
#include <string.h>
#include "engine/doc/write.h"
#include "engine/flow/containers.h"
#include "engine/flow/edit_parts.h"
#include "engine/flow/field_text.h"

static struct str first_step(const char *path, struct str *rest)
{
    struct str text = str_of(path);
    ptrdiff_t slash = str_find_char(text, '/');
    *rest = slash < 0 ? STR_NONE : str_slice(text, (size_t) slash + 1, text.len);
    return slash < 0 ? text : str_slice(text, 0, (size_t) slash);
}

static struct str next_step(struct str *path)
{
    ptrdiff_t slash = str_find_char(*path, '/');
    struct str step = slash < 0 ? *path : str_slice(*path, 0, (size_t) slash);
    *path = slash < 0 ? STR_NONE : str_slice(*path, (size_t) slash + 1, path->len);
    return step;
}

/* Where a new member of the owner's body goes: behind the last of those that the table has before
 * it; key order of exports. */
static node_id place_for(const struct flow *flow, node_id owner, struct str key)
{
    node_id base, after = 0;
    const struct field *table = spot_fields(flow, (struct spot){ owner, 0 }, &base);
    for (const struct field *field = table; field->path; field++) {
        struct str rest, step = first_step(field->path, &rest);
        if (str_eq(step, key)) /* a default choice stands behind the choices */
            return field->kind == FIELD_MENU_CHOICE ? doc_last(flow->doc, owner) : after;
        node_id member = doc_member_named(flow->doc, owner, step);
        if (member)
            after = member;
    }
    return doc_last(flow->doc, owner);
}

/* The value inside objects for the rest of a path: {"rest": {"of path": json}}. */
static void nest(struct str rest, struct str json, struct buf *out)
{
    size_t depth = 0;
    for (; rest.len > 0; depth++) {
        struct str step = next_step(&rest);
        buf_add_char(out, '{');
        json_add_text(out, step, false);
        buf_add_char(out, ':');
    }
    buf_add(out, json);
    buf_add_repeat(out, '}', depth);
}

/* Whether a path goes through a member whose name is still to be chosen. */
static bool is_open(struct str path)
{
    while (path.len > 0) {
        if (str_is(next_step(&path), "*"))
            return true;
    }
    return false;
}

/* Puts new content in the place of a member (its key stays), or behind `after` in an object. */
static bool put_member(struct change *change, struct flow *flow, node_id object, node_id member,
                       node_id after, struct str key, struct str json, struct diags *diags)
{
    node_id node = change_graft(change, flow, member ? doc_key(flow->doc, member) : key, json,
                                diags);
    if (!node)
        return false;
    return member ? change_replace(change, flow, member, node, diags)
                  : change_insert(change, flow, object, after, node, diags);
}

bool put_field(struct change *change, struct flow *flow, node_id owner, struct str path,
               struct str json, struct diags *diags)
{
    node_id at = owner, member = owner;
    struct str step = STR_NONE, rest = path;
    while (member && rest.len > 0 && doc_kind(flow->doc, member) == NODE_OBJECT) {
        at = member;
        step = next_step(&rest);
        member = str_is(step, "*") ? doc_first(flow->doc, at)
                                   : doc_member_named(flow->doc, at, step);
    }
    if ((!member && str_is(step, "*")) || is_open(rest))
        return diag_add0(diags, DIAG_SET_KEY_FIRST, NULL);
    struct buf nested;
    buf_init(&nested, change->env);
    nest(rest, json, &nested);
    node_id after = at == owner ? place_for(flow, owner, step) : doc_last(flow->doc, at);
    bool fine = put_member(change, flow, at, member, after, step, buf_str(&nested), diags);
    buf_release(&nested);
    return fine;
}

/* Takes a member out, and objects around it that become empty, up to the owner. */
static bool take_out(struct change *change, struct flow *flow, node_id owner, node_id node,
                     struct diags *diags)
{
    while (node && node != owner) {
        node_id parent = doc_parent(flow->doc, node);
        bool last = doc_first(flow->doc, parent) == node && !doc_next(flow->doc, node);
        if (!change_remove(change, flow, node, diags))
            return false;
        if (!last)
            break;
        node = parent;
    }
    return true;
}

/* What a variant's choice begins with. */
static const struct {
    const char *choice, *json;
} variants[] = {
    { "exact", "1" },
    { "range", "{\"min\":1,\"max\":10}" },
    { "entirePrompt", "true" },
    { "duration", "{\"lit\":{\"minutes\":1}}" },
    { "now", "true" },
    { "dateTime", "{\"noValue\":true}" },
    { "queue", "{\"targetQueue\":{\"noValue\":true}}" },
    { "user", "{\"targetUser\":{\"noValue\":true}}" },
    { "group", "{\"targetGroup\":{\"noValue\":true}}" },
    { "menu", "{\"targetMenuRef\":\"\"}" },
    { "task", "{\"targetTaskRef\":\"\"}" },
    { "disconnect", "{\"none\":true}" },
};

/* A switch keeps its cases when its style changes. */
static void switch_json(const struct flow *flow, node_id action, struct str choice,
                        struct buf *out)
{
    const struct doc *doc = flow->doc;
    node_id evaluate = doc_member(doc, action, ATOM_evaluate);
    node_id body = evaluate ? doc_first(doc, evaluate) : 0;
    bool match = str_is(choice, "firstMatch");
    if (body && doc_node(doc, body)->key == ATOM_firstMatch)
        body = doc_first(doc, body);
    node_id other = body ? doc_member(doc, body, ATOM_default) : 0;
    node_id cases = body ? doc_member(doc, body, ATOM_cases) : 0;
    buf_add_text(out, match ? "{\"string\":{\"value\":{\"noValue\":true},\"default\":"
                            : "{\"default\":");
    if (other)
        doc_write_compact(doc, other, out);
    else
        buf_add_text(out, "{\"actions\":[]}");
    buf_add_text(out, ",\"cases\":");
    if (cases)
        doc_write_compact(doc, cases, out);
    else
        buf_add_text(out, "[]");
    buf_add_text(out, match ? "}}" : "}");
}

static bool set_variant(struct change *change, struct flow *flow, node_id owner,
                        const struct field *field, struct str choice, struct diags *diags)
{
    if (!choices_have(field->choices, choice))
        return diag_add(diags, DIAG_SET_WRONG, NULL, str_of(field->label), choice,
                        str_of(field->choices), STR_NONE);
    if (str_eq(flow_value(flow, owner, field).text, choice))
        return true;
    struct buf json;
    buf_init(&json, change->env);
    buf_add_char(&json, '{');
    json_add_text(&json, choice, false);
    buf_add_char(&json, ':');
    if (!strcmp(field->path, "evaluate") && str_starts(choice, STR("first"))) {
        switch_json(flow, owner, choice, &json);
    } else {
        const char *inside = "true";
        for (size_t i = 0; i < sizeof variants / sizeof *variants; i++) {
            if (str_is(choice, variants[i].choice))
                inside = variants[i].json;
        }
        buf_add_text(&json, inside);
    }
    buf_add_char(&json, '}');
    bool fine = put_field(change, flow, owner, str_of(field->path), buf_str(&json), diags);
    buf_release(&json);
    return fine;
}

/* The name that is an object's only key: what is under it stays. */
static bool set_key(struct change *change, struct flow *flow, node_id owner,
                    const struct field *field, struct str name, struct diags *diags)
{
    const struct doc *doc = flow->doc;
    node_id object = flow_field_node(flow, owner, field->path);
    node_id member = object && doc_kind(doc, object) == NODE_OBJECT ? doc_first(doc, object) : 0;
    if (name.len == 0)
        return !object || take_out(change, flow, owner, object, diags);
    struct buf json;
    buf_init(&json, change->env);
    buf_add_char(&json, '{');
    json_add_text(&json, name, false);
    buf_add_char(&json, ':');
    if (member)
        doc_write_compact(doc, member, &json);
    else
        buf_add_text(&json, field->below ? field->below : "{}");
    buf_add_char(&json, '}');
    bool fine = put_field(change, flow, owner, str_of(field->path), buf_str(&json), diags);
    buf_release(&json);
    return fine;
}

static bool is_post_flow(const struct flow *flow, node_id owner, const struct field *field,
                         const char *path)
{
    const struct action_info *info =
        flow_role(flow, owner) == ROLE_ACTION ? flow_action(flow, owner) : NULL;
    return info && !strcmp(info->key, "setPostFlow") && !strcmp(field->path, path);
}

/* The member that names Set Post-Flow's flow, in whichever spelling it has; 0: none. */
static node_id post_flow_member(const struct flow *flow, node_id action)
{
    static const atom_id spellings[] = { ATOM_targetFlow, ATOM_inboundCallFlow,
                                         ATOM_voiceSurveyFlow };
    for (size_t i = 0; i < 3; i++) {
        node_id member = doc_member(flow->doc, action, spellings[i]);
        if (member)
            return member;
    }
    return 0;
}

/* Another Action Type takes flows of another type: a flow of the old one is emptied with it. What
 * an expression asked for is not known, so then the flow stays. */
static bool empty_other_flow(struct change *change, struct flow *flow, node_id action,
                             enum flow_type before, struct diags *diags)
{
    struct post_flow_fields post;
    flow_post_flow(flow, action, &post);
    node_id member = post_flow_member(flow, action);
    if (!member || before == FLOW_OTHER || post.flow_type == before ||
        post.flow_type == FLOW_OTHER)
        return true;
    return change_remove(change, flow, member, diags);
}

/* Another name for the flow that is named there, in the spelling it has; *done: it was. */
static bool rename_flow(struct change *change, struct flow *flow, node_id node, struct str name,
                        bool *done, struct diags *diags)
{
    const struct doc *doc = flow->doc;
    node_id text = node ? doc_member(doc, node, ATOM_name) : 0;
    node_id keyed = node && doc_kind(doc, node) == NODE_OBJECT && !text ? doc_first(doc, node) : 0;
    *done = name.len > 0 && ((text && !doc_is_container(doc, text)) || keyed);
    if (!*done)
        return true;
    return keyed ? change_key(change, flow, keyed, name, diags)
                 : change_set(change, flow, text, NODE_TEXT, name, diags);
}

static bool set_value(struct change *change, struct flow *flow, node_id owner,
                      const struct field *field, struct str path, struct str text,
                      struct diags *diags)
{
    struct buf json, full;
    bool removed;
    buf_init(&json, change->env);
    buf_init(&full, change->env); /* the path, with the end that flow_field_node needs */
    buf_add(&full, path);
    node_id node = flow_field_node(flow, owner, full.ptr);
    enum spelling spelling = spelling_of(flow, node);
    bool fine = field_to_json(flow, owner, field, text, spelling, &json, &removed, diags);
    bool done = false;
    if (fine && field->kind == FIELD_FLOW)
        fine = rename_flow(change, flow, node, str_trim(text), &done, diags);
    if (fine && !done && removed)
        fine = !node || take_out(change, flow, owner, node, diags);
    else if (fine && !done)
        fine = put_field(change, flow, owner, path, buf_str(&json), diags);
    buf_release(&json);
    buf_release(&full);
    return fine;
}

/* The field of a list whose rows have a type as their key (updateData), when `row` is one. */
static bool is_typed_row(const struct flow *flow, node_id row)
{
    const struct doc *doc = flow->doc;
    node_id list = doc_parent(doc, doc_parent(doc, row)), action = list ? doc_parent(doc, list) : 0;
    const struct action_info *info = action ? flow_action(flow, action) : NULL;
    for (const struct field *field = info ? info->fields : NULL; field && field->path; field++) {
        if (field->flags & FIELD_ROW_TYPED && str_is(doc_key(doc, list), field->path))
            return true;
    }
    return false;
}

/* The key of the row is the type of the variable that it writes. */
static bool retype_row(struct change *change, struct flow *flow, node_id row, struct str name,
                       struct diags *diags)
{
    struct str ending = STR("Variable"), type = STR_NONE;
    node_id owners[] = { flow->body, flow_scope_of(flow, row) };
    for (size_t i = 0; i < 2 && owners[i]; i++) {
        for (node_id at = 0; (at = flow_variable_next(flow, owners[i], at)) != 0;) {
            struct variable_info info;
            struct str key = doc_key(flow->doc, at);
            if (flow_variable(flow, at, &info) && str_eq_nocase(info.full_name, name))
                type = str_slice(key, 0, key.len - ending.len);
        }
    }
    return type.len == 0 || str_eq(type, doc_key(flow->doc, row)) ||
           change_key(change, flow, row, type, diags);
}

/* References go by refId: what is named by hand and has none gets one. */
static bool give_ref(struct change *change, struct flow *flow, node_id target, struct diags *diags)
{
    if (!target || doc_member(flow->doc, target, ATOM_refId))
        return true;
    struct buf ref, json;
    buf_init(&ref, change->env);
    buf_init(&json, change->env);
    fresh_ref(flow, flow_name(flow, target), &ref);
    json_add_text(&json, buf_str(&ref), false);
    node_id node = change_graft(change, flow, STR("refId"), buf_str(&json), diags);
    node_id name = doc_member(flow->doc, target, ATOM_name);
    bool fine = node && change_insert(change, flow, target, name, node, diags);
    buf_release(&ref);
    buf_release(&json);
    return fine;
}

bool flow_set(struct change *change, struct flow *flow, node_id owner, const struct field *field,
              struct str text, struct diags *diags)
{
    if (field->kind == FIELD_VARIANT)
        return set_variant(change, flow, owner, field, str_trim(text), diags);
    if (field->kind == FIELD_KEY)
        return set_key(change, flow, owner, field, str_trim(text), diags);
    if (field->kind == FIELD_ROWS || field->kind == FIELD_INPUTS || field->kind == FIELD_RESULTS)
        return diag_add1(diags, DIAG_SET_LIST, NULL, str_of(field->label));
    if (field_is_ref(field) &&
        !give_ref(change, flow, ref_named(flow, owner, field, str_trim(text)), diags))
        return false;
    struct post_flow_fields before = { .flow_type = FLOW_OTHER };
    bool type = is_post_flow(flow, owner, field, "actionType");
    if (type)
        flow_post_flow(flow, owner, &before);
    struct str path = str_of(field->path);
    if (is_post_flow(flow, owner, field, "targetFlow") && post_flow_member(flow, owner))
        path = doc_key(flow->doc, post_flow_member(flow, owner));
    if (!set_value(change, flow, owner, field, path, text, diags))
        return false;
    if (field->kind == FIELD_VARIABLE && is_typed_row(flow, owner))
        return retype_row(change, flow, owner, str_trim(text), diags);
    return !type || empty_other_flow(change, flow, owner, before.flow_type, diags);
}
