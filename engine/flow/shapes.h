/* Whether what is written has the shape that the flow needs: lists that are lists, values with one
 * form, literals of their field's type. Everything found is told, nothing is fatal. */
#ifndef POSTFLOW_FLOW_SHAPES_H
#define POSTFLOW_FLOW_SHAPES_H

#include "engine/flow/flow.h"

/* The flow must be tagged. */
void shapes_check(const struct flow *flow, struct diags *diags);
/* Of one action or choice alone: without the actions in its outputs. */
void shapes_check_action(const struct flow *flow, node_id action, struct diags *diags);

#endif
