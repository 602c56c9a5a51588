/* Others change files while the session has them: what nobody changed here follows, the rest is
 * told once and kept. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>
#include "engine/flow/settings.h"
#include "tests/unit/session/support.h"

#define FLOW(name) "{\"inboundCall\":{\"name\":\"" name "\"}}\n"

static bool looked(struct world *world)
{
    buf_clear(&world->session->message);
    return session_look_outside(world->session);
}

/* It is told, with these words, and not a second time. */
static void told_once(struct world *world, const char *words)
{
    assert_true(looked(world));
    world_expect_message(world, words);
    assert_false(looked(world));
    assert_int_equal(world->session->message.len, 0);
}

static struct flow *find(struct world *world, const char *name)
{
    return workspace_find(world->session->ws, FLOW_INBOUND_CALL, str_of(name));
}

static void nothing_is_told_of_nothing(void **state)
{
    struct world *world = *state;
    world_put_main(world);
    world_open(world, "main.flow.json");
    assert_false(looked(world));
    world_say(world, "goto Welcome/1\nadd disconnect");
    assert_false(looked(world));
    world_say(world, "write");
    assert_false(looked(world));
    world_say(world, "new inboundCall Fresh");
    assert_false(looked(world));
}

static void unchanged_flows_follow_the_disk(void **state)
{
    struct world *world = *state;
    char text[8192];
    world_put_main(world);
    struct str was = world_get(world, "flows/main.flow.json");
    memcpy(text, was.ptr, was.len + 1);
    world_open(world, "main.flow.json");
    world_say(world, "goto Welcome/2");
    char *name = strstr(text, "\"Main line\"");
    assert_non_null(name);
    memcpy(name, "\"Mean line\"", strlen("\"Mean line\""));
    world_put(world, "flows/main.flow.json", text);
    told_once(world, "main.flow.json was changed by others: read again");
    assert_string_equal(world_flow(world).ptr, text);
    struct buf path;
    buf_init(&path, &world->env);
    path_print(world->session->flow, world->session->cursor, &path);
    assert_string_equal(path.ptr, "Welcome/2");
    buf_release(&path);
    assert_null(find(world, "Main line"));
    assert_non_null(find(world, "Mean line"));
    assert_false(session_any_modified(world->session));
}

static void unsaved_work_is_kept(void **state)
{
    struct world *world = *state;
    world_put_main(world);
    world_open(world, "main.flow.json");
    world_say(world, "goto Welcome/1\nadd disconnect\nrename Mine");
    world_put(world, "flows/main.flow.json", FLOW("Theirs"));
    told_once(world, "was changed by others: :reload takes what is there, :write asks");
    assert_non_null(strstr(world_flow(world).ptr, "Mine"));
    world_put(world, "flows/main.flow.json", FLOW("Theirs again"));
    told_once(world, "was changed by others");
    world_say(world, "undo");
    world_say(world, "reload!");
    assert_non_null(find(world, "Theirs again"));
}

static void broken_text_is_not_taken(void **state)
{
    struct world *world = *state;
    world_put_main(world);
    world_open(world, "main.flow.json");
    world_put(world, "flows/main.flow.json", "{\"inboundCall\":");
    told_once(world, "main.flow.json:1:");
    assert_non_null(find(world, "Main line"));
    world_put(world, "flows/main.flow.json", FLOW("Whole"));
    told_once(world, "read again");
    assert_non_null(find(world, "Whole"));
}

static void new_and_deleted_flows(void **state)
{
    struct world *world = *state;
    world_put_main(world);
    world_put(world, "flows/broken.flow.json", "{");
    world_open(world, "main.flow.json");
    world_put(world, "flows/a.flow.json", FLOW("A"));
    world_put(world, "flows/z.flow.json", FLOW("Z"));
    world_put(world, "flows/notes.json", "{}");
    assert_null(find(world, "A"));
    told_once(world, "a.flow.json; 1 more");
    assert_non_null(find(world, "A"));
    assert_non_null(find(world, "Z"));
    assert_non_null(find(world, "Main line"));
    assert_string_equal(world->session->ws->files[0]->path + strlen(world->session->ws->folder),
                        "/a.flow.json");
    assert_int_equal(unlink(world_path(world, "flows/broken.flow.json")), 0);
    size_t count = world->session->ws->count;
    assert_true(looked(world));
    assert_int_equal(world->session->ws->count, count - 1);
    assert_int_equal(unlink(world_path(world, "flows/main.flow.json")), 0);
    told_once(world, "main.flow.json was deleted by others: :write makes it again");
    assert_non_null(find(world, "Main line"));
}

static void times_alone_are_nothing(void **state)
{
    struct world *world = *state;
    char text[8192];
    world_put_main(world);
    struct str was = world_get(world, "flows/main.flow.json");
    memcpy(text, was.ptr, was.len + 1);
    world_open(world, "main.flow.json");
    assert_int_equal(unlink(world_path(world, "flows/main.flow.json")), 0);
    world_put(world, "flows/main.flow.json", text);
    assert_false(looked(world));
}

static void settings_follow(void **state)
{
    struct world *world = *state;
    world_put_main(world);
    world_open(world, "main.flow.json");
    world_put(world, "flows/postflow.json", "{\"licence\":\"cx3\"}");
    told_once(world, "postflow.json was changed by others: read again");
    assert_int_equal(world->session->ws->settings->licence, LICENCE_CX3);
    world_put(world, "flows/postflow.json", "{\"licence\":");
    told_once(world, "postflow.json:1:");
    assert_int_equal(world->session->ws->settings->licence, LICENCE_CX3);
    assert_int_equal(unlink(world_path(world, "flows/postflow.json")), 0);
    told_once(world, "postflow.json was changed by others: read again");
    assert_int_not_equal(world->session->ws->settings->licence, LICENCE_CX3);
    world_put(world, "flows/postflow.json", "{}");
    told_once(world, "read again");
    world_say(world, "world licence \"cx2\"");
    world_put(world, "flows/postflow.json", "{\"licence\":\"cx1\"}");
    told_once(world, "postflow.json was changed by others: :write asks");
    assert_true(session_any_modified(world->session));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, world_setup, world_teardown)
    const struct CMUnitTest tests[] = {
        TEST(nothing_is_told_of_nothing),
        TEST(unchanged_flows_follow_the_disk),
        TEST(unsaved_work_is_kept),
        TEST(broken_text_is_not_taken),
        TEST(new_and_deleted_flows),
        TEST(times_alone_are_nothing),
        TEST(settings_follow),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
