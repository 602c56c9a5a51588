#include "engine/base/mem.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "engine/base/env.h"

void *mem_try_resize(struct env *env, void *block, size_t size)
{
    return env->resize(env, block, size ? size : 1);
}

void *mem_resize(struct env *env, void *block, size_t size)
{
    void *moved = mem_try_resize(env, block, size);

    if (!moved) {
        env->out_of_memory(env, size);
        mem_bug(__FILE__, __LINE__, "out_of_memory returned");
    }
    return moved;
}

void *mem_alloc(struct env *env, size_t size)
{
    return mem_resize(env, NULL, size);
}

void *mem_zalloc(struct env *env, size_t size)
{
    return memset(mem_alloc(env, size), 0, size);
}

void *mem_clone(struct env *env, const void *block, size_t size)
{
    void *copy = mem_alloc(env, size);

    if (size)
        memcpy(copy, block, size);
    return copy;
}

void mem_free(struct env *env, void *block)
{
    if (block)
        env->resize(env, block, 0);
}

void *mem_grow(struct env *env, void *items, size_t *capacity, size_t need, size_t size)
{
    enum { FIRST = 8 };
    size_t room = *capacity + *capacity / 2;
    size_t bytes;

    if (need <= *capacity)
        return items;
    if (room < FIRST)
        room = FIRST;
    if (room < need)
        room = need;
    if (__builtin_mul_overflow(room, size, &bytes)) {
        env->out_of_memory(env, SIZE_MAX);
        mem_bug(__FILE__, __LINE__, "out_of_memory returned");
    }
    items = mem_resize(env, items, bytes);
    *capacity = room;
    return items;
}

void mem_bug(const char *file, int line, const char *what)
{
    fprintf(stderr, "postflow: this should not happen: %s:%d: %s\n", file, line, what);
    abort();
}
