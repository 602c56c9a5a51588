/* The undo tree: every change of the session hangs where it was made, so that nothing that was ever
 * done is lost by undoing and going another way. */
#include "engine/session/parts.h"

#include <stdarg.h>
#include <stdio.h>

void undo_init(struct session *session)
{
    session->undo_root = mem_zalloc(session->env, sizeof *session->undo_root);
    session->undo_at = session->undo_root;
    session->undo_nodes = mem_grow(session->env, session->undo_nodes, &session->undo_capacity, 1,
                                   sizeof(struct undo_node *));
    session->undo_nodes[0] = session->undo_root;
    session->undo_count = 0;
}

static void free_nodes(struct session *session)
{
    for (size_t i = 0; i <= session->undo_count; i++) {
        struct undo_node *node = session->undo_nodes[i];
        if (node->change)
            change_free(node->change);
        mem_free(session->env, node->docs);
        mem_free(session->env, node);
    }
}

void undo_release(struct session *session)
{
    free_nodes(session);
    for (size_t i = 0; i < session->doc_count; i++)
        mem_free(session->env, session->docs[i]);
    mem_free(session->env, session->docs);
    mem_free(session->env, session->undo_nodes);
}

void undo_forget(struct session *session)
{
    free_nodes(session);
    for (size_t i = 0; i < session->doc_count; i++) {
        struct open_doc *doc = session->docs[i];
        doc->saved_lost = doc->saved_lost || doc->at != doc->saved;
        doc->at = doc->saved = NULL;
    }
    undo_init(session);
}

/* --- documents --- */

struct open_doc *undo_doc_find(const struct session *session, const struct flow *flow)
{
    for (size_t i = 0; i < session->doc_count; i++)
        if (session->docs[i]->flow == flow)
            return session->docs[i];
    return NULL;
}

struct open_doc *undo_doc_of(struct session *session, struct flow *flow)
{
    struct open_doc *doc = undo_doc_find(session, flow);

    if (doc)
        return doc;
    doc = mem_zalloc(session->env, sizeof *doc);
    doc->flow = flow;
    doc->file = flow == &session->world ? NULL : session_file(session, flow);
    session->docs = mem_grow(session->env, session->docs, &session->doc_capacity,
                             session->doc_count + 1, sizeof(struct open_doc *));
    session->docs[session->doc_count++] = doc;
    return doc;
}

static void node_add_doc(struct session *session, struct undo_node *node, struct flow *flow)
{
    struct open_doc *doc = undo_doc_of(session, flow);
    size_t capacity = node->doc_count;

    for (size_t i = 0; i < node->doc_count; i++)
        if (node->docs[i].doc == doc)
            return;
    node->docs = mem_grow(session->env, node->docs, &capacity, node->doc_count + 1,
                          sizeof *node->docs);
    node->docs[node->doc_count++] = (struct undo_doc){ .doc = doc, .before = doc->at };
}

/* --- transactions --- */

struct change *session_begin(struct session *session, const char *name, ...)
{
    va_list arguments;
    char text[200];

    va_start(arguments, name);
    int len = vsnprintf(text, sizeof text, name, arguments);
    va_end(arguments);
    BUG_ON(len < 0);
    problems_begin(session);
    return change_begin(session->env, str_of(text));
}

struct undo_node *undo_push(struct session *session, struct change *change)
{
    struct undo_node *node = mem_zalloc(session->env, sizeof *node);

    node->parent = session->undo_at;
    node->change = change;
    node->flow = session->flow;
    node->before = node->after = session->cursor;
    for (size_t i = 0; i < change->count; i++)
        node_add_doc(session, node, change->steps[i].flow);
    for (size_t i = 0; i < node->doc_count; i++)
        node->docs[i].doc->at = node;
    session->undo_nodes =
        mem_grow(session->env, session->undo_nodes, &session->undo_capacity,
                 session->undo_count + 2, sizeof(struct undo_node *));
    node->number = ++session->undo_count;
    session->undo_nodes[node->number] = node;
    session->undo_at->redo = node;
    session->undo_at = node;
    return node;
}

void undo_changed(struct session *session)
{
    if (session->world.doc && session->world.doc->revision != session->world_revision) {
        struct diags diags;
        diags_init(&diags, session->env);
        workspace_update_settings(session->ws, &diags);
        session->world_revision = session->world.doc->revision;
        diags_release(&diags);
    }
    simulation_edited(session);
    log_tell(session);
}

bool session_end(struct session *session, struct change *change, bool ok,
                 const struct diags *diags)
{
    if (!ok || change->count == 0) {
        change_undo(change);
        change_free(change);
        message_clear(session);
        if (!ok)
            return message_diags(session, diags, false);
        message_set(session, MESSAGE_INFO, "nothing to change: it is so already");
        return true;
    }
    /* Taken back for a moment, so that the log has it before it takes effect, and reads each step
     * as what it does, not as what undoes it. */
    change_undo(change);
    log_change(session, change);
    change_redo(change);
    undo_push(session, change);
    message_set(session, MESSAGE_INFO, "%s", change->name);
    undo_changed(session);
    problems_edited(session, change);
    return true;
}

bool session_set_field(struct session *session, node_id owner, const struct field *field,
                       struct str text)
{
    struct change *change = session_begin(session, "Set %s", field->label);
    struct diags diags;
    bool ok;

    diags_init(&diags, session->env);
    ok = flow_set(change, session->flow, owner, field, text, &diags);
    ok = session_end(session, change, ok, &diags);
    diags_release(&diags);
    return ok;
}

/* --- walking the tree --- */

void undo_step_back(struct session *session)
{
    struct undo_node *node = session->undo_at;

    change_undo(node->change);
    for (size_t i = 0; i < node->doc_count; i++)
        node->docs[i].doc->at = node->docs[i].before;
    node->parent->redo = node;
    session->undo_at = node->parent;
}

void undo_step_forward(struct session *session, struct undo_node *child)
{
    change_redo(child->change);
    for (size_t i = 0; i < child->doc_count; i++)
        child->docs[i].doc->at = child;
    session->undo_at->redo = child;
    session->undo_at = child;
}

static void back_logged(struct session *session)
{
    log_undo(session);
    undo_step_back(session);
}

static void forward_logged(struct session *session, struct undo_node *child)
{
    log_redo(session, child);
    undo_step_forward(session, child);
}

/* Shows where the change was made, else keeps the cursor on something that exists. */
static void show_place(struct session *session, const struct undo_node *node, struct spot spot)
{
    if (node->flow && node->flow->doc && spot.node && spot.node < node->flow->doc->count &&
        doc_attached(node->flow->doc, spot.node))
        session_show_flow(session, node->flow, spot);
    else if (session->flow && !doc_attached(session->flow->doc, session->cursor.node))
        session->cursor = (struct spot){ .node = session->flow->body };
}

/* "undid: NAME" with how many when there were several. */
static void say_done(struct session *session, const char *verb, size_t count,
                     const struct undo_node *last)
{
    if (count == 1)
        message_set(session, MESSAGE_INFO, "%s: %s", verb, last->change->name);
    else
        message_set(session, MESSAGE_INFO, "%s %zu changes, the last of them: %s", verb, count,
                    last->change->name);
}

bool undo_many(struct session *session, size_t n)
{
    struct undo_node *last = NULL;
    size_t count = 0;

    for (; count < n && session->undo_at->parent; count++) {
        last = session->undo_at;
        back_logged(session);
    }
    if (!last)
        return message_fail1(session, DIAG_UNDO_END, STR("undo"));
    say_done(session, "undid", count, last);
    show_place(session, last, last->before);
    undo_changed(session);
    return true;
}

bool redo_many(struct session *session, size_t n)
{
    struct undo_node *last = NULL;
    size_t count = 0;

    for (; count < n && session->undo_at->redo; count++) {
        last = session->undo_at->redo;
        forward_logged(session, last);
    }
    if (!last)
        return message_fail1(session, DIAG_UNDO_END, STR("redo"));
    say_done(session, "redid", count, last);
    show_place(session, last, last->after);
    undo_changed(session);
    return true;
}

static bool is_above(const struct undo_node *node, const struct undo_node *below)
{
    while (below && below != node)
        below = below->parent;
    return below != NULL;
}

bool undo_go_to(struct session *session, size_t number)
{
    struct undo_node *goal;

    if (number > session->undo_count) {
        char text[24];
        int len = snprintf(text, sizeof text, "%zu", number);
        return message_fail1(session, DIAG_UNDO_NUMBER, ((struct str){ text, (size_t) len }));
    }
    goal = session->undo_nodes[number];
    while (!is_above(session->undo_at, goal))
        back_logged(session);
    while (session->undo_at != goal) {
        struct undo_node *next = goal;
        while (next->parent != session->undo_at)
            next = next->parent;
        forward_logged(session, next);
    }
    message_set(session, MESSAGE_INFO, "now behind change %zu: %s", number,
                goal->change ? goal->change->name : "nothing is changed");
    show_place(session, goal, goal->after);
    undo_changed(session);
    return true;
}

void undo_list(struct session *session, struct buf *out)
{
    for (size_t i = 1; i <= session->undo_count; i++) {
        const struct undo_node *node = session->undo_nodes[i];
        buf_addf(out, "%s%c %zu (behind %zu)  %s", i > 1 ? "\n" : "",
                 node == session->undo_at ? '>' : is_above(node, session->undo_at) ? '*' : ' ', i,
                 node->parent->number, node->change->name);
    }
}

bool session_undo(struct session *session)
{
    return undo_many(session, 1);
}

bool session_redo(struct session *session)
{
    return redo_many(session, 1);
}

struct str session_undo_name(const struct session *session)
{
    return session->undo_at->change ? str_of(session->undo_at->change->name) : STR_NONE;
}

struct str session_redo_name(const struct session *session)
{
    return session->undo_at->redo ? str_of(session->undo_at->redo->change->name) : STR_NONE;
}
