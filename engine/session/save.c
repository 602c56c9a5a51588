/* Saving: the text is made and read back in memory, and must be the same tree, before anything on
 * the disk is touched. */
#include <string.h>

#include "engine/base/env.h"
#include "engine/doc/write.h"
#include "engine/session/parts.h"

/* --- what would be written is what is meant --- */

static bool reads_back(struct session *session, const struct doc *doc, struct str text,
                       struct diags *diags)
{
    struct diags ignored;
    struct doc *again;
    bool same;

    diags_init(&ignored, session->env);
    again = doc_read(session->env, &session->ws->atoms, &session->ws->limits, doc->file, text,
                     &ignored);
    same = again && doc_same(doc, again);
    if (again)
        doc_free(again);
    diags_release(&ignored);
    return same || diag_add0(diags, DIAG_SAVE_NOT_SAME,
                             &(struct place){ .file = str_of(doc->file) });
}

/* --- saving a document --- */

/* Where it goes, what it replaces there, and whose it is. */
struct save_to {
    const char *path;
    struct file_stamp *stamp;
    struct open_doc *doc;
    enum save_how how;
};

/* What to do instead is part of what is said. */
static bool say_failed(struct session *session, const struct diags *diags,
                       enum file_save result)
{
    message_diags(session, diags, true);
    if (result == FILE_CHANGED)
        message_more(session, MESSAGE_ERROR, ":write! overwrites it, :write FILE saves elsewhere, "
                     ":reload! takes what is there");
    return false;
}

static bool write_doc(struct session *session, const struct save_to *to)
{
    struct diags diags;
    struct buf text;
    enum file_save result = FILE_FAILED;

    diags_init(&diags, session->env);
    buf_init(&text, session->env);
    doc_write(to->doc->flow->doc, &text);
    if (reads_back(session, to->doc->flow->doc, buf_str(&text), &diags)) {
        log_save(session, to->doc, to->path, buf_str(&text));
        result = file_save(session->env, to->path, buf_str(&text), to->stamp,
                           to->how == SAVE_FORCE, &diags);
    }
    if (result == FILE_SAVED) {
        to->doc->saved = to->doc->at;
        to->doc->saved_lost = false;
        log_saved(session, to->doc);
        message_set(session, MESSAGE_INFO, "saved %s (%zu bytes)", to->path, text.len);
        if (diags.count) {
            message_diags(session, &diags, true);
            message_more(session, MESSAGE_WARNING, "saved %s", to->path);
        }
    } else {
        say_failed(session, &diags, result);
    }
    log_tell(session);
    buf_release(&text);
    diags_release(&diags);
    return result == FILE_SAVED;
}

bool save_file(struct session *session, struct workspace_file *file, enum save_how how)
{
    struct save_to to = { file->path, &file->stamp, undo_doc_of(session, &file->flow), how };

    if (file->imported)
        return message_fail1(session, DIAG_SAVE_IMPORTED, file_name(file->path));
    if (!write_doc(session, &to))
        return false;
    file->fresh = false;
    return true;
}

bool save_world(struct session *session, enum save_how how)
{
    char *path = session_world_path(session);
    struct save_to to = { path, &session->ws->settings_stamp,
                          undo_doc_of(session, &session->world), how };
    bool ok = write_doc(session, &to);

    mem_free(session->env, path);
    return ok;
}

bool session_save(struct session *session, struct flow *flow, bool force)
{
    struct workspace_file *file = session_file(session, flow);

    return file ? save_file(session, file, force ? SAVE_FORCE : SAVE_ASK)
                : message_fail0(session, DIAG_COMMAND_NO_FLOW);
}

/* --- under another name --- */

static char *terminated(struct env *env, struct str text)
{
    struct buf copy;

    buf_init(&copy, env);
    buf_add(&copy, text);
    return buf_steal(&copy);
}

static bool same_path(struct env *env, const char *a, const char *b)
{
    char *left = session_absolute(env, a), *right = session_absolute(env, b);
    bool same = !strcmp(left, right);

    mem_free(env, left);
    mem_free(env, right);
    return same;
}

/* Another flow of the workspace that lives there: it would be overwritten in memory's back. */
static bool is_taken(const struct session *session, const struct workspace_file *file,
                     const char *path)
{
    for (size_t i = 0; i < session->ws->count; i++)
        if (session->ws->files[i] != file &&
            same_path(session->env, session->ws->files[i]->path, path))
            return true;
    return false;
}

bool save_file_as(struct session *session, struct workspace_file *file, struct str name,
                  enum save_how how)
{
    char *path = terminated(session->env, name);
    struct file_stamp stamp = { .exists = false };
    struct save_to to = { path, &stamp, undo_doc_of(session, &file->flow), how };
    bool ok;

    if (same_path(session->env, path, file->path)) {
        mem_free(session->env, path);
        return save_file(session, file, how);
    }
    if (is_taken(session, file, path)) {
        mem_free(session->env, path);
        return message_fail1(session, DIAG_SAVE_TAKEN, name);
    }
    ok = write_doc(session, &to);
    if (ok) {
        mem_free(session->env, file->path);
        file->path = path;
        file->stamp = stamp;
        file->fresh = file->imported = false;
        workspace_sort(session->ws);
        lock_file(session, path);
    } else {
        mem_free(session->env, path);
    }
    return ok;
}

bool save_all(struct session *session)
{
    size_t saved = 0;

    for (size_t i = 0; i < session->ws->count; i++) {
        struct workspace_file *file = session->ws->files[i];
        if (!session_modified(session, &file->flow))
            continue;
        if (!save_file(session, file, SAVE_ASK))
            return false;
        saved++;
    }
    if (session_world_modified(session)) {
        if (!save_world(session, SAVE_ASK))
            return false;
        saved++;
    }
    message_set(session, MESSAGE_INFO, "saved %zu file%s", saved, saved == 1 ? "" : "s");
    return true;
}

bool save_text(struct session *session, struct str name, struct str text, enum save_how how)
{
    char *path = terminated(session->env, name);
    struct diags diags;
    enum file_save result;

    diags_init(&diags, session->env);
    result = file_save(session->env, path, text, NULL, how == SAVE_FORCE, &diags);
    if (result == FILE_SAVED)
        message_set(session, MESSAGE_INFO, "wrote %s (%zu bytes)", path, text.len);
    else
        message_diags(session, &diags, true);
    diags_release(&diags);
    mem_free(session->env, path);
    return result == FILE_SAVED;
}
