/* The toolbox: actions by category, only those that may be put where the cursor is. */
#ifndef POSTFLOW_VIEW_TOOLBOX_H
#define POSTFLOW_VIEW_TOOLBOX_H

#include "engine/flow/flow.h"
#include "tui/view/listbox.h"

struct tool {
    const char *heading;            /* a category, NULL: an action */
    const struct action_info *info;
};
struct toolbox {
    struct env *env;
    struct listbox list;
    struct tool *tools;
    size_t count, capacity;
    enum flow_type type; /* what the list was made for */
    bool menu;           /* for a menu's choices */
};

void toolbox_init(struct toolbox *toolbox, struct env *env);
void toolbox_release(struct toolbox *toolbox);
/* Offers what is legal at the cursor; cheap when that has not changed. */
void toolbox_update(struct toolbox *toolbox, const struct flow *flow, struct spot cursor);
/* LIST_CHOSEN: toolbox_current is to be added. */
enum list_result toolbox_key(struct toolbox *toolbox, struct key key);
const struct action_info *toolbox_current(struct toolbox *toolbox); /* NULL: none */
void toolbox_draw(struct toolbox *toolbox, struct canvas *canvas, struct area area, bool focused);

#endif
