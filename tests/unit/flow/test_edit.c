/* Adding, pasting, deleting, moving, renaming, case by case; random edits are in test_change.c. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>
#include "engine/doc/write.h"
#include "tests/unit/flow/editing.h"

static node_id add(struct state *s, const char *path, const char *key)
{
    struct slot slot;
    assert_true(slot_at(&s->flow, at(s, path), &slot));
    return flow_add_action(begin(s), &s->flow, slot, catalogue_find(str_of(key)), &s->r.diags);
}

static void test_default_names(void **state)
{
    (void) state;
    struct state *s = begin_text(ONE("{'setPostFlow':{'name':'set post-flow 2'}},"
                                     "{'disconnect':{'name':'Set Post-Flow 03'}}"));
    static const char *const names[] = { "Set Post-Flow", "Set Post-Flow 3", "Set Post-Flow 4" };
    for (size_t i = 0; i < 3; i++) {
        node_id node = add(s, "S/1", "setPostFlow");
        assert_true(str_is(flow_name(&s->flow, node), names[i]));
    }
    end(s);
}

static void test_new_post_flow(void **state)
{
    (void) state;
    struct state *s = begin_text(ONE("{'disconnect':{}}"));
    node_id node = add(s, "S/1", "setPostFlow");
    assert_string_equal("{'name':'Set Post-Flow','target':{'lit':'any'},"
                        "'actionType':{'lit':'inboundCallFlow'},'invocationData':{'noValue':true}}",
                        json(s, node));
    turn(s, s->source.ptr);
    assert_int_equal(at(s, "S/2").node, node);
    assert_string_equal("any -> (no flow)", summary(s, "S/2"));
    end(s);
}

/* Where an output or list is not written it is made. */
static void test_lists_are_made(void **state)
{
    static const struct {
        const char *actions, *path, *back;
    } cases[] = {
        { "{'decision':{}}", "S/1/no", "S/1/no/1" },
        { "{'decision':{'outputs':null}}", "S/1/yes", "S/1/yes/1" },
        { "{'decision':{'outputs':{'yes':{}}}}", "S/1/yes", "S/1/yes/1" },
        { "{'decision':{'outputs':{'yes':null}}}", "S/1/yes", "S/1/yes/1" },
        { "{'decision':{'outputs':{'yes':{'actions':null}}}}", "S/1/yes", "S/1/yes/1" },
        { "{'switch':{'evaluate':{'firstTrue':{'cases':[{'case':{}}]}}}}", "S/1/1", "S/1/1/1" },
        { "{'switch':{'evaluate':{'firstTrue':{'cases':[]}}}}", "S/1/default", "S/1/default/1" },
        { "{'callTask':{}}", "S/1/default", "S/1/default/1" },
    };
    (void) state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[500];
        snprintf(text, sizeof text, ONE("%s"), cases[i].actions);
        struct state *s = begin_text(text);
        node_id node = add(s, cases[i].path, "playAudio");
        assert_int_not_equal(node, 0);
        turn(s, s->source.ptr);
        assert_int_equal(at(s, cases[i].back).node, node);
        end(s);
    }
    struct state *s = begin_text("{'commonModule':{'name':'M'}}");
    node_id node = add(s, "start", "playAudio");
    turn(s, s->source.ptr);
    assert_int_equal(at(s, "start/1").node, node);
    end(s);
    s = begin_text("{'inboundCall':{'name':'F','menus':[{'menu':{'name':'M','choices':[{'menuTask':"
                   "{'name':'T'}}]}}]}}");
    node = add(s, "M/1", "playAudio");
    turn(s, s->source.ptr);
    assert_int_equal(at(s, "M/1/1").node, node);
    end(s);
}

static void test_where_actions_are_allowed(void **state)
{
    static const struct {
        const char *flow, *path, *key, *code; /* NULL: allowed */
    } cases[] = {
        { ONE(""), "S", "setPostFlow", NULL },
        { ONE(""), "S", "holdMusic", "E623" },
        { ONE(""), "S", "menuDisconnect", "E623" },
        { QUEUE(""), "start", "setPostFlow", NULL },
        { QUEUE(""), "start", "jumpToMenu", "E623" },
        { "{'secureCall':{'name':'F','tasks':[{'task':{'name':'S'}}]}}", "S", "setPostFlow",
          "E623" },
        { "{'commonModule':{'name':'F','settingsCommonModule':{'compatibleFlowTypes':[{'flowType':"
          "'inboundcall'},{'flowType':'inqueuecall'}]}}}", "start", "setPostFlow", NULL },
        { "{'commonModule':{'name':'F','settingsCommonModule':{'compatibleFlowTypes':[{'flowType':"
          "'inboundcall'},{'flowType':'securecall'}]}}}", "start", "setPostFlow", "E623" },
        { "{'commonModule':{'name':'F'}}", "start", "setPostFlow", NULL },
        { "{'workflow':{'name':'F','tasks':[{'task':{'name':'S'}}]}}", "S", "setPostFlow", NULL },
    };
    (void) state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct state *s = begin_text(cases[i].flow);
        node_id node = add(s, cases[i].path, cases[i].key);
        assert_int_equal(node != 0, cases[i].code == NULL);
        if (cases[i].code)
            code_is(s, cases[i].code);
        end(s);
    }
}

static void test_choices_get_keys(void **state)
{
    static const char *const keys[] = { "digit_3", "digit_4", "digit_5", "digit_6", "digit_7",
                                        "digit_8", "digit_9", "digit_0", "digit_*", "digit_#" };
    (void) state;
    struct state *s = begin_file();
    node_id menu = at(s, "Main").node, node = 0;
    const struct action_info *info = catalogue_find(STR("menuDisconnect"));
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        node_id last = flow_choice_last(&s->flow, menu);
        node = flow_add_choice(begin(s), &s->flow, menu, last, info, &s->r.diags);
        assert_int_equal(flow_role(&s->flow, node), ROLE_CHOICE);
        assert_true(str_is(doc_text(s->flow.doc, doc_member(s->flow.doc, node, ATOM_dtmf)),
                           keys[i]));
    }
    assert_string_equal("{'name':'Disconnect 11','refId':'Disconnect_33','dtmf':'digit_#'}",
                        json(s, node));
    assert_int_equal(flow_add_choice(begin(s), &s->flow, menu, 0, info, &s->r.diags), 0);
    code_is(s, "E630");
    end(s);
}

/* An action that is no choice gets a task of its own; for others there is a choice. */
static void test_actions_as_choices(void **state)
{
    (void) state;
    struct state *s = begin_file();
    node_id menu = at(s, "Main").node;
    node_id node = flow_add_choice(begin(s), &s->flow, menu, 0, catalogue_find(STR("setPostFlow")),
                                   &s->r.diags);
    turn(s, s->source.ptr);
    assert_int_equal(at(s, "Main/1/1").node, node);
    assert_true(str_is(doc_key(s->flow.doc, node), "setPostFlow"));
    assert_true(str_is(doc_key(s->flow.doc, at(s, "Main/1").node), "menuTask"));
    node = flow_add_choice(begin(s), &s->flow, menu, 0, catalogue_find(STR("transferToAcd")),
                           &s->r.diags);
    assert_true(str_is(doc_key(s->flow.doc, node), "menuTransferToAcd"));
    /* In a menu, adding an action is adding a choice. */
    struct slot slot = { { menu, 0 }, 0 };
    node = flow_add_action(begin(s), &s->flow, slot, catalogue_find(STR("disconnect")),
                           &s->r.diags);
    assert_true(str_is(doc_key(s->flow.doc, node), "menuDisconnect"));
    end(s);
}

static void test_containers(void **state)
{
    (void) state;
    struct state *s = begin_file();
    struct change *change = begin(s);
    node_id task = flow_add_container(change, &s->flow, ROLE_TASK, STR("A/b"), &s->r.diags);
    turn(s, s->source.ptr);
    assert_string_equal("{'name':'A/b','refId':'A/b_24','actions':[{'disconnect':{'name':"
                        "'Disconnect'}}]}", json(s, task));
    node_id menu = flow_add_container(begin(s), &s->flow, ROLE_MENU, STR("M"), &s->r.diags);
    assert_int_equal(flow_role(&s->flow, flow_choice_first(&s->flow, menu)), ROLE_CHOICE);
    assert_int_equal(flow_add_container(begin(s), &s->flow, ROLE_STATE, STR("S"), &s->r.diags), 0);
    code_is(s, "E624");
    end(s);
    s = begin_text("{'voiceSurvey':{'name':'F'}}");
    node_id one = flow_add_container(begin(s), &s->flow, ROLE_STATE, STR("S"), &s->r.diags);
    node_id two = flow_add_container(begin(s), &s->flow, ROLE_STATE, STR("S"), &s->r.diags);
    struct buf ref;
    buf_init(&ref, &s->r.env);
    flow_ref_text(&s->flow, one, &ref);
    assert_int_equal(flow_ref_target(&s->flow, buf_str(&ref)), one);
    buf_clear(&ref);
    flow_ref_text(&s->flow, two, &ref);
    assert_int_equal(flow_ref_target(&s->flow, buf_str(&ref)), two);
    buf_release(&ref);
    end(s);
}

/* Adding to a flow with thousands of one name takes one walk, not one for each. */
static void test_many_names(void **state)
{
    enum { MANY = 5000 };
    struct buf text;
    struct env env;
    (void) state;
    env_init(&env);
    buf_init(&text, &env);
    buf_add_text(&text, "{'inqueueCall':{'name':'F','startUpTaskActions':[");
    for (int i = 1; i <= MANY; i++)
        buf_addf(&text, "%s{'playAudio':{'name':'Play Audio %d'}}", i > 1 ? "," : "", i);
    buf_add_text(&text, ",{'playAudio':{'name':'Play Audio'}}]}}");
    struct state *s = begin_text(text.ptr);
    buf_release(&text);
    node_id node = add(s, "start", "playAudio");
    assert_true(str_is(flow_name(&s->flow, node), "Play Audio 5001"));
    end(s);
}

static node_id paste(struct state *s, struct slot slot, const char *text)
{
    struct buf quoted;
    buf_init(&quoted, &s->r.env);
    for (; *text; text++)
        buf_add_char(&quoted, *text == '\'' ? '"' : *text);
    node_id node = flow_add_json(begin(s), &s->flow, slot, buf_str(&quoted), &s->r.diags);
    buf_release(&quoted);
    return node;
}

static void test_paste(void **state)
{
    struct slot slot;
    (void) state;
    struct state *s = begin_file();
    assert_true(slot_at(&s->flow, at(s, "Begin/1"), &slot));
    node_id node = paste(s, slot, "[{'holdMusic':{}},{'decision':{'outputs':{'no':{'actions':"
                                  "[{'loop':{}}]}}}}]");
    turn(s, s->source.ptr);
    assert_int_equal(at(s, "Begin/2").node, node);
    assert_int_equal(flow_role(&s->flow, at(s, "Begin/3/no/1").node), ROLE_ACTION);
    static const char *const wrong[] = { "[]", "1", "{}", "[{'a':{},'b':{}}]", "[{'a':{}},2]" };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        assert_int_equal(paste(s, slot, wrong[i]), 0);
        code_is(s, "E629");
        change_undo(s->change);
    }
    assert_int_equal(paste(s, slot, "{'a':"), 0);
    code_is(s, "E041");
    end(s);
}

static void test_paste_into_a_menu(void **state)
{
    (void) state;
    struct state *s = begin_file();
    node_id menu = at(s, "Main").node;
    struct slot slot = { { menu, 0 }, at(s, "Main/2").node };
    node_id node = paste(s, slot,
                         "{'menuSubMenu':{'name':'More','refId':'More_22','dtmf':'digit_2',"
                         "'choices':[{'menuTask':{'name':'Q','refId':'Queue_23'}}],"
                         "'defaultChildMenuRef':'./choices/menuTask[Queue_23]'}}");
    turn(s, s->source.ptr);
    assert_string_equal("{'name':'More','refId':'More_24','dtmf':'digit_3','choices':[{'menuTask':"
                        "{'name':'Q','refId':'Q_25'}}],"
                        "'defaultChildMenuRef':'./choices/menuTask[Q_25]'}", json(s, node));
    /* What is new already stays as it is. */
    slot.after = node;
    node = paste(s, slot, "{'menuDisconnect':{'refId':'New_1','dtmf':'digit_5'}}");
    assert_string_equal("{'refId':'New_1','dtmf':'digit_5'}", json(s, node));
    /* An action goes into a task of its own. */
    node = paste(s, slot, "{'playAudio':{'name':'P'}}");
    assert_true(str_is(doc_key(s->flow.doc, node), "menuTask"));
    struct spot inside = { node, 1 };
    assert_true(str_is(flow_name(&s->flow, flow_list_first(&s->flow, flow_list(&s->flow, inside))),
                       "P"));
    end(s);
}

static void test_delete(void **state)
{
    static const char *const paths[] = { "Begin/2", "Begin/2/default/1", "Main/2/1", "Main",
                                          "Begin" };
    (void) state;
    struct state *s = begin_file();
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        struct buf before;
        buf_init(&before, &s->r.env);
        doc_write(s->flow.doc, &before);
        assert_true(flow_delete(begin(s), &s->flow, at(s, paths[i]).node, &s->r.diags));
        turn(s, before.ptr);
        buf_release(&before);
    }
    assert_int_equal(flow_start(&s->flow), 0);
    assert_false(flow_delete(begin(s), &s->flow, s->flow.body, &s->r.diags));
    code_is(s, "E625");
    end(s);
}

static void test_move(void **state)
{
    struct slot slot;
    (void) state;
    struct state *s = begin_file();
    node_id first = at(s, "Begin/1").node, decision = at(s, "Begin/2").node;
    assert_true(slot_at(&s->flow, at(s, "Begin/2/no"), &slot));
    assert_true(flow_move(begin(s), &s->flow, first, slot, &s->r.diags));
    turn(s, s->source.ptr);
    assert_int_equal(at(s, "Begin/1/no/1").node, first);
    /* Not into itself, no choices among actions, no actions among choices. */
    assert_true(slot_at(&s->flow, at(s, "Begin/1/yes"), &slot));
    assert_false(flow_move(begin(s), &s->flow, decision, slot, &s->r.diags));
    code_is(s, "E061");
    assert_false(flow_move(begin(s), &s->flow, at(s, "Main/1").node, slot, &s->r.diags));
    code_is(s, "E624");
    struct slot menu = { { at(s, "Main").node, 0 }, 0 };
    assert_false(flow_move(begin(s), &s->flow, decision, menu, &s->r.diags));
    code_is(s, "E624");
    node_id more = at(s, "Main/2").node;
    assert_true(flow_move(begin(s), &s->flow, more, menu, &s->r.diags));
    assert_int_equal(at(s, "Main/1").node, more);
    end(s);
}

static void test_rename_keeps_references(void **state)
{
    (void) state;
    struct state *s = begin_file();
    node_id task = at(s, "Begin").node;
    assert_true(flow_rename(begin(s), &s->flow, task, STR("Start"), &s->r.diags));
    turn(s, s->source.ptr);
    assert_int_equal(at(s, "Start").node, task);
    assert_int_equal(flow_start(&s->flow), task);
    end(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_default_names),
        cmocka_unit_test(test_new_post_flow),
        cmocka_unit_test(test_lists_are_made),
        cmocka_unit_test(test_where_actions_are_allowed),
        cmocka_unit_test(test_choices_get_keys),
        cmocka_unit_test(test_actions_as_choices),
        cmocka_unit_test(test_containers),
        cmocka_unit_test(test_many_names),
        cmocka_unit_test(test_paste),
        cmocka_unit_test(test_paste_into_a_menu),
        cmocka_unit_test(test_delete),
        cmocka_unit_test(test_move),
        cmocka_unit_test(test_rename_keeps_references),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
