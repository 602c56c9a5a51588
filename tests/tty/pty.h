/* A program on a pseudo terminal, with libvterm as the terminal. Waits are for a state of the
 * screen or of the program, with a deadline; nothing sleeps. Failures end the test (cmocka). */
#ifndef POSTFLOW_TESTS_PTY_H
#define POSTFLOW_TESTS_PTY_H

#include <errno.h>
#include <poll.h>
#include <pty.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>
#include <utmp.h>

#include <cmocka.h>
#include <vterm.h>

enum {
    PTY_DEADLINE_MS = 60000, /* a busy machine may not let a program run for seconds */
    PTY_ROW = 4096,
};

struct pty {
    int master;
    pid_t pid;
    VTerm *vt;
    VTermScreen *screen;
    bool alternate, cursor_hidden;
    int mouse;
    char *stream; /* every byte the program wrote, with a NUL behind */
    size_t length, capacity;
    struct termios before;
    bool closed; /* the other side has gone */
    bool ended;
    int status;
    struct rusage usage;
};

static inline int64_t pty_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static inline int pty_on_property(VTermProp property, VTermValue *value, void *user)
{
    struct pty *pty = user;
    if (property == VTERM_PROP_ALTSCREEN)
        pty->alternate = value->boolean;
    else if (property == VTERM_PROP_CURSORVISIBLE)
        pty->cursor_hidden = !value->boolean;
    else if (property == VTERM_PROP_MOUSE)
        pty->mouse = value->number;
    return 1;
}

/* Answers of the terminal. What a program that has gone cannot take is lost. */
static inline void pty_on_output(const char *bytes, size_t len, void *user)
{
    struct pty *pty = user;
    if (write(pty->master, bytes, len) < 0)
        pty->closed = true;
}

static inline void pty_open_screen(struct pty *pty, int rows, int cols)
{
    static const VTermScreenCallbacks callbacks = { .settermprop = pty_on_property };
    pty->vt = vterm_new(rows, cols);
    vterm_set_utf8(pty->vt, 1);
    vterm_output_set_callback(pty->vt, pty_on_output, pty);
    pty->screen = vterm_obtain_screen(pty->vt);
    vterm_screen_set_callbacks(pty->screen, &callbacks, pty);
    vterm_screen_enable_altscreen(pty->screen, 1);
    vterm_screen_reset(pty->screen, 1);
}

/* Starts argv on a terminal. `settings` are "NAME=value" for its environment ("NAME" takes it
 * away), NULL at the end; NULL for none. `ignore_hangup` as nohup does. */
static inline void pty_start(struct pty *pty, int rows, int cols, char *const argv[],
                             char *const settings[], bool ignore_hangup)
{
    struct winsize size = { .ws_row = (unsigned short)rows, .ws_col = (unsigned short)cols };
    *pty = (struct pty){ .master = -1 };
    int slave;
    pty_open_screen(pty, rows, cols);
    assert_int_equal(openpty(&pty->master, &slave, NULL, NULL, &size), 0);
    tcgetattr(slave, &pty->before);
    pty->pid = fork();
    assert_true(pty->pid >= 0);
    if (pty->pid == 0) {
        close(pty->master);
        login_tty(slave);
        setenv("TERM", "xterm-256color", 1);
        setenv("LC_ALL", "C.UTF-8", 1);
        for (int i = 0; settings && settings[i]; i++)
            if (strchr(settings[i], '='))
                putenv(settings[i]);
            else
                unsetenv(settings[i]);
        signal(SIGHUP, ignore_hangup ? SIG_IGN : SIG_DFL);
        execvp(argv[0], argv);
        _exit(127);
    }
    close(slave);
}

static inline void pty_keep(struct pty *pty, const char *bytes, size_t len)
{
    if (pty->length + len + 1 > pty->capacity) {
        pty->capacity = (pty->length + len + 1) * 2;
        pty->stream = realloc(pty->stream, pty->capacity);
        assert_non_null(pty->stream);
    }
    memcpy(pty->stream + pty->length, bytes, len);
    pty->length += len;
    pty->stream[pty->length] = '\0';
}

/* Takes what the program wrote, waiting at most `ms` for it. False when nothing came. */
static inline bool pty_pump(struct pty *pty, int ms)
{
    struct pollfd fd = { .fd = pty->master, .events = POLLIN };
    char bytes[65536];
    if (pty->closed || poll(&fd, 1, ms) <= 0)
        return false;
    ssize_t n = read(pty->master, bytes, sizeof(bytes));
    if (n <= 0) {
        pty->closed = true;
        return false;
    }
    pty_keep(pty, bytes, (size_t)n);
    vterm_input_write(pty->vt, bytes, (size_t)n);
    vterm_screen_flush_damage(pty->screen);
    return true;
}

/* The text of a row, blanks at its end left out; valid until the next call. */
static inline const char *pty_row(struct pty *pty, int row)
{
    static char text[PTY_ROW];
    int rows, cols;
    vterm_get_size(pty->vt, &rows, &cols);
    VTermRect rect = { row, row + 1, 0, cols };
    size_t len = row < rows ? vterm_screen_get_text(pty->screen, text, sizeof(text) - 1, rect) : 0;
    while (len > 0 && text[len - 1] == ' ')
        len--;
    text[len] = '\0';
    return text;
}

static inline bool pty_shows(struct pty *pty, const char *text)
{
    int rows, cols;
    vterm_get_size(pty->vt, &rows, &cols);
    for (int row = 0; row < rows; row++)
        if (strstr(pty_row(pty, row), text))
            return true;
    return false;
}

static inline void pty_print(struct pty *pty)
{
    int rows, cols;
    vterm_get_size(pty->vt, &rows, &cols);
    for (int row = 0; row < rows; row++)
        fprintf(stderr, "|%s\n", pty_row(pty, row));
    fprintf(stderr, "%s, last bytes: ", pty->closed ? "closed" : "open");
    for (size_t i = pty->length > 400 ? pty->length - 400 : 0; i < pty->length; i++)
        fprintf(stderr, pty->stream[i] >= ' ' ? "%c" : "\\%03o", (unsigned char)pty->stream[i]);
    fprintf(stderr, "\n");
}

/* Waits until the screen shows the text. */
static inline void pty_expect_at(struct pty *pty, const char *text, const char *file, int line)
{
    int64_t deadline = pty_now() + PTY_DEADLINE_MS;
    while (!pty_shows(pty, text)) {
        if (!pty_pump(pty, 100) && (pty->closed || pty_now() > deadline)) {
            fprintf(stderr, "not shown: %s\n", text);
            pty_print(pty);
            _fail(file, line);
        }
    }
}
#define pty_expect(pty, text) pty_expect_at(pty, text, __FILE__, __LINE__)

/* Types; takes output meanwhile, so that neither side waits for the other. */
static inline void pty_send_bytes(struct pty *pty, const char *bytes, size_t len)
{
    while (len > 0 && !pty->closed) {
        struct pollfd fd = { .fd = pty->master, .events = POLLIN | POLLOUT };
        poll(&fd, 1, PTY_DEADLINE_MS);
        if (fd.revents & POLLIN)
            pty_pump(pty, 0);
        if (!(fd.revents & POLLOUT))
            continue;
        size_t part = len < 1024 ? len : 1024;
        ssize_t n = write(pty->master, bytes, part);
        if (n < 0)
            return;
        bytes += n;
        len -= (size_t)n;
    }
}

static inline void pty_send(struct pty *pty, const char *keys)
{
    pty_send_bytes(pty, keys, strlen(keys));
}

static inline void pty_resize(struct pty *pty, int rows, int cols)
{
    struct winsize size = { .ws_row = (unsigned short)rows, .ws_col = (unsigned short)cols };
    vterm_set_size(pty->vt, rows, cols);
    ioctl(pty->master, TIOCSWINSZ, &size);
}

/* Waits for the end of the program; its last output is on the screen then. */
static inline int pty_wait(struct pty *pty)
{
    int64_t deadline = pty_now() + PTY_DEADLINE_MS;
    while (!pty->ended) {
        pty->ended = wait4(pty->pid, &pty->status, WNOHANG, &pty->usage) == pty->pid;
        pty_pump(pty, pty->ended ? 0 : 1);
        if (pty->closed && !pty->ended) { /* nothing more to wait for but the end */
            struct timespec tick = { .tv_nsec = 1000000 };
            ppoll(NULL, 0, &tick, NULL);
        }
        if (!pty->ended && pty_now() > deadline) {
            kill(pty->pid, SIGKILL);
            pty_print(pty);
            fail_msg("the program does not end");
        }
    }
    while (pty_pump(pty, 0))
        ;
    return pty->status;
}

/* Nothing is left of the program on the terminal. */
static inline void pty_expect_restored(struct pty *pty)
{
    struct termios now;
    if (tcgetattr(pty->master, &now) == 0) {
        assert_int_equal(now.c_iflag, pty->before.c_iflag);
        assert_int_equal(now.c_oflag, pty->before.c_oflag);
        assert_int_equal(now.c_lflag, pty->before.c_lflag);
        assert_int_equal(now.c_cflag, pty->before.c_cflag);
        assert_memory_equal(now.c_cc, pty->before.c_cc, sizeof(now.c_cc));
    }
    assert_false(pty->alternate);
    assert_false(pty->cursor_hidden);
    assert_int_equal(pty->mouse, 0);
    static const char *const pairs[][2] = { { "\033[?2004h", "\033[?2004l" },
                                            { "\033[?69h", "\033[?69l" },
                                            { "\033[?1h", "\033[?1l" } };
    for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
        const char *on = NULL;
        for (const char *at = pty->stream; at && (at = strstr(at, pairs[i][0])); at++)
            on = at;
        if (on && !strstr(on, pairs[i][1]))
            fail_msg("left on: ESC%s", pairs[i][0] + 1);
    }
}

/* ESC [ ... m with a parameter in this range: 7 is reverse video, 30 and more are colours. */
static inline bool pty_has_rendition(const char *stream, long least, long most)
{
    for (const char *at = stream; (at = strstr(at, "\033["));) {
        const char *params = at + 2;
        at = params + strspn(params, "0123456789;");
        for (; *at == 'm' && params < at; params += strcspn(params, ";m") + 1)
            if (strtol(params, NULL, 10) >= least && strtol(params, NULL, 10) <= most)
                return true;
    }
    return false;
}

static inline void pty_end(struct pty *pty)
{
    if (!pty->ended && pty->pid > 0) {
        kill(pty->pid, SIGKILL);
        waitpid(pty->pid, NULL, 0);
    }
    if (pty->master >= 0)
        close(pty->master);
    vterm_free(pty->vt);
    free(pty->stream);
    *pty = (struct pty){ .master = -1 };
}

#endif
