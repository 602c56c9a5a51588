#include "tests/unit/term/screen.h"

#include "engine/base/mem.h"
#include "engine/base/utf8.h"

struct fixture {
    struct env env;
    struct canvas canvas;
};

static int setup(void **state)
{
    static struct fixture fixture;
    env_init(&fixture.env);
    canvas_init(&fixture.canvas, &fixture.env, true);
    canvas_resize(&fixture.canvas, 3, 12);
    *state = &fixture.canvas;
    return 0;
}

static int teardown(void **state)
{
    canvas_release(*state);
    return 0;
}

static void text_is_cut_with_an_ellipsis(void **state)
{
    struct canvas *canvas = *state;
    assert_int_equal(canvas_put(canvas, 0, 0, 12, STYLE_NORMAL, STR("exactly 12 c")), 12);
    assert_int_equal(canvas_put(canvas, 1, 0, 12, STYLE_NORMAL, STR("thirteen char")), 12);
    assert_int_equal(canvas_put(canvas, 2, 2, 5, STYLE_DIM, STR("in the middle")), 5);
    EXPECT_SCREEN(canvas, "exactly 12 c\n"
                          "thirteen ch…\n"
                          "  in t…\n");
    EXPECT_STYLES(canvas, "\n"
                          "\n"
                          "..ddddd\n");
}

static void everything_is_clipped(void **state)
{
    struct canvas *canvas = *state;
    canvas_put(canvas, -1, 0, 12, STYLE_NORMAL, STR("above"));
    canvas_put(canvas, 3, 0, 12, STYLE_NORMAL, STR("below"));
    canvas_put(canvas, 0, -3, 12, STYLE_NORMAL, STR("left of it"));
    canvas_put(canvas, 1, 9, 12, STYLE_NORMAL, STR("right"));
    canvas_fill(canvas, (struct area){ -5, -5, 100, 6 }, STYLE_ERROR);
    canvas_box(canvas, (struct area){ 2, 10, 8, 8 }, STYLE_NORMAL);
    canvas_restyle(canvas, (struct area){ 1, 11, 9, 9 }, STYLE_INFO);
    canvas_glyph(canvas, 99, 99, STYLE_NORMAL, GLYPH_ARMED);
    EXPECT_SCREEN(canvas, "  of it\n"
                          "         rig\n"
                          "          ┌─\n");
    EXPECT_STYLES(canvas, "E\n"
                          "E..........I\n"
                          "E..........I\n");
    assert_int_equal(canvas_cell(canvas, 7, 7)->code, ' ');
}

static void controls_are_shown(void **state)
{
    struct canvas *canvas = *state;
    canvas_put(canvas, 0, 0, 12, STYLE_NORMAL, STR("a\033]0;x\007"));
    canvas_put(canvas, 1, 0, 12, STYLE_NORMAL, STR("\xc2\x9b \xff\n"));
    canvas_put(canvas, 2, 0, 12, STYLE_NORMAL, STR("\xe2\x80\xae\x7f"));
    EXPECT_SCREEN(canvas, "a^[]0;x^G\n"
                          "<9B> <FF>^J\n"
                          "<U+202E>^?\n");
}

/* Whatever bytes come in, no cell holds a control or a bidi control. */
static void no_cell_ever_holds_a_control(void **state)
{
    struct canvas *canvas = *state;
    char bytes[64];
    uint32_t seed = 12345;
    for (int round = 0; round < 3000; round++) {
        for (size_t i = 0; i < sizeof(bytes); i++) {
            seed = seed * 1664525u + 1013904223u;
            bytes[i] = (char)(seed >> 24);
        }
        canvas_put_from(canvas, 0, 0, 12, STYLE_NORMAL, (struct str){ bytes, sizeof(bytes) },
                        (int)(seed % 7));
        canvas_put(canvas, 1, 3, 7, STYLE_NORMAL, (struct str){ bytes, seed % sizeof(bytes) });
        for (int i = 0; i < 24; i++) {
            const struct cell *cell = canvas_cell(canvas, i / 12, i % 12);
            assert_true(cell->width == 0 ? cell->code == 0 : !utf8_needs_mark(cell->code));
            assert_true(cell->width != 2 || canvas_cell(canvas, i / 12, i % 12 + 1)->width == 0);
        }
    }
}

static void wide_characters_take_two_columns(void **state)
{
    struct canvas *canvas = *state;
    assert_int_equal(canvas_put(canvas, 0, 0, 12, STYLE_NORMAL, STR("電話フロー")), 10);
    assert_int_equal(canvas_put(canvas, 1, 0, 4, STYLE_NORMAL, STR("電話フ")), 4);
    assert_int_equal(canvas_put_from(canvas, 2, 0, 6, STYLE_NORMAL, STR("電話フロー"), 1), 6);
    EXPECT_SCREEN(canvas, "電話フロー\n"
                          "電 …\n"
                          " 話フ\n");
}

static void half_a_wide_character_becomes_a_blank(void **state)
{
    struct canvas *canvas = *state;
    canvas_put(canvas, 0, 0, 12, STYLE_NORMAL, STR("電話"));
    canvas_put(canvas, 0, 1, 2, STYLE_NORMAL, STR("ab"));
    canvas_put(canvas, 1, 11, 2, STYLE_NORMAL, STR("電"));
    EXPECT_SCREEN(canvas, " ab\n"
                          "\n"
                          "\n");
}

static void combining_marks_stay_with_their_character(void **state)
{
    struct canvas *canvas = *state;
    assert_int_equal(canvas_put(canvas, 0, 0, 4, STYLE_NORMAL, STR("ae\xcc\x81z")), 3);
    assert_int_equal(canvas_cell(canvas, 0, 1)->marks[0], 0x301);
    assert_int_equal(canvas_cell(canvas, 0, 2)->marks[0], 0);
    EXPECT_SCREEN(canvas, "ae\xcc\x81z\n\n\n");
}

static void a_pile_of_marks_is_bounded(void **state)
{
    struct canvas *canvas = *state;
    struct buf text;
    buf_init(&text, canvas->env);
    buf_add_char(&text, 'x');
    for (int i = 0; i < 10000; i++)
        buf_add_code(&text, 0x301);
    canvas_put(canvas, 0, 0, 12, STYLE_NORMAL, buf_str(&text));
    assert_int_equal(canvas_cell(canvas, 0, 0)->marks[CELL_MARKS - 1], 0x301);
    buf_release(&text);
}

static void padding_and_alignment(void **state)
{
    struct canvas *canvas = *state;
    canvas_put_padded(canvas, 0, 1, 8, STYLE_CURSOR, STR("row"));
    canvas_put_right(canvas, 1, 0, 12, STYLE_NORMAL, STR("right"));
    canvas_put_right(canvas, 2, 0, 6, STYLE_NORMAL, STR("too long"));
    EXPECT_SCREEN(canvas, " row\n"
                          "       right\n"
                          "too l…\n");
    EXPECT_STYLES(canvas, ".CCCCCCCC\n\n\n");
}

static void ascii_canvas_has_ascii_only(void **state)
{
    struct canvas *canvas = *state;
    canvas->utf8 = false;
    canvas_put(canvas, 0, 0, 6, STYLE_NORMAL, STR("gr\xc3\xbc\xc3\x9f dich"));
    canvas_put(canvas, 1, 0, 12, STYLE_NORMAL, STR("電e\xcc\x81"));
    canvas_glyph(canvas, 2, 0, STYLE_NORMAL, GLYPH_OPEN);
    canvas_box(canvas, (struct area){ 0, 8, 3, 4 }, STYLE_NORMAL);
    EXPECT_SCREEN(canvas, "gr?? ~  +--+\n"
                          "??e     |  |\n"
                          "v       +--+\n");
}

static void cursor_is_hidden_outside(void **state)
{
    struct canvas *canvas = *state;
    canvas_set_cursor(canvas, 2, 11);
    assert_int_equal(canvas->cursor_row, 2);
    canvas_set_cursor(canvas, 2, 12);
    assert_int_equal(canvas->cursor_row, -1);
}

static void a_megabyte_in_a_cell_is_cut_early(void **state)
{
    struct canvas *canvas = *state;
    struct buf text;
    buf_init(&text, canvas->env);
    for (int i = 0; i < 500000; i++)
        buf_add_text(&text, "\xc3\xa9");
    canvas_put(canvas, 0, 0, 12, STYLE_NORMAL, buf_str(&text));
    assert_true(canvas->shown.cap < 4096); /* only what is seen went through the filter */
    EXPECT_SCREEN(canvas, "ééééééééééé…\n\n\n");
    buf_release(&text);
}

static void areas(void **state)
{
    (void)state;
    struct area middle = area_centred((struct area){ 0, 0, 24, 80 }, 10, 100);
    assert_int_equal(middle.row, 7);
    assert_int_equal(middle.col, 0);
    assert_int_equal(middle.cols, 80);
    struct area inside = area_inside((struct area){ 1, 1, 1, 5 });
    assert_int_equal(inside.rows, 0);
    assert_int_equal(inside.cols, 3);
    assert_true(area_has(middle, 16, 79));
    assert_false(area_has(middle, 17, 79));
}

static void glyphs_are_one_column(void **state)
{
    struct canvas *canvas = *state;
    for (int glyph = 0; glyph < GLYPH_COUNT; glyph++) {
        canvas->utf8 = true;
        assert_int_equal(utf8_columns(canvas_glyph_text(canvas, (enum glyph)glyph)), 1);
        canvas->utf8 = false;
        assert_int_equal(canvas_glyph_text(canvas, (enum glyph)glyph).len, 1);
    }
}

static void styles_have_letters_of_their_own(void **state)
{
    (void)state;
    assert_int_equal(style_info(STYLE_NORMAL)->letter, '.');
    for (int a = 0; a < STYLE_COUNT; a++)
        for (int b = 0; b < a; b++)
            assert_int_not_equal(style_info((enum style)a)->letter,
                                 style_info((enum style)b)->letter);
}

/* What cannot be seen without colour must be seen by an attribute. */
static void marks_of_the_cursor_need_no_colour(void **state)
{
    (void)state;
    static const enum style marks[] = { STYLE_CURSOR, STYLE_CURSOR_OFF, STYLE_FIELD, STYLE_FAULT,
                                        STYLE_TITLE_FOCUS, STYLE_SELECTED };
    for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++)
        assert_int_not_equal(style_info(marks[i])->look[DEPTH_MONO].attrs, 0);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(text_is_cut_with_an_ellipsis), TEST(everything_is_clipped), TEST(controls_are_shown),
        TEST(no_cell_ever_holds_a_control), TEST(wide_characters_take_two_columns),
        TEST(half_a_wide_character_becomes_a_blank),
        TEST(combining_marks_stay_with_their_character), TEST(a_pile_of_marks_is_bounded),
        TEST(padding_and_alignment), TEST(ascii_canvas_has_ascii_only),
        TEST(cursor_is_hidden_outside), TEST(a_megabyte_in_a_cell_is_cut_early), TEST(areas),
        TEST(glyphs_are_one_column), TEST(styles_have_letters_of_their_own),
        TEST(marks_of_the_cursor_need_no_colour),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
