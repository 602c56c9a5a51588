/* What the tests of editing share: a flow, the change being made to it, and short words for both.
 * JSON is given and shown with ' for ". */
#ifndef POSTFLOW_TESTS_UNIT_FLOW_EDITING_H
#define POSTFLOW_TESTS_UNIT_FLOW_EDITING_H

#include "engine/flow/edit_flow.h"
#include "tests/unit/flow/reading.h"

struct state {
    struct reading r;
    struct flow flow;
    struct buf source, out; /* as it was read; scratch of the texts given back */
    struct change *change;  /* the last one begun */
};

struct state *begin_text(const char *text);
struct state *begin_file(void); /* tests/data/flow/everything.flow.json */
void end(struct state *s);
struct change *begin(struct state *s);
/* Undoing the last change gives the text before it, redoing it the text behind it. */
void turn(struct state *s, const char *before);
struct spot at(struct state *s, const char *path);
/* The JSON of a node, or "-". */
const char *json(struct state *s, node_id node);
/* There is this one diagnostic; it is cleared. */
void code_is(struct state *s, const char *code);
const struct field *field_of(struct state *s, struct spot spot, const char *name, node_id *owner);
/* A field by its path: written by flow_set, read by flow_get, as it stands in the document. */
bool set(struct state *s, const char *path, const char *name, const char *text);
const char *get(struct state *s, const char *path, const char *name);
const char *written(struct state *s, const char *path, const char *name);
const char *summary(struct state *s, const char *path);

#define QUEUE(actions) "{'inqueueCall':{'name':'F','startUpTaskActions':[" actions "]}}"
#define TASK(more, actions)                                                                        \
    "{'inboundCall':{'name':'F','startUpRef':'./tasks/task[S_1]'," more                            \
    "'tasks':[{'task':{'name':'S','refId':'S_1','actions':[" actions "]}}]}}"
#define ONE(actions) TASK("", actions)

#endif
