#include "engine/base/env.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static void *resize_with_malloc(struct env *env, void *block, size_t size)
{
    (void) env;
    if (size == 0) {
        free(block);
        return NULL;
    }
    return realloc(block, size);
}

/* The one place in the engine that ends the process: there is nothing left to return to. */
static void end_process(struct env *env, size_t size)
{
    (void) env;
    fprintf(stderr, "postflow: out of memory (%zu bytes wanted)\n", size);
    exit(2);
}

static int64_t system_clock(struct env *env)
{
    struct timespec now;

    (void) env;
    clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t) now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void env_init(struct env *env)
{
    *env = (struct env){
        .resize = resize_with_malloc,
        .out_of_memory = end_process,
        .now = system_clock,
    };
}
