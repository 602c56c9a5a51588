/* The walk that makes a picture. Ways that wait for the next action stand on a stack: a list takes
 * those above its mark to its first action, and leaves above it those that run out of it. */
#include "engine/flow/picture_parts.h"

#include <string.h>
#include "engine/base/env.h"
#include "engine/flow/query.h"
#include "engine/flow/refs.h"
#include "engine/flow/slot_sets.h"
#include "engine/flow/workspace.h"

struct way {
    uint32_t from;
    struct str label;
};
/* An arrow to a node that may not be drawn yet. */
struct pending {
    size_t edge;
    node_id node;
};
/* In an edge while the walk goes on: the end is a target, by number. */
#define TO_TARGET 0x80000000u

struct walk {
    struct picture *picture;
    const struct flow *flow;
    struct env *env;
    struct flow_refs *refs;
    struct way *ways;
    size_t way_count, way_capacity;
    uint32_t *breaks; /* Exit Loop actions of the loops around, innermost last */
    size_t break_count, break_capacity;
    struct pending *pending;
    size_t pending_count, pending_capacity;
    struct picture_item *targets;
    size_t target_count, target_capacity;
    uint32_t *slots; /* of targets: number + 1 by hash; a power of two of them */
    size_t slot_count;
    node_id entering;          /* container whose first node comes next; 0: none */
    uint32_t menu, upper_menu; /* items of the menu around and of the one around that; 0: none */
    uint32_t loop;             /* item of the loop around; 0: none */
};

/* --- items and edges */

bool picture_is_node(const struct picture_item *item)
{
    return item->kind != PICTURE_OPEN && item->kind != PICTURE_CLOSE &&
           item->kind != PICTURE_OUTPUT && item->kind != PICTURE_OUTPUT_END;
}

static uint32_t add_item(struct walk *w, struct picture_item item)
{
    struct picture *p = w->picture;
    p->items = mem_grow(w->env, p->items, &p->item_capacity, p->item_count + 1, sizeof *p->items);
    uint32_t number = (uint32_t) p->item_count++;
    p->items[number] = item;
    if (!picture_is_node(&item))
        return number;
    if (item.node && item.kind != PICTURE_END)
        w->picture->entries[item.node] = number;
    if (w->entering)
        w->picture->entries[w->entering] = number;
    w->entering = 0;
    return number;
}

/* What ends has the node and the output of what began, and the same owner; a group owns its end. */
static void close_item(struct walk *w, uint32_t open, enum picture_kind kind)
{
    struct picture_item item = w->picture->items[open];
    item.kind = kind;
    if (kind == PICTURE_CLOSE)
        item.owner = open;
    uint32_t end = add_item(w, item);
    w->picture->items[open].end = end; /* they may have moved */
}

static void add_edge(struct walk *w, uint32_t from, uint32_t to, enum picture_link link,
                     struct str label)
{
    struct picture *p = w->picture;
    p->edges = mem_grow(w->env, p->edges, &p->edge_capacity, p->edge_count + 1, sizeof *p->edges);
    p->edges[p->edge_count++] = (struct picture_edge){ from, to, link, label };
}

static void add_edge_to_node(struct walk *w, uint32_t from, node_id to, enum picture_link link,
                             struct str label)
{
    w->pending = mem_grow(w->env, w->pending, &w->pending_capacity, w->pending_count + 1,
                          sizeof *w->pending);
    w->pending[w->pending_count++] = (struct pending){ w->picture->edge_count, to };
    add_edge(w, from, 0, link, label);
}

static struct str kept(struct walk *w, struct str text)
{
    return (struct str){ arena_text(&w->picture->arena, text.ptr, text.len), text.len };
}

static void add_way(struct walk *w, uint32_t from, struct str label)
{
    w->ways = mem_grow(w->env, w->ways, &w->way_capacity, w->way_count + 1, sizeof *w->ways);
    w->ways[w->way_count++] = (struct way){ from, label };
}

/* One arrow for the ways of one item that go to the same place: "Success / Failure". */
static void take_ways(struct walk *w, size_t mark, uint32_t to, enum picture_link link,
                      struct str over)
{
    struct buf label;
    buf_init(&label, w->env);
    for (size_t i = mark; i < w->way_count;) {
        uint32_t from = w->ways[i].from;
        buf_clear(&label);
        for (; i < w->way_count && w->ways[i].from == from; i++) {
            if (label.len > 0 && w->ways[i].label.len > 0)
                buf_add_text(&label, " / ");
            buf_add(&label, w->ways[i].label);
        }
        if (over.len > 0 && label.len > 0)
            buf_add_text(&label, ": ");
        buf_add(&label, over);
        add_edge(w, from, to, link, kept(w, buf_str(&label)));
    }
    buf_release(&label);
    w->way_count = mark;
}

/* --- what is outside */

static size_t target_slot(const struct walk *w, const struct picture_item *target)
{
    size_t at = (str_hash(target->name) ^ str_hash(str_of(target->word))) & (w->slot_count - 1);
    for (; w->slots[at]; at = (at + 1) & (w->slot_count - 1)) {
        const struct picture_item *other = &w->targets[w->slots[at] - 1];
        if (other->type == target->type && !strcmp(other->word, target->word) &&
            str_eq(other->name, target->name))
            break;
    }
    return at;
}

static void grow_slots(struct walk *w)
{
    mem_free(w->env, w->slots);
    w->slot_count = w->slot_count ? w->slot_count * 2 : 16;
    w->slots = mem_zalloc(w->env, w->slot_count * sizeof *w->slots);
    for (size_t i = 0; i < w->target_count; i++)
        w->slots[target_slot(w, &w->targets[i])] = (uint32_t) i + 1;
}

static void add_target(struct walk *w, uint32_t from, struct picture_item target,
                       enum picture_link link, struct str label)
{
    target.kind = PICTURE_TARGET;
    if (w->target_count * 2 >= w->slot_count)
        grow_slots(w);
    size_t slot = target_slot(w, &target);
    if (!w->slots[slot]) {
        const struct workspace *ws = w->picture->ws;
        target.missing = ws && target.type != FLOW_OTHER &&
                         !workspace_find(ws, target.type, target.name);
        w->targets = mem_grow(w->env, w->targets, &w->target_capacity, w->target_count + 1,
                              sizeof *w->targets);
        w->targets[w->target_count++] = target;
        w->slots[slot] = (uint32_t) w->target_count;
    }
    add_edge(w, from, TO_TARGET | (w->slots[slot] - 1), link, label);
    w->picture->items[from].targeted = true;
}

static void add_flow(struct walk *w, uint32_t from, enum flow_type type, struct str name,
                     enum picture_link link, struct str label)
{
    struct picture_item target = { .word = picture_flow_word(type), .type = type, .name = name };
    add_target(w, from, target, link, label);
}

/* A queue, user, group or number, by the field that names it. */
static void add_party(struct walk *w, uint32_t from, enum value_type type, bool voicemail,
                      struct form_value value)
{
    const char *word = type == TYPE_QUEUE   ? voicemail ? "voicemail of queue" : "queue"
                       : type == TYPE_USER  ? voicemail ? "voicemail of user" : "user"
                       : type == TYPE_GROUP ? voicemail ? "voicemail of group" : "group"
                                            : "number";
    struct picture_item target = { .word = word, .name = value.text };
    struct buf name;
    if (value.text.len == 0)
        return;
    buf_init(&name, w->env);
    if (value.form == FORM_EXPRESSION) {
        buf_add_char(&name, '=');
        buf_add(&name, value.text);
        target.name = kept(w, buf_str(&name));
    }
    buf_release(&name);
    add_target(w, from, target, LINK_TRANSFER, STR_NONE);
}

/* --- arrows of one action */

static struct str who_is_sent(struct walk *w, const struct post_flow_fields *post)
{
    bool survey = post->flow_type == FLOW_VOICE_SURVEY;
    struct str target = post->target.text;
    if (post->target.form == FORM_EXPRESSION || post->target.form == FORM_VARIABLE) {
        struct buf text;
        buf_init(&text, w->env);
        buf_addf(&text, "whom =%.*s names is sent here when the other hangs up", STR_ARG(target));
        struct str label = kept(w, buf_str(&text));
        buf_release(&text);
        return label;
    }
    if (str_is(target, "caller") || (survey && str_is(target, "any")))
        return STR("agent hangs up: caller is sent here");
    if (str_is(target, "callee"))
        return survey ? STR("never: agents are sent to no survey")
                      : STR("caller hangs up: agent is sent here");
    return str_is(target, "any") ? STR("one hangs up: the other is sent here") : STR_NONE;
}

static void link_post_flow(struct walk *w, node_id action, uint32_t item)
{
    struct post_flow_fields post;
    flow_post_flow(w->flow, action, &post);
    w->picture->items[item].number = ++w->picture->sets;
    if (post.flow.text.len > 0)
        add_flow(w, item, post.flow_type, post.flow.text, LINK_POST_FLOW, who_is_sent(w, &post));
    w->picture->items[item].targeted = false; /* the action says itself whom it sends */
}

/* To all that it may take away. */
static void link_clear(struct walk *w, node_id action, uint32_t item)
{
    struct post_flow_fields post;
    struct hangup_slots slots;
    flow_post_flow(w->flow, action, &post);
    if (!hangups_slots_again(w->picture->hangups, action, &slots))
        return;
    size_t first = w->pending_count;
    for (int slot = 0; slot < 2; slot++) {
        size_t count;
        const uint32_t *sets = slot_set_items(slots.sets, slots.before[slot], &count);
        if (!str_is(post.target.text, "any") &&
            !str_is(post.target.text, slot == 0 ? "caller" : "callee"))
            continue;
        for (size_t i = 0; i < count; i++) {
            bool linked = sets[i] == SLOT_NEVER || sets[i] >= SLOT_ANYTHING;
            for (size_t k = first; k < w->pending_count && !linked; k++)
                linked = w->pending[k].node == sets[i];
            if (!linked)
                add_edge_to_node(w, item, sets[i], LINK_CLEAR, STR("takes away"));
        }
    }
}

static void link_ref(struct walk *w, struct str ref, uint32_t item, enum picture_link link)
{
    node_id target = flow_refs_find(w->refs, ref);
    if (!target)
        return;
    add_edge_to_node(w, item, target, link, link == LINK_CALL ? STR("calls") : STR_NONE);
    w->picture->items[item].targeted = true;
}

static void link_fields(struct walk *w, node_id action, uint32_t item)
{
    const struct action_info *info = flow_action(w->flow, action);
    bool call = picture_is(w->flow, action, "callTask");
    bool voicemail = picture_is(w->flow, action, "transferToVoicemail");
    for (const struct field *field = info->fields; field->path; field++) {
        if (field->kind == FIELD_TASK || field->kind == FIELD_MENU || field->kind == FIELD_STATE)
            link_ref(w, flow_value(w->flow, action, field).text, item,
                     call ? LINK_CALL : LINK_JUMP);
        else if (info->flags & ACTION_TRANSFER && field->kind == FIELD_VALUE &&
                 field->flags & FIELD_REQUIRED)
            add_party(w, item, field->type, voicemail, flow_value(w->flow, action, field));
    }
}

/* What lies between an action and where it leads, other than the next action. */
static void link_action(struct walk *w, node_id action, uint32_t item)
{
    enum flow_type type;
    struct str name;
    if (!flow_action(w->flow, action))
        return;
    link_fields(w, action, item);
    if (picture_is(w->flow, action, "setPostFlow")) {
        link_post_flow(w, action, item);
    } else if (picture_is(w->flow, action, "clearPostFlow")) {
        link_clear(w, action, item);
    } else if (picture_is(w->flow, action, "callCommonModule")) {
        if (flow_target(w->flow, action, &type, &name))
            add_flow(w, item, type, name, LINK_CALL, STR("calls"));
    } else if (flow_target(w->flow, action, &type, &name)) {
        bool waiting = type == FLOW_INQUEUE_CALL;
        add_flow(w, item, type, name, LINK_TRANSFER, waiting ? STR("while waiting") : STR_NONE);
    } else if (picture_is(w->flow, action, "repeatMenu") && w->menu) {
        add_edge(w, item, w->menu, LINK_BACK, STR_NONE);
    } else if (picture_is(w->flow, action, "previousMenu") && w->upper_menu) {
        add_edge(w, item, w->upper_menu, LINK_BACK, STR_NONE);
    }
}

/* --- lists */

static void walk_list(struct walk *w, struct spot owner, size_t mark);

static void walk_outputs(struct walk *w, node_id action, uint32_t item)
{
    unsigned count = flow_output_count(w->flow, action);
    bool alone = flow_role(w->flow, action) == ROLE_CHOICE; /* the task of a choice */
    char number[12];
    for (unsigned k = 1; k <= count; k++) {
        struct spot output = { action, (uint16_t) k };
        size_t mark = w->way_count;
        uint32_t open = add_item(w, (struct picture_item){ .kind = PICTURE_OUTPUT, .node = action,
                                                           .owner = item,
                                                           .output = (uint16_t) k });
        add_way(w, item, alone ? STR_NONE : kept(w, flow_output_label(w->flow, output, number)));
        walk_list(w, output, mark);
        close_item(w, open, PICTURE_OUTPUT_END);
    }
    if (count == 0)
        add_way(w, item, STR_NONE);
}

/* The body leads back to the loop; the loop, and Exit Loop in it, to what comes behind. */
static void walk_loop(struct walk *w, node_id action, uint32_t item)
{
    uint32_t outer = w->loop;
    size_t mark = w->way_count, breaks = w->break_count;
    w->loop = item;
    walk_outputs(w, action, item);
    w->loop = outer;
    take_ways(w, mark, item, LINK_BACK, STR("next pass"));
    add_way(w, item, STR("Done"));
    for (size_t i = breaks; i < w->break_count; i++)
        add_way(w, w->breaks[i], STR_NONE);
    w->break_count = breaks;
}

static void leave_loop(struct walk *w, node_id action, uint32_t item)
{
    if (w->loop && picture_is(w->flow, action, "loopNext"))
        add_edge(w, item, w->loop, LINK_BACK, STR("next pass"));
    if (!w->loop || !picture_is(w->flow, action, "loopExit"))
        return;
    w->breaks = mem_grow(w->env, w->breaks, &w->break_capacity, w->break_count + 1,
                         sizeof *w->breaks);
    w->breaks[w->break_count++] = item;
}

static void walk_action(struct walk *w, node_id action, uint32_t item)
{
    const struct action_info *info = flow_action(w->flow, action);
    unsigned flags = info ? info->flags : 0;
    link_action(w, action, item);
    if (flags & ACTION_ENDS)
        leave_loop(w, action, item);
    else if (flags & ACTION_LOOP)
        walk_loop(w, action, item);
    else
        walk_outputs(w, action, item);
}

static void walk_list(struct walk *w, struct spot owner, size_t mark)
{
    node_id list = flow_list(w->flow, owner);
    uint32_t position = 0;
    for (node_id at = list ? flow_list_first(w->flow, list) : 0; at;
         at = flow_action_next(w->flow, at)) {
        uint32_t item = add_item(w, (struct picture_item){ .kind = PICTURE_ACTION, .node = at,
                                                           .position = ++position });
        take_ways(w, mark, item, LINK_NEXT, STR_NONE);
        walk_action(w, at, item);
    }
}

/* Where the ways above the mark run out of actions. */
static void end_list(struct walk *w, node_id node, size_t mark)
{
    bool empty = w->entering == node;
    if (w->way_count == mark && !empty)
        return;
    if (!empty && node == w->flow->body && flow_type_info(w->flow->type)->flags & FLOW_TASK_LOOPS) {
        take_ways(w, mark, w->picture->entries[node], LINK_BACK, STR("starts over"));
        return;
    }
    uint32_t end = add_item(w, (struct picture_item){ .kind = PICTURE_END, .node = node });
    take_ways(w, mark, end, LINK_NEXT, STR_NONE);
}

/* --- menus and containers */

static void walk_menu(struct walk *w, node_id menu, uint32_t position);

/* "1 (default)" */
static struct str key_label(struct walk *w, node_id choice, node_id by_default)
{
    struct buf text;
    buf_init(&text, w->env);
    picture_add_key(w->flow, choice, &text);
    if (choice == by_default)
        buf_add_text(&text, text.len > 0 ? " (default)" : "default");
    struct str label = kept(w, buf_str(&text));
    buf_release(&text);
    return label;
}

static void walk_choice(struct walk *w, node_id choice, uint32_t position, node_id by_default)
{
    uint32_t menu = w->menu;
    struct str key = key_label(w, choice, by_default);
    if (picture_is(w->flow, choice, "menu") || flow_choice_first(w->flow, choice)) {
        add_edge_to_node(w, menu, choice, LINK_KEY, key);
        walk_menu(w, choice, position);
        return;
    }
    uint32_t item = add_item(w, (struct picture_item){ .kind = PICTURE_ACTION, .node = choice,
                                                       .position = position });
    size_t mark = w->way_count;
    add_edge(w, menu, item, LINK_KEY, key);
    link_action(w, choice, item);
    if (flow_output_count(w->flow, choice) == 0)
        return;
    walk_outputs(w, choice, item);
    w->picture->items[item].end = (uint32_t) w->picture->item_count - 1;
    end_list(w, choice, mark);
}

static void walk_menu(struct walk *w, node_id menu, uint32_t position)
{
    uint32_t inner = w->menu, upper = w->upper_menu, n = 0;
    uint32_t open = add_item(w, (struct picture_item){ .kind = PICTURE_OPEN, .node = menu,
                                                       .position = position });
    node_id by_default = flow_default_choice(w->flow, menu);
    w->entering = menu;
    w->upper_menu = inner;
    w->menu = add_item(w, (struct picture_item){ .kind = PICTURE_MENU, .node = menu });
    for (node_id at = flow_choice_first(w->flow, menu); at; at = flow_action_next(w->flow, at))
        walk_choice(w, at, ++n, by_default);
    close_item(w, open, PICTURE_CLOSE);
    w->menu = inner;
    w->upper_menu = upper;
}

static void walk_container(struct walk *w, node_id node)
{
    if (flow_role(w->flow, node) == ROLE_MENU) {
        walk_menu(w, node, 0);
        return;
    }
    uint32_t open = add_item(w, (struct picture_item){ .kind = PICTURE_OPEN, .node = node });
    w->entering = node;
    walk_list(w, (struct spot){ node, 0 }, 0);
    end_list(w, node, 0);
    close_item(w, open, PICTURE_CLOSE);
}

static void walk_errors(struct walk *w)
{
    static const char *const refs[] = { "menu/targetMenuRef", "task/targetTaskRef",
                                        "state/targetStateRef" };
    const struct flow *flow = w->flow;
    node_id on = flow_field_node(flow, flow->body, "settingsErrorHandling/errorHandling");
    node_id queue = on ? flow_field_node(flow, on, "queue/targetQueue") : 0;
    uint32_t item = (uint32_t) w->picture->item_count;
    node_id target = 0;
    for (size_t i = 0; on && !target && i < sizeof refs / sizeof *refs; i++) {
        node_id ref = flow_field_node(flow, on, refs[i]);
        target = ref ? flow_refs_find(w->refs, doc_text(flow->doc, ref)) : 0;
    }
    struct form_value value = flow_value_of(flow, queue);
    if (!target && value.text.len == 0)
        return;
    add_item(w, (struct picture_item){ .kind = PICTURE_ERROR });
    if (target)
        add_edge_to_node(w, item, target, LINK_ERROR, STR_NONE);
    else
        add_party(w, item, TYPE_QUEUE, false, value);
    w->picture->edges[w->picture->edge_count - 1].link = LINK_ERROR;
}

/* --- afterwards */

static void join_targets(struct walk *w)
{
    struct picture *p = w->picture;
    uint32_t base = (uint32_t) p->item_count;
    for (size_t i = 0; i < w->target_count; i++)
        add_item(w, w->targets[i]);
    for (size_t i = 0; i < w->pending_count; i++)
        p->edges[w->pending[i].edge].to = p->entries[w->pending[i].node];
    for (size_t i = 0; i < p->edge_count; i++) {
        if (p->edges[i].to & TO_TARGET)
            p->edges[i].to = base + (p->edges[i].to & ~TO_TARGET);
    }
}

/* By their origin; those of one in the order in which they were made. Those to what is not drawn
 * (beyond the outputs that are counted) go: no arrow leads to the start, which is item 0. */
static void sort_edges(struct picture *p)
{
    struct picture_edge *sorted = mem_alloc(p->env, (p->edge_count + 1) * sizeof *sorted);
    uint32_t *first = mem_zalloc(p->env, (p->item_count + 2) * sizeof *first);
    for (size_t i = 0; i < p->edge_count; i++)
        first[p->edges[i].from + 2] += p->edges[i].to > 0;
    for (size_t i = 2; i < p->item_count + 2; i++)
        first[i] += first[i - 1];
    for (size_t i = 0; i < p->edge_count; i++) {
        if (p->edges[i].to > 0)
            sorted[first[p->edges[i].from + 1]++] = p->edges[i];
    }
    p->edge_count = first[p->item_count];
    mem_free(p->env, p->edges);
    p->edges = sorted;
    p->first_edges = first;
}

static void reach(struct picture *p, uint32_t *queue, uint32_t *count, uint32_t item)
{
    if (p->items[item].reached)
        return;
    p->items[item].reached = true;
    queue[(*count)++] = item;
}

/* From the start and the errors, along the arrows. */
static void find_reached(struct walk *w)
{
    struct picture *p = w->picture;
    uint32_t *queue = mem_alloc(p->env, (p->item_count + 1) * sizeof *queue);
    uint32_t waiting = 0;
    for (uint32_t i = 0; i < p->item_count; i++) {
        if (p->items[i].kind == PICTURE_START || p->items[i].kind == PICTURE_ERROR)
            reach(p, queue, &waiting, i);
    }
    while (waiting > 0) {
        uint32_t at = queue[--waiting];
        for (uint32_t i = p->first_edges[at]; i < p->first_edges[at + 1]; i++)
            reach(p, queue, &waiting, p->edges[i].to);
    }
    mem_free(p->env, queue);
    for (size_t i = 0; i < p->item_count; i++) {
        struct picture_item *item = &p->items[i];
        if (!picture_is_node(item))
            item->reached = p->items[p->entries[item->node]].reached;
    }
}

static void walk_flow(struct walk *w)
{
    const struct flow *flow = w->flow;
    node_id start = flow_start(flow);
    add_item(w, (struct picture_item){ .kind = PICTURE_START });
    if (start)
        add_edge_to_node(w, 0, start, LINK_NEXT, STR_NONE);
    walk_errors(w);
    for (node_id at = flow_container_next(flow, 0); at; at = flow_container_next(flow, at))
        walk_container(w, at);
    join_targets(w);
    sort_edges(w->picture);
    find_reached(w);
}

void picture_init(struct picture *picture, const struct flow *flow, const struct workspace *ws)
{
    struct env *env = flow->doc->env;
    struct hangup_answer start;
    *picture = (struct picture){ .env = env, .flow = flow, .ws = ws };
    arena_init(&picture->arena, env);
    picture->hangups = hangups_new(env);
    hangups_at(picture->hangups, flow, ws, (struct spot){ 0, 0 }, &start);
    struct walk w = { .picture = picture, .flow = flow, .env = env };
    w.refs = flow_refs_new(flow);
    picture->entries = mem_zalloc(env, (size_t) flow->doc->count * sizeof *picture->entries);
    walk_flow(&w);
    flow_refs_free(w.refs);
    mem_free(env, w.slots);
    mem_free(env, w.targets);
    mem_free(env, w.pending);
    mem_free(env, w.breaks);
    mem_free(env, w.ways);
}

void picture_release(struct picture *picture)
{
    hangups_free(picture->hangups);
    arena_release(&picture->arena);
    mem_free(picture->env, picture->items);
    mem_free(picture->env, picture->edges);
    mem_free(picture->env, picture->first_edges);
    mem_free(picture->env, picture->entries);
}
