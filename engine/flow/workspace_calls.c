#include "engine/flow/workspace_calls.h"

#include <stdlib.h>
#include "engine/base/env.h"
#include "engine/flow/query.h"
#include "engine/flow/workspace.h"

void flow_calls_release(struct flow_calls *calls, struct env *env)
{
    mem_free(env, calls->items);
    *calls = (struct flow_calls){ .items = NULL };
}

uint32_t flow_call_hash(enum flow_type type, struct str name)
{
    return (uint32_t) str_hash(name) * 31 + (uint32_t) type;
}

struct gathering {
    struct workspace_file *file;
    uint32_t last; /* of many with one target only the first is put down */
};

static bool visit_call(void *context, node_id action, unsigned depth)
{
    struct gathering *gathering = context;
    struct flow_calls *calls = &gathering->file->calls;
    enum flow_type type;
    struct str name;
    (void) depth;
    if (!flow_target(&gathering->file->flow, action, &type, &name))
        return true;
    uint32_t hash = flow_call_hash(type, name);
    if (calls->count > 0 && hash == gathering->last)
        return true;
    calls->items = mem_grow(gathering->file->ws->env, calls->items, &calls->capacity,
                            calls->count + 1, sizeof *calls->items);
    calls->items[calls->count++] = gathering->last = hash;
    return true;
}

static int by_hash(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *) a, y = *(const uint32_t *) b;
    return (x > y) - (x < y);
}

const struct flow_calls *workspace_calls(struct workspace_file *file)
{
    struct flow_calls *calls = &file->calls;
    const struct doc *doc = file->flow.doc;
    if (!doc || (calls->known && calls->doc == doc && calls->revision == doc->revision))
        return calls;
    struct gathering gathering = { .file = file };
    size_t kept = 0;
    calls->count = 0;
    flow_each_action(&file->flow, visit_call, &gathering);
    if (calls->count > 1)
        qsort(calls->items, calls->count, sizeof *calls->items, by_hash);
    for (size_t i = 0; i < calls->count; i++) {
        if (kept == 0 || calls->items[kept - 1] != calls->items[i])
            calls->items[kept++] = calls->items[i];
    }
    calls->count = kept;
    calls->doc = doc;
    calls->revision = doc->revision;
    calls->known = true;
    return calls;
}

bool workspace_may_call(struct workspace_file *file, uint32_t hash)
{
    const struct flow_calls *calls = workspace_calls(file);
    if (!calls->known)
        return !file->read; /* what cannot be read names nothing */
    return calls->count > 0 &&
           bsearch(&hash, calls->items, calls->count, sizeof *calls->items, by_hash) != NULL;
}
