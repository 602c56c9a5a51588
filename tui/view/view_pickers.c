/* Commands of the screen that ask something or offer something to pick. What is picked is a command
 * again. */
#include "tui/view/view_commands.h"
#include "tui/view/view_parts.h"

/* The `:` line with the start of a command: what is missing is typed. */
static bool ask(struct designer *designer, const char *start, struct str text)
{
    struct buf line;
    buf_init(&line, designer->env);
    buf_add_text(&line, start);
    buf_add(&line, text);
    if (text.len > 0)
        buf_add_char(&line, ' ');
    designer_open_command(designer, buf_str(&line));
    buf_release(&line);
    return true;
}

bool run_ask_create(struct designer *designer, struct str arguments)
{
    (void) arguments;
    return ask(designer, "create ", STR_NONE);
}

bool run_ask_variable(struct designer *designer, struct str arguments)
{
    (void) arguments;
    return ask(designer, "var Flow.", STR_NONE);
}

bool run_ask_world(struct designer *designer, struct str section)
{
    return ask(designer, "world ", section);
}

bool run_ask_scenario(struct designer *designer, struct str arguments)
{
    (void) arguments;
    return ask(designer, "save-scenario ", STR_NONE);
}

bool run_ask_new(struct designer *designer, struct str arguments)
{
    (void) arguments;
    struct overlay *pick = overlay_new(designer->env, OVERLAY_PICK, STR("New flow of type"));
    for (int type = 1; type < FLOW_TYPE_COUNT; type++) {
        const struct flow_type_info *info = flow_type_info((enum flow_type) type);
        overlay_pickf(pick, str_of(info->label), str_of(info->key), "command new %s ", info->key);
    }
    overlay_ready(pick, STR_NONE);
    view_push(designer, pick);
    return true;
}

bool run_ask_add(struct designer *designer, struct str where)
{
    if (view_no_flow(designer))
        return false;
    struct overlay *pick = overlay_new(designer->env, OVERLAY_PICK, STR("Add before the cursor"));
    for (size_t i = 0; i < designer->toolbox.count; i++) {
        const struct action_info *info = designer->toolbox.tools[i].info;
        if (info)
            overlay_pickf(pick, str_of(info->label), str_of(info->category), "add %.*s %s",
                          STR_ARG(where), info->key);
    }
    overlay_ready(pick, STR_NONE);
    view_push(designer, pick);
    return true;
}

bool run_flows(struct designer *designer, struct str arguments)
{
    (void) arguments;
    const struct workspace *ws = designer->session->ws;
    struct overlay *pick = overlay_new(designer->env, OVERLAY_PICK, STR("Flows"));
    for (size_t i = 0; i < ws->count; i++) {
        enum flow_type type;
        struct str title;
        if (workspace_title(ws->files[i], &type, &title))
            overlay_pickf(pick, title, str_of(flow_type_info(type)->label),
                          "open %s", ws->files[i]->path);
    }
    overlay_pick(pick, STR("a new flow"), STR_NONE, STR("ask-new"));
    overlay_ready(pick, designer->tree.flow ? flow_title(designer->tree.flow) : STR_NONE);
    view_push(designer, pick);
    return true;
}

bool run_recent(struct designer *designer, struct str arguments)
{
    struct overlay *pick = overlay_new(designer->env, OVERLAY_PICK, STR("Opened lately"));
    struct buf path;
    size_t count = 0;
    (void) arguments;
    buf_init(&path, designer->env);
    for (; session_recent(designer->session, count, &path); count++) {
        overlay_pickf(pick, buf_str(&path), STR_NONE, "workspace %s", path.ptr);
        buf_clear(&path);
    }
    buf_release(&path);
    if (count == 0) {
        overlay_free(pick);
        return view_fail(designer, "nothing was opened yet");
    }
    overlay_ready(pick, STR_NONE);
    view_push(designer, pick);
    return true;
}

bool run_copy_samples(struct designer *designer, struct str arguments)
{
    struct str to = arguments.len ? arguments : STR("postflow-samples");
    struct buf line;
    if (!designer->samples)
        return view_fail(designer, "the samples are not installed");
    if (!session_copy_folder(designer->session, designer->samples, to))
        return false;
    buf_init(&line, designer->env);
    buf_addf(&line, "workspace %.*s", STR_ARG(to));
    bool fine = designer_command(designer, buf_str(&line));
    buf_release(&line);
    return fine;
}

bool run_problems(struct designer *designer, struct str arguments)
{
    (void) arguments;
    struct session *session = designer->session;
    session_update_problems(session);
    if (session->problems.count == 0) {
        designer_say(designer, MESSAGE_INFO, STR("no problems"));
        return true;
    }
    struct overlay *pick = overlay_new(designer->env, OVERLAY_PICK, STR("Problems"));
    struct buf text;
    buf_init(&text, designer->env);
    for (size_t i = 0; i < session->problems.count; i++) {
        const struct diag *diag = &session->problems.items[i];
        buf_clear(&text);
        buf_addf(&text, "%s ", diag_info(diag->code)->code);
        diag_render(&text, diag, NULL);
        overlay_pickf(pick, buf_str(&text), diag->place.path, "problem %zu", i + 1);
    }
    buf_release(&text);
    overlay_ready(pick, STR_NONE);
    view_push(designer, pick);
    return true;
}

void designer_offer_uses(struct designer *designer)
{
    struct session *session = designer->session;
    struct overlay *pick = overlay_new(designer->env, OVERLAY_PICK, buf_str(&session->message));
    struct buf text;
    buf_init(&text, designer->env);
    for (size_t i = 0; i < session->uses.count; i++) {
        buf_clear(&text);
        usage_print(&session->uses.items[i], &text);
        overlay_pickf(pick, buf_str(&text), STR_NONE, "use %zu", i + 1);
    }
    session->show_uses = false;
    buf_release(&text);
    overlay_ready(pick, STR_NONE);
    view_push(designer, pick);
}

static void add_palette(struct overlay *pick, const char *name, const char *arguments,
                        const char *note)
{
    bool bare = !arguments || !*arguments || *arguments == '[';
    struct buf text;
    buf_init(&text, pick->arena.env);
    buf_addf(&text, "%s %s", name, arguments ? arguments : "");
    overlay_pickf(pick, str_trim(buf_str(&text)), str_of(note), bare ? "%s" : "command %s ", name);
    buf_release(&text);
}

bool run_palette(struct designer *designer, struct str arguments)
{
    (void) arguments;
    size_t count;
    struct overlay *pick = overlay_new(designer->env, OVERLAY_PICK, STR("Commands"));
    const struct command *commands = session_commands(&count);
    unsigned mode = designer_simulating(designer) ? COMMAND_IN_SIMULATION : COMMAND_IN_EDIT;
    for (size_t i = 0; i < count; i++) {
        if (commands[i].flags & mode)
            add_palette(pick, commands[i].name, commands[i].arguments, commands[i].note);
    }
    const struct view_command *own = view_commands(&count);
    for (size_t i = 0; i < count; i++)
        add_palette(pick, own[i].name, own[i].arguments, own[i].note);
    overlay_ready(pick, STR_NONE);
    view_push(designer, pick);
    return true;
}

/* What was being typed, where it was: Enter takes it. */
static void open_draft(struct designer *designer, const struct recovery_offer *offer)
{
    struct buf line;
    buf_init(&line, designer->env);
    buf_addf(&line, "goto %.*s", STR_ARG(buf_str(&offer->draft_where)));
    if (!str_is(buf_str(&offer->draft_where), "command"))
        designer_command(designer, buf_str(&line));
    designer_open_command(designer, buf_str(&offer->draft));
    buf_release(&line);
}

bool run_recover(struct designer *designer, struct str arguments)
{
    struct session *session = designer->session;
    struct recovery_offer offer;
    bool discard = str_is(arguments, "discard");
    struct diags diags;
    if (!session_recovery_find(session, 0, &offer)) {
        view_fail(designer, "there is nothing to recover");
        return false;
    }
    bool fine = true;
    diags_init(&diags, designer->env);
    if (discard) {
        session_recovery_discard(session, offer.log);
        designer_say(designer, MESSAGE_INFO, STR("the log is gone"));
    } else {
        fine = session_recover(session, offer.log, &diags);
        if (fine)
            designer_say(designer, MESSAGE_INFO, STR("recovered; nothing is saved yet"));
    }
    if (fine && !discard && offer.draft.len > 0)
        open_draft(designer, &offer);
    recovery_offer_release(&offer);
    diags_release(&diags);
    return fine;
}

void designer_offer_recovery(struct designer *designer)
{
    struct recovery_offer offer;
    struct buf text;
    if (!session_recovery_find(designer->session, 0, &offer))
        return;
    buf_init(&text, designer->env);
    buf_addf(&text, "A session on these flows did not end well. Its log has %zu change%s%s%s.",
             offer.changes, offer.changes == 1 ? "" : "s",
             offer.draft.len ? " and a text that was being typed" : "",
             offer.base_changed ? ", but the file has been changed since" : "");
    struct overlay *box = overlay_new(designer->env, OVERLAY_ASK, STR("Recover?"));
    overlay_ask(box, buf_str(&text), STYLE_WARNING);
    overlay_answer(box, "r", "recover", STR("recover"));
    overlay_answer(box, "d", "discard it", STR("recover discard"));
    overlay_answer(box, "l", "later", STR_NONE);
    view_push(designer, box);
    buf_release(&text);
    recovery_offer_release(&offer);
}
