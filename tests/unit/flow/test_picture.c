#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>
#include "engine/flow/picture_parts.h"
#include "tests/unit/flow/reading.h"

#define TASK(name, actions)                                                                        \
    "{'task': {'name': '" name "', 'refId': '" name "', 'actions': [" actions "]}}"
#define INBOUND(tasks, menus)                                                                      \
    "{'inboundCall': {'name': 'F', 'startUpRef': '/inboundCall/tasks/task[A]', 'tasks': [" tasks   \
    "], 'menus': [" menus "]}}"
#define PLAY(name) "{'playAudio': {'name': '" name "'}}"
#define END_CALL "{'disconnect': {'name': 'end'}}"

static const char *const links[LINK_COUNT] = { "",       "key ",  "back ",  "jump ", "call ",
                                               "out ",   "post ", "clear ", "error " };

/* "call comes in" is ">". */
static void add_end(const struct picture *p, uint32_t number, struct buf *out)
{
    if (p->items[number].kind == PICTURE_START)
        buf_add_char(out, '>');
    else
        picture_add_name(p, &p->items[number], out);
}

/* "A->B (Yes); ": every arrow, by its origin. */
static void expect_edges(const char *text, const char *expected)
{
    struct reading r;
    struct flow flow;
    struct picture picture;
    struct buf out;
    reading_begin(&r);
    reading_flow(&r, text, &flow);
    picture_init(&picture, &flow, NULL);
    buf_init(&out, &r.env);
    for (size_t i = 0; i < picture.edge_count; i++) {
        const struct picture_edge *edge = &picture.edges[i];
        buf_add_text(&out, i ? "; " : "");
        add_end(&picture, edge->from, &out);
        buf_addf(&out, " %s", links[edge->link]);
        buf_addf(&out, "-> ");
        add_end(&picture, edge->to, &out);
        if (edge->label.len > 0)
            buf_addf(&out, " (%.*s)", STR_ARG(edge->label));
    }
    if (strcmp(out.ptr ? out.ptr : "", expected))
        fail_msg("%s\nnot %s", out.ptr, expected);
    buf_release(&out);
    picture_release(&picture);
    reading_end(&r);
}

/* The names of the nodes that no path leads to. */
static void expect_unreached(const char *text, const char *expected)
{
    struct reading r;
    struct flow flow;
    struct picture picture;
    struct buf out;
    reading_begin(&r);
    reading_flow(&r, text, &flow);
    picture_init(&picture, &flow, NULL);
    buf_init(&out, &r.env);
    for (size_t i = 0; i < picture.item_count; i++) {
        if (!picture_is_node(&picture.items[i]) || picture.items[i].reached)
            continue;
        buf_add_text(&out, out.len ? ", " : "");
        picture_add_name(&picture, &picture.items[i], &out);
    }
    assert_string_equal(out.ptr ? out.ptr : "", expected);
    buf_release(&out);
    picture_release(&picture);
    reading_end(&r);
}

static void expect_in(const char *text, const char *syntax, const char *part)
{
    struct reading r;
    struct flow flow;
    struct buf out;
    reading_begin(&r);
    reading_flow(&r, text, &flow);
    buf_init(&out, &r.env);
    picture_write(&flow, NULL, picture_syntax_find(str_of(syntax)), &out);
    if (!strstr(out.ptr, part))
        fail_msg("no %s in\n%s", part, out.ptr);
    buf_release(&out);
    reading_end(&r);
}

static void test_paths(void **state)
{
    (void) state;
    expect_edges(INBOUND(TASK("A", PLAY("a") ", {'decision': {'name': 'b', 'outputs': {'yes': "
                                   "{'actions': [" PLAY("c") "]}}}}, " END_CALL), ""),
                 "> -> a; a -> b; b -> c (Yes); b -> end (No); c -> end");
    /* Ways of one action to one place are one arrow; behind an end nothing leads on. */
    expect_edges(INBOUND(TASK("A", "{'collectInput': {'name': 'ask'}}, " END_CALL ", " PLAY("x")),
                         ""),
                 "> -> ask; ask -> end (Success / Failure); x -> end of the task");
    expect_edges(INBOUND(TASK("A", ""), ""), "> -> end of the task");
    expect_edges(INBOUND(TASK("A", "{'switch': {'name': 's', 'evaluate': {'firstTrue': {'default': "
                                   "{'actions': []}, 'cases': [{'case': {'value': {'exp': 'x'}, "
                                   "'actions': [" END_CALL "]}}]}}}}"), ""),
                 "> -> s; s -> end (x); s -> end of the task (default)");
}

static void test_loops(void **state)
{
    (void) state;
    expect_edges(INBOUND(TASK("A", "{'loop': {'name': 'l', 'outputs': {'loop': {'actions': ["
                                   "{'decision': {'name': 'd', 'outputs': {'yes': {'actions': ["
                                   "{'loopExit': {'name': 'x'}}]}, 'no': {'actions': ["
                                   "{'loopNext': {'name': 'n'}}]}}}}, " PLAY("p") "]}}}}, "
                                   END_CALL), ""),
                 "> -> l; l -> d (Loop); l -> end (Done); d -> x (Yes); d -> n (No); x -> end; "
                 "n back -> l (next pass); p back -> l (next pass)");
    /* each loop has its own way out */
    expect_edges(INBOUND(TASK("A", "{'loop': {'name': 'o', 'outputs': {'loop': {'actions': ["
                                   "{'loop': {'name': 'i', 'outputs': {'loop': {'actions': ["
                                   "{'loopExit': {'name': 'x'}}]}}}}, " PLAY("p") "]}}}}, "
                                   END_CALL), ""),
                 "> -> o; o -> i (Loop); o -> end (Done); i -> x (Loop); i -> p (Done); x -> p; "
                 "p back -> o (next pass)");
    expect_edges("{'inqueueCall': {'name': 'Q', 'startUpTaskActions': [" PLAY("a") ", " PLAY("b")
                 "]}}", "> -> a; a -> b; b back -> a (starts over)");
}

static void test_jumps_and_calls(void **state)
{
    (void) state;
    expect_edges(INBOUND(TASK("A", "{'callTask': {'name': 'c', 'targetTaskRef': "
                                   "'/inboundCall/tasks/task[B]', 'outputs': {'default': "
                                   "{'actions': []}}}}, {'jumpToMenu': {'name': 'j', "
                                   "'targetMenuRef': '/inboundCall/menus/menu[M]'}}")
                         ", " TASK("B", "{'endTask': {'name': 'back'}}"),
                         "{'menu': {'name': 'M', 'refId': 'M', 'defaultChildMenuRef': "
                         "'./choices/menuRepeatMenu[R]', 'choices': [{'menuRepeatMenu': {'name': "
                         "'R', 'refId': 'R', 'dtmf': 'digit_1'}}, {'menuSubMenu': {'name': 'S', "
                         "'refId': 'S', 'dtmf': 'digit_2', 'choices': [{'menuPreviousMenu': "
                         "{'name': 'P', 'dtmf': 'digit_*', 'globalDtmf': true}}]}}]}}"),
                 "> -> c; c call -> back (calls); c -> j (Default); j jump -> M; M key -> R (1 "
                 "(default)); M key -> S (2); R back -> M; S key -> P (* in every menu); P back -> "
                 "M");
}

static void test_transfers(void **state)
{
    (void) state;
    expect_edges(INBOUND(TASK("A", "{'transferToAcd': {'name': 't', 'targetQueue': {'lit': "
                                   "{'name': 'Q'}}, 'overrideInQueueFlow': {'name': 'W'}}}, "
                                   "{'transferToNumber': {'name': 'n', 'targetNumber': {'exp': "
                                   "'Call.Ani'}}}, {'transferToVoicemail': {'name': 'v', "
                                   "'destination': {'user': {'targetUser': {'lit': {'name': "
                                   "'Q'}}}}}}, " END_CALL), ""),
                 "> -> t; t out -> Q; t out -> W (while waiting); t -> n (Failure); n out -> "
                 "=Call.Ani; n -> v (Failure); v out -> Q; v -> end (Failure)");
}

#define SET(name, target, type, to)                                                                \
    "{'setPostFlow': {'name': '" name "', 'target': {'" target "}, 'actionType': {'lit': '" type   \
    "'}, 'targetFlow': {'name': '" to "'}}}"

static void test_post_flows(void **state)
{
    (void) state;
    expect_edges(INBOUND(TASK("A", SET("s", "lit': 'caller'", "voiceSurveyFlow", "V") ", "
                                   SET("a", "lit': 'any'", "inboundCallFlow", "I") ", "
                                   "{'clearPostFlow': {'name': 'c', 'target': {'lit': 'callee'}}}, "
                                   END_CALL), ""),
                 "> -> s; s post -> V (agent hangs up: caller is sent here); s -> a; a post -> I "
                 "(one hangs up: the other is sent here); a -> c; c clear -> a (takes away); c -> "
                 "end");
    expect_edges(INBOUND(TASK("A", SET("s", "lit': 'callee'", "voiceSurveyFlow", "V") ", "
                                   SET("x", "exp': 'Flow.w'", "inboundCallFlow", "I") ", "
                                   END_CALL), ""),
                 "> -> s; s post -> V (never: agents are sent to no survey); s -> x; x post -> I "
                 "(whom =Flow.w names is sent here when the other hangs up); x -> end");
}

static void test_unreached(void **state)
{
    (void) state;
    expect_unreached(INBOUND(TASK("A", END_CALL ", " PLAY("x")) ", " TASK("B", PLAY("y")), ""),
                     "x, end of the task, y, end of the task");
    expect_unreached("{'inboundCall': {'name': 'F', 'startUpRef': '/inboundCall/tasks/task[A]', "
                     "'settingsErrorHandling': {'errorHandling': {'task': {'targetTaskRef': "
                     "'/inboundCall/tasks/task[B]'}}}, 'tasks': [" TASK("A", END_CALL) ", "
                     TASK("B", END_CALL) "]}}", "");
    expect_unreached(INBOUND(TASK("B", PLAY("y")), ""), "y, end of the task");
}

static void test_lines(void **state)
{
    (void) state;
    struct str rest = STR("one two three fourteen"), line;
    char shown[80] = "";
    while (picture_next_line(&rest, 7, &line)) {
        size_t at = strlen(shown);
        snprintf(shown + at, sizeof shown - at, "%.*s|", STR_ARG(line));
    }
    assert_string_equal(shown, "one two|three|fourtee|n|");
}

static void test_text(void **state)
{
    struct reading r;
    struct buf out;
    (void) state;
    reading_begin(&r);
    buf_init(&out, &r.env);
    picture_add_text(&out, STR(" a \n\t b\0c\x1b "));
    assert_string_equal(out.ptr, "a b^@c^[");
    buf_clear(&out);
    picture_add_cut(&out, STR("0123456789"), 10);
    assert_string_equal(out.ptr, "0123456789");
    buf_clear(&out);
    picture_add_cut(&out, STR("01234567890"), 10);
    assert_string_equal(out.ptr, "0123456...");
    buf_release(&out);
    reading_end(&r);
}

static void test_escapes(void **state)
{
    static const char flow[] = INBOUND(TASK("A", PLAY("1. <b> | `x` [y] & \\\\ end")), "");
    (void) state;
    expect_in(flow, "dot", "label=\"1. <b> | `x` [y] &amp; \\\\ end\\nplay audio\"");
    expect_in(flow, "mermaid", "[\"1#46; #60;b#62; #124; #96;x#96; #91;y#93; #38; #92; "
                               "end<br/>play audio\"]:::action");
    expect_in(flow, "markdown",
              "1. **1\\. \\<b> \\| \\`x\\` \\[y\\] \\& \\\\ end** – play audio");
}

static void test_sets(void **state)
{
    static const char queue[] =
        "{'inqueueCall': {'name': 'Q', 'startUpTaskActions': [" PLAY("p") ", "
        SET("s", "lit': 'caller'", "inboundCallFlow", "I") "]}}";
    static const char two[] = INBOUND(
        TASK("A", "{'decision': {'name': 'd', 'outputs': {'yes': {'actions': ["
                  SET("s", "lit': 'caller'", "inboundCallFlow", "I") "]}, 'no': {'actions': ["
                  SET("r", "lit': 'any'", "voiceSurveyFlow", "V") "]}}}}, "
                  "{'transferToUser': {'name': 'u', 'targetUser': {'lit': {'name': 'Ann'}}}}, "
                  "{'clearPostFlow': {'name': 'c', 'target': {'lit': 'any'}}}, " END_CALL),
        "");
    (void) state;
    /* the task starts over with what it leaves */
    expect_in(queue, "markdown", "- Armed at: start/2.\n- On some paths also at: start/1.\n");
    expect_in(two, "markdown", "· armed: P1 or P2, for the agent P2 or nothing\n");
    expect_in(two, "markdown",
              "| caller to I, or caller to V | call ends: no survey for agents, or call ends |");
    expect_edges(two, "> -> d; d -> s (Yes); d -> r (No); s post -> I (agent hangs up: caller is "
                      "sent here); s -> u; r post -> V (agent hangs up: caller is sent here); r -> "
                      "u; u out -> Ann; u -> c (Failure); c clear -> s (takes away); c clear -> r "
                      "(takes away); c -> end");
}

static void test_page(void **state)
{
    static const char flow[] = INBOUND(
        TASK("A", "{'decision': {'name': 'd', 'outputs': {'yes': {'actions': ["
                  SET("s", "lit': 'any'", "inboundCallFlow", "I") "]}}}}, "
                  "{'transferToUser': {'name': 'u', 'targetUser': {'lit': {'name': 'Ann'}}}}, "
                  "{'transferToFlowSecure': {'name': 'w', 'targetFlow': {'name': 'W'}}}, "
                  END_CALL),
        "");
    (void) state;
    expect_in(flow, "markdown",
              "2. **u** – transfer user → user **Ann** · armed: P1 or nothing\n"
              "   - *Failure*: goes on\n");
    expect_in(flow, "markdown", "→ secure call **W** · takes every post-flow away");
    expect_in(flow, "markdown",
              "- When the **agent** hangs up: caller to I.\n"
              "- When the **caller** hangs up: agent to I.\n"
              "- Set at: A/1/yes/1.\n- Armed at: A/1/yes/1.\n"
              "- On some paths also at: A/2 to A/4.\n");
    expect_in(flow, "markdown",
              "| u (A/2) | user **Ann** | caller to I, or call ends "
              "| agent to I, or call ends |");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_paths),     cmocka_unit_test(test_loops),
        cmocka_unit_test(test_jumps_and_calls), cmocka_unit_test(test_transfers),
        cmocka_unit_test(test_post_flows), cmocka_unit_test(test_unreached),
        cmocka_unit_test(test_lines),     cmocka_unit_test(test_text),
        cmocka_unit_test(test_escapes),   cmocka_unit_test(test_page),
        cmocka_unit_test(test_sets),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
