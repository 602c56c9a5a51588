/* What the benches measure with. */
#ifndef POSTFLOW_TESTS_BENCH_MEASURE_H
#define POSTFLOW_TESTS_BENCH_MEASURE_H

enum { MOST_ROUNDS = 64 };

/* Seconds of CPU time of this process. */
double cpu_time(void);
/* Ends the program: nothing measured behind it would mean anything. */
_Noreturn void fail(const char *what);
double median(const double *values, int count);
/* One line: medians of both in ms and the median of theirs / ours, round by round. */
void report_pair(const char *what, const double *ours, const double *theirs, int rounds);
/* Resident bytes that `work` adds in a child of its own; `before` runs there first. */
double memory(void (*before)(void *context), void (*work)(void *context), void *context);

#endif
