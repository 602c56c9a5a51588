/* Breakpoints, watches, kept ways, interventions, and scenarios that are played. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "engine/session/debug.h"
#include "tests/unit/session/support.h"

/* Main line with a variable that is written before the queue. */
static void open_line(struct world *world)
{
    world_put_main(world);
    world_open(world, "");
    world_say(world, "var Flow.count integer\ngoto Welcome/1\nadd updateData\n"
                     "row statements add\nset statements/1/variable Flow.count\n"
                     "set statements/1/value =If(IsSet(Flow.count), Flow.count, 0) + 1\n"
                     "world queues Support\ngoto Welcome");
}

static void expect_stop(struct world *world, unsigned number, const char *words)
{
    const struct breakpoint *at = session_stopped_by(world->session);
    struct buf text;

    assert_non_null(at);
    assert_int_equal(at->number, number);
    buf_init(&text, &world->env);
    breakpoint_show(at, &text);
    assert_string_equal(text.ptr, words);
    buf_release(&text);
}

static size_t events(struct world *world)
{
    size_t count;

    call_events(world->session->call, &count);
    return count;
}

static void actions_and_outputs_stop_it(void **state)
{
    struct world *world = *state;

    open_line(world);
    world_say(world, "break Welcome/2\nsimulate\nrun");
    expect_stop(world, 1, "Main line::Welcome/2");
    world_expect_message(world, "breakpoint 1: Main line::Welcome/2");
    assert_int_equal(call_phase(world->session->call), PHASE_READY);
    world_say(world, "run"); /* off it again */
    assert_null(session_stopped_by(world->session));
    assert_int_equal(call_phase(world->session->call), PHASE_QUEUED);
    world_say(world, "restart\nstep 5");
    expect_stop(world, 1, "Main line::Welcome/2");
    world_say(world, "restart\nuntil Welcome/3");
    expect_stop(world, 1, "Main line::Welcome/2");
    world_say(world, "until Welcome/3");
    assert_null(session_stopped_by(world->session));
    /* it follows its action through edits */
    assert_null(session_break_at(world->session, world->session->flow, world->session->cursor));
    world_say(world, "goto Welcome/1\ndelete\nrestart\nstep");
    assert_null(session_stopped_by(world->session));
    world_say(world, "restart\nbreak");
    world_say(world, "unbreak 1\nbreak");
    world_expect_message(world, "nothing stops the call");
    world_refused(world, "unbreak 1", DIAG_DEBUG_NUMBER, "breakpoint 1");
    world_refused(world, "unbreak", DIAG_COMMAND_ARGUMENTS, "");
    world_refused(world, "break Welcome/77", DIAG_PATH_STEP, "");
    world_refused(world, "break Nobody::Welcome/1", DIAG_FLOW_UNKNOWN, "Nobody");
    world_say(world, "break Welcome/2/failure\nunbreak all");
    world_expect_message(world, "1 removed");
}

static void events_stop_it(void **state)
{
    struct world *world = *state;

    open_line(world);
    world_say(world, "break variable flow.COUNT\nbreak hangup\nbreak transfer\n"
                     "break event queued\nsimulate\nrun");
    expect_stop(world, 1, "variable flow.COUNT");
    world_say(world, "run");
    expect_stop(world, 4, "event queued");
    world_say(world, "do agent answers");
    assert_null(session_stopped_by(world->session));
    world_say(world, "do hangup agent");
    expect_stop(world, 2, "hangup");
    world_say(world, "back");
    assert_null(session_stopped_by(world->session));
    world_say(world, "do agent transfers user Ada");
    expect_stop(world, 3, "transfer");
    world_refused(world, "break event nothing", DIAG_SCENARIO_EVENT, "nothing");
    world_say(world, "break");
    world_expect_message(world, "2  hangup\n3  transfer\n4  event queued");
}

static void conditions_stop_it_when_they_become_true(void **state)
{
    struct world *world = *state;

    open_line(world);
    world_say(world, "break if IsSet(Flow.count) and Flow.count > 2\nsimulate\n"
                     "do set Flow.count 2\nrun");
    expect_stop(world, 1, "if IsSet(Flow.count) and Flow.count > 2");
    assert_int_equal(call_phase(world->session->call), PHASE_READY);
    world_say(world, "run"); /* it is true all along */
    assert_null(session_stopped_by(world->session));
    world_say(world, "restart\nrun");
    assert_null(session_stopped_by(world->session));
    size_t before = events(world);
    assert_false(session_command(world->session, STR("break if ((")));
    assert_false(session_command(world->session, STR("watch 1 +")));
    assert_int_equal(events(world), before);
    /* what belongs to a flow that does not run is not met */
    world_say(world, "break if Flow.elsewhere == 1\nrestart\nrun");
    assert_null(session_stopped_by(world->session));
}

static void watches_tell_what_changes(void **state)
{
    struct world *world = *state;
    const struct watch *watch;

    open_line(world);
    world_say(world, "watch Flow.count + 1");
    world_expect_message(world, "1  Flow.count + 1 = (no call)");
    world_say(world, "simulate\ndo set Flow.count 4");
    watch = session_watch(world->session, 0);
    assert_true(watch->changed);
    assert_true(str_is(buf_str(&watch->value), "5"));
    world_say(world, "step");
    assert_false(session_watch(world->session, 0)->changed);
    world_say(world, "step");
    watch = session_watch(world->session, 0);
    assert_true(watch->changed && str_is(buf_str(&watch->before), "5"));
    world_say(world, "back\nwatch");
    world_expect_message(world, "1  Flow.count + 1 = 5");
    world_say(world, "watch Flow.unknown\nwatch");
    world_expect_message(world, "2  Flow.unknown = (");
    world_say(world, "unwatch 1");
    world_refused(world, "unwatch 1", DIAG_DEBUG_NUMBER, "watch 1");
    world_say(world, "unwatch all\nwatch");
    world_expect_message(world, "nothing is watched");
    world_say(world, "print Flow.count * 2");
    world_expect_message(world, "8");
    world_refused(world, "print Flow.unknown", DIAG_EXPR_VARIABLE, "");
    world_refused(world, "print", DIAG_COMMAND_ARGUMENTS, "");
}

static void ways_are_kept_by_name(void **state)
{
    struct world *world = *state;
    struct branch_view at;

    open_line(world);
    world_say(world, "simulate\nrun\ndo agent answers\ndo hangup agent\nbranch caller\nback\n"
                     "do hangup caller\nbranch");
    world_expect_message(world, "  main: 3 steps, ended: agent-hangup\n"
                                "* caller: 3 steps, ended: caller-hangup");
    world_say(world, "branch-to main");
    assert_int_equal(call_ending(world->session->call), ENDING_AGENT_HANGUP);
    world_say(world, "back 2\nforward");
    assert_int_equal(call_phase(world->session->call), PHASE_TALKING);
    world_say(world, "branch-to caller");
    assert_int_equal(call_ending(world->session->call), ENDING_CALLER_HANGUP);
    world_say(world, "branch-to main"); /* as it was left, with what lies ahead */
    assert_int_equal(call_phase(world->session->call), PHASE_TALKING);
    assert_int_equal(call_future(world->session->call), 1);
    assert_true(session_branch(world->session, 0, &at) && at.current && at.steps == 2);
    assert_true(session_branch(world->session, 1, &at) && !at.current);
    assert_false(session_branch(world->session, 2, &at));
    world_refused(world, "branch caller", DIAG_BRANCH_EXISTS, "caller");
    world_refused(world, "branch-to nobody", DIAG_BRANCH_UNKNOWN, "nobody");
    /* an edit may stand in its way */
    world_say(world, "goto Welcome/3\ndelete\nbranch-to caller");
    world_expect_message(world, "does not fit any more");
    world_say(world, "simulate\nbranch"); /* another call: another tree */
    world_expect_message(world, "* main: 0 steps, ready");
}

static void steps_lead_over_and_out(void **state)
{
    struct world *world = *state;

    world_put_main(world);
    world_open(world, "");
    world_say(world, "task Inner\ngoto Inner\nadd updateData\nadd updateData\ngoto Welcome/1\n"
                     "insert callTask\nset task Inner\nsimulate\nstep");
    assert_int_equal(call_where(world->session->call).depth, 1);
    world_say(world, "step-out");
    assert_int_equal(call_where(world->session->call).depth, 0);
    assert_false(session_command(world->session, STR("step-out")));
    world_refused(world, "step-out", DIAG_CALL_NOT_INSIDE, "");
    size_t after = events(world);
    world_say(world, "restart\nstep-over");
    assert_int_equal(events(world), after);
    assert_int_equal(call_where(world->session->call).depth, 0);
}

static void a_scenario_is_played(void **state)
{
    struct world *world = *state;
    char line[600];

    open_line(world);
    world_put(world, "flows/one.scenario.json",
              "{\"flow\":\"Main line\",\"world\":{\"now\":\"2030-05-05T00:00:00Z\"},"
              "\"steps\":[{\"advance\":0},{\"set\":{\"name\":\"Flow.count\",\"exp\":\"7\"}},"
              "{\"agent\":\"answers\"},{\"hangup\":\"agent\"}]}");
    snprintf(line, sizeof line, "play %s", world_path(world, "flows/one.scenario.json"));
    world_say(world, line);
    assert_int_equal(call_ending(world->session->call), ENDING_AGENT_HANGUP);
    world_say(world, "back\nprint GetCurrentDateTimeUtc()");
    world_expect_message(world, "2030-05-05");
    snprintf(line, sizeof line, "save-scenario %s", world_path(world, "flows/two.scenario.json"));
    world_say(world, line);
    struct str saved = world_get(world, "flows/two.scenario.json");
    assert_non_null(strstr(saved.ptr, "\"now\": \"2030-05-05T00:00:00Z\""));
    assert_non_null(strstr(saved.ptr, "\"exp\": \"7\""));
    world_say(world, "restart\nprint GetCurrentDateTimeUtc()");
    world_expect_message(world, "2030-05-05");

    world_put(world, "flows/three.scenario.json",
              "{\"flow\":\"Main line\",\"steps\":[{\"agent\":\"answers\"},{\"press\":\"1\"}]}");
    snprintf(line, sizeof line, "play %s", world_path(world, "flows/three.scenario.json"));
    world_refused(world, line, DIAG_SCENARIO_STOPS, "this step is not possible");
    assert_int_equal(call_phase(world->session->call), PHASE_TALKING);
    world_put(world, "flows/four.scenario.json", "{\"flow\":\"No line\",\"steps\":[]}");
    snprintf(line, sizeof line, "play %s", world_path(world, "flows/four.scenario.json"));
    world_refused(world, line, DIAG_CALL_NO_FLOW, "No line");
    assert_int_equal(call_phase(world->session->call), PHASE_TALKING);
    world_refused(world, "play", DIAG_COMMAND_ARGUMENTS, "");
    world_say(world, "simulate\nprint GetCurrentDateTimeUtc()");
    world_expect_message(world, "2026-01-01");
}

static void lines_are_completed(void **state)
{
    static const struct {
        const char *line, *wanted;
    } cases[] = {
        { "print 1 + Flow.c", "1 + Flow.count" }, { "watch Flow.c", "Flow.count" },
        { "break variable Flow.c", "variable Flow.count" }, { "break tr", "transfer" },
        { "break Welcome/", "Welcome/2" },  { "break event que", "event queued" },
        { "break if Flow.c", "if Flow.count" }, { "branch-to m", "main" },
    };
    struct world *world = *state;
    struct buf out;
    size_t from;

    open_line(world);
    world_say(world, "simulate\nbranch other");
    buf_init(&out, &world->env);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        bool found = false;
        for (size_t n = 0; session_complete(world->session, str_of(cases[i].line), n, &out, &from);
             n++)
            found = found || str_is(buf_str(&out), cases[i].wanted);
        if (!found)
            fail_msg("%s", cases[i].line);
    }
    buf_release(&out);
}

/* Only what differs stands in columns, and what an edit inserts shifts nothing. */
static void ways_stand_side_by_side(void **state)
{
    struct world *world = *state;

    open_line(world);
    world_say(world, "simulate");
    world_refused(world, "compare", DIAG_BRANCH_ALONE, "");
    world_say(world, "run\ndo agent answers\ndo hangup agent\nbranch caller\nback\n"
                     "do hangup caller\ncompare");
    world_expect_message(world, "\nmain                                | caller\n");
    world_expect_message(world, "\nhangup: Agent 1 hangs up            | hangup: Caller hangs");
    assert_int_equal(call_history(world->session->call), 3); /* the call is where it was */
    world_refused(world, "compare caller nobody", DIAG_BRANCH_UNKNOWN, "nobody");
    world_refused(world, "compare main", DIAG_BRANCH_ALONE, "");
    world_refused(world, "compare main main main main main main main", DIAG_BRANCH_MANY, "");
    world_say(world, "compare main main");
    world_expect_message(world, "events are the same, the last: ended: ");
    world_say(world, "edit\nresume");
    world_expect_message(world, "ended: caller-hangup");
    world_say(world, "restart\nrun\nedit\ngoto Welcome/1\nadd playAudio\n"
                     "set audio =ToAudioTTS(\"Hello\")\nresume");
    world_expect_message(world, "the call was repeated; event ");
    world_say(world, "compare main \"caller\"");
    world_say(world, "compare");
    world_expect_message(world, "\nbefore the edit ");
    world_expect_message(world, "\n= queued: ");
    world_say(world, "edit\nundo\nundo\nredo\nresume");
    world_say(world, "edit\ngoto Welcome\nresume");
    world_expect_message(world, "in the queue");
}

static void the_call_is_told_as_a_whole(void **state)
{
    struct world *world = *state;

    open_line(world);
    world_say(world, "simulate\nrun\ndo agent answers\ndo hangup agent\nladder");
    world_expect_message(world, "Caller     Flow       Queue      Agent 1\n");
    world_expect_message(world, "|<------------------------------>|  ");
    world_expect_message(world, "|          :          :          x           hangup: Agent 1");
    world_refused(world, "ladder 1", DIAG_COMMAND_ARGUMENTS, "");
    for (size_t i = 0; i < events(world); i++) {
        char line[32];
        snprintf(line, sizeof line, "why %zu", i);
        world_say(world, line);
        assert_true(world->session->message.len > 0);
    }
    world_say(world, "transcript");
    world_expect_message(world, "\n> agent answers\nPT0S      agent-ringing: Agent 1 rings\n");
    world_expect_message(world, "\n> hangup agent 1\nPT0S      hangup: Agent 1 hangs up\n");
    world_refused(world, "transcript!", DIAG_COMMAND_ARGUMENTS, "");
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, world_setup, world_teardown)
    const struct CMUnitTest tests[] = {
        TEST(actions_and_outputs_stop_it),
        TEST(events_stop_it),
        TEST(conditions_stop_it_when_they_become_true),
        TEST(watches_tell_what_changes),
        TEST(ways_are_kept_by_name),
        TEST(ways_stand_side_by_side),
        TEST(the_call_is_told_as_a_whole),
        TEST(steps_lead_over_and_out),
        TEST(a_scenario_is_played),
        TEST(lines_are_completed),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
