/* The history of a call, back and forward. Of what a step changed only the words are kept that were
 * there before it: most steps change a handful of the state's. */
#include <string.h>
#include "engine/call/machine.h"

enum { RUN_WORDS = sizeof(struct run) / sizeof(uint64_t) };
_Static_assert(sizeof(struct run) % sizeof(uint64_t) == 0 && RUN_WORDS <= 64, "a mask holds it");

static bool waits(const struct call_state *state)
{
    return state->ended || state->asking || state->queued || state->flow == NO_FLOW;
}

/* Writes down what the newest step has changed: a mask of words and those that it names. */
static void close_newest(struct call *call)
{
    uint64_t before[RUN_WORDS], now[RUN_WORDS], *kept, mask = 0;
    if (!call->newest_open)
        return;
    call->newest_open = false;
    call->changes = mem_grow(call->env, call->changes, &call->change_capacity,
                             call->change_count + 1 + RUN_WORDS, sizeof *call->changes);
    memcpy(before, &call->before_newest, sizeof before);
    memcpy(now, &call->now, sizeof now);
    kept = &call->changes[call->change_count];
    size_t count = 1;
    for (unsigned i = 0; i < RUN_WORDS; i++) {
        if (before[i] == now[i])
            continue;
        mask |= UINT64_C(1) << i;
        kept[count++] = before[i];
    }
    kept[0] = mask;
    call->change_count += count;
}

struct history_entry *history_add(struct call *call, const struct stimulus *stimulus)
{
    if (call->start.untraced) {
        call->untraced_entry = (struct history_entry){ .stimulus = *stimulus };
        return &call->untraced_entry;
    }
    close_newest(call);
    if (call->history_count == call->history_capacity)
        call->history = mem_grow(call->env, call->history, &call->history_capacity,
                                 call->history_count + 1, sizeof *call->history);
    struct history_entry *entry = &call->history[call->history_count++];
    call->history_kept = call->history_count;
    BUG_ON(call->event_count > UINT32_MAX || call->change_count >= 1u << 30);
    *entry = (struct history_entry){ .stimulus = *stimulus,
                                     .events = (uint32_t) call->event_count,
                                     .changes = (uint32_t) call->change_count & ((1u << 30) - 1),
                                     .waited = waits(&call->now.state) };
    call->before_newest = call->now;
    call->newest_open = true;
    return entry;
}

void history_clear(struct call *call)
{
    call->history_count = call->history_kept = call->change_count = 0;
    call->newest_open = false;
}

static void undo_newest(struct call *call)
{
    const struct history_entry *entry = &call->history[--call->history_count];
    call->change_count = entry->changes;
    call->event_count = entry->events;
    if (call->newest_open) {
        call->newest_open = false;
        call->now = call->before_newest;
        return;
    }
    const uint64_t *kept = &call->changes[entry->changes];
    char *run = (char *) &call->now;
    for (uint64_t mask = *kept++; mask; mask &= mask - 1, kept++)
        memcpy(run + (unsigned) __builtin_ctzll(mask) * sizeof *kept, kept, sizeof *kept);
}

size_t call_back(struct call *call, size_t n)
{
    size_t undone = n < call->history_count ? n : call->history_count;
    for (size_t i = 0; i < undone; i++)
        undo_newest(call);
    if (undone)
        registers_load(call);
    return undone;
}

size_t call_history(const struct call *call)
{
    return call->history_count;
}

size_t call_future(const struct call *call)
{
    return call->history_kept - call->history_count;
}

struct call_step call_history_step(const struct call *call, size_t i)
{
    return (struct call_step){ call->history[i].stimulus, call->history[i].is_run };
}

const struct stimulus *call_history_stimulus(const struct call *call, size_t i)
{
    return &call->history[i].stimulus;
}

size_t call_history_events(const struct call *call, size_t i)
{
    return call->history[i].events;
}

bool call_history_waits(const struct call *call, size_t i)
{
    return i < call->history_count ? call->history[i].waited : waits(&call->now.state);
}

/* Does a step again; false: it does not fit, or does nothing now. */
static bool redo(struct call *call, const struct call_step *step)
{
    struct diags ignored;
    size_t before = call->history_count;
    if (step->is_run) {
        call_run(call);
        return call->history_count > before;
    }
    diags_init(&ignored, call->env);
    bool fine = call_do(call, &step->stimulus, &ignored);
    diags_release(&ignored);
    return fine;
}

size_t call_forward(struct call *call, size_t n)
{
    size_t kept = call->history_kept, done = 0;
    for (; done < n && call->history_count < kept; done++) {
        struct call_step step = call_history_step(call, call->history_count);
        if (!redo(call, &step))
            return done; /* what lies behind it does not fit either */
        call->history_kept = kept;
    }
    return done;
}

static bool same_step(const struct call_step *a, const struct call_step *b)
{
    const struct stimulus *x = &a->stimulus, *y = &b->stimulus;
    if (a->is_run || b->is_run)
        return a->is_run && b->is_run;
    return x->kind == y->kind && x->who == y->who && x->agent == y->agent && x->to == y->to &&
           x->text == y->text && x->number == y->number && value_same(x->data, y->data);
}

size_t call_take(struct call *call, const struct call_step *steps, size_t count, size_t here)
{
    size_t same = 0;
    while (same < count && same < here && same < call->history_count) {
        struct call_step step = call_history_step(call, same);
        if (!same_step(&step, &steps[same]))
            break;
        same++;
    }
    call_back(call, call->history_count - same);
    if (count > call->history_capacity)
        call->history = mem_grow(call->env, call->history, &call->history_capacity, count,
                                 sizeof *call->history);
    for (size_t i = same; i < count; i++) {
        call->history[i].stimulus = steps[i].stimulus;
        call->history[i].is_run = steps[i].is_run;
    }
    call->history_kept = count;
    return same + call_forward(call, here - same);
}
