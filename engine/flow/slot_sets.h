/* What a slot may hold over all paths: small sets of elements, each set once, by number. */
#ifndef POSTFLOW_FLOW_SLOT_SETS_H
#define POSTFLOW_FLOW_SLOT_SETS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct env;

/* Elements: one of these, or the node of the Set Post-Flow that has set it. */
#define SLOT_NEVER 0u                  /* nothing since the flow began: what it began with */
#define SLOT_EMPTIED UINT32_MAX        /* a Clear Post-Flow emptied it */
#define SLOT_OTHER (UINT32_MAX - 1)    /* what a module or an expression left there */
#define SLOT_ANYTHING (UINT32_MAX - 2) /* too many to tell: includes all others */

enum { SLOT_SET_MOST = 8 };

/* Numbers of sets of one element that are there from the beginning. */
enum slot_set { SET_NEVER, SET_EMPTIED, SET_OTHER, SET_ANYTHING };

struct slot_sets;
struct slot_sets *slot_sets_new(struct env *env);
void slot_sets_free(struct slot_sets *sets);
uint32_t slot_set_of(struct slot_sets *sets, uint32_t element);
uint32_t slot_set_union(struct slot_sets *sets, uint32_t a, uint32_t b);
/* In ascending order; valid until the next set is made. */
const uint32_t *slot_set_items(const struct slot_sets *sets, uint32_t set, size_t *count);
/* Whether the element is in it, or may be (SLOT_ANYTHING). */
bool slot_set_has(const struct slot_sets *sets, uint32_t set, uint32_t element);

#endif
