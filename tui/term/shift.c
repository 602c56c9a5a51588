#include "tui/term/state.h"

#include <stdio.h>
#include <string.h>

/* Curses moves whole rows only. A pane between panes scrolls by left and right margins: the
 * terminal is told behind curses' back, then curses what its screen shows now. */

enum { SHIFT_MOST = 3 };

static struct cell *shown_at(struct term *term, int row, int col)
{
    return &term->shown.cells[(size_t) row * (size_t) term->cols + (size_t) col];
}

static const struct cell *wanted_at(const struct canvas *canvas, int row, int col)
{
    return &canvas->cells[(size_t) row * (size_t) canvas->cols + (size_t) col];
}

static bool row_eq(const struct cell *a, const struct cell *b, int cols)
{
    return memcmp(a, b, (size_t) cols * sizeof(*a)) == 0;
}

/* No wide character across the left or right edge, before or after. */
static bool edges_clean(struct term *term, struct area area)
{
    int right = area.col + area.cols;
    for (int row = area.row; row < area.row + area.rows; row++)
        if (shown_at(term, row, area.col)->width == 0 ||
            (right < term->cols && shown_at(term, row, right)->width == 0))
            return false;
    return true;
}

/* How many rows would be right after moving everything up by `by`, less those right as they are. */
static int gain(struct term *term, const struct canvas *canvas, struct area area, int by)
{
    int gained = 0;
    for (int row = 0; row < area.rows; row++) {
        const struct cell *want = wanted_at(canvas, area.row + row, area.col);
        int from = row + by;
        gained += from >= 0 && from < area.rows &&
                  row_eq(want, shown_at(term, area.row + from, area.col), area.cols);
        gained -= row_eq(want, shown_at(term, area.row + row, area.col), area.cols);
    }
    return gained;
}

static void move_shown(struct term *term, struct area area, int by)
{
    static const struct cell blank = { .code = ' ', .width = 1 };
    size_t bytes = (size_t) area.cols * sizeof(struct cell);
    for (int i = 0; i < area.rows; i++) {
        int row = by > 0 ? i : area.rows - 1 - i, from = row + by;
        struct cell *to = shown_at(term, area.row + row, area.col);
        if (from >= 0 && from < area.rows) {
            memcpy(to, shown_at(term, area.row + from, area.col), bytes);
        } else {
            for (int col = 0; col < area.cols; col++)
                to[col] = blank;
        }
    }
}

/* SU and SD within margins. Setting margins puts the cursor into the corner: curses puts it there
 * before, so that it knows. (Not DECSC: leaving the alternate screen uses the same memory.) */
static void move_on_terminal(struct term *term, struct area area, int by)
{
    char text[96];
    leaveok(stdscr, FALSE);
    wmove(stdscr, 0, 0);
    wnoutrefresh(stdscr);
    doupdate();
    int len = snprintf(text, sizeof(text), "%s\033[%d;%ds\033[%d;%dr\033[%d%c\033[s\033[r",
                       term->margins_on ? "" : "\033[?69h", area.col + 1, area.col + area.cols,
                       area.row + 1, area.row + area.rows, by < 0 ? -by : by, by < 0 ? 'T' : 'S');
    term->margins_on = true;
    term_write(term, (struct str){ text, (size_t) len });
}

/* What curses takes for shown, and what it shall show: moved alike. */
static void tell_curses(struct area area, int by)
{
    WINDOW *const screens[] = { curscr, stdscr };
    for (size_t i = 0; i < sizeof(screens) / sizeof(screens[0]); i++) {
        WINDOW *window = derwin(screens[i], area.rows, area.cols, area.row, area.col);
        if (!window)
            continue;
        scrollok(window, TRUE);
        wscrl(window, by);
        wsyncup(window);
        delwin(window);
    }
}

static void shift_area(struct term *term, const struct canvas *canvas, struct area area)
{
    int best = 0, most = area.rows / 4;
    for (int by = -SHIFT_MOST; by <= SHIFT_MOST; by++) {
        int gained = by ? gain(term, canvas, area, by) : 0;
        if (gained > most) {
            most = gained;
            best = by;
        }
    }
    if (best == 0 || !edges_clean(term, area))
        return;
    move_on_terminal(term, area, best);
    move_shown(term, area, best);
    tell_curses(area, best);
}

void shift_rows(struct term *term, const struct canvas *canvas)
{
    for (int i = 0; i < canvas->scroll_count; i++) {
        struct area area = canvas->scrolls[i];
        bool fits = area.row + area.rows <= term->rows && area.col + area.cols <= term->cols;
        if (fits && area.cols < term->cols) /* curses itself moves whole rows */
            shift_area(term, canvas, area);
    }
}
