#include "tui/view/callview.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include "engine/session/debug.h"

static const char *const role_words[] = { "caller", "agent" };

struct call_position callview_place(const struct call *call, bool *here)
{
    struct call_position place = call_where(call);
    size_t count;
    const struct event *events = call_events(call, &count);
    *here = place.flow != NULL;
    while (!place.flow && count-- > 0) {
        struct flow *flow = events[count].kind == EVENT_ACTION ? call_flow(call, events[count].flow)
                                                               : NULL;
        if (flow && flow->type != FLOW_INQUEUE_CALL)
            place = (struct call_position){ .flow = flow, .spot = { events[count].node, 0 } };
    }
    return place;
}

/* A pane that is filled line by line. */
struct lines {
    struct canvas *canvas;
    struct area area;
    int row;
};

__attribute__((format(printf, 3, 4))) static void add_line(struct lines *lines, enum style style,
                                                           const char *format, ...)
{
    char text[512];
    va_list list;
    if (lines->row >= lines->area.rows)
        return;
    va_start(list, format);
    vsnprintf(text, sizeof text, format, list);
    va_end(list);
    canvas_put(lines->canvas, lines->area.row + lines->row++, lines->area.col, lines->area.cols,
               style, str_of(text));
}

static void draw_slot(struct designer *designer, struct lines *lines, enum party_role role)
{
    struct call *call = designer->session->call;
    const struct post_slot *slot = call_slot(call, role);
    struct pool *pool = call_pool(call);
    const char *whose = role == PARTY_AS_CALLER ? "caller" : "agent";
    switch ((enum slot_phase) slot->phase) {
    case SLOT_ARMED:
        add_line(lines, STYLE_ARMED, "%s: armed", whose);
        add_line(lines, STYLE_NORMAL, "  %.*s", STR_ARG(pool_get_text(pool, slot->flow_name)));
        add_line(lines, STYLE_DIM, "  %s", flow_type_info((enum flow_type) slot->flow_type)->label);
        if (value_is_set(slot->data)) {
            struct buf text;
            buf_init(&text, designer->env);
            value_show(pool, slot->data, &text);
            add_line(lines, STYLE_DIM, "  %.*s", STR_ARG(buf_str(&text)));
            buf_release(&text);
        }
        break;
    case SLOT_WAS_CLEARED:
        add_line(lines, STYLE_DIM, "%s: cleared", whose);
        break;
    case SLOT_WAS_CLEARED_BY_SECURE:
        add_line(lines, STYLE_DIM, "%s: cleared by secure", whose);
        break;
    case SLOT_HAS_FIRED:
        add_line(lines, STYLE_DIM, "%s: has fired", whose);
        break;
    case SLOT_NEVER_SET:
        add_line(lines, STYLE_DIM, "%s: not set", whose);
        break;
    }
}

void callview_draw_parties(struct designer *designer, struct canvas *canvas, struct area area)
{
    struct call *call = designer->session->call;
    struct lines lines = { canvas, area, 0 };
    unsigned count;
    const struct party *parties = call_parties(call, &count);
    for (unsigned i = 0; i < count; i++) {
        if (parties[i].kind == PARTY_NONE)
            continue;
        bool here = parties[i].status == PARTY_CONNECTED || parties[i].status == PARTY_IN_FLOW;
        struct str name = parties[i].kind == PARTY_CALLER
                              ? STR("Caller")
                              : pool_get_text(call_pool(call), parties[i].name);
        add_line(&lines, here ? STYLE_CALL : STYLE_DIM, "%.*s: %s", STR_ARG(name),
                 party_status_words((enum party_status) parties[i].status));
    }
    struct str queue = call_queue(call);
    if (queue.len > 0)
        add_line(&lines, STYLE_INFO, "queue %.*s", STR_ARG(queue));
    add_line(&lines, STYLE_NORMAL, " ");
    add_line(&lines, STYLE_HEADING, "Post-flow slots");
    draw_slot(designer, &lines, PARTY_AS_CALLER);
    draw_slot(designer, &lines, PARTY_AS_CALLEE);
    add_line(&lines, STYLE_NORMAL, " ");
    struct buf clock;
    buf_init(&clock, designer->env);
    duration_show(call_clock(call), &clock);
    add_line(&lines, STYLE_DIM, "clock %.*s", STR_ARG(buf_str(&clock)));
    buf_release(&clock);
}

static void draw_watches(struct designer *designer, struct lines *lines)
{
    const struct watch *watch;
    for (size_t n = 0; (watch = session_watch(designer->session, n)); n++)
        add_line(lines, watch->changed ? STYLE_WARNING : STYLE_INFO, "%c%u  %s = %.*s",
                 watch->changed ? '*' : ' ', watch->number, watch->expression,
                 STR_ARG(buf_str(&watch->value)));
}

/* Where the flow did not write it, the call's and the system's own are left out but for what was
 * sent to it. */
static bool is_worth_showing(const struct call_variable *variable)
{
    return variable->written_by != SIZE_MAX ||
           str_starts(variable->name, STR("Call.InvocationData")) ||
           !(str_starts(variable->name, STR("Call.")) ||
             str_starts(variable->name, STR("System.")));
}

static void draw_variable(struct designer *designer, struct lines *lines,
                          const struct call_variable *variable, bool changed)
{
    struct call *call = designer->session->call;
    bool written = variable->written_by != SIZE_MAX;
    struct buf text;
    size_t count;
    buf_init(&text, designer->env);
    value_show(call_pool(call), variable->value, &text);
    if (changed) {
        const struct event *event = &call_events(call, &count)[variable->written_by];
        struct flow *flow = event->node ? call_flow(call, event->flow) : NULL;
        buf_addf(&text, "  by %.*s",
                 STR_ARG(flow ? flow_name(flow, event->node) : STR("the call")));
    }
    add_line(lines, changed ? STYLE_WARNING : written ? STYLE_NORMAL : STYLE_DIM, "%s%.*s = %.*s",
             changed ? "*" : "", STR_ARG(variable->name), STR_ARG(buf_str(&text)));
    buf_release(&text);
}

/* What the last move wrote comes first, with the action that did it. */
static void draw_variables(struct designer *designer, struct lines *lines)
{
    struct session *session = designer->session;
    struct call_variable variable;
    for (int changed = 1; changed >= 0; changed--) {
        for (size_t n = 0; call_variable(session->call, n, &variable); n++) {
            bool is_new = variable.written_by != SIZE_MAX &&
                          variable.written_by >= session->moved_since;
            if (lines->row >= lines->area.rows)
                return;
            if (is_new == (bool) changed && is_worth_showing(&variable))
                draw_variable(designer, lines, &variable, is_new);
        }
    }
}

static enum style event_style(const struct event *event)
{
    switch ((enum event_kind) event->kind) {
    case EVENT_POST_FLOW_SET:
    case EVENT_POST_FLOW_CLEARED:
        return STYLE_ARMED;
    case EVENT_POST_FLOW_FIRED:
    case EVENT_TRANSFERRED:
        return STYLE_GOOD;
    case EVENT_POST_FLOW_NOT_FIRED:
        return STYLE_WARNING;
    case EVENT_ERROR:
        return STYLE_ERROR;
    case EVENT_HANGUP:
    case EVENT_ENDED:
        return STYLE_HEADING;
    default:
        return STYLE_NORMAL;
    }
}

void callview_draw_trace(struct designer *designer, struct canvas *canvas, struct area area)
{
    struct call *call = designer->session->call;
    size_t count;
    const struct event *events = call_events(call, &count);
    struct lines lines = { canvas, { area.row, area.col, area.rows / 2, area.cols }, 0 };
    draw_watches(designer, &lines);
    draw_variables(designer, &lines);
    int used = lines.row;
    if (used > 0)
        canvas_hline(canvas, area.row + used, area.col, area.cols, STYLE_BORDER);
    int rows = area.rows - used - (used > 0);
    size_t back = designer->trace.top < count ? designer->trace.top : count;
    size_t shown = count - back;
    struct buf text;
    buf_init(&text, designer->env);
    for (int i = 0; i < rows && shown > 0; i++) {
        shown--;
        buf_clear(&text);
        call_event_show(call, shown, &text);
        canvas_put(canvas, area.row + area.rows - 1 - i, area.col, area.cols,
                   event_style(&events[shown]), buf_str(&text));
    }
    buf_release(&text);
}

/* What is possible. Once two talk, who hangs up is the question: those come first. */
static void read_choices(struct designer *designer, struct choices *choices)
{
    struct call *call = designer->session->call;
    *choices = (struct choices){ 0 };
    arena_init(&choices->arena, designer->env);
    call_choices(call, choices);
    if (call_phase(call) != PHASE_TALKING)
        return;
    size_t first = 0;
    for (size_t i = 0; i < choices->count; i++) {
        struct choice choice = choices->items[i];
        if (choice.stimulus.kind != STIMULUS_HANGUP)
            continue;
        memmove(&choices->items[first + 1], &choices->items[first],
                (i - first) * sizeof *choices->items);
        choices->items[first++] = choice;
    }
}

size_t callview_choice_count(struct designer *designer)
{
    struct choices choices;
    read_choices(designer, &choices);
    size_t count = choices.count;
    arena_release(&choices.arena);
    return count;
}

bool callview_choice_command(struct designer *designer, struct buf *out, bool *ask)
{
    struct choices choices;
    read_choices(designer, &choices);
    bool found = designer->choices.cursor < choices.count;
    *ask = false;
    if (found) {
        const struct choice *choice = &choices.items[designer->choices.cursor];
        *ask = choice->open;
        buf_add_text(out, "do ");
        buf_add(out, choice_fixed_words(choice));
    }
    arena_release(&choices.arena);
    return found;
}

void callview_draw_choices(struct designer *designer, struct canvas *canvas, struct area area)
{
    struct choices choices;
    read_choices(designer, &choices);
    scroll_fit(&designer->choices, choices.count, area.rows);
    int width = area.cols / 2 < 34 ? area.cols / 2 : 34;
    const char *arrow = canvas->utf8 ? "→" : "->";
    for (int i = 0; i < area.rows; i++) {
        size_t at = designer->choices.top + (size_t) i;
        if (at >= choices.count)
            break;
        const struct choice *choice = &choices.items[at];
        struct area row = { area.row + i, area.col, 1, area.cols };
        bool cursor = at == designer->choices.cursor;
        enum style bar = designer->in_flow ? STYLE_CURSOR_OFF : STYLE_CURSOR;
        if (cursor)
            canvas_fill(canvas, row, bar);
        enum style style = cursor ? bar : STYLE_NORMAL;
        canvas_put(canvas, row.row, row.col, width, style, str_of(choice->words));
        if (choice->consequence && *choice->consequence)
            canvas_putf(canvas, row.row, row.col + width + 1, row.cols - width - 1,
                        cursor ? bar : STYLE_DIM, "%s %s", arrow, choice->consequence);
    }
    arena_release(&choices.arena);
}

void callview_phase(struct designer *designer, struct buf *out)
{
    static const char *const words[] = { "runs",       "awaits keys", "awaits a result",
                                         "in a queue", "talks",       "ended" };
    struct call *call = designer->session->call;
    buf_addf(out, "SIMULATION: call %s", words[call_phase(call)]);
    if (call_phase(call) == PHASE_ENDED)
        buf_addf(out, " (%s)", ending_name(call_ending(call)));
}

static void add_where_everybody_is(struct designer *designer, struct buf *out)
{
    struct call *call = designer->session->call;
    unsigned count;
    const struct party *parties = call_parties(call, &count);
    buf_add_text(out, "\n# Where everybody is\n");
    for (unsigned i = 0; i < count; i++) {
        if (parties[i].kind == PARTY_NONE)
            continue;
        struct str name = parties[i].kind == PARTY_CALLER
                              ? STR("Caller")
                              : pool_get_text(call_pool(call), parties[i].name);
        buf_addf(out, "%.*s (as %s): %s\n", STR_ARG(name), role_words[parties[i].role],
                 party_status_words((enum party_status) parties[i].status));
    }
}

static void add_events(struct designer *designer, struct buf *out, enum event_kind kind,
                       const char *heading)
{
    struct call *call = designer->session->call;
    size_t count;
    bool headed = false;
    const struct event *events = call_events(call, &count);
    for (size_t i = 0; i < count; i++) {
        if (events[i].kind != kind)
            continue;
        if (!headed)
            buf_addf(out, "\n# %s\n", heading);
        headed = true;
        call_event_show(call, i, out);
        buf_add_char(out, '\n');
    }
}

size_t callview_last_hangup(const struct call *call)
{
    for (size_t i = call_history(call); i > 0; i--) {
        const struct stimulus *stimulus = call_history_stimulus(call, i - 1);
        bool person = stimulus->who == WHO_CALLER || stimulus->who == WHO_AGENT;
        if (stimulus->kind == STIMULUS_HANGUP && person)
            return i - 1;
    }
    return SIZE_MAX;
}

/* What the other party's hang-up at the same moment would have led to: the call goes back there to
 * look, and is played again. */
static void add_other_hangup(struct designer *designer, struct buf *out)
{
    struct call *call = designer->session->call;
    size_t at = callview_last_hangup(call);
    if (at == SIZE_MAX)
        return;
    size_t count = call_history(call) - at;
    bool caller = call_history_stimulus(call, at)->who == WHO_CALLER;
    struct hangup_outcome outcome;
    call_back(call, count);
    call_hangup_outcome(call, caller ? WHO_AGENT : WHO_CALLER, 0, &outcome);
    bool there = call_can_hang_up(call, caller ? WHO_AGENT : WHO_CALLER);
    if (there)
        buf_addf(out, "\n# Had the %s hung up at that moment\n", caller ? "agent" : "caller");
    if (there && outcome.reason == FIRED)
        buf_addf(out, "%s -> %.*s (%s)\n", role_words[outcome.survivor], STR_ARG(outcome.flow),
                 flow_type_info(outcome.type)->label);
    else if (there)
        buf_addf(out, "The call would end: %s.\n", not_fired_sentence(outcome.reason));
    call_forward(call, count);
}

void callview_ending(struct designer *designer, struct buf *out)
{
    struct call *call = designer->session->call;
    struct causes causes = { 0 };
    if (call_phase(call) == PHASE_ENDED)
        buf_addf(out, "# The call ended: %s\n", ending_name(call_ending(call)));
    else
        buf_add_text(out, "# The call goes on\n");
    add_events(designer, out, EVENT_TRANSFERRED, "Transfers");
    arena_init(&causes.arena, designer->env);
    call_why(call, &causes);
    if (causes.count > 0)
        buf_add_text(out, "\n# Why\n");
    for (size_t i = 0; i < causes.count; i++) {
        buf_addf(out, "%zu. ", i + 1);
        cause_show(&causes.items[i], out);
        buf_add_char(out, '\n');
    }
    arena_release(&causes.arena);
    add_other_hangup(designer, out);
    add_where_everybody_is(designer, out);
    add_events(designer, out, EVENT_SURVEY_ANSWER, "Survey answers");
    add_events(designer, out, EVENT_CALLBACK, "Callbacks");
}
