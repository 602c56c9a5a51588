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
      .flow_types = IN(COMMON_MODULE), .below = PUBLISHED,
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

#define FAILING ERROR_OUTPUTS, END

const struct field fields_wrapup_code[] = {
    NAME,
    REQUIRED_VALUE("wrapupCode", "Wrap-up code", WRAPUP_CODE, "The code that the caller gets."),
    FAILING,
};

const struct field fields_whisper[] = {
    NAME,
    AUDIO("whisperAudio", "Whisper audio",
          "What the agent hears before the caller; none takes the queue's. At most 3 s are "
          "recommended."),
    FAILING,
};

/* Outcomes and milestones are named, as flows are. */
#define NAMED(path_, label_, flags_, help_)                                                        \
    { .path = path_, .label = label_, .kind = FIELD_TEXT, .flags = flags_, .help = help_,          \
      .source = "documented: seen in exports" }
#define OUTCOME(flags_) NAMED("flowOutcome/name", "Flow outcome", flags_, "The outcome's name.")
const struct field fields_outcome[] = { NAME, OUTCOME(FIELD_REQUIRED), END };
const struct field fields_set_outcome[] = {
    NAME,
    { .path = "flowOutcomeValue", .label = "Value", .kind = FIELD_OPTION, .type = TYPE_STRING,
      .flags = FIELD_REQUIRED, .choices = "SUCCESS|FAILURE", .initial = "\"SUCCESS\"",
      .help = "How what the flow is for has ended.", .source = "documented: FLOW_OUTCOMES" },
    OUTCOME(FIELD_REQUIRED),
    END,
};
const struct field fields_milestone[] = {
    NAME,
    NAMED("milestone/name", "Milestone", FIELD_REQUIRED, "The milestone's name."),
    OUTCOME(0),
    END,
};

const struct field fields_priority[] = {
    NAME,
    { .path = "priority", .label = "Priority", .kind = FIELD_VALUE, .type = TYPE_INTEGER,
      .flags = FIELD_REQUIRED, .initial = NONE, .min = -25000000, .max = 25000000,
      .help = "A point is worth about a minute of waiting.",
      .source = "documented: -25,000,000 to 25,000,000" },
    FAILING,
};

const struct field fields_skills[] = {
    NAME,
    { .path = "acdSkills", .label = "Skills", .kind = FIELD_VALUE, .type = TYPE_SKILL,
      .flags = FIELD_COLLECTION, .help = "Skills that the agent must have.", .source = SDK },
    OPTIONAL_VALUE("languageSkill", "Language skill", LANGUAGE_SKILL,
                   "The language that the agent must speak."),
    FAILING,
};

const struct field fields_set_label[] = {
    NAME,
    REQUIRED_VALUE("utilizationLabel", "Label", UTILIZATION_LABEL,
                   "What kind of work the conversation is to the agent who gets it."),
    FAILING,
};
const struct field fields_clear_label[] = { NAME, FAILING };

const struct field fields_wait[] = {
    NAME,
    REQUIRED_VALUE("duration", "Duration", DURATION, "How long the flow waits."),
    OPTIONAL_VALUE("trimDurationNearMaxRunningTime", "Trim", BOOLEAN,
                   "Whether a wait that is longer than the flow may run is shortened instead of "
                   "being an error."),
    END,
};

const struct field fields_voicemail_input[] = { NAME, FAILING };
