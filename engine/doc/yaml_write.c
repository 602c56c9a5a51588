/* Saving YAML: what nobody touched is copied from the source, what changed is printed between.
 * Every collection on the way to a change is one level of the walk:
 *
 *   COPIED    its members are those of the source; only some of them changed inside
 *   LINES     a member begins a line; those of the source keep their text, their comments and, when
 *             they come from elsewhere, are indented by as much more or less as all around them
 *   BRACKETS  its members stand in brackets, those of the source with the text before them */
#include <string.h>
#include "engine/base/env.h"
#include "engine/doc/yaml.h"
#include "engine/doc/yaml_print.h"
#include "engine/doc/yaml_source.h"

enum mode { COPIED, LINES, BRACKETS };

struct level {
    node_id id, next; /* the collection; its next member to write */
    enum mode mode;
    bool fresh;       /* LINES: the first member begins a line */
    size_t column;    /* LINES: of the members */
    size_t written;   /* members so far */
    node_id above;    /* the one written last */
    size_t source_at; /* the source is written, or left out, up to here */
    size_t source_to; /* what its collection has of the source ends here */
    struct yaml_pieces pieces;
    size_t next_piece; /* behind the piece that was written last */
    /* LINES: what is to be done when the member last begun is written: */
    size_t tail;     /* the source is copied up to here; 0: nothing */
    size_t moved_at; /* the lines that begin in `out` behind here */
    ptrdiff_t moved; /* are indented by so much more */
};

struct writer {
    const struct doc *doc;
    const struct changes *changes;
    struct buf *out;
    struct yaml_style style;
    struct level *levels;
    size_t depth, capacity;
    size_t source_at;         /* of the root */
    struct yaml_pieces other; /* those of the collection that a moved member comes from */
};

static struct level *top(struct writer *w)
{
    return w->depth ? &w->levels[w->depth - 1] : NULL;
}

static void put_span(struct writer *w, size_t from, size_t to)
{
    if (from < to)
        buf_add(w->out, (struct str){ w->doc->source + from, to - from });
}

static void put_line(struct writer *w)
{
    buf_add(w->out, w->style.line_end);
}

static bool has_brackets(const struct writer *w, node_id id)
{
    return doc_node(w->doc, id)->flags & NODE_BRACKETS;
}

/* The source up to `at` belongs to the member that was just written in the level that is open. */
static void used_up_to(struct writer *w, size_t at)
{
    struct level *level = top(w);
    if (level)
        level->source_at = at;
    else
        w->source_at = at;
}

static struct level *push(struct writer *w, node_id id, enum mode mode)
{
    w->levels = mem_grow(w->doc->env, w->levels, &w->capacity, w->depth + 1, sizeof(*w->levels));
    struct level *level = &w->levels[w->depth++];
    *level = (struct level){ .id = id, .next = doc_first(w->doc, id), .mode = mode };
    return level;
}

/* --- scalars --- */

/* The indentation of the lines of a literal or folded text. */
static size_t text_indent(const struct writer *w, struct touched was, size_t column)
{
    const char *source = w->doc->source;
    for (size_t at = yaml_line_end(w->doc, was.start); at < was.end;) {
        size_t line = (size_t) (yaml_skip_break(source + at) - source), to = line;
        while (source[to] == ' ')
            to++;
        at = yaml_line_end(w->doc, to);
        if (at > to && to - line > column)
            return to - line;
    }
    return column + w->style.step;
}

/* A scalar whose value changed, in the form that it had. */
static void put_set(struct writer *w, node_id id, bool brackets, size_t column)
{
    struct touched was = changes_original(w->changes, id);
    enum node_kind kind = doc_core_kind(w->doc, id);
    char first = was.start < was.end ? w->doc->source[was.start] : 0;
    struct yaml_scalar scalar = { .text = doc_text(w->doc, id),
                                  .quote = w->style.quote,
                                  .as_neighbours = first != 0,
                                  .brackets = brackets,
                                  .line_end = w->style.line_end };
    if (kind != NODE_TEXT) {
        yaml_add_value(w->out, w->doc, id, brackets);
        return;
    }
    if (first == YAML_DOUBLE || first == YAML_SINGLE)
        scalar.form = (enum yaml_form) first;
    if (first == YAML_LITERAL || first == YAML_FOLDED) {
        scalar.form = (enum yaml_form) first;
        scalar.indent = text_indent(w, was, column);
    }
    yaml_add_scalar(w->out, &scalar);
}

/* --- values of the source --- */

/* A comment that stands in the line behind `at`, the blanks before it included. */
static struct str comment_behind(const struct writer *w, size_t at)
{
    struct str line = { w->doc->source + at, yaml_line_end(w->doc, at) - at };
    struct str text = str_trim(line);
    if (!text.len || *text.ptr != '#')
        return STR_NONE;
    return (struct str){ line.ptr, (size_t) (text.ptr + text.len - line.ptr) };
}

static void put_emptied(struct writer *w, node_id id, size_t from, struct touched was)
{
    const char *empty = doc_kind(w->doc, id) == NODE_LIST ? "[]" : "{}";
    if (has_brackets(w, id)) {
        put_span(w, from, was.start);
        buf_add_text(w->out, empty);
        used_up_to(w, was.end);
        return;
    }
    yaml_pieces_find(w->changes, id, &w->other);
    if (!doc_parent(w->doc, id)) {
        put_span(w, 0, w->other.items[0].lead);
        buf_add_text(w->out, empty);
    } else {
        buf_add_char(w->out, ' ');
        buf_add_text(w->out, empty);
        buf_add(w->out, comment_behind(w, from));
    }
    used_up_to(w, w->other.items[w->other.count - 1].tail);
}

/* The members of a collection that is new in its place, or was empty, behind the colon or dash of
 * what stands in `column`. */
static struct level *begin_lines(struct writer *w, node_id id, size_t column, struct str comment)
{
    bool item = !doc_node(w->doc, id)->key;
    bool list = doc_kind(w->doc, id) == NODE_LIST;
    bool in_line = item && !comment.len;
    buf_add(w->out, comment);
    if (in_line)
        buf_add_char(w->out, ' ');
    else
        put_line(w);
    struct level *level = push(w, id, LINES);
    level->column = column + (item ? 2 : list ? w->style.list_step : w->style.step);
    level->fresh = !in_line;
    return level;
}

/* {} or [] of the source that has members now. */
static void put_filled(struct writer *w, node_id id, size_t column, struct touched was)
{
    struct level *level;
    struct str comment = comment_behind(w, was.end);
    if (doc_parent(w->doc, id)) {
        level = begin_lines(w, id, column, comment);
        level->source_to = was.end + comment.len;
        return;
    }
    put_span(w, 0, was.start);
    if (yaml_line_start(w->doc, was.start) != was.start)
        put_line(w);
    level = push(w, id, LINES);
    level->fresh = true;
    level->source_to = was.end;
}

static void put_lines(struct writer *w, node_id id, size_t from)
{
    struct level *level = push(w, id, LINES);
    yaml_pieces_find(w->changes, id, &level->pieces);
    put_span(w, from, level->pieces.items[0].lead);
    level->column = level->pieces.column;
    level->fresh = !level->pieces.compact;
    level->source_to = level->pieces.items[level->pieces.count - 1].tail;
}

static void put_brackets(struct writer *w, node_id id, size_t from, struct touched was)
{
    struct level *level = push(w, id, BRACKETS);
    yaml_pieces_find(w->changes, id, &level->pieces);
    size_t first = level->pieces.count ? level->pieces.items[0].head : was.start + 1;
    put_span(w, from, first);
    level->source_to = was.end;
}

/* The value of a member that is written in its place: what is from `from` on, which is behind the
 * colon or dash of the member in `column`. Begins a level where it cannot be written at once. */
static void put_value(struct writer *w, node_id id, size_t from, size_t column, bool brackets)
{
    const struct node *node = doc_node(w->doc, id);
    struct touched was = changes_original(w->changes, id);
    if (!changes_in(w->changes, id)) {
        put_span(w, from, was.end);
        used_up_to(w, was.end);
    } else if (node->kind < NODE_LIST) {
        put_span(w, from, was.start);
        if (was.start == from && was.start == was.end && from)
            buf_add_char(w->out, ' ');
        put_set(w, id, brackets, column);
        used_up_to(w, was.end);
    } else if (!(node->flags & NODE_DIRTY)) {
        put_span(w, from, was.start);
        struct level *level = push(w, id, COPIED);
        level->source_at = was.start;
        level->source_to = was.end;
    } else if (!node->first) {
        put_emptied(w, id, from, was);
    } else if (!has_brackets(w, id)) {
        put_lines(w, id, from);
    } else {
        bool was_empty = !str_trim(str_slice((struct str){ w->doc->source, w->doc->source_len },
                                             was.start + 1, was.end - 1))
                              .len;
        if (was_empty && !brackets)
            put_filled(w, id, column, was);
        else
            put_brackets(w, id, from, was);
    }
}

/* --- members in lines --- */

/* Whether the last line of the value belongs to a text that keeps its line ends: an empty line
 * behind it would be one more. */
static bool ends_open(const struct doc *doc, node_id id)
{
    while (doc_first(doc, id))
        id = doc_last(doc, id);
    const struct node *node = doc_node(doc, id);
    if (node->kind != NODE_TEXT || node->flags & NODE_OWN)
        return false;
    struct str token = { doc->source + node->start, node->end - node->start };
    ptrdiff_t end = str_find_char(token, '\n');
    struct str header = str_slice(token, 0, end < 0 ? token.len : (size_t) end);
    return (*token.ptr == '|' || *token.ptr == '>') && str_find_char(header, '+') >= 0;
}

/* Comments and blank lines above a piece and what its line begins with. */
static void put_lead(struct writer *w, const struct yaml_piece *piece, ptrdiff_t moved)
{
    const struct level *level = top(w);
    const char *source = w->doc->source;
    size_t at = piece->lead, before = at;
    bool in_line = !level->written && !level->fresh;
    bool open = level->above && ends_open(w->doc, level->above);
    if (at == piece->head) {
        buf_add_repeat(w->out, ' ', in_line ? 0 : level->column);
        return;
    }
    while (at < piece->head && (in_line || open) && strchr(" \t\r\n", source[at])) {
        if (source[at++] == '\n')
            before = at;
    }
    if (!in_line) { /* the first line is not moved with the others */
        at = before;
        while (source[at] == ' ')
            at++;
        ptrdiff_t indent = (ptrdiff_t) (at - before) + moved;
        if (source[at] != '\n' && source[at] != '\r')
            buf_add_repeat(w->out, ' ', indent > 0 ? (size_t) indent : 0);
    }
    put_span(w, at, piece->head);
}

/* A member that the source has in a line of its own, from here or from elsewhere. */
static void put_piece(struct writer *w, const struct yaml_piece *piece, size_t column)
{
    struct level *level = top(w);
    level->moved = (ptrdiff_t) level->column - (ptrdiff_t) column;
    level->moved_at = w->out->len;
    level->tail = piece->tail;
    put_lead(w, piece, level->moved);
    put_span(w, piece->head, piece->value);
    put_value(w, piece->id, piece->value, column, false);
}

/* The piece that stood where the next member is written and stands here no longer: what is new has
 * taken its place. */
static const struct yaml_piece *replaced(const struct writer *w, struct level *level)
{
    if (level->next_piece >= level->pieces.count)
        return NULL;
    const struct yaml_piece *piece = &level->pieces.items[level->next_piece];
    if (doc_parent(w->doc, piece->id) == level->id)
        return NULL;
    level->next_piece++;
    return piece;
}

/* Whether the object has a key without quotes already that exports would have in quotes. */
static bool has_odd_keys(const struct writer *w, const struct yaml_pieces *pieces)
{
    for (size_t i = 0; i < pieces->count; i++) {
        char first = w->doc->source[pieces->items[i].head];
        if (first != '"' && first != '\'' && !yaml_is_usual(doc_key(w->doc, pieces->items[i].id)))
            return true;
    }
    return false;
}

static void put_key(struct writer *w, node_id id, const struct level *level)
{
    struct str key = doc_key(w->doc, id);
    if (!yaml_is_usual(key) && yaml_reads_plain(key, false) && has_odd_keys(w, &level->pieces))
        buf_add(w->out, key);
    else
        yaml_add_key(w->out, key, false);
    buf_add_char(w->out, ':');
}

static bool is_short(const struct writer *w, struct touched was)
{
    return !memchr(w->doc->source + was.start, '\n', was.end - was.start);
}

static void put_new_value(struct writer *w, node_id id, struct str comment)
{
    const struct node *node = doc_node(w->doc, id);
    if (node->first && (!has_brackets(w, id) || changes_in(w->changes, id) ||
                        !is_short(w, changes_original(w->changes, id)))) {
        begin_lines(w, id, top(w)->column, comment);
        return;
    }
    struct touched was = changes_original(w->changes, id);
    buf_add_char(w->out, ' ');
    if (doc_is_from_source(node) && !changes_in(w->changes, id) && is_short(w, was))
        put_span(w, was.start, was.end);
    else if (node->kind >= NODE_LIST)
        buf_add_text(w->out, node->kind == NODE_LIST ? "[]" : "{}");
    else
        yaml_add_value(w->out, w->doc, id, false);
    buf_add(w->out, comment);
}

/* A member that has no line of its own in the source. */
static void put_new(struct writer *w, node_id id)
{
    struct level *level = top(w);
    const struct yaml_piece *old = replaced(w, level);
    bool same_key = old && doc_node(w->doc, id)->key &&
                    doc_node(w->doc, old->id)->key == doc_node(w->doc, id)->key;
    struct str comment = STR_NONE;
    if (old)
        put_lead(w, old, 0);
    else if (level->written || level->fresh)
        buf_add_repeat(w->out, ' ', level->column);
    if (same_key) {
        bool lines = doc_is_container(w->doc, old->id) && !has_brackets(w, old->id);
        comment = comment_behind(w, lines ? old->value : old->end);
        put_span(w, old->head, old->value);
    } else if (doc_node(w->doc, id)->key) {
        put_key(w, id, level);
    } else {
        buf_add_char(w->out, '-');
    }
    put_new_value(w, id, comment);
}

static void put_in_lines(struct writer *w, node_id id)
{
    struct level *level = top(w);
    const struct node *node = doc_node(w->doc, id);
    node_id was_in = doc_is_from_source(node) ? changes_original(w->changes, id).parent : 0;
    const struct yaml_pieces *pieces = was_in == level->id ? &level->pieces : &w->other;
    if (level->written)
        put_line(w);
    if (!was_in || has_brackets(w, was_in)) {
        put_new(w, id);
    } else {
        if (was_in != level->id && w->other.id != was_in)
            yaml_pieces_find(w->changes, was_in, &w->other);
        const struct yaml_piece *piece = yaml_piece_of(pieces, id);
        if (was_in == level->id)
            level->next_piece = (size_t) (piece - pieces->items) + 1;
        put_piece(w, piece, pieces->column);
    }
}

/* Indents the lines behind `from` by `by` more blanks. */
static void move_lines(struct buf *out, size_t from, ptrdiff_t by)
{
    struct buf moved;
    buf_init(&moved, out->env);
    struct str rest = str_slice(buf_str(out), from, out->len);
    for (ptrdiff_t end; (end = str_find_char(rest, '\n')) >= 0;) {
        size_t at = (size_t) end + 1;
        buf_add(&moved, str_slice(rest, 0, at));
        bool blank = at == rest.len || rest.ptr[at] == '\n' || rest.ptr[at] == '\r';
        if (by > 0 && !blank)
            buf_add_repeat(&moved, ' ', (size_t) by);
        for (ptrdiff_t i = by; i < 0 && at < rest.len && rest.ptr[at] == ' '; i++)
            at++;
        rest = str_slice(rest, at, rest.len);
    }
    buf_add(&moved, rest);
    buf_truncate(out, from);
    buf_add(out, buf_str(&moved));
    buf_release(&moved);
}

/* What the member last begun leaves to do. */
static void finish_member(struct writer *w, struct level *level)
{
    if (!level->tail)
        return;
    put_span(w, level->source_at, level->tail);
    if (level->moved)
        move_lines(w->out, level->moved_at, level->moved);
    level->tail = 0;
}

/* --- members in brackets --- */

/* As JSON has it: in double quotes. */
static bool is_quoted(const struct writer *w, const struct yaml_pieces *pieces)
{
    return pieces->count && w->doc->source[pieces->items[0].head] == '"';
}

/* What stands between a new member and the one before it: a line of its own where others have one.
 */
static void put_comma(struct writer *w, const struct level *level)
{
    buf_add_char(w->out, ',');
    size_t head = level->pieces.count ? level->pieces.items[0].head : 0, line = head;
    while (line > 0 && w->doc->source[line - 1] == ' ')
        line--;
    if (line > 0 && w->doc->source[line - 1] == '\n') {
        put_line(w);
        put_span(w, line, head);
    } else {
        buf_add_char(w->out, ' ');
    }
}

static void put_in_brackets(struct writer *w, node_id id)
{
    const struct level *level = top(w);
    const struct node *node = doc_node(w->doc, id);
    bool here = doc_is_from_source(node) && changes_original(w->changes, id).parent == level->id;
    const struct yaml_piece *piece = here ? yaml_piece_of(&level->pieces, id) : NULL;
    if (level->written && here && piece > level->pieces.items)
        put_span(w, piece[-1].end, piece->head);
    else if (level->written)
        put_comma(w, level);
    if (here) {
        put_span(w, piece->head, piece->value);
        put_value(w, id, piece->value, level->column, true);
    } else {
        yaml_add_brackets(w->out, w->doc, id, is_quoted(w, &level->pieces));
    }
}

static void close_brackets(struct writer *w, const struct level *level)
{
    size_t count = level->pieces.count;
    size_t from = count ? level->pieces.items[count - 1].end : level->source_to - 1;
    put_span(w, from, level->source_to);
}

/* --- the walk --- */

static void put_member(struct writer *w, struct level *level, node_id id)
{
    size_t depth = w->depth - 1;
    if (level->mode == LINES)
        put_in_lines(w, id);
    else if (level->mode == BRACKETS)
        put_in_brackets(w, id);
    else if (changes_in(w->changes, id)) {
        size_t value = yaml_value_at(w->changes, id);
        put_span(w, level->source_at, value);
        put_value(w, id, value, yaml_column_of(w->changes, id), has_brackets(w, level->id));
    }
    w->levels[depth].written++;
    w->levels[depth].above = id;
}

static void put_end(struct writer *w)
{
    struct level *level = top(w);
    size_t used = level->source_to;
    if (level->mode == COPIED && level->source_at < used)
        put_span(w, level->source_at, used);
    else if (level->mode == COPIED)
        used = level->source_at;
    if (level->mode == BRACKETS)
        close_brackets(w, level);
    mem_free(w->doc->env, level->pieces.items);
    w->depth--;
    used_up_to(w, used);
}

void yaml_write(const struct doc *doc, const struct changes *changes, struct buf *out)
{
    struct writer w = { .doc = doc, .changes = changes, .out = out };
    yaml_style_find(doc, &w.style);
    put_value(&w, 1, 0, 0, false);
    while (w.depth) {
        struct level *level = top(&w);
        node_id id = level->next;
        finish_member(&w, level);
        if (id) {
            level->next = doc_next(doc, id);
            put_member(&w, level, id);
        } else {
            put_end(&w);
        }
    }
    put_span(&w, w.source_at, doc->source_len);
    mem_free(doc->env, w.other.items);
    mem_free(doc->env, w.levels);
}
