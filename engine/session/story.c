/* The call told as a whole: a ladder of who was connected where, and a transcript. */
#include <string.h>

#include "engine/base/env.h"
#include "engine/base/utf8.h"
#include "engine/session/commands.h"

/* --- the ladder: one column for the caller, flows, the queue and each other party --- */

enum { COLUMN_FLOW = 1, COLUMN_QUEUE, FIXED_COLUMNS, MOST_COLUMNS = FIXED_COLUMNS + 16,
       TIME_WIDTH = 10, COLUMN_WIDTH = 11 };

struct ladder {
    const struct call *call;
    const struct party *parties;
    unsigned party_count;
    unsigned columns;
    uint8_t column_of[MOST_COLUMNS]; /* of a party, by its index; 0: none yet, but the caller's */
    uint8_t party_of[MOST_COLUMNS];
    bool there[MOST_COLUMNS]; /* a party that is on the call */
    char line[TIME_WIDTH + MOST_COLUMNS * COLUMN_WIDTH];
    struct buf *out;
};

/* The other way to another column, or a mark where the party is. */
enum reach { REACH_NONE, REACH_THERE, REACH_FROM, REACH_BOTH, REACH_MARK, REACH_LEAVES };
struct rung {
    enum reach reach;
    unsigned column;
};

static struct rung rung_of(const struct event *event)
{
    switch ((enum event_kind) event->kind) {
    case EVENT_FLOW_ENTERED:
        return (struct rung){ REACH_THERE, COLUMN_FLOW };
    case EVENT_QUEUED:
        return (struct rung){ REACH_THERE, COLUMN_QUEUE };
    case EVENT_AGENT_RINGING:
        return (struct rung){ REACH_FROM, COLUMN_QUEUE };
    case EVENT_AGENT_CONNECTED:
        return (struct rung){ REACH_BOTH, 0 };
    case EVENT_AGENT_LEFT:
    case EVENT_HANGUP:
        return (struct rung){ REACH_LEAVES, 0 };
    case EVENT_HOLD:
    case EVENT_CONSULT:
    case EVENT_POST_FLOW_FIRED:
    case EVENT_POST_FLOW_NOT_FIRED:
    case EVENT_TRANSFERRED:
    case EVENT_CALLBACK:
    case EVENT_ENDED:
        return (struct rung){ REACH_MARK, 0 };
    default:
        return (struct rung){ REACH_NONE, 0 };
    }
}

/* Parties get their columns as they come. */
static unsigned column_of(struct ladder *ladder, uint8_t party)
{
    if (party >= ladder->party_count || ladder->parties[party].kind == PARTY_CALLER)
        return 0;
    if (!ladder->column_of[party] && ladder->columns < MOST_COLUMNS) {
        ladder->column_of[party] = (uint8_t) ladder->columns;
        ladder->party_of[ladder->columns++] = party;
    }
    return ladder->column_of[party];
}

static size_t at(unsigned column)
{
    return TIME_WIDTH + (size_t) column * COLUMN_WIDTH;
}

static void draw_arrow(char *line, unsigned from, unsigned to, bool both)
{
    unsigned low = from < to ? from : to, high = from < to ? to : from;

    if (low == high)
        return;
    memset(line + at(low) + 1, '-', at(high) - at(low) - 1);
    if (both || to == low)
        line[at(low) + 1] = '<';
    if (both || to == high)
        line[at(high) - 1] = '>';
}

/* The lines of life, with the time before them. */
static void begin_line(struct ladder *ladder, const struct event *event)
{
    struct buf clock;
    size_t width = at(ladder->columns);

    buf_init(&clock, ladder->out->env);
    duration_show(event->at, &clock);
    memset(ladder->line, ' ', width);
    memcpy(ladder->line, clock.ptr, clock.len < TIME_WIDTH ? clock.len : TIME_WIDTH - 1);
    for (unsigned i = 0; i < ladder->columns; i++) {
        bool fixed = i == COLUMN_FLOW || i == COLUMN_QUEUE;
        ladder->line[at(i)] = fixed ? ':' : ladder->there[i] ? '|' : '.';
    }
    buf_release(&clock);
}

static void add_rung(struct ladder *ladder, size_t number, const struct event *event)
{
    struct rung rung = rung_of(event);
    unsigned own = column_of(ladder, event->party);

    if (rung.reach == REACH_BOTH || rung.reach == REACH_THERE || rung.reach == REACH_FROM)
        ladder->there[own] = true;
    if (rung.reach == REACH_BOTH)
        ladder->there[0] = true;
    begin_line(ladder, event);
    if (rung.reach == REACH_FROM)
        draw_arrow(ladder->line, rung.column, own, false);
    else if (rung.reach == REACH_THERE || rung.reach == REACH_BOTH)
        draw_arrow(ladder->line, own, rung.column, rung.reach == REACH_BOTH);
    else if (event->party < ladder->party_count)
        ladder->line[at(own)] = rung.reach == REACH_LEAVES ? 'x' : 'o';
    if (rung.reach == REACH_LEAVES)
        ladder->there[own] = false;
    buf_add(ladder->out, (struct str){ ladder->line, at(ladder->columns) });
    buf_add_char(ladder->out, ' ');
    call_event_show(ladder->call, number, ladder->out);
    buf_add_char(ladder->out, '\n');
}

/* As much of a name as its column is wide. */
static void add_head(struct buf *out, struct str name)
{
    size_t end = 0;
    int used = 0;

    while (end < name.len) {
        size_t next = end;
        uint32_t code = utf8_next(name, &next);
        int width = code == UTF8_BAD ? 1 : utf8_width(code);
        if (used + width >= COLUMN_WIDTH)
            break;
        used += width;
        end = next;
    }
    buf_add(out, str_slice(name, 0, end));
    buf_add_repeat(out, ' ', (size_t) (COLUMN_WIDTH - used));
}

static void add_heads(struct ladder *ladder)
{
    static const char *const fixed[] = { "Caller", "Flow", "Queue" };

    buf_add_repeat(ladder->out, ' ', TIME_WIDTH);
    for (unsigned i = 0; i < ladder->columns; i++)
        add_head(ladder->out, i < FIXED_COLUMNS
                                  ? str_of(fixed[i])
                                  : pool_get_text(call_pool((struct call *) ladder->call),
                                                  ladder->parties[ladder->party_of[i]].name));
    while (ladder->out->ptr[ladder->out->len - 1] == ' ')
        buf_truncate(ladder->out, ladder->out->len - 1);
    buf_add_char(ladder->out, '\n');
}

static void print_ladder(struct call *call, struct buf *out)
{
    struct ladder ladder = { .call = call, .columns = FIXED_COLUMNS, .out = out };
    size_t count;
    const struct event *events = call_events(call, &count);

    ladder.parties = call_parties(call, &ladder.party_count);
    ladder.there[0] = true;
    for (size_t i = 0; i < count; i++)
        if (rung_of(&events[i]).reach != REACH_NONE)
            column_of(&ladder, events[i].party);
    add_heads(&ladder);
    for (size_t i = 0; i < count; i++)
        if (rung_of(&events[i]).reach != REACH_NONE)
            add_rung(&ladder, i, &events[i]);
    buf_truncate(out, out->len - 1);
}

bool command_ladder(struct session *session, struct str arguments)
{
    struct buf text;

    if (arguments.len)
        return command_usage(session, "ladder");
    buf_init(&text, session->env);
    print_ladder(session->call, &text);
    message_set(session, MESSAGE_INFO, "%.*s", STR_ARG(buf_str(&text)));
    buf_release(&text);
    return true;
}

/* --- the transcript: what was done, behind ">", and what it led to --- */

static void add_events(const struct call *call, size_t from, size_t end, struct buf *out)
{
    size_t count;
    const struct event *events = call_events(call, &count);

    for (size_t i = from; i < end && i < count; i++) {
        size_t begin = out->len;
        duration_show(events[i].at, out);
        buf_add_repeat(out, ' ', out->len - begin < 8 ? 10 - (out->len - begin) : 2);
        call_event_show(call, i, out);
        buf_add_char(out, '\n');
    }
}

static void print_transcript(struct call *call, struct buf *out)
{
    size_t entries = call_history(call);
    struct call_setup setup;
    struct value data;

    call_started_with(call, &setup, &data);
    buf_addf(out, "%.*s, %s\n", STR_ARG(setup.flow), flow_type_info(setup.type)->label);
    add_events(call, 0, entries ? call_history_events(call, 0) : SIZE_MAX, out);
    for (size_t i = 0; i < entries; i++) {
        const struct stimulus *stimulus = call_history_stimulus(call, i);
        if (stimulus->kind != STIMULUS_ADVANCE) {
            buf_add_text(out, "> ");
            stimulus_show(call_pool(call), stimulus, out);
            buf_add_char(out, '\n');
        }
        add_events(call, call_history_events(call, i),
                   i + 1 < entries ? call_history_events(call, i + 1) : SIZE_MAX, out);
    }
}

static bool transcript(struct session *session, struct str path, enum save_how how)
{
    struct buf text;
    bool ok = true;

    buf_init(&text, session->env);
    print_transcript(session->call, &text);
    if (path.len)
        ok = save_text(session, path, buf_str(&text), how);
    else
        message_set(session, MESSAGE_INFO, "%.*s", STR_ARG(str_trim(buf_str(&text))));
    buf_release(&text);
    return ok;
}

bool command_transcript(struct session *session, struct str arguments)
{
    return transcript(session, arguments, SAVE_ASK);
}

bool command_transcript_force(struct session *session, struct str arguments)
{
    return arguments.len ? transcript(session, arguments, SAVE_FORCE)
                         : command_usage(session, "transcript!");
}
