/* Reading while a call of the system fails or somebody else writes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include "engine/base/file.h"
#include "tests/unit/base/faults.h"
#include "tests/unit/base/folder.h"

#define OLD "the old content, which is longer than the new one"

static void read_errors_are_told(void **state)
{
    struct folder *folder = *state;
    struct buf text;

    folder_put(folder, "a", OLD);
    for (int number = 1;; number++) {
        const char *function;
        bool ok;

        faults_begin(FAULT_ONCE, number, EIO);
        ok = file_read(&folder->env, folder_path(folder, "a"), 1000, &text, NULL, &folder->diags);
        faults_end();
        if (!faults_happened(&function)) {
            assert_true(ok);
            assert_true(number > 4);
            buf_release(&text);
            break;
        }
        assert_false(ok);
        folder_expect_diag(folder, DIAG_FILE_UNREADABLE);
    }
}

static void short_reads_are_gone_on_with(void **state)
{
    struct folder *folder = *state;
    struct buf text;

    folder_put(folder, "a", OLD);
    for (int number = 1; number < 8; number++) {
        faults_begin(FAULT_SHORT, number, 0);
        assert_true(file_read(&folder->env, folder_path(folder, "a"), 1000, &text, NULL,
                              &folder->diags));
        faults_end();
        assert_string_equal(text.ptr, OLD);
        buf_release(&text);
    }
}

struct other {
    struct folder *folder;
    const char *content;
};

static void other_writes(void *context)
{
    struct other *other = context;

    folder_put(other->folder, "a", other->content);
}

/* At every call somebody writes the file: what is read is one content or the other, whole. */
static void changed_while_it_is_read(void **state)
{
    struct folder *folder = *state;
    struct other other = { .folder = folder };
    static const char *const contents[] = { "short", OLD " and " OLD };
    struct buf text;

    for (size_t i = 0; i < sizeof contents / sizeof contents[0]; i++) {
        int refused = 0;

        other.content = contents[i];
        for (int number = 1;; number++) {
            bool ok;

            folder_put(folder, "a", OLD);
            faults_begin(FAULT_ONCE, 0, 0);
            faults_meanwhile(number, other_writes, &other);
            ok = file_read(&folder->env, folder_path(folder, "a"), 1000, &text, NULL,
                           &folder->diags);
            if (ok) {
                assert_true(str_is(buf_str(&text), OLD) || str_is(buf_str(&text), other.content));
                buf_release(&text);
            } else {
                folder_expect_diag(folder, DIAG_FILE_UNSTEADY);
                refused++;
            }
            if (number > faults_end())
                break;
        }
        assert_true(refused >= 2);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, folder_setup, folder_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(read_errors_are_told),
        TEST(short_reads_are_gone_on_with),
        TEST(changed_while_it_is_read),
    };

    return cmocka_run_group_tests_name("file_read_faults", tests, NULL, NULL);
}
