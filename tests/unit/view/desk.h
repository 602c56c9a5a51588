/* A session on a folder of its own, its flows made by commands, for the panes that show it. */
#ifndef POSTFLOW_TESTS_UNIT_VIEW_DESK_H
#define POSTFLOW_TESTS_UNIT_VIEW_DESK_H

#include "tests/unit/term/screen.h"

#include "engine/session/session.h"
#include "tui/term/key.h"

struct desk {
    struct env env;
    char folder[64];
    struct session *session;
    struct canvas canvas; /* 10 x 44 */
};

/* cmocka setup and teardown: *state is the desk, with the flow "Desk" (inbound call) shown: task
 * Start with Disconnect. Nothing is saved. */
int desk_setup(void **state);
int desk_teardown(void **state);
/* Runs commands, one a line; fails the test when one fails. */
void desk_say(struct desk *desk, const char *lines);
/* The spot of a path. The session's cursor goes there. */
struct spot desk_at(struct desk *desk, const char *path);
struct key desk_key(const char *name);

#endif
