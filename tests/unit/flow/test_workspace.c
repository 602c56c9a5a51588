#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>
#include "engine/base/env.h"
#include "engine/flow/change.h"
#include "engine/flow/edit_flow.h"
#include "engine/flow/settings.h"
#include "engine/flow/workspace.h"

/* A folder of its own, and the workspace in it. */
struct place_of_work {
    struct env env;
    struct limits limits;
    struct diags diags;
    struct workspace *ws;
    char folder[256];
    char path[512];
};

static const char *path_in(struct place_of_work *w, const char *name)
{
    snprintf(w->path, sizeof w->path, "%s/%s", w->folder, name);
    return w->path;
}

static void put(struct place_of_work *w, const char *name, const char *content)
{
    FILE *file = fopen(path_in(w, name), "w");
    assert_non_null(file);
    for (const char *at = content; *at; at++)
        fputc(*at == '\'' ? '"' : *at, file);
    assert_int_equal(fclose(file), 0);
}

static void put_flow(struct place_of_work *w, const char *file, const char *type, const char *name)
{
    char text[512];
    snprintf(text, sizeof text, "{'%s':{'name':'%s'}}", type, name);
    put(w, file, text);
}

static int setup(void **state)
{
    static struct place_of_work w;
    const char *tmp = getenv("TMPDIR");
    w = (struct place_of_work){ .limits = LIMITS_DEFAULT };
    env_init(&w.env);
    diags_init(&w.diags, &w.env);
    snprintf(w.folder, sizeof w.folder, "%s/flow-XXXXXX", tmp ? tmp : "/tmp");
    *state = &w;
    return mkdtemp(w.folder) ? 0 : -1;
}

static int teardown(void **state)
{
    struct place_of_work *w = *state;
    struct file_list list;
    if (w->ws)
        workspace_free(w->ws);
    if (file_list(&w->env, w->folder, &list, &w->diags)) {
        for (size_t i = 0; i < list.count; i++)
            unlink(list.items[i].path);
    }
    file_list_release(&list);
    diags_release(&w->diags);
    rmdir(path_in(w, "deeper"));
    rmdir(path_in(w, ".hidden"));
    rmdir(w->folder);
    return 0;
}

static void open_ws(struct place_of_work *w, const char *name)
{
    w->ws = workspace_open(&w->env, &w->limits, name ? path_in(w, name) : w->folder, &w->diags);
}

static struct flow *find(struct place_of_work *w, enum flow_type type, const char *name)
{
    return workspace_find(w->ws, type, str_of(name));
}

static void test_finds_flows_below_the_settings(void **state)
{
    struct place_of_work *w = *state;
    assert_int_equal(mkdir(path_in(w, "deeper"), 0700), 0);
    assert_int_equal(mkdir(path_in(w, ".hidden"), 0700), 0);
    put(w, "postflow.json", "{'licence':'cx3'}");
    put_flow(w, "a.flow.json", "inboundCall", "A");
    put_flow(w, "deeper/b.flow.json", "voiceSurvey", "A");
    put_flow(w, ".hidden/c.flow.json", "inboundCall", "C");
    put_flow(w, "other.json", "inboundCall", "Other");
    open_ws(w, "deeper/b.flow.json");
    assert_non_null(w->ws);
    assert_int_equal(w->ws->count, 2);
    assert_int_equal(w->ws->settings->licence, LICENCE_CX3);
    assert_ptr_equal(find(w, FLOW_INBOUND_CALL, "A"), &w->ws->files[0]->flow);
    assert_ptr_equal(find(w, FLOW_VOICE_SURVEY, "A"), &w->ws->files[1]->flow);
    assert_null(find(w, FLOW_INBOUND_CALL, "a"));
    assert_null(find(w, FLOW_SECURE_CALL, "A"));
    assert_null(find(w, FLOW_INBOUND_CALL, "C"));
    assert_ptr_equal(workspace_file_of(w->ws, &w->ws->files[1]->flow), w->ws->files[1]);
}

/* YAML that is meant to be a flow is found, broken or not; other YAML is left alone. */
static void test_finds_yaml(void **state)
{
    struct place_of_work *w = *state;
    put(w, "a.yaml", "# ours\n---\ninboundCall:\n  name: A\n  startUpRef: x\n");
    put(w, "b.flow.yml", "a: [\n");
    put(w, "c.yml", "on: push\njobs:\n  name: C\n");
    put(w, "d.yaml", "voiceSurvey:\n\tname: D\n");
    put(w, "e.yaml", "workflow:\n  name: E\n  tasks: []\n");
    put(w, "f.yaml", "workflow:\n  rules: []\n");
    put(w, "g.yaml", "a: [\n");
    open_ws(w, NULL);
    assert_non_null(w->ws);
    assert_int_equal(w->ws->count, 4);
    assert_non_null(find(w, FLOW_INBOUND_CALL, "A"));
    assert_non_null(find(w, FLOW_OTHER, "E"));
    assert_int_equal(w->ws->files[1]->diags.items[0].code, DIAG_JSON_END);
    assert_int_equal(w->ws->files[2]->diags.items[0].code, DIAG_YAML_TAB);
    assert_false(workspace_take(w->ws, path_in(w, "f.yaml")));
}

static void test_workspaces_in_a_workspace(void **state)
{
    struct place_of_work *w = *state;
    assert_int_equal(mkdir(path_in(w, "deeper"), 0700), 0);
    put(w, "postflow.json", "{}");
    put(w, "deeper/postflow.json", "{}");
    put_flow(w, "a.flow.json", "inboundCall", "A");
    put_flow(w, "deeper-not.flow.json", "inboundCall", "D");
    put_flow(w, "deeper/a.flow.json", "inboundCall", "A");
    open_ws(w, NULL);
    assert_int_equal(w->ws->count, 2);
    assert_null(workspace_twin(w->ws, find(w, FLOW_INBOUND_CALL, "A")));
    assert_int_equal(w->ws->nested_count, 1);
    assert_true(str_ends(str_of(w->ws->nested[0]), STR("/deeper/")));
    assert_false(workspace_take(w->ws, path_in(w, "deeper/a.flow.json")));
}

static void test_file_by_any_path(void **state)
{
    struct place_of_work *w = *state;
    char twisted[600];
    put_flow(w, "a.flow.json", "inboundCall", "A");
    put_flow(w, "loose.json", "inboundCall", "Loose");
    open_ws(w, NULL);
    snprintf(twisted, sizeof twisted, "%s/../%s/./a.flow.json", w->folder,
             strrchr(w->folder, '/') + 1);
    assert_ptr_equal(workspace_file(w->ws, twisted, &w->diags), w->ws->files[0]);
    assert_int_equal(w->ws->count, 1);
    assert_null(find(w, FLOW_INBOUND_CALL, "Loose"));
    assert_non_null(workspace_file(w->ws, path_in(w, "loose.json"), &w->diags));
    assert_non_null(find(w, FLOW_INBOUND_CALL, "Loose"));
    assert_null(workspace_file(w->ws, path_in(w, "nothing.flow.json"), &w->diags));
    assert_int_equal(w->diags.items[0].code, DIAG_FILE_MISSING);
    assert_int_equal(w->ws->count, 2);
}

static void test_broken_files(void **state)
{
    struct place_of_work *w = *state;
    put(w, "a.flow.json", "{'inboundCall':");
    put(w, "b.flow.json", "[]");
    put_flow(w, "c.flow.json", "inboundCall", "C");
    open_ws(w, NULL);
    assert_int_equal(w->ws->count, 3);
    assert_null(w->ws->files[0]->flow.doc);
    assert_int_equal(w->ws->files[1]->diags.items[0].code, DIAG_FLOW_ROOT);
    assert_null(workspace_file(w->ws, path_in(w, "b.flow.json"), &w->diags));
    assert_int_equal(w->diags.items[0].code, DIAG_FLOW_ROOT);
    assert_int_equal(w->ws->count, 3);
    assert_non_null(find(w, FLOW_INBOUND_CALL, "C"));
    workspace_free(w->ws);
    put(w, "postflow.json", "{,}");
    open_ws(w, NULL);
    assert_null(w->ws);
}

static void rename_flow(struct place_of_work *w, struct flow *flow, const char *name, bool back)
{
    struct change *change = change_begin(&w->env, STR("Rename"));
    assert_true(flow_rename(change, flow, flow->body, str_of(name), &w->diags));
    if (back)
        change_undo(change);
    change_free(change);
}

static void test_look_up_follows_changes(void **state)
{
    struct place_of_work *w = *state;
    put_flow(w, "a.flow.json", "inboundCall", "A");
    put_flow(w, "b.flow.json", "inboundCall", "B");
    open_ws(w, NULL);
    struct flow *a = &w->ws->files[0]->flow, *b = &w->ws->files[1]->flow;
    assert_ptr_equal(find(w, FLOW_INBOUND_CALL, "B"), b);
    rename_flow(w, b, "C", true);
    assert_ptr_equal(find(w, FLOW_INBOUND_CALL, "B"), b);
    rename_flow(w, b, "C", false);
    assert_null(find(w, FLOW_INBOUND_CALL, "B"));
    assert_ptr_equal(find(w, FLOW_INBOUND_CALL, "C"), b);
    rename_flow(w, a, "C", false); /* of two of one name the first */
    assert_ptr_equal(find(w, FLOW_INBOUND_CALL, "C"), a);
    assert_ptr_equal(workspace_twin(w->ws, a), w->ws->files[1]);
    assert_ptr_equal(workspace_twin(w->ws, b), w->ws->files[0]);
    rename_flow(w, b, "D", false);
    assert_null(workspace_twin(w->ws, a));
}

static void test_new_flows(void **state)
{
    struct place_of_work *w = *state;
    put_flow(w, "my-flow.flow.json", "inboundCall", "Other");
    open_ws(w, NULL);
    for (int type = 1; type < FLOW_TYPE_COUNT; type++) {
        struct workspace_file *file = workspace_new_flow(w->ws, (enum flow_type) type,
                                                         STR("My \"flow\" /"), &w->diags);
        assert_non_null(file);
        assert_true(file->fresh);
        assert_int_equal(file->diags.count, 0);
        assert_ptr_equal(find(w, (enum flow_type) type, "My \"flow\" /"), &file->flow);
        assert_true(str_is(flow_title(&file->flow), "My \"flow\" /"));
        assert_non_null(strstr(file->path, "/my-flow-"));
        assert_true(flow_start(&file->flow) != 0);
    }
    assert_null(workspace_new_flow(w->ws, FLOW_INBOUND_CALL, STR("Other"), &w->diags));
    assert_int_equal(w->diags.items[0].code, DIAG_NEW_FLOW_TAKEN);
    assert_null(workspace_new_flow(w->ws, FLOW_INBOUND_CALL, STR("  "), &w->diags));
    assert_int_equal(w->diags.items[1].code, DIAG_NEW_FLOW_NAME);
    struct flow *last = find(w, FLOW_OUTBOUND_CALL, "My \"flow\" /");
    workspace_drop(w->ws, workspace_file_of(w->ws, last));
    assert_null(find(w, FLOW_OUTBOUND_CALL, "My \"flow\" /"));
    struct workspace_file *made = workspace_new_flow(w->ws, FLOW_OUTBOUND_CALL, STR("!"),
                                                     &w->diags);
    assert_non_null(strstr(made->path, "/flow.flow.json"));
    /* Letters of all scripts are kept, what a terminal or a shell could take for something else is
     * not: C1, bidi controls, private use. */
    made = workspace_new_flow(w->ws, FLOW_OUTBOUND_CALL,
                              STR("Gru\xc3\x9f\xc2\x9b\xe2\x80\xae\xee\x80\x80Z"), &w->diags);
    assert_non_null(strstr(made->path, "/gru\xc3\x9f-z.flow.json"));
}

struct uses {
    struct buf found;
    size_t most;
};

static bool add_use(void *context, const struct use *use)
{
    struct uses *uses = context;
    struct str text = doc_is_container(use->flow->doc, use->node)
                          ? doc_key(use->flow->doc, use->node)
                          : doc_text(use->flow->doc, use->node);
    buf_addf(&uses->found, "%.*s=%.*s ", STR_ARG(doc_key(use->flow->doc, use->action)),
             STR_ARG(text));
    return --uses->most > 0;
}

static void test_uses(void **state)
{
    struct place_of_work *w = *state;
    struct uses uses = { .most = 100 };
    put(w, "a.flow.json",
        "{'inboundCall':{'name':'A','tasks':[{'task':{'name':'T','actions':["
        "{'transferToFlow':{'targetFlow':{'name':'B'}}},"
        "{'setPostFlow':{'actionType':{'lit':'inboundCallFlow'},'targetFlow':{'name':'B'}}},"
        "{'setPostFlow':{'actionType':'voiceSurveyFlow','voiceSurveyFlow':'B'}},"
        "{'setPostFlow':{'inboundCallFlow':'B'}},"
        "{'setPostFlow':{'inboundCallFlow':{'B':{}}}},"
        "{'callCommonModule':{'commonModule':{'B':{'ver_latestPublished':{}}}}}]}}]}}");
    open_ws(w, NULL);
    buf_init(&uses.found, &w->env);
    workspace_uses_of_flow(w->ws, FLOW_INBOUND_CALL, STR("B"), add_use, &uses);
    assert_string_equal(uses.found.ptr,
                        "transferToFlow=B setPostFlow=B setPostFlow=B setPostFlow=B ");
    buf_clear(&uses.found);
    workspace_uses_of_flow(w->ws, FLOW_COMMON_MODULE, STR("B"), add_use, &uses);
    workspace_uses_of_flow(w->ws, FLOW_VOICE_SURVEY, STR("B"), add_use, &uses);
    assert_string_equal(uses.found.ptr, "callCommonModule=B setPostFlow=B ");
    buf_clear(&uses.found);
    uses.most = 1;
    workspace_uses_of_flow(w->ws, FLOW_INBOUND_CALL, STR("B"), add_use, &uses);
    assert_string_equal(uses.found.ptr, "transferToFlow=B ");
    buf_release(&uses.found);
}

static void test_settings_again(void **state)
{
    struct place_of_work *w = *state;
    put(w, "postflow.json", "{'edge':'1.0.0.15219'}");
    open_ws(w, NULL);
    assert_int_equal(settings_edge_allows_post_flow(w->ws->settings), -1);
    workspace_update_settings(w->ws, &w->diags);
    assert_int_equal(settings_edge_allows_post_flow(w->ws->settings), -1);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_finds_flows_below_the_settings),
        TEST(test_finds_yaml),
        TEST(test_workspaces_in_a_workspace),
        TEST(test_file_by_any_path),
        TEST(test_broken_files),
        TEST(test_look_up_follows_changes),
        TEST(test_new_flows),
        TEST(test_uses),
        TEST(test_settings_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
