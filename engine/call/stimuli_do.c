/* What each stimulus does to the call; stimuli.c has said that it is possible. */
#include "engine/call/stimuli.h"

void stimulus_do_advance(struct call *call, const struct stimulus *stimulus)
{
    bool queued = call->now.state.queued;
    for (int64_t i = 0; i < stimulus->number; i++) {
        if (!step_once(call) || (call->now.state.queued && !queued))
            return;
    }
}

void stimulus_do_press(struct call *call, const struct stimulus *stimulus)
{
    struct buf keys;
    buf_init(&keys, call->env);
    buf_add(&keys, keys_pressed(call));
    buf_add(&keys, pool_get_text(call->pool, stimulus->text));
    call->now.state.keys = pool_text(call->pool, buf_str(&keys));
    buf_release(&keys);
    if (call->now.state.asking == ASKING_KEYS)
        input_keys(call);
}

void stimulus_do_no_input(struct call *call, const struct stimulus *stimulus)
{
    (void) stimulus;
    if (call->now.meter.deadline != INT64_MAX && call->now.meter.deadline > call->now.meter.clock)
        call->now.meter.clock = call->now.meter.deadline;
    input_none(call);
}

void stimulus_do_no_match(struct call *call, const struct stimulus *stimulus)
{
    (void) stimulus;
    input_no_match(call);
}

void stimulus_do_say(struct call *call, const struct stimulus *stimulus)
{
    struct buf words; /* what is said may be interned elsewhere meanwhile */
    buf_init(&words, call->env);
    if (stimulus->text)
        buf_add(&words, pool_get_text(call->pool, stimulus->text));
    input_say(call, buf_str(&words));
    buf_release(&words);
}

static bool is_transfer_op(const struct op *op)
{
    return op->kind == OP_MENU || op->kind == OP_DIAL_BY_EXTENSION ||
           op->kind == OP_TRANSFER_USER || op->kind == OP_TRANSFER_NUMBER ||
           op->kind == OP_TRANSFER_GROUP || op->kind == OP_TRANSFER_VOICEMAIL;
}

void stimulus_do_outcome(struct call *call, const struct stimulus *stimulus)
{
    if (call_before_acd(call))
        step_once(call);
    if (call->now.state.asking != ASKING_RESULT) {
        if (call->now.state.came_from)
            acd_fails(call, stimulus->data);
        return;
    }
    const struct op *op = call_op(call);
    struct str id = pool_get_text(call->pool, stimulus->text);
    if (is_transfer_op(op))
        transfer_result(call, op, str_eq_nocase(id, STR("success")), stimulus->data);
    else
        result_answer(call, op, output_index(call, op, id), stimulus->data);
}

void stimulus_do_wait(struct call *call, const struct stimulus *stimulus)
{
    if (stimulus->number > 0)
        call->now.state.came_from = 0;
    time_pass(call, stimulus->number);
}

/* The agent that the number means: one who was there before comes again. */
static uint8_t agent_for_queue(struct call *call, const struct stimulus *stimulus)
{
    struct call_state *state = &call->now.state;
    enum party_role role = (enum party_role) !state->parties[party_served(call)].role;
    for (uint8_t i = 0; stimulus->agent && i < state->party_count; i++) {
        struct party *party = &state->parties[i];
        if (party->kind == PARTY_AGENT && party->number == stimulus->agent &&
            party->status == PARTY_GONE) {
            party->role = (uint8_t) role;
            party->status = PARTY_RINGING;
            return i;
        }
    }
    if (stimulus->agent > state->agents)
        state->agents = (uint8_t) (stimulus->agent - 1);
    struct str name = stimulus->text ? pool_get_text(call->pool, stimulus->text) : STR_NONE;
    return party_add(call, PARTY_AGENT, role, name);
}

void stimulus_do_answers(struct call *call, const struct stimulus *stimulus)
{
    uint8_t rings = party_ringing(call);
    if (call->now.state.asking == ASKING_RESULT && rings != NO_PARTY) {
        transfer_result(call, call_op(call), true, value_not_set(TYPE_JSON));
        return;
    }
    if (rings == NO_PARTY) {
        rings = agent_for_queue(call, stimulus);
        if (rings == NO_PARTY)
            return;
        event_party(call, EVENT_AGENT_RINGING, rings);
    }
    reach_party(call, rings);
}

/* Nobody answers: a queue goes on, a transfer fails, and a user whom an agent transferred to has
 * the caller in voicemail (rollover is on unless it is turned off; domain.md 4.9). */
void stimulus_do_no_answer(struct call *call, const struct stimulus *stimulus)
{
    struct call_state *state = &call->now.state;
    uint8_t rings = party_ringing(call);
    if (state->asking == ASKING_RESULT && rings != NO_PARTY) {
        transfer_result(call, call_op(call), false, value_not_set(TYPE_JSON));
        return;
    }
    state->came_from = 0;
    if (rings != NO_PARTY) {
        struct str name = pool_get_text(call->pool, state->parties[rings].name);
        uint8_t served = party_served(call);
        state->parties[rings].status = PARTY_GONE;
        transfer_event(call, NULL, served, TO_VOICEMAIL, name, FLOW_OTHER, BECAUSE_BLIND);
        call_end(call, ENDING_VOICEMAIL);
        return;
    }
    rings = agent_for_queue(call, stimulus);
    if (rings == NO_PARTY)
        return;
    event_party(call, EVENT_AGENT_RINGING, rings);
    state->parties[rings].status = PARTY_GONE;
}

static void hold(struct call *call, const struct stimulus *stimulus, bool on)
{
    uint8_t served = party_opposite(call, stimulus_party(call, stimulus));
    call->now.state.parties[served].status = on ? PARTY_HELD : PARTY_CONNECTED;
    event_party(call, EVENT_HOLD, served)->detail = on;
}

void stimulus_do_holds(struct call *call, const struct stimulus *stimulus)
{
    hold(call, stimulus, true);
}

void stimulus_do_resumes(struct call *call, const struct stimulus *stimulus)
{
    hold(call, stimulus, false);
}

void stimulus_do_schedule(struct call *call, const struct stimulus *stimulus)
{
    call->now.state.callback = 1;
    event_party(call, EVENT_CALLBACK, stimulus_party(call, stimulus))->detail = 1;
}

/* A blind transfer: the agent leaves, which is no disconnect; the slots stay. */
void stimulus_do_transfers(struct call *call, const struct stimulus *stimulus)
{
    struct call_state *state = &call->now.state;
    static const enum destination kinds[] = { [TO_QUEUE] = TO_A_QUEUE, [TO_USER] = TO_A_USER,
                                              [TO_NUMBER] = TO_A_NUMBER, [TO_FLOW] = TO_A_FLOW };
    uint8_t agent = stimulus_party(call, stimulus), served = party_opposite(call, agent);
    enum party_role role = (enum party_role) state->parties[agent].role;
    struct buf name;
    buf_init(&name, call->env);
    buf_add(&name, pool_get_text(call->pool, stimulus->text));
    party_leave(call, agent, PARTY_GONE);
    transfer_event(call, NULL, served, kinds[stimulus->to], buf_str(&name),
                   stimulus->to == TO_FLOW ? FLOW_INBOUND_CALL : FLOW_OTHER, BECAUSE_BLIND);
    state->in_flow = served;
    uint8_t other = NO_PARTY;
    struct program_flow *flow;
    switch (stimulus->to) {
    case TO_QUEUE: queue_enter(call, NULL, buf_str(&name), STR_NONE); break;
    case TO_USER:
        other = party_add(call, PARTY_AGENT, role, buf_str(&name));
        state->queued = 1;
        state->parties[served].status = PARTY_IN_QUEUE;
        event_party(call, EVENT_AGENT_RINGING, other);
        break;
    case TO_NUMBER:
        other = party_add(call, PARTY_EXTERNAL, role, buf_str(&name));
        reach_party(call, other);
        break;
    case TO_FLOW:
        flow = program_find(&call->program, FLOW_INBOUND_CALL, buf_str(&name));
        state->parties[served].status = PARTY_IN_FLOW;
        builtin_set(call, BUILTIN_CALL_CALLED_ADDRESS, value_string(call->pool, buf_str(&name)));
        enter_flow(call, flow, served, NULL);
        break;
    }
    buf_release(&name);
}

/* What a consult event says in `detail`. */
enum consult { CONSULT_STARTED, CONSULT_COMPLETED, CONSULT_WITHDRAWN, CONSULT_CONFERENCE };

static void consult_event(struct call *call, uint8_t agent, uint8_t other, enum consult what)
{
    struct event *event = event_party(call, EVENT_CONSULT, agent);
    event->detail = (uint8_t) what;
    event->text = call->now.state.parties[other].name;
}

void stimulus_do_consults(struct call *call, const struct stimulus *stimulus)
{
    struct call_state *state = &call->now.state;
    uint8_t agent = stimulus_party(call, stimulus), served = party_opposite(call, agent);
    enum party_role role = (enum party_role) state->parties[agent].role;
    struct str name = pool_get_text(call->pool, stimulus->text);
    uint8_t other = party_add(call, stimulus->to == TO_NUMBER ? PARTY_EXTERNAL : PARTY_AGENT, role,
                              stimulus->to == TO_QUEUE ? STR_NONE : name);
    if (other == NO_PARTY)
        return;
    state->parties[other].status = PARTY_CONSULTED;
    state->parties[served].status = PARTY_HELD;
    event_party(call, EVENT_HOLD, served)->detail = 1;
    consult_event(call, agent, other, CONSULT_STARTED);
}

void stimulus_do_completes(struct call *call, const struct stimulus *stimulus)
{
    struct call_state *state = &call->now.state;
    uint8_t agent = stimulus_party(call, stimulus), served = party_opposite(call, agent);
    uint8_t other = party_consulted(call);
    struct str name = pool_get_text(call->pool, state->parties[other].name);
    bool external = state->parties[other].kind == PARTY_EXTERNAL;
    consult_event(call, agent, other, CONSULT_COMPLETED);
    transfer_event(call, NULL, served, external ? TO_A_NUMBER : TO_A_USER, name, FLOW_OTHER,
                   BECAUSE_CONSULT);
    party_leave(call, agent, PARTY_GONE);
    state->parties[served].status = PARTY_CONNECTED;
    party_connect(call, other);
}

void stimulus_do_withdraws(struct call *call, const struct stimulus *stimulus)
{
    struct call_state *state = &call->now.state;
    uint8_t agent = stimulus_party(call, stimulus), other = party_consulted(call);
    consult_event(call, agent, other, CONSULT_WITHDRAWN);
    party_leave(call, other, PARTY_GONE);
    state->parties[party_opposite(call, agent)].status = PARTY_CONNECTED;
}

void stimulus_do_conferences(struct call *call, const struct stimulus *stimulus)
{
    struct call_state *state = &call->now.state;
    uint8_t agent = stimulus_party(call, stimulus), other = party_consulted(call);
    consult_event(call, agent, other, CONSULT_CONFERENCE);
    state->parties[party_opposite(call, agent)].status = PARTY_CONNECTED;
    party_connect(call, other);
}

/* The agent stays on the line; this is no Transfer to Secure Flow, so the slots stay. */
void stimulus_do_secure(struct call *call, const struct stimulus *stimulus)
{
    struct call_state *state = &call->now.state;
    uint8_t served = party_opposite(call, stimulus_party(call, stimulus));
    struct program_flow *flow = program_find(&call->program, FLOW_SECURE_CALL,
                                             pool_get_text(call->pool, stimulus->text));
    state->parties[served].status = PARTY_IN_FLOW;
    enter_flow(call, flow, served,
               &(struct invocation){ .secure = SECURE_BY_AGENT,
                                     .data = value_not_set(TYPE_STRING) });
}

void stimulus_do_hangup(struct call *call, const struct stimulus *stimulus)
{
    if (stimulus->who == WHO_SYSTEM)
        system_disconnect(call, NULL, ENDING_SYSTEM);
    else
        hangup(call, stimulus_party(call, stimulus), stimulus->kind == STIMULUS_LOST);
}
