/* Mermaid: a flowchart with one subgraph for each task, menu and state. */
#include "engine/flow/picture_parts.h"

#include <string.h>

enum { LABEL_WIDTH = 26, EDGE_WIDTH = 22, DETAIL = 90, EDGE_DETAIL = 60 };

/* The brackets around a node's label, and its class. */
static const struct {
    const char *open, *close, *class;
} looks[LOOK_COUNT] = {
    [LOOK_START] = { "([", "])", "start" },
    [LOOK_ACTION] = { "[", "]", "action" },
    [LOOK_BRANCH] = { "{{", "}}", "action" },
    [LOOK_MENU] = { "[[", "]]", "menu" },
    [LOOK_SET] = { "[/", "/]", "set" },
    [LOOK_CLEAR] = { "[\\", "\\]", "clear" },
    [LOOK_TRANSFER] = { ">", "]", "out" },
    [LOOK_AWAY] = { "(", ")", "away" },
    [LOOK_HANG_UP] = { "(((", ")))", "hangup" },
    [LOOK_FLOW] = { "[[", "]]", "out" },
    [LOOK_QUEUE] = { "[(", ")]", "out" },
    [LOOK_PARTY] = { "([", "])", "out" },
};
static const char classes[] =
    "  classDef start stroke-width:3px\n"
    "  classDef action fill:#ffffff,stroke:#333333,color:#000000\n"
    "  classDef menu fill:#e8f0e4,stroke:#333333,color:#000000\n"
    "  classDef set fill:#ffe9b8,stroke:#a04e00,stroke-width:3px,color:#000000\n"
    "  classDef clear fill:#fff7e2,stroke:#a04e00,stroke-dasharray:5 3,color:#000000\n"
    "  classDef away fill:#ffffff,stroke:#aaaaaa,color:#000000\n"
    "  classDef hangup fill:#f4e3e3,stroke:#333333,color:#000000\n"
    "  classDef out fill:#e3ecf7,stroke:#333333,color:#000000\n"
    "  classDef never fill:#eeeeee,stroke:#999999,color:#777777\n";

static const char *const arrows[LINK_COUNT] = {
    [LINK_NEXT] = "-->",      [LINK_KEY] = "-->",        [LINK_BACK] = "-->",
    [LINK_JUMP] = "==>",      [LINK_CALL] = "<-->",      [LINK_TRANSFER] = "==>",
    [LINK_POST_FLOW] = "-.->", [LINK_CLEAR] = "-.-x",    [LINK_ERROR] = "-.->",
};

/* Whether the byte stands for itself in a label in double quotes: no entity, no Markdown, no icon
 * ("fa:fa-phone"), no list at the beginning of a line ("1. ", "- "). */
static bool is_plain(struct str text, size_t at)
{
    char c = text.ptr[at];
    bool digits = true;
    for (size_t i = 0; i < at && digits && (c == '.' || c == ')'); i++)
        digits = text.ptr[i] >= '0' && text.ptr[i] <= '9';
    if (c == '.' || c == ')')
        return !digits || at == 0;
    if (c == '-' || c == '+')
        return at > 0;
    if (c == ':')
        return at + 1 < text.len && text.ptr[at + 1] == ' ';
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           (unsigned char) c >= 0x80 || (c && strchr(" ,(/?!='", c));
}

static void add_escaped(struct buf *out, struct str text)
{
    for (size_t i = 0; i < text.len; i++) {
        if (is_plain(text, i))
            buf_add_char(out, text.ptr[i]);
        else if (text.ptr[i] == '"')
            buf_add_text(out, "#quot;");
        else
            buf_addf(out, "#%d;", text.ptr[i]);
    }
}

static void add_lines(struct buf *out, struct str text, int width)
{
    struct str line;
    while (picture_next_line(&text, width, &line)) {
        if (out->ptr[out->len - 1] != '"')
            buf_add_text(out, "<br/>");
        add_escaped(out, line);
    }
}

static void add_node(const struct picture *p, uint32_t number, struct buf *out)
{
    const struct picture_item *item = &p->items[number];
    enum picture_look look = picture_look(p, item);
    struct buf name, kind, detail;
    buf_init(&name, p->env);
    buf_init(&kind, p->env);
    buf_init(&detail, p->env);
    picture_add_name(p, item, &name);
    picture_add_kind(p, item, &kind);
    picture_add_detail(p, item, DETAIL, &detail);
    buf_addf(out, "n%u%s\"", number, looks[look].open);
    add_lines(out, buf_str(&name), LABEL_WIDTH);
    add_lines(out, buf_str(&kind), LABEL_WIDTH);
    add_lines(out, buf_str(&detail), LABEL_WIDTH);
    if (!item->reached)
        add_lines(out, STR("(never reached)"), LABEL_WIDTH);
    buf_addf(out, "\"%s:::%s\n", looks[look].close, item->reached ? looks[look].class : "never");
    buf_release(&detail);
    buf_release(&kind);
    buf_release(&name);
}

static void open_subgraph(const struct picture *p, uint32_t number, struct buf *out)
{
    struct buf text;
    buf_init(&text, p->env);
    picture_add_kind(p, &p->items[number], &text);
    buf_add_char(&text, ' ');
    picture_add_name(p, &p->items[number], &text);
    if (p->items[number].node == flow_start(p->flow))
        buf_add_text(&text, " (start)");
    buf_addf(out, "subgraph g%u[\"", number);
    add_lines(out, buf_str(&text), LABEL_WIDTH * 2);
    buf_add_text(out, "\"]\n");
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
            open_subgraph(p, i, out);
        else if (kind == PICTURE_CLOSE)
            buf_add_text(out, "end\n");
        else
            add_node(p, i, out);
        depth += kind == PICTURE_OPEN;
    }
}

static void add_edges(const struct picture *p, struct buf *out)
{
    struct buf label;
    buf_init(&label, p->env);
    for (size_t i = 0; i < p->edge_count; i++) {
        const struct picture_edge *edge = &p->edges[i];
        buf_clear(&label);
        picture_add_cut(&label, edge->label, EDGE_DETAIL);
        buf_addf(out, "  n%u %s", edge->from, arrows[edge->link]);
        if (label.len > 0) {
            buf_add_text(out, "|\"");
            add_lines(out, buf_str(&label), EDGE_WIDTH);
            buf_add_text(out, "\"|");
        }
        buf_addf(out, " n%u\n", edge->to);
    }
    buf_release(&label);
}

/* Styles go by the number of the arrow: "  linkStyle 3,7 stroke:...". */
static void add_link_style(const struct picture *p, enum picture_link link, const char *style,
                           struct buf *out)
{
    const char *before = "  linkStyle ";
    for (size_t i = 0; i < p->edge_count; i++) {
        if (p->edges[i].link != link)
            continue;
        buf_addf(out, "%s%zu", before, i);
        before = ",";
    }
    if (*before == ',')
        buf_addf(out, " %s\n", style);
}

void picture_write_mermaid(const struct picture *p, struct buf *out)
{
    buf_add_text(out, "flowchart TB\n");
    add_items(p, out);
    add_edges(p, out);
    add_link_style(p, LINK_POST_FLOW, "stroke:#a04e00,stroke-width:2px,stroke-dasharray:8 4", out);
    add_link_style(p, LINK_CLEAR, "stroke:#a04e00,stroke-dasharray:2 4", out);
    buf_add_text(out, classes);
}
