/* Why it came to this: the links of the chain that led to the last firing, non-firing or ending, or
 * the first link that failed (simulation.md section 3). */
#include "engine/call/machine.h"
#include "engine/flow/path.h"

struct chain {
    const struct call *call;
    struct causes *out;
    size_t capacity;
};

static void cause_add(struct chain *chain, struct str text, struct flow *flow, node_id node,
                      size_t event)
{
    struct causes *out = chain->out;
    if (out->count == chain->capacity) {
        size_t capacity = chain->capacity ? 2 * chain->capacity : 8;
        struct cause *items = arena_alloc(&out->arena, capacity * sizeof *items);
        for (size_t i = 0; i < out->count; i++)
            items[i] = out->items[i];
        out->items = items;
        chain->capacity = capacity;
    }
    out->items[out->count++] = (struct cause){ arena_text(&out->arena, text.ptr, text.len), flow,
                                               node, event };
}

static void cause_event(struct chain *chain, size_t event)
{
    const struct call *call = chain->call;
    const struct event *e = &call->events[event];
    struct buf text;
    buf_init(&text, call->env);
    call_event_show(call, event, &text);
    cause_add(chain, buf_str(&text), e->flow == NO_FLOW ? NULL : call_flow(call, e->flow), e->node,
              event);
    buf_release(&text);
}

/* The last event of a kind before `end`; SIZE_MAX: none. `mask` is wanted in its detail; 0: any. */
static size_t last_of(const struct call *call, enum event_kind kind, unsigned mask, size_t end)
{
    for (size_t i = end; i-- > 0;) {
        if (call->events[i].kind == kind && (!mask || call->events[i].detail & mask))
            return i;
    }
    return SIZE_MAX;
}

/* What was done to the slot: set here, cleared there or not. */
static void explain_slot(struct chain *chain, unsigned role, size_t end)
{
    const struct call *call = chain->call;
    unsigned mask = 1u << role;
    size_t set = last_of(call, EVENT_POST_FLOW_SET, mask, end);
    size_t cleared = last_of(call, EVENT_POST_FLOW_CLEARED, mask, end);
    const char *slot = role == PARTY_AS_CALLER ? "caller" : "callee";
    struct buf text;
    buf_init(&text, call->env);
    if (set != SIZE_MAX)
        cause_event(chain, set);
    if (set == SIZE_MAX) {
        buf_addf(&text, "no post-flow was set for the %s", slot);
        cause_add(chain, buf_str(&text), NULL, 0, SIZE_MAX);
    } else if (cleared != SIZE_MAX && cleared > set) {
        cause_event(chain, cleared);
    } else {
        buf_addf(&text, "the %s's post-flow was not cleared", slot);
        cause_add(chain, buf_str(&text), NULL, 0, SIZE_MAX);
    }
    buf_release(&text);
}

static void explain_decision(struct chain *chain, size_t decision)
{
    const struct call *call = chain->call;
    const struct event *event = &call->events[decision];
    explain_slot(chain, event->output, decision);
    size_t connected = last_of(call, EVENT_AGENT_CONNECTED, 0, decision);
    if (connected != SIZE_MAX)
        cause_event(chain, connected);
    else
        cause_add(chain, STR("no agent was connected"), NULL, 0, SIZE_MAX);
    for (size_t i = decision; i-- > 0;) {
        if (call->events[i].kind == EVENT_HANGUP) {
            cause_event(chain, i);
            break;
        }
        if (call->events[i].kind == EVENT_ACTION || call->events[i].kind == EVENT_ERROR) {
            cause_event(chain, i); /* the flow ended the call */
            break;
        }
    }
    cause_event(chain, decision);
}

/* A transfer that is no post-flow's: the action, or the agent who did it. */
static void explain_transfer(struct chain *chain, size_t transfer)
{
    const struct call *call = chain->call;
    bool by_action = call->events[transfer].detail == BECAUSE_ACTION;
    size_t cause = last_of(call, by_action ? EVENT_ACTION : EVENT_AGENT_CONNECTED, 0, transfer);
    if (cause != SIZE_MAX)
        cause_event(chain, cause);
    cause_event(chain, transfer);
}

static bool is_decision(const struct event *event)
{
    return event->kind == EVENT_POST_FLOW_FIRED || event->kind == EVENT_POST_FLOW_NOT_FIRED ||
           event->kind == EVENT_TRANSFERRED;
}

/* The last firing, non-firing or transfer before `end`; SIZE_MAX: none. */
static size_t last_decision(const struct call *call, size_t end)
{
    while (end > 0 && !is_decision(&call->events[end - 1]))
        end--;
    if (end > 1 && call->events[end - 1].kind == EVENT_TRANSFERRED &&
        call->events[end - 2].kind == EVENT_POST_FLOW_FIRED)
        end--; /* the two are one */
    return end - 1;
}

static void explain(struct chain *chain, size_t decision)
{
    if (decision == SIZE_MAX)
        return;
    if (chain->call->events[decision].kind == EVENT_TRANSFERRED)
        explain_transfer(chain, decision);
    else
        explain_decision(chain, decision);
}

static struct chain chain_begin(const struct call *call, struct causes *out)
{
    arena_clear(&out->arena);
    out->items = NULL;
    out->count = 0;
    return (struct chain){ .call = call, .out = out };
}

void call_why_event(const struct call *call, size_t event, struct causes *out)
{
    struct chain chain = chain_begin(call, out);
    const struct event *what = &call->events[event];
    if (is_decision(what)) {
        explain(&chain, last_decision(call, event + 1));
        return;
    }
    size_t action = what->node && what->kind != EVENT_ACTION
                        ? last_of(call, EVENT_ACTION, 0, event) : SIZE_MAX;
    if (what->kind == EVENT_ENDED)
        explain(&chain, last_decision(call, event));
    else if (action != SIZE_MAX) /* before the first one the flow itself says or sets something */
        cause_event(&chain, action);
    cause_event(&chain, event);
}

void call_why(const struct call *call, struct causes *out)
{
    size_t last = call->now.state.ended && call->event_count
                      ? call->event_count - 1 : last_decision(call, call->event_count);
    if (last == SIZE_MAX)
        chain_begin(call, out);
    else
        call_why_event(call, last, out);
}

/* --- why not */

/* A slot that was looked up in vain, or would be. */
struct miss {
    enum not_fired reason;
    unsigned role;
    unsigned type;     /* of the flow that it names */
    struct str flow;   /* empty: none */
    bool other_armed;
    size_t end;        /* the events before this one count */
};

/* What was done, or left undone, that the reason is about. */
static size_t link_of(const struct call *call, const struct miss *miss)
{
    unsigned own = 1u << miss->role, other = 1u << !miss->role;
    switch (miss->reason) {
    case NOT_FIRED_CLEARED:
    case NOT_FIRED_CLEARED_BY_SECURE:
        return last_of(call, EVENT_POST_FLOW_CLEARED, own, miss->end);
    case NOT_FIRED_NOT_SET:
        return miss->other_armed ? last_of(call, EVENT_POST_FLOW_SET, other, miss->end) : SIZE_MAX;
    default: return last_of(call, EVENT_POST_FLOW_SET, own, miss->end);
    }
}

static bool is_about_the_flow(enum not_fired reason)
{
    return reason >= NOT_FIRED_AGENT_IN_SURVEY && reason <= NOT_FIRED_TARGET_UNPUBLISHED;
}

static void cause_miss(struct chain *chain, const char *before, const struct miss *miss)
{
    const struct call *call = chain->call;
    const struct event *event = NULL;
    size_t link = link_of(call, miss);
    struct buf text;
    buf_init(&text, call->env);
    buf_add_text(&text, before);
    buf_add_text(&text, not_fired_sentence(miss->reason));
    if (is_about_the_flow(miss->reason))
        buf_addf(&text, "; it names the %s flow %.*s",
                 flow_type_info((enum flow_type) miss->type)->label, STR_ARG(miss->flow));
    if (miss->reason == NOT_FIRED_NOT_SET && miss->other_armed)
        buf_addf(&text, "; the %s's is set", miss->role == PARTY_AS_CALLER ? "agent" : "caller");
    if (link != SIZE_MAX)
        event = &call->events[link];
    cause_add(chain, buf_str(&text), event && event->flow != NO_FLOW ? call_flow(call, event->flow)
                                                                     : NULL,
              event ? event->node : 0, link);
    buf_release(&text);
}

/* What the hang-up of the caller, or an agent's, would lead to now. */
static void explain_hangup(struct chain *chain, enum who who)
{
    const struct call *call = chain->call;
    struct hangup_outcome outcome;
    struct buf text;
    call_hangup_outcome(call, who, 0, &outcome);
    buf_init(&text, call->env);
    buf_addf(&text, "%s hangs up: ", who == WHO_CALLER ? "caller" : "agent");
    if (!call_can_hang_up(call, who)) {
        buf_addf(&text, "no %s is connected", who == WHO_CALLER ? "caller" : "agent");
        cause_add(chain, buf_str(&text), NULL, 0, SIZE_MAX);
    } else if (outcome.reason == FIRED) {
        buf_addf(&text, "it would transfer the %s to %.*s",
                 outcome.survivor == PARTY_AS_CALLER ? "caller" : "agent", STR_ARG(outcome.flow));
        cause_add(chain, buf_str(&text), call_flow(call, outcome.slot->set_flow),
                  outcome.slot->set_by, SIZE_MAX);
    } else {
        struct miss miss = { outcome.reason, outcome.survivor, outcome.type, outcome.flow,
                             outcome.other_armed, call->event_count };
        cause_miss(chain, text.ptr, &miss);
    }
    buf_release(&text);
}

static void explain_miss(struct chain *chain, size_t i)
{
    const struct call *call = chain->call;
    const struct event *event = &call->events[i];
    struct miss miss = { (enum not_fired) event->detail, event->output, event->flow_type,
                         pool_get_text(call->pool, event->text), event->value.number != 0, i };
    cause_miss(chain, event->output == PARTY_AS_CALLER ? "the caller was not transferred: "
                                                       : "the agent was not transferred: ",
               &miss);
}

void call_why_not(const struct call *call, struct causes *out)
{
    struct chain chain = chain_begin(call, out);
    for (size_t i = 0; i < call->event_count; i++) {
        if (call->events[i].kind == EVENT_POST_FLOW_NOT_FIRED)
            explain_miss(&chain, i);
    }
    if (!call->now.state.ended) {
        explain_hangup(&chain, WHO_CALLER);
        explain_hangup(&chain, WHO_AGENT);
    }
}

void cause_show(const struct cause *cause, struct buf *out)
{
    buf_add_text(out, cause->text);
    if (!cause->flow || !cause->node)
        return;
    buf_addf(out, "  (%.*s::", STR_ARG(flow_title(cause->flow)));
    path_print(cause->flow, (struct spot){ cause->node, 0 }, out);
    buf_add_char(out, ')');
}
