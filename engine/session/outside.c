/* What others do to the files while the session has them: new flows are taken in, a flow nobody
 * changed here is read again, everything else is told, once. Nothing unsaved is ever touched. */
#include "engine/session/parts.h"

#include <stdlib.h>
#include <string.h>

static bool same_stamp(const struct file_stamp *a, const struct file_stamp *b)
{
    return a->exists == b->exists &&
           (!a->exists || (a->device == b->device && a->inode == b->inode && a->size == b->size &&
                           a->mtime_ns == b->mtime_ns && a->ctime_ns == b->ctime_ns));
}

static int by_path(const void *key, const void *entry)
{
    return strcmp(key, ((const struct file_entry *) entry)->path);
}

/* The file as it is on the disk now; false: it is not there. */
static bool on_disk(const struct file_list *list, const char *path, struct file_stamp *out)
{
    const struct file_entry *entry = list->count ? bsearch(path, list->items, list->count,
                                                           sizeof *list->items, by_path)
                                                 : NULL;
    if (!entry)
        return file_stamp_now(path, out);
    *out = entry->stamp;
    return true;
}

/* Reads the file into the tree's place; the cursor stays where its path leads. */
static bool read_again(struct session *session, struct workspace_file *file)
{
    struct spot cursor;
    struct diags diags;
    struct buf path;
    bool shown = session->flow == &file->flow;

    diags_init(&diags, session->env);
    buf_init(&path, session->env);
    if (shown)
        path_print(&file->flow, session->cursor, &path);
    bool ok = session_read_again(session, file, NULL, &diags);
    if (ok && shown && path_find(&file->flow, buf_str(&path), &cursor, &diags))
        session->cursor = cursor;
    if (ok)
        message_more(session, MESSAGE_INFO, "%s was changed by others: read again", file->path);
    else
        message_diags(session, &diags, true);
    buf_release(&path);
    diags_release(&diags);
    return ok;
}

static void changed(struct session *session, struct workspace_file *file)
{
    if (!file->flow.doc)
        workspace_renew(file);
    else if (undo_doc_find(session, &file->flow))
        message_more(session, MESSAGE_WARNING,
                     "%s was changed by others: :reload takes what is there, :write asks",
                     file->path);
    else
        read_again(session, file);
}

static void gone(struct session *session, struct workspace_file *file)
{
    if (file->flow.doc)
        message_more(session, MESSAGE_WARNING, "%s was deleted by others: :write makes it again",
                     file->path);
    else
        workspace_drop(session->ws, file);
}

/* True when something is told or was taken in. */
static bool look_at(struct session *session, struct workspace_file *file,
                    const struct file_list *list)
{
    struct file_stamp now;
    const struct file_stamp *before = file->looked ? &file->seen : &file->stamp;
    bool there = on_disk(list, file->path, &now);

    if (file->fresh || same_stamp(before, &now) || same_stamp(&file->stamp, &now))
        return false;
    file->seen = now;
    file->looked = true;
    if (there && file->flow.doc && file_same(file->path, &file->stamp))
        return false; /* its times alone */
    if (there)
        changed(session, file);
    else
        gone(session, file);
    return true;
}

static bool take_new(struct session *session, const struct file_list *list)
{
    struct workspace *ws = session->ws;
    size_t taken = 0;

    for (size_t i = 0; i < list->count; i++) {
        const char *path = list->items[i].path;
        if (workspace_take(ws, path) && taken++ == 0)
            message_more(session, MESSAGE_INFO, "new: %s", path);
    }
    if (taken > 1)
        message_more(session, MESSAGE_INFO, "%zu more", taken - 1);
    return taken > 0;
}

static bool look_at_world(struct session *session)
{
    struct workspace *ws = session->ws;
    struct file_stamp now = { .exists = false };
    struct diags diags;
    char *path = session_world_path(session);
    bool there = file_stamp_now(path, &now), fresh;

    fresh = !same_stamp(&ws->settings_stamp, &now) && !same_stamp(&ws->settings_seen, &now);
    ws->settings_seen = now;
    if (fresh && ws->settings_stamp.exists && there)
        fresh = !file_same(path, &ws->settings_stamp);
    if (fresh && undo_doc_find(session, &session->world)) {
        message_more(session, MESSAGE_WARNING, "%s was changed by others: :write asks", path);
    } else if (fresh) {
        diags_init(&diags, session->env);
        if (session_world_read(session, &diags))
            message_more(session, MESSAGE_INFO, "%s was changed by others: read again", path);
        else
            message_diags(session, &diags, true);
        diags_release(&diags);
    }
    mem_free(session->env, path);
    return fresh;
}

bool session_look_outside(struct session *session)
{
    struct file_list list;
    struct diags diags;
    struct buf said = session->message;
    enum message_kind kind = session->message_kind;
    bool found = false;

    buf_init(&session->message, session->env);
    session->message_kind = MESSAGE_NONE;
    diags_init(&diags, session->env);
    if (file_list(session->env, session->ws->folder, &list, &diags)) {
        for (size_t i = session->ws->count; i-- > 0;)
            found |= look_at(session, session->ws->files[i], &list);
        found |= take_new(session, &list);
        found |= look_at_world(session);
    }
    file_list_release(&list);
    diags_release(&diags);
    if (session->message.len == 0) {
        session->message = said;
        session->message_kind = kind;
    } else {
        buf_release(&said);
    }
    return found;
}
