#include "engine/doc/edit.h"

#include "engine/base/env.h"
#include "engine/doc/fit.h"
#include "engine/doc/json.h"

struct edit edit_insert(const struct doc *doc, node_id container, node_id after, node_id node)
{
    node_id last = node;
    while (last && last < doc->count && doc_next(doc, last))
        last = doc_next(doc, last);
    return (struct edit){ .op = EDIT_SPLICE,
                          .node = container,
                          .after = after,
                          .insert_first = node,
                          .insert_last = last };
}

struct edit edit_remove_range(const struct doc *doc, node_id first, node_id last)
{
    return (struct edit){ .op = EDIT_SPLICE,
                          .node = doc_parent(doc, first),
                          .after = doc_prev(doc, first),
                          .remove_first = first,
                          .remove_last = last };
}

struct edit edit_remove(const struct doc *doc, node_id node)
{
    return edit_remove_range(doc, node, node);
}

struct edit edit_replace(const struct doc *doc, node_id old, node_id node)
{
    struct edit edit = edit_insert(doc, doc_parent(doc, old), doc_prev(doc, old), node);
    edit.remove_first = edit.remove_last = old;
    return edit;
}

struct edit edit_move(const struct doc *doc, node_id node, node_id parent, node_id after)
{
    (void) doc;
    return (struct edit){ .op = EDIT_MOVE, .node = node, .parent = parent, .after = after };
}

/* Keeps what the node was when it was read. */
static void touch(struct doc *doc, node_id id)
{
    struct node *node = &doc->nodes[id];
    if (node->flags & (NODE_OWN | NODE_TOUCHED))
        return;
    if (doc->touched_count == doc->touched_capacity)
        doc->touched = mem_grow(doc->env, doc->touched, &doc->touched_capacity,
                                doc->touched_count + 1, sizeof(*doc->touched));
    doc->touched[doc->touched_count++] = (struct touched){ id, node->parent, node->start,
                                                           node->end };
    node->flags |= NODE_TOUCHED;
}

static void touch_chain(struct doc *doc, node_id first, node_id last)
{
    for (node_id id = first; id; id = id == last ? 0 : doc_next(doc, id))
        touch(doc, id);
}

/* Makes a container clean (1) or dirty (0); gives what undoes that. */
static uint8_t set_clean(struct doc *doc, node_id id, uint8_t clean)
{
    struct node *node = &doc->nodes[id];
    uint8_t before = !(node->flags & NODE_DIRTY);
    node->flags = clean ? node->flags & ~NODE_DIRTY : node->flags | NODE_DIRTY;
    return before;
}

static void set_parents(struct doc *doc, node_id first, node_id last, node_id parent)
{
    for (node_id id = first; id; id = id == last ? 0 : doc_next(doc, id))
        doc->nodes[id].parent = parent;
}

/* Takes first .. last out; they stay a chain. */
static void unlink_chain(struct doc *doc, node_id first, node_id last)
{
    struct node *nodes = doc->nodes;
    struct node *container = &nodes[nodes[first].parent];
    node_id prev = doc_prev(doc, first), next = nodes[last].next;
    node_id end = next ? nodes[container->first].prev : prev;
    set_parents(doc, first, last, 0);
    nodes[first].prev = first;
    nodes[last].next = 0;
    if (prev)
        nodes[prev].next = next;
    else
        container->first = next;
    if (next)
        nodes[next].prev = prev;
    if (container->first)
        nodes[container->first].prev = end;
}

/* Puts an unlinked chain in behind `after` (0: at the start). */
static void link_chain(struct doc *doc, node_id parent, node_id after, node_id first, node_id last)
{
    struct node *nodes = doc->nodes;
    struct node *container = &nodes[parent];
    node_id next = after ? nodes[after].next : container->first;
    node_id end = next ? nodes[container->first].prev : last;
    set_parents(doc, first, last, parent);
    nodes[first].prev = after;
    nodes[last].next = next;
    if (after)
        nodes[after].next = first;
    else
        container->first = first;
    if (next)
        nodes[next].prev = last;
    nodes[container->first].prev = end;
}

static bool apply_splice(struct doc *doc, struct edit *e, struct diags *diags)
{
    uint64_t taken = 0, given = 0;
    if (!fit_splice(doc, e, &taken, &given, diags))
        return false;
    touch(doc, e->node);
    touch_chain(doc, e->remove_first, e->remove_last);
    if (e->remove_first)
        unlink_chain(doc, e->remove_first, e->remove_last);
    if (e->insert_first)
        link_chain(doc, e->node, e->after, e->insert_first, e->insert_last);
    doc->attached = (uint32_t) (doc->attached - taken + given);
    e->dirty_from = set_clean(doc, e->node, e->dirty_from);
    struct edit done = *e;
    e->remove_first = done.insert_first;
    e->remove_last = done.insert_last;
    e->insert_first = done.remove_first;
    e->insert_last = done.remove_last;
    return true;
}

static bool apply_set(struct doc *doc, struct edit *e, struct diags *diags)
{
    if (!fit_set(doc, e, diags))
        return false;
    touch(doc, e->node);
    struct node *node = &doc->nodes[e->node];
    struct edit before = *e;
    before.kind = node->kind;
    before.flags = node->flags & ~NODE_TOUCHED;
    before.start = node->start;
    before.end = node->end;
    node->kind = e->kind;
    node->flags = e->flags | (node->flags & NODE_TOUCHED);
    node->start = e->start;
    node->end = e->end;
    *e = before;
    return true;
}

static bool apply_move(struct doc *doc, struct edit *e, struct diags *diags)
{
    if (!fit_move(doc, e, diags))
        return false;
    node_id from = doc_parent(doc, e->node), before = doc_prev(doc, e->node);
    touch(doc, from);
    touch(doc, e->parent);
    touch(doc, e->node);
    unlink_chain(doc, e->node, e->node);
    link_chain(doc, e->parent, e->after, e->node, e->node);
    uint8_t undo_from = set_clean(doc, from, e->dirty_from);
    uint8_t undo_to = from == e->parent ? undo_from : set_clean(doc, e->parent, e->dirty_to);
    *e = (struct edit){ .op = EDIT_MOVE,
                        .node = e->node,
                        .parent = from,
                        .after = before,
                        .dirty_from = undo_to,
                        .dirty_to = undo_from };
    return true;
}

bool doc_apply(struct doc *doc, struct edit *edit, struct diags *diags)
{
    bool done = false;
    switch (edit->op) {
    case EDIT_SPLICE:
        done = apply_splice(doc, edit, diags);
        break;
    case EDIT_SET:
        done = apply_set(doc, edit, diags);
        break;
    case EDIT_MOVE:
        done = apply_move(doc, edit, diags);
        break;
    }
    doc->revision += done;
    doc->atoms->changes += done;
    return done;
}
