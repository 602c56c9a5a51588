#include "tests/unit/base/folder.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <dirent.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

int folder_setup(void **state)
{
    struct folder *folder = calloc(1, sizeof *folder);
    const char *under = getenv("TMPDIR");

    assert_non_null(folder);
    env_init(&folder->env);
    diags_init(&folder->diags, &folder->env);
    snprintf(folder->path, sizeof folder->path, "%s/postflow-XXXXXX", under ? under : "/tmp");
    assert_non_null(mkdtemp(folder->path));
    /* Some tests go on as another user. */
    assert_int_equal(chmod(folder->path, 0777), 0);
    *state = folder;
    return 0;
}

static int remove_one(const char *path, const struct stat *status, int type, struct FTW *ftw)
{
    (void) status, (void) type, (void) ftw;
    return remove(path);
}

int folder_teardown(void **state)
{
    struct folder *folder = *state;

    nftw(folder->path, remove_one, 16, FTW_DEPTH | FTW_PHYS);
    diags_release(&folder->diags);
    free(folder);
    return 0;
}

const char *folder_path(const struct folder *folder, const char *name)
{
    static char paths[8][4096];
    static unsigned next;
    char *path = paths[next++ % 8];

    snprintf(path, sizeof paths[0], "%s/%s", folder->path, name);
    return path;
}

void folder_put(const struct folder *folder, const char *name, const char *content)
{
    FILE *file = fopen(folder_path(folder, name), "w");

    assert_non_null(file);
    assert_true(fputs(content, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

void folder_expect(const struct folder *folder, const char *name, const char *content)
{
    FILE *file = fopen(folder_path(folder, name), "r");
    char found[4096];
    size_t len;

    assert_non_null(file);
    len = fread(found, 1, sizeof found - 1, file);
    found[len] = '\0';
    fclose(file);
    assert_string_equal(found, content);
}

int folder_count(const struct folder *folder)
{
    DIR *dir = opendir(folder->path);
    int count = 0;

    assert_non_null(dir);
    for (struct dirent *entry; (entry = readdir(dir)) != NULL;)
        count += strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
    closedir(dir);
    return count;
}

void folder_expect_diag(struct folder *folder, enum diag_code code)
{
    assert_int_equal(folder->diags.count, 1);
    assert_string_equal(diag_info(folder->diags.items[0].code)->code, diag_info(code)->code);
    diags_clear(&folder->diags);
}
