/* Exports of Architect: each kind of value, action and item, and what has no place. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>
#include "engine/flow/import.h"
#include "tests/unit/flow/importing.h"

static void values(void **state)
{
    static const struct {
        const char *value, *written;
    } cases[] = {
        { V("str", "1", "hello"), "{'lit':'hello'}" },
        { V("str", "1", ""), "{'lit':''}" },
        { V("str", "3", ""), "{'noValue':true}" },
        { V("str", "0", "Task.x"), "{'exp':'Task.x'}" },
        { V("str", "2", "Task.x"), "{'exp':'Task.x'}" },
        { V("str", "9", "Task.x"), "{'exp':'Task.x'}" },
        { V("int", "1", "5"), "{'lit':5}" },
        { V("int", "3", "0"), "{'noValue':true}" },
        { V("int", "1", "Task.n"), "{'exp':'Task.n'}" },
        { V("dec", "1", "0.50"), "{'lit':0.50}" },
        { V("bln", "1", "true"), "{'lit':true}" },
        { V("dur", "1", "P0D0H5M0S0F"), "{'lit':{'minutes':5}}" },
        { V("dur", "1", "P1D2H3M4S50F"),
          "{'lit':{'days':1,'hours':2,'minutes':3,'seconds':4,'ms':50}}" },
        { V("dur", "1", "P0D0H0M0S0F"), "{'lit':{'seconds':0}}" },
        { V("dur", "1", "P0D0H0M"), "{'exp':'P0D0H0M'}" },
        { V("que", "1", "Support"), "{'lit':{'name':'Support'}}" },
        { V("que", "1", ""), "{'noValue':true}" },
        { V("phn", "1", "tel:+1"), "{'lit':'tel:+1'}" },
        { V("pmt", "1", "Mine"), "{'lit':{'name':'Prompt.Mine'}}" },
        { "{'config':{'lit':{'val':'__busy__'}},'text':'busy','type':'pmt',"
            "'uiMetaData':{'mode':1}}",
          "{'lit':{'name':'PromptSystem.busy'}}" },
        { V("jsn", "1", "{\\u0022k\\u0022: [1]}"), "{'lit':{'k':[1]}}" },
        { V("jsn__a::b", "1", "JsonParse(x)"), "{'exp':'JsonParse(x)'}" },
        { "{'config':{'lit':{'val':'id'}},'text':'N','type':'xyz','uiMetaData':{'mode':1}}",
          "{'lit':{'name':'N'}}" },
        { V("xyz", "1", "F(1)"), "{'exp':'F(1)'}" },
        { V("int_coll", "1", "MakeList(1)"), "{'exp':'MakeList(1)'}" },
    };
    (void) state;
    struct reading r;
    reading_begin(&r);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char action[1000], part[300];
        snprintf(action, sizeof action,
                 "{'__type':'BeamUpAction','id':'a','name':'N','what':%s}", cases[i].value);
        snprintf(part, sizeof part, "'what':%s}", cases[i].written);
        import_expect(import_actions(&r, action), part);
        assert_string_equal(reading_told(&r), "W127 1; ");
    }
    reading_end(&r);
}

static void audio(void **state)
{
    static const struct {
        const char *text, *written;
    } cases[] = {
        { "AudioPlaybackOptions(ToAudioTTS(\\u0022Hi \\\\\\u0022you\\\\\\u0022\\u0022), true)",
          "{'tts':'Hi \\'you\\''}" },
        { "ToAudioTTS(\\u0022Hi\\u0022)", "{'tts':'Hi'}" },
        { "AudioPlaybackOptions(ToAudioTTS(\\u0022Hi\\u0022), false)",
          "{'exp':'AudioPlaybackOptions(ToAudioTTS(\\'Hi\\'), false)'}" },
        { "ToAudioTTS(\\u0022a\\u0022 + \\u0022b\\u0022)",
          "{'exp':'ToAudioTTS(\\'a\\' + \\'b\\')'}" },
        { "Append(ToAudioTTS(\\u0022a\\u0022), ToAudioTTS(\\u0022b\\u0022))",
          "{'exp':'Append(ToAudioTTS(\\'a\\'), ToAudioTTS(\\'b\\'))'}" },
        { "ToAudio(PromptSystem.busy)", "{'prompt':'PromptSystem.busy'}" },
        { "ToAudio(Prompt.a + Prompt.b)", "{'exp':'ToAudio(Prompt.a + Prompt.b)'}" },
        { "ToAudioBlank(1)", "{'exp':'ToAudioBlank(1)'}" },
        { "", "{'noValue':true}" },
    };
    (void) state;
    struct reading r;
    reading_begin(&r);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char action[600], part[300];
        snprintf(action, sizeof action,
                 "{'__type':'PlayAudioAction','id':'a','name':'N','prompts':"
                 "{'bargeInExpression':%s,'defaultAudio':{'text':'%s','type':'aud'},'cases':[]}}",
                 V("bln", "1", "true"), cases[i].text);
        snprintf(part, sizeof part, "'audio':%s}", cases[i].written);
        import_expect(import_actions(&r, action), part);
        assert_string_equal(reading_told(&r), "");
    }
    reading_end(&r);
}


static void actions(void **state)
{
    static const struct {
        const char *action, *written;
    } cases[] = {
        { ACTION("UpdateVariableAction",
                 "'variables':[{'variable':" V("que", "2", "Task.q") ",'expression':"
                 V("que", "1", "Q") "},{'variable':" V("int_coll", "2", "Task.l") ",'expression':"
                 V("int_coll", "3", "") "},{'variable':" V("xyz", "2", "Task.x") ",'expression':"
                 V("xyz", "0", "F(1)") "}]"),
          "'statements':[{'queue':{'variable':'Task.q','value':{'lit':{'name':'Q'}}}},"
          "{'integerCollection':{'variable':'Task.l','value':{'noValue':true}}},"
          "{'string':{'variable':'Task.x','value':{'exp':'F(1)'}}}]" },
        { "{'__type':'DisconnectAction','id':'a','name':'N'}", "{'disconnect':{'name':'N'}}" },
        { "{'__type':'EndTaskAction','id':'a'}", "{'endTask':{}}" },
        { ACTION("DecisionAction", "'expression':" V("bln", "0", "Task.b")),
          "{'decision':{'name':'N','condition':{'exp':'Task.b'}}}" },
        { ACTION("SetAttributesAction",
                 "'variables':[{'variable':" STR_V("k") ",'expression':" V("str", "0", "Task.v")
                 "}]"),
          "'attributes':[{'attribute':{'name':{'lit':'k'},'value':{'exp':'Task.v'}}}]" },
        { ACTION("GetAttributesAction",
                 "'variables':[{'variable':" V("str", "2", "Task.v") ",'expression':" STR_V("k")
                 "}]"),
          "'attributes':[{'attribute':{'name':{'lit':'k'},'variable':'Task.v'}}]" },
        { ACTION("CollectInputAction",
                 "'resultData':" V("str", "2", "Task.v") ",'numberOfDigitsMin':" V("int", "1", "1")
                 ",'numberOfDigitsMax':" V("int", "1", "4") ",'prompts':" AUDIO("ToAudioBlank(1)")
                 ",'verification':true,'verificationPrompts':" AUDIO("ToAudioBlank(2)")),
          "'inputData':{'var':'Task.v'},'digits':{'range':{'min':1,'max':4}},"
          "'inputAudio':{'exp':'ToAudioBlank(1)'},'verificationType':'individualDigits',"
          "'verificationAudio':{'exp':'ToAudioBlank(2)'}" },
        { ACTION("CollectInputAction",
                 "'numberOfDigitsMin':" V("int", "1", "2") ",'numberOfDigitsMax':" V("int", "1",
                 "2")
                 ",'verification':false,'verificationPrompts':" AUDIO("")
                 ",'includeTerminatingDtmfInResultData':" V("bln", "1", "true")),
          "'digits':{'exact':2},'includeTerminatingDtmfInResultData':true}" },
        { ACTION("DataAction",
                 "'category':{'id':'i','name':'I'},'actionName':'A','inputs':[{'name':'x','value':"
                 STR_V("1") "}],'outputs':[" OUT_V("y") "," OUT_V("y") "],'errorBindings':["
                 OUT_V("errorType") "],'timeout':" V("dur", "1", "P0D0H1M0S0F")),
          "{'callData':{'name':'N','timeout':{'lit':{'minutes':1}},'category':{'I':{'dataAction':"
          "{'A':{'inputs':{'x':{'lit':'1'}},'successOutputs':{'y':{'var':'Task.o'}},"
          "'failureOutputs':{'errorType':{'var':'Task.o'}}}}}}}}" },
        { ACTION("DataTableLookupAction", "'datatableName':'D','outputs':[" OUT_V("c")
                 "],'lookupKeyValue':" STR_V("k")),
          "'lookupValue':{'lit':'k'},'dataTable':{'D':{'foundOutputs':{'c':{'var':'Task.o'}}}}" },
        { ACTION("HoldMusicAction", "'playForDuration':false,'prompt':" V("pmt", "0",
            "Flow.HoldPrompt")
                 ",'duration':" V("dur", "1", "P0D0H1M0S0F") ",'bargeInExpression':"
                 V("bln", "1", "false")),
          "'prompt':{'exp':'Flow.HoldPrompt'},'bargeInEnabled':{'lit':false},"
          "'playStyle':{'entirePrompt':true}" },
        { ACTION("HoldMusicAction", "'playForDuration':true,'duration':" V("dur", "1",
            "P0D0H1M0S0F")),
          "'playStyle':{'duration':{'lit':{'minutes':1}}}" },
        { ACTION("TransferPureMatchAction",
                 "'queues':[" V("que", "1", "Q") "],'skills':[{'skill':" V("skl", "1", "S") "},"
                 V("skl", "0", "Task.s") "],'preTransferAudio':" AUDIO("ToAudioBlank(1)")
                 ",'inQueueFlowName':'W','errorBindings':[" OUT_V("errorType") "]"),
          "'targetQueue':{'lit':{'name':'Q'}},'acdSkills':[{'acdSkill':{'lit':{'name':'S'}}},"
          "{'acdSkill':{'exp':'Task.s'}}],'preTransferAudio':{'exp':'ToAudioBlank(1)'},"
          "'failureOutputs':{'errorType':{'var':'Task.o'}},'overrideInQueueFlow':{'name':'W'}" },
        { ACTION("TransferUserAction", "'user':" V("usr", "1", "U") ",'connTimeout':" V("dur",
            "3", "")),
          "{'transferToUser':{'name':'N','targetUser':{'lit':{'name':'U'}},"
          "'connectTimeout':{'noValue':true}}}" },
        { ACTION("TransferExternalAction", "'externalNumber':" STR_V("+1")),
          "{'transferToNumber':{'name':'N','targetNumber':{'lit':'+1'}}}" },
        { ACTION("TransferFlowSecureAction", "'flowName':'S','invocationData':" STR_V("d")),
          "{'transferToFlowSecure':{'name':'N','targetFlow':{'name':'S'},"
          "'invocationData':{'lit':'d'}}}" },
        { ACTION("TransferVoicemailAction", "'transferTargetQueue':" V("que", "1", "Q")
                 ",'callbackNumber':" V("phn", "0", "Task.p") ",'voicemailGreeting':"
                 AUDIO("ToAudioBlank(1)")),
          "'destination':{'queue':{'targetQueue':{'lit':{'name':'Q'}},'callbackNumber':"
          "{'exp':'Task.p'},'voicemailGreeting':{'exp':'ToAudioBlank(1)'}}}" },
        { ACTION("TransferVoicemailAction", "'transferTarget':" V("usr", "1", "U")),
          "'destination':{'user':{'targetUser':{'lit':{'name':'U'}}}}" },
        { ACTION("CallCommonModuleAction", "'flowName':'M','inputs':[{'name':'Common.x','value':"
                 STR_V("1") "}],'outputs':[" OUT_V("Common.y") "]"),
          "'commonModule':{'M':{'ver_latestPublished':{'inputs':{'Common.x':{'lit':'1'}},"
          "'outputs':{'Common.y':{'var':'Task.o'}}}}}" },
        { ACTION("ScreenPopAction", "'screenPopName':'P','inputs':[{'name':'x','value':"
            STR_V("1") "}]"),
          "'screenPopScript':{'P':{'inputs':{'x':{'lit':'1'}}}}" },
        { ACTION("SetPostFlowAction", "'target':" STR_V("caller") ",'actionType':"
                 STR_V("voiceSurveyFlow") ",'voiceSurveyFlowName':'CSAT','invocationData':"
                 V("jsn", "3", "")),
          "{'setPostFlow':{'name':'N','target':{'lit':'caller'},'actionType':{'lit':"
          "'voiceSurveyFlow'},'targetFlow':{'name':'CSAT'},'invocationData':{'noValue':true}}}" },
        { ACTION("ClearPostFlowAction", "'target':" STR_V("any")),
          "{'clearPostFlow':{'name':'N','target':{'lit':'any'}}}" },
        { ACTION("EvaluateScheduleGroupAction", "'scheduleGroup':" V("scg", "1", "G")
                 ",'paths':[" PATH("__OPEN__", "") "]"),
          "'evaluate':{'now':true},'scheduleGroup':{'lit':{'name':'G'}}}" },
        { ACTION("EvaluateScheduleAction", "'dateTime':" V("dtt", "0", "Task.d")),
          "'evaluate':{'dateTime':{'exp':'Task.d'}}" },
        { ACTION("SetLocaleAction", "'languageCode':'de-de'"), "'language':'de-de'" },
        { ACTION("TransferTaskAction", "'taskReference':'t','taskName':'T'"),
          "{'jumpToTask':{'name':'N','targetTaskRef':'/inboundCall/tasks/task[T_10]'}}" },
    };
    (void) state;
    struct reading r;
    reading_begin(&r);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        import_expect(import_actions(&r, cases[i].action), cases[i].written);
        const char *told = reading_told(&r);
        bool twice = strstr(cases[i].action, OUT_V("y") "," OUT_V("y")) != NULL;
        assert_string_equal(told, twice ? "W120 1; " : "");
    }
    reading_end(&r);
}

/* --- the graph */


static void graph(void **state)
{
    static const struct {
        const char *actions, *written, *told;
    } cases[] = {
        { STEP("a", NEXT("b")) "," STEP("b", ""), "[" S("a") "," S("b") "]", NOT_KNOWN NOT_KNOWN },
        /* a path joins what its owner goes on with, said or not */
        { CHECK("a", "b", "c", NEXT("d")) "," STEP("b", NEXT("d")) "," STEP("c", "") ","
          STEP("d", ""),
          "'outputs':{'yes':{'actions':[" S("b") "]},'no':{'actions':[" S("c") "]}}}}," S("d") "]",
          NOT_KNOWN NOT_KNOWN NOT_KNOWN },
        /* also from an inner owner that goes on with nothing */
        { CHECK("a", "b", "", NEXT("d")) "," CHECK("b", "c", "", "") "," STEP("c", NEXT("d")) ","
          STEP("d", ""),
          "{'yes':{'actions':[" S("c") "]}}}}]}}}}," S("d") "]", NOT_KNOWN NOT_KNOWN },
        /* a tail that two paths share stands in both */
        { CHECK("a", "b", "c", "") "," STEP("b", NEXT("d")) "," STEP("c", NEXT("d")) ","
          STEP("d", ""),
          "'yes':{'actions':[" S("b") "," S("d") "]},'no':{'actions':[" S("c") "," S("d") "]}",
          NOT_KNOWN NOT_KNOWN NOT_KNOWN "W124 1; " NOT_KNOWN },
        /* back to the beginning is a jump to the task */
        { STEP("a", NEXT("b")) "," STEP("b", NEXT("a")),
          S("b") ",{'jumpToTask':{'name':'Jump to Reusable Task','targetTaskRef':"
          "'/inboundCall/tasks/task[T_10]'}}]",
          NOT_KNOWN NOT_KNOWN "W123 1; " },
        /* elsewhere the path ends */
        { STEP("a", NEXT("b")) "," STEP("b", NEXT("c")) "," STEP("c", NEXT("b")),
          S("b") "," S("c") "]", NOT_KNOWN NOT_KNOWN NOT_KNOWN "W123 1; " },
        { STEP("a", NEXT("a")), S("a") ",{'jumpToTask'", NOT_KNOWN "W123 1; " },
        { STEP("a", NEXT("gone")), "[" S("a") "]", NOT_KNOWN "W122 1; " },
        { STEP("a", "") "," STEP("b", ""), "[" S("a") "]", NOT_KNOWN "W126 1; " },
        { STEP("a", NEXT("b")) "," STEP("b", "") "," STEP("b", ""), "[" S("a") "," S("b") "]",
          "W129 1; " NOT_KNOWN NOT_KNOWN "W126 1; " },
        { STEP("b", ""), "'actions':[]", "W122 1; W126 1; " },
        /* two paths of one output: the first counts */
        { "{'__type':'DecisionAction','id':'a','name':'a','paths':[" PATH("__YES__", "b") ","
          PATH("__YES__", "c") "]}," STEP("b", "") "," STEP("c", ""),
          "'yes':{'actions':[" S("b") "]}", NOT_KNOWN "W126 1; W120 1; " },
        /* loops: their path ends in the next pass, leaves, goes on */
        { "{'__type':'LoopAction','id':'a','name':'a','loopCount':" V("int", "1", "3")
          ",'nextAction':'z','path':" PATH("__LOOP__", "b") "}," CHECK("b", "c", "d", NEXT("e")) ","
          STEP("c", NEXT("a")) "," STEP("d", NEXT("z")) "," STEP("e", NEXT("a")) "," STEP("z", ""),
          "'loopCount':{'lit':3},'outputs':{'loop':{'actions':[{'decision':{'name':'b','outputs':"
          "{'yes':{'actions':[" S("c") ",{'loopNext':{'name':'Next Loop'}}]},'no':{'actions':["
          S("d") ",{'loopExit':{'name':'Exit Loop'}}]}}}}," S("e") "]}}}}," S("z") "]",
          NOT_KNOWN NOT_KNOWN NOT_KNOWN NOT_KNOWN },
        { "{'__type':'ExitLoopAction','id':'a','name':'a'}", "{'loopExit':{'name':'a'}}", "" },
    };
    (void) state;
    struct reading r;
    reading_begin(&r);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        import_expect(import_actions(&r, cases[i].actions), cases[i].written);
        if (strcmp(reading_told(&r), cases[i].told))
            fail_msg("%s is told of %s", reading_told(&r), cases[i].actions);
    }
    reading_end(&r);
}

static void switches(void **state)
{
    (void) state;
    struct reading r;
    reading_begin(&r);
    const char *line = import_actions(
        &r, "{'__type':'SwitchAction','id':'a','name':'N','cases':[{'id':'x2','value':"
            V("bln", "0", "Task.a") "},{'id':'x1','value':" V("bln", "0", "Task.b") "}],'paths':["
            PATH("__DEFAULT__", "d") "," PATH("x1", "e") "," PATH("x2", "f") "]},"
            STEP("d", "") "," STEP("e", "") "," STEP("f", ""));
    import_expect(line, "'evaluate':{'firstTrue':{'default':{'actions':[" S("d") "]},'cases':["
                        "{'case':{'value':{'exp':'Task.a'},'actions':[" S("f") "]}},"
                        "{'case':{'value':{'exp':'Task.b'},'actions':[" S("e") "]}}]}}}}");
    line = import_actions(
        &r, "{'__type':'SwitchAction','id':'a','name':'N','expression':" V("int", "0", "Task.n")
            ",'cases':[{'value':" V("int", "1", "1") "},{'value':" V("int", "1", "2") "}],'paths':["
            PATH("p", "d") "," PATH("q", "") "]}," STEP("d", ""));
    import_expect(line, "'firstMatch':{'integer':{'value':{'exp':'Task.n'},'cases':[{'case':"
                        "{'value':{'lit':1},'actions':[" S("d") "]}},{'case':{'value':{'lit':2},"
                        "'actions':[]}}]}}");
    reading_end(&r);
}

static void unknown_actions(void **state)
{
    (void) state;
    struct reading r;
    reading_begin(&r);
    const char *line = import_actions(
        &r, "{'__type':'BeamUpAction','id':'a','trackingId':11,'name':'N','to':" STR_V("x")
            ",'with':" AUDIO("ToAudioBlank(1)") ",'how':{'fast':[1,true]},'paths':["
            PATH("__TWO_WORDS__", "b") "," PATH("5-6", "b") "]}," STEP("b", ""));
    import_expect(line, "{'beamUp':{'name':'N','to':{'lit':'x'},'with':{'exp':'ToAudioBlank(1)'},"
                        "'how':{'fast':[1,true]},'outputs':{'twoWords':{'actions':[" S("b")
                        "]},'paths':[{'path':{'name':'L','actions':[" S("b") "]}}]}}}");
    assert_string_equal(reading_told(&r), NOT_KNOWN NOT_KNOWN "W124 1; " NOT_KNOWN);
    import_expect(import_actions(&r, "{'id':'a'}"), "[{'unknown':{}}]");
    reading_end(&r);
}

/* --- what is told */

static void references_to_nothing(void **state)
{
    (void) state;
    struct reading r;
    reading_begin(&r);
    import_expect(import_actions(&r, ACTION("TransferMenuAction", "'menuReference':'gone'")),
                  "{'jumpToMenu':{'name':'N'}}");
    assert_string_equal(reading_told(&r), "W128 1; ");
    import_line(&r, "{'name':'F','type':'inboundcall','errorHandling':{'handlingType':'Menu',"
                    "'menu':'gone'},'flowSequenceItemList':[]}");
    assert_string_equal(reading_told(&r), "W128 1; ");
    reading_end(&r);
}

static void what_is_dropped(void **state)
{
    (void) state;
    struct reading r;
    struct buf many;
    reading_begin(&r);
    import_actions(&r, ACTION("DisconnectAction", "'odd':1,'config':{'x':[1,2]},'empty':[],"
        "'n':null"));
    assert_string_equal(reading_told(&r), "W120 1; ");
    assert_true(str_is(r.diags.items[0].args[0],
                       "flowSequenceItemList[Task].actionList[DisconnectAction].odd"));
    assert_true(str_is(r.diags.items[0].args[1], "1"));

    buf_init(&many, &r.env);
    buf_add_text(&many, "{'name':'F','type':'inboundcall'");
    for (int i = 0; i < 250; i++)
        buf_addf(&many, ",'odd%d':1", i);
    buf_add_text(&many, ",'flowSequenceItemList':[]}");
    import_line(&r, many.ptr);
    assert_int_equal(r.diags.count, 201);
    assert_int_equal(r.diags.items[200].code, DIAG_IMPORT_MORE);
    assert_true(str_is(r.diags.items[200].args[0], "50"));
    buf_release(&many);
    reading_end(&r);
}

static const char *refused(struct reading *r, const char *configuration)
{
    struct buf out;
    diags_clear(&r->diags);
    struct doc *doc = reading_doc(r, configuration);
    buf_init(&out, &r->env);
    assert_false(import_flow(doc, &out, &r->diags));
    assert_int_equal(out.len, 0);
    buf_release(&out);
    doc_free(r->docs[--r->count]);
    return reading_told(r);
}

static void no_configuration(void **state)
{
    (void) state;
    struct reading r;
    reading_begin(&r);
    assert_string_equal(refused(&r, "[1]"), "E086 1; ");
    assert_string_equal(refused(&r, "{'type':'inboundcall'}"), "E086 1; ");
    assert_string_equal(refused(&r, "{'flowSequenceItemList':[]}"), "E086 1; ");
    assert_string_equal(refused(&r, "{'type':'inboundcall','flowSequenceItemList':{}}"),
        "E086 1; ");
    reading_end(&r);
}

/* --- limits */

/* Decisions in the yes of one another. */
static void add_nest(struct buf *text, int depth)
{
    buf_add_text(text, "{'name':'F','type':'inboundcall','flowSequenceItemList':[{'__type':'Task',"
                       "'id':'t','name':'T','startAction':'n0','actionList':[");
    for (int i = 0; i < depth; i++)
        buf_addf(text, "%s{'__type':'DecisionAction','id':'n%d','paths':[{'outputId':'__YES__',"
                       "'nextActionId':'n%d'}]}", i ? "," : "", i, i + 1);
    buf_addf(text, ",{'__type':'DisconnectAction','id':'n%d'}]}]}", depth);
}

static void depth(void **state)
{
    (void) state;
    struct reading r;
    struct buf text;
    reading_begin(&r);
    buf_init(&text, &r.env);
    add_nest(&text, 45);
    import_line(&r, text.ptr);
    buf_clear(&text);
    add_nest(&text, 5000);
    assert_string_equal(refused(&r, text.ptr), "E087 1; ");
    buf_release(&text);
    reading_end(&r);
}

/* Each action has two paths to the next one: 2 to the 30 ways. */
static void copies_end(void **state)
{
    enum { LEVELS = 30 };
    (void) state;
    struct reading r;
    struct buf text, out;
    reading_begin(&r);
    buf_init(&text, &r.env);
    buf_init(&out, &r.env);
    buf_add_text(&text, "{'name':'F','type':'inboundcall','flowSequenceItemList':[{'__type':'Task',"
                        "'id':'t','name':'T','startAction':'n0','actionList':[");
    for (int i = 0; i < LEVELS; i++)
        buf_addf(&text, "%s{'__type':'DecisionAction','id':'n%d','paths':[{'outputId':'__YES__',"
                        "'nextActionId':'n%d'},{'outputId':'__NO__','nextActionId':'n%d'}]}",
                 i ? "," : "", i, i + 1, i + 1);
    buf_addf(&text, ",{'__type':'DisconnectAction','id':'n%d'}]}]}", LEVELS);
    struct doc *doc = reading_doc(&r, text.ptr);
    assert_true(import_flow(doc, &out, &r.diags));
    assert_non_null(strstr(reading_told(&r), "W125 1; "));
    buf_release(&text);
    buf_release(&out);
    reading_end(&r);
}

/* A menu that holds a menu that holds the first one is in none of the lists. */
static void menus_in_each_other(void **state)
{
    (void) state;
    struct reading r;
    reading_begin(&r);
    const char *line = import_line(
        &r, FLOW("inboundcall", "{'__type':'Menu','id':'m','name':'M','menuChoiceList':[{'id':'c',"
                 "'action':{'__type':'MenuAction','menuReference':'s'}}]},{'__type':'Menu',"
                 "'id':'s',"
                 "'name':'S','menuChoiceList':[{'id':'d','action':{'__type':'MenuAction',"
                 "'menuReference':'m'}}]}"));
    import_expect(line, "{'inboundCall':{'name':'F'");
    assert_non_null(strstr(reading_told(&r), "W120"));
    reading_end(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values),
        cmocka_unit_test(audio),
        cmocka_unit_test(actions),
        cmocka_unit_test(graph),
        cmocka_unit_test(switches),
        cmocka_unit_test(unknown_actions),
        cmocka_unit_test(references_to_nothing),
        cmocka_unit_test(what_is_dropped),
        cmocka_unit_test(no_configuration),
        cmocka_unit_test(depth),
        cmocka_unit_test(copies_end),
        cmocka_unit_test(menus_in_each_other),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
