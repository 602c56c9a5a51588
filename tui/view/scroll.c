#include "tui/view/scroll.h"

static size_t last_top(const struct scroll *scroll)
{
    size_t page = scroll->page > 0 ? (size_t)scroll->page : 1;
    return scroll->count > page ? scroll->count - page : 0;
}

static void into_range(struct scroll *scroll)
{
    size_t page = (size_t)scroll->page;
    if (scroll->cursor >= scroll->count)
        scroll->cursor = scroll->count ? scroll->count - 1 : 0;
    if (scroll->cursor < scroll->top)
        scroll->top = scroll->cursor;
    if (scroll->page <= 0) /* not drawn yet: the window is unknown */
        return;
    if (scroll->cursor >= scroll->top + page)
        scroll->top = scroll->cursor - page + 1;
    if (scroll->top > last_top(scroll))
        scroll->top = last_top(scroll);
}

void scroll_fit(struct scroll *scroll, size_t count, int page)
{
    scroll->count = count;
    scroll->page = page;
    into_range(scroll);
}

void scroll_to(struct scroll *scroll, size_t row)
{
    scroll->cursor = row;
    into_range(scroll);
}

static size_t moved(size_t from, long rows, size_t most)
{
    if (rows < 0)
        return from < (size_t)-rows ? 0 : from - (size_t)-rows;
    return from + (size_t)rows > most ? most : from + (size_t)rows;
}

void scroll_by(struct scroll *scroll, long rows)
{
    scroll_to(scroll, moved(scroll->cursor, rows, scroll->count ? scroll->count - 1 : 0));
}

void scroll_reveal(struct scroll *scroll, size_t row)
{
    size_t page = scroll->page > 0 ? (size_t)scroll->page : 1;
    if (row < scroll->top || row >= scroll->top + page)
        scroll->top = row > page / 2 ? row - page / 2 : 0;
    scroll_to(scroll, row);
}

/* Pages take the window along, so that the cursor keeps its place in it. */
static void page_by(struct scroll *scroll, long rows)
{
    scroll->top = moved(scroll->top, rows, last_top(scroll));
    scroll_by(scroll, rows);
}

void scroll_window(struct scroll *scroll, long rows)
{
    size_t page = scroll->page > 0 ? (size_t)scroll->page : 1;
    scroll->top = moved(scroll->top, rows, last_top(scroll));
    if (scroll->cursor < scroll->top)
        scroll->cursor = scroll->top;
    if (scroll->cursor >= scroll->top + page)
        scroll->cursor = scroll->top + page - 1;
    into_range(scroll);
}

enum move { MOVE_BY, MOVE_PAGE, MOVE_HALF, MOVE_START, MOVE_END };

static const struct {
    struct key key;
    enum move move;
    long by;
    bool vi;
} keys[] = {
    { { SPECIAL_UP, 0 }, MOVE_BY, -1, false },
    { { SPECIAL_DOWN, 0 }, MOVE_BY, 1, false },
    { { SPECIAL_PAGE_UP, 0 }, MOVE_PAGE, -1, false },
    { { SPECIAL_PAGE_DOWN, 0 }, MOVE_PAGE, 1, false },
    { { SPECIAL_HOME, 0 }, MOVE_START, 0, false },
    { { SPECIAL_END, 0 }, MOVE_END, 0, false },
    { { 'd', MOD_CTRL }, MOVE_HALF, 1, false },
    { { 'u', MOD_CTRL }, MOVE_HALF, -1, false },
    { { 'k', 0 }, MOVE_BY, -1, true },
    { { 'j', 0 }, MOVE_BY, 1, true },
    { { 'b', MOD_CTRL }, MOVE_PAGE, -1, true },
    { { 'f', MOD_CTRL }, MOVE_PAGE, 1, true },
    { { 'g', 0 }, MOVE_START, 0, true },
    { { 'G', 0 }, MOVE_END, 0, true },
};

bool scroll_key(struct scroll *scroll, struct key key, bool vi)
{
    long page = scroll->page > 0 ? scroll->page : 1;
    for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
        if (!key_eq(keys[i].key, key) || (keys[i].vi && !vi))
            continue;
        switch (keys[i].move) {
        case MOVE_BY:
            scroll_by(scroll, keys[i].by);
            break;
        case MOVE_PAGE:
            page_by(scroll, keys[i].by * page);
            break;
        case MOVE_HALF:
            page_by(scroll, keys[i].by * (page + 1) / 2);
            break;
        case MOVE_START:
            scroll_to(scroll, 0);
            break;
        case MOVE_END:
            scroll_to(scroll, scroll->count ? scroll->count - 1 : 0);
            break;
        }
        return true;
    }
    return false;
}
