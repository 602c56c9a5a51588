#include "engine/flow/bundle.h"

#include <stdlib.h>
#include <string.h>
#include "engine/base/env.h"
#include "engine/doc/write.h"
#include "engine/flow/import_out.h"
#include "engine/flow/query.h"
#include "engine/flow/settings.h"

enum { BUNDLE_VERSION = 1 };

struct bundle {
    struct workspace *ws;
    struct diags *diags;
    struct flow **flows;
    size_t count, capacity;
    struct text_map known; /* flows: "TYPE/NAME", also of those that are missing */
    struct text_map texts; /* every text and key in the flows, and in the settings they need */
    struct arena arena;
    const struct doc *world; /* postflow.json; NULL: none */
    bool *needed;            /* by node of world: entries of sections */
    bool menus, queues;      /* some flow has one, some action hands the call to one */
};

/* --- flows */

static void add_flow(struct bundle *b, enum flow_type type, struct str name,
                     const struct place *place)
{
    struct buf key;
    buf_init(&key, b->ws->env);
    buf_addf(&key, "%d/", (int) type);
    buf_add(&key, name);
    char *kept = arena_text(&b->arena, key.ptr, key.len);
    bool known = text_map_add(&b->known, (struct str){ kept, key.len }, 1);
    buf_release(&key);
    if (known || name.len == 0)
        return;
    struct flow *flow = workspace_find(b->ws, type, name);
    if (!flow) {
        diag_add2(b->diags, DIAG_BUNDLE_MISSING, place, str_of(flow_type_info(type)->label), name);
        return;
    }
    b->flows = mem_grow(b->ws->env, b->flows, &b->capacity, b->count + 1, sizeof *b->flows);
    b->flows[b->count++] = flow;
}

struct visit {
    struct bundle *bundle;
    const struct flow *flow;
};

static bool visit_action(void *context, node_id action, unsigned depth)
{
    const struct visit *visit = context;
    const struct action_info *info = flow_action(visit->flow, action);
    enum flow_type type;
    struct str name;
    (void) depth;
    visit->bundle->menus |= flow_role(visit->flow, action) == ROLE_CHOICE;
    visit->bundle->queues |= info && info->asks == ASKS_QUEUE;
    if (flow_target(visit->flow, action, &type, &name)) {
        struct place place = { 0 };
        doc_place(visit->flow->doc, action, &place);
        add_flow(visit->bundle, type, name, &place);
    }
    return true;
}

/* --- what is named */

/* The texts in quotes of an expression, those without escapes. */
static void add_quoted(struct bundle *b, struct str text)
{
    ptrdiff_t open;
    while ((open = str_find_char(text, '"')) >= 0) {
        text = str_slice(text, (size_t) open + 1, text.len);
        ptrdiff_t close = str_find_char(text, '"');
        if (close < 0)
            return;
        text_map_add(&b->texts, str_slice(text, 0, (size_t) close), 1);
        text = str_slice(text, (size_t) close + 1, text.len);
    }
}

static void add_texts(struct bundle *b, const struct doc *doc, node_id root)
{
    for (node_id id = root;;) {
        struct str text = doc_text(doc, id);
        if (doc_node(doc, id)->key)
            text_map_add(&b->texts, doc_key(doc, id), 1);
        if (text.len > 0) {
            text_map_add(&b->texts, text, 1);
            add_quoted(b, text);
        }
        if (doc_first(doc, id)) {
            id = doc_first(doc, id);
            continue;
        }
        while (id != root && !doc_next(doc, id))
            id = doc_parent(doc, id);
        if (id == root)
            return;
        id = doc_next(doc, id);
    }
}

static bool is_named(const struct bundle *b, struct str name)
{
    return text_map_find(&b->texts, name) != 0;
}

/* "INTEGRATION / ACTION": both are named. */
static bool is_data_action(const struct bundle *b, struct str name)
{
    for (size_t at = 0; at + 3 <= name.len; at++) {
        if (!memcmp(name.ptr + at, " / ", 3) && is_named(b, str_slice(name, 0, at)) &&
            is_named(b, str_slice(name, at + 3, name.len)))
            return true;
    }
    return false;
}

/* Of a user: one of the queues is named, or an extension may be dialled in a menu. */
static bool is_user(const struct bundle *b, node_id user)
{
    node_id queues = doc_member_named(b->world, user, STR("queues"));
    if (b->menus && doc_member_named(b->world, user, STR("extension")))
        return true;
    for (node_id at = queues ? doc_first(b->world, queues) : 0; at; at = doc_next(b->world, at)) {
        if (is_named(b, doc_text(b->world, at)))
            return true;
    }
    return false;
}

static bool is_prompt(const struct bundle *b, struct str name)
{
    struct buf whole;
    buf_init(&whole, b->ws->env);
    buf_addf(&whole, "Prompt.");
    buf_add(&whole, name);
    bool named = is_named(b, buf_str(&whole));
    buf_release(&whole);
    return named;
}

static bool is_section(struct str key)
{
    static const char *const sections[] = { "queues",         "users",           "groups",
                                            "skills",         "prompts",         "schedules",
                                            "scheduleGroups", "emergencyGroups", "dataActions",
                                            "dataTables",     "surveyForms" };
    for (size_t i = 0; i < sizeof sections / sizeof *sections; i++) {
        if (str_is(key, sections[i]))
            return true;
    }
    return false;
}

static bool is_needed(const struct bundle *b, struct str section, node_id entry)
{
    struct str name = doc_node(b->world, entry)->key ? doc_key(b->world, entry)
                                                     : doc_text(b->world, entry);
    return is_named(b, name) || (str_is(section, "dataActions") && is_data_action(b, name)) ||
           (str_is(section, "users") && is_user(b, entry)) ||
           (str_is(section, "prompts") && is_prompt(b, name));
}

/* The flow that callers hear in a queue. */
static void add_in_queue_flow(struct bundle *b, node_id node)
{
    struct place place = { 0 };
    doc_place(b->world, node, &place);
    add_flow(b, FLOW_INQUEUE_CALL, doc_text(b->world, node), &place);
}

static void need_entry(struct bundle *b, struct str section, node_id entry)
{
    node_id flow = doc_member_named(b->world, entry, STR("inQueueFlow"));
    b->needed[entry] = true;
    add_texts(b, b->world, entry);
    if (flow && str_is(section, "queues"))
        add_in_queue_flow(b, flow);
}

/* Entries of postflow.json that are named by now; false: there are no new ones. */
static bool need_entries(struct bundle *b)
{
    bool more = false;
    for (node_id section = b->world ? doc_first(b->world, 1) : 0; section;
         section = doc_next(b->world, section)) {
        struct str key = doc_key(b->world, section);
        if (str_is(key, "defaultInQueueFlow") && b->queues)
            add_in_queue_flow(b, section);
        if (!is_section(key))
            continue;
        for (node_id at = doc_first(b->world, section); at; at = doc_next(b->world, at)) {
            if (b->needed[at] || !is_needed(b, key, at))
                continue;
            need_entry(b, key, at);
            more = true;
        }
    }
    return more;
}

static void collect(struct bundle *b, struct flow *flow)
{
    size_t done = 0;
    add_flow(b, flow->type, flow_title(flow), NULL);
    if (b->count == 0 || b->flows[0] != flow) { /* of a twin, or without a name: this one */
        b->flows = mem_grow(b->ws->env, b->flows, &b->capacity, 1, sizeof *b->flows);
        b->flows[0] = flow;
        b->count = 1;
    }
    bool more = true;
    while (more || done < b->count) {
        for (; done < b->count; done++) {
            struct visit visit = { b, b->flows[done] };
            flow_each_action(b->flows[done], visit_action, &visit);
            add_texts(b, b->flows[done]->doc, 1);
        }
        more = need_entries(b);
    }
}

/* --- writing */

static int by_type_and_name(const void *a, const void *b)
{
    const struct flow *x = *(struct flow *const *) a, *y = *(struct flow *const *) b;
    if (x->type != y->type)
        return x->type < y->type ? -1 : 1;
    return str_compare(flow_title(x), flow_title(y));
}

static void write_node(struct import_out *out, struct str key, const struct doc *doc, node_id node)
{
    struct buf text;
    buf_init(&text, out->text->env);
    doc_write_compact(doc, node, &text);
    out_json(out, key, buf_str(&text));
    buf_release(&text);
}

static bool is_unpublished(const struct bundle *b, node_id item)
{
    node_id type = doc_member_named(b->world, item, STR("type"));
    node_id name = doc_member_named(b->world, item, STR("name"));
    for (size_t i = 0; type && name && i < b->count; i++) {
        const struct flow *flow = b->flows[i];
        if (str_is(doc_text(b->world, type), flow_type_info(flow->type)->key) &&
            str_eq(doc_text(b->world, name), flow_title(flow)))
            return true;
    }
    return false;
}

/* A section of which only what is needed is written; nothing when that is nothing. */
static void write_section(const struct bundle *b, struct import_out *out, node_id section)
{
    const struct doc *doc = b->world;
    bool open = false, list = doc_kind(doc, section) == NODE_LIST;
    bool unpublished = str_is(doc_key(doc, section), "unpublished");
    for (node_id at = doc_first(doc, section); at; at = doc_next(doc, at)) {
        if (!(unpublished ? is_unpublished(b, at) : b->needed[at]))
            continue;
        if (!open)
            out_open(out, doc_key(doc, section), list ? '[' : '{');
        open = true;
        write_node(out, list ? STR_NONE : doc_key(doc, at), doc, at);
    }
    if (open)
        out_close(out, list ? ']' : '}');
}

static void write_settings(const struct bundle *b, struct import_out *out)
{
    if (!b->world || doc_kind(b->world, 1) != NODE_OBJECT)
        return;
    out_open(out, STR("settings"), '{');
    for (node_id at = doc_first(b->world, 1); at; at = doc_next(b->world, at)) {
        struct str key = doc_key(b->world, at);
        if (doc_is_container(b->world, at) && (is_section(key) || str_is(key, "unpublished")))
            write_section(b, out, at);
        else if (!str_is(key, "defaultInQueueFlow") || b->queues)
            write_node(out, key, b->world, at);
    }
    out_close(out, '}');
}

static bool write_all(const struct bundle *b, struct buf *out)
{
    struct buf text;
    buf_init(&text, b->ws->env);
    struct import_out json = { .text = &text };
    out_open(&json, STR_NONE, '{');
    out_json(&json, STR("postflowBundle"), STR("1"));
    out_open(&json, STR("flows"), '[');
    for (size_t i = 0; i < b->count; i++)
        write_node(&json, STR_NONE, b->flows[i]->doc, 1);
    out_close(&json, ']');
    write_settings(b, &json);
    out_close(&json, '}');
    struct doc *doc = doc_read_steal(b->ws->env, &b->ws->atoms, &b->ws->limits, "bundle", &text,
                                     b->diags);
    if (doc) {
        doc_write_canonical(doc, 1, out);
        doc_free(doc);
    }
    buf_release(&text);
    return doc != NULL;
}

bool bundle_write(struct workspace *ws, struct flow *flow, struct buf *out, struct diags *diags)
{
    struct bundle b = { .ws = ws, .diags = diags, .world = ws->settings_doc };
    text_map_init(&b.known, ws->env);
    text_map_init(&b.texts, ws->env);
    arena_init(&b.arena, ws->env);
    b.needed = mem_zalloc(ws->env, b.world ? b.world->count : 1);
    collect(&b, flow);
    qsort(b.flows + 1, b.count - 1, sizeof *b.flows, by_type_and_name);
    bool written = write_all(&b, out);
    text_map_release(&b.known);
    text_map_release(&b.texts);
    arena_release(&b.arena);
    mem_free(ws->env, b.needed);
    mem_free(ws->env, b.flows);
    return written;
}

/* --- reading */

bool bundle_is(const struct doc *doc)
{
    return doc_kind(doc, 1) == NODE_OBJECT && doc_member_named(doc, 1, STR("postflowBundle"));
}

static bool refuse(const struct doc *doc, node_id node, const char *what, struct diags *diags)
{
    struct place place = { 0 };
    doc_place(doc, node, &place);
    place.node = 0;
    return diag_add1(diags, DIAG_BUNDLE_SHAPE, &place, str_of(what));
}

/* A flow of the bundle by itself, in canonical text; false: it is none. */
static bool flow_text(const struct doc *doc, node_id node, struct buf *text, struct buf *title)
{
    struct diags ignored;
    struct flow flow;
    diags_init(&ignored, doc->env);
    buf_clear(text);
    buf_clear(title);
    doc_write_canonical(doc, node, text);
    buf_add_char(text, '\n');
    struct doc *single = doc_read(doc->env, doc->atoms, &doc->limits, doc->file, buf_str(text),
                                  &ignored);
    bool fine = single && flow_index(&flow, single, &ignored);
    if (fine)
        workspace_file_name(flow_title(&flow), title);
    if (single)
        doc_free(single);
    diags_release(&ignored);
    return fine;
}

/* A name for the file that none before it has. */
static void free_name(struct text_map *taken, struct arena *arena, struct buf *name)
{
    size_t stem = name->len;
    buf_add_text(name, ".flow.json");
    for (int n = 2; text_map_find(taken, buf_str(name)); n++) {
        buf_truncate(name, stem);
        buf_addf(name, "-%d.flow.json", n);
    }
    text_map_add(taken, (struct str){ arena_text(arena, name->ptr, name->len), name->len }, 1);
}

static bool check_bundle(const struct doc *doc, struct diags *diags)
{
    node_id version = doc_member_named(doc, 1, STR("postflowBundle"));
    node_id flows = doc_member_named(doc, 1, STR("flows"));
    node_id settings = doc_member_named(doc, 1, STR("settings"));
    int64_t number;
    struct buf text, title;
    if (!str_to_int(doc_text(doc, version), &number) || number != BUNDLE_VERSION)
        return refuse(doc, version, "postflowBundle is not 1", diags);
    if (!flows || doc_kind(doc, flows) != NODE_LIST || !doc_first(doc, flows))
        return refuse(doc, flows ? flows : 1, "flows is no list of flows", diags);
    if (settings && doc_kind(doc, settings) != NODE_OBJECT)
        return refuse(doc, settings, "settings is no object", diags);
    buf_init(&text, doc->env);
    buf_init(&title, doc->env);
    bool fine = true;
    for (node_id at = doc_first(doc, flows); at && fine; at = doc_next(doc, at))
        fine = flow_text(doc, at, &text, &title) || refuse(doc, at, "this is no flow", diags);
    buf_release(&text);
    buf_release(&title);
    return fine;
}

bool bundle_read(const struct doc *doc, bundle_file take, void *context, struct diags *diags)
{
    struct text_map taken;
    struct arena arena;
    struct buf text, name;
    if (!check_bundle(doc, diags))
        return false;
    buf_init(&text, doc->env);
    buf_init(&name, doc->env);
    text_map_init(&taken, doc->env);
    arena_init(&arena, doc->env);
    bool fine = true;
    node_id flows = doc_member_named(doc, 1, STR("flows"));
    for (node_id at = doc_first(doc, flows); at && fine; at = doc_next(doc, at)) {
        fine = flow_text(doc, at, &text, &name);
        free_name(&taken, &arena, &name);
        fine = fine && take(context, name.ptr, buf_str(&text));
    }
    node_id settings = doc_member_named(doc, 1, STR("settings"));
    if (settings && fine) {
        buf_clear(&text);
        doc_write_canonical(doc, settings, &text);
        buf_add_char(&text, '\n');
        fine = take(context, "postflow.json", buf_str(&text));
    }
    text_map_release(&taken);
    arena_release(&arena);
    buf_release(&text);
    buf_release(&name);
    return fine;
}
