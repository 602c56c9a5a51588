/* tui/term on a terminal: test_term DEMO, the path of the demo program. */
#include "tests/tty/pty.h"

/* The demo is built as this program is. */
#if defined(__SANITIZE_ADDRESS__)
static const bool sanitized = true;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
static const bool sanitized = true;
#else
static const bool sanitized = false;
#endif
#else
static const bool sanitized = false;
#endif

static char *demo_path;

static int setup(void **state)
{
    static struct pty pty;
    pty = (struct pty){ .master = -1 };
    *state = &pty;
    return 0;
}

static int teardown(void **state)
{
    struct pty *pty = *state;
    if (pty->vt)
        pty_end(pty);
    return 0;
}

static void start(struct pty *pty, int rows, int cols, const char *what, const char *setting)
{
    char *argv[] = { demo_path, (char *)what, NULL };
    char *settings[] = { (char *)setting, NULL };
    pty_start(pty, rows, cols, argv, settings, false);
}

static void start_list(struct pty *pty)
{
    start(pty, 40, 120, "1000", NULL);
    pty_expect(pty, "row 1 of 1000, 120x40");
}

static void it_starts_and_leaves_no_trace(void **state)
{
    struct pty *pty = *state;
    start_list(pty);
    assert_string_equal(pty_row(pty, 1), " 1 action of the flow: say 919 and go on");
    assert_true(pty->alternate);
    assert_true(pty->cursor_hidden);
    assert_int_not_equal(pty->mouse, 0);
    assert_non_null(strstr(pty->stream, "\033[?2004h"));
    pty_send(pty, "q");
    assert_int_equal(pty_wait(pty), 0);
    pty_expect_restored(pty);
}

static void keys_arrive(void **state)
{
    static const char *const keys[][2] = {
        { "a", "key a" }, { "\033[15~", "key F5" }, { "\033OP", "key F1" }, { "\003", "key C-c" },
        { "\033x", "key M-x" }, { "\033", "key Esc" }, { "\r", "key Enter" }, { "\021", "key C-q" },
        { "\023", "key C-s" }, { "\033[1;5C", "key C-Right" }, { "\xc3\xa9", "key é" },
        { "\034", "key C-\\" }, { "\177", "key Backspace" }, { "\t", "key Tab" },
    };
    struct pty *pty = *state;
    start_list(pty);
    for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
        pty_send(pty, keys[i][0]);
        pty_expect(pty, keys[i][1]);
    }
}

static void the_mouse_arrives(void **state)
{
    struct pty *pty = *state;
    start_list(pty);
    pty_send(pty, "\033[<0;10;5M");
    pty_expect(pty, "mouse 0 1 4,9");
    pty_send(pty, "\033[<65;1;1M");
    pty_expect(pty, "mouse 4 0 0,0");
}

static void many_keys_are_drawn_once(void **state)
{
    struct pty *pty = *state;
    char keys[3 * 600 + 1] = "";
    start_list(pty);
    size_t before = pty->length;
    for (int i = 0; i < 600; i++)
        memcpy(keys + 3 * i, "\033OB", 3);
    pty_send(pty, keys);
    pty_expect(pty, "row 601 of 1000");
    assert_true(pty->length - before < 600 * 40); /* one by one it would be 145 each */
}

static void a_storm_of_sizes(void **state)
{
    struct pty *pty = *state;
    start_list(pty);
    for (int storm = 0; storm < 3; storm++) {
        struct timespec pause = { .tv_nsec = 500000 };
        for (int i = 0; i < 200; i++) {
            pty_resize(pty, 12 + (i * 7 + storm) % 40, 40 + (i * 13 + storm) % 120);
            ppoll(NULL, 0, &pause, NULL); /* the storm's pace, not a wait */
            pty_pump(pty, 0);
        }
        char wanted[64];
        int rows, cols;
        vterm_get_size(pty->vt, &rows, &cols);
        snprintf(wanted, sizeof(wanted), "row 1 of 1000, %dx%d", cols, rows);
        pty_expect(pty, wanted);
        assert_string_equal(pty_row(pty, rows - 1), wanted);
        assert_string_equal(pty_row(pty, 1), " 1 action of the flow: say 919 and go on");
    }
}

static void every_size_is_survived(void **state)
{
    static const int sizes[][2] = { { 1, 1 }, { 1, 200 }, { 200, 1 }, { 2, 2 }, { 200, 500 },
                                    { 12, 40 }, { 3, 5 }, { 24, 80 } };
    struct pty *pty = *state;
    start_list(pty);
    for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
        pty_resize(pty, sizes[i][0], sizes[i][1]);
        pty_send(pty, "\033OB\033OA");
        while (pty_pump(pty, 5))
            ;
    }
    pty_expect(pty, "row 1 of 1000, 80x24");
}

static void text_of_a_file_is_never_a_command(void **state)
{
    static const char evil[] =
        "\033]0;pwned\007 title\n\033]52;c;cHduZWQ=\033\\ clipboard\n\033P$q\"p\033\\ dcs\n"
        "\xc2\x9b" "31m c1\n\xc2\x9d" "0;pwned\xc2\x9c\n\xe2\x80\xae" "bidi\xe2\x81\xa6\n"
        "\033[21t\033[6n report\n\x9b" "5n raw\n\xff\xfe invalid\n"
        "\033c reset\r\n\016\017 charset\n";
    struct pty *pty = *state;
    char path[] = "/tmp/postflow-tty-XXXXXX";
    int fd = mkstemp(path);
    FILE *file = fdopen(fd, "wb");
    fwrite(evil, 1, sizeof(evil) - 1, file);
    for (int code = 0; code < 0xA0; code++)
        if (code < 0x80)
            fprintf(file, "[%c] %d\n", code == '\n' ? ' ' : code, code);
        else
            fprintf(file, "[\xc2%c] %d\n", code, code);
    fprintf(file, "the end\n");
    fclose(file);
    start(pty, 40, 120, path, NULL);
    pty_expect(pty, "^[]0;pwned^G title");
    pty_expect(pty, "<9B>31m c1");
    pty_expect(pty, "<U+202E>bidi<U+2066>");
    pty_expect(pty, "<9B>5n raw");
    pty_expect(pty, "^[c reset^M");
    for (int i = 0; i < 171; i++)
        pty_send(pty, "\033OB");
    pty_expect(pty, "the end");
    pty_send(pty, "q");
    assert_int_equal(pty_wait(pty), 0);
    unlink(path);
    for (size_t i = 0; i < pty->length; i++) {
        const unsigned char *at = (const unsigned char *)pty->stream + i;
        assert_false(at[0] == 0xC2 && at[1] >= 0x80 && at[1] < 0xA0);
        assert_false(at[0] == 0xE2 && at[1] == 0x80 && at[2] >= 0xAA && at[2] <= 0xAE);
        assert_false(at[0] == 0x9B || at[0] == 0xFF || at[0] == 0x7F);
        assert_false(at[0] < ' ' && !strchr("\033\r\n\b\t\017\007", at[0]));
        /* Ours: CSI, character set, keypad, up; OSC 104 (colours). */
        if (at[0] == 033 && !strchr("[(=>M", at[1]))
            assert_memory_equal(at, "\033]104\007", 6);
    }
    assert_null(strstr(pty->stream, "\033[21t"));
    assert_null(strstr(pty->stream, "\033[6n"));
    pty_expect_restored(pty);
}

/* Bytes are counted over a run of keys, so that no single frame must be cut out of the stream. */
static size_t bytes_per_key(struct pty *pty, const char *key, int from, int to)
{
    char wanted[32];
    size_t before = pty->length;
    int step = to > from ? 1 : -1;
    for (int row = from; row != to; row += step) {
        snprintf(wanted, sizeof(wanted), "row %d of", row + step);
        pty_send(pty, key);
        pty_expect(pty, wanted);
    }
    return (pty->length - before) / (size_t)((to - from) * step);
}

static void a_cursor_key_writes_little(void **state)
{
    struct pty *pty = *state;
    start_list(pty);
    assert_in_range(bytes_per_key(pty, "\033OB", 1, 31), 20, 150);
    bytes_per_key(pty, "\033OB", 31, 38);
    assert_in_range(bytes_per_key(pty, "\033OB", 38, 138), 20, 190);
    bytes_per_key(pty, "\033OA", 138, 101);
    assert_in_range(bytes_per_key(pty, "\033OA", 101, 41), 20, 190);
}

static void check_rows(struct pty *pty, int first)
{
    for (int row = 1; row < 39; row++) {
        char wanted[200];
        int number = first + row - 1, at;
        char text[100];
        snprintf(text, sizeof(text), "%*s%d action of the flow: say %d and go on", number % 7, "",
                 number, number * 7919 % 1000);
        at = snprintf(wanted, sizeof(wanted), "side %d | %d", row, row * 31 % 97);
        at += snprintf(wanted + at, sizeof(wanted) - (size_t)at, "%*s%-80s", 20 - at, "", text);
        snprintf(wanted + at, sizeof(wanted) - (size_t)at, "side %d | %d", row, row * 31 % 97);
        assert_string_equal(pty_row(pty, row), wanted);
    }
}

/* libvterm has left and right margins, so the pane in the middle scrolls by itself. */
static void a_pane_scrolls_between_panes(void **state)
{
    struct pty *pty = *state;
    start(pty, 40, 120, "1000", "DEMO_PANES=1");
    pty_expect(pty, "row 1 of 1000");
    check_rows(pty, 1);
    bytes_per_key(pty, "\033OB", 1, 40);
    assert_in_range(bytes_per_key(pty, "\033OB", 40, 140), 20, 190);
    check_rows(pty, 103);
    bytes_per_key(pty, "\033OA", 140, 103);
    assert_in_range(bytes_per_key(pty, "\033OA", 103, 63), 20, 190);
    check_rows(pty, 63);
    pty_send(pty, "\033[6~");
    pty_expect(pty, "row 101 of 1000");
    check_rows(pty, 101);
    assert_non_null(strstr(pty->stream, "\033[?69h"));
    pty_send(pty, "q");
    assert_int_equal(pty_wait(pty), 0);
    pty_expect_restored(pty);
}

static void a_paste_is_one_event(void **state)
{
    struct pty *pty = *state;
    static char text[1 << 20];
    char wanted[32];
    start_list(pty);
    memset(text, 'q', sizeof(text)); /* q would quit */
    memcpy(text + 5, "\033]0;x\007", 6);
    memcpy(text + 5000, "\033[201~q", 7);
    text[100] = '\0';
    int64_t before = pty_now();
    pty_send(pty, "\033[200~");
    pty_send_bytes(pty, text, sizeof(text));
    pty_send(pty, "\033[201~");
    snprintf(wanted, sizeof(wanted), "paste %zu qqqqq^[]0;x^G", sizeof(text));
    pty_expect(pty, wanted);
    assert_true(pty_now() - before < 5000); /* under any load; about 50 ms without */
    pty_send(pty, "a");
    pty_expect(pty, "key a");
}

static void under_a_shell(struct pty *pty)
{
    char *argv[] = { (char *)"bash", (char *)"--norc", (char *)"--noprofile", (char *)"-i", NULL };
    /* Each prompt is another: a key sent before it comes may be thrown away with what was typed to
     * the program that has just ended. */
    char *settings[] = { (char *)"PS1=ready\\#$ ", (char *)"HISTFILE", NULL };
    char line[600];
    pty_start(pty, 40, 120, argv, settings, false);
    pty_expect(pty, "ready1$");
    snprintf(line, sizeof(line), "'%s' 1000\r", demo_path);
    pty_send(pty, line);
    pty_expect(pty, "row 1 of 1000, 120x40");
}

static void suspended_and_continued(void **state)
{
    struct pty *pty = *state;
    under_a_shell(pty);
    pty_send(pty, "\033OB\032");
    pty_expect(pty, "Stopped");
    assert_false(pty->alternate);
    assert_false(pty->cursor_hidden);
    assert_int_equal(pty->mouse, 0);
    /* The prompt tells that readline has done with the modes: it writes back the size it read. */
    pty_send(pty, "echo $((6 * 7))-answer; PS1=a'gain\\#> '\r");
    pty_expect(pty, "42-answer");
    pty_expect(pty, "again3>");
    pty_resize(pty, 30, 100);
    pty_send(pty, "fg\r");
    pty_expect(pty, "row 2 of 1000, 100x30");
    pty_expect(pty, "resumed");
    assert_true(pty->alternate);
    assert_true(pty->cursor_hidden);
    assert_string_equal(pty_row(pty, 1), " 1 action of the flow: say 919 and go on");
    pty_send(pty, "a");
    pty_expect(pty, "key a");
    pty_send(pty, "q");
    pty_expect(pty, "again4>");
    pty_send(pty, "echo $((6 * 8))-$?-answer; exit\r");
    pty_expect(pty, "48-0-answer");
    assert_int_equal(pty_wait(pty), 0);
    pty_expect_restored(pty);
}

static void stopped_from_outside(void **state)
{
    struct pty *pty = *state;
    under_a_shell(pty);
    /* The job's process group is the foreground one of the terminal. */
    pid_t job = tcgetpgrp(pty->master);
    assert_true(job > 0 && job != pty->pid);
    kill(job, SIGTSTP);
    pty_expect(pty, "Stopped");
    assert_false(pty->alternate);
    pty_send(pty, "bg\r");
    pty_expect(pty, "bg");
    pty_send(pty, "echo $((6 * 7))-answer\r"); /* it must not take the terminal in the background */
    pty_expect(pty, "42-answer");
    pty_expect(pty, "ready4$");
    pty_send(pty, "fg\r");
    pty_expect(pty, "row 1 of 1000");
    kill(job, SIGSTOP); /* which nobody can see */
    pty_expect(pty, "Stopped");
    pty_send(pty, "fg\r");
    pty_expect(pty, "resumed resumed");
    assert_string_equal(pty_row(pty, 1), " 1 action of the flow: say 919 and go on");
    pty_send(pty, "q");
    pty_expect(pty, "ready6$");
    pty_send(pty, "exit\r");
    pty_wait(pty);
    pty_expect_restored(pty);
}

static void ends_by(struct pty *pty, int number)
{
    start_list(pty);
    kill(pty->pid, number);
    int status = pty_wait(pty);
    assert_true(WIFSIGNALED(status) && WTERMSIG(status) == number);
    pty_expect_restored(pty);
}

static void terminated(void **state)
{
    ends_by(*state, SIGTERM);
}

static void hung_up_by_signal(void **state)
{
    ends_by(*state, SIGHUP);
}

static void interrupts_are_a_key(void **state)
{
    struct pty *pty = *state;
    start_list(pty);
    kill(pty->pid, SIGINT);
    pty_expect(pty, "key C-c");
    kill(pty->pid, SIGQUIT);
    kill(pty->pid, SIGUSR1);
    kill(pty->pid, SIGPIPE);
    pty_send(pty, "a");
    pty_expect(pty, "key a");
}

static void a_crash_restores_the_terminal(void **state)
{
    struct pty *pty = *state;
    start_list(pty);
    pty_send(pty, "x");
    int status = pty_wait(pty);
    /* A sanitizer, which had the signal before, ends with a status of its own. */
    assert_true((WIFSIGNALED(status) && WTERMSIG(status) == SIGSEGV) ||
                (sanitized && WIFEXITED(status) && WEXITSTATUS(status) == 1));
    pty_expect_restored(pty);
    assert_non_null(strstr(pty->stream, "demo: your work is safe"));
}

/* The terminal goes away, with SIGHUP ignored or not: it ends at once and does not spin. */
static void vanished(struct pty *pty, bool ignore_hangup)
{
    char *argv[] = { demo_path, (char *)"1000", NULL };
    pty_start(pty, 40, 120, argv, NULL, ignore_hangup);
    pty_expect(pty, "row 1 of 1000");
    close(pty->master);
    pty->master = -1;
    pty->closed = true;
    int64_t before = pty_now();
    int status = pty_wait(pty);
    assert_true(pty_now() - before < 1000);
    double cpu = (double)(pty->usage.ru_utime.tv_sec + pty->usage.ru_stime.tv_sec) +
                 (double)(pty->usage.ru_utime.tv_usec + pty->usage.ru_stime.tv_usec) / 1e6;
    assert_true(cpu < (sanitized ? 0.5 : 0.05));
    if (ignore_hangup)
        assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 7);
    else
        assert_true((WIFSIGNALED(status) && WTERMSIG(status) == SIGHUP) ||
                    (WIFEXITED(status) && WEXITSTATUS(status) == 7));
}

static void the_terminal_vanishes(void **state)
{
    vanished(*state, false);
}

static void the_terminal_vanishes_under_nohup(void **state)
{
    vanished(*state, true);
}

static void another_program_has_the_terminal(void **state)
{
    struct pty *pty = *state;
    start_list(pty);
    pty_send(pty, "e");
    pty_expect(pty, "stty: 0");
    assert_non_null(strstr(pty->stream, " icanon"));
    assert_null(strstr(pty->stream, "-icanon"));
    assert_true(pty->alternate);
    pty_send(pty, "E");
    pty_expect(pty, "no-such-program: -1 No such file or directory");
    pty_send(pty, "a");
    pty_expect(pty, "key a");
    pty_send(pty, "q");
    assert_int_equal(pty_wait(pty), 0);
    pty_expect_restored(pty);
}

static void refused(struct pty *pty, const char *setting, const char *why)
{
    start(pty, 24, 80, "10", setting);
    int status = pty_wait(pty);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 2);
    assert_non_null(strstr(pty->stream, why));
    assert_null(strchr(pty->stream, '\033'));
    pty_expect_restored(pty);
    pty_end(pty);
}

static void terminals_that_cannot(void **state)
{
    struct pty *pty = *state;
    refused(pty, "TERM", "TERM is not set");
    refused(pty, "TERM=nonsense", "not known here");
    refused(pty, "TERM=dumb", "cannot move its cursor");
}

static void other_terminals(void **state)
{
    static const char *const types[] = { "TERM=xterm", "TERM=vt100", "TERM=linux", "TERM=screen",
                                         "TERM=tmux-256color", "TERM=rxvt", "TERM=vt220" };
    struct pty *pty = *state;
    for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
        start(pty, 24, 80, "1000", types[i]);
        pty_expect(pty, "row 1 of 1000");
        bytes_per_key(pty, "\033[B", 1, 30);
        assert_string_equal(pty_row(pty, 22), "  30 action of the flow: say 570 and go on");
        pty_send(pty, "q");
        assert_int_equal(pty_wait(pty), 0);
        pty_expect_restored(pty);
        pty_end(pty);
    }
}

static void plain_locales_and_no_colour(void **state)
{
    struct pty *pty = *state;
    start(pty, 24, 80, "1000", "LC_ALL=C");
    pty_expect(pty, "row 1 of 1000");
    for (size_t i = 0; i < pty->length; i++)
        assert_true((unsigned char)pty->stream[i] < 0x80);
    pty_end(pty);
    start(pty, 24, 80, "1000", NULL);
    pty_expect(pty, "row 1 of 1000");
    assert_true(pty_has_rendition(pty->stream, 30, 255));
    pty_end(pty);
    start(pty, 24, 80, "1000", "NO_COLOR=1");
    pty_expect(pty, "row 1 of 1000");
    assert_false(pty_has_rendition(pty->stream, 30, 255));
    assert_true(pty_has_rendition(pty->stream, 7, 7)); /* the cursor row is seen all the same */
}

static void no_terminal_at_all(void **state)
{
    struct pty *pty = *state;
    char command[700];
    char *argv[] = { (char *)"sh", (char *)"-c", command, NULL };
    snprintf(command, sizeof(command), "'%s' 10 </dev/null", demo_path);
    pty_start(pty, 24, 80, argv, NULL, false);
    int status = pty_wait(pty);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 2);
    assert_string_equal(pty->stream,
                        "demo: standard input and output are not a terminal\r\n");
}

int main(int argc, char **argv)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(it_starts_and_leaves_no_trace), TEST(keys_arrive), TEST(the_mouse_arrives),
        TEST(many_keys_are_drawn_once), TEST(a_storm_of_sizes), TEST(every_size_is_survived),
        TEST(text_of_a_file_is_never_a_command), TEST(a_cursor_key_writes_little),
        TEST(a_pane_scrolls_between_panes), TEST(a_paste_is_one_event),
        TEST(suspended_and_continued), TEST(stopped_from_outside), TEST(terminated),
        TEST(hung_up_by_signal), TEST(interrupts_are_a_key), TEST(a_crash_restores_the_terminal),
        TEST(the_terminal_vanishes), TEST(the_terminal_vanishes_under_nohup),
        TEST(another_program_has_the_terminal), TEST(terminals_that_cannot),
        TEST(other_terminals), TEST(plain_locales_and_no_colour), TEST(no_terminal_at_all),
    };
    if (argc != 2) {
        fprintf(stderr, "usage: test_term DEMO\n");
        return 2;
    }
    demo_path = argv[1];
    return cmocka_run_group_tests(tests, NULL, NULL);
}
