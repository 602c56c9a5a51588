#include "engine/base/file_parts.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

bool file_fail(struct diags *diags, enum diag_code code, const char *path, int error)
{
    struct place place = { .file = str_of(path) };
    char text[128];

    if (error == 0)
        return diag_add0(diags, code, &place);
    return diag_add1(diags, code, &place, str_of(strerror_r(error, text, sizeof text)));
}

bool file_is_regular(struct diags *diags, const char *path, mode_t mode)
{
    if (S_ISREG(mode))
        return true;
    return file_fail(diags, S_ISDIR(mode) ? DIAG_FILE_IS_FOLDER : DIAG_FILE_NOT_REGULAR, path, 0);
}

static int64_t nanoseconds(struct timespec time)
{
    return (int64_t) time.tv_sec * 1000000000 + time.tv_nsec;
}

void file_stamp_set(struct file_stamp *stamp, const struct stat *status)
{
    stamp->device = status->st_dev;
    stamp->inode = status->st_ino;
    stamp->size = status->st_size;
    stamp->mtime_ns = nanoseconds(status->st_mtim);
    stamp->ctime_ns = nanoseconds(status->st_ctim);
    stamp->exists = true;
}

bool file_stamp_fits(const struct file_stamp *stamp, const struct stat *status)
{
    struct file_stamp now;

    file_stamp_set(&now, status);
    return stamp->device == now.device && stamp->inode == now.inode && stamp->size == now.size &&
           stamp->mtime_ns == now.mtime_ns && stamp->ctime_ns == now.ctime_ns;
}

ssize_t file_read_some(int descriptor, void *to, size_t size)
{
    ssize_t got;

    do
        got = read(descriptor, to, size);
    while (got < 0 && errno == EINTR);
    return got;
}

bool file_content_fits(const char *path, const struct file_stamp *stamp)
{
    struct str_hasher hasher;
    char chunk[1 << 14];
    ssize_t got;
    int descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    int error = 0;

    if (descriptor < 0)
        return false;
    str_hasher_init(&hasher);
    while ((got = file_read_some(descriptor, chunk, sizeof chunk)) > 0)
        str_hasher_add(&hasher, (struct str){ chunk, (size_t) got });
    if (got < 0)
        error = errno;
    close(descriptor);
    errno = error;
    return got == 0 && str_hasher_end(&hasher) == stamp->hash;
}

bool file_stamp_now(const char *path, struct file_stamp *out)
{
    struct stat status;

    *out = (struct file_stamp){ .exists = false };
    if (stat(path, &status) != 0)
        return false;
    file_stamp_set(out, &status);
    return true;
}

bool file_same(const char *path, const struct file_stamp *stamp)
{
    struct stat status;

    if (stat(path, &status) != 0)
        return errno == ENOENT && !stamp->exists;
    if (!stamp->exists)
        return false;
    return file_stamp_fits(stamp, &status) ||
           (S_ISREG(status.st_mode) && status.st_size == stamp->size &&
            file_content_fits(path, stamp));
}

static bool too_big(struct diags *diags, const char *path, uint64_t limit)
{
    struct place place = { .file = str_of(path) };
    char text[24];

    snprintf(text, sizeof text, "%" PRIu64, limit);
    return diag_add1(diags, DIAG_FILE_TOO_BIG, &place, str_of(text));
}

/* Room for `size` bytes and a NUL, without calling out_of_memory. */
static bool make_room(struct buf *out, const char *path, uint64_t size, struct diags *diags)
{
    struct place place = { .file = str_of(path) };
    char text[24];
    char *moved = NULL;

    if (size < out->cap)
        return true;
    if (size < SIZE_MAX)
        moved = mem_try_resize(out->env, out->ptr, (size_t) size + 1);
    if (moved) {
        out->ptr = moved;
        out->cap = (size_t) size + 1;
        return true;
    }
    snprintf(text, sizeof text, "%" PRIu64, size);
    return diag_add1(diags, DIAG_FILE_NO_MEMORY, &place, str_of(text));
}

/* Reads to the end. `expected` is what the system says the size is: with that much room and one
 * byte more the end is seen at once. */
static bool read_all(int descriptor, const char *path, uint64_t expected, uint64_t limit,
                     struct buf *out, struct diags *diags)
{
    enum { STEP = 1 << 16 };
    uint64_t room = expected + 1;
    ssize_t got;

    for (;;) {
        if (out->len == room)
            room += room / 2 + STEP;
        if (!make_room(out, path, room, diags))
            return false;
        got = file_read_some(descriptor, out->ptr + out->len, (size_t) room - out->len);
        if (got < 0)
            return file_fail(diags, DIAG_FILE_UNREADABLE, path, errno);
        if (got == 0)
            break;
        out->len += (size_t) got;
        if (out->len > limit)
            return too_big(diags, path, limit);
    }
    out->ptr[out->len] = '\0';
    return true;
}

static bool read_regular(int descriptor, const char *path, uint64_t limit, struct buf *out,
                         struct file_stamp *stamp, struct diags *diags)
{
    struct stat before, after;

    if (fstat(descriptor, &before) != 0)
        return file_fail(diags, DIAG_FILE_UNREADABLE, path, errno);
    if (!file_is_regular(diags, path, before.st_mode))
        return false;
    if ((uint64_t) before.st_size > limit)
        return too_big(diags, path, limit);
    if (!read_all(descriptor, path, (uint64_t) before.st_size, limit, out, diags))
        return false;
    if (fstat(descriptor, &after) != 0)
        return file_fail(diags, DIAG_FILE_UNREADABLE, path, errno);
    file_stamp_set(stamp, &before);
    /* Files the kernel makes up (/proc) have size 0 and content. */
    if (!file_stamp_fits(stamp, &after) ||
        (before.st_size != 0 && out->len != (uint64_t) before.st_size))
        return file_fail(diags, DIAG_FILE_UNSTEADY, path, 0);
    return true;
}

/* Looks before it opens: opening alone does something to some devices. */
static bool read_path(const char *path, uint64_t limit, struct buf *out, struct file_stamp *stamp,
                      struct diags *diags)
{
    struct stat status;
    int descriptor;
    bool ok;

    if (stat(path, &status) != 0)
        return file_fail(diags, errno == ENOENT ? DIAG_FILE_MISSING : DIAG_FILE_UNREADABLE, path,
                         errno);
    if (!file_is_regular(diags, path, status.st_mode))
        return false;
    descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (descriptor < 0)
        return file_fail(diags, DIAG_FILE_UNREADABLE, path, errno);
    ok = read_regular(descriptor, path, limit, out, stamp, diags);
    close(descriptor);
    return ok;
}

bool file_read(struct env *env, const char *path, uint64_t size_limit, struct buf *out,
               struct file_stamp *stamp, struct diags *diags)
{
    struct file_stamp read_stamp = { 0 };
    bool ok;

    buf_init(out, env);
    if (strcmp(path, "-") == 0)
        ok = read_all(STDIN_FILENO, path, 0, size_limit, out, diags);
    else
        ok = read_path(path, size_limit, out, &read_stamp, diags);
    if (!ok) {
        buf_release(out);
        return false;
    }
    if (stamp) {
        read_stamp.hash = str_hash(buf_str(out));
        *stamp = read_stamp;
    }
    return true;
}
