/* A flow: a typed index over the nodes of a document, never a second copy. Each structural node
 * carries its role (and which action it is) in its tag; everything else is read from the document
 * when asked. Reading never changes anything; editing is engine/flow/change.h. */
#ifndef POSTFLOW_FLOW_FLOW_H
#define POSTFLOW_FLOW_FLOW_H

#include "engine/doc/doc.h"
#include "engine/flow/catalogue.h"

enum role {
    ROLE_NONE,   /* a field or part of one */
    ROLE_FLOW,   /* the mapping under the root key */
    ROLE_TASK,   /* body of `task` in tasks */
    ROLE_MENU,   /* body of `menu` in menus */
    ROLE_STATE,
    ROLE_LIST,   /* a list of actions */
    ROLE_ACTION, /* the body under the action's key: its key is the kind of action */
    ROLE_CHOICE, /* the body under a menu choice's key; a menuSubMenu has choices of its own */
    ROLE_OUTPUT, /* an output, path or case: the mapping that has `actions` */
    ROLE_VARIABLE, /* body under `stringVariable` */
};

/* Outputs of one action that are counted; a switch has at most 64 cases. What is written beyond is
 * kept, told of, and not shown. */
enum { FLOW_MOST_OUTPUTS = 1000 };

struct flow {
    struct doc *doc;
    enum flow_type type;
    node_id body;
};

/* Finds the root key and tags the whole tree. False and diagnostics where no tree can be built
 * (root is no object with one member, or is none of a flow). Wrong shapes below that are reported,
 * left untagged and kept: they are problems of the flow, not failures. */
bool flow_index(struct flow *flow, struct doc *doc, struct diags *diags);
/* By the root key; FLOW_OTHER for those that are not known. */
enum flow_type flow_type_of_key(struct str key);
/* The same diagnostics again, for a flow that was edited since. */
void flow_check_shapes(struct flow *flow, struct diags *diags);
/* After nodes were put under `parent` (or a member of it changed): tags what is new. Costs what the
 * change touches. */
void flow_retag(struct flow *flow, node_id parent, node_id child);

/* A place in the tree as people see it: a node, or one of the outputs of an action, whether it is
 * written in the document or not (a missing output is an empty one). */
struct spot {
    node_id node;    /* ROLE_FLOW, TASK, MENU, STATE, ACTION, CHOICE, VARIABLE; 0: nowhere */
    uint16_t output; /* 0: the node itself; k: its k-th output */
};

enum role flow_role(const struct flow *flow, node_id node);
/* NULL for an action nobody knows. */
const struct action_info *flow_action(const struct flow *flow, node_id action);
struct str flow_title(const struct flow *flow); /* the flow's name */
/* The Name of a task, menu, state, action, choice; where it has none, the catalogue's label. */
struct str flow_name(const struct flow *flow, node_id node);
/* The start object named by startUpRef (or the only task's list owner), 0: missing. */
node_id flow_start(const struct flow *flow);

/* The body itself where the flow has a list of its own (startUpTaskActions: flows with one task),
 * then tasks, menus (top level) and states in document order. Pass 0 for the first; 0: no more. */
node_id flow_container_next(const struct flow *flow, node_id container);
node_id flow_container_prev(const struct flow *flow, node_id container);
/* The list of actions of a container or an output; 0: not written (empty). */
node_id flow_list(const struct flow *flow, struct spot owner);
node_id flow_list_first(const struct flow *flow, node_id list); /* an action, 0: empty */
node_id flow_list_last(const struct flow *flow, node_id list);
node_id flow_action_next(const struct flow *flow, node_id action); /* also for choices */
node_id flow_action_prev(const struct flow *flow, node_id action);
node_id flow_choice_first(const struct flow *flow, node_id menu); /* of a menu or menuSubMenu */
node_id flow_choice_last(const struct flow *flow, node_id menu);
/* Container or output that holds the action; menu that holds the choice; flow that holds a
 * container. */
struct spot flow_owner(const struct flow *flow, struct spot spot);
/* The task, menu or state around it (choices' inline tasks belong to their menu); for the flow and
 * what is in its own list the body where it has one, else 0. */
node_id flow_container_of(const struct flow *flow, node_id node);

/* What declares the Task. and State. variables that are in sight at a node: the task or state
 * around it, the task of a menuTask choice (domain.md section 5.2: a task's variables are not
 * visible outside it), the body where the flow has a list of its own; 0: nothing does, or the
 * choice's task is not written yet. */
node_id flow_scope_of(const struct flow *flow, node_id node);
/* The choice that a menu's defaultChildMenuRef names, by its refId or, where it has none, by its
 * name; 0: none. */
node_id flow_default_choice(const struct flow *flow, node_id menu);

/* Outputs: those of the catalogue; of a switch its cases, then the default; others that are written
 * (all, in an action nobody knows); the named paths. A menuTask has one (`task`), other choices
 * have none. At most FLOW_MOST_OUTPUTS. */
unsigned flow_output_count(const struct flow *flow, node_id action);
/* Its id as written ("yes", "failure", "1" for the first case, "default", a path's name). */
struct str flow_output_id(const struct flow *flow, struct spot output, char number[static 12]);
struct str flow_output_label(const struct flow *flow, struct spot output, char number[static 12]);
node_id flow_output_node(const struct flow *flow, struct spot output); /* 0: not written */
/* All of them in one pass: begin with flow_outputs, go on while flow_output_next is true. */
struct output_at {
    const struct flow *flow;
    const struct action_info *info;
    node_id action, object; /* its `outputs`, 0: not written */
    unsigned number; /* from 1 */
    node_id node;    /* 0: not written */
    int sort;        /* outputs.c: of which sort it is, which number among those, from 0 */
    unsigned n;
    node_id item;    /* that was looked at last */
};
struct output_at flow_outputs(const struct flow *flow, node_id action);
bool flow_output_next(struct output_at *at);
struct str flow_output_at_id(const struct output_at *at, char number[static 12]);
/* The list of an output's node; 0: there is none. */
node_id flow_output_list(const struct flow *flow, node_id output);
unsigned flow_output_find(const struct flow *flow, node_id action, struct str id); /* 0: none */

/* A node for a field's path below an action, choice, container or the flow; 0: not written. */
node_id flow_field_node(const struct flow *flow, node_id owner, const char *path);

/* How a value is written. */
enum form {
    FORM_ABSENT, FORM_LITERAL, FORM_EXPRESSION, FORM_NO_VALUE, FORM_VARIABLE, FORM_TTS,
    FORM_PROMPT, FORM_LANGUAGES, FORM_BARE, FORM_WRONG,
};
struct form_value {
    enum form form;
    node_id node;    /* of what is inside (the literal, the expression's text); 0 where absent */
    struct str text; /* decoded scalar text; a named object's name; empty for other objects */
};
struct form_value flow_value(const struct flow *flow, node_id owner, const struct field *field);
/* The type of a field's literal where its table leaves it open (TYPE_NONE): of an assignment by its
 * row's key, of an initial value by its variable, of a case by its switch. *list: a collection. */
/* The type that the key of a row or a variable names ("string", "stringCollection"). */
enum value_type flow_key_type(const struct flow *flow, node_id node, bool *list);
enum value_type flow_field_type(const struct flow *flow, node_id owner, const struct field *field,
                                bool *list);
/* A number as JSON writes it, without an exponent. */
bool flow_is_number(struct str text);
struct form_value flow_value_of(const struct flow *flow, node_id node); /* of a value node */
/* Literal duration {days, hours, minutes, seconds, ms} in ms; false when it is none. */
bool flow_duration(const struct flow *flow, node_id literal, int64_t *ms);
/* A literal as an expression value of `type`; false when it does not fit. */
bool flow_literal(const struct flow *flow, node_id literal, enum value_type type, bool list,
                  struct pool *pool, struct value *out);

/* Set Post-Flow and Clear Post-Flow, read in every spelling of archy.md section 5. */
struct post_flow_fields {
    struct form_value target, action_type, flow, data;
    enum flow_type flow_type; /* of a literal action type; FLOW_OTHER when it is an expression */
};
void flow_post_flow(const struct flow *flow, node_id action, struct post_flow_fields *out);
/* The flow an action of any kind names literally (transferToFlow, callCommonModule, in-queue
 * override ...), and its type; false: none. */
bool flow_target(const struct flow *flow, node_id action, enum flow_type *type, struct str *name);

/* Variables: declared ones, in document order: flow's (owner: body) and task's or state's. */
node_id flow_variable_next(const struct flow *flow, node_id owner, node_id variable);
struct variable_info {
    struct str full_name; /* "Flow.consent" */
    enum value_type type;
    bool list, input, output, secure;
    node_id initial; /* value node, 0: none */
};
bool flow_variable(const struct flow *flow, node_id variable, struct variable_info *out);

/* References like "/inboundCall/tasks/task[Welcome_10]" or "./menus/menu[X]": the node whose refId
 * it names, 0: none. */
node_id flow_ref_target(const struct flow *flow, struct str ref);
/* The reference text that names a task, menu, state or choice. */
void flow_ref_text(const struct flow *flow, node_id target, struct buf *out);

#endif
