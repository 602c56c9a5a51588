/* The two slots and what a disconnect makes of them (simulation.md section 3): the survivor's slot
 * is looked up, and either fires, as a new invocation with that one party, or the first reason
 * against it is told. */
#include "engine/call/machine.h"

struct decision {
    const struct call *call;
    const struct post_slot *slot;
    struct hangup_outcome *out;
    int leaver; /* -1: the system */
    uint8_t survivor;
    unsigned same, other; /* who is left in the leaver's and in the other role */
    bool counts;          /* somebody of the other role who can be transferred */
};

static bool is_armed(const struct post_slot *slot)
{
    return slot->phase == SLOT_ARMED;
}

static bool is_external_out(const struct call *call, uint8_t index)
{
    return call->now.state.parties[index].kind == PARTY_EXTERNAL &&
           !call_settings(call)->options.external_number_is_callee;
}

/* Who is left when the leaver has gone; of several the one that the conference rule names. */
static void count_left(struct decision *d)
{
    const struct call_state *state = &d->call->now.state;
    bool first = call_settings(d->call)->options.conference_rule == CONFERENCE_FIRST_AGENT;
    unsigned role = d->out->survivor;
    d->survivor = NO_PARTY;
    for (uint8_t i = 0; i < state->party_count; i++) {
        if (i == d->leaver || !party_is_connected(&state->parties[i]))
            continue;
        if (state->parties[i].role != role) {
            d->same++;
            continue;
        }
        d->other++;
        d->counts |= !is_external_out(d->call, i);
        if (d->survivor == NO_PARTY || !first)
            d->survivor = i;
    }
}

static bool is_outbound(const struct decision *d)
{
    if (!d->call->now.state.outbound)
        return false;
    return !call_settings(d->call)->options.outbound_post_flow ||
           (is_armed(d->slot) && d->slot->flow_type == FLOW_VOICE_SURVEY);
}

static bool is_without_licence(const struct decision *d)
{
    return is_armed(d->slot) && d->slot->flow_type == FLOW_VOICE_SURVEY &&
           settings_licence_allows_survey(call_settings(d->call)) < 0;
}

/* The agent who started a secure flow leaves: the caller in it is disconnected (domain.md 2.3). */
static bool is_secure(const struct decision *d)
{
    const struct call_state *state = &d->call->now.state;
    return state->secure == SECURE_BY_AGENT && d->leaver >= 0 && d->leaver != state->in_flow &&
           !d->same;
}

/* A caller who leaves before anybody was reached; with the system, an agent's post-flow that was
 * armed while there is none (domain.md section 8). */
static bool is_no_agent(const struct decision *d)
{
    if (d->call->now.state.agent_reached)
        return false;
    if (d->leaver >= 0)
        return d->out->survivor == PARTY_AS_CALLEE && (!d->other || !d->counts);
    return !is_armed(d->slot) && d->out->other_armed;
}

static bool is_nobody(const struct decision *d)
{
    return d->leaver >= 0 ? !d->other : d->survivor == NO_PARTY;
}

static bool is_parties_left(const struct decision *d)
{
    return d->leaver >= 0 && d->same && d->other;
}

static bool is_system(const struct decision *d)
{
    if (d->leaver >= 0)
        return false;
    if (d->call->now.state.invoked_by)
        return true; /* never on the end of the flow that a post-flow invoked */
    switch (call_settings(d->call)->options.system_disconnect) {
    case SYSTEM_DISCONNECT_OFF: return true;
    case SYSTEM_DISCONNECT_ANY: return !is_armed(d->slot) || d->slot->target != 3;
    case SYSTEM_DISCONNECT_ON: break;
    }
    return false;
}

static bool is_external(const struct decision *d)
{
    return (d->leaver >= 0 && is_external_out(d->call, (uint8_t) d->leaver)) || !d->counts;
}

static bool is_cleared(const struct decision *d)
{
    return d->slot->phase == SLOT_WAS_CLEARED;
}

static bool is_cleared_by_secure(const struct decision *d)
{
    return d->slot->phase == SLOT_WAS_CLEARED_BY_SECURE;
}

static bool has_fired(const struct decision *d)
{
    return d->slot->phase == SLOT_HAS_FIRED;
}

static bool is_not_set(const struct decision *d)
{
    return !is_armed(d->slot);
}

/* domain.md 1.4: an agent cannot be transferred to a voice survey flow. */
static bool is_agent_in_survey(const struct decision *d)
{
    return d->slot->flow_type == FLOW_VOICE_SURVEY && d->out->survivor == PARTY_AS_CALLEE;
}

static bool exists(const struct decision *d, enum flow_type type)
{
    return workspace_find(d->call->ws, type,
                          pool_get_text(d->call->pool, d->slot->flow_name)) != NULL;
}

static bool exists_elsewhere(const struct decision *d)
{
    for (unsigned type = FLOW_OTHER + 1; type < FLOW_TYPE_COUNT; type++) {
        if (type != d->slot->flow_type && exists(d, (enum flow_type) type))
            return true;
    }
    return false;
}

static bool is_missing(const struct decision *d)
{
    return !exists(d, (enum flow_type) d->slot->flow_type) && !exists_elsewhere(d);
}

static bool is_wrong_type(const struct decision *d)
{
    return !exists(d, (enum flow_type) d->slot->flow_type);
}

static bool is_unpublished(const struct decision *d)
{
    const struct settings *settings = call_settings(d->call);
    return settings->options.target_unpublished == UNPUBLISHED_DISCONNECT &&
           settings_unpublished(settings, (enum flow_type) d->slot->flow_type,
                                pool_get_text(d->call->pool, d->slot->flow_name));
}

static bool is_loop(const struct decision *d)
{
    return d->call->now.state.fired >= LIMIT_POST_FLOWS;
}

/* In the order of simulation.md section 3. */
static const struct {
    enum not_fired reason;
    bool (*applies)(const struct decision *d);
} reasons[] = {
    { NOT_FIRED_OUTBOUND, is_outbound },
    { NOT_FIRED_LICENCE, is_without_licence },
    { NOT_FIRED_SECURE_FLOW, is_secure },
    { NOT_FIRED_NO_AGENT_REACHED, is_no_agent },
    { NOT_FIRED_NOBODY_LEFT, is_nobody },
    { NOT_FIRED_PARTIES_LEFT, is_parties_left },
    { NOT_FIRED_SYSTEM_DISCONNECT, is_system },
    { NOT_FIRED_EXTERNAL_NUMBER, is_external },
    { NOT_FIRED_CLEARED, is_cleared },
    { NOT_FIRED_CLEARED_BY_SECURE, is_cleared_by_secure },
    { NOT_FIRED_ALREADY_FIRED, has_fired },
    { NOT_FIRED_NOT_SET, is_not_set },
    { NOT_FIRED_AGENT_IN_SURVEY, is_agent_in_survey },
    { NOT_FIRED_TARGET_MISSING, is_missing },
    { NOT_FIRED_TARGET_WRONG_TYPE, is_wrong_type },
    { NOT_FIRED_TARGET_UNPUBLISHED, is_unpublished },
    { NOT_FIRED_POST_FLOW_LOOP, is_loop },
};

void hangup_decide(const struct call *call, int leaver, struct hangup_outcome *out,
                   uint8_t *survivor)
{
    const struct call_state *state = &call->now.state;
    *out = (struct hangup_outcome){ .flow = STR_NONE };
    unsigned role = leaver >= 0 ? !state->parties[leaver].role
                                : state->parties[party_served(call)].role;
    out->survivor = (enum party_role) role;
    out->slot = &state->slots[role];
    out->other_armed = is_armed(&state->slots[!role]);
    out->type = (enum flow_type) out->slot->flow_type;
    if (out->slot->flow_name)
        out->flow = pool_get_text(call->pool, out->slot->flow_name);
    struct decision d = { .call = call, .slot = out->slot, .out = out, .leaver = leaver };
    count_left(&d);
    if (leaver < 0) /* it ends for everybody; who is served counts as left over */
        d.survivor = party_served(call);
    if (leaver >= 0 && !party_is_connected(&state->parties[leaver])) {
        out->reason = NOT_FIRED_PARTIES_LEFT; /* rang or was consulted: the call goes on */
    } else {
        for (size_t i = 0; i < sizeof reasons / sizeof *reasons && !out->reason; i++) {
            if (reasons[i].applies(&d))
                out->reason = reasons[i].reason;
        }
    }
    out->call_ends = out->reason != FIRED && !is_parties_left(&d) &&
                     out->reason != NOT_FIRED_PARTIES_LEFT;
    *survivor = d.survivor;
}

static void tell_not_fired(struct call *call, const struct hangup_outcome *outcome,
                           uint8_t survivor)
{
    struct event *event = survivor == NO_PARTY ? event_add(call, EVENT_POST_FLOW_NOT_FIRED)
                                               : event_party(call, EVENT_POST_FLOW_NOT_FIRED,
                                                             survivor);
    event->detail = (uint8_t) outcome->reason;
    event->output = (uint16_t) outcome->survivor;
    event->flow_type = outcome->slot->flow_name ? outcome->slot->flow_type : 0;
    event->text = outcome->slot->flow_name;
    if (outcome->slot->phase != SLOT_NEVER_SET) {
        event->flow = outcome->slot->set_flow;
        event->node = outcome->slot->set_by;
    }
    event->value = value_boolean(outcome->other_armed);
}

/* The party that is left is alone now: others of its role are disconnected. */
static void dismiss_others(struct call *call, uint8_t survivor)
{
    struct call_state *state = &call->now.state;
    for (uint8_t i = 0; i < state->party_count; i++) {
        if (i != survivor && state->parties[i].status != PARTY_GONE &&
            state->parties[i].status != PARTY_LEFT_OUT)
            party_leave(call, i, PARTY_GONE);
    }
}

static void fire(struct call *call, const struct hangup_outcome *outcome, uint8_t survivor,
                 unsigned because)
{
    struct call_state *state = &call->now.state;
    unsigned role = outcome->survivor;
    struct post_slot slot = *outcome->slot;
    enum flow_type type = (enum flow_type) slot.flow_type;
    struct str name = pool_get_text(call->pool, slot.flow_name);
    state->fired++;
    if (call_settings(call)->options.one_shot)
        state->slots[role].phase = SLOT_HAS_FIRED;
    dismiss_others(call, survivor);
    struct event *event = event_party(call, EVENT_POST_FLOW_FIRED, survivor);
    event->flow = slot.set_flow;
    event->node = slot.set_by;
    event->output = (uint16_t) role;
    event->flow_type = slot.flow_type;
    event->text = slot.flow_name;
    event->value = slot.data;
    transfer_event(call, NULL, survivor, TO_A_FLOW, name, type, because);
    queue_leave(call);
    if (state->flow != NO_FLOW)
        leave_flow(call);
    state->parties[survivor].status = PARTY_IN_FLOW;
    struct program_flow *flow = program_find(&call->program, type, name);
    builtin_set(call, BUILTIN_CALL_CALLED_ADDRESS, value_string(call->pool, name));
    enter_flow(call, flow, survivor,
               &(struct invocation){ .invoked_by = (uint8_t) (1 + role), .data = slot.data });
    step_settle(call);
}

void call_end(struct call *call, enum ending ending)
{
    struct call_state *state = &call->now.state;
    if (state->ended)
        return;
    queue_leave(call);
    if (state->flow != NO_FLOW)
        leave_flow(call);
    for (uint8_t i = 0; i < state->party_count; i++) {
        if (state->parties[i].status != PARTY_LEFT_OUT)
            state->parties[i].status = PARTY_GONE;
    }
    state->in_flow = NO_PARTY;
    state->ended = 1;
    state->ending = (uint8_t) ending;
    if (state->callback) {
        /* The callback is an outbound call of its own: nothing fires on it. */
        struct event *event = event_add(call, EVENT_CALLBACK);
        event->detail = 2;
        state->callback = 0;
    }
    event_add(call, EVENT_ENDED)->detail = (uint8_t) ending;
}

/* The system or the flow ends the call for everybody. */
void system_disconnect(struct call *call, const struct op *op, enum ending ending)
{
    struct hangup_outcome outcome;
    uint8_t survivor;
    if (ending == ENDING_SYSTEM) {
        struct event *event = event_at_op(call, EVENT_HANGUP, op);
        event->detail = WHO_SYSTEM;
    }
    hangup_decide(call, -1, &outcome, &survivor);
    if (outcome.reason == FIRED) {
        fire(call, &outcome, survivor, BECAUSE_SYSTEM);
        return;
    }
    tell_not_fired(call, &outcome, survivor);
    call_end(call, ending);
}

/* domain.md section 8 calls a caller's leaving before an agent was reached, or in a queue,
 * abandoning. */
static enum ending ending_of(const struct call_state *state, const struct party *leaver)
{
    if (leaver->kind == PARTY_EXTERNAL)
        return ENDING_TRANSFERRED_OUT;
    if (leaver->kind == PARTY_AGENT)
        return ENDING_AGENT_HANGUP;
    return state->queued || !state->agent_reached ? ENDING_ABANDONED : ENDING_CALLER_HANGUP;
}

/* Whoever was consulted goes when the agent who asked is not there any more. */
static void end_consult(struct call *call)
{
    struct call_state *state = &call->now.state;
    for (uint8_t i = 0; i < state->party_count; i++) {
        if (state->parties[i].status == PARTY_CONSULTED)
            party_leave(call, i, PARTY_GONE);
    }
    for (uint8_t i = 0; i < state->party_count; i++) {
        if (state->parties[i].status == PARTY_HELD)
            state->parties[i].status = PARTY_CONNECTED;
    }
}

void hangup(struct call *call, uint8_t party, bool lost)
{
    struct call_state *state = &call->now.state;
    struct party leaver = state->parties[party];
    struct hangup_outcome outcome;
    uint8_t survivor;
    hangup_decide(call, party, &outcome, &survivor);
    enum ending ending = ending_of(state, &leaver);
    struct event *event = event_party(call, EVENT_HANGUP, party);
    event->detail = leaver.kind == PARTY_CALLER ? WHO_CALLER
                    : leaver.kind == PARTY_AGENT ? WHO_AGENT : WHO_EXTERNAL;
    event->output = lost;
    party_leave(call, party, PARTY_GONE);
    if (outcome.reason == FIRED) {
        static const enum because because[] = { [PARTY_CALLER] = BECAUSE_CALLER_HANGUP,
                                                [PARTY_AGENT] = BECAUSE_AGENT_HANGUP,
                                                [PARTY_EXTERNAL] = BECAUSE_EXTERNAL_HANGUP };
        fire(call, &outcome, survivor, because[leaver.kind]);
        return;
    }
    tell_not_fired(call, &outcome, survivor);
    if (outcome.call_ends)
        call_end(call, ending);
    else if (leaver.status != PARTY_RINGING)
        end_consult(call);
}

/* --- the two actions */

enum { POST_TARGET, POST_TYPE, POST_DATA, POST_FLOW };

/* 1 caller, 2 callee, 3 any; 0: no such target, the error event is raised. */
static unsigned target_mask(struct call *call, const struct op *op)
{
    struct value value;
    if (!operand_eval(call, op, POST_TARGET, &value))
        return 0;
    struct str text = value_text(call->pool, value);
    if (!value_is_set(value) && operand_of(call, op, POST_TARGET)->form == OPERAND_NONE)
        text = STR("any"); /* assumed where the field is not written */
    unsigned mask = str_is(text, "caller") ? 1 : str_is(text, "callee") ? 2
                    : str_is(text, "any") ? 3 : 0;
    if (!mask)
        error_raise(call, op, STR("The target is none of callee, caller and any."));
    return mask;
}

static enum flow_type action_type(struct call *call, const struct op *op)
{
    struct value value;
    if (!operand_eval(call, op, POST_TYPE, &value))
        return FLOW_OTHER;
    struct str text = value_text(call->pool, value);
    if (!value_is_set(value) && operand_of(call, op, POST_TYPE)->form == OPERAND_NONE)
        return FLOW_INBOUND_CALL; /* domain.md 1.2: the default */
    if (str_is(text, "inboundCallFlow"))
        return FLOW_INBOUND_CALL;
    if (str_is(text, "voiceSurveyFlow"))
        return FLOW_VOICE_SURVEY;
    error_raise(call, op, STR("The action type is neither inboundCallFlow nor voiceSurveyFlow."));
    return FLOW_OTHER;
}

static struct event *slot_event(struct call *call, enum event_kind kind, const struct op *op,
                                unsigned mask)
{
    struct event *event = event_at_op(call, kind, op);
    event->detail = (uint8_t) mask;
    return event;
}

void run_set_post_flow(struct call *call, const struct op *op)
{
    struct call_state *state = &call->now.state;
    struct post_slot slot = { .phase = SLOT_ARMED, .set_flow = state->flow, .set_by = op->node };
    struct value name;
    unsigned mask = target_mask(call, op);
    if (!mask)
        return;
    slot.flow_type = (uint8_t) action_type(call, op);
    if (slot.flow_type == FLOW_OTHER || !operand_eval(call, op, POST_FLOW, &name) ||
        !operand_eval(call, op, POST_DATA, &slot.data))
        return;
    if (!value_is_set(name)) {
        error_raise(call, op, STR("No flow is chosen for the post-flow."));
        return;
    }
    if (!value_is_set(slot.data))
        slot.data = value_not_set(TYPE_JSON);
    slot.flow_name = pool_text(call->pool, value_text(call->pool, name));
    slot.target = (uint8_t) mask;
    for (unsigned role = 0; role < 2; role++) {
        if (mask & (1u << role))
            state->slots[role] = slot;
    }
    struct event *event = slot_event(call, EVENT_POST_FLOW_SET, op, mask);
    event->flow_type = slot.flow_type;
    event->text = slot.flow_name;
    event->value = slot.data;
}

void run_clear_post_flow(struct call *call, const struct op *op)
{
    struct call_state *state = &call->now.state;
    unsigned mask = target_mask(call, op);
    if (!mask)
        return;
    for (unsigned role = 0; role < 2; role++) {
        /* Clearing what was never set is nothing (assumed): the reason stays not-set. */
        if (mask & (1u << role) && state->slots[role].phase != SLOT_NEVER_SET)
            state->slots[role] =
                (struct post_slot){ .phase = SLOT_WAS_CLEARED, .set_flow = state->flow,
                                    .set_by = op->node };
    }
    slot_event(call, EVENT_POST_FLOW_CLEARED, op, mask);
}

void secure_clears_slots(struct call *call, const struct op *op)
{
    struct call_state *state = &call->now.state;
    unsigned mask = 0;
    for (unsigned role = 0; role < 2; role++) {
        if (!is_armed(&state->slots[role]))
            continue;
        mask |= 1u << role;
        state->slots[role] =
            (struct post_slot){ .phase = SLOT_WAS_CLEARED_BY_SECURE, .set_flow = state->flow,
                                .set_by = op->node };
    }
    if (mask)
        slot_event(call, EVENT_POST_FLOW_CLEARED, op, mask)->output = 1;
}
