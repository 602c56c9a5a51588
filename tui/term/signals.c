#include "tui/term/signals.h"

#include <string.h>
#include <unistd.h>

#include "tui/term/term.h"

enum kind { KIND_EVENT, KIND_IGNORE, KIND_CRASH };

static const struct {
    int number;
    enum kind kind;
    bool keep_ignored; /* nohup and shells without job control mean it */
} handled[] = {
    { SIGWINCH, KIND_EVENT, false }, { SIGTERM, KIND_EVENT, false },
    { SIGHUP, KIND_EVENT, true },    { SIGINT, KIND_EVENT, false },
    { SIGTSTP, KIND_EVENT, true },   { SIGCONT, KIND_EVENT, false },
    { SIGQUIT, KIND_IGNORE, false }, { SIGPIPE, KIND_IGNORE, false },
    { SIGXFSZ, KIND_IGNORE, false }, { SIGUSR1, KIND_IGNORE, false },
    { SIGUSR2, KIND_IGNORE, false }, { SIGTTOU, KIND_IGNORE, false },
    { SIGSEGV, KIND_CRASH, false },  { SIGBUS, KIND_CRASH, false },
    { SIGFPE, KIND_CRASH, false },   { SIGILL, KIND_CRASH, false },
    { SIGABRT, KIND_CRASH, false },  { SIGSYS, KIND_CRASH, false },
    { SIGXCPU, KIND_CRASH, false },
};
enum { HANDLED = sizeof(handled) / sizeof(handled[0]) };

/* One process has one set of signals: this is the one place with state of its own. */
static volatile sig_atomic_t came[NSIG];
static struct sigaction before[HANDLED];
static sigset_t mask_before;
static bool taken;

static struct {
    volatile sig_atomic_t armed;
    int fd;
    struct termios modes;
    char restore[512];
    size_t length;
    char words[400];
    size_t words_length;
    char stack[64 * 1024];
} crash;

static void note(int number)
{
    came[number] = 1;
}

static void write_all(int fd, const char *text, size_t len)
{
    while (len > 0) {
        ssize_t n = write(fd, text, len);
        if (n <= 0)
            return;
        text += n;
        len -= (size_t)n;
    }
}

void term_emergency(void)
{
    if (!crash.armed)
        return;
    crash.armed = 0;
    write_all(crash.fd, crash.restore, crash.length);
    tcsetattr(crash.fd, TCSANOW, &crash.modes);
}

/* Gives the signal to whoever had it before (the default, or a sanitizer). */
static void on_crash(int number)
{
    bool shown = crash.armed;
    term_emergency();
    if (shown)
        write_all(crash.fd, crash.words, crash.words_length);
    for (size_t i = 0; i < HANDLED; i++)
        if (handled[i].number == number)
            sigaction(number, &before[i], NULL);
    raise(number);
}

void term_last_words(const char *line)
{
    size_t len = line ? strlen(line) : 0;
    if (len > sizeof(crash.words) - 1)
        len = sizeof(crash.words) - 1;
    crash.words_length = 0;
    if (len == 0)
        return;
    memcpy(crash.words, line, len);
    crash.words[len] = '\n';
    crash.words_length = len + 1;
}

void signals_prepare(int fd, const struct termios *modes, struct str restore)
{
    crash.armed = 0;
    crash.fd = fd;
    crash.modes = *modes;
    crash.length = restore.len < sizeof(crash.restore) ? restore.len : sizeof(crash.restore);
    memcpy(crash.restore, restore.ptr, crash.length);
    crash.armed = 1;
}

void signals_forget(void)
{
    crash.armed = 0;
}

static void take(size_t i)
{
    struct sigaction action = { .sa_handler = note };
    if (handled[i].keep_ignored && before[i].sa_handler == SIG_IGN)
        action.sa_handler = SIG_IGN;
    if (handled[i].kind == KIND_IGNORE)
        action.sa_handler = SIG_IGN;
    if (handled[i].kind == KIND_CRASH) {
        action.sa_handler = on_crash;
        action.sa_flags = SA_ONSTACK;
        sigfillset(&action.sa_mask);
        sigdelset(&action.sa_mask, handled[i].number);
    }
    sigaction(handled[i].number, &action, NULL);
}

void signals_retake(void)
{
    for (size_t i = 0; i < HANDLED; i++)
        take(i);
}

void signals_take(void)
{
    sigset_t events;
    stack_t stack = { .ss_sp = crash.stack, .ss_size = sizeof(crash.stack) };
    sigaltstack(&stack, NULL);
    sigemptyset(&events);
    for (size_t i = 0; i < HANDLED; i++) {
        sigaction(handled[i].number, NULL, &before[i]);
        came[handled[i].number] = 0;
        if (handled[i].kind == KIND_EVENT)
            sigaddset(&events, handled[i].number);
    }
    sigprocmask(SIG_BLOCK, &events, &mask_before);
    /* A mask inherited from a careless parent must not make the program deaf. */
    for (size_t i = 0; i < HANDLED; i++)
        sigdelset(&mask_before, handled[i].number);
    taken = true;
    signals_retake();
}

void signals_release(void)
{
    if (!taken)
        return;
    taken = false;
    for (size_t i = 0; i < HANDLED; i++)
        sigaction(handled[i].number, &before[i], NULL);
    sigprocmask(SIG_SETMASK, &mask_before, NULL);
}

const sigset_t *signals_wait_mask(void)
{
    return &mask_before;
}

void signals_poll(void)
{
    sigset_t blocked;
    sigprocmask(SIG_SETMASK, &mask_before, &blocked);
    sigprocmask(SIG_SETMASK, &blocked, NULL);
}

bool signals_came(int number)
{
    bool yes = came[number];
    came[number] = 0;
    return yes;
}

static void set_default(int number)
{
    struct sigaction action = { .sa_handler = SIG_DFL };
    sigaction(number, &action, NULL);
}

static void set_ignored(int number)
{
    struct sigaction action = { .sa_handler = SIG_IGN };
    sigaction(number, &action, NULL);
}

bool signals_stop_job(void)
{
    for (size_t i = 0; i < HANDLED; i++)
        if (handled[i].number == SIGTSTP && before[i].sa_handler == SIG_IGN)
            return false;
    set_default(SIGTSTP);
    kill(0, SIGTSTP);
    signals_poll(); /* stops here */
    /* Continued in the background (bg): the terminal is another's, wait for fg. An orphan is not
     * stopped by this; reading will tell it that the terminal has gone. */
    for (int tries = 0; tries < 3 && crash.fd >= 0 && tcgetpgrp(crash.fd) != getpgrp(); tries++)
        kill(0, SIGTTIN);
    signals_retake();
    signals_came(SIGTSTP);
    signals_came(SIGCONT);
    return true;
}

void signals_lend(void)
{
    sigset_t stop;
    set_ignored(SIGINT);
    set_default(SIGTSTP);
    sigemptyset(&stop);
    sigaddset(&stop, SIGTSTP);
    sigprocmask(SIG_UNBLOCK, &stop, NULL);
}

void signals_child(void)
{
    for (size_t i = 0; i < HANDLED; i++)
        if (before[i].sa_handler == SIG_IGN)
            set_ignored(handled[i].number);
        else
            set_default(handled[i].number);
    sigprocmask(SIG_SETMASK, &mask_before, NULL);
}

void term_die(int number)
{
    sigset_t set;
    set_default(number);
    sigemptyset(&set);
    sigaddset(&set, number);
    sigprocmask(SIG_UNBLOCK, &set, NULL);
    raise(number);
    _exit(128 + number);
}
