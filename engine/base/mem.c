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

/* --- arena: blocks are chained, the newest is the one allocated from --- */

enum { ARENA_ALIGN = 16, ARENA_FIRST = 1 << 10, ARENA_LARGEST = 1 << 20 };

struct arena_block {
    _Alignas(ARENA_ALIGN) struct arena_block *older;
    size_t size; /* of the data */
    char data[];
};
_Static_assert(offsetof(struct arena_block, data) % ARENA_ALIGN == 0, "data is aligned");

void arena_init(struct arena *arena, struct env *env)
{
    *arena = (struct arena){ .env = env };
}

/* Blocks double up to a limit: few for big arenas, small ones for the many that stay small. */
static struct arena_block *block_new(struct arena *arena, size_t size)
{
    size_t room = arena->blocks ? arena->blocks->size * 2 : ARENA_FIRST;
    struct arena_block *block;

    if (room > ARENA_LARGEST)
        room = ARENA_LARGEST;
    if (room < size)
        room = size;
    block = mem_alloc(arena->env, sizeof *block + room);
    block->size = room;
    return block;
}

/* A request bigger than the next block would be gets a block of its own behind the current one, so
 * that the rest of that is still used. */
static void *alloc_apart(struct arena *arena, size_t size)
{
    struct arena_block *block = block_new(arena, size);

    block->older = arena->blocks->older;
    arena->blocks->older = block;
    return block->data;
}

void *arena_alloc(struct arena *arena, size_t size)
{
    size_t room = (size_t) (arena->end - arena->next);
    struct arena_block *block;
    char *result;

    BUG_ON(size > SIZE_MAX / 2);
    size = (size + ARENA_ALIGN - 1) & ~(size_t) (ARENA_ALIGN - 1);
    if (size > room || !arena->next) {
        if (arena->blocks && size > ARENA_LARGEST / 4)
            return alloc_apart(arena, size);
        block = block_new(arena, size);
        block->older = arena->blocks;
        arena->blocks = block;
        arena->next = block->data;
        arena->end = block->data + block->size;
    }
    result = arena->next;
    arena->next += size;
    return result;
}

void *arena_zalloc(struct arena *arena, size_t size)
{
    return memset(arena_alloc(arena, size), 0, size);
}

char *arena_text(struct arena *arena, const char *text, size_t len)
{
    char *copy = arena_alloc(arena, len + 1);

    if (len)
        memcpy(copy, text, len);
    copy[len] = '\0';
    return copy;
}

void arena_clear(struct arena *arena)
{
    struct env *env = arena->env;

    arena_release(arena);
    arena_init(arena, env);
}

void arena_release(struct arena *arena)
{
    while (arena->blocks) {
        struct arena_block *older = arena->blocks->older;

        mem_free(arena->env, arena->blocks);
        arena->blocks = older;
    }
    arena->next = arena->end = NULL;
}

void mem_bug(const char *file, int line, const char *what)
{
    fprintf(stderr, "postflow: this should not happen: %s:%d: %s\n", file, line, what);
    abort();
}
