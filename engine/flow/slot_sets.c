#include "engine/flow/slot_sets.h"

#include <string.h>
#include "engine/base/mem.h"
#include "engine/base/str.h"

struct set {
    uint32_t items[SLOT_SET_MOST];
    uint32_t count;
};

struct slot_sets {
    struct env *env;
    struct set *sets;
    size_t count, capacity;
    uint32_t *table; /* open addressing: number + 1 by content */
    size_t table_size;
};

static uint64_t hash_of(const struct set *set)
{
    return str_hash((struct str){ (const char *) set->items, set->count * sizeof *set->items });
}

static size_t place_of_set(const struct slot_sets *sets, const struct set *set)
{
    size_t at = hash_of(set) & (sets->table_size - 1);
    for (; sets->table[at]; at = (at + 1) & (sets->table_size - 1)) {
        const struct set *there = &sets->sets[sets->table[at] - 1];
        if (there->count == set->count &&
            !memcmp(there->items, set->items, set->count * sizeof *set->items))
            break;
    }
    return at;
}

static void grow(struct slot_sets *sets)
{
    mem_free(sets->env, sets->table);
    sets->table_size = sets->table_size ? sets->table_size * 2 : 64;
    sets->table = mem_zalloc(sets->env, sets->table_size * sizeof *sets->table);
    for (size_t i = 0; i < sets->count; i++)
        sets->table[place_of_set(sets, &sets->sets[i])] = (uint32_t) i + 1;
}

static uint32_t intern(struct slot_sets *sets, const struct set *set)
{
    if (sets->count * 2 >= sets->table_size)
        grow(sets);
    size_t at = place_of_set(sets, set);
    if (!sets->table[at]) {
        sets->sets = mem_grow(sets->env, sets->sets, &sets->capacity, sets->count + 1,
                              sizeof *sets->sets);
        sets->sets[sets->count++] = *set;
        sets->table[at] = (uint32_t) sets->count;
    }
    return sets->table[at] - 1;
}

struct slot_sets *slot_sets_new(struct env *env)
{
    static const uint32_t first[] = { SLOT_NEVER, SLOT_EMPTIED, SLOT_OTHER, SLOT_ANYTHING };
    struct slot_sets *sets = mem_zalloc(env, sizeof *sets);
    sets->env = env;
    for (size_t i = 0; i < sizeof first / sizeof *first; i++)
        slot_set_of(sets, first[i]);
    return sets;
}

void slot_sets_free(struct slot_sets *sets)
{
    if (!sets)
        return;
    mem_free(sets->env, sets->sets);
    mem_free(sets->env, sets->table);
    mem_free(sets->env, sets);
}

uint32_t slot_set_of(struct slot_sets *sets, uint32_t element)
{
    return intern(sets, &(struct set){ { element }, 1 });
}

/* Both in one, in order; false: too many. */
static bool merge(const struct set *a, const struct set *b, struct set *out)
{
    size_t i = 0, k = 0;
    out->count = 0;
    while (i < a->count || k < b->count) {
        uint32_t next = k == b->count || (i < a->count && a->items[i] <= b->items[k]) ? a->items[i]
                                                                                      : b->items[k];
        i += i < a->count && a->items[i] == next;
        k += k < b->count && b->items[k] == next;
        if (next == SLOT_ANYTHING || out->count == SLOT_SET_MOST)
            return false;
        out->items[out->count++] = next;
    }
    return true;
}

uint32_t slot_set_union(struct slot_sets *sets, uint32_t a, uint32_t b)
{
    struct set both;
    if (a == b)
        return a;
    return merge(&sets->sets[a], &sets->sets[b], &both) ? intern(sets, &both) : SET_ANYTHING;
}

const uint32_t *slot_set_items(const struct slot_sets *sets, uint32_t set, size_t *count)
{
    *count = sets->sets[set].count;
    return sets->sets[set].items;
}

bool slot_set_has(const struct slot_sets *sets, uint32_t set, uint32_t element)
{
    const struct set *in = &sets->sets[set];
    for (size_t i = 0; i < in->count; i++) {
        if (in->items[i] == element || in->items[i] == SLOT_ANYTHING)
            return true;
    }
    return false;
}
