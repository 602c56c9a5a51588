#include "engine/base/utf8.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>
#include "engine/base/env.h"
#include "engine/base/mem.h"

static int setup(void **state)
{
    static struct env env;
    static struct buf buf;

    env_init(&env);
    buf_init(&buf, &env);
    *state = &buf;
    return 0;
}

static int teardown(void **state)
{
    buf_release(*state);
    return 0;
}

static bool is_scalar(uint32_t code)
{
    return code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
}

static void every_code_point_there_and_back(void **state)
{
    struct buf *buf = *state;

    for (uint32_t code = 0; code <= 0x10ffff; code++) {
        size_t at = 0;

        if (!is_scalar(code))
            continue;
        buf_clear(buf);
        buf_add_code(buf, code);
        if (utf8_next(buf_str(buf), &at) != code || at != buf->len ||
            utf8_check(buf_str(buf)) != buf->len || utf8_prev(buf_str(buf), buf->len) != 0)
            fail_msg("U+%04X", code);
    }
}

/* Every sequence of one to three bytes, and all beginnings of four, against the definition. */
static bool is_valid(const unsigned char *bytes, size_t len)
{
    uint32_t code = 0, least;

    if (len == 1)
        return bytes[0] < 0x80;
    if ((unsigned) bytes[0] >> (7 - len) != (2u << len) - 2)
        return false;
    code = bytes[0] & (0x7fu >> len);
    for (size_t i = 1; i < len; i++) {
        if (bytes[i] >> 6 != 2)
            return false;
        code = code << 6 | (bytes[i] & 0x3f);
    }
    least = len == 2 ? 0x80 : len == 3 ? 0x800 : 0x10000;
    return code >= least && is_scalar(code);
}

static void expect_as_defined(const unsigned char *bytes, size_t len)
{
    struct str s = { (const char *) bytes, len };
    size_t at = 0;
    uint32_t code = utf8_next(s, &at);
    bool valid = false;

    for (size_t part = 1; part <= len && !valid; part++)
        valid = is_valid(bytes, part) && at == part && code != UTF8_BAD;
    if (!valid) {
        bool could_be = false;

        for (size_t part = 1; part <= len; part++)
            could_be = could_be || is_valid(bytes, part);
        if (could_be || code != UTF8_BAD || at != 1 || utf8_check(s) != 0)
            fail_msg("%02x %02x %02x %02x (%zu)", bytes[0], bytes[1], bytes[2], bytes[3], len);
    }
}

static void every_invalid_form(void **state)
{
    static const unsigned char edges[] = { 0x00, 0x7f, 0x80, 0x8f, 0x90,
                                           0x9f, 0xa0, 0xbf, 0xc0, 0xff };
    unsigned char bytes[4] = { 0 };

    (void) state;
    for (unsigned first = 0; first < 256; first++) {
        bytes[0] = (unsigned char) first;
        expect_as_defined(bytes, 1);
        for (unsigned second = 0; second < 256; second++) {
            bytes[1] = (unsigned char) second;
            expect_as_defined(bytes, 2);
            for (size_t i = 0; i < sizeof edges; i++) {
                bytes[2] = edges[i];
                expect_as_defined(bytes, 3);
                for (size_t j = 0; j < sizeof edges; j++) {
                    bytes[3] = edges[j];
                    expect_as_defined(bytes, 4);
                }
            }
        }
    }
}

static void named_invalid_forms(void **state)
{
    static const struct {
        const char *what, *bytes;
    } cases[] = {
        { "continuation alone", "\x80" },
        { "overlong slash", "\xc0\xaf" },
        { "overlong slash of three", "\xe0\x80\xaf" },
        { "overlong slash of four", "\xf0\x80\x80\xaf" },
        { "surrogate", "\xed\xa0\x80" },
        { "surrogate pair", "\xed\xa0\xbd\xed\xb8\x80" },
        { "over U+10FFFF", "\xf4\x90\x80\x80" },
        { "five bytes", "\xf8\x88\x80\x80\x80" },
        { "cut off", "\xe2\x82" },
        { "cut off by ASCII", "\xe2\x82x" },
        { "Latin-1", "\xe4hnlich" },
        { "never", "\xff" },
    };

    (void) state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct str s = str_of(cases[i].bytes);
        size_t at = 0;

        assert_int_equal(utf8_check(s), 0);
        if (utf8_next(s, &at) != UTF8_BAD || at != 1)
            fail_msg("%s", cases[i].what);
    }
}

static void check_finds_the_first_wherever_it_is(void **state)
{
    char text[100];

    (void) state;
    for (size_t bad = 0; bad < sizeof text; bad++) {
        for (size_t len = bad + 1; len <= sizeof text; len += 7) {
            memset(text, 'a', sizeof text);
            text[bad] = '\xff';
            assert_int_equal(utf8_check((struct str){ text, len }), bad);
        }
        assert_int_equal(utf8_check((struct str){ text, bad }), bad);
    }
    assert_int_equal(utf8_check(STR("aaaaaaa\xc3\xa4 and then ASCII again")), 30);
    assert_int_equal(utf8_check(STR_NONE), 0);
}

static void steps_backwards_as_forwards(void **state)
{
    struct str s = STR("a\xc3\xa4\x80\xe2\x82\xac\xe2\x82\xf0\x9f\x98\x80\xed\xa0\x80z");
    size_t starts[32], count = 0;

    (void) state;
    for (size_t at = 0; at < s.len; utf8_next(s, &at))
        starts[count++] = at;
    for (size_t at = s.len; at > 0;) {
        at = utf8_prev(s, at);
        assert_int_equal(at, starts[--count]);
    }
    assert_int_equal(count, 0);
}

static void counts_code_points(void **state)
{
    (void) state;
    assert_int_equal(utf8_count(STR("a\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80")), 4);
    assert_int_equal(utf8_count(STR("\xff\xff")), 2);
    assert_int_equal(utf8_count(STR_NONE), 0);
}

static void widths(void **state)
{
    static const struct {
        uint32_t code;
        int width;
    } cases[] = {
        { 'a', 1 },     { 0xe4, 1 },  { 0x301, 0 },  { 0x20e3, 0 },   { 0x4e00, 2 }, { 0xff21, 2 },
        { 0x1f600, 2 }, { 0x903, 1 }, { 0x1160, 0 }, { 0x1100, 2 },   { 0x2502, 1 }, { 0xfffd, 1 },
        { 0, 1 },       { 0x1b, 1 },  { 0x9b, 1 },   { UTF8_BAD, 1 },
    };

    (void) state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        if (utf8_width(cases[i].code) != cases[i].width)
            fail_msg("U+%04X is %d wide", cases[i].code, utf8_width(cases[i].code));
    assert_int_equal(utf8_columns(STR("a\xcc\x81\xe4\xb8\x80z")), 4);
}

static void expect_shown(struct buf *buf, struct str s, const char *wanted)
{
    buf_clear(buf);
    buf_add_shown(buf, s, false);
    assert_string_equal(buf->ptr ? buf->ptr : "", wanted);
}

static void shown_up_to_9f(void **state)
{
    struct buf *buf = *state;
    struct buf text;

    buf_init(&text, buf->env);
    for (uint32_t code = 0; code <= 0x9f; code++) {
        char wanted[8];

        if (code < 0x20 || code == 0x7f)
            snprintf(wanted, sizeof wanted, "^%c", code == 0x7f ? '?' : (char) (code + '@'));
        else if (code < 0x7f)
            snprintf(wanted, sizeof wanted, "%c", (char) code);
        else
            snprintf(wanted, sizeof wanted, "<%02X>", (unsigned) code);
        buf_clear(&text);
        buf_add_code(&text, code);
        expect_shown(buf, buf_str(&text), wanted);
        assert_int_equal(utf8_needs_mark(code), code < 0x20 || code > 0x7e);
    }
    buf_release(&text);
}

static void shown_marks(void **state)
{
    struct buf *buf = *state;

    expect_shown(buf, STR("\x1b]0;x\x07"), "^[]0;x^G");
    expect_shown(buf, STR("\xc2\x9b[m"), "<9B>[m");
    expect_shown(buf, STR("a\x9b\xff"), "a<9B><FF>");
    expect_shown(buf, STR("\xe2\x80\xae"), "<U+202E>");
    expect_shown(buf, STR("\xe2\x81\xa6\xe2\x81\xa9"), "<U+2066><U+2069>");
    expect_shown(buf, STR("\xe2\x80\x8e\xe2\x80\x8f"), "<U+200E><U+200F>");
    expect_shown(buf, STR("\xd8\x9c"), "<U+061C>");
    expect_shown(buf, STR("\xef\xbb\xbf"), "<U+FEFF>");
    expect_shown(buf, STR("\xe2\x80\xa8\xe2\x80\xa9"), "<U+2028><U+2029>");
    expect_shown(buf, STR("\xee\x80\x80"), "<U+E000>");      /* private use */
    expect_shown(buf, STR("\xcd\xb8"), "<U+0378>");          /* unassigned */
    expect_shown(buf, STR("\xf3\xa0\x80\x81"), "<U+E0001>"); /* tags */
    expect_shown(buf, STR("\xef\xbf\xbf"), "<U+FFFF>");
    expect_shown(buf, STR("\xe2\x80\x8b"), "<U+200B>");
    expect_shown(buf, STR("\xc3\xa4 \xe4\xb8\x80 \xf0\x9f\x98\x80"),
                 "\xc3\xa4 \xe4\xb8\x80 \xf0\x9f\x98\x80");
    expect_shown(buf, STR("a\tb\nc\r"), "a^Ib^Jc^M");
}

static void shown_lines(void **state)
{
    struct buf *buf = *state;

    buf_add_shown(buf, STR("a\tb\r\nc"), true);
    assert_string_equal(buf->ptr, "a^Ib^M\nc");
}

static void eight_combining_marks_at_most(void **state)
{
    struct buf *buf = *state;
    struct buf text;

    buf_init(&text, buf->env);
    buf_add_char(&text, 'a');
    for (int i = 0; i < 10000; i++)
        buf_add(&text, STR("\xcc\x81"));
    buf_add(&text, STR("b\xcc\x81"));
    buf_add_shown(buf, buf_str(&text), false);
    assert_int_equal(buf->len, 1 + 8 * 2 + 1 + 2);
    buf_release(&text);
}

/* The promise: whatever goes in, no control comes out and it is UTF-8. */
static void nothing_gets_through(void **state)
{
    struct buf *buf = *state;
    uint64_t seed = 20261123;

    for (int round = 0; round < 2000; round++) {
        char bytes[64];

        for (size_t i = 0; i < sizeof bytes; i++) {
            seed = seed * 6364136223846793005u + 1442695040888963407u;
            bytes[i] = (char) (seed >> 56);
        }
        buf_clear(buf);
        buf_add_shown(buf, (struct str){ bytes, sizeof bytes }, false);
        assert_int_equal(utf8_check(buf_str(buf)), buf->len);
        for (size_t at = 0; at < buf->len;)
            assert_false(utf8_needs_mark(utf8_next(buf_str(buf), &at)));
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(every_code_point_there_and_back),
        TEST(every_invalid_form),
        TEST(named_invalid_forms),
        TEST(check_finds_the_first_wherever_it_is),
        TEST(steps_backwards_as_forwards),
        TEST(counts_code_points),
        TEST(widths),
        TEST(shown_up_to_9f),
        TEST(shown_marks),
        TEST(shown_lines),
        TEST(eight_combining_marks_at_most),
        TEST(nothing_gets_through),
    };

    return cmocka_run_group_tests_name("utf8", tests, NULL, NULL);
}
