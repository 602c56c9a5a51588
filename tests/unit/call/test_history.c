/* Going back gives the same bytes, replay the same trace, also after an edit. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>
#include "engine/call/machine.h"
#include "engine/flow/change.h"
#include "tests/unit/call/cases.h"

static const char actions[] =
    "[{\"updateData\":{\"statements\":[]}},{\"setParticipantData\":{\"attributes\":[{\"attribute\":"
    "{\"name\":{\"lit\":\"a\"},\"value\":{\"lit\":\"b\"}}}]}},{\"setPostFlow\":{\"target\":"
    "{\"lit\":\"any\"},\"targetFlow\":{\"name\":\"Post\"}}},{\"collectInput\":{\"digits\":"
    "{\"exact\":1},\"inputAudio\":{\"tts\":\"key\"}}},"
    "{\"transferToAcd\":{\"targetQueue\":{\"lit\":{\"name\":"
    "\"Q\"}}}}]";

static void open_world(struct world *world)
{
    world_init(world);
    world_add_flow(world, "inboundCall", "Line", actions);
    world_add_flow(world, "inboundCall", "Post", "[{\"disconnect\":{}}]");
    world_open(world);
}

static struct call *start(struct world *world)
{
    struct call *call = call_new(&world->env, world->ws);
    struct call_setup setup = { .flow = STR("Line") };
    assert_true(call_start(call, &setup, &world->diags));
    return call;
}

static void do_words(struct world *world, struct call *call, const char *words)
{
    struct stimulus stimulus;
    assert_true(stimulus_parse(call_pool(call), str_of(words), &stimulus, &world->diags));
    assert_true(call_do(call, &stimulus, &world->diags));
}

static void trace_of(struct call *call, struct buf *out)
{
    size_t count;
    call_events(call, &count);
    for (size_t i = 0; i < count; i++)
        call_event_to_json(call, i, out);
}

static const char *const steps[] = { "advance 2", "advance 2", "press 1", "advance",
                                     "wait 5s",   "agent answers", "agent holds", "hangup caller" };
enum { STEPS = sizeof steps / sizeof *steps };

static void test_back_gives_the_same_state(void **unused)
{
    struct world world;
    struct run before[STEPS];
    (void) unused;
    open_world(&world);
    struct call *call = start(&world);
    for (int i = 0; i < STEPS; i++) {
        before[i] = call->now;
        do_words(&world, call, steps[i]);
        assert_int_equal(call_history(call), (size_t) i + 1);
    }
    struct run after = call->now;
    for (int i = STEPS; i-- > 0;) {
        assert_int_equal(call_back(call, 1), 1);
        assert_memory_equal(&call->now, &before[i], sizeof before[i]);
    }
    assert_int_equal(call_back(call, 1), 0);
    for (int i = 0; i < STEPS; i++)
        do_words(&world, call, steps[i]);
    assert_memory_equal(&call->now, &after, sizeof after);
    assert_int_equal(call_back(call, 100), STEPS);
    call_free(call);
    world_release(&world);
}

static void test_replay_gives_the_same_trace(void **unused)
{
    struct world world;
    struct buf first, second;
    (void) unused;
    open_world(&world);
    buf_init(&first, &world.env);
    buf_init(&second, &world.env);
    struct call *call = start(&world);
    for (int i = 0; i < STEPS; i++) {
        if (i == 5)
            call_run(call);
        do_words(&world, call, steps[i]);
    }
    size_t history = call_history(call);
    trace_of(call, &first);
    assert_int_equal(call_replay(call), history);
    trace_of(call, &second);
    assert_string_equal(first.ptr, second.ptr);
    buf_release(&first);
    buf_release(&second);
    call_free(call);
    world_release(&world);
}

static void test_replay_after_an_edit_stops_where_it_does_not_fit(void **unused)
{
    struct world world;
    (void) unused;
    open_world(&world);
    struct call *call = start(&world);
    for (int i = 0; i < 4; i++)
        do_words(&world, call, steps[i]);
    struct flow *flow = workspace_find(world.ws, FLOW_INBOUND_CALL, STR("Line"));
    node_id list = flow_list(flow, (struct spot){ flow_start(flow), 0 });
    node_id collect = doc_item(flow->doc, list, 3);
    struct change *change = change_begin(&world.env, STR("Remove"));
    assert_true(change_remove(change, flow, collect, &world.diags));
    /* advance 2, advance 2 (into the queue), then there is no key to press */
    assert_int_equal(call_replay(call), 2);
    assert_int_equal(call_phase(call), PHASE_QUEUED);
    change_undo(change);
    change_free(change);
    call_free(call);
    world_release(&world);
}

static void test_a_run_at_a_waiting_point_is_no_entry(void **unused)
{
    struct world world;
    (void) unused;
    open_world(&world);
    struct call *call = start(&world);
    call_run(call);
    assert_int_equal(call_history(call), 1);
    call_run(call);
    assert_int_equal(call_history(call), 1);
    assert_int_equal(call_history_stimulus(call, 0)->kind, STIMULUS_ADVANCE);
    call_free(call);
    world_release(&world);
}

static void test_forward_does_it_again(void **unused)
{
    struct world world;
    struct buf first, second;
    (void) unused;
    open_world(&world);
    buf_init(&first, &world.env);
    buf_init(&second, &world.env);
    struct call *call = start(&world);
    call_run(call);
    do_words(&world, call, "press 1");
    call_run(call);
    do_words(&world, call, "agent answers");
    do_words(&world, call, "hangup agent");
    struct run after = call->now;
    trace_of(call, &first);
    assert_int_equal(call_future(call), 0);
    assert_int_equal(call_forward(call, 1), 0);
    assert_int_equal(call_back(call, 4), 4);
    assert_int_equal(call_future(call), 4);
    assert_int_equal(call_forward(call, 1), 1);
    assert_int_equal(call_future(call), 3);
    assert_int_equal(call_replay(call), 2); /* what lies ahead stays */
    assert_int_equal(call_forward(call, 100), 3);
    trace_of(call, &second);
    assert_string_equal(first.ptr, second.ptr);
    assert_memory_equal(&call->now, &after, sizeof after);
    call_back(call, 1);
    do_words(&world, call, "hangup caller"); /* another future */
    assert_int_equal(call_future(call), 0);
    buf_release(&first);
    buf_release(&second);
    call_free(call);
    world_release(&world);
}

static void test_another_way_is_taken(void **unused)
{
    struct world world;
    struct call_step way[5];
    (void) unused;
    open_world(&world);
    struct call *call = start(&world);
    call_run(call);
    do_words(&world, call, "press 1");
    call_run(call);
    do_words(&world, call, "agent answers");
    do_words(&world, call, "hangup agent");
    struct run after = call->now;
    for (size_t i = 0; i < 5; i++)
        way[i] = call_history_step(call, i);
    assert_true(way[0].is_run && way[2].is_run && !way[1].is_run);
    call_back(call, 2);
    do_words(&world, call, "hangup caller");
    assert_int_equal(call_take(call, way, 5, 4), 4);
    assert_int_equal(call_phase(call), PHASE_TALKING);
    assert_int_equal(call_future(call), 1);
    call_forward(call, 1);
    assert_memory_equal(&call->now, &after, sizeof after);
    /* a step that does not fit ends it */
    way[1].stimulus.kind = STIMULUS_HOLDS;
    assert_int_equal(call_take(call, way, 5, 5), 1);
    assert_int_equal(call_history(call), 1);
    call_free(call);
    world_release(&world);
}

static bool never(void *context, struct call *call, size_t since)
{
    size_t count;
    call_events(call, &count);
    assert_true(since <= count);
    ++*(size_t *) context;
    return false;
}

static void test_a_run_is_stopped(void **unused)
{
    struct world world;
    size_t asked = 0;
    (void) unused;
    open_world(&world);
    struct call *call = start(&world);
    struct call_going going = { .most = 2, .stop = never, .context = &asked };
    assert_false(call_go(call, &going));
    assert_int_equal(asked, 2);
    assert_false(call_history_step(call, 0).is_run);
    assert_false(call_history_waits(call, 0));
    assert_false(call_history_waits(call, 1));
    call_run(call);
    assert_true(call_history_step(call, 1).is_run);
    assert_true(call_history_waits(call, 2));
    call_run(call); /* nothing goes on: no entry */
    assert_int_equal(call_history(call), 2);
    call_free(call);
    world_release(&world);
}

static void test_variables_are_set_by_hand(void **unused)
{
    struct world world;
    struct value value;
    struct stimulus stimulus;
    struct buf text;
    (void) unused;
    open_world(&world);
    buf_init(&text, &world.env);
    struct call *call = start(&world);
    do_words(&world, call, "set data.vip \"y\" + \"es\"");
    assert_true(call_variable_named(call, STR("data.vip"), &value));
    assert_true(str_is(value_text(call_pool(call), value), "yes"));
    trace_of(call, &text);
    assert_non_null(strstr(text.ptr, "\"name\":\"data.vip\",\"value\":\"yes\","
                                     "\"by\":\"intervention\""));
    assert_true(stimulus_parse(call_pool(call), STR("set Flow.no 1"), &stimulus, &world.diags));
    assert_false(call_do(call, &stimulus, &world.diags));
    assert_int_equal(world.diags.items[0].code, DIAG_CALL_NO_VARIABLE);
    diags_clear(&world.diags);
    assert_true(stimulus_parse(call_pool(call), STR("set data.x ((("), &stimulus, &world.diags));
    assert_false(call_do(call, &stimulus, &world.diags));
    assert_int_equal(world.diags.count, 1);
    diags_clear(&world.diags);
    assert_true(call_eval(call, STR("Call.Ani == \"tel:+15550100\""), &value, &world.diags));
    assert_true(value.number);
    assert_false(call_eval(call, STR("1 / 0"), &value, &world.diags));
    assert_int_equal(world.diags.count, 1);
    buf_release(&text);
    call_free(call);
    world_release(&world);
}

/* A call that begins like the one before takes nothing over from it. */
static void test_without_a_trace_each_call_begins_anew(void **unused)
{
    struct env env;
    struct diags diags;
    struct limits limits = LIMITS_DEFAULT;
    struct call_setup setup = { .flow = STR("Bench"), .untraced = true };
    struct stimulus set;
    struct value value;
    (void) unused;
    env_init(&env);
    diags_init(&diags, &env);
    struct workspace *ws = workspace_open(&env, &limits, "tests/bench/flows", &diags);
    struct call *call = call_new(&env, ws);
    assert_true(stimulus_parse(call_pool(call), STR("set Flow.count 7"), &set, &diags));
    for (int i = 0; i < 3; i++) {
        assert_true(call_start(call, &setup, &diags));
        assert_true(call_variable_named(call, STR("Flow.count"), &value));
        assert_int_equal(value.number, 1);
        assert_true(call_do(call, &set, &diags));
        assert_true(call_variable_named(call, STR("Flow.count"), &value));
        assert_int_equal(value.number, 7);
        assert_true(call_eval(call, STR("Flow.count * 2"), &value, &diags));
        assert_int_equal(value.number, 14);
    }
    assert_int_equal(call_back(call, 1), 0);
    assert_int_equal(call_replay(call), 0);
    call_free(call);
    workspace_free(ws);
    diags_release(&diags);
}

static void test_no_such_flow(void **unused)
{
    struct world world;
    struct call_setup setup = { .flow = STR("None") };
    (void) unused;
    open_world(&world);
    struct call *call = call_new(&world.env, world.ws);
    assert_int_equal(call_phase(call), PHASE_ENDED);
    assert_false(call_start(call, &setup, &world.diags));
    assert_int_equal(world.diags.items[0].code, DIAG_CALL_NO_FLOW);
    assert_int_equal(call_replay(call), 0);
    struct value value;
    assert_false(call_eval(call, STR("1"), &value, &world.diags));
    call_free(call);
    world_release(&world);
}

static void test_until_elsewhere_says_so(void **unused)
{
    struct world world;
    (void) unused;
    open_world(&world);
    struct call *call = start(&world);
    struct flow *post = workspace_find(world.ws, FLOW_INBOUND_CALL, STR("Post"));
    node_id list = flow_list(post, (struct spot){ flow_start(post), 0 });
    struct spot spot = { flow_list_first(post, list), 0 };
    assert_false(call_until(call, post, spot, &world.diags));
    assert_int_equal(world.diags.items[0].code, DIAG_CALL_NOT_REACHED);
    call_free(call);
    world_release(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_back_gives_the_same_state),
        cmocka_unit_test(test_replay_gives_the_same_trace),
        cmocka_unit_test(test_replay_after_an_edit_stops_where_it_does_not_fit),
        cmocka_unit_test(test_a_run_at_a_waiting_point_is_no_entry),
        cmocka_unit_test(test_forward_does_it_again),
        cmocka_unit_test(test_another_way_is_taken),
        cmocka_unit_test(test_a_run_is_stopped),
        cmocka_unit_test(test_variables_are_set_by_hand),
        cmocka_unit_test(test_without_a_trace_each_call_begins_anew),
        cmocka_unit_test(test_no_such_flow),
        cmocka_unit_test(test_until_elsewhere_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
