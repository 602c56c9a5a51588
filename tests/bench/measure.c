#include "tests/bench/measure.h"

#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

double cpu_time(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double) t.tv_sec + (double) t.tv_nsec * 1e-9;
}

void fail(const char *what)
{
    fprintf(stderr, "bench: %s\n", what);
    exit(2);
}

static int compare(const void *a, const void *b)
{
    double x = *(const double *) a, y = *(const double *) b;
    return (x > y) - (x < y);
}

double median(const double *values, int count)
{
    double sorted[MOST_ROUNDS];
    memcpy(sorted, values, (size_t) count * sizeof(*sorted));
    qsort(sorted, (size_t) count, sizeof(*sorted), compare);
    return sorted[count / 2];
}

void report_pair(const char *what, const double *ours, const double *theirs, int rounds)
{
    double ratios[MOST_ROUNDS];
    for (int i = 0; i < rounds; i++)
        ratios[i] = theirs[i] / ours[i];
    printf("  %-30s %9.3f ms %9.3f ms   %6.2f x\n", what, median(ours, rounds) * 1e3,
           median(theirs, rounds) * 1e3, median(ratios, rounds));
}

/* Memory of its own, without the pages of the program. Not from statm, where the kernel counts in
 * lots of 64 pages. */
static size_t resident(void)
{
    char line[256];
    size_t kilobytes = 0;
    FILE *file = fopen("/proc/self/smaps_rollup", "r");
    while (file && !kilobytes && fgets(line, sizeof line, file))
        sscanf(line, "Anonymous: %zu kB", &kilobytes);
    if (!kilobytes)
        fail("/proc/self/smaps_rollup cannot be read");
    fclose(file);
    return kilobytes * 1024;
}

double memory(void (*before)(void *context), void (*work)(void *context), void *context)
{
    int ends[2];
    double bytes = 0;
    if (pipe(ends))
        fail("no pipe");
    pid_t child = fork();
    if (child < 0)
        fail("no child");
    if (!child) {
        before(context);
        malloc_trim(0); /* what earlier rounds left free would hide what is used now */
        size_t start = resident();
        work(context);
        bytes = (double) (resident() - start);
        _exit(write(ends[1], &bytes, sizeof(bytes)) != sizeof(bytes));
    }
    close(ends[1]);
    if (read(ends[0], &bytes, sizeof(bytes)) != sizeof(bytes))
        fail("the child said nothing");
    close(ends[0]);
    waitpid(child, NULL, 0);
    return bytes;
}
