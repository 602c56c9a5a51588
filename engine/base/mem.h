/* Memory. No function here returns NULL except mem_try_resize: on failure env->out_of_memory is
 * called and does not return. Blocks are released with mem_free of the same env. */
#ifndef POSTFLOW_BASE_MEM_H
#define POSTFLOW_BASE_MEM_H

#include <stdbool.h>
#include <stddef.h>

struct env;

void *mem_alloc(struct env *env, size_t size);
void *mem_zalloc(struct env *env, size_t size);
void *mem_resize(struct env *env, void *block, size_t size);
void *mem_clone(struct env *env, const void *block, size_t size);
void mem_free(struct env *env, void *block);
/* For big optional requests: NULL when there is no memory, `block` stays valid then. */
void *mem_try_resize(struct env *env, void *block, size_t size);

/* Makes room for `need` items of `size` bytes in a growing array; returns the (moved) array.
 * *capacity is in items and grows by at least half. */
void *mem_grow(struct env *env, void *items, size_t *capacity, size_t need, size_t size);

/* Bump allocation: many small things that die together. Memory is aligned to 16 bytes. */
struct arena_block;
struct arena {
    struct env *env;
    struct arena_block *blocks;
    char *next, *end;
};

void arena_init(struct arena *arena, struct env *env);
enum { ARENA_ALIGN = 16 };
void *arena_alloc_more(struct arena *arena, size_t size); /* where the block has no room */
static inline void *arena_alloc(struct arena *arena, size_t size)
{
    size_t room = (size_t) (arena->end - arena->next);
    if (size > room || !arena->next)
        return arena_alloc_more(arena, size);
    void *result = arena->next;
    arena->next += (size + ARENA_ALIGN - 1) & ~(size_t) (ARENA_ALIGN - 1);
    return result;
}
void *arena_zalloc(struct arena *arena, size_t size);
/* A NUL-terminated copy of `len` bytes. */
char *arena_text(struct arena *arena, const char *text, size_t len);
void arena_clear(struct arena *arena); /* keeps one block for what comes next */
void arena_release(struct arena *arena);

/* For the impossible, never for input. */
#define BUG_ON(condition)                                                                          \
    do {                                                                                           \
        if (__builtin_expect(!!(condition), 0))                                                    \
            mem_bug(__FILE__, __LINE__, #condition);                                               \
    } while (0)
_Noreturn void mem_bug(const char *file, int line, const char *what);

#endif
