/* Commands that change the flow at the cursor. */
#include "engine/base/env.h"
#include "engine/doc/write.h"
#include "engine/session/commands.h"

/* A change that a command makes. */
struct doing {
    struct session *session;
    struct change *change;
    struct diags diags;
};

static struct doing doing_begin(struct session *session, const char *verb, struct str what)
{
    struct doing doing = { .session = session };

    doing.change = what.len ? session_begin(session, "%s %.*s", verb, STR_ARG(what))
                            : session_begin(session, "%s", verb);
    diags_init(&doing.diags, session->env);
    return doing;
}

/* The cursor goes to `after` (node 0: stays). */
static bool doing_end(struct doing *doing, bool ok, struct spot after)
{
    struct session *session = doing->session;

    ok = session_end(session, doing->change, ok, &doing->diags);
    if (ok && after.node && session->undo_at->parent) {
        session->cursor = after;
        session->undo_at->after = after;
    }
    diags_release(&doing->diags);
    return ok;
}

static struct spot spot_of(node_id node)
{
    return (struct spot){ .node = node };
}

static enum role cursor_role(const struct session *session)
{
    return session->cursor.output ? ROLE_OUTPUT
                                  : flow_role(session->flow, session->cursor.node);
}

static bool is_step(enum role role)
{
    return role == ROLE_ACTION || role == ROLE_CHOICE;
}

static bool cursor_fail(struct session *session, const char *wanted)
{
    return message_fail1(session, DIAG_COMMAND_CURSOR, str_of(wanted));
}

/* --- adding --- */

/* Behind the cursor; on the flow itself first in what a call starts with. */
static bool slot_here(const struct session *session, struct slot *slot)
{
    const struct flow *flow = session->flow;

    if (slot_at(flow, session->cursor, slot))
        return true;
    return cursor_role(session) == ROLE_FLOW && flow_start(flow) &&
           slot_at(flow, spot_of(flow_start(flow)), slot);
}

static bool slot_before(const struct session *session, struct slot *slot)
{
    if (cursor_role(session) != ROLE_ACTION)
        return false;
    slot->owner = flow_owner(session->flow, session->cursor);
    slot->after = flow_action_prev(session->flow, session->cursor.node);
    return true;
}

static bool add_action(struct session *session, struct slot slot, const struct action_info *info)
{
    struct doing doing = doing_begin(session, "Add", str_of(info->label));
    node_id node = flow_add_action(doing.change, session->flow, slot, info, &doing.diags);

    return doing_end(&doing, node != 0, spot_of(node));
}

/* The menu that the cursor is on or in, and the choice to go behind. */
static node_id menu_around(const struct session *session, node_id *after)
{
    const struct flow *flow = session->flow;
    struct spot spot = session->cursor;

    while (spot.node) {
        enum role role = flow_role(flow, spot.node);
        if (!spot.output && (role == ROLE_MENU ||
                             (role == ROLE_CHOICE && spot.node == session->cursor.node &&
                              flow_choice_first(flow, spot.node)))) {
            *after = flow_choice_last(flow, spot.node);
            return spot.node;
        }
        if (role == ROLE_CHOICE) {
            *after = spot.node;
            return flow_owner(flow, spot_of(spot.node)).node;
        }
        if (role == ROLE_FLOW)
            return 0;
        spot = flow_owner(flow, spot);
    }
    return 0;
}

static bool add_choice(struct session *session, const struct action_info *info)
{
    node_id after = 0, menu = menu_around(session, &after), node;

    if (!menu)
        return cursor_fail(session, "a menu or in one");
    struct doing doing = doing_begin(session, "Add choice", str_of(info->label));
    node = flow_add_choice(doing.change, session->flow, menu, after, info, &doing.diags);
    return doing_end(&doing, node != 0, spot_of(node));
}

bool command_add(struct session *session, struct str arguments)
{
    const struct action_info *info = catalogue_find(arguments);
    enum role role = cursor_role(session);
    struct slot slot;

    if (!arguments.len)
        return command_usage(session, "add");
    if (!info)
        return message_fail1(session, DIAG_ACTION_UNKNOWN, arguments);
    if (role == ROLE_MENU || role == ROLE_CHOICE || (info->flags & ACTION_CHOICE))
        return add_choice(session, info);
    if (!slot_here(session, &slot))
        return cursor_fail(session, "a task, an action or an output");
    return add_action(session, slot, info);
}

bool command_insert(struct session *session, struct str arguments)
{
    const struct action_info *info = catalogue_find(arguments);
    struct slot slot;

    if (!arguments.len)
        return command_usage(session, "insert");
    if (!info)
        return message_fail1(session, DIAG_ACTION_UNKNOWN, arguments);
    if (!slot_before(session, &slot))
        return cursor_fail(session, "an action");
    return add_action(session, slot, info);
}

bool command_add_choice(struct session *session, struct str arguments)
{
    const struct action_info *info = catalogue_find(arguments);

    if (!arguments.len)
        return command_usage(session, "add!");
    return info ? add_choice(session, info)
                : message_fail1(session, DIAG_ACTION_UNKNOWN, arguments);
}

static bool add_container(struct session *session, enum role role, const char *command,
                          struct str name)
{
    node_id node;

    if (!name.len)
        return command_usage(session, command);
    struct doing doing = doing_begin(session, "Add", name);
    node = flow_add_container(doing.change, session->flow, role, name, &doing.diags);
    return doing_end(&doing, node != 0, spot_of(node));
}

bool command_task(struct session *session, struct str arguments)
{
    return add_container(session, ROLE_TASK, "task", arguments);
}

bool command_menu(struct session *session, struct str arguments)
{
    return add_container(session, ROLE_MENU, "menu", arguments);
}

bool command_state(struct session *session, struct str arguments)
{
    return add_container(session, ROLE_STATE, "state", arguments);
}

bool command_var(struct session *session, struct str arguments)
{
    struct str type = arguments, name = command_word(&type);
    node_id node;

    if (!name.len || !type.len)
        return command_usage(session, "var");
    struct doing doing = doing_begin(session, "Declare", name);
    node = flow_add_variable(doing.change, session->flow, session->cursor.node, name, type,
                             &doing.diags);
    return doing_end(&doing, node != 0, spot_of(0));
}

/* --- fields --- */

static bool set_at(struct session *session, const struct field_at *at, struct str text)
{
    if (!str_is(str_of(at->field->path), "name") || at->owner != session->cursor.node)
        return session_set_field(session, at->owner, at->field, text);
    /* References go by the name of some things. */
    return session_rename(session, at->owner, text);
}

bool command_set(struct session *session, struct str arguments)
{
    struct str text = arguments, name = command_word(&text);
    struct field_at at;

    if (!name.len)
        return command_usage(session, "set");
    return field_find(session, name, &at) && set_at(session, &at, text);
}

bool command_unset(struct session *session, struct str arguments)
{
    struct str rest = arguments, name = command_word(&rest);
    struct field_at at;

    if (!name.len || rest.len)
        return command_usage(session, "unset");
    return field_find(session, name, &at) && set_at(session, &at, STR_NONE);
}

/* --- rows and cases --- */

static bool row_fail(struct session *session, struct str field, struct str row, unsigned count)
{
    struct buf text;

    buf_init(&text, session->env);
    buf_add_int(&text, count);
    message_fail(session, DIAG_ROW_UNKNOWN, field, row, buf_str(&text));
    buf_release(&text);
    return false;
}

bool command_row(struct session *session, struct str arguments)
{
    struct str rest = arguments, name = command_word(&rest), verb = command_word(&rest);
    struct str first = command_word(&rest), second = command_word(&rest);
    const struct flow *flow = session->flow;
    struct field_at at;
    unsigned count;
    size_t from, to;
    bool ok;

    if (!name.len || !verb.len)
        return command_usage(session, "row");
    if (!field_find(session, name, &at))
        return false;
    count = flow_row_count(flow, at.owner, at.field);
    bool adds = str_is(verb, "add");
    if (!command_count(first, adds ? count + 1 : 0, &from) || from < 1 || from > count + adds)
        return row_fail(session, name, first, count);
    struct doing doing = doing_begin(session, "Change rows of", str_of(at.field->label));
    if (adds) {
        ok = flow_row_add(doing.change, session->flow, at.owner, at.field, (unsigned) from - 1,
                          &doing.diags);
    } else if (str_is(verb, "delete")) {
        ok = flow_row_delete(doing.change, session->flow, at.owner, at.field,
                             (unsigned) from - 1, &doing.diags);
    } else if (str_is(verb, "move") && command_count(second, 0, &to) && to >= 1 && to <= count) {
        ok = flow_row_move(doing.change, session->flow, at.owner, at.field, (unsigned) from - 1,
                           (unsigned) to - 1, &doing.diags);
    } else if (str_is(verb, "rename")) {
        ok = flow_row_rename(doing.change, session->flow, at.owner, at.field, (unsigned) from - 1,
                             second, &doing.diags);
    } else {
        doing_end(&doing, false, spot_of(0));
        return command_usage(session, "row");
    }
    return doing_end(&doing, ok, spot_of(0));
}

bool command_case(struct session *session, struct str arguments)
{
    const struct action_info *info = flow_action(session->flow, session->cursor.node);
    struct spot spot = session->cursor;
    bool ok;

    if (!info || !(info->flags & ACTION_HAS_CASES))
        return cursor_fail(session, "a switch or one of its cases");
    if (str_is(arguments, "add")) {
        struct doing doing = doing_begin(session, "Add case", STR_NONE);
        ok = flow_case_add(doing.change, session->flow, spot.node, &doing.diags);
        return doing_end(&doing, ok, spot_of(spot.node));
    }
    if (!str_is(arguments, "delete"))
        return command_usage(session, "case");
    if (!spot.output)
        return cursor_fail(session, "the case to delete");
    struct doing doing = doing_begin(session, "Delete case", STR_NONE);
    ok = flow_case_delete(doing.change, session->flow, spot, &doing.diags);
    return doing_end(&doing, ok, spot_of(spot.node));
}

bool command_output(struct session *session, struct str arguments)
{
    const struct action_info *info = flow_action(session->flow, session->cursor.node);
    struct spot spot = session->cursor;
    struct str add = STR("add ");
    bool ok;

    if (!info || !(info->flags & (ACTION_HAS_PATHS | ACTION_HAS_NAMES)))
        return cursor_fail(session, "an action whose outputs have names, or one of them");
    if (str_starts(arguments, add)) {
        struct str name = str_trim(str_slice(arguments, add.len, arguments.len));
        struct doing doing = doing_begin(session, "Add output", name);
        ok = flow_output_add(doing.change, session->flow, spot.node, name, &doing.diags);
        return doing_end(&doing, ok, spot_of(spot.node));
    }
    if (!str_is(arguments, "delete"))
        return command_usage(session, "output");
    if (!spot.output)
        return cursor_fail(session, "the output to delete");
    struct doing doing = doing_begin(session, "Delete output", STR_NONE);
    ok = flow_output_delete(doing.change, session->flow, spot, &doing.diags);
    return doing_end(&doing, ok, spot_of(spot.node));
}

/* --- deleting --- */

/* Where the cursor goes when what it is on goes. */
static struct spot neighbour(const struct flow *flow, node_id node)
{
    enum role role = flow_role(flow, node);
    node_id next = 0;

    if (is_step(role)) {
        next = flow_action_next(flow, node);
        if (!next)
            next = flow_action_prev(flow, node);
    } else if (role == ROLE_TASK || role == ROLE_MENU || role == ROLE_STATE) {
        next = flow_container_next(flow, node);
        if (!next)
            next = flow_container_prev(flow, node);
    }
    if (next)
        return spot_of(next);
    return is_step(role) ? flow_owner(flow, spot_of(node)) : spot_of(flow->body);
}

static bool delete_cursor(struct session *session, const char *verb)
{
    struct spot spot = session->cursor, after = neighbour(session->flow, spot.node);
    bool ok;

    if (spot.output || spot.node == session->flow->body)
        return cursor_fail(session, "what is to be deleted");
    struct doing doing = doing_begin(session, verb, flow_name(session->flow, spot.node));
    ok = flow_delete(doing.change, session->flow, spot.node, &doing.diags);
    return doing_end(&doing, ok, after);
}

bool command_delete(struct session *session, struct str arguments)
{
    if (arguments.len)
        return command_usage(session, "delete");
    return delete_cursor(session, "Delete");
}

/* --- clipboard --- */

static bool copy_cursor(struct session *session)
{
    const struct doc *doc = session->flow->doc;
    node_id node = session->cursor.node;

    if (!is_step(cursor_role(session)))
        return cursor_fail(session, "an action or a menu choice");
    buf_clear(&session->clipboard);
    buf_add_char(&session->clipboard, '[');
    doc_write_compact(doc, doc_parent(doc, node), &session->clipboard);
    buf_add_char(&session->clipboard, ']');
    buf_clear(&session->clipboard_name);
    buf_add(&session->clipboard_name, flow_name(session->flow, node));
    return true;
}

bool command_copy(struct session *session, struct str arguments)
{
    if (arguments.len)
        return command_usage(session, "copy");
    if (!copy_cursor(session))
        return false;
    message_set(session, MESSAGE_INFO, "copied %.*s",
                STR_ARG(flow_name(session->flow, session->cursor.node)));
    return true;
}

bool command_cut(struct session *session, struct str arguments)
{
    if (arguments.len)
        return command_usage(session, "cut");
    return copy_cursor(session) && delete_cursor(session, "Cut");
}

/* The first key of [{"kind": ...}]. */
static bool clipboard_is_choice(const struct session *session)
{
    struct str text = buf_str(&session->clipboard);
    ptrdiff_t start = str_find_char(text, '"');

    if (start < 0)
        return false;
    text = str_slice(text, (size_t) start + 1, text.len);
    ptrdiff_t end = str_find_char(text, '"');
    const struct action_info *info =
        end < 0 ? NULL : catalogue_find(str_slice(text, 0, (size_t) end));
    return info && (info->flags & ACTION_CHOICE);
}

static bool paste_slot(const struct session *session, struct str where, struct slot *slot)
{
    const struct flow *flow = session->flow;
    struct spot cursor = session->cursor;
    node_id after = 0;

    if (clipboard_is_choice(session)) {
        slot->owner = spot_of(menu_around(session, &after));
        slot->after = str_is(where, "before") && after ? flow_action_prev(flow, after) : after;
        return slot->owner.node != 0;
    }
    if (str_is(where, "before") && slot_before(session, slot))
        return true;
    if (str_is(where, "into") && !cursor.output && is_step(cursor_role(session)) &&
        flow_output_count(flow, cursor.node)) {
        cursor.output = 1;
        return slot_at(flow, cursor, slot);
    }
    return slot_here(session, slot);
}

bool command_paste(struct session *session, struct str arguments)
{
    struct slot slot;
    node_id node;

    if (arguments.len && !str_is(arguments, "before") && !str_is(arguments, "into"))
        return command_usage(session, "paste");
    if (!session->clipboard.len)
        return message_fail0(session, DIAG_CLIPBOARD_EMPTY);
    if (!paste_slot(session, arguments, &slot))
        return cursor_fail(session, clipboard_is_choice(session)
                                        ? "a menu or in one" : "a task, an action or an output");
    struct doing doing = doing_begin(session, "Paste", buf_str(&session->clipboard_name));
    node = flow_add_json(doing.change, session->flow, slot, buf_str(&session->clipboard),
                         &doing.diags);
    return doing_end(&doing, node != 0, spot_of(node));
}

/* --- moving --- */

static bool slot_up(const struct flow *flow, node_id node, struct slot *slot)
{
    node_id prev = flow_action_prev(flow, node);

    slot->owner = flow_owner(flow, spot_of(node));
    slot->after = prev ? flow_action_prev(flow, prev) : 0;
    return prev != 0;
}

static bool slot_down(const struct flow *flow, node_id node, struct slot *slot)
{
    *slot = (struct slot){ flow_owner(flow, spot_of(node)), flow_action_next(flow, node) };
    return slot->after != 0;
}

/* The end of the last output of the action before it, else the start of the first of the next. */
static bool slot_in(const struct flow *flow, node_id node, struct slot *slot)
{
    node_id prev = flow_action_prev(flow, node), next = flow_action_next(flow, node);
    unsigned count = prev ? flow_output_count(flow, prev) : 0;

    if (flow_role(flow, node) != ROLE_ACTION)
        return false;
    if (count) {
        struct spot owner = { .node = prev, .output = 1 };
        node_id list = flow_list(flow, owner);
        *slot = (struct slot){ owner, list ? flow_list_last(flow, list) : 0 };
        return true;
    }
    *slot = (struct slot){ { .node = next, .output = 1 }, 0 };
    return next && flow_output_count(flow, next);
}

static bool slot_out(const struct flow *flow, node_id node, struct slot *slot)
{
    struct spot owner = flow_owner(flow, spot_of(node));

    if (!owner.output || flow_role(flow, owner.node) != ROLE_ACTION)
        return false;
    *slot = (struct slot){ flow_owner(flow, spot_of(owner.node)), owner.node };
    return true;
}

bool command_move(struct session *session, struct str arguments)
{
    static const struct {
        const char *name;
        bool (*find)(const struct flow *flow, node_id node, struct slot *slot);
    } ways[] = { { "up", slot_up }, { "down", slot_down }, { "in", slot_in }, { "out", slot_out } };
    node_id node = session->cursor.node;
    struct slot slot;
    bool ok;

    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        if (!str_is(arguments, ways[i].name))
            continue;
        if (!is_step(cursor_role(session)))
            return cursor_fail(session, "an action or a menu choice");
        if (!ways[i].find(session->flow, node, &slot))
            return message_fail1(session, DIAG_MOVE_NOWHERE, arguments);
        struct doing doing = doing_begin(session, "Move", flow_name(session->flow, node));
        ok = flow_move(doing.change, session->flow, node, slot, &doing.diags);
        return doing_end(&doing, ok, spot_of(node));
    }
    return command_usage(session, "move");
}

/* --- making the flow that an action names --- */

bool command_create(struct session *session, struct str arguments)
{
    struct flow *flow = session->flow;
    node_id action = session->cursor.node;
    enum flow_type type, named_type;
    const struct field *field = field_of_flow(flow, action, &type);
    struct workspace_file *file = NULL;
    struct str name = arguments, named;
    struct buf text;
    bool ok;

    if (!field || cursor_role(session) != ROLE_ACTION)
        return cursor_fail(session, "an action that names a flow");
    if (!name.len && flow_target(flow, action, &named_type, &named))
        name = named;
    if (!name.len)
        return command_usage(session, "create");
    if (workspace_find(session->ws, type, name))
        return message_fail1(session, DIAG_FLOW_EXISTS, name);
    buf_init(&text, session->env); /* the name may live in what is about to change */
    buf_add(&text, name);
    struct doing doing = doing_begin(session, "Create", buf_str(&text));
    ok = flow_set(doing.change, flow, action, field, buf_str(&text), &doing.diags) &&
         (file = workspace_new_flow(session->ws, type, buf_str(&text), &doing.diags));
    if (ok)
        log_new_flow(session, undo_doc_of(session, &file->flow));
    ok = doing_end(&doing, ok, spot_of(0));
    if (ok)
        message_set(session, MESSAGE_INFO, "made the %s flow %s; :open shows it",
                    flow_type_info(type)->label, text.ptr);
    buf_release(&text);
    return ok;
}
