/* Actions of an export: the catalogue's fields in their order, each from the member that holds it.
 */
#include <string.h>
#include "engine/base/env.h"
#include "engine/doc/write.h"
#include "engine/flow/import_parts.h"
#include "engine/flow/import_shapes.h"
#include "engine/flow/import_table.h"

static const char *known_kind(struct str type)
{
    for (const struct import_kind_name *name = import_kind_names; name->type; name++) {
        if (str_is(type, name->type))
            return name->key;
    }
    return NULL;
}

static struct str key_of(struct import *im, node_id action)
{
    struct str type = import_text(im, action, "__type");
    const char *known = known_kind(type);
    struct str key = known ? str_of(known) : import_stem(im, type, STR("Action"));
    return key.len > 0 ? key : STR("unknown");
}

const struct action_info *import_kind(struct import *im, node_id action)
{
    struct str key = key_of(im, action);
    const struct action_info *info = catalogue_find(key);
    return info && str_is(key, info->key) && !(info->flags & ACTION_CHOICE) ? info : NULL;
}

static bool is_step(const char *path, const char *step)
{
    size_t len = strlen(step);
    return !strncmp(path, step, len) && (path[len] == 0 || path[len] == '/');
}

/* The member of the export that holds a field; 0: none. */
static node_id member_of(struct import *im, node_id action, const char *kind, const char *field)
{
    for (const struct import_member_name *name = import_member_names; name->field; name++) {
        if ((name->kind && strcmp(name->kind, kind)) || strcmp(name->field, field))
            continue;
        node_id node = doc_member_named(im->doc, action, str_of(name->member));
        if (node)
            return node;
    }
    return doc_member_named(im->doc, action, str_of(field));
}

static void write_reference(struct import *im, struct str key, node_id node)
{
    struct str ref = import_ref(im, doc_text(im->doc, node));
    import_mark(im, node, MARK_USED);
    if (ref.len > 0)
        out_text(&im->out, key, ref);
    else
        import_tell(im, DIAG_IMPORT_REFERENCE, node, doc_text(im->doc, node), STR_NONE, STR_NONE);
}

static void write_named(struct import *im, struct str key, node_id node)
{
    import_mark(im, node, MARK_USED);
    if (doc_text(im->doc, node).len == 0)
        return;
    out_open(&im->out, key, '{');
    out_text(&im->out, STR("name"), doc_text(im->doc, node));
    out_close(&im->out, '}');
}

/* A member in the form of its field; what has another shape is left, and told of at the end. */
static void write_field(struct import *im, const struct field *field, node_id node)
{
    struct str key = str_of(field->path);
    bool value = import_is_value(im, node);
    bool scalar = !doc_is_container(im->doc, node) && doc_kind(im->doc, node) != NODE_NULL;
    if (field->kind == FIELD_AUDIO && (value || import_is_audio(im, node))) {
        import_audio(im, key, node);
    } else if (field->kind == FIELD_RESULT && value) {
        import_result(im, key, node);
    } else if (field->kind == FIELD_FLAG && (value || scalar)) {
        import_flag(im, key, node);
    } else if ((field->kind == FIELD_TASK || field->kind == FIELD_MENU ||
                field->kind == FIELD_STATE) &&
               scalar) {
        write_reference(im, key, node);
    } else if (field->kind == FIELD_FLOW && scalar) {
        write_named(im, key, node);
    } else if ((field->kind == FIELD_TEXT || field->kind == FIELD_WORD) && scalar) {
        import_mark(im, node, MARK_USED);
        out_text(&im->out, key, doc_text(im->doc, node));
    } else if ((field->kind == FIELD_VALUE || field->kind == FIELD_OPTION) && value) {
        import_value(im, key, node);
    } else if ((field->kind == FIELD_INPUTS || field->kind == FIELD_RESULTS) &&
               doc_kind(im->doc, node) == NODE_LIST) {
        import_pairs(im, key, node, field->kind == FIELD_RESULTS);
    }
}

/* Whether a field before this one has the same first step. */
static bool is_repeated(const struct field *fields, const struct field *field)
{
    size_t len = strcspn(field->path, "/");
    for (; fields < field; fields++) {
        if (!strncmp(fields->path, field->path, len) && strcspn(fields->path, "/") == len)
            return true;
    }
    return false;
}

/* What a choice has beside the action in it: that is not read from the action. */
static bool is_of_choice(const struct action_info *info, const char *path)
{
    return info->flags & ACTION_CHOICE && (is_step(path, "dtmf") || is_step(path, "globalDtmf") ||
                                           is_step(path, "globalSpeechRecTerms"));
}

void import_fields(struct import *im, const struct action_info *info,
                   const struct import_spot *spot)
{
    const char *kind = info->wraps ? info->wraps : info->key;
    for (const struct field *field = info->fields; field->path; field++) {
        if (is_step(field->path, "name") || is_of_choice(info, field->path) ||
            is_repeated(info->fields, field))
            continue;
        char step[64];
        size_t len = strcspn(field->path, "/");
        BUG_ON(len >= sizeof step);
        memcpy(step, field->path, len);
        step[len] = 0;
        import_shape shape = import_shape_find(kind, step);
        node_id node = shape || field->path[len] ? 0 : member_of(im, spot->action, kind, step);
        if (shape)
            shape(im, str_of(step), spot);
        else if (node)
            write_field(im, field, node);
    }
}

/* --- actions that nobody knows */

static bool is_of_graph(struct str key)
{
    static const char *const keys[] = {
        "__type", "name", "nextAction", "paths", "path", "outputs"
    };
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        if (str_is(key, keys[i]))
            return true;
    }
    for (const char *const *editor = import_editor_members; *editor; editor++) {
        if (str_is(key, *editor))
            return true;
    }
    return false;
}

static void write_as_it_is(struct import *im, struct str key, node_id node)
{
    struct buf json;
    buf_init(&json, im->env);
    doc_write_compact(im->doc, node, &json);
    import_mark(im, node, MARK_USED);
    out_json(&im->out, key, buf_str(&json));
    buf_release(&json);
}

static void write_any_fields(struct import *im, node_id action)
{
    for (node_id at = doc_first(im->doc, action); at; at = doc_next(im->doc, at)) {
        struct str key = doc_key(im->doc, at);
        if (is_of_graph(key))
            continue;
        if (import_is_value(im, at))
            import_value(im, key, at);
        else if (import_is_audio(im, at))
            import_audio(im, key, at);
        else
            write_as_it_is(im, key, at);
    }
}

/* --- outputs */

static bool is_standard(struct str id)
{
    return id.len > 4 && str_starts(id, STR("__")) && str_ends(id, STR("__"));
}

static struct str path_id(const struct import *im, node_id path)
{
    node_id id = doc_member_named(im->doc, path, STR("outputId"));
    return id ? doc_text(im->doc, id) : STR_NONE;
}

/* Paths are in a list, or it is a single one. */
static node_id first_path(struct import *im, node_id action)
{
    node_id single = import_member(im, action, "path");
    return single && doc_kind(im->doc, single) == NODE_OBJECT ? single
                                                              : import_first(im, action, "paths");
}

static node_id next_path(const struct import *im, node_id path)
{
    return doc_kind(im->doc, doc_parent(im->doc, path)) == NODE_LIST ? doc_next(im->doc, path) : 0;
}

struct str import_path_begin(struct import *im, node_id path)
{
    import_mark(im, path, MARK_LOOKED);
    import_text(im, path, "outputId");
    return import_text(im, path, "nextActionId");
}

/* Those without actions are not written. Named ones come last, in a list. */
static void write_paths(struct import *im, const struct import_spot *spot, bool named)
{
    struct text_map ids;
    text_map_init(&ids, im->env);
    for (node_id at = first_path(im, spot->action); at; at = next_path(im, at)) {
        struct str id = path_id(im, at);
        if (doc_kind(im->doc, at) != NODE_OBJECT || is_standard(id) == named)
            continue;
        struct str key = named ? id : import_camel(im, id);
        struct str first = text_map_find(&ids, key) ? STR_NONE : import_path_begin(im, at);
        if (first.len == 0)
            continue;
        text_map_add(&ids, key, 1);
        if (named) {
            struct str label = import_text(im, at, "label");
            out_open(&im->out, STR_NONE, '{');
            out_open(&im->out, STR("path"), '{');
            out_text(&im->out, STR("name"), label.len > 0 ? label : id);
        } else {
            out_open(&im->out, key, '{');
        }
        import_list(im, "actions", first, spot);
        out_close(&im->out, '}');
        if (named)
            out_close(&im->out, '}');
    }
    text_map_release(&ids);
}

static bool has_paths(struct import *im, node_id action, bool named)
{
    for (node_id at = first_path(im, action); at; at = next_path(im, at)) {
        if (doc_kind(im->doc, at) == NODE_OBJECT && is_standard(path_id(im, at)) != named &&
            import_path_begin(im, at).len > 0)
            return true;
    }
    return false;
}

static void write_outputs(struct import *im, const struct import_spot *spot, bool loop)
{
    struct import_spot inner = *spot;
    bool standard = has_paths(im, spot->action, false), named = has_paths(im, spot->action, true);
    if (!standard && !named)
        return;
    if (loop) {
        node_id id = doc_member_named(im->doc, spot->action, STR("id"));
        inner.after = inner.loop = doc_text(im->doc, id);
        inner.leave = spot->after;
    }
    out_open(&im->out, STR("outputs"), '{');
    if (standard)
        write_paths(im, &inner, false);
    if (named) {
        out_open(&im->out, STR("paths"), '[');
        write_paths(im, &inner, true);
        out_close(&im->out, ']');
    }
    out_close(&im->out, '}');
}

void import_action(struct import *im, const struct import_spot *spot)
{
    const struct action_info *info = import_kind(im, spot->action);
    struct str name = import_text(im, spot->action, "name");
    out_open(&im->out, STR_NONE, '{');
    out_open(&im->out, info ? str_of(info->key) : key_of(im, spot->action), '{');
    if (name.ptr)
        out_text(&im->out, STR("name"), name);
    if (info) {
        import_fields(im, info, spot);
    } else {
        import_tell(im, DIAG_IMPORT_UNKNOWN, spot->action, import_name(im, spot->action),
                    import_text(im, spot->action, "__type"), STR_NONE);
        write_any_fields(im, spot->action);
    }
    if (!info || !(info->flags & ACTION_HAS_CASES))
        write_outputs(im, spot, info && info->flags & ACTION_LOOP);
    out_close(&im->out, '}');
    out_close(&im->out, '}');
}
