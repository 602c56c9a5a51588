/* The grid of cells everything is painted into. Knows no terminal, so every screen can be tested
 * and printed as text. Nothing writes outside the grid: every call clips. Rows and columns count
 * from 0, may be negative or too large. */
#ifndef POSTFLOW_TERM_CANVAS_H
#define POSTFLOW_TERM_CANVAS_H

#include <stdbool.h>
#include <stdint.h>
#include "engine/base/str.h"
#include "tui/term/style.h"

enum { CELL_MARKS = 4 }; /* combining marks kept on a character; what curses can show */

struct cell {
    uint32_t code;              /* never a control; 0 in the right half of a wide character */
    uint32_t marks[CELL_MARKS]; /* 0 where there is none */
    uint8_t width;              /* 1, 2; 0 in the right half of a wide character */
    uint8_t style;              /* enum style */
    uint8_t zero[2];            /* so that cells compare by bytes */
};

/* A rectangle of the grid; no rows or no columns: nothing. */
struct area {
    int row, col, rows, cols;
};

enum { CANVAS_SCROLLS = 4 };

struct canvas {
    struct env *env;
    int rows, cols;
    struct cell *cells; /* rows * cols */
    size_t capacity;
    struct area scrolls[CANVAS_SCROLLS]; /* hints of canvas_scrolls */
    int scroll_count;
    int cursor_row, cursor_col; /* where the terminal's cursor is shown; row -1: hidden */
    bool utf8;                  /* false: ASCII marks and '?' for what is not ASCII */
    struct buf shown;           /* the filter's output, reused */
};

void canvas_init(struct canvas *canvas, struct env *env, bool utf8);
void canvas_release(struct canvas *canvas);
/* New size, 0 at least each; the content is gone. */
void canvas_resize(struct canvas *canvas, int rows, int cols);
/* Blank, STYLE_NORMAL, cursor hidden. */
void canvas_clear(struct canvas *canvas);
struct area canvas_area(const struct canvas *canvas);
/* Never NULL: outside the grid it gives a blank cell. */
const struct cell *canvas_cell(const struct canvas *canvas, int row, int col);

/* All text goes through the filter of engine/base/utf8.h (controls, bidi and invalid bytes are
 * made visible); newlines become ^J. Text is cut at `width` columns with an ellipsis. Returns the
 * columns used, at most `width`. */
int canvas_put(struct canvas *canvas, int row, int col, int width, enum style style, struct str s);
/* The rest of `width` is filled with blanks of the style. */
void canvas_put_padded(struct canvas *canvas, int row, int col, int width, enum style style,
                       struct str s);
/* Right aligned in `width`; too long: as canvas_put. */
void canvas_put_right(struct canvas *canvas, int row, int col, int width, enum style style,
                      struct str s);
/* Leaves out the first `skip` columns; no ellipsis, cut at `width`. For scrolled text. */
int canvas_put_from(struct canvas *canvas, int row, int col, int width, enum style style,
                    struct str s, int skip);
/* For our own labels; printf into the same filter. */
__attribute__((format(printf, 6, 7))) int canvas_putf(struct canvas *canvas, int row, int col,
                                                      int width, enum style style,
                                                      const char *format, ...);
/* Columns the text takes once filtered. */
int canvas_columns(struct canvas *canvas, struct str s);

/* Moves the area's rows up by `by` (negative: down); the rows that come free keep what they had. */
void canvas_move_rows(struct canvas *canvas, struct area area, int by);
void canvas_fill(struct canvas *canvas, struct area area, enum style style);
/* Changes the style of cells, leaves their text. */
void canvas_restyle(struct canvas *canvas, struct area area, enum style style);

enum glyph {
#define GLYPH(name, utf8, ascii) GLYPH_##name,
#include "tui/term/glyphs.def"
#undef GLYPH
    GLYPH_COUNT
};
/* One column each; ASCII where the canvas is. */
void canvas_glyph(struct canvas *canvas, int row, int col, enum style style, enum glyph glyph);
/* The glyph as text, for rows that are put together first. */
struct str canvas_glyph_text(const struct canvas *canvas, enum glyph glyph);

/* The border lies inside `area`; the inside is left as it is. */
void canvas_box(struct canvas *canvas, struct area area, enum style style);
/* `cols` (`rows`) cells of a line; ends and crossings are the caller's (canvas_glyph). */
void canvas_hline(struct canvas *canvas, int row, int col, int cols, enum style style);
void canvas_vline(struct canvas *canvas, int row, int col, int rows, enum style style);
/* The area without a border of one cell. */
struct area area_inside(struct area area);
/* A `rows` x `cols` area in the middle of `within`, cut to fit. */
struct area area_centred(struct area within, int rows, int cols);
bool area_has(struct area area, int row, int col);

/* A hint, until the next clear: rows in this area may be found again some rows higher or lower, so
 * that a terminal with margins can move them. Widgets give it for their own area. */
void canvas_scrolls(struct canvas *canvas, struct area area);

/* Cursor of the terminal; outside the grid: hidden. */
void canvas_set_cursor(struct canvas *canvas, int row, int col);

/* The screen as text: one line a row, blanks at the end of lines left out, every line with its
 * newline. */
void canvas_dump(struct canvas *canvas, struct buf *out);
/* The same shape with each cell's style letter, '.' for normal; '.' at the end left out. */
void canvas_dump_styles(struct canvas *canvas, struct buf *out);

#endif
