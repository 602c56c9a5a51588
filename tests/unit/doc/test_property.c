/* Random changes of random JSON documents in random layouts. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include "tests/unit/doc/property.h"

enum { RUNS = 400 };

/* How a random document looks. */
struct layout {
    struct random *r;
    const char *line_end, *step, *colon;
    bool broken, messy, raw;
    int keys; /* so far: keys are never repeated */
};

static void add_gap(struct layout *l, struct buf *out, int depth)
{
    static const char *const messes[] = { "", "", " ", "\n", "\r\n  ", "\t", "\n\n    ", "  " };
    if (l->messy) {
        buf_add_text(out, messes[random_below(l->r, 8)]);
    } else if (l->broken) {
        buf_add_text(out, l->line_end);
        while (depth--)
            buf_add_text(out, l->step);
    }
}

static void add_scalar(struct layout *l, struct buf *out)
{
    static const char *const scalars[] = { "null",      "true",           "false",
                                           "0",         "-1.50e+3",       "\"\"",
                                           "\"plain\"", "\"\\u0000\\/\"", "12345678901234567890",
                                           "\"\\\"\"",  "\"\xC3\xA4\"",   "\"\\ud83d\\ude00\"",
                                           "\"{[,]}:\"" };
    buf_add_text(out, scalars[random_below(l->r, 13)]);
}

static void add_value(struct layout *l, struct buf *out, int depth)
{
    bool object = random_below(l->r, 2);
    uint32_t count = random_below(l->r, depth > 5 ? 1 : 6);
    if (depth && random_below(l->r, 5) < 2) {
        add_scalar(l, out);
        return;
    }
    bool broken = l->broken;
    l->broken = broken && random_below(l->r, 6);
    buf_add_char(out, object ? '{' : '[');
    for (uint32_t i = 0; i < count; i++) {
        if (i)
            buf_add_char(out, ',');
        add_gap(l, out, depth + 1);
        if (object) {
            buf_addf(out, random_below(l->r, 5) ? "\"k%d\"" : "\"\\u006b%d\"", l->keys++);
            buf_add_text(out, l->colon);
        }
        add_value(l, out, depth + 1);
        if (l->messy)
            add_gap(l, out, depth);
    }
    if (count && !l->messy)
        add_gap(l, out, depth);
    buf_add_char(out, object ? '}' : ']');
    l->broken = broken;
}

static void random_text(struct random *r, struct buf *out)
{
    static const char *const steps[] = { "  ", "    ", "\t", "" }, *const colons[] = { ":", ": ",
                                                                                       " : " };
    struct layout l = { .r = r,
                        .line_end = random_below(r, 3) ? "\n" : "\r\n",
                        .step = steps[random_below(r, 4)],
                        .colon = colons[random_below(r, 3)],
                        .broken = random_below(r, 3) > 0,
                        .messy = random_below(r, 4) == 0 };
    if (random_below(r, 8) == 0)
        buf_add_text(out, "\xEF\xBB\xBF");
    add_value(&l, out, 0);
    if (random_below(r, 2))
        buf_add_text(out, l.line_end);
}

static void random_json(void **state)
{
    (void) state;
    each_seed(RUNS, "test.json", random_text);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test_teardown(random_json, name_seed) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
