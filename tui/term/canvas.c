#include "tui/term/canvas.h"

#include <stdio.h>
#include <string.h>

#include "engine/base/mem.h"
#include "engine/base/utf8.h"

static const struct cell blank = { .code = ' ', .width = 1 };

static const struct {
    const char *utf8;
    char ascii[2];
} glyphs[GLYPH_COUNT] = {
#define GLYPH(name, utf8, ascii) { utf8, ascii },
#include "tui/term/glyphs.def"
#undef GLYPH
};

void canvas_init(struct canvas *canvas, struct env *env, bool utf8)
{
    *canvas = (struct canvas){ .env = env, .utf8 = utf8, .cursor_row = -1 };
    buf_init(&canvas->shown, env);
}

void canvas_release(struct canvas *canvas)
{
    mem_free(canvas->env, canvas->cells);
    buf_release(&canvas->shown);
    *canvas = (struct canvas){ .env = canvas->env };
}

void canvas_resize(struct canvas *canvas, int rows, int cols)
{
    canvas->rows = rows > 0 ? rows : 0;
    canvas->cols = cols > 0 ? cols : 0;
    size_t need = (size_t)canvas->rows * (size_t)canvas->cols;
    canvas->cells = mem_grow(canvas->env, canvas->cells, &canvas->capacity, need,
                             sizeof(struct cell));
    canvas_clear(canvas);
}

void canvas_clear(struct canvas *canvas)
{
    size_t count = (size_t)canvas->rows * (size_t)canvas->cols;
    for (size_t i = 0; i < count; i++)
        canvas->cells[i] = blank;
    canvas->cursor_row = -1;
    canvas->cursor_col = 0;
    canvas->scroll_count = 0;
}

struct area canvas_area(const struct canvas *canvas)
{
    return (struct area){ 0, 0, canvas->rows, canvas->cols };
}

static struct cell *cell_at(const struct canvas *canvas, int row, int col)
{
    if (row < 0 || row >= canvas->rows || col < 0 || col >= canvas->cols)
        return NULL;
    return &canvas->cells[(size_t)row * (size_t)canvas->cols + (size_t)col];
}

const struct cell *canvas_cell(const struct canvas *canvas, int row, int col)
{
    const struct cell *cell = cell_at(canvas, row, col);
    return cell ? cell : &blank;
}

/* What overwrites one half of a wide character leaves a blank in the other. */
static void split_wide(struct canvas *canvas, int row, int col)
{
    struct cell *cell = cell_at(canvas, row, col);
    struct cell *other = NULL;
    if (cell && cell->width == 2)
        other = cell_at(canvas, row, col + 1);
    else if (cell && cell->width == 0)
        other = cell_at(canvas, row, col - 1);
    if (!other)
        return;
    uint8_t styles[2] = { cell->style, other->style };
    *cell = *other = blank;
    cell->style = styles[0];
    other->style = styles[1];
}

static void set_cell(struct canvas *canvas, int row, int col, enum style style, uint32_t code,
                     int width)
{
    struct cell *cell = cell_at(canvas, row, col);
    if (!cell)
        return;
    if (cell->width != 1)
        split_wide(canvas, row, col);
    struct cell *right = width == 2 ? cell_at(canvas, row, col + 1) : NULL;
    if (right && right->width != 1)
        split_wide(canvas, row, col + 1);
    *cell = blank;
    cell->style = (uint8_t)style;
    if (width == 2 && !right)
        return; /* a wide character does not fit into the last column */
    cell->code = code;
    cell->width = (uint8_t)width;
    if (right)
        *right = (struct cell){ .style = (uint8_t)style };
}

static void add_mark(struct canvas *canvas, int row, int col, uint32_t mark)
{
    struct cell *cell = cell_at(canvas, row, col);
    if (cell && cell->width == 0)
        cell = cell_at(canvas, row, col - 1);
    for (int i = 0; cell && i < CELL_MARKS; i++)
        if (cell->marks[i] == 0) {
            cell->marks[i] = mark;
            return;
        }
}

static bool printable_ascii(struct str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (s.ptr[i] < ' ' || s.ptr[i] > '~')
            return false;
    return true;
}

/* Text as it may be shown. Printable ASCII is what the filter leaves alone, and most of all. No
 * more than about `columns` of it is looked at: a cell of a table may hold a megabyte. */
static struct str filtered(struct canvas *canvas, struct str s, int columns)
{
    /* A column takes at most a character and eight marks; anything behind is cut by the caller. */
    size_t most = columns < 0 ? s.len : ((size_t)columns + 2) * 9 * 4;
    if (s.len > most) {
        size_t to = most;
        while (to > 0 && ((unsigned char)s.ptr[to] & 0xC0) == 0x80 && most - to < 4)
            to--;
        s = str_slice(s, 0, to);
    }
    if (printable_ascii(s))
        return s;
    buf_clear(&canvas->shown);
    buf_add_shown(&canvas->shown, s, false);
    return buf_str(&canvas->shown);
}

struct pen {
    struct canvas *canvas;
    int row, col;   /* where column 0 of the window is */
    int skip;       /* columns of the text left out */
    int width;      /* columns of the window */
    enum style style;
};

/* Paints filtered text into the window; returns the columns the whole text takes up to the end of
 * the window, at most one character more. */
static int paint(const struct pen *pen, struct str text)
{
    int x = -pen->skip, last = -1;
    for (size_t at = 0; at < text.len && x <= pen->width;) {
        uint32_t code = utf8_next(text, &at);
        int columns = utf8_width(code);
        if (!pen->canvas->utf8 && code > '~')
            code = '?';
        if (columns == 0) {
            if (last >= 0 && pen->canvas->utf8)
                add_mark(pen->canvas, pen->row, pen->col + last, code);
            continue;
        }
        last = -1;
        if (x >= 0 && x + columns <= pen->width) {
            if (code == '?' && columns == 2) { /* stands for a wide character in ASCII */
                set_cell(pen->canvas, pen->row, pen->col + x, pen->style, '?', 1);
                set_cell(pen->canvas, pen->row, pen->col + x + 1, pen->style, '?', 1);
            } else {
                set_cell(pen->canvas, pen->row, pen->col + x, pen->style, code, columns);
                last = x;
            }
        } else { /* half of a wide character at an edge */
            for (int i = x < 0 ? 0 : x; i < x + columns && i < pen->width; i++)
                set_cell(pen->canvas, pen->row, pen->col + i, pen->style, ' ', 1);
        }
        x += columns;
    }
    return x;
}

int canvas_put(struct canvas *canvas, int row, int col, int width, enum style style, struct str s)
{
    if (width <= 0)
        return 0;
    struct pen pen = { canvas, row, col, 0, width, style };
    int used = paint(&pen, filtered(canvas, s, width));
    if (used <= width)
        return used;
    canvas_glyph(canvas, row, col + width - 1, style, GLYPH_ELLIPSIS);
    return width;
}

void canvas_put_padded(struct canvas *canvas, int row, int col, int width, enum style style,
                       struct str s)
{
    int used = canvas_put(canvas, row, col, width, style, s);
    canvas_fill(canvas, (struct area){ row, col + used, 1, width - used }, style);
}

void canvas_put_right(struct canvas *canvas, int row, int col, int width, enum style style,
                      struct str s)
{
    int columns = canvas_columns(canvas, s);
    int shift = columns < width ? width - columns : 0;
    canvas_put(canvas, row, col + shift, width - shift, style, s);
}

int canvas_put_from(struct canvas *canvas, int row, int col, int width, enum style style,
                    struct str s, int skip)
{
    if (width <= 0)
        return 0;
    struct pen pen = { canvas, row, col, skip > 0 ? skip : 0, width, style };
    int used = paint(&pen, filtered(canvas, s, pen.skip + width));
    return used < 0 ? 0 : used > width ? width : used;
}

int canvas_putf(struct canvas *canvas, int row, int col, int width, enum style style,
                const char *format, ...)
{
    char text[512];
    va_list args;
    va_start(args, format);
    int len = vsnprintf(text, sizeof(text), format, args);
    va_end(args);
    if (len < 0)
        return 0;
    size_t used = (size_t)len < sizeof(text) ? (size_t)len : sizeof(text) - 1;
    return canvas_put(canvas, row, col, width, style, (struct str){ text, used });
}

int canvas_columns(struct canvas *canvas, struct str s)
{
    return utf8_columns(filtered(canvas, s, -1));
}

/* The part of an area that lies in the grid. */
static struct area clipped(const struct canvas *canvas, struct area area)
{
    struct area out = area;
    if (out.row < 0) {
        out.rows += out.row;
        out.row = 0;
    }
    if (out.col < 0) {
        out.cols += out.col;
        out.col = 0;
    }
    if (out.rows > canvas->rows - out.row)
        out.rows = canvas->rows - out.row;
    if (out.cols > canvas->cols - out.col)
        out.cols = canvas->cols - out.col;
    return out;
}

void canvas_scrolls(struct canvas *canvas, struct area area)
{
    area = clipped(canvas, area);
    if (area.rows > 1 && area.cols > 0 && canvas->scroll_count < CANVAS_SCROLLS)
        canvas->scrolls[canvas->scroll_count++] = area;
}

void canvas_move_rows(struct canvas *canvas, struct area area, int by)
{
    area = clipped(canvas, area);
    for (int i = 0; i < area.rows && area.cols > 0; i++) {
        int row = by > 0 ? i : area.rows - 1 - i, from = row + by;
        if (from < 0 || from >= area.rows)
            continue;
        memcpy(cell_at(canvas, area.row + row, area.col),
               cell_at(canvas, area.row + from, area.col),
               (size_t)area.cols * sizeof(struct cell));
    }
}

void canvas_fill(struct canvas *canvas, struct area area, enum style style)
{
    area = clipped(canvas, area);
    for (int row = area.row; row < area.row + area.rows; row++)
        for (int col = area.col; col < area.col + area.cols; col++)
            set_cell(canvas, row, col, style, ' ', 1);
}

void canvas_restyle(struct canvas *canvas, struct area area, enum style style)
{
    area = clipped(canvas, area);
    for (int row = area.row; row < area.row + area.rows; row++)
        for (int col = area.col; col < area.col + area.cols; col++)
            cell_at(canvas, row, col)->style = (uint8_t)style;
}

struct str canvas_glyph_text(const struct canvas *canvas, enum glyph glyph)
{
    BUG_ON((unsigned)glyph >= GLYPH_COUNT);
    return str_of(canvas->utf8 ? glyphs[glyph].utf8 : glyphs[glyph].ascii);
}

void canvas_glyph(struct canvas *canvas, int row, int col, enum style style, enum glyph glyph)
{
    size_t at = 0;
    set_cell(canvas, row, col, style, utf8_next(canvas_glyph_text(canvas, glyph), &at), 1);
}

void canvas_hline(struct canvas *canvas, int row, int col, int cols, enum style style)
{
    for (int i = 0; i < cols; i++)
        canvas_glyph(canvas, row, col + i, style, GLYPH_HLINE);
}

void canvas_vline(struct canvas *canvas, int row, int col, int rows, enum style style)
{
    for (int i = 0; i < rows; i++)
        canvas_glyph(canvas, row + i, col, style, GLYPH_VLINE);
}

void canvas_box(struct canvas *canvas, struct area area, enum style style)
{
    int bottom = area.row + area.rows - 1, right = area.col + area.cols - 1;
    if (area.rows < 2 || area.cols < 2)
        return;
    canvas_hline(canvas, area.row, area.col, area.cols, style);
    canvas_hline(canvas, bottom, area.col, area.cols, style);
    canvas_vline(canvas, area.row, area.col, area.rows, style);
    canvas_vline(canvas, area.row, right, area.rows, style);
    canvas_glyph(canvas, area.row, area.col, style, GLYPH_TOP_LEFT);
    canvas_glyph(canvas, area.row, right, style, GLYPH_TOP_RIGHT);
    canvas_glyph(canvas, bottom, area.col, style, GLYPH_BOTTOM_LEFT);
    canvas_glyph(canvas, bottom, right, style, GLYPH_BOTTOM_RIGHT);
}

struct area area_inside(struct area area)
{
    struct area inside = { area.row + 1, area.col + 1, area.rows - 2, area.cols - 2 };
    if (inside.rows < 0)
        inside.rows = 0;
    if (inside.cols < 0)
        inside.cols = 0;
    return inside;
}

struct area area_centred(struct area within, int rows, int cols)
{
    rows = rows < within.rows ? rows : within.rows;
    cols = cols < within.cols ? cols : within.cols;
    return (struct area){ within.row + (within.rows - rows) / 2,
                          within.col + (within.cols - cols) / 2, rows, cols };
}

bool area_has(struct area area, int row, int col)
{
    return row >= area.row && row < area.row + area.rows && col >= area.col &&
           col < area.col + area.cols;
}

void canvas_set_cursor(struct canvas *canvas, int row, int col)
{
    bool inside = area_has(canvas_area(canvas), row, col);
    canvas->cursor_row = inside ? row : -1;
    canvas->cursor_col = inside ? col : 0;
}

static void dump_cell(struct buf *out, const struct cell *cell)
{
    if (cell->width == 0)
        return;
    buf_add_code(out, cell->code);
    for (int i = 0; i < CELL_MARKS && cell->marks[i]; i++)
        buf_add_code(out, cell->marks[i]);
}

static bool is_blank(const struct cell *cell)
{
    return cell->code == ' ' && cell->marks[0] == 0;
}

void canvas_dump(struct canvas *canvas, struct buf *out)
{
    for (int row = 0; row < canvas->rows; row++) {
        int end = canvas->cols;
        while (end > 0 && is_blank(canvas_cell(canvas, row, end - 1)))
            end--;
        for (int col = 0; col < end; col++)
            dump_cell(out, canvas_cell(canvas, row, col));
        buf_add_char(out, '\n');
    }
}

void canvas_dump_styles(struct canvas *canvas, struct buf *out)
{
    for (int row = 0; row < canvas->rows; row++) {
        int end = canvas->cols;
        while (end > 0 && canvas_cell(canvas, row, end - 1)->style == STYLE_NORMAL)
            end--;
        for (int col = 0; col < end; col++)
            buf_add_char(out, style_info(canvas_cell(canvas, row, col)->style)->letter);
        buf_add_char(out, '\n');
    }
}
