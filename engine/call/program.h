/* Compiled flows: a flat array of ops with jump targets for each flow, made on first use and again
 * when the document has changed. Expressions are compiled once, literals are pool values, variables
 * are slots in frames. Faults of the flow become operands and targets that raise the error event
 * when they are reached: compiling never fails. */
#ifndef POSTFLOW_CALL_PROGRAM_H
#define POSTFLOW_CALL_PROGRAM_H

#include "engine/call/state.h"
#include "engine/expr/expr.h"

/* What acts at run time: name of the op, the action's key, its executor. */
#define EXECUTORS(X)                                                                               \
    X(PLAY_AUDIO, "playAudio", play_audio)                                                         \
    X(DECISION, "decision", decision)                                                              \
    X(SWITCH, "switch", switch)                                                                    \
    X(UPDATE_DATA, "updateData", update_data)                                                      \
    X(LOOP, "loop", loop)                                                                          \
    X(LOOP_UNTIL, "loopUntil", loop)                                                               \
    X(LOOP_ELSE, "loopAnythingElse", loop_else)                                                    \
    X(LOOP_NEXT, "loopNext", loop_next)                                                            \
    X(LOOP_EXIT, "loopExit", loop_exit)                                                            \
    X(COLLECT_INPUT, "collectInput", collect_input)                                                \
    X(DIAL_BY_EXTENSION, "dialByExtension", dial_by_extension)                                     \
    X(DISCONNECT, "disconnect", disconnect)                                                        \
    X(TRANSFER_ACD, "transferToAcd", transfer_acd)                                                 \
    X(TRANSFER_USER, "transferToUser", transfer_asking)                                            \
    X(TRANSFER_NUMBER, "transferToNumber", transfer_asking)                                        \
    X(TRANSFER_GROUP, "transferToGroup", transfer_asking)                                          \
    X(TRANSFER_VOICEMAIL, "transferToVoicemail", transfer_asking)                                  \
    X(TRANSFER_FLOW, "transferToFlow", transfer_flow)                                              \
    X(TRANSFER_SECURE, "transferToFlowSecure", transfer_secure)                                    \
    X(HOLD_MUSIC, "holdMusic", hold_music)                                                         \
    X(SET_POST_FLOW, "setPostFlow", set_post_flow)                                                 \
    X(CLEAR_POST_FLOW, "clearPostFlow", clear_post_flow)                                           \
    X(CALL_DATA, "callData", call_data)                                                            \
    X(CALL_DATA_SECURE, "callDataSecure", call_data)                                               \
    X(TABLE_LOOKUP, "dataTableLookup", table_lookup)                                               \
    X(SET_PARTICIPANT, "setParticipantData", set_participant)                                      \
    X(GET_PARTICIPANT, "getParticipantData", get_participant)                                      \
    X(SCHEDULE, "evaluateSchedule", schedule)                                                      \
    X(SCHEDULE_GROUP, "evaluateScheduleGroup", schedule_group)                                     \
    X(CALL_MODULE, "callCommonModule", call_module)                                                \
    X(CALL_TASK, "callTask", call_task)                                                            \
    X(END_TASK, "endTask", end_task)                                                               \
    X(JUMP_TASK, "jumpToTask", jump)                                                               \
    X(JUMP_MENU, "jumpToMenu", jump)                                                               \
    X(CHANGE_STATE, "changeState", jump)                                                           \
    X(END_STATE, "endState", end_state)                                                            \
    X(PREVIOUS_MENU, "previousMenu", previous_menu)                                                \
    X(REPEAT_MENU, "repeatMenu", repeat_menu)                                                      \
    X(SET_LANGUAGE, "setLanguage", set_language)                                                   \
    X(PLAY_WAIT_TIME, "playEstimatedWaitTime", play_wait_time)                                     \
    X(PLAY_POSITION, "playPositionInQueue", play_position)                                         \
    X(RETURN_TO_AGENT, "returnToAgent", return_to_agent)                                           \
    X(CREATE_CALLBACK, "createCallback", create_callback)                                          \
    X(SURVEY_QUESTION, "askSurveyQuestion", survey_question)                                       \
    X(ASK_BOOLEAN, "askForBoolean", ask)                                                           \
    X(ASK_SLOT, "askForSlot", ask)                                                                 \
    X(WAIT_INPUT, "waitForInput", ask)                                                             \
    X(COMMUNICATE, "communicate", play_audio)                                                      \
    X(PLAY_GREETING, "playUserGreeting", play_user)                                                \
    X(PLAY_NAME, "playUserName", play_user)                                                        \
    X(WAIT, "wait", wait)                                                                          \
    X(EXTRACT_SECURE, "extractSecureData", update_data)                                            \
    X(EXIT_BOT, "exitBotFlow", end_state)

enum op_kind {
    OP_END,         /* the end of a container's list */
    OP_PASS,        /* the end of a loop's body */
    OP_MENU,        /* a menu, or a choice that is a sub-menu */
    OP_CHOICE_TASK, /* a choice with a task of its own */
    OP_OTHER,       /* an action without an executor: evaluates its fields; the world answers where
                       the catalogue says so, else it steps on by its outputs */
#define X(name, key, run) OP_##name,
    EXECUTORS(X)
#undef X
    OP_KIND_COUNT
};

enum { NO_OP = 0xffffffff };

struct op {
    uint8_t kind;          /* enum op_kind */
    uint8_t is_choice;     /* a menu's choice: its failing transfer repeats the menu */
    uint16_t output_count;
    node_id node;          /* action, menu, choice; for ends the container or loop */
    uint32_t next;         /* where it goes on: its next sibling, or what its list joins */
    uint32_t outputs;      /* index of the first in program_flow.outputs */
    uint32_t operands;     /* index in program_flow.operands */
    uint16_t operand_count; /* fixed ones, then rows */
    uint16_t fixed_count;
    uint32_t container;    /* the container it is in; where a jump or call goes: see `target` */
    uint32_t target;       /* jumps: container + 1; loops: pass op; passes: loop op; menus: index */
    uint32_t name;         /* pool text: a flow's, data action's, table's, path's name; 0: none */
    uint32_t slot;         /* loops: hidden slots (index, left) in the task's frame */
};

struct output {
    uint32_t target; /* op */
    uint32_t id;     /* pool text */
    uint16_t output; /* number in engine/flow; 0: a transfer's implicit success */
    uint16_t pad;
};

/* What becomes of an operand when its action has been answered. */
enum operand_bind {
    BIND_NOTHING,
    BIND_RESULT,  /* takes the result of its name, of a good answer */
    BIND_FAILURE, /* ... of a failure or a timeout */
    BIND_BEFORE,  /* audio that is played when it is asked */
    BIND_AFTER,   /* audio that is played on success */
    BIND_TIMEOUT, /* how long the answer is awaited */
    BIND_FIND,    /* what is looked up: found, it is the result unless that is said */
};
enum operand_form {
    OPERAND_NONE,       /* not written, noValue */
    OPERAND_CONSTANT,
    OPERAND_EXPRESSION,
    OPERAND_VARIABLE,   /* read, or where a result goes */
    OPERAND_LANGUAGES,  /* alternate sequences: chosen by the language of the moment */
    OPERAND_FAULT,      /* raises the error event */
};
struct operand {
    uint8_t form;
    uint8_t type, list;  /* wanted */
    uint8_t frame;       /* VARIABLE */
    uint8_t bind;        /* enum operand_bind */
    uint32_t index;      /* VARIABLE */
    uint32_t name;       /* pool text: of a row (input, output); 0: no row */
    uint32_t variable;   /* pool text: VARIABLE */
    node_id node;        /* LANGUAGES */
    struct value value;  /* CONSTANT; FAULT: the sentence as text id in value.id */
    const struct expr *expr;
};

struct variable {
    uint32_t name;  /* pool text: "Flow.consent" */
    uint8_t type, list, input, output;
    struct value initial;
};

/* A task, state, menu, or a choice's own task. */
struct container {
    node_id node;
    uint32_t entry;                    /* op */
    uint32_t first_variable, variables; /* in program_flow.variables, frame FRAME_TASK */
    uint32_t hidden;                   /* slots behind them */
    uint32_t initial;                  /* pool list */
};

struct menu {
    uint32_t op;
    uint32_t audio;                  /* operand */
    uint32_t first_choice, choices;  /* in program_flow.choices */
    uint32_t fallback;               /* op of the default choice, NO_OP */
    uint8_t repeat;
    uint8_t extensions;              /* listens for extension dialling */
    int64_t timeout;                 /* ms */
};
struct menu_choice {
    node_id node;
    uint32_t op;
    char key;      /* 0: none */
    bool global;
};

enum error_handling { HANDLING_DISCONNECT, HANDLING_QUEUE, HANDLING_JUMP };

struct program_flow {
    struct flow flow;         /* as it was compiled */
    struct flow *source;      /* in the workspace */
    uint64_t revision;
    uint16_t index;
    uint32_t name;            /* pool text */
    struct arena arena;
    struct op *ops;
    size_t op_count, op_capacity;
    struct output *outputs;
    size_t output_count, output_capacity;
    struct operand *operands;
    size_t operand_count, operand_capacity;
    struct variable *variables; /* the flow's own first */
    size_t variable_count, variable_capacity;
    uint32_t flow_variables;
    uint32_t initial;         /* pool list: the flow's frame */
    struct container *containers;
    size_t container_count, container_capacity;
    struct menu *menus;
    size_t menu_count, menu_capacity;
    struct menu_choice *choices;
    size_t choice_count, choice_capacity;
    uint32_t start;           /* container + 1; 0: missing */
    uint32_t greeting;        /* operand */
    uint32_t hold_prompt;     /* pool text */
    uint32_t default_language; /* pool text; 0 */
    uint32_t survey_form;     /* pool text; 0 */
    enum error_handling handling;
    uint32_t handling_queue;  /* operand */
    uint32_t handling_target; /* container + 1; 0: missing */
    uint32_t handling_audio;  /* operand */
    node_id handling_node;
    uint32_t operand_none;    /* an operand that is not written */
};

struct program {
    struct env *env;
    struct workspace *ws;
    struct pool *pool;
    struct program_flow **flows; /* NULL where a flow went away */
    size_t count, capacity;
};

void program_init(struct program *program, struct env *env, struct workspace *ws,
                  struct pool *pool);
void program_release(struct program *program);
/* Forgets compiled flows that have changed or gone; indices of the others stay. */
void program_refresh(struct program *program);
/* Compiles on first use. NULL: no such flow. */
struct program_flow *program_find(struct program *program, enum flow_type type, struct str name);
struct program_flow *program_of(struct program *program, struct flow *flow);

/* The op of an action, menu or choice; NO_OP. */
uint32_t program_op_of(const struct program_flow *flow, node_id node);
/* Index in the container's or the flow's frame of a variable by full name. */
bool program_variable(const struct program *program, const struct program_flow *flow,
                      uint32_t container, struct str name, uint8_t *frame, uint32_t *index,
                      const struct variable **out);
/* The same as expressions ask for it, of the system's variables too; `flow` NULL: those alone. */
bool program_name(const struct program *program, const struct program_flow *flow,
                  uint32_t container, struct str scope, struct str name, struct expr_var *out);
/* Whether the flow lists the language; true where it lists none. */
bool program_language(const struct program_flow *flow, struct str language);

#endif
