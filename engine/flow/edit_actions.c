/* Adding, deleting, moving and renaming. */
#include "engine/base/utf8.h"
#include "engine/doc/write.h"
#include "engine/flow/edit_parts.h"
#include "engine/flow/query.h"
#include "engine/flow/tags.h"

bool slot_at(const struct flow *flow, struct spot cursor, struct slot *out)
{
    enum role role = cursor.node ? flow_role(flow, cursor.node) : ROLE_NONE;
    bool own_list = role == ROLE_FLOW && flow_has_own_list(flow);
    if (role == ROLE_ACTION && cursor.output == 0) {
        *out = (struct slot){ flow_owner(flow, cursor), cursor.node };
        return true;
    }
    if (role == ROLE_CHOICE && flow_output_count(flow, cursor.node) > 0)
        cursor.output = 1;
    if (cursor.output == 0 && role != ROLE_TASK && role != ROLE_STATE && !own_list)
        return false;
    *out = (struct slot){ cursor, 0 };
    return true;
}

bool flow_allows(const struct flow *flow, const struct action_info *info, struct spot owner,
                 struct diags *diags)
{
    bool choice = info->flags & ACTION_CHOICE;
    if (flow_type_allows(flow, info) && (is_menu(flow, owner) || !choice))
        return true;
    struct buf where;
    buf_init(&where, flow->doc->env);
    if (choice)
        buf_add_text(&where, "menus of ");
    flow_types_print(info->flow_types, &where);
    diag_add2(diags, DIAG_ADD_NOT_ALLOWED, NULL, str_of(info->label), buf_str(&where));
    buf_release(&where);
    return false;
}

node_id flow_add_action(struct change *change, struct flow *flow, struct slot slot,
                        const struct action_info *info, struct diags *diags)
{
    if (is_menu(flow, slot.owner))
        return flow_add_choice(change, flow, slot.owner.node, slot.after, info, diags);
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

bool flow_delete(struct change *change, struct flow *flow, node_id node, struct diags *diags)
{
    enum role role = flow_role(flow, node);
    if (role == ROLE_NONE || role == ROLE_FLOW || role == ROLE_LIST || role == ROLE_OUTPUT)
        return diag_add0(diags, DIAG_DELETE_NOT, NULL);
    return change_remove(change, flow, doc_parent(flow->doc, node), diags);
}

bool flow_move(struct change *change, struct flow *flow, node_id node, struct slot to,
               struct diags *diags)
{
    enum role role = flow_role(flow, node);
    bool menu = is_menu(flow, to.owner);
    if (role != (menu ? ROLE_CHOICE : ROLE_ACTION))
        return diag_add0(diags, DIAG_ADD_NOT_HERE, NULL);
    if (doc_is_inside(flow->doc, to.owner.node, node))
        return diag_add0(diags, DIAG_EDIT_INSIDE_ITSELF, NULL);
    if (to.after == node)
        return true;
    node_id list = menu ? make_choices(change, flow, to.owner.node, diags)
                        : make_list(change, flow, to.owner, diags);
    node_id after = to.after ? doc_parent(flow->doc, to.after) : 0;
    return list &&
           change_move(change, flow, doc_parent(flow->doc, node), list, after, diags);
}

bool flow_name_fits(const struct flow *flow, struct str name, struct diags *diags)
{
    if (str_trim(name).len > 0 && utf8_count(name) <= flow->doc->limits.name_length)
        return true;
    struct buf wanted;
    buf_init(&wanted, flow->doc->env);
    buf_addf(&wanted, "a name of 1 to %u characters", flow->doc->limits.name_length);
    diag_add(diags, DIAG_SET_WRONG, NULL, STR("Name"), name, buf_str(&wanted), STR_NONE);
    buf_release(&wanted);
    return false;
}

bool flow_rename(struct change *change, struct flow *flow, node_id node, struct str name,
                 struct diags *diags)
{
    static const struct field field = { .path = "name", .label = "Name", .kind = FIELD_TEXT };
    enum role role = flow_role(flow, node);
    bool optional = role == ROLE_ACTION || role == ROLE_CHOICE;
    if ((!optional || str_trim(name).len > 0) && !flow_name_fits(flow, name, diags))
        return false;
    return flow_set(change, flow, node, &field, name, diags);
}
