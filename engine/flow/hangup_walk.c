/* The two slots over all paths of a flow. Abstract interpretation: a state is what each slot holds
 * on the paths so far, states are joined where paths meet. Containers, sub-menus and loops are
 * heads: they keep the join of all states that enter them, and are gone through again when it has
 * changed. A slot's set grows, to SLOT_SET_MOST elements and then to anything, so this ends. */
#include "engine/flow/hangup_parts.h"

#include <string.h>
#include "engine/flow/refs.h"
#include "engine/flow/tags.h"
#include "engine/flow/workspace.h"

/* Actions and outputs that are gone through at most, all rounds together. */
enum { MOST_STEPS = 400000, MOST_MODULES = 64 };

struct slots {
    uint32_t slot[2];
    bool reached; /* false: no path leads here; the slots are what is shown all the same */
};

/* What matters about an action, by its index in the catalogue. */
enum effect {
    EFFECT_NONE,
    EFFECT_SET,
    EFFECT_CLEAR,
    EFFECT_MODULE,
    EFFECT_CALL,
    EFFECT_JUMP,
    EFFECT_BACK, /* to a menu of before */
    EFFECT_END_TASK,
    EFFECT_NEXT,
    EFFECT_EXIT,
    EFFECT_SUB_MENU,
};
static const struct {
    const char *key;
    enum effect effect;
} effects[] = { { "setPostFlow", EFFECT_SET },
                { "clearPostFlow", EFFECT_CLEAR },
                { "callCommonModule", EFFECT_MODULE },
                { "callTask", EFFECT_CALL },
                { "jumpToTask", EFFECT_JUMP },
                { "jumpToMenu", EFFECT_JUMP },
                { "changeState", EFFECT_JUMP },
                { "previousMenu", EFFECT_BACK },
                { "repeatMenu", EFFECT_BACK },
                { "endTask", EFFECT_END_TASK },
                { "loopNext", EFFECT_NEXT },
                { "loopExit", EFFECT_EXIT },
                { "menu", EFFECT_SUB_MENU } };

struct head {
    node_id node;
    struct slots in;  /* all that enter; of a loop: those that come back for the next pass */
    struct slots out; /* how a task is left by its end or End Task, a loop by Exit Loop */
    bool menu, queued;
    bool calls; /* it calls tasks: their ends matter to it */
    bool live;  /* a path from the start leads to it */
};
struct module {
    struct str name;
    unsigned changes; /* bits 0 and 1: the slots that an action in it sets or clears */
};

struct walk {
    struct env *env;
    const struct flow *flow;
    const struct workspace *ws;
    struct slot_sets *sets;
    struct flow_refs *refs;
    uint8_t *effects; /* enum effect by index in the catalogue */
    struct head *heads;
    size_t head_count, head_capacity;
    uint32_t *table; /* open addressing: index in heads + 1 by node */
    size_t table_mask;
    uint32_t *queue; /* heads to go through; taken from the front */
    size_t queue_first, queue_count, queue_capacity;
    struct module modules[MOST_MODULES];
    size_t module_count;
    struct slots menus; /* of all menus that are reached, joined: where a global choice is chosen */
    struct slots back;  /* of all ways to a menu of before */
    uint32_t container, loop; /* head that is gone through; the loop around; NO_HEAD: none */
    uint32_t steps;
    bool dead;                      /* heads that no path leads to are gone through */
    struct hangup_records *records; /* NULL: not yet */
};
enum { NO_HEAD = 0xffffffff };

/* --- states */

/* Whether it changed anything. */
static bool join(const struct walk *w, struct slots *into, const struct slots *from)
{
    struct slots before = *into;
    if (!from->reached)
        return false;
    if (!into->reached) {
        *into = *from;
        return true;
    }
    for (int i = 0; i < 2; i++)
        into->slot[i] = slot_set_union(w->sets, into->slot[i], from->slot[i]);
    return into->slot[0] != before.slot[0] || into->slot[1] != before.slot[1];
}

static struct slots anything(void)
{
    return (struct slots){ { SET_ANYTHING, SET_ANYTHING }, true };
}

static struct slots not_reached(struct slots slots)
{
    slots.reached = false;
    return slots;
}

/* --- heads */

static size_t place_in_table(const struct walk *w, node_id node)
{
    size_t at = (node * 2654435761u) & w->table_mask;
    while (w->table[at] && w->heads[w->table[at] - 1].node != node)
        at = (at + 1) & w->table_mask;
    return at;
}

static void grow_table(struct walk *w)
{
    size_t size = w->table ? (w->table_mask + 1) * 2 : 64;
    mem_free(w->env, w->table);
    w->table = mem_zalloc(w->env, size * sizeof *w->table);
    w->table_mask = size - 1;
    for (size_t i = 0; i < w->head_count; i++)
        w->table[place_in_table(w, w->heads[i].node)] = (uint32_t) i + 1;
}

static uint32_t head_of(struct walk *w, node_id node)
{
    if (w->head_count * 2 >= w->table_mask)
        grow_table(w);
    size_t at = place_in_table(w, node);
    if (!w->table[at]) {
        w->heads = mem_grow(w->env, w->heads, &w->head_capacity, w->head_count + 1,
                            sizeof *w->heads);
        enum role role = flow_role(w->flow, node);
        w->heads[w->head_count++] = (struct head){
            .node = node, .menu = role == ROLE_MENU || role == ROLE_CHOICE
        };
        w->table[at] = (uint32_t) w->head_count;
    }
    return w->table[at] - 1;
}

static void enqueue(struct walk *w, uint32_t index)
{
    if (w->heads[index].queued)
        return;
    w->heads[index].queued = true;
    w->queue = mem_grow(w->env, w->queue, &w->queue_capacity, w->queue_count + 1, sizeof *w->queue);
    w->queue[w->queue_count++] = index;
}

static void enqueue_menus(struct walk *w)
{
    for (size_t i = 0; i < w->head_count; i++) {
        if (w->heads[i].menu && w->heads[i].in.reached)
            enqueue(w, (uint32_t) i);
    }
}

/* A path leads to a container or sub-menu. What is dead changes nothing that is not. */
static void enter(struct walk *w, node_id node, struct slots slots)
{
    if (!node || w->records)
        return;
    uint32_t index = head_of(w, node);
    struct head *head = &w->heads[index];
    if (w->dead && head->live)
        return;
    if (join(w, &head->in, &slots))
        enqueue(w, index);
}

static void enter_menus(struct walk *w, struct slots slots)
{
    if (!w->records && join(w, &w->back, &slots))
        enqueue_menus(w);
}

/* A task is left for where it was called. */
static void leave(struct walk *w, struct slots slots)
{
    if (w->records || !join(w, &w->heads[w->container].out, &slots))
        return;
    for (size_t i = 0; i < w->head_count; i++) {
        if (w->heads[i].calls)
            enqueue(w, (uint32_t) i);
    }
}

/* --- actions */

static void record(struct walk *w, node_id node, struct slots before, struct slots inside)
{
    struct hangup_records *out = w->records;
    if (!out)
        return;
    out->items = mem_grow(w->env, out->items, &out->capacity, out->count + 1, sizeof *out->items);
    struct hangup_record *made = &out->items[out->count++];
    *made = (struct hangup_record){ .node = node, .reached = inside.reached };
    memcpy(made->before, before.slot, sizeof made->before);
    memcpy(made->inside, inside.slot, sizeof made->inside);
    memcpy(made->behind, inside.slot, sizeof made->behind);
}

static enum effect effect_of(const struct walk *w, const struct action_info *info)
{
    return info ? (enum effect) w->effects[catalogue_index(info)] : EFFECT_NONE;
}

/* What Set or Clear Post-Flow addresses: bits 0 and 1; *certain: not by an expression. */
static unsigned addressed(const struct flow *flow, node_id action, bool *certain)
{
    struct post_flow_fields post;
    flow_post_flow(flow, action, &post);
    *certain = post.target.form != FORM_EXPRESSION && post.target.form != FORM_VARIABLE;
    if (!*certain)
        return 3;
    return str_is(post.target.text, "any")      ? 3
           : str_is(post.target.text, "caller") ? 1
           : str_is(post.target.text, "callee") ? 2
                                                : 0;
}

struct module_scan {
    const struct walk *walk;
    const struct flow *flow;
    unsigned changes, steps;
};

static bool visit_module(void *context, node_id action, unsigned depth)
{
    struct module_scan *scan = context;
    enum effect effect = effect_of(scan->walk, flow_action(scan->flow, action));
    bool certain;
    (void) depth;
    if (effect == EFFECT_SET || effect == EFFECT_CLEAR)
        scan->changes |= addressed(scan->flow, action, &certain);
    scan->steps++;
    return scan->changes != 3 && scan->steps < MOST_STEPS;
}

/* Which slots a module may change. A missing one changes none: the call ends in an error. */
static unsigned changes_of_module(struct walk *w, node_id action)
{
    enum flow_type type;
    struct str name;
    if (!w->ws)
        return 3;
    if (!flow_target(w->flow, action, &type, &name))
        return 0;
    for (size_t i = 0; i < w->module_count; i++) {
        if (str_eq(w->modules[i].name, name))
            return w->modules[i].changes;
    }
    if (w->module_count == MOST_MODULES)
        return 3;
    const struct flow *module = workspace_find(w->ws, FLOW_COMMON_MODULE, name);
    struct module_scan scan = { w, module, 0, 0 };
    if (module)
        flow_each_action(module, visit_module, &scan);
    w->steps += scan.steps;
    w->modules[w->module_count++] = (struct module){ name, scan.changes };
    return scan.changes;
}

/* What the action itself does to the slots. */
static void apply(struct walk *w, node_id action, enum effect effect, struct slots *slots)
{
    bool certain = false;
    unsigned hit = 0;
    if (effect == EFFECT_MODULE)
        hit = changes_of_module(w, action);
    else if (effect == EFFECT_SET || effect == EFFECT_CLEAR)
        hit = addressed(w->flow, action, &certain);
    uint32_t value = effect == EFFECT_SET     ? slot_set_of(w->sets, action)
                     : effect == EFFECT_CLEAR ? SET_EMPTIED
                                              : SET_OTHER;
    for (int i = 0; i < 2; i++) {
        if (hit & 1u << i)
            slots->slot[i] = certain ? value : slot_set_union(w->sets, slots->slot[i], value);
    }
}

static struct slots walk_list(struct walk *w, node_id list, struct slots slots);

/* The branches below an action, as they are tagged; returns how many. */
static unsigned walk_branches(struct walk *w, node_id node, struct slots slots, struct slots *out)
{
    const struct doc *doc = w->flow->doc;
    unsigned count = 0;
    for (node_id at = doc_first(doc, node); at; at = doc_next(doc, at)) {
        switch (place_of(w->flow, at)) {
        case PLACE_OUTPUT: {
            node_id list = doc_member(doc, at, ATOM_actions);
            bool written = list && place_of(w->flow, list) == PLACE_LIST;
            struct slots end = written ? walk_list(w, list, slots) : slots;
            join(w, out, &end);
            count++;
            break;
        }
        case PLACE_OUTPUTS:
        case PLACE_BRANCHES:
        case PLACE_BRANCH_ITEM:
        case PLACE_EVALUATE:
        case PLACE_MATCH:
        case PLACE_SWITCH:
            count += walk_branches(w, at, slots, out);
            break;
        default:
            break;
        }
    }
    return count;
}

/* An output that is not written goes on behind the action. */
static struct slots walk_outputs(struct walk *w, node_id action, struct slots slots)
{
    struct slots out = { .reached = false };
    unsigned written = walk_branches(w, action, slots, &out);
    w->steps += written;
    if (!written || written < flow_output_count(w->flow, action))
        join(w, &out, &slots);
    return out;
}

/* A loop's body is entered from before it and from its own end; it is left where it is entered, or
 * by Exit Loop. */
static struct slots walk_loop(struct walk *w, node_id action, struct slots slots)
{
    uint32_t outer = w->loop, index = head_of(w, action);
    struct slots first = slots;
    join(w, &first, &w->heads[index].in);
    w->loop = index;
    struct slots end = walk_outputs(w, action, first);
    w->loop = outer;
    struct head *head = &w->heads[index];
    if (!w->records && join(w, &head->in, &end))
        enqueue(w, w->container);
    join(w, &slots, &head->in);
    join(w, &slots, &head->out);
    return slots;
}

/* Next Loop and Exit Loop; outside a loop they raise an error. */
static void leave_pass(struct walk *w, bool next, struct slots slots)
{
    if (w->loop == NO_HEAD || w->records)
        return;
    struct head *head = &w->heads[w->loop];
    if (join(w, next ? &head->in : &head->out, &slots))
        enqueue(w, w->container);
}

/* The slots behind a called task: those with which it returns; where none is chosen, the same. */
static struct slots call_task(struct walk *w, node_id task, struct slots slots)
{
    w->heads[w->container].calls = true;
    if (!task)
        return slots;
    enter(w, task, slots);
    uint32_t index = head_of(w, task);
    struct slots out = w->heads[index].out;
    return slots.reached && out.reached ? out : not_reached(slots);
}

static node_id target_of(const struct walk *w, node_id action)
{
    static const char *const paths[] = { "targetTaskRef", "targetMenuRef", "targetStateRef" };
    for (size_t i = 0; i < 3; i++) {
        node_id node = flow_field_node(w->flow, action, paths[i]);
        if (node)
            return flow_refs_find(w->refs, doc_text(w->flow->doc, node));
    }
    return 0;
}

/* Where the action's path goes on elsewhere. */
static void walk_away(struct walk *w, node_id action, enum effect effect, struct slots slots)
{
    switch (effect) {
    case EFFECT_JUMP:
        enter(w, target_of(w, action), slots);
        break;
    case EFFECT_BACK:
        enter_menus(w, slots);
        break;
    case EFFECT_END_TASK:
        leave(w, slots);
        break;
    case EFFECT_NEXT:
    case EFFECT_EXIT:
        leave_pass(w, effect == EFFECT_NEXT, slots);
        break;
    default:
        break;
    }
}

static struct slots walk_action(struct walk *w, node_id action, struct slots slots)
{
    const struct action_info *info = flow_action(w->flow, action);
    enum effect effect = effect_of(w, info);
    unsigned flags = info ? info->flags : 0;
    struct slots before = slots;
    apply(w, action, effect, &slots);
    walk_away(w, action, effect, slots);
    if (effect == EFFECT_CALL)
        slots = call_task(w, target_of(w, action), slots);
    /* The record comes before those below it, as ids do. */
    size_t at = w->records ? w->records->count : 0;
    record(w, action, before, slots);
    struct slots behind = flags & ACTION_ENDS   ? not_reached(slots)
                          : flags & ACTION_LOOP ? walk_loop(w, action, slots)
                                                : walk_outputs(w, action, slots);
    if (!behind.reached)
        return not_reached(slots);
    if (w->records && !(flags & ACTION_TRANSFER))
        memcpy(w->records->items[at].behind, behind.slot, sizeof behind.slot);
    return behind;
}

static struct slots walk_list(struct walk *w, node_id list, struct slots slots)
{
    for (node_id at = flow_list_first(w->flow, list); at; at = flow_action_next(w->flow, at)) {
        if (++w->steps >= MOST_STEPS || (!slots.reached && !w->records))
            return not_reached(slots);
        slots = walk_action(w, at, slots);
    }
    return slots;
}

/* --- menus and containers */

/* All that enter a head; menus also from wherever one goes back to them. */
static struct slots entered(const struct walk *w, uint32_t index)
{
    struct slots slots = w->heads[index].in;
    if (w->heads[index].menu && slots.reached)
        join(w, &slots, &w->back);
    return slots;
}

static bool is_true(const struct walk *w, node_id choice, const char *path)
{
    node_id node = flow_field_node(w->flow, choice, path);
    return node && str_is(doc_text(w->flow->doc, node), "true");
}

static void walk_menu(struct walk *w, node_id menu, struct slots slots);

static void walk_choice(struct walk *w, node_id choice, struct slots slots)
{
    enum effect effect = effect_of(w, flow_action(w->flow, choice));
    if (is_true(w, choice, "globalDtmf") || is_true(w, choice, "globalSpeechRecTerms"))
        join(w, &slots, &w->menus);
    record(w, choice, slots, slots);
    if (effect != EFFECT_SUB_MENU) {
        walk_away(w, choice, effect, slots);
        walk_outputs(w, choice, slots);
        return;
    }
    enter(w, choice, slots);
    uint32_t index = head_of(w, choice);
    if (w->records)
        walk_menu(w, choice, entered(w, index));
}

static void walk_menu(struct walk *w, node_id menu, struct slots slots)
{
    if (!w->records && !w->dead && join(w, &w->menus, &slots))
        enqueue_menus(w);
    for (node_id at = flow_choice_first(w->flow, menu); at; at = flow_action_next(w->flow, at)) {
        if (++w->steps >= MOST_STEPS)
            return;
        walk_choice(w, at, slots);
    }
}

static void walk_head(struct walk *w, uint32_t index)
{
    node_id node = w->heads[index].node;
    struct slots in = entered(w, index);
    w->container = index;
    w->loop = NO_HEAD;
    record(w, node, in, in);
    if (w->heads[index].menu) {
        walk_menu(w, node, in);
        return;
    }
    node_id list = flow_list(w->flow, (struct spot){ node, 0 });
    struct slots end = list ? walk_list(w, list, in) : in;
    leave(w, end);
    if (node == w->flow->body && flow_type_info(w->flow->type)->flags & FLOW_TASK_LOOPS)
        enter(w, node, end);
}

static void run_queue(struct walk *w)
{
    while (w->queue_first < w->queue_count && w->steps < MOST_STEPS) {
        uint32_t index = w->queue[w->queue_first++];
        w->heads[index].queued = false;
        w->steps++;
        walk_head(w, index);
        if (w->queue_first == w->queue_count)
            w->queue_first = w->queue_count = 0;
    }
}

/* From the start; then what no path leads to, as if nothing were known of one that does. */
static void find_states(struct walk *w, struct slots start)
{
    const struct flow *flow = w->flow;
    enter(w, flow_start(flow), start);
    run_queue(w);
    w->dead = true;
    for (size_t i = 0; i < w->head_count; i++)
        w->heads[i].live = w->heads[i].in.reached;
    for (node_id at = flow_container_next(flow, 0); at; at = flow_container_next(flow, at)) {
        enter(w, at, anything()); /* nothing where it is live */
    }
    run_queue(w);
}

static void release(struct walk *w)
{
    flow_refs_free(w->refs);
    mem_free(w->env, w->effects);
    mem_free(w->env, w->heads);
    mem_free(w->env, w->table);
    mem_free(w->env, w->queue);
}

static uint8_t *effects_new(struct env *env)
{
    uint8_t *table = mem_zalloc(env, catalogue_count());
    for (size_t i = 0; i < catalogue_count(); i++) {
        const struct action_info *info = catalogue_action(i);
        for (size_t k = 0; k < sizeof effects / sizeof *effects; k++) {
            if (!strcmp(info->wraps ? info->wraps : info->key, effects[k].key))
                table[i] = (uint8_t) effects[k].effect;
        }
    }
    return table;
}

void hangup_walk(struct env *env, const struct flow *flow, const struct workspace *ws,
                 struct hangup_records *out)
{
    struct walk w = { .env = env, .flow = flow, .ws = ws, .sets = out->sets };
    bool call_begins = flow->type == FLOW_INBOUND_CALL || flow->type == FLOW_OUTBOUND_CALL;
    struct slots start = { { SET_NEVER, SET_NEVER }, true };
    if (!call_begins) /* what was there before */
        start = (struct slots){ { SET_OTHER, SET_OTHER }, true };
    w.refs = flow_refs_new(flow);
    w.effects = effects_new(env);
    find_states(&w, start);
    w.records = out;
    for (node_id at = flow_container_next(flow, 0); at; at = flow_container_next(flow, at))
        walk_head(&w, head_of(&w, at));
    memcpy(out->start, start.slot, sizeof start.slot);
    out->known = w.steps < MOST_STEPS;
    release(&w);
}
