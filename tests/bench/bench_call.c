/* The simulator's speed: one call flow of six actions, played again and again, each call ended by
 * the caller, an agent or the system, with the trace and without. xstate.mjs plays the same as a
 * state machine; run prints the ratios. Usage: bench_call FLOW-FOLDER STEPS */
#include <stdio.h>
#include <stdlib.h>
#include "engine/base/env.h"
#include "engine/call/call.h"
#include "tests/bench/measure.h"

static uint32_t seed;

static unsigned choose(void)
{
    seed = seed * 1103515245u + 12345u;
    return (seed >> 16) % 3;
}

static bool act(struct call *call, const struct stimulus *stimulus, struct diags *diags)
{
    bool fine = call_do(call, stimulus, diags);
    if (!fine)
        fprintf(stderr, "bench_call: a stimulus was not possible\n");
    return fine;
}

/* One call: how many actions and stimuli it took, 0: something went wrong. */
static size_t play(struct call *call, const struct call_setup *setup, struct diags *diags)
{
    static const struct stimulus answers = { .kind = STIMULUS_ANSWERS };
    struct stimulus hangup = { .kind = STIMULUS_HANGUP };
    size_t count, steps = 0;
    if (!call_start(call, setup, diags))
        return 0;
    call_run(call);
    switch (choose()) {
    case 0:
        hangup.who = WHO_CALLER;
        break;
    case 1:
        hangup.who = WHO_AGENT;
        if (!act(call, &answers, diags))
            return 0;
        steps++;
        break;
    default:
        hangup.who = WHO_SYSTEM;
        break;
    }
    if (!act(call, &hangup, diags))
        return 0;
    call_run(call);
    const struct event *events = call_events(call, &count);
    for (size_t i = 0; i < count; i++)
        steps += events[i].kind == EVENT_ACTION;
    return steps + 1;
}

enum { KEPT = 6600 }; /* steps: a flow may run 10,000 actions, passes of loops among them */

static void start_long(void *context)
{
    struct call_setup setup = { .flow = STR("Long") };
    if (!call_start(context, &setup, NULL))
        fail("the flow Long is not there");
}

static void walk(void *context)
{
    struct stimulus once = { .kind = STIMULUS_ADVANCE, .number = 1 };
    for (int i = 0; i < KEPT; i++)
        call_do(context, &once, NULL);
}

/* One action a step: what a step takes that can be gone back to, and how long going back takes. */
static void report_kept(struct env *env, struct workspace *ws)
{
    struct call *call = call_new(env, ws);
    start_long(call); /* compiles the flow */
    double bytes = memory(start_long, walk, call);
    walk(call);
    if (call_history(call) != KEPT)
        fail("the flow Long is too short");
    double start = cpu_time();
    call_back(call, KEPT);
    fprintf(stderr, "%d steps of one action: %.0f bytes each, %.2f ms to go back\n", KEPT,
            bytes / KEPT, (cpu_time() - start) * 1e3);
    call_free(call);
}

/* Plays calls until so many steps are taken; the same calls again where their number is given. */
static double play_all(struct call *call, const struct call_setup *setup, size_t *steps,
                       size_t *calls, struct diags *diags)
{
    size_t wanted = *steps, taken = 0, played = 0;
    seed = 12345;
    double start = cpu_time();
    while (*calls ? played < *calls : taken < wanted) {
        size_t more = play(call, setup, diags);
        if (!more)
            fail("a call did not work");
        taken += more;
        played++;
    }
    double seconds = cpu_time() - start;
    *steps = taken;
    *calls = played;
    return seconds;
}

int main(int count, char **words)
{
    struct env env;
    struct diags diags;
    struct limits limits = LIMITS_DEFAULT;
    struct call_setup setup = { .flow = STR("Bench") };
    size_t steps = count > 2 ? strtoul(words[2], NULL, 10) : 1000000, ignored = 0, calls = 0;
    env_init(&env);
    diags_init(&diags, &env);
    struct workspace *ws = count > 1 ? workspace_open(&env, &limits, words[1], &diags) : NULL;
    if (!ws) {
        fprintf(stderr, "usage: bench_call FOLDER STEPS\n");
        return 2;
    }
    struct call *call = call_new(&env, ws);
    double traced = play_all(call, &setup, &steps, &calls, &diags);
    setup.untraced = true; /* takes the same steps, but there is nothing to count them by */
    double untraced = play_all(call, &setup, &ignored, &calls, &diags);
    printf("%.0f %.0f\n", (double) steps / traced, (double) steps / untraced);
    fprintf(stderr, "%zu steps in %zu calls, %.0f ns a step with the trace, %.0f without\n", steps,
            calls, traced / (double) steps * 1e9, untraced / (double) steps * 1e9);
    call_free(call);
    report_kept(&env, ws);
    workspace_free(ws);
    diags_release(&diags);
    return 0;
}
