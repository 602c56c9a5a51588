/* What an export says of the whole flow: languages, defaults of actions, error handling, menus. */
#include <string.h>
#include "engine/base/env.h"
#include "engine/flow/import_parts.h"
#include "engine/flow/import_table.h"

static node_id object_at(struct import *im, const char *first, const char *second)
{
    node_id node = import_member(im, 1, first);
    return node && second ? import_member(im, node, second) : node;
}

/* The member that a setting is read from; 0: the export has none. */
static node_id value_of(struct import *im, const struct import_setting *setting)
{
    node_id object = object_at(im, setting->from, setting->from_part);
    node_id value = object ? doc_member_named(im->doc, object, str_of(setting->from_name)) : 0;
    return value && import_is_value(im, value) ? value : 0;
}

static bool same(const char *a, const char *b)
{
    return a && b ? !strcmp(a, b) : a == b;
}

static const struct import_setting *next_part(const struct import_setting *at)
{
    const struct import_setting *next = at;
    while (same(next->group, at->group) && same(next->part, at->part) && next->group)
        next++;
    return next;
}

static void write_part(struct import *im, const struct import_setting *at)
{
    const struct import_setting *end = next_part(at), *first = at;
    while (first < end && !value_of(im, first))
        first++;
    if (first == end)
        return;
    if (at->part)
        out_open(&im->out, str_of(at->part), '{');
    for (; first < end; first++) {
        node_id value = value_of(im, first);
        if (value)
            import_value(im, str_of(first->name), value);
    }
    if (at->part)
        out_close(&im->out, '}');
}

/* A flag that is a value in the export and bare in the tree; `turned`: the other way round. */
static void write_speech_flag(struct import *im, const char *key, const char *member, bool turned)
{
    node_id value = doc_member_named(im->doc, 1, str_of(member));
    struct str text = value && import_is_value(im, value) ? import_text(im, value, "text")
                                                          : STR_NONE;
    if (!str_is(text, "true") && !str_is(text, "false"))
        return;
    import_mark(im, value, MARK_USED);
    out_json(&im->out, str_of(key), str_is(text, "true") != turned ? STR("true") : STR("false"));
}

/* Only that the directory is off is known from exports; on it stays the default, and is told of. */
static void write_directory(struct import *im)
{
    static const char *const members[] = { "disableAsrCompanyDirectory",
                                           "speechRecCompanyDirectory" };
    node_id off = doc_member_named(im->doc, 1, str_of(members[0]));
    if (!off || !import_is_value(im, off) || !str_is(import_text(im, off, "text"), "true"))
        return;
    for (size_t i = 0; i < sizeof members / sizeof *members; i++) {
        node_id node = doc_member_named(im->doc, 1, str_of(members[i]));
        if (node)
            import_mark(im, node, MARK_USED);
    }
    out_text(&im->out, STR("asrCompanyDir"), STR("none"));
}

static bool group_has(struct import *im, const struct import_setting *at)
{
    const char *group = at->group;
    for (; same(at->group, group); at++) {
        if (value_of(im, at))
            return true;
    }
    return false;
}

static void write_group(struct import *im, const struct import_setting *at)
{
    const char *group = at->group;
    if (!group_has(im, at))
        return;
    out_open(&im->out, str_of(group), '{');
    for (; same(at->group, group); at = next_part(at))
        write_part(im, at);
    if (!strcmp(group, "settingsSpeechRec")) {
        write_directory(im);
        write_speech_flag(im, "asrEnabledOnFlow", "disableAsr", true);
        write_speech_flag(im, "suppressRecording", "suppressRecording", false);
    }
    out_close(&im->out, '}');
}

static void write_compatible(struct import *im)
{
    node_id owner = doc_member_named(im->doc, 1, STR("compatibleFlowTypes"))
                        ? 1
                        : import_member(im, 1, "commonModuleSettings");
    node_id first = owner ? import_first(im, owner, "compatibleFlowTypes") : 0;
    if (!first)
        return;
    out_open(&im->out, STR("settingsCommonModule"), '{');
    out_open(&im->out, STR("compatibleFlowTypes"), '[');
    for (node_id at = first; at; at = doc_next(im->doc, at)) {
        struct str type = import_lower(im, doc_text(im->doc, at));
        if (type.len == 0)
            continue;
        import_mark(im, at, MARK_USED);
        out_open(&im->out, STR_NONE, '{');
        out_text(&im->out, STR("flowType"), type);
        out_close(&im->out, '}');
    }
    out_close(&im->out, ']');
    out_close(&im->out, '}');
}

/* --- error handling */

static void write_target(struct import *im, node_id handling, const char *kind)
{
    static const char *const members[] = { "task",          "menu",          "state",
                                           "taskReference", "menuReference", "stateReference",
                                           "sequenceItemId" };
    for (size_t i = 0; i < sizeof members / sizeof *members; i++) {
        struct str id = import_text(im, handling, members[i]);
        const struct import_item *item = import_item_of(im, id);
        if (!item || strcmp(item->word, kind))
            continue;
        const char *field = !strcmp(kind, "task")   ? "targetTaskRef"
                            : !strcmp(kind, "menu") ? "targetMenuRef"
                                                    : "targetStateRef";
        out_text(&im->out, str_of(field), import_ref(im, id));
        return;
    }
    import_tell(im, DIAG_IMPORT_REFERENCE, handling, STR("errorHandling"), STR_NONE, STR_NONE);
}

/* "Disconnect", "Queue", "Task" ... are members of that name. */
static void write_handling(struct import *im, node_id handling)
{
    struct str kind = import_lower(im, import_text(im, handling, "handlingType"));
    node_id queue = doc_member_named(im->doc, handling, STR("queue"));
    bool list = str_is(kind, "task") || str_is(kind, "menu") || str_is(kind, "state");
    if (kind.len == 0)
        return;
    out_open(&im->out, STR("errorHandling"), '{');
    if (str_is(kind, "queue") && queue && import_is_value(im, queue)) {
        out_open(&im->out, kind, '{');
        import_value(im, STR("targetQueue"), queue);
        out_close(&im->out, '}');
    } else if (list) {
        out_open(&im->out, kind, '{');
        write_target(im, handling,
                     str_is(kind, "task")   ? "task"
                     : str_is(kind, "menu") ? "menu"
                                            : "state");
        out_close(&im->out, '}');
    } else {
        import_true(im, kind, "none");
    }
    if (queue && import_text(im, queue, "text").len == 0)
        import_mark(im, queue, MARK_USED);
    out_close(&im->out, '}');
}

static void write_error_handling(struct import *im)
{
    node_id handling = import_member(im, 1, "errorHandling");
    if (!handling || doc_kind(im->doc, handling) != NODE_OBJECT)
        return;
    node_id audio = doc_member_named(im->doc, handling, STR("audio"));
    out_open(&im->out, STR("settingsErrorHandling"), '{');
    write_handling(im, handling);
    if (audio && import_is_audio(im, audio))
        import_audio(im, STR("preHandlingAudio"), audio);
    out_close(&im->out, '}');
}

void import_settings(struct import *im)
{
    const struct import_setting *at = import_settings_table;
    write_compatible(im);
    while (at->group) {
        const char *group = at->group;
        write_group(im, at);
        if (!strcmp(group, "settingsActionDefaults"))
            write_error_handling(im);
        while (same(at->group, group))
            at++;
    }
}

/* A menu has the settings of menus and of speech under the names that the defaults have. */
void import_menu_settings(struct import *im, node_id owner)
{
    const struct import_setting *at = import_settings_table;
    while (at->group) {
        const char *group = at->group;
        bool open = false;
        bool menu = !strcmp(group, "settingsMenu") || !strcmp(group, "settingsSpeechRec");
        for (; same(at->group, group); at++) {
            node_id value = menu ? doc_member_named(im->doc, owner, str_of(at->from_name)) : 0;
            if (!value || !import_is_value(im, value))
                continue;
            if (!open)
                out_open(&im->out, str_of(group), '{');
            open = true;
            import_value(im, str_of(at->name), value);
        }
        if (open)
            out_close(&im->out, '}');
    }
}
