/* Between hangup.c and hangup_walk.c. */
#ifndef POSTFLOW_FLOW_HANGUP_PARTS_H
#define POSTFLOW_FLOW_HANGUP_PARTS_H

#include "engine/flow/hangup.h"
#include "engine/flow/slot_sets.h"

/* The caller's slot and the callee's at an action, choice or container, as sets. */
struct hangup_record {
    node_id node;
    bool reached;       /* some path leads to it */
    uint32_t before[2]; /* where it begins */
    uint32_t inside[2]; /* where its outputs begin */
    uint32_t behind[2]; /* where it leads on; what ends its path: with what it leaves */
};
struct hangup_records {
    struct slot_sets *sets;
    struct hangup_record *items;
    size_t count, capacity;
    uint32_t start[2]; /* where the flow begins */
    bool known;        /* false: it was too much work */
};

/* Fills the records (sets: made by the caller), each node once, in no certain order. */
void hangup_walk(struct env *env, const struct flow *flow, const struct workspace *ws,
                 struct hangup_records *out);

#endif
