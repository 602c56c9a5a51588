/* Bytes of a terminal become events. Pure: no curses, no time, no reading; term.c feeds it. */
#ifndef POSTFLOW_TERM_INPUT_H
#define POSTFLOW_TERM_INPUT_H

#include <stdbool.h>
#include "engine/base/str.h"
#include "tui/term/key.h"

enum term_event_type {
    TERM_KEY,
    TERM_PASTE,     /* .paste: the bytes as they came, valid until the next event is taken */
    TERM_MOUSE,     /* .mouse */
    TERM_RESIZE,    /* .rows, .cols */
    TERM_RESUME,    /* after a suspend or an editor: draw everything */
    TERM_HANGUP,    /* the terminal has gone: log the work and end */
    TERM_TERMINATE, /* .signal is SIGTERM or SIGHUP: log the work and end with term_die */
    TERM_TIMEOUT,
};

enum mouse_action { MOUSE_PRESS, MOUSE_RELEASE, MOUSE_DRAG, MOUSE_WHEEL_UP, MOUSE_WHEEL_DOWN };

struct mouse {
    enum mouse_action action;
    int button; /* 1 left, 2 middle, 3 right; 0 for the wheel */
    int row, col;
    uint32_t mods;
};

struct term_event {
    enum term_event_type type;
    struct key key;
    struct str paste;
    bool paste_cut; /* it was longer than INPUT_PASTE_LIMIT */
    struct mouse mouse;
    int rows, cols;
    int signal;
};

enum {
    INPUT_PASTE_LIMIT = 16 << 20, /* bytes kept of one paste */
    INPUT_SEQUENCES = 128,        /* keys the terminal description adds */
    INPUT_QUIET_MS = 25,          /* a pause this long ends an ESC and a paste */
};

struct input_sequence {
    char bytes[16];
    struct key key;
};

struct input {
    struct buf pending; /* read, not yet understood */
    size_t at;
    struct buf paste;
    bool pasting, paste_cut, paste_taken;
    size_t paste_end; /* length of paste at the last end mark; SIZE_MAX: none yet */
    bool margins; /* the terminal answered that it has left and right margins */
    struct input_sequence sequences[INPUT_SEQUENCES];
    size_t sequence_count;
};

enum input_state {
    INPUT_EVENT, /* *event is filled */
    INPUT_NONE,  /* nothing left */
    INPUT_MORE,  /* something is unfinished: feed more, or call with `quiet` after a pause */
};

void input_init(struct input *input, struct env *env);
void input_release(struct input *input);
/* A key of the terminal description. Ignored when too long or not starting with a control. */
void input_define(struct input *input, const char *bytes, struct key key);
void input_feed(struct input *input, struct str bytes);
/* Takes the next event. `quiet`: nothing came for INPUT_QUIET_MS, so an ESC is the key Esc and a
 * paste that saw an end mark is over.
 * Unknown control sequences are swallowed whole, invalid UTF-8 is dropped. A paste ends at the last
 * end mark that came without a pause before it: a mark inside the pasted text neither ends it nor
 * turns the rest into keys. */
enum input_state input_next(struct input *input, bool quiet, struct term_event *event);
bool input_empty(const struct input *input);

#endif
