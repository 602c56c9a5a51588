/* Reading a flow: names, containers, lists, owners. */
#include "engine/flow/flow.h"

#include "engine/flow/tags.h"

enum role flow_role(const struct flow *flow, node_id node)
{
    return (enum role)(flow->doc->nodes[node].tag & TAG_ROLE_MASK);
}

const struct action_info *flow_action(const struct flow *flow, node_id action)
{
    uint16_t tag = flow->doc->nodes[action].tag;
    size_t index = (size_t) (tag >> TAG_ROLE_BITS);
    return index ? catalogue_action(index - 1) : NULL;
}

struct str flow_title(const struct flow *flow)
{
    return doc_text(flow->doc, doc_member(flow->doc, flow->body, ATOM_name));
}

struct str flow_name(const struct flow *flow, node_id node)
{
    node_id name = doc_member(flow->doc, node, ATOM_name);
    struct str text = name ? doc_text(flow->doc, name) : STR_NONE;
    if (text.len > 0)
        return text;
    if (flow_role(flow, node) == ROLE_FLOW && flow_type_info(flow->type)->flags & FLOW_HAS_ONE_TASK)
        return STR("start");
    const struct action_info *info = flow_action(flow, node);
    if (info)
        return str_of(info->label);
    return doc_key(flow->doc, node);
}

static bool has_one_task(const struct flow *flow)
{
    return flow_type_info(flow->type)->flags & FLOW_HAS_ONE_TASK;
}

node_id flow_start(const struct flow *flow)
{
    if (has_one_task(flow))
        return flow->body;
    node_id ref = doc_member(flow->doc, flow->body, ATOM_startUpRef);
    return ref ? flow_ref_target(flow, doc_text(flow->doc, ref)) : 0;
}

/* The lists of containers in the order in which they are shown. */
static const atom_id container_lists[] = { ATOM_tasks, ATOM_menus, ATOM_states };
enum { CONTAINER_LISTS = sizeof container_lists / sizeof *container_lists };

static int list_number(const struct flow *flow, node_id container)
{
    atom_id key = doc_node(flow->doc, doc_parent(flow->doc, doc_parent(flow->doc, container)))->key;
    for (int i = 0; i < CONTAINER_LISTS; i++) {
        if (container_lists[i] == key)
            return i;
    }
    return CONTAINER_LISTS;
}

static bool is_container(const struct flow *flow, node_id node)
{
    enum role role = flow_role(flow, node);
    return role == ROLE_TASK || role == ROLE_MENU || role == ROLE_STATE;
}

/* From item `item` on (forward or back), the first with a tagged body. */
static node_id scan(const struct flow *flow, node_id item, bool back)
{
    for (; item; item = back ? doc_prev(flow->doc, item) : doc_next(flow->doc, item)) {
        node_id body = item_body(flow->doc, item);
        if (body && flow_role(flow, body) != ROLE_NONE)
            return body;
    }
    return 0;
}

static node_id list_at(const struct flow *flow, int number)
{
    return doc_member(flow->doc, flow->body, container_lists[number]);
}

node_id flow_container_next(const struct flow *flow, node_id container)
{
    int number = 0;
    if (has_one_task(flow))
        return container ? 0 : flow->body;
    if (container) {
        node_id item = doc_parent(flow->doc, container);
        node_id body = scan(flow, doc_next(flow->doc, item), false);
        if (body)
            return body;
        number = list_number(flow, container) + 1;
    }
    for (; number < CONTAINER_LISTS; number++) {
        node_id list = list_at(flow, number);
        node_id body = list ? scan(flow, doc_first(flow->doc, list), false) : 0;
        if (body && is_container(flow, body))
            return body;
    }
    return 0;
}

node_id flow_container_prev(const struct flow *flow, node_id container)
{
    int number = CONTAINER_LISTS - 1;
    if (has_one_task(flow))
        return container ? 0 : flow->body;
    if (container) {
        node_id item = doc_parent(flow->doc, container);
        node_id body = scan(flow, doc_prev(flow->doc, item), true);
        if (body)
            return body;
        number = list_number(flow, container) - 1;
    }
    for (; number >= 0; number--) {
        node_id list = list_at(flow, number);
        node_id body = list ? scan(flow, doc_last(flow->doc, list), true) : 0;
        if (body && is_container(flow, body))
            return body;
    }
    return 0;
}

node_id flow_list(const struct flow *flow, struct spot owner)
{
    const struct doc *doc = flow->doc;
    node_id list = 0;
    if (owner.output > 0) {
        node_id node = flow_output_node(flow, owner);
        list = node ? doc_member(doc, node, ATOM_actions) : 0;
    } else if (flow_role(flow, owner.node) == ROLE_FLOW) {
        list = doc_member(doc, owner.node, ATOM_startUpTaskActions);
    } else {
        list = doc_member(doc, owner.node, ATOM_actions);
    }
    return list && flow_role(flow, list) == ROLE_LIST ? list : 0;
}

node_id flow_list_first(const struct flow *flow, node_id list)
{
    return scan(flow, doc_first(flow->doc, list), false);
}

node_id flow_list_last(const struct flow *flow, node_id list)
{
    return scan(flow, doc_last(flow->doc, list), true);
}

node_id flow_action_next(const struct flow *flow, node_id action)
{
    return scan(flow, doc_next(flow->doc, doc_parent(flow->doc, action)), false);
}

node_id flow_action_prev(const struct flow *flow, node_id action)
{
    return scan(flow, doc_prev(flow->doc, doc_parent(flow->doc, action)), true);
}

static node_id choice_list(const struct flow *flow, node_id menu)
{
    node_id list = doc_member(flow->doc, menu, ATOM_choices);
    return list && doc_kind(flow->doc, list) == NODE_LIST ? list : 0;
}

node_id flow_choice_first(const struct flow *flow, node_id menu)
{
    node_id list = choice_list(flow, menu);
    return list ? scan(flow, doc_first(flow->doc, list), false) : 0;
}

node_id flow_choice_last(const struct flow *flow, node_id menu)
{
    node_id list = choice_list(flow, menu);
    return list ? scan(flow, doc_last(flow->doc, list), true) : 0;
}

/* The output of `action` whose mapping is `node`. */
static struct spot output_spot(const struct flow *flow, node_id action, node_id node)
{
    unsigned count = flow_output_count(flow, action);
    for (unsigned k = 1; k <= count; k++) {
        struct spot spot = { action, (uint16_t) k };
        if (flow_output_node(flow, spot) == node)
            return spot;
    }
    return (struct spot){ action, 0 };
}

struct spot flow_owner(const struct flow *flow, struct spot spot)
{
    const struct doc *doc = flow->doc;
    if (spot.output > 0)
        return (struct spot){ spot.node, 0 };
    if (spot.node == flow->body)
        return (struct spot){ 0, 0 };
    node_id at = doc_parent(doc, spot.node), branch = 0;
    for (; at; at = doc_parent(doc, at)) {
        enum role role = flow_role(flow, at);
        if (role == ROLE_OUTPUT)
            branch = at;
        else if ((role == ROLE_ACTION || role == ROLE_CHOICE) && branch)
            return output_spot(flow, at, branch);
        else if (role != ROLE_NONE && role != ROLE_LIST)
            return (struct spot){ at, 0 };
    }
    return (struct spot){ 0, 0 };
}

node_id flow_container_of(const struct flow *flow, node_id node)
{
    for (; node; node = doc_parent(flow->doc, node)) {
        enum role role = flow_role(flow, node);
        if (role == ROLE_TASK || role == ROLE_MENU || role == ROLE_STATE)
            return node;
        if (role == ROLE_FLOW)
            return has_one_task(flow) ? node : 0;
    }
    return 0;
}

/* "/inboundCall/tasks/task[Welcome_10]": the text in the last brackets is the refId. */
static struct str ref_id(struct str ref)
{
    if (ref.len == 0 || ref.ptr[ref.len - 1] != ']')
        return STR_NONE;
    ptrdiff_t open = str_find_char(ref, '[');
    return open < 0 ? STR_NONE : str_slice(ref, (size_t) open + 1, ref.len - 1);
}

static bool has_ref(const struct flow *flow, node_id node, struct str id)
{
    node_id ref = doc_member(flow->doc, node, ATOM_refId);
    return ref && str_eq(doc_text(flow->doc, ref), id);
}

/* A choice of the menu, or of a menu inside it. */
static node_id find_choice(const struct flow *flow, node_id menu, struct str id)
{
    for (node_id at = flow_choice_first(flow, menu); at; at = flow_action_next(flow, at)) {
        node_id inner = has_ref(flow, at, id) ? at : find_choice(flow, at, id);
        if (inner)
            return inner;
    }
    return 0;
}

node_id flow_ref_target(const struct flow *flow, struct str ref)
{
    struct str id = ref_id(ref);
    if (id.len == 0)
        return 0;
    for (node_id at = flow_container_next(flow, 0); at; at = flow_container_next(flow, at)) {
        if (has_ref(flow, at, id))
            return at;
    }
    for (node_id at = flow_container_next(flow, 0); at; at = flow_container_next(flow, at)) {
        node_id choice = flow_role(flow, at) == ROLE_MENU ? find_choice(flow, at, id) : 0;
        if (choice)
            return choice;
    }
    return 0;
}

void flow_ref_text(const struct flow *flow, node_id target, struct buf *out)
{
    const struct doc *doc = flow->doc;
    node_id ref = doc_member(doc, target, ATOM_refId);
    struct str id = ref ? doc_text(doc, ref) : flow_name(flow, target);
    if (flow_role(flow, target) == ROLE_CHOICE) {
        buf_addf(out, "./choices/%.*s[%.*s]", STR_ARG(doc_key(doc, target)), STR_ARG(id));
        return;
    }
    enum role role = flow_role(flow, target);
    const char *word = role == ROLE_MENU ? "menu" : role == ROLE_STATE ? "state" : "task";
    buf_addf(out, "/%.*s/%ss/%s[%.*s]", STR_ARG(doc_key(doc, flow->body)), word, word, STR_ARG(id));
}
