/* Lines and columns, computed when somebody asks. The source is cut into blocks and the line and
 * column at which each begins is kept, so that a thousand questions about a big file, which may be
 * one line, read it once and not a thousand times. */
#include <string.h>
#include "engine/base/env.h"
#include "engine/base/utf8.h"
#include "engine/doc/json.h"

enum { BLOCK = 4096 };

struct mark {
    uint32_t line;   /* lines that ended before the block */
    uint32_t column; /* code points between the start of the line and the block */
};

struct lines {
    struct mark *marks;
    size_t count;
    size_t last_at; /* where somebody asked last, as questions come in the order of the text */
    struct mark last;
};

/* Moves a mark over `text`. */
static struct mark walk(struct mark mark, struct str text)
{
    const char *p = text.ptr, *end = p + text.len;
    for (const char *line_end; p < end && (line_end = memchr(p, '\n', (size_t) (end - p)));) {
        p = line_end + 1;
        mark = (struct mark){ .line = mark.line + 1 };
    }
    for (; p < end; p++)
        mark.column += ((unsigned char) *p & 0xC0) != 0x80;
    return mark;
}

static void make_marks(const struct doc *doc, struct lines *lines)
{
    struct str source = { doc->source, doc->source_len };
    struct mark mark = { .line = 0 };
    lines->count = doc->source_len / BLOCK + 1;
    lines->marks = mem_alloc(doc->env, lines->count * sizeof(*lines->marks));
    for (size_t i = 0; i < lines->count; i++) {
        size_t at = i * BLOCK;
        lines->marks[i] = mark;
        size_t to = at + BLOCK < source.len ? at + BLOCK : source.len;
        mark = walk(mark, str_slice(source, at, to));
    }
}

struct lines *lines_new(struct env *env)
{
    return mem_zalloc(env, sizeof(struct lines));
}

void lines_free(struct env *env, struct lines *lines)
{
    if (lines)
        mem_free(env, lines->marks);
    mem_free(env, lines);
}

static void source_place(const struct doc *doc, size_t at, struct place *out)
{
    struct lines *lines = doc->lines;
    if (!lines->marks)
        make_marks(doc, lines);
    size_t block = at / BLOCK, from = block * BLOCK;
    struct mark mark = lines->marks[block];
    if (lines->last_at > from && lines->last_at <= at) {
        from = lines->last_at;
        mark = lines->last;
    }
    mark = walk(mark, (struct str){ doc->source + from, at - from });
    lines->last_at = at;
    lines->last = mark;
    out->line = mark.line + 1;
    out->column = mark.column + 1;
    if (!mark.line && doc->bom && out->column > 1)
        out->column--;
}

/* The nearest node from `id` upwards that the source has a place for. */
static node_id with_place(const struct doc *doc, node_id id)
{
    while (id && !doc_has_source_key(&doc->nodes[id]) && doc->nodes[id].flags & NODE_OWN)
        id = doc_parent(doc, id);
    return id;
}

void doc_place(const struct doc *doc, node_id id, struct place *out)
{
    *out = (struct place){ .file = str_of(doc->file), .node = id };
    const struct node *node = &doc->nodes[with_place(doc, id)];
    source_place(doc, doc_has_source_key(node) ? node->key_at : node->start, out);
}

void doc_place_value(const struct doc *doc, node_id id, struct place *out)
{
    if (doc->nodes[id].flags & NODE_OWN) {
        doc_place(doc, id, out);
        return;
    }
    *out = (struct place){ .file = str_of(doc->file), .node = id };
    source_place(doc, doc->nodes[id].start, out);
}

void doc_place_inside(const struct doc *doc, node_id id, size_t at, struct place *out)
{
    struct str text = doc_text(doc, id);
    doc_place_value(doc, id, out);
    /* Behind the opening quote; escapes are longer than what they mean. */
    out->column++;
    for (size_t i = 0; i < at && i < text.len; i++) {
        unsigned char c = (unsigned char) text.ptr[i];
        if (c == '"' || c == '\\' || (c < 0x20 && c != 0))
            out->column += 2;
        else
            out->column += (c & 0xc0) != 0x80;
    }
}
