/* A cursor in a list longer than its window. Nothing here depends on the number of rows. */
#ifndef POSTFLOW_VIEW_SCROLL_H
#define POSTFLOW_VIEW_SCROLL_H

#include <stdbool.h>
#include <stddef.h>
#include "tui/term/key.h"

struct scroll {
    size_t count;  /* rows in the list */
    size_t cursor; /* < count, 0 when there are none */
    size_t top;    /* the first row shown */
    int page;      /* rows of the window */
};

/* Sets the sizes and brings cursor and top back into range, cursor visible. */
void scroll_fit(struct scroll *scroll, size_t count, int page);
void scroll_to(struct scroll *scroll, size_t row);
void scroll_by(struct scroll *scroll, long rows);
/* Puts the cursor's row in the middle of the window when it would be outside. */
void scroll_reveal(struct scroll *scroll, size_t row);
/* Arrows, PageUp, PageDown, Home, End, C-d, C-u; with `vi` also j k g G C-f C-b. True when it was
 * one of these. */
bool scroll_key(struct scroll *scroll, struct key key, bool vi);
/* Moves the window and keeps the cursor in it: the mouse wheel. */
void scroll_window(struct scroll *scroll, long rows);

#endif
