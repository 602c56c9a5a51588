#include "tui/view/overlay.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include "tui/view/wrap.h"

enum { PAGE_COLS = 100, PAGE_ROWS_LEAST = 6 };

static void pick_row(void *context, size_t index, struct list_row *out)
{
    const struct overlay *overlay = context;
    const struct pick *pick = &overlay->picks[index];
    *out = (struct list_row){ .text = pick->text,
                              .detail = pick->detail,
                              .style = STYLE_NORMAL,
                              .heading = pick->command.len == 0 };
}

static struct str keep(struct overlay *overlay, struct str text)
{
    return (struct str){ arena_text(&overlay->arena, text.ptr ? text.ptr : "", text.len),
                         text.len };
}

struct overlay *overlay_new(struct env *env, enum overlay_kind kind, struct str title)
{
    struct overlay *overlay = mem_zalloc(env, sizeof *overlay);
    overlay->kind = kind;
    arena_init(&overlay->arena, env);
    overlay->title = keep(overlay, title);
    buf_init(&overlay->why, env);
    listbox_init(&overlay->list, env, true, pick_row, overlay);
    textedit_init(&overlay->edit, env, true, TEXTEDIT_NO_LIMIT);
    textview_init(&overlay->page, env);
    suggest_init(&overlay->suggest, env);
    return overlay;
}

void overlay_free(struct overlay *overlay)
{
    struct env *env = overlay->arena.env;
    listbox_release(&overlay->list);
    textedit_release(&overlay->edit);
    textview_release(&overlay->page);
    suggest_release(&overlay->suggest);
    buf_release(&overlay->why);
    mem_free(env, overlay->picks);
    arena_release(&overlay->arena);
    mem_free(env, overlay);
}

void overlay_pick(struct overlay *overlay, struct str text, struct str detail, struct str command)
{
    overlay->picks = mem_grow(overlay->arena.env, overlay->picks, &overlay->capacity,
                              overlay->count + 1, sizeof *overlay->picks);
    overlay->picks[overlay->count++] = (struct pick){ keep(overlay, text), keep(overlay, detail),
                                                      keep(overlay, command) };
}

void overlay_pickf(struct overlay *overlay, struct str text, struct str detail,
                   const char *command, ...)
{
    struct buf line;
    va_list list;
    char small[512];
    buf_init(&line, overlay->arena.env);
    va_start(list, command);
    int len = vsnprintf(small, sizeof small, command, list);
    va_end(list);
    if (len < (int) sizeof small) {
        buf_add_text(&line, small);
    } else {
        buf_reserve(&line, (size_t) len + 1);
        va_start(list, command);
        vsnprintf(line.ptr, (size_t) len + 1, command, list);
        va_end(list);
        line.len = (size_t) len;
    }
    overlay_pick(overlay, text, detail, buf_str(&line));
    buf_release(&line);
}

void overlay_ready(struct overlay *overlay, struct str select)
{
    listbox_set_count(&overlay->list, overlay->count);
    for (size_t i = 0; i < overlay->count; i++) {
        if (select.len > 0 && str_eq(overlay->picks[i].text, select)) {
            listbox_select(&overlay->list, i);
            return;
        }
    }
}

void overlay_ask(struct overlay *overlay, struct str question, enum style style)
{
    overlay->dialog = (struct dialog){ .title = overlay->title,
                                       .text = keep(overlay, question),
                                       .style = style,
                                       .choices = overlay->choices };
}

void overlay_answer(struct overlay *overlay, const char *key, const char *label,
                    struct str command)
{
    int i = overlay->dialog.count;
    if (i >= (int) (sizeof overlay->choices / sizeof *overlay->choices))
        return;
    overlay->choices[i].label = label;
    key_parse(str_of(key), &overlay->choices[i].key);
    overlay->commands[i] = keep(overlay, command);
    overlay->dialog.count++;
}

static void run_check(struct overlay *overlay)
{
    buf_clear(&overlay->why);
    overlay->edit.mark = SIZE_MAX;
    if (overlay->session && str_starts(buf_str(&overlay->edit.text), STR("="))) {
        suggest_look(&overlay->suggest, overlay->session, &overlay->place, &overlay->edit);
        return;
    }
    suggest_close(&overlay->suggest);
    if (overlay->check)
        overlay->edit.mark =
            overlay->check(overlay->context, buf_str(&overlay->edit.text), &overlay->why);
}

void overlay_text(struct overlay *overlay, struct str prefix, struct str text, overlay_check check,
                  void *context)
{
    overlay->prefix = keep(overlay, prefix);
    overlay->check = check;
    overlay->context = context;
    textedit_set(&overlay->edit, text);
    run_check(overlay);
}

void overlay_page(struct overlay *overlay, struct str text)
{
    textview_set(&overlay->page, keep(overlay, text));
}

static struct str command_with(struct overlay *overlay, struct str text)
{
    size_t len = overlay->prefix.len + text.len;
    char *line = arena_alloc(&overlay->arena, len + 1);
    memcpy(line, overlay->prefix.ptr, overlay->prefix.len);
    if (text.len > 0)
        memcpy(line + overlay->prefix.len, text.ptr, text.len);
    line[len] = 0;
    return (struct str){ line, len };
}

static enum overlay_result picked(struct overlay *overlay, struct str *command)
{
    size_t at = listbox_current(&overlay->list);
    if (at != SIZE_MAX && overlay->picks[at].command.len > 0) {
        *command = overlay->picks[at].command;
        return OVERLAY_COMMAND;
    }
    struct str typed = buf_str(&overlay->list.filter.text);
    if (!overlay->free_text || typed.len == 0)
        return OVERLAY_OPEN;
    *command = command_with(overlay, typed);
    return OVERLAY_COMMAND;
}

static enum overlay_result pick_key(struct overlay *overlay, struct key key, struct str *command)
{
    switch (listbox_key(&overlay->list, key)) {
    case LIST_CANCELLED:
        return OVERLAY_CLOSED;
    case LIST_CHOSEN:
        return picked(overlay, command);
    default:
        /* Enter where the filter hides every row takes what was typed. */
        return key_is(key, SPECIAL_ENTER) ? picked(overlay, command) : OVERLAY_OPEN;
    }
}

static enum overlay_result text_key(struct overlay *overlay, struct key key, struct str *command)
{
    if (key_eq(key, KEY_CTRL_OF('e')) || key_eq(key, KEY_CTRL_OF('o')))
        return OVERLAY_EDITOR;
    switch (suggest_key(&overlay->suggest, &overlay->edit, key)) {
    case SUGGEST_TAKEN:
        run_check(overlay);
        return OVERLAY_OPEN;
    case SUGGEST_MOVED:
        return OVERLAY_OPEN;
    case SUGGEST_UNUSED:
        break;
    }
    switch (textedit_key(&overlay->edit, key)) {
    case EDIT_CANCELLED:
        return OVERLAY_CLOSED;
    case EDIT_CHANGED:
    case EDIT_MOVED:
        run_check(overlay);
        return OVERLAY_OPEN;
    case EDIT_DONE:
        if (overlay->edit.mark != SIZE_MAX)
            return OVERLAY_OPEN;
        *command = command_with(overlay, buf_str(&overlay->edit.text));
        return OVERLAY_COMMAND;
    default:
        return OVERLAY_OPEN;
    }
}

enum overlay_result overlay_key(struct overlay *overlay, struct key key, struct str *command)
{
    switch (overlay->kind) {
    case OVERLAY_PICK:
        return pick_key(overlay, key, command);
    case OVERLAY_TEXT:
        return text_key(overlay, key, command);
    case OVERLAY_PAGE:
        for (int i = 0; i < overlay->dialog.count; i++) {
            if (key_eq(key, overlay->choices[i].key)) {
                *command = overlay->commands[i];
                return OVERLAY_COMMAND;
            }
        }
        if (key_is(key, SPECIAL_ESC) || key_is(key, 'q') || key_is(key, SPECIAL_ENTER) ||
            key_is(key, SPECIAL_F1))
            return OVERLAY_CLOSED;
        textview_key(&overlay->page, key);
        return OVERLAY_OPEN;
    case OVERLAY_ASK:
        break;
    }
    int choice = dialog_key(&overlay->dialog, key);
    if (choice == DIALOG_OPEN)
        return OVERLAY_OPEN;
    if (choice == DIALOG_CANCELLED || choice >= overlay->dialog.count ||
        overlay->commands[choice].len == 0)
        return OVERLAY_CLOSED;
    *command = overlay->commands[choice];
    return OVERLAY_COMMAND;
}

void overlay_edited(struct overlay *overlay, struct str text)
{
    textedit_set(&overlay->edit, text);
    run_check(overlay);
}

void overlay_paste(struct overlay *overlay, struct str text)
{
    if (overlay->kind == OVERLAY_TEXT) {
        textedit_paste(&overlay->edit, text);
        run_check(overlay);
    } else if (overlay->kind == OVERLAY_PICK) {
        listbox_paste(&overlay->list, text);
    }
}

static struct area pick_area(const struct overlay *overlay, int rows, int cols)
{
    int wide = cols - 8 < 72 ? cols - 8 : 72;
    int high = (int) overlay->count + 1 < rows - 6 ? (int) overlay->count + 1 : rows - 6;
    return (struct area){ 0, 0, high < 3 ? 3 : high, wide };
}

enum overlay_result overlay_click(struct overlay *overlay, const struct canvas *canvas, int row,
                                  struct str *command)
{
    if (overlay->kind != OVERLAY_PICK)
        return OVERLAY_OPEN;
    struct area size = pick_area(overlay, canvas->rows, canvas->cols);
    struct area area = area_inside(area_centred(canvas_area(canvas), size.rows + 2, size.cols + 2));
    return listbox_click(&overlay->list, area, row) == LIST_CHOSEN ? picked(overlay, command)
                                                                   : OVERLAY_OPEN;
}

static void draw_text(struct overlay *overlay, struct canvas *canvas)
{
    struct area area = popup_frame(canvas, canvas->rows - 6, canvas->cols - 8, overlay->title,
                                   overlay->suggest.active
                                       ? STR("C-s take  Tab complete  Esc leave  C-e editor")
                                       : STR("C-s take  Esc leave  C-e editor"));
    struct area why = { area.row + area.rows - 1, area.col, 1, area.cols };
    struct area signature = { why.row - 1, why.col, 1, why.cols };
    area.rows -= overlay->suggest.active ? 2 : 1;
    textedit_draw(&overlay->edit, canvas, area, STYLE_NORMAL, true);
    canvas_put(canvas, why.row, why.col, why.cols, STYLE_ERROR, buf_str(&overlay->why));
    if (!overlay->suggest.active)
        return;
    suggest_draw_signature(&overlay->suggest, canvas, signature);
    suggest_draw_verdict(&overlay->suggest, canvas, why);
    suggest_draw_list(&overlay->suggest, canvas);
}

/* The keys of its commands stand in the frame: the text may be longer than the screen. */
static void draw_page(struct overlay *overlay, struct canvas *canvas)
{
    struct buf keys;
    buf_init(&keys, overlay->arena.env);
    for (int i = 0; i < overlay->dialog.count; i++) {
        key_show(&keys, overlay->choices[i].key);
        buf_addf(&keys, " %s  ", overlay->choices[i].label);
    }
    buf_add_text(&keys, overlay->dialog.count ? "Esc leave"
                                              : "Up Down PageUp PageDown  Esc leave");
    int cols = canvas->cols - 6 < PAGE_COLS ? canvas->cols - 6 : PAGE_COLS;
    int rows = wrap_count(overlay->page.text, cols);
    rows = rows < PAGE_ROWS_LEAST ? PAGE_ROWS_LEAST : rows;
    struct area area = popup_frame(canvas, rows < canvas->rows - 4 ? rows : canvas->rows - 4, cols,
                                   overlay->title, buf_str(&keys));
    textview_draw(&overlay->page, canvas, area);
    const struct scroll *scroll = &overlay->page.scroll;
    if (scroll->top > 0)
        canvas_glyph(canvas, area.row, area.col + area.cols, STYLE_DIM, GLYPH_MORE_UP);
    if (area.rows > 0 && scroll->top + (size_t) area.rows < scroll->count)
        canvas_glyph(canvas, area.row + area.rows - 1, area.col + area.cols, STYLE_DIM,
                     GLYPH_MORE_DOWN);
    buf_release(&keys);
}

void overlay_draw(struct overlay *overlay, struct canvas *canvas)
{
    if (overlay->below)
        overlay_draw(overlay->below, canvas);
    struct area size, area;
    switch (overlay->kind) {
    case OVERLAY_PICK:
        size = pick_area(overlay, canvas->rows, canvas->cols);
        area = popup_frame(canvas, size.rows, size.cols, overlay->title,
                           overlay->free_text ? STR("Enter take, type a name or filter  Esc leave")
                                              : STR("Enter take, type to filter  Esc leave"));
        listbox_draw(&overlay->list, canvas, area, true);
        break;
    case OVERLAY_ASK:
        dialog_draw(&overlay->dialog, canvas);
        break;
    case OVERLAY_TEXT:
        draw_text(overlay, canvas);
        break;
    case OVERLAY_PAGE:
        draw_page(overlay, canvas);
        break;
    }
}
