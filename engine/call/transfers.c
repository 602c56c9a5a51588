/* Transfers: pre-transfer audio, attempt, and on failure failed-transfer audio and the Failure path
 * (domain.md section 4.9). In a menu's choice a failure repeats the menu, in a secure flow it
 * disconnects. */
#include "engine/call/machine.h"

enum { ERROR_TYPE, ERROR_MESSAGE, PRE_AUDIO, FAILED_AUDIO, DESTINATION };
enum { ACD_PRIORITY = DESTINATION + 1, ACD_OPERANDS };
enum { SECURE_DATA = DESTINATION, SECURE_TIMEOUT };

static bool has_audio(const struct op *op)
{
    return op->kind != OP_DIAL_BY_EXTENSION && op->kind != OP_MENU;
}

static bool failure_outputs(struct call *call, const struct op *op, const char *type,
                            struct value data)
{
    struct value error_type = text_value(call, type);
    struct value message = value_not_set(TYPE_STRING), given;
    if (json_member(call, data, STR("errorType"), &given))
        error_type = given;
    if (json_member(call, data, STR("errorMessage"), &given))
        message = given;
    return variable_write(call, op, operand_of(call, op, ERROR_TYPE), error_type) &&
           variable_write(call, op, operand_of(call, op, ERROR_MESSAGE), message);
}

static void transfer_failed(struct call *call, const struct op *op, const char *type,
                            struct value data)
{
    struct call_state *state = &call->now.state;
    struct value audio;
    state->asking = ASKING_NOTHING;
    if (op->kind == OP_MENU || op->is_choice) {
        state->pc = state->menu ? state->menu - 1 : op->next;
        if (has_audio(op) && operand_eval(call, op, FAILED_AUDIO, &audio))
            prompt(call, op, audio);
        return;
    }
    if (state->secure) {
        system_disconnect(call, op, ENDING_DISCONNECT);
        return;
    }
    if (has_audio(op)) {
        if (!operand_eval(call, op, FAILED_AUDIO, &audio))
            return;
        prompt(call, op, audio);
    }
    if (failure_outputs(call, op, type, data))
        output_named(call, op, "failure");
}

static bool before_transfer(struct call *call, const struct op *op)
{
    struct value audio;
    if (!operand_eval(call, op, PRE_AUDIO, &audio))
        return false;
    prompt(call, op, audio);
    return true;
}

/* --- a queue */

/* What is needed to come back when the transfer turns out to have failed. */
enum { FROM_FLOW, FROM_OP, FROM_FLOW_FRAME, FROM_TASK_FRAME, FROM_BUILTINS, FROM_STACK, FROM_MENU,
       FROM_PREVIOUS, FROM_QUEUE, FROM_BITS, FROM_BUDGET, FROM_WORDS };

static uint32_t remember(struct call *call, const struct op *op)
{
    const struct call_state *state = &call->now.state;
    registers_store(call);
    uint32_t words[FROM_WORDS] = {
        [FROM_FLOW] = state->flow,
        [FROM_OP] = (uint32_t) (op - call_program(call)->ops),
        [FROM_FLOW_FRAME] = state->frames[FRAME_FLOW],
        [FROM_TASK_FRAME] = state->frames[FRAME_TASK],
        [FROM_BUILTINS] = state->frames[FRAME_BUILTIN],
        [FROM_STACK] = state->stack,
        [FROM_MENU] = state->menu,
        [FROM_PREVIOUS] = state->previous_menu,
        [FROM_QUEUE] = state->queue,
        [FROM_BITS] = (uint32_t) (state->queued | state->handling_error << 1 |
                                  state->secure << 2 | state->invoked_by << 4),
        [FROM_BUDGET] = (uint32_t) call->now.meter.budget,
    };
    return pool_words(call->pool, words, FROM_WORDS);
}

void acd_fails(struct call *call, struct value data)
{
    struct call_state *state = &call->now.state;
    uint32_t count;
    const uint32_t *words = pool_get_words(call->pool, state->came_from, &count);
    uint8_t party = party_served(call);
    uint32_t bits = words[FROM_BITS];
    state->came_from = 0;
    state->flow = (uint16_t) words[FROM_FLOW];
    state->in_flow = party;
    state->pc = words[FROM_OP];
    state->stack = words[FROM_STACK];
    state->menu = words[FROM_MENU];
    state->previous_menu = words[FROM_PREVIOUS];
    state->queue = words[FROM_QUEUE];
    state->queued = bits & 1;
    state->handling_error = bits >> 1 & 1;
    state->secure = bits >> 2 & 3;
    state->invoked_by = bits >> 4 & 3;
    state->asking = ASKING_NOTHING;
    state->parties[party].status = state->queued ? PARTY_IN_QUEUE : PARTY_IN_FLOW;
    call->now.meter.budget = (int32_t) words[FROM_BUDGET];
    uint32_t flow_frame = words[FROM_FLOW_FRAME], task_frame = words[FROM_TASK_FRAME];
    registers_set(call, FRAME_BUILTIN, words[FROM_BUILTINS]);
    registers_set(call, FRAME_FLOW, flow_frame);
    registers_set(call, FRAME_TASK, task_frame);
    transfer_failed(call, call_op(call), "TransferFailed", data);
    step_settle(call);
}

void run_transfer_acd(struct call *call, const struct op *op)
{
    struct value queue, value;
    if (!before_transfer(call, op) || !operand_eval(call, op, DESTINATION, &queue))
        return;
    for (unsigned i = ACD_PRIORITY; i < op->fixed_count; i++) {
        if (!operand_eval(call, op, i, &value))
            return;
    }
    if (!value_is_set(queue)) {
        transfer_failed(call, op, "NoQueue", value_not_set(TYPE_JSON));
        return;
    }
    struct str override = op->name ? pool_get_text(call->pool, op->name) : STR_NONE;
    uint32_t back = remember(call, op);
    queue_enter(call, op, value_text(call->pool, queue), override);
    if (call->now.state.queued)
        call->now.state.came_from = back;
}

/* --- users, numbers, groups, voicemail: the world answers */

/* False: the error event has been raised. */
static bool destination_name(struct call *call, const struct op *op, struct str *out)
{
    struct value value = value_not_set(TYPE_STRING);
    if (op->kind == OP_MENU || op->kind == OP_DIAL_BY_EXTENSION) {
        struct str digits = keys_pressed(call);
        struct str user = settings_user_with_extension(call_settings(call), digits);
        *out = user.len ? user : digits;
        return true;
    }
    unsigned last = op->kind == OP_TRANSFER_VOICEMAIL ? DESTINATION + 2 : DESTINATION;
    for (unsigned i = DESTINATION; i <= last; i++) {
        const struct operand *operand = operand_of(call, op, i);
        if (operand->form == OPERAND_NONE)
            continue;
        if (!operand_eval_at(call, op, operand, &value))
            return false;
    }
    *out = value_is_set(value) ? value_text(call->pool, value) : STR_NONE;
    return true;
}

static uint8_t other_role(const struct call *call)
{
    return !call->now.state.parties[party_served(call)].role;
}

/* A user, a group's member or an extension rings until the world answers. */
void transfer_ring(struct call *call, const struct op *op, struct str name, int64_t timeout)
{
    uint8_t party = party_add(call, PARTY_AGENT, other_role(call), name);
    if (party == NO_PARTY) {
        transfer_failed(call, op, "TransferFailed", value_not_set(TYPE_JSON));
        return;
    }
    event_party(call, EVENT_AGENT_RINGING, party);
    ask(call, op, ASKING_RESULT, timeout);
}

void run_transfer_asking(struct call *call, const struct op *op)
{
    struct value timeout = value_not_set(TYPE_DURATION);
    struct str name;
    if (!before_transfer(call, op) || !destination_name(call, op, &name))
        return;
    if (!name.len) {
        transfer_failed(call, op, "NoDestination", value_not_set(TYPE_JSON));
        return;
    }
    if (op->kind != OP_TRANSFER_VOICEMAIL && !operand_eval(call, op, DESTINATION + 1, &timeout))
        return;
    int64_t ms = value_is_set(timeout) ? timeout.number : INT64_MAX;
    if (op->kind == OP_TRANSFER_USER || op->kind == OP_TRANSFER_GROUP)
        transfer_ring(call, op, name, ms);
    else
        ask(call, op, ASKING_RESULT, ms);
}

void transfer_result(struct call *call, const struct op *op, bool success, struct value data)
{
    struct call_state *state = &call->now.state;
    uint8_t rang = party_ringing(call), party = party_served(call);
    if (!success) {
        if (rang != NO_PARTY)
            state->parties[rang].status = PARTY_GONE;
        if (!has_audio(op))
            state->keys = 0; /* the extension that failed */
        transfer_failed(call, op, "TransferFailed", data);
        return;
    }
    struct str name = STR_NONE;
    destination_name(call, op, &name);
    if (op->kind == OP_TRANSFER_VOICEMAIL) {
        transfer_event(call, op, party, TO_VOICEMAIL, name, FLOW_OTHER, BECAUSE_ACTION);
        call_end(call, ENDING_VOICEMAIL);
        return;
    }
    static const enum destination kinds[OP_KIND_COUNT] = {
        [OP_TRANSFER_USER] = TO_A_USER, [OP_TRANSFER_NUMBER] = TO_A_NUMBER,
        [OP_TRANSFER_GROUP] = TO_A_GROUP, [OP_DIAL_BY_EXTENSION] = TO_A_USER,
        [OP_MENU] = TO_A_USER };
    transfer_event(call, op, party, kinds[op->kind], name, FLOW_OTHER, BECAUSE_ACTION);
    if (op->kind == OP_TRANSFER_NUMBER)
        rang = party_add(call, PARTY_EXTERNAL, other_role(call), name);
    if (rang == NO_PARTY) {
        call_end(call, ENDING_TRANSFERRED_OUT);
        return;
    }
    reach_party(call, rang);
}

/* --- other flows */

static struct program_flow *flow_to_enter(struct call *call, enum flow_type type, struct str name)
{
    if (!name.len || settings_unpublished(call_settings(call), type, name))
        return NULL;
    return program_find(&call->program, type, name);
}

void run_transfer_flow(struct call *call, const struct op *op)
{
    struct str name = op->name ? pool_get_text(call->pool, op->name) : STR_NONE;
    if (!before_transfer(call, op))
        return;
    struct program_flow *flow = flow_to_enter(call, FLOW_INBOUND_CALL, name);
    if (!flow) {
        transfer_failed(call, op, "FlowNotFound", value_not_set(TYPE_JSON));
        return;
    }
    uint8_t party = party_served(call);
    transfer_event(call, op, party, TO_A_FLOW, name, FLOW_INBOUND_CALL, BECAUSE_ACTION);
    queue_leave(call);
    call->now.state.parties[party].status = PARTY_IN_FLOW;
    builtin_set(call, BUILTIN_CALL_CALLED_ADDRESS, value_string(call->pool, name));
    enter_flow(call, flow, party, NULL);
}

void run_transfer_secure(struct call *call, const struct op *op)
{
    enum secure_clears clears = call_settings(call)->options.secure_transfer_clears;
    struct str name = op->name ? pool_get_text(call->pool, op->name) : STR_NONE;
    struct value data, timeout;
    if (!before_transfer(call, op) || !operand_eval(call, op, SECURE_DATA, &data) ||
        !operand_eval(call, op, SECURE_TIMEOUT, &timeout))
        return;
    struct program_flow *flow = flow_to_enter(call, FLOW_SECURE_CALL, name);
    if (clears == SECURE_CLEARS_ALWAYS || (clears == SECURE_CLEARS_SUCCESS && flow))
        secure_clears_slots(call, op);
    if (!flow) {
        transfer_failed(call, op, "FlowNotFound", value_not_set(TYPE_JSON));
        return;
    }
    uint8_t party = party_served(call);
    transfer_event(call, op, party, TO_A_FLOW, name, FLOW_SECURE_CALL, BECAUSE_ACTION);
    queue_leave(call);
    call->now.state.parties[party].status = PARTY_IN_FLOW;
    enter_flow(call, flow, party,
               &(struct invocation){ .secure = SECURE_BY_TRANSFER, .data = data });
}

/* domain.md 2.3: back to the agent who started it, never to a new one; with nobody there it
 * disconnects. */
void run_return_to_agent(struct call *call, const struct op *op)
{
    struct call_state *state = &call->now.state;
    if (state->secure != SECURE_BY_AGENT) {
        system_disconnect(call, op, ENDING_DISCONNECT);
        return;
    }
    uint8_t party = state->in_flow;
    leave_flow(call);
    state->in_flow = NO_PARTY;
    state->parties[party].status = PARTY_CONNECTED;
    for (uint8_t i = 0; i < state->party_count; i++) {
        if (i != party && state->parties[i].status == PARTY_HELD)
            state->parties[i].status = PARTY_CONNECTED;
    }
}

void run_disconnect(struct call *call, const struct op *op)
{
    system_disconnect(call, op, ENDING_DISCONNECT);
}
