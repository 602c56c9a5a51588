/* Calls played by hand in any order, and saved: the scenario gives the same trace where `postflow
 * test` plays it and where `play` does. The seed is printed; SEED=N repeats one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

#include "engine/explore/scenario.h"
#include "tests/unit/session/support.h"

enum { CALLS = 600, MOST_MOVES = 40 };

struct random {
    uint64_t state;
};

static size_t below(struct random *random, size_t limit)
{
    random->state = random->state * 6364136223846793005u + 1442695040888963407u;
    return (size_t) (random->state >> 33) % limit;
}

static const char *const starts[] = {
    "simulate Main line", "simulate Main line ani=tel:+4930123456 data.vip=yes",
    "simulate Sales line", "simulate Deposit line", "simulate Ticket line language=de-de",
    "simulate Chosen line", "simulate Partner line", "simulate Feedback line",
    "simulate Hand over", "simulate Reminder", "simulate Broken line",
};
/* Most are refused at most moments; those that are change nothing. */
static const char *const moves[] = {
    "run", "run", "run", "step", "step 3", "step-over", "step-out", "back", "back 3", "forward",
    "forward 2", "do press 1", "do press 2", "do press 12#", "do press 4711#", "do press *",
    "do no-input", "do no-match", "do say yes", "do outcome success", "do outcome failure",
    "do outcome timeout", "do wait 10s", "do wait PT15M", "do agent answers",
    "do agent no-answer", "do agent holds", "do agent resumes",
    "do agent transfers queue Sales", "do agent transfers user Ada",
    "do agent consults number tel:+4940123", "do agent completes", "do agent conferences",
    "do agent secure Secure payment", "do agent schedules-callback", "do hangup agent",
    "do hangup caller", "do hangup external", "do lost agent", "do set data.note \"by hand\"",
    "do set Flow.topic \"by \\\"hand\\\"\"", "do set Flow.consent true", "restart", "branch b",
    "branch-to main", "break hangup", "unbreak all",
};

static void trace_of(struct call *call, struct buf *out)
{
    size_t count;

    call_events(call, &count);
    for (size_t i = 0; i < count; i++) {
        call_event_to_json(call, i, out);
        buf_add_char(out, '\n');
    }
}

static void expect_same(const char *what, const struct buf *wanted, struct call *call)
{
    struct buf trace;

    buf_init(&trace, wanted->env);
    trace_of(call, &trace);
    if (!str_eq(buf_str(wanted), buf_str(&trace)))
        fail_msg("%s gives another trace:\n%s\ninstead of\n%s", what, trace.ptr, wanted->ptr);
    buf_release(&trace);
}

static void check_scenario(struct world *world, const char *path, const struct buf *wanted)
{
    struct scenario_result result;
    struct scenario *scenario;

    scenario = scenario_read(&world->env, world->session->ws, path, &world->diags);
    assert_non_null(scenario);
    scenario_result_init(&result, &world->env);
    scenario_run(scenario, world->session->ws, &result, &world->diags);
    if (result.verdict != VERDICT_PASSED)
        fail_msg("%s does not pass: %s", path, result.message.len ? result.message.ptr : "");
    expect_same("test", wanted, result.call);
    scenario_result_release(&result);
    scenario_free(scenario);
    assert_int_equal(world->diags.count, 0);
}

static void play_and_save(struct world *world, struct random *random, int number)
{
    const char *path, *start = starts[below(random, sizeof starts / sizeof *starts)];
    struct session *session = world->session;
    size_t count = below(random, MOST_MOVES);
    char name[64], line[256];
    struct buf trace;

    world_say(world, start);
    for (size_t i = 0; i < count; i++)
        session_command(session, str_of(moves[below(random, sizeof moves / sizeof *moves)]));
    snprintf(name, sizeof name, "flows/%d.scenario.%s", number, below(random, 2) ? "json" : "yaml");
    path = world_path(world, name);
    snprintf(line, sizeof line, "save-scenario %s By hand", path);
    world_say(world, line);
    buf_init(&trace, &world->env);
    trace_of(session->call, &trace);
    check_scenario(world, path, &trace);
    snprintf(line, sizeof line, "play %s", path);
    world_say(world, line);
    expect_same("play", &trace, session->call);
    buf_release(&trace);
}

static void what_is_saved_is_what_was_played(void **state)
{
    struct world *world = *state;
    const char *given = getenv("SEED");
    struct random random = { given ? strtoull(given, NULL, 10) : 20261124 };

    printf("SEED=%llu\n", (unsigned long long) random.state);
    world_put_samples(world);
    world_open(world, "");
    for (int i = 0; i < CALLS; i++)
        play_and_save(world, &random, i);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_is_saved_is_what_was_played, world_setup,
                                        world_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
