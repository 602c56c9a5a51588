/* What adding is made of: lists that are not written yet, names, refIds, items. */
#include <string.h>
#include "engine/base/env.h"
#include "engine/doc/write.h"
#include "engine/flow/edit_parts.h"
#include "engine/flow/query.h"
#include "engine/flow/tags.h"

bool is_menu(const struct flow *flow, struct spot owner)
{
    enum role role = owner.node && owner.output == 0 ? flow_role(flow, owner.node) : ROLE_NONE;
    return role == ROLE_MENU ||
           (role == ROLE_CHOICE && (str_is(doc_key(flow->doc, owner.node), "menuSubMenu") ||
                                    doc_member(flow->doc, owner.node, ATOM_choices)));
}

bool change_key(struct change *change, struct flow *flow, node_id member, struct str key,
                struct diags *diags)
{
    struct buf json;
    buf_init(&json, change->env);
    doc_write_compact(flow->doc, member, &json);
    node_id node = change_graft(change, flow, key, buf_str(&json), diags);
    buf_release(&json);
    return node && change_replace(change, flow, member, node, diags);
}

/* A member of an object with this key, made at its end (in the place of what is there). */
static node_id make_member(struct change *change, struct flow *flow, node_id object,
                           struct str key, struct str json, struct diags *diags)
{
    const struct doc *doc = flow->doc;
    node_id old = doc_member_named(doc, object, key);
    node_id node = change_graft(change, flow, key, json, diags);
    bool fine = node && (old ? change_replace(change, flow, old, node, diags)
                             : change_insert(change, flow, object, doc_last(doc, object), node,
                                             diags));
    return fine ? node : 0;
}

/* The mapping of an output that is not written: made in `outputs`, for a menuTask as its task, for
 * the default of a switch beside its cases. */
static node_id make_output(struct change *change, struct flow *flow, struct spot output,
                           struct diags *diags)
{
    const struct action_info *info = flow_action(flow, output.node);
    char number[12];
    struct str id = flow_output_id(flow, output, number);
    node_id object = output.node;
    if (info && info->flags & ACTION_HAS_CASES) {
        object = switch_body(flow, output.node);
    } else if (flow_role(flow, output.node) == ROLE_ACTION) {
        object = doc_member(flow->doc, output.node, ATOM_outputs);
        if (!object || doc_kind(flow->doc, object) != NODE_OBJECT)
            object = make_member(change, flow, output.node, STR("outputs"), STR("{}"), diags);
    }
    if (!object)
        return 0;
    return make_member(change, flow, object, id, STR("{\"actions\":[]}"), diags);
}

node_id make_list(struct change *change, struct flow *flow, struct spot owner, struct diags *diags)
{
    enum role role = owner.node ? flow_role(flow, owner.node) : ROLE_NONE;
    if (role == ROLE_CHOICE && owner.output == 0)
        owner.output = 1;
    bool output = owner.output > 0 && owner.output <= flow_output_count(flow, owner.node);
    if (!output && role != ROLE_TASK && role != ROLE_STATE && role != ROLE_FLOW)
        return diag_add0(diags, DIAG_ADD_NOT_HERE, NULL);
    node_id list = flow_list(flow, owner), body = owner.node;
    struct str key = STR("actions");
    if (list)
        return list;
    if (owner.output > 0) {
        body = flow_output_node(flow, owner);
        if (!body) {
            body = make_output(change, flow, owner, diags);
            return body ? doc_member(flow->doc, body, ATOM_actions) : 0;
        }
    } else if (role == ROLE_FLOW) {
        key = STR("startUpTaskActions");
    }
    return make_member(change, flow, body, key, STR("[]"), diags);
}

node_id make_choices(struct change *change, struct flow *flow, node_id menu, struct diags *diags)
{
    node_id list = doc_member(flow->doc, menu, ATOM_choices);
    if (list && doc_kind(flow->doc, list) == NODE_LIST)
        return list;
    return make_member(change, flow, menu, STR("choices"), STR("[]"), diags);
}

node_id insert_item(struct change *change, struct flow *flow, node_id list, node_id after,
                    struct str json, struct diags *diags)
{
    node_id behind = after ? doc_parent(flow->doc, after) : 0;
    node_id item = change_graft(change, flow, STR_NONE, json, diags);
    if (!item || !change_insert(change, flow, list, behind, item, diags))
        return 0;
    return item_body(flow->doc, item);
}

/* The numbers behind a label that names have already: bit n for "LABEL n", bit 1 for "LABEL". */
struct numbers {
    const struct flow *flow;
    struct str label;
    uint8_t *used;
    size_t most; /* larger ones do not matter */
};

static bool visit_number(void *context, node_id action, unsigned depth)
{
    struct numbers *numbers = context;
    struct str label = numbers->label, name = flow_name(numbers->flow, action);
    int64_t n = 1;
    (void) depth;
    if (name.len < label.len || !str_eq_nocase(str_slice(name, 0, label.len), label))
        return true;
    struct str rest = str_slice(name, label.len, name.len);
    bool numbered = rest.len > 1 && rest.ptr[0] == ' ' && rest.ptr[1] != '0' &&
                    str_to_int(str_slice(rest, 1, rest.len), &n);
    if ((rest.len == 0 || numbered) && n > 0 && (uint64_t) n <= numbers->most)
        numbers->used[n / 8] |= (uint8_t)(1u << n % 8);
    return true;
}

static bool count_action(void *context, node_id action, unsigned depth)
{
    (void) action, (void) depth;
    ++*(size_t *) context;
    return true;
}

/* "Set Post-Flow", "Set Post-Flow 2", ...: the first that no action of the flow has. One walk,
 * however many there are. */
static void default_name(const struct flow *flow, const struct action_info *info, struct buf *out)
{
    struct env *env = flow->doc->env;
    size_t actions = 0, n = 1;
    flow_each_action(flow, count_action, &actions);
    struct numbers numbers = { flow, str_of(info->label), mem_zalloc(env, actions / 8 + 2),
                               actions + 1 };
    flow_each_action(flow, visit_number, &numbers);
    while (n < numbers.most && numbers.used[n / 8] & 1u << n % 8)
        n++;
    mem_free(env, numbers.used);
    buf_add_text(out, info->label);
    if (n > 1)
        buf_addf(out, " %zu", n);
}

/* Empty lists for the outputs of the catalogue; Success of a transfer leaves the flow. */
static void add_outputs(const struct action_info *info, struct buf *out)
{
    bool first = true;
    buf_add_text(out, ",\"outputs\":{");
    for (const struct output_info *output = info->outputs; output->id; output++) {
        if (info->flags & ACTION_TRANSFER && !strcmp(output->id, "success"))
            continue;
        buf_addf(out, "%s\"%s\":{\"actions\":[]}", first ? "" : ",", output->id);
        first = false;
    }
    buf_add_char(out, '}');
}

void add_initials(const struct flow *flow, const struct action_info *info, struct buf *out)
{
    struct buf name;
    buf_init(&name, flow->doc->env);
    default_name(flow, info, &name);
    buf_add_text(out, "\"name\":");
    json_add_text(out, buf_str(&name), false);
    buf_release(&name);
    for (const struct field *field = info->fields; field->path; field++) {
        if (!field->initial || strchr(field->path, '/'))
            continue;
        buf_add_char(out, ',');
        json_add_text(out, str_of(field->path), false);
        buf_add_char(out, ':');
        buf_add_text(out, field->initial);
    }
    if (info->outputs && info->outputs->id && !(info->flags & ACTION_CHOICE))
        add_outputs(info, out);
}

/* The N of a refId NAME_N; 0: it has none. */
static int64_t ref_number(const struct flow *flow, node_id node)
{
    enum { LARGEST = 1000000000 }; /* beyond it is no counting */
    node_id ref = doc_member(flow->doc, node, ATOM_refId);
    struct str id = ref ? doc_text(flow->doc, ref) : STR_NONE;
    size_t at = id.len;
    int64_t n;
    while (at > 0 && id.ptr[at - 1] >= '0' && id.ptr[at - 1] <= '9')
        at--;
    bool numbered = at > 0 && id.ptr[at - 1] == '_' && str_to_int(str_slice(id, at, id.len), &n);
    return numbered && n < LARGEST ? n : 0;
}

static int64_t largest_ref(const struct flow *flow, node_id menu)
{
    int64_t largest = 0;
    for (node_id at = flow_choice_first(flow, menu); at; at = flow_action_next(flow, at)) {
        int64_t own = ref_number(flow, at), inner = largest_ref(flow, at);
        largest = own > largest ? own : largest;
        largest = inner > largest ? inner : largest;
    }
    return largest;
}

void fresh_ref(const struct flow *flow, struct str name, struct buf *out)
{
    int64_t largest = 9;
    for (node_id at = flow_container_next(flow, 0); at; at = flow_container_next(flow, at)) {
        int64_t own = ref_number(flow, at);
        int64_t inner = flow_role(flow, at) == ROLE_MENU ? largest_ref(flow, at) : 0;
        largest = own > largest ? own : largest;
        largest = inner > largest ? inner : largest;
    }
    buf_clear(out);
    buf_add(out, name);
    buf_addf(out, "_%lld", (long long) largest + 1);
}
