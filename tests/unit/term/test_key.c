#include "tests/unit/term/screen.h"

#include "tui/term/key.h"

struct row {
    const char *text;
    struct key key;
    const char *name; /* the canonical one */
};

static const struct row rows[] = {
    { "a", { 'a', 0 }, "a" },
    { "A", { 'A', 0 }, "A" },
    { "\xc3\xa9", { 0xE9, 0 }, "\xc3\xa9" },
    { "C-p", { 'p', MOD_CTRL }, "C-p" },
    { "C-P", { 'p', MOD_CTRL }, "C-p" },
    { "M-x", { 'x', MOD_ALT }, "M-x" },
    { "M-X", { 'X', MOD_ALT }, "M-X" },
    { "C-M-x", { 'x', MOD_ALT | MOD_CTRL }, "C-M-x" },
    { "M-C-x", { 'x', MOD_ALT | MOD_CTRL }, "C-M-x" },
    { "F1", { SPECIAL_F1, 0 }, "F1" },
    { "f12", { SPECIAL_F12, 0 }, "F12" },
    { "S-F3", { SPECIAL_F1 + 2, MOD_SHIFT }, "S-F3" },
    { "Enter", { SPECIAL_ENTER, 0 }, "Enter" },
    { "return", { SPECIAL_ENTER, 0 }, "Enter" },
    { "Backtab", { SPECIAL_TAB, MOD_SHIFT }, "S-Tab" },
    { "S-Tab", { SPECIAL_TAB, MOD_SHIFT }, "S-Tab" },
    { "Space", { ' ', 0 }, "Space" },
    { "C-Space", { ' ', MOD_CTRL }, "C-Space" },
    { "PgUp", { SPECIAL_PAGE_UP, 0 }, "PageUp" },
    { "C-Left", { SPECIAL_LEFT, MOD_CTRL }, "C-Left" },
    { "Esc", { SPECIAL_ESC, 0 }, "Esc" },
    { "-", { '-', 0 }, "-" },
    { "C--", { '-', MOD_CTRL }, "C--" },
    { "C", { 'C', 0 }, "C" },
    { "F", { 'F', 0 }, "F" },
};

static void names_are_read(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct key key;
        if (!key_parse(str_of(rows[i].text), &key) || !key_eq(key, rows[i].key))
            fail_msg("%s", rows[i].text);
    }
}

static void names_are_written(void **state)
{
    (void)state;
    struct env env;
    struct buf name;
    env_init(&env);
    buf_init(&name, &env);
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        buf_clear(&name);
        key_show(&name, rows[i].key);
        assert_string_equal(name.ptr, rows[i].name);
    }
    buf_release(&name);
}

static void what_is_no_key_is_refused(void **state)
{
    (void)state;
    static const char *const bad[] = { "", "F0", "F13", "F01", "S-a", "C-", "ab", "C-C-x", "\033",
                                       "\xff", "Entr", "X-a", "F1x" };
    struct key key;
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
        if (key_parse(str_of(bad[i]), &key))
            fail_msg("%s", bad[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_are_read),
        cmocka_unit_test(names_are_written),
        cmocka_unit_test(what_is_no_key_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
