/* Advisory locks: who opens a file that another session has open is told so, and nothing more. The
 * kernel drops the lock of a process that ended, so there are no stale ones. */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "engine/base/env.h"
#include "engine/session/parts.h"

struct file_locks {
    struct lock {
        char *path;
        int descriptor;
    } *items;
    size_t count, capacity;
};

static char *lock_path(struct session *session, const char *file)
{
    char *absolute = session_absolute(session->env, file);
    char name[32];

    snprintf(name, sizeof name, "%016" PRIx64 ".lock", str_hash(str_of(absolute)));
    mem_free(session->env, absolute);
    return session_state_path(session, "lock", name);
}

/* "PROCESS MILLISECONDS", as the holder wrote it; it may be anything. */
static void say_holder(struct session *session, int descriptor, const char *file)
{
    char text[64], since[40] = "?";
    ssize_t len = pread(descriptor, text, sizeof text - 1, 0);
    struct str process = { text, len > 0 ? (size_t) len : 0 }, start = STR_NONE;
    ptrdiff_t space = str_find_char(process, ' ');
    int64_t pid = 0, ms = 0;

    if (space >= 0) {
        start = str_trim(str_slice(process, (size_t) space, process.len));
        process.len = (size_t) space;
    }
    struct buf when;
    buf_init(&when, session->env);
    if (str_to_int(process, &pid) && str_to_int(start, &ms)) {
        datetime_show(ms / 1000, &when);
        snprintf(since, sizeof since, "%.*s", STR_ARG(buf_str(&when)));
    }
    buf_release(&when);
    message_more(session, MESSAGE_WARNING,
                 "%s is also open in process %" PRId64 " since %s: whoever saves last is asked",
                 file, pid, since);
}

void lock_file(struct session *session, const char *path)
{
    char *name = lock_path(session, path), line[64];
    int descriptor, len;
    struct file_locks *locks = session->locks;

    if (!name)
        return;
    for (size_t i = 0; locks && i < locks->count; i++)
        if (!strcmp(locks->items[i].path, name)) {
            mem_free(session->env, name);
            return;
        }
    descriptor = open(name, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK, 0600);
    if (descriptor < 0 || flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
        if (descriptor >= 0 && errno == EWOULDBLOCK)
            say_holder(session, descriptor, path);
        if (descriptor >= 0)
            close(descriptor);
        mem_free(session->env, name);
        return;
    }
    len = snprintf(line, sizeof line, "%ld %" PRId64 "\n", (long) getpid(),
                   session->env->now(session->env));
    if (ftruncate(descriptor, 0) != 0 || pwrite(descriptor, line, (size_t) len, 0) != len)
        len = 0; /* who comes second is told without the process */
    if (!locks)
        locks = session->locks = mem_zalloc(session->env, sizeof *locks);
    locks->items = mem_grow(session->env, locks->items, &locks->capacity, locks->count + 1,
                            sizeof *locks->items);
    locks->items[locks->count++] = (struct lock){ .path = name, .descriptor = descriptor };
}

void locks_release(struct session *session)
{
    struct file_locks *locks = session->locks;

    for (size_t i = 0; locks && i < locks->count; i++) {
        unlink(locks->items[i].path);
        close(locks->items[i].descriptor);
        mem_free(session->env, locks->items[i].path);
    }
    if (locks)
        mem_free(session->env, locks->items);
    mem_free(session->env, locks);
    session->locks = NULL;
}
