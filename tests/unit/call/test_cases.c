/* Every rule of the simulated call as cases of text: see tests/data/call. */
#include "tests/unit/call/cases.h"

#include <glob.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

struct job {
    struct case_file *file;
    const struct case_text *one;
};

static void test_case(void **state)
{
    struct job *job = *state;
    case_run(job->file, job->one);
}

static int run_file(const char *path)
{
    static struct case_file file; /* jobs point into it */
    static struct job jobs[500];
    static struct CMUnitTest tests[500];
    case_file_read(&file, path);
    for (size_t i = 0; i < file.count; i++) {
        jobs[i] = (struct job){ &file, &file.cases[i] };
        tests[i] = (struct CMUnitTest){ .name = file.cases[i].title, .test_func = test_case,
                                        .initial_state = &jobs[i] };
    }
    const char *slash = strrchr(path, '/');
    int failed = _cmocka_run_group_tests(slash ? slash + 1 : path, tests, file.count, NULL, NULL);
    case_file_release(&file);
    return failed;
}

int main(int argc, char **argv)
{
    glob_t found;
    int failed = 0;
    for (int i = 1; i < argc; i++)
        failed += run_file(argv[i]);
    if (argc > 1)
        return failed;
    if (glob("tests/data/call/*.cases", 0, NULL, &found) || !found.gl_pathc)
        return 1;
    for (size_t i = 0; i < found.gl_pathc; i++)
        failed += run_file(found.gl_pathv[i]);
    globfree(&found);
    return failed;
}
