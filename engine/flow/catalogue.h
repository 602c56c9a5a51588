/* The catalogue: flow types, actions, menu choices, variables, with all their fields and outputs.
 * Everything that knows an action by name reads it here: reader, checker, designer, simulator,
 * templates, help, manual. Adding an action is one entry in actions_table.c with its fields in the
 * file of its category and, if it acts at run time, one executor in engine/call. Sources: archy.md
 * sections 2 to 9, archy-actions.md, domain.md sections 1 to 4. */
#ifndef POSTFLOW_FLOW_CATALOGUE_H
#define POSTFLOW_FLOW_CATALOGUE_H

#include "engine/doc/atoms.h"
#include "engine/expr/value.h"

enum flow_type {
    FLOW_OTHER, /* read, kept, shown; nothing more is known of it */
    FLOW_INBOUND_CALL,
    FLOW_INQUEUE_CALL,
    FLOW_COMMON_MODULE,
    FLOW_VOICE_SURVEY,
    FLOW_SECURE_CALL,
    FLOW_OUTBOUND_CALL,
    FLOW_VOICEMAIL,
    FLOW_TYPE_COUNT
};
#define IN(type) (1u << FLOW_##type)

enum flow_type_flag {
    FLOW_HAS_TASKS = 1,
    FLOW_HAS_MENUS = 2,
    FLOW_HAS_STATES = 4,
    FLOW_HAS_ONE_TASK = 8, /* startUpTaskActions: path container `start` */
    FLOW_HAS_GREETING = 16,
    FLOW_TASK_LOOPS = 32, /* the in-queue task starts over at its end */
};

struct flow_type_info {
    const char *key;        /* root key: "inboundCall" */
    const char *label;      /* "inbound call" */
    const char *type_value; /* "inboundcall" (compatibleFlowTypes, API) */
    unsigned flags;         /* enum flow_type_flag */
    const char *template;   /* JSON of a new flow, valid at once; {name} stands for its name */
    const struct field *settings; /* fields of the flow itself, paths from its body; ends with path
                                     NULL */
    const char *help;
};
const struct flow_type_info *flow_type_info(enum flow_type type);
/* The labels of the types in a mask: "inbound call, in-queue call". */
void flow_types_print(unsigned types, struct buf *out);

/* How a field is written (archy.md section 3, 4.2). */
enum field_kind {
    FIELD_VALUE,    /* lit | exp | noValue, of `type`; a bare scalar is accepted on reading */
    FIELD_OPTION,   /* the same, a String with fixed `choices`: Target, Action Type */
    FIELD_AUDIO,    /* tts | exp | prompt | noValue | alternateSequences */
    FIELD_TEXT,     /* bare text */
    FIELD_WORD,     /* bare text, one of `choices` */
    FIELD_FLAG,     /* bare boolean */
    FIELD_NUMBER,   /* bare integer */
    FIELD_VARIANT,  /* which one of `choices` the object at `path` has as its key */
    FIELD_KEY,      /* the object at `path` has one member, whose key is a name (a data table) */
    FIELD_FLOW,     /* {name: X}: a flow of the type(s) in `flow_types` */
    FIELD_TASK,     /* path text that ends in [refId] (archy.md section 7) */
    FIELD_MENU,
    FIELD_STATE,
    FIELD_MENU_CHOICE, /* the same, of a choice of the menu that the field is of */
    FIELD_RESULT,   /* {var: Scope.Name} | noValue: where a result is stored */
    FIELD_VARIABLE, /* bare Scope.Name */
    FIELD_INPUTS,   /* object: name -> value */
    FIELD_RESULTS,  /* object: name -> {var} | noValue */
    FIELD_ROWS,     /* list of rows; `rows` describes one */
};

enum field_flag {
    FIELD_REQUIRED = 1,
    FIELD_NO_EXPRESSION = 2,
    FIELD_COLLECTION = 4,   /* value of a collection type */
    FIELD_ASSUMED = 8,      /* part of this is assumed, not documented; `source` says what */
    FIELD_SETTING = 16,     /* noValue inherits from the flow's settings */
    FIELD_ROW_TYPED = 32,   /* FIELD_ROWS: the item's key is a variable type (updateData) */
};

struct field {
    const char *path;   /* from the action's body, steps with '/'; '*' is the only member */
    const char *label;  /* "Target" */
    enum field_kind kind;
    enum value_type type;
    unsigned flags;
    const char *choices; /* "callee|caller|any" */
    const char *initial; /* JSON that a new action gets; NULL: absent */
    const char *below;   /* FIELD_KEY: JSON that stands under a new name; NULL: {} */
    int64_t min, max;    /* where min < max: range of a number, of a duration in ms, of a text's
                            length in characters */
    unsigned flow_types; /* FIELD_FLOW, and a FIELD_KEY that names a flow */
    const char *when;    /* shown only when another field has this value: "digits=exact" */
    const struct field *rows; /* FIELD_ROWS: fields of one row, ends with path NULL; NULL: each row
                                 is itself a value of `type` */
    const char *row_key; /* FIELD_ROWS: key of the item ("attribute"), NULL: the row itself */
    const char *help;    /* what the product's page says about it */
    const char *source;  /* "documented: ...", "assumed: ..." */
};

/* A task, menu, state or choice by its refId. */
static inline bool field_is_ref(const struct field *field)
{
    return field->kind >= FIELD_TASK && field->kind <= FIELD_MENU_CHOICE;
}

/* A flow by its name: FIELD_FLOW, and the key of a common module. */
static inline bool field_names_flow(const struct field *field)
{
    return field->kind == FIELD_FLOW || (field->kind == FIELD_KEY && field->flow_types);
}

static inline bool field_has_rows(const struct field *field)
{
    return field->kind == FIELD_ROWS || field->kind == FIELD_INPUTS || field->kind == FIELD_RESULTS;
}

enum action_asks { ASKS_NEVER, ASKS_KEYS, ASKS_RESULT, ASKS_QUEUE };

enum action_flag {
    ACTION_ENDS = 1,       /* nothing after it in its list runs */
    ACTION_ENDS_LOOP = 2,  /* Next Loop, Exit Loop */
    ACTION_CHOICE = 4,     /* a menu choice (menuDisconnect); `wraps` names the action */
    ACTION_HAS_CASES = 8,  /* switch */
    ACTION_HAS_PATHS = 16, /* callTask: outputs named by the task */
    ACTION_TRANSFER = 32,  /* has an implicit Success output that leaves the flow */
    ACTION_LOOP = 64,      /* its output is a loop body */
    ACTION_TASK_ONLY = 128, /* only in task lists, not as menu choice */
    ACTION_HAS_NAMES = 256, /* outputs named by intents or cases, beside its own */
};

struct output_info {
    const char *id;    /* "yes"; NULL ends the list */
    const char *label; /* "Yes" */
};

struct action_info {
    const char *key;      /* "setPostFlow" */
    const char *label;    /* "Set Post-Flow" */
    const char *short_label; /* dimmed in the tree: "set post-flow" */
    const char *category; /* toolbox: "Flow" */
    unsigned flow_types;  /* IN(INBOUND_CALL) | ... */
    unsigned flags;
    enum action_asks asks;
    const struct output_info *outputs;
    const struct field *fields; /* in the order exports write them; ends with path NULL */
    const char *wraps;    /* choices: the key of the action inside ("disconnect") */
    const char *help;     /* the page's description and notes */
    const char *source;
};

size_t catalogue_count(void);
const struct action_info *catalogue_action(size_t index);
/* By key, or by label in any letter case; NULL: unknown. */
const struct action_info *catalogue_find(struct str key_or_label);
size_t catalogue_index(const struct action_info *info);
/* The field of an action by its path, its last step, or label; NULL: none. */
const struct field *catalogue_field(const struct action_info *info, struct str name);

/* Keys with fixed atom numbers. */
#define WELL_KNOWN_KEYS(X)                                                                         \
    X(name) X(refId) X(description) X(division) X(startUpRef) X(startUpTaskActions)                \
    X(startUpTaskVariables) X(tasks) X(task) X(menus) X(menu) X(states) X(state) X(actions)        \
    X(outputs) X(paths) X(path) X(cases) X(variables) X(choices) X(defaultChildMenuRef)            \
    X(outputPaths) X(outputPath) X(evaluate) X(firstTrue) X(firstMatch) X(value) X(lit) X(exp)     \
    X(noValue) X(var) X(tts) X(prompt) X(none) X(alternateSequences) X(variable)                   \
    X(initialValue) X(isInput) X(isOutput) X(isSecure) X(dtmf) X(globalDtmf) X(audio)              \
    X(initialGreeting) X(target) X(actionType) X(targetFlow) X(invocationData)                     \
    X(inboundCallFlow) X(voiceSurveyFlow) X(settingsErrorHandling) X(settingsMenu)                 \
    X(settingsActionDefaults) X(settingsInQueueCall) X(settingsCommonModule)                       \
    X(defaultLanguage) X(supportedLanguages) X(type)
enum well_known_atom {
    ATOM_NONE,
#define X(name) ATOM_##name,
    WELL_KNOWN_KEYS(X)
#undef X
    ATOM_case,    /* C keywords cannot be made by the macro */
    ATOM_default,
    ATOM_KNOWN_COUNT
};
/* Seeds a workspace's atoms: the keys above, then each action's key in the catalogue's order, so
 * that atom ATOM_KNOWN_COUNT + i is action i. */
void catalogue_atoms_init(struct atoms *atoms, struct env *env);
/* The action whose key this atom is, NULL: none. */
const struct action_info *catalogue_of_atom(atom_id key);

#endif
