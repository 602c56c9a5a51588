#include "engine/doc/yaml_source.h"

#include <stdlib.h>
#include <string.h>
#include "engine/base/env.h"

size_t yaml_line_start(const struct doc *doc, size_t at)
{
    while (at > 0 && doc->source[at - 1] != '\n')
        at--;
    return at == 0 && doc->bom ? 3 : at;
}

size_t yaml_line_end(const struct doc *doc, size_t at)
{
    const char *end = memchr(doc->source + at, '\n', doc->source_len - at);
    if (!end)
        return doc->source_len;
    at = (size_t) (end - doc->source);
    return at > 0 && doc->source[at - 1] == '\r' ? at - 1 : at;
}

static size_t next_line(const struct doc *doc, size_t at)
{
    const char *end = memchr(doc->source + at, '\n', doc->source_len - at);
    return end ? (size_t) (end + 1 - doc->source) : doc->source_len;
}

static size_t skip_spaces(const struct doc *doc, size_t at)
{
    while (doc->source[at] == ' ')
        at++;
    return at;
}

/* Behind white space and comments. */
static size_t skip_trivia(const struct doc *doc, size_t at)
{
    for (;; at++) {
        char c = doc->source[at];
        if (c == '#')
            at = yaml_line_end(doc, at);
        else if (c != ' ' && c != '\t' && c != '\r' && c != '\n')
            return at;
        if (at >= doc->source_len)
            return at;
    }
}

/* Behind the token of a key. */
static size_t key_end(const struct doc *doc, const struct node *node)
{
    const char *p = doc->source + node->key_at;
    if (*p == '"') {
        for (p++; *p != '"'; p++)
            p += *p == '\\';
    } else if (*p == '\'') {
        for (p++; *p != '\'' || p[1] == '\''; p++)
            p += *p == '\'';
    } else {
        return node->key_at + atoms_text(doc->atoms, node->key).len;
    }
    return (size_t) (p + 1 - doc->source);
}

size_t yaml_behind_key(const struct doc *doc, const struct node *node)
{
    const char *p = doc->source + key_end(doc, node);
    while (*p != ':')
        p++;
    return (size_t) (p + 1 - doc->source);
}

/* The dash of the item behind the one that ended at `end`, or of a list's first (end: 0). */
static size_t dash_at(const struct doc *doc, size_t start, size_t end)
{
    return end ? skip_trivia(doc, end) : start;
}

size_t yaml_value_at(const struct changes *changes, node_id id)
{
    const struct doc *doc = changes->doc;
    const struct node *node = doc_node(doc, id);
    if (!node->parent)
        return 0;
    if (node->key)
        return yaml_behind_key(doc, node);
    if (doc_node(doc, node->parent)->flags & NODE_BRACKETS)
        return changes_original(changes, id).start;
    node_id before = doc_prev(doc, id);
    size_t end = before ? changes_original(changes, before).end : 0;
    return dash_at(doc, changes_original(changes, node->parent).start, end) + 1;
}

size_t yaml_column_of(const struct changes *changes, node_id id)
{
    const struct doc *doc = changes->doc;
    const struct node *node = doc_node(doc, id);
    if (!node->parent)
        return 0;
    size_t head = node->key ? node->key_at : yaml_value_at(changes, id) - 1;
    return head - yaml_line_start(doc, head);
}

/* --- pieces --- */

/* The end of a member whose value ends at `end`: comments below it that stand to the right of its
 * head are its own. */
static size_t tail_at(const struct doc *doc, size_t end, size_t column)
{
    size_t tail = yaml_line_end(doc, end);
    for (size_t line = next_line(doc, tail); line < doc->source_len;) {
        size_t at = skip_spaces(doc, line), line_end = yaml_line_end(doc, line);
        if (doc->source[at] == '#' && at - line > column)
            tail = line_end;
        else if (at != line_end)
            break;
        line = next_line(doc, line_end);
    }
    return tail;
}

static void add_piece(const struct changes *changes, struct yaml_pieces *out, node_id id)
{
    struct touched was = changes_original(changes, id);
    out->items = mem_grow(changes->doc->env, out->items, &out->capacity, out->count + 1,
                          sizeof(*out->items));
    out->items[out->count++] = (struct yaml_piece){ .id = id, .head = was.start, .end = was.end };
}

static int by_id(const void *a, const void *b)
{
    node_id x = ((const struct yaml_piece *) a)->id, y = ((const struct yaml_piece *) b)->id;
    return (x > y) - (x < y);
}

/* Those that are here still and those that are not; ids are in the order of reading. */
static void collect(const struct changes *changes, node_id id, struct yaml_pieces *out)
{
    const struct doc *doc = changes->doc;
    size_t at = 0;
    out->count = 0;
    for (node_id child = doc_first(doc, id); child; child = doc_next(doc, child)) {
        const struct node *node = doc_node(doc, child);
        if (doc_is_from_source(node) && !(node->flags & NODE_TOUCHED))
            add_piece(changes, out, child);
    }
    size_t untouched = out->count;
    for (node_id touched; (touched = changes_read_in(changes, id, &at));)
        add_piece(changes, out, touched);
    if (untouched && out->count > untouched)
        qsort(out->items, out->count, sizeof(*out->items), by_id);
}

/* Members in brackets: no lines of their own. */
static void set_in_brackets(const struct doc *doc, struct yaml_pieces *out)
{
    for (size_t i = 0; i < out->count; i++) {
        struct yaml_piece *piece = &out->items[i];
        const struct node *node = doc_node(doc, piece->id);
        piece->value = node->key ? yaml_behind_key(doc, node) : piece->head;
        piece->head = node->key ? node->key_at : piece->head;
        piece->tail = piece->end;
    }
}

/* Where comments and blank lines above the first member begin: not in the line of the key or dash
 * around it. */
static size_t first_lead(const struct doc *doc, size_t head)
{
    size_t lead = yaml_line_start(doc, head);
    while (lead > 0) {
        size_t line = yaml_line_start(doc, lead - 1), at = skip_spaces(doc, line);
        if (line >= lead || (doc->source[at] != '#' && at != yaml_line_end(doc, line)))
            break;
        lead = line;
    }
    return lead;
}

void yaml_pieces_find(const struct changes *changes, node_id id, struct yaml_pieces *out)
{
    const struct doc *doc = changes->doc;
    size_t end = 0;
    collect(changes, id, out);
    out->id = id;
    if (doc_node(doc, id)->flags & NODE_BRACKETS) {
        set_in_brackets(doc, out);
        return;
    }
    for (size_t i = 0; i < out->count; i++) {
        struct yaml_piece *piece = &out->items[i];
        const struct node *node = doc_node(doc, piece->id);
        piece->head = node->key ? node->key_at
                                : dash_at(doc, changes_original(changes, id).start, end);
        piece->value = node->key ? yaml_behind_key(doc, node) : piece->head + 1;
        if (i == 0) {
            size_t line = yaml_line_start(doc, piece->head);
            out->column = piece->head - line;
            out->compact = id == 1 || skip_spaces(doc, line) != piece->head;
            piece->lead = out->compact ? piece->head : first_lead(doc, piece->head);
        } else {
            piece->lead = next_line(doc, piece[-1].tail);
        }
        piece->tail = tail_at(doc, piece->end, out->column);
        end = piece->end;
    }
}

const struct yaml_piece *yaml_piece_of(const struct yaml_pieces *pieces, node_id id)
{
    size_t from = 0, to = pieces->count;
    while (from < to) {
        size_t mid = from + (to - from) / 2;
        if (pieces->items[mid].id < id)
            from = mid + 1;
        else
            to = mid;
    }
    return from < pieces->count && pieces->items[from].id == id ? &pieces->items[from] : NULL;
}

/* --- style --- */

static size_t column_of_block(const struct doc *doc, const struct node *node)
{
    return node->start - yaml_line_start(doc, node->start);
}

static bool is_block(const struct node *node)
{
    return node->kind >= NODE_LIST && !(node->flags & (NODE_BRACKETS | NODE_OWN));
}

/* From the first mapping and the first list that stand below a key, and the first quoted text. */
void yaml_style_find(const struct doc *doc, struct yaml_style *out)
{
    const char *line_end = memchr(doc->source, '\n', doc->source_len);
    bool crlf = line_end && line_end > doc->source && line_end[-1] == '\r';
    bool step = false, list = false;
    *out = (struct yaml_style){ crlf ? STR("\r\n") : STR("\n"), 2, 2, 0 };
    for (node_id id = 2; id < doc->count && !(step && list && out->quote); id++) {
        const struct node *node = doc_node(doc, id), *above = doc_node(doc, node->parent);
        char first = doc->source[node->start];
        if (!out->quote && node->kind == NODE_TEXT && !(node->flags & NODE_OWN) &&
            (first == '"' || first == '\''))
            out->quote = first;
        if (!is_block(node) || !node->key || !node->parent || !is_block(above) ||
            !doc_has_source_key(node) || above->kind != NODE_OBJECT)
            continue;
        size_t own = column_of_block(doc, node), outer = column_of_block(doc, above);
        if (node->kind == NODE_OBJECT && !step && own > outer) {
            out->step = own - outer;
            step = true;
        } else if (node->kind == NODE_LIST && !list && own >= outer) {
            out->list_step = own - outer;
            list = true;
        }
    }
}
