/* Which flows the actions of a file name, as hashes: who looks for those that lead to a flow need
 * not go through every file, nor read one that is known not to name it. */
#ifndef POSTFLOW_FLOW_WORKSPACE_CALLS_H
#define POSTFLOW_FLOW_WORKSPACE_CALLS_H

#include "engine/flow/catalogue.h"

struct doc;
struct env;
struct workspace_file;

struct flow_calls {
    uint32_t *items; /* ascending, each once */
    size_t count, capacity;
    const struct doc *doc; /* NULL: from what is known of a file that was not read */
    uint64_t revision;     /* of the document */
    bool known;
};
void flow_calls_release(struct flow_calls *calls, struct env *env);
uint32_t flow_call_hash(enum flow_type type, struct str name);
/* Of the file's flow as it is now, where it was read. */
const struct flow_calls *workspace_calls(struct workspace_file *file);
/* Whether an action of the file may name a flow of this hash. */
bool workspace_may_call(struct workspace_file *file, uint32_t hash);

#endif
