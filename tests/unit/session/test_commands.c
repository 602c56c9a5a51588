/* The table of commands, what a line means, completion, the reference. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "tests/unit/session/support.h"

/* --- the table --- */

static void table_is_sound(void **state)
{
    size_t count;
    const struct command *commands = session_commands(&count);

    (void) state;
    assert_true(count > 50);
    for (size_t i = 0; i < count; i++) {
        const struct command *command = &commands[i];
        assert_non_null(command->run);
        assert_true(strlen(command->note) > 10);
        assert_non_null(command->arguments);
        assert_true(command->flags & (COMMAND_IN_EDIT | COMMAND_IN_SIMULATION));
        assert_null(strchr(command->name, ' '));
        assert_ptr_equal(session_command_find(str_of(command->name)), command);
        for (size_t other = 0; other < i; other++)
            assert_string_not_equal(commands[other].name, command->name);
    }
}

/* Each line of completions must be one that the command's own words begin with. */
static void completers_never_fail(void **state)
{
    struct world *world = *state;
    size_t count, from;
    const struct command *commands = session_commands(&count);
    static const char *const typed[] = { "", "x", "\"", "a b", "a b c d", "Welcome/", "1/",
                                         "\"a b" };
    struct buf line, out;

    world_put_main(world);
    world_open(world, "");
    buf_init(&line, &world->env);
    buf_init(&out, &world->env);
    for (size_t i = 0; i < count; i++)
        for (size_t t = 0; t < sizeof typed / sizeof *typed; t++) {
            buf_clear(&line);
            buf_addf(&line, ":%s %s", commands[i].name, typed[t]);
            size_t n = 0;
            while (session_complete(world->session, buf_str(&line), n++, &out, &from)) {
                assert_true(out.len > 0);
                assert_true(from <= line.len);
                assert_true(n < 2000);
            }
        }
    buf_release(&line);
    buf_release(&out);
}

static void prefixes_find_commands(void **state)
{
    (void) state;
    assert_string_equal(session_command_find(STR("q"))->name, "quit");
    assert_string_equal(session_command_find(STR("sim"))->name, "simulate");
    assert_string_equal(session_command_find(STR("writ"))->name, "write");
    assert_string_equal(session_command_find(STR("quit!"))->name, "quit!");
    assert_null(session_command_find(STR("w"))); /* write and world */
    assert_null(session_command_find(STR("")));
    assert_null(session_command_find(STR("nonsense")));
}

/* --- completion --- */

struct completion {
    const char *before; /* commands that put the cursor somewhere */
    const char *line;
    const char *result; /* the whole line as completed, one of the completions */
};

static bool completes(struct world *world, const char *line, const char *result)
{
    struct buf out, whole;
    size_t from;
    bool found = false;

    buf_init(&out, &world->env);
    buf_init(&whole, &world->env);
    size_t n = 0;
    while (!found && session_complete(world->session, str_of(line), n++, &out, &from)) {
        buf_clear(&whole);
        buf_add(&whole, str_slice(str_of(line), 0, from));
        buf_add(&whole, buf_str(&out));
        found = str_is(buf_str(&whole), result);
    }
    buf_release(&out);
    buf_release(&whole);
    return found;
}

static void lines_are_completed(void **state)
{
    static const struct completion cases[] = {
        { "", ":si", ":simulate" },
        { "", "wri", "write-all" },
        { "goto Welcome/1", ":add setP", ":add setPostFlow" },
        { "goto Welcome/1", ":add ", ":add decision" },
        { "goto Welcome/1\nadd setPostFlow", ":set tar", ":set target" },
        { "goto Welcome/1\nadd setPostFlow", ":set target c", ":set target caller" },
        { "goto Welcome/1\nadd setPostFlow", ":unset invo", ":unset invocationData" },
        { "goto Welcome/1\nadd decision", ":into ", ":into yes" },
        { "", ":goto Wel", ":goto Welcome" },
        { "", ":goto Welcome/", ":goto Welcome/2" },
        { "", ":open Main", ":open Main line" },
        { "", ":new voice", ":new voiceSurvey" },
        { "", ":export j", ":export json" },
        { "", ":export d", ":export dot" },
        { "", ":export mark", ":export markdown" },
        { "", ":var Flow.x bool", ":var Flow.x boolean" },
        { "", ":move u", ":move up" },
        { "", ":paste in", ":paste into" },
        { "", ":world que", ":world queues" },
        { "world queues \"Front desk\"", ":world queues Fr", ":world queues \"Front desk\"" },
        { "", ":help simu", ":help simulate" },
        { "", ":explain E65", ":explain E650" },
        { "", ":problem n", ":problem next" },
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct world *world = *state;
        world_put_main(world);
        world_open(world, "");
        world_say(world, cases[i].before);
        if (!completes(world, cases[i].line, cases[i].result))
            fail_msg("%s does not complete to %s", cases[i].line, cases[i].result);
        world_close(world);
        unlink(world_path(world, "flows/postflow.json"));
    }
}

static void illegal_actions_are_not_offered(void **state)
{
    struct world *world = *state;

    world_put_main(world);
    world_open(world, "");
    world_say(world, "new voiceSurvey CSAT");
    assert_false(completes(world, ":add setP", ":add setPostFlow"));
}

/* --- errors and the reference --- */

static void wrong_lines_say_what_is_right(void **state)
{
    struct world *world = *state;
    static const struct {
        const char *line;
        enum diag_code code;
        const char *words;
    } cases[] = {
        { "nonsense", DIAG_COMMAND_UNKNOWN, "nonsense is no command" },
        { "w", DIAG_COMMAND_UNKNOWN, "w is no command" },
        { "goto", DIAG_COMMAND_ARGUMENTS, "This command is written goto PATH" },
        { "move sideways", DIAG_COMMAND_ARGUMENTS, "move up|down|in|out" },
        { "step 0", DIAG_COMMAND_NO_CALL, "No call is being simulated" },
        { "run", DIAG_COMMAND_NO_CALL, "No call is being simulated" },
        { "set nonsense 1", DIAG_FIELD_UNKNOWN, "There is no field nonsense" },
        { "add nonsense", DIAG_ACTION_UNKNOWN, "There is no action nonsense" },
        { "undo", DIAG_UNDO_END, "nothing left to undo" },
        { "redo", DIAG_UNDO_END, "nothing left to redo" },
        { "undo-to 7", DIAG_UNDO_NUMBER, "There is no change 7" },
        { "open Nobody", DIAG_FLOW_UNKNOWN, "There is no flow Nobody" },
        { "simulate Nobody", DIAG_FLOW_UNKNOWN, "There is no flow Nobody" },
        { "new nonsense X", DIAG_FLOW_TYPE_UNKNOWN, "use one of inboundCall" },
        { "new inboundCall Main line", DIAG_FLOW_EXISTS, "There is a flow Main line" },
        { "paste", DIAG_CLIPBOARD_EMPTY, "Nothing was cut or copied yet" },
        { "move up", DIAG_COMMAND_CURSOR, "needs the cursor on an action" },
        { "goto Welcome/1", DIAG_COUNT, NULL },
        { "move up", DIAG_MOVE_NOWHERE, "There is no place to move this up" },
        { "export pdf x", DIAG_EXPORT_FORMAT, "pdf is no format" },
        { "help nonsense", DIAG_TOPIC_UNKNOWN, "There is no help on nonsense" },
        { "world nonsense x", DIAG_WORLD_SECTION, "postflow.json has no section nonsense" },
        { "world-remove queues", DIAG_WORLD_ENTRY, "There is no queues in queues" },
        { "case add", DIAG_COMMAND_CURSOR, "needs the cursor on a switch" },
        { "output add X", DIAG_COMMAND_CURSOR, "whose outputs have names" },
        { "open", DIAG_COMMAND_CURSOR, "needs the cursor on an action that names a flow" },
        { "create X", DIAG_COMMAND_CURSOR, "needs the cursor on an action that names a flow" },
    };

    world_put_main(world);
    world_open(world, "");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (cases[i].words)
            world_refused(world, cases[i].line, cases[i].code, cases[i].words);
        else
            world_say(world, cases[i].line);
}

static void commands_need_a_flow(void **state)
{
    struct world *world = *state;

    world_open(world, "");
    assert_null(world->session->flow);
    world_refused(world, "check", DIAG_COMMAND_NO_FLOW, "No flow is shown");
    world_refused(world, "write", DIAG_COMMAND_NO_FLOW, "No flow is shown");
    world_say(world, "new inboundCall First\ncheck");
}

static void the_reference_answers(void **state)
{
    struct world *world = *state;

    world_put_main(world);
    world_open(world, "");
    world_say(world, "help");
    world_expect_message(world, "goto PATH  puts the cursor there");
    world_say(world, "help simulate");
    world_expect_message(world, "starts a call");
    world_say(world, "help setPostFlow");
    world_expect_message(world, "Set Post-Flow (setPostFlow)");
    world_say(world, "help E650");
    world_expect_message(world, "E650");
    world_say(world, "explain e650");
    world_expect_message(world, "is no command");
    world_say(world, "goto Welcome/1\nadd setPostFlow\nexplain target");
    world_expect_message(world, "callee|caller|any");
    world_say(world, "explain");
    world_expect_message(world, "Set Post-Flow");
    world_refused(world, "explain nonsense", DIAG_TOPIC_UNKNOWN,
                  "There is no help on nonsense");
}

static void quitting_asks(void **state)
{
    struct world *world = *state;

    world_put_main(world);
    world_open(world, "");
    world_say(world, "goto Welcome/1\nadd disconnect");
    world_refused(world, "quit", DIAG_UNSAVED, "Unsaved: Main line");
    assert_true(world->session->ask_quit);
    assert_false(world->session->quit);
    world_say(world, "undo\nquit");
    assert_true(world->session->quit);
    world_close(world);
    assert_string_equal(world_log(world), "");
}

static void quitting_anyway_forgets(void **state)
{
    struct world *world = *state;

    world_put_main(world);
    world_open(world, "");
    world_say(world, "goto Welcome/1\nadd disconnect\nquit!");
    assert_true(world->session->quit);
    world_close(world);
    assert_string_equal(world_log(world), "");
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, world_setup, world_teardown)
    const struct CMUnitTest tests[] = {
        TEST(table_is_sound),
        TEST(completers_never_fail),
        TEST(prefixes_find_commands),
        TEST(lines_are_completed),
        TEST(illegal_actions_are_not_offered),
        TEST(wrong_lines_say_what_is_right),
        TEST(commands_need_a_flow),
        TEST(the_reference_answers),
        TEST(quitting_asks),
        TEST(quitting_anyway_forgets),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
