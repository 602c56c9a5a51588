/* Logs of sessions that died: finding them and saying what they hold. */
#include "engine/session/recover.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "engine/base/env.h"
#include "engine/base/utf8.h"

void log_scan_init(struct log_scan *scan, struct env *env)
{
    *scan = (struct log_scan){ .env = env };
    buf_init(&scan->text, env);
    buf_init(&scan->draft_where, env);
    buf_init(&scan->draft, env);
}

void log_scan_release(struct log_scan *scan)
{
    for (size_t i = 0; i < scan->doc_count; i++) {
        mem_free(scan->env, scan->docs[i].file);
        mem_free(scan->env, scan->docs[i].save_file);
        buf_release(&scan->docs[i].base);
    }
    mem_free(scan->env, scan->docs);
    mem_free(scan->env, scan->folder);
    buf_release(&scan->text);
    buf_release(&scan->draft_where);
    buf_release(&scan->draft);
}

/* --- the file --- */

static int refused(int descriptor, int error)
{
    close(descriptor);
    errno = error;
    return -1;
}

/* Somebody else's file, a link, a pipe, or one that others can write to is none of ours. */
static int open_log(const char *path)
{
    int descriptor =
        open(path, O_RDWR | O_APPEND | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    struct stat status;

    if (descriptor < 0)
        return -1;
    if (fstat(descriptor, &status) != 0)
        return refused(descriptor, errno);
    if (!S_ISREG(status.st_mode) || status.st_uid != geteuid() || (status.st_mode & 022) ||
        status.st_nlink != 1)
        return refused(descriptor, EPERM);
    if (flock(descriptor, LOCK_EX | LOCK_NB) != 0)
        return refused(descriptor, errno);
    return descriptor;
}

static bool read_all(int descriptor, struct buf *out)
{
    struct limits limits = LIMITS_DEFAULT;
    enum { STEP = 65536 };

    for (;;) {
        buf_reserve(out, STEP);
        ssize_t got = read(descriptor, out->ptr + out->len, STEP);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return got == 0;
        out->len += (size_t) got;
        if (out->len > limits.file_size) {
            errno = EFBIG;
            return false;
        }
    }
}

/* --- what its records say --- */

static char *owned(struct env *env, struct str text)
{
    char *copy = mem_alloc(env, text.len + 1);

    memcpy(copy, text.ptr, text.len);
    copy[text.len] = '\0';
    return copy;
}

/* A path that is no C string is none. */
static bool path_text(const struct doc *record, const char *key, struct str *out)
{
    return log_text(record, 1, key, out) && out->len && str_find_char(*out, '\0') < 0;
}

static bool scan_doc(struct log_scan *scan, const struct doc *record)
{
    struct log_doc doc = { .world = log_has(record, "world"), .made = log_has(record, "new") };
    struct str file;
    uint64_t id, nodes;

    if (!log_number_of(record, 1, "doc", UINT32_MAX, &id) || id != scan->doc_count + 1 ||
        !path_text(record, "file", &file) ||
        !log_number_of(record, 1, "size", UINT64_MAX, &doc.size) ||
        !log_hash(record, 1, "hash", &doc.hash) ||
        !log_number_of(record, 1, "nodes", UINT32_MAX, &nodes))
        return false;
    doc.nodes = (uint32_t) nodes;
    doc.file = owned(scan->env, file);
    doc.on_disk = !doc.made;
    doc.dirty = doc.made;
    doc.disk_size = doc.size;
    doc.disk_hash = doc.hash;
    buf_init(&doc.base, scan->env);
    scan->docs = mem_grow(scan->env, scan->docs, &scan->doc_capacity, scan->doc_count + 1,
                          sizeof *scan->docs);
    scan->docs[scan->doc_count++] = doc;
    scan->changes += doc.made;
    return true;
}

static struct log_doc *doc_named(struct log_scan *scan, const struct doc *record, node_id object,
                                 const char *key)
{
    uint64_t id;

    if (!log_number_of(record, object, key, scan->doc_count, &id) || id == 0)
        return NULL;
    return &scan->docs[id - 1];
}

static bool scan_base(struct log_scan *scan, const struct doc *record)
{
    struct log_doc *doc = doc_named(scan, record, 1, "base");
    struct str text;

    if (!doc || !log_text(record, 1, "text", &text) || text.len != doc->size ||
        str_hash(text) != doc->hash)
        return false;
    buf_clear(&doc->base);
    buf_add(&doc->base, text);
    doc->based = true;
    return true;
}

static bool scan_save(struct log_scan *scan, const struct doc *record)
{
    struct log_doc *doc = doc_named(scan, record, 1, "save");
    struct str file;

    if (!doc || !path_text(record, "file", &file) ||
        !log_number_of(record, 1, "size", UINT64_MAX, &doc->save_size) ||
        !log_hash(record, 1, "hash", &doc->save_hash))
        return false;
    mem_free(scan->env, doc->save_file);
    doc->save_file = owned(scan->env, file);
    return true;
}

static void save_is_done(struct env *env, struct log_doc *doc)
{
    mem_free(env, doc->file);
    doc->file = doc->save_file;
    doc->save_file = NULL;
    doc->on_disk = true;
    doc->disk_size = doc->save_size;
    doc->disk_hash = doc->save_hash;
    doc->dirty = false;
}

static bool scan_saved(struct log_scan *scan, const struct doc *record)
{
    struct log_doc *doc = doc_named(scan, record, 1, "saved");

    if (!doc || !doc->save_file)
        return false;
    save_is_done(scan->env, doc);
    for (size_t i = 0; i < scan->doc_count; i++)
        if (scan->docs[i].dirty)
            return true;
    scan->changes = 0;
    return true;
}

static bool scan_reload(struct log_scan *scan, const struct doc *record)
{
    struct log_doc *doc = doc_named(scan, record, 1, "reload");

    if (!doc)
        return false;
    doc->reloaded = true;
    doc->dirty = false;
    /* A save that was not said to be done before this failed; its place in the tree is gone. */
    for (size_t i = 0; i < scan->doc_count; i++) {
        mem_free(scan->env, scan->docs[i].save_file);
        scan->docs[i].save_file = NULL;
    }
    return true;
}

static bool scan_draft(struct log_scan *scan, const struct doc *record)
{
    struct str where, text;
    uint64_t from, to;

    if (!log_text(record, 1, "draft", &where) || !log_text(record, 1, "text", &text) ||
        !log_number_of(record, 1, "from", SIZE_MAX, &from) ||
        !log_number_of(record, 1, "to", SIZE_MAX, &to))
        return false;
    if (!str_eq(where, buf_str(&scan->draft_where))) {
        buf_clear(&scan->draft_where);
        buf_add(&scan->draft_where, where);
        buf_clear(&scan->draft);
    }
    if (from > to || to > scan->draft.len)
        return false;
    buf_splice(&scan->draft, from, to, text);
    return utf8_check(buf_str(&scan->draft)) == scan->draft.len;
}

/* Undo and redo do not say which documents they touch: all of them may differ from the disk. */
static void scan_walk(struct log_scan *scan)
{
    scan->changes++;
    for (size_t i = 0; i < scan->doc_count; i++)
        scan->docs[i].dirty = !scan->docs[i].reloaded;
}

static bool scan_change(struct log_scan *scan, const struct doc *record)
{
    node_id steps = doc_member_named(record, 1, STR("steps"));

    buf_clear(&scan->draft_where);
    buf_clear(&scan->draft);
    scan->changes++;
    if (!steps || doc_kind(record, steps) != NODE_LIST)
        return false;
    for (node_id step = doc_first(record, steps); step; step = doc_next(record, step)) {
        struct log_doc *doc = doc_named(scan, record, step, "d");
        if (!doc)
            return false;
        doc->dirty = true;
    }
    return true;
}

static bool scan_header(struct log_scan *scan, const struct doc *record)
{
    struct str folder;
    uint64_t version;

    if (!log_number_of(record, 1, "log", LOG_VERSION, &version) || version != LOG_VERSION ||
        !path_text(record, "folder", &folder))
        return false;
    scan->folder = owned(scan->env, folder);
    return true;
}

static bool scan_record(struct log_scan *scan, const struct doc *record, bool first)
{
    uint64_t at;

    if (doc_kind(record, 1) != NODE_OBJECT || !log_number_of(record, 1, "at", INT64_MAX, &at) ||
        first != log_has(record, "log"))
        return false;
    scan->last_ms = (int64_t) at;
    if (first)
        return scan_header(scan, record);
    if (log_has(record, "change"))
        return scan_change(scan, record);
    if (log_has(record, "doc"))
        return scan_doc(scan, record);
    if (log_has(record, "draft"))
        return scan_draft(scan, record);
    if (log_has(record, "base"))
        return scan_base(scan, record);
    if (log_has(record, "save"))
        return scan_save(scan, record);
    if (log_has(record, "saved"))
        return scan_saved(scan, record);
    if (log_has(record, "reload"))
        return scan_reload(scan, record);
    if (!log_has(record, "undo") && !log_has(record, "redo"))
        return false;
    scan_walk(scan);
    return true;
}

static void scan_text(struct log_scan *scan)
{
    struct log_reader reader;
    struct doc *record;
    enum log_line line;

    log_reader_init(&reader, scan->env, buf_str(&scan->text));
    while ((line = log_next(&reader, &record)) == LOG_RECORD) {
        bool good = scan_record(scan, record, scan->records == 0);
        doc_free(record);
        if (!good) {
            line = LOG_DAMAGED;
            break;
        }
        scan->records = reader.records;
        scan->size = reader.at;
    }
    scan->damaged = line == LOG_DAMAGED;
    log_reader_release(&reader);
}

int log_scan_file(struct log_scan *scan, const char *path)
{
    int descriptor = open_log(path);

    if (descriptor < 0)
        return -1;
    if (!read_all(descriptor, &scan->text))
        return refused(descriptor, errno);
    scan_text(scan);
    if (!scan->folder)
        return refused(descriptor, EINVAL);
    return descriptor;
}

/* --- against the disk --- */

struct workspace_file *log_find_file(const struct session *session, const char *path)
{
    struct workspace_file *found = NULL;

    for (size_t i = 0; !found && i < session->ws->count; i++) {
        char *absolute = session_absolute(session->env, session->ws->files[i]->path);
        if (str_is(str_of(absolute), path))
            found = session->ws->files[i];
        mem_free(session->env, absolute);
    }
    return found;
}

static bool disk_has(const struct session *session, const struct log_doc *doc, const char *file,
                     uint64_t size, uint64_t hash)
{
    const struct file_stamp *stamp = &session->ws->settings_stamp;

    if (!doc->world) {
        struct workspace_file *found = log_find_file(session, file);
        if (!found || found->fresh || !workspace_flow(found))
            return false;
        stamp = &found->stamp;
    }
    return stamp->exists && (uint64_t) stamp->size == size && stamp->hash == hash;
}

bool log_doc_fits(const struct session *session, struct log_doc *doc)
{
    if (doc->reloaded)
        return true; /* what counts is the document that it was read into */
    if (doc->save_file &&
        disk_has(session, doc, doc->save_file, doc->save_size, doc->save_hash)) {
        save_is_done(session->env, doc);
        doc->saved_unsaid = true;
    }
    if (!doc->on_disk)
        return doc->world ? !session->ws->settings_stamp.exists
                          : !log_find_file(session, doc->file);
    return disk_has(session, doc, doc->file, doc->disk_size, doc->disk_hash);
}

/* --- offers --- */

static bool scan_is_of(const struct session *session, const struct log_scan *scan)
{
    char *folder = session_absolute(session->env, session->ws->folder);
    bool same = str_is(str_of(folder), scan->folder);

    mem_free(session->env, folder);
    return same;
}

static void offer_fill(const struct session *session, struct log_scan *scan, const char *path,
                       struct recovery_offer *out)
{
    out->log = owned(session->env, str_of(path));
    out->last_ms = scan->last_ms;
    out->changes = scan->changes;
    out->base_changed = false;
    for (size_t i = 0; i < scan->doc_count; i++)
        if (!log_doc_fits(session, &scan->docs[i]))
            out->base_changed = true;
    buf_init(&out->draft, session->env);
    buf_add(&out->draft, buf_str(&scan->draft));
    buf_init(&out->draft_where, session->env);
    buf_add(&out->draft_where, buf_str(&scan->draft_where));
}

void recovery_offer_release(struct recovery_offer *offer)
{
    mem_free(offer->draft.env, offer->log);
    buf_release(&offer->draft);
    buf_release(&offer->draft_where);
}

static bool offer_of(const struct session *session, const char *path, size_t *n,
                     struct recovery_offer *out)
{
    struct log_scan scan;
    bool found = false;
    int descriptor;

    log_scan_init(&scan, session->env);
    descriptor = log_scan_file(&scan, path);
    if (descriptor >= 0 && scan_is_of(session, &scan) && (scan.changes || scan.draft.len))
        found = (*n)-- == 0;
    if (found)
        offer_fill(session, &scan, path, out);
    if (descriptor >= 0)
        close(descriptor);
    log_scan_release(&scan);
    return found;
}

bool session_recovery_find(struct session *session, size_t n, struct recovery_offer *out)
{
    char *folder;
    struct file_list list = { .env = session->env };
    struct diags diags;
    bool found = false;

    if (!session->state_folder)
        return false;
    diags_init(&diags, session->env);
    folder = file_join(session->env, session->state_folder, LOG_FOLDER);
    if (file_is_folder(folder) && file_list(session->env, folder, &list, &diags)) {
        for (size_t i = 0; !found && i < list.count; i++)
            if (str_ends(str_of(list.items[i].path), STR(".log")))
                found = offer_of(session, list.items[i].path, &n, out);
        file_list_release(&list);
    }
    mem_free(session->env, folder);
    diags_release(&diags);
    return found;
}

void session_recovery_discard(struct session *session, const char *log)
{
    int descriptor = open_log(log);

    (void) session;
    if (descriptor < 0)
        return;
    unlink(log);
    close(descriptor);
}
