/* The reader of YAML: libyaml says what is where, the texts are taken from the source. */
#include <string.h>
#include <yaml.h>
#include "engine/base/env.h"
#include "engine/base/utf8.h"
#include "engine/doc/reader.h"
#include "engine/doc/yaml.h"

/* A collection that is not closed yet. */
struct frame {
    node_id id, last; /* last: its last child so far */
    uint64_t seen;    /* a bit for each key so far, by the atom's low bits */
    atom_id key;      /* the key whose value comes next; 0: a key comes */
    uint32_t key_at;
    int32_t indent; /* column of the innermost collection without brackets, -1: none */
    uint8_t key_flags;
    bool map, brackets;
    bool repeated; /* a bit was set twice: there may be a repeated key */
};

struct yaml_reader {
    struct reader base;
    struct yaml_mask mask;
    yaml_parser_t parser;
    struct frame *frames;
    size_t depth, capacity;
    node_id next;  /* the id of the next node */
    size_t first;  /* bytes before the first that libyaml is given: a byte order mark */
    bool document; /* there was one */
};

static const char *text_at(const struct yaml_reader *r, size_t at)
{
    return r->base.in->text.ptr + at;
}

static size_t offset(const struct yaml_reader *r, const yaml_mark_t *mark)
{
    return mark->index + r->first;
}

static int give(void *context, unsigned char *out, size_t size, size_t *given)
{
    struct yaml_reader *r = context;
    *given = yaml_mask_read(&r->mask, (char *) out, size);
    return 1;
}

static struct frame *top(struct yaml_reader *r)
{
    return r->depth ? &r->frames[r->depth - 1] : NULL;
}

static bool fail(const struct yaml_reader *r, enum diag_code code, size_t at)
{
    return yaml_fail(r->base.in, code, at, STR_NONE);
}

/* The word at `at`, for a diagnostic. */
static bool fail_word(const struct yaml_reader *r, enum diag_code code, size_t at)
{
    enum { SHOWN = 40 };
    struct str text = r->base.in->text;
    size_t to = at;
    while (to < text.len && to < at + SHOWN && !strchr(" \t\r\n,]}", text.ptr[to]))
        utf8_next(text, &to);
    return yaml_fail(r->base.in, code, at, str_slice(text, at, to));
}

/* --- keys --- */

/* A key is a text on one line with a colon behind it; no ? before it. */
static bool check_key(const struct yaml_reader *r, size_t start, size_t end)
{
    const char *p = text_at(r, end), *before = text_at(r, start);
    while (*p == ' ' || *p == '\t')
        p++;
    while (before > text_at(r, r->first) && (before[-1] == ' ' || before[-1] == '\t'))
        before--;
    bool marked = before > text_at(r, r->first) && before[-1] == '?' && before != text_at(r, start);
    return (*p == ':' && !marked) || fail(r, DIAG_YAML_KEY, start);
}

static bool read_key(struct yaml_reader *r, const yaml_event_t *event)
{
    struct frame *in = top(r);
    size_t start = offset(r, &event->start_mark), end = offset(r, &event->end_mark);
    struct str key = { text_at(r, start), end - start };
    char quote = key.len && (*key.ptr == '"' || *key.ptr == '\'') ? *key.ptr : 0;
    if (!check_key(r, start, end))
        return false;
    if (str_is(key, "<<"))
        return fail(r, DIAG_YAML_MERGE, start);
    if (quote) {
        key = str_slice(key, 1, key.len - 1);
        bool escaped = memchr(key.ptr, quote == '"' ? '\\' : '\'', key.len);
        in->key_flags = escaped || quote == '\'' ? NODE_KEY_ESCAPED : 0;
        if (escaped) {
            buf_clear(&r->base.scratch);
            yaml_decode(&r->base.scratch, key, quote);
            key = buf_str(&r->base.scratch);
        }
    } else {
        in->key_flags = NODE_KEY_ESCAPED;
    }
    if (!json_check_key(r->base.doc, r->base.in, key, text_at(r, start)))
        return false;
    in->key = atoms_add(r->base.doc->atoms, key);
    in->key_at = (uint32_t) start;
    uint64_t bit = (uint64_t) 1 << (in->key & 63);
    in->repeated |= (in->seen & bit) != 0;
    in->seen |= bit;
    return true;
}

/* --- nodes --- */

/* A node that begins at `start`, linked to the collection that is open; NULL after a diagnostic. */
static struct node *add_node(struct yaml_reader *r, enum node_kind kind, size_t start)
{
    struct doc *doc = r->base.doc;
    struct frame *in = top(r);
    node_id id = r->next;
    struct node node = { .kind = (uint8_t) kind, .start = (uint32_t) start };
    if (id >= r->base.stop && !reader_grow(&r->base, text_at(r, start)))
        return NULL;
    if (in) {
        node.parent = in->id;
        node.prev = in->last;
        node.key = in->key;
        node.key_at = in->key_at;
        node.flags = in->key_flags;
        if (in->last)
            doc->nodes[in->last].next = id;
        else
            doc->nodes[in->id].first = id;
        in->last = id;
        in->key = in->key_at = 0;
    }
    doc->nodes[id] = node;
    r->next++;
    return &doc->nodes[id];
}

/* The decoded text of the scalar just added; *end becomes where a block scalar's last line ends. */
static void keep_text(struct yaml_reader *r, struct node *node, char quote, size_t *end)
{
    struct buf *out = &r->base.doc->decoded_text;
    size_t at = out->len, start = node->start + (quote && quote != '|');
    struct str token = { text_at(r, start), *end - start - (quote && quote != '|') };
    const struct frame *in = top(r);
    if (quote == '|')
        *end = start + yaml_decode_block(out, token, in ? in->indent : -1);
    else
        yaml_decode(out, token, quote);
    reader_keep(&r->base, r->next - 1, at);
    node->flags |= NODE_ESCAPED;
}

static bool read_scalar(struct yaml_reader *r, const yaml_event_t *event)
{
    static const char quotes[] = { [YAML_SINGLE_QUOTED_SCALAR_STYLE] = '\'',
                                   [YAML_DOUBLE_QUOTED_SCALAR_STYLE] = '"',
                                   [YAML_LITERAL_SCALAR_STYLE] = '|',
                                   [YAML_FOLDED_SCALAR_STYLE] = '|' };
    char quote = quotes[event->data.scalar.style];
    size_t start = offset(r, &event->start_mark), end = offset(r, &event->end_mark);
    struct node *node = add_node(r, quote ? NODE_TEXT : NODE_PLAIN, start);
    if (!node)
        return false;
    const char *p = text_at(r, start);
    size_t len = end - start;
    if (quote == '|' || memchr(p, '\n', len) ||
        (quote == '"' && (memchr(p, '\\', len) || memchr(p, '\t', len))) ||
        (quote == '\'' && memchr(p + 1, '\'', len - 2)))
        keep_text(r, node, quote, &end);
    node->end = (uint32_t) end;
    return true;
}

static bool open_collection(struct yaml_reader *r, const yaml_event_t *event, bool map)
{
    size_t start = offset(r, &event->start_mark);
    const struct frame *around = top(r);
    bool brackets = map ? event->data.mapping_start.style == YAML_FLOW_MAPPING_STYLE
                        : event->data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE;
    struct frame frame = { .id = r->next, .map = map, .brackets = brackets };
    frame.indent = brackets ? around ? around->indent : -1 : (int32_t) event->start_mark.column;
    if (brackets && *text_at(r, start) != (map ? '{' : '['))
        return fail(r, DIAG_YAML_KEY, start);
    if (r->depth >= r->base.doc->limits.depth)
        return reader_too_deep(&r->base, text_at(r, start));
    struct node *node = add_node(r, map ? NODE_OBJECT : NODE_LIST, start);
    if (!node)
        return false;
    node->flags |= brackets ? NODE_BRACKETS : 0;
    r->frames = mem_grow(r->base.doc->env, r->frames, &r->capacity, r->depth + 1,
                         sizeof(*r->frames));
    r->frames[r->depth++] = frame;
    return true;
}

static bool close_collection(struct yaml_reader *r, const yaml_event_t *event)
{
    struct node *nodes = r->base.doc->nodes;
    const struct frame *frame = top(r);
    struct node *node = &nodes[frame->id];
    if (node->first)
        nodes[node->first].prev = frame->last;
    node->end = frame->brackets ? (uint32_t) offset(r, &event->end_mark) : nodes[frame->last].end;
    if (frame->repeated && !reader_check_keys(&r->base, frame->id))
        return false;
    r->depth--;
    return true;
}

/* --- events --- */

static bool check_properties(const struct yaml_reader *r, const yaml_event_t *event,
                             const yaml_char_t *anchor, const yaml_char_t *tag)
{
    size_t at = offset(r, &event->start_mark);
    if (!anchor && !tag)
        return true;
    return fail_word(r, *text_at(r, at) == '!' ? DIAG_YAML_TAG : DIAG_YAML_ANCHOR, at);
}

static bool begin_document(struct yaml_reader *r, const yaml_event_t *event)
{
    if (r->document)
        return fail(r, DIAG_YAML_DOCUMENTS, offset(r, &event->start_mark));
    return r->document = true;
}

/* A key must be a scalar; anything may be a value. */
static bool take_event(struct yaml_reader *r, const yaml_event_t *event)
{
    const struct frame *in = top(r);
    bool key = in && in->map && !in->key;
    switch (event->type) {
    case YAML_SCALAR_EVENT:
        if (!check_properties(r, event, event->data.scalar.anchor, event->data.scalar.tag))
            return false;
        return key ? read_key(r, event) : read_scalar(r, event);
    case YAML_MAPPING_START_EVENT:
        return check_properties(r, event, event->data.mapping_start.anchor,
                                event->data.mapping_start.tag) &&
               (!key || fail(r, DIAG_YAML_KEY, offset(r, &event->start_mark))) &&
               open_collection(r, event, true);
    case YAML_SEQUENCE_START_EVENT:
        return check_properties(r, event, event->data.sequence_start.anchor,
                                event->data.sequence_start.tag) &&
               (!key || fail(r, DIAG_YAML_KEY, offset(r, &event->start_mark))) &&
               open_collection(r, event, false);
    case YAML_MAPPING_END_EVENT:
    case YAML_SEQUENCE_END_EVENT:
        return close_collection(r, event);
    case YAML_ALIAS_EVENT:
        return fail_word(r, DIAG_YAML_ANCHOR, offset(r, &event->start_mark));
    case YAML_DOCUMENT_START_EVENT:
        return begin_document(r, event);
    case YAML_NO_EVENT:
    case YAML_STREAM_START_EVENT:
    case YAML_STREAM_END_EVENT:
    case YAML_DOCUMENT_END_EVENT:
        break;
    }
    return true;
}

static bool fail_parser(const struct yaml_reader *r)
{
    const yaml_parser_t *parser = &r->parser;
    struct env *env = r->base.doc->env;
    size_t context = parser->context ? offset(r, &parser->context_mark) : SIZE_MAX;
    if (r->depth && r->frames[r->depth - 1].brackets && parser->error == YAML_PARSER_ERROR)
        context = r->base.doc->nodes[r->frames[r->depth - 1].id].start;
    if (parser->error == YAML_MEMORY_ERROR)
        env->out_of_memory(env, r->base.in->text.len);
    if (parser->error == YAML_READER_ERROR)
        return yaml_fail_problem(r->base.in, parser->problem, parser->problem_offset + r->first,
                                 SIZE_MAX);
    return yaml_fail_problem(r->base.in, parser->problem, offset(r, &parser->problem_mark),
                             context);
}

static bool read_events(struct yaml_reader *r)
{
    for (;;) {
        yaml_event_t event;
        if (!yaml_parser_parse(&r->parser, &event))
            return fail_parser(r);
        bool taken = take_event(r, &event), end = event.type == YAML_STREAM_END_EVENT;
        yaml_event_delete(&event);
        if (!taken)
            return false;
        if (end)
            return r->document || fail(r, DIAG_YAML_EMPTY, r->base.in->text.len);
    }
}

/* --- the text --- */

static bool check_text(const struct json_input *in)
{
    size_t valid = utf8_check(in->text);
    const char *p = in->text.ptr, *end = p + in->text.len;
    if (valid < in->text.len)
        return json_fail_text(in, p + valid, p);
    for (; (p = memchr(p, '\r', (size_t) (end - p))); p++)
        if (p[1] != '\n')
            return json_fail(in, DIAG_YAML_RETURN, p, STR_NONE, STR_NONE, STR_NONE);
    return true;
}

node_id yaml_read(struct doc *doc, const struct json_input *in)
{
    struct yaml_reader r = { .first = json_bom(in->text) };
    if (!check_text(in) || !reader_begin(&r.base, doc, in))
        return 0;
    r.next = r.base.root;
    r.mask = yaml_mask_of(str_slice(in->text, r.first, in->text.len));
    if (!yaml_parser_initialize(&r.parser))
        doc->env->out_of_memory(doc->env, sizeof(r.parser));
    yaml_parser_set_encoding(&r.parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input(&r.parser, give, &r);
    bool read = read_events(&r);
    yaml_parser_delete(&r.parser);
    mem_free(doc->env, r.frames);
    if (read)
        doc->count = r.next;
    return reader_end(&r.base, read);
}
