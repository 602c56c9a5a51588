/* A subtree in the one layout of YAML that `fmt` knows (archy.md section 12), or in brackets. */
#include "engine/doc/write.h"
#include "engine/doc/yaml.h"
#include "engine/doc/yaml_print.h"

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

/* What a collection's members are indented by: two more than its key, and so much more than its
 * dash. */
static void add_line(struct buf *out, size_t column, bool in_line)
{
    if (in_line)
        return;
    buf_add_char(out, '\n');
    buf_add_repeat(out, ' ', column);
}

void doc_write_yaml(const struct doc *doc, node_id root, struct buf *out)
{
    bool in_line = true; /* the next member begins where the line is */
    size_t column = 0;
    for (node_id id = root;;) {
        bool item = id != root && !doc_node(doc, id)->key;
        if (id != root)
            add_line(out, column, in_line);
        in_line = false;
        if (item) {
            buf_add_char(out, '-');
        } else if (id != root) {
            yaml_add_key(out, doc_key(doc, id), false);
            buf_add_char(out, ':');
        }
        if (doc_first(doc, id)) {
            in_line = item || id == root;
            column += id != root ? 2 : 0;
            if (item)
                buf_add_char(out, ' ');
            id = doc_first(doc, id);
            continue;
        }
        if (id != root)
            buf_add_char(out, ' ');
        if (doc_is_container(doc, id))
            buf_add_text(out, doc_kind(doc, id) == NODE_LIST ? "[]" : "{}");
        else
            yaml_add_value(out, doc, id, false);
        while (id != root && !doc_next(doc, id)) {
            id = doc_parent(doc, id);
            column -= id != root ? 2 : 0;
        }
        if (id == root)
            break;
        id = doc_next(doc, id);
    }
    if (root == 1)
        buf_add_char(out, '\n');
}
