/* What can happen to a call: one table gives each stimulus its scenario key, its `:do` words, when
 * it is possible and its consequence (simulation.md section 2). */
#ifndef POSTFLOW_CALL_STIMULUS_H
#define POSTFLOW_CALL_STIMULUS_H

#include <stdbool.h>
#include <stdint.h>
#include "engine/expr/value.h"

/* name, scenario key, `:do` words (placeholders in capitals) */
#define STIMULI(X)                                                                                 \
    X(ADVANCE, "advance", "advance N")                                                             \
    X(PRESS, "press", "press KEYS")                                                                \
    X(NO_INPUT, "no-input", "no-input")                                                            \
    X(NO_MATCH, "no-match", "no-match")                                                            \
    X(SAY, "say", "say TEXT")                                                                      \
    X(OUTCOME, "outcome", "outcome OUTPUT [JSON]")                                                 \
    X(WAIT, "wait", "wait DURATION")                                                               \
    X(ANSWERS, "answers", "agent answers")                                                         \
    X(NO_ANSWER, "no-answer", "agent no-answer")                                                   \
    X(HOLDS, "holds", "agent holds")                                                               \
    X(RESUMES, "resumes", "agent resumes")                                                         \
    X(SCHEDULES_CALLBACK, "schedules-callback", "agent schedules-callback")                        \
    X(TRANSFERS, "transfers", "agent transfers queue|user|number|flow NAME")                       \
    X(CONSULTS, "consults", "agent consults queue|user|number NAME")                               \
    X(COMPLETES, "completes", "agent completes")                                                   \
    X(WITHDRAWS, "withdraws", "agent withdraws")                                                   \
    X(CONFERENCES, "conferences", "agent conferences")                                             \
    X(SECURE, "secure", "agent secure FLOW")                                                       \
    X(HANGUP, "hangup", "hangup caller|agent|agent N|external|system")                             \
    X(LOST, "lost", "lost caller|agent|agent N")                                                   \
    X(SET, "set", "set VARIABLE EXPRESSION")

enum stimulus_kind {
#define X(name, key, words) STIMULUS_##name,
    STIMULI(X)
#undef X
    STIMULUS_COUNT
};

enum who { WHO_AGENT, WHO_CALLER, WHO_EXTERNAL, WHO_SYSTEM };
enum transfer_to { TO_QUEUE, TO_USER, TO_NUMBER, TO_FLOW };

struct stimulus {
    uint8_t kind;      /* enum stimulus_kind */
    uint8_t who;       /* enum who: HANGUP, LOST; the agent's stimuli: WHO_AGENT */
    uint8_t to;        /* enum transfer_to: TRANSFERS, CONSULTS */
    uint8_t agent;     /* which agent (1 ..), 0: the only one */
    uint32_t text;     /* pool text: keys, words said, output id, name; SET: the variable's */
    int64_t number;    /* ADVANCE: actions; WAIT: milliseconds */
    struct value data; /* OUTCOME: JSON object of the action's outputs, or NOT_SET; SET: the
                          expression's text */
};

/* "hangup agent", "press 12#", "outcome success {\"vip\":true}", "agent 2 answers" -> stimulus;
 * false and one diagnostic with what is understood. */
struct diags;
bool stimulus_parse(struct pool *pool, struct str words, struct stimulus *out,
                    struct diags *diags);
/* The `:do` words again. */
void stimulus_show(const struct pool *pool, const struct stimulus *stimulus, struct buf *out);
/* As a step of a scenario: {"hangup":"agent"}. */
void stimulus_to_json(const struct pool *pool, const struct stimulus *stimulus, struct buf *out);
/* From a scenario's step: a node of a document ({"agent":{"transfers":{"queue":"X"}}}). `until` is
 * no stimulus: see call_until. */
struct doc;
bool stimulus_read(struct pool *pool, const struct doc *doc, uint32_t node, struct stimulus *out,
                   struct diags *diags);

#endif
