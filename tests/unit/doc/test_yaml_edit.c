/* An edit of YAML changes the lines it must, in the style of those around it, and undoing it gives
 * the bytes back. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include "engine/doc/edit.h"
#include "engine/doc/write.h"
#include "tests/unit/doc/support.h"

enum { SET, NUMBER, NULLED, REMOVE, INSERT, REPLACE, MOVE };

/* Paths are those of world_find. `after`: the index of the sibling behind which it goes, -1: first.
 * `json`: SET: the text; INSERT, REPLACE: the value, `key` its key. */
struct operation {
    int what;
    const char *path, *key, *json, *to;
    int after;
};

static const struct {
    const char *before;
    struct operation operations[3];
    const char *after;
} cases[] = {
    /* scalars of each form */
    { "a: b # c\nd: e\n", { { SET, .path = "a", .json = "x y" } }, "a: x y # c\nd: e\n" },
    { "a: b\n", { { SET, .path = "a", .json = "1" } }, "a: \"1\"\n" },
    { "a: b\n", { { SET, .path = "a", .json = "x: y" } }, "a: \"x: y\"\n" },
    { "a: 'b'\n", { { SET, .path = "a", .json = "it's" } }, "a: 'it''s'\n" },
    { "a: 'b'\n", { { SET, .path = "a", .json = "x\ny" } }, "a: \"x\\ny\"\n" },
    { "a: b\nc: 'd'\n", { { SET, .path = "a", .json = "# x" } }, "a: '# x'\nc: 'd'\n" },
    { "a: \"b\"\n",
      { { SET, .path = "a", .json = "x \"y\" \\ \t\x1b\xC2\x85" } },
      "a: \"x \\\"y\\\" \\\\ \\t\\u001b\\u0085\"\n" },
    { "a: b\n", { { NUMBER, .path = "a", .json = "7" } }, "a: 7\n" },
    { "a: 5\n", { { SET, .path = "a", .json = "five" } }, "a: five\n" },
    { "a: b\n", { { NULLED, .path = "a" } }, "a: null\n" },
    { "a:\nb: c\n", { { SET, .path = "a", .json = "x" } }, "a: x\nb: c\n" },
    { "a: # set me\nb: c\n", { { SET, .path = "a", .json = "x" } }, "a: x # set me\nb: c\n" },
    { "-\n- b\n", { { SET, .path = "0", .json = "x" } }, "- x\n- b\n" },
    { "a: ./menus/menu[x]\n",
      { { SET, .path = "a", .json = "./menus/menu[y]" } },
      "a: ./menus/menu[y]\n" },
    { "a: {{b}}\n", { { SET, .path = "a", .json = "{{c}}" } }, "a: \"{{c}}\"\n" },
    { "a: |\n   b\n   c\nd: e\n",
      { { SET, .path = "a", .json = "x\n\n y\n" } },
      "a: |\n   x\n\n    y\nd: e\n" },
    { "a: |\n  b\nd: e\n", { { SET, .path = "a", .json = "x" } }, "a: |-\n  x\nd: e\n" },
    { "a: |\n  b\nd: e\n", { { SET, .path = "a", .json = " x\n" } }, "a: \" x\\n\"\nd: e\n" },
    { "a: |\n  b\nd: e\n", { { SET, .path = "a", .json = "" } }, "a: \"\"\nd: e\n" },
    { "a: >-\n  b\n  c\n\nd: e\n",
      { { SET, .path = "a", .json = "x\ny\n\nz" } },
      "a: >-\n  x\n\n  y\n\n\n  z\n\nd: e\n" },
    { "a: b\n  c # d\ne: f\n", { { SET, .path = "a", .json = "x" } }, "a: x # d\ne: f\n" },
    { "a: \"b\n  c\"\n", { { SET, .path = "a", .json = "x" } }, "a: \"x\"\n" },
    { "{\"a\":1,\"b\":[2]}",
      { { NUMBER, .path = "a", .json = "3" }, { SET, .path = "b/0", .json = "x" } },
      "{\"a\":3,\"b\":[x]}" },
    { "a: b\r\nc: d\r\n", { { SET, .path = "c", .json = "x" } }, "a: b\r\nc: x\r\n" },
    { "a: b", { { SET, .path = "a", .json = "x" } }, "a: x" },
    /* items of a list */
    { "a:\n  - b\n  - c\n",
      { { INSERT, .path = "a", .json = "\"x\"", .after = -1 } },
      "a:\n  - x\n  - b\n  - c\n" },
    { "a:\n- b\n- c\nd: e\n",
      { { INSERT, .path = "a", .json = "\"x\"", .after = 0 } },
      "a:\n- b\n- x\n- c\nd: e\n" },
    { "a:\n  - b\n\n# c\nd: e\n",
      { { INSERT, .path = "a", .json = "{\"x\":[],\"v\":[1,{\"z\":null}]}" } },
      "a:\n  - b\n  - x: []\n    v:\n      - 1\n      - z: null\n\n# c\nd: e\n" },
    { "a:\n  - b", { { INSERT, .path = "a", .json = "\"x\"" } }, "a:\n  - b\n  - x" },
    { "a:\r\n  - b\r\n",
      { { INSERT, .path = "a", .json = "{\"x\":{\"v\":1}}" } },
      "a:\r\n  - b\r\n  - x:\r\n      v: 1\r\n" },
    { "a:\n  # 1\n  - b # 2\n  # 3\n  - c # 4\n    # 5\n  # 6\n  - d\n",
      { { REMOVE, .path = "a/1" } },
      "a:\n  # 1\n  - b # 2\n  # 6\n  - d\n" },
    { "a:\n  - b\n  - c\n", { { REMOVE, .path = "a/0" } }, "a:\n  - c\n" },
    { "a:\n  - b\n  - c", { { REMOVE, .path = "a/1" } }, "a:\n  - b" },
    { "a:\n  - b\n  - c\nd: e\n", { { REMOVE, .path = "a/1" } }, "a:\n  - b\nd: e\n" },
    { "- a: b\n  c: d\n- e: f\n", { { REMOVE, .path = "0/a" } }, "- c: d\n- e: f\n" },
    { "- a: b\n  # c\n  c: d\n", { { REMOVE, .path = "0/a" } }, "- # c\n  c: d\n" },
    { "- a: b\n",
      { { INSERT, .path = "0", .key = "x", .json = "[1]", .after = -1 } },
      "- x:\n    - 1\n  a: b\n" },
    { "- a: b\n- c: d\n- e: f\n",
      { { MOVE, .path = "0", .to = "", .after = 1 } },
      "- c: d\n- a: b\n- e: f\n" },
    { "# 0\n- a\n# 1\n- b\n# 2\n- c\n",
      { { MOVE, .path = "2", .to = "", .after = -1 } },
      "# 0\n# 2\n- c\n- a\n# 1\n- b\n" },
    { "- a\n- b\n- c", { { MOVE, .path = "0", .to = "", .after = 2 } }, "- b\n- c\n- a" },
    /* to empty and back */
    { "a:\n  - b\nc: d\n", { { REMOVE, .path = "a/0" } }, "a: []\nc: d\n" },
    { "a: # 1\n  # 2\n  b: c # 3\n  # 4\n# 5\nd: e\n",
      { { REMOVE, .path = "a/b" } },
      "a: {} # 1\n  # 4\n# 5\nd: e\n" },
    { "a:\n  - b\nc: d\n",
      { { REMOVE, .path = "a/0" }, { INSERT, .path = "a", .json = "\"x\"" } },
      "a:\n  - x\nc: d\n" },
    { "a: [] # none\nc: d\n",
      { { INSERT, .path = "a", .json = "{\"x\":1}" } },
      "a: # none\n  - x: 1\nc: d\n" },
    { "a:\n- b\nc: []\n", { { INSERT, .path = "c", .json = "1" } }, "a:\n- b\nc:\n- 1\n" },
    { "a:\n    b: {}\n",
      { { INSERT, .path = "a/b", .key = "x", .json = "{\"v\":2}" } },
      "a:\n    b:\n        x:\n            v: 2\n" },
    { "- []\n- {}\n",
      { { INSERT, .path = "0", .json = "1" }, { INSERT, .path = "1", .key = "x", .json = "2" } },
      "- - 1\n- x: 2\n" },
    { "- - a\n  - b\n", { { REMOVE, .path = "0/0" }, { REMOVE, .path = "0/0" } }, "- []\n" },
    { "# 1\na: b\n# 2\n", { { REMOVE, .path = "a" } }, "# 1\n{}\n# 2\n" },
    { "# 1\n{} # 2\n",
      { { INSERT, .path = "", .key = "a", .json = "[1]" } },
      "# 1\na:\n  - 1 # 2\n" },
    { "--- {}\n", { { INSERT, .path = "", .key = "a", .json = "1" } }, "--- \na: 1\n" },
    /* members, keys */
    { "a:\n  b: 1 # one\n  # two\n  c: 2\n",
      { { REPLACE, .path = "a/b", .key = "b", .json = "{\"lit\":5}" } },
      "a:\n  b: # one\n    lit: 5\n  # two\n  c: 2\n" },
    { "a:\n  # b\n  b: # one\n    lit: 5\n  c: 2\n",
      { { REPLACE, .path = "a/b", .key = "b", .json = "\"x\"" } },
      "a:\n  # b\n  b: x # one\n  c: 2\n" },
    { "- {{x}}y: # 1\n    b: c\n",
      { { REPLACE, .path = "0/{{x}}y", .key = "z", .json = "{\"b\":\"d\"}" } },
      "- z:\n    b: d\n" },
    { "- \"k l\": 1\n",
      { { REPLACE, .path = "0/k l", .key = "k l", .json = "2" } },
      "- \"k l\": 2\n" },
    { "a:\n  \"yes\": 1\n",
      { { INSERT, .path = "a", .key = "no", .json = "2" } },
      "a:\n  \"yes\": 1\n  \"no\": 2\n" },
    { "a:\n  yes: 1\n",
      { { INSERT, .path = "a", .key = "no", .json = "2" } },
      "a:\n  yes: 1\n  no: 2\n" },
    { "a: b\n",
      { { INSERT, .path = "", .key = "key: x", .json = "\"\"" } },
      "a: b\n\"key: x\": \"\"\n" },
    { "\xEF\xBB\xBF"
      "a: b\n",
      { { INSERT, .path = "", .key = "c", .json = "1", .after = -1 } },
      "\xEF\xBB\xBF"
      "c: 1\na: b\n" },
    /* moved elsewhere: everything in it keeps its text */
    { "a:\n  b:\n    # 1\n    - c: 'd' # 2\n      e: |\n        f\n\n         g\n  h: []\n",
      { { MOVE, .path = "a/b/0", .to = "a/h", .after = -1 } },
      "a:\n  b: []\n  h:\n    # 1\n    - c: 'd' # 2\n      e: |\n        f\n\n         g\n" },
    { "a:\n      - b: \"c\n          d\"\n        # e\n        f: [g,\n           h]\ni:\n - j\n",
      { { MOVE, .path = "a/0", .to = "i", .after = 0 } },
      "a: []\ni:\n - j\n - b: \"c\n     d\"\n   # e\n   f: [g,\n      h]\n" },
    { "- a: b\n  c:\n    d: e\n- f: g\n",
      { { MOVE, .path = "0/c/d", .to = "1", .after = -1 } },
      "- a: b\n  c: {}\n- d: e\n  f: g\n" },
    { "a:\n  - b:\n      c: 1\nd:\n      - e\n",
      { { SET, .path = "a/0/b/c", .json = "x" },
        { MOVE, .path = "a/0", .to = "d", .after = -1 },
        { INSERT, .path = "d/0/b", .key = "v", .json = "[2]" } },
      "a: []\nd:\n      - b:\n          c: x\n          v:\n            - 2\n      - e\n" },
    /* brackets */
    { "a: [b, c] # d\n",
      { { INSERT, .path = "a", .json = "{\"x\":[\"v\",null]}", .after = 0 } },
      "a: [b, {x: [v, null]}, c] # d\n" },
    { "a: [ b, c ]\n", { { REMOVE, .path = "a/0" } }, "a: [ c ]\n" },
    { "a: {b: c, d: e}\n", { { REMOVE, .path = "a/d" }, { REMOVE, .path = "a/b" } }, "a: {}\n" },
    { "a: [b, c]\n", { { MOVE, .path = "a/1", .to = "a", .after = -1 } }, "a: [c, b]\n" },
    { "a: [[], {}]\n",
      { { INSERT, .path = "a/0", .json = "\"x, y\"" },
        { INSERT, .path = "a/1", .key = "k", .json = "1" } },
      "a: [[\"x, y\"], {k: 1}]\n" },
    { "{\n  \"a\": [\n    1 # one\n  ],\n  \"b\": {}\n}\n",
      { { INSERT, .path = "a", .json = "\"x\"" },
        { INSERT, .path = "", .key = "c", .json = "{\"d\":\"e\"}", .after = 0 } },
      "{\n  \"a\": [\n    1,\n    x # one\n  ],\n  \"c\": {\"d\": \"e\"},\n  \"b\": {}\n}\n" },
    { "a: [{b: c}]\nd:\n  - e\n",
      { { MOVE, .path = "a/0", .to = "d", .after = 0 } },
      "a: []\nd:\n  - e\n  - {b: c}\n" },
    { "a: [{b: {c: d}}]\ne:\n  - f:\n      g: 'h'\n",
      { { MOVE, .path = "e/0", .to = "a", .after = 0 } },
      "a: [{b: {c: d}}, {f: {g: h}}]\ne: []\n" },
    { "a: [{b: {c: d}}]\ne: []\n",
      { { SET, .path = "a/0/b/c", .json = "x" }, { MOVE, .path = "a/0", .to = "e", .after = -1 } },
      "a: []\ne:\n  - b:\n      c: x\n" },
};

static struct edit edit_of(struct world *w, struct doc *doc, const struct operation *op)
{
    node_id node = op->path[0] ? world_find(doc, op->path) : 1;
    node_id to = !op->to ? 0 : op->to[0] ? world_find(doc, op->to) : 1;
    struct str key = op->key ? str_of(op->key) : STR_NONE;
    switch (op->what) {
    case SET:
        return edit_set(doc, node, NODE_TEXT, str_of(op->json));
    case NUMBER:
        return edit_set(doc, node, NODE_NUMBER, str_of(op->json));
    case NULLED:
        return edit_set(doc, node, NODE_NULL, STR_NONE);
    case REMOVE:
        return edit_remove(doc, node);
    case INSERT:
        return edit_insert(doc, node, op->after < 0 ? 0 : doc_item(doc, node, (size_t) op->after),
                           doc_graft(doc, key, str_of(op->json), &w->diags));
    case REPLACE:
        return edit_replace(doc, node, doc_graft(doc, key, str_of(op->json), &w->diags));
    default:
        return edit_move(doc, node, to, op->after < 0 ? 0 : doc_item(doc, to, (size_t) op->after));
    }
}

static void edits_change_what_they_must(void **state)
{
    (void) state;
    struct world w;
    world_begin(&w);
    w.name = "test.yaml";
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        struct doc *doc = world_must_read(&w, cases[i].before);
        struct edit edits[3];
        size_t count = 0;
        while (count < 3 && cases[i].operations[count].path) {
            edits[count] = edit_of(&w, doc, &cases[i].operations[count]);
            assert_true(doc_apply(doc, &edits[count], &w.diags));
            count++;
        }
        const char *written = world_written(&w, doc);
        if (strcmp(written, cases[i].after) != 0)
            fail_msg("case %zu:\n%s\n--- should be\n%s\n--- from\n%s", i, written, cases[i].after,
                     cases[i].before);
        while (count)
            assert_true(doc_apply(doc, &edits[--count], &w.diags));
        assert_string_equal(world_written(&w, doc), cases[i].before);
        doc_free(doc);
    }
    world_end(&w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(edits_change_what_they_must),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
