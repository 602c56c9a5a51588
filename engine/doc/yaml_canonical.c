/* A subtree in the one layout of YAML that `fmt` knows (archy.md section 12), or in brackets. */
#include "engine/doc/write.h"
#include "engine/doc/yaml.h"
#include "engine/doc/yaml_print.h"
#include "engine/doc/yaml_source.h"

static void add_bracket_scalar(struct buf *out, const struct doc *doc, node_id id, bool quoted)
{
    if (quoted && doc_core_kind(doc, id) == NODE_TEXT)
        yaml_add_double(out, doc_text(doc, id));
    else
        yaml_add_value(out, doc, id, true);
}

static void add_bracket_key(struct buf *out, const struct doc *doc, node_id id, bool quoted)
{
    if (!doc_node(doc, id)->key)
        return;
    if (quoted)
        yaml_add_double(out, doc_key(doc, id));
    else
        yaml_add_key(out, doc_key(doc, id), true);
    buf_add_text(out, ": ");
}

void yaml_add_brackets(struct buf *out, const struct doc *doc, node_id root, bool quoted)
{
    static const char brackets[2][2] = { { '[', ']' }, { '{', '}' } };
    for (node_id id = root;;) {
        bool object = doc_kind(doc, id) == NODE_OBJECT;
        add_bracket_key(out, doc, id, quoted);
        if (!doc_is_container(doc, id)) {
            add_bracket_scalar(out, doc, id, quoted);
        } else {
            buf_add_char(out, brackets[object][0]);
            if (doc_first(doc, id)) {
                id = doc_first(doc, id);
                continue;
            }
            buf_add_char(out, brackets[object][1]);
        }
        while (id != root && !doc_next(doc, id)) {
            id = doc_parent(doc, id);
            buf_add_char(out, brackets[doc_kind(doc, id) == NODE_OBJECT][1]);
        }
        if (id == root)
            return;
        buf_add_text(out, ", ");
        id = doc_next(doc, id);
    }
}

/* --- lines --- */

struct lines {
    const struct doc *doc;
    struct buf *out;
    bool comments;    /* those of the source are kept */
    size_t source_at; /* so much of it was looked at */
    bool in_line;     /* the next member begins where the line is */
};

static void begin_line(struct lines *l, size_t column)
{
    if (!l->in_line) {
        buf_add_char(l->out, '\n');
        buf_add_repeat(l->out, ' ', column);
    }
    l->in_line = false;
}

/* The comments of the source up to `to`: the first behind the line that is written when it stood
 * so, the others in lines of their own. */
static void add_comments(struct lines *l, size_t to, size_t column)
{
    const char *source = l->doc->source;
    bool behind = l->out->len > 0;
    for (size_t at = l->source_at; l->comments && at < to; at++) {
        if (source[at] == '\n')
            behind = false;
        if (source[at] != '#')
            continue;
        size_t end = yaml_line_end(l->doc, at);
        bool glued = l->in_line && l->out->len > 0;
        if (behind && !glued)
            buf_add_char(l->out, ' ');
        else if (!glued && l->out->len > 0)
            begin_line(l, column);
        buf_add(l->out, str_trim((struct str){ source + at, end - at }));
        l->in_line = false;
        behind = false;
        at = end;
    }
    if (l->source_at < to)
        l->source_at = to;
}

/* Everything before the value of a member: comments, line, key or dash. */
static void begin_member(struct lines *l, node_id id, size_t column)
{
    const struct node *node = doc_node(l->doc, id);
    add_comments(l, node->key ? node->key_at : node->start, column);
    begin_line(l, column);
    if (!node->key) {
        buf_add_char(l->out, '-');
        return;
    }
    yaml_add_key(l->out, doc_key(l->doc, id), false);
    buf_add_char(l->out, ':');
    if (l->comments)
        l->source_at = yaml_behind_key(l->doc, node);
}

static void add_leaf(struct lines *l, node_id id)
{
    const struct node *node = doc_node(l->doc, id);
    if (id != 1)
        buf_add_char(l->out, ' ');
    if (doc_is_container(l->doc, id))
        buf_add_text(l->out, doc_kind(l->doc, id) == NODE_LIST ? "[]" : "{}");
    else
        yaml_add_value(l->out, l->doc, id, false);
    add_comments(l, node->start, 0);
    if (l->comments)
        l->source_at = node->end;
}

void doc_write_yaml(const struct doc *doc, node_id root, struct buf *out)
{
    struct buf text;
    buf_init(&text, doc->env);
    bool comments = root == 1 && doc->syntax == SYNTAX_YAML && !doc->touched_count;
    struct lines l = { .doc = doc, .out = &text, .comments = comments, .in_line = true };
    size_t column = 0;
    for (node_id id = root;;) {
        bool item = id != root && !doc_node(doc, id)->key;
        if (id != root)
            begin_member(&l, id, column);
        if (doc_first(doc, id)) {
            l.in_line = item || id == root;
            column += id != root ? 2 : 0;
            if (item)
                buf_add_char(&text, ' ');
            id = doc_first(doc, id);
            continue;
        }
        add_leaf(&l, id);
        while (id != root && !doc_next(doc, id)) {
            id = doc_parent(doc, id);
            column -= id != root ? 2 : 0;
        }
        if (id == root)
            break;
        id = doc_next(doc, id);
    }
    add_comments(&l, doc->source_len, 0);
    if (root == 1)
        buf_add_char(&text, '\n');
    buf_add(out, buf_str(&text));
    buf_release(&text);
}

void doc_write_formatted(const struct doc *doc, struct buf *out)
{
    if (doc->syntax == SYNTAX_YAML)
        doc_write_yaml(doc, 1, out);
    else
        doc_write_canonical(doc, 1, out);
}

/* A key that a reader of YAML would not find the end of; 0: none. */
static node_id find_long_key(const struct doc *doc)
{
    for (node_id id = 1; id < doc->count; id++)
        if (doc_key(doc, id).len > LIMIT_YAML_KEY && doc_attached(doc, id))
            return id;
    return 0;
}

bool doc_export(const struct doc *doc, enum doc_syntax to, struct buf *out, struct diags *diags)
{
    struct place place;
    struct decimal is, most;
    node_id too_long = to == SYNTAX_YAML ? find_long_key(doc) : 0;
    if (too_long) {
        doc_place(doc, too_long, &place);
        return diag_add2(diags, DIAG_LIMIT_KEY, &place,
                         json_decimal(&is, doc_key(doc, too_long).len),
                         json_decimal(&most, LIMIT_YAML_KEY));
    }
    if (doc->syntax == to)
        doc_write(doc, out);
    else if (to == SYNTAX_YAML)
        doc_write_yaml(doc, 1, out);
    else
        doc_write_canonical(doc, 1, out);
    return true;
}
