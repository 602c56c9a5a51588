/* Menus: choices with their keys, and containers as a whole. */
#include <string.h>
#include "engine/doc/write.h"
#include "engine/flow/edit_parts.h"
#include "engine/flow/tags.h"

struct str free_key(const struct flow *flow, node_id menu)
{
    static const char *const keys[] = { "digit_1", "digit_2", "digit_3", "digit_4",
                                        "digit_5", "digit_6", "digit_7", "digit_8",
                                        "digit_9", "digit_0", "digit_*", "digit_#" };
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        bool taken = false;
        for (node_id at = flow_choice_first(flow, menu); at; at = flow_action_next(flow, at)) {
            node_id dtmf = doc_member(flow->doc, at, ATOM_dtmf);
            taken |= dtmf && str_is(doc_text(flow->doc, dtmf), keys[i]);
        }
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

static void choice_json(const struct flow *flow, const struct action_info *choice, struct str key,
                        struct buf *out)
{
    struct buf ref;
    buf_init(&ref, flow->doc->env);
    fresh_ref(flow, str_of(choice->label), &ref);
    buf_addf(out, "{\"%s\":{", choice->key);
    add_initials(flow, choice, out);
    buf_add_text(out, ",\"refId\":");
    json_add_text(out, buf_str(&ref), false);
    buf_addf(out, ",\"dtmf\":\"%.*s\"", STR_ARG(key));
    if (!strcmp(choice->key, "menuTask"))
        buf_add_text(out, ",\"task\":{\"actions\":[]}");
    if (!strcmp(choice->key, "menuSubMenu"))
        buf_add_text(out, ",\"audio\":{\"tts\":\"\"},\"choices\":[]");
    buf_add_text(out, "}}");
    buf_release(&ref);
}

node_id flow_add_choice(struct change *change, struct flow *flow, node_id menu, node_id after,
                        const struct action_info *info, struct diags *diags)
{
    const struct action_info *choice = choice_for(info);
    if (!flow_allows(flow, info, (struct spot){ menu, 0 }, diags))
        return 0;
    struct str key = free_key(flow, menu);
    if (key.len == 0)
        return diag_add0(diags, DIAG_MENU_FULL, NULL);
    node_id list = make_choices(change, flow, menu, diags);
    struct buf json;
    buf_init(&json, change->env);
    choice_json(flow, choice ? choice : catalogue_find(STR("menuTask")), key, &json);
    node_id node = list ? insert_item(change, flow, list, after, buf_str(&json), diags) : 0;
    buf_release(&json);
    if (!node || choice)
        return node;
    struct slot inside = { { node, 1 }, 0 };
    return flow_add_action(change, flow, inside, info, diags);
}

static const struct container_kind {
    enum role role;
    enum flow_type_flag needs;
    const char *list, *word, *rest;
} container_kinds[] = {
    { ROLE_TASK, FLOW_HAS_TASKS, "tasks", "task",
      ",\"actions\":[{\"disconnect\":{\"name\":\"Disconnect\"}}]}}" },
    { ROLE_MENU, FLOW_HAS_MENUS, "menus", "menu",
      ",\"audio\":{\"tts\":\"\"},\"choices\":[{\"menuDisconnect\":{\"name\":\"Disconnect\","
      "\"dtmf\":\"digit_9\"}}]}}" },
    { ROLE_STATE, FLOW_HAS_STATES, "states", "state",
      ",\"actions\":[{\"disconnect\":{\"name\":\"Disconnect\"}}]}}" },
};

/* The list of containers, made at the flow's end; exports have menus before tasks. */
static node_id make_containers(struct change *change, struct flow *flow,
                               const struct container_kind *kind, struct diags *diags)
{
    const struct doc *doc = flow->doc;
    node_id list = doc_member_named(doc, flow->body, str_of(kind->list));
    node_id tasks = kind->role == ROLE_MENU ? doc_member(doc, flow->body, ATOM_tasks) : 0;
    node_id after = tasks ? doc_prev(doc, tasks) : doc_last(doc, flow->body);
    if (list && doc_kind(doc, list) == NODE_LIST)
        return list;
    node_id node = change_graft(change, flow, str_of(kind->list), STR("[]"), diags);
    bool fine = node && (list ? change_replace(change, flow, list, node, diags)
                              : change_insert(change, flow, flow->body, after, node, diags));
    return fine ? node : 0;
}

node_id flow_add_container(struct change *change, struct flow *flow, enum role role,
                           struct str name, struct diags *diags)
{
    const struct container_kind *kind = container_kinds;
    while (kind < container_kinds + 2 && kind->role != role)
        kind++;
    if (kind->role != role || !(flow_type_info(flow->type)->flags & kind->needs))
        return diag_add0(diags, DIAG_ADD_NOT_HERE, NULL);
    if (!flow_name_fits(flow, name, diags))
        return 0;
    node_id list = make_containers(change, flow, kind, diags);
    struct buf json, ref;
    buf_init(&json, change->env);
    buf_init(&ref, change->env);
    fresh_ref(flow, name, &ref);
    buf_addf(&json, "{\"%s\":{\"name\":", kind->word);
    json_add_text(&json, name, false);
    buf_add_text(&json, ",\"refId\":");
    json_add_text(&json, buf_str(&ref), false);
    buf_add_text(&json, kind->rest);
    node_id last = list ? doc_last(flow->doc, list) : 0;
    node_id item = list ? change_graft(change, flow, STR_NONE, buf_str(&json), diags) : 0;
    bool fine = item && change_insert(change, flow, list, last, item, diags);
    buf_release(&json);
    buf_release(&ref);
    return fine ? item_body(flow->doc, item) : 0;
}
