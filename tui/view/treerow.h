/* One row of the tree as text. */
#ifndef POSTFLOW_VIEW_TREEROW_H
#define POSTFLOW_VIEW_TREEROW_H

#include "tui/view/tree.h"

/* The places of the rows drawn last, by depth, so that a row counts on from its sibling. */
enum { TREEROW_DEPTHS = 128 };
struct treerow_places {
    struct {
        node_id node;
        int position;
    } at[TREEROW_DEPTHS];
};

/* Draws a row: indent, fold mark, position, name, dimmed kind and summary. `style` is that of the
 * whole row when it is the cursor's, else STYLE_NORMAL. */
void treerow_draw(const struct tree *tree, struct canvas *canvas, struct area row, struct spot spot,
                  enum style style, const struct tree_marks *marks, struct treerow_places *places);

#endif
