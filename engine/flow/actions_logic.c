/* Fields of the categories Logical, Loop, Task, Menu and State (archy.md sections 4.2 and 7,
 * domain.md sections 4.2 to 4.4, 4.7). */
#include "engine/flow/actions.h"
#include "engine/flow/containers.h"

const struct field fields_decision[] = {
    NAME,
    { .path = "condition", .label = "Condition", .kind = FIELD_VALUE, .type = TYPE_BOOLEAN,
      .flags = FIELD_REQUIRED | FIELD_ASSUMED, .initial = NONE,
      .help = "When it is true, Yes is taken, otherwise No; NOT_SET is not true.",
      .source = "documented: Decision; assumed: NOT_SET takes No" },
    END,
};

const struct field fields_switch[] = {
    NAME,
    { .path = "evaluate", .label = "Evaluate", .kind = FIELD_VARIANT,
      .choices = "firstTrue|firstMatch",
      .initial = "{\"firstTrue\": {\"default\": {\"actions\": []}, \"cases\": [{\"case\": "
                 "{\"value\": {\"noValue\": true}, \"actions\": []}}]}}",
      .help = "firstTrue takes the first case that is true, firstMatch the first one that equals a "
              "value.",
      .source = "documented: SWITCH_EVALUATION_STYLES" },
    { .path = "evaluate/firstMatch", .label = "Type", .kind = FIELD_KEY,
      .when = "evaluate=firstMatch",
      .help = "The type of the value and of all cases, as variables are declared: string, integer.",
      .source = "documented: the case type must equal the expression's" },
    { .path = "evaluate/firstMatch/*/value", .label = "Value", .kind = FIELD_VALUE,
      .flags = FIELD_REQUIRED, .when = "evaluate=firstMatch",
      .help = "What the cases are compared with.", .source = "documented: Switch" },
    END,
};

/* The moment at which schedules are looked at. */
#define MOMENT                                                                                     \
    { .path = "evaluate", .label = "Evaluate", .kind = FIELD_VARIANT, .choices = "now|dateTime",   \
      .initial = "{\"now\": true}", .help = "Now, or at a given date and time.",                   \
      .source = "documented: schedules" },                                                         \
    { .path = "evaluate/dateTime", .label = "Date and time", .kind = FIELD_VALUE,                  \
      .type = TYPE_DATETIME, .flags = FIELD_REQUIRED, .when = "evaluate=dateTime",                 \
      .help = "The moment; NOT_SET raises the error event.", .source = "documented: schedules" }

const struct field fields_schedule[] = {
    NAME,
    MOMENT,
    { .path = "schedule", .label = "Schedule", .kind = FIELD_VALUE, .type = TYPE_SCHEDULE,
      .initial = NONE, .help = "The schedule that is Active or Inactive at that moment.",
      .source = "documented: Evaluate Schedule" },
    { .path = "scheduleTimeZone", .label = "Time zone", .kind = FIELD_VALUE, .type = TYPE_STRING,
      .help = "The zone that the schedule's times are in; NOT_SET raises the error event.",
      .source = "documented: Evaluate Schedule" },
    { .path = "emergencyGroup", .label = "Emergency group", .kind = FIELD_VALUE,
      .type = TYPE_EMERGENCY_GROUP,
      .help = "Looked at instead of a schedule: Active when it is on.",
      .source = "documented: SCHEDULE_EVALUATION_TYPES" },
    END,
};

const struct field fields_schedule_group[] = {
    NAME,
    { .path = "inServiceSchedules", .label = "In service", .kind = FIELD_RESULT,
      .type = TYPE_STRING, .flags = FIELD_COLLECTION, .initial = NONE,
      .help = "The String Collection that gets the names of the active schedules.",
      .source = "documented: Evaluate Schedule Group" },
    MOMENT,
    { .path = "scheduleGroup", .label = "Schedule group", .kind = FIELD_VALUE,
      .type = TYPE_SCHEDULE_GROUP, .flags = FIELD_REQUIRED, .initial = NONE,
      .help = "The group; tried in the order Emergency, Holiday, Closed, Open. When nothing fits "
              "it is Closed.",
      .source = "documented: Evaluate Schedule Group" },
    { .path = "emergencyGroup", .label = "Emergency group", .kind = FIELD_VALUE,
      .type = TYPE_EMERGENCY_GROUP, .initial = NONE,
      .help = "When it is on, Emergency is taken before any schedule is looked at.",
      .source = "documented: Evaluate Schedule Group" },
    END,
};

const struct field fields_loop[] = {
    NAME,
    CURRENT_INDEX,
    { .path = "loopCount", .label = "Loop count", .kind = FIELD_VALUE, .type = TYPE_INTEGER,
      .flags = FIELD_REQUIRED, .initial = "{\"lit\": 1}", .min = 1, .max = 99,
      .help = "How many passes; when it is less than 1 or NOT_SET the loop is skipped.",
      .source = "documented: literals 1 to 99, default 1" },
    END,
};

/* Each case names the output that goes on when it has ended the loop. */
static const struct field until_row[] = {
    { .path = "name", .label = "Case", .kind = FIELD_TEXT, .flags = FIELD_REQUIRED | FIELD_ASSUMED,
      .initial = "\"\"", .help = "The case's name: that of the output it goes on with.",
      .source = "documented: Loop Until; assumed: spelling" },
    { .path = "condition", .label = "Condition", .kind = FIELD_VALUE, .type = TYPE_BOOLEAN,
      .flags = FIELD_REQUIRED | FIELD_ASSUMED, .initial = NONE,
      .help = "The loop ends when it is true; NOT_SET is not true.",
      .source = "documented: Loop Until; assumed: spelling" },
    END,
};
const struct field fields_loop_until[] = {
    NAME,
    CURRENT_INDEX,
    { .path = "maxLoopCount", .label = "Most passes", .kind = FIELD_VALUE, .type = TYPE_INTEGER,
      .flags = FIELD_REQUIRED, .initial = "{\"lit\": 1}", .min = 1, .max = 99,
      .help = "After so many passes the loop ends without a case.",
      .source = "documented: at most 99" },
    { .path = "untilCases", .label = "Until cases", .kind = FIELD_ROWS, .flags = FIELD_ASSUMED,
      .rows = until_row, .row_key = "untilCase", .initial = "[]",
      .help = "Looked at after each pass, in their order; the first that is true ends the loop.",
      .source = "documented: Loop Until; assumed: spelling, and that a pass comes first" },
    END,
};

const struct field fields_call_task[] = {
    NAME,
    TASK_FIELD,
    TASK_INPUTS,
    { .path = "taskOutputs", .label = "Outputs", .kind = FIELD_RESULTS, .flags = FIELD_ASSUMED,
      .help = "Variables that get the task's output variables.",
      .source = "documented: task outputs; assumed: their spelling" },
    END,
};

const struct field fields_end_task[] = {
    NAME,
    { .path = "outputPath/name", .label = "Path", .kind = FIELD_TEXT,
      .help = "The path of the Call Task that goes on, as the task declares it; default unless "
              "named.",
      .source = "documented: End Task" },
    END,
};

const struct field fields_jump_to_task[] = { NAME, TASK_FIELD, TASK_INPUTS, END };
const struct field fields_jump_to_menu[] = { NAME, MENU_FIELD, END };

const struct field fields_change_state[] = {
    NAME,
    { .path = "targetStateRef", .label = "State", .kind = FIELD_STATE, .flags = FIELD_REQUIRED,
      .help = "A state of this flow.", .source = "documented: reference to a state" },
    END,
};

const struct field fields_choice[] = { CHOICE, END };
const struct field fields_choice_task[] = { CHOICE, TASK_FIELD, TASK_INPUTS, END };
const struct field fields_choice_menu[] = { CHOICE, MENU_FIELD, END };

const struct field fields_choice_sub_menu[] = {
    CHOICE,
    { .path = "audio", .label = "Prompt", .kind = FIELD_AUDIO, .type = TYPE_AUDIO,
      .help = "What the inner menu plays before it awaits a key.", .source = "documented: menu" },
    DEFAULT_CHOICE,
    END,
};

const struct field fields_choice_extension[] = {
    CHOICE,
    EXTENSION,
    END,
};

const struct field fields_extension[] = { NAME, EXTENSION, END };
