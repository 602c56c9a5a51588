/* Inside engine/call: what can happen now and what it does (stimuli.c). */
#ifndef POSTFLOW_CALL_STIMULI_H
#define POSTFLOW_CALL_STIMULI_H

#include "engine/call/machine.h"

enum { STIMULUS_MAX_KEYS = 64 };

/* Fills in which agent is meant. False: not possible now; a diagnostic where diags is not NULL. */
bool stimulus_check(const struct call *call, struct stimulus *stimulus, struct diags *diags);
void stimulus_apply(struct call *call, const struct stimulus *stimulus);
/* The party a checked stimulus is about; NO_PARTY. */
uint8_t stimulus_party(const struct call *call, const struct stimulus *stimulus);
bool call_is_talking(const struct call *call);
uint8_t party_consulted(const struct call *call);
/* The other side of a talk: who is there in the other role. */
uint8_t party_opposite(const struct call *call, uint8_t party);
/* The next action is a Transfer to ACD. */
bool call_before_acd(const struct call *call);

/* stimuli_do.c */
void stimulus_do_advance(struct call *call, const struct stimulus *stimulus);
void stimulus_do_press(struct call *call, const struct stimulus *stimulus);
void stimulus_do_no_input(struct call *call, const struct stimulus *stimulus);
void stimulus_do_no_match(struct call *call, const struct stimulus *stimulus);
void stimulus_do_say(struct call *call, const struct stimulus *stimulus);
void stimulus_do_outcome(struct call *call, const struct stimulus *stimulus);
void stimulus_do_wait(struct call *call, const struct stimulus *stimulus);
void stimulus_do_answers(struct call *call, const struct stimulus *stimulus);
void stimulus_do_no_answer(struct call *call, const struct stimulus *stimulus);
void stimulus_do_holds(struct call *call, const struct stimulus *stimulus);
void stimulus_do_resumes(struct call *call, const struct stimulus *stimulus);
void stimulus_do_schedule(struct call *call, const struct stimulus *stimulus);
void stimulus_do_transfers(struct call *call, const struct stimulus *stimulus);
void stimulus_do_consults(struct call *call, const struct stimulus *stimulus);
void stimulus_do_completes(struct call *call, const struct stimulus *stimulus);
void stimulus_do_withdraws(struct call *call, const struct stimulus *stimulus);
void stimulus_do_conferences(struct call *call, const struct stimulus *stimulus);
void stimulus_do_secure(struct call *call, const struct stimulus *stimulus);
void stimulus_do_hangup(struct call *call, const struct stimulus *stimulus);

#endif
