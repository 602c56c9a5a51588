/* Tokens: what is one, and what they stand for. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include "engine/doc/tokens.h"
#include "engine/doc/write.h"
#include "tests/unit/doc/support.h"

static void tokens_are_found(void **state)
{
    static const struct {
        const char *text, *name;
        size_t from;
    } cases[] = {
        { "{{a}}", "a", 0 },     { "x{{ a b }}y", "a b", 1 }, { "{{{a}}}", "a", 1 },
        { "{{}}{{b}}", "b", 4 }, { "{{a}{{b}}", "b", 4 },     { "{{a\"}}", NULL, 0 },
        { "{{a\n}}", NULL, 0 },  { "{a}}", NULL, 0 },         { "{{a}", NULL, 0 },
        { "", NULL, 0 },
    };
    (void) state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        struct token token = token_find(str_of(cases[i].text), 0);
        assert_int_equal(token.to != 0, cases[i].name != NULL);
        if (cases[i].name) {
            assert_true(str_is(token.name, cases[i].name));
            assert_int_equal(token.from, cases[i].from);
        }
    }
}

static void set_some(struct world *w, struct token_values *values)
{
    token_values_init(values, &w->env);
    token_values_set(values, STR("n"), STR("4"));
    token_values_set(values, STR("n"), STR("5"));
    token_values_set(values, STR("t"), STR("a: \"b\"\n"));
    token_values_set(values, STR("k"), STR("key"));
    token_values_set(values, STR("none"), STR(""));
}

static void tokens_are_filled(void **state)
{
    static const char *const cases[][3] = {
        { "test.yaml",
          "{{k}}-x: {{n}}\nb: [x{{n}}y{{n}}, \"{{t}}\", '{{n}}', {{other}}]\nc: {{none}}\n",
          "{\"key-x\":5,\"b\":[\"x5y5\",\"a: \\\"b\\\"\\n\",\"5\",\"{{other}}\"],\"c\":null}" },
        { "test.json", "{\"{{k}}\":\"{{n}}\",\"b\":[\"\\n\",\"\\u007b{t}}\",\"z\"]}",
          "{\"key\":\"5\",\"b\":[\"\\n\",\"a: \\\"b\\\"\\n\",\"z\"]}" },
    };
    struct world w;
    struct token_values values;
    struct buf out;
    (void) state;
    world_begin(&w);
    set_some(&w, &values);
    buf_init(&out, &w.env);
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        w.name = cases[i][0];
        struct doc *doc = world_must_read(&w, cases[i][1]);
        assert_true(doc_fill_tokens(doc, &values, &w.diags));
        buf_clear(&out);
        doc_write_compact(doc, 1, &out);
        assert_string_equal(out.ptr, cases[i][2]);
        assert_string_equal(world_written(&w, doc), cases[i][1]);
        doc_free(doc);
    }
    buf_release(&out);
    token_values_release(&values);
    world_end(&w);
}

static void keys_stay_different(void **state)
{
    struct world w;
    struct token_values values;
    (void) state;
    world_begin(&w);
    w.name = "test.yaml";
    set_some(&w, &values);
    struct doc *doc = world_must_read(&w, "a:\n  key: 1\n  {{k}}: 2\n");
    assert_false(doc_fill_tokens(doc, &values, &w.diags));
    assert_int_equal(w.diags.items[0].code, DIAG_EDIT_DUPLICATE);
    assert_int_equal(w.diags.items[0].place.line, 3);
    doc_free(doc);
    diags_clear(&w.diags);
    w.limits.key_length = 10;
    doc = world_must_read(&w, "{{k}}{{k}}: 1");
    doc_free(doc);
    token_values_set(&values, STR("k"), STR("longer"));
    doc = world_must_read(&w, "{{k}}{{k}}: 1");
    assert_false(doc_fill_tokens(doc, &values, &w.diags));
    assert_int_equal(w.diags.items[0].code, DIAG_LIMIT_KEY);
    doc_free(doc);
    token_values_release(&values);
    world_end(&w);
}

static void options_are_read(void **state)
{
    struct world w;
    struct token_values values;
    (void) state;
    world_begin(&w);
    w.name = "test.yaml";
    token_values_init(&values, &w.env);
    struct doc *doc = world_must_read(&w, "a: 1\nb: true\nc: {d: e}\n");
    assert_true(token_values_read(&values, doc, &w.diags));
    assert_int_equal(values.count, 2);
    doc_free(doc);
    doc = world_must_read(&w, "file: x\nsubstitutions:\n  a: 1\n");
    assert_true(token_values_read(&values, doc, &w.diags));
    assert_int_equal(values.count, 3);
    doc_free(doc);
    doc = world_must_read(&w, "- a\n");
    assert_false(token_values_read(&values, doc, &w.diags));
    assert_int_equal(w.diags.items[0].code, DIAG_TOKEN_OPTIONS);
    doc_free(doc);
    token_values_release(&values);
    world_end(&w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tokens_are_found),
        cmocka_unit_test(tokens_are_filled),
        cmocka_unit_test(keys_stay_different),
        cmocka_unit_test(options_are_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
