#include "engine/base/mem.h"

#include <stdint.h>
#include <string.h>

/* Blocks are chained; the newest is the one allocated from. */
enum { ARENA_FIRST = 1 << 10, ARENA_LARGEST = 1 << 20 };

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

void *arena_alloc_more(struct arena *arena, size_t size)
{
    struct arena_block *block;

    BUG_ON(size > SIZE_MAX / 2);
    size = (size + ARENA_ALIGN - 1) & ~(size_t) (ARENA_ALIGN - 1);
    if (arena->blocks && size > ARENA_LARGEST / 4)
        return alloc_apart(arena, size);
    block = block_new(arena, size);
    block->older = arena->blocks;
    arena->blocks = block;
    arena->next = block->data + size;
    arena->end = block->data + block->size;
    return block->data;
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

/* Keeps the block allocated from, for what comes next. */
void arena_clear(struct arena *arena)
{
    struct arena_block *kept = arena->blocks;

    if (!kept)
        return;
    arena->blocks = kept->older;
    arena_release(arena);
    kept->older = NULL;
    arena->blocks = kept;
    arena->next = kept->data;
    arena->end = kept->data + kept->size;
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
