/* Between hangup.c and hangup_walk.c. */
#ifndef POSTFLOW_FLOW_HANGUP_PARTS_H
#define POSTFLOW_FLOW_HANGUP_PARTS_H

#include "engine/flow/hangup.h"

/* A slot: one of these, or the Set Post-Flow that set it. */
enum { HANGUP_UNSET = 0 };
#define HANGUP_CLEARED UINT32_MAX
#define HANGUP_DEPENDS (UINT32_MAX - 1)

/* The caller's slot and the callee's at an action, choice or container. */
struct hangup_record {
    node_id node;
    uint32_t inside[2]; /* where its outputs begin */
    uint32_t behind[2]; /* where it leads on; what ends its path: with what it leaves */
};
struct hangup_records {
    struct hangup_record *items;
    size_t count, capacity;
    uint32_t start[2]; /* where the flow begins */
    bool known;        /* false: it was too much work */
};

/* Fills the records, each node once, in no certain order. */
void hangup_walk(struct env *env, const struct flow *flow, const struct workspace *ws,
                 struct hangup_records *out);

#endif
