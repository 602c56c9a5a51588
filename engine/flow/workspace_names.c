/* Finding flows by type and name, and where they are used. */
#include "engine/flow/workspace_names.h"

#include <string.h>
#include "engine/base/env.h"
#include "engine/flow/query.h"
#include "engine/flow/workspace.h"

struct flow_name {
    uint32_t hash;
    uint32_t file; /* number + 1; 0: free */
};
/* Open addressing; of each type and name the first two files are here, so that neither many of one
 * name nor many names make it slow. */
enum { RECENT = 16 };
struct flow_names {
    struct env *env;
    struct flow_name *slots;
    size_t slot_count;
    uint64_t changes; /* of the documents when it was made */
    struct flow *recent[RECENT]; /* that were found since then */
    bool made;
};

struct flow_names *flow_names_new(struct env *env)
{
    struct flow_names *names = mem_zalloc(env, sizeof *names);
    names->env = env;
    return names;
}

void flow_names_free(struct flow_names *names)
{
    mem_free(names->env, names->slots);
    mem_free(names->env, names);
}

void flow_names_forget(struct flow_names *names)
{
    names->made = false;
}

static uint32_t name_hash(enum flow_type type, struct str name)
{
    return (uint32_t) str_hash(name) * 31 + (uint32_t) type;
}

/* From slot *at on, the next file with this type and name, *at behind it; NULL with *at at a free
 * slot. */
static struct workspace_file *next_file(const struct workspace *ws, size_t *at, uint32_t hash,
                                        enum flow_type type, struct str name)
{
    const struct flow_names *names = ws->names;
    size_t mask = names->slot_count - 1;
    for (;; *at = (*at + 1) & mask) {
        struct flow_name slot = names->slots[*at & mask];
        *at &= mask;
        if (!slot.file)
            return NULL;
        struct workspace_file *file = ws->files[slot.file - 1];
        enum flow_type known;
        struct str title;
        if (slot.hash == hash && workspace_title(file, &known, &title) && known == type &&
            str_eq(title, name)) {
            *at = (*at + 1) & mask;
            return file;
        }
    }
}

static void make_names(const struct workspace *ws)
{
    struct flow_names *names = ws->names;
    names->slot_count = 64;
    while (names->slot_count < ws->count * 2)
        names->slot_count *= 2;
    mem_free(names->env, names->slots);
    names->slots = mem_zalloc(names->env, names->slot_count * sizeof *names->slots);
    for (size_t i = 0; i < ws->count; i++) {
        enum flow_type type;
        struct str title;
        if (!workspace_title(ws->files[i], &type, &title))
            continue;
        uint32_t hash = name_hash(type, title);
        size_t at = hash, found = 0;
        while (next_file(ws, &at, hash, type, title) && found < 2)
            found++;
        if (found < 2)
            names->slots[at] = (struct flow_name){ hash, (uint32_t) i + 1 };
    }
    memset(names->recent, 0, sizeof names->recent);
    names->changes = ws->atoms.changes;
    names->made = true;
}

static void renew_names(const struct workspace *ws)
{
    if (!ws->names->made || ws->names->changes != ws->atoms.changes)
        make_names(ws);
}

/* A call asks for the same few names again and again. */
static struct flow **recent_slot(struct flow_names *names, enum flow_type type, struct str name)
{
    unsigned last = name.len ? (unsigned char) name.ptr[name.len - 1] : 0;
    return &names->recent[(type * 5u + (unsigned) name.len + last) % RECENT];
}

static bool is_named(const struct flow *flow, enum flow_type type, struct str name)
{
    return flow && flow->type == type && str_eq(flow_title(flow), name);
}

struct flow *workspace_find(const struct workspace *ws, enum flow_type type, struct str name)
{
    renew_names(ws);
    struct flow **recent = recent_slot(ws->names, type, name);
    if (is_named(*recent, type, name))
        return *recent;
    uint32_t hash = name_hash(type, name);
    /* Reading it may show that it has another name by now: each try reads one more. */
    while (true) {
        renew_names(ws);
        size_t at = hash;
        struct workspace_file *file = next_file(ws, &at, hash, type, name);
        bool was_read = file && file->read;
        struct flow *flow = file ? workspace_flow(file) : NULL;
        if (file && was_read)
            *recent = flow;
        if (!file || was_read || is_named(flow, type, name))
            return flow;
    }
}

const struct workspace_file *workspace_twin(const struct workspace *ws, const struct flow *flow)
{
    renew_names(ws);
    struct str name = flow_title(flow);
    uint32_t hash = name_hash(flow->type, name);
    size_t at = hash;
    const struct workspace_file *file = next_file(ws, &at, hash, flow->type, name);
    if (file && &file->flow == flow)
        file = next_file(ws, &at, hash, flow->type, name);
    return file;
}

struct workspace_file *workspace_file_of(const struct workspace *ws, const struct flow *flow)
{
    for (size_t i = 0; i < ws->count; i++) {
        if (&ws->files[i]->flow == flow)
            return ws->files[i];
    }
    return NULL;
}

struct use_search {
    struct flow *flow;
    enum flow_type type;
    struct str name;
    use_fn found;
    void *context;
    bool stopped;
};

/* The node that names the flow: the text itself, or a member by its key. */
static node_id name_node(const struct flow *flow, node_id action)
{
    const struct action_info *info = flow_action(flow, action);
    if (info && !strcmp(info->key, "setPostFlow")) {
        struct post_flow_fields post;
        flow_post_flow(flow, action, &post);
        node_id name = doc_is_container(flow->doc, post.flow.node)
                           ? doc_member(flow->doc, post.flow.node, ATOM_name)
                           : 0;
        return name ? name : post.flow.node;
    }
    for (const struct field *field = info ? info->fields : NULL; field && field->path; field++) {
        bool module = field->kind == FIELD_KEY && !strcmp(field->path, "commonModule");
        struct form_value value = { .form = FORM_ABSENT };
        if (field->kind == FIELD_FLOW || module)
            value = flow_value(flow, action, field);
        if (!value.node || value.text.len == 0)
            continue;
        node_id name = module ? 0 : doc_member(flow->doc, value.node, ATOM_name);
        return name ? name : value.node;
    }
    return 0;
}

static bool visit_use(void *context, node_id action, unsigned depth)
{
    struct use_search *search = context;
    enum flow_type type;
    struct str name;
    (void) depth;
    if (!flow_target(search->flow, action, &type, &name) || type != search->type ||
        !str_eq(name, search->name))
        return true;
    struct use use = { search->flow, action, name_node(search->flow, action) };
    search->stopped = use.node && !search->found(search->context, &use);
    return !search->stopped;
}

void workspace_uses_of_flow(const struct workspace *ws, enum flow_type type, struct str name,
                            use_fn found, void *context)
{
    struct use_search search = { .type = type, .name = name, .found = found, .context = context };
    uint32_t hash = flow_call_hash(type, name);
    for (size_t i = 0; i < ws->count && !search.stopped; i++) {
        if (!workspace_may_call(ws->files[i], hash))
            continue;
        search.flow = workspace_flow(ws->files[i]);
        if (search.flow)
            flow_each_action(search.flow, visit_use, &search);
    }
}
