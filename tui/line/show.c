#include "tui/line/show.h"

#include <stdio.h>
#include "engine/base/env.h"
#include "engine/flow/path.h"
#include "engine/session/debug.h"
#include "tui/line/print.h"

void show_text(struct str text)
{
    print_shown(stdout, text);
    putchar('\n');
}

/* --- events --- */

static void add_place(const struct call *call, const struct event *event, struct buf *out)
{
    bool here = event->kind == EVENT_ACTION || event->kind == EVENT_OUTPUT ||
                event->kind == EVENT_POST_FLOW_SET || event->kind == EVENT_POST_FLOW_CLEARED ||
                event->kind == EVENT_ASKED;
    struct flow *flow = here ? call_flow(call, event->flow) : NULL;
    if (!flow || !event->node)
        return;
    uint16_t output = event->kind == EVENT_OUTPUT ? event->output : 0;
    buf_addf(out, "  (%.*s::", STR_ARG(flow_title(flow)));
    path_print(flow, (struct spot){ event->node, output }, out);
    buf_add_char(out, ')');
}

void show_events(const struct line *line, size_t from, size_t to, bool numbered)
{
    const struct call *call = line->session->call;
    size_t count;
    const struct event *events = call_events(call, &count);
    struct buf text;
    buf_init(&text, line->session->env);
    for (size_t i = from; i < to && i < count; i++) {
        buf_clear(&text);
        if (i == 0 || events[i].at != events[i - 1].at) {
            buf_add_text(&text, "time ");
            duration_show(events[i].at, &text);
            buf_add_char(&text, '\n');
        }
        if (numbered)
            buf_addf(&text, "%zu  ", i);
        call_event_show(call, i, &text);
        add_place(call, &events[i], &text);
        show_text(buf_str(&text));
    }
    buf_release(&text);
}

void show_events_as_json(const struct line *line)
{
    size_t count;
    struct buf text;
    buf_init(&text, line->session->env);
    call_events(line->session->call, &count);
    for (size_t i = 0; i < count; i++) {
        buf_clear(&text);
        call_event_to_json(line->session->call, i, &text);
        buf_add_char(&text, '\n');
        fwrite(text.ptr, 1, text.len, stdout);
    }
    buf_release(&text);
}

/* --- what is possible --- */

void show_choices(const struct line *line)
{
    struct choices choices = { .items = NULL };
    struct buf text;
    arena_init(&choices.arena, line->session->env);
    buf_init(&text, line->session->env);
    call_choices(line->session->call, &choices);
    for (size_t i = 0; i < choices.count; i++) {
        const struct choice *choice = &choices.items[i];
        buf_clear(&text);
        buf_addf(&text, "%zu  %s", i + 1, choice->words);
        if (*choice->consequence)
            buf_addf(&text, ": %s", choice->consequence);
        show_text(buf_str(&text));
    }
    if (!choices.count)
        show_text(STR("nothing, the call has ended; back and restart go on"));
    buf_release(&text);
    arena_release(&choices.arena);
}

/* --- where the call is --- */

static bool is_here(const struct party *party)
{
    return party->kind != PARTY_NONE && party->status != PARTY_GONE &&
           party->status != PARTY_LEFT_OUT;
}

static struct str name_of(const struct call *call, const struct party *party)
{
    return party->kind == PARTY_CALLER
               ? STR("Caller")
               : pool_get_text(call_pool((struct call *) call), party->name);
}

void add_phase(const struct call *call, struct buf *out)
{
    unsigned count, shown = 0;
    const struct party *parties = call_parties(call, &count);
    buf_add_text(out, phase_words(call_phase(call)));
    if (call_phase(call) == PHASE_ENDED)
        buf_addf(out, ": %s", ending_name(call_ending(call)));
    if (call_queue(call).len)
        buf_addf(out, " %.*s", STR_ARG(call_queue(call)));
    for (unsigned i = 0; i < count; i++) {
        if (!is_here(&parties[i]))
            continue;
        buf_addf(out, "%s%.*s", shown++ ? ", " : " (", STR_ARG(name_of(call, &parties[i])));
        if (parties[i].status != PARTY_CONNECTED && parties[i].status != PARTY_IN_FLOW &&
            parties[i].status != PARTY_IN_QUEUE)
            buf_addf(out, " %s", party_status_words((enum party_status) parties[i].status));
    }
    buf_add_text(out, shown ? ")" : "");
}

static void add_position(const struct call *call, struct buf *out)
{
    struct call_position at = call_where(call);
    if (!at.flow)
        return;
    buf_addf(out, " at %.*s::", STR_ARG(flow_title(at.flow)));
    path_print(at.flow, at.spot, out);
}

void show_status(const struct line *line)
{
    struct buf text;
    buf_init(&text, line->session->env);
    buf_add_text(&text, "= ");
    add_phase(line->session->call, &text);
    add_position(line->session->call, &text);
    show_text(buf_str(&text));
    buf_release(&text);
}

static void show_slot(const struct line *line, enum party_role role)
{
    struct call *call = line->session->call;
    const struct post_slot *slot = call_slot(call, role);
    static const char *const phases[] = { [SLOT_NEVER_SET] = "not set",
                                          [SLOT_ARMED] = "set to ",
                                          [SLOT_WAS_CLEARED] = "cleared",
                                          [SLOT_WAS_CLEARED_BY_SECURE] =
                                              "cleared by Transfer to Secure Flow",
                                          [SLOT_HAS_FIRED] = "has fired" };
    struct flow *flow = slot->set_by ? call_flow(call, slot->set_flow) : NULL;
    struct buf text;
    buf_init(&text, line->session->env);
    buf_addf(&text, "post-flow of the %s: %s", role == PARTY_AS_CALLER ? "caller" : "agent",
             phases[slot->phase]);
    if (slot->phase == SLOT_ARMED) {
        buf_addf(&text, "%.*s (%s flow)", STR_ARG(pool_get_text(call_pool(call), slot->flow_name)),
                 flow_type_info((enum flow_type) slot->flow_type)->label);
        if (value_is_set(slot->data)) {
            buf_add_text(&text, " with ");
            value_show(call_pool(call), slot->data, &text);
        }
    }
    if (flow) {
        buf_addf(&text, "  (%.*s::", STR_ARG(flow_title(flow)));
        path_print(flow, (struct spot){ slot->set_by, 0 }, &text);
        buf_add_char(&text, ')');
    }
    show_text(buf_str(&text));
    buf_release(&text);
}

void show_where(const struct line *line)
{
    const struct call *call = line->session->call;
    unsigned count;
    const struct party *parties = call_parties(call, &count);
    struct buf text;
    buf_init(&text, line->session->env);
    add_phase(call, &text);
    add_position(call, &text);
    show_text(buf_str(&text));
    buf_clear(&text);
    buf_add_text(&text, "time ");
    duration_show(call_clock(call), &text);
    show_text(buf_str(&text));
    for (unsigned i = 0; i < count; i++) {
        if (parties[i].kind == PARTY_NONE)
            continue;
        buf_clear(&text);
        buf_addf(&text, "%.*s: %s", STR_ARG(name_of(call, &parties[i])),
                 party_status_words((enum party_status) parties[i].status));
        show_text(buf_str(&text));
    }
    buf_release(&text);
    show_slot(line, PARTY_AS_CALLER);
    show_slot(line, PARTY_AS_CALLEE);
}

void show_variables(const struct line *line, bool all)
{
    struct call *call = line->session->call;
    struct call_variable variable;
    struct buf text;
    buf_init(&text, line->session->env);
    for (size_t n = 0; call_variable(call, n, &variable); n++) {
        bool own = variable.written_by != SIZE_MAX || !str_starts(variable.name, STR("Call."));
        if (!all && !own && !str_is(variable.name, "Call.InvocationData"))
            continue;
        buf_clear(&text);
        buf_addf(&text, "%.*s = ", STR_ARG(variable.name));
        value_show(call_pool(call), variable.value, &text);
        show_text(buf_str(&text));
    }
    buf_release(&text);
}

/* --- what stopped it --- */

void show_stops(const struct line *line)
{
    const struct session *session = line->session;
    const struct breakpoint *at = session_stopped_by(session);
    const struct watch *watch;
    struct buf text;
    buf_init(&text, session->env);
    for (size_t i = 0; (watch = session_watch(session, i)); i++) {
        if (!watch->changed)
            continue;
        buf_clear(&text);
        buf_addf(&text, "watch %u: %s = %.*s, was %.*s", watch->number, watch->expression,
                 STR_ARG(buf_str(&watch->value)), STR_ARG(buf_str(&watch->before)));
        show_text(buf_str(&text));
    }
    if (at) {
        buf_clear(&text);
        buf_addf(&text, "breakpoint %u: ", at->number);
        breakpoint_show(at, &text);
        show_text(buf_str(&text));
    }
    buf_release(&text);
}

/* --- help --- */

void show_commands(void)
{
    size_t count;
    const struct line_command *commands = line_commands(&count);
    for (size_t i = 0; i < count; i++) {
        const char *arguments = line_command_arguments(&commands[i]);
        printf("%s%s%s: %s\n", commands[i].name, *arguments ? " " : "", arguments,
               line_command_note(&commands[i]));
    }
    puts("A number does what list shows under it. What can happen (press 1, hangup agent) can be\n"
         "typed without do. A name can be cut short: the first in this list that begins so is\n"
         "meant.");
}
