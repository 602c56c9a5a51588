#include "engine/flow/shapes.h"

#include <stdio.h>
#include <string.h>
#include "engine/base/env.h"
#include "engine/flow/containers.h"
#include "engine/flow/path.h"
#include "engine/flow/tags.h"

/* A table of fields with the atom of each one's first step, made when it is first met. */
struct table {
    const struct field *fields;
    atom_id *keys;
};
struct shapes {
    const struct flow *flow;
    struct diags *diags;
    struct arena arena;
    struct table *actions; /* by index in the catalogue */
    struct table roles[ROLE_VARIABLE + 1];
    struct table rows[8]; /* of list fields; the first is given up when there are more */
    struct path_memo memo;
    atom_id days, hours, minutes, seconds, ms;
};

static void tell(struct shapes *s, enum diag_code code, node_id node, struct str a, struct str b,
                 struct str c)
{
    struct place place = { 0 };
    struct buf path;
    doc_place(s->flow->doc, node, &place);
    place.node = node;
    buf_init(&path, s->flow->doc->env);
    path_print_next(s->flow, (struct spot){ node, 0 }, &s->memo, &path);
    place.path = buf_str(&path);
    diag_add(s->diags, code, &place, a, b, c, STR_NONE);
    buf_release(&path);
}

static void tell_wanted(struct shapes *s, node_id node, const char *wanted)
{
    tell(s, DIAG_FLOW_SHAPE, node, str_of(wanted), STR_NONE, STR_NONE);
}

/* --- values --- */

static bool is_token(struct str text)
{
    for (size_t i = 0; i + 1 < text.len; i++) {
        if (text.ptr[i] == '{' && text.ptr[i + 1] == '{')
            return true;
    }
    return false;
}

static bool is_boolean(const struct doc *doc, node_id node)
{
    enum node_kind kind = doc_core_kind(doc, node);
    struct str text = doc_text(doc, node);
    return kind == NODE_TRUE || kind == NODE_FALSE || str_is(text, "true") ||
           str_is(text, "false");
}

/* {days, hours, minutes, seconds, ms} of whole numbers, or an ISO 8601 text. */
static bool is_duration(const struct shapes *s, node_id node)
{
    const struct doc *doc = s->flow->doc;
    int64_t number;
    if (doc_kind(doc, node) != NODE_OBJECT)
        return flow_duration(s->flow, node, &number);
    for (node_id at = doc_first(doc, node); at; at = doc_next(doc, at)) {
        atom_id key = doc_node(doc, at)->key;
        bool known = key == s->seconds || key == s->ms || key == s->minutes || key == s->hours ||
                     key == s->days;
        if (!known || (!str_to_int(doc_text(doc, at), &number) && !is_token(doc_text(doc, at))))
            return false;
    }
    return true;
}

/* What a literal of this type should be; NULL when it is that. */
static const char *misfit(const struct shapes *s, enum value_type type, node_id node)
{
    const struct doc *doc = s->flow->doc;
    bool scalar = !doc_is_container(doc, node);
    struct str text = doc_text(doc, node);
    int64_t number;
    if (scalar && is_token(text))
        return NULL;
    switch (type) {
    case TYPE_NONE:
    case TYPE_JSON:
    case TYPE_OBJECT:
        return NULL;
    case TYPE_BOOLEAN:
        return is_boolean(doc, node) ? NULL : "true or false";
    case TYPE_INTEGER:
        return str_to_int(text, &number) ? NULL : "a whole number";
    case TYPE_DECIMAL:
        return scalar && flow_is_number(text) ? NULL : "a number";
    case TYPE_DURATION:
        return is_duration(s, node) ? NULL : "an object of days, hours, minutes, seconds, ms";
    case TYPE_STRING:
    case TYPE_DATETIME:
    case TYPE_DATE:
    case TYPE_TIME:
        return scalar ? NULL : "a text";
    default:
        return doc_is_text(doc, node) ||
                       doc_kind(doc, node) == NODE_OBJECT
                   ? NULL
                   : "an object with a name";
    }
}

static void check_literal(struct shapes *s, node_id owner, const struct field *field, node_id node)
{
    bool list = field->flags & FIELD_COLLECTION;
    enum value_type type = field->type == TYPE_NONE
                               ? flow_field_type(s->flow, owner, field, &list)
                               : field->type;
    const char *wanted = list ? NULL : misfit(s, type, node);
    if (wanted)
        tell(s, DIAG_FIELD_TYPE, node, str_of(field->label), str_of(wanted), STR_NONE);
}

static bool is_form(atom_id key)
{
    return key == ATOM_lit || key == ATOM_exp || key == ATOM_noValue || key == ATOM_var ||
           key == ATOM_tts || key == ATOM_prompt || key == ATOM_alternateSequences;
}

static bool is_text(const struct doc *doc, node_id node)
{
    return !doc_is_container(doc, node) && !doc_is_null(doc, node);
}

/* A value: one member of those known, and what stands under it. */
static void check_value(struct shapes *s, node_id owner, const struct field *field, node_id node)
{
    const struct doc *doc = s->flow->doc;
    node_id form = 0;
    if (doc_is_null(doc, node))
        return;
    if (doc_kind(doc, node) != NODE_OBJECT) {
        if (field->kind != FIELD_AUDIO && field->kind != FIELD_RESULT)
            check_literal(s, owner, field, node);
        return;
    }
    for (node_id at = doc_first(doc, node); at; at = doc_next(doc, at)) {
        if (!is_form(doc_node(doc, at)->key))
            continue;
        if (form)
            tell(s, DIAG_VALUE_FORMS, at, str_of(field->label), doc_key(doc, form),
                 doc_key(doc, at));
        form = at;
    }
    atom_id key = form ? doc_node(doc, form)->key : ATOM_NONE;
    if (key == ATOM_lit && field->kind != FIELD_AUDIO && field->kind != FIELD_RESULT)
        check_literal(s, owner, field, form);
    else if ((key == ATOM_exp || key == ATOM_var || key == ATOM_tts || key == ATOM_prompt) &&
             !is_text(doc, form))
        tell(s, DIAG_FIELD_TYPE, form, doc_key(doc, form), STR("a text"), STR_NONE);
}

static bool is_word(const char *choices, struct str word)
{
    struct str rest = str_of(choices);
    while (rest.len > 0) {
        ptrdiff_t bar = str_find_char(rest, '|');
        if (str_eq(bar < 0 ? rest : str_slice(rest, 0, (size_t) bar), word))
            return true;
        rest = bar < 0 ? STR_NONE : str_slice(rest, (size_t) bar + 1, rest.len);
    }
    return false;
}

/* One of several keys says which variant it is. */
static void check_variant(struct shapes *s, const struct field *field, node_id node)
{
    const struct doc *doc = s->flow->doc;
    node_id member = doc_first(doc, node);
    if (doc_kind(doc, node) != NODE_OBJECT)
        tell_wanted(s, node, "an object");
    else if (member && !is_word(field->choices, doc_key(doc, member)) &&
             doc_node(doc, member)->key != ATOM_none)
        tell(s, DIAG_VALUE_VARIANT, member, str_of(field->label), doc_key(doc, member),
             str_of(field->choices));
}

static void check_fields(struct shapes *s, const struct table *table, node_id owner);

/* Name and value pairs: inputs and outputs of modules, tasks, data actions. */
static void check_pairs(struct shapes *s, node_id node)
{
    const struct doc *doc = s->flow->doc;
    static const struct field value = { .label = "Value", .kind = FIELD_VALUE };
    if (doc_kind(doc, node) != NODE_OBJECT) {
        tell_wanted(s, node, "an object of names and values");
        return;
    }
    for (node_id at = doc_first(doc, node); at; at = doc_next(doc, at))
        check_value(s, node, &value, at);
}

static const struct table *rows_table(struct shapes *s, const struct field *fields);

static void check_rows(struct shapes *s, node_id owner, const struct field *field, node_id node)
{
    const struct doc *doc = s->flow->doc;
    bool wrapped = field->row_key || field->flags & FIELD_ROW_TYPED;
    if (doc_kind(doc, node) == NODE_OBJECT) { /* a value instead of a list: noValue, exp */
        check_value(s, owner, field, node);
        return;
    }
    if (doc_kind(doc, node) != NODE_LIST) {
        tell_wanted(s, node, "a list");
        return;
    }
    const struct table *table = field->rows ? rows_table(s, field->rows) : NULL;
    for (node_id item = doc_first(doc, node); item; item = doc_next(doc, item)) {
        node_id body = wrapped ? item_body(doc, item) : item;
        if (!body)
            tell_wanted(s, item, "an object with one member");
        else if (!table)
            check_value(s, owner, field, body);
        else if (doc_kind(doc, body) == NODE_OBJECT)
            check_fields(s, table, body);
        else
            tell_wanted(s, body, "an object");
    }
}

static void check_field(struct shapes *s, node_id owner, const struct field *field, node_id node)
{
    const struct doc *doc = s->flow->doc;
    int64_t number;
    if (doc_is_null(doc, node))
        return;
    bool token = is_token(doc_text(doc, node));
    switch (field->kind) {
    case FIELD_VALUE:
    case FIELD_OPTION:
    case FIELD_AUDIO:
    case FIELD_RESULT:
        check_value(s, owner, field, node);
        break;
    case FIELD_TEXT:
    case FIELD_WORD:
    case FIELD_TASK:
    case FIELD_MENU:
    case FIELD_STATE:
    case FIELD_MENU_CHOICE:
    case FIELD_VARIABLE:
        if (doc_is_container(doc, node))
            tell_wanted(s, node, "a text");
        break;
    case FIELD_FLAG:
        if (!is_boolean(doc, node) && !token)
            tell_wanted(s, node, "true or false");
        break;
    case FIELD_NUMBER:
        if (!str_to_int(doc_text(doc, node), &number) && !token)
            tell_wanted(s, node, "a whole number");
        break;
    case FIELD_VARIANT:
        check_variant(s, field, node);
        break;
    case FIELD_KEY:
        if (doc_kind(doc, node) != NODE_OBJECT)
            tell_wanted(s, node, "an object whose key is the name");
        break;
    case FIELD_FLOW:
        if (doc_kind(doc, node) != NODE_OBJECT && !is_text(doc, node))
            tell_wanted(s, node, "an object with the flow's name");
        break;
    case FIELD_INPUTS:
    case FIELD_RESULTS:
        check_pairs(s, node);
        break;
    case FIELD_ROWS:
        check_rows(s, owner, field, node);
        break;
    }
}

/* --- tables --- */

static struct table make_table(struct shapes *s, const struct field *fields)
{
    size_t count = 0;
    while (fields[count].path)
        count++;
    struct table table = { fields, arena_alloc(&s->arena, (count + 1) * sizeof(atom_id)) };
    for (size_t i = 0; i < count; i++) {
        struct str path = str_of(fields[i].path);
        ptrdiff_t slash = str_find_char(path, '/');
        struct str step = slash < 0 ? path : str_slice(path, 0, (size_t) slash);
        table.keys[i] = atoms_find(s->flow->doc->atoms, step);
    }
    return table;
}

static const struct table *rows_table(struct shapes *s, const struct field *fields)
{
    size_t i = 0;
    while (i < sizeof s->rows / sizeof *s->rows && s->rows[i].fields &&
           s->rows[i].fields != fields)
        i++;
    if (i == sizeof s->rows / sizeof *s->rows)
        i = 0;
    if (s->rows[i].fields != fields)
        s->rows[i] = make_table(s, fields);
    return &s->rows[i];
}

static void check_fields(struct shapes *s, const struct table *table, node_id owner)
{
    const struct doc *doc = s->flow->doc;
    for (node_id at = doc_first(doc, owner); at; at = doc_next(doc, at)) {
        atom_id key = doc_node(doc, at)->key;
        for (size_t i = 0; table->fields[i].path; i++) {
            if (table->keys[i] != key)
                continue;
            const char *rest = strchr(table->fields[i].path, '/');
            node_id node = rest ? flow_field_node(s->flow, at, rest + 1) : at;
            if (node)
                check_field(s, owner, &table->fields[i], node);
        }
    }
}

static void check_owner(struct shapes *s, node_id owner)
{
    enum role role = flow_role(s->flow, owner);
    const struct action_info *info = flow_action(s->flow, owner);
    struct table *table = info ? &s->actions[catalogue_index(info)] : &s->roles[role];
    if (doc_kind(s->flow->doc, owner) != NODE_OBJECT)
        return;
    if (!table->fields) {
        node_id same;
        *table = make_table(s, role == ROLE_OUTPUT
                                   ? container_fields(role)
                                   : spot_fields(s->flow, (struct spot){ owner, 0 }, &same));
    }
    check_fields(s, table, owner);
}

/* --- structure --- */

/* What a node should have been so that it is part of the structure; NULL: it may be anything. */
static const char *wanted_below(enum place_kind place, atom_id key)
{
    bool list = key == ATOM_actions || key == ATOM_variables;
    switch (place) {
    case PLACE_FLOW:
        return key == ATOM_tasks || key == ATOM_menus || key == ATOM_states ||
                       key == ATOM_startUpTaskActions || key == ATOM_startUpTaskVariables || list
                   ? "a list"
                   : NULL;
    case PLACE_TASKS:
        return "an object with the one member task";
    case PLACE_MENUS:
        return "an object with the one member menu";
    case PLACE_STATES:
        return "an object with the one member state";
    case PLACE_TASK_ITEM:
        return "task, with an object";
    case PLACE_MENU_ITEM:
        return "menu, with an object";
    case PLACE_STATE_ITEM:
        return "state, with an object";
    case PLACE_TASK:
    case PLACE_STATE:
    case PLACE_OUTPUT:
        return list ? "a list" : NULL;
    case PLACE_LIST:
        return "an action: an object with one member";
    case PLACE_ACTION:
        return key == ATOM_outputs ? "an object with the action's outputs" : NULL;
    case PLACE_OUTPUTS:
        return key == ATOM_paths ? "a list" : NULL;
    case PLACE_BRANCHES:
        return "an object with one member";
    case PLACE_BRANCH_ITEM:
        return "an object with actions";
    case PLACE_SWITCH:
        return key == ATOM_cases ? "a list" : key == ATOM_default ? "an object with actions" : NULL;
    case PLACE_MENU:
        return key == ATOM_choices ? "a list" : NULL;
    case PLACE_CHOICES:
        return "a menu choice: an object with one member";
    case PLACE_CHOICE:
        return key == ATOM_choices ? "a list" : NULL;
    case PLACE_VARIABLES:
        return "a variable: an object with one member";
    case PLACE_VARIABLE_ITEM:
        return "an object with the variable's name";
    default:
        return NULL;
    }
}

static void check_children(struct shapes *s, node_id node, enum place_kind place)
{
    const struct doc *doc = s->flow->doc;
    for (node_id at = doc_first(doc, node); at; at = doc_next(doc, at)) {
        if (doc_node(doc, at)->tag || (doc_is_null(doc, at) && doc_node(doc, at)->key))
            continue;
        const char *wanted = wanted_below(place, doc_node(doc, at)->key);
        if (wanted)
            tell_wanted(s, at, wanted);
    }
}

static void check_action(struct shapes *s, node_id node)
{
    const struct doc *doc = s->flow->doc;
    if (doc_kind(doc, node) != NODE_OBJECT && !doc_is_null(doc, node))
        tell_wanted(s, node, "an object with the action's fields");
    check_owner(s, node);
}

static void check_branches(struct shapes *s, node_id node)
{
    size_t count = doc_count_children(s->flow->doc, node);
    char number[24], most[24];
    if (count <= FLOW_MOST_OUTPUTS)
        return;
    snprintf(number, sizeof number, "%zu", count);
    snprintf(most, sizeof most, "%d", FLOW_MOST_OUTPUTS);
    tell(s, DIAG_OUTPUTS_MANY, node, str_of(number), str_of(most), STR_NONE);
}

static void check_variable(struct shapes *s, node_id node)
{
    struct variable_info info;
    if (!flow_variable(s->flow, node, &info))
        tell(s, DIAG_VARIABLE_SHAPE, node, doc_key(s->flow->doc, node), STR_NONE, STR_NONE);
    check_owner(s, node);
}

static void check_node(struct shapes *s, node_id node, enum place_kind place)
{
    check_children(s, node, place);
    switch (place) {
    case PLACE_ACTION:
    case PLACE_CHOICE:
        check_action(s, node);
        break;
    case PLACE_FLOW:
    case PLACE_TASK:
    case PLACE_MENU:
    case PLACE_STATE:
        check_owner(s, node);
        break;
    case PLACE_OUTPUT: /* of a switch's cases; others have no fields */
        if (doc_member(s->flow->doc, node, ATOM_value))
            check_owner(s, node);
        break;
    case PLACE_BRANCHES:
    case PLACE_OUTPUTS:
        check_branches(s, node);
        break;
    case PLACE_VARIABLE:
        check_variable(s, node);
        break;
    default:
        break;
    }
}

/* What is below a node; of one action without those in its outputs. */
static void walk(struct shapes *s, node_id root, bool alone)
{
    const struct node *nodes = s->flow->doc->nodes;
    for (node_id id = root;;) {
        enum place_kind place = place_of(s->flow, id);
        if (alone && id != root && (place == PLACE_ACTION || place == PLACE_CHOICE))
            place = PLACE_NONE;
        if (place != PLACE_NONE)
            check_node(s, id, place);
        if (place != PLACE_NONE && nodes[id].first) {
            id = nodes[id].first;
            continue;
        }
        while (id != root && !nodes[id].next)
            id = nodes[id].parent;
        if (id == root)
            break;
        id = nodes[id].next;
    }
}

static void check_below(const struct flow *flow, node_id root, bool alone, struct diags *diags)
{
    struct atoms *atoms = flow->doc->atoms;
    struct shapes s = { .flow = flow, .diags = diags };
    arena_init(&s.arena, flow->doc->env);
    s.actions = arena_zalloc(&s.arena, (catalogue_count() + 1) * sizeof *s.actions);
    s.days = atoms_find(atoms, STR("days"));
    s.hours = atoms_find(atoms, STR("hours"));
    s.minutes = atoms_find(atoms, STR("minutes"));
    s.seconds = atoms_find(atoms, STR("seconds"));
    s.ms = atoms_find(atoms, STR("ms"));
    walk(&s, root, alone);
    path_memo_release(&s.memo);
    arena_release(&s.arena);
}

void shapes_check(const struct flow *flow, struct diags *diags)
{
    check_below(flow, flow->body, false, diags);
}

void shapes_check_action(const struct flow *flow, node_id action, struct diags *diags)
{
    check_below(flow, action, true, diags);
}
