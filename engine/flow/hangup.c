/* What a hang-up leads to: the two slots along the paths to a place. */
#include <string.h>
#include "engine/flow/query.h"

/* Actions that are gone through at most; what would take more depends. */
enum { MOST_STEPS = 20000 };

/* The two slots along a path; what two paths disagree on depends. */
struct slots {
    struct slot_answer slot[2]; /* caller's, callee's */
    bool reached;
};

struct walk {
    const struct flow *flow;
    unsigned steps;
};

static const struct slots unknown = { { { SLOT_DEPENDS, 0 }, { SLOT_DEPENDS, 0 } }, true };

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

/* What an action itself does to the slots; what it calls may do anything. */
static void apply(const struct flow *flow, node_id action, struct slots *slots)
{
    const struct action_info *info = flow_action(flow, action);
    if (!info)
        return;
    if (!strcmp(info->key, "callCommonModule") || !strcmp(info->key, "callTask"))
        *slots = unknown;
    bool set = !strcmp(info->key, "setPostFlow");
    if (!set && strcmp(info->key, "clearPostFlow"))
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

static struct slots walk_list(struct walk *walk, node_id list, struct slots slots);

static bool is_loop(const struct flow *flow, node_id action)
{
    const struct action_info *info = flow_action(flow, action);
    return info && info->flags & ACTION_LOOP;
}

/* The slots behind an action whose outputs are gone through; not reached where all of them end. */
static struct slots walk_action(struct walk *walk, node_id action, struct slots slots)
{
    const struct flow *flow = walk->flow;
    if (walk->steps++ >= MOST_STEPS)
        return unknown;
    apply(flow, action, &slots);
    unsigned count = flow_output_count(flow, action);
    if (count == 0)
        return slots;
    struct slots out = { .reached = false };
    for (unsigned k = 1; k <= count; k++) {
        node_id list = flow_list(flow, (struct spot){ action, (uint16_t) k });
        struct slots end = list ? walk_list(walk, list, slots) : slots;
        join(&out, &end);
    }
    if (is_loop(flow, action))
        join(&out, &slots);
    return out;
}

static struct slots walk_list(struct walk *walk, node_id list, struct slots slots)
{
    const struct flow *flow = walk->flow;
    for (node_id at = flow_list_first(flow, list); at && slots.reached;
         at = flow_action_next(flow, at)) {
        const struct action_info *info = flow_action(flow, at);
        slots = walk_action(walk, at, slots);
        if (walk->steps >= MOST_STEPS)
            return unknown;
        if (info && info->flags & ACTION_ENDS)
            slots.reached = false;
    }
    return slots;
}

static struct slots before(struct walk *walk, node_id action);

/* The slots where the list of an owner begins. Where control enters a container is not known
 * without following every jump: the start begins with empty slots, in others it depends. */
static struct slots at_start(struct walk *walk, struct spot owner)
{
    const struct flow *flow = walk->flow;
    enum role role = owner.node ? flow_role(flow, owner.node) : ROLE_NONE;
    if (role == ROLE_CHOICE)
        return before(walk, owner.node);
    if (role != ROLE_ACTION) {
        bool start = owner.node && owner.node == flow_start(flow);
        bool again = flow_type_info(flow->type)->flags & FLOW_TASK_LOOPS;
        struct slots empty = { .reached = true };
        return start && !again && flow->type != FLOW_COMMON_MODULE ? empty : unknown;
    }
    struct slots slots = before(walk, owner.node);
    apply(flow, owner.node, &slots);
    if (is_loop(flow, owner.node)) {
        struct slots end = walk_list(walk, flow_list(flow, owner), slots);
        join(&slots, &end);
    }
    return slots;
}

/* The slots in front of an action: what came before it in its list, behind what its owner did. */
static struct slots before(struct walk *walk, node_id action)
{
    const struct flow *flow = walk->flow;
    struct spot owner = flow_owner(flow, (struct spot){ action, 0 });
    struct slots slots = at_start(walk, owner);
    node_id list = owner.node && flow_role(flow, action) == ROLE_ACTION ? flow_list(flow, owner)
                                                                       : 0;
    for (node_id at = list ? flow_list_first(flow, list) : 0; at && at != action;
         at = flow_action_next(flow, at)) {
        struct slots next = walk_action(walk, at, slots);
        if (walk->steps >= MOST_STEPS)
            return unknown;
        if (next.reached) /* what stands behind an end is never run: it gets what was before */
            slots = next;
    }
    return slots;
}

void flow_hangup_at(const struct flow *flow, struct spot spot, struct hangup_answer *out)
{
    enum role role = spot.node ? flow_role(flow, spot.node) : ROLE_NONE;
    struct walk walk = { .flow = flow };
    struct slots slots = { .reached = true };
    if (role == ROLE_ACTION || role == ROLE_CHOICE) {
        slots = before(&walk, spot.node);
        struct slots behind = walk_action(&walk, spot.node, slots);
        if (spot.output == 0 && behind.reached)
            slots = behind;
        else
            apply(flow, spot.node, &slots);
    } else if (role != ROLE_FLOW && spot.node) {
        slots = at_start(&walk, (struct spot){ spot.node, 0 });
    }
    out->caller = slots.slot[0];
    out->callee = slots.slot[1];
}
