/* Invocation data: what A sends and B reads. */
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

#define SEND(more)                                                                                 \
    "{'setPostFlow':{'name':'P','target':{'lit':'caller'},'targetFlow':{'name':'B'}" more "}},"    \
    "{'transferToAcd':{'name':'Q','targetQueue':{'lit':{'name':'Support'}}}}," BYE
#define LITERAL(json) SEND(",'invocationData':{'lit':" json "}")
#define MADE(expression) SEND(",'invocationData':{'exp':'" expression "'}")
#define BYE "{'disconnect':{'name':'Bye'}}"
#define IF(condition) "{'decision':{'name':'D','condition':{'exp':'" condition "'}}}"
#define THEN_BYE(actions) actions "," BYE
#define MODULE(name) "{'callCommonModule':{'name':'M','commonModule':{'" name "':{}}}}"
#define DATA "Call.InvocationData"

static const struct {
    const char *first, *second; /* actions of the flows A and B */
    const char *told;           /* "CODE FLOW what; " of each */
} cases[] = {
    /* As it should be. */
    { LITERAL("{'a':1}"), THEN_BYE(IF("ToInt(" DATA ".a) > 0")), "" },
    { MADE("MakeJsonObject(\\'a\\', 1)"), THEN_BYE(IF("ToInt(" DATA "[\\'a\\']) > 0")), "" },
    { LITERAL("{'a':{'b':1}}"), THEN_BYE(IF("ToInt(call.invocationdata.a.b) > 0")), "" },
    { SEND(""), BYE, "" },
    /* Sent and never read. */
    { LITERAL("{'a':1,'b':2}"), THEN_BYE(IF("ToInt(" DATA ".a) > 0")), "W419 A b; " },
    { MADE("SetJsonObjectProperty(MakeJsonObject(\\'a\\', 1), \\'A\\', Call.Ani)"),
      THEN_BYE(IF("ToInt(" DATA ".a) > 0")), "W419 A A; " },
    { MADE("JsonParse(\\'{\\\\\\'a\\\\\\':1,\\\\\\'b\\\\\\':2}\\')"),
      THEN_BYE(IF("ToInt(" DATA ".a) > 0")), "W419 A b; " },
    { LITERAL("{'a':1}"), BYE, "I420 A B; " },
    /* Read as a whole, or only asked for. */
    { LITERAL("{'a':1}"), THEN_BYE(IF("ToString(" DATA ") == \\'\\'")), "" },
    { LITERAL("{'a':1}"), THEN_BYE(IF("IsSet(" DATA ")")), "" },
    { MADE(DATA), THEN_BYE(IF("ToInt(" DATA ".a) > 0")), "" },
    { LITERAL("{'a':1}"), THEN_BYE(IF("ContainsJsonObjectProperty(" DATA ", \\'a\\')")), "" },
    /* Read and never sent. */
    { LITERAL("{'a':1}"), THEN_BYE(IF("ToInt(" DATA ".a) > ToInt(" DATA ".b)")),
      "I422 A b; W421 B b; " },
    { SEND(""), THEN_BYE(IF("ToInt(" DATA ".b) > 0")), "I422 A b; W421 B b; " },
    { LITERAL("{'a':1}"),
      THEN_BYE(IF("ToInt(" DATA ".a) > 0") "," IF("IsSet(" DATA ".b)") ","
               IF("ToInt(" DATA ".b) > 0")),
      "" },
    { LITERAL("{'a':1}"),
      THEN_BYE(IF("ToInt(GetJsonObjectProperty(" DATA ", \\'a\\')) > 0") ","
               IF("ToInt(GetJsonObjectProperty(" DATA ", \\'b\\')) > 0")),
      "I422 A b; W421 B b; " },
    { BYE, THEN_BYE(IF("ToInt(" DATA ".b) > 0")), "" }, /* nobody is known to lead there */
    { MADE("MakeJsonObject(Call.Ani, 1)"), THEN_BYE(IF("ToInt(" DATA ".b) > 0")), "" },
    /* Read as what it is not. */
    { LITERAL("{'a':'x'}"), THEN_BYE(IF("ToInt(" DATA ".a) > 0")), "W423 A a; " },
    { LITERAL("{'a':'12'}"), THEN_BYE(IF("ToInt(" DATA ".a) > 0")), "" },
    { LITERAL("{'a':'maybe'}"), THEN_BYE(IF("ToBool(" DATA ".a)")), "W423 A a; " },
    { LITERAL("{'a':[1]}"), THEN_BYE(IF("ToInt(" DATA ".a) > 0")), "W423 A a; " },
    { LITERAL("{'a':[1]}"), THEN_BYE(IF("ToInt(" DATA ".a[0]) > 0")), "" },
    { LITERAL("{'a':1}"), THEN_BYE(IF("ToInt(" DATA ".a[0]) > 0")), "W423 A a; " },
    { LITERAL("{'a':1}"), THEN_BYE(IF("ToInt(" DATA ".a.b) > 0")), "W423 A a.b; " },
    { LITERAL("[1]"), THEN_BYE(IF("ToInt(" DATA ".a) > 0")), "W423 A a; " },
    { MADE("MakeJsonObject(\\'a\\', Call.Ani)"), THEN_BYE(IF("ToInt(" DATA ".a.b) > 0")),
      "W423 A a.b; " },
    { MADE("MakeJsonObject(\\'a\\', Call.Ani)"), THEN_BYE(IF("ToInt(" DATA ".a) > 0")), "" },
    { LITERAL("{'a':null}"), THEN_BYE(IF("ToInt(" DATA ".a.b) > 0")), "" },
    /* A module that the flow calls reads it too; one that is not there may read anything. */
    { LITERAL("{'inside':1}"), THEN_BYE(MODULE("Reads")), "" },
    { LITERAL("{'a':1}"), THEN_BYE(MODULE("Reads")), "I422 A inside; W419 A a; " },
    { LITERAL("{'a':1}"), THEN_BYE(MODULE("Gone")), "" },
    /* A secure flow gets a text. */
    { "{'transferToFlowSecure':{'name':'S','targetFlow':{'name':'Secure'},'invocationData':{'lit':"
      "'x'}}}," BYE, BYE, "" },
    { "{'transferToFlowSecure':{'name':'S','targetFlow':{'name':'Deaf'},'invocationData':{'lit':"
      "'x'}}}," BYE, BYE, "I420 A Deaf; " },
    { "{'transferToFlowSecure':{'name':'S','targetFlow':{'name':'Deaf'}}}," BYE, BYE, "" },
    /* Another transfer brings none, which is no mistake. */
    { "{'transferToFlow':{'name':'T','targetFlow':{'name':'B'}}}," BYE,
      THEN_BYE(IF("ToInt(" DATA ".b) > 0")), "" },
};

static struct env env;

static void add_told(struct workspace *ws, struct flow *flow, struct buf *out)
{
    struct diags diags;
    diags_init(&diags, &env);
    check_flow(ws, flow, &diags);
    for (size_t i = 0; i < diags.count; i++) {
        const struct diag *diag = &diags.items[i];
        bool one = diag->code == DIAG_INVOCATION_UNREAD || diag->code == DIAG_INVOCATION_NEVER_SENT;
        if (diag->code >= DIAG_INVOCATION_KEY_UNREAD && diag->code <= DIAG_INVOCATION_KIND)
            buf_addf(out, "%s %.*s %.*s; ", diag_info(diag->code)->code,
                     STR_ARG(flow_title(flow)), STR_ARG(diag->args[one ? 0 : 1]));
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
        flows_add(ws, FLOW_COMMON_MODULE, "Reads", IF("ToInt(" DATA ".inside) > 0"));
        flows_add(ws, FLOW_SECURE_CALL, "Secure", IF("Flow.InvocationData == \\'x\\'") "," BYE);
        flows_add(ws, FLOW_SECURE_CALL, "Deaf", BYE);
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

/* Two that send: what one of them sends is not missing in B. */
static void one_sender_is_enough(void **state)
{
    struct limits limits = LIMITS_DEFAULT;
    struct buf told;
    (void) state;
    buf_init(&told, &env);
    struct workspace *ws = flows_workspace(&env, &limits);
    struct flow *first = flows_add(ws, FLOW_INBOUND_CALL, "A", LITERAL("{'a':1}"));
    struct flow *other = flows_add(ws, FLOW_INBOUND_CALL, "C", LITERAL("{'a':1,'b':1}"));
    struct flow *second = flows_add(ws, FLOW_INBOUND_CALL, "B",
                                    THEN_BYE(IF("ToInt(" DATA ".a) > ToInt(" DATA ".b)") ","
                                             IF("ToInt(" DATA ".b) > ToInt(" DATA ".c)")));
    add_told(ws, first, &told);
    add_told(ws, other, &told);
    add_told(ws, second, &told);
    assert_string_equal(told.ptr, "I422 A b; I422 A c; I422 C c; W421 B c; ");
    buf_release(&told);
    workspace_free(ws);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_told_of_each),
        cmocka_unit_test(one_sender_is_enough),
    };
    env_init(&env);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
