#include "tui/view/textview.h"

#include "engine/base/mem.h"
#include "tui/view/wrap.h"

void textview_init(struct textview *view, struct env *env)
{
    *view = (struct textview){ .env = env };
}

void textview_release(struct textview *view)
{
    mem_free(view->env, view->rows);
    *view = (struct textview){ .env = view->env };
}

void textview_set(struct textview *view, struct str text)
{
    view->text = str_slice(text, 0, text.len < UINT32_MAX ? text.len : UINT32_MAX);
    view->width = 0;
    view->count = 0;
    view->scroll = (struct scroll){ .page = view->scroll.page };
}

static void add_row(struct textview *view, struct str row, bool heading)
{
    view->rows = mem_grow(view->env, view->rows, &view->capacity, view->count + 1,
                          sizeof(view->rows[0]));
    size_t from = row.len ? (size_t)(row.ptr - view->text.ptr) : 0;
    view->rows[view->count++] = (struct textview_row){ (uint32_t)from,
                                                       (uint32_t)(from + row.len), heading };
}

static void add_line(struct textview *view, struct str line)
{
    struct str row;
    bool heading = str_starts(line, STR("# "));
    if (heading)
        line = str_slice(line, 2, line.len);
    if (line.len == 0 || line.ptr[0] == ' ') {
        add_row(view, line, heading);
        return;
    }
    while (wrap_next(&line, view->width, &row))
        add_row(view, row, heading);
}

static void wrap_all(struct textview *view, int width)
{
    struct str rest = view->text;
    view->width = width;
    view->count = 0;
    while (rest.len > 0) {
        ptrdiff_t end = str_find_char(rest, '\n');
        size_t to = end < 0 ? rest.len : (size_t)end;
        add_line(view, str_slice(rest, 0, to));
        rest = str_slice(rest, to + (end >= 0), rest.len);
    }
}

/* There is no cursor: it goes along with the window. */
bool textview_key(struct textview *view, struct key key)
{
    struct scroll *scroll = &view->scroll;
    if (key_is(key, SPECIAL_UP) || key_is(key, 'k'))
        scroll_window(scroll, -1);
    else if (key_is(key, SPECIAL_DOWN) || key_is(key, 'j') || key_is(key, SPECIAL_ENTER))
        scroll_window(scroll, 1);
    else if (key_is(key, ' '))
        scroll_window(scroll, scroll->page);
    else if (key_is(key, 'b'))
        scroll_window(scroll, -scroll->page);
    else
        return scroll_key(scroll, key, true);
    return true;
}

void textview_draw(struct textview *view, struct canvas *canvas, struct area area)
{
    if (area.cols <= 0 || area.rows <= 0)
        return;
    if (view->width != area.cols)
        wrap_all(view, area.cols);
    scroll_fit(&view->scroll, view->count, area.rows);
    for (int i = 0; i < area.rows && view->scroll.top + (size_t)i < view->count; i++) {
        const struct textview_row *row = &view->rows[view->scroll.top + (size_t)i];
        canvas_put(canvas, area.row + i, area.col, area.cols,
                   row->heading ? STYLE_HEADING : STYLE_NORMAL,
                   str_slice(view->text, row->from, row->to));
    }
    canvas_scrolls(canvas, area);
}
