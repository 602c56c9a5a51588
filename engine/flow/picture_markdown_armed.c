/* The Markdown page on post-flows: what each does, where it is armed, where a hang-up leads. */
#include "engine/flow/picture_markdown.h"

#include <stdlib.h>
#include "engine/base/env.h"
#include "engine/flow/edit_flow.h"
#include "engine/flow/path.h"

/* The slots while an action runs: where its outputs begin. */
static void slots_at(const struct picture *p, node_id action, struct hangup_answer *out)
{
    hangups_again(p->hangups, (struct spot){ action, 1 }, out);
}

static uint32_t number_of(const struct picture *p, struct slot_answer slot)
{
    return slot.state == SLOT_SET ? p->items[p->entries[slot.by]].number : 0;
}

/* Whether somebody else may be on the line then, or another flow goes on with what is armed. */
static bool hands_over(const struct picture *p, const struct picture_item *item)
{
    return item->kind == PICTURE_ACTION && item->reached &&
           (picture_look(p, item) == LOOK_TRANSFER ||
            picture_is(p->flow, item->node, "dialByExtension")) &&
           !picture_is(p->flow, item->node, "transferToFlowSecure") &&
           !picture_is(p->flow, item->node, "transferToVoicemail");
}

static bool may_be_armed(struct slot_answer slot)
{
    return slot.state == SLOT_SET || slot.state == SLOT_DEPENDS;
}

void md_add_armed(const struct picture *p, const struct picture_item *item, struct buf *out)
{
    struct hangup_answer slots;
    slots_at(p, item->node, &slots);
    uint32_t caller = number_of(p, slots.caller), callee = number_of(p, slots.callee);
    if (item->number > 0) {
        buf_addf(out, " · arms [P%u](#post-flow-%u)", item->number, item->number);
    } else if (picture_is(p->flow, item->node, "transferToFlowSecure")) {
        if (may_be_armed(slots.caller) || may_be_armed(slots.callee))
            buf_add_text(out, " · takes every post-flow away");
    } else if (caller || callee) {
        buf_addf(out, " · armed: P%u", caller ? caller : callee);
        if (caller && callee && caller != callee)
            buf_addf(out, ", P%u", callee);
    } else if (hands_over(p, item) && (may_be_armed(slots.caller) || may_be_armed(slots.callee))) {
        buf_add_text(out, " · armed: depends on the path");
    }
}

/* --- one post-flow after the other */

/* Actions one behind the other at which a post-flow is armed. */
struct run {
    uint32_t set;         /* number of the Set Post-Flow */
    uint32_t first, last; /* items */
};
struct runs {
    struct env *env;
    struct run *items;
    size_t count, capacity;
};

/* The last two runs may both go on: one for each slot. */
static void add_to_run(struct runs *runs, uint32_t set, uint32_t item, uint32_t before)
{
    for (size_t i = runs->count; i > 0 && i + 2 > runs->count; i--) {
        struct run *run = &runs->items[i - 1];
        if (run->set == set && run->last == before) {
            run->last = item;
            return;
        }
    }
    runs->items = mem_grow(runs->env, runs->items, &runs->capacity, runs->count + 1,
                           sizeof *runs->items);
    runs->items[runs->count++] = (struct run){ set, item, item };
}

static int by_set(const void *a, const void *b)
{
    const struct run *left = a, *right = b;
    if (left->set != right->set)
        return left->set < right->set ? -1 : 1;
    return (left->first > right->first) - (left->first < right->first);
}

/* By their Set Post-Flow, in the order of the flow. A run does not go beyond its container. */
static void find_runs(const struct picture *p, struct runs *runs)
{
    uint32_t before = 0;
    for (uint32_t i = 0; i < p->item_count; i++) {
        struct hangup_answer slots;
        if (p->items[i].kind == PICTURE_OPEN || p->items[i].kind == PICTURE_CLOSE)
            before = 0;
        if (p->items[i].kind != PICTURE_ACTION)
            continue;
        slots_at(p, p->items[i].node, &slots);
        uint32_t caller = number_of(p, slots.caller), callee = number_of(p, slots.callee);
        if (caller && p->items[i].reached)
            add_to_run(runs, caller, i, before);
        if (callee && callee != caller && p->items[i].reached)
            add_to_run(runs, callee, i, before);
        before = i;
    }
    if (runs->count > 0)
        qsort(runs->items, runs->count, sizeof *runs->items, by_set);
}

static void add_path(const struct picture *p, uint32_t item, struct path_memo *memo,
                     struct buf *out)
{
    struct buf path;
    buf_init(&path, p->env);
    path_print_next(p->flow, (struct spot){ p->items[item].node, 0 }, memo, &path);
    md_add_text(out, buf_str(&path));
    buf_release(&path);
}

static void add_armed_at(const struct picture *p, const struct run *run, const struct run *end,
                         struct path_memo *memo, struct buf *out)
{
    uint32_t set = run < end ? run->set : 0;
    buf_add_text(out, "- Armed at: ");
    if (run == end)
        buf_add_text(out, "no action that is reached");
    for (bool first = true; run < end && run->set == set; run++, first = false) {
        buf_add_text(out, first ? "" : "; ");
        add_path(p, run->first, memo, out);
        if (run->last == run->first)
            continue;
        buf_add_text(out, " to ");
        add_path(p, run->last, memo, out);
    }
    buf_add_text(out, ".\n");
}

/* What a Set Post-Flow does, for either hang-up; by an expression either may be meant. */
static void add_meaning(const struct picture *p, node_id action, struct buf *out)
{
    struct post_flow_fields post;
    struct buf text;
    flow_post_flow(p->flow, action, &post);
    bool open = post.target.form == FORM_EXPRESSION || post.target.form == FORM_VARIABLE;
    bool any = open || str_is(post.target.text, "any");
    struct slot_answer slot = { SLOT_SET, action };
    buf_init(&text, p->env);
    if (open) {
        buf_add_text(out, "- For whom is said by the expression ");
        md_add_text(out, post.target.text);
        buf_add_text(out, ".\n");
    }
    if (any || str_is(post.target.text, "caller")) {
        hangup_say(p->flow, slot, true, &text);
        buf_add_text(out, "- When the **agent** hangs up: ");
        md_add_text(out, buf_str(&text));
        buf_add_text(out, ".\n");
    }
    buf_clear(&text);
    if (any || str_is(post.target.text, "callee")) {
        hangup_say(p->flow, slot, false, &text);
        buf_add_text(out, "- When the **caller** hangs up: ");
        md_add_text(out, buf_str(&text));
        buf_add_text(out, ".\n");
    }
    if (post.data.form != FORM_ABSENT && post.data.form != FORM_NO_VALUE) {
        static const struct field data = { .path = "invocationData", .kind = FIELD_VALUE,
                                           .type = TYPE_JSON };
        buf_clear(&text);
        flow_get(p->flow, action, &data, &text);
        buf_add_text(out, "- Invocation data: ");
        md_add_text(out, buf_str(&text));
        buf_add_text(out, "\n");
    }
    buf_release(&text);
}

bool md_has_post_flows(const struct picture *p)
{
    return p->sets > 0;
}

void md_add_post_flows(const struct picture *p, struct buf *out)
{
    struct runs runs = { .env = p->env };
    struct path_memo memo = { .env = p->env };
    if (!md_has_post_flows(p))
        return;
    find_runs(p, &runs);
    const struct run *run = runs.items, *end = runs.items + runs.count;
    buf_add_text(out,
                 "## Post-flows\n\nWho is sent where when the other one hangs up. None of them "
                 "runs before an agent was reached.\n\n");
    for (uint32_t i = 0; i < p->item_count; i++) {
        const struct picture_item *item = &p->items[i];
        if (item->number == 0)
            continue;
        buf_addf(out, "<a id=\"post-flow-%u\"></a>\n\n### P%u: ", item->number, item->number);
        md_add_name(p, item, out);
        buf_add_text(out, "\n\n");
        add_meaning(p, item->node, out);
        buf_add_text(out, "- Set at: ");
        add_path(p, i, &memo, out);
        buf_add_text(out, ".\n");
        while (run < end && run->set < item->number)
            run++;
        add_armed_at(p, run < end && run->set == item->number ? run : end, end, &memo, out);
        buf_add_char(out, '\n');
    }
    path_memo_release(&memo);
    mem_free(p->env, runs.items);
}

/* --- where others come in */

bool md_has_handovers(const struct picture *p)
{
    bool found = false;
    for (uint32_t i = 0; i < p->item_count && !found; i++)
        found = hands_over(p, &p->items[i]);
    return found;
}

/* Where it depends and nothing else could be armed, what on. */
static void add_answer(const struct picture *p, struct slot_answer slot, bool caller,
                       struct buf *out)
{
    struct buf text;
    buf_init(&text, p->env);
    hangup_say(p->flow, slot, caller, &text);
    if (slot.state == SLOT_DEPENDS && p->only_set) {
        buf_add_text(&text, ": ");
        hangup_say(p->flow, (struct slot_answer){ SLOT_SET, p->only_set }, caller, &text);
        buf_add_text(&text, ", or call ends");
    }
    buf_add_text(out, " | ");
    md_add_text(out, buf_str(&text));
    buf_release(&text);
}

static void add_handover(const struct picture *p, uint32_t number, struct path_memo *memo,
                         struct buf *out)
{
    const struct picture_item *item = &p->items[number];
    struct hangup_answer slots;
    buf_add_text(out, "| ");
    md_add_name(p, item, out);
    buf_add_text(out, " (");
    add_path(p, number, memo, out);
    buf_add_text(out, ") | ");
    for (uint32_t i = p->first_edges[number]; i < p->first_edges[number + 1]; i++) {
        if (p->edges[i].link == LINK_TRANSFER && p->edges[i].label.len == 0)
            md_add_link(p, p->edges[i].to, out);
    }
    slots_at(p, item->node, &slots);
    add_answer(p, slots.caller, true, out);
    add_answer(p, slots.callee, false, out);
    buf_add_text(out, " |\n");
}

void md_add_handovers(const struct picture *p, struct buf *out)
{
    struct path_memo memo = { .env = p->env };
    if (!md_has_handovers(p))
        return;
    buf_add_text(out,
                 "## When somebody hangs up\n\nWhere the call goes to somebody else, and what a "
                 "hang-up after that leads to, unless another flow changes it.\n\n"
                 "| From | To | Agent hangs up | Caller hangs up |\n"
                 "| --- | --- | --- | --- |\n");
    for (uint32_t i = 0; i < p->item_count; i++) {
        if (hands_over(p, &p->items[i]))
            add_handover(p, i, &memo, out);
    }
    buf_add_char(out, '\n');
    path_memo_release(&memo);
}
