/* Saving: what nobody touched is copied from the source, what changed is printed between. Every
 * container on the way to a change is one level of the walk:
 *
 *   COPIED  its members are those of the source; only some of them changed inside
 *   MIXED   its member list changed: those from here keep their text and the gap before them
 *   STYLED  it is new, or moved to where the indentation differs: printed in the source's style */
#include "engine/doc/write.h"

#include <string.h>
#include "engine/base/env.h"
#include "engine/doc/changes.h"
#include "engine/doc/style.h"
#include "engine/doc/yaml.h"

enum mode { COPIED, MIXED, STYLED };

struct level {
    node_id id, next; /* the container; its next member to write */
    enum mode mode;
    size_t written;   /* members so far */
    size_t source_at; /* COPIED: the source is written up to here */
    bool broken;      /* one member a line */
    struct str base;  /* indentation of the members: this and so many steps */
    unsigned steps;
    struct str first_gap; /* MIXED: before the first member, before others, before commas and */
    struct str other_gap; /*        before the closing bracket */
    struct str comma_gap;
    struct str close_gap;
    struct str trail; /* MIXED: what stands behind the member last written, if a comma follows */
};

struct writer {
    const struct doc *doc;
    struct buf *out;
    struct style style;
    struct changes changes;
    struct level *levels;
    size_t depth, capacity;
};

static bool is_changed(const struct writer *w, node_id id)
{
    return changes_in(&w->changes, id);
}

static struct touched original(const struct writer *w, node_id id)
{
    return changes_original(&w->changes, id);
}

/* Where the member begins in the source: its key or, in a list, its value. */
static size_t member_start(const struct writer *w, node_id id)
{
    const struct node *node = doc_node(w->doc, id);
    return node->key_at ? node->key_at : original(w, id).start;
}

static void put_span(struct writer *w, size_t from, size_t to)
{
    buf_add(w->out, (struct str){ w->doc->source + from, to - from });
}

static void put_line(struct writer *w, struct str base, unsigned steps)
{
    buf_add(w->out, w->style.line_end);
    buf_add(w->out, base);
    while (steps--)
        buf_add(w->out, w->style.step);
}

static void put_bracket(struct writer *w, node_id id, bool open)
{
    static const char brackets[2][2] = { { ']', '[' }, { '}', '{' } };
    buf_add_char(w->out, brackets[doc_kind(w->doc, id) == NODE_OBJECT][open]);
}

/* The indentation of what stands where this node begins: that of its line in the source, or that of
 * the members of the level it is written in. False when it does not begin a line. */
static bool find_indent(const struct writer *w, node_id id, const struct level *in,
                        struct str *base, unsigned *steps)
{
    *base = STR("");
    *steps = 0;
    if (!in)
        return w->style.broken;
    if (in->mode == STYLED || original(w, id).parent != in->id) {
        *base = in->base;
        *steps = in->steps;
        return in->broken;
    }
    struct str gap = source_gap_before(w->doc, member_start(w, id));
    *base = gap_indent(gap);
    return gap_is_broken(gap);
}

static void set_gaps_of_empty(struct writer *w, struct level *level, const struct level *in)
{
    level->broken = find_indent(w, level->id, in, &level->base, &level->steps);
    level->steps++;
    level->other_gap = level->broken ? STR("") : w->style.space;
}

/* Gaps as the source has them. What stands between two members is seen at those that are still
 * where they were. */
static void set_gaps(struct writer *w, struct level *level, struct touched was)
{
    level->first_gap = source_gap_behind(w->doc, was.start + 1);
    level->close_gap = source_gap_before(w->doc, was.end - 1);
    size_t first = was.start + 1 + level->first_gap.len;
    level->other_gap = level->first_gap;
    bool other = false, comma = false;
    for (node_id id = level->next; id && !(other && comma); id = doc_next(w->doc, id)) {
        if (!doc_is_from_source(doc_node(w->doc, id)) || original(w, id).parent != level->id)
            continue;
        struct str behind = source_gap_behind(w->doc, original(w, id).end);
        if (!comma && behind.ptr[behind.len] == ',') {
            comma = true;
            level->comma_gap = behind;
        }
        if (!other && member_start(w, id) != first) {
            other = true;
            level->other_gap = source_gap_before(w->doc, member_start(w, id));
        }
    }
    level->broken = gap_is_broken(level->other_gap);
    if (!other && !level->broken)
        level->other_gap = w->style.space;
    level->base = gap_indent(level->other_gap);
}

static struct level *push(struct writer *w, node_id id, enum mode mode)
{
    w->levels = mem_grow(w->doc->env, w->levels, &w->capacity, w->depth + 1, sizeof(*w->levels));
    struct level *level = &w->levels[w->depth++];
    *level = (struct level){ .id = id, .next = doc_first(w->doc, id), .mode = mode };
    return level;
}

static void push_source(struct writer *w, node_id id)
{
    struct touched was = original(w, id);
    struct level *level = push(w, id, doc_node(w->doc, id)->flags & NODE_DIRTY ? MIXED : COPIED);
    level->source_at = was.start;
    if (level->mode == COPIED)
        return;
    put_bracket(w, id, true);
    struct str gap = source_gap_behind(w->doc, was.start + 1);
    if (was.start + 1 + gap.len == was.end - 1)
        set_gaps_of_empty(w, level, w->depth > 1 ? level - 1 : NULL);
    else
        set_gaps(w, level, was);
}

static void push_styled(struct writer *w, node_id id)
{
    struct level *level = push(w, id, STYLED);
    const struct level *in = level - 1;
    level->broken = in->broken;
    level->base = in->base;
    level->steps = in->steps + 1;
    level->other_gap = w->style.space;
    put_bracket(w, id, true);
}

static bool is_indent(const struct writer *w, struct str indent, struct str base, unsigned steps)
{
    if (!str_starts(indent, base) || indent.len != base.len + steps * w->style.step.len)
        return false;
    size_t at = base.len;
    while (at < indent.len && str_starts(str_slice(indent, at, indent.len), w->style.step))
        at += w->style.step.len;
    return at == indent.len;
}

/* Whether a source container that is written in this level can be copied or mended in place: it has
 * not moved, or to where the indentation is the same. */
static bool keeps_layout(const struct writer *w, node_id id, const struct level *in)
{
    if (!in || in->mode == COPIED || (in->mode == MIXED && original(w, id).parent == in->id))
        return true;
    struct str gap = source_gap_before(w->doc, member_start(w, id));
    return in->broken && gap_is_broken(gap) && is_indent(w, gap_indent(gap), in->base, in->steps);
}

static void put_scalar(struct writer *w, node_id id)
{
    const struct node *node = doc_node(w->doc, id);
    if (!(node->flags & NODE_OWN))
        put_span(w, node->start, node->end);
    else if (node->kind == NODE_TEXT || node->kind == NODE_PLAIN)
        json_add_text(w->out, doc_text(w->doc, id), false);
    else
        buf_add(w->out, doc_text(w->doc, id));
}

static bool is_one_line(const struct doc *doc, const struct node *node)
{
    return !memchr(doc->source + node->start, '\n', node->end - node->start);
}

/* Writes a value, or pushes the level that writes its members. */
static void put_value(struct writer *w, node_id id)
{
    const struct node *node = doc_node(w->doc, id);
    const struct level *in = w->depth ? &w->levels[w->depth - 1] : NULL;
    if (node->kind < NODE_LIST) {
        put_scalar(w, id);
        return;
    }
    bool own = node->flags & NODE_OWN;
    bool keeps = !own && keeps_layout(w, id, in);
    if (!own && !is_changed(w, id) && (keeps || is_one_line(w->doc, node)))
        put_span(w, node->start, node->end);
    else if (keeps)
        push_source(w, id);
    else
        push_styled(w, id);
}

static void put_key(struct writer *w, node_id id, const struct level *in)
{
    const struct node *node = doc_node(w->doc, id);
    if (!node->key)
        return;
    if (in->mode == MIXED && node->key_at && original(w, id).parent == in->id) {
        put_span(w, node->key_at, original(w, id).start);
        return;
    }
    json_add_text(w->out, doc_key(w->doc, id), false);
    buf_add(w->out, w->style.colon);
}

/* What stands before a member of a container whose members changed. */
static void put_mixed_gap(struct writer *w, node_id id, struct level *level)
{
    bool here = doc_is_from_source(doc_node(w->doc, id)) && original(w, id).parent == level->id;
    struct str own = here ? source_gap_before(w->doc, member_start(w, id)) : STR_NONE;
    bool was_first = here && own.ptr == w->doc->source + original(w, level->id).start + 1;
    if (level->written) {
        buf_add(w->out, level->trail);
        buf_add_char(w->out, ',');
    }
    if (here && !was_first && level->written)
        buf_add(w->out, own);
    else if (!level->written && (level->first_gap.len || !level->broken || !level->steps))
        buf_add(w->out, level->first_gap);
    else if (level->broken)
        put_line(w, level->base, level->steps);
    else
        buf_add(w->out, level->other_gap);
    struct str behind = here ? source_gap_behind(w->doc, original(w, id).end) : level->comma_gap;
    level->trail = here && behind.ptr[behind.len] != ',' ? level->comma_gap : behind;
}

static void put_styled_gap(struct writer *w, const struct level *level)
{
    if (level->written)
        buf_add_char(w->out, ',');
    if (level->broken)
        put_line(w, level->base, level->steps);
    else if (level->written)
        buf_add(w->out, level->other_gap);
}

static void put_member(struct writer *w, struct level *level, node_id id)
{
    if (level->mode == COPIED) {
        if (!is_changed(w, id))
            return;
        put_span(w, level->source_at, original(w, id).start);
        level->source_at = original(w, id).end;
    } else {
        if (level->mode == MIXED)
            put_mixed_gap(w, id, level);
        else
            put_styled_gap(w, level);
        put_key(w, id, level);
    }
    level->written++;
    put_value(w, id);
}

static void put_end(struct writer *w, const struct level *level)
{
    if (level->mode == COPIED) {
        put_span(w, level->source_at, original(w, level->id).end);
        return;
    }
    if (level->written && level->mode == MIXED && !level->steps)
        buf_add(w->out, level->close_gap);
    else if (level->written && level->broken)
        put_line(w, level->base, level->steps - 1);
    put_bracket(w, level->id, false);
}

static void put_changed(struct writer *w)
{
    struct touched root = original(w, 1);
    put_span(w, 0, root.start);
    put_value(w, 1);
    while (w->depth) {
        struct level *level = &w->levels[w->depth - 1];
        node_id id = level->next;
        if (id) {
            level->next = doc_next(w->doc, id);
            put_member(w, level, id);
        } else {
            put_end(w, level);
            w->depth--;
        }
    }
    put_span(w, root.end, w->doc->source_len);
}

void doc_write(const struct doc *doc, struct buf *out)
{
    struct writer w = { .doc = doc, .out = out };
    buf_reserve(out, doc->source_len);
    if (!changes_find(&w.changes, doc)) {
        put_span(&w, 0, doc->source_len);
    } else if (doc->syntax == SYNTAX_YAML) {
        yaml_write(doc, &w.changes, out);
    } else {
        style_find(doc, &w.style);
        put_changed(&w);
    }
    changes_release(&w.changes);
    mem_free(doc->env, w.levels);
}
