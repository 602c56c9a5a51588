/* Expressions by chance, and broken ones: made from the table of overloads, and changed from the
 * vectors and the worked examples. `make fuzz-expr SECONDS=600 SEED=7` goes on for so long; without
 * it a fixed number of cases is tried. Each case has its own dice, so that `make fuzz-expr
 * CASE=SEED:NUMBER` does the one that was told again. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <cmocka.h>
#include "engine/base/env.h"
#include "engine/base/file.h"
#include "engine/doc/border.h"
#include "engine/expr/expr.h"
#include "tests/unit/expr/generate.h"
#include "tests/unit/expr/names.h"
#include "tests/unit/expr/printing.h"

enum { CASES = 4000, MOST_LINES = 2000, STEPS = 50000, MOST_MEMORY = 64 << 20 };

/* Memory that is counted. */
struct counted {
    size_t now, most;
};
static struct counted counted;
union header {
    size_t size;
    max_align_t align;
};

static void *resize(struct env *env, void *block, size_t size)
{
    struct counted *sums = env->context;
    union header *old = block ? (union header *) block - 1 : NULL;
    size_t before = old ? old->size : 0;
    if (size == 0) {
        sums->now -= before;
        free(old);
        return NULL;
    }
    union header *header = realloc(old, sizeof *header + size);
    if (!header)
        return NULL;
    header->size = size;
    sums->now += size - before;
    sums->most = sums->now > sums->most ? sums->now : sums->most;
    return header + 1;
}

static struct env env;

/* What became of a text. */
struct outcome {
    int kind; /* 0 refused, 1 a run-time error, 2 a value */
    enum diag_code code;
    uint32_t line, column;
    struct expr_type type;
    struct buf shown;
};

static bool same_outcome(const struct outcome *a, const struct outcome *b)
{
    return a->kind == b->kind && a->code == b->code && a->line == b->line &&
           a->column == b->column && a->type.type == b->type.type && a->type.list == b->type.list &&
           str_eq(buf_str(&a->shown), buf_str(&b->shown));
}

/* What is written as JSON is JSON, and JSON is the same value again. */
static bool json_is_sound(struct pool *pool, struct value value, struct diags *diags)
{
    struct buf json;
    struct value again;
    buf_init(&json, &env);
    value_to_json(pool, value, &json);
    bool sound = value_json_parse(pool, buf_str(&json), &again, diags);
    if (sound && value.type == TYPE_JSON && value_is_set(value) && !(value.flags & VALUE_LIST)) {
        buf_clear(&json);
        value_show(pool, value, &json);
        sound = value_json_parse(pool, buf_str(&json), &again, diags) && value_same(value, again);
    }
    buf_release(&json);
    return sound;
}

static bool evaluate(const struct expr *expr, struct pool *pool, const struct value *values,
                     struct diags *diags, struct outcome *out)
{
    struct expr_error error;
    struct value value;
    struct expr_run run = { .pool = pool, .frames = { NULL, values }, .now = 1767225600,
                            .language = STR("en-us"), .steps_left = STEPS };
    bool sound = true;
    buf_init(&error.text, &env);
    if (expr_eval(expr, &run, &value, &error)) {
        out->kind = 2;
        value_show(pool, value, &out->shown);
        sound = json_is_sound(pool, value, diags);
        if (value.type != out->type.type)
            sound = false;
    } else {
        out->kind = 1;
        out->code = error.code;
        out->line = error.line;
        out->column = error.column;
        buf_add(&out->shown, buf_str(&error.text));
    }
    buf_release(&error.text);
    return sound && run.steps_left >= 1 && run.steps_left <= STEPS;
}

static bool try_once(struct str text, struct expr_type wanted, struct outcome *out)
{
    struct arena arena;
    struct diags diags;
    struct pool *pool = pool_new(&env);
    struct expr_names names = test_names();
    struct place place = { .line = 1, .column = 1 };
    struct value values[NAMES];
    bool sound;
    arena_init(&arena, &env);
    diags_init(&diags, &env);
    test_values(pool, values);
    memset(out, 0, sizeof *out);
    buf_init(&out->shown, &env);
    struct expr *expr = expr_compile(&arena, pool, text, &names, wanted, &place, &diags);
    if (expr) {
        out->type = expr_type_of(expr);
        sound = diags.count == 0 && evaluate(expr, pool, values, &diags, out);
    } else {
        sound = diags.count == 1;
        out->code = sound ? diags.items[0].code : DIAG_COUNT;
        out->line = sound ? diags.items[0].place.line : 0;
        out->column = sound ? diags.items[0].place.column : 0;
    }
    arena_release(&arena);
    diags_release(&diags);
    pool_free(pool);
    return sound;
}

static void count_reference(void *context, const struct expr_reference *reference)
{
    size_t *end = context;
    if (reference->at + (size_t) reference->len > *end)
        *end = SIZE_MAX;
}

static void tell(const char *what, uint64_t seed, uint64_t number, struct str text)
{
    print_message("case %llu:%llu: %s\n%.*s\n", (unsigned long long) seed,
                  (unsigned long long) number, what, STR_ARG(text));
    fail();
}

/* How often each kind of outcome came: cases that are all refused would try nothing. */
static uint64_t kinds[3];

static void check_text(uint64_t seed, uint64_t number, struct str text, struct expr_type wanted)
{
    struct outcome first, second;
    size_t end = text.len;
    counted.most = counted.now;
    size_t before = counted.now;
    bool sound = try_once(text, wanted, &first) && try_once(text, wanted, &second);
    if (!sound)
        tell("the value, its JSON, the steps or the diagnostics are wrong", seed, number, text);
    if (!same_outcome(&first, &second))
        tell("the second time gives another result", seed, number, text);
    kinds[first.kind]++;
    buf_release(&first.shown);
    buf_release(&second.shown);
    bool parses = expr_references(&env, text, count_reference, &end);
    if (end == SIZE_MAX || (!parses && first.kind > 0))
        tell("the references are wrong", seed, number, text);
    if (printing_fault(&env, text))
        tell(printing_fault(&env, text), seed, number, text);
    if (counted.most - before > MOST_MEMORY)
        tell("takes too much memory", seed, number, text);
    if (counted.now != before)
        tell("keeps memory", seed, number, text);
}

/* The expressions of a file: what stands in front of `mark` in each line. */
static size_t read_lines(const char *path, const char *mark, struct buf *file, struct str *lines,
                         size_t count)
{
    struct diags diags;
    if (!file_exists(path))
        return count;
    diags_init(&diags, &env);
    assert_true(file_read(&env, path, 1 << 24, file, NULL, &diags));
    diags_release(&diags);
    struct str rest = buf_str(file);
    while (rest.len > 0 && count < MOST_LINES) {
        ptrdiff_t end = str_find_char(rest, '\n');
        struct str line = str_slice(rest, 0, end < 0 ? rest.len : (size_t) end);
        rest = str_slice(rest, line.len + (end >= 0), rest.len);
        const char *at = line.len > 0 ? memmem(line.ptr, line.len, mark, strlen(mark)) : NULL;
        if (at && line.ptr[0] != '#')
            lines[count++] = str_slice(line, 0, (size_t) (at - line.ptr));
    }
    return count;
}

static void one_case(uint64_t seed, uint64_t number, const struct str *lines, size_t count)
{
    static const uint8_t types[] = { TYPE_NONE,    TYPE_NONE,   TYPE_NONE, TYPE_NONE, TYPE_NONE,
                                     TYPE_BOOLEAN, TYPE_STRING, TYPE_JSON, TYPE_AUDIO };
    struct dice dice = { seed * 0x9e3779b97f4a7c15u + number * 0xd1342543de82ef95u };
    struct expr_type wanted = { types[roll(&dice, sizeof types)], false };
    struct buf text;
    buf_init(&text, &env);
    uint32_t way = roll(&dice, 4);
    if (way < 3)
        generate_expression(&dice, &text);
    else
        buf_add(&text, lines[roll(&dice, (uint32_t) count)]);
    if (way >= 2)
        mutate_expression(&dice, lines[roll(&dice, (uint32_t) count)], &text);
    check_text(seed, number, buf_str(&text), wanted);
    buf_release(&text);
}

static uint64_t number_of(const char *name, uint64_t otherwise)
{
    const char *text = getenv(name);
    return text && *text ? strtoull(text, NULL, 10) : otherwise;
}

/* Says where it is before each case, so that after a crash the last line tells which it was. */
static void go_on(FILE *last, uint64_t seed, uint64_t number)
{
    if (!last)
        return;
    rewind(last);
    fprintf(last, "%llu:%-20llu\n", (unsigned long long) seed, (unsigned long long) number);
    fflush(last);
}

static void nothing_does_harm(void **state)
{
    struct buf vectors, examples;
    struct str lines[MOST_LINES];
    size_t count = 0;
    (void) state;
    buf_init(&vectors, &env);
    buf_init(&examples, &env);
    count = read_lines("tests/data/expr/vectors.txt", " => ", &vectors, lines, count);
    count = read_lines("../shared/expr/examples.tsv", "\t", &examples, lines, count);
    assert_true(count > 100);
    uint64_t seconds = number_of("FUZZ_SECONDS", 0), seed = number_of("FUZZ_SEED", 20261124);
    const char *only = getenv("FUZZ_CASE"), *path = getenv("FUZZ_LAST");
    time_t end = time(NULL) + (time_t) seconds;
    if (only && strchr(only, ':')) {
        one_case(strtoull(only, NULL, 10), strtoull(strchr(only, ':') + 1, NULL, 10), lines, count);
    } else {
        FILE *last = path && *path ? fopen(path, "w") : NULL;
        uint64_t number = 0;
        while (seconds ? time(NULL) < end : number < CASES) {
            go_on(last, seed, number);
            one_case(seed, number++, lines, count);
        }
        if (seconds)
            print_message("seed %llu: %llu refused, %llu run-time errors, %llu values\n",
                          (unsigned long long) seed, (unsigned long long) kinds[0],
                          (unsigned long long) kinds[1], (unsigned long long) kinds[2]);
        assert_true(seconds || (kinds[1] > number / 20 && kinds[2] > number / 10));
        if (last)
            fclose(last);
    }
    buf_release(&vectors);
    buf_release(&examples);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_does_harm),
    };
    env_init(&env);
    env.resize = resize;
    env.context = &counted;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
