#include "tests/unit/term/screen.h"

#include "tui/view/textedit.h"

struct fixture {
    struct env env;
    struct textedit edit;
    struct canvas canvas;
};

static int setup_as(void **state, bool lines)
{
    static struct fixture fixture;
    env_init(&fixture.env);
    textedit_init(&fixture.edit, &fixture.env, lines, TEXTEDIT_NO_LIMIT);
    canvas_init(&fixture.canvas, &fixture.env, true);
    canvas_resize(&fixture.canvas, 3, 12);
    *state = &fixture;
    return 0;
}

static int setup_line(void **state)
{
    return setup_as(state, false);
}

static int setup_lines(void **state)
{
    return setup_as(state, true);
}

static int teardown(void **state)
{
    struct fixture *fixture = *state;
    textedit_release(&fixture->edit);
    canvas_release(&fixture->canvas);
    return 0;
}

/* Keys by name, separated by blanks; the result of the last. */
static enum edit_result keys(struct textedit *edit, const char *names)
{
    enum edit_result result = EDIT_UNUSED;
    while (*names) {
        size_t len = strcspn(names, " ");
        struct key key;
        assert_true(key_parse((struct str){ names, len }, &key));
        result = textedit_key(edit, key);
        names += len + (names[len] == ' ');
    }
    return result;
}

/* "text with | at the cursor" before, keys, and after. */
struct row {
    const char *before, *keys, *after;
};

static void put(struct textedit *edit, const char *text)
{
    const char *bar = strchr(text, '|');
    struct buf whole;
    buf_init(&whole, edit->text.env);
    buf_add(&whole, (struct str){ text, (size_t)(bar - text) });
    buf_add_text(&whole, bar + 1);
    textedit_set(edit, buf_str(&whole));
    textedit_move_to(edit, (size_t)(bar - text));
    buf_release(&whole);
}

static void check(struct textedit *edit, const struct row *row)
{
    struct buf got;
    buf_init(&got, edit->text.env);
    put(edit, row->before);
    keys(edit, row->keys);
    buf_add(&got, buf_str(&edit->text));
    buf_splice(&got, edit->cursor, edit->cursor, STR("|"));
    if (strcmp(got.ptr, row->after) != 0)
        fail_msg("%s, %s: %s, not %s", row->before, row->keys, got.ptr, row->after);
    buf_release(&got);
}

static void keys_of_a_line(void **state)
{
    static const struct row rows[] = {
        { "|", "a b c", "abc|" },
        { "ab|cd", "x", "abx|cd" },
        { "ab|cd", "Left", "a|bcd" },
        { "ab|cd", "Right", "abc|d" },
        { "|ab", "Left", "|ab" },
        { "ab|", "Right", "ab|" },
        { "ab|cd", "Home", "|abcd" },
        { "ab|cd", "End", "abcd|" },
        { "ab|cd", "C-a x C-e y", "xabcdy|" },
        { "ab|cd", "Backspace", "a|cd" },
        { "|cd", "Backspace", "|cd" },
        { "ab|cd", "Delete", "ab|d" },
        { "ab|", "C-d", "ab|" },
        { "ab|cd", "C-u", "|cd" },
        { "ab|cd", "C-k", "ab|" },
        { "one two|", "C-w", "one |" },
        { "one two  |", "M-Backspace", "one |" },
        { "one| two, three", "M-d", "one|, three" },
        { "one two.x_1|", "C-Left", "one two.|x_1" },
        { "one two.x_1|", "M-b M-b M-b", "|one two.x_1" },
        { "|one two", "C-Right M-f", "one two|" },
        { "gr\xc3\xbc|n", "Backspace", "gr|n" },
        { "ae\xcc\x81|z", "Backspace", "a|z" },
        { "a|e\xcc\x81z", "Right", "ae\xcc\x81|z" },
        { "ae\xcc\x81|z", "Left", "a|e\xcc\x81z" },
        { "a|e\xcc\x81z", "Delete", "a|z" },
        { "|", "Space \xc3\xa9", " \xc3\xa9|" },
    };
    struct fixture *f = *state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        check(&f->edit, &rows[i]);
}

static void keys_of_several_lines(void **state)
{
    static const struct row rows[] = {
        { "ab|cd", "Enter", "ab\n|cd" },
        { "one\ntw|o", "Up", "on|e\ntwo" },
        { "one\ntw|o", "Home", "one\n|two" },
        { "o|ne\ntwo", "End", "one|\ntwo" },
        { "one|\n\nthree", "Down Down", "one\n\nthr|ee" },
        { "one|\n\nthree", "Down x", "one\nx|\nthree" },
        { "one\n|two", "Backspace", "one|two" },
        { "one|\ntwo", "Delete", "one|two" },
        { "one|\ntwo", "C-k", "one|\ntwo" },
        { "one\ntwo\nth|ree", "PageUp", "on|e\ntwo\nthree" },
        { "o|ne\ntwo\nthree", "C-End", "one\ntwo\nthree|" },
        { "one\ntwo|", "C-Home", "|one\ntwo" },
        { "one\ntwo|", "Down", "one\ntwo|" },
        { "\xe9\x9b\xbb|x\nabcd", "Down", "\xe9\x9b\xbbx\nab|cd" },
    };
    struct fixture *f = *state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        check(&f->edit, &rows[i]);
}

static void results_tell_what_happened(void **state)
{
    struct textedit *edit = &((struct fixture *)*state)->edit;
    assert_int_equal(keys(edit, "a"), EDIT_CHANGED);
    assert_int_equal(keys(edit, "Left"), EDIT_MOVED);
    assert_int_equal(keys(edit, "Backspace"), EDIT_MOVED);
    assert_int_equal(keys(edit, "Enter"), EDIT_DONE);
    assert_int_equal(keys(edit, "Esc"), EDIT_CANCELLED);
    assert_int_equal(keys(edit, "Up"), EDIT_UNUSED);
    assert_int_equal(keys(edit, "Tab"), EDIT_UNUSED);
    assert_int_equal(keys(edit, "F1"), EDIT_UNUSED);
    assert_int_equal(keys(edit, "M-Enter"), EDIT_UNUSED);
}

static void several_lines_are_submitted(void **state)
{
    struct textedit *edit = &((struct fixture *)*state)->edit;
    assert_int_equal(keys(edit, "a Enter"), EDIT_CHANGED);
    assert_int_equal(keys(edit, "C-s"), EDIT_DONE);
    assert_int_equal(keys(edit, "M-Enter"), EDIT_DONE);
}

static void the_limit_holds(void **state)
{
    struct textedit *edit = &((struct fixture *)*state)->edit;
    edit->limit = 4;
    textedit_set(edit, STR("\xc3\xa9\xc3\xa9\xc3\xa9"));
    assert_int_equal(keys(edit, "a"), EDIT_CHANGED);
    assert_int_equal(keys(edit, "b"), EDIT_FULL);
    assert_true(str_is(buf_str(&edit->text), "\xc3\xa9\xc3\xa9\xc3\xa9" "a"));
    assert_int_equal(keys(edit, "Backspace"), EDIT_CHANGED);
    assert_int_equal(textedit_paste(edit, STR("xyz")), EDIT_FULL);
    assert_true(str_is(buf_str(&edit->text), "\xc3\xa9\xc3\xa9\xc3\xa9" "x"));
    textedit_set(edit, STR("longer than that"));
    assert_true(str_is(buf_str(&edit->text), "long"));
}

static void pastes_are_filtered(void **state)
{
    struct textedit *edit = &((struct fixture *)*state)->edit;
    static const char dirty[] = "a\033[31m\0b\xff\xc2\x9b\xe2\x80\xae\r\nc\td\re\007";
    textedit_paste(edit, (struct str){ dirty, sizeof(dirty) - 1 });
    assert_true(str_is(buf_str(&edit->text),
                       edit->lines ? "a[31mb\nc\td\ne" : "a[31mb c d e"));
}

static void a_megabyte_is_pasted_at_once(void **state)
{
    struct textedit *edit = &((struct fixture *)*state)->edit;
    struct buf text;
    buf_init(&text, edit->text.env);
    buf_add_repeat(&text, 'x', 1 << 20);
    assert_int_equal(textedit_paste(edit, buf_str(&text)), EDIT_CHANGED);
    assert_int_equal(edit->text.len, 1 << 20);
    buf_release(&text);
}

static void replacing(void **state)
{
    struct textedit *edit = &((struct fixture *)*state)->edit;
    textedit_set(edit, STR(":goto Wel"));
    assert_int_equal(textedit_replace(edit, 6, 9, STR("Welcome/")), EDIT_CHANGED);
    assert_true(str_is(buf_str(&edit->text), ":goto Welcome/"));
    assert_int_equal(edit->cursor, 14);
    textedit_set(edit, STR("\xc3\xa9x"));
    textedit_move_to(edit, 1); /* inside the character */
    assert_int_equal(edit->cursor, 0);
}

static void draw(struct fixture *f)
{
    canvas_clear(&f->canvas);
    textedit_draw(&f->edit, &f->canvas, canvas_area(&f->canvas), STYLE_FIELD, true);
}

static void a_long_line_scrolls(void **state)
{
    struct fixture *f = *state;
    textedit_set(&f->edit, STR("0123456789abcdefghij"));
    draw(f);
    EXPECT_SCREEN(&f->canvas, "‹abcdefghij\n\n\n");
    assert_int_equal(f->canvas.cursor_col, 11);
    keys(&f->edit, "Home");
    draw(f);
    EXPECT_SCREEN(&f->canvas, "0123456789a›\n\n\n");
    assert_int_equal(f->canvas.cursor_col, 0);
    for (int i = 0; i < 11; i++)
        keys(&f->edit, "Right");
    draw(f);
    EXPECT_SCREEN(&f->canvas, "‹23456789ab›\n\n\n");
    assert_int_equal(f->canvas.cursor_col, 10);
    keys(&f->edit, "C-u C-k x");
    draw(f);
    EXPECT_SCREEN(&f->canvas, "x\n\n\n");
    EXPECT_STYLES(&f->canvas, "ffffffffffff\n\n\n");
}

static void controls_in_the_text_are_shown(void **state)
{
    struct fixture *f = *state;
    textedit_set(&f->edit, STR("a\nb\033c"));
    textedit_move_to(&f->edit, 4);
    draw(f);
    EXPECT_SCREEN(&f->canvas, "a^Jb^[c\n\n\n");
    assert_int_equal(f->canvas.cursor_col, 6);
}

static void lines_scroll(void **state)
{
    struct fixture *f = *state;
    textedit_set(&f->edit, STR("one\ntwo\nthree\nfour"));
    draw(f);
    EXPECT_SCREEN(&f->canvas, "two\nthree\nfour\n");
    assert_int_equal(f->canvas.cursor_row, 2);
    assert_int_equal(f->canvas.cursor_col, 4);
    keys(&f->edit, "C-Home");
    draw(f);
    EXPECT_SCREEN(&f->canvas, "one\ntwo\nthree\n");
    size_t line, column;
    keys(&f->edit, "Down End");
    textedit_position(&f->edit, &line, &column);
    assert_int_equal(line, 2);
    assert_int_equal(column, 4);
}

static void a_fault_is_pointed_at(void **state)
{
    struct fixture *f = *state;
    textedit_set(&f->edit, STR("{\n  \"a\" 1\n}"));
    f->edit.mark = 8;
    draw(f);
    EXPECT_SCREEN(&f->canvas, "{\n  \"a\" 1\n}\n");
    EXPECT_STYLES(&f->canvas, "ffffffffffff\nffffff!fffff\nffffffffffff\n");
    keys(&f->edit, "x"); /* gone with the next change, until the owner looks again */
    assert_true(f->edit.mark == SIZE_MAX);
}

static void clicks_place_the_cursor(void **state)
{
    struct fixture *f = *state;
    textedit_set(&f->edit, STR("one\n\xe9\x9b\xbb two\nx"));
    draw(f);
    textedit_click(&f->edit, &f->canvas, canvas_area(&f->canvas), 1, 1);
    assert_int_equal(f->edit.cursor, 4);
    textedit_click(&f->edit, &f->canvas, canvas_area(&f->canvas), 1, 3);
    assert_int_equal(f->edit.cursor, 8);
    textedit_click(&f->edit, &f->canvas, canvas_area(&f->canvas), 2, 11);
    assert_int_equal(f->edit.cursor, f->edit.text.len);
}

int main(void)
{
#define LINE(name) cmocka_unit_test_setup_teardown(name, setup_line, teardown)
#define LINES(name) cmocka_unit_test_setup_teardown(name, setup_lines, teardown)
    const struct CMUnitTest tests[] = {
        LINE(keys_of_a_line), LINES(keys_of_several_lines), LINE(results_tell_what_happened),
        LINES(several_lines_are_submitted), LINE(the_limit_holds), LINE(pastes_are_filtered),
        LINES(pastes_are_filtered), LINE(a_megabyte_is_pasted_at_once), LINE(replacing),
        LINE(a_long_line_scrolls), LINE(controls_in_the_text_are_shown), LINES(lines_scroll),
        LINES(a_fault_is_pointed_at), LINES(clicks_place_the_cursor),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
