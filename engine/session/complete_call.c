/* What a line about the simulated call could go on with. */
#include "engine/session/complete.h"

#include "engine/call/call.h"
#include "engine/session/assist.h"
#include "engine/session/commands.h"
#include "engine/session/debug.h"

bool complete_stimulus(struct session *session, struct str arguments, size_t n, struct buf *out)
{
    struct wanted wanted = wanted_of(session, arguments, n, out);
    struct choices choices = { .items = NULL };
    bool found = false;

    if (!session->call || session->mode != SESSION_SIMULATE)
        return false;
    arena_init(&choices.arena, session->env);
    call_choices(session->call, &choices);
    for (size_t i = 0; !found && i < choices.count; i++)
        found = offer(&wanted, str_of(choices.items[i].words));
    arena_release(&choices.arena);
    return found;
}

static bool offer_variables(struct wanted *wanted)
{
    struct call_variable variable;
    struct call *call = wanted->session->call;

    for (size_t i = 0; call && call_variable(call, i, &variable); i++)
        if (offer(wanted, variable.name))
            return true;
    return false;
}

/* As the action where the call is sees it; where it is in none, the call's variables. */
bool complete_expression(struct session *session, struct str arguments, size_t n, struct buf *out)
{
    struct wanted wanted = wanted_of(session, arguments, n, out);
    struct call_position at = { .flow = NULL };
    struct assist_place place = { .node = 0 };

    if (session->call)
        at = call_where(session->call);
    if (!at.flow)
        return offer_variables(&wanted);
    place.flow = at.flow;
    place.node = at.spot.node;
    return assist_complete(session, &place, arguments, n, out);
}

static bool offer_events(struct wanted *wanted)
{
    for (int i = 0; i < EVENT_KIND_COUNT; i++)
        if (offer(wanted, str_of(event_word((enum event_kind) i))))
            return true;
    return false;
}

bool complete_break(struct session *session, struct str arguments, size_t n, struct buf *out)
{
    static const char words[] = "variable |hangup|transfer|event |if ";
    struct str rest = arguments, kind = STR_NONE;
    struct wanted wanted;
    size_t before = 0;

    if (behind_words(&rest, &kind, 1) &&
        (str_is(kind, "variable") || str_is(kind, "if") || str_is(kind, "event"))) {
        buf_addf(out, "%.*s ", STR_ARG(kind));
        if (str_is(kind, "if"))
            return complete_expression(session, rest, n, out);
        wanted = wanted_of(session, rest, n, out);
        return str_is(kind, "event") ? offer_events(&wanted) : offer_variables(&wanted);
    }
    wanted = wanted_of(session, arguments, n, out);
    if (offer_words(&wanted, words))
        return true;
    before = n - wanted.left;
    return complete_path(session, arguments, n - before, out);
}

bool complete_branch(struct session *session, struct str arguments, size_t n, struct buf *out)
{
    struct wanted wanted = wanted_of(session, arguments, n, out);
    struct branch_view at;

    for (size_t i = 0; session_branch(session, i, &at); i++)
        if (offer(&wanted, at.name))
            return true;
    return false;
}
