/* How a node's tag says what it is: its place in the low five bits; above them, for actions,
 * choices and the objects of their outputs, the index of the action in the catalogue + 1. What a
 * node is follows from its parent, its key and its own shape: tagging is one rule, in index.c. */
#ifndef POSTFLOW_FLOW_TAGS_H
#define POSTFLOW_FLOW_TAGS_H

#include "engine/flow/flow.h"

enum place_kind {
    PLACE_NONE, /* a field or part of one, or of a wrong shape: nothing below it is tagged */
    PLACE_FLOW,
    PLACE_TASKS, /* lists of containers, their items, the containers */
    PLACE_MENUS,
    PLACE_STATES,
    PLACE_TASK_ITEM,
    PLACE_MENU_ITEM,
    PLACE_STATE_ITEM,
    PLACE_TASK,
    PLACE_MENU,
    PLACE_STATE,
    PLACE_LIST, /* of actions */
    PLACE_ITEM,
    PLACE_ACTION,
    PLACE_OUTPUTS, /* the object under `outputs` */
    PLACE_OUTPUT,
    PLACE_BRANCHES, /* list of {"case": OUTPUT} or {"path": OUTPUT} */
    PLACE_BRANCH_ITEM,
    PLACE_EVALUATE, /* of a switch */
    PLACE_MATCH,    /* firstMatch: {TYPE: ...} */
    PLACE_SWITCH,   /* what holds cases and default */
    PLACE_CHOICES,
    PLACE_CHOICE_ITEM,
    PLACE_CHOICE,
    PLACE_VARIABLES,
    PLACE_VARIABLE_ITEM,
    PLACE_VARIABLE,
    PLACE_COUNT
};
enum { TAG_PLACE_BITS = 5, TAG_PLACE_MASK = 31 };

static inline enum place_kind place_of(const struct flow *flow, node_id node)
{
    return (enum place_kind)(flow->doc->nodes[node].tag & TAG_PLACE_MASK);
}

/* The member of an item {"key": {...}}: its body; 0 when the item has another shape. */
node_id item_body(const struct doc *doc, node_id item);
/* The object that holds the cases and the default of a switch: evaluate/firstTrue or
 * evaluate/firstMatch/TYPE; 0: none. */
node_id switch_body(const struct flow *flow, node_id action);
/* Which output of the action (or menuTask) this branch is, from 1; 0: none of them. */
unsigned output_number(const struct flow *flow, node_id action, node_id branch);
/* Whether the flow's own list (startUpTaskActions) is a container: flows with one task, and others
 * that have one written. */
bool flow_has_own_list(const struct flow *flow);
/* The refId in a reference's text; empty: it names nothing here. */
struct str ref_id(struct str text);
/* Whether the node is what the reference names: its refId and, where it is said, its kind. */
bool ref_names(const struct flow *flow, struct str text, node_id node);

#endif
