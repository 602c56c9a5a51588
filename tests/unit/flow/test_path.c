/* Paths: every place of a flow reads back from what is printed for it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include "engine/base/file.h"
#include "engine/flow/path.h"
#include "engine/flow/query.h"
#include "tests/unit/flow/reading.h"

struct trip {
    struct reading *r;
    const struct flow *flow;
    struct path_memo memo;
    size_t spots;
};

/* A menu choice and the list of its inline task have one path. */
static bool is_same(const struct flow *flow, struct spot a, struct spot b)
{
    bool choice = flow_role(flow, a.node) == ROLE_CHOICE;
    return a.node == b.node && (choice || a.output == b.output);
}

static void round_trip(struct trip *t, struct spot spot)
{
    struct buf path, again;
    struct spot found;
    buf_init(&path, &t->r->env);
    buf_init(&again, &t->r->env);
    path_print(t->flow, spot, &path);
    path_print_next(t->flow, spot, &t->memo, &again);
    if (!str_eq(buf_str(&path), buf_str(&again)))
        fail_msg("%s printed next is %s", path.ptr, again.ptr);
    if (!path_find(t->flow, buf_str(&path), &found, &t->r->diags))
        fail_msg("%s is not found", path.ptr);
    if (!is_same(t->flow, spot, found))
        fail_msg("%s leads to node %u output %u, not to %u output %u", path.ptr, found.node,
                 found.output, spot.node, spot.output);
    t->spots++;
    buf_release(&path);
    buf_release(&again);
}

static bool visit(void *context, node_id action, unsigned depth)
{
    struct trip *t = context;
    (void) depth;
    unsigned outputs = flow_output_count(t->flow, action);
    for (unsigned k = 0; k <= outputs; k++)
        round_trip(t, (struct spot){ action, (uint16_t) k });
    return true;
}

static size_t all_spots(struct reading *r, const struct flow *flow)
{
    struct trip t = { .r = r, .flow = flow };
    for (node_id at = flow_container_next(flow, 0); at; at = flow_container_next(flow, at))
        round_trip(&t, (struct spot){ at, 0 });
    flow_each_action(flow, visit, &t);
    path_memo_release(&t.memo);
    return t.spots;
}

static void expect_print(const struct flow *flow, const char *path, const char *printed)
{
    struct spot spot;
    struct diags diags;
    struct buf out, quoted;
    diags_init(&diags, flow->doc->env);
    buf_init(&out, flow->doc->env);
    buf_init(&quoted, flow->doc->env);
    if (!path_find(flow, str_of(path), &spot, &diags))
        fail_msg("%s is not found", path);
    path_print(flow, spot, &out);
    assert_string_equal(out.ptr, printed);
    buf_release(&out);
    buf_release(&quoted);
    diags_release(&diags);
}

static void expect_missing(const struct flow *flow, const char *path, const char *step)
{
    struct spot spot;
    struct diags diags;
    diags_init(&diags, flow->doc->env);
    if (path_find(flow, str_of(path), &spot, &diags))
        fail_msg("%s is found", path);
    assert_int_equal(diags.count, 1);
    assert_int_equal(diags.items[0].code, DIAG_PATH_STEP);
    assert_true(str_is(diags.items[0].args[0], step));
    diags_release(&diags);
}

enum { SPOTS = 36 }; /* 9 containers, 27 actions, choices and outputs */
static const char names_flow[] =
    "{'inboundCall':{'name':'Main','tasks':["
    "{'task':{'name':'Welcome','actions':[{'playAudio':{'name':'Hello'}},"
    "{'decision':{'name':'Yes?','outputs':{'no':{'actions':[{'disconnect':{}},"
    "{'disconnect':{}}]}}}},"
    "{'switch':{'name':'S','evaluate':{'firstTrue':{'cases':[{'case':{'actions':[]}},{'case':"
    "{'actions':[{'disconnect':{'name':'Bye'}}]}}],'default':{'actions':[]}}}}},"
    "{'callTask':{'outputs':{'paths':[{'path':{'name':'default'}},{'path':{'name':'2'}},{'path':"
    "{'name':'a/b'}},{'path':{'name':''}},{'path':{'name':'a/b'}},{'path':{}}]}}},"
    "{'dance':{'outputs':{'1':{'actions':[]},'le~ft':{'actions':[]}}}}]}},"
    "{'task':{'name':'Welcome'}},{'task':{'name':'7'}},{'task':{'name':'a/b::c~d'}},{'task':{}},"
    "{'task':{'name':'\\\"q'}},{'task':{'name':'5\\\" pipe'}},{'task':{'name':'\\\"'}}],"
    "'menus':[{'menu':{'name':'Welcome','choices':[{'menuTask':{'name':'Sales','dtmf':'digit_1',"
    "'task':{'actions':[{'playAudio':{}}]},'choices':[]}},{'menuSubMenu':{'name':'More',"
    "'dtmf':'digit_*','choices':[{'menuDisconnect':{'dtmf':'digit_9'}}]}}]}}]}}";

static void test_names(void **state)
{
    struct reading r;
    struct flow flow;
    (void) state;
    reading_begin(&r);
    reading_flow(&r, names_flow, &flow);
    diags_clear(&r.diags);
    assert_int_equal(all_spots(&r, &flow), SPOTS);
    expect_print(&flow, "Welcome/Hello", "Welcome/1");
    expect_print(&flow, "Welcome/2/yes", "Welcome/2/yes");
    expect_print(&flow, "Welcome/Yes?/no/2", "Welcome/2/no/2");
    expect_print(&flow, "Welcome/Yes?/2/1", "Welcome/2/no/1"); /* the second output */
    expect_print(&flow, "Welcome/S/2/Bye", "Welcome/3/2/1");
    expect_print(&flow, "Welcome/S/default", "Welcome/3/default");
    expect_print(&flow, "Welcome/4/a~1b", "Welcome/4/a~1b");
    expect_print(&flow, "Welcome/4/\"2\"", "Welcome/4/\"2\"");
    expect_print(&flow, "Welcome/4/2", "Welcome/4/2"); /* a path that is named default too */
    expect_print(&flow, "Welcome/5/\"1\"", "Welcome/5/\"1\"");
    expect_print(&flow, "1/1", "Welcome/1");
    expect_print(&flow, "2", "2"); /* the second of one name */
    expect_print(&flow, "9/dtmf:1/1", "9/1/1");
    expect_print(&flow, "9/More/dtmf:9", "9/2/1");
    expect_print(&flow, "9/dtmf:*/1", "9/2/1");
    expect_print(&flow, "\"7\"", "\"7\"");
    expect_print(&flow, "\"a/b::c~0d\"", "a~1b~2:c~0d");
    expect_print(&flow, "Welcome/", "Welcome");
    reading_end(&r);
}

static void test_missing(void **state)
{
    struct reading r;
    struct flow flow;
    (void) state;
    reading_begin(&r);
    reading_flow(&r, names_flow, &flow);
    expect_missing(&flow, "", "");
    expect_missing(&flow, "Nowhere/1", "Nowhere");
    expect_missing(&flow, "0", "0");
    expect_missing(&flow, "99999999999999999999", "99999999999999999999");
    expect_missing(&flow, "Welcome/6", "6");
    expect_missing(&flow, "Welcome/0", "0");
    expect_missing(&flow, "Welcome//1", "");
    expect_missing(&flow, "Welcome/2/maybe/1", "maybe");
    expect_missing(&flow, "Welcome/2/3", "3");
    expect_missing(&flow, "Welcome/2/no/Disconnect", "Disconnect"); /* there are two */
    expect_missing(&flow, "9/dtmf:7", "dtmf:7");
    expect_missing(&flow, "9/dtmf:", "dtmf:");
    expect_missing(&flow, "\"Welcome", "\"Welcome");
    reading_end(&r);
}

static void expect_split(const char *path, const char *flow, const char *rest)
{
    struct str a, b;
    path_split(str_of(path), &a, &b);
    assert_true(str_is(a, flow));
    assert_true(str_is(b, rest));
}

static void test_split(void **state)
{
    (void) state;
    expect_split("Welcome/1", "", "Welcome/1");
    expect_split("Main line::Welcome/1", "Main line", "Welcome/1");
    expect_split("Main::", "Main", "");
    expect_split("\"A::B\"::T/1", "A::B", "T/1");
    expect_split("\"A::B\"/1", "", "\"A::B\"/1");
    expect_split("T/\"x::y\"/1", "", "T/\"x::y\"/1");
    expect_split(":", "", ":");
    expect_split("", "", "");
}

static void test_module_and_own_list(void **state)
{
    struct reading r;
    struct flow flow;
    (void) state;
    reading_begin(&r);
    reading_flow(&r, "{'commonModule':{'name':'M','startUpTaskActions':[{'disconnect':{}}]}}",
                 &flow);
    expect_print(&flow, "start/1", "start/1");
    all_spots(&r, &flow);
    reading_flow(&r, "{'inboundCall':{'name':'M','startUpTaskActions':[{'disconnect':{}}],'tasks':"
                     "[{'task':{'name':'start','actions':[{'disconnect':{}}]}}]}}", &flow);
    diags_clear(&r.diags);
    assert_int_equal(all_spots(&r, &flow), 4);
    reading_end(&r);
}

/* Long lists: printing one after the other with a memo is what makes this end. */
static void test_long_list(void **state)
{
    enum { MANY = 100000 };
    struct reading r;
    struct flow flow;
    struct buf text, path;
    struct path_memo memo = { .env = NULL };
    (void) state;
    reading_begin(&r);
    buf_init(&text, &r.env);
    buf_init(&path, &r.env);
    buf_add_text(&text, "{'commonModule':{'name':'M','startUpTaskActions':[");
    for (int i = 0; i < MANY; i++)
        buf_add_text(&text, i ? ",{'endTask':{}}" : "{'endTask':{}}");
    buf_add_text(&text, "]}}");
    reading_flow(&r, text.ptr, &flow);
    node_id at = flow_list_first(&flow, flow_list(&flow, (struct spot){ flow.body, 0 }));
    for (; at; at = flow_action_next(&flow, at)) {
        buf_clear(&path);
        path_print_next(&flow, (struct spot){ at, 0 }, &memo, &path);
    }
    assert_string_equal(path.ptr, "start/100000");
    path_memo_release(&memo);
    buf_release(&path);
    buf_release(&text);
    reading_end(&r);
}

static size_t folder_spots(const char *folder)
{
    struct reading r;
    struct file_list list;
    size_t spots = 0;
    reading_begin(&r);
    if (!file_is_folder(folder)) {
        reading_end(&r);
        skip();
    }
    assert_true(file_list(&r.env, folder, &list, &r.diags));
    for (size_t i = 0; i < list.count; i++) {
        struct buf text;
        struct flow flow;
        if (!str_ends(str_of(list.items[i].path), STR(".flow.json")))
            continue;
        buf_init(&text, &r.env);
        assert_true(file_read(&r.env, list.items[i].path, 1 << 24, &text, NULL, &r.diags));
        struct doc *doc = doc_read_steal(&r.env, &r.atoms, &r.limits, list.items[i].path, &text,
                                         &r.diags);
        assert_non_null(doc);
        assert_true(flow_index(&flow, doc, &r.diags));
        spots += all_spots(&r, &flow);
        doc_free(doc);
    }
    file_list_release(&list);
    reading_end(&r);
    return spots;
}

static void test_samples(void **state)
{
    (void) state;
    assert_true(folder_spots("samples") > 100);
}

static void test_corpus(void **state)
{
    (void) state;
    assert_true(folder_spots("../shared/corpus/json") > 100);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names),     cmocka_unit_test(test_missing),
        cmocka_unit_test(test_split),     cmocka_unit_test(test_module_and_own_list),
        cmocka_unit_test(test_long_list), cmocka_unit_test(test_samples),
        cmocka_unit_test(test_corpus),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
