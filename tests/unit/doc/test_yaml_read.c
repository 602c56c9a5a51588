/* What YAML stands for, and what is refused where. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include "engine/doc/write.h"
#include "tests/unit/doc/support.h"

static void begin(struct world *w)
{
    world_begin(w);
    w->name = "test.yaml";
}

/* The text, and what it is as JSON. */
static const char *const trees[][2] = {
    { "a: b", "{\"a\":\"b\"}" },
    { "a: b # c\n", "{\"a\":\"b\"}" },
    { "# first\n\na: # second\n  b\n", "{\"a\":\"b\"}" },
    { "- a\n-  b\n- - c\n  - d\n-\n", "[\"a\",\"b\",[\"c\",\"d\"],null]" },
    { "a:\n- b\n- c: d\n  e: f\ng:\n  - h\n",
      "{\"a\":[\"b\",{\"c\":\"d\",\"e\":\"f\"}],\"g\":[\"h\"]}" },
    { "\"yes\":\n  actions: []\n'no': {}\n", "{\"yes\":{\"actions\":[]},\"no\":{}}" },
    { "---\na: b\n...\n", "{\"a\":\"b\"}" },
    { "%YAML 1.1\n---\na: b\n", "{\"a\":\"b\"}" },
    { "\xEF\xBB\xBF"
      "a: \xC3\xA4",
      "{\"a\":\"\xC3\xA4\"}" },
    { "a: b\r\nc:\r\n  - d\r\n", "{\"a\":\"b\",\"c\":[\"d\"]}" },
    { "{\"a\": [1, {\"b\": \"c\"}], d: e}", "{\"a\":[1,{\"b\":\"c\"}],\"d\":\"e\"}" },
    { "a: b\n  c\n\n  d\n", "{\"a\":\"b c\\nd\"}" },
    /* types: YAML 1.2 as far as JSON goes, never YAML 1.1 */
    { "a: null\nb: ~\nc:\nd: NULL\n", "{\"a\":null,\"b\":null,\"c\":null,\"d\":null}" },
    { "[true, True, TRUE, false, tRUE]", "[true,true,true,false,\"tRUE\"]" },
    { "[yes, no, on, off, y, Yes]", "[\"yes\",\"no\",\"on\",\"off\",\"y\",\"Yes\"]" },
    { "[1, -0.50, 1e3, 123456789012345678901]", "[1,-0.50,1e3,123456789012345678901]" },
    { "[0o7, 0x1F, 012, +1, .5, 1., .inf, 1_000]",
      "[\"0o7\",\"0x1F\",\"012\",\"+1\",\".5\",\"1.\",\".inf\",\"1_000\"]" },
    { "[12:30, 2026-11-24, \"1\", 'true']", "[\"12:30\",\"2026-11-24\",\"1\",\"true\"]" },
    /* quotes */
    { "'it''s'", "\"it's\"" },
    { "'a \"b\" \\n'", "\"a \\\"b\\\" \\\\n\"" },
    { "\"\\0\\a\\b\\t\\n\\v\\f\\r\\e\\ \\\"\\/\\\\\\x41\\u00e4\\U0001F600\"",
      "\"\\u0000\\u0007\\b\\t\\n\\u000b\\f\\r\\u001b \\\"/\\\\A\xC3\xA4\xF0\x9F\x98\x80\"" },
    { "\"\\N\\_\\L\\P\"", "\"\xC2\x85\xC2\xA0\xE2\x80\xA8\xE2\x80\xA9\"" },
    { "\"a\n  b \n\n\n  c \\\n  d\\\n  \\ e\"", "\"a b\\n\\nc d e\"" },
    { "'a\n  b\n\n c'", "\"a b\\nc\"" },
    { "a\tb: \"c\td\"", "{\"a\\tb\":\"c\\td\"}" },
    /* block scalars */
    { "a: |\n  b\n   c\n\n  d\n\ne: f", "{\"a\":\"b\\n c\\n\\nd\\n\",\"e\":\"f\"}" },
    { "a: |-\n  b\n\nc: |+ # keep\n  d\n\n", "{\"a\":\"b\",\"c\":\"d\\n\\n\"}" },
    { "a: |2\n    b\n   c\n", "{\"a\":\"  b\\n c\\n\"}" },
    { "a: >\n  b\n  c\n\n  d\n   e\n  f\n", "{\"a\":\"b c\\nd\\n e\\nf\\n\"}" },
    { "a: >-\n\n  b\n  c", "{\"a\":\"\\nb c\"}" },
    { "- |\n a\n- >-\n b\n", "[\"a\\n\",\"b\"]" },
    { "a: |\n  b # no comment\n# one\nc: d", "{\"a\":\"b # no comment\\n\",\"c\":\"d\"}" },
    /* tokens */
    { "name: {{flow_name}}", "{\"name\":\"{{flow_name}}\"}" },
    { "{{p}}-Lambda:\n  {{a b}}: x{{c}}y", "{\"{{p}}-Lambda\":{\"{{a b}}\":\"x{{c}}y\"}}" },
    { "a: \"{{b}}\"\nc: [{{d}}, {e: {{f}}}]",
      "{\"a\":\"{{b}}\",\"c\":[\"{{d}}\",{\"e\":\"{{f}}\"}]}" },
    { "- {{a}}: {{b: c}}", "[{\"{{a}}\":\"{{b: c}}\"}]" },
    { "a: {{x}} # {{y", "{\"a\":\"{{x}}\"}" },
    /* keys of real files */
    { "<integrationName>: 1\nA (b) -> c/d.e?&*: 2",
      "{\"<integrationName>\":1,\"A (b) -> c/d.e?&*\":2}" },
    { "a?: b", "{\"a?\":\"b\"}" },
    { "\"<<\": a", "{\"<<\":\"a\"}" },
};

static void texts_are_trees(void **state)
{
    (void) state;
    struct world w;
    begin(&w);
    for (size_t i = 0; i < sizeof(trees) / sizeof(*trees); i++) {
        struct doc *doc = world_must_read(&w, trees[i][0]);
        struct buf out;
        buf_init(&out, &w.env);
        doc_write_compact(doc, 1, &out);
        assert_string_equal(out.ptr, trees[i][1]);
        assert_string_equal(world_written(&w, doc), trees[i][0]);
        buf_release(&out);
        doc_free(doc);
    }
    world_end(&w);
}

static const struct {
    const char *text;
    enum diag_code code;
    unsigned line, column;
} refusals[] = {
    { "", DIAG_YAML_EMPTY, 1, 1 },
    { "# only\n", DIAG_YAML_EMPTY, 2, 1 },
    { "a:\n\tb: c", DIAG_YAML_TAB, 2, 1 },
    { "a:\n  b: c\n \td: e", DIAG_YAML_TAB, 3, 2 },
    { "a:\n  b: c\n d: e", DIAG_YAML_INDENT, 3, 2 },
    { "a: b\n- c", DIAG_YAML_INDENT, 2, 1 },
    { "- a\nb: c", DIAG_YAML_INDENT, 2, 1 },
    { "a: b\nc\n", DIAG_YAML_COLON, 2, 1 },
    { "a: b: c", DIAG_YAML_SECOND_COLON, 1, 5 },
    { "a: b\n  c: d", DIAG_YAML_SECOND_COLON, 2, 4 },
    { "a: @b", DIAG_YAML_CHARACTER, 1, 4 },
    { "a: `b`", DIAG_YAML_CHARACTER, 1, 4 },
    { "a: %b", DIAG_YAML_CHARACTER, 1, 4 },
    { "a: \x1b[0m", DIAG_YAML_CONTROL, 1, 4 },
    { "a: \"b\x7f\"", DIAG_YAML_CONTROL, 1, 6 },
    { "a: b\rc: d", DIAG_YAML_RETURN, 1, 5 },
    { "---\na: b\n---\nc: d", DIAG_YAML_DOCUMENTS, 3, 1 },
    { "a: b\n...\nc: d", DIAG_YAML_INDENT, 3, 1 },
    { "a: &b c", DIAG_YAML_ANCHOR, 1, 4 },
    { "a: *b", DIAG_YAML_ANCHOR, 1, 4 },
    { "a: &b\n  c: d\ne: *b", DIAG_YAML_ANCHOR, 1, 4 },
    { "a: !!str b", DIAG_YAML_TAG, 1, 4 },
    { "a: !!python/object:x.y {}", DIAG_YAML_TAG, 1, 4 },
    { "a: ! b", DIAG_YAML_TAG, 1, 4 },
    { "a:\n  <<: {b: c}", DIAG_YAML_MERGE, 2, 3 },
    { "? a\n: b", DIAG_YAML_KEY, 1, 3 },
    { "? [a]\n: b", DIAG_YAML_KEY, 1, 3 },
    { "{? a: b}", DIAG_YAML_KEY, 1, 4 },
    { "{a, b: c}", DIAG_YAML_KEY, 1, 2 },
    { "[a: b]", DIAG_YAML_KEY, 1, 2 },
    { "{[a]: b}", DIAG_YAML_KEY, 1, 2 },
    { "a: b\n? c", DIAG_YAML_KEY, 2, 3 },
    { "a: \"b", DIAG_JSON_OPEN_TEXT, 1, 6 },
    { "a: 'b\n...\n'", DIAG_JSON_OPEN_TEXT, 2, 1 },
    { "a: \"\\q\"", DIAG_JSON_ESCAPE, 1, 5 },
    { "a: \"\\xg\"", DIAG_YAML_SYNTAX, 1, 7 },
    { "a: |x\n", DIAG_YAML_SYNTAX, 1, 5 },
    { "a: [b, c", DIAG_JSON_END, 1, 9 },
    { "a: [b, c\nd: e", DIAG_JSON_COMMA, 2, 2 },
    { "a: {b: c]", DIAG_JSON_COMMA, 1, 9 },
    { "a: [", DIAG_JSON_END, 1, 5 },
    { "a: [b, {c: ", DIAG_JSON_END, 1, 12 },
    { "a: [b, , c]", DIAG_JSON_VALUE, 1, 8 },
    { "a: [b, {c: -", DIAG_JSON_VALUE, 1, 12 },
    { "\xC3\xA4: b\n\xC3\xA4: c", DIAG_JSON_DUPLICATE, 2, 1 },
    { "{a: b, \"\\x61\": c}", DIAG_JSON_DUPLICATE, 1, 8 },
    { "- a: b\n  c: d\n  a: e", DIAG_JSON_DUPLICATE, 3, 3 },
    { "a: b\n<<<<<<< HEAD\nc: d\n=======\nc: e\n>>>>>>> x\n", DIAG_JSON_CONFLICT, 2, 1 },
    { "<<<<<<< HEAD\na: d\n=======\na: e\n>>>>>>> x\n", DIAG_JSON_CONFLICT, 1, 1 },
    { "a:\n  - b\n=======\n  - c\n>>>>>>> x\n", DIAG_JSON_CONFLICT, 3, 1 },
    { "a: {\n<<<<<<< HEAD\n", DIAG_JSON_CONFLICT, 2, 1 },
    { "a: b\xFF", DIAG_JSON_NOT_UTF8, 1, 5 },
    { "\xFF\xFE"
      "a\0",
      DIAG_JSON_NOT_UTF8, 1, 1 },
};

static void refusals_have_places(void **state)
{
    (void) state;
    struct world w;
    begin(&w);
    for (size_t i = 0; i < sizeof(refusals) / sizeof(*refusals); i++) {
        struct doc *doc = world_read(&w, str_of(refusals[i].text));
        if (doc || w.diags.count != 1)
            fail_msg("not refused once: %s", refusals[i].text);
        const struct diag *diag = &w.diags.items[0];
        if (diag->code != refusals[i].code || diag->place.line != refusals[i].line ||
            diag->place.column != refusals[i].column)
            fail_msg("%s at %u:%u for: %s", diag_info(diag->code)->code, diag->place.line,
                     diag->place.column, refusals[i].text);
        diags_clear(&w.diags);
    }
    world_end(&w);
}

static void refuse(struct world *w, struct str text, enum diag_code code)
{
    assert_null(world_read(w, text));
    assert_int_equal(w->diags.count, 1);
    assert_int_equal(w->diags.items[0].code, code);
    diags_clear(&w->diags);
}

static void encodings(void **state)
{
    (void) state;
    struct world w;
    begin(&w);
    refuse(&w, STR("a\0:\0 \0b\0"), DIAG_JSON_UTF16);
    refuse(&w, STR("a: b\0"), DIAG_JSON_NUL);
    refuse(&w, STR("a: \"b\0\""), DIAG_JSON_NUL);
    w.name = "-"; /* by content */
    struct doc *doc = world_must_read(&w, " {\"a\":1}");
    assert_int_equal(doc->syntax, SYNTAX_JSON);
    doc_free(doc);
    doc = world_must_read(&w, "a: 1");
    assert_int_equal(doc->syntax, SYNTAX_YAML);
    doc_free(doc);
    world_end(&w);
}

static void places(void **state)
{
    (void) state;
    static const struct {
        const char *path;
        unsigned line, column, value_line, value_column;
    } cases[] = {
        { "a", 1, 1, 2, 1 },     { "a/0", 2, 3, 2, 3 }, { "a/1", 4, 5, 4, 5 },
        { "a/1/b", 4, 5, 4, 8 }, { "a/2", 5, 4, 5, 4 }, { "c", 6, 1, 6, 3 },
        { "e", 8, 1, 8, 4 },
    };
    struct world w;
    struct place place;
    begin(&w);
    struct doc *doc = world_must_read(&w,
                                      "a:\n- \xC3\xA4\n# x\n-   b: |\n-  ''\nc:\n\ne: {f: g}\n");
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        node_id id = world_find(doc, cases[i].path);
        doc_place(doc, id, &place);
        if (place.line != cases[i].line || place.column != cases[i].column)
            fail_msg("%s: %u:%u", cases[i].path, place.line, place.column);
        doc_place_value(doc, id, &place);
        if (place.line != cases[i].value_line || place.column != cases[i].value_column)
            fail_msg("value of %s: %u:%u", cases[i].path, place.line, place.column);
    }
    doc_free(doc);
    world_end(&w);
}

static void repeat(struct buf *out, const char *part, size_t times)
{
    buf_clear(out);
    while (times--)
        buf_add_text(out, part);
}

static void limits(void **state)
{
    (void) state;
    struct world w;
    struct buf text;
    begin(&w);
    buf_init(&text, &w.env);
    repeat(&text, "- ", 256);
    doc_free(world_must_read(&w, text.ptr));
    repeat(&text, "- ", 257);
    refuse(&w, buf_str(&text), DIAG_LIMIT_DEPTH);
    /* what is quadratic in libyaml ends before it costs anything */
    static const char *const deep[] = { "[", "{a: ", "- ", "[[[[[[[[", "? ", "- - - a: \n  " };
    for (size_t i = 0; i < 4; i++) {
        repeat(&text, deep[i], 200000);
        refuse(&w, buf_str(&text), DIAG_LIMIT_DEPTH);
    }
    repeat(&text, "? ", 200000);
    refuse(&w, buf_str(&text), DIAG_YAML_KEY);
    w.limits.key_length = 10;
    refuse(&w, STR("abcdefghijk: 1"), DIAG_LIMIT_KEY);
    doc_free(world_must_read(&w, "abcdefghij: 1"));
    w.limits.values = 3;
    refuse(&w, STR("[1, 2, 3]"), DIAG_LIMIT_VALUES);
    doc_free(world_must_read(&w, "[1, 2]"));
    w.limits.file_size = 5;
    refuse(&w, STR("a: bcd"), DIAG_LIMIT_FILE_SIZE);
    buf_release(&text);
    world_end(&w);
}

static void names_say_the_syntax(void **state)
{
    (void) state;
    assert_int_equal(doc_syntax_of("a.YAML", STR("{}")), SYNTAX_YAML);
    assert_int_equal(doc_syntax_of("x/a.flow.yml", STR("")), SYNTAX_YAML);
    assert_int_equal(doc_syntax_of("a.flow.json", STR("a: b")), SYNTAX_JSON);
    assert_int_equal(doc_syntax_of("yaml", STR("a: b")), SYNTAX_JSON);
    assert_int_equal(doc_syntax_of("-", STR("\xEF\xBB\xBF\n{}")), SYNTAX_JSON);
    assert_int_equal(doc_syntax_of("-", STR("# a\nb: c")), SYNTAX_YAML);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_are_trees), cmocka_unit_test(refusals_have_places),
        cmocka_unit_test(encodings),       cmocka_unit_test(places),
        cmocka_unit_test(limits),          cmocka_unit_test(names_say_the_syntax),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
