/* A text to read: help pages, traces, differences. Lines that begin with "# " are headings, lines
 * that begin with a blank are not wrapped but cut. */
#ifndef POSTFLOW_VIEW_TEXTVIEW_H
#define POSTFLOW_VIEW_TEXTVIEW_H

#include "tui/view/scroll.h"
#include "tui/term/canvas.h"

struct textview {
    struct env *env;
    struct str text; /* borrowed */
    int width;       /* the rows below are for this width */
    struct textview_row {
        uint32_t from, to; /* bytes of the text (below 4 GiB) */
        bool heading;
    } *rows;
    size_t count, capacity;
    struct scroll scroll; /* cursor is unused: top only */
};

void textview_init(struct textview *view, struct env *env);
void textview_release(struct textview *view);
/* Another text, from its start; borrowed until the next call. */
void textview_set(struct textview *view, struct str text);
/* Arrows, j, k, PageUp, PageDown, Space, b, Home, End, g, G, C-d, C-u. True when it was one. */
bool textview_key(struct textview *view, struct key key);
void textview_draw(struct textview *view, struct canvas *canvas, struct area area);

#endif
