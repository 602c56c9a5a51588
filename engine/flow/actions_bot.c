/* Fields of the category Bot: what hands the caller to a bot or to another service that talks. The
 * SDK documents what there is to set, not how Archy spells the parts that are looked up: those are
 * assumed (archy-actions.md; Call Bot Flow as seen in exports). */
#include "engine/flow/actions.h"

#define SPELLED SDK "; assumed: spelling"

#define SERVICE(path_, label_, help_)                                                              \
    { .path = path_, .label = label_, .kind = FIELD_TEXT, .flags = FIELD_REQUIRED | FIELD_ASSUMED, \
      .help = help_, .source = SPELLED }
#define PART(path_, label_, help_)                                                                 \
    { .path = path_, .label = label_, .kind = FIELD_TEXT, .flags = FIELD_ASSUMED, .help = help_,   \
      .source = SPELLED }
#define SLOTS(path_, label_, help_)                                                                \
    { .path = path_, .label = label_, .kind = FIELD_RESULTS, .flags = FIELD_ASSUMED,               \
      .help = help_, .source = SPELLED }

static const struct field in_row[] = {
    { .path = "name", .label = "Variable", .kind = FIELD_VALUE, .type = TYPE_STRING,
      .flags = FIELD_REQUIRED | FIELD_ASSUMED, .initial = NONE,
      .help = "The name that the service knows it by.", .source = SPELLED },
    { .path = "value", .label = "Value", .kind = FIELD_VALUE, .type = TYPE_STRING,
      .flags = FIELD_ASSUMED, .initial = NONE, .help = "What it is given.", .source = SPELLED },
    END,
};
static const struct field out_row[] = {
    { .path = "name", .label = "Variable", .kind = FIELD_VALUE, .type = TYPE_STRING,
      .flags = FIELD_REQUIRED | FIELD_ASSUMED, .initial = NONE,
      .help = "The name that the service knows it by.", .source = SPELLED },
    { .path = "variable", .label = "Stored in", .kind = FIELD_VARIABLE,
      .flags = FIELD_REQUIRED | FIELD_ASSUMED, .initial = "\"\"",
      .help = "The variable that gets it.", .source = SPELLED },
    END,
};
#define PAIRS(path_, key_, label_, rows_, help_)                                                   \
    { .path = path_, .label = label_, .kind = FIELD_ROWS, .flags = FIELD_ASSUMED, .rows = rows_,   \
      .row_key = key_, .help = help_, .source = SPELLED }
#define SESSION                                                                                    \
    PAIRS("sessionVariables", "sessionVariable", "Session variables", in_row,                      \
          "What the session begins with, by the names that the service knows.")
#define SESSION_RESULTS                                                                            \
    PAIRS("sessionVariableOutputs", "sessionVariableOutput", "Session results", out_row,           \
          "Variables that get what the session leaves behind.")
#define BOT                                                                                        \
    OPTIONAL_VALUE("inputText", "Input text", STRING,                                              \
                   "What the bot takes as said already, for instance from a bot before it."),      \
        OPTIONAL_VALUE("followupResponseTimeout", "Response timeout", DURATION,                    \
                       "How long the bot waits for more to be said.")
#define INTENT_SLOTS                                                                               \
    SLOTS("intentSlots", "Slots", "Variables that get the slots of the intents, by their names.")

const struct field fields_audio_connector[] = {
    NAME,
    REQUIRED_VALUE("connectorId", "Connector", STRING, "The id of the audio connector."),
    SESSION, SESSION_RESULTS, ERROR_OUTPUTS, END,
};
const struct field fields_bot_connector[] = {
    NAME, SERVICE("bot/name", "Bot", "The bot of the connector, by its name."),
    BOT, SESSION, INTENT_SLOTS, SESSION_RESULTS, ERROR_OUTPUTS, END,
};
const struct field fields_dialog_engine[] = {
    NAME, SERVICE("bot/name", "Bot", "The bot, by its name."),
    BOT, SESSION,
    SLOTS("intentParameters", "Parameters",
          "Variables that get the parameters of the intents, by their names."),
    RESULT("terminationState", "Termination", STRING,
           "The String variable that gets how the bot ended."),
    ERROR_OUTPUTS, END,
};

#define DIALOGFLOW                                                                                 \
    SERVICE("agent/name", "Agent", "The Dialogflow agent, by its name."),                          \
        PART("agent/integrationName", "Integration", "The integration that the agent belongs to."),\
        PART("agent/environment", "Environment", "The agent's environment; Draft is one of them."),\
        OPTIONAL_VALUE("eventName", "Event", STRING, "The event that the agent begins with."), BOT
const struct field fields_dialogflow[] = {
    NAME, DIALOGFLOW, SESSION,
    SLOTS("intentParameters", "Parameters",
          "Variables that get the parameters of the intents, by their names."),
    RESULT("intentProbability", "Probability", DECIMAL,
           "Where the confidence in the intent is stored, 0.0 to 1.0; kept when there is none."),
    SESSION_RESULTS, ERROR_OUTPUTS, END,
};
const struct field fields_dialogflow_cx[] = {
    NAME, DIALOGFLOW,
    PAIRS("sessionParameters", "sessionParameter", "Session parameters", in_row,
          "What the session begins with, by the names that the agent knows."),
    PAIRS("sessionParameterOutputs", "sessionParameterOutput", "Session results", out_row,
          "Variables that get what the session leaves behind."),
    PAIRS("liveAgentHandoffMetadata", "metadata", "Handoff metadata", out_row,
          "Variables that get what the agent says about handing the caller over."),
    ERROR_OUTPUTS, END,
};

const struct field fields_lex[] = {
    NAME, SERVICE("bot/name", "Bot", "The Lex bot, by its name."),
    PART("bot/alias", "Alias", "The alias of the bot that runs."),
    AUDIO("startAudio", "Start audio", "What the caller hears before the bot listens."),
    BOT, SESSION, INTENT_SLOTS, ERROR_OUTPUTS, END,
};
const struct field fields_lex_v2[] = {
    NAME, SERVICE("bot/name", "Bot", "The Lex V2 bot, by its name."),
    PART("bot/alias", "Alias", "The alias of the bot that runs."),
    OPTIONAL_VALUE("aliasInitialIntentName", "Initial intent", STRING,
                   "The intent that the bot begins with."),
    BOT, SESSION, INTENT_SLOTS, SESSION_RESULTS, ERROR_OUTPUTS, END,
};
const struct field fields_nuance_mix[] = {
    NAME, SERVICE("bot/name", "Bot", "The Nuance Mix bot, by its name."),
    OPTIONAL_VALUE("channelId", "Channel", STRING, "The channel of the bot that is used."),
    BOT, SESSION,
    { .path = "botVariables", .label = "Bot variables", .kind = FIELD_INPUTS,
      .flags = FIELD_ASSUMED, .help = "What the bot's variables get, by their names.",
      .source = SPELLED },
    INTENT_SLOTS, ERROR_OUTPUTS, END,
};

/* A flow of its own: its name is the key, as of a common module. */
#define TALKING_FLOW(path_, label_, help_, flags_, source_)                                        \
    OPTIONAL_VALUE("inputText", "Input text", STRING,                                              \
                   "What the flow takes as said already by its first question."),                  \
        RESULT("exitReason", "Exit reason", STRING,                                                \
               "The String variable that gets why the flow was left."),                            \
        RESULT("intent", "Intent", STRING,                                                         \
               "The String variable that gets the intent with which the flow was left."),          \
        { .path = path_, .label = label_, .kind = FIELD_KEY, .flags = FIELD_REQUIRED | (flags_),   \
          .below = PUBLISHED, .help = help_, .source = source_ },                                  \
        { .path = path_ "/*/*/inputs", .label = "Inputs", .kind = FIELD_INPUTS, .flags = flags_,   \
          .help = "What the flow's input variables get, by their names.", .source = source_ },     \
        { .path = path_ "/*/*/outputs", .label = "Outputs", .kind = FIELD_RESULTS,                 \
          .flags = flags_, .help = "Variables that get the flow's output variables.",              \
          .source = source_ }
const struct field fields_bot_flow[] = {
    NAME,
    TALKING_FLOW("botFlow", "Bot flow", "The bot flow, in its published version.", 0,
                 "documented: seen in exports"),
    END,
};
const struct field fields_voice_flow[] = {
    NAME,
    TALKING_FLOW("voiceFlow", "Voice flow", "The voice flow, in its published version.",
                 FIELD_ASSUMED, SPELLED),
    END,
};
const struct field fields_guide[] = {
    NAME,
    { .path = "guide", .label = "Guide", .kind = FIELD_KEY,
      .flags = FIELD_REQUIRED | FIELD_ASSUMED, .help = "The guide, by its name.",
      .source = SPELLED },
    { .path = "guide/*/inputs", .label = "Inputs", .kind = FIELD_INPUTS, .flags = FIELD_ASSUMED,
      .help = "What the guide is given, by name.", .source = SPELLED },
    { .path = "guide/*/outputs", .label = "Outputs", .kind = FIELD_RESULTS,
      .flags = FIELD_ASSUMED, .help = "Variables that get what the guide answers.",
      .source = SPELLED },
    OPTIONAL_VALUE("voiceProcessingPrompt", "Processing prompt", COMMUNICATION,
                   "What the caller hears while the guide works."),
    ERROR_OUTPUTS, END,
};
