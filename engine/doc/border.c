#include "engine/doc/border.h"

#include <string.h>
#include <cjson/cJSON.h>
#include "engine/base/env.h"
#include "engine/doc/tree.h"
#include "engine/doc/write.h"

/* A text read by the strict reader, as a document of its own. */
struct guarded {
    struct env *env;
    struct atoms atoms;
    struct doc *doc;
};

static bool read_guarded(struct guarded *g, struct env *env, const struct limits *limits,
                         struct str text, struct diags *diags)
{
    struct limits within = *limits;
    if (within.depth > CJSON_NESTING_LIMIT)
        within.depth = CJSON_NESTING_LIMIT;
    g->env = env;
    atoms_init(&g->atoms, env, NULL, 0);
    g->doc = doc_read(env, &g->atoms, &within, "", text, diags);
    return g->doc != NULL;
}

static void release_guarded(struct guarded *g)
{
    doc_free(g->doc);
    atoms_release(&g->atoms);
}

static enum json_kind kind_of(const cJSON *item)
{
    static const struct {
        int type;
        enum json_kind kind;
    } kinds[] = { { cJSON_False, JSON_FALSE },  { cJSON_True, JSON_TRUE },
                  { cJSON_NULL, JSON_NULL },    { cJSON_Number, JSON_NUMBER },
                  { cJSON_String, JSON_TEXT },  { cJSON_Array, JSON_LIST },
                  { cJSON_Object, JSON_OBJECT } };
    size_t i = 0;
    while (kinds[i].type != (item->type & 0xFF)) /* cJSON has no other types in what it parsed */
        i++;
    return kinds[i].kind;
}

/* Walks cJSON's tree and the reader's side by side: the shape from the one, digits, U+0000 and keys
 * from the other. */
static bool walk(const cJSON *root, const struct doc *doc, const struct json_sink *sink)
{
    const cJSON *item = root, *path[CJSON_NESTING_LIMIT + 1];
    size_t depth = 0;
    for (node_id id = 1;;) {
        enum json_kind kind = kind_of(item);
        struct str key = doc_key(doc, id);
        bool container = kind >= JSON_LIST;
        BUG_ON(container != doc_is_container(doc, id) || !item->child != !doc_first(doc, id));
        if (container ? !sink->open(sink->context, key, kind)
                      : !sink->scalar(sink->context, key, kind, doc_text(doc, id)))
            return false;
        if (item->child) {
            path[depth++] = item;
            item = item->child;
            id = doc_first(doc, id);
            continue;
        }
        if (container && !sink->close(sink->context))
            return false;
        while (depth && !item->next) {
            item = path[--depth];
            id = doc_parent(doc, id);
            if (!sink->close(sink->context))
                return false;
        }
        if (!depth)
            return true;
        item = item->next;
        id = doc_next(doc, id);
    }
}

bool json_parse(struct env *env, const struct limits *limits, struct str text,
                const struct json_sink *sink, struct diags *diags)
{
    struct guarded g;
    bool done = false;
    if (read_guarded(&g, env, limits, text, diags)) {
        const char *end = NULL;
        struct str source = { g.doc->source, g.doc->source_len };
        cJSON *tree = cJSON_ParseWithLengthOpts(source.ptr, source.len, &end, false);
        if (!tree) /* what the reader took, cJSON takes: memory is all that can be missing */
            env->out_of_memory(env, source.len);
        BUG_ON(str_trim(str_slice(source, (size_t) (end - source.ptr), source.len)).len);
        done = walk(tree, g.doc, sink);
        cJSON_Delete(tree);
    }
    release_guarded(&g);
    return done;
}

/* cJSON's form of a node without its children; NULL when a text cannot be given to it. */
static cJSON *printed_item(struct env *env, const struct doc *doc, node_id id)
{
    struct buf token;
    if (doc_kind(doc, id) == NODE_LIST)
        return tree_check(env, cJSON_CreateArray());
    if (doc_kind(doc, id) == NODE_OBJECT)
        return tree_check(env, cJSON_CreateObject());
    buf_init(&token, env);
    if (doc_kind(doc, id) == NODE_TEXT)
        json_add_text(&token, doc_text(doc, id), true);
    else
        buf_add(&token, doc_text(doc, id));
    cJSON *item = tree_check(env, cJSON_CreateRaw(token.ptr));
    buf_release(&token);
    return item;
}

/* The whole document as a cJSON tree, NULL when a key has U+0000. */
static cJSON *printed_tree(struct env *env, const struct doc *doc)
{
    cJSON *root = printed_item(env, doc, 1), *path[CJSON_NESTING_LIMIT + 1] = { root };
    size_t depth = 0;
    for (node_id id = 1;;) {
        if (doc_first(doc, id)) {
            id = doc_first(doc, id);
            depth++;
        } else {
            while (id != 1 && !doc_next(doc, id)) {
                id = doc_parent(doc, id);
                depth--;
            }
            if (id == 1)
                return root;
            id = doc_next(doc, id);
        }
        struct str key = doc_key(doc, id);
        if (str_find_char(key, '\0') >= 0) {
            cJSON_Delete(root);
            return NULL;
        }
        path[depth] = printed_item(env, doc, id);
        tree_add(env, path[depth - 1], key.ptr, path[depth]);
    }
}

bool json_pretty(struct env *env, struct str text, struct buf *out)
{
    struct guarded g;
    struct diags diags;
    struct limits limits = LIMITS_DEFAULT;
    limits.depth = CJSON_NESTING_LIMIT;
    diags_init(&diags, env);
    cJSON *tree = NULL;
    if (read_guarded(&g, env, &limits, text, &diags))
        tree = printed_tree(env, g.doc);
    if (tree)
        tree_print(env, tree, true, out);
    cJSON_Delete(tree);
    release_guarded(&g);
    diags_release(&diags);
    return tree != NULL;
}
