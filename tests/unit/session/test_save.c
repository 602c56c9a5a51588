/* Saving through the session: whatever goes wrong, the file is as it was and the work is kept. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>

#include "tests/unit/session/support.h"

static void edit_main(struct world *world)
{
    world_put_main(world);
    world_open(world, "main.flow.json");
    world_say(world, "goto Welcome/1\nadd disconnect\nrename Mine");
}

static bool on_disk(struct world *world, const char *name, const char *words)
{
    return strstr(world_get(world, name).ptr, words) != NULL;
}

static void unedited_flows_save_their_bytes(void **state)
{
    struct world *world = *state;
    char before[8192];

    world_put_main(world);
    struct str text = world_get(world, "flows/main.flow.json");
    memcpy(before, text.ptr, text.len + 1);
    world_open(world, "main.flow.json");
    world_say(world, "write");
    assert_string_equal(world_get(world, "flows/main.flow.json").ptr, before);
    world_say(world, "goto Welcome/1\nadd disconnect\nwrite\nundo\nwrite");
    assert_string_equal(world_get(world, "flows/main.flow.json").ptr, before);
}

static void changes_of_others_are_not_overwritten(void **state)
{
    struct world *world = *state;

    edit_main(world);
    world_put(world, "flows/main.flow.json", "{\"inboundCall\":{\"name\":\"Theirs\"}}\n");
    world_refused(world, "write", DIAG_SAVE_CHANGED, "Somebody else changed this");
    world_expect_message(world, ":write! overwrites it, :write FILE saves elsewhere, :reload!");
    assert_true(session_modified(world->session, world->session->flow));
    assert_true(on_disk(world, "flows/main.flow.json", "Theirs"));
    char line[600];
    snprintf(line, sizeof line, "write %s", world_path(world, "elsewhere.flow.json"));
    world_say(world, line);
    assert_true(on_disk(world, "elsewhere.flow.json", "Mine"));
    assert_true(on_disk(world, "flows/main.flow.json", "Theirs"));
    assert_false(session_modified(world->session, world->session->flow));
}

static void force_overwrites_them(void **state)
{
    struct world *world = *state;

    edit_main(world);
    world_put(world, "flows/main.flow.json", "{\"inboundCall\":{\"name\":\"Theirs\"}}\n");
    world_refused(world, "write", DIAG_SAVE_CHANGED, "Somebody else changed this");
    world_say(world, "write!");
    assert_true(on_disk(world, "flows/main.flow.json", "Mine"));
    world_say(world, "undo\nwrite");
}

static void reloading_takes_theirs(void **state)
{
    struct world *world = *state;

    edit_main(world);
    world_refused(world, "reload", DIAG_UNSAVED, "Unsaved: Main line");
    world_put(world, "flows/main.flow.json", "{\"inboundCall\":{\"name\":\"Theirs\"}}\n");
    world_say(world, "reload!");
    assert_false(session_any_modified(world->session));
    assert_string_equal(world_flow(world).ptr, "{\"inboundCall\":{\"name\":\"Theirs\"}}\n");
    world_refused(world, "undo", DIAG_UNDO_END, "nothing left to undo");
    world_say(world, "rename Mine again\nwrite\nreload");
    assert_true(on_disk(world, "flows/main.flow.json", "Mine again"));
}

static void broken_files_are_not_reloaded(void **state)
{
    struct world *world = *state;

    edit_main(world);
    world_put(world, "flows/main.flow.json", "{\"inboundCall\":");
    world_refused(world, "reload!", DIAG_JSON_END, "main.flow.json:1:");
    assert_non_null(strstr(world_flow(world).ptr, "Mine"));
    assert_true(session_any_modified(world->session));
}

static void reloading_keeps_what_is_unsaved_elsewhere(void **state)
{
    struct world *world = *state;

    edit_main(world);
    world_say(world, "new inboundCall Other\nwrite\nrename Another\nopen Main line\nreload!");
    assert_true(session_any_modified(world->session));
    world_refused(world, "quit", DIAG_UNSAVED, "Unsaved: Another");
}

/* No file may have more bytes, as on a full disk; FREE ends that. */
#define FREE RLIM_INFINITY
static void full_disk(rlim_t bytes)
{
    struct rlimit limit;

    signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &limit), 0);
    limit.rlim_cur = bytes == FREE ? limit.rlim_max : bytes;
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

static void a_full_disk_loses_nothing(void **state)
{
    struct world *world = *state;
    char before[8192];

    edit_main(world);
    struct str text = world_get(world, "flows/main.flow.json");
    memcpy(before, text.ptr, text.len + 1);
    fflush(NULL);
    full_disk(0);
    bool saved = session_command(world->session, STR("write"));
    struct buf message;
    buf_init(&message, &world->env);
    buf_add(&message, buf_str(&world->session->message));
    full_disk(FREE);
    assert_false(saved);
    assert_non_null(strstr(message.ptr, "Saving failed"));
    assert_string_equal(world_get(world, "flows/main.flow.json").ptr, before);
    assert_true(session_modified(world->session, world->session->flow));
    world_say(world, "write");
    assert_true(on_disk(world, "flows/main.flow.json", "Mine"));
    buf_release(&message);
}

static int last_byte(const char *path)
{
    FILE *file = fopen(path, "r");
    int byte = EOF;

    assert_non_null(file);
    assert_int_equal(fseek(file, -1, SEEK_END), 0);
    byte = fgetc(file);
    fclose(file);
    return byte;
}

/* The log cannot be written any more: that is said once, editing goes on, and what the log has
 * comes back. */
static void a_full_disk_ends_the_log(void **state)
{
    struct world *world = *state;

    edit_main(world);
    fflush(NULL);
    struct stat status;
    assert_int_equal(stat(world_log(world), &status), 0);
    full_disk((rlim_t) status.st_size + 20); /* the record begins and does not end */
    bool done = session_command(world->session, STR("add disconnect"));
    enum message_kind kind = world->session->message_kind;
    full_disk(FREE);
    assert_true(done);
    assert_int_equal(kind, MESSAGE_WARNING);
    assert_int_equal(last_byte(world_log(world)), '\n');
    world_say(world, "rename Lost");
    assert_int_equal(world->session->message_kind, MESSAGE_INFO);
    world_die(world);
    world_open(world, "main.flow.json");
    assert_true(session_recover(world->session, world_log(world), &world->diags));
    assert_int_equal(world->diags.count, 0);
    assert_non_null(strstr(world_flow(world).ptr, "Mine"));
    assert_null(strstr(world_flow(world).ptr, "Lost"));
}

static void read_only_is_said_at_once(void **state)
{
    struct world *world = *state;
    bool root = geteuid() == 0;

    world_put_main(world);
    if (root) {
        chmod(world->folder, 0777);
        chmod(world_path(world, "flows"), 0777);
    }
    chmod(world_path(world, "flows/main.flow.json"), 0444);
    if (root)
        assert_int_equal(seteuid(65534), 0);
    world_open(world, "main.flow.json");
    bool warned = world->session->message_kind == MESSAGE_WARNING &&
                  strstr(world->session->message.ptr, "is read-only");
    session_command(world->session, STR("goto Welcome/1"));
    session_command(world->session, STR("add disconnect"));
    bool saved = session_command(world->session, STR("write"));
    bool kept = session_any_modified(world->session);
    struct buf message;
    buf_init(&message, &world->env);
    buf_add(&message, buf_str(&world->session->message));
    if (root)
        assert_int_equal(seteuid(0), 0);
    assert_true(warned);
    assert_false(saved);
    assert_true(kept);
    assert_non_null(strstr(message.ptr, "read-only"));
    buf_release(&message);
}

/* A fault of the writer, planted into the tree: what would be written is another document. */
static void what_does_not_read_back_is_not_written(void **state)
{
    struct world *world = *state;
    char before[8192];
    struct doc *doc;

    edit_main(world);
    struct str text = world_get(world, "flows/main.flow.json");
    memcpy(before, text.ptr, text.len + 1);
    doc = world->session->flow->doc;
    /* A clean span without its first quote. */
    char *span = strstr(doc->source, "\"Welcome.\"");
    assert_non_null(span);
    *span = 'x';
    world_refused(world, "write", DIAG_SAVE_NOT_SAME, "does not read back as this document");
    assert_string_equal(world_get(world, "flows/main.flow.json").ptr, before);
    assert_true(session_modified(world->session, world->session->flow));
    *span = '"';
    world_say(world, "write");
    /* Reads, but as another tree. */
    span = strstr(doc->source, "\"inboundCall\"");
    memcpy(span, "\"inboundXall\"", 13);
    world_refused(world, "write", DIAG_SAVE_NOT_SAME, "does not read back as this document");
    memcpy(span, "\"inboundCall\"", 13);
    /* A text that is another one in memory. */
    node_id node = 1;
    while (!str_is(doc_text(doc, node), "Welcome."))
        node++;
    struct node was = doc->nodes[node];
    doc->nodes[node].flags |= NODE_OWN;
    doc->nodes[node].start = doc->nodes[node].end = 0;
    world_refused(world, "write", DIAG_SAVE_NOT_SAME, "does not read back");
    doc->nodes[node] = was;
    world_say(world, "write");
}

static void exports_are_saved_elsewhere(void **state)
{
    struct world *world = *state;
    char line[600];

    edit_main(world);
    world_put(world, "flows/old.i3InboundFlow",
              "{\"name\":\"Old\",\"type\":\"inboundcall\",\"flowSequenceItemList\":[]}");
    snprintf(line, sizeof line, "open %s", world_path(world, "flows/old.i3InboundFlow"));
    world_say(world, line);
    world_say(world, "rename Older");
    world_refused(world, "write", DIAG_SAVE_IMPORTED, "save it as NAME.flow.json");
    world_refused(world, "write!", DIAG_SAVE_IMPORTED, "save it as NAME.flow.json");
    snprintf(line, sizeof line, "write %s", world_path(world, "flows/older.flow.json"));
    world_say(world, line);
    world_say(world, "rename Oldest\nwrite");
    assert_true(on_disk(world, "flows/older.flow.json", "Oldest"));
    assert_true(on_disk(world, "flows/old.i3InboundFlow", "\"Old\""));
}

static void saving_as_changes_the_file(void **state)
{
    struct world *world = *state;
    char line[600];

    edit_main(world);
    snprintf(line, sizeof line, "write %s", world_path(world, "flows/copy.flow.json"));
    world_say(world, line);
    assert_true(on_disk(world, "flows/copy.flow.json", "Mine"));
    assert_false(on_disk(world, "flows/main.flow.json", "Mine"));
    world_say(world, "rename Later\nwrite");
    assert_true(on_disk(world, "flows/copy.flow.json", "Later"));
    world_put(world, "flows/taken.flow.json", "{}");
    snprintf(line, sizeof line, "write %s", world_path(world, "flows/taken.flow.json"));
    world_refused(world, line, DIAG_SAVE_EXISTS, "There is a file of this name already");
    world_say(world, "new inboundCall Other\nwrite");
    snprintf(line, sizeof line, "write %s", world_path(world, "flows/copy.flow.json"));
    world_refused(world, line, DIAG_SAVE_TAKEN, "Another flow that is open lives in");
}

static void exporting_writes_the_bytes(void **state)
{
    struct world *world = *state;
    char line[600];

    edit_main(world);
    snprintf(line, sizeof line, "export json %s", world_path(world, "out.json"));
    world_say(world, line);
    assert_string_equal(world_get(world, "out.json").ptr, world_flow(world).ptr);
    assert_true(session_modified(world->session, world->session->flow));
    world_refused(world, line, DIAG_SAVE_EXISTS, "There is a file of this name already");
    world_expect_message(world, ":export! writes over it");
    snprintf(line, sizeof line, "export! json %s", world_path(world, "out.json"));
    world_say(world, line);
    world_say(world, "export json");
    assert_true(on_disk(world, "flows/main.json", "Mine"));
    world_say(world, "export dot\nexport mermaid\nexport markdown");
    assert_true(on_disk(world, "flows/main.dot", "digraph flow {"));
    assert_true(on_disk(world, "flows/main.dot", "Mine"));
    assert_true(on_disk(world, "flows/main.mmd", "flowchart TB"));
    assert_true(on_disk(world, "flows/main.md", "**Mine**"));
    world_refused(world, "export dot", DIAG_SAVE_EXISTS, "There is a file of this name already");
}

static void a_second_session_is_warned(void **state)
{
    struct world *world = *state;
    struct session *first, *second;
    char words[64];

    world_put_main(world);
    first = world_open(world, "main.flow.json");
    assert_int_equal(first->message_kind, MESSAGE_NONE);
    world->session = NULL;
    second = world_open(world, "main.flow.json");
    assert_int_equal(second->message_kind, MESSAGE_WARNING);
    snprintf(words, sizeof words, "is also open in process %ld since 2026-01-01T", (long) getpid());
    world_expect_message(world, words);
    session_close(first);
    world_close(world);
    second = world_open(world, "main.flow.json"); /* the first has gone */
    assert_int_equal(second->message_kind, MESSAGE_NONE);
}

static void bad_paths_open_nothing(void **state)
{
    struct world *world = *state;

    assert_null(session_open(&world->env, world_path(world, "flows/none.flow.json"), NULL,
                             &world->diags));
    assert_true(world->diags.errors > 0);
    diags_clear(&world->diags);
    world_put(world, "flows/bad.flow.json", "{\"inboundCall\": {\"name\": }}");
    assert_null(session_open(&world->env, world_path(world, "flows/bad.flow.json"), NULL,
                             &world->diags));
    world_open(world, "");
    assert_null(world->session->flow);
    char line[600];
    snprintf(line, sizeof line, "open %s", world_path(world, "flows/bad.flow.json"));
    world_refused(world, line, DIAG_JSON_VALUE, "bad.flow.json:1:");
}

static void no_state_folder_no_log(void **state)
{
    struct world *world = *state;

    world_put_main(world);
    world->session =
        session_open(&world->env, world_path(world, "flows"), NULL, &world->diags);
    assert_non_null(world->session);
    world_say(world, "goto Welcome/1\nadd disconnect\nundo\nredo\nwrite");
    session_draft(world->session, "x", STR("y"));
    assert_null(world->session->recovery);
    assert_int_equal(session_idle(world->session, 0), -1);
    struct recovery_offer offer;
    assert_false(session_recovery_find(world->session, 0, &offer));
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, world_setup, world_teardown)
    const struct CMUnitTest tests[] = {
        TEST(unedited_flows_save_their_bytes),
        TEST(changes_of_others_are_not_overwritten),
        TEST(force_overwrites_them),
        TEST(reloading_takes_theirs),
        TEST(broken_files_are_not_reloaded),
        TEST(reloading_keeps_what_is_unsaved_elsewhere),
        TEST(a_full_disk_loses_nothing),
        TEST(a_full_disk_ends_the_log),
        TEST(read_only_is_said_at_once),
        TEST(what_does_not_read_back_is_not_written),
        TEST(exports_are_saved_elsewhere),
        TEST(saving_as_changes_the_file),
        TEST(exporting_writes_the_bytes),
        TEST(a_second_session_is_warned),
        TEST(bad_paths_open_nothing),
        TEST(no_state_folder_no_log),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
