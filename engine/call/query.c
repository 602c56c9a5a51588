/* What is: phase, place, parties, variables. */
#include "engine/call/machine.h"
#include "engine/flow/builtins.h"

const char *phase_words(enum phase phase)
{
    static const char *const words[] = {
        [PHASE_READY] = "ready",
        [PHASE_KEYS] = "waiting for keys",
        [PHASE_RESULT] = "waiting for a result",
        [PHASE_QUEUED] = "in the queue",
        [PHASE_TALKING] = "talking",
        [PHASE_ENDED] = "ended",
    };
    return words[phase];
}

const char *party_status_words(enum party_status status)
{
    static const char *const words[] = {
        [PARTY_GONE] = "gone",
        [PARTY_RINGING] = "ringing",
        [PARTY_CONNECTED] = "connected",
        [PARTY_HELD] = "on hold",
        [PARTY_IN_FLOW] = "in a flow",
        [PARTY_IN_QUEUE] = "in the queue",
        [PARTY_CONSULTED] = "being consulted",
        [PARTY_LEFT_OUT] = "transferred away",
    };
    return words[status];
}

enum phase call_phase(const struct call *call)
{
    const struct call_state *state = &call->now.state;
    if (state->ended)
        return PHASE_ENDED;
    if (state->asking)
        return state->asking == ASKING_KEYS ? PHASE_KEYS : PHASE_RESULT;
    if (state->queued)
        return PHASE_QUEUED;
    return state->flow == NO_FLOW ? PHASE_TALKING : PHASE_READY;
}

enum ending call_ending(const struct call *call)
{
    return (enum ending) call->now.state.ending;
}

int64_t call_clock(const struct call *call)
{
    return call->now.meter.clock;
}

struct call_position call_where(const struct call *call)
{
    struct call_position at = { .party = call->now.state.in_flow };
    const struct op *op = call_op(call);
    if (!op)
        return at;
    at.flow = call_program(call)->source;
    at.spot.node = op->node;
    uint32_t count = 0;
    if (call->now.state.stack)
        pool_get_words(call->pool, call->now.state.stack, &count);
    at.depth = count / STACK_WORDS;
    return at;
}

const struct party *call_parties(const struct call *call, unsigned *count)
{
    *count = call->now.state.party_count;
    return call->now.state.parties;
}

const struct post_slot *call_slot(const struct call *call, enum party_role role)
{
    return &call->now.state.slots[role];
}

struct flow *call_flow(const struct call *call, uint16_t index)
{
    if (index >= call->program.count || !call->program.flows[index])
        return NULL;
    return call->program.flows[index]->source;
}

bool call_agent_reached(const struct call *call)
{
    return call->now.state.agent_reached;
}

struct str call_queue(const struct call *call)
{
    uint32_t queue = call->now.state.queue;
    return call->now.state.queued && queue ? pool_get_text(call->pool, queue) : STR_NONE;
}

struct str call_result_output(const struct call *call, unsigned n)
{
    static const char *const transfer[] = { "success", "failure" };
    const struct op *op = call_op(call);
    if (call->now.state.asking != ASKING_RESULT || !op)
        return STR_NONE;
    if (op->kind == OP_MENU)
        return n < 2 ? str_of(transfer[n]) : STR_NONE;
    if (n >= op->output_count)
        return STR_NONE;
    return pool_get_text(call->pool, call_program(call)->outputs[op->outputs + n].id);
}

const struct event *call_events(const struct call *call, size_t *count)
{
    *count = call->event_count;
    return call->events;
}

/* --- variables */

static size_t written_by(const struct call *call, struct str name, bool data)
{
    for (size_t i = call->event_count; i-- > 0;) {
        const struct event *event = &call->events[i];
        if (event->kind == EVENT_VARIABLE && event->detail == data &&
            str_eq(pool_get_text(call->pool, event->text), name))
            return i;
    }
    return SIZE_MAX;
}

static struct value value_at(const struct call *call, unsigned frame, uint32_t index)
{
    uint32_t count = 0, id = call->now.state.frames[frame];
    const struct value *values = id ? pool_get_list(call->pool, id, &count) : NULL;
    const struct registers *r = &call->registers[frame];
    if (r->loaded == id) { /* what is written since, too */
        values = r->values;
        count = r->count;
    }
    return index < count ? values[index] : value_not_set(TYPE_NONE);
}

static bool builtin_in_sight(const struct call *call, const struct builtin *builtin)
{
    const struct program_flow *flow = call_program(call);
    return !flow || builtin->flow_types & (1u << flow->flow.type);
}

static bool nth_builtin(const struct call *call, size_t *n, bool of_call,
                        struct call_variable *out)
{
    size_t count;
    const struct builtin *table = builtins(&count);
    for (size_t i = 0; i < count; i++) {
        bool is_call = str_starts(str_of(table[i].name), STR("Call."));
        bool is_flow = str_starts(str_of(table[i].name), STR("Flow."));
        if ((of_call ? !is_call : !is_flow) || !builtin_in_sight(call, &table[i]))
            continue;
        if ((*n)-- == 0) {
            out->name = str_of(table[i].name);
            out->value = value_at(call, FRAME_BUILTIN, (uint32_t) i);
            out->written_by = written_by(call, out->name, false);
            return true;
        }
    }
    return false;
}

static bool nth_declared(const struct call *call, const struct program_flow *flow, uint32_t first,
                         uint32_t count, unsigned frame, size_t *n, struct call_variable *out)
{
    if (*n >= count) {
        *n -= count;
        return false;
    }
    out->name = pool_get_text(call->pool, flow->variables[first + *n].name);
    out->value = value_at(call, frame, (uint32_t) *n);
    out->written_by = written_by(call, out->name, false);
    return true;
}

static bool nth_data(const struct call *call, size_t n, struct call_variable *out)
{
    uint32_t count = 0, id = call->now.state.data;
    const struct pool_member *members = id ? pool_get_object(call->pool, id, &count) : NULL;
    if (n >= count)
        return false;
    struct str name = pool_get_text(call->pool, members[n].key);
    struct buf full;
    buf_init(&full, call->env);
    buf_add_text(&full, "data.");
    buf_add(&full, name);
    out->value = members[n].value;
    out->written_by = written_by(call, name, true);
    out->name = pool_get_text(call->pool, pool_text(call->pool, buf_str(&full)));
    buf_release(&full);
    return true;
}

bool call_variable(const struct call *call, size_t n, struct call_variable *out)
{
    const struct program_flow *flow = call_program(call);
    if (nth_builtin(call, &n, true, out) || nth_builtin(call, &n, false, out))
        return true;
    if (flow && nth_declared(call, flow, 0, flow->flow_variables, FRAME_FLOW, &n, out))
        return true;
    const struct op *op = call_op(call);
    if (flow && op && op->container < flow->container_count) {
        const struct container *in = &flow->containers[op->container];
        if (nth_declared(call, flow, in->first_variable, in->variables, FRAME_TASK, &n, out))
            return true;
    }
    return nth_data(call, n, out);
}

bool call_variable_named(const struct call *call, struct str name, struct value *out)
{
    const struct program_flow *flow = call_program(call);
    const struct op *op = call_op(call);
    const struct variable *variable;
    uint8_t frame;
    uint32_t index;
    if (flow && program_variable(&call->program, flow, op ? op->container : UINT32_MAX, name,
                                 &frame, &index, &variable)) {
        *out = value_at(call, frame, index);
        return true;
    }
    const struct builtin *builtin = builtin_find(name);
    size_t count;
    if (builtin && call->started) {
        *out = value_at(call, FRAME_BUILTIN, (uint32_t) (builtin - builtins(&count)));
        return true;
    }
    uint32_t members = 0, id = call->now.state.data;
    const struct pool_member *data = id ? pool_get_object(call->pool, id, &members) : NULL;
    if (!str_starts(name, STR("data.")))
        return false;
    for (uint32_t i = 0; i < members; i++) {
        if (str_eq(pool_get_text(call->pool, data[i].key), str_slice(name, 5, name.len))) {
            *out = data[i].value;
            return true;
        }
    }
    return false;
}
