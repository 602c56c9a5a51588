#include "tui/term/state.h"

#include <errno.h>
#include <poll.h>
#include <time.h>
#include <unistd.h>

#include "tui/term/signals.h"

static int64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static bool signal_event(struct term *term, struct term_event *event)
{
    *event = (struct term_event){ .rows = term->rows, .cols = term->cols };
    if (signals_came(SIGTERM)) {
        event->type = TERM_TERMINATE;
        event->signal = SIGTERM;
    } else if (signals_came(SIGHUP)) {
        event->type = TERM_TERMINATE;
        event->signal = SIGHUP;
    } else if (term->gone) {
        event->type = TERM_HANGUP;
    } else if (signals_came(SIGINT)) {
        event->key = KEY_CTRL_OF('c');
    } else if (signals_came(SIGWINCH)) {
        term_adopt_size(term);
        event->type = TERM_RESIZE;
        event->rows = term->rows;
        event->cols = term->cols;
    } else if (term->resumed) {
        term->resumed = false;
        event->type = TERM_RESUME;
    } else {
        return false;
    }
    return true;
}

/* Stops and continuations happen here; what the program sees is TERM_RESUME. */
static void job_control(struct term *term)
{
    if (signals_came(SIGTSTP)) {
        term_suspend(term);
    } else if (signals_came(SIGCONT)) { /* after a stop nobody could see */
        term_leave(term);
        term_enter(term);
    }
}

static void read_input(struct term *term)
{
    char bytes[4096];
    ssize_t n = read(term->in, bytes, sizeof(bytes));
    if (n > 0) {
        input_feed(&term->input, (struct str){ bytes, (size_t)n });
        term->fed_at = now_ms();
    } else if (n == 0 || (errno != EINTR && errno != EAGAIN)) {
        term->gone = true;
    }
}

/* Waits for bytes or a signal, `wait` milliseconds or for ever; true when bytes were read or the
 * terminal has gone. */
static bool wait_input(struct term *term, int64_t wait)
{
    struct pollfd fd = { .fd = term->in, .events = POLLIN };
    struct timespec time = { .tv_sec = (time_t)(wait / 1000), .tv_nsec = wait % 1000 * 1000000 };
    if (ppoll(&fd, 1, wait < 0 ? NULL : &time, signals_wait_mask()) <= 0)
        return false;
    if (fd.revents & POLLIN)
        read_input(term);
    else
        term->gone = true;
    return true;
}

static int64_t shorter(int64_t a, int64_t b)
{
    return a < 0 ? b : b < 0 || a < b ? a : b;
}

bool term_wait(struct term *term, int timeout_ms, struct term_event *event)
{
    if (term->has_ahead) {
        term->has_ahead = false;
        *event = term->ahead;
        return true;
    }
    int64_t deadline = timeout_ms < 0 ? -1 : now_ms() + timeout_ms;
    for (;;) {
        signals_poll();
        job_control(term);
        if (signal_event(term, event))
            return true;
        enum input_state state = input_next(&term->input, false, event);
        int64_t now = now_ms(), left = deadline < 0 ? -1 : deadline > now ? deadline - now : 0;
        int64_t quiet = -1;
        if (state == INPUT_MORE)
            quiet = term->fed_at + INPUT_QUIET_MS > now ? term->fed_at + INPUT_QUIET_MS - now : 0;
        if (state == INPUT_EVENT)
            return true;
        if (wait_input(term, shorter(quiet, left)))
            continue;
        if (quiet >= 0 && now_ms() >= term->fed_at + INPUT_QUIET_MS &&
            input_next(&term->input, true, event) == INPUT_EVENT)
            return true;
        if (deadline >= 0 && now_ms() >= deadline) {
            signals_poll();
            job_control(term);
            if (signal_event(term, event))
                return true;
            *event = (struct term_event){ .type = TERM_TIMEOUT };
            return false;
        }
    }
}

bool term_pending(struct term *term)
{
    if (!term->has_ahead)
        term->has_ahead = term_wait(term, 0, &term->ahead);
    return term->has_ahead;
}
