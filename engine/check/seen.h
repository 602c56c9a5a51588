/* Names seen so far, whose second is a problem; letter case (ASCII) does not tell two apart. */
#ifndef POSTFLOW_CHECK_SEEN_H
#define POSTFLOW_CHECK_SEEN_H

#include "engine/flow/flow.h"

struct seen_name {
    struct str name;
    node_id node; /* 0: free */
};
struct seen {
    struct env *env;
    struct seen_name *slots;
    size_t slot_count, count;
};
void seen_init(struct seen *seen, struct env *env);
void seen_release(struct seen *seen);
/* The node of the same role that has this name already; 0: none, and from now on `node` has it. The
 * name must live as long. */
node_id seen_before(struct seen *seen, const struct flow *flow, struct str name, node_id node);
/* A hash that letter case does not change. */
uint32_t fold_hash(struct str text);

#endif
