/* The simulated call on screen: parties and slots, variables and trace, what can happen next, and
 * the panel at its end. */
#ifndef POSTFLOW_VIEW_CALLVIEW_H
#define POSTFLOW_VIEW_CALLVIEW_H

#include "tui/view/designer.h"

/* Where the call is (*here); in no flow any more: the action by which it left the last one,
 * in-queue flows aside. */
struct call_position callview_place(const struct call *call, bool *here);
/* The pane at the left: where it is, who is there, the two slots. */
void callview_draw_parties(struct designer *designer, struct canvas *canvas, struct area area);
/* The pane at the right: variables, then the newest events. */
void callview_draw_trace(struct designer *designer, struct canvas *canvas, struct area area);
/* The rows at the bottom: stimuli with their consequences. */
void callview_draw_choices(struct designer *designer, struct canvas *canvas, struct area area);
size_t callview_choice_count(struct designer *designer);
/* The `do` command of the choice at the cursor; *ask: something is to be typed behind it. */
bool callview_choice_command(struct designer *designer, struct buf *out, bool *ask);
/* The entry of the call's history that is its last hang-up, SIZE_MAX: there is none. */
size_t callview_last_hangup(const struct call *call);
/* The end panel as a page: who ended it, where everybody is, causes, survey answers. */
void callview_ending(struct designer *designer, struct buf *out);
/* One line for the title: "caller talks to Agent 1". */
void callview_phase(struct designer *designer, struct buf *out);

#endif
