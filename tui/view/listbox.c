#include "tui/view/listbox.h"

#include "engine/base/mem.h"

enum { FILTER_LENGTH = 200, DETAIL_GAP = 2, DETAIL_LEAST = 4 };

void listbox_init(struct listbox *list, struct env *env, bool filterable, list_row_fn *row,
                  void *context)
{
    *list = (struct listbox){ .env = env, .filterable = filterable, .row = row,
                              .context = context };
    textedit_init(&list->filter, env, false, FILTER_LENGTH);
}

void listbox_release(struct listbox *list)
{
    textedit_release(&list->filter);
    mem_free(list->env, list->shown);
    list->shown = NULL;
}

static size_t visible_count(const struct listbox *list)
{
    return list->filtered ? list->shown_count : list->count;
}

static size_t index_of(const struct listbox *list, size_t row)
{
    return list->filtered ? list->shown[row] : row;
}

static struct list_row row_at(struct listbox *list, size_t row)
{
    struct list_row out = { .style = STYLE_NORMAL };
    list->row(list->context, index_of(list, row), &out);
    return out;
}

/* Moves off a heading, onwards in the direction, else back. */
static void leave_heading(struct listbox *list, long direction)
{
    for (int turn = 0; turn < 2; turn++, direction = -direction) {
        size_t row = list->scroll.cursor;
        while (row < list->scroll.count && row_at(list, row).heading)
            row += (size_t)direction; /* below 0 wraps beyond the count */
        if (row < list->scroll.count) {
            scroll_to(&list->scroll, row);
            /* The heading of the first row in the window is shown with it. */
            if (row > 0 && row == list->scroll.top && list->scroll.page > 1 &&
                row_at(list, row - 1).heading)
                list->scroll.top--;
            return;
        }
    }
}

static void refresh(struct listbox *list)
{
    struct str wanted = buf_str(&list->filter.text);
    list->filtered = wanted.len > 0;
    list->shown_count = 0;
    for (size_t i = 0; list->filtered && i < list->count; i++) {
        struct list_row row = { .style = STYLE_NORMAL };
        list->row(list->context, i, &row);
        if (row.heading || !(str_contains_nocase(row.text, wanted) ||
                             str_contains_nocase(row.detail, wanted)))
            continue;
        list->shown = mem_grow(list->env, list->shown, &list->shown_capacity,
                               list->shown_count + 1, sizeof(list->shown[0]));
        list->shown[list->shown_count++] = (uint32_t)i;
    }
    scroll_fit(&list->scroll, visible_count(list), list->scroll.page);
    leave_heading(list, 1);
}

void listbox_set_count(struct listbox *list, size_t count)
{
    list->count = count;
    refresh(list);
}

void listbox_clear_filter(struct listbox *list)
{
    size_t current = listbox_current(list);
    textedit_set(&list->filter, STR_NONE);
    refresh(list);
    if (current != SIZE_MAX)
        listbox_select(list, current);
}

void listbox_select(struct listbox *list, size_t index)
{
    size_t low = 0, high = list->shown_count; /* the rows shown are in order */
    if (!list->filtered) {
        scroll_reveal(&list->scroll, index);
        return;
    }
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (list->shown[middle] < index)
            low = middle + 1;
        else
            high = middle;
    }
    if (low < list->shown_count && list->shown[low] == index)
        scroll_reveal(&list->scroll, low);
}

size_t listbox_current(struct listbox *list)
{
    if (list->scroll.cursor >= visible_count(list) || row_at(list, list->scroll.cursor).heading)
        return SIZE_MAX;
    return index_of(list, list->scroll.cursor);
}

/* Of what the filter leaves: the row that is what was typed, else the first that begins with it. */
static size_t best_match(struct listbox *list)
{
    struct str wanted = buf_str(&list->filter.text);
    size_t best = 0;
    for (size_t i = list->shown_count; i-- > 0;) {
        struct str text = row_at(list, i).text;
        if (str_eq_nocase(text, wanted))
            return i;
        if (text.len > wanted.len && str_eq_nocase(str_slice(text, 0, wanted.len), wanted))
            best = i;
    }
    return best;
}

static void filter_changed(struct listbox *list)
{
    list->scroll.cursor = list->scroll.top = 0;
    refresh(list);
    if (list->filtered)
        scroll_to(&list->scroll, best_match(list));
}

void listbox_paste(struct listbox *list, struct str text)
{
    if (list->filterable && textedit_paste(&list->filter, text) == EDIT_CHANGED)
        filter_changed(list);
}

static enum list_result edit_filter(struct listbox *list, struct key key)
{
    bool empty = list->filter.text.len == 0;
    if (!list->filterable || (empty && !key_is_text(key)))
        return LIST_UNUSED;
    switch (textedit_key(&list->filter, key)) {
    case EDIT_CHANGED:
        filter_changed(list);
        return LIST_FILTERED;
    case EDIT_UNUSED:
        return LIST_UNUSED;
    default:
        return LIST_MOVED;
    }
}

enum list_result listbox_key(struct listbox *list, struct key key)
{
    if (key_is(key, SPECIAL_ENTER))
        return listbox_current(list) == SIZE_MAX ? LIST_MOVED : LIST_CHOSEN;
    if (key_is(key, SPECIAL_ESC)) {
        if (!list->filtered)
            return LIST_CANCELLED;
        listbox_clear_filter(list);
        return LIST_FILTERED;
    }
    size_t before = list->scroll.cursor;
    if ((!list->filterable || key.code >= SPECIAL_FIRST) &&
        scroll_key(&list->scroll, key, !list->filterable)) {
        leave_heading(list, list->scroll.cursor < before ? -1 : 1);
        return LIST_MOVED;
    }
    return edit_filter(list, key);
}

static bool has_filter_line(const struct listbox *list, bool focused)
{
    return list->filtered || (list->filterable && focused);
}

enum list_result listbox_click(struct listbox *list, struct area area, int row)
{
    int filter_rows = area.rows - list->scroll.page;
    int line = row - area.row - filter_rows;
    if (line < 0 || line >= list->scroll.page)
        return LIST_UNUSED;
    size_t wanted = list->scroll.top + (size_t)line;
    if (wanted >= visible_count(list) || row_at(list, wanted).heading)
        return LIST_UNUSED;
    if (wanted == list->scroll.cursor)
        return LIST_CHOSEN;
    scroll_to(&list->scroll, wanted);
    return LIST_MOVED;
}

static void draw_row(struct canvas *canvas, struct area line, const struct list_row *row)
{
    enum style style = row->heading ? STYLE_HEADING : row->style;
    int col = line.col + row->indent, width = line.cols - row->indent;
    int used = canvas_put(canvas, line.row, col, width, style, row->text);
    int room = width - used - DETAIL_GAP;
    if (row->detail.len > 0 && room >= DETAIL_LEAST)
        canvas_put_right(canvas, line.row, col + used + DETAIL_GAP, room, STYLE_DIM, row->detail);
}

static void draw_filter(struct listbox *list, struct canvas *canvas, struct area area, bool focused)
{
    canvas_put(canvas, area.row, area.col, 1, STYLE_DIM, STR("/"));
    struct area field = { area.row, area.col + 1, 1, area.cols - 1 };
    textedit_draw(&list->filter, canvas, field, STYLE_FIELD, focused);
}

void listbox_draw(struct listbox *list, struct canvas *canvas, struct area area, bool focused)
{
    if (has_filter_line(list, focused) && area.rows > 0) {
        draw_filter(list, canvas, area, focused);
        area.row++;
        area.rows--;
    }
    scroll_fit(&list->scroll, visible_count(list), area.rows);
    for (int i = 0; i < area.rows; i++) {
        size_t row = list->scroll.top + (size_t)i;
        struct area line = { area.row + i, area.col, 1, area.cols };
        if (row >= visible_count(list))
            break;
        struct list_row content = row_at(list, row);
        draw_row(canvas, line, &content);
        if (row == list->scroll.cursor && !content.heading)
            canvas_restyle(canvas, line, focused ? STYLE_CURSOR : STYLE_CURSOR_OFF);
    }
    if (list->filtered && visible_count(list) == 0)
        canvas_put(canvas, area.row, area.col, area.cols, STYLE_DIM, STR("nothing matches"));
    canvas_scrolls(canvas, area);
}
