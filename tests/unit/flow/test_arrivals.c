/* Who comes to a flow: sides and data of the actions that lead there. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
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

/* Flows that are read into one workspace; B is where they lead. */
static void all_that_come_are_counted(void **state)
{
    static const char many[] = "{'inboundCall':{'name':'Many','tasks':[{'task':{'name':'T',"
                               "'actions':[";
    char folder[200];
    const char *tmp = getenv("TMPDIR");
    struct reading r;
    struct buf text, said;
    (void) state;
    reading_begin(&r);
    snprintf(folder, sizeof folder, "%s/arrivals-XXXXXX", tmp ? tmp : "/tmp");
    assert_non_null(mkdtemp(folder));
    struct workspace *ws = workspace_open(&r.env, &r.limits, folder, &r.diags);
    assert_int_equal(rmdir(folder), 0);
    struct workspace_file *to = workspace_new_flow(ws, FLOW_INBOUND_CALL, STR("B"), &r.diags);
    buf_init(&text, &r.env);
    buf_init(&said, &r.env);
    arrivals_print(ws, &to->flow, &said);
    assert_string_equal(said.ptr, "nobody from another flow");
    for (int most = 2; most <= 100; most += 98) {
        struct workspace_file *from = workspace_new_flow(ws, FLOW_INBOUND_CALL, STR("From"),
                                                         &r.diags);
        buf_clear(&text);
        buf_add_text(&text, many);
        for (int i = 0; i < most; i++)
            buf_addf(&text, "{%s},", POST(CALLER, ",'invocationData':{'lit':{'a':1,'b':2}}"));
        buf_add_text(&text, "{'transferToFlow':{'targetFlow':{'name':'B'}}}]}}]}}");
        for (size_t i = 0; i < text.len; i++)
            text.ptr[i] = text.ptr[i] == '\'' ? '"' : text.ptr[i];
        struct doc *doc = doc_read(&r.env, &ws->atoms, &r.limits, "from", buf_str(&text), &r.diags);
        assert_non_null(doc);
        doc_free(from->flow.doc);
        assert_true(flow_index(&from->flow, doc, &r.diags));
        buf_clear(&said);
        arrivals_print(ws, &to->flow, &said);
        assert_string_equal(said.ptr, most == 2
                                          ? "caller by 2 post-flows, call by 1 transfer; data: b, a"
                                          : "caller by 64 post-flows and more; data: b, a");
        workspace_drop(ws, from);
    }
    buf_release(&text);
    buf_release(&said);
    workspace_free(ws);
    reading_end(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_action_says_who_comes),
        cmocka_unit_test(all_that_come_are_counted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
