/* Makes the n-th call of the system that a save makes fail. The functions are put in front of the
 * real ones by the linker (--wrap, see the Makefile). */
#ifndef POSTFLOW_TESTS_UNIT_BASE_FAULTS_H
#define POSTFLOW_TESTS_UNIT_BASE_FAULTS_H

#include <stdbool.h>

enum fault_kind {
    FAULT_ONCE,    /* that call alone fails */
    FAULT_ONWARDS, /* that call and every later one */
    FAULT_SHORT,   /* that call, if it writes or reads, does half of what is asked */
    FAULT_FULL,    /* that call, if it writes, writes half, and no later one writes anything */
};

/* From now on counts calls; call `number` (from 1) fails with `error`. 0: none. */
void faults_begin(enum fault_kind kind, int number, int error);
/* Stops; the number of calls that were counted. */
int faults_end(void);
/* Whether the fault was met, and in which function. */
bool faults_happened(const char **function);
/* Called before the n-th call, once: what another program does at that moment. */
void faults_meanwhile(int number, void (*act)(void *), void *context);
/* The names of the calls made, in order, a space behind each. */
const char *faults_log(void);

#endif
