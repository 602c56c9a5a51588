/* Ways the call could go, kept under a name: each is a history with its future. The one the call is
 * on is written down when it is left. */
#include <string.h>

#include "engine/base/env.h"
#include "engine/session/commands.h"
#include "engine/session/debug.h"

struct branch {
    char *name;
    struct call_step *steps;
    size_t count, here;
    struct buf ends;
};
struct branches {
    struct branch *items;
    size_t count, capacity;
    size_t current;
};

static void release_branch(struct env *env, struct branch *branch)
{
    mem_free(env, branch->name);
    mem_free(env, branch->steps);
    buf_release(&branch->ends);
}

void branches_free(struct session *session)
{
    struct branches *branches = session->branches;

    if (!branches)
        return;
    for (size_t i = 0; i < branches->count; i++)
        release_branch(session->env, &branches->items[i]);
    mem_free(session->env, branches->items);
    mem_free(session->env, branches);
    session->branches = NULL;
}

static struct branch *add_branch(struct session *session, struct str name)
{
    struct branches *branches = session->branches;
    struct branch *made;
    struct buf text;

    branches->items = mem_grow(session->env, branches->items, &branches->capacity,
                               branches->count + 1, sizeof *made);
    made = &branches->items[branches->count++];
    *made = (struct branch){ .name = NULL };
    buf_init(&text, session->env);
    buf_add(&text, name);
    made->name = buf_steal(&text);
    buf_init(&made->ends, session->env);
    return made;
}

/* A call is on the branch main before any is named. */
static struct branches *branches_of(struct session *session)
{
    if (!session->branches) {
        session->branches = mem_zalloc(session->env, sizeof *session->branches);
        add_branch(session, STR("main"));
    }
    return session->branches;
}

static void show_end(const struct call *call, struct buf *out)
{
    buf_clear(out);
    buf_add_text(out, phase_words(call_phase(call)));
    if (call_phase(call) == PHASE_ENDED)
        buf_addf(out, ": %s", ending_name(call_ending(call)));
}

/* Writes the call down as the branch that it is on. */
static void keep(struct session *session)
{
    struct branches *branches = branches_of(session);
    struct branch *at = &branches->items[branches->current];
    const struct call *call = session->call;

    mem_free(session->env, at->steps);
    at->here = call_history(call);
    at->count = at->here + call_future(call);
    at->steps = mem_alloc(session->env, (at->count + 1) * sizeof *at->steps);
    for (size_t i = 0; i < at->count; i++)
        at->steps[i] = call_history_step(call, i);
    show_end(call, &at->ends);
}

static size_t find_branch(struct session *session, struct str name)
{
    struct branches *branches = branches_of(session);
    size_t i = 0;

    while (i < branches->count && !str_is(name, branches->items[i].name))
        i++;
    return i;
}

bool session_branch(struct session *session, size_t n, struct branch_view *out)
{
    struct branches *branches = branches_of(session);
    struct branch *at = &branches->items[n];

    if (n >= branches->count)
        return false;
    if (n == branches->current && session->call)
        keep(session);
    *out = (struct branch_view){ .name = str_of(at->name), .current = n == branches->current,
                                 .steps = at->here, .ends = buf_str(&at->ends) };
    return true;
}

struct trace_lines *branch_lines(struct session *session, struct str name)
{
    struct branches *branches = branches_of(session);
    size_t n = find_branch(session, name);
    const struct branch *here = &branches->items[branches->current], *there;
    struct trace_lines *lines;

    if (n == branches->count)
        return NULL;
    keep(session);
    there = &branches->items[n];
    if (there != here)
        call_take(session->call, there->steps, there->count, there->here);
    lines = trace_lines_new(session);
    if (there != here)
        call_take(session->call, here->steps, here->count, here->here);
    return lines;
}

static void list_branches(struct session *session)
{
    struct branch_view at;
    struct buf text;

    buf_init(&text, session->env);
    for (size_t i = 0; session_branch(session, i, &at); i++)
        buf_addf(&text, "%s%s %.*s: %zu step%s, %.*s", i ? "\n" : "", at.current ? "*" : " ",
                 STR_ARG(at.name), at.steps, at.steps == 1 ? "" : "s", STR_ARG(at.ends));
    message_set(session, MESSAGE_INFO, "%.*s", STR_ARG(buf_str(&text)));
    buf_release(&text);
}

bool command_branch(struct session *session, struct str arguments)
{
    struct branches *branches = branches_of(session);
    size_t from = branches->current;

    if (!arguments.len) {
        list_branches(session);
        return true;
    }
    if (find_branch(session, arguments) < branches->count)
        return message_fail1(session, DIAG_BRANCH_EXISTS, arguments);
    keep(session);
    add_branch(session, arguments);
    branches->current = branches->count - 1;
    message_set(session, MESSAGE_INFO, "on branch %.*s; :branch-to goes back to %s",
                STR_ARG(arguments), branches->items[from].name);
    return true;
}

bool command_branch_to(struct session *session, struct str arguments)
{
    struct branches *branches = branches_of(session);
    size_t n = find_branch(session, arguments), fitted;
    const struct branch *to;

    if (!arguments.len)
        return command_usage(session, "branch-to");
    if (n == branches->count)
        return message_fail1(session, DIAG_BRANCH_UNKNOWN, arguments);
    keep(session);
    to = &branches->items[n];
    debug_before(session);
    fitted = call_take(session->call, to->steps, to->count, to->here);
    branches->current = n;
    watches_moved(session);
    session->moved_since = SIZE_MAX;
    message_set(session, MESSAGE_INFO, "on branch %s", to->name);
    if (fitted < to->here)
        message_more(session, MESSAGE_WARNING, "it stops behind %zu of %zu steps: the next does "
                     "not fit any more", fitted, to->here);
    return true;
}
