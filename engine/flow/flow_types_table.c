/* The types of flow, their settings and what a new one looks like (domain.md section 3.1, archy.md
 * sections 2 and 9). */
#include "engine/flow/catalogue.h"

#define END { .path = NULL }
#define NAME                                                                                       \
    { .path = "name", .label = "Name", .kind = FIELD_TEXT, .flags = FIELD_REQUIRED,                \
      .help = "Flows name each other by type and name. No slash, and not ending with -debug.",     \
      .source = "documented: at most 200 characters" },                                            \
    { .path = "description", .label = "Description", .kind = FIELD_TEXT,                           \
      .help = "What the flow is for.", .source = "documented" },                                   \
    { .path = "division", .label = "Division", .kind = FIELD_TEXT,                                 \
      .help = "The division it belongs to.", .source = "documented" },                             \
    { .path = "defaultLanguage", .label = "Default language", .kind = FIELD_TEXT,                  \
      .help = "A language tag: en-us.", .source = "documented" }
#define GREETING                                                                                   \
    { .path = "initialGreeting", .label = "Greeting", .kind = FIELD_AUDIO, .type = TYPE_AUDIO,     \
      .help = "Played once when a call enters the flow.", .source = "documented" }
#define MENU_SETTINGS                                                                              \
    { .path = "settingsMenu/menuSelectionTimeout", .label = "Menu timeout", .kind = FIELD_VALUE,   \
      .type = TYPE_DURATION, .min = 1000, .max = 60000,                                            \
      .help = "How long menus await a key; 10 s unless set.",                                      \
      .source = "documented: 1 to 60 s" },                                                         \
    { .path = "settingsMenu/repeatCount", .label = "Menu repeats", .kind = FIELD_VALUE,            \
      .type = TYPE_INTEGER, .min = 0, .max = 10, .help = "How often menus repeat; 3 unless set.",  \
      .source = "documented: 0 to 10" },                                                           \
    { .path = "settingsMenu/listenForExtensionDialing", .label = "Extension dialing",              \
      .kind = FIELD_VALUE, .type = TYPE_BOOLEAN, .help = "Whether menus take extensions.",         \
      .source = "documented: default true" }
#define DEFAULTS                                                                                   \
    { .path = "settingsActionDefaults/collectInput/noEntryTimeout", .label = "No-entry timeout",   \
      .kind = FIELD_VALUE, .type = TYPE_DURATION, .min = 1000, .max = 99000,                       \
      .help = "For Collect Input; 5 s unless set.", .source = "documented" },                      \
    { .path = "settingsActionDefaults/collectInput/interDigitTimeout",                             \
      .label = "Inter-digit timeout", .kind = FIELD_VALUE, .type = TYPE_DURATION, .min = 1000,     \
      .max = 99000, .help = "For Collect Input; 3 s unless set.", .source = "documented" }
#define ERRORS                                                                                     \
    { .path = "settingsErrorHandling/errorHandling", .label = "On errors", .kind = FIELD_VARIANT,  \
      .choices = "disconnect|queue|menu|task",                                                     \
      .help = "What the error event does; disconnect unless set.", .source = "documented" },       \
    { .path = "settingsErrorHandling/errorHandling/queue/targetQueue", .label = "Error queue",     \
      .kind = FIELD_VALUE, .type = TYPE_QUEUE,                                                     \
      .when = "settingsErrorHandling/errorHandling=queue", .help = "The queue.",                   \
      .source = "documented" },                                                                    \
    { .path = "settingsErrorHandling/errorHandling/menu/targetMenuRef", .label = "Error menu",     \
      .kind = FIELD_MENU, .when = "settingsErrorHandling/errorHandling=menu",                      \
      .help = "The menu.", .source = "documented" },                                               \
    { .path = "settingsErrorHandling/errorHandling/task/targetTaskRef", .label = "Error task",     \
      .kind = FIELD_TASK, .when = "settingsErrorHandling/errorHandling=task",                      \
      .help = "The task.", .source = "documented" },                                               \
    { .path = "settingsErrorHandling/preHandlingAudio", .label = "Error audio",                    \
      .kind = FIELD_AUDIO, .type = TYPE_AUDIO, .help = "Played before errors are handled.",        \
      .source = "documented" }

static const struct field call_settings[] = { NAME, GREETING, MENU_SETTINGS, DEFAULTS, ERRORS, END };
static const struct field queue_settings[] = {
    NAME,
    { .path = "settingsInQueueCall/holdMusic", .label = "Hold music", .kind = FIELD_VALUE,
      .type = TYPE_PROMPT, .help = "What Flow.HoldPrompt is.", .source = "documented" },
    DEFAULTS, ERRORS, END,
};
static const struct field module_settings[] = {
    NAME,
    { .path = "settingsCommonModule/compatibleFlowTypes", .label = "Compatible with",
      .kind = FIELD_ROWS, .help = "The flow types that may call it.", .source = "documented" },
    END,
};
static const struct field survey_settings[] = {
    NAME,
    { .path = "settingsVoiceSurvey/surveyForm/name", .label = "Survey form", .kind = FIELD_TEXT,
      .help = "The form whose questions it asks.", .source = "documented; spelling assumed" },
    ERRORS, END,
};
static const struct field other_settings[] = {
    { .path = "name", .label = "Name", .kind = FIELD_TEXT, .help = "The flow's name.",
      .source = "documented" },
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
                            queue_settings, "What callers hear in a queue; starts over at its end." },
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
                             TASK_FLOW("outboundCall"), call_settings,
                             "Calls that the contact centre makes; post-flows never fire on them." },
};

const struct flow_type_info *flow_type_info(enum flow_type type)
{
    return &types[type];
}
