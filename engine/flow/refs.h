/* What references lead to, for whoever asks about many: a flow's tasks, menus, states and choices
 * by refId, and which of the containers can be reached. Both are of one moment: make them anew
 * after a change. */
#ifndef POSTFLOW_FLOW_REFS_H
#define POSTFLOW_FLOW_REFS_H

#include "engine/flow/flow.h"

struct flow_refs;
struct flow_refs *flow_refs_new(const struct flow *flow);
void flow_refs_free(struct flow_refs *refs);
/* As flow_ref_target. */
node_id flow_refs_find(const struct flow_refs *refs, struct str ref);

/* Whether each task, menu or state can be reached from the start object and the error handling by
 * jumps, calls and choices. */
struct flow_reach;
struct flow_reach *flow_reach_new(const struct flow *flow, const struct flow_refs *refs);
void flow_reach_free(struct flow_reach *reach);
bool flow_reached(const struct flow_reach *reach, node_id container);

#endif
