/* New nodes: made from JSON text, unlinked, their texts in doc.added. */
#include <string.h>
#include "engine/base/env.h"
#include "engine/base/utf8.h"
#include "engine/doc/edit.h"
#include "engine/doc/json.h"

/* Appends decoded text to doc.added as valid UTF-8 and gives its span. */
static void add_text(struct doc *doc, struct str text, uint32_t *start, uint32_t *end)
{
    struct buf *added = &doc->added;
    size_t from = added->len;
    for (size_t at = 0; at < text.len;) {
        struct str rest = str_slice(text, at, text.len);
        size_t valid = utf8_check(rest);
        buf_add(added, str_slice(rest, 0, valid));
        at += valid;
        if (at < text.len) {
            buf_add_code(added, 0xFFFD);
            at++;
        }
    }
    if (added->len > UINT32_MAX)
        doc->env->out_of_memory(doc->env, added->len);
    *start = (uint32_t) from;
    *end = (uint32_t) added->len;
}

static struct str grafted_text(const struct doc *doc, struct str json, const struct node *node,
                               const struct decoded **decoded)
{
    if (node->flags & NODE_ESCAPED) {
        const struct decoded *found = (*decoded)++;
        return (struct str){ doc->decoded_text.ptr + found->at, found->len };
    }
    bool quoted = node->kind == NODE_TEXT;
    return str_slice(json, node->start + quoted, node->end - quoted);
}

/* Turns nodes just read from `json` into nodes of their own. */
static void own(struct doc *doc, struct str json, node_id root, size_t decoded_from)
{
    const struct decoded *decoded = doc->decoded + decoded_from;
    buf_reserve(&doc->added, json.len);
    for (node_id id = root; id < doc->count; id++) {
        struct node *node = &doc->nodes[id];
        if (node->kind == NODE_TEXT || node->kind == NODE_NUMBER)
            add_text(doc, grafted_text(doc, json, node, &decoded), &node->start, &node->end);
        else
            node->start = node->end = 0;
        node->key_at = 0;
        node->flags = NODE_OWN;
    }
}

static node_id graft(struct doc *doc, atom_id key, struct json_input *in)
{
    size_t decoded_count = doc->decoded_count, decoded_len = doc->decoded_text.len;
    node_id id = json_read(doc, in);
    if (!id)
        return 0;
    own(doc, in->text, id, decoded_count);
    doc->decoded_count = decoded_count;
    buf_truncate(&doc->decoded_text, decoded_len);
    doc->nodes[id].key = key;
    return id;
}

node_id doc_graft_atom(struct doc *doc, atom_id key, struct str json, struct diags *diags)
{
    char *copy = json_pad(doc->env, NULL, json.len);
    if (!copy)
        return diag_add0(diags, DIAG_DOC_MEMORY, &(struct place){ .line = 0 });
    if (json.len)
        memcpy(copy, json.ptr, json.len);
    struct json_input in = { .text = { copy, json.len }, .diags = diags };
    node_id id = graft(doc, key, &in);
    mem_free(doc->env, copy);
    return id;
}

node_id doc_graft(struct doc *doc, struct str key, struct str json, struct diags *diags)
{
    if (!key.ptr)
        return doc_graft_atom(doc, 0, json, diags);
    struct json_input in = { .text = key, .diags = diags };
    if (!json_check_key(doc, &in, key, key.ptr))
        return 0;
    size_t valid = utf8_check(key);
    if (valid < key.len) {
        json_fail_text(&in, key.ptr + valid, key.ptr);
        return 0;
    }
    return doc_graft_atom(doc, atoms_add(doc->atoms, key), json, diags);
}

node_id doc_graft_text(struct doc *doc, atom_id key, struct str text)
{
    struct node node = { .key = key, .prev = doc->count, .kind = NODE_TEXT, .flags = NODE_OWN };
    add_text(doc, text, &node.start, &node.end);
    if (doc->count == doc->capacity)
        doc->nodes = mem_grow(doc->env, doc->nodes, &doc->capacity, (size_t) doc->count + 1,
                              sizeof(*doc->nodes));
    doc->nodes[doc->count] = node;
    return doc->count++;
}

struct edit edit_set(struct doc *doc, node_id scalar, enum node_kind kind, struct str text)
{
    struct edit edit = { .op = EDIT_SET, .node = scalar, .kind = (uint8_t) kind };
    uint8_t key = scalar < doc->count ? doc->nodes[scalar].flags & NODE_KEY_ESCAPED : 0;
    edit.flags = key | NODE_OWN | NODE_DIRTY;
    if (kind == NODE_NUMBER || kind == NODE_TEXT || kind == NODE_PLAIN)
        add_text(doc, text, &edit.start, &edit.end);
    return edit;
}

void doc_chain(struct doc *doc, node_id node, node_id next)
{
    doc->nodes[node].next = next;
    doc->nodes[next].prev = node;
}
