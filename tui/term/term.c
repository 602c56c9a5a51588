#include "tui/term/state.h"

#include <errno.h>
#include <langinfo.h>
#include <locale.h>
#include <poll.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "engine/base/mem.h"
#include "tui/term/caps.h"
#include "tui/term/signals.h"

enum { ROWS_MOST = 1000, COLS_MOST = 1000 }; /* a window size is input like any other */

void term_write(struct term *term, struct str text)
{
    while (text.len > 0) {
        ssize_t n = write(term->out, text.ptr, text.len);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return;
        text = str_slice(text, (size_t)n, text.len);
    }
}

/* Only terminals of xterm's kind, which have a mouse, are asked for paste and mouse. */
static void prepare_modes(struct term *term, bool mouse)
{
    const char *has_mouse = caps_get("kmous");
    if (has_mouse && strncmp(has_mouse, "\033[", 2) == 0) {
        term->mouse = mouse;
        buf_add_text(&term->enter, "\033[?2004h");
        buf_add_text(&term->enter, mouse ? "\033[?1002;1006h" : "");
        buf_add_text(&term->leave, mouse ? "\033[?1002;1006l" : "");
        buf_add_text(&term->leave, "\033[?2004l");
    }
}

/* Margins on the left and right let a pane scroll by itself. Descriptions claim them for terminals
 * that have none, so the terminal is asked; no answer, no margins. */
static void ask_margins(struct term *term)
{
    term->asked_margins = caps_get("smglr") != NULL;
    if (term->asked_margins)
        term_write(term, STR("\033[?69$p"));
}

static void prepare_crash(struct term *term)
{
    static const char *const closing[] = { "sgr0", "op", "rmkx", "cnorm", "rmcup" };
    struct buf restore;
    buf_init(&restore, term->env);
    buf_add(&restore, buf_str(&term->leave));
    buf_add_text(&restore, caps_get("smglr") ? "\033[?69l" : "");
    for (size_t i = 0; i < sizeof(closing) / sizeof(closing[0]); i++)
        caps_add(&restore, closing[i]);
    signals_prepare(term->out, &term->modes, buf_str(&restore));
    buf_release(&restore);
}

static bool read_size(struct term *term)
{
    struct winsize size;
    int rows = LINES, cols = COLS;
    if (ioctl(term->out, TIOCGWINSZ, &size) == 0 && size.ws_row > 0 && size.ws_col > 0) {
        rows = size.ws_row < ROWS_MOST ? size.ws_row : ROWS_MOST;
        cols = size.ws_col < COLS_MOST ? size.ws_col : COLS_MOST;
    }
    bool changed = rows != term->rows || cols != term->cols;
    term->rows = rows;
    term->cols = cols;
    return changed;
}

void term_adopt_size(struct term *term)
{
    if (read_size(term) || LINES != term->rows || COLS != term->cols)
        resize_term(term->rows, term->cols);
    draw_resize(term);
}

static void start_curses(struct term *term)
{
    raw();
    nonl();
    noecho();
    keypad(stdscr, TRUE);
    typeahead(-1); /* or curses would stop painting when a key is pressed */
    idlok(stdscr, TRUE);
    leaveok(stdscr, TRUE);
    curs_set(0);
    def_prog_mode();
    /* Until it has ended once, ncurses 6.4 writes before each movement of the cursor what it has: a
     * hundred system calls for a page instead of one. */
    endwin();
    doupdate();
    caps_define_keys(&term->input);
}

struct term *term_start(struct env *env, const struct term_options *options, const char **why)
{
    bool terminal = isatty(STDIN_FILENO) && isatty(STDOUT_FILENO);
    *why = terminal ? caps_check(STDOUT_FILENO) : "standard input and output are not a terminal";
    if (*why)
        return NULL;
    setlocale(LC_CTYPE, "");
    struct term *term = mem_zalloc(env, sizeof(*term));
    *term = (struct term){ .env = env, .in = STDIN_FILENO, .out = STDOUT_FILENO };
    tcgetattr(term->in, &term->modes);
    signals_take();
    term->screen = newterm(NULL, stdout, stdin);
    if (!term->screen) {
        signals_release();
        mem_free(env, term);
        *why = "the terminal cannot be prepared";
        return NULL;
    }
    term->utf8 = !options->ascii && strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
    input_init(&term->input, env);
    buf_init(&term->enter, env);
    buf_init(&term->leave, env);
    canvas_init(&term->shown, env, term->utf8);
    start_curses(term);
    prepare_modes(term, options->mouse);
    prepare_crash(term);
    signals_retake();
    draw_init(term, options->no_color);
    term_adopt_size(term);
    term_write(term, buf_str(&term->enter));
    ask_margins(term);
    return term;
}

static bool terminal_is_there(struct term *term)
{
    struct pollfd poll_fd = { .fd = term->in };
    return !term->gone && !(poll(&poll_fd, 1, 0) > 0 &&
                            (poll_fd.revents & (POLLHUP | POLLERR | POLLNVAL)));
}

void term_leave(struct term *term)
{
    if (term->margins_on)
        term_write(term, STR("\033[?69l"));
    term->margins_on = false;
    term_write(term, buf_str(&term->leave));
    endwin();
}

void term_enter(struct term *term)
{
    reset_prog_mode();
    signals_retake();
    term_write(term, buf_str(&term->enter));
    term_adopt_size(term);
    prepare_crash(term);
    term->resumed = true;
}

void term_stop(struct term *term)
{
    if (!term)
        return;
    if (terminal_is_there(term)) {
        term_leave(term);
        /* An answer that nobody read must not become a command of the shell. */
        bool unread = term->asked_margins && !term->input.margins;
        tcsetattr(term->in, unread ? TCSAFLUSH : TCSADRAIN, &term->modes);
    }
    signals_forget();
    delscreen(term->screen);
    input_release(&term->input);
    buf_release(&term->enter);
    buf_release(&term->leave);
    canvas_release(&term->shown);
    mem_free(term->env, term->line);
    mem_free(term->env, term);
    signals_release();
}

void term_size(const struct term *term, int *rows, int *cols)
{
    *rows = term->rows;
    *cols = term->cols;
}

bool term_utf8(const struct term *term)
{
    return term->utf8;
}

enum style_depth term_depth(const struct term *term)
{
    return term->depth;
}

void term_redraw(struct term *term)
{
    term->stale = true;
}

void term_bell(struct term *term)
{
    if (!term->gone)
        beep();
}
