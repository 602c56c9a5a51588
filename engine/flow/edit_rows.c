/* Rows of list fields, cases of a switch, variables. */
#include <string.h>
#include "engine/doc/write.h"
#include "engine/flow/edit_flow.h"
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

node_id flow_row(const struct flow *flow, node_id owner, const struct field *field, unsigned row)
{
    node_id item = row_item(flow, owner, field, row);
    bool wrapped = field->row_key || field->flags & FIELD_ROW_TYPED;
    return item && wrapped ? item_body(flow->doc, item) : item;
}

/* What a new row is: an object with the row's fields, under its key. */
static void row_json(const struct field *field, unsigned number, struct buf *out)
{
    if (field->kind == FIELD_INPUTS || field->kind == FIELD_RESULTS) {
        (void) number;
        buf_add_text(out, "{\"noValue\":true}");
        return;
    }
    const char *key = field->row_key ? field->row_key
                      : field->flags & FIELD_ROW_TYPED ? "string" : NULL;
    if (key)
        buf_addf(out, "{\"%s\":", key);
    if (field->rows) {
        buf_add_char(out, '{');
        for (const struct field *part = field->rows; part->path; part++)
            buf_addf(out, "%s\"%s\":%s", part == field->rows ? "" : ",", part->path,
                     part->kind == FIELD_VARIABLE ? "\"\"" : "{\"noValue\":true}");
        buf_add_char(out, '}');
    } else {
        buf_add_text(out, "{\"noValue\":true}");
    }
    if (key)
        buf_add_char(out, '}');
}

/* The container of the rows, made where it is not written. */
static node_id make_rows(struct change *change, struct flow *flow, node_id owner,
                         const struct field *field, struct diags *diags)
{
    node_id rows = rows_node(flow, owner, field);
    if (rows)
        return rows;
    const char *slash = strrchr(field->path, '/');
    node_id parent = owner;
    if (slash) {
        char *path = mem_clone(change->env, field->path, strlen(field->path) + 1);
        path[slash - field->path] = 0;
        parent = flow_field_node(flow, owner, path);
        mem_free(change->env, path);
    }
    if (!parent) {
        diag_add0(diags, DIAG_SET_KEY_FIRST, NULL);
        return 0;
    }
    struct str key = str_of(slash ? slash + 1 : field->path);
    rows = change_graft(change, flow, key, field->kind == FIELD_ROWS ? STR("[]") : STR("{}"),
                        diags);
    node_id outputs = doc_member(flow->doc, parent, ATOM_outputs);
    node_id after = outputs ? doc_prev(flow->doc, outputs) : doc_last(flow->doc, parent);
    return rows && change_insert(change, flow, parent, after, rows, diags) ? rows : 0;
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
    unsigned number = flow_row_count(flow, owner, field);
    row_json(field, number, &json);
    if (field->kind != FIELD_ROWS) {
        do {
            buf_clear(&key);
            buf_addf(&key, "value%u", ++number);
        } while (doc_member_named(flow->doc, rows, buf_str(&key)));
    }
    node_id after = at > 0 ? row_item(flow, owner, field, at - 1) : 0;
    node_id node = change_graft(change, flow, buf_str(&key), buf_str(&json), diags);
    bool fine = node && change_insert(change, flow, rows, after, node, diags);
    buf_release(&json);
    buf_release(&key);
    return fine;
}

bool flow_row_delete(struct change *change, struct flow *flow, node_id owner,
                     const struct field *field, unsigned row, struct diags *diags)
{
    node_id item = row_item(flow, owner, field, row);
    return item && change_remove(change, flow, item, diags);
}

bool flow_row_move(struct change *change, struct flow *flow, node_id owner,
                   const struct field *field, unsigned from, unsigned to, struct diags *diags)
{
    node_id item = row_item(flow, owner, field, from);
    if (!item || from == to)
        return item != 0;
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

/* "Flow.consent": a scope that authors may create in, then a name. */
static bool is_name(struct str text, struct str *scope)
{
    static const char *const scopes[] = { "Flow", "Task", "State", "Common" };
    ptrdiff_t dot = str_find_char(text, '.');
    if (dot <= 0 || (size_t) dot + 1 >= text.len)
        return false;
    *scope = str_slice(text, 0, (size_t) dot);
    bool known = false;
    for (size_t i = 0; i < 4; i++)
        known |= str_eq_nocase(*scope, str_of(scopes[i]));
    for (size_t i = (size_t) dot + 1; i < text.len; i++) {
        char c = text.ptr[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        bool other = (c >= '0' && c <= '9') || c == '_';
        if (!letter && ((ptrdiff_t) i == dot + 1 || !other))
            return false;
    }
    return known;
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

node_id flow_add_variable(struct change *change, struct flow *flow, node_id near,
                          struct str full_name, struct str type, struct diags *diags)
{
    struct str scope;
    enum value_type value_type;
    bool is_list;
    if (!is_name(full_name, &scope)) {
        diag_add1(diags, DIAG_VARIABLE_NAME, NULL, full_name);
        return 0;
    }
    if (!value_type_find(type, &value_type, &is_list)) {
        diag_add1(diags, DIAG_VARIABLE_TYPE, NULL, type);
        return 0;
    }
    bool local = str_eq_nocase(scope, STR("Task")) || str_eq_nocase(scope, STR("State"));
    node_id around = local ? flow_container_of(flow, near) : 0;
    if (around && flow_role(flow, around) == ROLE_MENU)
        around = 0;
    node_id owner = around ? around : flow->body;
    if (is_declared(flow, owner, full_name)) {
        diag_add1(diags, DIAG_VARIABLE_TWICE, NULL, full_name);
        return 0;
    }
    node_id list = doc_member(flow->doc, owner, ATOM_variables);
    if (!list) {
        list = change_graft(change, flow, STR("variables"), STR("[]"), diags);
        node_id actions = doc_member(flow->doc, owner, ATOM_actions);
        node_id after = actions ? doc_prev(flow->doc, actions)
                                : doc_member(flow->doc, owner, ATOM_name);
        if (!list || !change_insert(change, flow, owner, after, list, diags))
            return 0;
    }
    struct buf json;
    buf_init(&json, change->env);
    buf_addf(&json, "{\"%.*sVariable\":{\"name\":", STR_ARG(type));
    json_add_text(&json, full_name, false);
    buf_add_text(&json, ",\"initialValue\":{\"noValue\":true}}}");
    node_id item = change_graft(change, flow, STR_NONE, buf_str(&json), diags);
    bool fine = item && change_insert(change, flow, list, doc_last(flow->doc, list), item, diags);
    buf_release(&json);
    return fine ? item_body(flow->doc, item) : 0;
}
