#include "tests/unit/term/screen.h"

#include "tui/view/popup.h"
#include "tui/view/textview.h"
#include "tui/view/wrap.h"

struct fixture {
    struct env env;
    struct canvas canvas;
};

static int setup(void **state)
{
    static struct fixture fixture;
    env_init(&fixture.env);
    canvas_init(&fixture.canvas, &fixture.env, true);
    canvas_resize(&fixture.canvas, 8, 46);
    *state = &fixture;
    return 0;
}

static int teardown(void **state)
{
    struct fixture *fixture = *state;
    canvas_release(&fixture->canvas);
    return 0;
}

static const struct dialog_choice choices[] = {
    { { 's', 0 }, "Save" },
    { { 'd', 0 }, "Discard" },
    { { SPECIAL_ESC, 0 }, "Cancel" },
};

static void a_question(void **state)
{
    struct fixture *f = *state;
    struct dialog dialog = { .title = STR("Quit"),
                             .text = STR("Main line has changes that are not saved."),
                             .choices = choices, .count = 3 };
    dialog_draw(&dialog, &f->canvas);
    EXPECT_SCREEN(&f->canvas, "\n"
                              "┌ Quit ─────────────────────────────────────┐\n"
                              "│ Main line has changes that are not saved. │\n"
                              "│                                           │\n"
                              "│ s Save   d Discard   Esc Cancel           │\n"
                              "└───────────────────────────────────────────┘\n"
                              "\n"
                              "\n");
    EXPECT_STYLES(&f->canvas, "\n"
                              "bPTTTTPbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\n"
                              "bP.........................................Pb\n"
                              "bPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPPb\n"
                              "bPCCCCCCPPPkP.......PPPkkkP......PPPPPPPPPPPb\n"
                              "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\n"
                              "\n"
                              "\n");
    assert_int_equal(dialog_key(&dialog, KEY_OF('d')), 1);
    assert_int_equal(dialog_key(&dialog, KEY_OF('D')), 1);
    assert_int_equal(dialog_key(&dialog, KEY_OF('x')), DIALOG_OPEN);
    assert_int_equal(dialog_key(&dialog, KEY_OF(SPECIAL_RIGHT)), DIALOG_OPEN);
    assert_int_equal(dialog_key(&dialog, KEY_OF(SPECIAL_ENTER)), 1);
    assert_int_equal(dialog_key(&dialog, KEY_OF(SPECIAL_LEFT)), DIALOG_OPEN);
    assert_int_equal(dialog_key(&dialog, KEY_OF(SPECIAL_LEFT)), DIALOG_OPEN);
    assert_int_equal(dialog_key(&dialog, KEY_OF(SPECIAL_ENTER)), 2);
    assert_int_equal(dialog_key(&dialog, KEY_OF(SPECIAL_ESC)), 2);
}

static void a_message(void **state)
{
    struct fixture *f = *state;
    struct dialog dialog = { .title = STR("Saved"), .text = STR("a\033b"), .style = STYLE_INFO };
    dialog_draw(&dialog, &f->canvas);
    EXPECT_SCREEN(&f->canvas, "\n"
                              "\n"
                              "                 ┌ Saved ──┐\n"
                              "                 │ a^[b    │\n"
                              "                 └ any key ┘\n"
                              "\n"
                              "\n"
                              "\n");
    assert_int_equal(dialog_key(&dialog, KEY_OF('x')), 0);
    assert_int_equal(dialog_key(&dialog, KEY_OF(SPECIAL_DOWN)), DIALOG_OPEN);
    assert_int_equal(dialog_key(&dialog, KEY_OF(SPECIAL_ESC)), DIALOG_CANCELLED);
}

static void a_long_text_scrolls(void **state)
{
    struct fixture *f = *state;
    struct dialog dialog = { .title = STR("Long"), .text = STR("1\n2\n3\n4\n5\n6\n7\n8\n9"),
                             .choices = choices, .count = 1 };
    for (int i = 0; i < 50; i++)
        dialog_key(&dialog, KEY_OF(SPECIAL_DOWN));
    dialog_draw(&dialog, &f->canvas);
    EXPECT_SCREEN(&f->canvas, "                  ┌ Long ──┐\n"
                              "                  │ 6     ↑│\n"
                              "                  │ 7      │\n"
                              "                  │ 8      │\n"
                              "                  │ 9      │\n"
                              "                  │        │\n"
                              "                  │ s Save │\n"
                              "                  └────────┘\n");
}

static void narrow_choices_are_stacked(void **state)
{
    struct fixture *f = *state;
    struct dialog dialog = { .title = STR("Quit"), .text = STR("Well?"), .choices = choices,
                             .count = 3 };
    canvas_resize(&f->canvas, 8, 20);
    dialog_draw(&dialog, &f->canvas);
    EXPECT_SCREEN(&f->canvas, "   ┌ Quit ──────┐\n"
                              "   │ Well?      │\n"
                              "   │            │\n"
                              "   │ s Save     │\n"
                              "   │ d Discard  │\n"
                              "   │ Esc Cancel │\n"
                              "   └────────────┘\n"
                              "\n");
    canvas_resize(&f->canvas, 2, 3); /* nothing fits, nothing breaks */
    dialog_draw(&dialog, &f->canvas);
}

static void a_text_to_read(void **state)
{
    struct fixture *f = *state;
    struct textview view;
    textview_init(&view, &f->env);
    textview_set(&view, STR("# Set Post-Flow\nArms what happens to the party that stays.\n\n"
                            "  key    not wrapped but cut here\nlast \033 line"));
    canvas_resize(&f->canvas, 5, 20);
    textview_draw(&view, &f->canvas, canvas_area(&f->canvas));
    EXPECT_SCREEN(&f->canvas, "Set Post-Flow\n"
                              "Arms what happens to\n"
                              "the party that\n"
                              "stays.\n"
                              "\n");
    EXPECT_STYLES(&f->canvas, "hhhhhhhhhhhhh\n"
                              "\n"
                              "\n"
                              "\n"
                              "\n");
    assert_true(textview_key(&view, KEY_OF('G')));
    canvas_clear(&f->canvas);
    textview_draw(&view, &f->canvas, canvas_area(&f->canvas));
    EXPECT_SCREEN(&f->canvas, "the party that\n"
                              "stays.\n"
                              "\n"
                              "  key    not wrappe…\n"
                              "last ^[ line\n");
    assert_true(textview_key(&view, KEY_OF('k')));
    assert_false(textview_key(&view, KEY_OF('q')));
    assert_true(textview_key(&view, KEY_OF('b')));
    assert_int_equal(view.scroll.top, 0);
    textview_release(&view);
}

static void wrapped(const char *text, int width, const char *wanted)
{
    char got[400] = "";
    struct str rest = str_of(text), line;
    while (wrap_next(&rest, width, &line)) {
        size_t at = strlen(got);
        snprintf(got + at, sizeof(got) - at, "%.*s|", STR_ARG(line));
    }
    assert_string_equal(got, wanted);
}

static void wrapping(void **state)
{
    (void)state;
    wrapped("", 5, "");
    wrapped("one two three", 7, "one two|three|");
    wrapped("one two three", 8, "one two|three|");
    wrapped("one two three", 3, "one|two|thr|ee|");
    wrapped("one\n\ntwo\n", 9, "one||two|");
    wrapped("exact", 5, "exact|");
    wrapped("exact  ", 5, "exact|");
    wrapped("long-word-only", 4, "long|-wor|d-on|ly|");
    wrapped("電話電話", 5, "電話|電話|");
    wrapped("電話", 1, "電|話|");
    wrapped("  indented text", 10, "  indented|text|");
    assert_int_equal(wrap_count(STR("one two three"), 7), 2);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(a_question), TEST(a_message), TEST(a_long_text_scrolls),
        TEST(narrow_choices_are_stacked), TEST(a_text_to_read), TEST(wrapping),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
