/* The envelope of exports: what is inside comes out, every fault has a place. */
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <cmocka.h>
#include "engine/doc/envelope.h"
#include "tests/unit/doc/support.h"

/* The code of the diagnostic that opening gives ("" for none) and its column. */
static const char *open_text(struct world *w, struct str text, struct buf *out, unsigned *column)
{
    buf_clear(out);
    diags_clear(&w->diags);
    bool opened = envelope_open(&w->limits, "test", text, out, &w->diags);
    assert_int_equal(w->diags.count, opened ? 0 : 1);
    if (opened)
        return "";
    *column = w->diags.items[0].place.column;
    return diag_info(w->diags.items[0].code)->code;
}

static void what_is_inside(void **state)
{
    static const struct {
        const char *text, *inside;
    } cases[] = {
        { "JTdCJTIyYSUyMiUzQTElN0Q=", "{\"a\":1}" },
        { "eyJhIjoxfQ==", "{\"a\":1}" },
        { "eyJhIjoxfQ", "{\"a\":1}" },             /* without padding */
        { "eyJh\r\nIjox \n fQ==\n", "{\"a\":1}" }, /* broken into lines */
        { "\xEF\xBB\xBF"
          "eyJhIjoxfQ==",
          "{\"a\":1}" },
        { "JUMzJUE0", "\xC3\xA4" },
        { "JTdi", "{" }, /* small hexadecimal digits */
        { "", "" },
    };
    (void) state;
    struct world w;
    struct buf out;
    unsigned column;
    world_begin(&w);
    buf_init(&out, &w.env);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_string_equal(open_text(&w, str_of(cases[i].text), &out, &column), "");
        assert_true(str_is(buf_str(&out), cases[i].inside));
    }
    buf_release(&out);
    world_end(&w);
}

static void faults(void **state)
{
    static const struct {
        const char *text, *code;
        unsigned column;
    } cases[] = {
        { "eyJh!joxfQ==", "E082", 5 },   { "eyJhIjoxfQ==x", "E083", 13 },
        { "eyJhIjoxfQ===", "E083", 13 }, { "eyJhIjoxfQ=", "E084", 11 },
        { "eyJhI", "E084", 6 },          { "JTdHJTIy", "E085", 2 }, /* %7G */
        { "JUElQQ==", "E085", 2 },                                  /* %A% */
        { "YSU=", "E085", 3 },                                      /* a% */
        { "YWElNw==", "E085", 4 },                                  /* aa%7 */
    };
    (void) state;
    struct world w;
    struct buf out;
    unsigned column;
    world_begin(&w);
    buf_init(&out, &w.env);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *code = open_text(&w, str_of(cases[i].text), &out, &column);
        if (strcmp(code, cases[i].code) || column != cases[i].column)
            fail_msg("%s: %s at %u", cases[i].text, code, column);
    }
    w.limits.file_size = 4;
    assert_string_equal(open_text(&w, STR("eyJhIjoxfQ=="), &out, &column), "E050");
    buf_release(&out);
    world_end(&w);
}

static void only_exports_look_like_one(void **state)
{
    (void) state;
    assert_true(envelope_is(STR("\nJTdCJTIyYSUyMiUzQTElN0Q=\n")));
    assert_true(envelope_is(STR("eyJhIjoxfQ==")));
    assert_false(envelope_is(STR("{\"a\":1}")));
    assert_false(envelope_is(STR("inboundCall:\n")));
    assert_false(envelope_is(STR("")));
}

static void where_json_is_wanted(void **state)
{
    (void) state;
    struct world w;
    world_begin(&w);
    assert_null(world_read(&w, STR("JTdCJTIyYSUyMiUzQTElN0Q=")));
    assert_int_equal(w.diags.items[0].code, DIAG_ENVELOPE_HERE);
    diags_clear(&w.diags);
    assert_null(world_read(&w, STR("[eyes]")));
    assert_int_equal(w.diags.items[0].code, DIAG_JSON_VALUE);
    diags_clear(&w.diags);
    world_end(&w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_inside),
        cmocka_unit_test(faults),
        cmocka_unit_test(only_exports_look_like_one),
        cmocka_unit_test(where_json_is_wanted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
