/* One line that says what an action does, for the tree. */
#include <string.h>
#include "engine/flow/edit_flow.h"

/* Which field says most about an action, by its path; of several the first that has a value. */
static const struct {
    const char *key, *path;
} telling[] = {
    { "playAudio", "audio" },
    { "decision", "condition" },
    { "collectInput", "inputData" },
    { "clearPostFlow", "target" },
    { "transferToAcd", "targetQueue" },
    { "transferToUser", "targetUser" },
    { "transferToNumber", "targetNumber" },
    { "transferToGroup", "targetGroup" },
    { "transferToFlow", "targetFlow" },
    { "transferToFlowSecure", "targetFlow" },
    { "transferToVoicemail", "destination/queue/targetQueue" },
    { "transferToVoicemail", "destination/user/targetUser" },
    { "transferToVoicemail", "destination/group/targetGroup" },
    { "holdMusic", "prompt" },
    { "callData", "category/*/dataAction" },
    { "dataTableLookup", "dataTable" },
    { "evaluateSchedule", "schedule" },
    { "evaluateSchedule", "emergencyGroup" },
    { "evaluateScheduleGroup", "scheduleGroup" },
    { "callCommonModule", "commonModule" },
    { "callTask", "targetTaskRef" },
    { "jumpToTask", "targetTaskRef" },
    { "jumpToMenu", "targetMenuRef" },
    { "changeState", "targetStateRef" },
    { "setScreenPop", "screenPopScript" },
    { "setLanguage", "language" },
    { "setLanguage", "languageValue" },
    { "createCallback", "callbackNumber" },
    { "askSurveyQuestion", "surveyQuestion" },
    { "loop", "loopCount" },
    { "switch", "evaluate/firstMatch/*/value" },
    { "switch", "evaluate" },
    { "endTask", "outputPath/name" },
    { "playEstimatedWaitTime", "playbackMode" },
    { "playPositionInQueue", "playbackMode" },
};

static void post_flow_summary(const struct flow *flow, node_id action, struct buf *out)
{
    struct post_flow_fields post;
    flow_post_flow(flow, action, &post);
    buf_addf(out, "%s%.*s -> ", post.target.form == FORM_EXPRESSION ? "=" : "",
             STR_ARG(post.target.text));
    if (post.flow.text.len > 0)
        buf_add(out, post.flow.text);
    else
        buf_add_text(out, "(no flow)");
    if (post.flow_type == FLOW_VOICE_SURVEY)
        buf_add_text(out, " (survey)");
}

/* "Flow.a = 1, Flow.b = 2, ...": the fields of the first rows. */
static void rows_summary(const struct flow *flow, node_id action, const struct field *list,
                         struct buf *out)
{
    enum { SHOWN = 3 };
    unsigned count = flow_row_count(flow, action, list);
    for (unsigned row = 0; row < count && row < SHOWN; row++) {
        node_id node = flow_row(flow, action, list, row);
        if (row > 0)
            buf_add_text(out, ", ");
        for (const struct field *part = list->rows; node && part->path; part++) {
            size_t before = out->len;
            if (part > list->rows)
                buf_add_text(out, " = ");
            size_t value = out->len;
            flow_get(flow, node, part, out);
            if (out->len == value)
                buf_truncate(out, before);
        }
    }
    if (count > SHOWN)
        buf_add_text(out, ", ...");
}

void flow_summary(const struct flow *flow, node_id action, struct buf *out)
{
    const struct action_info *info = flow_action(flow, action);
    const char *key = info ? info->wraps ? info->wraps : info->key : "";
    size_t before = out->len;
    if (info && !strcmp(key, "setPostFlow")) {
        post_flow_summary(flow, action, out);
        return;
    }
    for (size_t i = 0; i < sizeof telling / sizeof *telling && out->len == before; i++) {
        const struct field *field =
            strcmp(telling[i].key, key) ? NULL : catalogue_field(info, str_of(telling[i].path));
        if (field)
            flow_get(flow, action, field, out);
    }
    for (const struct field *field = info ? info->fields : NULL; field && field->path; field++) {
        if (field->kind == FIELD_ROWS && field->rows && out->len == before)
            rows_summary(flow, action, field, out);
    }
}
