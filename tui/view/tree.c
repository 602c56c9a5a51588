#include "tui/view/tree.h"

#include <uthash.h>
#include "engine/base/mem.h"
#include "tui/view/treerow.h"

struct fold {
    struct spot spot;
    UT_hash_handle hh;
};

static const struct spot nowhere = { 0, 0 };

void tree_init(struct tree *tree, struct env *env)
{
    *tree = (struct tree){ .env = env };
}

static void forget_folds(struct tree *tree)
{
    struct fold *fold, *next;
    HASH_ITER(hh, tree->folds, fold, next)
    {
        HASH_DEL(tree->folds, fold);
        mem_free(tree->env, fold);
    }
}

void tree_release(struct tree *tree)
{
    forget_folds(tree);
    mem_free(tree->env, tree->drawn);
}

void tree_set_flow(struct tree *tree, struct flow *flow)
{
    forget_folds(tree);
    tree->changes++;
    tree->flow = flow;
    tree->top = flow ? tree_root(tree) : nowhere;
}

struct spot tree_root(const struct tree *tree)
{
    return (struct spot){ tree->flow->body, 0 };
}

static struct fold *find_fold(const struct tree *tree, struct spot spot)
{
    /* The key is compared by bytes: no garbage in the padding. */
    struct spot key;
    struct fold *fold;
    memset(&key, 0, sizeof key);
    key.node = spot.node;
    key.output = spot.output;
    HASH_FIND(hh, tree->folds, &key, sizeof key, fold);
    return fold;
}

bool tree_folded(const struct tree *tree, struct spot spot)
{
    return find_fold(tree, spot) != NULL;
}

void tree_fold(struct tree *tree, struct spot spot, bool folded)
{
    struct fold *fold = find_fold(tree, spot);
    if (folded && !fold) {
        fold = mem_zalloc(tree->env, sizeof *fold);
        fold->spot.node = spot.node;
        fold->spot.output = spot.output;
        HASH_ADD(hh, tree->folds, spot, sizeof fold->spot, fold);
        tree->changes++;
    } else if (!folded && fold) {
        tree->changes++;
        HASH_DEL(tree->folds, fold);
        mem_free(tree->env, fold);
    }
}

static bool has_one_task(const struct flow *flow)
{
    return flow_type_info(flow->type)->flags & FLOW_HAS_ONE_TASK;
}

static struct spot node_spot(node_id node)
{
    return (struct spot){ node, 0 };
}

/* The list whose actions are the direct rows below a spot, 0: its rows are no actions. */
static node_id list_below(const struct flow *flow, struct spot spot)
{
    enum role role = flow_role(flow, spot.node);
    if (spot.output > 0 || role == ROLE_TASK || role == ROLE_STATE)
        return flow_list(flow, spot);
    if (role == ROLE_FLOW && has_one_task(flow))
        return flow_list(flow, spot);
    if (role == ROLE_CHOICE && flow_output_count(flow, spot.node) > 0)
        return flow_list(flow, (struct spot){ spot.node, 1 });
    return 0;
}

struct spot tree_first_child(const struct tree *tree, struct spot spot)
{
    const struct flow *flow = tree->flow;
    enum role role = flow_role(flow, spot.node);
    if (spot.output == 0 && role == ROLE_ACTION)
        return flow_output_count(flow, spot.node) > 0 ? (struct spot){ spot.node, 1 } : nowhere;
    node_id list = list_below(flow, spot);
    if (list)
        return node_spot(flow_list_first(flow, list));
    if (role == ROLE_MENU || role == ROLE_CHOICE)
        return spot.output == 0 ? node_spot(flow_choice_first(flow, spot.node)) : nowhere;
    if (role == ROLE_FLOW && !has_one_task(flow))
        return node_spot(flow_container_next(flow, 0));
    return nowhere;
}

static struct spot last_child(const struct tree *tree, struct spot spot)
{
    const struct flow *flow = tree->flow;
    enum role role = flow_role(flow, spot.node);
    if (spot.output == 0 && role == ROLE_ACTION) {
        unsigned count = flow_output_count(flow, spot.node);
        return count > 0 ? (struct spot){ spot.node, (uint16_t) count } : nowhere;
    }
    node_id list = list_below(flow, spot);
    if (list)
        return node_spot(flow_list_last(flow, list));
    if (role == ROLE_MENU || role == ROLE_CHOICE)
        return spot.output == 0 ? node_spot(flow_choice_last(flow, spot.node)) : nowhere;
    if (role == ROLE_FLOW && !has_one_task(flow))
        return node_spot(flow_container_prev(flow, 0));
    return nowhere;
}

static struct spot next_sibling(const struct tree *tree, struct spot spot)
{
    const struct flow *flow = tree->flow;
    if (spot.output > 0) {
        bool more = spot.output < flow_output_count(flow, spot.node);
        return more ? (struct spot){ spot.node, (uint16_t) (spot.output + 1) } : nowhere;
    }
    switch (flow_role(flow, spot.node)) {
    case ROLE_ACTION:
    case ROLE_CHOICE:
        return node_spot(flow_action_next(flow, spot.node));
    case ROLE_TASK:
    case ROLE_MENU:
    case ROLE_STATE:
        return node_spot(flow_container_next(flow, spot.node));
    default:
        return nowhere;
    }
}

static struct spot prev_sibling(const struct tree *tree, struct spot spot)
{
    const struct flow *flow = tree->flow;
    if (spot.output > 0)
        return spot.output > 1 ? (struct spot){ spot.node, (uint16_t) (spot.output - 1) } : nowhere;
    switch (flow_role(flow, spot.node)) {
    case ROLE_ACTION:
    case ROLE_CHOICE:
        return node_spot(flow_action_prev(flow, spot.node));
    case ROLE_TASK:
    case ROLE_MENU:
    case ROLE_STATE:
        return node_spot(flow_container_prev(flow, spot.node));
    default:
        return nowhere;
    }
}

struct spot tree_parent(const struct tree *tree, struct spot spot)
{
    const struct flow *flow = tree->flow;
    if (spot.node == flow->body || spot.node == 0)
        return nowhere;
    if (spot.output > 0)
        return node_spot(spot.node);
    struct spot owner = flow_owner(flow, spot);
    /* The actions of a menu's inline task hang directly below the choice. */
    if (owner.output > 0 && flow_role(flow, owner.node) == ROLE_CHOICE)
        owner.output = 0;
    return owner;
}

struct spot tree_next(const struct tree *tree, struct spot spot)
{
    if (!tree_folded(tree, spot)) {
        struct spot child = tree_first_child(tree, spot);
        if (child.node)
            return child;
    }
    while (spot.node) {
        struct spot sibling = next_sibling(tree, spot);
        if (sibling.node)
            return sibling;
        spot = tree_parent(tree, spot);
    }
    return nowhere;
}

/* The last row shown inside a spot, itself when it has none or is folded. */
static struct spot deepest(const struct tree *tree, struct spot spot)
{
    while (!tree_folded(tree, spot)) {
        struct spot child = last_child(tree, spot);
        if (!child.node)
            break;
        spot = child;
    }
    return spot;
}

struct spot tree_prev(const struct tree *tree, struct spot spot)
{
    struct spot sibling = prev_sibling(tree, spot);
    return sibling.node ? deepest(tree, sibling) : tree_parent(tree, spot);
}

struct spot tree_last(const struct tree *tree)
{
    return deepest(tree, tree_root(tree));
}

void tree_reveal(struct tree *tree, struct spot spot)
{
    for (spot = tree_parent(tree, spot); spot.node; spot = tree_parent(tree, spot))
        tree_fold(tree, spot, false);
}

struct spot tree_settle(const struct tree *tree, struct spot spot)
{
    const struct flow *flow = tree->flow;
    if (spot.node == 0 || !doc_attached(flow->doc, spot.node) ||
        flow_role(flow, spot.node) == ROLE_NONE)
        return tree_root(tree);
    unsigned outputs = spot.output > 0 ? flow_output_count(flow, spot.node) : 0;
    if (spot.output > outputs)
        spot.output = (uint16_t) outputs;
    return spot;
}

struct spot tree_move(const struct tree *tree, struct spot from, long rows)
{
    for (; rows != 0; rows += rows < 0 ? 1 : -1) {
        struct spot to = rows < 0 ? tree_prev(tree, from) : tree_next(tree, from);
        if (!to.node)
            break;
        from = to;
    }
    return from;
}

/* Brings the cursor between the first and the last row of the pane. */
static void scroll_to_cursor(struct tree *tree, struct spot cursor, int rows)
{
    tree->top = tree_settle(tree, tree->top);
    struct spot row = tree->top;
    for (int i = 0; i < rows && row.node; i++, row = tree_next(tree, row)) {
        if (spot_same(row, cursor))
            return;
    }
    if (row.node && spot_same(row, cursor)) {
        tree->top = tree_next(tree, tree->top);
        return;
    }
    if (spot_same(tree_prev(tree, tree->top), cursor))
        tree->top = cursor;
    else
        tree->top = tree_move(tree, cursor, -(rows - 1) / 2);
    /* No empty rows at the end while there are rows above. */
    long shown = 1;
    for (row = tree->top; shown < rows; shown++) {
        row = tree_next(tree, row);
        if (!row.node)
            break;
    }
    if (shown < rows)
        tree->top = tree_move(tree, tree->top, shown - rows);
}

/* How many rows up what was drawn has to move (negative: down) for rows to be where they belong. */
static int moved_by(const struct tree *tree, const struct tree_row *wanted, int count)
{
    for (int i = 0; i < tree->drawn_count; i++) {
        if (spot_same(tree->drawn[i].spot, wanted[0].spot))
            return i;
    }
    for (int i = 0; i < count; i++) {
        if (tree->drawn_count > 0 && spot_same(tree->drawn[0].spot, wanted[i].spot))
            return -i;
    }
    return 0;
}

static void move_drawn(struct tree *tree, struct canvas *canvas, struct area area, int by)
{
    int kept = tree->drawn_count - (by > 0 ? by : 0);
    canvas_move_rows(canvas, area, by);
    if (by > 0) {
        memmove(tree->drawn, tree->drawn + by, (size_t) kept * sizeof *tree->drawn);
    } else {
        kept = kept > area.rows + by ? area.rows + by : kept;
        memmove(tree->drawn - by, tree->drawn, (size_t) kept * sizeof *tree->drawn);
        memset(tree->drawn, 0, (size_t) -by * sizeof *tree->drawn);
        kept -= by;
    }
    tree->drawn_count = kept;
}

static int wanted_rows(const struct tree *tree, struct spot cursor, bool focused, int rows,
                       struct tree_row *out)
{
    struct spot spot = tree->top;
    int count = 0;
    for (; count < rows && spot.node; spot = tree_next(tree, spot)) {
        bool here = spot_same(spot, cursor);
        int style = !here ? STYLE_NORMAL : focused ? STYLE_CURSOR : STYLE_CURSOR_OFF;
        out[count++] = (struct tree_row){ spot, style };
    }
    return count;
}

void tree_draw(struct tree *tree, struct canvas *canvas, struct area area, struct spot cursor,
               bool focused, const struct tree_marks *marks, bool again)
{
    tree->rows = area.rows;
    if (area.rows <= 0 || area.cols <= 0)
        return;
    canvas_scrolls(canvas, area);
    tree_reveal(tree, cursor);
    scroll_to_cursor(tree, cursor, area.rows);
    struct tree_row *wanted = mem_alloc(tree->env, (size_t) area.rows * sizeof *wanted);
    int count = wanted_rows(tree, cursor, focused, area.rows, wanted);
    tree->drawn = mem_grow(tree->env, tree->drawn, &tree->drawn_capacity, (size_t) area.rows,
                           sizeof *tree->drawn);
    again = again && !memcmp(&tree->drawn_area, &area, sizeof area);
    int by = again ? moved_by(tree, wanted, count) : 0;
    if (by)
        move_drawn(tree, canvas, area, by);
    struct treerow_places places = { 0 };
    for (int i = 0; i < area.rows; i++) {
        struct area row = { area.row + i, area.col, 1, area.cols };
        const struct tree_row *old = again && i < tree->drawn_count ? &tree->drawn[i] : NULL;
        if (i < count && old && spot_same(old->spot, wanted[i].spot) &&
            old->style == wanted[i].style)
            continue;
        if (again)
            canvas_fill(canvas, row, STYLE_NORMAL);
        if (i < count)
            treerow_draw(tree, canvas, row, wanted[i].spot, (enum style) wanted[i].style, marks,
                         &places);
    }
    memcpy(tree->drawn, wanted, (size_t) count * sizeof *wanted);
    tree->drawn_count = count;
    tree->drawn_area = area;
    mem_free(tree->env, wanted);
}

struct spot tree_at(const struct tree *tree, int row)
{
    struct spot spot = tree->top;
    while (row-- > 0 && spot.node)
        spot = tree_next(tree, spot);
    return spot;
}
