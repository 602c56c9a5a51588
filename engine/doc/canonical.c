/* A subtree in the one layout that `fmt` knows, or on one line. Walks the tree without recursion
 * and writes through a pointer: room is made before each value, so nothing else checks. */
#include <string.h>
#include "engine/doc/json.h"
#include "engine/doc/scan.h"
#include "engine/doc/write.h"

struct printer {
    const struct doc *doc;
    struct buf *out;
    char *p, *end; /* where the next byte goes; behind the last one there is room for */
    bool compact;
    bool (*take)(void *context, struct str piece); /* NULL: all of it stays in `out` */
    void *context;
    bool stopped;
};

/* Copies run over by up to a block. */
enum { BLOCK = 16, MARGIN = 4 * BLOCK, PIECE = 1 << 16 };

static void begin(struct printer *pr)
{
    pr->p = pr->out->ptr + pr->out->len;
    pr->end = pr->out->ptr + pr->out->cap;
}

static void finish(struct printer *pr)
{
    pr->out->len = (size_t) (pr->p - pr->out->ptr);
    *pr->p = '\0';
}

static void make_room(struct printer *pr, size_t need)
{
    finish(pr);
    if (pr->take) {
        pr->stopped = pr->stopped || !pr->take(pr->context, buf_str(pr->out));
        buf_clear(pr->out);
    }
    buf_reserve(pr->out, need + pr->out->len);
    begin(pr);
}

/* Room for `need` bytes and some more. */
static inline void room(struct printer *pr, size_t need)
{
    if (__builtin_expect((size_t) (pr->end - pr->p) < need + MARGIN, 0))
        make_room(pr, need + MARGIN);
}

/* From the source, behind which there are JSON_PAD bytes: in whole blocks. */
static inline void put_source(struct printer *pr, uint32_t from, size_t len)
{
    const char *source = pr->doc->source + from;
    if (len > 8 * BLOCK) {
        memcpy(pr->p, source, len);
    } else {
        for (size_t i = 0; i < len; i += BLOCK)
            memcpy(pr->p + i, source + i, BLOCK);
    }
    pr->p += len;
}

static inline void put_spaces(struct printer *pr, size_t count)
{
    if (count > 8 * BLOCK) {
        memset(pr->p, ' ', count);
    } else {
        for (size_t i = 0; i < count; i += BLOCK)
            memset(pr->p + i, ' ', BLOCK);
    }
    pr->p += count;
}

static void put_text(struct printer *pr, struct str text)
{
    finish(pr);
    json_add_text(pr->out, text, false);
    begin(pr);
}

static inline void put_key(struct printer *pr, const struct node *node)
{
    if (node->key_at && !(node->flags & NODE_KEY_ESCAPED))
        put_source(pr, node->key_at, atoms_text(pr->doc->atoms, node->key).len + 2);
    else
        put_text(pr, atoms_text(pr->doc->atoms, node->key));
    room(pr, 0);
    *pr->p++ = ':';
    if (!pr->compact)
        *pr->p++ = ' ';
}

/* Whether the source has the value as JSON writes it. */
static inline bool is_json(const struct printer *pr, const struct node *node)
{
    return !(node->flags & (NODE_OWN | NODE_ESCAPED)) && node->kind != NODE_PLAIN &&
           (node->kind != NODE_TEXT || pr->doc->source[node->start] == '"');
}

static inline void put_scalar(struct printer *pr, node_id id)
{
    const struct node *node = &pr->doc->nodes[id];
    if (is_json(pr, node)) {
        room(pr, node->end - node->start);
        put_source(pr, node->start, node->end - node->start);
        return;
    }
    enum node_kind kind = doc_value_kind(pr->doc, id);
    struct str text = kind < NODE_NUMBER ? doc_word(kind) : doc_text(pr->doc, id);
    if (kind == NODE_TEXT) {
        put_text(pr, text);
        return;
    }
    room(pr, text.len);
    memcpy(pr->p, text.ptr, text.len);
    pr->p += text.len;
}

static inline void put_line(struct printer *pr, size_t depth)
{
    if (pr->compact)
        return;
    *pr->p++ = '\n';
    put_spaces(pr, 2 * depth);
}

/* All of what stands before a value: line, indentation, key. */
static inline void put_start(struct printer *pr, const struct node *node, size_t depth)
{
    size_t key = node->key ? atoms_text(pr->doc->atoms, node->key).len + 4 : 0;
    room(pr, 2 * depth + 1 + key);
    put_line(pr, depth);
    if (node->key)
        put_key(pr, node);
}

static void put_tree(struct printer *pr, node_id root)
{
    const struct node *nodes = pr->doc->nodes;
    node_id id = root;
    size_t depth = 0;
    for (;;) {
        const struct node *node = &nodes[id];
        if (id != root)
            put_start(pr, node, depth);
        if (node->kind < NODE_LIST) {
            put_scalar(pr, id);
        } else {
            room(pr, 2);
            *pr->p++ = node->kind == NODE_LIST ? '[' : '{';
            if (node->first) {
                id = node->first;
                depth++;
                continue;
            }
            *pr->p++ = node->kind == NODE_LIST ? ']' : '}';
        }
        while (id != root && !nodes[id].next) {
            id = nodes[id].parent;
            room(pr, 2 * --depth + 2);
            put_line(pr, depth);
            *pr->p++ = nodes[id].kind == NODE_LIST ? ']' : '}';
        }
        if (id == root || pr->stopped)
            return;
        room(pr, 1);
        *pr->p++ = ',';
        id = nodes[id].next;
    }
}

static void print(struct printer *pr, node_id id, size_t first_room)
{
    buf_reserve(pr->out, first_room);
    begin(pr);
    put_tree(pr, id);
    if (id == 1 && !pr->compact) {
        room(pr, 1);
        *pr->p++ = '\n';
    }
    finish(pr);
}

void doc_write_canonical(const struct doc *doc, node_id id, struct buf *out)
{
    struct printer pr = { .doc = doc, .out = out };
    print(&pr, id, MARGIN);
}

bool doc_export_canonical(const struct doc *doc, node_id id,
                          bool (*take)(void *context, struct str piece), void *context)
{
    struct buf piece;
    buf_init(&piece, doc->env);
    struct printer pr = { .doc = doc, .out = &piece, .take = take, .context = context };
    print(&pr, id, PIECE);
    bool taken = !pr.stopped && take(context, buf_str(&piece));
    buf_release(&piece);
    return taken;
}

void doc_write_compact(const struct doc *doc, node_id id, struct buf *out)
{
    struct printer pr = { .doc = doc, .out = out, .compact = true };
    print(&pr, id, MARGIN);
}
