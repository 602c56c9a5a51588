/* Tagging: which node of the document is what in the flow. One walk over the structure; fields are
 * not looked at. What is wrong in them is told by shapes.c. */
#include "engine/flow/shapes.h"
#include "engine/flow/tags.h"
#include "engine/flow/typing.h"

node_id item_body(const struct doc *doc, node_id item)
{
    if (doc_kind(doc, item) != NODE_OBJECT)
        return 0;
    node_id body = doc_first(doc, item);
    return body && !doc_next(doc, body) ? body : 0;
}

/* What becomes of a node by its kind: `place` when it is a list, an object, an item. */
static enum place_kind if_list(const struct doc *doc, node_id node, enum place_kind place)
{
    return doc_kind(doc, node) == NODE_LIST ? place : PLACE_NONE;
}

static enum place_kind if_object(const struct doc *doc, node_id node, enum place_kind place)
{
    return doc_kind(doc, node) == NODE_OBJECT ? place : PLACE_NONE;
}

static enum place_kind if_item(const struct doc *doc, node_id node, enum place_kind place)
{
    return item_body(doc, node) ? place : PLACE_NONE;
}

static enum place_kind below_flow(const struct doc *doc, node_id node)
{
    switch (doc_node(doc, node)->key) {
    case ATOM_tasks:
        return if_list(doc, node, PLACE_TASKS);
    case ATOM_menus:
        return if_list(doc, node, PLACE_MENUS);
    case ATOM_states:
        return if_list(doc, node, PLACE_STATES);
    case ATOM_startUpTaskActions:
        return if_list(doc, node, PLACE_LIST);
    case ATOM_variables:
    case ATOM_startUpTaskVariables:
        return if_list(doc, node, PLACE_VARIABLES);
    default:
        return PLACE_NONE;
    }
}

/* {"task": {...}}: the key must be the one of the list. */
static enum place_kind container_body(const struct doc *doc, node_id node, atom_id key,
                                      enum place_kind place)
{
    return doc_node(doc, node)->key == key ? if_object(doc, node, place) : PLACE_NONE;
}

static enum place_kind below_task(const struct doc *doc, node_id node)
{
    atom_id key = doc_node(doc, node)->key;
    if (key == ATOM_actions)
        return if_list(doc, node, PLACE_LIST);
    return key == ATOM_variables ? if_list(doc, node, PLACE_VARIABLES) : PLACE_NONE;
}

static bool has_cases(const struct action_info *info)
{
    return info && info->flags & ACTION_HAS_CASES;
}

static enum place_kind below_action(const struct doc *doc, node_id node,
                                    const struct action_info *info)
{
    atom_id key = doc_node(doc, node)->key;
    if (key == ATOM_outputs)
        return if_object(doc, node, PLACE_OUTPUTS);
    return key == ATOM_evaluate && has_cases(info) ? if_object(doc, node, PLACE_EVALUATE)
                                                   : PLACE_NONE;
}

static bool is_output_id(const struct doc *doc, node_id node, const struct action_info *info)
{
    struct str key = doc_key(doc, node);
    for (const struct output_info *output = info ? info->outputs : NULL; output && output->id;
         output++) {
        if (str_is(key, output->id))
            return true;
    }
    return false;
}

/* Outputs that the catalogue does not know are those that have actions. */
static enum place_kind below_outputs(const struct doc *doc, node_id node,
                                     const struct action_info *info)
{
    if (doc_node(doc, node)->key == ATOM_paths && doc_kind(doc, node) == NODE_LIST)
        return PLACE_BRANCHES;
    bool output = doc_member(doc, node, ATOM_actions) || is_output_id(doc, node, info);
    return output ? if_object(doc, node, PLACE_OUTPUT) : PLACE_NONE;
}

static enum place_kind below_evaluate(const struct doc *doc, node_id node)
{
    atom_id key = doc_node(doc, node)->key;
    if (key == ATOM_firstTrue)
        return if_object(doc, node, PLACE_SWITCH);
    bool match = key == ATOM_firstMatch &&
                 !doc_member(doc, doc_parent(doc, node), ATOM_firstTrue);
    return match ? if_object(doc, node, PLACE_MATCH) : PLACE_NONE;
}

static enum place_kind below_switch(const struct doc *doc, node_id node)
{
    atom_id key = doc_node(doc, node)->key;
    if (key == ATOM_default)
        return if_object(doc, node, PLACE_OUTPUT);
    return key == ATOM_cases ? if_list(doc, node, PLACE_BRANCHES) : PLACE_NONE;
}

static enum place_kind below_choice(const struct doc *doc, node_id node,
                                    const struct action_info *info)
{
    atom_id key = doc_node(doc, node)->key;
    if (key == ATOM_choices)
        return if_list(doc, node, PLACE_CHOICES);
    bool task = key == ATOM_task && info && str_is(str_of(info->key), "menuTask");
    return task ? if_object(doc, node, PLACE_OUTPUT) : PLACE_NONE;
}

static enum place_kind place_below(const struct doc *doc, node_id node, enum place_kind parent,
                                   const struct action_info *info)
{
    switch (parent) {
    case PLACE_FLOW:
        return below_flow(doc, node);
    case PLACE_TASKS:
        return if_item(doc, node, PLACE_TASK_ITEM);
    case PLACE_MENUS:
        return if_item(doc, node, PLACE_MENU_ITEM);
    case PLACE_STATES:
        return if_item(doc, node, PLACE_STATE_ITEM);
    case PLACE_TASK_ITEM:
        return container_body(doc, node, ATOM_task, PLACE_TASK);
    case PLACE_MENU_ITEM:
        return container_body(doc, node, ATOM_menu, PLACE_MENU);
    case PLACE_STATE_ITEM:
        return container_body(doc, node, ATOM_state, PLACE_STATE);
    case PLACE_TASK:
    case PLACE_STATE:
    case PLACE_OUTPUT:
        return below_task(doc, node);
    case PLACE_LIST:
        return if_item(doc, node, PLACE_ITEM);
    case PLACE_ITEM:
        return PLACE_ACTION;
    case PLACE_ACTION:
        return below_action(doc, node, info);
    case PLACE_OUTPUTS:
        return below_outputs(doc, node, info);
    case PLACE_BRANCHES:
        return if_item(doc, node, PLACE_BRANCH_ITEM);
    case PLACE_BRANCH_ITEM:
        return if_object(doc, node, PLACE_OUTPUT);
    case PLACE_EVALUATE:
        return below_evaluate(doc, node);
    case PLACE_MATCH:
        return doc_first(doc, doc_parent(doc, node)) == node ? if_object(doc, node, PLACE_SWITCH)
                                                             : PLACE_NONE;
    case PLACE_SWITCH:
        return below_switch(doc, node);
    case PLACE_MENU:
        return doc_node(doc, node)->key == ATOM_choices ? if_list(doc, node, PLACE_CHOICES)
                                                        : PLACE_NONE;
    case PLACE_CHOICES:
        return if_item(doc, node, PLACE_CHOICE_ITEM);
    case PLACE_CHOICE_ITEM:
        return PLACE_CHOICE;
    case PLACE_CHOICE:
        return below_choice(doc, node, info);
    case PLACE_VARIABLES:
        return if_item(doc, node, PLACE_VARIABLE_ITEM);
    case PLACE_VARIABLE_ITEM:
        return if_object(doc, node, PLACE_VARIABLE);
    case PLACE_NONE:
    case PLACE_VARIABLE:
    case PLACE_COUNT:
        break;
    }
    return PLACE_NONE;
}

/* The tag of a node below a tagged parent. */
static uint16_t tag_below(const struct flow *flow, node_id node)
{
    const struct doc *doc = flow->doc;
    node_id parent = doc_parent(doc, node);
    uint16_t above = doc_node(doc, parent)->tag;
    enum place_kind place = above & TAG_PLACE_MASK;
    unsigned index = above >> TAG_PLACE_BITS;
    place = place_below(doc, node, place, index ? catalogue_action(index - 1) : NULL);
    if (place == PLACE_ACTION || place == PLACE_CHOICE) {
        const struct action_info *info = catalogue_of_atom(doc_node(doc, node)->key);
        index = info ? (unsigned) catalogue_index(info) + 1 : 0;
    } else if (place != PLACE_OUTPUTS) {
        index = 0;
    }
    return (uint16_t)(place | index << TAG_PLACE_BITS);
}

/* Tags a node and what is below it. Only below what is, or was, of the structure can anything be
 * tagged, so fields are passed over. */
static void tag_tree(struct flow *flow, node_id root)
{
    struct node *nodes = flow->doc->nodes;
    for (node_id id = root;;) {
        uint16_t before = nodes[id].tag;
        nodes[id].tag = tag_below(flow, id);
        if ((before || nodes[id].tag) && nodes[id].first) {
            id = nodes[id].first;
            continue;
        }
        while (id != root && !nodes[id].next)
            id = nodes[id].parent;
        if (id == root)
            return;
        id = nodes[id].next;
    }
}

static void tag_flow(struct flow *flow)
{
    const struct doc *doc = flow->doc;
    flow->doc->nodes[flow->body].tag = PLACE_FLOW;
    for (node_id at = doc_first(doc, flow->body); at; at = doc_next(doc, at))
        tag_tree(flow, at);
}

/* Of a root key that is no type known: whether it holds what flows hold. */
static bool looks_like_flow(const struct doc *doc, node_id body)
{
    static const atom_id keys[] = { ATOM_name,   ATOM_tasks,      ATOM_menus,
                                    ATOM_states, ATOM_startUpRef, ATOM_startUpTaskActions };
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        if (doc_member(doc, body, keys[i]))
            return true;
    }
    return false;
}

enum flow_type flow_type_of_key(struct str key)
{
    for (int type = 1; type < FLOW_TYPE_COUNT; type++) {
        if (str_is(key, flow_type_info((enum flow_type) type)->key))
            return (enum flow_type) type;
    }
    return FLOW_OTHER;
}

bool flow_index(struct flow *flow, struct doc *doc, struct diags *diags)
{
    *flow = (struct flow){ .doc = doc };
    node_id body = item_body(doc, 1);
    if (body)
        flow->type = flow_type_of_key(doc_key(doc, body));
    if (!body || doc_kind(doc, body) != NODE_OBJECT ||
        (flow->type == FLOW_OTHER && !looks_like_flow(doc, body))) {
        struct place place = { 0 };
        doc_place(doc, 1, &place);
        return diag_add0(diags, DIAG_FLOW_ROOT, &place);
    }
    flow->body = body;
    doc->plain_kind = typing_kind;
    tag_flow(flow);
    shapes_check(flow, diags);
    return true;
}

void flow_check_shapes(struct flow *flow, struct diags *diags)
{
    shapes_check(flow, diags);
}

void flow_retag(struct flow *flow, node_id parent, node_id child)
{
    if (parent == 1)
        return;
    /* A member more or less can change what the parent itself is, and in a switch what its first
     * member is. */
    enum place_kind place = place_of(flow, parent);
    uint16_t tag = doc_node(flow->doc, parent)->tag;
    bool changed = parent != flow->body && tag != tag_below(flow, parent);
    if (changed || place == PLACE_EVALUATE || place == PLACE_MATCH)
        tag_tree(flow, parent);
    else if (child)
        tag_tree(flow, child);
}
