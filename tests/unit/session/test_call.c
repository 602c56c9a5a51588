/* The commands of the simulated call. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "tests/unit/session/support.h"

/* Main line with a Set Post-Flow for the caller that names a survey. */
static void open_armed(struct world *world)
{
    world_put_main(world);
    world_open(world, "");
    world_say(world, "goto Welcome/1\nadd setPostFlow\nset target caller\n"
                     "set actionType voiceSurveyFlow\ncreate CSAT\nworld queues Support\n"
                     "goto Welcome");
}

static void the_agent_hangs_up_and_the_caller_gets_the_survey(void **state)
{
    struct world *world = *state;

    open_armed(world);
    world_say(world, "simulate");
    assert_int_equal(world->session->mode, SESSION_SIMULATE);
    world_say(world, "run");
    world_expect_message(world, "in the queue");
    world_say(world, "do agent answers");
    world_expect_message(world, "talking");
    world_say(world, "peek hangup agent");
    world_expect_message(world, "CSAT");
    world_say(world, "peek hangup caller");
    world_say(world, "why-not");
    world_expect_message(world, "agent hangs up: it would transfer the caller to CSAT");
    world_expect_message(world, "caller hangs up: no post-flow is set");
    world_say(world, "do hangup agent\nwhy");
    world_expect_message(world, "CSAT");
    assert_true(call_where(world->session->call).flow != world->session->flow);
    world_say(world, "back");
    world_expect_message(world, "1 step back");
    world_say(world, "do hangup caller");
    world_expect_message(world, "ended: caller-hangup");
    world_say(world, "why-not");
    world_expect_message(world, "no post-flow is set");
    world_refused(world, "do press 1", DIAG_STIMULUS_NOT_POSSIBLE, "");
    world_refused(world, "peek press 1", DIAG_STIMULUS_NOT_POSSIBLE, "");
}

static void the_call_is_moved(void **state)
{
    struct world *world = *state;

    open_armed(world);
    world_say(world, "simulate Main line ani=tel:+4930 data.vip=yes\nstep");
    world_say(world, "until Welcome/3\nstep 2\nback 2\nrestart\nrun");
    struct value value;
    assert_true(call_variable_named(world->session->call, STR("Call.Ani"), &value));
    assert_true(str_is(value_text(call_pool(world->session->call), value), "tel:+4930"));
    world_refused(world, "until Welcome/99", DIAG_PATH_STEP, "99");
    world_refused(world, "step 0", DIAG_COMMAND_ARGUMENTS, "This command is written step [N]");
    world_refused(world, "do nonsense", DIAG_STIMULUS_UNKNOWN, "");
    world_say(world, "edit");
    assert_int_equal(world->session->mode, SESSION_EDIT);
    world_refused(world, "run", DIAG_COMMAND_NO_CALL, "No call is being simulated");
    world_say(world, "resume");
    assert_int_equal(world->session->mode, SESSION_SIMULATE);
    world_expect_message(world, "in the queue");
}

static void edits_repeat_the_call(void **state)
{
    struct world *world = *state;

    open_armed(world);
    world_say(world, "simulate\nrun\ndo agent answers\ngoto Welcome/2\nset target callee");
    world_expect_message(world, "the call was repeated");
    world_say(world, "peek hangup caller");
    world_say(world, "undo");
    world_expect_message(world, "undid: Set");
    world_expect_message(world, "the call was repeated");
    world_say(world, "goto Welcome/3\ndelete");
    world_expect_message(world, "stops behind");
    assert_int_equal(world->session->message_kind, MESSAGE_WARNING);
    world_say(world, "undo\nedit\ngoto Welcome/2\nset target caller\nresume");
    world_expect_message(world, "the call was repeated");
}

static void the_cursor_stays_while_simulating(void **state)
{
    struct world *world = *state;

    open_armed(world);
    world_say(world, "goto Welcome/2");
    node_id node = world->session->cursor.node;
    world_say(world, "simulate\nrun\ndo agent answers\ndo hangup agent\nedit");
    assert_int_equal(world->session->cursor.node, node);
}

static void the_call_becomes_a_scenario(void **state)
{
    struct world *world = *state;
    char line[600];

    open_armed(world);
    world_say(world, "simulate\nrun\ndo agent answers\ndo hangup agent");
    snprintf(line, sizeof line, "save-scenario \"%s\" The survey",
             world_path(world, "flows/survey.scenario.json"));
    world_say(world, line);
    assert_non_null(strstr(world_get(world, "flows/survey.scenario.json").ptr, "The survey"));
    world_refused(world, line, DIAG_SAVE_EXISTS, "There is a file of this name already");
    world_expect_message(world, ":save-scenario! writes over it");
    snprintf(line, sizeof line, "save-scenario! \"%s\" Another title",
             world_path(world, "flows/survey.scenario.json"));
    world_say(world, line);
    assert_non_null(strstr(world_get(world, "flows/survey.scenario.json").ptr, "Another title"));
    world_refused(world, "save-scenario", DIAG_COMMAND_ARGUMENTS,
                  "This command is written save-scenario");
}

static void stimuli_are_completed(void **state)
{
    struct world *world = *state;
    struct buf out;
    size_t from;
    bool found = false;

    open_armed(world);
    world_say(world, "simulate\nrun");
    buf_init(&out, &world->env);
    for (size_t n = 0; session_complete(world->session, STR(":do agent a"), n, &out, &from); n++)
        found = found || str_is(buf_str(&out), "agent answers");
    assert_true(found);
    buf_release(&out);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, world_setup, world_teardown)
    const struct CMUnitTest tests[] = {
        TEST(the_agent_hangs_up_and_the_caller_gets_the_survey),
        TEST(the_call_is_moved),
        TEST(edits_repeat_the_call),
        TEST(the_cursor_stays_while_simulating),
        TEST(the_call_becomes_a_scenario),
        TEST(stimuli_are_completed),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
