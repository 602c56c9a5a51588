/* The actions, by toolbox category. Sources: archy.md sections 4 and 5, archy-actions.md, domain.md. */
#include "engine/flow/actions.h"

#define CALLS (IN(INBOUND_CALL) | IN(OUTBOUND_CALL) | IN(SECURE_CALL) | IN(INQUEUE_CALL) |          \
               IN(COMMON_MODULE))
#define ALL (CALLS | IN(VOICE_SURVEY))
#define MENUS (IN(INBOUND_CALL) | IN(OUTBOUND_CALL) | IN(SECURE_CALL))
#define QUEUE_ONLY (IN(INQUEUE_CALL) | IN(COMMON_MODULE))
#define POST_FLOW (IN(INBOUND_CALL) | IN(INQUEUE_CALL) | IN(COMMON_MODULE))
#define END { .path = NULL }
#define NONE "{\"noValue\": true}"

/* Fields that several actions share. */
#define NAME                                                                                       \
    { .path = "name", .label = "Name", .kind = FIELD_TEXT,                                         \
      .help = "A distinctive name for the action; it is shown in the flow's structure.",           \
      .source = "documented: at most 200 characters" }
#define PRE_AUDIO                                                                                  \
    { .path = "preTransferAudio", .label = "Pre-transfer audio", .kind = FIELD_AUDIO,              \
      .type = TYPE_AUDIO, .initial = NONE, .help = "What the caller hears before the transfer.",   \
      .source = "documented: transfer actions" }
#define FAILED_AUDIO                                                                               \
    { .path = "failureTransferAudio", .label = "Failed audio", .kind = FIELD_AUDIO,                \
      .type = TYPE_AUDIO, .initial = NONE, .help = "What the caller hears when it fails.",         \
      .source = "documented: transfer actions" }
#define ERROR_OUTPUTS                                                                              \
    { .path = "failureOutputs/errorType", .label = "Error type", .kind = FIELD_RESULT,             \
      .type = TYPE_STRING, .help = "Where the kind of failure is stored.",                         \
      .source = "documented: failure outputs" },                                                   \
    { .path = "failureOutputs/errorMessage", .label = "Error message", .kind = FIELD_RESULT,       \
      .type = TYPE_STRING, .help = "Where the failure's message is stored; it may be NOT_SET.",    \
      .source = "documented: failure outputs" }
#define CONNECT_TIMEOUT                                                                            \
    { .path = "connectTimeout", .label = "Connect timeout", .kind = FIELD_VALUE,                   \
      .type = TYPE_DURATION, .flags = FIELD_SETTING, .initial = NONE,                              \
      .help = "How long an answer is awaited.", .source = "documented: none uses the setting" }
#define QUEUE_FIELD(flag)                                                                          \
    { .path = "targetQueue", .label = "Queue", .kind = FIELD_VALUE, .type = TYPE_QUEUE,            \
      .flags = flag, .initial = NONE, .help = "The queue the caller is sent to.",                  \
      .source = "documented: Transfer to ACD" }
#define TRANSFER_FLOW(types, text)                                                                 \
    { .path = "targetFlow", .label = text, .kind = FIELD_FLOW, .flags = FIELD_REQUIRED,            \
      .flow_types = types, .help = "The flow that takes over the call.",                           \
      .source = "documented: Transfer to Flow" }
#define DATE_TIME                                                                                  \
    { .path = "evaluate", .label = "Evaluate", .kind = FIELD_VARIANT, .choices = "now|dateTime",   \
      .initial = "{\"now\": true}", .help = "Now, or at a date and time.",                         \
      .source = "documented: schedules" },                                                         \
    { .path = "evaluate/dateTime", .label = "Date and time", .kind = FIELD_VALUE,                  \
      .type = TYPE_DATETIME, .when = "evaluate=dateTime",                                          \
      .help = "The moment to look at; NOT_SET raises the error event.",                            \
      .source = "documented: schedules" }
#define TARGET_FIELD                                                                               \
    { .path = "target", .label = "Target", .kind = FIELD_OPTION, .type = TYPE_STRING,              \
      .flags = FIELD_REQUIRED | FIELD_ASSUMED, .choices = "callee|caller|any",                     \
      .initial = "{\"lit\": \"any\"}", .help = TARGET_HELP,                                        \
      .source = "documented: Set Post-Flow; that a new action writes any is assumed" }
#define TARGET_HELP                                                                                \
    "Who is transferred. callee (Agent): the agent, when the caller hangs up. caller (Caller): "   \
    "the caller, when the agent hangs up. any (Any): on any disconnect the party that is left. "   \
    "If the caller abandons before an agent is reached there is nobody to transfer, and the "      \
    "post-flow cannot fire."

static const struct output_info success_failure[] = { { "success", "Success" },
                                                      { "failure", "Failure" },
                                                      { NULL, NULL } };
static const struct output_info success_failure_timeout[] = { { "success", "Success" },
                                                              { "failure", "Failure" },
                                                              { "timeout", "Timeout" },
                                                              { NULL, NULL } };
static const struct output_info failure[] = { { "failure", "Failure" }, { NULL, NULL } };
static const struct output_info failure_timeout[] = { { "failure", "Failure" },
                                                      { "timeout", "Timeout" },
                                                      { NULL, NULL } };
static const struct output_info yes_no[] = { { "yes", "Yes" }, { "no", "No" }, { NULL, NULL } };
static const struct output_info loop_output[] = { { "loop", "Loop" }, { NULL, NULL } };
static const struct output_info found[] = { { "found", "Found" },
                                            { "notFound", "Not Found" },
                                            { "failure", "Failure" },
                                            { NULL, NULL } };
static const struct output_info active[] = { { "active", "Active" },
                                             { "inactive", "Inactive" },
                                             { NULL, NULL } };
static const struct output_info open_closed[] = { { "open", "Open" },
                                                  { "closed", "Closed" },
                                                  { "holiday", "Holiday" },
                                                  { "emergency", "Emergency" },
                                                  { NULL, NULL } };
static const struct output_info default_output[] = { { "default", "Default" }, { NULL, NULL } };

static const struct field only_name[] = { NAME, END };

static const struct field play_audio[] = {
    NAME,
    { .path = "audio", .label = "Audio", .kind = FIELD_AUDIO, .type = TYPE_AUDIO,
      .flags = FIELD_REQUIRED, .initial = "{\"tts\": \"\"}",
      .help = "What is played: text to say, a prompt, or an audio expression.",
      .source = "documented: Play Audio" },
    END,
};

static const struct field hold_music[] = {
    NAME,
    { .path = "prompt", .label = "Prompt", .kind = FIELD_VALUE, .type = TYPE_PROMPT,
      .flags = FIELD_REQUIRED, .initial = "{\"exp\": \"Flow.HoldPrompt\"}",
      .help = "The music; Flow.HoldPrompt is the one of the flow's settings.",
      .source = "documented: Hold Music" },
    { .path = "bargeInEnabled", .label = "Barge-in", .kind = FIELD_VALUE, .type = TYPE_BOOLEAN,
      .initial = "{\"lit\": false}", .help = "Whether keys end the music.",
      .source = "documented: Hold Music" },
    { .path = "playStyle", .label = "Play style", .kind = FIELD_VARIANT,
      .choices = "entirePrompt|duration", .initial = "{\"entirePrompt\": true}",
      .help = "The whole prompt once, or for a time.", .source = "documented: Hold Music" },
    { .path = "playStyle/duration", .label = "Duration", .kind = FIELD_VALUE,
      .type = TYPE_DURATION, .max = 900000, .when = "playStyle=duration",
      .help = "How long it plays; 1 minute in a new action of the product.",
      .source = "documented: 0 to 900 s" },
    END,
};

static const struct field play_wait[] = {
    NAME,
    { .path = "estimatedWaitTime", .label = "Wait time", .kind = FIELD_VALUE,
      .type = TYPE_DURATION, .initial = "{\"exp\": \"Call.EstimatedWaitTime\"}",
      .help = "The time to say; NOT_SET plays nothing.", .source = "documented" },
    { .path = "roundingInterval", .label = "Rounding", .kind = FIELD_VALUE, .type = TYPE_DURATION,
      .help = "Rounds up to this interval, for about and lessThan.", .source = "documented" },
    { .path = "specificRoundingIntervals", .label = "Intervals", .kind = FIELD_ROWS,
      .rows = NULL, .help = "Rounding intervals of their own.", .source = "documented" },
    { .path = "playbackMode", .label = "Mode", .kind = FIELD_WORD,
      .choices = "about|exact|lessThan|range", .initial = "\"about\"",
      .help = "How the time is said.", .source = "documented" },
    END,
};

static const struct field play_position[] = {
    NAME,
    { .path = "positionInQueue", .label = "Position", .kind = FIELD_VALUE, .type = TYPE_INTEGER,
      .initial = "{\"exp\": \"Call.PositionInQueue\"}",
      .help = "The place to say; NOT_SET plays nothing.", .source = "documented" },
    { .path = "playbackMode", .label = "Mode", .kind = FIELD_WORD,
      .choices = "ahead|number|ordinal", .initial = "\"number\"",
      .help = "How the place is said.", .source = "documented" },
    END,
};

static const struct field call_data[] = {
    NAME,
    { .path = "processingPrompt", .label = "Processing prompt", .kind = FIELD_VALUE,
      .type = TYPE_PROMPT, .flags = FIELD_SETTING, .initial = NONE,
      .help = "Played once while the data action runs.", .source = "documented" },
    { .path = "timeout", .label = "Timeout", .kind = FIELD_VALUE, .type = TYPE_DURATION,
      .initial = NONE, .help = "How long an answer is awaited.", .source = "documented" },
    { .path = "category", .label = "Integration", .kind = FIELD_KEY, .flags = FIELD_REQUIRED,
      .help = "The integration that the data action belongs to.", .source = "documented" },
    { .path = "category/*/dataAction", .label = "Data action", .kind = FIELD_KEY,
      .flags = FIELD_REQUIRED, .help = "The data action.", .source = "documented" },
    { .path = "category/*/dataAction/*/inputs", .label = "Inputs", .kind = FIELD_INPUTS,
      .help = "What the data action is given.", .source = "documented" },
    { .path = "category/*/dataAction/*/successOutputs", .label = "Success outputs",
      .kind = FIELD_RESULTS, .help = "Where its results are stored.", .source = "documented" },
    { .path = "category/*/dataAction/*/failureOutputs", .label = "Failure outputs",
      .kind = FIELD_RESULTS, .help = "Where its failure is stored.", .source = "documented" },
    END,
};

static const struct field table_lookup[] = {
    NAME,
    { .path = "lookupValue", .label = "Key value", .kind = FIELD_VALUE, .type = TYPE_STRING,
      .flags = FIELD_REQUIRED, .help = "The key of the row to look for.", .source = "documented" },
    { .path = "dataTable", .label = "Data table", .kind = FIELD_KEY, .flags = FIELD_REQUIRED,
      .help = "The table.", .source = "documented" },
    { .path = "dataTable/*/foundOutputs", .label = "Found outputs", .kind = FIELD_RESULTS,
      .help = "Where the row's columns are stored.", .source = "documented" },
    { .path = "dataTable/*/failureOutputs", .label = "Failure outputs", .kind = FIELD_RESULTS,
      .help = "Where its failure is stored.", .source = "documented" },
    END,
};

static const struct field collect_input[] = {
    NAME,
    { .path = "inputData", .label = "Input data", .kind = FIELD_RESULT, .type = TYPE_STRING,
      .flags = FIELD_REQUIRED, .help = "Where the digits are stored.", .source = "documented" },
    { .path = "digits", .label = "Digits", .kind = FIELD_VARIANT, .choices = "exact|range",
      .initial = "{\"exact\": 1}", .help = "So many digits, or from one number to another.",
      .source = "documented" },
    { .path = "digits/exact", .label = "Exactly", .kind = FIELD_NUMBER, .min = 1, .max = 32,
      .when = "digits=exact", .help = "How many digits.", .source = "documented: 1 to 32" },
    { .path = "digits/range/min", .label = "At least", .kind = FIELD_NUMBER, .min = 1, .max = 32,
      .when = "digits=range", .help = "Fewest digits.", .source = "documented: 1 to 32" },
    { .path = "digits/range/max", .label = "At most", .kind = FIELD_NUMBER, .min = 1, .max = 32,
      .when = "digits=range", .help = "Most digits.", .source = "documented: 1 to 32" },
    { .path = "interDigitTimeout", .label = "Inter-digit timeout", .kind = FIELD_VALUE,
      .type = TYPE_DURATION, .flags = FIELD_SETTING, .initial = NONE, .min = 1000, .max = 99000,
      .help = "How long the next digit is awaited; 3 s unless set.",
      .source = "documented: 1 to 99 s" },
    { .path = "noEntryTimeout", .label = "No-entry timeout", .kind = FIELD_VALUE,
      .type = TYPE_DURATION, .flags = FIELD_SETTING, .initial = NONE, .min = 1000, .max = 99000,
      .help = "How long the first digit is awaited; 5 s unless set.",
      .source = "documented: 1 to 99 s" },
    { .path = "inputAudio", .label = "Input audio", .kind = FIELD_AUDIO, .type = TYPE_AUDIO,
      .flags = FIELD_REQUIRED, .initial = "{\"tts\": \"\"}",
      .help = "What asks for the input.", .source = "documented" },
    { .path = "includeTerminatingDtmfInResultData", .label = "Keep terminator",
      .kind = FIELD_FLAG, .help = "Whether the terminating key is part of the result.",
      .source = "documented" },
    { .path = "acceptJustStar", .label = "Accept *", .kind = FIELD_VALUE, .type = TYPE_BOOLEAN,
      .initial = "{\"lit\": false}", .help = "Whether a single * is an answer.",
      .source = "documented" },
    { .path = "acceptJustPound", .label = "Accept #", .kind = FIELD_VALUE, .type = TYPE_BOOLEAN,
      .initial = "{\"lit\": false}", .help = "Whether a single # is an answer.",
      .source = "documented" },
    { .path = "verificationType", .label = "Verification", .kind = FIELD_WORD,
      .choices = "none|individualDigits|numeric", .initial = "\"none\"",
      .help = "Whether the digits are read back.", .source = "documented" },
    { .path = "verificationAudio", .label = "Verification audio", .kind = FIELD_AUDIO,
      .type = TYPE_AUDIO, .help = "What asks for confirmation.", .source = "documented" },
    END,
};

static const struct field statement_row[] = {
    { .path = "variable", .label = "Variable", .kind = FIELD_VARIABLE, .flags = FIELD_REQUIRED,
      .help = "The variable to write.", .source = "documented" },
    { .path = "value", .label = "Value", .kind = FIELD_VALUE,
      .help = "What it becomes; the types must match.", .source = "documented" },
    END,
};
static const struct field update_data[] = {
    NAME,
    { .path = "statements", .label = "Statements", .kind = FIELD_ROWS,
      .flags = FIELD_REQUIRED | FIELD_ROW_TYPED, .rows = statement_row, .initial = "[]",
      .help = "Assignments; they run in order.", .source = "documented" },
    END,
};

static const struct field set_attribute_row[] = {
    { .path = "name", .label = "Attribute", .kind = FIELD_VALUE, .type = TYPE_STRING,
      .flags = FIELD_REQUIRED, .help = "The attribute's name; upper and lower case matter.",
      .source = "documented" },
    { .path = "value", .label = "Value", .kind = FIELD_VALUE, .type = TYPE_STRING,
      .help = "What it becomes.", .source = "documented" },
    END,
};
static const struct field get_attribute_row[] = {
    { .path = "name", .label = "Attribute", .kind = FIELD_VALUE, .type = TYPE_STRING,
      .flags = FIELD_REQUIRED, .help = "The attribute's name; upper and lower case matter.",
      .source = "documented" },
    { .path = "variable", .label = "Variable", .kind = FIELD_VARIABLE, .flags = FIELD_REQUIRED,
      .help = "The String variable that gets it.", .source = "documented" },
    END,
};
static const struct field set_participant[] = {
    NAME,
    { .path = "attributes", .label = "Attributes", .kind = FIELD_ROWS, .flags = FIELD_REQUIRED,
      .rows = set_attribute_row, .row_key = "attribute", .initial = "[]",
      .help = "Names and values kept with the conversation across flows.",
      .source = "documented" },
    END,
};
static const struct field get_participant[] = {
    NAME,
    { .path = "attributes", .label = "Attributes", .kind = FIELD_ROWS, .flags = FIELD_REQUIRED,
      .rows = get_attribute_row, .row_key = "attribute", .initial = "[]",
      .help = "Names, and the variables that get their values.", .source = "documented" },
    END,
};

static const struct field decision[] = {
    NAME,
    { .path = "condition", .label = "Condition", .kind = FIELD_VALUE, .type = TYPE_BOOLEAN,
      .flags = FIELD_REQUIRED, .initial = NONE,
      .help = "True takes Yes, anything else No (NOT_SET too).", .source = "documented" },
    END,
};

static const struct field switch_fields[] = {
    NAME,
    { .path = "evaluate", .label = "Evaluate", .kind = FIELD_VARIANT,
      .choices = "firstTrue|firstMatch",
      .initial = "{\"firstTrue\": {\"default\": {\"actions\": []}, \"cases\": [{\"case\": "
                 "{\"value\": {\"noValue\": true}, \"actions\": []}}]}}",
      .help = "firstTrue: the first case that is true. firstMatch: the first that equals a value.",
      .source = "documented: two styles" },
    { .path = "evaluate/firstMatch/*/value", .label = "Value", .kind = FIELD_VALUE,
      .when = "evaluate=firstMatch", .help = "What the cases are compared with.",
      .source = "documented" },
    END,
};

static const struct field evaluate_schedule[] = {
    NAME, DATE_TIME,
    { .path = "schedule", .label = "Schedule", .kind = FIELD_VALUE, .type = TYPE_SCHEDULE,
      .initial = NONE, .help = "The schedule to look at.", .source = "documented" },
    { .path = "scheduleTimeZone", .label = "Time zone", .kind = FIELD_VALUE, .type = TYPE_STRING,
      .help = "NOT_SET raises the error event where it is given.", .source = "documented" },
    { .path = "emergencyGroup", .label = "Emergency group", .kind = FIELD_VALUE,
      .type = TYPE_EMERGENCY_GROUP, .help = "Looked at instead of a schedule.",
      .source = "documented" },
    END,
};
static const struct field evaluate_group[] = {
    NAME,
    { .path = "inServiceSchedules", .label = "In service", .kind = FIELD_RESULT,
      .type = TYPE_STRING, .flags = FIELD_COLLECTION, .initial = NONE,
      .help = "Where the names of the active schedules are stored.", .source = "documented" },
    DATE_TIME,
    { .path = "scheduleGroup", .label = "Schedule group", .kind = FIELD_VALUE,
      .type = TYPE_SCHEDULE_GROUP, .flags = FIELD_REQUIRED, .initial = NONE,
      .help = "The group; Emergency, Holiday, Closed, Open are tried in this order.",
      .source = "documented" },
    { .path = "emergencyGroup", .label = "Emergency group", .kind = FIELD_VALUE,
      .type = TYPE_EMERGENCY_GROUP, .initial = NONE, .help = "Goes before the schedules.",
      .source = "documented" },
    END,
};

static const struct field loop[] = {
    NAME,
    { .path = "currentIndex", .label = "Current index", .kind = FIELD_RESULT,
      .type = TYPE_INTEGER, .initial = NONE, .help = "Counts the passes from 0.",
      .source = "documented" },
    { .path = "loopCount", .label = "Loop count", .kind = FIELD_VALUE, .type = TYPE_INTEGER,
      .flags = FIELD_REQUIRED, .initial = "{\"lit\": 1}", .min = 1, .max = 99,
      .help = "How many passes; less than 1 or NOT_SET skips the loop.",
      .source = "documented: literals 1 to 99" },
    END,
};

static const struct field call_module[] = {
    NAME,
    { .path = "commonModule", .label = "Module", .kind = FIELD_KEY, .flags = FIELD_REQUIRED,
      .flow_types = IN(COMMON_MODULE), .help = "The common module.", .source = "documented" },
    { .path = "commonModule/*/*/inputs", .label = "Inputs", .kind = FIELD_INPUTS,
      .help = "What the module's input variables get.", .source = "documented" },
    { .path = "commonModule/*/*/outputs", .label = "Outputs", .kind = FIELD_RESULTS,
      .help = "Where its output variables go.", .source = "documented" },
    END,
};

#define TASK_REF(flag)                                                                             \
    { .path = "targetTaskRef", .label = "Task", .kind = FIELD_TASK, .flags = flag,                 \
      .help = "The task of this flow.", .source = "documented" }
static const struct field call_task[] = {
    NAME, TASK_REF(FIELD_REQUIRED),
    { .path = "inputs", .label = "Inputs", .kind = FIELD_INPUTS,
      .help = "What the task's input variables get.", .source = "documented" },
    END,
};
static const struct field end_task[] = {
    NAME,
    { .path = "outputPath/name", .label = "Path", .kind = FIELD_TEXT,
      .help = "The path of the Call Task that goes on; default unless named.",
      .source = "documented" },
    END,
};
static const struct field jump_to_task[] = { NAME, TASK_REF(FIELD_REQUIRED), END };
static const struct field jump_to_menu[] = {
    NAME,
    { .path = "targetMenuRef", .label = "Menu", .kind = FIELD_MENU, .flags = FIELD_REQUIRED,
      .help = "The menu of this flow.", .source = "documented" },
    END,
};
static const struct field change_state[] = {
    NAME,
    { .path = "targetStateRef", .label = "State", .kind = FIELD_STATE, .flags = FIELD_REQUIRED,
      .help = "The state of this flow.", .source = "documented" },
    END,
};

static const struct field transfer_acd[] = {
    NAME, QUEUE_FIELD(FIELD_REQUIRED),
    { .path = "acdSkills", .label = "Skills", .kind = FIELD_ROWS, .row_key = "acdSkill",
      .help = "Skills an agent must have.", .source = "documented" },
    PRE_AUDIO, FAILED_AUDIO,
    { .path = "priority", .label = "Priority", .kind = FIELD_VALUE, .type = TYPE_INTEGER,
      .min = -25000000, .max = 25000000, .initial = "{\"lit\": 0}",
      .help = "A point is worth about a minute of waiting.",
      .source = "documented: -25,000,000 to 25,000,000" },
    { .path = "preferredAgents", .label = "Preferred agents", .kind = FIELD_VALUE,
      .help = "Agents to try first, with scores.", .source = "documented: at most 20" },
    { .path = "languageSkill", .label = "Language skill", .kind = FIELD_VALUE,
      .type = TYPE_LANGUAGE_SKILL, .initial = NONE, .help = "The language an agent must speak.",
      .source = "documented" },
    { .path = "directAgent", .label = "Direct agent", .kind = FIELD_VALUE, .type = TYPE_USER,
      .help = "The agent to try before all others.", .source = "documented" },
    ERROR_OUTPUTS,
    { .path = "overrideInQueueFlow", .label = "In-queue flow", .kind = FIELD_FLOW,
      .flow_types = IN(INQUEUE_CALL),
      .help = "Runs while the caller waits, instead of the queue's own.", .source = "documented" },
    END,
};
static const struct field transfer_user[] = {
    NAME,
    { .path = "targetUser", .label = "User", .kind = FIELD_VALUE, .type = TYPE_USER,
      .flags = FIELD_REQUIRED, .initial = NONE, .help = "Whom to call.", .source = "documented" },
    { .path = "allowVoicemailRollover", .label = "Voicemail", .kind = FIELD_VALUE,
      .type = TYPE_BOOLEAN, .help = "Whether no answer leads to voicemail; yes unless false.",
      .source = "documented" },
    CONNECT_TIMEOUT, PRE_AUDIO, FAILED_AUDIO, ERROR_OUTPUTS, END,
};
static const struct field transfer_group[] = {
    NAME,
    { .path = "targetGroup", .label = "Group", .kind = FIELD_VALUE, .type = TYPE_GROUP,
      .flags = FIELD_REQUIRED, .initial = NONE, .help = "Whom to call.", .source = "documented" },
    { .path = "allowVoicemailRollover", .label = "Voicemail", .kind = FIELD_VALUE,
      .type = TYPE_BOOLEAN, .help = "Whether no answer leads to voicemail; yes unless false.",
      .source = "documented" },
    CONNECT_TIMEOUT, PRE_AUDIO, FAILED_AUDIO, ERROR_OUTPUTS, END,
};
static const struct field transfer_number[] = {
    NAME,
    { .path = "targetNumber", .label = "Number", .kind = FIELD_VALUE, .type = TYPE_STRING,
      .flags = FIELD_REQUIRED, .initial = NONE, .help = "The number; E.164 is advised.",
      .source = "documented" },
    { .path = "releaseLinkTransfer", .label = "Release link", .kind = FIELD_VALUE,
      .type = TYPE_BOOLEAN, .help = "Hands the call over to the carrier.",
      .source = "documented" },
    CONNECT_TIMEOUT, PRE_AUDIO, FAILED_AUDIO, ERROR_OUTPUTS, END,
};
static const struct field transfer_flow[] = {
    NAME, TRANSFER_FLOW(IN(INBOUND_CALL), "Inbound Call Flow"), PRE_AUDIO, FAILED_AUDIO,
    ERROR_OUTPUTS, END,
};
static const struct field transfer_secure[] = {
    NAME, TRANSFER_FLOW(IN(SECURE_CALL), "Secure Call Flow"),
    { .path = "invocationData", .label = "Invocation Data", .kind = FIELD_VALUE,
      .type = TYPE_STRING, .initial = NONE,
      .help = "A text that the secure flow reads as Flow.InvocationData.",
      .source = "documented: a String" },
    { .path = "connectTimeout", .label = "Connect timeout", .kind = FIELD_VALUE,
      .type = TYPE_DURATION, .flags = FIELD_SETTING, .initial = NONE, .min = 10000, .max = 60000,
      .help = "How long the flow is awaited; 15 s unless set.",
      .source = "documented: 10 to 60 s" },
    PRE_AUDIO, FAILED_AUDIO, ERROR_OUTPUTS, END,
};
static const struct field transfer_voicemail[] = {
    NAME,
    { .path = "destination", .label = "Destination", .kind = FIELD_VARIANT,
      .choices = "queue|user|group",
      .initial = "{\"queue\": {\"targetQueue\": {\"noValue\": true}}}",
      .help = "Whose voicemail takes the message.", .source = "documented" },
    { .path = "destination/queue/targetQueue", .label = "Queue", .kind = FIELD_VALUE,
      .type = TYPE_QUEUE, .when = "destination=queue", .help = "The queue.",
      .source = "documented" },
    { .path = "destination/queue/callbackNumber", .label = "Callback number",
      .kind = FIELD_VALUE, .type = TYPE_PHONE, .when = "destination=queue",
      .help = "The number to call back.", .source = "documented" },
    { .path = "destination/queue/calleeName", .label = "Callee name", .kind = FIELD_VALUE,
      .type = TYPE_STRING, .when = "destination=queue", .help = "Whom to ask for.",
      .source = "documented" },
    { .path = "destination/queue/voicemailGreeting", .label = "Greeting", .kind = FIELD_AUDIO,
      .type = TYPE_AUDIO, .when = "destination=queue", .help = "Played before the tone.",
      .source = "documented" },
    { .path = "destination/user/targetUser", .label = "User", .kind = FIELD_VALUE,
      .type = TYPE_USER, .when = "destination=user", .help = "The user.",
      .source = "assumed: spelling" },
    { .path = "destination/group/targetGroup", .label = "Group", .kind = FIELD_VALUE,
      .type = TYPE_GROUP, .when = "destination=group", .help = "The group.",
      .source = "assumed: spelling" },
    ERROR_OUTPUTS, END,
};

static const struct field set_post_flow[] = {
    NAME, TARGET_FIELD,
    { .path = "actionType", .label = "Action Type", .kind = FIELD_OPTION, .type = TYPE_STRING,
      .flags = FIELD_REQUIRED, .choices = "inboundCallFlow|voiceSurveyFlow",
      .initial = "{\"lit\": \"inboundCallFlow\"}",
      .help = "What is invoked: an inbound call flow or a voice survey flow. An agent (callee) "
              "cannot be sent to a voice survey flow, and surveys are for inbound calls only.",
      .source = "documented: default inboundCallFlow" },
    { .path = "targetFlow", .label = "Flow", .kind = FIELD_FLOW, .flags = FIELD_REQUIRED,
      .flow_types = IN(INBOUND_CALL) | IN(VOICE_SURVEY),
      .help = "The flow to invoke, of the type that Action Type names: pick one, open it, or "
              "create a new one.",
      .source = "documented: exactly one, of that type" },
    { .path = "invocationData", .label = "Invocation Data", .kind = FIELD_VALUE,
      .type = TYPE_JSON, .initial = NONE,
      .help = "Optional JSON, a literal or an expression. The invoked flow reads it as "
              "Call.InvocationData; without it that is NOT_SET.",
      .source = "documented: no value by default" },
    END,
};
static const struct field clear_post_flow[] = { NAME, TARGET_FIELD, END };

static const struct field screen_pop[] = {
    NAME,
    { .path = "screenPopScript", .label = "Script", .kind = FIELD_KEY, .flags = FIELD_REQUIRED,
      .help = "The script shown to the agent.", .source = "documented" },
    { .path = "screenPopScript/*/inputs", .label = "Inputs", .kind = FIELD_INPUTS,
      .help = "What the script is given.", .source = "documented" },
    END,
};
static const struct field set_language[] = {
    NAME,
    { .path = "languageValue", .label = "Language value", .kind = FIELD_VALUE,
      .type = TYPE_STRING, .help = "A language tag with region, or an expression.",
      .source = "documented" },
    { .path = "language", .label = "Language", .kind = FIELD_TEXT,
      .help = "A language tag with region: de-de.", .source = "documented" },
    END,
};
static const struct field create_callback[] = {
    NAME,
    { .path = "callbackNumber", .label = "Number", .kind = FIELD_VALUE, .type = TYPE_PHONE,
      .flags = FIELD_REQUIRED, .initial = "{\"exp\": \"ToPhoneNumber(Call.Ani)\"}",
      .help = "The number to call back.", .source = "documented" },
    { .path = "calleeName", .label = "Callee name", .kind = FIELD_VALUE, .type = TYPE_STRING,
      .initial = NONE, .help = "Whom to ask for.", .source = "documented" },
    { .path = "queue", .label = "Queue", .kind = FIELD_VALUE, .type = TYPE_QUEUE,
      .initial = NONE, .help = "Whose agents call back.", .source = "documented" },
    { .path = "script", .label = "Script", .kind = FIELD_KEY,
      .help = "The script of the callback.", .source = "documented" },
    END,
};

static const struct field ask_survey[] = {
    NAME,
    { .path = "surveyQuestion", .label = "Survey question", .kind = FIELD_VALUE,
      .type = TYPE_SURVEY_QUESTION, .flags = FIELD_REQUIRED, .initial = NONE,
      .help = "The question of the survey form, by its text.", .source = "documented" },
    { .path = "question", .label = "Question", .kind = FIELD_VALUE, .type = TYPE_STRING,
      .initial = NONE, .help = "What is said.", .source = "documented" },
    { .path = "answer", .label = "Answer", .kind = FIELD_VALUE, .type = TYPE_COMMUNICATION,
      .help = "Explains the options.", .source = "documented" },
    { .path = "followUpQuestion", .label = "Follow-up", .kind = FIELD_VALUE,
      .type = TYPE_COMMUNICATION, .help = "Asked after the answer.", .source = "documented" },
    { .path = "notApplicable", .label = "Not applicable", .kind = FIELD_VALUE,
      .type = TYPE_STRING, .help = "The key for no opinion.", .source = "documented" },
    { .path = "questionCondition", .label = "Condition", .kind = FIELD_VALUE,
      .type = TYPE_BOOLEAN, .help = "Comes from the form; NOT_SET is always.",
      .source = "documented" },
    { .path = "surveyQuestionResult", .label = "Result", .kind = FIELD_RESULT,
      .type = TYPE_SURVEY_QUESTION, .help = "Where the answer is stored.",
      .source = "documented" },
    { .path = "noInput", .label = "No input", .kind = FIELD_VALUE, .type = TYPE_STRING,
      .help = "Said when nothing was entered.", .source = "documented" },
    { .path = "noMatch", .label = "No match", .kind = FIELD_VALUE, .type = TYPE_STRING,
      .help = "Said when the entry fits no option.", .source = "documented" },
    { .path = "voiceEndOfInputTimeout", .label = "End of input", .kind = FIELD_VALUE,
      .type = TYPE_DURATION, .help = "How long a spoken answer may pause.",
      .source = "documented" },
    END,
};

#define CHOICE_FIELDS                                                                              \
    NAME,                                                                                          \
    { .path = "dtmf", .label = "Key", .kind = FIELD_WORD,                                          \
      .choices = "digit_1|digit_2|digit_3|digit_4|digit_5|digit_6|digit_7|digit_8|digit_9|"        \
                 "digit_0|digit_*|digit_#",                                                        \
      .help = "The key that chooses it; none is by speech only.", .source = "documented" },        \
    { .path = "globalDtmf", .label = "Global key", .kind = FIELD_FLAG,                             \
      .help = "Whether the key works in every menu of the flow.", .source = "documented" },        \
    { .path = "globalSpeechRecTerms", .label = "Global speech", .kind = FIELD_FLAG,                \
      .help = "Whether its words work in every menu.", .source = "documented" }
static const struct field choice_plain[] = { CHOICE_FIELDS, END };
static const struct field choice_task[] = { CHOICE_FIELDS, TASK_REF(FIELD_REQUIRED), END };
static const struct field choice_menu[] = {
    CHOICE_FIELDS,
    { .path = "targetMenuRef", .label = "Menu", .kind = FIELD_MENU, .flags = FIELD_REQUIRED,
      .help = "The menu of this flow.", .source = "documented" },
    END,
};
static const struct field choice_sub[] = {
    CHOICE_FIELDS,
    { .path = "audio", .label = "Prompt", .kind = FIELD_AUDIO, .type = TYPE_AUDIO,
      .help = "What is played before a key is awaited.", .source = "documented" },
    END,
};
static const struct field choice_acd[] = {
    CHOICE_FIELDS, QUEUE_FIELD(FIELD_REQUIRED), PRE_AUDIO, FAILED_AUDIO,
    { .path = "priority", .label = "Priority", .kind = FIELD_VALUE, .type = TYPE_INTEGER,
      .min = -25000000, .max = 25000000, .help = "A point is worth about a minute of waiting.",
      .source = "documented" },
    END,
};
static const struct field choice_user[] = {
    CHOICE_FIELDS,
    { .path = "targetUser", .label = "User", .kind = FIELD_VALUE, .type = TYPE_USER,
      .flags = FIELD_REQUIRED, .initial = NONE, .help = "Whom to call.", .source = "documented" },
    CONNECT_TIMEOUT, PRE_AUDIO, FAILED_AUDIO, END,
};
static const struct field choice_group[] = {
    CHOICE_FIELDS,
    { .path = "targetGroup", .label = "Group", .kind = FIELD_VALUE, .type = TYPE_GROUP,
      .flags = FIELD_REQUIRED, .initial = NONE, .help = "Whom to call.", .source = "documented" },
    CONNECT_TIMEOUT, PRE_AUDIO, FAILED_AUDIO, END,
};
static const struct field choice_number[] = {
    CHOICE_FIELDS,
    { .path = "targetNumber", .label = "Number", .kind = FIELD_VALUE, .type = TYPE_STRING,
      .flags = FIELD_REQUIRED, .initial = NONE, .help = "The number.", .source = "documented" },
    CONNECT_TIMEOUT, PRE_AUDIO, FAILED_AUDIO, END,
};
static const struct field choice_flow[] = {
    CHOICE_FIELDS, TRANSFER_FLOW(IN(INBOUND_CALL), "Inbound Call Flow"), PRE_AUDIO, FAILED_AUDIO,
    END,
};
static const struct field choice_secure[] = {
    CHOICE_FIELDS, TRANSFER_FLOW(IN(SECURE_CALL), "Secure Call Flow"),
    { .path = "invocationData", .label = "Invocation Data", .kind = FIELD_VALUE,
      .type = TYPE_STRING, .help = "A text for the secure flow.", .source = "documented" },
    CONNECT_TIMEOUT, PRE_AUDIO, FAILED_AUDIO, END,
};
static const struct field choice_voicemail[] = {
    CHOICE_FIELDS,
    { .path = "destination", .label = "Destination", .kind = FIELD_VARIANT,
      .choices = "queue|user|group",
      .initial = "{\"queue\": {\"targetQueue\": {\"noValue\": true}}}",
      .help = "Whose voicemail takes the message.", .source = "documented" },
    { .path = "destination/queue/targetQueue", .label = "Queue", .kind = FIELD_VALUE,
      .type = TYPE_QUEUE, .when = "destination=queue", .help = "The queue.",
      .source = "documented" },
    END,
};
static const struct field choice_extension[] = {
    CHOICE_FIELDS,
    { .path = "extensionVariable", .label = "Extension", .kind = FIELD_RESULT,
      .type = TYPE_STRING, .help = "Where the extension is stored.", .source = "documented" },
    { .path = "interDigitTimeout", .label = "Inter-digit timeout", .kind = FIELD_VALUE,
      .type = TYPE_DURATION, .flags = FIELD_SETTING, .help = "6 s unless set.",
      .source = "documented: default 6 s" },
    { .path = "repromptCount", .label = "Reprompts", .kind = FIELD_VALUE, .type = TYPE_INTEGER,
      .help = "How often it is asked again; 0 unless set.", .source = "documented" },
    END,
};

const struct action_info action_table[] = {
    { "playAudio", "Play Audio", "play audio", "Audio", ALL, 0, ASKS_NEVER, NULL, play_audio, NULL,
      "Plays audio to the caller; keys pressed meanwhile are kept for the next input.",
      "documented: Play Audio" },
    { "holdMusic", "Hold Music", "hold music", "Audio", QUEUE_ONLY, 0, ASKS_NEVER, NULL,
      hold_music, NULL, "Plays music while the caller waits.", "documented: Hold Music" },
    { "playEstimatedWaitTime", "Play Estimated Wait Time", "wait time", "Audio", QUEUE_ONLY, 0,
      ASKS_NEVER, NULL, play_wait, NULL, "Says how long the wait is likely to be.",
      "documented" },
    { "playPositionInQueue", "Play Position in Queue", "queue position", "Audio", QUEUE_ONLY, 0,
      ASKS_NEVER, NULL, play_position, NULL, "Says the caller's place in the queue.",
      "documented" },
    { "callData", "Call Data Action", "data action", "Data", ALL, 0, ASKS_RESULT,
      success_failure_timeout, call_data, NULL,
      "Runs a data action of an integration and stores its results.",
      "documented: Call Data Action" },
    { "dataTableLookup", "Data Table Lookup", "data table", "Data", ALL, 0, ASKS_RESULT, found,
      table_lookup, NULL, "Looks up a row of a data table by its key.", "documented" },
    { "collectInput", "Collect Input", "collect input", "Data",
      IN(INBOUND_CALL) | IN(OUTBOUND_CALL) | IN(SECURE_CALL) | IN(INQUEUE_CALL) |
          IN(COMMON_MODULE),
      0, ASKS_KEYS, success_failure, collect_input, NULL,
      "Asks the caller for digits. Too few or none is Failure; further digits wait for the next "
      "input.",
      "documented: Collect Input" },
    { "updateData", "Update Data", "update data", "Data", ALL, 0, ASKS_NEVER, NULL, update_data,
      NULL, "Assigns values to variables, in order.", "documented: Update Data" },
    { "setParticipantData", "Set Participant Data", "set participant data", "Data", ALL, 0,
      ASKS_NEVER, NULL, set_participant, NULL,
      "Keeps texts with the conversation; they survive transfers to other flows.",
      "documented: Set Participant Data" },
    { "getParticipantData", "Get Participant Data", "get participant data", "Data", ALL, 0,
      ASKS_NEVER, NULL, get_participant, NULL,
      "Reads what was kept with the conversation; a missing attribute is NOT_SET.",
      "documented: Get Participant Data" },
    { "disconnect", "Disconnect", "disconnect", "Disconnect", ALL, ACTION_ENDS, ASKS_NEVER, NULL,
      only_name, NULL, "Ends the flow and the call. No post-flow fires by it.",
      "documented; that nothing fires is an option (systemDisconnect)" },
    { "setPostFlow", "Set Post-Flow", "set post-flow", "Flow", POST_FLOW, ACTION_TASK_ONLY,
      ASKS_NEVER, NULL, set_post_flow, NULL,
      "Arms a post-flow action on the interaction: when the other side disconnects, the target is "
      "transferred to an inbound call flow or a voice survey flow instead of being disconnected. "
      "It stays until Clear Post-Flow or Transfer to Secure Flow takes it away. Available in "
      "inbound call, in-queue call and common module flows. Needs Edge 1.0.0.15220; a survey "
      "needs CX 1 with WEM Add-on II, CX 2 with WEM Add-on I, or CX 3. If the agent schedules a "
      "callback and ends the first interaction, the survey comes before the callback. An agent "
      "cannot be sent to a survey, and surveys after the call are for inbound calls only.",
      "documented: Set Post-Flow" },
    { "clearPostFlow", "Clear Post-Flow", "clear post-flow", "Flow", POST_FLOW, ACTION_TASK_ONLY,
      ASKS_NEVER, NULL, clear_post_flow, NULL,
      "Takes away the post-flow action of the target: for instance because the caller did not "
      "consent to the survey. Clearing what is not set does nothing.",
      "documented: Clear Post-Flow; that clearing nothing is fine is assumed" },
    { "createCallback", "Create Callback", "create callback", "Flow", CALLS, 0, ASKS_NEVER, NULL,
      create_callback, NULL, "Asks for the caller to be called back.", "documented" },
    { "setScreenPop", "Set Screen Pop", "screen pop", "Flow", CALLS, 0, ASKS_NEVER, NULL,
      screen_pop, NULL, "Chooses the script that the agent sees.", "documented" },
    { "setLanguage", "Set Language", "set language", "Flow", CALLS, 0, ASKS_NEVER, NULL,
      set_language, NULL, "Changes the language of the call.", "documented" },
    { "decision", "Decision", "decision", "Logical", ALL, 0, ASKS_NEVER, yes_no, decision, NULL,
      "Takes Yes when the condition is true, else No.", "documented: Decision" },
    { "switch", "Switch", "switch", "Logical", ALL, ACTION_HAS_CASES, ASKS_NEVER, NULL,
      switch_fields, NULL, "Takes the first case that is true or equal, else Default.",
      "documented: 1 to 64 cases" },
    { "evaluateSchedule", "Evaluate Schedule", "schedule", "Logical", CALLS, 0, ASKS_RESULT,
      active, evaluate_schedule, NULL, "Takes Active or Inactive by a schedule.",
      "documented" },
    { "evaluateScheduleGroup", "Evaluate Schedule Group", "schedule group", "Logical", CALLS, 0,
      ASKS_RESULT, open_closed, evaluate_group, NULL,
      "Takes Emergency, Holiday, Closed or Open; nothing that matches is Closed.",
      "documented" },
    { "loop", "Loop", "loop", "Loop", ALL, ACTION_LOOP, ASKS_NEVER, loop_output, loop, NULL,
      "Runs its path a number of times.", "documented: Loop" },
    { "loopNext", "Next Loop", "next loop", "Loop", ALL, ACTION_ENDS | ACTION_ENDS_LOOP,
      ASKS_NEVER, NULL, only_name, NULL, "Goes on with the next pass of the loop.",
      "documented" },
    { "loopExit", "Exit Loop", "exit loop", "Loop", ALL, ACTION_ENDS | ACTION_ENDS_LOOP,
      ASKS_NEVER, NULL, only_name, NULL, "Leaves the loop.", "documented" },
    { "jumpToMenu", "Jump to Menu", "jump to menu", "Menu", MENUS, ACTION_ENDS, ASKS_NEVER, NULL,
      jump_to_menu, NULL, "Leaves the task for a menu and does not return.", "documented" },
    { "previousMenu", "Previous Menu", "previous menu", "Menu", MENUS, ACTION_ENDS, ASKS_NEVER,
      NULL, only_name, NULL, "Goes back to the menu before this one.", "documented" },
    { "repeatMenu", "Repeat Menu", "repeat menu", "Menu", MENUS, ACTION_ENDS, ASKS_NEVER, NULL,
      only_name, NULL, "Plays the current menu again.", "documented" },
    { "jumpToTask", "Jump to Reusable Task", "jump to task", "Task",
      MENUS | IN(VOICE_SURVEY), ACTION_ENDS, ASKS_NEVER, NULL, jump_to_task, NULL,
      "Leaves the task for another one and does not return.", "documented" },
    { "callTask", "Call Task", "call task", "Task", MENUS | IN(VOICE_SURVEY), ACTION_HAS_PATHS,
      ASKS_NEVER, default_output, call_task, NULL,
      "Runs a task and goes on with the path that its End Task names.", "documented" },
    { "endTask", "End Task", "end task", "Task", ALL, ACTION_ENDS, ASKS_NEVER, NULL, end_task,
      NULL, "Ends the task; the caller of the task goes on.", "documented" },
    { "callCommonModule", "Call Common Module", "common module", "Common",
      ALL & ~IN(COMMON_MODULE), 0, ASKS_NEVER, NULL, call_module, NULL,
      "Runs a common module in this call; what it arms stays armed.", "documented" },
    { "changeState", "Change State", "change state", "State", IN(VOICE_SURVEY), ACTION_ENDS,
      ASKS_NEVER, NULL, change_state, NULL, "Leaves the state for another one.", "documented" },
    { "endState", "End State", "end state", "State", IN(VOICE_SURVEY), ACTION_ENDS, ASKS_NEVER,
      NULL, only_name, NULL, "Ends the state, and with it the flow.", "documented" },
    { "askSurveyQuestion", "Ask Survey Question", "ask", "Ask", IN(VOICE_SURVEY), 0, ASKS_KEYS,
      NULL, ask_survey, NULL, "Asks a question of the survey form and stores the answer.",
      "documented" },
    { "returnToAgent", "Return to Agent", "return to agent", "Secure", IN(SECURE_CALL),
      ACTION_ENDS, ASKS_NEVER, NULL, only_name, NULL,
      "Ends the secure flow; the agent who started it goes on. Without one the call ends.",
      "documented" },
    { "transferToAcd", "Transfer to ACD", "transfer ACD", "Transfer", CALLS, ACTION_TRANSFER,
      ASKS_QUEUE, failure, transfer_acd, NULL,
      "Puts the caller into a queue; the in-queue flow runs until an agent answers.",
      "documented: Transfer to ACD" },
    { "transferToUser", "Transfer to User", "transfer user", "Transfer", CALLS, ACTION_TRANSFER,
      ASKS_RESULT, failure, transfer_user, NULL, "Calls a user.", "documented" },
    { "transferToNumber", "Transfer to Number", "transfer number", "Transfer", CALLS,
      ACTION_TRANSFER, ASKS_RESULT, failure, transfer_number, NULL, "Calls an external number.",
      "documented" },
    { "transferToGroup", "Transfer to Group", "transfer group", "Transfer", CALLS,
      ACTION_TRANSFER, ASKS_RESULT, failure, transfer_group, NULL, "Calls a group.",
      "documented" },
    { "transferToFlow", "Transfer to Flow", "transfer flow", "Transfer", CALLS, ACTION_TRANSFER,
      ASKS_NEVER, failure, transfer_flow, NULL,
      "Goes on in another inbound call flow with fresh variables; participant data stay.",
      "documented" },
    { "transferToFlowSecure", "Transfer to Secure Flow", "transfer secure", "Transfer",
      CALLS & ~IN(SECURE_CALL), ACTION_TRANSFER, ASKS_NEVER, failure, transfer_secure, NULL,
      "Goes on in a secure call flow. It takes the post-flow action away.",
      "documented; when exactly is an option (secureTransferClears)" },
    { "transferToVoicemail", "Transfer to Voicemail", "voicemail", "Transfer", CALLS,
      ACTION_TRANSFER, ASKS_RESULT, failure, transfer_voicemail, NULL,
      "Takes a message of at most three minutes.", "documented" },

    { "menuTask", "Task", "task", "Task", MENUS, ACTION_CHOICE, ASKS_NEVER, NULL, choice_plain,
      "task", "Runs the actions of its own task.", "documented: menu choices" },
    { "menuSubMenu", "Sub-Menu", "menu", "Menu", MENUS, ACTION_CHOICE, ASKS_KEYS, NULL,
      choice_sub, "menu", "A menu inside the menu.", "documented: menu choices" },
    { "menuDisconnect", "Disconnect", "disconnect", "Disconnect", MENUS,
      ACTION_CHOICE | ACTION_ENDS, ASKS_NEVER, NULL, choice_plain, "disconnect",
      "Ends the call.", "documented: menu choices" },
    { "menuDialByExtension", "Dial by Extension", "extension", "Dial", MENUS, ACTION_CHOICE,
      ASKS_RESULT, failure_timeout, choice_extension, "dialByExtension",
      "Takes an extension and calls it.", "documented: menu choices" },
    { "menuJumpToMenu", "Jump to Menu", "jump to menu", "Menu", MENUS,
      ACTION_CHOICE | ACTION_ENDS, ASKS_NEVER, NULL, choice_menu, "jumpToMenu",
      "Goes to another menu.", "documented: menu choices" },
    { "menuJumpToTask", "Jump to Reusable Task", "jump to task", "Task", MENUS,
      ACTION_CHOICE | ACTION_ENDS, ASKS_NEVER, NULL, choice_task, "jumpToTask",
      "Goes to a task.", "documented: menu choices" },
    { "menuPreviousMenu", "Previous Menu", "previous menu", "Menu", MENUS,
      ACTION_CHOICE | ACTION_ENDS, ASKS_NEVER, NULL, choice_plain, "previousMenu",
      "Goes back to the menu before.", "documented: menu choices" },
    { "menuRepeatMenu", "Repeat Menu", "repeat menu", "Menu", MENUS,
      ACTION_CHOICE | ACTION_ENDS, ASKS_NEVER, NULL, choice_plain, "repeatMenu",
      "Plays the menu again.", "documented: menu choices" },
    { "menuReturnToAgent", "Return to Agent", "return to agent", "Secure", IN(SECURE_CALL),
      ACTION_CHOICE | ACTION_ENDS, ASKS_NEVER, NULL, choice_plain, "returnToAgent",
      "Ends the secure flow.", "documented: menu choices" },
    { "menuTransferToAcd", "Transfer to ACD", "transfer ACD", "Transfer", MENUS,
      ACTION_CHOICE | ACTION_TRANSFER, ASKS_QUEUE, failure, choice_acd, "transferToAcd",
      "Puts the caller into a queue; a failure repeats the menu.", "documented: menu choices" },
    { "menuTransferToUser", "Transfer to User", "transfer user", "Transfer", MENUS,
      ACTION_CHOICE | ACTION_TRANSFER, ASKS_RESULT, failure, choice_user, "transferToUser",
      "Calls a user; a failure repeats the menu.", "documented: menu choices" },
    { "menuTransferToNumber", "Transfer to Number", "transfer number", "Transfer", MENUS,
      ACTION_CHOICE | ACTION_TRANSFER, ASKS_RESULT, failure, choice_number, "transferToNumber",
      "Calls a number; a failure repeats the menu.", "documented: menu choices" },
    { "menuTransferToGroup", "Transfer to Group", "transfer group", "Transfer", MENUS,
      ACTION_CHOICE | ACTION_TRANSFER, ASKS_RESULT, failure, choice_group, "transferToGroup",
      "Calls a group; a failure repeats the menu.", "documented: menu choices" },
    { "menuTransferToFlow", "Transfer to Flow", "transfer flow", "Transfer", MENUS,
      ACTION_CHOICE | ACTION_TRANSFER, ASKS_NEVER, failure, choice_flow, "transferToFlow",
      "Goes on in another flow; a failure repeats the menu.", "documented: menu choices" },
    { "menuTransferToFlowSecure", "Transfer to Secure Flow", "transfer secure", "Transfer",
      IN(INBOUND_CALL) | IN(OUTBOUND_CALL), ACTION_CHOICE | ACTION_TRANSFER, ASKS_NEVER, failure,
      choice_secure, "transferToFlowSecure", "Goes on in a secure flow.",
      "documented: menu choices" },
    { "menuTransferToVoicemail", "Transfer to Voicemail", "voicemail", "Transfer", MENUS,
      ACTION_CHOICE | ACTION_TRANSFER, ASKS_RESULT, failure, choice_voicemail,
      "transferToVoicemail", "Takes a message.", "documented: menu choices" },
};

const size_t action_table_count = sizeof action_table / sizeof *action_table;
