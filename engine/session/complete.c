/* What a line could go on with. Each completer offers all it knows and is asked for the n-th that
 * begins with what is typed. */
#include "engine/session/complete.h"

#include <limits.h>
#include <string.h>

#include "engine/base/env.h"
#include "engine/flow/picture.h"
#include "engine/flow/settings.h"
#include "engine/session/assist.h"
#include "engine/session/commands.h"

bool offer(struct wanted *wanted, struct str text)
{
    struct str typed = wanted->typed;

    if (typed.len && typed.ptr[0] == '"')
        typed = str_slice(typed, 1, typed.len);
    if (!text.len || text.len < typed.len ||
        !str_eq_nocase(str_slice(text, 0, typed.len), typed) || wanted->left-- > 0)
        return false;
    bool quote = wanted->quoted && str_find_char(text, ' ') >= 0;
    if (quote)
        buf_add_char(wanted->out, '"');
    buf_add(wanted->out, text);
    if (quote)
        buf_add_char(wanted->out, '"');
    return true;
}

bool offer_words(struct wanted *wanted, const char *words)
{
    struct str rest = str_of(words);

    while (rest.len) {
        ptrdiff_t bar = str_find_char(rest, '|');
        struct str word = bar < 0 ? rest : str_slice(rest, 0, (size_t) bar);
        if (offer(wanted, word))
            return true;
        rest = bar < 0 ? STR_NONE : str_slice(rest, (size_t) bar + 1, rest.len);
    }
    return false;
}

struct wanted wanted_of(struct session *session, struct str typed, size_t n, struct buf *out)
{
    return (struct wanted){ .session = session, .typed = typed, .left = n, .out = out };
}

bool behind_words(struct str *arguments, struct str *words, unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        struct str text = *arguments;
        struct str word = command_word(&text);
        size_t end = (size_t) (word.ptr - arguments->ptr) + word.len;
        if (!word.len || end >= arguments->len)
            return false;
        words[i] = word;
        *arguments = text.len ? text : str_slice(*arguments, arguments->len, arguments->len);
    }
    return true;
}

/* --- actions --- */

/* What can be added at the cursor. */
bool complete_action(struct session *session, struct str arguments, size_t n, struct buf *out)
{
    struct wanted wanted = wanted_of(session, arguments, n, out);
    const struct flow *flow = session->flow;
    enum role role = flow_role(flow, session->cursor.node);
    bool choice = !session->cursor.output && (role == ROLE_MENU || role == ROLE_CHOICE);
    bool found = false;
    struct slot slot = { .owner = session->cursor };
    struct diags diags;

    if (!choice)
        slot_at(flow, session->cursor, &slot);
    diags_init(&diags, session->env);
    for (size_t i = 0; !found && i < catalogue_count(); i++) {
        const struct action_info *info = catalogue_action(i);
        bool fits = choice ? (info->flags & ACTION_CHOICE) != 0
                           : !(info->flags & ACTION_CHOICE) &&
                                 flow_allows(flow, info, slot.owner, &diags);
        diags_clear(&diags);
        found = fits && offer(&wanted, str_of(info->key));
    }
    diags_release(&diags);
    return found;
}

/* --- fields --- */

static struct str step_of(const char *path)
{
    const char *slash = strrchr(path, '/');

    return str_of(slash ? slash + 1 : path);
}

static bool offer_fields(struct wanted *wanted, bool lists_only)
{
    node_id owner;
    const struct field *fields = field_list(wanted->session, &owner);

    for (const struct field *field = fields; field->path; field++)
        if ((!lists_only || field_has_rows(field)) && offer(wanted, step_of(field->path)))
            return true;
    return false;
}

static bool offer_flows(struct wanted *wanted, unsigned types)
{
    const struct workspace *ws = wanted->session->ws;

    for (size_t i = 0; i < ws->count; i++) {
        enum flow_type type;
        struct str title;
        if (workspace_title(ws->files[i], &type, &title) && (types & (1u << type)) &&
            offer(wanted, title))
            return true;
    }
    return false;
}

static bool offer_containers(struct wanted *wanted, enum role role)
{
    const struct flow *flow = wanted->session->flow;
    node_id node = 0;

    while ((node = flow_container_next(flow, node)))
        if (flow_role(flow, node) == role && offer(wanted, flow_name(flow, node)))
            return true;
    return false;
}

static bool offer_choices(struct wanted *wanted, node_id menu)
{
    const struct flow *flow = wanted->session->flow;

    for (node_id at = flow_choice_first(flow, menu); at; at = flow_action_next(flow, at))
        if (offer(wanted, flow_name(flow, at)))
            return true;
    return false;
}

static bool offer_variables(struct wanted *wanted)
{
    const struct flow *flow = wanted->session->flow;
    node_id owners[2] = { flow->body,
                          flow_scope_of(flow, wanted->session->cursor.node) };
    struct variable_info info;

    for (int i = 0; i < 2; i++) {
        if (!owners[i] || (i && owners[1] == owners[0]))
            continue;
        for (node_id node = 0; (node = flow_variable_next(flow, owners[i], node));)
            if (flow_variable(flow, node, &info) && offer(wanted, info.full_name))
                return true;
    }
    return false;
}

static bool offer_section(struct wanted *wanted, const char *section)
{
    struct str name;

    for (size_t i = 0; settings_name(wanted->session->ws->settings, section, i, &name); i++)
        if (offer(wanted, name))
            return true;
    return false;
}

static bool offer_expressions(struct wanted *wanted, const struct field *field)
{
    const struct session *session = wanted->session;
    struct assist_place place = {
        .flow = session->flow,
        .node = session->cursor.node,
        .wanted = { (uint8_t) field->type, field->flags & FIELD_COLLECTION },
    };

    buf_add_char(wanted->out, '=');
    return assist_complete(wanted->session, &place,
                           str_slice(wanted->typed, 1, wanted->typed.len), wanted->left,
                           wanted->out);
}

static bool offer_values(struct wanted *wanted, const struct field_at *at)
{
    const struct field *field = at->field;
    const char *section = thing_section(field->type);
    enum flow_type type;

    if (wanted->typed.len > 0 && wanted->typed.ptr[0] == '=')
        return offer_expressions(wanted, field);
    if (field->choices && offer_words(wanted, field->choices))
        return true;
    if (field_names_flow(field))
        return field_of_flow(wanted->session->flow, at->owner, &type) == field
                   ? offer_flows(wanted, 1u << type) : offer_flows(wanted, field->flow_types);
    switch (field->kind) {
    case FIELD_TASK:
        return offer_containers(wanted, ROLE_TASK);
    case FIELD_MENU:
        return offer_containers(wanted, ROLE_MENU);
    case FIELD_STATE:
        return offer_containers(wanted, ROLE_STATE);
    case FIELD_MENU_CHOICE:
        return offer_choices(wanted, at->owner);
    case FIELD_FLAG:
        return offer_words(wanted, "true|false");
    case FIELD_RESULT:
    case FIELD_VARIABLE:
        return offer_variables(wanted);
    default:
        if (section)
            return offer_section(wanted, section);
        return field->type == TYPE_BOOLEAN && offer_words(wanted, "true|false");
    }
}

bool complete_field(struct session *session, struct str arguments, size_t n, struct buf *out)
{
    struct wanted wanted = wanted_of(session, arguments, n, out);
    struct field_at at;
    struct str name;

    if (!behind_words(&wanted.typed, &name, 1)) {
        wanted.quoted = true;
        return offer_fields(&wanted, false);
    }
    return field_find_quiet(session, name, &at) && offer_values(&wanted, &at);
}

bool complete_row(struct session *session, struct str arguments, size_t n, struct buf *out)
{
    struct wanted wanted = wanted_of(session, arguments, n, out);
    struct str words[2];

    if (!behind_words(&wanted.typed, words, 1))
        return offer_fields(&wanted, true);
    return !behind_words(&wanted.typed, words + 1, 1) &&
           offer_words(&wanted, "add|delete|move|rename");
}

bool complete_variable(struct session *session, struct str arguments, size_t n, struct buf *out)
{
    static const struct {
        const char *stem, *label;
    } types[] = {
#define X(name, label, stem) { stem, label },
        VALUE_TYPES(X)
#undef X
    };
    struct wanted wanted = wanted_of(session, arguments, n, out);
    struct str name;

    if (!behind_words(&wanted.typed, &name, 1))
        return offer_words(&wanted, "Flow.|Task.|State.");
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        char collection[64];
        size_t len = strlen(types[i].stem);
        if (!len || len + sizeof "Collection" > sizeof collection)
            continue;
        memcpy(collection, types[i].stem, len);
        memcpy(collection + len, "Collection", sizeof "Collection");
        if (offer(&wanted, str_of(types[i].stem)) || offer(&wanted, str_of(collection)))
            return true;
    }
    return false;
}

bool complete_variables(struct session *session, struct str arguments, size_t n, struct buf *out)
{
    struct wanted wanted = wanted_of(session, arguments, n, out);
    struct str name;

    return !behind_words(&wanted.typed, &name, 1) && offer_variables(&wanted);
}

/* What can be asked for, of the flow that is shown and of postflow.json. */
bool complete_thing(struct session *session, struct str arguments, size_t n, struct buf *out)
{
    struct wanted wanted = wanted_of(session, arguments, n, out);

    if (offer_flows(&wanted, UINT_MAX))
        return true;
    if (session->flow && (offer_containers(&wanted, ROLE_TASK) ||
                          offer_containers(&wanted, ROLE_MENU) ||
                          offer_containers(&wanted, ROLE_STATE) || offer_variables(&wanted)))
        return true;
    for (int thing = THING_NONE; thing < THING_COUNT; thing++) {
        const char *section = thing_info((enum thing) thing)->section;
        if (section && offer_section(&wanted, section))
            return true;
    }
    return false;
}

bool complete_use(struct session *session, struct str arguments, size_t n, struct buf *out)
{
    struct wanted wanted = wanted_of(session, arguments, n, out);

    return offer_words(&wanted, "next|prev");
}

/* --- places --- */

bool complete_output(struct session *session, struct str arguments, size_t n, struct buf *out)
{
    struct wanted wanted = wanted_of(session, arguments, n, out);
    struct spot spot = { .node = session->cursor.node };
    enum role role = flow_role(session->flow, spot.node);
    char number[12];

    if (role != ROLE_ACTION && role != ROLE_CHOICE)
        return false;
    for (unsigned i = 1; i <= flow_output_count(session->flow, spot.node); i++) {
        spot.output = (uint16_t) i;
        if (offer(&wanted, flow_output_id(session->flow, spot, number)))
            return true;
    }
    return false;
}

static bool offer_path(struct wanted *wanted, const struct flow *flow, struct spot spot)
{
    struct buf path;
    bool found;

    buf_init(&path, flow->doc->env);
    path_print(flow, spot, &path);
    found = offer(wanted, buf_str(&path));
    buf_release(&path);
    return found;
}

static bool offer_list(struct wanted *wanted, const struct flow *flow, struct spot owner)
{
    node_id list = flow_list(flow, owner);

    for (node_id node = list ? flow_list_first(flow, list) : 0; node;
         node = flow_action_next(flow, node))
        if (offer_path(wanted, flow, (struct spot){ .node = node }))
            return true;
    return false;
}

/* What is one step below. */
static bool offer_below(struct wanted *wanted, const struct flow *flow, struct spot spot)
{
    enum role role = flow_role(flow, spot.node);

    if (spot.output || role == ROLE_TASK || role == ROLE_STATE || role == ROLE_FLOW)
        return offer_list(wanted, flow, spot);
    for (node_id node = flow_choice_first(flow, spot.node); node;
         node = flow_action_next(flow, node))
        if (offer_path(wanted, flow, (struct spot){ .node = node }))
            return true;
    if (role != ROLE_ACTION && role != ROLE_CHOICE)
        return false;
    for (unsigned i = 1; i <= flow_output_count(flow, spot.node); i++)
        if (offer_path(wanted, flow, (struct spot){ .node = spot.node, .output = (uint16_t) i }))
            return true;
    return false;
}

bool complete_path(struct session *session, struct str arguments, size_t n, struct buf *out)
{
    struct wanted wanted = wanted_of(session, arguments, n, out);
    const struct flow *flow = session->flow;
    size_t slash = arguments.len;
    struct diags diags;
    struct spot spot;
    bool found;

    if (!flow)
        return false;
    while (slash > 0 && arguments.ptr[slash - 1] != '/')
        slash--;
    if (!slash) {
        for (node_id node = 0; (node = flow_container_next(flow, node));)
            if (offer_path(&wanted, flow, (struct spot){ .node = node }))
                return true;
        return false;
    }
    diags_init(&diags, session->env);
    found = path_find(flow, str_slice(arguments, 0, slash - 1), &spot, &diags) &&
            offer_below(&wanted, flow, spot);
    diags_release(&diags);
    return found;
}

/* --- flows and files --- */

bool complete_flow(struct session *session, struct str arguments, size_t n, struct buf *out)
{
    struct wanted wanted = wanted_of(session, arguments, n, out);

    return offer_flows(&wanted, UINT32_MAX);
}

static bool offer_files(struct wanted *wanted)
{
    const struct workspace *ws = wanted->session->ws;

    for (size_t i = 0; i < ws->count; i++)
        if (offer(wanted, str_of(ws->files[i]->path)))
            return true;
    return false;
}

bool complete_open(struct session *session, struct str arguments, size_t n, struct buf *out)
{
    struct wanted wanted = wanted_of(session, arguments, n, out);

    return offer_flows(&wanted, UINT32_MAX) || offer_files(&wanted);
}

bool complete_new(struct session *session, struct str arguments, size_t n, struct buf *out)
{
    struct wanted wanted = wanted_of(session, arguments, n, out);
    struct str type;

    if (behind_words(&wanted.typed, &type, 1))
        return false;
    for (int i = FLOW_OTHER + 1; i < FLOW_TYPE_COUNT; i++)
        if (offer(&wanted, str_of(flow_type_info((enum flow_type) i)->key)))
            return true;
    return false;
}

bool complete_file(struct session *session, struct str arguments, size_t n, struct buf *out)
{
    struct wanted wanted = wanted_of(session, arguments, n, out);

    return offer_files(&wanted);
}

static bool offer_formats(struct wanted *wanted)
{
    size_t count;
    const struct picture_syntax *pictures = picture_syntaxes(&count);

    if (offer(wanted, STR("json")))
        return true;
    for (size_t i = 0; i < count; i++)
        if (offer(wanted, str_of(pictures[i].name)))
            return true;
    return false;
}

bool complete_export(struct session *session, struct str arguments, size_t n, struct buf *out)
{
    struct wanted wanted = wanted_of(session, arguments, n, out);
    struct str format;

    if (!behind_words(&wanted.typed, &format, 1))
        return offer_formats(&wanted);
    return complete_file(session, wanted.typed, n, out);
}

bool complete_world(struct session *session, struct str arguments, size_t n, struct buf *out)
{
    struct wanted wanted = wanted_of(session, arguments, n, out);
    struct str section;
    const char *name;

    wanted.quoted = true;
    if (behind_words(&wanted.typed, &section, 1)) {
        for (size_t i = 0; (name = session_world_section(i)); i++)
            if (str_is(section, name))
                return offer_section(&wanted, name);
        return false;
    }
    for (size_t i = 0; (name = session_world_section(i)); i++)
        if (offer(&wanted, str_of(name)))
            return true;
    return false;
}

/* --- fixed words --- */

bool complete_case(struct session *session, struct str arguments, size_t n, struct buf *out)
{
    struct wanted wanted = wanted_of(session, arguments, n, out);
    return offer_words(&wanted, "add|delete");
}

bool complete_paste(struct session *session, struct str arguments, size_t n, struct buf *out)
{
    struct wanted wanted = wanted_of(session, arguments, n, out);
    return offer_words(&wanted, "before|into");
}

bool complete_move(struct session *session, struct str arguments, size_t n, struct buf *out)
{
    struct wanted wanted = wanted_of(session, arguments, n, out);
    return offer_words(&wanted, "up|down|in|out");
}

bool complete_problem(struct session *session, struct str arguments, size_t n, struct buf *out)
{
    struct wanted wanted = wanted_of(session, arguments, n, out);
    return offer_words(&wanted, "next|prev");
}

/* --- the reference --- */

static bool offer_codes(struct wanted *wanted)
{
    for (int i = 0; i < DIAG_COUNT; i++)
        if (offer(wanted, str_of(diag_info((enum diag_code) i)->code)))
            return true;
    return false;
}

bool complete_topic(struct session *session, struct str arguments, size_t n, struct buf *out)
{
    struct wanted wanted = wanted_of(session, arguments, n, out);
    size_t count;
    const struct command *commands = session_commands(&count);

    for (size_t i = 0; i < count; i++)
        if (offer(&wanted, str_of(commands[i].name)))
            return true;
    for (size_t i = 0; i < catalogue_count(); i++)
        if (offer(&wanted, str_of(catalogue_action(i)->key)))
            return true;
    return session->flow && offer_fields(&wanted, false);
}

bool complete_explain(struct session *session, struct str arguments, size_t n, struct buf *out)
{
    struct wanted wanted = wanted_of(session, arguments, n, out);

    return (session->flow && offer_fields(&wanted, false)) || offer_codes(&wanted);
}
