/* Boxes above everything: questions with choices, messages, and the frame other widgets use. */
#ifndef POSTFLOW_VIEW_POPUP_H
#define POSTFLOW_VIEW_POPUP_H

#include "tui/term/canvas.h"
#include "tui/term/key.h"

/* Clears a centred box for `rows` x `cols` of content (cut to the canvas), draws its border, the
 * title in it and `keys` (may be empty) in its lower border; returns the inside. */
struct area popup_frame(struct canvas *canvas, int rows, int cols, struct str title,
                        struct str keys);

struct dialog_choice {
    struct key key; /* chooses it at once; code 0: none */
    const char *label;
};

/* A question. Texts and choices are borrowed. No choices: a message, any key ends it. */
struct dialog {
    struct str title;
    struct str text; /* wrapped; newlines kept */
    enum style style; /* of the text */
    const struct dialog_choice *choices;
    int count;
    int cursor; /* the choice Enter takes */
    int top;    /* first row of a text that is longer than the screen */
};

enum { DIALOG_OPEN = -1, DIALOG_CANCELLED = -2 };

/* The choice taken (0 ..), DIALOG_OPEN or DIALOG_CANCELLED (Esc). A message gives 0 or
 * DIALOG_CANCELLED. Left, Right, Tab move; Up, Down, PageUp, PageDown scroll the text. */
int dialog_key(struct dialog *dialog, struct key key);
void dialog_draw(struct dialog *dialog, struct canvas *canvas);

#endif
