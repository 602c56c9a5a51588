/* The recovery log as it is written: drafts, whose it is, where it is, when it is synced. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>

#include "tests/unit/session/support.h"

/* --- drafts --- */

static void drafts_are_kept_key_by_key(void **state)
{
    static const char *const typed[] = {
        "a", "ab", "aé", "aéb", "éb", "é", "é", "ö", "öö", "",
    };
    struct world *world = *state;
    struct recovery_offer offer;

    world_put_main(world);
    for (size_t count = 1; count <= sizeof typed / sizeof *typed; count++) {
        world_open(world, "");
        session_draft(world->session, "other", STR("something else"));
        for (size_t i = 0; i < count; i++)
            session_draft(world->session, "field", str_of(typed[i]));
        world_die(world);
        world_open(world, "");
        bool found = session_recovery_find(world->session, 0, &offer);
        assert_int_equal(found, typed[count - 1][0] != '\0');
        if (found) {
            assert_true(str_is(buf_str(&offer.draft), typed[count - 1]));
            session_recovery_discard(world->session, offer.log);
            assert_string_equal(world_log(world), "");
            recovery_offer_release(&offer);
        }
        unlink(world_log(world));
        world_close(world);
    }
}

static void a_change_ends_the_draft(void **state)
{
    struct world *world = *state;
    struct recovery_offer offer;

    world_put_main(world);
    world_open(world, "");
    session_draft(world->session, "field", STR("typed"));
    world_say(world, "goto Welcome/1\nadd disconnect");
    world_die(world);
    world_open(world, "");
    assert_true(session_recovery_find(world->session, 0, &offer));
    assert_int_equal(offer.draft.len, 0);
    recovery_offer_release(&offer);
}

/* --- whose it is --- */

static void other_logs_are_left_alone(void **state)
{
    struct world *world = *state;
    struct recovery_offer offer;
    char log[600], link_name[700];

    world_put_main(world);
    world_open(world, "");
    world_say(world, "goto Welcome/1\nadd disconnect");
    snprintf(log, sizeof log, "%s", world_log(world));
    diags_clear(&world->diags);
    /* Of a session that lives: no offer. */
    assert_false(session_recovery_find(world->session, 0, &offer));
    world_die(world);
    world_open(world, "");
    chmod(log, 0666); /* others can write to it */
    assert_false(session_recovery_find(world->session, 0, &offer));
    diags_clear(&world->diags);
    assert_false(session_recover(world->session, log, &world->diags));
    assert_int_equal(world->diags.items[0].code, DIAG_LOG_UNUSABLE);
    chmod(log, 0600);
    assert_true(session_recovery_find(world->session, 0, &offer));
    recovery_offer_release(&offer);
    if (geteuid() == 0) {
        assert_int_equal(chown(log, 65534, (gid_t) -1), 0);
        assert_false(session_recovery_find(world->session, 0, &offer));
        assert_int_equal(chown(log, 0, (gid_t) -1), 0);
    }
    snprintf(link_name, sizeof link_name, "%s/state/recover/a.log", world->folder);
    assert_int_equal(rename(log, world_path(world, "elsewhere")), 0);
    assert_int_equal(symlink(world_path(world, "elsewhere"), link_name), 0);
    assert_false(session_recovery_find(world->session, 0, &offer));
}

static void logs_of_other_workspaces_are_not_offered(void **state)
{
    struct world *world = *state;
    struct recovery_offer offer;
    char flows[512], other[512];

    world_put_main(world);
    world_open(world, "");
    world_say(world, "goto Welcome/1\nadd disconnect");
    world_die(world);
    snprintf(flows, sizeof flows, "%s", world_path(world, "flows"));
    snprintf(other, sizeof other, "%s", world_path(world, "other"));
    assert_int_equal(rename(flows, other), 0);
    mkdir(flows, 0777);
    mkdir(world_path(world, "third"), 0777);
    assert_int_equal(rename(flows, world_path(world, "second")), 0);
    assert_int_equal(rename(other, flows), 0);
    world_open(world, "");
    assert_true(session_recovery_find(world->session, 0, &offer)); /* the same path: the same one */
    recovery_offer_release(&offer);
    world_close(world);
    char state_folder[512];
    snprintf(state_folder, sizeof state_folder, "%s/state", world->folder);
    world->session =
        session_open(&world->env, world_path(world, "third"), state_folder, &world->diags);
    assert_non_null(world->session);
    assert_false(session_recovery_find(world->session, 0, &offer));
}

/* --- writing it --- */

static void the_log_is_private(void **state)
{
    struct world *world = *state;
    struct stat status;

    world_put_main(world);
    world_open(world, "");
    assert_string_equal(world_log(world), ""); /* nothing was done: nothing is written */
    world_say(world, "goto Welcome/1\nadd disconnect");
    assert_int_equal(stat(world_log(world), &status), 0);
    assert_int_equal(status.st_mode & 0777, 0600);
    assert_int_equal(stat(world_path(world, "state/recover"), &status), 0);
    assert_int_equal(status.st_mode & 0777, 0700);
}

static void a_folder_of_others_is_not_used(void **state)
{
    struct world *world = *state;

    world_put_main(world);
    mkdir(world_path(world, "state"), 0700);
    mkdir(world_path(world, "state/recover"), 0700);
    chmod(world_path(world, "state/recover"), 0777);
    world_open(world, "");
    world_say(world, "goto Welcome/1\nadd disconnect");
    assert_int_equal(world->session->message_kind, MESSAGE_WARNING);
    world_expect_message(world, "The recovery log cannot be written"); /* DIAG_LOG_UNWRITABLE */
    assert_string_equal(world_log(world), "");
    world_say(world, "add disconnect"); /* said once */
    assert_int_equal(world->session->message_kind, MESSAGE_INFO);
}

static void quiet_time_syncs(void **state)
{
    struct world *world = *state;
    struct session *session;

    world_put_main(world);
    session = world_open(world, "");
    assert_int_equal(session_idle(session, world->clock), -1);
    world_say(world, "goto Welcome/1\nadd disconnect");
    int64_t wait = session_idle(session, world->clock);
    assert_true(wait > 900 && wait <= 1000);
    assert_int_equal(session_idle(session, world->clock + wait), -1);
    assert_int_equal(session_idle(session, world->clock + wait), -1);
    session_draft(session, "x", STR("y"));
    assert_true(session_idle(session, world->clock) > 0);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, world_setup, world_teardown)
    const struct CMUnitTest tests[] = {
        TEST(drafts_are_kept_key_by_key),
        TEST(a_change_ends_the_draft),
        TEST(other_logs_are_left_alone),
        TEST(logs_of_other_workspaces_are_not_offered),
        TEST(the_log_is_private),
        TEST(a_folder_of_others_is_not_used),
        TEST(quiet_time_syncs),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
