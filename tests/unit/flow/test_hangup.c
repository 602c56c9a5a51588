#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>
#include "engine/flow/hangup.h"
#include "engine/flow/path.h"
#include "engine/flow/workspace.h"
#include "tests/unit/flow/reading.h"

/* A Set Post-Flow named X for a target; Clear Post-Flow; ends and jumps. */
#define SET(name, target) "{'setPostFlow': {'name': '" name "', 'target': {'lit': '" target "'}}}"
#define CLEAR(target) "{'clearPostFlow': {'target': {'lit': '" target "'}}}"
#define PLAY "{'playAudio': {}}"
#define END_CALL "{'disconnect': {}}"
#define DECIDE(yes, no)                                                                            \
    "{'decision': {'outputs': {'yes': {'actions': [" yes "]}, 'no': {'actions': [" no "]}}}}"
#define JUMP(task) "{'jumpToTask': {'targetTaskRef': '/inboundCall/tasks/task[" task "]'}}"
#define TO_MENU(menu) "{'jumpToMenu': {'targetMenuRef': '/inboundCall/menus/menu[" menu "]'}}"
#define CALL(task, rest)                                                                           \
    "{'callTask': {'targetTaskRef': '/inboundCall/tasks/task[" task "]', 'outputs': {" rest "}}}"
#define TASK(name, actions)                                                                        \
    "{'task': {'name': '" name "', 'refId': '" name "', 'actions': [" actions "]}}"
#define INBOUND(tasks, menus)                                                                      \
    "{'inboundCall': {'name': 'F', 'startUpRef': '/inboundCall/tasks/task[A]', 'tasks': [" tasks   \
    "], 'menus': [" menus "]}}"

struct asked {
    struct reading r;
    struct flow flow;
    struct hangups *hangups;
};

static void begin(struct asked *t, const char *text)
{
    reading_begin(&t->r);
    reading_flow(&t->r, text, &t->flow);
    t->hangups = hangups_new(&t->r.env);
}

static void end(struct asked *t)
{
    hangups_free(t->hangups);
    reading_end(&t->r);
}

/* "X ?": the caller's slot was set by X, the callee's depends; - unset, x cleared. */
static void add_slot(const struct flow *flow, struct slot_answer answer, struct buf *out)
{
    static const char *const words[] = { "-", "", "x", "?" };
    if (out->len)
        buf_add_char(out, ' ');
    buf_add_text(out, words[answer.state]);
    if (answer.state == SLOT_SET)
        buf_add(out, flow_name(flow, answer.by));
}

static const char *at(struct asked *t, const struct workspace *ws, const char *path)
{
    static char text[80];
    struct spot spot;
    struct hangup_answer answer;
    struct buf out;
    if (!path_find(&t->flow, str_of(path), &spot, &t->r.diags))
        fail_msg("%s: no such path", path);
    hangups_at(t->hangups, &t->flow, ws, spot, &answer);
    buf_init(&out, &t->r.env);
    add_slot(&t->flow, answer.caller, &out);
    add_slot(&t->flow, answer.callee, &out);
    snprintf(text, sizeof text, "%s", out.ptr);
    buf_release(&out);
    return text;
}

struct expected {
    const char *path, *slots;
};

static void expect(const char *flow, const struct expected *expected)
{
    struct asked t;
    begin(&t, flow);
    for (; expected->path; expected++) {
        const char *got = at(&t, NULL, expected->path);
        if (strcmp(got, expected->slots))
            fail_msg("%s: %s, not %s", expected->path, got, expected->slots);
    }
    end(&t);
}
#define EXPECT(flow, ...) expect(flow, (const struct expected[]){ __VA_ARGS__, { NULL, NULL } })

static void test_line(void **state)
{
    (void) state;
    EXPECT(INBOUND(TASK("A", PLAY "," SET("X", "caller") "," PLAY "," SET("Y", "any") ","
                        CLEAR("callee") "," SET("Z", "callee") "," CLEAR("any") "," END_CALL), ""),
           { "A", "- -" }, { "A/1", "- -" }, { "A/2", "X -" }, { "A/3", "X -" }, { "A/4", "Y Y" },
           { "A/5", "Y x" }, { "A/6", "Y Z" }, { "A/7", "x x" }, { "A/8", "x x" });
}

/* What the two rows tell at a glance: A set, ? on some paths, - not; nothing before a question. */
static void glances(const char *flow, const char *first, const char *second, const char *expected)
{
    static const char letters[] = { [GLANCE_NONE] = '-', [GLANCE_MAYBE] = '?', [GLANCE_SET] = 'A' };
    const char *const paths[] = { first, second };
    struct asked t;
    char got[3] = "";
    begin(&t, flow);
    for (int i = 0; i < 2; i++) {
        struct spot spot;
        assert_true(path_find(&t.flow, str_of(paths[i]), &spot, &t.r.diags));
        if (i == 0)
            assert_int_equal(hangups_glance(t.hangups, &t.flow, spot.node), GLANCE_NONE);
        at(&t, NULL, "A");
        got[i] = letters[hangups_glance(t.hangups, &t.flow, spot.node)];
    }
    assert_string_equal(got, expected);
    end(&t);
}

static void test_glance(void **state)
{
    (void) state;
    glances(INBOUND(TASK("A", SET("X", "caller") "," PLAY), ""), "A/1", "A/2", "AA");
    glances(INBOUND(TASK("A", SET("X", "callee") "," CLEAR("any")), ""), "A/1", "A/2", "A-");
    glances(INBOUND(TASK("A", SET("X", "any") "," CLEAR("caller")), ""), "A/1", "A/2", "AA");
    glances(INBOUND(TASK("A", DECIDE(SET("X", "caller"), PLAY) "," PLAY), ""), "A/1", "A/2", "-?");
    glances(INBOUND(TASK("A", END_CALL "," SET("X", "any")), ""), "A/1", "A/2", "--");
}

/* An expression may address either; a word that is none raises an error and sets nothing. */
static void test_targets(void **state)
{
    (void) state;
    EXPECT(INBOUND(TASK("A", SET("X", "caller") ",{'setPostFlow': {'name': 'Y', 'target': {'exp': "
                             "'Flow.who'}}}," SET("Z", "any") ",{'clearPostFlow': {'target': "
                             "{'exp': 'Flow.who'}}}," SET("W", "agent") ","
                             "{'setPostFlow': {'name': 'V', 'target': 'caller'}},"
                             "{'setPostFlow': {'name': 'U'}}"), ""),
           { "A/2", "? ?" }, { "A/3", "Z Z" }, { "A/4", "? ?" }, { "A/5", "? ?" },
           { "A/6", "V ?" }, { "A/7", "V ?" });
    EXPECT(INBOUND(TASK("A", "{'clearPostFlow': {'target': {'exp': 'Flow.who'}}}"), ""),
           { "A/1", "x x" });
}

static void test_branches(void **state)
{
    (void) state;
    EXPECT(INBOUND(TASK("A", DECIDE(SET("X", "caller"), CLEAR("any")) "," PLAY), ""),
           { "A/1", "? x" }, { "A/1/yes", "- -" }, { "A/1/yes/1", "X -" }, { "A/1/no/1", "x x" },
           { "A/2", "? x" });
    /* a path that ends does not count; nor does an output that is not written end anything */
    EXPECT(INBOUND(TASK("A", DECIDE(SET("X", "any") "," END_CALL, PLAY) "," PLAY), ""),
           { "A/1", "- -" }, { "A/1/yes/2", "X X" }, { "A/2", "- -" });
    EXPECT(INBOUND(TASK("A", "{'decision': {'outputs': {'yes': {'actions': [" SET("X", "caller")
                             "]}}}}"), ""),
           { "A/1", "? -" }, { "A/1/no", "- -" });
    /* both set by the same action */
    EXPECT(INBOUND(TASK("A", SET("X", "any") "," DECIDE(PLAY, PLAY)), ""), { "A/2", "X X" });
}

/* A transfer leaves with what is set at it, whatever its failure does. */
static void test_transfer(void **state)
{
    (void) state;
    EXPECT(INBOUND(TASK("A", SET("X", "caller") ",{'transferToAcd': {'outputs': {'failure': "
                             "{'actions': [" CLEAR("any") "]}}}}," END_CALL), ""),
           { "A/2", "X -" }, { "A/2/failure", "X -" }, { "A/2/failure/1", "x x" },
           { "A/3", "x x" });
}

static void test_behind_an_end(void **state)
{
    (void) state;
    EXPECT(INBOUND(TASK("A", SET("X", "caller") "," END_CALL "," SET("Y", "callee") "," JUMP("B"))
                   "," TASK("B", PLAY), ""),
           { "A/2", "X -" }, { "A/3", "X Y" }, { "B/1", "? ?" });
}

static void test_jumps(void **state)
{
    (void) state;
    EXPECT(INBOUND(TASK("C", PLAY) "," TASK("B", SET("Y", "callee") "," JUMP("C")) ","
                   TASK("A", SET("X", "caller") "," JUMP("B")) "," TASK("D", SET("Z", "caller") ","
                   JUMP("C")), ""),
           { "B", "X -" }, { "B/1", "X Y" }, { "C/1", "X Y" },
           { "D", "? ?" }, { "D/1", "Z ?" }); /* nothing leads to D, so C hears nothing of it */
    EXPECT(INBOUND(TASK("A", DECIDE(SET("X", "any") "," JUMP("B"), JUMP("B"))) ","
                   TASK("B", PLAY), ""),
           { "B", "? ?" });
    /* a circle */
    EXPECT(INBOUND(TASK("A", PLAY "," JUMP("B")) "," TASK("B", SET("X", "caller") "," JUMP("A")),
                   ""),
           { "A", "? -" }, { "A/1", "? -" }, { "B", "? -" }, { "B/1", "X -" });
}

static void test_loops(void **state)
{
#define LOOP(body) "{'loop': {'outputs': {'loop': {'actions': [" body "]}}}}"
#define NEXT "{'loopNext': {}}"
#define EXIT "{'loopExit': {}}"
    (void) state;
    EXPECT(INBOUND(TASK("A", LOOP(PLAY "," SET("X", "caller")) "," PLAY), ""),
           { "A/1", "? -" }, { "A/1/loop/1", "? -" }, { "A/1/loop/2", "X -" }, { "A/2", "? -" });
    EXPECT(INBOUND(TASK("A", SET("W", "callee") "," LOOP(DECIDE(SET("X", "caller") "," EXIT,
                                                             CLEAR("callee") "," NEXT) "," PLAY)
                        "," PLAY), ""),
           { "A/2/loop/1/yes/1", "X ?" }, { "A/2/loop/1/no", "- ?" }, { "A/3", "? ?" },
           { "A/2/loop/2", "- ?" });
    EXPECT(INBOUND(TASK("A", LOOP(LOOP(LOOP(SET("X", "caller")))) "," CLEAR("caller") ","
                        LOOP(PLAY)), ""),
           { "A/1/loop/1/loop/1/loop", "? -" }, { "A/1/loop/1/loop/1/loop/1", "X -" },
           { "A/3", "x -" });
}

static void test_called_tasks(void **state)
{
    (void) state;
    EXPECT(INBOUND(TASK("A", CALL("B", "'default': {'actions': [" PLAY "]}, 'paths': [{'path': "
                                  "{'name': 'P', 'actions': [" SET("Y", "callee") "]}}]") "," PLAY)
                   "," TASK("B", DECIDE(SET("X", "caller") ",{'endTask': {}}", SET("X2", "caller"))
                        ), ""),
           { "B", "- -" }, { "A/1/default", "? -" }, { "A/1/default/1", "? -" },
           { "A/1/P/1", "? Y" }, { "A/2", "? ?" });
    /* one that never comes back; one that calls itself; one that is not chosen */
    EXPECT(INBOUND(TASK("A", SET("X", "caller") "," CALL("B", "") "," PLAY) ","
                   TASK("B", CLEAR("any") "," END_CALL), ""),
           { "B/1", "x x" }, { "A/2", "X -" }, { "A/3", "X -" });
    EXPECT(INBOUND(TASK("A", CALL("B", "") "," JUMP("C")) "," TASK("B", END_CALL) ","
                   TASK("C", PLAY), ""),
           { "B/1", "- -" }, { "C", "? ?" });
    EXPECT(INBOUND(TASK("A", CALL("A", "") "," PLAY), ""), { "A/1", "- -" });
    EXPECT(INBOUND(TASK("A", DECIDE(CALL("A", "") "," SET("X", "caller"), PLAY)), ""),
           { "A/1/yes/1", "? -" }, { "A/1", "? -" });
    EXPECT(INBOUND(TASK("A", SET("X", "caller") ",{'callTask': {}}," PLAY), ""), { "A/3", "X -" });
}

#define MENU(name, choices)                                                                        \
    "{'menu': {'name': '" name "', 'refId': '" name "', 'choices': [" choices "]}}"
#define CHOICE_TASK(name, more, actions)                                                           \
    "{'menuTask': {'name': '" name "'" more ", 'task': {'actions': [" actions "]}}}"
static void test_menus(void **state)
{
    (void) state;
    EXPECT(INBOUND(TASK("A", SET("X", "caller") "," TO_MENU("M")),
                   MENU("M", CHOICE_TASK("One", "", SET("Y", "callee") "," END_CALL)
                        ",{'menuSubMenu': {'name': 'Sub', 'refId': 'S', 'choices': ["
                        CHOICE_TASK("In", "", CLEAR("caller") ",{'previousMenu': {}}") "]}},"
                        "{'menuDisconnect': {'name': 'Bye'}},"
                        "{'menuJumpToTask': {'name': 'To', 'targetTaskRef': "
                        "'/inboundCall/tasks/task[B]'}}")) ,
           { "M", "? -" }, { "M/One", "? -" }, { "M/One/1", "? Y" }, { "M/Bye", "? -" },
           { "M/Sub", "? -" }, { "M/Sub/In/1", "x -" });
    EXPECT(INBOUND(TASK("A", TO_MENU("M")) "," TASK("B", PLAY),
                   MENU("M", CHOICE_TASK("One", "", SET("Y", "any") ",{'repeatMenu': {}}")
                        ",{'menuJumpToTask': {'name': 'To', 'targetTaskRef': "
                        "'/inboundCall/tasks/task[B]'}}")),
           { "M", "? ?" }, { "M/To", "? ?" }, { "B", "? ?" }, { "M/One/1", "Y Y" });
}

/* A global choice can be chosen in every menu that is reached. */
static void test_global_choices(void **state)
{
#define TWO_MENUS(global)                                                                          \
    INBOUND(TASK("A", TO_MENU("M")) "," TASK("B", PLAY),                                           \
            MENU("M", "{'menuJumpToTask': {'name': 'G'" global ", 'targetTaskRef': "               \
                      "'/inboundCall/tasks/task[B]'}},"                                            \
                      CHOICE_TASK("One", "", SET("X", "caller") "," TO_MENU("N"))) ","             \
            MENU("N", "{'menuDisconnect': {'name': 'Bye'}}"))
    (void) state;
    EXPECT(TWO_MENUS(""), { "N", "X -" }, { "M/G", "- -" }, { "B", "- -" });
    EXPECT(TWO_MENUS(", 'globalDtmf': true"), { "M", "- -" }, { "M/G", "? -" }, { "B", "? -" });
    EXPECT(TWO_MENUS(", 'globalSpeechRecTerms': true"), { "B", "? -" });
}

static void test_types(void **state)
{
    (void) state;
    EXPECT("{'inqueueCall': {'startUpTaskActions': [" PLAY "," SET("X", "caller") "]}}",
           { "start", "? ?" }, { "start/1", "? ?" }, { "start/2", "X ?" });
    EXPECT("{'commonModule': {'startUpTaskActions': [" CLEAR("any") "]}}", { "start/1", "x x" });
    EXPECT("{'outboundCall': {'startUpRef': '/outboundCall/tasks/task[A]', 'tasks': ["
           TASK("A", PLAY) "]}}", { "A/1", "- -" });
    EXPECT("{'voiceSurvey': {'startUpRef': '/voiceSurvey/states/state[A]', 'states': [{'state': "
           "{'name': 'A', 'refId': 'A', 'actions': [{'changeState': {'targetStateRef': "
           "'/voiceSurvey/states/state[B]'}}]}}, {'state': {'name': 'B', 'refId': 'B', 'actions': "
           "[" PLAY "]}}]}}",
           { "A", "? ?" }, { "B/1", "? ?" });
    /* without a start object nothing is known */
    EXPECT("{'inboundCall': {'tasks': [" TASK("A", SET("X", "caller")) "]}}", { "A", "? ?" },
           { "A/1", "X ?" });
}

/* --- modules, and answers that are kept */

static void write_file(const char *folder, const char *name, const char *text)
{
    char path[200];
    snprintf(path, sizeof path, "%s/%s.flow.json", folder, name);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    for (const char *at = text; *at; at++)
        fputc(*at == '\'' ? '"' : *at, file);
    assert_int_equal(fclose(file), 0);
}

#define MODULE(name) "{'callCommonModule': {'commonModule': {'" name "': {'v': {}}}}}"
#define MODULE_FLOW(name, actions)                                                                 \
    "{'commonModule': {'name': '" name "', 'startUpTaskActions': [" actions "]}}"
static void test_modules(void **state)
{
    static const char *const names[] = { "quiet", "arm", "either", "line" };
    char folder[] = "/tmp/postflow-hangup-XXXXXX";
    char path[200];
    struct asked t;
    (void) state;
    assert_non_null(mkdtemp(folder));
    write_file(folder, "quiet", MODULE_FLOW("Quiet", PLAY));
    write_file(folder, "arm", MODULE_FLOW("Arm", DECIDE(SET("X", "caller"), PLAY)));
    write_file(folder, "either", MODULE_FLOW("Either", "{'clearPostFlow': {'target': {'exp': "
                                                       "'Flow.x'}}}"));
    write_file(folder, "line",
               INBOUND(TASK("A", MODULE("Quiet") "," MODULE("Missing") "," MODULE("Arm") ","
                            CLEAR("any") "," MODULE("Either") "," CLEAR("caller") ","
                            MODULE("Arm") "," "{'callCommonModule': {}}"), ""));
    begin(&t, "{'inboundCall': {}}");
    struct workspace *ws = workspace_open(&t.r.env, &t.r.limits, folder, &t.r.diags);
    assert_non_null(ws);
    struct flow *line = workspace_find(ws, FLOW_INBOUND_CALL, STR("F"));
    assert_non_null(line);
    t.flow = *line;
    assert_string_equal(at(&t, NULL, "A/1"), "? ?"); /* it may do anything */
    assert_string_equal(at(&t, ws, "A/1"), "- -");
    assert_string_equal(at(&t, ws, "A/2"), "- -"); /* the call ends in an error */
    assert_string_equal(at(&t, ws, "A/3"), "? -");
    assert_string_equal(at(&t, ws, "A/4"), "x x");
    assert_string_equal(at(&t, ws, "A/5"), "? ?");
    assert_string_equal(at(&t, ws, "A/6"), "x ?");
    assert_string_equal(at(&t, ws, "A/7"), "? ?");
    assert_string_equal(at(&t, ws, "A/8"), "? ?");
    workspace_free(ws);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        snprintf(path, sizeof path, "%s/%s.flow.json", folder, names[i]);
        assert_int_equal(remove(path), 0);
    }
    assert_int_equal(remove(folder), 0);
    end(&t);
}

/* The key of the answers: an edit makes them anew. */
static void test_kept(void **state)
{
    struct asked t;
    (void) state;
    begin(&t, INBOUND(TASK("A", SET("X", "caller") "," PLAY), ""));
    assert_string_equal(at(&t, NULL, "A/2"), "X -");
    struct spot spot;
    assert_true(path_find(&t.flow, STR("A/1"), &spot, &t.r.diags));
    struct doc *doc = t.flow.doc;
    node_id word = flow_field_node(&t.flow, spot.node, "target/lit");
    struct str text = doc_text(doc, word);
    char *other = (char *) (uintptr_t) text.ptr;
    memcpy(other, "callee", 6);
    assert_string_equal(at(&t, NULL, "A/2"), "X -"); /* nobody said that it changed */
    doc->revision++;
    assert_string_equal(at(&t, NULL, "A/2"), "- X");
    memcpy(other, "caller", 6);
    hangups_clear(t.hangups);
    assert_string_equal(at(&t, NULL, "A/2"), "X -");
    struct hangup_answer answer;
    flow_hangup_at(&t.flow, spot, &answer);
    assert_int_equal(answer.caller.state, SLOT_SET);
    assert_int_equal(answer.caller.by, spot.node);
    end(&t);
}

/* --- shapes that are trouble */

static void test_odd_shapes(void **state)
{
    (void) state;
    static const char *const flows[] = {
        "{'inboundCall': {}}",
        "{'inboundCall': {'tasks': [" TASK("A", "") "]}}",
        "{'inboundCall': {'tasks': 5, 'startUpRef': '[A]'}}",
        INBOUND(TASK("A", "{'setPostFlow': 5}, {'loop': null}, {'what': {'outputs': {'x': "
                          "{'actions': [{'loopNext': {}}]}}}}, {'loopExit': {}}, {'jumpToTask': "
                          "{'targetTaskRef': 5}}"),
                MENU("M", "{'menuTask': 5}, {'menuSubMenu': {}}, {'menuJumpToMenu': {}}")),
    };
    for (size_t i = 0; i < sizeof flows / sizeof *flows; i++) {
        struct asked t;
        struct hangup_answer answer;
        begin(&t, flows[i]);
        for (node_id node = 0; node < t.flow.doc->count; node++) {
            for (uint16_t output = 0; output < 3; output++)
                hangups_at(t.hangups, &t.flow, NULL, (struct spot){ node, output }, &answer);
        }
        end(&t);
    }
}

static void add_many(struct buf *out, const char *open, const char *close, size_t count,
                     const char *inside)
{
    for (size_t i = 0; i < count; i++)
        buf_add_text(out, open);
    buf_add_text(out, inside);
    for (size_t i = 0; i < count; i++)
        buf_add_text(out, close);
}

static const char *answer_in(struct asked *t, struct buf *text, const char *path)
{
    static char kept[80];
    begin(t, text->ptr);
    snprintf(kept, sizeof kept, "%s", at(t, NULL, path));
    end(t);
    return kept;
}

/* Loops in loops cost no more than their number; too many actions depend. */
static void test_bounds(void **state)
{
    struct env env;
    struct buf text;
    struct asked t;
    (void) state;
    env_init(&env);
    buf_init(&text, &env);
    buf_add_text(&text, "{'inboundCall': {'startUpRef': '[A]', 'tasks': [{'task': {'name': 'A', "
                        "'refId': 'A', 'actions': [");
    size_t head = text.len;
    add_many(&text, "{'loop': {'outputs': {'loop': {'actions': [", "]}}}}", 36, SET("X", "caller"));
    buf_add_text(&text, "]}}]}}");
    assert_string_equal(answer_in(&t, &text, "A/1"), "? -");
    for (size_t count = 90000; count <= 450000; count *= 5) {
        buf_truncate(&text, head);
        buf_add_text(&text, SET("X", "caller"));
        add_many(&text, ",{'playAudio':{}}", "", count, "");
        buf_add_text(&text, "]}}]}}");
        assert_string_equal(answer_in(&t, &text, "A/3"), count == 90000 ? "X -" : "? ?");
    }
    buf_release(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_line),         cmocka_unit_test(test_glance),
        cmocka_unit_test(test_targets),
        cmocka_unit_test(test_branches),     cmocka_unit_test(test_transfer),
        cmocka_unit_test(test_behind_an_end), cmocka_unit_test(test_jumps),
        cmocka_unit_test(test_loops),        cmocka_unit_test(test_called_tasks),
        cmocka_unit_test(test_menus),        cmocka_unit_test(test_global_choices),
        cmocka_unit_test(test_types),        cmocka_unit_test(test_modules),
        cmocka_unit_test(test_kept),         cmocka_unit_test(test_odd_shapes),
        cmocka_unit_test(test_bounds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
