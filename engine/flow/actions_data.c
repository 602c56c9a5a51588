/* Fields of the category Data (archy.md section 4.2, domain.md sections 4.6, 4.7, 7). */
#include "engine/flow/actions.h"

const struct field fields_call_data[] = {
    NAME,
    { .path = "processingPrompt", .label = "Processing prompt", .kind = FIELD_VALUE,
      .type = TYPE_PROMPT, .flags = FIELD_SETTING, .initial = NONE,
      .help = "Played once while the data action runs; none takes the flow's setting.",
      .source = "documented: Call Data Action" },
    { .path = "timeout", .label = "Timeout", .kind = FIELD_VALUE, .type = TYPE_DURATION,
      .initial = NONE,
      .help = "How long the answer is awaited before Timeout; none takes the time that the data "
              "action suggests.",
      .source = "documented: Call Data Action; 0 is an error" },
    { .path = "category", .label = "Integration", .kind = FIELD_KEY, .flags = FIELD_REQUIRED,
      .below = "{\"dataAction\": {}}", .help = "The integration that the data action belongs to.",
      .source = "documented: Call Data Action" },
    { .path = "category/*/dataAction", .label = "Data action", .kind = FIELD_KEY,
      .flags = FIELD_REQUIRED, .help = "The data action, by its name.",
      .source = "documented: Call Data Action" },
    { .path = "category/*/dataAction/*/inputs", .label = "Inputs", .kind = FIELD_INPUTS,
      .help = "What the data action is given, by the names of its contract.",
      .source = "documented: data action inputs" },
    { .path = "category/*/dataAction/*/successOutputs", .label = "Success outputs",
      .kind = FIELD_RESULTS, .help = "Variables that get its results on Success.",
      .source = "documented: success outputs" },
    { .path = "category/*/dataAction/*/failureOutputs", .label = "Failure outputs",
      .kind = FIELD_RESULTS,
      .help = "Variables that get errorType, errorMessage and more on Failure.",
      .source = "documented: failure outputs" },
    END,
};

const struct field fields_table_lookup[] = {
    NAME,
    { .path = "lookupValue", .label = "Key value", .kind = FIELD_VALUE, .type = TYPE_STRING,
      .flags = FIELD_REQUIRED, .initial = NONE, .help = "The key of the row to look for.",
      .source = "documented: Data Table Lookup" },
    { .path = "dataTable", .label = "Data table", .kind = FIELD_KEY, .flags = FIELD_REQUIRED,
      .help = "The table, by its name.", .source = "documented: Data Table Lookup" },
    { .path = "dataTable/*/foundOutputs", .label = "Found outputs", .kind = FIELD_RESULTS,
      .help = "Variables that get the columns of the row that was found.",
      .source = "documented: found outputs" },
    { .path = "dataTable/*/failureOutputs", .label = "Failure outputs", .kind = FIELD_RESULTS,
      .help = "Variables that get errorType and errorMessage on Failure.",
      .source = "documented: failure outputs" },
    END,
};

#define DIGITS_FIELD(path_, label_, when_, help_)                                                  \
    { .path = path_, .label = label_, .kind = FIELD_NUMBER, .flags = FIELD_REQUIRED, .min = 1,     \
      .max = 32, .when = when_, .help = help_, .source = "documented: 1 to 32" }
#define DIGIT_TIMEOUT(path_, label_, help_, source_)                                               \
    { .path = path_, .label = label_, .kind = FIELD_VALUE, .type = TYPE_DURATION,                  \
      .flags = FIELD_SETTING, .initial = NONE, .min = 1000, .max = 99000, .help = help_,           \
      .source = source_ }
#define JUST_KEY(path_, label_, help_)                                                             \
    { .path = path_, .label = label_, .kind = FIELD_VALUE, .type = TYPE_BOOLEAN,                   \
      .initial = "{\"lit\": false}", .help = help_, .source = "documented: Collect Input" }
const struct field fields_collect_input[] = {
    NAME,
    { .path = "inputData", .label = "Input data", .kind = FIELD_RESULT, .type = TYPE_STRING,
      .flags = FIELD_REQUIRED | FIELD_ASSUMED, .initial = NONE,
      .help = "The String variable that gets the digits; NOT_SET when none came.",
      .source = "documented: Collect Input; assumed: NOT_SET without digits" },
    { .path = "digits", .label = "Digits", .kind = FIELD_VARIANT, .choices = "exact|range",
      .initial = "{\"exact\": 1}", .help = "So many digits, or from one number to another.",
      .source = "documented: Collect Input" },
    DIGITS_FIELD("digits/exact", "Exactly", "digits=exact", "How many digits."),
    { .path = "digits/range/terminatingDtmf", .label = "Terminator", .kind = FIELD_WORD,
      .flags = FIELD_ASSUMED,
      .choices = "digit_#|digit_*|digit_0|digit_1|digit_2|digit_3|digit_4|digit_5|digit_6|"
                 "digit_7|digit_8|digit_9",
      .when = "digits=range", .help = "The key that ends the input before the most digits.",
      .source = "documented: # or *; seen in exports: digit_9; assumed: digit_# unless written" },
    DIGITS_FIELD("digits/range/min", "At least", "digits=range", "Fewer digits are a failure."),
    DIGITS_FIELD("digits/range/max", "At most", "digits=range",
                 "As soon as so many came the input ends."),
    DIGIT_TIMEOUT("interDigitTimeout", "Inter-digit timeout",
                  "How long the next digit is awaited; none takes the flow's setting (3 s).",
                  "documented: 1 to 99 s, default 3 s"),
    DIGIT_TIMEOUT("noEntryTimeout", "No-entry timeout",
                  "How long the first digit is awaited; none takes the flow's setting (5 s).",
                  "documented: 1 to 99 s, default 5 s"),
    { .path = "inputAudio", .label = "Input audio", .kind = FIELD_AUDIO, .type = TYPE_AUDIO,
      .flags = FIELD_REQUIRED, .initial = "{\"tts\": \"\"}",
      .help = "What asks the caller for the input; a digit that comes meanwhile counts.",
      .source = "documented: Collect Input" },
    { .path = "includeTerminatingDtmfInResultData", .label = "Keep terminator",
      .kind = FIELD_FLAG, .help = "Whether the terminator is part of the result.",
      .source = "documented: Collect Input" },
    JUST_KEY("acceptJustStar", "Accept *", "Whether * alone is an answer."),
    JUST_KEY("acceptJustPound", "Accept #", "Whether # alone is an answer."),
    { .path = "verificationType", .label = "Verification", .kind = FIELD_WORD,
      .choices = "none|individualDigits|numeric", .initial = "\"none\"",
      .help = "Whether the input is read back: digit by digit, or as a number.",
      .source = "documented: INPUT_VERIFICATION_TYPES" },
    { .path = "verificationAudio", .label = "Verification audio", .kind = FIELD_AUDIO,
      .type = TYPE_AUDIO, .help = "What asks the caller to confirm what was read back.",
      .source = "documented: Collect Input" },
    END,
};

static const struct field statement_row[] = {
    { .path = "variable", .label = "Variable", .kind = FIELD_VARIABLE, .flags = FIELD_REQUIRED,
      .initial = "\"\"", .help = "The variable that is written; those of the system are read-only.",
      .source = "documented: Update Data" },
    { .path = "value", .label = "Value", .kind = FIELD_VALUE, .initial = NONE,
      .help = "What it becomes, of the variable's type; none is NOT_SET.",
      .source = "documented: Update Data" },
    END,
};
const struct field fields_update_data[] = {
    NAME,
    { .path = "statements", .label = "Statements", .kind = FIELD_ROWS,
      .flags = FIELD_REQUIRED | FIELD_ROW_TYPED, .rows = statement_row, .initial = "[]",
      .help = "Assignments; they run one after the other.", .source = "documented: Update Data" },
    END,
};

#define ATTRIBUTE_NAME                                                                             \
    { .path = "name", .label = "Attribute", .kind = FIELD_VALUE, .type = TYPE_STRING,              \
      .flags = FIELD_REQUIRED, .initial = NONE,                                                    \
      .help = "The attribute's name; upper and lower case make a difference.",                     \
      .source = "documented: participant data" }
#define ATTRIBUTES(row_, help_)                                                                    \
    { .path = "attributes", .label = "Attributes", .kind = FIELD_ROWS, .flags = FIELD_REQUIRED,    \
      .rows = row_, .row_key = "attribute", .initial = "[]", .help = help_,                        \
      .source = "documented: participant data" }
static const struct field set_attribute_row[] = {
    ATTRIBUTE_NAME,
    { .path = "value", .label = "Value", .kind = FIELD_VALUE, .type = TYPE_STRING, .initial = NONE,
      .help = "What it becomes.", .source = "documented: participant data" },
    END,
};
static const struct field get_attribute_row[] = {
    ATTRIBUTE_NAME,
    { .path = "variable", .label = "Variable", .kind = FIELD_VARIABLE,
      .flags = FIELD_REQUIRED | FIELD_ASSUMED, .initial = "\"\"",
      .help = "The String variable that gets it; NOT_SET when there is no such attribute.",
      .source = "documented: participant data; assumed: NOT_SET when missing" },
    END,
};
/* Of a conversation that is named, else of the one that runs. */
#define CONVERSATION                                                                               \
    OPTIONAL_VALUE("conversationId", "Conversation", STRING,                                       \
                   "The conversation's id; Call.ConversationId is that of this one.")
#define PARTICIPANT                                                                                \
    OPTIONAL_VALUE("participantId", "Participant", STRING, "The participant's id.")
const struct field fields_set_participant[] = {
    NAME,
    ATTRIBUTES(set_attribute_row,
               "Names and texts that stay with the conversation, also in other flows."),
    END,
};
const struct field fields_get_participant[] = {
    NAME,
    ATTRIBUTES(get_attribute_row, "Names, and the variables that get what is kept under them."),
    END,
};

const struct field fields_get_conversation[] = {
    NAME, CONVERSATION, PARTICIPANT,
    ATTRIBUTES(get_attribute_row, "Names, and the variables that get what is kept under them."),
    END,
};
const struct field fields_set_conversation[] = {
    NAME, CONVERSATION, PARTICIPANT,
    ATTRIBUTES(set_attribute_row, "Names and texts that are kept with the conversation."),
    ERROR_OUTPUTS, END,
};

/* --- what must not be seen */

const struct field fields_get_secured[] = {
    NAME, CONVERSATION,
    ATTRIBUTES(get_attribute_row, "Names, and the variables that get the secured data."),
    ERROR_OUTPUTS, END,
};
const struct field fields_set_secured[] = {
    NAME, CONVERSATION,
    ATTRIBUTES(set_attribute_row, "Names and texts that are kept as secured data."),
    ERROR_OUTPUTS, END,
};
const struct field fields_encrypt[] = {
    NAME, REQUIRED_VALUE("dataToEncrypt", "Data", JSON, "What is encrypted."),
    RESULT("encryptedData", "Encrypted", STRING, "The String variable that gets it, encrypted."),
    ERROR_OUTPUTS, END,
};
const struct field fields_decrypt[] = {
    NAME,
    REQUIRED_VALUE("dataToDecrypt", "Data", STRING, "A text that Encrypt Data has made."),
    RESULT("decryptedData", "Decrypted", JSON,
           "The JSON variable that gets it; kept when that fails."),
    ERROR_OUTPUTS, END,
};
const struct field fields_extract_secure[] = {
    NAME,
    { .path = "hasSecureDataAcknowledgment", .label = "Acknowledged", .kind = FIELD_FLAG,
      .flags = FIELD_ASSUMED,
      .help = "That the data is not secure any more where it goes has been acknowledged.",
      .source = SDK "; assumed: spelling" },
    { .path = "statements", .label = "Statements", .kind = FIELD_ROWS,
      .flags = FIELD_REQUIRED | FIELD_ROW_TYPED, .rows = statement_row, .initial = "[]",
      .help = "Assignments that may read secure variables; they run one after the other.",
      .source = SDK },
    END,
};

/* --- other services */

const struct field fields_decision_table[] = {
    NAME,
    { .path = "decisionTable/name", .label = "Decision table", .kind = FIELD_TEXT,
      .flags = FIELD_REQUIRED | FIELD_ASSUMED, .help = "The table, by its name.",
      .source = SDK "; assumed: spelling" },
    REQUIRED_VALUE("input", "Input", JSON, "What the table decides about."),
    RESULT("output", "Output", JSON, "The JSON variable that gets what it has decided."),
    ERROR_OUTPUTS, END,
};
const struct field fields_uui_data[] = {
    NAME,
    OPTIONAL_VALUE("uuiData", "UUI data", STRING,
                   "User-to-user information that is sent; NOT_SET sends none."),
    { .path = "mode", .label = "Mode", .kind = FIELD_WORD, .choices = "transfer|disconnect",
      .initial = "\"transfer\"", .help = "When it is sent: with a transfer or a disconnect.",
      .source = "documented: SET_UUI_DATA_MODES" },
    END,
};
const struct field fields_sip_headers[] = {
    NAME,
    { .path = "sipHeaderNames", .label = "Header names", .kind = FIELD_VALUE, .type = TYPE_STRING,
      .flags = FIELD_COLLECTION | FIELD_REQUIRED, .initial = NONE,
      .help = "The headers that are read, by their names.", .source = SDK },
    RESULT("sipHeadersResult", "Headers", JSON, "The JSON variable that gets them, by name."),
    ERROR_OUTPUTS, END,
};
const struct field fields_raw_sip_headers[] = {
    NAME,
    RESULT("rawSIPHeadersResult", "Headers", STRING,
           "The String variable that gets all headers as they came."),
    ERROR_OUTPUTS, END,
};
const struct field fields_external_tag[] = {
    NAME,
    REQUIRED_VALUE("externalTag", "External tag", STRING,
                   "The text by which the conversation is known outside."),
    ERROR_OUTPUTS, END,
};
