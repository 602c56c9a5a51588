/* What a hang-up leads to: asking, and keeping the answers (hangup_walk.c finds them). */
#include "engine/flow/hangup_parts.h"

#include <stdlib.h>
#include <string.h>
#include "engine/flow/workspace.h"

struct hangups {
    struct env *env;
    uint64_t key; /* of what the answers were made from; 0: there are none */
    const struct flow *flow;
    struct hangup_records records;
};

struct hangups *hangups_new(struct env *env)
{
    struct hangups *hangups = mem_zalloc(env, sizeof *hangups);
    hangups->env = env;
    return hangups;
}

void hangups_free(struct hangups *hangups)
{
    if (!hangups)
        return;
    slot_sets_free(hangups->records.sets);
    mem_free(hangups->env, hangups->records.items);
    mem_free(hangups->env, hangups);
}

void hangups_clear(struct hangups *hangups)
{
    hangups->key = 0;
}

/* Everything that an answer depends on: a change in any document counts in their atoms. */
static uint64_t key_of(const struct flow *flow, const struct workspace *ws)
{
    const struct {
        const struct doc *doc;
        uint64_t revision, count, body, changes, flows;
    } what = { flow->doc,  flow->doc->revision,       flow->doc->count,
               flow->body, ws ? ws->atoms.changes : 0, ws ? ws->count + 1 : 0 };
    uint64_t key = str_hash((struct str){ (const char *) &what, sizeof what });
    return key ? key : 1;
}

static int by_node(const void *a, const void *b)
{
    node_id left = ((const struct hangup_record *) a)->node;
    node_id right = ((const struct hangup_record *) b)->node;
    return (left > right) - (left < right);
}

/* In a document as it was read the walk meets nodes nearly in the order of their ids. */
static void sort_records(struct hangup_records *records)
{
    size_t i = 1;
    while (i < records->count && records->items[i - 1].node < records->items[i].node)
        i++;
    if (i < records->count)
        qsort(records->items, records->count, sizeof *records->items, by_node);
}

static bool is_empty(uint32_t element)
{
    return element == SLOT_NEVER || element == SLOT_EMPTIED;
}

static struct slot_answer answer_of(const struct hangup_records *records, uint32_t set)
{
    size_t count;
    const uint32_t *items = slot_set_items(records->sets, set, &count);
    if (count == 1 && items[0] == SLOT_NEVER)
        return (struct slot_answer){ SLOT_UNSET, 0 };
    if (is_empty(items[0]) && is_empty(items[count - 1]) && count <= 2)
        return (struct slot_answer){ SLOT_CLEARED, 0 };
    if (count == 1 && items[0] < SLOT_ANYTHING)
        return (struct slot_answer){ SLOT_SET, items[0] };
    return (struct slot_answer){ SLOT_DEPENDS, 0 };
}

/* NULL: the node is no place of its own. */
static const struct hangup_record *find(struct hangups *hangups, const struct flow *flow,
                                        const struct workspace *ws, node_id node)
{
    struct hangup_records *records = &hangups->records;
    uint64_t key = key_of(flow, ws);
    if (hangups->key != key) {
        records->count = 0;
        slot_sets_free(records->sets);
        records->sets = slot_sets_new(hangups->env);
        hangup_walk(hangups->env, flow, ws, records);
        sort_records(records);
        /* Looking for a module may have read it. */
        hangups->key = key_of(flow, ws);
        hangups->flow = flow;
    }
    struct hangup_record wanted = { .node = node };
    return records->count ? bsearch(&wanted, records->items, records->count, sizeof wanted, by_node)
                          : NULL;
}

void hangups_at(struct hangups *hangups, const struct flow *flow, const struct workspace *ws,
                struct spot spot, struct hangup_answer *out)
{
    const struct hangup_record *found = find(hangups, flow, ws, spot.node);
    const struct hangup_records *records = &hangups->records;
    const uint32_t *slots = !found ? records->start : spot.output ? found->inside : found->behind;
    out->caller = answer_of(records, records->known ? slots[0] : SET_ANYTHING);
    out->callee = answer_of(records, records->known ? slots[1] : SET_ANYTHING);
}

bool hangups_slots(struct hangups *hangups, const struct flow *flow, const struct workspace *ws,
                   node_id node, struct hangup_slots *out)
{
    const struct hangup_record *found = find(hangups, flow, ws, node);
    if (!found || !found->reached || !hangups->records.known)
        return false;
    out->sets = hangups->records.sets;
    memcpy(out->before, found->before, sizeof out->before);
    memcpy(out->inside, found->inside, sizeof out->inside);
    return true;
}

enum slot_glance hangups_glance(const struct hangups *hangups, const struct flow *flow,
                                node_id node)
{
    const struct hangup_records *records = &hangups->records;
    struct hangup_record wanted = { .node = node };
    const struct hangup_record *found =
        hangups->key && hangups->flow == flow && records->known && records->count
            ? bsearch(&wanted, records->items, records->count, sizeof wanted, by_node)
            : NULL;
    enum slot_glance glance = GLANCE_NONE;
    for (int slot = 0; found && found->reached && slot < 2; slot++) {
        size_t count;
        const uint32_t *items = slot_set_items(records->sets, found->inside[slot], &count);
        for (size_t i = 0; i < count; i++) {
            bool set = items[i] != SLOT_NEVER && items[i] < SLOT_ANYTHING;
            if (set && glance != GLANCE_SET)
                glance = count == 1 ? GLANCE_SET : GLANCE_MAYBE;
        }
    }
    return glance;
}

uint64_t hangups_version(const struct hangups *hangups)
{
    return hangups->key;
}

void flow_hangup_at(const struct flow *flow, struct spot spot, struct hangup_answer *out)
{
    struct hangups *hangups = hangups_new(flow->doc->env);
    hangups_at(hangups, flow, NULL, spot, out);
    hangups_free(hangups);
}
