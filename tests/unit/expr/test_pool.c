/* The pool of values: equal things are one thing, a mark is the way back. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <cmocka.h>
#include "engine/base/env.h"
#include "engine/base/mem.h"
#include "engine/expr/expr.h"

static struct env env;

static void equal_is_the_same_id(void **state)
{
    (void) state;
    struct pool *pool = pool_new(&env);
    assert_int_equal(pool_text(pool, STR("a")), pool_text(pool, STR("a")));
    assert_int_not_equal(pool_text(pool, STR("a")), pool_text(pool, STR("b")));
    struct value items[2] = { value_integer(1), value_string(pool, STR("x")) };
    uint32_t list = pool_list(pool, items, 2);
    assert_int_equal(list, pool_list(pool, items, 2));
    uint32_t other = pool_list_with(pool, list, 0, value_integer(2));
    assert_int_not_equal(list, other);
    assert_int_equal(list, pool_list_with(pool, other, 0, value_integer(1)));
    pool_free(pool);
}

static void objects_do_not_know_an_order(void **state)
{
    (void) state;
    struct pool *pool = pool_new(&env);
    uint32_t a = pool_text(pool, STR("a")), b = pool_text(pool, STR("b")), count;
    struct pool_member one[3] = { { b, value_integer(2) },
                                  { a, value_integer(0) },
                                  { a, value_integer(1) } };
    struct pool_member two[2] = { { a, value_integer(1) }, { b, value_integer(2) } };
    uint32_t id = pool_object(pool, one, 3);
    assert_int_equal(id, pool_object(pool, two, 2));
    const struct pool_member *members = pool_get_object(pool, id, &count);
    assert_int_equal(count, 2);
    assert_int_equal(members[0].key, a);
    assert_int_equal(members[0].value.number, 1);
    pool_free(pool);
}

static void what_is_handed_out_stays_where_it_is(void **state)
{
    (void) state;
    struct pool *pool = pool_new(&env);
    struct str first = pool_get_text(pool, pool_text(pool, STR("first")));
    struct buf text;
    buf_init(&text, &env);
    for (int i = 0; i < 100000; i++) {
        buf_clear(&text);
        buf_addf(&text, "text %d", i);
        pool_text(pool, buf_str(&text));
    }
    assert_true(str_is(first, "first"));
    buf_release(&text);
    pool_free(pool);
}

static void a_mark_is_the_way_back(void **state)
{
    (void) state;
    struct pool *pool = pool_new(&env);
    struct buf text;
    buf_init(&text, &env);
    uint32_t kept = pool_text(pool, STR("kept"));
    uint32_t mark = pool_mark(pool);
    for (int round = 0; round < 3; round++) {
        for (int i = 0; i < 5000; i++) {
            buf_clear(&text);
            buf_addf(&text, "%d of %d", i, round);
            assert_int_equal(pool_text(pool, buf_str(&text)), mark + (uint32_t) i);
        }
        pool_rewind(pool, mark);
        assert_int_equal(pool_mark(pool), mark);
        assert_int_equal(pool_text(pool, STR("kept")), kept);
    }
    buf_release(&text);
    pool_free(pool);
}

static void values_are_shown(void **state)
{
    (void) state;
    struct pool *pool = pool_new(&env);
    struct value json;
    struct diags diags;
    struct buf out;
    buf_init(&out, &env);
    diags_init(&diags, &env);
    assert_true(value_json_parse(pool, STR("{\"b\":[1.50,true,null,\"\\u0000x\"],\"a\":{}}"), &json,
                                 &diags));
    value_to_json(pool, json, &out);
    assert_string_equal(out.ptr, "{\"a\":{},\"b\":[1.5,true,null,\"\\u0000x\"]}");
    assert_false(value_json_parse(pool, STR("{\"a\":}"), &json, &diags));
    assert_int_equal(diags.count, 1);
    buf_clear(&out);
    value_to_json(pool, value_not_set(TYPE_STRING), &out);
    assert_string_equal(out.ptr, "null");
    buf_release(&out);
    diags_release(&diags);
    pool_free(pool);
}

static void references_are_found(void *context, const struct expr_reference *reference)
{
    struct buf *out = context;
    if (reference->call.len > 0)
        buf_addf(out, "%.*s:", STR_ARG(reference->call));
    buf_addf(out, "%.*s.%.*s@%u+%u ", STR_ARG(reference->scope), STR_ARG(reference->name),
             reference->at, reference->len);
}

static void an_expression_names_its_variables(void **state)
{
    (void) state;
    struct buf out;
    buf_init(&out, &env);
    assert_true(expr_references(&env, STR("Flow.a + Length(Task.b) + Flow.a"), references_are_found,
                                &out));
    assert_string_equal(out.ptr, "Flow.a@0+6 Task.b@16+6 Flow.a@26+6 ");
    assert_false(expr_references(&env, STR("Flow.a +"), references_are_found, &out));
    /* Texts are no references, unless something is looked up by them. */
    buf_clear(&out);
    struct str look_up = STR("FindQueue(\"Flow.\\\"a\") == If(Flow.b, \"Task.c\", \"\")");
    assert_true(expr_references(&env, look_up, references_are_found, &out));
    assert_string_equal(out.ptr, "FindQueue:.Flow.\"a@10+10 Flow.b@28+6 ");
    buf_release(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equal_is_the_same_id),
        cmocka_unit_test(objects_do_not_know_an_order),
        cmocka_unit_test(what_is_handed_out_stays_where_it_is),
        cmocka_unit_test(a_mark_is_the_way_back),
        cmocka_unit_test(values_are_shown),
        cmocka_unit_test(an_expression_names_its_variables),
    };
    env_init(&env);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
