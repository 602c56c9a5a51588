/* The shortest way from a flow's start to an action on which a slot is never set: the jumps that it
 * takes, and the outputs on which it passes by each Set Post-Flow. */
#ifndef POSTFLOW_CHECK_WAYS_H
#define POSTFLOW_CHECK_WAYS_H

#include "engine/flow/hangup.h"
#include "engine/flow/path.h"
#include "engine/flow/refs.h"

/* The answers of hangups are those of the last question about this flow. */
struct ways;
struct ways *ways_new(const struct flow *flow, const struct flow_refs *refs,
                      const struct hangups *hangups, unsigned slot);
void ways_free(struct ways *ways);
/* "Welcome/1/no, Support/2/yes"; false, and nothing: none was found. Costs what lies before it. */
bool ways_print(const struct ways *ways, node_id action, struct path_memo *memo, struct buf *out);

#endif
