#include "engine/doc/doc.h"

#include <stdlib.h>
#include <string.h>
#include "engine/base/env.h"
#include "engine/doc/json.h"
#include "engine/doc/scan.h"
#include "engine/doc/yaml.h"

enum { FIRST_NODES = 64, SAMPLE = 1 << 16, MOST_FIRST_NODES = 1 << 22 };

static bool has_ending(struct str name, struct str ending)
{
    return name.len >= ending.len &&
           str_eq_nocase(str_slice(name, name.len - ending.len, name.len), ending);
}

enum doc_syntax doc_syntax_of(const char *name, struct str text)
{
    struct str rest = str_slice(text, json_bom(text), text.len);
    if (has_ending(str_of(name), STR(".yaml")) || has_ending(str_of(name), STR(".yml")))
        return SYNTAX_YAML;
    while (rest.len && scan_is_space(*rest.ptr))
        rest = str_slice(rest, 1, rest.len);
    bool json = !rest.len || !*rest.ptr || strchr("{[\"", *rest.ptr);
    return strcmp(name, "-") != 0 || json ? SYNTAX_JSON : SYNTAX_YAML;
}

static bool no_memory(const struct doc *doc, struct diags *diags)
{
    struct place place = { .file = str_of(doc->file) };
    return diag_add0(diags, DIAG_DOC_MEMORY, &place);
}

static struct doc *doc_new(struct env *env, struct atoms *atoms, const struct limits *limits,
                           const char *name)
{
    struct doc *doc = mem_zalloc(env, sizeof(*doc));
    doc->env = env;
    doc->lines = lines_new(env);
    doc->atoms = atoms;
    doc->limits = *limits;
    doc->file = mem_clone(env, name, strlen(name) + 1);
    buf_init(&doc->added, env);
    buf_init(&doc->decoded_text, env);
    return doc;
}

char *json_pad(struct env *env, char *block, size_t len)
{
    char *text = mem_try_resize(env, block, len + JSON_PAD);
    if (text)
        memset(text + len, 0, JSON_PAD);
    return text;
}

/* How many nodes the source will have, a little too many: in JSON each value but the first of a
 * container follows a comma, and the first a bracket; in YAML lines and dashes say it. Memory that
 * is not touched costs nothing, but growing an array of many megabytes does. */
static size_t guess_nodes(const struct doc *doc)
{
    size_t sample = doc->source_len < SAMPLE ? doc->source_len : SAMPLE, seen = 0;
    for (size_t i = 0; i < sample; i++) {
        char c = doc->source[i];
        seen += doc->syntax == SYNTAX_YAML ? c == '\n' || c == '-'
                                           : c == ',' || (c & 0xDF) == '['; /* [ is { with a bit */
    }
    size_t guess = sample ? doc->source_len / sample * seen : 0;
    return FIRST_NODES + guess + guess / 4;
}

static bool first_nodes(struct doc *doc, struct diags *diags)
{
    size_t guess = guess_nodes(doc);
    doc->capacity = guess < MOST_FIRST_NODES ? guess : MOST_FIRST_NODES;
    doc->nodes = mem_try_resize(doc->env, NULL, doc->capacity * sizeof(*doc->nodes));
    if (!doc->nodes)
        return no_memory(doc, diags);
    doc->nodes[0] = (struct node){ .parent = 0 };
    doc->count = 1;
    return true;
}

/* Gives back what the guess was too high by. */
static void trim_nodes(struct doc *doc)
{
    size_t capacity = doc->count + doc->count / 16 + 16;
    struct node *nodes;
    if (capacity >= doc->capacity)
        return;
    nodes = mem_try_resize(doc->env, doc->nodes, capacity * sizeof(*nodes));
    if (!nodes)
        return;
    doc->nodes = nodes;
    doc->capacity = capacity;
}

static bool read_source(struct doc *doc, struct diags *diags)
{
    struct str text = { doc->source, doc->source_len };
    struct json_input in = { .text = text, .name = str_of(doc->file), .diags = diags };
    doc->bom = json_bom(text) != 0;
    doc->syntax = doc_syntax_of(doc->file, text);
    if (doc->syntax == SYNTAX_YAML && doc->limits.key_length > LIMIT_YAML_KEY)
        doc->limits.key_length = LIMIT_YAML_KEY;
    if (!first_nodes(doc, diags))
        return false;
    if (!(doc->syntax == SYNTAX_YAML ? yaml_read(doc, &in) : json_read(doc, &in)))
        return false;
    doc->attached = doc->count - 1;
    trim_nodes(doc);
    return true;
}

struct doc *doc_read_steal(struct env *env, struct atoms *atoms, const struct limits *limits,
                           const char *name, struct buf *text, struct diags *diags)
{
    struct doc *doc = doc_new(env, atoms, limits, name);
    doc->source_len = text->len;
    doc->source = json_pad(env, text->ptr, text->len);
    if (doc->source)
        buf_init(text, env);
    buf_release(text);
    atoms->changes++;
    if (doc->source ? read_source(doc, diags) : no_memory(doc, diags))
        return doc;
    doc_free(doc);
    return NULL;
}

struct doc *doc_read(struct env *env, struct atoms *atoms, const struct limits *limits,
                     const char *name, struct str text, struct diags *diags)
{
    struct buf copy = { .env = env, .ptr = json_pad(env, NULL, text.len), .len = text.len };
    if (!copy.ptr) {
        struct place place = { .file = str_of(name) };
        diag_add0(diags, DIAG_DOC_MEMORY, &place);
        return NULL;
    }
    if (text.len)
        memcpy(copy.ptr, text.ptr, text.len);
    return doc_read_steal(env, atoms, limits, name, &copy, diags);
}

void doc_free(struct doc *doc)
{
    if (!doc)
        return;
    struct env *env = doc->env;
    mem_free(env, doc->file);
    mem_free(env, doc->source);
    mem_free(env, doc->nodes);
    mem_free(env, doc->decoded);
    mem_free(env, doc->touched);
    lines_free(env, doc->lines);
    buf_release(&doc->added);
    buf_release(&doc->decoded_text);
    mem_free(env, doc);
}

node_id doc_prev(const struct doc *doc, node_id id)
{
    node_id prev = doc->nodes[id].prev;
    return doc->nodes[prev].next == id ? prev : 0;
}

node_id doc_last(const struct doc *doc, node_id id)
{
    node_id first = doc->nodes[id].first;
    return first ? doc->nodes[first].prev : 0;
}

node_id doc_member(const struct doc *doc, node_id object, atom_id key)
{
    if (!key || doc_kind(doc, object) != NODE_OBJECT)
        return 0;
    node_id id = doc_first(doc, object);
    while (id && doc->nodes[id].key != key)
        id = doc_next(doc, id);
    return id;
}

node_id doc_member_named(const struct doc *doc, node_id object, struct str key)
{
    return doc_member(doc, object, atoms_find(doc->atoms, key));
}

node_id doc_item(const struct doc *doc, node_id list, size_t index)
{
    node_id id = doc_first(doc, list);
    for (; id && index; index--)
        id = doc_next(doc, id);
    return id;
}

size_t doc_count_children(const struct doc *doc, node_id id)
{
    size_t count = 0;
    for (node_id child = doc_first(doc, id); child; child = doc_next(doc, child))
        count++;
    return count;
}

size_t doc_index(const struct doc *doc, node_id id)
{
    size_t index = 0;
    while ((id = doc_prev(doc, id)))
        index++;
    return index;
}

bool doc_is_inside(const struct doc *doc, node_id id, node_id ancestor)
{
    while (id && id != ancestor)
        id = doc_parent(doc, id);
    return id && id == ancestor;
}

bool doc_attached(const struct doc *doc, node_id id)
{
    return doc_is_inside(doc, id, 1);
}

static int compare_decoded(const void *key, const void *item)
{
    node_id id = *(const node_id *) key, other = ((const struct decoded *) item)->id;
    return (id > other) - (id < other);
}

static struct str decoded_text(const struct doc *doc, node_id id)
{
    const struct decoded *found = bsearch(&id, doc->decoded, doc->decoded_count,
                                          sizeof(*doc->decoded), compare_decoded);
    BUG_ON(!found);
    return (struct str){ doc->decoded_text.ptr + found->at, found->len };
}

struct str doc_word(enum node_kind kind)
{
    static const struct str words[] = {
        [NODE_NULL] = { "null", 4 }, [NODE_FALSE] = { "false", 5 }, [NODE_TRUE] = { "true", 4 }
    };
    return words[kind];
}

enum node_kind doc_core_kind(const struct doc *doc, node_id id)
{
    static const struct {
        char word[6];
        enum node_kind kind;
    } words[] = { { "", NODE_NULL },       { "~", NODE_NULL },     { "null", NODE_NULL },
                  { "Null", NODE_NULL },   { "NULL", NODE_NULL },  { "true", NODE_TRUE },
                  { "True", NODE_TRUE },   { "TRUE", NODE_TRUE },  { "false", NODE_FALSE },
                  { "False", NODE_FALSE }, { "FALSE", NODE_FALSE } };
    if (doc_kind(doc, id) != NODE_PLAIN)
        return doc_kind(doc, id);
    struct str text = doc_text(doc, id);
    bool word = !text.len || (text.len < 6 && strchr("~nNtTfF", *text.ptr));
    for (size_t i = 0; word && i < sizeof(words) / sizeof(*words); i++)
        if (str_is(text, words[i].word))
            return words[i].kind;
    return json_is_number(text) ? NODE_NUMBER : NODE_TEXT;
}

enum node_kind doc_value_kind(const struct doc *doc, node_id id)
{
    if (doc_kind(doc, id) != NODE_PLAIN)
        return doc_kind(doc, id);
    return doc->plain_kind ? doc->plain_kind(doc, id) : doc_core_kind(doc, id);
}

bool doc_is_text(const struct doc *doc, node_id id)
{
    enum node_kind kind = doc_kind(doc, id);
    return kind == NODE_TEXT || (kind == NODE_PLAIN && doc_core_kind(doc, id) != NODE_NULL);
}

bool doc_is_boolean(const struct doc *doc, node_id id)
{
    enum node_kind kind = doc_core_kind(doc, id);
    return kind == NODE_TRUE || kind == NODE_FALSE;
}

bool doc_is_null(const struct doc *doc, node_id id)
{
    return doc_core_kind(doc, id) == NODE_NULL;
}

struct str doc_text(const struct doc *doc, node_id id)
{
    const struct node *node = &doc->nodes[id];
    if (id == 0)
        return STR_NONE;
    switch ((enum node_kind) node->kind) {
    case NODE_NULL:
    case NODE_FALSE:
    case NODE_TRUE:
        return doc_word((enum node_kind) node->kind);
    case NODE_LIST:
    case NODE_OBJECT:
        return STR_NONE;
    case NODE_NUMBER:
    case NODE_TEXT:
    case NODE_PLAIN:
        break;
    }
    if (node->flags & NODE_OWN)
        return (struct str){ doc->added.ptr + node->start, node->end - node->start };
    if (node->flags & NODE_ESCAPED)
        return decoded_text(doc, id);
    struct str token = { doc->source + node->start, node->end - node->start };
    return node->kind == NODE_TEXT ? str_slice(token, 1, token.len - 1) : token;
}

struct str doc_key(const struct doc *doc, node_id id)
{
    return doc->nodes[id].key ? atoms_text(doc->atoms, doc->nodes[id].key) : STR_NONE;
}

static bool same_node(const struct doc *a, node_id x, const struct doc *b, node_id y)
{
    const struct node *left = doc_node(a, x), *right = doc_node(b, y);
    enum node_kind kind = doc_core_kind(a, x);
    bool has_text = kind == NODE_NUMBER || kind == NODE_TEXT;
    return kind == doc_core_kind(b, y) && left->key == right->key &&
           !left->first == !right->first && !left->next == !right->next &&
           (!has_text || str_eq(doc_text(a, x), doc_text(b, y)));
}

bool doc_same(const struct doc *a, const struct doc *b)
{
    node_id x = 1, y = 1;
    while (same_node(a, x, b, y)) {
        if (doc_first(a, x)) {
            x = doc_first(a, x);
            y = doc_first(b, y);
            continue;
        }
        while (x != 1 && !doc_next(a, x)) {
            x = doc_parent(a, x);
            y = doc_parent(b, y);
        }
        if (x == 1)
            return true;
        x = doc_next(a, x);
        y = doc_next(b, y);
    }
    return false;
}
