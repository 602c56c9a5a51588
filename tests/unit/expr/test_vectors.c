/* The data file of expressions, limits, and texts that are no expressions. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>
#include "engine/base/env.h"
#include "engine/base/file.h"
#include "engine/expr/ast.h"
#include "tests/unit/expr/names.h"

static struct env env;

enum { MOST_LINES = 1024 };
/* Lines of the table of functions that were the function of a call. */
static bool reached[MOST_LINES];

static void mark(const struct expr *node)
{
    if (node->op == OP_CALL || node->op == OP_INTEGER)
        reached[node->function - expr_function_table] = true;
    for (unsigned i = 0; i < node->argc; i++)
        mark(node->args[i]);
}

/* The result as the data file writes it. */
static void evaluate(struct str text, const struct expr_world *world, struct buf *out)
{
    struct arena arena;
    struct diags diags;
    struct pool *pool = pool_new(&env);
    struct expr_names names = test_names();
    struct place place = { .line = 1, .column = 1 };
    struct value values[NAMES], result;
    arena_init(&arena, &env);
    diags_init(&diags, &env);
    test_values(pool, values);
    struct expr *expr = expr_compile(&arena, pool, text, &names, (struct expr_type){ 0 }, &place,
                                     &diags);
    if (!expr) {
        assert_int_equal(diags.count, 1);
        const struct diag *diag = &diags.items[0];
        buf_addf(out, "!%s %u:%u", diag_info(diag->code)->code, diag->place.line,
                 diag->place.column);
    } else {
        mark(expr);
        struct expr_error error;
        struct expr_run run = { .pool = pool, .world = world, .now = 1767225600,
                                .language = STR("en-us") };
        run.frames[1] = values;
        buf_init(&error.text, &env);
        if (expr_eval(expr, &run, &result, &error))
            value_show(pool, result, out);
        else
            buf_addf(out, "?%s %u:%u", diag_info(error.code)->code, error.line, error.column);
        buf_release(&error.text);
    }
    arena_release(&arena);
    diags_release(&diags);
    pool_free(pool);
}

/* Calls back with each vector; how many there are. */
static size_t each_vector(void (*vector)(struct str expression, struct str wanted, size_t *wrong),
                          size_t *wrong)
{
    struct buf file;
    struct diags diags;
    size_t count = 0;
    buf_init(&file, &env);
    diags_init(&diags, &env);
    assert_true(file_read(&env, "tests/data/expr/vectors.txt", 1 << 20, &file, NULL, &diags));
    struct str rest = buf_str(&file);
    while (rest.len > 0) {
        ptrdiff_t end = str_find_char(rest, '\n');
        struct str line = str_slice(rest, 0, end < 0 ? rest.len : (size_t) end);
        rest = str_slice(rest, line.len + (end >= 0), rest.len);
        const char *arrow = memmem(line.ptr, line.len, " => ", 4);
        if (line.len == 0 || line.ptr[0] == '#' || !arrow)
            continue;
        size_t length = (size_t) (arrow - line.ptr);
        vector(str_slice(line, 0, length), str_slice(line, length + 4, line.len), wrong);
        count++;
    }
    buf_release(&file);
    diags_release(&diags);
    return count;
}

static void compare(struct str expression, struct str wanted, size_t *wrong)
{
    struct buf result;
    buf_init(&result, &env);
    evaluate(expression, test_world(), &result);
    if (!str_eq(buf_str(&result), wanted)) {
        print_message("%.*s\n  gives %.*s\n  not   %.*s\n", STR_ARG(expression),
                      STR_ARG(buf_str(&result)), STR_ARG(wanted));
        ++*wrong;
    }
    buf_release(&result);
}

static void the_vectors_agree(void **state)
{
    size_t wrong = 0;
    (void) state;
    assert_true(each_vector(compare, &wrong) > 120);
    assert_int_equal(wrong, 0);
}

/* Every overload is there because some expression gets to it. */
static void the_vectors_reach_every_overload(void **state)
{
    size_t wrong = 0;
    (void) state;
    assert_true(expr_function_count <= MOST_LINES);
    memset(reached, 0, sizeof reached);
    each_vector(compare, &wrong);
    for (size_t i = 0; i < expr_function_count; i++) {
        if (reached[i])
            continue;
        print_message("no vector calls %s %s\n", expr_function_table[i].name,
                      expr_function_table[i].signature);
        wrong++;
    }
    assert_int_equal(wrong, 0);
}

static void examples_of_the_reference_agree(void **state)
{
    size_t count;
    (void) state;
    const struct expr_function *functions = expr_functions(&count);
    assert_true(count > 0);
    for (size_t i = 0; i < count; i++) {
        struct buf result;
        buf_init(&result, &env);
        evaluate(str_of(functions[i].example), NULL, &result);
        assert_string_equal(result.ptr, functions[i].result);
        buf_release(&result);
    }
}

/* `open` and `close` around "1", n times. */
static void nested(struct buf *out, const char *open, const char *close, unsigned n)
{
    buf_clear(out);
    for (unsigned i = 0; i < n; i++)
        buf_add_text(out, open);
    buf_add_char(out, '1');
    for (unsigned i = 0; i < n; i++)
        buf_add_text(out, close);
}

static bool gives(struct buf *text, const char *wanted)
{
    struct buf result;
    buf_init(&result, &env);
    evaluate(buf_str(text), NULL, &result);
    bool same = str_starts(buf_str(&result), str_of(wanted));
    if (!same)
        print_message("gives %.*s\n", STR_ARG(buf_str(&result)));
    buf_release(&result);
    return same;
}

static void limits_hold(void **state)
{
    struct buf text;
    (void) state;
    buf_init(&text, &env);
    nested(&text, "ToInt(", ")", 60);
    assert_true(gives(&text, "1"));
    nested(&text, "ToInt(", ")", 61);
    assert_true(gives(&text, "!E207"));
    nested(&text, "(", ")", 200);
    assert_true(gives(&text, "1"));
    nested(&text, "(", ")", 201);
    assert_true(gives(&text, "!E208 1:201"));
    nested(&text, "true ? 1 : ", "", 201); /* the conditions are no Booleans, but they are read */
    assert_true(gives(&text, "!E208"));
    nested(&text, "false or ", " == 1", 1500);
    buf_truncate(&text, 1500 * 9);
    buf_add_text(&text, "true");
    assert_true(gives(&text, "true"));
    nested(&text, "!", "", 5000);
    assert_true(gives(&text, "!E208"));
    buf_clear(&text);
    buf_add_char(&text, '1');
    buf_add_repeat(&text, ' ', 31999);
    assert_true(gives(&text, "1"));
    buf_add_char(&text, ' ');
    assert_true(gives(&text, "!E206"));
    buf_clear(&text);
    buf_add_text(&text, "MakeList(1");
    for (int i = 0; i < 255; i++)
        buf_add_text(&text, ",1");
    buf_add_char(&text, ')');
    assert_true(gives(&text, "[1, 1"));
    buf_truncate(&text, text.len - 1);
    buf_add_text(&text, ",1)");
    assert_true(gives(&text, "!E209"));
    buf_clear(&text);
    assert_true(gives(&text, "!E200"));
    buf_add_text(&text, "\"\xff\"");
    assert_true(gives(&text, "!E210"));
    buf_release(&text);
}

static void a_budget_of_steps_holds(void **state)
{
    struct arena arena;
    struct diags diags;
    struct pool *pool = pool_new(&env);
    struct expr_names names = test_names();
    struct place place = { .line = 1, .column = 1 };
    struct value values[NAMES], result;
    struct expr_error error;
    (void) state;
    arena_init(&arena, &env);
    diags_init(&diags, &env);
    buf_init(&error.text, &env);
    test_values(pool, values);
    struct expr *expr = expr_compile(&arena, pool, STR("Upper(Lower(Trim(\"ab\")))"), &names,
                                     (struct expr_type){ 0 }, &place, &diags);
    struct expr_run run = { .pool = pool, .steps_left = 3 };
    assert_true(expr_eval(expr, &run, &result, &error));
    run.steps_left = 2;
    assert_false(expr_eval(expr, &run, &result, &error));
    assert_int_equal(error.code, DIAG_EXPR_STEPS);
    assert_int_equal(run.steps_left, 1);
    assert_false(expr_eval(expr, &run, &result, &error));
    run.steps_left = 0;
    assert_true(expr_eval(expr, &run, &result, &error));
    buf_release(&error.text);
    arena_release(&arena);
    diags_release(&diags);
    pool_free(pool);
}

/* Whatever stands there: a value or one diagnostic, never a crash. */
static void random_tokens_do_no_harm(void **state)
{
    static const char *const tokens[] = {
        "1",         "2.5", "\"a\"",   "NOT_SET",   "true",      "Flow.count", "Call.Ani",
        "(",         ")",   "[",       "]",         ",",         ".",          "+",
        "-",         "*",   "/",       "%",         "^",         "==",         "!=",
        "<",         ">=",  "and",     "or",        "!",         "~",          "?",
        ":",         "If(", "Append(", "ToInt(",    "MakeList(", "JsonParse(", "Length(",
        "ToString(", " ",   "&",       "|",         "\"",        "\\",         "$",
        "0",         "id",  "IsSet(",  "Substring("
    };
    uint32_t seed = 20261123;
    struct buf text, result;
    (void) state;
    buf_init(&text, &env);
    buf_init(&result, &env);
    for (int i = 0; i < 20000; i++) {
        buf_clear(&text);
        buf_clear(&result);
        seed = seed * 1664525 + 1013904223;
        for (uint32_t n = seed >> 28; n < 18; n++) {
            seed = seed * 1664525 + 1013904223;
            buf_add_text(&text, tokens[(seed >> 8) % (sizeof tokens / sizeof *tokens)]);
        }
        evaluate(buf_str(&text), NULL, &result);
        assert_true(result.len > 0);
    }
    buf_release(&text);
    buf_release(&result);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_vectors_agree),
        cmocka_unit_test(the_vectors_reach_every_overload),
        cmocka_unit_test(examples_of_the_reference_agree),
        cmocka_unit_test(limits_hold),
        cmocka_unit_test(a_budget_of_steps_holds),
        cmocka_unit_test(random_tokens_do_no_harm),
    };
    env_init(&env);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
