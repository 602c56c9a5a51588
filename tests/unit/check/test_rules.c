/* Each rule with a flow that breaks it and the same flow mended. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>
#include "engine/base/env.h"
#include "engine/check/check.h"

#define BYE "{\"disconnect\":{\"name\":\"Bye\"}}"
#define TASK(actions)                                                                              \
    "{\"inboundCall\":{\"name\":\"F\",\"startUpRef\":\"/inboundCall/tasks/task[S_1]\","            \
    "\"variables\":[{\"stringVariable\":{\"name\":\"Flow.s\"}},{\"integerVariable\":{\"name\":"    \
    "\"Flow.i\"}}],\"tasks\":[{\"task\":{\"name\":\"S\",\"refId\":\"S_1\",\"actions\":[" actions   \
    "]}}]}}"
#define THEN_BYE(action) TASK(action "," BYE)
#define MENU(choices)                                                                              \
    "{\"inboundCall\":{\"name\":\"F\",\"startUpRef\":\"/inboundCall/menus/menu[M_1]\",\"menus\":"  \
    "[{\"menu\":{\"name\":\"M\",\"refId\":\"M_1\",\"audio\":{\"tts\":\"x\"},\"choices\":[" choices \
    "]}}]}}"
#define CHOICE(name, more) "{\"menuDisconnect\":{\"name\":\"" name "\"" more "}}"
#define CHOICE_TASK(name, key, variables, count)                                                   \
    "{\"menuTask\":{\"name\":\"" name "\",\"dtmf\":\"digit_" key "\","                             \
    "\"task\":{" variables "\"actions\":[{\"loop\":{\"name\":\"l\","                             \
    "\"loopCount\":{\"exp\":\"" count "\"},\"outputs\":{\"loop\":{\"actions\":[]}}}}," BYE "]}}}"
#define OWN "\"variables\":[{\"integerVariable\":{\"name\":\"Task.n\"}}],"
#define POST(target, type, more)                                                                   \
    THEN_BYE("{\"setPostFlow\":{\"name\":\"P\",\"target\":" target                                 \
             ",\"actionType\":{\"lit\":\"" type "\"}" more "}}")
#define TO(flow) ",\"targetFlow\":{\"name\":\"" flow "\"}"
#define CALLER "{\"lit\":\"caller\"}"

static const struct rule_case {
    enum diag_code code;
    const char *broken, *mended;
} cases[] = {
    { DIAG_ACTION_NOT_ALLOWED, THEN_BYE("{\"returnToAgent\":{\"name\":\"x\"}}"), TASK(BYE) },
    { DIAG_ACTION_NOT_ALLOWED,
      "{\"outboundCall\":{\"name\":\"F\",\"startUpRef\":\"/x/tasks/"
      "task[S_1]\",\"tasks\":[{\"task\":"
      "{\"name\":\"S\",\"refId\":\"S_1\",\"actions\":[{\"clearPostFlow\":{\"name\":\"c\","
      "\"target\":"
      "{\"lit\":\"any\"}}}," BYE "]}}]}}",
      THEN_BYE("{\"clearPostFlow\":{\"name\":\"c\",\"target\":{\"lit\":\"any\"}}}") },
    /* A choice's own task has its own variables; another's are not in sight. */
    { DIAG_EXPR_VARIABLE, MENU(CHOICE_TASK("a", "1", OWN, "Task.n") "," CHOICE_TASK("b", "2", "",
      "Task.n")),
      MENU(CHOICE_TASK("a", "1", OWN, "Task.n")) },
    { DIAG_VARIABLE_UNKNOWN, MENU(CHOICE_TASK("a", "1", OWN, "1") "," CHOICE("b",
      ",\"dtmf\":\"digit_2\"") "," "{\"menuDialByExtension\":{\"name\":\"c\",\"dtmf\":\"digit_3\","
      "\"extensionVariable\":{\"var\":\"Task.n\"}}}"),
      MENU(CHOICE_TASK("a", "1", OWN, "1")) },
    { DIAG_START_MISSING, "{\"inboundCall\":{\"name\":\"F\",\"tasks\":[]}}", TASK(BYE) },
    { DIAG_REF_MISSING, TASK("{\"jumpToTask\":{\"name\":\"j\",\"targetTaskRef\":\"/x[Gone]\"}}"),
      TASK("{\"jumpToTask\":{\"name\":\"j\",\"targetTaskRef\":\"./tasks/task[S_1]\"}}") },
    { DIAG_TASK_NOT_ENDING, TASK("{\"playAudio\":{\"name\":\"p\",\"audio\":{\"tts\":\"x\"}}}"),
      THEN_BYE("{\"playAudio\":{\"name\":\"p\",\"audio\":{\"tts\":\"x\"}}}") },
    { DIAG_ACTION_UNREACHED, TASK(BYE "," BYE), TASK(BYE) },
    { DIAG_CONTAINER_TWICE,
      "{\"inboundCall\":{\"name\":\"F\",\"tasks\":[{\"task\":{\"name\":\"a\",\"refId\":\"1\","
      "\"actions\":[" BYE "]}},{\"task\":{\"name\":\"A\",\"refId\":\"2\",\"actions\":[" BYE
      "]}}]}}",
      TASK(BYE) },
    { DIAG_NAME_EMPTY, THEN_BYE("{\"playAudio\":{\"name\":\" \",\"audio\":{\"tts\":\"x\"}}}"),
      TASK(BYE) },
    { DIAG_FLOW_NAME_SLASH, "{\"inboundCall\":{\"name\":\"a/b\"}}", TASK(BYE) },
    { DIAG_FLOW_NAME_DEBUG, "{\"inboundCall\":{\"name\":\"a-Debug\"}}", TASK(BYE) },
    { DIAG_CONTAINER_UNREACHED,
      "{\"inboundCall\":{\"name\":\"F\",\"startUpRef\":\"/x/tasks/task[1]\",\"tasks\":[{\"task\":{"
      "\"name\":\"a\",\"refId\":\"1\",\"actions\":[" BYE
      "]}},{\"task\":{\"name\":\"b\",\"refId\":\"2\","
      "\"actions\":[" BYE "]}}]}}",
      TASK(BYE) },
    { DIAG_MENU_EMPTY, MENU(""), MENU(CHOICE("a", ",\"dtmf\":\"digit_1\"")) },
    { DIAG_KEY_TWICE,
      MENU(CHOICE("a", ",\"dtmf\":\"digit_1\"") "," CHOICE("b", ",\"dtmf\":\"digit_1\"")),
      MENU(CHOICE("a", ",\"dtmf\":\"digit_1\"") "," CHOICE("b", ",\"dtmf\":\"digit_2\"")) },
    { DIAG_CHOICE_WITHOUT_KEY, MENU(CHOICE("a", "")),
      MENU(CHOICE("a", ",\"speechRecTerms\":{\"en-us\":{\"terms\":[\"a\"]}}")) },
    { DIAG_DEFAULT_CHOICE_MISSING,
      "{\"inboundCall\":{\"name\":\"F\",\"menus\":[{\"menu\":{\"name\":\"M\",\"refId\":\"1\","
      "\"defaultChildMenuRef\":\"./choices/menuDisconnect[9]\",\"choices\":[]}}]}}",
      MENU(CHOICE("a", ",\"dtmf\":\"digit_1\"")) },
    { DIAG_GLOBAL_KEY_TWICE,
      "{\"inboundCall\":{\"name\":\"F\",\"menus\":[{\"menu\":{\"name\":\"M\",\"refId\":\"1\","
      "\"choices\":[" CHOICE(
          "a", ",\"dtmf\":\"digit_1\",\"globalDtmf\":true") "]}},{\"menu\":{\"name\":\"N\","
                                                            "\"refId\":\"2\",\"choices\":[" CHOICE(
                                                                "b",
                                                                ",\"dtmf\":\"digit_1\","
                                                                "\"globalDtmf\":true") "]}}]}}",
      MENU(CHOICE("a", ",\"dtmf\":\"digit_1\",\"globalDtmf\":true")) },
    { DIAG_LOOP_MISSING, TASK("{\"loopExit\":{\"name\":\"x\"}}"),
      THEN_BYE(
          "{\"loop\":{\"name\":\"l\",\"loopCount\":{\"lit\":1},\"outputs\":{\"loop\":{\"actions\":"
          "[{\"loopExit\":{\"name\":\"x\"}}]}}}}") },
    { DIAG_LOOP_ENDS,
      THEN_BYE(
          "{\"loop\":{\"name\":\"l\",\"loopCount\":{\"lit\":1},\"outputs\":{\"loop\":{\"actions\":"
          "[" BYE "]}}}}"),
      TASK(BYE) },
    { DIAG_CASE_COUNT,
      THEN_BYE(
          "{\"switch\":{\"name\":\"s\",\"evaluate\":{\"firstTrue\":{\"default\":{\"actions\":[]},"
          "\"cases\":[]}}}}"),
      THEN_BYE(
          "{\"switch\":{\"name\":\"s\",\"evaluate\":{\"firstTrue\":{\"default\":{\"actions\":[]},"
          "\"cases\":[{\"case\":{\"value\":{\"exp\":\"true\"},\"actions\":[]}}]}}}}") },
    { DIAG_ROWS_EMPTY, THEN_BYE("{\"updateData\":{\"name\":\"u\",\"statements\":[]}}"),
      THEN_BYE(
          "{\"updateData\":{\"name\":\"u\",\"statements\":[{\"string\":{\"variable\":\"Flow.s\","
          "\"value\":{\"lit\":\"x\"}}}]}}") },
    { DIAG_FLOW_MISSING, THEN_BYE("{\"transferToFlow\":{\"name\":\"t\"" TO("Nowhere") "}}"),
      THEN_BYE("{\"transferToFlow\":{\"name\":\"t\"" TO("After") "}}") },
    { DIAG_FLOW_UNPUBLISHED, THEN_BYE("{\"transferToFlow\":{\"name\":\"t\"" TO("Draft") "}}"),
      THEN_BYE("{\"transferToFlow\":{\"name\":\"t\"" TO("After") "}}") },
    { DIAG_ACTION_NOT_KNOWN, THEN_BYE("{\"beamUp\":{\"name\":\"b\"}}"), TASK(BYE) },
    { DIAG_FIELD_REQUIRED, THEN_BYE("{\"transferToAcd\":{\"name\":\"t\"}}"),
      THEN_BYE("{\"transferToAcd\":{\"name\":\"t\",\"targetQueue\":{\"lit\":{\"name\":\"Support\"}}"
               "}}") },
    { DIAG_FIELD_RANGE, THEN_BYE("{\"loop\":{\"name\":\"l\",\"loopCount\":{\"lit\":100}}}"),
      THEN_BYE("{\"loop\":{\"name\":\"l\",\"loopCount\":{\"lit\":99}}}") },
    { DIAG_FIELD_CHOICE,
      "{\"inqueueCall\":{\"name\":\"F\",\"startUpTaskActions\":[{\"playPositionInQueue\":{\"name\":"
      "\"p\","
      "\"playbackMode\":\"loud\"}}]}}",
      "{\"inqueueCall\":{\"name\":\"F\",\"startUpTaskActions\":[{\"playPositionInQueue\":{\"name\":"
      "\"p\","
      "\"playbackMode\":\"ahead\"}}]}}" },
    { DIAG_NAME_NOT_IN_WORLD,
      THEN_BYE(
          "{\"transferToAcd\":{\"name\":\"t\",\"targetQueue\":{\"lit\":{\"name\":\"Suport\"}}}}"),
      THEN_BYE("{\"transferToAcd\":{\"name\":\"t\",\"targetQueue\":{\"lit\":{\"name\":\"Support\"}}"
               "}}") },
    { DIAG_VARIABLE_IMPLIED,
      THEN_BYE(
          "{\"collectInput\":{\"name\":\"c\",\"inputData\":{\"var\":\"Flow.no\"},\"inputAudio\":"
          "{\"tts\":\"x\"}}}"),
      THEN_BYE(
          "{\"collectInput\":{\"name\":\"c\",\"inputData\":{\"var\":\"flow.S\"},\"inputAudio\":"
          "{\"tts\":\"x\"}}}") },
    { DIAG_FIELD_SHAPE, THEN_BYE("{\"decision\":{\"name\":\"d\",\"condition\":{\"maybe\":true}}}"),
      THEN_BYE("{\"decision\":{\"name\":\"d\",\"condition\":{\"lit\":true}}}") },
    { DIAG_EXPR_VARIABLE,
      THEN_BYE("{\"decision\":{\"name\":\"d\",\"condition\":{\"exp\":\"Flow.x\"}}}"),
      THEN_BYE("{\"decision\":{\"name\":\"d\",\"condition\":{\"exp\":\"Flow.i > 1\"}}}") },
    { DIAG_EXPR_TYPE,
      THEN_BYE("{\"decision\":{\"name\":\"d\",\"condition\":{\"exp\":\"MakeList(1)\"}}}"),
      THEN_BYE("{\"decision\":{\"name\":\"d\",\"condition\":{\"exp\":\"true\"}}}") },
    { DIAG_POST_FLOW_NONE, POST(CALLER, "inboundCallFlow", ""),
      POST(CALLER, "inboundCallFlow", TO("After")) },
    { DIAG_POST_FLOW_MISSING, POST(CALLER, "inboundCallFlow", TO("Nowhere")),
      POST(CALLER, "inboundCallFlow", TO("After")) },
    { DIAG_POST_FLOW_WRONG_TYPE, POST(CALLER, "voiceSurveyFlow", TO("After")),
      POST(CALLER, "voiceSurveyFlow", TO("CSAT")) },
    { DIAG_POST_FLOW_UNPUBLISHED, POST(CALLER, "inboundCallFlow", TO("Draft")),
      POST(CALLER, "inboundCallFlow", TO("After")) },
    { DIAG_POST_FLOW_TARGET, POST("{\"lit\":\"agent\"}", "inboundCallFlow", TO("After")),
      POST("\"callee\"", "inboundCallFlow", TO("After")) },
    { DIAG_POST_FLOW_TYPE, POST(CALLER, "surveyFlow", TO("After")),
      POST(CALLER, "inboundCallFlow", TO("After")) },
    { DIAG_POST_FLOW_CALLEE_SURVEY, POST("{\"lit\":\"callee\"}", "voiceSurveyFlow", TO("CSAT")),
      POST(CALLER, "voiceSurveyFlow", TO("CSAT")) },
    { DIAG_POST_FLOW_ANY_SURVEY, POST("{\"lit\":\"any\"}", "voiceSurveyFlow", TO("CSAT")),
      POST("{\"lit\":\"any\"}", "inboundCallFlow", TO("After")) },
    { DIAG_POST_FLOW_NO_TARGET, POST("{\"noValue\":true}", "inboundCallFlow", TO("After")),
      POST("{\"exp\":\"Flow.s\"}", "inboundCallFlow", TO("After")) },
    { DIAG_POST_FLOW_NAME_TWICE,
      TASK("{\"setPostFlow\":{\"name\":\"P\"}},{\"setPostFlow\":{\"name\":\"p\"}}," BYE),
      TASK("{\"setPostFlow\":{\"name\":\"P\"}},{\"setPostFlow\":{\"name\":\"Q\"}}," BYE) },
};

static struct env env;
static struct workspace *ws;

/* How many diagnostics of the code the flow gives. */
static size_t count_of(const char *json, enum diag_code code)
{
    struct diags diags;
    struct flow flow;
    size_t found = 0;
    diags_init(&diags, &env);
    struct doc *doc = doc_read(&env, &ws->atoms, &ws->limits, "case", str_of(json), &diags);
    assert_non_null(doc);
    assert_true(flow_index(&flow, doc, &diags));
    diags_clear(&diags);
    check_flow(ws, &flow, &diags);
    for (size_t i = 0; i < diags.count; i++) {
        found += diags.items[i].code == code;
        assert_true(diags.items[i].place.line > 0);
    }
    doc_free(doc);
    diags_release(&diags);
    return found;
}

static void each_rule_finds_what_breaks_it(void **state)
{
    (void) state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        size_t broken = count_of(cases[i].broken, cases[i].code);
        size_t mended = count_of(cases[i].mended, cases[i].code);
        if (broken != 1 || mended != 0)
            print_message("%s: %zu in the broken flow, %zu in the mended one\n",
                          diag_info(cases[i].code)->code, broken, mended);
        assert_int_equal(broken, 1);
        assert_int_equal(mended, 0);
    }
}

/* What is written makes the variable: its type where the action says it; where only the world could
 * tell, no expression with it is wrong. */
static void a_variable_may_be_implied(void **state)
{
#define WRITE                                                                                      \
    "{\"updateData\":{\"name\":\"u\",\"statements\":[{\"integer\":{\"variable\":\"Task.n\","       \
    "\"value\":{\"lit\":1}}}]}},"
#define READ(expression)                                                                           \
    "{\"decision\":{\"name\":\"d\",\"condition\":{\"exp\":\"" expression "\"}}},"
#define FETCH                                                                                      \
    "{\"callData\":{\"name\":\"c\",\"category\":{\"I\":{\"dataAction\":{\"A\":" \
    "{\"successOutputs\":{\"x\":{\"var\":\"Task.n\"}}}}}}}},"
    static const struct {
        const char *flow;
        size_t implied, expressions;
    } flows[] = {
        { TASK(WRITE WRITE READ("Task.n > 0") BYE), 1, 0 },
        { TASK(WRITE READ("Contains(Task.n, \\\"x\\\")") BYE), 1, 1 },
        { TASK(READ("Task.n > 0") BYE), 0, 1 },
        { TASK(FETCH READ("Task.n > 0") READ("Contains(Task.n, \\\"x\\\")") BYE), 1, 0 },
        { TASK(FETCH READ("Task.m > 0") BYE), 1, 1 },
        { TASK("{\"updateData\":{\"name\":\"u\",\"statements\":[{\"integer\":{\"variable\":\"F\"}},"
               "{\"integer\":{\"variable\":\"\"}},{\"integer\":{\"variable\":\"Flow.\"}}]}}," BYE),
          0, 0 },
    };
    (void) state;
    for (size_t i = 0; i < sizeof flows / sizeof *flows; i++) {
        assert_int_equal(count_of(flows[i].flow, DIAG_VARIABLE_IMPLIED), flows[i].implied);
        assert_int_equal(count_of(flows[i].flow, DIAG_EXPR_VARIABLE) +
                             count_of(flows[i].flow, DIAG_EXPR_OVERLOAD),
                         flows[i].expressions);
    }
}

static void a_name_has_200_characters_at_most(void **state)
{
    char json[2048], name[202];
    (void) state;
    memset(name, 'x', sizeof name - 1);
    name[201] = 0;
    snprintf(json, sizeof json, "{\"inboundCall\":{\"name\":\"%s\"}}", name);
    assert_int_equal(count_of(json, DIAG_NAME_LONG), 1);
    name[200] = 0;
    snprintf(json, sizeof json, "{\"inboundCall\":{\"name\":\"%s\"}}", name);
    assert_int_equal(count_of(json, DIAG_NAME_LONG), 0);
}

/* Settings are what changes here, not the flow: lay them over those of the folder. */
static size_t count_with(const char *world, enum diag_code code)
{
    struct diags diags;
    struct settings *own = ws->settings, laid;
    struct atoms atoms;
    diags_init(&diags, &env);
    atoms_init(&atoms, &env, NULL, 0);
    struct doc *doc = doc_read(&env, &atoms, &ws->limits, "world", str_of(world), &diags);
    assert_non_null(doc);
    settings_init(&laid, &env);
    settings_read(&laid, doc, 1, &diags);
    assert_int_equal(diags.count, 0);
    ws->settings = &laid;
    size_t found = count_of(POST(CALLER, "voiceSurveyFlow", TO("CSAT")), code);
    ws->settings = own;
    settings_release(&laid);
    doc_free(doc);
    atoms_release(&atoms);
    diags_release(&diags);
    return found;
}

static void licence_and_edge_are_prerequisites(void **state)
{
    (void) state;
    assert_int_equal(count_with("{\"licence\":\"cx1\"}", DIAG_POST_FLOW_LICENCE), 1);
    assert_int_equal(count_with("{\"licence\":\"cx1-wem2\"}", DIAG_POST_FLOW_LICENCE), 0);
    assert_int_equal(count_with("{\"licence\":\"cx2\"}", DIAG_POST_FLOW_LICENCE), 1);
    assert_int_equal(count_with("{\"licence\":\"cx2-wem1\"}", DIAG_POST_FLOW_LICENCE), 0);
    assert_int_equal(count_with("{\"licence\":\"cx3\"}", DIAG_POST_FLOW_LICENCE), 0);
    assert_int_equal(count_with("{}", DIAG_POST_FLOW_LICENCE), 0);
    assert_int_equal(count_with("{\"edge\":\"1.0.0.15219\"}", DIAG_POST_FLOW_EDGE), 1);
    assert_int_equal(count_with("{\"edge\":\"1.0.0.15220\"}", DIAG_POST_FLOW_EDGE), 0);
    assert_int_equal(count_with("{\"edge\":\"1.0.1.2\"}", DIAG_POST_FLOW_EDGE), 0);
    assert_int_equal(count_with("{\"edge\":\"0.9.0.99999\"}", DIAG_POST_FLOW_EDGE), 1);
    assert_int_equal(count_with("{}", DIAG_POST_FLOW_EDGE), 0);
    assert_int_equal(count_with("{\"silence\":[\"E408\"],\"licence\":\"cx1\"}",
                                DIAG_POST_FLOW_LICENCE),
                     0);
}

static void an_error_in_an_expression_stands_at_its_column(void **state)
{
    struct diags diags;
    struct flow flow;
    (void) state;
    diags_init(&diags, &env);
    struct doc *doc = doc_read(
        &env, &ws->atoms, &ws->limits, "case",
        STR("{\"inboundCall\":{\"name\":\"F\",\"tasks\":[{\"task\":{\"name\":\"S\",\"refId\":\"S\","
            "\"actions\":[{\"decision\":{\"name\":\"d\",\"condition\":{\n\"exp\":\"\\\"a\\\" == "
            "Flow.x\"}}}"
            "]}}]}}"),
        &diags);
    assert_true(flow_index(&flow, doc, &diags));
    check_flow(ws, &flow, &diags);
    bool found = false;
    for (size_t i = 0; i < diags.count; i++) {
        if (diags.items[i].code != DIAG_EXPR_VARIABLE)
            continue;
        found = true;
        assert_int_equal(diags.items[i].place.line, 2);
        /* "exp":" is seven columns, \"a\" five, and == with its blanks four */
        assert_int_equal(diags.items[i].place.column, 17);
    }
    assert_true(found);
    doc_free(doc);
    diags_release(&diags);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_rule_finds_what_breaks_it),
        cmocka_unit_test(a_variable_may_be_implied),
        cmocka_unit_test(a_name_has_200_characters_at_most),
        cmocka_unit_test(licence_and_edge_are_prerequisites),
        cmocka_unit_test(an_error_in_an_expression_stands_at_its_column),
    };
    struct diags diags;
    struct limits limits = LIMITS_DEFAULT;
    env_init(&env);
    diags_init(&diags, &env);
    ws = workspace_open(&env, &limits, "tests/data/check", &diags);
    if (!ws)
        return 1;
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    workspace_free(ws);
    diags_release(&diags);
    return failed;
}
