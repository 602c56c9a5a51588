/* The one layout of YAML, and the way to it from JSON and back. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include "engine/doc/write.h"
#include "tests/unit/doc/robust.h"

/* What is read, and what `fmt` makes of it. */
static const char *const layouts[][2] = {
    { "a:\n- b\n-   c: 'd'\n    e: [f, {g: h}]\n",
      "a:\n  - b\n  - c: d\n    e:\n      - f\n      - g: h\n" },
    { "- - a\n  - []\n-\n- {}\n", "- - a\n  - []\n- null\n- {}\n" },
    { "{\"yes\": \"no\", \"a\": \"b\"}", "\"yes\": \"no\"\na: b\n" },
    { "- \"1\"\n- '12:30'\n- \"2026-11-24\"\n- \"\"\n- \"true\"\n- '~'\n- \"a: b\"\n- \"a #b\"\n",
      "- \"1\"\n- \"12:30\"\n- \"2026-11-24\"\n- \"\"\n- \"true\"\n- \"~\"\n- \"a: b\"\n- \"a "
      "#b\"\n" },
    { "- './x'\n- '/x'\n- 'x:'\n- 'a\tb'\n- \"a\\nb\"\n- 'x '\n- '<x>'\n- 'it''s'\n- '5 "
      "o''clock'\n",
      "- \"./x\"\n- \"/x\"\n- \"x:\"\n- \"a\\tb\"\n- \"a\\nb\"\n- \"x \"\n- \"<x>\"\n- it's\n"
      "- 5 o'clock\n" },
    { "- |\n  a\n  b\n- \"\\x1b\\x85\\u2028\\uFEFF\"\n- \xC3\xA4\n",
      "- \"a\\nb\\n\"\n- \"\\u001b\\u0085\\u2028\\ufeff\"\n- \xC3\xA4\n" },
    { "- True\n- ~\n- 1e3\n- -0.50\n- 0o7\n", "- true\n- null\n- 1e3\n- -0.50\n- \"0o7\"\n" },
    { "a: {{b}}\n{{c}}: x{{d}}\n", "a: \"{{b}}\"\n\"{{c}}\": x{{d}}\n" },
    { "x", "x\n" },
    { "[]", "[]\n" },
    /* comments stay where they are, or a line above */
    { "# 1\n\n---\n# 2\na:  b   # 3\n\n# 4\nc: # 5\n# 6\n   - # 7\n     d: e\n   # 8\n   -   f # "
      "9\n"
      "# 10\n",
      "# 1\n# 2\na: b # 3\n# 4\nc: # 5\n  # 6\n  # 7\n  - d: e\n  # 8\n  - f # 9\n# 10\n" },
    { "a: # 1\n  b\nc: [d, # 2\n  e # 3\n  ]\n", "a: b # 1\nc:\n  - d # 2\n  - e # 3\n" },
    { "a: \"# no\"\n'# k': |\n  # no\n", "a: \"# no\"\n\"# k\": \"# no\\n\"\n" },
};

static void layouts_are_one(void **state)
{
    (void) state;
    struct world w;
    struct buf out;
    world_begin(&w);
    w.name = "test.yaml";
    buf_init(&out, &w.env);
    for (size_t i = 0; i < sizeof(layouts) / sizeof(*layouts); i++) {
        for (int again = 0; again < 2; again++) { /* what is canonical stays so */
            struct doc *doc = world_must_read(&w, layouts[i][again]);
            buf_clear(&out);
            doc_write_formatted(doc, &out);
            assert_string_equal(out.ptr, layouts[i][1]);
            doc_free(doc);
        }
    }
    buf_release(&out);
    world_end(&w);
}

/* JSON -> YAML -> JSON gives the bytes of canonical JSON back. */
static void there_and_back(struct world *w, struct str json)
{
    struct buf yaml, again;
    buf_init(&yaml, &w->env);
    buf_init(&again, &w->env);
    w->name = "test.json";
    struct doc *doc = world_read(w, json), *back;
    assert_non_null(doc);
    assert_true(doc_export(doc, SYNTAX_YAML, &yaml, &w->diags));
    w->name = "test.yaml";
    back = world_must_read(w, yaml.ptr);
    assert_true(doc_same(doc, back));
    assert_true(doc_export(back, SYNTAX_JSON, &again, &w->diags));
    assert_string_equal(again.ptr, world_canonical(w, doc, 1));
    buf_clear(&again);
    doc_write_formatted(back, &again);
    assert_string_equal(again.ptr, yaml.ptr);
    doc_free(doc);
    doc_free(back);
    buf_release(&yaml);
    buf_release(&again);
}

static void samples_there_and_back(void **state)
{
    (void) state;
    assert_true(each_file("samples", ".flow.json", there_and_back) > 2);
}

static void corpus_there_and_back(void **state)
{
    (void) state;
    skip_without(each_file("../shared/corpus/json", ".json", there_and_back),
                 "../shared/corpus/json");
}

/* A reader of YAML looks for the colon so far and no further. */
static void keys_end(void **state)
{
    (void) state;
    struct world w;
    struct buf json, yaml;
    world_begin(&w);
    buf_init(&json, &w.env);
    buf_init(&yaml, &w.env);
    for (size_t len = LIMIT_YAML_KEY; len <= LIMIT_YAML_KEY + 1; len++) {
        buf_clear(&json);
        buf_add_text(&json, "{\"");
        buf_add_repeat(&json, '#', len);
        buf_add_text(&json, "\": 1}");
        w.name = "test.json";
        struct doc *doc = world_must_read(&w, json.ptr);
        if (len == LIMIT_YAML_KEY) {
            assert_true(doc_export(doc, SYNTAX_YAML, &yaml, &w.diags));
            w.name = "test.yaml";
            doc_free(world_must_read(&w, yaml.ptr));
        } else {
            assert_false(doc_export(doc, SYNTAX_YAML, &yaml, &w.diags));
            assert_int_equal(w.diags.items[0].code, DIAG_LIMIT_KEY);
        }
        doc_free(doc);
    }
    buf_release(&json);
    buf_release(&yaml);
    world_end(&w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(layouts_are_one),
        cmocka_unit_test(samples_there_and_back),
        cmocka_unit_test(corpus_there_and_back),
        cmocka_unit_test(keys_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
