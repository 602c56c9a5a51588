#include "tests/unit/view/desk.h"

#include "tui/view/toolbox.h"

struct fixture {
    struct desk *desk;
    struct toolbox toolbox;
};

static int setup(void **state)
{
    static struct fixture fixture;
    void *desk;
    if (desk_setup(&desk))
        return -1;
    fixture.desk = desk;
    desk_say(desk, "menu Main menu\nnew inqueueCall Waiting\nnew voiceSurvey Survey\n"
                   "new secureCall Secure\nopen Desk");
    toolbox_init(&fixture.toolbox, &fixture.desk->env);
    *state = &fixture;
    return 0;
}

static int teardown(void **state)
{
    struct fixture *f = *state;
    void *desk = f->desk;
    toolbox_release(&f->toolbox);
    return desk_teardown(&desk);
}

static void update(struct fixture *f, const char *path)
{
    struct spot cursor = desk_at(f->desk, path);
    toolbox_update(&f->toolbox, f->desk->session->flow, cursor);
}

static bool offers(const struct fixture *f, const char *key)
{
    for (size_t i = 0; i < f->toolbox.count; i++) {
        if (f->toolbox.tools[i].info && !strcmp(f->toolbox.tools[i].info->key, key))
            return true;
    }
    return false;
}

/* Each heading is there once and has actions, each action stands under its own category, and all
 * that the catalogue allows are there. */
static void expect_sound(const struct fixture *f, enum flow_type type, bool menu)
{
    const char *heading = NULL;
    size_t actions = 0, allowed = 0;
    for (size_t i = 0; i < f->toolbox.count; i++) {
        const struct tool *tool = &f->toolbox.tools[i];
        if (tool->heading) {
            assert_true(i + 1 < f->toolbox.count && f->toolbox.tools[i + 1].info);
            for (size_t j = 0; j < i; j++)
                assert_true(!f->toolbox.tools[j].heading ||
                            strcmp(f->toolbox.tools[j].heading, tool->heading));
            heading = tool->heading;
            continue;
        }
        assert_non_null(heading);
        assert_string_equal(tool->info->category, heading);
        assert_true(tool->info->flow_types & (1u << type));
        actions++;
    }
    for (size_t i = 0; i < catalogue_count(); i++) {
        const struct action_info *info = catalogue_action(i);
        allowed += (info->flow_types & (1u << type)) &&
                   ((info->flags & ACTION_CHOICE) != 0) == menu;
    }
    assert_int_equal(actions, allowed);
}

static void the_flow_category_comes_first(void **state)
{
    struct fixture *f = *state;
    update(f, "Start/1");
    assert_string_equal(f->toolbox.tools[0].heading, "Flow");
    assert_string_equal(f->toolbox.tools[1].info->key, "setPostFlow");
    assert_string_equal(toolbox_current(&f->toolbox)->key, "setPostFlow");
    expect_sound(f, FLOW_INBOUND_CALL, false);
    toolbox_draw(&f->toolbox, &f->desk->canvas, (struct area){ 0, 0, 5, 20 }, false);
    EXPECT_SCREEN(&f->desk->canvas, "Flow\n"
                                    " Set Post-Flow\n"
                                    " Clear Post-Flow\n"
                                    " Create Callback\n"
                                    " Set Screen Pop\n"
                                    "\n\n\n\n\n");
}

static void what_is_offered_follows_the_cursor(void **state)
{
    struct fixture *f = *state;
    update(f, "Start");
    assert_true(offers(f, "setPostFlow") && offers(f, "transferToAcd"));
    assert_false(offers(f, "menuDisconnect") || offers(f, "holdMusic"));
    update(f, "Main menu");
    expect_sound(f, FLOW_INBOUND_CALL, true);
    assert_true(offers(f, "menuDisconnect"));
    assert_false(offers(f, "setPostFlow") || offers(f, "disconnect"));
    update(f, "Main menu/1");
    assert_true(offers(f, "menuDisconnect"));
    desk_say(f->desk, "open Waiting");
    toolbox_update(&f->toolbox, f->desk->session->flow, f->desk->session->cursor);
    expect_sound(f, FLOW_INQUEUE_CALL, false);
    assert_true(offers(f, "holdMusic") && offers(f, "setPostFlow"));
    desk_say(f->desk, "open Survey");
    toolbox_update(&f->toolbox, f->desk->session->flow, f->desk->session->cursor);
    expect_sound(f, FLOW_VOICE_SURVEY, false);
    assert_true(offers(f, "askSurveyQuestion"));
    assert_false(offers(f, "setPostFlow") || offers(f, "transferToAcd"));
    desk_say(f->desk, "open Secure");
    toolbox_update(&f->toolbox, f->desk->session->flow, f->desk->session->cursor);
    expect_sound(f, FLOW_SECURE_CALL, false);
    assert_false(offers(f, "setPostFlow"));
}

/* Of each type of flow, in a list of actions; where it has menus, in one too. */
static void each_type_of_flow_has_its_own(void **state)
{
    struct fixture *f = *state;
    for (int i = FLOW_OTHER + 1; i < FLOW_TYPE_COUNT; i++) {
        enum flow_type type = (enum flow_type)i;
        char line[80];
        snprintf(line, sizeof line, "new %s Tools", flow_type_info(type)->key);
        desk_say(f->desk, line);
        toolbox_update(&f->toolbox, f->desk->session->flow, f->desk->session->cursor);
        expect_sound(f, type, false);
        if (!(flow_type_info(type)->flags & FLOW_HAS_MENUS))
            continue;
        desk_say(f->desk, "menu Choices");
        desk_say(f->desk, "goto Choices");
        toolbox_update(&f->toolbox, f->desk->session->flow, f->desk->session->cursor);
        expect_sound(f, type, true);
    }
}

static void type(struct fixture *f, const char *text)
{
    for (; *text; text++)
        toolbox_key(&f->toolbox, KEY_OF((uint32_t)*text));
}

static void typing_filters(void **state)
{
    struct fixture *f = *state;
    update(f, "Start/1");
    type(f, "to acd");
    assert_string_equal(toolbox_current(&f->toolbox)->key, "transferToAcd");
    assert_int_equal(toolbox_key(&f->toolbox, KEY_OF(SPECIAL_ENTER)), LIST_CHOSEN);
    /* The filter stays over what is offered somewhere else. */
    update(f, "Main menu");
    assert_string_equal(toolbox_current(&f->toolbox)->wraps, "transferToAcd");
    type(f, "x");
    assert_null(toolbox_current(&f->toolbox));
    assert_int_not_equal(toolbox_key(&f->toolbox, KEY_OF(SPECIAL_ENTER)), LIST_CHOSEN);
    toolbox_key(&f->toolbox, KEY_OF(SPECIAL_ESC));
    update(f, "Start/1");
    type(f, "SET p");
    assert_string_equal(toolbox_current(&f->toolbox)->key, "setPostFlow");
    toolbox_key(&f->toolbox, KEY_OF(SPECIAL_DOWN));
    assert_string_equal(toolbox_current(&f->toolbox)->key, "setPriority");
}

static void no_flow_offers_all_and_breaks_nothing(void **state)
{
    struct fixture *f = *state;
    toolbox_update(&f->toolbox, NULL, (struct spot){ 0, 0 });
    assert_true(offers(f, "setPostFlow") && offers(f, "askSurveyQuestion"));
    update(f, "Start/1");
    assert_false(offers(f, "askSurveyQuestion"));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(the_flow_category_comes_first), TEST(what_is_offered_follows_the_cursor),
        TEST(each_type_of_flow_has_its_own), TEST(typing_filters),
        TEST(no_flow_offers_all_and_breaks_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
