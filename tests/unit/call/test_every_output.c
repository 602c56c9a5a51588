/* Every action of the catalogue in a call, with all its fields set, through each of its outputs and
 * everything that it can be answered. */
#include "tests/unit/call/every.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>
#include "engine/flow/query.h"

/* What leads to an output that no result does: a field that is set, then what happens, between
 * semicolons; the last of it again and again until the output is taken. */
static const struct lead {
    const char *key, *output, *field, *value, *words;
} leads[] = {
    { "decision", "yes", "condition", "true", "" },
    { "decision", "no", "condition", "false", "" },
    { "switch", "1", NULL, NULL, "" },
    { "switch", "default", "evaluate/firstMatch/*/value", "another", "" },
    { "loop", "loop", NULL, NULL, "" },
    { "loopUntil", "loop", NULL, NULL, "" },
    { "loopUntil", "some text", NULL, NULL, "" },
    { "loopAnythingElse", "loop", NULL, NULL, "" },
    { "callTask", "default", NULL, NULL, "" },
    { "collectInput", "success", NULL, NULL, "press 1" },
    { "collectInput", "failure", NULL, NULL, "no-match" },
    { "dialByExtension", "failure", NULL, NULL, "press 12#;outcome failure" },
    { "dialByExtension", "timeout", NULL, NULL, "no-input" },
    { "askForBoolean", "yes", NULL, NULL, "say yes" },
    { "askForBoolean", "no", NULL, NULL, "press 2" },
    { "askForBoolean", "maxNoInputs", NULL, NULL, "no-input" },
    { "askForBoolean", "maxNoMatches", NULL, NULL, "say perhaps" },
    { "askForSlot", "maxNoInputs", NULL, NULL, "no-input" },
    { "askForSlot", "maxNoMatches", NULL, NULL, "no-match" },
    { "transferToFlow", "failure", "targetFlow", "Nowhere", "" },
    { "transferToFlowSecure", "failure", "targetFlow", "Nowhere", "" },
};

static const struct lead *lead_to(const struct action_info *info, struct str output)
{
    for (size_t i = 0; i < sizeof leads / sizeof *leads; i++) {
        if (!strcmp(leads[i].key, info->key) && str_is(output, leads[i].output))
            return &leads[i];
    }
    return NULL;
}

static bool happened(const struct bench *b, struct call *call, enum event_kind kind,
                     struct str text)
{
    size_t count;
    const struct event *events = call_events(call, &count);
    for (size_t i = 0; i < count; i++) {
        if (events[i].kind != kind || events[i].node != b->action ||
            call_flow(call, events[i].flow) != b->flow)
            continue;
        if (kind != EVENT_OUTPUT || str_eq(pool_get_text(call_pool(call), events[i].text), text))
            return true;
    }
    return false;
}

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
    for (int i = 0; i < 20 && !happened(b, call, EVENT_ACTION, STR_NONE); i++)
        is_done(b, call, STR("advance 1"));
    if (b->info->flags & ACTION_CHOICE)
        is_done(b, call, STR("press 1"));
    call_run(call);
    if (!happened(b, call, EVENT_ACTION, STR_NONE))
        fail_msg("%s is not reached in %s", b->info->key, flow_type_info(b->flow->type)->key);
    return call;
}

static void take_output(struct bench *b, unsigned number)
{
    char digits[12], result[TEXT];
    struct str id = flow_output_id(b->flow, (struct spot){ b->action, (uint16_t) number }, digits);
    const struct lead *lead = lead_to(b->info, id);
    snprintf(result, sizeof result, "outcome %.*s", STR_ARG(id));
    if (lead && lead->field)
        bench_set(b, b->action, catalogue_field(b->info, str_of(lead->field)), lead->value);
    struct call *call = start(b);
    struct str rest = str_of(lead ? lead->words : result), words = STR_NONE;
    for (int i = 0; i < 10 && !happened(b, call, EVENT_OUTPUT, id); i++) {
        ptrdiff_t end = str_find_char(rest, ';');
        if (rest.len)
            words = end < 0 ? rest : str_slice(rest, 0, (size_t) end);
        rest = end < 0 ? STR_NONE : str_slice(rest, (size_t) end + 1, rest.len);
        if (!is_done(b, call, words))
            break;
    }
    if (!happened(b, call, EVENT_OUTPUT, id))
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

/* Where it is stepped: in a secure flow failures end the call. */
static struct flow *flow_for(const struct bench *b)
{
    static const enum flow_type order[] = { FLOW_INBOUND_CALL, FLOW_VOICE_SURVEY, FLOW_VOICEMAIL,
                                            FLOW_SECURE_CALL, FLOW_INQUEUE_CALL };
    for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
        struct flow *flow = workspace_find(b->world.ws, order[i], STR("Every"));
        if (flow_type_allows(flow, b->info))
            return flow;
    }
    fail_msg("%s is allowed nowhere", b->info->key);
    return NULL;
}

/* Choices are reached from the task. */
static void go_to_menu(struct bench *b)
{
    const struct action_info *choice = b->info;
    node_id action = b->action;
    b->info = catalogue_find(STR("jumpToMenu"));
    node_id jump = bench_put(b, b->info);
    bench_set(b, jump, catalogue_field(b->info, STR("targetMenuRef")), "Menu");
    b->info = choice;
    b->action = action;
}

/* Intents, and the case of Loop Until, whose name is the text that it was given. */
static bool add_named_output(struct bench *b)
{
    bool asks = b->info->asks == ASKS_RESULT;
    if (!(b->info->flags & ACTION_HAS_NAMES))
        return false;
    struct change *change = b->changes[b->count++] = change_begin(&b->world.env, STR("test"));
    if (!flow_output_add(change, b->flow, b->action, asks ? STR("Book") : STR("some text"),
                         &b->world.diags))
        fail_msg("%s has no named output", b->info->key);
    return true;
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
        b.flow = flow_for(&b);
        bench_text(&b, &before);
        b.action = bench_put(&b, b.info);
        for (const struct field *field = b.info->fields; field->path; field++)
            bench_set_field(&b, field, false);
        bench_set_cases(&b, false);
        if (b.info->flags & ACTION_CHOICE)
            go_to_menu(&b);
        named += add_named_output(&b);
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
