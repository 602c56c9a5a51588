#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <fcntl.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>
#include "engine/base/file.h"
#include "tests/unit/base/folder.h"

#define NOBODY 65534

static bool read_as_text(struct folder *folder, const char *path, uint64_t limit)
{
    struct buf text;
    bool ok = file_read(&folder->env, path, limit, &text, NULL, &folder->diags);

    if (!ok)
        assert_null(text.ptr);
    buf_release(&text);
    return ok;
}

static void content_and_stamp(void **state)
{
    struct folder *folder = *state;
    struct file_stamp stamp;
    struct stat status;
    struct buf text;

    folder_put(folder, "a", "one\ntwo");
    assert_true(file_read(&folder->env, folder_path(folder, "a"), 7, &text, &stamp,
                          &folder->diags));
    assert_string_equal(text.ptr, "one\ntwo");
    assert_int_equal(text.len, 7);
    assert_int_equal(stat(folder_path(folder, "a"), &status), 0);
    assert_true(stamp.exists);
    assert_int_equal(stamp.inode, status.st_ino);
    assert_int_equal(stamp.size, 7);
    assert_int_equal(stamp.hash, str_hash(STR("one\ntwo")));
    buf_release(&text);
}

static void an_empty_file_is_an_empty_text(void **state)
{
    struct folder *folder = *state;
    struct buf text;

    folder_put(folder, "a", "");
    assert_true(file_read(&folder->env, folder_path(folder, "a"), 0, &text, NULL, &folder->diags));
    assert_int_equal(text.len, 0);
    assert_string_equal(text.ptr, "");
    buf_release(&text);
}

static void files_the_kernel_makes_up(void **state)
{
    struct folder *folder = *state;
    struct buf text;

    assert_true(file_read(&folder->env, "/proc/self/status", 1 << 20, &text, NULL, &folder->diags));
    assert_true(text.len > 0);
    buf_release(&text);
}

static void what_is_no_file_is_refused(void **state)
{
    struct folder *folder = *state;
    struct sockaddr_un address = { .sun_family = AF_UNIX };
    const char *path = folder_path(folder, "socket");
    int listener = socket(AF_UNIX, SOCK_STREAM, 0);

    assert_false(read_as_text(folder, folder_path(folder, "missing"), 100));
    folder_expect_diag(folder, DIAG_FILE_MISSING);
    assert_false(read_as_text(folder, folder->path, 100));
    folder_expect_diag(folder, DIAG_FILE_IS_FOLDER);
    assert_false(read_as_text(folder, "/dev/zero", 100));
    folder_expect_diag(folder, DIAG_FILE_NOT_REGULAR);
    assert_int_equal(mkfifo(folder_path(folder, "fifo"), 0600), 0);
    assert_false(read_as_text(folder, folder_path(folder, "fifo"), 100));
    folder_expect_diag(folder, DIAG_FILE_NOT_REGULAR);
    memcpy(address.sun_path, path, strlen(path) + 1);
    assert_int_equal(bind(listener, (struct sockaddr *) &address, sizeof address), 0);
    assert_false(read_as_text(folder, path, 100));
    folder_expect_diag(folder, DIAG_FILE_NOT_REGULAR);
    close(listener);
}

static void links_that_lead_nowhere(void **state)
{
    struct folder *folder = *state;

    assert_int_equal(symlink("nowhere", folder_path(folder, "dangling")), 0);
    assert_false(read_as_text(folder, folder_path(folder, "dangling"), 100));
    folder_expect_diag(folder, DIAG_FILE_MISSING);
    assert_int_equal(symlink("loop", folder_path(folder, "loop")), 0);
    assert_false(read_as_text(folder, folder_path(folder, "loop"), 100));
    folder_expect_diag(folder, DIAG_FILE_UNREADABLE);
}

static void over_the_limit(void **state)
{
    struct folder *folder = *state;
    struct buf sentence;

    folder_put(folder, "a", "12345678");
    assert_true(read_as_text(folder, folder_path(folder, "a"), 8));
    assert_false(read_as_text(folder, folder_path(folder, "a"), 7));
    buf_init(&sentence, &folder->env);
    diag_render(&sentence, &folder->diags.items[0], NULL);
    assert_non_null(strstr(sentence.ptr, "more than 7 bytes"));
    buf_release(&sentence);
    folder_expect_diag(folder, DIAG_FILE_TOO_BIG);

    /* A terabyte of nothing is refused by its size alone. */
    assert_int_equal(truncate(folder_path(folder, "a"), (off_t) 1 << 40), 0);
    assert_false(read_as_text(folder, folder_path(folder, "a"), 1u << 30));
    folder_expect_diag(folder, DIAG_FILE_TOO_BIG);
}

static void *refuse_big(struct env *env, void *block, size_t size)
{
    struct env plain;

    (void) env;
    env_init(&plain);
    return size > 1 << 16 ? NULL : plain.resize(&plain, block, size);
}

static void no_memory_for_it(void **state)
{
    struct folder *folder = *state;

    folder_put(folder, "a", "");
    assert_int_equal(truncate(folder_path(folder, "a"), 1 << 20), 0);
    folder->env.resize = refuse_big;
    assert_false(read_as_text(folder, folder_path(folder, "a"), 1 << 30));
    folder_expect_diag(folder, DIAG_FILE_NO_MEMORY);
}

static void without_permission(void **state)
{
    struct folder *folder = *state;
    bool is_root = geteuid() == 0;

    folder_put(folder, "a", "secret");
    assert_int_equal(chmod(folder_path(folder, "a"), 0), 0);
    if (is_root)
        assert_int_equal(seteuid(NOBODY), 0);
    assert_false(read_as_text(folder, folder_path(folder, "a"), 100));
    if (is_root)
        assert_int_equal(seteuid(0), 0);
    folder_expect_diag(folder, DIAG_FILE_UNREADABLE);
}

static bool read_stdin_from(struct folder *folder, int descriptor, uint64_t limit, struct buf *text)
{
    struct file_stamp stamp = { .exists = true };
    int saved = dup(STDIN_FILENO);
    bool ok;

    assert_int_equal(dup2(descriptor, STDIN_FILENO), STDIN_FILENO);
    ok = file_read(&folder->env, "-", limit, text, &stamp, &folder->diags);
    dup2(saved, STDIN_FILENO);
    close(saved);
    close(descriptor);
    if (ok)
        assert_false(stamp.exists);
    return ok;
}

static void standard_input(void **state)
{
    struct folder *folder = *state;
    struct buf text;
    int ends[2];

    assert_int_equal(pipe(ends), 0);
    assert_int_equal(write(ends[1], "from a pipe", 11), 11);
    close(ends[1]);
    assert_true(read_stdin_from(folder, ends[0], 11, &text));
    assert_string_equal(text.ptr, "from a pipe");
    buf_release(&text);

    assert_false(read_stdin_from(folder, open("/dev/zero", O_RDONLY), 1 << 17, &text));
    folder_expect_diag(folder, DIAG_FILE_TOO_BIG);
    assert_false(read_stdin_from(folder, open(folder->path, O_RDONLY), 100, &text));
    folder_expect_diag(folder, DIAG_FILE_UNREADABLE);
}

static void same_or_changed(void **state)
{
    struct folder *folder = *state;
    const char *path = folder_path(folder, "a");
    struct timespec times[2] = { { .tv_sec = 1 }, { .tv_sec = 1 } };
    struct file_stamp stamp, nothing = { 0 };
    struct buf text;

    assert_true(file_same(path, &nothing));
    folder_put(folder, "a", "as it was, and longer than a step of the hash");
    assert_false(file_same(path, &nothing));
    assert_true(file_read(&folder->env, path, 100, &text, &stamp, &folder->diags));
    buf_release(&text);
    assert_true(file_same(path, &stamp));
    assert_int_equal(utimensat(AT_FDCWD, path, times, 0), 0);
    assert_true(file_same(path, &stamp)); /* other times, same content */
    folder_put(folder, "a", "As it was, and longer than a step of the hash");
    assert_false(file_same(path, &stamp)); /* same size */
    assert_int_equal(unlink(path), 0);
    assert_false(file_same(path, &stamp));
    assert_int_equal(mkdir(path, 0700), 0);
    assert_false(file_same(path, &stamp));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, folder_setup, folder_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(content_and_stamp),
        TEST(an_empty_file_is_an_empty_text),
        TEST(files_the_kernel_makes_up),
        TEST(what_is_no_file_is_refused),
        TEST(links_that_lead_nowhere),
        TEST(over_the_limit),
        TEST(no_memory_for_it),
        TEST(without_permission),
        TEST(standard_input),
        TEST(same_or_changed),
    };

    return cmocka_run_group_tests_name("file_read", tests, NULL, NULL);
}
