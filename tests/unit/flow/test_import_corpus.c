/* Real exports, where they are at hand, whole and broken in random ways: a flow or a diagnostic. */
#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>
#include "engine/base/file.h"
#include "engine/doc/envelope.h"
#include "engine/doc/write.h"
#include "engine/flow/import.h"
#include "tests/unit/flow/importing.h"

#define CORPUS "../shared/corpus/flows"

struct random {
    uint64_t state;
};

static uint32_t random_below(struct random *r, uint32_t limit)
{
    r->state = r->state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t) ((r->state >> 33) % limit);
}

/* Reads a text; what comes of it is a flow that is read again the same, or errors with a place. */
static bool try_text(struct reading *r, struct str text)
{
    struct buf copy, out;
    struct flow flow;
    bool imported;
    diags_clear(&r->diags);
    buf_init(&copy, &r->env);
    buf_init(&out, &r->env);
    buf_add(&copy, text);
    struct doc *doc = import_read(&r->env, &r->atoms, &r->limits, "test", &copy, &imported,
                                  &r->diags);
    buf_release(&copy);
    if (!doc) {
        assert_true(r->diags.errors > 0);
        for (size_t i = 0; i < r->diags.count; i++)
            assert_true(r->diags.items[i].place.line > 0);
        return false;
    }
    struct diags shapes;
    diags_init(&shapes, &r->env);
    if (imported) {
        flow_index(&flow, doc, &shapes);
        doc_write_canonical(doc, 1, &out);
        assert_true(str_eq(buf_str(&out), (struct str){ doc->source, doc->source_len }));
        assert_true(out.len < text.len * 32 + (1 << 20));
    }
    diags_release(&shapes);
    buf_release(&out);
    doc_free(doc);
    return true;
}

/* Splices parts of JSON in, or one part of the text over another. */
static void mutate(struct random *random, struct buf *text)
{
    static const char *const parts[] = { "\"", "{",    "}",    "[",    "]",       ",",
                                         ":",  "0",    "null", "true", "\"id\":", "%",
                                         "=",  "\xff", "1e9",  "{}",   "[]" };
    for (uint32_t changes = 1 + random_below(random, 3); changes > 0 && text->len > 64; changes--) {
        size_t from = random_below(random, (uint32_t) text->len - 48);
        struct buf part;
        buf_init(&part, text->env);
        if (random_below(random, 2)) {
            size_t other = random_below(random, (uint32_t) text->len - 48);
            buf_add(&part, str_slice(buf_str(text), other, other + 36));
            buf_splice(text, from, from + 36, buf_str(&part));
        } else {
            buf_add_text(&part, parts[random_below(random, sizeof parts / sizeof *parts)]);
            buf_splice(text, from, from + random_below(random, 4), buf_str(&part));
        }
        buf_release(&part);
    }
}

/* Ids are swapped for others, kinds too: that keeps it JSON and breaks the graph. */
static void rewire(struct random *random, struct buf *text, size_t *at, size_t count)
{
    for (uint32_t changes = 1 + random_below(random, 4); changes > 0; changes--) {
        size_t to = at[random_below(random, (uint32_t) count)];
        size_t from = at[random_below(random, (uint32_t) count)];
        memmove(text->ptr + to, text->ptr + from, 36);
    }
}

/* Where texts of 36 characters with four dashes are. */
static size_t find_ids(const struct buf *text, size_t *at, size_t most)
{
    size_t count = 0;
    for (size_t i = 1; i + 37 < text->len && count < most; i++) {
        const char *p = text->ptr + i;
        if (p[-1] == '"' && p[36] == '"' && p[8] == '-' && p[13] == '-' && p[18] == '-' &&
            p[23] == '-')
            at[count++] = i;
    }
    return count;
}

static void break_file(struct reading *r, const char *path, struct random *random)
{
    enum { ROUNDS = 1000, MOST = 1000 };
    struct buf text, inside, broken;
    size_t ids[MOST], read = 0;
    buf_init(&text, &r->env);
    buf_init(&inside, &r->env);
    buf_init(&broken, &r->env);
    assert_true(file_read(&r->env, path, r->limits.file_size, &text, NULL, &r->diags));
    assert_true(envelope_open(&r->limits, path, buf_str(&text), &inside, &r->diags));
    assert_true(try_text(r, buf_str(&text)));
    size_t count = find_ids(&inside, ids, MOST);
    assert_true(count > 20);
    for (int i = 0; i < ROUNDS; i++) {
        buf_clear(&broken);
        buf_add(&broken, buf_str(i % 4 == 0 ? &text : &inside));
        if (i % 2)
            rewire(random, &broken, ids, count);
        else
            mutate(random, &broken);
        read += try_text(r, buf_str(&broken));
    }
    assert_true(read > ROUNDS / 4 && read < ROUNDS);
    buf_release(&text);
    buf_release(&inside);
    buf_release(&broken);
}

static void the_corpus(void **state)
{
    (void) state;
    DIR *folder = opendir(CORPUS);
    if (!folder) {
        print_message("# SKIP: " CORPUS " is not here\n");
        skip();
    }
    struct reading r;
    struct random random = { 20261124 };
    int files = 0;
    reading_begin(&r);
    for (struct dirent *entry; (entry = readdir(folder));) {
        char path[512];
        if (!strstr(entry->d_name, ".i3"))
            continue;
        snprintf(path, sizeof path, CORPUS "/%s", entry->d_name);
        break_file(&r, path, &random);
        files++;
    }
    closedir(folder);
    assert_true(files > 0);
    reading_end(&r);
}

/* --- the same flow written by hand */

struct pair {
    const struct doc *hand, *export;
    unsigned compared;
};

/* Only in one of them: other ids, what stands for nothing, and words for the default. */
static bool is_left_out(struct str key)
{
    return str_is(key, "refId") || str_is(key, "startUpRef") || str_is(key, "none");
}

/* All that the hand-written flow says the export says, too, in the same places. */
static void compare(struct pair *pair, node_id a, node_id b)
{
    const struct doc *hand = pair->hand, *export = pair->export;
    pair->compared++;
    if (!doc_is_container(hand, a)) {
        if (!str_eq(doc_text(hand, a), doc_text(export, b)))
            fail_msg("%.*s and %.*s", STR_ARG(doc_text(hand, a)), STR_ARG(doc_text(export, b)));
        return;
    }
    assert_int_equal(doc_kind(hand, a), doc_kind(export, b));
    bool list = doc_kind(hand, a) == NODE_LIST;
    if (list)
        assert_int_equal(doc_count_children(hand, a), doc_count_children(export, b));
    node_id item = doc_first(export, b);
    for (node_id at = doc_first(hand, a); at; at = doc_next(hand, at)) {
        struct str key = doc_key(hand, at);
        node_id other = list ? item : doc_member_named(export, b, key);
        item = list ? doc_next(export, item) : 0;
        if (!list && is_left_out(key))
            continue;
        if (!other)
            fail_msg("no %.*s", STR_ARG(key));
        compare(pair, at, other);
    }
}

static struct doc *read_file(struct reading *r, const char *path)
{
    struct buf text;
    buf_init(&text, &r->env);
    if (!file_read(&r->env, path, r->limits.file_size, &text, NULL, &r->diags)) {
        buf_release(&text);
        return NULL;
    }
    struct doc *doc = import_read(&r->env, &r->atoms, &r->limits, path, &text, NULL, &r->diags);
    buf_release(&text);
    return doc;
}

static void the_pair(void **state)
{
    (void) state;
    struct reading r;
    reading_begin(&r);
    struct doc *hand = read_file(&r, CORPUS "/cache-example.yaml");
    struct doc *export = read_file(&r, CORPUS "/cache-example.i3InboundFlow");
    if (!hand || !export) {
        reading_end(&r);
        print_message("# SKIP: " CORPUS " is not here\n");
        skip();
    }
    struct pair pair = { hand, export, 0 };
    compare(&pair, 1, 1);
    assert_true(pair.compared > 200);
    doc_free(hand);
    doc_free(export);
    reading_end(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_corpus),
        cmocka_unit_test(the_pair),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
