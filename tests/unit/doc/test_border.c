/* JSON in and out as data. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include "engine/doc/border.h"
#include "engine/doc/report.h"
#include "engine/doc/tree.h"
#include "tests/unit/doc/support.h"

/* Writes each call as text. */
struct log {
    struct buf text;
    int left; /* calls until it stops; 0: never */
};

static bool go_on(struct log *log)
{
    return !log->left || --log->left;
}

static bool log_scalar(void *context, struct str key, enum json_kind kind, struct str text)
{
    struct log *log = context;
    buf_addf(&log->text, "%.*s=%d:", STR_ARG(key), (int) kind);
    buf_add(&log->text, text);
    buf_add_char(&log->text, ' ');
    return go_on(log);
}

static bool log_open(void *context, struct str key, enum json_kind kind)
{
    struct log *log = context;
    buf_addf(&log->text, "%.*s%s", STR_ARG(key), kind == JSON_LIST ? "[" : "{");
    return go_on(log);
}

static bool log_close(void *context)
{
    struct log *log = context;
    buf_add_text(&log->text, "> ");
    return go_on(log);
}

static struct json_sink log_sink(struct world *w, struct log *log, int left)
{
    buf_init(&log->text, &w->env);
    log->left = left;
    return (struct json_sink){ log, log_scalar, log_open, log_close };
}

static void values_come_in_order(void **state)
{
    (void) state;
    struct world w;
    struct log log;
    world_begin(&w);
    struct json_sink sink = log_sink(&w, &log, 0);
    struct str text =
        STR(" {\"a\":[1.50,[],{}],\"b\":{\"c\":null,\"d\":12345678901234567890123},\"e\":true,"
            "\"f\":false,\"g\":\"x\\u0000\\u00e4\"} \n");
    assert_true(json_parse(&w.env, &w.limits, text, &sink, &w.diags));
    static const char expected[] =
        "{a[=3:1.50 [> {> > b{c=0:null d=3:12345678901234567890123 > e=2:true "
        "f=1:false g=4:x\0\xC3\xA4 > ";
    assert_int_equal(log.text.len, sizeof(expected) - 1);
    assert_memory_equal(log.text.ptr, expected, sizeof(expected) - 1);
    buf_clear(&log.text);
    assert_true(json_parse(&w.env, &w.limits, STR("\xEF\xBB\xBF 1e999"), &sink, &w.diags));
    world_expect_text("=3:1e999 ", &log.text);
    buf_release(&log.text);
    assert_int_equal(w.diags.count, 0);
    world_end(&w);
}

static void the_guard_is_strict(void **state)
{
    (void) state;
    static const char *const bad[] = { "",
                                       "[1]x",
                                       "[012]",
                                       "[1,]",
                                       "[\"\t\"]",
                                       "[1.]",
                                       "{\"a\":1,\"a\":2}",
                                       "[\"\\uqqqq\"]",
                                       "[\"\xFF\"]",
                                       "[\x0C]",
                                       "{\"x\": true," };
    struct world w;
    struct log log;
    world_begin(&w);
    struct json_sink sink = log_sink(&w, &log, 0);
    for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
        assert_false(json_parse(&w.env, &w.limits, str_of(bad[i]), &sink, &w.diags));
        assert_int_equal(w.diags.count, i + 1);
        assert_int_equal(w.diags.items[i].place.line, 1);
    }
    assert_int_equal(log.text.len, 0);
    world_end(&w);
}

static void nesting_ends_where_cjson_ends(void **state)
{
    (void) state;
    struct world w;
    struct log log;
    struct buf text;
    world_begin(&w);
    w.limits.depth = 5000;
    struct json_sink sink = log_sink(&w, &log, 0);
    buf_init(&text, &w.env);
    buf_add_repeat(&text, '[', 1000);
    buf_add_repeat(&text, ']', 1000);
    assert_true(json_parse(&w.env, &w.limits, buf_str(&text), &sink, &w.diags));
    buf_splice(&text, 1000, 1000, STR("[]"));
    assert_false(json_parse(&w.env, &w.limits, buf_str(&text), &sink, &w.diags));
    assert_int_equal(w.diags.items[0].code, DIAG_LIMIT_DEPTH);
    buf_release(&text);
    buf_release(&log.text);
    world_end(&w);
}

static void a_sink_may_stop(void **state)
{
    (void) state;
    struct world w;
    world_begin(&w);
    for (int calls = 1; calls < 8; calls++) {
        struct log log;
        struct json_sink sink = log_sink(&w, &log, calls);
        assert_false(json_parse(&w.env, &w.limits, STR("[1,[2,{}]]"), &sink, &w.diags));
        buf_release(&log.text);
    }
    assert_int_equal(w.diags.count, 0);
    world_end(&w);
}

static void pretty_text(void **state)
{
    (void) state;
    struct world w;
    struct buf out;
    world_begin(&w);
    buf_init(&out, &w.env);
    assert_true(json_pretty(
        &w.env, STR("{\"a\":[1.50,9007199254740993,\"\\u0000\xC2\x9B\"],\"b\":{\"c\":null}}"),
        &out));
    world_expect_text("{\n\t\"a\":\t[1.50, 9007199254740993, \"\\u0000\\u009b\"],\n\t\"b\":\t{\n"
                      "\t\t\"c\":\tnull\n\t}\n}",
                      &out);
    buf_clear(&out);
    assert_true(json_pretty(&w.env, STR("true"), &out));
    world_expect_text("true", &out);
    buf_clear(&out);
    assert_false(json_pretty(&w.env, STR("{\"a\\u0000\":1}"), &out));
    assert_false(json_pretty(&w.env, STR("{"), &out));
    assert_int_equal(out.len, 0);
    buf_release(&out);
    world_end(&w);
}

static void fill(struct report *r)
{
    report_text(r, "name", STR("a\0\x1b\x7f\xC2\x9B\xE2\x80\xAE\xC3\xA4\xFF\""));
    report_open_list(r, "list");
    report_number(r, NULL, STR("1.50"));
    report_int(r, NULL, INT64_MIN);
    report_open_object(r, NULL);
    report_bool(r, "yes", true);
    report_null(r, "none");
    report_close(r);
    report_close(r);
    report_json(r, "json", STR("{\"a\":[]}"));
}

static void reports_are_printed(void **state)
{
    (void) state;
    struct world w;
    struct buf out;
    world_begin(&w);
    buf_init(&out, &w.env);
    struct report *r = report_new(&w.env);
    for (int round = 0; round < 2; round++) {
        fill(r);
        report_print(r, false, &out);
        world_expect_text(
            "{\"name\":\"a\\u0000\\u001b\\u007f\\u009b\\u202e\xC3\xA4\\ufffd\\\"\",\"list\":[1.50,"
            "-9223372036854775808,{\"yes\":true,\"none\":null}],\"json\":{\"a\":[]}}\n",
            &out);
        buf_clear(&out);
    }
    report_int(r, "a", 1);
    report_print(r, true, &out);
    world_expect_text("{\n\t\"a\":\t1\n}\n", &out);
    buf_clear(&out);
    report_print(r, false, &out);
    world_expect_text("{}\n", &out);
    report_free(r);
    report_free(NULL);
    buf_release(&out);
    world_end(&w);
}

/* cJSON's own allocations fail one after the other: out_of_memory is called, nothing else happens.
 */
static long cjson_left;
static size_t cjson_count;
static void *cjson_blocks[4096];

static void *cjson_allocate(size_t size)
{
    if (cjson_left && --cjson_left == 0)
        return NULL;
    void *block = malloc(size);
    assert_true(cjson_count < sizeof(cjson_blocks) / sizeof(*cjson_blocks));
    cjson_blocks[cjson_count++] = block;
    return block;
}

static void cjson_release(void *block)
{
    for (size_t i = 0; i < cjson_count; i++)
        if (cjson_blocks[i] == block)
            cjson_blocks[i] = cjson_blocks[--cjson_count];
    free(block);
}

static void use_border(struct world *w)
{
    struct log log;
    struct json_sink sink = log_sink(w, &log, 0);
    struct buf out;
    buf_init(&out, &w->env);
    assert_true(json_parse(&w->env, &w->limits, STR("{\"a\":[1,\"x\",{}]}"), &sink, &w->diags));
    assert_true(json_pretty(&w->env, STR("{\"a\":[1,\"x\",{}]}"), &out));
    struct report *r = report_new(&w->env);
    fill(r);
    report_print(r, false, &out);
    report_free(r);
    buf_release(&out);
    buf_release(&log.text);
}

static void memory_for_cjson_runs_out(void **state)
{
    (void) state;
    cJSON_Hooks hooks = { cjson_allocate, cjson_release };
    cJSON_InitHooks(&hooks);
    volatile long number = 0, ended = 0;
    while (!ended) {
        struct world w;
        world_begin(&w);
        if (!setjmp(w.out_of_memory)) {
            cjson_left = ++number;
            use_border(&w);
            ended = 1;
        }
        cjson_left = 0;
        world_abandon(&w);
        while (cjson_count)
            free(cjson_blocks[--cjson_count]);
    }
    cJSON_InitHooks(NULL);
    assert_true(number > 30);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_come_in_order),
        cmocka_unit_test(the_guard_is_strict),
        cmocka_unit_test(nesting_ends_where_cjson_ends),
        cmocka_unit_test(a_sink_may_stop),
        cmocka_unit_test(pretty_text),
        cmocka_unit_test(reports_are_printed),
        cmocka_unit_test(memory_for_cjson_runs_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
