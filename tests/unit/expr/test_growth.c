/* What grows from evaluation to evaluation stays bounded, and so does the time it takes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "engine/base/env.h"
#include "engine/expr/expr.h"

static struct env env;

enum { X, Y, VARIABLES };

struct fixture {
    struct arena arena;
    struct diags diags;
    struct pool *pool;
    struct value values[VARIABLES];
    struct expr_error error;
};

/* Flow.x and Flow.y are of the type of their values. */
static bool find(void *context, struct str scope, struct str name, struct expr_var *out)
{
    const struct fixture *f = context;
    uint32_t index = str_is(name, "x") ? X : Y;
    struct value value = f->values[index];
    *out = (struct expr_var){ .type = { value.type, value.flags & VALUE_LIST },
                              .frame = 2,
                              .index = index };
    return str_is(scope, "Flow");
}

static int set_up(void **state)
{
    struct fixture *f = *state = mem_zalloc(&env, sizeof *f);
    arena_init(&f->arena, &env);
    diags_init(&f->diags, &env);
    f->pool = pool_new(&env);
    buf_init(&f->error.text, &env);
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    buf_release(&f->error.text);
    pool_free(f->pool);
    diags_release(&f->diags);
    arena_release(&f->arena);
    mem_free(&env, f);
    return 0;
}

/* Assigns an expression to a variable as often as it goes, at most `times`. */
static int repeat(struct fixture *f, unsigned index, const char *text, int times)
{
    struct place place = { .line = 1, .column = 1 };
    struct expr_names names = { find, f };
    struct expr *expr = expr_compile(&f->arena, f->pool, str_of(text), &names,
                                     (struct expr_type){ TYPE_NONE, false }, &place, &f->diags);
    assert_non_null(expr);
    struct expr_run run = { .pool = f->pool, .frames = { NULL, NULL, f->values } };
    int done = 0;
    while (done < times && expr_eval(expr, &run, &f->values[index], &f->error))
        done++;
    return done;
}

/* A text of 2^n times "a" in a variable. */
static void fill(struct fixture *f, unsigned index, const char *doubled, int n)
{
    f->values[index] = value_string(f->pool, STR("a"));
    assert_int_equal(repeat(f, index, doubled, n), n);
}

static void texts_end_at_a_million(void **state)
{
    struct fixture *f = *state;
    fill(f, X, "Append(Flow.x, Flow.x)", 20);
    assert_int_equal(repeat(f, X, "Flow.x + Flow.x", 1), 0);
    assert_int_equal(f->error.code, DIAG_EXPR_RANGE);
    assert_int_equal(repeat(f, Y, "ToString(MakeList(Flow.x, Flow.x))", 1), 0);
    assert_int_equal(f->error.code, DIAG_EXPR_RANGE);
    assert_int_equal(repeat(f, Y, "Replace(Flow.x, \"a\", \"bb\")", 1), 0);
    assert_int_equal(f->error.code, DIAG_EXPR_RANGE);
}

static void json_that_holds_itself_twice_ends(void **state)
{
    struct fixture *f = *state;
    f->values[X] = value_json_null();
    int done =
        repeat(f, X,
               "SetJsonObjectProperty(SetJsonObjectProperty(JsonParse(\"{}\"), \"a\", Flow.x),"
               " \"b\", Flow.x)",
               1000);
    assert_in_range(done, 10, 30);
    assert_int_equal(f->error.code, DIAG_EXPR_RANGE);
}

static void json_that_holds_itself_once_ends(void **state)
{
    struct fixture *f = *state;
    f->values[X] = value_json_null();
    int done = repeat(f, X, "ReplaceJsonArrayItem(JsonParse(\"[0]\"), 0, Flow.x)", 100000);
    assert_in_range(done, 100, 300);
    assert_int_equal(f->error.code, DIAG_EXPR_RANGE);
}

static void lists_of_long_texts_end(void **state)
{
    struct fixture *f = *state;
    fill(f, X, "Append(Flow.x, Flow.x)", 20);
    assert_int_equal(repeat(f, Y, "MakeList(Flow.x, Flow.x, Flow.x)", 1), 1);
    assert_int_equal(repeat(f, Y, "MakeList(Flow.x, Flow.x, Flow.x, Flow.x, Flow.x)", 1), 0);
    assert_int_equal(f->error.code, DIAG_EXPR_RANGE);
}

/* Would take hours if every place were compared to the end. */
static void a_search_goes_through_the_text_once(void **state)
{
    struct fixture *f = *state;
    fill(f, X, "Append(Flow.x, Flow.x)", 20);
    fill(f, Y, "Append(Flow.y, Flow.y)", 18);
    assert_int_equal(repeat(f, Y, "Flow.y + \"b\"", 1), 1);
    struct value part = f->values[Y];
    assert_int_equal(repeat(f, Y, "If(Contains(Flow.x, Flow.y, true), \"yes\", \"no\")", 1), 1);
    assert_true(str_is(value_text(f->pool, f->values[Y]), "no"));
    f->values[Y] = part;
    assert_int_equal(repeat(f, Y, "Replace(Flow.x, Flow.y, \"\")", 1), 1);
    assert_int_equal(value_text(f->pool, f->values[Y]).len, 1 << 20);
    fill(f, Y, "Append(Flow.y, Flow.y)", 18);
    assert_int_equal(repeat(f, Y, "ToString(FindString(Flow.x, Flow.y, 500000))", 1), 1);
    assert_true(str_is(value_text(f->pool, f->values[Y]), "499999"));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(texts_end_at_a_million),
        TEST(json_that_holds_itself_twice_ends),
        TEST(json_that_holds_itself_once_ends),
        TEST(lists_of_long_texts_end),
        TEST(a_search_goes_through_the_text_once),
    };
    env_init(&env);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
