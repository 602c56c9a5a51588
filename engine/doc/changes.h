/* Inside engine/doc: what differs from the source, for the writers. */
#ifndef POSTFLOW_DOC_CHANGES_H
#define POSTFLOW_DOC_CHANGES_H

#include "engine/doc/json.h"

struct changes {
    const struct doc *doc;
    struct touched *touched;   /* by id */
    struct touched *by_parent; /* by the parent they were read in, then by id */
    unsigned char *bits;       /* one for each node that changed or holds one that did */
};

/* False when nothing differs. Either way to be released. */
bool changes_find(struct changes *changes, const struct doc *doc);
void changes_release(struct changes *changes);
/* The node as it was when it was read. */
struct touched changes_original(const struct changes *changes, node_id id);
/* The first touched node that was read in `parent`, at or behind *at (0 to begin); 0: no more. */
node_id changes_read_in(const struct changes *changes, node_id parent, size_t *at);

static inline bool changes_in(const struct changes *changes, node_id id)
{
    return changes->bits[id / 8] >> id % 8 & 1;
}

#endif
