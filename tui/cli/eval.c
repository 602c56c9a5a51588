/* The expression language alone: one expression, or one a line. */
#include <string.h>
#include "engine/base/file.h"
#include "engine/doc/border.h"
#include "engine/expr/expr.h"
#include "engine/flow/builtins.h"
#include "tui/cli/cli.h"

enum { FRAME_GIVEN = 1, FRAME_BUILTINS };

/* A variable that --set has given a value. */
struct given {
    struct str name;
    struct expr_type type;
};
struct evaluator {
    struct cli *cli;
    struct pool *pool;
    struct arena arena; /* of what --set gave */
    struct given given[CLI_REPEATED];
    struct value values[CLI_REPEATED];
    size_t count;
    struct value *builtins;
};

static bool find_name(void *context, struct str scope, struct str name, struct expr_var *out)
{
    struct evaluator *evaluator = context;
    struct buf full;
    size_t count, at = SIZE_MAX;
    const struct builtin *table = builtins(&count);
    buf_init(&full, &evaluator->cli->env);
    buf_addf(&full, "%.*s.%.*s", STR_ARG(scope), STR_ARG(name));
    for (size_t i = 0; i < evaluator->count; i++)
        at = str_eq_nocase(evaluator->given[i].name, buf_str(&full)) ? i : at;
    const struct builtin *builtin = at == SIZE_MAX ? builtin_find(buf_str(&full)) : NULL;
    buf_release(&full);
    if (at != SIZE_MAX)
        *out = (struct expr_var){ evaluator->given[at].type, FRAME_GIVEN, (uint32_t) at };
    else if (builtin)
        *out = (struct expr_var){ { (uint8_t) builtin->type, false },
                                  FRAME_BUILTINS,
                                  (uint32_t) (builtin - table) };
    return at != SIZE_MAX || builtin;
}

static const struct expr *compile(struct evaluator *evaluator, struct arena *arena,
                                  struct str text, const struct expr_names *names,
                                  struct diags *diags)
{
    struct place place = { .file = STR("<expression>"), .line = 1, .column = 1 };
    struct expr_type any = { TYPE_NONE, false };
    return expr_compile(arena, evaluator->pool, text, names, any, &place, diags);
}

/* The language that values are said in: that of Call.Language, where it is given. */
static struct str language_of(const struct evaluator *evaluator)
{
    for (size_t i = evaluator->count; i > 0; i--) {
        if (str_eq_nocase(evaluator->given[i - 1].name, STR("Call.Language")))
            return value_text(evaluator->pool, evaluator->values[i - 1]);
    }
    return STR("en-us");
}

static bool evaluate(struct evaluator *evaluator, const struct expr *expr, struct value *out,
                     struct expr_error *error)
{
    struct expr_run run = { .pool = evaluator->pool, .language = language_of(evaluator) };
    run.frames[FRAME_GIVEN] = evaluator->values;
    run.frames[FRAME_BUILTINS] = evaluator->builtins;
    run.now = evaluator->cli->env.now(&evaluator->cli->env) / 1000;
    return expr_eval(expr, &run, out, error);
}

/* "Scope.name=VALUE": the value is an expression without variables; what is none is a text. */
static bool give(struct evaluator *evaluator, const char *words)
{
    struct env *env = &evaluator->cli->env;
    struct str all = str_of(words);
    ptrdiff_t equals = str_find_char(all, '=');
    struct diags diags;
    struct expr_error error;
    if (equals <= 0 || str_find_char(str_slice(all, 0, (size_t) equals), '.') <= 0) {
        cli_complain("eval: --set takes Scope.name=VALUE");
        return false;
    }
    struct str text = str_slice(all, (size_t) equals + 1, all.len);
    struct given *given = &evaluator->given[evaluator->count];
    struct value *value = &evaluator->values[evaluator->count];
    diags_init(&diags, env);
    buf_init(&error.text, env);
    const struct expr *expr = compile(evaluator, &evaluator->arena, text, NULL, &diags);
    bool fine = expr && evaluate(evaluator, expr, value, &error);
    if (!fine)
        *value = value_string(evaluator->pool, text);
    given->name = str_slice(all, 0, (size_t) equals);
    given->type = fine ? expr_type_of(expr) : (struct expr_type){ TYPE_STRING, false };
    evaluator->count++;
    buf_release(&error.text);
    diags_release(&diags);
    return true;
}

static bool begin(struct evaluator *evaluator, struct cli *cli)
{
    size_t count;
    const struct builtin *table = builtins(&count);
    *evaluator = (struct evaluator){ .cli = cli, .pool = pool_new(&cli->env) };
    arena_init(&evaluator->arena, &cli->env);
    evaluator->builtins = arena_alloc(&evaluator->arena, count * sizeof *evaluator->builtins);
    for (size_t i = 0; i < count; i++)
        evaluator->builtins[i] = value_not_set(table[i].type);
    const char *words;
    for (size_t at = 0; (words = cli_repeated(cli, "--set", &at)) != NULL;) {
        if (!give(evaluator, words))
            return false;
    }
    return true;
}

static void end(struct evaluator *evaluator)
{
    arena_release(&evaluator->arena);
    pool_free(evaluator->pool);
}

static void add_type(struct buf *out, struct expr_type type)
{
    buf_addf(out, "%s%s", value_type_name((enum value_type) type.type),
             type.list ? " Collection" : "");
}

static void add_json(struct evaluator *evaluator, struct expr_type type, struct value value,
                     struct buf *out)
{
    buf_add_text(out, "{\"type\":\"");
    add_type(out, type);
    buf_add_text(out, "\",\"value\":");
    value_to_json(evaluator->pool, value, out);
    buf_add_char(out, '}');
}

static void add_error(struct evaluator *evaluator, const struct expr_error *error,
                      struct diags *diags)
{
    struct place place = { .file = STR("<expression>"), .line = error->line,
                           .column = error->column };
    (void) evaluator;
    diag_add1(diags, error->code, &place, buf_str(&error->text));
}

static enum status canonical(struct evaluator *evaluator, struct str text, struct buf *out,
                             struct diags *diags)
{
    struct place place = { .file = STR("<expression>"), .line = 1, .column = 1 };
    return expr_print(evaluator->pool, text, out, &place, diags) ? STATUS_FINE : STATUS_FAILED;
}

/* One expression; its result goes to `out`, what is wrong to `diags`. */
static enum status eval_one(struct evaluator *evaluator, struct str text, struct buf *out,
                            struct diags *diags)
{
    struct env *env = &evaluator->cli->env;
    struct expr_names names = { find_name, evaluator };
    struct expr_error error;
    struct value value;
    struct arena arena;
    enum status status = STATUS_FAILED;
    bool json = cli_option(evaluator->cli, "--format") &&
                !strcmp(cli_option(evaluator->cli, "--format"), "json");
    if (cli_option(evaluator->cli, "--canonical"))
        return canonical(evaluator, text, out, diags);
    arena_init(&arena, env);
    buf_init(&error.text, env);
    const struct expr *expr = compile(evaluator, &arena, text, &names, diags);
    if (expr && cli_option(evaluator->cli, "--type")) {
        add_type(out, expr_type_of(expr));
        status = STATUS_FINE;
    } else if (expr && evaluate(evaluator, expr, &value, &error)) {
        if (json)
            add_json(evaluator, expr_type_of(expr), value, out);
        else
            value_show(evaluator->pool, value, out);
        status = STATUS_FINE;
    } else if (expr) {
        add_error(evaluator, &error, diags);
        status = STATUS_WRONG;
    }
    buf_release(&error.text);
    arena_release(&arena);
    return status;
}

static enum status eval_argument(struct evaluator *evaluator, struct str text)
{
    struct diags diags;
    struct buf out;
    diags_init(&diags, &evaluator->cli->env);
    buf_init(&out, &evaluator->cli->env);
    enum status status = eval_one(evaluator, text, &out, &diags);
    if (status == STATUS_FINE) {
        buf_add_char(&out, '\n');
        cli_print(stdout, buf_str(&out));
    } else {
        cli_print_diags(stderr, &diags);
    }
    buf_release(&out);
    diags_release(&diags);
    return status;
}

/* A result a line, whatever happens, so that a table of expressions stays one. */
static enum status eval_lines(struct evaluator *evaluator, struct str text)
{
    enum status status = STATUS_FINE;
    struct buf out;
    buf_init(&out, &evaluator->cli->env);
    while (text.len > 0) {
        struct diags diags;
        ptrdiff_t end = str_find_char(text, '\n');
        struct str line = str_slice(text, 0, end < 0 ? text.len : (size_t) end);
        text = str_slice(text, line.len + (end >= 0), text.len);
        diags_init(&diags, &evaluator->cli->env);
        size_t before = out.len;
        if (str_trim(line).len > 0 &&
            eval_one(evaluator, line, &out, &diags) != STATUS_FINE) {
            buf_truncate(&out, before);
            buf_add_text(&out, "!error");
            status = STATUS_WRONG;
        }
        buf_add_char(&out, '\n');
        diags_release(&diags);
    }
    cli_print(stdout, buf_str(&out));
    buf_release(&out);
    return status;
}

enum status cli_eval(struct cli *cli)
{
    struct evaluator evaluator;
    enum status status = STATUS_FAILED;
    const char *file = cli_option(cli, "-f");
    struct diags diags;
    struct buf text;
    if ((file != NULL) == (cli->count > 0)) {
        cli_complain("eval: an expression, or -f and a file of them");
        return STATUS_FAILED;
    }
    diags_init(&diags, &cli->env);
    buf_init(&text, &cli->env);
    if (begin(&evaluator, cli)) {
        if (!file)
            status = eval_argument(&evaluator, str_of(cli->arguments[0]));
        else if (file_read(&cli->env, file, cli->limits.file_size, &text, NULL, &diags))
            status = eval_lines(&evaluator, buf_str(&text));
        else
            cli_print_diags(stderr, &diags);
    }
    end(&evaluator);
    buf_release(&text);
    diags_release(&diags);
    return status;
}
