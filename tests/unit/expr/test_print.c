/* The canonical text of expressions. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "engine/base/env.h"
#include "engine/expr/expr.h"
#include "tests/unit/expr/generate.h"
#include "tests/unit/expr/printing.h"

static struct env env;

static const struct {
    const char *text, *canonical;
} cases[] = {
    { "1+2*3", "1 + 2 * 3" },
    { "(1+2)*3", "(1 + 2) * 3" },
    { "((1))", "1" },
    { "1-(2-3)", "1 - (2 - 3)" },
    { "(1-2)-3", "1 - 2 - 3" },
    { "2^(3^4)", "2 ^ 3 ^ 4" },
    { "(2^3)^4", "(2 ^ 3) ^ 4" },
    { "-(2^2)", "-(2 ^ 2)" },
    { "(-2)^2", "-2 ^ 2" },
    { "-(-2)", "-(-2)" },
    { "-(!a)", "-(!a)" },
    { "!(-a)", "!-a" },
    { "! ! true", "!!true" },
    { "!(a==b)", "!(a == b)" },
    { "a OR (b And c)", "a or b and c" },
    { "(a or b) AND c", "(a or b) and c" },
    { "(a and b) and c", "a and b and c" },
    { "a and (b and c)", "a and (b and c)" },
    { "(5 & 4) == 4", "(5 & 4) == 4" },
    { "5 & (4 == 4)", "5 & 4 == 4" },
    { "(1<2)==(3<4)", "1 < 2 == 3 < 4" },
    { "a?b:c", "a ? b : c" },
    { "(a?b:c)?d:e", "a ? b : c ? d : e" },
    { "a?b:(c?d:e)", "a ? b : (c ? d : e)" },
    { "a ? (b or c) : (d and e)", "a ? (b or c) : d and e" },
    { "if( a ,b ,\tc )", "If(a, b, c)" },
    { "TOSTRING(makelist( 1,2 ) )", "ToString(MakeList(1, 2))" },
    { "noSuch( )", "noSuch()" },
    { "flow.X", "flow.X" },
    { "(a).b", "(a).b" },
    { "a .b", "(a).b" },
    { "(Flow.x).b . c", "Flow.x.b.c" },
    { "(Flow.x)[ 0 ][\"k\"]", "Flow.x[0][\"k\"]" },
    { "(1+2).b", "(1 + 2).b" },
    { "(-a)[0]", "(-a)[0]" },
    { "-a[0]", "-a[0]" },
    { "1 .b", "1.b" },
    { "NOT_SET", "NOT_SET" },
    { "007", "7" },
    { "1.", "1.0" },
    { ".50", "0.5" },
    { "\"a\\\"\\\\\n\t\\r\"", "\"a\\\"\\\\\\n\\t\\r\"" },
    { "\"ä\"", "\"ä\"" },
};

static void canonical_texts_agree(void **state)
{
    (void) state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct pool *pool = pool_new(&env);
        struct place place = { .line = 1, .column = 1 };
        struct diags diags;
        struct buf out;
        diags_init(&diags, &env);
        buf_init(&out, &env);
        assert_true(expr_print(pool, str_of(cases[i].text), &out, &place, &diags));
        assert_string_equal(out.ptr, cases[i].canonical);
        if (printing_fault(&env, str_of(cases[i].text)))
            fail_msg("%s: %s", cases[i].text, printing_fault(&env, str_of(cases[i].text)));
        buf_release(&out);
        diags_release(&diags);
        pool_free(pool);
    }
}

static void what_is_printed_is_the_same_expression(void **state)
{
    struct buf text;
    (void) state;
    buf_init(&text, &env);
    for (uint64_t i = 0; i < 5000; i++) {
        struct dice dice = { i * 0x9e3779b97f4a7c15u };
        buf_clear(&text);
        generate_expression(&dice, &text);
        const char *wrong = printing_fault(&env, buf_str(&text));
        if (wrong)
            fail_msg("%llu: %s\n%s", (unsigned long long) i, wrong, text.ptr);
    }
    buf_release(&text);
}

static void what_is_no_expression_is_told(void **state)
{
    struct pool *pool = pool_new(&env);
    struct place place = { .line = 3, .column = 5 };
    struct diags diags;
    struct buf out;
    (void) state;
    diags_init(&diags, &env);
    buf_init(&out, &env);
    assert_false(expr_print(pool, STR("1 + "), &out, &place, &diags));
    assert_int_equal(out.len, 0);
    assert_int_equal(diags.count, 1);
    assert_int_equal(diags.items[0].code, DIAG_EXPR_END);
    assert_int_equal(diags.items[0].place.line, 3);
    assert_int_equal(diags.items[0].place.column, 9);
    buf_release(&out);
    diags_release(&diags);
    pool_free(pool);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(canonical_texts_agree),
        cmocka_unit_test(what_is_printed_is_the_same_expression),
        cmocka_unit_test(what_is_no_expression_is_told),
    };
    env_init(&env);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
