/* Expressions of the material beside the checkout: those of real flows compile, the worked examples
 * of the product's catalogue agree. Skipped where the material is not there. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <cmocka.h>
#include "engine/base/env.h"
#include "engine/base/file.h"
#include "engine/base/limits.h"
#include "engine/doc/border.h"
#include "engine/expr/expr.h"

static struct env env;

enum { NAMES_MOST = 4 };
/* The names of an expression, each of the type that is being tried. */
struct tried {
    struct str names[NAMES_MOST];
    struct expr_type types[NAMES_MOST];
    size_t count;
};

static bool any_name(void *context, struct str scope, struct str name, struct expr_var *out)
{
    struct tried *tried = context;
    size_t i = 0;
    while (i < tried->count && !str_eq(tried->names[i], name))
        i++;
    if (i == NAMES_MOST)
        return false;
    if (i == tried->count) {
        tried->count++;
        tried->names[i] = name;
        tried->types[i] = (struct expr_type){ TYPE_BOOLEAN, false };
    }
    *out = (struct expr_var){ .type = tried->types[i] };
    return scope.len > 0;
}

/* The next combination of types; false: all have been tried. */
static bool next_types(struct tried *tried)
{
    for (size_t i = 0; i < tried->count; i++) {
        struct expr_type *type = &tried->types[i];
        type->type += type->list;
        type->list = !type->list;
        if (type->type < TYPE_COUNT)
            return true;
        *type = (struct expr_type){ TYPE_BOOLEAN, false };
    }
    return false;
}

/* With variables of some type. */
static bool compiles(struct str text)
{
    struct arena arena;
    struct diags diags;
    struct pool *pool = pool_new(&env);
    struct place place = { .line = 1, .column = 1 };
    struct tried tried = { .count = 0 };
    struct expr_names names = { any_name, &tried };
    struct expr_type any = { TYPE_NONE, false };
    bool fine;
    arena_init(&arena, &env);
    diags_init(&diags, &env);
    do
        fine = expr_compile(&arena, pool, text, &names, any, &place, &diags) != NULL;
    while (!fine && next_types(&tried));
    arena_release(&arena);
    diags_release(&diags);
    pool_free(pool);
    return fine;
}

static bool scalar(void *context, struct str key, enum json_kind kind, struct str text)
{
    size_t *count = context;
    if (kind != JSON_TEXT || !str_is(key, "exp"))
        return true;
    ++*count;
    if (!compiles(text))
        fail_msg("does not compile: %.*s", STR_ARG(text));
    return true;
}

static bool open_any(void *context, struct str key, enum json_kind kind)
{
    (void) context, (void) key, (void) kind;
    return true;
}

static bool close_any(void *context)
{
    (void) context;
    return true;
}

static void expressions_of_real_flows_compile(void **state)
{
    struct json_sink sink = { NULL, scalar, open_any, close_any };
    struct limits limits = LIMITS_DEFAULT;
    struct file_list files;
    struct diags diags;
    size_t count = 0;
    (void) state;
    if (!file_is_folder("../shared/corpus/json"))
        skip();
    sink.context = &count;
    diags_init(&diags, &env);
    assert_true(file_list(&env, "../shared/corpus/json", &files, &diags));
    for (size_t i = 0; i < files.count; i++) {
        struct buf text;
        buf_init(&text, &env);
        assert_true(file_read(&env, files.items[i].path, 1 << 24, &text, NULL, &diags));
        assert_true(json_parse(&env, &limits, buf_str(&text), &sink, &diags));
        buf_release(&text);
    }
    assert_true(count >= 8);
    file_list_release(&files);
    diags_release(&diags);
}

/* As the file of examples writes it. */
static void evaluate(struct str text, struct buf *out)
{
    struct arena arena;
    struct diags diags;
    struct pool *pool = pool_new(&env);
    struct place place = { .line = 1, .column = 1 };
    struct expr_run run = { .pool = pool };
    struct expr_error error;
    struct value value;
    arena_init(&arena, &env);
    diags_init(&diags, &env);
    buf_init(&error.text, &env);
    struct expr *expr = expr_compile(&arena, pool, text, NULL,
                                     (struct expr_type){ TYPE_NONE, false }, &place, &diags);
    if (!expr)
        buf_addf(out, "refused with %s", diag_info(diags.items[0].code)->code);
    else if (expr_eval(expr, &run, &value, &error))
        value_show(pool, value, out);
    else
        buf_add_text(out, "!error");
    buf_release(&error.text);
    arena_release(&arena);
    diags_release(&diags);
    pool_free(pool);
}

static void worked_examples_agree(void **state)
{
    struct buf file, result;
    struct diags diags;
    size_t count = 0, wrong = 0;
    (void) state;
    if (!file_exists("../shared/expr/examples.tsv"))
        skip();
    buf_init(&file, &env);
    buf_init(&result, &env);
    diags_init(&diags, &env);
    assert_true(file_read(&env, "../shared/expr/examples.tsv", 1 << 24, &file, NULL, &diags));
    struct str rest = buf_str(&file);
    while (rest.len > 0) {
        ptrdiff_t end = str_find_char(rest, '\n');
        struct str line = str_slice(rest, 0, end < 0 ? rest.len : (size_t) end);
        rest = str_slice(rest, line.len + (end >= 0), rest.len);
        ptrdiff_t tab = str_find_char(line, '\t');
        if (tab < 0 || line.ptr[0] == '#')
            continue;
        struct str wanted = str_slice(line, (size_t) tab + 1, line.len);
        line.len = (size_t) tab;
        buf_clear(&result);
        evaluate(line, &result);
        count++;
        if (str_eq(buf_str(&result), wanted))
            continue;
        wrong++;
        print_message("%.*s\n  gives %.*s\n  not   %.*s\n", STR_ARG(line),
                      STR_ARG(buf_str(&result)), STR_ARG(wanted));
    }
    assert_true(count > 300);
    assert_int_equal(wrong, 0);
    buf_release(&file);
    buf_release(&result);
    diags_release(&diags);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(expressions_of_real_flows_compile),
        cmocka_unit_test(worked_examples_agree),
    };
    env_init(&env);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
