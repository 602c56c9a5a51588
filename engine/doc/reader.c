#include "engine/doc/reader.h"

#include "engine/base/env.h"
#include "engine/doc/scan.h"

static __attribute__((noinline, cold)) bool fail_key(const struct doc *doc,
                                                     const struct json_input *in, struct str key,
                                                     const char *at)
{
    struct decimal is, most;
    return json_fail(in, DIAG_LIMIT_KEY, at, json_decimal(&is, key.len),
                     json_decimal(&most, doc->limits.key_length), STR_NONE);
}

bool json_check_key(const struct doc *doc, const struct json_input *in, struct str key,
                    const char *at)
{
    return key.len <= doc->limits.key_length || fail_key(doc, in, key, at);
}

/* Where the nodes end: at the array's end or at the limit. */
static void set_stop(struct reader *r)
{
    uint64_t limit = (uint64_t) r->root + r->doc->limits.values;
    r->stop = (uint32_t) (limit < r->doc->capacity ? limit : r->doc->capacity);
}

/* Room for one more node than the array has. */
__attribute__((noinline, cold)) bool reader_grow(struct reader *r, const char *at)
{
    struct doc *doc = r->doc;
    struct decimal most;
    if (r->stop - r->root >= doc->limits.values)
        return json_fail(r->in, DIAG_LIMIT_VALUES, at, json_decimal(&most, doc->limits.values),
                         STR_NONE, STR_NONE);
    size_t capacity = doc->capacity + doc->capacity / 2 + 64;
    if (capacity > UINT32_MAX)
        capacity = UINT32_MAX;
    struct node *nodes = NULL;
    if (capacity > doc->capacity)
        nodes = mem_try_resize(doc->env, doc->nodes, capacity * sizeof(*nodes));
    if (!nodes)
        return json_fail(r->in, DIAG_DOC_MEMORY, at, STR_NONE, STR_NONE, STR_NONE);
    doc->nodes = nodes;
    doc->capacity = capacity;
    set_stop(r);
    return true;
}

void reader_keep(struct reader *r, node_id id, size_t at)
{
    struct doc *doc = r->doc;
    if (doc->decoded_count == doc->decoded_capacity)
        doc->decoded = mem_grow(doc->env, doc->decoded, &doc->decoded_capacity,
                                doc->decoded_count + 1, sizeof(*doc->decoded));
    uint32_t len = (uint32_t) (doc->decoded_text.len - at);
    doc->decoded[doc->decoded_count++] = (struct decoded){ id, (uint32_t) at, len };
}

bool reader_too_deep(const struct reader *r, const char *at)
{
    struct decimal most;
    return json_fail(r->in, DIAG_LIMIT_DEPTH, at, json_decimal(&most, r->doc->limits.depth),
                     STR_NONE, STR_NONE);
}

__attribute__((noinline)) bool reader_check_keys(struct reader *r, node_id object)
{
    const struct node *nodes = r->doc->nodes;
    struct atom *atoms = r->doc->atoms->items;
    uint32_t mark = atoms_next_mark(r->doc->atoms);
    for (node_id id = object + 1; id; id = nodes[id].next) {
        struct atom *atom = &atoms[nodes[id].key];
        if (atom->mark != mark) {
            atom->mark = mark;
            continue;
        }
        node_id first = object + 1;
        while (nodes[first].key != nodes[id].key)
            first = nodes[first].next;
        struct place place;
        struct decimal line, column;
        json_place(r->in->text, nodes[first].key_at, &place);
        return json_fail(r->in, DIAG_JSON_DUPLICATE, r->in->text.ptr + nodes[id].key_at, atom->text,
                         json_decimal(&line, place.line), json_decimal(&column, place.column));
    }
    return true;
}

/* UTF-16 and UTF-32 are recognised by their marks or by NUL bytes in a place where JSON, which
 * begins with ASCII, has them in these encodings only. */
static bool is_wide(struct str text)
{
    const unsigned char *b = (const unsigned char *) text.ptr;
    if (text.len >= 2 && ((b[0] == 0xFE && b[1] == 0xFF) || (b[0] == 0xFF && b[1] == 0xFE)))
        return true;
    return text.len >= 4 && text.len % 2 == 0 &&
           ((!b[0] && !b[2] && b[3]) || (b[0] && !b[1] && !b[3]) || (!b[0] && !b[1] && b[3]));
}

static bool check_size(const struct doc *doc, const struct json_input *in)
{
    uint64_t most = UINT32_MAX - JSON_PAD; /* spans are 32-bit offsets */
    struct decimal is, limit;
    if (doc->limits.file_size < most)
        most = doc->limits.file_size;
    return in->text.len <= most ||
           json_fail(in, DIAG_LIMIT_FILE_SIZE, in->text.ptr, json_decimal(&is, in->text.len),
                     json_decimal(&limit, most), STR_NONE);
}

bool reader_begin(struct reader *r, struct doc *doc, const struct json_input *in)
{
    if (!check_size(doc, in))
        return false;
    if (is_wide(in->text))
        return json_fail(in, DIAG_JSON_UTF16, in->text.ptr, STR_NONE, STR_NONE, STR_NONE);
    *r = (struct reader){ .doc = doc,
                          .in = in,
                          .root = doc->count,
                          .decoded_count = doc->decoded_count,
                          .decoded_len = doc->decoded_text.len };
    buf_init(&r->scratch, doc->env);
    set_stop(r);
    return true;
}

node_id reader_end(struct reader *r, bool read)
{
    struct doc *doc = r->doc;
    buf_release(&r->scratch);
    if (doc->capacity)
        doc->nodes[0] = (struct node){ .parent = 0 };
    if (read) {
        doc->nodes[r->root].prev = r->root;
        return r->root;
    }
    doc->count = r->root;
    doc->decoded_count = r->decoded_count;
    buf_truncate(&doc->decoded_text, r->decoded_len);
    return 0;
}
