#include "tui/view/fields.h"

#include <string.h>
#include "engine/doc/write.h"
#include "engine/flow/containers.h"

enum { LABEL_MAX = 16, SHOWN_MAX = 200 };

void fields_init(struct fields *fields, struct env *env)
{
    *fields = (struct fields){ .env = env };
    arena_init(&fields->arena, env);
    textedit_init(&fields->edit, env, false, LIMIT_EXPRESSION_LENGTH);
    suggest_init(&fields->suggest, env);
}

void fields_release(struct fields *fields)
{
    textedit_release(&fields->edit);
    suggest_release(&fields->suggest);
    mem_free(fields->env, fields->entries);
    arena_release(&fields->arena);
}

static struct str keep(struct fields *fields, struct str text)
{
    size_t len = text.len < SHOWN_MAX * 4 ? text.len : SHOWN_MAX * 4;
    return (struct str){ arena_text(&fields->arena, text.ptr ? text.ptr : "", len), len };
}

static struct field_entry *add_entry(struct fields *fields, struct field_entry entry)
{
    fields->entries = mem_grow(fields->env, fields->entries, &fields->capacity, fields->count + 1,
                               sizeof *fields->entries);
    fields->entries[fields->count] = entry;
    return &fields->entries[fields->count++];
}

static enum style value_style(struct form_value value)
{
    switch (value.form) {
    case FORM_ABSENT:
    case FORM_NO_VALUE:
        return STYLE_DEFAULTED;
    case FORM_EXPRESSION:
        return STYLE_EXPRESSION;
    case FORM_WRONG:
        return STYLE_ERROR;
    default:
        return STYLE_NORMAL;
    }
}

static void add_fields(struct fields *fields, node_id owner, const struct field *table, int indent);

/* A field with its value, under its label. */
static struct field_entry *add_value(struct fields *fields, node_id owner,
                                     const struct field *field, int indent)
{
    struct buf text;
    buf_init(&text, fields->env);
    flow_show(fields->flow, owner, field, &text);
    struct field_entry entry = { .field = field,
                                 .owner = owner,
                                 .indent = indent,
                                 .label = str_of(field->label),
                                 .value = keep(fields, buf_str(&text)),
                                 .style = value_style(flow_value(fields->flow, owner, field)) };
    buf_release(&text);
    return add_entry(fields, entry);
}

/* A value's name; its number where it has none. */
static struct str keep_row_label(struct fields *fields, const struct field *list, node_id node,
                                 unsigned number)
{
    struct buf text;
    buf_init(&text, fields->env);
    if (list->kind == FIELD_ROWS)
        buf_addf(&text, "%u", number);
    else
        buf_add(&text, doc_key(fields->flow->doc, node));
    struct str label = keep(fields, buf_str(&text));
    buf_release(&text);
    return label;
}

/* The rows of a list field, each with its own fields below it. */
static void add_rows(struct fields *fields, node_id owner, const struct field *field, int indent)
{
    unsigned count = flow_row_count(fields->flow, owner, field);
    for (unsigned row = 0; row < count; row++) {
        node_id node = flow_row(fields->flow, owner, field, row);
        if (!node)
            continue;
        if (field->rows) {
            size_t first = fields->count;
            add_fields(fields, node, field->rows, indent + 1);
            for (size_t i = first; i < fields->count; i++) {
                fields->entries[i].row = row + 1;
                fields->entries[i].list = field;
                fields->entries[i].list_owner = owner;
            }
            continue;
        }
        struct field *own = arena_alloc(&fields->arena, sizeof *own);
        *own = flow_row_field(field);
        struct field_entry *entry = add_value(fields, node, own, indent + 1);
        entry->label = keep_row_label(fields, field, node, row + 1);
        entry->row = row + 1;
        entry->list = field;
        entry->list_owner = owner;
    }
}

static void add_field(struct fields *fields, node_id owner, const struct field *field, int indent)
{
    add_value(fields, owner, field, indent);
    if (field_has_rows(field))
        add_rows(fields, owner, field, indent);
}

/* Set Post-Flow's flow is labelled after the Action Type (the product's page). */
static void label_target_flow(struct fields *fields, struct field_entry *entry)
{
    struct post_flow_fields post;
    const struct action_info *info = flow_action(fields->flow, entry->owner);
    if (!info || strcmp(info->key, "setPostFlow") || strcmp(entry->field->path, "targetFlow"))
        return;
    flow_post_flow(fields->flow, entry->owner, &post);
    if (post.flow_type == FLOW_VOICE_SURVEY)
        entry->label = STR("Voice Survey Flow");
    else if (post.flow_type == FLOW_INBOUND_CALL)
        entry->label = STR("Inbound Call Flow");
}

static void add_fields(struct fields *fields, node_id owner, const struct field *table, int indent)
{
    for (const struct field *field = table; field->path; field++) {
        if (!field_is_shown(fields->flow, owner, table, field))
            continue;
        add_field(fields, owner, field, indent);
        if (flow_role(fields->flow, owner) == ROLE_ACTION)
            label_target_flow(fields, &fields->entries[fields->count - 1]);
    }
}

/* Members of an action nobody knows: shown as they stand. */
static void add_members(struct fields *fields, node_id owner)
{
    const struct doc *doc = fields->flow->doc;
    for (node_id at = doc_first(doc, owner); at; at = doc_next(doc, at)) {
        atom_id key = doc_node(doc, at)->key;
        if (key == ATOM_name || key == ATOM_outputs)
            continue;
        struct buf text;
        buf_init(&text, fields->env);
        doc_write_compact(doc, at, &text);
        add_entry(fields, (struct field_entry){ .owner = owner,
                                                .label = keep(fields, doc_key(doc, at)),
                                                .value = keep(fields, buf_str(&text)),
                                                .style = STYLE_DIM });
        buf_release(&text);
    }
}

static void add_variables(struct fields *fields, node_id owner)
{
    node_id at = 0;
    bool headed = false;
    while ((at = flow_variable_next(fields->flow, owner, at)) != 0) {
        struct variable_info info;
        if (!flow_variable(fields->flow, at, &info))
            continue;
        if (!headed)
            add_entry(fields, (struct field_entry){ .label = STR("Variables"),
                                                    .style = STYLE_HEADING });
        headed = true;
        struct buf text;
        buf_init(&text, fields->env);
        buf_addf(&text, "%s%s%s%s", value_type_name(info.type), info.list ? " Collection" : "",
                 info.input ? ", input" : "", info.output ? ", output" : "");
        add_entry(fields, (struct field_entry){ .owner = at,
                                                .indent = 1,
                                                .label = keep(fields, info.full_name),
                                                .value = keep(fields, buf_str(&text)),
                                                .style = STYLE_DIM });
        buf_release(&text);
    }
}

void fields_update(struct fields *fields, struct flow *flow, struct spot spot)
{
    bool same = fields->flow == flow && fields->spot.node == spot.node &&
                fields->spot.output == spot.output;
    if (same && (!flow || fields->revision == flow->doc->revision))
        return;
    if (!same)
        fields->scroll = (struct scroll){ 0 };
    fields->flow = flow;
    fields->spot = spot;
    fields->count = 0;
    arena_clear(&fields->arena);
    if (!flow)
        return;
    fields->revision = flow->doc->revision;
    node_id owner;
    const struct field *table = spot_fields(flow, spot, &owner);
    if (owner)
        add_fields(fields, owner, table, 0);
    enum role role = flow_role(flow, spot.node);
    if (spot.output == 0 && role == ROLE_ACTION && !flow_action(flow, spot.node))
        add_members(fields, spot.node);
    if (spot.output == 0 && (role == ROLE_FLOW || role == ROLE_TASK || role == ROLE_STATE))
        add_variables(fields, spot.node);
    if (role == ROLE_CHOICE && flow_scope_of(flow, spot.node))
        add_variables(fields, flow_scope_of(flow, spot.node));
    scroll_fit(&fields->scroll, fields->count, fields->scroll.page);
}

const struct field_entry *fields_current(const struct fields *fields)
{
    return fields->scroll.cursor < fields->count ? &fields->entries[fields->scroll.cursor] : NULL;
}

/* What the line has become is looked at while it is typed. */
static void look(struct fields *fields)
{
    const struct field_entry *entry = fields_current(fields);
    struct assist_place place = { .flow = fields->flow, .node = fields->spot.node };
    struct str text = buf_str(&fields->edit.text);
    if (!fields->session || !entry->field || !fields_takes_expression(entry->field) ||
        !str_starts(text, STR("="))) {
        suggest_close(&fields->suggest);
        fields->edit.mark = SIZE_MAX;
        return;
    }
    place.wanted = (struct expr_type){ (uint8_t) entry->field->type,
                                       entry->field->flags & FIELD_COLLECTION };
    suggest_look(&fields->suggest, fields->session, &place, &fields->edit);
}

void fields_open_line(struct fields *fields, struct session *session, struct str text)
{
    fields->editing = true;
    fields->session = session;
    textedit_set(&fields->edit, text);
    look(fields);
}

enum edit_result fields_key(struct fields *fields, struct key key)
{
    enum edit_result result = EDIT_MOVED;
    enum suggest_result suggested = suggest_key(&fields->suggest, &fields->edit, key);
    if (suggested == SUGGEST_UNUSED)
        result = textedit_key(&fields->edit, key);
    if (suggested == SUGGEST_TAKEN)
        result = EDIT_CHANGED;
    if (result == EDIT_CHANGED || (result == EDIT_MOVED && suggested == SUGGEST_UNUSED))
        look(fields);
    return result;
}

void fields_paste(struct fields *fields, struct str text)
{
    textedit_paste(&fields->edit, text);
    look(fields);
}

void fields_close(struct fields *fields)
{
    fields->editing = false;
    suggest_close(&fields->suggest);
}

/* The open line begins at its column and grows to the left over the other panes as it fills. */
static void draw_line(struct fields *fields, struct canvas *canvas, struct area row, int value_col)
{
    int end = row.col + row.cols, cols = end - value_col;
    int wanted = canvas_columns(canvas, buf_str(&fields->edit.text)) + 2;
    if (fields->suggest.active && wanted > cols)
        cols = wanted < end - 1 ? wanted : end - 1;
    textedit_draw(&fields->edit, canvas, (struct area){ row.row, end - cols, 1, cols },
                  STYLE_FIELD, true);
}

static void draw_entry(struct fields *fields, struct canvas *canvas, struct area row,
                       const struct field_entry *entry, bool cursor, int label_width)
{
    int col = row.col + entry->indent * 2;
    int value_col = row.col + label_width + 1;
    int left = row.col + row.cols - value_col;
    enum style label_style = entry->style == STYLE_HEADING ? STYLE_HEADING : STYLE_NORMAL;
    if (cursor && !fields->editing) {
        canvas_fill(canvas, row, STYLE_CURSOR);
        label_style = STYLE_CURSOR;
    }
    canvas_put(canvas, row.row, col, value_col - col - 1, label_style, entry->label);
    if (left <= 0)
        return;
    if (cursor && fields->editing) {
        draw_line(fields, canvas, row, value_col);
        return;
    }
    canvas_put(canvas, row.row, value_col, left, cursor ? STYLE_CURSOR : entry->style,
               entry->value);
}

void fields_draw(struct fields *fields, struct canvas *canvas, struct area area, bool focused)
{
    int width = 0;
    for (size_t i = 0; i < fields->count; i++) {
        int columns = fields->entries[i].indent * 2 + (int) fields->entries[i].label.len;
        if (columns > width)
            width = columns;
    }
    int most = area.cols / 2 < LABEL_MAX + 2 ? area.cols / 2 : LABEL_MAX + 2;
    if (width > most)
        width = most;
    scroll_fit(&fields->scroll, fields->count, area.rows);
    for (int i = 0; i < area.rows && fields->scroll.top + (size_t) i < fields->count; i++) {
        size_t at = fields->scroll.top + (size_t) i;
        bool cursor = focused && at == fields->scroll.cursor;
        draw_entry(fields, canvas, (struct area){ area.row + i, area.col, 1, area.cols },
                   &fields->entries[at], cursor, width);
    }
}
