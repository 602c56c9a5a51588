#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "engine/base/file.h"
#include "tests/unit/base/folder.h"

#define NOBODY 65534

static void expect_join(struct folder *folder, const char *a, const char *b, const char *wanted)
{
    char *path = file_join(&folder->env, a, b);

    assert_string_equal(path, wanted);
    mem_free(&folder->env, path);
}

static void expect_folder(struct folder *folder, const char *path, const char *wanted)
{
    char *part = file_folder(&folder->env, path);

    assert_string_equal(part, wanted);
    mem_free(&folder->env, part);
}

static void parts_of_paths(void **state)
{
    struct folder *folder = *state;

    expect_join(folder, "a/b", "c", "a/b/c");
    expect_join(folder, "a/", "c", "a/c");
    expect_join(folder, "", "c", "c");
    expect_join(folder, "a", "/c", "/c");
    expect_folder(folder, "a/b/c", "a/b");
    expect_folder(folder, "c", ".");
    expect_folder(folder, "/c", "/");
    assert_true(str_is(file_name("a/b"), "b"));
    assert_true(str_is(file_name("b"), "b"));
    assert_true(str_is(file_name("a/"), ""));
}

static void what_a_path_is(void **state)
{
    struct folder *folder = *state;

    folder_put(folder, "a", "");
    assert_true(file_is_folder(folder->path));
    assert_false(file_is_folder(folder_path(folder, "a")));
    assert_true(file_exists(folder_path(folder, "a")));
    assert_false(file_exists(folder_path(folder, "b")));
    assert_true(file_writable(folder_path(folder, "b")));
    assert_false(file_writable(folder_path(folder, "none/b")));
}

static void folders_are_made_with_those_above(void **state)
{
    struct folder *folder = *state;
    struct stat status;

    assert_true(file_make_folders(&folder->env, folder_path(folder, "x/y/z/"), 0700,
                                  &folder->diags));
    assert_int_equal(stat(folder_path(folder, "x/y/z"), &status), 0);
    assert_int_equal(status.st_mode & 0777, 0700);
    assert_true(file_make_folders(&folder->env, folder_path(folder, "x/y"), 0700, &folder->diags));
    folder_put(folder, "x/file", "");
    assert_false(file_make_folders(&folder->env, folder_path(folder, "x/file/z"), 0700,
                                   &folder->diags));
    folder_expect_diag(folder, DIAG_FOLDER_NOT_MADE);
    assert_false(file_make_folders(&folder->env, folder_path(folder, "x/file"), 0700,
                                   &folder->diags));
    folder_expect_diag(folder, DIAG_FOLDER_NOT_MADE);
}

static void lists_files_in_order(void **state)
{
    struct folder *folder = *state;
    static const char *const wanted[] = { "B", "a", "d/.hidden", "d/e/f", "d/g", "link" };
    struct file_list list;

    assert_true(file_make_folders(&folder->env, folder_path(folder, "d/e"), 0700, &folder->diags));
    assert_true(file_make_folders(&folder->env, folder_path(folder, ".git/x"), 0700,
                                  &folder->diags));
    folder_put(folder, "d/g", "123");
    folder_put(folder, "d/e/f", "");
    folder_put(folder, "d/.hidden", "");
    folder_put(folder, "a", "");
    folder_put(folder, "B", "");
    folder_put(folder, ".git/x/y", "");
    assert_int_equal(symlink("a", folder_path(folder, "link")), 0);
    assert_int_equal(symlink("d", folder_path(folder, "to-folder")), 0);
    assert_int_equal(symlink("..", folder_path(folder, "d/up")), 0);
    assert_int_equal(symlink("nowhere", folder_path(folder, "dangling")), 0);
    assert_int_equal(mkfifo(folder_path(folder, "fifo"), 0600), 0);
    assert_true(file_list(&folder->env, folder->path, &list, &folder->diags));
    assert_int_equal(list.count, sizeof wanted / sizeof wanted[0]);
    for (size_t i = 0; i < list.count; i++)
        assert_string_equal(list.items[i].path, folder_path(folder, wanted[i]));
    assert_int_equal(list.items[4].stamp.size, 3);
    file_list_release(&list);
}

static void deep_folders_need_no_stack(void **state)
{
    struct folder *folder = *state;
    struct file_list list;
    char path[4096] = "d";

    while (strlen(path) < 3900)
        memcpy(path + strlen(path), "/d", 3);
    assert_true(file_make_folders(&folder->env, folder_path(folder, path), 0700, &folder->diags));
    memcpy(path + strlen(path), "/f", 3);
    folder_put(folder, path, "");
    assert_true(file_list(&folder->env, folder->path, &list, &folder->diags));
    assert_int_equal(list.count, 1);
    file_list_release(&list);
}

static void folders_that_cannot_be_read(void **state)
{
    struct folder *folder = *state;
    bool is_root = geteuid() == 0;
    struct file_list list;

    assert_false(file_list(&folder->env, folder_path(folder, "none"), &list, &folder->diags));
    folder_expect_diag(folder, DIAG_FILE_MISSING);
    file_list_release(&list);
    folder_put(folder, "a", "");
    assert_false(file_list(&folder->env, folder_path(folder, "a"), &list, &folder->diags));
    folder_expect_diag(folder, DIAG_FILE_UNREADABLE);
    file_list_release(&list);

    assert_int_equal(mkdir(folder_path(folder, "closed"), 0), 0);
    if (is_root)
        assert_int_equal(seteuid(NOBODY), 0);
    assert_true(file_list(&folder->env, folder->path, &list, &folder->diags));
    if (is_root)
        assert_int_equal(seteuid(0), 0);
    folder_expect_diag(folder, DIAG_FOLDER_SKIPPED);
    assert_int_equal(list.count, 1);
    file_list_release(&list);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, folder_setup, folder_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(parts_of_paths),
        TEST(what_a_path_is),
        TEST(folders_are_made_with_those_above),
        TEST(lists_files_in_order),
        TEST(deep_folders_need_no_stack),
        TEST(folders_that_cannot_be_read),
    };

    return cmocka_run_group_tests_name("file_tree", tests, NULL, NULL);
}
