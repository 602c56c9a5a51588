/* Rows of lists, cases of a switch, variables; and what rows of the tree say. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>
#include "tests/unit/flow/editing.h"

#define TYPED                                                                                      \
    TASK("'variables':[{'booleanVariable':{'name':'Flow.b'}},{'stringCollectionVariable':"         \
         "{'name':'Flow.l'}}],", "{'updateData':{}}")

static void test_assignments_take_the_type_of_their_variable(void **state)
{
    node_id owner;
    (void) state;
    struct state *s = begin_text(TYPED);
    const struct field *list = field_of(s, at(s, "S/1"), "statements", &owner);
    assert_true(flow_row_add(begin(s), &s->flow, owner, list, 0, &s->r.diags));
    turn(s, s->source.ptr);
    node_id row = flow_row(&s->flow, owner, list, 0);
    assert_true(flow_set(begin(s), &s->flow, row, &list->rows[0], STR("flow.B"), &s->r.diags));
    row = flow_row(&s->flow, owner, list, 0);
    assert_true(str_is(doc_key(s->flow.doc, row), "boolean"));
    assert_false(flow_set(begin(s), &s->flow, row, &list->rows[1], STR("5"), &s->r.diags));
    code_is(s, "E620");
    assert_true(flow_set(begin(s), &s->flow, row, &list->rows[1], STR("true"), &s->r.diags));
    assert_string_equal("[{'boolean':{'variable':'flow.B','value':{'lit':true}}}]",
                        json(s, flow_field_node(&s->flow, owner, "statements")));
    assert_string_equal("flow.B = true", summary(s, "S/1"));
    assert_true(flow_set(begin(s), &s->flow, row, &list->rows[0], STR("Flow.l"), &s->r.diags));
    row = flow_row(&s->flow, owner, list, 0);
    assert_true(str_is(doc_key(s->flow.doc, row), "stringCollection"));
    assert_false(flow_set(begin(s), &s->flow, row, &list->rows[1], STR("a"), &s->r.diags));
    code_is(s, "E620");
    assert_true(flow_set(begin(s), &s->flow, row, &list->rows[1], STR("[\"a\"]"), &s->r.diags));
    end(s);
}

static void test_rows(void **state)
{
    node_id owner;
    (void) state;
    struct state *s = begin_text(ONE("{'setParticipantData':{'attributes':null}}"));
    const struct field *list = field_of(s, at(s, "S/1"), "attributes", &owner);
    for (int i = 0; i < 3; i++) {
        char name[] = { (char) ('a' + i), 0 };
        assert_true(flow_row_add(begin(s), &s->flow, owner, list, 9, &s->r.diags));
        node_id row = flow_row(&s->flow, owner, list, (unsigned) i);
        assert_true(flow_set(begin(s), &s->flow, row, &list->rows[0], str_of(name), &s->r.diags));
    }
    assert_string_equal("a, b, c", summary(s, "S/1"));
    assert_true(flow_row_move(begin(s), &s->flow, owner, list, 0, 2, &s->r.diags));
    assert_string_equal("b, c, a", summary(s, "S/1"));
    assert_true(flow_row_move(begin(s), &s->flow, owner, list, 2, 0, &s->r.diags));
    assert_string_equal("a, b, c", summary(s, "S/1"));
    assert_true(flow_row_delete(begin(s), &s->flow, owner, list, 1, &s->r.diags));
    assert_string_equal("a, c", summary(s, "S/1"));
    assert_false(flow_row_delete(begin(s), &s->flow, owner, list, 2, &s->r.diags));
    code_is(s, "E625");
    assert_false(flow_row_move(begin(s), &s->flow, owner, list, 0, 2, &s->r.diags));
    code_is(s, "E625");
    end(s);
}

static void test_inputs(void **state)
{
    node_id owner;
    (void) state;
    struct state *s = begin_text(ONE("{'callTask':{}}"));
    const struct field *list = field_of(s, at(s, "S/1"), "inputs", &owner);
    struct field field = flow_row_field(list);
    assert_true(flow_row_add(begin(s), &s->flow, owner, list, 0, &s->r.diags));
    assert_true(flow_row_add(begin(s), &s->flow, owner, list, 1, &s->r.diags));
    assert_true(flow_row_rename(begin(s), &s->flow, owner, list, 0, STR("Task.a"), &s->r.diags));
    assert_true(flow_set(begin(s), &s->flow, flow_row(&s->flow, owner, list, 0), &field,
                         STR("=1 + 1"), &s->r.diags));
    buf_clear(&s->out);
    flow_get(&s->flow, flow_row(&s->flow, owner, list, 0), &field, &s->out);
    assert_string_equal("=1 + 1", s->out.ptr);
    assert_string_equal("{'Task.a':{'exp':'1 + 1'},'value2':{'noValue':true}}",
                        json(s, flow_field_node(&s->flow, owner, "inputs")));
    assert_false(flow_row_rename(begin(s), &s->flow, owner, list, 1, STR("Task.a"), &s->r.diags));
    code_is(s, "E060");
    assert_false(flow_row_rename(begin(s), &s->flow, owner, list, 1, STR(""), &s->r.diags));
    code_is(s, "E620");
    end(s);
}

static void test_cases(void **state)
{
    (void) state;
    struct state *s = begin_text(ONE("{'switch':{'evaluate':{'firstTrue':{}}}},{'disconnect':{}}"));
    node_id action = at(s, "S/1").node;
    for (unsigned i = 1; i <= 64; i++) {
        assert_true(flow_case_add(begin(s), &s->flow, action, &s->r.diags));
        assert_int_equal(flow_output_count(&s->flow, action), i + 1);
    }
    assert_false(flow_case_add(begin(s), &s->flow, action, &s->r.diags));
    code_is(s, "E631");
    assert_true(set(s, "S/1/2", "value", "=Flow.x"));
    assert_true(flow_case_delete(begin(s), &s->flow, at(s, "S/1/1"), &s->r.diags));
    assert_string_equal("=Flow.x", get(s, "S/1/1", "value"));
    assert_false(set(s, "S/1/1", "value", "seven"));
    code_is(s, "E620");
    assert_false(flow_case_delete(begin(s), &s->flow, at(s, "S/1/default"), &s->r.diags));
    code_is(s, "E625");
    assert_false(flow_case_add(begin(s), &s->flow, at(s, "S/2").node, &s->r.diags));
    code_is(s, "E624");
    /* Another style keeps the cases. */
    assert_true(set(s, "S/1", "evaluate", "firstMatch"));
    assert_string_equal("=Flow.x", get(s, "S/1/1", "value"));
    assert_int_equal(flow_output_count(&s->flow, action), 64);
    end(s);
}

static void declare(struct state *s, const char *near, const char *name, const char *type,
                    const char *path)
{
    node_id node = flow_add_variable(begin(s), &s->flow, at(s, near).node, str_of(name),
                                     str_of(type), &s->r.diags);
    struct variable_info info;
    if (!node || !flow_variable(&s->flow, node, &info))
        fail_msg("%s is not declared", name);
    assert_true(str_is(info.full_name, name));
    struct buf key;
    buf_init(&key, &s->r.env);
    for (node_id up = doc_parent(s->flow.doc, doc_parent(s->flow.doc, node)); up > 1;
         up = doc_parent(s->flow.doc, up)) {
        buf_add_char(&key, '/');
        buf_add(&key, doc_key(s->flow.doc, up));
    }
    assert_string_equal(path, key.ptr);
    buf_release(&key);
}

static void test_variables(void **state)
{
    (void) state;
    struct state *s = begin_file();
    declare(s, "Begin/1", "Flow.a", "boolean", "/variables/inboundCall");
    declare(s, "Begin/1", "Task.b", "stringCollection", "/variables/task//tasks/inboundCall");
    declare(s, "Odd [1]~12", "Task.b", "json", "/variables/task//tasks/inboundCall");
    static const struct {
        const char *near, *name, *type, *code;
    } wrong[] = {
        { "Begin", "Flow.CONSENT", "boolean", "E628" }, { "Begin", "consent", "boolean", "E626" },
        { "Begin", "Flow.1", "boolean", "E626" },       { "Begin", "Slot.x", "boolean", "E626" },
        { "Begin", "Flow.", "boolean", "E626" },        { "Begin", "Flow.x", "text", "E627" },
        { "Main", "Task.x", "boolean", "E632" },
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        assert_int_equal(flow_add_variable(begin(s), &s->flow, at(s, wrong[i].near).node,
                                           str_of(wrong[i].name), str_of(wrong[i].type),
                                           &s->r.diags), 0);
        code_is(s, wrong[i].code);
    }
    end(s);
    s = begin_text(QUEUE(""));
    declare(s, "start", "Task.c", "string", "/startUpTaskVariables/inqueueCall");
    declare(s, "start", "Flow.c", "string", "/variables/inqueueCall");
    turn(s, "{\"inqueueCall\":{\"name\":\"F\",\"startUpTaskVariables\":[{\"stringVariable\":"
            "{\"name\":\"Task.c\",\"initialValue\":{\"noValue\":true}}}],"
            "\"startUpTaskActions\":[]}}");
    end(s);
}

static void test_summaries(void **state)
{
    static const struct {
        const char *action, *text;
    } cases[] = {
        { "'playAudio':{'audio':{'tts':'Hello'}}", "Hello" },
        { "'decision':{'condition':{'exp':'Flow.a'}}", "=Flow.a" },
        { "'setPostFlow':{'target':{'lit':'caller'},'actionType':{'lit':'voiceSurveyFlow'},"
          "'targetFlow':{'name':'CSAT'}}", "caller -> CSAT (survey)" },
        { "'setPostFlow':{'target':{'exp':'Flow.t'},'inboundCallFlow':'Next'}",
          "=Flow.t -> Next" },
        { "'clearPostFlow':{'target':{'lit':'any'}}", "any" },
        { "'transferToAcd':{'targetQueue':{'lit':{'name':'Sales'}}}", "Sales" },
        { "'transferToVoicemail':{'destination':{'queue':{'targetQueue':{'lit':{'name':'Q'}}}}}",
          "Q" },
        { "'transferToNumber':{'targetNumber':{'lit':'+15550100'}}", "+15550100" },
        { "'callData':{'category':{'I':{'dataAction':{'Look up':{}}}}}", "Look up" },
        { "'dataTableLookup':{'dataTable':{'Hours':{}}}", "Hours" },
        { "'callCommonModule':{'commonModule':{'Consent':{'ver_latestPublished':{}}}}",
          "Consent" },
        { "'jumpToTask':{'targetTaskRef':'./tasks/task[S_1]'}", "S" },
        { "'switch':{'evaluate':{'firstMatch':{'string':{'value':{'exp':'Flow.s'}}}}}",
          "=Flow.s" },
        { "'loop':{'loopCount':{'lit':3}}", "3" },
        { "'setLanguage':{'languageValue':{'lit':'de-de'}}", "de-de" },
        { "'disconnect':{}", "" },
        { "'holoDeck':{'target':'x'}", "" },
    };
    (void) state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[500];
        snprintf(text, sizeof text, ONE("{%s}"), cases[i].action);
        struct state *s = begin_text(text);
        assert_string_equal(cases[i].text, summary(s, "S/1"));
        end(s);
    }
}

/* Outputs that have names: paths of a called task stand in a list, intents beside the others. */
static void test_named_outputs(void **unused)
{
    static const struct {
        const char *action, *outputs;
        unsigned number;
    } kinds[] = {
        { "{'callTask':{'outputs':{'default':{'actions':[]}}}}",
          "{'default':{'actions':[]},'paths':[{'path':{'name':'a/b','actions':[]}}]}", 2 },
        { "{'callLexBot':{}}", "{'a/b':{'actions':[]}}", 2 },
    };
    (void) unused;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        char text[400];
        snprintf(text, sizeof text, ONE("%s"), kinds[i].action);
        struct state *s = begin_text(text);
        struct spot spot = at(s, "S/1");
        assert_true(flow_output_add(begin(s), &s->flow, spot.node, STR("a/b"), &s->r.diags));
        assert_string_equal(json(s, doc_member(s->flow.doc, spot.node, ATOM_outputs)),
                            kinds[i].outputs);
        assert_int_equal(flow_output_find(&s->flow, spot.node, STR("a/b")), kinds[i].number);
        turn(s, s->source.ptr);
        assert_false(flow_output_add(begin(s), &s->flow, spot.node, STR("a/b"), &s->r.diags));
        code_is(s, "E633");
        assert_false(flow_output_add(begin(s), &s->flow, spot.node, STR(""), &s->r.diags));
        diags_clear(&s->r.diags);
        spot.output = 1; /* the catalogue's own stays */
        assert_false(flow_output_delete(begin(s), &s->flow, spot, &s->r.diags));
        diags_clear(&s->r.diags);
        spot.output = (uint16_t) kinds[i].number;
        assert_true(flow_output_delete(begin(s), &s->flow, spot, &s->r.diags));
        assert_int_equal(flow_output_find(&s->flow, spot.node, STR("a/b")), 0);
        end(s);
    }
    struct state *s = begin_text(ONE("{'decision':{}}"));
    assert_false(flow_output_add(begin(s), &s->flow, at(s, "S/1").node, STR("x"), &s->r.diags));
    end(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_named_outputs),
        cmocka_unit_test(test_assignments_take_the_type_of_their_variable),
        cmocka_unit_test(test_rows),
        cmocka_unit_test(test_inputs),
        cmocka_unit_test(test_cases),
        cmocka_unit_test(test_variables),
        cmocka_unit_test(test_summaries),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
