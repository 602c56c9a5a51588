/* The reader of JSON text: one pass, no recursion, nodes appended to one array. */
#include <string.h>
#include "engine/base/env.h"
#include "engine/base/utf8.h"
#include "engine/doc/json.h"
#include "engine/doc/scan.h"

/* The parts of the one hot loop: as calls they cost half as much again, because what they change
 * could not stay in registers. */
#define ALWAYS inline __attribute__((always_inline))

/* A container that is not closed yet. */
struct frame {
    node_id id;
    node_id last;  /* its last child so far */
    uint64_t seen; /* a bit for each key so far, by the atom's low bits */
    bool repeated; /* a bit was set twice: there may be a repeated key */
    char close;    /* the bracket that ends it; 0: the whole document */
};

struct reader {
    struct doc *doc;
    const struct json_input *in;
    node_id root;
    uint32_t stop;        /* no node may have this id: the array ends, or the limit is reached */
    struct frame *frames; /* never more than the limit of depth */
    size_t frame_capacity;
    struct buf scratch;
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

const char *json_number_end(const char *p, const char *end)
{
    if (p < end && *p == '-')
        p++;
    if (p == end || !is_digit(*p))
        return NULL;
    bool zero = *p++ == '0';
    if (zero && p < end && is_digit(*p))
        return NULL;
    while (p < end && is_digit(*p))
        p++;
    if (p < end && *p == '.') {
        if (++p == end || !is_digit(*p))
            return NULL;
        while (p < end && is_digit(*p))
            p++;
    }
    if (p < end && (*p == 'e' || *p == 'E')) {
        if (++p < end && (*p == '+' || *p == '-'))
            p++;
        if (p == end || !is_digit(*p))
            return NULL;
        while (p < end && is_digit(*p))
            p++;
    }
    return p;
}

bool json_is_number(struct str text)
{
    return text.len && json_number_end(text.ptr, text.ptr + text.len) == text.ptr + text.len;
}

/* The value of four hexadecimal digits, or -1. */
static int hex4(const char *p)
{
    int value = 0;
    for (int i = 0; i < 4; i++) {
        char c = p[i];
        int letter = (c | 32) - 'a';
        if (!is_digit(c) && (letter < 0 || letter > 5))
            return -1;
        value = value * 16 + (is_digit(c) ? c - '0' : letter + 10);
    }
    return value;
}

/* `p` is at a backslash; behind the escape, NULL when it is none. */
static const char *check_escape(const struct json_input *in, const char *p)
{
    if (p[1] != 'u') {
        if (p[1] && strchr("\"\\/bfnrt", p[1]))
            return p + 2;
        size_t len = 0;
        struct str rest = { p + 1, (size_t) (in->text.ptr + in->text.len - p - 1) };
        if (!rest.len)
            return p + 1;
        if (utf8_next(rest, &len) == UTF8_BAD || (unsigned char) *rest.ptr < ' ')
            return p + 1; /* what is wrong there is said by who looks at it next */
        json_fail(in, DIAG_JSON_ESCAPE, p, str_slice(rest, 0, len), STR_NONE, STR_NONE);
        return NULL;
    }
    int unit = hex4(p + 2);
    if (unit < 0) {
        json_fail(in, DIAG_JSON_HEX, p, STR_NONE, STR_NONE, STR_NONE);
        return NULL;
    }
    if (unit < 0xD800 || unit > 0xDFFF)
        return p + 6;
    if (unit < 0xDC00 && p[6] == '\\' && p[7] == 'u') {
        int low = hex4(p + 8);
        if (low >= 0xDC00 && low <= 0xDFFF)
            return p + 12;
    }
    json_fail(in, DIAG_JSON_SURROGATE, p, (struct str){ p + 2, 4 }, STR_NONE, STR_NONE);
    return NULL;
}

/* The closing quote of a text, NULL when something is wrong before it. `quote` is the opening one,
 * `p` where the plain run behind it ended. *escaped becomes true when there are escapes. */
static const char *check_text(const struct json_input *in, const char *quote, const char *p,
                              bool *escaped)
{
    for (;; p = scan_plain(p)) {
        if (*p == '"')
            return p;
        if (*p == '\\') {
            *escaped = true;
            p = check_escape(in, p);
            if (!p)
                return NULL;
        } else if ((unsigned char) *p >= 0x80) {
            size_t at = (size_t) (p - in->text.ptr);
            while (at < in->text.len && (unsigned char) in->text.ptr[at] >= 0x80) {
                size_t before = at;
                if (utf8_next(in->text, &at) == UTF8_BAD) {
                    json_fail_text(in, in->text.ptr + before, quote);
                    return NULL;
                }
            }
            p = in->text.ptr + at;
        } else {
            json_fail_text(in, p, quote);
            return NULL;
        }
    }
}

void json_decode(struct buf *out, struct str inside)
{
    static const char plain[] = { ['b'] = '\b', ['f'] = '\f', ['n'] = '\n', ['r'] = '\r',
                                  ['t'] = '\t', ['"'] = '"',  ['/'] = '/',  ['\\'] = '\\' };
    const char *p = inside.ptr, *end = p + inside.len;
    buf_reserve(out, inside.len);
    while (p < end) {
        const char *stop = memchr(p, '\\', (size_t) (end - p));
        if (!stop)
            stop = end;
        buf_add(out, (struct str){ p, (size_t) (stop - p) });
        if (stop == end)
            return;
        p = stop + 2;
        if (stop[1] != 'u') {
            buf_add_char(out, plain[(unsigned char) stop[1]]);
            continue;
        }
        uint32_t code = (uint32_t) hex4(p);
        p += 4;
        if (code >= 0xD800 && code <= 0xDBFF) {
            code = 0x10000 + ((code - 0xD800) << 10) + ((uint32_t) hex4(p + 2) - 0xDC00);
            p += 6;
        }
        buf_add_code(out, code);
    }
}

/* The decoded text of an escaped scalar goes beside the tree. */
static bool keep_decoded(struct reader *r, node_id id, const char *from, const char *to)
{
    struct doc *doc = r->doc;
    if (doc->decoded_count == doc->decoded_capacity)
        doc->decoded = mem_grow(doc->env, doc->decoded, &doc->decoded_capacity,
                                doc->decoded_count + 1, sizeof(*doc->decoded));
    size_t at = doc->decoded_text.len;
    if (at + (size_t) (to - from) > UINT32_MAX)
        return json_fail(r->in, DIAG_DOC_MEMORY, from, STR_NONE, STR_NONE, STR_NONE);
    json_decode(&doc->decoded_text, (struct str){ from, (size_t) (to - from) });
    doc->decoded[doc->decoded_count++] = (struct decoded){
        id, (uint32_t) at, (uint32_t) (doc->decoded_text.len - at)
    };
    return true;
}

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

/* The atom of a key between two quotes, 0 when it is too long. */
static atom_id key_atom(struct reader *r, const char *quote, const char *end, bool escaped)
{
    struct str key = { quote + 1, (size_t) (end - quote - 1) };
    if (escaped) {
        buf_clear(&r->scratch);
        json_decode(&r->scratch, key);
        key = buf_str(&r->scratch);
    }
    return json_check_key(r->doc, r->in, key, quote) ? atoms_add(r->doc->atoms, key) : 0;
}

/* Where the nodes end: at the array's end or at the limit. */
static void set_stop(struct reader *r)
{
    uint64_t limit = (uint64_t) r->root + r->doc->limits.values;
    r->stop = (uint32_t) (limit < r->doc->capacity ? limit : r->doc->capacity);
}

/* Room for one more node than the array has. */
static __attribute__((noinline, cold)) bool grow_nodes(struct reader *r, const char *at)
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

static __attribute__((noinline, cold)) bool grow_frames(struct reader *r, size_t depth,
                                                        const char *at)
{
    uint32_t limit = r->doc->limits.depth;
    struct decimal most;
    if (depth >= limit)
        return json_fail(r->in, DIAG_LIMIT_DEPTH, at, json_decimal(&most, limit), STR_NONE,
                         STR_NONE);
    size_t need = depth + 32 < limit ? depth + 32 : limit;
    r->frames = mem_resize(r->doc->env, r->frames, need * sizeof(*r->frames));
    r->frame_capacity = need;
    return true;
}

static inline bool push(struct reader *r, size_t depth, const struct frame *frame, const char *at)
{
    if (depth >= r->frame_capacity && !grow_frames(r, depth, at))
        return false;
    r->frames[depth] = *frame;
    return true;
}

/* No two members of the object have one key. */
static __attribute__((noinline)) bool check_keys(struct reader *r, node_id object)
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

/* The closing quote of the text that begins at `quote`, NULL after a diagnostic. */
static ALWAYS const char *read_quoted(struct reader *r, const char *quote, bool *escaped)
{
    const char *p = scan_plain(quote + 1);
    *escaped = false;
    return *p == '"' ? p : check_text(r->in, quote, p, escaped);
}

static inline bool take_word(const char **p, const char *word, size_t len)
{
    if (memcmp(*p, word, len))
        return false;
    *p += len;
    return true;
}

/* The scalar at `p`; behind it, NULL after a diagnostic. `open` is the bracket around it. */
static ALWAYS const char *read_scalar(struct reader *r, const char *p, node_id id,
                                      struct node *node, const char *open)
{
    if (*p == '"') {
        bool escaped;
        const char *quote = p;
        p = read_quoted(r, quote, &escaped);
        if (!p || (escaped && !keep_decoded(r, id, quote + 1, p)))
            return NULL;
        node->flags |= escaped ? NODE_ESCAPED : 0;
        node->kind = NODE_TEXT;
        return p + 1;
    }
    if (is_digit(*p) || *p == '-') {
        const char *end = json_number_end(p, r->in->text.ptr + r->in->text.len);
        node->kind = NODE_NUMBER;
        if (end)
            return end;
    } else if (take_word(&p, "true", 4)) {
        node->kind = NODE_TRUE;
        return p;
    } else if (take_word(&p, "false", 5)) {
        node->kind = NODE_FALSE;
        return p;
    } else if (take_word(&p, "null", 4)) {
        node->kind = NODE_NULL;
        return p;
    }
    json_fail_expected(r->in, EXPECT_VALUE, p, open);
    return NULL;
}

/* The key at `p` and the colon behind it; at the value, NULL after a diagnostic. */
static ALWAYS const char *read_key(struct reader *r, const char *p, struct node *node,
                                   struct frame *open)
{
    const char *const text = r->in->text.ptr;
    const char *quote = p;
    bool escaped;
    if (*quote != '"') {
        json_fail_expected(r->in, EXPECT_KEY, p, text + r->doc->nodes[open->id].start);
        return NULL;
    }
    p = read_quoted(r, quote, &escaped);
    if (!p || !(node->key = key_atom(r, quote, p, escaped)))
        return NULL;
    node->key_at = (uint32_t) (quote - text);
    node->flags = escaped ? NODE_KEY_ESCAPED : 0;
    uint64_t bit = (uint64_t) 1 << (node->key & 63);
    open->repeated |= (open->seen & bit) != 0;
    open->seen |= bit;
    p = scan_space(p + 1);
    if (*p == ':')
        return p[1] == ' ' ? scan_space(p + 2) : scan_space(p + 1);
    json_fail_expected(r->in, EXPECT_COLON, p, text + r->doc->nodes[open->id].start);
    return NULL;
}

/* Returns where reading stopped, NULL after a diagnostic. */
static const char *read_nodes(struct reader *r, const char *p)
{
    const char *const text = r->in->text.ptr;
    struct doc *doc = r->doc;
    struct node *nodes = doc->nodes;
    struct frame open = { .close = 0 };
    size_t depth = 0;
    for (node_id id = r->root;; id++) { /* at a value, or at the key before it */
        struct node node = { .parent = open.id, .prev = open.last };
        if (open.close == '}' && !(p = read_key(r, p, &node, &open)))
            return NULL;
        if (id >= r->stop) {
            if (!grow_nodes(r, p))
                return NULL;
            nodes = doc->nodes;
        }
        node.start = (uint32_t) (p - text);
        nodes[open.last].next = id; /* node 0 takes the nonsense where there is no last child */
        open.last = id;
        if (*p == '{' || *p == '[') {
            if (!push(r, depth++, &open, p))
                return NULL;
            open = (struct frame){ .id = id, .close = *p == '{' ? '}' : ']' };
            node.kind = *p == '{' ? NODE_OBJECT : NODE_LIST;
            nodes[id] = node;
            p = scan_space(p + 1);
            if (*p != open.close)
                continue;
        } else {
            p = read_scalar(r, p, id, &node, depth ? text + nodes[open.id].start : NULL);
            if (!p)
                return NULL;
            node.end = (uint32_t) (p - text);
            nodes[id] = node;
            p = scan_space(p);
        }
        for (; depth && *p != ','; p = scan_space(p)) { /* brackets that close here */
            struct node *container = &nodes[open.id];
            if (*p != open.close)
                return json_fail_expected(r->in, EXPECT_COMMA, p, text + container->start), NULL;
            container->end = (uint32_t) (++p - text);
            if (open.last) {
                container->first = open.id + 1;
                nodes[container->first].prev = open.last;
            }
            if (open.repeated && !check_keys(r, open.id))
                return NULL;
            open = r->frames[--depth];
        }
        if (!depth) {
            doc->count = id + 1;
            return p;
        }
        p = scan_space(p + 1);
    }
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

node_id json_read(struct doc *doc, const struct json_input *in)
{
    if (!check_size(doc, in))
        return 0;
    if (is_wide(in->text)) {
        json_fail(in, DIAG_JSON_UTF16, in->text.ptr, STR_NONE, STR_NONE, STR_NONE);
        return 0;
    }
    struct reader r = { .doc = doc, .in = in, .root = doc->count };
    size_t decoded_count = doc->decoded_count, decoded_len = doc->decoded_text.len;
    buf_init(&r.scratch, doc->env);
    set_stop(&r);
    const char *p = read_nodes(&r, scan_space(in->text.ptr + json_bom(in->text)));
    bool read = p && (p == in->text.ptr + in->text.len ||
                      json_fail_expected(in, EXPECT_NOTHING, p, NULL));
    mem_free(doc->env, r.frames);
    buf_release(&r.scratch);
    if (doc->capacity)
        doc->nodes[0] = (struct node){ .parent = 0 };
    if (read) {
        doc->nodes[r.root].prev = r.root;
        return r.root;
    }
    doc->count = r.root;
    doc->decoded_count = decoded_count;
    buf_truncate(&doc->decoded_text, decoded_len);
    return 0;
}
