/* Commands that show: flows, and places in them. */
#include "engine/base/env.h"
#include "engine/session/commands.h"

/* --- flows by name --- */

static bool type_named(struct str text, enum flow_type *out)
{
    for (int i = FLOW_OTHER + 1; i < FLOW_TYPE_COUNT; i++) {
        const struct flow_type_info *info = flow_type_info((enum flow_type) i);
        if (str_eq_nocase(text, str_of(info->key)) || str_eq_nocase(text, str_of(info->label))) {
            *out = (enum flow_type) i;
            return true;
        }
    }
    return false;
}

bool command_flow_type(struct session *session, struct str text, enum flow_type *out)
{
    struct buf types;

    if (type_named(text, out))
        return true;
    buf_init(&types, session->env);
    for (int i = FLOW_OTHER + 1; i < FLOW_TYPE_COUNT; i++)
        buf_addf(&types, "%s%s", i > FLOW_OTHER + 1 ? ", " : "",
                 flow_type_info((enum flow_type) i)->key);
    message_fail2(session, DIAG_FLOW_TYPE_UNKNOWN, text, buf_str(&types));
    buf_release(&types);
    return false;
}

struct flow *command_find_flow(const struct session *session, struct str text)
{
    struct str type_text, name;
    enum flow_type type;
    struct flow *found = NULL;

    path_split(text, &type_text, &name);
    if (type_text.len && type_named(type_text, &type))
        return workspace_find(session->ws, type, name);
    for (int i = FLOW_OTHER + 1; !found && i < FLOW_TYPE_COUNT; i++)
        found = workspace_find(session->ws, (enum flow_type) i, text);
    return found ? found : workspace_find(session->ws, FLOW_OTHER, text);
}

bool command_target(const struct session *session, enum flow_type *type, struct str *name)
{
    enum role role = flow_role(session->flow, session->cursor.node);

    return (role == ROLE_ACTION || role == ROLE_CHOICE) &&
           flow_target(session->flow, session->cursor.node, type, name);
}

static void show_top(struct session *session, struct flow *flow)
{
    message_set(session, MESSAGE_INFO, "%.*s, %s", STR_ARG(flow_title(flow)),
                flow_type_info(flow->type)->label);
    session_show_flow(session, flow, (struct spot){ .node = flow->body });
}

/* A path of a file, of the workspace or elsewhere. */
static bool open_file(struct session *session, struct str text)
{
    struct workspace_file *file;
    struct diags diags;
    struct buf path;
    bool ok;

    diags_init(&diags, session->env);
    buf_init(&path, session->env);
    buf_add(&path, text);
    file = workspace_file(session->ws, path.ptr, &diags);
    ok = file && file->flow.doc;
    if (ok)
        show_top(session, &file->flow);
    else
        message_diags(session, diags.count || !file ? &diags : &file->diags, true);
    buf_release(&path);
    diags_release(&diags);
    return ok;
}

static bool looks_like_path(const struct session *session, struct str text)
{
    struct buf path;
    bool exists;

    if (str_ends(text, STR(".json")))
        return true;
    buf_init(&path, session->env);
    buf_add(&path, text);
    exists = str_find_char(text, '\0') < 0 && file_exists(path.ptr) && !file_is_folder(path.ptr);
    buf_release(&path);
    return exists;
}

static bool is_folder(const struct session *session, struct str text)
{
    struct buf path;

    buf_init(&path, session->env);
    buf_add(&path, text);
    bool folder = str_find_char(text, '\0') < 0 && file_is_folder(path.ptr);
    buf_release(&path);
    return folder;
}

bool command_open(struct session *session, struct str arguments)
{
    enum flow_type type;
    struct str name = arguments;
    struct flow *flow;

    if (arguments.len) {
        flow = command_find_flow(session, arguments);
        if (!flow && is_folder(session, arguments))
            return command_workspace(session, arguments);
        if (!flow && looks_like_path(session, arguments))
            return open_file(session, arguments);
    } else if (!session->flow) {
        return command_usage(session, "open");
    } else if (command_target(session, &type, &name)) {
        flow = workspace_find(session->ws, type, name);
    } else {
        return message_fail1(session, DIAG_COMMAND_CURSOR, STR("an action that names a flow"));
    }
    if (!flow)
        return message_fail1(session, DIAG_FLOW_UNKNOWN, name);
    show_top(session, flow);
    return true;
}

bool command_back_to(struct session *session, struct str arguments)
{
    struct view view;
    size_t count;

    if (arguments.len)
        return command_usage(session, "back-to");
    if (!session->view_count)
        return message_fail1(session, DIAG_FLOW_UNKNOWN, STR("before this one"));
    count = --session->view_count;
    view = session->views[count];
    if (!doc_attached(view.flow->doc, view.cursor.node))
        view.cursor = (struct spot){ .node = view.flow->body };
    show_top(session, view.flow);
    session->cursor = view.cursor;
    session->view_count = count; /* going back is not gone back from */
    return true;
}

bool command_new(struct session *session, struct str arguments)
{
    struct str name = arguments, type_text = command_word(&name);
    struct workspace_file *file;
    enum flow_type type;
    struct diags diags;

    if (!type_text.len || !name.len)
        return command_usage(session, "new");
    if (!command_flow_type(session, type_text, &type))
        return false;
    if (workspace_find(session->ws, type, name))
        return message_fail1(session, DIAG_FLOW_EXISTS, name);
    diags_init(&diags, session->env);
    file = workspace_new_flow(session->ws, type, name, &diags);
    if (file) {
        log_new_flow(session, undo_doc_of(session, &file->flow));
        show_top(session, &file->flow);
        log_tell(session);
    } else {
        message_diags(session, &diags, false);
    }
    diags_release(&diags);
    return file != NULL;
}

/* --- places --- */

static void say_place(struct session *session)
{
    struct buf path;

    buf_init(&path, session->env);
    path_print(session->flow, session->cursor, &path);
    message_set(session, MESSAGE_INFO, "%.*s", STR_ARG(buf_str(&path)));
    buf_release(&path);
}

bool session_find_place(struct session *session, struct str text, struct flow **flow,
                        struct spot *spot)
{
    struct str flow_text, rest;
    struct diags diags;
    bool ok;

    path_split(text, &flow_text, &rest);
    if (flow_text.len && !(*flow = command_find_flow(session, flow_text)))
        return message_fail1(session, DIAG_FLOW_UNKNOWN, flow_text);
    if (!*flow)
        return message_fail0(session, DIAG_COMMAND_NO_FLOW);
    diags_init(&diags, session->env);
    ok = path_find(*flow, rest, spot, &diags) || message_diags(session, &diags, false);
    diags_release(&diags);
    return ok;
}

bool command_goto(struct session *session, struct str arguments)
{
    struct flow *flow = session->flow;
    struct spot spot;

    if (!arguments.len)
        return command_usage(session, "goto");
    if (!session_find_place(session, arguments, &flow, &spot))
        return false;
    session_show_flow(session, flow, spot);
    say_place(session);
    return true;
}

bool command_into(struct session *session, struct str arguments)
{
    node_id node = session->cursor.node;
    enum role role = flow_role(session->flow, node);
    unsigned output = 1;

    if (role != ROLE_ACTION && role != ROLE_CHOICE)
        return message_fail1(session, DIAG_COMMAND_CURSOR, STR("an action with outputs"));
    if (arguments.len)
        output = flow_output_find(session->flow, node, arguments);
    if (!output || output > flow_output_count(session->flow, node))
        return message_fail1(session, DIAG_COMMAND_CURSOR, STR("an action with that output"));
    session->cursor.output = (uint16_t) output;
    say_place(session);
    return true;
}

bool command_out(struct session *session, struct str arguments)
{
    struct spot owner = flow_owner(session->flow, session->cursor);

    if (arguments.len)
        return command_usage(session, "out");
    if (session->cursor.output)
        owner = (struct spot){ .node = session->cursor.node };
    if (owner.node)
        session->cursor = owner;
    say_place(session);
    return true;
}

/* --- problems --- */

bool command_check(struct session *session, struct str arguments)
{
    const struct diags *problems = &session->problems;

    if (arguments.len)
        return command_usage(session, "check");
    session_update_problems(session);
    message_set(session, problems->errors ? MESSAGE_ERROR
                         : problems->warnings ? MESSAGE_WARNING : MESSAGE_INFO,
                "%zu error%s, %zu warning%s", problems->errors, problems->errors == 1 ? "" : "s",
                problems->warnings, problems->warnings == 1 ? "" : "s");
    return true;
}

/* The nearest place around a node that the cursor can be on. */
static struct spot spot_around(const struct flow *flow, node_id node)
{
    for (; node; node = doc_parent(flow->doc, node)) {
        enum role role = flow_role(flow, node);
        if (role != ROLE_NONE && role != ROLE_LIST && role != ROLE_OUTPUT)
            return (struct spot){ .node = node };
    }
    return (struct spot){ .node = flow->body };
}

/* The problem at the cursor, -1: none. */
static int64_t problem_here(const struct session *session)
{
    for (size_t i = 0; i < session->problems.count; i++)
        if (spot_around(session->flow, session->problems.items[i].place.node).node ==
            session->cursor.node)
            return (int64_t) i;
    return -1;
}

bool command_problem(struct session *session, struct str arguments)
{
    int64_t count, at;
    size_t number;

    session_update_problems(session);
    count = (int64_t) session->problems.count;
    at = problem_here(session);
    if (str_is(arguments, "next"))
        at++;
    else if (str_is(arguments, "prev"))
        at = at < 0 ? count - 1 : at - 1;
    else if (arguments.len && command_count(arguments, 0, &number))
        at = (int64_t) number - 1;
    else
        return command_usage(session, "problem");
    if (!count) {
        message_set(session, MESSAGE_INFO, "no problems");
        return true;
    }
    at = at < 0 ? count - 1 : at >= count ? 0 : at;
    const struct diag *diag = &session->problems.items[at];
    session->cursor = spot_around(session->flow, diag->place.node);
    struct buf text;
    buf_init(&text, session->env);
    diag_render(&text, diag, NULL);
    message_set(session, diag_severity(diag->code) == SEVERITY_ERROR ? MESSAGE_ERROR
                                                                     : MESSAGE_WARNING,
                "%lld of %lld: %.*s [%s]", (long long) at + 1, (long long) count,
                STR_ARG(buf_str(&text)), diag_info(diag->code)->code);
    buf_release(&text);
    return true;
}
