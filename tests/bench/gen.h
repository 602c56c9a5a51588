/* Generated flows for the benches: inbound call flows of any size in Archy's model, compact JSON,
 * about 250 bytes an action, actions nested in outputs. The same arguments give the same bytes. */
#ifndef POSTFLOW_TESTS_BENCH_GEN_H
#define POSTFLOW_TESTS_BENCH_GEN_H

#include <stddef.h>

/* A flow with exactly this many actions; NUL-terminated, from malloc, NULL without memory. */
char *gen_flow(size_t actions, unsigned seed, size_t *len);

#endif
