#include "tui/view/suggest.h"

enum { LIST_ROWS = 8, LIST_COLS = 64, DETAIL_GAP = 2 };

void suggest_init(struct suggest *suggest, struct env *env)
{
    *suggest = (struct suggest){ .refused = SIZE_MAX, .cursor = SIZE_MAX };
    assist_init(&suggest->assist, env);
}

void suggest_release(struct suggest *suggest)
{
    assist_release(&suggest->assist);
}

void suggest_close(struct suggest *suggest)
{
    assist_forget(&suggest->assist);
    suggest->active = suggest->listed = false;
    suggest->refused = SIZE_MAX;
}

static void close_list(struct suggest *suggest)
{
    suggest->listed = false;
    suggest->cursor = SIZE_MAX;
    suggest->top = 0;
}

/* A word has begun that is not yet the one that it could become. */
static bool is_worth_a_list(const struct suggest *suggest, struct str expression, size_t cursor)
{
    const struct assist *assist = &suggest->assist;
    struct str word = str_slice(expression, assist->from, cursor);
    bool begun = word.len > 0 || (assist->from > 0 && expression.ptr[assist->from - 1] == '.');
    bool whole = assist->count == 1 && str_eq(assist->offers[0].text, word);
    return begun && assist->count > 0 && !whole && suggest->refused != assist->from;
}

void suggest_look(struct suggest *suggest, struct session *session,
                  const struct assist_place *place, struct textedit *edit)
{
    struct assist *assist = &suggest->assist;
    struct str text = buf_str(&edit->text);
    struct str expression = str_slice(text, 1, text.len);
    size_t cursor = edit->cursor > 0 ? edit->cursor - 1 : 0;
    assist_look(assist, session, place, expression, cursor);
    suggest->active = true;
    close_list(suggest);
    if (suggest->refused != assist->from)
        suggest->refused = SIZE_MAX;
    suggest->listed = edit->cursor > 0 && is_worth_a_list(suggest, expression, cursor);
    edit->mark = assist->fault == SIZE_MAX ? SIZE_MAX : assist->fault + 1;
}

static enum suggest_result take(struct suggest *suggest, struct textedit *edit, size_t row)
{
    const struct assist *assist = &suggest->assist;
    if (row >= assist->count)
        return SUGGEST_MOVED;
    enum edit_result result = textedit_replace(edit, assist->from + 1, edit->cursor,
                                               assist->offers[row].text);
    return result == EDIT_CHANGED || result == EDIT_FULL ? SUGGEST_TAKEN : SUGGEST_MOVED;
}

static enum suggest_result move(struct suggest *suggest, ptrdiff_t by)
{
    ptrdiff_t last = (ptrdiff_t) suggest->assist.count - 1;
    bool none = suggest->cursor == SIZE_MAX;
    ptrdiff_t to = none ? (by < 0 ? last : 0) : (ptrdiff_t) suggest->cursor + by;
    suggest->cursor = to < 0 ? 0 : to > last ? (size_t) last : (size_t) to;
    if (suggest->cursor < suggest->top)
        suggest->top = suggest->cursor;
    if (suggest->cursor >= suggest->top + LIST_ROWS)
        suggest->top = suggest->cursor - LIST_ROWS + 1;
    return SUGGEST_MOVED;
}

static enum suggest_result list_key(struct suggest *suggest, struct textedit *edit, struct key key)
{
    bool chosen = suggest->cursor != SIZE_MAX;
    if (key_is(key, SPECIAL_TAB))
        return take(suggest, edit, chosen ? suggest->cursor : 0);
    if (key_is(key, SPECIAL_ENTER) && chosen)
        return take(suggest, edit, suggest->cursor);
    if (key_is(key, SPECIAL_DOWN) || key_is(key, SPECIAL_UP))
        return move(suggest, key_is(key, SPECIAL_DOWN) ? 1 : -1);
    if (key_is(key, SPECIAL_PAGE_DOWN) || key_is(key, SPECIAL_PAGE_UP))
        return move(suggest, key_is(key, SPECIAL_PAGE_DOWN) ? LIST_ROWS : -LIST_ROWS);
    if (!key_is(key, SPECIAL_ESC))
        return SUGGEST_UNUSED;
    suggest->refused = suggest->assist.from;
    close_list(suggest);
    return SUGGEST_MOVED;
}

enum suggest_result suggest_key(struct suggest *suggest, struct textedit *edit, struct key key)
{
    bool tab = key_is(key, SPECIAL_TAB);
    if (!suggest->active)
        return SUGGEST_UNUSED;
    if (suggest->listed)
        return list_key(suggest, edit, key);
    if (!tab && !key_eq(key, KEY_CTRL_OF(' ')))
        return SUGGEST_UNUSED;
    if (tab && suggest->assist.count == 1)
        return take(suggest, edit, 0);
    suggest->listed = suggest->assist.count > 0 && edit->cursor > 0;
    return SUGGEST_MOVED;
}

struct str suggest_function(const struct suggest *suggest)
{
    const struct assist *assist = &suggest->assist;
    bool chosen = suggest->listed && suggest->cursor != SIZE_MAX;
    struct str text = chosen ? assist->offers[suggest->cursor].text : assist->signature;
    ptrdiff_t bracket = str_find_char(text, '(');
    return !suggest->active || bracket < 0 ? STR_NONE : str_slice(text, 0, (size_t) bracket);
}

static int smaller(int a, int b)
{
    return a < b ? a : b;
}

static void draw_offer(const struct suggest *suggest, struct canvas *canvas, struct area row,
                       size_t at)
{
    const struct assist_offer *offer = &suggest->assist.offers[at];
    bool chosen = at == suggest->cursor;
    int used = canvas_put(canvas, row.row, row.col, row.cols, STYLE_NORMAL, offer->text);
    int left = row.cols - used - DETAIL_GAP;
    if (left > 0)
        canvas_put_right(canvas, row.row, row.col + used + DETAIL_GAP, left, STYLE_DIM,
                         offer->detail);
    if (chosen)
        canvas_restyle(canvas, row, STYLE_CURSOR);
}

/* As wide as what it shows, over or under the row of the cursor. */
static struct area list_box(const struct suggest *suggest, struct canvas *canvas)
{
    const struct assist *assist = &suggest->assist;
    int wide = 0, rows = smaller((int) assist->count, LIST_ROWS);
    for (int i = 0; i < rows; i++) {
        const struct assist_offer *offer = &assist->offers[suggest->top + (size_t) i];
        int columns = canvas_columns(canvas, offer->text) + DETAIL_GAP +
                      canvas_columns(canvas, offer->detail);
        wide = columns > wide ? columns : wide;
    }
    int cols = smaller(smaller(wide, LIST_COLS) + 4, canvas->cols);
    int below = canvas->rows - canvas->cursor_row - 3, above = canvas->cursor_row;
    bool under = below >= rows + 2 || below >= above;
    rows = smaller(rows + 2, under ? below : above);
    int col = smaller(canvas->cursor_col, canvas->cols - cols);
    return (struct area){ under ? canvas->cursor_row + 1 : canvas->cursor_row - rows, col, rows,
                          cols };
}

void suggest_draw_list(const struct suggest *suggest, struct canvas *canvas)
{
    if (!suggest->active || !suggest->listed || canvas->cursor_row < 0)
        return;
    struct area box = list_box(suggest, canvas);
    if (box.rows < 3)
        return;
    canvas_fill(canvas, box, STYLE_POPUP);
    canvas_box(canvas, box, STYLE_BORDER);
    struct area inside = area_inside(box);
    size_t top = suggest->top;
    if (suggest->cursor != SIZE_MAX && suggest->cursor >= top + (size_t) inside.rows)
        top = suggest->cursor - (size_t) inside.rows + 1;
    for (int i = 0; i < inside.rows && top + (size_t) i < suggest->assist.count; i++)
        draw_offer(suggest, canvas,
                   (struct area){ inside.row + i, inside.col + 1, 1, inside.cols - 2 },
                   top + (size_t) i);
    if (top > 0)
        canvas_glyph(canvas, inside.row, inside.col + inside.cols, STYLE_DIM, GLYPH_MORE_UP);
    if (top + (size_t) inside.rows < suggest->assist.count)
        canvas_glyph(canvas, inside.row + inside.rows - 1, inside.col + inside.cols, STYLE_DIM,
                     GLYPH_MORE_DOWN);
}

void suggest_draw_signature(const struct suggest *suggest, struct canvas *canvas, struct area area)
{
    const struct assist *assist = &suggest->assist;
    if (assist->signature.len == 0) {
        canvas_put(canvas, area.row, area.col, area.cols, STYLE_KEY,
                   STR("Tab complete  Enter take  Esc leave"));
        return;
    }
    canvas_put(canvas, area.row, area.col, area.cols, STYLE_INFO, assist->signature);
    if (assist->parameter.len == 0)
        return;
    size_t before = (size_t) (assist->parameter.ptr - assist->signature.ptr);
    int from = canvas_columns(canvas, str_slice(assist->signature, 0, before));
    int columns = smaller(canvas_columns(canvas, assist->parameter), area.cols - from);
    if (columns > 0)
        canvas_restyle(canvas, (struct area){ area.row, area.col + from, 1, columns },
                       STYLE_MATCH);
}

void suggest_draw_verdict(const struct suggest *suggest, struct canvas *canvas, struct area area)
{
    const struct assist *assist = &suggest->assist;
    bool wrong = assist->fault != SIZE_MAX;
    int used = canvas_put(canvas, area.row, area.col, area.cols,
                          wrong ? STYLE_ERROR : STYLE_INFO, buf_str(&assist->verdict));
    if (assist->value.len > 0 && used + 2 < area.cols)
        canvas_putf(canvas, area.row, area.col + used + 2, area.cols - used - 2, STYLE_GOOD,
                    "now %.*s", STR_ARG(buf_str(&assist->value)));
}
