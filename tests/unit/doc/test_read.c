/* What the reader accepts and refuses, of each kind of JSONTestSuite and more. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>
#include "engine/doc/write.h"
#include "tests/unit/doc/support.h"

struct sample {
    const char *name;
    struct str text;
    const char *code; /* NULL: accepted */
    uint32_t line, column;
};
#define YES(name, text)                                                                            \
    {                                                                                              \
        name, { text, sizeof(text) - 1 }, NULL, 0, 0                                               \
    }
#define NO(name, text, code, line, column)                                                         \
    {                                                                                              \
        name, { text, sizeof(text) - 1 }, code, line, column                                       \
    }

static const struct sample samples[] = {
#include "tests/unit/doc/samples.inc"
};

static void run_samples(void **state)
{
    (void) state;
    int wrong = 0;
    for (size_t i = 0; i < sizeof(samples) / sizeof(*samples); i++) {
        const struct sample *s = &samples[i];
        struct world w;
        world_begin(&w);
        struct doc *doc = world_read(&w, s->text);
        const struct diag *d = w.diags.count ? &w.diags.items[0] : NULL;
        const char *code = d ? diag_info(d->code)->code : NULL;
        bool right = !doc == !!d && w.diags.count <= 1;
        right = right && !s->code == !code && (!code || !strcmp(s->code, code));
        if (right && code)
            right = d->place.line == s->line && d->place.column == s->column &&
                    str_is(d->place.file, "test.json");
        if (!right) {
            print_error("%s: %s at %u:%u\n", s->name, code ? code : "accepted",
                        d ? d->place.line : 0, d ? d->place.column : 0);
            wrong++;
        }
        if (doc) {
            struct buf out;
            buf_init(&out, &w.env);
            world_check_links(doc);
            doc_write(doc, &out);
            assert_int_equal(out.len, s->text.len);
            assert_memory_equal(out.ptr, s->text.ptr, out.len);
            buf_release(&out);
        }
        doc_free(doc);
        world_end(&w);
    }
    assert_int_equal(wrong, 0);
    assert_true(sizeof(samples) / sizeof(*samples) >= 150);
}

/* A text of `open` `count` times, `middle`, `close` `count` times. */
static struct buf nested(struct world *w, const char *open, const char *middle, const char *close,
                         int count)
{
    struct buf text;
    buf_init(&text, &w->env);
    for (int i = 0; i < count; i++)
        buf_add_text(&text, open);
    buf_add_text(&text, middle);
    for (int i = 0; i < count; i++)
        buf_add_text(&text, close);
    return text;
}

static void expect(struct world *w, struct buf *text, const char *code)
{
    struct doc *doc = world_read(w, buf_str(text));
    if (code) {
        assert_null(doc);
        assert_int_equal(w->diags.count, 1);
        assert_string_equal(diag_info(w->diags.items[0].code)->code, code);
    } else {
        assert_non_null(doc);
        world_check_links(doc);
    }
    diags_clear(&w->diags);
    doc_free(doc);
    buf_release(text);
}

static void limits_are_kept(void **state)
{
    (void) state;
    struct world w;
    world_begin(&w);
    struct buf text = nested(&w, "[", "", "]", 256);
    expect(&w, &text, NULL);
    text = nested(&w, "[", "", "]", 257);
    expect(&w, &text, "E051");
    text = nested(&w, "{\"a\":", "1", "}", 256);
    expect(&w, &text, NULL);
    text = nested(&w, "{\"a\":", "1", "}", 257);
    expect(&w, &text, "E051");
    text = nested(&w, "[", "", "", 100000);
    expect(&w, &text, "E051");
    text = nested(&w, "[{\"\":", "", "", 50000);
    expect(&w, &text, "E051");
    text = nested(&w, "{\"", "", "k", 4096);
    buf_clear(&text);
    buf_add_text(&text, "{\"");
    buf_add_repeat(&text, 'k', 4096);
    buf_add_text(&text, "\":1}");
    expect(&w, &text, NULL);
    buf_add_text(&text, "{\"\\u006b");
    buf_add_repeat(&text, 'k', 4096);
    buf_add_text(&text, "\":1}");
    expect(&w, &text, "E053");
    w.limits.values = 3;
    buf_add_text(&text, "[1,2]");
    expect(&w, &text, NULL);
    buf_add_text(&text, "[1,2,3]");
    expect(&w, &text, "E052");
    w.limits.file_size = 5;
    buf_add_text(&text, "[1,2]");
    expect(&w, &text, NULL);
    buf_add_text(&text, "[1,2] ");
    expect(&w, &text, "E050");
    world_end(&w);
}

/* The arguments of a limit's diagnostic are numbers. */
static void limit_is_named(void **state)
{
    (void) state;
    struct world w;
    world_begin(&w);
    w.limits.depth = 2;
    assert_null(world_read(&w, STR("[[[]]]")));
    struct buf out;
    buf_init(&out, &w.env);
    diag_render(&out, &w.diags.items[0], NULL);
    assert_non_null(strstr(out.ptr, "more than 2 deep"));
    buf_release(&out);
    world_end(&w);
}

static void duplicates_name_both_places(void **state)
{
    (void) state;
    struct world w;
    world_begin(&w);
    assert_null(world_read(&w, STR("{\"a\": 1,\n \"b\": 2,\n  \"\\u0061\": 3}")));
    const struct diag *d = &w.diags.items[0];
    assert_int_equal(d->code, DIAG_JSON_DUPLICATE);
    assert_int_equal(d->place.line, 3);
    assert_int_equal(d->place.column, 3);
    assert_true(str_is(d->args[0], "a"));
    assert_true(str_is(d->args[1], "1"));
    assert_true(str_is(d->args[2], "2"));
    world_end(&w);
}

/* Many keys in one object, then one of them again; and the same keys in many objects. */
static void many_keys(void **state)
{
    (void) state;
    struct world w;
    world_begin(&w);
    struct buf text;
    buf_init(&text, &w.env);
    buf_add_text(&text, "[{");
    for (int i = 0; i < 50000; i++)
        buf_addf(&text, "%s\"key %d\":{\"key %d\":0}", i ? "," : "", i, i);
    struct buf again;
    buf_init(&again, &w.env);
    buf_add(&again, buf_str(&text));
    buf_add_text(&text, "}]");
    buf_add_text(&again, ",\"key 777\":0}]");
    expect(&w, &text, NULL);
    expect(&w, &again, "E049");
    world_end(&w);
}

static void long_tokens(void **state)
{
    (void) state;
    struct world w;
    world_begin(&w);
    struct buf text = nested(&w, "1", "", "", 4096);
    expect(&w, &text, NULL);
    text = nested(&w, "1", "", "", 10000000);
    expect(&w, &text, NULL);
    text = nested(&w, "[1,", "1", "]", 1);
    expect(&w, &text, NULL);
    text = nested(&w, "\"", "", "", 1);
    buf_add_repeat(&text, 'x', 10000000);
    buf_add_text(&text, "\"");
    expect(&w, &text, NULL);
    world_end(&w);
}

/* At every position of a text, each special byte is seen whatever its place in a block of 16. */
static void every_alignment(void **state)
{
    (void) state;
    static const struct {
        const char *part, *code;
    } parts[] = { { "\\n", NULL },    { "\xC3\xA4", NULL }, { "\xE2\x82\xAC", NULL },
                  { "\x01", "E043" }, { "\xFF", "E032" },   { "\\x", "E044" },
                  { "\"", "E038" } };
    struct world w;
    world_begin(&w);
    for (int before = 0; before < 40; before++) {
        for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++) {
            struct buf text;
            buf_init(&text, &w.env);
            buf_add_text(&text, "[\"");
            buf_add_repeat(&text, 'x', (size_t) before);
            buf_add_text(&text, parts[i].part);
            buf_add_text(&text, "yz\"]");
            expect(&w, &text, parts[i].code);
        }
    }
    world_end(&w);
}

static void whole_sentences(void **state)
{
    (void) state;
    struct world w;
    world_begin(&w);
    static const struct {
        const char *text, *sentence;
    } cases[] = {
        { "[1 2]", "A comma or ] is expected here, not 2." },
        { "[1,\n {\"a\":", "The text ends too early: { of line 2, column 2 is not closed." },
        { "[\"a\tb\"]", "Inside a text this character is written as an escape: \\t." },
        { "[\"\\x\"]", "\\x is no escape; a backslash is written as \\\\." },
        { "[\"\\ud800\"]", "\\ud800 is half of a pair; the other half must stand beside it." },
        { "[nul]", "A value is expected here, not nul." },
        { "[1,]", "There is nothing between the comma and ]; remove the comma." },
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        assert_null(world_read(&w, str_of(cases[i].text)));
        struct buf out;
        buf_init(&out, &w.env);
        diag_render(&out, &w.diags.items[0], NULL);
        assert_string_equal(out.ptr, cases[i].sentence);
        buf_release(&out);
        diags_clear(&w.diags);
    }
    world_end(&w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(run_samples),     cmocka_unit_test(limits_are_kept),
        cmocka_unit_test(limit_is_named),  cmocka_unit_test(duplicates_name_both_places),
        cmocka_unit_test(many_keys),       cmocka_unit_test(long_tokens),
        cmocka_unit_test(every_alignment), cmocka_unit_test(whole_sentences),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
