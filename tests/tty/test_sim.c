/* postflow sim on a terminal: prompt, editing, completion, history, Ctrl-C: test_sim POSTFLOW. */
#include <ftw.h>

#include "tests/tty/pty.h"

static char *program;

struct sim {
    struct pty pty;
    char folder[64], state[128], file[160];
};

static int setup(void **state)
{
    static struct sim sim;
    sim = (struct sim){ .pty = { .master = -1 }, .folder = "/tmp/postflow-sim-XXXXXX" };
    assert_non_null(mkdtemp(sim.folder));
    snprintf(sim.state, sizeof(sim.state), "XDG_STATE_HOME=%s/state", sim.folder);
    snprintf(sim.file, sizeof(sim.file), "%s/state/postflow/sim/history", sim.folder);
    *state = &sim;
    return 0;
}

static int remove_one(const char *path, const struct stat *info, int type, struct FTW *at)
{
    (void)info, (void)type, (void)at;
    return remove(path);
}

static int teardown(void **state)
{
    struct sim *sim = *state;
    if (sim->pty.vt)
        pty_end(&sim->pty);
    return nftw(sim->folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

/* Waits until the lowest line that is not empty ends so. */
static void expect_last(struct sim *sim, const char *end)
{
    int64_t deadline = pty_now() + PTY_DEADLINE_MS;
    for (;;) {
        int row = 49;
        while (row > 0 && !*pty_row(&sim->pty, row))
            row--;
        const char *last = pty_row(&sim->pty, row);
        size_t len = strlen(last), wanted = strlen(end);
        if (len >= wanted && !strcmp(last + len - wanted, end))
            return;
        if (!pty_pump(&sim->pty, 100) && (sim->pty.closed || pty_now() > deadline)) {
            pty_print(&sim->pty);
            fail_msg("the last line is not %s", end);
        }
    }
}

static void start(struct sim *sim, char *term)
{
    char *argv[] = { program, (char *)"sim", (char *)"samples/main-line.flow.json", NULL };
    char *settings[] = { sim->state, (char *)"HOME=/nonexistent", term, NULL };
    pty_start(&sim->pty, 50, 120, argv, settings, false);
    expect_last(sim, "ready (Caller)>");
}

/* Types a line, waits for what it prints, and for the prompt: keys are read as keys from there. */
static void ask(struct sim *sim, const char *keys, const char *shown, const char *prompt)
{
    pty_send(&sim->pty, keys);
    pty_send(&sim->pty, "\r");
    pty_expect(&sim->pty, shown);
    expect_last(sim, prompt);
}

static void quit(struct sim *sim)
{
    pty_send(&sim->pty, "quit\r");
    assert_int_equal(pty_wait(&sim->pty), 0);
    pty_expect_restored(&sim->pty);
}

static void the_prompt_tells_phase_and_parties(void **state)
{
    struct sim *sim = *state;
    struct pty *pty = &sim->pty;
    start(sim, NULL);
    ask(sim, "next", "asked: keys are awaited", "waiting for keys (Caller)>");
    ask(sim, "press 1", "Ask for consent: success", "ready (Caller)>");
    ask(sim, "press 1", "asked: keys are awaited  (Main line::Main menu)", "ready (Caller)>");
    ask(sim, "agent answers", "Agent 1 is connected", "talking (Caller, Agent 1)>");
    ask(sim, "hangup caller", "ended: caller-hangup", "ended: caller-hangup>");
    /* a command that fails is told and is not the end; what is for pipes is not there */
    ask(sim, "bogus", "bogus is no command", "ended: caller-hangup>");
    assert_null(strstr(pty->stream, "\n= "));
    assert_null(strstr(pty->stream, "line 1"));
    pty_send(pty, "\004");
    assert_int_equal(pty_wait(pty), 0);
    pty_expect_restored(pty);
}

static void lines_are_completed(void **state)
{
    struct sim *sim = *state;
    struct pty *pty = &sim->pty;
    start(sim, NULL);
    pty_send(pty, "branch-\t");
    expect_last(sim, "> branch-to");
    pty_send(pty, "ma\t");
    expect_last(sim, "> branch-to main");
    pty_send(pty, "\025unti\tWelcome/4/y\t");
    expect_last(sim, "> until Welcome/4/yes");
    pty_send(pty, "\025hang\tc\t");
    expect_last(sim, "> hangup caller");
    ask(sim, "", "ended: abandoned", "ended: abandoned>");
    pty_send(pty, "break \t\t"); /* nothing in common: they are listed */
    pty_expect(pty, "variable");
    pty_expect(pty, "Welcome/2");
    expect_last(sim, "> break");
    pty_send(pty, "\025");
    expect_last(sim, "ended: abandoned>");
    quit(sim);
}

static void earlier_lines_come_back(void **state)
{
    struct sim *sim = *state;
    struct pty *pty = &sim->pty;
    start(sim, NULL);
    ask(sim, "print \"first day\"", "\"first day\"", "ready (Caller)>");
    quit(sim);
    assert_int_equal(access(sim->file, R_OK), 0);
    pty_end(pty);
    start(sim, NULL);
    pty_send(pty, "\033[A\033[A"); /* quit, and the line before it */
    expect_last(sim, "> print \"first day\"");
    pty_send(pty, "\025");
    expect_last(sim, "ready (Caller)>");
    quit(sim);
}

static void ctrl_c_drops_the_line(void **state)
{
    struct sim *sim = *state;
    start(sim, NULL);
    pty_send(&sim->pty, "hangup caller");
    expect_last(sim, "> hangup caller");
    pty_send(&sim->pty, "\003");
    expect_last(sim, "ready (Caller)>");
    ask(sim, "next", "asked: keys are awaited", "waiting for keys (Caller)>");
    quit(sim);
}

/* Nothing but lines: a screen reader, or a paper terminal, can follow. */
static void a_dumb_terminal_gets_plain_lines(void **state)
{
    struct sim *sim = *state;
    char term[] = "TERM=dumb";
    start(sim, term);
    ask(sim, "next", "asked: keys are awaited", "waiting for keys (Caller)>");
    ask(sim, "why-not", "agent hangs up: no agent is connected", "waiting for keys (Caller)>");
    quit(sim);
    assert_null(strchr(sim->pty.stream, '\033'));
}

int main(int count, char **words)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
        TEST(the_prompt_tells_phase_and_parties),
        TEST(lines_are_completed),
        TEST(earlier_lines_come_back),
        TEST(ctrl_c_drops_the_line),
        TEST(a_dumb_terminal_gets_plain_lines),
    };
    if (count != 2)
        return 2;
    program = words[1];
    return cmocka_run_group_tests(tests, NULL, NULL);
}
