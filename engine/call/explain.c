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

void call_why(const struct call *call, struct causes *out)
{
    struct chain chain = { .call = call, .out = out };
    arena_clear(&out->arena);
    out->items = NULL;
    out->count = 0;
    size_t last = SIZE_MAX;
    for (size_t i = call->event_count; i-- > 0 && last == SIZE_MAX;) {
        uint8_t kind = call->events[i].kind;
        if (kind == EVENT_POST_FLOW_FIRED || kind == EVENT_POST_FLOW_NOT_FIRED ||
            kind == EVENT_TRANSFERRED)
            last = i;
    }
    if (last != SIZE_MAX && call->events[last].kind == EVENT_TRANSFERRED && last > 0 &&
        call->events[last - 1].kind == EVENT_POST_FLOW_FIRED)
        last--;
    if (last != SIZE_MAX && call->events[last].kind == EVENT_TRANSFERRED)
        cause_event(&chain, last);
    else if (last != SIZE_MAX)
        explain_decision(&chain, last);
    if (call->now.state.ended && call->event_count)
        cause_event(&chain, call->event_count - 1);
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
