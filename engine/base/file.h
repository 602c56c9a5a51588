/* Files: reading whole, saving without ever losing anything, folders. Paths are NUL-terminated. */
#ifndef POSTFLOW_BASE_FILE_H
#define POSTFLOW_BASE_FILE_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>
#include "engine/base/diag.h"

/* What was on disk when it was read: a save compares all of it (reliability.md section 1.2). */
struct file_stamp {
    uint64_t device, inode;
    int64_t size;
    int64_t mtime_ns, ctime_ns;
    uint64_t hash; /* str_hash of the content */
    bool exists;
};

/* Reads a regular file whole; "-" is standard input. Directories, FIFOs and devices are refused
 * without blocking. *stamp may be NULL. The buffer's memory comes from mem_try_resize. */
bool file_read(struct env *env, const char *path, uint64_t size_limit, struct buf *out,
               struct file_stamp *stamp, struct diags *diags);

enum file_save {
    FILE_SAVED,
    FILE_CHANGED, /* somebody else changed, replaced, deleted or made it, as the one diagnostic
                     says; nothing was done: ask, then force */
    FILE_FAILED,  /* diagnostics say why; what was on disk is there as before */
};
/* The recipe of reliability.md section 1.2. `stamp` says what it should replace (NULL or
 * !stamp->exists: a new file, which must not exist) and is updated. `force` skips that check. A
 * file of the same content is never "changed", whatever its times. A symbolic link is followed, a
 * hard link is kept by writing in place with a copy beside it until all is on the disk. FILE_SAVED
 * may come with warnings (W608, W609). */
enum file_save file_save(struct env *env, const char *path, struct str content,
                         struct file_stamp *stamp, bool force, struct diags *diags);
/* As it is on the disk, its hash not known; false: there is no such file. */
bool file_stamp_now(const char *path, struct file_stamp *out);
/* False when somebody else changed it since. */
bool file_same(const char *path, const struct file_stamp *stamp);
/* Whether a save would be allowed to begin: the file (where it exists) and its folder are
 * writable. */
bool file_writable(const char *path);

struct file_entry {
    char *path; /* the folder given, '/', the way to the file in it: opens as it stands */
    struct file_stamp stamp; /* its hash is not known: nothing was read */
};
struct file_list {
    struct env *env;
    struct file_entry *items;
    size_t count, capacity;
};
/* Every regular file (links to files too) under `folder`, sorted by path; hidden folders and links
 * to folders are not followed. False when `folder` itself cannot be read; a folder below it that
 * cannot is left out with a warning. *out needs no init and is released in either case. */
bool file_list(struct env *env, const char *folder, struct file_list *out, struct diags *diags);
void file_list_release(struct file_list *list);
/* "a/b" + "c" -> "a/b/c"; both NUL-terminated, result owned by the caller. */
char *file_join(struct env *env, const char *folder, const char *name);
/* The folder part, "." when there is none; owned by the caller. */
char *file_folder(struct env *env, const char *path);
struct str file_name(const char *path);
bool file_is_folder(const char *path);
bool file_exists(const char *path);
bool file_make_folders(struct env *env, const char *path, unsigned mode, struct diags *diags);

#endif
