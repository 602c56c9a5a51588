/* Commands that go by the mentions of something: renaming it, finding where it is used. */
#include "engine/base/env.h"
#include "engine/base/file.h"
#include "engine/flow/rename.h"
#include "engine/session/commands.h"

/* --- renaming --- */

struct renaming_at {
    struct renaming renaming;
    struct session *session;
    struct diags diags;
};

static void begin(struct renaming_at *at, struct session *session, struct str name)
{
    struct change *change = session_begin(session, "Rename to %.*s", STR_ARG(name));

    *at = (struct renaming_at){ .session = session };
    at->renaming = (struct renaming){ .change = change, .ws = session->ws,
                                      .settings = session->world.doc ? &session->world : NULL };
    buf_init(&at->renaming.left, session->env);
    diags_init(&at->diags, session->env);
}

/* Documents besides the one that is shown. */
static size_t others_changed(const struct session *session)
{
    const struct undo_node *node = session->undo_at;
    size_t count = 0;

    for (size_t i = 0; i < node->doc_count; i++)
        count += node->docs[i].doc->flow != session->flow;
    return count;
}

static bool end(struct renaming_at *at, bool ok)
{
    struct session *session = at->session;
    const struct renaming *renaming = &at->renaming;
    size_t places = renaming->places, count = renaming->change->count;

    ok = session_end(session, renaming->change, ok, &at->diags);
    if (ok && count > 0 && places > 0) {
        size_t others = others_changed(session);
        message_more(session, MESSAGE_INFO, "%zu reference%s", places, places == 1 ? "" : "s");
        if (others > 0)
            message_more(session, MESSAGE_INFO, "%zu other file%s changed, :write-all saves all",
                         others, others == 1 ? "" : "s");
    }
    if (ok && renaming->left.len > 0)
        message_more(session, MESSAGE_WARNING, "left as it is: %s", renaming->left.ptr);
    buf_release(&at->renaming.left);
    diags_release(&at->diags);
    return ok;
}

/* Whether a text of a scenario names the flow: alone, or before :: in a path. */
static bool names_flow(struct str text, struct str name)
{
    return str_eq(text, name) ||
           (text.len > name.len + 2 && str_starts(text, name) &&
            str_is(str_slice(text, name.len, name.len + 2), "::"));
}

static bool scenario_names(struct session *session, const char *path, struct str name)
{
    struct workspace *ws = session->ws;
    struct doc *doc = NULL;
    struct diags ignored;
    struct buf text;
    bool found = false;

    buf_init(&text, session->env);
    diags_init(&ignored, session->env);
    if (file_read(session->env, path, ws->limits.file_size, &text, NULL, &ignored))
        doc = doc_read_steal(session->env, &ws->atoms, &ws->limits, path, &text, &ignored);
    for (node_id node = 1; doc && !found && node < doc->count; node++)
        found = doc_kind(doc, node) == NODE_TEXT && names_flow(doc_text(doc, node), name);
    if (doc)
        doc_free(doc);
    diags_release(&ignored);
    buf_release(&text);
    return found;
}

/* Scenarios are no documents of the session: those that name the flow are told. */
static void leave_scenarios(struct session *session, struct str name, struct buf *left)
{
    enum { MOST_TOLD = 3 };
    struct file_list list;
    struct diags ignored;
    struct buf files;
    size_t count = 0;

    buf_init(&files, session->env);
    diags_init(&ignored, session->env);
    if (!file_list(session->env, session->ws->folder, &list, &ignored))
        list.count = 0;
    for (size_t i = 0; i < list.count; i++) {
        const char *path = list.items[i].path;
        if (str_ends(str_of(path), STR(".scenario.json")) &&
            scenario_names(session, path, name) && count++ < MOST_TOLD)
            buf_addf(&files, "%s%s", files.len ? ", " : "", path);
    }
    if (count)
        buf_addf(left, "%s%zu scenario%s: %s%s", left->len ? "; " : "", count,
                 count == 1 ? "" : "s", files.ptr, count > MOST_TOLD ? " ..." : "");
    file_list_release(&list);
    diags_release(&ignored);
    buf_release(&files);
}

static bool rename_shown_flow(struct renaming_at *at, struct str name)
{
    struct session *session = at->session;
    struct buf old;
    bool ok;

    buf_init(&old, session->env);
    buf_add(&old, flow_title(session->flow));
    ok = rename_flow(&at->renaming, session->flow, name, &at->diags);
    if (ok && old.len && !str_eq(buf_str(&old), name))
        leave_scenarios(session, buf_str(&old), &at->renaming.left);
    buf_release(&old);
    return ok;
}

bool session_rename(struct session *session, node_id node, struct str name)
{
    struct renaming_at at;
    struct buf kept; /* the name may live in what is about to change */
    bool ok;

    buf_init(&kept, session->env);
    buf_add(&kept, name);
    name = buf_str(&kept);
    begin(&at, session, name);
    if (flow_role(session->flow, node) == ROLE_FLOW)
        ok = rename_shown_flow(&at, name);
    else if (flow_role(session->flow, node) == ROLE_VARIABLE)
        ok = rename_variable(&at.renaming, session->flow, node, name, &at.diags);
    else
        ok = rename_node(&at.renaming, session->flow, node, name, &at.diags);
    ok = end(&at, ok);
    buf_release(&kept);
    return ok;
}

bool command_rename(struct session *session, struct str arguments)
{
    if (!arguments.len)
        return command_usage(session, "rename");
    return session_rename(session, session->cursor.node, arguments);
}

bool command_rename_variable(struct session *session, struct str arguments)
{
    struct str name = arguments, old = command_word(&name);
    node_id variable;

    if (!old.len || !name.len)
        return command_usage(session, "rename-variable");
    variable = flow_find_variable(session->flow, session->cursor.node, old);
    if (!variable)
        return message_fail1(session, DIAG_RENAME_UNKNOWN, old);
    return session_rename(session, variable, name);
}

/* --- uses --- */

static void found_begin(struct session *session)
{
    usages_release(&session->uses);
    usages_init(&session->uses, session->env);
}

static const char *plural(size_t count)
{
    return count == 1 ? "" : "s";
}

bool session_find_uses(struct session *session, const struct subject *subject)
{
    size_t count;

    found_begin(session);
    uses_find(session->ws, subject, NULL, &session->uses);
    count = session->uses.count;
    session->show_uses = count > 0;
    if (count)
        message_set(session, MESSAGE_INFO, "%zu use%s of %.*s", count, plural(count),
                    STR_ARG(subject->name));
    else
        message_set(session, MESSAGE_INFO, "nothing uses %.*s", STR_ARG(subject->name));
    return true;
}

bool command_uses(struct session *session, struct str arguments)
{
    struct subject subject = { .name = arguments };
    struct arena arena;
    bool ok;

    arena_init(&arena, session->env);
    ok = arguments.len ||
         (session->flow && subject_at(session->flow, session->cursor, &arena, &subject));
    ok = ok ? session_find_uses(session, &subject)
            : message_fail1(session, DIAG_COMMAND_CURSOR, STR("what has or mentions a name"));
    arena_release(&arena);
    return ok;
}

bool command_missing(struct session *session, struct str arguments)
{
    size_t count;

    if (arguments.len)
        return command_usage(session, "missing");
    found_begin(session);
    uses_missing(session->ws, NULL, &session->uses);
    count = session->uses.count;
    session->show_uses = count > 0;
    if (count)
        message_set(session, MESSAGE_INFO, "%zu mention%s of what is not there", count,
                    plural(count));
    else
        message_set(session, MESSAGE_INFO, "nothing is missing");
    return true;
}

/* The one that the cursor is on; -1: none. */
static int64_t use_here(const struct session *session)
{
    for (size_t i = 0; i < session->uses.count; i++)
        if (session->uses.items[i].flow == session->flow &&
            session->uses.items[i].owner == session->cursor.node)
            return (int64_t) i;
    return -1;
}

/* A flow that was taken out meanwhile, or a row that was deleted, is no place to go to. */
static bool go_to_use(struct session *session, const struct usage *use)
{
    if (!use->flow || !workspace_file_of(session->ws, use->flow) ||
        use->owner >= use->flow->doc->count || !doc_attached(use->flow->doc, use->owner))
        return false;
    session_show_flow(session, use->flow, (struct spot){ .node = use->owner });
    return true;
}

bool command_use(struct session *session, struct str arguments)
{
    int64_t count = (int64_t) session->uses.count, at = use_here(session);
    struct buf text;
    size_t number;

    if (str_is(arguments, "next"))
        at++;
    else if (str_is(arguments, "prev"))
        at = at < 0 ? count - 1 : at - 1;
    else if (arguments.len && command_count(arguments, 0, &number))
        at = (int64_t) number - 1;
    else
        return command_usage(session, "use");
    if (!count) {
        message_set(session, MESSAGE_INFO, "nothing was found; :uses finds places");
        return true;
    }
    at = at < 0 ? count - 1 : at >= count ? 0 : at;
    const struct usage *use = &session->uses.items[at];
    bool there = go_to_use(session, use);
    buf_init(&text, session->env);
    usage_print(use, &text);
    message_set(session, MESSAGE_INFO, "%lld of %lld: %s%s", (long long) at + 1,
                (long long) count, text.ptr,
                there ? "" : use->flow ? " (gone meanwhile)" : " (in postflow.json)");
    buf_release(&text);
    return true;
}
