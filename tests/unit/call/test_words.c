/* Stimuli as words and as steps of a scenario, there and back; the tables of the layer. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>
#include "engine/call/compile.h"
#include "engine/doc/doc.h"
#include "tests/unit/call/cases.h"

static const struct {
    const char *words, *json, *again; /* again: how it shows; NULL: the same words */
} table[] = {
    { "advance", "{\"advance\":1}", NULL },
    { "advance 12", "{\"advance\":12}", NULL },
    { "press 12#", "{\"press\":\"12#\"}", NULL },
    { "no-input", "{\"no-input\":true}", NULL },
    { "no-match", "{\"no-match\":true}", NULL },
    { "say yes please", "{\"say\":\"yes please\"}", NULL },
    { "outcome failure", "{\"outcome\":\"failure\"}", NULL },
    { "outcome success {\"vip\":true}", "{\"outcome\":{\"success\":{\"vip\":true}}}", NULL },
    { "wait 1m30s", "{\"wait\":\"PT1M30S\"}", "wait PT1M30S" },
    { "agent answers", "{\"agent\":\"answers\"}", NULL },
    { "agent 2 no-answer", "{\"agent\":{\"who\":2,\"does\":\"no-answer\"}}", NULL },
    { "agent holds", "{\"agent\":\"holds\"}", NULL },
    { "agent resumes", "{\"agent\":\"resumes\"}", NULL },
    { "agent schedules-callback", "{\"agent\":\"schedules-callback\"}", NULL },
    { "agent transfers queue Big Queue", "{\"agent\":{\"transfers\":{\"queue\":\"Big Queue\"}}}",
      NULL },
    { "agent 3 consults user Ada",
      "{\"agent\":{\"who\":3,\"does\":{\"consults\":{\"user\":\"Ada\"}}}}", NULL },
    { "agent completes", "{\"agent\":\"completes\"}", NULL },
    { "agent withdraws", "{\"agent\":\"withdraws\"}", NULL },
    { "agent conferences", "{\"agent\":\"conferences\"}", NULL },
    { "agent secure Pay \"now\"", "{\"agent\":{\"secure\":\"Pay \\\"now\\\"\"}}", NULL },
    { "hangup caller", "{\"hangup\":\"caller\"}", NULL },
    { "hangup agent 2", "{\"hangup\":\"agent 2\"}", NULL },
    { "hangup external", "{\"hangup\":\"external\"}", NULL },
    { "hangup system", "{\"hangup\":\"system\"}", NULL },
    { "lost agent", "{\"lost\":\"agent\"}", NULL },
    { "set Flow.x = Flow.y + 1", "{\"set\":{\"name\":\"Flow.x\",\"exp\":\"Flow.y + 1\"}}",
      "set Flow.x Flow.y + 1" },
};
enum { ROWS = sizeof table / sizeof *table };

struct box {
    struct env env;
    struct pool *pool;
    struct diags diags;
    struct atoms atoms;
    struct buf text;
};

static void box_init(struct box *box)
{
    env_init(&box->env);
    box->pool = pool_new(&box->env);
    diags_init(&box->diags, &box->env);
    atoms_init(&box->atoms, &box->env, NULL, 0);
    buf_init(&box->text, &box->env);
}

static void box_release(struct box *box)
{
    pool_free(box->pool);
    diags_release(&box->diags);
    atoms_release(&box->atoms);
    buf_release(&box->text);
}

static bool read_step(struct box *box, const char *json, struct stimulus *out)
{
    struct limits limits = LIMITS_DEFAULT;
    struct doc *doc =
        doc_read(&box->env, &box->atoms, &limits, "step", str_of(json), &box->diags);
    assert_non_null(doc);
    bool fine = stimulus_read(box->pool, doc, 1, out, &box->diags);
    doc_free(doc);
    return fine;
}

static void test_words_and_steps_are_the_same(void **unused)
{
    struct box box;
    unsigned kinds = 0;
    (void) unused;
    box_init(&box);
    for (int i = 0; i < ROWS; i++) {
        struct stimulus words, step;
        const char *again = table[i].again ? table[i].again : table[i].words;
        assert_true(stimulus_parse(box.pool, str_of(table[i].words), &words, &box.diags));
        buf_clear(&box.text);
        stimulus_show(box.pool, &words, &box.text);
        assert_string_equal(box.text.ptr, again);
        buf_clear(&box.text);
        stimulus_to_json(box.pool, &words, &box.text);
        assert_string_equal(box.text.ptr, table[i].json);
        assert_true(read_step(&box, table[i].json, &step));
        assert_memory_equal(&words, &step, sizeof words);
        kinds |= 1u << words.kind;
    }
    assert_int_equal(kinds, (1u << STIMULUS_COUNT) - 1);
    box_release(&box);
}

static void test_what_is_no_stimulus(void **unused)
{
    static const char *const wrong[] = {
        "", "dance", "agent", "agent dances", "agent press 1", "answers", "press", "say",
        "advance 0", "advance x", "outcome", "wait", "wait 5", "wait 5x", "wait s",
        "hangup", "hangup nobody", "hangup agent 0", "hangup agent 300", "lost external",
        "agent transfers", "agent transfers queue", "agent transfers boat X",
        "agent consults flow X", "agent secure", "outcome success {", "outcome success 3",
        "no-input now", "set", "set Flow.x", "set Flow.x =",
    };
    static const char *const steps[] = {
        "{}", "[]", "\"press\"", "{\"press\":\"1\",\"say\":\"x\"}", "{\"press\":{}}",
        "{\"no-input\":false}", "{\"advance\":-1}", "{\"wait\":\"long\"}", "{\"hangup\":\"me\"}",
        "{\"agent\":\"press\"}", "{\"agent\":{\"who\":0,\"does\":\"answers\"}}",
        "{\"agent\":{\"who\":1}}", "{\"agent\":{\"transfers\":\"X\"}}",
        "{\"agent\":{\"transfers\":{\"boat\":\"X\"}}}", "{\"agent\":{\"secure\":{}}}",
        "{\"agent\":{\"answers\":1}}", "{\"outcome\":{\"success\":1}}", "{\"answers\":true}",
        "{\"dance\":1}", "{\"set\":{\"name\":\"Flow.x\"}}",
        "{\"set\":{\"name\":\"Flow.x\",\"exp\":1}}", "{\"set\":\"Flow.x\"}",
    };
    struct box box;
    struct stimulus out;
    (void) unused;
    box_init(&box);
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        diags_clear(&box.diags);
        if (stimulus_parse(box.pool, str_of(wrong[i]), &out, &box.diags) || box.diags.count != 1)
            fail_msg("%s: %zu", wrong[i], box.diags.count);
    }
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        diags_clear(&box.diags);
        if (read_step(&box, steps[i], &out) || box.diags.count != 1)
            fail_msg("%s: %zu", steps[i], box.diags.count);
    }
    box_release(&box);
}

/* An executor reads only fields that the catalogue knows. */
static void test_executors_and_catalogue_agree(void **unused)
{
    static const char *const keys[] = {
#define X(name, key, run) [OP_##name] = key,
        EXECUTORS(X)
#undef X
    };
    (void) unused;
    for (unsigned kind = OP_OTHER + 1; kind < OP_KIND_COUNT; kind++) {
        const struct action_info *info = catalogue_find(str_of(keys[kind]));
        if (!info)
            fail_msg("%s is not in the catalogue", keys[kind]);
        const struct operand_spec *spec = operand_specs((enum op_kind) kind);
        for (; spec && spec->path; spec++) {
            if (strstr(spec->path, "Audio") || !strcmp(spec->path, "verificationAudio"))
                continue; /* optional texts around a transfer */
            if (!catalogue_field(info, str_of(spec->path)))
                fail_msg("%s has no field %s", keys[kind], spec->path);
        }
    }
}

static void test_reasons_have_words_and_sentences(void **unused)
{
    (void) unused;
    for (int i = 0; i < NOT_FIRED_COUNT; i++) {
        assert_true(strlen(not_fired_word((enum not_fired) i)) > 3);
        assert_true(strlen(not_fired_sentence((enum not_fired) i)) > 6);
    }
    assert_string_equal(not_fired_word(NOT_FIRED_AGENT_IN_SURVEY), "agent-not-allowed-in-survey");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_words_and_steps_are_the_same),
        cmocka_unit_test(test_what_is_no_stimulus),
        cmocka_unit_test(test_executors_and_catalogue_agree),
        cmocka_unit_test(test_reasons_have_words_and_sentences),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
