/* Calls written down as text: small flows, what happens, what must have been seen. Each file in
 * tests/data/call/NAME.cases is one workspace and its cases (tests/data/call/README.md). */
#ifndef TESTS_UNIT_CALL_CASES_H
#define TESTS_UNIT_CALL_CASES_H

#include <stdbool.h>
#include "engine/base/env.h"
#include "engine/call/call.h"

struct world {
    struct env env;
    char *folder; /* a temporary workspace */
    struct workspace *ws;
    struct diags diags;
};
struct case_text {
    char *title;
    char *body; /* its lines */
};
struct case_file {
    struct world world;
    char *text;
    struct case_text *cases;
    size_t count;
};

/* An empty workspace; files are added, then it is opened. */
void world_init(struct world *world);
void world_add(struct world *world, const char *file, const char *text);
/* KIND is a root key; the actions of its only task (state). */
void world_add_flow(struct world *world, const char *kind, const char *name, const char *actions);
void world_open(struct world *world);
void world_release(struct world *world);

void case_file_read(struct case_file *file, const char *path);
void case_file_release(struct case_file *file);
/* Asserts; `title` is in every message. */
void case_run(struct case_file *file, const struct case_text *one);

#endif
