#include "engine/check/seen.h"

#include "engine/base/env.h"

void seen_init(struct seen *seen, struct env *env)
{
    *seen = (struct seen){ .env = env, .slot_count = 16 };
    seen->slots = mem_zalloc(env, seen->slot_count * sizeof *seen->slots);
}

void seen_release(struct seen *seen)
{
    mem_free(seen->env, seen->slots);
}

uint32_t fold_hash(struct str text)
{
    uint32_t hash = 2166136261u;
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char) text.ptr[i];
        if (c >= 'A' && c <= 'Z')
            c = (unsigned char) (c + 32);
        hash = (hash ^ c) * 16777619u;
    }
    return hash;
}

static void grow(struct seen *seen)
{
    struct seen_name *old = seen->slots;
    size_t old_count = seen->slot_count;
    seen->slot_count *= 2;
    seen->slots = mem_zalloc(seen->env, seen->slot_count * sizeof *seen->slots);
    for (size_t i = 0; i < old_count; i++) {
        size_t at = fold_hash(old[i].name) & (seen->slot_count - 1);
        while (old[i].node && seen->slots[at].node)
            at = (at + 1) & (seen->slot_count - 1);
        if (old[i].node)
            seen->slots[at] = old[i];
    }
    mem_free(seen->env, old);
}

node_id seen_before(struct seen *seen, const struct flow *flow, struct str name, node_id node)
{
    size_t at = fold_hash(name) & (seen->slot_count - 1);
    for (; seen->slots[at].node; at = (at + 1) & (seen->slot_count - 1)) {
        const struct seen_name *slot = &seen->slots[at];
        if (flow_role(flow, slot->node) == flow_role(flow, node) && str_eq_nocase(slot->name, name))
            return slot->node;
    }
    seen->slots[at] = (struct seen_name){ name, node };
    if (++seen->count > seen->slot_count / 2)
        grow(seen);
    return 0;
}
