/* One line that says what an action does, for the tree. */
#include <string.h>
#include "engine/flow/edit_flow.h"

/* Which field says most about an action, by its path. */
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
    { "transferToVoicemail", "destination" },
    { "holdMusic", "prompt" },
    { "callData", "category/*/dataAction" },
    { "dataTableLookup", "dataTable" },
    { "evaluateSchedule", "schedule" },
    { "evaluateScheduleGroup", "scheduleGroup" },
    { "callCommonModule", "commonModule" },
    { "callTask", "targetTaskRef" },
    { "jumpToTask", "targetTaskRef" },
    { "jumpToMenu", "targetMenuRef" },
    { "changeState", "targetStateRef" },
    { "setScreenPop", "screenPopScript" },
    { "setLanguage", "language" },
    { "createCallback", "callbackNumber" },
    { "askSurveyQuestion", "surveyQuestion" },
    { "loop", "loopCount" },
    { "switch", "evaluate" },
    { "endTask", "outputPath/name" },
    { "playEstimatedWaitTime", "playbackMode" },
    { "playPositionInQueue", "playbackMode" },
};

static void post_flow_summary(const struct flow *flow, node_id action, struct buf *out)
{
    struct post_flow_fields post;
    flow_post_flow(flow, action, &post);
    buf_addf(out, "%s%.*s to ", post.target.form == FORM_EXPRESSION ? "=" : "",
             STR_ARG(post.target.text));
    if (post.flow.text.len > 0)
        buf_add(out, post.flow.text);
    else
        buf_add_text(out, "(no flow)");
    if (post.flow_type == FLOW_VOICE_SURVEY)
        buf_add_text(out, " (survey)");
}

static void rows_summary(const struct flow *flow, node_id action, const struct action_info *info,
                         struct buf *out)
{
    for (const struct field *field = info->fields; field->path; field++) {
        if (field->kind != FIELD_ROWS || !field->rows)
            continue;
        unsigned count = flow_row_count(flow, action, field);
        for (unsigned row = 0; row < count && row < 3; row++) {
            node_id node = flow_row(flow, action, field, row);
            if (node && row > 0)
                buf_add_text(out, ", ");
            if (node)
                flow_get(flow, node, &field->rows[0], out);
        }
        if (count > 3)
            buf_add_text(out, ", ...");
    }
}

void flow_summary(const struct flow *flow, node_id action, struct buf *out)
{
    const struct action_info *info = flow_action(flow, action);
    const char *key = info ? info->wraps ? info->wraps : info->key : "";
    if (info && !strcmp(key, "setPostFlow")) {
        post_flow_summary(flow, action, out);
        return;
    }
    for (size_t i = 0; i < sizeof telling / sizeof *telling; i++) {
        if (strcmp(telling[i].key, key))
            continue;
        const struct field *field = catalogue_field(info, str_of(telling[i].path));
        if (field)
            flow_get(flow, action, field, out);
        return;
    }
    if (info)
        rows_summary(flow, action, info, out);
}
