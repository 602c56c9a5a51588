/* A workbench for every action of the catalogue: a flow of each type called Every, in which one
 * action is put, its fields are set, and all is taken back. */
#ifndef TESTS_UNIT_CALL_EVERY_H
#define TESTS_UNIT_CALL_EVERY_H

#include "engine/flow/edit_flow.h"
#include "tests/unit/call/cases.h"

enum { MOST_CHANGES = 200, TEXT = 256 };

struct bench {
    struct world world;
    struct flow *flow;
    node_id action;
    const struct action_info *info; /* of the action */
    struct change *changes[MOST_CHANGES];
    size_t count;
    unsigned problems; /* told already */
};

void bench_open(struct bench *b);
void bench_close(struct bench *b);
void bench_text(const struct bench *b, struct buf *out);
/* Undone it is the text before, redone the text behind; then undone for good. */
void bench_take_back(struct bench *b, const char *before);
/* Into the loop what ends one, into the menu a choice, else behind the loop. 0: refused. */
node_id bench_put(struct bench *b, const struct action_info *info);
void bench_set(struct bench *b, node_id owner, const struct field *field, const char *text);
/* A text that fits the field; a field that is shown only for a choice: the choice is taken. */
void bench_set_field(struct bench *b, const struct field *field, bool expression);
/* The cases of a switch. */
void bench_set_cases(struct bench *b, bool expression);

#endif
