#include "engine/flow/implied.h"

#include "engine/flow/builtins.h"
#include "engine/flow/edit_flow.h"
#include "engine/flow/query.h"

/* Names with their owners, by hash; letter case (ASCII) does not tell two apart. */
struct known {
    node_id owner; /* 0: free */
    struct str name;
};
struct finder {
    const struct flow *flow;
    struct implied_variables *out;
    struct known *known;
    size_t count, size;
    node_id scope; /* whose declarations were learned last */
};

static size_t hash_of(node_id owner, struct str name)
{
    size_t hash = owner;
    for (size_t i = 0; i < name.len; i++) {
        unsigned char c = (unsigned char) name.ptr[i];
        hash = hash * 31 + (c >= 'A' && c <= 'Z' ? c + 32u : c);
    }
    return hash;
}

static struct known *find(const struct finder *finder, node_id owner, struct str name)
{
    size_t at = hash_of(owner, name) & (finder->size - 1);
    while (finder->known[at].owner &&
           (finder->known[at].owner != owner || !str_eq_nocase(finder->known[at].name, name)))
        at = (at + 1) & (finder->size - 1);
    return &finder->known[at];
}

static void grow(struct finder *finder)
{
    struct env *env = finder->flow->doc->env;
    struct known *old = finder->known;
    size_t size = finder->size;
    finder->size = size ? size * 2 : 64;
    finder->known = mem_zalloc(env, finder->size * sizeof *finder->known);
    for (size_t i = 0; i < size; i++) {
        if (old[i].owner)
            *find(finder, old[i].owner, old[i].name) = old[i];
    }
    mem_free(env, old);
}

/* False: it was known. */
static bool learn(struct finder *finder, node_id owner, struct str name)
{
    if (finder->count * 2 >= finder->size)
        grow(finder);
    struct known *place = find(finder, owner, name);
    if (place->owner)
        return false;
    *place = (struct known){ owner, name };
    finder->count++;
    return true;
}

static void learn_declared(struct finder *finder, node_id owner)
{
    struct variable_info info;
    for (node_id at = 0; (at = flow_variable_next(finder->flow, owner, at)) != 0;) {
        if (flow_variable(finder->flow, at, &info))
            learn(finder, owner, info.full_name);
    }
}

static bool is_in_scope(struct str name, struct str scope)
{
    return name.len > scope.len && str_eq_nocase(str_slice(name, 0, scope.len), scope);
}

static void imply(struct finder *finder, node_id writer, struct str name, enum value_type type,
                  bool list)
{
    const struct flow *flow = finder->flow;
    struct implied_variables *out = finder->out;
    bool of_flow = is_in_scope(name, STR("Flow."));
    bool of_container = is_in_scope(name, STR("Task.")) || is_in_scope(name, STR("State."));
    node_id owner = of_flow ? flow->body : of_container ? flow_scope_of(flow, writer) : 0;
    if (!owner)
        return;
    if (owner != finder->scope)
        learn_declared(finder, owner);
    finder->scope = owner;
    if (builtin_find(name) || !learn(finder, owner, name))
        return;
    out->items = mem_grow(out->env, out->items, &out->capacity, out->count + 1, sizeof *out->items);
    out->items[out->count++] = (struct implied_variable){ owner, writer, name, type, list };
}

static void imply_rows(struct finder *finder, node_id action, const struct field *field)
{
    struct flow_rows rows = { 0 };
    while (flow_row_next(finder->flow, action, field, &rows)) {
        for (const struct field *part = field->rows; rows.row && part->path; part++) {
            bool list;
            enum value_type type;
            if (part->kind != FIELD_VARIABLE)
                continue;
            struct form_value value = flow_value(finder->flow, rows.row, part);
            type = flow_key_type(finder->flow, rows.row, &list);
            imply(finder, rows.row, value.text, type, list);
        }
    }
}

/* What type a result has, only what is called could tell. */
static void imply_results(struct finder *finder, node_id action, const struct field *field)
{
    struct flow_rows rows = { 0 };
    while (flow_row_next(finder->flow, action, field, &rows)) {
        struct form_value value = { .form = FORM_ABSENT };
        if (rows.row)
            value = flow_value_of(finder->flow, rows.row);
        if (value.form == FORM_VARIABLE)
            imply(finder, action, value.text, TYPE_NONE, false);
    }
}

static bool visit(void *context, node_id action, unsigned depth)
{
    struct finder *finder = context;
    const struct action_info *info = flow_action(finder->flow, action);
    (void) depth;
    for (const struct field *field = info ? info->fields : NULL; field && field->path; field++) {
        if (field->kind == FIELD_ROWS && (field->flags & FIELD_ROW_TYPED)) {
            imply_rows(finder, action, field);
        } else if (field->kind == FIELD_RESULTS) {
            imply_results(finder, action, field);
        } else if (field->kind == FIELD_RESULT) {
            struct form_value value = flow_value(finder->flow, action, field);
            if (value.form == FORM_VARIABLE || value.form == FORM_BARE)
                imply(finder, action, value.text, field->type, field->flags & FIELD_COLLECTION);
        }
    }
    return true;
}

void implied_find(const struct flow *flow, struct implied_variables *out)
{
    struct finder finder = { .flow = flow, .out = out };
    *out = (struct implied_variables){ .env = flow->doc->env };
    if (flow->type == FLOW_OTHER)
        return;
    learn_declared(&finder, flow->body);
    flow_each_action(flow, visit, &finder);
    mem_free(out->env, finder.known);
}

void implied_release(struct implied_variables *variables)
{
    mem_free(variables->env, variables->items);
    *variables = (struct implied_variables){ .env = variables->env };
}
