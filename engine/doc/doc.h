/* A document: source text and the tree of values in it. Every node knows its span in the source, so
 * that saving copies what nobody touched and prints only what changed. One tree for JSON and YAML:
 * code above engine/doc never knows which syntax it was. (design.md section 2)
 *
 * Node ids are 32 bits, given in order of reading (parents before children), never reused in a
 * session. Id 0 is no node; the root value is node 1. Removed subtrees stay where they are,
 * unlinked, so that undo can link them again.
 *
 * Readers borrow: what a function here returns lives until the next change of the document. */
#ifndef POSTFLOW_DOC_DOC_H
#define POSTFLOW_DOC_DOC_H

#include <stdbool.h>
#include <stdint.h>
#include "engine/base/diag.h"
#include "engine/base/limits.h"
#include "engine/doc/atoms.h"

typedef uint32_t node_id;

enum node_kind {
    NODE_NULL,
    NODE_FALSE,
    NODE_TRUE,
    NODE_NUMBER, /* every digit kept; the text is the token */
    NODE_TEXT,
    NODE_PLAIN, /* a YAML plain scalar: the reader of the field gives it a type */
    NODE_LIST,
    NODE_OBJECT,
};

enum node_flag {
    NODE_ESCAPED = 1, /* its source token has escapes: the decoded text is elsewhere */
    NODE_OWN = 2,     /* not from the source: text at [start, end) of doc.added, decoded */
    NODE_DIRTY = 4,   /* a container whose member list, or a scalar whose value, changed */
    NODE_KEY_ESCAPED = 8,
    NODE_TOUCHED = 16, /* in doc.touched; stays when the change is undone */
    NODE_BRACKETS = 32, /* a YAML list or object that is written in brackets */
};

struct node {
    node_id parent;      /* 0: the root, or unlinked */
    node_id next;        /* next sibling, 0: none */
    node_id prev;        /* previous sibling; the first child's is the last child */
    node_id first;       /* first child, 0: none or a scalar */
    uint32_t start, end; /* span of the value in the source, quotes and brackets included */
    uint32_t key_at;     /* where its key's token starts in the source (doc_has_source_key) */
    atom_id key;         /* 0: item of a list, or the root */
    uint16_t tag;        /* for the layer above (engine/flow): what the node is in a flow */
    uint8_t kind, flags;
};

enum doc_syntax { SYNTAX_JSON, SYNTAX_YAML };

struct decoded;
struct touched;
struct lines;
struct doc {
    struct env *env;
    struct atoms *atoms; /* shared with other documents of the workspace */
    struct limits limits;
    char *file;   /* as given, NUL-terminated; "-" for standard input */
    char *source; /* the bytes read, NUL-terminated, never changed */
    size_t source_len;
    enum doc_syntax syntax;
    /* What a plain scalar is where the layer above knows it (engine/flow: by the field it stands
       in); NULL: doc_core_kind. */
    enum node_kind (*plain_kind)(const struct doc *doc, node_id plain);
    bool bom; /* a byte order mark was read; it is written back */
    struct node *nodes;
    uint32_t count; /* ids 0 .. count - 1 are in use */
    size_t capacity;
    struct buf added;        /* texts of NODE_OWN scalars */
    struct decoded *decoded; /* texts of NODE_ESCAPED scalars, by ascending node id */
    size_t decoded_count, decoded_capacity;
    struct buf decoded_text;
    struct touched *touched; /* nodes that were ever changed or moved, as they were read */
    size_t touched_count, touched_capacity;
    uint32_t attached;   /* nodes that are linked to the root, itself included */
    struct lines *lines; /* where lines begin, made when a place is first asked for: this one part
                            changes while a document is only read, so no two threads may */
    uint64_t revision;   /* grows with every change */
};

/* What a file is written in: YAML when its name ends in .yaml or .yml; standard input ("-") when it
 * does not begin with a bracket or a quote; else JSON. */
enum doc_syntax doc_syntax_of(const char *name, struct str text);

/* Reads a copy of `text` in the syntax of its name. JSON: strict RFC 8259, UTF-8, limits, no
 * duplicate keys (compared decoded). On failure NULL and one diagnostic with line and column.
 * `name` is the file's name in diagnostics.
 *
 * Where the standard leaves a choice: lone surrogates in escapes, invalid UTF-8, UTF-16 and UTF-32
 * are refused; a byte order mark is kept and written back; numbers of any size and precision are
 * kept as text; U+0000 is a character when it is escaped; nesting ends at limits.depth.
 *
 * YAML: one document of YAML 1.2 as libyaml reads it, without anchors, aliases, tags, merge keys
 * and keys that are no text on one line. {{tokens}} are texts wherever they stand. Scalars without
 * quotes are NODE_PLAIN whatever they look like. */
struct doc *doc_read(struct env *env, struct atoms *atoms, const struct limits *limits,
                     const char *name, struct str text, struct diags *diags);
/* The same, taking over buf's memory (buf is empty afterwards) so that a big file is not copied. */
struct doc *doc_read_steal(struct env *env, struct atoms *atoms, const struct limits *limits,
                           const char *name, struct buf *text, struct diags *diags);
void doc_free(struct doc *doc);

/* Whether the node was read (and not made since), and whether it was so with a key. */
static inline bool doc_is_from_source(const struct node *node)
{
    return !(node->flags & NODE_OWN) || node->flags & NODE_TOUCHED;
}
static inline bool doc_has_source_key(const struct node *node)
{
    return node->key && doc_is_from_source(node);
}
static inline const struct node *doc_node(const struct doc *doc, node_id id)
{
    return &doc->nodes[id];
}
static inline enum node_kind doc_kind(const struct doc *doc, node_id id)
{
    return (enum node_kind) doc->nodes[id].kind;
}
static inline node_id doc_first(const struct doc *doc, node_id id)
{
    return doc->nodes[id].first;
}
static inline node_id doc_next(const struct doc *doc, node_id id)
{
    return doc->nodes[id].next;
}
static inline node_id doc_parent(const struct doc *doc, node_id id)
{
    return doc->nodes[id].parent;
}
/* The kind of a value, a plain scalar taken by the YAML 1.2 core schema as far as JSON has a word
 * for it: null (or nothing), true, false, numbers as JSON writes them; all else is text, `yes`,
 * `0o7` and dates too. */
enum node_kind doc_core_kind(const struct doc *doc, node_id id);
/* The same, where a plain scalar stands in a field whose type is known by that: what it is when the
 * document is written as JSON. */
enum node_kind doc_value_kind(const struct doc *doc, node_id id);
/* Where a text, a truth value, nothing is wanted: a plain scalar is what it can be. */
bool doc_is_text(const struct doc *doc, node_id id);
bool doc_is_boolean(const struct doc *doc, node_id id);
bool doc_is_null(const struct doc *doc, node_id id);
struct str doc_word(enum node_kind kind); /* "null", "false", "true" */
/* Previous sibling, 0 for the first. */
node_id doc_prev(const struct doc *doc, node_id id);
node_id doc_last(const struct doc *doc, node_id id); /* last child, 0: none */
/* The member of an object, 0: none or not an object. */
node_id doc_member(const struct doc *doc, node_id object, atom_id key);
node_id doc_member_named(const struct doc *doc, node_id object, struct str key);
node_id doc_item(const struct doc *doc, node_id list, size_t index);
size_t doc_count_children(const struct doc *doc, node_id id);
size_t doc_index(const struct doc *doc, node_id id); /* among its siblings, from 0 */
/* Whether `id` is linked to the root (not removed). */
bool doc_attached(const struct doc *doc, node_id id);
bool doc_is_inside(const struct doc *doc, node_id id, node_id ancestor); /* or equal */

static inline bool doc_is_container(const struct doc *doc, node_id id)
{
    return doc->nodes[id].kind >= NODE_LIST;
}
/* The decoded text of a text or plain scalar, the token of a number, "true", "false", "null";
 * empty for containers and for node 0. Never allocates. */
struct str doc_text(const struct doc *doc, node_id id);
struct str doc_key(const struct doc *doc, node_id id); /* empty: no key */

/* Whether two documents that share their atoms are the same tree, plain scalars taken by the core
 * schema. */
bool doc_same(const struct doc *a, const struct doc *b);

/* Line and column (from 1) of the node's key, or of its value where it has none; for a node that is
 * not from the source, of the nearest ancestor that is. doc_place fills file, line, column, node.
 */
void doc_place(const struct doc *doc, node_id id, struct place *out);
/* Of the value itself (for errors inside a text). */
void doc_place_value(const struct doc *doc, node_id id, struct place *out);
/* Of the byte at `at` of a scalar's decoded text. */
void doc_place_inside(const struct doc *doc, node_id id, size_t at, struct place *out);

#endif
