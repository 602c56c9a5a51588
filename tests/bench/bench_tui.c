/* What a key costs on a terminal of 120 x 40: bytes written and CPU, for any program. The terminal
 * is a pty that answers what programs ask at their start. Usage: bench_tui NAME OPEN-KEYS DOWN PAGE
 * HOME END COMMAND... keys are given with C escapes; OPEN-KEYS are sent once the first screen is
 * there. Prints a line: NAME first-ms cpu-ms  bytes: down scroll page end home  cpu-us: down scroll
 * page end home */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { ROWS = 40, COLS = 120, QUIET_MS = 25, REPEATS = 60 };

static int terminal;
static pid_t child;

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double) now.tv_sec + (double) now.tv_nsec * 1e-9;
}

/* CPU of the child so far, in microseconds. */
static double child_cpu(void)
{
    char path[64], line[128];
    double run = 0;
    snprintf(path, sizeof path, "/proc/%d/schedstat", (int) child);
    FILE *file = fopen(path, "r");
    if (file && fgets(line, sizeof line, file))
        run = strtod(line, NULL) / 1000;
    if (file)
        fclose(file);
    return run;
}

static void send_bytes(const char *bytes, size_t len)
{
    while (len > 0) {
        ssize_t sent = write(terminal, bytes, len);
        if (sent < 0 && errno != EINTR && errno != EAGAIN)
            return;
        if (sent > 0) {
            bytes += sent;
            len -= (size_t) sent;
        }
    }
}

/* Device attributes, cursor position and the mode query for margins, as a terminal answers. */
static void answer(const char *output, size_t len)
{
    if (memmem(output, len, "\033[c", 3) || memmem(output, len, "\033[0c", 4))
        send_bytes("\033[?64;1;22c", 11);
    if (memmem(output, len, "\033[6n", 4))
        send_bytes("\033[1;1R", 6);
    if (memmem(output, len, "\033[?69$p", 7))
        send_bytes("\033[?69;2$y", 9);
}

/* Reads until nothing comes for a while; the bytes, and when the first came (0: none). */
static size_t drain(double *first)
{
    char buffer[65536];
    size_t total = 0;
    *first = 0;
    while (true) {
        struct pollfd waiting = { .fd = terminal, .events = POLLIN };
        if (poll(&waiting, 1, total || *first ? QUIET_MS : 200) <= 0)
            return total;
        ssize_t got = read(terminal, buffer, sizeof buffer);
        if (got <= 0)
            return total;
        if (!*first)
            *first = seconds();
        answer(buffer, (size_t) got);
        total += (size_t) got;
    }
}

static size_t unescape(const char *text, char *out)
{
    size_t len = 0;
    for (; *text; text++) {
        if (*text == '\\' && text[1] == 'e') {
            out[len++] = '\033';
            text++;
        } else if (*text == '\\' && text[1] == 'r') {
            out[len++] = '\r';
            text++;
        } else {
            out[len++] = *text;
        }
    }
    return len;
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *) a, y = *(const double *) b;
    return x < y ? -1 : x > y;
}

static double median(double *values, int count)
{
    qsort(values, (size_t) count, sizeof *values, by_value);
    return values[count / 2];
}

/* The medians of pressing a key so often. */
static void press(const char *key, int times, double *bytes, double *cpu)
{
    char raw[32];
    double all_bytes[REPEATS], all_cpu[REPEATS], first;
    size_t len = unescape(key, raw);
    for (int i = 0; i < times; i++) {
        double before = child_cpu();
        send_bytes(raw, len);
        all_bytes[i] = (double) drain(&first);
        all_cpu[i] = child_cpu() - before;
    }
    *bytes = median(all_bytes, times);
    *cpu = median(all_cpu, times);
}

static bool start(char **command, double *first_ms)
{
    struct winsize size = { .ws_row = ROWS, .ws_col = COLS };
    double begin = seconds(), first;
    child = forkpty(&terminal, NULL, NULL, &size);
    if (child < 0)
        return false;
    if (child == 0) {
        setenv("TERM", "xterm-256color", 1);
        execvp(command[0], command);
        _exit(127);
    }
    for (int tries = 0; tries < 100 && drain(&first) == 0; tries++)
        ;
    *first_ms = (first - begin) * 1e3;
    drain(&first);
    return true;
}

int main(int count, char **words)
{
    double first_ms, bytes[5], cpu[5], first;
    char raw[64];
    if (count < 8 || !start(words + 7, &first_ms)) {
        fprintf(stderr, "usage: bench_tui NAME OPEN DOWN PAGE HOME END COMMAND...\n");
        return 2;
    }
    double start_cpu = child_cpu() / 1000;
    if (*words[2]) {
        send_bytes(raw, unescape(words[2], raw));
        drain(&first);
    }
    press(words[3], 25, &bytes[0], &cpu[0]);
    for (int i = 0; i < 20; i++)
        press(words[3], 1, &bytes[1], &cpu[1]);
    press(words[3], 60, &bytes[1], &cpu[1]);
    press(words[4], 20, &bytes[2], &cpu[2]);
    press(words[6], 1, &bytes[3], &cpu[3]);
    press(words[5], 1, &bytes[4], &cpu[4]);
    printf("%-14s %8.1f %8.1f ", words[1], first_ms, start_cpu);
    for (int i = 0; i < 5; i++)
        printf(" %6.0f", bytes[i]);
    printf(" ");
    for (int i = 0; i < 5; i++)
        printf(" %6.0f", cpu[i]);
    printf("\n");
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
    return 0;
}
