/* Who comes to a flow: sides and data of the actions that lead there. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "engine/flow/arrivals.h"
#include "tests/unit/flow/reading.h"

#define POST(target, data) "'setPostFlow':{" target "'targetFlow':{'name':'B'}" data "}"
#define CALLER "'target':{'lit':'caller'},"

static const struct {
    const char *action;
    const char *printed;
} cases[] = {
    { POST(CALLER, ""), "caller" },
    { POST(CALLER, ",'invocationData':{'noValue':true}"), "caller" },
    { POST("'target':{'lit':'callee'},", ",'invocationData':{'lit':{'b':1,'a':{'c':1}}}"),
      "agent with a, b" },
    { POST("'target':'any',", ",'invocationData':{'lit':{}}"), "any with data" },
    { POST("'target':{'exp':'Flow.x'},", ",'invocationData':{'exp':'Flow.x'}"),
      "caller or agent with data" },
    { POST(CALLER, ",'invocationData':{'exp':'MakeJsonObject(\\'a\\', 1, \\'b\\', Flow.x)'}"),
      "caller with a, b" },
    { POST(CALLER, ",'invocationData':{'exp':'SetJsonObjectProperty(Flow.x, \\'a\\', 1)'}"),
      "caller with a, ..." },
    { POST(CALLER, ",'invocationData':{'exp':'MakeJsonObject('}"), "caller with data" },
    { "'transferToFlow':{'targetFlow':{'name':'B'}}", "call" },
    { "'transferToFlowSecure':{'targetFlow':{'name':'B'},'invocationData':{'lit':'x'}}",
      "call with data" },
    { "'callCommonModule':{'commonModule':{'B':{}}}", "" },
    { "'disconnect':{}", "" },
    { "'unknown':{}", "" },
};

static void each_action_says_who_comes(void **state)
{
    struct reading r;
    (void) state;
    reading_begin(&r);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct flow flow;
        struct buf flow_text, text;
        buf_init(&flow_text, &r.env);
        buf_init(&text, &r.env);
        buf_addf(&flow_text, "{'commonModule':{'name':'A','startUpTaskActions':[{%s}]}}",
                 cases[i].action);
        reading_flow(&r, flow_text.ptr, &flow);
        arrival_print(&flow,
                      flow_list_first(&flow, flow_list(&flow, (struct spot){ flow.body, 0 })),
                      &text);
        assert_string_equal(text.len ? text.ptr : "", cases[i].printed);
        buf_release(&flow_text);
        buf_release(&text);
    }
    reading_end(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_action_says_who_comes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
