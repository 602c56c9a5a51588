/* Reading, judging and recording scenarios, on the samples. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>
#include "engine/base/env.h"
#include "engine/explore/scenario.h"

static struct env env;
static struct workspace *ws;

/* A scenario's text in a file of its own, in the samples' workspace as far as flows go. */
static struct scenario *read_text(const char *json, struct diags *diags)
{
    char path[] = "/tmp/scenario-XXXXXX";
    int descriptor = mkstemp(path);
    assert_true(descriptor >= 0);
    assert_int_equal(write(descriptor, json, strlen(json)), (ssize_t) strlen(json));
    close(descriptor);
    struct scenario *scenario = scenario_read(&env, ws, path, diags);
    unlink(path);
    return scenario;
}

static void refused(const char *json, enum diag_code code)
{
    struct diags diags;
    diags_init(&diags, &env);
    assert_null(read_text(json, &diags));
    bool found = false;
    for (size_t i = 0; i < diags.count; i++) {
        found |= diags.items[i].code == code;
        assert_true(diags.items[i].place.line > 0);
    }
    if (!found)
        print_message("%s: not %s\n", json, diag_info(code)->code);
    assert_true(found);
    diags_release(&diags);
}

#define WITH(more) "{\"flow\":\"Main line\",\"steps\":[]," more "}"

static void what_is_wrong_in_it_is_said(void **state)
{
    (void) state;
    refused("[]", DIAG_SCENARIO_SHAPE);
    refused("{\"flow\":\"Main line\"}", DIAG_SCENARIO_MISSING);
    refused("{\"steps\":[]}", DIAG_SCENARIO_MISSING);
    refused("{\"flow\":\"Main line\",\"steps\":{}}", DIAG_SCENARIO_SHAPE);
    refused(WITH("\"expects\":[]"), DIAG_SCENARIO_KEY);
    refused(WITH("\"call\":{\"from\":\"x\"}"), DIAG_SCENARIO_KEY);
    refused(WITH("\"call\":{\"data\":1}"), DIAG_SCENARIO_SHAPE);
    refused(WITH("\"type\":\"phoneCall\""), DIAG_SCENARIO_TYPE);
    refused(WITH("\"expect\":[1]"), DIAG_SCENARIO_SHAPE);
    refused(WITH("\"expect\":[{\"seen\":1}]"), DIAG_SCENARIO_EXPECTATION);
    refused(WITH("\"expect\":[{\"event\":{\"boom\":{}}}]"), DIAG_SCENARIO_EVENT);
    refused(WITH("\"expect\":[{\"variable\":{\"name\":\"a\"}}]"), DIAG_SCENARIO_SHAPE);
    refused(WITH("\"expect\":[{\"visited\":1}]"), DIAG_SCENARIO_SHAPE);
    refused(WITH("\"expect\":[{\"visited\":\"a\",\"count\":\"b\"}]"), DIAG_SCENARIO_SHAPE);
    refused(WITH("\"expect\":[{\"visited\":\"a\",\"event\":{}}]"), DIAG_SCENARIO_SHAPE);
    refused(WITH("\"finally\":[{\"ended\":\"badly\"}]"), DIAG_SCENARIO_ENDING);
    refused(WITH("\"finally\":[{\"post-flow\":{\"slot\":\"agent\"}}]"), DIAG_SCENARIO_SHAPE);
    refused(WITH("\"finally\":[{\"visited\":\"a\"}]"), DIAG_SCENARIO_EXPECTATION);
    refused(WITH("\"world\":{\"licence\":\"cx9\"}"), DIAG_SETTINGS_WORD);
}

/* Runs a text; the verdict, and what it says when it is not passed. */
static enum verdict run(const char *json, struct buf *message)
{
    struct diags diags;
    struct scenario_result result;
    diags_init(&diags, &env);
    scenario_result_init(&result, &env);
    struct scenario *scenario = read_text(json, &diags);
    assert_non_null(scenario);
    scenario_run(scenario, ws, &result, &diags);
    buf_clear(message);
    buf_add(message, buf_str(&result.message));
    enum verdict verdict = result.verdict;
    scenario_result_release(&result);
    scenario_free(scenario);
    diags_release(&diags);
    return verdict;
}

#define STEPS                                                                                      \
    "\"steps\":[{\"press\":\"1\"},{\"press\":\"1\"},{\"agent\":\"answers\"},"                      \
    "{\"hangup\":\"agent\"}]"
#define CALL(more) "{\"flow\":\"Main line\"," STEPS "," more "}"

static const struct judged {
    const char *json;
    enum verdict verdict;
    const char *says;
} judged[] = {
    { CALL("\"expect\":[{\"transferred\":{\"to\":\"CSAT\"}}]"), VERDICT_PASSED, "" },
    { CALL("\"expect\":[{\"transferred\":{\"to\":\"CSAT\",\"party\":\"agent\"}}]"), VERDICT_FAILED,
      "did not happen" },
    { CALL("\"never\":[{\"transferred\":{\"to\":\"CSAT\"}}]"), VERDICT_FAILED, "it happened" },
    { CALL("\"never\":[{\"transferred\":{\"to\":\"Hand over\"}}]"), VERDICT_PASSED, "" },
    { CALL("\"expect\":[{\"event\":{\"agent-connected\":{}},\"count\":1}]"), VERDICT_PASSED, "" },
    { CALL("\"expect\":[{\"event\":{\"agent-connected\":{}},\"count\":2}]"), VERDICT_FAILED,
      "did not happen" },
    { CALL("\"expect\":[{\"event\":{\"error\":{}},\"count\":0}]"), VERDICT_PASSED, "" },
    { CALL("\"in-order\":[{\"event\":{\"agent-connected\":{}}},{\"event\":{\"hangup\":{}}}]"),
      VERDICT_PASSED, "" },
    { CALL("\"in-order\":[{\"event\":{\"hangup\":{}}},{\"event\":{\"agent-connected\":{}}}]"),
      VERDICT_FAILED, "in this order" },
    { CALL("\"expect\":[{\"variable\":{\"name\":\"flow.CONSENT\",\"equals\":true}}]"),
      VERDICT_PASSED, "" },
    { CALL("\"expect\":[{\"variable\":{\"name\":\"Flow.consent\",\"equals\":\"true\"}}]"),
      VERDICT_FAILED, "did not happen" },
    { CALL("\"expect\":[{\"visited\":\"Main line::Welcome/4/yes\"},{\"visited\":\"Welcome/2\"}]"),
      VERDICT_PASSED, "" },
    { CALL("\"expect\":[{\"visited\":\"Welcome/4/no\"}]"), VERDICT_FAILED, "did not happen" },
    { CALL("\"expect\":[{\"visited\":\"CSAT::Welcome/2\"}]"), VERDICT_FAILED, "did not happen" },
    { CALL("\"finally\":[{\"ended\":\"no\"},{\"post-flow\":{\"slot\":\"caller\",\"flow\":\"CSAT\"}}"
           "]"),
      VERDICT_PASSED, "" },
    { CALL("\"finally\":[{\"post-flow\":{\"slot\":\"callee\",\"flow\":\"CSAT\"}}]"), VERDICT_FAILED,
      "at the end" },
    { "{\"flow\":\"Main line\",\"steps\":[{\"agent\":\"answers\"}]}", VERDICT_FAILED,
      "not possible" },
    { "{\"flow\":\"No such flow\",\"steps\":[]}", VERDICT_BROKEN, "" },
    { "{\"flow\":\"Main line\",\"steps\":[{\"until\":\"Welcome/3\"}],\"never\":[{\"visited\":"
      "\"Welcome/3\"}],\"expect\":[{\"visited\":\"Welcome/2\"}]}",
      VERDICT_PASSED, "" },
    { "{\"flow\":\"Main line\",\"steps\":[{\"advance\":1}],\"never\":[{\"visited\":\"Welcome/2\"}],"
      "\"expect\":[{\"visited\":\"Welcome/1\"}]}",
      VERDICT_PASSED, "" },
    { "{\"flow\":\"Main line\",\"steps\":[{\"hangup\":\"caller\"},{\"until\":\"Welcome/3\"}]}",
      VERDICT_FAILED, "No flow runs now" /* E507 */ },
    { CALL("\"world\":{\"licence\":\"cx1\"},\"expect\":[{\"event\":{\"post-flow-not-fired\":{"
           "\"reason\":\"licence\"}}}]"),
      VERDICT_PASSED, "" },
};

static void expectations_are_judged(void **state)
{
    struct buf message;
    (void) state;
    buf_init(&message, &env);
    for (size_t i = 0; i < sizeof judged / sizeof *judged; i++) {
        enum verdict verdict = run(judged[i].json, &message);
        bool says = message.len == 0 ? !*judged[i].says
                                     : strstr(message.ptr, judged[i].says) != NULL;
        if (verdict != judged[i].verdict || !says)
            print_message("%s\n%d: %.*s\n", judged[i].json, verdict, STR_ARG(buf_str(&message)));
        assert_int_equal(verdict, judged[i].verdict);
        assert_true(says);
    }
    buf_release(&message);
}

static void do_words(struct call *call, const char *words)
{
    struct stimulus stimulus;
    struct diags diags;
    diags_init(&diags, &env);
    assert_true(stimulus_parse(call_pool(call), str_of(words), &stimulus, &diags));
    assert_true(call_do(call, &stimulus, &diags));
    diags_release(&diags);
}

static void trace_of(struct call *call, struct buf *out)
{
    size_t count;
    call_events(call, &count);
    for (size_t i = 0; i < count; i++) {
        call_event_to_json(call, i, out);
        buf_add_char(out, '\n');
    }
}

/* What was played by hand gives the same trace as a scenario. */
static void a_recorded_call_plays_again(void **state)
{
    struct buf text, first, second;
    struct diags diags;
    struct scenario_result result;
    (void) state;
    buf_init(&text, &env);
    buf_init(&first, &env);
    buf_init(&second, &env);
    diags_init(&diags, &env);
    scenario_result_init(&result, &env);
    struct call *call = call_new(&env, ws);
    struct call_setup setup = { .flow = STR("Main line"), .ani = STR("tel:+49301") };
    assert_true(call_start(call, &setup, &diags));
    do_words(call, "advance 2");
    call_run(call);
    do_words(call, "press 1");
    call_run(call);
    do_words(call, "press 1");
    call_run(call);
    do_words(call, "advance 4");
    do_words(call, "agent answers");
    do_words(call, "hangup caller");
    call_run(call);
    trace_of(call, &first);
    scenario_record(call, STR("By hand"), NULL, &text);
    call_free(call);
    struct scenario *scenario = read_text(text.ptr, &diags);
    assert_non_null(scenario);
    assert_true(str_is(scenario_title(scenario), "By hand"));
    scenario_run(scenario, ws, &result, &diags);
    if (result.verdict != VERDICT_PASSED)
        print_message("%s\n%.*s\n", text.ptr, STR_ARG(buf_str(&result.message)));
    assert_int_equal(result.verdict, VERDICT_PASSED);
    trace_of(result.call, &second);
    assert_string_equal(first.ptr, second.ptr);
    assert_non_null(strstr(first.ptr, "\"to\":\"Agent note\""));
    scenario_result_release(&result);
    scenario_free(scenario);
    diags_release(&diags);
    buf_release(&text);
    buf_release(&first);
    buf_release(&second);
}

static uint32_t next_random(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 8;
}

static bool try_words(struct call *call, const char *words)
{
    struct stimulus stimulus;
    struct diags ignored;
    diags_init(&ignored, &env);
    bool fine = stimulus_parse(call_pool(call), str_of(words), &stimulus, &ignored) &&
                call_do(call, &stimulus, &ignored);
    diags_release(&ignored);
    return fine;
}

/* Whatever can happen, whether the call was run on before or not. */
static void wander(struct call *call, uint32_t *seed)
{
    static const char *const others[] = { "press 1", "press 2", "say yes", "advance 3", "wait 20s",
                                          "set Flow.topic \"x\" + Call.Ani", "set data.n 1" };
    struct choices choices = { .items = NULL };
    uint32_t dice = next_random(seed) % 8;
    if (dice < 2) {
        call_run(call);
        return;
    }
    if (dice == 2) {
        try_words(call, others[next_random(seed) % (sizeof others / sizeof *others)]);
        return;
    }
    arena_init(&choices.arena, &env);
    call_choices(call, &choices);
    if (choices.count > 0)
        try_words(call, choices.items[next_random(seed) % choices.count].words);
    arena_release(&choices.arena);
}

static void play_recorded(struct str text, struct buf *trace)
{
    struct scenario_result result;
    struct diags diags;
    diags_init(&diags, &env);
    scenario_result_init(&result, &env);
    struct scenario *scenario = read_text(text.ptr, &diags);
    assert_non_null(scenario);
    scenario_run(scenario, ws, &result, &diags);
    if (result.verdict != VERDICT_PASSED)
        print_message("%.*s\n%.*s\n", STR_ARG(text), STR_ARG(buf_str(&result.message)));
    assert_int_equal(result.verdict, VERDICT_PASSED);
    trace_of(result.call, trace);
    scenario_result_release(&result);
    scenario_free(scenario);
    diags_release(&diags);
}

/* Any call at all: hang-ups at every moment, run on or not, stepped, with variables set by hand. */
static void any_call_that_is_recorded_plays_again(void **state)
{
    struct buf text, first, second;
    struct diags diags;
    (void) state;
    buf_init(&text, &env);
    buf_init(&first, &env);
    buf_init(&second, &env);
    diags_init(&diags, &env);
    struct call *call = call_new(&env, ws);
    for (uint32_t start = 1; start <= 300; start++) {
        uint32_t seed = start;
        struct call_setup setup = { .flow = start % 2 ? STR("Main line") : STR("Sales line") };
        buf_clear(&text);
        buf_clear(&first);
        buf_clear(&second);
        assert_true(call_start(call, &setup, &diags));
        for (uint32_t i = next_random(&seed) % 30; i > 0; i--)
            wander(call, &seed);
        trace_of(call, &first);
        scenario_record(call, STR("At random"), NULL, &text);
        play_recorded(buf_str(&text), &second);
        if (!str_eq(buf_str(&first), buf_str(&second)))
            fail_msg("seed %u\n%s\n%s\n%s", start, text.ptr, first.ptr, second.ptr);
    }
    call_free(call);
    diags_release(&diags);
    buf_release(&text);
    buf_release(&first);
    buf_release(&second);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_wrong_in_it_is_said),
        cmocka_unit_test(expectations_are_judged),
        cmocka_unit_test(a_recorded_call_plays_again),
        cmocka_unit_test(any_call_that_is_recorded_plays_again),
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
