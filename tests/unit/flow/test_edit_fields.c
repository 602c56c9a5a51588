/* Texts into fields, and fields as text. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>
#include "engine/doc/write.h"
#include "tests/unit/flow/editing.h"

/* Texts into fields: what is written, and that reading gives what writes the same. */
static void test_texts_of_fields(void **state)
{
    static const struct {
        const char *action, *field, *text, *json, *back; /* back NULL: the text */
    } cases[] = {
        { "'decision':{}", "condition", "=Flow.a and 1 < 2", "{'exp':'Flow.a and 1 < 2'}", NULL },
        { "'decision':{}", "condition", "true", "{'lit':true}", NULL },
        { "'decision':{}", "condition", "", "{'noValue':true}", NULL },
        { "'decision':{'condition':true}", "condition", "false", "false", NULL },
        { "'loop':{}", "loopCount", "12", "{'lit':12}", NULL },
        { "'callData':{}", "timeout", "90s", "{'lit':{'minutes':1,'seconds':30}}", "PT1M30S" },
        { "'callData':{}", "timeout", "1m30s", "{'lit':{'minutes':1,'seconds':30}}", "PT1M30S" },
        { "'callData':{}", "timeout", "PT1M30S", "{'lit':{'minutes':1,'seconds':30}}", NULL },
        { "'callData':{}", "timeout", "500ms", "{'lit':{'ms':500}}", "PT0.5S" },
        { "'callData':{'timeout':'PT5S'}", "timeout", "9s", "'PT9S'", "PT9S" },
        { "'transferToAcd':{}", "targetQueue", "Sales", "{'lit':{'name':'Sales'}}", NULL },
        { "'transferToAcd':{'targetQueue':'Old'}", "targetQueue", "Sales", "'Sales'", NULL },
        { "'transferToAcd':{'targetQueue':{'name':'Old'}}", "targetQueue", "Sales",
          "{'name':'Sales'}", NULL },
        { "'transferToFlow':{}", "targetFlow", "Next", "{'name':'Next'}", NULL },
        { "'transferToFlow':{'targetFlow':'Old'}", "targetFlow", "Next", "'Next'", NULL },
        { "'transferToFlow':{'targetFlow':{'Old':{'v':1}}}", "targetFlow", "Next",
          "{'Next':{'v':1}}", NULL },
        { "'transferToFlow':{'targetFlow':{'name':'Old','id':7}}", "targetFlow", "Next",
          "{'name':'Next','id':7}", NULL },
        { "'transferToFlow':{'targetFlow':{'name':'Old'}}", "targetFlow", "", "-", NULL },
        { "'playAudio':{}", "audio", "Hello", "{'tts':'Hello'}", NULL },
        { "'playAudio':{}", "audio", "Prompt.a", "{'prompt':'Prompt.a'}", NULL },
        { "'playAudio':{}", "audio", "=ToAudioBlank(5)", "{'exp':'ToAudioBlank(5)'}", NULL },
        { "'playAudio':{}", "audio", "\"=5\"", "{'tts':'=5'}", NULL },
        { "'playAudio':{}", "audio", "{\"alternateSequences\":{\"en-us\":{\"tts\":\"a\"}}}",
          "{'alternateSequences':{'en-us':{'tts':'a'}}}", NULL },
        { "'setPostFlow':{}", "target", "caller", "{'lit':'caller'}", NULL },
        { "'setPostFlow':{'target':'any'}", "target", "callee", "'callee'", NULL },
        { "'setPostFlow':{'target':'any'}", "target", "=Flow.t", "{'exp':'Flow.t'}", NULL },
        { "'setPostFlow':{}", "invocationData", "null", "{'lit':null}", NULL },
        { "'setPostFlow':{}", "invocationData", "", "{'noValue':true}", NULL },
        { "'setPostFlow':{}", "invocationData", "{\"k\": [1, 2.50]}", "{'lit':{'k':[1,2.50]}}",
          "{\"k\":[1,2.50]}" },
        { "'setPostFlow':{}", "invocationData", "\"text\"", "{'lit':'text'}", NULL },
        { "'setPostFlow':{'invocationData':'text'}", "invocationData", "7", "{'lit':7}", NULL },
        { "'setPostFlow':{}", "invocationData", "=Flow.j", "{'exp':'Flow.j'}", NULL },
        { "'setPostFlow':{'inboundCallFlow':'Old'}", "targetFlow", "Next", "-", NULL },
        { "'collectInput':{}", "inputData", "Flow.digits", "{'var':'Flow.digits'}", NULL },
        { "'collectInput':{}", "verificationType", "numeric", "'numeric'", NULL },
        { "'collectInput':{'verificationType':'none'}", "verificationType", "", "-", NULL },
        { "'collectInput':{'digits':{'exact':1}}", "digits/exact", "5", "5", NULL },
        { "'collectInput':{'digits':{'exact':1}}", "digits", "range",
          "{'range':{'min':1,'max':10}}", NULL },
        { "'collectInput':{}", "includeTerminatingDtmfInResultData", "true", "true", NULL },
        { "'jumpToTask':{}", "targetTaskRef", "S", "'/inboundCall/tasks/task[S_1]'", NULL },
        { "'jumpToTask':{}", "targetTaskRef", "S_1", "'/inboundCall/tasks/task[S_1]'", "S" },
        { "'jumpToTask':{'targetTaskRef':'x'}", "targetTaskRef", "", "-", NULL },
        { "'transferToAcd':{}", "failureOutputs/errorType", "Flow.e", "{'var':'Flow.e'}", NULL },
        { "'transferToAcd':{'failureOutputs':null}", "failureOutputs/errorType", "Flow.e",
          "{'var':'Flow.e'}", NULL },
        { "'transferToVoicemail':{}", "destination/queue/targetQueue", "Q", "{'lit':{'name':'Q'}}",
          NULL },
        { "'dataTableLookup':{'dataTable':{'Old':{'foundOutputs':{}}}}", "dataTable", "New",
          "{'New':{'foundOutputs':{}}}", NULL },
        { "'dataTableLookup':{}", "lookupValue", "\"\"", "{'lit':''}", NULL },
        { "'dataTableLookup':{}", "lookupValue", "\"=x\"", "{'lit':'=x'}", NULL },
        { "'dataTableLookup':{}", "lookupValue", "say \"hi\"", "{'lit':'say \\'hi\\''}", NULL },
        { "'disconnect':{}", "name", "Bye", "'Bye'", NULL },
        { "'disconnect':{'name':'Bye'}", "name", "", "-", NULL },
        { "'disconnect':null", "name", "Bye", "'Bye'", NULL },
    };
    (void) state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[500];
        snprintf(text, sizeof text, ONE("{%s}"), cases[i].action);
        struct state *s = begin_text(text);
        if (!set(s, "S/1", cases[i].field, cases[i].text))
            fail_msg("%s of %s refuses %s", cases[i].field, cases[i].action, cases[i].text);
        turn(s, s->source.ptr);
        const char *got = written(s, "S/1", cases[i].field);
        if (strcmp(cases[i].json, got))
            fail_msg("case %zu: %s, not %s", i, got, cases[i].json);
        const char *back = cases[i].back ? cases[i].back : cases[i].text;
        if (strcmp(back, get(s, "S/1", cases[i].field)))
            fail_msg("case %zu: reads %s, not %s", i, s->out.ptr, back);
        /* What was read writes the same again. */
        assert_true(set(s, "S/1", cases[i].field, back));
        assert_string_equal(cases[i].json, written(s, "S/1", cases[i].field));
        end(s);
    }
}

static void test_refused_texts(void **state)
{
    static const struct {
        const char *action, *field, *text, *code;
    } cases[] = {
        { "'decision':{}", "condition", "maybe", "E620" },
        { "'loop':{}", "loopCount", "1.5", "E620" },
        { "'loop':{}", "loopCount", "100", "E620" },
        { "'loop':{}", "loopCount", "0", "E620" },
        { "'callData':{}", "timeout", "5 minutes", "E620" },
        { "'callData':{}", "timeout", "99999999999999999999s", "E620" },
        { "'collectInput':{}", "noEntryTimeout", "100ms", "E620" },
        { "'setPostFlow':{}", "target", "agent", "E620" },
        { "'setPostFlow':{}", "actionType", "survey", "E620" },
        { "'setPostFlow':{}", "invocationData", "{k: 1}", "E036" },
        { "'setPostFlow':{}", "invocationData", "nul", "E035" },
        { "'collectInput':{}", "verificationType", "some", "E620" },
        { "'collectInput':{}", "digits", "some", "E620" },
        { "'collectInput':{'digits':{'exact':1}}", "digits/exact", "33", "E620" },
        { "'collectInput':{}", "inputData", "digits", "E620" },
        { "'collectInput':{}", "inputData", "Flow.9", "E620" },
        { "'jumpToTask':{}", "targetTaskRef", "Nowhere", "E620" },
        { "'updateData':{}", "statements", "x", "E622" },
        { "'callData':{}", "category/*/dataAction", "A", "E621" },
    };
    (void) state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[500];
        snprintf(text, sizeof text, ONE("{%s}"), cases[i].action);
        struct state *s = begin_text(text);
        if (set(s, "S/1", cases[i].field, cases[i].text))
            fail_msg("%s takes %s", cases[i].field, cases[i].text);
        code_is(s, cases[i].code);
        change_undo(s->change);
        buf_clear(&s->out);
        doc_write(s->flow.doc, &s->out);
        assert_string_equal(s->source.ptr, s->out.ptr);
        end(s);
    }
}

static void test_action_type_empties_the_flow(void **state)
{
    static const struct {
        const char *members, *type, *flow; /* flow: what is left */
    } cases[] = {
        { "'actionType':{'lit':'inboundCallFlow'},'targetFlow':{'name':'X'}", "voiceSurveyFlow",
          "" },
        { "'actionType':{'lit':'inboundCallFlow'},'targetFlow':{'name':'X'}", "inboundCallFlow",
          "X" },
        { "'targetFlow':{'name':'X'}", "voiceSurveyFlow", "" },
        { "'targetFlow':{'name':'X'}", "inboundCallFlow", "X" },
        { "'voiceSurveyFlow':'X'", "inboundCallFlow", "" },
        { "'actionType':{'lit':'inboundCallFlow'},'targetFlow':{'name':'X'}", "=Flow.t", "X" },
        { "'actionType':{'exp':'Flow.t'},'targetFlow':{'name':'X'}", "voiceSurveyFlow", "X" },
    };
    (void) state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[500];
        snprintf(text, sizeof text, ONE("{'setPostFlow':{%s}}"), cases[i].members);
        struct state *s = begin_text(text);
        assert_true(set(s, "S/1", "actionType", cases[i].type));
        turn(s, s->source.ptr);
        assert_string_equal(cases[i].flow, get(s, "S/1", "targetFlow"));
        end(s);
    }
}

static void test_name_length(void **state)
{
    char name[203];
    (void) state;
    struct state *s = begin_text(ONE("{'disconnect':{}}"));
    memset(name, 'x', sizeof name);
    name[200] = 0;
    assert_true(set(s, "S/1", "name", name));
    assert_true(flow_rename(begin(s), &s->flow, at(s, "S").node, str_of(name), &s->r.diags));
    name[200] = 'x';
    name[201] = 0;
    struct spot task = { flow_start(&s->flow), 0 };
    assert_false(flow_rename(begin(s), &s->flow, task.node, str_of(name), &s->r.diags));
    code_is(s, "E620");
    assert_false(flow_rename(begin(s), &s->flow, task.node, STR(" "), &s->r.diags));
    code_is(s, "E620");
    assert_int_equal(flow_add_container(begin(s), &s->flow, ROLE_TASK, str_of(name),
                                        &s->r.diags), 0);
    code_is(s, "E620");
    end(s);
}

static void test_members_go_where_exports_have_them(void **state)
{
    (void) state;
    struct state *s = begin_text(
        ONE("{'transferToAcd':{'name':'T','priority':{'lit':1},'outputs':{}}}"));
    assert_true(set(s, "S/1", "targetQueue", "Q"));
    assert_true(set(s, "S/1", "failureOutputs/errorType", "Flow.e"));
    assert_string_equal("{'name':'T','targetQueue':{'lit':{'name':'Q'}},'priority':{'lit':1},"
                        "'failureOutputs':{'errorType':{'var':'Flow.e'}},'outputs':{}}",
                        json(s, at(s, "S/1").node));
    end(s);
}

static void test_two_tasks_of_one_name(void **state)
{
    (void) state;
    struct state *s = begin_text(
        "{'inboundCall':{'name':'F','tasks':[{'task':{'name':'A','refId':'A_1','actions':[{"
        "'jumpToTask':{'targetTaskRef':'./tasks/task[A_2]'}}]}},{'task':{'name':'A',"
        "'refId':'A_2'}}]}}");
    node_id list = flow_list(&s->flow, (struct spot){ flow_container_next(&s->flow, 0), 0 });
    node_id action = flow_list_first(&s->flow, list);
    const struct field *field =
        catalogue_field(flow_action(&s->flow, action), STR("targetTaskRef"));
    flow_get(&s->flow, action, field, &s->out);
    assert_string_equal("A_2", s->out.ptr);
    assert_true(flow_set(begin(s), &s->flow, action, field, buf_str(&s->out), &s->r.diags));
    assert_string_equal("'/inboundCall/tasks/task[A_2]'",
                        json(s, flow_field_node(&s->flow, action, "targetTaskRef")));
    end(s);
}

/* What was written by hand may have no refId: what refers to it gives it one. */
static void test_references_by_refId(void **state)
{
    (void) state;
    struct state *s = begin_text(
        "{'inboundCall':{'name':'F','menus':[{'menu':{'name':'M','choices':[{'menuDisconnect':"
        "{'name':'Bye','dtmf':'digit_9'}}],'defaultChildMenuRef':'./choices/menuDisconnect[Bye]'}}"
        "],'tasks':[{'task':{'name':'T','actions':[{'jumpToTask':{}}]}}]}}");
    assert_string_equal("Bye", get(s, "M", "defaultChildMenuRef"));
    assert_true(set(s, "M", "defaultChildMenuRef", "Bye"));
    turn(s, s->source.ptr);
    assert_string_equal("'./choices/menuDisconnect[Bye_10]'",
                        written(s, "M", "defaultChildMenuRef"));
    assert_string_equal("Bye", get(s, "M", "defaultChildMenuRef"));
    assert_string_equal("{'name':'Bye','refId':'Bye_10','dtmf':'digit_9'}",
                        json(s, at(s, "M/1").node));
    assert_true(set(s, "T/1", "targetTaskRef", "T"));
    assert_int_equal(flow_ref_target(&s->flow, STR("/inboundCall/tasks/task[T_11]")),
                     at(s, "T").node);
    assert_string_equal("T", get(s, "T/1", "targetTaskRef"));
    assert_false(set(s, "M", "defaultChildMenuRef", "T"));
    code_is(s, "E620");
    end(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_texts_of_fields),
        cmocka_unit_test(test_refused_texts),
        cmocka_unit_test(test_action_type_empties_the_flow),
        cmocka_unit_test(test_name_length),
        cmocka_unit_test(test_members_go_where_exports_have_them),
        cmocka_unit_test(test_two_tasks_of_one_name),
        cmocka_unit_test(test_references_by_refId),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
