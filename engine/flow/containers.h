/* The fields of what is no action: tasks, menus, states, cases of a switch, variables. The same
 * table shape as for actions, so that one pane, one checker and one reference serve all. */
#ifndef POSTFLOW_FLOW_CONTAINERS_H
#define POSTFLOW_FLOW_CONTAINERS_H

#include "engine/flow/flow.h"

/* What a menu and a sub-menu share. */
#define DEFAULT_CHOICE                                                                             \
    { .path = "defaultChildMenuRef", .label = "Default choice", .kind = FIELD_MENU_CHOICE,         \
      .help = "The choice that runs after the last repeat; none disconnects the call.",            \
      .source = "documented: menus have an optional default choice" }

/* Ends with path NULL; an empty table for roles that have none. Paths count from the node's body.
 * For ROLE_FLOW see flow_type_info. */
const struct field *container_fields(enum role role);
/* The fields of a spot of any kind: an action's, a container's, a case's, the flow's own. *owner is
 * the node their paths count from; 0 where the spot has no node of its own (a missing output). */
const struct field *spot_fields(const struct flow *flow, struct spot spot, node_id *owner);
/* Of an output that is written, by its node. */
const struct field *output_fields(const struct flow *flow, node_id action, node_id output);

/* Whether a field of a table matters: one that is shown only when another one has a certain value
 * (field.when) does only then. */
bool field_is_shown(const struct flow *flow, node_id owner, const struct field *table,
                    const struct field *field);

#endif
