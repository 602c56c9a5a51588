/* Fields of the categories Flow, Common and Ask: post-flow, callback, screen pop, language,
 * modules, survey questions (the product's page of Set Post-Flow; archy.md sections 4.2 and 5;
 * domain.md sections 1 and 2). */
#include "engine/flow/actions.h"

const struct field fields_name_only[] = { NAME, END };

/* Who is transferred. Set and Clear Post-Flow address the same slots. */
#define TARGET(help_, source_)                                                                     \
    { .path = "target", .label = "Target", .kind = FIELD_OPTION, .type = TYPE_STRING,              \
      .flags = FIELD_REQUIRED | FIELD_ASSUMED, .choices = "callee|caller|any",                     \
      .initial = "{\"lit\": \"any\"}", .help = help_, .source = source_ }

const struct field fields_set_post_flow[] = {
    { .path = "name", .label = "Name", .kind = FIELD_TEXT, .max = NAME_LENGTH,
      .help = "A name of its own for the action. It is the action's name in the flow's structure.",
      .source = "documented: Set Post-Flow; at most 200 characters" },
    TARGET("Who is transferred, and by whose hang-up. callee (Agent): when the caller disconnects, "
           "the post-flow action runs and the agent is transferred. caller (Caller): when the "
           "agent disconnects, the caller is transferred. any (Any): it runs on every disconnect "
           "and transfers whoever is left. If the caller gives up before reaching an agent there "
           "is nobody whom the post-flow action could transfer, so it cannot run.",
           "documented: Set Post-Flow; assumed: a new action has any, and any transfers the party "
           "that is left"),
    { .path = "actionType", .label = "Action Type", .kind = FIELD_OPTION, .type = TYPE_STRING,
      .flags = FIELD_REQUIRED, .choices = "inboundCallFlow|voiceSurveyFlow",
      .initial = "{\"lit\": \"inboundCallFlow\"}",
      .help = "What the post-flow action invokes: an inbound call flow, which is the default, or a "
              "voice survey flow. The agent (callee) cannot be transferred to a voice survey flow, "
              "and surveys after the call exist for inbound calls only. Invoking a voice survey "
              "needs Genesys Cloud CX 1 with WEM Add-on II, CX 2 with WEM Add-on I, or CX 3.",
      .source = "documented: Set Post-Flow; default inboundCallFlow" },
    { .path = "targetFlow", .label = "Flow", .kind = FIELD_FLOW, .flags = FIELD_REQUIRED,
      .flow_types = IN(INBOUND_CALL) | IN(VOICE_SURVEY),
      .help = "The flow to invoke, of the type that Action Type names. Inbound Call Flow: the call "
              "flow that takes over the party, to hand the call to somebody outside or to run data "
              "actions. Voice Survey Flow: the survey that the caller is asked; when an agent "
              "schedules a callback and ends the first interaction, the survey comes before the "
              "callback. Pick a flow that exists, open the one that is chosen, or create a new "
              "one.",
      .source = "documented: Set Post-Flow; exactly one, of that type" },
    { .path = "invocationData", .label = "Invocation Data", .kind = FIELD_VALUE,
      .type = TYPE_JSON, .initial = NONE,
      .help = "Optional: a value of type JSON, a literal or an expression, that is handed to the "
              "inbound call flow or voice survey flow. There it is the variable "
              "Call.InvocationData. By default there is no value. null is a value of its own.",
      .source = "documented: Set Post-Flow; no value by default" },
    END,
};

const struct field fields_clear_post_flow[] = {
    NAME,
    TARGET("Whose post-flow action is taken away: the agent's (callee), the caller's (caller), or "
           "both (any). Where none is set nothing happens.",
           "documented: Clear Post-Flow; assumed: a new action has any, clearing nothing is fine"),
    END,
};

/* A script: its name is the key, what it is given stands below. */
#define SCRIPT(path_, help_, source_, flags_)                                                      \
    { .path = path_, .label = "Script", .kind = FIELD_KEY, .flags = flags_, .help = help_,         \
      .source = source_ },                                                                         \
    { .path = path_ "/*/inputs", .label = "Script inputs", .kind = FIELD_INPUTS,                   \
      .flags = (flags_) & FIELD_ASSUMED, .help = "What the script is given, by name.",             \
      .source = source_ }

const struct field fields_create_callback[] = {
    NAME,
    { .path = "callbackNumber", .label = "Number", .kind = FIELD_VALUE, .type = TYPE_PHONE,
      .flags = FIELD_REQUIRED, .initial = "{\"exp\": \"ToPhoneNumber(Call.Ani)\"}",
      .help = "The number to call back.", .source = "documented: Create Callback" },
    { .path = "calleeName", .label = "Callee name", .kind = FIELD_VALUE, .type = TYPE_STRING,
      .initial = NONE, .help = "The name of the person to call back.",
      .source = "documented: Create Callback" },
    { .path = "queue", .label = "Queue", .kind = FIELD_VALUE, .type = TYPE_QUEUE, .initial = NONE,
      .help = "The queue whose agents call back; in an in-queue flow the current one is meant when "
              "none is given.",
      .source = "documented: Create Callback" },
    SCRIPT("script", "The script that the agent sees with the callback.",
           "documented: Create Callback; assumed: spelling", FIELD_ASSUMED),
    END,
};

const struct field fields_screen_pop[] = {
    NAME,
    SCRIPT("screenPopScript", "The script that opens for the agent who gets the call.",
           "documented: Set Screen Pop", FIELD_REQUIRED),
    END,
};

const struct field fields_set_language[] = {
    NAME,
    { .path = "languageValue", .label = "Language value", .kind = FIELD_VALUE,
      .type = TYPE_STRING, .initial = NONE,
      .help = "The language as a tag with a region (en-us), or an expression that gives one.",
      .source = "documented: Set Language" },
    { .path = "language", .label = "Language", .kind = FIELD_TEXT,
      .help = "The language as a tag with a region: de-de. The older way to say it.",
      .source = "documented: Set Language" },
    END,
};

const struct field fields_call_module[] = {
    NAME,
    { .path = "commonModule", .label = "Module", .kind = FIELD_KEY, .flags = FIELD_REQUIRED,
      .flow_types = IN(COMMON_MODULE),
      .help = "The common module, in its published version; its compatible flow types must include "
              "this flow's.",
      .source = "documented: Call Common Module" },
    { .path = "commonModule/*/*/inputs", .label = "Inputs", .kind = FIELD_INPUTS,
      .help = "What the module's input variables get, by their names (Common.X).",
      .source = "documented: Call Common Module" },
    { .path = "commonModule/*/*/outputs", .label = "Outputs", .kind = FIELD_RESULTS,
      .help = "Variables of this flow that get the module's output variables.",
      .source = "documented: Call Common Module" },
    END,
};

const struct field fields_survey_question[] = {
    NAME,
    { .path = "surveyQuestion", .label = "Survey question", .kind = FIELD_VALUE,
      .type = TYPE_SURVEY_QUESTION, .flags = FIELD_REQUIRED, .initial = NONE,
      .help = "The question of the flow's survey form, by its text.",
      .source = "documented: Ask Survey Question" },
    { .path = "question", .label = "Question", .kind = FIELD_VALUE, .type = TYPE_STRING,
      .initial = NONE, .help = "What the caller is asked.",
      .source = "documented: Ask Survey Question" },
    { .path = "answer", .label = "Answers", .kind = FIELD_VALUE, .type = TYPE_COMMUNICATION,
      .help = "Explains which answers there are.", .source = "documented: Ask Survey Question" },
    { .path = "followUpQuestion", .label = "Follow-up", .kind = FIELD_VALUE,
      .type = TYPE_COMMUNICATION, .help = "What is asked after the question was answered.",
      .source = "documented: Ask Survey Question" },
    { .path = "notApplicable", .label = "Not applicable", .kind = FIELD_VALUE,
      .type = TYPE_STRING,
      .help = "The key for no answer; neither the terminating key nor one of the answers.",
      .source = "documented: Ask Survey Question" },
    { .path = "questionCondition", .label = "Condition", .kind = FIELD_VALUE,
      .type = TYPE_BOOLEAN,
      .help = "When the question is asked; it comes from the form, and NOT_SET is always.",
      .source = "documented: Ask Survey Question" },
    { .path = "surveyQuestionResult", .label = "Result", .kind = FIELD_RESULT,
      .type = TYPE_SURVEY_QUESTION, .help = "Where the answer is stored.",
      .source = "documented: Ask Survey Question" },
    { .path = "noInput", .label = "No input", .kind = FIELD_VALUE, .type = TYPE_STRING,
      .help = "What is said when no answer came.", .source = "documented: Ask Survey Question" },
    { .path = "noMatch", .label = "No match", .kind = FIELD_VALUE, .type = TYPE_STRING,
      .help = "What is said when the answer is none of the possible ones.",
      .source = "documented: Ask Survey Question" },
    { .path = "voiceEndOfInputTimeout", .label = "End of input", .kind = FIELD_VALUE,
      .type = TYPE_DURATION, .help = "After how long a silence a spoken answer has ended.",
      .source = "documented: Ask Survey Question" },
    END,
};
