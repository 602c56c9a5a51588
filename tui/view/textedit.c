#include "tui/view/textedit.h"

#include "engine/base/utf8.h"

void textedit_init(struct textedit *edit, struct env *env, bool lines, size_t limit)
{
    *edit = (struct textedit){ .lines = lines, .limit = limit, .goal = -1, .mark = SIZE_MAX };
    buf_init(&edit->text, env);
}

void textedit_release(struct textedit *edit)
{
    buf_release(&edit->text);
}

static struct str text_of(const struct textedit *edit)
{
    return buf_str(&edit->text);
}

static bool is_mark(uint32_t code)
{
    return code != UTF8_BAD && utf8_width(code) == 0;
}

/* Behind the character at `at`, its combining marks included. */
static size_t next_character(const struct textedit *edit, size_t at)
{
    struct str text = text_of(edit);
    if (at >= text.len)
        return text.len;
    utf8_next(text, &at);
    for (size_t next = at; next < text.len && is_mark(utf8_next(text, &next)); at = next)
        ;
    return at;
}

static size_t previous_character(const struct textedit *edit, size_t at)
{
    struct str text = text_of(edit);
    while (at > 0) {
        at = utf8_prev(text, at);
        size_t next = at;
        if (!is_mark(utf8_next(text, &next)))
            break;
    }
    return at;
}

static bool in_word(const struct textedit *edit, size_t at)
{
    unsigned char c = (unsigned char)edit->text.ptr[at];
    return c >= 0x80 || c == '_' || (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z');
}

static size_t next_word(const struct textedit *edit, size_t at)
{
    while (at < edit->text.len && !in_word(edit, at))
        at = next_character(edit, at);
    while (at < edit->text.len && in_word(edit, at))
        at = next_character(edit, at);
    return at;
}

static size_t previous_word(const struct textedit *edit, size_t at)
{
    while (at > 0 && !in_word(edit, previous_character(edit, at)))
        at = previous_character(edit, at);
    while (at > 0 && in_word(edit, previous_character(edit, at)))
        at = previous_character(edit, at);
    return at;
}

static size_t line_start(const struct textedit *edit, size_t at)
{
    while (edit->lines && at > 0 && edit->text.ptr[at - 1] != '\n')
        at--;
    return edit->lines ? at : 0;
}

static size_t line_end(const struct textedit *edit, size_t at)
{
    while (at < edit->text.len && !(edit->lines && edit->text.ptr[at] == '\n'))
        at++;
    return at;
}

void textedit_move_to(struct textedit *edit, size_t offset)
{
    size_t at = offset < edit->text.len ? offset : edit->text.len;
    if (at < edit->text.len)
        at = previous_character(edit, at + 1);
    edit->cursor = at;
    edit->goal = -1;
}

void textedit_set(struct textedit *edit, struct str text)
{
    size_t at = 0;
    for (size_t count = 0; count < edit->limit && at < text.len; count++)
        utf8_next(text, &at);
    buf_clear(&edit->text);
    buf_add(&edit->text, str_slice(text, 0, at));
    edit->cursor = edit->text.len;
    edit->goal = -1;
    edit->top = 0;
    edit->left = 0;
    edit->mark = SIZE_MAX;
}

enum edit_result textedit_replace(struct textedit *edit, size_t from, size_t to, struct str with)
{
    struct str text = text_of(edit);
    size_t used = utf8_count(text) - utf8_count(str_slice(text, from, to));
    size_t room = edit->limit > used ? edit->limit - used : 0;
    size_t take = 0;
    for (size_t count = 0; count < room && take < with.len; count++)
        utf8_next(with, &take);
    edit->goal = -1;
    if (from == to && take == 0)
        return with.len ? EDIT_FULL : EDIT_MOVED;
    buf_splice(&edit->text, from, to, str_slice(with, 0, take));
    edit->cursor = from + take;
    edit->mark = SIZE_MAX;
    return take < with.len ? EDIT_FULL : EDIT_CHANGED;
}

enum edit_result textedit_insert(struct textedit *edit, struct str text)
{
    return textedit_replace(edit, edit->cursor, edit->cursor, text);
}

enum edit_result textedit_paste(struct textedit *edit, struct str text)
{
    struct buf clean;
    buf_init(&clean, edit->text.env);
    for (size_t at = 0; at < text.len;) {
        uint32_t code = utf8_next(text, &at);
        if (code == '\r') {
            code = '\n';
            at += at < text.len && text.ptr[at] == '\n';
        }
        if (code == '\n' || code == '\t')
            buf_add_char(&clean, edit->lines ? (char)code : ' ');
        else if (code != UTF8_BAD && !utf8_needs_mark(code))
            buf_add_code(&clean, code);
    }
    enum edit_result result = textedit_insert(edit, buf_str(&clean));
    buf_release(&clean);
    return result;
}

static enum edit_result erase(struct textedit *edit, size_t from, size_t to)
{
    return from == to ? EDIT_MOVED : textedit_replace(edit, from, to, STR_NONE);
}

static enum edit_result type(struct textedit *edit, uint32_t code)
{
    struct buf text;
    buf_init(&text, edit->text.env);
    buf_add_code(&text, code);
    enum edit_result result = textedit_insert(edit, buf_str(&text));
    buf_release(&text);
    return result;
}

static int columns_before(const struct textedit *edit, size_t at)
{
    return utf8_columns(str_slice(text_of(edit), line_start(edit, at), at));
}

/* The character of the line beginning at `start` that stands at the column. */
static size_t at_column(const struct textedit *edit, size_t start, int column)
{
    size_t at = start, end = line_end(edit, start);
    while (at < end) {
        size_t next = next_character(edit, at);
        if (utf8_columns(str_slice(text_of(edit), start, next)) > column)
            break;
        at = next;
    }
    return at;
}

static enum edit_result vertical(struct textedit *edit, int by)
{
    int goal = edit->goal >= 0 ? edit->goal : columns_before(edit, edit->cursor);
    size_t start = line_start(edit, edit->cursor);
    for (; by < 0 && start > 0; by++)
        start = line_start(edit, start - 1);
    for (; by > 0 && line_end(edit, start) < edit->text.len; by--)
        start = line_end(edit, start) + 1;
    edit->cursor = at_column(edit, start, goal);
    edit->goal = goal;
    return EDIT_MOVED;
}

static enum edit_result go(struct textedit *edit, size_t to)
{
    edit->cursor = to;
    edit->goal = -1;
    return EDIT_MOVED;
}

enum command {
    CMD_BACK, CMD_FORWARD, CMD_WORD_BACK, CMD_WORD_FORWARD, CMD_HOME, CMD_END,
    CMD_RUBOUT, CMD_DELETE, CMD_RUBOUT_WORD, CMD_DELETE_WORD, CMD_KILL_START, CMD_KILL_END,
    CMD_ENTER, CMD_CANCEL,
    CMD_LINES, /* those from here on need several lines */
    CMD_UP = CMD_LINES, CMD_DOWN, CMD_PAGE_UP, CMD_PAGE_DOWN, CMD_FIRST, CMD_LAST, CMD_SUBMIT,
};

static const struct {
    struct key key;
    enum command command;
} bindings[] = {
    { { SPECIAL_LEFT, 0 }, CMD_BACK },
    { { 'b', MOD_CTRL }, CMD_BACK },
    { { SPECIAL_RIGHT, 0 }, CMD_FORWARD },
    { { 'f', MOD_CTRL }, CMD_FORWARD },
    { { SPECIAL_LEFT, MOD_CTRL }, CMD_WORD_BACK },
    { { SPECIAL_LEFT, MOD_ALT }, CMD_WORD_BACK },
    { { 'b', MOD_ALT }, CMD_WORD_BACK },
    { { SPECIAL_RIGHT, MOD_CTRL }, CMD_WORD_FORWARD },
    { { SPECIAL_RIGHT, MOD_ALT }, CMD_WORD_FORWARD },
    { { 'f', MOD_ALT }, CMD_WORD_FORWARD },
    { { SPECIAL_HOME, 0 }, CMD_HOME },
    { { 'a', MOD_CTRL }, CMD_HOME },
    { { SPECIAL_END, 0 }, CMD_END },
    { { 'e', MOD_CTRL }, CMD_END },
    { { SPECIAL_BACKSPACE, 0 }, CMD_RUBOUT },
    { { 'h', MOD_CTRL }, CMD_RUBOUT },
    { { SPECIAL_DELETE, 0 }, CMD_DELETE },
    { { 'd', MOD_CTRL }, CMD_DELETE },
    { { 'w', MOD_CTRL }, CMD_RUBOUT_WORD },
    { { SPECIAL_BACKSPACE, MOD_ALT }, CMD_RUBOUT_WORD },
    { { 'd', MOD_ALT }, CMD_DELETE_WORD },
    { { 'u', MOD_CTRL }, CMD_KILL_START },
    { { 'k', MOD_CTRL }, CMD_KILL_END },
    { { SPECIAL_ENTER, 0 }, CMD_ENTER },
    { { SPECIAL_ESC, 0 }, CMD_CANCEL },
    { { SPECIAL_UP, 0 }, CMD_UP },
    { { SPECIAL_DOWN, 0 }, CMD_DOWN },
    { { SPECIAL_PAGE_UP, 0 }, CMD_PAGE_UP },
    { { SPECIAL_PAGE_DOWN, 0 }, CMD_PAGE_DOWN },
    { { SPECIAL_HOME, MOD_CTRL }, CMD_FIRST },
    { { SPECIAL_END, MOD_CTRL }, CMD_LAST },
    { { SPECIAL_ENTER, MOD_ALT }, CMD_SUBMIT },
    { { 's', MOD_CTRL }, CMD_SUBMIT },
};

enum { PAGE_LINES = 10 };

static enum edit_result run(struct textedit *edit, enum command command)
{
    size_t at = edit->cursor;
    switch (command) {
    case CMD_BACK:
        return go(edit, previous_character(edit, at));
    case CMD_FORWARD:
        return go(edit, next_character(edit, at));
    case CMD_WORD_BACK:
        return go(edit, previous_word(edit, at));
    case CMD_WORD_FORWARD:
        return go(edit, next_word(edit, at));
    case CMD_HOME:
        return go(edit, line_start(edit, at));
    case CMD_END:
        return go(edit, line_end(edit, at));
    case CMD_RUBOUT:
        return erase(edit, previous_character(edit, at), at);
    case CMD_DELETE:
        return erase(edit, at, next_character(edit, at));
    case CMD_RUBOUT_WORD:
        return erase(edit, previous_word(edit, at), at);
    case CMD_DELETE_WORD:
        return erase(edit, at, next_word(edit, at));
    case CMD_KILL_START:
        return erase(edit, line_start(edit, at), at);
    case CMD_KILL_END:
        return erase(edit, at, line_end(edit, at));
    case CMD_ENTER:
        return edit->lines ? textedit_insert(edit, STR("\n")) : EDIT_DONE;
    case CMD_SUBMIT:
        return EDIT_DONE;
    case CMD_CANCEL:
        return EDIT_CANCELLED;
    case CMD_UP:
        return vertical(edit, -1);
    case CMD_DOWN:
        return vertical(edit, 1);
    case CMD_PAGE_UP:
        return vertical(edit, -PAGE_LINES);
    case CMD_PAGE_DOWN:
        return vertical(edit, PAGE_LINES);
    case CMD_FIRST:
        return go(edit, 0);
    case CMD_LAST:
        return go(edit, edit->text.len);
    }
    return EDIT_UNUSED;
}

enum edit_result textedit_key(struct textedit *edit, struct key key)
{
    if (key_is_text(key))
        return utf8_needs_mark(key.code) ? EDIT_MOVED : type(edit, key.code);
    for (size_t i = 0; i < sizeof(bindings) / sizeof(bindings[0]); i++)
        if (key_eq(bindings[i].key, key) && (edit->lines || bindings[i].command < CMD_LINES))
            return run(edit, bindings[i].command);
    return EDIT_UNUSED;
}

void textedit_position(const struct textedit *edit, size_t *line, size_t *column)
{
    size_t start = line_start(edit, edit->cursor);
    *line = 1;
    for (size_t i = 0; i < start; i++)
        *line += edit->text.ptr[i] == '\n';
    *column = utf8_count(str_slice(text_of(edit), start, edit->cursor)) + 1;
}

/* The beginning of a line, counted from 0; the end of the text when there are fewer. */
static size_t start_of_line(const struct textedit *edit, size_t line)
{
    size_t at = 0;
    while (line > 0 && at < edit->text.len) {
        at = line_end(edit, at);
        at += at < edit->text.len;
        line--;
    }
    return at;
}

/* Columns on the canvas, where controls take more than one. */
static int shown_before(const struct textedit *edit, struct canvas *canvas, size_t at)
{
    return canvas_columns(canvas, str_slice(text_of(edit), line_start(edit, at), at));
}

/* Brings the cursor into the window; one column is kept free at a side where text goes on. */
static void follow_cursor(struct textedit *edit, struct canvas *canvas, struct area area)
{
    size_t line, column;
    textedit_position(edit, &line, &column);
    line--;
    if (line < edit->top)
        edit->top = line;
    if (line >= edit->top + (size_t)area.rows)
        edit->top = line - (size_t)area.rows + 1;
    int at = shown_before(edit, canvas, edit->cursor);
    size_t end = line_end(edit, edit->cursor);
    int whole = shown_before(edit, canvas, end);
    int most = whole + 1 > area.cols ? whole + 1 - area.cols : 0;
    int margin = area.cols > 4;
    if (at - margin < edit->left)
        edit->left = at > margin ? at - margin : 0;
    if (at + margin >= edit->left + area.cols)
        edit->left = at + margin - area.cols + 1;
    if (edit->left > most)
        edit->left = most;
}

static void draw_line(const struct textedit *edit, struct canvas *canvas, int row, struct area area,
                      enum style style, struct str text)
{
    canvas_fill(canvas, (struct area){ row, area.col, 1, area.cols }, style);
    canvas_put_from(canvas, row, area.col, area.cols, style, text, edit->left);
    if (area.cols < 3)
        return;
    if (edit->left > 0 && text.len > 0)
        canvas_glyph(canvas, row, area.col, STYLE_DIM, GLYPH_MORE_LEFT);
    if (canvas_columns(canvas, text) > edit->left + area.cols)
        canvas_glyph(canvas, row, area.col + area.cols - 1, STYLE_DIM, GLYPH_MORE_RIGHT);
}

static void draw_mark(const struct textedit *edit, struct canvas *canvas, struct area area)
{
    struct textedit there = *edit;
    size_t line, column;
    if (edit->mark > edit->text.len)
        return;
    there.cursor = edit->mark;
    textedit_position(&there, &line, &column);
    int row = (int)(line - 1) - (int)edit->top;
    int col = shown_before(edit, canvas, edit->mark) - edit->left;
    if (row >= 0 && row < area.rows && col >= 0 && col < area.cols)
        canvas_restyle(canvas, (struct area){ area.row + row, area.col + col, 1, 1 }, STYLE_FAULT);
}

void textedit_draw(struct textedit *edit, struct canvas *canvas, struct area area, enum style style,
                   bool focused)
{
    if (!edit->lines && area.rows > 1)
        area.rows = 1;
    if (area.rows <= 0 || area.cols <= 0)
        return;
    follow_cursor(edit, canvas, area);
    size_t at = start_of_line(edit, edit->top);
    bool more = true;
    for (int row = 0; row < area.rows; row++) {
        size_t end = line_end(edit, at);
        struct str text = more ? str_slice(text_of(edit), at, end) : STR_NONE;
        draw_line(edit, canvas, area.row + row, area, style, text);
        more = more && end < edit->text.len;
        at = more ? end + 1 : at;
    }
    draw_mark(edit, canvas, area);
    size_t line, column;
    textedit_position(edit, &line, &column);
    if (focused)
        canvas_set_cursor(canvas, area.row + (int)(line - 1 - edit->top),
                          area.col + shown_before(edit, canvas, edit->cursor) - edit->left);
}

void textedit_click(struct textedit *edit, struct canvas *canvas, struct area area, int row,
                    int col)
{
    if (!area_has(area, row, col))
        return;
    size_t start = start_of_line(edit, edit->top + (size_t)(row - area.row));
    start = line_start(edit, start);
    size_t at = start, end = line_end(edit, start);
    int column = col - area.col + edit->left;
    while (at < end && shown_before(edit, canvas, next_character(edit, at)) <= column)
        at = next_character(edit, at);
    go(edit, at);
}
