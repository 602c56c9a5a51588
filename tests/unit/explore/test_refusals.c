/* What a call says to a stimulus that it does not take: each with its code. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>
#include "engine/base/env.h"
#include "engine/call/call.h"

static struct env env;
static struct workspace *ws;

/* Puts the call where the words lead, separated by " / ". */
static struct call *at(const char *words)
{
    struct diags diags;
    struct call_setup setup = { .flow = STR("Main line") };
    struct call *call = call_new(&env, ws);
    diags_init(&diags, &env);
    assert_true(call_start(call, &setup, &diags));
    call_run(call);
    struct str rest = str_of(words);
    while (rest.len > 0) {
        const char *end = memmem(rest.ptr, rest.len, " / ", 3);
        size_t len = end ? (size_t) (end - rest.ptr) : rest.len;
        struct stimulus stimulus;
        assert_true(stimulus_parse(call_pool(call), str_slice(rest, 0, len), &stimulus, &diags));
        assert_true(call_do(call, &stimulus, &diags));
        call_run(call);
        rest = str_slice(rest, end ? len + 3 : len, rest.len);
    }
    diags_release(&diags);
    return call;
}

static const struct {
    const char *where, *words;
    enum diag_code code;
} table[] = {
    { "", "dance", DIAG_STIMULUS_UNKNOWN },
    { "", "agent answers", DIAG_STIMULUS_NOT_POSSIBLE },
    { "", "press 1a", DIAG_STIMULUS_KEYS },
    { "", "wait long", DIAG_STIMULUS_DURATION },
    { "press 1 / press 4 / press 1", "outcome lost", DIAG_STIMULUS_OUTPUT },
    { "press 1 / press 4 / press 1", "outcome success 12", DIAG_STIMULUS_DATA },
    { "press 1 / press 1 / agent answers / agent consults user Ben / agent conferences",
      "hangup agent", DIAG_STIMULUS_WHICH_AGENT },
};

static void each_refusal_has_its_code(void **state)
{
    (void) state;
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        struct diags diags;
        struct stimulus stimulus;
        struct call *call = at(table[i].where);
        size_t before = call_history(call);
        diags_init(&diags, &env);
        bool taken = stimulus_parse(call_pool(call), str_of(table[i].words), &stimulus, &diags) &&
                     call_do(call, &stimulus, &diags);
        if (taken || diags.count != 1 || diags.items[0].code != table[i].code)
            print_message("%s: %s\n", table[i].words,
                          diags.count ? diag_info(diags.items[0].code)->code : "taken");
        assert_false(taken);
        assert_int_equal(diags.items[0].code, table[i].code);
        assert_int_equal(call_history(call), before);
        call_free(call);
        diags_release(&diags);
    }
}

static void steps_of_another_shape_are_refused(void **state)
{
    static const char *const wrong[] = { "[]",
                                         "{}",
                                         "{\"press\":[]}",
                                         "{\"press\":\"1\",\"say\":\"x\"}",
                                         "{\"agent\":{\"does\":[]}}",
                                         "{\"advance\":\"x\"}" };
    (void) state;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct diags diags;
        struct atoms atoms;
        struct stimulus stimulus;
        struct limits limits = LIMITS_DEFAULT;
        struct pool *pool = pool_new(&env);
        diags_init(&diags, &env);
        atoms_init(&atoms, &env, NULL, 0);
        struct doc *doc = doc_read(&env, &atoms, &limits, "step", str_of(wrong[i]), &diags);
        assert_non_null(doc);
        assert_false(stimulus_read(pool, doc, 1, &stimulus, &diags));
        if (diags.items[0].code != DIAG_STIMULUS_SHAPE)
            print_message("%s: %s\n", wrong[i], diag_info(diags.items[0].code)->code);
        assert_int_equal(diags.items[0].code, DIAG_STIMULUS_SHAPE);
        doc_free(doc);
        atoms_release(&atoms);
        diags_release(&diags);
        pool_free(pool);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_refusal_has_its_code),
        cmocka_unit_test(steps_of_another_shape_are_refused),
    };
    struct diags diags;
    struct limits limits = LIMITS_DEFAULT;
    env_init(&env);
    diags_init(&diags, &env);
    ws = workspace_open(&env, &limits, "samples", &diags);
    if (!ws)
        return 1;
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    workspace_free(ws);
    diags_release(&diags);
    return failed;
}
