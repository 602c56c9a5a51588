/* Problems of flows: a table of rules, each with a code (domain.md section 6, and those of
 * post-flows). Nothing here stops a run; a problem names its place and the way out. */
#ifndef POSTFLOW_CHECK_CHECK_H
#define POSTFLOW_CHECK_CHECK_H

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
/* The same; false: it was given up, `out` is not complete. */
bool check_flow_unless(struct workspace *ws, struct flow *flow, const struct check_stop *stop,
                       struct diags *out);
/* Every flow of the workspace, what could not be read, duplicate flows, postflow.json. Sorted. */
void check_workspace(struct workspace *ws, struct diags *out);

#endif
