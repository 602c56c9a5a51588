#include "engine/flow/change.h"

#include <string.h>

struct change *change_begin(struct env *env, struct str name)
{
    struct change *change = mem_zalloc(env, sizeof *change);
    change->env = env;
    change->name = mem_alloc(env, name.len + 1);
    memcpy(change->name, name.ptr ? name.ptr : "", name.len);
    change->name[name.len] = 0;
    change->done = true;
    return change;
}

void change_free(struct change *change)
{
    for (size_t i = 0; i < change->count; i++) {
        mem_free(change->env, change->steps[i].key);
        mem_free(change->env, change->steps[i].json);
        mem_free(change->env, (void *) change->steps[i].set_text.ptr);
    }
    mem_free(change->env, change->steps);
    mem_free(change->env, change->name);
    mem_free(change->env, change);
}

static struct change_step *add_step(struct change *change, struct change_step step)
{
    change->steps = mem_grow(change->env, change->steps, &change->capacity, change->count + 1,
                             sizeof *change->steps);
    change->steps[change->count] = step;
    return &change->steps[change->count++];
}

static char *keep(struct change *change, struct str text)
{
    char *copy = mem_alloc(change->env, text.len + 1);
    memcpy(copy, text.ptr ? text.ptr : "", text.len);
    copy[text.len] = 0;
    return copy;
}

node_id change_graft(struct change *change, struct flow *flow, struct str key, struct str json,
                     struct diags *diags)
{
    node_id node = doc_graft(flow->doc, key, json, diags);
    if (!node)
        return 0;
    add_step(change, (struct change_step){ .op = CHANGE_GRAFT,
                                           .flow = flow,
                                           .key = keep(change, key),
                                           .key_len = key.len,
                                           .json = keep(change, json),
                                           .json_len = json.len,
                                           .node = node });
    return node;
}

/* Tags what an edit that was just applied put in, or took a part from; `edit` is its inverse by
 * now. */
static void retag(struct flow *flow, const struct edit *edit)
{
    if (edit->op == EDIT_SPLICE) {
        node_id last = edit->remove_last;
        for (node_id at = edit->remove_first; at; at = doc_next(flow->doc, at)) {
            flow_retag(flow, edit->node, at);
            if (at == last)
                break;
        }
        if (!edit->remove_first)
            flow_retag(flow, edit->node, 0);
    } else if (edit->op == EDIT_MOVE) {
        flow_retag(flow, edit->parent, 0);
        flow_retag(flow, doc_parent(flow->doc, edit->node), edit->node);
    }
}

static bool run(struct change *change, struct flow *flow, struct edit edit, struct str text,
                struct diags *diags)
{
    if (!doc_apply(flow->doc, &edit, diags))
        return false;
    struct change_step *step =
        add_step(change, (struct change_step){ .op = CHANGE_EDIT, .flow = flow, .edit = edit });
    if (edit.op == EDIT_SET)
        step->set_text = (struct str){ keep(change, text), text.len };
    retag(flow, &edit);
    return true;
}

bool change_insert(struct change *change, struct flow *flow, node_id container, node_id after,
                   node_id node, struct diags *diags)
{
    return run(change, flow, edit_insert(flow->doc, container, after, node), STR_NONE, diags);
}

bool change_remove(struct change *change, struct flow *flow, node_id node, struct diags *diags)
{
    return run(change, flow, edit_remove(flow->doc, node), STR_NONE, diags);
}

bool change_replace(struct change *change, struct flow *flow, node_id old, node_id node,
                    struct diags *diags)
{
    return run(change, flow, edit_replace(flow->doc, old, node), STR_NONE, diags);
}

bool change_move(struct change *change, struct flow *flow, node_id node, node_id parent,
                 node_id after, struct diags *diags)
{
    return run(change, flow, edit_move(flow->doc, node, parent, after), STR_NONE, diags);
}

bool change_set(struct change *change, struct flow *flow, node_id scalar, enum node_kind kind,
                struct str text, struct diags *diags)
{
    return run(change, flow, edit_set(flow->doc, scalar, kind, text), text, diags);
}

/* Applying an inverse again cannot fail: the tree is as it was then. */
static void apply(struct change_step *step)
{
    struct diags none;
    if (step->op != CHANGE_EDIT)
        return;
    diags_init(&none, step->flow->doc->env);
    bool fine = doc_apply(step->flow->doc, &step->edit, &none);
    BUG_ON(!fine);
    diags_release(&none);
    retag(step->flow, &step->edit);
}

void change_undo(struct change *change)
{
    BUG_ON(!change->done);
    for (size_t i = change->count; i > 0; i--)
        apply(&change->steps[i - 1]);
    change->done = false;
}

void change_redo(struct change *change)
{
    BUG_ON(change->done);
    for (size_t i = 0; i < change->count; i++)
        apply(&change->steps[i]);
    change->done = true;
}
