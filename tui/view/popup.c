#include "tui/view/popup.h"

#include "tui/view/wrap.h"

enum { TEXT_COLS = 60, CHOICE_GAP = 3 };

static int smaller(int a, int b)
{
    return a < b ? a : b;
}

static int larger(int a, int b)
{
    return a > b ? a : b;
}

/* Text in a border, a blank on both sides. */
static void draw_label(struct canvas *canvas, struct area box, int row, enum style style,
                       struct str text)
{
    int used = canvas_put(canvas, row, box.col + 2, box.cols - 4, style, text);
    canvas_fill(canvas, (struct area){ row, box.col + 1, 1, 1 }, STYLE_POPUP);
    canvas_fill(canvas, (struct area){ row, box.col + 2 + used, 1, 1 }, STYLE_POPUP);
}

struct area popup_frame(struct canvas *canvas, int rows, int cols, struct str title,
                        struct str keys)
{
    struct area box = area_centred(canvas_area(canvas), rows + 2, cols + 4);
    canvas_fill(canvas, box, STYLE_POPUP);
    canvas_box(canvas, box, STYLE_BORDER);
    if (title.len > 0)
        draw_label(canvas, box, box.row, STYLE_TITLE_FOCUS, title);
    if (keys.len > 0)
        draw_label(canvas, box, box.row + box.rows - 1, STYLE_DIM, keys);
    struct area inside = area_inside(box);
    return (struct area){ inside.row, inside.col + 1, inside.rows, larger(inside.cols - 2, 0) };
}

static int text_columns(struct canvas *canvas, struct str text)
{
    int widest = 0;
    for (struct str line; wrap_next(&text, TEXT_COLS, &line);)
        widest = larger(widest, canvas_columns(canvas, line));
    return widest;
}

/* "k label"; the label alone without a key. */
static int draw_choice(struct canvas *canvas, struct area area, const struct dialog_choice *choice,
                       bool current)
{
    int used = 0;
    if (choice->key.code) {
        struct buf name;
        buf_init(&name, canvas->env);
        key_show(&name, choice->key);
        used = canvas_put(canvas, area.row, area.col, area.cols, STYLE_KEY, buf_str(&name)) + 1;
        buf_release(&name);
    }
    used += canvas_put(canvas, area.row, area.col + used, area.cols - used, STYLE_NORMAL,
                       str_of(choice->label));
    if (current)
        canvas_restyle(canvas, (struct area){ area.row, area.col, 1, used }, STYLE_CURSOR);
    return used;
}

static int choice_columns(struct canvas *canvas, const struct dialog_choice *choice)
{
    int columns = canvas_columns(canvas, str_of(choice->label));
    if (!choice->key.code)
        return columns;
    struct buf name;
    buf_init(&name, canvas->env);
    key_show(&name, choice->key);
    columns += canvas_columns(canvas, buf_str(&name)) + 1;
    buf_release(&name);
    return columns;
}

struct size {
    int text_rows, cols;
    bool stacked; /* the choices do not fit into one row */
};

static struct size measure(const struct dialog *dialog, struct canvas *canvas)
{
    int most = larger(canvas->cols - 4, 1), row = 0, widest = 0;
    for (int i = 0; i < dialog->count; i++) {
        int columns = choice_columns(canvas, &dialog->choices[i]);
        row += columns + (i > 0 ? CHOICE_GAP : 0);
        widest = larger(widest, columns);
    }
    struct size size = { .stacked = row > most };
    size.cols = larger(text_columns(canvas, dialog->text), size.stacked ? widest : row);
    size.cols = smaller(larger(size.cols, canvas_columns(canvas, dialog->title) + 2), most);
    size.text_rows = wrap_count(dialog->text, smaller(size.cols, TEXT_COLS));
    return size;
}

static void draw_text(struct dialog *dialog, struct canvas *canvas, struct area area, int rows)
{
    struct str rest = dialog->text, line;
    int most = larger(rows - area.rows, 0);
    dialog->top = smaller(dialog->top, most);
    for (int row = 0; row < dialog->top + area.rows; row++) {
        if (!wrap_next(&rest, smaller(area.cols, TEXT_COLS), &line))
            break;
        if (row >= dialog->top)
            canvas_put(canvas, area.row + row - dialog->top, area.col, area.cols, dialog->style,
                       line);
    }
    if (dialog->top > 0)
        canvas_glyph(canvas, area.row, area.col + area.cols, STYLE_DIM, GLYPH_MORE_UP);
    if (dialog->top < most)
        canvas_glyph(canvas, area.row + area.rows - 1, area.col + area.cols, STYLE_DIM,
                     GLYPH_MORE_DOWN);
}

static void draw_choices(const struct dialog *dialog, struct canvas *canvas, struct area area,
                         bool stacked)
{
    for (int i = 0, col = area.col; i < dialog->count; i++) {
        struct area place = { area.row + (stacked ? i : 0), stacked ? area.col : col, 1,
                              stacked ? area.cols : area.col + area.cols - col };
        col += draw_choice(canvas, place, &dialog->choices[i], i == dialog->cursor) + CHOICE_GAP;
    }
}

void dialog_draw(struct dialog *dialog, struct canvas *canvas)
{
    struct size size = measure(dialog, canvas);
    int choices = dialog->count == 0 ? 0 : size.stacked ? dialog->count : 1;
    int gap = choices > 0 && size.text_rows > 0;
    struct str keys = dialog->count == 0 ? STR("any key") : STR_NONE;
    struct area area = popup_frame(canvas, size.text_rows + gap + choices, size.cols, dialog->title,
                                   keys);
    struct area text = area;
    text.rows = larger(area.rows - choices - gap, 0);
    draw_text(dialog, canvas, text, size.text_rows);
    area.row += area.rows - choices;
    draw_choices(dialog, canvas, area, size.stacked);
}

/* Typing a letter in the other case chooses as well, unless that is a choice of its own. */
static int choice_of(const struct dialog *dialog, struct key key)
{
    uint32_t letter = key.code | 0x20;
    for (int i = 0; i < dialog->count; i++)
        if (dialog->choices[i].key.code && key_eq(dialog->choices[i].key, key))
            return i;
    for (int i = 0; i < dialog->count && letter >= 'a' && letter <= 'z'; i++)
        if (key_is(dialog->choices[i].key, letter) && key_is_text(key))
            return i;
    return DIALOG_OPEN;
}

int dialog_key(struct dialog *dialog, struct key key)
{
    int chosen = choice_of(dialog, key);
    if (chosen != DIALOG_OPEN)
        return chosen;
    switch (key.code) {
    case SPECIAL_ESC:
        return DIALOG_CANCELLED;
    case SPECIAL_UP:
        dialog->top -= dialog->top > 0;
        return DIALOG_OPEN;
    case SPECIAL_DOWN:
        dialog->top++;
        return DIALOG_OPEN;
    case SPECIAL_PAGE_UP:
        dialog->top = larger(dialog->top - 10, 0);
        return DIALOG_OPEN;
    case SPECIAL_PAGE_DOWN:
        dialog->top = smaller(dialog->top, 1 << 24) + 10;
        return DIALOG_OPEN;
    default:
        break;
    }
    if (dialog->count == 0)
        return 0;
    bool back = key_is(key, SPECIAL_LEFT) || key_eq(key, (struct key){ SPECIAL_TAB, MOD_SHIFT });
    if (back || key_is(key, SPECIAL_RIGHT) || key_is(key, SPECIAL_TAB))
        dialog->cursor = (dialog->cursor + (back ? dialog->count - 1 : 1)) % dialog->count;
    return key_is(key, SPECIAL_ENTER) ? dialog->cursor : DIALOG_OPEN;
}
