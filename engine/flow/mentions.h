/* What a flow, or postflow.json, mentions by name: flows, tasks, variables, queues ... One walk
 * serves "where is it used", "what is missing" and renaming with every reference. */
#ifndef POSTFLOW_FLOW_MENTIONS_H
#define POSTFLOW_FLOW_MENTIONS_H

#include "engine/flow/flow.h"

enum thing {
    THING_NONE,
    THING_FLOW,
    THING_TASK,
    THING_MENU,
    THING_STATE,
    THING_CHOICE,
    THING_VARIABLE,
    THING_QUEUE,
    THING_USER,
    THING_GROUP,
    THING_SKILL,
    THING_LANGUAGE_SKILL,
    THING_PROMPT,
    THING_SCHEDULE,
    THING_SCHEDULE_GROUP,
    THING_EMERGENCY_GROUP,
    THING_WRAPUP_CODE,
    THING_DATA_ACTION, /* "INTEGRATION / ACTION" */
    THING_DATA_TABLE,
    THING_SURVEY_FORM,
    THING_COUNT
};
struct thing_info {
    const char *word;     /* "data action" */
    const char *section;  /* of postflow.json, where such things are named; NULL: none */
    enum value_type type; /* of literals that name one; TYPE_NONE: none */
};
const struct thing_info *thing_info(enum thing thing);
/* What a literal of this type names; THING_NONE: nothing. */
enum thing thing_of_type(enum value_type type);
/* The section of postflow.json that names things of a type; NULL: none. */
const char *thing_section(enum value_type type);

enum mention_form {
    MENTION_TEXT,       /* the text of `node` */
    MENTION_KEY,        /* the key of `node` */
    MENTION_EXPRESSION, /* [at, at + len) of the text of `node` */
    MENTION_REF,        /* the text of `node`, which ends in [refId] */
};
struct mention {
    enum thing thing;
    enum mention_form form;
    struct str name;         /* a variable's in full, but for a key without its scope; a prompt's
                                without "Prompt."; of a reference what is in its brackets */
    const struct doc *doc;
    const struct flow *flow; /* NULL: in postflow.json */
    node_id owner;           /* the action, container, variable or flow's body that it is in; in
                                postflow.json the entry */
    node_id node;
    uint32_t at, len;
    unsigned flow_types;     /* of a flow: the types it may have */
    node_id target;          /* of a reference: what it names; 0: nothing */
    bool by_name;            /* of a reference: not by refId */
    node_id scope_at;        /* of a variable: the node from where it is looked for; 0: in
                                `module` */
    struct str module;       /* of an input or output of a common module: its name */
    bool declares;           /* a variable's declaration */
};
/* What it stands in, as people know it: a field's label, else a key. */
struct str mention_label(const struct mention *mention);
/* Texts live until the call-back returns, or as long as the document does not change. */
typedef void mention_fn(void *context, const struct mention *mention);
void flow_mentions(const struct flow *flow, mention_fn *found, void *context);
/* Of postflow.json. */
void settings_mentions(const struct doc *doc, mention_fn *found, void *context);
/* Expressions of the flow that cannot be read, so that nobody knows what they mention. */
typedef void unread_fn(void *context, const struct flow *flow, node_id node);
void flow_unread_expressions(const struct flow *flow, unread_fn *found, void *context);

/* The declaration of the variable that is in sight at `scope_at` under this name (any letter case;
 * without its scope as well, as inputs are named); 0: none. */
node_id flow_find_variable(const struct flow *flow, node_id scope_at, struct str name);
/* The same among the flow's own: what callers of a module see. */
node_id flow_find_own_variable(const struct flow *flow, struct str name);

#endif
