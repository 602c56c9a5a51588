/* Looking for problems is given up when somebody waits, and not before. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <cmocka.h>
#include "engine/base/env.h"
#include "engine/check/check.h"

enum { ACTIONS = 2000 };

struct patience {
    size_t asked, most;
};

static bool is_over(void *context)
{
    struct patience *patience = context;
    return ++patience->asked > patience->most;
}

static struct workspace_file *many_actions(struct workspace *ws)
{
    struct diags diags;
    struct buf text;
    diags_init(&diags, ws->env);
    buf_init(&text, ws->env);
    struct workspace_file *file = workspace_new_flow(ws, FLOW_INBOUND_CALL, STR("Long"), &diags);
    buf_add_text(&text, "{\"inboundCall\":{\"name\":\"Long\",\"tasks\":[{\"task\":{\"name\":\"T\","
                        "\"refId\":\"T_1\",\"actions\":[");
    for (int i = 0; i < ACTIONS; i++)
        buf_addf(&text, "%s{\"playAudio\":{\"name\":\"Play %d\"}}", i ? "," : "", i);
    buf_add_text(&text, "]}}]}}");
    doc_free(file->flow.doc);
    struct doc *doc = doc_read(ws->env, &ws->atoms, &ws->limits, "long.flow.json", buf_str(&text),
                               &diags);
    assert_non_null(doc);
    assert_true(flow_index(&file->flow, doc, &diags));
    buf_release(&text);
    diags_release(&diags);
    return file;
}

static void checking_can_be_given_up(void **state)
{
    static const size_t most[] = { 0, 1, 3 };
    struct env env;
    struct diags diags, all;
    struct limits limits = LIMITS_DEFAULT;
    (void) state;
    env_init(&env);
    diags_init(&diags, &env);
    diags_init(&all, &env);
    struct workspace *ws = workspace_open(&env, &limits, "tests/data/check", &diags);
    assert_non_null(ws);
    struct flow *flow = &many_actions(ws)->flow;
    check_flow(ws, flow, &all);
    assert_true(all.count > ACTIONS); /* none has audio */
    for (size_t i = 0; i < sizeof most / sizeof *most; i++) {
        struct patience patience = { 0, most[i] };
        struct check_stop stop = { is_over, &patience };
        diags_clear(&diags);
        assert_false(check_flow_unless(ws, flow, &stop, NULL, &diags));
        assert_int_equal(patience.asked, most[i] + 1);
        assert_true(diags.count < all.count);
    }
    struct patience endless = { 0, SIZE_MAX };
    struct check_stop stop = { is_over, &endless };
    diags_clear(&diags);
    assert_true(check_flow_unless(ws, flow, &stop, NULL, &diags));
    assert_int_equal(diags.count, all.count);
    assert_true(endless.asked > 3);
    workspace_free(ws);
    diags_release(&diags);
    diags_release(&all);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(checking_can_be_given_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
