#include "engine/base/file_parts.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

/* One save. What fails leaves errno for the message. */
struct save {
    struct env *env;
    const char *path; /* as the user says it, for messages */
    struct str content;
    struct diags *diags;
    char target[PATH_MAX]; /* without links */
    const char *name;      /* its last part */
    int folder;            /* descriptor of the folder it is in */
    struct stat old;       /* what is replaced; if exists */
    bool exists;
    struct stat made; /* what was written */
};

static enum file_save failed(struct save *save, enum diag_code code, int error)
{
    file_fail(save->diags, code, save->path, error);
    return FILE_FAILED;
}

static enum file_save changed(struct save *save, enum diag_code code)
{
    file_fail(save->diags, code, save->path, 0);
    return FILE_CHANGED;
}

/* Finds the file that links lead to. */
static bool resolve(struct save *save)
{
    struct stat status;

    if (lstat(save->path, &status) != 0) {
        if (errno != ENOENT)
            return file_fail(save->diags, DIAG_SAVE_NO_FOLDER, save->path, errno);
        if (strlen(save->path) >= sizeof save->target)
            return file_fail(save->diags, DIAG_SAVE_NO_FOLDER, save->path, ENAMETOOLONG);
        memcpy(save->target, save->path, strlen(save->path) + 1);
        return true;
    }
    if (!realpath(save->path, save->target))
        return file_fail(save->diags, DIAG_SAVE_LINK, save->path, errno);
    if (stat(save->target, &save->old) != 0)
        return file_fail(save->diags, DIAG_SAVE_LINK, save->path, errno);
    save->exists = true;
    return file_is_regular(save->diags, save->path, save->old.st_mode);
}

static bool open_folder(struct save *save)
{
    char *slash = strrchr(save->target, '/');

    save->name = slash ? slash + 1 : save->target;
    if (!slash) {
        save->folder = open(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    } else {
        char after = slash[1];

        slash[1] = '\0';
        save->folder = open(save->target, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        slash[1] = after;
    }
    return save->folder >= 0 || file_fail(save->diags, DIAG_SAVE_NO_FOLDER, save->path, errno);
}

/* FILE_SAVED: go on. */
static enum file_save compare(struct save *save, const struct file_stamp *stamp)
{
    bool expected = stamp && stamp->exists;

    if (!save->exists)
        return expected ? changed(save, DIAG_SAVE_DELETED) : FILE_SAVED;
    if (!expected)
        return changed(save, DIAG_SAVE_EXISTS);
    if (file_stamp_fits(stamp, &save->old))
        return FILE_SAVED;
    errno = 0;
    if (save->old.st_size == stamp->size && file_content_fits(save->target, stamp))
        return FILE_SAVED;
    if (errno)
        return failed(save, DIAG_FILE_UNREADABLE, errno);
    return changed(save, DIAG_SAVE_CHANGED);
}

/* The last look before the file is replaced: writing has taken its time. */
static bool still_as_it_was(const struct save *save)
{
    struct file_stamp stamp;
    struct stat now;

    file_stamp_set(&stamp, &save->old);
    return stat(save->target, &now) == 0 && file_stamp_fits(&stamp, &now);
}

static bool write_all(int descriptor, struct str content)
{
    while (content.len > 0) {
        ssize_t written = write(descriptor, content.ptr, content.len);

        if (written < 0 && errno == EINTR)
            continue;
        if (written == 0)
            errno = EIO;
        if (written <= 0)
            return false;
        content = str_slice(content, (size_t) written, content.len);
    }
    return true;
}

static bool sync_all(int descriptor)
{
    int result;

    do
        result = fsync(descriptor);
    while (result != 0 && errno == EINTR);
    return result == 0;
}

/* An interrupted close has closed; what was written is on the disk by then. */
static bool close_checked(int descriptor)
{
    return close(descriptor) == 0 || errno == EINTR;
}

static void close_quietly(int descriptor)
{
    int error = errno;

    close(descriptor);
    errno = error;
}

static void remove_quietly(const struct save *save, const char *name)
{
    int error = errno;

    unlinkat(save->folder, name, 0);
    errno = error;
}

/* A new hidden file in the same folder. Not mkostemp: open gives a file that is to stay the rights
 * that umask and the folder's default ACL say, which nobody can do afterwards. */
static int make_beside(const struct save *save, mode_t mode, char name[NAME_MAX + 1])
{
    enum { ATTEMPTS = 100, NAME_KEPT = 200 };
    int descriptor = -1;

    for (int i = 0; i < ATTEMPTS && descriptor < 0; i++) {
        uint64_t salt;

        if (getrandom(&salt, sizeof salt, 0) != sizeof salt)
            return -1;
        snprintf(name, NAME_MAX + 1, ".%.*s.%016llx.tmp", NAME_KEPT, save->name,
                 (unsigned long long) salt);
        descriptor = openat(save->folder, name,
                            O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode);
        if (descriptor < 0 && errno != EEXIST && errno != EINTR)
            return -1;
    }
    return descriptor;
}

static enum file_save failed_beside(struct save *save)
{
    bool refused = errno == EACCES || errno == EPERM || errno == EROFS || errno == ENOENT;

    return failed(save, refused ? DIAG_SAVE_NO_FOLDER : DIAG_SAVE_FAILED, errno);
}

/* Writes, syncs and closes; the file is gone again when something fails. */
static bool write_beside(struct save *save, int descriptor, const char *name, struct str content)
{
    if (!write_all(descriptor, content) || !sync_all(descriptor) ||
        fstat(descriptor, &save->made) != 0) {
        close_quietly(descriptor);
        remove_quietly(save, name);
        return false;
    }
    if (!close_checked(descriptor)) {
        remove_quietly(save, name);
        return false;
    }
    return true;
}

static void sync_folder(struct save *save)
{
    if (!sync_all(save->folder) && errno != EINVAL)
        file_fail(save->diags, DIAG_SAVE_UNCERTAIN, save->path, errno);
}

/* A new name must not replace what somebody made meanwhile. File systems that can't promise that in
 * one step get a look before. */
static bool rename_new(const struct save *save, const char *name)
{
    if (renameat2(save->folder, name, save->folder, save->name, RENAME_NOREPLACE) == 0)
        return true;
    if (errno != EINVAL && errno != ENOSYS && errno != ENOTSUP)
        return false;
    if (faccessat(save->folder, save->name, F_OK, AT_SYMLINK_NOFOLLOW) == 0) {
        errno = EEXIST;
        return false;
    }
    return renameat(save->folder, name, save->folder, save->name) == 0;
}

static enum file_save put_in_place(struct save *save, const char *name, bool force)
{
    bool renamed;

    if (save->exists && !force && !still_as_it_was(save)) {
        remove_quietly(save, name);
        return changed(save, DIAG_SAVE_CHANGED);
    }
    renamed = save->exists || force ? renameat(save->folder, name, save->folder, save->name) == 0
                                    : rename_new(save, name);
    if (renamed)
        return FILE_SAVED;
    remove_quietly(save, name);
    return errno == EEXIST ? changed(save, DIAG_SAVE_EXISTS)
                           : failed(save, DIAG_SAVE_FAILED, errno);
}

static enum file_save replace(struct save *save, bool force)
{
    char name[NAME_MAX + 1];
    int descriptor = make_beside(save, save->exists ? 0600 : 0666, name);
    bool owner_lost = false;
    enum file_save result;

    if (descriptor < 0)
        return failed_beside(save);
    if (save->exists &&
        !file_keep_rights(save->env, save->target, &save->old, descriptor, &owner_lost)) {
        close_quietly(descriptor);
        remove_quietly(save, name);
        return failed(save, DIAG_SAVE_FAILED, errno);
    }
    if (!write_beside(save, descriptor, name, save->content))
        return failed(save, DIAG_SAVE_FAILED, errno);
    result = put_in_place(save, name, force);
    if (result != FILE_SAVED)
        return result;
    sync_folder(save);
    if (owner_lost)
        file_fail(save->diags, DIAG_SAVE_OWNER, save->path, 0);
    return FILE_SAVED;
}

/* In place: the old content is not cut off before the new one stands. */
static bool overwrite(struct save *save, struct str content)
{
    int descriptor = openat(save->folder, save->name, O_WRONLY | O_NOFOLLOW | O_CLOEXEC);

    if (descriptor < 0)
        return false;
    if (!write_all(descriptor, content) || ftruncate(descriptor, (off_t) content.len) != 0 ||
        !sync_all(descriptor) || fstat(descriptor, &save->made) != 0) {
        close_quietly(descriptor);
        return false;
    }
    return close_checked(descriptor);
}

/* The copy goes when the new content, or the old one again, is on the disk; never before. */
static enum file_save overwrite_or_restore(struct save *save, struct str old, const char *copy)
{
    struct place place = { .file = str_of(save->path) };
    char text[128];
    int error;

    if (overwrite(save, save->content)) {
        remove_quietly(save, copy);
        return FILE_SAVED;
    }
    error = errno;
    if (overwrite(save, old)) {
        remove_quietly(save, copy);
        return failed(save, DIAG_SAVE_FAILED, error);
    }
    diag_add2(save->diags, DIAG_SAVE_HALF, &place, str_of(strerror_r(error, text, sizeof text)),
              str_of(copy));
    return FILE_FAILED;
}

/* A file with several names keeps them all only when it is written in place. */
static enum file_save write_in_place(struct save *save, bool force)
{
    enum file_save result = FILE_FAILED;
    char copy[NAME_MAX + 1];
    struct buf old;
    int descriptor;

    if (!file_read(save->env, save->target, INT64_MAX, &old, NULL, save->diags))
        return FILE_FAILED;
    descriptor = make_beside(save, 0600, copy);
    if (descriptor < 0) {
        result = failed_beside(save);
    } else if (!write_beside(save, descriptor, copy, buf_str(&old))) {
        result = failed(save, DIAG_SAVE_FAILED, errno);
    } else if (!sync_all(save->folder) && errno != EINVAL) {
        remove_quietly(save, copy);
        result = failed(save, DIAG_SAVE_FAILED, errno);
    } else if (!force && !still_as_it_was(save)) {
        remove_quietly(save, copy);
        result = changed(save, DIAG_SAVE_CHANGED);
    } else {
        result = overwrite_or_restore(save, buf_str(&old), copy);
    }
    buf_release(&old);
    return result;
}

/* Renaming has moved ctime on; if the file is another one by now, the stamp must not fit it. */
static void update_stamp(struct save *save, struct file_stamp *stamp)
{
    struct stat now;

    if (fstatat(save->folder, save->name, &now, AT_SYMLINK_NOFOLLOW) == 0 &&
        now.st_dev == save->made.st_dev && now.st_ino == save->made.st_ino &&
        now.st_size == save->made.st_size && now.st_mtim.tv_sec == save->made.st_mtim.tv_sec &&
        now.st_mtim.tv_nsec == save->made.st_mtim.tv_nsec)
        save->made = now;
    file_stamp_set(stamp, &save->made);
    stamp->hash = str_hash(save->content);
}

static enum file_save save_checked(struct save *save, struct file_stamp *stamp, bool force)
{
    enum file_save result;

    if (save->exists && faccessat(save->folder, save->name, W_OK, AT_EACCESS) != 0)
        return failed(save, DIAG_SAVE_READ_ONLY, errno);
    if (!force) {
        result = compare(save, stamp);
        if (result != FILE_SAVED)
            return result;
    }
    result = save->exists && save->old.st_nlink > 1 ? write_in_place(save, force)
                                                    : replace(save, force);
    if (result == FILE_SAVED && stamp)
        update_stamp(save, stamp);
    return result;
}

enum file_save file_save(struct env *env, const char *path, struct str content,
                         struct file_stamp *stamp, bool force, struct diags *diags)
{
    struct save save = { .env = env, .path = path, .content = content, .diags = diags };
    enum file_save result;

    if (!resolve(&save) || !open_folder(&save))
        return FILE_FAILED;
    result = save_checked(&save, stamp, force);
    close(save.folder);
    return result;
}
