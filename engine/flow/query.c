#include "engine/flow/query.h"

#include <string.h>

static bool is_key(const struct flow *flow, node_id action, const char *key)
{
    const struct action_info *info = flow_action(flow, action);
    return info && !strcmp(info->key, key);
}

/* Whether every output, written or not, ends (domain.md section 6). */
static bool outputs_end(const struct flow *flow, node_id action)
{
    unsigned count = flow_output_count(flow, action);
    for (unsigned k = 1; k <= count; k++) {
        node_id list = flow_list(flow, (struct spot){ action, (uint16_t) k });
        if (!list || !flow_list_ends(flow, list))
            return false;
    }
    return count > 0;
}

bool flow_ends(const struct flow *flow, node_id action)
{
    const struct action_info *info = flow_action(flow, action);
    if (!info)
        return false;
    if (info->flags & ACTION_ENDS)
        return true;
    if (info->flags & ACTION_LOOP)
        return false;
    /* A transfer's implicit Success leaves the flow, so only its Failure matters. */
    return outputs_end(flow, action);
}

bool flow_list_ends(const struct flow *flow, node_id list)
{
    for (node_id at = flow_list_first(flow, list); at; at = flow_action_next(flow, at)) {
        if (flow_ends(flow, at))
            return true;
    }
    return false;
}

/* All actions below a list or a menu, in tree order; false: stopped. */
static bool each_below(const struct flow *flow, node_id first, flow_visit visit, void *context,
                       unsigned depth)
{
    for (node_id at = first; at; at = flow_action_next(flow, at)) {
        if (!visit(context, at, depth))
            return false;
        unsigned count = flow_output_count(flow, at);
        for (unsigned k = 1; k <= count; k++) {
            node_id list = flow_list(flow, (struct spot){ at, (uint16_t) k });
            if (list && !each_below(flow, flow_list_first(flow, list), visit, context, depth + 1))
                return false;
        }
        if (flow_role(flow, at) == ROLE_CHOICE &&
            !each_below(flow, flow_choice_first(flow, at), visit, context, depth + 1))
            return false;
    }
    return true;
}

void flow_each_action(const struct flow *flow, flow_visit visit, void *context)
{
    for (node_id at = flow_container_next(flow, 0); at; at = flow_container_next(flow, at)) {
        node_id list = flow_list(flow, (struct spot){ at, 0 });
        node_id first = flow_role(flow, at) == ROLE_MENU ? flow_choice_first(flow, at)
                        : list                           ? flow_list_first(flow, list)
                                                         : 0;
        if (!each_below(flow, first, visit, context, 0))
            return;
    }
}

/* The container that an action leads to, by any field that is a reference; 0: none. */
static node_id led_to(const struct flow *flow, node_id action)
{
    const struct action_info *info = flow_action(flow, action);
    for (const struct field *field = info ? info->fields : NULL; field && field->path; field++) {
        if (field->kind != FIELD_TASK && field->kind != FIELD_MENU && field->kind != FIELD_STATE)
            continue;
        struct form_value value = flow_value(flow, action, field);
        node_id target = value.text.len > 0 ? flow_ref_target(flow, value.text) : 0;
        if (target)
            return target;
    }
    return 0;
}

/* Containers reached so far, a mark a container. */
struct reach {
    const struct flow *flow;
    node_id reached[256];
    size_t count;
    bool grew;
};

static bool has(const struct reach *reach, node_id node)
{
    for (size_t i = 0; i < reach->count; i++) {
        if (reach->reached[i] == node)
            return true;
    }
    return false;
}

static void add(struct reach *reach, node_id node)
{
    size_t most = sizeof reach->reached / sizeof *reach->reached;
    if (!node || has(reach, node) || reach->count == most)
        return;
    reach->reached[reach->count++] = node;
    reach->grew = true;
}

static bool visit_reach(void *context, node_id action, unsigned depth)
{
    struct reach *reach = context;
    (void) depth;
    if (has(reach, flow_container_of(reach->flow, action)))
        add(reach, led_to(reach->flow, action));
    return true;
}

static void add_error_target(struct reach *reach)
{
    static const char *const paths[] = { "settingsErrorHandling/errorHandling/menu/targetMenuRef",
                                         "settingsErrorHandling/errorHandling/task/targetTaskRef" };
    for (size_t i = 0; i < 2; i++) {
        node_id node = flow_field_node(reach->flow, reach->flow->body, paths[i]);
        if (node)
            add(reach, flow_ref_target(reach->flow, doc_text(reach->flow->doc, node)));
    }
}

bool flow_container_reached(const struct flow *flow, node_id container)
{
    struct reach reach = { .flow = flow };
    add(&reach, flow_start(flow));
    add_error_target(&reach);
    do {
        reach.grew = false;
        flow_each_action(flow, visit_reach, &reach);
    } while (reach.grew && !has(&reach, container));
    return has(&reach, container) ||
           reach.count == sizeof reach.reached / sizeof *reach.reached;
}

/* The two slots along a path; what two paths disagree on depends. */
struct slots {
    struct slot_answer slot[2]; /* caller's, callee's */
    bool reached;
};

static struct slot_answer join_answer(struct slot_answer a, struct slot_answer b)
{
    if (a.state == b.state && (a.state != SLOT_SET || a.by == b.by))
        return a;
    bool empty_a = a.state == SLOT_UNSET || a.state == SLOT_CLEARED;
    bool empty_b = b.state == SLOT_UNSET || b.state == SLOT_CLEARED;
    if (empty_a && empty_b)
        return (struct slot_answer){ SLOT_CLEARED, 0 };
    return (struct slot_answer){ SLOT_DEPENDS, 0 };
}

static void join(struct slots *into, const struct slots *from)
{
    if (!from->reached)
        return;
    if (!into->reached) {
        *into = *from;
        return;
    }
    for (int i = 0; i < 2; i++)
        into->slot[i] = join_answer(into->slot[i], from->slot[i]);
}

/* What one action does to the slots. */
static void apply(const struct flow *flow, node_id action, struct slots *slots)
{
    bool set = is_key(flow, action, "setPostFlow");
    if (!set && !is_key(flow, action, "clearPostFlow"))
        return;
    struct post_flow_fields post;
    flow_post_flow(flow, action, &post);
    bool literal = post.target.form == FORM_LITERAL || post.target.form == FORM_BARE;
    bool any = str_is(post.target.text, "any");
    bool hit[2] = { any || str_is(post.target.text, "caller"),
                    any || str_is(post.target.text, "callee") };
    for (int i = 0; i < 2; i++) {
        if (!literal)
            slots->slot[i] = (struct slot_answer){ SLOT_DEPENDS, 0 };
        else if (hit[i])
            slots->slot[i] = (struct slot_answer){ set ? SLOT_SET : SLOT_CLEARED,
                                                   set ? action : 0 };
    }
}

static struct slots walk_list(const struct flow *flow, node_id list, struct slots slots);

/* The slots behind an action whose outputs are gone through. */
static struct slots walk_action(const struct flow *flow, node_id action, struct slots slots)
{
    apply(flow, action, &slots);
    unsigned count = flow_output_count(flow, action);
    if (count == 0)
        return slots;
    struct slots out = { .reached = false };
    for (unsigned k = 1; k <= count; k++) {
        node_id list = flow_list(flow, (struct spot){ action, (uint16_t) k });
        struct slots end = list ? walk_list(flow, list, slots) : slots;
        join(&out, &end);
    }
    const struct action_info *info = flow_action(flow, action);
    if (info && info->flags & ACTION_LOOP)
        join(&out, &slots);
    return out;
}

static struct slots walk_list(const struct flow *flow, node_id list, struct slots slots)
{
    for (node_id at = flow_list_first(flow, list); at; at = flow_action_next(flow, at)) {
        slots = walk_action(flow, at, slots);
        if (flow_ends(flow, at)) {
            slots.reached = false;
            return slots;
        }
    }
    return slots;
}

/* The slots in front of an action: what came before it in its list, then the same for its owner.
 * Where control enters a container is not known without following every jump: what is set there
 * depends, unless the container is the start and nothing jumps to it. */
static struct slots before(const struct flow *flow, struct spot spot)
{
    struct spot owner = flow_owner(flow, (struct spot){ spot.node, 0 });
    struct slots slots;
    enum role role = owner.node ? flow_role(flow, owner.node) : ROLE_NONE;
    if (role == ROLE_ACTION) {
        slots = before(flow, (struct spot){ owner.node, 0 });
        apply(flow, owner.node, &slots);
    } else if (role == ROLE_CHOICE) {
        slots = before(flow, (struct spot){ owner.node, 0 });
    } else {
        bool start = owner.node && owner.node == flow_start(flow) && flow->type != FLOW_INQUEUE_CALL;
        enum slot_state state = start ? SLOT_UNSET : SLOT_DEPENDS;
        slots = (struct slots){ { { state, 0 }, { state, 0 } }, true };
    }
    node_id list = owner.node ? flow_list(flow, owner) : 0;
    if (!list)
        return slots;
    for (node_id at = flow_list_first(flow, list); at && at != spot.node;
         at = flow_action_next(flow, at))
        slots = walk_action(flow, at, slots);
    return slots;
}

void flow_hangup_at(const struct flow *flow, struct spot spot, struct hangup_answer *out)
{
    enum role role = spot.node ? flow_role(flow, spot.node) : ROLE_NONE;
    struct slots slots = { { { SLOT_UNSET, 0 }, { SLOT_UNSET, 0 } }, true };
    if (role == ROLE_ACTION || role == ROLE_CHOICE) {
        slots = before(flow, spot);
        if (spot.output > 0)
            apply(flow, spot.node, &slots);
        else
            slots = walk_action(flow, spot.node, slots);
    } else if (role != ROLE_FLOW && spot.node && spot.node != flow_start(flow)) {
        slots.slot[0].state = slots.slot[1].state = SLOT_DEPENDS;
    }
    out->caller = slots.slot[0];
    out->callee = slots.slot[1];
}
