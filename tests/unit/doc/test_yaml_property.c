/* Random changes of random YAML in random layouts, and of real flows. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include "tests/unit/doc/property.h"
#include "tests/unit/doc/robust.h"

enum { RUNS = 300, CORPUS_RUNS = 10 };

/* How a random document looks. */
struct layout {
    struct random *r;
    const char *line_end;
    int step, list_step;
    bool comments;
    int keys; /* so far: keys are never repeated */
};

static void add_line(struct layout *l, struct buf *out, int column)
{
    static const int more[] = { 0, 0, 0, 2, -1 };
    buf_add_text(out, l->line_end);
    while (l->comments && random_below(l->r, 6) == 0) {
        int indent = column + more[random_below(l->r, 5)];
        if (random_below(l->r, 3)) {
            buf_add_repeat(out, ' ', indent > 0 ? (size_t) indent : 0);
            buf_addf(out, "# %d", l->keys);
        }
        buf_add_text(out, l->line_end);
    }
    buf_add_repeat(out, ' ', (size_t) column);
}

static void add_comment(struct layout *l, struct buf *out)
{
    if (l->comments && random_below(l->r, 6) == 0)
        buf_addf(out, "  # %d", l->keys);
}

/* In brackets all on one line, but for some. */
static void add_brackets(struct layout *l, struct buf *out, int column, int depth)
{
    static const char *const scalars[] = { "1", "x", "'y'", "\"z, \\\"\"", "{{t}}", "~", "-2" };
    bool object = random_below(l->r, 2), broken = random_below(l->r, 4) == 0;
    uint32_t count = random_below(l->r, depth > 2 ? 1 : 4);
    buf_add_char(out, object ? '{' : '[');
    for (uint32_t i = 0; i < count; i++) {
        if (i)
            buf_add_text(out, random_below(l->r, 4) ? ", " : " ,");
        if (broken) {
            buf_add_text(out, l->line_end);
            buf_add_repeat(out, ' ', (size_t) column + 1);
        }
        if (object)
            buf_addf(out, random_below(l->r, 3) ? "k%d: " : "\"k%d\": ", l->keys++);
        if (random_below(l->r, 3))
            buf_add_text(out, scalars[random_below(l->r, 7)]);
        else
            add_brackets(l, out, column + 1, depth + 1);
    }
    buf_add_char(out, object ? '}' : ']');
}

/* Behind a colon or a dash; `column` is that of the key or dash. */
static void add_scalar(struct layout *l, struct buf *out, int column)
{
    static const char *const scalars[] = {
        "",
        " x",
        " x y",
        " 'it''s'",
        " \"a\\n\\u0041\"",
        " 12",
        " true",
        " null",
        " {{token}}",
        " ./menus/menu[x]",
        " \"\"",
        " -7.5",
        " yes",
        " \xC3\xA4\xE2\x82\xAC",
        " a:b#c",
    };
    static const char *const blocks[] = { "|", "|-", ">", ">-" };
    static const char *const lines[] = { "text", "more text", " indented", "", "# no comment" };
    uint32_t which = random_below(l->r, 18);
    if (which < 15) {
        buf_add_text(out, scalars[which]);
        add_comment(l, out);
    } else if (which == 15) {
        buf_add_text(out, " \"two");
        buf_add_text(out, l->line_end);
        buf_add_repeat(out, ' ', (size_t) column + 3);
        buf_add_text(out, "lines\"");
    } else {
        buf_addf(out, " %s", blocks[random_below(l->r, 4)]);
        for (uint32_t i = 0, count = 1 + random_below(l->r, 4); i < count; i++) {
            const char *line = i ? lines[random_below(l->r, 5)] : "first";
            buf_add_text(out, l->line_end);
            if (*line)
                buf_add_repeat(out, ' ', (size_t) column + 2);
            buf_add_text(out, line);
        }
    }
}

static void add_members(struct layout *l, struct buf *out, int column, bool list, int depth);

static void add_value(struct layout *l, struct buf *out, int column, bool item, int depth)
{
    bool list = random_below(l->r, 2);
    uint32_t which = random_below(l->r, depth > 4 ? 3 : 9);
    if (which < 2) {
        add_scalar(l, out, column);
    } else if (which == 2) {
        buf_add_char(out, ' ');
        add_brackets(l, out, column, 0);
        add_comment(l, out);
    } else if (item && random_below(l->r, 6)) {
        buf_add_char(out, ' ');
        add_members(l, out, column + 2, list, depth + 1);
    } else {
        int inner = column + (item ? 2 : list ? l->list_step : l->step);
        add_comment(l, out);
        add_line(l, out, inner);
        add_members(l, out, inner, list, depth + 1);
    }
}

static void add_members(struct layout *l, struct buf *out, int column, bool list, int depth)
{
    static const char *const keys[][2] = {
        { "k", ":" }, { "\"k ", "\":" }, { "'k''", "' :" }, { "{{k", "}}:" }, { "k", " (a.b):" }
    };
    for (uint32_t i = 0, count = 1 + random_below(l->r, 4); i < count; i++) {
        if (i)
            add_line(l, out, column);
        uint32_t key = random_below(l->r, 5);
        if (list)
            buf_add_char(out, '-');
        else
            buf_addf(out, "%s%d%s", keys[key][0], l->keys++, keys[key][1]);
        add_value(l, out, column, list, depth);
    }
}

static void random_text(struct random *r, struct buf *out)
{
    struct layout l = { .r = r,
                        .line_end = random_below(r, 4) ? "\n" : "\r\n",
                        .step = 1 + (int) random_below(r, 4),
                        .list_step = (int) random_below(r, 3),
                        .comments = random_below(r, 2) };
    if (random_below(r, 8) == 0)
        buf_add_text(out, "\xEF\xBB\xBF");
    if (random_below(r, 4) == 0)
        buf_addf(out, "# head%s", l.line_end);
    if (random_below(r, 8) == 0)
        buf_addf(out, "---%s", l.line_end);
    if (random_below(r, 12) == 0)
        add_brackets(&l, out, 0, 0);
    else
        add_members(&l, out, 0, random_below(r, 2), 0);
    if (random_below(r, 3))
        buf_add_text(out, l.line_end);
}

static void random_yaml(void **state)
{
    (void) state;
    each_seed(RUNS, "test.yaml", random_text);
}

static void change_file(struct world *w, struct str text)
{
    for (uint64_t i = 1; i <= CORPUS_RUNS; i++) {
        struct random r = { i };
        random_changes(w, &r, text);
    }
}

/* Real flows, where they are at hand. */
static void the_corpus(void **state)
{
    static const char folder[] = "../shared/corpus/flows";
    (void) state;
    skip_without(each_file(folder, ".yaml", change_file) + each_file(folder, ".yml", change_file),
                 folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(random_yaml, name_seed),
        cmocka_unit_test(the_corpus),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
