/* Scalars without quotes are what their field has, not what YAML takes them for. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include "engine/base/env.h"
#include "engine/doc/write.h"
#include "engine/flow/flow.h"

/* What stands in the one action of a task, and the same as JSON. */
static const char *const cases[][2] = {
    { "playAudio: {name: 2024, audio: {tts: 5}}",
      "\"playAudio\":{\"name\":\"2024\",\"audio\":{\"tts\":\"5\"}}" },
    { "playAudio: {audio: {exp: true}}", "\"playAudio\":{\"audio\":{\"exp\":\"true\"}}" },
    { "playAudio: {audio: {noValue: true}}", "\"playAudio\":{\"audio\":{\"noValue\":true}}" },
    { "decision: {condition: {lit: true}}", "\"decision\":{\"condition\":{\"lit\":true}}" },
    { "decision: {condition: {lit: yes}}", "\"decision\":{\"condition\":{\"lit\":\"yes\"}}" },
    { "updateData: {statements: [{string: {variable: Flow.x, value: {lit: 12}}}]}",
      "\"updateData\":{\"statements\":[{\"string\":{\"variable\":\"Flow.x\",\"value\":{\"lit\":"
      "\"12\"}}}]}" },
    { "updateData: {statements: [{integer: {variable: Flow.x, value: {lit: 12}}}]}",
      "\"updateData\":{\"statements\":[{\"integer\":{\"variable\":\"Flow.x\",\"value\":{\"lit\":"
      "12}}}]}" },
    { "setPostFlow: {target: {lit: null}, invocationData: {lit: {name: 5, exp: ~, lit: true}}}",
      "\"setPostFlow\":{\"target\":{\"lit\":\"null\"},\"invocationData\":{\"lit\":{\"name\":5,"
      "\"exp\":null,\"lit\":true}}}" },
    { "transferToAcd: {targetQueue: {lit: {name: 7}}, priority: {lit: 7}}",
      "\"transferToAcd\":{\"targetQueue\":{\"lit\":{\"name\":\"7\"}},\"priority\":{\"lit\":7}}" },
    { "holdMusic: {playStyle: {duration: {lit: {seconds: 5}}}}",
      "\"holdMusic\":{\"playStyle\":{\"duration\":{\"lit\":{\"seconds\":5}}}}" },
    { "noSuchAction: {name: 1, other: 2, inputs: {a: {lit: 3}, b: {exp: 4}}, none: ~}",
      "\"noSuchAction\":{\"name\":\"1\",\"other\":2,\"inputs\":{\"a\":{\"lit\":3},\"b\":{\"exp\":"
      "\"4\"}},\"none\":null}" },
};

static void test_fields_type_scalars(void **state)
{
    (void) state;
    struct env env;
    struct atoms atoms;
    struct diags diags;
    struct flow flow;
    const struct limits limits = LIMITS_DEFAULT;
    struct buf text, out;
    env_init(&env);
    diags_init(&diags, &env);
    catalogue_atoms_init(&atoms, &env);
    buf_init(&text, &env);
    buf_init(&out, &env);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        buf_clear(&text);
        buf_clear(&out);
        buf_addf(
            &text,
            "inboundCall:\n  name: 1\n  tasks:\n    - task:\n        actions:\n          - %s\n",
            cases[i][0]);
        struct doc *doc = doc_read(&env, &atoms, &limits, "a.yaml", buf_str(&text), &diags);
        assert_non_null(doc);
        assert_true(flow_index(&flow, doc, &diags));
        doc_write_compact(doc, 1, &out);
        buf_clear(&text);
        buf_addf(&text,
                 "{\"inboundCall\":{\"name\":\"1\",\"tasks\":[{\"task\":{\"actions\":[{%s}]}}]}}",
                 cases[i][1]);
        assert_string_equal(out.ptr, text.ptr);
        doc_free(doc);
    }
    buf_release(&text);
    buf_release(&out);
    atoms_release(&atoms);
    diags_release(&diags);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_fields_type_scalars) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
