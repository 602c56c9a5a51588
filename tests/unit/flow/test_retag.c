/* Tags after a change are those that reading the document gives, also where what a part is hangs on
 * what stands in it or beside it. Raw steps; what users do is in test_edit.c. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>
#include "tests/unit/flow/editing.h"

static void tags_are_fresh(struct state *s)
{
    struct doc *doc = s->flow.doc;
    uint16_t *tags = mem_alloc(&s->r.env, doc->count * sizeof *tags);
    for (node_id id = 0; id < doc->count; id++)
        tags[id] = doc->nodes[id].tag;
    for (node_id id = 0; id < doc->count; id++)
        doc->nodes[id].tag = 0;
    struct flow fresh;
    assert_true(flow_index(&fresh, doc, &s->r.diags));
    for (node_id id = 1; id < doc->count; id++) {
        if (doc_attached(doc, id))
            assert_int_equal(doc->nodes[id].tag, tags[id]);
    }
    diags_clear(&s->r.diags);
    mem_free(&s->r.env, tags);
}

/* Before and behind the change, undone and redone. */
static void check(struct state *s)
{
    tags_are_fresh(s);
    change_undo(s->change);
    tags_are_fresh(s);
    change_redo(s->change);
    tags_are_fresh(s);
}

/* By keys from the flow's body; * is the first child. */
static node_id below(struct state *s, const char *path)
{
    node_id node = s->flow.body;
    while (*path && node) {
        size_t len = strcspn(path, "/");
        node = *path == '*' ? doc_first(s->flow.doc, node)
                            : doc_member_named(s->flow.doc, node, (struct str){ path, len });
        path += len + (path[len] == '/');
    }
    assert_int_not_equal(node, 0);
    return node;
}

#define QUEUE_OF(item) "{'inqueueCall':{'name':'F','x':[],'startUpTaskActions':[" item "]}}"

static void test_what_loses_a_member(void **state)
{
    (void) state;
    struct state *s = begin_text(QUEUE_OF("{'loop':{'outputs':{'loop':{'actions':[]}}},"
                                          "'switch':{}}"));
    node_id item = doc_first(s->flow.doc, below(s, "startUpTaskActions"));
    assert_true(change_remove(begin(s), &s->flow, doc_last(s->flow.doc, item), &s->r.diags));
    assert_int_equal(flow_role(&s->flow, doc_first(s->flow.doc, item)), ROLE_ACTION);
    check(s);
    end(s);
    s = begin_text(QUEUE_OF("{'loop':{'outputs':{'loop':{'actions':[]}}},'switch':{}}"));
    item = doc_first(s->flow.doc, below(s, "startUpTaskActions"));
    assert_true(change_move(begin(s), &s->flow, doc_last(s->flow.doc, item), s->flow.body,
                            doc_first(s->flow.doc, s->flow.body), &s->r.diags));
    assert_int_equal(flow_role(&s->flow, doc_first(s->flow.doc, item)), ROLE_ACTION);
    check(s);
    end(s);
}

static void test_what_gets_a_member(void **state)
{
    (void) state;
    struct state *s = begin_text(QUEUE_OF("{'odd':{'outputs':{'a':{'actions':[{'loop':{}}]}}}}"));
    struct change *change = begin(s);
    node_id item = doc_first(s->flow.doc, below(s, "startUpTaskActions"));
    node_id node = change_graft(change, &s->flow, STR("second"), STR("{}"), &s->r.diags);
    assert_true(change_insert(change, &s->flow, item, 0, node, &s->r.diags));
    assert_int_equal(flow_role(&s->flow, doc_last(s->flow.doc, item)), ROLE_NONE);
    check(s);
    end(s);
}

/* An unknown action's output is one because it has actions. */
static void test_unknown_outputs(void **state)
{
    (void) state;
    struct state *s = begin_text(QUEUE_OF("{'odd':{'outputs':{'a':{'actions':[{'loop':{}}],"
                                          "'b':1}}}}"));
    node_id action = flow_list_first(&s->flow, below(s, "startUpTaskActions"));
    node_id actions = flow_field_node(&s->flow, action, "outputs/a/actions");
    assert_true(change_remove(begin(s), &s->flow, actions, &s->r.diags));
    assert_int_equal(flow_output_count(&s->flow, action), 0);
    check(s);
    end(s);
}

/* What moves to where structure is none, or another, loses its tags all the way down. */
static void test_moves_between_kinds(void **state)
{
    (void) state;
    struct state *s = begin_text(QUEUE_OF("{'loop':{'outputs':{'loop':{'actions':[{'loop':{}}]}}}"
                                          "}"));
    node_id item = doc_first(s->flow.doc, below(s, "startUpTaskActions"));
    assert_true(change_move(begin(s), &s->flow, item, below(s, "x"), 0, &s->r.diags));
    assert_int_equal(s->flow.doc->nodes[below(s, "x/*/loop/outputs/loop/actions")].tag, 0);
    check(s);
    end(s);
    s = begin_text("{'inboundCall':{'name':'F','tasks':[{'task':{'actions':[]}}],'menus':[{'menu':"
                   "{'choices':[{'menuTask':{'task':{'actions':[{'loop':{}}]}}}]}}]}}");
    node_id choice = doc_parent(s->flow.doc, below(s, "menus/*/menu/choices/*/menuTask"));
    assert_true(change_move(begin(s), &s->flow, choice, below(s, "tasks/*/task/actions"), 0,
                            &s->r.diags));
    check(s);
    end(s);
}

static void test_switches(void **state)
{
#define CASES "{'cases':[{'case':{'actions':[{'loop':{}}]}}]}"
    static const struct {
        const char *evaluate, *path;
    } cases[] = {
        { "{'firstTrue':" CASES ",'firstMatch':{'integer':" CASES "}}", "evaluate/firstTrue" },
        { "{'firstMatch':{'integer':" CASES ",'string':" CASES "}}",
          "evaluate/firstMatch/integer" },
        { "{'firstTrue':" CASES "}", "evaluate/firstTrue/cases" },
        { "{'firstTrue':" CASES "}", "evaluate" },
    };
    (void) state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[500];
        snprintf(text, sizeof text, QUEUE_OF("{'switch':{'evaluate':%s}}"), cases[i].evaluate);
        struct state *s = begin_text(text);
        node_id action = flow_list_first(&s->flow, below(s, "startUpTaskActions"));
        node_id node = flow_field_node(&s->flow, action, cases[i].path);
        assert_int_equal(flow_output_count(&s->flow, action), 2);
        assert_true(change_remove(begin(s), &s->flow, node, &s->r.diags));
        assert_int_equal(flow_output_count(&s->flow, action), i < 2 ? 2 : 1);
        check(s);
        end(s);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_loses_a_member), cmocka_unit_test(test_what_gets_a_member),
        cmocka_unit_test(test_unknown_outputs),     cmocka_unit_test(test_moves_between_kinds),
        cmocka_unit_test(test_switches),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
