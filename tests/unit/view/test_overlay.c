#include "tests/unit/term/screen.h"

#include "tui/view/overlay.h"

struct fixture {
    struct env env;
    struct canvas canvas;
    struct overlay *overlay;
};

static int setup(void **state)
{
    static struct fixture fixture;
    env_init(&fixture.env);
    canvas_init(&fixture.canvas, &fixture.env, true);
    canvas_resize(&fixture.canvas, 12, 50);
    fixture.overlay = NULL;
    *state = &fixture;
    return 0;
}

static int teardown(void **state)
{
    struct fixture *f = *state;
    while (f->overlay) {
        struct overlay *below = f->overlay->below;
        overlay_free(f->overlay);
        f->overlay = below;
    }
    canvas_release(&f->canvas);
    return 0;
}

static void put(struct fixture *f, enum overlay_kind kind, struct str title)
{
    struct overlay *overlay = overlay_new(&f->env, kind, title);
    overlay->below = f->overlay;
    f->overlay = overlay;
}

/* Keys by their names; `command` gets what the last one gave. */
static enum overlay_result keys(struct fixture *f, const char *names, struct str *command)
{
    enum overlay_result result = OVERLAY_OPEN;
    *command = STR_NONE;
    while (*names) {
        size_t len = strcspn(names, " ");
        struct key key;
        assert_true(key_parse((struct str){ names, len }, &key));
        result = overlay_key(f->overlay, key, command);
        names += len + (names[len] == ' ');
    }
    canvas_clear(&f->canvas);
    overlay_draw(f->overlay, &f->canvas);
    return result;
}

static void queues(struct fixture *f, bool free_text)
{
    put(f, OVERLAY_PICK, STR("Queue"));
    overlay_pick(f->overlay, STR("Known"), STR_NONE, STR_NONE);
    overlay_pick(f->overlay, STR("Support"), STR("de"), STR("set queue Support"));
    overlay_pickf(f->overlay, STR("Sales"), STR_NONE, "set queue %s", "Sales");
    f->overlay->free_text = free_text;
    f->overlay->prefix = STR("set queue ");
    overlay_ready(f->overlay, STR("Sales"));
}

static void picking(void **state)
{
    struct fixture *f = *state;
    struct str command;
    queues(f, false);
    assert_int_equal(keys(f, "Enter", &command), OVERLAY_COMMAND);
    assert_true(str_is(command, "set queue Sales")); /* it stands on what is set */
    assert_int_equal(keys(f, "Up Enter", &command), OVERLAY_COMMAND);
    assert_true(str_is(command, "set queue Support"));
    /* A heading is passed. */
    assert_int_equal(keys(f, "Up Up Enter", &command), OVERLAY_COMMAND);
    assert_true(str_is(command, "set queue Support"));
    EXPECT_SCREEN(&f->canvas, "\n\n\n"
                              "  ┌ Queue ─────────────────────────────────────┐\n"
                              "  │ /                                          │\n"
                              "  │ Known                                      │\n"
                              "  │ Support                                 de │\n"
                              "  │ Sales                                      │\n"
                              "  └ Enter take, type to filter  Esc leave ─────┘\n"
                              "\n\n\n");
    assert_int_equal(keys(f, "Esc", &command), OVERLAY_CLOSED);
}

static void filters(void **state)
{
    struct fixture *f = *state;
    struct str command;
    queues(f, false);
    assert_int_equal(keys(f, "d e Enter", &command), OVERLAY_COMMAND);
    assert_true(str_is(command, "set queue Support")); /* found by its detail */
    assert_int_equal(keys(f, "x Enter", &command), OVERLAY_OPEN);
    assert_int_equal(command.len, 0);
    assert_int_equal(keys(f, "Esc", &command), OVERLAY_OPEN); /* first the filter goes */
    assert_int_equal(keys(f, "Esc", &command), OVERLAY_CLOSED);
    overlay_paste(f->overlay, STR("sal\n"));
    assert_int_equal(keys(f, "Enter", &command), OVERLAY_OPEN); /* "sal " is nobody's */
    keys(f, "Esc", &command);
    overlay_paste(f->overlay, STR("sal"));
    assert_int_equal(keys(f, "Enter", &command), OVERLAY_COMMAND);
    assert_true(str_is(command, "set queue Sales"));
}

static void typed_names_are_taken(void **state)
{
    struct fixture *f = *state;
    struct str command;
    queues(f, true);
    assert_int_equal(keys(f, "N e w", &command), OVERLAY_OPEN);
    assert_int_equal(keys(f, "Enter", &command), OVERLAY_COMMAND);
    assert_true(str_is(command, "set queue New"));
    keys(f, "Esc = F l o w", &command);
    assert_int_equal(keys(f, "Enter", &command), OVERLAY_COMMAND);
    assert_true(str_is(command, "set queue =Flow"));
    /* A list without anything to pick. */
    put(f, OVERLAY_PICK, STR("Nothing"));
    f->overlay->free_text = true;
    f->overlay->prefix = STR("x ");
    overlay_ready(f->overlay, STR_NONE);
    assert_int_equal(keys(f, "Enter", &command), OVERLAY_OPEN);
    assert_int_equal(keys(f, "a Enter", &command), OVERLAY_COMMAND);
    assert_true(str_is(command, "x a"));
}

static void clicks(void **state)
{
    struct fixture *f = *state;
    struct str command = STR_NONE;
    queues(f, false);
    keys(f, "Home", &command);
    assert_int_equal(overlay_click(f->overlay, &f->canvas, 7, &command), OVERLAY_OPEN);
    assert_int_equal(overlay_click(f->overlay, &f->canvas, 7, &command), OVERLAY_COMMAND);
    assert_true(str_is(command, "set queue Sales"));
    assert_int_equal(overlay_click(f->overlay, &f->canvas, 0, &command), OVERLAY_OPEN);
}

static void questions(void **state)
{
    struct fixture *f = *state;
    struct str command;
    put(f, OVERLAY_ASK, STR("Unsaved"));
    overlay_ask(f->overlay, STR("Save?"), STYLE_WARNING);
    overlay_answer(f->overlay, "s", "save", STR("write-all"));
    overlay_answer(f->overlay, "d", "discard", STR("quit!"));
    overlay_answer(f->overlay, "c", "cancel", STR_NONE);
    assert_int_equal(keys(f, "d", &command), OVERLAY_COMMAND);
    assert_true(str_is(command, "quit!"));
    assert_int_equal(keys(f, "x", &command), OVERLAY_OPEN);
    assert_int_equal(keys(f, "Enter", &command), OVERLAY_COMMAND);
    assert_true(str_is(command, "write-all"));
    assert_int_equal(keys(f, "c", &command), OVERLAY_CLOSED); /* nothing to run */
    assert_int_equal(keys(f, "Esc", &command), OVERLAY_CLOSED);
    assert_int_equal(command.len, 0);
    for (int i = 0; i < 20; i++) /* more than there is room for */
        overlay_answer(f->overlay, "z", "more", STR("more"));
    assert_int_equal(f->overlay->dialog.count, 6);
}

static size_t no_x(void *context, struct str text, struct buf *why)
{
    ptrdiff_t at = str_find_char(text, 'x');
    (void)context;
    if (at < 0)
        return SIZE_MAX;
    buf_add_text(why, "1: no x here");
    return (size_t)at;
}

static void texts_are_checked_while_they_are_typed(void **state)
{
    struct fixture *f = *state;
    struct str command;
    put(f, OVERLAY_TEXT, STR("Invocation Data"));
    overlay_text(f->overlay, STR("set invocationData "), STR("ab"), no_x, NULL);
    assert_int_equal(keys(f, "x", &command), OVERLAY_OPEN);
    assert_int_equal(f->overlay->edit.mark, 2);
    EXPECT_SCREEN(&f->canvas, "\n\n"
                              "  ┌ Invocation Data ───────────────────────────┐\n"
                              "  │ abx                                        │\n"
                              "  │                                            │\n"
                              "  │                                            │\n"
                              "  │                                            │\n"
                              "  │                                            │\n"
                              "  │ 1: no x here                               │\n"
                              "  └ C-s take  Esc leave  C-e editor ───────────┘\n"
                              "\n\n");
    assert_int_equal(keys(f, "C-s", &command), OVERLAY_OPEN); /* not like that */
    keys(f, "Backspace Enter c", &command);
    assert_int_equal(f->overlay->edit.mark, SIZE_MAX);
    assert_int_equal(f->overlay->why.len, 0);
    assert_int_equal(keys(f, "C-s", &command), OVERLAY_COMMAND);
    assert_true(str_is(command, "set invocationData ab\nc"));
    overlay_paste(f->overlay, STR("x"));
    assert_int_equal(keys(f, "C-s", &command), OVERLAY_OPEN);
    assert_int_equal(keys(f, "C-e", &command), OVERLAY_EDITOR);
    /* What comes from an editor is checked too, for better and for worse. */
    overlay_edited(f->overlay, STR("fine"));
    assert_int_equal(keys(f, "C-s", &command), OVERLAY_COMMAND);
    assert_true(str_is(command, "set invocationData fine"));
    overlay_edited(f->overlay, STR("axb"));
    assert_int_equal(keys(f, "C-s", &command), OVERLAY_OPEN);
    assert_int_equal(f->overlay->edit.mark, 1);
    assert_int_equal(keys(f, "Esc", &command), OVERLAY_CLOSED);
}

static void pages(void **state)
{
    struct fixture *f = *state;
    struct str command;
    put(f, OVERLAY_PAGE, STR("Help"));
    overlay_page(f->overlay, STR("# Target\nWho is \033]0;transferred."));
    keys(f, "Down", &command);
    EXPECT_SCREEN(&f->canvas, "\n\n"
                              " ┌ Help ────────────────────────────────────────┐\n"
                              " │ Target                                       │\n"
                              " │ Who is ^[]0;transferred.                     │\n"
                              " │                                              │\n"
                              " │                                              │\n"
                              " │                                              │\n"
                              " │                                              │\n"
                              " └ Up Down PageUp PageDown  Esc leave ──────────┘\n"
                              "\n\n");
    assert_int_equal(keys(f, "x", &command), OVERLAY_OPEN);
    assert_int_equal(keys(f, "q", &command), OVERLAY_CLOSED);
    /* Its keys stand in the frame and run their commands. */
    overlay_answer(f->overlay, "R", "restart", STR("restart"));
    overlay_answer(f->overlay, "n", "why not", STR("page why-not"));
    overlay_page(f->overlay, STR("1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12"));
    keys(f, "Home", &command);
    keys(f, "End", &command);
    keys(f, "Up", &command);
    EXPECT_SCREEN(&f->canvas, "\n"
                              " ┌ Help ────────────────────────────────────────┐\n"
                              " │ 4                                           ↑│\n"
                              " │ 5                                            │\n"
                              " │ 6                                            │\n"
                              " │ 7                                            │\n"
                              " │ 8                                            │\n"
                              " │ 9                                            │\n"
                              " │ 10                                           │\n"
                              " │ 11                                          ↓│\n"
                              " └ R restart  n why not  Esc leave ─────────────┘\n"
                              "\n");
    assert_int_equal(keys(f, "R", &command), OVERLAY_COMMAND);
    assert_true(str_is(command, "restart"));
    assert_int_equal(keys(f, "n", &command), OVERLAY_COMMAND);
    assert_true(str_is(command, "page why-not"));
}

static void they_lie_on_each_other_and_fit_any_screen(void **state)
{
    struct fixture *f = *state;
    struct str command;
    queues(f, true);
    put(f, OVERLAY_ASK, STR("Sure?"));
    overlay_ask(f->overlay, STR("Really?"), STYLE_NORMAL);
    overlay_answer(f->overlay, "y", "yes", STR("x"));
    keys(f, "Down", &command);
    struct buf text;
    buf_init(&text, &f->env);
    canvas_dump(&f->canvas, &text);
    assert_non_null(strstr(text.ptr, "Really?"));
    assert_non_null(strstr(text.ptr, "Queue"));
    buf_release(&text);
    put(f, OVERLAY_TEXT, STR("Text"));
    overlay_text(f->overlay, STR("x "), STR("abc"), NULL, NULL);
    put(f, OVERLAY_PAGE, STR("Page"));
    overlay_page(f->overlay, STR("some words to be wrapped, whatever the width"));
    for (int rows = 0; rows < 12; rows++) {
        for (int cols = 0; cols < 40; cols += 3) {
            canvas_resize(&f->canvas, rows, cols);
            keys(f, "Down", &command);
        }
    }
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(picking),   TEST(filters),
        TEST(typed_names_are_taken), TEST(clicks),
        TEST(questions), TEST(texts_are_checked_while_they_are_typed),
        TEST(pages),     TEST(they_lie_on_each_other_and_fit_any_screen),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
