/* Commands of the screen for the simulated call: possibilities, trace, places, breakpoints. */
#include <stdio.h>
#include "engine/flow/path.h"
#include "engine/session/debug.h"
#include "tui/view/callview.h"
#include "tui/view/view_parts.h"

static bool no_call(struct designer *designer)
{
    bool call = designer_simulating(designer) && designer->session->call;
    return !call && !view_fail(designer, "no call is simulated; s starts one");
}

bool run_choice(struct designer *designer, struct str what)
{
    if (no_call(designer))
        return false;
    size_t count = callview_choice_count(designer);
    scroll_fit(&designer->choices, count, designer->choices.page);
    if (str_is(what, "down") || str_is(what, "up")) {
        scroll_by(&designer->choices, str_is(what, "down") ? 1 : -1);
        return true;
    }
    if (!str_is(what, "do"))
        return view_fail(designer, "choice up, down or do");
    struct buf line;
    bool ask_rest, fine;
    buf_init(&line, designer->env);
    fine = callview_choice_command(designer, &line, &ask_rest);
    if (fine && ask_rest) {
        designer_open_command(designer, buf_str(&line));
    } else if (fine) {
        fine = session_command(designer->session, buf_str(&line));
        scroll_to(&designer->choices, 0);
    }
    buf_release(&line);
    return fine;
}

/* What a key means that needs a waiting point: where the call can still go on by itself it runs to
 * the next one first. */
bool run_hasten(struct designer *designer, struct str command)
{
    if (no_call(designer))
        return false;
    struct session *session = designer->session;
    if (call_phase(session->call) != PHASE_READY)
        return session_command(session, command);
    if (!str_starts(command, STR("do press")) && session_command(session, command))
        return true;
    return session_command(session, STR("run")) && call_phase(session->call) != PHASE_READY &&
           session_command(session, command);
}

bool run_trace(struct designer *designer, struct str what)
{
    if (no_call(designer))
        return false;
    size_t count;
    call_events(designer->session->call, &count);
    if (str_is(what, "up") && designer->trace.top + 5 < count)
        designer->trace.top += 5;
    if (str_is(what, "down"))
        designer->trace.top = designer->trace.top > 5 ? designer->trace.top - 5 : 0;
    return true;
}

/* What a command says, as a page however short it is. */
bool run_page(struct designer *designer, struct str line)
{
    struct session *session = designer->session;
    bool fine = session_command(session, line);
    if (fine && session->message_kind != MESSAGE_NONE) {
        view_show_page(designer, line, buf_str(&session->message));
        session->message_kind = MESSAGE_NONE;
    }
    return fine;
}

/* How it ended; while it goes on, how it came to where it is. */
bool run_ending(struct designer *designer, struct str arguments)
{
    (void) arguments;
    if (no_call(designer))
        return false;
    struct buf text;
    buf_init(&text, designer->env);
    callview_ending(designer, &text);
    view_show_page(designer, STR("The call"), buf_str(&text));
    overlay_answer(designer->overlay, "b", "back", STR("back"));
    overlay_answer(designer->overlay, "R", "restart", STR("restart"));
    overlay_answer(designer->overlay, "w", "save as scenario", STR("ask-save-scenario"));
    overlay_answer(designer->overlay, "o", "other hangs up", STR("other-hangup"));
    overlay_answer(designer->overlay, "n", "why not", STR("page why-not"));
    overlay_answer(designer->overlay, "c", "causes", STR("causes"));
    buf_release(&text);
    return true;
}

/* Back to the moment of the last hang-up, and the other party hangs up instead. */
bool run_other_hangup(struct designer *designer, struct str arguments)
{
    (void) arguments;
    if (no_call(designer))
        return false;
    struct call *call = designer->session->call;
    size_t at = callview_last_hangup(call);
    if (at == SIZE_MAX)
        return view_fail(designer, "nobody has hung up yet");
    bool caller = call_history_stimulus(call, at)->who == WHO_CALLER;
    struct buf line;
    buf_init(&line, designer->env);
    buf_addf(&line, "back %zu", call_history(call) - at);
    bool fine = session_command(designer->session, buf_str(&line)) &&
                session_command(designer->session,
                                caller ? STR("do hangup agent") : STR("do hangup caller"));
    buf_release(&line);
    return fine;
}

/* --- places --- */

/* Runs a command on the row under the cursor, by its path. */
static bool command_here(struct designer *designer, const char *name)
{
    struct buf line;
    if (view_no_flow(designer))
        return false;
    buf_init(&line, designer->env);
    buf_addf(&line, "%s ", name);
    path_print_whole(designer->tree.flow, designer_cursor(designer), &line);
    bool fine = session_command(designer->session, buf_str(&line));
    buf_release(&line);
    return fine;
}

bool run_until_here(struct designer *designer, struct str arguments)
{
    (void) arguments;
    return !no_call(designer) && command_here(designer, "until");
}

bool run_break_here(struct designer *designer, struct str arguments)
{
    (void) arguments;
    if (view_no_flow(designer))
        return false;
    const struct breakpoint *at =
        session_break_at(designer->session, designer->tree.flow, designer_cursor(designer));
    char line[32];
    if (!at)
        return command_here(designer, "break");
    snprintf(line, sizeof line, "unbreak %u", at->number);
    return session_command(designer->session, str_of(line));
}

bool run_look(struct designer *designer, struct str path)
{
    struct flow *flow = designer->tree.flow;
    struct spot spot;
    if (no_call(designer))
        return false;
    if (!path.len)
        return view_fail(designer, "no action has done that");
    if (!session_find_place(designer->session, path, &flow, &spot))
        return false;
    designer_look_at(designer, flow, spot);
    designer->in_flow = true;
    return true;
}

/* Behind a place that is picked: shown in the call, or the cursor goes there. */
static const char *going(const struct designer *designer)
{
    return designer_simulating(designer) ? "look" : "goto";
}

bool run_breakpoints(struct designer *designer, struct str arguments)
{
    (void) arguments;
    const struct breakpoint *at;
    if (!session_breakpoint(designer->session, 0))
        return view_fail(designer, "nothing stops the call; B sets a breakpoint at the cursor");
    struct overlay *pick = overlay_new(designer->env, OVERLAY_PICK, STR("Breakpoints"));
    struct buf text;
    buf_init(&text, designer->env);
    for (size_t i = 0; (at = session_breakpoint(designer->session, i)); i++) {
        bool place = at->kind == BREAK_ACTION || at->kind == BREAK_OUTPUT;
        buf_clear(&text);
        buf_addf(&text, "%u  ", at->number);
        breakpoint_show(at, &text);
        if (place)
            overlay_pickf(pick, buf_str(&text), STR("go there"), "%s %s", going(designer),
                          at->text);
        else
            overlay_pickf(pick, buf_str(&text), STR("take it away"), "unbreak %u", at->number);
    }
    buf_release(&text);
    overlay_pick(pick, STR("take all away"), STR_NONE, STR("unbreak all"));
    overlay_ready(pick, STR_NONE);
    view_push(designer, pick);
    return true;
}

bool run_branches(struct designer *designer, struct str arguments)
{
    (void) arguments;
    struct branch_view at;
    if (no_call(designer))
        return false;
    struct overlay *pick = overlay_new(designer->env, OVERLAY_PICK, STR("Ways that are kept"));
    struct buf text;
    buf_init(&text, designer->env);
    for (size_t i = 0; session_branch(designer->session, i, &at); i++) {
        buf_clear(&text);
        buf_addf(&text, "%s%.*s", at.current ? "* " : "  ", STR_ARG(at.name));
        overlay_pickf(pick, buf_str(&text), at.ends, "branch-to %.*s", STR_ARG(at.name));
    }
    overlay_pick(pick, STR("side by side"), STR_NONE, STR("compare"));
    overlay_ready(pick, STR_NONE);
    buf_release(&text);
    view_push(designer, pick);
    return true;
}

/* --- what was, and why --- */

/* A row that leads to the action that did it, if one did. */
static void pick_place(struct designer *designer, struct overlay *pick, struct str text,
                       struct flow *flow, node_id node)
{
    struct buf place;
    buf_init(&place, designer->env);
    if (flow && node)
        path_print_whole(flow, (struct spot){ node, 0 }, &place);
    overlay_pickf(pick, text, buf_str(&place), "look %s", place.len ? place.ptr : "");
    buf_release(&place);
}

bool run_causes(struct designer *designer, struct str arguments)
{
    struct causes causes = { .items = NULL };
    int64_t event = 0;
    size_t count;
    if (no_call(designer))
        return false;
    struct call *call = designer->session->call;
    call_events(call, &count);
    if (arguments.len && (!str_to_int(arguments, &event) || event < 0 || (size_t) event >= count))
        return view_fail(designer, "causes takes the number of an event");
    arena_init(&causes.arena, designer->env);
    if (arguments.len)
        call_why_event(call, (size_t) event, &causes);
    else
        call_why(call, &causes);
    if (causes.count) {
        struct overlay *pick = overlay_new(designer->env, OVERLAY_PICK, STR("Why"));
        for (size_t i = 0; i < causes.count; i++)
            pick_place(designer, pick, str_of(causes.items[i].text), causes.items[i].flow,
                       causes.items[i].node);
        overlay_ready(pick, STR_NONE);
        view_push(designer, pick);
    } else {
        designer_say(designer, MESSAGE_INFO,
                     STR("nothing was transferred and nothing has ended yet"));
    }
    arena_release(&causes.arena);
    return true;
}

bool run_events(struct designer *designer, struct str arguments)
{
    (void) arguments;
    size_t count;
    if (no_call(designer))
        return false;
    struct call *call = designer->session->call;
    struct buf text, clock;
    buf_init(&text, designer->env);
    buf_init(&clock, designer->env);
    const struct event *events = call_events(call, &count);
    struct overlay *pick = overlay_new(designer->env, OVERLAY_PICK, STR("What happened"));
    for (size_t i = 0; i < count; i++) {
        buf_clear(&text);
        buf_clear(&clock);
        call_event_show(call, i, &text);
        duration_show(events[i].at, &clock);
        overlay_pickf(pick, buf_str(&text), buf_str(&clock), "causes %zu", i);
    }
    overlay_ready(pick, buf_str(&text));
    buf_release(&clock);
    buf_release(&text);
    view_push(designer, pick);
    return true;
}

bool run_variables(struct designer *designer, struct str arguments)
{
    (void) arguments;
    struct call_variable variable;
    if (no_call(designer))
        return false;
    struct call *call = designer->session->call;
    size_t count;
    const struct event *events = call_events(call, &count);
    struct overlay *pick = overlay_new(designer->env, OVERLAY_PICK, STR("Variables"));
    struct buf text;
    buf_init(&text, designer->env);
    for (size_t n = 0; call_variable(call, n, &variable); n++) {
        bool written = variable.written_by != SIZE_MAX;
        const struct event *event = written ? &events[variable.written_by] : NULL;
        buf_clear(&text);
        buf_addf(&text, "%.*s = ", STR_ARG(variable.name));
        value_show(call_pool(call), variable.value, &text);
        pick_place(designer, pick, buf_str(&text), event ? call_flow(call, event->flow) : NULL,
                   event ? event->node : 0);
    }
    buf_release(&text);
    overlay_ready(pick, STR_NONE);
    view_push(designer, pick);
    return true;
}
