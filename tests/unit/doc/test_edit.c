/* The three primitives and what is written after them, case by case. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>
#include "engine/doc/edit.h"
#include "engine/doc/write.h"
#include "tests/unit/doc/support.h"

enum op { INSERT, REMOVE, REPLACE, SET_TEXT, SET_NUMBER, SET_TRUE, MOVE };
struct step {
    enum op op;
    const char *node;   /* INSERT: the container; else what it is done to */
    const char *where;  /* INSERT: behind this; MOVE: the new parent; "" for none */
    const char *behind; /* MOVE: behind this */
    const char *key, *value;
};

#define ROOT ""
#define START NULL

struct example {
    const char *name, *before;
    struct step step;
    const char *after;
};

static const struct example examples[] = {
    { "insert into indented",
      "{\n  \"a\": 1,\n  \"b\": 2\n}\n",
      { INSERT, ROOT, "a", 0, "n", "[1,{}]" },
      "{\n  \"a\": 1,\n  \"n\": [\n    1,\n    {}\n  ],\n  \"b\": 2\n}\n" },
    { "insert at the start",
      "{\n\t\"a\":1\n}",
      { INSERT, ROOT, START, 0, "n", "{\"x\":2}" },
      "{\n\t\"n\":{\n\t\t\"x\":2\n\t},\n\t\"a\":1\n}" },
    { "insert at the end",
      "[\n    1\n]\n",
      { INSERT, ROOT, "0", 0, 0, "2" },
      "[\n    1,\n    2\n]\n" },
    { "insert with line ends of DOS",
      "{\r\n  \"a\" : 1\r\n}\r\n",
      { INSERT, ROOT, "a", 0, "n", "[true]" },
      "{\r\n  \"a\" : 1,\r\n  \"n\" : [\r\n    true\r\n  ]\r\n}\r\n" },
    { "insert into compact",
      "{\"a\":1}",
      { INSERT, ROOT, "a", 0, "n", "{\"x\": [1, 2]}" },
      "{\"a\":1,\"n\":{\"x\":[1,2]}}" },
    { "insert into one line with spaces",
      "{ \"a\": 1, \"b\": 2 }",
      { INSERT, ROOT, "a", 0, "n", "[1,2]" },
      "{ \"a\": 1, \"n\": [1, 2], \"b\": 2 }" },
    { "insert before the first of one line",
      "{\"a\": 1, \"b\": 2}",
      { INSERT, ROOT, START, 0, "n", "0" },
      "{\"n\": 0, \"a\": 1, \"b\": 2}" },
    { "insert into one line of an indented file",
      "{\n  \"a\": [1, 2]\n}",
      { INSERT, "a", "a/0", 0, 0, "{\"x\":3}" },
      "{\n  \"a\": [1, {\"x\": 3}, 2]\n}" },
    { "first member of an empty container",
      "{\n  \"a\": {\n    \"b\": []\n  }\n}\n",
      { INSERT, "a/b", START, 0, 0, "7" },
      "{\n  \"a\": {\n    \"b\": [\n      7\n    ]\n  }\n}\n" },
    { "first member of an empty one with space in it",
      "{\n  \"a\": { }\n}\n",
      { INSERT, "a", START, 0, "n", "7" },
      "{\n  \"a\": {\n    \"n\": 7\n  }\n}\n" },
    { "first member in a compact file",
      "{\"a\":{}}",
      { INSERT, "a", START, 0, "n", "[]" },
      "{\"a\":{\"n\":[]}}" },
    { "first member of an empty document",
      "{}\n",
      { INSERT, ROOT, START, 0, "n", "[1]" },
      "{\n  \"n\": [\n    1\n  ]\n}\n" },
    { "comma first",
      "{ \"a\": 1\n, \"b\": 2\n}",
      { INSERT, ROOT, "b", 0, "n", "3" },
      "{ \"a\": 1\n, \"b\": 2\n, \"n\": 3\n}" },
    { "remove in the middle", "[1,  2 , 3]", { REMOVE, "1", 0, 0, 0, 0 }, "[1, 3]" },
    { "remove the first",
      "{\n  \"a\": 1,\n\n  \"b\": 2\n}",
      { REMOVE, "a", 0, 0, 0, 0 },
      "{\n  \"b\": 2\n}" },
    { "remove the last",
      "{\n  \"a\": 1,\n  \"b\": 2\n}",
      { REMOVE, "b", 0, 0, 0, 0 },
      "{\n  \"a\": 1\n}" },
    { "remove the only one",
      "{\n  \"a\": [\n    1\n  ]\n}",
      { REMOVE, "a/0", 0, 0, 0, 0 },
      "{\n  \"a\": []\n}" },
    { "neighbours keep text and gaps",
      "{ \"a\" :1.50e+0 ,\n\n   \"\\u0062\":  \"\\/\",\"c\":[ ]}",
      { REMOVE, "c", 0, 0, 0, 0 },
      "{ \"a\" :1.50e+0 ,\n\n   \"\\u0062\":  \"\\/\"}" },
    { "replace keeps the style",
      "{\n  \"a\": {\"x\": 1},\n  \"b\": 2\n}",
      { REPLACE, "a", 0, 0, "a", "{\"y\":[2]}" },
      "{\n  \"a\": {\n    \"y\": [\n      2\n    ]\n  },\n  \"b\": 2\n}" },
    { "set a text",
      "{\"a\" :  \"x\" , \"b\":[ 1 ]}",
      { SET_TEXT, "a", 0, 0, 0, "y\"\n" },
      "{\"a\" :  \"y\\\"\\n\" , \"b\":[ 1 ]}" },
    { "set deep inside",
      "[[ [1 ,{ \"k\":\t2}]] ,3 ]",
      { SET_NUMBER, "0/0/1/k", 0, 0, 0, "2.50" },
      "[[ [1 ,{ \"k\":\t2.50}]] ,3 ]" },
    { "set an item",
      "[ \"\\u0041\" , 2 ]",
      { SET_TRUE, "1", 0, 0, 0, 0 },
      "[ \"\\u0041\" , true ]" },
    { "set the root",
      "\xEF\xBB\xBF 1 \n",
      { SET_TEXT, ROOT, 0, 0, 0, "\xC3\xA4" },
      "\xEF\xBB\xBF \"\xC3\xA4\" \n" },
    { "escaped key stays",
      "{\"\\u0061\":1}",
      { SET_NUMBER, "a", 0, 0, 0, "2" },
      "{\"\\u0061\":2}" },
    { "move within a list",
      "[\n  {\"a\": 1},\n  2,\n  3\n]",
      { MOVE, "0", ROOT, "2", 0, 0 },
      "[\n  2,\n  3,\n  {\"a\": 1}\n]" },
    { "move to the start of one line", "[1, 2, 3]", { MOVE, "2", ROOT, START, 0, 0 }, "[3, 1, 2]" },
    { "move deeper is indented again",
      "[\n  {\n    \"a\": 1.0,\n    \"l\": [ 1,2 ]\n  },\n  [\n    [\n      0\n    ]\n  ]\n]",
      { MOVE, "0", "1/0", "1/0/0", 0, 0 },
      "[\n  [\n    [\n      0,\n      {\n        \"a\": 1.0,\n        \"l\": [ 1,2 ]\n      }\n    "
      "]\n  ]\n]" },
    { "move to the same depth is copied",
      "{\n  \"a\": [\n    {\n      \"x\":   1\n    }\n  ],\n  \"b\": [\n    2\n  ]\n}",
      { MOVE, "a/0", "b", "b/0", 0, 0 },
      "{\n  \"a\": [],\n  \"b\": [\n    2,\n    {\n      \"x\":   1\n    }\n  ]\n}" },
    { "move a member to another object",
      "{\"a\":{\"x\":1,\"y\":2},\"b\":{}}",
      { MOVE, "a/x", "b", START, 0, 0 },
      "{\"a\":{\"y\":2},\"b\":{\"x\":1}}" },
    { "move of lines into one line",
      "{\n  \"a\": [\n    {\n      \"x\": 1\n    }\n  ],\n  \"b\": [0, 1]\n}",
      { MOVE, "a/0", "b", "b/0", 0, 0 },
      "{\n  \"a\": [],\n  \"b\": [0, {\"x\": 1}, 1]\n}" },
    { "no final newline stays",
      "[\n 1\n]",
      { INSERT, ROOT, "0", 0, 0, "[2]" },
      "[\n 1,\n [\n  2\n ]\n]" },
    { "text with a NUL",
      "[1]",
      { REPLACE, "0", 0, 0, 0, "\"a\\u0000\\u007f\"" },
      "[\"a\\u0000\x7f\"]" },
};

static struct edit make_edit(struct world *w, struct doc *doc, const struct step *s)
{
    struct str key = s->key ? str_of(s->key) : STR_NONE;
    node_id node = world_find(doc, s->node), where = s->where ? world_find(doc, s->where) : 0;
    switch (s->op) {
    case INSERT:
        return edit_insert(doc, node, where, doc_graft(doc, key, str_of(s->value), &w->diags));
    case REMOVE:
        return edit_remove(doc, node);
    case REPLACE:
        return edit_replace(doc, node, doc_graft(doc, key, str_of(s->value), &w->diags));
    case SET_TEXT:
        return edit_set(doc, node, NODE_TEXT, str_of(s->value));
    case SET_NUMBER:
        return edit_set(doc, node, NODE_NUMBER, str_of(s->value));
    case SET_TRUE:
        return edit_set(doc, node, NODE_TRUE, STR_NONE);
    case MOVE:
        break;
    }
    return edit_move(doc, node, where, s->behind ? world_find(doc, s->behind) : 0);
}

static void run_example(struct world *w, const struct example *e)
{
    struct doc *doc = world_must_read(w, e->before);
    struct edit edit = make_edit(w, doc, &e->step);
    size_t nodes = doc->count * sizeof(struct node);
    struct node *before = mem_clone(&w->env, doc->nodes, nodes);
    for (int round = 0; round < 2; round++) {
        if (!doc_apply(doc, &edit, &w->diags))
            fail_msg("%s: refused", e->name);
        world_check_links(doc);
        const char *written = world_written(w, doc);
        if (strcmp(written, e->after) != 0)
            fail_msg("%s: wrote\n%s\nnot\n%s", e->name, written, e->after);
        assert_true(doc_apply(doc, &edit, &w->diags));
        assert_string_equal(world_written(w, doc), e->before);
        for (node_id id = 0; id < doc->count; id++)
            doc->nodes[id].flags &= (uint8_t) ~NODE_TOUCHED;
        assert_memory_equal(doc->nodes, before, nodes);
        for (size_t i = 0; i < doc->touched_count; i++) /* for the second round */
            doc->nodes[((const uint32_t *) (const void *) doc->touched)[4 * i]]
                .flags |= NODE_TOUCHED;
    }
    assert_int_equal(doc->revision, 4);
    mem_free(&w->env, before);
    doc_free(doc);
}

static void run_examples(void **state)
{
    (void) state;
    for (size_t i = 0; i < sizeof(examples) / sizeof(*examples); i++) {
        struct world w;
        world_begin(&w);
        run_example(&w, &examples[i]);
        world_end(&w);
    }
}

/* Several changes one over the other, undone in the reverse order. */
static void changes_pile_up(void **state)
{
    (void) state;
    struct world w;
    world_begin(&w);
    const char
        *source = "{\n  \"a\": [\n    1,\n    {\n      \"b\": \"x\"\n    }\n  ],\n  \"c\": {}\n}\n";
    struct doc *doc = world_must_read(&w, source);
    node_id a = world_find(doc, "a"), item = world_find(doc, "a/1"), b = world_find(doc, "a/1/b");
    struct edit edits[6];
    node_id first = doc_graft(doc, STR_NONE, STR("{\"n\":[]}"), &w.diags);
    node_id second = doc_graft_text(doc, 0, STR("two"));
    doc_chain(doc, first, second);
    edits[0] = edit_insert(doc, a, 0, first);
    assert_true(doc_apply(doc, &edits[0], &w.diags));
    edits[1] = edit_set(doc, b, NODE_TEXT, STR("y"));
    assert_true(doc_apply(doc, &edits[1], &w.diags));
    /* a changed subtree moves into a new list */
    edits[2] = edit_move(doc, item, world_find(doc, "a/0/n"), 0);
    assert_true(doc_apply(doc, &edits[2], &w.diags));
    edits[3] = edit_set(doc, b, NODE_NUMBER, STR("5"));
    assert_true(doc_apply(doc, &edits[3], &w.diags));
    edits[4] = edit_remove_range(doc, second, doc_last(doc, a));
    assert_true(doc_apply(doc, &edits[4], &w.diags));
    assert_string_equal(
        world_written(&w, doc),
        "{\n  \"a\": [\n    {\n      \"n\": [\n        {\n          \"b\": 5\n        }\n"
        "      ]\n    }\n  ],\n  \"c\": {}\n}\n");
    edits[5] = edit_remove(doc, a);
    assert_true(doc_apply(doc, &edits[5], &w.diags));
    assert_string_equal(world_written(&w, doc), "{\n  \"c\": {}\n}\n");
    assert_false(doc_attached(doc, b));
    for (int i = 5; i >= 0; i--)
        assert_true(doc_apply(doc, &edits[i], &w.diags));
    assert_string_equal(world_written(&w, doc), source);
    assert_int_equal(w.diags.count, 0);
    doc_free(doc);
    world_end(&w);
}

static void refuse(struct world *w, struct doc *doc, struct edit edit, enum diag_code code)
{
    uint64_t revision = doc->revision;
    struct edit before = edit;
    assert_false(doc_apply(doc, &edit, &w->diags));
    assert_int_equal(w->diags.count, 1);
    assert_int_equal(w->diags.items[0].code, code);
    assert_memory_equal(&edit, &before, sizeof(edit));
    assert_int_equal(doc->revision, revision);
    world_check_links(doc);
    diags_clear(&w->diags);
}

static void what_does_not_fit_is_refused(void **state)
{
    (void) state;
    struct world w;
    world_begin(&w);
    const char *source = "{\"a\":{\"x\":[1,[2]]},\"b\":{\"x\":3,\"y\":4}}";
    struct doc *doc = world_must_read(&w, source);
    node_id a = world_find(doc, "a"), b = world_find(doc, "b"), list = world_find(doc, "a/x");
    node_id x = doc_graft(doc, STR("x"), STR("1"), &w.diags);
    node_id none = doc_graft(doc, STR_NONE, STR("[]"), &w.diags);
    node_id x2 = doc_graft(doc, STR("z"), STR("1"), &w.diags),
            x3 = doc_graft(doc, STR("z"), STR("2"), &w.diags);
    refuse(&w, doc, edit_insert(doc, b, 0, x), DIAG_EDIT_DUPLICATE);
    refuse(&w, doc, edit_move(doc, world_find(doc, "a/x"), b, 0), DIAG_EDIT_DUPLICATE);
    doc_chain(doc, x2, x3);
    refuse(&w, doc, edit_insert(doc, b, 0, x2), DIAG_EDIT_DUPLICATE);
    refuse(&w, doc, edit_replace(doc, world_find(doc, "b/y"), x), DIAG_EDIT_DUPLICATE);
    struct edit part = edit_insert(doc, b, 0, x3); /* a chain is inserted whole */
    refuse(&w, doc, part, DIAG_EDIT_UNFIT);
    part.insert_first = part.insert_last = x2;
    refuse(&w, doc, part, DIAG_EDIT_UNFIT);
    refuse(&w, doc, edit_move(doc, a, list, 0), DIAG_EDIT_INSIDE_ITSELF);
    refuse(&w, doc, edit_move(doc, a, a, 0), DIAG_EDIT_INSIDE_ITSELF);
    refuse(&w, doc, edit_insert(doc, b, 0, none), DIAG_EDIT_UNFIT); /* a member without a key */
    refuse(&w, doc, edit_insert(doc, list, 0, x), DIAG_EDIT_UNFIT); /* an item with one */
    refuse(&w, doc, edit_move(doc, world_find(doc, "b/y"), list, 0), DIAG_EDIT_UNFIT);
    refuse(&w, doc, edit_insert(doc, list, b, none), DIAG_EDIT_UNFIT); /* behind a stranger */
    refuse(&w, doc, edit_insert(doc, world_find(doc, "b/y"), 0, x), DIAG_EDIT_UNFIT);
    refuse(&w, doc, edit_insert(doc, none, 0, none), DIAG_EDIT_UNFIT); /* not in the document */
    refuse(&w, doc, edit_insert(doc, list, 0, 999), DIAG_EDIT_UNFIT);
    refuse(&w, doc, edit_insert(doc, list, 0, world_find(doc, "a/x/1")), DIAG_EDIT_UNFIT);
    refuse(&w, doc, edit_insert(doc, 0, 0, none), DIAG_EDIT_UNFIT);
    refuse(&w, doc, edit_remove(doc, 1), DIAG_EDIT_UNFIT);
    refuse(&w, doc, edit_remove_range(doc, world_find(doc, "b/y"), world_find(doc, "b/x")),
           DIAG_EDIT_UNFIT);
    refuse(&w, doc, edit_move(doc, 1, b, 0), DIAG_EDIT_UNFIT);
    refuse(&w, doc, edit_move(doc, none, list, 0), DIAG_EDIT_UNFIT);
    refuse(&w, doc, edit_move(doc, a, 1, a), DIAG_EDIT_UNFIT);
    refuse(&w, doc, edit_move(doc, 999, 1, a), DIAG_EDIT_UNFIT);
    refuse(&w, doc, edit_set(doc, a, NODE_TRUE, STR_NONE), DIAG_EDIT_UNFIT);
    refuse(&w, doc, edit_set(doc, x, NODE_TRUE, STR_NONE), DIAG_EDIT_UNFIT);
    refuse(&w, doc, edit_set(doc, world_find(doc, "b/y"), NODE_LIST, STR_NONE), DIAG_EDIT_UNFIT);
    refuse(&w, doc, edit_set(doc, world_find(doc, "b/y"), NODE_NUMBER, STR("01")),
           DIAG_JSON_NUMBER);
    struct edit far = edit_set(doc, world_find(doc, "b/y"), NODE_TEXT, STR("t"));
    far.end += 1000;
    refuse(&w, doc, far, DIAG_EDIT_UNFIT);
    assert_string_equal(world_written(&w, doc), source);
    doc_free(doc);
    world_end(&w);
}

static void edits_keep_the_limits(void **state)
{
    (void) state;
    struct world w;
    world_begin(&w);
    w.limits.depth = 3;
    w.limits.values = 6;
    struct doc *doc = world_must_read(&w, "[[[1]],[],2]");
    node_id deep = world_find(doc, "0/0"), flat = world_find(doc, "1");
    w.diags.count = 0;
    refuse(&w, doc, edit_insert(doc, deep, 0, doc_graft(doc, STR_NONE, STR("[]"), &w.diags)),
           DIAG_LIMIT_VALUES);
    refuse(&w, doc,
           edit_replace(doc, doc_first(doc, deep), doc_graft(doc, STR_NONE, STR("[]"), &w.diags)),
           DIAG_LIMIT_DEPTH);
    refuse(&w, doc, edit_move(doc, world_find(doc, "0"), flat, 0), DIAG_LIMIT_DEPTH);
    refuse(&w, doc,
           edit_replace(doc, world_find(doc, "2"), doc_graft(doc, STR_NONE, STR("[0]"), &w.diags)),
           DIAG_LIMIT_VALUES);
    /* what is taken out makes room */
    struct edit edit = edit_remove(doc, deep);
    assert_true(doc_apply(doc, &edit, &w.diags));
    struct edit insert = edit_insert(doc, flat, 0, doc_graft(doc, STR_NONE, STR("[7]"), &w.diags));
    assert_true(doc_apply(doc, &insert, &w.diags));
    assert_string_equal(world_written(&w, doc), "[[],[[7]],2]");
    refuse(&w, doc, edit, DIAG_LIMIT_VALUES); /* out of order */
    doc_free(doc);
    world_end(&w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(run_examples),
        cmocka_unit_test(changes_pile_up),
        cmocka_unit_test(what_does_not_fit_is_refused),
        cmocka_unit_test(edits_keep_the_limits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
