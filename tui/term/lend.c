#include "tui/term/state.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tui/term/signals.h"

void term_suspend(struct term *term)
{
    term_leave(term);
    signals_stop_job();
    term_enter(term);
}

/* In the child. The parent reads errno from `report` when exec fails. */
static _Noreturn void run_child(char *const argv[], int report)
{
    signals_child();
    execvp(argv[0], argv);
    int error = errno;
    if (write(report, &error, sizeof(error)) < 0)
        _exit(126);
    _exit(127);
}

static int wait_child(pid_t pid)
{
    int status = 0;
    for (;;) {
        if (waitpid(pid, &status, WUNTRACED) < 0) {
            if (errno == EINTR)
                continue;
            return -1;
        }
        if (!WIFSTOPPED(status))
            return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
        raise(SIGSTOP); /* it was suspended alone: the shell waits for us */
    }
}

static int run(char *const argv[])
{
    int report[2], error = 0;
    if (pipe2(report, O_CLOEXEC) != 0)
        return -1;
    pid_t pid = fork();
    if (pid == 0)
        run_child(argv, report[1]);
    int fork_error = errno;
    close(report[1]);
    bool failed = pid > 0 && read(report[0], &error, sizeof(error)) == (ssize_t)sizeof(error);
    close(report[0]);
    if (pid < 0) {
        errno = fork_error;
        return -1;
    }
    int status = wait_child(pid);
    if (!failed)
        return status;
    errno = error;
    return -1;
}

int term_run(struct term *term, char *const argv[])
{
    term_leave(term);
    signals_lend();
    int status = run(argv);
    int error = errno;
    sigset_t block;
    sigemptyset(&block);
    sigaddset(&block, SIGTSTP);
    sigprocmask(SIG_BLOCK, &block, NULL);
    term_enter(term);
    signals_came(SIGCONT);
    errno = error;
    return status;
}
