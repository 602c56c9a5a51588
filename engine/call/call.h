/* The simulated call (simulation.md sections 1 to 3; domain.md sections 4 and 8).
 *
 * step(program, world, state, stimulus) -> state, meter, effects. The program is compiled on first
 * use from the flows of a workspace; the state is one fixed-size value of ids and small numbers
 * (copied by memcpy, equal when its bytes are); effects are the events of the trace.
 * A `struct call` holds one run with its history, so that it can go back and be replayed. */
#ifndef POSTFLOW_CALL_CALL_H
#define POSTFLOW_CALL_CALL_H

#include "engine/call/stimulus.h"
#include "engine/flow/settings.h"
#include "engine/flow/workspace.h"

enum phase {
    PHASE_READY,   /* the next action can run: advance */
    PHASE_KEYS,    /* a menu, Collect Input or survey question awaits the caller */
    PHASE_RESULT,  /* an action asks for its result */
    PHASE_QUEUED,  /* in a queue; its in-queue flow moves by advance, until, wait */
    PHASE_TALKING, /* caller and somebody else connected (hold and consult included) */
    PHASE_ENDED,
};

enum ending { /* how an `ended` event says it */
    ENDING_NO, ENDING_DISCONNECT, ENDING_CALLER_HANGUP, ENDING_AGENT_HANGUP, ENDING_ABANDONED,
    ENDING_ERROR, ENDING_SYSTEM, ENDING_TRANSFERRED_OUT, ENDING_VOICEMAIL,
};
const char *ending_name(enum ending ending); /* "no", "disconnect", "caller-hangup" ... */

/* Reasons for a post-flow not firing, in the order in which they are tried; simulation.md section
 * 3. name, its word in traces, one sentence */
#define NOT_FIRED_REASONS(X)                                                                       \
    X(OUTBOUND, "outbound", "post-flow actions are for inbound calls only")                        \
    X(LICENCE, "licence", "the licence does not include voice survey flows")                       \
    X(SECURE_FLOW, "secure-flow", "a secure flow is running, so both are disconnected")            \
    X(NO_AGENT_REACHED, "no-agent-reached", "the caller left before an agent was reached")         \
    X(NOBODY_LEFT, "nobody-left", "nobody of the other side is connected")                         \
    X(PARTIES_LEFT, "parties-left", "both sides still have somebody connected")                    \
    X(SYSTEM_DISCONNECT, "system-disconnect", "the system or the flow ended the call")             \
    X(EXTERNAL_NUMBER, "external-number", "an external number does not count as callee")           \
    X(CLEARED, "cleared", "Clear Post-Flow took it away")                                          \
    X(CLEARED_BY_SECURE, "cleared-by-secure-transfer", "Transfer to Secure Flow took it away")     \
    X(ALREADY_FIRED, "already-fired", "it has fired, and the option oneShot is on")                \
    X(NOT_SET, "not-set", "no post-flow is set for the side that is left")                         \
    X(AGENT_IN_SURVEY, "agent-not-allowed-in-survey", "an agent cannot enter a voice survey flow") \
    X(TARGET_MISSING, "target-missing", "the flow it names does not exist")                        \
    X(TARGET_WRONG_TYPE, "target-wrong-type", "the flow it names is of another type")              \
    X(TARGET_UNPUBLISHED, "target-unpublished", "the flow it names is not published")              \
    X(POST_FLOW_LOOP, "post-flow-loop", "too many post-flows fired in one call")
enum not_fired {
    FIRED,
#define X(name, word, sentence) NOT_FIRED_##name,
    NOT_FIRED_REASONS(X)
#undef X
    NOT_FIRED_COUNT
};
const char *not_fired_word(enum not_fired reason);
const char *not_fired_sentence(enum not_fired reason);

enum party_kind { PARTY_NONE, PARTY_CALLER, PARTY_AGENT, PARTY_EXTERNAL };
enum party_role { PARTY_AS_CALLER, PARTY_AS_CALLEE };
enum party_status { PARTY_GONE, PARTY_RINGING, PARTY_CONNECTED, PARTY_HELD, PARTY_IN_FLOW,
                    PARTY_IN_QUEUE, PARTY_CONSULTED,
                    PARTY_LEFT_OUT /* transferred out of sight */ };
struct party {
    uint8_t kind, role, status;
    uint8_t number; /* Agent 1, 2, ... */
    uint32_t name;  /* pool text: "Agent 1", "Ada", "tel:+49..." */
};

enum slot_phase { SLOT_NEVER_SET, SLOT_ARMED, SLOT_WAS_CLEARED, SLOT_WAS_CLEARED_BY_SECURE,
                  SLOT_HAS_FIRED /* only under oneShot */ };
struct post_slot {
    uint8_t phase;       /* enum slot_phase */
    uint8_t flow_type;   /* enum flow_type */
    uint16_t set_flow;   /* program index of the flow whose action set (or cleared) it last */
    node_id set_by;      /* that action */
    uint32_t flow_name;  /* pool text; 0 when nothing is armed */
    uint8_t target;      /* the mask it was set with: 1 caller, 2 callee, 3 any */
    uint8_t pad[3];      /* 0 */
    struct value data;   /* JSON or NOT_SET */
};

#define EVENTS(X)                                                                                  \
    X(FLOW_ENTERED, "flow-entered") X(ACTION, "action") X(OUTPUT, "output")                        \
    X(VARIABLE, "variable") X(PROMPT, "prompt") X(ASKED, "asked")                                  \
    X(POST_FLOW_SET, "post-flow-set") X(POST_FLOW_CLEARED, "post-flow-cleared")                    \
    X(QUEUED, "queued") X(AGENT_RINGING, "agent-ringing") X(AGENT_CONNECTED, "agent-connected")    \
    X(AGENT_LEFT, "agent-left") X(HOLD, "hold") X(CONSULT, "consult") X(HANGUP, "hangup")          \
    X(POST_FLOW_FIRED, "post-flow-fired") X(POST_FLOW_NOT_FIRED, "post-flow-not-fired")            \
    X(TRANSFERRED, "transferred") X(SURVEY_ANSWER, "survey-answer") X(CALLBACK, "callback")        \
    X(ERROR, "error") X(ENDED, "ended")
enum event_kind {
#define X(name, word) EVENT_##name,
    EVENTS(X)
#undef X
    EVENT_KIND_COUNT
};
const char *event_word(enum event_kind kind); /* "post-flow-set" */
bool event_find(struct str word, enum event_kind *out);

/* One event of the trace; what the small fields mean depends on the kind (call_event_to_json). */
struct event {
    uint8_t kind;   /* enum event_kind */
    uint8_t party;  /* index in state.parties, 0xff: none */
    uint8_t detail; /* a reason, an ending, a slot mask (1 caller, 2 callee) ... */
    uint8_t flow_type;
    uint16_t flow;  /* program index */
    uint16_t output;
    node_id node;
    uint32_t text, other; /* pool texts */
    int64_t at;     /* virtual ms since the call began */
    struct value value;
};

struct call; /* one run with its history */

struct call_setup {
    enum flow_type type; /* FLOW_OTHER: inboundCall */
    struct str flow;     /* the flow's name */
    struct str ani, called, language; /* empty: simulation.md section 4's defaults */
    struct doc *data_doc; /* participant data: an object node, 0: none */
    node_id data;
    /* Nobody looks back: no events are kept, and no history to go back in or to replay. */
    bool untraced;
    /* A scenario's `world`, read over postflow.json; NULL: the workspace's settings alone. */
    const struct settings *settings;
};

/* The call borrows the workspace. Flows are compiled again when their documents have changed. */
struct call *call_new(struct env *env, struct workspace *ws);
void call_free(struct call *call);
struct pool *call_pool(struct call *call);
/* Puts the call at the start of the flow: nothing has run yet. False: no such flow. */
bool call_start(struct call *call, const struct call_setup *setup, struct diags *diags);
/* What it was started with: texts of the pool; *data is the participant data as JSON. */
void call_started_with(const struct call *call, struct call_setup *setup, struct value *data);
/* Starts over and repeats every stimulus since call_start (after an edit); returns how many fitted
 * before one was not possible any more. */
size_t call_replay(struct call *call);

/* One stimulus. False and a diagnostic that lists what is possible when it is not possible now
 * (nothing changed then). STIMULUS_ADVANCE runs `number` actions, stopping early where the call
 * cannot go on by itself. Each call is one entry of history. */
bool call_do(struct call *call, const struct stimulus *stimulus, struct diags *diags);
/* How far the call goes on by itself. */
struct call_going {
    int64_t most;  /* actions; 0: as many as there are */
    bool in_queue; /* in an in-queue flow too */
    bool through;  /* and where one is entered on the way, or left */
    /* Asked behind each action, `since` being its first event; true: no further. NULL: nothing
     * stops it. It must not move the call. */
    bool (*stop)(void *context, struct call *call, size_t since);
    void *context;
};
/* Goes on to the next waiting point at most. History gets an entry, one more where a queue was
 * entered or left, none where nothing can go on. True: `stop` said so. */
bool call_go(struct call *call, const struct call_going *how);
/* To the next waiting point, unstopped. */
void call_run(struct call *call);
/* Up to before the action (or waiting point) at the path; false when the call stops elsewhere. */
bool call_until(struct call *call, struct flow *flow, struct spot spot, struct diags *diags);

/* Undoes the last `n` entries of history; returns how many there were. They are kept as the future
 * until something else is done. */
size_t call_back(struct call *call, size_t n);
/* Does the next `n` entries of the future again; returns how many there were and still fitted. */
size_t call_forward(struct call *call, size_t n);
size_t call_history(const struct call *call); /* entries */
size_t call_future(const struct call *call);  /* entries behind those */
/* Entry i of history or future. */
struct call_step {
    struct stimulus stimulus; /* ADVANCE by so many actions for what call_go did */
    bool is_run; /* to the next waiting point, however far that is */
};
struct call_step call_history_step(const struct call *call, size_t i);
const struct stimulus *call_history_stimulus(const struct call *call, size_t i);
/* How many events there were before entry i of the history. */
size_t call_history_events(const struct call *call, size_t i);
/* Whether the call was at a waiting point before entry i, or with i = call_history is at one. */
bool call_history_waits(const struct call *call, size_t i);
/* Makes these steps (of the same call) its history, up to `here`, and its future behind. What is
 * the same already is not done again. Returns how many of the first `here` fitted. */
size_t call_take(struct call *call, const struct call_step *steps, size_t count, size_t here);

/* What is. All borrowed until the next change of the call. */
enum phase call_phase(const struct call *call);
enum ending call_ending(const struct call *call);
int64_t call_clock(const struct call *call); /* virtual ms since it began */
/* Where the flow is: next action, or the one that asks; flow NULL when no flow runs. `spot` may be
 * a menu, or a list's owner when its end is reached. */
struct call_position {
    struct flow *flow;
    struct spot spot;
    uint8_t party;   /* who is in it */
    unsigned depth;  /* module and task frames below */
};
struct call_position call_where(const struct call *call);
const struct party *call_parties(const struct call *call, unsigned *count);
const struct post_slot *call_slot(const struct call *call, enum party_role role);
struct flow *call_flow(const struct call *call, uint16_t index);
bool call_agent_reached(const struct call *call);
struct str call_queue(const struct call *call); /* empty: in none */
/* Names of the outputs the asking action can have (PHASE_RESULT), n-th; empty: no more. */
struct str call_result_output(const struct call *call, unsigned n);
/* n-th variable in sight (scope.name, value, the event that wrote it last or SIZE_MAX); false: no
 * more. Order: Call., Flow., Task., State., participant data as "data.NAME". */
struct call_variable {
    struct str name;
    struct value value;
    size_t written_by;
};
bool call_variable(const struct call *call, size_t n, struct call_variable *out);
/* A variable by full name at this moment; false: unknown. */
bool call_variable_named(const struct call *call, struct str name, struct value *out);
const struct event *call_events(const struct call *call, size_t *count);
/* An expression as the action where the call is sees it; the system's variables alone where no flow
 * runs. False and a diagnostic (which has no file): it cannot be read, or not evaluated. */
bool call_eval(struct call *call, struct str text, struct value *out, struct diags *diags);
const char *phase_words(enum phase phase);               /* "waiting for keys" ... */
const char *party_status_words(enum party_status status); /* "on hold" ... */

/* Every stimulus that is possible now, with the party or name filled in where only one fits, and
 * its consequence in words ("caller -> CSAT (voice survey flow)", "call ends: not-set"). Hang-ups
 * of every connected party are always among them. */
struct choice {
    struct stimulus stimulus;
    char *words;       /* `:do` words, with placeholders where something is to be typed */
    char *consequence; /* may be empty */
    bool open;         /* with placeholders */
};
struct choices {
    struct arena arena;
    struct choice *items;
    size_t count;
};
void call_choices(const struct call *call, struct choices *out); /* init'ed; cleared first */
/* Its words up to what is left to be typed (a word in capitals, or several to choose from). */
struct str choice_fixed_words(const struct choice *choice);

/* What a hang-up would lead to, without doing it. */
struct hangup_outcome {
    enum not_fired reason;       /* FIRED: somebody is transferred */
    enum party_role survivor;
    enum flow_type type;
    struct str flow;             /* of the slot that was looked up, also where it did not fire */
    const struct post_slot *slot;
    bool other_armed;            /* NOT_SET: the other slot was armed */
    bool call_ends;
};
void call_hangup_outcome(const struct call *call, enum who who, uint32_t agent,
                         struct hangup_outcome *out);
/* Whether there is such a party, who could. */
bool call_can_hang_up(const struct call *call, enum who who);

/* Why it came to this: the chain of causes of the last transfer, firing, non-firing or ending, one
 * line each with the action it links to. */
struct cause {
    char *text;
    struct flow *flow; /* NULL: none */
    node_id node;
    size_t event;      /* index in the trace, SIZE_MAX: none */
};
struct causes {
    struct arena arena;
    struct cause *items;
    size_t count;
};
void call_why(const struct call *call, struct causes *out);
/* The same of one event of the trace; of what is no transfer and no ending, the action it is of. */
void call_why_event(const struct call *call, size_t event, struct causes *out);
/* Of each post-flow that did not fire, the first link that failed, in one sentence, with the action
 * that it is about; while the call goes on, also of the hang-up of either side if it came now. */
void call_why_not(const struct call *call, struct causes *out);
/* Its text and, in brackets, the path of its action. */
void cause_show(const struct cause *cause, struct buf *out);

/* The trace's JSON of event i, one object without newline, and a line for people. */
void call_event_to_json(const struct call *call, size_t i, struct buf *out);
void call_event_show(const struct call *call, size_t i, struct buf *out);
/* The same object as a JSON value (scenario expectations match on it). */
struct value call_event_value(struct call *call, size_t i);

#endif
