/* The tree: accessors, places, atoms, grafts. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>
#include "engine/base/utf8.h"
#include "engine/doc/edit.h"
#include "engine/doc/write.h"
#include "tests/unit/doc/support.h"

static void expect_str(struct str got, struct str expected)
{
    assert_int_equal(got.len, expected.len);
    assert_memory_equal(got.ptr, expected.ptr, expected.len);
}

static void texts_are_decoded(void **state)
{
    (void) state;
    struct world w;
    world_begin(&w);
    struct doc *doc = world_must_read(
        &w,
        "{\"a\":\"x\\u0000y\",\"b\":\"\\ud83d\\ude39\\\"\\\\\\/\\b\\f\\n\\r\\t\",\"c\":\"plain\","
        "\"d\":-1.50e+3,\"\\u0065\":true,\"f\":[null,false,\"\"],\"g\":\"\xC3\xA4\\u00e4\"}");
    expect_str(doc_text(doc, world_find(doc, "a")), STR("x\0y"));
    expect_str(doc_text(doc, world_find(doc, "b")), STR("\xF0\x9F\x98\xB9\"\\/\b\f\n\r\t"));
    expect_str(doc_text(doc, world_find(doc, "c")), STR("plain"));
    expect_str(doc_text(doc, world_find(doc, "d")), STR("-1.50e+3"));
    expect_str(doc_text(doc, world_find(doc, "e")), STR("true"));
    expect_str(doc_text(doc, world_find(doc, "f/0")), STR("null"));
    expect_str(doc_text(doc, world_find(doc, "f/1")), STR("false"));
    expect_str(doc_text(doc, world_find(doc, "f/2")), STR(""));
    expect_str(doc_text(doc, world_find(doc, "g")), STR("\xC3\xA4\xC3\xA4"));
    expect_str(doc_text(doc, world_find(doc, "f")), STR(""));
    expect_str(doc_key(doc, world_find(doc, "e")), STR("e"));
    expect_str(doc_key(doc, world_find(doc, "f/0")), STR(""));
    doc_free(doc);
    world_end(&w);
}

static void tree_is_walked(void **state)
{
    (void) state;
    struct world w;
    world_begin(&w);
    struct doc *doc = world_must_read(&w, "{\"a\":[10,[],{}],\"b\":{\"c\":3}}");
    node_id a = world_find(doc, "a"), c = world_find(doc, "b/c");
    assert_int_equal(doc->count, 8); /* ids are given in order of reading, from 1 */
    assert_int_equal(a, 2);
    assert_int_equal(c, 7);
    assert_int_equal(doc_count_children(doc, a), 3);
    assert_int_equal(doc_item(doc, a, 2), 5);
    assert_int_equal(doc_item(doc, a, 3), 0);
    assert_int_equal(doc_index(doc, 5), 2);
    assert_int_equal(doc_index(doc, 1), 0);
    assert_int_equal(doc_prev(doc, 4), 3);
    assert_int_equal(doc_prev(doc, 3), 0);
    assert_int_equal(doc_prev(doc, 1), 0);
    assert_int_equal(doc_last(doc, a), 5);
    assert_int_equal(doc_last(doc, 5), 0);
    assert_int_equal(doc_parent(doc, c), 6);
    assert_true(doc_is_inside(doc, c, 1));
    assert_true(doc_is_inside(doc, c, c));
    assert_false(doc_is_inside(doc, c, a));
    assert_true(doc_attached(doc, c));
    assert_false(doc_attached(doc, 0));
    assert_int_equal(doc_member_named(doc, 1, STR("nothing")), 0);
    assert_int_equal(doc_member_named(doc, a, STR("c")), 0);
    assert_int_equal(doc_member(doc, 1, 0), 0);
    doc_free(doc);
    world_end(&w);
}

static void places_count_code_points(void **state)
{
    (void) state;
    struct world w;
    struct place place;
    world_begin(&w);
    struct doc *doc =
        world_must_read(&w, "\xEF\xBB\xBF{\"\xC3\xA4\": 1,\r\n  \"b\": [\n\t\"\xE2\x82\xAC\", 2]}");
    doc_place(doc, world_find(doc, "\xC3\xA4"), &place);
    assert_int_equal(place.line, 1);
    assert_int_equal(place.column, 2);
    assert_true(str_is(place.file, "test.json"));
    doc_place_value(doc, world_find(doc, "\xC3\xA4"), &place);
    assert_int_equal(place.column, 7);
    doc_place(doc, world_find(doc, "b"), &place);
    assert_int_equal(place.line, 2);
    assert_int_equal(place.column, 3);
    doc_place(doc, world_find(doc, "b/1"), &place);
    assert_int_equal(place.line, 3);
    assert_int_equal(place.column, 7);
    assert_int_equal(place.node, world_find(doc, "b/1"));
    doc_place(doc, 1, &place);
    assert_int_equal(place.line, 1);
    assert_int_equal(place.column, 1);
    doc_free(doc);
    world_end(&w);
}

/* Against counting from the start, over block borders, for every node. */
static void places_of_a_big_document(void **state)
{
    (void) state;
    struct world w;
    struct buf text;
    world_begin(&w);
    buf_init(&text, &w.env);
    buf_add_text(&text, "[0");
    for (int i = 0; i < 20000; i++)
        buf_add_text(&text, i % 1999 ? ",\"\xC3\xA4\"" : ",\n7");
    buf_add_text(&text, "]");
    struct doc *doc = world_read(&w, buf_str(&text));
    assert_non_null(doc);
    uint32_t line = 1, line_start = 0;
    for (node_id id = 2; id < doc->count; id++) {
        struct place place;
        uint32_t at = doc_node(doc, id)->start;
        if (at && text.ptr[at - 1] == '\n') {
            line++;
            line_start = at;
        }
        doc_place(doc, id, &place);
        assert_int_equal(place.line, line);
        if (id % 97 == 0)
            assert_int_equal(place.column,
                             1 + utf8_count(str_slice(buf_str(&text), line_start, at)));
    }
    doc_free(doc);
    buf_release(&text);
    world_end(&w);
}

static void atoms_are_shared_and_grow(void **state)
{
    (void) state;
    static const char *const names[] = { "tasks", "name", "" };
    struct world w;
    struct atoms atoms;
    world_begin(&w);
    atoms_init(&atoms, &w.env, names, 3);
    assert_int_equal(atoms_find(&atoms, STR("tasks")), 1);
    assert_int_equal(atoms_add(&atoms, STR("name")), 2);
    assert_int_equal(atoms_find(&atoms, STR("")), 3);
    assert_int_equal(atoms_find(&atoms, STR("other")), 0);
    for (int round = 0; round < 2; round++) {
        for (int i = 0; i < 5000; i++) {
            char text[64];
            int len = snprintf(text, sizeof(text), "%.*s%d", i % 30,
                               "abcdefghijklmnopqrstuvwxyzabcdef", i);
            struct str name = { text, (size_t) len };
            assert_int_equal(atoms_add(&atoms, name), 4 + i);
            expect_str(atoms_text(&atoms, (atom_id) (4 + i)), name);
        }
    }
    assert_int_not_equal(atoms_add(&atoms, STR("a\0b")), atoms_add(&atoms, STR("a\0c")));
    atoms.mark = UINT32_MAX;
    atoms.items[1].mark = 1;
    assert_int_equal(atoms_next_mark(&atoms), 1);
    assert_int_equal(atoms.items[1].mark, 0);
    atoms_release(&atoms);
    world_end(&w);
}

static void grafts_are_unlinked_nodes(void **state)
{
    (void) state;
    struct world w;
    world_begin(&w);
    struct doc *doc = world_must_read(&w, "[1]");
    node_id id = doc_graft(doc, STR("k"), STR(" {\"a\": [\"x\\u0000\\\"\", 1.50, true]} "),
                           &w.diags);
    assert_int_equal(id, 3);
    assert_false(doc_attached(doc, id));
    assert_int_equal(doc_parent(doc, id), 0);
    expect_str(doc_key(doc, id), STR("k"));
    expect_str(doc_text(doc, id + 2), STR("x\0\""));
    expect_str(doc_text(doc, id + 3), STR("1.50"));
    expect_str(doc_text(doc, id + 4), STR("true"));
    assert_int_equal(doc->decoded_text.len, 0); /* only the source's own are kept there */
    /* what is refused uses no ids */
    assert_int_equal(doc_graft(doc, STR_NONE, STR("[1,\n x]"), &w.diags), 0);
    assert_int_equal(w.diags.items[0].place.line, 2);
    assert_int_equal(w.diags.items[0].place.column, 2);
    assert_int_equal(w.diags.items[0].place.file.len, 0);
    assert_int_equal(doc_graft(doc, STR("\xFF"), STR("1"), &w.diags), 0);
    assert_int_equal(w.diags.items[1].code, DIAG_JSON_NOT_UTF8);
    doc->limits.key_length = 3;
    assert_int_equal(doc_graft(doc, STR("four"), STR("1"), &w.diags), 0);
    assert_int_equal(w.diags.items[2].code, DIAG_LIMIT_KEY);
    assert_int_equal(doc_graft_text(doc, 0, STR("a\xFF\"b")), 8);
    expect_str(doc_text(doc, 8), STR("a\xEF\xBF\xBD\"b"));
    assert_int_equal(doc_graft_atom(doc, 0, STR("null"), &w.diags), 9);
    /* places of what is not from the source are those of the nearest that is */
    struct edit edit = edit_insert(doc, 1, 0, 9);
    struct place place;
    assert_true(doc_apply(doc, &edit, &w.diags));
    doc_place(doc, 9, &place);
    assert_int_equal(place.line, 1);
    assert_int_equal(place.node, 9);
    doc_free(doc);
    world_end(&w);
}

static void canonical_text(void **state)
{
    (void) state;
    struct world w;
    world_begin(&w);
    struct doc *doc = world_must_read(
        &w, " {\"a\" :[ ],\"b\":{ "
            "},\"c\":[1.0,{\"d\":\"\\/\\u0041\\u0001\\u001f\\n\\u00e4\\u007f\xC2\x9B\"}]"
            ",\"\\u0065\\u0022\":-0}");
    assert_string_equal(world_canonical(&w, doc, 1),
                        "{\n  \"a\": [],\n  \"b\": {},\n  \"c\": [\n    1.0,\n    {\n"
                        "      \"d\": \"/A\\u0001\\u001f\\n\xC3\xA4\x7f\xC2\x9B\"\n    }\n  ],\n"
                        "  \"e\\\"\": -0\n}\n");
    assert_string_equal(
        world_canonical(&w, doc, world_find(doc, "c")),
        "[\n  1.0,\n  {\n    \"d\": \"/A\\u0001\\u001f\\n\xC3\xA4\x7f\xC2\x9B\"\n  }\n]");
    struct buf out;
    buf_init(&out, &w.env);
    doc_write_compact(doc, 1, &out);
    world_expect_text(
        "{\"a\":[],\"b\":{},\"c\":[1.0,{\"d\":\"/A\\u0001\\u001f\\n\xC3\xA4\x7f\xC2\x9B\"}],"
        "\"e\\\"\":-0}",
        &out);
    buf_release(&out);
    doc_free(doc);
    doc = world_must_read(&w, " \"x\" ");
    assert_string_equal(world_canonical(&w, doc, 1), "\"x\"\n");
    doc_free(doc);
    world_end(&w);
}

struct pieces {
    struct buf *text;
    int left;
};

static bool take_piece(void *context, struct str piece)
{
    struct pieces *pieces = context;
    buf_add(pieces->text, piece);
    return --pieces->left > 0;
}

static void canonical_text_in_pieces(void **state)
{
    (void) state;
    struct world w;
    struct buf text, whole, parts;
    world_begin(&w);
    buf_init(&text, &w.env);
    buf_init(&whole, &w.env);
    buf_init(&parts, &w.env);
    buf_add_text(&text, "[{\"key\":\"");
    buf_add_repeat(&text, 'x', 300000);
    for (int i = 0; i < 50000; i++)
        buf_addf(&text, "\\n\",\"%d\":\"\\\"%d", i, i);
    buf_add_text(&text, "\"}]");
    struct doc *doc = world_read(&w, buf_str(&text));
    assert_non_null(doc);
    doc_write_canonical(doc, 1, &whole);
    struct pieces all = { &parts, 1000 }, two = { &parts, 2 };
    assert_true(doc_export_canonical(doc, 1, take_piece, &all));
    assert_true(all.left < 999);
    assert_int_equal(parts.len, whole.len);
    assert_memory_equal(parts.ptr, whole.ptr, whole.len);
    assert_false(doc_export_canonical(doc, 1, take_piece, &two));
    assert_int_equal(two.left, 0);
    buf_release(&text);
    buf_release(&whole);
    buf_release(&parts);
    doc_free(doc);
    world_end(&w);
}

/* Room is made for long keys and deep lines. */
static void canonical_text_of_big_parts(void **state)
{
    (void) state;
    enum { DEPTH = 200, KEY = 4000 };
    struct world w;
    struct buf text, expected, out;
    world_begin(&w);
    buf_init(&text, &w.env);
    buf_init(&expected, &w.env);
    buf_init(&out, &w.env);
    for (int i = 0; i < DEPTH; i++) {
        buf_add_text(&text, "{\"");
        buf_add_repeat(&text, 'k', KEY);
        buf_add_text(&text, "\":");
        buf_add_text(&expected, "{\n");
        buf_add_repeat(&expected, ' ', 2 * (size_t) i + 2);
        buf_add_text(&expected, "\"");
        buf_add_repeat(&expected, 'k', KEY);
        buf_add_text(&expected, "\": ");
    }
    buf_add_text(&text, "null");
    buf_add_text(&expected, "null");
    for (int i = DEPTH; i-- > 0;) {
        buf_add_char(&text, '}');
        buf_add_char(&expected, '\n');
        buf_add_repeat(&expected, ' ', 2 * (size_t) i);
        buf_add_char(&expected, '}');
    }
    buf_add_char(&expected, '\n');
    struct doc *doc = world_read(&w, buf_str(&text));
    assert_non_null(doc);
    doc_write_canonical(doc, 1, &out);
    assert_string_equal(out.ptr, expected.ptr);
    buf_release(&text);
    buf_release(&expected);
    buf_release(&out);
    doc_free(doc);
    world_end(&w);
}

static void safe_texts(void **state)
{
    (void) state;
    struct world w;
    struct buf out;
    world_begin(&w);
    buf_init(&out, &w.env);
    json_add_text(&out,
                  STR("\x1b]0;\x7f\xC2\x9B\xE2\x80\xAE\xC3\xA4\xFF"
                      "0123456789abcdef\xF3\xA0\x80\x81\n"),
                  true);
    world_expect_text("\"\\u001b]0;\\u007f\\u009b\\u202e\xC3\xA4\\ufffd"
                      "0123456789abcdef\\udb40\\udc01\\n\"",
                      &out);
    buf_clear(&out);
    json_add_text(&out, STR("\0\x1f \"\\/\x7f\xC2\x9B"), false);
    world_expect_text("\"\\u0000\\u001f \\\"\\\\/\x7f\xC2\x9B\"", &out);
    buf_release(&out);
    world_end(&w);
}

static void buffers_are_taken_over(void **state)
{
    (void) state;
    struct world w;
    struct buf text;
    world_begin(&w);
    buf_init(&text, &w.env);
    buf_add_text(&text, "[1]");
    struct doc *doc = doc_read_steal(&w.env, &w.atoms, &w.limits, "-", &text, &w.diags);
    assert_non_null(doc);
    assert_int_equal(text.len, 0);
    buf_add_text(&text, "[1");
    assert_null(doc_read_steal(&w.env, &w.atoms, &w.limits, "-", &text, &w.diags));
    assert_int_equal(text.len, 0);
    assert_null(doc_read_steal(&w.env, &w.atoms, &w.limits, "-", &text, &w.diags));
    assert_int_equal(w.diags.items[1].code, DIAG_JSON_EMPTY);
    doc_free(doc);
    world_end(&w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_are_decoded),
        cmocka_unit_test(tree_is_walked),
        cmocka_unit_test(places_count_code_points),
        cmocka_unit_test(places_of_a_big_document),
        cmocka_unit_test(atoms_are_shared_and_grow),
        cmocka_unit_test(grafts_are_unlinked_nodes),
        cmocka_unit_test(canonical_text),
        cmocka_unit_test(canonical_text_in_pieces),
        cmocka_unit_test(canonical_text_of_big_parts),
        cmocka_unit_test(safe_texts),
        cmocka_unit_test(buffers_are_taken_over),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
