/* Fields of the categories Find, External Contacts and Journey: what looks something up in the
 * organisation and stores it (archy-actions.md; archy.md section 4.2 for the spelling). */
#include "engine/flow/actions.h"

#define FIND_NAME(help_) REQUIRED_VALUE("findName", "Name to find", STRING, help_)
#define FIND_ID(help_) REQUIRED_VALUE("findId", "Id to find", STRING, help_)
#define FOUND(type_) RESULT("findResult", "Result", type_, "Where what was found is stored.")
#define FOUND_ALL(type_)                                                                           \
    RESULT_LIST("findResult", "Results", type_, "The collection that gets what was found.")

#define BY_NAME(suffix_, type_, help_)                                                             \
    const struct field fields_find_##suffix_[] = { NAME, FIND_NAME(help_), FOUND(type_), END }
#define BY_ID(suffix_, type_, help_)                                                               \
    const struct field fields_find_##suffix_[] = { NAME, FIND_ID(help_), FOUND(type_), END }

BY_NAME(emergency_group, EMERGENCY_GROUP, "The emergency group's name.");
BY_NAME(grammar, GRAMMAR, "The grammar's name.");
BY_ID(grammar_by_id, GRAMMAR, "The grammar's id.");
BY_NAME(group, GROUP, "The group's name.");
BY_NAME(language_skill, LANGUAGE_SKILL, "The language skill's name.");
BY_NAME(queue, QUEUE, "The queue's name.");
BY_ID(queue_by_id, QUEUE, "The queue's id.");
BY_NAME(schedule, SCHEDULE, "The schedule's name.");
BY_NAME(schedule_group, SCHEDULE_GROUP, "The schedule group's name.");
BY_NAME(skill, SKILL, "The skill's name.");
BY_NAME(system_prompt, PROMPT, "The system prompt's name, without PromptSystem.");
BY_NAME(user, USER, "The user's name or email address.");
BY_ID(user_by_id, USER, "The user's id.");
BY_NAME(user_prompt, PROMPT, "The prompt's name, without Prompt.");
BY_NAME(utilization_label, UTILIZATION_LABEL, "The utilization label's name.");

const struct field fields_find_users_by_id[] = {
    NAME,
    { .path = "findIds", .label = "Ids to find", .kind = FIELD_VALUE, .type = TYPE_STRING,
      .flags = FIELD_REQUIRED | FIELD_COLLECTION, .initial = NONE,
      .help = "The users' ids; the results stand in the same order, NOT_SET for one that is not "
              "found.",
      .source = SDK },
    FOUND_ALL(USER),
    END,
};

/* --- external contacts */

#define EXTERNAL_ID(help_) REQUIRED_VALUE("externalId", "Id", STRING, help_)

const struct field fields_get_contact[] = {
    NAME,
    EXTERNAL_ID("The external contact's id; Call.ExternalContactId is the caller's."),
    RESULT("externalResult", "Result", EXTERNAL_CONTACT, "Where the contact is stored."),
    END,
};

const struct field fields_get_organization[] = {
    NAME,
    EXTERNAL_ID("The external organization's id."),
    RESULT("externalResult", "Result", EXTERNAL_ORGANIZATION,
           "Where the organization is stored."),
    END,
};

const struct field fields_promote_contact[] = {
    NAME,
    EXTERNAL_ID("The id of the contact who becomes a lasting one."),
    RESULT("externalResult", "Result", EXTERNAL_CONTACT, "Where the contact is stored."),
    ERROR_OUTPUTS,
    END,
};

const struct field fields_search_contacts[] = {
    NAME,
    REQUIRED_VALUE("searchTerm", "Search term", STRING,
                   "A phone number, an email address or a name on Twitter, as a text."),
    RESULT_LIST("externalResults", "Results", EXTERNAL_CONTACT,
                "The collection that gets the contacts who were found."),
    END,
};

static const struct field change_row[] = {
    { .path = "field", .label = "Field", .kind = FIELD_TEXT, .flags = FIELD_REQUIRED,
      .initial = "\"\"", .help = "The field of the contact that changes.",
      .source = "documented: seen in exports" },
    { .path = "condition", .label = "Condition", .kind = FIELD_TEXT, .initial = "\"\"",
      .help = "How it changes: Update sets it.", .source = "documented: seen in exports" },
    { .path = "value", .label = "Value", .kind = FIELD_VALUE, .initial = NONE,
      .help = "What it becomes.", .source = "documented: seen in exports" },
    END,
};
const struct field fields_update_contact[] = {
    NAME,
    ERROR_OUTPUTS,
    { .path = "externalContactId", .label = "Id", .kind = FIELD_VALUE, .type = TYPE_STRING,
      .flags = FIELD_REQUIRED, .initial = NONE, .help = "The external contact's id.",
      .source = "documented: seen in exports" },
    { .path = "externalContact", .label = "Contact", .kind = FIELD_RESULT,
      .type = TYPE_EXTERNAL_CONTACT, .help = "Where the contact is stored, as it is then.",
      .source = "documented: seen in exports" },
    { .path = "changes", .label = "Changes", .kind = FIELD_ROWS, .rows = change_row,
      .initial = "[]", .help = "What changes, field by field.",
      .source = "documented: seen in exports" },
    END,
};

/* --- journey */

const struct field fields_journey_outcome[] = {
    NAME, FIND_ID("The journey outcome's id."), FOUND(JOURNEY_OUTCOME), END,
};
const struct field fields_journey_scores[] = {
    NAME, FIND_ID("The journey session's id."), FOUND_ALL(JOURNEY_OUTCOME_SCORE), END,
};
const struct field fields_journey_segment[] = {
    NAME, FIND_ID("The journey segment's id."), FOUND(JOURNEY_SEGMENT), END,
};
const struct field fields_journey_session[] = {
    NAME, FIND_ID("The journey session's id."), FOUND(JOURNEY_SESSION), END,
};
const struct field fields_journey_sessions[] = {
    NAME, FIND_ID("The external contact's id."), FOUND_ALL(JOURNEY_SESSION), END,
};
