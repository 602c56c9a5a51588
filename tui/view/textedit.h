/* Editing a text: feed a key, get a result. One line (fields, the `:` line, filters) or several
 * (JSON, expressions, long texts). The text is UTF-8; the cursor moves by characters with their
 * combining marks. Knows nothing of what the text means. */
#ifndef POSTFLOW_VIEW_TEXTEDIT_H
#define POSTFLOW_VIEW_TEXTEDIT_H

#include <stdbool.h>
#include "engine/base/str.h"
#include "tui/term/canvas.h"
#include "tui/term/key.h"

enum edit_result {
    EDIT_UNUSED,    /* not a key of the editor: the owner's */
    EDIT_MOVED,     /* cursor only, or nothing to do */
    EDIT_CHANGED,   /* the text changed */
    EDIT_FULL,      /* no room: the text is at its limit, nothing or only a part went in */
    EDIT_DONE,      /* Enter (several lines: C-s or M-Enter) */
    EDIT_CANCELLED, /* Esc */
};

struct textedit {
    struct buf text;   /* read it with buf_str(&edit->text) */
    size_t cursor;     /* byte offset, on a character */
    size_t limit;      /* code points at most */
    bool lines;        /* several lines */
    int goal;          /* column wanted by up and down, -1: none */
    size_t top;        /* first line shown */
    int left;          /* first column shown */
    size_t mark;       /* byte offset of an error to point at, SIZE_MAX: none */
};

enum { TEXTEDIT_NO_LIMIT = 1 << 24 };

void textedit_init(struct textedit *edit, struct env *env, bool lines, size_t limit);
void textedit_release(struct textedit *edit);
/* Replaces everything; the cursor goes to the end. Text beyond the limit is cut. */
void textedit_set(struct textedit *edit, struct str text);
/* Moves the cursor to a byte offset (to the start of its character). */
void textedit_move_to(struct textedit *edit, size_t offset);
/* Keys: text, arrows, Home/End, C-a C-e C-b C-f, C-Left C-Right M-b M-f by words, Backspace,
 * Delete, C-d, C-h, C-w and M-Backspace and M-d by words, C-u to the start and C-k to the end of
 * the line; several lines: Enter, Up, Down, PageUp, PageDown, C-Home, C-End. */
enum edit_result textedit_key(struct textedit *edit, struct key key);
/* Inserts at the cursor: CRLF and CR become LF, controls, bidi controls and invalid bytes are left
 * out; in one line LF and tab become a blank. */
enum edit_result textedit_paste(struct textedit *edit, struct str text);
/* Inserts text as it is (completion); only the limit holds. */
enum edit_result textedit_insert(struct textedit *edit, struct str text);
/* Replaces the bytes from..to, the cursor ends behind `with`. */
enum edit_result textedit_replace(struct textedit *edit, size_t from, size_t to, struct str with);
/* Draws into `area` (one line: its first row), scrolls so that the cursor is seen, and sets the
 * canvas' cursor when `focused`. The character at `mark` is shown in STYLE_FAULT. */
void textedit_draw(struct textedit *edit, struct canvas *canvas, struct area area, enum style style,
                   bool focused);
/* Puts the cursor where the mouse points. */
void textedit_click(struct textedit *edit, struct canvas *canvas, struct area area, int row,
                    int col);
/* Line and column (in code points) of the cursor, from 1. */
void textedit_position(const struct textedit *edit, size_t *line, size_t *column);

#endif
