#include "tui/view/treerow.h"

#include <stdio.h>

#include "engine/explore/coverage.h"
#include "engine/flow/edit_flow.h"
#include "engine/flow/hangup.h"
#include "engine/session/debug.h"

enum { GUTTER = 2, INDENT = 2, POSITION_LIMIT = 9999, HEAT = 9 };

static int depth_of(const struct tree *tree, struct spot spot)
{
    int depth = 0;
    for (spot = tree_parent(tree, spot); spot.node; spot = tree_parent(tree, spot))
        depth++;
    return depth;
}

static int count_before(const struct flow *flow, node_id at)
{
    int position = 1;
    for (; at; at = flow_action_prev(flow, at)) {
        if (++position > POSITION_LIMIT)
            return 0;
    }
    return position;
}

/* Its place in its list, from 1; 0 when it is too far down to be counted at every key. */
static int position_of(const struct flow *flow, node_id action, int depth,
                       struct treerow_places *places)
{
    int position = 1;
    int slot = depth < TREEROW_DEPTHS ? depth : TREEROW_DEPTHS - 1;
    node_id before = flow_action_prev(flow, action);
    if (before && places->at[slot].node == before)
        position = places->at[slot].position ? places->at[slot].position + 1 : 0;
    else
        position = count_before(flow, before);
    places->at[slot].node = action;
    places->at[slot].position = position;
    return position;
}

static void add_key(const struct flow *flow, node_id choice, struct buf *out)
{
    struct str dtmf = doc_text(flow->doc, doc_member(flow->doc, choice, ATOM_dtmf));
    if (str_starts(dtmf, STR("digit_")))
        buf_addf(out, "%.*s ", STR_ARG(str_slice(dtmf, 6, dtmf.len)));
    else
        buf_add_text(out, "- ");
    node_id global = doc_member(flow->doc, choice, ATOM_globalDtmf);
    if (global && doc_core_kind(flow->doc, global) == NODE_TRUE)
        buf_add_text(out, "(global) ");
}

static bool is_default_choice(const struct flow *flow, node_id choice)
{
    node_id menu = flow_owner(flow, (struct spot){ choice, 0 }).node;
    node_id ref = doc_member(flow->doc, menu, ATOM_defaultChildMenuRef);
    return ref && flow_ref_target(flow, doc_text(flow->doc, ref)) == choice;
}

/* What stands before the name: kind of container, position, menu key. */
static void add_label(const struct flow *flow, struct spot spot, int depth,
                      struct treerow_places *places, struct buf *out)
{
    switch (flow_role(flow, spot.node)) {
    case ROLE_FLOW:
        buf_add_text(out, "Flow ");
        break;
    case ROLE_TASK:
        buf_add_text(out, "Task ");
        break;
    case ROLE_MENU:
        buf_add_text(out, "Menu ");
        break;
    case ROLE_STATE:
        buf_add_text(out, "State ");
        break;
    case ROLE_CHOICE:
        add_key(flow, spot.node, out);
        break;
    case ROLE_ACTION: {
        int position = position_of(flow, spot.node, depth, places);
        if (position > 0)
            buf_addf(out, "%d ", position);
        break;
    }
    default:
        break;
    }
}

/* What stands dimmed behind the name. */
static void add_detail(const struct flow *flow, struct spot spot, struct buf *out)
{
    enum role role = flow_role(flow, spot.node);
    if (role == ROLE_FLOW) {
        buf_add_text(out, flow_type_info(flow->type)->label);
    } else if (role == ROLE_ACTION || role == ROLE_CHOICE) {
        const struct action_info *info = flow_action(flow, spot.node);
        if (info)
            buf_add_text(out, info->short_label);
        else
            buf_addf(out, "unknown action %.*s", STR_ARG(doc_key(flow->doc, spot.node)));
        size_t before = out->len;
        buf_add_text(out, "  ");
        flow_summary(flow, spot.node, out);
        if (out->len == before + 2)
            buf_truncate(out, before);
        if (role == ROLE_CHOICE && is_default_choice(flow, spot.node))
            buf_add_text(out, "  (default)");
    } else if (spot.node == flow_start(flow)) {
        buf_add_text(out, "(start)");
    }
}

static const struct mark *find_mark(const struct tree_marks *marks, node_id node)
{
    size_t low = 0, high = marks->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (marks->marks[middle].node < node)
            low = middle + 1;
        else
            high = middle;
    }
    return low < marks->count && marks->marks[low].node == node ? &marks->marks[low] : NULL;
}

/* The call, before a breakpoint, before a problem. */
static enum style mark_style(const struct flow *flow, struct spot spot,
                             const struct tree_marks *marks, enum glyph *glyph)
{
    bool stops = marks->session && session_break_at(marks->session, flow, spot);
    *glyph = GLYPH_COUNT;
    if (marks->here.node && spot_same(spot, marks->here)) {
        *glyph = stops ? GLYPH_HERE_BREAK : GLYPH_HERE;
        return STYLE_CALL;
    }
    if (stops) {
        *glyph = GLYPH_BREAK;
        return STYLE_ERROR;
    }
    const struct mark *mark = spot.output == 0 ? find_mark(marks, spot.node) : NULL;
    if (!mark)
        return STYLE_NORMAL;
    *glyph = mark->error ? GLYPH_NO : GLYPH_BULLET;
    return mark->error ? STYLE_ERROR : STYLE_WARNING;
}

static bool is_arming(const struct flow *flow, struct spot spot)
{
    if (spot.output > 0 || flow_role(flow, spot.node) != ROLE_ACTION)
        return false;
    const struct action_info *info = flow_action(flow, spot.node);
    return info && (str_is(str_of(info->key), "setPostFlow") ||
                    str_is(str_of(info->key), "clearPostFlow"));
}

/* The cursor's bar ends where the text does: a bar to the edge would cost as much as the text. */
static void mark_cursor(struct canvas *canvas, struct area row, int col, enum style style)
{
    if (style != STYLE_NORMAL)
        canvas_restyle(canvas, (struct area){ row.row, row.col, 1, col - row.col }, style);
}

/* A bar runs along the rows where a post-flow is set, a broken one where paths differ. */
static void draw_armed(struct canvas *canvas, struct area row, const struct flow *flow,
                       struct spot spot, enum style style, const struct tree_marks *marks)
{
    enum slot_glance glance =
        marks->answers ? hangups_glance(marks->answers, flow, spot.node) : GLANCE_NONE;
    if (glance != GLANCE_NONE)
        canvas_glyph(canvas, row.row, row.col + 1, style == STYLE_NORMAL ? STYLE_ARMED : style,
                     glance == GLANCE_SET ? GLYPH_ARMED : GLYPH_MAYBE_ARMED);
}

/* How often scenarios come here; a letter for each side that could hang up, small: none did. */
static int draw_heat(struct canvas *canvas, struct area row, const struct flow *flow,
                     struct spot spot, enum style style, const struct tree_marks *marks)
{
    static const char *const sides[2][3] = { { "", " c", " C" }, { "", " a", " A" } };
    struct covered covered;
    if (!marks->session || !session_covered(marks->session, flow, spot, &covered))
        return 0;
    bool open = covered.caller == HANGUP_NOT_TRIED || covered.other == HANGUP_NOT_TRIED;
    char text[48];
    if (style == STYLE_NORMAL)
        style = covered.times == 0 ? STYLE_ERROR : open ? STYLE_WARNING : STYLE_GOOD;
    snprintf(text, sizeof text, "%zu%s%s", covered.times, sides[0][covered.caller],
             sides[1][covered.other]);
    canvas_put_right(canvas, row.row, row.col + row.cols - HEAT, HEAT, style, str_of(text));
    return HEAT + 1;
}

void treerow_draw(const struct tree *tree, struct canvas *canvas, struct area row, struct spot spot,
                  enum style style, const struct tree_marks *marks, struct treerow_places *places)
{
    const struct flow *flow = tree->flow;
    bool plain = style == STYLE_NORMAL;
    enum glyph glyph;
    enum style mark = mark_style(flow, spot, marks, &glyph);
    if (glyph != GLYPH_COUNT)
        canvas_glyph(canvas, row.row, row.col, plain ? mark : style, glyph);

    int depth = depth_of(tree, spot);
    if (depth > 0)
        draw_armed(canvas, row, flow, spot, style, marks);
    int col = row.col + GUTTER - 1 + depth * INDENT;
    int end = row.col + row.cols - draw_heat(canvas, row, flow, spot, style, marks);
    if (tree_first_child(tree, spot).node && col < end)
        canvas_glyph(canvas, row.row, col, style,
                     tree_folded(tree, spot) ? GLYPH_FOLDED : GLYPH_OPEN);
    col += 2;

    struct buf text;
    char number[12];
    buf_init(&text, tree->env);
    if (spot.output > 0) {
        buf_add(&text, flow_output_label(flow, spot, number));
        col += canvas_put(canvas, row.row, col, end - col, plain ? STYLE_OUTPUT : style,
                          buf_str(&text));
        mark_cursor(canvas, row, col, style);
        buf_release(&text);
        return;
    }
    add_label(flow, spot, depth, places, &text);
    buf_add(&text, spot.node == flow->body ? flow_title(flow) : flow_name(flow, spot.node));
    enum style name_style = !plain                  ? style
                            : is_arming(flow, spot) ? STYLE_ARMED
                                                    : STYLE_NORMAL;
    col += canvas_put(canvas, row.row, col, end - col, name_style, buf_str(&text)) + 2;
    buf_clear(&text);
    add_detail(flow, spot, &text);
    if (col < end)
        col += canvas_put(canvas, row.row, col, end - col, plain ? STYLE_DIM : style,
                          buf_str(&text));
    mark_cursor(canvas, row, col, style);
    buf_release(&text);
}
