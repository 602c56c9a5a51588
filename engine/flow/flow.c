/* Reading a flow: names, containers, lists, owners. */
#include "engine/flow/flow.h"

#include "engine/flow/tags.h"

enum role flow_role(const struct flow *flow, node_id node)
{
    static const uint8_t roles[PLACE_COUNT] = {
        [PLACE_FLOW] = ROLE_FLOW,     [PLACE_TASK] = ROLE_TASK,     [PLACE_MENU] = ROLE_MENU,
        [PLACE_STATE] = ROLE_STATE,   [PLACE_LIST] = ROLE_LIST,     [PLACE_ACTION] = ROLE_ACTION,
        [PLACE_CHOICE] = ROLE_CHOICE, [PLACE_OUTPUT] = ROLE_OUTPUT,
        [PLACE_VARIABLE] = ROLE_VARIABLE,
    };
    return (enum role) roles[place_of(flow, node)];
}

const struct action_info *flow_action(const struct flow *flow, node_id action)
{
    enum role role = flow_role(flow, action);
    size_t index = (size_t) (flow->doc->nodes[action].tag >> TAG_PLACE_BITS);
    bool is_action = role == ROLE_ACTION || role == ROLE_CHOICE;
    return index && is_action ? catalogue_action(index - 1) : NULL;
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
    if (flow_role(flow, node) == ROLE_FLOW && flow_has_own_list(flow))
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

bool flow_has_own_list(const struct flow *flow)
{
    node_id list = doc_member(flow->doc, flow->body, ATOM_startUpTaskActions);
    return has_one_task(flow) || (list && place_of(flow, list) == PLACE_LIST);
}

/* Where containers stand, in the order in which they are shown: the flow's own list, then these. */
static const atom_id container_lists[] = { ATOM_tasks, ATOM_menus, ATOM_states };
enum { CONTAINER_LISTS = sizeof container_lists / sizeof *container_lists };

static int list_number(const struct flow *flow, node_id container)
{
    atom_id key = doc_node(flow->doc, doc_parent(flow->doc, doc_parent(flow->doc, container)))->key;
    int number = 0;
    while (number < CONTAINER_LISTS && container_lists[number] != key)
        number++;
    return number;
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

/* The first (or last) container of a list; a member of another shape holds none. */
static node_id container_at(const struct flow *flow, int number, bool back)
{
    node_id list = doc_member(flow->doc, flow->body, container_lists[number]);
    if (!list || place_of(flow, list) == PLACE_NONE)
        return 0;
    return scan(flow, back ? doc_last(flow->doc, list) : doc_first(flow->doc, list), back);
}

node_id flow_container_next(const struct flow *flow, node_id container)
{
    int number = 0;
    if (!container && flow_has_own_list(flow))
        return flow->body;
    if (container && container != flow->body) {
        node_id body = scan(flow, doc_next(flow->doc, doc_parent(flow->doc, container)), false);
        if (body)
            return body;
        number = list_number(flow, container) + 1;
    }
    for (; number < CONTAINER_LISTS; number++) {
        node_id body = container_at(flow, number, false);
        if (body)
            return body;
    }
    return 0;
}

node_id flow_container_prev(const struct flow *flow, node_id container)
{
    int number = CONTAINER_LISTS - 1;
    if (container == flow->body)
        return 0;
    if (container) {
        node_id body = scan(flow, doc_prev(flow->doc, doc_parent(flow->doc, container)), true);
        if (body)
            return body;
        number = list_number(flow, container) - 1;
    }
    for (; number >= 0; number--) {
        node_id body = container_at(flow, number, true);
        if (body)
            return body;
    }
    return flow_has_own_list(flow) ? flow->body : 0;
}

node_id flow_output_list(const struct flow *flow, node_id output)
{
    node_id list = output ? doc_member(flow->doc, output, ATOM_actions) : 0;
    return list && flow_role(flow, list) == ROLE_LIST ? list : 0;
}

node_id flow_list(const struct flow *flow, struct spot owner)
{
    if (owner.output > 0)
        return flow_output_list(flow, flow_output_node(flow, owner));
    bool flow_itself = flow_role(flow, owner.node) == ROLE_FLOW;
    node_id list = doc_member(flow->doc, owner.node,
                              flow_itself ? ATOM_startUpTaskActions : ATOM_actions);
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
            return (struct spot){ at, (uint16_t) output_number(flow, at, branch) };
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
            return flow_has_own_list(flow) ? node : 0;
    }
    return 0;
}

/* The task of a menuTask choice; 0: it is another choice, or its task is not written. */
static node_id choice_task(const struct flow *flow, node_id node)
{
    bool choice = flow_role(flow, node) == ROLE_CHOICE;
    node_id task = choice ? doc_member(flow->doc, node, ATOM_task) : 0;
    return task && flow_role(flow, task) == ROLE_OUTPUT ? task : 0;
}

node_id flow_scope_of(const struct flow *flow, node_id node)
{
    node_id own = node ? choice_task(flow, node) : 0;
    if (own)
        return own;
    for (; node; node = doc_parent(flow->doc, node)) {
        enum role role = flow_role(flow, node);
        if (role == ROLE_TASK || role == ROLE_STATE)
            return node;
        if (role == ROLE_OUTPUT && choice_task(flow, doc_parent(flow->doc, node)) == node)
            return node;
        if (role == ROLE_FLOW)
            return flow_has_own_list(flow) ? node : 0;
    }
    return 0;
}

/* "/inboundCall/tasks/task[Welcome_10]": the word before the brackets says what it is, the text in
 * them is its refId, which may have brackets itself. "file#/..." is in another file. */
struct ref {
    struct str word, id;
};

static struct ref read_ref(struct str text)
{
    struct ref ref = { STR_NONE, STR_NONE };
    ptrdiff_t open = str_find_char(text, '[');
    if (open < 0 || text.ptr[text.len - 1] != ']')
        return ref;
    ref.word = str_slice(text, 0, (size_t) open);
    if (str_find_char(ref.word, '#') >= 0)
        return ref;
    ref.id = str_slice(text, (size_t) open + 1, text.len - 1);
    for (ptrdiff_t slash; (slash = str_find_char(ref.word, '/')) >= 0;)
        ref.word = str_slice(ref.word, (size_t) slash + 1, ref.word.len);
    return ref;
}

/* Whether the node is what the reference names; a word other than the four of containers and
 * choices says nothing. */
static bool is_ref(const struct flow *flow, node_id node, struct ref ref)
{
    node_id id = doc_member(flow->doc, node, ATOM_refId);
    bool container = str_is(ref.word, "task") || str_is(ref.word, "menu") ||
                     str_is(ref.word, "state");
    bool choice = str_starts(ref.word, STR("menu")) && ref.word.len > 4;
    return id && str_eq(doc_text(flow->doc, id), ref.id) &&
           (!(container || choice) || str_eq(doc_key(flow->doc, node), ref.word));
}

/* A choice of the menu, or of a menu inside it. */
static node_id find_choice(const struct flow *flow, node_id menu, struct ref ref)
{
    for (node_id at = flow_choice_first(flow, menu); at; at = flow_action_next(flow, at)) {
        node_id inner = is_ref(flow, at, ref) ? at : find_choice(flow, at, ref);
        if (inner)
            return inner;
    }
    return 0;
}

struct str ref_id(struct str text)
{
    return read_ref(text).id;
}

bool ref_names(const struct flow *flow, struct str text, node_id node)
{
    return is_ref(flow, node, read_ref(text));
}

node_id flow_ref_target(const struct flow *flow, struct str text)
{
    struct ref ref = read_ref(text);
    if (ref.id.len == 0)
        return 0;
    for (node_id at = flow_container_next(flow, 0); at; at = flow_container_next(flow, at)) {
        if (is_ref(flow, at, ref))
            return at;
    }
    for (node_id at = flow_container_next(flow, 0); at; at = flow_container_next(flow, at)) {
        node_id choice = flow_role(flow, at) == ROLE_MENU ? find_choice(flow, at, ref) : 0;
        if (choice)
            return choice;
    }
    return 0;
}

node_id flow_default_choice(const struct flow *flow, node_id menu)
{
    node_id node = doc_member(flow->doc, menu, ATOM_defaultChildMenuRef);
    struct ref ref = read_ref(node ? doc_text(flow->doc, node) : STR_NONE);
    node_id named = 0;
    if (ref.id.len == 0)
        return 0;
    for (node_id at = flow_choice_first(flow, menu); at; at = flow_action_next(flow, at)) {
        bool has_id = doc_member(flow->doc, at, ATOM_refId) != 0;
        if (is_ref(flow, at, ref))
            return at;
        if (!has_id && !named && str_eq(flow_name(flow, at), ref.id))
            named = at;
    }
    return named;
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
