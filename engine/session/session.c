#include "engine/session/assist.h"
#include "engine/session/parts.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "engine/base/env.h"

struct workspace_file *session_file(const struct session *session, const struct flow *flow)
{
    return flow ? workspace_file_of(session->ws, flow) : NULL;
}

/* --- opening and closing --- */

static struct flow *first_flow(const struct workspace *ws)
{
    for (size_t i = 0; i < ws->count; i++)
        if (workspace_flow(ws->files[i]))
            return &ws->files[i]->flow;
    return NULL;
}

static bool open_path(struct session *session, const char *path, struct diags *diags)
{
    struct flow *flow;

    if (!file_is_folder(path)) {
        struct workspace_file *file = workspace_file(session->ws, path, diags);
        if (!file || !file->flow.doc)
            return false;
        flow = &file->flow;
    } else {
        flow = first_flow(session->ws);
    }
    if (flow)
        session_show_flow(session, flow, (struct spot){ .node = flow->body });
    return true;
}

struct session *session_open(struct env *env, const char *path, const char *state_folder,
                             struct diags *diags)
{
    struct session *session = mem_zalloc(env, sizeof *session);
    struct limits limits = LIMITS_DEFAULT;

    session->env = env;
    buf_init(&session->clipboard, env);
    buf_init(&session->clipboard_name, env);
    buf_init(&session->message, env);
    buf_init(&session->draft_where, env);
    buf_init(&session->draft, env);
    diags_init(&session->problems, env);
    session->checked = check_memory_new(env);
    undo_init(session);
    if (state_folder)
        session->state_folder = mem_clone(env, state_folder, strlen(state_folder) + 1);
    session->ws = workspace_open_known(env, &limits, path ? path : ".", state_folder, diags);
    if (session->ws && session->ws->settings_doc)
        session->world = (struct flow){ .doc = session->ws->settings_doc, .body = 1 };
    if (!session->ws || (path && !open_path(session, path, diags))) {
        session_close(session);
        return NULL;
    }
    if (session->flow)
        recent_add(session, path ? path : ".");
    return session;
}

void session_close(struct session *session)
{
    struct env *env = session->env;
    /* A text that was being typed when the end came is work too. */
    bool typed = !session->quit && session->draft.len > 0;
    bool remove = session->discard || !session->ws || (!session_any_modified(session) && !typed);

    log_close(session, remove);
    locks_release(session);
    simulation_free(session);
    debug_free(session);
    watches_free(session);
    heat_free(session);
    assist_free(session);
    undo_release(session);
    diags_release(&session->problems);
    check_memory_free(session->checked);
    if (session->ws)
        workspace_free(session->ws);
    usages_release(&session->uses);
    mem_free(env, session->views);
    mem_free(env, session->state_folder);
    mem_free(env, session->elsewhere);
    buf_release(&session->clipboard);
    buf_release(&session->clipboard_name);
    buf_release(&session->message);
    buf_release(&session->draft_where);
    buf_release(&session->draft);
    mem_free(env, session);
}

/* --- the flow that is shown --- */

void session_show_flow(struct session *session, struct flow *flow, struct spot cursor)
{
    struct workspace_file *file = session_file(session, flow);
    bool other = session->flow != flow;

    if (other && session->flow) {
        session->views = mem_grow(session->env, session->views, &session->view_capacity,
                                  session->view_count + 1, sizeof *session->views);
        session->views[session->view_count++] = (struct view){ .flow = session->flow,
                                                               .cursor = session->cursor };
    }
    session->flow = flow;
    session->cursor = cursor.node ? cursor : (struct spot){ .node = flow->body };
    if (!other || !file || file->fresh)
        return;
    lock_file(session, file->path);
    if (!file_writable(file->path))
        message_more(session, MESSAGE_WARNING,
                     "%s is read-only: changes can be saved under another name (:write FILE)",
                     file->path);
}

void session_swap_doc(struct session *session, struct flow *flow, struct doc *doc,
                      const struct flow *indexed)
{
    check_memory_forget(session->checked);
    /* What was worked out from the old tree must not be taken for the new one. */
    session->uses.count = 0;
    heat_free(session);
    doc->revision = flow->doc->revision + 1;
    doc_free(flow->doc);
    *flow = *indexed;
    for (size_t i = 0; i < session->view_count; i++)
        if (session->views[i].flow == flow)
            session->views[i].cursor = (struct spot){ .node = flow->body };
    if (session->flow == flow)
        session->cursor = (struct spot){ .node = flow->body };
}

/* --- what is unsaved --- */

static bool doc_modified(const struct open_doc *doc)
{
    return doc && (doc->saved_lost || doc->at != doc->saved);
}

bool session_modified(const struct session *session, const struct flow *flow)
{
    const struct workspace_file *file = session_file(session, flow);

    return (file && file->fresh) || doc_modified(undo_doc_find(session, flow));
}

bool session_world_modified(const struct session *session)
{
    return doc_modified(undo_doc_find(session, &session->world));
}

bool session_any_modified(const struct session *session)
{
    for (size_t i = 0; i < session->ws->count; i++)
        if (session->ws->files[i]->fresh)
            return true;
    for (size_t i = 0; i < session->doc_count; i++)
        if (doc_modified(session->docs[i]))
            return true;
    return false;
}

/* --- problems --- */

static uint64_t mixed(uint64_t sum, uint64_t with)
{
    return (sum ^ with) * 0x9E3779B97F4A7C15u;
}

/* Rules look at other flows and at postflow.json too. */
static uint64_t revision_of_all(const struct session *session)
{
    uint64_t sum = mixed(1, (uintptr_t) session->flow);

    for (size_t i = 0; i < session->ws->count; i++) {
        const struct doc *doc = session->ws->files[i]->flow.doc;
        sum = mixed(sum, doc ? doc->revision + 1 : 0);
    }
    sum = mixed(sum, session->ws->count);
    sum = mixed(sum, session->ws->settings_doc ? session->ws->settings_doc->revision + 1 : 0);
    return sum;
}

bool session_try_problems(struct session *session, const struct check_stop *stop)
{
    struct diags found;
    uint64_t revision;
    bool done;

    if (!session->flow) {
        diags_clear(&session->problems);
        session->problems_revision = 0;
        return true;
    }
    revision = revision_of_all(session);
    if (revision == session->problems_revision)
        return true;
    diags_init(&found, session->env);
    done = check_flow_unless(session->ws, session->flow, stop, session->checked, &found);
    if (done) {
        diags_release(&session->problems);
        session->problems = found;
        session->problems_revision = revision_of_all(session); /* it may have read other flows */
    } else {
        diags_release(&found);
    }
    return done;
}

/* The action or choice that a step of a change is in; 0: none, or another flow. */
static node_id changed_action(const struct session *session, const struct change_step *step)
{
    const struct flow *flow = session->flow;
    node_id at = step->op == CHANGE_GRAFT ? step->node : step->edit.node;

    if (step->flow != flow || step->edit.op == EDIT_MOVE || !doc_attached(flow->doc, at))
        return 0;
    while (at && at != flow->body && flow_role(flow, at) != ROLE_ACTION &&
           flow_role(flow, at) != ROLE_CHOICE)
        at = flow_role(flow, at) == ROLE_LIST ? 0 : doc_parent(flow->doc, at);
    return at != flow->body ? at : 0;
}

void problems_begin(struct session *session)
{
    session->problems_known = session->flow &&
                              session->problems_revision == revision_of_all(session);
}

void problems_edited(struct session *session, const struct change *change)
{
    enum { MOST_STEPS = 16 };
    bool alone = session->problems_known && change->count <= MOST_STEPS;
    node_id last = 0;

    for (size_t i = 0; i < change->count && change->count <= MOST_STEPS; i++) {
        const struct change_step *step = &change->steps[i];
        node_id action = changed_action(session, step);
        bool again = action && (action == last ||
                                check_action_again(session->ws, session->flow, session->checked,
                                                   action, &session->problems));
        alone &= again && (step->op == CHANGE_GRAFT ||
                           check_is_told_alone(session->flow, action, &step->edit));
        if (again)
            session->problems_revision = mixed(session->problems_revision, action);
        last = again ? action : last;
    }
    if (alone)
        session->problems_revision = revision_of_all(session);
}

void session_update_problems(struct session *session)
{
    session_try_problems(session, NULL);
}

/* --- paths --- */

char *session_absolute(struct env *env, const char *path)
{
    char real[PATH_MAX];
    char *folder, *result;

    if (realpath(path, real))
        return mem_clone(env, real, strlen(real) + 1);
    folder = file_folder(env, path);
    struct str name = file_name(path);
    char *terminated = mem_zalloc(env, name.len + 1);
    memcpy(terminated, name.ptr, name.len);
    result = file_join(env, realpath(folder, real) ? real : folder, terminated);
    mem_free(env, terminated);
    mem_free(env, folder);
    return result;
}

/* Others must not be able to plant or to read anything in it. */
static bool folder_is_safe(const char *path)
{
    struct stat status;

    if (lstat(path, &status) != 0)
        return false;
    if (S_ISDIR(status.st_mode) && status.st_uid == geteuid() && !(status.st_mode & 022))
        return true;
    errno = EPERM;
    return false;
}

char *session_state_path(struct session *session, const char *part, const char *name)
{
    struct diags diags;
    char *folder, *path = NULL;
    int error;

    if (!session->state_folder) {
        errno = ENOENT;
        return NULL;
    }
    diags_init(&diags, session->env);
    folder = file_join(session->env, session->state_folder, part);
    errno = 0;
    if (file_make_folders(session->env, folder, 0700, &diags) && folder_is_safe(folder))
        path = file_join(session->env, folder, name);
    error = errno;
    diags_release(&diags);
    mem_free(session->env, folder);
    errno = error;
    return path;
}
