#include "engine/base/str.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include "engine/base/env.h"
#include "engine/base/mem.h"

static int buf_setup(void **state)
{
    static struct env env;
    static struct buf buf;

    env_init(&env);
    buf_init(&buf, &env);
    *state = &buf;
    return 0;
}

static int buf_teardown(void **state)
{
    buf_release(*state);
    return 0;
}

static void compares_by_bytes_and_length(void **state)
{
    (void) state;
    assert_true(str_eq(STR("a\0b"), STR("a\0b")));
    assert_false(str_eq(STR("a\0b"), STR("a\0c")));
    assert_false(str_is(STR("a\0b"), "a"));
    assert_true(str_eq(STR_NONE, STR("")));
    assert_true(str_is(STR_NONE, NULL));
    assert_true(str_compare(STR("a"), STR("ab")) < 0);
    assert_true(str_compare(STR("b"), STR("ab")) > 0);
    assert_true(str_compare(STR("\xff"), STR("a")) > 0);
    assert_int_equal(str_compare(STR_NONE, STR("")), 0);
}

static void letter_case(void **state)
{
    (void) state;
    assert_true(str_eq_nocase(STR("Flow.X_9"), STR("fLOW.x_9")));
    assert_false(str_eq_nocase(STR("@"), STR("`")));
    assert_false(str_eq_nocase(STR("\xc3\x84"), STR("\xc3\xa4"))); /* only ASCII folds */
    assert_true(str_contains_nocase(STR("Set Post-Flow"), STR("post")));
    assert_true(str_contains_nocase(STR("abc"), STR("C")));
    assert_true(str_contains_nocase(STR(""), STR("")));
    assert_false(str_contains_nocase(STR("abc"), STR("abcd")));
}

static void starts_ends_and_finds(void **state)
{
    (void) state;
    assert_true(str_starts(STR("x.flow.json"), STR("x.")));
    assert_false(str_starts(STR("x"), STR("x.")));
    assert_true(str_ends(STR("x.flow.json"), STR(".flow.json")));
    assert_false(str_ends(STR("json"), STR(".json")));
    assert_true(str_ends(STR("x"), STR_NONE));
    assert_int_equal(str_find_char(STR("a/b/c"), '/'), 1);
    assert_int_equal(str_find_char(STR("abc"), '/'), -1);
    assert_int_equal(str_find_char(STR_NONE, '/'), -1);
}

static void trims_blanks_only(void **state)
{
    (void) state;
    assert_true(str_is(str_trim(STR(" \t\r\n a b \n")), "a b"));
    assert_true(str_is(str_trim(STR(" \n ")), ""));
    assert_true(str_eq(str_trim(STR("\0a\v")), STR("\0a\v")));
    assert_true(str_is(str_trim(STR_NONE), ""));
}

static void whole_numbers(void **state)
{
    static const struct {
        const char *text;
        bool ok;
        int64_t value;
    } cases[] = {
        { "0", true, 0 },
        { "-0", true, 0 },
        { "0012", true, 12 },
        { "9223372036854775807", true, INT64_MAX },
        { "-9223372036854775808", true, INT64_MIN },
        { "9223372036854775808", false, 0 },
        { "-9223372036854775809", false, 0 },
        { "99999999999999999999999", false, 0 },
        { "", false, 0 },
        { "-", false, 0 },
        { "+1", false, 0 },
        { " 1", false, 0 },
        { "1 ", false, 0 },
        { "1.0", false, 0 },
        { "0x1", false, 0 },
    };

    (void) state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        int64_t value = 42;

        if (str_to_int(str_of(cases[i].text), &value) != cases[i].ok)
            fail_msg("%s", cases[i].text);
        assert_int_equal(value, cases[i].ok ? cases[i].value : 42);
    }
}

static void hash_sees_every_byte_and_the_length(void **state)
{
    char text[40] = { 0 };
    uint64_t seen[41 + 40];
    size_t count = 0;

    (void) state;
    for (size_t len = 0; len <= sizeof text; len++)
        seen[count++] = str_hash((struct str){ text, len });
    for (size_t i = 0; i < sizeof text; i++) {
        text[i] = 1;
        seen[count++] = str_hash((struct str){ text, sizeof text });
        text[i] = 0;
    }
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < i; j++)
            assert_true(seen[i] != seen[j]);
    assert_int_equal(str_hash(STR_NONE), str_hash(STR("")));
}

static void hash_in_pieces_is_the_same(void **state)
{
    const struct str text = STR("The quick brown fox jumps over the lazy dog, twice over.");

    (void) state;
    for (size_t a = 0; a <= text.len; a++) {
        for (size_t b = a; b <= text.len; b++) {
            struct str_hasher hasher;

            str_hasher_init(&hasher);
            str_hasher_add(&hasher, str_slice(text, 0, a));
            str_hasher_add(&hasher, str_slice(text, a, b));
            str_hasher_add(&hasher, str_slice(text, b, text.len));
            assert_int_equal(str_hasher_end(&hasher), str_hash(text));
        }
    }
}

static void buffer_grows_and_ends_with_nul(void **state)
{
    struct buf *buf = *state;

    for (int i = 0; i < 1000; i++) {
        buf_add_char(buf, (char) ('a' + i % 26));
        assert_int_equal(buf->ptr[buf->len], '\0');
        assert_true(buf->len < buf->cap);
    }
    assert_int_equal(buf->len, 1000);
    buf_truncate(buf, 2);
    assert_string_equal(buf->ptr, "ab");
    buf_add(buf, STR("\0c"));
    assert_true(str_eq(buf_str(buf), STR("ab\0c")));
    buf_clear(buf);
    assert_string_equal(buf->ptr, "");
    buf_add(buf, STR_NONE);
    buf_add_text(buf, NULL);
    assert_int_equal(buf->len, 0);
}

static void buffer_writes_numbers_and_formats(void **state)
{
    struct buf *buf = *state;
    char longer[300];

    buf_add_int(buf, INT64_MIN);
    buf_add_repeat(buf, '.', 3);
    buf_addf(buf, "%s|%.*s", "x", STR_ARG(STR("yz")));
    assert_string_equal(buf->ptr, "-9223372036854775808...x|yz");
    memset(longer, 'q', sizeof longer - 1);
    longer[sizeof longer - 1] = '\0';
    buf_clear(buf);
    buf_addf(buf, "%s", longer);
    assert_string_equal(buf->ptr, longer);
}

static void buffer_splices(void **state)
{
    struct buf *buf = *state;

    buf_add(buf, STR("0123456789"));
    buf_splice(buf, 2, 4, STR("abc"));
    assert_string_equal(buf->ptr, "01abc456789");
    buf_splice(buf, 0, 5, STR_NONE);
    assert_string_equal(buf->ptr, "456789");
    buf_splice(buf, 6, 6, STR("!"));
    assert_string_equal(buf->ptr, "456789!");
}

static void buffer_gives_its_text_away(void **state)
{
    struct buf *buf = *state;
    char *text = buf_steal(buf);

    assert_string_equal(text, "");
    mem_free(buf->env, text);
    buf_add(buf, STR("mine"));
    text = buf_steal(buf);
    assert_string_equal(text, "mine");
    assert_null(buf->ptr);
    assert_int_equal(buf->len, 0);
    mem_free(buf->env, text);
}

#define BUF_TEST(name) cmocka_unit_test_setup_teardown(name, buf_setup, buf_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(compares_by_bytes_and_length),
        cmocka_unit_test(letter_case),
        cmocka_unit_test(starts_ends_and_finds),
        cmocka_unit_test(trims_blanks_only),
        cmocka_unit_test(whole_numbers),
        cmocka_unit_test(hash_sees_every_byte_and_the_length),
        cmocka_unit_test(hash_in_pieces_is_the_same),
        BUF_TEST(buffer_grows_and_ends_with_nul),
        BUF_TEST(buffer_writes_numbers_and_formats),
        BUF_TEST(buffer_splices),
        BUF_TEST(buffer_gives_its_text_away),
    };

    return cmocka_run_group_tests_name("str", tests, NULL, NULL);
}
