/* What the files of engine/explore share about scenarios. */
#ifndef POSTFLOW_EXPLORE_SCENARIO_PARTS_H
#define POSTFLOW_EXPLORE_SCENARIO_PARTS_H

#include "engine/explore/scenario.h"

struct scenario {
    struct env *env;
    struct atoms atoms;
    struct doc *doc;
    struct file_stamp stamp;
    struct settings settings; /* the workspace's with `world` over them */
    struct call_setup setup;
    node_id steps, expect, never, in_order, finally;
};

/* What an expectation says of events; `at` is an item of expect, never, in-order. */
bool expectation_read(const struct scenario *scenario, node_id at, struct diags *diags);
/* Whether event i meets it (`variable` expectations look at variable events). */
bool expectation_met(const struct scenario *scenario, struct call *call, node_id at, size_t event);
/* How many events must meet it: `count`, else 0 for "at least one". */
size_t expectation_count(const struct scenario *scenario, node_id at);
/* An item of finally, at the end of the call. */
bool final_read(const struct scenario *scenario, node_id at, struct diags *diags);
bool final_met(const struct scenario *scenario, struct call *call, node_id at);

/* Whether a JSON value of the trace is what a node says: objects by the members that are named,
 * all else equal; `whole`: objects must have no other members. */
bool node_matches(const struct scenario *scenario, node_id node, const struct pool *pool,
                  struct value value, bool whole);

#endif
