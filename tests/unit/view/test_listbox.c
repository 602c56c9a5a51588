#include "tests/unit/term/screen.h"

#include "tui/view/listbox.h"

#define TEXT(text) { text, sizeof(text) - 1 }
static const struct list_row tools[] = {
    { TEXT("Flow"), { NULL, 0 }, STYLE_NORMAL, 0, true },
    { TEXT("Set Post-Flow"), TEXT("setPostFlow"), STYLE_NORMAL, 2, false },
    { TEXT("Clear Post-Flow"), TEXT("clearPostFlow"), STYLE_NORMAL, 2, false },
    { TEXT("Logical"), { NULL, 0 }, STYLE_NORMAL, 0, true },
    { TEXT("Decision"), TEXT("decision"), STYLE_NORMAL, 2, false },
    { TEXT("Switch"), TEXT("switch"), STYLE_NORMAL, 2, false },
};
enum { TOOLS = sizeof(tools) / sizeof(tools[0]) };

static void tool_row(void *context, size_t index, struct list_row *out)
{
    (void)context;
    *out = tools[index];
}

struct fixture {
    struct env env;
    struct listbox list;
    struct canvas canvas;
};

static int setup_with(void **state, bool filterable)
{
    static struct fixture fixture;
    env_init(&fixture.env);
    listbox_init(&fixture.list, &fixture.env, filterable, tool_row, NULL);
    listbox_set_count(&fixture.list, TOOLS);
    canvas_init(&fixture.canvas, &fixture.env, true);
    canvas_resize(&fixture.canvas, 5, 30);
    *state = &fixture;
    return 0;
}

static int setup_filter(void **state)
{
    return setup_with(state, true);
}

static int setup_plain(void **state)
{
    return setup_with(state, false);
}

static int teardown(void **state)
{
    struct fixture *fixture = *state;
    listbox_release(&fixture->list);
    canvas_release(&fixture->canvas);
    return 0;
}

static enum list_result keys(struct fixture *f, const char *names)
{
    enum list_result result = LIST_UNUSED;
    while (*names) {
        size_t len = strcspn(names, " ");
        struct key key;
        assert_true(key_parse((struct str){ names, len }, &key));
        result = listbox_key(&f->list, key);
        names += len + (names[len] == ' ');
    }
    canvas_clear(&f->canvas);
    listbox_draw(&f->list, &f->canvas, canvas_area(&f->canvas), true);
    return result;
}

static void headings_are_passed(void **state)
{
    struct fixture *f = *state;
    keys(f, "");
    assert_int_equal(listbox_current(&f->list), 1);
    keys(f, "j j");
    assert_int_equal(listbox_current(&f->list), 4);
    EXPECT_SCREEN(&f->canvas, "Flow\n"
                              "  Set Post-Flow    setPostFlow\n"
                              "  Clear Post-Flow  clearPostF…\n"
                              "Logical\n"
                              "  Decision            decision\n");
    keys(f, "k");
    assert_int_equal(listbox_current(&f->list), 2);
    keys(f, "g");
    assert_int_equal(listbox_current(&f->list), 1);
    assert_int_equal(keys(f, "Enter"), LIST_CHOSEN);
    assert_int_equal(keys(f, "Esc"), LIST_CANCELLED);
    assert_int_equal(keys(f, "x"), LIST_UNUSED);
}

static void typing_filters(void **state)
{
    struct fixture *f = *state;
    assert_int_equal(keys(f, "p o s"), LIST_FILTERED);
    EXPECT_SCREEN(&f->canvas, "/pos\n"
                              "  Set Post-Flow    setPostFlow\n"
                              "  Clear Post-Flow  clearPostF…\n"
                              "\n"
                              "\n");
    EXPECT_STYLES(&f->canvas, "dfffffffffffffffffffffffffffff\n"
                              "CCCCCCCCCCCCCCCCCCCCCCCCCCCCCC\n"
                              "...................ddddddddddd\n"
                              "\n"
                              "\n");
    keys(f, "Down");
    assert_int_equal(listbox_current(&f->list), 2);
    keys(f, "x");
    assert_int_equal(listbox_current(&f->list), SIZE_MAX);
    assert_int_equal(keys(f, "Enter"), LIST_MOVED);
    EXPECT_SCREEN(&f->canvas, "/posx\n"
                              "nothing matches\n"
                              "\n"
                              "\n"
                              "\n");
    assert_int_equal(keys(f, "Esc"), LIST_FILTERED);
    assert_int_equal(keys(f, "Esc"), LIST_CANCELLED);
    assert_int_equal(keys(f, "Delete"), LIST_UNUSED);
}

static void alike_row(void *context, size_t index, struct list_row *out)
{
    static const struct list_row rows[] = {
        { TEXT("Call Decision Table"), { NULL, 0 }, STYLE_NORMAL, 0, false },
        { TEXT("Decision Group"), { NULL, 0 }, STYLE_NORMAL, 0, false },
        { TEXT("Decision"), { NULL, 0 }, STYLE_NORMAL, 0, false },
    };
    (void)context;
    *out = rows[index];
}

/* What was typed stands before what begins with it, and that before what has it somewhere. */
static void the_best_match_is_current(void **state)
{
    struct fixture *f = *state;
    f->list.row = alike_row;
    listbox_set_count(&f->list, 3);
    keys(f, "d e c i s i o");
    assert_int_equal(listbox_current(&f->list), 1);
    keys(f, "n");
    assert_int_equal(listbox_current(&f->list), 2);
    keys(f, "Space T");
    assert_int_equal(listbox_current(&f->list), 0);
}

static void leaving_the_filter_keeps_the_row(void **state)
{
    struct fixture *f = *state;
    keys(f, "s w i");
    assert_int_equal(listbox_current(&f->list), 5);
    keys(f, "Esc");
    assert_int_equal(listbox_current(&f->list), 5);
    listbox_select(&f->list, 1);
    assert_int_equal(listbox_current(&f->list), 1);
}

static void clicks_choose(void **state)
{
    struct fixture *f = *state;
    keys(f, "");
    assert_int_equal(listbox_click(&f->list, canvas_area(&f->canvas), 2), LIST_MOVED);
    assert_int_equal(listbox_current(&f->list), 2);
    assert_int_equal(listbox_click(&f->list, canvas_area(&f->canvas), 2), LIST_CHOSEN);
    assert_int_equal(listbox_click(&f->list, canvas_area(&f->canvas), 3), LIST_UNUSED);
    assert_int_equal(listbox_click(&f->list, canvas_area(&f->canvas), 9), LIST_UNUSED);
}

/* Rows are asked for when they are drawn. */
struct big {
    struct buf text;
    size_t asked;
};

static void big_row(void *context, size_t index, struct list_row *out)
{
    struct big *big = context;
    big->asked++;
    buf_clear(&big->text);
    buf_addf(&big->text, "row %zu", index);
    out->text = buf_str(&big->text);
}

static void a_hundred_thousand_rows(void **state)
{
    struct fixture *f = *state;
    struct big big = { .asked = 0 };
    buf_init(&big.text, &f->env);
    f->list.row = big_row;
    f->list.context = &big;
    listbox_set_count(&f->list, 100000);
    big.asked = 0;
    keys(f, "G k PageUp g j G");
    assert_true(big.asked < 40);
    assert_int_equal(listbox_current(&f->list), 99999);
    EXPECT_SCREEN(&f->canvas, "row 99995\nrow 99996\nrow 99997\nrow 99998\nrow 99999\n");
    listbox_set_count(&f->list, 3);
    assert_int_equal(listbox_current(&f->list), 2);
    listbox_set_count(&f->list, 0);
    assert_int_equal(listbox_current(&f->list), SIZE_MAX);
    keys(f, "j k G g PageDown");
    EXPECT_SCREEN(&f->canvas, "\n\n\n\n\n");
    buf_release(&big.text);
}

static void scrolling(void **state)
{
    (void)state;
    struct scroll scroll = { .count = 0 };
    scroll_fit(&scroll, 100, 10);
    scroll_by(&scroll, 12);
    assert_int_equal(scroll.top, 3);
    scroll_key(&scroll, KEY_OF(SPECIAL_PAGE_DOWN), false);
    assert_int_equal(scroll.top, 13);
    assert_int_equal(scroll.cursor, 22);
    scroll_key(&scroll, KEY_OF(SPECIAL_END), false);
    assert_int_equal(scroll.top, 90);
    scroll_window(&scroll, -5);
    assert_int_equal(scroll.top, 85);
    assert_int_equal(scroll.cursor, 94);
    scroll_reveal(&scroll, 50);
    assert_int_equal(scroll.top, 45);
    scroll_fit(&scroll, 20, 30);
    assert_int_equal(scroll.top, 0);
    assert_int_equal(scroll.cursor, 19);
    scroll_fit(&scroll, 0, 0);
    scroll_by(&scroll, 5);
    scroll_by(&scroll, -5);
    assert_int_equal(scroll.cursor, 0);
    assert_false(scroll_key(&scroll, KEY_OF('j'), false));
    assert_true(scroll_key(&scroll, KEY_OF('j'), true));
}

int main(void)
{
#define PLAIN(name) cmocka_unit_test_setup_teardown(name, setup_plain, teardown)
#define FILTER(name) cmocka_unit_test_setup_teardown(name, setup_filter, teardown)
    const struct CMUnitTest tests[] = {
        PLAIN(headings_are_passed), FILTER(typing_filters),
        FILTER(the_best_match_is_current),
        FILTER(leaving_the_filter_keeps_the_row), PLAIN(clicks_choose),
        PLAIN(a_hundred_thousand_rows), cmocka_unit_test(scrolling),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
