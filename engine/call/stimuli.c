#include "engine/call/stimuli.h"

bool call_is_talking(const struct call *call)
{
    const struct call_state *state = &call->now.state;
    return !state->ended && !state->queued && state->flow == NO_FLOW;
}

uint8_t party_consulted(const struct call *call)
{
    for (uint8_t i = 0; i < call->now.state.party_count; i++) {
        if (call->now.state.parties[i].status == PARTY_CONSULTED)
            return i;
    }
    return NO_PARTY;
}

/* The other side of a talk: who is there in the other role. */
uint8_t party_opposite(const struct call *call, uint8_t party)
{
    uint8_t first = NO_PARTY;
    parties_of_role(call, !call->now.state.parties[party].role, &first, NULL);
    return first;
}

/* --- who is meant */

/* Agents who can do it: connected, and for a hang-up also one who is consulted. */
static bool can_act(const struct party *party, enum stimulus_kind kind)
{
    if (party->kind != PARTY_AGENT)
        return false;
    if (kind == STIMULUS_HANGUP || kind == STIMULUS_LOST)
        return party_is_connected(party) || party->status == PARTY_CONSULTED;
    return party->status == PARTY_CONNECTED;
}

uint8_t stimulus_party(const struct call *call, const struct stimulus *stimulus)
{
    static const uint8_t kinds[] = { [WHO_AGENT] = PARTY_AGENT, [WHO_CALLER] = PARTY_CALLER,
                                     [WHO_EXTERNAL] = PARTY_EXTERNAL, [WHO_SYSTEM] = PARTY_NONE };
    const struct call_state *state = &call->now.state;
    for (uint8_t i = 0; i < state->party_count; i++) {
        const struct party *party = &state->parties[i];
        if (party->kind != kinds[stimulus->who])
            continue;
        if (stimulus->who != WHO_AGENT &&
            (party_is_connected(party) || party->status == PARTY_CONSULTED))
            return i;
        if (stimulus->who == WHO_AGENT && can_act(party, stimulus->kind) &&
            (!stimulus->agent || party->number == stimulus->agent))
            return i;
    }
    return NO_PARTY;
}

static unsigned agents_who_can(const struct call *call, enum stimulus_kind kind)
{
    unsigned count = 0;
    for (uint8_t i = 0; i < call->now.state.party_count; i++)
        count += can_act(&call->now.state.parties[i], kind);
    return count;
}

/* --- what is possible */

bool call_before_acd(const struct call *call)
{
    const struct op *op = call_op(call);
    return op && op->kind == OP_TRANSFER_ACD && !call->now.state.asking;
}

static bool can_advance(const struct call *call, const struct stimulus *stimulus)
{
    const struct call_state *state = &call->now.state;
    const struct op *op = call_op(call);
    /* 0: a scenario says that the call goes no further between two steps */
    return stimulus->number == 0 || (stimulus->number > 0 && !state->ended && !state->asking &&
                                     op && !(state->queued && op->kind == OP_END));
}

static bool can_press(const struct call *call, const struct stimulus *stimulus)
{
    const struct call_state *state = &call->now.state;
    return !state->ended && state->flow != NO_FLOW && state->asking != ASKING_RESULT &&
           stimulus->text;
}

static bool is_asking_keys(const struct call *call, const struct stimulus *stimulus)
{
    (void) stimulus;
    return call->now.state.asking == ASKING_KEYS;
}

/* A transfer can succeed and fail wherever it is written. */
static bool outcome_fits(const struct call *call, struct str id)
{
    const struct op *op = call_op(call);
    if (op->kind == OP_MENU)
        return str_is(id, "success") || str_is(id, "failure");
    return output_index(call, op, id) != 0;
}

static bool can_result(const struct call *call, const struct stimulus *stimulus)
{
    struct str id = stimulus->text ? pool_get_text(call->pool, stimulus->text) : STR_NONE;
    if (call->now.state.asking == ASKING_RESULT)
        return outcome_fits(call, id);
    return str_is(id, "failure") && (call->now.state.came_from || call_before_acd(call));
}

static bool can_wait(const struct call *call, const struct stimulus *stimulus)
{
    return !call->now.state.ended && stimulus->number >= 0 && stimulus->number <= 366ll * 86400000;
}

static bool can_answer(const struct call *call, const struct stimulus *stimulus)
{
    const struct call_state *state = &call->now.state;
    (void) stimulus;
    if (state->ended)
        return false;
    return state->queued || party_ringing(call) != NO_PARTY;
}

static bool is_served_in(const struct call *call, const struct stimulus *stimulus, uint8_t status)
{
    uint8_t agent = stimulus_party(call, stimulus);
    if (!call_is_talking(call) || agent == NO_PARTY)
        return false;
    uint8_t served = party_opposite(call, agent);
    return served != NO_PARTY && call->now.state.parties[served].status == status;
}

static bool can_hold(const struct call *call, const struct stimulus *stimulus)
{
    return is_served_in(call, stimulus, PARTY_CONNECTED);
}

static bool can_resume(const struct call *call, const struct stimulus *stimulus)
{
    return is_served_in(call, stimulus, PARTY_HELD) && party_consulted(call) == NO_PARTY;
}

static bool can_schedule(const struct call *call, const struct stimulus *stimulus)
{
    return call_is_talking(call) && stimulus_party(call, stimulus) != NO_PARTY &&
           !call->now.state.callback;
}

static bool is_alone_with_served(const struct call *call, const struct stimulus *stimulus)
{
    uint8_t agent = stimulus_party(call, stimulus);
    return call_is_talking(call) && agent != NO_PARTY && party_consulted(call) == NO_PARTY &&
           parties_of_role(call, call->now.state.parties[agent].role, NULL, NULL) == 1 &&
           party_opposite(call, agent) != NO_PARTY;
}

static bool flow_exists(const struct call *call, enum flow_type type, uint32_t name)
{
    return name && workspace_find(call->ws, type, pool_get_text(call->pool, name));
}

static bool can_transfer(const struct call *call, const struct stimulus *stimulus)
{
    return is_alone_with_served(call, stimulus) && stimulus->text &&
           (stimulus->to != TO_FLOW || flow_exists(call, FLOW_INBOUND_CALL, stimulus->text));
}

static bool can_consult(const struct call *call, const struct stimulus *stimulus)
{
    uint8_t agent = stimulus_party(call, stimulus);
    return call_is_talking(call) && agent != NO_PARTY && party_consulted(call) == NO_PARTY &&
           stimulus->text && stimulus->to != TO_FLOW && party_opposite(call, agent) != NO_PARTY;
}

static bool is_consulting(const struct call *call, const struct stimulus *stimulus)
{
    return call_is_talking(call) && party_consulted(call) != NO_PARTY &&
           stimulus_party(call, stimulus) != NO_PARTY;
}

static bool can_secure(const struct call *call, const struct stimulus *stimulus)
{
    return is_alone_with_served(call, stimulus) &&
           flow_exists(call, FLOW_SECURE_CALL, stimulus->text);
}

static bool can_hang_up(const struct call *call, const struct stimulus *stimulus)
{
    if (call->now.state.ended)
        return false;
    return stimulus->who == WHO_SYSTEM ? stimulus->kind == STIMULUS_HANGUP
                                       : stimulus_party(call, stimulus) != NO_PARTY;
}

static bool can_intervene(const struct call *call, const struct stimulus *stimulus)
{
    struct diags ignored;
    diags_init(&ignored, call->env);
    bool fine = intervention_check((struct call *) call, stimulus, &ignored);
    diags_release(&ignored);
    return fine;
}

static const struct {
    bool (*possible)(const struct call *call, const struct stimulus *stimulus);
    void (*apply)(struct call *call, const struct stimulus *stimulus);
    bool by_agent;
} stimuli[STIMULUS_COUNT] = {
    [STIMULUS_ADVANCE] = { can_advance, stimulus_do_advance, false },
    [STIMULUS_PRESS] = { can_press, stimulus_do_press, false },
    [STIMULUS_NO_INPUT] = { is_asking_keys, stimulus_do_no_input, false },
    [STIMULUS_NO_MATCH] = { is_asking_keys, stimulus_do_no_match, false },
    [STIMULUS_SAY] = { is_asking_keys, stimulus_do_say, false },
    [STIMULUS_OUTCOME] = { can_result, stimulus_do_outcome, false },
    [STIMULUS_WAIT] = { can_wait, stimulus_do_wait, false },
    [STIMULUS_ANSWERS] = { can_answer, stimulus_do_answers, false },
    [STIMULUS_NO_ANSWER] = { can_answer, stimulus_do_no_answer, false },
    [STIMULUS_HOLDS] = { can_hold, stimulus_do_holds, true },
    [STIMULUS_RESUMES] = { can_resume, stimulus_do_resumes, true },
    [STIMULUS_SCHEDULES_CALLBACK] = { can_schedule, stimulus_do_schedule, true },
    [STIMULUS_TRANSFERS] = { can_transfer, stimulus_do_transfers, true },
    [STIMULUS_CONSULTS] = { can_consult, stimulus_do_consults, true },
    [STIMULUS_COMPLETES] = { is_consulting, stimulus_do_completes, true },
    [STIMULUS_WITHDRAWS] = { is_consulting, stimulus_do_withdraws, true },
    [STIMULUS_CONFERENCES] = { is_consulting, stimulus_do_conferences, true },
    [STIMULUS_SECURE] = { can_secure, stimulus_do_secure, true },
    [STIMULUS_HANGUP] = { can_hang_up, stimulus_do_hangup, true },
    [STIMULUS_LOST] = { can_hang_up, stimulus_do_hangup, true },
    [STIMULUS_SET] = { can_intervene, intervention_do, false },
};

/* --- saying what is wrong */

static bool tell_agents(const struct call *call, enum stimulus_kind kind, struct diags *diags)
{
    struct buf list;
    struct place place = { 0 };
    buf_init(&list, call->env);
    for (uint8_t i = 0; i < call->now.state.party_count; i++) {
        const struct party *party = &call->now.state.parties[i];
        if (!can_act(party, kind))
            continue;
        buf_addf(&list, "%sagent %u", list.len ? ", " : "", (unsigned) party->number);
        struct str name = pool_get_text(call->pool, party->name);
        if (!str_starts(name, STR("Agent ")))
            buf_addf(&list, " (%.*s)", STR_ARG(name));
    }
    diag_add1(diags, DIAG_STIMULUS_WHICH_AGENT, &place, buf_str(&list));
    buf_release(&list);
    return false;
}

static bool tell_outputs(const struct call *call, struct str id, struct diags *diags)
{
    struct buf list;
    struct place place = { 0 };
    buf_init(&list, call->env);
    struct str name;
    for (unsigned i = 0; (name = call_result_output(call, i)).len; i++)
        buf_addf(&list, "%s%.*s", i ? ", " : "", STR_ARG(name));
    diag_add2(diags, DIAG_STIMULUS_OUTPUT, &place, id, buf_str(&list));
    buf_release(&list);
    return false;
}

static bool tell_possible(const struct call *call, const struct stimulus *stimulus,
                          struct diags *diags)
{
    struct buf words, list;
    struct choices choices;
    struct place place = { 0 };
    buf_init(&words, call->env);
    buf_init(&list, call->env);
    arena_init(&choices.arena, call->env);
    choices.items = NULL;
    choices.count = 0;
    call_choices(call, &choices);
    for (size_t i = 0; i < choices.count; i++)
        buf_addf(&list, "%s%s", i ? ", " : "", choices.items[i].words);
    if (!choices.count)
        buf_add_text(&list, "nothing, the call has ended");
    stimulus_show(call->pool, stimulus, &words);
    diag_add2(diags, DIAG_STIMULUS_NOT_POSSIBLE, &place, buf_str(&words), buf_str(&list));
    arena_release(&choices.arena);
    buf_release(&words);
    buf_release(&list);
    return false;
}

static bool keys_fit(const struct call *call, const struct stimulus *stimulus, struct diags *diags)
{
    struct str keys = stimulus->text ? pool_get_text(call->pool, stimulus->text) : STR_NONE;
    bool fit = keys.len > 0 && keys.len + keys_pressed(call).len <= STIMULUS_MAX_KEYS;
    for (size_t i = 0; i < keys.len; i++)
        fit &= (keys.ptr[i] >= '0' && keys.ptr[i] <= '9') || keys.ptr[i] == '*' ||
               keys.ptr[i] == '#';
    struct place place = { 0 };
    struct buf number;
    if (fit || !diags)
        return fit;
    buf_init(&number, call->env);
    buf_add_int(&number, STIMULUS_MAX_KEYS);
    diag_add2(diags, DIAG_STIMULUS_KEYS, &place, keys, buf_str(&number));
    buf_release(&number);
    return false;
}

bool stimulus_check(const struct call *call, struct stimulus *stimulus, struct diags *diags)
{
    if (stimulus->kind == STIMULUS_PRESS && !keys_fit(call, stimulus, diags))
        return false;
    bool by_agent = stimuli[stimulus->kind].by_agent && stimulus->who == WHO_AGENT;
    if (by_agent && !stimulus->agent && agents_who_can(call, stimulus->kind) > 1)
        return diags ? tell_agents(call, stimulus->kind, diags) : false;
    if (stimuli[stimulus->kind].possible(call, stimulus)) {
        uint8_t party = by_agent ? stimulus_party(call, stimulus) : NO_PARTY;
        if (party != NO_PARTY)
            stimulus->agent = call->now.state.parties[party].number;
        return true;
    }
    if (!diags)
        return false;
    if (stimulus->kind == STIMULUS_SET && !call->now.state.ended)
        return intervention_check((struct call *) call, stimulus, diags);
    if (stimulus->kind == STIMULUS_OUTCOME && call->now.state.asking == ASKING_RESULT)
        return tell_outputs(call, stimulus->text ? pool_get_text(call->pool, stimulus->text)
                                                 : STR_NONE, diags);
    return tell_possible(call, stimulus, diags);
}

void stimulus_apply(struct call *call, const struct stimulus *stimulus)
{
    stimuli[stimulus->kind].apply(call, stimulus);
    step_settle(call);
}
