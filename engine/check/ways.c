#include "engine/check/ways.h"

#include "engine/base/env.h"
#include "engine/flow/slot_sets.h"

/* Jumps that are taken one after the other at most. */
enum { MOST_JUMPS = 64 };

struct jump {
    node_id from, to, action; /* containers, and what leads from one to the other */
};
struct ways {
    struct env *env;
    const struct flow *flow;
    const struct flow_refs *refs;
    const struct hangups *hangups;
    unsigned slot;
    struct jump *jumps;
    size_t count, capacity;
    node_id *via; /* by container: the action that leads there first; the start by itself */
};

static bool is_unset(const struct ways *ways, const uint32_t *sets, const struct slot_sets *all)
{
    return slot_set_has(all, sets[ways->slot], SLOT_NEVER);
}

static bool add_jumps(void *context, node_id action, unsigned depth)
{
    struct ways *ways = context;
    const struct flow *flow = ways->flow;
    const struct action_info *info = flow_action(flow, action);
    struct hangup_slots slots;
    (void) depth;
    for (const struct field *field = info ? info->fields : NULL; field && field->path; field++) {
        if (field->kind != FIELD_TASK && field->kind != FIELD_MENU && field->kind != FIELD_STATE)
            continue;
        node_id to = flow_refs_find(ways->refs, flow_value(flow, action, field).text);
        if (!to || !hangups_slots_again(ways->hangups, action, &slots) ||
            !is_unset(ways, slots.inside, slots.sets))
            continue;
        ways->jumps = mem_grow(ways->env, ways->jumps, &ways->capacity, ways->count + 1,
                               sizeof *ways->jumps);
        ways->jumps[ways->count++] = (struct jump){ flow_container_of(flow, action), to, action };
    }
    return true;
}

/* Breadth first: what is reached in a round is gone on from in the next one. */
static void find_ways(struct ways *ways)
{
    const struct flow *flow = ways->flow;
    uint8_t *round = mem_zalloc(ways->env, flow->doc->count);
    node_id start = flow_start(flow);
    bool more = start != 0;
    ways->via[start] = start;
    round[start] = 1;
    for (unsigned now = 1; more && now <= MOST_JUMPS; now++) {
        more = false;
        for (size_t i = 0; i < ways->count; i++) {
            const struct jump *jump = &ways->jumps[i];
            if (round[jump->from] != now || ways->via[jump->to])
                continue;
            ways->via[jump->to] = jump->action;
            round[jump->to] = (uint8_t) (now + 1);
            more = true;
        }
    }
    mem_free(ways->env, round);
}

struct ways *ways_new(const struct flow *flow, const struct flow_refs *refs,
                      const struct hangups *hangups, unsigned slot)
{
    struct env *env = flow->doc->env;
    struct ways *ways = mem_zalloc(env, sizeof *ways);
    *ways = (struct ways){
        .env = env, .flow = flow, .refs = refs, .hangups = hangups, .slot = slot
    };
    ways->via = mem_zalloc(env, flow->doc->count * sizeof *ways->via);
    flow_each_action(flow, add_jumps, ways);
    find_ways(ways);
    return ways;
}

void ways_free(struct ways *ways)
{
    if (!ways)
        return;
    mem_free(ways->env, ways->jumps);
    mem_free(ways->env, ways->via);
    mem_free(ways->env, ways);
}

/* --- printing --- */

struct printing {
    const struct ways *ways;
    struct path_memo *memo;
    struct buf *out;
};

static void print_step(struct printing *printing, struct spot spot)
{
    if (printing->out->len > 0)
        buf_add_text(printing->out, ", ");
    path_print_next(printing->ways->flow, spot, printing->memo, printing->out);
}

/* What the slot may hold where an output ends; false: it does not go on behind the action. */
static bool end_of_output(const struct ways *ways, node_id output, uint32_t inside,
                          struct hangup_slots *out, uint32_t *set)
{
    node_id list = flow_output_list(ways->flow, output);
    node_id last = list ? flow_list_last(ways->flow, list) : 0;
    *set = inside;
    if (!last)
        return true;
    if (flow_list_ends(ways->flow, list) || !hangups_slots_again(ways->hangups, last, out))
        return false;
    *set = out->behind[ways->slot];
    return true;
}

/* The output by which an action is passed without setting anything, if it can be without a Set
 * inside; 0: none. *whole: nothing is set in it. */
static unsigned output_without(const struct ways *ways, node_id action, uint32_t inside,
                               bool *whole)
{
    struct output_at output = flow_outputs(ways->flow, action);
    struct hangup_slots slots;
    unsigned found = 0;
    uint32_t set;
    *whole = false;
    while (!*whole && flow_output_next(&output)) {
        if (!end_of_output(ways, output.node, inside, &slots, &set))
            continue;
        *whole = set == inside;
        bool unset = *whole || slot_set_has(slots.sets, set, SLOT_NEVER);
        if (unset && (!found || *whole))
            found = output.number;
    }
    return found;
}

/* The depth is that of the document, which has a limit. */
static void print_passed(struct printing *printing, node_id action)
{
    const struct ways *ways = printing->ways;
    struct hangup_slots slots;
    bool whole;
    if (!hangups_slots_again(ways->hangups, action, &slots))
        return;
    uint32_t inside = slots.inside[ways->slot];
    if (slots.behind[ways->slot] == inside)
        return;
    unsigned output = output_without(ways, action, inside, &whole);
    if (!output)
        return;
    node_id list = flow_list(ways->flow, (struct spot){ action, (uint16_t) output });
    size_t before = printing->out->len;
    if (!whole) {
        for (node_id at = list ? flow_list_first(ways->flow, list) : 0; at;
             at = flow_action_next(ways->flow, at))
            print_passed(printing, at);
    }
    if (printing->out->len == before) /* else what is inside says where this is, too */
        print_step(printing, (struct spot){ action, (uint16_t) output });
}

/* What is passed from the container's beginning to an action. */
static void print_before(struct printing *printing, node_id action)
{
    const struct flow *flow = printing->ways->flow;
    struct spot owner = flow_owner(flow, (struct spot){ action, 0 });
    enum role role = flow_role(flow, owner.node);
    if (role == ROLE_ACTION || role == ROLE_CHOICE)
        print_before(printing, owner.node);
    if (flow_role(flow, action) != ROLE_ACTION)
        return;
    for (node_id at = flow_list_first(flow, flow_list(flow, owner)); at && at != action;
         at = flow_action_next(flow, at))
        print_passed(printing, at);
}

bool ways_print(const struct ways *ways, node_id action, struct path_memo *memo, struct buf *out)
{
    node_id jumps[MOST_JUMPS];
    size_t count = 0;
    struct printing printing = { ways, memo, out };
    node_id at = flow_container_of(ways->flow, action), start = flow_start(ways->flow);
    while (at != start && at && ways->via[at] && count < MOST_JUMPS) {
        jumps[count++] = ways->via[at];
        at = flow_container_of(ways->flow, ways->via[at]);
    }
    if (at != start)
        return false;
    while (count > 0) {
        print_before(&printing, jumps[--count]);
        print_step(&printing, (struct spot){ jumps[count], 0 });
    }
    print_before(&printing, action);
    return out->len > 0;
}
