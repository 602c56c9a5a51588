#include "engine/flow/import_shapes.h"

#include <string.h>
#include "engine/base/env.h"

/* The first member of an object that holds a value; 0: none. */
static node_id any_value(const struct import *im, node_id object)
{
    for (node_id at = doc_first(im->doc, object); at; at = doc_next(im->doc, at)) {
        if (import_is_value(im, at))
            return at;
    }
    return 0;
}

static node_id plain_member(const struct import *im, node_id object, const char *key)
{
    return doc_member_named(im->doc, object, str_of(key));
}

static bool write_value_of(struct import *im, struct str key, node_id object, const char *member)
{
    node_id value = plain_member(im, object, member);
    if (!value || !import_is_value(im, value))
        return false;
    import_value(im, key, value);
    return true;
}

static void write_pairs_of(struct import *im, const char *key, node_id object, const char *member,
                           bool results)
{
    node_id list = plain_member(im, object, member);
    if (list && doc_kind(im->doc, list) == NODE_LIST && doc_first(im->doc, list))
        import_pairs(im, str_of(key), list, results);
    else if (list)
        import_mark(im, list, MARK_LOOKED);
}

/* --- data */

static void failure_outputs(struct import *im, struct str key, const struct import_spot *spot)
{
    (void) key;
    write_pairs_of(im, "failureOutputs", spot->action, "errorBindings", true);
}

static void statements(struct import *im, struct str key, const struct import_spot *spot)
{
    out_open(&im->out, key, '[');
    for (node_id at = import_first(im, spot->action, "variables"); at; at = doc_next(im->doc, at)) {
        node_id variable = plain_member(im, at, "variable");
        node_id value = plain_member(im, at, "expression");
        if (!variable || !value || !import_is_value(im, variable) || !import_is_value(im, value))
            continue;
        struct str type = import_type(im, variable);
        struct str name = import_text(im, variable, "text");
        import_mark(im, at, MARK_LOOKED);
        import_mark(im, variable, MARK_USED);
        out_open(&im->out, STR_NONE, '{');
        out_open(&im->out, type.len > 0 ? type : STR("string"), '{');
        out_text(&im->out, STR("variable"), name);
        import_value(im, STR("value"), value);
        out_close(&im->out, '}');
        out_close(&im->out, '}');
    }
    out_close(&im->out, ']');
}

/* Participant data: what is written is the value's expression under the name in `variable`; what is
 * read comes from the name in `expression` into the variable. */
static void attributes(struct import *im, struct str key, node_id action, bool get)
{
    const char *name = get ? "expression" : "variable";
    out_open(&im->out, key, '[');
    for (node_id at = import_first(im, action, "variables"); at; at = doc_next(im->doc, at)) {
        node_id variable = plain_member(im, at, "variable");
        if (!variable || !import_is_value(im, variable))
            continue;
        import_mark(im, at, MARK_LOOKED);
        out_open(&im->out, STR_NONE, '{');
        out_open(&im->out, STR("attribute"), '{');
        write_value_of(im, STR("name"), at, name);
        if (get) {
            out_text(&im->out, STR("variable"), import_text(im, variable, "text"));
            import_mark(im, variable, MARK_USED);
        } else {
            write_value_of(im, STR("value"), at, "expression");
        }
        out_close(&im->out, '}');
        out_close(&im->out, '}');
    }
    out_close(&im->out, ']');
}

static void set_attributes(struct import *im, struct str key, const struct import_spot *spot)
{
    attributes(im, key, spot->action, false);
}

static void get_attributes(struct import *im, struct str key, const struct import_spot *spot)
{
    attributes(im, key, spot->action, true);
}

/* category: {INTEGRATION: {dataAction: {ACTION: {inputs, successOutputs, failureOutputs}}}} */
static void data_action(struct import *im, struct str key, const struct import_spot *spot)
{
    node_id category = import_member(im, spot->action, "category");
    struct str integration = category ? import_text(im, category, "name") : STR_NONE;
    struct str name = import_text(im, spot->action, "actionName");
    if (name.len == 0)
        return;
    out_open(&im->out, key, '{');
    out_open(&im->out, integration.ptr ? integration : STR(""), '{');
    out_open(&im->out, STR("dataAction"), '{');
    out_open(&im->out, name, '{');
    write_pairs_of(im, "inputs", spot->action, "inputs", false);
    write_pairs_of(im, "successOutputs", spot->action, "outputs", true);
    write_pairs_of(im, "failureOutputs", spot->action, "errorBindings", true);
    for (int i = 0; i < 4; i++)
        out_close(&im->out, '}');
}

static void data_table(struct import *im, struct str key, const struct import_spot *spot)
{
    struct str name = import_text(im, spot->action, "datatableName");
    if (name.len == 0)
        return;
    out_open(&im->out, key, '{');
    out_open(&im->out, name, '{');
    write_pairs_of(im, "foundOutputs", spot->action, "outputs", true);
    write_pairs_of(im, "failureOutputs", spot->action, "errorBindings", true);
    out_close(&im->out, '}');
    out_close(&im->out, '}');
}

/* A number in a value; empty: there is none that is a literal. */
static struct str number_of(struct import *im, node_id action, const char *member)
{
    node_id value = plain_member(im, action, member);
    struct str text = value ? import_text(im, value, "text") : STR_NONE;
    if (!value || !flow_is_number(text))
        return STR_NONE;
    import_mark(im, value, MARK_USED);
    return text;
}

static void digits(struct import *im, struct str key, const struct import_spot *spot)
{
    struct str least = number_of(im, spot->action, "numberOfDigitsMin");
    struct str most = number_of(im, spot->action, "numberOfDigitsMax");
    if (most.len == 0)
        return;
    out_open(&im->out, key, '{');
    if (least.len == 0 || str_eq(least, most)) {
        out_json(&im->out, STR("exact"), most);
    } else {
        out_open(&im->out, STR("range"), '{');
        out_json(&im->out, STR("min"), least);
        out_json(&im->out, STR("max"), most);
        out_close(&im->out, '}');
    }
    out_close(&im->out, '}');
}

/* Only whether there is one is known from exports: which one is assumed unless it is said. */
static void verification(struct import *im, struct str key, const struct import_spot *spot)
{
    struct str type = import_text(im, spot->action, "verificationType");
    if (import_is_true(im, spot->action, "verification"))
        out_text(&im->out, key, type.len > 0 ? type : STR("individualDigits"));
}

/* An empty one stands for none. */
static void verification_audio(struct import *im, struct str key, const struct import_spot *spot)
{
    node_id audio = import_member(im, spot->action, "verificationPrompts");
    node_id value = audio ? import_member(im, audio, "defaultAudio") : 0;
    if (value && import_text(im, value, "text").len > 0)
        import_audio(im, key, audio);
    else if (value)
        import_mark(im, audio, MARK_USED);
}

/* --- audio, logic */

static void play_style(struct import *im, struct str key, const struct import_spot *spot)
{
    node_id duration = plain_member(im, spot->action, "duration");
    out_open(&im->out, key, '{');
    if (!import_is_true(im, spot->action, "playForDuration")) {
        if (duration)
            import_mark(im, duration, MARK_USED); /* of no use without it */
        out_json(&im->out, STR("entirePrompt"), STR("true"));
    } else {
        write_value_of(im, STR("duration"), spot->action, "duration");
    }
    out_close(&im->out, '}');
}

static void moment(struct import *im, struct str key, const struct import_spot *spot)
{
    static const char *const members[] = { "dateTime", "evaluateDateTime", "evaluationDateTime" };
    out_open(&im->out, key, '{');
    bool written = false;
    for (size_t i = 0; i < sizeof members / sizeof *members && !written; i++)
        written = write_value_of(im, STR("dateTime"), spot->action, members[i]);
    if (!written)
        out_json(&im->out, STR("now"), STR("true"));
    out_close(&im->out, '}');
}

static struct str output_of(const struct import *im, node_id path)
{
    node_id output = plain_member(im, path, "outputId");
    return output ? doc_text(im->doc, output) : STR_NONE;
}

/* The paths of a switch by their output ids, and the one whose turn it is. */
struct switch_paths {
    struct text_map by_id;
    node_id next; /* in the list, the default one passed over; 0: no more */
};

static void pass_default(const struct import *im, struct switch_paths *paths)
{
    while (paths->next && str_is(output_of(im, paths->next), "__DEFAULT__"))
        paths->next = doc_next(im->doc, paths->next);
}

static void find_paths(struct import *im, struct switch_paths *paths, node_id action)
{
    paths->next = import_first(im, action, "paths");
    text_map_init(&paths->by_id, im->env);
    for (node_id at = paths->next; at; at = doc_next(im->doc, at)) {
        if (output_of(im, at).len > 0)
            text_map_add(&paths->by_id, output_of(im, at), at);
    }
    pass_default(im, paths);
}

/* The path of a case: the one whose output the case names, else the one at its place. */
static node_id path_of_case(struct import *im, struct switch_paths *paths, node_id item)
{
    node_id found = paths->next;
    paths->next = found ? doc_next(im->doc, found) : 0;
    pass_default(im, paths);
    for (node_id at = doc_first(im->doc, item); at; at = doc_next(im->doc, at)) {
        node_id named = doc_kind(im->doc, at) == NODE_TEXT
                            ? text_map_find(&paths->by_id, doc_text(im->doc, at))
                            : 0;
        if (!named)
            continue;
        import_mark(im, at, MARK_USED);
        return named;
    }
    return found;
}

static void write_branch(struct import *im, node_id path, const struct import_spot *spot)
{
    import_list(im, "actions", path ? import_path_begin(im, path) : STR_NONE, spot);
}

static void write_cases(struct import *im, const struct import_spot *spot)
{
    struct switch_paths paths;
    find_paths(im, &paths, spot->action);
    out_open(&im->out, STR("cases"), '[');
    for (node_id at = import_first(im, spot->action, "cases"); at; at = doc_next(im->doc, at)) {
        node_id value = import_is_value(im, at) ? at : any_value(im, at);
        import_mark(im, at, MARK_LOOKED);
        out_open(&im->out, STR_NONE, '{');
        out_open(&im->out, STR("case"), '{');
        if (value)
            import_value(im, STR("value"), value);
        write_branch(im, path_of_case(im, &paths, at), spot);
        out_close(&im->out, '}');
        out_close(&im->out, '}');
    }
    out_close(&im->out, ']');
    text_map_release(&paths.by_id);
}

static node_id default_path(struct import *im, node_id action)
{
    for (node_id at = import_first(im, action, "paths"); at; at = doc_next(im->doc, at)) {
        if (str_is(output_of(im, at), "__DEFAULT__"))
            return at;
    }
    return 0;
}

/* A switch with a value compares its cases with it, one without takes the first that is true. */
static void switch_cases(struct import *im, struct str key, const struct import_spot *spot)
{
    node_id value = any_value(im, spot->action);
    struct str type = value ? import_type(im, value) : STR_NONE;
    out_open(&im->out, key, '{');
    out_open(&im->out, value ? STR("firstMatch") : STR("firstTrue"), '{');
    if (value) {
        out_open(&im->out, type.len > 0 ? type : STR("string"), '{');
        import_value(im, STR("value"), value);
    }
    node_id path = default_path(im, spot->action);
    if (path) {
        out_open(&im->out, STR("default"), '{');
        write_branch(im, path, spot);
        out_close(&im->out, '}');
    }
    write_cases(im, spot);
    for (int i = value ? 3 : 2; i > 0; i--)
        out_close(&im->out, '}');
}

static void end_task_path(struct import *im, struct str key, const struct import_spot *spot)
{
    struct str output = import_text(im, spot->action, "outputId");
    struct str name = import_text(im, spot->action, "outputName");
    node_id at = spot->item ? import_first(im, spot->item->node, "paths") : 0;
    unsigned looked = 0;
    for (; at && name.len == 0 && looked < FLOW_MOST_OUTPUTS; at = doc_next(im->doc, at)) {
        node_id label = plain_member(im, at, "label");
        looked++;
        if (label && output.len > 0 && str_eq(output_of(im, at), output) &&
            !str_is(output, "__DEFAULT__"))
            name = doc_text(im->doc, label);
    }
    if (name.len == 0)
        return;
    out_open(&im->out, key, '{');
    out_text(&im->out, STR("name"), name);
    out_close(&im->out, '}');
}

/* --- transfers, flows */

static void first_queue(struct import *im, struct str key, const struct import_spot *spot)
{
    node_id queue = import_first(im, spot->action, "queues");
    if (queue && import_is_value(im, queue))
        import_value(im, key, queue);
}

/* Each is a value, or an object that has it as `skill`. */
static void skills(struct import *im, struct str key, const struct import_spot *spot)
{
    node_id first = import_first(im, spot->action, "skills");
    if (!first)
        return;
    out_open(&im->out, key, '[');
    for (node_id at = first; at; at = doc_next(im->doc, at)) {
        node_id value = import_is_value(im, at) ? at : any_value(im, at);
        if (!value)
            continue;
        import_mark(im, at, MARK_LOOKED);
        out_open(&im->out, STR_NONE, '{');
        import_value(im, STR("acdSkill"), value);
        out_close(&im->out, '}');
    }
    out_close(&im->out, ']');
}

static void destination(struct import *im, struct str key, const struct import_spot *spot)
{
    static const struct {
        const char *member, *kind, *field;
    } targets[] = {
        { "transferTargetQueue", "queue", "targetQueue" },
        { "transferTargetGroup", "group", "targetGroup" },
        { "transferTarget", "user", "targetUser" },
    };
    size_t i = 0;
    node_id value = 0;
    for (; i < sizeof targets / sizeof *targets; i++) {
        value = plain_member(im, spot->action, targets[i].member);
        if (value && import_is_value(im, value) && import_text(im, value, "text").len > 0)
            break;
    }
    if (i == sizeof targets / sizeof *targets)
        return;
    out_open(&im->out, key, '{');
    out_open(&im->out, str_of(targets[i].kind), '{');
    import_value(im, str_of(targets[i].field), value);
    if (i == 0) {
        node_id greeting = plain_member(im, spot->action, "voicemailGreeting");
        write_value_of(im, STR("callbackNumber"), spot->action, "callbackNumber");
        write_value_of(im, STR("calleeName"), spot->action, "calleeName");
        if (greeting && import_is_audio(im, greeting))
            import_audio(im, STR("voicemailGreeting"), greeting);
    }
    out_close(&im->out, '}');
    out_close(&im->out, '}');
}

/* The member whose name ends with "flowName": flowName, voiceSurveyFlowName ... */
static struct str flow_name_of(struct import *im, node_id action)
{
    for (node_id at = doc_first(im->doc, action); at; at = doc_next(im->doc, at)) {
        struct str key = doc_key(im->doc, at);
        bool named = key.len >= 8 &&
                     str_eq_nocase(str_slice(key, key.len - 8, key.len), STR("flowName"));
        if (!named || doc_kind(im->doc, at) != NODE_TEXT || doc_text(im->doc, at).len == 0)
            continue;
        import_mark(im, at, MARK_USED);
        return doc_text(im->doc, at);
    }
    return STR_NONE;
}

static void post_flow(struct import *im, struct str key, const struct import_spot *spot)
{
    struct str name = flow_name_of(im, spot->action);
    if (name.len == 0)
        return;
    out_open(&im->out, key, '{');
    out_text(&im->out, STR("name"), name);
    out_close(&im->out, '}');
}

static void published_flow(struct import *im, struct str key, const struct import_spot *spot)
{
    struct str name = flow_name_of(im, spot->action);
    if (name.len == 0)
        return;
    out_open(&im->out, key, '{');
    out_open(&im->out, name, '{');
    out_open(&im->out, STR("ver_latestPublished"), '{');
    write_pairs_of(im, "inputs", spot->action, "inputs", false);
    write_pairs_of(im, "outputs", spot->action, "outputs", true);
    for (int i = 0; i < 3; i++)
        out_close(&im->out, '}');
}

static void script(struct import *im, struct str key, const struct import_spot *spot)
{
    struct str name = import_text(im, spot->action, "screenPopName");
    if (name.len == 0)
        name = import_text(im, spot->action, "scriptName");
    if (name.len == 0)
        return;
    out_open(&im->out, key, '{');
    out_open(&im->out, name, '{');
    write_pairs_of(im, "inputs", spot->action, "inputs", false);
    out_close(&im->out, '}');
    out_close(&im->out, '}');
}

import_shape import_shape_find(const char *kind, const char *field)
{
    static const struct {
        const char *kind, *field; /* kind NULL: any */
        import_shape shape;
    } shapes[] = {
        { "updateData", "statements", statements },
        { "setParticipantData", "attributes", set_attributes },
        { "getParticipantData", "attributes", get_attributes },
        { "callData", "category", data_action },
        { "dataTableLookup", "dataTable", data_table },
        { "collectInput", "digits", digits },
        { "collectInput", "verificationType", verification },
        { "collectInput", "verificationAudio", verification_audio },
        { "holdMusic", "playStyle", play_style },
        { "evaluateSchedule", "evaluate", moment },
        { "evaluateScheduleGroup", "evaluate", moment },
        { "switch", "evaluate", switch_cases },
        { "endTask", "outputPath", end_task_path },
        { "transferToAcd", "targetQueue", first_queue },
        { "transferToAcd", "acdSkills", skills },
        { "transferToVoicemail", "destination", destination },
        { "setPostFlow", "targetFlow", post_flow },
        { "callCommonModule", "commonModule", published_flow },
        { "callBotFlow", "botFlow", published_flow },
        { "callVoiceFlow", "voiceFlow", published_flow },
        { "setScreenPop", "screenPopScript", script },
        { "createCallback", "script", script },
        { NULL, "failureOutputs", failure_outputs },
    };
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
        if ((!shapes[i].kind || !strcmp(shapes[i].kind, kind)) && !strcmp(shapes[i].field, field))
            return shapes[i].shape;
    }
    return NULL;
}
