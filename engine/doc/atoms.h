/* Keys as small numbers: every distinct object key of a workspace is one atom. The names the
 * catalogue knows are put in first, so that they have numbers fixed at compile time. */
#ifndef POSTFLOW_DOC_ATOMS_H
#define POSTFLOW_DOC_ATOMS_H

#include <stddef.h>
#include <stdint.h>
#include "engine/base/mem.h"
#include "engine/base/str.h"

typedef uint32_t atom_id;

struct atom {
    struct str text;
    uint32_t hash;
    uint32_t mark; /* scratch of the reader: finds duplicate keys */
};
struct atoms {
    struct arena texts;
    struct atom *items; /* 0 is no atom */
    uint32_t count;
    size_t capacity;
    uint32_t *slots;
    uint32_t slot_mask;
    uint32_t mark;
    uint64_t changes; /* grows when one of the documents that share the table is read or changes */
    uint64_t seed; /* of the hash: differs from run to run, nothing visible depends on it */
};

/* `names` become atoms 1 .. count, in order; they must be distinct and live as long as the table
 * (NULL, 0 for none). */
void atoms_init(struct atoms *atoms, struct env *env, const char *const *names, size_t count);
void atoms_release(struct atoms *atoms);
atom_id atoms_add(struct atoms *atoms, struct str text);
/* 0 when there is none. */
atom_id atoms_find(const struct atoms *atoms, struct str text);
/* A stamp that no atom bears yet, for atom.mark. */
uint32_t atoms_next_mark(struct atoms *atoms);
static inline struct str atoms_text(const struct atoms *atoms, atom_id id)
{
    return atoms->items[id].text;
}

#endif
