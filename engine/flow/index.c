/* Tagging: which node of the document is what in the flow. One pass over the structure; fields are
 * not looked at. */
#include "engine/flow/tags.h"

static void tag_list(struct flow *flow, node_id list, struct diags *diags);

node_id item_body(const struct doc *doc, node_id item)
{
    if (doc_kind(doc, item) != NODE_OBJECT)
        return 0;
    node_id body = doc_first(doc, item);
    return body && !doc_next(doc, body) ? body : 0;
}

node_id switch_body(const struct doc *doc, node_id action)
{
    node_id evaluate = doc_member(doc, action, ATOM_evaluate);
    if (!evaluate || doc_kind(doc, evaluate) != NODE_OBJECT)
        return 0;
    node_id first_true = doc_member(doc, evaluate, ATOM_firstTrue);
    if (first_true)
        return first_true;
    node_id match = doc_member(doc, evaluate, ATOM_firstMatch);
    return match && doc_kind(doc, match) == NODE_OBJECT ? doc_first(doc, match) : 0;
}

static void set_tag(struct flow *flow, node_id node, enum role role,
                    const struct action_info *info)
{
    flow->doc->nodes[node].tag = tag_make(role, info);
}

static void wrong_shape(struct flow *flow, node_id node, const char *wanted, struct diags *diags)
{
    struct place place = { 0 };
    if (!diags)
        return;
    doc_place(flow->doc, node, &place);
    diag_add1(diags, DIAG_FLOW_SHAPE, &place, str_of(wanted));
}

/* A branch: the mapping that has `actions`. */
static void tag_output(struct flow *flow, node_id node, struct diags *diags)
{
    if (doc_kind(flow->doc, node) != NODE_OBJECT)
        return;
    set_tag(flow, node, ROLE_OUTPUT, NULL);
    node_id list = doc_member(flow->doc, node, ATOM_actions);
    if (list)
        tag_list(flow, list, diags);
}

/* Items {"case": {...}} or {"path": {...}}. */
static void tag_branches(struct flow *flow, node_id list, struct diags *diags)
{
    for (node_id item = list ? doc_first(flow->doc, list) : 0; item;
         item = doc_next(flow->doc, item)) {
        node_id body = item_body(flow->doc, item);
        if (body)
            tag_output(flow, body, diags);
    }
}

static void tag_outputs(struct flow *flow, node_id outputs, struct diags *diags)
{
    for (node_id at = doc_first(flow->doc, outputs); at; at = doc_next(flow->doc, at)) {
        if (doc_node(flow->doc, at)->key == ATOM_paths)
            tag_branches(flow, at, diags);
        else
            tag_output(flow, at, diags);
    }
}

static void tag_switch(struct flow *flow, node_id action, struct diags *diags)
{
    node_id body = switch_body(flow->doc, action);
    if (!body)
        return;
    node_id other = doc_member(flow->doc, body, ATOM_default);
    if (other)
        tag_output(flow, other, diags);
    tag_branches(flow, doc_member(flow->doc, body, ATOM_cases), diags);
}

static void tag_action(struct flow *flow, node_id body, struct diags *diags)
{
    const struct action_info *info = catalogue_of_atom(doc_node(flow->doc, body)->key);
    set_tag(flow, body, ROLE_ACTION, info);
    if (doc_kind(flow->doc, body) != NODE_OBJECT)
        return;
    node_id outputs = doc_member(flow->doc, body, ATOM_outputs);
    if (outputs)
        tag_outputs(flow, outputs, diags);
    if (info && info->flags & ACTION_HAS_CASES)
        tag_switch(flow, body, diags);
}

static void tag_item(struct flow *flow, node_id item, struct diags *diags)
{
    node_id body = item_body(flow->doc, item);
    if (body)
        tag_action(flow, body, diags);
    else
        wrong_shape(flow, item, "an action: an object with one member", diags);
}

static void tag_list(struct flow *flow, node_id list, struct diags *diags)
{
    if (doc_kind(flow->doc, list) != NODE_LIST) {
        if (doc_kind(flow->doc, list) != NODE_NULL)
            wrong_shape(flow, list, "a list of actions", diags);
        return;
    }
    set_tag(flow, list, ROLE_LIST, NULL);
    for (node_id item = doc_first(flow->doc, list); item; item = doc_next(flow->doc, item))
        tag_item(flow, item, diags);
}

static void tag_choices(struct flow *flow, node_id menu, struct diags *diags);

static void tag_choice(struct flow *flow, node_id body, struct diags *diags)
{
    const struct action_info *info = catalogue_of_atom(doc_node(flow->doc, body)->key);
    set_tag(flow, body, ROLE_CHOICE, info);
    if (doc_kind(flow->doc, body) != NODE_OBJECT)
        return;
    node_id task = doc_member(flow->doc, body, ATOM_task);
    if (task)
        tag_output(flow, task, diags);
    if (doc_member(flow->doc, body, ATOM_choices))
        tag_choices(flow, body, diags);
}

static void tag_choices(struct flow *flow, node_id menu, struct diags *diags)
{
    node_id list = doc_member(flow->doc, menu, ATOM_choices);
    if (!list || doc_kind(flow->doc, list) != NODE_LIST)
        return;
    for (node_id item = doc_first(flow->doc, list); item; item = doc_next(flow->doc, item)) {
        node_id body = item_body(flow->doc, item);
        if (body)
            tag_choice(flow, body, diags);
        else
            wrong_shape(flow, item, "a menu choice: an object with one member", diags);
    }
}

static void tag_variables(struct flow *flow, node_id list)
{
    for (node_id item = list ? doc_first(flow->doc, list) : 0; item;
         item = doc_next(flow->doc, item)) {
        node_id body = item_body(flow->doc, item);
        if (body)
            set_tag(flow, body, ROLE_VARIABLE, NULL);
    }
}

static void tag_container(struct flow *flow, node_id body, enum role role, struct diags *diags)
{
    if (doc_kind(flow->doc, body) != NODE_OBJECT) {
        wrong_shape(flow, body, "an object", diags);
        return;
    }
    set_tag(flow, body, role, NULL);
    tag_variables(flow, doc_member(flow->doc, body, ATOM_variables));
    node_id list = doc_member(flow->doc, body, ATOM_actions);
    if (role == ROLE_MENU)
        tag_choices(flow, body, diags);
    else if (list)
        tag_list(flow, list, diags);
}

static void tag_containers(struct flow *flow, node_id list, enum role role, struct diags *diags)
{
    if (!list || doc_kind(flow->doc, list) == NODE_NULL)
        return;
    if (doc_kind(flow->doc, list) != NODE_LIST) {
        wrong_shape(flow, list, "a list", diags);
        return;
    }
    for (node_id item = doc_first(flow->doc, list); item; item = doc_next(flow->doc, item)) {
        node_id body = item_body(flow->doc, item);
        if (body)
            tag_container(flow, body, role, diags);
        else
            wrong_shape(flow, item, "an object with one member", diags);
    }
}

static void tag_flow(struct flow *flow, struct diags *diags)
{
    const struct doc *doc = flow->doc;
    node_id body = flow->body;
    set_tag(flow, body, ROLE_FLOW, NULL);
    tag_variables(flow, doc_member(doc, body, ATOM_variables));
    tag_variables(flow, doc_member(doc, body, ATOM_startUpTaskVariables));
    node_id list = doc_member(doc, body, ATOM_startUpTaskActions);
    if (list)
        tag_list(flow, list, diags);
    tag_containers(flow, doc_member(doc, body, ATOM_tasks), ROLE_TASK, diags);
    tag_containers(flow, doc_member(doc, body, ATOM_menus), ROLE_MENU, diags);
    tag_containers(flow, doc_member(doc, body, ATOM_states), ROLE_STATE, diags);
}

bool flow_index(struct flow *flow, struct doc *doc, struct diags *diags)
{
    struct place place = { 0 };
    *flow = (struct flow){ .doc = doc };
    node_id body = item_body(doc, 1);
    doc_place(doc, 1, &place);
    if (!body || doc_kind(doc, body) != NODE_OBJECT)
        return diag_add0(diags, DIAG_FLOW_ROOT, &place);
    flow->body = body;
    for (int type = 1; type < FLOW_TYPE_COUNT; type++) {
        if (str_is(doc_key(doc, body), flow_type_info((enum flow_type) type)->key))
            flow->type = (enum flow_type) type;
    }
    tag_flow(flow, diags);
    return true;
}

void flow_check_shapes(struct flow *flow, struct diags *diags)
{
    tag_flow(flow, diags);
}

/* A new member of a body that has a role: what it is depends on its key. */
static void retag_member(struct flow *flow, node_id parent, node_id child)
{
    enum role role = flow_role(flow, parent);
    atom_id key = doc_node(flow->doc, child)->key;
    if (role == ROLE_FLOW) {
        tag_flow(flow, NULL);
    } else if (role == ROLE_ACTION && key == ATOM_outputs) {
        tag_outputs(flow, child, NULL);
    } else if (role == ROLE_ACTION) {
        tag_action(flow, parent, NULL);
    } else if (role == ROLE_CHOICE) {
        tag_choice(flow, parent, NULL);
    } else if (role == ROLE_OUTPUT && key == ATOM_actions) {
        tag_list(flow, child, NULL);
    } else if (role == ROLE_TASK || role == ROLE_MENU || role == ROLE_STATE) {
        tag_container(flow, parent, role, NULL);
    }
}

void flow_retag(struct flow *flow, node_id parent, node_id child)
{
    const struct doc *doc = flow->doc;
    enum role role = flow_role(flow, parent);
    if (role == ROLE_LIST) {
        tag_item(flow, child, NULL);
        return;
    }
    if (role != ROLE_NONE) {
        retag_member(flow, parent, child);
        return;
    }
    /* Inside a field, a list of choices, of containers, of cases: what is around decides. Only the
     * parts that can hold structure are gone through again. */
    node_id around = parent, below = child;
    while (around && flow_role(flow, around) == ROLE_NONE) {
        below = around;
        around = doc_parent(doc, around);
    }
    if (!around)
        return;
    atom_id key = doc_node(doc, below)->key;
    bool structure = key == ATOM_outputs || key == ATOM_evaluate || key == ATOM_task ||
                     key == ATOM_choices || key == ATOM_tasks || key == ATOM_menus ||
                     key == ATOM_states || key == ATOM_variables ||
                     key == ATOM_startUpTaskVariables;
    if (structure)
        retag_member(flow, around, below);
}
