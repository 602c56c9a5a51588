/* Where everything goes, as arithmetic: no canvas, no terminal. */
#ifndef POSTFLOW_VIEW_LAYOUT_H
#define POSTFLOW_VIEW_LAYOUT_H

#include <stdbool.h>
#include "tui/term/canvas.h"

enum pane { PANE_LEFT, PANE_MIDDLE, PANE_RIGHT, PANE_COUNT };

enum {
    LAYOUT_MIN_ROWS = 12,
    LAYOUT_MIN_COLS = 40,
    LAYOUT_TWO_PANES = 60,  /* columns from which two panes stand side by side */
    LAYOUT_THREE_PANES = 76 /* and three */
};

/* Areas are insides, without the frame; an area that is not shown has no columns.
 *
 *     title                                    row 0
 *     ┌ left ┬ middle ┬ right ┐                row 1: frame with the panes' titles
 *     │      │        │       │
 *     ├──────┴────────┴───────┤                only with bottom rows
 *     │ bottom                │
 *     ├───────────────────────┤
 *     │ problem               │                one row
 *     └ status ───────────────┘                last row */
struct layout {
    int rows, cols;
    bool too_small; /* below 40 x 12: only `title` is valid, all else is empty */
    struct area title;
    struct area pane[PANE_COUNT];
    struct area bottom;
    struct area problem;
    struct area status;
};

/* `focus` is always shown; where two panes fit they are the middle and the focused one (the right
 * one when the middle has the focus). `bottom_rows` is a wish: panes keep at least five rows. */
void layout_compute(struct layout *layout, int rows, int cols, enum pane focus, int bottom_rows);
/* Draws the frame with the titles of the panes shown; the focused one is marked. */
void layout_draw_frame(struct canvas *canvas, const struct layout *layout,
                       const struct str titles[PANE_COUNT], enum pane focus);
/* Which pane a cell is in; false when in none. */
bool layout_pane_at(const struct layout *layout, int row, int col, enum pane *pane);

#endif
