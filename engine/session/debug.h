/* What stops a call on its way, what is looked at meanwhile, and ways the call could have gone that
 * are kept under a name. All of it belongs to the session and outlives a call. */
#ifndef POSTFLOW_SESSION_DEBUG_H
#define POSTFLOW_SESSION_DEBUG_H

#include "engine/session/session.h"

enum break_kind {
    BREAK_ACTION,    /* before the action, or the menu */
    BREAK_OUTPUT,    /* when it is taken */
    BREAK_VARIABLE,  /* when it is written */
    BREAK_EVENT,     /* when there is one of that kind */
    BREAK_CONDITION, /* when the expression becomes true */
};
struct breakpoint {
    unsigned number; /* from 1, not used again in a session */
    enum break_kind kind;
    struct flow *flow; /* ACTION, OUTPUT */
    const struct doc *doc; /* in which `spot` counts */
    struct spot spot;
    enum event_kind event;
    char *text; /* the path as it was printed, the variable's name, the expression */
    bool held;  /* the condition was true when it was last looked at */
};
/* The n-th breakpoint; NULL: no more. Borrowed until one is added or removed. */
const struct breakpoint *session_breakpoint(const struct session *session, size_t n);
/* As `break` takes it. */
void breakpoint_show(const struct breakpoint *breakpoint, struct buf *out);
/* The first one at that place; NULL: there is none. */
const struct breakpoint *session_break_at(const struct session *session, const struct flow *flow,
                                          struct spot spot);
/* What stopped the call in the last command, or would have; NULL: nothing. */
const struct breakpoint *session_stopped_by(const struct session *session);

struct watch {
    unsigned number;
    char *expression;
    struct buf value;  /* as text; why there is none, in brackets */
    struct buf before; /* the value before the last command that moved the call */
    bool changed;      /* by that command */
};
/* The n-th; NULL: no more. Borrowed until the next command. */
const struct watch *session_watch(const struct session *session, size_t n);

/* The n-th way that is kept, in the order in which they were named; false: no more. */
struct branch_view {
    struct str name;
    bool current;
    size_t steps;    /* of the history */
    struct str ends; /* where the call is there: "ended: disconnect" */
};
bool session_branch(struct session *session, size_t n, struct branch_view *out);

#endif
