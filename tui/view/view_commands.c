#include "tui/view/view_commands.h"

#include "engine/flow/path.h"
#include "tui/view/bindings.h"
#include "tui/view/designer.h"
#include "tui/view/help.h"
#include "tui/view/view_parts.h"

void view_push(struct designer *designer, struct overlay *overlay)
{
    overlay->below = designer->overlay;
    designer->overlay = overlay;
}

void view_show_page(struct designer *designer, struct str title, struct str text)
{
    struct overlay *page = overlay_new(designer->env, OVERLAY_PAGE, title);
    overlay_page(page, text);
    view_push(designer, page);
}

bool view_fail(struct designer *designer, const char *why)
{
    designer_say(designer, MESSAGE_ERROR, str_of(why));
    return false;
}

bool view_no_flow(struct designer *designer)
{
    return !designer->tree.flow &&
           !view_fail(designer, "no flow is open; n makes one, o opens one");
}

static bool run_cursor(struct designer *designer, struct str where)
{
    struct tree *tree = &designer->tree;
    struct spot at = designer_cursor(designer), to = at;
    if (view_no_flow(designer))
        return false;
    int page = tree->rows > 2 ? tree->rows - 1 : 1;
    if (str_is(where, "down"))
        to = tree_move(tree, at, 1);
    else if (str_is(where, "up"))
        to = tree_move(tree, at, -1);
    else if (str_is(where, "page-down"))
        to = tree_move(tree, at, page);
    else if (str_is(where, "page-up"))
        to = tree_move(tree, at, -page);
    else if (str_is(where, "first"))
        to = tree_root(tree);
    else if (str_is(where, "last"))
        to = tree_last(tree);
    else if (str_is(where, "out"))
        to = tree_first_child(tree, at).node && !tree_folded(tree, at) ? at : tree_parent(tree, at);
    else if (str_is(where, "in"))
        to = tree_folded(tree, at) ? at : tree_first_child(tree, at);
    else
        return view_fail(designer, "cursor up, down, page-up, page-down, first, last, in or out");
    if (str_is(where, "out") && spot_same(to, at))
        tree_fold(tree, at, true);
    if (str_is(where, "in") && spot_same(to, at))
        tree_fold(tree, at, false);
    designer_move_cursor(designer, to);
    return true;
}

static bool run_fold(struct designer *designer, struct str arguments)
{
    (void) arguments;
    if (view_no_flow(designer))
        return false;
    struct spot at = designer_cursor(designer);
    if (tree_first_child(&designer->tree, at).node)
        tree_fold(&designer->tree, at, !tree_folded(&designer->tree, at));
    return true;
}

/* Of a call only the flow and the possibilities take keys. */
static bool focus_in_call(struct designer *designer, struct str pane)
{
    if (str_is(pane, "next") || str_is(pane, "previous"))
        designer->in_flow = !designer->in_flow;
    else if (str_is(pane, "tree") || str_is(pane, "choices"))
        designer->in_flow = str_is(pane, "tree");
    else
        return view_fail(designer, "in a call: focus tree, choices, next or previous");
    return true;
}

static bool run_focus(struct designer *designer, struct str pane)
{
    if (designer_simulating(designer))
        return focus_in_call(designer, pane);
    if (str_is(pane, "next"))
        designer->focus = (enum pane)((designer->focus + 1) % PANE_COUNT);
    else if (str_is(pane, "previous"))
        designer->focus = (enum pane)((designer->focus + PANE_COUNT - 1) % PANE_COUNT);
    else if (str_is(pane, "toolbox"))
        designer->focus = PANE_LEFT;
    else if (str_is(pane, "tree"))
        designer->focus = PANE_MIDDLE;
    else if (str_is(pane, "fields"))
        designer->focus = PANE_RIGHT;
    else
        return view_fail(designer, "focus toolbox, tree, fields, next or previous");
    return true;
}

static bool run_toolbox(struct designer *designer, struct str arguments)
{
    (void) arguments;
    if (view_no_flow(designer))
        return false;
    designer->focus = PANE_LEFT;
    return true;
}

/* The list field that the cursor is in, for adding, deleting and moving rows. */
static bool row_command(struct designer *designer, const char *what, int to)
{
    const struct field_entry *entry = fields_current(&designer->fields);
    if (!entry || !entry->list)
        return view_fail(designer, "that is no row of a list");
    struct buf line;
    buf_init(&line, designer->env);
    buf_addf(&line, "row %s %s %u", entry->list->path, what, entry->row);
    if (to > 0)
        buf_addf(&line, " %d", to);
    bool fine = session_command(designer->session, buf_str(&line));
    buf_release(&line);
    return fine;
}

static bool set_current(struct designer *designer, const char *text)
{
    struct buf line;
    buf_init(&line, designer->env);
    fields_set_prefix(&designer->fields, &line);
    buf_add_text(&line, text);
    bool fine = session_command(designer->session, buf_str(&line));
    buf_release(&line);
    return fine;
}

static bool open_field(struct designer *designer)
{
    struct buf command;
    buf_init(&command, designer->env);
    struct overlay *overlay = fields_open(&designer->fields, designer->session, &command);
    if (overlay)
        view_push(designer, overlay);
    bool fine = command.len == 0 || session_command(designer->session, buf_str(&command));
    buf_release(&command);
    return fine;
}

/* Only a value can be an expression. */
static bool field_expression(struct designer *designer)
{
    if (!fields_takes_expression(fields_current(&designer->fields)->field))
        return view_fail(designer, "this field takes no expression; Enter edits it");
    fields_open_expression(&designer->fields, designer->session);
    return true;
}

static bool is_variable(const struct designer *designer, const struct field_entry *entry)
{
    return !entry->field && entry->owner &&
           flow_role(designer->fields.flow, entry->owner) == ROLE_VARIABLE;
}

/* The `:` line with the start of the command that names a value of a list, or a variable, anew. */
static bool field_rename(struct designer *designer)
{
    const struct field_entry *entry = fields_current(&designer->fields);
    bool variable = is_variable(designer, entry);
    struct buf line;
    if (!variable && (!entry->list || entry->list->kind == FIELD_ROWS))
        return view_fail(designer, "only variables and the values of inputs and outputs have names "
                                   "of their own");
    buf_init(&line, designer->env);
    if (variable)
        buf_addf(&line, "rename-variable %.*s ", STR_ARG(entry->label));
    else
        buf_addf(&line, "row %s rename %u ", entry->list->path, entry->row);
    designer_open_command(designer, buf_str(&line));
    buf_release(&line);
    return true;
}

static bool field_uses(struct designer *designer)
{
    const struct field_entry *entry = fields_current(&designer->fields);
    const struct flow *flow = designer->fields.flow;
    struct subject subject;
    struct arena arena;
    arena_init(&arena, designer->env);
    node_id inside = entry->field ? flow_field_node(flow, entry->owner, entry->field->path) : 0;
    bool fine = is_variable(designer, entry)
                    ? subject_at(flow, (struct spot){ .node = entry->owner }, &arena, &subject)
                    : inside && subject_in(flow, designer->fields.spot.node, inside, &arena,
                                           &subject);
    fine = fine ? session_find_uses(designer->session, &subject)
                : view_fail(designer, "nothing is named here");
    arena_release(&arena);
    return fine;
}

static bool run_field(struct designer *designer, struct str what)
{
    struct fields *fields = &designer->fields;
    const struct field_entry *entry = fields_current(fields);
    if (str_is(what, "down") || str_is(what, "up")) {
        scroll_by(&fields->scroll, str_is(what, "down") ? 1 : -1);
        return true;
    }
    if (entry && str_is(what, "rename"))
        return field_rename(designer);
    if (entry && str_is(what, "uses"))
        return field_uses(designer);
    if (!entry || !entry->field)
        return view_fail(designer, "there is nothing to edit here");
    if (str_is(what, "edit"))
        return open_field(designer);
    if (str_is(what, "expression"))
        return field_expression(designer);
    if (str_is(what, "clear"))
        return entry->list ? row_command(designer, "delete", 0) : set_current(designer, "");
    if (str_is(what, "row-up"))
        return row_command(designer, "move", entry->row > 1 ? (int) entry->row - 1 : 1);
    if (str_is(what, "row-down"))
        return row_command(designer, "move", (int) entry->row + 1);
    if (str_is(what, "add")) {
        struct buf line;
        buf_init(&line, designer->env);
        buf_addf(&line, "row %s add", entry->list ? entry->list->path : entry->field->path);
        bool fine = session_command(designer->session, buf_str(&line));
        buf_release(&line);
        return fine;
    }
    if (str_is(what, "editor")) {
        if (!open_field(designer) || !designer->overlay || designer->overlay->kind != OVERLAY_TEXT)
            return view_fail(designer, "this field is too short for an editor; Enter edits it");
        buf_clear(&designer->editor_text);
        buf_add(&designer->editor_text, buf_str(&designer->overlay->edit.text));
        designer->wish = WISH_EDITOR;
        return true;
    }
    return view_fail(designer,
                     "field edit, expression, rename, uses, clear, add, row-up, row-down, editor, "
                     "up or down");
}

static bool run_command_line(struct designer *designer, struct str text)
{
    designer_open_command(designer, text);
    return true;
}

/* What the session knows of a topic; commands of the screen it does not know. */
static bool help_on(struct designer *designer, struct str topic)
{
    struct session *session = designer->session;
    const struct view_command *command = view_command_find(topic);
    struct buf text;
    buf_init(&text, designer->env);
    buf_addf(&text, "help %.*s", STR_ARG(topic));
    bool known = session_command(session, buf_str(&text));
    if (known || command) {
        buf_clear(&text);
        if (command)
            buf_addf(&text, "%s %s: %s", command->name, command->arguments, command->note);
        else
            buf_add(&text, buf_str(&session->message));
        view_show_page(designer, STR("Help"), buf_str(&text));
        session->message_kind = MESSAGE_NONE;
    }
    buf_release(&text);
    return known || command;
}

static bool run_help(struct designer *designer, struct str topic)
{
    struct buf text;
    if (topic.len > 0)
        return help_on(designer, topic);
    buf_init(&text, designer->env);
    if (designer->tree.flow && !designer_simulating(designer))
        fields_help(&designer->fields, &text);
    if (text.len == 0)
        help_keys(&text);
    view_show_page(designer, STR("Help"), buf_str(&text));
    buf_release(&text);
    return true;
}

static bool matches(struct designer *designer, struct spot spot, struct str wanted)
{
    return spot.output == 0 && spot.node != designer->tree.flow->body &&
           str_contains_nocase(flow_name(designer->tree.flow, spot.node), wanted);
}

/* From the row behind the cursor on, around the end. */
static bool run_find(struct designer *designer, struct str wanted)
{
    struct tree *tree = &designer->tree;
    if (view_no_flow(designer))
        return false;
    if (wanted.len > 0) {
        buf_clear(&designer->completed_from);
        buf_add(&designer->completed_from, wanted);
    }
    wanted = buf_str(&designer->completed_from);
    struct spot start = designer_cursor(designer), at = start;
    do {
        at = tree_next(tree, at);
        if (!at.node)
            at = tree_root(tree);
        if (matches(designer, at, wanted)) {
            designer_move_cursor(designer, at);
            return true;
        }
    } while (!spot_same(at, start));
    return view_fail(designer, "no such name");
}

static bool run_find_next(struct designer *designer, struct str arguments)
{
    (void) arguments;
    return run_find(designer, STR_NONE);
}

static bool run_redraw(struct designer *designer, struct str arguments)
{
    (void) arguments;
    designer->wish = WISH_REDRAW;
    return true;
}

static bool run_suspend(struct designer *designer, struct str arguments)
{
    (void) arguments;
    designer->wish = WISH_SUSPEND;
    return true;
}

static bool run_save_and_quit(struct designer *designer, struct str arguments)
{
    (void) arguments;
    return session_command(designer->session, STR("write-all")) &&
           session_command(designer->session, STR("quit"));
}

static const struct view_command table[] = {
    { "cursor", "up|down|page-up|page-down|first|last|in|out", "move in the tree", run_cursor },
    { "fold", "", "fold or unfold the row", run_fold },
    { "focus", "toolbox|tree|fields|choices|next|previous", "go to a pane", run_focus },
    { "toolbox", "", "go to the toolbox", run_toolbox },
    { "field", "edit|expression|rename|uses|clear|add|row-up|row-down|editor|up|down",
      "the current field", run_field },
    { "command", "[TEXT]", "open the command line", run_command_line },
    { "palette", "", "all commands", run_palette },
    { "help", "[TOPIC]", "help on the field, a topic or the keys", run_help },
    { "flows", "", "the flows of the workspace", run_flows },
    { "recent", "", "files and folders that were opened lately", run_recent },
    { "copy-samples", "[FOLDER]", "copy the samples here and open them", run_copy_samples },
    { "problems", "", "the problems of this flow", run_problems },
    { "find", "TEXT", "go to the next row with this in its name", run_find },
    { "find-next", "", "find it again", run_find_next },
    { "hasten", "COMMAND", "run to the next waiting point if need be, then the command",
      run_hasten },
    { "choice", "up|down|do", "the possibilities of the call", run_choice },
    { "trace", "up|down", "scroll the trace", run_trace },
    { "page", "COMMAND", "show what a command says as a page", run_page },
    { "ending", "", "how the call ended, and why", run_ending },
    { "causes", "[EVENT]",
      "why the last transfer or ending came, or an event: each with its action", run_causes },
    { "events", "", "what happened in the call; Enter tells why", run_events },
    { "variables", "", "the variables of the call and what wrote them", run_variables },
    { "branches", "", "the ways that are kept; Enter goes over to one", run_branches },
    { "look", "[FLOW::]PATH", "show that place while a call is simulated", run_look },
    { "until-here", "", "run up to before the row under the cursor", run_until_here },
    { "break-here", "", "stop the call at the row under the cursor, or no more", run_break_here },
    { "breakpoints", "", "what stops the call; Enter goes there, or takes it away",
      run_breakpoints },
    { "other-hangup", "", "let the other party hang up at the same moment instead",
      run_other_hangup },
    { "ask-new", "", "pick a type for a new flow", run_ask_new },
    { "ask-add", "before", "pick an action to put before the cursor", run_ask_add },
    { "ask-create", "", "name the flow to create", run_ask_create },
    { "ask-variable", "", "name the variable to create", run_ask_variable },
    { "ask-world", "[SECTION]", "name what to add to postflow.json", run_ask_world },
    { "ask-save-scenario", "", "name the scenario to save", run_ask_scenario },
    { "save-and-quit", "", "save everything and quit", run_save_and_quit },
    { "recover", "[discard]", "take over or discard the log of a session that died", run_recover },
    { "redraw", "", "paint the screen again", run_redraw },
    { "suspend", "", "stop the program; fg comes back", run_suspend },
};

const struct view_command *view_commands(size_t *count)
{
    *count = sizeof table / sizeof *table;
    return table;
}

const struct view_command *view_command_find(struct str name)
{
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        if (str_is(name, table[i].name))
            return &table[i];
    }
    return NULL;
}
