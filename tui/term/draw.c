#include "tui/term/state.h"

#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "engine/base/mem.h"

static attr_t attributes_of(uint8_t attrs)
{
    return (attrs & ATTR_BOLD ? A_BOLD : 0u) | (attrs & ATTR_DIM ? A_DIM : 0u) |
           (attrs & ATTR_UNDERLINE ? A_UNDERLINE : 0u) | (attrs & ATTR_REVERSE ? A_REVERSE : 0u);
}

static enum style_depth depth_of_terminal(bool no_color)
{
    const char *env = getenv("NO_COLOR");
    if (no_color || (env && *env) || !has_colors() || start_color() == ERR)
        return DEPTH_MONO;
    return COLORS >= 256 ? DEPTH_256 : COLORS >= 16 ? DEPTH_16 : COLORS >= 8 ? DEPTH_8 : DEPTH_MONO;
}

void draw_init(struct term *term, bool no_color)
{
    term->depth = depth_of_terminal(no_color);
    bool defaults = term->depth != DEPTH_MONO && use_default_colors() == OK;
    short next = 1, plain = 0;
    /* Back to no colour at all curses resets every attribute; back to a pair that has the colours
     * of the terminal it only sets those, seven bytes less for each coloured word. */
    if (defaults && init_pair(next, -1, -1) == OK)
        plain = next++;
    bkgdset(COLOR_PAIR(plain) | ' ');
    for (int style = 0; style < STYLE_COUNT; style++) {
        const struct style_look *look = &style_info((enum style) style)->look[term->depth];
        term->looks[style] = attributes_of(look->attrs);
        term->pairs[style] = plain;
        if (term->depth == DEPTH_MONO || (look->fg < 0 && look->bg < 0))
            continue;
        short fg = look->fg < 0 && !defaults ? COLOR_WHITE : look->fg;
        short bg = look->bg < 0 && !defaults ? COLOR_BLACK : look->bg;
        if (next < COLOR_PAIRS && init_pair(next, fg, bg) == OK)
            term->pairs[style] = next++;
    }
}

void draw_resize(struct term *term)
{
    canvas_resize(&term->shown, term->rows, term->cols);
    term->line = mem_grow(term->env, term->line, &term->line_capacity, (size_t) term->cols,
                          sizeof(term->line[0]));
    term->stale = true;
}

static void cell_text(struct term *term, const struct cell *cell, uint32_t code, cchar_t *out)
{
    wchar_t text[CELL_MARKS + 2] = { (wchar_t) code };
    int len = 1;
    for (int i = 0; i < CELL_MARKS && cell->marks[i]; i++)
        if (wcwidth((wchar_t) cell->marks[i]) == 0)
            text[len++] = (wchar_t) cell->marks[i];
    setcchar(out, text, term->looks[cell->style], term->pairs[cell->style], NULL);
}

void draw_cells(struct term *term, WINDOW *window, int row, const struct cell *cells, int from,
                int to)
{
    int count = 0;
    for (int col = from; col < to; col++) {
        const struct cell *cell = &cells[col];
        if (cell->width == 0)
            continue;
        /* Where the C library thinks otherwise of a character's width, the rest of the line would
         * be shifted on the screen: better no character than that. */
        if (wcwidth((wchar_t) cell->code) == cell->width) {
            cell_text(term, cell, cell->code, &term->line[count++]);
        } else {
            struct cell unknown = { .style = cell->style };
            for (int i = 0; i < cell->width; i++)
                cell_text(term, &unknown, '?', &term->line[count++]);
        }
    }
    mvwadd_wchnstr(window, row, from, term->line, count);
}

static bool cell_eq(const struct cell *a, const struct cell *b)
{
    return memcmp(a, b, sizeof(*a)) == 0;
}

static void draw_row(struct term *term, const struct canvas *canvas, int row, int cols)
{
    struct cell *old = &term->shown.cells[(size_t) row * (size_t) term->cols];
    const struct cell *new = &canvas->cells[(size_t) row * (size_t) canvas->cols];
    int from = 0, to = cols;
    if (!term->stale) {
        if (memcmp(old, new, (size_t) cols * sizeof(*old)) == 0)
            return;
        while (from < to && cell_eq(&old[from], &new[from]))
            from++;
        while (to > from && cell_eq(&old[to - 1], &new[to - 1]))
            to--;
        while (from > 0 && (new[from].width == 0 || old[from].width == 0))
            from--;
        while (to < cols && (new[to].width == 0 || old[to].width == 0))
            to++;
    }
    draw_cells(term, stdscr, row, new, from, to);
    memcpy(&old[from], &new[from], (size_t) (to - from) * sizeof(*old));
}

static void place_cursor(const struct canvas *canvas)
{
    bool seen = canvas->cursor_row >= 0;
    curs_set(seen);
    leaveok(stdscr, !seen);
    if (seen)
        wmove(stdscr, canvas->cursor_row, canvas->cursor_col);
}

void term_draw(struct term *term, struct canvas *canvas)
{
    if (term->gone)
        return;
    int rows = canvas->rows < term->rows ? canvas->rows : term->rows;
    int cols = canvas->cols < term->cols ? canvas->cols : term->cols;
    if (term->stale) {
        werase(stdscr);
        canvas_clear(&term->shown);
        clearok(stdscr, TRUE);
    }
    if (!term->stale && term->input.margins)
        shift_rows(term, canvas);
    for (int row = 0; row < rows && cols > 0; row++)
        draw_row(term, canvas, row, cols);
    term->stale = false;
    place_cursor(canvas);
    wnoutrefresh(stdscr);
    doupdate();
}
