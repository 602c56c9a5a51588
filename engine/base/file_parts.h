/* What reading, saving and listing files share; for engine/base/file_*.c alone. */
#ifndef POSTFLOW_BASE_FILE_PARTS_H
#define POSTFLOW_BASE_FILE_PARTS_H

#include <sys/stat.h>
#include "engine/base/file.h"

/* Adds a diagnostic at `path`; {1} is what the system says to `error` (0: nothing). False. */
bool file_fail(struct diags *diags, enum diag_code code, const char *path, int error);
/* Says why `mode` is no regular file; true when it is one. */
bool file_is_regular(struct diags *diags, const char *path, mode_t mode);

/* All but the hash. */
void file_stamp_set(struct file_stamp *stamp, const struct stat *status);
bool file_stamp_fits(const struct file_stamp *stamp, const struct stat *status);
/* Whether the file has the content that was stamped; false with errno when it can't be read. */
bool file_content_fits(const char *path, const struct file_stamp *stamp);

/* Gives the open file `to` owner, group, mode and attributes of the file `from`, whose status is
 * `old`. Where the system does not let us give a file away, *owner_lost is set and nobody gets more
 * rights than before: group members none that others do not have. False with errno. */
bool file_keep_rights(struct env *env, const char *from, const struct stat *old, int to,
                      bool *owner_lost);

/* As read(2), begun again when a signal interrupts it. */
ssize_t file_read_some(int descriptor, void *to, size_t size);

#endif
