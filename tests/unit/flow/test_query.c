/* What ends, what is gone through in which order, what references lead to and what is reached. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include "engine/flow/query.h"
#include "engine/flow/refs.h"
#include "tests/unit/flow/reading.h"

#define LISTED(actions) "{'commonModule':{'name':'M','startUpTaskActions':[" actions "]}}"
#define DECIDE(yes, no)                                                                            \
    "{'decision':{'outputs':{'yes':{'actions':[" yes "]},'no':{'actions':[" no "]}}}}"
#define END_TASK "{'endTask':{}}"
#define PLAY "{'playAudio':{}}"

static const struct {
    const char *actions;
    bool ends;
} endings[] = {
    { LISTED(""), false },
    { LISTED(PLAY), false },
    { LISTED(PLAY "," END_TASK), true },
    { LISTED(END_TASK "," PLAY), true },
    { LISTED("{'disconnect':{}}"), true },
    { LISTED(DECIDE(END_TASK, END_TASK)), true },
    { LISTED(DECIDE(END_TASK, PLAY)), false },
    { LISTED(DECIDE(END_TASK, "")), false },
    { LISTED(DECIDE(END_TASK, DECIDE(END_TASK, END_TASK))), true },
    { LISTED("{'decision':{'outputs':{'yes':{'actions':[" END_TASK "]}}}}"), false },
    { LISTED("{'decision':{}}"), false },
    /* The Success of a transfer leaves the flow; its Failure is what matters. */
    { LISTED("{'transferToAcd':{}}"), false },
    { LISTED("{'transferToAcd':{'outputs':{'failure':{'actions':[" END_TASK "]}}}}"), true },
    { LISTED("{'callData':{'outputs':{'success':{'actions':[" END_TASK "]},'failure':{'actions':["
             END_TASK "]}}}}"), false }, /* Timeout is not written: it is empty */
    { LISTED("{'loop':{'outputs':{'loop':{'actions':[" END_TASK "]}}}}"), false },
    { LISTED("{'loop':{'outputs':{'loop':{'actions':[{'loopExit':{}}]}}}}"), false },
    { LISTED("{'switch':{'evaluate':{'firstTrue':{'default':{'actions':[" END_TASK "]},'cases':["
             "{'case':{'actions':[" END_TASK "]}}]}}}}"), true },
    { LISTED("{'switch':{'evaluate':{'firstTrue':{'cases':[{'case':{'actions':[" END_TASK
             "]}}]}}}}"), false },
    { LISTED("{'dance':{'outputs':{'left':{'actions':[" END_TASK "]}}}}"), false },
};

static void test_ends(void **state)
{
    struct reading r;
    (void) state;
    reading_begin(&r);
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        struct flow flow;
        reading_flow(&r, endings[i].actions, &flow);
        node_id list = flow_list(&flow, (struct spot){ flow.body, 0 });
        if (flow_list_ends(&flow, list) != endings[i].ends)
            fail_msg("%s %s", endings[i].actions, endings[i].ends ? "ends" : "does not end");
    }
    reading_end(&r);
}

struct order {
    const struct flow *flow;
    struct buf out;
    int most;
};

static bool visit(void *context, node_id action, unsigned depth)
{
    struct order *order = context;
    buf_addf(&order->out, "%u%.*s ", depth, STR_ARG(flow_name(order->flow, action)));
    return --order->most > 0;
}

static void test_order(void **state)
{
    struct reading r;
    struct flow flow;
    (void) state;
    reading_begin(&r);
    reading_flow(&r,
        "{'inboundCall':{'menus':[{'menu':{'choices':[{'menuTask':{'name':'f','task':{'actions':"
        "[{'x':{'name':'g'}}]}}},{'menuSubMenu':{'name':'h','choices':[{'menuDisconnect':"
        "{'name':'i'}}]}}]}}],'tasks':[{'task':{'actions':[{'decision':{'name':'a','outputs':"
        "{'no':{'actions':[{'x':{'name':'c'}}]},'yes':{'actions':[{'x':{'name':'b'}}]}}}},"
        "{'x':{'name':'d'}}]}},{'task':{'actions':[{'x':{'name':'e'}}]}}]}}", &flow);
    struct order order = { .flow = &flow, .most = 100 };
    buf_init(&order.out, &r.env);
    flow_each_action(&flow, visit, &order);
    assert_string_equal(order.out.ptr, "0a 1b 1c 0d 0e 0f 1g 0h 1i ");
    buf_clear(&order.out);
    order.most = 3;
    flow_each_action(&flow, visit, &order);
    assert_string_equal(order.out.ptr, "0a 1b 1c ");
    buf_release(&order.out);
    reading_end(&r);
}

#define TASK(name, actions)                                                                        \
    "{'task':{'name':'" name "','refId':'" name "','actions':[" actions "]}}"
#define JUMP(name) "{'jumpToTask':{'targetTaskRef':'/inboundCall/tasks/task[" name "]'}}"

static const char jumps[] =
    "{'inboundCall':{'name':'J','startUpRef':'/inboundCall/tasks/task[A]','settingsErrorHandling':"
    "{'errorHandling':{'task':{'targetTaskRef':'/inboundCall/tasks/task[E]'}}},'tasks':["
    TASK("A", DECIDE(JUMP("B"), "{'jumpToMenu':{'targetMenuRef':'/inboundCall/menus/menu[M]'}}"))
    "," TASK("B", JUMP("A")) "," TASK("C", JUMP("D")) "," TASK("D", JUMP("C"))
    "," TASK("E", "{'callTask':{'targetTaskRef':'/inboundCall/tasks/task[F]'}}")
    "," TASK("F", JUMP("gone")) "," TASK("G", "")
    "],'menus':[{'menu':{'name':'M','refId':'M','choices':[{'menuSubMenu':{'refId':'S','choices':"
    "[{'menuJumpToTask':{'targetTaskRef':'/inboundCall/tasks/task[G]'}}]}}]}}]}}";

static void test_reached(void **state)
{
    struct reading r;
    struct flow flow;
    struct buf out;
    (void) state;
    reading_begin(&r);
    reading_flow(&r, jumps, &flow);
    buf_init(&out, &r.env);
    struct flow_refs *refs = flow_refs_new(&flow);
    struct flow_reach *reach = flow_reach_new(&flow, refs);
    for (node_id at = flow_container_next(&flow, 0); at; at = flow_container_next(&flow, at)) {
        if (flow_reached(reach, at))
            buf_add(&out, flow_name(&flow, at));
    }
    assert_string_equal(out.ptr, "ABEFGM");
    assert_false(flow_reached(reach, 1));
    assert_false(flow_reached(reach, 0));
    flow_reach_free(reach);
    flow_refs_free(refs);
    buf_release(&out);
    reading_end(&r);
}

static void test_refs(void **state)
{
    static const char *const texts[] = {
        "/inboundCall/tasks/task[A]", "/inboundCall/menus/menu[M]", "./choices/menuSubMenu[S]",
        "/inboundCall/tasks/task[M]", "/inboundCall/tasks/task[a]", "A", "[A]", "[]", "",
        "other.yaml#/inboundCall/tasks/task[A]", "./choices/menuTask[S]",
    };
    struct reading r;
    struct flow flow;
    size_t found = 0;
    (void) state;
    reading_begin(&r);
    reading_flow(&r, jumps, &flow);
    struct flow_refs *refs = flow_refs_new(&flow);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        node_id node = flow_refs_find(refs, str_of(texts[i]));
        if (node != flow_ref_target(&flow, str_of(texts[i])))
            fail_msg("%s", texts[i]);
        found += node != 0;
    }
    assert_int_equal(found, 4);
    flow_refs_free(refs);
    reading_end(&r);
}

/* Thousands of tasks, each reached from the one before. */
static void test_many(void **state)
{
    enum { MANY = 20000 };
    struct reading r;
    struct flow flow;
    struct buf text;
    (void) state;
    reading_begin(&r);
    buf_init(&text, &r.env);
    buf_add_text(&text, "{'inboundCall':{'startUpRef':'/inboundCall/tasks/task[T0]','tasks':[");
    for (int i = 0; i < MANY; i++)
        buf_addf(&text, "%s{'task':{'refId':'T%d','actions':[{'jumpToTask':{'targetTaskRef':"
                        "'/inboundCall/tasks/task[T%d]'}}]}}", i ? "," : "", i, i + 1);
    buf_add_text(&text, "]}}");
    reading_flow(&r, text.ptr, &flow);
    struct flow_refs *refs = flow_refs_new(&flow);
    struct flow_reach *reach = flow_reach_new(&flow, refs);
    int reached = 0;
    for (node_id at = flow_container_next(&flow, 0); at; at = flow_container_next(&flow, at))
        reached += flow_reached(reach, at);
    assert_int_equal(reached, MANY);
    flow_reach_free(reach);
    flow_refs_free(refs);
    buf_release(&text);
    reading_end(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ends), cmocka_unit_test(test_order), cmocka_unit_test(test_reached),
        cmocka_unit_test(test_refs), cmocka_unit_test(test_many),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
