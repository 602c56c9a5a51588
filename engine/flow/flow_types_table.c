/* The types of flow, their settings and what a new one looks like (domain.md section 3.1, archy.md
 * sections 2 and 9). */
#include "engine/flow/catalogue.h"

#define END { .path = NULL }
#define DURATION(path_, label_, min_, max_, help_, source_)                                        \
    { .path = path_, .label = label_, .kind = FIELD_VALUE, .type = TYPE_DURATION, .min = min_,     \
      .max = max_, .help = help_, .source = source_ }
#define FLAG_VALUE(path_, label_, help_, source_)                                                  \
    { .path = path_, .label = label_, .kind = FIELD_VALUE, .type = TYPE_BOOLEAN, .help = help_,    \
      .source = source_ }

#define NAME                                                                                       \
    { .path = "name", .label = "Name", .kind = FIELD_TEXT, .flags = FIELD_REQUIRED, .max = 200,    \
      .help = "Flows name each other by type and name. No slash, and not ending with -debug.",     \
      .source = "documented: at most 200 characters" },                                            \
    { .path = "description", .label = "Description", .kind = FIELD_TEXT,                           \
      .help = "What the flow is for.", .source = "documented: flows" },                            \
    { .path = "division", .label = "Division", .kind = FIELD_TEXT,                                 \
      .help = "The division it belongs to.", .source = "documented: flows" }
#define LANGUAGE                                                                                   \
    { .path = "defaultLanguage", .label = "Default language", .kind = FIELD_TEXT,                  \
      .help = "A language tag: en-us. It must be one of the supported languages.",                 \
      .source = "documented: supported languages" }
#define GREETING                                                                                   \
    { .path = "initialGreeting", .label = "Greeting", .kind = FIELD_AUDIO, .type = TYPE_AUDIO,     \
      .help = "Played once when a call enters the flow, before its start object; also when a "     \
              "post-flow leads here.",                                                             \
      .source = "documented: initial greeting" }
#define MENU_SETTINGS                                                                              \
    DURATION("settingsMenu/menuSelectionTimeout", "Menu timeout", 1000, 60000,                     \
             "How long menus await a key; 10 s unless set.",                                       \
             "documented: 1 to 60 s, default 10 s"),                                               \
    { .path = "settingsMenu/repeatCount", .label = "Menu repeats", .kind = FIELD_VALUE,            \
      .type = TYPE_INTEGER, .flags = FIELD_ASSUMED, .min = 0, .max = 10,                           \
      .help = "How often a menu is played again after no key or a wrong one; 3 unless set.",       \
      .source = "documented: 0 to 10, default 3; assumed: the first play does not count" },        \
    FLAG_VALUE("settingsMenu/listenForExtensionDialing", "Extension dialing",                      \
               "Whether callers may dial an extension in a menu; yes unless set.",                 \
               "documented: default true"),                                                        \
    DURATION("settingsMenu/extensionDialingMaxDelay", "Extension delay", 1000, 60000,              \
             "How long a further digit is awaited before the first one is taken for a choice; 1 s "\
             "unless set, and shorter than the menu timeout.",                                     \
             "documented: at least 1 s, default 1 s")
#define SPEECH                                                                                     \
    { .path = "settingsSpeechRec/asrEnabledOnFlow", .label = "Speech", .kind = FIELD_FLAG,         \
      .help = "Whether the flow understands what callers say.",                                    \
      .source = "documented: speech recognition" }
#define COLLECT_DEFAULTS                                                                           \
    DURATION("settingsActionDefaults/collectInput/noEntryTimeout", "No-entry timeout", 1000, 99000,\
             "For Collect Input: how long the first digit is awaited; 5 s unless set.",            \
             "documented: 1 to 99 s, default 5 s"),                                                \
    DURATION("settingsActionDefaults/collectInput/interDigitTimeout", "Inter-digit timeout", 1000, \
             99000, "For Collect Input: how long the next digit is awaited; 3 s unless set.",      \
             "documented: 1 to 99 s, default 3 s"),                                                \
    { .path = "settingsActionDefaults/callData/processingPrompt", .label = "Processing prompt",    \
      .kind = FIELD_VALUE, .type = TYPE_PROMPT,                                                    \
      .help = "For Call Data Action: played while it runs.",                                       \
      .source = "documented: default action settings" },                                           \
    DURATION("settingsActionDefaults/transferToUser/connectTimeout", "User timeout", 0, 0,         \
             "For Transfer to User: how long an answer is awaited.",                               \
             "documented: default action settings, none"),                                         \
    DURATION("settingsActionDefaults/transferToNumber/connectTimeout", "Number timeout", 0, 0,     \
             "For Transfer to Number: how long an answer is awaited.",                             \
             "documented: default action settings, none"),                                         \
    DURATION("settingsActionDefaults/transferToGroup/connectTimeout", "Group timeout", 0, 0,       \
             "For Transfer to Group: how long an answer is awaited.",                              \
             "documented: default action settings, none"),                                         \
    DURATION("settingsActionDefaults/transferToFlowSecure/connectTimeout", "Secure timeout", 10000,\
             60000, "For Transfer to Secure Flow: how long the flow is awaited; 15 s unless set.", \
             "documented: 10 to 60 s, default 15 s")
#define SILENCE_DEFAULTS(action_, label_, words_)                                                  \
    DURATION("settingsActionDefaults/" action_ "/silenceDuration", label_ " silence", 0, 0,        \
             "For " words_ ": how long nobody speaks; 1 s unless set.", \
             "documented: default 1 s"),                                                           \
    DURATION("settingsActionDefaults/" action_ "/timeout", label_ " timeout", 0, 0,                \
             "For " words_ ": after how long it times out; 40 s unless set.",                      \
             "documented: default 40 s")
#define NEWER_DEFAULTS                                                                             \
    SILENCE_DEFAULTS("detectSilence", "Detect", "Detect Silence"),                                 \
    SILENCE_DEFAULTS("playAudioOnSilence", "On silence", "Play Audio on Silence"),                 \
    { .path = "settingsActionDefaults/playAudioOnSilence/allowedRepeatCount",                      \
      .label = "Restarts", .kind = FIELD_VALUE, .type = TYPE_INTEGER,                              \
      .help = "For Play Audio on Silence: how often it begins again; 5 unless set.",               \
      .source = "documented: default 5" }
#define EXTENSION_DEFAULT                                                                          \
    DURATION("settingsActionDefaults/dialByExtension/interDigitTimeout", "Extension timeout", 0, 0,\
             "For Dial by Extension: how long the next digit is awaited; 6 s unless set.",         \
             "documented: default 6 s")

#define ON_ERROR "settingsErrorHandling/errorHandling"
#define ERRORS(choices_)                                                                           \
    { .path = ON_ERROR, .label = "On errors", .kind = FIELD_VARIANT, .choices = choices_,          \
      .help = "What the error event does, and the limit of 10,000 actions; disconnect unless set.",\
      .source = "documented: EVENTS_FLOW_ERROR_HANDLING, default disconnect" },                    \
    { .path = "settingsErrorHandling/preHandlingAudio", .label = "Error audio",                    \
      .kind = FIELD_AUDIO, .type = TYPE_AUDIO, .help = "Played before an error is handled.",       \
      .source = "documented: error handling" }
#define ERROR_QUEUE                                                                                \
    { .path = ON_ERROR "/queue/targetQueue", .label = "Error queue", .kind = FIELD_VALUE,          \
      .type = TYPE_QUEUE, .flags = FIELD_REQUIRED, .when = ON_ERROR "=queue",                      \
      .help = "The queue to which the call goes.", .source = "documented: error handling" }
#define ERROR_MENU                                                                                 \
    { .path = ON_ERROR "/menu/targetMenuRef", .label = "Error menu", .kind = FIELD_MENU,           \
      .flags = FIELD_REQUIRED, .when = ON_ERROR "=menu",                                           \
      .help = "The menu that goes on; 1,000 more actions may run.",                                \
      .source = "documented: error handling" }
#define ERROR_TASK                                                                                 \
    { .path = ON_ERROR "/task/targetTaskRef", .label = "Error task", .kind = FIELD_TASK,           \
      .flags = FIELD_REQUIRED, .when = ON_ERROR "=task",                                           \
      .help = "The task that goes on; 1,000 more actions may run.",                                \
      .source = "documented: error handling" }
#define CALL_ERRORS ERRORS("disconnect|queue|menu|task"), ERROR_QUEUE, ERROR_MENU, ERROR_TASK

#define CALL_SETTINGS                                                                              \
    NAME, LANGUAGE, GREETING, COLLECT_DEFAULTS, EXTENSION_DEFAULT, CALL_ERRORS, MENU_SETTINGS,     \
        SPEECH, NEWER_DEFAULTS
static const struct field call_settings[] = { CALL_SETTINGS, END };
static const struct field outbound_settings[] = {
    CALL_SETTINGS,
    { .path = "settingsOutboundCall/contactList", .label = "Contact list", .kind = FIELD_VALUE,
      .help = "The list of those who are called.", .source = "documented: outbound settings" },
    { .path = "settingsOutboundCall/wrapupCode", .label = "Wrap-up code", .kind = FIELD_VALUE,
      .type = TYPE_WRAPUP_CODE, .help = "The wrap-up code unless the flow sets another.",
      .source = "documented: outbound settings" },
    END,
};
static const struct field queue_settings[] = {
    NAME, LANGUAGE, COLLECT_DEFAULTS, ERRORS("disconnect|queue"), ERROR_QUEUE,
    { .path = "settingsInQueueCall/holdMusic", .label = "Hold music", .kind = FIELD_VALUE,
      .type = TYPE_PROMPT, .help = "The prompt that Flow.HoldPrompt is.",
      .source = "documented: in-queue settings, default PromptSystem.on_hold_music" },
    NEWER_DEFAULTS,
    END,
};
static const struct field compatible_row[] = {
    { .path = "flowType", .label = "Flow type", .kind = FIELD_WORD, .flags = FIELD_REQUIRED,
      .choices = "inboundcall|inqueuecall|outboundcall|securecall|voicesurvey|voicemail",
      .initial = "\"inboundcall\"", .help = "A type of flow that may call the module.",
      .source = "documented: FLOW_TYPES" },
    END,
};
static const struct field module_settings[] = {
    NAME,
    { .path = "settingsCommonModule/compatibleFlowTypes", .label = "Compatible with",
      .kind = FIELD_ROWS, .rows = compatible_row,
      .help = "The types of flow that may call it. An action may stand in the module when all of "
              "them have it: Set Post-Flow only with inbound call and in-queue call.",
      .source = "documented: compatible flow types" },
    END,
};
static const struct field survey_settings[] = {
    NAME, LANGUAGE,
    { .path = "settingsVoiceSurvey/surveyForm/name", .label = "Survey form", .kind = FIELD_TEXT,
      .flags = FIELD_ASSUMED, .help = "The form whose questions it asks; it must be published.",
      .source = "documented: survey form; assumed: spelling" },
    ERRORS("disconnect|exit"),
    END,
};
static const struct field other_settings[] = {
    { .path = "name", .label = "Name", .kind = FIELD_TEXT, .max = 200, .help = "The flow's name.",
      .source = "documented: flows" },
    END,
};

#define LANGUAGES                                                                                  \
    "\"defaultLanguage\": \"en-us\", \"supportedLanguages\": {\"en-us\": {"                        \
    "\"defaultLanguageSkill\": {\"noValue\": true}}}"
#define TASK_FLOW(key)                                                                             \
    "{\"" key "\": {\"name\": \"{name}\", \"startUpRef\": \"/" key "/tasks/task[Start_10]\", "     \
    LANGUAGES ", \"tasks\": [{\"task\": {\"name\": \"Start\", \"refId\": \"Start_10\", "           \
    "\"actions\": [{\"disconnect\": {\"name\": \"Disconnect\"}}]}}]}}"

static const struct flow_type_info types[FLOW_TYPE_COUNT] = {
    [FLOW_OTHER] = { "", "other", "", 0, NULL, other_settings,
                     "A type of flow that postflow only reads, shows and keeps." },
    [FLOW_INBOUND_CALL] = { "inboundCall", "inbound call", "inboundcall",
                            FLOW_HAS_TASKS | FLOW_HAS_MENUS | FLOW_HAS_GREETING,
                            TASK_FLOW("inboundCall"), call_settings,
                            "Where calls come in; also what a post-flow invokes." },
    [FLOW_INQUEUE_CALL] = { "inqueueCall", "in-queue call", "inqueuecall",
                            FLOW_HAS_ONE_TASK | FLOW_TASK_LOOPS,
                            "{\"inqueueCall\": {\"name\": \"{name}\", " LANGUAGES
                            ", \"startUpTaskActions\": [{\"holdMusic\": {\"name\": \"Hold Music\", "
                            "\"prompt\": {\"exp\": \"Flow.HoldPrompt\"}, \"bargeInEnabled\": "
                            "{\"lit\": false}, \"playStyle\": {\"entirePrompt\": true}}}]}}",
                            queue_settings,
                            "What callers hear in a queue; starts over at its end." },
    [FLOW_COMMON_MODULE] = { "commonModule", "common module", "commonmodule", FLOW_HAS_ONE_TASK,
                             "{\"commonModule\": {\"name\": \"{name}\", \"supportedLanguages\": "
                             "{\"en-us\": {\"none\": true}}, \"settingsCommonModule\": "
                             "{\"compatibleFlowTypes\": [{\"flowType\": \"inboundcall\"}, "
                             "{\"flowType\": \"inqueuecall\"}]}, \"startUpTaskActions\": []}}",
                             module_settings, "Actions that several flows share." },
    [FLOW_VOICE_SURVEY] = { "voiceSurvey", "voice survey", "voicesurvey",
                            FLOW_HAS_TASKS | FLOW_HAS_STATES,
                            "{\"voiceSurvey\": {\"name\": \"{name}\", \"startUpRef\": "
                            "\"/voiceSurvey/states/state[Questions_10]\", " LANGUAGES
                            ", \"states\": [{\"state\": {\"name\": \"Questions\", \"refId\": "
                            "\"Questions_10\", \"actions\": [{\"disconnect\": {\"name\": "
                            "\"Disconnect\"}}]}}]}}",
                            survey_settings,
                            "Questions after the call; only Set Post-Flow leads there, and only "
                            "callers." },
    [FLOW_SECURE_CALL] = { "secureCall", "secure call", "securecall",
                           FLOW_HAS_TASKS | FLOW_HAS_MENUS | FLOW_HAS_GREETING,
                           TASK_FLOW("secureCall"), call_settings,
                           "For what must not be heard or kept, such as card numbers." },
    [FLOW_OUTBOUND_CALL] = { "outboundCall", "outbound call", "outboundcall",
                             FLOW_HAS_TASKS | FLOW_HAS_MENUS | FLOW_HAS_GREETING,
                             TASK_FLOW("outboundCall"), outbound_settings,
                             "Calls that the contact centre makes. No post-flow fires on them, "
                             "unless outboundPostFlow of postflow.json says so." },
    [FLOW_VOICEMAIL] = { "voicemail", "voicemail", "voicemail",
                         FLOW_HAS_TASKS | FLOW_HAS_MENUS | FLOW_HAS_GREETING,
                         TASK_FLOW("voicemail"), call_settings,
                         "What callers meet who are sent to voicemail." },
};

const struct flow_type_info *flow_type_info(enum flow_type type)
{
    return &types[type];
}
