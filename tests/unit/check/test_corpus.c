/* Real flows, where they are at hand: what is told of them is known, and nothing else is told. */
#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>
#include "engine/base/env.h"
#include "engine/base/file.h"
#include "engine/check/check.h"

#define CORPUS "../shared/corpus/flows"
enum { MOST = 500 };

struct found {
    struct env env;
    char *lines[MOST];
    size_t count;
};

static int by_text(const void *a, const void *b)
{
    return strcmp(*(char *const *) a, *(char *const *) b);
}

/* The codes of one file, each with how often it is told. */
static void add_codes(struct found *found, const struct diags *diags, const char *name)
{
    for (int code = 0; code < DIAG_COUNT; code++) {
        const char *word = diag_info((enum diag_code) code)->code;
        size_t times = 0;
        for (size_t i = 0; i < diags->count; i++)
            times += diags->items[i].code == (enum diag_code) code;
        if (times == 0 || word[1] == '2')
            continue;
        struct buf line;
        buf_init(&line, &found->env);
        buf_addf(&line, "%s %s %zu", name, word, times);
        assert_true(found->count < MOST);
        found->lines[found->count++] = buf_steal(&line);
    }
}

static void check_file(struct found *found, struct workspace *ws, const char *name)
{
    char path[512];
    struct diags diags;
    diags_init(&diags, &found->env);
    snprintf(path, sizeof path, "%s/%s", CORPUS, name);
    struct workspace_file *file = workspace_file(ws, path, &diags);
    if (!file || !file->flow.doc)
        fail_msg("%s is not read", name);
    diags_clear(&diags);
    check_flow(ws, &file->flow, &diags);
    add_codes(found, &diags, name);
    diags_release(&diags);
}

static void check_corpus(struct found *found)
{
    struct limits limits = LIMITS_DEFAULT;
    struct diags diags;
    diags_init(&diags, &found->env);
    struct workspace *ws = workspace_open(&found->env, &limits, CORPUS, &diags);
    DIR *folder = opendir(CORPUS);
    assert_non_null(ws);
    for (struct dirent *entry = readdir(folder); entry; entry = readdir(folder)) {
        if (entry->d_name[0] != '.')
            check_file(found, ws, entry->d_name);
    }
    closedir(folder);
    workspace_free(ws);
    diags_release(&diags);
    qsort(found->lines, found->count, sizeof *found->lines, by_text);
}

/* The lines that are no remarks. */
static void take_known(struct str text, struct buf *out)
{
    while (text.len > 0) {
        size_t len = (size_t) str_find_char(text, '\n');
        if (text.ptr[0] != '#')
            buf_add(out, str_slice(text, 0, len + 1));
        text = str_slice(text, len + 1, text.len);
    }
}

static void what_is_told_of_real_flows_is_known(void **state)
{
    static struct found found;
    struct diags diags;
    struct buf text, known, told;
    (void) state;
    if (access(CORPUS, F_OK) != 0)
        skip();
    env_init(&found.env);
    diags_init(&diags, &found.env);
    buf_init(&text, &found.env);
    buf_init(&known, &found.env);
    buf_init(&told, &found.env);
    assert_true(file_read(&found.env, "tests/data/rules/corpus.problems", 1 << 20, &text, NULL,
                          &diags));
    take_known(buf_str(&text), &known);
    check_corpus(&found);
    for (size_t i = 0; i < found.count; i++) {
        buf_addf(&told, "%s\n", found.lines[i]);
        mem_free(&found.env, found.lines[i]);
    }
    assert_string_equal(told.ptr, known.ptr);
    buf_release(&text);
    buf_release(&known);
    buf_release(&told);
    diags_release(&diags);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_told_of_real_flows_is_known),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
