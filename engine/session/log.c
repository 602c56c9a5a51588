/* The recovery log, written: one JSON object a line. Each begins with the hash of what follows it
 * in the line, so that damage is found, and has a number, so that a missing line is. */
#include "engine/session/log.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "engine/base/env.h"
#include "engine/base/utf8.h"
#include "engine/doc/write.h"
#include "engine/session/parts.h"

enum { SYNC_AFTER_MS = 1000, LOG_NAMES = 1000 };

struct recovery {
    int descriptor;
    char *path;
    uint64_t records;
    uint64_t size;      /* bytes of whole records */
    uint32_t docs;      /* documents it knows */
    int64_t written_ms; /* when the last record was written */
    bool unsynced;
    int error;          /* it cannot be written any more: why */
    bool told;
};

/* --- the file --- */

static void recovery_free(struct env *env, struct recovery *recovery)
{
    if (recovery->descriptor >= 0)
        close(recovery->descriptor);
    mem_free(env, recovery->path);
    mem_free(env, recovery);
}

/* A name that no other log has: the folder's hash, the process, a number. */
static bool create(struct session *session, struct recovery *recovery)
{
    char *folder = session_absolute(session->env, session->ws->folder);
    uint64_t hash = str_hash(str_of(folder));
    struct buf name;

    mem_free(session->env, folder);
    buf_init(&name, session->env);
    for (int i = 0; i < LOG_NAMES && recovery->descriptor < 0; i++) {
        buf_clear(&name);
        buf_addf(&name, "%016" PRIx64 "-%ld-%d.log", hash, (long) getpid(), i);
        mem_free(session->env, recovery->path);
        recovery->path = session_state_path(session, LOG_FOLDER, name.ptr);
        if (!recovery->path)
            break;
        recovery->descriptor = open(recovery->path, O_RDWR | O_APPEND | O_CREAT | O_EXCL |
                                    O_NOFOLLOW | O_CLOEXEC, 0600);
        if (recovery->descriptor < 0 && errno != EEXIST)
            break;
    }
    buf_release(&name);
    /* The lock says that the session lives; the kernel drops it when the process ends. */
    return recovery->descriptor >= 0 && flock(recovery->descriptor, LOCK_EX | LOCK_NB) == 0;
}

static bool write_all(int descriptor, struct str text)
{
    while (text.len) {
        ssize_t written = write(descriptor, text.ptr, text.len);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return false;
        text = str_slice(text, (size_t) written, text.len);
    }
    return true;
}

/* --- records --- */

static void record_begin(const struct session *session, struct buf *record)
{
    buf_init(record, session->env);
    buf_addf(record, "\"n\":%" PRIu64 ",\"at\":%" PRId64,
             session->recovery->records + 1, session->env->now(session->env));
}

static void record_text(struct buf *record, const char *key, struct str text)
{
    buf_addf(record, ",\"%s\":", key);
    json_add_text(record, text, false);
}

static void record_number(struct buf *record, const char *key, uint64_t number)
{
    buf_addf(record, ",\"%s\":%" PRIu64, key, number);
}

/* Hashes have 64 bits, more than every reader of JSON keeps of a number. */
static void record_hash(struct buf *record, const char *key, uint64_t hash)
{
    buf_addf(record, ",\"%s\":\"%016" PRIx64 "\"", key, hash);
}

/* Closes the record and writes its line; a half written line is taken back. */
static void record_end(struct session *session, struct buf *record)
{
    struct recovery *recovery = session->recovery;
    struct buf line;

    buf_add_char(record, '}');
    buf_init(&line, session->env);
    buf_addf(&line, LOG_CHECK_FORMAT, str_hash(buf_str(record)));
    buf_add(&line, buf_str(record));
    buf_add_char(&line, '\n');
    buf_release(record);
    if (write_all(recovery->descriptor, buf_str(&line))) {
        recovery->records++;
        recovery->size += line.len;
        recovery->unsynced = true;
        recovery->written_ms = session->env->now(session->env);
    } else {
        /* What follows would not fit without this record, so nothing follows. */
        recovery->error = errno;
        if (ftruncate(recovery->descriptor, (off_t) recovery->size) != 0)
            recovery->error = errno;
    }
    buf_release(&line);
}

static void header(struct session *session)
{
    struct buf record;
    char *folder = session_absolute(session->env, session->ws->folder);

    record_begin(session, &record);
    record_number(&record, "log", LOG_VERSION);
    record_text(&record, "folder", str_of(folder));
    record_number(&record, "process", (uint64_t) getpid());
    mem_free(session->env, folder);
    record_end(session, &record);
}

/* Whether records can be written; the first call makes the file. */
static bool ready(struct session *session)
{
    struct recovery *recovery = session->recovery;

    if (!session->state_folder)
        return false;
    if (!recovery) {
        recovery = mem_zalloc(session->env, sizeof *recovery);
        recovery->descriptor = -1;
        session->recovery = recovery;
        errno = 0;
        if (create(session, recovery))
            header(session);
        else
            recovery->error = errno ? errno : EACCES;
    }
    return recovery->error == 0;
}

static void log_number(struct session *session, const char *key, uint64_t number)
{
    struct buf record;

    if (!ready(session))
        return;
    record_begin(session, &record);
    record_number(&record, key, number);
    record_end(session, &record);
}

/* --- documents --- */

static char *doc_path(const struct session *session, const struct open_doc *doc)
{
    char *path, *absolute;

    if (doc->file)
        return session_absolute(session->env, doc->file->path);
    path = session_world_path(session);
    absolute = session_absolute(session->env, path);
    mem_free(session->env, path);
    return absolute;
}

static struct str source_of(const struct open_doc *doc)
{
    return (struct str){ doc->flow->doc->source, doc->flow->doc->source_len };
}

static bool is_fresh(const struct session *session, const struct open_doc *doc)
{
    return doc->file ? doc->file->fresh : !session->ws->settings_stamp.exists;
}

/* How many nodes its text has; those made since come behind. */
static uint32_t nodes_read(const struct doc *doc)
{
    uint32_t count = doc->count;

    while (count > 1 && (doc_node(doc, count - 1)->flags & NODE_OWN))
        count--;
    return count;
}

/* The document as the node ids count it: its file, or the template it was made from. */
static void introduce(struct session *session, struct open_doc *doc)
{
    struct buf record;
    char *path;

    if (doc->log_id)
        return;
    doc->log_id = ++session->recovery->docs;
    path = doc_path(session, doc);
    record_begin(session, &record);
    record_number(&record, "doc", doc->log_id);
    record_text(&record, "file", str_of(path));
    record_number(&record, "size", doc->flow->doc->source_len);
    record_hash(&record, "hash", str_hash(source_of(doc)));
    record_number(&record, "nodes", nodes_read(doc->flow->doc));
    if (!doc->file) {
        record_number(&record, "world", 1);
    } else if (doc->file->fresh) {
        record_text(&record, "type", str_of(flow_type_info(doc->flow->type)->key));
        record_text(&record, "name", flow_title(doc->flow));
    }
    if (is_fresh(session, doc))
        record_number(&record, "new", 1);
    mem_free(session->env, path);
    record_end(session, &record);
}

void log_new_flow(struct session *session, struct open_doc *doc)
{
    if (ready(session))
        introduce(session, doc);
}

static void log_base(struct session *session, struct open_doc *doc)
{
    struct buf record;

    if (!doc->log_id || doc->based || !ready(session))
        return;
    record_begin(session, &record);
    record_number(&record, "base", doc->log_id);
    record_text(&record, "text", source_of(doc));
    record_end(session, &record);
    doc->based = true;
}

void log_save(struct session *session, struct open_doc *doc, const char *path, struct str content)
{
    struct buf record;
    char *absolute;

    if (!doc->log_id || !ready(session))
        return;
    log_base(session, doc);
    if (!ready(session))
        return;
    absolute = session_absolute(session->env, path);
    record_begin(session, &record);
    record_number(&record, "save", doc->log_id);
    record_text(&record, "file", str_of(absolute));
    record_number(&record, "size", content.len);
    record_hash(&record, "hash", str_hash(content));
    mem_free(session->env, absolute);
    record_end(session, &record);
}

void log_saved(struct session *session, const struct open_doc *doc)
{
    if (doc->log_id)
        log_number(session, "saved", doc->log_id);
}

void log_reloaded(struct session *session, struct open_doc *doc)
{
    if (!doc->log_id)
        return;
    log_base(session, doc);
    log_number(session, "reload", doc->log_id);
    doc->log_id = 0;
    doc->based = false;
}

/* --- changes --- */

static void add_ids(struct buf *record, const char *key, const struct doc *doc, node_id first,
                    node_id last)
{
    buf_addf(record, ",\"%s\":[", key);
    for (node_id id = first; id; id = id == last ? 0 : doc_next(doc, id))
        buf_addf(record, "%s%u", id == first ? "" : ",", id);
    buf_add_char(record, ']');
}

static void add_edit(struct buf *record, const struct change_step *step)
{
    const struct edit *edit = &step->edit;
    const struct doc *doc = step->flow->doc;

    switch (edit->op) {
    case EDIT_SPLICE:
        buf_addf(record, ",\"splice\":%u,\"after\":%u", edit->node, edit->after);
        add_ids(record, "out", doc, edit->remove_first, edit->remove_last);
        add_ids(record, "put", doc, edit->insert_first, edit->insert_last);
        break;
    case EDIT_SET:
        buf_addf(record, ",\"set\":%u,\"kind\":%u", edit->node, edit->kind);
        record_text(record, "text", step->set_text);
        break;
    case EDIT_MOVE:
        buf_addf(record, ",\"move\":%u,\"to\":%u,\"after\":%u", edit->node, edit->parent,
                 edit->after);
        break;
    }
}

static void add_step(struct session *session, struct buf *record, const struct change_step *step)
{
    buf_addf(record, "{\"d\":%u", undo_doc_of(session, step->flow)->log_id);
    if (step->op == CHANGE_GRAFT) {
        buf_addf(record, ",\"graft\":%u", step->node);
        record_text(record, "json", (struct str){ step->json, step->json_len });
        /* An empty key is a key; items of lists have none. */
        if (doc_node(step->flow->doc, step->node)->key)
            record_text(record, "key", doc_key(step->flow->doc, step->node));
    } else {
        add_edit(record, step);
    }
    buf_add_char(record, '}');
}

void log_change(struct session *session, const struct change *change)
{
    struct buf record;

    if (!ready(session))
        return;
    for (size_t i = 0; i < change->count; i++)
        introduce(session, undo_doc_of(session, change->steps[i].flow));
    if (!ready(session))
        return;
    buf_clear(&session->draft_where);
    buf_clear(&session->draft);
    record_begin(session, &record);
    record_text(&record, "change", str_of(change->name));
    buf_add_text(&record, ",\"steps\":[");
    for (size_t i = 0; i < change->count; i++) {
        if (i > 0)
            buf_add_char(&record, ',');
        add_step(session, &record, &change->steps[i]);
    }
    buf_add_char(&record, ']');
    record_end(session, &record);
}

void log_undo(struct session *session)
{
    log_number(session, "undo", session->undo_at->number);
}

void log_redo(struct session *session, const struct undo_node *child)
{
    log_number(session, "redo", child->number);
}

/* --- drafts --- */

/* Bytes that both begin with, in whole code points. */
static size_t common_start(struct str a, struct str b)
{
    size_t most = a.len < b.len ? a.len : b.len, same = 0;

    while (same < most && a.ptr[same] == b.ptr[same])
        same++;
    while (same > 0 && same < b.len && ((unsigned char) b.ptr[same] & 0xC0) == 0x80)
        same--;
    return same;
}

/* Bytes that both end with behind `from`, in whole code points. */
static size_t common_end(struct str a, struct str b, size_t from)
{
    size_t most = (a.len < b.len ? a.len : b.len) - from, same = 0;

    while (same < most && a.ptr[a.len - same - 1] == b.ptr[b.len - same - 1])
        same++;
    while (same > 0 && ((unsigned char) b.ptr[b.len - same] & 0xC0) == 0x80)
        same--;
    return same;
}

/* Only what changed is written: a key in a long text costs what a key in a short one does. */
void session_draft(struct session *session, const char *where, struct str text)
{
    struct buf record;
    size_t from, behind;

    if (utf8_check(text) != text.len || !ready(session))
        return;
    if (!str_is(buf_str(&session->draft_where), where)) {
        buf_clear(&session->draft_where);
        buf_add_text(&session->draft_where, where);
        buf_clear(&session->draft);
    }
    from = common_start(buf_str(&session->draft), text);
    behind = common_end(buf_str(&session->draft), text, from);
    record_begin(session, &record);
    record_text(&record, "draft", str_of(where));
    record_number(&record, "from", from);
    record_number(&record, "to", session->draft.len - behind);
    record_text(&record, "text", str_slice(text, from, text.len - behind));
    record_end(session, &record);
    buf_clear(&session->draft);
    buf_add(&session->draft, text);
}

/* --- its life --- */

int64_t session_idle(struct session *session, int64_t now)
{
    struct recovery *recovery = session->recovery;
    int64_t quiet;

    if (!recovery || !recovery->unsynced || recovery->error)
        return -1;
    quiet = now - recovery->written_ms;
    if (quiet >= 0 && quiet < SYNC_AFTER_MS)
        return SYNC_AFTER_MS - quiet;
    recovery->unsynced = false;
    if (fdatasync(recovery->descriptor) != 0 && errno != EINVAL) {
        recovery->error = errno;
        log_tell(session);
    }
    return -1;
}

void log_tell(struct session *session)
{
    struct recovery *recovery = session->recovery;
    struct diag diag = { .code = DIAG_LOG_UNWRITABLE };
    struct buf words;

    if (!recovery || !recovery->error || recovery->told)
        return;
    recovery->told = true;
    diag.args[0] = str_of(strerror(recovery->error));
    buf_init(&words, session->env);
    diag_render(&words, &diag, NULL);
    message_more(session, MESSAGE_WARNING, "%s", words.ptr);
    buf_release(&words);
}

void log_close(struct session *session, bool remove)
{
    struct recovery *recovery = session->recovery;

    if (!recovery)
        return;
    if (remove && recovery->descriptor >= 0)
        unlink(recovery->path);
    else if (recovery->descriptor >= 0 && recovery->unsynced)
        fdatasync(recovery->descriptor);
    recovery_free(session->env, recovery);
    session->recovery = NULL;
}

void log_adopt(struct session *session, const char *path, int descriptor, uint64_t records,
               uint64_t size, uint32_t docs)
{
    struct recovery *recovery = mem_zalloc(session->env, sizeof *recovery);

    log_close(session, true);
    *recovery = (struct recovery){ .descriptor = descriptor, .records = records, .size = size,
                                   .docs = docs };
    recovery->path = mem_clone(session->env, path, strlen(path) + 1);
    session->recovery = recovery;
    if (ftruncate(descriptor, (off_t) size) != 0)
        recovery->error = errno;
}
