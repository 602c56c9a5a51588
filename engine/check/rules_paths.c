/* Post-flows over all paths and across flows (domain.md section 1, simulation.md section 3): those
 * that can never fire, those that fire again and again. Only what holds on every path is told;
 * where other flows cannot be seen (a module's callers, a missing flow) nothing is. */
#include <stdlib.h>
#include <string.h>
#include "engine/check/rules.h"
#include "engine/check/ways.h"
#include "engine/flow/hangup.h"
#include "engine/flow/query.h"
#include "engine/flow/slot_sets.h"

enum {
    MOST_FLOWS = 64, /* flows that are looked at for one */
    MOST_DEPTH = 8,  /* transfers that are followed to find an agent */
    MOST_WAYS = 16,  /* transfers that are told because it is not always set there */
};

/* A Set Post-Flow and what becomes of it. */
struct armed {
    node_id action;
    node_id replaced, cleared; /* the first action that does so on some path; 0: none */
    bool ended;                /* a path ends with it */
    unsigned slots;            /* bits 0 and 1: in which it may be when an agent is reached */
    uint32_t alone[2];         /* how often it is all that a slot may hold when one is */
    bool chosen;               /* a flow is: else that is what is told */
    node_id missing;           /* the first action that leads to an agent also without it */
    unsigned missing_slot;
    struct str target;         /* literal: the flow, of target_type */
    enum flow_type target_type;
};
/* What the rules need to know of a flow. */
struct paths {
    struct flow *flow;
    struct armed *armed; /* by action */
    size_t count, capacity;
    unsigned
        kept;    /* bits 0 and 1: whenever an agent is reached, it holds what the flow began with */
    uint32_t agents; /* how many actions may reach one */
    bool anything;       /* too much to tell */
    bool ended_anything; /* a path ends with too much to tell */
};
struct seen_flow {
    const struct flow *flow;
    bool has_agent;
};
struct analysis {
    struct checker *checker;
    uint8_t *meanings; /* enum meaning by index in the catalogue */
    struct seen_flow seen[MOST_FLOWS];
    size_t seen_count;
    struct hangups *hangups;
    struct paths *flows[MOST_FLOWS];
    size_t flow_count;
};

/* --- what actions mean here */

enum meaning {
    MEANS_NOTHING,
    MEANS_SET,
    MEANS_CLEAR,
    MEANS_AGENT,  /* it may connect an agent */
    MEANS_FLOW,   /* the flow that it names may */
    MEANS_INSIDE, /* the path goes on elsewhere in the flow */
};
static const struct {
    const char *key;
    enum meaning meaning;
} meanings[] = {
    { "setPostFlow", MEANS_SET },       { "clearPostFlow", MEANS_CLEAR },
    { "transferToAcd", MEANS_AGENT },   { "transferToUser", MEANS_AGENT },
    { "transferToGroup", MEANS_AGENT }, { "transferToFlow", MEANS_FLOW },
    { "callCommonModule", MEANS_FLOW }, { "transferToFlowSecure", MEANS_FLOW },
    { "jumpToTask", MEANS_INSIDE },     { "jumpToMenu", MEANS_INSIDE },
    { "changeState", MEANS_INSIDE },    { "previousMenu", MEANS_INSIDE },
    { "repeatMenu", MEANS_INSIDE },     { "endTask", MEANS_INSIDE },
    { "loopNext", MEANS_INSIDE },       { "loopExit", MEANS_INSIDE },
};

static uint8_t *meanings_new(struct env *env)
{
    uint8_t *table = mem_zalloc(env, catalogue_count());
    for (size_t i = 0; i < catalogue_count(); i++) {
        const struct action_info *info = catalogue_action(i);
        for (size_t k = 0; k < sizeof meanings / sizeof *meanings; k++) {
            if (!strcmp(info->wraps ? info->wraps : info->key, meanings[k].key))
                table[i] = (uint8_t) meanings[k].meaning;
        }
    }
    return table;
}

/* An action nobody knows may do anything. */
static enum meaning meaning_of(const struct analysis *analysis, const struct flow *flow,
                               node_id action)
{
    const struct action_info *info = flow_action(flow, action);
    return info ? (enum meaning) analysis->meanings[catalogue_index(info)] : MEANS_AGENT;
}

struct agent_search {
    struct analysis *analysis;
    const struct flow *flow;
    unsigned depth;
    bool found;
};

static bool flow_has_agent(struct analysis *analysis, const struct flow *flow, unsigned depth);

/* Where the flow cannot be seen, nobody knows. */
static bool leads_to_agent(struct analysis *analysis, const struct flow *flow, node_id action,
                           unsigned depth)
{
    enum meaning meaning = meaning_of(analysis, flow, action);
    enum flow_type type;
    struct str name;
    if (meaning != MEANS_FLOW)
        return meaning == MEANS_AGENT;
    const struct flow *named = flow_target(flow, action, &type, &name)
                                   ? workspace_find(analysis->checker->ws, type, name)
                                   : NULL;
    return !named || flow_has_agent(analysis, named, depth);
}

static bool visit_for_agent(void *context, node_id action, unsigned depth)
{
    struct agent_search *search = context;
    (void) depth;
    search->found = leads_to_agent(search->analysis, search->flow, action, search->depth);
    return !search->found;
}

static bool flow_has_agent(struct analysis *analysis, const struct flow *flow, unsigned depth)
{
    struct agent_search search = { analysis, flow, depth + 1, false };
    for (size_t i = 0; i < analysis->seen_count; i++) {
        if (analysis->seen[i].flow == flow)
            return analysis->seen[i].has_agent;
    }
    if (depth >= MOST_DEPTH || analysis->seen_count == MOST_FLOWS)
        return true;
    size_t at = analysis->seen_count++;
    analysis->seen[at] = (struct seen_flow){ flow, false }; /* a circle finds nothing new */
    flow_each_action(flow, visit_for_agent, &search);
    analysis->seen[at].has_agent = search.found;
    return search.found;
}

/* --- what becomes of each Set Post-Flow of a flow */

struct path_walk {
    struct analysis *analysis;
    struct paths *paths;
};

static bool collect(void *context, node_id action, unsigned depth)
{
    struct path_walk *walk = context;
    struct paths *paths = walk->paths;
    struct post_flow_fields post;
    (void) depth;
    if (meaning_of(walk->analysis, paths->flow, action) != MEANS_SET)
        return true;
    flow_post_flow(paths->flow, action, &post);
    paths->armed = mem_grow(paths->flow->doc->env, paths->armed, &paths->capacity, paths->count + 1,
                            sizeof *paths->armed);
    bool literal = post.flow.form != FORM_EXPRESSION && post.flow.form != FORM_VARIABLE;
    paths->armed[paths->count++] = (struct armed){ .action = action,
                                                   .chosen = !literal || post.flow.text.len > 0,
                                                   .target = literal ? post.flow.text : STR_NONE,
                                                   .target_type = post.flow_type };
    return true;
}

static int by_action(const void *a, const void *b)
{
    node_id x = ((const struct armed *) a)->action, y = ((const struct armed *) b)->action;
    return (x > y) - (x < y);
}

static struct armed *armed_by(const struct paths *paths, node_id action)
{
    struct armed wanted = { .action = action };
    return paths->count
               ? bsearch(&wanted, paths->armed, paths->count, sizeof *paths->armed, by_action)
               : NULL;
}

static void meet_agent(struct paths *paths, const struct hangup_slots *slots)
{
    for (unsigned slot = 0; slot < 2; slot++) {
        size_t count;
        const uint32_t *items = slot_set_items(slots->sets, slots->inside[slot], &count);
        for (size_t i = 0; i < count; i++) {
            struct armed *armed = armed_by(paths, items[i]);
            if (armed)
                armed->slots |= 1u << slot;
            paths->anything |= items[i] == SLOT_ANYTHING;
        }
        if (slots->inside[slot] != SET_NEVER)
            paths->kept &= ~(1u << slot);
        struct armed *only = count == 1 ? armed_by(paths, items[0]) : NULL;
        if (only)
            only->alone[slot]++;
    }
    paths->agents++;
}

/* Whether it is in a slot whenever an agent is reached. */
static bool is_always_set(const struct paths *paths, const struct armed *armed)
{
    return paths->agents > 0 &&
           (armed->alone[0] == paths->agents || armed->alone[1] == paths->agents);
}

/* Some paths to an agent have set it, others nothing at all: what was cleared is meant to be, and
 * what is set for the other side alone. */
static void miss(struct paths *paths, node_id action, const struct hangup_slots *slots)
{
    if (!slot_set_has(slots->sets, slots->inside[0], SLOT_NEVER) ||
        !slot_set_has(slots->sets, slots->inside[1], SLOT_NEVER))
        return;
    for (unsigned slot = 0; slot < 2; slot++) {
        size_t count;
        const uint32_t *items = slot_set_items(slots->sets, slots->inside[slot], &count);
        for (size_t i = 0; i < count && items[0] == SLOT_NEVER; i++) {
            struct armed *armed = armed_by(paths, items[i]);
            if (!armed || armed->missing)
                continue;
            armed->missing = action;
            armed->missing_slot = slot;
        }
    }
}

/* What was in a slot before and is not any more. */
static void lose(struct paths *paths, node_id action, bool clears, const struct hangup_slots *slots)
{
    for (unsigned slot = 0; slot < 2; slot++) {
        size_t count;
        const uint32_t *items = slot_set_items(slots->sets, slots->before[slot], &count);
        for (size_t i = 0; i < count; i++) {
            struct armed *armed = armed_by(paths, items[i]);
            if (!armed || armed->action == action ||
                slot_set_has(slots->sets, slots->inside[slot], armed->action))
                continue;
            node_id *first = clears ? &armed->cleared : &armed->replaced;
            *first = *first ? *first : action;
        }
    }
}

/* The flow ends here, or goes on where no agent is. */
static void meet_end(struct paths *paths, const struct hangup_slots *slots)
{
    for (int slot = 0; slot < 2; slot++) {
        size_t count;
        const uint32_t *items = slot_set_items(slots->sets, slots->inside[slot], &count);
        for (size_t i = 0; i < count; i++) {
            struct armed *armed = armed_by(paths, items[i]);
            if (armed)
                armed->ended = true;
            paths->ended_anything |= items[i] == SLOT_ANYTHING;
        }
    }
}

static bool follow(void *context, node_id action, unsigned depth)
{
    struct path_walk *walk = context;
    struct paths *paths = walk->paths;
    struct hangup_slots slots;
    enum meaning meaning = meaning_of(walk->analysis, paths->flow, action);
    const struct action_info *info = flow_action(paths->flow, action);
    bool agent = leads_to_agent(walk->analysis, paths->flow, action, 0);
    bool ends = info && (info->flags & ACTION_ENDS) && meaning != MEANS_INSIDE;
    (void) depth;
    if ((meaning == MEANS_NOTHING && !agent && !ends) ||
        !hangups_slots_again(walk->analysis->hangups, action, &slots))
        return true;
    if (agent) {
        meet_agent(paths, &slots);
        miss(paths, action, &slots);
    } else if (ends) {
        meet_end(paths, &slots);
    } else {
        lose(paths, action, meaning == MEANS_CLEAR, &slots);
    }
    return true;
}

static struct paths *paths_of(struct analysis *analysis, struct flow *flow)
{
    for (size_t i = 0; i < analysis->flow_count; i++) {
        if (analysis->flows[i]->flow == flow)
            return analysis->flows[i];
    }
    if (analysis->flow_count == MOST_FLOWS)
        return NULL;
    struct paths *paths = mem_zalloc(flow->doc->env, sizeof *paths);
    struct path_walk walk = { analysis, paths };
    paths->flow = flow;
    paths->kept = 3;
    analysis->flows[analysis->flow_count++] = paths;
    struct hangup_slots ignored;
    flow_each_action(flow, collect, &walk);
    hangups_slots(analysis->hangups, flow, analysis->checker->ws, flow->body, &ignored);
    if (paths->count > 1)
        qsort(paths->armed, paths->count, sizeof *paths->armed, by_action);
    flow_each_action(flow, follow, &walk);
    return paths;
}

static void release(struct analysis *analysis)
{
    for (size_t i = 0; i < analysis->flow_count; i++) {
        struct paths *paths = analysis->flows[i];
        struct env *env = paths->flow->doc->env;
        mem_free(env, paths->armed);
        mem_free(env, paths);
    }
    hangups_free(analysis->hangups);
    mem_free(analysis->checker->ws->env, analysis->meanings);
}

/* --- across flows */

static struct flow *invoked_by(const struct analysis *analysis, const struct armed *armed)
{
    return armed->target.len && armed->target_type != FLOW_OTHER
               ? workspace_find(analysis->checker->ws, armed->target_type, armed->target)
               : NULL;
}

/* The way from one flow to the next, by post-flows that are set whenever an agent is reached: where
 * a path does without, somebody has decided when it ends. */
struct way {
    struct paths *at;
    size_t from; /* the step before it */
};

static void add_way(const struct way *ways, size_t at, struct buf *out)
{
    if (at)
        add_way(ways, ways[at].from, out);
    buf_add_text(out, at ? " -> " : "");
    buf_add(out, flow_title(ways[at].at->flow));
}

/* Breadth first, so that the first way back is the shortest. */
static bool find_cycle(struct analysis *analysis, struct paths *start, const struct armed *first,
                       struct buf *out)
{
    struct way ways[MOST_FLOWS + 1] = { { start, 0 } };
    size_t count = 1;
    for (size_t at = 0; at < count; at++) {
        const struct paths *paths = ways[at].at;
        size_t begin = at == 0 ? (size_t) (first - paths->armed) : 0;
        size_t end = at == 0 ? begin + 1 : paths->count;
        for (size_t i = begin; i < end; i++) {
            const struct armed *armed = &paths->armed[i];
            struct flow *next = is_always_set(paths, armed) ? invoked_by(analysis, armed) : NULL;
            if (!next)
                continue;
            if (next == start->flow) {
                add_way(ways, at, out);
                buf_addf(out, " -> %.*s", STR_ARG(flow_title(next)));
                return true;
            }
            struct paths *there = paths_of(analysis, next);
            bool known = !there;
            for (size_t k = 0; !known && k < count; k++)
                known = ways[k].at == there;
            if (!known)
                ways[count++] = (struct way){ there, at };
        }
    }
    return false;
}

/* --- the rules */

static void tell_never(struct checker *checker, const struct paths *paths,
                       const struct armed *armed)
{
    node_id by = armed->replaced ? armed->replaced : armed->cleared;
    if (by && !armed->ended && !paths->ended_anything && !(armed->replaced && armed->cleared))
        report1(checker, armed->replaced ? DIAG_POST_FLOW_REPLACED : DIAG_POST_FLOW_CLEARED,
                armed->action, flow_name(checker->flow, by));
    else
        report0(checker, DIAG_POST_FLOW_NO_AGENT, armed->action);
}

static void tell_again(struct analysis *analysis, struct paths *paths, const struct armed *armed)
{
    struct flow *next = invoked_by(analysis, armed);
    struct paths *there = next && next != paths->flow ? paths_of(analysis, next) : NULL;
    struct buf way;
    if (there && there->agents && (there->kept & armed->slots)) {
        report1(analysis->checker, DIAG_POST_FLOW_AGAIN, armed->action, armed->target);
        return;
    }
    buf_init(&way, analysis->checker->ws->env);
    if (find_cycle(analysis, paths, armed, &way))
        report1(analysis->checker, DIAG_POST_FLOW_CYCLE, armed->action, buf_str(&way));
    buf_release(&way);
}

/* One of those that are set there stands for the others. */
static bool is_told(const struct armed *const *told, unsigned count, const struct armed *armed)
{
    for (unsigned i = 0; i < count; i++) {
        if (told[i]->missing == armed->missing && told[i]->missing_slot == armed->missing_slot)
            return true;
    }
    return false;
}

static void tell_missing(struct analysis *analysis, const struct paths *paths)
{
    struct checker *checker = analysis->checker;
    struct ways *ways[2] = { NULL, NULL };
    const struct armed *told[MOST_WAYS];
    unsigned count = 0;
    for (size_t i = 0; i < paths->count && count < MOST_WAYS; i++) {
        const struct armed *armed = &paths->armed[i];
        unsigned slot = armed->missing_slot;
        struct buf way;
        if (!armed->missing || is_told(told, count, armed))
            continue;
        told[count++] = armed;
        if (!ways[slot])
            ways[slot] = ways_new(checker->flow, checker->refs, analysis->hangups, slot);
        buf_init(&way, checker->ws->env);
        if (ways_print(ways[slot], armed->missing, &checker->paths, &way))
            report2(checker, DIAG_POST_FLOW_SOMETIMES, armed->missing,
                    flow_name(checker->flow, armed->action), buf_str(&way));
        buf_release(&way);
    }
    ways_free(ways[0]);
    ways_free(ways[1]);
}

static bool any_use(void *context, const struct use *use)
{
    (void) use;
    *(bool *) context = true;
    return false;
}

/* Then it may begin with what they have set. */
static bool is_entered_by_others(const struct checker *checker)
{
    bool found = false;
    workspace_uses_of_flow(checker->ws, checker->flow->type, flow_title(checker->flow), any_use,
                           &found);
    return found;
}

static bool visit_clear(void *context, node_id action, unsigned depth)
{
    struct path_walk *walk = context;
    struct checker *checker = walk->analysis->checker;
    struct hangup_slots slots;
    (void) depth;
    if (meaning_of(walk->analysis, checker->flow, action) != MEANS_CLEAR ||
        !hangups_slots(walk->analysis->hangups, checker->flow, checker->ws, action, &slots))
        return true;
    bool nothing = true;
    for (int i = 0; i < 2; i++) /* what it does not address stays as it is */
        nothing &= slots.before[i] == SET_NEVER || slots.before[i] == slots.inside[i];
    if (nothing && !is_entered_by_others(checker))
        report0(checker, DIAG_POST_FLOW_NOTHING_TO_CLEAR, action);
    return true;
}

static bool visit_for_any(void *context, node_id action, unsigned depth)
{
    struct agent_search *search = context;
    enum meaning meaning = meaning_of(search->analysis, search->flow, action);
    (void) depth;
    search->found = meaning == MEANS_SET || meaning == MEANS_CLEAR;
    return !search->found;
}

static bool has_any(struct analysis *analysis, const struct flow *flow)
{
    struct agent_search search = { analysis, flow, 0, false };
    flow_each_action(flow, visit_for_any, &search);
    return search.found;
}

static void tell(struct analysis *analysis)
{
    struct checker *checker = analysis->checker;
    struct paths *paths = paths_of(analysis, checker->flow);
    struct path_walk walk = { analysis, paths };
    flow_each_action(checker->flow, visit_clear, &walk);
    for (size_t i = 0; i < paths->count; i++) {
        struct hangup_slots slots;
        const struct armed *armed = &paths->armed[i];
        bool known = hangups_slots(analysis->hangups, checker->flow, checker->ws, armed->action,
                                   &slots);
        if (known && armed->chosen && !armed->slots && !paths->anything)
            tell_never(checker, paths, armed);
        else if (known && armed->slots)
            tell_again(analysis, paths, armed);
    }
    struct hangup_slots of_this;
    if (paths->count > 0 && hangups_slots(analysis->hangups, checker->flow, checker->ws,
                                          paths->armed[0].action, &of_this))
        tell_missing(analysis, paths);
}

void rule_post_flow_paths(struct checker *checker, node_id body)
{
    struct analysis analysis = { .checker = checker };
    (void) body;
    /* In a queue an agent may answer at any action; who calls a module is not known here. */
    if (checker->flow->type != FLOW_INBOUND_CALL)
        return;
    analysis.hangups = hangups_new(checker->ws->env);
    analysis.meanings = meanings_new(checker->ws->env);
    if (has_any(&analysis, checker->flow))
        tell(&analysis);
    release(&analysis);
}
