/* Another name with every reference to it, as steps of one change. References by refId stay as they
 * are; those by name, and expressions by the positions of their tokens, are renamed. */
#ifndef POSTFLOW_FLOW_RENAME_H
#define POSTFLOW_FLOW_RENAME_H

#include "engine/flow/change.h"
#include "engine/flow/workspace.h"

struct renaming {
    struct change *change;
    const struct workspace *ws;
    struct flow *settings; /* postflow.json as a document of changes; NULL: there is none */
    size_t places;         /* references that were renamed */
    struct buf left;       /* what was not, and why: "a.flow.json cannot be read; ..."; the owner
                              inits and releases it */
};
/* A flow: in all flows of the workspace and in postflow.json. Refused where another flow of its
 * type has the name. References stay where a twin of the old name remains. */
bool rename_flow(struct renaming *renaming, struct flow *flow, struct str name,
                 struct diags *diags);
/* A task, menu, state or choice: refused where another one has the name. Actions have names that
 * nothing refers to. */
bool rename_node(struct renaming *renaming, struct flow *flow, node_id node, struct str name,
                 struct diags *diags);
/* A variable, by its declaration; `name` in full or without its scope. Inputs and outputs of calls
 * of its task follow, of its module in all flows. */
bool rename_variable(struct renaming *renaming, struct flow *flow, node_id variable,
                     struct str name, struct diags *diags);

#endif
