/* Random stimuli over the samples and the real flows: nothing crashes, nothing goes round for ever,
 * going back gives the same bytes. The seed is fixed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <cmocka.h>
#include "engine/call/machine.h"
#include "tests/unit/call/cases.h"

enum { SAMPLE_STIMULI = 20000, REAL_STIMULI = 3000, CALL_LENGTH = 60 };

struct dice {
    uint64_t state;
};

static uint32_t roll(struct dice *dice, uint32_t sides)
{
    dice->state = dice->state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t) (dice->state >> 33) % sides;
}

/* What is possible, mostly; now and then anything at all. */
static void random_stimulus(struct call *call, struct dice *dice, struct stimulus *out)
{
    static const char *const texts[] = { "1", "2", "9", "12#", "*", "4711#", "yes", "success",
                                         "failure", "Support", "Secure payment", "Main line", "" };
    struct choices choices = { 0 };
    choices.arena.env = call->env;
    call_choices(call, &choices);
    if (choices.count && roll(dice, 8)) {
        *out = choices.items[roll(dice, (uint32_t) choices.count)].stimulus;
        /* Ending the call too often leaves nothing to try. */
        if (out->kind == STIMULUS_HANGUP && roll(dice, 3))
            *out = choices.items[0].stimulus;
    } else {
        memset(out, 0, sizeof *out);
        out->kind = (enum stimulus_kind) roll(dice, STIMULUS_COUNT);
        out->who = (enum who) roll(dice, 4);
        out->agent = roll(dice, 4);
        out->to = (enum transfer_to) roll(dice, 4);
        out->number = roll(dice, 100000);
        out->data = value_not_set(TYPE_JSON);
    }
    if (!out->text) {
        struct str text = str_of(texts[roll(dice, sizeof texts / sizeof *texts)]);
        out->text = text.len ? pool_text(call->pool, text) : 0;
    }
    arena_release(&choices.arena);
}

static void check_going_back(struct call *call)
{
    struct run now = call->now;
    struct stimulus last = *call_history_stimulus(call, call_history(call) - 1);
    struct diags ignored;
    diags_init(&ignored, call->env);
    size_t events = call->event_count;
    call_back(call, 1);
    assert_true(call_do(call, &last, &ignored));
    assert_memory_equal(&now, &call->now, sizeof now);
    assert_int_equal(events, call->event_count);
    diags_release(&ignored);
}

static void show_all(struct call *call)
{
    struct buf out;
    struct causes causes = { 0 };
    struct call_variable variable;
    buf_init(&out, call->env);
    for (size_t i = 0; i < call->event_count; i++) {
        call_event_to_json(call, i, &out);
        call_event_show(call, i, &out);
        struct value value = call_event_value(call, i);
        assert_true(value_is_set(value));
        buf_clear(&out);
    }
    for (size_t i = 0; call_variable(call, i, &variable); i++)
        assert_true(variable.name.len > 0);
    causes.arena.env = call->env;
    call_why(call, &causes);
    arena_release(&causes.arena);
    buf_release(&out);
}

/* What a call is, but for its trace. */
struct outcome {
    struct call_state state; /* frames apart: they are as their variables are */
    enum phase phase;
    enum ending ending;
    int64_t clock;
    struct value values[256];
    size_t count;
};

static void read_outcome(struct call *call, struct outcome *out)
{
    struct call_variable variable;
    memset(out, 0, sizeof *out);
    out->phase = call_phase(call);
    out->ending = call_ending(call);
    out->clock = call_clock(call);
    memcpy(&out->state, &call->now.state, sizeof out->state);
    memset(out->state.frames, 0, sizeof out->state.frames);
    for (; out->count < 256 && call_variable(call, out->count, &variable); out->count++)
        out->values[out->count] = variable.value;
}

/* The same call without a trace, twice over, and then with one again. */
static void check_untraced(struct call *call, struct call_setup setup)
{
    struct outcome traced, other;
    struct diags ignored;
    size_t count = call_history(call), events = call->event_count;
    struct stimulus *stimuli = mem_alloc(call->env, (count + 1) * sizeof *stimuli);
    for (size_t i = 0; i < count; i++)
        stimuli[i] = *call_history_stimulus(call, i);
    diags_init(&ignored, call->env);
    read_outcome(call, &traced);
    for (int round = 0; round < 3; round++) {
        setup.untraced = round < 2;
        assert_true(call_start(call, &setup, &ignored));
        for (size_t i = 0; i < count; i++)
            assert_true(call_do(call, &stimuli[i], &ignored));
        read_outcome(call, &other);
        assert_memory_equal(&traced, &other, sizeof traced);
        assert_int_equal(call_history(call), round < 2 ? 0 : count);
        assert_int_equal(call->event_count, round < 2 ? 0 : events);
    }
    diags_release(&ignored);
    mem_free(call->env, stimuli);
}

static void play_one(struct world *world, const struct flow *flow, struct dice *dice)
{
    struct call *call = call_new(&world->env, world->ws);
    struct call_setup setup = { .type = flow->type, .flow = flow_title(flow) };
    assert_true(call_start(call, &setup, &world->diags));
    for (int i = 0; i < CALL_LENGTH; i++) {
        struct stimulus stimulus;
        random_stimulus(call, dice, &stimulus);
        bool done = call_do(call, &stimulus, &world->diags);
        if (done && call_history(call) && roll(dice, 4) == 0)
            check_going_back(call);
        if (roll(dice, 3) == 0)
            call_run(call);
        if (world->diags.count > 100)
            diags_clear(&world->diags);
    }
    check_untraced(call, setup);
    show_all(call);
    call_free(call);
}

static void fuzz(const char *folder, int stimuli)
{
    struct world world = { 0 };
    struct limits limits = LIMITS_DEFAULT;
    struct dice dice = { 20260302 };
    struct stat status;
    if (stat(folder, &status))
        skip();
    env_init(&world.env);
    diags_init(&world.diags, &world.env);
    world.ws = workspace_open(&world.env, &limits, folder, &world.diags);
    assert_non_null(world.ws);
    for (int done = 0; done < stimuli;) {
        size_t played = 0;
        for (size_t i = 0; i < world.ws->count && done < stimuli; i++) {
            const struct flow *flow = &world.ws->files[i]->flow;
            if (!flow->doc || flow->type == FLOW_OTHER)
                continue;
            play_one(&world, flow, &dice);
            done += CALL_LENGTH;
            played++;
        }
        assert_true(played > 0);
    }
    workspace_free(world.ws);
    diags_release(&world.diags);
}

static void test_random_stimuli_over_the_samples(void **unused)
{
    (void) unused;
    fuzz("samples", SAMPLE_STIMULI);
}

static void test_random_stimuli_over_real_flows(void **unused)
{
    (void) unused;
    fuzz("../shared/corpus/json", REAL_STIMULI);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_random_stimuli_over_the_samples),
        cmocka_unit_test(test_random_stimuli_over_real_flows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
