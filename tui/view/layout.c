#include "tui/view/layout.h"

enum {
    CHROME_ROWS = 5, /* title, frame, separator, problem, status */
    PANE_ROWS_LEAST = 5,
};

static int clamp(int value, int least, int most)
{
    return value < least ? least : value > most ? most : value;
}

/* Columns of each pane, 0 where it is not shown. */
static void divide(int cols, enum pane focus, int width[PANE_COUNT])
{
    width[PANE_LEFT] = width[PANE_MIDDLE] = width[PANE_RIGHT] = 0;
    if (cols >= LAYOUT_THREE_PANES) {
        width[PANE_LEFT] = clamp(cols / 5, 14, 26);
        width[PANE_RIGHT] = clamp(cols * 34 / 100, 26, 64);
        width[PANE_MIDDLE] = cols - 4 - width[PANE_LEFT] - width[PANE_RIGHT];
    } else if (cols >= LAYOUT_TWO_PANES) {
        enum pane other = focus == PANE_LEFT ? PANE_LEFT : PANE_RIGHT;
        width[other] = cols * (other == PANE_LEFT ? 35 : 45) / 100;
        width[PANE_MIDDLE] = cols - 3 - width[other];
    } else {
        width[focus] = cols - 2;
    }
}

void layout_compute(struct layout *layout, int rows, int cols, enum pane focus, int bottom_rows)
{
    *layout = (struct layout){ .rows = rows, .cols = cols };
    layout->too_small = rows < LAYOUT_MIN_ROWS || cols < LAYOUT_MIN_COLS;
    layout->title = (struct area){ 0, 0, rows > 0, cols };
    if (layout->too_small)
        return;
    int inside = rows - CHROME_ROWS;
    int bottom = clamp(bottom_rows, 0, clamp(inside - PANE_ROWS_LEAST - 1, 0, rows));
    int height = bottom ? inside - bottom - 1 : inside;
    int width[PANE_COUNT], col = 1;
    divide(cols, focus, width);
    for (int pane = 0; pane < PANE_COUNT; pane++) {
        layout->pane[pane] = (struct area){ 2, col, width[pane] ? height : 0, width[pane] };
        col += width[pane] ? width[pane] + 1 : 0;
    }
    if (bottom)
        layout->bottom = (struct area){ 2 + height + 1, 1, bottom, cols - 2 };
    layout->problem = (struct area){ rows - 2, 1, 1, cols - 2 };
    layout->status = (struct area){ rows - 1, 1, 1, cols - 2 };
}

static void draw_rule(struct canvas *canvas, int row, int cols)
{
    canvas_hline(canvas, row, 0, cols, STYLE_BORDER);
    canvas_glyph(canvas, row, 0, STYLE_BORDER, GLYPH_TEE_LEFT);
    canvas_glyph(canvas, row, cols - 1, STYLE_BORDER, GLYPH_TEE_RIGHT);
}

/* The title in the upper border, and the line on the right of a pane. */
static void draw_pane_frame(struct canvas *canvas, const struct layout *layout, struct area area,
                            struct str title, bool focused)
{
    int right = area.col + area.cols, bottom = area.row + area.rows;
    enum style style = focused ? STYLE_TITLE_FOCUS : STYLE_TITLE;
    if (title.len > 0) {
        int used = canvas_put(canvas, 1, area.col + 1, area.cols - 2, style, title);
        canvas_fill(canvas, (struct area){ 1, area.col, 1, 1 }, STYLE_NORMAL);
        canvas_fill(canvas, (struct area){ 1, area.col + 1 + used, 1, 1 }, STYLE_NORMAL);
    }
    if (right < layout->cols - 1) {
        canvas_vline(canvas, area.row, right, area.rows, STYLE_BORDER);
        canvas_glyph(canvas, 1, right, STYLE_BORDER, GLYPH_TEE_TOP);
        canvas_glyph(canvas, bottom, right, STYLE_BORDER, GLYPH_TEE_BOTTOM);
    }
}

void layout_draw_frame(struct canvas *canvas, const struct layout *layout,
                       const struct str titles[PANE_COUNT], enum pane focus)
{
    if (layout->too_small)
        return;
    canvas_vline(canvas, 2, 0, layout->rows - 3, STYLE_BORDER);
    canvas_vline(canvas, 2, layout->cols - 1, layout->rows - 3, STYLE_BORDER);
    canvas_hline(canvas, 1, 0, layout->cols, STYLE_BORDER);
    canvas_glyph(canvas, 1, 0, STYLE_BORDER, GLYPH_TOP_LEFT);
    canvas_glyph(canvas, 1, layout->cols - 1, STYLE_BORDER, GLYPH_TOP_RIGHT);
    canvas_glyph(canvas, layout->rows - 1, 0, STYLE_BORDER, GLYPH_BOTTOM_LEFT);
    canvas_glyph(canvas, layout->rows - 1, layout->cols - 1, STYLE_BORDER, GLYPH_BOTTOM_RIGHT);
    draw_rule(canvas, layout->problem.row - 1, layout->cols);
    if (layout->bottom.rows)
        draw_rule(canvas, layout->bottom.row - 1, layout->cols);
    for (int pane = 0; pane < PANE_COUNT; pane++)
        if (layout->pane[pane].cols)
            draw_pane_frame(canvas, layout, layout->pane[pane], titles[pane],
                            (enum pane)pane == focus);
}

bool layout_pane_at(const struct layout *layout, int row, int col, enum pane *pane)
{
    for (int i = 0; i < PANE_COUNT; i++)
        if (area_has(layout->pane[i], row, col)) {
            *pane = (enum pane)i;
            return true;
        }
    return false;
}
