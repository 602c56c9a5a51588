/* Breakpoints: what they are, and how they stop the call. */
#include "engine/session/debug.h"

#include <string.h>

#include "engine/base/env.h"
#include "engine/expr/expr.h"
#include "engine/session/commands.h"

struct debugger {
    struct breakpoint *breakpoints;
    size_t breakpoint_count, breakpoint_capacity;
    unsigned last_breakpoint; /* number given */
    unsigned stopped_by;      /* a number; 0: nothing */
};

static struct debugger *debugger_of(struct session *session)
{
    if (!session->debugger)
        session->debugger = mem_zalloc(session->env, sizeof *session->debugger);
    return session->debugger;
}

void debug_free(struct session *session)
{
    struct debugger *debugger = session->debugger;

    if (!debugger)
        return;
    for (size_t i = 0; i < debugger->breakpoint_count; i++)
        mem_free(session->env, debugger->breakpoints[i].text);
    mem_free(session->env, debugger->breakpoints);
    mem_free(session->env, debugger);
    session->debugger = NULL;
}

char *debug_text(struct session *session, struct str text)
{
    struct buf copy;

    buf_init(&copy, session->env);
    buf_add(&copy, text);
    return buf_steal(&copy);
}

/* --- breakpoints --- */

static const struct {
    const char *word;
    enum event_kind event;
} event_breaks[] = { { "hangup", EVENT_HANGUP }, { "transfer", EVENT_TRANSFERRED } };

const struct breakpoint *session_breakpoint(const struct session *session, size_t n)
{
    const struct debugger *debugger = session->debugger;

    return debugger && n < debugger->breakpoint_count ? &debugger->breakpoints[n] : NULL;
}

const struct breakpoint *session_stopped_by(const struct session *session)
{
    const struct breakpoint *at;

    for (size_t i = 0; (at = session_breakpoint(session, i)); i++)
        if (at->number == session->debugger->stopped_by)
            return at;
    return NULL;
}

void breakpoint_show(const struct breakpoint *at, struct buf *out)
{
    static const char *const words[] = { [BREAK_ACTION] = "", [BREAK_OUTPUT] = "",
                                         [BREAK_VARIABLE] = "variable ", [BREAK_EVENT] = "",
                                         [BREAK_CONDITION] = "if " };

    buf_add_text(out, words[at->kind]);
    if (at->kind != BREAK_EVENT) {
        buf_add_text(out, at->text);
        return;
    }
    for (size_t i = 0; i < sizeof event_breaks / sizeof *event_breaks; i++)
        if (event_breaks[i].event == at->event) {
            buf_add_text(out, event_breaks[i].word);
            return;
        }
    buf_addf(out, "event %s", event_word(at->event));
}

static bool is_place(const struct breakpoint *at)
{
    return at->kind == BREAK_ACTION || at->kind == BREAK_OUTPUT;
}

static bool flow_is_there(const struct session *session, const struct flow *flow)
{
    for (size_t i = 0; i < session->ws->count; i++)
        if (&session->ws->files[i]->flow == flow)
            return flow->doc != NULL;
    return false;
}

/* Nodes are followed through edits; a file that was read again is looked through by the path. */
static void find_again(struct session *session, struct breakpoint *at)
{
    struct str flow_part, path;
    struct diags ignored;

    if (!is_place(at))
        return;
    if (!flow_is_there(session, at->flow)) {
        at->doc = NULL;
    } else if (at->doc != at->flow->doc) {
        diags_init(&ignored, session->env);
        path_split(str_of(at->text), &flow_part, &path);
        at->doc = path_find(at->flow, path, &at->spot, &ignored) ? at->flow->doc : NULL;
        diags_release(&ignored);
    }
}

const struct breakpoint *session_break_at(const struct session *session, const struct flow *flow,
                                          struct spot spot)
{
    const struct breakpoint *at;

    for (size_t i = 0; (at = session_breakpoint(session, i)); i++)
        if (is_place(at) && at->flow == flow && at->doc == flow->doc &&
            at->spot.node == spot.node && at->spot.output == spot.output)
            return at;
    return NULL;
}

static bool read_place(struct session *session, struct str words, struct breakpoint *out)
{
    struct buf text;

    if (session->call && session->mode == SESSION_SIMULATE)
        out->flow = call_where(session->call).flow;
    if (!out->flow)
        out->flow = session->flow;
    if (!session_find_place(session, words, &out->flow, &out->spot))
        return false;
    out->doc = out->flow->doc;
    out->kind = out->spot.output ? BREAK_OUTPUT : BREAK_ACTION;
    buf_init(&text, session->env);
    path_print_whole(out->flow, out->spot, &text);
    out->text = buf_steal(&text);
    return true;
}

static bool no_name(void *context, struct str scope, struct str name, struct expr_var *out)
{
    (void) context, (void) scope, (void) name, (void) out;
    return false;
}

static void ignore_reference(void *context, const struct expr_reference *reference)
{
    (void) context, (void) reference;
}

bool debug_readable(struct session *session, struct str expression)
{
    const struct place place = { .line = 1, .column = 1 };
    const struct expr_names names = { no_name, NULL };
    struct pool *pool;
    struct arena arena;
    struct diags diags;

    if (expr_references(session->env, expression, ignore_reference, NULL))
        return true;
    pool = pool_new(session->env);
    arena_init(&arena, session->env);
    diags_init(&diags, session->env);
    expr_compile(&arena, pool, expression, &names, (struct expr_type){ .type = TYPE_NONE }, &place,
                 &diags);
    message_diags(session, &diags, false);
    diags_release(&diags);
    arena_release(&arena);
    pool_free(pool);
    return false;
}

static bool read_condition(struct session *session, struct str text, struct breakpoint *out)
{
    out->kind = BREAK_CONDITION;
    if (!debug_readable(session, text))
        return false;
    out->text = debug_text(session, text);
    return true;
}

static bool read_breakpoint(struct session *session, struct str words, struct breakpoint *out)
{
    struct str rest = words, word = command_word(&rest);

    *out = (struct breakpoint){ .kind = BREAK_EVENT };
    for (size_t i = 0; !rest.len && i < sizeof event_breaks / sizeof *event_breaks; i++)
        if (str_is(word, event_breaks[i].word)) {
            out->event = event_breaks[i].event;
            return true;
        }
    if (str_is(word, "event") && rest.len)
        return event_find(rest, &out->event) || message_fail1(session, DIAG_SCENARIO_EVENT, rest);
    if (str_is(word, "if") && rest.len)
        return read_condition(session, rest, out);
    if (!str_is(word, "variable") || !rest.len)
        return read_place(session, words, out);
    out->kind = BREAK_VARIABLE;
    out->text = debug_text(session, rest);
    return true;
}

static void list_breakpoints(struct session *session)
{
    const struct breakpoint *at;
    struct buf text;

    buf_init(&text, session->env);
    for (size_t i = 0; (at = session_breakpoint(session, i)); i++) {
        buf_addf(&text, "%s%u  ", i ? "\n" : "", at->number);
        breakpoint_show(at, &text);
    }
    message_set(session, MESSAGE_INFO, "%s", text.len ? text.ptr : "nothing stops the call");
    buf_release(&text);
}

bool command_break(struct session *session, struct str arguments)
{
    struct debugger *debugger = debugger_of(session);
    struct breakpoint made;
    struct buf text;

    if (!arguments.len) {
        list_breakpoints(session);
        return true;
    }
    if (!read_breakpoint(session, arguments, &made))
        return false;
    made.number = ++debugger->last_breakpoint;
    debugger->breakpoints = mem_grow(session->env, debugger->breakpoints,
                                     &debugger->breakpoint_capacity,
                                     debugger->breakpoint_count + 1, sizeof made);
    debugger->breakpoints[debugger->breakpoint_count++] = made;
    buf_init(&text, session->env);
    breakpoint_show(&made, &text);
    message_set(session, MESSAGE_INFO, "breakpoint %u: %.*s", made.number,
                STR_ARG(buf_str(&text)));
    buf_release(&text);
    return true;
}

bool debug_read_number(struct session *session, struct str text, const char *command,
                       unsigned *number)
{
    int64_t read = 0;

    if (!str_is(text, "all") && (!str_to_int(text, &read) || read < 1 || read > UINT32_MAX))
        return command_usage(session, command);
    *number = (unsigned) read;
    return true;
}

bool debug_removed(struct session *session, size_t count, const char *what, const char *list,
                   struct str number)
{
    if (!count && !str_is(number, "all"))
        return message_fail(session, DIAG_DEBUG_NUMBER, str_of(what), number, str_of(list));
    message_set(session, MESSAGE_INFO, "%zu removed", count);
    return true;
}

bool command_unbreak(struct session *session, struct str arguments)
{
    struct debugger *debugger = debugger_of(session);
    size_t kept = 0, count;
    unsigned number;

    if (!debug_read_number(session, arguments, "unbreak", &number))
        return false;
    for (size_t i = 0; i < debugger->breakpoint_count; i++) {
        struct breakpoint *at = &debugger->breakpoints[i];
        if (!number || at->number == number)
            mem_free(session->env, at->text);
        else
            debugger->breakpoints[kept++] = *at;
    }
    count = debugger->breakpoint_count - kept;
    debugger->breakpoint_count = kept;
    return debug_removed(session, count, "breakpoint", "break", arguments);
}

/* --- stopping --- */

static bool condition_holds(struct session *session, const struct breakpoint *at)
{
    struct value value;
    struct diags ignored;
    bool holds;

    diags_init(&ignored, session->env);
    holds = call_eval(session->call, str_of(at->text), &value, &ignored) &&
            value.type == TYPE_BOOLEAN && value_is_set(value) && value.number;
    diags_release(&ignored);
    return holds;
}

static bool is_event(struct session *session, const struct breakpoint *at,
                     const struct event *event)
{
    struct str name = str_of(at->text);

    switch (at->kind) {
    case BREAK_EVENT:
        return event->kind == at->event;
    case BREAK_OUTPUT:
        return event->kind == EVENT_OUTPUT && event->node == at->spot.node &&
               event->output == at->spot.output && at->doc &&
               call_flow(session->call, event->flow) == at->flow;
    case BREAK_VARIABLE:
        if (event->kind != EVENT_VARIABLE)
            return false;
        if (event->detail && !str_eq_nocase(str_slice(name, 0, 5), STR("data.")))
            return false;
        return str_eq_nocase(pool_get_text(call_pool(session->call), event->text),
                             event->detail ? str_slice(name, 5, name.len) : name);
    default:
        return false;
    }
}

/* Whether it applies to where the call is now, or to what happened from event `since` on. */
static bool applies(struct session *session, struct breakpoint *at, size_t since)
{
    struct call_position here = call_where(session->call);
    size_t count;
    const struct event *events = call_events(session->call, &count);

    if (at->kind == BREAK_ACTION)
        return at->doc && here.flow == at->flow && here.spot.node == at->spot.node;
    if (at->kind == BREAK_CONDITION) {
        bool held = at->held;
        at->held = condition_holds(session, at);
        return at->held && !held;
    }
    for (size_t i = since; i < count; i++)
        if (is_event(session, at, &events[i]))
            return true;
    return false;
}

static bool look(struct session *session, size_t since)
{
    struct debugger *debugger = session->debugger;
    bool found = false;

    /* Each is looked at, so that conditions remember what they were. */
    for (size_t i = 0; i < debugger->breakpoint_count; i++) {
        struct breakpoint *at = &debugger->breakpoints[i];
        if (applies(session, at, since) && !found) {
            found = true;
            debugger->stopped_by = at->number;
        }
    }
    return found;
}

void debug_before(struct session *session)
{
    struct debugger *debugger = debugger_of(session);

    debugger->stopped_by = 0;
    for (size_t i = 0; i < debugger->breakpoint_count; i++) {
        struct breakpoint *at = &debugger->breakpoints[i];
        find_again(session, at);
        if (at->kind == BREAK_CONDITION)
            at->held = condition_holds(session, at);
    }
}

struct stopping {
    struct session *session;
    const struct call_going *how; /* as it was asked for */
};

static bool stops(void *context, struct call *call, size_t since)
{
    struct stopping *stopping = context;
    const struct call_going *how = stopping->how;
    bool wanted = how->stop && how->stop(how->context, call, since);

    return look(stopping->session, since) || wanted;
}

bool debug_go(struct session *session, const struct call_going *how)
{
    struct stopping stopping = { session, how };
    struct call_going going = *how;

    debug_before(session);
    going.stop = stops;
    going.context = &stopping;
    if (session->debugger->breakpoint_count)
        call_go(session->call, &going);
    else
        call_go(session->call, how);
    return session->debugger->stopped_by != 0;
}

void debug_look(struct session *session, size_t since)
{
    look(session, since);
}
