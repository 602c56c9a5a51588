/* Every action of the catalogue in a call, with all its fields set, through each of its outputs and
 * everything that it can be answered. */
#include "tests/unit/call/every.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>
#include "engine/flow/query.h"

static bool is_done(struct bench *b, struct call *call, struct str words)
{
    struct stimulus stimulus;
    bool done = stimulus_parse(call_pool(call), words, &stimulus, &b->world.diags) &&
                call_do(call, &stimulus, &b->world.diags);
    if (done)
        call_run(call);
    diags_clear(&b->world.diags);
    return done;
}

static struct call *start(struct bench *b)
{
    struct call *call = call_new(&b->world.env, b->world.ws);
    struct call_setup setup = { .type = b->flow->type, .flow = STR("Every") };
    if (!call_start(call, &setup, &b->world.diags))
        fail_msg("%s does not start", flow_type_info(b->flow->type)->key);
    for (int i = 0; i < 20 && !bench_happened(b, call, EVENT_ACTION, STR_NONE); i++)
        is_done(b, call, STR("advance 1"));
    if (b->info->flags & ACTION_CHOICE)
        is_done(b, call, STR("press 1"));
    call_run(call);
    if (!bench_happened(b, call, EVENT_ACTION, STR_NONE))
        fail_msg("%s is not reached in %s", b->info->key, flow_type_info(b->flow->type)->key);
    return call;
}

static void take_output(struct bench *b, unsigned number)
{
    char digits[12], result[TEXT];
    struct str id = flow_output_id(b->flow, (struct spot){ b->action, (uint16_t) number }, digits);
    const struct lead *lead = bench_lead(b->info, id);
    snprintf(result, sizeof result, "outcome %.*s", STR_ARG(id));
    if (lead && lead->field)
        bench_set(b, b->action, catalogue_field(b->info, str_of(lead->field)), lead->value);
    struct call *call = start(b);
    struct str rest = str_of(lead ? lead->words : result), words = STR_NONE;
    for (int i = 0; i < 10 && !bench_happened(b, call, EVENT_OUTPUT, id); i++) {
        ptrdiff_t end = str_find_char(rest, ';');
        if (rest.len)
            words = end < 0 ? rest : str_slice(rest, 0, (size_t) end);
        rest = end < 0 ? STR_NONE : str_slice(rest, (size_t) end + 1, rest.len);
        if (!is_done(b, call, words))
            break;
    }
    if (!bench_happened(b, call, EVENT_OUTPUT, id))
        fail_msg("%s in %s does not take %.*s", b->info->key, flow_type_info(b->flow->type)->key,
                 STR_ARG(id));
    call_free(call);
}

/* What it asks for is what can be answered; a success that is no output goes on or leaves. */
static void take_results(struct bench *b)
{
    struct call *asking = start(b), *call;
    struct str name;
    for (unsigned n = 0; (name = call_result_output(asking, n)).len; n++) {
        char words[TEXT];
        snprintf(words, sizeof words, "outcome %.*s", STR_ARG(name));
        call = start(b);
        if (!is_done(b, call, str_of(words)))
            fail_msg("%s does not take %s", b->info->key, words);
        assert_true(call_history(call) > 0);
        call_free(call);
    }
    call_free(asking);
}

static void test_stepped_through_every_output(void **state)
{
    struct bench b;
    struct buf before;
    size_t outputs = 0, named = 0;
    (void) state;
    bench_open(&b);
    buf_init(&before, &b.world.env);
    for (size_t i = 0; i < catalogue_count(); i++) {
        b.info = catalogue_action(i);
        b.flow = workspace_find(b.world.ws, bench_steps_in(b.info), STR("Every"));
        bench_text(&b, &before);
        b.action = bench_put(&b, b.info);
        bench_set_all(&b, false);
        bench_go_to_menu(&b);
        named += bench_add_named_output(&b);
        take_results(&b);
        unsigned count = b.info->flags & ACTION_CHOICE ? 0 : flow_output_count(b.flow, b.action);
        for (unsigned k = 1; k <= count; k++, outputs++)
            take_output(&b, k);
        bench_take_back(&b, before.ptr);
    }
    assert_true(outputs > 150);
    assert_int_equal(named, 9);
    buf_release(&before);
    bench_close(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_stepped_through_every_output),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
