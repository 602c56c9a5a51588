/* A workbench for every action of the catalogue: a flow of each type called Every, in which one
 * action is put, its fields are set, and all is taken back. */
#ifndef TESTS_UNIT_CALL_EVERY_H
#define TESTS_UNIT_CALL_EVERY_H

#include "engine/flow/edit_flow.h"
#include "tests/unit/call/cases.h"

enum { MOST_CHANGES = 200, TEXT = 256 };

/* How an action is put and a field is set: by the engine alone, or by somebody at the keys. Each
 * fails the test where it cannot. `at`: what the cursor is on. */
struct bench;
struct bench_hands {
    /* Behind an action, first in an output, last in a menu. 0: refused. */
    node_id (*put)(struct bench *b, struct spot at, const struct action_info *info);
    void (*set)(struct bench *b, struct spot at, node_id owner, const struct field *field,
                const char *text);
    void (*add_row)(struct bench *b, const struct field *list);
    void (*add_output)(struct bench *b, const char *name);
};

struct bench {
    const struct bench_hands *hands;
    struct world world;
    struct flow *flow;
    node_id action;
    const struct action_info *info; /* of the action */
    struct change *changes[MOST_CHANGES];
    size_t count;
    unsigned problems; /* told already */
    void *desk;        /* of the hands */
};

/* The engine's hands, and no flow yet. */
void bench_open(struct bench *b);
void bench_close(struct bench *b);
void bench_text(const struct bench *b, struct buf *out);
/* Undone it is the text before, redone the text behind; then undone for good. */
void bench_take_back(struct bench *b, const char *before);
/* Into the loop what ends one, into the menu a choice, else behind the loop. 0: refused. */
node_id bench_put(struct bench *b, const struct action_info *info);
void bench_set(struct bench *b, node_id action, const struct field *field, const char *text);
/* Each field gets a text that fits, or an expression where it takes one, and so do the cases of a
 * switch. */
void bench_set_all(struct bench *b, bool expression);
/* Intents, and the case of Loop Until, whose name is the text that it was given. False: none. */
bool bench_add_named_output(struct bench *b);
/* Choices are reached from the task. */
void bench_go_to_menu(struct bench *b);
/* Where it is stepped: in a secure flow failures end the call. */
enum flow_type bench_steps_in(const struct action_info *info);

/* What leads to an output that no result does: a field that is set, then what happens, between
 * semicolons; the last of it again and again until the output is taken. */
struct lead {
    const char *key, *output, *field, *value, *words;
};
const struct lead *bench_lead(const struct action_info *info, struct str output); /* NULL: none */
/* That event of the action; of an output, the one with this id. */
bool bench_happened(const struct bench *b, struct call *call, enum event_kind kind,
                    struct str text);
/* No error, or one that stays although every field is set. */
bool bench_expects(const struct bench *b, const struct diag *diag);

#endif
