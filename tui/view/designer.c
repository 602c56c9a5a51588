#include "tui/view/designer.h"

#include <string.h>
#include "engine/flow/path.h"
#include "tui/view/bindings.h"
#include "tui/view/callview.h"
#include "tui/view/view_commands.h"
#include "tui/view/view_parts.h"

struct designer *designer_new(struct env *env, struct session *session)
{
    struct designer *designer = mem_zalloc(env, sizeof *designer);
    designer->env = env;
    designer->session = session;
    designer->focus = PANE_MIDDLE;
    designer->rows = 24;
    designer->cols = 80;
    tree_init(&designer->tree, env);
    toolbox_init(&designer->toolbox, env);
    fields_init(&designer->fields, env);
    textedit_init(&designer->command, env, false, LIMIT_EXPRESSION_LENGTH);
    buf_init(&designer->completed_from, env);
    buf_init(&designer->editor_text, env);
    designer->answers = hangups_new(env);
    buf_init(&designer->hangups, env);
    designer_settle(designer);
    return designer;
}

static void pop_overlay(struct designer *designer)
{
    struct overlay *overlay = designer->overlay;
    designer->overlay = overlay->below;
    overlay_free(overlay);
}

void designer_free(struct designer *designer)
{
    while (designer->overlay)
        pop_overlay(designer);
    tree_release(&designer->tree);
    toolbox_release(&designer->toolbox);
    fields_release(&designer->fields);
    textedit_release(&designer->command);
    buf_release(&designer->completed_from);
    buf_release(&designer->editor_text);
    hangups_free(designer->answers);
    buf_release(&designer->hangups);
    mem_free(designer->env, designer->marks);
    for (size_t i = 0; i < designer->history_count; i++)
        mem_free(designer->env, designer->history[i]);
    mem_free(designer->env, designer->history);
    mem_free(designer->env, designer);
}

bool designer_simulating(const struct designer *designer)
{
    return designer->session->mode == SESSION_SIMULATE;
}

void designer_resize(struct designer *designer, int rows, int cols)
{
    designer->rows = rows;
    designer->cols = cols;
}

enum designer_wish designer_take_wish(struct designer *designer)
{
    enum designer_wish wish = designer->wish;
    designer->wish = WISH_NONE;
    return wish;
}

bool designer_message_is_page(const struct session *session)
{
    return str_find_char(buf_str(&session->message), '\n') >= 0;
}

void designer_say(struct designer *designer, enum message_kind kind, struct str text)
{
    struct session *session = designer->session;
    buf_clear(&session->message);
    buf_add(&session->message, text);
    session->message_kind = kind;
}

void designer_move_cursor(struct designer *designer, struct spot spot)
{
    if (!spot.node)
        return;
    if (designer_simulating(designer))
        designer_look_at(designer, designer->tree.flow, spot);
    else
        designer->session->cursor = spot;
}

static struct str first_word(struct str line, struct str *rest)
{
    size_t end = 0;
    while (end < line.len && line.ptr[end] != ' ')
        end++;
    *rest = str_slice(line, end < line.len ? end + 1 : end, line.len);
    return str_slice(line, 0, end);
}

static size_t count_transfers(const struct call *call)
{
    size_t count, transfers = 0;
    const struct event *events = call_events(call, &count);
    for (size_t i = 0; i < count; i++)
        transfers += events[i].kind == EVENT_TRANSFERRED;
    return transfers;
}

/* A transfer and the end of a call are told once, by a panel. */
static void show_ending(struct designer *designer)
{
    struct session *session = designer->session;
    bool call = designer_simulating(designer) && session->call;
    bool ended = call && call_phase(session->call) == PHASE_ENDED;
    size_t transfers = call ? count_transfers(session->call) : 0;
    if ((ended && !designer->ended_shown) || transfers > designer->transfers_shown)
        view_command_find(STR("ending"))->run(designer, STR_NONE);
    designer->ended_shown = ended;
    designer->transfers_shown = transfers;
}

/* Unsaved work is asked about; the answer is a command like any other. */
static void ask_quit(struct designer *designer)
{
    struct overlay *ask = overlay_new(designer->env, OVERLAY_ASK, STR("Unsaved changes"));
    overlay_ask(ask, STR("There is unsaved work. Save everything before leaving?"), STYLE_WARNING);
    overlay_answer(ask, "s", "save and quit", STR("save-and-quit"));
    overlay_answer(ask, "d", "discard and quit", STR("quit!"));
    overlay_answer(ask, "c", "cancel", STR_NONE);
    ask->below = designer->overlay;
    designer->overlay = ask;
    designer->session->ask_quit = false;
}

/* A command of the session. What it has to say in several lines is a page to read. */
static bool run_session_command(struct designer *designer, struct str word, struct str line)
{
    struct session *session = designer->session;
    bool fine = session_command(session, line);
    if (session->message_kind != MESSAGE_NONE && designer_message_is_page(session))
        view_show_page(designer, word, buf_str(&session->message));
    return fine;
}

bool designer_command(struct designer *designer, struct str line)
{
    line = str_trim(line);
    if (line.len > 0 && line.ptr[0] == ':')
        line = str_trim(str_slice(line, 1, line.len));
    if (line.len == 0)
        return true;
    struct str arguments;
    struct str word = first_word(line, &arguments);
    const struct view_command *command = view_command_find(word);
    /* Whatever is no moving about may look at the fields. */
    if (designer->tree.flow && !str_is(word, "cursor"))
        designer_show_fields(designer);
    bool fine = command ? command->run(designer, arguments)
                        : run_session_command(designer, word, line);
    if (designer->session->ask_quit)
        ask_quit(designer);
    if (designer->session->show_uses)
        designer_offer_uses(designer);
    if (designer->session->quit)
        designer->wish = WISH_QUIT;
    designer_settle(designer);
    show_ending(designer);
    return fine;
}

/* Runs an overlay's command after it went, so that the command can open another. */
static void overlay_command(struct designer *designer, struct str command)
{
    struct buf line;
    buf_init(&line, designer->env);
    buf_add(&line, command);
    pop_overlay(designer);
    designer_command(designer, buf_str(&line));
    buf_release(&line);
}

/* Logs what is typed for the row under the cursor, as the command that it becomes; its place is
 * an argument of `goto`. None: nothing is open any more. */
static void draft_here(struct designer *designer, struct str line)
{
    struct session *session = designer->session;
    struct buf place;
    if (!session->flow)
        return;
    buf_init(&place, designer->env);
    path_print_whole(session->flow, session->cursor, &place);
    char *where = buf_steal(&place);
    session_draft(session, where, line);
    mem_free(designer->env, where);
}

static void draft_text(struct designer *designer, const struct overlay *overlay)
{
    struct buf line;
    buf_init(&line, designer->env);
    buf_add(&line, overlay->prefix);
    buf_add(&line, buf_str(&overlay->edit.text));
    draft_here(designer, buf_str(&line));
    buf_release(&line);
}

static void finish_overlay(struct designer *designer, enum overlay_result result,
                           struct str command)
{
    struct overlay *overlay = designer->overlay;
    switch (result) {
    case OVERLAY_OPEN:
        if (overlay->kind == OVERLAY_TEXT)
            draft_text(designer, overlay);
        break;
    case OVERLAY_CLOSED:
        draft_here(designer, STR_NONE);
        pop_overlay(designer);
        break;
    case OVERLAY_COMMAND:
        draft_here(designer, STR_NONE);
        overlay_command(designer, command);
        break;
    case OVERLAY_EDITOR:
        buf_clear(&designer->editor_text);
        buf_add(&designer->editor_text, buf_str(&overlay->edit.text));
        designer->wish = WISH_EDITOR;
        break;
    }
}

/* The command that the open field becomes, logged while it is open. */
static void draft_field(struct designer *designer, struct buf *line)
{
    struct fields *fields = &designer->fields;
    fields_set_prefix(fields, line);
    buf_add(line, buf_str(&fields->edit.text));
    draft_here(designer, fields->editing ? buf_str(line) : STR_NONE);
}

/* Help while something is typed: on the function around the cursor, else on the field. */
static void field_line_help(struct designer *designer)
{
    struct str function = suggest_function(&designer->fields.suggest);
    struct buf line;
    buf_init(&line, designer->env);
    buf_addf(&line, "help %.*s", STR_ARG(function));
    designer_command(designer, buf_str(&line));
    buf_release(&line);
}

static void field_line_key(struct designer *designer, struct key key)
{
    struct fields *fields = &designer->fields;
    struct buf line;
    if (key_is(key, SPECIAL_F1)) {
        field_line_help(designer);
        return;
    }
    enum edit_result result = fields_key(fields, key);
    if (result == EDIT_CANCELLED || result == EDIT_DONE)
        fields_close(fields);
    buf_init(&line, designer->env);
    draft_field(designer, &line);
    if (result == EDIT_DONE && !designer_command(designer, buf_str(&line)))
        fields->editing = true; /* what was typed stays, to be mended */
    buf_release(&line);
}

unsigned designer_mode(const struct designer *designer)
{
    if (designer_simulating(designer))
        return designer->in_flow ? IN_CALL_FLOW : IN_CHOICES;
    if (!designer->session->flow)
        return IN_START;
    return designer->focus == PANE_LEFT    ? IN_TOOLBOX
           : designer->focus == PANE_RIGHT ? IN_FIELDS
                                           : IN_TREE;
}

/* Digits, star and hash are the keypad. */
static bool keypad(struct designer *designer, struct key key)
{
    bool digit = !key.mods &&
                 ((key.code >= '0' && key.code <= '9') || key.code == '*' || key.code == '#');
    struct call *call = designer->session->call;
    if (!designer_simulating(designer) || !digit || !call || call_phase(call) == PHASE_ENDED)
        return false;
    char line[] = "hasten do press 0";
    line[sizeof line - 2] = (char) key.code;
    designer_command(designer, str_of(line));
    return true;
}

static void toolbox_chosen(struct designer *designer)
{
    const struct action_info *info = toolbox_current(&designer->toolbox);
    if (!info)
        return;
    struct buf line;
    buf_init(&line, designer->env);
    buf_addf(&line, "add %s", info->key);
    if (designer_command(designer, buf_str(&line)))
        designer->focus = PANE_RIGHT;
    listbox_clear_filter(&designer->toolbox.list);
    buf_release(&line);
}

static void mode_key(struct designer *designer, struct key key)
{
    unsigned mode = designer_mode(designer);
    bool filtered = designer->toolbox.list.filter.text.len > 0; /* names may have a ? in them */
    bool typing = mode == IN_TOOLBOX && key_is_text(key) && key.code != ':' &&
                  (key.code != '?' || filtered);
    const struct binding *binding = typing ? NULL : binding_find(key, mode);
    if (binding) {
        size_t len = strlen(binding->command);
        if (binding->command[len - 1] == ' ')
            designer_open_command(designer, str_of(binding->command));
        else
            designer_command(designer, str_of(binding->command));
        return;
    }
    if (mode == IN_TOOLBOX) {
        enum list_result result = toolbox_key(&designer->toolbox, key);
        if (result == LIST_CHOSEN)
            toolbox_chosen(designer);
        else if (result == LIST_CANCELLED)
            designer->focus = PANE_MIDDLE;
        return;
    }
    keypad(designer, key);
}

/* What concerns the terminal works in the middle of a field or a question too. */
static bool terminal_key(struct designer *designer, struct key key)
{
    const struct binding *binding = binding_find(key, IN_ALL);
    bool terminal = binding && (!strcmp(binding->command, "suspend") ||
                                !strcmp(binding->command, "redraw"));
    return terminal && designer_command(designer, str_of(binding->command));
}

void designer_key(struct designer *designer, struct key key)
{
    struct str command = STR_NONE;
    designer_settle(designer);
    designer->session->message_kind = MESSAGE_NONE;
    if (terminal_key(designer, key))
        return;
    if (designer->overlay) {
        enum overlay_result result = overlay_key(designer->overlay, key, &command);
        finish_overlay(designer, result, command);
    } else if (designer->command_open) {
        designer_command_key(designer, key);
    } else if (designer->fields.editing) {
        field_line_key(designer, key);
    } else {
        mode_key(designer, key);
    }
    designer_settle(designer);
}

void designer_paste(struct designer *designer, struct str text)
{
    struct buf line;
    buf_init(&line, designer->env);
    if (designer->overlay) {
        overlay_paste(designer->overlay, text);
        if (designer->overlay->kind == OVERLAY_TEXT)
            draft_text(designer, designer->overlay);
    } else if (designer->command_open) {
        textedit_paste(&designer->command, text);
        designer->completion = SIZE_MAX;
        session_draft(designer->session, "command", buf_str(&designer->command.text));
    } else if (designer->fields.editing) {
        fields_paste(&designer->fields, text);
        draft_field(designer, &line);
    } else if (designer_mode(designer) == IN_TOOLBOX) {
        listbox_paste(&designer->toolbox.list, text);
    }
    buf_release(&line);
}

void designer_edited(struct designer *designer, bool ok, struct str text)
{
    if (!ok) {
        designer_say(designer, MESSAGE_ERROR, STR("the editor did not end well; nothing changed"));
        return;
    }
    while (text.len > 0 && text.ptr[text.len - 1] == '\n')
        text.len--;
    if (!designer->overlay || designer->overlay->kind != OVERLAY_TEXT)
        return;
    overlay_edited(designer->overlay, text);
    draft_text(designer, designer->overlay);
}

void designer_mouse(struct designer *designer, const struct mouse *mouse)
{
    struct layout layout;
    enum pane pane;
    struct str command = STR_NONE;
    if (mouse->action == MOUSE_WHEEL_UP || mouse->action == MOUSE_WHEEL_DOWN) {
        designer_key(designer, KEY_OF(mouse->action == MOUSE_WHEEL_UP ? (uint32_t) SPECIAL_UP
                                                                      : (uint32_t) SPECIAL_DOWN));
        return;
    }
    if (mouse->action != MOUSE_PRESS || mouse->button != 1)
        return;
    if (designer->overlay) {
        struct canvas size = { .rows = designer->rows, .cols = designer->cols };
        enum overlay_result result = overlay_click(designer->overlay, &size, mouse->row, &command);
        finish_overlay(designer, result, command);
        return;
    }
    layout_compute(&layout, designer->rows, designer->cols, designer->focus, 0);
    if (designer_simulating(designer) || !designer->session->flow ||
        !layout_pane_at(&layout, mouse->row, mouse->col, &pane))
        return;
    designer->focus = pane;
    int row = mouse->row - layout.pane[pane].row;
    if (pane == PANE_MIDDLE) {
        designer_move_cursor(designer, tree_at(&designer->tree, row));
    } else if (pane == PANE_RIGHT) {
        scroll_to(&designer->fields.scroll, designer->fields.scroll.top + (size_t) row);
    } else if (listbox_click(&designer->toolbox.list, layout.pane[pane], mouse->row) ==
               LIST_CHOSEN) {
        toolbox_chosen(designer);
    }
    designer_settle(designer);
}
