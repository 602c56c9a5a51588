/* Where something is used in a workspace, and what is mentioned in it and is not there. */
#ifndef POSTFLOW_FLOW_USES_H
#define POSTFLOW_FLOW_USES_H

#include "engine/flow/mentions.h"
#include "engine/flow/workspace.h"

/* What is looked for. */
struct subject {
    enum thing thing;        /* THING_NONE: whatever has this name */
    struct str name;         /* of a flow, queue ...; of a variable in full */
    unsigned flow_types;     /* of a flow */
    const struct flow *flow; /* of a task, variable ... that is there: its flow */
    node_id target;          /* and its node; 0: it is not there, so its name decides */
};
/* What a row of the tree is, or names: a flow, task, menu, state, variable; of an action or choice
 * the first thing that it names (a flow before a task before a queue before a variable). False: it
 * names nothing. The texts live as long as the document does not change, or in `arena`. */
bool subject_at(const struct flow *flow, struct spot spot, struct arena *arena,
                struct subject *out);
/* What is named inside a node of this row: in the value of a field. */
bool subject_in(const struct flow *flow, node_id owner, node_id inside, struct arena *arena,
                struct subject *out);
/* Whether this is a use of it, or of something with this name. */
bool subject_is(const struct workspace *ws, const struct subject *subject,
                const struct mention *mention);

struct usage {
    enum thing thing;
    struct str name;   /* as people know it */
    struct str file;
    uint32_t line, column;
    struct flow *flow; /* NULL: in postflow.json */
    node_id owner;     /* row of the tree; in postflow.json the entry */
    struct str path;   /* "Main line::Welcome/2", "queues/Support" */
    struct str field;  /* "Queue of Transfer to ACD" */
    struct str arrival; /* of a flow: who comes there by it, "caller with line"; empty: nobody */
};
struct usages {
    struct arena arena;
    struct usage *items; /* by file and place */
    size_t count, capacity;
};
void usages_init(struct usages *uses, struct env *env);
void usages_release(struct usages *uses);
/* Adds all uses in the workspace, or in one of its files (NULL: in all, postflow.json included). */
void uses_find(const struct workspace *ws, const struct subject *subject,
               const struct workspace_file *only, struct usages *out);
/* Flows, tasks, menus, states, choices and variables that are nowhere; queues, users, prompts ...
 * that postflow.json does not name. */
void uses_missing(const struct workspace *ws, const struct workspace_file *only,
                  struct usages *out);
/* "queue Support: Queue of Transfer to ACD, Main line::Welcome/2" */
void usage_print(const struct usage *usage, struct buf *out);

#endif
