/* What finding a log and replaying it share. */
#ifndef POSTFLOW_SESSION_RECOVER_H
#define POSTFLOW_SESSION_RECOVER_H

#include "engine/session/log.h"
#include "engine/session/parts.h"

/* A document as the log tells of it. */
struct log_doc {
    bool world, made, reloaded;
    char *file;          /* where it is on disk now, if anywhere */
    uint64_t size, hash; /* of the text that the ids count in */
    uint32_t nodes;      /* how many it has */
    struct buf base;     /* that text, where the log has it */
    bool based;
    bool on_disk;        /* a file with the content below must be there */
    uint64_t disk_size, disk_hash;
    char *save_file;     /* a save that was begun and not said to be done; NULL: none */
    uint64_t save_size, save_hash;
    bool saved_unsaid;   /* it was done all the same */
    bool dirty;
};
struct log_scan {
    struct env *env;
    struct buf text;     /* the log */
    char *folder;
    struct log_doc *docs;
    size_t doc_count, doc_capacity;
    uint64_t records;
    size_t size;         /* bytes of good records */
    bool damaged;
    int64_t last_ms;
    size_t changes;      /* since everything was saved */
    struct buf draft_where, draft;
};

void log_scan_init(struct log_scan *scan, struct env *env);
void log_scan_release(struct log_scan *scan);
/* Reads a log of this user that nobody writes any more; its descriptor (locked, the caller closes
 * it), or -1 with errno. */
int log_scan_file(struct log_scan *scan, const char *path);
/* The document's file is as the log left it. A save that was not said to be done counts as done
 * where the disk has what it was to write. */
bool log_doc_fits(const struct session *session, struct log_doc *doc);
/* The workspace's file of that absolute path, NULL: none. */
struct workspace_file *log_find_file(const struct session *session, const char *path);

#endif
