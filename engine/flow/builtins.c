#include "engine/flow/builtins.h"

#define CALLS                                                                                      \
    (IN(INBOUND_CALL) | IN(INQUEUE_CALL) | IN(COMMON_MODULE) | IN(SECURE_CALL) |                   \
     IN(OUTBOUND_CALL) | IN(VOICE_SURVEY) | IN(VOICEMAIL))
#define INVOKED (IN(INBOUND_CALL) | IN(VOICE_SURVEY) | IN(COMMON_MODULE))

static const struct builtin table[] = {
    { "Call.Ani", TYPE_STRING, CALLS, "the caller's number as an address: tel:+E164 or sip:" },
    { "Call.CalledAddress", TYPE_STRING, CALLS, "the address by which this flow was entered" },
    { "Call.CalledAddressOriginal", TYPE_STRING, CALLS, "the address of the first entry" },
    { "Call.ConversationId", TYPE_STRING, CALLS, "the conversation's id" },
    { "Interaction.Id", TYPE_STRING, CALLS, "the conversation's id, older name" },
    { "Call.RemoteName", TYPE_STRING, CALLS, "the name delivered with the call" },
    { "Call.Language", TYPE_STRING, CALLS, "tag of the current language, lower case" },
    { "Interaction.Language", TYPE_STRING, CALLS, "the current language, older name" },
    { "Call.ExternalTag", TYPE_STRING, CALLS, "external tag; may be unset" },
    { "Call.ExternalContactId", TYPE_STRING, CALLS, "external contact; may be unset" },
    { "Call.CustomerExternalOrganizationId", TYPE_STRING, CALLS, "may be unset" },
    { "Call.UUIData", TYPE_STRING, IN(INBOUND_CALL) | IN(OUTBOUND_CALL) | IN(INQUEUE_CALL),
      "user-to-user information received" },
    { "Call.InvocationData", TYPE_JSON, INVOKED,
      "the Invocation Data of the Set Post-Flow that led here; NOT_SET when there is none" },
    { "Call.CurrentQueue", TYPE_QUEUE, IN(INQUEUE_CALL) | IN(COMMON_MODULE),
      "the queue the caller waits in" },
    { "Call.EstimatedWaitTime", TYPE_DURATION, IN(INQUEUE_CALL) | IN(COMMON_MODULE),
      "expected wait; may be NOT_SET" },
    { "Call.PositionInQueue", TYPE_INTEGER, IN(INQUEUE_CALL) | IN(COMMON_MODULE),
      "place in the queue; may be NOT_SET" },
    { "Flow.HoldPrompt", TYPE_PROMPT, IN(INQUEUE_CALL), "the hold music of the flow's settings" },
    { "Flow.InvocationData", TYPE_STRING, IN(SECURE_CALL), "text given to the secure flow" },
    { "Flow.IsTest", TYPE_BOOLEAN, CALLS, "whether the flow runs as a test" },
    { "Flow.StartDateTimeUtc", TYPE_DATETIME, CALLS, "when the flow began" },
    { "Flow.Version", TYPE_STRING, CALLS, "the flow's version" },
    { "System.MaxInt", TYPE_INTEGER, CALLS, "999999999999999" },
    { "System.MinInt", TYPE_INTEGER, CALLS, "-999999999999999" },
    { "System.MaxDateTime", TYPE_DATETIME, CALLS, "2200-12-31T23:59:59Z" },
    { "System.MinDateTime", TYPE_DATETIME, CALLS, "1800-01-01T00:00:00Z" },
    { "System.MaxDuration", TYPE_DURATION, CALLS, "999999999999999 milliseconds" },
    { "System.MinDuration", TYPE_DURATION, CALLS, "-999999999999999 milliseconds" },
};

const struct builtin *builtins(size_t *count)
{
    *count = sizeof table / sizeof *table;
    return table;
}

const struct builtin *builtin_find(struct str full_name)
{
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        if (str_eq_nocase(full_name, str_of(table[i].name)))
            return &table[i];
    }
    return NULL;
}
