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

static void renew(struct hangups *hangups, const struct flow *flow, const struct workspace *ws)
{
    struct hangup_records *records = &hangups->records;
    uint64_t key = key_of(flow, ws);
    if (hangups->key == key)
        return;
    records->count = 0;
    slot_sets_free(records->sets);
    records->sets = slot_sets_new(hangups->env);
    hangup_walk(hangups->env, flow, ws, records);
    sort_records(records);
    /* Looking for a module may have read it. */
    hangups->key = key_of(flow, ws);
    hangups->flow = flow;
}

/* NULL: the node is no place of its own. */
static const struct hangup_record *find(const struct hangups *hangups, node_id node)
{
    const struct hangup_records *records = &hangups->records;
    struct hangup_record wanted = { .node = node };
    return records->count ? bsearch(&wanted, records->items, records->count, sizeof wanted, by_node)
                          : NULL;
}

void hangups_again(const struct hangups *hangups, struct spot spot, struct hangup_answer *out)
{
    const struct hangup_record *found = find(hangups, spot.node);
    const struct hangup_records *records = &hangups->records;
    const uint32_t *slots = !found ? records->start : spot.output ? found->inside : found->behind;
    out->caller = answer_of(records, records->known ? slots[0] : SET_ANYTHING);
    out->callee = answer_of(records, records->known ? slots[1] : SET_ANYTHING);
}

void hangups_at(struct hangups *hangups, const struct flow *flow, const struct workspace *ws,
                struct spot spot, struct hangup_answer *out)
{
    renew(hangups, flow, ws);
    hangups_again(hangups, spot, out);
}

bool hangups_slots_again(const struct hangups *hangups, node_id node, struct hangup_slots *out)
{
    const struct hangup_record *found = find(hangups, node);
    if (!found || !found->reached || !hangups->records.known)
        return false;
    out->sets = hangups->records.sets;
    memcpy(out->before, found->before, sizeof out->before);
    memcpy(out->inside, found->inside, sizeof out->inside);
    memcpy(out->behind, found->behind, sizeof out->behind);
    return true;
}

bool hangups_slots(struct hangups *hangups, const struct flow *flow, const struct workspace *ws,
                   node_id node, struct hangup_slots *out)
{
    renew(hangups, flow, ws);
    return hangups_slots_again(hangups, node, out);
}

enum slot_glance hangups_glance(const struct hangups *hangups, const struct flow *flow,
                                node_id node)
{
    const struct hangup_records *records = &hangups->records;
    bool asked = hangups->key && hangups->flow == flow && records->known;
    const struct hangup_record *found = asked ? find(hangups, node) : NULL;
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

void hangup_say(const struct flow *flow, struct slot_answer answer, bool caller, struct buf *out)
{
    struct post_flow_fields post;
    switch (answer.state) {
    case SLOT_SET:
        flow_post_flow(flow, answer.by, &post);
        if (!caller && post.flow_type == FLOW_VOICE_SURVEY)
            buf_add_text(out, "call ends: no survey for agents");
        else if (post.flow.text.len == 0)
            buf_add_text(out, "call ends: no flow chosen");
        else
            buf_addf(out, "%s to %.*s", caller ? "caller" : "agent", STR_ARG(post.flow.text));
        break;
    case SLOT_DEPENDS:
        buf_add_text(out, "depends on the path");
        break;
    case SLOT_CLEARED:
    case SLOT_UNSET:
        buf_add_text(out, "call ends");
        break;
    }
}

void flow_hangup_at(const struct flow *flow, struct spot spot, struct hangup_answer *out)
{
    struct hangups *hangups = hangups_new(flow->doc->env);
    hangups_at(hangups, flow, NULL, spot, out);
    hangups_free(hangups);
}
