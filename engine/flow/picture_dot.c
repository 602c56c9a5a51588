/* Graphviz: one cluster for each task, menu and state. */
#include "engine/flow/picture_parts.h"

enum { LABEL_WIDTH = 30, EDGE_WIDTH = 22, DETAIL = 90, EDGE_DETAIL = 60 };

static const char *const looks[LOOK_COUNT] = {
    [LOOK_START] = "shape=ellipse, penwidth=2",
    [LOOK_ACTION] = "",
    [LOOK_BRANCH] = "shape=hexagon, style=filled",
    [LOOK_MENU] = "shape=folder, style=filled, fillcolor=\"#e8f0e4\"",
    [LOOK_SET] = "shape=note, style=filled, fillcolor=\"#ffe9b8\", penwidth=2",
    [LOOK_CLEAR] = "shape=note, style=\"filled,dashed\", fillcolor=\"#fff7e2\"",
    [LOOK_TRANSFER] = "shape=invhouse, style=filled, fillcolor=\"#e3ecf7\"",
    [LOOK_AWAY] = "shape=plain, style=\"\"",
    [LOOK_HANG_UP] = "shape=octagon, style=filled, fillcolor=\"#f4e3e3\"",
    [LOOK_FLOW] = "shape=component, style=filled, fillcolor=\"#e3ecf7\"",
    [LOOK_QUEUE] = "shape=cylinder, style=filled, fillcolor=\"#e3ecf7\"",
    [LOOK_PARTY] = "shape=ellipse, style=filled, fillcolor=\"#e3ecf7\"",
};
static const char *const links[LINK_COUNT] = {
    [LINK_NEXT] = "",
    [LINK_KEY] = "arrowhead=vee",
    [LINK_BACK] = "constraint=false, arrowhead=onormal",
    [LINK_JUMP] = "penwidth=2, arrowhead=vee",
    [LINK_CALL] = "dir=both, arrowtail=odot",
    [LINK_TRANSFER] = "penwidth=2",
    [LINK_POST_FLOW] = "style=dashed, penwidth=2, color=\"#a04e00\", fontcolor=\"#a04e00\"",
    [LINK_CLEAR] = ("style=dotted, color=\"#a04e00\", fontcolor=\"#a04e00\", constraint=false, "
                    "arrowhead=tee"),
    [LINK_ERROR] = "style=dotted, penwidth=2",
};

/* In double quotes a backslash begins an escape, an ampersand an entity. */
static void add_escaped(struct buf *out, struct str text)
{
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        if (c == '&')
            buf_add_text(out, "&amp;");
        else if (c == '"' || c == '\\')
            buf_addf(out, "\\%c", c);
        else
            buf_add_char(out, c);
    }
}

static void add_lines(struct buf *out, struct str text, int width)
{
    struct str line;
    while (picture_next_line(&text, width, &line)) {
        if (out->ptr[out->len - 1] != '"')
            buf_add_text(out, "\\n");
        add_escaped(out, line);
    }
}

typedef void (*add_part)(const struct picture *, const struct picture_item *, struct buf *);

static void add_part_lines(const struct picture *p, const struct picture_item *item, add_part part,
                           struct buf *out)
{
    struct buf text;
    buf_init(&text, p->env);
    part(p, item, &text);
    add_lines(out, buf_str(&text), LABEL_WIDTH);
    buf_release(&text);
}

static void add_detail(const struct picture *p, const struct picture_item *item, struct buf *out)
{
    picture_add_detail(p, item, DETAIL, out);
}

static void add_node(const struct picture *p, uint32_t number, struct buf *out)
{
    const struct picture_item *item = &p->items[number];
    const char *look = looks[picture_look(p, item)];
    buf_addf(out, "n%u [label=\"", number);
    add_part_lines(p, item, picture_add_name, out);
    add_part_lines(p, item, picture_add_kind, out);
    add_part_lines(p, item, add_detail, out);
    if (!item->reached)
        add_lines(out, STR("(never reached)"), LABEL_WIDTH);
    buf_addf(out, "\"%s%s", *look ? ", " : "", look);
    if (!item->reached)
        buf_add_text(out, ", color=\"#999999\", fontcolor=\"#777777\", fillcolor=\"#eeeeee\"");
    buf_add_text(out, "];\n");
}

static void open_cluster(const struct picture *p, uint32_t number, unsigned depth, struct buf *out)
{
    const struct picture_item *item = &p->items[number];
    struct buf text;
    buf_init(&text, p->env);
    picture_add_kind(p, item, &text);
    buf_add_char(&text, ' ');
    picture_add_name(p, item, &text);
    if (item->node == flow_start(p->flow))
        buf_add_text(&text, " (start)");
    buf_addf(out, "subgraph cluster_%u {\n", number);
    buf_add_repeat(out, ' ', depth * 2 + 2);
    buf_add_text(out, "label=\"");
    add_lines(out, buf_str(&text), LABEL_WIDTH * 2);
    buf_add_text(out, "\"; labeljust=l; fontsize=14;\n");
    buf_release(&text);
}

static void add_items(const struct picture *p, struct buf *out)
{
    unsigned depth = 1;
    for (uint32_t i = 0; i < p->item_count; i++) {
        enum picture_kind kind = p->items[i].kind;
        if (kind == PICTURE_OUTPUT || kind == PICTURE_OUTPUT_END)
            continue;
        depth -= kind == PICTURE_CLOSE;
        buf_add_repeat(out, ' ', depth * 2);
        if (kind == PICTURE_OPEN)
            open_cluster(p, i, depth++, out);
        else if (kind == PICTURE_CLOSE)
            buf_add_text(out, "}\n");
        else
            add_node(p, i, out);
    }
}

static void add_edges(const struct picture *p, struct buf *out)
{
    struct buf label;
    buf_init(&label, p->env);
    for (size_t i = 0; i < p->edge_count; i++) {
        const struct picture_edge *edge = &p->edges[i];
        const char *look = links[edge->link];
        buf_addf(out, "  n%u -> n%u", edge->from, edge->to);
        buf_clear(&label);
        picture_add_cut(&label, edge->label, EDGE_DETAIL);
        if (label.len > 0 || *look)
            buf_add_text(out, " [");
        if (label.len > 0) {
            buf_add_text(out, "label=\"");
            add_lines(out, buf_str(&label), EDGE_WIDTH);
            buf_addf(out, "\"%s", *look ? ", " : "");
        }
        buf_addf(out, "%s%s;\n", look, label.len > 0 || *look ? "]" : "");
    }
    buf_release(&label);
}

void picture_write_dot(const struct picture *p, struct buf *out)
{
    struct buf title;
    buf_init(&title, p->env);
    picture_add_text(&title, flow_title(p->flow));
    buf_addf(&title, " (%s)", picture_flow_word(p->flow->type));
    buf_add_text(out, "digraph flow {\n  graph [label=\"");
    add_lines(out, buf_str(&title), LABEL_WIDTH * 3);
    buf_add_text(out,
                 "\", labelloc=t, fontsize=18, fontname=\"Helvetica,sans-serif\", "
                 "charset=\"UTF-8\", nodesep=0.35, ranksep=0.45, style=\"rounded\", "
                 "color=\"#777777\"];\n"
                 "  node [shape=box, style=\"rounded,filled\", fillcolor=white, fontsize=11, "
                 "fontname=\"Helvetica,sans-serif\"];\n"
                 "  edge [fontsize=10, fontname=\"Helvetica,sans-serif\"];\n");
    add_items(p, out);
    add_edges(p, out);
    buf_add_text(out, "}\n");
    buf_release(&title);
}
