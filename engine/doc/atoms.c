#include "engine/doc/atoms.h"

#include <string.h>
#include "engine/base/env.h"

enum { FIRST_SLOTS = 256, FIRST_ITEMS = 128 };

/* Two words that, with the length, stand for a text of up to 16 bytes; no byte beyond it is read.
 */
struct ends {
    uint64_t head, tail;
};

static inline uint64_t load8(const char *p)
{
    uint64_t word;
    memcpy(&word, p, 8);
    return word;
}

static inline uint32_t load4(const char *p)
{
    uint32_t word;
    memcpy(&word, p, 4);
    return word;
}

static inline struct ends text_ends(const char *p, size_t len)
{
    if (len >= 8)
        return (struct ends){ load8(p), load8(p + len - 8) };
    if (len >= 4)
        return (struct ends){ load4(p), load4(p + len - 4) };
    if (!len)
        return (struct ends){ 0, 0 };
    return (struct ends){ (unsigned char) p[0],
                          (uint64_t) (unsigned char) p[len / 2] << 8 | (unsigned char) p[len - 1] };
}

/* Both halves of the product of two words, folded. */
static inline uint64_t fold(uint64_t a, uint64_t b)
{
#ifdef __SIZEOF_INT128__
    __extension__ unsigned __int128 product = (unsigned __int128) a * b;
    return (uint64_t) product ^ (uint64_t) (product >> 64);
#else
    uint64_t low = (a & UINT32_MAX) * (b & UINT32_MAX), high = (a >> 32) * (b >> 32);
    uint64_t middle = (a >> 32) * (b & UINT32_MAX), other = (a & UINT32_MAX) * (b >> 32);
    uint64_t carry = (low >> 32) + (middle & UINT32_MAX) + (other & UINT32_MAX);
    return (low & UINT32_MAX) ^ (carry << 32) ^
           (high + (middle >> 32) + (other >> 32) + (carry >> 32));
#endif
}

/* Seeded, so that a file cannot be made to fill one chain: base's str_hash is the same for
 * everybody (a file's hash is stored) and slower on the short texts that keys are. */
static inline uint32_t hash_text(const struct atoms *atoms, struct str text)
{
    uint64_t seed = atoms->seed ^ text.len * 0x9e3779b97f4a7c15u;
    const char *p = text.ptr;
    size_t left = text.len;
    for (; left > 16; p += 8, left -= 8)
        seed = fold(seed ^ load8(p), 0xa0761d6478bd642fu);
    struct ends ends = text_ends(p, left);
    return (uint32_t) fold(seed ^ ends.head, ends.tail ^ 0xe7037ed1a0b428dbu ^ atoms->seed << 1);
}

static inline bool same_text(struct str a, struct str b)
{
    if (a.len != b.len)
        return false;
    if (a.len > 16)
        return !memcmp(a.ptr, b.ptr, a.len);
    struct ends x = text_ends(a.ptr, a.len), y = text_ends(b.ptr, b.len);
    return x.head == y.head && x.tail == y.tail;
}

static void make_slots(struct atoms *atoms, uint32_t size)
{
    struct env *env = atoms->texts.env;
    uint32_t *slots = mem_zalloc(env, size * sizeof(*slots));
    for (uint32_t id = 1; id < atoms->count; id++) {
        uint32_t at = atoms->items[id].hash & (size - 1);
        while (slots[at])
            at = (at + 1) & (size - 1);
        slots[at] = id;
    }
    mem_free(env, atoms->slots);
    atoms->slots = slots;
    atoms->slot_mask = size - 1;
}

/* Adds a text that is not in the table and lives as long as it. */
static atom_id append(struct atoms *atoms, struct str text, uint32_t hash)
{
    struct env *env = atoms->texts.env;
    if (atoms->count >= atoms->capacity)
        atoms->items = mem_grow(env, atoms->items, &atoms->capacity, (size_t) atoms->count + 1,
                                sizeof(*atoms->items));
    if (atoms->count > atoms->slot_mask / 2)
        make_slots(atoms, (atoms->slot_mask + 1) * 2);
    atom_id id = atoms->count++;
    atoms->items[id] = (struct atom){ .text = text, .hash = hash };
    uint32_t at = hash & atoms->slot_mask;
    while (atoms->slots[at])
        at = (at + 1) & atoms->slot_mask;
    atoms->slots[at] = id;
    return id;
}

static inline atom_id find(const struct atoms *atoms, struct str text, uint32_t hash)
{
    for (uint32_t at = hash & atoms->slot_mask;; at = (at + 1) & atoms->slot_mask) {
        atom_id id = atoms->slots[at];
        if (!id || (atoms->items[id].hash == hash && same_text(atoms->items[id].text, text)))
            return id;
    }
}

void atoms_init(struct atoms *atoms, struct env *env, const char *const *names, size_t count)
{
    *atoms = (struct atoms){ .count = 1 };
    arena_init(&atoms->texts, env);
    atoms->seed = fold((uint64_t) (uintptr_t) atoms ^ 0x8ebc6af09c88c6e3u,
                       (uint64_t) env->now(env) ^ 0x589965cc75374cc3u);
    atoms->items = mem_grow(env, NULL, &atoms->capacity, FIRST_ITEMS, sizeof(*atoms->items));
    atoms->items[0] = (struct atom){ .text = STR_NONE };
    make_slots(atoms, FIRST_SLOTS);
    for (size_t i = 0; i < count; i++) {
        struct str name = str_of(names[i]);
        append(atoms, name, hash_text(atoms, name));
    }
}

void atoms_release(struct atoms *atoms)
{
    struct env *env = atoms->texts.env;
    mem_free(env, atoms->items);
    mem_free(env, atoms->slots);
    arena_release(&atoms->texts);
    *atoms = (struct atoms){ .count = 0 };
}

atom_id atoms_add(struct atoms *atoms, struct str text)
{
    uint32_t hash = hash_text(atoms, text);
    atom_id id = find(atoms, text, hash);
    if (id)
        return id;
    struct str copy = { arena_text(&atoms->texts, text.ptr, text.len), text.len };
    return append(atoms, copy, hash);
}

atom_id atoms_find(const struct atoms *atoms, struct str text)
{
    return find(atoms, text, hash_text(atoms, text));
}

uint32_t atoms_next_mark(struct atoms *atoms)
{
    if (++atoms->mark == 0) {
        for (uint32_t id = 0; id < atoms->count; id++)
            atoms->items[id].mark = 0;
        atoms->mark = 1;
    }
    return atoms->mark;
}
