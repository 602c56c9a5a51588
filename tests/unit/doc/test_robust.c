/* Broken input and missing memory: a diagnostic or a document, never a crash. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include "engine/doc/edit.h"
#include "engine/doc/write.h"
#include "tests/unit/doc/robust.h"

static const char flow[] =
    "{\n  \"inboundCall\": {\n    \"name\": \"Main line\",\n    \"startUpRef\": "
    "\"/inboundCall/tasks/task[Welcome_10]\",\n    \"tasks\": [\n      {\n        \"task\": {\n"
    "          \"name\": \"Welcome \xC3\xA4\xE2\x82\xAC\\u00e4\\ud83d\\ude00\",\n          "
    "\"actions\": [\n"
    "            {\"setPostFlow\": {\"target\": {\"lit\": \"caller\"}, \"priority\": -1.50e+3,\n"
    "              \"invocationData\": {\"lit\": {\"a\\n\": [null, true, false, 0, [], {}]}}}},\n"
    "            {\"decision\": {\"condition\": {\"exp\": \"Append(\\\"x\\\", Flow.y)\"},\n"
    "              \"outputs\": {\"yes\": {\"actions\": []}, \"no\": {\"actions\": []}}}}\n        "
    "  ]\n"
    "        }\n      }\n    ]\n  }\n}\n";

static void every_prefix(void **state)
{
    (void) state;
    struct world w;
    world_begin(&w);
    assert_int_equal(try_prefixes(&w, STR(flow)), 2); /* the last line end may be missing */
    world_end(&w);
}

static void random_mutations(void **state)
{
    enum { ROUNDS = 20000 };
    static const struct str parts[] = { { "\"", 1 },   { "\\", 1 },
                                        { "{", 1 },    { "}", 1 },
                                        { "[", 1 },    { "]", 1 },
                                        { ",", 1 },    { ":", 1 },
                                        { "\\u", 2 },  { "\\ud800", 6 },
                                        { "\n", 1 },   { "\t", 1 },
                                        { " ", 1 },    { "0", 1 },
                                        { "-", 1 },    { ".", 1 },
                                        { "e", 1 },    { "1", 1 },
                                        { "true", 4 }, { "null", 4 },
                                        { "\xC3", 1 }, { "\xE2\x82\xAC", 3 },
                                        { "\xFF", 1 }, { "\x1b", 1 },
                                        { "/*", 2 },   { "\"a\":1,", 6 },
                                        { "\0", 1 },   { "", 0 } };
    struct random r = { 20261123 };
    struct world w;
    (void) state;
    world_begin(&w);
    size_t read = try_mutations(&w, STR(flow), parts, sizeof(parts) / sizeof(*parts), &r, ROUNDS);
    assert_true(read > ROUNDS / 50 && read < ROUNDS / 2);
    world_end(&w);
}

/* False when it was refused for want of memory. */
static bool use_everything(struct world *w)
{
    struct buf out;
    struct place place;
    struct doc *doc = world_read(w, STR(flow));
    if (!doc)
        return false;
    node_id tasks = world_find(doc, "inboundCall/tasks");
    node_id item = doc_graft(doc, STR_NONE, STR("{\"a\":[\"\\n\",1]}"), &w->diags);
    if (!item)
        return false;
    doc_chain(doc, item, doc_graft_text(doc, 0, STR("x")));
    struct edit edits[] = { edit_insert(doc, tasks, 0, item),
                            edit_set(doc, world_find(doc, "inboundCall/name"), NODE_TEXT,
                                     STR("\"")),
                            edit_move(doc, world_find(doc, "inboundCall/tasks"), 1, 0) };
    for (size_t i = 0; i < sizeof(edits) / sizeof(*edits); i++)
        assert_true(doc_apply(doc, &edits[i], &w->diags));
    buf_init(&out, &w->env);
    doc_write(doc, &out);
    doc_write_canonical(doc, 1, &out);
    doc_write_compact(doc, 1, &out);
    doc_place(doc, tasks, &place);
    buf_release(&out);
    doc_free(doc);
    assert_null(world_read(w, STR("{\"a\":\"\\n\",\"\\u0061\":1}")));
    return w->diags.items[0].code == DIAG_JSON_DUPLICATE;
}

/* Each request for memory fails once, alone or with all that follow. Where the reader asks for much
 * it answers with a diagnostic, elsewhere out_of_memory ends the work. */
static void memory_runs_out(void **state)
{
    bool onwards = *state != NULL;
    volatile long number = 0, refused = 0, ended = 0;
    while (!ended) {
        struct world w;
        world_begin(&w);
        w.requests = 0;
        w.fail_onwards = onwards;
        w.fail_at = ++number;
        if (!setjmp(w.out_of_memory)) {
            if (use_everything(&w)) {
                ended = w.requests < w.fail_at;
            } else {
                assert_int_equal(w.diags.items[0].code, DIAG_DOC_MEMORY);
                refused++;
            }
        }
        world_abandon(&w);
    }
    assert_true(number > 20);
    if (!onwards)
        assert_true(refused >= 2);
}

static void survives(struct world *w, struct str text)
{
    assert_true(try_text(w, text));
    struct doc *doc = world_read(w, text);
    assert_string_equal(world_canonical(w, doc, 1), text.ptr);
    doc_free(doc);
}

/* Real flows, where they are at hand: read, written back byte for byte, canonical already. */
static void the_corpus_survives(void **state)
{
    (void) state;
    skip_without(each_file("../shared/corpus/json", ".json", survives), "../shared/corpus/json");
}

int main(void)
{
    static bool onwards;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_prefix),
        cmocka_unit_test(random_mutations),
        cmocka_unit_test(memory_runs_out),
        { "memory_runs_out_onwards", memory_runs_out, NULL, NULL, &onwards },
        cmocka_unit_test(the_corpus_survives),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
