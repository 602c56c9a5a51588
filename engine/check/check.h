/* Problems of flows: a table of rules, each with a code (domain.md section 6, and those of
 * post-flows). Nothing here stops a run; a problem names its place and the way out. */
#ifndef POSTFLOW_CHECK_CHECK_H
#define POSTFLOW_CHECK_CHECK_H

#include "engine/doc/edit.h"
#include "engine/flow/settings.h"
#include "engine/flow/workspace.h"

/* All rules over one flow; diagnostics have file, line, column, path and node. Codes silenced in
 * postflow.json are left out. */
void check_flow(struct workspace *ws, struct flow *flow, struct diags *out);
/* Asked every some actions; true: somebody waits, give up. */
struct check_stop {
    bool (*now)(void *context);
    void *context;
};
/* What is remembered of the flow that was checked last, so that after an edit its actions are
 * checked again one by one: its declarations and references. To be forgotten when a document is put
 * in the place of another, or a flow is closed. */
struct check_memory;
struct check_memory *check_memory_new(struct env *env);
void check_memory_free(struct check_memory *memory);
void check_memory_forget(struct check_memory *memory);
/* The same; false: it was given up, `out` is not complete. `stop` and `memory` may be NULL. */
bool check_flow_unless(struct workspace *ws, struct flow *flow, const struct check_stop *stop,
                       struct check_memory *memory, struct diags *out);
/* Puts those problems of one action that depend on what stands in it alone in the place of the ones
 * that it had in `problems`. Declarations and references are those that are remembered: what else
 * depends on the action is found when the flow is checked as a whole. False: nothing is remembered
 * of this flow, or the node is no action. Costs what the action holds, and the way to it. */
bool check_action_again(struct workspace *ws, struct flow *flow, struct check_memory *memory,
                        node_id action, struct diags *problems);
/* Every flow of the workspace, what could not be read, duplicate flows, postflow.json. Sorted. */
void check_workspace(struct workspace *ws, struct diags *out);

/* Whether an edit that is in effect concerns a value of one action that nothing else in the flow
 * depends on: then checking that action again is enough. */
bool check_is_told_alone(const struct flow *flow, node_id action, const struct edit *edit);

#endif
