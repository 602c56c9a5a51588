/* Variables that nobody declares, but that an action writes with a type: exports of Archy leave out
 * declarations, and what they were is what is written. */
#ifndef POSTFLOW_FLOW_IMPLIED_H
#define POSTFLOW_FLOW_IMPLIED_H

#include "engine/flow/flow.h"

struct implied_variable {
    node_id owner;        /* the flow's body, a task or a state, as flow_scope_of has it */
    node_id writer;       /* the first action, or row of one, that writes it */
    struct str full_name; /* "Task.Answer", of the document */
    enum value_type type; /* TYPE_NONE: only what the action calls could tell */
    bool list;
};
struct implied_variables {
    struct env *env;
    struct implied_variable *items; /* each once, in the order of the document */
    size_t count, capacity;
};
void implied_find(const struct flow *flow, struct implied_variables *out);
void implied_release(struct implied_variables *variables);

#endif
