/* The designer on a terminal, where it ends in the middle of work: test_designer POSTFLOW. */
#include <ftw.h>

#include "tests/tty/pty.h"

static char *program;

/* A folder with one flow and one for the state, gone at the end of the test. */
struct desk {
    struct pty pty;
    char folder[64], flow[128], state[128];
};

static size_t read_whole(const char *path, char *out, size_t size)
{
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    size_t len = fread(out, 1, size, file);
    fclose(file);
    return len;
}

static int setup(void **state)
{
    static struct desk desk;
    static char text[65536];
    desk = (struct desk){ .pty = { .master = -1 }, .folder = "/tmp/postflow-tty-XXXXXX" };
    assert_non_null(mkdtemp(desk.folder));
    snprintf(desk.flow, sizeof(desk.flow), "%s/csat.flow.json", desk.folder);
    snprintf(desk.state, sizeof(desk.state), "XDG_STATE_HOME=%s/state", desk.folder);
    size_t len = read_whole("samples/csat.flow.json", text, sizeof(text));
    FILE *file = fopen(desk.flow, "w");
    assert_non_null(file);
    assert_int_equal(fwrite(text, 1, len, file), len);
    assert_int_equal(fclose(file), 0);
    *state = &desk;
    return 0;
}

static int remove_one(const char *path, const struct stat *info, int type, struct FTW *at)
{
    (void)info, (void)type, (void)at;
    return remove(path);
}

static int teardown(void **state)
{
    struct desk *desk = *state;
    if (desk->pty.vt)
        pty_end(&desk->pty);
    return nftw(desk->folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

static void start(struct desk *desk)
{
    char *argv[] = { program, desk->flow, NULL };
    char *settings[] = { desk->state, NULL };
    pty_start(&desk->pty, 30, 100, argv, settings, false);
    pty_expect(&desk->pty, "State Questions");
}

static void start_again(struct desk *desk)
{
    pty_end(&desk->pty);
    start(desk);
    pty_expect(&desk->pty, "did not end well");
}

static void expect_file_untouched(struct desk *desk)
{
    static char before[65536], now[65536];
    size_t len = read_whole("samples/csat.flow.json", before, sizeof(before));
    assert_int_equal(read_whole(desk->flow, now, sizeof(now)), len);
    assert_memory_equal(now, before, len);
}

/* What the screen shows is in the log: not even the last key is lost. */
static void killed_while_a_field_is_typed(void **state)
{
    struct desk *desk = *state;
    struct pty *pty = &desk->pty;
    start(desk);
    pty_send(pty, ":set description Changed\r");
    pty_expect(pty, "Changed");
    pty_send(pty, ":goto Remark/1\r\t\r");
    pty_send(pty, "xyz");
    pty_expect(pty, "Anything else?xyz");
    kill(pty->pid, SIGKILL);
    pty_wait(pty);
    expect_file_untouched(desk);

    start_again(desk);
    pty_expect(pty, "a text that was being typed");
    pty_send(pty, "r");
    pty_expect(pty, ":set name Anything else?xyz");
    pty_send(pty, "\r");
    pty_expect(pty, "1 Anything else?xyz");
    pty_send(pty, ":write\r");
    pty_send(pty, ":quit\r");
    assert_int_equal(pty_wait(pty), 0);
    pty_expect_restored(pty);

    static char text[65536];
    text[read_whole(desk->flow, text, sizeof(text) - 1)] = '\0';
    assert_non_null(strstr(text, "Anything else?xyz"));
    assert_non_null(strstr(text, "\"Changed\""));
}

static void terminated_with_unsaved_work(void **state)
{
    struct desk *desk = *state;
    struct pty *pty = &desk->pty;
    start(desk);
    pty_send(pty, ":set description Changed\r");
    pty_expect(pty, "Changed");
    kill(pty->pid, SIGTERM);
    int status = pty_wait(pty);
    assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGTERM);
    pty_expect_restored(pty);
    expect_file_untouched(desk);

    start_again(desk);
    pty_send(pty, "d");
    pty_expect(pty, "the log is gone");
    pty_send(pty, ":quit\r");
    assert_int_equal(pty_wait(pty), 0);
    expect_file_untouched(desk);
}

static void sizes_while_it_edits(void **state)
{
    struct desk *desk = *state;
    struct pty *pty = &desk->pty;
    static const int sizes[][2] = { { 24, 80 }, { 11, 39 }, { 1, 1 }, { 60, 200 }, { 12, 40 } };
    start(desk);
    pty_send(pty, ":goto Remark/1\r\t\rxyz");
    pty_expect(pty, "Anything else?xyz");
    for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++)
        pty_resize(pty, sizes[i][0], sizes[i][1]);
    pty_resize(pty, 30, 100);
    pty_send(pty, "!\r");
    pty_expect(pty, "1 Anything else?xyz!");
    pty_send(pty, ":quit!\r");
    assert_int_equal(pty_wait(pty), 0);
    pty_expect_restored(pty);
    expect_file_untouched(desk);
}

/* Somebody else renames the state. */
static void change_file(struct desk *desk)
{
    static char text[65536];
    text[read_whole(desk->flow, text, sizeof(text) - 1)] = '\0';
    char *name = strstr(text, "Questions");
    while (name) {
        memcpy(name, "Inquiries", strlen("Inquiries"));
        name = strstr(name, "Questions");
    }
    FILE *file = fopen(desk->flow, "w");
    assert_non_null(file);
    fputs(text, file);
    assert_int_equal(fclose(file), 0);
}

/* Nobody presses a key. */
static void changed_by_others(void **state)
{
    struct desk *desk = *state;
    start(desk);
    change_file(desk);
    pty_expect(&desk->pty, "was changed by others: read again");
    pty_expect(&desk->pty, "State Inquiries");
    pty_send(&desk->pty, ":quit\r");
    assert_int_equal(pty_wait(&desk->pty), 0);
}

/* Ctrl-Z in the middle of a field; while it is stopped the terminal and the file change. */
static void suspended_and_continued(void **state)
{
    struct desk *desk = *state;
    struct pty *pty = &desk->pty;
    static char text[65536];
    char line[600];
    char *argv[] = { (char *)"bash", (char *)"--norc", (char *)"--noprofile", (char *)"-i", NULL };
    char *settings[] = { (char *)"PS1=ready$ ", (char *)"HISTFILE", desk->state, NULL };
    pty_start(pty, 30, 100, argv, settings, false);
    pty_expect(pty, "ready$");
    snprintf(line, sizeof(line), "'%s' '%s'\r", program, desk->flow);
    pty_send(pty, line);
    pty_expect(pty, "State Questions");
    pty_send(pty, ":set description Changed\r:goto Remark/1\r\t\rxyz");
    pty_expect(pty, "Anything else?xyz");
    pty_send(pty, "\032");
    pty_expect(pty, "Stopped");
    assert_false(pty->alternate);
    assert_false(pty->cursor_hidden);
    assert_int_equal(pty->mouse, 0);
    pty_send(pty, "echo $((6 * 7))-answer; PS1=a'gain> '\r");
    pty_expect(pty, "42-answer");
    pty_expect(pty, "again>");
    change_file(desk);
    pty_resize(pty, 24, 80);
    pty_send(pty, "fg\r");
    pty_expect(pty, "ng else?xyz"); /* a narrower pane */
    assert_true(pty->alternate);
    pty_send(pty, "!\r");
    pty_expect(pty, "1 Anything else?xyz!");
    pty_expect(pty, "was changed by others");
    pty_send(pty, ":write\r");
    pty_expect(pty, "Somebody else changed this");
    text[read_whole(desk->flow, text, sizeof(text) - 1)] = '\0';
    assert_null(strstr(text, "xyz!"));
    pty_send(pty, ":write!\r");
    pty_expect(pty, "saved ");
    pty_send(pty, ":quit\r");
    pty_expect(pty, "42-answer");
    pty_send(pty, "echo $((6 * 8))-$?-answer; exit\r");
    pty_expect(pty, "48-0-answer");
    assert_int_equal(pty_wait(pty), 0);
    pty_expect_restored(pty);
    text[read_whole(desk->flow, text, sizeof(text) - 1)] = '\0';
    assert_non_null(strstr(text, "Anything else?xyz!"));
    assert_non_null(strstr(text, "Questions"));
}

/* The window is closed, the connection is cut: nothing was saved, nothing is lost. */
static void the_terminal_vanishes(void **state)
{
    struct desk *desk = *state;
    struct pty *pty = &desk->pty;
    start(desk);
    pty_send(pty, ":set description Changed\r");
    pty_expect(pty, "Changed");
    pty_send(pty, ":goto Remark/1\r\t\rxyz");
    pty_expect(pty, "Anything else?xyz");
    close(pty->master);
    pty->master = -1;
    pty->closed = true;
    int status = pty_wait(pty);
    assert_true(WIFSIGNALED(status) ? WTERMSIG(status) == SIGHUP : WEXITSTATUS(status) != 0);
    expect_file_untouched(desk);

    start_again(desk);
    pty_expect(pty, "change and a text that was being typed");
    pty_send(pty, "r");
    pty_expect(pty, ":set name Anything else?xyz");
    pty_send(pty, "\r:write\r:quit\r");
    assert_int_equal(pty_wait(pty), 0);
    pty_expect_restored(pty);
    static char text[65536];
    text[read_whole(desk->flow, text, sizeof(text) - 1)] = '\0';
    assert_non_null(strstr(text, "Anything else?xyz"));
    assert_non_null(strstr(text, "\"Changed\""));
}

/* A paste is no key, but as little to be lost; there is no other work. */
static void terminated_behind_a_paste(void **state)
{
    struct desk *desk = *state;
    struct pty *pty = &desk->pty;
    start(desk);
    pty_send(pty, ":goto Remark/1\r\t\r\033[200~pas\033[201~");
    pty_expect(pty, "Anything else?pas");
    kill(pty->pid, SIGTERM);
    pty_wait(pty);
    start_again(desk);
    pty_send(pty, "r");
    pty_expect(pty, ":set name Anything else?pas");
    pty_send(pty, "\025quit!\r");
    assert_int_equal(pty_wait(pty), 0);
    expect_file_untouched(desk);
}

static void start_with(struct desk *desk, const char *setting)
{
    char *argv[] = { program, desk->flow, NULL };
    char *settings[] = { desk->state, (char *)setting, NULL };
    pty_start(&desk->pty, 24, 80, argv, settings, false);
    pty_expect(&desk->pty, "State Questions");
    pty_send(&desk->pty, "s");
    pty_expect(&desk->pty, "SIMULATION");
}

static void quit(struct desk *desk)
{
    pty_send(&desk->pty, ":quit!\r");
    assert_int_equal(pty_wait(&desk->pty), 0);
    pty_expect_restored(&desk->pty);
}

static void ascii_and_no_colour(void **state)
{
    struct desk *desk = *state;
    struct pty *pty = &desk->pty;
    start_with(desk, "LC_ALL=C");
    quit(desk);
    for (size_t i = 0; i < pty->length; i++)
        assert_true((unsigned char)pty->stream[i] < 0x80);
    pty_end(pty);
    start_with(desk, "NO_COLOR=1");
    quit(desk);
    assert_false(pty_has_rendition(pty->stream, 30, 255));
    pty_end(pty);
    start_with(desk, "NO_COLOR=");
    quit(desk);
    assert_true(pty_has_rendition(pty->stream, 30, 255));
}

int main(int argc, char **argv)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(killed_while_a_field_is_typed),
        TEST(terminated_with_unsaved_work),
        TEST(sizes_while_it_edits),
        TEST(changed_by_others),
        TEST(suspended_and_continued),
        TEST(the_terminal_vanishes),
        TEST(terminated_behind_a_paste),
        TEST(ascii_and_no_colour),
    };
    if (argc != 2) {
        fprintf(stderr, "usage: test_designer POSTFLOW\n");
        return 2;
    }
    program = argv[1];
    return cmocka_run_group_tests(tests, NULL, NULL);
}
