#include "engine/doc/changes.h"

#include <stdlib.h>
#include "engine/base/env.h"

static int by_id(const void *a, const void *b)
{
    node_id x = ((const struct touched *) a)->id, y = ((const struct touched *) b)->id;
    return (x > y) - (x < y);
}

static int by_parent(const void *a, const void *b)
{
    node_id x = ((const struct touched *) a)->parent, y = ((const struct touched *) b)->parent;
    return x == y ? by_id(a, b) : (x > y) - (x < y);
}

/* Marks the dirty nodes and those that hold them. False when there is none. */
static bool mark(struct changes *changes)
{
    const struct doc *doc = changes->doc;
    bool any = false;
    for (size_t i = 0; i < doc->touched_count; i++) {
        node_id id = doc->touched[i].id;
        if (!(doc_node(doc, id)->flags & NODE_DIRTY) || !doc_attached(doc, id))
            continue;
        any = true;
        for (; id && !changes_in(changes, id); id = doc_parent(doc, id))
            changes->bits[id / 8] |= (unsigned char) (1 << id % 8);
    }
    return any;
}

bool changes_find(struct changes *changes, const struct doc *doc)
{
    size_t size = doc->touched_count * sizeof(*changes->touched);
    *changes = (struct changes){ .doc = doc };
    changes->bits = mem_zalloc(doc->env, doc->count / 8 + 1);
    if (!mark(changes))
        return false;
    changes->touched = mem_clone(doc->env, doc->touched, size);
    changes->by_parent = mem_clone(doc->env, doc->touched, size);
    qsort(changes->touched, doc->touched_count, sizeof(*changes->touched), by_id);
    qsort(changes->by_parent, doc->touched_count, sizeof(*changes->touched), by_parent);
    return true;
}

void changes_release(struct changes *changes)
{
    mem_free(changes->doc->env, changes->bits);
    mem_free(changes->doc->env, changes->touched);
    mem_free(changes->doc->env, changes->by_parent);
}

struct touched changes_original(const struct changes *changes, node_id id)
{
    const struct node *node = doc_node(changes->doc, id);
    struct touched key = { id, node->parent, node->start, node->end };
    if (!(node->flags & NODE_TOUCHED))
        return key;
    const struct touched *found = bsearch(&key, changes->touched, changes->doc->touched_count,
                                          sizeof(*changes->touched), by_id);
    BUG_ON(!found);
    return *found;
}

node_id changes_read_in(const struct changes *changes, node_id parent, size_t *at)
{
    size_t count = changes->doc->touched_count, to = count;
    if (!*at) {
        while (*at < to) {
            size_t mid = *at + (to - *at) / 2;
            if (changes->by_parent[mid].parent < parent)
                *at = mid + 1;
            else
                to = mid;
        }
    }
    return *at < count && changes->by_parent[*at].parent == parent ? changes->by_parent[(*at)++].id
                                                                   : 0;
}
