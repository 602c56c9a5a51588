/* Other folders: what was opened lately, giving a folder up for another, copying one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>
#include "tests/unit/session/support.h"

static bool recent(struct world *world, size_t n, char *out, size_t size)
{
    struct buf text;
    buf_init(&text, &world->env);
    bool found = session_recent(world->session, n, &text);
    snprintf(out, size, "%.*s", STR_ARG(buf_str(&text)));
    buf_release(&text);
    return found;
}

static void what_was_opened_is_kept(void **state)
{
    struct world *world = *state;
    char path[600], name[40];
    world_put_main(world);
    for (int i = 0; i < 12; i++) {
        snprintf(name, sizeof name, "flows/f%d.flow.json", i);
        world_put(world, name, "{\"inboundCall\":{\"name\":\"F\"}}");
    }
    for (int i = 0; i < 12; i++) {
        snprintf(name, sizeof name, "f%d.flow.json", i);
        world_open(world, name);
        world_close(world);
    }
    world_open(world, "f5.flow.json");
    assert_true(recent(world, 0, path, sizeof path));
    assert_non_null(strstr(path, "/flows/f5.flow.json"));
    assert_true(recent(world, 1, path, sizeof path));
    assert_non_null(strstr(path, "/flows/f11.flow.json"));
    assert_true(recent(world, 9, path, sizeof path));
    assert_non_null(strstr(path, "/flows/f2.flow.json"));
    assert_false(recent(world, 10, path, sizeof path));
}

static void a_folder_is_given_up_for_another(void **state)
{
    struct world *world = *state;
    char line[600];
    world_put_main(world);
    world_open(world, "main.flow.json");
    world_refused(world, "workspace nowhere/at.all", DIAG_FILE_MISSING, "");
    assert_null(world->session->elsewhere);
    snprintf(line, sizeof line, "open %s", world_path(world, ""));
    world_say(world, line);
    assert_string_equal(world->session->elsewhere, line + 5);
    world_say(world, "goto Welcome/1\nadd disconnect");
    world_refused(world, line, DIAG_UNSAVED, "Main line");
}

static void nothing_is_overwritten_by_a_copy(void **state)
{
    struct world *world = *state;
    char from[200], to[200];
    world_put_main(world);
    assert_int_equal(mkdir(world_path(world, "flows/deep"), 0700), 0);
    world_put(world, "flows/deep/b.json", "{}");
    world_open(world, "main.flow.json");
    snprintf(from, sizeof from, "%s", world_path(world, "flows"));
    snprintf(to, sizeof to, "%s", world_path(world, "copy"));
    assert_true(session_copy_folder(world->session, from, str_of(to)));
    assert_string_equal(world_get(world, "copy/deep/b.json").ptr, "{}");
    world_put(world, "copy/deep/b.json", "mine");
    assert_false(session_copy_folder(world->session, from, str_of(to)));
    assert_int_equal(world->session->message_kind, MESSAGE_ERROR);
    assert_string_equal(world_get(world, "copy/deep/b.json").ptr, "mine");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, world_setup, world_teardown)
    const struct CMUnitTest tests[] = {
        TEST(what_was_opened_is_kept),
        TEST(a_folder_is_given_up_for_another),
        TEST(nothing_is_overwritten_by_a_copy),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
