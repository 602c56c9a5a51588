/* The recovery log: whatever happens to a session or to its log, what was done up to there comes
 * back, and nothing in a log is believed. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

#include "tests/unit/session/story.h"

static void a_killed_session_comes_back(void **state)
{
    struct world *world = *state;
    struct story story;
    struct recovery_offer offer;
    struct buf now;

    world_put_main(world);
    world_open(world, "");
    story_tell(world, &story, story_editing);
    assert_true(session_modified(world->session, world->session->flow));
    world_die(world);
    world_open(world, "");
    assert_true(session_recovery_find(world->session, 0, &offer));
    assert_true(offer.changes > 10);
    assert_false(offer.base_changed);
    assert_true(offer.last_ms > 1767225600000);
    assert_int_equal(offer.draft.len, 0);
    assert_false(session_recovery_find(world->session, 1, &(struct recovery_offer){ .log = NULL }));
    diags_clear(&world->diags);
    assert_true(session_recover(world->session, offer.log, &world->diags));
    assert_int_equal(world->diags.count, 0);
    buf_init(&now, &world->env);
    world_state(world, &now);
    assert_string_equal(now.ptr, story_end(&story));
    assert_true(session_any_modified(world->session));
    /* The undo tree is there too. */
    while (session_undo(world->session)) {
    }
    world_say(world, "open Main line");
    assert_false(session_modified(world->session, world->session->flow));
    assert_true(str_is(world_flow(world), world_get(world, "flows/main.flow.json").ptr));
    buf_release(&now);
    recovery_offer_release(&offer);
    story_release(&story);
}

static void a_killed_process_too(void **state)
{
    struct world *world = *state;
    struct recovery_offer offer;
    int status;

    world_put_main(world);
    fflush(NULL);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        world_open(world, "");
        session_command(world->session, STR("goto Welcome/1"));
        session_command(world->session, STR("add disconnect"));
        session_command(world->session, STR("rename Mine"));
        kill(getpid(), SIGKILL);
        _exit(1);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSIGNALED(status));
    world_open(world, "");
    assert_true(session_recovery_find(world->session, 0, &offer));
    assert_int_equal(offer.changes, 2);
    assert_true(session_recover(world->session, offer.log, &world->diags));
    assert_non_null(strstr(world_flow(world).ptr, "\"Mine\""));
    assert_int_equal(world->session->message_kind, MESSAGE_NONE); /* no lock is left */
    recovery_offer_release(&offer);
}

/* --- saves, reloads --- */

static void what_was_saved_is_not_unsaved(void **state)
{
    static const char *const lines[] = {
        "goto Welcome/1", "add disconnect", "write", "goto Welcome/1", "add decision", NULL,
    };
    struct world *world = *state;
    struct recovery_offer offer;
    struct story story;
    struct buf now;

    world_put_main(world);
    world_open(world, "");
    story_tell(world, &story, lines);
    world_die(world);
    world_open(world, "");
    assert_true(session_recovery_find(world->session, 0, &offer));
    assert_false(offer.base_changed);
    assert_int_equal(offer.changes, 1);
    assert_true(session_recover(world->session, offer.log, &world->diags));
    buf_init(&now, &world->env);
    world_state(world, &now);
    assert_string_equal(now.ptr, story_end(&story));
    assert_true(session_any_modified(world->session));
    world_say(world, "undo");
    assert_false(session_any_modified(world->session));
    assert_true(str_is(world_flow(world), world_get(world, "flows/main.flow.json").ptr));
    world_say(world, "undo");
    assert_true(session_any_modified(world->session));
    world_say(world, "write");
    buf_release(&now);
    recovery_offer_release(&offer);
    story_release(&story);
}

/* Killed behind the rename of a save, before the log could say so. */
static void a_save_that_was_not_said_to_be_done_counts(void **state)
{
    static const char *const lines[] = { "goto Welcome/1", "add disconnect", "write", NULL };
    struct world *world = *state;
    struct story story;
    char log[600];

    world_put_main(world);
    world_open(world, "");
    story_tell(world, &story, lines);
    session_command(world->session, STR("undo"));
    world_die(world);
    snprintf(log, sizeof log, "%s", world_log(world));
    struct str text = buf_str(&story.log);
    size_t last = story_line(text, text.len - 1);
    assert_non_null(strstr(text.ptr + last, "\"saved\""));
    story_put_log(log, str_slice(text, 0, last));
    world_open(world, "");
    assert_true(session_recover(world->session, log, &world->diags));
    assert_false(session_any_modified(world->session));
    assert_true(str_is(world_flow(world), world_get(world, "flows/main.flow.json").ptr));
    story_release(&story);
}

static void nothing_unsaved_is_no_offer(void **state)
{
    struct world *world = *state;
    struct recovery_offer offer;

    world_put_main(world);
    world_open(world, "");
    world_say(world, "goto Welcome/1\nadd disconnect\nwrite");
    world_die(world);
    world_open(world, "");
    assert_false(session_recovery_find(world->session, 0, &offer));
}

static void reloading_is_replayed(void **state)
{
    static const char *const lines[] = {
        "goto Welcome/1", "add disconnect", "new inboundCall Other", "rename Renamed",
        "open Main line", "reload!", "goto Welcome/1", "add decision", NULL,
    };
    struct world *world = *state;
    struct story story;
    struct buf now;

    world_put_main(world);
    world_open(world, "");
    story_tell(world, &story, lines);
    assert_int_equal(world->session->undo_count, 1);
    world_die(world);
    world_open(world, "");
    assert_true(session_recover(world->session, world_log(world), &world->diags));
    assert_int_equal(world->diags.count, 0);
    assert_int_equal(world->session->undo_count, 1);
    buf_init(&now, &world->env);
    world_state(world, &now);
    assert_string_equal(now.ptr, story_end(&story));
    buf_release(&now);
    story_release(&story);
}

static void a_recovered_session_can_die_again(void **state)
{
    struct world *world = *state;
    struct buf first, second;

    world_put_main(world);
    world_open(world, "");
    world_say(world, "goto Welcome/1\nadd decision\nrename A");
    world_die(world);
    world_open(world, "");
    assert_true(session_recover(world->session, world_log(world), &world->diags));
    world_say(world, "undo\ngoto Welcome/1\nadd setPostFlow\nset target caller");
    buf_init(&first, &world->env);
    buf_init(&second, &world->env);
    world_state(world, &first);
    world_die(world);
    world_open(world, "");
    assert_true(session_recover(world->session, world_log(world), &world->diags));
    world_state(world, &second);
    assert_string_equal(first.ptr, second.ptr);
    world_refused(world, "undo-to 9", DIAG_UNDO_NUMBER, "There is no change 9");
    diags_clear(&world->diags);
    assert_false(session_recover(world->session, world_log(world), &world->diags));
    assert_int_equal(world->diags.items[0].code, DIAG_LOG_NOT_FIRST);
    buf_release(&first);
    buf_release(&second);
}

static void failed_changes_use_up_ids(void **state)
{
    struct world *world = *state;
    struct buf first, second;
    struct flow *flow;

    world_put_main(world);
    flow = world_open(world, "")->flow;
    world_say(world, "goto Welcome/1\nadd setPostFlow");
    struct change *change = session_begin(world->session, "Fail");
    diags_clear(&world->diags);
    assert_true(change_graft(change, flow, STR_NONE, STR("[1, {\"a\": 2}]"), &world->diags));
    assert_false(change_graft(change, flow, STR_NONE, STR("["), &world->diags));
    assert_false(session_end(world->session, change, false, &world->diags));
    world_say(world, "copy\npaste\nset target caller");
    buf_init(&first, &world->env);
    buf_init(&second, &world->env);
    world_state(world, &first);
    world_die(world);
    world_open(world, "");
    diags_clear(&world->diags);
    assert_true(session_recover(world->session, world_log(world), &world->diags));
    assert_int_equal(world->diags.count, 0);
    world_state(world, &second);
    assert_string_equal(first.ptr, second.ptr);
    buf_release(&first);
    buf_release(&second);
}

/* --- for what file --- */

static void a_changed_base_is_refused_unless_forced(void **state)
{
    struct world *world = *state;
    struct recovery_offer offer;
    struct buf text;

    world_put_main(world);
    world_open(world, "");
    world_say(world, "goto Welcome/1\nadd disconnect\nrename Mine");
    world_die(world);
    buf_init(&text, &world->env);
    buf_add(&text, world_get(world, "flows/main.flow.json"));
    char *word = strstr(text.ptr, "Welcome.");
    word[0] = 'w';
    world_put(world, "flows/main.flow.json", text.ptr);
    world_open(world, "");
    assert_true(session_recovery_find(world->session, 0, &offer));
    assert_true(offer.base_changed);
    diags_clear(&world->diags);
    assert_false(session_recover(world->session, offer.log, &world->diags));
    assert_int_equal(world->diags.items[0].code, DIAG_LOG_BASE_CHANGED);
    assert_false(session_any_modified(world->session));
    diags_clear(&world->diags);
    assert_true(session_recover_anyway(world->session, offer.log, &world->diags));
    struct str flow = world_flow(world);
    assert_non_null(strstr(flow.ptr, "\"Mine\""));
    assert_non_null(strstr(flow.ptr, "welcome."));
    world_refused(world, "write", DIAG_SAVE_CHANGED, "Somebody else changed this");
    buf_release(&text);
    recovery_offer_release(&offer);
}

static void a_base_of_another_shape_is_never_used(void **state)
{
    struct world *world = *state;

    world_put_main(world);
    world_open(world, "");
    world_say(world, "goto Welcome/1\nadd disconnect\nrename Mine");
    world_die(world);
    world_put(world, "flows/main.flow.json", "{\"inboundCall\":{\"name\":\"Main line\"}}\n");
    world_open(world, "");
    diags_clear(&world->diags);
    session_recover_anyway(world->session, world_log(world), &world->diags);
    assert_false(session_any_modified(world->session));
    assert_int_equal(world->diags.items[0].code, DIAG_LOG_DAMAGED);
    assert_string_equal(world_flow(world).ptr, "{\"inboundCall\":{\"name\":\"Main line\"}}\n");
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, world_setup, world_teardown)
    const struct CMUnitTest tests[] = {
        TEST(a_killed_session_comes_back),
        TEST(a_killed_process_too),
        TEST(what_was_saved_is_not_unsaved),
        TEST(a_save_that_was_not_said_to_be_done_counts),
        TEST(nothing_unsaved_is_no_offer),
        TEST(reloading_is_replayed),
        TEST(a_recovered_session_can_die_again),
        TEST(failed_changes_use_up_ids),
        TEST(a_changed_base_is_refused_unless_forced),
        TEST(a_base_of_another_shape_is_never_used),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
