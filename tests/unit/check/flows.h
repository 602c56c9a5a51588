/* Small workspaces in memory: flows of one task, by their actions. */
#ifndef POSTFLOW_TESTS_UNIT_CHECK_FLOWS_H
#define POSTFLOW_TESTS_UNIT_CHECK_FLOWS_H

#include "engine/flow/workspace.h"

/* An empty one; to be freed with workspace_free. */
struct workspace *flows_workspace(struct env *env, const struct limits *limits);
/* `actions`: JSON with ' for ", separated by commas. */
struct flow *flows_add(struct workspace *ws, enum flow_type type, const char *name,
                       const char *actions);

#endif
