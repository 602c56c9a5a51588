/* A run with its history: start, stimuli, back, replay. Each stimulus keeps one copy of what was
 * before it. */
#include "engine/call/call.h"

#include <string.h>
#include "engine/call/machine.h"
#include "engine/call/stimuli.h"
#include "engine/flow/builtins.h"

struct call *call_new(struct env *env, struct workspace *ws)
{
    struct call *call = mem_zalloc(env, sizeof *call);
    call->env = env;
    call->ws = ws;
    call->pool = pool_new(env);
    program_init(&call->program, env, ws, call->pool);
    builtins_find(call);
    call->now.state.flow = NO_FLOW;
    call->now.state.ended = 1;
    return call;
}

void call_free(struct call *call)
{
    if (!call)
        return;
    struct env *env = call->env;
    program_release(&call->program);
    pool_free(call->pool);
    for (unsigned i = 0; i < FRAME_COUNT; i++)
        mem_free(env, call->registers[i].values);
    mem_free(env, call->events);
    mem_free(env, call->history);
    mem_free(env, call);
}

struct pool *call_pool(struct call *call)
{
    return call->pool;
}

/* --- start */

static void builtins_init(struct call *call)
{
    size_t count;
    const struct builtin *table = builtins(&count);
    struct value *values = registers_clear(call, FRAME_BUILTIN, (uint32_t) count);
    for (size_t i = 0; i < count; i++)
        values[i] = value_not_set(table[i].type);
    struct value ani = { .type = TYPE_STRING, .flags = VALUE_SET, .id = call->start.ani };
    struct value called = { .type = TYPE_STRING, .flags = VALUE_SET, .id = call->start.called };
    struct value language = { .type = TYPE_STRING, .flags = VALUE_SET,
                              .id = call->start.language };
    struct value id = text_value(call, "00000000-0000-4000-8000-000000000001");
    builtin_set(call, BUILTIN_CALL_ANI, ani);
    builtin_set(call, BUILTIN_CALL_CALLED_ADDRESS, called);
    builtin_set(call, BUILTIN_CALL_CALLED_ADDRESS_ORIGINAL, called);
    builtin_set(call, BUILTIN_CALL_CONVERSATION_ID, id);
    builtin_set(call, BUILTIN_INTERACTION_ID, id);
    builtin_set(call, BUILTIN_CALL_REMOTE_NAME, text_value(call, "Caller"));
    builtin_set(call, BUILTIN_CALL_LANGUAGE, language);
    builtin_set(call, BUILTIN_INTERACTION_LANGUAGE, language);
    builtin_set(call, BUILTIN_FLOW_IS_TEST, value_boolean(false));
    builtin_set(call, BUILTIN_FLOW_VERSION, text_value(call, "1.0"));
    builtin_set(call, BUILTIN_SYSTEM_MAX_INT, value_integer(999999999999999));
    builtin_set(call, BUILTIN_SYSTEM_MIN_INT, value_integer(-999999999999999));
    builtin_set(call, BUILTIN_SYSTEM_MAX_DURATION, value_duration(999999999999999));
    builtin_set(call, BUILTIN_SYSTEM_MIN_DURATION, value_duration(-999999999999999));
    struct value moment = { .type = TYPE_DATETIME, .flags = VALUE_SET, .number = 7289654399 };
    builtin_set(call, BUILTIN_SYSTEM_MAX_DATE_TIME, moment); /* 2200-12-31T23:59:59Z */
    moment.number = -5364662400; /* 1800-01-01T00:00:00Z */
    builtin_set(call, BUILTIN_SYSTEM_MIN_DATE_TIME, moment);
}

/* From the first moment: the caller is in the flow, nothing has run. */
static bool begin(struct call *call)
{
    struct call_state *state = &call->now.state;
    program_refresh(&call->program);
    struct program_flow *flow = program_find(&call->program, call->start.type,
                                             pool_get_text(call->pool, call->start.flow));
    memset(&call->now, 0, sizeof call->now);
    state->flow = NO_FLOW;
    state->in_flow = NO_PARTY;
    call->now.meter.deadline = INT64_MAX;
    call->event_count = call->history_count = 0;
    if (!flow) {
        state->ended = 1;
        return false;
    }
    state->data = call->start.data;
    state->outbound = call->start.type == FLOW_OUTBOUND_CALL;
    state->party_count = 1;
    state->parties[0] = (struct party){ .kind = PARTY_CALLER, .role = PARTY_AS_CALLER,
                                        .status = PARTY_IN_FLOW };
    state->parties[0].name = pool_text(call->pool, STR("Caller"));
    builtins_init(call);
    enter_flow(call, flow, 0, NULL);
    step_settle(call);
    registers_store(call);
    return true;
}

bool call_start(struct call *call, const struct call_setup *setup, struct diags *diags)
{
    enum flow_type type = setup->type == FLOW_OTHER ? FLOW_INBOUND_CALL : setup->type;
    if (!workspace_find(call->ws, type, setup->flow)) {
        struct place place = { 0 };
        diag_add2(diags, DIAG_CALL_NO_FLOW, &place, str_of(flow_type_info(type)->label),
                  setup->flow);
        return false;
    }
    struct pool *pool = call->pool;
    call->start = (struct start){ .type = type, .settings = setup->settings };
    call->start.flow = pool_text(pool, setup->flow);
    call->start.ani = pool_text(pool, setup->ani.len ? setup->ani : STR("tel:+15550100"));
    call->start.called = pool_text(pool, setup->called.len ? setup->called : STR("tel:+15550199"));
    call->start.language = pool_text(pool, setup->language.len ? setup->language : STR("en-us"));
    const struct doc *doc = setup->data_doc;
    for (node_id at = setup->data && doc ? doc_first(doc, setup->data) : 0; at;
         at = doc_next(doc, at)) {
        uint32_t key = pool_text(pool, doc_key(doc, at));
        call->start.data = object_with(call, call->start.data, key,
                                       value_string(pool, doc_text(doc, at)));
    }
    call->started = true;
    return begin(call);
}

/* --- history */

static struct history_entry *history_add(struct call *call, const struct stimulus *stimulus)
{
    if (call->history_count == call->history_capacity)
        call->history = mem_grow(call->env, call->history, &call->history_capacity,
                                 call->history_count + 1, sizeof *call->history);
    struct history_entry *entry = &call->history[call->history_count++];
    entry->before = call->now;
    entry->stimulus = *stimulus;
    entry->events = call->event_count;
    entry->is_run = false;
    return entry;
}

bool call_do(struct call *call, const struct stimulus *stimulus, struct diags *diags)
{
    struct stimulus filled = *stimulus;
    registers_load(call);
    if (!stimulus_check(call, &filled, diags))
        return false;
    history_add(call, &filled);
    stimulus_apply(call, &filled);
    registers_store(call);
    return true;
}

static bool same_run(const struct run *a, const struct run *b)
{
    return !memcmp(&a->state, &b->state, sizeof a->state) && a->meter.clock == b->meter.clock &&
           a->meter.budget == b->meter.budget;
}

void call_run(struct call *call)
{
    struct stimulus advance = { .kind = STIMULUS_ADVANCE, .number = INT64_MAX };
    registers_load(call);
    history_add(call, &advance)->is_run = true;
    step_run(call);
    registers_store(call);
    const struct history_entry *entry = &call->history[call->history_count - 1];
    if (same_run(&entry->before, &call->now) && entry->events == call->event_count)
        call->history_count--;
}

static bool is_at(const struct call *call, const struct flow *flow, struct spot spot)
{
    struct call_position at = call_where(call);
    return at.flow == flow && at.spot.node == spot.node;
}

bool call_until(struct call *call, struct flow *flow, struct spot spot, struct diags *diags)
{
    struct stimulus advance = { .kind = STIMULUS_ADVANCE };
    registers_load(call);
    history_add(call, &advance);
    int64_t steps = 0;
    /* An in-queue flow goes round for as long as nobody stops it. */
    while (!is_at(call, flow, spot) && steps < LIMIT_ACTIONS && step_once(call))
        steps++;
    registers_store(call);
    if (steps)
        call->history[call->history_count - 1].stimulus.number = steps;
    else
        call->history_count--;
    if (is_at(call, flow, spot))
        return true;
    struct place place = { 0 };
    return diag_add0(diags, DIAG_CALL_NOT_REACHED, &place);
}

size_t call_back(struct call *call, size_t n)
{
    size_t undone = n < call->history_count ? n : call->history_count;
    if (!undone)
        return 0;
    call->history_count -= undone;
    const struct history_entry *entry = &call->history[call->history_count];
    call->now = entry->before;
    call->event_count = entry->events;
    registers_load(call);
    return undone;
}

size_t call_history(const struct call *call)
{
    return call->history_count;
}

const struct stimulus *call_history_stimulus(const struct call *call, size_t i)
{
    return &call->history[i].stimulus;
}

size_t call_history_actions(const struct call *call, size_t i)
{
    bool last = i + 1 == call->history_count;
    size_t end = last ? call->event_count : call->history[i + 1].events, count = 0;
    for (size_t k = call->history[i].events; k < end; k++)
        count += call->events[k].kind == EVENT_ACTION;
    return count;
}

size_t call_replay(struct call *call)
{
    if (!call->started)
        return 0;
    size_t count = call->history_count, fitted = 0;
    struct history_entry *old = mem_alloc(call->env, (count + 1) * sizeof *old);
    if (count)
        memcpy(old, call->history, count * sizeof *old);
    struct diags ignored;
    diags_init(&ignored, call->env);
    bool started = begin(call);
    for (; started && fitted < count; fitted++) {
        if (old[fitted].is_run)
            call_run(call);
        else if (!call_do(call, &old[fitted].stimulus, &ignored))
            break;
    }
    diags_release(&ignored);
    mem_free(call->env, old);
    return fitted;
}

void call_started_with(const struct call *call, struct call_setup *setup, struct value *data)
{
    const struct start *start = &call->start;
    *setup = (struct call_setup){ .type = start->type,
                                  .flow = pool_get_text(call->pool, start->flow),
                                  .ani = pool_get_text(call->pool, start->ani),
                                  .called = pool_get_text(call->pool, start->called),
                                  .language = pool_get_text(call->pool, start->language),
                                  .settings = start->settings };
    *data = (struct value){ .type = TYPE_JSON, .flags = VALUE_SET, .json = VALUE_JSON_OBJECT,
                            .id = start->data };
}
