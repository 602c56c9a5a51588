/* Paths in a flow: `[FLOW::]CONTAINER/STEP/...` (design.md section 2). Printed paths use positions;
 * read ones may use names, `dtmf:1`, output ids; `~1` is a `/` and `~0` a `~` inside a name; a name
 * that is a number is quoted. */
#ifndef POSTFLOW_FLOW_PATH_H
#define POSTFLOW_FLOW_PATH_H

#include "engine/flow/flow.h"

void path_print(const struct flow *flow, struct spot spot, struct buf *out);
/* Without the FLOW:: part. On failure a diagnostic that says which step was not found. */
bool path_find(const struct flow *flow, struct str path, struct spot *out, struct diags *diags);
/* Splits "FLOW::rest"; flow is empty where there is none. */
void path_split(struct str path, struct str *flow, struct str *rest);

#endif
