/* The hash-consed pool of values. Data lie in chunks that never move, so that what is handed out
 * stays where it is while more is interned. */
#include <string.h>
#include "engine/base/mem.h"
#include "engine/expr/ast.h"

enum entry_kind { ENTRY_TEXT = 1, ENTRY_LIST, ENTRY_OBJECT, ENTRY_WORDS };
enum { CHUNK_SIZE = 1 << 16, SCRATCH_KEPT = 1 << 16 };

struct entry {
    const char *data;
    uint32_t hash;
    uint32_t size; /* bytes */
    uint32_t weight;
    uint16_t kind, depth;
};
struct chunk {
    char *data;
    size_t size, used;
};
struct pool {
    struct env *env;
    struct entry *entries; /* 0 is unused */
    uint32_t count;
    size_t capacity;
    uint32_t *slots; /* entry ids, 0: free */
    uint32_t mask;
    struct chunk *chunks;
    uint32_t chunk_count;
    size_t chunk_capacity;
    void *companion;
    struct buf scratch;
};

struct pool *pool_new(struct env *env)
{
    struct pool *pool = mem_zalloc(env, sizeof *pool);
    pool->env = env;
    buf_init(&pool->scratch, env);
    pool->count = 1;
    pool->mask = 255;
    pool->slots = mem_zalloc(env, (pool->mask + 1) * sizeof *pool->slots);
    return pool;
}

struct env *pool_env(const struct pool *pool)
{
    return pool->env;
}

void **pool_companion(struct pool *pool)
{
    return &pool->companion;
}

struct buf *pool_scratch(struct pool *pool)
{
    if (pool->scratch.cap > SCRATCH_KEPT)
        buf_release(&pool->scratch);
    buf_clear(&pool->scratch);
    return &pool->scratch;
}

void pool_free(struct pool *pool)
{
    for (uint32_t i = 0; i < pool->chunk_count; i++)
        mem_free(pool->env, pool->chunks[i].data);
    mem_free(pool->env, pool->companion);
    buf_release(&pool->scratch);
    mem_free(pool->env, pool->chunks);
    mem_free(pool->env, pool->entries);
    mem_free(pool->env, pool->slots);
    mem_free(pool->env, pool);
}

static uint64_t load(const unsigned char *at)
{
    uint64_t word;
    memcpy(&word, at, sizeof word);
    return word;
}

/* Fewer than eight bytes, different for different ones of the same size. */
static inline uint64_t load_rest(const unsigned char *at, size_t size)
{
    if (size >= 4) {
        uint32_t head, tail;
        memcpy(&head, at, sizeof head);
        memcpy(&tail, at + size - sizeof tail, sizeof tail);
        return (uint64_t) tail << 32 | head;
    }
    return size ? at[0] | (uint64_t) at[size / 2] << 8 | (uint64_t) at[size - 1] << 16 : 0;
}

/* Both halves of the product of two words. */
static uint64_t folded(uint64_t a, uint64_t b)
{
    unsigned __int128 product = (unsigned __int128) a * b;
    return (uint64_t) product ^ (uint64_t) (product >> 64);
}

/* Two lanes, so that the multiplications of one do not wait for the other's. */
static uint32_t hash_bytes(enum entry_kind kind, const void *data, size_t size)
{
    const uint64_t p = 0x9e3779b97f4a7c15u, q = 0xc2b2ae3d27d4eb4fu;
    const unsigned char *at = data;
    uint64_t a = p * (uint64_t) kind ^ size, b = q;
    for (; size >= 32; size -= 32, at += 32) {
        a = folded(a ^ load(at), p ^ load(at + 8));
        b = folded(b ^ load(at + 16), q ^ load(at + 24));
    }
    if (size >= 16) {
        a = folded(a ^ load(at), p ^ load(at + 8));
        at += 16;
        size -= 16;
    }
    if (size >= 8) {
        b ^= load(at);
        at += 8;
        size -= 8;
    }
    a = folded(a ^ load_rest(at, size) ^ q, b ^ p); /* b is q for few bytes */
    return (uint32_t) (a ^ a >> 32);
}

/* Most texts are short. */
static bool same_bytes(const void *a, const void *b, size_t size)
{
    const unsigned char *x = a, *y = b;
    if (size < 8)
        return load_rest(x, size) == load_rest(y, size);
    if (size <= 16)
        return load(x) == load(y) && load(x + size - 8) == load(y + size - 8);
    return !memcmp(a, b, size);
}

static void insert_slot(struct pool *pool, uint32_t id)
{
    uint32_t at = pool->entries[id].hash & pool->mask;
    while (pool->slots[at])
        at = (at + 1) & pool->mask;
    pool->slots[at] = id;
}

/* Entries go in in the order of their ids, so that the newest can always be taken out again. */
static void grow_slots(struct pool *pool)
{
    pool->mask = pool->mask * 2 + 1;
    mem_free(pool->env, pool->slots);
    pool->slots = mem_zalloc(pool->env, ((size_t) pool->mask + 1) * sizeof *pool->slots);
    for (uint32_t id = 1; id < pool->count; id++)
        insert_slot(pool, id);
}

static char *reserve(struct pool *pool, size_t size)
{
    size = (size + 15) & ~(size_t) 15;
    struct chunk *last = pool->chunk_count ? &pool->chunks[pool->chunk_count - 1] : NULL;
    if (!last || last->size - last->used < size) {
        pool->chunks = mem_grow(pool->env, pool->chunks, &pool->chunk_capacity,
                                pool->chunk_count + 1u, sizeof *pool->chunks);
        last = &pool->chunks[pool->chunk_count++];
        last->size = size > CHUNK_SIZE ? size : CHUNK_SIZE;
        last->data = mem_alloc(pool->env, last->size);
        last->used = 0;
    }
    char *data = last->data + last->used;
    last->used += size;
    return data;
}

static uint32_t saturated(uint64_t weight)
{
    return weight > UINT32_MAX ? UINT32_MAX : (uint32_t) weight;
}

/* Of a new entry, from what its parts weigh. */
static void weigh(const struct pool *pool, struct entry *entry)
{
    const struct value *items = (const void *) entry->data;
    const struct pool_member *members = (const void *) entry->data;
    bool object = entry->kind == ENTRY_OBJECT;
    uint64_t weight = (uint64_t) entry->size + 2;
    if (object || entry->kind == ENTRY_LIST) {
        size_t count = entry->size / (object ? sizeof *members : sizeof *items);
        for (size_t i = 0; i < count; i++) {
            struct value part = object ? members[i].value : items[i];
            uint32_t depth = value_depth(pool, part) + 1;
            weight += value_weight(pool, part);
            weight += object ? pool->entries[members[i].key].weight : 0;
            if (depth > entry->depth)
                entry->depth = depth > UINT16_MAX ? UINT16_MAX : (uint16_t) depth;
        }
    }
    entry->weight = saturated(weight);
}

uint32_t pool_weight(const struct pool *pool, uint32_t id)
{
    return pool->entries[id].weight;
}

uint32_t value_depth(const struct pool *pool, struct value v)
{
    return v.id ? pool->entries[v.id].depth : 0;
}

static uint32_t intern(struct pool *pool, enum entry_kind kind, const void *data, size_t size)
{
    uint32_t hash = hash_bytes(kind, data, size);
    BUG_ON(size > UINT32_MAX || pool->count == UINT32_MAX);
    for (uint32_t at = hash & pool->mask; pool->slots[at]; at = (at + 1) & pool->mask) {
        const struct entry *entry = &pool->entries[pool->slots[at]];
        if (entry->hash == hash && entry->kind == kind && entry->size == size &&
            same_bytes(entry->data, data, size))
            return pool->slots[at];
    }
    if (pool->count * 2u > pool->mask)
        grow_slots(pool);
    pool->entries = mem_grow(pool->env, pool->entries, &pool->capacity, pool->count + 1u,
                             sizeof *pool->entries);
    bool text = kind == ENTRY_TEXT;
    char *copy = reserve(pool, size + text);
    memcpy(copy, data, size);
    if (text)
        copy[size] = 0;
    uint32_t id = pool->count++;
    pool->entries[id] = (struct entry){ .data = copy,
                                        .hash = hash,
                                        .size = (uint32_t) size,
                                        .kind = (uint16_t) kind };
    weigh(pool, &pool->entries[id]);
    insert_slot(pool, id);
    return id;
}

uint32_t pool_mark(const struct pool *pool)
{
    return pool->count;
}

static bool holds(const struct chunk *chunk, const char *data)
{
    return (uintptr_t) data - (uintptr_t) chunk->data < chunk->size;
}

void pool_rewind(struct pool *pool, uint32_t mark)
{
    BUG_ON(mark == 0 || mark > pool->count);
    while (pool->count > mark) {
        uint32_t id = --pool->count;
        const struct entry *entry = &pool->entries[id];
        uint32_t at = entry->hash & pool->mask;
        while (pool->slots[at] != id)
            at = (at + 1) & pool->mask;
        pool->slots[at] = 0;
        while (!holds(&pool->chunks[pool->chunk_count - 1], entry->data))
            mem_free(pool->env, pool->chunks[--pool->chunk_count].data);
        struct chunk *chunk = &pool->chunks[pool->chunk_count - 1];
        chunk->used = (size_t) (entry->data - chunk->data);
    }
}

static const struct entry *get(const struct pool *pool, uint32_t id, enum entry_kind kind)
{
    BUG_ON(id == 0 || id >= pool->count || pool->entries[id].kind != kind);
    return &pool->entries[id];
}

uint32_t pool_text(struct pool *pool, struct str text)
{
    return intern(pool, ENTRY_TEXT, text.len ? text.ptr : "", text.len);
}

struct str pool_get_text(const struct pool *pool, uint32_t id)
{
    if (id == 0)
        return STR("");
    const struct entry *entry = get(pool, id, ENTRY_TEXT);
    return (struct str){ entry->data, entry->size };
}

uint32_t pool_list(struct pool *pool, const struct value *items, uint32_t count)
{
    return intern(pool, ENTRY_LIST, count ? (const void *) items : "", count * sizeof *items);
}

const struct value *pool_get_list(const struct pool *pool, uint32_t id, uint32_t *count)
{
    const struct entry *entry = get(pool, id, ENTRY_LIST);
    *count = (uint32_t) (entry->size / sizeof(struct value));
    return (const struct value *) (const void *) entry->data;
}

uint32_t pool_list_with(struct pool *pool, uint32_t id, uint32_t index, struct value item)
{
    uint32_t count;
    struct value small[64], *items = small;
    const struct value *old = pool_get_list(pool, id, &count);
    BUG_ON(index >= count);
    if (value_same(old[index], item))
        return id;
    if (count > sizeof small / sizeof *small)
        items = mem_alloc(pool->env, count * sizeof *items);
    memcpy(items, old, count * sizeof *items);
    items[index] = item;
    uint32_t out = pool_list(pool, items, count);
    if (items != small)
        mem_free(pool->env, items);
    return out;
}

static int compare_keys(const struct pool *pool, uint32_t a, uint32_t b)
{
    return a == b ? 0 : str_compare(pool_get_text(pool, a), pool_get_text(pool, b));
}

/* Merge sort by key; stable, so that the last of equal keys is the last given. */
static void sort_members(const struct pool *pool, struct pool_member *members,
                         struct pool_member *scratch, uint32_t count)
{
    for (uint32_t width = 1; width < count; width *= 2) {
        for (uint32_t low = 0; low < count; low += 2 * width) {
            uint32_t middle = low + width < count ? low + width : count;
            uint32_t high = middle + width < count ? middle + width : count;
            uint32_t a = low, b = middle;
            for (uint32_t i = low; i < high; i++) {
                bool left = a < middle &&
                            (b >= high || compare_keys(pool, members[a].key, members[b].key) <= 0);
                scratch[i] = left ? members[a++] : members[b++];
            }
        }
        memcpy(members, scratch, count * sizeof *members);
    }
}

uint32_t pool_object(struct pool *pool, struct pool_member *members, uint32_t count)
{
    struct pool_member *sorted = mem_alloc(pool->env, (2 * (size_t) count + 1) * sizeof *sorted);
    uint32_t kept = 0;
    memset(sorted, 0, (2 * (size_t) count + 1) * sizeof *sorted);
    for (uint32_t i = 0; i < count; i++) {
        sorted[i].key = members[i].key;
        sorted[i].value = members[i].value;
    }
    sort_members(pool, sorted, sorted + count, count);
    for (uint32_t i = 0; i < count; i++) {
        if (i + 1 < count && sorted[i].key == sorted[i + 1].key)
            continue;
        sorted[kept++] = sorted[i];
    }
    uint32_t id = intern(pool, ENTRY_OBJECT, sorted, kept * sizeof *sorted);
    mem_free(pool->env, sorted);
    return id;
}

const struct pool_member *pool_get_object(const struct pool *pool, uint32_t id, uint32_t *count)
{
    const struct entry *entry = get(pool, id, ENTRY_OBJECT);
    *count = (uint32_t) (entry->size / sizeof(struct pool_member));
    return (const struct pool_member *) (const void *) entry->data;
}

uint32_t pool_words(struct pool *pool, const uint32_t *words, uint32_t count)
{
    return intern(pool, ENTRY_WORDS, count ? (const void *) words : "", count * sizeof *words);
}

const uint32_t *pool_get_words(const struct pool *pool, uint32_t id, uint32_t *count)
{
    const struct entry *entry = get(pool, id, ENTRY_WORDS);
    *count = (uint32_t) (entry->size / sizeof(uint32_t));
    return (const uint32_t *) (const void *) entry->data;
}
