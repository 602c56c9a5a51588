/* Who is on the call: agents on demand, queues, connecting and leaving. */
#include "engine/call/machine.h"

bool party_is_connected(const struct party *party)
{
    return party->status == PARTY_CONNECTED || party->status == PARTY_HELD ||
           party->status == PARTY_IN_FLOW || party->status == PARTY_IN_QUEUE;
}

uint8_t party_ringing(const struct call *call)
{
    for (uint8_t i = 0; i < call->now.state.party_count; i++) {
        if (call->now.state.parties[i].status == PARTY_RINGING)
            return i;
    }
    return NO_PARTY;
}

unsigned parties_of_role(const struct call *call, unsigned role, uint8_t *first, uint8_t *last)
{
    unsigned count = 0;
    for (uint8_t i = 0; i < call->now.state.party_count; i++) {
        const struct party *party = &call->now.state.parties[i];
        if (party->role != role || !party_is_connected(party))
            continue;
        if (!count++ && first)
            *first = i;
        if (last)
            *last = i;
    }
    return count;
}

/* A free place is one behind the others; when there is none, that of somebody who has gone. */
static uint8_t free_place(struct call_state *state)
{
    if (state->party_count < CALL_PARTIES)
        return state->party_count++;
    for (uint8_t i = 1; i < CALL_PARTIES; i++) {
        if (state->parties[i].status == PARTY_GONE || state->parties[i].status == PARTY_LEFT_OUT)
            return i;
    }
    return NO_PARTY;
}

uint8_t party_add(struct call *call, enum party_kind kind, enum party_role role, struct str name)
{
    struct call_state *state = &call->now.state;
    uint8_t index = free_place(state);
    if (index == NO_PARTY)
        return NO_PARTY;
    struct party party = { .kind = (uint8_t) kind, .role = (uint8_t) role,
                           .status = PARTY_RINGING };
    if (kind == PARTY_AGENT && state->agents < UINT8_MAX)
        party.number = ++state->agents;
    if (name.len) {
        party.name = pool_text(call->pool, name);
    } else {
        struct buf text;
        buf_init(&text, call->env);
        buf_addf(&text, "Agent %u", (unsigned) party.number);
        party.name = pool_text(call->pool, buf_str(&text));
        buf_release(&text);
    }
    state->parties[index] = party;
    return index;
}

struct event *event_party(struct call *call, enum event_kind kind, uint8_t party)
{
    struct event *event = event_add(call, kind);
    event->party = party;
    if (party != NO_PARTY)
        event->other = call->now.state.parties[party].name;
    return event;
}

uint8_t party_served(const struct call *call)
{
    const struct call_state *state = &call->now.state;
    if (state->in_flow != NO_PARTY)
        return state->in_flow;
    uint8_t first = 0;
    parties_of_role(call, PARTY_AS_CALLER, &first, NULL);
    return first;
}

void party_connect(struct call *call, uint8_t index)
{
    struct call_state *state = &call->now.state;
    struct party *party = &state->parties[index];
    party->status = PARTY_CONNECTED;
    if (party->kind == PARTY_AGENT ||
        (party->kind == PARTY_EXTERNAL && call_settings(call)->options.external_number_is_callee))
        state->agent_reached = 1;
    event_party(call, EVENT_AGENT_CONNECTED, index);
}

/* The party that was served and the one it reaches talk; no flow runs and no queue holds them. */
void reach_party(struct call *call, uint8_t index)
{
    struct call_state *state = &call->now.state;
    uint8_t served = party_served(call);
    queue_leave(call);
    if (state->flow != NO_FLOW)
        leave_flow(call);
    state->in_flow = NO_PARTY;
    state->parties[served].status = PARTY_CONNECTED;
    party_connect(call, index);
}

void party_leave(struct call *call, uint8_t index, uint8_t status)
{
    struct party *party = &call->now.state.parties[index];
    party->status = status;
    if (party->kind != PARTY_CALLER)
        event_party(call, EVENT_AGENT_LEFT, index);
}

void queue_leave(struct call *call)
{
    struct call_state *state = &call->now.state;
    state->came_from = 0;
    if (!state->queued)
        return;
    state->queued = 0;
    state->queue = 0;
    builtin_set(call, BUILTIN_CALL_CURRENT_QUEUE, value_not_set(TYPE_QUEUE));
    builtin_set(call, BUILTIN_CALL_ESTIMATED_WAIT_TIME, value_not_set(TYPE_DURATION));
    builtin_set(call, BUILTIN_CALL_POSITION_IN_QUEUE, value_not_set(TYPE_INTEGER));
}

/* Override, the queue's own, the default, plain hold music (domain.md section 3.1); the number says
 * which. One that is missing or unpublished leaves plain hold music. */
static struct program_flow *in_queue_flow(struct call *call, struct str queue, struct str override,
                                          uint8_t *which)
{
    const struct settings *settings = call_settings(call);
    struct settings_queue stated;
    settings_queue(settings, queue, &stated);
    struct str names[] = { override, stated.in_queue_flow,
                           settings_default_in_queue_flow(settings) };
    for (uint8_t i = 0; i < 3; i++) {
        *which = i;
        if (!names[i].len)
            continue;
        if (settings_unpublished(settings, FLOW_INQUEUE_CALL, names[i]))
            break;
        struct program_flow *flow = program_find(&call->program, FLOW_INQUEUE_CALL, names[i]);
        if (flow)
            return flow;
        break;
    }
    *which = 3;
    return NULL;
}

static void queue_builtins(struct call *call, struct str queue)
{
    struct settings_queue stated;
    settings_queue(call_settings(call), queue, &stated);
    builtin_set(call, BUILTIN_CALL_CURRENT_QUEUE, value_named(call->pool, TYPE_QUEUE, queue));
    struct value wait = value_not_set(TYPE_DURATION), position = value_not_set(TYPE_INTEGER);
    if (stated.estimated_wait >= 0)
        wait = value_duration(stated.estimated_wait);
    if (stated.position >= 0)
        position = value_integer(stated.position);
    builtin_set(call, BUILTIN_CALL_ESTIMATED_WAIT_TIME, wait);
    builtin_set(call, BUILTIN_CALL_POSITION_IN_QUEUE, position);
}

void queue_enter(struct call *call, const struct op *op, struct str queue, struct str override)
{
    struct call_state *state = &call->now.state;
    uint8_t party = party_served(call), which;
    struct program_flow *flow = in_queue_flow(call, queue, override, &which);
    queue_leave(call);
    state->queued = 1;
    state->queue = pool_text(call->pool, queue);
    state->parties[party].status = PARTY_IN_QUEUE;
    queue_builtins(call, queue);
    struct event *event = event_at_op(call, EVENT_QUEUED, op);
    event->party = party;
    event->other = flow ? flow->name : 0;
    event->text = state->queue;
    event->detail = which;
    if (state->flow != NO_FLOW)
        leave_flow(call);
    state->in_flow = party;
    call->now.meter.started = -1;
    call->now.meter.idle = 0;
    if (flow)
        enter_flow(call, flow, party, NULL);
    step_settle(call);
}

void transfer_event(struct call *call, const struct op *op, uint8_t party, unsigned kind,
                    struct str to, enum flow_type type, unsigned because)
{
    struct event *event = event_at_op(call, EVENT_TRANSFERRED, op);
    event->party = party;
    event->other = party == NO_PARTY ? 0 : call->now.state.parties[party].name;
    event->output = (uint16_t) kind;
    event->text = pool_text(call->pool, to);
    event->flow_type = (uint8_t) type;
    event->detail = (uint8_t) because;
}
