/* A workspace of its own for one test, and sessions on it that are driven by their commands. */
#ifndef POSTFLOW_TESTS_UNIT_SESSION_SUPPORT_H
#define POSTFLOW_TESTS_UNIT_SESSION_SUPPORT_H

#include "engine/base/env.h"
#include "engine/session/session.h"

struct world {
    struct env env;
    int64_t clock;       /* milliseconds; every look at it lets one pass */
    char folder[128];    /* under TMPDIR: flows/ and state/ */
    struct diags diags;
    struct session *session; /* NULL: none is open */
};

/* cmocka setup and teardown: *state is the struct world. */
int world_setup(void **state);
int world_teardown(void **state);

/* "FOLDER/name", valid until eight more calls. */
const char *world_path(const struct world *world, const char *name);
void world_put(const struct world *world, const char *name, const char *content);
/* Content of a file, valid until the next call; fails the test when there is none. */
struct str world_get(const struct world *world, const char *name);
/* Puts the flow of tests/unit/session/main.inc there. */
void world_put_main(const struct world *world);
/* Puts the flows of the samples and their postflow.json there. */
void world_put_samples(struct world *world);

/* Opens flows/ (or a file in it); fails the test when that fails. */
struct session *world_open(struct world *world, const char *name);
void world_close(struct world *world);
/* As if the process had been killed: the log stays, its lock goes. */
void world_die(struct world *world);

/* Runs commands, one a line; fails the test when one fails. */
void world_say(struct world *world, const char *lines);
/* Runs a command that must fail with this code's sentence, in which `words` stand. */
void world_refused(struct world *world, const char *line, enum diag_code code,
                   const char *words);
void world_expect_message(struct world *world, const char *words);
/* The text of every flow and of postflow.json, as it would be saved; by the names of the files. */
void world_state(struct world *world, struct buf *out);
/* The text of the shown flow. */
struct str world_flow(struct world *world);
/* The log of the session that writes one, or wrote one; valid until the next call. */
const char *world_log(struct world *world);

#endif
