/* Broken input and missing memory: a diagnostic or a document, never a crash. */
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

/* Reads it; then it is what it should be, whole, or refused with one diagnostic that has a place.
 */
static bool try_text(struct world *w, struct str text)
{
    struct doc *doc = world_read(w, text);
    assert_int_equal(w->diags.count, doc ? 0 : 1);
    if (doc) {
        struct buf out;
        buf_init(&out, &w->env);
        world_check_links(doc);
        doc_write(doc, &out);
        assert_true(str_eq(buf_str(&out), text));
        buf_clear(&out);
        doc_write_canonical(doc, 1, &out);
        struct doc *again = world_read(w, buf_str(&out));
        assert_non_null(again);
        assert_string_equal(world_canonical(w, again, 1), out.ptr);
        doc_free(again);
        buf_release(&out);
        doc_free(doc);
        return true;
    }
    assert_true(w->diags.items[0].place.line > 0);
    assert_true(w->diags.items[0].place.column > 0);
    diags_clear(&w->diags);
    return false;
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
    assert_int_equal(read, 2); /* the last line end may be missing */
    world_end(&w);
}

static void random_mutations(void **state)
{
    (void) state;
    enum { ROUNDS = 20000 };
    static const char *const parts[] = {
        "\"",   "\\",           "{",    "}",    "[",  "]",       ",", ":", "\\u",  "\\ud800",
        "\n",   "\t",           " ",    "0",    "-",  ".",       "e", "1", "true", "null",
        "\xC3", "\xE2\x82\xAC", "\xFF", "\x1b", "/*", "\"a\":1,"
    };
    struct random r = { 20261123 };
    struct world w;
    size_t read = 0;
    world_begin(&w);
    for (int i = 0; i < ROUNDS; i++) {
        struct buf text;
        buf_init(&text, &w.env);
        buf_add(&text, (struct str){ flow, sizeof(flow) - 1 });
        for (uint32_t changes = 1 + random_below(&r, 3); changes; changes--) {
            size_t from = random_below(&r, (uint32_t) text.len);
            size_t to = from + random_below(&r, 4);
            uint32_t part = random_below(&r, 28);
            struct str with = part < 26 ? str_of(parts[part]) : part < 27 ? STR("\0") : STR("");
            buf_splice(&text, from, to < text.len ? to : text.len, with);
        }
        read += try_text(&w, buf_str(&text));
        buf_release(&text);
    }
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

/* Real flows, where they are at hand: read, written back byte for byte, canonical already. */
static void the_corpus_survives(void **state)
{
    (void) state;
    DIR *folder = opendir("../shared/corpus/json");
    if (!folder) {
        print_message("# SKIP: ../shared/corpus/json is not here\n");
        skip();
    }
    int files = 0;
    for (struct dirent *entry; (entry = readdir(folder));) {
        if (!str_ends(str_of(entry->d_name), STR(".json")))
            continue;
        char path[512];
        struct world w;
        struct buf text;
        world_begin(&w);
        buf_init(&text, &w.env);
        snprintf(path, sizeof(path), "../shared/corpus/json/%s", entry->d_name);
        FILE *file = fopen(path, "rb");
        assert_non_null(file);
        for (int c; (c = getc(file)) != EOF;)
            buf_add_char(&text, (char) c);
        fclose(file);
        assert_true(try_text(&w, buf_str(&text)));
        struct doc *doc = world_read(&w, buf_str(&text));
        assert_string_equal(world_canonical(&w, doc, 1), text.ptr);
        doc_free(doc);
        buf_release(&text);
        world_end(&w);
        files++;
    }
    closedir(folder);
    assert_true(files > 0);
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
