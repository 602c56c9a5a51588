/* Any commands in any order: undoing all of them gives the bytes back, redoing gives them again,
 * and a killed session comes back as it was. The seed is printed; SEED=N repeats one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <cmocka.h>

#include "engine/session/parts.h"
#include "tests/unit/session/support.h"

static const char *const lines[] = {
    "add setPostFlow", "add clearPostFlow", "add decision", "add switch", "add playAudio",
    "add transferToAcd", "add loop", "add updateData", "add collectInput", "add callData",
    "add nonsense", "add! disconnect", "insert disconnect", "into", "into 1", "into no",
    "into success", "out", "set target caller", "set target =Flow.x", "set target",
    "set actionType voiceSurveyFlow", "set actionType inboundCallFlow", "create Made",
    "set invocationData {\"a\": [1, null, \"x\"]}", "set invocationData", "unset audio",
    "set audio Hello \xc3\xa9", "set condition =Flow.consent", "set targetQueue Support",
    "rename Renamed", "rename A/b ~ \"c\"", "rename 12", "row statements add",
    "row statements delete 1", "row statements move 1 2", "case add", "case delete",
    "output add More", "output delete",
    "var Flow.made boolean", "var Task.made string", "delete", "cut", "copy", "paste",
    "paste before", "paste into", "move up", "move down", "move in", "move out", "task Made",
    "menu Made", "undo", "undo 3", "redo", "redo 2", "undo-to 2", "history", "problem next",
    "problem prev", "open", "open Main line", "open CSAT", "back-to", "check", "simulate",
    "run", "step", "step 3", "do press 1", "do agent answers", "do hangup agent",
    "do hangup caller", "back", "restart", "why", "why-not", "edit", "resume",
    "world queues Made", "world-remove queues Support", "world options oneShot true",
    "rename Main line", "rename-variable Flow.made other", "rename-variable Task.made Task.other",
    "rename-variable Task.Answer Reply", "uses", "uses Support", "missing", "use next", "use 2",
    "explain", "help set", "new commonModule Module", "state Made",
};
static const char *const places[] = {
    "Welcome", "Welcome/1", "Welcome/2", "Welcome/2/yes", "Welcome/2/yes/1", "Welcome/3",
    "Main menu", "Main menu/1", "Main menu/2", "Welcome/4", "Made", "Made/1", "start", "start/1",
};

struct random {
    uint64_t state;
};

static size_t below(struct random *random, size_t limit)
{
    random->state = random->state * 6364136223846793005u + 1442695040888963407u;
    return (size_t) (random->state >> 33) % limit;
}

static void say_any(struct world *world, struct random *random)
{
    char line[300];

    if (below(random, 4) == 0)
        snprintf(line, sizeof line, "goto %s",
                 places[below(random, sizeof places / sizeof *places)]);
    else
        snprintf(line, sizeof line, "%s", lines[below(random, sizeof lines / sizeof *lines)]);
    bool done = session_command(world->session, str_of(line));
    struct session *session = world->session;
    if (!done && session->message_kind != MESSAGE_ERROR)
        fail_msg("%s failed and said nothing", line);
    if (session->flow && !doc_attached(session->flow->doc, session->cursor.node))
        fail_msg("%s left the cursor on what is gone", line);
}

static void list_problems(const struct diags *diags, struct buf *out)
{
    buf_addf(out, "%zu errors, %zu warnings\n", diags->errors, diags->warnings);
    for (size_t i = 0; i < diags->count; i++) {
        const struct diag *diag = &diags->items[i];
        buf_addf(out, "%u:%u %s %.*s ", diag->place.line, diag->place.column,
                 diag_info(diag->code)->code, STR_ARG(diag->place.path));
        diag_render(out, diag, NULL);
        buf_add_char(out, '\n');
    }
}

/* Where the session says that it knows the problems, they are those of a flow that is checked as a
 * whole. */
static void compare_problems(struct world *world)
{
    struct session *session = world->session;
    uint64_t revision = session->problems_revision;
    struct diags fresh;
    struct buf known, wanted;

    session_update_problems(session);
    if (!session->flow || revision != session->problems_revision)
        return;
    diags_init(&fresh, &world->env);
    buf_init(&known, &world->env);
    buf_init(&wanted, &world->env);
    check_flow(session->ws, session->flow, &fresh);
    list_problems(&session->problems, &known);
    list_problems(&fresh, &wanted);
    assert_string_equal(known.ptr, wanted.ptr);
    buf_release(&known);
    buf_release(&wanted);
    diags_release(&fresh);
}

static void one_session(struct world *world, uint64_t seed)
{
    struct random random = { seed };
    struct buf original, edited, now;

    buf_init(&original, &world->env);
    buf_init(&edited, &world->env);
    buf_init(&now, &world->env);
    world_open(world, "");
    world_say(world, "open Main line");
    world_state(world, &original);
    for (int i = 0; i < 150; i++) {
        say_any(world, &random);
        compare_problems(world);
    }
    world_state(world, &edited);
    size_t number = world->session->undo_at->number, count = world->session->undo_count;
    if (count) {
        char line[64];
        world_die(world);
        world_open(world, "");
        diags_clear(&world->diags);
        assert_true(session_recover(world->session, world_log(world), &world->diags));
        assert_int_equal(world->diags.count, 0);
        world_state(world, &now);
        assert_string_equal(now.ptr, edited.ptr);
        assert_int_equal(world->session->undo_count, count);
        world_say(world, "undo-to 0");
        world_state(world, &now);
        assert_string_equal(now.ptr, original.ptr);
        snprintf(line, sizeof line, "undo-to %zu", number);
        world_say(world, line);
        world_state(world, &now);
        assert_string_equal(now.ptr, edited.ptr);
    }
    world_say(world, "quit!");
    world_close(world);
    buf_release(&original);
    buf_release(&edited);
    buf_release(&now);
}

static void any_session_can_be_undone_and_recovered(void **state)
{
    const char *given = getenv("SEED");
    uint64_t seed = given ? strtoull(given, NULL, 10) : (uint64_t) time(NULL) * 1000;

    world_put_samples(*state);
    for (int i = 0; i < 20; i++, seed++) {
        print_message("SEED=%llu\n", (unsigned long long) seed);
        one_session(*state, seed);
        if (given)
            break;
    }
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, world_setup, world_teardown)
    const struct CMUnitTest tests[] = {
        TEST(any_session_can_be_undone_and_recovered),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
