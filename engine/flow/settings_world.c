/* What the settings say of the world that a call meets. */
#include "engine/expr/value.h"
#include "engine/flow/settings_parts.h"

static struct str text_at(const struct doc *doc, node_id object, const char *key)
{
    node_id node = doc_member_named(doc, object, str_of(key));
    return node && doc_is_text(doc, node) ? doc_text(doc, node) : STR_NONE;
}

static int64_t number_at(const struct doc *doc, node_id object, const char *key, int64_t otherwise)
{
    node_id node = doc_member_named(doc, object, str_of(key));
    int64_t number;
    bool is_number = node && doc_core_kind(doc, node) == NODE_NUMBER;
    return is_number && str_to_int(doc_text(doc, node), &number) ? number : otherwise;
}

bool settings_queue(const struct settings *settings, struct str name, struct settings_queue *out)
{
    const struct doc *doc = settings->doc;
    node_id node = settings_entry(settings, "queues", name);
    *out = (struct settings_queue){ .estimated_wait = -1, .position = -1 };
    if (!node)
        return false;
    out->in_queue_flow = text_at(doc, node, "inQueueFlow");
    if (!duration_parse(text_at(doc, node, "estimatedWait"), &out->estimated_wait))
        out->estimated_wait = -1;
    out->position = number_at(doc, node, "position", -1);
    return true;
}

struct str settings_default_in_queue_flow(const struct settings *settings)
{
    return settings->doc ? text_at(settings->doc, SETTINGS_NODE, "defaultInQueueFlow") : STR_NONE;
}

struct str settings_user_with_extension(const struct settings *settings, struct str extension)
{
    const struct doc *doc = settings->doc;
    node_id users = doc ? doc_member_named(doc, SETTINGS_NODE, STR("users")) : 0;
    for (node_id at = users ? doc_first(doc, users) : 0; at; at = doc_next(doc, at)) {
        struct str its = text_at(doc, at, "extension");
        if (its.len && str_eq(its, extension))
            return doc_key(doc, at);
    }
    return STR_NONE;
}

node_id settings_result(const struct settings *settings, const char *section, struct str name,
                        size_t n, struct str *output)
{
    const struct doc *doc = settings->doc;
    node_id list = settings_entry(settings, section, name);
    node_id at = list ? doc_first(doc, list) : 0;
    for (; at && n > 0 && doc_next(doc, at); n--)
        at = doc_next(doc, at);
    node_id result = at && doc_kind(doc, at) == NODE_OBJECT ? doc_first(doc, at) : 0;
    *output = result ? doc_key(doc, result) : STR_NONE;
    return result;
}

enum row_state settings_table_row(const struct settings *settings, struct str table,
                                  struct str key, node_id *row)
{
    node_id node = settings_entry(settings, "dataTables", table);
    *row = node ? doc_member_named(settings->doc, node, key) : 0;
    return *row ? ROW_FOUND : node ? ROW_MISSING : ROW_NOT_STATED;
}

static void read_question(const struct doc *doc, node_id node, struct settings_question *out)
{
    node_id type = doc_member_named(doc, node, STR("type"));
    int kind = type ? settings_word(doc, type, survey_words) : -1;
    out->kind = kind < 0 ? SURVEY_FREE_TEXT : (enum survey_kind) kind;
    if (out->kind == SURVEY_RANGE || out->kind == SURVEY_NPS) {
        bool nps = out->kind == SURVEY_NPS;
        out->min = number_at(doc, node, "min", nps ? 0 : 1);
        out->max = number_at(doc, node, "max", nps ? 10 : 5);
    } else if (out->kind == SURVEY_CHOICE) {
        out->options = doc_member_named(doc, node, STR("options"));
        out->min = 1;
        out->max = out->options ? (int64_t) doc_count_children(doc, out->options) : 0;
    } else if (out->kind == SURVEY_YES_NO) {
        out->min = 1;
        out->max = 2;
    }
}

bool settings_question(const struct settings *settings, struct str form, struct str text,
                       struct settings_question *out)
{
    const struct doc *doc = settings->doc;
    node_id node = settings_entry(settings, "surveyForms", form);
    node_id list = node ? doc_member_named(doc, node, STR("questions")) : 0;
    *out = (struct settings_question){ .text = text };
    for (node_id at = list ? doc_first(doc, list) : 0; at; at = doc_next(doc, at)) {
        struct str its = text_at(doc, at, "text");
        if (!its.len || !str_eq(its, text))
            continue;
        read_question(doc, at, out);
        return true;
    }
    return false;
}
