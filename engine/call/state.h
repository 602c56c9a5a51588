/* The state of a call: one fixed-size value of pool ids and small numbers. It is copied by memcpy
 * and two are equal when their bytes are, so nothing in it may be left uninitialised and every hole
 * has a name. The meter stands beside it: what the explorer leaves out of a state's key
 * (simulation.md section 1). */
#ifndef POSTFLOW_CALL_STATE_H
#define POSTFLOW_CALL_STATE_H

#include "engine/call/call.h"

enum { CALL_PARTIES = 16, NO_FLOW = 0xffff, NO_PARTY = 0xff };

/* Frames of variables, as expressions number them. */
enum { FRAME_BUILTIN, FRAME_FLOW, FRAME_TASK, FRAME_COUNT };

enum asking { ASKING_NOTHING, ASKING_KEYS, ASKING_RESULT };
enum secure { SECURE_NONE, SECURE_BY_TRANSFER, SECURE_BY_AGENT };

/* One frame of the stack below: as many words in the interned vector. */
enum { STACK_KIND, STACK_FLOW, STACK_OP, STACK_FLOW_FRAME, STACK_TASK_FRAME, STACK_WORDS };
enum { STACK_TASK, STACK_MODULE };

struct call_state {
    uint32_t pc;                  /* the op to run next, or the one that asks */
    uint32_t frames[FRAME_COUNT]; /* pool lists */
    uint32_t stack;               /* pool words; 0: empty */
    uint32_t data;                /* participant data: a pool object; 0: none */
    uint32_t menu;                /* op + 1 of the menu entered last in this invocation */
    uint32_t previous_menu;       /* op + 1 of the one before it */
    uint32_t keys;                /* pool text: keys pressed and not used yet; 0: none */
    uint32_t queue;               /* pool text, where `queued` */
    uint32_t came_from;           /* pool words: how Transfer to ACD can still fail; 0: no more */
    uint16_t flow;                /* program index of the flow that runs; NO_FLOW: none */
    uint8_t in_flow;              /* the party that is in it; NO_PARTY */
    uint8_t asking;               /* enum asking */
    uint8_t queued;               /* waits in `queue`, or (queue 0) for a user who rings */
    uint8_t ended;
    uint8_t ending;               /* enum ending */
    uint8_t party_count;
    uint8_t agents;               /* the highest number an agent has had */
    uint8_t agent_reached;        /* in this interaction; a callee by option too */
    uint8_t outbound;
    uint8_t secure;               /* enum secure */
    uint8_t callback;             /* an agent has scheduled one */
    uint8_t no_inputs, no_matches; /* tries of the menu or question that asks */
    uint8_t invoked_by;           /* 1 + role whose slot invoked this flow; 0: none did */
    uint8_t fired;                /* post-flows in this interaction */
    uint8_t handling_error;       /* error handling has jumped in this invocation */
    uint8_t pad[2];
    struct party parties[CALL_PARTIES];
    struct post_slot slots[2];    /* by enum party_role */
};

struct meter {
    int64_t clock;     /* virtual ms since the call began */
    int64_t busy;      /* hold music plays until then */
    int64_t deadline;  /* when what is asked times out; INT64_MAX: never */
    uint32_t stubs;    /* pool words: (name, answers given) pairs; 0: none */
    int32_t budget;    /* actions left in this invocation */
    int64_t started;   /* clock when the in-queue task last began; -1: has not */
    uint32_t idle;     /* its last pass took no time */
    uint32_t pad;
};

struct run {
    struct call_state state;
    struct meter meter;
};

_Static_assert(sizeof(struct call_state) <= 512, "a state is copied for every stimulus");
_Static_assert(sizeof(struct post_slot) == 32, "no unnamed holes");
_Static_assert(sizeof(struct call_state) == 4 * 11 + 20 + 8 * CALL_PARTIES + 2 * 32,
               "no unnamed holes");

#endif
