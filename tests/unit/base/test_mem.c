#include "engine/base/mem.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include "engine/base/env.h"

/* An env that counts, and fails when told to. */
struct world {
    struct env env;
    struct env plain;
    int requests, fail_at;
    long blocks;
    jmp_buf out_of_memory;
    size_t wanted;
};

static void *counting_resize(struct env *env, void *block, size_t size)
{
    struct world *world = env->context;
    void *moved;

    if (size > 0 && ++world->requests == world->fail_at)
        return NULL;
    moved = world->plain.resize(&world->plain, block, size);
    world->blocks += (size > 0 && !block) - (size == 0 && block);
    return moved;
}

static void jump_out(struct env *env, size_t size)
{
    struct world *world = env->context;

    world->wanted = size;
    longjmp(world->out_of_memory, 1);
}

static int setup(void **state)
{
    static struct world world;

    world = (struct world){
        .env = { .resize = counting_resize, .out_of_memory = jump_out, .context = &world }
    };
    env_init(&world.plain);
    *state = &world;
    return 0;
}

static int nothing_left(void **state)
{
    struct world *world = *state;

    return world->blocks == 0 ? 0 : -1;
}

static void blocks(void **state)
{
    struct world *world = *state;
    char *a = mem_zalloc(&world->env, 100), *b;

    for (int i = 0; i < 100; i++)
        assert_int_equal(a[i], 0);
    memset(a, 'x', 100);
    b = mem_clone(&world->env, a, 100);
    a = mem_resize(&world->env, a, 100000);
    assert_memory_equal(a, b, 100);
    mem_free(&world->env, a);
    mem_free(&world->env, b);
    mem_free(&world->env, NULL);
    a = mem_alloc(&world->env, 0); /* never NULL */
    assert_non_null(a);
    mem_free(&world->env, a);
}

static void out_of_memory_is_told_and_left(void **state)
{
    struct world *world = *state;

    world->fail_at = 1;
    if (setjmp(world->out_of_memory) == 0) {
        mem_alloc(&world->env, 77);
        fail();
    }
    assert_int_equal(world->wanted, 77);
    world->fail_at = world->requests + 1;
    assert_null(mem_try_resize(&world->env, NULL, 1000)); /* this one only says so */
}

static void arrays_grow_by_half(void **state)
{
    struct world *world = *state;
    size_t capacity = 0;
    uint64_t *items = NULL;

    for (size_t i = 0; i < 100000; i++) {
        items = mem_grow(&world->env, items, &capacity, i + 1, sizeof *items);
        assert_true(capacity > i);
        items[i] = i;
    }
    for (size_t i = 0; i < 100000; i++)
        assert_int_equal(items[i], i);
    assert_true(world->requests < 40);
    mem_free(&world->env, items);
}

static void arrays_too_big_to_count(void **state)
{
    struct world *world = *state;
    size_t capacity = 0;

    if (setjmp(world->out_of_memory) == 0) {
        mem_grow(&world->env, NULL, &capacity, SIZE_MAX / 4, 8);
        fail();
    }
    assert_int_equal(world->wanted, SIZE_MAX);
    assert_int_equal(world->requests, 0);
}

static void arena_gives_aligned_separate_memory(void **state)
{
    struct world *world = *state;
    struct arena arena;
    char *parts[500];

    arena_init(&arena, &world->env);
    for (size_t i = 0; i < 500; i++) {
        size_t size = i * i % 7001;

        parts[i] = arena_alloc(&arena, size);
        assert_int_equal((uintptr_t) parts[i] % 16, 0);
        memset(parts[i], (int) (i % 251), size);
    }
    for (size_t i = 0; i < 500; i++)
        for (size_t j = 0; j < i * i % 7001; j++)
            assert_int_equal((unsigned char) parts[i][j], i % 251);
    assert_true(world->requests < 30);
    arena_clear(&arena);
    assert_int_equal(world->blocks, 1); /* is used again */
    size_t requests = world->requests;
    assert_string_equal(arena_text(&arena, "abc\0d", 2), "ab");
    assert_int_equal(world->requests, requests);
    arena_release(&arena);
    assert_int_equal(world->blocks, 0);
}

static void arena_takes_big_ones_aside(void **state)
{
    struct world *world = *state;
    struct arena arena;
    char *small, *next;

    arena_init(&arena, &world->env);
    small = arena_alloc(&arena, 16);
    memset(arena_zalloc(&arena, 5 << 20), 'x', 5 << 20);
    next = arena_alloc(&arena, 16);
    assert_ptr_equal(next, small + 16); /* the first block is still in use */
    assert_int_equal(world->blocks, 2);
    arena_release(&arena);

    arena_init(&arena, &world->env); /* also as the first */
    memset(arena_alloc(&arena, 5 << 20), 'x', 5 << 20);
    memset(arena_alloc(&arena, 100), 'y', 100);
    arena_release(&arena);
}

static int status_of_child(void (*act)(void))
{
    int status;
    pid_t child = fork();

    assert_true(child >= 0);
    if (child == 0) {
        close(STDERR_FILENO);
        act();
        _exit(0);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    return status;
}

static void ask_for_too_much(void)
{
    struct env env;

    env_init(&env);
    mem_alloc(&env, SIZE_MAX / 4);
}

static void meet_a_bug(void)
{
    BUG_ON(1 + 1 == 2);
}

static void default_ends_the_process(void **state)
{
    int status = status_of_child(ask_for_too_much);

    (void) state;
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 2);
    assert_true(WIFSIGNALED(status_of_child(meet_a_bug)));
}

static void default_clock_is_in_milliseconds(void **state)
{
    struct env env;

    (void) state;
    env_init(&env);
    assert_true(env.now(&env) > 1600000000000);  /* 2020 */
    assert_true(env.now(&env) < 32503680000000); /* 3000 */
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, nothing_left)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(blocks),
        TEST(out_of_memory_is_told_and_left),
        TEST(arrays_grow_by_half),
        TEST(arrays_too_big_to_count),
        TEST(arena_gives_aligned_separate_memory),
        TEST(arena_takes_big_ones_aside),
        TEST(default_ends_the_process),
        TEST(default_clock_is_in_milliseconds),
    };

    return cmocka_run_group_tests_name("mem", tests, NULL, NULL);
}
