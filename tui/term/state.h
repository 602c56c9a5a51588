/* What the files of this folder share. Not for other folders. */
#ifndef POSTFLOW_TERM_STATE_H
#define POSTFLOW_TERM_STATE_H

#include <curses.h>
#include <stdbool.h>
#include <termios.h>
#include "tui/term/term.h"

struct term {
    struct env *env;
    int in, out;
    SCREEN *screen;
    struct termios modes;  /* as they were found */
    struct buf enter;      /* what curses does not send: paste and mouse on ... */
    struct buf leave;      /* ... and off */
    bool utf8, mouse;
    enum style_depth depth;
    attr_t looks[STYLE_COUNT];
    short pairs[STYLE_COUNT];

    int rows, cols;
    struct canvas shown;   /* what the terminal shows */
    bool stale;            /* it may show anything: paint everything */
    bool asked_margins, margins_on;
    cchar_t *line;         /* a row on its way to curses */
    size_t line_capacity;

    struct input input;
    int64_t fed_at;        /* milliseconds: when bytes came last */
    struct term_event ahead; /* taken by term_pending, not given out yet */
    bool has_ahead;
    bool resumed, gone;
};

/* draw.c */
void draw_init(struct term *term, bool no_color);
void draw_resize(struct term *term);
/* Hands the cells from..to of a row to a curses window; both ends lie between characters. */
void draw_cells(struct term *term, WINDOW *window, int row, const struct cell *cells, int from,
                int to);
/* shift.c: moves rows that are shown already, by the canvas' hints. */
void shift_rows(struct term *term, const struct canvas *canvas);
/* term.c: gives the terminal back for a while; takes it again and notes the size it has now. */
void term_write(struct term *term, struct str text);
void term_adopt_size(struct term *term);
void term_leave(struct term *term);
void term_enter(struct term *term);

#endif
