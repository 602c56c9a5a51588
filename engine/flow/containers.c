#include "engine/flow/containers.h"

#include "engine/flow/edit_flow.h"

#define NAME_FIELD                                                                                 \
    { .path = "name", .label = "Name", .kind = FIELD_TEXT, .flags = FIELD_REQUIRED,                \
      .max = 200,                                                                                  \
      .help = "A distinctive name; it is shown in the tree and named by jumps and calls.",         \
      .source = "documented: names have at most 200 characters" }
#define END { .path = NULL }

static const struct field named[] = { NAME_FIELD, END };

static const struct field menu[] = {
    NAME_FIELD,
    { .path = "audio", .label = "Prompt", .kind = FIELD_AUDIO, .type = TYPE_AUDIO,
      .help = "What is played before a key is awaited; a key pressed meanwhile counts.",
      .source = "documented: menu" },
    { .path = "settingsMenu/menuSelectionTimeout", .label = "Selection timeout",
      .kind = FIELD_VALUE, .type = TYPE_DURATION, .flags = FIELD_SETTING, .min = 1000,
      .max = 60000, .help = "How long a key is awaited; 10 seconds unless the flow says otherwise.",
      .source = "documented: 1 to 60 s, default 10 s" },
    { .path = "settingsMenu/repeatCount", .label = "Repeat count", .kind = FIELD_VALUE,
      .type = TYPE_INTEGER, .flags = FIELD_SETTING | FIELD_ASSUMED, .min = 0, .max = 10,
      .help = "How often the menu is played again after no or a wrong key; then the default "
              "choice runs, or the call is disconnected.",
      .source = "documented: 0 to 10, default 3; that the first play does not count is assumed" },
    { .path = "settingsMenu/listenForExtensionDialing", .label = "Extension dialing",
      .kind = FIELD_VALUE, .type = TYPE_BOOLEAN, .flags = FIELD_SETTING,
      .help = "Whether callers may dial an extension while the menu listens.",
      .source = "documented: default true" },
    { .path = "settingsMenu/extensionDialingMaxDelay", .label = "Extension delay",
      .kind = FIELD_VALUE, .type = TYPE_DURATION, .flags = FIELD_SETTING, .min = 1000,
      .max = 60000,
      .help = "How long a further digit is awaited; must be shorter than the selection timeout.",
      .source = "documented: at least 1 s" },
    DEFAULT_CHOICE,
    END,
};

static const struct field output_case[] = {
    { .path = "value", .label = "Case", .kind = FIELD_VALUE, .type = TYPE_NONE,
      .flags = FIELD_REQUIRED,
      .help = "The case is taken when this is true, or equals the switch's value.",
      .source = "documented: switch" },
    END,
};

static const struct field variable[] = {
    { .path = "name", .label = "Name", .kind = FIELD_VARIABLE, .flags = FIELD_REQUIRED,
      .help = "Scope and name: Flow.consent. A letter, then letters, digits and underscores.",
      .source = "documented: domain of variables" },
    { .path = "initialValue", .label = "Initial value", .kind = FIELD_VALUE, .type = TYPE_NONE,
      .help = "What it holds at the start; none is NOT_SET, or an empty collection.",
      .source = "documented: variables" },
    { .path = "isInput", .label = "Input", .kind = FIELD_FLAG,
      .help = "Whether a caller of the module or task gives it.",
      .source = "documented: variables" },
    { .path = "isOutput", .label = "Output", .kind = FIELD_FLAG,
      .help = "Whether it goes back to the caller of the module or task.",
      .source = "documented: variables" },
    END,
};

static const struct field none[] = { END };

const struct field *container_fields(enum role role)
{
    switch (role) {
    case ROLE_TASK:
    case ROLE_STATE:
        return named;
    case ROLE_MENU:
        return menu;
    case ROLE_OUTPUT:
        return output_case;
    case ROLE_VARIABLE:
        return variable;
    default:
        return none;
    }
}

const struct field *output_fields(const struct flow *flow, node_id action, node_id output)
{
    const struct action_info *info = flow_action(flow, action);
    bool is_case = info && info->flags & ACTION_HAS_CASES && output &&
                   doc_member(flow->doc, output, ATOM_value);
    return is_case ? output_case : none;
}

const struct field *spot_fields(const struct flow *flow, struct spot spot, node_id *owner)
{
    *owner = spot.node;
    if (spot.output > 0) {
        *owner = flow_output_node(flow, spot);
        return output_fields(flow, spot.node, *owner);
    }
    enum role role = flow_role(flow, spot.node);
    if (role == ROLE_FLOW)
        return flow_type_info(flow->type)->settings;
    if (role == ROLE_ACTION || role == ROLE_CHOICE) {
        const struct action_info *info = flow_action(flow, spot.node);
        return info ? info->fields : named;
    }
    return container_fields(role);
}

bool field_is_shown(const struct flow *flow, node_id owner, const struct field *table,
                    const struct field *field)
{
    struct str when = str_of(field->when);
    ptrdiff_t equals = str_find_char(when, '=');
    const struct field *other = table;
    if (equals < 0)
        return true;
    while (other->path && !str_is(str_slice(when, 0, (size_t) equals), other->path))
        other++;
    if (!other->path)
        return true;
    struct buf text;
    buf_init(&text, flow->doc->env);
    flow_get(flow, owner, other, &text);
    bool shown = str_eq(buf_str(&text), str_slice(when, (size_t) equals + 1, when.len));
    buf_release(&text);
    return shown;
}
