/* The reference says of every function what the table of overloads says. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>
#include "engine/base/env.h"
#include "engine/expr/ast.h"

static struct env env;

/* One type of a signature, as people read it. */
static void add_type(const char **at, struct buf *out)
{
    struct parameter parameter = signature_parameter(at);
    buf_add_text(out, parameter.letter == 'T'   ? "T"
                      : parameter.letter == '*' ? "any"
                      : parameter.letter == '#'
                          ? "anything"
                          : value_type_name((enum value_type) parameter.type.type));
    buf_add_text(out, parameter.type.list ? " Collection" : "");
    buf_add_text(out, parameter.not_set ? "?" : "");
    if (**at == '+') {
        buf_add_text(out, ", ...");
        ++*at;
    }
}

static void add_signature(const struct function *function, struct buf *out)
{
    const char *at = function->signature;
    struct buf result;
    buf_init(&result, &env);
    add_type(&at, &result);
    buf_addf(out, "%s%s(", out->len ? "\n" : "", function->name);
    assert_int_equal(*at++, ':');
    for (bool first = true; *at; first = false) {
        buf_add_text(out, first ? "" : ", ");
        add_type(&at, out);
    }
    buf_addf(out, ") -> %s", result.ptr);
    buf_release(&result);
}

static const struct expr_function *described(const char *name)
{
    size_t count;
    const struct expr_function *functions = expr_functions(&count);
    for (size_t i = 0; i < count; i++) {
        if (!strcmp(functions[i].name, name))
            return &functions[i];
    }
    return NULL;
}

static void every_function_is_described_once(void **state)
{
    size_t count;
    (void) state;
    const struct expr_function *functions = expr_functions(&count);
    for (size_t i = 0; i < count; i++)
        assert_ptr_equal(described(functions[i].name), &functions[i]);
    for (size_t i = 0; i < expr_function_count; i++) {
        const char *name = expr_function_table[i].name;
        bool is_operator = !strchr("ABCDEFGHIJKLMNOPQRSTUVWXYZ", name[0]);
        if (!is_operator && !described(name))
            fail_msg("%s is not described", name);
    }
}

static void signatures_are_those_of_the_table(void **state)
{
    size_t count;
    (void) state;
    const struct expr_function *functions = expr_functions(&count);
    for (size_t i = 0; i < count; i++) {
        struct buf text;
        buf_init(&text, &env);
        for (size_t k = 0; k < expr_function_count; k++) {
            if (!strcmp(expr_function_table[k].name, functions[i].name))
                add_signature(&expr_function_table[k], &text);
        }
        if (strcmp(functions[i].name, "If") != 0) /* is lazy: the parser knows it */
            assert_string_equal(text.ptr, functions[i].signatures);
        assert_true(functions[i].help[0] != 0);
        buf_release(&text);
    }
}

/* Every letter is a type, and no two overloads of a name are the same. */
static void the_table_is_sound(void **state)
{
    (void) state;
    for (size_t i = 0; i < expr_function_count; i++) {
        const struct function *one = &expr_function_table[i];
        for (const char *at = one->signature; *at; at++)
            assert_non_null(strchr("bidstDhuCjpmaPcQUGSkHREwAxXgJonNKLFyYq123456789T*#[:?+", *at));
        bool whole = !strcmp(one->signature, "i:ii") || !strcmp(one->signature, "i:i") ||
                     !strcmp(one->signature, "b:ii");
        assert_true(one->run || (whole && one->variant));
        for (size_t k = 0; k < i; k++)
            assert_true(strcmp(one->name, expr_function_table[k].name) != 0 ||
                        strcmp(one->signature, expr_function_table[k].signature) != 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_function_is_described_once),
        cmocka_unit_test(signatures_are_those_of_the_table),
        cmocka_unit_test(the_table_is_sound),
    };
    env_init(&env);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
