/* Transactions: a named list of (document, primitive), also over several documents. While it is
 * built each step takes effect at once, so that later steps see it. A step that fails changes
 * nothing and is not added; its owner takes back what went before with change_undo. A finished
 * change undoes and redoes itself. (design.md section 4) */
#ifndef POSTFLOW_FLOW_CHANGE_H
#define POSTFLOW_FLOW_CHANGE_H

#include "engine/doc/edit.h"
#include "engine/flow/flow.h"

enum change_op { CHANGE_GRAFT, CHANGE_EDIT };
struct change_step {
    enum change_op op;
    struct flow *flow;
    struct edit edit;      /* EDIT: its inverse while the change is in effect */
    char *key, *json;      /* GRAFT: what was made; for the recovery log */
    size_t key_len, json_len;
    node_id node;          /* GRAFT: what it became */
    struct str set_text;   /* EDIT of a scalar: the text, for the recovery log (owned) */
};
struct change {
    struct env *env;
    char *name; /* "Add Set Post-Flow": what undo says */
    struct change_step *steps;
    size_t count, capacity;
    bool done; /* in effect */
};

struct change *change_begin(struct env *env, struct str name);
void change_free(struct change *change);
/* New unlinked content; 0 and a diagnostic when the JSON is wrong. */
node_id change_graft(struct change *change, struct flow *flow, struct str key, struct str json,
                     struct diags *diags);
/* The primitives; each is applied, retags what it touched and is recorded. */
bool change_insert(struct change *change, struct flow *flow, node_id container, node_id after,
                   node_id node, struct diags *diags);
bool change_remove(struct change *change, struct flow *flow, node_id node, struct diags *diags);
bool change_replace(struct change *change, struct flow *flow, node_id old, node_id node,
                    struct diags *diags);
bool change_move(struct change *change, struct flow *flow, node_id node, node_id parent,
                 node_id after, struct diags *diags);
bool change_set(struct change *change, struct flow *flow, node_id scalar, enum node_kind kind,
                struct str text, struct diags *diags);
/* Takes all back, or does it again. */
void change_undo(struct change *change);
void change_redo(struct change *change);

#endif
