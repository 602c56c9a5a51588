/* What flows are called is kept between sessions: what has not changed is not read, what has is. */
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>
#include "engine/base/env.h"
#include "engine/flow/workspace.h"

enum { FLOWS = 12 };

struct folder {
    struct env env;
    struct limits limits;
    struct diags diags;
    struct workspace *ws;
    char path[200], state[240], name[300];
};

static int64_t (*clock_now)(struct env *env);

/* Files are made and looked at in one moment; the clock is ahead so that they count as settled. */
static int64_t an_hour_later(struct env *env)
{
    return clock_now(env) + 3600 * 1000;
}

static void put_flow(struct folder *f, int number, const char *type, const char *title)
{
    snprintf(f->name, sizeof f->name, "%s/flow%02d.flow.json", f->path, number);
    FILE *file = fopen(f->name, "w");
    assert_non_null(file);
    fprintf(file, "{\"%s\":{\"name\":\"%s\"}}", type, title);
    assert_int_equal(fclose(file), 0);
}

static int setup(void **state)
{
    static struct folder f;
    const char *tmp = getenv("TMPDIR");
    char title[40];
    f = (struct folder){ .limits = LIMITS_DEFAULT };
    env_init(&f.env);
    clock_now = f.env.now;
    f.env.now = an_hour_later;
    diags_init(&f.diags, &f.env);
    snprintf(f.path, sizeof f.path, "%s/known-XXXXXX", tmp ? tmp : "/tmp");
    if (!mkdtemp(f.path))
        return -1;
    snprintf(f.state, sizeof f.state, "%s/.state", f.path);
    for (int i = 0; i < FLOWS; i++) {
        snprintf(title, sizeof title, "Flow %d\\u0000", i);
        put_flow(&f, i, "inboundCall", title);
    }
    *state = &f;
    return 0;
}

static void close_ws(struct folder *f)
{
    workspace_free(f->ws);
    f->ws = NULL;
}

static void remove_all(struct folder *f, const char *folder)
{
    struct file_list list;
    if (file_list(&f->env, folder, &list, &f->diags)) {
        for (size_t i = 0; i < list.count; i++)
            unlink(list.items[i].path);
    }
    file_list_release(&list);
}

static int teardown(void **state)
{
    struct folder *f = *state;
    remove_all(f, f->state);
    remove_all(f, f->path);
    snprintf(f->name, sizeof f->name, "%s/folders", f->state);
    rmdir(f->name);
    rmdir(f->state);
    diags_release(&f->diags);
    return rmdir(f->path);
}

/* How many files were read to open the folder. */
static size_t open_ws(struct folder *f)
{
    size_t read = 0;
    f->ws = workspace_open_known(&f->env, &f->limits, f->path, f->state, &f->diags);
    assert_non_null(f->ws);
    for (size_t i = 0; i < f->ws->count; i++)
        read += f->ws->files[i]->read;
    return read;
}

static char *known_file(struct folder *f)
{
    struct file_list list;
    assert_true(file_list(&f->env, f->state, &list, &f->diags));
    assert_int_equal(list.count, 1);
    snprintf(f->name, sizeof f->name, "%s", list.items[0].path);
    file_list_release(&list);
    return f->name;
}

static struct flow *find(struct folder *f, struct str title)
{
    return workspace_find(f->ws, FLOW_INBOUND_CALL, title);
}

static void what_has_not_changed_is_not_read(void **state)
{
    struct folder *f = *state;
    enum flow_type type;
    struct str title;
    assert_int_equal(open_ws(f), FLOWS);
    close_ws(f);
    assert_int_equal(open_ws(f), 0);
    assert_int_equal(f->ws->count, FLOWS);
    assert_true(workspace_title(f->ws->files[3], &type, &title));
    assert_int_equal(type, FLOW_INBOUND_CALL);
    assert_true(str_eq(title, STR("Flow 3\0")));
    assert_null(find(f, STR("Flow 3")));
    assert_false(f->ws->files[3]->read);
    assert_ptr_equal(find(f, STR("Flow 3\0")), &f->ws->files[3]->flow);
    assert_true(f->ws->files[3]->read);
    assert_false(f->ws->files[4]->read);
    close_ws(f);
}

static void what_has_changed_is_read(void **state)
{
    struct folder *f = *state;
    open_ws(f);
    close_ws(f);
    put_flow(f, 5, "inboundCall", "Other");
    put_flow(f, 99, "secureCall", "New");
    snprintf(f->name, sizeof f->name, "%s/flow07.flow.json", f->path);
    assert_int_equal(unlink(f->name), 0);
    assert_int_equal(open_ws(f), 2);
    assert_int_equal(f->ws->count, FLOWS);
    assert_non_null(find(f, STR("Other")));
    assert_null(find(f, STR("Flow 5\0")));
    assert_null(find(f, STR("Flow 7\0")));
    close_ws(f);
}

/* Between opening the folder and needing the flow. */
static void what_changes_meanwhile_is_noticed(void **state)
{
    struct folder *f = *state;
    enum flow_type type;
    struct str title;
    open_ws(f);
    close_ws(f);
    assert_int_equal(open_ws(f), 0);
    put_flow(f, 2, "inboundCall", "Renamed");
    put_flow(f, 3, "inboundCall", "broken\" ");
    assert_null(find(f, STR("Flow 2\0")));
    assert_non_null(find(f, STR("Renamed")));
    assert_null(find(f, STR("Flow 3\0")));
    assert_false(workspace_title(f->ws->files[3], &type, &title));
    assert_int_equal(f->ws->files[3]->diags.errors, 1);
    close_ws(f);
}

static void unreadable_flows_are_always_tried(void **state)
{
    struct folder *f = *state;
    put_flow(f, 1, "inboundCall", "broken\" ");
    open_ws(f);
    close_ws(f);
    assert_int_equal(open_ws(f), 1);
    assert_int_equal(f->ws->files[1]->diags.errors, 1);
    close_ws(f);
}

static void files_just_written_are_not_trusted(void **state)
{
    struct folder *f = *state;
    f->env.now = clock_now;
    open_ws(f);
    close_ws(f);
    assert_int_equal(open_ws(f), FLOWS);
    close_ws(f);
}

/* Each byte of it changed, and each shorter one: read again, never believed. */
static void damage_costs_time_alone(void **state)
{
    struct folder *f = *state;
    char bytes[4096];
    open_ws(f);
    close_ws(f);
    int file = open(known_file(f), O_RDWR);
    ssize_t size = read(file, bytes, sizeof bytes);
    assert_in_range(size, 500, sizeof bytes - 1);
    for (ssize_t i = 0; i < size; i += 7) {
        char other = (char) (bytes[i] ^ 1);
        assert_int_equal(pwrite(file, &other, 1, i), 1);
        assert_int_equal(open_ws(f), FLOWS);
        close_ws(f);
        close(file); /* it was written anew, another file */
        file = open(known_file(f), O_RDWR);
        assert_int_equal(open_ws(f), 0);
        close_ws(f);
        assert_int_equal(ftruncate(file, i), 0);
        assert_int_equal(open_ws(f), FLOWS);
        close_ws(f);
        close(file);
        file = open(known_file(f), O_RDWR);
    }
    close(file);
}

/* Appends to a flow's name what makes it transfer to another one. */
#define LEADS_TO(title)                                                                            \
    "\",\"tasks\":[{\"task\":{\"name\":\"T\",\"actions\":["                                        \
    "{\"transferToFlow\":{\"targetFlow\":{\"name\":\"" title "\"}}}]}}],\"description\":\""

static bool count_use(void *context, const struct use *use)
{
    (void) use;
    ++*(size_t *) context;
    return true;
}

static size_t uses_of(struct folder *f, struct str title)
{
    size_t found = 0;
    workspace_uses_of_flow(f->ws, FLOW_INBOUND_CALL, title, count_use, &found);
    return found;
}

static size_t count_read(const struct folder *f)
{
    size_t read = 0;
    for (size_t i = 0; i < f->ws->count; i++)
        read += f->ws->files[i]->read;
    return read;
}

static void only_what_names_a_flow_is_read_for_its_uses(void **state)
{
    struct folder *f = *state;
    put_flow(f, 1, "inboundCall", "One" LEADS_TO("Goal"));
    put_flow(f, 6, "secureCall", "Six" LEADS_TO("Other"));
    put_flow(f, 8, "inboundCall", "Eight" LEADS_TO("Goal"));
    open_ws(f);
    assert_int_equal(uses_of(f, STR("Goal")), 2);
    close_ws(f);
    assert_int_equal(open_ws(f), 0);
    assert_int_equal(uses_of(f, STR("Nobody's goal")), 0);
    assert_int_equal(count_read(f), 0);
    assert_int_equal(uses_of(f, STR("Goal")), 2);
    assert_int_equal(count_read(f), 2);
    /* Written again from what is known of files that were not read. */
    for (int i = 3; i < FLOWS; i++)
        put_flow(f, i, "inboundCall", "Again" LEADS_TO("Other"));
    close_ws(f);
    assert_int_equal(open_ws(f), FLOWS - 3);
    close_ws(f);
    assert_int_equal(open_ws(f), 0);
    assert_int_equal(uses_of(f, STR("Goal")), 1);
    assert_int_equal(uses_of(f, STR("Other")), FLOWS - 3);
    assert_int_equal(count_read(f), FLOWS - 2);
    close_ws(f);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(what_has_not_changed_is_not_read),   TEST(what_has_changed_is_read),
        TEST(what_changes_meanwhile_is_noticed),  TEST(unreadable_flows_are_always_tried),
        TEST(files_just_written_are_not_trusted), TEST(damage_costs_time_alone),
        TEST(only_what_names_a_flow_is_read_for_its_uses),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
