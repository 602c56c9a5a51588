#include "engine/doc/fit.h"

#include "engine/doc/json.h"

static bool refuse(const struct doc *doc, enum diag_code code, node_id node, struct str what,
                   struct diags *diags)
{
    struct place place = { .file = str_of(doc->file), .node = node };
    if (node && node < doc->count && doc_attached(doc, node))
        doc_place(doc, node, &place);
    return diag_add1(diags, code, &place, what);
}

static bool refuse_limit(const struct doc *doc, enum diag_code code, node_id node, uint32_t limit,
                         struct diags *diags)
{
    struct decimal text;
    return refuse(doc, code, node, json_decimal(&text, limit), diags);
}

static bool unfit(const struct doc *doc, node_id node, struct diags *diags)
{
    return refuse(doc, DIAG_EDIT_UNFIT, node, STR_NONE, diags);
}

static bool is_node(const struct doc *doc, node_id id)
{
    return id && id < doc->count;
}

static bool is_attached_container(const struct doc *doc, node_id id)
{
    return is_node(doc, id) && doc_is_container(doc, id) && doc_attached(doc, id);
}

/* Containers from the root to `id`, itself included. */
static uint32_t depth_of(const struct doc *doc, node_id id)
{
    uint32_t depth = 0;
    for (; id; id = doc_parent(doc, id))
        depth++;
    return depth;
}

struct size {
    uint64_t nodes;
    uint32_t height; /* containers in one another */
};

static void measure(const struct doc *doc, node_id root, struct size *size)
{
    uint32_t height = 0;
    for (node_id id = root;;) {
        size->nodes++;
        bool container = doc_is_container(doc, id);
        if (height + container > size->height)
            size->height = height + container;
        if (doc_first(doc, id)) {
            height++;
            id = doc_first(doc, id);
            continue;
        }
        while (id != root && !doc_next(doc, id)) {
            id = doc_parent(doc, id);
            height--;
        }
        if (id == root)
            return;
        id = doc_next(doc, id);
    }
}

static struct size measure_chain(const struct doc *doc, node_id first, node_id last)
{
    struct size size = { .nodes = 0 };
    for (node_id id = first; id; id = id == last ? 0 : doc_next(doc, id))
        measure(doc, id, &size);
    return size;
}

/* first .. last are children of `parent` (0: unlinked) in this order. */
static bool is_chain(const struct doc *doc, node_id parent, node_id first, node_id last)
{
    for (node_id id = first;; id = doc_next(doc, id)) {
        if (!is_node(doc, id) || id == 1 || doc_parent(doc, id) != parent)
            return false;
        if (id == last)
            return true;
    }
}

/* Members have keys, items have none. */
static bool keys_fit(const struct doc *doc, node_id container, node_id first, node_id last)
{
    bool object = doc_kind(doc, container) == NODE_OBJECT;
    for (node_id id = first; id; id = id == last ? 0 : doc_next(doc, id))
        if ((doc->nodes[id].key != 0) != object)
            return false;
    return true;
}

/* No key of first .. last is among the members of the object (those from `except_first` on left out
 * up to `except_last`) or twice among themselves. */
static bool keys_differ(const struct doc *doc, node_id object, node_id first, node_id last,
                        node_id except_first, node_id except_last, struct diags *diags)
{
    if (doc_kind(doc, object) != NODE_OBJECT || !first)
        return true;
    struct atom *atoms = doc->atoms->items;
    uint32_t mark = atoms_next_mark(doc->atoms);
    for (node_id id = doc_first(doc, object); id; id = doc_next(doc, id)) {
        if (id == except_first)
            id = except_last;
        else
            atoms[doc->nodes[id].key].mark = mark;
    }
    for (node_id id = first; id; id = id == last ? 0 : doc_next(doc, id)) {
        struct atom *atom = &atoms[doc->nodes[id].key];
        if (atom->mark == mark)
            return refuse(doc, DIAG_EDIT_DUPLICATE, object, atom->text, diags);
        atom->mark = mark;
    }
    return true;
}

static bool depth_fits(const struct doc *doc, node_id container, uint32_t height,
                       struct diags *diags)
{
    if (!height || depth_of(doc, container) + height <= doc->limits.depth)
        return true;
    return refuse_limit(doc, DIAG_LIMIT_DEPTH, container, doc->limits.depth, diags);
}

bool fit_splice(const struct doc *doc, const struct edit *e, uint64_t *taken, uint64_t *given,
                struct diags *diags)
{
    if (!is_attached_container(doc, e->node) ||
        (e->after && (!is_node(doc, e->after) || doc_parent(doc, e->after) != e->node)))
        return unfit(doc, e->node, diags);
    node_id next = e->after ? doc_next(doc, e->after) : doc_first(doc, e->node);
    if (e->remove_first &&
        (e->remove_first != next || !is_chain(doc, e->node, e->remove_first, e->remove_last)))
        return unfit(doc, e->node, diags);
    if (e->insert_first &&
        (!is_chain(doc, 0, e->insert_first, e->insert_last) || doc_prev(doc, e->insert_first) ||
         doc_next(doc, e->insert_last) || !keys_fit(doc, e->node, e->insert_first, e->insert_last)))
        return unfit(doc, e->node, diags);
    if (!keys_differ(doc, e->node, e->insert_first, e->insert_last, e->remove_first, e->remove_last,
                     diags))
        return false;
    struct size in = measure_chain(doc, e->insert_first, e->insert_last);
    *taken = measure_chain(doc, e->remove_first, e->remove_last).nodes;
    *given = in.nodes;
    if (doc->attached - *taken + in.nodes > doc->limits.values)
        return refuse_limit(doc, DIAG_LIMIT_VALUES, e->node, doc->limits.values, diags);
    return depth_fits(doc, e->node, in.height, diags);
}

bool fit_set(const struct doc *doc, const struct edit *e, struct diags *diags)
{
    if (!is_node(doc, e->node) || doc_is_container(doc, e->node) || !doc_attached(doc, e->node) ||
        e->kind >= NODE_LIST || e->start > e->end)
        return unfit(doc, e->node, diags);
    if (e->end > (e->flags & NODE_OWN ? doc->added.len : doc->source_len))
        return unfit(doc, e->node, diags);
    struct str text = { doc->added.ptr + e->start, e->end - e->start };
    if (e->kind == NODE_NUMBER && e->flags & NODE_OWN && !json_is_number(text))
        return refuse(doc, DIAG_JSON_NUMBER, e->node, text, diags);
    return true;
}

bool fit_move(const struct doc *doc, const struct edit *e, struct diags *diags)
{
    if (!is_node(doc, e->node) || e->node == 1 || !doc_attached(doc, e->node) ||
        !is_attached_container(doc, e->parent))
        return unfit(doc, e->node, diags);
    if (e->after &&
        (!is_node(doc, e->after) || doc_parent(doc, e->after) != e->parent || e->after == e->node))
        return unfit(doc, e->node, diags);
    if (doc_is_inside(doc, e->parent, e->node))
        return refuse(doc, DIAG_EDIT_INSIDE_ITSELF, e->node, STR_NONE, diags);
    if (e->parent == doc_parent(doc, e->node))
        return true;
    if (!keys_fit(doc, e->parent, e->node, e->node))
        return unfit(doc, e->node, diags);
    struct size size = measure_chain(doc, e->node, e->node);
    return keys_differ(doc, e->parent, e->node, e->node, 0, 0, diags) &&
           depth_fits(doc, e->parent, size.height, diags);
}
