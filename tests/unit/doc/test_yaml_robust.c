/* Broken YAML, real YAML and missing memory: a diagnostic or a document, never a crash. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include "engine/doc/edit.h"
#include "engine/doc/write.h"
#include "tests/unit/doc/robust.h"

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

static const struct str parts[] = {
    { "\"", 1 },   { "'", 1 },    { "\\", 1 },   { "{", 1 },  { "}", 1 },    { "[", 1 },
    { "]", 1 },    { ",", 1 },    { ": ", 2 },   { "- ", 2 }, { "\n", 1 },   { "\t", 1 },
    { " ", 1 },    { "#", 1 },    { "&a ", 3 },  { "*a", 2 }, { "!x", 2 },   { "|\n", 2 },
    { ">", 1 },    { "? ", 2 },   { "\r\n", 2 }, { "{{", 2 }, { "}}", 2 },   { "---\n", 4 },
    { "  ", 2 },   { "<<: ", 4 }, { "%", 1 },    { "@", 1 },  { "\xC3", 1 }, { "0", 1 },
    { "\x1b", 1 }, { "null", 4 }, { "\0", 1 }
};
enum { PARTS = sizeof(parts) / sizeof(*parts) };

static void every_prefix(void **state)
{
    (void) state;
    struct world w;
    world_begin(&w);
    w.name = "test.yaml";
    size_t read = try_prefixes(&w, STR(flow));
    assert_true(read > 100 && read < sizeof(flow) - 100);
    world_end(&w);
}

static void random_mutations(void **state)
{
    (void) state;
    enum { ROUNDS = 10000 };
    struct random r = { 20261124 };
    struct world w;
    world_begin(&w);
    w.name = "test.yaml";
    size_t read = try_mutations(&w, STR(flow), parts, PARTS, &r, ROUNDS);
    assert_true(read > ROUNDS / 20 && read < ROUNDS / 2);
    world_end(&w);
}

static void survives(struct world *w, struct str text)
{
    struct random r = { text.len };
    assert_true(try_text(w, text));
    assert_true(try_mutations(w, text, parts, PARTS, &r, 1000) > 100);
}

/* Real flows, where they are at hand: read, written back byte for byte, and mutated. */
static void the_corpus_survives(void **state)
{
    static const char folder[] = "../shared/corpus/flows";
    (void) state;
    skip_without(each_file(folder, ".yaml", survives) + each_file(folder, ".yml", survives),
                 folder);
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
