/* What a hang-up leads to: asking, and keeping the answers (hangup_walk.c finds them). */
#include "engine/flow/hangup_parts.h"

#include <stdlib.h>
#include "engine/flow/workspace.h"

struct hangups {
    struct env *env;
    uint64_t key; /* of what the answers were made from; 0: there are none */
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
    mem_free(hangups->env, hangups->records.items);
    mem_free(hangups->env, hangups);
}

void hangups_clear(struct hangups *hangups)
{
    hangups->key = 0;
}

static void mix(struct str_hasher *hasher, const struct flow *flow)
{
    const struct doc *doc = flow->doc;
    const struct {
        const struct doc *doc;
        uint64_t revision, count, body;
    } what = { doc, doc->revision, doc->count, flow->body };
    str_hasher_add(hasher, (struct str){ (const char *) &what, sizeof what });
}

/* Everything that an answer depends on, by the documents' revisions. */
static uint64_t key_of(const struct flow *flow, const struct workspace *ws)
{
    struct str_hasher hasher;
    str_hasher_init(&hasher);
    str_hasher_add(&hasher, ws ? STR("in a workspace") : STR("alone"));
    mix(&hasher, flow);
    for (size_t i = 0; ws && i < ws->count; i++) {
        if (ws->files[i]->flow.doc)
            mix(&hasher, &ws->files[i]->flow);
    }
    uint64_t key = str_hasher_end(&hasher);
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

static struct slot_answer answer_of(uint32_t slot)
{
    switch (slot) {
    case HANGUP_UNSET:
        return (struct slot_answer){ SLOT_UNSET, 0 };
    case HANGUP_CLEARED:
        return (struct slot_answer){ SLOT_CLEARED, 0 };
    case HANGUP_DEPENDS:
        return (struct slot_answer){ SLOT_DEPENDS, 0 };
    default:
        return (struct slot_answer){ SLOT_SET, slot };
    }
}

void hangups_at(struct hangups *hangups, const struct flow *flow, const struct workspace *ws,
                struct spot spot, struct hangup_answer *out)
{
    struct hangup_records *records = &hangups->records;
    uint64_t key = key_of(flow, ws);
    if (hangups->key != key) {
        records->count = 0;
        hangup_walk(hangups->env, flow, ws, records);
        sort_records(records);
        hangups->key = key;
    }
    struct hangup_record wanted = { .node = spot.node };
    const struct hangup_record *found =
        records->count ? bsearch(&wanted, records->items, records->count, sizeof wanted, by_node)
                       : NULL;
    const uint32_t *slots = !found          ? records->start
                            : spot.output   ? found->inside
                                            : found->behind;
    out->caller = answer_of(records->known ? slots[0] : HANGUP_DEPENDS);
    out->callee = answer_of(records->known ? slots[1] : HANGUP_DEPENDS);
}

void flow_hangup_at(const struct flow *flow, struct spot spot, struct hangup_answer *out)
{
    struct hangups *hangups = hangups_new(flow->doc->env);
    hangups_at(hangups, flow, NULL, spot, out);
    hangups_free(hangups);
}
