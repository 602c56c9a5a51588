/* What is drawn again after a key is what all of it would be. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>
#include "engine/base/env.h"
#include "tui/view/designer.h"

enum { KEYS = 6000 };

static const char *const keys[] = { "Down", "Down", "Down",  "Down",  "Down",     "Up",
                                    "Up",   "Up",   "Left",  "Right", "PageDown", "PageUp",
                                    "Home", "End",  "Space", "Tab",   "Esc",      "Down",
                                    "x",    "u",    "n",     "F1",    "PageDown", "Up" };

static uint32_t next_random(uint32_t *state)
{
    *state = *state * 1664525u + 1013904223u;
    return *state >> 8;
}

static void expect_same(const struct canvas *got, const struct canvas *wanted, const char *what)
{
    for (int row = 0; row < wanted->rows; row++) {
        for (int col = 0; col < wanted->cols; col++) {
            const struct cell *a = canvas_cell(got, row, col);
            const struct cell *b = canvas_cell(wanted, row, col);
            if (memcmp(a, b, sizeof *a))
                fail_msg("%s: cell %d,%d is U+%04X in style %d, not U+%04X in style %d", what, row,
                         col, (unsigned) a->code, a->style, (unsigned) b->code, b->style);
        }
    }
}

/* As the loop on a terminal does it, with a pause now and then. */
static void parts_are_the_whole(void **state)
{
    const int *size = *state;
    struct env env;
    struct diags diags;
    struct canvas parts, whole;
    uint32_t random = 7;
    size_t partial = 0;
    env_init(&env);
    diags_init(&diags, &env);
    struct session *session = session_open(&env, "samples/main-line.flow.json", NULL, &diags);
    assert_non_null(session);
    struct designer *designer = designer_new(&env, session);
    canvas_init(&parts, &env, true);
    canvas_init(&whole, &env, true);
    canvas_resize(&parts, size[0], size[1]);
    canvas_resize(&whole, size[0], size[1]);
    designer_resize(designer, size[0], size[1]);
    enum redraw what = REDRAW_ALL;
    for (int i = 0; i < KEYS; i++) {
        struct key key;
        const char *name = keys[next_random(&random) % (sizeof keys / sizeof *keys)];
        designer_draw(designer, &parts, what);
        designer_draw(designer, &whole, REDRAW_ALL);
        expect_same(&parts, &whole, i ? name : "at first");
        what = REDRAW_NOTHING;
        if (next_random(&random) % 4 == 0 && designer_is_behind(designer)) {
            what = designer_rest(designer, NULL);
        } else {
            assert_true(key_parse(str_of(name), &key));
            designer_key(designer, key);
            designer_take_wish(designer);
            what |= designer_changed(designer);
        }
        partial += what == REDRAW_TREE;
    }
    assert_true(partial > KEYS / 10);
    canvas_release(&parts);
    canvas_release(&whole);
    designer_free(designer);
    session->discard = true;
    session_close(session);
    diags_release(&diags);
}

int main(void)
{
    static const int sizes[][2] = { { 24, 80 }, { 12, 40 }, { 60, 200 } };
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_prestate(parts_are_the_whole, (void *) sizes[0]),
        cmocka_unit_test_prestate(parts_are_the_whole, (void *) sizes[1]),
        cmocka_unit_test_prestate(parts_are_the_whole, (void *) sizes[2]),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
