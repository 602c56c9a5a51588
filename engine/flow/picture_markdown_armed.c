/* The Markdown page on post-flows: what each does, where it is armed, where a hang-up leads. */
#include "engine/flow/picture_markdown.h"

#include <stdlib.h>
#include <string.h>
#include "engine/base/env.h"
#include "engine/flow/edit_flow.h"
#include "engine/flow/path.h"
#include "engine/flow/slot_sets.h"

/* What a slot may hold while an action runs: where its outputs begin. */
static const uint32_t *elements_at(const struct picture *p, node_id action, int slot,
                                   size_t *count)
{
    static const uint32_t not_known[] = { SLOT_ANYTHING };
    struct hangup_slots slots;
    *count = 1;
    if (!hangups_slots_again(p->hangups, action, &slots))
        return not_known;
    return slot_set_items(slots.sets, slots.inside[slot], count);
}

static bool is_set(uint32_t element)
{
    return element != SLOT_NEVER && element < SLOT_ANYTHING;
}

static bool is_nothing(uint32_t element)
{
    return element == SLOT_NEVER || element == SLOT_EMPTIED;
}

static bool may_hold(const uint32_t *elements, size_t count)
{
    bool may = false;
    for (size_t i = 0; i < count; i++)
        may |= !is_nothing(elements[i]);
    return may;
}

static uint32_t number_of(const struct picture *p, uint32_t set)
{
    return p->items[p->entries[set]].number;
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

/* "P1", "P1 or P2 or nothing"; false, and nothing: none of the flow's may be in it. */
static bool add_slot(const struct picture *p, const uint32_t *elements, size_t count,
                     const char *before, struct buf *out)
{
    bool nothing = false, other = false, first = true;
    for (size_t i = 0; i < count; i++) {
        nothing |= is_nothing(elements[i]);
        other |= !is_nothing(elements[i]) && !is_set(elements[i]);
        if (!is_set(elements[i]))
            continue;
        buf_addf(out, "%sP%u", first ? before : " or ", number_of(p, elements[i]));
        first = false;
    }
    if (!first)
        buf_addf(out, "%s%s", other ? " or another" : "", nothing ? " or nothing" : "");
    return !first;
}

void md_add_armed(const struct picture *p, const struct picture_item *item, struct buf *out)
{
    size_t counts[2];
    const uint32_t *caller = elements_at(p, item->node, 0, &counts[0]);
    const uint32_t *callee = elements_at(p, item->node, 1, &counts[1]);
    bool over = hands_over(p, item);
    if (item->number > 0) {
        buf_addf(out, " · arms [P%u](#post-flow-%u)", item->number, item->number);
        return;
    }
    if (picture_is(p->flow, item->node, "transferToFlowSecure")) {
        if (may_hold(caller, counts[0]) || may_hold(callee, counts[1]))
            buf_add_text(out, " · takes every post-flow away");
        return;
    }
    bool told = (over || counts[0] == 1) &&
                add_slot(p, caller, counts[0], " · armed: ", out);
    if ((over || counts[1] == 1) && (!told || counts[0] != counts[1] ||
                                     memcmp(caller, callee, counts[0] * sizeof *caller)))
        add_slot(p, callee, counts[1], told ? ", for the agent " : " · armed: ", out);
}

/* --- one post-flow after the other */

/* Actions one behind the other at which a post-flow is armed. */
struct run {
    uint32_t set;         /* number of the Set Post-Flow */
    bool maybe;           /* on some of the paths there */
    uint32_t first, last; /* items */
};
struct runs {
    struct env *env;
    struct run *items;
    size_t count, capacity;
    uint32_t *open[2]; /* by set, sure and maybe: number + 1 of its last run */
};

static struct run *last_run(const struct runs *runs, uint32_t set, bool maybe)
{
    uint32_t number = runs->open[maybe][set];
    return number ? &runs->items[number - 1] : NULL;
}

static void add_to_run(struct runs *runs, uint32_t set, bool maybe, uint32_t item, uint32_t before)
{
    struct run *run = last_run(runs, set, maybe), *sure = last_run(runs, set, false);
    if ((run && run->last == item) || (sure && sure->last == item))
        return;
    if (run && run->last == before) {
        run->last = item;
        return;
    }
    runs->items = mem_grow(runs->env, runs->items, &runs->capacity, runs->count + 1,
                           sizeof *runs->items);
    runs->items[runs->count++] = (struct run){ set, maybe, item, item };
    runs->open[maybe][set] = (uint32_t) runs->count;
}

static int by_set(const void *a, const void *b)
{
    const struct run *left = a, *right = b;
    if (left->set != right->set)
        return left->set < right->set ? -1 : 1;
    if (left->maybe != right->maybe)
        return left->maybe ? 1 : -1;
    return (left->first > right->first) - (left->first < right->first);
}

static void add_item_to_runs(const struct picture *p, struct runs *runs, uint32_t item,
                             uint32_t before)
{
    for (int maybe = 0; maybe < 2; maybe++) {
        for (int slot = 0; slot < 2; slot++) {
            size_t count;
            const uint32_t *elements = elements_at(p, p->items[item].node, slot, &count);
            for (size_t i = 0; i < count && maybe == (count > 1); i++) {
                if (is_set(elements[i]))
                    add_to_run(runs, number_of(p, elements[i]), maybe, item, before);
            }
        }
    }
}

/* By their Set Post-Flow, the sure ones first, in the order of the flow. A run does not go beyond
 * its container. */
static void find_runs(const struct picture *p, struct runs *runs)
{
    uint32_t before = 0;
    for (int maybe = 0; maybe < 2; maybe++)
        runs->open[maybe] = mem_zalloc(p->env, ((size_t) p->sets + 1) * sizeof **runs->open);
    for (uint32_t i = 0; i < p->item_count; i++) {
        if (p->items[i].kind == PICTURE_OPEN || p->items[i].kind == PICTURE_CLOSE)
            before = 0;
        if (p->items[i].kind != PICTURE_ACTION)
            continue;
        if (p->items[i].reached)
            add_item_to_runs(p, runs, i, before);
        before = i;
    }
    if (runs->count > 0)
        qsort(runs->items, runs->count, sizeof *runs->items, by_set);
    for (int maybe = 0; maybe < 2; maybe++)
        mem_free(p->env, runs->open[maybe]);
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

/* The runs of one set, sure or not, from `run` on; returns the one behind them. */
static const struct run *add_armed_at(const struct picture *p, const struct run *run,
                                      const struct run *end, uint32_t set, bool maybe,
                                      struct path_memo *memo, struct buf *out)
{
    bool first = true;
    for (; run < end && run->set == set && run->maybe == maybe; run++, first = false) {
        buf_add_text(out, !first ? "; " : maybe ? "- On some paths also at: " : "- Armed at: ");
        add_path(p, run->first, memo, out);
        if (run->last == run->first)
            continue;
        buf_add_text(out, " to ");
        add_path(p, run->last, memo, out);
    }
    if (!first)
        buf_add_text(out, ".\n");
    return run;
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
        if (!item->reached)
            buf_add_text(out, "- It is never reached.\n");
        run = add_armed_at(p, run, end, item->number, false, &memo, out);
        run = add_armed_at(p, run, end, item->number, true, &memo, out);
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

/* "caller to CSAT, or call ends": all that may be. */
static void add_answer(const struct picture *p, node_id action, bool caller, struct buf *out)
{
    size_t count;
    const uint32_t *elements = elements_at(p, action, caller ? 0 : 1, &count);
    bool ends = false, other = false;
    struct buf text;
    buf_init(&text, p->env);
    for (size_t i = 0; i < count; i++) {
        ends |= is_nothing(elements[i]);
        other |= !is_nothing(elements[i]) && !is_set(elements[i]);
        if (!is_set(elements[i]))
            continue;
        buf_add_text(&text, text.len ? ", or " : "");
        hangup_say(p->flow, (struct slot_answer){ SLOT_SET, elements[i] }, caller, &text);
    }
    if (other)
        buf_addf(&text, "%swhat is armed elsewhere", text.len ? ", or " : "");
    if (ends)
        buf_addf(&text, "%scall ends", text.len ? ", or " : "");
    buf_add_text(out, " | ");
    md_add_text(out, buf_str(&text));
    buf_release(&text);
}

static void add_handover(const struct picture *p, uint32_t number, struct path_memo *memo,
                         struct buf *out)
{
    const struct picture_item *item = &p->items[number];
    buf_add_text(out, "| ");
    md_add_name(p, item, out);
    buf_add_text(out, " (");
    add_path(p, number, memo, out);
    buf_add_text(out, ") | ");
    for (uint32_t i = p->first_edges[number]; i < p->first_edges[number + 1]; i++) {
        if (p->edges[i].link == LINK_TRANSFER && p->edges[i].label.len == 0)
            md_add_link(p, p->edges[i].to, out);
    }
    add_answer(p, item->node, true, out);
    add_answer(p, item->node, false, out);
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
