#include "tui/view/form.h"

#include "tui/view/popup.h"

enum { FIELD_LENGTH = 32000, FIELD_COLS = 40, LABEL_GAP = 2 };

void form_init(struct form *form, struct env *env, struct str title, struct form_field *fields,
               int count)
{
    *form = (struct form){ .title = title, .fields = fields, .count = count };
    for (int i = 0; i < count; i++)
        textedit_init(&fields[i].edit, env, false, FIELD_LENGTH);
}

void form_release(struct form *form)
{
    for (int i = 0; i < form->count; i++)
        textedit_release(&form->fields[i].edit);
}

static enum form_result go(struct form *form, int by)
{
    form->focus = (form->focus + by + form->count) % form->count;
    return FORM_HANDLED;
}

static enum form_result choose(struct form_field *field, int by)
{
    if (field->choice_count > 0)
        field->choice = (field->choice + by + field->choice_count) % field->choice_count;
    return FORM_HANDLED;
}

enum form_result form_key(struct form *form, struct key key)
{
    struct form_field *field = &form->fields[form->focus];
    if (key_is(key, SPECIAL_TAB) || key_is(key, SPECIAL_DOWN))
        return go(form, 1);
    if (key_eq(key, (struct key){ SPECIAL_TAB, MOD_SHIFT }) || key_is(key, SPECIAL_UP))
        return go(form, -1);
    if (key_eq(key, KEY_CTRL_OF('s')))
        return FORM_DONE;
    if (key_is(key, SPECIAL_ENTER))
        return form->focus == form->count - 1 ? FORM_DONE : go(form, 1);
    if (key_is(key, SPECIAL_ESC))
        return FORM_CANCELLED;
    if (field->kind == FORM_CHOICE) {
        if (key_is(key, SPECIAL_LEFT))
            return choose(field, -1);
        return key_is(key, SPECIAL_RIGHT) || key_is(key, ' ') ? choose(field, 1) : FORM_UNUSED;
    }
    return textedit_key(&field->edit, key) == EDIT_UNUSED ? FORM_UNUSED : FORM_HANDLED;
}

enum form_result form_paste(struct form *form, struct str text)
{
    struct form_field *field = &form->fields[form->focus];
    if (field->kind != FORM_TEXT)
        return FORM_UNUSED;
    textedit_paste(&field->edit, text);
    return FORM_HANDLED;
}

static void draw_field(struct form_field *field, struct canvas *canvas, struct area line, int label,
                       bool focused)
{
    struct area value = { line.row, line.col + label, 1, line.cols - label };
    canvas_put(canvas, line.row, line.col, label - LABEL_GAP, STYLE_NORMAL, str_of(field->label));
    if (field->kind == FORM_TEXT) {
        textedit_draw(&field->edit, canvas, value, STYLE_FIELD, focused);
        return;
    }
    const char *chosen = field->choice_count > 0 ? field->choices[field->choice] : "";
    enum style style = focused ? STYLE_CURSOR : STYLE_NORMAL;
    int used = canvas_put(canvas, value.row, value.col + 2, value.cols - 4, style, str_of(chosen));
    canvas_glyph(canvas, value.row, value.col, STYLE_DIM, GLYPH_MORE_LEFT);
    canvas_glyph(canvas, value.row, value.col + used + 3, STYLE_DIM, GLYPH_MORE_RIGHT);
}

static int label_columns(const struct form *form, struct canvas *canvas)
{
    int widest = 0;
    for (int i = 0; i < form->count; i++) {
        int columns = canvas_columns(canvas, str_of(form->fields[i].label));
        widest = columns > widest ? columns : widest;
    }
    return widest + LABEL_GAP;
}

void form_draw(struct form *form, struct canvas *canvas)
{
    int label = label_columns(form, canvas);
    struct area area = popup_frame(canvas, form->count + 2, label + FIELD_COLS, form->title,
                                   STR("Tab next  Enter go on  C-s take  Esc cancel"));
    /* Where not all fit, the one with the focus is shown. */
    int rows = area.rows > 2 ? area.rows - 2 : area.rows;
    int top = form->focus >= rows ? form->focus - rows + 1 : 0;
    for (int row = 0; row < rows && top + row < form->count; row++) {
        struct area line = { area.row + row, area.col, 1, area.cols };
        draw_field(&form->fields[top + row], canvas, line, label, top + row == form->focus);
    }
    const char *note = form->fields[form->focus].note;
    int last = area.row + area.rows - 1;
    if (area.rows > 2 && form->error.len > 0)
        canvas_put(canvas, last, area.col, area.cols, STYLE_ERROR, form->error);
    else if (area.rows > 2)
        canvas_put(canvas, last, area.col, area.cols, STYLE_DIM, str_of(note));
}
