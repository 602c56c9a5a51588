/* The simulator's speed: one call flow of six actions, played again and again, each call ended by
 * the caller, an agent or the system. The trace is recorded. xstate.mjs plays the same as a state
 * machine; run prints the ratio. Usage: bench_call FLOW-FOLDER STEPS */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include "engine/base/env.h"
#include "engine/call/call.h"

static uint32_t seed;

static unsigned choose(void)
{
    seed = seed * 1103515245u + 12345u;
    return (seed >> 16) % 3;
}

static double cpu(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double) now.tv_sec + (double) now.tv_nsec * 1e-9;
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

int main(int count, char **words)
{
    struct env env;
    struct diags diags;
    struct limits limits = LIMITS_DEFAULT;
    struct call_setup setup = { .flow = STR("Bench") };
    size_t wanted = count > 2 ? strtoul(words[2], NULL, 10) : 1000000, steps = 0, calls = 0;
    env_init(&env);
    diags_init(&diags, &env);
    struct workspace *ws = count > 1 ? workspace_open(&env, &limits, words[1], &diags) : NULL;
    if (!ws) {
        fprintf(stderr, "usage: bench_call FOLDER STEPS\n");
        return 2;
    }
    struct call *call = call_new(&env, ws);
    seed = 12345;
    double start = cpu();
    for (; steps < wanted; calls++) {
        size_t taken = play(call, &setup, &diags);
        if (!taken)
            return 1;
        steps += taken;
    }
    double seconds = cpu() - start;
    printf("%.0f\n", (double) steps / seconds);
    fprintf(stderr, "%zu steps in %zu calls, %.0f ns a step\n", steps, calls,
            seconds / (double) steps * 1e9);
    call_free(call);
    workspace_free(ws);
    diags_release(&diags);
    return 0;
}
