#include "tests/unit/base/faults.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

static struct {
    bool counting, happened, failing;
    enum fault_kind kind;
    int number, error, calls;
    const char *function;
    int act_at;
    void (*act)(void *);
    void *context;
    char log[4096];
} faults;

void faults_begin(enum fault_kind kind, int number, int error)
{
    faults.kind = kind;
    faults.number = number;
    faults.error = error;
    faults.calls = 0;
    faults.happened = faults.failing = false;
    faults.log[0] = '\0';
    faults.counting = true;
}

int faults_end(void)
{
    faults.counting = false;
    faults.act = NULL;
    return faults.calls;
}

bool faults_happened(const char **function)
{
    *function = faults.happened ? faults.function : "";
    return faults.happened;
}

void faults_meanwhile(int number, void (*act)(void *), void *context)
{
    faults.act_at = number;
    faults.act = act;
    faults.context = context;
}

const char *faults_log(void)
{
    return faults.log;
}

static void note(const char *function)
{
    size_t len = strlen(faults.log), more = strlen(function);

    if (len + more + 2 < sizeof faults.log) {
        memcpy(faults.log + len, function, more);
        memcpy(faults.log + len + more, " ", 2);
    }
}

/* Counts a call; true when it is the one to fail. */
static bool is_due(const char *function)
{
    if (!faults.counting)
        return false;
    faults.calls++;
    note(function);
    if (faults.act && faults.calls == faults.act_at) {
        void (*act)(void *) = faults.act;

        faults.counting = false;
        faults.act = NULL;
        act(faults.context);
        faults.counting = true;
    }
    if (faults.calls != faults.number)
        return false;
    faults.happened = true;
    faults.function = function;
    return true;
}

static bool fails(const char *function)
{
    bool due = is_due(function);

    if (faults.kind == FAULT_SHORT || faults.kind == FAULT_FULL)
        return false;
    if (due && faults.kind == FAULT_ONWARDS)
        faults.failing = true;
    if (!due && !(faults.counting && faults.failing))
        return false;
    errno = faults.error;
    return true;
}

#define WRAP(type, name, parameters, arguments)                                                    \
    type __real_##name parameters;                                                                 \
    type __wrap_##name parameters;                                                                 \
    type __wrap_##name parameters                                                                  \
    {                                                                                              \
        return fails(#name) ? -1 : __real_##name arguments;                                        \
    }

WRAP(int, fsync, (int fd), (fd))
WRAP(int, renameat, (int a, const char *b, int c, const char *d), (a, b, c, d))
WRAP(int, renameat2, (int a, const char *b, int c, const char *d, unsigned e), (a, b, c, d, e))
WRAP(int, ftruncate, (int fd, off_t size), (fd, size))
WRAP(int, stat, (const char *path, struct stat *to), (path, to))
WRAP(int, lstat, (const char *path, struct stat *to), (path, to))
WRAP(int, fstat, (int fd, struct stat *to), (fd, to))
WRAP(int, fstatat, (int folder, const char *path, struct stat *to, int flags),
     (folder, path, to, flags))
WRAP(int, fchmod, (int fd, mode_t mode), (fd, mode))
WRAP(int, fchown, (int fd, uid_t user, gid_t group), (fd, user, group))
WRAP(ssize_t, listxattr, (const char *path, char *to, size_t size), (path, to, size))
WRAP(ssize_t, getxattr, (const char *path, const char *name, void *to, size_t size),
     (path, name, to, size))
WRAP(int, fsetxattr, (int fd, const char *name, const void *value, size_t size, int flags),
     (fd, name, value, size, flags))
WRAP(int, fremovexattr, (int fd, const char *name), (fd, name))

int __real_close(int fd);
int __wrap_close(int fd);
ssize_t __real_write(int fd, const void *from, size_t size);
ssize_t __wrap_write(int fd, const void *from, size_t size);
ssize_t __real_read(int fd, void *to, size_t size);
ssize_t __wrap_read(int fd, void *to, size_t size);
int __real_open(const char *path, int flags, ...);
int __wrap_open(const char *path, int flags, ...);
int __real_openat(int folder, const char *path, int flags, ...);
int __wrap_openat(int folder, const char *path, int flags, ...);

/* A close that fails has closed all the same. Where nothing was written nothing can fail. */
int __wrap_close(int fd)
{
    bool writes = faults.counting && (fcntl(fd, F_GETFL) & O_ACCMODE) != O_RDONLY;
    bool failing = writes && fails("close");
    int error = errno;
    int result = __real_close(fd);

    if (failing) {
        errno = error;
        return -1;
    }
    return result;
}

ssize_t __wrap_write(int fd, const void *from, size_t size)
{
    bool due;

    if (faults.kind != FAULT_SHORT && faults.kind != FAULT_FULL)
        return fails("write") ? -1 : __real_write(fd, from, size);
    if (faults.counting && faults.failing) {
        errno = faults.error;
        return -1;
    }
    due = is_due("write");
    faults.failing = due && faults.kind == FAULT_FULL;
    return __real_write(fd, from, due && size > 1 ? size / 2 : size);
}

ssize_t __wrap_read(int fd, void *to, size_t size)
{
    if (faults.kind != FAULT_SHORT)
        return fails("read") ? -1 : __real_read(fd, to, size);
    return __real_read(fd, to, is_due("read") && size > 1 ? size / 2 : size);
}

int __wrap_open(const char *path, int flags, ...)
{
    va_list rest;
    mode_t mode = 0;

    va_start(rest, flags);
    if (flags & O_CREAT)
        mode = va_arg(rest, mode_t);
    va_end(rest);
    return fails("open") ? -1 : __real_open(path, flags, mode);
}

int __wrap_openat(int folder, const char *path, int flags, ...)
{
    va_list rest;
    mode_t mode = 0;

    va_start(rest, flags);
    if (flags & O_CREAT)
        mode = va_arg(rest, mode_t);
    va_end(rest);
    return fails("openat") ? -1 : __real_openat(folder, path, flags, mode);
}
