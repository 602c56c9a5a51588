/* What the files of `postflow test` share. */
#ifndef POSTFLOW_TUI_CLI_TEST_H
#define POSTFLOW_TUI_CLI_TEST_H

#include "engine/explore/coverage.h"
#include "engine/explore/scenario.h"
#include "tui/cli/cli.h"

/* What came of one scenario. */
struct outcome {
    uint32_t verdict; /* enum verdict */
    bool written;     /* its file has new expectations */
    struct buf title, message, trace;
};
void outcome_init(struct outcome *outcome, struct env *env);
void outcome_release(struct outcome *outcome);

struct test_format;
struct tests {
    struct cli *cli;
    const struct test_format *format;
    bool trace, fail_fast, record, update;
    struct coverage *coverage; /* NULL: not asked for */
    size_t jobs;
    struct workspace *ws; /* the last one that was opened: most scenarios share it */
    struct file_list files;
    size_t number, passed, failed, broken, written;
    struct buf held; /* what a format prints at the end */
};

/* test_run.c: opens the workspace and plays; one process. */
void test_run(struct tests *tests, const char *path, struct outcome *out);
/* The workspace of a scenario; NULL and diagnostics: it cannot be opened. */
struct workspace *test_workspace(struct tests *tests, const char *path, struct diags *diags);

/* test_workers.c: plays every file in processes of their own and tells each outcome in the order of
 * the files. `tell` false: stop. False: there can be no workers. */
typedef bool (*test_tell)(struct tests *tests, const char *path, struct outcome *outcome);
bool test_workers(struct tests *tests, test_tell tell);

/* test_report.c */
struct test_format {
    const char *name;
    void (*begin)(struct tests *tests);
    void (*one)(struct tests *tests, const char *path, const struct outcome *outcome);
    void (*end)(struct tests *tests);
};
const struct test_format *test_format_find(const char *name); /* NULL: the first */

#endif
