/* Bundles: what a flow reaches and needs, in one document, and back. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>
#include "engine/doc/write.h"
#include "engine/flow/bundle.h"
#include "tests/unit/flow/reading.h"

struct folder {
    char path[256];
    struct env env;
    struct limits limits;
    struct diags diags;
};

static void put(struct folder *f, const char *name, const char *text)
{
    char path[512];
    snprintf(path, sizeof path, "%s/%s", f->path, name);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    for (; *text; text++)
        fputc(*text == '\'' ? '"' : *text, file);
    assert_int_equal(fclose(file), 0);
}

static int setup(void **state)
{
    static struct folder f;
    const char *tmp = getenv("TMPDIR");
    f = (struct folder){ .limits = LIMITS_DEFAULT };
    env_init(&f.env);
    diags_init(&f.diags, &f.env);
    snprintf(f.path, sizeof f.path, "%s/bundle-XXXXXX", tmp ? tmp : "/tmp");
    *state = &f;
    return mkdtemp(f.path) ? 0 : -1;
}

static int teardown(void **state)
{
    struct folder *f = *state;
    struct file_list list;
    if (file_list(&f->env, f->path, &list, &f->diags)) {
        for (size_t i = 0; i < list.count; i++)
            unlink(list.items[i].path);
    }
    file_list_release(&list);
    diags_release(&f->diags);
    return rmdir(f->path);
}

/* The bundle of a file's flow, on one line with ' for ", until the next call. */
static const char *bundle_of(struct folder *f, const char *name)
{
    static char line[8000];
    char path[512];
    struct buf text, compact;
    buf_init(&text, &f->env);
    buf_init(&compact, &f->env);
    diags_clear(&f->diags);
    snprintf(path, sizeof path, "%s/%s", f->path, name);
    struct workspace *ws = workspace_open(&f->env, &f->limits, path, &f->diags);
    assert_non_null(ws);
    struct workspace_file *file = workspace_file(ws, path, &f->diags);
    assert_non_null(file);
    assert_true(bundle_write(ws, &file->flow, &text, &f->diags));
    struct doc *doc = doc_read(&f->env, &ws->atoms, &f->limits, "b", buf_str(&text), &f->diags);
    doc_write_compact(doc, 1, &compact);
    doc_free(doc);
    workspace_free(ws);
    assert_true(compact.len < sizeof line);
    for (size_t i = 0; i <= compact.len; i++)
        line[i] = compact.ptr[i] == '"' ? '\'' : compact.ptr[i];
    buf_release(&text);
    buf_release(&compact);
    return line;
}

#define LINE(name, actions)                                                                        \
    "{'inboundCall':{'name':'" name "','startUpRef':'/inboundCall/tasks/task[a]','tasks':["        \
    "{'task':{'name':'a','refId':'a','actions':[" actions "]}}]}}"

static void what_is_reached(void **state)
{
    struct folder *f = *state;
    put(f, "main.flow.json",
        LINE("Main", "{'setPostFlow':{'target':{'lit':'caller'},'actionType':{'lit':"
                     "'voiceSurveyFlow'},'targetFlow':{'name':'CSAT'}}},"
                     "{'callCommonModule':{'commonModule':{'Mod':{'ver_latestPublished':{}}}}},"
                     "{'transferToAcd':{'targetQueue':{'lit':{'name':'Q'}}}},"
                     "{'transferToFlow':{'targetFlow':{'name':'Gone'}}}"));
    put(f, "csat.flow.json", "{'voiceSurvey':{'name':'CSAT'}}");
    put(f, "mod.flow.json",
        "{'commonModule':{'name':'Mod','startUpTaskActions':[{'transferToFlow':"
        "{'targetFlow':{'name':'Back'}}}]}}");
    put(f, "back.flow.json", LINE("Back", "{'transferToFlow':{'targetFlow':{'name':'Main'}}}"));
    put(f, "q.flow.json", "{'inqueueCall':{'name':'Q waiting'}}");
    put(f, "default.flow.json", "{'inqueueCall':{'name':'Waiting'}}");
    put(f, "other.flow.json", LINE("Other", ""));
    put(f, "postflow.json",
        "{'edge':'1.0.0.15220','queues':{'Q':{'inQueueFlow':'Q waiting'},'R':{}},"
        "'defaultInQueueFlow':'Waiting','users':{'Ada':{'queues':['Q']},'Bob':{'queues':['R']},"
        "'Cy':{'extension':'1'}},'unpublished':[{'type':'voiceSurvey','name':'CSAT'},"
        "{'type':'voiceSurvey','name':'Other'}],'skills':['x'],'silence':['W407']}");
    const char *line = bundle_of(f, "main.flow.json");
    const char *expected =
        "{'inboundCall':{'name':'Back','startUpRef':'/inboundCall/tasks/task[a]','tasks':["
        "{'task':{'name':'a','refId':'a','actions':[{'transferToFlow':{'targetFlow':{'name':"
        "'Main'}}}]}}]}},{'inqueueCall':{'name':'Q waiting'}},{'inqueueCall':{'name':'Waiting'}},"
        "{'commonModule':{'name':'Mod','startUpTaskActions':[{'transferToFlow':{'targetFlow':"
        "{'name':'Back'}}}]}},{'voiceSurvey':{'name':'CSAT'}}],'settings':{'edge':'1.0.0.15220',"
        "'queues':{'Q':{'inQueueFlow':'Q waiting'}},'defaultInQueueFlow':'Waiting','users':{'Ada':"
        "{'queues':['Q']}},'unpublished':[{'type':'voiceSurvey','name':'CSAT'}],"
        "'silence':['W407']}}";
    assert_true(!strncmp(line, "{'postflowBundle':1,'flows':[{'inboundCall':{'name':'Main'", 58));
    const char *rest = strstr(line, "]}},{'inboundCall':{'name':'Back'");
    assert_non_null(rest);
    assert_string_equal(rest + 4, expected);
    assert_int_equal(f->diags.count, 1);
    assert_int_equal(f->diags.items[0].code, DIAG_BUNDLE_MISSING);
    assert_int_equal(f->diags.items[0].place.line, 1);
}

/* Names are found in expressions, in data actions, behind prompts, through groups of schedules. */
static void what_is_needed(void **state)
{
    struct folder *f = *state;
    put(f, "main.flow.json",
        LINE("Main", "{'evaluateScheduleGroup':{'evaluate':{'now':true},'scheduleGroup':{'lit':"
                     "{'name':'G'}}}},{'callData':{'category':{'CRM':{'dataAction':{'Find':{}}}}}},"
                     "{'playAudio':{'audio':{'prompt':'Prompt.Hi'}}},"
                     "{'updateData':{'statements':[{'queue':{'variable':'Task.q','value':{'exp':"
                     "'FindQueue(\\'Q\\')'}}}]}}"));
    put(f, "postflow.json",
        "{'queues':{'Q':{}},'defaultInQueueFlow':'Waiting','scheduleGroups':{'G':{'open':['S']},"
        "'H':{'open':['T']}},'schedules':{'S':true,'T':true},'dataActions':{'CRM / Find':[],"
        "'CRM / Other':[]},'prompts':{'Hi':1,'Ho':2}}");
    const char *line = bundle_of(f, "main.flow.json");
    /* ' in the expression are escaped as " are in JSON */
    assert_non_null(strstr(line, "FindQueue(\\'Q\\')"));
    const char *settings = strstr(line, ",'settings':");
    assert_non_null(settings);
    assert_string_equal(settings, ",'settings':{'queues':{'Q':{}},'scheduleGroups':{'G':{'open':"
                                  "['S']}},'schedules':{'S':true},'dataActions':{'CRM / Find':[]},"
                                  "'prompts':{'Hi':1}}}");
    assert_int_equal(f->diags.count, 0);
}

static void too_deep(void **state)
{
    struct folder *f = *state;
    char path[512];
    struct buf text;
    put(f, "main.flow.json", LINE("Main", "{'disconnect':{'x':[[[[]]]]}}"));
    f->limits.depth = 13; /* of the flow itself */
    snprintf(path, sizeof path, "%s/main.flow.json", f->path);
    struct workspace *ws = workspace_open(&f->env, &f->limits, path, &f->diags);
    struct workspace_file *file = workspace_file(ws, path, &f->diags);
    assert_non_null(file);
    buf_init(&text, &f->env);
    assert_false(bundle_write(ws, &file->flow, &text, &f->diags));
    assert_int_equal(f->diags.items[0].code, DIAG_LIMIT_DEPTH);
    buf_release(&text);
    workspace_free(ws);
}

/* --- reading */

struct files {
    char names[300];
    size_t stop_at, count;
};

static bool take(void *context, const char *name, struct str text)
{
    struct files *files = context;
    size_t len = strlen(files->names);
    assert_true(text.len > 0 && text.ptr[text.len - 1] == '\n' && text.ptr[text.len - 2] != '\n');
    snprintf(files->names + len, sizeof files->names - len, "%s;", name);
    return ++files->count != files->stop_at;
}

static void files_of_a_bundle(void **state)
{
    (void) state;
    struct reading r;
    struct files files = { "", 0, 0 };
    reading_begin(&r);
    struct doc *doc = reading_doc(
        &r, "{'postflowBundle':1,'flows':[{'inboundCall':{'name':'../A/b'}},{'voiceSurvey':"
            "{'name':'A b'}},{'commonModule':{'name':'A-b'}},{'secureCall':{'name':'postflow'}}],"
            "'settings':{'edge':'1.0.0.15220'}}");
    assert_true(bundle_is(doc));
    assert_true(bundle_read(doc, take, &files, &r.diags));
    assert_string_equal(files.names, "a-b.flow.json;a-b-2.flow.json;a-b-3.flow.json;"
                                     "postflow.flow.json;postflow.json;");
    files = (struct files){ "", 2, 0 };
    assert_false(bundle_read(doc, take, &files, &r.diags));
    assert_int_equal(files.count, 2);
    assert_int_equal(r.diags.count, 0);
    reading_end(&r);
}

static void no_bundle(void **state)
{
    static const char *const cases[] = {
        "{'postflowBundle':2,'flows':[{'inboundCall':{'name':'A'}}]}",
        "{'postflowBundle':1}",
        "{'postflowBundle':1,'flows':{}}",
        "{'postflowBundle':1,'flows':[]}",
        "{'postflowBundle':1,'flows':[{'inboundCall':{'name':'A'}},{'x':1}]}",
        "{'postflowBundle':1,'flows':[{'inboundCall':{'name':'A'}}],'settings':[]}",
    };
    (void) state;
    struct reading r;
    struct files files = { "", 0, 0 };
    reading_begin(&r);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        diags_clear(&r.diags);
        assert_false(bundle_read(reading_doc(&r, cases[i]), take, &files, &r.diags));
        assert_string_equal(reading_told(&r), "E088 1; ");
    }
    assert_int_equal(files.count, 0);
    assert_false(bundle_is(reading_doc(&r, "{'inboundCall':{'name':'A'}}")));
    assert_false(bundle_is(reading_doc(&r, "[1]")));
    reading_end(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_is_reached, setup, teardown),
        cmocka_unit_test_setup_teardown(what_is_needed, setup, teardown),
        cmocka_unit_test_setup_teardown(too_deep, setup, teardown),
        cmocka_unit_test(files_of_a_bundle),
        cmocka_unit_test(no_bundle),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
