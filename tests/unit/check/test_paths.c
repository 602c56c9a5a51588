/* Post-flows over all paths and across flows: what is told of which action, and where nothing is.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>
#include "engine/base/env.h"
#include "engine/check/check.h"
#include "tests/unit/check/flows.h"

#define SET(name, target, flow) SET_OF(name, target, "inboundCallFlow", flow)
#define SET_OF(name, target, type, flow)                                                           \
    "{'setPostFlow':{'name':'" name "','target':{'lit':'" target "'},'actionType':{'lit':'" type   \
    "'},'targetFlow':{'name':'" flow "'}}}"
#define CLEAR(target) "{'clearPostFlow':{'name':'Clear','target':{'lit':'" target "'}}}"
#define QUEUE "{'transferToAcd':{'name':'Q','targetQueue':{'lit':{'name':'Support'}}}}"
#define BYE "{'disconnect':{'name':'Bye'}}"
#define EITHER(yes, no)                                                                            \
    "{'decision':{'name':'D','condition':{'exp':'Call.Ani == "                                     \
    "\\'1\\''},'outputs':{'yes':{'actions':[" yes "]},'no':{'actions':[" no "]}}}}"
#define TO_FLOW(name) "{'transferToFlow':{'name':'T','targetFlow':{'name':'" name "'}}}"
#define MODULE(name) "{'callCommonModule':{'name':'M','commonModule':{'" name "':{}}}}"

static const struct {
    const char *first, *second; /* actions of the flows A and B */
    const char *told;           /* "CODE FLOW name; " of each */
} cases[] = {
    /* It fires. */
    { SET("P", "caller", "B") "," QUEUE "," BYE, BYE, "" },
    { SET("P", "caller", "B") "," EITHER(QUEUE, "") "," BYE, BYE, "" },
    { EITHER(SET("P", "any", "B"), "") "," QUEUE "," BYE, BYE, "" },
    /* Nobody is reached. */
    { SET("P", "caller", "B") "," BYE, BYE, "W414 A P; " },
    { QUEUE "," SET("P", "caller", "B") "," BYE, BYE, "W414 A P; " },
    { SET("P", "caller", "B") "," EITHER(BYE, CLEAR("any")) "," QUEUE "," BYE, BYE, "W414 A P; " },
    { SET("P", "caller", "B") "," TO_FLOW("B"), BYE, "W414 A P; " },
    { SET("P", "caller", "C") "," TO_FLOW("B"), QUEUE "," BYE, "" },
    { SET("P", "caller", "B") "," TO_FLOW("Nowhere"), BYE, "" },
    /* Replaced, cleared: the slot that is addressed counts. */
    { SET("P", "caller", "B") "," SET("R", "caller", "B") "," QUEUE "," BYE, BYE, "W412 A P; " },
    { SET("P", "any", "B") "," SET("R", "caller", "B") "," QUEUE "," BYE, BYE, "" },
    { SET("P", "any", "B") "," SET("R", "any", "B") "," QUEUE "," BYE, BYE, "W412 A P; " },
    { SET("P", "callee", "B") "," CLEAR("any") "," QUEUE "," BYE, BYE, "W413 A P; " },
    { SET("P", "callee", "B") "," CLEAR("caller") "," QUEUE "," BYE, BYE, "W418 A Clear; " },
    { SET("P", "callee", "B") "," EITHER(CLEAR("any"), "") "," QUEUE "," BYE, BYE, "" },
    { EITHER(SET("P", "caller", "B"), "") "," SET("R", "caller", "B") "," QUEUE "," BYE, BYE,
      "W412 A P; " },
    /* Nothing to clear; a flow that others lead to may have something. */
    { CLEAR("any") "," QUEUE "," BYE, BYE, "W418 A Clear; " },
    { CLEAR("any") "," CLEAR("any") "," QUEUE "," BYE, BYE, "W418 A Clear; W418 A Clear; " },
    { SET("P", "caller", "B") "," QUEUE "," BYE, CLEAR("any") "," QUEUE "," BYE, "" },
    { TO_FLOW("B"), CLEAR("any") "," QUEUE "," BYE, "" },
    /* Again and again. */
    { SET("P", "caller", "B") "," QUEUE "," BYE, QUEUE "," BYE, "W415 A P; " },
    { SET("P", "caller", "B") "," QUEUE "," BYE, EITHER(CLEAR("any"), "") "," QUEUE "," BYE, "" },
    { SET("P", "caller", "B") "," QUEUE "," BYE, SET("R", "callee", "C") "," QUEUE "," BYE,
      "W415 A P; " },
    { SET("P", "caller", "B") "," QUEUE "," BYE, SET("R", "caller", "C") "," QUEUE "," BYE, "" },
    { SET("P", "caller", "B") "," QUEUE "," BYE, SET("R", "caller", "A") "," QUEUE "," BYE,
      "W416 A P A -> B -> A; W416 B R B -> A -> B; " },
    { SET("P", "caller", "B") "," QUEUE "," BYE,
      EITHER(SET("R", "caller", "A"), CLEAR("any")) "," QUEUE "," BYE, "" },
    { SET("P", "caller", "A") "," QUEUE "," BYE, BYE, "W416 A P A -> A; " },
    /* A module may set or clear: what it does to one slot is not known, the other is. */
    { MODULE("Arm") "," CLEAR("any") "," QUEUE "," BYE, BYE, "" },
    { SET("P", "caller", "B") "," MODULE("Nothing") "," QUEUE "," BYE, BYE, "" },
};

static struct env env;

static void add_told(struct workspace *ws, struct flow *flow, struct buf *out)
{
    struct diags diags;
    diags_init(&diags, &env);
    check_flow(ws, flow, &diags);
    for (size_t i = 0; i < diags.count; i++) {
        const struct diag *diag = &diags.items[i];
        if (diag->code < DIAG_POST_FLOW_REPLACED || diag->code > DIAG_POST_FLOW_NOTHING_TO_CLEAR)
            continue;
        if (diag->code == DIAG_POST_FLOW_SOMETIMES)
            continue; /* below */
        buf_addf(out, "%s %.*s %.*s", diag_info(diag->code)->code, STR_ARG(flow_title(flow)),
                 STR_ARG(flow_name(flow, diag->place.node)));
        if (diag->code == DIAG_POST_FLOW_CYCLE)
            buf_addf(out, " %.*s", STR_ARG(diag->args[0]));
        buf_add_text(out, "; ");
    }
    diags_release(&diags);
}

static void what_is_told_of_each(void **state)
{
    (void) state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct limits limits = LIMITS_DEFAULT;
        struct buf told;
        buf_init(&told, &env);
        struct workspace *ws = flows_workspace(&env, &limits);
        flows_add(ws, FLOW_COMMON_MODULE, "Arm", SET("S", "caller", "C"));
        flows_add(ws, FLOW_COMMON_MODULE, "Nothing", "");
        flows_add(ws, FLOW_INBOUND_CALL, "C", BYE);
        struct flow *first = flows_add(ws, FLOW_INBOUND_CALL, "A", cases[i].first);
        struct flow *second = flows_add(ws, FLOW_INBOUND_CALL, "B", cases[i].second);
        add_told(ws, first, &told);
        add_told(ws, second, &told);
        if (strcmp(told.len ? told.ptr : "", cases[i].told))
            fail_msg("case %zu: told %s\nnot %s\nA %s\nB %s", i, told.ptr, cases[i].told,
                     cases[i].first, cases[i].second);
        buf_release(&told);
        workspace_free(ws);
    }
}

#define TASK(name, actions)                                                                        \
    "{'task':{'name':'" name "','refId':'" name "_1','actions':[" actions "]}}"
#define JUMP(name)                                                                                 \
    "{'jumpToTask':{'name':'J','targetTaskRef':'/inboundCall/tasks/task[" name "_1]'}}"
#define AUDIO "{'playAudio':{'name':'Hello','audio':{'tts':'Hello'}}}"
#define SET_P SET("P", "caller", "B")

/* Paths without it, while others have it: the shortest is named. */
static const struct {
    const char *actions, *more; /* of the task T, and the tasks behind it */
    const char *told;           /* "WHERE what WAY; " of each */
} ways[] = {
    { EITHER(SET_P, "") "," QUEUE "," BYE, "", "T/2 P T/1/no; " },
    { EITHER(AUDIO "," EITHER("", SET_P), SET_P) "," QUEUE "," BYE, "", "T/2 P T/1/yes/2/yes; " },
    /* The one in which nothing is set at all. */
    { EITHER(EITHER("", SET_P), AUDIO) "," QUEUE "," BYE, "", "T/2 P T/1/no; " },
    /* What is cleared, or set everywhere, is as it is meant to be. */
    { EITHER(SET_P, CLEAR("caller")) "," QUEUE "," BYE, "", "" },
    { EITHER(SET_P, SET("R", "any", "B")) "," QUEUE "," BYE, "", "" },
    { EITHER(SET_P, BYE) "," QUEUE "," BYE, "", "" },
    { QUEUE "," SET_P "," QUEUE "," BYE, "", "" },
    /* Each transfer once, for all that are set there. */
    { EITHER(EITHER(SET_P, SET("R", "caller", "B")), "") "," QUEUE "," QUEUE "," BYE, "",
      "T/2 P T/1/no; " },
    /* By jumps. */
    { EITHER(SET_P, "") "," JUMP("U"), "," TASK("U", QUEUE "," BYE), "U/1 P T/1/no, T/2; " },
    { EITHER(SET_P "," JUMP("V"), JUMP("U")), "," TASK("U", JUMP("V")) ","
      TASK("V", EITHER("", BYE) "," QUEUE "," BYE), "V/2 P T/1/no/1, U/1; " },
    { EITHER(JUMP("U"), SET_P) "," JUMP("V"),
      "," TASK("U", EITHER(JUMP("V"), AUDIO) "," BYE) "," TASK("V", QUEUE "," BYE),
      "V/1 P T/1/yes/1, U/1/yes/1; " },
};

static struct flow *add_tasks(struct workspace *ws, const char *actions, const char *more)
{
    struct buf text;
    struct diags diags;
    diags_init(&diags, &env);
    buf_init(&text, &env);
    struct workspace_file *file = workspace_new_flow(ws, FLOW_INBOUND_CALL, STR("A"), &diags);
    buf_addf(&text, "{'inboundCall':{'name':'A','startUpRef':'./task[T_1]','tasks':[{'task':{'name'"
                    ":'T','refId':'T_1','actions':[%s]}}%s]}}", actions, more);
    for (size_t i = 0; i < text.len; i++)
        text.ptr[i] = text.ptr[i] == '\'' ? '"' : text.ptr[i];
    struct doc *doc = doc_read(&env, &ws->atoms, &ws->limits, "a", buf_str(&text), &diags);
    assert_non_null(doc);
    doc_free(file->flow.doc);
    assert_true(flow_index(&file->flow, doc, &diags));
    buf_release(&text);
    diags_release(&diags);
    return &file->flow;
}

static void the_shortest_way_without_is_named(void **state)
{
    (void) state;
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        struct limits limits = LIMITS_DEFAULT;
        struct buf told;
        struct diags diags;
        buf_init(&told, &env);
        diags_init(&diags, &env);
        struct workspace *ws = flows_workspace(&env, &limits);
        flows_add(ws, FLOW_INBOUND_CALL, "B", BYE);
        check_flow(ws, add_tasks(ws, ways[i].actions, ways[i].more), &diags);
        for (size_t k = 0; k < diags.count; k++) {
            const struct diag *diag = &diags.items[k];
            if (diag->code == DIAG_POST_FLOW_SOMETIMES)
                buf_addf(&told, "%.*s %.*s %.*s; ", STR_ARG(diag->place.path),
                         STR_ARG(diag->args[0]), STR_ARG(diag->args[1]));
        }
        if (strcmp(told.len ? told.ptr : "", ways[i].told))
            fail_msg("way %zu: told %s\nnot %s", i, told.len ? told.ptr : "", ways[i].told);
        buf_release(&told);
        diags_release(&diags);
        workspace_free(ws);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_told_of_each),
        cmocka_unit_test(the_shortest_way_without_is_named),
    };
    env_init(&env);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
