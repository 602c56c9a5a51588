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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_told_of_each),
    };
    env_init(&env);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
