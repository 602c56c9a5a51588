/* The terminal: the only part that knows curses. One terminal at a time, owned by the main thread.
 *
 * The loop of a program:
 *
 *     while (going) {
 *         if (!term_pending(term)) {     // everything typed so far is worked off: draw once
 *             draw(&canvas);
 *             term_draw(term, &canvas);
 *         }
 *         term_wait(term, -1, &event);
 *         handle(&event);
 *     }
 *
 * Signals are blocked except while term_wait waits; what happens in a handler is one flag. Their
 * dispositions (reliability.md section 1.4): SIGTERM, SIGHUP, SIGINT, SIGTSTP, SIGCONT and SIGWINCH
 * become events; SIGQUIT, SIGPIPE, SIGXFSZ, SIGUSR1, SIGUSR2 and SIGTTOU are ignored; a crash
 * restores the terminal and dies of its signal. */
#ifndef POSTFLOW_TERM_TERM_H
#define POSTFLOW_TERM_TERM_H

#include <stdbool.h>
#include "engine/base/str.h"
#include "tui/term/canvas.h"
#include "tui/term/input.h"
#include "tui/term/style.h"

struct env;
struct term;

struct term_options {
    bool mouse;    /* ask for mouse events when the terminal has them */
    bool no_color; /* beside the environment's NO_COLOR */
    bool ascii;    /* ASCII even where the locale is UTF-8 */
};

/* Takes the terminal on standard input and output: alternate screen, raw keys, bracketed paste.
 * Sets LC_CTYPE from the environment. NULL when there is none or it cannot do it; then *why is one
 * sentence (static) and nothing was written to it. */
struct term *term_start(struct env *env, const struct term_options *options, const char **why);
/* Everything as it was found. Does not touch a terminal that has gone. NULL is fine. */
void term_stop(struct term *term);

void term_size(const struct term *term, int *rows, int *cols);
bool term_utf8(const struct term *term);
enum style_depth term_depth(const struct term *term);

/* Shows the canvas; only cells that differ from what is shown are sent. A canvas of another size
 * is clipped. Scrolled rows are found and moved with scroll regions. */
void term_draw(struct term *term, struct canvas *canvas);
/* The next term_draw paints everything (the screen was disturbed). */
void term_redraw(struct term *term);
void term_bell(struct term *term);

/* Waits for the next event, at most timeout_ms (< 0: for ever; 0: only what is there). False and
 * TERM_TIMEOUT when nothing came. After TERM_HANGUP the terminal is not written to any more; it is
 * reported again by every further call. After TERM_RESIZE the size is the new one. */
bool term_wait(struct term *term, int timeout_ms, struct term_event *event);
/* True when term_wait would have an event at once: do not draw yet. */
bool term_pending(struct term *term);

/* Ctrl-Z: gives the terminal back, stops the job, comes back when continued. TERM_RESUME follows.
 * A SIGTSTP from outside does the same by itself inside term_wait. */
void term_suspend(struct term *term);
/* Gives the terminal to a program (argv as execvp) and waits for it. Returns its exit status,
 * 128 + n for a signal, or -1 with errno when it could not be started. TERM_RESUME follows. */
int term_run(struct term *term, char *const argv[]);

/* Written after the terminal is restored when a fatal signal ends the program: "Your work up to
 * 12:30 is in ...". Copied (and cut at 400 bytes), printable text; NULL for none. */
void term_last_words(const char *line);
/* Restores the terminal if one is taken. Safe in signal handlers and when memory is out; the
 * program can only end afterwards. */
void term_emergency(void);
/* Dies of the signal with its default action, so that the exit status tells it. term_stop first. */
_Noreturn void term_die(int signal);

#endif
