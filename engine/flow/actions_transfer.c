/* Fields of the category Transfer, and of the menu choices that transfer: the same fields behind
 * those of a choice (archy.md sections 4.2 and 8, domain.md sections 2.2 and 4.9). */
#include "engine/flow/actions.h"

#define TRANSFER_AUDIO                                                                             \
    AUDIO("preTransferAudio", "Pre-transfer audio", "What the caller hears before the transfer."), \
        AUDIO("failureTransferAudio", "Failed audio",                                              \
              "What the caller hears when the transfer failed, before Failure goes on.")

#define OBJECT_TO(path_, label_, type_, help_)                                                     \
    { .path = path_, .label = label_, .kind = FIELD_VALUE, .type = type_,                          \
      .flags = FIELD_REQUIRED, .initial = NONE, .help = help_,                                     \
      .source = "documented: transfer target" }

#define CONNECT_TIMEOUT(help_)                                                                     \
    { .path = "connectTimeout", .label = "Connect timeout", .kind = FIELD_VALUE,                   \
      .type = TYPE_DURATION, .flags = FIELD_SETTING, .initial = NONE, .help = help_,               \
      .source = "documented: none takes the flow's setting" }

#define ROLLOVER                                                                                   \
    { .path = "allowVoicemailRollover", .label = "Voicemail", .kind = FIELD_VALUE,                 \
      .type = TYPE_BOOLEAN,                                                                        \
      .help = "Whether an unanswered call goes to voicemail. true and NOT_SET: yes; false: it is " \
              "a failure.",                                                                        \
      .source = "documented: NOT_SET is yes" }

#define ACD                                                                                        \
    OBJECT_TO("targetQueue", "Queue", TYPE_QUEUE, "The queue in which the caller waits."),         \
    { .path = "acdSkills", .label = "Skills", .kind = FIELD_ROWS, .type = TYPE_SKILL,              \
      .row_key = "acdSkill", .help = "Skills that the agent must have.",                           \
      .source = "documented: Transfer to ACD" },                                                   \
    TRANSFER_AUDIO,                                                                                \
    { .path = "priority", .label = "Priority", .kind = FIELD_VALUE, .type = TYPE_INTEGER,          \
      .initial = "{\"lit\": 0}", .min = -25000000, .max = 25000000,                                \
      .help = "A point is worth about a minute of waiting.",                                       \
      .source = "documented: -25,000,000 to 25,000,000" },                                         \
    { .path = "preferredAgents", .label = "Preferred agents", .kind = FIELD_VALUE,                 \
      .type = TYPE_AGENT_SCORE_PAIR, .flags = FIELD_COLLECTION, .initial = NONE,                   \
      .help = "Agents to try first, with scores; a collection of agent score pairs.",              \
      .source = "documented: at most 20" },                                                        \
    { .path = "languageSkill", .label = "Language skill", .kind = FIELD_VALUE,                     \
      .type = TYPE_LANGUAGE_SKILL, .initial = NONE,                                                \
      .help = "The language that the agent must speak; none takes that of the call's language.",   \
      .source = "documented: Transfer to ACD" },                                                   \
    { .path = "directAgent", .label = "Direct agent", .kind = FIELD_VALUE, .type = TYPE_USER,      \
      .help = "The agent who is tried before all others, the preferred ones included.",            \
      .source = "documented: Transfer to ACD" },                                                   \
    ERROR_OUTPUTS,                                                                                 \
    { .path = "overrideInQueueFlow", .label = "In-queue flow", .kind = FIELD_FLOW,                 \
      .flow_types = IN(INQUEUE_CALL),                                                              \
      .help = "Runs while the caller waits, instead of the queue's in-queue flow and the default " \
              "one. Unless it is published, hold music plays.",                                    \
      .source = "documented: Transfer to ACD" },                                                   \
    { .path = "appendSkills", .label = "Append skills", .kind = FIELD_VALUE,                       \
      .type = TYPE_BOOLEAN,                                                                        \
      .help = "Whether the skills are added to those that the conversation has; otherwise they "   \
              "take their place.",                                                                 \
      .source = "documented: Transfer to ACD" }

#define USER                                                                                       \
    OBJECT_TO("targetUser", "User", TYPE_USER, "The user who is called."), ROLLOVER,               \
    CONNECT_TIMEOUT("How long an answer is awaited; else the user's time until voicemail."),       \
    TRANSFER_AUDIO, ERROR_OUTPUTS

#define GROUP                                                                                      \
    OBJECT_TO("targetGroup", "Group", TYPE_GROUP, "The group that is called."), ROLLOVER,          \
    CONNECT_TIMEOUT("How long an answer is awaited; else the group's time until voicemail."),      \
    TRANSFER_AUDIO, ERROR_OUTPUTS

#define NUMBER                                                                                     \
    OBJECT_TO("targetNumber", "Number", TYPE_STRING, "The number that is called; E.164 is best."), \
    { .path = "releaseLinkTransfer", .label = "Release link", .kind = FIELD_VALUE,                 \
      .type = TYPE_BOOLEAN,                                                                        \
      .help = "Whether the carrier takes over the call; false and NOT_SET: no.",                   \
      .source = "documented: Transfer to Number" },                                                \
    CONNECT_TIMEOUT("How long an answer is awaited; else the trunk's timeout."),                   \
    TRANSFER_AUDIO, ERROR_OUTPUTS

#define TARGET_FLOW(type_, label_)                                                                 \
    { .path = "targetFlow", .label = label_, .kind = FIELD_FLOW, .flags = FIELD_REQUIRED,          \
      .flow_types = IN(type_), .help = "The flow that takes over the call; it must be published.", \
      .source = "documented: transfer target" }

#define FLOW TARGET_FLOW(INBOUND_CALL, "Inbound Call Flow"), TRANSFER_AUDIO, ERROR_OUTPUTS

#define SECURE                                                                                     \
    TARGET_FLOW(SECURE_CALL, "Secure Call Flow"),                                                  \
    { .path = "invocationData", .label = "Invocation Data", .kind = FIELD_VALUE,                   \
      .type = TYPE_STRING, .initial = NONE,                                                        \
      .help = "A text (not JSON) that the secure flow reads as Flow.InvocationData; nothing "      \
              "sensitive belongs there.",                                                          \
      .source = "documented: Transfer to Secure Flow" },                                           \
    { .path = "connectTimeout", .label = "Connect timeout", .kind = FIELD_VALUE,                   \
      .type = TYPE_DURATION, .flags = FIELD_SETTING, .initial = NONE, .min = 10000, .max = 60000,  \
      .help = "How long the flow is awaited; none takes the flow's setting (15 s).",               \
      .source = "documented: 10 to 60 s, default 15 s" },                                          \
    TRANSFER_AUDIO, ERROR_OUTPUTS

#define QUEUE_MAIL(path_, label_, kind_, type_, help_, source_, flags_)                            \
    { .path = "destination/queue/" path_, .label = label_, .kind = kind_, .type = type_,           \
      .flags = flags_, .when = "destination=queue", .help = help_, .source = source_ }
#define VOICEMAIL                                                                                  \
    { .path = "destination", .label = "Destination", .kind = FIELD_VARIANT,                        \
      .choices = "queue|user|group",                                                               \
      .initial = "{\"queue\": {\"targetQueue\": {\"noValue\": true}}}",                            \
      .help = "Whose voicemail takes the message.",                                                \
      .source = "documented: VOICEMAIL_TRANSFER_TARGET_TYPES" },                                   \
    QUEUE_MAIL("targetQueue", "Queue", FIELD_VALUE, TYPE_QUEUE,                                    \
               "The queue; its agents get the message like a call.",                               \
               "documented: Transfer to Voicemail", FIELD_REQUIRED),                               \
    QUEUE_MAIL("callbackNumber", "Callback number", FIELD_VALUE, TYPE_PHONE,                       \
               "The number to call back.", "documented: Transfer to Voicemail", 0),                \
    QUEUE_MAIL("calleeName", "Callee name", FIELD_VALUE, TYPE_STRING,                              \
               "The name of the person to call back.", "documented: Transfer to Voicemail", 0),    \
    QUEUE_MAIL("voicemailGreeting", "Greeting", FIELD_AUDIO, TYPE_AUDIO,                           \
               "What the caller hears before the message is taken.",                               \
               "documented: Transfer to Voicemail", 0),                                            \
    QUEUE_MAIL("script", "Script", FIELD_KEY, TYPE_NONE,                                           \
               "The script that the agent sees with the message.",                                 \
               "documented: Transfer to Voicemail; assumed: spelling", FIELD_ASSUMED),             \
    QUEUE_MAIL("script/*/inputs", "Script inputs", FIELD_INPUTS, TYPE_NONE,                        \
               "What the script is given, by name.",                                               \
               "documented: Transfer to Voicemail; assumed: spelling", FIELD_ASSUMED),             \
    { .path = "destination/user/targetUser", .label = "User", .kind = FIELD_VALUE,                 \
      .type = TYPE_USER, .flags = FIELD_REQUIRED | FIELD_ASSUMED, .when = "destination=user",      \
      .help = "The user.", .source = "documented: Transfer to Voicemail; assumed: spelling" },     \
    { .path = "destination/group/targetGroup", .label = "Group", .kind = FIELD_VALUE,              \
      .type = TYPE_GROUP, .flags = FIELD_REQUIRED | FIELD_ASSUMED, .when = "destination=group",    \
      .help = "The group.", .source = "documented: Transfer to Voicemail; assumed: spelling" },    \
    TRANSFER_AUDIO, ERROR_OUTPUTS

const struct field fields_acd[] = { NAME, ACD, END };
const struct field fields_user[] = { NAME, USER, END };
const struct field fields_number[] = { NAME, NUMBER, END };
const struct field fields_group[] = { NAME, GROUP, END };
const struct field fields_flow[] = { NAME, FLOW, END };
const struct field fields_secure[] = { NAME, SECURE, END };
const struct field fields_voicemail[] = { NAME, VOICEMAIL, END };

const struct field fields_choice_acd[] = { CHOICE, ACD, END };
const struct field fields_choice_user[] = { CHOICE, USER, END };
const struct field fields_choice_number[] = { CHOICE, NUMBER, END };
const struct field fields_choice_group[] = { CHOICE, GROUP, END };
const struct field fields_choice_flow[] = { CHOICE, FLOW, END };
const struct field fields_choice_secure[] = { CHOICE, SECURE, END };
const struct field fields_choice_voicemail[] = { CHOICE, VOICEMAIL, END };
