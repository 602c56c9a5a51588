/* Markdown: a page for a colleague. Where post-flows apply is in picture_markdown_armed.c. */
#include "engine/flow/picture_markdown.h"

#include <string.h>
#include "engine/doc/write.h"
#include "engine/flow/containers.h"
#include "engine/flow/edit_flow.h"

enum { DETAIL = 200 };

/* --- text */

/* Where a line may begin with the text, some bytes would begin a list, a heading, a quotation. */
static bool begins_block(struct str text, size_t at)
{
    size_t digits = 0;
    while (digits < at && text.ptr[digits] >= '0' && text.ptr[digits] <= '9')
        digits++;
    if (at == 0)
        return text.ptr[0] && strchr("-+>", text.ptr[0]);
    return digits == at && (text.ptr[at] == '.' || text.ptr[at] == ')');
}

void md_add(struct buf *out, struct str text)
{
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        bool link = c == ':' && i + 2 < text.len && text.ptr[i + 1] == '/' &&
                    text.ptr[i + 2] == '/';
        if (link || begins_block(text, i) || (c && strchr("\\`*_[]<#&|~$", c)))
            buf_add_char(out, '\\');
        buf_add_char(out, c);
    }
}

void md_add_text(struct buf *out, struct str text)
{
    struct buf shown;
    buf_init(&shown, out->env);
    picture_add_text(&shown, text);
    md_add(out, buf_str(&shown));
    buf_release(&shown);
}

static void add_cut(struct buf *out, struct str text)
{
    struct buf shown;
    buf_init(&shown, out->env);
    picture_add_cut(&shown, text, DETAIL);
    md_add(out, buf_str(&shown));
    buf_release(&shown);
}

void md_add_name(const struct picture *p, const struct picture_item *item, struct buf *out)
{
    struct buf name;
    buf_init(&name, p->env);
    picture_add_name(p, item, &name);
    md_add(out, buf_str(&name));
    buf_release(&name);
}

static void add_kind(const struct picture *p, const struct picture_item *item, struct buf *out)
{
    struct buf kind;
    buf_init(&kind, p->env);
    picture_add_kind(p, item, &kind);
    md_add(out, buf_str(&kind));
    buf_release(&kind);
}

static void add_detail(const struct picture *p, const struct picture_item *item, struct buf *out)
{
    struct buf detail;
    buf_init(&detail, p->env);
    picture_add_detail(p, item, DETAIL, &detail);
    if (detail.len > 0)
        buf_add_text(out, ": ");
    md_add(out, buf_str(&detail));
    buf_release(&detail);
}

/* --- links */

void md_add_link(const struct picture *p, uint32_t number, struct buf *out)
{
    const struct picture_item *item = &p->items[number];
    if (item->kind == PICTURE_TARGET) {
        buf_addf(out, "%s **", item->word);
        md_add_name(p, item, out);
        buf_addf(out, "**%s", item->missing ? " (not here)" : "");
        return;
    }
    node_id container =
        item->kind == PICTURE_MENU ? item->node : flow_container_of(p->flow, item->node);
    uint32_t entry = p->entries[container];
    buf_add_char(out, '[');
    add_kind(p, &p->items[entry - 1], out);
    buf_add_char(out, ' ');
    md_add_name(p, &p->items[entry - 1], out);
    if (entry != number) {
        buf_add_text(out, ", ");
        md_add_name(p, item, out);
    }
    buf_addf(out, "](#part-%u)", entry - 1);
}

/* Where an item's arrows go, other than on: "; goes to ..., calls ...". */
static void add_links(const struct picture *p, uint32_t number, struct buf *out)
{
    for (uint32_t i = p->first_edges[number]; i < p->first_edges[number + 1]; i++) {
        const struct picture_edge *edge = &p->edges[i];
        if (edge->link != LINK_JUMP && edge->link != LINK_CALL && edge->link != LINK_TRANSFER)
            continue;
        buf_add_text(out, edge->link == LINK_CALL ? ", calls " : " → ");
        if (edge->link == LINK_TRANSFER && edge->label.len > 0) {
            md_add_text(out, edge->label);
            buf_add_text(out, ": ");
        }
        md_add_link(p, edge->to, out);
    }
}

/* "Menu Main menu" */
static void add_title(const struct picture *p, const struct picture_item *item, struct buf *out)
{
    size_t at = out->len;
    add_kind(p, item, out);
    out->ptr[at] = (char) (out->ptr[at] - 'a' + 'A');
    buf_add_char(out, ' ');
    md_add_name(p, item, out);
}

static bool is_said_elsewhere(const struct field *field)
{
    return !strcmp(field->path, "name") || !strcmp(field->path, "description") ||
           !strcmp(field->path, "audio");
}

/* A table of the fields that have a value; nothing where none has. */
static void add_fields(const struct picture *p, const struct field *field, node_id owner,
                       struct buf *out)
{
    bool first = true;
    struct buf text;
    buf_init(&text, p->env);
    for (; field->path; field++) {
        buf_clear(&text);
        if (is_said_elsewhere(field))
            continue;
        if (field->kind == FIELD_ROWS && flow_row_count(p->flow, owner, field) == 0)
            continue;
        if (field->kind == FIELD_ROWS)
            flow_show(p->flow, owner, field, &text);
        else
            flow_get(p->flow, owner, field, &text);
        if (text.len == 0)
            continue;
        if (first)
            buf_add_text(out, "| Setting | Value |\n| --- | --- |\n");
        first = false;
        buf_addf(out, "| %s | ", field->label);
        add_cut(out, buf_str(&text));
        buf_add_text(out, " |\n");
    }
    if (!first)
        buf_add_char(out, '\n');
    buf_release(&text);
}

/* --- an outline of actions */

static unsigned number_width(uint32_t number)
{
    unsigned width = 3;
    while (number >= 10) {
        number /= 10;
        width++;
    }
    return width;
}

static void add_action(const struct picture *p, uint32_t number, struct buf *out)
{
    const struct picture_item *item = &p->items[number];
    buf_add_text(out, "**");
    md_add_name(p, item, out);
    buf_add_text(out, "** ");
    size_t before = out->len;
    buf_add_text(out, "– ");
    size_t kind = out->len;
    add_kind(p, item, out);
    if (out->len == kind)
        buf_truncate(out, before);
    if (out->ptr[out->len - 1] == ' ')
        buf_truncate(out, out->len - 1);
    add_detail(p, item, out);
    add_links(p, number, out);
    md_add_armed(p, item, out);
    buf_addf(out, "%s\n", item->reached ? "" : " *(never reached)*");
}

/* "- *Yes*:" */
static void add_output(const struct picture *p, uint32_t number, struct buf *out)
{
    const struct picture_item *item = &p->items[number];
    char digits[12];
    struct spot output = { item->node, item->output };
    buf_add_text(out, "- *");
    size_t before = out->len;
    add_cut(out, flow_output_label(p->flow, output, digits));
    if (out->len == before)
        buf_add_text(out, "(no name)");
    bool empty = p->items[number + 1].kind == PICTURE_OUTPUT_END;
    buf_addf(out, "*%s\n", empty ? ": goes on" : "");
}

/* From an item on; ends behind the item that closes it. */
static void add_outline(const struct picture *p, uint32_t first, uint32_t end, struct buf *out)
{
    unsigned indent = 0;
    for (uint32_t i = first; i < end; i++) {
        const struct picture_item *item = &p->items[i];
        unsigned inner = item->kind == PICTURE_OUTPUT || item->kind == PICTURE_OUTPUT_END
                             ? number_width(p->items[item->owner].position)
                             : 0;
        if (item->kind == PICTURE_OUTPUT_END)
            indent -= inner + 2;
        if (item->kind == PICTURE_ACTION) {
            buf_add_repeat(out, ' ', indent);
            buf_addf(out, "%u. ", item->position);
            add_action(p, i, out);
        } else if (item->kind == PICTURE_OUTPUT) {
            buf_add_repeat(out, ' ', indent + inner);
            add_output(p, i, out);
            indent += inner + 2;
        }
    }
}

/* --- menus */

/* The next item of a menu: a choice, or a sub-menu; `end` where there is none. */
static uint32_t next_choice(const struct picture *p, uint32_t at, uint32_t end)
{
    const struct picture_item *item = &p->items[at];
    at = item->end > at ? item->end + 1 : at + 1;
    while (at < end && p->items[at].kind != PICTURE_ACTION && p->items[at].kind != PICTURE_OPEN)
        at++;
    return at;
}

/* The label of the arrow to a choice is its key. */
static void add_row(const struct picture *p, const struct picture_edge *edge, struct buf *out)
{
    const struct picture_item *item = &p->items[edge->to];
    bool menu = item->kind == PICTURE_MENU;
    buf_add_text(out, "| ");
    md_add_text(out, edge->label);
    buf_add_text(out, " | ");
    md_add_name(p, item, out);
    buf_add_text(out, " | ");
    if (menu) {
        buf_add_text(out, "→ ");
        md_add_link(p, edge->to, out);
    } else {
        add_kind(p, item, out);
        if (item->end > 0)
            buf_add_text(out, " of its own, below");
        add_detail(p, item, out);
        add_links(p, edge->to, out);
        md_add_armed(p, item, out);
    }
    buf_add_text(out, " |\n");
}

static void add_menu(const struct picture *p, uint32_t open, struct buf *out)
{
    uint32_t menu = open + 1, end = p->items[open].end;
    struct buf prompt;
    buf_init(&prompt, p->env);
    picture_add_detail(p, &p->items[menu], 4 * DETAIL, &prompt);
    if (prompt.len > 0) {
        buf_add_text(out, "> ");
        md_add(out, buf_str(&prompt));
        buf_add_text(out, "\n\n");
    }
    buf_release(&prompt);
    add_fields(p, container_fields(ROLE_MENU), p->items[open].node, out);
    buf_add_text(out, "| Key | Choice | Leads to |\n| --- | --- | --- |\n");
    for (uint32_t i = p->first_edges[menu]; i < p->first_edges[menu + 1]; i++) {
        if (p->edges[i].link == LINK_KEY)
            add_row(p, &p->edges[i], out);
    }
    buf_add_char(out, '\n');
    for (uint32_t at = next_choice(p, menu, end); at < end; at = next_choice(p, at, end)) {
        if (p->items[at].kind != PICTURE_ACTION || p->items[at].end == 0)
            continue;
        buf_add_text(out, "Task **");
        md_add_name(p, &p->items[at], out);
        buf_add_text(out, "**:\n\n");
        add_outline(p, at + 2, p->items[at].end, out);
        buf_add_char(out, '\n');
    }
}

/* --- tasks and states */

static void add_variables(const struct picture *p, node_id owner, struct buf *out)
{
    static const struct field initial = { .path = "initialValue", .kind = FIELD_VALUE };
    const struct flow *flow = p->flow;
    bool first = true;
    struct buf text;
    buf_init(&text, p->env);
    for (node_id at = flow_variable_next(flow, owner, 0); at;
         at = flow_variable_next(flow, owner, at)) {
        struct variable_info info;
        if (!flow_variable(flow, at, &info))
            continue;
        if (first)
            buf_add_text(out, "| Variable | Type | At the start |\n| --- | --- | --- |\n");
        first = false;
        buf_add_text(out, "| ");
        md_add_text(out, info.full_name);
        buf_addf(out, " | %s%s%s%s%s | ", value_type_name(info.type), info.list ? " list" : "",
                 info.input ? ", input" : "", info.output ? ", output" : "",
                 info.secure ? ", secure" : "");
        buf_clear(&text);
        flow_get(flow, at, &initial, &text);
        add_cut(out, buf_str(&text));
        buf_add_text(out, " |\n");
    }
    if (!first)
        buf_add_char(out, '\n');
    buf_release(&text);
}

static void add_task(const struct picture *p, uint32_t open, struct buf *out)
{
    const struct picture_item *item = &p->items[open], *last = &p->items[item->end - 1];
    bool loops = flow_type_info(p->flow->type)->flags & FLOW_TASK_LOOPS;
    if (item->node != p->flow->body)
        add_variables(p, item->node, out);
    if (last->kind == PICTURE_END && item->end == open + 2)
        buf_add_text(out, "There is no action in it.\n\n");
    add_outline(p, open + 1, item->end, out);
    if (loops && item->end > open + 2)
        buf_add_text(out, "\n*At its end it starts over.*\n");
    else if (last->kind == PICTURE_END && item->end > open + 2)
        buf_add_text(out, "\n*There are paths to its end.*\n");
    buf_add_char(out, '\n');
}

static void add_parts(const struct picture *p, struct buf *out)
{
    node_id start = flow_start(p->flow);
    for (uint32_t i = 0; i < p->item_count; i++) {
        const struct picture_item *item = &p->items[i];
        if (item->kind != PICTURE_OPEN)
            continue;
        buf_addf(out, "<a id=\"part-%u\"></a>\n\n## ", i);
        add_title(p, item, out);
        buf_addf(out, "%s%s\n\n", item->node == start ? " (start)" : "",
                 item->reached ? "" : " (never reached)");
        if (p->items[i + 1].kind == PICTURE_MENU)
            add_menu(p, i, out);
        else
            add_task(p, i, out);
    }
}

/* --- the page */

static void add_contents(const struct picture *p, struct buf *out)
{
    unsigned depth = 0;
    buf_add_text(out, "- [Settings](#settings)\n");
    for (uint32_t i = 0; i < p->item_count; i++) {
        const struct picture_item *item = &p->items[i];
        depth -= item->kind == PICTURE_CLOSE;
        if (item->kind != PICTURE_OPEN)
            continue;
        buf_add_repeat(out, ' ', 2 * (size_t) depth++);
        buf_add_text(out, "- [");
        add_title(p, item, out);
        buf_addf(out, "](#part-%u)\n", i);
    }
    if (md_has_post_flows(p))
        buf_add_text(out, "- [Post-flows](#post-flows)\n");
    if (md_has_handovers(p))
        buf_add_text(out, "- [When somebody hangs up](#when-somebody-hangs-up)\n");
    buf_add_text(out, "- [What it needs](#what-it-needs)\n\n");
}

/* Flows and parties outside; those it needs by name. */
static void add_needs(const struct picture *p, struct buf *out)
{
    bool any = false;
    buf_add_text(out, "## What it needs\n\n");
    for (uint32_t i = 0; i < p->item_count; i++) {
        if (p->items[i].kind != PICTURE_TARGET)
            continue;
        any = true;
        buf_add_text(out, "- ");
        md_add_link(p, i, out);
        buf_add_text(out, "\n");
    }
    if (!any)
        buf_add_text(out, "No other flow, and nobody outside.\n");
}

static void add_settings(const struct picture *p, struct buf *out)
{
    const struct flow *flow = p->flow;
    buf_add_text(out, "## Settings\n\n");
    add_fields(p, flow_type_info(flow->type)->settings, flow->body, out);
    add_variables(p, flow->body, out);
}

void picture_write_markdown(const struct picture *p, struct buf *out)
{
    node_id about = doc_member(p->flow->doc, p->flow->body, ATOM_description);
    buf_add_text(out, "# ");
    md_add_text(out, flow_title(p->flow));
    buf_addf(out, " (%s)\n\n", picture_flow_word(p->flow->type));
    if (about && doc_text(p->flow->doc, about).len > 0) {
        md_add_text(out, doc_text(p->flow->doc, about));
        buf_add_text(out, "\n\n");
    }
    add_contents(p, out);
    add_settings(p, out);
    add_parts(p, out);
    md_add_post_flows(p, out);
    md_add_handovers(p, out);
    add_needs(p, out);
}
