/* What the tests of documents share: an environment that counts and can refuse allocations, and
 * documents read from literals. */
#ifndef POSTFLOW_TESTS_UNIT_DOC_SUPPORT_H
#define POSTFLOW_TESTS_UNIT_DOC_SUPPORT_H

#include <setjmp.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "engine/base/env.h"
#include "engine/doc/doc.h"

struct block;
struct world {
    struct env env;
    struct atoms atoms;
    struct limits limits;
    struct diags diags;
    const char *name;     /* of the files: what they are written in; "test.json" */
    struct block *blocks; /* what is allocated */
    long requests;        /* allocations so far */
    long fail_at;         /* this request fails; 0: none */
    bool fail_onwards;    /* and all that follow */
    jmp_buf out_of_memory;
};

void world_begin(struct world *w);
/* Fails the test when something was not freed. */
void world_end(struct world *w);
/* Forgets everything that is allocated, as after out_of_memory. */
void world_abandon(struct world *w);

struct doc *world_read(struct world *w, struct str text);
/* The same; fails the test when it is refused. */
struct doc *world_must_read(struct world *w, const char *text);
void world_expect_text(const char *expected, const struct buf *got);
/* What doc_write gives, as text that lives until the next call. */
const char *world_written(struct world *w, const struct doc *doc);
const char *world_canonical(struct world *w, const struct doc *doc, node_id id);
/* The node a path of keys and indexes leads to: "a/0/b". */
node_id world_find(const struct doc *doc, const char *path);
/* Fails when the links of the tree under the root are not consistent; its number of nodes. */
uint32_t world_check_links(const struct doc *doc);

struct random {
    uint64_t state;
};
uint32_t random_below(struct random *r, uint32_t below);

#endif
