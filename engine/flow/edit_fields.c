/* Setting and reading fields. */
#include <string.h>
#include "engine/doc/write.h"
#include "engine/flow/containers.h"
#include "engine/flow/edit_flow.h"
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
        if (str_eq(step, key))
            return after;
        node_id member = doc_member_named(flow->doc, owner, step);
        if (member)
            after = member;
    }
    return doc_last(flow->doc, owner);
}

/* Puts a JSON value at a path below `at`, making what lies between. */
static bool put(struct change *change, struct flow *flow, node_id owner, struct str path,
                struct str json, struct diags *diags)
{
    node_id at = owner;
    struct buf nested;
    while (true) {
        struct str step = next_step(&path);
        node_id member = str_is(step, "*") ? doc_first(flow->doc, at)
                                           : doc_member_named(flow->doc, at, step);
        if (member && path.len > 0) {
            at = member;
            continue;
        }
        if (!member && str_is(step, "*"))
            return diag_add0(diags, DIAG_SET_KEY_FIRST, NULL);
        buf_init(&nested, change->env);
        size_t depth = 0;
        for (struct str rest = path; rest.len > 0; depth++) {
            struct str inner = next_step(&rest);
            buf_add_char(&nested, '{');
            json_add_text(&nested, inner, false);
            buf_add_char(&nested, ':');
        }
        buf_add(&nested, json);
        buf_add_repeat(&nested, '}', depth);
        struct str key = member ? doc_key(flow->doc, member) : step;
        node_id node = change_graft(change, flow, key, buf_str(&nested), diags);
        buf_release(&nested);
        if (!node)
            return false;
        if (member)
            return change_replace(change, flow, member, node, diags);
        node_id after = at == owner ? place_for(flow, owner, step) : doc_last(flow->doc, at);
        return change_insert(change, flow, at, after, node, diags);
    }
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
    bool known = false;
    struct str rest = str_of(field->choices);
    while (rest.len > 0 && !known) {
        ptrdiff_t bar = str_find_char(rest, '|');
        known = str_eq(bar < 0 ? rest : str_slice(rest, 0, (size_t) bar), choice);
        rest = bar < 0 ? STR_NONE : str_slice(rest, (size_t) bar + 1, rest.len);
    }
    if (!known)
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
    bool fine = put(change, flow, owner, str_of(field->path), buf_str(&json), diags);
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
    else if (!strcmp(field->path, "category"))
        buf_add_text(&json, "{\"dataAction\":{}}");
    else if (!strcmp(field->path, "commonModule"))
        buf_add_text(&json, "{\"ver_latestPublished\":{}}");
    else
        buf_add_text(&json, "{}");
    buf_add_char(&json, '}');
    bool fine = put(change, flow, owner, str_of(field->path), buf_str(&json), diags);
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

/* Another Action Type takes flows of another type: a flow of the old one is emptied with it. */
static bool empty_other_flow(struct change *change, struct flow *flow, node_id action,
                             enum flow_type before, struct diags *diags)
{
    struct post_flow_fields post;
    flow_post_flow(flow, action, &post);
    node_id member = post_flow_member(flow, action);
    if (!member || post.flow_type == before || post.flow_type == FLOW_OTHER)
        return true;
    return change_remove(change, flow, member, diags);
}

static bool set_value(struct change *change, struct flow *flow, node_id owner,
                      const struct field *field, struct str path, struct str text,
                      struct diags *diags)
{
    struct buf json;
    bool removed;
    node_id node = path.len > 0 ? flow_field_node(flow, owner, field->path) : owner;
    bool bare = node && !doc_is_container(flow->doc, node) &&
                doc_kind(flow->doc, node) != NODE_NULL;
    buf_init(&json, change->env);
    bool fine = field_to_json(flow, field, text, bare, &json, &removed, diags);
    if (fine && removed) {
        fine = !node || take_out(change, flow, owner, node, diags);
    } else if (fine && path.len == 0) {
        struct str key = doc_key(flow->doc, owner);
        node_id graft = change_graft(change, flow, key, buf_str(&json), diags);
        fine = graft && change_replace(change, flow, owner, graft, diags);
    } else if (fine) {
        fine = put(change, flow, owner, path, buf_str(&json), diags);
    }
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
    bool row_value = field->path[0] == 0;
    if (!row_value && (field->kind == FIELD_ROWS || field->kind == FIELD_INPUTS ||
                       field->kind == FIELD_RESULTS))
        return diag_add1(diags, DIAG_SET_LIST, NULL, str_of(field->label));
    struct post_flow_fields before = { .flow_type = FLOW_OTHER };
    bool type = is_post_flow(flow, owner, field, "actionType");
    if (type)
        flow_post_flow(flow, owner, &before);
    struct str path = str_of(field->path);
    if (is_post_flow(flow, owner, field, "targetFlow") && post_flow_member(flow, owner))
        path = doc_key(flow->doc, post_flow_member(flow, owner));
    return set_value(change, flow, owner, field, path, text, diags) &&
           (!type || empty_other_flow(change, flow, owner, before.flow_type, diags));
}

void flow_get(const struct flow *flow, node_id owner, const struct field *field, struct buf *out)
{
    struct form_value value = field->path[0] ? flow_value(flow, owner, field)
                                             : flow_value_of(flow, owner);
    int64_t ms;
    if (is_post_flow(flow, owner, field, "targetFlow")) {
        struct post_flow_fields post;
        flow_post_flow(flow, owner, &post);
        value = post.flow;
    }
    if (value.form == FORM_ABSENT || value.form == FORM_NO_VALUE || value.form == FORM_WRONG)
        return;
    if (value.form == FORM_EXPRESSION) {
        buf_add_char(out, '=');
    } else if (field->kind == FIELD_TASK || field->kind == FIELD_MENU ||
               field->kind == FIELD_STATE) {
        node_id target = flow_ref_target(flow, value.text);
        buf_add(out, target ? flow_name(flow, target) : value.text);
        return;
    } else if (field->type == TYPE_DURATION && flow_duration(flow, value.node, &ms)) {
        duration_show(ms, out);
        return;
    } else if (field->type == TYPE_JSON || (value.text.len == 0 && value.node &&
                                            doc_is_container(flow->doc, value.node))) {
        doc_write_compact(flow->doc, value.node, out);
        return;
    }
    buf_add(out, value.text);
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
