/* Tasks, menus, states and settings of exports. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "tests/unit/flow/importing.h"

#define TASK(id, number, more)                                                                     \
    "{'__type':'Task','id':'" id "','name':'T" id "','trackingId':" number more "}"


static void menus(void **state)
{
    (void) state;
    struct reading r;
    reading_begin(&r);
    const char *line = import_line(
        &r, FLOW("inboundcall",
                 "{'__type':'Menu','id':'m','name':'M','trackingId':10,'prompts':"
                 AUDIO("ToAudioBlank(1)")
                 ",'promptRepeatCount':" V("int", "1", "2") ",'defaultChoice':'c3',"
                 "'menuChoiceList':["
                 "{'id':'c1','name':'One','digit':1,'speechRecTerms':{'en-US':['one'],'de-DE':[]},"
                 "'action':{'__type':'TaskAction','taskReference':'k'}},"
                 "{'id':'c2','name':'Two','digit':10,'action':{'__type':'TransferTaskAction',"
                 "'taskReference':'r'}},"
                 "{'id':'c3','name':'Three','digit':11,'globalDtmf':true,'action':{'__type':"
                 "'DisconnectAction','trackingId':15}},"
                 "{'id':'c4','name':'Four','action':{'__type':'MenuAction','menuReference':'s'}},"
                 "{'id':'c5','name':'Five','digit':5,'action':{'__type':'TaskAction',"
                 "'taskReference':'r'}},"
                 "{'id':'c6','name':'Six','digit':6,'action':{'__type':'TransferPureMatchAction',"
                 "'queues':[" V("que", "1", "Q") "]}},"
                 "{'id':'c7','name':'Seven','digit':7,'action':{'__type':'PlayAudioAction',"
                 "'prompts':"
                 AUDIO("ToAudioBlank(7)") "}}]},"
                 TASK("k", "11", ",'startAction':'a','actionList':[{'__type':'DisconnectAction',"
                      "'id':'a','name':'D'}],'variables':[{'__type':'BoolVariable','name':'Task.b',"
                      "'isCollection':true,'isInput':true,'isOutput':false,'isSecure':false}]")
                 "," TASK("r", "12", ",'actionList':[],'paths':[{'outputId':'__DEFAULT__','label':"
                          "'Default'},{'outputId':'p','label':'Other'}]")
                 ",{'__type':'Menu','id':'s','name':'Sub','trackingId':13,'prompts':"
                 AUDIO("ToAudioBlank(2)") ",'menuChoiceList':[{'id':'c8','name':'Back','digit':0,"
                 "'action':{'__type':'PreviousMenuAction'}}]}"));
    import_expect(line, "'menus':[{'menu':{'name':'M','refId':'M_10','audio':{'exp':"
                        "'ToAudioBlank(1)'},'settingsMenu':{'repeatCount':{'lit':2}},'choices':["
                        "{'menuTask':{'name':'One','dtmf':'digit_1','speechRecTerms':{'en-us':"
                        "{'terms':['one']}},'task':{'variables':[{'booleanCollectionVariable':"
                        "{'name':'Task.b','isInput':true,'isOutput':false}}],'actions':["
                        "{'disconnect':{'name':'D'}}]}}},");
    import_expect(line, "{'menuJumpToTask':{'name':'Two','dtmf':'digit_*','targetTaskRef':"
                        "'/inboundCall/tasks/task[Tr_12]'}},{'menuDisconnect':{'name':'Three',"
                        "'refId':'Three_15','dtmf':'digit_#','globalDtmf':true}},");
    import_expect(line, "{'menuSubMenu':{'name':'Four','audio':{'exp':'ToAudioBlank(2)'},"
                        "'choices':[{'menuPreviousMenu':{'name':'Back','dtmf':'digit_0'}}]}},"
                        "{'menuJumpToTask':{'name':'Five'");
    import_expect(line, "{'menuTransferToAcd':{'name':'Six','dtmf':'digit_6','targetQueue':{'lit':"
                        "{'name':'Q'}}}},{'menuTask':{'name':'Seven','dtmf':'digit_7','task':"
                        "{'actions':[{'playAudio':{'audio':{'exp':'ToAudioBlank(7)'}}}]}}}],"
                        "'defaultChildMenuRef':'./choices/menuDisconnect[Three_15]'}}],'tasks':["
                        "{'task':{'name':'Tr','refId':'Tr_12','outputPaths':[{'outputPath':{'name':"
                        "'Other'}}],'actions':[]}}]}");
    assert_string_equal(reading_told(&r), "");
    reading_end(&r);
}

static void tasks_and_states(void **state)
{
    (void) state;
    struct reading r;
    reading_begin(&r);
    const char *line = import_line(
        &r, FLOW("inboundcall",
                 TASK("x", "1", ",'startAction':'a','actionList':[{'__type':'CallTaskAction',"
                      "'id':'a','taskReference':'y','inputs':[{'name':'Task.i','value':" STR_V("1")
                      "}],'outputs':[" OUT_V("Task.p") "],'paths':[" PATH("__DEFAULT__", "b") ","
                      "{'label':'Other','outputId':'q','nextActionId':'c'}]},"
                      "{'__type':'DisconnectAction','id':'b'},{'__type':'DisconnectAction',"
                      "'id':'c'}]")
                 "," TASK("y", "2", ",'paths':[{'outputId':'q','label':'Other'}],'startAction':'e',"
                          "'actionList':[{'__type':'EndTaskAction','id':'e','outputId':'q'}]")
                 ",{'__type':'Task','id':'z','name':'x','actionList':[]},"
                 "{'__type':'Task','id':'z','name':'again','actionList':[]}"));
    import_expect(line, "{'callTask':{'targetTaskRef':'/inboundCall/tasks/task[Ty_2]','inputs':"
                        "{'Task.i':{'lit':'1'}},'taskOutputs':{'Task.p':{'var':'Task.o'}},"
                        "'outputs':{'default':{'actions':[{'disconnect':{}}]},'paths':[{'path':"
                        "{'name':'Other','actions':[{'disconnect':{}}]}}]}}}");
    import_expect(line, "'outputPaths':[{'outputPath':{'name':'Other'}}],'actions':[{'endTask':"
                        "{'outputPath':{'name':'Other'}}}]");
    import_expect(line, "{'task':{'name':'x','refId':'x_at3','actions':[]}}]");
    assert_string_equal(reading_told(&r), "W129 1; W120 1; ");

    line = import_line(&r, "{'name':'F','type':'voicesurvey','initialSequence':'s',"
                           "'flowSequenceItemList':[{'__type':'State','id':'s','name':'S',"
                           "'trackingId':3,'startAction':'a','actionList':[{'__type':"
                           "'EndStateAction','id':'a','name':'E'}]}]}");
    import_expect(line, "{'voiceSurvey':{'name':'F','startUpRef':'/voiceSurvey/states/state[S_3]',"
                        "'states':[{'state':{'name':'S','refId':'S_3','actions':[{'endState':"
                        "{'name':'E'}}]}}]}}");
    line = import_line(&r, "{'name':'F','type':'inqueuecall','initialSequence':'t',"
                           "'flowSequenceItemList':[{'__type':'LoopTask','id':'t','name':'Q',"
                           "'startAction':'a','actionList':[" STEP("a", NEXT("a")) "],'variables':["
                           "{'__type':'StringVariable','name':'Task.s','initialValue':" STR_V("x")
                           "}]}]}");
    import_expect(line, "{'inqueueCall':{'name':'F','startUpTaskVariables':[{'stringVariable':"
                        "{'name':'Task.s','initialValue':{'lit':'x'}}}],'startUpTaskActions':["
                        S("a") "]}}");
    assert_string_equal(reading_told(&r), NOT_KNOWN "W123 1; ");
    reading_end(&r);
}

static void settings(void **state)
{
    (void) state;
    struct reading r;
    reading_begin(&r);
    const char *line = import_line(
        &r, "{'name':'F','description':'','type':'inboundcall','defaultLanguage':'en-US',"
            "'supportedLanguages':['en-US','de-DE'],"
            "'supportedLanguageOptions':[{'language':'en-US',"
            "'languageSkill':" V("lac", "3", "")
            ",'textToSpeech':{'engine':{'selection':'specific',"
            "'name':'E'},'voice':{'selection':'specific','name':'V'}}}],'initialPrompts':"
            AUDIO("ToAudioBlank(1)") ",'variables':[{'__type':'QueueVariable','name':'Flow.q',"
            "'isSecure':true}],'disableAsr':" V("bln", "1", "false")
            ",'disableAsrCompanyDirectory':" V("bln", "1", "true")
            ",'errorHandling':{'handlingType':"
            "'Task','task':'t','audio':" AUDIO("ToAudioBlank(2)") ",'queue':" V("que", "1", "")
            "},'defaultSettings':{'CollectInputAction':{'noEntryTimeout':"
            V("dur", "1", "P0D0H0M5S0F") "},'Menu':{'promptRepeatCount':" V("int", "1", "3")
            "},'SpeechRec':{'speechRecMinConfidence':" V("int", "1", "50") ",'mystery':7}},"
            "'flowSequenceItemList':[" TASK("t", "10", "") "]}");
    import_expect(line, "{'inboundCall':{'name':'F','description':'','defaultLanguage':'en-us',"
                        "'supportedLanguages':{'en-us':{'defaultLanguageSkill':{'noValue':true},"
                        "'textToSpeech':{'E':{'voice':'V'}}},'de-de':{'none':true}},"
                        "'initialGreeting':{'exp':'ToAudioBlank(1)'},'variables':[{'queueVariable':"
                        "{'name':'Flow.q','isSecure':true}}],'settingsActionDefaults':"
                        "{'collectInput':{'noEntryTimeout':{'lit':{'seconds':5}}}},"
                        "'settingsErrorHandling':{'errorHandling':{'task':{'targetTaskRef':"
                        "'/inboundCall/tasks/task[Tt_10]'}},'preHandlingAudio':{'exp':"
                        "'ToAudioBlank(2)'}},'settingsMenu':{'repeatCount':{'lit':3}},"
                        "'settingsSpeechRec':{'minConfidenceLevel':{'lit':50},"
                        "'asrCompanyDir':'none',"
                        "'asrEnabledOnFlow':true},'tasks':[");
    assert_string_equal(reading_told(&r), "W120 1; ");
    assert_true(str_is(r.diags.items[0].args[0], "defaultSettings.SpeechRec.mystery"));

    line = import_line(&r, "{'name':'M','type':'commonmodule','defaultLanguage':'en-US',"
                           "'compatibleFlowTypes':['inboundCall'],'errorHandling':{'handlingType':"
                           "'Disconnect'},'supportedLanguageOptions':[{'language':'en-US',"
                           "'textToSpeech':{'engine':{'selection':'default','name':'E'},'voice':"
                           "{'selection':'default','name':'V'}}}],'flowSequenceItemList':[]}");
    import_expect(line, "{'commonModule':{'name':'M','supportedLanguages':{'en-us':{'textToSpeech':"
                        "{'defaultEngine':{'defaultVoice':true}}}},'settingsCommonModule':"
                        "{'compatibleFlowTypes':[{'flowType':'inboundcall'}]},"
                        "'settingsErrorHandling':{'errorHandling':{'disconnect':{'none':true}}}}}");
    line = import_line(&r, "{'name':'Q','type':'inqueuecall',"
        "'inQueueCallFlowSettings':{'holdMusic':"
                           V("pmt", "1", "M") "},'errorHandling':{'handlingType':'Queue','queue':"
                           V("que", "1", "Q") "},'flowSequenceItemList':[]}");
    import_expect(line, "'settingsInQueueCall':{'holdMusic':{'lit':{'name':'Prompt.M'}}},"
                        "'settingsErrorHandling':{'errorHandling':{'queue':{'targetQueue':{'lit':"
                        "{'name':'Q'}}}}}");
    import_expect(import_line(&r, "{'name':'W','type':'workflow','flowSequenceItemList':[]}"),
                  "{'workflow':{'name':'W'}}");
    reading_end(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(menus),
        cmocka_unit_test(tasks_and_states),
        cmocka_unit_test(settings),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
