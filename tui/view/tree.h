/* The flow as rows of a tree: which row comes after which, what is folded, and the pane that shows
 * them. Rows are spots of the flow, found by walking; nothing here grows with the flow, so a key
 * costs the same at a thousand rows and at a million. */
#ifndef POSTFLOW_VIEW_TREE_H
#define POSTFLOW_VIEW_TREE_H

#include "engine/flow/flow.h"
#include "tui/term/canvas.h"

struct fold; /* a spot that is folded */
struct tree_row { /* as it was drawn last */
    struct spot spot;
    int style;
};
struct tree {
    struct env *env;
    struct flow *flow;
    struct fold *folds;  /* hash by spot */
    struct spot top;     /* first row shown */
    int rows;            /* of the pane, as last drawn */
    uint64_t changes;    /* of the flow shown and of what is folded */
    struct tree_row *drawn;
    size_t drawn_capacity;
    int drawn_count;
    struct area drawn_area;
};

/* A node with problems. */
struct mark {
    node_id node;
    bool error;
};
/* What the pane shows beside the flow itself. */
struct tree_marks {
    struct spot here;         /* where the call is; node 0: nowhere */
    const struct mark *marks; /* by ascending node; may be NULL */
    size_t count;
    const struct hangups *answers; /* where post-flows are set; NULL: not shown */
    const struct session *session; /* whose breakpoints are marked */
};

void tree_init(struct tree *tree, struct env *env);
void tree_release(struct tree *tree);
/* Another flow: nothing is folded, shown from its top. */
void tree_set_flow(struct tree *tree, struct flow *flow);

static inline bool spot_same(struct spot a, struct spot b)
{
    return a.node == b.node && a.output == b.output;
}
struct spot tree_root(const struct tree *tree);
/* The row below, above, around, inside; node 0 where there is none. */
struct spot tree_next(const struct tree *tree, struct spot spot);
struct spot tree_prev(const struct tree *tree, struct spot spot);
struct spot tree_parent(const struct tree *tree, struct spot spot);
struct spot tree_first_child(const struct tree *tree, struct spot spot); /* folded or not */
struct spot tree_last(const struct tree *tree); /* the last row shown of all */
bool tree_folded(const struct tree *tree, struct spot spot);
void tree_fold(struct tree *tree, struct spot spot, bool folded);
/* Opens everything around the spot. */
void tree_reveal(struct tree *tree, struct spot spot);
/* The nearest spot that is still there. */
struct spot tree_settle(const struct tree *tree, struct spot spot);

/* Moves by rows (negative: up), as far as there are any. */
struct spot tree_move(const struct tree *tree, struct spot from, long rows);
/* `cursor` is scrolled into view. `again`: the area holds what was drawn last, and nothing but the
 * cursor and the first row shown can be different: rows that are the same are left alone. */
void tree_draw(struct tree *tree, struct canvas *canvas, struct area area, struct spot cursor,
               bool focused, const struct tree_marks *marks, bool again);
/* The spot drawn at a row of the area, node 0: none. */
struct spot tree_at(const struct tree *tree, int row);

#endif
