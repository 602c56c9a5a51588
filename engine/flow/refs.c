#include "engine/flow/refs.h"

#include "engine/base/env.h"
#include "engine/flow/query.h"
#include "engine/flow/tags.h"

struct flow_refs {
    struct env *env;
    const struct flow *flow;
    node_id *nodes; /* with a refId: containers, then choices */
    size_t count, capacity;
    uint32_t *slots; /* number + 1 in nodes, by hash of the refId; 0: free */
    size_t slot_count;
};

static struct str id_of(const struct flow *flow, node_id node)
{
    return doc_text(flow->doc, doc_member(flow->doc, node, ATOM_refId));
}

static void add_node(struct flow_refs *refs, node_id node)
{
    if (!doc_member(refs->flow->doc, node, ATOM_refId))
        return;
    refs->nodes = mem_grow(refs->env, refs->nodes, &refs->capacity, refs->count + 1,
                           sizeof *refs->nodes);
    refs->nodes[refs->count++] = node;
}

static bool add_choice(void *context, node_id action, unsigned depth)
{
    struct flow_refs *refs = context;
    (void) depth;
    if (flow_role(refs->flow, action) == ROLE_CHOICE)
        add_node(refs, action);
    return true;
}

struct flow_refs *flow_refs_new(const struct flow *flow)
{
    struct env *env = flow->doc->env;
    struct flow_refs *refs = mem_zalloc(env, sizeof *refs);
    refs->env = env;
    refs->flow = flow;
    for (node_id at = flow_container_next(flow, 0); at; at = flow_container_next(flow, at))
        add_node(refs, at);
    flow_each_action(flow, add_choice, refs);
    refs->slot_count = 16;
    while (refs->slot_count < refs->count * 2)
        refs->slot_count *= 2;
    refs->slots = mem_zalloc(env, refs->slot_count * sizeof *refs->slots);
    for (size_t i = 0; i < refs->count; i++) {
        size_t at = str_hash(id_of(flow, refs->nodes[i])) & (refs->slot_count - 1);
        while (refs->slots[at])
            at = (at + 1) & (refs->slot_count - 1);
        refs->slots[at] = (uint32_t) i + 1;
    }
    return refs;
}

void flow_refs_free(struct flow_refs *refs)
{
    mem_free(refs->env, refs->nodes);
    mem_free(refs->env, refs->slots);
    mem_free(refs->env, refs);
}

node_id flow_refs_find(const struct flow_refs *refs, struct str ref)
{
    struct str id = ref_id(ref);
    if (id.len == 0)
        return 0;
    size_t at = str_hash(id) & (refs->slot_count - 1);
    for (; refs->slots[at]; at = (at + 1) & (refs->slot_count - 1)) {
        node_id node = refs->nodes[refs->slots[at] - 1];
        if (ref_names(refs->flow, ref, node))
            return node;
    }
    return 0;
}

/* --- what is reached --- */

/* Containers by number, and from which one leads to which. */
struct edge {
    uint32_t from, to;
};
struct flow_reach {
    struct env *env;
    const struct flow *flow;
    const struct flow_refs *refs; /* while it is made */
    node_id *slots;               /* containers by hash of the node */
    uint32_t *numbers;            /* of the slots' containers */
    size_t slot_count;
    uint32_t count;
    uint32_t current; /* the container that is gone through */
    struct edge *edges;
    size_t edge_count, edge_capacity;
    bool *reached; /* by number */
};

static size_t slot_of(const struct flow_reach *reach, node_id node)
{
    size_t at = node * 2654435761u & (reach->slot_count - 1);
    while (reach->slots[at] && reach->slots[at] != node)
        at = (at + 1) & (reach->slot_count - 1);
    return at;
}

static void number_containers(struct flow_reach *reach)
{
    const struct flow *flow = reach->flow;
    for (node_id at = flow_container_next(flow, 0); at; at = flow_container_next(flow, at))
        reach->count++;
    reach->slot_count = 16;
    while (reach->slot_count < (size_t) reach->count * 2)
        reach->slot_count *= 2;
    reach->slots = mem_zalloc(reach->env, reach->slot_count * sizeof *reach->slots);
    reach->numbers = mem_zalloc(reach->env, reach->slot_count * sizeof *reach->numbers);
    reach->reached = mem_zalloc(reach->env, reach->count + 1);
    uint32_t number = 0;
    for (node_id at = flow_container_next(flow, 0); at; at = flow_container_next(flow, at)) {
        size_t slot = slot_of(reach, at);
        reach->slots[slot] = at;
        reach->numbers[slot] = number++;
    }
}

/* The number of the container that a node is or is in; count: in none. */
static uint32_t number_of(const struct flow_reach *reach, node_id node)
{
    node_id container = node ? flow_container_of(reach->flow, node) : 0;
    size_t slot = slot_of(reach, container);
    return container && reach->slots[slot] ? reach->numbers[slot] : reach->count;
}

static bool add_edges(void *context, node_id action, unsigned depth)
{
    struct flow_reach *reach = context;
    const struct action_info *info = flow_action(reach->flow, action);
    if (depth == 0) /* the first of its container */
        reach->current = number_of(reach, action);
    for (const struct field *field = info ? info->fields : NULL; field && field->path; field++) {
        if (field->kind != FIELD_TASK && field->kind != FIELD_MENU && field->kind != FIELD_STATE)
            continue;
        struct form_value value = flow_value(reach->flow, action, field);
        uint32_t to = number_of(reach, flow_refs_find(reach->refs, value.text));
        if (to == reach->count)
            continue;
        reach->edges = mem_grow(reach->env, reach->edges, &reach->edge_capacity,
                                reach->edge_count + 1, sizeof *reach->edges);
        reach->edges[reach->edge_count++] = (struct edge){ reach->current, to };
    }
    return true;
}

/* From the container on, over the edges of each (they stand together: firsts[i] to firsts[i + 1]).
 */
static void spread(struct flow_reach *reach, const size_t *firsts, uint32_t *queue, uint32_t start)
{
    uint32_t waiting = 0;
    if (start == reach->count || reach->reached[start])
        return;
    reach->reached[start] = true;
    queue[waiting++] = start;
    while (waiting > 0) {
        uint32_t from = queue[--waiting];
        for (size_t i = firsts[from]; i < firsts[from + 1]; i++) {
            uint32_t to = reach->edges[i].to;
            if (!reach->reached[to]) {
                reach->reached[to] = true;
                queue[waiting++] = to;
            }
        }
    }
}

static void spread_from_roots(struct flow_reach *reach)
{
    static const char *const errors[] = {
        "settingsErrorHandling/errorHandling/menu/targetMenuRef",
        "settingsErrorHandling/errorHandling/task/targetTaskRef",
        "settingsErrorHandling/errorHandling/state/targetStateRef",
    };
    const struct flow *flow = reach->flow;
    size_t *firsts = mem_zalloc(reach->env, ((size_t) reach->count + 2) * sizeof *firsts);
    uint32_t *queue = mem_zalloc(reach->env, ((size_t) reach->count + 1) * sizeof *queue);
    /* Edges come container by container, in order of their numbers. */
    for (size_t i = 0; i < reach->edge_count; i++)
        firsts[reach->edges[i].from + 1]++;
    for (uint32_t i = 0; i < reach->count; i++)
        firsts[i + 1] += firsts[i];
    spread(reach, firsts, queue, number_of(reach, flow_start(flow)));
    for (size_t i = 0; i < sizeof errors / sizeof *errors; i++) {
        node_id node = flow_field_node(flow, flow->body, errors[i]);
        struct str ref = node ? doc_text(flow->doc, node) : STR_NONE;
        spread(reach, firsts, queue, number_of(reach, flow_refs_find(reach->refs, ref)));
    }
    mem_free(reach->env, firsts);
    mem_free(reach->env, queue);
}

struct flow_reach *flow_reach_new(const struct flow *flow, const struct flow_refs *refs)
{
    struct flow_reach *reach = mem_zalloc(flow->doc->env, sizeof *reach);
    reach->env = flow->doc->env;
    reach->flow = flow;
    reach->refs = refs;
    number_containers(reach);
    flow_each_action(flow, add_edges, reach);
    spread_from_roots(reach);
    mem_free(reach->env, reach->edges);
    reach->edges = NULL;
    reach->refs = NULL;
    return reach;
}

void flow_reach_free(struct flow_reach *reach)
{
    mem_free(reach->env, reach->slots);
    mem_free(reach->env, reach->numbers);
    mem_free(reach->env, reach->reached);
    mem_free(reach->env, reach);
}

bool flow_reached(const struct flow_reach *reach, node_id container)
{
    size_t slot = slot_of(reach, container);
    return reach->slots[slot] && reach->reached[reach->numbers[slot]];
}
