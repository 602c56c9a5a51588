/* Fields of the category Ask, and of what else a voice survey has from bot flows (archy-actions.md,
 * domain.md section 2.4). */
#include "engine/flow/actions.h"

#define REPROMPTS(path_, label_, help_)                                                            \
    { .path = path_, .label = label_, .kind = FIELD_VALUE, .type = TYPE_COMMUNICATION,             \
      .flags = FIELD_COLLECTION, .help = help_, .source = SDK }
#define NO_INPUT_SAID                                                                              \
    OPTIONAL_VALUE("noInput", "No input", STRING, "What is said when no answer came."),            \
        OPTIONAL_VALUE("customizeNoInput", "Own no input", BOOLEAN,                      \
                       "Whether the reprompts below are said instead, one after the other."),      \
        REPROMPTS("noInputReprompts", "No inputs",                                        \
                  "What is said at each try without an answer; none: it is not asked again.")
#define NO_MATCH_CUSTOM                                                                            \
    OPTIONAL_VALUE("customizeNoMatch", "Own no match", BOOLEAN,                          \
                   "Whether the reprompts below are said instead, one after the other."),          \
        REPROMPTS("noMatchReprompts", "No matches",                                        \
                  "What is said at each answer that fits nothing; none: it is not asked again.")
#define END_OF_INPUT                                                                               \
    OPTIONAL_VALUE("voiceEndOfInputTimeout", "End of input", DURATION,                             \
                   "After how long a silence a spoken answer has ended.")
#define ASK                                                                                        \
    OPTIONAL_VALUE("question", "Question", STRING, "What the caller is asked."), NO_INPUT_SAID,    \
        OPTIONAL_VALUE("noMatch", "No match", STRING,                                              \
                       "What is said when the answer is none of the possible ones."),              \
        NO_MATCH_CUSTOM, END_OF_INPUT
#define KNOWLEDGE                                                                                  \
    RESULT_LIST("knowledgeSearchResult", "Documents", KNOWLEDGE_DOCUMENT,                          \
                "The collection that gets the documents that fit what was said.")

const struct field fields_ask_boolean[] = { NAME, ASK, END };
const struct field fields_ask_intent[] = { NAME, ASK, KNOWLEDGE, END };

const struct field fields_ask_slot[] = {
    NAME,
    RESULT("askResult", "Slot", NONE, "The slot variable that gets the answer."),
    ASK,
    OPTIONAL_VALUE("chooser", "Choices", NONE,
                   "Choices that are offered, and how they are presented."),
    { .path = "confirmationMode", .label = "Confirmation", .kind = FIELD_OPTION,
      .type = TYPE_STRING, .choices = "always|never",
      .help = "Whether the caller confirms the answer.",
      .source = "documented: BOT_CONFIRMATION_MODES" },
    OPTIONAL_VALUE("confirmationQuestion", "Confirming", COMMUNICATION,
                   "How the caller is asked to confirm the answer."),
    OPTIONAL_VALUE("customValidation", "Validation", BOOLEAN,
                   "What must be true of the answer for it to fit."),
    OPTIONAL_VALUE("grammar", "Grammar", GRAMMAR, "The grammar that answers must fit."),
    { .path = "speechToTextEngine/name", .label = "Engine", .kind = FIELD_TEXT,
      .flags = FIELD_ASSUMED, .help = "The speech to text engine that works with the grammar.",
      .source = SDK "; assumed: spelling" },
    OPTIONAL_VALUE("speechToTextEngineCompleteTimeout", "Engine timeout", DURATION,
                   "How long a silence ends what fits the grammar."),
    OPTIONAL_VALUE("speechToTextEngineConfidenceLevel", "Confidence", DECIMAL,
                   "An answer recognized with less is no match; 0 takes all."),
    OPTIONAL_VALUE("repromptHandling", "Reprompts by", STRING,
                   "Who words the reprompts of a slot that a language model fills."),
    OPTIONAL_VALUE("continuationPrompt", "Continuation", COMMUNICATION,
                   "What is said to go on with such a slot."),
    OPTIONAL_VALUE("customizeContinuation", "Own continuing", BOOLEAN,
                   "Whether the continuations below are said instead, one after the other."),
    REPROMPTS("continuationReprompts", "Continuations",
              "What is said at each try to go on with such a slot."),
    END,
};

const struct field fields_ask_survey[] = {
    NAME,
    { .path = "surveyQuestion", .label = "Survey question", .kind = FIELD_VALUE,
      .type = TYPE_SURVEY_QUESTION, .flags = FIELD_REQUIRED, .initial = NONE,
      .help = "The question of the flow's survey form, by its text.",
      .source = "documented: Ask Survey Question" },
    OPTIONAL_VALUE("question", "Question", STRING, "What the caller is asked."),
    OPTIONAL_VALUE("answer", "Answers", COMMUNICATION, "Explains which answers there are."),
    OPTIONAL_VALUE("followUpQuestion", "Follow-up", COMMUNICATION,
                   "What is asked after the question was answered."),
    OPTIONAL_VALUE("notApplicable", "Not applicable", STRING,
                   "The key for no answer; neither the terminating key nor one of the answers."),
    OPTIONAL_VALUE("questionCondition", "Condition", BOOLEAN,
                   "When the question is asked; it comes from the form, and NOT_SET is always."),
    RESULT("surveyQuestionResult", "Result", SURVEY_QUESTION, "Where the answer is stored."),
    NO_INPUT_SAID,
    OPTIONAL_VALUE("noMatch", "No match", STRING,
                   "What is said when the answer is none of the possible ones."),
    NO_MATCH_CUSTOM, END_OF_INPUT, END,
};

const struct field fields_wait_input[] = {
    NAME,
    OPTIONAL_VALUE("question", "Question", COMMUNICATION,
                   "What is said before the caller is listened to."),
    OPTIONAL_VALUE("noMatch", "No match", COMMUNICATION,
                   "What is said when what was said fits nothing."),
    NO_MATCH_CUSTOM, KNOWLEDGE, END,
};

const struct field fields_communicate[] = {
    NAME, REQUIRED_VALUE("communication", "Communication", COMMUNICATION, "What is said."), END,
};

const struct field fields_set_intent[] = {
    NAME,
    REQUIRED_VALUE("intent", "Intent", STRING,
                   "The intent that is active from now on; its letters' case makes a difference."),
    END,
};

const struct field fields_anything_else[] = { NAME, CURRENT_INDEX, ASK, END };
