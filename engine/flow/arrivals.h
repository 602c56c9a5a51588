/* Who comes to a flow: the actions that lead there, each with the side that it brings and the data
 * that it sends (domain.md sections 1.2, 2.2). */
#ifndef POSTFLOW_FLOW_ARRIVALS_H
#define POSTFLOW_FLOW_ARRIVALS_H

#include "engine/expr/json_shape.h"
#include "engine/flow/workspace.h"

/* The call itself, when it is transferred; of a post-flow the party that its Target names. */
enum arrival_side {
    ARRIVES_CALL,
    ARRIVES_CALLER,
    ARRIVES_AGENT,
    ARRIVES_ANY,
    ARRIVES_EITHER /* the Target is an expression */
};
struct arrival {
    enum arrival_side side;
    struct form_value data; /* FORM_ABSENT: nothing can be sent */
};
/* False: the action leads to no other flow for good. */
bool flow_arrival(const struct flow *flow, node_id action, struct arrival *out);
const char *arrival_side_word(enum arrival_side side); /* "caller" */
/* What a literal makes, and an expression as far as that can be told without variables. */
struct json_shape flow_sent_shape(const struct flow *flow, struct form_value data,
                                  struct arena *arena, struct pool *pool);
/* "caller with line, number"; nothing for an action that leads to no flow. */
void arrival_print(const struct flow *flow, node_id action, struct buf *out);

/* "caller by 2 post-flows, call by 1 transfer; data: line", "nobody from another flow". Reads the
 * files that name the flow. */
void arrivals_print(const struct workspace *ws, const struct flow *flow, struct buf *out);

/* The keys of the data that is sent there, each once; at most so many. They live in the arena. */
enum { ARRIVAL_KEYS = 32 };
size_t arrivals_keys(const struct workspace *ws, const struct flow *flow, struct arena *arena,
                     const char *keys[static ARRIVAL_KEYS]);

#endif
