#include "tests/unit/term/screen.h"

#include "tui/view/layout.h"

static const struct str titles[PANE_COUNT] = { { "Toolbox", 7 }, { "Flow", 4 }, { "Fields", 6 } };

static void draw(struct canvas *canvas, int rows, int cols, enum pane focus, int bottom)
{
    struct layout layout;
    layout_compute(&layout, rows, cols, focus, bottom);
    canvas_resize(canvas, rows, cols);
    layout_draw_frame(canvas, &layout, titles, focus);
    canvas_put(canvas, layout.title.row, layout.title.col, layout.title.cols, STYLE_NORMAL,
               STR("title"));
    for (int pane = 0; pane < PANE_COUNT; pane++)
        canvas_putf(canvas, layout.pane[pane].row, layout.pane[pane].col, layout.pane[pane].cols,
                    STYLE_NORMAL, "%dx%d", layout.pane[pane].cols, layout.pane[pane].rows);
    canvas_put(canvas, layout.bottom.row, layout.bottom.col, layout.bottom.cols, STYLE_NORMAL,
               STR("bottom"));
    canvas_put(canvas, layout.problem.row, layout.problem.col, layout.problem.cols, STYLE_NORMAL,
               STR("problem"));
    canvas_put(canvas, layout.status.row, layout.status.col, layout.status.cols, STYLE_NORMAL,
               STR("status"));
}

static void screen(int rows, int cols, enum pane focus, int bottom, const char *wanted)
{
    struct env env;
    struct canvas canvas;
    env_init(&env);
    canvas_init(&canvas, &env, true);
    draw(&canvas, rows, cols, focus, bottom);
    EXPECT_SCREEN(&canvas, wanted);
    canvas_release(&canvas);
}

static void three_panes(void **state)
{
    (void)state;
    screen(12, 80, PANE_MIDDLE, 0,
           "title\n"
           "┌ Toolbox ───────┬ Flow ───────────────────────────┬ Fields ───────────────────┐\n"
           "│16x7            │33x7                             │27x7                       │\n"
           "│                │                                 │                           │\n"
           "│                │                                 │                           │\n"
           "│                │                                 │                           │\n"
           "│                │                                 │                           │\n"
           "│                │                                 │                           │\n"
           "│                │                                 │                           │\n"
           "├────────────────┴─────────────────────────────────┴───────────────────────────┤\n"
           "│problem                                                                       │\n"
           "└status                                                                        ┘\n");
}

static void two_panes(void **state)
{
    (void)state;
    screen(12, 60, PANE_LEFT, 0,
           "title\n"
           "┌ Toolbox ────────────┬ Flow ──────────────────────────────┐\n"
           "│21x7                 │36x7                                │\n"
           "│                     │                                    │\n"
           "│                     │                                    │\n"
           "│                     │                                    │\n"
           "│                     │                                    │\n"
           "│                     │                                    │\n"
           "│                     │                                    │\n"
           "├─────────────────────┴────────────────────────────────────┤\n"
           "│problem                                                   │\n"
           "└status                                                    ┘\n");
}

static void one_pane(void **state)
{
    (void)state;
    screen(12, 40, PANE_RIGHT, 0,
           "title\n"
           "┌ Fields ──────────────────────────────┐\n"
           "│38x7                                  │\n"
           "│                                      │\n"
           "│                                      │\n"
           "│                                      │\n"
           "│                                      │\n"
           "│                                      │\n"
           "│                                      │\n"
           "├──────────────────────────────────────┤\n"
           "│problem                               │\n"
           "└status                                ┘\n");
}

static void a_bottom_panel(void **state)
{
    (void)state;
    screen(16, 80, PANE_MIDDLE, 4,
           "title\n"
           "┌ Toolbox ───────┬ Flow ───────────────────────────┬ Fields ───────────────────┐\n"
           "│16x6            │33x6                             │27x6                       │\n"
           "│                │                                 │                           │\n"
           "│                │                                 │                           │\n"
           "│                │                                 │                           │\n"
           "│                │                                 │                           │\n"
           "│                │                                 │                           │\n"
           "├────────────────┴─────────────────────────────────┴───────────────────────────┤\n"
           "│bottom                                                                        │\n"
           "│                                                                              │\n"
           "│                                                                              │\n"
           "│                                                                              │\n"
           "├──────────────────────────────────────────────────────────────────────────────┤\n"
           "│problem                                                                       │\n"
           "└status                                                                        ┘\n");
}

/* Whatever the size: areas lie inside, do not overlap, and nothing is given away. */
static void every_size_adds_up(void **state)
{
    (void)state;
    for (int rows = 0; rows < 80; rows += 1 + rows / 30)
        for (int cols = 0; cols < 260; cols++)
            for (int focus = 0; focus < PANE_COUNT; focus++)
                for (int bottom = 0; bottom < 20; bottom += 7) {
                    struct layout layout;
                    layout_compute(&layout, rows, cols, (enum pane)focus, bottom);
                    assert_int_equal(layout.too_small, rows < 12 || cols < 40);
                    if (layout.too_small)
                        continue;
                    int used = 1;
                    for (int pane = 0; pane < PANE_COUNT; pane++) {
                        struct area area = layout.pane[pane];
                        assert_true(area.cols == 0 || (area.cols >= 14 && area.rows >= 5));
                        assert_int_equal(area.cols ? area.col : used, used);
                        used += area.cols ? area.cols + 1 : 0;
                    }
                    assert_int_equal(used, cols);
                    assert_true(layout.pane[focus].cols > 0);
                    assert_true(cols < 60 || layout.pane[PANE_MIDDLE].cols >= 26);
                    int panes = layout.pane[focus].rows;
                    int chrome = layout.bottom.rows ? 6 : 5;
                    assert_int_equal(panes + layout.bottom.rows + chrome, rows);
                    assert_true(layout.bottom.rows <= bottom);
                }
}

static void a_cell_tells_its_pane(void **state)
{
    (void)state;
    struct layout layout;
    enum pane pane;
    layout_compute(&layout, 24, 80, PANE_MIDDLE, 0);
    assert_true(layout_pane_at(&layout, 5, 1, &pane));
    assert_int_equal(pane, PANE_LEFT);
    assert_true(layout_pane_at(&layout, 5, 78, &pane));
    assert_int_equal(pane, PANE_RIGHT);
    assert_false(layout_pane_at(&layout, 1, 5, &pane));
    assert_false(layout_pane_at(&layout, 5, 79, &pane));
}

static void too_small_draws_no_frame(void **state)
{
    (void)state;
    screen(3, 30, PANE_MIDDLE, 0, "title\n\n\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(three_panes),      cmocka_unit_test(two_panes),
        cmocka_unit_test(one_pane),         cmocka_unit_test(a_bottom_panel),
        cmocka_unit_test(every_size_adds_up), cmocka_unit_test(a_cell_tells_its_pane),
        cmocka_unit_test(too_small_draws_no_frame),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
