/* Opening a field: what it may hold decides whether there is a list to pick from, a line to type
 * in, a page to write on, or nothing to ask at all. */
#include <string.h>
#include "engine/doc/border.h"
#include "engine/flow/path.h"
#include "engine/session/session.h"
#include "tui/view/fields.h"

void fields_set_prefix(const struct fields *fields, struct buf *out)
{
    const struct field_entry *entry = fields_current(fields);
    buf_add_text(out, "set ");
    if (entry->list && entry->list->rows)
        buf_addf(out, "%s/%u/", entry->list->path, entry->row);
    if (entry->list && !entry->list->rows)
        buf_addf(out, "%s/%u", entry->list->path, entry->row);
    else
        buf_add_text(out, entry->field->path);
    buf_add_char(out, ' ');
}

static void add_pick(struct overlay *overlay, const struct fields *fields, struct str text,
                     struct str detail)
{
    struct buf line;
    buf_init(&line, fields->env);
    fields_set_prefix(fields, &line);
    buf_add(&line, text);
    overlay_pick(overlay, text, detail, buf_str(&line));
    buf_release(&line);
}

/* Who hangs up and who is transferred then, for each target (the product's page). */
static struct str target_note(struct str choice)
{
    if (str_is(choice, "callee"))
        return STR("caller hangs up: the agent is transferred");
    if (str_is(choice, "caller"))
        return STR("agent hangs up: the caller is transferred");
    return STR("whoever hangs up: the one who is left is transferred");
}

static void add_choices(struct overlay *overlay, const struct fields *fields,
                        const struct field *field)
{
    bool target = !strcmp(field->path, "target");
    struct str rest = str_of(field->choices);
    while (rest.len > 0) {
        ptrdiff_t bar = str_find_char(rest, '|');
        struct str choice = bar < 0 ? rest : str_slice(rest, 0, (size_t) bar);
        add_pick(overlay, fields, choice, target ? target_note(choice) : STR_NONE);
        rest = bar < 0 ? STR_NONE : str_slice(rest, (size_t) bar + 1, rest.len);
    }
    if (target)
        overlay_pick(overlay,
                     STR("If the caller leaves before an agent is reached, nothing fires."),
                     STR_NONE, STR_NONE);
}

static void add_flows(struct overlay *overlay, const struct fields *fields,
                      const struct session *session, unsigned types)
{
    for (size_t i = 0; i < session->ws->count; i++) {
        enum flow_type type;
        struct str title;
        if (workspace_title(session->ws->files[i], &type, &title) && (types & (1u << type)))
            add_pick(overlay, fields, title, str_of(flow_type_info(type)->label));
    }
}

/* Which flow types Set Post-Flow's flow field lists follows its Action Type. */
static unsigned flow_types_of(const struct fields *fields, const struct field_entry *entry)
{
    struct post_flow_fields post;
    const struct action_info *info = flow_action(fields->flow, entry->owner);
    if (!info || strcmp(info->key, "setPostFlow"))
        return entry->field->flow_types;
    flow_post_flow(fields->flow, entry->owner, &post);
    return post.flow_type == FLOW_OTHER ? entry->field->flow_types : 1u << post.flow_type;
}

static struct overlay *pick_flow(struct fields *fields, const struct session *session,
                                 const struct field_entry *entry)
{
    struct overlay *overlay = overlay_new(fields->env, OVERLAY_PICK, entry->label);
    unsigned types = flow_types_of(fields, entry);
    add_flows(overlay, fields, session, types);
    if (entry->value.len > 0 && entry->style == STYLE_NORMAL)
        overlay_pick(overlay, STR("open it"), STR("b comes back"), STR("open"));
    overlay_pick(overlay, STR("create a new one"), STR_NONE, STR("ask-create"));
    return overlay;
}

static void add_containers(struct overlay *overlay, const struct fields *fields, enum role role)
{
    const struct flow *flow = fields->flow;
    for (node_id at = flow_container_next(flow, 0); at; at = flow_container_next(flow, at)) {
        if (flow_role(flow, at) == role)
            add_pick(overlay, fields, flow_name(flow, at), STR_NONE);
    }
}

static void add_choice_picks(struct overlay *overlay, const struct fields *fields, node_id menu)
{
    const struct flow *flow = fields->flow;
    for (node_id at = flow_choice_first(flow, menu); at; at = flow_action_next(flow, at)) {
        node_id key = doc_member(flow->doc, at, ATOM_dtmf);
        add_pick(overlay, fields, flow_name(flow, at), key ? doc_text(flow->doc, key) : STR_NONE);
    }
}

static void add_variable_picks(struct overlay *overlay, const struct fields *fields)
{
    const struct flow *flow = fields->flow;
    node_id owners[] = { flow->body, flow_scope_of(flow, fields->spot.node) };
    for (size_t i = 0; i < 2; i++) {
        if (owners[i] == 0 || (i == 1 && owners[1] == owners[0]))
            continue;
        for (node_id at = 0; (at = flow_variable_next(flow, owners[i], at)) != 0;) {
            struct variable_info info;
            if (flow_variable(flow, at, &info))
                add_pick(overlay, fields, info.full_name, str_of(value_type_name(info.type)));
        }
    }
    overlay_pick(overlay, STR("create a variable"), STR("with scope and type"),
                 STR("ask-variable"));
}

static struct overlay *pick_named(struct fields *fields, const struct session *session,
                                  const struct field_entry *entry, const char *section)
{
    struct overlay *overlay = overlay_new(fields->env, OVERLAY_PICK, entry->label);
    struct str name;
    for (size_t n = 0; settings_name(session->ws->settings, section, n, &name); n++)
        add_pick(overlay, fields, name, STR_NONE);
    overlay_pickf(overlay, STR("add one to the world"), STR("postflow.json"), "ask-world %s",
                  section);
    return overlay;
}

/* A picker whose typed text is taken too: names and expressions that no list has. */
static struct overlay *finish_pick(struct fields *fields, struct overlay *overlay,
                                   struct str current)
{
    struct buf prefix;
    buf_init(&prefix, fields->env);
    fields_set_prefix(fields, &prefix);
    overlay->prefix = (struct str){ arena_text(&overlay->arena, prefix.ptr, prefix.len),
                                    prefix.len };
    overlay->free_text = true;
    buf_release(&prefix);
    overlay_ready(overlay, current);
    return overlay;
}

static bool any_scalar(void *context, struct str key, enum json_kind kind, struct str text)
{
    (void) context, (void) key, (void) kind, (void) text;
    return true;
}
static bool any_open(void *context, struct str key, enum json_kind kind)
{
    (void) context, (void) key, (void) kind;
    return true;
}
static bool any_close(void *context)
{
    (void) context;
    return true;
}

/* Whether the text of a JSON field can be read, while it is typed. */
static size_t check_json(void *context, struct str text, struct buf *why)
{
    struct fields *fields = context;
    struct limits limits = fields->flow->doc->limits;
    struct json_sink sink = { NULL, any_scalar, any_open, any_close };
    struct diags diags;
    size_t fault = SIZE_MAX;
    if (str_trim(text).len == 0)
        return SIZE_MAX;
    diags_init(&diags, fields->env);
    json_parse(fields->env, &limits, text, &sink, &diags);
    if (diags.count > 0) {
        const struct diag *diag = &diags.items[0];
        buf_addf(why, "%u:%u: ", (unsigned) diag->place.line, (unsigned) diag->place.column);
        diag_render(why, diag, NULL);
        fault = str_offset(text, diag->place.line, diag->place.column);
    }
    diags_release(&diags);
    return fault;
}

static struct overlay *open_text(struct fields *fields, struct session *session,
                                 const struct field_entry *entry, struct str text)
{
    struct overlay *overlay = overlay_new(fields->env, OVERLAY_TEXT, entry->label);
    overlay->session = session;
    overlay->place = (struct assist_place){
        .flow = fields->flow,
        .node = fields->spot.node,
        .wanted = { (uint8_t) entry->field->type, entry->field->flags & FIELD_COLLECTION },
    };
    struct buf prefix;
    buf_init(&prefix, fields->env);
    fields_set_prefix(fields, &prefix);
    overlay_text(overlay, buf_str(&prefix), text,
                 entry->field->type == TYPE_JSON ? check_json : NULL, fields);
    buf_release(&prefix);
    return overlay;
}

bool fields_takes_expression(const struct field *field)
{
    return field->kind == FIELD_VALUE || field->kind == FIELD_OPTION || field->kind == FIELD_AUDIO;
}

void fields_open_expression(struct fields *fields, struct session *session)
{
    const struct field_entry *entry = fields_current(fields);
    struct buf text;
    buf_init(&text, fields->env);
    flow_get(fields->flow, entry->owner, entry->field, &text);
    bool is_expression = text.len > 0 && text.ptr[0] == '=';
    fields_open_line(fields, session, is_expression ? buf_str(&text) : STR("="));
    buf_release(&text);
}

struct overlay *fields_open(struct fields *fields, struct session *session, struct buf *command)
{
    const struct field_entry *entry = fields_current(fields);
    if (!entry || !entry->field)
        return NULL;
    const struct field *field = entry->field;
    struct buf text;
    struct overlay *overlay = NULL;
    buf_init(&text, fields->env);
    flow_get(fields->flow, entry->owner, field, &text);
    const char *section = thing_section(field->type);
    switch (field->kind) {
    case FIELD_OPTION:
    case FIELD_WORD:
    case FIELD_VARIANT:
        overlay = overlay_new(fields->env, OVERLAY_PICK, entry->label);
        add_choices(overlay, fields, field);
        break;
    case FIELD_TASK:
    case FIELD_MENU:
    case FIELD_STATE:
        overlay = overlay_new(fields->env, OVERLAY_PICK, entry->label);
        add_containers(overlay, fields,
                       field->kind == FIELD_TASK   ? ROLE_TASK
                       : field->kind == FIELD_MENU ? ROLE_MENU
                                                   : ROLE_STATE);
        break;
    case FIELD_MENU_CHOICE:
        overlay = overlay_new(fields->env, OVERLAY_PICK, entry->label);
        add_choice_picks(overlay, fields, entry->owner);
        break;
    case FIELD_RESULT:
    case FIELD_VARIABLE:
        overlay = overlay_new(fields->env, OVERLAY_PICK, entry->label);
        add_variable_picks(overlay, fields);
        break;
    case FIELD_FLAG:
        fields_set_prefix(fields, command);
        buf_add_text(command, str_is(buf_str(&text), "true") ? "false" : "true");
        break;
    case FIELD_ROWS:
    case FIELD_INPUTS:
    case FIELD_RESULTS:
        buf_addf(command, "row %s add", field->path);
        break;
    case FIELD_VALUE:
        if (section)
            overlay = pick_named(fields, session, entry, section);
        else if (field->type == TYPE_JSON || memchr(text.ptr ? text.ptr : "", '\n', text.len))
            overlay = open_text(fields, session, entry, buf_str(&text));
        else
            fields_open_line(fields, session, buf_str(&text));
        break;
    default:
        if (field_names_flow(field))
            overlay = pick_flow(fields, session, entry);
        else
            fields_open_line(fields, session, buf_str(&text));
        break;
    }
    if (overlay && overlay->kind == OVERLAY_PICK)
        finish_pick(fields, overlay, buf_str(&text));
    buf_release(&text);
    return overlay;
}

void fields_help(const struct fields *fields, struct buf *out)
{
    const struct field_entry *entry = fields_current(fields);
    if (!entry || !entry->field) {
        const struct action_info *info = fields->flow && fields->spot.output == 0
                                             ? flow_action(fields->flow, fields->spot.node)
                                             : NULL;
        if (info)
            buf_addf(out, "# %s\n%s\n\n%s\n", info->label, info->help, info->source);
        return;
    }
    const struct field *field = entry->field;
    buf_addf(out, "# %s\n%s\n", field->label, field->help ? field->help : "");
    if (field->choices)
        buf_addf(out, "\nOne of: %s\n", field->choices);
    if (field->initial)
        buf_addf(out, "\nA new action gets: %s\n", field->initial);
    if (field->min < field->max)
        buf_addf(out, "\nFrom %lld to %lld.\n", (long long) field->min, (long long) field->max);
    if (field->source)
        buf_addf(out, "\n%s\n", field->source);
}
