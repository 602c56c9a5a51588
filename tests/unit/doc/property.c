#include "tests/unit/doc/property.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include "engine/doc/edit.h"
#include "engine/doc/write.h"

enum { STEPS = 25, GROWTH = 400 };

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
    static const char *const values[] = {
        "1",
        "\"t\\n\"",
        "[]",
        "{}",
        "[1, [2, {\"a\": {}}]]",
        "{\"a\": [true], \"b\": {\"c\": \"\"}}",
        "{\"a: b\": [[null, \"~\"], [{\"x\": \"- y\", \"no\": \"#\"}]]}",
        "\"x\"",
    };
    char key[16];
    snprintf(key, sizeof(key), "new%d", (*keys)++);
    return doc_graft(doc, member ? str_of(key) : STR_NONE, str_of(values[random_below(r, 8)]),
                     &w->diags);
}

static struct edit random_set(struct random *r, struct doc *doc, node_id node)
{
    static const char *const texts[] = { "-7.0", "x",  "a: b",   "it's", "x\ny\n", "",
                                         " x",   "x ", "a\n\nb", "[#]",  "\x1b\t", "{{t}}" };
    enum node_kind kind = (enum node_kind) random_below(r, NODE_PLAIN);
    uint32_t which = kind == NODE_TEXT ? random_below(r, 12) : 0;
    return edit_set(doc, node, kind, str_of(texts[which]));
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
        return random_set(r, doc, node);
    default:
        return edit_move(doc, node, to, random_below(r, 3) ? random_child(r, doc, to) : 0);
    }
}

/* The canonical YAML of a document is its canonical JSON. */
static void check_yaml(struct world *w, const struct doc *doc, struct str json)
{
    const char *name = w->name;
    struct buf yaml;
    buf_init(&yaml, &w->env);
    doc_write_yaml(doc, 1, &yaml);
    w->name = "test.yaml";
    struct doc *back = world_read(w, buf_str(&yaml));
    w->name = name;
    if (!back)
        fail_msg("this is not read:\n%s", yaml.ptr);
    buf_clear(&yaml);
    doc_write_canonical(back, 1, &yaml);
    assert_string_equal(yaml.ptr, json.ptr);
    doc_free(back);
    buf_release(&yaml);
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
    if (!back || !doc_same(doc, back)) {
        doc_write_canonical(doc, 1, &canonical);
        fail_msg("this is not the tree in memory:\n%s\nwhich is:\n%s", out.ptr, canonical.ptr);
    }
    doc_write_canonical(doc, 1, &canonical);
    doc_write_canonical(back, 1, &again);
    assert_string_equal(canonical.ptr, again.ptr);
    doc_free(back);
    check_yaml(w, doc, buf_str(&canonical));
    buf_release(&canonical);
    buf_release(&again);
    return buf_steal(&out);
}

void random_changes(struct world *w, struct random *r, struct str text)
{
    struct edit edits[STEPS];
    char *states[STEPS + 1];
    int keys = 0, done = 0;
    struct doc *doc = world_read(w, text);
    assert_non_null(doc);
    uint32_t most = doc->attached + GROWTH;
    states[0] = write_and_check(w, doc);
    assert_true(str_eq(str_of(states[0]), text));
    for (int i = 0; i < STEPS && doc->attached < most; i++) {
        edits[done] = random_edit(w, r, doc, &keys);
        if (doc_apply(doc, &edits[done], &w->diags))
            states[++done] = write_and_check(w, doc);
    }
    for (int round = 0; round < 2; round++) {
        for (int i = done; i-- > 0;) {
            assert_true(doc_apply(doc, &edits[i], &w->diags));
            char *now = write_and_check(w, doc);
            assert_string_equal(now, states[i]);
            mem_free(&w->env, now);
        }
        for (int i = 0; i < done; i++)
            assert_true(doc_apply(doc, &edits[i], &w->diags));
        char *now = write_and_check(w, doc);
        assert_string_equal(now, states[done]);
        mem_free(&w->env, now);
    }
    for (int i = 0; i <= done; i++)
        mem_free(&w->env, states[i]);
    doc_free(doc);
    diags_clear(&w->diags);
}

static uint64_t seed; /* 0: not running */

static void run(const char *name, void (*make)(struct random *r, struct buf *out))
{
    struct world w;
    struct random r = { seed * 0x9E3779B97F4A7C15u + 1 };
    struct buf text;
    world_begin(&w);
    w.name = name;
    buf_init(&text, &w.env);
    make(&r, &text);
    random_changes(&w, &r, buf_str(&text));
    buf_release(&text);
    world_end(&w);
}

void each_seed(uint64_t runs, const char *name, void (*make)(struct random *r, struct buf *out))
{
    const char *one = getenv("TEST_SEED");
    uint64_t from = one ? strtoull(one, NULL, 10) : 1, to = one ? from : runs;
    for (seed = from; seed <= to; seed++)
        run(name, make);
    seed = 0;
}

int name_seed(void **state)
{
    (void) state;
    if (seed)
        print_error("TEST_SEED=%llu\n", (unsigned long long) seed);
    return 0;
}
