/* Adding, pasting, deleting, moving and renaming. */
#include <string.h>
#include "engine/doc/write.h"
#include "engine/flow/edit_flow.h"
#include "engine/flow/query.h"
#include "engine/flow/tags.h"

bool slot_at(const struct flow *flow, struct spot cursor, struct slot *out)
{
    enum role role = cursor.node ? flow_role(flow, cursor.node) : ROLE_NONE;
    bool one_task = role == ROLE_FLOW && flow_type_info(flow->type)->flags & FLOW_HAS_ONE_TASK;
    if (role == ROLE_ACTION && cursor.output == 0) {
        *out = (struct slot){ flow_owner(flow, cursor), cursor.node };
        return true;
    }
    if (role == ROLE_CHOICE && flow_output_count(flow, cursor.node) > 0)
        cursor.output = 1;
    if (cursor.output == 0 && role != ROLE_TASK && role != ROLE_STATE && !one_task)
        return false;
    *out = (struct slot){ cursor, 0 };
    return true;
}

/* The call types that a module says it works in; none stated: none needed. */
static unsigned module_types(const struct flow *flow)
{
    unsigned types = 0;
    node_id list = flow_field_node(flow, flow->body, "settingsCommonModule/compatibleFlowTypes");
    for (node_id at = list ? doc_first(flow->doc, list) : 0; at; at = doc_next(flow->doc, at)) {
        node_id value = doc_member_named(flow->doc, at, STR("flowType"));
        struct str word = doc_text(flow->doc, value ? value : at);
        for (int type = 1; type < FLOW_TYPE_COUNT; type++) {
            if (str_eq_nocase(word, str_of(flow_type_info((enum flow_type) type)->type_value)))
                types |= 1u << type;
        }
    }
    return types;
}

static bool allowed_in_flow(const struct flow *flow, const struct action_info *info)
{
    unsigned needed = 1u << flow->type;
    if (flow->type == FLOW_COMMON_MODULE)
        needed |= module_types(flow);
    return flow->type == FLOW_OTHER || (info->flow_types & needed) == needed;
}

bool flow_allows(const struct flow *flow, const struct action_info *info, struct spot owner,
                 struct diags *diags)
{
    enum role role = owner.node ? flow_role(flow, owner.node) : ROLE_NONE;
    bool menu = owner.output == 0 && (role == ROLE_MENU || role == ROLE_CHOICE);
    bool choice = info->flags & ACTION_CHOICE;
    if (allowed_in_flow(flow, info) && (menu || !choice))
        return true;
    struct buf where;
    buf_init(&where, flow->doc->env);
    for (int type = 1; type < FLOW_TYPE_COUNT; type++) {
        if (info->flow_types & (1u << type))
            buf_addf(&where, "%s%s", where.len ? ", " : "",
                     flow_type_info((enum flow_type) type)->label);
    }
    diag_add2(diags, DIAG_ADD_NOT_ALLOWED, NULL, str_of(info->label), buf_str(&where));
    buf_release(&where);
    return false;
}

/* The list of an owner, made where it is not written. */
static node_id make_list(struct change *change, struct flow *flow, struct spot owner,
                         struct diags *diags)
{
    node_id list = flow_list(flow, owner);
    node_id body = owner.node;
    struct str key = STR("actions");
    if (list)
        return list;
    if (owner.output > 0) {
        body = flow_output_node(flow, owner);
        if (!body) {
            char number[12];
            struct str id = flow_output_id(flow, owner, number);
            node_id outputs = doc_member(flow->doc, owner.node, ATOM_outputs);
            if (!outputs) {
                outputs = change_graft(change, flow, STR("outputs"), STR("{}"), diags);
                if (!outputs || !change_insert(change, flow, owner.node,
                                               doc_last(flow->doc, owner.node), outputs, diags))
                    return 0;
            }
            body = change_graft(change, flow, id, STR("{}"), diags);
            if (!body || !change_insert(change, flow, outputs, doc_last(flow->doc, outputs), body,
                                        diags))
                return 0;
        }
    } else if (flow_role(flow, owner.node) == ROLE_FLOW) {
        key = STR("startUpTaskActions");
    }
    node_id old = doc_member_named(flow->doc, body, key);
    list = change_graft(change, flow, key, STR("[]"), diags);
    if (!list || !(old ? change_replace(change, flow, old, list, diags)
                       : change_insert(change, flow, body, doc_last(flow->doc, body), list, diags)))
        return 0;
    return list;
}

static node_id item_of(const struct flow *flow, node_id body)
{
    return body ? doc_parent(flow->doc, body) : 0;
}

/* Puts items of JSON text ({"kind": {...}}) into a list; returns the first one's body. */
static node_id insert_item(struct change *change, struct flow *flow, node_id list, node_id after,
                           struct str json, struct diags *diags)
{
    node_id item = change_graft(change, flow, STR_NONE, json, diags);
    if (!item || !change_insert(change, flow, list, item_of(flow, after), item, diags))
        return 0;
    return item_body(flow->doc, item);
}

struct name_search {
    const struct flow *flow;
    const struct action_info *info;
    struct str wanted;
    bool found;
};

static bool visit_name(void *context, node_id action, unsigned depth)
{
    struct name_search *search = context;
    (void) depth;
    search->found |= str_eq_nocase(flow_name(search->flow, action), search->wanted);
    return !search->found;
}

/* "Set Post-Flow", "Set Post-Flow 2", ...: the first that no action of the flow has. */
static void default_name(const struct flow *flow, const struct action_info *info, struct buf *out)
{
    for (unsigned n = 1;; n++) {
        buf_clear(out);
        buf_add_text(out, info->label);
        if (n > 1)
            buf_addf(out, " %u", n);
        struct name_search search = { flow, info, buf_str(out), false };
        flow_each_action(flow, visit_name, &search);
        if (!search.found)
            return;
    }
}

/* Members of a new action: the name, then the initial values; nested ones only where the field in
 * front of them is there. */
static void add_initials(const struct flow *flow, const struct action_info *info, struct buf *out)
{
    struct buf name;
    buf_init(&name, flow->doc->env);
    default_name(flow, info, &name);
    buf_add_text(out, "\"name\":");
    json_add_text(out, buf_str(&name), false);
    for (const struct field *field = info->fields; field->path; field++) {
        if (!field->initial || strchr(field->path, '/'))
            continue;
        buf_add_char(out, ',');
        json_add_text(out, str_of(field->path), false);
        buf_add_char(out, ':');
        buf_add_text(out, field->initial);
    }
    if (info->outputs && info->outputs->id && !(info->flags & ACTION_CHOICE)) {
        buf_add_text(out, ",\"outputs\":{");
        for (const struct output_info *output = info->outputs; output->id; output++) {
            if (info->flags & ACTION_TRANSFER && !strcmp(output->id, "success"))
                continue;
            buf_addf(out, "%s\"%s\":{\"actions\":[]}", output == info->outputs ? "" : ",",
                     output->id);
        }
        buf_add_char(out, '}');
    }
    buf_release(&name);
}

node_id flow_add_action(struct change *change, struct flow *flow, struct slot slot,
                        const struct action_info *info, struct diags *diags)
{
    if (!flow_allows(flow, info, slot.owner, diags))
        return 0;
    node_id list = make_list(change, flow, slot.owner, diags);
    if (!list)
        return 0;
    struct buf json;
    buf_init(&json, change->env);
    buf_addf(&json, "{\"%s\":{", info->key);
    add_initials(flow, info, &json);
    buf_add_text(&json, "}}");
    node_id node = insert_item(change, flow, list, slot.after, buf_str(&json), diags);
    buf_release(&json);
    return node;
}

/* Whether a refId is in use. */
static bool ref_taken(const struct flow *flow, struct str id)
{
    struct buf ref;
    buf_init(&ref, flow->doc->env);
    buf_addf(&ref, "[%.*s]", STR_ARG(id));
    bool taken = flow_ref_target(flow, buf_str(&ref)) != 0;
    buf_release(&ref);
    return taken;
}

static void fresh_ref(const struct flow *flow, struct str name, struct buf *out)
{
    for (unsigned n = 10;; n++) {
        buf_clear(out);
        buf_addf(out, "%.*s_%u", STR_ARG(name), n);
        if (!ref_taken(flow, buf_str(out)))
            return;
    }
}

/* Pasted choices get refIds of their own. */
static bool renew_refs(struct change *change, struct flow *flow, node_id body, struct diags *diags)
{
    node_id ref = doc_member(flow->doc, body, ATOM_refId);
    if (ref && flow_role(flow, body) == ROLE_CHOICE) {
        struct buf id;
        buf_init(&id, change->env);
        fresh_ref(flow, flow_name(flow, body), &id);
        bool fine = change_set(change, flow, ref, NODE_TEXT, buf_str(&id), diags);
        buf_release(&id);
        if (!fine)
            return false;
    }
    return true;
}

static bool is_item(const struct doc *doc, node_id node)
{
    return item_body(doc, node) != 0;
}

node_id flow_add_json(struct change *change, struct flow *flow, struct slot slot, struct str json,
                      struct diags *diags)
{
    enum role role = flow_role(flow, slot.owner.node);
    bool menu = slot.owner.output == 0 && (role == ROLE_MENU || role == ROLE_CHOICE);
    node_id list = menu ? doc_member(flow->doc, slot.owner.node, ATOM_choices)
                        : make_list(change, flow, slot.owner, diags);
    if (!list)
        return 0;
    /* Looked at first, so that nothing wrong is ever in the tree. */
    struct atoms *atoms = flow->doc->atoms;
    struct doc *doc = doc_read(change->env, atoms, &flow->doc->limits, "paste", json, diags);
    if (!doc)
        return 0;
    bool many = doc_kind(doc, 1) == NODE_LIST;
    node_id first = 0, after = slot.after;
    bool fine = true;
    for (node_id at = many ? doc_first(doc, 1) : 1; at && fine; at = many ? doc_next(doc, at) : 0) {
        struct buf text;
        fine = is_item(doc, at) || diag_add0(diags, DIAG_PASTE_SHAPE, NULL);
        if (!fine)
            break;
        buf_init(&text, change->env);
        doc_write_compact(doc, at, &text);
        node_id body = insert_item(change, flow, list, after, buf_str(&text), diags);
        buf_release(&text);
        fine = body && renew_refs(change, flow, body, diags);
        after = body;
        first = first ? first : body;
    }
    doc_free(doc);
    return fine ? first : 0;
}

/* The next free key of a menu; empty: none is left. */
static struct str free_key(const struct flow *flow, node_id menu)
{
    static const char *const keys[] = { "digit_1", "digit_2", "digit_3", "digit_4",
                                        "digit_5", "digit_6", "digit_7", "digit_8",
                                        "digit_9", "digit_0", "digit_*", "digit_#" };
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        bool taken = false;
        for (node_id at = flow_choice_first(flow, menu); at; at = flow_action_next(flow, at))
            taken |= str_is(doc_text(flow->doc, doc_member(flow->doc, at, ATOM_dtmf)), keys[i]);
        if (!taken)
            return str_of(keys[i]);
    }
    return STR_NONE;
}

/* The kind of choice that wraps an action; NULL: it needs a task of its own. */
static const struct action_info *choice_for(const struct action_info *info)
{
    if (info->flags & ACTION_CHOICE)
        return info;
    for (size_t i = 0; i < catalogue_count(); i++) {
        const struct action_info *choice = catalogue_action(i);
        if (choice->wraps && !strcmp(choice->wraps, info->key))
            return choice;
    }
    return NULL;
}

node_id flow_add_choice(struct change *change, struct flow *flow, node_id menu, node_id after,
                        const struct action_info *info, struct diags *diags)
{
    const struct action_info *choice = choice_for(info);
    struct str key = free_key(flow, menu);
    if (!flow_allows(flow, info, (struct spot){ menu, 0 }, diags))
        return 0;
    if (key.len == 0) {
        diag_add0(diags, DIAG_MENU_FULL, NULL);
        return 0;
    }
    node_id list = doc_member(flow->doc, menu, ATOM_choices);
    if (!list) {
        list = change_graft(change, flow, STR("choices"), STR("[]"), diags);
        if (!list ||
            !change_insert(change, flow, menu, doc_last(flow->doc, menu), list, diags))
            return 0;
    }
    bool own_task = !choice || !strcmp(choice->key, "menuTask");
    const struct action_info *shown = choice ? choice : info;
    struct buf json, ref;
    buf_init(&json, change->env);
    buf_init(&ref, change->env);
    fresh_ref(flow, str_of(shown->label), &ref);
    buf_addf(&json, "{\"%s\":{", choice ? choice->key : "menuTask");
    add_initials(flow, shown->flags & ACTION_CHOICE ? shown : catalogue_find(STR("menuTask")),
                 &json);
    buf_add_text(&json, ",\"refId\":");
    json_add_text(&json, buf_str(&ref), false);
    buf_addf(&json, ",\"dtmf\":\"%.*s\"", STR_ARG(key));
    if (own_task)
        buf_add_text(&json, ",\"task\":{\"actions\":[]}");
    if (choice && !strcmp(choice->key, "menuSubMenu"))
        buf_add_text(&json, ",\"audio\":{\"tts\":\"\"},\"choices\":[]");
    buf_add_text(&json, "}}");
    node_id node = insert_item(change, flow, list, after, buf_str(&json), diags);
    buf_release(&json);
    buf_release(&ref);
    if (node && !choice) {
        struct slot slot = { { node, 1 }, 0 };
        return flow_add_action(change, flow, slot, info, diags);
    }
    return node;
}

node_id flow_add_container(struct change *change, struct flow *flow, enum role role,
                           struct str name, struct diags *diags)
{
    unsigned flags = flow_type_info(flow->type)->flags;
    unsigned needed = role == ROLE_TASK ? FLOW_HAS_TASKS
                      : role == ROLE_MENU ? FLOW_HAS_MENUS
                                          : FLOW_HAS_STATES;
    const char *word = role == ROLE_TASK ? "task" : role == ROLE_MENU ? "menu" : "state";
    const char *lists[] = { "tasks", "menus", "states" };
    struct str key = str_of(lists[role == ROLE_TASK ? 0 : role == ROLE_MENU ? 1 : 2]);
    if (!(flags & needed)) {
        diag_add0(diags, DIAG_ADD_NOT_HERE, NULL);
        return 0;
    }
    node_id list = doc_member_named(flow->doc, flow->body, key);
    if (!list) {
        list = change_graft(change, flow, key, STR("[]"), diags);
        if (!list || !change_insert(change, flow, flow->body, doc_last(flow->doc, flow->body),
                                    list, diags))
            return 0;
    }
    struct buf json, ref;
    buf_init(&json, change->env);
    buf_init(&ref, change->env);
    fresh_ref(flow, name, &ref);
    buf_addf(&json, "{\"%s\":{\"name\":", word);
    json_add_text(&json, name, false);
    buf_add_text(&json, ",\"refId\":");
    json_add_text(&json, buf_str(&ref), false);
    buf_add_text(&json, role == ROLE_MENU
                            ? ",\"audio\":{\"tts\":\"\"},\"choices\":[{\"menuDisconnect\":{"
                              "\"name\":\"Disconnect\",\"dtmf\":\"digit_9\"}}]}}"
                            : ",\"actions\":[{\"disconnect\":{\"name\":\"Disconnect\"}}]}}");
    node_id last = doc_last(flow->doc, list);
    node_id item = change_graft(change, flow, STR_NONE, buf_str(&json), diags);
    bool fine = item && change_insert(change, flow, list, last, item, diags);
    buf_release(&json);
    buf_release(&ref);
    return fine ? item_body(flow->doc, item) : 0;
}

bool flow_delete(struct change *change, struct flow *flow, node_id node, struct diags *diags)
{
    enum role role = flow_role(flow, node);
    if (role == ROLE_NONE || role == ROLE_FLOW || role == ROLE_LIST || role == ROLE_OUTPUT)
        return diag_add0(diags, DIAG_DELETE_NOT, NULL);
    return change_remove(change, flow, item_of(flow, node), diags);
}

bool flow_move(struct change *change, struct flow *flow, node_id action, struct slot to,
               struct diags *diags)
{
    enum role role = flow_role(flow, to.owner.node);
    bool menu = to.owner.output == 0 && (role == ROLE_MENU || role == ROLE_CHOICE) &&
                flow_role(flow, action) == ROLE_CHOICE;
    node_id list = menu ? doc_member(flow->doc, to.owner.node, ATOM_choices)
                        : make_list(change, flow, to.owner, diags);
    return list && change_move(change, flow, item_of(flow, action), list, item_of(flow, to.after),
                               diags);
}

bool flow_rename(struct change *change, struct flow *flow, node_id node, struct str name,
                 struct diags *diags)
{
    static const struct field field = { .path = "name", .label = "Name", .kind = FIELD_TEXT };
    return flow_set(change, flow, node, &field, name, diags);
}
