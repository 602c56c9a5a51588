/* The reader of JSON text: one pass, no recursion, nodes appended to one array. */
#include <string.h>
#include "engine/base/env.h"
#include "engine/base/utf8.h"
#include "engine/doc/json.h"
#include "engine/doc/reader.h"
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

struct json_reader {
    struct reader base;
    struct frame *frames; /* never more than the limit of depth */
    size_t frame_capacity;
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
    size_t at = r->doc->decoded_text.len;
    if (at + (size_t) (to - from) > UINT32_MAX)
        return json_fail(r->in, DIAG_DOC_MEMORY, from, STR_NONE, STR_NONE, STR_NONE);
    json_decode(&r->doc->decoded_text, (struct str){ from, (size_t) (to - from) });
    reader_keep(r, id, at);
    return true;
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

static __attribute__((noinline, cold)) bool grow_frames(struct json_reader *r, size_t depth,
                                                        const char *at)
{
    uint32_t limit = r->base.doc->limits.depth;
    if (depth >= limit)
        return reader_too_deep(&r->base, at);
    size_t need = depth + 32 < limit ? depth + 32 : limit;
    r->frames = mem_resize(r->base.doc->env, r->frames, need * sizeof(*r->frames));
    r->frame_capacity = need;
    return true;
}

static inline bool push(struct json_reader *r, size_t depth, const struct frame *frame,
                        const char *at)
{
    if (depth >= r->frame_capacity && !grow_frames(r, depth, at))
        return false;
    r->frames[depth] = *frame;
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
static const char *read_nodes(struct json_reader *jr, const char *p)
{
    struct reader *r = &jr->base;
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
            if (!reader_grow(r, p))
                return NULL;
            nodes = doc->nodes;
        }
        node.start = (uint32_t) (p - text);
        nodes[open.last].next = id; /* node 0 takes the nonsense where there is no last child */
        open.last = id;
        if (*p == '{' || *p == '[') {
            if (!push(jr, depth++, &open, p))
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
            if (open.repeated && !reader_check_keys(r, open.id))
                return NULL;
            open = jr->frames[--depth];
        }
        if (!depth) {
            doc->count = id + 1;
            return p;
        }
        p = scan_space(p + 1);
    }
}

node_id json_read(struct doc *doc, const struct json_input *in)
{
    struct json_reader r;
    if (!reader_begin(&r.base, doc, in))
        return 0;
    r.frames = NULL;
    r.frame_capacity = 0;
    const char *p = read_nodes(&r, scan_space(in->text.ptr + json_bom(in->text)));
    bool read = p && (p == in->text.ptr + in->text.len ||
                      json_fail_expected(in, EXPECT_NOTHING, p, NULL));
    mem_free(doc->env, r.frames);
    return reader_end(&r.base, read);
}
