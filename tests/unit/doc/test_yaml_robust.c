/* Broken YAML, real YAML and missing memory: a diagnostic or a document, never a crash. */
#include <dirent.h>
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

/* What libyaml holds when out_of_memory ends the work is given back with the process. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
    return "leak:yaml_";
}

static const char flow[] =
    "# head\ninboundCall:\n  name: \"Main \\u00e4 line\"\n  description: 'it''s'\n  tasks:\n"
    "    - task:\n        name: {{name}} \xC3\xA4\n        actions:\n          # before\n"
    "          - playAudio: {audio: {tts: [a, \"b\", {}]}} # behind\n"
    "          - decision:\n              condition:\n                exp: >-\n"
    "                  Flow.x\n                  and Flow.y\n              outputs:\n"
    "                \"yes\":\n                  actions: []\n                no:\n"
    "          -\n  settings:\n    text: |+\n      a\n       b\n\n  last: ~\n";

/* Reads it; then it is what it should be, whole, or refused with one diagnostic that has a place.
 */
static bool try_text(struct world *w, struct str text)
{
    w->name = "test.yaml";
    struct doc *doc = world_read(w, text);
    assert_int_equal(w->diags.count, doc ? 0 : 1);
    if (!doc) {
        assert_true(w->diags.items[0].place.line > 0);
        assert_true(w->diags.items[0].place.column > 0);
        diags_clear(&w->diags);
        return false;
    }
    struct buf out;
    buf_init(&out, &w->env);
    world_check_links(doc);
    doc_write(doc, &out);
    assert_true(str_eq(buf_str(&out), text));
    buf_clear(&out);
    doc_write_canonical(doc, 1, &out);
    w->name = "test.json";
    struct doc *again = world_read(w, buf_str(&out));
    assert_non_null(again);
    assert_string_equal(world_canonical(w, again, 1), out.ptr);
    doc_free(again);
    buf_release(&out);
    doc_free(doc);
    return true;
}

static void every_prefix(void **state)
{
    (void) state;
    struct world w;
    world_begin(&w);
    size_t whole = sizeof(flow) - 1, read = 0;
    for (size_t len = 0; len <= whole; len++) {
        char *exact = malloc(len ? len : 1); /* so that reading beyond it is seen */
        assert_non_null(exact);
        memcpy(exact, flow, len);
        read += try_text(&w, (struct str){ exact, len });
        free(exact);
    }
    assert_true(read > 100 && read < whole - 100);
    world_end(&w);
}

/* So many of `rounds` mutations are read. */
static size_t mutate(struct world *w, struct str whole, struct random *r, int rounds)
{
    static const char *const parts[] = { "\"", "'",    "\\", "{",  "}",    "[",  "]",    ",",
                                         ": ", "- ",   "\n", "\t", " ",    "#",  "&a ",  "*a",
                                         "!x", "|\n",  ">",  "? ", "\r\n", "{{", "}}",   "---\n",
                                         "  ", "<<: ", "%",  "@",  "\xC3", "0",  "\x1b", "null" };
    enum { PARTS = sizeof(parts) / sizeof(*parts) };
    size_t read = 0;
    for (int i = 0; i < rounds; i++) {
        struct buf text;
        buf_init(&text, &w->env);
        buf_add(&text, whole);
        for (uint32_t changes = 1 + random_below(r, 3); changes; changes--) {
            size_t from = random_below(r, (uint32_t) text.len);
            size_t to = from + random_below(r, 4);
            uint32_t part = random_below(r, PARTS + 1);
            buf_splice(&text, from, to < text.len ? to : text.len,
                       part < PARTS ? str_of(parts[part]) : STR("\0"));
        }
        read += try_text(w, buf_str(&text));
        buf_release(&text);
    }
    return read;
}

static void random_mutations(void **state)
{
    (void) state;
    enum { ROUNDS = 10000 };
    struct random r = { 20261124 };
    struct world w;
    world_begin(&w);
    size_t read = mutate(&w, STR(flow), &r, ROUNDS);
    assert_true(read > ROUNDS / 20 && read < ROUNDS / 2);
    world_end(&w);
}

static bool is_yaml(const char *name)
{
    return str_ends(str_of(name), STR(".yaml")) || str_ends(str_of(name), STR(".yml"));
}

static void read_file(const char *name, struct buf *out)
{
    char path[512];
    snprintf(path, sizeof(path), "../shared/corpus/flows/%s", name);
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    for (int c; (c = getc(file)) != EOF;)
        buf_add_char(out, (char) c);
    fclose(file);
}

/* Real flows, where they are at hand: read, written back byte for byte, and mutated. */
static void the_corpus_survives(void **state)
{
    (void) state;
    DIR *folder = opendir("../shared/corpus/flows");
    if (!folder) {
        print_message("# SKIP: ../shared/corpus/flows is not here\n");
        skip();
    }
    int files = 0;
    struct random r = { 7 };
    for (struct dirent *entry; (entry = readdir(folder));) {
        if (!is_yaml(entry->d_name))
            continue;
        struct world w;
        struct buf text;
        world_begin(&w);
        buf_init(&text, &w.env);
        read_file(entry->d_name, &text);
        assert_true(try_text(&w, buf_str(&text)));
        assert_true(mutate(&w, buf_str(&text), &r, 1000) > 100);
        buf_release(&text);
        world_end(&w);
        files++;
    }
    closedir(folder);
    assert_true(files > 0);
}

/* False when it was refused for want of memory. */
static bool use_everything(struct world *w)
{
    struct buf out;
    struct doc *doc = world_read(w, STR(flow));
    if (!doc)
        return false;
    buf_init(&out, &w->env);
    doc_write(doc, &out);
    doc_write_canonical(doc, 1, &out);
    buf_release(&out);
    doc_free(doc);
    assert_null(world_read(w, STR("a: b\n\"\\x61\": c\n")));
    return w->diags.items[0].code == DIAG_JSON_DUPLICATE;
}

static void memory_runs_out(void **state)
{
    (void) state;
    volatile long number = 0, ended = 0;
    while (!ended) {
        struct world w;
        world_begin(&w);
        w.name = "test.yaml";
        w.requests = 0;
        w.fail_at = ++number;
        if (!setjmp(w.out_of_memory)) {
            if (use_everything(&w))
                ended = w.requests < w.fail_at;
            else
                assert_int_equal(w.diags.items[0].code, DIAG_DOC_MEMORY);
        }
        world_abandon(&w);
    }
    assert_true(number > 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_prefix),
        cmocka_unit_test(random_mutations),
        cmocka_unit_test(the_corpus_survives),
        cmocka_unit_test(memory_runs_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
