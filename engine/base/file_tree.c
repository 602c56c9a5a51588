#include "engine/base/file_parts.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

char *file_join(struct env *env, const char *folder, const char *name)
{
    struct buf path;

    buf_init(&path, env);
    if (name[0] != '/')
        buf_add_text(&path, folder);
    if (path.len > 0 && path.ptr[path.len - 1] != '/')
        buf_add_char(&path, '/');
    buf_add_text(&path, name);
    return buf_steal(&path);
}

char *file_folder(struct env *env, const char *path)
{
    const char *slash = strrchr(path, '/');
    struct buf folder;

    buf_init(&folder, env);
    if (!slash)
        buf_add_text(&folder, ".");
    else if (slash == path)
        buf_add_text(&folder, "/");
    else
        buf_add(&folder, (struct str){ path, (size_t) (slash - path) });
    return buf_steal(&folder);
}

struct str file_name(const char *path)
{
    const char *slash = strrchr(path, '/');

    return str_of(slash ? slash + 1 : path);
}

bool file_is_folder(const char *path)
{
    struct stat status;

    return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

bool file_exists(const char *path)
{
    struct stat status;

    return stat(path, &status) == 0;
}

/* The folder of a file, found without memory: by the file's own path with "/.." it would be another
 * one where the file is a link, so the name is cut off a copy. */
static bool folder_writable(const char *path)
{
    char folder[PATH_MAX];
    const char *slash = strrchr(path, '/');
    size_t len = slash ? (size_t) (slash - path) + 1 : 0;

    if (len == 0)
        return faccessat(AT_FDCWD, ".", W_OK | X_OK, AT_EACCESS) == 0;
    if (len >= sizeof folder)
        return false;
    memcpy(folder, path, len);
    folder[len] = '\0';
    return faccessat(AT_FDCWD, folder, W_OK | X_OK, AT_EACCESS) == 0;
}

bool file_writable(const char *path)
{
    char target[PATH_MAX];
    struct stat status;

    if (lstat(path, &status) != 0)
        return errno == ENOENT && folder_writable(path);
    return realpath(path, target) && stat(target, &status) == 0 && S_ISREG(status.st_mode) &&
           faccessat(AT_FDCWD, target, W_OK, AT_EACCESS) == 0 && folder_writable(target);
}

static bool make_folder(const char *path, unsigned mode, struct diags *diags)
{
    if (mkdir(path, (mode_t) mode) == 0 || (errno == EEXIST && file_is_folder(path)))
        return true;
    return file_fail(diags, DIAG_FOLDER_NOT_MADE, path, errno);
}

bool file_make_folders(struct env *env, const char *path, unsigned mode, struct diags *diags)
{
    char *copy;
    bool ok = true;

    if (file_is_folder(path))
        return true;
    copy = mem_clone(env, path, strlen(path) + 1);
    for (char *at = copy + 1; ok && copy[0] && (at = strchr(at, '/')); at++) {
        *at = '\0';
        ok = file_is_folder(copy) || make_folder(copy, mode, diags);
        *at = '/';
    }
    ok = ok && make_folder(copy, mode, diags);
    mem_free(env, copy);
    return ok;
}

/* Folders still to be read, a growing list instead of recursion. */
struct folders {
    char **paths;
    size_t count, capacity;
};

static void folder_push(struct env *env, struct folders *folders, char *path)
{
    folders->paths = mem_grow(env, folders->paths, &folders->capacity, folders->count + 1,
                              sizeof *folders->paths);
    folders->paths[folders->count++] = path;
}

static void list_add(struct file_list *out, char *path, const struct stat *status)
{
    struct file_entry entry = { .path = path };

    file_stamp_set(&entry.stamp, status);
    out->items = mem_grow(out->env, out->items, &out->capacity, out->count + 1, sizeof *out->items);
    out->items[out->count++] = entry;
}

static void entry_add(struct file_list *out, struct folders *folders, const char *folder,
                      const char *name)
{
    char *path = file_join(out->env, folder, name);
    struct stat status;

    if (lstat(path, &status) == 0) {
        if (S_ISDIR(status.st_mode) && name[0] != '.') {
            folder_push(out->env, folders, path);
            return;
        }
        if (S_ISLNK(status.st_mode) && stat(path, &status) != 0)
            status.st_mode = 0;
        if (S_ISREG(status.st_mode)) {
            list_add(out, path, &status);
            return;
        }
    }
    mem_free(out->env, path);
}

/* False with errno. */
static bool folder_read(struct file_list *out, struct folders *folders, const char *folder)
{
    DIR *dir = opendir(folder);
    struct dirent *entry;
    int error;

    if (!dir)
        return false;
    while (errno = 0, (entry = readdir(dir)) != NULL)
        entry_add(out, folders, folder, entry->d_name);
    error = errno;
    closedir(dir);
    errno = error;
    return error == 0;
}

static int by_path(const void *left, const void *right)
{
    const struct file_entry *a = left, *b = right;

    return strcmp(a->path, b->path);
}

bool file_list(struct env *env, const char *folder, struct file_list *out, struct diags *diags)
{
    struct folders folders = { 0 };
    bool ok;

    *out = (struct file_list){ .env = env };
    ok = folder_read(out, &folders, folder) ||
         file_fail(diags, errno == ENOENT ? DIAG_FILE_MISSING : DIAG_FILE_UNREADABLE, folder,
                   errno);
    while (folders.count > 0) {
        char *path = folders.paths[--folders.count];

        if (ok && !folder_read(out, &folders, path))
            file_fail(diags, DIAG_FOLDER_SKIPPED, path, errno);
        mem_free(env, path);
    }
    mem_free(env, folders.paths);
    if (out->count > 1)
        qsort(out->items, out->count, sizeof *out->items, by_path);
    return ok;
}

void file_list_release(struct file_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        mem_free(list->env, list->items[i].path);
    mem_free(list->env, list->items);
    *list = (struct file_list){ .env = list->env };
}
