/* The world as the engine sees it. Everything that comes from outside comes in through here:
 * memory, time and files. The engine keeps no global state, reads no environment, never exits. */
#ifndef POSTFLOW_BASE_ENV_H
#define POSTFLOW_BASE_ENV_H

#include <stddef.h>
#include <stdint.h>

struct env {
    /* As realloc(3) for size > 0; frees for size 0 and returns NULL. May return NULL on failure. */
    void *(*resize)(struct env *env, void *block, size_t size);
    /* Called when a request of `size` bytes failed. Must not return. */
    void (*out_of_memory)(struct env *env, size_t size);
    /* Milliseconds since 1970-01-01T00:00:00Z. */
    int64_t (*now)(struct env *env);
    /* What the owner hangs on it (a jump buffer in tests). */
    void *context;
};

/* Fills in malloc, the system clock and an out_of_memory that writes one line and ends the process
 * with status 2. Front ends and tests replace what they need. */
void env_init(struct env *env);

#endif
