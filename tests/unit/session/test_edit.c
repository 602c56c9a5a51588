/* Building and changing flows by commands; the undo tree. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "engine/flow/settings.h"
#include "tests/unit/session/support.h"

static void expect_in_flow(struct world *world, const char *words)
{
    struct str text = world_flow(world);

    if (!strstr(text.ptr, words))
        fail_msg("no %s in\n%s", words, text.ptr);
}

static void expect_not_in_flow(struct world *world, const char *words)
{
    struct str text = world_flow(world);

    if (strstr(text.ptr, words))
        fail_msg("there is %s in\n%s", words, text.ptr);
}

static void expect_cursor(struct world *world, const char *expected)
{
    struct buf path;

    buf_init(&path, &world->env);
    path_print(world->session->flow, world->session->cursor, &path);
    assert_string_equal(path.ptr, expected);
    buf_release(&path);
}

/* All completions of a line, a blank between. */
static void expect_completions(struct world *world, const char *line, const char *expected)
{
    struct buf one, all;
    size_t from;

    buf_init(&one, &world->env);
    buf_init(&all, &world->env);
    for (size_t n = 0; session_complete(world->session, str_of(line), n, &one, &from); n++)
        buf_addf(&all, "%s%.*s", n ? " " : "", (int) one.len, one.ptr);
    assert_string_equal(all.ptr ? all.ptr : "", expected);
    buf_release(&one);
    buf_release(&all);
}

static void undo_all(struct world *world)
{
    while (session_undo(world->session)) {
    }
}

/* A flow from nothing: consent, Set Post-Flow, queue. */
static const char consent[] =
    "add decision\n"
    "rename Consent?\n"
    "set condition =Flow.consent\n"
    "into yes\n"
    "add setPostFlow\n"
    "set target caller\n"
    "set actionType voiceSurveyFlow\n"
    "create CSAT\n"
    "set invocationData {\"line\": \"hot\"}\n"
    "out\n"
    "out\n"
    "add transferToAcd\n"
    "set targetQueue Support\n"
    "world queues Support\n";

static void a_flow_is_built_and_taken_back(void **state)
{
    struct world *world = *state;
    char before[4096];
    struct str text;

    world_put_main(world);
    world_open(world, "");
    world_say(world, "new inboundCall Hotline");
    text = world_flow(world);
    memcpy(before, text.ptr, text.len + 1);
    world_say(world, "var Flow.consent boolean");
    world_say(world, consent);
    expect_in_flow(world, "\"voiceSurveyFlow\"");
    expect_in_flow(world, "\"CSAT\"");
    expect_in_flow(world, "\"line\": \"hot\"");
    expect_in_flow(world, "\"Support\"");
    assert_non_null(workspace_find(world->session->ws, FLOW_VOICE_SURVEY, STR("CSAT")));
    assert_true(settings_entry(world->session->ws->settings, "queues", STR("Support")) != 0);
    undo_all(world);
    /* What creating made stays, as undoing deletes nothing; the rest is as it was. */
    assert_non_null(workspace_find(world->session->ws, FLOW_VOICE_SURVEY, STR("CSAT")));
    world_say(world, "open Hotline");
    assert_string_equal(world_flow(world).ptr, before);
    assert_int_equal(settings_entry(world->session->ws->settings, "queues", STR("Support")), 0);
    while (session_redo(world->session)) {
    }
    world_say(world, "open Hotline");
    expect_in_flow(world, "\"line\": \"hot\"");
}

static void saved_flows_read_back(void **state)
{
    struct world *world = *state;
    struct buf before, after;

    world_open(world, "");
    buf_init(&before, &world->env);
    buf_init(&after, &world->env);
    world_say(world, "new inboundCall Hotline\nvar Flow.consent boolean");
    world_say(world, consent);
    world_say(world, "write-all");
    world_expect_message(world, "saved 3 files");
    assert_false(session_any_modified(world->session));
    world_state(world, &before);
    world_close(world);
    assert_string_equal(world_log(world), "");
    world_open(world, "");
    world_state(world, &after);
    assert_string_equal(before.ptr, after.ptr);
    buf_release(&before);
    buf_release(&after);
}

static void undoing_gives_the_same_bytes(void **state)
{
    static const char *const edits[] = {
        "add disconnect", "add decision\ninto no\nadd disconnect", "delete", "rename Other",
        "move down", "copy\npaste", "cut\ngoto Welcome/1\npaste", "var Task.x integer",
        "task Second", "menu Choices", "set audio Hello",
        "add setPostFlow\nset target callee\nunset target",
        "add switch\ncase add\ninto 1\nadd disconnect", "add decision\nmove up\nmove down",
    };
    struct world *world = *state;

    world_put_main(world);
    world_open(world, "");
    struct str text = world_get(world, "flows/main.flow.json");
    char original[4096];
    memcpy(original, text.ptr, text.len + 1);
    for (size_t i = 0; i < sizeof edits / sizeof *edits; i++) {
        world_say(world, "goto Welcome/1");
        world_say(world, edits[i]);
        assert_string_not_equal(world_flow(world).ptr, original);
        assert_true(session_modified(world->session, world->session->flow));
        undo_all(world);
        assert_string_equal(world_flow(world).ptr, original);
        assert_false(session_modified(world->session, world->session->flow));
    }
}

static void undo_says_what_and_where(void **state)
{
    struct world *world = *state;

    world_put_main(world);
    world_open(world, "");
    world_say(world, "goto Welcome/1\nadd setPostFlow\ngoto Welcome/4\nundo");
    world_expect_message(world, "undid: Add Set Post-Flow");
    expect_cursor(world, "Welcome/1");
    assert_true(str_is(session_redo_name(world->session), "Add Set Post-Flow"));
    assert_int_equal(session_undo_name(world->session).len, 0);
    world_say(world, "redo");
    world_expect_message(world, "redid: Add Set Post-Flow");
    world_say(world, "set target caller\nundo 2");
    world_expect_message(world, "undid 2 changes");
}

static void undo_grows_a_tree(void **state)
{
    struct world *world = *state;

    world_put_main(world);
    world_open(world, "");
    world_say(world, "goto Welcome/1\nadd disconnect\nrename A\nundo\nrename B\n");
    expect_in_flow(world, "\"B\"");
    world_say(world, "undo-to 2"); /* the other branch */
    expect_in_flow(world, "\"A\"");
    expect_not_in_flow(world, "\"B\"");
    world_say(world, "history");
    world_expect_message(world, "> 2 (behind 1)  Rename to A");
    world_expect_message(world, "* 1 (behind 0)  Add");
    world_expect_message(world, "  3 (behind 1)  Rename to B");
    world_say(world, "undo-to 0");
    assert_false(session_any_modified(world->session));
    world_say(world, "redo 2");
    expect_in_flow(world, "\"A\"");
}

static void saving_marks_a_place_of_the_tree(void **state)
{
    struct world *world = *state;
    struct flow *flow;

    world_put_main(world);
    world_open(world, "");
    flow = world->session->flow;
    world_say(world, "goto Welcome/1\nadd disconnect\nwrite");
    assert_false(session_modified(world->session, flow));
    world_say(world, "undo");
    assert_true(session_modified(world->session, flow));
    world_say(world, "redo");
    assert_false(session_modified(world->session, flow));
    world_say(world, "undo\nadd disconnect"); /* the same, but another branch */
    assert_true(session_modified(world->session, flow));
    world_say(world, "undo-to 1");
    assert_false(session_modified(world->session, flow));
}

static void several_flows_have_one_history(void **state)
{
    struct world *world = *state;
    struct flow *main_flow;

    world_put_main(world);
    world_open(world, "");
    main_flow = world->session->flow;
    world_say(world, "goto Welcome/1\nadd setPostFlow\nset actionType voiceSurveyFlow\n"
                     "create CSAT");
    world_expect_message(world, "made the voice survey flow CSAT");
    world_say(world, "open");
    assert_ptr_not_equal(world->session->flow, main_flow);
    world_say(world, "rename Satisfaction\nback-to");
    assert_ptr_equal(world->session->flow, main_flow);
    world_say(world, "open Satisfaction\nback-to\nundo");
    world_expect_message(world, "undid: Rename");
    assert_ptr_not_equal(world->session->flow, main_flow); /* undo shows where it happened */
    world_say(world, "undo");
    world_expect_message(world, "undid: Create CSAT");
    assert_ptr_equal(world->session->flow, main_flow);
    expect_not_in_flow(world, "\"CSAT\"");
    world_refused(world, "open", DIAG_COMMAND_CURSOR, "needs the cursor");
}

static void subtrees_move_between_flows(void **state)
{
    struct world *world = *state;

    world_put_main(world);
    world_open(world, "");
    world_say(world, "goto Welcome/1\nadd decision\ninto yes\nadd disconnect\n"
                     "goto Welcome/2\ncopy\nnew inboundCall Other\npaste");
    expect_in_flow(world, "\"decision\"");
    expect_in_flow(world, "\"Other\"");
    world_say(world, "into no\npaste\nout\npaste into\npaste before");
    undo_all(world);
    world_say(world, "open Other");
    expect_not_in_flow(world, "\"decision\"");
}

static void actions_move(void **state)
{
    struct world *world = *state;

    world_put_main(world);
    world_open(world, "");
    world_say(world, "goto Welcome/1\nadd decision\nadd disconnect\nrename Mover\nmove in");
    expect_cursor(world, "Welcome/2/yes/1");
    world_say(world, "move out\nmove up");
    expect_cursor(world, "Welcome/2");
    world_say(world, "move down\nmove down");
    expect_cursor(world, "Welcome/4");
}

static void new_actions_go_behind_the_row(void **state)
{
    struct world *world = *state;

    world_put_main(world);
    world_open(world, "");
    world_say(world, "goto Welcome\nadd decision");
    expect_cursor(world, "Welcome/1"); /* the first in it */
    world_say(world, "insert playAudio");
    expect_cursor(world, "Welcome/1");
    world_say(world, "goto Welcome/5\nadd playAudio");
    expect_cursor(world, "Welcome/6");
    world_say(world, "goto Welcome/2\ninto yes\nadd disconnect\nout\ninto yes\nadd playAudio");
    expect_cursor(world, "Welcome/2/yes/1");
    world_say(world, "out\nout\nout");
    expect_cursor(world, "Welcome");
    world_refused(world, "insert disconnect", DIAG_COMMAND_CURSOR, "an action");
}

static void menus_take_choices(void **state)
{
    struct world *world = *state;

    world_put_main(world);
    world_open(world, "");
    world_say(world, "menu Choices\nadd disconnect\nadd transferToAcd\nset targetQueue Support\n"
                     "add menuTask");
    expect_in_flow(world, "\"digit_1\"");
    expect_in_flow(world, "\"digit_2\"");
    expect_in_flow(world, "\"menuDisconnect\"");
    world_say(world, "into\nadd disconnect\nadd! disconnect");
    expect_in_flow(world, "\"digit_4\"");
    world_say(world, "copy\npaste\nmove up\ndelete");
}

static void menus_have_a_default_choice(void **state)
{
    struct world *world = *state;
    char before[8192];

    world_put_main(world);
    world_open(world, "");
    world_say(world, "menu Choices\nadd disconnect\nrename Bye\nadd! transferToAcd\nrename Sales");
    world_say(world, "goto Choices");
    struct str text = world_flow(world);
    memcpy(before, text.ptr, text.len + 1);
    expect_not_in_flow(world, "\"refId\": \"Bye");
    world_refused(world, "set defaultChildMenuRef Nothing", DIAG_SET_WRONG, "choice of this menu");
    world_say(world, "set \"Default choice\" Bye");
    /* It stands behind the choices, and what it names is found. */
    expect_in_flow(world, "\"defaultChildMenuRef\": \"./choices/menuDisconnect[");
    assert_true(strstr(world_flow(world).ptr, "\"choices\"") <
                strstr(world_flow(world).ptr, "\"defaultChildMenuRef\""));
    node_id menu = world->session->cursor.node;
    assert_true(str_is(flow_name(world->session->flow,
                                 flow_default_choice(world->session->flow, menu)), "Bye"));
    world_say(world, "set defaultChildMenuRef Sales\nundo 2");
    assert_string_equal(world_flow(world).ptr, before);
    world_say(world, "redo 2\nunset defaultChildMenuRef");
    assert_int_equal(flow_default_choice(world->session->flow, menu), 0);
    expect_not_in_flow(world, "defaultChildMenuRef");
    expect_completions(world, "set defaultChildMenuRef ", "Disconnect Bye Sales");
}

static void a_choices_task_has_its_variables(void **state)
{
    struct world *world = *state;
    char before[8192];

    world_put_main(world);
    world_open(world, "");
    world_say(world, "menu Choices\nadd menuTask");
    struct str text = world_flow(world);
    memcpy(before, text.ptr, text.len + 1);
    world_say(world, "var Task.digits string\ninto\nadd collectInput\nset inputData Task.digits");
    expect_in_flow(world, "\"name\": \"Task.digits\"");
    expect_completions(world, "set inputData ", "Task.digits");
    session_update_problems(world->session);
    for (size_t i = 0; i < world->session->problems.count; i++)
        assert_int_not_equal(world->session->problems.items[i].code, DIAG_VARIABLE_UNKNOWN);
    world_refused(world, "var Task.digits integer", DIAG_VARIABLE_TWICE, "Task.digits");
    world_say(world, "goto Choices");
    world_refused(world, "var Task.x string", DIAG_VARIABLE_NOWHERE, "Task.x");
    world_say(world, "undo 3");
    assert_string_equal(world_flow(world).ptr, before);
}

static void broken_json_says_where(void **state)
{
    struct world *world = *state;

    world_put_main(world);
    world_open(world, "");
    world_say(world, "goto Welcome/1\nadd setPostFlow");
    assert_false(session_command(world->session, STR("set invocationData {\"a\": 1,, 2}")));
    world_expect_message(world, "column 9");
}

static void rows_are_edited(void **state)
{
    struct world *world = *state;

    world_put_main(world);
    world_open(world, "");
    world_say(world, "var Flow.topic string\ngoto Welcome/1\nadd updateData");
    struct str before = world_flow(world);
    char text[8192];
    memcpy(text, before.ptr, before.len + 1);
    world_say(world, "row statements add");
    assert_string_not_equal(world_flow(world).ptr, text);
    world_refused(world, "row statements delete 9", DIAG_ROW_UNKNOWN, "has no row 9");
    world_refused(world, "row statements", DIAG_COMMAND_ARGUMENTS, "This command is written row");
    world_say(world, "row statements delete 1");
}

/* Inputs and outputs: a row is one value with a name. */
static void values_with_names_are_edited(void **state)
{
    struct world *world = *state;

    world_put_main(world);
    world_open(world, "");
    world_say(world, "goto Welcome/1\nadd callData\nset category CRM\nset dataAction Store\n"
                     "row inputs add\nset inputs/1 =Flow.x\nrow inputs rename 1 \"a key\"\n"
                     "row inputs add\nset inputs/2 text\nrow successOutputs add\n"
                     "set successOutputs/1 Flow.x");
    expect_in_flow(world, "\"a key\": {");
    expect_in_flow(world, "\"exp\": \"Flow.x\"");
    expect_in_flow(world, "\"lit\": \"text\"");
    expect_in_flow(world, "\"var\": \"Flow.x\"");
    world_refused(world, "row inputs rename 2 \"a key\"", DIAG_EDIT_DUPLICATE, "a key");
    world_refused(world, "set inputs/3 x", DIAG_FIELD_UNKNOWN, "inputs/3");
    world_refused(world, "set inputs/1/name x", DIAG_FIELD_UNKNOWN, "inputs/1/name");
    world_refused(world, "row inputs rename 1", DIAG_SET_WRONG, "Inputs");
    world_say(world, "undo\nundo");
    world_expect_message(world, "undid: Change rows of Success outputs");
}

static void the_world_is_edited(void **state)
{
    struct world *world = *state;
    const struct settings *settings;

    world_put_main(world);
    world_open(world, "");
    world_say(world, "world");
    world_expect_message(world, "there is no postflow.json");
    world_say(world, "world queues \"Front desk\" {\"position\": 2}\nworld licence cx3\n"
                     "world skills French\nworld options oneShot true");
    settings = world->session->ws->settings;
    assert_true(settings_entry(settings, "queues", STR("Front desk")) != 0);
    assert_true(settings_entry(settings, "skills", STR("French")) != 0);
    assert_int_equal(settings->licence, LICENCE_CX3);
    assert_true(settings->options.one_shot);
    assert_true(session_any_modified(world->session));
    world_say(world, "world queues");
    world_expect_message(world, "\"position\": 2");
    /* A name alone shows what is there, and takes nothing away. */
    world_say(world, "world queues \"Front desk\"");
    world_expect_message(world, "{\n  \"position\": 2\n}");
    world_say(world, "world options oneShot");
    world_expect_message(world, "true");
    world_refused(world, "world options systemDisconnect", DIAG_COMMAND_ARGUMENTS, "world");
    assert_true(settings_entry(settings, "queues", STR("Front desk")) != 0);
    world_say(world, "world-remove queues \"Front desk\"\nworld-remove skills French");
    assert_int_equal(settings_entry(settings, "queues", STR("Front desk")), 0);
    world_refused(world, "world-remove skills French", DIAG_WORLD_ENTRY,
                  "There is no French in skills");
    world_say(world, "undo 3\nwrite-all");
    assert_true(settings_entry(settings, "queues", STR("Front desk")) != 0);
    assert_false(settings->options.one_shot);
    world_close(world);
    world_open(world, "");
    assert_true(settings_entry(world->session->ws->settings, "queues", STR("Front desk")) != 0);
}

static void problems_lead_to_their_places(void **state)
{
    struct world *world = *state;

    world_put_main(world);
    world_open(world, "");
    world_say(world, "goto Welcome/1\nadd setPostFlow\ngoto Welcome\nproblem next");
    assert_true(world->session->problems.count > 0);
    world_say(world, "problem 1\nproblem prev");
    uint64_t revision = world->session->problems_revision;
    session_update_problems(world->session);
    assert_int_equal(world->session->problems_revision, revision);
    world_say(world, "undo\ncheck");
    assert_int_not_equal(world->session->problems_revision, revision);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, world_setup, world_teardown)
    const struct CMUnitTest tests[] = {
        TEST(a_flow_is_built_and_taken_back),
        TEST(saved_flows_read_back),
        TEST(undoing_gives_the_same_bytes),
        TEST(undo_says_what_and_where),
        TEST(undo_grows_a_tree),
        TEST(saving_marks_a_place_of_the_tree),
        TEST(several_flows_have_one_history),
        TEST(subtrees_move_between_flows),
        TEST(actions_move),
        TEST(new_actions_go_behind_the_row),
        TEST(menus_take_choices),
        TEST(menus_have_a_default_choice),
        TEST(a_choices_task_has_its_variables),
        TEST(broken_json_says_where),
        TEST(rows_are_edited),
        TEST(values_with_names_are_edited),
        TEST(the_world_is_edited),
        TEST(problems_lead_to_their_places),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
