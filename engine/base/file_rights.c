#include "engine/base/file_parts.h"

#include <errno.h>
#include <string.h>
#include <sys/xattr.h>
#include <unistd.h>

static bool is_kept_attribute(const char *name)
{
    return strncmp(name, "user.", 5) == 0 || strcmp(name, "system.posix_acl_access") == 0;
}

static bool copy_attribute(struct env *env, const char *from, int to, const char *name)
{
    ssize_t size = getxattr(from, name, NULL, 0);
    bool ok = false;
    char *value;

    if (size < 0)
        return false;
    value = mem_alloc(env, (size_t) size);
    size = getxattr(from, name, value, (size_t) size);
    if (size >= 0)
        ok = fsetxattr(to, name, value, (size_t) size, 0) == 0;
    mem_free(env, value);
    return ok;
}

/* The user's attributes and the access list. One inherited from the folder has to go first: it
 * could let in whom the old file kept out. */
static bool copy_attributes(struct env *env, const char *from, int to)
{
    ssize_t size = listxattr(from, NULL, 0);
    bool ok = true;
    char *names;

    if (fremovexattr(to, "system.posix_acl_access") != 0 && errno != ENODATA && errno != ENOTSUP)
        return false;
    if (size <= 0)
        return size == 0 || errno == ENOTSUP;
    names = mem_alloc(env, (size_t) size);
    size = listxattr(from, names, (size_t) size);
    ok = size >= 0;
    for (ssize_t at = 0; ok && at < size; at += (ssize_t) strlen(names + at) + 1)
        if (is_kept_attribute(names + at))
            ok = copy_attribute(env, from, to, names + at);
    mem_free(env, names);
    return ok;
}

bool file_keep_rights(struct env *env, const char *from, const struct stat *old, int to,
                      bool *owner_lost)
{
    mode_t mode = old->st_mode & 07777;
    struct stat made;

    if (fstat(to, &made) != 0)
        return false;
    if (made.st_gid != old->st_gid && fchown(to, (uid_t) -1, old->st_gid) != 0) {
        if (errno != EPERM)
            return false;
        mode = (mode & ~(mode_t) (S_ISGID | S_IRWXG)) | (mode & mode << 3 & S_IRWXG);
        *owner_lost = true;
    }
    if (made.st_uid != old->st_uid && fchown(to, old->st_uid, (gid_t) -1) != 0) {
        if (errno != EPERM)
            return false;
        mode &= ~(mode_t) S_ISUID;
        *owner_lost = true;
    }
    return copy_attributes(env, from, to) && fchmod(to, mode) == 0;
}
