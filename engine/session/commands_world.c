/* postflow.json: what is no part of a flow (simulation.md section 5). It is edited by the same
 * changes as flows, in the same undo tree. */
#include <string.h>

#include "engine/base/env.h"
#include "engine/doc/write.h"
#include "engine/session/commands.h"

enum section_kind { SECTION_VALUE, SECTION_NAMES, SECTION_LIST };
static const struct section {
    const char *name;
    enum section_kind kind;
} sections[] = {
    { "edge", SECTION_VALUE },           { "licence", SECTION_VALUE },
    { "options", SECTION_NAMES },        { "unpublished", SECTION_LIST },
    { "queues", SECTION_NAMES },         { "defaultInQueueFlow", SECTION_VALUE },
    { "users", SECTION_NAMES },          { "groups", SECTION_NAMES },
    { "skills", SECTION_LIST },          { "prompts", SECTION_NAMES },
    { "schedules", SECTION_NAMES },      { "scheduleGroups", SECTION_NAMES },
    { "emergencyGroups", SECTION_NAMES }, { "dataActions", SECTION_NAMES },
    { "dataTables", SECTION_NAMES },     { "results", SECTION_NAMES },
    { "surveyForms", SECTION_NAMES },
    { "silence", SECTION_LIST },         { "rules", SECTION_LIST },
};
enum { SECTION_COUNT = sizeof sections / sizeof *sections };

const char *session_world_section(size_t n)
{
    return n < SECTION_COUNT ? sections[n].name : NULL;
}

char *session_world_path(const struct session *session)
{
    return file_join(session->env, session->ws->folder, "postflow.json");
}

bool session_world_make(struct session *session, struct diags *diags)
{
    struct workspace *ws = session->ws;
    char *path = session_world_path(session);

    ws->settings_doc =
        doc_read(session->env, &ws->atoms, &ws->limits, path, STR("{}\n"), diags);
    mem_free(session->env, path);
    if (!ws->settings_doc)
        return false;
    ws->settings_stamp.exists = false;
    session->world = (struct flow){ .doc = ws->settings_doc, .body = 1 };
    session->world_revision = ws->settings_doc->revision;
    workspace_update_settings(ws, diags);
    return true;
}

bool session_world_read(struct session *session, struct diags *diags)
{
    struct workspace *ws = session->ws;
    struct doc *before = ws->settings_doc;
    char *path = session_world_path(session);
    bool there = file_exists(path), ok = true;
    struct file_stamp stamp = { .exists = false };
    struct doc *doc = NULL;
    struct buf text;

    buf_init(&text, session->env);
    if (there)
        ok = file_read(session->env, path, ws->limits.file_size, &text, &stamp, diags) &&
             (doc = doc_read_steal(session->env, &ws->atoms, &ws->limits, path, &text, diags));
    if (ok) {
        if (doc && before)
            doc->revision = before->revision + 1;
        ws->settings_doc = doc;
        ws->settings_stamp = stamp;
        session->world = (struct flow){ .doc = doc, .body = doc ? 1 : 0 };
        session->world_revision = doc ? doc->revision : 0;
        workspace_update_settings(ws, diags);
        if (before)
            doc_free(before);
    }
    buf_release(&text);
    mem_free(session->env, path);
    return ok;
}

static const struct section *section_find(struct session *session, struct str name)
{
    struct buf names;

    for (size_t i = 0; i < SECTION_COUNT; i++)
        if (str_is(name, sections[i].name))
            return &sections[i];
    buf_init(&names, session->env);
    for (size_t i = 0; i < SECTION_COUNT; i++)
        buf_addf(&names, "%s%s", i ? ", " : "", sections[i].name);
    message_fail2(session, DIAG_WORLD_SECTION, name, buf_str(&names));
    buf_release(&names);
    return NULL;
}

/* --- steps --- */

struct world_change {
    struct session *session;
    struct change *change;
    struct diags *diags;
};

/* Sets or replaces a member of an object. */
static node_id put_member(const struct world_change *at, node_id object, struct str key,
                          struct str json)
{
    struct flow *world = &at->session->world;
    const struct doc *doc = world->doc;
    node_id old = doc_member_named(doc, object, key);
    node_id node = change_graft(at->change, world, key, json, at->diags);

    if (!node)
        return 0;
    if (old ? !change_replace(at->change, world, old, node, at->diags)
            : !change_insert(at->change, world, object, doc_last(doc, object), node, at->diags))
        return 0;
    return node;
}

static node_id list_item(const struct doc *doc, node_id list, struct str json)
{
    struct buf text;
    node_id item;

    buf_init(&text, doc->env);
    for (item = doc_first(doc, list); item; item = doc_next(doc, item)) {
        buf_clear(&text);
        doc_write_compact(doc, item, &text);
        if (str_eq(buf_str(&text), json))
            break;
    }
    buf_release(&text);
    return item;
}

static bool put_item(const struct world_change *at, node_id list, struct str json)
{
    struct flow *world = &at->session->world;
    node_id node;

    if (list_item(world->doc, list, json))
        return true;
    node = change_graft(at->change, world, STR_NONE, json, at->diags);
    return node && change_insert(at->change, world, list, doc_last(world->doc, list), node,
                                 at->diags);
}

/* The section's object or list, made when it is missing. */
static node_id section_node(const struct world_change *at, const struct section *section)
{
    node_id node = doc_member_named(at->session->world.doc, 1, str_of(section->name));
    enum node_kind kind = section->kind == SECTION_LIST ? NODE_LIST : NODE_OBJECT;

    if (node && doc_kind(at->session->world.doc, node) == kind)
        return node;
    return put_member(at, 1, str_of(section->name),
                      section->kind == SECTION_LIST ? STR("[]") : STR("{}"));
}

/* JSON as it stands; anything else is a text. */
static void as_json(struct session *session, struct str text, struct buf *out)
{
    struct diags diags;
    struct doc *doc;

    diags_init(&diags, session->env);
    doc = doc_read(session->env, &session->ws->atoms, &session->ws->limits, "", text, &diags);
    if (doc) {
        doc_write_compact(doc, 1, out);
        doc_free(doc);
    } else {
        json_add_text(out, text, false);
    }
    diags_release(&diags);
}

static bool put(const struct world_change *at, const struct section *section, struct str name,
                struct str value)
{
    struct buf json;
    node_id node;
    bool ok;

    buf_init(&json, at->session->env);
    if (section->kind == SECTION_NAMES) {
        if (value.len)
            as_json(at->session, value, &json);
        else
            buf_add_text(&json, "{}");
        node = section_node(at, section);
        ok = node && put_member(at, node, name, buf_str(&json));
    } else {
        if (section->kind == SECTION_LIST)
            as_json(at->session, name, &json);
        else
            json_add_text(&json, name, false);
        node = section->kind == SECTION_LIST ? section_node(at, section) : 1;
        ok = section->kind == SECTION_LIST
                 ? node && put_item(at, node, buf_str(&json))
                 : put_member(at, 1, str_of(section->name), buf_str(&json)) != 0;
    }
    buf_release(&json);
    return ok;
}

/* --- commands --- */

static bool world_end(const struct world_change *at, bool ok)
{
    struct diags wrong;

    ok = session_end(at->session, at->change, ok, at->diags);
    if (!ok)
        return false;
    /* What the reader of the settings has to say is worth more than that it was done. */
    diags_init(&wrong, at->session->env);
    workspace_update_settings(at->session->ws, &wrong);
    if (wrong.count)
        message_diags(at->session, &wrong, false);
    diags_release(&wrong);
    return true;
}

/* The entry of a section with names; 0: there is none yet. */
static node_id entry_of(const struct session *session, const struct section *section,
                        struct str name)
{
    const struct doc *doc = session->world.doc;
    node_id object = doc && section->kind == SECTION_NAMES
                         ? doc_member_named(doc, 1, str_of(section->name))
                         : 0;

    return object && doc_kind(doc, object) == NODE_OBJECT ? doc_member_named(doc, object, name) : 0;
}

static void show_node(struct session *session, node_id node)
{
    struct buf text;

    buf_init(&text, session->env);
    doc_write_canonical(session->world.doc, node, &text);
    message_set(session, MESSAGE_INFO, "%.*s", STR_ARG(str_trim(buf_str(&text))));
    buf_release(&text);
}

static bool show_world(struct session *session, struct str name)
{
    const struct doc *doc = session->world.doc;
    node_id node = 1;

    if (!doc) {
        message_set(session, MESSAGE_INFO,
                    "there is no postflow.json; :world SECTION NAME makes it");
        return true;
    }
    if (name.len) {
        if (!section_find(session, name))
            return false;
        node = doc_member_named(doc, 1, name);
    }
    if (node)
        show_node(session, node);
    else
        message_set(session, MESSAGE_INFO, "nothing is stated");
    return true;
}

bool command_world(struct session *session, struct str arguments)
{
    struct str value = arguments, section_name = command_word(&value), all = value;
    struct str name = command_word(&value);
    const struct section *section;
    struct world_change at = { .session = session };
    struct diags diags;
    bool ok;

    if (!all.len)
        return show_world(session, section_name);
    section = section_find(session, section_name);
    if (!section)
        return false;
    /* Only named entries have a name before the value. */
    if (section->kind != SECTION_NAMES && all.ptr[0] != '"')
        name = all;
    /* Without a value what is there is shown, never replaced by nothing. */
    node_id entry = value.len ? 0 : entry_of(session, section, name);
    if (entry) {
        show_node(session, entry);
        return true;
    }
    if (!value.len && !strcmp(section->name, "options"))
        return command_usage(session, "world");
    diags_init(&diags, session->env);
    at.diags = &diags;
    if (!session->world.doc && !session_world_make(session, &diags)) {
        ok = message_diags(session, &diags, false);
    } else {
        at.change = session_begin(session, "Set %s %.*s", section->name, STR_ARG(name));
        ok = world_end(&at, put(&at, section, name, value));
    }
    diags_release(&diags);
    return ok;
}

bool command_world_remove(struct session *session, struct str arguments)
{
    struct str name = arguments, section_name = command_word(&name);
    struct doc *doc = session->world.doc;
    const struct section *section;
    struct world_change at = { .session = session };
    node_id node;
    struct diags diags;
    struct buf json;
    bool ok;

    if (!section_name.len)
        return command_usage(session, "world-remove");
    section = section_find(session, section_name);
    if (!section)
        return false;
    if (name.len > 1 && name.ptr[0] == '"')
        name = command_word(&name);
    node = doc ? doc_member_named(doc, 1, section_name) : 0;
    if (node && name.len && section->kind == SECTION_LIST) {
        buf_init(&json, session->env);
        as_json(session, name, &json);
        node = list_item(doc, node, buf_str(&json));
        buf_release(&json);
    } else if (node && name.len) {
        node = doc_member_named(doc, node, name);
    }
    if (!node)
        return message_fail2(session, DIAG_WORLD_ENTRY, name.len ? name : section_name,
                             section_name);
    diags_init(&diags, session->env);
    at.diags = &diags;
    at.change = session_begin(session, "Remove %s %.*s", section->name, STR_ARG(name));
    ok = world_end(&at, change_remove(at.change, &session->world, node, &diags));
    diags_release(&diags);
    return ok;
}
