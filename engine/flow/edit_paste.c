/* Pasting: whole actions and choices as JSON. */
#include <string.h>
#include "engine/doc/write.h"
#include "engine/flow/edit_parts.h"
#include "engine/flow/tags.h"

/* Whether another node than this one bears its refId. */
static bool ref_twice(const struct flow *flow, node_id menu, node_id self, struct str id)
{
    for (node_id at = flow_choice_first(flow, menu); at; at = flow_action_next(flow, at)) {
        node_id ref = doc_member(flow->doc, at, ATOM_refId);
        if ((at != self && ref && str_eq(doc_text(flow->doc, ref), id)) ||
            ref_twice(flow, at, self, id))
            return true;
    }
    return false;
}

static bool ref_taken(const struct flow *flow, node_id self, struct str id)
{
    for (node_id at = flow_container_next(flow, 0); at; at = flow_container_next(flow, at)) {
        node_id ref = doc_member(flow->doc, at, ATOM_refId);
        if ((ref && str_eq(doc_text(flow->doc, ref), id)) ||
            (flow_role(flow, at) == ROLE_MENU && ref_twice(flow, at, self, id)))
            return true;
    }
    return false;
}

/* Points the menu's default choice at `choice` when it named it by its old refId. */
static bool renew_default(struct change *change, struct flow *flow, node_id menu, node_id choice,
                          struct str old, struct diags *diags)
{
    node_id ref = doc_member(flow->doc, menu, ATOM_defaultChildMenuRef);
    struct str text = ref ? doc_text(flow->doc, ref) : STR_NONE;
    ptrdiff_t open = str_find_char(text, '[');
    if (open < 0 || !str_eq(str_slice(text, (size_t) open + 1, text.len - 1), old))
        return true;
    struct buf out;
    buf_init(&out, change->env);
    flow_ref_text(flow, choice, &out);
    bool fine = change_set(change, flow, ref, NODE_TEXT, buf_str(&out), diags);
    buf_release(&out);
    return fine;
}

static bool renew_choice(struct change *change, struct flow *flow, node_id menu, node_id choice,
                         struct diags *diags)
{
    node_id ref = doc_member(flow->doc, choice, ATOM_refId);
    if (!ref || !ref_taken(flow, choice, doc_text(flow->doc, ref)))
        return true;
    struct buf old, id;
    buf_init(&old, change->env);
    buf_init(&id, change->env);
    buf_add(&old, doc_text(flow->doc, ref));
    fresh_ref(flow, flow_name(flow, choice), &id);
    bool fine = change_set(change, flow, ref, NODE_TEXT, buf_str(&id), diags) &&
                (!menu || renew_default(change, flow, menu, choice, buf_str(&old), diags));
    buf_release(&old);
    buf_release(&id);
    return fine;
}

/* RefIds of pasted choices that exist already, and inside a pasted menu its default choice. */
static bool renew_refs(struct change *change, struct flow *flow, node_id menu, node_id choice,
                       struct diags *diags)
{
    if (flow_role(flow, choice) != ROLE_CHOICE)
        return true;
    if (!renew_choice(change, flow, menu, choice, diags))
        return false;
    for (node_id at = flow_choice_first(flow, choice); at; at = flow_action_next(flow, at)) {
        if (!renew_refs(change, flow, choice, at, diags))
            return false;
    }
    return true;
}

/* A pasted choice whose key another choice of the menu has gets the next free one; when there is
 * none it keeps its own, and check tells. */
static bool renew_key(struct change *change, struct flow *flow, node_id choice,
                      struct diags *diags)
{
    node_id dtmf = doc_member(flow->doc, choice, ATOM_dtmf);
    struct str key = dtmf ? doc_text(flow->doc, dtmf) : STR_NONE;
    node_id menu = flow_owner(flow, (struct spot){ choice, 0 }).node;
    bool taken = false;
    for (node_id at = flow_choice_first(flow, menu); at; at = flow_action_next(flow, at)) {
        node_id other = doc_member(flow->doc, at, ATOM_dtmf);
        taken |= at != choice && other && key.len > 0 && str_eq(doc_text(flow->doc, other), key);
    }
    struct str fresh = taken ? free_key(flow, menu) : STR_NONE;
    return fresh.len == 0 || change_set(change, flow, dtmf, NODE_TEXT, fresh, diags);
}

/* An action among choices goes into a task of its own. */
static node_id paste_into_task(struct change *change, struct flow *flow, struct slot slot,
                               struct str json, struct diags *diags)
{
    node_id choice = flow_add_choice(change, flow, slot.owner.node, slot.after,
                                     catalogue_find(STR("menuTask")), diags);
    node_id list = choice ? make_list(change, flow, (struct spot){ choice, 1 }, diags) : 0;
    return list && insert_item(change, flow, list, 0, json, diags) ? choice : 0;
}

static node_id paste_item(struct change *change, struct flow *flow, struct slot slot,
                          const struct doc *from, node_id item, struct diags *diags)
{
    node_id body = item_body(from, item), node;
    bool menu = is_menu(flow, slot.owner);
    if (!body)
        return diag_add0(diags, DIAG_PASTE_SHAPE, NULL);
    const struct action_info *info = catalogue_of_atom(doc_node(from, body)->key);
    struct buf json;
    buf_init(&json, change->env);
    doc_write_compact(from, item, &json);
    if (menu && info && !(info->flags & ACTION_CHOICE)) {
        node = paste_into_task(change, flow, slot, buf_str(&json), diags);
    } else {
        node_id list = menu ? make_choices(change, flow, slot.owner.node, diags)
                            : make_list(change, flow, slot.owner, diags);
        node = list ? insert_item(change, flow, list, slot.after, buf_str(&json), diags) : 0;
        bool fine = node && renew_refs(change, flow, 0, node, diags) &&
                    (!menu || renew_key(change, flow, node, diags));
        node = fine ? node : 0;
    }
    buf_release(&json);
    return node;
}

node_id flow_add_json(struct change *change, struct flow *flow, struct slot slot, struct str json,
                      struct diags *diags)
{
    /* Read apart first, so that nothing wrong is ever in the tree. */
    struct doc *doc =
        doc_read(change->env, flow->doc->atoms, &flow->doc->limits, "paste", json, diags);
    if (!doc)
        return 0;
    bool many = doc_kind(doc, 1) == NODE_LIST;
    node_id first = 0, item = many ? doc_first(doc, 1) : 1;
    bool fine = item != 0 || diag_add0(diags, DIAG_PASTE_SHAPE, NULL);
    for (; item && fine; item = many ? doc_next(doc, item) : 0) {
        slot.after = paste_item(change, flow, slot, doc, item, diags);
        fine = slot.after != 0;
        first = first ? first : slot.after;
    }
    doc_free(doc);
    return fine ? first : 0;
}
