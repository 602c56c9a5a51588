/* Scenarios in processes of their own. Worker w of n plays files w, w + n, ... and writes what came
 * of them to its pipe; whoever asks reads the pipes in turn, so that results come in the order of
 * the files whatever takes how long. */
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>
#include "tui/cli/test.h"

enum { LAST = 0xffffffff }; /* the record behind the outcomes: coverage */

struct record {
    uint32_t verdict;
    uint32_t written;
    uint64_t title, message, trace; /* bytes that follow */
};
struct worker {
    pid_t process;
    int pipe;
};

static bool write_all(int pipe, const void *bytes, size_t len)
{
    const char *at = bytes;
    while (len > 0) {
        ssize_t written = write(pipe, at, len);
        if (written < 0 && errno != EINTR)
            return false;
        if (written > 0) {
            at += written;
            len -= (size_t) written;
        }
    }
    return true;
}

static bool read_all(int pipe, void *bytes, size_t len)
{
    char *at = bytes;
    while (len > 0) {
        ssize_t got = read(pipe, at, len);
        if (got == 0 || (got < 0 && errno != EINTR))
            return false;
        if (got > 0) {
            at += got;
            len -= (size_t) got;
        }
    }
    return true;
}

static bool send_outcome(int pipe, const struct outcome *outcome)
{
    struct record record = { outcome->verdict, outcome->written, outcome->title.len,
                             outcome->message.len, outcome->trace.len };
    return write_all(pipe, &record, sizeof record) &&
           write_all(pipe, outcome->title.ptr, outcome->title.len) &&
           write_all(pipe, outcome->message.ptr, outcome->message.len) &&
           write_all(pipe, outcome->trace.ptr, outcome->trace.len);
}

static bool receive_text(int pipe, uint64_t len, struct buf *out)
{
    buf_reserve(out, len);
    if (!read_all(pipe, out->ptr, len))
        return false;
    out->len = len;
    return true;
}

static bool receive_outcome(int pipe, struct outcome *out)
{
    struct record record;
    if (!read_all(pipe, &record, sizeof record))
        return false;
    out->verdict = record.verdict;
    out->written = record.written != 0;
    return receive_text(pipe, record.title, &out->title) &&
           receive_text(pipe, record.message, &out->message) &&
           receive_text(pipe, record.trace, &out->trace);
}

_Noreturn static void work(struct tests *tests, size_t first, int pipe)
{
    struct env *env = &tests->cli->env;
    bool fine = true;
    for (size_t i = first; fine && i < tests->files.count; i += tests->jobs) {
        struct outcome outcome;
        outcome_init(&outcome, env);
        test_run(tests, tests->files.items[i].path, &outcome);
        fine = send_outcome(pipe, &outcome);
        outcome_release(&outcome);
    }
    if (fine && tests->coverage) {
        struct outcome last;
        outcome_init(&last, env);
        last.verdict = LAST;
        coverage_write(tests->coverage, &last.trace);
        send_outcome(pipe, &last);
    }
    _exit(0);
}

static bool start(struct tests *tests, struct worker *workers, size_t n)
{
    int ends[2];
    if (pipe(ends) < 0)
        return false;
    pid_t process = fork();
    if (process == 0) {
        close(ends[0]);
        for (size_t i = 0; i < n; i++)
            close(workers[i].pipe);
        mem_free(&tests->cli->env, workers);
        work(tests, n, ends[1]);
    }
    close(ends[1]);
    workers[n] = (struct worker){ process, ends[0] };
    if (process < 0)
        close(ends[0]);
    return process > 0;
}

/* A worker that has ended before its time has died in this scenario. */
static bool tell_each(struct tests *tests, const struct worker *workers, test_tell tell)
{
    bool going = true;
    for (size_t i = 0; going && i < tests->files.count; i++) {
        struct outcome outcome;
        outcome_init(&outcome, &tests->cli->env);
        if (!receive_outcome(workers[i % tests->jobs].pipe, &outcome)) {
            outcome.verdict = VERDICT_BROKEN;
            buf_clear(&outcome.message);
            buf_add_text(&outcome.message, "The process that played it has died.\n");
        }
        going = tell(tests, tests->files.items[i].path, &outcome);
        outcome_release(&outcome);
    }
    return going;
}

static void take_coverage(struct tests *tests, const struct worker *workers)
{
    for (size_t i = 0; i < tests->jobs; i++) {
        struct outcome last;
        outcome_init(&last, &tests->cli->env);
        if (receive_outcome(workers[i].pipe, &last) && last.verdict == LAST)
            coverage_read(tests->coverage, buf_str(&last.trace));
        outcome_release(&last);
    }
}

static void end(struct worker *workers, size_t count, bool kill_them)
{
    for (size_t i = 0; i < count; i++) {
        if (kill_them)
            kill(workers[i].process, SIGTERM);
        close(workers[i].pipe);
        while (waitpid(workers[i].process, NULL, 0) < 0 && errno == EINTR)
            ;
    }
}

bool test_workers(struct tests *tests, test_tell tell)
{
    struct env *env = &tests->cli->env;
    struct worker *workers = mem_zalloc(env, tests->jobs * sizeof *workers);
    size_t started = 0;
    fflush(stdout);
    while (started < tests->jobs && start(tests, workers, started))
        started++;
    bool fine = started == tests->jobs;
    bool going = fine && tell_each(tests, workers, tell);
    if (going && tests->coverage)
        take_coverage(tests, workers);
    end(workers, started, !going);
    mem_free(env, workers);
    return fine;
}
