/* A run: its start, and what moves it. */
#include "engine/call/call.h"

#include <string.h>
#include "engine/call/machine.h"
#include "engine/call/stimuli.h"
#include "engine/flow/builtins.h"

/* What the state names must be what the registers hold, wherever somebody can come back to. */
static void registers_keep(struct call *call)
{
    if (!call->start.untraced)
        registers_store(call);
}

/* What every call begins with. */
static uint32_t builtins_constant(struct call *call)
{
    size_t count;
    const struct builtin *table = builtins(&count);
    struct value *values = registers_clear(call, FRAME_BUILTIN, (uint32_t) count);
    for (size_t i = 0; i < count; i++)
        values[i] = value_not_set(table[i].type);
    struct value id = text_value(call, "00000000-0000-4000-8000-000000000001");
    builtin_set(call, BUILTIN_CALL_CONVERSATION_ID, id);
    builtin_set(call, BUILTIN_INTERACTION_ID, id);
    builtin_set(call, BUILTIN_CALL_REMOTE_NAME, text_value(call, "Caller"));
    builtin_set(call, BUILTIN_FLOW_IS_TEST, value_boolean(false));
    builtin_set(call, BUILTIN_FLOW_VERSION, text_value(call, "1.0"));
    builtin_set(call, BUILTIN_SYSTEM_MAX_INT, value_integer(999999999999999));
    builtin_set(call, BUILTIN_SYSTEM_MIN_INT, value_integer(-999999999999999));
    builtin_set(call, BUILTIN_SYSTEM_MAX_DURATION, value_duration(999999999999999));
    builtin_set(call, BUILTIN_SYSTEM_MIN_DURATION, value_duration(-999999999999999));
    struct value moment = { .type = TYPE_DATETIME, .flags = VALUE_SET, .number = 7289654399 };
    builtin_set(call, BUILTIN_SYSTEM_MAX_DATE_TIME, moment); /* 2200-12-31T23:59:59Z */
    moment.number = -5364662400;                             /* 1800-01-01T00:00:00Z */
    builtin_set(call, BUILTIN_SYSTEM_MIN_DATE_TIME, moment);
    return pool_list(call->pool, values, (uint32_t) count);
}

struct call *call_new(struct env *env, struct workspace *ws)
{
    struct call *call = mem_zalloc(env, sizeof *call);
    call->env = env;
    call->ws = ws;
    call->pool = pool_new(env);
    program_init(&call->program, env, ws, call->pool);
    builtins_find(call);
    call->constants = builtins_constant(call);
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
    mem_free(env, call->changes);
    mem_free(env, call);
}

struct pool *call_pool(struct call *call)
{
    return call->pool;
}

/* --- start */

static void builtins_init(struct call *call)
{
    struct value ani = { .type = TYPE_STRING, .flags = VALUE_SET, .id = call->start.ani };
    struct value called = { .type = TYPE_STRING, .flags = VALUE_SET, .id = call->start.called };
    struct value language = { .type = TYPE_STRING, .flags = VALUE_SET,
                              .id = call->start.language };
    registers_set(call, FRAME_BUILTIN, call->constants);
    builtin_set(call, BUILTIN_CALL_ANI, ani);
    builtin_set(call, BUILTIN_CALL_CALLED_ADDRESS, called);
    builtin_set(call, BUILTIN_CALL_CALLED_ADDRESS_ORIGINAL, called);
    builtin_set(call, BUILTIN_CALL_LANGUAGE, language);
    builtin_set(call, BUILTIN_INTERACTION_LANGUAGE, language);
}

static bool begins_alike(const struct call *call)
{
    const struct start *a = &call->start, *b = &call->begun.start;
    return call->begun.known && call->begun.changes == call->ws->atoms.changes &&
           a->type == b->type && a->flow == b->flow && a->ani == b->ani &&
           a->called == b->called && a->language == b->language && a->data == b->data &&
           a->settings == b->settings && a->untraced == b->untraced;
}

/* The events of the beginning still stand before all others. */
static void begin_again(struct call *call)
{
    call->now = call->begun.now;
    call->event_count = call->begun.events;
    history_clear(call);
    for (unsigned i = 0; i < FRAME_COUNT; i++)
        registers_set(call, i, call->now.state.frames[i]);
}

static void remember_beginning(struct call *call)
{
    registers_store(call);
    call->begun.known = true;
    call->begun.changes = call->ws->atoms.changes;
    call->begun.start = call->start;
    call->begun.now = call->now;
    call->begun.events = call->event_count;
}

/* From the first moment: the caller is in the flow, nothing has run. */
static bool begin(struct call *call)
{
    if (begins_alike(call)) {
        begin_again(call);
        return true;
    }
    call->begun.known = false;
    struct call_state *state = &call->now.state;
    program_refresh(&call->program);
    struct program_flow *flow = program_find(&call->program, call->start.type,
                                             pool_get_text(call->pool, call->start.flow));
    memset(&call->now, 0, sizeof call->now);
    state->flow = NO_FLOW;
    state->in_flow = NO_PARTY;
    call->now.meter.deadline = INT64_MAX;
    call->event_count = 0;
    history_clear(call);
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
    remember_beginning(call);
    return true;
}

bool call_start(struct call *call, const struct call_setup *setup, struct diags *diags)
{
    enum flow_type type = setup->type == FLOW_OTHER ? FLOW_INBOUND_CALL : setup->type;
    struct pool *pool = call->pool;
    if (!workspace_find(call->ws, type, setup->flow)) {
        struct place place = { 0 };
        diag_add2(diags, DIAG_CALL_NO_FLOW, &place, str_of(flow_type_info(type)->label),
                  setup->flow);
        return false;
    }
    call->start = (struct start){ .type = type, .settings = setup->settings,
                                  .untraced = setup->untraced };
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

/* --- going on */

bool call_do(struct call *call, const struct stimulus *stimulus, struct diags *diags)
{
    struct stimulus filled = *stimulus;
    registers_load(call);
    if (!stimulus_check(call, &filled, diags))
        return false;
    history_add(call, &filled);
    stimulus_apply(call, &filled);
    registers_keep(call);
    return true;
}

static bool can_go(struct call *call, const struct call_going *how, int64_t left)
{
    struct stimulus advance = { .kind = STIMULUS_ADVANCE, .number = 1 };
    return left > 0 && (how->in_queue || !call->now.state.queued) &&
           stimulus_check(call, &advance, NULL);
}

/* One entry of history: where a queue is entered it ends, as `advance` does. */
static bool go(struct call *call, const struct call_going *how, int64_t *left)
{
    struct stimulus advance = { .kind = STIMULUS_ADVANCE };
    bool was_queued = call->now.state.queued, stopped = false;
    int64_t steps = 0;
    struct history_entry *entry = history_add(call, &advance);
    while (!stopped && *left > 0 && (was_queued || !call->now.state.queued)) {
        size_t since = call->event_count;
        if (!step_once(call))
            break;
        steps++;
        --*left;
        if (how->stop) {
            registers_store(call);
            stopped = how->stop(how->context, call, since);
        }
    }
    registers_keep(call);
    entry->stimulus.number = steps;
    entry->is_run = !stopped && *left > 0 && !how->in_queue;
    return stopped;
}

bool call_go(struct call *call, const struct call_going *how)
{
    int64_t left = how->most ? how->most : INT64_MAX;
    bool stopped = false;
    registers_load(call);
    for (bool first = true; !stopped && (first || how->through) && can_go(call, how, left);
         first = false)
        stopped = go(call, how, &left);
    return stopped;
}

void call_run(struct call *call)
{
    call_go(call, &(struct call_going){ .most = 0 });
}

struct place_wanted {
    const struct flow *flow;
    struct spot spot;
};

static bool is_at(void *context, struct call *call, size_t since)
{
    const struct place_wanted *wanted = context;
    struct call_position at = call_where(call);
    (void) since;
    return at.flow == wanted->flow && at.spot.node == wanted->spot.node;
}

bool call_until(struct call *call, struct flow *flow, struct spot spot, struct diags *diags)
{
    struct place_wanted wanted = { flow, spot };
    /* An in-queue flow goes round for as long as nobody stops it. */
    struct call_going going = { .most = LIMIT_ACTIONS, .in_queue = true, .through = true,
                                .stop = is_at, .context = &wanted };
    if (is_at(&wanted, call, 0) || call_go(call, &going))
        return true;
    struct place place = { 0 };
    return diag_add0(diags, DIAG_CALL_NOT_REACHED, &place);
}

size_t call_replay(struct call *call)
{
    if (!call->started)
        return 0;
    size_t count = call->history_count, kept = call->history_kept, fitted = 0;
    if (begin(call)) {
        call->history_kept = kept;
        fitted = call_forward(call, count);
    }
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
