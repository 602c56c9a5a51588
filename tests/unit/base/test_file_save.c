#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>
#include "engine/base/file.h"
#include "tests/unit/base/folder.h"

#define NOBODY 65534
#define NEW "new content"

static struct stat status_of(const struct folder *folder, const char *name)
{
    struct stat status;

    assert_int_equal(lstat(folder_path(folder, name), &status), 0);
    return status;
}

static struct file_stamp stamp_of(struct folder *folder, const char *name)
{
    struct file_stamp stamp;
    struct buf text;

    assert_true(file_read(&folder->env, folder_path(folder, name), 1000, &text, &stamp,
                          &folder->diags));
    buf_release(&text);
    return stamp;
}

static enum file_save save(struct folder *folder, const char *name, struct file_stamp *stamp)
{
    return file_save(&folder->env, folder_path(folder, name), STR(NEW), stamp, false,
                     &folder->diags);
}

static enum file_save save_by_force(struct folder *folder, const char *name)
{
    return file_save(&folder->env, folder_path(folder, name), STR(NEW), NULL, true, &folder->diags);
}

/* As somebody without rights, when we are root. */
static void become(bool nobody)
{
    if (geteuid() == 0 || getuid() == 0)
        assert_int_equal(seteuid(nobody ? NOBODY : 0), 0);
}

static void new_file_gets_the_rights_umask_leaves(void **state)
{
    struct folder *folder = *state;
    struct file_stamp stamp = { 0 };
    mode_t mask = umask(027);

    assert_int_equal(save(folder, "a", &stamp), FILE_SAVED);
    umask(mask);
    folder_expect(folder, "a", NEW);
    assert_int_equal(status_of(folder, "a").st_mode & 07777, 0640);
    assert_true(stamp.exists);
    assert_true(file_same(folder_path(folder, "a"), &stamp));
    assert_int_equal(folder_count(folder), 1);
}

static void empty_content_and_saving_twice(void **state)
{
    struct folder *folder = *state;
    struct file_stamp stamp = { 0 };
    const char *path = folder_path(folder, "a");

    assert_int_equal(file_save(&folder->env, path, STR_NONE, &stamp, false, &folder->diags),
                     FILE_SAVED);
    folder_expect(folder, "a", "");
    assert_int_equal(save(folder, "a", &stamp), FILE_SAVED);
    assert_int_equal(save(folder, "a", &stamp), FILE_SAVED);
    folder_expect(folder, "a", NEW);
    assert_int_equal(folder->diags.count, 0);
}

static void a_bare_name_is_in_the_current_folder(void **state)
{
    struct folder *folder = *state;
    int before = open(".", O_RDONLY | O_DIRECTORY);

    assert_int_equal(chdir(folder->path), 0);
    assert_int_equal(file_save(&folder->env, "-a %s", STR(NEW), NULL, false, &folder->diags),
                     FILE_SAVED);
    assert_int_equal(fchdir(before), 0);
    close(before);
    folder_expect(folder, "-a %s", NEW);
}

static void mode_is_kept(void **state)
{
    static const mode_t modes[] = { 0600, 0640, 0666, 0755, 0200 };
    struct folder *folder = *state;

    for (size_t i = 0; i < sizeof modes / sizeof modes[0]; i++) {
        struct file_stamp stamp;

        folder_put(folder, "a", "old");
        stamp = stamp_of(folder, "a");
        assert_int_equal(chmod(folder_path(folder, "a"), modes[i]), 0);
        assert_int_equal(geteuid() == 0 || modes[i] != 0200 ? save(folder, "a", &stamp)
                                                            : save_by_force(folder, "a"),
                         FILE_SAVED);
        assert_int_equal(status_of(folder, "a").st_mode & 07777, modes[i]);
        assert_int_equal(unlink(folder_path(folder, "a")), 0);
    }
}

static void links_are_kept(void **state)
{
    struct folder *folder = *state;
    struct file_stamp stamp;

    assert_int_equal(mkdir(folder_path(folder, "d"), 0700), 0);
    folder_put(folder, "d/b", "old");
    assert_int_equal(symlink("d/b", folder_path(folder, "a")), 0);
    stamp = stamp_of(folder, "a");
    assert_int_equal(save(folder, "a", &stamp), FILE_SAVED);
    assert_true(S_ISLNK(status_of(folder, "a").st_mode));
    folder_expect(folder, "d/b", NEW);

    folder_put(folder, "one", "old, and longer than the new content");
    assert_int_equal(link(folder_path(folder, "one"), folder_path(folder, "two")), 0);
    stamp = stamp_of(folder, "one");
    assert_int_equal(save(folder, "one", &stamp), FILE_SAVED);
    folder_expect(folder, "two", NEW);
    assert_int_equal(status_of(folder, "one").st_ino, status_of(folder, "two").st_ino);
    assert_true(file_same(folder_path(folder, "one"), &stamp));
    assert_int_equal(folder_count(folder), 4);
}

static void links_that_lead_nowhere_are_refused(void **state)
{
    struct folder *folder = *state;

    assert_int_equal(symlink("nowhere", folder_path(folder, "a")), 0);
    assert_int_equal(save(folder, "a", NULL), FILE_FAILED);
    folder_expect_diag(folder, DIAG_SAVE_LINK);
    assert_int_equal(symlink("loop", folder_path(folder, "loop")), 0);
    assert_int_equal(save_by_force(folder, "loop"), FILE_FAILED);
    folder_expect_diag(folder, DIAG_SAVE_LINK);
    assert_int_equal(folder_count(folder), 2);
}

static void attributes_are_kept(void **state)
{
    struct folder *folder = *state;
    const char *path = folder_path(folder, "a");
    struct file_stamp stamp;
    char value[8] = "";

    folder_put(folder, "a", "old");
    if (setxattr(path, "user.origin", "export", 6, 0) != 0)
        skip();
    stamp = stamp_of(folder, "a");
    assert_int_equal(save(folder, "a", &stamp), FILE_SAVED);
    assert_int_equal(getxattr(path, "user.origin", value, sizeof value), 6);
    assert_memory_equal(value, "export", 6);
}

/* An access list as the system stores it: owner rw-, user `id` rw-, group
 * nothing, mask rw-, others nothing. */
static int set_access_list(const char *path, const char *name, uint32_t id)
{
    struct {
        uint32_t version;
        struct {
            uint16_t tag, rights;
            uint32_t id;
        } entries[5];
    } list = { 2,
               { { 0x01, 6, UINT32_MAX },
                 { 0x02, 6, id },
                 { 0x04, 0, UINT32_MAX },
                 { 0x10, 6, UINT32_MAX },
                 { 0x20, 0, UINT32_MAX } } };

    return setxattr(path, name, &list, sizeof list, 0);
}

static void access_list_is_kept(void **state)
{
    struct folder *folder = *state;
    const char *path = folder_path(folder, "a");
    struct file_stamp stamp;
    char before[64], after[64];
    ssize_t size;

    folder_put(folder, "a", "old");
    if (set_access_list(path, "system.posix_acl_access", NOBODY) != 0)
        skip();
    size = getxattr(path, "system.posix_acl_access", before, sizeof before);
    stamp = stamp_of(folder, "a");
    assert_int_equal(save(folder, "a", &stamp), FILE_SAVED);
    assert_int_equal(getxattr(path, "system.posix_acl_access", after, sizeof after), size);
    assert_memory_equal(before, after, (size_t) size);
}

static void folder_rights_do_not_open_a_closed_file(void **state)
{
    struct folder *folder = *state;
    const char *path = folder_path(folder, "a");
    struct file_stamp stamp;
    char list[64];

    folder_put(folder, "a", "old");
    assert_int_equal(chmod(path, 0660), 0);
    stamp = stamp_of(folder, "a");
    if (set_access_list(folder->path, "system.posix_acl_default", NOBODY) != 0)
        skip();
    assert_int_equal(save(folder, "a", &stamp), FILE_SAVED);
    assert_true(getxattr(path, "system.posix_acl_access", list, sizeof list) < 0);
    assert_int_equal(status_of(folder, "a").st_mode & 07777, 0660);
}

static void owner_is_kept(void **state)
{
    struct folder *folder = *state;
    struct file_stamp stamp;

    if (geteuid() != 0)
        skip();
    folder_put(folder, "a", "old");
    assert_int_equal(chown(folder_path(folder, "a"), NOBODY, 12345), 0);
    stamp = stamp_of(folder, "a");
    assert_int_equal(save(folder, "a", &stamp), FILE_SAVED);
    assert_int_equal(status_of(folder, "a").st_uid, NOBODY);
    assert_int_equal(status_of(folder, "a").st_gid, 12345);
    assert_int_equal(folder->diags.count, 0);
}

static void rights_never_become_wider(void **state)
{
    struct folder *folder = *state;
    struct file_stamp stamp;

    if (geteuid() != 0)
        skip();
    folder_put(folder, "a", "old");
    assert_int_equal(chown(folder_path(folder, "a"), 12345, 12345), 0);
    assert_int_equal(chmod(folder_path(folder, "a"), 06676), 0);
    stamp = stamp_of(folder, "a");
    become(true);
    assert_int_equal(save(folder, "a", &stamp), FILE_SAVED);
    become(false);
    folder_expect_diag(folder, DIAG_SAVE_OWNER);
    assert_int_equal(status_of(folder, "a").st_uid, NOBODY);
    assert_int_equal(status_of(folder, "a").st_mode & 07777, 0666);
    folder_expect(folder, "a", NEW);
}

static void read_only_is_not_got_round(void **state)
{
    struct folder *folder = *state;
    struct file_stamp stamp;

    folder_put(folder, "a", "old");
    stamp = stamp_of(folder, "a");
    assert_true(file_writable(folder_path(folder, "a")));
    assert_int_equal(chmod(folder_path(folder, "a"), 0444), 0);
    become(true);
    assert_false(file_writable(folder_path(folder, "a")));
    assert_int_equal(save(folder, "a", &stamp), FILE_FAILED);
    folder_expect_diag(folder, DIAG_SAVE_READ_ONLY);
    assert_int_equal(save_by_force(folder, "a"), FILE_FAILED);
    become(false);
    folder_expect_diag(folder, DIAG_SAVE_READ_ONLY);
    folder_expect(folder, "a", "old");
}

static void folder_that_cannot_be_written(void **state)
{
    struct folder *folder = *state;
    struct file_stamp stamp;

    folder_put(folder, "a", "old");
    assert_int_equal(chmod(folder_path(folder, "a"), 0666), 0);
    assert_int_equal(link(folder_path(folder, "a"), folder_path(folder, "b")), 0);
    stamp = stamp_of(folder, "a");
    assert_int_equal(chmod(folder->path, 0555), 0);
    become(true);
    assert_false(file_writable(folder_path(folder, "a")));
    assert_false(file_writable(folder_path(folder, "new")));
    assert_int_equal(save(folder, "a", &stamp), FILE_FAILED); /* several names: in place */
    folder_expect_diag(folder, DIAG_SAVE_NO_FOLDER);
    assert_int_equal(save(folder, "new", NULL), FILE_FAILED);
    folder_expect_diag(folder, DIAG_SAVE_NO_FOLDER);
    become(false);
    assert_int_equal(save(folder, "none/new", NULL), FILE_FAILED);
    folder_expect_diag(folder, DIAG_SAVE_NO_FOLDER);
    assert_int_equal(save(folder, "a/new", NULL), FILE_FAILED);
    folder_expect_diag(folder, DIAG_SAVE_NO_FOLDER);
    folder_expect(folder, "a", "old");
    assert_int_equal(chmod(folder->path, 0755), 0);
}

static void what_is_no_file_is_not_replaced(void **state)
{
    struct folder *folder = *state;

    assert_int_equal(mkdir(folder_path(folder, "d"), 0700), 0);
    assert_int_equal(mkfifo(folder_path(folder, "fifo"), 0600), 0);
    assert_int_equal(save_by_force(folder, "d"), FILE_FAILED);
    folder_expect_diag(folder, DIAG_FILE_IS_FOLDER);
    assert_int_equal(save_by_force(folder, "fifo"), FILE_FAILED);
    folder_expect_diag(folder, DIAG_FILE_NOT_REGULAR);
    assert_false(file_writable(folder_path(folder, "d")));
    assert_int_equal(folder_count(folder), 2);
}

static void changed_by_somebody_else(void **state)
{
    struct folder *folder = *state;
    const char *path = folder_path(folder, "a");
    struct timespec times[2] = { { .tv_sec = 1 }, { .tv_sec = 1 } };
    struct file_stamp stamp;

    folder_put(folder, "a", "old");
    stamp = stamp_of(folder, "a");
    folder_put(folder, "a", "odd"); /* same size */
    assert_int_equal(save(folder, "a", &stamp), FILE_CHANGED);
    folder_expect_diag(folder, DIAG_SAVE_CHANGED);
    folder_expect(folder, "a", "odd");

    folder_put(folder, "b", "old"); /* replaced by the same content: no change */
    assert_int_equal(rename(folder_path(folder, "b"), path), 0);
    assert_int_equal(utimensat(AT_FDCWD, path, times, 0), 0);
    assert_int_equal(save(folder, "a", &stamp), FILE_SAVED);

    assert_int_equal(unlink(path), 0);
    assert_int_equal(save(folder, "a", &stamp), FILE_CHANGED);
    folder_expect_diag(folder, DIAG_SAVE_DELETED);
    assert_false(file_exists(path));
    assert_int_equal(save_by_force(folder, "a"), FILE_SAVED);
    folder_expect(folder, "a", NEW);
}

static void new_file_does_not_replace_one(void **state)
{
    struct folder *folder = *state;
    struct file_stamp nothing = { 0 };

    folder_put(folder, "a", "old");
    assert_int_equal(save(folder, "a", NULL), FILE_CHANGED);
    folder_expect_diag(folder, DIAG_SAVE_EXISTS);
    assert_int_equal(save(folder, "a", &nothing), FILE_CHANGED);
    folder_expect_diag(folder, DIAG_SAVE_EXISTS);
    folder_expect(folder, "a", "old");
    assert_int_equal(save_by_force(folder, "a"), FILE_SAVED);
    folder_expect(folder, "a", NEW);
}

static void file_size_limit_of_the_process(void **state)
{
    struct folder *folder = *state;
    struct file_stamp stamp;
    struct rlimit before, small = { 4, RLIM_INFINITY };

    folder_put(folder, "a", "old");
    stamp = stamp_of(folder, "a");
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    small.rlim_max = before.rlim_max;
    signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    assert_int_equal(save(folder, "a", &stamp), FILE_FAILED);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    signal(SIGXFSZ, SIG_DFL);
    folder_expect_diag(folder, DIAG_SAVE_FAILED);
    folder_expect(folder, "a", "old");
    assert_int_equal(folder_count(folder), 1);
}

static void names_of_any_length(void **state)
{
    struct folder *folder = *state;
    char name[300], path[6000];

    memset(name, 'n', sizeof name);
    name[255] = '\0';
    assert_int_equal(save(folder, name, NULL), FILE_SAVED);
    folder_expect(folder, name, NEW);
    assert_int_equal(save_by_force(folder, name), FILE_SAVED);
    assert_int_equal(folder_count(folder), 1);
    name[255] = 'n';
    name[256] = '\0';
    assert_int_equal(save(folder, name, NULL), FILE_FAILED);
    folder_expect_diag(folder, DIAG_SAVE_NO_FOLDER);
    memset(path, '/', sizeof path);
    path[sizeof path - 1] = '\0';
    assert_int_equal(file_save(&folder->env, path, STR(NEW), NULL, false, &folder->diags),
                     FILE_FAILED);
    folder_expect_diag(folder, DIAG_SAVE_NO_FOLDER);
    assert_int_equal(save(folder, "new\nline \x1b \xff", NULL), FILE_SAVED);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, folder_setup, folder_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(new_file_gets_the_rights_umask_leaves),
        TEST(empty_content_and_saving_twice),
        TEST(a_bare_name_is_in_the_current_folder),
        TEST(mode_is_kept),
        TEST(links_are_kept),
        TEST(links_that_lead_nowhere_are_refused),
        TEST(attributes_are_kept),
        TEST(access_list_is_kept),
        TEST(folder_rights_do_not_open_a_closed_file),
        TEST(owner_is_kept),
        TEST(rights_never_become_wider),
        TEST(read_only_is_not_got_round),
        TEST(folder_that_cannot_be_written),
        TEST(what_is_no_file_is_not_replaced),
        TEST(changed_by_somebody_else),
        TEST(new_file_does_not_replace_one),
        TEST(file_size_limit_of_the_process),
        TEST(names_of_any_length),
    };

    return cmocka_run_group_tests_name("file_save", tests, NULL, NULL);
}
