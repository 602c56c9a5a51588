/* Another name, with every reference to it, over all documents: one change, one undo. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "engine/base/file.h"
#include "tests/unit/session/support.h"

enum { STATE = 1 << 16 };

/* JSON is given with ' for ". */
static void put(struct world *world, const char *name, const char *text)
{
    char path[100], quoted[8192];
    size_t len = strlen(text);

    assert_true(len < sizeof quoted);
    for (size_t i = 0; i <= len; i++)
        quoted[i] = text[i] == '\'' ? '"' : text[i];
    snprintf(path, sizeof path, "flows/%s", name);
    world_put(world, path, quoted);
}

static const char *state_of(struct world *world)
{
    static char text[STATE];
    struct buf out;

    buf_init(&out, &world->env);
    world_state(world, &out);
    assert_true(out.len < sizeof text);
    memcpy(text, out.ptr, out.len + 1);
    for (char *at = text; *at; at++)
        if (*at == '"')
            *at = '\'';
    buf_release(&out);
    return text;
}

static void keep(char kept[static STATE], const char *text)
{
    snprintf(kept, STATE, "%s", text);
}

static void expect_state(struct world *world, const char *words)
{
    const char *text = state_of(world);

    if (!strstr(text, words))
        fail_msg("no %s in\n%s", words, text);
}

static void expect_not_in_state(struct world *world, const char *words)
{
    const char *text = state_of(world);

    if (strstr(text, words))
        fail_msg("there is %s in\n%s", words, text);
}

#define TO(flow) "{'transferToFlow':{'targetFlow':{'name':'" flow "'}}}"
#define POST(type, how)                                                                            \
    "{'setPostFlow':{'target':{'lit':'caller'},'actionType':" type "," how "}}"
#define SURVEY "{'lit':'voiceSurveyFlow'}"
#define INBOUND "{'lit':'inboundCallFlow'}"

static void put_flows(struct world *world)
{
    put(world, "main.flow.json",
        "{'inboundCall':{'name':'Main','startUpRef':'./tasks/task[T_1]','tasks':[{'task':{'name':"
        "'T','refId':'T_1','actions':[" TO("Next") "," POST(SURVEY, "'targetFlow':{'name':'Next'}")
        "," POST(INBOUND, "'inboundCallFlow':'Next'") "," POST(INBOUND, "'targetFlow':{'Next':{}}")
        ",{'transferToAcd':{'targetQueue':{'lit':{'name':'Next'}},'overrideInQueueFlow':{'name':"
        "'Next'}}},{'playAudio':{'name':'Next','audio':{'tts':'Next'}}}]}}]}}");
    put(world, "next.flow.json", "{'inboundCall':{'name':'Next','tasks':[]}}");
    put(world, "other.flow.json",
        "{'outboundCall':{'name':'Other','tasks':[{'task':{'name':'T','refId':'T_1','actions':[" TO(
            "Next") "]}}]}}");
    put(world, "postflow.json",
        "{'queues':{'Next':{'inQueueFlow':'Next'}},'unpublished':[{'type':'inboundCall','name':"
        "'Next'},{'type':'voiceSurvey','name':'Next'}]}");
}

static void a_flow_is_renamed_in_all_files(void **state)
{
    struct world *world = *state;
    char before[STATE];

    put_flows(world);
    world_open(world, "");
    keep(before, state_of(world));
    world_say(world, "open Next\nrename Further");
    world_expect_message(world, "5 references; 3 other files changed, :write-all saves all");
    expect_state(world, "{'inboundCall':{'name':'Further'");
    expect_state(world, "{'transferToFlow':{'targetFlow':{'name':'Further'}}},{'setPostFlow'");
    /* Of another type, or other things of this name. */
    expect_state(world, SURVEY ",'targetFlow':{'name':'Next'}");
    expect_state(world, "'inboundCallFlow':'Further'");
    expect_state(world, "'targetFlow':{'Further':{}}");
    expect_state(world, "'targetQueue':{'lit':{'name':'Next'}},"
                        "'overrideInQueueFlow':{'name':'Next'}");
    expect_state(world, "{'playAudio':{'name':'Next','audio':{'tts':'Next'}}}");
    expect_state(world, "'queues':{'Next':{'inQueueFlow':'Next'}}");
    expect_state(world, "[{'type':'inboundCall','name':'Further'},"
                        "{'type':'voiceSurvey','name':'Next'}]");
    world_say(world, "undo");
    world_expect_message(world, "undid: Rename to Further");
    assert_string_equal(state_of(world), before);
    assert_false(session_any_modified(world->session));
    world_say(world, "redo\nwrite-all");
    world_expect_message(world, "saved 4 files");
    expect_not_in_state(world, TO("Next"));
}

static void a_rename_is_recovered_over_all_files(void **state)
{
    struct world *world = *state;
    char after[STATE];
    struct recovery_offer offer;

    put_flows(world);
    world_open(world, "");
    world_say(world, "open Next\nset name Further");
    keep(after, state_of(world));
    world_die(world);
    world_open(world, "");
    assert_true(session_recovery_find(world->session, 0, &offer));
    assert_true(session_recover(world->session, offer.log, &world->diags));
    recovery_offer_release(&offer);
    assert_string_equal(state_of(world), after);
    world_say(world, "undo");
    assert_false(session_any_modified(world->session));
}

static void names_that_are_taken_are_refused(void **state)
{
    struct world *world = *state;

    put_flows(world);
    put(world, "variables.flow.json",
        "{'inboundCall':{'name':'V','variables':[{'stringVariable':{'name':'Flow.a'}},"
        "{'stringVariable':{'name':'Flow.b'}}],'tasks':[{'task':{'name':'T','refId':'T_1',"
        "'variables':[{'stringVariable':{'name':'Task.a'}}],'actions':[{'callTask':{"
        "'targetTaskRef':'./tasks/task[T_1]','inputs':{'Task.a':{'exp':'Task.a'},'Task.z':{'lit':"
        "'1'}}}}]}},{'task':{'name':'U','refId':'U_1','actions':[]}}],'menus':[{'menu':{'name':"
        "'M','choices':[{'menuDisconnect':{'name':'X'}},{'menuDisconnect':{'name':'Y'}}]}}]}}");
    world_open(world, "");
    world_say(world, "open Next");
    world_refused(world, "rename Main", DIAG_FLOW_EXISTS, "There is a flow Main");
    world_refused(world, "rename  ", DIAG_COMMAND_ARGUMENTS, "rename");
    world_say(world, "rename Other\nundo\nopen V\ngoto T");
    world_expect_message(world, "T"); /* another type may have the name */
    world_refused(world, "rename u", DIAG_RENAME_TAKEN, "There is a task u already");
    world_say(world, "rename t\ngoto M\nrename M\ngoto M/1");
    world_refused(world, "rename Y", DIAG_RENAME_TAKEN, "There is a choice Y already");
    world_say(world, "goto U");
    world_refused(world, "rename-variable Flow.a Flow.B", DIAG_VARIABLE_TWICE, "Flow.B");
    world_refused(world, "rename-variable Flow.a Task.c", DIAG_RENAME_SCOPE, "stays a Flow");
    world_refused(world, "rename-variable Flow.a 1st", DIAG_VARIABLE_NAME, "Flow.1st");
    world_refused(world, "rename-variable Flow.a IsTest", DIAG_RENAME_BUILT_IN, "Flow.IsTest");
    world_refused(world, "rename-variable Task.a c", DIAG_RENAME_UNKNOWN, "Task.a");
    world_refused(world, "rename-variable Flow.a", DIAG_COMMAND_ARGUMENTS, "rename-variable");
    world_say(world, "goto t");
    world_refused(world, "rename-variable Task.a z", DIAG_RENAME_ENGAGED, "Task.z");
}

static void a_variable_is_renamed_by_its_tokens(void **state)
{
    struct world *world = *state;
    char before[STATE];

    put(world, "v.flow.json",
        "{'inboundCall':{'name':'V','variables':[{'stringVariable':{'name':'Flow.a'}},"
        "{'stringVariable':{'name':'Flow.ab'}}],'tasks':[{'task':{'name':'T','refId':'T_1',"
        "'variables':[{'stringVariable':{'name':'Task.a','initialValue':{'exp':'Flow.a'}}}],"
        "'actions':[{'decision':{'condition':{'exp':'flow.A == Flow.ab and Append(Flow.a, "
        "\\'Flow.a\\', Task.a) == Flow.a'}}},{'updateData':{'statements':[{'string':{'variable':"
        "'Flow.A','value':{'lit':'Flow.a'}}}]}},{'collectInput':{'inputData':{'var':'Flow.a'},"
        "'inputAudio':{'alternateSequences':{'en-us':[{'exp':'ToAudioTTS(Flow.a)'}]}}}},"
        "{'holoDeck':{'mood':{'exp':'Flow.a'},'data':{'lit':{'exp':'Flow.a'}}}},{'callTask':{"
        "'targetTaskRef':'./tasks/task[T_1]','inputs':{'Task.a':{'exp':'Task.a'},'a':{'exp':"
        "'Flow.a'}}}},{'decision':{'condition':{'exp':'Flow.a =='}}}]}}]}}");
    world_open(world, "");
    keep(before, state_of(world));
    world_say(world, "rename-variable flow.a name");
    expect_state(world, "{'stringVariable':{'name':'Flow.name'}},{'stringVariable':{'name':"
                        "'Flow.ab'}}");
    expect_state(world, "'Flow.name == Flow.ab and Append(Flow.name, \\'Flow.a\\', Task.a) == "
                        "Flow.name'");
    expect_state(world, "'initialValue':{'exp':'Flow.name'}");
    expect_state(world, "{'variable':'Flow.name','value':{'lit':'Flow.a'}}");
    expect_state(world, "{'var':'Flow.name'}");
    expect_state(world, "'ToAudioTTS(Flow.name)'");
    expect_state(world, "{'holoDeck':{'mood':{'exp':'Flow.name'},"
                        "'data':{'lit':{'exp':'Flow.a'}}}}");
    expect_state(world, "'inputs':{'Task.a':{'exp':'Task.a'},'a':{'exp':'Flow.name'}}");
    expect_state(world, "{'exp':'Flow.a =='}");
    world_expect_message(world, "has an expression that cannot be read");
    world_say(world, "undo");
    assert_string_equal(state_of(world), before);
    /* What calls of the task pass on is named like its variables, with or without the scope; what
     * stands below such a name is renamed with it. */
    world_say(world, "goto T\nrename-variable Task.a Task.name");
    expect_state(world, "'inputs':{'Task.name':{'exp':'Task.name'},'name':{'exp':'Flow.a'}}");
    expect_state(world, "Append(Flow.a, \\'Flow.a\\', Task.name) == Flow.a");
    world_say(world, "undo");
    assert_string_equal(state_of(world), before);
}

static void a_modules_variable_is_renamed_where_it_is_called(void **state)
{
    struct world *world = *state;

    put(world, "module.flow.json",
        "{'commonModule':{'name':'Ask','variables':[{'stringVariable':{'name':'Common.in',"
        "'isInput':true}}],'startUpTaskVariables':[{'stringVariable':{'name':'Task.in'}}],"
        "'startUpTaskActions':[{'decision':{'condition':{'exp':'Common.in == Task.in'}}}]}}");
    put(world, "caller.flow.json",
        "{'inboundCall':{'name':'C','variables':[{'stringVariable':{'name':'Flow.in'}}],'tasks':"
        "[{'task':{'name':'T','actions':[{'callCommonModule':{'commonModule':{'Ask':{'v':{"
        "'inputs':{'Common.in':{'exp':'Flow.in'}}}}}}},{'callCommonModule':{'commonModule':{"
        "'Ask':{'v':{'inputs':{'in':{'exp':'Flow.in'}}}}}}},{'callCommonModule':{'commonModule':{"
        "'Else':{'v':{'inputs':{'Common.in':{'exp':'Flow.in'}}}}}}}]}}]}}");
    world_open(world, "");
    world_say(world, "open Ask\nrename-variable Common.in text");
    world_expect_message(world, "3 references; 1 other file changed");
    expect_state(world, "'exp':'Common.text == Task.in'");
    expect_state(world, "{'inputs':{'Common.text':{'exp':'Flow.in'}}}");
    expect_state(world, "{'inputs':{'text':{'exp':'Flow.in'}}}");
    expect_state(world, "'Else':{'v':{'inputs':{'Common.in':{'exp':'Flow.in'}}}}");
    /* A module's own name stands as a key, with its inputs below. */
    world_say(world, "rename Question");
    expect_state(world, "'commonModule':{'Question':{'v':{'inputs':{'Common.text'");
    expect_state(world, "'commonModule':{'Else'");
}

static void references_by_name_follow(void **state)
{
    struct world *world = *state;

    put(world, "r.flow.json",
        "{'inboundCall':{'name':'R','startUpRef':'./tasks/task[T_1]','tasks':[{'task':{'name':'T',"
        "'refId':'T_1','actions':[{'jumpToTask':{'targetTaskRef':'/inboundCall/tasks/task[T_1]'}},"
        "{'jumpToTask':{'targetTaskRef':'/inboundCall/tasks/task[U]'}}]}},{'task':{'name':'U',"
        "'actions':[]}}],'menus':[{'menu':{'name':'M','refId':'M_1','choices':[{'menuDisconnect':{"
        "'name':'X'}}],'defaultChildMenuRef':'./choices/menuDisconnect[X]'}}]}}");
    world_open(world, "");
    world_say(world, "goto T\nrename First");
    world_expect_message(world, "Rename to First");
    expect_state(world, "'startUpRef':'./tasks/task[T_1]'");
    expect_state(world, "{'name':'First','refId':'T_1'");
    expect_state(world, "'/inboundCall/tasks/task[T_1]'");
    world_say(world, "goto U\nrename Second");
    expect_state(world, "'targetTaskRef':'/inboundCall/tasks/task[Second]'");
    world_say(world, "goto M/1\nrename Bye");
    expect_state(world, "'defaultChildMenuRef':'./choices/menuDisconnect[Bye]'");
    world_say(world, "goto First/1\nrename Over");
    world_expect_message(world, "Rename to Over");
}

static void what_is_left_is_told(void **state)
{
    struct world *world = *state;

    put_flows(world);
    put(world, "broken.flow.json", "{'inboundCall':");
    put(world, "one.scenario.json", "{'scenario':'Next','flow':'Main','steps':[]}");
    put(world, "two.scenario.json",
        "{'scenario':'x','flow':'Main','steps':[{'until':'Next::T/1'}]}");
    put(world, "three.scenario.json", "{'scenario':'Nextdoor','flow':'Main','steps':[]}");
    put(world, "either.flow.json",
        "{'inboundCall':{'name':'E','tasks':[{'task':{'name':'T','actions':["
        POST("{'exp':'Flow.t'}", "'targetFlow':{'name':'Next'}") "]}}]}}");
    world_open(world, "");
    world_say(world, "open Next\nrename Further");
    world_expect_message(world, "broken.flow.json cannot be read");
    world_expect_message(world, "2 scenarios: ");
    /* Only an inbound call flow has the name, so that is meant. */
    expect_state(world, "'actionType':{'exp':'Flow.t'},'targetFlow':{'name':'Further'}");
    world_say(world, "undo\nnew voiceSurvey Next\nopen inboundCall::Next\nrename Further");
    world_expect_message(world, "has an Action Type that is an expression");
    expect_state(world, "'actionType':{'exp':'Flow.t'},'targetFlow':{'name':'Next'}");
}

/* Of two of one name either may be renamed; what names them keeps naming the one that stays. */
static void a_twin_is_renamed_alone(void **state)
{
    struct world *world = *state;

    put_flows(world);
    put(world, "twin.flow.json", "{'inboundCall':{'name':'Next','tasks':[]}}");
    world_open(world, "twin.flow.json");
    world_say(world, "rename Twin");
    world_expect_message(world, "another flow has the old name");
    expect_state(world, TO("Next"));
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, world_setup, world_teardown)
    const struct CMUnitTest tests[] = {
        TEST(a_flow_is_renamed_in_all_files),
        TEST(a_rename_is_recovered_over_all_files),
        TEST(names_that_are_taken_are_refused),
        TEST(a_variable_is_renamed_by_its_tokens),
        TEST(a_modules_variable_is_renamed_where_it_is_called),
        TEST(references_by_name_follow),
        TEST(what_is_left_is_told),
        TEST(a_twin_is_renamed_alone),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
