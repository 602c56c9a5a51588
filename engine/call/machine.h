/* Inside engine/call: the running call and what its files share. A step changes call->now and adds
 * events; variables of the current frames are unpacked into registers while a stimulus runs and
 * interned again when it has (machine.c). */
#ifndef POSTFLOW_CALL_MACHINE_H
#define POSTFLOW_CALL_MACHINE_H

#include "engine/call/program.h"

/* The built-in variables that the machine writes; their places are looked up once. */
#define MACHINE_BUILTINS(X)                                                                        \
    X(CALL_ANI, "Call.Ani")                                                                        \
    X(CALL_CALLED_ADDRESS, "Call.CalledAddress")                                                   \
    X(CALL_CALLED_ADDRESS_ORIGINAL, "Call.CalledAddressOriginal")                                  \
    X(CALL_CONVERSATION_ID, "Call.ConversationId")                                                 \
    X(CALL_CURRENT_QUEUE, "Call.CurrentQueue")                                                     \
    X(CALL_ESTIMATED_WAIT_TIME, "Call.EstimatedWaitTime")                                          \
    X(CALL_INVOCATION_DATA, "Call.InvocationData")                                                 \
    X(CALL_LANGUAGE, "Call.Language")                                                              \
    X(CALL_POSITION_IN_QUEUE, "Call.PositionInQueue")                                              \
    X(CALL_REMOTE_NAME, "Call.RemoteName")                                                         \
    X(FLOW_HOLD_PROMPT, "Flow.HoldPrompt")                                                         \
    X(FLOW_INVOCATION_DATA, "Flow.InvocationData")                                                 \
    X(FLOW_IS_TEST, "Flow.IsTest")                                                                 \
    X(FLOW_START_DATE_TIME_UTC, "Flow.StartDateTimeUtc")                                           \
    X(FLOW_VERSION, "Flow.Version")                                                                \
    X(INTERACTION_ID, "Interaction.Id")                                                            \
    X(INTERACTION_LANGUAGE, "Interaction.Language")                                                \
    X(SYSTEM_MAX_DATE_TIME, "System.MaxDateTime")                                                  \
    X(SYSTEM_MAX_DURATION, "System.MaxDuration")                                                   \
    X(SYSTEM_MAX_INT, "System.MaxInt")                                                             \
    X(SYSTEM_MIN_DATE_TIME, "System.MinDateTime")                                                  \
    X(SYSTEM_MIN_DURATION, "System.MinDuration")                                                   \
    X(SYSTEM_MIN_INT, "System.MinInt")
enum machine_builtin {
#define X(name, text) BUILTIN_##name,
    MACHINE_BUILTINS(X)
#undef X
    BUILTIN_USED
};

struct registers {
    struct value *values;
    size_t capacity;
    uint32_t count;
    uint32_t loaded; /* the pool list they hold; 0: none */
    bool dirty;
};

struct history_entry {
    struct stimulus stimulus;
    uint32_t events;       /* before it */
    uint32_t changes : 30; /* where in call.changes what it changed begins */
    bool is_run : 1;       /* ADVANCE to the next waiting point, however far that is */
    bool waited : 1;       /* the call was at a waiting point before it */
};

/* call_setup with texts in the pool. */
struct start {
    enum flow_type type;
    uint32_t flow, ani, called, language;
    uint32_t data;
    const struct settings *settings;
    bool untraced;
};

struct call {
    struct env *env;
    struct workspace *ws;
    struct pool *pool;
    struct program program;
    struct start start;
    bool started;
    struct run now;
    struct registers registers[FRAME_COUNT];
    struct event *events;
    size_t event_count, event_capacity;
    struct history_entry *history;
    size_t history_count, history_capacity;
    size_t history_kept; /* with what lies ahead: entries behind history_count can be redone */
    uint64_t *changes;   /* what stood in the run before each step (history.c) */
    size_t change_count, change_capacity;
    struct run before_newest; /* that of the newest step, not in `changes` yet */
    bool newest_open;
    struct history_entry untraced_entry; /* where no history is kept */
    struct {              /* how the last call began, for another that begins alike */
        bool known;
        uint64_t changes; /* of all documents, then */
        struct start start;
        struct run now;
        size_t events;
    } begun;
    uint32_t builtins[BUILTIN_USED]; /* their indices in flow/builtins.h */
    uint32_t constants; /* pool list: the frame of built-in variables before a call */
    bool timed_out; /* the executor is answered by time, not by a key */
};

/* machine.c */
const struct settings *call_settings(const struct call *call);
struct program_flow *call_program(const struct call *call); /* of the flow that runs; NULL */
const struct op *call_op(const struct call *call);          /* at pc; NULL */
struct event *event_add(struct call *call, enum event_kind kind);
struct event *event_newest(struct call *call); /* that was added last */
struct event *event_at_op(struct call *call, enum event_kind kind, const struct op *op);
void registers_load(struct call *call);
void registers_store(struct call *call);
void registers_set(struct call *call, unsigned frame, uint32_t list);
/* A frame of so many values, which the caller fills in. */
struct value *registers_clear(struct call *call, unsigned frame, uint32_t count);
void builtins_find(struct call *call);
/* Its VARIABLE event is left to the caller. */
void builtin_set(struct call *call, enum machine_builtin which, struct value value);
struct value builtin_get(const struct call *call, enum machine_builtin which);
/* Writes a variable and its event; a value of another type is converted where that is possible. */
bool variable_write(struct call *call, const struct op *op, const struct operand *where,
                    struct value value);
/* JSON from outside (stubs, outcomes) or any value as one of `type`. */
bool value_convert(struct call *call, struct value from, enum value_type type, bool list,
                   struct value *out);
struct value json_of_node(struct call *call, const struct doc *doc, node_id node);
bool json_member(const struct call *call, struct value object, struct str key, struct value *out);

/* An interned object's members with one set anew. */
uint32_t object_with(struct call *call, uint32_t object, uint32_t key, struct value value);

/* Operands. False: the error event has been raised, the executor returns at once. */
const struct operand *operand_of(const struct call *call, const struct op *op, unsigned index);
bool operand_eval(struct call *call, const struct op *op, unsigned index, struct value *out);
/* The fixed operand that comes from a path; one that is not written where there is none. */
const struct operand *operand_at_path(const struct call *call, const struct op *op,
                                      const char *path);
/* What an expression sees at this moment. */
struct expr_run expression_run(struct call *call);
bool operand_eval_at(struct call *call, const struct op *op, const struct operand *operand,
                     struct value *out);

/* eval.c: the intervention `set` */
bool intervention_check(struct call *call, const struct stimulus *stimulus, struct diags *diags);
void intervention_do(struct call *call, const struct stimulus *stimulus);

/* history.c */
struct history_entry *history_add(struct call *call, const struct stimulus *stimulus);
void history_clear(struct call *call);

/* errors.c */
void error_raise(struct call *call, const struct op *op, struct str text);
void error_budget(struct call *call, const struct op *op);

/* step.c */
bool step_once(struct call *call);        /* one action; false: the call cannot go on by itself */
void step_settle(struct call *call);      /* ends of lists and loops, which are no actions */
void step_run(struct call *call);         /* to the next waiting point */
bool step_budget(struct call *call, const struct op *op); /* takes one; false: it was overrun */
void output_take(struct call *call, const struct op *op, unsigned number); /* 1 .. */
bool output_named(struct call *call, const struct op *op, const char *id); /* false: not there */
unsigned output_index(const struct call *call, const struct op *op, struct str id); /* 0: none */
void ask(struct call *call, const struct op *op, enum asking what, int64_t timeout);
void prompt(struct call *call, const struct op *op, struct value audio);
struct value text_value(struct call *call, const char *text);

/* frames.c: containers, flows, modules, tasks */
void enter_container(struct call *call, struct program_flow *flow, uint32_t container);
/* A new invocation with `party` in it. How it came to it: NULL where it is a plain entry. */
struct invocation {
    uint8_t invoked_by; /* as in the state */
    uint8_t secure;     /* enum secure */
    struct value data;  /* JSON of the post-flow; String of Transfer to Secure Flow */
};
void enter_flow(struct call *call, struct program_flow *flow, uint8_t party,
                const struct invocation *invocation);
void leave_flow(struct call *call);
/* The end of a list that is not joined: false when nothing follows by itself. */
bool end_reached(struct call *call, const struct op *op);
void task_return(struct call *call, struct str path);

/* parties.c */
uint8_t party_add(struct call *call, enum party_kind kind, enum party_role role,
                  struct str name);
unsigned parties_of_role(const struct call *call, unsigned role, uint8_t *first, uint8_t *last);
bool party_is_connected(const struct party *party);
uint8_t party_ringing(const struct call *call); /* NO_PARTY: nobody */
void party_connect(struct call *call, uint8_t index);
void party_leave(struct call *call, uint8_t index, uint8_t status);
struct event *event_party(struct call *call, enum event_kind kind, uint8_t party);
/* Who is in the flow, in the queue, or, talking, the caller. */
uint8_t party_served(const struct call *call);
void queue_enter(struct call *call, const struct op *op, struct str queue, struct str override);
void queue_leave(struct call *call);
void reach_party(struct call *call, uint8_t index);
void transfer_event(struct call *call, const struct op *op, uint8_t party, unsigned kind,
                    struct str to, enum flow_type type, unsigned because);

/* In events of EVENT_TRANSFERRED: what kind of place it leads to (output), and why (detail). */
enum destination { TO_A_QUEUE, TO_A_USER, TO_A_NUMBER, TO_A_GROUP, TO_A_FLOW, TO_VOICEMAIL,
                   DESTINATION_COUNT };
enum because { BECAUSE_ACTION, BECAUSE_CALLER_HANGUP, BECAUSE_AGENT_HANGUP,
               BECAUSE_EXTERNAL_HANGUP, BECAUSE_SYSTEM, BECAUSE_BLIND, BECAUSE_CONSULT,
               BECAUSE_COUNT };

/* postflow.c */
void hangup(struct call *call, uint8_t party, bool lost);
void system_disconnect(struct call *call, const struct op *op, enum ending ending);
void call_end(struct call *call, enum ending ending);
void hangup_decide(const struct call *call, int leaver, struct hangup_outcome *out,
                   uint8_t *survivor);

/* Transfer to Secure Flow empties what is armed. */
void secure_clears_slots(struct call *call, const struct op *op);

/* input.c, survey.c: what a key, silence or words do to the op that asks */
void input_keys(struct call *call);
void input_none(struct call *call);
void input_no_match(struct call *call);
void input_say(struct call *call, struct str words);
void menu_enter(struct call *call, const struct op *op, bool again);
void menu_keys(struct call *call, const struct op *op);
void menu_failed_try(struct call *call, const struct op *op, bool silence);
void menu_say(struct call *call, const struct op *op, struct str words);
void survey_keys(struct call *call, const struct op *op);
void survey_failed_try(struct call *call, const struct op *op, bool silence);
void survey_say(struct call *call, const struct op *op, struct str words);
void collect_keys(struct call *call, const struct op *op);
void collect_done(struct call *call, const struct op *op);
void ask_keys(struct call *call, const struct op *op);
void ask_say(struct call *call, const struct op *op, struct str words);
void ask_failed_try(struct call *call, const struct op *op, bool silence);
/* Counts a try without (`silence`) or with a wrong answer. TRY_AGAIN: what is said then was said;
 * TRY_ERROR: the error event has been raised. */
enum try { TRY_AGAIN, TRY_NO_MORE, TRY_ERROR };
enum try try_count(struct call *call, const struct op *op, bool silence);
/* The question of Anything Else?, after a pass. */
void loop_else_asks(struct call *call, const struct op *op);
/* Begins the next pass. */
void loop_again(struct call *call, const struct op *op);
void extension_done(struct call *call, const struct op *op);
char key_take(struct call *call); /* the first of the keys pressed; 0: none */
struct str keys_pressed(const struct call *call);

/* world.c */
void run_world(struct call *call, const struct op *op);
void result_answer(struct call *call, const struct op *op, unsigned output, struct value data);

/* transfers.c */
void transfer_result(struct call *call, const struct op *op, bool success, struct value data);
void transfer_ring(struct call *call, const struct op *op, struct str name, int64_t timeout);
/* Transfer to ACD turns out to have failed; possible while state.came_from is set. */
void acd_fails(struct call *call, struct value data);

/* time.c */
void time_pass(struct call *call, int64_t ms);
void time_out(struct call *call);

/* One executor for each action. */
#define X(name, key, run) void run_##run(struct call *call, const struct op *op);
EXECUTORS(X)
#undef X

#endif
