/* Replaying a log: the same changes with the same ids give the same trees. */
#include "engine/session/recover.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "engine/base/env.h"
#include "engine/flow/import.h"

struct replay_doc {
    struct open_doc *doc;
    struct undo_node *saving; /* doc->at when a save was begun */
};
struct replay {
    struct session *session;
    struct log_scan *scan;
    struct replay_doc *docs; /* by id - 1 */
    size_t doc_count;
    bool anyway;
};

/* --- documents --- */

static bool text_fits(const struct log_doc *told, const struct doc *doc)
{
    return doc->source_len == told->size &&
           str_hash((struct str){ doc->source, doc->source_len }) == told->hash;
}

/* Puts the text that the ids count in, which is in the log, in the place of what is on disk. */
static bool use_base(struct replay *replay, const struct log_doc *told, struct flow *flow)
{
    struct session *session = replay->session;
    struct flow indexed = { .body = 1 };
    struct diags diags;
    struct doc *doc;
    bool ok;

    diags_init(&diags, session->env);
    doc = doc_read(session->env, &session->ws->atoms, &session->ws->limits,
                   flow->doc ? flow->doc->file : told->file, buf_str(&told->base), &diags);
    ok = doc && (told->world || flow_index(&indexed, doc, &diags));
    indexed.doc = doc;
    if (!ok && doc)
        doc_free(doc);
    if (ok && told->world) {
        doc->revision = flow->doc->revision + 1;
        doc_free(flow->doc);
        *flow = indexed;
        session->ws->settings_doc = doc;
        workspace_update_settings(session->ws, &diags);
    } else if (ok) {
        session_swap_doc(session, flow, doc, &indexed);
    }
    diags_release(&diags);
    return ok;
}

/* A flow that was made in the session and never came to the disk. */
static struct flow *make_flow(struct replay *replay, const struct doc *record)
{
    struct session *session = replay->session;
    struct workspace_file *file = NULL;
    struct diags diags;
    struct str type, name;

    if (!log_text(record, 1, "type", &type) || !log_text(record, 1, "name", &name))
        return NULL;
    diags_init(&diags, session->env);
    for (int i = FLOW_OTHER + 1; !file && i < FLOW_TYPE_COUNT; i++)
        if (str_is(type, flow_type_info((enum flow_type) i)->key))
            file = workspace_new_flow(session->ws, (enum flow_type) i, name, &diags);
    diags_release(&diags);
    return file ? &file->flow : NULL;
}

static struct flow *find_flow(struct replay *replay, const struct log_doc *told,
                              const struct doc *record)
{
    struct session *session = replay->session;
    struct workspace_file *file;
    struct diags diags;

    if (told->world) {
        diags_init(&diags, session->env);
        if (!session->world.doc)
            session_world_make(session, &diags);
        diags_release(&diags);
        return session->world.doc ? &session->world : NULL;
    }
    file = log_find_file(session, told->file);
    if (file)
        return workspace_flow(file);
    return told->made ? make_flow(replay, record) : NULL;
}

static bool replay_doc(struct replay *replay, const struct doc *record)
{
    const struct log_doc *told = &replay->scan->docs[replay->doc_count];
    struct flow *flow = find_flow(replay, told, record);
    struct open_doc *doc;

    if (!flow)
        return false;
    if (!text_fits(told, flow->doc) && told->based && !use_base(replay, told, flow))
        return false;
    if (!text_fits(told, flow->doc) && !(replay->anyway && flow->doc->count == told->nodes))
        return false;
    doc = undo_doc_of(replay->session, flow);
    *doc = (struct open_doc){ .file = doc->file, .flow = flow, .based = told->based,
                              .log_id = (uint32_t) ++replay->doc_count };
    replay->docs[replay->doc_count - 1].doc = doc;
    if (doc->file)
        doc->file->fresh = told->made;
    return true;
}

static struct replay_doc *doc_of(struct replay *replay, const struct doc *record, node_id object,
                                 const char *key)
{
    uint64_t id;

    if (!log_number_of(record, object, key, replay->doc_count, &id) || id == 0)
        return NULL;
    return replay->docs[id - 1].doc ? &replay->docs[id - 1] : NULL;
}

static void is_saved(struct replay_doc *known)
{
    known->doc->saved = known->saving;
    known->doc->saved_lost = false;
    if (known->doc->file)
        known->doc->file->fresh = false;
}

/* The document ends here; what is on disk will be introduced as another one. */
static bool replay_reload(struct replay *replay, const struct doc *record)
{
    struct replay_doc *known = doc_of(replay, record, 1, "reload");
    struct session *session = replay->session;
    struct workspace_file *file = known ? known->doc->file : NULL;
    struct flow indexed;
    struct diags diags;
    struct buf text;
    struct doc *doc = NULL;
    bool ok;

    if (!file)
        return false;
    diags_init(&diags, session->env);
    buf_init(&text, session->env);
    ok = file_read(session->env, file->path, session->ws->limits.file_size, &text, &file->stamp,
                   &diags) &&
         (doc = import_read(session->env, &session->ws->atoms, &session->ws->limits,
                            file->path, &text, &file->imported,
                            &diags)) &&
         flow_index(&indexed, doc, &diags);
    if (ok) {
        undo_forget(session);
        session_swap_doc(session, &file->flow, doc, &indexed);
    } else if (doc) {
        doc_free(doc);
    }
    file->fresh = false;
    known->doc->saved_lost = false;
    known->doc = NULL;
    for (size_t i = 0; i < replay->doc_count; i++)
        replay->docs[i].saving = NULL;
    buf_release(&text);
    diags_release(&diags);
    return ok;
}

/* --- changes --- */

static bool id_of(const struct doc *record, node_id step, const char *key, const struct doc *doc,
                  node_id *out)
{
    uint64_t id;

    if (!log_number_of(record, step, key, doc->count - 1, &id))
        return false;
    *out = (node_id) id;
    return true;
}

/* Ids that changes which failed have used up. */
static bool fill_to(struct doc *doc, node_id id, struct diags *diags)
{
    struct buf json;
    bool ok;

    if (id <= doc->count)
        return id == doc->count;
    if (id - doc->count > doc->limits.values)
        return false;
    buf_init(&json, doc->env);
    buf_add_char(&json, '[');
    for (node_id at = doc->count + 1; at < id; at++)
        buf_add_text(&json, at + 1 < id ? "0," : "0");
    buf_add_char(&json, ']');
    ok = doc_graft(doc, STR_NONE, buf_str(&json), diags) != 0;
    buf_release(&json);
    return ok && doc->count == id;
}

static bool replay_graft(struct change *change, struct flow *flow, const struct doc *record,
                         node_id step, struct diags *diags)
{
    struct str json, key = STR_NONE;
    uint64_t id;

    if (!log_number_of(record, step, "graft", UINT32_MAX, &id) ||
        !log_text(record, step, "json", &json) || !fill_to(flow->doc, (node_id) id, diags))
        return false;
    log_text(record, step, "key", &key);
    return change_graft(change, flow, key, json, diags) == id;
}

static bool is_loose(const struct doc *doc, node_id id)
{
    const struct node *node = doc_node(doc, id);

    return id > 1 && !node->parent && !node->next && (node->prev == id || !node->prev);
}

/* Links the nodes that go in together; *first is 0 when there are none. */
static bool put_chain(struct doc *doc, const struct doc *record, node_id step, node_id *first)
{
    node_id list = doc_member_named(record, step, STR("put")), last = 0;
    int64_t id;

    *first = 0;
    if (!list || doc_kind(record, list) != NODE_LIST)
        return false;
    for (node_id item = doc_first(record, list); item; item = doc_next(record, item)) {
        if (!str_to_int(doc_text(record, item), &id) || id < 2 || id >= doc->count ||
            !is_loose(doc, (node_id) id) || (node_id) id == last)
            return false;
        if (last)
            doc_chain(doc, last, (node_id) id);
        else
            *first = (node_id) id;
        last = (node_id) id;
    }
    return true;
}

static bool replay_splice(struct change *change, struct flow *flow, const struct doc *record,
                          node_id step, struct diags *diags)
{
    struct doc *doc = flow->doc;
    node_id list = doc_member_named(record, step, STR("out"));
    node_id container, after, first;
    int64_t old = 0;

    if (!id_of(record, step, "splice", doc, &container) || !container ||
        !id_of(record, step, "after", doc, &after) || !put_chain(doc, record, step, &first) ||
        !list || doc_kind(record, list) != NODE_LIST || doc_count_children(record, list) > 1)
        return false;
    if (doc_first(record, list) &&
        (!str_to_int(doc_text(record, doc_first(record, list)), &old) || old < 1 ||
         old >= doc->count || doc_parent(doc, (node_id) old) != container))
        return false;
    if (old && first)
        return change_replace(change, flow, (node_id) old, first, diags);
    if (old)
        return change_remove(change, flow, (node_id) old, diags);
    return first && change_insert(change, flow, container, after, first, diags);
}

static bool replay_set(struct change *change, struct flow *flow, const struct doc *record,
                       node_id step, struct diags *diags)
{
    node_id node;
    uint64_t kind;
    struct str text;

    return id_of(record, step, "set", flow->doc, &node) && node &&
           log_number_of(record, step, "kind", NODE_PLAIN, &kind) &&
           log_text(record, step, "text", &text) &&
           change_set(change, flow, node, (enum node_kind) kind, text, diags);
}

static bool replay_move(struct change *change, struct flow *flow, const struct doc *record,
                        node_id step, struct diags *diags)
{
    node_id node, to, after;

    return id_of(record, step, "move", flow->doc, &node) && node &&
           doc_parent(flow->doc, node) && id_of(record, step, "to", flow->doc, &to) && to &&
           id_of(record, step, "after", flow->doc, &after) &&
           change_move(change, flow, node, to, after, diags);
}

static bool replay_step(struct replay *replay, struct change *change, const struct doc *record,
                        node_id step, struct diags *diags)
{
    static const struct {
        const char *key;
        bool (*run)(struct change *change, struct flow *flow, const struct doc *record,
                    node_id step, struct diags *diags);
    } kinds[] = {
        { "graft", replay_graft }, { "splice", replay_splice },
        { "set", replay_set },     { "move", replay_move },
    };
    struct replay_doc *known = doc_of(replay, record, step, "d");

    for (size_t i = 0; known && i < sizeof kinds / sizeof *kinds; i++)
        if (doc_member_named(record, step, str_of(kinds[i].key)))
            return kinds[i].run(change, known->doc->flow, record, step, diags);
    return false;
}

static bool replay_change(struct replay *replay, const struct doc *record)
{
    struct session *session = replay->session;
    node_id steps = doc_member_named(record, 1, STR("steps"));
    struct str name = STR_NONE;
    struct change *change;
    struct diags diags;
    bool ok = true;

    log_text(record, 1, "change", &name);
    change = change_begin(session->env, name);
    diags_init(&diags, session->env);
    for (node_id step = doc_first(record, steps); ok && step; step = doc_next(record, step))
        ok = replay_step(replay, change, record, step, &diags);
    diags_release(&diags);
    if (!ok) {
        change_undo(change);
        change_free(change);
        return false;
    }
    struct undo_node *node = undo_push(session, change);
    node->before = node->after = (struct spot){ .node = 0 };
    return true;
}

static bool replay_undo(struct replay *replay, const struct doc *record)
{
    struct session *session = replay->session;
    uint64_t number;

    if (!log_number_of(record, 1, "undo", SIZE_MAX, &number) || !number ||
        number != session->undo_at->number)
        return false;
    undo_step_back(session);
    return true;
}

static bool replay_redo(struct replay *replay, const struct doc *record)
{
    struct session *session = replay->session;
    uint64_t number;

    if (!log_number_of(record, 1, "redo", session->undo_count, &number) || !number ||
        session->undo_nodes[number]->parent != session->undo_at)
        return false;
    undo_step_forward(session, session->undo_nodes[number]);
    return true;
}

static bool replay_record(struct replay *replay, const struct doc *record)
{
    struct replay_doc *known;

    if (log_has(record, "change"))
        return replay_change(replay, record);
    if (log_has(record, "doc"))
        return replay_doc(replay, record);
    if (log_has(record, "undo"))
        return replay_undo(replay, record);
    if (log_has(record, "redo"))
        return replay_redo(replay, record);
    if (log_has(record, "reload"))
        return replay_reload(replay, record);
    if (log_has(record, "save")) {
        if (!(known = doc_of(replay, record, 1, "save")))
            return false;
        known->saving = known->doc->at;
    } else if (log_has(record, "saved")) {
        if (!(known = doc_of(replay, record, 1, "saved")))
            return false;
        is_saved(known);
    }
    return true; /* drafts and bases have been taken by the scan */
}

/* --- the whole log --- */

/* Saving over what somebody else changed has to be asked for: no stamp of the disk fits. */
static void distrust(struct session *session, const struct log_doc *told,
                     const struct open_doc *doc)
{
    struct file_stamp *stamp = doc->file ? &doc->file->stamp : &session->ws->settings_stamp;

    stamp->exists = true;
    stamp->size = (int64_t) told->disk_size;
    stamp->hash = told->disk_hash;
    stamp->inode = 0;
    stamp->mtime_ns = stamp->ctime_ns = 0;
}

static void settle_docs(struct replay *replay)
{
    struct session *session = replay->session;

    for (size_t i = 0; i < replay->doc_count; i++) {
        struct log_doc *told = &replay->scan->docs[i];
        struct replay_doc *known = &replay->docs[i];
        if (!known->doc)
            continue;
        if (!log_doc_fits(session, told) && told->on_disk)
            distrust(session, told, known->doc);
        else if (told->saved_unsaid)
            is_saved(known);
    }
}

/* Replays as far as it goes; gives the records and bytes that did. */
static bool replay_all(struct replay *replay, uint64_t *records, size_t *size)
{
    struct log_reader reader;
    struct doc *record;
    bool ok = true;

    *records = 0;
    *size = 0;
    log_reader_init(&reader, replay->session->env, buf_str(&replay->scan->text));
    while (ok && reader.records < replay->scan->records &&
           log_next(&reader, &record) == LOG_RECORD) {
        ok = reader.records == 1 || replay_record(replay, record);
        doc_free(record);
        if (ok) {
            *records = reader.records;
            *size = reader.at;
        }
    }
    log_reader_release(&reader);
    return ok;
}

/* The log goes on as this session's. What is damaged is kept beside it for who wants to look. */
static void adopt(struct replay *replay, const char *path, int descriptor, uint64_t records,
                  size_t size, struct diags *diags)
{
    struct session *session = replay->session;
    struct buf kept;
    char number[24];
    struct diags ignored;

    if (records < replay->scan->records || replay->scan->damaged) {
        buf_init(&kept, session->env);
        buf_addf(&kept, "%s.damaged", path);
        diags_init(&ignored, session->env);
        file_save(session->env, kept.ptr, buf_str(&replay->scan->text), NULL, true, &ignored);
        diags_release(&ignored);
        snprintf(number, sizeof number, "%llu", (unsigned long long) records + 1);
        diag_add2(diags, DIAG_LOG_DAMAGED, &(struct place){ .file = str_of(path) },
                  str_of(number), buf_str(&kept));
        buf_release(&kept);
    }
    log_adopt(session, path, descriptor, records, size, (uint32_t) replay->doc_count);
}

static bool bases_fit(struct replay *replay, struct diags *diags)
{
    for (size_t i = 0; i < replay->scan->doc_count; i++) {
        struct log_doc *told = &replay->scan->docs[i];
        if (!log_doc_fits(replay->session, told) && !replay->anyway)
            return diag_add1(diags, DIAG_LOG_BASE_CHANGED,
                             &(struct place){ .file = str_of(told->file) }, str_of(told->file));
    }
    return true;
}

static void show_recovered(struct session *session)
{
    struct flow *flow = session->flow;

    for (size_t i = 0; i < session->doc_count; i++)
        if (session->docs[i]->file && session_modified(session, session->docs[i]->flow)) {
            flow = session->docs[i]->flow;
            break;
        }
    if (flow)
        session_show_flow(session, flow, (struct spot){ .node = flow->body });
}

static bool recover(struct session *session, const char *log, bool anyway, struct diags *diags)
{
    struct replay replay = { .session = session, .anyway = anyway };
    struct log_scan scan;
    uint64_t records;
    size_t size;
    int descriptor;
    bool ok = false;

    if (session->undo_count || session_any_modified(session))
        return diag_add0(diags, DIAG_LOG_NOT_FIRST, &(struct place){ .file = str_of(log) });
    log_scan_init(&scan, session->env);
    replay.scan = &scan;
    descriptor = log_scan_file(&scan, log);
    if (descriptor < 0) {
        diag_add1(diags, DIAG_LOG_UNUSABLE, &(struct place){ .file = str_of(log) },
                  str_of(strerror(errno)));
    } else if (!bases_fit(&replay, diags)) {
        close(descriptor);
    } else {
        replay.docs = mem_zalloc(session->env, (scan.doc_count + 1) * sizeof *replay.docs);
        replay_all(&replay, &records, &size);
        settle_docs(&replay);
        adopt(&replay, log, descriptor, records, size, diags);
        mem_free(session->env, replay.docs);
        show_recovered(session);
        undo_changed(session);
        ok = true;
    }
    log_scan_release(&scan);
    return ok;
}

bool session_recover(struct session *session, const char *log, struct diags *diags)
{
    return recover(session, log, false, diags);
}

bool session_recover_anyway(struct session *session, const char *log, struct diags *diags)
{
    return recover(session, log, true, diags);
}
