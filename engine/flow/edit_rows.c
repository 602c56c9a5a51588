/* Rows of list fields, cases of a switch, variables. */
#include "engine/doc/write.h"
#include "engine/flow/edit_parts.h"
#include "engine/flow/field_text.h"
#include "engine/flow/tags.h"

static node_id rows_node(const struct flow *flow, node_id owner, const struct field *field)
{
    node_id node = flow_field_node(flow, owner, field->path);
    return node && doc_is_container(flow->doc, node) ? node : 0;
}

unsigned flow_row_count(const struct flow *flow, node_id owner, const struct field *field)
{
    node_id rows = rows_node(flow, owner, field);
    return rows ? (unsigned) doc_count_children(flow->doc, rows) : 0;
}

/* The item of a row among its siblings; 0: none. */
static node_id row_item(const struct flow *flow, node_id owner, const struct field *field,
                        unsigned row)
{
    node_id rows = rows_node(flow, owner, field);
    node_id at = rows ? doc_first(flow->doc, rows) : 0;
    while (at && row-- > 0)
        at = doc_next(flow->doc, at);
    return at;
}

static node_id row_of(const struct flow *flow, const struct field *field, node_id item)
{
    bool wrapped = field->row_key || field->flags & FIELD_ROW_TYPED;
    return item && wrapped ? item_body(flow->doc, item) : item;
}

node_id flow_row(const struct flow *flow, node_id owner, const struct field *field, unsigned row)
{
    return row_of(flow, field, row_item(flow, owner, field, row));
}

bool flow_row_next(const struct flow *flow, node_id owner, const struct field *field,
                   struct flow_rows *at)
{
    node_id next = at->item ? doc_next(flow->doc, at->item) : row_item(flow, owner, field, 0);
    *at = (struct flow_rows){ next, row_of(flow, field, next) };
    return next != 0;
}

struct field flow_row_field(const struct field *list)
{
    return (struct field){ .path = "",
                           .label = list->label,
                           .kind = list->kind == FIELD_RESULTS ? FIELD_RESULT : FIELD_VALUE,
                           .type = list->type,
                           .help = list->help,
                           .source = list->source };
}

/* What a new field of a row holds: its initial value, or what is empty for its kind. */
static const char *initial_of(const struct field *part)
{
    switch (part->kind) {
    case FIELD_VALUE:
    case FIELD_OPTION:
    case FIELD_AUDIO:
    case FIELD_RESULT:
        return part->initial ? part->initial : "{\"noValue\":true}";
    default:
        return part->initial ? part->initial : "\"\"";
    }
}

/* A new row: an object with the row's fields, under its key; a value where rows have no fields. */
static void row_json(const struct field *field, struct buf *out)
{
    const char *key = field->row_key                   ? field->row_key
                      : field->flags & FIELD_ROW_TYPED ? "string"
                                                       : NULL;
    if (key)
        buf_addf(out, "{\"%s\":", key);
    if (field->rows) {
        buf_add_char(out, '{');
        for (const struct field *part = field->rows; part->path; part++)
            buf_addf(out, "%s\"%s\":%s", part == field->rows ? "" : ",", part->path,
                     initial_of(part));
        buf_add_char(out, '}');
    } else {
        buf_add_text(out, "{\"noValue\":true}");
    }
    if (key)
        buf_add_char(out, '}');
}

/* The container of the rows, made where it is not written; a value in its place (noValue) gives
 * way. */
static node_id make_rows(struct change *change, struct flow *flow, node_id owner,
                         const struct field *field, struct diags *diags)
{
    node_id rows = rows_node(flow, owner, field);
    if (rows)
        return rows;
    struct str json = field->kind == FIELD_ROWS ? STR("[]") : STR("{}");
    if (!put_field(change, flow, owner, str_of(field->path), json, diags))
        return 0;
    return rows_node(flow, owner, field);
}

bool flow_row_add(struct change *change, struct flow *flow, node_id owner,
                  const struct field *field, unsigned at, struct diags *diags)
{
    node_id rows = make_rows(change, flow, owner, field, diags);
    if (!rows)
        return false;
    struct buf json, key;
    buf_init(&json, change->env);
    buf_init(&key, change->env);
    row_json(field, &json);
    unsigned number = flow_row_count(flow, owner, field);
    while (field->kind != FIELD_ROWS) {
        buf_clear(&key);
        buf_addf(&key, "value%u", ++number);
        if (!doc_member_named(flow->doc, rows, buf_str(&key)))
            break;
    }
    node_id after = at > 0 ? row_item(flow, owner, field, at - 1) : 0;
    if (at > 0 && !after)
        after = doc_last(flow->doc, rows);
    struct str name = field->kind == FIELD_ROWS ? STR_NONE : buf_str(&key);
    node_id node = change_graft(change, flow, name, buf_str(&json), diags);
    bool fine = node && change_insert(change, flow, rows, after, node, diags);
    buf_release(&json);
    buf_release(&key);
    return fine;
}

bool flow_row_rename(struct change *change, struct flow *flow, node_id owner,
                     const struct field *field, unsigned row, struct str name,
                     struct diags *diags)
{
    node_id item = row_item(flow, owner, field, row);
    if (!item || field->kind == FIELD_ROWS || name.len == 0)
        return diag_add(diags, DIAG_SET_WRONG, NULL, str_of(field->label), name,
                        STR("a name for each value"), STR_NONE);
    return change_key(change, flow, item, name, diags);
}

bool flow_row_delete(struct change *change, struct flow *flow, node_id owner,
                     const struct field *field, unsigned row, struct diags *diags)
{
    node_id item = row_item(flow, owner, field, row);
    if (!item)
        return diag_add0(diags, DIAG_DELETE_NOT, NULL);
    return change_remove(change, flow, item, diags);
}

bool flow_row_move(struct change *change, struct flow *flow, node_id owner,
                   const struct field *field, unsigned from, unsigned to, struct diags *diags)
{
    node_id item = row_item(flow, owner, field, from);
    if (!item || to >= flow_row_count(flow, owner, field))
        return diag_add0(diags, DIAG_DELETE_NOT, NULL);
    if (from == to)
        return true;
    node_id after = to == 0 ? 0 : row_item(flow, owner, field, from < to ? to : to - 1);
    return change_move(change, flow, item, doc_parent(flow->doc, item), after, diags);
}

bool flow_case_add(struct change *change, struct flow *flow, node_id action, struct diags *diags)
{
    node_id body = switch_body(flow, action);
    node_id cases = body ? doc_member(flow->doc, body, ATOM_cases) : 0;
    if (!body)
        return diag_add0(diags, DIAG_ADD_NOT_HERE, NULL);
    if (!cases) {
        cases = change_graft(change, flow, STR("cases"), STR("[]"), diags);
        if (!cases ||
            !change_insert(change, flow, body, doc_last(flow->doc, body), cases, diags))
            return false;
    }
    if (doc_count_children(flow->doc, cases) >= 64)
        return diag_add0(diags, DIAG_CASES_FULL, NULL);
    node_id node = change_graft(change, flow, STR_NONE,
                                STR("{\"case\":{\"value\":{\"noValue\":true},\"actions\":[]}}"),
                                diags);
    return node && change_insert(change, flow, cases, doc_last(flow->doc, cases), node, diags);
}

bool flow_case_delete(struct change *change, struct flow *flow, struct spot output,
                      struct diags *diags)
{
    node_id node = flow_output_node(flow, output);
    node_id item = node ? doc_parent(flow->doc, node) : 0;
    if (!item || doc_node(flow->doc, node)->key != ATOM_case)
        return diag_add0(diags, DIAG_DELETE_NOT, NULL);
    return change_remove(change, flow, item, diags);
}

/* A container below an object, made at its end where it is not written. */
static node_id make_container(struct change *change, struct flow *flow, node_id object,
                              const char *key, const char *json, struct diags *diags)
{
    node_id node = doc_member_named(flow->doc, object, str_of(key));
    if (node && doc_is_container(flow->doc, node))
        return node;
    if (!put_field(change, flow, object, str_of(key), str_of(json), diags))
        return 0;
    return doc_member_named(flow->doc, object, str_of(key));
}

bool flow_output_add(struct change *change, struct flow *flow, node_id action, struct str name,
                     struct diags *diags)
{
    const struct action_info *info = flow_action(flow, action);
    bool paths = info && info->flags & ACTION_HAS_PATHS;
    if (!paths && !(info && info->flags & ACTION_HAS_NAMES))
        return diag_add0(diags, DIAG_ADD_NOT_HERE, NULL);
    if (!flow_name_fits(flow, name, diags))
        return false;
    if (flow_output_find(flow, action, name))
        return diag_add2(diags, DIAG_RENAME_TAKEN, NULL, STR("output"), name);
    node_id object = make_container(change, flow, action, "outputs", "{}", diags);
    if (object && paths)
        object = make_container(change, flow, object, "paths", "[]", diags);
    if (!object)
        return false;
    struct buf json;
    buf_init(&json, change->env);
    buf_add_text(&json, paths ? "{\"path\":{\"name\":" : "{\"actions\":[]}");
    if (paths) {
        json_add_text(&json, name, false);
        buf_add_text(&json, ",\"actions\":[]}}");
    }
    node_id node = change_graft(change, flow, paths ? STR_NONE : name, buf_str(&json), diags);
    buf_release(&json);
    return node && change_insert(change, flow, object, doc_last(flow->doc, object), node, diags);
}

bool flow_output_delete(struct change *change, struct flow *flow, struct spot output,
                        struct diags *diags)
{
    const struct action_info *info = flow_action(flow, output.node);
    node_id node = output.output ? flow_output_node(flow, output) : 0;
    struct str id = node ? doc_key(flow->doc, node) : STR_NONE;
    bool own = node && info && info->flags & (ACTION_HAS_PATHS | ACTION_HAS_NAMES);
    for (const struct output_info *at = own ? info->outputs : NULL; at && at->id; at++)
        own = own && !str_is(id, at->id);
    if (!own)
        return diag_add0(diags, DIAG_DELETE_NOT, NULL);
    if (doc_node(flow->doc, node)->key == ATOM_path)
        node = doc_parent(flow->doc, node);
    return change_remove(change, flow, node, diags);
}

/* A scope that authors may create in, then a name. */
static bool is_name(struct str text, struct str *scope)
{
    static const char *const scopes[] = { "Flow", "Task", "State", "Common" };
    if (!is_variable_name(text))
        return false;
    *scope = str_slice(text, 0, (size_t) str_find_char(text, '.'));
    for (size_t i = 0; i < sizeof scopes / sizeof *scopes; i++) {
        if (str_eq_nocase(*scope, str_of(scopes[i])))
            return true;
    }
    return false;
}

static bool is_declared(const struct flow *flow, node_id owner, struct str name)
{
    for (node_id at = 0; (at = flow_variable_next(flow, owner, at)) != 0;) {
        struct variable_info info;
        if (flow_variable(flow, at, &info) && str_eq_nocase(info.full_name, name))
            return true;
    }
    return false;
}

/* What declares a variable of this scope near a node: the flow, or the task or state around it,
 * made where it is a choice's and not written; 0: nothing does. *key: the list. */
static node_id declaring(struct change *change, struct flow *flow, struct str scope, node_id near,
                         atom_id *key, struct diags *diags)
{
    bool local = str_eq_nocase(scope, STR("Task")) || str_eq_nocase(scope, STR("State"));
    node_id around = local ? flow_scope_of(flow, near) : flow->body;
    bool inner = local && !around && flow_role(flow, near) == ROLE_CHOICE &&
                 flow_output_count(flow, near) > 0;
    if (inner && make_list(change, flow, (struct spot){ near, 1 }, diags))
        around = flow_scope_of(flow, near);
    *key = local && around == flow->body ? ATOM_startUpTaskVariables : ATOM_variables;
    return around;
}

/* The list of declarations, made behind the name and what comes with it. */
static node_id make_declarations(struct change *change, struct flow *flow, node_id owner,
                                 atom_id key, struct diags *diags)
{
    static const atom_id before[] = { ATOM_name,        ATOM_refId,           ATOM_description,
                                      ATOM_division,    ATOM_startUpRef,      ATOM_defaultLanguage,
                                      ATOM_supportedLanguages, ATOM_initialGreeting };
    const struct doc *doc = flow->doc;
    node_id list = doc_member(doc, owner, key), after = 0;
    if (list && doc_kind(doc, list) == NODE_LIST)
        return list;
    for (node_id at = doc_first(doc, owner); at; at = doc_next(doc, at)) {
        for (size_t i = 0; i < sizeof before / sizeof *before; i++) {
            if (doc_node(doc, at)->key == before[i])
                after = at;
        }
    }
    node_id node = change_graft(change, flow, atoms_text(doc->atoms, key), STR("[]"), diags);
    bool fine = node && (list ? change_replace(change, flow, list, node, diags)
                              : change_insert(change, flow, owner, after, node, diags));
    return fine ? node : 0;
}

node_id flow_add_variable(struct change *change, struct flow *flow, node_id near,
                          struct str full_name, struct str type, struct diags *diags)
{
    struct str scope;
    enum value_type value_type;
    bool is_list;
    atom_id key;
    if (!is_name(full_name, &scope))
        return diag_add1(diags, DIAG_VARIABLE_NAME, NULL, full_name);
    if (!value_type_find(type, &value_type, &is_list))
        return diag_add1(diags, DIAG_VARIABLE_TYPE, NULL, type);
    node_id owner = declaring(change, flow, scope, near, &key, diags);
    if (!owner)
        return diag_add1(diags, DIAG_VARIABLE_NOWHERE, NULL, full_name);
    if (is_declared(flow, owner, full_name))
        return diag_add1(diags, DIAG_VARIABLE_TWICE, NULL, full_name);
    node_id list = make_declarations(change, flow, owner, key, diags);
    struct buf json;
    buf_init(&json, change->env);
    buf_addf(&json, "{\"%.*sVariable\":{\"name\":", STR_ARG(type));
    json_add_text(&json, full_name, false);
    buf_add_text(&json, ",\"initialValue\":{\"noValue\":true}}}");
    node_id item = list ? change_graft(change, flow, STR_NONE, buf_str(&json), diags) : 0;
    bool fine = item && change_insert(change, flow, list, doc_last(flow->doc, list), item, diags);
    buf_release(&json);
    return fine ? item_body(flow->doc, item) : 0;
}
