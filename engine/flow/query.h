/* Questions about a flow's paths that need no simulation. What can be reached is in refs.h. */
#ifndef POSTFLOW_FLOW_QUERY_H
#define POSTFLOW_FLOW_QUERY_H

#include "engine/flow/flow.h"

/* Whether every way through the action (or list) ends: nothing behind it runs (domain.md section 6,
 * termination algorithm). */
bool flow_ends(const struct flow *flow, node_id action);
bool flow_list_ends(const struct flow *flow, node_id list);
/* Whether an action exists in this type of flow; in a module also in all types that it says it is
 * compatible with. */
bool flow_type_allows(const struct flow *flow, const struct action_info *info);
/* Calls back for each action, in tree order, with its depth; return false to stop. */
typedef bool (*flow_visit)(void *context, node_id action, unsigned depth);
void flow_each_action(const struct flow *flow, flow_visit visit, void *context);

/* What a hang-up at an action leads to, over every path to it (hangup.h says how far that goes;
 * who asks often keeps the answers with it). */
enum slot_state { SLOT_UNSET, SLOT_SET, SLOT_CLEARED, SLOT_DEPENDS };
struct slot_answer {
    enum slot_state state;
    node_id by; /* the Set Post-Flow that set it, on SLOT_SET */
};
struct hangup_answer {
    struct slot_answer caller, callee; /* the slots just behind the action */
};
void flow_hangup_at(const struct flow *flow, struct spot spot, struct hangup_answer *out);

#endif
