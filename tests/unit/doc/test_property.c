/* Random documents in random layouts, random changes: what is written always reads back as the tree
 * in memory, undoing gives the source back, redoing the same texts again. TEST_SEED=N repeats one.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include "engine/doc/edit.h"
#include "engine/doc/write.h"
#include "tests/unit/doc/support.h"

enum { RUNS = 400, STEPS = 25, MOST_NODES = 400 };

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

/* Structure, keys and decoded texts are the same. */
static bool same_tree(const struct doc *a, const struct doc *b)
{
    node_id x = 1, y = 1;
    for (;;) {
        if (doc_kind(a, x) != doc_kind(b, y) || !str_eq(doc_text(a, x), doc_text(b, y)) ||
            !str_eq(doc_key(a, x), doc_key(b, y)) || !doc_first(a, x) != !doc_first(b, y))
            return false;
        if (doc_first(a, x)) {
            x = doc_first(a, x);
            y = doc_first(b, y);
            continue;
        }
        while (x != 1 && !doc_next(a, x)) {
            if (doc_next(b, y))
                return false;
            x = doc_parent(a, x);
            y = doc_parent(b, y);
        }
        if (x == 1)
            return y == 1;
        x = doc_next(a, x);
        y = doc_next(b, y);
        if (!y)
            return false;
    }
}

static node_id random_node(struct random *r, const struct doc *doc)
{
    for (;;) {
        node_id id = 1 + random_below(r, doc->count - 1);
        if (doc_attached(doc, id))
            return id;
    }
}

static node_id random_child(struct random *r, const struct doc *doc, node_id container)
{
    size_t count = doc_count_children(doc, container);
    return count ? doc_item(doc, container, random_below(r, (uint32_t) count)) : 0;
}

static node_id random_graft(struct world *w, struct random *r, struct doc *doc, bool member,
                            int *keys)
{
    static const char *const values[] = { "1",
                                          "\"t\\n\"",
                                          "[]",
                                          "{}",
                                          "[1, [2, {\"a\": {}}]]",
                                          "{\"a\": [true], \"b\": {\"c\": \"\"}}" };
    char key[16];
    snprintf(key, sizeof(key), "new%d", (*keys)++);
    return doc_graft(doc, member ? str_of(key) : STR_NONE, str_of(values[random_below(r, 6)]),
                     &w->diags);
}

static struct edit random_edit(struct world *w, struct random *r, struct doc *doc, int *keys)
{
    node_id node = random_node(r, doc), parent = doc_parent(doc, node), to = random_node(r, doc);
    bool member = doc_kind(doc, node) == NODE_OBJECT;
    switch (random_below(r, 6)) {
    case 0:
        return edit_insert(doc, node, random_below(r, 3) ? random_child(r, doc, node) : 0,
                           random_graft(w, r, doc, member, keys));
    case 1:
        return edit_remove(doc, node);
    case 2:
        return edit_remove_range(doc, node, parent ? doc_last(doc, parent) : 0);
    case 3:
        return edit_replace(doc, node,
                            random_graft(w, r, doc, doc_key(doc, node).ptr != NULL, keys));
    case 4:
        return edit_set(doc, node, (enum node_kind) random_below(r, NODE_PLAIN), STR("-7.0"));
    default:
        return edit_move(doc, node, to, random_below(r, 3) ? random_child(r, doc, to) : 0);
    }
}

static char *write_and_check(struct world *w, const struct doc *doc)
{
    struct buf out, canonical, again;
    buf_init(&out, &w->env);
    buf_init(&canonical, &w->env);
    buf_init(&again, &w->env);
    world_check_links(doc);
    doc_write(doc, &out);
    struct doc *back = world_read(w, buf_str(&out));
    if (!back || !same_tree(doc, back))
        fail_msg("this is not the tree in memory:\n%s", out.ptr);
    doc_write_canonical(doc, 1, &canonical);
    doc_write_canonical(back, 1, &again);
    assert_string_equal(canonical.ptr, again.ptr);
    doc_free(back);
    buf_release(&canonical);
    buf_release(&again);
    return buf_steal(&out);
}

static void run(uint64_t number)
{
    struct world w;
    struct random r = { number * 0x9E3779B97F4A7C15u + 1 };
    struct buf text;
    struct edit edits[STEPS];
    char *states[STEPS + 1];
    int keys = 0, done = 0;
    world_begin(&w);
    buf_init(&text, &w.env);
    random_text(&r, &text);
    struct doc *doc = world_read(&w, buf_str(&text));
    assert_non_null(doc);
    states[0] = write_and_check(&w, doc);
    assert_string_equal(states[0], text.ptr);
    for (int i = 0; i < STEPS && doc->attached < MOST_NODES; i++) {
        edits[done] = random_edit(&w, &r, doc, &keys);
        if (doc_apply(doc, &edits[done], &w.diags))
            states[++done] = write_and_check(&w, doc);
    }
    for (int round = 0; round < 2; round++) {
        for (int i = done; i-- > 0;) {
            assert_true(doc_apply(doc, &edits[i], &w.diags));
            char *now = write_and_check(&w, doc);
            assert_string_equal(now, states[i]);
            mem_free(&w.env, now);
        }
        for (int i = 0; i < done; i++)
            assert_true(doc_apply(doc, &edits[i], &w.diags));
        char *now = write_and_check(&w, doc);
        assert_string_equal(now, states[done]);
        mem_free(&w.env, now);
    }
    for (int i = 0; i <= done; i++)
        mem_free(&w.env, states[i]);
    buf_release(&text);
    doc_free(doc);
    world_end(&w);
}

static uint64_t seed; /* 0: not running */

static void random_changes(void **state)
{
    const char *one = getenv("TEST_SEED");
    (void) state;
    uint64_t from = one ? strtoull(one, NULL, 10) : 1, to = one ? from : RUNS;
    for (seed = from; seed <= to; seed++)
        run(seed);
    seed = 0;
}

static int name_seed(void **state)
{
    (void) state;
    if (seed)
        print_error("TEST_SEED=%llu\n", (unsigned long long) seed);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test_teardown(random_changes, name_seed) };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
